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

use super::release::{self, Sets};
use super::survey::letter;
use super::{Batch, Product, ReadBack, Survey, bundle, guarded, print, workers};
use crate::check::list::Problem;
use crate::deliver::batch::{Folder, Journal, Line, Lines, Standing};
use crate::deliver::message::{Message, eml};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::doc::Document;
use crate::gate::hash;
use crate::jobs::{Begun, parallel};
use crate::model::Audience;
use crate::model::listed::Listed;
use crate::records::is_a_second_person;

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

/// What the workers share.
struct Workshop<'s> {
    batch: &'s Batch<'s>,
    folder: &'s Folder,
    calendars: BTreeMap<Audience, Vec<u8>>,
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
    Made { lines: Vec<Line>, made: usize },
    Failed { listed: Box<Listed>, report: Report },
    Left,
}

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
        let checker = batch.options.checker.as_ref().map_or("", |(name, _)| name.as_str());
        is_a_second_person(checker, std::iter::once(batch.checked.maker()))?;
        batch.was_proved(survey, out)?;
    }
    let root = batch.folder(out);
    if batch.options.checker.is_some() {
        release::not_released_in_other_shares(batch, &root)?;
    }
    release::make_room(&root, batch.checked.conference.version)?;
    let folder = Folder::hold(&root)?;
    let with_earlier = release::going_on(batch, survey, super::verify::summary(folder.root())?, &folder)?;
    let batch = &with_earlier;
    batch.is_as_looked_over(survey)?;
    if batch.is_settled() {
        release::nothing_released_changes(batch, survey, &folder)?;
    }
    let mut below: Vec<String> = Vec::new();
    let mut calendars = BTreeMap::new();
    let given = batch.press.audiences_of(&batch.options.artefact);
    for audience in given.into_iter().filter(|a| survey.audiences.contains_key(a.id())) {
        calendars.insert(audience, batch.press.calendar(&batch.options.artefact, audience)?);
        below.push(audience.id().to_owned());
        below.extend(["letters", "emails", "print", "notify"].map(|kind| format!("{}/{kind}", audience.id())));
    }
    folder.prepare(&below)?;
    let workshop = Workshop {
        batch,
        folder: &folder,
        calendars,
        samples: &survey.samples,
        trial: AtomicBool::new(batch.options.all_or_nothing),
        stop,
        halt: AtomicBool::new(false),
        fatal: Mutex::new(None),
    };
    if batch.options.all_or_nothing {
        let mut tried = Ended::default();
        make(&workshop, survey, &mut |_| Ok(()), &mut tried, &mut |_| {})?;
        workshop.has_gone_on()?;
        if !tried.failed.is_empty() {
            return Err(all_of(batch, &tried.failed));
        }
        workshop.trial.store(false, Ordering::Relaxed);
    }
    let ended = all_made(&workshop, survey, progress);
    if let Err(report) = &ended
        && report.diagnostics.iter().any(|d| OF_A_LIST.contains(&d.code))
    {
        // Who shares a letter and who stands twice was found in the list as it was.
        folder.undo()?;
    }
    ended
}

/// Makes the letters, then what is put together from them, then the register.
fn all_made(workshop: &Workshop<'_>, survey: &Survey, progress: &mut dyn FnMut(Progress)) -> Result<Ended, Report> {
    let (batch, folder) = (workshop.batch, workshop.folder);
    let (mut ended, mut lines, mut sets) = (Ended::default(), Lines::default(), Sets::new());
    let mut journal = folder.journal()?;
    if batch.options.checker.is_some() {
        // From the first released letter on the folder says who released it, even if the run is stopped.
        folder.write("register.json", &bundle::summary(batch, survey, &ended, None), 0)?;
    }
    make(workshop, survey, &mut |new| take_in(new, &mut lines, &mut journal), &mut ended, progress)?;
    journal.flush()?;
    workshop.has_gone_on()?;
    let made = bundle::Made { batch, folder, survey, calendars: &workshop.calendars, stop: workshop.stop };
    let mut noted = bundle::Noted { lines: &mut lines, journal: &mut journal, sets: &mut sets };
    bundle::all(&made, &mut noted, &mut ended)?;
    drop(journal);
    ended.files = lines.count;
    let due = lines.files();
    let is_due = |file: &str| due.contains(file);
    let stale = folder.stale(&is_due);
    if batch.is_settled() {
        // What was released may have been sent: it is for a person to say what becomes of it.
        ended.stale = stale;
        folder.withdraw(&is_due)?;
    } else {
        ended.stale = folder.clear(stale);
    }
    bundle::write_problems(folder, survey, &ended)?;
    folder.write("register.json", &bundle::summary(batch, survey, &ended, Some((&lines, &sets))), 0)?;
    folder.finish(&lines)?;
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
        file: format!("{}/{folder}/{name}.{ending}", audience.id()),
        audience: audience.id().to_owned(),
        pages: 0,
        inputs: inputs.clone(),
        hash: String::new(),
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

pub(super) fn stopped(folder: &Folder) -> Report {
    let error = Diagnostic::error(codes::STOPPED, "the run was stopped; every letter that was made is whole");
    let error = error.place(Place::file(folder.root().display().to_string()));
    error.hint("run the same command again: it goes on where it was").into()
}

/// Whether a file has to be written: not if it is there already. That it is about to be, is noted.
///
/// # Errors
/// Something else is there, which a person made or changed, or which was released; a disk that cannot be written.
pub(super) fn is_to_be_written(batch: &Batch<'_>, folder: &Folder, line: &Line) -> Result<bool, Report> {
    match folder.place(&line.file, &line.hash) {
        Standing::Same => Ok(false),
        Standing::Foreign if !batch.options.force => {
            let place = Place::file(folder.root().join(&line.file).display().to_string());
            let error = Diagnostic::error(codes::EDITED_SINCE, "this file is not as it was made").place(place);
            Err(error.hint("keep your changes under another name, or write over them with `--force`").into())
        }
        Standing::Ours if batch.is_settled() => {
            let place = Place::file(folder.root().join(&line.file).display().to_string());
            let error = Diagnostic::error(codes::RELEASED, "this file was released, and would be another").place(place);
            Err(error.hint("raise `version:` in the conference file: what was released is then kept aside").into())
        }
        Standing::Free | Standing::Ours | Standing::Foreign => folder.begin(&line.file, &line.hash).map(|()| true),
    }
}

/// The file by which a person's papers are known while they are made; nothing if only files of many letters are.
fn first(due: &[Line]) -> &str {
    due.first().map_or("", |line| line.file.as_str())
}

fn take_in(new: Vec<Line>, lines: &mut Lines, journal: &mut Journal<'_>) -> Result<(), Report> {
    for line in new {
        journal.push(&line)?;
        lines.push(&line);
    }
    Ok(())
}

/// Letters that a worker has in hand: enough that the code of a stage is worth fetching, few enough that stopping is quick.
/// (Measured: 16 and 32 are no faster.)
pub(super) const HANDFUL: usize = 8;

type Handful = Vec<(u32, Listed)>;

fn make(
    workshop: &Workshop<'_>,
    survey: &Survey,
    note: &mut dyn FnMut(Vec<Line>) -> Result<(), Report>,
    ended: &mut Ended,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Report> {
    let workers = workers(workshop.batch.options.jobs);
    let (give, rows) = sync_channel::<Handful>(workers);
    let rows = Mutex::new(rows);
    let (tell, outcomes) = channel::<(u32, Outcome)>();
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let (rows, tell) = (&rows, tell.clone());
            scope.spawn(move || parallel::alone(|| work(workshop, worker, rows, &tell)));
        }
        drop(tell);
        let reader = scope.spawn(move || read(workshop, survey, &give));
        let noted = collect(workshop, &outcomes, note, ended, progress);
        let read = reader.join().expect("a reader that panics takes the program with it");
        noted.and(read)
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
    note: &mut dyn FnMut(Vec<Line>) -> Result<(), Report>,
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
                Outcome::Made { lines, made } => {
                    ended.people += 1;
                    ended.made += made;
                    ended.kept += lines.len() - made;
                    ended.pages += lines.first().map_or(0, |l| l.pages);
                    if result.is_ok() {
                        result = note(lines);
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

fn work(workshop: &Workshop<'_>, worker: usize, rows: &Mutex<Receiver<Handful>>, tell: &Sender<(u32, Outcome)>) {
    loop {
        let handful = rows.lock().expect("a worker that panics takes the program with it").recv();
        let Ok(handful) = handful else { return };
        for outcome in workshop.papers(handful, worker) {
            if tell.send(outcome).is_err() {
                return;
            }
        }
    }
}

/// What brings one person's papers to the next stage.
type Step<'s> = &'s dyn Fn(&Listed, Stage) -> Result<Stage, Report>;

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
    /// They are there, so many of them made now.
    There(Vec<Line>, usize),
}

impl Workshop<'_> {
    fn ends(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.halt.load(Ordering::Relaxed)
    }

    /// What stopped the workers, if something did.
    fn has_gone_on(&self) -> Result<(), Report> {
        let fatal = self.fatal.lock().expect("a worker that panics takes the program with it").take();
        match fatal {
            Some(report) => Err(report),
            None if self.stop.load(Ordering::Relaxed) => Err(stopped(self.folder)),
            None => Ok(()),
        }
    }

    /// The papers of a few people, those of each from one row, stage by stage.
    fn papers(&self, handful: Handful, worker: usize) -> Vec<(u32, Outcome)> {
        // Whoever asked to stop waits for what is in hand, and no longer.
        if self.ends() {
            return handful.into_iter().map(|(place, _)| (place, Outcome::Left)).collect();
        }
        let mut stages: Vec<Result<Stage, Report>> = handful.iter().map(|_| Ok(Stage::Asked)).collect();
        let words = |listed: &Listed, stage| self.words(listed, stage);
        let lay_out = |_: &Listed, stage| self.lay_out(stage);
        let write = |listed: &Listed, stage| self.write(listed, stage);
        let read_back = |listed: &Listed, stage| self.read_back(listed, stage);
        let put = |listed: &Listed, stage| self.put(listed, stage, worker);
        let all: [Step<'_>; 5] = [&words, &lay_out, &write, &read_back, &put];
        for go_on in all {
            for ((_, listed), reached) in handful.iter().zip(&mut stages) {
                let before = std::mem::replace(reached, Ok(Stage::Asked));
                *reached = before.and_then(|stage| guarded(|| go_on(listed, stage)));
            }
        }
        handful.into_iter().zip(stages).map(|((place, listed), stage)| (place, self.outcome(listed, stage))).collect()
    }

    fn outcome(&self, listed: Listed, stage: Result<Stage, Report>) -> Outcome {
        match stage {
            Ok(Stage::There(lines, made)) => Outcome::Made { lines, made },
            Ok(_) => unreachable!("the last stage leaves nothing undone"),
            Err(report) if report.diagnostics.iter().any(|d| FATAL.contains(&d.code)) => {
                self.fatal.lock().expect("a worker that panics takes the program with it").get_or_insert(report);
                self.halt.store(true, Ordering::Relaxed);
                Outcome::Left
            }
            Err(report) => Outcome::Failed { listed: Box::new(listed), report },
        }
    }

    /// Finds out what is due and not there, and its words.
    fn words(&self, listed: &Listed, stage: Stage) -> Result<Stage, Report> {
        let Stage::Asked = stage else { return Ok(stage) };
        let batch = self.batch;
        // Files of many letters are made for those audiences only that get such a paper: whoever reads another is told of.
        if !self.calendars.contains_key(&batch.audience(listed)) {
            return letter(batch, listed).map(|_| Stage::There(Vec::new(), 0));
        }
        if self.trial.load(Ordering::Relaxed) {
            return self.try_out(listed).map(|()| Stage::There(Vec::new(), 0));
        }
        let mut due = due(batch, listed);
        let there = due.iter_mut().filter_map(|line| {
            (line.hash, line.pages) = self.folder.made(&line.file, &line.inputs)?;
            Some(())
        });
        if there.count() == due.len() {
            return Ok(Stage::There(due, 0));
        }
        letter(batch, listed).map(|document| Stage::Worded(due, document))
    }

    fn lay_out(&self, stage: Stage) -> Result<Stage, Report> {
        let Stage::Worded(due, document) = stage else { return Ok(stage) };
        let begun = self.batch.press.begin(&document)?;
        Ok(Stage::LaidOut(due, document, begun))
    }

    /// Writes the letter as PDF; looks through its words before, if it is not read back after.
    fn write(&self, listed: &Listed, stage: Stage) -> Result<Stage, Report> {
        let Stage::LaidOut(due, document, begun) = stage else { return Ok(stage) };
        if !self.reads_every_file() {
            self.batch.press.read_words(&document, &self.batch.to(listed, first(&due)))?;
        }
        let (pdf, pages) = self.batch.press.end(begun)?;
        Ok(Stage::Written(due, document, pdf, pages))
    }

    fn read_back(&self, listed: &Listed, stage: Stage) -> Result<Stage, Report> {
        let Stage::Written(due, _, pdf, _) = &stage else { return Ok(stage) };
        let is_sample = self.samples.contains(&listed.number) || listed.number.is_multiple_of(SAMPLE);
        if self.reads_every_file() {
            self.batch.press.read_letter(pdf, &self.batch.to(listed, first(due)))?;
        } else if is_sample {
            self.batch.press.read_letter(pdf, &self.batch.to(listed, first(due))).map_err(|mut report| {
                let message = "a file holds what the words of its letter do not: every file has to be read back";
                let error = Diagnostic::error(codes::BAD_SAMPLE, message);
                report.push(error.hint("run again with `--read-back every`, and see which theme adds it"));
                report
            })?;
        }
        Ok(stage)
    }

    /// Writes the files.
    fn put(&self, listed: &Listed, stage: Stage, worker: usize) -> Result<Stage, Report> {
        let Stage::Written(mut due, mut document, pdf, pages) = stage else { return Ok(stage) };
        let mut made = 0;
        for line in &mut due {
            let data =
                if line.file.contains("/letters/") { &pdf } else { &self.message(listed, &mut document, &pdf)? };
            (line.hash, line.pages) = (hash(data), pages);
            if is_to_be_written(self.batch, self.folder, line)? {
                self.folder.write(&line.file, data, worker)?;
                made += 1;
            }
        }
        Ok(Stage::There(due, made))
    }

    fn reads_every_file(&self) -> bool {
        self.batch.options.read_back == ReadBack::Every || self.batch.press.has_own_theme()
    }

    /// Makes everything that holds this letter, and keeps none of it.
    fn try_out(&self, listed: &Listed) -> Result<(), Report> {
        let batch = self.batch;
        let file = due(batch, listed).into_iter().next();
        let stage = Stage::Worded(file.into_iter().collect(), letter(batch, listed)?);
        let stage = self.read_back(listed, self.write(listed, self.lay_out(stage)?)?)?;
        let Stage::Written(due, mut document, pdf, _) = stage else { unreachable!("it was written") };
        let file = first(&due);
        if listed.is_posted() && (batch.makes(Product::Print) || batch.makes(Product::Labels)) {
            batch.press.read_words(&document, &batch.to(listed, file))?;
        }
        if listed.is_posted() && batch.makes(Product::Labels) {
            print::is_labelled(batch, batch.audience(listed), listed)?;
        }
        if listed.is_emailed() && batch.makes(Product::Emails) {
            self.message(listed, &mut document, &pdf)?;
        }
        Ok(())
    }

    fn message(&self, listed: &Listed, document: &mut Document, pdf: &[u8]) -> Result<Vec<u8>, Report> {
        let borough = &self.batch.checked.borough;
        // The address is for the envelope.
        document.meta.address.clear();
        let text = self.batch.press.listed_text(document, &self.batch.to(listed, ""))?;
        let attached = format!("{}.pdf", document.meta.reference.replace('/', "-"));
        let mut attachments = vec![(attached.as_str(), "application/pdf", pdf)];
        if let Some(calendar) = self.calendars.get(&self.batch.audience(listed)) {
            attachments.push(("meeting.ics", "text/calendar; charset=utf-8; method=PUBLISH", calendar));
        }
        Ok(eml(&Message {
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
        }))
    }
}

/// What stops the whole run and not one letter.
const FATAL: &[crate::diag::Code] = &[codes::CANNOT_WRITE, codes::EDITED_SINCE, codes::BAD_SAMPLE, codes::RELEASED];

/// What comes of a list that somebody saves while it is read.
const OF_A_LIST: &[crate::diag::Code] =
    &[codes::LIST_CHANGED, codes::UNREADABLE, codes::NOT_TEXT, codes::OPEN_QUOTE, codes::EMPTY_FILE];

/// One letter in so many is read back when not every one is.
const SAMPLE: u32 = 16;
