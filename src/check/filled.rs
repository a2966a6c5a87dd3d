//! What is still to be filled in: a marker in the place of a fact, or a value that stands there for the time being.
//!
//! In: every text of the files, and the fields under `to_fill_in`. Out: one warning that lists all of it, and an error where
//! somebody would release papers all the same. A paper that is made meanwhile is a draft, and shows the marker.

use super::Checked;
use crate::diag::{Code, Diagnostic, Report, codes};
use crate::input::{Loaded, SPECIMEN};
use crate::model::text::TO_FILL_IN;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    // Templates are tried on people who do not exist.
    if loaded.places.conference.file == SPECIMEN {
        return;
    }
    for (i, path) in loaded.conference.to_fill_in.iter().enumerate().filter(|(_, path)| !is_there(loaded, path)) {
        let error = Diagnostic::error(codes::UNKNOWN_PATH, format!("the conference has no field `{path}`"));
        let error = error.at(format!("to_fill_in[{i}]"));
        report.push(error.hint("take it out of the list, or write the path as errors show it: `meeting.date`"));
    }
    let open = open(loaded);
    if let Some(found) = told(loaded, &open, Diagnostic::warning) {
        report.push(found.hint(if open.iter().all(|path| is_of_meeting(path)) {
            "drafts show what is missing; the minutes, and any other paper that prints it, cannot be released until it is there"
        } else {
            "drafts show what is missing; nothing can be released until it is there"
        }));
    }
}

/// Whether a field says what was said in the meeting, for which letters do not wait.
fn is_of_meeting(path: &str) -> bool {
    path.starts_with("items[")
}

impl Checked {
    /// Whether something is still to be filled in for which every paper waits, and not only those that tell of the meeting.
    pub fn holds_up_every_paper(&self) -> bool {
        open(self).iter().any(|path| !is_of_meeting(path))
    }

    /// Checks that nothing is left to be filled in. What is to be said in the meeting concerns only papers that tell of it.
    ///
    /// # Errors
    /// If something is; all of it is named.
    pub fn ensure_filled_in(&self, tells_of_meeting: bool) -> Result<(), Report> {
        let mut open = open(self);
        open.retain(|path| tells_of_meeting || !is_of_meeting(path));
        let Some(error) = told(self, &open, Diagnostic::error) else { return Ok(()) };
        let hint = "write what is missing, build again, and have the papers checked";
        let mut report = Report::of(self.places.locate(error.hint(hint)));
        report.take_sources(&self.report);
        Err(report)
    }
}

fn is_there(loaded: &Loaded, path: &str) -> bool {
    loaded.places.conference.has(path)
}

/// The path of every field that is still to be filled in.
fn open(loaded: &Loaded) -> Vec<String> {
    let marked =
        loaded.places.texts().filter(|(path, text)| text.contains(TO_FILL_IN) && !path.starts_with("to_fill_in"));
    let marked = marked.map(|(path, _)| path);
    let provisional = loaded.conference.to_fill_in.iter().filter(|path| is_there(loaded, path)).cloned();
    provisional.chain(marked).collect()
}

fn told(loaded: &Loaded, open: &[String], severity: fn(Code, String) -> Diagnostic) -> Option<Diagnostic> {
    let first = open.first()?;
    let number = crate::diag::count(open.len(), "field");
    let verb = if open.len() == 1 { "is" } else { "are" };
    let told = severity(codes::TO_FILL_IN, format!("{number} {verb} still to be filled in")).at(first.clone());
    Some(open.iter().fold(told, |told, path| {
        let place = loaded.places.locate(Diagnostic::warning(codes::TO_FILL_IN, "").at(path.clone())).place;
        let line = loaded.report.line(&place).map(|line| format!(":{line}")).unwrap_or_default();
        let (file, path) = (place.file.unwrap_or_default(), place.path.unwrap_or_default());
        told.note(format!("{file}{line}  {path}"))
    }))
}

/// Findings without those about the form of a text that is not there yet.
pub fn without_unfilled(loaded: &Loaded, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    const OF_FORM: [Code; 4] = [codes::BAD_EMAIL, codes::BAD_LINK, codes::BAD_POSTCODE, codes::BAD_ADDRESS];
    let marked: Vec<String> =
        loaded.places.texts().filter(|(_, text)| text.contains(TO_FILL_IN)).map(|(path, _)| path).collect();
    let is_unfilled = |path: &String| {
        let inside = |text: &String| text.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('['));
        marked.iter().any(|text| text == path || inside(text))
    };
    let dropped = |d: &Diagnostic| OF_FORM.contains(&d.code) && d.place.path.as_ref().is_some_and(is_unfilled);
    if marked.is_empty() { found } else { found.into_iter().filter(|d| !dropped(d)).collect() }
}
