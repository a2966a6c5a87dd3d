//! What somebody says on the command line, before it goes into the record.
//!
//! In: a reason or a name that stands in no file. Out: the text as one line, or every rule for texts that it breaks.
//!
//! Deliberately absent: messages that quote the text.

use super::freetext::folded;
use super::{Checked, identity, names};
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::model::text::one_line;

impl Checked {
    /// A text as it may stand in the record: one line that holds no protected name and tells nobody's identity. `said_at` is
    /// where it was said, as `--because`.
    ///
    /// # Errors
    /// It is empty, holds a control character or a protected name, or looks like an identity.
    pub fn ensure_sayable(&self, text: &str, said_at: &str) -> Result<String, Report> {
        let mut report = Report::default();
        let place = || Place::file(said_at);
        let line = one_line(text);
        if line.is_empty() {
            let error = Diagnostic::error(codes::EMPTY_TEXT, "nothing is said here").place(place());
            report.push(error.hint(Hint::listing("say it in a few words, or leave `{}` out", [said_at])));
        }
        if line.chars().any(char::is_control) {
            let error = Diagnostic::error(codes::CONTROL_CHARACTER, "this text holds a control character");
            report.push(error.place(place()).hint("type it again instead of pasting it"));
        }
        for label in names::held(self, &line) {
            let error = Diagnostic::error(codes::PROTECTED_NAME, format!("this text holds {label}")).place(place());
            report.push(error.hint("say it without: a protected name stands in no record either"));
        }
        let given_out = identity::given_out(&self.borough, &self.conference);
        for what in identity::seems(&[folded(&line)], Some(self.conference.issued), &given_out) {
            let error = Diagnostic::error(codes::LOOKS_LIKE_IDENTITY, format!("this looks like {what}"));
            report.push(error.place(place()).hint("say it without: whoever opens the folder reads it in the record"));
        }
        if report.has_errors() { Err(report) } else { Ok(line) }
    }
}
