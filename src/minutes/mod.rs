//! A start for the minute taker: a remark to fill in for every point of the agenda that has none.
//!
//! In: [`Checked`], and the text of its file. Out: the same text with the remarks at the end of `items`, every other byte as it
//! was.
//!
//! Deliberately absent: facts. Nobody is said to have spoken or to have come: what only the meeting can tell says that it is to be
//! filled in, and whoever is expected stands in a comment.

mod comments;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::model::text::TO_FILL_IN;
use crate::yaml::{Added, Entry, NoRoom, Typed, with_entries};

/// Remarks to fill in, and the text of the conference file with them.
#[derive(Debug, Clone)]
pub struct Skeleton {
    /// The numbers of the points that get one, in the order of the agenda.
    pub points: Vec<u32>,
    /// The text of the file with them.
    pub added: Added,
}

/// A remark to fill in for every point of the agenda that has none, in the text of the conference's file. `None` if each has one.
///
/// # Errors
/// If the meeting is cancelled, or the file is written in a way that leaves no room for them.
pub fn skeleton(checked: &Checked, file: &str, text: &str) -> Result<Option<Skeleton>, Report> {
    ensure_not_cancelled(checked)?;
    let said: BTreeSet<u32> = checked.conference.items.iter().map(|item| item.agenda).collect();
    let points = comments::points(checked);
    let open: Vec<_> = points.into_iter().filter(|point| !said.contains(&point.number)).collect();
    if open.is_empty() {
        return Ok(None);
    }
    let opening = comments::opening(checked, text);
    let entries: Vec<Entry> = open.iter().map(|point| remark(point.number, point.comment.clone())).collect();
    let added = with_entries(file, text, ITEMS, &opening, &entries).map_err(|fault| no_room(file, fault))?;
    Ok(Some(Skeleton { points: open.iter().map(|point| point.number).collect(), added }))
}

/// The answer for a workbook, which is its owner's to write: the points that have no remark yet.
pub fn in_a_workbook(checked: &Checked, file: &str) -> Report {
    let said: BTreeSet<u32> = checked.conference.items.iter().map(|item| item.agenda).collect();
    let open = comments::points(checked).into_iter().map(|point| point.number).filter(|number| !said.contains(number));
    let open: Vec<String> = open.map(|number| number.to_string()).collect();
    let error = Diagnostic::error(codes::NO_ROOM, "a workbook is yours to write, and nothing is added to it");
    let hint = if open.is_empty() {
        Hint::from("every point has a remark on the sheet Said already")
    } else {
        Hint::listing("add a row to the sheet Said for each of these points: {}", [open.join(", ")])
    };
    error.place(Place::file(file)).hint(hint).into()
}

const ITEMS: &str = "items";

/// A remark in which everything but its point is to be filled in. Without a mark of its own it is for professionals.
fn remark(point: u32, comment: String) -> Entry {
    let fields =
        vec![("agenda", Typed::Number(point)), ("by", Typed::Word(TO_FILL_IN)), ("text", Typed::Text(TO_FILL_IN))];
    Entry { comments: vec![comment], fields }
}

fn ensure_not_cancelled(checked: &Checked) -> Result<(), Report> {
    let Some(cancelled) = &checked.conference.meeting.cancelled else { return Ok(()) };
    let message = format!("the meeting was cancelled on {}", cancelled.on);
    let error = Diagnostic::error(codes::MEETING_CANCELLED, message).at("meeting.cancelled");
    let hint = "nothing is said at a meeting that does not take place; take `cancelled:` out if it does";
    let mut report = Report::of(checked.places.locate(error.hint(hint)));
    report.take_sources(&checked.report);
    Err(report)
}

fn no_room(file: &str, fault: NoRoom) -> Report {
    let (message, hint) = match fault {
        NoRoom::Json => (
            "a JSON file has no room for comments, which a minute taker needs",
            "write the remarks under `items` yourself, or keep the conference as YAML: JSON is read as such too",
        ),
        NoRoom::Braces => (
            "all of this file is between braces, and it has no `items`",
            "write `items: []` before the last brace, and run the same command again",
        ),
        NoRoom::Unusual => (
            "this file is written in a way that leaves no room for more under `items`",
            "write the last fields of the file a line each, with spaces before them, and run the same command again",
        ),
    };
    Diagnostic::error(codes::NO_ROOM, message).place(Place::file(file)).hint(hint).into()
}
