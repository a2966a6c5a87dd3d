//! Groups and lists between brackets.
//!
//! In: a group or a list, and what is to change inside. Out: splices between its commas.
//!
//! Where each has a line of its own, lines come and go; otherwise words of one line do.

use std::ops::Range;

use super::anatomy::{Field, Part};
use super::edit::{Why, Written};
use super::fresh::Manner;
use super::lines::{content_end, indent, line_end, line_start};
use super::patch::{Inside, Patch};
use super::scalars::unusual;
use super::work::{Slot, Stuck, Work};

/// What is to happen between two brackets.
struct Between<'p> {
    part: &'p Part,
    /// The bytes of each entry that is there, and whether it goes.
    there: Vec<(Range<usize>, bool)>,
    /// The text of new entries, by the position of the one that they come before.
    new: Vec<(usize, Vec<String>)>,
}

impl<'t> Work<'t> {
    /// Changes a group between braces.
    pub fn flow_map(&mut self, part: &'t Part, fields: &'t [Field], inside: &'t Inside) -> Result<(), Stuck> {
        let mut there = Vec::new();
        for field in fields {
            let patch = inside.field(&field.name);
            if let Some(patch) = patch {
                let slot = Slot { at: field.slot, column: 0, is_entry: false, in_flow: true };
                self.later(slot, &field.value, patch);
            }
            there.push((field.key.start..field.end(), matches!(patch, Some(Patch::Remove))));
        }
        let manner = self.manner_at(part.at.start);
        let new: Option<Vec<String>> =
            inside.added(part).iter().map(|(name, value)| manner.field(name, value)).collect();
        let new = vec![(fields.len(), new.ok_or_else(|| unusual(part))?)];
        self.between(&Between { part, there, new })
    }

    /// Changes a list between square brackets.
    pub fn flow_list(&mut self, part: &'t Part, parts: &'t [Part], inside: &'t Inside) -> Result<(), Stuck> {
        let mut there = Vec::new();
        for (i, entry) in parts.iter().enumerate() {
            let patch = inside.entries.get(&i);
            if let Some(patch) = patch {
                let slot = Slot { at: Some(entry.at.start), column: 0, is_entry: true, in_flow: true };
                self.later(slot, entry, patch);
            }
            there.push((entry.at.clone(), matches!(patch, Some(Patch::Remove))));
        }
        let manner = self.manner_at(part.at.start);
        let fresh = |all: &Vec<Written>| all.iter().map(|written| manner.flow(written)).collect::<Option<Vec<_>>>();
        let new: Option<Vec<(usize, Vec<String>)>> =
            inside.new.iter().map(|(i, all)| Some((*i, fresh(all)?))).collect();
        self.between(&Between { part, there, new: new.ok_or_else(|| unusual(part))? })
    }

    fn between(&mut self, between: &Between<'_>) -> Result<(), Stuck> {
        let Between { part, there, new } = between;
        let manner = self.manner_at(part.at.start);
        let all: Vec<&str> = new.iter().flat_map(|(_, all)| all).map(String::as_str).collect();
        let joined = |all: &[&str]| all.join(&format!(",{}", manner.comma));
        let Some((first, last)) = there.first().zip(there.last()) else {
            let inner = part.at.start + 1..part.at.end - 1;
            self.ensure_no_comment(&inner)?;
            let pad = if part.fields().is_some() { manner.pad } else { "" };
            self.put(inner, format!("{pad}{}{pad}", joined(&all)));
            return Ok(());
        };
        if there.iter().all(|(_, goes)| *goes) {
            let range = first.0.start..last.0.end;
            self.ensure_no_comment(&range)?;
            self.put(range, joined(&all));
            return Ok(());
        }
        self.take_out_between(part, there)?;
        for (i, new) in new.iter().filter(|(_, new)| !new.is_empty()) {
            let new: Vec<&str> = new.iter().map(String::as_str).collect();
            match there.get(*i) {
                Some((next, _)) => {
                    let gap = self.gap(next.start, part, manner);
                    let each: Vec<String> = new.iter().map(|new| format!("{new},{gap}")).collect();
                    self.put(next.start..next.start, each.concat());
                }
                None => self.add_behind(part, last.0.clone(), &new, manner),
            }
        }
        Ok(())
    }

    /// What stands between a comma and an entry that is like the one at a byte.
    fn gap(&self, at: usize, part: &Part, manner: Manner) -> String {
        match self.own_line(at, part) {
            Some(indent) => format!("{}{indent}", manner.ending),
            None => manner.comma.to_owned(),
        }
    }

    /// The indentation of an entry that begins a line of its own.
    fn own_line(&self, at: usize, part: &Part) -> Option<&str> {
        indent(self.text, at).filter(|_| line_start(self.text, at) > part.at.start)
    }

    fn add_behind(&mut self, part: &Part, last: Range<usize>, new: &[&str], manner: Manner) {
        let gap = self.gap(last.start, part, manner);
        let each: Vec<String> = new.iter().map(|new| format!(",{gap}{new}")).collect();
        let line = content_end(self.text, last.end);
        let rest = &self.text[last.end..line];
        // A comment behind the last entry stays there: the comma comes before it, and what is new below.
        if self.own_line(last.start, part).is_some() && self.has_comment(&(last.end..line)) {
            let comma = rest.trim_start().starts_with(',');
            let each: String = each.concat();
            let lines = each.strip_prefix(',').unwrap_or(&each);
            if !comma {
                self.put(last.end..last.end, ",");
            }
            return self.put(line..line, format!("{lines}{}", if comma { "," } else { "" }));
        }
        self.put(last.end..last.end, each.concat());
    }

    /// Takes out entries, and the commas that are one too many then.
    fn take_out_between(&mut self, part: &Part, there: &[(Range<usize>, bool)]) -> Result<(), Stuck> {
        let mut i = 0;
        while i < there.len() {
            let run = there[i..].iter().take_while(|(_, goes)| *goes).count();
            if run > 0 {
                self.take_out_run(part, there, i..i + run)?;
            }
            i += run.max(1);
        }
        Ok(())
    }

    fn take_out_run(&mut self, part: &Part, there: &[(Range<usize>, bool)], run: Range<usize>) -> Result<(), Stuck> {
        let (first, last) = (there[run.start].0.start, there[run.end - 1].0.end);
        let before = run.start.checked_sub(1).map(|i| there[i].0.end);
        let next = there.get(run.end).map(|(range, _)| range.start);
        let plain = match (before, next) {
            (Some(before), _) => before..last,
            (None, Some(next)) => first..next,
            (None, None) => first..last,
        };
        if !self.has_comment(&plain) {
            self.put(plain, "");
            return Ok(());
        }
        // Comments stand around them: they go by the line, if they have lines of their own.
        let comma = self.comma(last);
        let end = comma.map_or(last, |comma| comma + 1);
        let line = content_end(self.text, end);
        let is_alone = self.own_line(first, part).is_some()
            && (self.text[end..line].trim().is_empty() || self.text[end..line].trim_start().starts_with('#'));
        let between = there[run.clone()]
            .windows(2)
            .any(|pair| self.has_comment(&(content_end(self.text, pair[0].0.end)..pair[1].0.start)));
        if !is_alone || between {
            return Err(Stuck { why: Why::Comment, at: first });
        }
        if let (Some(before), None) = (before, comma.or(next)) {
            let Some(comma) = self.comma(before) else { return Err(Stuck { why: Why::Comment, at: before }) };
            self.put(comma..comma + 1, "");
        }
        self.put(line_start(self.text, first)..line_end(self.text, line), "");
        Ok(())
    }

    /// The comma behind an entry.
    fn comma(&self, end: usize) -> Option<usize> {
        let mut at = end;
        loop {
            let rest = &self.text[at..];
            let said = rest.trim_start();
            at += rest.len() - said.len();
            if said.starts_with('#') {
                at = content_end(self.text, at);
            } else {
                return said.starts_with(',').then_some(at);
            }
        }
    }
}
