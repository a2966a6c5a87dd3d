//! Commits finished files, with their lines, in order and in groups.

use std::collections::BTreeSet;

use crate::diag::Report;
use crate::records::event::Run;
use crate::records::run::{Letters, Line};

/// A file of a run, with its name in the staging area if it still has to be moved into place.
pub(super) type StagedFile = (Line, Option<String>);

/// Commits finished files, with their lines, in order and in groups.
pub(super) struct Committer<'c> {
    letters: &'c Letters,
    run: Run,
    releases: bool,
    group: Vec<StagedFile>,
    /// Every line of the run.
    pub lines: Vec<Line>,
}

/// Files that are committed together: syncing one line to the disk takes as long as syncing many.
const GROUP_SIZE: usize = 32;

impl<'c> Committer<'c> {
    /// A committer for a run. `releases` is whether the run releases its letters.
    pub fn new(letters: &'c Letters, run: Run, releases: bool) -> Self {
        Self { letters, run, releases, group: Vec::new(), lines: Vec::new() }
    }

    /// Adds a file with its line.
    ///
    /// # Errors
    /// If the disk cannot be written.
    pub fn add(&mut self, line: Line, staged: Option<String>) -> Result<(), Report> {
        self.lines.push(line.clone());
        self.group.push((line, staged));
        if self.group.len() >= GROUP_SIZE { self.flush() } else { Ok(()) }
    }

    /// Moves the pending files into place.
    ///
    /// # Errors
    /// If the disk cannot be written.
    pub fn flush(&mut self) -> Result<(), Report> {
        let group = std::mem::take(&mut self.group);
        self.letters.put(&group, &self.run, self.releases)
    }

    /// The paths of all files.
    pub fn files(&self) -> BTreeSet<String> {
        self.lines.iter().map(|line| line.file.clone()).collect()
    }
}
