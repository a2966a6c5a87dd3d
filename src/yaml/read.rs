//! Text → a model type, with every fault of the text at once.
//!
//! serde stops at the first fault. So each fault is noted, a value that the model accepts stands in for the faulty one,
//! and the file is read again, until no new fault is found. [`Index::is_amended`] says which paths were not read as the
//! file has them, so that no rule complains about a stand-in.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use serde::de::DeserializeOwned;

use super::cells::Cells;
use super::de::{Amends, FaultKind, NodeDeserializer, NodeFault, join};
use super::index::{Index, SOME_DAY, SOME_TIME, Sheets};
use super::tree::{self, Node, Value};
use super::{alike, remark};
use crate::diag::{Diagnostic, Hint, Place, Severity, codes};

/// The result of reading one file.
pub struct Read<T> {
    /// The value, without whatever was at fault; `None` if too little is left.
    pub value: Option<T>,
    /// The place of every field.
    pub index: Index,
    /// All faults.
    pub faults: Vec<Diagnostic>,
}

/// More rounds than any file needs that somebody could still fix line by line.
const MAX_ROUNDS: usize = 500;
/// So many rounds a file of any size gets.
const MIN_ROUNDS: usize = 20;
/// The most values that all rounds together read.
const MOST_VALUES: usize = 10_000_000;
/// The most faults of a file that come with a suggestion of what was meant.
const SUGGESTED: usize = 100;

/// A tree that was parsed and is about to be read, in the hands of whoever puts other nodes in place of some.
pub struct Reading<'r> {
    /// The root.
    pub root: &'r mut Node,
    /// The file's name.
    pub file: &'r str,
    /// The text that it was parsed from.
    pub text: &'r str,
    /// All faults.
    pub faults: &'r mut Vec<Diagnostic>,
    /// Which field paths stand in the cells of a spreadsheet: its file and cell.
    pub cells: &'r mut Sheets,
}

impl Reading<'_> {
    /// Reads a node at a path as a type of its own; `None` if too little of it can be read.
    pub fn part<T: DeserializeOwned>(&mut self, node: &Node, path: &str) -> Option<T> {
        read_node(node, path, &Source { file: self.file, text: self.text }, self.faults).0
    }
}

/// A file while it is read.
#[derive(Clone, Copy)]
struct Source<'r> {
    file: &'r str,
    text: &'r str,
}

/// A tree that was read from something other than text, and what is known of it.
#[derive(Debug, Default)]
pub struct Tree {
    /// The root; `None` if there is too little to go on.
    pub root: Option<Node>,
    /// All faults so far.
    pub faults: Vec<Diagnostic>,
    /// The cell of every field.
    pub cells: Cells,
    /// Paths whose values could not be read, and were reported.
    pub told: BTreeSet<String>,
}

/// Reads a tree as `T`. Every fault gets the cell of its field.
pub fn read_tree<T: DeserializeOwned>(file: &str, tree: Tree, shape: impl FnOnce(&mut Reading<'_>)) -> Read<T> {
    let Tree { root, mut faults, cells, told } = tree;
    let mut index = Index { file: file.to_owned(), workbook: cells, ..Index::default() };
    let Some(mut root) = root else {
        return Read { value: None, index, faults };
    };
    let source = Source { file, text: "" };
    note_controls(&root, file, &mut faults);
    shape(&mut Reading { root: &mut root, file, text: "", faults: &mut faults, cells: &mut index.cells });
    note_spots(&root, "", &mut index);
    let amends = Amends { skip: told, ..Amends::default() };
    let (value, amends) = read_node_with(&root, "", &source, &mut faults, amends);
    index.amends = amends;
    for fault in &mut faults {
        // The cell is known by the path alone; bytes there are none.
        fault.place.span = None;
        if fault.place.cell.is_none()
            && let Some(path) = fault.place.path.clone()
        {
            fault.place = index.place(&path);
        }
    }
    Read { value, index, faults: without_lesser(faults) }
}

/// Reads a text as `T`.
pub fn read<T: DeserializeOwned>(file: &str, text: &str) -> Read<T> {
    read_shaped(file, text, |_| {})
}

/// The same; `shape` may put other nodes in place of some before they are read.
pub fn read_shaped<T: DeserializeOwned>(file: &str, text: &str, shape: impl FnOnce(&mut Reading<'_>)) -> Read<T> {
    let (root, mut faults) = tree::parse(file, text);
    let mut index = Index { file: file.to_owned(), ..Index::default() };
    let Some(mut root) = root else {
        return Read { value: None, index, faults };
    };
    if !matches!(root.value, Value::Map(_)) {
        faults.push(Diagnostic::error(codes::BAD_VALUE, "this file has no fields").place(Place::file(file)).hint(
            "it should start with a field such as `reference:`; `convenor demo` writes an example to start from",
        ));
        return Read { value: None, index, faults };
    }
    let source = Source { file, text };
    note_controls(&root, file, &mut faults);
    note_empty(&root, &source, &mut faults);
    if !tree::is_json(file) {
        faults.extend(remark::that_cut(file, text, &root));
    }
    shape(&mut Reading { root: &mut root, file, text, faults: &mut faults, cells: &mut index.cells });
    note_spots(&root, "", &mut index);
    let (value, amends) = read_node(&root, "", &source, &mut faults);
    index.amends = amends;
    Read { value, index, faults: without_lesser(faults) }
}

/// The faults without the warnings that a field is empty where an error says so already.
fn without_lesser(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_error = |fault: &Diagnostic| fault.severity == Severity::Error;
    let errors = || faults.iter().filter(|fault| is_error(fault)).map(|error| &error.place);
    let spans: HashSet<_> = errors().map(|place| place.span.clone()).collect();
    let paths: HashSet<_> = errors().map(|place| place.path.clone()).collect();
    let said = |place: &Place| spans.contains(&place.span) || paths.contains(&place.path);
    faults
        .into_iter()
        .filter(|fault| fault.code != codes::EMPTY_FIELD || is_error(fault) || !said(&fault.place))
        .collect()
}

/// Reads a node that stands at a path.
fn read_node<T: DeserializeOwned>(
    root: &Node,
    above: &str,
    source: &Source<'_>,
    faults: &mut Vec<Diagnostic>,
) -> (Option<T>, Amends) {
    read_node_with(root, above, source, faults, Amends::default())
}

/// The same, with values that are known to be unreadable.
fn read_node_with<T: DeserializeOwned>(
    root: &Node,
    above: &str,
    source: &Source<'_>,
    faults: &mut Vec<Diagnostic>,
    amends: Amends,
) -> (Option<T>, Amends) {
    let mut noting = Noting { root, above, source, amends, tried: BTreeMap::new(), faults };
    let rounds = (MOST_VALUES / root.count()).clamp(MIN_ROUNDS, MAX_ROUNDS);
    for _ in 0..rounds {
        let fault = match T::deserialize(NodeDeserializer::at(root, above, &noting.amends)) {
            Ok(value) => return (Some(value), noting.amends),
            Err(fault) => fault,
        };
        let others = alike::others(root, above, &fault, &noting.amends);
        if !noting.note(&fault) {
            return (None, noting.amends);
        }
        for other in &others {
            noting.note(other);
        }
    }
    let amends = noting.amends;
    faults.push(
        Diagnostic::error(codes::BAD_VALUE, "there are more faults than can be reported at once")
            .place(Place::file(source.file))
            .hint("fix these first, then check again"),
    );
    (None, amends)
}

/// The faults of a text while it is read, and what stands in for the values at fault.
struct Noting<'r, 'f> {
    root: &'r Node,
    above: &'r str,
    source: &'r Source<'r>,
    amends: Amends,
    /// How many stand-ins were tried at each path.
    tried: BTreeMap<String, usize>,
    faults: &'f mut Vec<Diagnostic>,
}

impl Noting<'_, '_> {
    /// Notes a fault, and puts something in its place. `false` if nothing is left to try.
    fn note(&mut self, fault: &NodeFault) -> bool {
        let at = match &fault.kind {
            FaultKind::MissingField(name) => join(&fault.path, name),
            FaultKind::UnknownField { .. } | FaultKind::UnknownVariant { .. } | FaultKind::Other(_) => {
                fault.path.clone()
            }
        };
        // Nobody reads so many suggestions, and each is looked for among all names.
        let few = self.faults.len() < SUGGESTED;
        if !self.amends.touch(&at) {
            self.faults.push(diagnostic(self.source, fault, few));
        }
        if at == self.above {
            return false;
        }
        let span = fault.span.clone().unwrap_or_default();
        let next = self.tried.entry(at.clone()).or_default();
        let stand_in = match &fault.kind {
            FaultKind::UnknownField { name, known } => {
                if few && let Some((meant, node)) = meant(self.root, self.above, &fault.path, name, known) {
                    self.amends.stand_ins.entry(meant).or_insert(node);
                }
                None
            }
            // There is no stand-in for a word that is the key of a map: the second time, it is left out.
            FaultKind::UnknownVariant { known, .. } if !is_word(self.amends.stand_ins.get(&at), known) => {
                known.first().map(|word| scalar(word, &span))
            }
            FaultKind::UnknownVariant { .. } => None,
            FaultKind::MissingField(_) | FaultKind::Other(_) => candidate(*next, &span),
        };
        *next += 1;
        if let Some(node) = stand_in {
            self.amends.stand_ins.insert(at, node);
            return true;
        }
        self.amends.stand_ins.remove(&at);
        self.amends.skip.insert(at)
    }
}

/// The field that a mistyped one was probably meant to be, with its value, so that it is not reported as missing too.
fn meant(root: &Node, above: &str, path: &str, name: &str, known: &[&str]) -> Option<(String, Node)> {
    let near = crate::diag::closest(name, known.iter().copied())?;
    let value = find(root, above, path)?.clone();
    let meant = join(parent(path), near);
    find(root, above, &meant).is_none().then_some((meant, value))
}

/// The node at a path.
fn find<'n>(node: &'n Node, at: &str, path: &str) -> Option<&'n Node> {
    if at == path {
        return Some(node);
    }
    let inside = |at: &str| path == at || path.strip_prefix(at).is_some_and(|rest| rest.starts_with(['.', '[']));
    match &node.value {
        Value::Scalar { .. } => None,
        Value::List(list) => {
            let mut children = list.iter().enumerate().map(|(i, child)| (format!("{at}[{i}]"), child));
            children.find(|(at, _)| inside(at)).and_then(|(at, child)| find(child, &at, path))
        }
        Value::Map(map) => {
            let mut children = map.iter().map(|(key, child)| (join(at, &key.text), child)).filter(|(at, _)| inside(at));
            children.find_map(|(at, child)| find(child, &at, path))
        }
    }
}

/// Whether one of these words already stands in.
fn is_word(stand_in: Option<&Node>, known: &[&str]) -> bool {
    matches!(stand_in.map(|node| &node.value), Some(Value::Scalar { text, .. }) if known.contains(&text.as_str()))
}

/// Possible stand-ins for an unreadable or missing value, so that the rest can be read. The first one that the model
/// accepts is kept; no rule gets to see it.
fn candidate(number: usize, span: &Range<usize>) -> Option<Node> {
    let node = |value| Some(Node { span: span.clone(), value });
    match number {
        0 => Some(scalar("x", span)),
        1 => Some(scalar(SOME_DAY, span)),
        2 => Some(scalar(SOME_TIME, span)),
        3 => Some(scalar("1", span)),
        4 => Some(scalar("true", span)),
        5 => node(Value::List(Vec::new())),
        6 => node(Value::Map(Vec::new())),
        _ => None,
    }
}

fn scalar(text: &str, span: &Range<usize>) -> Node {
    Node { span: span.clone(), value: Value::Scalar { text: text.to_owned(), quoted: true } }
}

fn diagnostic(source: &Source<'_>, fault: &NodeFault, few: bool) -> Diagnostic {
    let path = match &fault.kind {
        // Only the message names a mistyped field: anything may have been typed, and paths reach logs.
        FaultKind::UnknownField { .. } => parent(&fault.path),
        FaultKind::MissingField(_) | FaultKind::UnknownVariant { .. } | FaultKind::Other(_) => &fault.path,
    };
    let path = (!path.is_empty()).then(|| path.to_owned());
    let place = Place { path, span: fault.span.clone(), ..Place::file(source.file) };
    match &fault.kind {
        FaultKind::UnknownField { name, known } => {
            let error =
                Diagnostic::error(codes::UNKNOWN_FIELD, format!("there is no field `{name}` here")).place(place);
            // `bring: a summary, without names` inside braces ends at the comma.
            if fault.span.as_ref().is_some_and(|span| has_no_colon(source.text, span)) {
                return error.hint(COMMA_ENDS_IT);
            }
            if REMARKS.iter().any(|mark| name.starts_with(mark)) {
                return error.hint("a remark starts with `# `");
            }
            if name.contains(' ') {
                return error.hint("a text that contains `: ` needs quotes around the whole of it");
            }
            let near = if few { *known } else { &[] };
            or_list(error.suggest_ours(name, near.iter().copied()), known, "the fields here are {}")
        }
        FaultKind::UnknownVariant { word, known } => {
            let error =
                Diagnostic::error(codes::UNKNOWN_WORD, format!("`{word}` is not one of the words allowed here"))
                    .place(place);
            let near = if few { *known } else { &[] };
            or_list(error.suggest_ours(word, near.iter().copied()), known, "the words here are {}")
        }
        FaultKind::MissingField(name) => {
            Diagnostic::error(codes::MISSING_FIELD, format!("the field `{name}` is missing"))
                .place(Place { path: Some(join(&fault.path, name)), ..place })
                .hint(Hint::listing("add `{}:` here; `convenor schema` explains every field", [*name]))
        }
        FaultKind::Other(message) => {
            let error = Diagnostic::error(codes::BAD_VALUE, message.clone()).place(place);
            match read_as_nothing(source, fault).or_else(|| hint_for(message).map(Hint::from)) {
                Some(hint) => error.hint(hint),
                None => error,
            }
        }
    }
}

const COMMA_ENDS_IT: &str = "inside `{ }` a comma ends a text: put quotes around the whole text";

/// How other languages start a remark.
const REMARKS: [&str; 3] = ["//", "/*", "<!--"];

/// Whether a name between braces is followed by a comma or a bracket: it was meant as a part of the text before it.
fn has_no_colon(text: &str, name: &Range<usize>) -> bool {
    text.get(name.end..).is_some_and(|rest| rest.trim_start().starts_with([',', '}']))
}

/// What to do about a word that YAML reads as nothing, as the surname `Null`.
fn read_as_nothing(source: &Source<'_>, fault: &NodeFault) -> Option<Hint> {
    let typed = source.text.get(fault.span.clone()?)?;
    let word = NOTHING.iter().find(|word| **word == typed)?;
    Some(Hint::listing("without quotes `{}` means nothing; write `\"{}\"` if it is a word or a name", [*word, *word]))
}

/// The words that YAML reads as nothing (YAML 1.2.2 §10.2.1.1).
const NOTHING: [&str; 4] = ["null", "Null", "NULL", "~"];

fn parent(path: &str) -> &str {
    path.rfind('.').map_or("", |dot| &path[..dot])
}

fn hint_for(message: &str) -> Option<&'static str> {
    let hints = [
        ("expected text", "found a group of fields", "text that contains `: ` needs quotes around the whole of it"),
        ("expected text", "found a list", "text that starts with `[` or `-` needs quotes around the whole of it"),
        ("expected a list", "", "write one entry per line, each after `- `, or all of them between `[` and `]`"),
        ("", "a date such as", "write year, month and day, with hyphens"),
        ("", "a time of day", "write hours and minutes on a 24-hour clock, in quotes, for example `\"13:30\"`"),
        ("", "found nothing", "write it after the colon; a text that starts with `#` needs quotes"),
    ];
    let fits = |start: &str, part: &str| message.starts_with(start) && message.contains(part);
    hints.iter().find(|(start, part, _)| fits(start, part)).map(|(.., hint)| *hint)
}

fn or_list(diagnostic: Diagnostic, known: &[&str], text: &'static str) -> Diagnostic {
    if diagnostic.hint.is_some() {
        return diagnostic;
    }
    let list = known.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
    diagnostic.hint(Hint::listing(text, [list]))
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
            index.keys.insert(path.to_owned(), map.iter().map(|(key, _)| key.text.clone()).collect());
            for (key, child) in map {
                let path = join(path, &key.text);
                // The caret goes under a scalar's own text; for a list or a map, under the name that introduces it.
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

/// A field that is named and left empty was probably forgotten; `colour: #123456` is empty too, since `#` starts a
/// comment, and so is `surname: Null`.
fn note_empty(root: &Node, source: &Source<'_>, faults: &mut Vec<Diagnostic>) {
    root.walk(&mut |path, node| {
        let Value::Map(map) = &node.value else { return };
        for (key, child) in map {
            // A name with a space in it is a piece of a text that a comma ended, and is reported as such.
            let typed = match &child.value {
                Value::Scalar { text, quoted: false } if !key.text.contains(' ') => text.as_str(),
                _ => continue,
            };
            let place =
                |span| Place { path: Some(join(path, &key.text)), span: Some(span), ..Place::file(source.file) };
            match typed {
                "" => {
                    let message = format!("nothing is written after `{}`", key.text);
                    let hint = if has_no_colon(source.text, &key.span) {
                        COMMA_ENDS_IT
                    } else {
                        "write something, or take the field out; a text that starts with `#` needs quotes"
                    };
                    let warning = Diagnostic::warning(codes::EMPTY_FIELD, message);
                    faults.push(warning.place(place(key.span.clone())).hint(hint));
                }
                // Small letters are how machines write that there is nothing.
                word @ ("Null" | "NULL") => faults.push(
                    Diagnostic::warning(codes::EMPTY_FIELD, format!("`{word}` is read as nothing"))
                        .place(place(child.span.clone()))
                        .hint("put quotes around it if it is a word or a name, or take the field out"),
                ),
                _ => {}
            }
        }
    });
}

/// Characters that control a printer or reverse the reading direction have no place in a name or a sentence.
fn note_controls(root: &Node, file: &str, faults: &mut Vec<Diagnostic>) {
    root.walk(&mut |path, node| {
        let Value::Scalar { text, .. } = &node.value else { return };
        if let Some(c) = text.chars().find(|c| is_control_character(*c)) {
            let message = format!("the text contains the invisible character U+{:04X}", u32::from(c));
            let place = Place { path: Some(path.to_owned()), span: Some(node.span.clone()), ..Place::file(file) };
            let error = Diagnostic::error(codes::CONTROL_CHARACTER, message).place(place);
            faults.push(error.hint("type the text again instead of pasting it"));
        }
    });
}

fn is_control_character(c: char) -> bool {
    // Bidirectional overrides and isolates (UAX #9 §2), the byte-order mark, and control characters other than white
    // space.
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

    #[derive(Debug, serde::Deserialize)]
    struct Cards {
        cards: Vec<Card>,
    }

    #[test]
    fn all_faults_of_a_file_come_at_once() {
        let read =
            read::<Cards>("c.yaml", "cards:\n- name: A\n  phnoe: 1\n  born: 2026-13-01\n- {phone: 2}\n- name: C\n");
        let said: Vec<_> = read.faults.iter().map(|f| f.message.as_str()).collect();
        assert_eq!(
            said,
            [
                "there is no field `phnoe` here",
                "`2026-13-01` is not a day in the calendar",
                "the field `name` is missing"
            ]
        );
        assert_eq!(read.value.expect("stand-ins keep the rest readable").cards.len(), 3);
        assert_eq!(read.faults[0].hint, Some(Hint::listing("did you mean `{}`?", ["phone"])));
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
