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
use super::{enclosed, numbering, run, share, writing};
use crate::check::Checked;
use crate::diag::Report;
use crate::jobs;
use crate::model::Audience;
use crate::model::numbers::Role;
use crate::stages::{ACTION_NOTICE, Happened, INVITATION, InTurn, Late, Latecomer, REPORT_REQUEST, Sendings, Unread};

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
    let happened = happened_by(&checked, &state).with_overtaken(kinds.into_iter().collect());
    let untold = Moved::of(&checked, &state).and_then(|moved| moved.untold).map(|warning| warning.message);
    let happened = happened.with_unread(unread(&checked, &state)).with_untold(untold);
    let happened = happened.with_asked(asked_for_reports(&checked, &state));
    let happened = happened.with_left_behind(enclosed::left_behind(&checked, &state)?);
    Ok((checked, happened))
}

/// The organisations that were sent a request for a report.
fn asked_for_reports(checked: &Checked, state: &State) -> BTreeSet<String> {
    let requests = state.papers.values().filter(|paper| paper.made.paper == REPORT_REQUEST && !paper.sent.is_empty());
    let asked: BTreeSet<Who> =
        requests.flat_map(|paper| paper.made.to.split_whitespace().filter_map(Who::of)).collect();
    let numbers = checked.numbers().organisations.iter();
    let was_asked = |no: &u32| asked.contains(&Who { role: Role::Organisation, no: *no });
    numbers.filter(|(_, no)| was_asked(no)).map(|(id, _)| id.clone()).collect()
}

/// The released papers whose readers the file no longer has, although nobody said that they have gone.
fn unread(checked: &Checked, state: &State) -> Unread {
    let numbers = checked.numbers();
    let as_role = |role| move |no: &u32| Who { role, no: *no };
    let there: BTreeSet<Who> = (numbers.invitees.iter().map(as_role(Role::Invitee)))
        .chain(numbers.organisations.values().map(as_role(Role::Organisation)))
        .chain(numbers.children.iter().map(as_role(Role::Child)))
        .collect();
    let is_known = |who: &Who| {
        there.contains(who)
            || who.role == Role::Listed
            || state.withdrawn.contains_key(who)
            || state.erased.contains(who)
    };
    let released = state.papers.values().filter(|paper| paper.status == PaperStatus::Released);
    let (mut papers, mut numbers) = (0, BTreeSet::new());
    for paper in released.filter(|paper| !is_of_run(&paper.made)) {
        let readers: Vec<Who> = paper.made.to.split_whitespace().filter_map(Who::of).collect();
        // What several people have together still has readers.
        if !readers.is_empty() && !readers.iter().any(is_known) {
            papers += 1;
            numbers.extend(readers);
        }
    }
    Unread { papers, numbers: numbers.into_iter().map(Who::as_typed).collect() }
}

/// Those who were invited once others had their letters, as papers name their readers, with the day by which they are to reply.
/// The record knows who had no number yet when the first invitation was released; who was invited on a later day, or has longer to
/// reply than everybody else, is told so in the file. An organisation came as late as the first of its people.
fn latecomers(checked: &Checked, state: &State) -> BTreeMap<String, NaiveDate> {
    let invitations = state.papers.values().chain(&state.destroyed);
    let invitations = invitations.filter(|paper| paper.made.paper == INVITATION && paper.status != PaperStatus::Draft);
    let first = invitations.map(|paper| paper.numbered).min();
    let conference = &checked.conference;
    let everybody_by = conference.meeting.reply_by;
    let everybody_on = checked.edition(INVITATION).issued;
    let (mut later, mut organisations) = (BTreeMap::new(), BTreeMap::<&str, Option<NaiveDate>>::new());
    for (position, invitee) in conference.invitees.iter().enumerate().filter(|(_, invitee)| invitee.invited) {
        if checked.withdrawn().invitees.contains(&position) {
            continue;
        }
        let who = Who { role: Role::Invitee, no: checked.numbers().invitee(position) };
        let is_theirs = |one: &super::numbers::Numbered| one.role == who.role && one.no == who.no;
        let since = state.numbers.iter().position(is_theirs);
        let is_new = first.is_some_and(|first| since.is_none_or(|since| since >= first));
        let has_longer = invitee.reply_by.is_some_and(|day| day > everybody_by);
        let is_later = invitee.invited_on.is_some_and(|day| day > everybody_on);
        let reply_by = (is_new || has_longer || is_later).then(|| invitee.reply_by.unwrap_or(everybody_by));
        later.extend(reply_by.map(|day| (who.token(), day)));
        if let Some((id, _)) = checked.organisation_of(invitee) {
            let known = organisations.entry(id).or_insert(reply_by);
            *known = known.zip(reply_by).map(|(one, other)| one.min(other));
        }
    }
    let late = organisations.into_iter().filter_map(|(id, reply_by)| Some((id, reply_by?)));
    let token = |id: &str| Who { role: Role::Organisation, no: checked.numbers().organisation(id) }.token();
    later.extend(late.map(|(id, day)| (token(id), day)));
    later
}

/// The organisations that took on after the meeting whatever they are to do, as papers name their readers, with the day by which
/// each is told so: as long after the news as everybody's notice is due after the meeting.
fn late_owners(checked: &Checked) -> BTreeMap<String, NaiveDate> {
    let (conference, calendar) = (&checked.conference, &checked.calendar);
    let meeting = conference.meeting.date;
    let mut since: BTreeMap<&str, Option<NaiveDate>> = BTreeMap::new();
    for action in conference.goals.iter().flat_map(|goal| &goal.actions) {
        for id in action.owners() {
            let day = action.joined_after(meeting, id);
            let known = since.entry(id).or_insert(day);
            *known = known.zip(day).map(|(one, other)| one.min(other));
        }
    }
    let days = checked.due_day(ACTION_NOTICE).filter(|due| *due > meeting).map(|due| calendar.between(meeting, due));
    let days = days.and_then(|days| u32::try_from(days).ok()).unwrap_or_default();
    let late = since.into_iter().filter_map(|(id, day)| Some((id, calendar.after(day?, days))));
    let token = |id: &str| Who { role: Role::Organisation, no: checked.numbers().organisation(id) }.token();
    late.map(|(id, day)| (token(id), day)).collect()
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
    let overtaken = Moved::of(checked, state).map(|moved| moved.overtaken);
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
        .map(|(kind, readers)| {
            ((*kind).to_owned(), summed(&readers.values().map(Had::in_approved_words).collect::<Vec<_>>()))
        })
        .collect();
    let (invited_later, took_on_later) = (latecomers(checked, state), late_owners(checked));
    let in_turn = kinds.iter().filter_map(|(kind, readers)| {
        let (later, why) =
            if *kind == ACTION_NOTICE { (&took_on_later, Late::TookOn) } else { (&invited_later, Late::Invited) };
        Some(((*kind).to_owned(), in_turn(readers, later, why)?))
    });
    let in_turn = in_turn.collect();
    let all: Happened = kinds.into_iter().map(|(kind, readers)| (kind.to_owned(), summed(readers.values()))).collect();
    let disposed = state.disposed.as_ref().map(|disposed| disposed.sign_off.on);
    all.with_approved(approved).with_in_turn(in_turn).with_disposed(disposed)
}

/// What was sent to those who are to have it together, and to each of those who are to have it later. `None` if nobody is.
fn in_turn(readers: &BTreeMap<String, Had>, later: &BTreeMap<String, NaiveDate>, why: Late) -> Option<InTurn> {
    let latecomer = |(reader, had): (&String, &Had)| {
        let reply_by = *later.get(reader)?;
        had.stands.then(|| Latecomer { issued: had.issued.unwrap_or(reply_by), reply_by, sent: had.sent })
    };
    let latecomers: Vec<Latecomer> = readers.iter().filter_map(latecomer).collect();
    let others = readers.iter().filter(|(reader, _)| !later.contains_key(*reader)).map(|(_, had)| had);
    (!latecomers.is_empty()).then(|| InTurn { others: summed(others), latecomers, why })
}

/// What one reader has of a kind of paper.
#[derive(Clone, Copy, Default)]
struct Had {
    /// Whether there is a draft or a released paper.
    stands: bool,
    /// Whether there is a draft.
    has_draft: bool,
    was_released: bool,
    /// The first day on which one was sent.
    sent: Option<NaiveDate>,
    /// The first day that one bears.
    issued: Option<NaiveDate>,
    /// The same of papers in words that the chair has approved.
    approved: (bool, Option<NaiveDate>),
}

impl Had {
    fn add(&mut self, (status, is_approved): (PaperStatus, bool), sent: Option<NaiveDate>) {
        let was_released = status != PaperStatus::Draft;
        self.stands |= matches!(status, PaperStatus::Draft | PaperStatus::Released | PaperStatus::Erased);
        self.was_released |= was_released;
        self.has_draft |= !was_released;
        self.sent = [self.sent, sent].into_iter().flatten().min();
        if is_approved {
            self.approved.0 |= was_released;
            self.approved.1 = [self.approved.1, sent].into_iter().flatten().min();
        }
    }

    /// What there is in approved words.
    fn in_approved_words(&self) -> Self {
        Self { was_released: self.approved.0, sent: self.approved.1, ..*self }
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
        let had = readers.entry((*reader).to_owned()).or_default();
        had.issued = [had.issued, Some(made.issued)].into_iter().flatten().min();
        // A draft is not what the public is promised, whoever has seen it.
        if made.audience == Audience::Public.id() && made.draft == Some(made.hash) && made.approved.is_none() {
            had.stands = true;
            continue;
        }
        had.add((paper.status, made.approved.is_some()), sent);
    }
}

/// Products that are no letters.
const GO_WITH_LETTERS: [&str; 2] = ["labels", "calendar"];

/// An invitee has the same number in a run and elsewhere. Letters of which no file tells the number count as well.
///
/// Labels and calendar files go with letters that were made before, and are none.
fn add_run(state: &State, run: &RunState, readers: &mut BTreeMap<String, Had>) {
    if run.run.make.iter().all(|product| GO_WITH_LETTERS.contains(&product.as_str())) {
        return;
    }
    let status = status_of(state, run);
    let is_of_invitees = run.run.is_of_invitees();
    let key = |number: u32| if is_of_invitees { format!("i{number}") } else { format!("{} {number}", run.run.folder) };
    let letters = letters_of(state, run);
    for (number, sent) in &letters {
        readers.entry(key(*number)).or_default().add((status, false), *sent);
    }
    // In a bundle for the printer are letters to whoever has one of their own, too.
    let known = if is_of_invitees { readers.len() } else { letters.len() };
    for more in known..run.run.letters as usize {
        readers.entry(format!("{} +{more}", run.run.folder)).or_default().add((status, false), None);
    }
}

fn summed<'h>(readers: impl IntoIterator<Item = &'h Had>) -> Sendings {
    let mut sum = Sendings::default();
    for had in readers.into_iter().filter(|had| had.stands) {
        sum.readers += 1;
        sum.released += usize::from(had.was_released);
        sum.sent += usize::from(had.sent.is_some());
        sum.drafts += usize::from(had.has_draft);
        sum.last = sum.last.max(had.sent);
    }
    sum
}
