//! Values that are not in a text yet, as they are written there.
//!
//! In: a value, and where it is to stand. Out: its text: between brackets on one line where it fits, otherwise a line for each
//! field and each entry.
//!
//! Deliberately absent: where that is in the file.

use super::edit::Written;
use super::quote::{Spelt, Where, name, spelt};

/// How the file writes groups and lists.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// Whether it is JSON.
    pub is_json: bool,
    /// How much further in what belongs to a field stands.
    pub unit: usize,
    /// Whether the last line of the file has no end.
    pub is_open: bool,
    /// What ends a line.
    pub ending: &'static str,
    /// Between a brace and what is inside.
    pub pad: &'static str,
    /// Between a comma and what follows.
    pub comma: &'static str,
    /// Between a colon and its value, where brackets are around.
    pub colon: &'static str,
}

/// The most characters of a line that holds a whole group or list.
const WIDTH: usize = 118;

impl Manner {
    /// Where a text between brackets stands.
    pub fn inside(&self) -> Where {
        if self.is_json { Where::Json } else { Where::Flow }
    }

    /// Where a text with lines of its own below stands, as far to the right as a column. Of a file whose last line does not end,
    /// one that ends with a line feed would lose it there.
    pub fn below(&self, column: usize, text: &str) -> Where {
        if self.is_open && text.ends_with('\n') { Where::Flow } else { Where::Block(column) }
    }

    /// A value between brackets.
    pub fn flow(&self, written: &Written) -> Option<String> {
        match written {
            Written::Text(text) => spelt(text, self.inside(), None).map(|spelt| spelt.head),
            Written::List(list) => {
                let entries: Option<Vec<String>> = list.iter().map(|entry| self.flow(entry)).collect();
                Some(format!("[{}]", entries?.join(&format!(",{}", self.comma))))
            }
            Written::Fields(fields) if fields.is_empty() => Some("{}".to_owned()),
            Written::Fields(fields) => {
                let fields: Option<Vec<String>> = fields.iter().map(|(name, value)| self.field(name, value)).collect();
                Some(format!("{{{pad}{}{pad}}}", fields?.join(&format!(",{}", self.comma)), pad = self.pad))
            }
        }
    }

    /// A field between braces.
    pub fn field(&self, name: &str, value: &Written) -> Option<String> {
        Some(format!("{}:{}{}", self::name(name, self.inside())?, self.colon, self.flow(value)?))
    }

    /// What stands behind a colon, with the space before it. `column` is that of the name.
    pub fn behind_colon(&self, written: &Written, column: usize) -> Option<String> {
        if let Written::Text(text) = written {
            return Some(format!(" {}", self.joined(&spelt(text, self.below(column + self.unit, text), None)?)));
        }
        if let Some(flow) = self.flow(written).filter(|flow| fits(written, flow, column)) {
            return Some(format!(" {flow}"));
        }
        let column = column + self.unit;
        let lines = match written {
            Written::Fields(fields) => self.fields(fields, column)?,
            Written::List(list) => list.iter().map(|entry| self.entry(entry, column)).collect::<Option<Vec<_>>>()?,
            Written::Text(_) => return None,
        };
        let pad = " ".repeat(column);
        Some(lines.iter().flat_map(|line| [self.ending, &pad, line]).collect())
    }

    /// Fields on lines of their own, without the indentation of each first line.
    pub fn fields(&self, fields: &[(String, Written)], column: usize) -> Option<Vec<String>> {
        fields.iter().map(|(name, value)| self.line(name, value, column)).collect()
    }

    /// A field on lines of its own, without the indentation of the first.
    pub fn line(&self, name: &str, value: &Written, column: usize) -> Option<String> {
        Some(format!("{}:{}", self::name(name, Where::Block(column))?, self.behind_colon(value, column)?))
    }

    /// An entry of a list after its dash, without the indentation of its first line.
    pub fn entry(&self, written: &Written, column: usize) -> Option<String> {
        Some(format!("-{}", self.behind_dash(written, column, false)?))
    }

    /// What stands behind a dash, with the space before it. `column` is that of the dash; `in_lines` asks for a line for each
    /// field.
    pub fn behind_dash(&self, written: &Written, column: usize, in_lines: bool) -> Option<String> {
        let inner = column + 2;
        match written {
            Written::Text(text) => Some(format!(" {}", self.joined(&spelt(text, self.below(inner, text), None)?))),
            Written::Fields(fields) if !fields.is_empty() => {
                let flow = self.flow(written).filter(|flow| !in_lines && fits(written, flow, column));
                if let Some(flow) = flow {
                    return Some(format!(" {flow}"));
                }
                let lines = self.fields(fields, inner)?;
                Some(format!(" {}", lines.join(&format!("{}{}", self.ending, " ".repeat(inner)))))
            }
            Written::List(_) | Written::Fields(_) => Some(format!(" {}", self.flow(written)?)),
        }
    }

    /// A spelling as one text.
    pub fn joined(&self, spelt: &Spelt) -> String {
        let below = spelt.lines.iter().flat_map(|line| [self.ending, line]);
        std::iter::once(spelt.head.as_str()).chain(below).collect()
    }
}

/// Whether a value is better on one line: it is short, and no text in it has lines of its own.
fn fits(written: &Written, flow: &str, column: usize) -> bool {
    fn has_lines(written: &Written) -> bool {
        match written {
            Written::Text(text) => text.contains('\n'),
            Written::List(list) => list.iter().any(has_lines),
            Written::Fields(fields) => fields.iter().any(|(_, value)| has_lines(value)),
        }
    }
    let is_empty = matches!(flow, "[]" | "{}");
    is_empty || column + 20 + flow.chars().count() <= WIDTH && !has_lines(written)
}
