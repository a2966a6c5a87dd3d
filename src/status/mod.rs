//! Where a conference stands: its stage, what is late, what is owed next, and what its next stage lacks.
//!
//! In: [`Checked`], what the record says was released and sent, and the day that counts as today. Out: [`Status`].
//!
//! Deliberately absent: the clock, the record itself, how it is drawn, conferences that the check refuses.

mod carried_on;
mod lacking;

use chrono::NaiveDate;

pub use carried_on::CarriedOn;
pub use lacking::Lack;

use crate::check::Checked;
use crate::model::conference::Kind;
use crate::model::stage::ConferenceStage;
use crate::model::step::Fact;
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
    /// Steps whose day is past, of which nothing says whether they were done, by day.
    pub past: Vec<StepRow>,
    /// What is still needed for the next stage, or for the next conference.
    pub lacks: Vec<Lack>,
    /// The reference of the conference that took on its plan, and in which its actions are owed now.
    pub carried_on_by: Option<String>,
    /// The day on which all papers were destroyed, if they were.
    pub disposed: Option<NaiveDate>,
}

impl Status {
    /// The most working days by which anything is late.
    pub fn most_days_late(&self) -> usize {
        self.late.iter().map(|row| row.working_days_late).max().unwrap_or_default()
    }

    /// The same, where the record of its papers may be another one than was read.
    #[must_use]
    pub fn without_its_record(mut self, says: String) -> Self {
        let advice = "what went out is in that record: name its folder with `-o`".to_owned();
        self.lacks.insert(0, Lack { id: "other-record", says, advice });
        self
    }

    /// The same once another conference has taken on the plan: what became of its actions is recorded there.
    #[must_use]
    pub fn carried_on_by(mut self, reference: &str) -> Self {
        for rows in [&mut self.late, &mut self.next, &mut self.past] {
            rows.retain(|row| !row.is_of_the_plan());
        }
        self.lacks.retain(|lack| ![lacking::NO_NEXT_DAY, lacking::NO_DAY_AGAIN].contains(&lack.id));
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
        past: steps.iter().filter(|row| is_open_question(checked, row)).cloned().collect(),
        lacks: lacking::lacking(checked, happened, stage, today),
        carried_on_by: None,
        disposed: happened.disposed(),
    }
}

/// Whether it still matters that nothing says whether a step was done: once the meeting was held, nobody asks any more what came
/// before it, and once it is over, whether everybody replied.
fn is_open_question(checked: &Checked, row: &StepRow) -> bool {
    let is_for_the_meeting = row.due < checked.conference.meeting.date;
    let of_fact = checked.steps.get(&row.id).and_then(|step| step.fact);
    row.state == StepState::Past
        && !(is_for_the_meeting && checked.has_met())
        && !matches!(of_fact, Some(Fact::Replies | Fact::Review))
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
