//! A step or an action as a row of a timetable.
//!
//! Deliberately absent: how its day and its state are found.

use chrono::NaiveDate;
use serde::Serialize;

/// One step of a conference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StepRow {
    /// The id of the step, or `action-` and the number of an action.
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// The person who sees to it, as `chair`, or the id of the organisation that owns an action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// The name of that person or organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The rule in words. Empty if the data says the day.
    pub rule: String,
    /// The day it is due.
    pub due: NaiveDate,
    /// The day that is set for it, if the data says one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set: Option<NaiveDate>,
    /// The day on which it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub done: Option<NaiveDate>,
    /// How it stands.
    pub state: StepState,
    /// The working days from the day it was due until it was done or set, or until today.
    #[serde(skip_serializing_if = "is_none")]
    pub working_days_late: usize,
    /// How much of it is done, such as `12 of 14 sent`, or what became of it other than that it was done: `given up`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<String>,
    /// Whether it is the next meeting about the same context, of which a file of its own tells more.
    #[serde(skip)]
    pub is_next_meeting: bool,
    /// Whether nothing shows that it was done but a note of its own, in `done:`.
    #[serde(skip)]
    pub can_be_noted: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_none(days: &usize) -> bool {
    *days == 0
}

impl StepRow {
    /// The day on which it happened or is to happen.
    pub fn when(&self) -> NaiveDate {
        self.done.or(self.set).unwrap_or(self.due)
    }

    /// Whether it goes with the plan to the conference that takes it on: an action, or the meeting about it.
    pub fn is_of_the_plan(&self) -> bool {
        self.is_action() || self.is_next_meeting
    }

    /// Whether it is an action of the plan.
    pub fn is_action(&self) -> bool {
        // A step has no dot in its id.
        self.id.strip_prefix(ACTION).is_some_and(|number| number.contains('.'))
    }
}

/// What the ids of actions begin with.
pub(super) const ACTION: &str = "action-";

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// It is done.
    Done,
    /// Its day is past, and nothing says that it was done.
    Late,
    /// Its day is past; neither the data nor the record could say that it was done.
    Past,
    /// It is due today or later.
    Due,
}

impl StepState {
    /// The word used in data.
    pub fn id(self) -> &'static str {
        match self {
            StepState::Done => "done",
            StepState::Late => "late",
            StepState::Past => "past",
            StepState::Due => "due",
        }
    }
}
