//! Whether a folder of papers is sound: every file is as the record says, and none holds what its readers may not read.
//!
//! In: a folder and its data. Out: everything that is not as it should be. Nothing is written, and nothing that lies there is
//! passed over: no name exempts a file, only a line of the log does.
//!
//! What it proves: that the log is a chain of lines which this program wrote; that each paper is the one that the log means;
//! of a release, that the draft which was checked comes out of the data again, and that the mark went after it. What it
//! cannot prove: that whoever is named has looked. For that, compare the head of the log with one that was written down
//! elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::build::source;
use super::commit::{Moves, STAGE, Stop};
use super::event::{Run, SignedOff};
use super::folder::{Papers, conference};
use super::fork;
use super::log::{LOG, Log, Tail};
use super::names::Names;
use super::record::{Own, Reading, Record};
use super::register::{Written, registers};
use super::release::remade;
use super::report::{broken, forked, stopped};
use super::state::{Paper, PaperStatus, RunState, State, is_of_run};
use super::{numbering, share};
use crate::check::Checked;
use crate::check::person;
use crate::deliver::disk::{Disk, FoundKind};
use crate::deliver::held::{LOCK, Lock};
use crate::diag::{Diagnostic, Place, Report, codes, count};
use crate::gate::Hash;
use crate::jobs::{Press, ReadBack};
use crate::view::Stage;

/// What a folder holds, and what is wrong with it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Verdict {
    /// The folder.
    pub folder: PathBuf,
    /// How many papers there are, for each audience and status, as their words in the register.
    pub counts: Vec<(String, &'static str, usize)>,
    /// Runs of letters to a list: the folder, and how many files.
    pub runs: Vec<RunVerdict>,
    /// How many files were read back by the gate.
    pub read_back: usize,
    /// How many lines the record has.
    pub lines: u32,
    /// The first digits of the hash in the last of them, as somebody would write them down.
    pub head: String,
    /// Errors, if the folder is not sound; and warnings, such as data that has changed since.
    pub report: Report,
}

/// What is known of a run of letters.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RunVerdict {
    /// Its folder below that of the conference.
    pub folder: String,
    /// Files by audience.
    pub counts: BTreeMap<String, usize>,
    /// Who has checked the proofs and when, in order; nobody if the letters are drafts.
    pub checked: Vec<(String, chrono::NaiveDate)>,
}

/// Recomputes all that the record says and reads every file back.
///
/// # Errors
/// If the folder, its record or its conference cannot be read. What is wrong with the papers is in the verdict.
pub fn verify(folder: &Path, data: Option<&Path>) -> Result<Verdict, Report> {
    let papers = Papers::at(folder)?;
    let share = papers.reading.state.opened.as_ref().and_then(|opened| opened.share.clone());
    let checked = match &share {
        // The folder of a share lies in that of its conference.
        Some(_) => conference(folder.parent().unwrap_or(folder), data)?,
        None => conference(folder, data)?,
    };
    let (checked, _) = numbering::numbered(&checked, &papers.reading.state).unwrap_or((checked, Vec::new()));
    of(&papers.disk, &papers.reading, folder, &checked)
}

/// The same for a record that this run holds: its errors and warnings.
///
/// # Errors
/// If a file cannot be read.
pub fn of_held(record: &Record, folder: &Path, checked: &Checked) -> Result<Report, Report> {
    let reading =
        Reading { log: record.log().clone(), state: record.state().clone(), tail: Tail::Clean, is_there: true };
    let press = Press::new(checked)?;
    let mut audit =
        Audit { disk: record.disk(), reading: &reading, folder, checked, press: &press, report: Report::default() };
    audit.files(&press.read_back()?)?;
    audit.papers();
    Ok(audit.report)
}

fn of(disk: &dyn Disk, reading: &Reading, folder: &Path, checked: &Checked) -> Result<Verdict, Report> {
    let press = Press::new(checked)?;
    let mut audit = Audit { disk, reading, folder, checked, press: &press, report: Report::default() };
    audit.log()?;
    audit.under_way()?;
    let read_back = audit.files(&press.read_back()?)?;
    audit.papers();
    audit.registers()?;
    audit.due()?;
    audit.data();
    audit.releases()?;
    audit.report.merge(super::withdraw::taken_back(checked, &reading.state));
    let mut report = audit.report;
    report.sort();
    Ok(Verdict {
        folder: folder.to_owned(),
        counts: counts(&reading.state),
        runs: reading.state.runs.values().map(|run| run_verdict(&reading.state, run)).collect(),
        read_back,
        lines: reading.log.lines,
        head: reading.log.spoken_head(),
        report,
    })
}

struct Audit<'a> {
    disk: &'a dyn Disk,
    reading: &'a Reading,
    folder: &'a Path,
    checked: &'a Checked,
    press: &'a Press<'a>,
    report: Report,
}

impl Audit<'_> {
    fn state(&self) -> &State {
        &self.reading.state
    }

    fn at(&self, file: &str) -> Place {
        Place::file(self.folder.join(file).display().to_string())
    }

    fn disk<T>(&self, file: &str, result: std::io::Result<T>) -> Result<T, Report> {
        result.map_err(|error| stopped(self.folder, Stop::Disk(file.to_owned(), error)))
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }

    /// The chain, its end, and other logs of the same beginning.
    fn log(&mut self) -> Result<(), Report> {
        let Reading { log, tail, .. } = self.reading;
        match tail {
            Tail::Clean => {}
            Tail::Torn => {
                let line = log.lines + 1;
                let message =
                    format!("line {line} of the record is not complete: a run was stopped before it changed anything");
                let warning = Diagnostic::warning(codes::STOPPED, message).place(self.at(LOG));
                self.push(
                    warning.hint("run the same command again; whatever is run next here takes the rest of it away"),
                );
            }
            Tail::Broken(fault) => {
                let error = broken(self.folder, *fault);
                self.push(error);
            }
        }
        let forks = fork::beside(self.disk, self.reading).map_err(|stop| stopped(self.folder, stop))?;
        for file in forks {
            let error = forked(self.folder, &file);
            self.push(error);
        }
        Ok(())
    }

    /// A change or a run that has begun and not ended.
    fn under_way(&mut self) -> Result<(), Report> {
        let is_held = Lock::is_held(self.folder);
        let begun = if let Some(unit) = &self.state().open {
            let moves = Moves::of(unit.begin.verb, &unit.lines);
            let mut in_place = 0;
            for (to, hash) in &moves.bring {
                in_place += usize::from(self.disk(to, self.disk.hash(to))? == Some(*hash));
            }
            let papers = count(moves.bring.len(), "paper");
            Some(format!("{} of {papers} has begun, and {in_place} are in place", unit.begin.verb.in_words()))
        } else if let Some(begin) = &self.state().open_run {
            let run = begin.run.as_ref();
            let (letters, folder) = run.map_or((0, ""), |run| (run.letters as usize, run.folder.as_str()));
            let below = format!("{folder}/");
            let made = self.state().papers.values().filter(|p| p.made.file.starts_with(&below)).count();
            Some(format!("a run of {} has begun, and {made} files of it are noted", count(letters, "letter")))
        } else {
            None
        };
        let Some(begun) = begun else { return Ok(()) };
        let place = self.at("");
        if is_held {
            let warning = Diagnostic::warning(codes::LOCKED, format!("{begun}: it is under way at this moment"));
            self.push(warning.place(place).hint("wait until it has ended, and verify again"));
        } else {
            let hint = if self.state().open.is_some() {
                "run the same command again, or any other that writes here: each finishes it first"
            } else {
                "run the same `convenor invite` again: it goes on where it was"
            };
            self.push(Diagnostic::error(codes::STOPPED, begun).place(place).hint(hint));
        }
        Ok(())
    }

    /// Every file that lies there, whatever it is called.
    fn files(&mut self, gate: &ReadBack<'_>) -> Result<usize, Report> {
        let found = self.disk("", self.disk.walk())?;
        let by_folded: BTreeMap<String, String> =
            self.state().papers.keys().map(|file| (folded(file), file.clone())).collect();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let shares = share::folders(self.disk, &found, &self.checked.conference.reference);
        let mut read_back = 0;
        for file in found.iter().filter(|file| !shares.iter().any(|share| file.at.starts_with(&format!("{share}/")))) {
            match file.kind {
                FoundKind::EmptyFolder => {}
                FoundKind::Special => {
                    let error = Diagnostic::error(
                        codes::NOT_IN_REGISTER,
                        "this is no file: a link, a pipe, or kept elsewhere; it was not opened",
                    );
                    let error = error.place(self.at(&file.at));
                    self.push(error.hint("take it out of this folder, so that nobody sends it"));
                }
                FoundKind::File => {
                    let known = by_folded.get(&folded(&file.at)).cloned();
                    read_back += usize::from(self.file(&file.at, known.as_deref(), gate)?);
                    seen.extend(known);
                }
            }
        }
        for paper in self.reading.state.papers.values().filter(|paper| !seen.contains(&paper.made.file)) {
            self.missing(paper);
        }
        for share in shares {
            self.share(&share, gate)?;
        }
        Ok(read_back)
    }

    /// One file; whether the gate has read it.
    fn file(&mut self, at: &str, known: Option<&str>, gate: &ReadBack<'_>) -> Result<bool, Report> {
        if self.is_own(at)? {
            return Ok(false);
        }
        let Some(known) = known.and_then(|file| self.reading.state.papers.get(file)) else {
            return self.stranger(at, gate);
        };
        let of_run = is_of_run(&known.made);
        // The gate has sealed each letter of thousands when it was made; one that is as it was then is the one it read.
        let hash = self.disk(at, self.disk.hash(at))?;
        let as_made = hash == Some(known.made.hash);
        if !as_made {
            let error = changed(known, hash.is_some_and(|hash| self.state().is_ours(at, hash))).place(self.at(at));
            self.push(error);
        }
        if known.made.file != at {
            let warning = Diagnostic::warning(
                codes::NOT_AS_MADE,
                "this file has another spelling of its name than it was made with",
            );
            let warning = warning.place(self.at(at));
            self.push(warning.hint("give it its name back, as the register has it"));
        }
        if of_run && as_made {
            return Ok(false);
        }
        let data = self.disk(at, self.disk.read(at))?.unwrap_or_default();
        let Some(read) = gate.file(at, &data) else { return Ok(false) };
        if let Err(leaks) = read {
            // A paper that is not due any more is out of date; it told its readers nothing that they might not know.
            let is_due = gate.is_due(at);
            if !as_made || is_due {
                let told = self.told_once(at, as_made, leaks);
                self.report.merge(told);
            }
        }
        Ok(true)
    }

    /// Whether a file is the record's own. Its bytes are proved elsewhere.
    fn is_own(&mut self, at: &str) -> Result<bool, Report> {
        let registers = [Own::RegisterCsv.name(), Own::RegisterJson.name()];
        if at == LOG || at == LOCK || registers.iter().any(|name| name == at) {
            return Ok(true);
        }
        if fork::was_taken_in(&self.state().took_in, at) {
            return Ok(true);
        }
        let problems = self.state().runs.values().find(|run| Own::Problems(run.run.folder.clone()).name() == at);
        if let Some(end) = problems.and_then(|run| run.end.problems) {
            if self.disk(at, self.disk.hash(at))? == Some(end) {
                return Ok(true);
            }
        }
        let Some(name) = at.strip_prefix(STAGE).and_then(|rest| rest.strip_prefix('/')) else { return Ok(false) };
        let hash = self.disk(at, self.disk.hash(at))?;
        let is_named = hash.is_some_and(|hash| name.ends_with(&format!("-{}.tmp", hash.short(32))));
        let is_awaited = self.state().open.as_ref().is_some_and(|unit| {
            let moves = Moves::of(unit.begin.verb, &unit.lines);
            moves.bring.iter().any(|(to, hash)| super::commit::staged(to, *hash) == at)
                || moves.aside.iter().any(|(.., to)| to == at)
        });
        if is_named && !is_awaited {
            let warning = Diagnostic::warning(codes::STOPPED, "this was left over by a run that was stopped");
            let warning = warning.place(self.at(at));
            self.push(warning.hint("run the same command again; whatever is run next here takes it away"));
        }
        Ok(is_named)
    }

    fn stranger(&mut self, at: &str, gate: &ReadBack<'_>) -> Result<bool, Report> {
        let data = self.disk(at, self.disk.read(at))?.unwrap_or_default();
        let message = match self.state().paper_of(Hash::of(&data)) {
            Some(paper) => format!("this is a copy of `{}`, and the record does not know it", paper.made.file),
            None => "this file is not in the record".to_owned(),
        };
        let error = Diagnostic::error(codes::NOT_IN_REGISTER, message).place(self.at(at));
        self.push(error.hint("take it out of this folder, so that nobody sends it"));
        let Some(read) = gate.file(at, &data) else { return Ok(false) };
        if let Err(leaks) = read {
            let told = self.told_once(at, false, leaks);
            self.report.merge(told);
        }
        Ok(true)
    }

    fn missing(&mut self, paper: &Paper) {
        // What a change under way has moved is told with the change.
        let is_moving = self.state().open.as_ref().is_some_and(|unit| {
            let moves = Moves::of(unit.begin.verb, &unit.lines);
            moves.aside.iter().any(|(from, ..)| *from == paper.made.file)
                || moves.folders.iter().any(|(from, _)| paper.made.file.starts_with(&format!("{from}/")))
        });
        if is_moving {
            return;
        }
        let (message, hint) = match (paper.status, is_of_run(&paper.made)) {
            (PaperStatus::Draft, false) => {
                ("the record has this paper, and the folder has not", "build again, or put it back")
            }
            (_, true) => (
                "the record has this file, and the folder has not",
                "run `convenor invite` again: it makes only what is missing",
            ),
            _ => (
                "this paper was released, and the folder has it no more",
                "put it back from a copy; it was sent, perhaps, and nobody can make the very same again once the data has changed",
            ),
        };
        let error = Diagnostic::error(codes::MISSING_PAPER, message).place(self.at(&paper.made.file));
        self.push(error.hint(hint));
    }

    /// A paper that lies there instead of another holds many things that it should not: that is one error.
    fn told_once(&self, file: &str, as_made: bool, leaks: Report) -> Report {
        if as_made || leaks.diagnostics.len() == 1 {
            return leaks;
        }
        let texts = count(leaks.diagnostics.len(), "text");
        Diagnostic::error(codes::LEAK, format!("this file holds {texts} that its readers may not read"))
            .place(self.at(file))
            .hint("it is not the paper that belongs here: take it out of this folder")
            .into()
    }

    /// The rules that each paper keeps by itself.
    fn papers(&mut self) {
        for paper in self.reading.state.papers.values() {
            let made = &paper.made;
            let standing = matches!(paper.status, PaperStatus::Draft | PaperStatus::Released);
            let in_folder = made.file.split('/').any(|part| part == made.audience);
            if standing && !in_folder {
                let message = format!("this paper is for the {} audience and lies in another's folder", made.audience);
                let error = Diagnostic::error(codes::NOT_AS_MADE, message).place(self.at(&made.file));
                self.push(error.hint("build again"));
            }
            let signed = paper.sign_off.as_deref();
            if signed.is_some_and(|signed| person::is_same(&signed.checker, &paper.source.maker)) {
                let error =
                    Diagnostic::error(codes::SAME_PERSON, "whoever made this paper is entered as having checked it");
                let error = error.place(self.at(&made.file));
                self.push(error.hint("have somebody else check it, and release a new version"));
            }
        }
    }

    /// The registers are what the log and the data give.
    fn registers(&mut self) -> Result<(), Report> {
        let Reading { log, state, is_there, .. } = self.reading;
        if !is_there {
            return Ok(());
        }
        let [csv, json] = [Own::RegisterCsv.name(), Own::RegisterJson.name()];
        let there = (self.disk(&csv, self.disk.read(&csv))?, self.disk(&json, self.disk.read(&json))?);
        let written = there.1.as_deref().and_then(Written::read);
        if written.as_ref().is_some_and(|written| written.record.lines > log.lines) {
            let message = "the register was made after a longer record than this: lines are missing at its end";
            let error = Diagnostic::error(codes::BROKEN_RECORD, message).place(self.at(LOG));
            self.push(
                error.hint(
                    "put `record.jsonl` back from the latest copy; a sync program may have brought an old one back",
                ),
            );
            return Ok(());
        }
        let behind = written.as_ref().is_some_and(|written| written.record.lines < log.lines);
        let is_under_way = state.open.is_some() || state.open_run.is_some();
        if there.0.is_none() || there.1.is_none() || behind && !is_under_way {
            let warning =
                Diagnostic::warning(codes::STOPPED, "the registers are of an earlier line of the record, or missing");
            let warning = warning.place(self.at(&json));
            self.push(warning.hint("run any command that writes here: it makes them again"));
            return Ok(());
        }
        if is_under_way {
            return Ok(());
        }
        let data = written.map(|written| written.names).unwrap_or_default();
        let made = registers(state, log, &Names::of(self.checked), &data);
        // Names come from the data; where that has changed since, they may be others now.
        let with_names = data == self.checked.fingerprint;
        let same = if with_names {
            there.0.as_deref() == Some(&made.csv[..]) && there.1.as_deref() == Some(&made.json[..])
        } else {
            without_names(there.0.as_deref()) == without_names(Some(&made.csv))
                && nameless(there.1.as_deref()) == nameless(Some(&made.json))
        };
        if !same {
            let error = Diagnostic::error(
                codes::NOT_AS_MADE,
                "`register.csv` or `register.json` does not say what the record says: it was edited",
            );
            let error = error.place(self.at(&json));
            self.push(error.hint("run any command that writes here: it makes both again from the record"));
        }
        Ok(())
    }

    /// Papers that nobody is due any more.
    fn due(&mut self) -> Result<(), Report> {
        let due: BTreeSet<String> = self.press.stems()?;
        let stale: Vec<Paper> = self
            .state()
            .papers
            .values()
            .filter(|paper| {
                matches!(paper.status, PaperStatus::Draft | PaperStatus::Released) && !is_of_run(&paper.made)
            })
            .filter(|paper| paper.made.file.rsplit_once('.').is_none_or(|(stem, _)| !due.contains(stem)))
            .cloned()
            .collect();
        for paper in stale {
            let (message, hint) = if paper.status == PaperStatus::Released {
                (
                    "this paper was released, and is no longer due",
                    "if its reader takes no part any more, say so with `convenor withdraw`",
                )
            } else {
                ("this draft is no longer due", "build again: it then goes")
            };
            let warning = Diagnostic::warning(codes::NO_LONGER_DUE, message).place(self.at(&paper.made.file));
            self.push(warning.hint(hint));
        }
        let runs: Vec<RunState> = self.state().runs.values().cloned().collect();
        for run in runs {
            self.run(&run);
        }
        Ok(())
    }

    /// What a run of letters left for a person to decide.
    fn run(&mut self, run: &RunState) {
        let below =
            |file: &str| if run.run.folder.is_empty() { file.to_owned() } else { format!("{}/{file}", run.run.folder) };
        for file in &run.end.outdated {
            let error = Diagnostic::error(
                codes::NO_LONGER_DUE,
                "this file was released before somebody in it was taken off the list",
            );
            let error = error.place(self.at(&below(file)));
            self.push(error.hint("if it was not sent, take it away with the letters or labels of its number, and run `convenor invite` again: it is then made without them"));
        }
        let failed = run.end.failed.all(run.run.parts).count();
        if failed > 0 {
            let message = format!("{} could not be made", count(failed, "letter"));
            let warning = Diagnostic::warning(codes::MISSING_PAPER, message).place(self.at(&below("problems.csv")));
            self.push(warning.hint("mend their rows, and run `convenor invite` again"));
        }
    }

    fn data(&mut self) {
        let now = source(self.checked);
        let standing = || {
            let papers = self.reading.state.papers.values().filter(|paper| !is_of_run(&paper.made));
            papers.filter(|paper| matches!(paper.status, PaperStatus::Draft | PaperStatus::Released))
        };
        let others = standing().filter(|paper| paper.source.data != now.data).count();
        let words = standing().filter(|paper| paper.source.templates != now.templates).count();
        for (number, what) in [(others, "the data has"), (words, "templates or theme have")] {
            if number > 0 {
                let papers = if number == 1 { "1 paper was".to_owned() } else { format!("{number} papers were") };
                let message = format!("{what} changed since {papers} made");
                let warning = Diagnostic::warning(codes::NOT_AS_MADE, message).place(self.at(LOG));
                self.push(warning.hint("build again for papers that say what the data says now; released ones change only where a new version is asked for"));
            }
        }
    }

    /// A release is proved where the data is what it was: the draft comes out as it was checked, and the paper without mark.
    fn releases(&mut self) -> Result<(), Report> {
        let now = source(self.checked);
        let released: BTreeMap<String, Paper> = self
            .state()
            .papers
            .iter()
            .filter(|(_, paper)| paper.status == PaperStatus::Released && !is_of_run(&paper.made))
            .map(|(file, paper)| (file.clone(), paper.clone()))
            .collect();
        let (proved, other): (BTreeMap<_, _>, BTreeMap<_, _>) = released.into_iter().partition(|(_, paper)| {
            let then = &paper.source;
            then.data == now.data && then.templates == now.templates && then.program == now.program
        });
        for (stage, said) in [(Stage::Unchecked, "draft"), (Stage::Released, "paper")] {
            let again = remade(self.checked, &proved, stage)?;
            let again: BTreeMap<&str, Hash> = again.iter().map(|f| (f.path(), f.sealed().hash())).collect();
            for (file, paper) in &proved {
                let expected = if said == "draft" { paper.made.draft } else { Some(paper.made.hash) };
                if again.get(file.as_str()).copied() != expected {
                    let message = format!(
                        "this release cannot be proved: the {said} does not come out of the data as the record says"
                    );
                    let error = Diagnostic::error(codes::RELEASED, message).place(self.at(file));
                    self.push(
                        error.hint("take the record back from a copy, or make a new version of it with `--reissue`"),
                    );
                }
            }
        }
        for (file, paper) in &other {
            self.mark(file, paper)?;
        }
        if !other.is_empty() {
            let message = format!(
                "{} cannot be made again from today's data, and so cannot be proved by it",
                count(other.len(), "released paper")
            );
            let warning = Diagnostic::warning(codes::NOT_AS_MADE, message).place(self.at(LOG));
            self.push(warning.hint("to prove them, verify with the data of their release: `--data`"));
        }
        Ok(())
    }

    /// What was released and bears the mark of a draft all the same was never released by this program.
    fn mark(&mut self, file: &str, paper: &Paper) -> Result<(), Report> {
        if paper.made.draft == Some(paper.made.hash) {
            return Ok(());
        }
        let data = self.disk(file, self.disk.read(file))?.unwrap_or_default();
        if self.press.bears_mark(file, &data) {
            let error =
                Diagnostic::error(codes::RELEASED, "this paper is entered as released and bears the mark of a draft");
            let error = error.place(self.at(file));
            self.push(error.hint("put the released file and the record back from a copy"));
        }
        Ok(())
    }

    /// The record of a share of a list, in a folder of its own.
    fn share(&mut self, share: &str, gate: &ReadBack<'_>) -> Result<(), Report> {
        let root = self.folder.join(share);
        let papers = Papers::at(&root)?;
        let verdict = of_share(&papers, &root, self.checked, self.press)?;
        self.report.merge(verdict);
        if self.state().took_in.iter().any(|taken| taken.file == share) {
            return Ok(());
        }
        // Its log is no line of ours yet: so its files prove themselves.
        for (file, _) in &papers.reading.state.papers {
            let at = format!("{share}/{file}");
            let data = self.disk(&at, self.disk.read(&at))?.unwrap_or_default();
            if let Some(Err(leaks)) = gate.file(&at, &data) {
                let told = self.told_once(&at, false, leaks);
                self.report.merge(told);
            }
        }
        Ok(())
    }
}

/// What is wrong with the record of a share.
fn of_share(papers: &Papers, root: &Path, checked: &Checked, press: &Press<'_>) -> Result<Report, Report> {
    let mut audit =
        Audit { disk: &papers.disk, reading: &papers.reading, folder: root, checked, press, report: Report::default() };
    audit.log()?;
    audit.under_way()?;
    audit.files(&press.read_back()?)?;
    audit.papers();
    audit.registers()?;
    let runs: Vec<RunState> = papers.reading.state.runs.values().cloned().collect();
    runs.iter().for_each(|run| audit.run(run));
    Ok(audit.report)
}

/// A place without regard to capitals and to how letters are composed, as some systems see it.
fn folded(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase()
}

fn without_names(csv: Option<&[u8]>) -> Option<Vec<Vec<String>>> {
    let rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv?).into_records();
    let row = |row: csv::StringRecord| {
        row.iter().enumerate().filter(|(n, _)| *n != 5).map(|(_, cell)| cell.to_owned()).collect()
    };
    rows.map(|record| record.ok().map(row)).collect()
}

fn nameless(json: Option<&[u8]>) -> Option<serde_json::Value> {
    let mut value: serde_json::Value = serde_json::from_slice(json?).ok()?;
    for file in value.get_mut("files")?.as_array_mut()? {
        file.as_object_mut()?.remove("recipients");
    }
    Some(value)
}

fn changed(paper: &Paper, is_ours: bool) -> Diagnostic {
    let of_run = is_of_run(&paper.made);
    if paper.status == PaperStatus::Draft {
        let message =
            if is_ours { "this is an earlier version of this paper" } else { "this paper is not as it was made" };
        let hint = if of_run {
            "take it away, and run `convenor invite` again"
        } else {
            "keep your changes under another name, and build again"
        };
        return Diagnostic::error(codes::NOT_AS_MADE, message).hint(hint);
    }
    let since = format!("this paper was changed after it was {}", paper.status.id());
    Diagnostic::error(codes::RELEASED, since)
        .hint("put the released file back from a copy, or make a new version of it with `--reissue`")
}

fn counts(state: &State) -> Vec<(String, &'static str, usize)> {
    let mut counts: BTreeMap<(String, &'static str), usize> = BTreeMap::new();
    for paper in state.papers.values().filter(|paper| !is_of_run(&paper.made)) {
        *counts.entry((paper.made.audience.clone(), paper.status.id())).or_default() += 1;
    }
    counts.into_iter().map(|((audience, status), number)| (audience, status, number)).collect()
}

fn run_verdict(state: &State, run: &RunState) -> RunVerdict {
    let Run { folder, .. } = &run.run;
    let below = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for paper in state.papers.values().filter(|paper| paper.made.file.starts_with(&below) && is_of_run(&paper.made)) {
        *counts.entry(paper.made.audience.clone()).or_default() += 1;
    }
    let checked = run.sign_offs.iter().map(|SignedOff { checker, on }| (checker.clone(), *on)).collect();
    RunVerdict { folder: folder.clone(), counts, checked }
}

/// Where a record stood once, as somebody wrote it down elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDown {
    lines: u32,
    digits: String,
}

impl WrittenDown {
    /// How many lines it had, and the first digits of its head, in groups or not.
    ///
    /// # Errors
    /// If these are no such digits.
    pub fn new(lines: u32, head: &str) -> Result<Self, Report> {
        let digits: String = head.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        if digits.len() >= 8 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(Self { lines, digits });
        }
        let error = Diagnostic::error(codes::BAD_VALUE, "a head is at least 8 digits from 0 to 9 and a to f");
        let error = error.place(Place::file("--head"));
        Err(error.hint("give it as `convenor release` told it, as in `--head \"3f9a 1c07\"`").into())
    }
}

/// Checks that the record of a folder grew out of the one that was written down.
///
/// # Errors
/// If it did not, or cannot be read.
pub fn ensure_grew_out_of(folder: &Path, written: &WrittenDown) -> Result<(), Report> {
    let WrittenDown { lines, digits } = written;
    let papers = Papers::at(folder)?;
    let contents = super::log::read(&papers.bytes(LOG)?.unwrap_or_default());
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
        format!("line {lines} of the record has another head than the one that was written down")
    };
    let error =
        Diagnostic::error(codes::HEAD_DIFFERS, message).place(Place::file(folder.join(LOG).display().to_string()));
    Err(error
        .hint("compare number and digits with what was written down; if they are right, this record was changed or put back")
        .into())
}

/// Whether a log is, or grew out of, one with this many lines and this head.
pub fn grew_out_of(log: &Log, marks: &[(Hash, u64)], lines: u32, head: &str) -> bool {
    let digits: String = head.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_lowercase();
    let mark = usize::try_from(lines).ok().and_then(|lines| marks.get(lines.checked_sub(1)?));
    lines <= log.lines && digits.len() >= 8 && mark.is_some_and(|(hash, _)| hash.to_string().starts_with(&digits))
}

impl Verdict {
    /// The verdict in a few lines.
    pub fn lines(&self) -> Vec<String> {
        let papers: usize = self.counts.iter().map(|(_, _, n)| n).sum();
        let mut lines =
            vec![format!("{}: {}, {} read back", self.folder.display(), count(papers, "paper"), self.read_back)];
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
            lines.push(format!("Record: {}, head {}", count(self.lines as usize, "line"), self.head));
        }
        let (errors, warnings) = self.report.counts();
        lines.push(match (errors, warnings) {
            (0, 0) => {
                "Sound: every file is as the record says, and none holds what its readers may not read.".to_owned()
            }
            (0, _) => format!("Sound, with {}.", count(warnings, "warning")),
            _ => format!("Not sound: {}. Send nothing from this folder.", count(errors, "problem")),
        });
        lines
    }
}
