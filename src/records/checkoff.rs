//! Notes that a second person has checked single drafts, before anything is released.
//!
//! In: drafts, and a sign-off. Out: a line for each. A release by the same person on the same day uses them.

use std::path::Path;

use chrono::NaiveDate;

use super::commit::Stop;
use super::event::{Begin, CheckedOff, Event, SignedOff, Verb};
use super::picked::Picked;
use super::report;
use super::signoff::{Days, SignOff, ensure_second_person};
use super::state::{Paper, PaperStatus, State};
use super::writing::{Looking, Noted};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::jobs;

/// Drafts that a second person has checked.
#[derive(Debug, Clone)]
pub struct CheckOff {
    /// A file, or a kind of paper.
    pub paper: String,
    /// The checker and the day.
    pub sign_off: SignOff,
    /// Today, since nothing can have been checked later.
    pub today: NaiveDate,
}

/// Drafts that were noted as checked.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CheckedOffPapers {
    /// The lines that were written.
    pub noted: Noted,
    /// The number of drafts noted now.
    pub papers: usize,
    /// The number that had been noted before.
    pub before: usize,
    /// Problems that should be looked at, but do not stop the papers.
    pub warnings: Report,
}

/// Notes that a second person has checked drafts. Repeating it changes nothing.
///
/// # Errors
/// If the checker may not check, there is no such draft, or it is missing or changed. Nothing is written then.
pub fn check_off(folder: &Path, data: Option<&Path>, request: &CheckOff) -> Result<CheckedOffPapers, Report> {
    let looking = Looking::at(folder, data)?;
    let drafts_now = drafts(looking.state(), folder, &request.paper)?;
    let issued = drafts_now.iter().map(|draft| draft.made.issued).max();
    let makers: Vec<String> = drafts_now.iter().flat_map(|draft| draft.source.makers()).map(str::to_owned).collect();
    let makers = makers.iter().map(String::as_str);
    let makers = makers.chain([looking.checked.maker()]);
    let days = Days { today: request.today, last: looking.state().last_day, issued };
    let kinds = drafts_now.iter().map(|draft| draft.made.paper.as_str()).collect();
    jobs::ensure_filled_in(&looking.checked, &kinds)?;
    let warnings = ensure_second_person(&looking.checked, &request.sign_off, makers, days)?;
    let mut writing = looking.hold()?;
    let signed = SignedOff { checker: request.sign_off.checker.trim().to_owned(), on: request.sign_off.on };
    let (mut lines, mut before, mut changed) = (Vec::new(), 0, Report::default());
    for draft in drafts(writing.record.state(), folder, &request.paper)? {
        let (file, hash) = (draft.made.file.clone(), draft.made.hash);
        let there = writing.record.disk().hash(&file);
        if there.map_err(|e| report::stopped(folder, Stop::Disk(file.clone(), e)))? != Some(hash) {
            let error =
                Diagnostic::error(codes::NOT_AS_MADE, "this draft is missing, or has changed since it was made");
            let error = error.place(Place::file(folder.join(&file).display().to_string()));
            changed.push(error.hint("build again with `--all`, and have the new draft checked"));
        } else if draft.checked.contains(&signed) {
            before += 1;
        } else {
            lines.push(Event::Checked(CheckedOff { file, hash, sign_off: signed.clone() }));
        }
    }
    if changed.has_errors() {
        return Err(changed);
    }
    let papers = lines.len();
    let noted = writing.commit(Begin::of(Verb::Check), lines)?;
    Ok(CheckedOffPapers { noted, papers, before, warnings })
}

fn drafts<'s>(state: &'s State, folder: &Path, name: &str) -> Result<Vec<&'s Paper>, Report> {
    let all = Picked::of(state, folder, name)?.all();
    let drafts: Vec<&Paper> = all.into_iter().filter(|paper| paper.status == PaperStatus::Draft).collect();
    if drafts.is_empty() {
        let message = format!("no draft of `{name}` is left to check");
        let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, message).place(Place::file("--paper"));
        return Err(error.hint("what is released was checked already: `convenor record` says by whom").into());
    }
    Ok(drafts)
}
