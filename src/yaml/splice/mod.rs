//! Edits at field paths, written into the text of a file.
//!
//! In: a text, and edits. Out: the text with these edits, and every other byte as it was: comments, order, line endings,
//! indentation; or [`Unspliced`], and no text.
//!
//! An edit is a range of the original text and what comes in its place; the ranges do not meet, and are applied from the back.
//! An edit proves itself or does not happen: the new text is read, and its whole tree compared with what it is to be, so that
//! nothing else in it, and above all no mark that says who may read something, differs.
//!
//! Deliberately absent: files; whether the values make sense.

mod anatomy;
mod blocks;
mod edit;
mod flows;
mod fresh;
mod lines;
mod patch;
#[cfg(test)]
mod properties;
mod quote;
mod scalars;
#[cfg(test)]
mod tests;
mod work;

use std::ops::Range;

use super::tree::{self, Node, is_json};
use anatomy::{Form, Part, anatomy};
use patch::{Patch, intended, patch, reads_as};
use work::{Slot, Stuck, Work};

pub use edit::{Change, Edit, Unspliced, Why, Written};

const MARK: &str = "\u{FEFF}";

/// A text with some edits made in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spliced {
    /// The whole text.
    pub text: String,
    /// The bytes of the original that were replaced, and by what, in their order. Nothing is replaced where the text has all
    /// that was asked for.
    pub splices: Vec<(Range<usize>, String)>,
}

/// Makes edits in a text: all of them or none. `file` says by its name whether it is JSON.
///
/// # Errors
/// If one of them cannot be made so that everything else stays.
pub fn splice(file: &str, text: &str, edits: &[Edit]) -> Result<Spliced, Unspliced> {
    let all = together(file, text, edits);
    match all {
        // Which of them it was is lost where they are one; alone, it fails again.
        Err(_) if edits.len() > 1 => {
            let alone = edits.iter().find_map(|edit| together(file, text, std::slice::from_ref(edit)).err());
            alone.map_or(all, Err)
        }
        all => all,
    }
}

/// The value at a path of a text. `None` if there is none, or nothing is written there.
pub fn value_at(file: &str, text: &str, path: &str) -> Option<Written> {
    let text = text.strip_prefix(MARK).unwrap_or(text);
    let (Some(_), _) = tree::parse(file, text) else { return None };
    said(patch::value_at(&anatomy(text).ok()?, path)?)
}

/// A text of its own as a value: a list or a group between brackets, or a text. `None` if it cannot be read as one.
pub fn written(file: &str, text: &str) -> Option<Written> {
    let field = format!("value: {text}\n");
    let (Some(_), faults) = tree::parse(file, &field) else { return None };
    let root = anatomy(&field).ok().filter(|_| faults.is_empty())?;
    match root.fields()? {
        [value] => said(&value.value),
        _ => None,
    }
}

fn said(part: &Part) -> Option<Written> {
    match &part.form {
        _ if part.is_null() => None,
        Form::Nothing => None,
        Form::Text(text) => Some(Written::Text(text.says.clone())),
        Form::List(_) | Form::FlowList(_) => {
            Some(Written::List(part.entries()?.into_iter().map(|entry| said(entry).unwrap_or_else(nothing)).collect()))
        }
        Form::Map(fields) | Form::FlowMap(fields) => {
            let field = |field: &anatomy::Field| (field.name.clone(), said(&field.value).unwrap_or_else(nothing));
            Some(Written::Fields(fields.iter().map(field).collect()))
        }
    }
}

fn nothing() -> Written {
    Written::Text(String::new())
}

fn together(file: &str, text: &str, edits: &[Edit]) -> Result<Spliced, Unspliced> {
    // A byte-order mark is none of the text.
    let (mark, text) = text.strip_prefix(MARK).map_or(("", text), |text| (MARK, text));
    let first = edits.first().map(|edit| edit.path.clone()).unwrap_or_default();
    let fault = |why: Why, at: Option<usize>| Unspliced { path: first.clone(), why, at };
    let (Some(before), faults) = tree::parse(file, text) else { return Err(fault(Why::Unread, None)) };
    if !faults.is_empty() {
        return Err(fault(Why::Unread, None));
    }
    let root = anatomy(text).map_err(|_| fault(Why::Unusual, None))?;
    let Some(patch) = patch(&root, edits)? else {
        return Ok(Spliced { text: format!("{mark}{text}"), splices: Vec::new() });
    };
    let stuck = |stuck: Stuck| fault(stuck.why, Some(stuck.at));
    let mut work = Work::new(text, &root, is_json(file));
    cut(&mut work, &root, &patch).map_err(stuck)?;
    let splices = work.splices().map_err(stuck)?;
    let after = applied(text, &splices);
    // Whoever finds a way to write YAML that nobody thought of keeps the file as it was.
    if !proves_itself(file, (&before, &patch), text, &after) {
        return Err(fault(Why::Unusual, splices.first().map(|(range, _)| range.start)));
    }
    let moved = |(range, new): (Range<usize>, String)| (range.start + mark.len()..range.end + mark.len(), new);
    Ok(Spliced { text: format!("{mark}{after}"), splices: splices.into_iter().map(moved).collect() })
}

/// Cuts a text, from its root inwards.
fn cut<'t>(work: &mut Work<'t>, root: &'t Part, patch: &'t Patch) -> Result<(), Stuck> {
    work.later(Slot { at: None, column: 0, is_entry: false, in_flow: false }, root, patch);
    while let Some((slot, part, patch)) = work.next() {
        match (patch, &part.form) {
            (Patch::Set(written), _) => work.set(slot, part, written)?,
            (Patch::Inside(inside), Form::Map(fields)) => work.map(part, fields, inside)?,
            (Patch::Inside(inside), Form::List(entries)) => work.list(part, entries, inside)?,
            (Patch::Inside(inside), Form::FlowMap(fields)) => work.flow_map(part, fields, inside)?,
            (Patch::Inside(inside), Form::FlowList(parts)) => work.flow_list(part, parts, inside)?,
            // It goes with what is around it, or has what was asked for.
            (Patch::Remove, _) | (Patch::Inside(_), Form::Nothing | Form::Text(_)) => {}
        }
    }
    Ok(())
}

/// Whether the new text reads as the old tree with the patch, and as nothing else.
fn proves_itself(file: &str, (before, patch): (&Node, &Patch), text: &str, after: &str) -> bool {
    let Some(intended) = intended(before, patch) else { return false };
    let (Some(now), faults) = tree::parse(file, after) else { return false };
    faults.is_empty() && reads_as(&intended, &now, !text.ends_with('\n'))
}

fn applied(text: &str, splices: &[(Range<usize>, String)]) -> String {
    let mut after = text.to_owned();
    for (range, new) in splices.iter().rev() {
        after.replace_range(range.clone(), new);
    }
    after
}
