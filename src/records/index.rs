//! The index pages beside the papers of each audience.
//!
//! They are made from the record, as registers are, and are no papers: nobody signs them off, and they follow what lies in
//! the folder. Unlike a register each is for readers, so the gate reads it before it is written.

use std::collections::BTreeMap;
use std::path::Path;

use super::commit::Stop;
use super::record::{Own, Record};
use super::report;
use super::state::{PaperStatus, State};
use crate::check::Checked;
use crate::deliver::disk::Disk;
use crate::diag::Report;
use crate::jobs::{Press, index_file};
use crate::layers::has_ending;
use crate::model::Audience;

/// The files of all papers in their places, each with whether it is a draft.
pub fn in_place(state: &State) -> BTreeMap<&str, bool> {
    let there =
        state.papers.values().filter(|paper| matches!(paper.status, PaperStatus::Draft | PaperStatus::Released));
    there.map(|paper| (paper.made.file.as_str(), paper.status == PaperStatus::Draft)).collect()
}

/// Writes the index of each folder that has pages, and removes one that lists nothing any more. Where the templates have a
/// fault nothing is written, so that nobody has to mend one before somebody can be withdrawn; `verify` then tells of an index
/// that is not as it should be.
///
/// # Errors
/// What an audience may not read, or a disk that refuses.
pub fn write_indexes(record: &Record, root: &Path, checked: &Checked) -> Result<(), Report> {
    let stopped = |stop| report::stopped(root, stop);
    let there = in_place(record.state());
    let has_pages = there.keys().any(|file| has_ending(file, "html"));
    let press = has_pages.then(|| Press::new(checked));
    if matches!(press, Some(Err(_))) {
        return Ok(());
    }
    let press = press.and_then(Result::ok);
    for audience in Audience::ALL {
        let own = Own::Index(audience);
        let name = own.name();
        if there.contains_key(name.as_str()) {
            continue;
        }
        let made = press.as_ref().map(|press| press.index(audience, &there)).transpose()?.flatten();
        let before = record.disk().exists(&name).map_err(|error| stopped(Stop::Disk(name.clone(), error)))?;
        if before && !check_ours(record.disk(), &name).map_err(stopped)? {
            continue;
        }
        let done = match &made {
            Some(made) => record.write_own(&own, made.data()),
            None if before => record.remove(&name),
            None => Ok(()),
        };
        done.map_err(stopped)?;
    }
    record.clear_stage().map_err(stopped)
}

/// Whether a page in the place of an index says that it was made by this program. Anything else is somebody's own.
///
/// # Errors
/// If it cannot be read.
pub fn check_ours(disk: &dyn Disk, at: &str) -> Result<bool, Stop> {
    let data = disk.read(at).map_err(|error| Stop::Disk(at.to_owned(), error))?.unwrap_or_default();
    let says = memchr::memmem::find(&data, b"<meta name=\"generator\" content=\"convenor\">").is_some();
    Ok(says && audience_of_index(at).is_some())
}

/// The audience whose index lies at a place. `None` if it is no place of an index.
pub fn audience_of_index(at: &str) -> Option<Audience> {
    Audience::ALL.into_iter().find(|audience| index_file(*audience) == at)
}
