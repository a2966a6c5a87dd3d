//! How a text is written: every value with its form and its exact bytes, from its first character to its last.
//!
//! In: a text that was read without a fault. Out: the [`Part`] that is its root.
//!
//! The tree that everything else reads has places for messages, which point; here they are for cutting.
//!
//! Deliberately absent: what is to be written.

use std::ops::Range;

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, StrInput, StructureStyle};

use super::lines::{content_end, line_start, without_blank_lines};
use crate::model::text::one_line;

/// A value as it is written.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its bytes, with quotation marks, brackets and the mark of a block text. Where nothing is written: the place for it.
    pub at: Range<usize>,
    /// How it is written.
    pub form: Form,
}

/// How a value is written.
#[derive(Debug, Clone)]
pub enum Form {
    /// Not at all.
    Nothing,
    /// As a text.
    Text(Text),
    /// As lines after dashes.
    List(Vec<Entry>),
    /// Between square brackets.
    FlowList(Vec<Part>),
    /// As a field on each line.
    Map(Vec<Field>),
    /// Between braces.
    FlowMap(Vec<Field>),
}

/// A text as it is written.
#[derive(Debug, Clone)]
pub struct Text {
    /// What it says.
    pub says: String,
    /// Its style.
    pub style: Style,
}

/// The style of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Style {
    /// Without quotation marks.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|` or `>` and lines below.
    Block {
        /// The bytes of the mark.
        mark: Range<usize>,
        /// Whether its lines flow into each other: `>`.
        is_folded: bool,
    },
}

/// An entry of a list after a dash.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The byte of its dash.
    pub dash: usize,
    /// Its value.
    pub value: Part,
}

/// A field of a group.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// The bytes of the name.
    pub key: Range<usize>,
    /// The byte behind its colon. `None` if it has none, as a name alone between braces.
    pub slot: Option<usize>,
    /// Its value.
    pub value: Part,
}

impl Field {
    /// The byte behind it.
    pub fn end(&self) -> usize {
        self.value.end().max(self.slot.unwrap_or(self.key.end))
    }
}

impl Entry {
    /// The byte behind it.
    pub fn end(&self) -> usize {
        self.value.end().max(self.dash + 1)
    }
}

impl Part {
    /// The byte behind it.
    pub fn end(&self) -> usize {
        self.at.end
    }

    /// Whether no value is written, or a word that stands for none.
    pub fn is_null(&self) -> bool {
        match &self.form {
            Form::Nothing => true,
            Form::Text(text) => {
                text.style == Style::Plain && matches!(text.says.as_str(), "~" | "null" | "Null" | "NULL")
            }
            Form::List(_) | Form::FlowList(_) | Form::Map(_) | Form::FlowMap(_) => false,
        }
    }

    /// The fields of a group.
    pub fn fields(&self) -> Option<&[Field]> {
        match &self.form {
            Form::Map(fields) | Form::FlowMap(fields) => Some(fields),
            Form::Nothing | Form::Text(_) | Form::List(_) | Form::FlowList(_) => None,
        }
    }

    /// The values of a list.
    pub fn entries(&self) -> Option<Vec<&Part>> {
        match &self.form {
            Form::List(entries) => Some(entries.iter().map(|entry| &entry.value).collect()),
            Form::FlowList(parts) => Some(parts.iter().collect()),
            Form::Nothing | Form::Text(_) | Form::Map(_) | Form::FlowMap(_) => None,
        }
    }

    /// Shows the bytes of every name and every text, in their order. A `#` outside them starts a comment.
    fn leaves(&self, written: &str, visit: &mut dyn FnMut(&Range<usize>)) {
        match &self.form {
            Form::Nothing => {}
            Form::Text(text) => match &text.style {
                // A comment may stand behind the mark.
                Style::Block { mark, .. } => {
                    visit(mark);
                    let line = content_end(written, mark.end);
                    visit(&(line..self.at.end.max(line)));
                }
                Style::Plain | Style::Single | Style::Double => visit(&self.at),
            },
            Form::List(entries) => entries.iter().for_each(|entry| entry.value.leaves(written, visit)),
            Form::FlowList(parts) => parts.iter().for_each(|part| part.leaves(written, visit)),
            Form::Map(fields) | Form::FlowMap(fields) => fields.iter().for_each(|field| {
                visit(&field.key);
                field.value.leaves(written, visit);
            }),
        }
    }

    /// The bytes of every comment in a text of which this is the root.
    pub fn comments(&self, text: &str) -> Vec<Range<usize>> {
        let (mut found, mut from) = (Vec::new(), 0);
        let mut gap = |gap: Range<usize>| {
            let mut at = gap.start;
            while let Some(mark) = text[at..gap.end.max(at)].find('#') {
                let start = at + mark;
                let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
                found.push(start..start + text[start..end].trim_end().len());
                at = end.min(gap.end);
            }
        };
        self.leaves(text, &mut |leaf| {
            gap(from..leaf.start);
            from = leaf.end;
        });
        gap(from..text.len());
        found
    }
}

/// A text that is written in a way that nobody thought of.
#[derive(Debug)]
pub struct Odd;

/// The anatomy of a text.
///
/// # Errors
/// If it is written in a way that leaves its parts in doubt.
pub fn anatomy(text: &str) -> Result<Part, Odd> {
    let mut reader = Reader { text, events: Parser::new_from_str(text), behind: 0 };
    loop {
        match reader.next()? {
            (Event::StreamStart | Event::DocumentStart(..), _) => {}
            (event, at) => {
                let root = reader.part(event, at, false)?;
                return if root.fields().is_some() { Ok(root) } else { Err(Odd) };
            }
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    events: Parser<'t, StrInput<'t>>,
    /// The byte behind what was read.
    behind: usize,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Range<usize>), Odd> {
        let Some(Ok((event, span))) = self.events.next() else { return Err(Odd) };
        let (Some(start), Some(end)) = (span.start.byte_offset(), span.end.byte_offset()) else { return Err(Odd) };
        Ok((event, start..end.max(start)))
    }

    fn part(&mut self, event: Event<'t>, at: Range<usize>, in_flow: bool) -> Result<Part, Odd> {
        let part = match event {
            Event::Scalar(says, style, ..) => self.text(says.into_owned(), style, at)?,
            Event::SequenceStart(StructureStyle::Flow, ..) => self.flow_list(at.start)?,
            Event::MappingStart(StructureStyle::Flow, ..) => self.flow_map(at.start)?,
            Event::SequenceStart(StructureStyle::Block, ..) if !in_flow => self.list()?,
            Event::MappingStart(StructureStyle::Block, ..) if !in_flow => self.map()?,
            _ => return Err(Odd),
        };
        self.behind = part.end().max(self.behind);
        Ok(part)
    }

    fn text(&self, says: String, style: ScalarStyle, at: Range<usize>) -> Result<Part, Odd> {
        let (at, style) = match style {
            ScalarStyle::Plain if at.is_empty() => {
                return Ok(Part { at: self.behind..self.behind, form: Form::Nothing });
            }
            // It may seem to go on to whatever stands behind it.
            ScalarStyle::Plain => (at.start..at.start + self.text[at.clone()].trim_end().len(), Style::Plain),
            ScalarStyle::SingleQuoted => (self.quoted(at, '\'')?, Style::Single),
            ScalarStyle::DoubleQuoted => (self.quoted(at, '"')?, Style::Double),
            ScalarStyle::Literal => self.block(at, '|')?,
            ScalarStyle::Folded => self.block(at, '>')?,
        };
        // The text of a plain value with a tag before it would be found behind the tag.
        if at.start < self.behind {
            return Err(Odd);
        }
        Ok(Part { at, form: Form::Text(Text { says, style }) })
    }

    fn quoted(&self, at: Range<usize>, mark: char) -> Result<Range<usize>, Odd> {
        let written = &self.text[at.clone()];
        let is_whole = written.len() > 1 && written.starts_with(mark) && written.ends_with(mark);
        if is_whole { Ok(at) } else { Err(Odd) }
    }

    /// A block text: its mark stands before what the parser gives, which may run on into the indentation of the next line.
    fn block(&self, at: Range<usize>, mark: char) -> Result<(Range<usize>, Style), Odd> {
        let start = self.skipped(self.behind);
        if !self.text[start..].starts_with(mark) {
            return Err(Odd);
        }
        let rest = &self.text[start + 1..];
        let marks = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '+' || c == '-').len();
        let mark = start..start + 1 + marks;
        let line = line_start(self.text, at.end);
        let end = if self.text[line..at.end].bytes().all(|byte| byte == b' ') { line } else { at.end };
        let is_kept = self.text[mark.clone()].contains('+');
        let written = self.text.get(mark.end..end).unwrap_or_default();
        let without = written.strip_suffix('\n').map_or(written, |rest| rest.strip_suffix('\r').unwrap_or(rest));
        let end = mark.end + if is_kept { without.len() } else { without_blank_lines(written) };
        let style = Style::Block { mark: mark.clone(), is_folded: self.text[start..].starts_with('>') };
        Ok((start..end.max(mark.end), style))
    }

    fn flow_list(&mut self, open: usize) -> Result<Part, Odd> {
        self.ensure(open, '[')?;
        self.behind = open + 1;
        let mut parts = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, at) => {
                    self.ensure(at.start, ']')?;
                    return Ok(Part { at: open..at.start + 1, form: Form::FlowList(parts) });
                }
                (event, at) => parts.push(self.part(event, at, true)?),
            }
        }
    }

    fn flow_map(&mut self, open: usize) -> Result<Part, Odd> {
        self.ensure(open, '{')?;
        self.behind = open + 1;
        let mut fields = Vec::new();
        loop {
            match self.next()? {
                (Event::MappingEnd, at) => {
                    self.ensure(at.start, '}')?;
                    return Ok(Part { at: open..at.start + 1, form: Form::FlowMap(fields) });
                }
                (event, at) => fields.push(self.field(event, at, true)?),
            }
        }
    }

    fn list(&mut self) -> Result<Part, Odd> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => {
                    let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Err(Odd) };
                    return Ok(Part { at: first.dash..last.end(), form: Form::List(entries) });
                }
                (event, at) => {
                    let dash = self.skipped(self.behind);
                    self.ensure(dash, '-')?;
                    self.behind = dash + 1;
                    entries.push(Entry { dash, value: self.part(event, at, false)? });
                }
            }
        }
    }

    fn map(&mut self) -> Result<Part, Odd> {
        let mut fields: Vec<Field> = Vec::new();
        loop {
            match self.next()? {
                (Event::MappingEnd, _) => {
                    let (Some(first), Some(last)) = (fields.first(), fields.last()) else { return Err(Odd) };
                    return Ok(Part { at: first.key.start..last.end(), form: Form::Map(fields) });
                }
                (event, at) => fields.push(self.field(event, at, false)?),
            }
        }
    }

    fn field(&mut self, event: Event<'t>, at: Range<usize>, in_flow: bool) -> Result<Field, Odd> {
        let Event::Scalar(name, style, ..) = event else { return Err(Odd) };
        let key = self.text(name.into_owned(), style, at)?;
        let Form::Text(Text { says, style: Style::Plain | Style::Single | Style::Double }) = key.form else {
            return Err(Odd);
        };
        let key = key.at;
        // Nothing but space stands between two fields and their comments: no `?` and no tag.
        let before = self.skipped_in(self.behind, in_flow);
        if before != key.start {
            return Err(Odd);
        }
        let spaces = |c: char| if in_flow { c.is_ascii_whitespace() } else { c == ' ' || c == '\t' };
        let colon = key.end + self.text[key.end..].len() - self.text[key.end..].trim_start_matches(spaces).len();
        let slot = self.text[colon..].starts_with(':').then_some(colon + 1);
        if slot.is_none() && !in_flow {
            return Err(Odd);
        }
        self.behind = slot.unwrap_or(key.end);
        let (event, at) = self.next()?;
        let value = self.part(event, at, in_flow)?;
        Ok(Field { name: one_line(&says), key, slot, value })
    }

    fn ensure(&self, at: usize, mark: char) -> Result<(), Odd> {
        if self.text.get(at..).is_some_and(|rest| rest.starts_with(mark)) { Ok(()) } else { Err(Odd) }
    }

    /// The first byte from one on that is neither space nor comment.
    fn skipped(&self, from: usize) -> usize {
        self.skipped_in(from, false)
    }

    /// The same; between brackets, commas are skipped too. Before the first field, so is the start of a document.
    fn skipped_in(&self, from: usize, in_flow: bool) -> usize {
        let mut at = from;
        loop {
            let rest = &self.text[at..];
            let said = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || in_flow && c == ',');
            at += rest.len() - said.len();
            let is_head = from == 0 && (said.starts_with("---") || said.starts_with('%'));
            if !said.starts_with('#') && !is_head {
                return at;
            }
            at += if said.starts_with("---") { 3 } else { said.find('\n').unwrap_or(said.len()) };
        }
    }
}
