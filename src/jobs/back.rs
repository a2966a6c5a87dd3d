//! Reads the files of a folder of papers back through the gate.

use std::collections::{BTreeMap, BTreeSet};

use super::job::{Request, audience_of_folder};
use super::join::joined_stem;
use super::languages::{both, marking_in};
use super::press::Press;
use crate::diag::Report;
use crate::gate::{Candidate, FileKind, Own};
use crate::ledger::Reader;
use crate::model::Audience;
use crate::model::artefact::JOINED;
use crate::model::language::Language;
use crate::view::{self, Recipient, Sight};
use crate::words::Words;

/// The readers of the papers that are due, by path.
pub struct ReadBack<'p> {
    press: &'p Press<'p>,
    /// The kind of paper and its recipient, by the file's path without its extension.
    papers: BTreeMap<String, (&'p str, Recipient<'p>)>,
}

impl<'c> Press<'c> {
    /// The paths of all papers that are due, or were before the meeting, without their extensions.
    ///
    /// # Errors
    /// If there is no paper to make at all.
    pub fn stems(&self) -> Result<BTreeSet<String>, Report> {
        let mut jobs = self.due(&Request::default())?;
        jobs.extend(self.past());
        let stems = jobs.iter().map(|job| format!("{}/{}", job.folder(), self.file_name(job)));
        Ok(stems.chain(Audience::ALL.map(joined_stem)).collect())
    }

    /// Whether a file bears the draft mark at the head of its pages.
    pub fn bears_mark(&self, path: &str, data: &[u8]) -> bool {
        let marks = self.marks();
        self.squeezed_texts(path, data).iter().any(|text| marks.iter().any(|mark| text.contains(mark)))
    }

    /// Whether a file is a paper of this conference without the draft mark, as far as its text shows.
    pub fn seems_released(&self, path: &str, data: &[u8]) -> bool {
        let reference = squeezed(&self.checked.conference.reference);
        let (marks, texts) = (self.marks(), self.squeezed_texts(path, data));
        let has = |wanted: &str| texts.iter().any(|text| text.contains(wanted));
        has(&reference) && !marks.iter().any(|mark| has(mark))
    }

    fn squeezed_texts(&self, path: &str, data: &[u8]) -> Vec<String> {
        let Some(kind) = FileKind::of(path) else { return Vec::new() };
        self.gate.texts(kind, data).iter().map(|text| squeezed(text)).collect()
    }

    fn marks(&self) -> Vec<String> {
        Audience::ALL
            .into_iter()
            .flat_map(|audience| self.heads_of_drafts(audience))
            .map(|head| squeezed(&head))
            .collect()
    }

    /// What stands at the head of the drafts of an audience: in each language, and in those of the council's papers together.
    fn heads_of_drafts(&self, audience: Audience) -> Vec<String> {
        let Some(named) = self.words.artefacts().next() else { return Vec::new() };
        let marking = view::marking(self.checked, audience);
        let head = |language: Language| {
            let seen = (audience, Sight::Usual);
            let view = view::view_with(self.checked, named, seen, Recipient::Everybody, (self.stage, language));
            let running = self.words.running(&Words::context_in(&view, language)).ok()?;
            Some((marking_in(self.checked, marking, language), running.draft))
        };
        let all = std::iter::once(Language::ENGLISH).chain(self.checked.tongues.keys().copied());
        let together = self.checked.borough.languages.of_papers().into_iter().filter_map(head);
        let together = together.reduce(|one, two| (both(&one.0, &two.0), both(&one.1, &two.1)));
        let mut heads: Vec<String> =
            all.filter_map(head).chain(together).map(|(marking, draft)| format!("{marking}·{draft}")).collect();
        heads.dedup();
        heads
    }

    /// Prepares to read a whole folder back.
    ///
    /// # Errors
    /// If there is no paper to make at all.
    pub fn read_back(&'c self) -> Result<ReadBack<'c>, Report> {
        let jobs = self.due(&Request::default())?;
        let papers = jobs.iter().map(|job| {
            let path = format!("{}/{}", job.folder(), self.file_name(job));
            (path, (job.name, job.recipient))
        });
        let joined = Audience::ALL.map(|audience| (joined_stem(audience), (JOINED, Recipient::Everybody)));
        Ok(ReadBack { press: self, papers: joined.into_iter().chain(papers).collect() })
    }
}

impl ReadBack<'_> {
    /// Whether a file is one of the papers that are due now.
    pub fn is_due(&self, path: &str) -> bool {
        path.rsplit_once('.').is_some_and(|(stem, _)| self.papers.contains_key(stem))
    }

    /// Reads any file back: for its own readers if it is one of the papers that are due, otherwise for everybody in the
    /// audience of its folder. `None` if its path names no audience, or its extension no kind of file.
    ///
    /// # Errors
    /// If it contains anything that its readers may not read.
    pub fn file(&self, path: &str, data: &[u8]) -> Option<Result<(), Report>> {
        // A superseded file was for the same readers: `superseded/version-1/community/minutes.pdf`.
        let standing = ["superseded/", "withdrawn/"].into_iter().find_map(|aside| path.strip_prefix(aside));
        let standing = standing.map_or(path, |rest| rest.split_once('/').map_or(rest, |(_, rest)| rest));
        let audience = standing.split('/').find_map(audience_of_folder)?;
        let (stem, _) = standing.rsplit_once('.')?;
        let kind = FileKind::of(standing)?;
        let (artefact, recipient) = self.papers.get(stem).copied().unwrap_or(("", Recipient::Everybody));
        let reader = Reader { audience, recipient };
        Some(self.press.gate.pass(&Candidate { artefact, path, kind, data, reader }, &Own::default()).map(drop))
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
