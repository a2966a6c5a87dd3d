//! Whether a record is that of another conference, which was given the same reference.
//!
//! In: the state of a record, and the data. Out: an error that names the fields by which they differ.
//!
//! One conference may be told in other words from one build to the next: its place is renamed, the id of its context put right.
//! Two such changes at once are another conference, whose papers must not take the place of these.
//!
//! Deliberately absent: values. The record has a digest of each field, which shows that two differ and not how.

use std::collections::BTreeMap;

use super::state::State;
use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::BOROUGH;
use crate::jobs;

/// What a conference is about, and where it stands in its series. The first three have a value in every conference.
const ABOUT: [&str; 5] = ["context.id", "context.label", "id", "kind", "assessment.reference"];

/// A field of the conference file may be absent, and then counts as this.
const NONE: &str = "";

/// The digests of what tells one conference from another.
pub fn about(checked: &Checked) -> BTreeMap<String, String> {
    of(&jobs::field_digests(checked))
}

/// The same, of the digests of all fields.
pub fn of(fields: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let path = |field: &str| if field == "id" { format!("{BOROUGH}id") } else { field.to_owned() };
    ABOUT.into_iter().filter_map(|field| Some((field.to_owned(), fields.get(&path(field))?.clone()))).collect()
}

/// Checks that a record, if there is one, is that of this conference.
///
/// # Errors
/// If what it is about differs in two ways or more.
pub fn ensure_the_same(state: &State, checked: &Checked) -> Result<(), Report> {
    let (then, now) = (&state.about, about(checked));
    let value =
        |all: &BTreeMap<String, String>, field: &str| all.get(field).cloned().unwrap_or_else(|| NONE.to_owned());
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
