//! What is wrong about a conference file, before and after a change.
//!
//! In: the text of a file. Out: every problem of it; and the errors that one text has and another has not.

use std::collections::BTreeMap;
use std::path::Path;

use crate::check::check;
use crate::diag::{Diagnostic, Report, Severity};
use crate::input::{self, Loaded};

/// A conference as it would be with a text, and every problem of it. `None` if too little of it can be read.
pub fn problems(file: &Path, borough: Option<&Path>, text: &str) -> (Option<Loaded>, Report) {
    match input::load_with(file, borough, text) {
        Err(report) => (None, report),
        Ok(loaded) => {
            let report = match check(loaded.clone()) {
                Ok(checked) => checked.warnings().clone(),
                Err(report) => report,
            };
            (Some(loaded), report)
        }
    }
}

/// The errors of a text that another has not: those of one kind that say the same are counted, since an entry that comes or goes
/// moves all behind it.
pub fn worse(before: &Report, after: &Report) -> Report {
    let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for error in errors(before) {
        *known.entry((error.code.id, error.message.as_str())).or_default() += 1;
    }
    let mut report = Report::default();
    for error in errors(after) {
        match known.get_mut(&(error.code.id, error.message.as_str())).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => report.push(error.clone()),
        }
    }
    report.take_sources(after);
    report
}

fn errors(report: &Report) -> impl Iterator<Item = &Diagnostic> {
    report.diagnostics.iter().filter(|d| d.severity == Severity::Error)
}
