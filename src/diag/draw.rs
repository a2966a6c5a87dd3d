//! A diagnostic as a terminal shows it: title, file and line, the line with a caret, the field path, help.
//!
//! The drawing itself is rustc's own (`annotate-snippets`), which knows about wide characters and tabs.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::lines::Lines;
use super::{Diagnostic, Severity};

/// Draws one diagnostic; without a source text, only its file is named.
pub fn draw(d: &Diagnostic, sources: &BTreeMap<&str, Lines<'_>>, colour: bool) -> String {
    let level = match d.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    // Messages quote what people typed: a control character in it must not reach the terminal.
    let message = visible(&d.message);
    let group = with_place(level.primary_title(message).id(d.code.id), d, sources);
    let group = d.notes.iter().fold(group, |group, note| group.element(Level::NOTE.message(visible(note))));
    let group = match &d.hint {
        Some(hint) => group.element(Level::HELP.message(visible(&hint.to_string()))),
        None => group,
    };
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n", renderer.render(&[group]))
}

fn with_place<'a>(
    title: annotate_snippets::Title<'a>,
    d: &'a Diagnostic,
    sources: &BTreeMap<&str, Lines<'a>>,
) -> Group<'a> {
    let group = Group::with_title(title);
    let Some(file) = &d.place.file else {
        return match &d.place.path {
            Some(path) => group.element(Origin::path(path.as_str())),
            None => group,
        };
    };
    if let (Some(span), Some(lines)) = (&d.place.span, sources.get(file.as_str())) {
        return with_line(group, d, file, lines, &on_one_line(lines.text(), span));
    }
    let cell = d.place.cell.as_ref().map(|cell| format!(", {}", visible(&cell.shown))).unwrap_or_default();
    // Whoever fills in a workbook knows headings, and no fields.
    let heading = d.place.cell.as_ref().and_then(|cell| cell.heading.as_deref());
    let place = match (heading, &d.place.path) {
        (Some(""), _) | (None, None) => format!("{file}{cell}"),
        (Some(heading), _) => format!("{file}{cell}  {}", visible(heading)),
        (None, Some(path)) => format!("{file}{cell}: {path}"),
    };
    group.element(Origin::path(place))
}

/// Draws the line with a caret under the part, which is on one line. The rest of the text is not given away, for it would be
/// looked through for every diagnostic.
fn with_line<'a>(
    group: Group<'a>,
    d: &'a Diagnostic,
    file: &'a str,
    lines: &Lines<'a>,
    part: &Range<usize>,
) -> Group<'a> {
    let line = lines.at(part.start);
    let within = |at: usize| (at - line.start).min(line.text.len());
    let (from, to) = (within(part.start), within(part.end));
    if from > FAR {
        let (number, column) = lines.place(part.start);
        let group = group.element(Origin::path(file).line(number).char_column(column));
        return match &d.place.path {
            Some(path) => group.element(Level::NOTE.message(visible(path))),
            None => group,
        };
    }
    let text = &line.text[..line.text.ceil_char_boundary(to + FAR)];
    let caret = AnnotationKind::Primary.span(from..to).label(d.place.path.as_deref());
    group.element(Snippet::source(text).path(file).line_start(line.number).annotation(caret))
}

/// How many bytes of a line may stand before a caret and after it. Nobody reads a file of one line, as programs write JSON.
const FAR: usize = 4000;

/// A caret under one line says where; a caret under a whole block says nothing.
fn on_one_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    // Nor does one under more than a screen is wide.
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()).min(start + 120));
    let line_end = text[start..end].find(['\n', '\r']).map_or(end, |i| start + i);
    start..line_end.max(start)
}

fn visible(text: &str) -> String {
    let visible = |c: char| if c.is_control() && c != '\n' { char::REPLACEMENT_CHARACTER } else { c };
    shortened(text).chars().map(visible).collect()
}

/// The most characters of a value that a message quotes, and of a message.
const VALUE: usize = 160;
const MESSAGE: usize = 4000;

/// A text with every value between backticks cut to what a person reads, and itself no longer than a page.
fn shortened(text: &str) -> String {
    let mut out = String::new();
    for (n, part) in text.split('`').enumerate() {
        if n > 0 {
            out.push('`');
        }
        // Every second part stands between two backticks.
        match part.char_indices().nth(VALUE).filter(|_| n % 2 == 1) {
            Some((end, _)) => {
                out.push_str(&part[..end]);
                out.push('…');
            }
            None => out.push_str(part),
        }
    }
    if let Some((end, _)) = out.char_indices().nth(MESSAGE) {
        out.truncate(end);
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::shortened;
    use crate::diag::{Diagnostic, Place, Report, codes};

    #[test]
    fn a_caret_is_drawn_under_its_line_and_far_in_a_long_line_its_place_is_told() {
        let said = |text: &str, at: usize| {
            let place = Place { span: Some(at..at + 1), path: Some("a.b".to_owned()), ..Place::file("c.json") };
            let mut report = Report::of(Diagnostic::error(codes::BAD_VALUE, "this is wrong").place(place));
            report.add_source("c.json", text);
            report.draw(false)
        };
        let near = said("one\ntwo\nthree\n", 4);
        assert!(near.contains("--> c.json:2:1\n") && near.contains("2 | two\n  | ^ a.b"), "{near}");
        let end = said("one\n", 4);
        assert!(end.contains("--> c.json:2:1"), "{end}");
        let far = said(&format!("{}\n{}", "x".repeat(100_000), "é".repeat(50_000)), 100_001 + 60_000);
        assert!(far.contains("--> c.json:2:30001\n") && far.contains("note: a.b") && far.len() < 200, "{far}");
        let behind = said(&"x".repeat(100_000), 10);
        assert!(behind.contains("--> c.json:1:11\n") && behind.len() < 600, "{}", behind.len());
    }

    #[test]
    fn a_value_is_quoted_as_far_as_anybody_reads_it() {
        let long = "x".repeat(1_000_000);
        assert_eq!(shortened("`a` is not `b`"), "`a` is not `b`");
        assert_eq!(shortened(&format!("`{long}` is no word, but `{long}`")).chars().count(), 343);
        assert_eq!(shortened(&"é`".repeat(1_000_000)).chars().count(), 4001);
    }
}
