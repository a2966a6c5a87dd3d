//! Shares of a list: records of their own in folders beside the letters of the whole list.

use std::collections::BTreeSet;

use super::event::Event;
use super::log::{self, LOG};
use super::upgrade;
use crate::deliver::disk::{Disk, Found};

/// Folders of this conference that hold the record of a share, as their own first line says.
pub fn folders(disk: &dyn Disk, found: &[Found], conference: &str) -> Vec<String> {
    let logs = found.iter().filter_map(|file| file.at.strip_suffix(&format!("/{LOG}")));
    let logs = logs.filter(|folder| !folder.contains('/') && is_share(disk, folder, conference));
    // Those that an earlier version made have registers instead.
    let folders = found.iter().filter_map(|file| file.at.split_once('/')).map(|(folder, _)| folder);
    let folders: BTreeSet<&str> =
        folders.filter(|folder| upgrade::is_share(disk, folder).unwrap_or_default()).collect();
    logs.chain(folders).map(str::to_owned).collect::<BTreeSet<String>>().into_iter().collect()
}

fn is_share(disk: &dyn Disk, folder: &str, conference: &str) -> bool {
    let bytes = disk.read(&format!("{folder}/{LOG}")).ok().flatten().unwrap_or_default();
    match log::read(&bytes).events.first() {
        Some(Event::Opened(opened)) => opened.conference == conference && opened.share.is_some(),
        _ => false,
    }
}
