//! The drafts of a record that a second person has to check, kind by kind.
//!
//! In: the files of a record. Out: what there is to look at, and what was looked at.
//!
//! Deliberately absent: who may check, which the verbs decide.

use std::collections::BTreeMap;

use super::door::is_behind;
use crate::records::{FileRow, Listing, PaperStatus, RunFile};

/// The drafts of one kind of paper.
pub struct Drafts<'l> {
    /// Papers that are looked at one by one.
    pub papers: Vec<&'l FileRow>,
    /// Letters that stand for all others of their run.
    pub proofs: Vec<&'l FileRow>,
    /// All letters of the run.
    pub letters: Vec<&'l FileRow>,
    /// How many of them only few may read, whether they are among the above or not.
    pub for_few: usize,
}

impl Drafts<'_> {
    /// What there is to look at: papers, and of letters those that stand for all.
    pub fn to_look_at(&self) -> impl Iterator<Item = &FileRow> {
        self.papers.iter().chain(&self.proofs).copied()
    }

    /// How many papers and letters would be released.
    pub fn number(&self) -> usize {
        self.papers.len() + self.letters.len()
    }

    /// The makers of any of them, each once.
    pub fn makers(&self) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        for maker in self.papers.iter().chain(&self.letters).flat_map(|row| &row.makers) {
            if !all.contains(&maker.as_str()) {
                all.push(maker);
            }
        }
        all
    }
}

/// The drafts by kind. What only few may read is among them only if the door is open.
pub fn by_kind(listing: &Listing, is_open: bool) -> BTreeMap<&str, Drafts<'_>> {
    let mut kinds: BTreeMap<&str, Drafts<'_>> = BTreeMap::new();
    for row in listing.files.iter().filter(|row| row.status == PaperStatus::Draft && row.is_sent) {
        let drafts = kinds.entry(row.paper.as_str()).or_insert_with(|| Drafts {
            papers: Vec::new(),
            proofs: Vec::new(),
            letters: Vec::new(),
            for_few: 0,
        });
        if is_behind(row) {
            drafts.for_few += 1;
            if !is_open {
                continue;
            }
        }
        match row.part.as_ref().map(|part| part.kind) {
            None => drafts.papers.push(row),
            Some(RunFile::Proof) => drafts.proofs.push(row),
            Some(RunFile::Letter) => drafts.letters.push(row),
            Some(RunFile::Message | RunFile::Other) => {}
        }
    }
    // Proofs of letters that are released are no longer looked at.
    kinds.retain(|_, drafts| !drafts.papers.is_empty() || !drafts.letters.is_empty() || drafts.for_few > 0);
    kinds
}

/// How many drafts of a kind there are, letters of a run (`true`) apart from others.
pub fn of_kind(listing: &Listing, kind: &str) -> BTreeMap<bool, usize> {
    let mut numbers = BTreeMap::new();
    let all = listing.files.iter().filter(|row| row.status == PaperStatus::Draft && row.paper == kind);
    for row in all {
        match row.part.as_ref().map(|part| part.kind) {
            None => *numbers.entry(false).or_default() += 1,
            Some(RunFile::Letter) => *numbers.entry(true).or_default() += 1,
            Some(_) => {}
        }
    }
    numbers
}
