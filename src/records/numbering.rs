//! A conference whose people have the numbers that its record gave them.

use super::event::Event;
use super::numbers::assign;
use super::state::State;
use crate::check::Checked;
use crate::diag::Report;

/// The conference with everybody's number, and the lines that the record gains by it.
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
    Ok((checked.clone().with_numbers(numbers), lines))
}
