//! Where a paper is kept whose place another takes, or whose reader takes no part any more.

use super::commit::Stop;
use super::report;
use super::state::{Paper, State};
use crate::deliver::disk::Disk;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::Hash;

/// Where a released paper is kept whose place another takes. No place is given twice.
pub fn kept_place(state: &State, disk: &dyn Disk, released: &Paper) -> Result<String, Report> {
    let made = &released.made;
    free_place(state, disk, &format!("superseded/version-{}/{}", made.v, made.file), made.hash)
}

/// The place itself if nothing was ever kept there and nothing lies there, or one with a part of the hash in its name.
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
    let error = Diagnostic::error(codes::CANNOT_WRITE, "something lies where a released paper is to be kept");
    let place = Place::file(disk.root().join(place).display().to_string());
    Err(error.place(place).hint("move it away, and run the same command again").into())
}
