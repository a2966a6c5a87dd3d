//! Text → a model type, with every fault of the text at once.
//!
//! serde stops at the first fault. So a fault is noted, the value at fault is left out, and the rest is read again,
//! until nothing new is found. A value that is missing only because its own text was at fault is not reported twice.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::de::DeserializeOwned;

use super::de::{Fault, FaultKind, NodeDeserializer, join};
use super::tree::{self, Node, Value};
use crate::diag::{Diagnostic, Place, codes};

/// Where every field path of a file stands.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// The file's name as the user gave it.
    pub file: String,
    spots: BTreeMap<String, Range<usize>>,
    texts: Vec<(String, String)>,
}

impl Index {
    /// The place of a field, or of the nearest thing around it.
    pub fn place(&self, path: &str) -> Place {
        let mut near = path;
        let span = loop {
            if let Some(span) = self.spots.get(near) {
                break Some(span.clone());
            }
            match near.rfind(['.', '[']) {
                Some(end) => near = &near[..end],
                None => break None,
            }
        };
        Place { file: Some(self.file.clone()), path: Some(path.to_owned()), span }
    }

    /// Every text of the file with its field path, in the order of the file.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Whether the file says anything at this path, even if it could not be read.
    pub fn has(&self, path: &str) -> bool {
        self.spots.contains_key(path)
    }
}

/// What came of reading one file.
pub struct Read<T> {
    /// The value, with whatever was at fault left out; nothing if too little is left.
    pub value: Option<T>,
    /// Where everything stands.
    pub index: Index,
    /// All faults.
    pub faults: Vec<Diagnostic>,
}

/// More faults than anybody will read.
const MAX_FAULTS: usize = 200;

/// Reads a text as `T`.
pub fn read<T: DeserializeOwned>(file: &str, text: &str) -> Read<T> {
    let (root, mut faults) = tree::parse(file, text);
    let mut index = Index { file: file.to_owned(), ..Index::default() };
    let Some(root) = root else {
        return Read { value: None, index, faults };
    };
    note_spots(&root, "", &mut index);
    note_controls(&root, "", file, &mut faults);
    let value = read_node(&root, file, &mut faults);
    Read { value, index, faults }
}

fn read_node<T: DeserializeOwned>(root: &Node, file: &str, faults: &mut Vec<Diagnostic>) -> Option<T> {
    let mut skip = BTreeSet::new();
    for _ in 0..MAX_FAULTS {
        match T::deserialize(NodeDeserializer::root(root, &skip)) {
            Ok(value) => return Some(value),
            Err(fault) => {
                let left_out = left_out(&fault);
                let echo =
                    matches!(&fault.kind, FaultKind::MissingField(name) if skip.contains(&join(&fault.path, name)));
                if !echo {
                    faults.push(diagnostic(file, &fault));
                }
                if left_out.is_empty() || !skip.insert(left_out) {
                    return None;
                }
            }
        }
    }
    None
}

/// The path that must be passed over for the rest to be read.
fn left_out(fault: &Fault) -> String {
    fault.path.clone()
}

fn diagnostic(file: &str, fault: &Fault) -> Diagnostic {
    let place = Place {
        file: Some(file.to_owned()),
        path: (!fault.path.is_empty()).then(|| fault.path.clone()),
        span: fault.span.clone(),
    };
    match &fault.kind {
        FaultKind::UnknownField { name, known } => {
            let error =
                Diagnostic::error(codes::UNKNOWN_FIELD, format!("there is no field `{name}` here")).place(place);
            if name.contains(' ') {
                // `bring: a summary, without names` inside braces ends at the comma.
                return error.hint("inside `{ }` a comma ends a text: put the whole text in quotes");
            }
            or_list(error.suggest(name, known.iter().copied()), known, "fields")
        }
        FaultKind::UnknownVariant { word, known } => {
            let error =
                Diagnostic::error(codes::UNKNOWN_WORD, format!("`{word}` is not one of the words allowed here"))
                    .place(place);
            or_list(error.suggest(word, known.iter().copied()), known, "words")
        }
        FaultKind::MissingField(name) => {
            Diagnostic::error(codes::MISSING_FIELD, format!("the field `{name}` is missing"))
                .place(Place { path: Some(join(&fault.path, name)), ..place })
                .hint(format!("add `{name}:` here; `convenor schema` explains every field"))
        }
        FaultKind::Other(message) => Diagnostic::error(codes::BAD_VALUE, message.clone()).place(place),
    }
}

fn or_list(diagnostic: Diagnostic, known: &[&str], noun: &str) -> Diagnostic {
    if diagnostic.hint.is_some() {
        return diagnostic;
    }
    let list = known.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
    diagnostic.hint(format!("the {noun} here are {list}"))
}

fn note_spots(node: &Node, path: &str, index: &mut Index) {
    match &node.value {
        Value::Scalar { text, .. } => {
            if !node.is_null() {
                index.texts.push((path.to_owned(), text.clone()));
            }
        }
        Value::List(list) => {
            for (i, child) in list.iter().enumerate() {
                let path = format!("{path}[{i}]");
                index.spots.insert(path.clone(), child.span.clone());
                note_spots(child, &path, index);
            }
        }
        Value::Map(map) => {
            for (key, child) in map {
                let path = join(path, &key.text);
                // A caret under a scalar's own text; for a list or a map, under the name that introduces it.
                let span = match child.value {
                    Value::Scalar { .. } if !child.is_null() => child.span.clone(),
                    Value::Scalar { .. } | Value::List(_) | Value::Map(_) => key.span.clone(),
                };
                index.spots.insert(path.clone(), span);
                note_spots(child, &path, index);
            }
        }
    }
}

/// Characters that steer a printer or turn the reading direction have no place in a name or a sentence.
fn note_controls(node: &Node, path: &str, file: &str, faults: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Scalar { text, .. } => {
            if let Some(c) = text.chars().find(|c| steers(*c)) {
                faults.push(
                    Diagnostic::error(
                        codes::CONTROL_CHARACTER,
                        format!("the text holds the invisible character U+{:04X}", u32::from(c)),
                    )
                    .place(Place {
                        file: Some(file.to_owned()),
                        path: Some(path.to_owned()),
                        span: Some(node.span.clone()),
                    })
                    .hint("type the text again instead of pasting it"),
                );
            }
        }
        Value::List(list) => {
            for (i, child) in list.iter().enumerate() {
                note_controls(child, &format!("{path}[{i}]"), file, faults);
            }
        }
        Value::Map(map) => {
            for (key, child) in map {
                note_controls(child, &join(path, &key.text), file, faults);
            }
        }
    }
}

fn steers(c: char) -> bool {
    // Bidirectional overrides and isolates (UAX #9 §2), the byte-order mark, and control characters other than white space.
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFD}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Card {
        name: String,
        #[expect(dead_code, reason = "it is read to be found at fault")]
        born: Option<chrono::NaiveDate>,
        phone: Option<String>,
    }

    #[test]
    fn all_faults_of_a_file_come_at_once() {
        let read = read::<Vec<Card>>("c.yaml", "- name: A\n  phnoe: 1\n  born: 2026-13-01\n- {phone: 2}\n- name: C\n");
        let said: Vec<_> = read.faults.iter().map(|f| f.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "there is no field `phnoe` here",
                "`2026-13-01` is not a date such as `2026-11-24`",
                "the field `name` is missing"
            ]
        );
        assert_eq!(read.value.expect("what is sound is kept").len(), 2);
        assert_eq!(read.faults[0].hint.as_deref(), Some("did you mean `phone`?"));
    }

    #[test]
    fn a_telephone_number_keeps_its_zero() {
        let read = read::<Card>("c.yaml", "{name: A, phone: 02079460958}");
        assert_eq!(read.value.and_then(|c| c.phone).as_deref(), Some("02079460958"));
    }

    #[test]
    fn json_is_read_as_well() {
        let read = read::<Card>("c.json", "{\n\t\"name\": \"A\",\n\t\"born\": \"2026-11-24\"\n}\n");
        assert!(read.faults.is_empty(), "{:?}", read.faults);
        assert_eq!(read.value.expect("it is sound").name, "A");
    }
}
