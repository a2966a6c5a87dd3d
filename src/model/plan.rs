//! Decisions, goals and actions.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::agenda::Domain;
use super::{Clearance, Shared};

/// A decision of the conference.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
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
    /// Its readers. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
    /// The actions for it.
    #[serde(default)]
    pub actions: Vec<Action>,
}

/// Something that an organisation will do.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// A short id of your choice.
    pub id: String,
    /// The action in words.
    pub text: String,
    /// The id of the organisation that will do it. Required: the check says so if it is missing.
    pub owner: Option<String>,
    /// The day it is due by. Required: the check says so if it is missing.
    pub due: Option<NaiveDate>,
    /// Its status.
    #[serde(default)]
    pub status: ActionStatus,
    /// Its priority.
    #[serde(default)]
    pub priority: Priority,
    /// The evidence that it is done.
    pub evidence: Option<Shared>,
    /// The area that it changes, if that is not the goal's.
    pub domain: Option<Domain>,
    /// Its readers. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
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
    /// Finished.
    Done,
    /// Given up, with the conference's agreement.
    Dropped,
}

impl ActionStatus {
    /// The word in a table.
    pub fn word(self) -> &'static str {
        match self {
            ActionStatus::Open => "Open",
            ActionStatus::Started => "Started",
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
