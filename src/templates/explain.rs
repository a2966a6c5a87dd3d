//! What a kind of paper is made for, and every field that its template may use, with an example from the specimen.
//!
//! The fields are read off what a template is really given, in every state of the specimen and for every recipient: so the
//! list cannot promise what is not there.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::{Listed, Shown, file_named, list, show};
use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::{self, Particulars};
use crate::jobs::Press;
use crate::layers::Layers;

/// Everything about a kind of paper.
#[derive(Debug, Clone)]
pub struct Explained {
    /// Its files in the layers, and what it is made for.
    pub listed: Listed,
    /// Its blocks.
    pub shown: Shown,
    /// By when it is due, in words, if a day is set for it.
    pub due: Option<String>,
    /// The fields that its template may use.
    pub fields: Vec<Field>,
}

/// A field that a template may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its path; `[]` stands for each item of a list.
    pub path: String,
    /// `text`, `number`, `yes or no`, `Markdown`, `date`, `time`, `list`.
    pub kind: &'static str,
    /// What it holds in the specimen.
    pub example: String,
    /// Whether it may be absent: then a template asks `is defined` first.
    pub optional: bool,
    /// The audiences whose papers have it.
    pub audiences: BTreeSet<String>,
}

#[derive(Default)]
struct Seen {
    kind: &'static str,
    example: String,
    times: usize,
    audiences: BTreeSet<String>,
}

/// Explains a paper of the council in `folder`, or, without one, of the built-in example.
///
/// # Errors
/// If there is no such paper, or the council's files or templates are at fault.
pub fn explain(council: Option<&Path>, base: &Layers, typed: &str) -> Result<Explained, Report> {
    let cases = match council {
        Some(folder) => {
            input::specimen(folder, base, Particulars::Own)?.into_iter().map(|(_, loaded)| loaded).collect()
        }
        None => vec![input::example()?],
    };
    let first = cases.first().expect("a specimen has states");
    let (layers, timescales) = (&first.layers, first.settings.timescales.clone());
    let name = file_named(layers, typed)?;
    let listed = list(layers).into_iter().find(|l| l.name == name).expect("it was found among them");
    let shown = show(layers, &name);
    if listed.artefact.is_none() {
        let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("`{name}` is no paper of its own"));
        return Err(error.hint(Hint::naming("`convenor templates show {}` shows what is in it", [name])).into());
    }
    let mut seen = BTreeMap::new();
    // Of how many things a field is a part: the whole view, or the items of a list.
    let mut wholes: BTreeMap<String, usize> = BTreeMap::new();
    for loaded in cases {
        let checked = crate::check::check(loaded)?;
        let press = Press::new(&checked)?;
        for (audience, view) in press.views(name.trim_end_matches(".md")) {
            walk(&view, "", &audience, &mut seen, &mut wholes);
        }
    }
    let missing = |path: &str, s: &Seen| wholes.get(parent(path)).is_some_and(|all| s.times < *all);
    // Where a whole may be absent, so may its parts.
    let absent: BTreeSet<String> =
        seen.iter().filter(|(path, s)| missing(path, s)).map(|(path, _)| path.clone()).collect();
    let fields = seen
        .into_iter()
        .map(|(path, s): (String, Seen)| Field {
            optional: absent
                .iter()
                .any(|a| path.strip_prefix(a.as_str()).is_some_and(|r| r.is_empty() || r.starts_with(['.', '[']))),
            path,
            kind: s.kind,
            example: s.example,
            audiences: s.audiences,
        })
        .collect();
    let due = listed.artefact.as_ref().and_then(|a| a.by.as_ref()).map(|by| by.in_words(&timescales));
    Ok(Explained { listed, shown, due, fields })
}

/// What a field is a part of: `a.b` of `a.b.c`, `a[]` of `a[].b`.
fn parent(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(parent, _)| parent)
}

fn walk(
    value: &Value,
    path: &str,
    audience: &str,
    seen: &mut BTreeMap<String, Seen>,
    wholes: &mut BTreeMap<String, usize>,
) {
    let mut note = |kind: &'static str, example: String| {
        let entry = seen.entry(path.to_owned()).or_default();
        entry.times += 1;
        entry.audiences.insert(audience.to_owned());
        if entry.kind.is_empty() || entry.example.is_empty() {
            (entry.kind, entry.example) = (kind, example);
        }
    };
    match value {
        Value::Object(map) if map.len() == 1 && map.contains_key("prose") => {
            note("Markdown", short(map["prose"].as_str().unwrap_or_default()));
        }
        Value::Object(map) => {
            if !path.is_empty() {
                // Counted so that its own absence shows; it is no field to print.
                note("", String::new());
            }
            *wholes.entry(path.to_owned()).or_default() += 1;
            for (name, value) in map {
                let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(value, &below, audience, seen, wholes);
            }
        }
        Value::Array(list) => {
            note("list", crate::diag::count(list.len(), "item"));
            for item in list {
                walk(item, &format!("{path}[]"), audience, seen, wholes);
            }
        }
        Value::String(text) => note(kind_of(text), short(text)),
        Value::Number(number) => note("number", number.to_string()),
        Value::Bool(yes) => note("yes or no", yes.to_string()),
        Value::Null => note("nothing", String::new()),
    }
}

fn kind_of(text: &str) -> &'static str {
    let shaped = |shape: &str| {
        text.len() == shape.len()
            && text.chars().zip(shape.chars()).all(|(c, s)| if s == '0' { c.is_ascii_digit() } else { c == s })
    };
    if shaped("0000-00-00") {
        "date"
    } else if shaped("00:00") {
        "time"
    } else {
        "text"
    }
}

fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(48) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
