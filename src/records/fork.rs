//! Records that were continued in two places: a sync program kept both, or somebody worked in a copy.
//!
//! In: a record, and other files with the same first line. Out: the relation of each to it, such as an old copy or a
//! fork.

use super::commit::Stop;
use super::event::TookIn;
use super::log::{self, LOG, Tail};
use super::reading::Reading;
use crate::deliver::disk::Disk;

/// The relation of another log to ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinship {
    /// It begins differently, or cannot be read.
    Another,
    /// It is an earlier state of ours.
    OldCopy,
    /// It continues ours.
    Longer,
    /// The two differ after this number of lines.
    ForkedAfter(u32),
}

/// Compares another log with ours.
pub fn kinship(ours: &[u8], theirs: &[u8]) -> Kinship {
    let (ours, theirs) = (log::read(ours), log::read(theirs));
    let same = ours.marks.iter().zip(&theirs.marks).take_while(|(one, other)| one.0 == other.0).count();
    if same == 0 {
        return Kinship::Another;
    }
    if same == theirs.marks.len() {
        Kinship::OldCopy
    } else if same == ours.marks.len() {
        Kinship::Longer
    } else {
        Kinship::ForkedAfter(u32::try_from(same).unwrap_or(u32::MAX))
    }
}

/// Logs directly beside ours that fork from it.
///
/// # Errors
/// If one of them cannot be read.
pub fn beside(disk: &dyn Disk, ours: &Reading) -> Result<Vec<String>, Stop> {
    let stop = |file: &str, error| Stop::Disk(file.to_owned(), error);
    if !ours.is_there || ours.tail != Tail::Clean && matches!(ours.tail, Tail::Broken(_)) {
        return Ok(Vec::new());
    }
    let mut forks = Vec::new();
    let mut own: Option<Vec<u8>> = None;
    for file in disk.list("").map_err(|e| stop("", e))? {
        let is_log = file.to_lowercase().ends_with(".jsonl") && file != LOG;
        if !is_log || was_taken_in(&ours.state.took_in, &file) {
            continue;
        }
        if own.is_none() {
            own = disk.read(LOG).map_err(|e| stop(LOG, e))?;
        }
        let theirs = disk.read(&file).map_err(|e| stop(&file, e))?.unwrap_or_default();
        if matches!(kinship(own.as_deref().unwrap_or_default(), &theirs), Kinship::Longer | Kinship::ForkedAfter(_)) {
            forks.push(file);
        }
    }
    Ok(forks)
}

/// Whether a file is a log that was taken in, kept for the record.
pub fn was_taken_in(took_in: &[TookIn], file: &str) -> bool {
    took_in.iter().any(|taken| taken.file == file)
}
