//! Explains a kind of paper: its purpose, and every field that its template may use, with an example from the specimen.
//!
//! The fields are collected from the data that the template really gets, in every state of the specimen and for every
//! recipient, so that the list cannot promise fields that do not exist.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::{ListedTemplate, Shown, file_named, list, show};
use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::{self, Loaded, Particulars};
use crate::jobs::{Press, parallel};
use crate::layers::Layers;
use crate::model::edition::Edition;

/// The explanation of a kind of paper.
#[derive(Debug, Clone)]
pub struct Explained {
    /// Its files in the layers, and its front matter.
    pub listed: ListedTemplate,
    /// Its blocks.
    pub shown: Shown,
    /// The day by which it is due, in words, if one is set.
    pub due: Option<String>,
    /// The fields that its template may use.
    pub fields: Vec<ViewField>,
}

/// A field that a template may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewField {
    /// Its path; `[]` stands for each item of a list.
    pub path: String,
    /// `text`, `number`, `yes or no`, `Markdown`, `date`, `time`, `list`.
    pub kind: &'static str,
    /// Its value in the specimen.
    pub example: String,
    /// Whether it may be absent, so that a template has to ask `is defined` first.
    pub optional: bool,
    /// The audiences whose papers have it.
    pub audiences: BTreeSet<String>,
}

#[derive(Default)]
struct SeenField {
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
        let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("`{name}` is not a paper of its own"));
        return Err(error.hint(Hint::naming("`convenor templates show {}` shows what is in it", [name])).into());
    }
    let mut seen = BTreeMap::new();
    // How many values a field could be a part of: the whole view, or the items of a list.
    let mut wholes: BTreeMap<String, usize> = BTreeMap::new();
    let kind = name.trim_end_matches(".md");
    for views in parallel::map(&cases, |loaded| views(loaded.clone(), kind)) {
        for (audience, view) in views? {
            walk(&view, "", &audience, &mut seen, &mut wholes);
        }
    }
    let missing = |path: &str, s: &SeenField| wholes.get(parent(path)).is_some_and(|all| s.times < *all);
    // If a value may be absent, so may its parts.
    let absent: BTreeSet<String> =
        seen.iter().filter(|(path, s)| missing(path, s)).map(|(path, _)| path.clone()).collect();
    let fields = seen
        .into_iter()
        .map(|(path, s): (String, SeenField)| ViewField {
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

/// What the template of a kind of paper is given in one state of the specimen, with the audience's name.
fn views(loaded: Loaded, kind: &str) -> Result<Vec<(String, Value)>, Report> {
    let checked = crate::check::check(loaded)?;
    // A first version says nothing of an earlier one; one that was made again says why.
    let again = Edition { version: 2, because: Some("the date has changed".to_owned()), ..checked.edition(kind) };
    let reissued = checked.clone().with_editions(BTreeMap::from([(kind.to_owned(), again)]));
    let press = Press::new(&checked)?;
    let mut views = press.views(kind);
    views.extend(press.of(&reissued)?.views(kind));
    Ok(views)
}

/// The path of the value that a field is a part of: `a.b` for `a.b.c`, `a[]` for `a[].b`.
fn parent(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(parent, _)| parent)
}

fn walk(
    value: &Value,
    path: &str,
    audience: &str,
    seen: &mut BTreeMap<String, SeenField>,
    wholes: &mut BTreeMap<String, usize>,
) {
    // The first value of a field is its example: there are some hundred views.
    let mut note = |kind: &'static str, example: &dyn Fn() -> String| {
        if !seen.contains_key(path) {
            seen.insert(path.to_owned(), SeenField::default());
        }
        let Some(entry) = seen.get_mut(path) else { return };
        entry.times += 1;
        if !entry.audiences.contains(audience) {
            entry.audiences.insert(audience.to_owned());
        }
        if entry.kind.is_empty() || entry.example.is_empty() {
            (entry.kind, entry.example) = (kind, example());
        }
    };
    match value {
        Value::Object(map) if map.len() == 1 && map.contains_key("prose") => {
            note("Markdown", &|| short(map["prose"].as_str().unwrap_or_default()));
        }
        Value::Object(map) => {
            if !path.is_empty() {
                // Counted so that its absence is noticed; it is not a field to print.
                note("", &String::new);
            }
            match wholes.get_mut(path) {
                Some(all) => *all += 1,
                None => drop(wholes.insert(path.to_owned(), 1)),
            }
            for (name, value) in map {
                let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(value, &below, audience, seen, wholes);
            }
        }
        Value::Array(list) => {
            note("list", &|| crate::diag::count(list.len(), "item"));
            let below = format!("{path}[]");
            for item in list {
                walk(item, &below, audience, seen, wholes);
            }
        }
        Value::String(text) => note(kind_of(text), &|| short(text)),
        Value::Number(number) => note("number", &|| number.to_string()),
        Value::Bool(yes) => note("yes or no", &|| yes.to_string()),
        Value::Null => note("nothing", &String::new),
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
