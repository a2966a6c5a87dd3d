//! The lines of a batch's register: in its journal while a run lasts, in `register.csv` once it has ended.

use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::Path;

use super::folder::cannot_write;
use super::register::harmless;
use crate::diag::Report;

/// One file of a batch in its register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number of the person in the list, from 1; 0 for a file of many people.
    pub number: u32,
    /// The paper's reference.
    pub reference: String,
    /// The council's own reference of the person, as the list has it.
    pub person: String,
    /// The file's place below the folder of the batch.
    pub file: String,
    /// For whom it may be read.
    pub audience: String,
    /// Pages; 0 where a file has none.
    pub pages: usize,
    /// BLAKE3 of all that the file is made from: the row, the conference, the council, the templates and the program.
    pub inputs: String,
    /// BLAKE3 of its bytes.
    pub hash: String,
}

pub(super) const HEAD: [&str; 8] = ["number", "reference", "person", "file", "audience", "pages", "inputs", "hash"];

impl Line {
    pub(super) fn cells(&self) -> [String; 8] {
        [
            self.number.to_string(),
            self.reference.clone(),
            harmless(&self.person),
            self.file.clone(),
            self.audience.clone(),
            self.pages.to_string(),
            self.inputs.clone(),
            self.hash.clone(),
        ]
    }

    fn read(cells: &csv::StringRecord) -> Option<Self> {
        let cell = |i: usize| cells.get(i).map(str::to_owned);
        // A spreadsheet's guard against formulas is not part of the reference.
        let person = cell(2)?;
        let person = person.strip_prefix('\'').filter(|p| harmless(p) != *p).map_or(person.clone(), str::to_owned);
        Some(Self {
            number: cells.get(0)?.parse().ok()?,
            reference: cell(1)?,
            person,
            file: cell(3)?,
            audience: cell(4)?,
            pages: cells.get(5)?.parse().ok()?,
            inputs: cell(6)?,
            // A line that was cut short has no whole hash.
            hash: cell(7).filter(|h| h.len() == 64)?,
        })
    }
}

/// Reads the lines of a register or journal; a last line that was cut short is none.
///
/// # Errors
/// If the file cannot be read.
pub fn lines(path: &Path) -> Result<Vec<Line>, Report> {
    let Some(file) = open(path)? else { return Ok(Vec::new()) };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(BufReader::new(file));
    let records = reader.records().map_while(Result::ok);
    Ok(records.filter_map(|record| Line::read(&record)).collect())
}

pub(super) fn open(path: &Path) -> Result<Option<File>, Report> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(cannot_write(path, &e)),
    }
}

/// The register of a run as it grows, in memory: some 300 bytes a file.
pub struct Lines {
    csv: Vec<u8>,
    /// How many there are.
    pub count: usize,
}

impl Default for Lines {
    fn default() -> Self {
        let mut lines = Self { csv: Vec::new(), count: 0 };
        lines.record(&HEAD.map(str::to_owned));
        lines
    }
}

impl Lines {
    /// Adds one.
    pub fn push(&mut self, line: &Line) {
        self.record(&line.cells());
        self.count += 1;
    }

    fn record(&mut self, cells: &[String; 8]) {
        let mut writer = csv::Writer::from_writer(&mut self.csv);
        writer.write_record(cells).expect("a vector takes every byte");
        writer.flush().expect("a vector takes every byte");
    }

    /// `register.csv`.
    pub fn csv(&self) -> &[u8] {
        &self.csv
    }

    /// Every line again.
    pub fn all(&self) -> impl Iterator<Item = Line> {
        let reader = csv::Reader::from_reader(self.csv.as_slice());
        reader.into_records().filter_map(Result::ok).filter_map(|record| Line::read(&record))
    }

    /// The places of all files.
    pub fn files(&self) -> std::collections::BTreeSet<String> {
        self.all().map(|line| line.file).collect()
    }
}
