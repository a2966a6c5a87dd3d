//! The decisions that a reader may be told of, and whether one of them ends the work.
//!
//! In: an eye. Out: decisions of the conference file.
//!
//! Deliberately absent: what is shown of a decision.

use super::eye::Eye;
use crate::model::conference::Kind;
use crate::model::plan::Decision;

/// The decisions that the reader may be told of, whether or not they were there for them.
pub(super) fn told_decisions(eye: Eye<'_>) -> impl Iterator<Item = &Decision> {
    let inner = |d: &Decision| {
        let dissent = d.dissent.iter().map(|x| x.share);
        dissent.chain([d.rationale.share()]).collect::<Vec<_>>().into_iter()
    };
    let told = move |d: &Decision| eye.is_told(d.share, &eye.checked.points_of_decision(d));
    eye.checked.conference.decisions.iter().filter(move |d| eye.opens(d.share, inner(d)) && told(d))
}

/// Whether the work ends with this conference: it is the last one, or took a decision that ends the plan and that the reader
/// may be told of.
pub(super) fn closes(eye: Eye<'_>) -> bool {
    let ends = |decision: &Decision| eye.checked.settings.ends_the_plan(decision);
    eye.checked.conference.kind == Kind::Closing || told_decisions(eye).any(ends)
}
