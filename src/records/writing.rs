//! A record for verbs that write only a few lines and no papers of their own.
//!
//! In: the folder of the papers and its data. Out: an existing record, first read and then held.
//!
//! Deliberately absent: the lines themselves.

use std::path::{Path, PathBuf};

use super::elsewhere::{ensure_no_other_record, out_for};
use super::event::{Begin, Event};
use super::folder::{Papers, conference, hold, readable_conference};
use super::index::write_indexes;
use super::log::Tail;
use super::names::Names;
use super::record::{Record, check_behind};
use super::state::State;
use super::{numbering, report};
use crate::check::{Checked, check, check_or_faulty};
use crate::deliver::disk::Disk as _;
use crate::diag::{Diagnostic, Place, Report, codes, count};
use crate::input;

/// The papers of a conference: their folder and their data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PapersOf {
    /// Their folder, as `out/CSC-2026-014`.
    pub folder: PathBuf,
    /// The conference file, if it was named. Otherwise it is searched for in the folders above.
    pub data: Option<PathBuf>,
}

/// The folder of papers that a path means: the folder itself, or that of a conference file below `out`. Without `out`, see
/// `out_for`.
///
/// # Errors
/// If the conference file cannot be read or has faults.
pub fn papers_of(path: &Path, out: Option<&Path>, data: Option<&Path>) -> Result<PapersOf, Report> {
    if !is_data(path) {
        return Ok(PapersOf { folder: path.to_owned(), data: data.map(Path::to_path_buf) });
    }
    let reference = check(input::load(path)?)?.conference.reference.clone();
    ensure_no_other_record(path, out, &reference)?;
    Ok(PapersOf { folder: out_for(path, out, &reference).join(reference), data: Some(data.unwrap_or(path).to_owned()) })
}

/// The same for verbs that only read: errors of the data do not matter, as long as it says which folder is meant.
///
/// # Errors
/// If the conference file cannot be read, or its reference cannot name a folder.
pub fn papers_to_read(path: &Path, out: Option<&Path>, data: Option<&Path>) -> Result<PapersOf, Report> {
    if !is_data(path) {
        return papers_of(path, out, data);
    }
    let reference = match check_or_faulty(input::load(path)?) {
        Ok(checked) => checked.conference.reference.clone(),
        Err(faulty) if faulty.report().diagnostics.iter().any(|d| d.code == codes::BAD_REFERENCE) => {
            return Err(faulty.report().clone());
        }
        Err(faulty) => faulty.reference().to_owned(),
    };
    ensure_no_other_record(path, out, &reference)?;
    Ok(PapersOf { folder: out_for(path, out, &reference).join(reference), data: Some(data.unwrap_or(path).to_owned()) })
}

/// Whether a path is that of a conference file, there or not, and not of a folder.
fn is_data(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    path.is_file() || !path.is_dir() && ["yaml", "yml", "json"].contains(&ending.as_str())
}

/// A record that is only read, with as many names as the data has, whatever its errors.
pub struct Readable {
    /// The folder and its record.
    pub papers: Papers,
    /// The reference of the conference.
    pub reference: String,
    /// Names by number.
    pub names: Names,
    /// Whether the data has errors, and names may be missing.
    pub warnings: Report,
}

impl Readable {
    /// Reads an existing record, and changes nothing.
    ///
    /// # Errors
    /// If there is none, or the data cannot be read.
    pub fn at(folder: &Path, data: Option<&Path>) -> Result<Self, Report> {
        let papers = Papers::at(folder)?;
        ensure_whole(folder, &papers)?;
        let state = &papers.reading.state;
        let (reference, names, errors) = match readable_conference(folder, data)? {
            Err(faulty) => {
                (faulty.reference().to_owned(), Names::as_far_as_known(&faulty, state), faulty.report().counts().0)
            }
            Ok(checked) => {
                let reference = checked.conference.reference.clone();
                match numbering::numbered(&checked, state) {
                    Ok((checked, _)) => (reference, Names::of(&checked), 0),
                    Err(doubts) => (reference, Names::default(), doubts.counts().0),
                }
            }
        };
        let mut warnings = Report::default();
        if errors > 0 {
            let message = format!("the data has {}: names may be missing, or those of others", count(errors, "error"));
            let place = Place::file(data.unwrap_or(folder).display().to_string());
            let warning = Diagnostic::warning(codes::DATA_HAS_ERRORS, message).place(place);
            warnings.push(warning.hint("`convenor build` and `convenor check` name the errors"));
        }
        Ok(Self { papers, reference, names, warnings })
    }

    /// The state that the record adds up to.
    pub fn state(&self) -> &State {
        &self.papers.reading.state
    }
}

/// The state of an existing record, without the data.
///
/// # Errors
/// If it cannot be read, or lacks lines.
pub fn read_state(folder: &Path) -> Result<State, Report> {
    Ok(read_state_with_lines(folder)?.1)
}

/// The same with the number of the record's lines.
///
/// # Errors
/// As for [`read_state`].
pub fn read_state_with_lines(folder: &Path) -> Result<(u32, State), Report> {
    let papers = Papers::at(folder)?;
    ensure_whole(folder, &papers)?;
    Ok((papers.reading.log.lines, papers.reading.state))
}

/// A record that is only read, with the names of its people.
pub struct Looking {
    /// The folder and its record.
    pub papers: Papers,
    /// The data, with the numbers that the record gave everybody.
    pub checked: Checked,
    /// Names by number.
    pub names: Names,
}

impl Looking {
    /// Reads an existing record, and changes nothing.
    ///
    /// # Errors
    /// If there is none, the data has faults, or the number of a person is doubtful.
    pub fn at(folder: &Path, data: Option<&Path>) -> Result<Self, Report> {
        let papers = Papers::at(folder)?;
        ensure_whole(folder, &papers)?;
        let checked = conference(folder, data)?;
        let (checked, _) = numbering::numbered(&checked, &papers.reading.state)?;
        let names = Names::of(&checked);
        Ok(Self { papers, checked, names })
    }

    /// The state that the record adds up to.
    pub fn state(&self) -> &State {
        &self.papers.reading.state
    }

    /// Holds the record, so that it can be written.
    ///
    /// # Errors
    /// If another run holds it, the record is broken, or an unfinished change can be neither finished nor undone.
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

/// Checks that nothing is missing from a record. In a shorter one a released paper would look like a draft.
fn ensure_whole(folder: &Path, papers: &Papers) -> Result<(), Report> {
    if let Tail::Broken(fault) = papers.reading.tail {
        return Err(report::broken(folder, fault).into());
    }
    match check_behind(&papers.disk, &papers.reading) {
        Ok(true) => Err(report::behind(folder).into()),
        Ok(false) => Ok(()),
        Err(stop) => Err(report::stopped(folder, stop)),
    }
}

/// A record that a verb holds.
pub struct Writing {
    /// The record.
    pub record: Record,
    /// The data, with everybody's numbers.
    pub checked: Checked,
    /// Names by number.
    pub names: Names,
    numbered: Vec<Event>,
    /// The folder.
    pub folder: PathBuf,
}

impl Writing {
    /// Writes lines as one change, and the registers after them. Without lines only the registers are.
    ///
    /// # Errors
    /// If a file is in the way or the disk refuses.
    pub fn commit(&mut self, begin: Begin, lines: Vec<Event>) -> Result<Noted, Report> {
        let is_new = !lines.is_empty();
        if is_new {
            let all = std::mem::take(&mut self.numbered).into_iter().chain(lines).collect();
            self.record.commit(begin, all, &[]).map_err(|stop| report::stopped(&self.folder, stop))?;
        }
        // Without new lines too: the run that wrote them may have been stopped before the registers.
        Papers::write_registers(&self.record, &self.folder, &self.names, &self.checked.fingerprint)?;
        write_indexes(&self.record, &self.folder, &self.checked)?;
        Ok(Noted {
            folder: self.folder.clone(),
            is_new,
            lines: self.record.log().lines,
            head: self.record.log().spoken_head(),
            settled: std::mem::take(&mut self.record.settled),
        })
    }
}

/// The lines that were written into a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Noted {
    /// The folder.
    pub folder: PathBuf,
    /// Whether the record has new lines. A repeated note adds none.
    pub is_new: bool,
    /// The number of its lines.
    pub lines: u32,
    /// The first digits of the hash in the last of them.
    pub head: String,
    /// Descriptions of what a stopped run left behind, and how it was settled.
    pub settled: Vec<String>,
}
