//! Where a conference stands: its stage, what is late, what is owed next, and what its next stage lacks.
//!
//! In: [`Checked`], what the record says was released and sent, and the day that counts as today. Out: [`Status`].
//!
//! Deliberately absent: the clock, the record itself, how it is drawn, conferences that the check refuses.

mod lacking;

use chrono::NaiveDate;

pub use lacking::Lack;

use crate::check::Checked;
use crate::model::conference::Kind;
use crate::model::stage::ConferenceStage;
use crate::stages::{self, Happened, closes};
use crate::timetable::{StepRow, StepState, timetable};

/// Where a conference stands on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The reference of the conference.
    pub conference: String,
    /// The council, by the name it goes by.
    pub council: String,
    /// The name of its context that any reader may see.
    pub context: String,
    /// The day of the meeting. `None` if it is still to be filled in, and then nothing is due or late by it.
    pub meeting: Option<NaiveDate>,
    /// The day that counts as today.
    pub today: NaiveDate,
    /// The stage that it has reached.
    pub stage: ConferenceStage,
    /// The stage that comes next. `None` if what follows is another conference, or nothing.
    pub next_stage: Option<ConferenceStage>,
    /// Steps and actions that are late, by day.
    pub late: Vec<StepRow>,
    /// Steps and actions that are due today or later, by day.
    pub next: Vec<StepRow>,
    /// What is still needed for the next stage, or for the next conference.
    pub lacks: Vec<Lack>,
    /// The reference of the conference that took on its plan, and in which its actions are owed now.
    pub carried_on_by: Option<String>,
}

impl Status {
    /// The most working days by which anything is late.
    pub fn most_days_late(&self) -> usize {
        self.late.iter().map(|row| row.working_days_late).max().unwrap_or_default()
    }

    /// The same once another conference has taken on the plan: what became of its actions is recorded there.
    #[must_use]
    pub fn carried_on_by(mut self, reference: &str) -> Self {
        self.late.retain(|row| !row.is_action());
        self.next.retain(|row| !row.is_action());
        self.lacks.retain(|lack| lack.id != lacking::NO_NEXT_DAY);
        self.carried_on_by = Some(reference.to_owned());
        self
    }
}

/// Where a conference stands on a day.
pub fn status(checked: &Checked, happened: &Happened, today: NaiveDate) -> Status {
    let stage = stages::stage(checked, happened);
    let is_fixed = !checked.conference.to_fill_in.iter().any(|path| path == "meeting.date");
    // What was planned for a meeting that is cancelled is owed by nobody.
    let is_planned = is_fixed && stage != ConferenceStage::Cancelled;
    let steps = if is_planned { timetable(checked, happened, today).steps } else { Vec::new() };
    let of = |state: StepState| steps.iter().filter(|row| row.state == state).cloned().collect();
    Status {
        conference: checked.conference.reference.clone(),
        council: checked.borough.short_name.clone(),
        context: checked.conference.context.label.clone(),
        meeting: Some(checked.conference.meeting.date).filter(|_| is_fixed),
        today,
        stage,
        next_stage: next_stage(checked, stage),
        late: of(StepState::Late),
        next: of(StepState::Due),
        lacks: lacking::lacking(checked, happened, stage, today),
        carried_on_by: None,
    }
}

fn next_stage(checked: &Checked, stage: ConferenceStage) -> Option<ConferenceStage> {
    Some(match stage {
        ConferenceStage::Called => ConferenceStage::Invited,
        ConferenceStage::Invited => ConferenceStage::Held,
        ConferenceStage::Held => ConferenceStage::Decided,
        ConferenceStage::Decided if closes(checked) => ConferenceStage::Closed,
        ConferenceStage::Decided if checked.conference.kind == Kind::Review => ConferenceStage::Reviewed,
        ConferenceStage::Decided => ConferenceStage::Recorded,
        ConferenceStage::Recorded
        | ConferenceStage::Reviewed
        | ConferenceStage::Closed
        | ConferenceStage::Cancelled => return None,
    })
}
