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
    /// Why it was taken.
    pub rationale: Shared,
    /// Views that differed.
    #[serde(default)]
    pub dissent: Vec<Dissent>,
    /// Who may read it. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// Why it is marked so. It reaches no paper.
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
    /// Who may read it. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// Why it is marked so. It reaches no paper.
    pub reason: Option<String>,
}

/// A goal of the plan: a change in the context that can be seen.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// A short id of your choice.
    pub id: String,
    /// Which of the four areas it changes.
    pub domain: Domain,
    /// What will be so when it is reached.
    pub goal: String,
    /// How things are now.
    pub baseline: Option<Shared>,
    /// How we will know, for whoever may read the goal. Required: the check says so if it is missing.
    pub measure: Option<Shared>,
    /// Who may read it. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// Why it is marked so. It reaches no paper.
    pub reason: Option<String>,
    /// What will be done.
    #[serde(default)]
    pub actions: Vec<Action>,
}

/// Something that somebody will do.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// A short id of your choice.
    pub id: String,
    /// What will be done.
    pub text: String,
    /// The id of the organisation that will do it. Required: the check says so if it is missing.
    pub owner: Option<String>,
    /// By when. Required: the check says so if it is missing.
    pub due: Option<NaiveDate>,
    /// How far it is.
    #[serde(default)]
    pub status: ActionStatus,
    /// How much it presses.
    #[serde(default)]
    pub priority: Priority,
    /// What shows that it is done.
    pub evidence: Option<Shared>,
    /// Which area it changes, where that is not the goal's.
    pub domain: Option<Domain>,
    /// Who may read it. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// Why it is marked so. It reaches no paper.
    pub reason: Option<String>,
}

/// How far an action is.
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
    /// The word that stands in a table.
    pub fn word(self) -> &'static str {
        match self {
            ActionStatus::Open => "Open",
            ActionStatus::Started => "Started",
            ActionStatus::Done => "Done",
            ActionStatus::Dropped => "Dropped",
        }
    }
}

/// How much an action presses.
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
