//! Letters on all cores: one thread reads rows and hands them out; workers make letters and write files; one thread
//! puts the outcomes back into the order of the rows.
//!
//! A worker takes a few letters through one stage (words, layout, PDF, reading back, writing) before the next begins:
//! each stage is megabytes of code that the processor would otherwise fetch anew for every letter. Each worker has a
//! rayon pool of its own with one thread (`jobs::parallel` says why).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use super::committer::StagedFile;
use super::outcome::{Ended, HANDFUL, Progress, RunError, claim, due, ending, is_pdf_letter, stopped};
use super::survey::letter;
use super::{Batch, Product, ReadBack, Survey, guarded, print, workers};
use crate::check::list::Problem;
use crate::deliver::message::{Message, eml};
use crate::diag::{Diagnostic, Report, codes};
use crate::doc::Document;
use crate::gate::Sealed;
use crate::jobs::{Begun, Calendar, parallel};
use crate::model::Audience;
use crate::model::listed::Listed;
use crate::records::run::{Letters, Line};

/// The state that the workers share.
pub(super) struct Workshop<'s> {
    pub(super) batch: &'s Batch<'s>,
    pub(super) letters: &'s Letters,
    pub(super) calendars: BTreeMap<Audience, Option<Calendar>>,
    /// The numbers of the letters that stand for their kind.
    pub(super) samples: &'s BTreeSet<u32>,
    /// Whether letters are made and read back only to find out whether all of them can be.
    pub(super) trial: AtomicBool,
    /// Set by the caller to stop the run.
    pub(super) stop: &'s AtomicBool,
    /// Set by a worker when it is no use continuing.
    pub(super) halt: AtomicBool,
    /// The first error that stops the run, such as a full disk.
    pub(super) fatal: Mutex<Option<Report>>,
}

/// The outcome of one person's papers.
enum Outcome {
    Made { files: Vec<StagedFile>, made: usize },
    Failed { listed: Box<Listed>, report: Report },
    Left,
}

/// The file that identifies a person's papers while they are made; empty if they are only in bundles.
fn first(due: &[Line]) -> &str {
    due.first().map_or("", |line| line.file.as_str())
}

/// Letters that a worker has in hand, each with its position in the order of the rows.
type Handful = Vec<(u32, Listed)>;

/// Makes every letter, and passes on their outcomes in the order of the rows.
///
/// # Errors
/// If the disk cannot be written, or the list cannot be read or has changed.
pub(super) fn make(
    workshop: &Workshop<'_>,
    survey: &Survey,
    note: &mut dyn FnMut(Vec<StagedFile>) -> Result<(), Report>,
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
        !workshop.is_ending()
    })?;
    // Nobody takes it if every worker has ended; an error is then reported anyway.
    let _ = give.send(handful);
    Ok(())
}

/// Puts outcomes back into the order of the rows, and records them.
fn collect(
    workshop: &Workshop<'_>,
    outcomes: &Receiver<(u32, Outcome)>,
    note: &mut dyn FnMut(Vec<StagedFile>) -> Result<(), Report>,
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

/// Takes one person's papers to the next stage.
type Step<'s> = &'s dyn Fn(&Listed, Stage) -> Result<Stage, RunError>;

/// The stage that one person's papers have reached.
enum Stage {
    /// Nothing has been done.
    Asked,
    /// The words are ready; the lines are those of the files that are due.
    Worded(Vec<Line>, Document),
    /// The letter is laid out.
    LaidOut(Vec<Line>, Document, Begun),
    /// The letter is written, with its number of pages.
    Written(Vec<Line>, Document, Vec<u8>, usize),
    /// The letter is read back.
    Sealed(Vec<Line>, Document, Sealed, usize),
    /// The files are in place or in the staging area, with the number of new ones.
    There(Vec<StagedFile>, usize),
}

impl Workshop<'_> {
    fn is_ending(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || self.halt.load(Ordering::Relaxed)
    }

    /// Checks that nothing stopped the workers.
    pub(super) fn ensure_not_halted(&self) -> Result<(), Report> {
        let fatal = self.fatal.lock().expect("a worker that panics takes the program with it").take();
        match fatal {
            Some(report) => Err(report),
            None if self.stop.load(Ordering::Relaxed) => Err(stopped(self.letters)),
            None => Ok(()),
        }
    }

    /// Makes the papers of a few people, stage by stage.
    fn papers(&self, handful: Handful) -> Vec<(u32, Outcome)> {
        // A stop waits for the work in hand, and no longer.
        if self.is_ending() {
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

    /// Finds out which files are due but missing, and makes the words of the letter.
    fn words(&self, listed: &Listed, stage: Stage) -> Result<Stage, Report> {
        let Stage::Asked = stage else { return Ok(stage) };
        let batch = self.batch;
        // Bundles are made only for audiences that get such a paper; anybody else is reported as a failed letter.
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

    /// Reads back the letter, or its words and, for a sample, the letter too.
    fn read_back(&self, listed: &Listed, stage: Stage) -> Result<Stage, RunError> {
        let Stage::Written(due, document, pdf, pages) = stage else { return Ok(stage) };
        let to = self.batch.to(listed, first(&due));
        let is_sample = self.samples.contains(&listed.number) || listed.number.is_multiple_of(SAMPLE_RATE);
        let sealed = if self.reads_every_file() {
            self.batch.press.seal_letter(pdf, &to).map_err(RunError::Letter)?
        } else {
            let sealed = self.batch.press.seal_letter_by_words(&document, pdf, &to).map_err(RunError::Letter)?;
            if is_sample {
                let again = self.batch.press.seal_letter(sealed.data().to_vec(), &to);
                again.map_err(|mut report| {
                    let message =
                        "a file contains what the words of its letter do not, so every file must be read back";
                    let error = Diagnostic::error(codes::BAD_SAMPLE, message);
                    report.push(
                        error
                            .place(self.batch.file())
                            .hint("run again with `--read-back every`, and see whether a theme or the logo adds it"),
                    );
                    RunError::Fatal(report)
                })?;
            }
            sealed
        };
        Ok(Stage::Sealed(due, document, sealed, pages))
    }

    /// Writes the files into the staging area.
    fn put(&self, listed: &Listed, stage: Stage) -> Result<Stage, RunError> {
        let Stage::Sealed(due, mut document, letter, pages) = stage else { return Ok(stage) };
        let (mut files, mut made) = (Vec::with_capacity(due.len()), 0);
        for mut line in due {
            let other;
            let format = self.batch.options.make.iter().filter_map(|product| product.format());
            let format = format.into_iter().find(|format| ending(&line.file) == format.extension());
            let file = if is_pdf_letter(&line.file) {
                &letter
            } else {
                other = match format {
                    Some(format) => {
                        let to = self.batch.to(listed, &line.file);
                        self.batch.press.listed_as(&document, format, &to).map_err(RunError::Letter)?
                    }
                    None => self.message(listed, &mut document, &letter, &line.file).map_err(RunError::Letter)?,
                };
                &other
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

    /// Makes everything that contains this letter, and discards it.
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
        let calendar = self.calendars.get(&self.batch.audience(listed)).and_then(Option::as_ref);
        let entry = calendar.map(|calendar| {
            let kind = format!("text/calendar; charset=utf-8; method={}", calendar.method());
            (kind, calendar.request((&listed.name, &listed.email), listed.reads))
        });
        if let Some((kind, entry)) = &entry {
            attachments.push(("meeting.ics", kind, entry));
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
            text: &text,
            attachments,
        });
        self.batch.press.seal_message(eml, &[letter], &self.batch.to(listed, place))
    }
}

/// One letter in this many is read back when not all are.
const SAMPLE_RATE: u32 = 16;
