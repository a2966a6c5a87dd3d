//! Where the fields of a conference stand in its file.
//!
//! In: edits with the paths that messages give. Out: the same with paths of the file. A list of people among the invitees is one
//! entry of the file and many invitees; whoever stands in it is changed there.
//!
//! Deliberately absent: changing a list.

use std::path::Path;

use super::amendment::Unamended;
use super::fault::unspliced;
use crate::input::Loaded;
use crate::yaml::{Change, Edit, Node, Unspliced, Value, Why, parse};

/// The lists that mean something else when they are not there than when they hold nothing: all points, or the council's own.
const NONE_IS_NOT_NOTHING: [&str; 2] = ["items", "agenda"];

/// The edits with the paths that they have in the file.
///
/// # Errors
/// If one is about somebody in a list of people, or takes the last entry out of a list that must not just go.
pub fn of_the_file(file: &Path, text: &str, loaded: Option<&Loaded>, edits: &[Edit]) -> Result<Vec<Edit>, Unamended> {
    let name = file.display().to_string();
    let bare = text.trim_start_matches('\u{FEFF}');
    let (Some(root), _) = parse(&name, bare) else { return Ok(edits.to_vec()) };
    let fault = |edit: &Edit, why: Why, at: Option<usize>| {
        unspliced(&name, text, Unspliced { path: edit.path.clone(), why, at }, edits)
    };
    let mut all = Vec::new();
    for edit in edits {
        let path = match loaded.map(|loaded| path_of(&root, loaded, &edit.path)) {
            None | Some(Found::Same) => edit.path.clone(),
            Some(Found::At(path)) => path,
            Some(Found::In { list, cell, at }) => return Err(fault(edit, Why::InAList { list, cell }, Some(at))),
        };
        all.push(Edit { path, change: edit.change.clone() });
    }
    for (edit, asked) in all.iter().zip(edits) {
        if let Some(at) = empties(&root, edit, &all) {
            return Err(fault(asked, Why::LastOfList, Some(at)));
        }
    }
    Ok(all)
}

/// Where the value of a path stands.
enum Found {
    /// Where the path says.
    Same,
    /// Under another path of the file.
    At(String),
    /// In a list of people.
    In {
        /// The file of the list.
        list: String,
        /// The cell.
        cell: Option<String>,
        /// The byte of its entry in this file.
        at: usize,
    },
}

const INVITEES: &str = "invitees";

fn path_of(root: &Node, loaded: &Loaded, path: &str) -> Found {
    let Some((position, rest)) = position(path, INVITEES) else { return Found::Same };
    let Some(Value::List(entries)) = field(root, INVITEES).map(|node| &node.value) else { return Found::Same };
    if loaded.lists.is_empty() {
        return Found::Same;
    }
    let invitee = format!("{INVITEES}[{position}]");
    let place = loaded.places.conference.place(&format!("{invitee}{rest}"));
    let whole = loaded.places.conference.place(&invitee);
    let start = |at: usize| entries.iter().find(|entry| entry.span.contains(&at)).map_or(at, |entry| entry.span.start);
    match (whole.cell, whole.span) {
        (Some(_), span) => {
            let list = place.file.or(whole.file).unwrap_or_default();
            let at = span.map_or(root.span.start, |span| start(span.start));
            Found::In { list, cell: place.cell.map(|cell| cell.shown), at }
        }
        (None, Some(span)) if position < loaded.conference.invitees.len() => {
            let at = entries.iter().position(|entry| entry.span.start == span.start);
            at.map_or(Found::Same, |at| Found::At(format!("{INVITEES}[{at}]{rest}")))
        }
        // Behind the last invitee is behind the last entry.
        (None, _) => {
            let behind = position - loaded.conference.invitees.len().min(position);
            Found::At(format!("{INVITEES}[{}]{rest}", entries.len() + behind))
        }
    }
}

/// The position that a path names in a list, and the rest of the path.
fn position<'p>(path: &'p str, list: &str) -> Option<(usize, &'p str)> {
    let (digits, rest) = path.strip_prefix(list)?.strip_prefix('[')?.split_once(']')?;
    Some((digits.parse().ok()?, rest))
}

fn field<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Value::Map(map) = &node.value else { return None };
    map.iter().find(|(key, _)| key.text == name).map(|(_, node)| node)
}

/// The byte of a list that an edit, together with the others, would take all entries out of, if it must not go with them.
fn empties(root: &Node, edit: &Edit, all: &[Edit]) -> Option<usize> {
    let list = edit.path.strip_suffix(']').filter(|_| edit.change == Change::Remove)?.rsplit_once('[')?.0;
    let name = list.rsplit('.').next().unwrap_or(list);
    let is_invitees = list.starts_with("invitees[");
    if !NONE_IS_NOT_NOTHING.contains(&name) || (name == "items") != is_invitees {
        return None;
    }
    let mut found = None;
    root.walk(&mut |path, node| {
        if path == list
            && let Value::List(entries) = &node.value
        {
            found = Some((entries.len(), node.span.start));
        }
    });
    let (has, at) = found?;
    let inside = |edit: &&Edit| position(&edit.path, list).is_some_and(|(_, rest)| rest.is_empty());
    let gone = all.iter().filter(inside).filter(|edit| edit.change == Change::Remove).count();
    let adds = |edit: &Edit| match &edit.change {
        Change::Append(_) => edit.path == list,
        Change::Insert(_) => position(&edit.path, list).is_some(),
        Change::Set(_) | Change::Remove => false,
    };
    (gone >= has && !all.iter().any(adds)).then_some(at)
}
