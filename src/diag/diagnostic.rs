//! One problem in somebody's file: its severity, kind and place, and a hint.
//!
//! In: the finding of a rule. Out: a [`Diagnostic`].
//!
//! Deliberately absent: its display, which differs between the terminal and the machine.

use std::ops::Range;

use super::{Code, Hint};

/// The severity of a diagnostic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The papers must not be made.
    Error,
    /// The papers can be made, but a person should look first.
    Warning,
}

/// The place that a diagnostic points to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file as the user named it, for example `conference.yaml`.
    pub file: Option<String>,
    /// The field path, for example `invitees[3].email`; list positions count from 0.
    pub path: Option<String>,
    /// The bytes at fault in the file's text.
    pub span: Option<Range<usize>>,
    /// The cell, if the file is a spreadsheet.
    pub cell: Option<Cell>,
}

/// A cell of a spreadsheet, or a row of it as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    /// The sheet, from 0.
    pub sheet: usize,
    /// The row as the spreadsheet counts it, from 1.
    pub row: u32,
    /// The column, from 0; `None` if the row as a whole is meant.
    pub column: Option<usize>,
    /// The cell for people: `Sheet1!D7`, or `D7` if there is only one sheet. People chose the names of sheets.
    pub shown: String,
    /// The heading of the column, or the label of the row, if the spreadsheet is a conference: it stands for the field.
    pub heading: Option<String>,
}

impl Place {
    /// A place known only by its field path; the owner of the file adds the rest.
    pub fn at(path: impl Into<String>) -> Self {
        Self { path: Some(path.into()), ..Self::default() }
    }

    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: Some(file.into()), ..Self::default() }
    }
}

/// One problem in somebody's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The stable name of the kind of problem.
    pub code: Code,
    /// The fact, for the person who owns the file: lower case, no full stop, values in backticks.
    pub message: String,
    /// The place.
    pub place: Place,
    /// Further facts, a line each: the template that included the one at fault, the councils that share it.
    pub notes: Vec<String>,
    /// The advice.
    pub hint: Option<Hint>,
}

impl Diagnostic {
    /// An error without a place; add one with [`Diagnostic::place`].
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            place: Place::default(),
            notes: Vec::new(),
            hint: None,
        }
    }

    /// A warning without a place.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same diagnostic, pointing at `place`.
    #[must_use]
    pub fn place(self, place: Place) -> Self {
        Self { place, ..self }
    }

    /// The same diagnostic, pointing at a field path.
    #[must_use]
    pub fn at(self, path: impl Into<String>) -> Self {
        self.place(Place::at(path))
    }

    /// The same diagnostic with one more note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The same diagnostic with a hint: a plain text of the program, or a [`Hint`] that says which of its parts are values.
    #[must_use]
    pub fn hint(self, hint: impl Into<Hint>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same diagnostic, suggesting any candidate that is close to the typed text. The candidates were chosen by
    /// people.
    #[must_use]
    pub fn suggest<'a>(self, typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(typed, candidates) {
            Some(near) => self.hint(Hint::naming(DID_YOU_MEAN, [near])),
            None => self,
        }
    }

    /// The same diagnostic, suggesting one of the program's own names, such as a field.
    #[must_use]
    pub fn suggest_ours<'a>(self, typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(typed, candidates) {
            Some(near) => self.hint(Hint::listing(DID_YOU_MEAN, [near])),
            None => self,
        }
    }
}

const DID_YOU_MEAN: &str = "did you mean `{}`?";

/// How many letters of a candidate of this length may be mistyped.
fn most(length: usize) -> usize {
    (length.max(3) / 3).max(1)
}

/// The candidate that is close enough to `typed` to be worth suggesting; `None` if none is.
pub fn closest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (length, typed) = (typed.chars().count(), typed.to_lowercase());
    candidates
        .into_iter()
        .map(|c| (c, c.chars().count()))
        // Comparing takes room for the product of both lengths, and no text is nearer than the difference of them.
        .filter(|(_, of)| length.abs_diff(*of) <= most(*of))
        .map(|(c, of)| (strsim::damerau_levenshtein(&typed, &c.to_lowercase()), c, of))
        .filter(|(distance, _, of)| *distance <= most(*of))
        .map(|(distance, c, _)| (distance, c))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_near_miss_is_suggested_and_a_far_one_is_not() {
        assert_eq!(closest("p-chiar", ["p-lead", "p-chair"]), Some("p-chair"));
        assert_eq!(closest("xylophone", ["p-lead", "p-chair"]), None);
        assert_eq!(closest("p-le", ["p-lead"]), Some("p-lead"), "two letters of six");
        assert_eq!(closest("p-leader", ["p-lead"]), Some("p-lead"));
        assert_eq!(closest("p-l", ["p-lead"]), None);
        assert_eq!(closest(&"p-lead".repeat(500_000), ["p-lead"; 100]), None, "it is not compared letter by letter");
    }
}
