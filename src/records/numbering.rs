//! A conference as its record has it: with the numbers that everybody was given, and without approvals whose words have
//! changed.

use std::collections::BTreeSet;
use std::path::Path;

use super::event::{Event, Role, Who};
use super::numbers::assign;
use super::report;
use super::state::State;
use crate::check::{Checked, Withdrawn};
use crate::diag::{Diagnostic, Report, codes};
use crate::jobs;

/// The conference with everybody's numbers and withdrawals, and the lines that the record gains by it.
///
/// # Errors
/// Every entry whose number is doubtful.
pub fn numbered(checked: &Checked, state: &State) -> Result<(Checked, Vec<Event>), Report> {
    let now = checked.identities();
    let assigned = assign(&checked.conference.reference, &state.numbers, &now).map_err(|doubts| {
        let mut report = Report::default();
        report.take_sources(checked.warnings());
        for doubt in &doubts {
            let located = checked.places.locate(doubt.diagnostic());
            let hint = doubt.hint_for_row().filter(|_| located.place.cell.is_some());
            report.push(hint.into_iter().fold(located, Diagnostic::hint));
        }
        report
    })?;
    let numbers = assigned.numbers(&now);
    let lines = assigned.lines.into_iter().map(Event::Numbered).collect();
    let checked = checked.clone().with_numbers(numbers);
    let withdrawn = withdrawn(&checked, state);
    Ok((checked.with_withdrawn(withdrawn), lines))
}

/// Those in the file who no longer take part according to the record.
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

/// The conference with the numbers from the record of its papers below `out`, if there are any. Nothing is changed.
///
/// # Errors
/// As for [`numbered`], and if the record cannot be read.
pub fn with_recorded_numbers(checked: &Checked, out: &Path) -> Result<Checked, Report> {
    let root = out.join(&checked.conference.reference);
    if !root.is_dir() {
        return Ok(checked.clone());
    }
    let folder = crate::deliver::disk::Folder::new(&root, crate::deliver::disk::Access::Owner);
    let reading = super::reading::read(&folder).map_err(|stop| report::stopped(&root, stop))?;
    let state = if reading.is_there { Some(reading.state) } else { super::upgrade::as_it_was(&folder, &root)? };
    Ok(numbered(checked, &state.unwrap_or_default())?.0)
}

/// The conference without approvals of words that have changed, and a warning for each kind of paper.
///
/// # Errors
/// Faults of the templates.
pub fn with_standing_approvals(checked: Checked, state: &State) -> Result<(Checked, Report), Report> {
    let mut warnings = Report::default();
    let Some(day) = checked.conference.minutes.approved else { return Ok((checked, warnings)) };
    let approved = state.approved.iter().filter(|(_, (then, _))| *then == day);
    let approved: Vec<(&str, &str)> = approved.map(|(file, (_, words))| (file.as_str(), words.as_str())).collect();
    if approved.is_empty() {
        return Ok((checked, warnings));
    }
    let files: Vec<&str> = approved.iter().map(|(file, _)| *file).collect();
    let now = jobs::approved_words(&checked, &files)?;
    let is_other =
        |(file, words): &(&str, &str)| now.get(*file).filter(|now| now.digest != *words).map(|now| now.kind.clone());
    let undone: BTreeSet<String> = approved.iter().filter_map(is_other).collect();
    for kind in &undone {
        let message = format!(
            "the chair approved different words of `{kind}` on {}: it is a draft again",
            day.format("%-d %B %Y")
        );
        let warning = Diagnostic::warning(codes::APPROVAL_UNDONE, message).at("minutes.approved");
        let hint = "have the chair approve the new words, and write that day under `approved:`";
        warnings.push(checked.places.locate(warning.hint(hint)));
    }
    warnings.take_sources(checked.warnings());
    Ok((checked.with_undone_approvals(undone), warnings))
}
