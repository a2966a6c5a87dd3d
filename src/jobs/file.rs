//! A finished paper, and its description for the record.

use chrono::NaiveDate;

use crate::gate::Sealed;
use crate::model::Audience;
use crate::render::Lost;

/// One finished paper.
#[derive(Debug, Clone)]
pub struct File {
    sealed: Sealed,
    entry: Entry,
    pages: Option<usize>,
    lost: Vec<Lost>,
}

impl File {
    pub(crate) fn new(sealed: Sealed, entry: Entry, pages: Option<usize>) -> Self {
        Self { sealed, entry, pages, lost: Vec::new() }
    }

    /// The same with what its format could not show.
    pub(crate) fn with_lost(self, lost: Vec<Lost>) -> Self {
        Self { lost, ..self }
    }

    /// What its format could not show.
    pub(crate) fn lost(&self) -> &[Lost] {
        &self.lost
    }

    /// Its path in the folder, with `/` between the parts, for example `community/minutes.pdf`.
    pub fn path(&self) -> &str {
        self.sealed.path()
    }

    /// Its bytes.
    pub fn data(&self) -> &[u8] {
        self.sealed.data()
    }

    /// The file as the gate sealed it.
    pub fn sealed(&self) -> &Sealed {
        &self.sealed
    }

    /// Its description for the record.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// Its number of pages, if it is a PDF.
    pub fn pages(&self) -> Option<usize> {
        self.pages
    }
}

/// The description of a finished paper for a record, besides its path and its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The kind of paper.
    pub paper: String,
    /// The audience that it is made for.
    pub audience: Audience,
    /// The people it may be sent to, by number: `i3 i4` for invitees, `o2` for an organisation, `c1` for the worker of
    /// a child, `anybody`, or `chair`.
    pub to: String,
    /// The paper's own reference.
    pub reference: String,
    /// Its version.
    pub version: u32,
    /// Its day of issue.
    pub issued: NaiveDate,
    /// The reason why it replaces an earlier version.
    pub because: Option<String>,
    /// The template that it was made from, with its layer, for example `base/minutes.md`.
    pub template: String,
}
