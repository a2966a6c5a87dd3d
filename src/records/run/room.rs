//! Makes room for a run: sets letters of an earlier version aside, and replaces proofs.

use std::collections::BTreeSet;
use std::path::Path;

use super::letters::Letters;
use super::line::{Line, made};
use super::places::{PROOFS, prefix};
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::gate::Sealed;
use crate::records::commit::Stop;
use crate::records::event::{Begin, Dropped, Event, Made, Run, SetAside, Verb};
use crate::records::state::version_folder;
use crate::records::{kept, report};

/// A letter to check before all are made.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The letter.
    pub file: Sealed,
    /// Its pages.
    pub pages: u32,
    /// The audience that it is for.
    pub audience: &'static str,
}

impl Letters {
    /// Sets the released letters of an earlier version aside as a whole, so that those of this one have their folder.
    ///
    /// # Errors
    /// If letters of this version or a later one were set aside already, or the folder cannot be renamed.
    pub fn make_room(&mut self, version: u32) -> Result<(), Report> {
        let root = self.root.clone();
        let record = self.record.get_mut().expect("nobody panics with it");
        let state = record.state();
        let prefix = prefix(&self.folder);
        let aside = state.kept.iter().filter(|(_, from)| prefix.starts_with(from.as_str()) && !prefix.is_empty());
        let later = aside.filter_map(|(kept, _)| state.runs.get(kept).map(|run| (kept, run.run.v)));
        if let Some((kept, v)) = later.filter(|(_, v)| *v >= version).max_by_key(|(_, v)| *v) {
            // The version was raised and lowered again: the folder would look as if nothing had been released.
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
            own.map(|top| (top.to_owned(), format!("{}/{top}", version_folder(then)))).collect()
        } else {
            vec![(self.folder.clone(), format!("{}-version-{then}", self.folder))]
        };
        let mut lines = Vec::new();
        for (file, to) in folders {
            let kept = kept::free_place(record.state(), record.disk(), &to, record.log().head)?;
            lines.push(Event::SetAside(SetAside { file, hash: None, kept, lost: false }));
        }
        if open {
            record.abandon_run().map_err(|stop| report::stopped(&root, stop))?;
        }
        let committed = record.commit(Begin::of(Verb::Invite), lines, &[]);
        committed.map_err(|stop| report::stopped(&root, stop))?;
        self.before.clear();
        self.given.clear();
        self.numbers.clear();
        self.look();
        Ok(())
    }

    /// Writes proofs into the folder in place of the earlier ones.
    ///
    /// # Errors
    /// If something else is in the way, or the disk refuses.
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
            if open.sign_off.is_some() {
                // Proofs that were checked stay as they are, however many of their letters are released by now.
                let seen = record.state().proofs.get(&self.folder);
                let is_of_this = seen.is_some_and(|(seen, _)| seen.inputs == run.inputs && seen.v == run.v);
                return if is_of_this { Ok(()) } else { Err(release_stopped(&self.path())) };
            }
            // Proofs of something else mean that the run of drafts is abandoned.
            record.abandon_run().map_err(|stop| self.stop(stop))?;
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
}

/// The report of a stopped release: some letters no longer have the mark, and nobody can say which of them were sent.
pub fn release_stopped(folder: &Path) -> Report {
    let message = "the release of these letters was stopped, and the list or the data has changed since";
    let error = Diagnostic::error(codes::RELEASED, message).place(Place::file(folder.display().to_string()));
    let hint = "put list and data back as they were and run the same command again; or raise `version:` in the conference file";
    error.hint(hint).into()
}
