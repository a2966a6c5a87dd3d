//! Shares of a list: records of their own in folders beside the letters of the whole list.

use std::collections::BTreeSet;
use std::path::Path;

use super::commit::Stop;
use super::event::Event;
use super::log::{self, LOG};
use super::state::RunState;
use super::{report, upgrade};
use crate::deliver::disk::{Access, Disk, Folder, Found};
use crate::diag::Report;

/// Folders of this conference with the record of a share, as its first line says.
pub fn folders(disk: &dyn Disk, found: &[Found], conference: &str) -> Vec<String> {
    let logs = found.iter().filter_map(|file| file.at.strip_suffix(&format!("/{LOG}")));
    let logs = logs.filter(|folder| !folder.contains('/') && is_share(disk, folder, conference));
    // Folders that an earlier version made have registers instead.
    let folders = found.iter().filter_map(|file| file.at.split_once('/')).map(|(folder, _)| folder);
    let folders: BTreeSet<&str> =
        folders.filter(|folder| upgrade::check_share(disk, folder).unwrap_or_default()).collect();
    logs.chain(folders).map(str::to_owned).collect::<BTreeSet<String>>().into_iter().collect()
}

fn is_share(disk: &dyn Disk, folder: &str, conference: &str) -> bool {
    let bytes = disk.read(&format!("{folder}/{LOG}")).ok().flatten().unwrap_or_default();
    match log::read(&bytes).events.first() {
        Some(Event::Opened(opened)) => opened.conference == conference && opened.share.is_some(),
        _ => false,
    }
}

/// Runs of letters in the folder of a conference: those of its own record, and those of shares beside it.
///
/// # Errors
/// If a record cannot be read.
pub fn shares(conference: &Path) -> Result<Vec<(String, RunState)>, Report> {
    let mut runs = Vec::new();
    if !conference.is_dir() {
        return Ok(runs);
    }
    let disk = Folder::new(conference, Access::Owner);
    let stop = |stop| report::stopped(conference, stop);
    let own = super::reading::read(&disk).map_err(stop)?;
    let own = if own.is_there { Some(own.state) } else { upgrade::as_it_was(&disk, conference)? };
    runs.extend(own.iter().flat_map(|state| state.runs.iter().map(|(folder, run)| (folder.clone(), run.clone()))));
    let folders = disk.folders().map_err(|e| stop(Stop::Disk(String::new(), e)))?;
    for folder in folders {
        let below = conference.join(&folder);
        let disk = Folder::new(&below, Access::Owner);
        let reading = super::reading::read(&disk).map_err(|stop| report::stopped(&below, stop))?;
        let state = if reading.is_there { Some(reading.state) } else { upgrade::as_it_was(&disk, &below)? };
        runs.extend(state.and_then(|state| state.runs.get("").cloned()).map(|run| (folder, run)));
    }
    Ok(runs)
}
