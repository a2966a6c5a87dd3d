//! Papers → files: all of them or none, and nothing that a person edited.
//!
//! In: finished bytes with their places, and a folder. Out: the files and the register, or what stood in the way.
//!
//! Deliberately absent: deciding who gets what, and how a paper looks.

pub mod batch;
pub mod calendar;
mod folder;
mod lines;
pub mod message;
pub mod names;
mod register;

use std::path::{Path, PathBuf};

pub use folder::{Shelf, shelf};
pub use register::{Entry, Register, Status};

use crate::diag::Report;
use crate::gate::Seal;

/// One finished file.
#[derive(Debug, Clone)]
pub struct File {
    /// Its place below the folder, with `/` between the parts, for example `community/minutes.pdf`.
    pub path: String,
    /// Its bytes.
    pub data: Vec<u8>,
    /// What the register says of it.
    pub entry: Entry,
    /// How many pages it has, if it is a PDF.
    pub pages: Option<usize>,
    /// The gate's word for these very bytes at this very place. Without it nothing is written.
    pub seal: Seal,
}

/// What to do with a file that was changed since it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// Write nothing and say which.
    Refuse,
    /// Write over it.
    Overwrite,
}

/// What was written.
#[derive(Debug, Clone)]
pub struct Delivered {
    /// The folder of the conference.
    pub folder: PathBuf,
    /// Files whose bytes are new.
    pub written: usize,
    /// Their places below the folder.
    pub changed: Vec<String>,
    /// Files that were the same already.
    pub unchanged: usize,
    /// Files that an earlier run made below the same folders and that are no longer due.
    pub stale: Vec<String>,
}

/// Writes files below `out` and the register of the conference beside them.
///
/// Everything is first written under another name in the same folder and then renamed; if a file cannot be replaced, those
/// that were are put back. So a full disk or a file that is open elsewhere leaves the folder as it was. Two runs into one
/// folder wait for each other. Data is not forced to the disk: against a power cut, build again.
///
/// # Errors
/// If a file is not as the gate read it, was edited since it was made or was released, if two files have one name, or if the
/// folder cannot be written.
pub fn deliver(files: &[File], reference: &str, out: &Path, edited: Edited) -> Result<Delivered, Report> {
    folder::write(files, reference, out, edited)
}

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
        report.diagnostics.iter_mut().for_each(|d| d.hint = Some(hint.into()));
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
