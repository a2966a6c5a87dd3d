//! Whether a record is that of another conference, which was given the same reference.
//!
//! In: the state of a record, and the data. Out: an error that names the fields by which they differ.
//!
//! One conference may be told in other words from one build to the next: its place is renamed, the id of its context put right.
//! Two such changes at once are another conference, whose papers must not take the place of these.
//!
//! Deliberately absent: values. The record has a digest of each field, which shows that two differ and not how.

use std::collections::BTreeMap;

use super::about::{ABOUT, about};
use super::state::State;
use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Report, codes};

/// Checks that a record, if there is one, is that of this conference.
///
/// # Errors
/// If what it is about differs in two ways or more.
pub fn ensure_the_same(state: &State, checked: &Checked) -> Result<(), Report> {
    let (then, now) = (&state.about, about(checked));
    let value = |all: &BTreeMap<String, String>, field: &str| all.get(field).cloned().unwrap_or_default();
    let differs = |field: &&str| {
        let (then, now) = (value(then, field), value(&now, field));
        // An assessment has its number once it is written.
        then != now && (*field != "assessment.reference" || !then.is_empty() && !now.is_empty())
    };
    let differing: Vec<&str> = ABOUT.into_iter().filter(differs).collect();
    if then.is_empty() || differing.len() < 2 {
        return Ok(());
    }
    let named = |field: &&str| if **field == *"id" { "the council".to_owned() } else { format!("`{field}`") };
    let named = differing.iter().map(named).collect::<Vec<_>>().join(" and ");
    let message = "the papers in this folder are those of another conference with the same reference";
    let error = Diagnostic::error(codes::OTHER_CONFERENCE, message).at("reference");
    let error = error.note(format!("it has another value in {named}")).hint(Hint::from(HINT));
    let mut report = Report::of(checked.places.locate(error));
    report.take_sources(checked.warnings());
    Err(report)
}

const HINT: &str = "give this one a `reference` of its own; if it is the same conference, make one of these changes, build, and then make the other";
