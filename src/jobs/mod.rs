//! Makes the papers that are due, in parallel, with all their problems at once.
//!
//! In: [`Checked`] and a [`Request`]. Out: a [`Pack`] of finished files, or everything that went wrong in any of them.
//!
//! Deliberately absent: the disk.

mod approval;
mod back;
mod calendar;
mod catalogue;
mod chosen;
mod due;
mod editions;
mod file;
mod folder;
mod index;
mod job;
mod join;
mod languages;
mod listed;
mod look;
mod lost;
mod marked;
mod named;
mod pack;
#[cfg(feature = "cli")]
mod page;
pub mod parallel;
mod press;
mod preview;
mod readers;
mod tried;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::check::{self, Checked};
use crate::diag::{Diagnostic, Report, codes, count};
use crate::input::Loaded;
use crate::layers::OwnThemes;
use crate::model::Audience;
use crate::model::artefact::{Format, JOINED};
use crate::stages::{self, Happened};
use crate::view::Stage;
use crate::words::Words;

pub use crate::render::pdf::{APART, Begun, LaidOut, Remembered, serve as lay_out_apart};
pub use approval::approved_words;
pub use back::ReadBack;
pub use calendar::Calendar;
pub use catalogue::{DuePaper, due_papers, enclosed_with, of_the_day, shared_papers, titles};
pub use chosen::{Besides, LeftOut, chosen};
pub use file::{Entry, File};
pub use folder::{PaperFolder, paper_folders};
pub use index::index_file;
use job::Job;
pub use job::{Reach, Request, audience_of_folder};
pub use join::kinds_in;
pub use listed::{Cover, CoverRow, Letter, words_of};
use look::look;
pub use pack::{Made, Pack};
#[cfg(feature = "cli")]
pub use page::{Page, page};
pub(crate) use press::KIND_OF_FILES;
use press::Parts;
pub use press::Press;
#[cfg(feature = "desk")]
pub use preview::page_picture;
pub use preview::{Preview, preview, preview_letter, preview_style};

/// Makes papers, as drafts. Every file has been read back by the gate.
///
/// # Errors
/// An unknown kind of paper, a request that leaves nothing to make, or the problems of any paper, including anything in
/// it that its readers may not read.
pub fn build(checked: &Checked, request: &Request) -> Result<Pack, Report> {
    pack(&Press::new(checked)?, request)
}

/// Like [`build`], for repeated builds: papers in `remembered` are not laid out again. The gate still reads them back,
/// because the readers of a text can change without the text.
///
/// # Errors
/// As for [`build`].
pub fn build_again(checked: &Checked, request: &Request, remembered: &Remembered) -> Result<Pack, Report> {
    let pack = pack(&Press { remembered: Some(remembered), ..Press::new(checked)? }, request)?;
    remembered.forget_unused();
    Ok(pack)
}

fn pack(press: &Press<'_>, request: &Request) -> Result<Pack, Report> {
    let stage = stages::stage(press.checked, &Happened::default());
    let (request, _) = &chosen(press.checked, request, stage, &Besides::default())?;
    let jobs = press.due(request)?;
    let made = parallel::map(&jobs, |job| press.files(job, request));
    let mut files = collect(made)?;
    let mut summary = press.summary(&jobs);
    if request.join {
        let (joined, made) = press.join_papers(&jobs)?;
        files.extend(joined);
        summary.extend(made);
    }
    let mut warnings = press.late(&jobs);
    warnings.merge(editions::over(press.checked, &press.words, request));
    warnings.diagnostics.extend(lost::warnings(&files));
    Ok(Pack { reference: press.checked.conference.reference.clone(), files, summary, warnings })
}

/// The most bytes of a conference with our own words that is certain to stay within the limits of a paper.
const SMALL: usize = 256 * 1024;

/// Checks a conference, and what would be made of it. Warnings about the papers that are due stand apart. The words are
/// compiled and the logo is tried while the rules are applied.
///
/// Words of a council, and of a large conference, are made and not laid out, so that what a build would refuse in them is
/// found. A council's own theme, if somebody said how it runs, lays out one paper of each layout: one that is faulty or costs
/// too much shows in any.
///
/// # Errors
/// What the rules find; then faults of templates, theme and logo; then if there is no paper to make at all, or the words of
/// any cannot be made.
pub fn checked_with_warnings(loaded: Loaded) -> Result<(Checked, Report), Report> {
    let (layers, tongues, look) = (loaded.layers.clone(), Arc::clone(&loaded.tongues), look(&loaded));
    let (checked, parts) = std::thread::scope(|scope| {
        let parts = scope.spawn(|| Parts::new(&layers, &tongues, look));
        let checked = check::check(loaded);
        (checked, parts.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let checked = checked?;
    let late = warnings_of(&Press::with_parts(&checked, parts)?)?;
    Ok((checked, late))
}

fn warnings_of(press: &Press<'_>) -> Result<Report, Report> {
    let checked = press.checked;
    let is_large = || checked.places.texts().map(|(_, text)| text.len()).sum::<usize>() > SMALL;
    if checked.layers.has_own_words() || is_large() {
        let jobs = some_of_each_kind(press.due(&Request::default())?);
        collect(parallel::map(&jobs, |job| press.try_words(job).map(|()| Vec::<()>::new())))?;
    }
    if press.has_own_theme() && *checked.layers.own_themes() != OwnThemes::Refused {
        let jobs = press.due(&Request::default())?;
        // One after the other: each may take all the time that a paper has, and the first fault is enough.
        one_of_each_layout(&jobs).try_for_each(|job| press.try_layout(job))?;
    }
    press.warnings()
}

/// The most papers of one kind for one audience whose words are tried in a check.
const TRIED: usize = 50;

/// Papers of every kind and audience: all of them or, of many, some from first to last. The words of thousands of letters differ
/// in their reader alone, and a build makes them all.
fn some_of_each_kind(jobs: Vec<Job<'_>>) -> Vec<Job<'_>> {
    let mut kinds: BTreeMap<(&str, Audience), Vec<Job<'_>>> = BTreeMap::new();
    for job in jobs {
        kinds.entry((job.name, job.audience)).or_default().push(job);
    }
    let all = kinds.into_values();
    all.flat_map(|all| {
        let every = all.len().div_ceil(TRIED).max(1);
        all.into_iter().step_by(every)
    })
    .collect()
}

/// The first paper of each layout.
fn one_of_each_layout<'j, 'p>(jobs: &'j [Job<'p>]) -> impl Iterator<Item = &'j Job<'p>> {
    let mut seen = Vec::new();
    jobs.iter().filter(|job| job.artefact.formats.contains(&Format::Pdf)).filter(move |job| {
        let is_new = !seen.contains(&job.artefact.layout);
        seen.push(job.artefact.layout);
        is_new
    })
}

/// Remakes the files at these places, each with the templates in its line, as they are before or after a second person has
/// checked them. Papers that are no longer due are left out.
pub fn remake(checked: &Checked, papers: &[(&str, &str)], stage: Stage) -> Result<Vec<File>, Report> {
    let press = Press { stage, ..Press::new(checked)? };
    let jobs = press.due(&Request::default())?;
    let paths: Vec<&str> = papers.iter().map(|(path, _)| *path).collect();
    let mut files = collect(parallel::map(&jobs, |job| press.files_at(job, &paths)))?;
    files.extend(press.joined_again(papers)?);
    Ok(files)
}

/// What a request is about, and the papers that were due once.
pub struct Outlook {
    within: BTreeSet<(String, Audience, Format)>,
    once: BTreeSet<String>,
}

impl Outlook {
    /// # Errors
    /// Faults of the templates or the theme.
    pub fn of(checked: &Checked, request: &Request) -> Result<Self, Report> {
        let press = Press::new(checked)?;
        Ok(Self { within: press.within(request), once: press.stems().unwrap_or_default() })
    }

    /// Whether the request would have made a paper of this kind and place for an audience, had anybody been due one.
    pub fn is_within(&self, kind: &str, audience: Audience, file: &str) -> bool {
        let ending = file.rsplit('.').next().unwrap_or_default();
        self.within.iter().any(|(k, a, format)| k == kind && *a == audience && format.extension() == ending)
    }

    /// Whether the paper at a place was due before something changed: the meeting, or what its reader answered.
    pub fn was_due(&self, file: &str) -> bool {
        file.rsplit_once('.').is_some_and(|(stem, _)| self.once.contains(stem))
    }
}

/// The names of all kinds of paper.
///
/// # Errors
/// Faults of the templates.
pub fn kinds(checked: &Checked) -> Result<Vec<String>, Report> {
    let words = Words::new(&checked.layers, &checked.tongues)?;
    Ok(words.artefacts().map(|(name, _)| name.to_owned()).chain([JOINED.to_owned()]).collect())
}

/// Checks that the law is confirmed which papers of these kinds print.
///
/// # Errors
/// Faults of the templates, or everything that the council's officer has still to confirm.
pub fn ensure_law_confirmed(checked: &Checked, kinds: &BTreeSet<&str>, today: NaiveDate) -> Result<(), Report> {
    let words = Words::new(&checked.layers, &checked.tongues)?;
    let printing = words.artefacts().filter(|(name, artefact)| artefact.law && kinds.contains(name));
    let audiences = printing.flat_map(|(_, artefact)| artefact.audiences.iter().copied()).collect();
    checked.ensure_law_confirmed(&audiences, today)
}

/// Checks that nothing of papers of these kinds is left to be filled in. A remark that is still to be written holds up the minutes
/// and what else the chair approves, and no letter.
///
/// # Errors
/// Faults of the templates, or what is still to be filled in.
pub fn ensure_filled_in(checked: &Checked, kinds: &BTreeSet<&str>) -> Result<(), Report> {
    let words = Words::new(&checked.layers, &checked.tongues)?;
    // Whatever else prints a remark is refused when it is made without its mark.
    let tells_of_meeting = words.artefacts().any(|(name, artefact)| kinds.contains(name) && artefact.draft);
    checked.ensure_filled_in(tells_of_meeting)
}

/// Checks that the day has come on which the chair is said to have approved papers of these kinds.
///
/// # Errors
/// Faults of the templates, or a day that lies in the future.
pub fn ensure_approved_by(checked: &Checked, kinds: &BTreeSet<&str>, today: NaiveDate) -> Result<(), Report> {
    let words = Words::new(&checked.layers, &checked.tongues)?;
    let mut approved = words.artefacts().filter(|(name, artefact)| artefact.draft && kinds.contains(name));
    let Some(day) = approved.find_map(|(name, _)| checked.approved_on(name)).filter(|day| *day > today) else {
        return Ok(());
    };
    let error =
        Diagnostic::error(codes::NO_SUCH_DAY, format!("the minutes are approved on {day}, which is in the future"));
    let error = error.at("minutes.approved").hint("correct the day, or release them when it has come");
    let mut report = Report::of(checked.places.locate(error));
    report.take_sources(&checked.report);
    Err(report)
}

/// The first 16 digits of the hash of all templates and of the theme.
pub fn templates_fingerprint(checked: &Checked) -> String {
    press::fingerprint(&checked.layers)
}

/// A digest of every text of the data, by field path: eight digits that reveal a change but not the text.
pub fn field_digests(checked: &Checked) -> std::collections::BTreeMap<String, String> {
    let key = blake3::derive_key("convenor 2026-11 fields in the record", checked.conference.reference.as_bytes());
    let digest = |text: &str| blake3::keyed_hash(&key, text.as_bytes()).to_hex()[..8].to_owned();
    checked.places.texts().map(|(path, text)| (path, digest(text))).collect()
}

/// All of what was made, or the problems of all papers.
fn collect<T>(made: Vec<Result<Vec<T>, Report>>) -> Result<Vec<T>, Report> {
    let mut report = Report::default();
    let mut all = Vec::new();
    for result in made {
        match result {
            Ok(some) => all.extend(some),
            Err(faults) => report.merge(faults),
        }
    }
    if report.has_errors() { Err(deduplicated(report)) } else { Ok(all) }
}

/// Merges equal faults, such as one of a template that stops every letter, into one with the number of papers.
fn deduplicated(report: Report) -> Report {
    let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
    for diagnostic in &report.diagnostics {
        match kept
            .iter_mut()
            .find(|(k, _)| k.code == diagnostic.code && k.place == diagnostic.place && k.message == diagnostic.message)
        {
            Some((_, times)) => *times += 1,
            None => kept.push((diagnostic.clone(), 1)),
        }
    }
    let say = |(mut d, times): (Diagnostic, usize)| {
        if times > 1 {
            d.message = format!("{} (in {})", d.message, count(times, "paper"));
        }
        d
    };
    let diagnostics = kept.into_iter().map(say).collect();
    let mut once = report;
    once.diagnostics = diagnostics;
    once
}
