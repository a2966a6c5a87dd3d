//! Papers → files: all of them or none, and nothing that a person edited.
//!
//! In: finished bytes with their places, and a folder. Out: the files and the register, or what stood in the way.
//!
//! Deliberately absent: deciding who gets what, and how a paper looks.

mod authored;
pub mod batch;
pub mod calendar;
mod folder;
mod lines;
pub mod message;
pub mod names;
mod register;

use std::path::{Path, PathBuf};

pub use authored::{Authored, Over, put_folder, put_new, put_over, remember, take_away};
pub use folder::{Shelf, shelf};
pub use register::{Entry, Register, Status};

use crate::diag::Report;
use crate::gate::Seal;

/// One finished file.
#[derive(Debug, Clone)]
#[non_exhaustive]
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
#[non_exhaustive]
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
