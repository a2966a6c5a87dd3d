//! A diagnostic as a line of JSON that may leave the owner's terminal.
//!
//! It contains the code and its general meaning, the place, and the hint with `…` for every value. It never contains
//! the message or the source line, because those quote what people typed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Code, Diagnostic, Hint, Severity, codes};

#[derive(Serialize)]
struct JsonForm<'a> {
    severity: &'static str,
    code: &'static str,
    says: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// The sheet of a spreadsheet, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

/// Diagnostics whose file is a paper, whose name may contain a person's.
const NAMES_A_PAPER: [Code; 7] = [
    codes::EDITED_SINCE,
    codes::CANNOT_WRITE,
    codes::NAME_CLASH,
    codes::RELEASED,
    codes::NOT_AS_MADE,
    codes::NOT_IN_REGISTER,
    codes::MISSING_PAPER,
];

/// A path with `*` for every part that is not the name of a field: keys of maps are chosen by people, and may be names.
fn redacted(path: &str, is_field: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::new();
    for part in path.split_inclusive(['.', '[', ']', ':']) {
        let name = part.trim_end_matches(['.', '[', ']', ':']);
        let kept = name.is_empty() || name.chars().all(|c| c.is_ascii_digit()) || is_field(name);
        out.push_str(if kept { name } else { "*" });
        out.push_str(&part[name.len()..]);
    }
    out
}

impl Diagnostic {
    /// The path of the field without the keys that people chose, which may leave the owner's terminal.
    pub fn path_without_keys(&self, is_field: &dyn Fn(&str) -> bool) -> Option<String> {
        self.place.path.as_deref().map(|path| redacted(path, is_field))
    }
}

/// One JSON object and a line feed.
pub fn line(d: &Diagnostic, sources: &BTreeMap<String, String>, is_field: &dyn Fn(&str) -> bool) -> String {
    let at = d.place.file.as_ref().and_then(|f| sources.get(f)).zip(d.place.span.as_ref());
    let at = at.map(|(text, span)| line_and_column(text, span.start));
    let cell = d.place.cell.as_ref();
    let form = JsonForm {
        severity: match d.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        code: d.code.id,
        says: d.code.says,
        file: d.place.file.as_deref().filter(|_| !NAMES_A_PAPER.contains(&d.code)),
        line: at.map(|a| a.0),
        column: at.map(|a| a.1).or(cell.and_then(|cell| cell.column.map(|column| column + 1))),
        sheet: cell.map(|cell| cell.sheet + 1),
        row: cell.map(|cell| cell.row),
        path: d.path_without_keys(is_field),
        help: d.hint.as_ref().and_then(Hint::without_values),
    };
    format!("{}\n", serde_json::to_string(&form).expect("plain strings and numbers always serialise"))
}

/// Line and column of a byte offset, both from 1; the column counts characters.
fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(offset)];
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |i| i + 1);
    (line, before[start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::line_and_column;

    #[test]
    fn columns_count_characters() {
        assert_eq!(line_and_column("a\nŒz: b", 5), (2, 3));
    }
}
