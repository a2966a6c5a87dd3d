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
    /// What each kind of paper is called, and how many were made of it for whom, in the order of the pack.
    pub summary: Vec<Made>,
    /// What is not wrong, but should be looked at: a kind of paper that is late.
    pub warnings: Report,
}

/// How many papers of one kind were made for one audience.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Made {
    /// The short title of the kind.
    pub title: String,
    /// For whom.
    pub audience: Audience,
    /// How many.
    pub papers: usize,
    /// By when they are due, if the kind has a day.
    pub due: Option<NaiveDate>,
}
