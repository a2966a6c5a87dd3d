//! Checks texts given on the command line before they go into the record.
//!
//! In: a reason or a name that is in no file. Out: the text as one line, or every rule for texts that it breaks.
//!
//! Deliberately absent: messages that quote the text.

use super::freetext::folded;
use super::{Checked, identity, names};
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::model::text::one_line;

impl Checked {
    /// Checks that a text may go into the record, and returns it as one line. `said_at` is the option that gave it,
    /// such as `--because`.
    ///
    /// # Errors
    /// If it is empty, contains a control character or a protected name, or seems to identify somebody.
    pub fn ensure_sayable(&self, text: &str, said_at: &str) -> Result<String, Report> {
        let mut report = Report::default();
        let place = || Place::file(said_at);
        let line = one_line(text);
        if line.is_empty() {
            let error = Diagnostic::error(codes::EMPTY_TEXT, "this text is empty").place(place());
            report.push(error.hint(Hint::listing("say it in a few words, or leave out `{}`", [said_at])));
        }
        if line.chars().any(char::is_control) {
            let error = Diagnostic::error(codes::CONTROL_CHARACTER, "this text contains a control character");
            report.push(error.place(place()).hint("type it again instead of pasting it"));
        }
        for label in names::forbidden_in(self, &line) {
            let error = Diagnostic::error(codes::PROTECTED_NAME, format!("this text contains {label}")).place(place());
            report.push(error.hint("say it without: a protected name may not be in a record either"));
        }
        let given_out = identity::given_out(&self.borough, &self.conference);
        for what in identity::seems(&[folded(&line)], Some(self.conference.issued), &given_out) {
            let error = Diagnostic::error(codes::LOOKS_LIKE_IDENTITY, format!("this looks like {what}"));
            report.push(
                error.place(place()).hint("say it without: anybody who opens the folder can read it in the record"),
            );
        }
        if report.has_errors() { Err(report) } else { Ok(line) }
    }
}
