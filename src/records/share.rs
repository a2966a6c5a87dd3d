//! Shares of a list: records of their own in folders beside the letters of the whole list.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::commit::Stop;
use super::event::{Event, TookIn};
use super::log::{self, LOG};
use super::state::{PaperStatus, RunState, State};
use super::{report, upgrade};
use crate::deliver::disk::{Access, Disk, Folder, Found};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::Hash;

/// The way to make a share known to the record of its conference.
pub const NOT_MERGED: &str = "once all shares are made, run `convenor register merge` with their folders";

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

/// Numbers of people of lists to whom letters of this kind were released, in whatever version and share.
///
/// # Errors
/// If a record cannot be read.
pub fn released_numbers(conference: &Path, paper: &str, list_name: Hash) -> Result<BTreeSet<u32>, Report> {
    let mut numbers = BTreeSet::new();
    if !conference.is_dir() {
        return Ok(numbers);
    }
    let disk = Folder::new(conference, Access::Owner);
    let folders = disk.folders().map_err(|e| report::stopped(conference, Stop::Disk(String::new(), e)))?;
    for root in std::iter::once(conference.to_owned()).chain(folders.iter().map(|folder| conference.join(folder))) {
        let reading = super::reading::read(&Folder::new(&root, Access::Owner));
        let state = reading.map_err(|stop| report::stopped(&root, stop))?.state;
        for run in state.runs.values().filter(|run| run.run.paper == paper && run.run.list_name == list_name) {
            let below = super::run::prefix(&run.run.folder);
            let papers = state.papers.values().filter(|paper| paper.made.file.starts_with(&below));
            for paper in papers.filter(|paper| paper.status != PaperStatus::Draft) {
                numbers.extend(paper.made.no);
                numbers.extend(paper.made.letters.all(run.run.parts));
            }
        }
    }
    Ok(numbers)
}

/// The last merge of each share, by the name of its folder.
pub fn merged(state: &State) -> BTreeMap<String, TookIn> {
    let shares = state.took_in.iter().filter(|taken| taken.share.is_some());
    shares.map(|taken| (taken.file.clone(), taken.clone())).collect()
}

/// Whether the record of a share has the lines that were merged. `disk` is the folder around it.
///
/// # Errors
/// If it cannot be read.
pub fn goes_on_from(disk: &dyn Disk, taken: &TookIn) -> Result<bool, Stop> {
    let log = format!("{}/{LOG}", taken.file);
    let bytes = disk.read(&log).map_err(|e| Stop::Disk(log, e))?.unwrap_or_default();
    let marks = log::read(&bytes).marks;
    let last = usize::try_from(taken.lines).ok().and_then(|lines| marks.get(lines.checked_sub(1)?));
    Ok(last.is_some_and(|(hash, _)| *hash == taken.head))
}

/// Warnings about shares that were merged and are no longer in the folder, so that nobody can say what was in them.
pub fn missing(folder: &Path, state: &State) -> Report {
    let mut report = Report::default();
    let is_gone = |name: &String| !folder.join(name).join(LOG).exists() && !state.lost_shares.contains_key(name);
    for (name, taken) in merged(state).into_iter().filter(|(name, _)| is_gone(name)) {
        let part = taken.share.as_deref().unwrap_or_default();
        let message = format!("share {part} was merged, and is no longer in the folder: its letters are not listed");
        let warning = Diagnostic::warning(codes::MISSING_PAPER, message);
        let warning = warning.place(Place::file(folder.join(&name).display().to_string()));
        report.push(warning.hint("put the folder of this share back from a copy"));
    }
    report
}

/// The state of a record together with those of the shares that were merged into it, as if their letters were in it.
///
/// # Errors
/// If the record of a share cannot be read.
pub fn with_merged(folder: &Path, state: &State) -> Result<State, Report> {
    let mut all = state.clone();
    for name in merged(state).into_keys() {
        let root = folder.join(&name);
        let reading = super::reading::read(&Folder::new(&root, Access::Owner));
        let share = reading.map_err(|stop| report::stopped(&root, stop))?.state;
        let below = |file: &str| if file.is_empty() { name.clone() } else { format!("{name}/{file}") };
        for mut run in share.runs.into_values() {
            run.run.folder = below(&run.run.folder);
            all.runs.insert(run.run.folder.clone(), run);
        }
        all.kept.extend(share.kept.iter().map(|(kept, file)| (below(kept), below(file))));
        for mut paper in share.papers.into_values() {
            paper.made.file = below(&paper.made.file);
            paper.numbered = state.numbers.len();
            all.papers.insert(paper.made.file.clone(), paper);
        }
    }
    // Whatever is noted of the letters of a share is in the record around it.
    for sent in std::mem::take(&mut all.sent) {
        all.note_sent(&sent);
    }
    Ok(all)
}
