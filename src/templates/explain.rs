//! Explains a kind of paper: its purpose, and every field that its template may use, with an example from the specimen.
//!
//! The fields are collected from the data that the template really gets, in every state of the specimen and for every
//! recipient, so that the list cannot promise fields that do not exist.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::{ListedTemplate, Shown, file_named, one, paper_with, show};
use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::input::{self, Particulars};
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
    /// The paper that it is a part of, if it is no paper itself.
    pub part_of: Option<ListedTemplate>,
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

/// What was seen of a field, in all views.
#[derive(Default)]
struct Seen {
    kind: &'static str,
    example: String,
    times: usize,
    audiences: BTreeSet<String>,
    /// How many values it was a whole of: itself as a map, or each of its items.
    wholes: usize,
    /// Its parts by their names.
    parts: BTreeMap<String, Seen>,
    /// Its items together, if it is a list.
    items: Option<Box<Seen>>,
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
    let listed = one(layers, &name);
    let shown = show(layers, &name);
    let part_of = if listed.artefact.is_none() { paper_with(layers, &name) } else { None };
    if listed.artefact.is_none() && part_of.is_none() {
        let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("`{name}` is not a paper of its own"));
        let error = error.place(Place::file("PAPER"));
        return Err(error.hint(Hint::naming("`convenor templates show {}` shows what is in it", [name])).into());
    }
    // A part has the fields of the paper that includes it.
    let paper = part_of.as_ref().unwrap_or(&listed);
    let kind = paper.name.trim_end_matches(".md");
    // The first is checked whole; the others have the same texts.
    let numbered: Vec<_> = cases.iter().enumerate().collect();
    let states = parallel::map(&numbered, |(n, loaded)| match n {
        0 => crate::check::check((*loaded).clone()),
        _ => crate::check::check_state((*loaded).clone()),
    });
    let states = states.into_iter().collect::<Result<Vec<Checked>, Report>>()?;
    let press = Press::new(&states[0])?;
    let mut seen = Seen::default();
    // What was made again says so in the same way in every state.
    let again = again(&states[0], kind);
    let states: Vec<&Checked> = states.iter().chain([&again]).collect();
    for views in parallel::map(&states, |checked| Ok::<_, Report>(press.of(checked)?.views(kind))) {
        for (audience, view) in views? {
            seen.see(&view, &audience);
        }
    }
    let mut fields = Vec::new();
    seen.list(String::new(), false, &mut fields);
    fields.sort_by(|a, b| a.path.cmp(&b.path));
    let due = paper.artefact.as_ref().and_then(|a| a.by.as_ref()).map(|by| by.in_words(&timescales));
    Ok(Explained { listed, shown, part_of, due, fields })
}

/// The same state with a paper made again, which says why. A first version says nothing of an earlier one.
fn again(checked: &Checked, kind: &str) -> Checked {
    let again = Edition { version: 2, because: Some("the date has changed".to_owned()), ..checked.edition(kind) };
    checked.clone().with_editions(BTreeMap::from([(kind.to_owned(), again)]))
}

impl Seen {
    /// Sees one value of the field in the view of an audience.
    fn see(&mut self, value: &Value, audience: &str) {
        match value {
            Value::Object(map) if map.len() == 1 && map.contains_key("prose") => {
                self.note("Markdown", audience, || short(map["prose"].as_str().unwrap_or_default()));
            }
            Value::Object(map) => {
                // Counted so that its absence is noticed; it is not a field to print.
                self.note("", audience, String::new);
                self.wholes += 1;
                for (name, value) in map {
                    if !self.parts.contains_key(name) {
                        self.parts.insert(name.clone(), Self::default());
                    }
                    if let Some(part) = self.parts.get_mut(name) {
                        part.see(value, audience);
                    }
                }
            }
            Value::Array(list) => {
                self.note("list", audience, || crate::diag::count(list.len(), "item"));
                if !list.is_empty() {
                    let items = self.items.get_or_insert_default();
                    for item in list {
                        items.see(item, audience);
                    }
                }
            }
            Value::String(text) => self.note(kind_of(text), audience, || short(text)),
            Value::Number(number) => self.note("number", audience, || number.to_string()),
            Value::Bool(yes) => self.note("yes or no", audience, || yes.to_string()),
            Value::Null => self.note("nothing", audience, String::new),
        }
    }

    /// Counts a value. The first one of a field is its example: there are some hundred views.
    fn note(&mut self, kind: &'static str, audience: &str, example: impl FnOnce() -> String) {
        self.times += 1;
        if !self.audiences.contains(audience) {
            self.audiences.insert(audience.to_owned());
        }
        if self.kind.is_empty() || self.example.is_empty() {
            (self.kind, self.example) = (kind, example());
        }
    }

    /// Adds the parts of the field at `path`, and the field itself unless it is the whole view. If a value may be absent, so
    /// may its parts.
    fn list(self, path: String, optional: bool, fields: &mut Vec<ViewField>) {
        for (name, part) in self.parts {
            let below = if path.is_empty() { name } else { format!("{path}.{name}") };
            let optional = optional || part.times < self.wholes;
            part.list(below, optional, fields);
        }
        if let Some(items) = self.items {
            items.list(format!("{path}[]"), optional, fields);
        }
        if !path.is_empty() {
            let Self { kind, example, audiences, .. } = self;
            fields.push(ViewField { path, kind, example, optional, audiences });
        }
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
