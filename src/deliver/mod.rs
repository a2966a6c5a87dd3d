//! Bytes → files: the steps that change a folder, safe names, messages and calendar entries.
//!
//! In: finished bytes with their places, and a folder. Out: the files, or what the system said.
//!
//! Deliberately absent: deciding who gets what, how a paper looks, and what was made before (`records`).

pub mod calendar;
pub mod disk;
mod folder;
pub mod held;
pub mod message;
pub mod names;

use std::path::Path;

pub use folder::cannot_write;

use crate::diag::Report;

/// Writes the files of the built-in example, except those that are there already: somebody may be working on them.
///
/// # Errors
/// If the folder cannot be written.
pub fn example(files: &[(String, Vec<u8>)], folder: &Path) -> Result<(), Report> {
    folder::write_new(files, folder)
}

/// Writes files below a folder in place of those that are there: all of them or none.
///
/// # Errors
/// If the folder cannot be written.
pub fn put(files: &[(String, Vec<u8>)], folder: &Path) -> Result<(), Report> {
    folder::write_over(files, folder).map_err(|mut report| {
        // There is no other folder to choose: these files belong beside what they are made from.
        let hint = "nothing was changed; see to it that you may write in this folder, and try again";
        report.diagnostics.iter_mut().for_each(|d| d.hint = Some(hint.to_owned()));
        report
    })
}

/// Takes files away that were written earlier; one that is gone already is no fault.
///
/// # Errors
/// If one of them cannot be taken away.
pub fn take_away(files: &[&str], folder: &Path) -> Result<(), Report> {
    folder::take_away(files, folder)
}

/// Writes one file in place of what was there under its name.
///
/// # Errors
/// If it cannot be written; then what was there is as it was.
pub fn remember(path: &Path, data: &[u8]) -> Result<(), Report> {
    folder::write_one(path, data)
}

/// The text of a file that may be there or not; what is no text reads as an empty one.
///
/// # Errors
/// If it cannot be read.
pub fn text_there(path: &Path) -> Result<Option<String>, Report> {
    Ok(folder::there(path)?.map(|bytes| String::from_utf8(bytes).unwrap_or_default()))
}
