//! A patch on its way to become splices of a text.
//!
//! In: a text, its anatomy, and a patch. Out: ranges of the text with what comes in their place, disjoint and in order.
//!
//! Deliberately absent: how groups on lines (`blocks`), groups between brackets (`flows`) and texts (`scalars`) are cut.

use std::cmp::Reverse;
use std::ops::Range;

use super::anatomy::{Form, Part};
use super::edit::Why;
use super::fresh::Manner;
use super::lines::{column, ending_near};
use super::patch::Patch;

/// A text that is being edited.
pub struct Work<'t> {
    pub text: &'t str,
    pub manner: Manner,
    comments: Vec<Range<usize>>,
    splices: Vec<(Range<usize>, String)>,
    /// Values that are still to be changed.
    todo: Vec<(Slot, &'t Part, &'t Patch)>,
}

/// Why a patch cannot be made, and near which byte.
#[derive(Debug)]
pub struct Stuck {
    pub why: Why,
    pub at: usize,
}

/// The place that a value stands in.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// The byte behind its colon or dash. `None` for a name alone between braces.
    pub at: Option<usize>,
    /// The column that the lines below it are counted from: of its name, or of its dash.
    pub column: usize,
    /// Whether it is behind a dash.
    pub is_entry: bool,
    /// Whether it is between brackets.
    pub in_flow: bool,
}

impl<'t> Work<'t> {
    pub fn new(text: &'t str, root: &'t Part, is_json: bool) -> Self {
        let comments = root.comments(text);
        let manner = manner(text, root, is_json);
        Self { text, manner, comments, splices: Vec::new(), todo: Vec::new() }
    }

    /// Replaces bytes.
    pub fn put(&mut self, range: Range<usize>, new: impl Into<String>) {
        self.splices.push((range, new.into()));
    }

    /// Whether comments stand in some bytes.
    pub fn has_comment(&self, range: &Range<usize>) -> bool {
        self.comments.iter().any(|comment| comment.start < range.end && range.start < comment.end)
    }

    /// Checks that no comment stands in bytes that are replaced.
    pub fn ensure_no_comment(&self, range: &Range<usize>) -> Result<(), Stuck> {
        match self.comments.iter().find(|comment| comment.start < range.end && range.start < comment.end) {
            Some(comment) => Err(Stuck { why: Why::Comment, at: comment.start }),
            None => Ok(()),
        }
    }

    /// The manner, with the line ending that lines near a byte have.
    pub fn manner_at(&self, at: usize) -> Manner {
        Manner { ending: ending_near(self.text, at), ..self.manner }
    }

    /// Leaves a value that stays for later.
    pub fn later(&mut self, slot: Slot, part: &'t Part, patch: &'t Patch) {
        self.todo.push((slot, part, patch));
    }

    /// A value that was left for later.
    pub fn next(&mut self) -> Option<(Slot, &'t Part, &'t Patch)> {
        self.todo.pop()
    }

    /// All splices, in their order.
    ///
    /// # Errors
    /// If two of them are about the same bytes. What is only taken out may be so twice.
    pub fn splices(self) -> Result<Vec<(Range<usize>, String)>, Stuck> {
        let changes = self.splices.into_iter().enumerate();
        let mut all: Vec<_> = changes.filter(|(_, (range, new))| self.text[range.clone()] != *new).collect();
        // What is added where something ends comes behind what is taken out there. Of two that are added at one place, the one
        // that belongs further in comes first; it was put last.
        all.sort_by_key(|(n, (range, _))| (range.start, range.end, Reverse(*n)));
        let mut kept: Vec<(Range<usize>, String)> = Vec::new();
        for (_, (range, new)) in all {
            match kept.last_mut() {
                Some((last, text)) if range.start < last.end => {
                    if !text.is_empty() || !new.is_empty() {
                        return Err(Stuck { why: Why::Unusual, at: range.start });
                    }
                    last.end = last.end.max(range.end);
                }
                _ => kept.push((range, new)),
            }
        }
        Ok(kept)
    }
}

/// How a file writes things, as far as it shows.
fn manner(text: &str, root: &Part, is_json: bool) -> Manner {
    let mut unit = None;
    let mut first_list = None;
    let mut first_map = None;
    look(root, &mut |part| match &part.form {
        Form::Map(fields) => {
            let inner = fields.iter().find_map(|field| match &field.value.form {
                Form::Map(inner) => Some((field.key.start, inner[0].key.start)),
                _ => None,
            });
            let step = inner.map(|(outer, inner)| column(text, inner).saturating_sub(column(text, outer)));
            unit = unit.or(step.filter(|step| (1..=8).contains(step)));
        }
        Form::FlowList(parts) if parts.len() > 1 => {
            let between = &text[parts[0].end()..parts[1].at.start];
            first_list = first_list.or(Some(between == ","));
        }
        Form::FlowMap(fields) if !fields.is_empty() => {
            let slot = fields[0].slot.unwrap_or(part.at.start);
            let is_padded = !text[part.at.start + 1..].starts_with(|c: char| !c.is_whitespace());
            let is_tight = fields[0].slot.is_some() && slot == fields[0].value.at.start;
            let tight_comma = fields.len() > 1 && &text[fields[0].end()..fields[1].key.start] == ",";
            first_map = first_map.or(Some((is_padded, is_tight, tight_comma)));
        }
        _ => {}
    });
    let (is_padded, is_tight, tight_comma) = first_map.unwrap_or((true, false, false));
    Manner {
        is_json,
        unit: unit.unwrap_or(2),
        is_open: !text.ends_with('\n'),
        ending: "\n",
        pad: if is_padded { " " } else { "" },
        comma: if tight_comma || first_list == Some(true) && is_json { "" } else { " " },
        // `a:b` is a word in YAML unless quotation marks end before the colon.
        colon: if is_tight && is_json { "" } else { " " },
    }
}

fn look(part: &Part, visit: &mut dyn FnMut(&Part)) {
    visit(part);
    match &part.form {
        Form::Nothing | Form::Text(_) => {}
        Form::List(entries) => entries.iter().for_each(|entry| look(&entry.value, visit)),
        Form::FlowList(parts) => parts.iter().for_each(|part| look(part, visit)),
        Form::Map(fields) | Form::FlowMap(fields) => fields.iter().for_each(|field| look(&field.value, visit)),
    }
}
