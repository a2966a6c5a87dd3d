//! The letters of a record, held by one run, with the results of earlier runs and the stage that workers write into.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::held::{ReleasedFiles, released_files};
use super::line::{Claim, Line};
use super::places::{kind, prefix};
use crate::check::Checked;
use crate::deliver::disk::{Disk, Sink, Source};
use crate::diag::Report;
use crate::gate::{Hash, Sealed, SealedWhole};
use crate::records::commit::{STAGE, Stop, staged};
use crate::records::event::Begin;
use crate::records::folder::{access, ensure_nothing_released_is_unrecorded, hold_of};
use crate::records::record::Record;
use crate::records::state::{PaperStatus, RunState, State, is_only_for};
use crate::records::{report, upgrade};

/// The record's entry of a file before this run.
pub struct Before {
    pub(super) from: Hash,
    pub(super) hash: Hash,
    pub(super) pages: u32,
    pub(super) released: bool,
}

/// A map with a hasher that is not random. Its order is never used.
pub(super) type Map<V> = HashMap<String, V, BuildHasherDefault<DefaultHasher>>;

/// The letters of a record, held by one run.
pub struct Letters {
    pub(super) root: PathBuf,
    /// Their folder below the root; empty for a share, whose record is its own.
    pub(super) folder: String,
    pub(super) disk: Arc<dyn Disk>,
    pub(super) before: Map<Before>,
    pub(super) given: Map<Vec<Hash>>,
    pub(super) numbers: BTreeSet<(u32, String)>,
    /// The run as this one found it.
    pub(super) found: Option<RunState>,
    pub(super) record: Mutex<Record>,
    /// The beginning of this run, as long as it has nothing new to write.
    pub(super) pending: Mutex<Option<Begin>>,
}

/// The letters of a run of a conference.
#[derive(Debug, Clone, Copy)]
pub struct Which<'w> {
    /// The folder of the conference's papers.
    pub conference: &'w Path,
    /// The folder of the letters in it, such as `invitations` or `invitations-3-of-8`.
    pub folder: &'w str,
    /// The share, as `3/8`, if they are one.
    pub share: Option<&'w str>,
}

impl Which<'_> {
    /// The folder of their record.
    pub fn root(&self) -> PathBuf {
        if self.share.is_some() { self.conference.join(self.folder) } else { self.conference.to_owned() }
    }

    /// Their folder below it.
    pub fn below(&self) -> &str {
        if self.share.is_some() { "" } else { self.folder }
    }

    /// The state of the record, if there is one. Nothing is changed.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(&self) -> Result<Option<State>, Report> {
        let root = self.root();
        if !root.is_dir() {
            return Ok(None);
        }
        let folder = crate::deliver::disk::Folder::new(&root, crate::deliver::disk::Access::Owner);
        let reading = crate::records::reading::read(&folder).map_err(|stop| report::stopped(&root, stop))?;
        if reading.is_there { Ok(Some(reading.state)) } else { upgrade::as_it_was(&folder, &root) }
    }
}

impl Letters {
    /// Holds the record, creates it if there is none, and reads the results of earlier runs.
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
        ensure_nothing_released_is_unrecorded(&record, &root, checked)?;
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

    /// Reads the state of the record.
    pub(super) fn look(&mut self) {
        let record = self.record.get_mut().expect("nobody panics with it");
        let prefix = prefix(&self.folder);
        let standing = |status| matches!(status, PaperStatus::Draft | PaperStatus::Released);
        let is_theirs = |file: &str| file.starts_with(&prefix) && crate::records::state::is_below(file, &prefix);
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

    pub(super) fn locked(&self) -> std::sync::MutexGuard<'_, Record> {
        self.record.lock().expect("nobody panics with it")
    }

    pub(super) fn stop(&self, stop: Stop) -> Report {
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

    /// Descriptions of what a stopped run left behind, and how it was settled.
    pub fn settled(&self) -> Vec<String> {
        self.locked().settled.clone()
    }

    /// The released bundles in the record.
    pub fn released_files(&self) -> ReleasedFiles {
        let record = self.locked();
        released_files(record.state(), &self.folder)
    }

    /// The numbers of letters that have a released file of their own. A file that was removed because it was no longer
    /// due does not count.
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

    /// The hash and pages of a file that an earlier run made from the same inputs, if it has not changed since.
    pub fn made(&self, file: &str, inputs: Hash) -> Option<(Hash, u32)> {
        let before = self.before.get(file).filter(|before| before.from == inputs)?;
        let now = self.disk.hash(file).ok().flatten()?;
        (now == before.hash).then_some((now, before.pages))
    }

    /// The inputs, hash and pages of a file that an earlier run made, if it has not changed since.
    pub fn as_made(&self, file: &str) -> Option<(Hash, Hash, u32)> {
        let before = self.before.get(file)?;
        let now = self.disk.hash(file).ok().flatten()?;
        (now == before.hash).then_some((before.from, now, before.pages))
    }

    /// Whether an earlier run made this file from other inputs, or one of this kind and number under another name.
    pub fn is_made_otherwise(&self, line: &Line) -> bool {
        match self.before.get(&line.file) {
            Some(before) => before.from != line.inputs,
            None => self.numbers.contains(&(line.number, kind(&line.file, &prefix(&self.folder)).to_owned())),
        }
    }

    /// The names in the names of released letters of versions before this one, by number.
    pub fn names_before(&self, version: u32) -> BTreeMap<u32, String> {
        let record = self.locked();
        let state = record.state();
        let is_ours = |file: &str| {
            let folder = state.folder_of(file).unwrap_or_default();
            folder == self.folder || state.kept.get(folder).is_some_and(|before| *before == self.folder)
        };
        let older = state
            .papers
            .values()
            .filter(|paper| paper.status != PaperStatus::Draft && paper.made.v < version && is_ours(&paper.made.file));
        let named = older.filter_map(|paper| {
            let (number, file) = (paper.made.no?, &paper.made.file);
            let (_, name) = file.rsplit_once(&format!("-{number:05}-"))?;
            Some((number, name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()))
        });
        named.collect()
    }

    /// Whether the record says that a file was released, whatever was made of it since.
    pub fn is_released(&self, file: &str) -> bool {
        self.before.get(file).is_some_and(|before| before.released)
    }

    /// Whether a file contains letters to some of these people and to nobody else.
    pub fn is_only_for(&self, file: &str, people: &BTreeSet<u32>) -> bool {
        let record = self.locked();
        is_only_for(record.state(), file, self.step(record.state()), |number| people.contains(&number))
    }

    /// Whether all letters in a file were noted as sent. What became of the list later does not matter to it.
    pub fn was_sent(&self, file: &str) -> bool {
        let record = self.locked();
        let state = record.state();
        let sent = || state.sent.iter().filter(|sent| sent.file == self.folder);
        is_only_for(state, file, self.step(state), |number| sent().any(|sent| sent.letters.holds(number)))
    }

    /// The number of shares of the list.
    fn step(&self, state: &State) -> u32 {
        state.runs.get(&self.folder).map_or(1, |run| run.run.parts)
    }

    /// The error for a letter without the mark of a draft that no line of the record knows.
    pub fn released_without_a_line(&self, file: &str) -> Report {
        report::released_without_a_line(&self.root, file).into()
    }

    /// Checks the place that a file should go to.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn claim(&self, file: &str, new: Hash) -> Result<Claim, Report> {
        let there = self.disk.hash(file).map_err(|e| self.stop(Stop::Disk(file.to_owned(), e)))?;
        Ok(match there {
            None => Claim::Write,
            // A stopped run has written it, or its line is still to come.
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

    /// Writes a file into the stage. It gets its line and its name with its group.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn stage(&self, file: &Sealed) -> Result<String, Report> {
        let name = staged(file.path(), file.hash());
        self.disk.write(&name, file.data()).map_err(|e| self.stop(Stop::Disk(file.path().to_owned(), e)))?;
        Ok(name)
    }

    /// Gives a letter a second name, in the stage.
    ///
    /// # Errors
    /// If it has changed since it was sealed, or the disk refuses.
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

    /// A file in the stage that is written in chunks.
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

    /// Gives a file that was written in chunks, and is now sealed, its final name in the stage.
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

    /// The number of bytes of a file.
    pub fn length(&self, file: &str) -> u64 {
        self.disk.length(file).ok().flatten().unwrap_or_default()
    }

    /// The report of a disk error.
    pub fn cannot_write(&self, file: &str, error: std::io::Error) -> Report {
        self.stop(Stop::Disk(file.to_owned(), error))
    }
}
