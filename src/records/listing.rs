//! The files of a folder of papers, one by one: what each is, for whom, and how it stands.
//!
//! In: a folder, read and not changed. Out: a [`FileRow`] for each file of its record, and the bytes of one of them.
//!
//! Deliberately absent: names. A row has numbers; whoever shows it has the data.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;

use super::event::{Channel, Looked, Sent};
use super::picked::one_of_each;
use super::rows::SignedRow;
use super::run::{PROOFS, has_record};
use super::state::{Paper, PaperStatus, State, is_of_run};
use super::writing::read_state_with_lines;
use crate::deliver::disk::Disk as _;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::Hash;

/// The files of a record.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Listing {
    /// The number of lines of the record.
    pub lines: u32,
    /// The files, by kind of paper, version and place.
    pub files: Vec<FileRow>,
    /// Who opened what only few may read, and when.
    pub looked: Vec<Looked>,
}

/// One file of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileRow {
    /// Its place below the folder. It may contain a person's name.
    pub file: String,
    /// The hash of its bytes.
    pub hash: Hash,
    /// The kind of paper; of a proof or a bundle, that of its run.
    pub paper: String,
    /// The word of its audience.
    pub audience: String,
    /// Its readers: `i3`, `o2`, `c1`, `anybody`, `chair`.
    pub to: Vec<String>,
    /// The paper's own reference.
    pub reference: String,
    /// The version.
    pub version: u32,
    /// The day of issue.
    pub issued: NaiveDate,
    /// Its pages. `None` if they were not counted.
    pub pages: Option<u32>,
    /// Its status.
    pub status: PaperStatus,
    /// The makers: whoever prepared it, and whoever sat at the desk.
    pub makers: Vec<String>,
    /// The checkers, each once.
    pub checked: Vec<SignedRow>,
    /// Notes that it was sent.
    pub sent: Vec<Sending>,
    /// The part that it has in a run of letters. `None` for other papers.
    pub part: Option<RunPart>,
    /// Whether every page has the mark of a draft although it was released.
    pub has_draft_mark: bool,
    /// Whether it is what is sent: of a paper in several formats, the PDF.
    pub is_sent: bool,
    /// The reason why it replaced an earlier version.
    pub because: Option<String>,
}

/// A note that a paper was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sending {
    /// The channel.
    pub how: Channel,
    /// The day.
    pub on: NaiveDate,
    /// Those of several readers to whom it was sent. Empty if all.
    pub to: Vec<String>,
}

/// The part of a file in a run of letters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RunPart {
    /// The folder of the run.
    pub run: String,
    /// What the file is.
    pub kind: RunFile,
    /// The number of the person whose letter it is. `None` if it is for several.
    pub number: Option<u32>,
}

/// What a file of a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RunFile {
    /// A letter that is checked before all are made.
    Proof,
    /// A letter.
    Letter,
    /// A message with a letter in it.
    Message,
    /// Anything with several letters or none: for the printer, labels, the calendar.
    Other,
}

impl FileRow {
    /// A word for the file that is in addresses: the first digits of its hash.
    pub fn key(&self) -> String {
        self.hash.short(16)
    }

    /// Its ending, in small letters.
    pub fn ending(&self) -> String {
        self.file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
    }

    /// Whether it is for one person or organisation, and which: `i3`.
    pub fn only_reader(&self) -> Option<&str> {
        match self.to.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// The files of the record in a folder. Without a record there are none.
///
/// # Errors
/// If the record cannot be read or lacks lines.
pub fn listing(folder: &Path) -> Result<Listing, Report> {
    if !has_record(folder) {
        return Ok(Listing::default());
    }
    let (lines, state) = read_state_with_lines(folder)?;
    let sent: BTreeSet<&str> =
        one_of_each(state.papers.values().collect()).iter().map(|p| p.made.file.as_str()).collect();
    let mut files: Vec<FileRow> =
        state.papers.values().map(|paper| row(paper, &state, sent.contains(&paper.made.file.as_str()))).collect();
    files.sort_by(|one, other| key(one).cmp(&key(other)));
    Ok(Listing { lines, files, looked: state.looked })
}

fn key(row: &FileRow) -> (&str, u32, &str) {
    (&row.paper, row.version, &row.file)
}

fn row(paper: &Paper, state: &State, is_sent: bool) -> FileRow {
    let made = &paper.made;
    let part = part_of(paper, state);
    let of_run = part.as_ref().and_then(|part| state.runs.get(&part.run));
    let kind = of_run.map(|run| run.run.paper.clone());
    let kind = kind.or_else(|| part.as_ref().and_then(|part| Some(state.proofs.get(&part.run)?.0.paper.clone())));
    let is_released = paper.status != PaperStatus::Draft;
    let signed = of_run.into_iter().flat_map(|run| &run.sign_offs).filter(|_| is_released);
    let mut checked: Vec<SignedRow> = Vec::new();
    for signed in paper.checked.iter().chain(paper.sign_off.as_deref()).chain(signed) {
        let row = SignedRow { by: signed.checker.clone(), on: signed.on };
        if !checked.contains(&row) {
            checked.push(row);
        }
    }
    let number = part.as_ref().and_then(|part| part.number);
    let is_its = |sent: &&Sent| {
        part.as_ref().is_some_and(|part| sent.file == part.run) && number.is_some_and(|no| sent.letters.holds(no))
    };
    let sent = paper.sent.iter().chain(state.sent.iter().filter(is_its));
    let sent = sent.map(|sent| Sending { how: sent.how, on: sent.on, to: words(&sent.to) }).collect();
    let own = words(&made.to);
    FileRow {
        file: made.file.clone(),
        hash: made.hash,
        paper: kind.unwrap_or_else(|| made.paper.clone()),
        audience: made.audience.clone(),
        to: if own.is_empty() { number.map(|no| format!("i{no}")).into_iter().collect() } else { own },
        reference: made.reference.clone(),
        version: made.v,
        issued: made.issued,
        pages: Some(made.pages).filter(|pages| *pages > 0),
        status: paper.status,
        makers: paper.source.makers().map(str::to_owned).collect(),
        checked,
        sent,
        part,
        has_draft_mark: is_released && made.draft == Some(made.hash),
        is_sent,
        because: made.because.clone(),
    }
}

fn words(to: &str) -> Vec<String> {
    to.split_whitespace().map(str::to_owned).collect()
}

fn part_of(paper: &Paper, state: &State) -> Option<RunPart> {
    let made = &paper.made;
    if made.paper == PROOFS {
        let run = made.file.split_once(&format!("/{PROOFS}/")).map(|(run, _)| run.to_owned())?;
        return Some(RunPart { run, kind: RunFile::Proof, number: made.no });
    }
    if !is_of_run(made) {
        return None;
    }
    let run = state.folder_of(&made.file)?.to_owned();
    let ending = made.file.rsplit('.').next().unwrap_or_default();
    let kind = match (made.no, ending) {
        (Some(_), "pdf") => RunFile::Letter,
        (Some(_), "eml") => RunFile::Message,
        _ => RunFile::Other,
    };
    Some(RunPart { run, kind, number: made.no })
}

/// The bytes of a file of the record, as long as they are those that the record has.
///
/// # Errors
/// If it is missing, was changed since it was made, or cannot be read.
pub fn recorded_file(folder: &Path, row: &FileRow) -> Result<Vec<u8>, Report> {
    let disk = crate::deliver::disk::Folder::new(folder, crate::deliver::disk::Access::Owner);
    let place = || Place::file(folder.join(&row.file).display().to_string());
    let data = disk
        .read(&row.file)
        .map_err(|error| Report::of(Diagnostic::error(codes::UNREADABLE, error.to_string()).place(place())))?;
    let Some(data) = data else {
        let error = Diagnostic::error(codes::MISSING_PAPER, "this paper is no longer in the folder");
        return Err(error.place(place()).hint("put it back from a copy").into());
    };
    if Hash::of(&data) != row.hash {
        let error = Diagnostic::error(codes::NOT_AS_MADE, "this paper was changed since it was made");
        return Err(error.place(place()).hint("put it back from a copy, or make it again").into());
    }
    Ok(data)
}
