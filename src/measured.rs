//! The stages of a letter, one by one, for the benchmarks of this crate, and for the tests that read any bytes back.
//!
//! In: a checked conference. Out: words, a PDF, a look of the gate.
//!
//! Deliberately absent: any promise. What papers are made with is [`build`](crate::build); this module changes with the
//! stages that it measures.

use crate::check::Checked;
use crate::diag::Report;
use crate::doc::Document;
use crate::jobs::{File, Press, ReadBack};

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

    /// Has the gate learn which papers are due, for reading back files one by one.
    ///
    /// # Errors
    /// If there is no paper to make at all.
    pub fn reader(&'c self) -> Result<Reader<'c>, Report> {
        self.0.read_back().map(Reader)
    }
}

/// The gate, for files that nobody made here: [`build`](crate::build) gives it none but its own.
pub struct Reader<'c>(ReadBack<'c>);

impl Reader<'_> {
    /// Reads any file back for the readers of its path. `None` if the path names no audience or no kind of file.
    ///
    /// # Errors
    /// What it holds that its readers may not read, or that it cannot be read to the end.
    pub fn file(&self, path: &str, data: &[u8]) -> Option<Result<(), Report>> {
        self.0.file(path, data)
    }
}
