//! Destroys the papers of a conference when the time for keeping them is over, on a second person's word.
//!
//! In: the folder of the papers, the reason, and a sign-off. Out: a list of what would be destroyed; or one line that says that
//! it was, by whose word and why, and no file but the record. What `undo` keeps of the conference file's former texts goes too: it
//! lies in a hidden folder of ours, and nobody would think of it.
//!
//! Deliberately absent: the conference file itself and lists of people, which are the council's own and not in this folder;
//! copies in mail programs and backups, which nobody here can reach; a way back.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::commit::{STAGE, Stop};
use super::event::{Begin, Disposed, Dropped, Event, SignedOff, Verb};
use super::folder::conference_file;
use super::index::{audience_of_index, check_ours};
use super::log::LOG;
use super::names::Names;
use super::record::Record;
use super::sending::full_name;
use super::signoff::{Days, SignOff, ensure_second_person};
use super::state::State;
use super::writing::{Looking, Noted};
use super::{happened, report};
use crate::check::Checked;
use crate::deliver::disk::{Disk, FoundKind};
use crate::deliver::former;
use crate::diag::{Diagnostic, Place, Report, codes, count};
use crate::model::stage::ConferenceStage;
use crate::stages;

/// A request to destroy papers.
#[derive(Debug, Clone)]
pub struct Disposing {
    /// The reason, such as the council's rule and the day on which it ran out. It is kept in the record.
    pub because: Option<String>,
    /// The second person, who has looked at the list. `None` to only list.
    pub sign_off: Option<SignOff>,
    /// The name of the person who asks.
    pub by: Option<String>,
    /// Today, since nothing can have been looked at later.
    pub today: NaiveDate,
    /// Whether they are destroyed although the meeting was less than half a year ago.
    pub recent: bool,
}

/// What is destroyed, or would be.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Disposal {
    /// The folder.
    pub folder: PathBuf,
    /// The lines that were written. `None` if it was only listed.
    pub noted: Option<Noted>,
    /// The day on which it was done before. Nothing is left to destroy then.
    pub before: Option<NaiveDate>,
    /// The files of the record that are there, by kind of paper, with the number of those that were released.
    pub papers: Vec<(String, usize, usize)>,
    /// Files in the folder that the record does not know. They stay.
    pub others: Vec<String>,
    /// Former texts of the conference file, which `undo` would bring back.
    pub former: usize,
    /// The rule of the council in its own words, if it has one.
    pub rule: Option<String>,
    /// Whether file names in earlier lines of the record contain names of people.
    pub is_named_in_record: bool,
    /// Problems that should be looked at.
    pub warnings: Report,
}

/// Lists what would be destroyed or, with a second person's word, destroys it. Repeating it changes nothing.
///
/// # Errors
/// If the conference is not at its end, there is no reason, or the second person may not say so. Nothing is destroyed then.
pub fn dispose(folder: &Path, data: Option<&Path>, request: &Disposing) -> Result<Disposal, Report> {
    let looking = Looking::at(folder, data)?;
    let state = looking.state();
    let rule = looking.checked.settings.retention.clone();
    let file = conference_file(folder, data);
    let former = file.as_deref().map(former::kept).transpose()?.unwrap_or_default();
    let mut done = Disposal {
        folder: folder.to_owned(),
        noted: None,
        before: state.disposed.as_ref().map(|disposed| disposed.sign_off.on),
        papers: papers(state, &looking.papers.disk).map_err(|stop| report::stopped(folder, stop))?,
        others: others(state, &looking.papers.disk).map_err(|stop| report::stopped(folder, stop))?,
        former,
        rule,
        is_named_in_record: state.papers.values().any(|paper| !paper.made.to.is_empty()),
        warnings: Report::default(),
    };
    if done.before.is_some() {
        // What was typed since, or what a run that was stopped left behind.
        if request.sign_off.is_some() {
            file.as_deref().map(former::forget).transpose()?;
        }
        return Ok(done);
    }
    ensure_over(&looking.checked, state, request)?;
    let Some(sign_off) = &request.sign_off else { return Ok(done) };
    let Some(because) = request.because.as_deref() else {
        let error = Diagnostic::error(codes::MISSING_FIELD, "it is not said why the papers are destroyed");
        let hint =
            "give the council's rule and the day on which it ran out: `--because \"6 years after closing, 2032\"`";
        return Err(error.place(Place::file("--because")).hint(hint).into());
    };
    let because = looking.checked.ensure_sayable(because, "--because")?;
    let by = request.by.as_deref().map(|name| full_name(&looking.checked, name)).transpose()?;
    let makers: BTreeSet<&str> =
        state.papers.values().map(|paper| paper.source.maker.as_str()).filter(|maker| !maker.is_empty()).collect();
    let makers = makers.into_iter().chain([looking.checked.maker()]).chain(by.as_deref());
    let days = Days { today: request.today, last: state.last_day, issued: None };
    done.warnings = ensure_second_person(&looking.checked, sign_off, makers, days)?;
    let mut writing = looking.hold()?;
    let lines = lines(&writing.record, folder, (sign_off, by, because))?;
    // Whoever is named in the registers is so no longer.
    writing.names = Names::default();
    done.noted = Some(writing.commit(Begin::of(Verb::Dispose), lines)?);
    file.as_deref().map(former::forget).transpose()?;
    Ok(done)
}

/// Checks that nothing more is owed: the minutes are out and approved, or the meeting was cancelled.
fn ensure_over(checked: &Checked, state: &State, request: &Disposing) -> Result<(), Report> {
    let refused = |message: String, hint: &'static str| {
        let error = Diagnostic::error(codes::NOT_OVER, message).at("reference");
        let mut report = Report::of(checked.places.locate(error.hint(hint)));
        report.take_sources(&checked.report);
        Err(report)
    };
    let meeting = checked.conference.meeting.date;
    let half_a_year = meeting.checked_add_months(SOON).is_some_and(|later| request.today < later);
    let reached = stages::stage(checked, &happened::happened_by(checked, state));
    if matches!(
        reached,
        ConferenceStage::Recorded | ConferenceStage::Reviewed | ConferenceStage::Closed | ConferenceStage::Cancelled
    ) {
        if half_a_year && !request.recent && request.sign_off.is_some() {
            let days = (request.today - meeting).num_days();
            let message =
                format!("the meeting was {} ago", crate::diag::count(usize::try_from(days).unwrap_or_default(), "day"));
            return refused(
                message,
                "papers are kept until the council's time is over; if these must go now, say `--recent`",
            );
        }
        return Ok(());
    }
    let message = format!("this conference is not over: its stage is `{}`", reached.id());
    refused(
        message,
        "`convenor status` says what it still lacks; papers are kept until the minutes are approved and sent",
    )
}

/// The time after a meeting in which nobody destroys its papers without saying that it is soon.
const SOON: chrono::Months = chrono::Months::new(6);

/// The number of files that are there by kind of paper, and how many of them were released.
fn papers(state: &State, disk: &dyn Disk) -> Result<Vec<(String, usize, usize)>, Stop> {
    let mut kinds: std::collections::BTreeMap<&str, (usize, usize)> = std::collections::BTreeMap::new();
    for paper in state.papers.values() {
        let file = &paper.made.file;
        if disk.exists(file).map_err(|error| Stop::Disk(file.clone(), error))? {
            let counts = kinds.entry(paper.made.paper.as_str()).or_default();
            counts.0 += 1;
            counts.1 += usize::from(paper.sign_off.is_some());
        }
    }
    Ok(kinds.into_iter().map(|(kind, (files, released))| (kind.to_owned(), files, released)).collect())
}

/// The files that the record does not know, besides what belongs to the record itself.
fn others(state: &State, disk: &dyn Disk) -> Result<Vec<String>, Stop> {
    let found = disk.walk().map_err(|error| Stop::Disk(String::new(), error))?;
    let is_own = |at: &str| {
        let name = at.rsplit('/').next().unwrap_or(at);
        at.starts_with(STAGE) || [LOG, "register.csv", "register.json", ".convenor-lock"].contains(&name)
    };
    let files = found.into_iter().filter(|found| found.kind == FoundKind::File).map(|found| found.at);
    let mut others: Vec<String> = files.filter(|at| !state.papers.contains_key(at) && !is_own(at)).collect();
    // An index goes with what it lists.
    let indexes: Vec<String> = others.iter().filter(|at| audience_of_index(at).is_some()).cloned().collect();
    for at in indexes {
        if check_ours(disk, &at)? {
            others.retain(|other| *other != at);
        }
    }
    Ok(others)
}

/// The line that says so, and one for every file.
fn lines(
    record: &Record,
    folder: &Path,
    (sign_off, by, because): (&SignOff, Option<String>, String),
) -> Result<Vec<Event>, Report> {
    let signed = SignedOff { checker: sign_off.checker.trim().to_owned(), on: sign_off.on };
    let mut lines = vec![Event::Disposed(Box::new(Disposed { sign_off: signed, by, because }))];
    for paper in record.state().papers.values() {
        let file = paper.made.file.clone();
        let there = record.disk().hash(&file).map_err(|e| report::stopped(folder, Stop::Disk(file.clone(), e)))?;
        lines.push(Event::Dropped(Dropped { file, hash: there.unwrap_or(paper.made.hash) }));
    }
    Ok(lines)
}

impl Disposal {
    /// A sentence about the result.
    pub fn line(&self) -> String {
        let files: usize = self.papers.iter().map(|(_, files, _)| files).sum();
        match (&self.noted, self.before) {
            (_, Some(day)) => format!("Nothing new: the papers were destroyed on {day}."),
            (Some(_), None) => {
                format!("{} destroyed. The record says so, and nothing can bring them back.", count(files, "file"))
            }
            (None, None) => format!("{} would be destroyed. Nothing has been changed.", count(files, "file")),
        }
    }
}
