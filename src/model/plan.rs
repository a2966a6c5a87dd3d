//! Decisions, goals and actions.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

use super::agenda::Domain;
use super::{Clearance, Shared};

/// A decision of the conference.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Whether it holds only until a meeting with a quorum takes it again. Without a quorum nothing else may be decided.
    #[serde(default)]
    pub provisional: bool,
    /// The id of one of the council's decision options.
    #[schemars(example = &"plan-agreed")]
    pub option: String,
    /// The decision in words.
    pub text: String,
    /// The number of the agenda point at which it was taken, where minutes show it. Default: the first point whose `part`
    /// is `decision`.
    pub agenda: Option<u32>,
    /// The reasons for it.
    pub rationale: Shared,
    /// Views that differed.
    #[serde(default)]
    pub dissent: Vec<Dissent>,
    /// Its readers. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
}

/// A different view, recorded with the decision.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dissent {
    /// The id of the organisation that held it.
    pub by: String,
    /// The view, and why.
    pub text: String,
    /// Its readers. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
}

/// A goal of the plan: a change in the context that can be seen.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// A short id of your choice.
    pub id: String,
    /// The one of the four areas that it changes.
    pub domain: Domain,
    /// The state when it is reached.
    pub goal: String,
    /// The state now.
    pub baseline: Option<Shared>,
    /// The way to tell that it is reached, for readers of the goal. Required: the check says so if it is missing.
    pub measure: Option<Shared>,
    /// What was measured since, in the order of the days.
    #[serde(default)]
    pub readings: Vec<GoalReading>,
    /// Its readers. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
    /// The actions for it.
    #[serde(default)]
    pub actions: Vec<Action>,
}

/// What was found when a goal was measured.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalReading {
    /// The day on which it was measured.
    pub on: NaiveDate,
    /// The state that was found, in a few words.
    #[schemars(example = &"Lamps fail on 4 of 14 columns")]
    pub text: String,
    /// The same as a number, where there is one. Readings with numbers are drawn as bars.
    pub value: Option<u32>,
    /// Its readers. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
}

/// Something that an organisation will do.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// A short id of your choice.
    pub id: String,
    /// The action in words.
    pub text: String,
    /// The id of the organisation that will do it, or `to be agreed`. Required: the check says so if it is missing.
    pub owner: Option<String>,
    /// The ids of organisations that do it together with the owner. Each gets a notice of it. One that becomes the owner later
    /// stays in this list, so that minutes go on saying who helped.
    #[serde(default)]
    pub with: Vec<String>,
    /// The name of the person at the owner who sees to it. Only professionals read it.
    pub person: Option<String>,
    /// The day it is due by, `ongoing`, or `to be agreed`. Required: the check says so if it is missing.
    pub due: Option<Due>,
    /// Its status.
    #[serde(default)]
    pub status: ActionStatus,
    /// Its priority.
    #[serde(default)]
    pub priority: Priority,
    /// The evidence that it is done.
    pub evidence: Option<Shared>,
    /// What became of it so far, in the order of the days.
    #[serde(default)]
    pub history: Vec<ActionNews>,
    /// The area that it changes, if that is not the goal's.
    pub domain: Option<Domain>,
    /// Its readers. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
}

impl Action {
    /// The id of the organisation that has taken it on. `None` while that is still to be agreed.
    pub fn owner(&self) -> Option<&str> {
        self.owner.as_deref().filter(|id| *id != TO_BE_AGREED)
    }

    /// The ids of all organisations that have taken it on, the owner first.
    pub fn owners(&self) -> impl Iterator<Item = &str> {
        self.owner().into_iter().chain(self.with.iter().map(String::as_str))
    }

    /// The day on which an organisation took it on, or began to help with it, as far as its history says. `None` if it had by the
    /// end of a day.
    pub fn joined_after(&self, day: NaiveDate, id: &str) -> Option<NaiveDate> {
        let later = || self.history.iter().filter(|news| news.on > day);
        let owner = later().find_map(|news| news.was_owner.as_deref()).or(self.owner());
        let with = later().map(|news| &news.was_with).find(|with| !with.is_empty()).unwrap_or(&self.with);
        if owner == Some(id) || with.iter().any(|helper| helper == id) {
            return None;
        }
        let is_owner = self.owner() == Some(id);
        let mut joined = self.history.iter().rev().filter(|news| news.on > day);
        let joined = joined.find(|news| if is_owner { news.was_owner.is_some() } else { !news.was_with.is_empty() });
        joined.map(|news| news.on)
    }

    /// Whether it was done or given up by the end of a day, as far as its history says what became of it later.
    pub fn was_over_on(&self, day: NaiveDate) -> bool {
        let (then, later): (Vec<_>, Vec<_>) = self.history.iter().partition(|news| news.on <= day);
        let has_moved = later.iter().any(|news| news.status.is_some());
        let before = || then.iter().filter_map(|news| news.status).next_back().unwrap_or_default();
        if has_moved { before() } else { self.status }.is_over()
    }

    /// The day it is due by, if it has one.
    pub fn due_on(&self) -> Option<NaiveDate> {
        match self.due {
            Some(Due::On(day)) => Some(day),
            Some(Due::Ongoing | Due::ToBeAgreed) | None => None,
        }
    }
}

/// Something that became of an action.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActionNews {
    /// The day on which this was so.
    pub on: NaiveDate,
    /// Its status from then on, if it changed.
    pub status: Option<ActionStatus>,
    /// What was its `due` until then, if it was put off, or `to be agreed` once a day was found.
    pub was_due: Option<Due>,
    /// The id of its `owner` until then, if somebody else took it on, or `to be agreed` once somebody did.
    pub was_owner: Option<String>,
    /// The ids of its `with` until then, if others help now; `[nobody]` if nobody did.
    #[serde(default)]
    pub was_with: Vec<String>,
    /// What happened, for readers of the action. Default: its status alone.
    pub text: Option<Shared>,
}

/// The word for helpers that an action did not have.
pub const NOBODY: &str = "nobody";

/// The words for what is not agreed yet.
pub const TO_BE_AGREED: &str = "to be agreed";

/// The time by which an action is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// A day.
    On(NaiveDate),
    /// It goes on for as long as the plan does.
    Ongoing,
    /// It is still to be agreed.
    ToBeAgreed,
}

impl<'de> Deserialize<'de> for Due {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(DueVisitor)
    }
}

struct DueVisitor;

impl Visitor<'_> for DueVisitor {
    type Value = Due;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a date such as `2026-11-24`, `ongoing` or `to be agreed`")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        match text {
            "ongoing" => return Ok(Due::Ongoing),
            TO_BE_AGREED => return Ok(Due::ToBeAgreed),
            _ => {}
        }
        // A year has four digits: other years are typing mistakes.
        let has_shape = text.split('-').map(str::len).eq([4, 2, 2]);
        let day = text.parse().ok().filter(|_| has_shape);
        let what = if has_shape { "a day in the calendar" } else { "a date such as `2026-11-24`" };
        day.map(Due::On).ok_or_else(|| E::custom(format!("`{text}` is not {what}")))
    }
}

impl JsonSchema for Due {
    fn schema_name() -> Cow<'static, str> {
        "Due".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "A day, or `ongoing`, or `to be agreed`.",
            "anyOf": [{ "type": "string", "format": "date" }, { "enum": ["ongoing", TO_BE_AGREED] }]
        })
    }
}

/// The status of an action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ActionStatus {
    /// To do.
    #[default]
    Open,
    /// Begun.
    Started,
    /// Finished in part.
    PartlyDone,
    /// Finished.
    Done,
    /// Given up, with the conference's agreement.
    Dropped,
}

impl ActionStatus {
    /// Whether nothing more is to be done.
    pub fn is_over(self) -> bool {
        matches!(self, ActionStatus::Done | ActionStatus::Dropped)
    }

    /// The word as a paper prints it. Templates compare [`ActionStatus::word`], which never changes.
    pub fn printed(self) -> &'static str {
        if self == ActionStatus::Dropped { "Given up" } else { self.word() }
    }

    /// The word in a table.
    pub fn word(self) -> &'static str {
        match self {
            ActionStatus::Open => "Open",
            ActionStatus::Started => "Started",
            ActionStatus::PartlyDone => "Partly done",
            ActionStatus::Done => "Done",
            ActionStatus::Dropped => "Dropped",
        }
    }
}

/// The priority of an action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// First.
    High,
    /// In the usual order.
    #[default]
    Medium,
    /// When the others are in hand.
    Low,
}
