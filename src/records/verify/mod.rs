//! Verifies that a folder of papers is sound: every file is as the record says, and none contains anything that its
//! readers may not read.
//!
//! In: a folder and its data. Out: every problem. Nothing is written, and no file is skipped: no name exempts one, only
//! a line of the log does.
//!
//! It proves that the log is a chain of lines which this program wrote; that each paper is the one in the log; and of a
//! release, that the checked draft comes out of the data again, and that its mark was removed afterwards. It cannot
//! prove that the person who is named has checked anything. For that, compare the head of the log with one that was
//! written down elsewhere.

mod audit;
mod files;
mod log;
mod missing;
mod papers;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub use log::without_names;

use super::commit::Stop;
use super::event::{Run, SignedOff};
use super::folder::{Papers, access, readable_conference};
use super::log::{LOG, Log, Tail};
use super::missing::{naming_some, word};
use super::reading::Reading;
use super::record::Record;
use super::report::stopped;
use super::run::PROOFS;
use super::state::{RunState, State, is_of_run};
use super::{numbering, upgrade};
use crate::check::{Checked, Faulty};
use crate::deliver::disk::{Access, Disk, Folder};
use crate::diag::{Diagnostic, Hint, Place, Report, Severity, codes, count};
use crate::gate::Hash;
use crate::jobs::Press;
use crate::layers::OwnThemes;
use audit::{Audit, Data};

/// The contents of a folder, and its problems.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Verdict {
    /// The folder.
    pub folder: PathBuf,
    /// The number of papers for each audience and status, by their words in the register.
    pub counts: Vec<(String, &'static str, usize)>,
    /// Runs of letters to a list.
    pub runs: Vec<RunVerdict>,
    /// The number of files that the gate has read back.
    pub read_back: usize,
    /// Whether the end of the record is damaged or missing. Only what can be proved is counted then, and no file is looked at.
    pub is_cut: bool,
    /// The number of lines of the record, or of those that can be proved.
    pub lines: u32,
    /// The first digits of the hash in the last of them, for writing down.
    pub head: String,
    /// Errors, if the folder is not sound; and warnings, such as data that has changed since.
    pub report: Report,
}

/// The contents of a run of letters.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RunVerdict {
    /// Its folder below that of the conference.
    pub folder: String,
    /// Files by audience.
    pub counts: BTreeMap<String, usize>,
    /// The checkers of the proofs with their days, in order; empty if the letters are drafts.
    pub checked: Vec<(String, chrono::NaiveDate)>,
}

/// Verifies everything in the record and reads every file back. `own_themes` is the policy for theme code of the
/// council's own when released papers are made again.
///
/// # Errors
/// If the folder, its record or its conference cannot be read. Problems of the papers are in the verdict.
pub fn verify(folder: &Path, data: Option<&Path>, own_themes: OwnThemes) -> Result<Verdict, Report> {
    let folder = &record_of(folder);
    let papers = Papers::at(folder)?;
    let share = papers.reading.state.opened.as_ref().and_then(|opened| opened.share.clone());
    let data = match &share {
        // The folder of a share is in that of its conference.
        Some(_) => readable_conference(folder.parent().unwrap_or(folder), data)?,
        None => readable_conference(folder, data)?,
    };
    let mut checked = match data {
        Ok(checked) => checked,
        Err(faulty) => return without_data(&papers, folder, &faulty),
    };
    checked.run_own_themes(own_themes);
    let (checked, _) = numbering::numbered(&checked, &papers.reading.state).unwrap_or((checked, Vec::new()));
    let (checked, _) = numbering::with_standing_approvals(checked, &papers.reading.state)?;
    let mut papers = papers;
    if papers.is_of_before
        && let Some(state) = upgrade::as_it_was_to(&papers.disk, folder, Some(&checked))?
    {
        papers.reading.state = state;
    }
    let press = Press::new(&checked)?;
    let data = Data { checked: &checked, press: &press };
    let mut verdict = of(&papers, folder, &checked.conference.reference, Some(data))?;
    verdict.report.merge(open_to_others(folder, &checked)?);
    verdict.report.sort();
    Ok(verdict)
}

/// Verifies what can be without the data: the record, and that every file is the one in it.
fn without_data(papers: &Papers, folder: &Path, faulty: &Faulty) -> Result<Verdict, Report> {
    let mut verdict = of(papers, folder, faulty.reference(), None)?;
    let errors = count(faulty.report().counts().0, "error");
    let message = format!("the data has {errors}, so not all could be verified");
    let place = faulty.report().diagnostics.iter().find(|d| d.severity == Severity::Error).map(|d| d.place.clone());
    let error = Diagnostic::error(codes::DATA_HAS_ERRORS, message).place(place.unwrap_or_default());
    let error = error.note("not looked at: what is in the papers, who may read it, which are due, and whether releases come out of the data");
    verdict.report.push(error.hint("correct what `convenor check` says of the conference file, and verify again"));
    verdict.report.sort();
    Ok(verdict)
}

/// A warning if others may open papers, who may not unless the council says so.
fn open_to_others(folder: &Path, checked: &Checked) -> Result<Report, Report> {
    let access = access(checked);
    let open = Folder::new(folder, access).open_to_others();
    let open = open.map_err(|error| stopped(folder, Stop::Disk(String::new(), error)))?;
    let at = |file: &str| if file.is_empty() { folder.to_owned() } else { folder.join(file) }.display().to_string();
    let [first, ..] = open.as_slice() else { return Ok(Report::default()) };
    let message = match open.len() {
        1 => "other users of this machine may open this".to_owned(),
        some => format!("other users of this machine may open {some} files and folders here"),
    };
    let place = Place::file(if open.len() == 1 { at(first) } else { at("") });
    let warning = Diagnostic::warning(codes::OPEN_TO_OTHERS, message).place(place);
    let named = open.iter().map(|file| if file.is_empty() { "the folder itself" } else { file });
    let warning = if open.len() == 1 { warning } else { naming_some(warning, named.collect::<Vec<_>>().into_iter()) };
    let whom = if access == Access::Owner { "go=" } else { "o=" };
    Ok(warning.hint(Hint::naming("close it with `chmod -R {} {}`", [whom.to_owned(), word(&at(""))])).into())
}

/// The folder with the record of a folder: itself, or for the letters of a whole list the one above.
fn record_of(folder: &Path) -> PathBuf {
    let has = |folder: &Path| crate::records::run::has_record(folder);
    let above = std::path::absolute(folder).ok().and_then(|folder| folder.parent().map(Path::to_path_buf));
    match above.filter(|above| !has(folder) && has(above)) {
        Some(_) => folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned(),
        None => folder.to_owned(),
    }
}

/// The errors and warnings of a record that this run holds.
///
/// # Errors
/// If a file cannot be read.
pub fn of_held(record: &Record, folder: &Path, checked: &Checked) -> Result<Report, Report> {
    let reading =
        Reading { log: record.log().clone(), state: record.state().clone(), tail: Tail::Clean, is_there: true };
    let press = Press::new(checked)?;
    let data = Data { checked, press: &press };
    let mut audit = Audit::new((record.disk(), &reading), folder, &checked.conference.reference, Some(data));
    audit.files(Some(&press.read_back()?))?;
    audit.papers();
    Ok(audit.report)
}

fn of(papers: &Papers, folder: &Path, reference: &str, data: Option<Data<'_>>) -> Result<Verdict, Report> {
    let reading = &papers.reading;
    let mut audit = Audit::new((&papers.disk, reading), folder, reference, data);
    audit.log()?;
    let mut read_back = 0;
    // The lines that are missing are not known: half of the folder would be reported as no paper at all.
    let is_cut = matches!(reading.tail, Tail::Broken(_)) || audit.check_behind()?;
    if !is_cut {
        audit.under_way()?;
        let gate = data.map(|data| data.press.read_back()).transpose()?;
        read_back = audit.files(gate.as_ref())?;
        audit.merged_shares()?;
        audit.papers();
        audit.registers()?;
        audit.runs();
        if let Some(data) = data {
            audit.due(data)?;
            audit.drafts(data);
            audit.releases(data)?;
            audit.report.merge(super::withdraw::taken_back(data.checked, &reading.state));
        }
    }
    audit.report.sort();
    Ok(Verdict {
        folder: folder.to_owned(),
        counts: counts(&reading.state, &audit.missing),
        runs: reading.state.runs.values().map(|run| run_verdict(&reading.state, run, &audit.missing)).collect(),
        read_back,
        is_cut,
        lines: reading.log.lines,
        head: reading.log.spoken_head(),
        report: audit.report,
    })
}

fn counts(state: &State, missing: &BTreeSet<String>) -> Vec<(String, &'static str, usize)> {
    let mut counts: BTreeMap<(String, &'static str), usize> = BTreeMap::new();
    let papers = state.papers.values().filter(|paper| !missing.contains(&paper.made.file));
    for paper in papers.filter(|paper| !is_of_run(&paper.made)) {
        *counts.entry((paper.made.audience.clone(), paper.status.id())).or_default() += 1;
    }
    counts.into_iter().map(|((audience, status), number)| (audience, status, number)).collect()
}

fn run_verdict(state: &State, run: &RunState, missing: &BTreeSet<String>) -> RunVerdict {
    let Run { folder, .. } = &run.run;
    let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for paper in state
        .papers
        .values()
        .filter(|paper| !missing.contains(&paper.made.file))
        .filter(|paper| paper.made.file.starts_with(&below) && is_of_run(&paper.made) && paper.made.paper != PROOFS)
    {
        *counts.entry(paper.made.audience.clone()).or_default() += 1;
    }
    let checked = run.sign_offs.iter().map(|SignedOff { checker, on }| (checker.clone(), *on)).collect();
    RunVerdict { folder: folder.clone(), counts, checked }
}

/// An earlier state of a record, as written down elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDown {
    lines: u32,
    digits: String,
}

impl WrittenDown {
    /// From the number of its lines and the first digits of its head, in groups or not.
    ///
    /// # Errors
    /// If the head is not such digits.
    pub fn new(lines: u32, head: &str) -> Result<Self, Report> {
        let digits: String = head.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        if digits.len() >= 8 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(Self { lines, digits });
        }
        let error = Diagnostic::error(codes::BAD_VALUE, "a head is at least 8 digits from 0 to 9 and a to f");
        let error = error.place(Place::file("--head"));
        Err(error.hint("give it as `convenor release` printed it, as in `--head \"3f9a 1c07\"`").into())
    }
}

/// Checks that the record of a folder grew out of the one that was written down.
///
/// # Errors
/// If it did not, or cannot be read.
pub fn ensure_grew_out_of(folder: &Path, written: &WrittenDown) -> Result<(), Report> {
    let WrittenDown { lines, digits } = written;
    let papers = Papers::at(folder)?;
    let bytes = papers.disk.read(LOG).map_err(|e| stopped(folder, Stop::Disk(LOG.to_owned(), e)))?;
    let contents = super::log::read(&bytes.unwrap_or_default());
    let log = Log::after(&contents, contents.marks.len());
    if grew_out_of(&log, &contents.marks, *lines, digits) {
        return Ok(());
    }
    let message = if *lines > log.lines {
        format!(
            "the record has {} and is shorter than the one that was written down",
            count(log.lines as usize, "line")
        )
    } else {
        format!("the head of line {lines} of the record differs from the one that was written down")
    };
    let error =
        Diagnostic::error(codes::HEAD_DIFFERS, message).place(Place::file(folder.join(LOG).display().to_string()));
    Err(error
        .hint("compare number and digits with what was written down; if they are right, this record was changed or put back")
        .into())
}

/// Whether a log is, or grew out of, one with this many lines and this head.
fn grew_out_of(log: &Log, marks: &[(Hash, u64)], lines: u32, head: &str) -> bool {
    let digits: String = head.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_lowercase();
    let mark = usize::try_from(lines).ok().and_then(|lines| marks.get(lines.checked_sub(1)?));
    lines <= log.lines && digits.len() >= 8 && mark.is_some_and(|(hash, _)| hash.to_string().starts_with(&digits))
}

impl Verdict {
    /// The verdict for a program: numbers, and nobody's name.
    pub fn json(&self) -> serde_json::Value {
        let count = |(audience, status, papers): &(String, &'static str, usize)| serde_json::json!({ "audience": audience, "status": status, "papers": papers });
        let run = |run: &RunVerdict| {
            let files: usize = run.counts.values().sum();
            serde_json::json!({ "folder": run.folder, "files": files, "released": !run.checked.is_empty() })
        };
        let (errors, warnings) = self.report.counts();
        serde_json::json!({
            "papers": self.counts.iter().map(count).collect::<Vec<_>>(),
            "runs": self.runs.iter().map(run).collect::<Vec<_>>(),
            "read_back": self.read_back,
            "lines": self.lines,
            "head": self.head,
            "is_cut": self.is_cut,
            "errors": errors,
            "warnings": warnings,
        })
    }

    /// The verdict in a few lines.
    pub fn lines(&self) -> Vec<String> {
        let papers: usize = self.counts.iter().map(|(_, _, n)| n).sum();
        let (folder, papers) = (self.folder.display(), count(papers, "paper"));
        let mut lines = vec![if self.is_cut {
            format!("{folder}: {papers} in the lines of the record that can be proved; no file was looked at")
        } else {
            format!("{folder}: {papers}, {} read back", self.read_back)
        }];
        lines.extend(self.counts.iter().map(|(audience, status, n)| format!("{n:>5}  {audience}, {status}")));
        for run in &self.runs {
            let state = if run.checked.is_empty() { "drafts" } else { "released" };
            let files = count(run.counts.values().sum(), "file");
            let folder = if run.folder.is_empty() { "This folder" } else { &run.folder };
            lines.push(format!("{folder}: {files} to people of a list, {state}"));
            lines.extend(run.counts.iter().map(|(audience, number)| format!("{number:>5}  {audience}, {state}")));
            lines.extend(run.checked.iter().map(|(who, day)| format!("Checked by {who}, {}", day.format("%-d %B %Y"))));
        }
        if self.lines > 0 {
            let proved = if self.is_cut { " that can be proved" } else { "" };
            lines.push(format!("Record: {}{proved}, head {}", count(self.lines as usize, "line"), self.head));
        }
        let (errors, warnings) = self.report.counts();
        lines.push(match (errors, warnings) {
            (0, 0) => {
                "Sound: every file is as the record says, and none holds what its readers may not read.".to_owned()
            }
            (1, _) if self.report.diagnostics.iter().any(|d| d.code == codes::DATA_HAS_ERRORS) => {
                "Not verified: every file is as the record says, and what is in them was not looked at. Send nothing from this folder.".to_owned()
            }
            (0, _) => format!("Sound, with {}.", count(warnings, "warning")),
            _ => format!("Not sound: {}. Send nothing from this folder.", count(errors, "problem")),
        });
        lines
    }
}
