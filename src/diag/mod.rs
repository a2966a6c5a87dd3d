//! What is wrong, where, and what to do about it.
//!
//! In: a code, a message, a field path, a hint. Out: a [`Report`] of many [`Diagnostic`]s, drawn for the
//! terminal of the person who owns the file, or as JSON that holds neither values nor source lines.
//!
//! Deliberately absent: process exit, logging, and any knowledge of conferences.

pub mod codes;
mod draw;
mod hint;
mod json;

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

pub use codes::{AtFault, Code};
pub use hint::Hint;

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The papers must not be made.
    Error,
    /// The papers can be made; somebody should look first.
    Warning,
}

/// Where a diagnostic points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file as the user named it, for example `conference.yaml`.
    pub file: Option<String>,
    /// The field path, for example `invitees[3].email`; list positions count from 0.
    pub path: Option<String>,
    /// Bytes of the file's text that are at fault.
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
    /// The cell as a person finds it: `Sheet1!D7`, or `D7` where there is one sheet only. Sheets have names that people chose.
    pub shown: String,
}

impl Place {
    /// A place known only by its field path; whoever holds the file adds the rest.
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
    /// What is wrong, for the person who owns the file: lower case, no full stop, values in backticks.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What else belongs to it, a line each: which template included the one at fault, which councils share it.
    pub notes: Vec<String>,
    /// What to do.
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

    /// The same diagnostic, suggesting whichever candidate is close to what was typed. The candidates are chosen by people.
    #[must_use]
    pub fn suggest<'a>(self, typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(typed, candidates) {
            Some(near) => self.hint(Hint::naming(DID_YOU_MEAN, [near])),
            None => self,
        }
    }

    /// The same, where the candidates are names of the program itself, such as fields.
    #[must_use]
    pub fn suggest_ours<'a>(self, typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        match closest(typed, candidates) {
            Some(near) => self.hint(Hint::listing(DID_YOU_MEAN, [near])),
            None => self,
        }
    }
}

const DID_YOU_MEAN: &str = "did you mean `{}`?";

/// The candidate that is close enough to `typed` to be worth suggesting, or none.
pub fn closest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|c| (strsim::damerau_levenshtein(&typed.to_lowercase(), &c.to_lowercase()), c))
        .filter(|(distance, c)| *distance <= (c.chars().count().max(3) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, c)| c)
}

/// Many diagnostics, and the texts of the files that they point into.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The diagnostics, in the order they were found.
    pub diagnostics: Vec<Diagnostic>,
    /// Text of each file by name, for drawing. It never reaches the JSON form.
    sources: BTreeMap<String, String>,
}

impl Report {
    /// A report of one diagnostic.
    pub fn of(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: vec![diagnostic], sources: BTreeMap::new() }
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Remembers the text of a file, so that its lines can be drawn.
    pub fn add_source(&mut self, file: impl Into<String>, text: impl Into<String>) {
        self.sources.insert(file.into(), text.into());
    }

    /// Remembers the texts of another report's files, and none of its diagnostics.
    pub fn take_sources(&mut self, other: &Report) {
        for (file, text) in &other.sources {
            self.sources.entry(file.clone()).or_insert_with(|| text.clone());
        }
    }

    /// Takes in everything of another report.
    pub fn merge(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
        for (file, text) in other.sources {
            // Spans point into the text that came first under a name.
            self.sources.entry(file).or_insert(text);
        }
    }

    /// Whether anything in it is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many errors, and how many warnings.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        (errors, self.diagnostics.len() - errors)
    }

    /// In the order of the files' lines, so that a person can work from top to bottom.
    pub fn sort(&mut self) {
        self.diagnostics.sort_by(|a, b| {
            let key = |d: &Diagnostic| {
                let Place { file, span, cell, .. } = &d.place;
                let start = span.as_ref().map(|s| s.start);
                (file.clone(), start, cell.clone(), d.severity, d.code, d.message.clone())
            };
            key(a).cmp(&key(b))
        });
        self.diagnostics.dedup();
    }

    /// For the terminal of the person who owns the files: with source lines and carets.
    pub fn draw(&self, colour: bool) -> String {
        self.diagnostics.iter().map(|d| draw::draw(d, &self.sources, colour)).collect::<Vec<_>>().join("\n")
    }

    /// For machines and logs: one JSON object per line, with codes, places and field paths,
    /// and without values, messages that quote values, or source lines. `is_field` tells the names of fields from what
    /// people typed; whatever else stands in a path becomes `*`.
    pub fn json(&self, is_field: &dyn Fn(&str) -> bool) -> String {
        self.diagnostics.iter().map(|d| json::line(d, &self.sources, is_field)).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.draw(false))
    }
}

impl std::error::Error for Report {}

impl From<Diagnostic> for Report {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::of(diagnostic)
    }
}

/// `1 error`, `2 errors`: a count and its noun in agreement.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// `1 person`, `2 people`.
pub fn count_people(number: u32) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{number} people") }
}

/// Line and column of a byte offset, both from 1; the column counts characters.
pub(crate) fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    (line, before[start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_is_suggested_and_a_far_one_is_not() {
        assert_eq!(closest("p-chiar", ["p-lead", "p-chair"]), Some("p-chair"));
        assert_eq!(closest("xylophone", ["p-lead", "p-chair"]), None);
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(line_and_column("a\nŒz: b", 5), (2, 3));
    }

    #[test]
    fn the_json_form_holds_no_value_and_no_source_line() {
        let mut report =
            Report::of(Diagnostic::error(codes::BAD_EMAIL, "`kai@secret` is not an email address").place(Place {
                file: Some("c.yaml".into()),
                path: Some("invitees[0].Kai.email".into()),
                span: Some(7..17),
                ..Place::default()
            }));
        report.diagnostics[0].hint = Some(Hint::naming("write `{}`, as `{}`", ["kai@secrets", "NAME@Kai"]));
        report.add_source("c.yaml", "email: kai@secret\n");
        let json = report.json(&|name| ["invitees", "email"].contains(&name));
        assert!(!json.contains("secret") && !json.contains("Kai"), "{json}");
        assert!(json.contains("\"line\":1,\"column\":8") && json.contains("invitees[0].*.email"), "{json}");
        assert!(json.contains("\"help\":\"write `…`, as `…`\""), "{json}");
        let drawn = report.draw(false);
        assert!(drawn.contains("kai@secret") && drawn.contains("help: write `kai@secrets`, as `NAME@Kai`"), "{drawn}");
    }
}
