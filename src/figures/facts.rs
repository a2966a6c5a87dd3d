//! The facts of one conference that figures count.
//!
//! In: [`Checked`], and what the record says was sent. Out: [`ConferenceFacts`], so that a conference can be let go of before the
//! next one is read.
//!
//! Deliberately absent: names of people, and the period.

use chrono::NaiveDate;

use crate::check::Checked;
use crate::model::conference::Kind;
use crate::model::people::{Invitee, Reply};
use crate::model::plan::ActionStatus;
use crate::model::reference::PersonRef;
use crate::model::step::Fact;
use crate::model::{Audience, Category};
use crate::stages::Happened;
use crate::timetable::{StepRow, StepState, timetable};

/// The facts of one conference.
#[derive(Debug, Clone)]
pub struct ConferenceFacts {
    /// The id of its council.
    pub council: String,
    /// The name that its council goes by.
    pub council_name: String,
    /// Its reference.
    pub reference: String,
    /// The reference of the conference before it.
    pub previous: Option<String>,
    /// Whether that had no quorum, so that this one is the same meeting, held again.
    pub is_held_again: bool,
    /// The council's reference for its context.
    pub context: String,
    /// Whether it is the first about its context, a review, or the last.
    pub kind: Kind,
    /// The day of its meeting. `None` if that is still to be filled in.
    pub date: Option<NaiveDate>,
    /// Whether its meeting was held.
    pub meeting: MeetingState,
    /// Whether those who came formed a quorum.
    pub quorum: bool,
    /// Whether anybody came who reads community papers.
    pub has_community: bool,
    /// Everybody who was invited, or came uninvited, by category.
    pub people: Vec<(Category, Outcome)>,
    /// The steps of its timetable whose outcome is known: id, title, outcome.
    pub steps: Vec<(String, String, StepOutcome)>,
    /// The actions of its plan.
    pub actions: Vec<ActionOutcome>,
    /// The day by which the next conference about its context is due, if its timetable says.
    pub review_due: Option<NaiveDate>,
    /// The council's own limit for small counts.
    pub small_count: u32,
}

/// Whether a meeting was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingState {
    /// It is recorded who came.
    Held,
    /// It was cancelled.
    Cancelled,
    /// Neither.
    Open,
}

/// What became of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// They came, or somebody in their place.
    Came,
    /// They sent apologies, and did not come.
    Apologies,
    /// They did not answer, and did not come.
    NoAnswer,
    /// They said that they would come, and did not.
    Absent,
    /// They came without an invitation.
    Uninvited,
}

/// What became of a step that has a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepOutcome {
    /// It was done by its day.
    OnTime,
    /// It was done later.
    Late,
    /// Its day is past, and it is not noted as done.
    NotDone,
    /// Its day is still to come.
    NotDue,
}

/// How an action stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionOutcome {
    /// It is done.
    Done,
    /// It was given up.
    Dropped,
    /// Its day is past, and it is not done.
    Late,
    /// It is still to be done.
    Open,
}

/// The facts of a conference on a day.
pub fn facts(checked: &Checked, happened: &Happened, today: NaiveDate) -> ConferenceFacts {
    let conference = &checked.conference;
    let is_fixed = !conference.to_fill_in.iter().any(|path| path == "meeting.date");
    let table = timetable(checked, happened, today);
    // What nobody does any more was not done, unless there was no meeting.
    let too_late = table.fell_away.into_iter().filter(|_| conference.meeting.cancelled.is_none());
    let rows: Vec<StepRow> = table.steps.into_iter().chain(too_late).collect();
    let came = conference.invitees.iter().filter(|one| has_come(checked, one));
    ConferenceFacts {
        council: checked.borough.id.clone(),
        council_name: checked.borough.short_name.clone(),
        reference: conference.reference.clone(),
        previous: conference.previous.as_ref().map(|previous| previous.reference.clone()),
        is_held_again: conference.previous.as_ref().is_some_and(|previous| previous.no_quorum),
        context: conference.context.id.clone(),
        kind: conference.kind,
        date: Some(conference.meeting.date).filter(|_| is_fixed),
        meeting: meeting(checked),
        quorum: checked.tally().met(),
        has_community: came.clone().any(|one| checked.audience(one) == Audience::Community),
        people: people(checked),
        steps: rows.iter().filter_map(|row| step(checked, row)).collect(),
        actions: actions(checked, today),
        review_due: rows.iter().find(|row| fact_of(checked, row) == Some(Fact::Review)).map(|row| row.due),
        small_count: checked.settings.small_count,
    }
}

fn meeting(checked: &Checked) -> MeetingState {
    if checked.conference.meeting.cancelled.is_some() {
        MeetingState::Cancelled
    } else if checked.has_met() {
        MeetingState::Held
    } else {
        MeetingState::Open
    }
}

/// Whether somebody came. Of those who run a meeting it need not be noted, as in the minutes.
fn has_come(checked: &Checked, invitee: &Invitee) -> bool {
    let conference = &checked.conference;
    let ran_it = || {
        let PersonRef::Id(id) = &invitee.person else { return false };
        let meeting = &conference.meeting;
        [&meeting.chair, &meeting.minute_taker, &conference.assessment.author]
            .into_iter()
            .flatten()
            .any(|one| one == id)
    };
    match invitee.attended {
        Some(came) => came,
        None => checked.has_met() && invitee.reply != Reply::Apologies && ran_it(),
    }
}

/// Everybody who was invited or came. Whoever has withdrawn is among them only if they came.
fn people(checked: &Checked) -> Vec<(Category, Outcome)> {
    let invitees = checked.conference.invitees.iter().enumerate();
    let outcome = |(i, one): (usize, &Invitee)| {
        let outcome = match (has_come(checked, one), one.invited, one.reply) {
            (true, true, _) => Outcome::Came,
            (true, false, _) => Outcome::Uninvited,
            (false, false, _) => return None,
            (false, true, _) if checked.withdrawn().invitees.contains(&i) || checked.is_left_out(one) => {
                return None;
            }
            (false, true, Reply::Apologies) => Outcome::Apologies,
            (false, true, Reply::None) => Outcome::NoAnswer,
            (false, true, Reply::Accepted) => Outcome::Absent,
        };
        Some((checked.category(one), outcome))
    };
    invitees.filter_map(outcome).collect()
}

fn fact_of(checked: &Checked, row: &StepRow) -> Option<Fact> {
    checked.steps.get(&row.id).filter(|step| step.by.is_some()).and_then(|step| step.fact)
}

/// A step that has a rule, and of which the data or the record says whether it is done.
fn step(checked: &Checked, row: &StepRow) -> Option<(String, String, StepOutcome)> {
    let step = checked.steps.get(&row.id).filter(|step| step.by.is_some())?;
    if step.paper.is_none() && step.fact != Some(Fact::Meeting) {
        return None;
    }
    let outcome = match row.state {
        StepState::Done if row.working_days_late == 0 => StepOutcome::OnTime,
        StepState::Done => StepOutcome::Late,
        StepState::Late => StepOutcome::NotDone,
        StepState::Due => StepOutcome::NotDue,
        StepState::Past => return None,
    };
    Some((row.id.clone(), row.title.clone(), outcome))
}

fn actions(checked: &Checked, today: NaiveDate) -> Vec<ActionOutcome> {
    let actions = checked.conference.goals.iter().flat_map(|goal| &goal.actions);
    let outcome = |status: ActionStatus, due: Option<NaiveDate>| match status {
        ActionStatus::Done => ActionOutcome::Done,
        ActionStatus::Dropped => ActionOutcome::Dropped,
        ActionStatus::Open | ActionStatus::Started | ActionStatus::PartlyDone if due.is_some_and(|due| due < today) => {
            ActionOutcome::Late
        }
        ActionStatus::Open | ActionStatus::Started | ActionStatus::PartlyDone => ActionOutcome::Open,
    };
    actions.map(|action| outcome(action.status, action.due_on())).collect()
}
