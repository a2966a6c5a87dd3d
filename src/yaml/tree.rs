//! A YAML or JSON file as a tree in which every value has its place.
//!
//! In: text. Out: a [`Node`], or the place where the text stops being YAML.
//!
//! Scalars keep the text that was typed, so that a telephone number does not lose its leading zero and a version
//! `1.10` does not become `1.1`; the model's types decide what a scalar is. The tree exists, instead of
//! deserialising straight from the parser, because people want every fault of a file at once, each with its place.
//!
//! Deliberately absent: anchors and aliases. No council needs them, and without them no file can be a “billion laughs”.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput};

use super::{block, foreign, slip};
use crate::diag::{Diagnostic, Hint, Place, codes};
use crate::model::text::one_line;

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// The value.
    pub value: Value,
}

/// The value of a node.
#[derive(Debug, Clone)]
pub enum Value {
    /// Text as typed, and whether it was in quotes.
    Scalar { text: String, quoted: bool },
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file.
    Map(Vec<(Key, Node)>),
}

/// The key of a map's entry.
#[derive(Debug, Clone)]
pub struct Key {
    /// The key's text.
    pub text: String,
    /// Its bytes in the file.
    pub span: Range<usize>,
}

impl Node {
    /// Whether no value was written.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, quoted: false } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// How many nodes it is, with all that are inside.
    pub fn count(&self) -> usize {
        1 + match &self.value {
            Value::Scalar { .. } => 0,
            Value::List(list) => list.iter().map(Node::count).sum::<usize>(),
            Value::Map(map) => map.iter().map(|(_, node)| node.count()).sum(),
        }
    }

    /// Shows every value with its field path, those inside after the one around them.
    pub fn walk(&self, visit: &mut dyn FnMut(&str, &Self)) {
        self.walk_at(&mut String::new(), visit);
    }

    fn walk_at(&self, path: &mut String, visit: &mut dyn FnMut(&str, &Self)) {
        visit(path, self);
        let end = path.len();
        match &self.value {
            Value::Scalar { .. } => {}
            Value::List(list) => {
                for (i, child) in list.iter().enumerate() {
                    step(path, &Step::Entry(i));
                    child.walk_at(path, visit);
                    path.truncate(end);
                }
            }
            Value::Map(map) => {
                for (key, child) in map {
                    step(path, &Step::Field(&key.text));
                    child.walk_at(path, visit);
                    path.truncate(end);
                }
            }
        }
    }

    /// Lets `visit` change every text, by its field path.
    pub fn each_text(&mut self, visit: &mut dyn FnMut(&str, &mut Self)) {
        self.each_text_at(&mut String::new(), visit);
    }

    fn each_text_at(&mut self, path: &mut String, visit: &mut dyn FnMut(&str, &mut Self)) {
        let end = path.len();
        match &mut self.value {
            Value::Scalar { .. } => visit(path, self),
            Value::List(list) => {
                for (i, child) in list.iter_mut().enumerate() {
                    step(path, &Step::Entry(i));
                    child.each_text_at(path, visit);
                    path.truncate(end);
                }
            }
            Value::Map(map) => {
                for (key, child) in map {
                    step(path, &Step::Field(&key.text));
                    child.each_text_at(path, visit);
                    path.truncate(end);
                }
            }
        }
    }

    /// The kind of value, as an error names it.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar { .. } if self.is_null() => "nothing",
            Value::Scalar { .. } => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a group of fields",
        }
    }
}

/// The way from a value to one inside it.
enum Step<'t> {
    Field(&'t str),
    Entry(usize),
}

/// Goes on by a step. Paths are written in place: there are more of them than anything else that a check reads.
fn step(path: &mut String, to: &Step<'_>) {
    match to {
        Step::Field(name) => {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(name);
        }
        // Writing to a text cannot fail.
        Step::Entry(i) => drop(write!(path, "[{i}]")),
    }
}

/// The handle of YAML's own tags (YAML 1.2.2 §10.1), which say what a text is anyway.
const CORE: &str = "tag:yaml.org,2002:";

/// Deeper than any conference goes; our own walk recurses.
const MAX_DEPTH: usize = 32;
/// More values than any conference has: texts, lists and maps.
const MAX_NODES: usize = 250_000;
/// More text than any conference has.
const MAX_TEXT: usize = 64 * 1024 * 1024;

/// Parses a text. All duplicate keys are reported; any other fault ends the parse, since the text after it cannot be
/// trusted.
pub fn parse(file: &str, text: &str) -> (Option<Node>, Vec<Diagnostic>) {
    let (text, remarks) =
        if is_json(file) { foreign::taken_out(file, text) } else { (Cow::Borrowed(text), Vec::new()) };
    let events = Parser::new_from_str(&text);
    let mut reader = Reader { file, text: &text, events, faults: remarks, depth: 0, nodes: 0, bytes: 0 };
    match reader.document() {
        Ok(node) => (Some(node), reader.faults),
        Err(fault) => {
            reader.faults.push(fault);
            (None, reader.faults)
        }
    }
}

fn empty(file: &str) -> Diagnostic {
    Diagnostic::error(codes::EMPTY_FILE, "the file is empty")
        .place(Place::file(file))
        .hint("`convenor demo` writes an example to start from")
}

struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    events: Parser<'t, StrInput<'t>>,
    faults: Vec<Diagnostic>,
    /// How many lists and maps are open.
    depth: usize,
    /// How many values there were so far.
    nodes: usize,
    /// How many bytes of text there were so far.
    bytes: usize,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<Node, Diagnostic> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd => return Err(empty(self.file)),
                event => {
                    let node = self.node(event, span)?;
                    self.end()?;
                    return if node.is_null() { Err(empty(self.file)) } else { Ok(node) };
                }
            }
        }
    }

    fn end(&mut self) -> Result<(), Diagnostic> {
        loop {
            match self.next()? {
                (Event::DocumentEnd, _) => {}
                (Event::StreamEnd, _) => return Ok(()),
                (_, span) => {
                    return Err(self
                        .fault("a second document starts here", bytes(span))
                        .hint("one file holds one document: remove the line `---`"));
                }
            }
        }
    }

    fn node(&mut self, event: Event<'_>, span: Span) -> Result<Node, Diagnostic> {
        let start = bytes(span);
        match event {
            // A tag or an anchor is not read as text: `!Broken and rated` would lose its first word.
            Event::Scalar(_, _, anchor, tag) if anchor > 0 || tag.as_ref().is_some_and(|tag| tag.handle() != CORE) => {
                Err(self.fault("a text that starts with `!` or `&` needs quotes", start).hint(slip::QUOTE_IT))
            }
            Event::Scalar(text, style, _, _) => {
                let quoted = style != ScalarStyle::Plain;
                // The parser says `~` where nothing is written.
                let text = if start.is_empty() && !quoted { String::new() } else { text.into_owned() };
                Ok(Node { span: start, value: Value::Scalar { text, quoted } })
            }
            Event::SequenceStart(..) => self.list(start),
            Event::MappingStart(..) => self.map(start),
            Event::Alias(_) => {
                Err(self.fault("this is an alias", start).hint("aliases (`*name`) are not read: write the value out"))
            }
            _ => Err(self.fault("a value is missing here", start)),
        }
    }

    fn list(&mut self, start: Range<usize>) -> Result<Node, Diagnostic> {
        let mut list = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => {
                    let end = list.last().map_or(start.end, |n: &Node| n.span.end);
                    return Ok(Node { span: start.start..end, value: Value::List(list) });
                }
                (event, span) => list.push(self.node(event, span)?),
            }
        }
    }

    fn map(&mut self, start: Range<usize>) -> Result<Node, Diagnostic> {
        let mut map: Vec<(Key, Node)> = Vec::new();
        let mut seen = HashMap::new();
        loop {
            let key = match self.next()? {
                (Event::MappingEnd, _) => {
                    let begin = map.first().map_or(start.start, |(k, _)| k.span.start);
                    let end = map.last().map_or(start.end, |(_, n)| n.span.end);
                    return Ok(Node { span: begin..end, value: Value::Map(map) });
                }
                (Event::Scalar(text, ..), span) => Key { text: one_line(&text), span: bytes(span) },
                (_, span) => return Err(self.fault("the name of a field is missing here", bytes(span))),
            };
            let (event, span) = self.next()?;
            let value = self.node(event, span)?;
            match seen.insert(key.text.clone(), key.span.clone()) {
                None => map.push((key, value)),
                Some(_) => self.faults.push(
                    Diagnostic::error(codes::DUPLICATE_KEY, format!("`{}` is given twice", key.text))
                        .place(Place {
                            file: Some(self.file.to_owned()),
                            path: None,
                            span: Some(key.span),
                            ..Place::default()
                        })
                        .hint("keep one of them"),
                ),
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'static>, Span), Diagnostic> {
        match self.events.next() {
            Some(Ok((event, span))) => {
                self.count(&event, span)?;
                Ok((owned(event), span))
            }
            Some(Err(error)) => Err(syntax(self.file, self.text, &error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    /// Counts what comes next, before any room is made for it.
    fn count(&mut self, event: &Event<'_>, span: Span) -> Result<(), Diagnostic> {
        match event {
            Event::Scalar(text, ..) => {
                self.nodes += 1;
                self.bytes += text.len();
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                self.nodes += 1;
                self.depth += 1;
            }
            Event::SequenceEnd | Event::MappingEnd => self.depth -= 1,
            _ => {}
        }
        let over = |message: String, hint: Hint| {
            let place = Place { span: Some(bytes(span)), ..Place::file(self.file) };
            Err(Diagnostic::error(codes::OVER_BUDGET, message).place(place).hint(hint))
        };
        if self.depth > MAX_DEPTH {
            let hint = Hint::listing("a file may be nested at most {} deep", [MAX_DEPTH.to_string()]);
            return over(format!("the file is nested {} deep", self.depth), hint);
        }
        if self.nodes > MAX_NODES || self.bytes > MAX_TEXT {
            let hint = "split it, or check that it is the right file";
            return over("the file contains more than any conference needs".to_owned(), hint.into());
        }
        Ok(())
    }

    fn fault(&self, message: &str, span: Range<usize>) -> Diagnostic {
        let place = Place { span: Some(span), ..Place::file(self.file) };
        Diagnostic::error(codes::BAD_SYNTAX, message).place(place)
    }
}

/// Releases the parser's borrow, so that reading can recurse.
fn owned(event: Event<'_>) -> Event<'static> {
    match event {
        Event::Scalar(text, style, anchor, tag) => {
            let tag = tag.map(|tag| Cow::Owned(tag.into_owned()));
            Event::Scalar(text.into_owned().into(), style, anchor, tag)
        }
        Event::SequenceStart(style, anchor, _) => Event::SequenceStart(style, anchor, None),
        Event::MappingStart(style, anchor, _) => Event::MappingStart(style, anchor, None),
        Event::Alias(id) => Event::Alias(id),
        Event::SequenceEnd => Event::SequenceEnd,
        Event::MappingEnd => Event::MappingEnd,
        Event::StreamEnd => Event::StreamEnd,
        Event::DocumentEnd => Event::DocumentEnd,
        Event::DocumentStart(explicit, _) => Event::DocumentStart(explicit, None),
        _ => Event::StreamStart,
    }
}

fn bytes(span: Span) -> Range<usize> {
    let (start, end) = (span.start.byte_offset().unwrap_or(0), span.end.byte_offset().unwrap_or(0));
    start..end.max(start)
}

fn syntax(file: &str, text: &str, error: &ScanError) -> Diagnostic {
    let at = error.marker().byte_offset().unwrap_or(0);
    let slip = if is_json(file) { None } else { block::first_slip(text, at, error.info().contains("tab")) };
    let (message, hint, span) = if let Some(slip) = slip {
        (slip.message, slip.hint, slip.at)
    } else {
        let (message, hint) = plain_words(&error.info(), is_json(file));
        (message, hint, at..at + 1)
    };
    Diagnostic::error(codes::BAD_SYNTAX, message).place(Place { span: Some(span), ..Place::file(file) }).hint(hint)
}

pub(super) fn is_json(file: &str) -> bool {
    std::path::Path::new(file).extension().is_some_and(|e| e.eq_ignore_ascii_case("json"))
}

/// The parser speaks to programmers. Each entry translates part of its message into the mistake that people usually
/// made.
fn plain_words(said: &str, json: bool) -> (String, &'static str) {
    const KNOWN: [(&str, &str, &str); 7] = [
        ("anchor", "a text that starts with `*` or `&` needs quotes", "put quotes around the whole text"),
        (
            "mapping values",
            "this line has a second `: `",
            "put quotes around a text that contains `: `, or check that this line is indented like its neighbours",
        ),
        ("tab", "there is a tab near here", "indent with spaces"),
        (
            "quoted scalar",
            "a quotation mark is not closed, or text follows it",
            "check the quotation marks from here upwards",
        ),
        (
            "flow",
            "a `[` or `{` is not closed, or a comma is missing",
            "check the brackets from here upwards; a `#` starts a comment, so a colour such as `#0b5d4e` needs quotes",
        ),
        ("unexpected character", "a text cannot start with this character", "put quotes around the whole text"),
        ("block", "this line is not indented like its neighbours", "give the fields of one group the same indentation"),
    ];
    let found = KNOWN.iter().find(|(part, _, _)| said.contains(part));
    if json {
        return (
            format!("this is not JSON: {said}"),
            "check commas, quotes and brackets on this line and the one before",
        );
    }
    match found {
        Some((_, message, hint)) => ((*message).to_owned(), hint),
        None => (
            format!("this is not YAML: {said}"),
            "check indentation, colons and quotes on this line and the one before",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        parse("c.yaml", text).1.first().map(|d| format!("{}: {}", d.code.id, d.message))
    }

    #[test]
    fn values_and_text_are_counted_and_depth_is_that_of_what_is_open() {
        let over = Some("over-budget: the file contains more than any conference needs".to_owned());
        // The list is a value itself.
        assert_eq!(told(&"- \n".repeat(MAX_NODES - 1)), None);
        assert_eq!(told(&"- \n".repeat(MAX_NODES)), over);
        let long = "a".repeat(MAX_TEXT / 4);
        let all = |last: &str| format!("{}- {last}\n", format!("- {long}\n").repeat(3));
        assert_eq!(told(&all(&long)), None);
        assert_eq!(told(&all(&format!("{long}a"))), over);
        // Many lists beside one another are not deep.
        assert_eq!(told(&"- [a]\n".repeat(2 * MAX_DEPTH)), None);
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(told(&nested(MAX_DEPTH)), None);
        let deep = format!("over-budget: the file is nested {} deep", MAX_DEPTH + 1);
        assert_eq!(told(&nested(MAX_DEPTH + 1)), Some(deep));
    }
}
