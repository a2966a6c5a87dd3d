//! A diagnostic as a line of JSON that may leave the owner's terminal.
//!
//! It carries the code, what the code means in general, and the place. It never carries the message,
//! the hint or the source line, because those quote what people typed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Diagnostic, Severity, line_and_column};

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
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

/// Maps whose keys people choose. An id may be a name, so it stays behind; line and column say which it is.
const KEYED: [&str; 2] = ["people.", "organisations."];

fn without_ids(path: &str) -> String {
    match KEYED.iter().find_map(|map| path.strip_prefix(map).map(|rest| (map, rest))) {
        None => path.to_owned(),
        Some((map, rest)) => {
            let field = rest.rfind('.').map_or("", |dot| &rest[dot..]);
            format!("{map}*{field}")
        }
    }
}

/// One JSON object and a line feed.
pub fn line(d: &Diagnostic, sources: &BTreeMap<String, String>) -> String {
    let at = d.place.file.as_ref().and_then(|f| sources.get(f)).zip(d.place.span.as_ref());
    let at = at.map(|(text, span)| line_and_column(text, span.start));
    let form = JsonForm {
        severity: match d.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        code: d.code.id,
        says: d.code.says,
        file: d.place.file.as_deref(),
        line: at.map(|a| a.0),
        column: at.map(|a| a.1),
        path: d.place.path.as_deref().map(without_ids),
    };
    format!("{}\n", serde_json::to_string(&form).expect("plain strings and numbers always serialise"))
}
