//! The run: rows in order, letters on all cores, lines of the register in order again.
//!
//! One thread reads rows and hands them out; workers make letters and write files; one thread puts what they say back
//! into the order of the rows. A worker has a few letters in hand, and all of them come through a stage (words, layout, PDF,
//! reading back, writing) before the next begins: each stage is megabytes of code that the processor would otherwise fetch
//! anew for every letter. Each worker has a rayon pool of its own with one thread (`jobs::parallel` says why).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use super::release;
use super::survey::letter;
use super::{Batch, Product, ReadBack, Survey, bundle, guarded, print, workers};
use crate::check::list::Problem;
use crate::deliver::message::{Message, eml};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::doc::Document;
use crate::gate::{Hash, Sealed};
use crate::jobs::{Begun, parallel};
use crate::model::Audience;
use crate::model::listed::Listed;
use crate::records::event::{Begin, End, Run, Verb};
use crate::records::ranges::Ranges;
use crate::records::run::{Claim, Letters, Line};
use crate::records::{SignOff, ensure_second_person, last_day};

/// How far a run is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    /// Letters done.
    pub done: u32,
}

/// How a run ended.
#[derive(Debug, Default)]
pub struct Ended {
    /// People whose papers are there.
    pub people: u32,
    /// Letters and messages that were made.
    pub made: usize,
    /// Letters and messages that an earlier run had made and that are still as it made them.
    pub kept: usize,
    /// Files of all kinds that are there.
    pub files: usize,
    /// Pages of the letters.
    pub pages: usize,
    /// Letters that could not be made, with what stood in the way.
    pub failed: Vec<(Listed, Report)>,
    /// Letters that GOV.UK Notify would not take, by reference, with the reason.
    pub left_out: Vec<(String, &'static str)>,
    /// Letters that are in the files for the printer and have no label: their place on the sheet is left free.
    pub unlabelled: Vec<(Listed, Report)>,
    /// Files of earlier runs that are no longer due, and were released or changed. Drafts that nobody changed were taken away.
    pub stale: Vec<String>,
    /// What an earlier run had left half done, and what became of it.
    pub settled: Vec<String>,
    /// Released files of many letters that would come out otherwise now, such as without somebody who was taken off the list,
    /// and what belongs to them: labels to letters. None of them was made.
    pub outdated: Vec<String>,
}

impl Ended {
    /// Notes letters that could not be made. One that is in no bundle for the same reason is told once.
    pub(super) fn fail(&mut self, failed: Vec<(Listed, Report)>) {
        let known: BTreeSet<u32> = self.failed.iter().map(|(listed, _)| listed.number).collect();
        self.failed.extend(failed.into_iter().filter(|(listed, _)| !known.contains(&listed.number)));
    }
}

/// Why something was not made.
#[derive(Debug)]
pub(super) enum RunError {
    /// Nothing goes on: a disk that is full, a file that a person changed.
    Fatal(Report),
    /// The list is another than it was, or cannot be read any more.
    List(Report),
    /// One letter, and none of the others.
    Letter(Report),
}

impl RunError {
    pub(super) fn report(self) -> Report {
        match self {
            RunError::Fatal(report) | RunError::List(report) | RunError::Letter(report) => report,
        }
    }
}

/// What the workers share.
struct Workshop<'s> {
    batch: &'s Batch<'s>,
    letters: &'s Letters,
    calendars: BTreeMap<Audience, Sealed>,
    /// The letters that stand for their kind.
    samples: &'s BTreeSet<u32>,
    /// Whether letters are made and read back only to see whether all of them can be.
    trial: AtomicBool,
    /// Set by whoever called.
    stop: &'s AtomicBool,
    /// Set by whoever finds that there is no use in going on.
    halt: AtomicBool,
    /// The first thing that stops everything, such as a full disk.
    fatal: Mutex<Option<Report>>,
}

/// What became of one person's papers.
enum Outcome {
    Made { files: Vec<Due>, made: usize },
    Failed { listed: Box<Listed>, report: Report },
    Left,
}

/// A file of a run with its name in the stage, if it is to be put into its place.
pub(super) type Due = (Line, Option<String>);

/// Makes a batch.
///
/// `stop` may be set at any time: letters in hand are finished, and the next run goes on from there.
///
/// # Errors
/// Another run in the same folder; a disk that cannot be written; a list that cannot be read; files that a person changed;
/// and being stopped. What was made until then stays, and is not made again.
pub fn run(
    batch: &Batch<'_>,
    survey: &Survey,
    out: &Path,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Ended, Report> {
    if survey.is_unusable {
        let error = Diagnostic::error(codes::NOTHING_TO_MAKE, "the list lacks a column that every letter needs");
        return Err(error.place(batch.file()).into());
    }
    if batch.press.is_released() || batch.options.checker.is_some() {
        // Whoever calls, in whatever way: a mark goes only on a second person's word.
        signed_off(batch, out)?;
        batch.ensure_proved(survey, out)?;
    }
    if batch.options.checker.is_some() {
        release::ensure_not_released_in_other_shares(batch, out)?;
    }
    let mut letters = batch.letters(out)?;
    letters.make_room(batch.checked.edition(&batch.options.artefact).version)?;
    let with_earlier = release::going_on(batch, survey, &letters)?;
    let batch = &with_earlier;
    batch.is_as_looked_over(survey)?;
    if batch.is_settled() {
        release::ensure_nothing_released_changes(batch, survey, &letters)?;
    }
    let mut calendars = BTreeMap::new();
    let given = batch.press.audiences_of(&batch.options.artefact);
    for audience in given.into_iter().filter(|a| survey.audiences.contains_key(a.id())) {
        let place = batch.at(&format!("{}/meeting.ics", audience.id()));
        calendars.insert(audience, batch.press.calendar(&batch.options.artefact, audience, &place)?);
    }
    let workshop = Workshop {
        batch,
        letters: &letters,
        calendars,
        samples: &survey.samples,
        trial: AtomicBool::new(batch.options.all_or_nothing),
        stop,
        halt: AtomicBool::new(false),
        fatal: Mutex::new(None),
    };
    if batch.options.all_or_nothing {
        let mut tried = Ended::default();
        make(&workshop, survey, &mut |_| Ok(()), &mut tried, &mut |_| {}).map_err(RunError::report)?;
        workshop.ensure_going_on()?;
        if !tried.failed.is_empty() {
            return Err(all_of(batch, &tried.failed));
        }
        workshop.trial.store(false, Ordering::Relaxed);
    }
    let mut made = BTreeSet::new();
    all_made(&workshop, survey, &mut made, progress).map_err(|error| match error {
        RunError::List(mut report) => {
            // Who shares a letter and who stands twice was found in the list as it was.
            if let Err(also) = letters.undo(made.into_iter().collect()) {
                report.merge(also);
            }
            report
        }
        error => error.report(),
    })
}

/// Checks the sign-off. Whoever looked at the proofs of an earlier run in this folder may say so again on any day.
fn signed_off(batch: &Batch<'_>, out: &Path) -> Result<Report, Report> {
    let (checker, on) = batch.options.checker.clone().unwrap_or_default();
    let before = batch.options.shard.which(batch.people, out, batch.checked, &batch.options.artefact, |which| {
        Ok::<_, Report>(which.read()?.and_then(|state| state.runs.get(which.below()).cloned()))
    })?;
    let signed = before.iter().flat_map(|run| &run.sign_offs);
    let last = last_day(signed.map(|signed| (signed.checker.as_str(), signed.on)), &checker);
    let makers = before.iter().map(|run| run.source.maker.as_str()).filter(|maker| !maker.is_empty());
    ensure_second_person(batch.checked, &SignOff { checker, on }, makers, batch.options.today, last)
}

/// How a run begins in the log.
fn begin(batch: &Batch<'_>, survey: &Survey) -> Begin {
    let sign_off = release::signed(batch);
    let source = crate::records::source(batch.checked);
    Begin { source, sign_off, run: Some(run_of(batch, survey, batch.inputs)), ..Begin::of(Verb::Invite) }
}

/// What a run is a run of.
pub(super) fn run_of(batch: &Batch<'_>, survey: &Survey, inputs: Hash) -> Run {
    let (options, edition) = (&batch.options, batch.checked.edition(&batch.options.artefact));
    Run {
        folder: if options.shard == super::Shard::WHOLE {
            options.shard.folder(batch.people, &options.artefact)
        } else {
            String::new()
        },
        paper: options.artefact.clone(),
        v: edition.version,
        issued: edition.issued,
        inputs,
        list: survey.list,
        list_name: batch.list_name(),
        choices: batch.choices(),
        make: options.make.iter().map(|product| product.id().to_owned()).collect(),
        part: options.shard.part,
        parts: options.shard.of,
        people: survey.people,
        letters: survey.letters,
        due: match (batch.makes(Product::Letters), batch.makes(Product::Emails)) {
            (true, _) => survey.letters,
            (false, true) => survey.emailed,
            (false, false) => 0,
        },
        print_part: u32::try_from(options.part).unwrap_or(u32::MAX),
    }
}

/// Where files go that were made: into groups of lines, in order.
pub(super) struct Committer<'c> {
    letters: &'c Letters,
    run: Run,
    releases: bool,
    group: Vec<Due>,
    /// Every line of the run.
    pub lines: Vec<Line>,
}

/// Files that get their lines together: forcing a line to the disk takes as long as for many.
const GROUP: usize = 32;

impl Committer<'_> {
    /// Takes in a file with its line.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn add(&mut self, line: Line, staged: Option<String>) -> Result<(), Report> {
        self.lines.push(line.clone());
        self.group.push((line, staged));
        if self.group.len() >= GROUP { self.flush() } else { Ok(()) }
    }

    /// Puts what is in hand into its place.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn flush(&mut self) -> Result<(), Report> {
        let group = std::mem::take(&mut self.group);
        self.letters.put(&group, &self.run, self.releases)
    }

    /// The places of all files.
    fn files(&self) -> BTreeSet<String> {
        self.lines.iter().map(|line| line.file.clone()).collect()
    }
}

/// Makes the letters, then what is put together from them, then says that it is done.
fn all_made(
    workshop: &Workshop<'_>,
    survey: &Survey,
    files: &mut BTreeSet<String>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Ended, RunError> {
    let (batch, letters) = (workshop.batch, workshop.letters);
    let fatal = RunError::Fatal;
    let mut ended = Ended { settled: letters.settled(), ..Ended::default() };
    let begin = begin(batch, survey);
    let run = begin.run.clone().expect("a run has one");
    letters.begin(begin).map_err(fatal)?;
    if matches!(batch.people, super::People::Invitees) {
        letters.number(batch.checked).map_err(fatal)?;
    }
    let releases = batch.options.checker.is_some();
    let mut committer = Committer { letters, run, releases, group: Vec::new(), lines: Vec::new() };
    let mut take_in = |new: Vec<Due>| new.into_iter().try_for_each(|(line, staged)| committer.add(line, staged));
    let made = make(workshop, survey, &mut take_in, &mut ended, progress);
    let flushed = committer.flush().map_err(fatal);
    *files = committer.files();
    made.and(flushed)?;
    workshop.ensure_going_on().map_err(fatal)?;
    let made = bundle::Made { batch, letters, survey, calendars: &workshop.calendars, stop: workshop.stop };
    let all = bundle::all(&made, &mut committer, &mut ended);
    let flushed = committer.flush().map_err(fatal);
    *files = committer.files();
    all.and(flushed)?;
    ended.files = committer.lines.len();
    let stale = letters.stale(files).map_err(fatal)?;
    // What was released may have been sent: it is for a person to say what becomes of it.
    let stale = if batch.is_settled() { stale } else { letters.drop_stale(stale).map_err(fatal)? };
    let below = batch.at("");
    let short = |file: &String| file.strip_prefix(&below).unwrap_or(file).to_owned();
    ended.stale = stale.iter().map(short).collect();
    ended.outdated = ended.outdated.iter().map(short).collect();
    let failed: BTreeSet<u32> = ended.failed.iter().map(|(listed, _)| listed.number).collect();
    let end = End {
        failed: Ranges::of(failed.into_iter(), batch.options.shard.of),
        outdated: ended.outdated.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect(),
        // Whoever takes away what is no longer due does what they were told: it stays noted.
        stale: if batch.is_settled() { letters.not_due(files).into_iter().chain(stale).collect() } else { Vec::new() },
        problems: None,
    };
    letters.end(end, &bundle::problems(survey, &ended), batch.checked).map_err(fatal)?;
    Ok(ended)
}

/// The files of one person, without what is only known once they are made.
pub(super) fn due(batch: &Batch<'_>, listed: &Listed) -> Vec<Line> {
    let audience = batch.audience(listed);
    let name = batch.press.listed_name(&batch.options.artefact, listed);
    let inputs = batch.inputs_of(listed);
    let line = |folder: &str, ending: &str| Line {
        number: listed.number,
        reference: batch.reference(listed),
        person: listed.reference.clone(),
        file: batch.at(&format!("{}/{folder}/{name}.{ending}", audience.id())),
        audience: audience.id().to_owned(),
        pages: 0,
        inputs,
        hash: None,
        held: None,
    };
    let mut due = Vec::with_capacity(2);
    if batch.makes(Product::Letters) {
        due.push(line("letters", "pdf"));
    }
    if batch.makes(Product::Emails) && listed.is_emailed() {
        due.push(line("emails", "eml"));
    }
    due
}

/// Every letter that cannot be made, as one report, each with its row.
pub(super) fn all_of(batch: &Batch<'_>, failed: &[(Listed, Report)]) -> Report {
    let mut report = Report::default();
    for (listed, faults) in failed {
        for fault in &faults.diagnostics {
            report.push(fault.clone().note(format!("in the letter to {} of the list", batch.place(listed))));
        }
    }
    let number = crate::diag::count(failed.len(), "letter");
    report.push(
        Diagnostic::error(codes::BAD_ROWS, format!("{number} cannot be made, so nothing was made"))
            .hint("mend their rows, or leave `--all-or-nothing` out"),
    );
    report
}

pub(super) fn stopped(letters: &Letters) -> Report {
    let error = Diagnostic::error(codes::STOPPED, "the run was stopped; every letter that was made is whole");
    let error = error.place(Place::file(letters.path().display().to_string()));
    error.hint("run the same command again: it goes on where it was").into()
}

/// Claims the place of a file that is made: whether it is to be written, for it may be there already.
///
/// # Errors
/// Something else is there, which a person made or changed, or which was released; a disk that cannot be read.
pub(super) fn claim(batch: &Batch<'_>, letters: &Letters, file: &str, new: Hash) -> Result<bool, Report> {
    let place = || Place::file(letters.root().join(file).display().to_string());
    match letters.claim(file, new)? {
        Claim::AlreadyThere => Ok(false),
        Claim::Foreign if !batch.options.force => {
            let error = Diagnostic::error(codes::EDITED_SINCE, "this file is not as it was made").place(place());
            Err(error.hint("keep your changes under another name, or write over them with `--force`").into())
        }
        Claim::Released if batch.is_settled() => {
            let error = Diagnostic::error(codes::RELEASED, "this file was released and would now change");
            let hint = "raise `version:` in the conference file: what was released is then kept aside";
            Err(error.place(place()).hint(hint).into())
        }
        Claim::Write | Claim::Foreign | Claim::Released => Ok(true),
    }
}

/// The file by which a person's papers are known while they are made; nothing if only files of many letters are.
fn first(due: &[Line]) -> &str {
    due.first().map_or("", |line| line.file.as_str())
}

/// Letters that a worker has in hand: enough that the code of a stage is worth fetching, few enough that stopping is quick.
/// (Measured: 16 and 32 are no faster.)
pub(super) const HANDFUL: usize = 8;

type Handful = Vec<(u32, Listed)>;

fn make(
    workshop: &Workshop<'_>,
    survey: &Survey,
    note: &mut dyn FnMut(Vec<Due>) -> Result<(), Report>,
    ended: &mut Ended,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), RunError> {
    let workers = workers(workshop.batch.options.jobs);
    let (give, rows) = sync_channel::<Handful>(workers);
    let rows = Mutex::new(rows);
    let (tell, outcomes) = channel::<(u32, Outcome)>();
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (rows, tell) = (&rows, tell.clone());
            scope.spawn(move || parallel::alone(|| work(workshop, rows, &tell)));
        }
        drop(tell);
        let reader = scope.spawn(move || read(workshop, survey, &give));
        let noted = collect(workshop, &outcomes, note, ended, progress);
        let read = reader.join().expect("a reader that panics takes the program with it");
        noted.map_err(RunError::Fatal).and(read.map_err(RunError::List))
    })
}

/// Hands out the rows of the list, a few at a time.
fn read(workshop: &Workshop<'_>, survey: &Survey, give: &SyncSender<Handful>) -> Result<(), Report> {
    let mut handful = Vec::with_capacity(HANDFUL);
    let mut place = 0;
    workshop.batch.each(&survey.rows, &mut |_: &Listed, _: Vec<Problem>, _| {}, &mut |listed| {
        handful.push((place, listed));
        place += 1;
        if handful.len() == HANDFUL && give.send(std::mem::take(&mut handful)).is_err() {
            return false;
        }
        !workshop.ends()
    })?;
    // Nobody takes it if every worker has ended; then there is an error to tell.
    let _ = give.send(handful);
    Ok(())
}

/// Puts outcomes back into the order of the rows, and notes them.
fn collect(
    workshop: &Workshop<'_>,
    outcomes: &Receiver<(u32, Outcome)>,
    note: &mut dyn FnMut(Vec<Due>) -> Result<(), Report>,
    ended: &mut Ended,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Report> {
    let mut early: BTreeMap<u32, Outcome> = BTreeMap::new();
    let mut next = 0;
    let mut result = Ok(());
    for (place, outcome) in outcomes {
        early.insert(place, outcome);
        while let Some(outcome) = early.remove(&next) {
            next += 1;
            match outcome {
                Outcome::Made { files, made } => {
                    ended.people += 1;
                    ended.made += made;
                    ended.kept += files.len() - made;
                    ended.pages += files.first().map_or(0, |(line, _)| line.pages as usize);
                    if result.is_ok() {
                        result = note(files);
                        if result.is_err() {
                            workshop.halt.store(true, Ordering::Relaxed);
                        }
                    }
                }
                Outcome::Failed { listed, report } => ended.failed.push((*listed, report)),
                Outcome::Left => {}
            }
            progress(Progress { done: next });
        }
    }
    result
}

fn work(workshop: &Workshop<'_>, rows: &Mutex<Receiver<Handful>>, tell: &Sender<(u32, Outcome)>) {
    loop {
        let handful = rows.lock().expect("a worker that panics takes the program with it").recv();
        let Ok(handful) = handful else { return };
        for outcome in workshop.papers(handful) {
            if tell.send(outcome).is_err() {
                return;
            }
        }
    }
}

/// What brings one person's papers to the next stage.
type Step<'s> = &'s dyn Fn(&Listed, Stage) -> Result<Stage, RunError>;

/// How far one person's papers are.
enum Stage {
    /// Nothing is done.
    Asked,
    /// They have their words; the lines are those of the files that are due.
    Worded(Vec<Line>, Document),
    /// The letter is laid out.
    LaidOut(Vec<Line>, Document, Begun),
    /// The letter is written, with so many pages.
    Written(Vec<Line>, Document, Vec<u8>, usize),
    /// The letter is read back.
    Sealed(Vec<Line>, Document, Sealed, usize),
    /// They are there or in the stage, so many of them made now.
    There(Vec<Due>, usize),
}

impl Workshop<'_> {
    fn ends(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.halt.load(Ordering::Relaxed)
    }

    /// What stopped the workers, if something did.
    fn ensure_going_on(&self) -> Result<(), Report> {
        let fatal = self.fatal.lock().expect("a worker that panics takes the program with it").take();
        match fatal {
            Some(report) => Err(report),
            None if self.stop.load(Ordering::Relaxed) => Err(stopped(self.letters)),
            None => Ok(()),
        }
    }

    /// The papers of a few people, those of each from one row, stage by stage.
    fn papers(&self, handful: Handful) -> Vec<(u32, Outcome)> {
        // Whoever asked to stop waits for what is in hand, and no longer.
        if self.ends() {
            return handful.into_iter().map(|(place, _)| (place, Outcome::Left)).collect();
        }
        let mut stages: Vec<Result<Stage, RunError>> = handful.iter().map(|_| Ok(Stage::Asked)).collect();
        let words = |listed: &Listed, stage| self.words(listed, stage).map_err(RunError::Letter);
        let lay_out = |_: &Listed, stage| self.lay_out(stage).map_err(RunError::Letter);
        let write = |_: &Listed, stage| self.write(stage).map_err(RunError::Letter);
        let read_back = |listed: &Listed, stage| self.read_back(listed, stage);
        let put = |listed: &Listed, stage| self.put(listed, stage);
        let all: [Step<'_>; 5] = [&words, &lay_out, &write, &read_back, &put];
        for go_on in all {
            for ((_, listed), reached) in handful.iter().zip(&mut stages) {
                let before = std::mem::replace(reached, Ok(Stage::Asked));
                *reached = before.and_then(|stage| {
                    guarded(|| Ok(go_on(listed, stage))).unwrap_or_else(|report| Err(RunError::Letter(report)))
                });
            }
        }
        handful.into_iter().zip(stages).map(|((place, listed), stage)| (place, self.outcome(listed, stage))).collect()
    }

    fn outcome(&self, listed: Listed, stage: Result<Stage, RunError>) -> Outcome {
        match stage {
            Ok(Stage::There(files, made)) => Outcome::Made { files, made },
            Ok(_) => unreachable!("the last stage leaves nothing undone"),
            Err(RunError::Letter(report)) => Outcome::Failed { listed: Box::new(listed), report },
            Err(RunError::Fatal(report) | RunError::List(report)) => {
                self.fatal.lock().expect("a worker that panics takes the program with it").get_or_insert(report);
                self.halt.store(true, Ordering::Relaxed);
                Outcome::Left
            }
        }
    }

    /// Finds out what is due and not there, and its words.
    fn words(&self, listed: &Listed, stage: Stage) -> Result<Stage, Report> {
        let Stage::Asked = stage else { return Ok(stage) };
        let batch = self.batch;
        // Files of many letters are made for those audiences only that get such a paper: whoever reads another is reported.
        if !self.calendars.contains_key(&batch.audience(listed)) {
            return letter(batch, listed).map(|_| Stage::There(Vec::new(), 0));
        }
        if self.trial.load(Ordering::Relaxed) {
            return self.try_out(listed).map(|()| Stage::There(Vec::new(), 0));
        }
        let mut due = due(batch, listed);
        let there = due.iter_mut().filter_map(|line| {
            let (hash, pages) = self.letters.made(&line.file, line.inputs)?;
            (line.hash, line.pages) = (Some(hash), pages);
            Some(())
        });
        if there.count() == due.len() {
            return Ok(Stage::There(due.into_iter().map(|line| (line, None)).collect(), 0));
        }
        letter(batch, listed).map(|document| Stage::Worded(due, document))
    }

    fn lay_out(&self, stage: Stage) -> Result<Stage, Report> {
        let Stage::Worded(due, document) = stage else { return Ok(stage) };
        let begun = self.batch.press.begin(&document)?;
        Ok(Stage::LaidOut(due, document, begun))
    }

    /// Writes the letter as PDF.
    fn write(&self, stage: Stage) -> Result<Stage, Report> {
        let Stage::LaidOut(due, document, begun) = stage else { return Ok(stage) };
        let (pdf, pages) = self.batch.press.end(begun)?;
        Ok(Stage::Written(due, document, pdf, pages))
    }

    /// Reads the letter back; or its words, and of some the letter too.
    fn read_back(&self, listed: &Listed, stage: Stage) -> Result<Stage, RunError> {
        let Stage::Written(due, document, pdf, pages) = stage else { return Ok(stage) };
        let to = self.batch.to(listed, first(&due));
        let is_sample = self.samples.contains(&listed.number) || listed.number.is_multiple_of(SAMPLE);
        let sealed = if self.reads_every_file() {
            self.batch.press.seal_letter(pdf, &to).map_err(RunError::Letter)?
        } else {
            let sealed = self.batch.press.seal_letter_by_words(&document, pdf, &to).map_err(RunError::Letter)?;
            if is_sample {
                let again = self.batch.press.seal_letter(sealed.data().to_vec(), &to);
                again.map_err(|mut report| {
                    let message = "a file holds what the words of its letter do not: every file has to be read back";
                    let error = Diagnostic::error(codes::BAD_SAMPLE, message);
                    report.push(error.hint("run again with `--read-back every`, and see which theme adds it"));
                    RunError::Fatal(report)
                })?;
            }
            sealed
        };
        Ok(Stage::Sealed(due, document, sealed, pages))
    }

    /// Writes the files into the stage.
    fn put(&self, listed: &Listed, stage: Stage) -> Result<Stage, RunError> {
        let Stage::Sealed(due, mut document, letter, pages) = stage else { return Ok(stage) };
        let (mut files, mut made) = (Vec::with_capacity(due.len()), 0);
        for mut line in due {
            let message;
            let file = if line.file.contains("/letters/") {
                &letter
            } else {
                message = self.message(listed, &mut document, &letter, &line.file).map_err(RunError::Letter)?;
                &message
            };
            (line.hash, line.pages) = (Some(file.hash()), u32::try_from(pages).unwrap_or(u32::MAX));
            let is_to_be_written = claim(self.batch, self.letters, &line.file, file.hash()).map_err(RunError::Fatal)?;
            let staged = if is_to_be_written {
                made += 1;
                Some(self.letters.stage(file).map_err(RunError::Fatal)?)
            } else {
                None
            };
            files.push((line, staged));
        }
        Ok(Stage::There(files, made))
    }

    fn reads_every_file(&self) -> bool {
        self.batch.options.read_back == ReadBack::Every || self.batch.press.has_own_theme()
    }

    /// Makes everything that holds this letter, and keeps none of it.
    fn try_out(&self, listed: &Listed) -> Result<(), Report> {
        let batch = self.batch;
        let file = due(batch, listed).into_iter().next();
        let stage = Stage::Worded(file.into_iter().collect(), letter(batch, listed)?);
        let stage = self.read_back(listed, self.write(self.lay_out(stage)?)?).map_err(RunError::report)?;
        let Stage::Sealed(due, mut document, letter, _) = stage else { unreachable!("it was read back") };
        let file = first(&due);
        if listed.is_posted() && (batch.makes(Product::Print) || batch.makes(Product::Labels)) {
            batch.press.read_words(&document, &batch.to(listed, file))?;
        }
        if listed.is_posted() && batch.makes(Product::Labels) {
            print::ensure_label_fits(batch, batch.audience(listed), listed)?;
        }
        if listed.is_emailed() && batch.makes(Product::Emails) {
            self.message(listed, &mut document, &letter, "")?;
        }
        Ok(())
    }

    fn message(
        &self,
        listed: &Listed,
        document: &mut Document,
        letter: &Sealed,
        place: &str,
    ) -> Result<Sealed, Report> {
        let borough = &self.batch.checked.borough;
        // The address is for the envelope.
        document.meta.address.clear();
        let text = self.batch.press.plain_text(document);
        let attached = format!("{}.pdf", document.meta.reference.replace('/', "-"));
        let mut attachments = vec![(attached.as_str(), "application/pdf", letter.data())];
        let calendar = self.calendars.get(&self.batch.audience(listed));
        if let Some(calendar) = calendar {
            attachments.push(("meeting.ics", "text/calendar; charset=utf-8; method=PUBLISH", calendar.data()));
        }
        let eml = eml(&Message {
            from: (&borough.name, &borough.email),
            to: (&listed.name, &listed.email),
            marking: &[Some(document.meta.marking.as_str()), document.meta.draft.as_deref()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(": "),
            subject: &document.meta.title.replace('\u{a0}', " "),
            reference: &document.meta.reference,
            issued: document.meta.issued,
            text: &text,
            attachments,
        });
        let attached: Vec<&Sealed> = std::iter::once(letter).chain(calendar).collect();
        self.batch.press.seal_message(eml, &attached, &self.batch.to(listed, place))
    }
}

/// One letter in so many is read back when not every one is.
const SAMPLE: u32 = 16;
