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

use std::borrow::Cow;
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
    /// The paths of files that messages call by another name, for programs that open them.
    paths: BTreeMap<String, String>,
}

impl Report {
    /// A report of one diagnostic.
    pub fn of(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: vec![diagnostic], ..Self::default() }
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether it is so short that each diagnostic is shown, so that looking for advice for the next is worth its while.
    pub fn is_short(&self) -> bool {
        self.diagnostics.len() < DRAWN
    }

    /// Remembers the text of a file, so that its lines can be drawn.
    pub fn add_source(&mut self, file: impl Into<String>, text: impl Into<String>) {
        self.sources.insert(file.into(), text.into());
    }

    /// Remembers the paths of those of its files that messages call by another name: of all such files, path by name.
    #[must_use]
    pub fn with_paths(mut self, all: &BTreeMap<String, String>) -> Self {
        let files = self.diagnostics.iter().filter_map(|d| d.place.file.as_ref());
        let paths = files.filter_map(|file| Some((file.clone(), all.get(file)?.clone())));
        self.paths.extend(paths);
        self
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
        self.paths.extend(other.paths.clone());
    }

    /// Takes in everything of another report.
    pub fn merge(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
        self.paths.extend(other.paths);
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
        self.first_of_each(DRAWN).iter().map(|d| draw::draw(d, &sources, colour)).collect::<Vec<_>>().join("\n")
    }

    /// Writes it for machines and logs: one JSON object per line, with codes, places and field paths, and without
    /// values, messages that quote values, or source lines. `is_field` distinguishes the names of fields; every other
    /// part of a path becomes `*`.
    pub fn json(&self, is_field: &dyn Fn(&str) -> bool) -> String {
        let sources = Lines::of_all(&self.sources);
        let line = |d: &Diagnostic| json::line(d, &sources, &self.paths, is_field);
        self.first_of_each(LISTED).iter().map(|d| line(d)).collect()
    }

    /// The diagnostics, without those of a file that have the code of many others in it: these are counted at the first that
    /// is left out.
    fn first_of_each(&self, most: usize) -> Vec<Cow<'_, Diagnostic>> {
        let kind = |d: &Diagnostic| (d.place.file.clone(), d.severity, d.code);
        let mut totals = BTreeMap::new();
        for diagnostic in &self.diagnostics {
            *totals.entry(kind(diagnostic)).or_insert(0_usize) += 1;
        }
        let (mut seen, mut shown) = (BTreeMap::new(), Vec::new());
        for diagnostic in &self.diagnostics {
            let kind = kind(diagnostic);
            let left_out = totals.get(&kind).map_or(0, |total| total.saturating_sub(most));
            let nth = seen.entry(kind).or_insert(0_usize);
            *nth += 1;
            if left_out <= 1 || *nth <= most {
                shown.push(Cow::Borrowed(diagnostic));
            } else if *nth == most + 1 {
                shown.push(Cow::Owned(and_more(diagnostic, left_out)));
            }
        }
        shown
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

/// The most diagnostics of one kind about one file that are drawn, and that are written for machines. Nobody corrects more
/// before they check again.
const DRAWN: usize = 100;
const LISTED: usize = 1000;

/// The count of the diagnostics that are left out, at the first of them.
fn and_more(first: &Diagnostic, left_out: usize) -> Diagnostic {
    let hint = Hint::listing("correct those above, and check again: {} more are not listed", [left_out.to_string()]);
    let message = format!("and {left_out} more of this kind, from here on");
    Diagnostic { message, notes: Vec::new(), hint: Some(hint), ..first.clone() }
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
    fn what_many_lines_have_wrong_is_drawn_for_the_first_and_counted_for_the_others() {
        let fault = |file: &str, code, n: usize| {
            Diagnostic::error(code, format!("`{n}` is wrong"))
                .place(Place { span: Some(n..n + 1), ..Place::file(file) })
        };
        let of = |count: usize| Report {
            diagnostics: (0..count).map(|n| fault("a.yaml", codes::UNKNOWN_WORD, n)).collect(),
            ..Report::default()
        };
        let titles = |report: &Report| report.draw(false).matches("error[").count();
        for (count, drawn) in [(DRAWN, DRAWN), (DRAWN + 1, DRAWN + 1), (DRAWN + 2, DRAWN + 1), (5000, DRAWN + 1)] {
            assert_eq!(titles(&of(count)), drawn, "{count}");
        }
        let mut report = of(5000);
        report.push(fault("b.yaml", codes::UNKNOWN_WORD, 0));
        report.push(fault("a.yaml", codes::UNKNOWN_FIELD, 0));
        assert_eq!((titles(&report), report.counts()), (DRAWN + 3, (5002, 0)));
        let drawn = report.draw(false);
        assert!(drawn.contains("and 4900 more of this kind") && !drawn.contains("`4999`"), "{drawn}");
        let json = report.json(&|_| true);
        assert_eq!(json.lines().count(), LISTED + 3);
        assert!(json.contains("4000 more are not listed"), "{json}");
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
