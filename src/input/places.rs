//! The place of every field of the input.
//!
//! In: the index of each file. Out: [`Places`], which adds line and column, or the cell, to a diagnostic.
//!
//! Deliberately absent: the values.

use crate::diag::{Diagnostic, Place};
use crate::workbook;
use crate::yaml::Index;

/// Marks a field path in `borough.yaml`.
pub const BOROUGH: &str = "borough:";

/// Marks a field path in `region.yaml`.
pub const REGION: &str = "region:";

/// The place of every field of the input.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The conference file.
    pub conference: Index,
    /// `borough.yaml`.
    pub borough: Index,
    /// `region.yaml`; empty if the council is in no region.
    pub region: Index,
}

impl Places {
    /// Every text of the files with its field path, in the order of the files.
    pub fn texts(&self) -> impl Iterator<Item = (String, &str)> {
        let files = [("", &self.conference), (BOROUGH, &self.borough), (REGION, &self.region)];
        files
            .into_iter()
            .flat_map(|(mark, index)| index.texts().map(move |(path, text)| (format!("{mark}{path}"), text)))
    }

    /// Whether a diagnostic is about a field that was read as typed. For a field that could not be read, that fault has
    /// been reported already.
    pub fn speaks_of_what_was_read(&self, diagnostic: &Diagnostic) -> bool {
        let Some(path) = &diagnostic.place.path else { return true };
        let (index, path) = self.file_of(path);
        !index.is_amended(path)
    }

    /// Adds line and column to a diagnostic that has only a field path. A path that starts with `borough:` is in
    /// `borough.yaml`, one that starts with `region:` in `region.yaml`.
    pub fn locate(&self, diagnostic: Diagnostic) -> Diagnostic {
        let Some(path) = diagnostic.place.path.clone() else { return diagnostic };
        if diagnostic.place.span.is_some() || diagnostic.place.cell.is_some() {
            return diagnostic;
        }
        let (index, path) = self.file_of(&path);
        advised(diagnostic.place(index.place(path)))
    }

    /// The place of a field of the conference file in a message about a paper: its cell, or the file and the field.
    pub fn of_field(&self, path: &str) -> Place {
        if self.conference.is_workbook() {
            return self.conference.place(path);
        }
        Place { path: Some(path.to_owned()), ..Place::file(self.conference.file.clone()) }
    }

    /// The file that a field path belongs to, and the path in it.
    fn file_of<'p>(&self, path: &'p str) -> (&Index, &'p str) {
        if let Some(path) = path.strip_prefix(BOROUGH) {
            (&self.borough, path)
        } else if let Some(path) = path.strip_prefix(REGION) {
            (&self.region, path)
        } else {
            (&self.conference, path)
        }
    }
}

/// A diagnostic with the advice for whoever fills in a workbook, if it is about a cell of one.
pub(super) fn advised(diagnostic: Diagnostic) -> Diagnostic {
    let is_of_workbook = diagnostic.place.cell.as_ref().is_some_and(|cell| cell.heading.is_some());
    // What the reader of cells says of them has its own advice, and no field path.
    let is_of_a_field = is_of_workbook && diagnostic.place.path.is_some();
    match workbook::advice(diagnostic.code).filter(|_| is_of_a_field) {
        Some(advice) => diagnostic.hint(advice),
        None => diagnostic,
    }
}
