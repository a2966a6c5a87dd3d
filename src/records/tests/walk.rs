//! Every step of a verb fails once, in every way, and whatever is done next must succeed.
//!
//! A walk takes a verb on a disk, counts its steps, and lets each of them fail on a copy. After each failure it checks
//! what is left, and continues in several ways: the same verb again; again with a second kill on the way; another verb;
//! and a person who changed a file before the next command. It collects faults and does not stop at the first, so that
//! their number reveals a disk which does less than it should.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::simulated::{Fault, Simulated};
use super::verbs::{Refusal, Verb};
use crate::deliver::disk::Disk;
use crate::gate::Hash;
use crate::records::event::Event;
use crate::records::log::{self, LOG, Tail};
use crate::records::names::Names;
use crate::records::reading::read;
use crate::records::record::Own;
use crate::records::register::registers;
use crate::records::state::PaperStatus;

/// Wraps the disk that the program gets.
pub type Wrap = fn(Simulated) -> Arc<dyn Disk>;

/// The disk as it is.
pub fn plain(disk: Simulated) -> Arc<dyn Disk> {
    Arc::new(disk)
}

/// The attempts of a walk, and its findings.
#[derive(Debug, Default)]
pub struct Tally {
    pub crashes: usize,
    pub second_crashes: usize,
    pub edits: usize,
    pub other_verbs: usize,
    /// Folders that ended with the bytes of an undisturbed run, log and registers included.
    pub same: usize,
    /// Folders that ended with its papers, and a log that says that something was undone.
    pub undone: usize,
    pub faults: Vec<String>,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
        self.crashes += other.crashes;
        self.second_crashes += other.second_crashes;
        self.edits += other.edits;
        self.other_verbs += other.other_verbs;
        self.same += other.same;
        self.undone += other.undone;
        self.faults.extend(other.faults);
    }
}

/// The extent of a walk.
#[derive(Debug, Clone, Copy)]
pub struct Thoroughly {
    /// The number of different results of a power cut.
    pub seeds: u64,
    /// Whether to crash once more, to edit, and to do something else next.
    pub follow_up: bool,
}

type Files = BTreeMap<String, Arc<Vec<u8>>>;

/// Walks through a verb on a disk.
pub fn walk(before: &Simulated, verb: &Verb, others: &[Verb], how: Thoroughly, wrap: Wrap) -> Tally {
    let undisturbed = before.copy();
    let mut tally = Tally::default();
    if let Err(refusal) = verb.run(wrap(undisturbed.clone())) {
        tally.faults.push(format!("{verb:?} cannot be done: {refusal:?}"));
        return tally;
    }
    let steps = undisturbed.steps();
    let walk = Walk {
        before,
        verb,
        others,
        wrap,
        end: undisturbed.files(),
        released: released(before),
        holds: RefCell::default(),
    };
    tally.faults.extend(unsound(&undisturbed, Missing::Nothing).map(|why| format!("undisturbed: {why}")));
    if let Err(refusal) = verb.run(wrap(undisturbed.clone())) {
        tally.faults.push(format!("cannot be done again: {refusal:?}"));
    }
    if undisturbed.files() != walk.end {
        tally.faults.push("done again, it changes something".to_owned());
    }
    // After a kill every third step is followed up, after each of the others every ninth, never the same ones.
    let others = [Fault::Full, Fault::Refused, Fault::Power, Fault::PowerAnyOrder];
    for at in 1..=steps {
        walk.crash(at, Fault::Kill, 0, how.follow_up && at % 3 == 2, &mut tally);
        for (n, fault) in others.into_iter().enumerate() {
            let seeds = if matches!(fault, Fault::Full | Fault::Refused) { 1 } else { how.seeds };
            let follow_up = how.follow_up && at % 9 == 2 * n + 1;
            (0..seeds).for_each(|seed| walk.crash(at, fault, seed, follow_up && seed == 0, &mut tally));
        }
    }
    tally
}

struct Walk<'w> {
    before: &'w Simulated,
    verb: &'w Verb,
    others: &'w [Verb],
    wrap: Wrap,
    /// Every file after an undisturbed run.
    end: Files,
    /// The bytes of every paper that was released before.
    released: Vec<Arc<Vec<u8>>>,
    /// Logs that were read and are valid.
    holds: RefCell<BTreeSet<Arc<Vec<u8>>>>,
}

impl Walk<'_> {
    fn run(&self, disk: &Simulated) -> Result<(), Refusal> {
        self.verb.run((self.wrap)(disk.clone())).map(drop)
    }

    /// Lets the verb fail at a step, and continues.
    fn crash(&self, at: usize, fault: Fault, seed: u64, follow_up: bool, tally: &mut Tally) {
        let disk = self.before.copy();
        disk.fail(&[(at, fault)]);
        let outcome = self.run(&disk);
        if disk.hit().is_none() {
            return;
        }
        disk.boot(seed * 7919 + at as u64);
        tally.crashes += 1;
        let label = format!("{fault:?} at step {at}, seed {seed}");
        if outcome.as_ref().is_err_and(Refusal::is_about_an_edit) {
            tally.faults.push(format!("{label}: takes it for an edit: {outcome:?}"));
        }
        tally.faults.extend(self.unkept(&disk).into_iter().map(|why| format!("{label}: {why}")));
        self.again(&disk, &label, tally);
        if follow_up {
            self.second_crash(&disk, &label, tally);
            self.another_verb(&disk, &label, tally);
            self.edits(&disk, &label, tally);
        }
    }

    /// Checks the invariants after any crash, before anything else is done.
    fn unkept(&self, disk: &Simulated) -> Vec<String> {
        let mut faults: Vec<String> = self.lost(disk).into_iter().collect();
        let (before, after) = (self.before.files(), disk.files());
        let (before, after) = (before.get(LOG), after.get(LOG));
        if before.is_some_and(|before| !after.is_some_and(|after| after.starts_with(before))) {
            faults.push("the log does not continue the one before".to_owned());
        }
        if after.is_some_and(|after| self.holds.borrow().contains(after)) {
            return faults;
        }
        match read(disk) {
            Ok(reading) if !matches!(reading.tail, Tail::Broken(_)) => self.holds.borrow_mut().extend(after.cloned()),
            other => faults.push(format!("the log is not valid: {:?}", other.map(|reading| reading.tail))),
        }
        faults
    }

    fn lost(&self, disk: &Simulated) -> Option<String> {
        let there: BTreeSet<Arc<Vec<u8>>> = disk.files().into_values().collect();
        let gone = self.released.iter().filter(|bytes| !there.contains(*bytes)).count();
        (gone > 0).then(|| format!("{gone} released papers are lost"))
    }

    /// The same verb again ends as if nothing had happened.
    fn again(&self, disk: &Simulated, label: &str, tally: &mut Tally) {
        let disk = disk.copy();
        match self.run(&disk) {
            Err(refusal) => tally.faults.push(format!("{label}: again: {refusal:?}")),
            Ok(()) => self.ended(&disk, label, tally),
        }
    }

    fn ended(&self, disk: &Simulated, label: &str, tally: &mut Tally) {
        let files = disk.files();
        if files == self.end {
            // An undisturbed run is sound.
            tally.same += 1;
            return;
        }
        let faults = unsound(disk, Missing::Nothing).chain(self.lost(disk));
        tally.faults.extend(faults.map(|why| format!("{label}: again: {why}")));
        if papers(&files) != papers(&self.end) {
            tally.faults.push(format!("{label}: other papers than undisturbed"));
        } else if has_undone(&files) {
            tally.undone += 1;
        } else {
            tally.faults.push(format!("{label}: another log than undisturbed"));
        }
    }

    /// The command that resumes the stopped verb is killed as well.
    fn second_crash(&self, disk: &Simulated, label: &str, tally: &mut Tally) {
        for (fault, every) in [(Fault::Kill, 1), (Fault::PowerAnyOrder, 4)] {
            for at in (1..).step_by(every) {
                let disk = disk.copy();
                disk.fail(&[(at, fault)]);
                // Its result does not matter: it is killed.
                let _ = self.run(&disk);
                if disk.hit().is_none() {
                    break;
                }
                disk.boot(at as u64);
                tally.second_crashes += 1;
                let label = format!("{label}, then {fault:?} at step {at}");
                tally.faults.extend(self.unkept(&disk).into_iter().map(|why| format!("{label}: {why}")));
                self.again(&disk, &label, tally);
            }
        }
    }

    /// Another verb is done next, and then the one that was stopped.
    fn another_verb(&self, disk: &Simulated, label: &str, tally: &mut Tally) {
        for other in self.others {
            let disk = disk.copy();
            tally.other_verbs += 1;
            let label = format!("{label}, then {other:?}");
            match other.run((self.wrap)(disk.clone())).map(drop) {
                // A run that releases must end first.
                Err(refusal) if refusal.is_about_a_run() => self.again(&disk, &label, tally),
                Err(refusal) => tally.faults.push(format!("{label}: {refusal:?}")),
                Ok(()) => {
                    let faults = unsound(&disk, Missing::Letters).chain(self.lost(&disk));
                    tally.faults.extend(faults.map(|why| format!("{label}: {why}")));
                }
            }
        }
    }

    /// A person changes a file before the next command.
    fn edits(&self, disk: &Simulated, label: &str, tally: &mut Tally) {
        for (target, is_refused) in self.targets() {
            let disk = disk.copy();
            let original = disk.files().get(&target).cloned();
            disk.save(&target, MINE);
            tally.edits += 1;
            let label = format!("{label}, then an edit of `{target}`");
            let outcome = self.run(&disk);
            if !disk.files().values().any(|bytes| ***bytes == *MINE) {
                tally.faults.push(format!("{label}: it is lost"));
            }
            match outcome {
                Err(refusal) if !refusal.is_about_an_edit() => {
                    tally.faults.push(format!("{label}: another refusal: {refusal:?}"));
                }
                Ok(()) if is_refused => tally.faults.push(format!("{label}: it is not refused")),
                _ if is_refused => {
                    match &original {
                        Some(bytes) => disk.save(&target, bytes),
                        None => disk.take_away(&target),
                    }
                    self.again(&disk, &format!("{label} that was taken back"), tally);
                }
                _ => {}
            }
        }
    }

    /// Places of the files that the verb changes, and whether an edit there must be refused. Where nothing is in the
    /// end, or something is only kept, a person's file is in nobody's way. A folder is kept as it is, edits and all,
    /// and an adopted folder with everything in it.
    fn targets(&self) -> BTreeMap<String, bool> {
        let lines = |files: &Files| log::read(files.get(LOG).map_or(&[], |bytes| bytes.as_slice())).events;
        let before = lines(&self.before.files()).len();
        let (mut targets, mut folders) = (BTreeMap::new(), Vec::new());
        for line in lines(&self.end).into_iter().skip(before) {
            match line {
                Event::Made(made) | Event::Released(made) => {
                    let was_moved = folders.iter().any(|folder| made.file.starts_with(&format!("{folder}/")));
                    targets.insert(made.file, !was_moved && !self.verb.takes_over());
                }
                Event::SetAside(aside) if aside.hash.is_none() => folders.push(aside.file),
                Event::SetAside(aside) if aside.hash.is_some() => {
                    targets.entry(aside.file).or_insert(false);
                    targets.entry(aside.kept).or_insert(false);
                }
                // The note may be there already.
                Event::Lost(lost) => drop(targets.insert(lost.file, false)),
                Event::Dropped(dropped) if !self.verb.takes_over() => {
                    targets.entry(dropped.file).or_insert(false);
                }
                _ => {}
            }
        }
        targets
    }
}

const MINE: &[u8] = b"what a person wrote";

fn has_undone(files: &Files) -> bool {
    log::read(&files[LOG]).events.iter().any(|event| matches!(event, Event::Undone(_)))
}

/// Everything but the log and what is made from it.
fn papers(files: &Files) -> Files {
    let own = [LOG.to_owned(), Own::RegisterCsv.name(), Own::RegisterJson.name()];
    files.iter().filter(|(at, _)| !own.contains(at)).map(|(at, bytes)| (at.clone(), Arc::clone(bytes))).collect()
}

/// The bytes of every paper that is released, or was.
fn released(disk: &Simulated) -> Vec<Arc<Vec<u8>>> {
    let state = read(disk).expect("it can be read").state;
    let files = disk.files();
    let all = state.papers.values().filter(|paper| paper.status != PaperStatus::Draft);
    all.filter_map(|paper| files.get(&paper.made.file)).map(Arc::clone).collect()
}

/// Files that may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    Nothing,
    /// Letters of a run that was stopped.
    Letters,
}

/// The faults of a folder.
pub fn unsound(disk: &Simulated, missing: Missing) -> impl Iterator<Item = String> + use<> {
    let mut faults = Vec::new();
    let reading = read(disk).expect("it can be read");
    let (files, state) = (disk.files(), &reading.state);
    // A verb with nothing to do leaves a stopped run to the next one.
    let may_be_open = missing == Missing::Letters;
    if reading.tail != Tail::Clean || state.open.is_some() || state.open_run.is_some() && !may_be_open {
        faults.push(format!("something is open, or the log ends with {:?}", reading.tail));
    }
    for paper in state.papers.values() {
        let made = &paper.made;
        let there = files.get(&made.file).map(|bytes| Hash::of(bytes));
        let is_unfinished = paper.status == PaperStatus::Draft || state.open_run.is_some();
        let may_be_missing = missing == Missing::Letters && made.no.is_some() && is_unfinished;
        let is_older = may_be_missing && there.is_none_or(|there| state.is_ours(&made.file, there));
        let is_lost = there.is_none() && paper.loss.is_some();
        if there != Some(made.hash) && !is_older && !is_lost {
            faults.push(format!("`{}` is {there:?} and not as the record says", made.file));
        }
    }
    let made = registers(state, &reading.log, &Names::default(), "d1");
    let own = [(Own::RegisterCsv.name(), made.csv), (Own::RegisterJson.name(), made.json)];
    for (name, bytes) in &own {
        if files.get(name).is_none_or(|there| **there != *bytes) {
            faults.push(format!("`{name}` is not what the log gives"));
        }
    }
    for file in files.keys() {
        if file != LOG && !own.iter().any(|(name, _)| name == file) && !state.papers.contains_key(file) {
            faults.push(format!("`{file}` is a stranger"));
        }
    }
    faults.into_iter()
}
