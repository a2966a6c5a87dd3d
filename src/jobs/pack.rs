//! Finished papers, and how many there are of each kind.
//!
//! Deliberately absent: a folder. The files are in memory.

use chrono::NaiveDate;

use super::file::File;
use crate::diag::Report;
use crate::model::Audience;

/// Finished papers.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Pack {
    /// The reference of the conference, which names its folder.
    pub reference: String,
    /// The files.
    pub files: Vec<File>,
    /// The title of each kind of paper and the number made for each audience, in the order of the pack.
    pub summary: Vec<Made>,
    /// Warnings, for example about a kind of paper that is late.
    pub warnings: Report,
}

/// The number of papers of one kind made for one audience.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Made {
    /// The short title of the kind.
    pub title: String,
    /// Their audience.
    pub audience: Audience,
    /// Their number.
    pub papers: usize,
    /// The day they are due by, if the kind has one.
    pub due: Option<NaiveDate>,
}
