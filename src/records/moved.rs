//! What released letters say of the day, time and place of the meeting, against what the data says now.
//!
//! In: the state of a record, and the data. Out: the letters about a change that a further change has overtaken, and whatever a
//! change of the meeting leaves unsaid or says otherwise than the letters did.
//!
//! Deliberately absent: values. The record has a digest of each field, which shows that two differ and not how.

use std::collections::{BTreeMap, BTreeSet};

use super::state::{Paper, PaperStatus, State};
use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, codes};
use crate::jobs;
use crate::model::conference::MeetingChange;
use crate::stages::{INVITATION, REARRANGED};

/// The fields that say when and where the meeting is.
pub const OF_THE_DAY: [&str; 5] =
    ["meeting.date", "meeting.start", "meeting.end", "meeting.venue.name", "meeting.venue.postcode"];

/// The list of the changes that letters tell of.
const CHANGES: &str = "meeting.changes[";

/// Digests of fields, by path.
type Digests = BTreeMap<String, String>;

/// How the meeting differs from what its letters say.
pub struct Moved {
    /// Whether a change is written down that the letters about an earlier one do not tell of.
    pub has_more_changes: bool,
    /// The files of letters about an earlier change.
    pub overtaken: BTreeSet<String>,
    /// What no change tells of, or tells otherwise.
    pub untold: Option<Diagnostic>,
}

impl Moved {
    /// Compares the last letters that everybody was sent with the data. `None` if the meeting is over or cancelled.
    pub fn of(checked: &Checked, state: &State) -> Option<Self> {
        let meeting = &checked.conference.meeting;
        if meeting.cancelled.is_some() || checked.has_met() {
            return None;
        }
        let now = jobs::field_digests(checked);
        let differing =
            |then: &Digests| OF_THE_DAY.into_iter().filter(|field| then.get(*field) != now.get(*field)).collect();
        let changes =
            |digests: &Digests| digests.keys().filter_map(|path| entry_of(path)).collect::<BTreeSet<usize>>().len();
        let of = |kind: &str| {
            let letters = state.papers.values().filter(|p| p.status != PaperStatus::Draft && p.made.paper == *kind);
            // Somebody invited later has a letter of the new day.
            let told = letters.filter_map(|paper| Some((paper, state.fields.get(&paper.source.data)?.as_ref())));
            let told = told.map(|(paper, then)| (paper, then, differing(then)));
            told.filter(|(_, _, fields): &(_, _, Vec<&str>)| !fields.is_empty()).collect::<Vec<_>>()
        };
        let is_out = |paper: &Paper| paper.status == PaperStatus::Released;
        let has_letters = state.papers.values().any(|paper| is_out(paper) && paper.made.paper == REARRANGED);
        let (letters, invitations) = (of(REARRANGED), of(INVITATION));
        let is_overtaken = |then: &Digests| changes(then) < meeting.changes.len();
        let overtaken = letters.iter().filter(|(_, then, _)| is_overtaken(then));
        let last = if has_letters { &letters } else { &invitations };
        let untold = last.iter().find(|(paper, ..)| is_out(paper));
        let untold = untold.and_then(|(_, then, fields)| untold_of(checked, then, fields, changes(then)));
        Some(Self {
            has_more_changes: overtaken.clone().any(|(paper, ..)| is_out(paper)),
            overtaken: overtaken.map(|(paper, ..)| paper.made.file.clone()).collect(),
            untold,
        })
    }
}

/// The position of the change in a field path.
fn entry_of(path: &str) -> Option<usize> {
    path.strip_prefix(CHANGES)?.split_once(']')?.0.parse().ok()
}

/// What is wrong with the changes that were written since letters went out, of which there were `before` then.
fn untold_of(checked: &Checked, then: &Digests, differing: &[&str], before: usize) -> Option<Diagnostic> {
    let changes = &checked.conference.meeting.changes;
    let names = |fields: &[&str]| fields.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(", ");
    let Some(change) = changes.get(before) else {
        let message =
            format!("letters went out before {} changed, and no change of the meeting says so", names(differing));
        let warning = Diagnostic::warning(codes::CHANGE_NOT_TOLD, message).at(differing[0]);
        let hint =
            "write under `meeting.changes` what it was, as `{ on: DAY, was: { … } }`: that makes letters which say so";
        return Some(warning.hint(hint));
    };
    // Of several changes since, each tells of the one before it.
    if changes.len() > before + 1 {
        return None;
    }
    let path = format!("meeting.changes[{before}].was");
    let unsaid: Vec<&str> = differing.iter().copied().filter(|field| !says(change, field)).collect();
    if !unsaid.is_empty() {
        let message =
            format!("letters went out before {} changed too, and this change does not say so", names(&unsaid));
        let warning = Diagnostic::warning(codes::CHANGE_NOT_TOLD, message).at(path);
        return Some(warning.hint(Hint::naming("add what it was to `was:`, for {}", [names(&unsaid)])));
    }
    let now = jobs::field_digests(checked);
    let of = |field: &str| format!("{path}.{}", field.trim_start_matches("meeting."));
    let wrong = differing.iter().find(|field| now.get(&of(field)).is_some_and(|was| then.get(**field) != Some(was)))?;
    let message = format!("the letters that went out do not have this for `{wrong}`");
    let warning = Diagnostic::warning(codes::CHANGE_NOT_TOLD, message).at(of(wrong));
    Some(warning.hint("write what the letters say; `convenor record` finds them"))
}

/// Whether a change says what a field was.
fn says(change: &MeetingChange, field: &str) -> bool {
    let was = &change.was;
    match field {
        "meeting.date" => was.date.is_some(),
        "meeting.start" => was.start.is_some(),
        "meeting.end" => was.end.is_some(),
        _ => was.venue.is_some(),
    }
}
