//! A value in the place of another.
//!
//! In: the place of a value, how it was written, and what it is to be. Out: splices.
//!
//! A comment behind a value stays behind it, whatever the value becomes; what would take a comment away is refused.

use std::ops::Range;

use super::anatomy::{Form, Part, Style, Text};
use super::edit::{Why, Written};
use super::lines::{content_end, line_start};
use super::quote::{Spelt, Where, spelt};
use super::work::{Slot, Stuck, Work};

impl Work<'_> {
    /// Puts a value in the place of another.
    pub fn set(&mut self, slot: Slot, part: &Part, written: &Written) -> Result<(), Stuck> {
        match (&part.form, written) {
            (Form::Text(old), Written::Text(new)) => self.text_for_text(slot, part, old, new),
            (Form::Nothing, Written::Text(new)) => self.text_for_nothing(slot, part, new),
            _ => self.anew(slot, part, written),
        }
    }

    fn text_for_text(&mut self, slot: Slot, part: &Part, old: &Text, new: &str) -> Result<(), Stuck> {
        let place = self.place(slot, part, old, new);
        let is_null = part.is_null();
        let spelt = spelt(new, place, (!is_null).then_some(old)).ok_or_else(|| unusual(part))?;
        let (head, body) = match &old.style {
            Style::Block { mark, .. } => {
                let line = content_end(self.text, mark.end);
                (mark.clone(), line..part.end().max(line))
            }
            Style::Plain | Style::Single | Style::Double => {
                let line = content_end(self.text, part.end());
                (part.at.clone(), line..line)
            }
        };
        self.spelling(head, body, spelt);
        Ok(())
    }

    fn text_for_nothing(&mut self, slot: Slot, part: &Part, new: &str) -> Result<(), Stuck> {
        let place = if slot.in_flow { self.manner.inside() } else { self.manner.below(self.below(slot), new) };
        let mut spelt = spelt(new, place, None).ok_or_else(|| unusual(part))?;
        spelt.head = match slot.at {
            Some(_) => format!(" {}", spelt.head),
            None => format!(": {}", spelt.head),
        };
        let line = content_end(self.text, part.end());
        self.spelling(part.at.clone(), line..line, spelt);
        Ok(())
    }

    /// Puts the head of a spelling in one place, and the lines below in another, behind whatever comment follows the head.
    fn spelling(&mut self, head: Range<usize>, body: Range<usize>, spelt: Spelt) {
        let ending = self.manner_at(head.start).ending;
        let lines: String = spelt.lines.iter().flat_map(|line| [ending, line]).collect();
        if head.end == body.start {
            return self.put(head.start..body.end, spelt.head + &lines);
        }
        self.put(head, spelt.head);
        self.put(body, lines);
    }

    /// Where a text stands, and the lines below it.
    fn place(&self, slot: Slot, part: &Part, old: &Text, new: &str) -> Where {
        if slot.in_flow {
            return self.manner.inside();
        }
        let there = match &old.style {
            Style::Block { mark, .. } => self
                .text
                .get(content_end(self.text, mark.end)..part.end())
                .unwrap_or_default()
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| line.len() - line.trim_start_matches(' ').len())
                .min(),
            Style::Plain | Style::Single | Style::Double => None,
        };
        self.manner.below(there.unwrap_or_else(|| self.below(slot)), new)
    }

    /// The column of lines below a slot.
    fn below(&self, slot: Slot) -> usize {
        slot.column + if slot.is_entry { 2 } else { self.manner.unit }
    }

    /// Writes a value anew in the place of one of another kind.
    fn anew(&mut self, slot: Slot, part: &Part, written: &Written) -> Result<(), Stuck> {
        let manner = self.manner_at(part.at.start);
        let fresh = |new: Option<String>| new.ok_or_else(|| unusual(part));
        if slot.in_flow {
            self.ensure_no_comment(&part.at)?;
            let new = fresh(manner.flow(written))?;
            let new = match (&part.form, slot.at) {
                (Form::Nothing, Some(_)) => format!(" {new}"),
                (Form::Nothing, None) => format!(": {new}"),
                _ => new,
            };
            self.put(part.at.clone(), new);
            return Ok(());
        }
        let Some(from) = slot.at else { return Err(unusual(part)) };
        let new = if slot.is_entry {
            manner.behind_dash(written, slot.column, false)
        } else {
            manner.behind_colon(written, slot.column)
        };
        let new = fresh(new)?;
        let end = part.end().max(from);
        self.ensure_no_comment(&(from..end))?;
        // The lines of a group begin below a comment that stands behind its name.
        let line = content_end(self.text, end);
        let is_below = new.starts_with(['\r', '\n']) && line_start(self.text, from) == line_start(self.text, end);
        if is_below && line > end {
            self.put(from..end, "");
            self.put(line..line, new);
        } else {
            self.put(from..end, new);
        }
        Ok(())
    }
}

/// Nobody thought of how a value is written.
pub fn unusual(part: &Part) -> Stuck {
    Stuck { why: Why::Unusual, at: part.at.start }
}
