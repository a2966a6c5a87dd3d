//! Files of runs that contain a letter to an invitee.
//!
//! In: the state of a record, and an invitee. Out: their own letters and messages, and bundles with one of theirs. Runs
//! to the people of a list are left out, since their numbers are rows and not invitees.

use super::places::{PROOFS, prefix};
use crate::records::event::{Made, Role, Who};
use crate::records::state::{Paper, PaperStatus, RunState, State};

/// A file of a run with a letter to a person.
#[derive(Debug, Clone, Copy)]
pub struct Addressed<'s> {
    /// The file.
    pub paper: &'s Paper,
    /// Its run.
    pub run: &'s RunState,
    /// Whether it also contains letters to others.
    pub is_shared: bool,
}

/// Every file of a run, wherever it is now, that contains a letter to an invitee. A draft bundle does not list its
/// letters, so each that may contain theirs counts.
pub fn addressed(state: &State, who: Who) -> Vec<Addressed<'_>> {
    if who.role != Role::Invitee {
        return Vec::new();
    }
    let mut all = Vec::new();
    for run in state.runs.values().filter(|run| run.run.is_of_invitees()) {
        let below = prefix(&run.run.folder);
        let files: Vec<&Paper> = state.papers.values().filter(|paper| is_of(state, paper, &below)).collect();
        let own = || files.iter().filter(|paper| paper.made.no == Some(who.no));
        let audiences: Vec<&str> = own().map(|paper| paper.made.audience.as_str()).collect();
        all.extend(own().map(|paper| Addressed { paper, run, is_shared: false }));
        let shared =
            files.iter().filter(|paper| paper.made.no.is_none() && may_hold(paper, &files, who, run, &audiences));
        all.extend(shared.map(|paper| Addressed { paper, run, is_shared: true }));
    }
    all
}

/// The proofs of runs to invitees, which may be letters to any of them.
pub fn proofs(state: &State) -> Vec<&Paper> {
    let runs = state.runs.values().map(|run| &run.run).chain(state.proofs.values().map(|(run, _)| run));
    let folders: Vec<String> = runs.filter(|run| run.is_of_invitees()).map(|run| prefix(&run.folder)).collect();
    let is_theirs = |paper: &&Paper| folders.iter().any(|below| paper.made.file.starts_with(below));
    state.papers.values().filter(|paper| paper.made.paper == PROOFS).filter(is_theirs).collect()
}

/// Whether a paper is a file of the run in this folder, or was until it was set aside.
fn is_of(state: &State, paper: &Paper, below: &str) -> bool {
    let file = &paper.made.file;
    let origin = state.kept.get(file).unwrap_or(file);
    paper.made.from.is_some() && paper.made.paper != PROOFS && origin.starts_with(below)
}

fn may_hold(paper: &Paper, files: &[&Paper], who: Who, run: &RunState, audiences: &[&str]) -> bool {
    let made = &paper.made;
    // The calendar file has only the time and place, and no names.
    if made.file.to_lowercase().ends_with(".ics") {
        return false;
    }
    if made.set > 0 {
        return holds(made, who, run);
    }
    // Labels belong to the bundle for the printer with the same number.
    let letters = made.file.replace("/labels-", "/part-");
    let beside = files.iter().find(|other| other.made.file == letters && other.made.set > 0);
    match beside {
        Some(beside) => holds(&beside.made, who, run),
        None if paper.status == PaperStatus::Draft => {
            audiences.is_empty() || audiences.contains(&made.audience.as_str())
        }
        None => true,
    }
}

fn holds(made: &Made, who: Who, run: &RunState) -> bool {
    made.letters.all(run.run.parts).any(|no| no == who.no) && !made.gone.holds(who.no)
}
