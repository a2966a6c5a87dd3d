//! The minutes as a record: their approval, corrections that were asked for, and what was shared besides the papers.
//!
//! In: the end of a conference file. Out: plain nouns.
//!
//! Deliberately absent: what was said, which stands with the conference.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Clearance;

/// Whether the minutes are a draft or approved.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// A draft until somebody approves them.
    #[serde(default)]
    pub status: MinutesStatus,
    /// The day they were approved.
    pub approved: Option<NaiveDate>,
    /// Corrections that were asked for, with what became of each.
    #[serde(default)]
    pub corrections: Vec<Correction>,
}

/// A correction of the minutes that somebody asked for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The day on which it was asked for.
    pub on: NaiveDate,
    /// The id of the organisation that asked.
    pub by: String,
    /// The number of the agenda point that it is about. Default: none in particular.
    pub agenda: Option<u32>,
    /// What is changed, or was asked for, in words for everybody who reads the point.
    pub text: String,
    /// What became of it.
    #[serde(default)]
    pub answer: CorrectionAnswer,
    /// Its readers. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
}

/// Information that was shared with somebody outside the papers of the conference.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// The day on which it was shared.
    pub on: NaiveDate,
    /// The id of the organisation that shared it.
    pub by: String,
    /// The id of the organisation that it was shared with.
    pub to: String,
    /// What it was, in general words and without names.
    #[schemars(example = &"times at which the stairwell is used")]
    pub what: String,
    /// The purpose.
    pub purpose: Option<String>,
    /// The agreement, law or consent that it rests on.
    pub basis: Option<String>,
    /// Its readers. Default: `professional`.
    #[serde(default)]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
}

/// What became of a correction that was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionAnswer {
    /// Nothing yet.
    #[default]
    Open,
    /// The minutes are changed.
    Made,
    /// The minutes stand, and the other view stands beside them.
    Noted,
    /// The minutes stand.
    Refused,
}

impl CorrectionAnswer {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            CorrectionAnswer::Open => "open",
            CorrectionAnswer::Made => "made",
            CorrectionAnswer::Noted => "noted",
            CorrectionAnswer::Refused => "refused",
        }
    }
}

/// Draft or approved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MinutesStatus {
    /// Every page says so.
    #[default]
    Draft,
    /// The chair has agreed them.
    Approved,
}
