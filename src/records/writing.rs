//! A record that a verb without papers of its own writes a few lines into.
//!
//! In: the folder of the papers and its data. Out: a record that is there already, looked at first and then held.
//!
//! Deliberately absent: the lines themselves.

use std::path::{Path, PathBuf};

use super::event::{Begin, Event};
use super::folder::{Papers, conference, hold};
use super::names::Names;
use super::record::Record;
use super::state::State;
use super::{numbering, report};
use crate::check::{Checked, check};
use crate::deliver::disk::Disk as _;
use crate::diag::Report;
use crate::input;

/// Where the papers of a conference lie, and which data they are made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PapersOf {
    /// Their folder, as `out/CSC-2026-014`.
    pub folder: PathBuf,
    /// The conference file, where it was named. Otherwise it is looked for in the folders above.
    pub data: Option<PathBuf>,
}

/// The folder of papers that a path means: the folder itself, or that of a conference file below `out`.
///
/// # Errors
/// If the conference file cannot be read or has faults.
pub fn papers_of(path: &Path, out: &Path, data: Option<&Path>) -> Result<PapersOf, Report> {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_data = path.is_file() || !path.is_dir() && ["yaml", "yml", "json"].contains(&ending.as_str());
    if !is_data {
        return Ok(PapersOf { folder: path.to_owned(), data: data.map(Path::to_path_buf) });
    }
    let checked = check(input::load(path)?)?;
    Ok(PapersOf { folder: out.join(&checked.conference.reference), data: Some(data.unwrap_or(path).to_owned()) })
}

/// A record that somebody looks at, with the names of its people.
pub struct Looking {
    /// The folder and its record.
    pub papers: Papers,
    /// The data, everybody with the number that the record gave them.
    pub checked: Checked,
    /// Names by number.
    pub names: Names,
}

impl Looking {
    /// Reads a record that is there, and changes nothing.
    ///
    /// # Errors
    /// If there is none; faults of the data; people of whom nobody can say which number was theirs.
    pub fn at(folder: &Path, data: Option<&Path>) -> Result<Self, Report> {
        let papers = Papers::at(folder)?;
        let checked = conference(folder, data)?;
        let (checked, _) = numbering::numbered(&checked, &papers.reading.state)?;
        let names = Names::of(&checked);
        Ok(Self { papers, checked, names })
    }

    /// What the record adds up to.
    pub fn state(&self) -> &State {
        &self.papers.reading.state
    }

    /// Holds the record, so that it can be written.
    ///
    /// # Errors
    /// Another run in it; a record that does not hold; what was begun and can be neither finished nor undone.
    pub fn hold(self) -> Result<Writing, Report> {
        let Self { papers, checked, .. } = self;
        let folder = papers.disk.root().to_owned();
        drop(papers);
        let record = hold(&folder, &checked)?;
        let (checked, numbered) = numbering::numbered(&checked, record.state())?;
        let names = Names::of(&checked);
        Ok(Writing { record, checked, names, numbered, folder })
    }
}

/// A record that is held by a verb.
pub struct Writing {
    /// The record.
    pub record: Record,
    /// The data, everybody with their number.
    pub checked: Checked,
    /// Names by number.
    pub names: Names,
    numbered: Vec<Event>,
    /// The folder.
    pub folder: PathBuf,
}

impl Writing {
    /// Writes lines as one change, and the registers after them. Without lines nothing is written.
    ///
    /// # Errors
    /// If a file is in the way or the disk refuses.
    pub fn commit(&mut self, begin: Begin, lines: Vec<Event>) -> Result<Noted, Report> {
        let is_new = !lines.is_empty();
        if is_new {
            let all = std::mem::take(&mut self.numbered).into_iter().chain(lines).collect();
            self.record.commit(begin, all, &[]).map_err(|stop| report::stopped(&self.folder, stop))?;
        }
        if is_new || !self.record.settled.is_empty() {
            Papers::write_registers(&self.record, &self.folder, &self.names, &self.checked.fingerprint)?;
        }
        Ok(Noted {
            folder: self.folder.clone(),
            is_new,
            lines: self.record.log().lines,
            head: self.record.log().spoken_head(),
            settled: std::mem::take(&mut self.record.settled),
        })
    }
}

/// What was written into a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Noted {
    /// The folder.
    pub folder: PathBuf,
    /// Whether the record has new lines. The same said twice is said once.
    pub is_new: bool,
    /// How many lines it has.
    pub lines: u32,
    /// The first digits of the hash in the last of them.
    pub head: String,
    /// What an earlier run had left half done, and what became of it, in words.
    pub settled: Vec<String>,
}
