//! The agenda: its points, the parts of the record that belong to them, and the four areas that they discuss.
//!
//! In: what a conference or its council sets down. Out: plain nouns.
//!
//! Deliberately absent: what was said under a point, which is of the conference, and the numbers that a reader sees.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Clearance;

/// A point of the agenda. Points are numbered from 1 in the order they stand in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgendaPoint {
    /// What it is about, in a few words.
    pub title: String,
    /// How many minutes it is given.
    pub minutes: u32,
    /// Which of the four areas it discusses.
    pub area: Option<Domain>,
    /// Which part of the record belongs to it. Somebody who takes part in some points only reads these parts with their
    /// points. Default: none but what was said under it.
    pub part: Option<Part>,
    /// Who may hear it and read of it. Default: `community`.
    #[serde(default = "community")]
    pub share: Clearance,
    /// Why it is marked so. It reaches no paper.
    pub reason: Option<String>,
}

/// A part of the record that is not what somebody said: it belongs to the point under which the conference went through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The findings of the assessment.
    Assessment,
    /// What is going well.
    Strengths,
    /// What worries people, and what is not known yet.
    Concerns,
    /// What young people and others said to the assessment.
    Voices,
    /// What must change first.
    Weighting,
    /// The goals.
    Goals,
    /// The decisions.
    Decision,
    /// The actions, and what happens if they do not work.
    Plan,
}

fn community() -> Clearance {
    Clearance::Community
}

/// The four areas that a conference discusses and a plan changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Domain {
    /// How a space is built, lit and looked after.
    PhysicalDesign,
    /// Which adults are there for young people.
    Guardianship,
    /// How young people are with one another.
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
