//! Files of a folder of papers, read back by the gate.

use std::collections::BTreeMap;

use super::{Press, Request};
use crate::diag::Report;
use crate::gate::Candidate;
use crate::ledger::Reader;
use crate::model::Audience;
use crate::model::artefact::Format;
use crate::view::Recipient;

/// Who reads which of the papers that are due.
pub struct ReadBack<'p> {
    press: &'p Press<'p>,
    /// The kind of paper and its recipient, by the file's place without its ending.
    papers: BTreeMap<String, (&'p str, Recipient<'p>)>,
}

impl<'c> Press<'c> {
    /// What is needed to read a whole folder back.
    ///
    /// # Errors
    /// If there is no paper to make at all.
    pub fn read_back(&'c self) -> Result<ReadBack<'c>, Report> {
        let jobs = self.due(&Request::default())?;
        let papers = jobs.iter().map(|job| {
            let path = format!("{}/{}", job.audience.id(), self.file_name(job));
            (path, (job.name, job.recipient))
        });
        Ok(ReadBack { press: self, papers: papers.collect() })
    }
}

impl ReadBack<'_> {
    /// Reads a file back, whatever it holds: as its readers' if it is one of the papers that are due, otherwise as
    /// everybody's in whose folder it lies. Nothing if its name tells no audience or no format.
    ///
    /// # Errors
    /// What it holds that its readers may not read.
    pub fn file(&self, path: &str, data: &[u8]) -> Option<Result<(), Report>> {
        let standing = match path.strip_prefix("superseded/") {
            Some(old) => old.split_once('/').map_or(path, |(_, rest)| rest),
            None => path,
        };
        let folder = standing.split('/').next()?;
        let audience = Audience::ALL.into_iter().find(|a| a.id() == folder)?;
        let (stem, ending) = standing.rsplit_once('.')?;
        let format = Format::ALL.into_iter().find(|f| f.extension() == ending)?;
        let (artefact, recipient) = self.papers.get(stem).copied().unwrap_or(("", Recipient::Everybody));
        let reader = Reader { audience, recipient };
        Some(self.press.gate.pass(&Candidate { artefact, path, format, data, reader }).map(drop))
    }
}
