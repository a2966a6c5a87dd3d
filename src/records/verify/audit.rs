//! A folder of papers while it is verified.

use std::collections::BTreeSet;
use std::path::Path;

use crate::check::Checked;
use crate::deliver::disk::Disk;
use crate::diag::{Diagnostic, Place, Report};
use crate::jobs::Press;
use crate::records::commit::Stop;
use crate::records::reading::Reading;
use crate::records::report::stopped;
use crate::records::state::State;

/// The data that papers are compared with.
#[derive(Clone, Copy)]
pub(super) struct Data<'a> {
    pub(super) checked: &'a Checked,
    pub(super) press: &'a Press<'a>,
}

/// A folder of papers that is being verified, and the problems found so far.
pub(super) struct Audit<'a> {
    pub(super) disk: &'a dyn Disk,
    pub(super) reading: &'a Reading,
    pub(super) folder: &'a Path,
    pub(super) reference: &'a str,
    /// The data and what is made from it. `None` if the data has errors: then nothing is read back or made again.
    pub(super) data: Option<Data<'a>>,
    pub(super) report: Report,
    /// Papers of the record that are not in the folder, by their places.
    pub(super) missing: BTreeSet<String>,
}

impl<'a> Audit<'a> {
    pub(super) fn new(
        (disk, reading): (&'a dyn Disk, &'a Reading),
        folder: &'a Path,
        reference: &'a str,
        data: Option<Data<'a>>,
    ) -> Self {
        Self { disk, reading, folder, reference, data, report: Report::default(), missing: BTreeSet::new() }
    }
}

impl Audit<'_> {
    pub(super) fn state(&self) -> &State {
        &self.reading.state
    }

    pub(super) fn at(&self, file: &str) -> Place {
        Place::file(self.folder.join(file).display().to_string())
    }

    pub(super) fn disk<T>(&self, file: &str, result: std::io::Result<T>) -> Result<T, Report> {
        result.map_err(|error| stopped(self.folder, Stop::Disk(file.to_owned(), error)))
    }

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }
}
