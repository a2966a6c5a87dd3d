//! What a build is told about its folder, and what comes of it there.
//!
//! Deliberately absent: the build (`build`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::diag::Report;
use crate::gate::Hash;
use crate::jobs::{LeftOut, Pack};

/// A policy for files that have changed since they were made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Edited {
    /// Write nothing, and report them.
    #[default]
    Refuse,
    /// Overwrite them. Released papers are never overwritten.
    Overwrite,
}

/// The destination of papers, and the released ones to reissue.
#[derive(Debug, Clone, Default)]
pub struct Delivery {
    /// The folder that the conference's own folder lies in.
    pub out: PathBuf,
    /// The policy for files that a person changed.
    pub edited: Edited,
    /// Kinds of paper to reissue: a new version is made wherever it would differ from the released one.
    pub reissue: Vec<String>,
    /// The reason, which is printed on the paper and kept in the record.
    pub because: Option<String>,
}

/// The result of a build.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Delivered {
    /// The folder of the conference.
    pub folder: PathBuf,
    /// The papers as they were made, including released ones that were left alone.
    pub pack: Pack,
    /// Places of files whose bytes are new.
    pub changed: Vec<String>,
    /// The number of files that were already the same.
    pub unchanged: usize,
    /// Kinds of paper that were left out because of the stage of the conference.
    pub left_out: LeftOut,
    /// Released papers that were due and stay as they are, including those that would now be different.
    pub untouched: Vec<Untouched>,
    /// Released papers that would now be different and were left alone.
    pub left: Vec<Left>,
    /// Released papers that are no longer due, and such drafts if somebody has changed them.
    pub stale: Vec<Stale>,
    /// Drafts that were no longer due and were removed.
    pub dropped: Vec<String>,
    /// Released papers that would say nothing new in the requested version, and stay as they are: their number, by kind
    /// and version.
    pub as_before: BTreeMap<(String, u32), usize>,
    /// Released papers that stay as they are, and are now due to more readers than before.
    pub readers: Vec<String>,
    /// The kinds of which released papers tell of the meeting as it was before it changed, and no letter tells their readers.
    pub overtaken: BTreeSet<String>,
    /// Released papers that are due, lost, and not given by the data any more. Nothing was made in their place.
    pub lost: Vec<String>,
    /// Released papers that were missing or changed, and were put back exactly as released.
    pub restored: Vec<String>,
    /// Released papers of people who no longer take part according to the data, each with its new place.
    pub withdrawn: Vec<(String, String)>,
    /// Descriptions of what a stopped run left behind, and how it was settled.
    pub settled: Vec<String>,
    /// Warnings of this build.
    pub warnings: Report,
}

/// A released paper as it is in its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Untouched {
    /// Its place; if its reader has a new name since, the one that it would have now.
    pub file: String,
    /// The version that it was released in.
    pub version: u32,
    /// The hash of the released file.
    pub hash: Hash,
}

/// A released paper that would now be different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Its place.
    pub file: String,
    /// The kind of paper.
    pub paper: String,
    /// Whether it is for one person or organisation.
    pub is_for_one: bool,
    /// Field paths of the data that has changed since, if the record has them. A list that has gained or lost entries
    /// is named as a whole. What can reach no paper of its audience is not among them; the meeting comes first.
    pub fields: Vec<String>,
}

/// A paper that is no longer due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Its place.
    pub file: String,
    /// Whether it was released, and so may have been sent.
    pub released: bool,
    /// Its only reader, as `--number` takes it. `None` if it has several or none.
    pub number: Option<String>,
    /// Whether its reader is kept out of the whole meeting, and has not withdrawn.
    pub kept_out: bool,
}
