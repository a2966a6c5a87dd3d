//! What was released and sent of each kind of paper, as the stage and the timetable of a conference want it.
//!
//! In: the state of a record, or the folder that it is in with the data. Out: [`Happened`].
//!
//! Deliberately absent: what it means for the conference (`stages`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;

use super::event::Who;
use super::moved::{Moved, OF_THE_DAY};
use super::rows::{letters_of, status_of};
use super::state::{Paper, PaperStatus, RunState, State, is_of_run};
use super::whom::kept_out;
use super::{numbering, run, share, writing};
use crate::check::Checked;
use crate::diag::Report;
use crate::jobs;
use crate::stages::{Happened, Sendings};

/// A conference as the record in a folder has it, with withdrawals and without approvals that are undone, and what happened.
/// Without a record nothing did. Nothing is changed.
///
/// # Errors
/// If the record cannot be read or lacks lines, or it is doubtful who in the data is who in the record.
pub fn standing(checked: Checked, folder: &Path) -> Result<(Checked, Happened), Report> {
    if !run::has_record(folder) {
        return Ok((checked, Happened::default()));
    }
    let state = share::with_merged(folder, &writing::read_state(folder)?)?;
    let (checked, _) = numbering::numbered(&checked, &state)?;
    let (checked, _) = numbering::with_standing_approvals(checked, &state)?;
    let kinds = overtaken(&checked, &state)?.into_iter().map(|paper| paper.made.paper.clone());
    let kinds: BTreeSet<String> = kinds.collect();
    let untold = Moved::of(&checked, &state).and_then(|moved| moved.untold).map(|warning| warning.message);
    let happened = happened_by(&checked, &state).with_overtaken(kinds.into_iter().collect()).with_untold(untold);
    Ok((checked, happened))
}

/// The released papers that tell of the meeting as it was before it changed, while it is to be held. Letters are not among them:
/// another letter tells their readers.
///
/// # Errors
/// Faults of the templates.
pub(super) fn overtaken<'s>(checked: &Checked, state: &'s State) -> Result<Vec<&'s Paper>, Report> {
    let meeting = &checked.conference.meeting;
    if meeting.changes.is_empty() || meeting.cancelled.is_some() || checked.has_met() {
        return Ok(Vec::new());
    }
    let kinds = jobs::of_the_day(checked)?;
    let now = jobs::field_digests(checked);
    let has_changed = |paper: &&Paper| {
        let then = state.fields.get(&paper.source.data);
        then.is_some_and(|then| OF_THE_DAY.iter().any(|field| then.get(*field) != now.get(*field)))
    };
    let released = state.papers.values().filter(|paper| paper.status == PaperStatus::Released);
    Ok(released.filter(|paper| kinds.contains(&paper.made.paper)).filter(has_changed).collect())
}

/// What happened, by the state of a record. Whoever the data keeps out of the meeting is owed nothing that others have together.
/// A letter about an earlier change tells nobody of a further one.
pub fn happened_by(checked: &Checked, state: &State) -> Happened {
    let kept_out = kept_out(checked, None);
    let overtaken = Moved::of(checked, state).filter(|moved| moved.has_more_changes).map(|moved| moved.overtaken);
    let overtaken = overtaken.unwrap_or_default();
    let mut kinds: BTreeMap<&str, BTreeMap<String, Had>> = BTreeMap::new();
    // What was destroyed in the end was made and sent all the same.
    let destroyed = state.destroyed.iter().filter(|_| state.disposed.is_some());
    for paper in state.papers.values().chain(destroyed).filter(|paper| !is_of_run(&paper.made)) {
        if overtaken.contains(&paper.made.file) {
            continue;
        }
        let readers = kinds.entry(paper.made.paper.as_str()).or_default();
        add_paper((state, &kept_out), paper, readers);
    }
    for run in state.runs.values() {
        add_run(state, run, kinds.entry(run.run.paper.as_str()).or_default());
    }
    let approved: Vec<_> = kinds
        .iter()
        .map(|(kind, readers)| ((*kind).to_owned(), summed(readers.values().map(Had::in_approved_words))))
        .collect();
    let all: Happened =
        kinds.into_iter().map(|(kind, readers)| (kind.to_owned(), summed(readers.into_values()))).collect();
    all.with_approved(approved)
}

/// What one reader has of a kind of paper.
#[derive(Default)]
struct Had {
    /// Whether there is a draft or a released paper.
    stands: bool,
    was_released: bool,
    /// The first day on which one was sent.
    sent: Option<NaiveDate>,
    /// The same of papers in words that the chair has approved.
    approved: (bool, Option<NaiveDate>),
}

impl Had {
    fn add(&mut self, (status, is_approved): (PaperStatus, bool), sent: Option<NaiveDate>) {
        let was_released = status != PaperStatus::Draft;
        self.stands |= matches!(status, PaperStatus::Draft | PaperStatus::Released | PaperStatus::Erased);
        self.was_released |= was_released;
        self.sent = [self.sent, sent].into_iter().flatten().min();
        if is_approved {
            self.approved.0 |= was_released;
            self.approved.1 = [self.approved.1, sent].into_iter().flatten().min();
        }
    }

    /// What there is in approved words.
    fn in_approved_words(&self) -> Self {
        Self { stands: self.stands, was_released: self.approved.0, sent: self.approved.1, approved: self.approved }
    }
}

/// A paper without readers of its own has its audience for one.
///
/// Whoever no longer takes part is owed nothing.
fn add_paper((state, kept_out): (&State, &BTreeSet<Who>), paper: &Paper, readers: &mut BTreeMap<String, Had>) {
    let made = &paper.made;
    let is_shared = made.to.contains(' ');
    let is_out = |who: Who| state.withdrawn.contains_key(&who) || is_shared && kept_out.contains(&who);
    let has_gone = |one: &&str| Who::of(one).is_some_and(is_out);
    let persons: Vec<&str> = made.to.split_whitespace().collect();
    let is_for_nobody = !persons.is_empty() && persons.iter().all(has_gone);
    let persons: Vec<&str> = persons.into_iter().filter(|one| is_for_nobody || !has_gone(one)).collect();
    let everybody = [made.audience.as_str()];
    for reader in if persons.is_empty() { everybody.as_slice() } else { &persons } {
        let is_theirs = |to: &str| to.is_empty() || to.split_whitespace().any(|one| one == *reader);
        let sent = paper.sent.iter().filter(|sent| is_theirs(&sent.to)).map(|sent| sent.on).min();
        let words = (paper.status, made.approved.is_some());
        readers.entry((*reader).to_owned()).or_default().add(words, sent);
    }
}

/// An invitee has the same number in a run and elsewhere. Letters of which no file tells the number count as well.
fn add_run(state: &State, run: &RunState, readers: &mut BTreeMap<String, Had>) {
    let status = status_of(state, run);
    let is_of_invitees = run.run.is_of_invitees();
    let key = |number: u32| if is_of_invitees { format!("i{number}") } else { format!("{} {number}", run.run.folder) };
    let letters = letters_of(state, run);
    for (number, sent) in &letters {
        readers.entry(key(*number)).or_default().add((status, false), *sent);
    }
    for more in letters.len()..run.run.letters as usize {
        readers.entry(format!("{} +{more}", run.run.folder)).or_default().add((status, false), None);
    }
}

fn summed(readers: impl Iterator<Item = Had>) -> Sendings {
    let mut sum = Sendings::default();
    for had in readers.filter(|had| had.stands) {
        sum.readers += 1;
        sum.released += usize::from(had.was_released);
        sum.sent += usize::from(had.sent.is_some());
        sum.last = sum.last.max(had.sent);
    }
    sum
}
