//! Mutants that do less than they should are found, which proves that the walks prove something.
//!
//! Each mutant is the disk with one thing left out, so that the program itself stays as it is. Defects that cannot be
//! made this way were seen to fail in the program before it was right: to bring a file whose bytes are there already,
//! so that undoing removes it (`Moves::stay`); to begin anything while a run is open (`ensure_nothing_is_open`); to
//! sync folders without those above them (`with_above`).

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::crashes::{Chapter, letters, papers};
use super::simulated::Simulated;
use super::walk::{Thoroughly, Wrap, plain, walk};
use crate::deliver::disk::{Disk, Found, Sink, Source};
use crate::gate::Hash;
use crate::records::commit::STAGE;
use crate::records::log::LOG;

/// The thing that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Defect {
    /// New files are not synced.
    FilesNotSynced,
    /// The log is not synced.
    LogNotSynced,
    /// No folder is synced between setting files aside and bringing new ones.
    NoBarrier,
    /// No folder is synced after bringing new files.
    NoLastSync,
    /// The rest of a line that a crash has left is not cut off.
    TailNotCut,
    /// The lines of a change are written with its end.
    LinesAfterMoves,
    /// No file is removed from the stage.
    StageNotCleared,
}

struct Mutant {
    disk: Simulated,
    defect: Defect,
    /// How often folders of papers were synced since the log last grew.
    barriers: Mutex<usize>,
    /// Lines that have not been written yet.
    late: Mutex<Vec<u8>>,
}

fn mutant(disk: Simulated, defect: Defect) -> Arc<dyn Disk> {
    Arc::new(Mutant { disk, defect, barriers: Mutex::default(), late: Mutex::default() })
}

impl Mutant {
    fn is(&self, defect: Defect) -> bool {
        self.defect == defect
    }

    fn late(&self) -> std::sync::MutexGuard<'_, Vec<u8>> {
        self.late.lock().expect("nobody panics with it")
    }
}

impl Disk for Mutant {
    fn root(&self) -> &Path {
        self.disk.root()
    }

    fn read(&self, at: &str) -> io::Result<Option<Vec<u8>>> {
        self.disk.read(at)
    }

    fn hash(&self, at: &str) -> io::Result<Option<Hash>> {
        self.disk.hash(at)
    }

    fn walk(&self) -> io::Result<Vec<Found>> {
        self.disk.walk()
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        self.disk.list(folder)
    }

    fn exists(&self, at: &str) -> io::Result<bool> {
        self.disk.exists(at)
    }

    fn link(&self, from: &str, to: &str) -> io::Result<()> {
        self.disk.link(from, to)
    }

    fn open(&self, at: &str) -> io::Result<Box<dyn Source>> {
        self.disk.open(at)
    }

    fn write(&self, at: &str, bytes: &[u8]) -> io::Result<()> {
        self.disk.write(at, bytes)
    }

    fn create(&self, at: &str) -> io::Result<Box<dyn Sink>> {
        self.disk.create(at)
    }

    fn sync(&self, all: &[&str]) -> io::Result<()> {
        let is_left_out = |at: &str| {
            self.is(Defect::FilesNotSynced) && at.starts_with(STAGE)
                || self.is(Defect::LogNotSynced) && at == LOG
                || self.is(Defect::LinesAfterMoves) && at == LOG && !self.late().is_empty()
        };
        let kept: Vec<&str> = all.iter().copied().filter(|at| !is_left_out(at)).collect();
        if kept.is_empty() { Ok(()) } else { self.disk.sync(&kept) }
    }

    fn sync_folders(&self, all: &[&str]) -> io::Result<()> {
        if all.len() > 2 {
            let mut barriers = self.barriers.lock().expect("nobody panics with it");
            *barriers += 1;
            let is_left_out = match *barriers {
                1 => self.is(Defect::NoBarrier),
                _ => self.is(Defect::NoLastSync),
            };
            if is_left_out {
                return Ok(());
            }
        }
        self.disk.sync_folders(all)
    }

    fn append(&self, at: &str, bytes: &[u8]) -> io::Result<()> {
        *self.barriers.lock().expect("nobody panics with it") = 0;
        if !self.is(Defect::LinesAfterMoves) {
            return self.disk.append(at, bytes);
        }
        let mut late = self.late();
        late.extend_from_slice(bytes);
        let text = String::from_utf8_lossy(&late);
        let is_whole = ["\"k\":\"end\"", "\"k\":\"opened\"", "\"k\":\"undone\""].iter().any(|kind| text.contains(kind));
        if is_whole {
            let all = std::mem::take(&mut *late);
            return self.disk.append(at, &all);
        }
        Ok(())
    }

    fn cut(&self, at: &str, to: u64) -> io::Result<()> {
        if self.is(Defect::TailNotCut) { Ok(()) } else { self.disk.cut(at, to) }
    }

    fn length(&self, at: &str) -> io::Result<Option<u64>> {
        let late = if at == LOG { self.late().len() as u64 } else { 0 };
        Ok(self.disk.length(at)?.map(|length| length + late))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.disk.rename(from, to)
    }

    fn remove(&self, at: &str) -> io::Result<()> {
        if self.is(Defect::StageNotCleared) { Ok(()) } else { self.disk.remove(at) }
    }
}

/// How many faults the walks through some chapters find, up to the first chapter that has any.
fn faults(chapters: &[Chapter], wrap: Wrap) -> usize {
    let how = Thoroughly { seeds: 8, follow_up: false };
    chapters
        .iter()
        .map(|chapter| walk(&chapter.before, &chapter.verb, &[], how, wrap).faults.len())
        .find(|n| *n > 0)
        .unwrap_or(0)
}

#[test]
fn whatever_is_left_out_is_found() {
    let (papers, letters) = (papers(), letters());
    let on_papers: [(Defect, Wrap); 7] = [
        (Defect::FilesNotSynced, |disk| mutant(disk, Defect::FilesNotSynced)),
        (Defect::LogNotSynced, |disk| mutant(disk, Defect::LogNotSynced)),
        (Defect::NoBarrier, |disk| mutant(disk, Defect::NoBarrier)),
        (Defect::NoLastSync, |disk| mutant(disk, Defect::NoLastSync)),
        (Defect::TailNotCut, |disk| mutant(disk, Defect::TailNotCut)),
        (Defect::LinesAfterMoves, |disk| mutant(disk, Defect::LinesAfterMoves)),
        (Defect::StageNotCleared, |disk| mutant(disk, Defect::StageNotCleared)),
    ];
    for (defect, wrap) in on_papers {
        assert!(faults(&papers, wrap) > 0, "{defect:?} makes no difference to papers");
    }
    // A letter whose line is lost gets the same line again, so nothing shows whether the log was synced.
    let on_letters: [(Defect, Wrap); 3] = [
        (Defect::FilesNotSynced, |disk| mutant(disk, Defect::FilesNotSynced)),
        (Defect::TailNotCut, |disk| mutant(disk, Defect::TailNotCut)),
        // Its folders are synced once, at its end.
        (Defect::NoBarrier, |disk| mutant(disk, Defect::NoBarrier)),
    ];
    for (defect, wrap) in on_letters {
        assert!(faults(&letters[2..3], wrap) > 0, "{defect:?} makes no difference to letters");
    }
    assert_eq!(faults(&papers[..1], plain), 0);
}
