//! A run of letters by the thousand on a record: each line counts by itself, so that a run that was stopped goes on.
//!
//! In: sealed files from many workers, and their lines in the order of the rows. Out: groups of lines in the log, each
//! forced to the disk before its files have their names.
//!
//! Workers write their files into the stage side by side; one committer takes them in order, a group at a time. What the
//! record said before the run is held apart, small, so that no worker waits for another to ask it.
//!
//! Deliberately absent: rows, words and layout (`batch`).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::commit::{STAGE, Stop, staged};
use super::event::{Begin, Dropped, End, Event, Made, Run, SetAside, Verb};
use super::folder::{Papers, access, hold_of};
use super::names::Names;
use super::ranges::Ranges;
use super::record::{Own, Record};
use super::state::{Paper, PaperStatus, RunState, State};
use super::{build, numbering, report, upgrade};
use crate::check::Checked;
use crate::deliver::disk::{Disk, Sink, Source};
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::gate::{Hash, Sealed, SealedWhole};

/// One file of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number of the person in the list, from 1; 0 for a file of many people.
    pub number: u32,
    /// The paper's reference.
    pub reference: String,
    /// The council's own reference of the person, as the list has it.
    pub person: String,
    /// Its place below the record's folder.
    pub file: String,
    /// For whom it may be read.
    pub audience: String,
    /// Pages; 0 where a file has none.
    pub pages: u32,
    /// The fingerprint of all that the file is made from: the row, the conference, the council, the templates, the program.
    pub inputs: Hash,
    /// Its hash, once it is made.
    pub hash: Option<Hash>,
    /// Of a file of many letters: which, and from what each was made.
    pub held: Option<Held>,
}

/// Letters that went into one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// Whose.
    letters: Ranges,
    /// Who was taken off the list and out of the file, which was then made again: their numbers are given to nobody else,
    /// and if they come back, they are in a further file.
    gone: Ranges,
    /// What each was made from, one after the other: the first digits of its fingerprint.
    inputs: String,
    /// Of how many such files it was one when it was made: its cover says so.
    pub of: usize,
}

/// Digits of a fingerprint by which a released letter is told from another of its number.
const DIGITS: usize = 16;

impl Held {
    /// Letters by number, in ascending order, each with its fingerprint.
    pub fn new(letters: impl Iterator<Item = (u32, Hash)>, step: u32, of: usize) -> Self {
        Self::of_digits(letters.map(|(number, from)| (number, from.short(DIGITS))), step, of)
    }

    fn of_digits(letters: impl Iterator<Item = (u32, String)>, step: u32, of: usize) -> Self {
        let (mut numbers, mut inputs) = (Vec::new(), String::new());
        for (number, from) in letters {
            if numbers.last() != Some(&number) {
                numbers.push(number);
                inputs.push_str(&from);
            }
        }
        Self { letters: Ranges::of(numbers.into_iter(), step), gone: Ranges::default(), inputs, of }
    }

    fn of_line(made: &Made) -> Self {
        let of = made.set as usize;
        Self { letters: made.letters.clone(), gone: made.gone.clone(), inputs: made.inputs.clone(), of }
    }

    /// Whether a letter is in the file.
    pub fn holds(&self, number: u32) -> bool {
        self.letters.holds(number) && !self.gone.holds(number)
    }

    /// The same after the file was made again, of some of its letters.
    pub fn made_again(&mut self, of: &BTreeSet<u32>, step: u32) {
        let gone: Vec<u32> = self.letters.all(step).filter(|number| !of.contains(number)).collect();
        self.gone = Ranges::of(gone.into_iter(), step);
    }

    /// Every letter, with the first digits of its fingerprint.
    pub fn all(&self, step: u32) -> impl Iterator<Item = (u32, &str)> {
        let digits = |n: usize| self.inputs.get(n * DIGITS..(n + 1) * DIGITS).unwrap_or_default();
        self.letters.all(step).enumerate().map(move |(n, number)| (number, digits(n)))
    }
}

/// The files of many letters of a released run, by audience and kind, such as `community/print`.
pub type ReleasedFiles = BTreeMap<String, Vec<Held>>;

/// What stands where a file is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is to be written.
    Write,
    /// The same bytes lie there.
    AlreadyThere,
    /// Something that no run made, or that was changed since.
    Foreign,
    /// What an earlier run made and released.
    Released,
}

struct Before {
    from: Hash,
    hash: Hash,
    pages: u32,
    released: bool,
}

/// A hasher without chance in it; nothing is read from these maps in their order.
type Map<V> = HashMap<String, V, BuildHasherDefault<DefaultHasher>>;

/// The letters of a record, held by one run.
pub struct Letters {
    root: PathBuf,
    /// Where they lie below the root; empty for a share, whose record is its own.
    folder: String,
    disk: Arc<dyn Disk>,
    before: Map<Before>,
    given: Map<Vec<Hash>>,
    numbers: BTreeSet<(u32, String)>,
    /// The run as it was found.
    found: Option<RunState>,
    record: Mutex<Record>,
    /// How this run begins, as long as it has found nothing new to say.
    pending: Mutex<Option<Begin>>,
}

/// Which letters of which conference.
#[derive(Debug, Clone, Copy)]
pub struct Which<'w> {
    /// The folder of the conference's papers.
    pub conference: &'w Path,
    /// The folder of the letters in it, such as `invitations` or `invitations-3-of-8`.
    pub folder: &'w str,
    /// Which share, as `3/8`, if they are one.
    pub share: Option<&'w str>,
}

impl Which<'_> {
    /// The folder of their record.
    pub fn root(&self) -> PathBuf {
        if self.share.is_some() { self.conference.join(self.folder) } else { self.conference.to_owned() }
    }

    /// Where they lie below it.
    pub fn below(&self) -> &str {
        if self.share.is_some() { "" } else { self.folder }
    }

    /// What the record says, if there is one. Nothing is changed.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(&self) -> Result<Option<State>, Report> {
        let root = self.root();
        if !root.is_dir() {
            return Ok(None);
        }
        let folder = crate::deliver::disk::Folder::new(&root, crate::deliver::disk::Access::Owner);
        let reading = super::record::read(&folder).map_err(|stop| report::stopped(&root, stop))?;
        if reading.is_there { Ok(Some(reading.state)) } else { upgrade::as_it_was(&folder, &root) }
    }
}

impl Letters {
    /// Takes hold of the record, makes it if it is not there, and reads what earlier runs made.
    ///
    /// # Errors
    /// If it cannot be written, or another run holds it.
    pub fn hold(which: &Which<'_>, checked: &Checked) -> Result<Self, Report> {
        let root = which.root();
        let mut record = hold_of(&root, access(checked))?;
        let opened = record.open(&checked.conference.reference, which.share.map(str::to_owned));
        opened.map_err(|why| report::cannot_hold(&root, why))?;
        upgrade::adopt(&mut record, &root, Some(checked))?;
        let folder = which.below().to_owned();
        let mut letters = Self {
            root,
            disk: record.shared_disk(),
            before: Map::default(),
            given: Map::default(),
            numbers: BTreeSet::new(),
            found: record.state().runs.get(&folder).cloned(),
            folder,
            record: Mutex::new(record),
            pending: Mutex::new(None),
        };
        letters.look();
        Ok(letters)
    }

    /// Takes in what the record says.
    fn look(&mut self) {
        let record = self.record.get_mut().expect("nobody panics with it");
        let prefix = prefix(&self.folder);
        let standing = |status| matches!(status, PaperStatus::Draft | PaperStatus::Released);
        let is_theirs = |file: &str| file.starts_with(&prefix) && super::state::is_below(file, &prefix);
        for (file, paper) in record.state().papers.iter().filter(|(file, p)| is_theirs(file) && standing(p.status)) {
            let made = &paper.made;
            let Some(from) = made.from else { continue };
            self.numbers.insert((made.no.unwrap_or_default(), kind(file, &prefix).to_owned()));
            let released = paper.status == PaperStatus::Released;
            self.before.insert(file.clone(), Before { from, hash: made.hash, pages: made.pages, released });
        }
        for (file, hashes) in record.state().given_below(&prefix) {
            let is_known = self.before.get(file).is_some_and(|before| hashes == [before.hash]);
            if !is_known {
                self.given.insert(file.to_owned(), hashes.to_vec());
            }
        }
        self.found = record.state().runs.get(&self.folder).cloned();
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, Record> {
        self.record.lock().expect("nobody panics with it")
    }

    fn stop(&self, stop: Stop) -> Report {
        report::stopped(&self.root, stop)
    }

    /// The folder of the record.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the letters.
    pub fn path(&self) -> PathBuf {
        if self.folder.is_empty() { self.root.clone() } else { self.root.join(&self.folder) }
    }

    /// The run as the record had it when it was taken over.
    pub fn found(&self) -> Option<&RunState> {
        self.found.as_ref()
    }

    /// What an earlier run had left half done, in words.
    pub fn settled(&self) -> Vec<String> {
        self.locked().settled.clone()
    }

    /// Released files of many letters, as the record has them.
    pub fn released_files(&self) -> ReleasedFiles {
        let record = self.locked();
        released_files(record.state(), &self.folder)
    }

    /// The numbers of letters that have a released file of their own. One that was taken away, since it was no longer due, is
    /// none.
    pub fn released_alone(&self) -> BTreeSet<u32> {
        let record = self.locked();
        let prefix = prefix(&self.folder);
        let papers = record.state().papers.values().filter(|paper| paper.made.file.starts_with(&prefix));
        let gone = record.state().runs.get(&self.folder).map(|run| &run.end.stale);
        let is_gone =
            |file: &String| gone.is_some_and(|gone| gone.contains(file)) && !self.disk.exists(file).unwrap_or(false);
        let papers = papers.filter(|paper| paper.status == PaperStatus::Released && !is_gone(&paper.made.file));
        papers.filter_map(|paper| paper.made.no).collect()
    }

    /// Hash and pages of a file that an earlier run made from the same inputs and that is still as it was made.
    pub fn made(&self, file: &str, inputs: Hash) -> Option<(Hash, u32)> {
        let before = self.before.get(file).filter(|before| before.from == inputs)?;
        let now = self.disk.hash(file).ok().flatten()?;
        (now == before.hash).then_some((now, before.pages))
    }

    /// Inputs, hash and pages of a file that an earlier run made and that is still as it was made, whatever from.
    pub fn as_made(&self, file: &str) -> Option<(Hash, Hash, u32)> {
        let before = self.before.get(file)?;
        let now = self.disk.hash(file).ok().flatten()?;
        (now == before.hash).then_some((before.from, now, before.pages))
    }

    /// Whether an earlier run made a file of this kind for the person of a number, from other inputs or under another name.
    pub fn is_made_otherwise(&self, line: &Line) -> bool {
        match self.before.get(&line.file) {
            Some(before) => before.from != line.inputs,
            None => self.numbers.contains(&(line.number, kind(&line.file, &prefix(&self.folder)).to_owned())),
        }
    }

    /// What stands where a file is to go.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn claim(&self, file: &str, new: Hash) -> Result<Claim, Report> {
        let there = self.disk.hash(file).map_err(|e| self.stop(Stop::Disk(file.to_owned(), e)))?;
        Ok(match there {
            None => Claim::Write,
            // A run that was stopped has written it, or its line is still to come.
            Some(there) if there == new => Claim::AlreadyThere,
            Some(there) => {
                let before = self.before.get(file);
                let is_ours = before.is_some_and(|before| before.hash == there)
                    || self.given.get(file).is_some_and(|hashes| hashes.contains(&there));
                match before {
                    _ if !is_ours => Claim::Foreign,
                    Some(before) if before.released => Claim::Released,
                    _ => Claim::Write,
                }
            }
        })
    }

    /// Writes a file into the stage. Its line and its name come with its group.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn stage(&self, file: &Sealed) -> Result<String, Report> {
        let name = staged(file.path(), file.hash());
        self.disk.write(&name, file.data()).map_err(|e| self.stop(Stop::Disk(file.path().to_owned(), e)))?;
        Ok(name)
    }

    /// Gives a letter that lies there as it was sealed a second name, in the stage.
    ///
    /// # Errors
    /// If it is not as it was sealed any more, or the disk refuses.
    pub fn stage_copy(&self, of: &Line, file: &str) -> Result<String, Report> {
        let hash = of.hash.expect("it was made");
        let name = staged(file, hash);
        let at = |result: std::io::Result<_>| result.map_err(|e| self.stop(Stop::Disk(of.file.clone(), e)));
        if at(self.disk.hash(&of.file))? != Some(hash) {
            return Err(report::edited(&self.root, &of.file).into());
        }
        self.disk.link(&of.file, &name).map_err(|e| self.stop(Stop::Disk(file.to_owned(), e)))?;
        Ok(name)
    }

    /// A file to be written bit by bit, in the stage.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn start(&self, file: &str) -> Result<(String, Box<dyn Sink>), Report> {
        let name = format!("{STAGE}/{}-unfinished.tmp", Hash::of(file.as_bytes()).short(8));
        let sink = self.disk.create(&name).map_err(|e| self.stop(Stop::Disk(file.to_owned(), e)))?;
        Ok((name, sink))
    }

    /// Opens a file of the stage again.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn reopen(&self, name: &str) -> Result<Box<dyn Source>, Report> {
        self.disk.open(name).map_err(|e| self.stop(Stop::Disk(name.to_owned(), e)))
    }

    /// Gives what was written bit by bit, and sealed, the name that it has in the stage from now on.
    ///
    /// # Errors
    /// If it cannot be renamed.
    pub fn staged(&self, name: &str, whole: &SealedWhole) -> Result<String, Report> {
        let to = staged(whole.path(), whole.hash());
        self.disk.rename(name, &to).map_err(|e| self.stop(Stop::Disk(whole.path().to_owned(), e)))?;
        Ok(to)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(&self, file: &str) -> Result<Vec<u8>, Report> {
        let bytes = self.disk.read(file).map_err(|e| self.stop(Stop::Disk(file.to_owned(), e)))?;
        bytes.ok_or_else(|| self.stop(Stop::Disk(file.to_owned(), std::io::ErrorKind::NotFound.into())))
    }

    /// How many bytes a file has.
    pub fn length(&self, file: &str) -> u64 {
        self.disk.length(file).ok().flatten().unwrap_or_default()
    }

    /// An error of the disk in words.
    pub fn cannot_write(&self, file: &str, error: std::io::Error) -> Report {
        self.stop(Stop::Disk(file.to_owned(), error))
    }

    /// Begins a run, or goes on in the one that was stopped if it is the same. One that would only repeat what has ended
    /// begins once it finds something new.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn begin(&self, begin: Begin) -> Result<(), Report> {
        let mut record = self.locked();
        record.clear_stage().map_err(|stop| self.stop(stop))?;
        if let Some(open) = record.state().open_run.clone() {
            if same(&open, &begin) {
                return Ok(());
            }
            record.give_up_run().map_err(|stop| self.stop(stop))?;
        }
        let run = record.state().runs.get(&self.folder);
        if run.is_some_and(|run| has_ended_as(run, &begin)) {
            *self.pending.lock().expect("nobody panics with it") = Some(begin);
            return Ok(());
        }
        record.begin_run(begin).map_err(|stop| self.stop(stop))
    }

    /// Notes the numbers of people who have none yet, or who are called otherwise now.
    ///
    /// # Errors
    /// Every entry of which nobody can say whose number it has; if the disk refuses.
    pub fn number(&self, checked: &Checked) -> Result<(), Report> {
        let mut record = self.locked();
        let (_, lines) = numbering::numbered(checked, record.state())?;
        if lines.is_empty() {
            return Ok(());
        }
        self.begin_pending(&mut record)?;
        record.put(&lines, &[]).map_err(|stop| self.stop(stop))
    }

    fn begin_pending(&self, record: &mut Record) -> Result<(), Report> {
        match self.pending.lock().expect("nobody panics with it").take() {
            Some(begin) => record.begin_run(begin).map_err(|stop| self.stop(stop)),
            None => Ok(()),
        }
    }

    /// A group: lines first, then files. Lines that the record has already are not written again.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn put(&self, group: &[(Line, Option<String>)], paper: &Run, releases: bool) -> Result<(), Report> {
        let mut record = self.locked();
        let mut events = Vec::with_capacity(group.len());
        let mut files = Vec::with_capacity(group.len());
        for (line, staged) in group {
            let made = made(line, paper);
            let has_it = record
                .state()
                .papers
                .get(&line.file)
                .is_some_and(|there| there.made == made && (there.status == PaperStatus::Released) == releases);
            if !has_it {
                events.push(if releases { Event::Released(Box::new(made)) } else { Event::Made(Box::new(made)) });
            }
            files.extend(staged.clone().map(|name| (name, line.file.clone())));
        }
        if !events.is_empty() || !files.is_empty() {
            self.begin_pending(&mut record)?;
        }
        record.put(&events, &files).map_err(|stop| self.stop(stop))
    }

    /// Drafts that earlier runs made, that are no longer due and that nobody has changed, go; gives what is left of them: what
    /// somebody changed.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn drop_stale(&self, stale: Vec<String>) -> Result<Vec<String>, Report> {
        let (mut lines, mut gone, mut left) = (Vec::new(), Vec::new(), Vec::new());
        let mut record = self.locked();
        for file in stale {
            let there = self.disk.hash(&file).map_err(|e| self.stop(Stop::Disk(file.clone(), e)))?;
            let paper = record.state().papers.get(&file);
            match there {
                Some(there) if !record.state().is_ours(&file, there) => left.push(file),
                _ => {
                    let hash = there.or(paper.map(|paper| paper.made.hash));
                    if let Some(hash) = hash.filter(|_| paper.is_some()) {
                        lines.push(Event::Dropped(Dropped { file: file.clone(), hash }));
                    }
                    gone.push(file);
                }
            }
        }
        if !lines.is_empty() {
            self.begin_pending(&mut record)?;
        }
        record.put(&lines, &[]).map_err(|stop| self.stop(stop))?;
        gone.iter().try_for_each(|file| record.remove(file)).map_err(|stop| self.stop(stop))?;
        Ok(left)
    }

    /// Files that the record has and that are not due, whether they are still there or not.
    pub fn not_due(&self, due: &BTreeSet<String>) -> BTreeSet<String> {
        let record = self.locked();
        let prefix = prefix(&self.folder);
        let files = standing(record.state(), &prefix).filter(|file| !due.contains(*file));
        files.map(str::to_owned).collect()
    }

    /// Files that earlier runs made, that are still there and that are not due.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn stale(&self, due: &BTreeSet<String>) -> Result<Vec<String>, Report> {
        let record = self.locked();
        let prefix = prefix(&self.folder);
        let proof = format!("{prefix}{PROOFS}/");
        let known = standing(record.state(), &prefix).chain(record.state().left_over(&prefix));
        let known: BTreeSet<&str> = known.filter(|file| !due.contains(*file) && !file.starts_with(&proof)).collect();
        let mut stale = Vec::new();
        for file in known {
            if self.disk.exists(file).map_err(|e| self.stop(Stop::Disk(file.to_owned(), e)))? {
                stale.push(file.to_owned());
            }
        }
        Ok(stale)
    }

    /// Takes away what this run has made, for it was made from a list that is another now.
    ///
    /// # Errors
    /// If it cannot be taken away.
    pub fn undo(&self, made: Vec<String>) -> Result<(), Report> {
        let new: Vec<String> = made.into_iter().filter(|file| !self.before.contains_key(file)).collect();
        let left = self.drop_stale(new)?;
        drop(left);
        let mut record = self.locked();
        if record.state().open_run.is_some() {
            record.give_up_run().map_err(|stop| self.stop(stop))?;
        }
        record.clear_stage().map_err(|stop| self.stop(stop))
    }

    /// Ends the run: `problems.csv`, the end in the log, the registers.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn end(&self, end: End, problems: &[u8], checked: &Checked) -> Result<(), Report> {
        let mut record = self.locked();
        record.write_own(Own::Problems(self.folder.clone()), problems).map_err(|stop| self.stop(stop))?;
        let end = End { problems: Some(Hash::of(problems)), ..end };
        if record.state().open_run.is_none() && record.state().runs.get(&self.folder).is_none_or(|run| run.end != end) {
            self.begin_pending(&mut record)?;
        }
        if record.state().open_run.is_some() {
            let prefix = prefix(&self.folder);
            let files = record.state().papers.keys().filter(|file| file.starts_with(&prefix));
            let folders: BTreeSet<String> = files.map(|file| super::commit::parent(file)).collect();
            let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
            record.end_run(&folders, end).map_err(|stop| self.stop(stop))?;
        }
        let with_numbers = numbering::numbered(checked, record.state()).map(|(checked, _)| checked);
        let names = Names::of(with_numbers.as_ref().unwrap_or(checked));
        Papers::write_registers(&record, &self.root, &names, &checked.fingerprint)
    }

    /// Puts letters of an earlier version aside, whole, so that those of this one have their folder. Gives where.
    ///
    /// # Errors
    /// If letters of this version or a later one were put aside already, or the folder cannot be renamed.
    pub fn make_room(&mut self, version: u32) -> Result<(), Report> {
        let root = self.root.clone();
        let record = self.record.get_mut().expect("nobody panics with it");
        let state = record.state();
        let prefix = prefix(&self.folder);
        let aside = state.kept.iter().filter(|(_, from)| prefix.starts_with(from.as_str()) && !prefix.is_empty());
        let later = aside.filter_map(|(kept, _)| state.runs.get(kept).map(|run| (kept, run.run.v)));
        if let Some((kept, v)) = later.filter(|(_, v)| *v >= version).max_by_key(|(_, v)| *v) {
            // Somebody raised the version and put it back: the folder would look as if nothing had been released.
            let message = format!("letters of version {v} were released already, and this is version {version}");
            let error = Diagnostic::error(codes::RELEASED, message);
            let error = error.place(Place::file(root.join(kept).display().to_string()));
            let hint = Hint::naming("write `version: {}` in the conference file", [(v + 1).to_string()]);
            return Err(error.hint(hint).into());
        }
        let Some(run) = state.runs.get(&self.folder).filter(|run| run.run.v < version) else { return Ok(()) };
        if !run.releases && !run.was_released {
            return Ok(());
        }
        let (then, open) = (run.run.v, state.open_run.is_some());
        let folders: Vec<(String, String)> = if self.folder.is_empty() {
            let all: BTreeSet<&str> =
                state.papers.keys().filter_map(|file| file.split_once('/')).map(|(top, _)| top).collect();
            let own = all.into_iter().filter(|top| !top.starts_with("version-"));
            own.map(|top| (top.to_owned(), format!("version-{then}/{top}"))).collect()
        } else {
            vec![(self.folder.clone(), format!("{}-version-{then}", self.folder))]
        };
        let mut lines = Vec::new();
        for (file, to) in folders {
            let kept = build::free_place(record.state(), record.disk(), &to, record.log().head)?;
            lines.push(Event::SetAside(SetAside { file, hash: None, kept }));
        }
        if open {
            record.give_up_run().map_err(|stop| report::stopped(&root, stop))?;
        }
        let committed = record.commit(Begin::of(Verb::Invite), lines, &[]);
        committed.map_err(|stop| report::stopped(&root, stop))?;
        self.before.clear();
        self.given.clear();
        self.numbers.clear();
        self.look();
        Ok(())
    }

    /// Puts proofs into the folder, in place of those that were there.
    ///
    /// # Errors
    /// Something that a person put in their way; if the disk refuses.
    pub fn put_proofs(&self, begin: Begin, run: &Run, files: &[Proof]) -> Result<(), Report> {
        let mut record = self.locked();
        let before = record.state().proofs.get(&self.folder).filter(|(before, _)| before == run);
        let is_there = |file: &Sealed| self.disk.hash(file.path()).ok().flatten() == Some(file.hash());
        let are_there = before.is_some_and(|(_, all)| {
            let is_theirs = |file: &Sealed| all.get(file.path()) == Some(&file.hash()) && is_there(file);
            all.len() == files.len() && files.iter().all(|proof| is_theirs(&proof.file))
        });
        if are_there {
            return Ok(());
        }
        if let Some(open) = record.state().open_run.clone() {
            if open.sign_off.is_some() && before.is_none() {
                return Err(self.release_stopped());
            }
            // Whoever looks at proofs of something else has given the run of drafts up.
            record.give_up_run().map_err(|stop| self.stop(stop))?;
        }
        let prefix = format!("{}{PROOFS}/", prefix(&self.folder));
        let mut lines = Vec::new();
        for Proof { file, pages, audience } in files {
            let there = self.disk.hash(file.path()).map_err(|e| self.stop(Stop::Disk(file.path().to_owned(), e)))?;
            let line = Line {
                number: 0,
                reference: String::new(),
                person: String::new(),
                file: file.path().to_owned(),
                audience: (*audience).to_owned(),
                pages: *pages,
                inputs: run.inputs,
                hash: Some(file.hash()),
                held: None,
            };
            let over = there.filter(|there| *there != file.hash());
            let made = Made { paper: PROOFS.to_owned(), over, ..made(&line, run) };
            lines.push(Event::Made(Box::new(made)));
        }
        let kept: BTreeSet<&str> = files.iter().map(|proof| proof.file.path()).collect();
        for (file, paper) in record.state().papers.iter().filter(|(file, _)| file.starts_with(&prefix)) {
            if !kept.contains(file.as_str()) {
                lines.push(Event::Dropped(Dropped { file: file.clone(), hash: paper.made.hash }));
            }
        }
        let sealed: Vec<Sealed> = files.iter().map(|proof| proof.file.clone()).collect();
        record.commit(begin, lines, &sealed).map_err(|stop| self.stop(stop))
    }

    /// Some letters of a release that was stopped bear no mark any more, and nobody can say which of them were sent.
    pub fn release_stopped(&self) -> Report {
        let message = "the release of these letters was stopped, and the list or the data has changed since";
        let error = Diagnostic::error(codes::RELEASED, message).place(Place::file(self.path().display().to_string()));
        let hint = "put it back as it was and run the same command again; or raise `version:` in the conference file";
        error.hint(hint).into()
    }

    /// Writes the registers.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn write_registers(&self, checked: &Checked) -> Result<(), Report> {
        let record = self.locked();
        let with_numbers = numbering::numbered(checked, record.state()).map(|(checked, _)| checked);
        let names = Names::of(with_numbers.as_ref().unwrap_or(checked));
        Papers::write_registers(&record, &self.root, &names, &checked.fingerprint)
    }
}

/// A letter to look at before all are made.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The letter.
    pub file: Sealed,
    /// Its pages.
    pub pages: u32,
    /// The audience that it is for.
    pub audience: &'static str,
}

/// The folder of proofs, and the kind of paper that they are in the record.
pub const PROOFS: &str = "proof";

/// Released files of many letters, by audience and kind, in the order in which they were made.
pub fn released_files(state: &State, folder: &str) -> ReleasedFiles {
    let prefix = prefix(folder);
    let mut files: Vec<&Made> = state
        .papers
        .values()
        .filter(|paper| paper.status == PaperStatus::Released && paper.made.set > 0)
        .map(|paper| &paper.made)
        .filter(|made| made.file.starts_with(&prefix))
        .collect();
    // `letters.zip` comes before `letters-002.zip`.
    files.sort_by_key(|made| (made.file.len(), made.file.as_str()));
    let mut all = ReleasedFiles::new();
    for made in files {
        let kind = match made.file.rsplit('.').next() {
            Some("zip") => "zip",
            Some("csv") => "notify",
            _ => "print",
        };
        all.entry(format!("{}/{kind}", made.audience)).or_default().push(Held::of_line(made));
    }
    all
}

/// A run's line as the log has it.
fn made(line: &Line, run: &Run) -> Made {
    let held = line.held.as_ref();
    Made {
        no: (line.number > 0).then_some(line.number),
        reference: line.reference.clone(),
        file: line.file.clone(),
        paper: run.paper.clone(),
        audience: line.audience.clone(),
        to: String::new(),
        v: run.v,
        issued: run.issued,
        pages: line.pages,
        template: String::new(),
        person: line.person.clone(),
        allowed: Vec::new(),
        because: None,
        approved: None,
        letters: held.map(|held| held.letters.clone()).unwrap_or_default(),
        gone: held.map(|held| held.gone.clone()).unwrap_or_default(),
        set: held.map_or(0, |held| u32::try_from(held.of).unwrap_or(u32::MAX)),
        inputs: held.map(|held| held.inputs.clone()).unwrap_or_default(),
        from: Some(line.inputs),
        draft: None,
        signed: None,
        source: None,
        over: None,
        hash: line.hash.expect("a line is written once its file is made"),
    }
}

/// Whether a run has ended that began as this one is to begin.
fn has_ended_as(run: &RunState, begin: &Begin) -> bool {
    let signed = begin.sign_off.as_ref();
    run.ended
        && Some(&run.run) == begin.run.as_ref()
        && *run.source == begin.source
        && run.releases == signed.is_some()
        && (signed.is_none() || run.sign_offs.last() == signed)
}

/// Whether a run that was stopped is the one that is to begin: whoever repeats a command goes on in it.
fn same(open: &Begin, begin: &Begin) -> bool {
    open.run == begin.run && open.source == begin.source && open.sign_off == begin.sign_off
}

fn prefix(folder: &str) -> String {
    if folder.is_empty() { String::new() } else { format!("{folder}/") }
}

/// Files of a run that stand in the record. Proofs are none of them.
fn standing<'s>(state: &'s State, prefix: &'s str) -> impl Iterator<Item = &'s str> {
    let proof = format!("{prefix}{PROOFS}/");
    let stands = |paper: &Paper| matches!(paper.status, PaperStatus::Draft | PaperStatus::Released);
    let papers = state.papers.iter().filter(move |(_, paper)| stands(paper) && paper.made.from.is_some());
    papers.map(|(file, _)| file.as_str()).filter(move |file| file.starts_with(prefix) && !file.starts_with(&proof))
}

/// What stands for the folder in which a file lies: letters, messages, the set for GOV.UK Notify.
fn kind<'f>(file: &'f str, prefix: &str) -> &'f str {
    file.strip_prefix(prefix).unwrap_or(file).split('/').nth(1).unwrap_or_default()
}

/// Whether a file is there as it was made.
pub fn is_as_made(root: &Path, file: &str, hash: Hash) -> bool {
    let folder = crate::deliver::disk::Folder::new(root, crate::deliver::disk::Access::Owner);
    folder.hash(file).ok().flatten() == Some(hash)
}

/// Whether a folder has a record of its own.
pub fn has_record(folder: &Path) -> bool {
    let folder = crate::deliver::disk::Folder::new(folder, crate::deliver::disk::Access::Owner);
    folder.length(super::log::LOG).ok().flatten().is_some()
}
