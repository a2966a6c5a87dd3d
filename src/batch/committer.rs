//! Where files go that were made: into groups of lines, in order.

use std::collections::BTreeSet;

use crate::diag::Report;
use crate::records::event::Run;
use crate::records::run::{Letters, Line};

/// A file of a run with its name in the stage, if it is to be put into its place.
pub(super) type Due = (Line, Option<String>);

/// Where files go that were made: into groups of lines, in order.
pub(super) struct Committer<'c> {
    letters: &'c Letters,
    run: Run,
    releases: bool,
    group: Vec<Due>,
    /// Every line of the run.
    pub lines: Vec<Line>,
}

/// Files that get their lines together: forcing a line to the disk takes as long as for many.
const GROUP: usize = 32;

impl<'c> Committer<'c> {
    /// Of a run that releases, or that does not.
    pub fn new(letters: &'c Letters, run: Run, releases: bool) -> Self {
        Self { letters, run, releases, group: Vec::new(), lines: Vec::new() }
    }

    /// Takes in a file with its line.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn add(&mut self, line: Line, staged: Option<String>) -> Result<(), Report> {
        self.lines.push(line.clone());
        self.group.push((line, staged));
        if self.group.len() >= GROUP { self.flush() } else { Ok(()) }
    }

    /// Puts what is in hand into its place.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn flush(&mut self) -> Result<(), Report> {
        let group = std::mem::take(&mut self.group);
        self.letters.put(&group, &self.run, self.releases)
    }

    /// The places of all files.
    pub fn files(&self) -> BTreeSet<String> {
        self.lines.iter().map(|line| line.file.clone()).collect()
    }
}
