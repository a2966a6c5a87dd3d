//! Long jobs: drafts, and the release of letters, in the words of the verbs that do them.
//!
//! In: a conference, read again on the thread of the job. Out: an [`Outcome`].
//!
//! Deliberately absent: the thread, and how it is shown.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

use chrono::NaiveDate;

use super::conference::Opened;
use super::held::Desk;
use super::work::{Job, Outcome};
use crate::batch::{self, Batch, Options, Product, Survey};
use crate::diag::{Report, codes, count};
use crate::jobs::{self, Besides, DuePaper, Request};
use crate::model::artefact::{Format, JOINED};
use crate::records::{self, Delivery, Release, SignOff};
use crate::stages;

/// The papers that the stage of the conference calls for, and those that are asked for again.
fn due(opened: &Opened, again: &[String]) -> Result<Vec<DuePaper>, Report> {
    let stage = stages::stage(&opened.checked, &opened.happened);
    let reissued = again.iter().map(String::as_str).collect();
    let besides = Besides { made: opened.happened.kinds().collect(), reissued };
    let (request, _) = jobs::chosen(&opened.checked, &Request::default(), stage, &besides)?;
    jobs::due_papers(&opened.checked, &request.only)
}

/// The kinds of letters that the stage of the conference calls for.
///
/// # Errors
/// As for [`called_for`].
pub fn letters_called_for(opened: &Opened) -> Result<BTreeSet<String>, Report> {
    Ok(due(opened, &[])?.into_iter().filter(|paper| paper.is_letter).map(|paper| paper.kind).collect())
}

/// The titles of the papers that would be made, with how many of each.
///
/// # Errors
/// Faults of the templates, or if there is nothing to make.
pub fn called_for(opened: &Opened) -> Result<Vec<(String, usize)>, Report> {
    let mut all: Vec<(String, usize)> = Vec::new();
    for paper in due(opened, &[])? {
        match all.iter_mut().find(|(title, _)| *title == paper.title) {
            Some((_, number)) => *number += 1,
            None => all.push((paper.title, 1)),
        }
    }
    Ok(all)
}

/// New versions that are asked for.
#[derive(Debug, Clone, Default)]
pub struct Again {
    /// The kinds of paper; a new version is made wherever it differs from the released one.
    pub kinds: Vec<String>,
    /// Why, as words after “because”.
    pub because: Option<String>,
    /// The formats of papers that are no letters; each paper's usual ones if empty.
    pub formats: Vec<Format>,
    /// Whether the papers that everybody in an audience has are joined into one file besides.
    pub join: bool,
}

/// Makes the drafts that the stage calls for.
pub fn drafts(desk: &Desk, key: &str, by: &str, again: &Again, job: &Job) -> Outcome {
    let mut outcome = Outcome::default();
    if let Err(report) = try_drafts(desk, key, by, again, job, &mut outcome) {
        end(&mut outcome, report);
    }
    outcome
}

/// Takes what stopped a job into its outcome.
fn end(outcome: &mut Outcome, report: Report) {
    if report.diagnostics.iter().any(|one| one.code == codes::STOPPED) {
        outcome.was_stopped = true;
    } else {
        outcome.report.merge(report);
    }
}

fn try_drafts(desk: &Desk, key: &str, by: &str, again: &Again, job: &Job, outcome: &mut Outcome) -> Result<(), Report> {
    job.at("Reading the conference.", 0);
    let opened = open(desk, key, by)?;
    let (letters, others): (Vec<DuePaper>, Vec<DuePaper>) =
        due(&opened, &again.kinds)?.into_iter().partition(|paper| paper.is_letter);
    let kinds = |papers: &[DuePaper]| papers.iter().map(|paper| paper.kind.clone()).collect::<BTreeSet<String>>();
    if !others.is_empty() {
        job.at(format!("Making {}, and reading each of them back.", count(others.len(), "paper")), 0);
        let formats = again.formats.clone();
        let only = kinds(&others).into_iter().collect();
        let request = Request { only, to: formats, join: again.join, ..Request::default() };
        // Letters have their version in the file; joined papers are of no kind of their own.
        let is_ours = |kind: &&String| *kind == JOINED || request.only.contains(kind);
        let reissue = again.kinds.iter().filter(is_ours).cloned().collect();
        let because = again.because.clone();
        let delivery = Delivery { out: opened.out.clone(), reissue, because, ..Delivery::default() };
        let done = records::deliver(&opened.checked, &request, &delivery, None)?;
        outcome.says.push(format!("Papers: {} made, or as before.", count(done.pack.files.len(), "file")));
        if !done.left.is_empty() {
            let left = count(done.left.len(), "released paper");
            outcome.says.push(format!("{left} would be different now, and stay as they were released."));
            outcome.differ = done.left.iter().map(|left| left.paper.clone()).collect();
        }
        outcome.report.merge(done.warnings);
    }
    for kind in kinds(&letters) {
        stopped(job)?;
        // People have the numbers that the record gave them since.
        let opened = open(desk, key, by)?;
        match draft_letters(desk, &opened, &kind, job, outcome) {
            // Others are made all the same: letters that tell of the change among them.
            Err(report) if report.diagnostics.iter().any(|one| one.code == codes::RELEASED) => {
                let title = opened.titles()?.of(&kind).to_owned();
                outcome.says.push(format!("{title}: what was released would be different now, and stays as it is."));
                outcome.differ.insert(kind);
            }
            other => other?,
        }
    }
    Ok(())
}

/// The letters of one kind, with those that are checked first.
fn draft_letters(desk: &Desk, opened: &Opened, kind: &str, job: &Job, outcome: &mut Outcome) -> Result<(), Report> {
    let options = Options {
        artefact: kind.to_owned(),
        make: BTreeSet::from([Product::Letters]),
        today: desk.secrets.today(),
        ..Options::default()
    };
    let batch = Batch::of_invitees(&opened.checked, options)?;
    let mut survey = batch::survey(&batch, &mut |_| {})?;
    if survey.letters == 0 || is_all_released(&batch, &mut survey, opened) {
        return Ok(());
    }
    job.at("Making the letters that are checked first.", 0);
    batch.prove(&survey, &opened.out)?;
    letters_of(&batch, &survey, kind, opened, job, outcome)
}

/// Whether all of these letters were released and would not change.
fn is_all_released(batch: &Batch<'_>, survey: &mut Survey, opened: &Opened) -> bool {
    matches!(batch::forecast(batch, survey, &opened.out), Ok(Some(forecast)) if forecast.added == 0)
}

fn letters_of(
    batch: &Batch<'_>,
    survey: &Survey,
    kind: &str,
    opened: &Opened,
    job: &Job,
    outcome: &mut Outcome,
) -> Result<(), Report> {
    job.at("Making the letters, and reading each of them back.", survey.letters);
    let ended = batch::run(batch, survey, &opened.out, job.stop(), &mut |progress| job.done(progress.done))?;
    let before = if ended.kept == 0 { String::new() } else { format!(", {} as before", ended.kept) };
    let title = opened.titles()?.of(kind).to_owned();
    outcome.says.push(format!("{title}: {} made{before}.", count(ended.made, "file")));
    for (listed, report) in ended.failed {
        outcome.says.push(format!("No letter to {}: see below.", listed.name));
        outcome.report.merge(report);
    }
    Ok(())
}

/// The conference as it is now, with whoever sits here among its makers.
fn open(desk: &Desk, key: &str, by: &str) -> Result<Opened, Report> {
    let found = desk.conference(key).ok_or_else(|| {
        let error = crate::diag::Diagnostic::error(codes::NO_CONFERENCE, "this conference is no longer in the folder");
        Report::of(error.hint("put its file back"))
    })?;
    let opened = found.open(desk).map_err(|unsound| unsound.report)?;
    let mut hands = Vec::new();
    if !by.is_empty() {
        let editors = desk.editors(key);
        let all = std::iter::once(by.to_owned()).chain(editors.into_iter().filter(|name| name != by));
        hands = all.map(|name| records::full_name(&opened.checked, &name)).collect::<Result<_, _>>()?;
    }
    let checked = opened.checked.clone().with_hands(hands);
    Ok(Opened { checked, ..opened })
}

fn stopped(job: &Job) -> Result<(), Report> {
    if job.stop().load(Ordering::Relaxed) {
        let error = crate::diag::Diagnostic::error(codes::STOPPED, "the run was stopped");
        return Err(error.hint("make the drafts again: it goes on from there").into());
    }
    Ok(())
}

/// The sign-off of a kind of paper.
#[derive(Debug, Clone)]
pub struct Signing {
    /// The kind.
    pub kind: String,
    /// The checker.
    pub checker: String,
    /// The day.
    pub on: NaiveDate,
}

/// Releases the papers of a kind that a second person has checked: letters as a run of letters, others as they are.
pub fn release(desk: &Desk, key: &str, signing: &Signing, job: &Job) -> Outcome {
    let mut outcome = Outcome::default();
    if let Err(report) = try_release(desk, key, signing, job, &mut outcome) {
        end(&mut outcome, report);
    }
    outcome
}

fn try_release(desk: &Desk, key: &str, signing: &Signing, job: &Job, outcome: &mut Outcome) -> Result<(), Report> {
    // Whoever sits here makes nothing by it: the papers are those that were checked.
    let opened = open(desk, key, "")?;
    let drafts: BTreeMap<bool, usize> = super::drafts::of_kind(&opened.listing()?, &signing.kind);
    if drafts.contains_key(&true) {
        release_letters(desk, &opened, signing, job, outcome)?;
    }
    if drafts.contains_key(&false) {
        job.at("Making the papers again, and comparing them with those that were checked.", 0);
        let sign_off = SignOff { checker: signing.checker.clone(), on: signing.on };
        let (only, own_themes) = (vec![signing.kind.clone()], desk.own_themes.clone());
        let request = Release { sign_off, today: desk.secrets.today(), only, own_themes };
        let done = records::release(&opened.folder, Some(&opened.file), &request)?;
        outcome.says.push(format!("{} released.", count(done.released, "file")));
        if done.unapproved > 0 {
            outcome.says.push("They keep the word DRAFT until the chair has approved them.".to_owned());
        }
        outcome.report.merge(done.warnings);
    }
    Ok(())
}

fn release_letters(
    desk: &Desk,
    opened: &Opened,
    signing: &Signing,
    job: &Job,
    outcome: &mut Outcome,
) -> Result<(), Report> {
    let make = BTreeSet::from([Product::Letters, Product::Emails, Product::Calendar, Product::Print, Product::Labels]);
    let options = Options {
        artefact: signing.kind.clone(),
        make,
        checker: Some((signing.checker.clone(), signing.on)),
        today: desk.secrets.today(),
        ..Options::default()
    };
    let batch = Batch::of_invitees(&opened.checked, options)?;
    outcome.report.merge(batch.warnings().clone());
    let mut survey = batch::survey(&batch, &mut |_| {})?;
    // What was released before decides which proofs count; a fault of it is one of the run.
    let _ = batch::forecast(&batch, &mut survey, &opened.out);
    letters_of(&batch, &survey, &signing.kind, opened, job, outcome)
}
