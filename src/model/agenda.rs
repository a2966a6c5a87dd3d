//! The agenda: its points, the parts of the record that belong to them, and the four areas that they discuss.
//!
//! In: the data of a conference or its council. Out: plain nouns.
//!
//! Deliberately absent: statements under a point, which belong to the conference, and the numbers that a reader sees.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Clearance;

/// A point of the agenda. Points are numbered from 1 in their order.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgendaPoint {
    /// Its subject, in a few words.
    pub title: String,
    /// Its length in minutes.
    pub minutes: u32,
    /// The one of the four areas that it discusses.
    pub area: Option<Domain>,
    /// The part of the record that belongs to it. People who take part in only some points read these parts with their
    /// points. Default: only what was said under it.
    pub part: Option<Part>,
    /// The people who may hear it and read about it. Default: `community`.
    #[serde(default = "community")]
    pub share: Clearance,
    /// The reason for its mark. It reaches no paper.
    pub reason: Option<String>,
}

/// A part of the record that nobody said: it belongs to the point under which the conference went through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The findings of the assessment.
    Assessment,
    /// Things that are going well.
    Strengths,
    /// Things that worry people or are not known yet.
    Concerns,
    /// Statements of young people and others to the assessment.
    Voices,
    /// The context that must change first.
    Weighting,
    /// The goals.
    Goals,
    /// The decisions.
    Decision,
    /// The actions, and what happens if they do not work.
    Plan,
}

impl Part {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            Part::Assessment => "assessment",
            Part::Strengths => "strengths",
            Part::Concerns => "concerns",
            Part::Voices => "voices",
            Part::Weighting => "weighting",
            Part::Goals => "goals",
            Part::Decision => "decision",
            Part::Plan => "plan",
        }
    }
}

fn community() -> Clearance {
    Clearance::Community
}

/// The four areas that a conference discusses and a plan changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Domain {
    /// The way a space is built, lit and looked after.
    PhysicalDesign,
    /// The adults who are there for young people.
    Guardianship,
    /// The way young people are with one another.
    PeerDynamics,
    /// Rules and how they are kept.
    Policies,
}

impl Domain {
    /// The word used in data and templates.
    pub fn id(self) -> &'static str {
        match self {
            Domain::PhysicalDesign => "physical-design",
            Domain::Guardianship => "guardianship",
            Domain::PeerDynamics => "peer-dynamics",
            Domain::Policies => "policies",
        }
    }
}
