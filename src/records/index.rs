//! The index pages beside the papers of each audience.
//!
//! They are made from the record, as registers are, and are no papers: nobody signs them off, and they follow what lies in
//! the folder. Unlike a register each is for readers, so the gate reads it before it is written.

use std::collections::BTreeMap;
use std::path::Path;

use super::record::{Own, Record};
use super::report;
use super::state::{PaperStatus, State};
use crate::check::Checked;
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

/// Writes the index of each folder that has pages, and removes one that lists nothing any more.
///
/// # Errors
/// What an audience may not read, or a disk that refuses.
pub fn write_indexes(record: &Record, root: &Path, checked: &Checked) -> Result<(), Report> {
    let there = in_place(record.state());
    let has_pages = there.keys().any(|file| has_ending(file, "html"));
    let press = has_pages.then(|| Press::new(checked)).transpose()?;
    for audience in Audience::ALL {
        let own = Own::Index(audience);
        let made = press.as_ref().map(|press| press.index(audience, &there)).transpose()?.flatten();
        let done = match &made {
            Some(made) if is_ours_or_missing(record, &own.name())? => record.write_own(&own, made.data()),
            Some(_) => Ok(()),
            None => drop_old(record, &own, &there),
        };
        done.map_err(|stop| report::stopped(root, stop))?;
    }
    record.clear_stage().map_err(|stop| report::stopped(root, stop))
}

/// Whether nothing is in the place of an index, or a page that this program made. Anything else is somebody's own.
fn is_ours_or_missing(record: &Record, name: &str) -> Result<bool, Report> {
    let data = record
        .disk()
        .read(name)
        .map_err(|e| report::stopped(Path::new(name), super::commit::Stop::Disk(name.to_owned(), e)))?;
    Ok(data.is_none_or(|data| is_ours(&data)))
}

/// Whether a page says that it was made by this program.
fn is_ours(data: &[u8]) -> bool {
    memchr::memmem::find(data, b"<meta name=\"generator\" content=\"convenor\">").is_some()
}

fn drop_old(record: &Record, own: &Own, there: &BTreeMap<&str, bool>) -> Result<(), super::commit::Stop> {
    let name = own.name();
    if there.contains_key(name.as_str()) {
        return Ok(());
    }
    let data = record.disk().read(&name).map_err(|e| super::commit::Stop::Disk(name.clone(), e))?;
    if data.is_some_and(|data| is_ours(&data)) { record.remove(&name) } else { Ok(()) }
}

/// The audience whose index lies at a place. `None` if it is no place of an index.
pub fn audience_of_index(at: &str) -> Option<Audience> {
    Audience::ALL.into_iter().find(|audience| index_file(*audience) == at)
}
