//! The stages of a letter, one by one, for the benchmarks of this crate.
//!
//! In: a checked conference. Out: words, a PDF, a look of the gate.
//!
//! Deliberately absent: any promise. What papers are made with is [`build`](crate::build); this module changes with the
//! stages that it measures.

use crate::check::Checked;
use crate::diag::Report;
use crate::doc::Document;
use crate::jobs::{File, Press};

/// What the papers of one conference share: compiled words, a warm theme, the gate.
pub struct Stages<'c>(Press<'c>);

impl<'c> Stages<'c> {
    /// Compiles the words, reads the theme, and has the gate learn who may read what.
    ///
    /// # Errors
    /// Faults of templates and theme.
    pub fn new(checked: &'c Checked) -> Result<Self, Report> {
        Press::new(checked).map(Self)
    }

    /// The words of the paper for one invitee, by their position in the conference file.
    ///
    /// # Errors
    /// Faults of the template, a kind of paper that there is not, or a position that nobody has.
    pub fn words(&self, artefact: &str, position: usize) -> Result<Document, Report> {
        self.0.letter(artefact, position)
    }

    /// Lays words out as PDF.
    ///
    /// # Errors
    /// Faults of the theme.
    pub fn pdf(&self, document: &Document) -> Result<Vec<u8>, Report> {
        self.0.pdf(document)
    }

    /// Has the gate read files back; how many of them are papers.
    ///
    /// # Errors
    /// What one of them holds that its readers may not read.
    pub fn read_back(&self, files: &[File]) -> Result<usize, Report> {
        let gate = self.0.read_back()?;
        let read = files.iter().filter_map(|file| gate.file(file.path(), file.data()));
        read.collect::<Result<Vec<()>, Report>>().map(|papers| papers.len())
    }
}
