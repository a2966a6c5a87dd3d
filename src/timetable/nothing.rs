//! Steps whose paper would be about nothing, or for nobody, or comes too late to be of use, so that nobody could ever do them.
//!
//! In: [`Checked`], and what the record says was made. Out: whether a step is one of them.
//!
//! Deliberately absent: templates. Of a kind of paper that a council added, only its readers could say that it is for nobody.

use crate::check::Checked;
use crate::model::Audience;
use crate::model::conference::ContextKind;
use crate::model::people::Invitee;
use crate::model::step::Step;
use crate::stages::{ACTION_NOTICE, EXCLUSION, Happened, MINUTES, REPORT_REQUEST};

const CORRECTIONS: &str = "corrections";
const CHILD_NOTE: &str = "child-note";
const PLAN: &str = "plan";
const SUMMARY: &str = "summary";
const THANK_YOU: &str = "thank-you";

/// Whether the paper of a step would be about nothing or for nobody: a note for a child where no child is concerned, a plan
/// without goals, a letter to people who are kept out where nobody is. Where one was made, there is something to do.
pub(super) fn is_about_nothing(checked: &Checked, happened: &Happened, step: &Step) -> bool {
    let Some(paper) = step.paper.as_deref().filter(|paper| happened.of(paper).readers == 0) else { return false };
    let c = &checked.conference;
    match paper {
        CHILD_NOTE => (0..c.child_links.len()).all(|n| checked.withdrawn().children.contains(&n)),
        PLAN => c.goals.is_empty(),
        ACTION_NOTICE => {
            let audiences = [Audience::Professional, Audience::Community];
            audiences.into_iter().all(|audience| checked.told_their_actions(audience).next().is_none())
        }
        EXCLUSION => nobody(checked, |invitee| invitee.exclusion.is_some()),
        REPORT_REQUEST => nobody(checked, |invitee| is_asked_for_a_report(checked, invitee)),
        // Nothing about a peer group is for the public, and of another conference only what is marked so.
        SUMMARY => {
            let says_nothing = || checked.has_met() && !checked.is_record_marked_for(Audience::Public);
            c.context.kind == ContextKind::PeerGroup || says_nothing()
        }
        THANK_YOU => checked.has_met() && nobody(checked, |invitee| invitee.attended == Some(true)),
        _ => false,
    }
}

/// Whether what the paper of a step was to bring is over, so that nobody owes it any more: reports once the meeting was held, and
/// corrections once the chair has approved the minutes.
pub(super) fn is_over(checked: &Checked, id: &str) -> bool {
    match checked.steps.get(id).and_then(|step| step.paper.as_deref()) {
        Some(REPORT_REQUEST) => checked.has_met(),
        Some(CORRECTIONS) => checked.is_approved(MINUTES),
        _ => false,
    }
}

/// Whether this holds of nobody who takes part.
fn nobody(checked: &Checked, holds: impl Fn(&Invitee) -> bool) -> bool {
    let invitees = checked.conference.invitees.iter().enumerate();
    let takes_part = |n: usize| !checked.withdrawn().invitees.contains(&n);
    !invitees.filter(|(n, _)| takes_part(*n)).any(|(_, invitee)| holds(invitee))
}

fn is_asked_for_a_report(checked: &Checked, invitee: &Invitee) -> bool {
    let of = checked
        .organisation_of(invitee)
        .filter(|(id, _)| !checked.is_council(id) && !checked.withdrawn().organisations.contains(*id));
    let is_asked = |id: &str, organisation| {
        checked.reads_as(id) == Some(Audience::Professional) && !checked.has_reported(organisation)
    };
    invitee.invited && of.is_some_and(|(id, organisation)| is_asked(id, organisation))
}
