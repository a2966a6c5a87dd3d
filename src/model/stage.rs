//! The stages in the life of a conference, from its file to its close.
//!
//! Deliberately absent: how a stage is told (`stages`).

use serde::Deserialize;

/// A stage in the life of a conference. It is derived from what the data and the record say, and nobody sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConferenceStage {
    /// There is a conference file.
    Called,
    /// An invitation was released or sent.
    Invited,
    /// It is recorded who came.
    Held,
    /// A decision is recorded.
    Decided,
    /// The minutes are approved, and were sent to everybody who is to have them.
    Recorded,
    /// The same of a review.
    Reviewed,
    /// The same of the last conference, or of one that decided that no more is needed.
    Closed,
    /// The meeting is cancelled.
    Cancelled,
}

impl ConferenceStage {
    /// The word used in front matter and in data.
    pub fn id(self) -> &'static str {
        match self {
            ConferenceStage::Called => "called",
            ConferenceStage::Invited => "invited",
            ConferenceStage::Held => "held",
            ConferenceStage::Decided => "decided",
            ConferenceStage::Recorded => "recorded",
            ConferenceStage::Reviewed => "reviewed",
            ConferenceStage::Closed => "closed",
            ConferenceStage::Cancelled => "cancelled",
        }
    }

    /// Whether the meeting is still to come, as far as anything is recorded of it.
    pub fn is_before_the_meeting(self) -> bool {
        self < ConferenceStage::Held
    }
}
