//! What letters name as enclosed, and is still a draft: the envelope went out without it.
//!
//! In: the data, and the state of a record. Out: how many drafts of each kind.
//!
//! Deliberately absent: whether it was in the envelope. The record has a line for what is noted as sent, and nobody notes both.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::event::Who;
use super::state::{Paper, PaperStatus, State, is_of_run};
use crate::check::Checked;
use crate::diag::Report;
use crate::jobs;
use crate::model::Audience;
use crate::model::numbers::Role;
use crate::stages::INVITATION;

/// The drafts that go with invitations which were sent, for the same readers or their organisations.
///
/// # Errors
/// Faults of the templates.
pub fn left_behind(checked: &Checked, state: &State) -> Result<BTreeMap<String, usize>, Report> {
    let papers = || state.papers.values().filter(|paper| !is_of_run(&paper.made));
    let drafts: Vec<&Paper> = papers().filter(|paper| paper.status == PaperStatus::Draft).collect();
    let invitations = papers().filter(|paper| paper.made.paper == INVITATION && !paper.sent.is_empty());
    let mut waiting: BTreeSet<Who> = BTreeSet::new();
    for letter in invitations.filter(|_| !drafts.is_empty()) {
        let theirs = readers(letter).filter(|who| !state.withdrawn.contains_key(who));
        waiting.extend(theirs.filter_map(|who| to_sign(checked, who, letter.made.issued)).flatten());
    }
    if waiting.is_empty() {
        return Ok(BTreeMap::new());
    }
    let kinds = jobs::enclosed_with(checked, INVITATION)?;
    let is_enclosed = |paper: &&&Paper| {
        // A later version replaces one that was in the envelope.
        let is_first = paper.made.v == 1 && kinds.contains(&paper.made.paper);
        is_first && readers(paper).any(|who| waiting.contains(&who))
    };
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for paper in drafts.iter().filter(is_enclosed) {
        *left.entry(paper.made.paper.clone()).or_default() += 1;
    }
    Ok(left)
}

fn readers(paper: &Paper) -> impl Iterator<Item = Who> {
    paper.made.to.split_whitespace().filter_map(Who::of)
}

/// An invitee who had something to sign on the day of their letter, with the organisation that they come from.
fn to_sign(checked: &Checked, who: Who, on: NaiveDate) -> Option<[Who; 2]> {
    let numbers = checked.numbers();
    let position = numbers.invitees.iter().position(|no| who.role == Role::Invitee && *no == who.no)?;
    let invitee = checked.conference.invitees.get(position)?;
    let (id, organisation) = checked.organisation_of(invitee)?;
    let has_signed = match checked.audience(invitee) {
        Audience::Professional => checked.is_of_the_council(id) || checked.agreement_in_force(organisation),
        _ => invitee.has_signed_by(on),
    };
    (!has_signed).then_some([who, Who { role: Role::Organisation, no: *numbers.organisations.get(id)? }])
}
