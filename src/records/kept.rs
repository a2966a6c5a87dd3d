//! The places of kept papers, which were replaced or whose reader no longer takes part.

use super::commit::Stop;
use super::record::Record;
use super::report;
use super::state::{Paper, PaperStatus, State};
use crate::deliver::disk::Disk;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::Hash;

/// The place in which a replaced paper is kept. No place is used twice.
pub fn kept_place(state: &State, disk: &dyn Disk, released: &Paper) -> Result<String, Report> {
    let made = &released.made;
    free_place(state, disk, &format!("superseded/version-{}/{}", made.v, made.file), made.hash)
}

/// The place itself if it is free and was never used, or one with part of the hash in its name.
pub fn free_place(state: &State, disk: &dyn Disk, place: &str, hash: Hash) -> Result<String, Report> {
    let (stem, ending) = place.rsplit_once('.').unwrap_or((place, ""));
    for digits in [0, 8, 16, 64] {
        let mark = if digits == 0 { String::new() } else { format!("-{}", hash.short(digits)) };
        let candidate = if ending.is_empty() { format!("{place}{mark}") } else { format!("{stem}{mark}.{ending}") };
        let lies = disk.exists(&candidate);
        let lies = lies.map_err(|e| report::stopped(disk.root(), Stop::Disk(candidate.clone(), e)))?;
        if !state.kept.contains_key(&candidate) && !lies {
            return Ok(candidate);
        }
    }
    let error = Diagnostic::error(codes::CANNOT_WRITE, "something already exists where a released paper is to be kept");
    let place = Place::file(disk.root().join(place).display().to_string());
    Err(error.place(place).hint("move it away, and run the same command again").into())
}

/// Moves released papers that were set aside, and lie again where they were, to the places where they are kept: the
/// folder was put back from an older copy than its record. Returns these places.
///
/// # Errors
/// If the disk refuses.
pub fn return_kept(record: &Record) -> Result<Vec<String>, Stop> {
    let (state, disk) = (record.state(), record.disk());
    let hash = |file: &str| disk.hash(file).map_err(|e| Stop::Disk(file.to_owned(), e));
    let is_kept = |paper: &&Paper| matches!(paper.status, PaperStatus::Superseded | PaperStatus::Withdrawn);
    let mut returned = Vec::new();
    for paper in state.papers.values().filter(is_kept).filter(|paper| !paper.lost) {
        let made = &paper.made;
        let Some(before) = state.kept.get(&made.file) else { continue };
        let stands = state.papers.get(before).is_some_and(|now| now.made.hash == made.hash);
        if !stands && hash(&made.file)?.is_none() && hash(before)? == Some(made.hash) {
            record.return_kept(before, made)?;
            returned.push(made.file.clone());
        }
    }
    Ok(returned)
}
