//! Problems in people's files: the fact, the place and the advice.
//!
//! In: a code, a message, a field path, a hint. Out: a [`Report`] of many [`Diagnostic`]s, drawn for the
//! terminal of the person who owns the file, or as JSON without values and source lines.
//!
//! Deliberately absent: process exit, logging, and any knowledge of conferences.

pub mod codes;
mod diagnostic;
mod draw;
mod hint;
mod json;
mod lines;

use std::collections::BTreeMap;
use std::fmt;

pub use codes::{AtFault, Code};
pub use diagnostic::{Cell, Diagnostic, Place, Severity, closest};
pub use hint::Hint;
use lines::Lines;

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

    /// The line of a place, from 1, if its file's text is known.
    pub fn line(&self, place: &Place) -> Option<usize> {
        let (text, span) = (self.sources.get(place.file.as_ref()?)?, place.span.as_ref()?);
        Some(Lines::of(text).at(span.start).number)
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

    /// Whether any of its diagnostics is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// The number of errors, and the number of warnings.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        (errors, self.diagnostics.len() - errors)
    }

    /// Sorts it by the files' lines, so that a person can work from top to bottom.
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

    /// Draws it with source lines and carets, for the terminal of the person who owns the files.
    pub fn draw(&self, colour: bool) -> String {
        let sources = Lines::of_all(&self.sources);
        self.diagnostics.iter().map(|d| draw::draw(d, &sources, colour)).collect::<Vec<_>>().join("\n")
    }

    /// Writes it for machines and logs: one JSON object per line, with codes, places and field paths, and without
    /// values, messages that quote values, or source lines. `is_field` distinguishes the names of fields; every other
    /// part of a path becomes `*`.
    pub fn json(&self, is_field: &dyn Fn(&str) -> bool) -> String {
        let sources = Lines::of_all(&self.sources);
        self.diagnostics.iter().map(|d| json::line(d, &sources, is_field)).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

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
