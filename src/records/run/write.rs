//! Writes a run: its beginning, its lines in groups, and its end.

use std::collections::BTreeSet;

use super::letters::Letters;
use super::line::{Line, made};
use super::places::{PROOFS, prefix, standing};
use crate::check::Checked;
use crate::diag::Report;
use crate::gate::Hash;
use crate::records::commit::Stop;
use crate::records::event::{Begin, Dropped, End, Event, Run};
use crate::records::folder::Papers;
use crate::records::names::Names;
use crate::records::numbering;
use crate::records::record::{Own, Record};
use crate::records::state::{PaperStatus, RunState};

impl Letters {
    /// Begins a run, or resumes the stopped one if it is the same. A run that would only repeat a finished one begins
    /// once it finds something new.
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
            record.abandon_run().map_err(|stop| self.stop(stop))?;
        }
        let run = record.state().runs.get(&self.folder);
        if run.is_some_and(|run| has_ended_as(run, &begin)) {
            *self.pending.lock().expect("nobody panics with it") = Some(begin);
            return Ok(());
        }
        record.begin_run(begin).map_err(|stop| self.stop(stop))
    }

    /// Notes the numbers of people who have none yet or have a new name.
    ///
    /// # Errors
    /// Every entry whose number is doubtful, or if the disk refuses.
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

    /// Writes a group: lines first, then files. Lines that the record already has are not written again.
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

    /// Removes drafts of earlier runs that are no longer due, unless somebody has changed them. Returns those that are
    /// left.
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

    /// Files in the record that are not due, whether they still exist or not.
    pub fn not_due(&self, due: &BTreeSet<String>) -> BTreeSet<String> {
        let record = self.locked();
        let prefix = prefix(&self.folder);
        let files = standing(record.state(), &prefix).filter(|file| !due.contains(*file));
        files.map(str::to_owned).collect()
    }

    /// Files of earlier runs that still exist and are not due.
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

    /// Removes the files that this run has made, since the list has changed in the meantime.
    ///
    /// # Errors
    /// If they cannot be removed.
    pub fn undo(&self, made: Vec<String>) -> Result<(), Report> {
        let new: Vec<String> = made.into_iter().filter(|file| !self.before.contains_key(file)).collect();
        let left = self.drop_stale(new)?;
        drop(left);
        let mut record = self.locked();
        if record.state().open_run.is_some() {
            record.abandon_run().map_err(|stop| self.stop(stop))?;
        }
        record.clear_stage().map_err(|stop| self.stop(stop))
    }

    /// Ends the run: `problems.csv`, the end in the log, the registers.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn end(&self, end: End, problems: &[u8], checked: &Checked) -> Result<(), Report> {
        let mut record = self.locked();
        record.write_own(&Own::Problems(self.folder.clone()), problems).map_err(|stop| self.stop(stop))?;
        let end = End { problems: Some(Hash::of(problems)), ..end };
        if record.state().open_run.is_none() && record.state().runs.get(&self.folder).is_none_or(|run| run.end != end) {
            self.begin_pending(&mut record)?;
        }
        if record.state().open_run.is_some() {
            let prefix = prefix(&self.folder);
            let files = record.state().papers.keys().filter(|file| file.starts_with(&prefix));
            let folders: BTreeSet<String> = files.map(|file| crate::records::commit::parent(file)).collect();
            let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
            record.end_run(&folders, end).map_err(|stop| self.stop(stop))?;
        }
        let with_numbers = numbering::numbered(checked, record.state()).map(|(checked, _)| checked);
        let names = Names::of(with_numbers.as_ref().unwrap_or(checked));
        Papers::write_registers(&record, &self.root, &names, &checked.fingerprint)
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

/// Whether a run that began in the same way has ended.
fn has_ended_as(run: &RunState, begin: &Begin) -> bool {
    let signed = begin.sign_off.as_ref();
    run.ended
        && Some(&run.run) == begin.run.as_ref()
        && *run.source == begin.source
        && run.releases == signed.is_some()
        && (signed.is_none() || run.sign_offs.last() == signed)
}

/// Whether a stopped run is the one that should begin: repeating its command resumes it.
fn same(open: &Begin, begin: &Begin) -> bool {
    open.run == begin.run && open.source == begin.source && open.sign_off == begin.sign_off
}
