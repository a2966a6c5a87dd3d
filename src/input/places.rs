//! Where every field of the input stands.
//!
//! In: the index of each file. Out: [`Places`], which adds line and column, or the cell, to a diagnostic with a field path.
//!
//! Deliberately absent: what stands there.

use crate::diag::Diagnostic;
use crate::yaml::Index;

/// Marks a field path as one of `borough.yaml`.
pub const BOROUGH: &str = "borough:";

/// Marks a field path as one of `region.yaml`.
pub const REGION: &str = "region:";

/// Where every field of the input stands.
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

    /// Whether a rule speaks of something that stands in a file as it was read. Of what could not be read, enough is said.
    pub fn speaks_of_what_was_read(&self, diagnostic: &Diagnostic) -> bool {
        let Some(path) = &diagnostic.place.path else { return true };
        let (index, path) = self.file_of(path);
        !index.is_amended(path)
    }

    /// Adds line and column to a diagnostic that so far has a field path. A path that starts with `borough:` is one of
    /// `borough.yaml`, one that starts with `region:` of `region.yaml`.
    pub fn locate(&self, diagnostic: Diagnostic) -> Diagnostic {
        let Some(path) = diagnostic.place.path.clone() else { return diagnostic };
        if diagnostic.place.span.is_some() || diagnostic.place.cell.is_some() {
            return diagnostic;
        }
        let (index, path) = self.file_of(&path);
        diagnostic.place(index.place(path))
    }

    /// The file that a field path is one of, and the path in it.
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
