//! The places of a run's files below the folder of its record.

use std::path::Path;

use crate::deliver::disk::{Access, Disk, Folder};
use crate::gate::Hash;
use crate::records::log::LOG;
use crate::records::state::{Paper, PaperStatus, State};

/// The folder of proofs, and the kind of paper that they are in the record.
pub const PROOFS: &str = "proof";

/// The prefix of places in the folder of a run.
pub fn prefix(folder: &str) -> String {
    if folder.is_empty() { String::new() } else { format!("{folder}/") }
}

/// The standing files of a run in the record, without proofs.
pub fn standing<'s>(state: &'s State, prefix: &'s str) -> impl Iterator<Item = &'s str> {
    let proof = format!("{prefix}{PROOFS}/");
    let stands = |paper: &Paper| matches!(paper.status, PaperStatus::Draft | PaperStatus::Released);
    let papers = state.papers.iter().filter(move |(_, paper)| stands(paper) && paper.made.from.is_some());
    papers.map(|(file, _)| file.as_str()).filter(move |file| file.starts_with(prefix) && !file.starts_with(&proof))
}

/// The part of a place that names the kind of file: letters, messages, the set for GOV.UK Notify.
pub fn kind<'f>(file: &'f str, prefix: &str) -> &'f str {
    file.strip_prefix(prefix).unwrap_or(file).split('/').nth(1).unwrap_or_default()
}

/// Whether a file is there and has not changed.
pub fn is_as_made(root: &Path, file: &str, hash: Hash) -> bool {
    let folder = Folder::new(root, Access::Owner);
    folder.hash(file).ok().flatten() == Some(hash)
}

/// Whether a folder has a record of its own.
pub fn has_record(folder: &Path) -> bool {
    let folder = Folder::new(folder, Access::Owner);
    folder.length(LOG).ok().flatten().is_some_and(|length| length > 0)
}
