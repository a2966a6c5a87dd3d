//! A diagnostic as a line of JSON that may leave the owner's terminal.
//!
//! It contains the code and its general meaning, the place, and the hint with `…` for every value. It never contains
//! the message or the source line, because those quote what people typed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::lines::Lines;
use super::{Code, Diagnostic, Hint, Severity, codes};

#[derive(Serialize)]
struct JsonForm<'a> {
    severity: &'static str,
    code: &'static str,
    says: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    /// The sheet of a spreadsheet, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u32>,
    /// The cell within its sheet, as `D7`, if the spreadsheet is a conference. The name of a sheet may be anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

/// Diagnostics whose file is a paper, whose name may contain a person's.
const NAMES_A_PAPER: [Code; 8] = [
    codes::EDITED_SINCE,
    codes::CANNOT_WRITE,
    codes::NAME_CLASH,
    codes::RELEASED,
    codes::NOT_AS_MADE,
    codes::NOT_IN_REGISTER,
    codes::MISSING_PAPER,
    codes::UNREADABLE_PAPER,
];

/// The folder and the name of a paper without the person's name that follows its number: `community/invitation-04.pdf`.
/// A file that the program did not make may have any name, so only its ending is kept.
fn without_person(file: &str, code: Code) -> String {
    let parts: Vec<&str> = file.split(['/', '\\']).collect();
    let (name, folders) = parts.split_last().expect("a split gives a part");
    let folder = folders.last().filter(|folder| !folder.is_empty()).map(|folder| format!("{folder}/"));
    let (stem, ending) = name.rsplit_once('.').map_or((*name, String::new()), |(stem, end)| (stem, format!(".{end}")));
    let is_number = |part: &str| {
        let digits = part.trim_start_matches(|c: char| c.is_ascii_uppercase());
        part.len() - digits.len() <= 1 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let words: Vec<&str> = stem.split('-').collect();
    let kept = match words.iter().position(|word| is_number(word)) {
        _ if [codes::NOT_IN_REGISTER, codes::UNREADABLE_PAPER].contains(&code) => "*".to_owned(),
        Some(number) => words[..=number].join("-"),
        None => stem.to_owned(),
    };
    format!("{}{kept}{ending}", folder.unwrap_or_default())
}

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
pub fn line(
    d: &Diagnostic,
    sources: &BTreeMap<&str, Lines<'_>>,
    paths: &BTreeMap<String, String>,
    is_field: &dyn Fn(&str) -> bool,
) -> String {
    let at = d.place.file.as_ref().and_then(|f| sources.get(f.as_str())).zip(d.place.span.as_ref());
    let at = at.map(|(lines, span)| lines.place(span.start));
    let cell = d.place.cell.as_ref();
    let form = JsonForm {
        severity: match d.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        code: d.code.id,
        says: d.code.says,
        file: d.place.file.as_deref().map(|file| {
            let path = || paths.get(file).map_or(file, String::as_str);
            if NAMES_A_PAPER.contains(&d.code) {
                Cow::Owned(without_person(file, d.code))
            } else {
                Cow::Borrowed(path())
            }
        }),
        line: at.map(|a| a.0),
        column: at.map(|a| a.1).or(cell.and_then(|cell| cell.column.map(|column| column + 1))),
        sheet: cell.map(|cell| cell.sheet + 1),
        row: cell.map(|cell| cell.row).filter(|row| *row > 0),
        cell: cell.filter(|cell| cell.heading.is_some()).and_then(|cell| cell.shown.rsplit_once('!')).map(|(_, at)| at),
        path: d.path_without_keys(is_field),
        help: d.hint.as_ref().and_then(Hint::without_values),
    };
    format!("{}\n", serde_json::to_string(&form).expect("plain strings and numbers always serialise"))
}

#[cfg(test)]
mod tests {
    use super::without_person;
    use crate::diag::codes;

    #[test]
    fn a_paper_is_told_by_kind_and_number_and_not_by_whom_it_is_for() {
        let cases = [
            ("out/X/community/invitation-04-mrs-jane-hart.pdf", "community/invitation-04.pdf"),
            ("professional/agreement-A02-mill-lane-homes.pdf", "professional/agreement-A02.pdf"),
            ("professional/minutes.pdf", "professional/minutes.pdf"),
            ("minutes", "minutes"),
        ];
        for (file, told) in cases {
            assert_eq!(without_person(file, codes::NOT_AS_MADE), told);
        }
        for code in [codes::NOT_IN_REGISTER, codes::UNREADABLE_PAPER] {
            assert_eq!(without_person("out/X/community/hart.docx", code), "community/*.docx");
        }
    }
}
