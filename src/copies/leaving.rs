//! Whether a copy of a conference's file may leave: what whoever gets it would read in it.
//!
//! In: a conference. Out: an error for every text that few may read, with its place, and a warning for what is in one person's
//! letter only. A marking, a red tab or a hidden sheet keeps nobody from reading.

use std::collections::BTreeMap;

use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::fields::{self, Readers, Sort};
use crate::model::Clearance;

/// Reports everything that a reader of the file itself would learn and may not.
pub fn leaving(checked: &Checked) -> Report {
    let mut report = Report::default();
    let clearances = checked.clearances();
    let mut personal: BTreeMap<&'static str, (String, usize)> = BTreeMap::new();
    for (path, _) in checked.places.conference.texts() {
        let Some(field) = fields::of_path(path).filter(|field| field.sort != Sort::Key) else { continue };
        let restricted = match field.readers {
            Readers::Worker => Some("this is for the worker of one child"),
            Readers::Nobody if field.sort == Sort::Protected => Some("this name must be read nowhere"),
            Readers::Nobody => None,
            _ => (clearances.clearance(path, field) == Clearance::Restricted).then_some("this is marked restricted"),
        };
        if let Some(why) = restricted {
            let error = Diagnostic::error(codes::STAYS_HERE, why).at(path.to_owned());
            let hint =
                Hint::listing("make a copy without it: `convenor convert FILE COPY --leave-out {}`", [group(path)]);
            let located = checked.places.locate(error.hint(hint));
            // What is in a workbook of its own does not leave with this one.
            let is_here = located.place.file.as_deref() == Some(checked.places.conference.file.as_str());
            report.diagnostics.extend(Some(located).filter(|_| is_here));
        } else if matches!(field.readers, Readers::Invitee | Readers::Needs | Readers::Record) {
            personal.entry(field.pattern).or_insert_with(|| (path.to_owned(), 0)).1 += 1;
        }
    }
    for (path, count) in personal.into_values() {
        let message = format!("this, and {} more like it, is in one person’s own letter only", count - 1);
        let message = if count == 1 { "this is in one person’s own letter only".to_owned() } else { message };
        let hint = Hint::listing("leave it out of a copy with `--leave-out {}`", [fields::pattern(&path).0]);
        report.push(checked.places.locate(Diagnostic::warning(codes::STAYS_HERE, message).at(path).hint(hint)));
    }
    report.sort();
    report
}

/// What to name in order to leave a field out.
fn group(path: &str) -> String {
    let first = path.split(['.', '[']).next().unwrap_or_default();
    if ["child_links", "protected_names"].contains(&first) {
        return first.to_owned();
    }
    // The whole of what has the mark: a remark without its text is none.
    path.rfind(']').map_or_else(|| path.strip_suffix(".text").unwrap_or(path).to_owned(), |end| path[..=end].to_owned())
}
