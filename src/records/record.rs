//! A record held by this run: the only way to write to a folder of papers.
//!
//! In: a folder. Out: [`Record`], whose log was read, whose torn end was cut off and whose unfinished change was
//! finished or undone; and then changes, whole or not at all ([`Record::commit`]), or letter by letter
//! ([`Record::put`]).
//!
//! The order of a change: new files go into the stage and are synced; then its lines go into the log and are synced,
//! and from here on there is no way back; then the files move; then its end is written. A line is always there before
//! its file.
//!
//! Deliberately absent: the kinds of paper, and their readers.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::commit::{self, Moves, STAGE, Stop, staged};
use super::event::{Begin, End, Event, Made, Opened};
use super::log::{LOG, LineFault, Log, Tail};
use super::reading::{Reading, read};
use super::register::Written;
use super::state::{PaperStatus, State};
use crate::deliver::disk::Disk;
use crate::deliver::held::Lock;
use crate::gate::{Hash, Sealed};
use crate::jobs::index_file;
use crate::model::Audience;

/// The format of the record that this program writes.
pub const FORMAT: u32 = 1;

/// A record that this run holds.
pub struct Record {
    disk: Arc<dyn Disk>,
    log: Log,
    state: State,
    /// The first line, as long as nothing follows it, so that a refused verb leaves no record behind.
    unwritten: Option<Opened>,
    /// Descriptions of what a stopped run left behind, and how it was settled.
    pub settled: Vec<String>,
    _lock: Option<Lock>,
}

/// The reason why a record cannot be held.
#[derive(Debug)]
pub enum CannotHold {
    /// A line of the log is not valid.
    Broken(LineFault),
    /// Other files in the folder are records that begin like this one and continue differently.
    Forked(Vec<String>),
    /// The registers were made from more lines than the log has: an earlier log was put there.
    Behind,
    /// It is the record of another conference or share.
    Another(String),
    /// The papers were destroyed on this day.
    Disposed(chrono::NaiveDate),
    /// An unfinished change can be neither finished nor undone.
    Stopped(Stop),
}

impl From<Stop> for CannotHold {
    fn from(stop: Stop) -> Self {
        CannotHold::Stopped(stop)
    }
}

impl Record {
    /// Takes hold of a record: reads it, cuts off a half-written end, and finishes or undoes an unfinished change.
    ///
    /// # Errors
    /// If the log is broken or lacks lines at its end, if there is a fork, or if a change can be neither finished nor
    /// undone. Nothing is changed then.
    pub fn hold(disk: Arc<dyn Disk>, lock: Option<Lock>) -> Result<Self, CannotHold> {
        let reading = read(&*disk)?;
        let forks = super::fork::beside(&*disk, &reading)?;
        if !forks.is_empty() {
            return Err(CannotHold::Forked(forks));
        }
        if check_behind(&*disk, &reading)? {
            return Err(CannotHold::Behind);
        }
        Self::hold_despite_forks(disk, lock)
    }

    /// Takes hold of a record although there are forks of it, for the verb that takes them in.
    ///
    /// # Errors
    /// If the log is broken, or a change can be neither finished nor undone.
    pub fn hold_despite_forks(disk: Arc<dyn Disk>, lock: Option<Lock>) -> Result<Self, CannotHold> {
        let reading = read(&*disk)?;
        if let Tail::Broken(fault) = reading.tail {
            return Err(CannotHold::Broken(fault));
        }
        let Reading { log, state, .. } = reading;
        let mut record = Self { disk, log, state, unwritten: None, settled: Vec::new(), _lock: lock };
        record.cut()?;
        record.finish()?;
        if let Some(disposed) = &record.state.disposed {
            commit::clear_stage(&*record.disk)?;
            return Err(CannotHold::Disposed(disposed.sign_off.on));
        }
        if record.state.open.is_none() && record.state.open_run.is_none() {
            // What a run that was stopped has half written there is of no use to anybody.
            commit::clear_stage(&*record.disk)?;
        }
        Ok(record)
    }

    /// The state that the record adds up to.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Its log.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Its folder.
    pub fn disk(&self) -> &dyn Disk {
        &*self.disk
    }

    /// Its folder, for several workers at once.
    pub fn shared_disk(&self) -> Arc<dyn Disk> {
        Arc::clone(&self.disk)
    }

    fn cut(&self) -> Result<(), Stop> {
        let length = Self::at(LOG, self.disk.length(LOG))?;
        if length.is_some_and(|length| length > self.log.length) {
            Self::at(LOG, self.disk.cut(LOG, self.log.length))?;
            Self::at(LOG, self.disk.sync(&[LOG]))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Stop> {
        let Some(unit) = self.state.open.clone() else { return self.bring() };
        let moves = Moves::of(unit.begin.verb, &unit.lines);
        let what = unit.begin.verb.in_words();
        if commit::check_finishable(&*self.disk, &moves)? {
            commit::move_all(&*self.disk, &moves)?;
            self.append(&[Event::End(End::default())])?;
            self.settled.push(format!("{what} that was stopped has been finished"));
        } else {
            commit::move_back(&*self.disk, &moves)?;
            self.append(&[Event::Undone(End::default())])?;
            self.settled.push(format!("{what} that was stopped could not be finished, and has been undone"));
        }
        Ok(())
    }

    /// Moves the files of a run that was stopped between its lines and its files: they wait in the stage.
    fn bring(&self) -> Result<(), Stop> {
        if self.state.open_run.is_none() {
            return Ok(());
        }
        let waiting: BTreeSet<String> = Self::at(STAGE, self.disk.list(STAGE))?.into_iter().collect();
        for (file, paper) in self.state.papers.iter().filter(|_| !waiting.is_empty()) {
            let hash = paper.made.hash;
            let name = staged(file, hash);
            if waiting.contains(&name) && Self::at(&name, self.disk.hash(&name))? == Some(hash) {
                let there = Self::at(file, self.disk.hash(file))?;
                // A foreign file there is reported when the run reaches it.
                if there.is_none_or(|there| there != hash && self.state.is_ours(file, there)) {
                    Self::at(file, self.disk.rename(&name, file))?;
                }
            }
        }
        Ok(())
    }

    fn at<T>(file: &str, result: std::io::Result<T>) -> Result<T, Stop> {
        result.map_err(|error| Stop::Disk(file.to_owned(), error))
    }

    /// Appends lines and syncs them. If that fails, the part that was written is cut off again.
    fn append(&mut self, events: &[Event]) -> Result<(), Stop> {
        let length = Self::at(LOG, self.disk.length(LOG))?.unwrap_or_default();
        if length != self.log.length {
            // Locks do not work on this drive, and another run has written in the meantime.
            return Err(Stop::Changed);
        }
        let mut log = self.log.clone();
        let opened = self.unwritten.clone().map(Event::Opened);
        let mut bytes = opened.as_ref().map(|opened| log.write(std::slice::from_ref(opened))).unwrap_or_default();
        bytes.extend(log.write(events));
        let written = self.disk.append(LOG, &bytes).and_then(|()| self.disk.sync(&[LOG]));
        // The log is itself a new name in the folder.
        let written = if opened.is_some() { written.and_then(|()| self.disk.sync_folders(&[""])) } else { written };
        if let Err(error) = written {
            // Half a line does not count; if even that cannot be cut off, the next run does it.
            let _ = self.disk.cut(LOG, self.log.length);
            return Err(Stop::Disk(LOG.to_owned(), error));
        }
        for event in events {
            self.state.apply(event).expect("the program writes only possible lines");
        }
        self.unwritten = None;
        self.log = log;
        Ok(())
    }

    /// Appends the lines of another record unchanged. The caller has tried them on a copy of the state.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn replay(&mut self, events: &[Event]) -> Result<(), Stop> {
        if events.is_empty() { Ok(()) } else { self.append(events) }
    }

    /// Opens the record if there is none. Its first line is written with those that follow.
    ///
    /// # Errors
    /// If it is the record of another conference or share.
    pub fn open(&mut self, conference: &str, share: Option<String>) -> Result<(), CannotHold> {
        match &self.state.opened {
            Some(opened) if opened.conference == conference && opened.share == share => Ok(()),
            Some(opened) => Err(CannotHold::Another(opened.conference.clone())),
            None => {
                let opened = Opened { format: FORMAT, conference: conference.to_owned(), share };
                self.state.apply(&Event::Opened(opened.clone())).expect("nothing comes before the first line");
                self.unwritten = Some(opened);
                Ok(())
            }
        }
    }

    /// Makes a change, whole or not at all, with one of `lines` for each file; `files` are the new ones.
    ///
    /// # Errors
    /// If a file is in the way or the disk refuses. The change is then undone, or finished by the next run.
    pub fn commit(&mut self, begin: Begin, lines: Vec<Event>, files: &[Sealed]) -> Result<(), Stop> {
        self.ensure_nothing_is_open()?;
        commit::clear_stage(&*self.disk)?;
        let moves = Moves::of(begin.verb, &lines);
        let staged = self.stage_all(&moves, files);
        if let Err(stop) = staged {
            // A full disk leaves no half-written stage behind. If it cannot be cleared now, the next run does it.
            let _ = commit::clear_stage(&*self.disk);
            return Err(stop);
        }
        let of = u32::try_from(lines.len()).expect("nobody makes four thousand million papers");
        let begin = Begin { of: Some(of), ..begin };
        let mut all = vec![Event::Begin(Box::new(begin))];
        all.extend(lines);
        if let Err(stop) = self.append(&all) {
            let _ = commit::clear_stage(&*self.disk);
            return Err(stop);
        }
        if let Err(stop) = commit::move_all(&*self.disk, &moves) {
            // A file is open in another program: the earlier state is restored if possible.
            if commit::move_back(&*self.disk, &moves).is_ok() && self.append(&[Event::Undone(End::default())]).is_ok() {
                let _ = commit::clear_stage(&*self.disk);
            }
            return Err(stop);
        }
        self.append(&[Event::End(End::default())])
    }

    /// Makes way for a new change: abandons a stopped run of drafts. One that releases must be resumed first.
    fn ensure_nothing_is_open(&mut self) -> Result<(), Stop> {
        if self.state.open.is_some() {
            // This run could neither end nor undo its own change. The next one to hold the record does.
            return Err(Stop::Changed);
        }
        match &self.state.open_run {
            None => Ok(()),
            Some(begin) if begin.sign_off.is_some() => {
                let folder = begin.run.as_ref().map(|run| run.folder.clone());
                Err(Stop::Running(folder.unwrap_or_default()))
            }
            Some(_) => self.abandon_run(),
        }
    }

    fn stage_all(&self, moves: &Moves, files: &[Sealed]) -> Result<(), Stop> {
        let mut names = Vec::new();
        for file in files {
            if moves.bring.iter().any(|(to, hash)| to == file.path() && *hash == file.hash()) {
                let is_there = Self::at(file.path(), self.disk.hash(file.path()))? == Some(file.hash());
                if !is_there {
                    names.push(self.stage(file)?);
                }
            }
        }
        if names.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        Self::at(STAGE, self.disk.sync(&names))?;
        Self::at(STAGE, self.disk.sync_folders(&["", STAGE]))
    }

    /// Writes a file into the stage without syncing it, and returns its name there.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn stage(&self, file: &Sealed) -> Result<String, Stop> {
        let name = staged(file.path(), file.hash());
        Self::at(file.path(), self.disk.write(&name, file.data()))?;
        Ok(name)
    }

    /// Begins a run whose lines count one by one.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn begin_run(&mut self, begin: Begin) -> Result<(), Stop> {
        self.ensure_nothing_is_open()?;
        self.append(&[Event::Begin(Box::new(Begin { of: None, ..begin }))])
    }

    /// Writes a group of a run: the lines first, then the files. `staged` are names in the stage with the places that
    /// they go to.
    ///
    /// # Errors
    /// If a released letter is where another should go, or the disk refuses. Lines that are there count, and the next
    /// run makes missing files.
    pub fn put(&mut self, lines: &[Event], staged: &[(String, String)]) -> Result<(), Stop> {
        lines.iter().try_for_each(|line| self.ensure_nothing_released_is_there(line))?;
        let names: Vec<&str> = staged.iter().map(|(name, _)| name.as_str()).collect();
        if !names.is_empty() {
            Self::at(STAGE, self.disk.sync(&names))?;
            Self::at(STAGE, self.disk.sync_folders(&[STAGE]))?;
        }
        if !lines.is_empty() {
            self.append(lines)?;
        }
        staged.iter().try_for_each(|(name, to)| Self::at(to, self.disk.rename(name, to)))
    }

    fn ensure_nothing_released_is_there(&self, line: &Event) -> Result<(), Stop> {
        let (Event::Made(made) | Event::Released(made)) = line else { return Ok(()) };
        let there = self.state.papers.get(&made.file).filter(|paper| paper.status == PaperStatus::Released);
        match there.map(|paper| paper.made.hash).filter(|hash| *hash != made.hash) {
            Some(hash) if Self::at(&made.file, self.disk.hash(&made.file))? == Some(hash) => {
                Err(Stop::Edited(vec![made.file.clone()]))
            }
            _ => Ok(()),
        }
    }

    /// Ends a run: syncs the names in its folders and of the folders themselves, and then writes its end.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn end_run(&mut self, folders: &[&str], end: End) -> Result<(), Stop> {
        let all = commit::with_above(folders.iter().map(|folder| (*folder).to_owned()));
        Self::at("", self.disk.sync_folders(&all.iter().map(String::as_str).collect::<Vec<_>>()))?;
        self.append(&[Event::End(end)])
    }

    /// Restores a released paper that is missing or was changed. The log already says what belongs there.
    ///
    /// # Errors
    /// If it is not the paper in the log, or the disk refuses.
    pub fn put_back(&self, file: &Sealed) -> Result<(), Stop> {
        let (to, hash) = (file.path(), file.hash());
        if self.state.papers.get(to).is_none_or(|paper| paper.made.hash != hash) {
            return Err(Stop::Changed);
        }
        let name = self.stage(file)?;
        Self::at(to, self.disk.sync(&[&name]))?;
        Self::at(to, self.disk.rename(&name, to))?;
        Self::at(to, self.disk.sync_folders(&[&commit::parent(to)]))
    }

    /// Moves a released paper that was set aside from its old place to the one where it is kept. The log already says
    /// what belongs there.
    ///
    /// # Errors
    /// If something else lies there, or the disk refuses.
    pub fn return_kept(&self, from: &str, made: &Made) -> Result<(), Stop> {
        let to = made.file.as_str();
        let is_it = Self::at(from, self.disk.hash(from))? == Some(made.hash);
        if !is_it || Self::at(to, self.disk.exists(to))? || self.state.kept.get(to).is_none_or(|place| place != from) {
            return Err(Stop::Changed);
        }
        Self::at(to, self.disk.rename(from, to))?;
        let folders = commit::with_above([commit::parent(from), commit::parent(to)].into_iter());
        Self::at(to, self.disk.sync_folders(&folders.iter().map(String::as_str).collect::<Vec<_>>()))
    }

    /// Abandons a run that cannot be resumed. The files that it made stay.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn abandon_run(&mut self) -> Result<(), Stop> {
        self.append(&[Event::Undone(End::default())])
    }

    /// Removes a file that a run has dropped.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn remove(&self, file: &str) -> Result<(), Stop> {
        Self::at(file, self.disk.remove(file))
    }

    /// Writes one of the record's own files, which are made from the log and verified by it.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn write_own(&self, own: &Own, bytes: &[u8]) -> Result<(), Stop> {
        let name = own.name();
        if Self::at(&name, self.disk.hash(&name))? == Some(Hash::of(bytes)) {
            return Ok(());
        }
        let aside = staged(&name, Hash::of(bytes));
        Self::at(&name, self.disk.write(&aside, bytes))?;
        Self::at(&name, self.disk.sync(&[&aside]))?;
        Self::at(&name, self.disk.rename(&aside, &name))?;
        Self::at(&name, self.disk.sync_folders(&[&commit::parent(&name)]))
    }

    /// Empties the stage, unless an unfinished change still needs it.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn clear_stage(&self) -> Result<(), Stop> {
        if self.state.open.is_some() {
            return Ok(());
        }
        commit::clear_stage(&*self.disk)
    }
}

/// Checks whether the registers were made from a longer log: somebody has put an earlier one there. A missing log is reported
/// elsewhere, together with the registers. A log that has grown since it was read is not an earlier one.
///
/// # Errors
/// If the register cannot be read.
pub fn check_behind(disk: &dyn Disk, reading: &Reading) -> Result<bool, Stop> {
    if !reading.is_there || matches!(reading.tail, Tail::Broken(_)) {
        return Ok(false);
    }
    let register = Own::RegisterJson.name();
    let written = disk.read(&register).map_err(|e| Stop::Disk(register, e))?;
    let Some(written) = written.as_deref().and_then(Written::read) else { return Ok(false) };
    Ok(written.record.lines > reading.log.lines && written.record.lines > read(disk)?.log.lines)
}

/// The record's own files besides the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Own {
    /// The register for spreadsheets.
    RegisterCsv,
    /// The register for programs.
    RegisterJson,
    /// The problems of a list's rows, in the folder of its run.
    Problems(String),
    /// The list of an audience's papers, in its folder.
    Index(Audience),
}

impl Own {
    /// Its place.
    pub fn name(&self) -> String {
        match self {
            Own::RegisterCsv => "register.csv".to_owned(),
            Own::RegisterJson => "register.json".to_owned(),
            Own::Index(audience) => index_file(*audience),
            Own::Problems(folder) if folder.is_empty() => "problems.csv".to_owned(),
            Own::Problems(folder) => format!("{folder}/problems.csv"),
        }
    }
}
