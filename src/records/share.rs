//! Shares of a list: records of their own in folders beside the letters of the whole list.

use crate::deliver::disk::{Disk, Found};

use super::event::Event;
use super::log::{self, LOG};

/// Folders of this conference that hold the record of a share, as their own first line says.
pub fn folders(disk: &dyn Disk, found: &[Found], conference: &str) -> Vec<String> {
    let logs = found.iter().filter_map(|file| file.at.strip_suffix(&format!("/{LOG}")));
    logs.filter(|folder| !folder.contains('/') && is_share(disk, folder, conference)).map(str::to_owned).collect()
}

fn is_share(disk: &dyn Disk, folder: &str, conference: &str) -> bool {
    let bytes = disk.read(&format!("{folder}/{LOG}")).ok().flatten().unwrap_or_default();
    match log::read(&bytes).events.first() {
        Some(Event::Opened(opened)) => opened.conference == conference && opened.share.is_some(),
        _ => false,
    }
}
