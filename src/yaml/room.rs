//! Where a text has room for further entries of a list.
//!
//! In: a text that was read without a fault, and the name of a list among the fields of its root. Out: the bytes at which
//! entries can be written, and the column that they stand in.
//!
//! Deliberately absent: the entries, and texts that cannot be read.

use std::ops::Range;

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, StrInput};

use super::tree::is_json;

/// The place of further entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Lines of their own.
    Lines {
        /// The byte at which they begin: the start of a line, or the end of the text.
        at: usize,
        /// The column of their dashes.
        column: usize,
        /// The column of the list's name, if that has to be written above them.
        name: Option<usize>,
    },
    /// Before a closing bracket.
    Brackets {
        /// The byte behind the last entry, if a comma has to be written there.
        comma: Option<usize>,
        /// The byte at which they begin.
        at: usize,
        /// The column of their lines.
        column: usize,
        /// Whether they begin at the start of the bracket's own line.
        is_alone: bool,
    },
}

/// Why a text has no room for further entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRoom {
    /// It is JSON, which has no comments.
    Json,
    /// All of it is between braces, and the list is not among its fields.
    Braces,
    /// It is written in a way that nobody thought of.
    Unusual,
}

/// The place of further entries of a list of the root.
///
/// # Errors
/// If there is none.
pub fn room(file: &str, text: &str, list: &str) -> Result<Room, NoRoom> {
    if is_json(file) {
        return Err(NoRoom::Json);
    }
    let mut events = Events { text, events: Parser::new_from_str(text) };
    let root = loop {
        match events.next()? {
            (Event::MappingStart(..), at) => break at.start,
            (Event::StreamStart | Event::DocumentStart(..), _) => {}
            _ => return Err(NoRoom::Unusual),
        }
    };
    let mut end = root;
    loop {
        let (key, at) = events.next()?;
        match key {
            Event::MappingEnd => break,
            Event::Scalar(name, ..) if name == list => return events.of_list(root, &at),
            Event::Scalar(..) => {
                let (value, span) = events.next()?;
                end = events.end_of(&value, &span)?.max(at.end);
            }
            _ => return Err(NoRoom::Unusual),
        }
    }
    if text[root..].starts_with('{') {
        return Err(NoRoom::Braces);
    }
    let column = column(text, root)?;
    Ok(Room::Lines { at: end_of_document(text, end), column: column + 2, name: Some(column) })
}

/// What the parser finds, with its bytes.
struct Events<'t> {
    text: &'t str,
    events: Parser<'t, StrInput<'t>>,
}

impl<'t> Events<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Range<usize>), NoRoom> {
        let Some(Ok((event, span))) = self.events.next() else { return Err(NoRoom::Unusual) };
        let (Some(start), Some(end)) = (span.start.byte_offset(), span.end.byte_offset()) else {
            return Err(NoRoom::Unusual);
        };
        Ok((event, start..end.max(start)))
    }

    /// The byte behind the last character of a value, or 0 if nothing is written.
    fn end_of(&mut self, event: &Event<'_>, at: &Range<usize>) -> Result<usize, NoRoom> {
        match event {
            Event::Scalar(_, style, ..) => Ok(self.end_of_text(*style, at)),
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                let mut end = 0;
                loop {
                    let (inner, at) = self.next()?;
                    if matches!(inner, Event::SequenceEnd | Event::MappingEnd) {
                        let is_bracket = self.text[at.clone()].ends_with([']', '}']);
                        return Ok(if is_bracket { at.end } else { end });
                    }
                    end = self.end_of(&inner, &at)?.max(end);
                }
            }
            _ => Err(NoRoom::Unusual),
        }
    }

    /// A text without quotes may seem to go on to whatever stands behind it.
    fn end_of_text(&self, style: ScalarStyle, at: &Range<usize>) -> usize {
        let written = &self.text[at.clone()];
        let written = if style == ScalarStyle::Plain { written.trim_end() } else { written };
        if written.is_empty() { 0 } else { at.start + written.len() }
    }

    /// The place of further entries of the list whose name was just read.
    fn of_list(&mut self, root: usize, name: &Range<usize>) -> Result<Room, NoRoom> {
        let (value, at) = self.next()?;
        match value {
            Event::SequenceStart(..) if self.text[at.start..].starts_with('[') => self.in_brackets(root, &at),
            Event::SequenceStart(..) => {
                let dash = first_dash(self.text, name.end).ok_or(NoRoom::Unusual)?;
                let column = column(self.text, dash)?;
                let end = self.end_of(&value, &at)?.max(dash + 1);
                let after = line_after(self.text, end);
                Ok(Room::Lines { at: behind_comments(self.text, after, column), column, name: None })
            }
            _ => Err(NoRoom::Unusual),
        }
    }

    fn in_brackets(&mut self, root: usize, at: &Range<usize>) -> Result<Room, NoRoom> {
        let mut last = None;
        let bracket = loop {
            let (event, at) = self.next()?;
            if event == Event::SequenceEnd {
                break at.start;
            }
            last = Some(self.end_of(&event, &at)?);
        };
        if !self.text[bracket..].starts_with(']') || bracket < at.start {
            return Err(NoRoom::Unusual);
        }
        let comma = last.filter(|last| !has_comma(&self.text[*last..bracket]));
        let start = start_of_line(self.text, bracket);
        let is_alone = self.text[start..bracket].trim().is_empty() && start > at.start;
        // Lines between brackets stand to the right of what holds them.
        let holder = root - start_of_line(self.text, root);
        let column = (holder + 2).max(if is_alone { bracket - start + 2 } else { 0 });
        Ok(Room::Brackets { comma, at: if is_alone { start } else { bracket }, column, is_alone })
    }
}

fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The start of the line after a byte, or the byte itself if a line starts there.
fn line_after(text: &str, at: usize) -> usize {
    if text[..at].ends_with('\n') { at } else { text[at..].find('\n').map_or(text.len(), |end| at + end + 1) }
}

/// The first dash of a list, on the first line below its name that is no comment.
fn first_dash(text: &str, name: usize) -> Option<usize> {
    let mut line = line_after(text, name);
    while line < text.len() {
        let said = text[line..].trim_start_matches(' ');
        let at = text.len() - said.len();
        if said.starts_with('-') {
            return Some(at);
        }
        if !said.starts_with(['#', '\r', '\n']) {
            return None;
        }
        line = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
    }
    None
}

/// The column of a byte with nothing but spaces before it.
fn column(text: &str, at: usize) -> Result<usize, NoRoom> {
    let before = &text[start_of_line(text, at)..at];
    if before.bytes().all(|byte| byte == b' ') { Ok(before.len()) } else { Err(NoRoom::Unusual) }
}

/// The start of the line behind the comments that belong to a list: those as far to the right as its dashes.
fn behind_comments(text: &str, at: usize, column: usize) -> usize {
    let (mut behind, mut line) = (at, at);
    while line < text.len() {
        let next = text[line..].find('\n').map_or(text.len(), |end| line + end + 1);
        let said = text[line..next].trim_start_matches(' ');
        let indent = text[line..next].len() - said.len();
        match said.chars().next() {
            Some('#') if indent >= column.max(1) => behind = next,
            Some('\r' | '\n') => {}
            _ => break,
        }
        line = next;
    }
    behind
}

/// Whether a comma stands outside the comments of what is between the last entry and its bracket.
fn has_comma(between: &str) -> bool {
    between.lines().any(|line| line.split('#').next().is_some_and(|said| said.contains(',')))
}

/// The end of a text, or the line that ends its document.
fn end_of_document(text: &str, from: usize) -> usize {
    let mut line = line_after(text, from);
    while line < text.len() {
        if text[line..].starts_with("...") {
            return line;
        }
        line = text[line..].find('\n').map_or(text.len(), |end| line + end + 1);
    }
    text.len()
}
