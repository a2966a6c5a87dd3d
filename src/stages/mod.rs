//! The stage that a conference has reached.
//!
//! In: [`Checked`], and what the record says was released and sent. Out: a [`ConferenceStage`].
//!
//! Deliberately absent: the clock, since a day that has come is not a meeting that was held; any field that sets a stage.

mod happened;

pub use happened::{Happened, InTurn, Late, Latecomer, Sendings, Unread};

use crate::check::Checked;
use crate::model::conference::{Item, Kind};
use crate::model::stage::ConferenceStage;

/// The kind of paper that invites to the meeting.
pub const INVITATION: &str = "invitation";
/// The kind of paper that asks an organisation for its report.
pub const REPORT_REQUEST: &str = "report-request";
/// The kind of paper that tells an organisation what it has taken on.
pub const ACTION_NOTICE: &str = "action-notice";
/// The kind of paper that records the meeting.
pub const MINUTES: &str = "minutes";

/// The kind of paper that says what has changed of the meeting.
pub const REARRANGED: &str = "rearranged";
/// The kind of paper that asks somebody to stay away from part of the meeting, or from all of it.
pub const EXCLUSION: &str = "exclusion";
/// The kind of paper that says that the meeting is cancelled.
pub const CANCELLED: &str = "cancelled";

/// The stage of a conference: the furthest of which the data or the record holds the fact.
pub fn stage(checked: &Checked, happened: &Happened) -> ConferenceStage {
    if checked.conference.meeting.cancelled.is_some() {
        return ConferenceStage::Cancelled;
    }
    if is_recorded(checked, happened) {
        return match checked.conference.kind {
            _ if closes(checked) => ConferenceStage::Closed,
            Kind::Review => ConferenceStage::Reviewed,
            Kind::Initial | Kind::Closing => ConferenceStage::Recorded,
        };
    }
    if !checked.conference.decisions.is_empty() {
        return ConferenceStage::Decided;
    }
    if checked.has_met() {
        return ConferenceStage::Held;
    }
    let invitations = happened.of(INVITATION);
    let is_invited = invitations.released > 0 || invitations.sent > 0;
    if is_invited { ConferenceStage::Invited } else { ConferenceStage::Called }
}

/// Whether anything is recorded of the meeting itself, so that a paper can tell of it. A remark that is still to be filled in is
/// none.
pub fn can_be_told(checked: &Checked) -> bool {
    let is_said = checked.conference.items.iter().any(Item::is_filled_in);
    checked.has_met() || !checked.conference.decisions.is_empty() || is_said
}

/// Whether no conference follows: this is the last one, or it took a decision that ends the plan.
pub fn closes(checked: &Checked) -> bool {
    let conference = &checked.conference;
    conference.kind == Kind::Closing || conference.decisions.iter().any(|one| checked.settings.ends_the_plan(one))
}

/// Whether the minutes are approved and everybody who is to have them was sent them.
fn is_recorded(checked: &Checked, happened: &Happened) -> bool {
    checked.is_approved(MINUTES) && happened.of_approved(MINUTES).sent_on().is_some()
}
