//! Groups and lists of which each field or entry has lines of its own.
//!
//! In: a group or a list, and what is to change inside. Out: splices of whole lines, but for what shares a line with a dash.
//!
//! A comment on the line of what is taken out goes with it; one on a line of its own stays, and so does one above.

use super::anatomy::{Entry, Field, Form, Part};
use super::edit::{Why, Written};
use super::fresh::Manner;
use super::lines::{column, content_end, indent, line_start, lines_after, whole_lines};
use super::patch::{Inside, Patch};
use super::scalars::unusual;
use super::work::{Slot, Stuck, Work};

impl<'t> Work<'t> {
    /// Changes a group.
    pub fn map(&mut self, part: &'t Part, fields: &'t [Field], inside: &'t Inside) -> Result<(), Stuck> {
        let column = column(self.text, fields[0].key.start);
        let added = inside.added(part);
        let is_gone = |field: &Field| matches!(inside.field(&field.name), Some(Patch::Remove));
        if fields.iter().all(is_gone) {
            let manner = self.manner_at(part.at.start);
            let lines = lines_of(&added, column, manner).ok_or_else(|| unusual(part))?;
            self.ensure_no_comment(&part.at)?;
            let between = format!("{}{}", manner.ending, " ".repeat(column));
            self.put(part.at.clone(), lines.join(&between));
            return Ok(());
        }
        let head = self.shared_line(part.at.start, fields.iter().take_while(|field| is_gone(field)).map(Field::end))?;
        for field in fields.iter().skip(head) {
            match inside.field(&field.name) {
                Some(Patch::Remove) => self.take_out(field.key.start, field.end())?,
                Some(patch) => {
                    let slot = Slot { at: field.slot, column, is_entry: false, in_flow: false };
                    self.later(slot, &field.value, patch);
                }
                None => {}
            }
        }
        if let (Some(last), false) = (fields.last(), added.is_empty()) {
            let lines = lines_of(&added, column, self.manner_at(last.end())).ok_or_else(|| unusual(part))?;
            self.add_lines(last.end(), lines, column);
        }
        Ok(())
    }

    /// Changes a list.
    pub fn list(&mut self, part: &'t Part, entries: &'t [Entry], inside: &'t Inside) -> Result<(), Stuck> {
        let column = column(self.text, entries[0].dash);
        let in_lines = matches!(entries.last().map(|entry| &entry.value.form), Some(Form::Map(_)));
        let is_gone = |i: usize| matches!(inside.entries.get(&i), Some(Patch::Remove));
        let fresh = |manner: Manner, written: &Written| {
            let behind = manner.behind_dash(written, column, in_lines).ok_or_else(|| unusual(part))?;
            Ok(format!("-{behind}"))
        };
        if (0..entries.len()).all(is_gone) {
            self.ensure_no_comment(&part.at)?;
            let manner = self.manner_at(part.at.start);
            let new: Result<Vec<String>, Stuck> =
                inside.new.values().flatten().map(|written| fresh(manner, written)).collect();
            self.put(part.at.clone(), new?.join(&format!("{}{}", manner.ending, " ".repeat(column))));
            return Ok(());
        }
        let head = (0..entries.len()).take_while(|i| is_gone(*i)).map(|i| entries[i].end());
        let head = self.shared_line(part.at.start, head)?;
        for (i, entry) in entries.iter().enumerate().skip(head) {
            match inside.entries.get(&i) {
                Some(Patch::Remove) => self.take_out(entry.dash, entry.end())?,
                Some(patch) => {
                    let slot = Slot { at: Some(entry.dash + 1), column, is_entry: true, in_flow: false };
                    self.later(slot, &entry.value, patch);
                }
                None => {}
            }
        }
        for (i, new) in &inside.new {
            let near = entries.get(*i).map_or(part.end(), |entry| entry.dash);
            let manner = self.manner_at(near);
            let lines: Result<Vec<String>, Stuck> = new.iter().map(|written| fresh(manner, written)).collect();
            match entries.get(*i) {
                None => self.add_lines(part.end(), lines?, column),
                Some(entry) => {
                    let before = i.checked_sub(1).and_then(|i| entries.get(i)).map_or(0, Entry::end);
                    let at = self.above(entry.dash, before).ok_or_else(|| unusual(part))?;
                    let pad = " ".repeat(column);
                    let lines = lines?.into_iter().map(|line| format!("{pad}{line}{}", manner.ending));
                    self.put(at..at, lines.collect::<String>());
                }
            }
        }
        Ok(())
    }

    /// Takes out what stands first and shares its line with a dash: from there to the next line that stays. The number of what
    /// was taken out so; none if it has its lines for itself.
    fn shared_line(&mut self, from: usize, ends: impl Iterator<Item = usize>) -> Result<usize, Stuck> {
        let ends: Vec<usize> = ends.collect();
        let (Some(last), None) = (ends.last(), indent(self.text, from)) else { return Ok(0) };
        let end = content_end(self.text, *last);
        let rest = &self.text[end..];
        let next = end + rest.len() - rest.trim_start().len();
        // Comments on lines of their own between two that go.
        let own = ends.iter().rev().skip(1).map(|end| content_end(self.text, *end));
        if let Some(at) = own.into_iter().find(|at| self.text[*at..].trim_start().starts_with('#')) {
            return Err(Stuck { why: Why::Comment, at });
        }
        self.put(from..next, "");
        Ok(ends.len())
    }

    /// Takes out whole lines.
    fn take_out(&mut self, from: usize, to: usize) -> Result<(), Stuck> {
        if indent(self.text, from).is_none() {
            return Err(Stuck { why: Why::Unusual, at: from });
        }
        self.put(whole_lines(self.text, from, to), "");
        Ok(())
    }

    /// Adds lines below that of a byte.
    fn add_lines(&mut self, behind: usize, lines: Vec<String>, column: usize) {
        let pad = " ".repeat(column);
        let lines: Vec<String> = lines.into_iter().map(|line| format!("{pad}{line}")).collect();
        let (at, new) = lines_after(self.text, behind, &lines);
        self.put(at..at, new);
    }

    /// The start of the line of a dash, or of the comments right above it that are as far to the right. `None` if something else
    /// stands before the dash.
    fn above(&self, dash: usize, not_before: usize) -> Option<usize> {
        let pad = indent(self.text, dash)?.len();
        let mut at = line_start(self.text, dash);
        while at > 0 {
            let line = line_start(self.text, at - 1);
            let said = self.text[line..at].trim_start_matches(' ');
            if !said.starts_with('#') || self.text[line..at].len() - said.len() != pad || line < not_before {
                break;
            }
            at = line;
        }
        Some(at)
    }
}

fn lines_of(added: &[(&str, Written)], column: usize, manner: Manner) -> Option<Vec<String>> {
    added.iter().map(|(name, value)| manner.line(name, value, column)).collect()
}
