//! Papers as folders for Typst's own tools, for whoever works on the look of papers.
//!
//! In: a request. Out: for each of its papers the files of a folder, every one of them read back by the gate for the readers of
//! the paper.
//!
//! Deliberately absent: a record. They are no papers to send, and always bear the mark of a draft.

use super::chosen::{Besides, chosen};
use super::job::{Job, Request};
use super::press::Press;
use super::{collect, parallel};
use crate::check::Checked;
use crate::diag::Report;
use crate::gate::{Candidate, FileKind, Own, Sealed};
use crate::layers::has_ending;
use crate::ledger::Reader;
use crate::stages::{self, Happened};

/// A paper as a folder.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PaperFolder {
    /// Its place, below that of the conference: `community/minutes`.
    pub place: String,
    /// Its files, each with its place below that of the conference: `community/minutes/main.typ`.
    pub files: Vec<Sealed>,
}

/// Makes the papers of a request as folders.
///
/// # Errors
/// As for [`build`](super::build).
pub fn paper_folders(checked: &Checked, request: &Request) -> Result<Vec<PaperFolder>, Report> {
    let press = Press::new(checked)?;
    let stage = stages::stage(checked, &Happened::default());
    let (request, _) = chosen(checked, request, stage, &Besides::default())?;
    let jobs = press.due(&request)?;
    collect(parallel::map(&jobs, |job| press.paper_folder(job).map(|folder| vec![folder])))
}

impl Press<'_> {
    fn paper_folder(&self, job: &Job<'_>) -> Result<PaperFolder, Report> {
        let document = self.tree(job)?;
        let files = self.pdf.folder(&document).map_err(|report| self.with_places(report, job.name))?;
        let place = format!("{}/{}", job.folder(), self.file_name(job));
        let reader = Reader { audience: job.audience, recipient: job.recipient };
        let sealed = |file: crate::render::pdf::FolderFile| {
            let path = format!("{place}/{}", file.name);
            let candidate = Candidate { artefact: job.name, path: &path, kind: kind(&file.name), data: &[], reader };
            self.gate.seal(&candidate, &Own::default(), file.data)
        };
        let files = files.into_iter().map(sealed).collect::<Result<_, _>>()?;
        Ok(PaperFolder { place, files })
    }
}

/// The kind of a file in such a folder. One that is none of the others is text.
fn kind(name: &str) -> FileKind {
    let kinds = [("json", FileKind::Json), ("ttf", FileKind::Font), ("svg", FileKind::Svg), ("png", FileKind::Png)];
    let known = kinds.into_iter().find(|(ending, _)| has_ending(name, ending));
    known.map_or(FileKind::Source, |(_, kind)| kind)
}
