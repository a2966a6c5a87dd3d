//! What papers there are to make, for whoever asks before they are made.
//!
//! In: [`Checked`]. Out: a [`DuePaper`] for each paper that is due, and the title of each kind.
//!
//! Deliberately absent: layout, and the disk.

use std::collections::BTreeSet;

use super::job::{Job, Request};
use super::press::Press;
use super::readers::readers;
use crate::check::Checked;
use crate::diag::Report;
use crate::model::Audience;
use crate::model::artefact::{Artefact, Each, Format, JOINED};
use crate::model::by::Side;

/// A paper that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DuePaper {
    /// The kind of paper, by its name.
    pub kind: String,
    /// The short title of the kind.
    pub title: String,
    /// The audience that it is made for.
    pub audience: Audience,
    /// Its readers, by number: `i3 i4`, `o2`, `c1`, `anybody`, `chair`.
    pub to: String,
    /// Its place as a PDF. It may contain a person's name.
    pub file: String,
    /// Whether it is a letter to one invitee, as `convenor invite` makes them.
    pub is_letter: bool,
    /// Whether only one person at all may read it, the chair or a child's worker.
    pub is_for_few: bool,
}

/// The papers that are due, of these kinds or, if none is named, of all.
///
/// # Errors
/// Faults of the templates, or if there is none.
pub fn due_papers(checked: &Checked, only: &[String]) -> Result<Vec<DuePaper>, Report> {
    let press = Press::new(checked)?;
    let jobs = press.due(&Request { only: only.to_vec(), ..Request::default() })?;
    Ok(jobs.iter().map(|job| described(&press, job)).collect())
}

fn described(press: &Press<'_>, job: &Job<'_>) -> DuePaper {
    DuePaper {
        kind: job.name.to_owned(),
        title: job.artefact.title.clone(),
        audience: job.audience,
        to: readers(press.checked, &press.words, job),
        file: press.path(job, Format::Pdf),
        is_letter: job.artefact.each == Each::Invitee && job.artefact.is_letter(),
        is_for_few: job.audience == Audience::Restricted || job.artefact.reader.is_some(),
    }
}

/// The kinds of paper that tell of the day of the meeting, and of whose changes no letter tells their readers: they have to be
/// made again.
///
/// # Errors
/// Faults of the templates.
pub fn of_the_day(checked: &Checked) -> Result<BTreeSet<String>, Report> {
    let words = crate::words::Words::new(&checked.layers, &checked.tongues)?;
    let is_of_the_day = |artefact: &Artefact| {
        artefact.tells == Some(Side::Before) && (artefact.each == Each::Conference || artefact.excluded)
    };
    Ok(words.artefacts().filter(|(_, artefact)| is_of_the_day(artefact)).map(|(name, _)| name.to_owned()).collect())
}

/// The kinds of paper that may go into the envelope of a kind, by its name.
///
/// # Errors
/// Faults of the templates.
pub fn enclosed_with(checked: &Checked, kind: &str) -> Result<Vec<String>, Report> {
    let words = crate::words::Words::new(&checked.layers, &checked.tongues)?;
    Ok(words
        .artefacts()
        .filter(|(name, _)| *name == kind)
        .flat_map(|(_, artefact)| artefact.encloses.clone())
        .collect())
}

/// The kinds of paper that everybody in an audience has, by their names, each with its title: those of which somebody can have a
/// copy in their print size or language.
///
/// # Errors
/// Faults of the templates.
pub fn shared_papers(
    checked: &Checked,
    audience: Audience,
) -> Result<std::collections::BTreeMap<String, String>, Report> {
    let words = crate::words::Words::new(&checked.layers, &checked.tongues)?;
    let is_shared = |name: &str, artefact: &Artefact| {
        let has = artefact.each == Each::Conference && artefact.reader.is_none();
        has && checked.audiences_of(name, artefact).contains(&audience)
    };
    let shared = words.artefacts().filter(|(name, artefact)| is_shared(name, artefact));
    Ok(shared.map(|(name, artefact)| (name.to_owned(), artefact.title.clone())).collect())
}

/// The short titles of all kinds of paper, by their names.
///
/// # Errors
/// Faults of the templates.
pub fn titles(checked: &Checked) -> Result<std::collections::BTreeMap<String, String>, Report> {
    let words = crate::words::Words::new(&checked.layers, &checked.tongues)?;
    let joined = (JOINED.to_owned(), "All papers in one file".to_owned());
    let titles = words.artefacts().map(|(name, artefact)| (name.to_owned(), artefact.title.clone()));
    Ok(titles.chain([joined]).collect())
}
