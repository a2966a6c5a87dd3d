//! A conference whose people have the numbers that its record gave them, and of whom the record says who takes part.

use std::collections::BTreeSet;

use super::event::{Event, Role, Who};
use super::numbers::assign;
use super::state::State;
use crate::check::{Checked, Withdrawn};
use crate::diag::Report;

/// The conference with everybody's number and without those who have withdrawn, and the lines that the record gains by it.
///
/// # Errors
/// Every entry of which nobody can say whose number it has.
pub fn numbered(checked: &Checked, state: &State) -> Result<(Checked, Vec<Event>), Report> {
    let now = checked.identities();
    let assigned = assign(&checked.conference.reference, &state.numbers, &now).map_err(|doubts| {
        let mut report = Report::default();
        report.take_sources(checked.warnings());
        doubts.iter().for_each(|doubt| report.push(checked.places.locate(doubt.diagnostic())));
        report
    })?;
    let numbers = assigned.numbers(&now);
    let lines = assigned.lines.into_iter().map(Event::Numbered).collect();
    let checked = checked.clone().with_numbers(numbers);
    let withdrawn = withdrawn(&checked, state);
    Ok((checked.with_withdrawn(withdrawn), lines))
}

/// Those of the file who take no part any more by the record.
fn withdrawn(checked: &Checked, state: &State) -> Withdrawn {
    let (numbers, conference) = (checked.numbers(), &checked.conference);
    let is_gone = |role, no| {
        let who = Who { role, no };
        state.withdrawn.contains_key(&who) || state.erased.contains(&who)
    };
    let positions = |role, all: &[u32]| -> BTreeSet<usize> {
        all.iter().enumerate().filter(|(_, no)| is_gone(role, **no)).map(|(position, _)| position).collect()
    };
    let organisations = conference.organisations.keys();
    let organisations = organisations.filter(|id| is_gone(Role::Organisation, numbers.organisation(id)));
    Withdrawn {
        invitees: positions(Role::Invitee, &numbers.invitees),
        organisations: organisations.cloned().collect(),
        children: positions(Role::Child, &numbers.children),
    }
}
