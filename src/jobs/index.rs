//! The index of a folder of papers, as a page that stands beside them.
//!
//! In: an audience, and which files lie in its folder. Out: the page, read back by the gate like any other file.
//!
//! Listed are papers for everybody of the audience. Deliberately absent: letters, and copies for one person or organisation.
//! Whoever may read the index of their audience learns from it of nobody else's.

use std::collections::{BTreeMap, BTreeSet};

use super::job::{Job, Request};
use super::press::Press;
use crate::diag::Report;
use crate::doc::{Layout, Meta, Size};
use crate::gate::{Candidate, FileKind, Own, Sealed};
use crate::layers::has_ending;
use crate::ledger::Reader;
use crate::model::Audience;
use crate::model::artefact::Format;
use crate::model::language::Language;
use crate::render::html::{Index, IndexedFile, IndexedPaper, render_index};
use crate::view::{self, Recipient, Stage};
use crate::words::Words;

/// The name of the page, by which a browser opens a folder.
const FILE: &str = "index.html";
/// What the gate calls it.
const KIND: &str = "index";
/// The title, which stands before the conference's reference.
const TITLE: &str = "Papers of";

/// The formats, in the order in which an index lists them: pages first.
const LISTED: [Format; 6] = [Format::Html, Format::Pdf, Format::Docx, Format::Odt, Format::Md, Format::Txt];

/// Where the index of an audience lies.
pub fn index_file(audience: Audience) -> String {
    format!("{}/{FILE}", audience.id())
}

impl Press<'_> {
    /// The index of an audience's folder. `there` are the files that lie in the folders, each with whether it is a draft.
    /// `None` if no page of a paper for everybody is among them, or a paper has the name of the index.
    ///
    /// # Errors
    /// If there is no paper to make at all, faults of the running text, or what this audience may not read.
    pub fn index(&self, audience: Audience, there: &BTreeMap<&str, bool>) -> Result<Option<Sealed>, Report> {
        let path = index_file(audience);
        let below = format!("{}/", audience.id());
        let is_page = |file: &&&str| file.starts_with(&below) && has_ending(file, "html");
        if there.contains_key(path.as_str()) || there.keys().find(is_page).is_none() {
            return Ok(None);
        }
        let mut jobs = self.due(&Request::default())?;
        jobs.extend(self.past());
        let draft = self.word_for_drafts(audience)?;
        let mut seen = BTreeSet::new();
        let listed = jobs.iter().filter(|job| job.audience == audience && job.folder() == audience.id());
        let listed = listed.filter(|job| matches!(job.recipient, Recipient::Everybody) && seen.insert(job.name));
        let papers: Vec<IndexedPaper> = listed.filter_map(|job| self.indexed(job, there, &draft)).collect();
        if papers.is_empty() {
            return Ok(None);
        }
        let conference = &self.checked.conference;
        let meta = Meta {
            layout: Layout::Form,
            language: Language::ENGLISH,
            size: Size::Standard,
            title: format!("{TITLE} {}", conference.reference),
            author: self.checked.borough.name.clone(),
            reference: conference.reference.clone(),
            issued: conference.issued,
            marking: view::marking(self.checked, audience).to_owned(),
            draft: None,
            foot: self.foot(format!("{} · {}", conference.reference, self.checked.borough.name)),
            page: Default::default(),
            contents: String::new(),
            address: Vec::new(),
            pen: None,
        };
        let page = render_index(&Index { meta: &meta, papers: &papers }, &self.look);
        let reader = Reader { audience, recipient: Recipient::Everybody };
        let candidate = Candidate { artefact: KIND, path: &path, kind: FileKind::Html, data: &[], reader };
        self.gate.seal(&candidate, &Own::default(), page.into_bytes()).map(Some)
    }

    /// Whether a page that lies in the place of an index holds nothing that its audience may not read.
    pub fn may_be_index(&self, audience: Audience, data: &[u8]) -> bool {
        let reader = Reader { audience, recipient: Recipient::Everybody };
        let path = index_file(audience);
        let candidate = Candidate { artefact: KIND, path: &path, kind: FileKind::Html, data, reader };
        self.gate.pass(&candidate, &Own::default()).is_ok()
    }

    /// The word for a draft.
    fn word_for_drafts(&self, audience: Audience) -> Result<String, Report> {
        let Some(named) = self.words.artefacts().next() else { return Ok(String::new()) };
        let view = view::view(self.checked, named, audience, Recipient::Everybody, self.stage);
        Ok(self.words.running(&Words::context(&view))?.draft)
    }

    fn indexed(&self, job: &Job<'_>, there: &BTreeMap<&str, bool>, draft: &str) -> Option<IndexedPaper> {
        let name = |format| format!("{}.{}", self.file_name(job), Format::extension(format));
        let is_there = |format| there.contains_key(self.path(job, format).as_str());
        let made: Vec<Format> = LISTED.into_iter().filter(|format| is_there(*format)).collect();
        let is_marked = |format: &Format| there.get(self.path(job, *format).as_str()).is_some_and(|draft| *draft);
        // A paper that the chair approves bears the mark until then, whoever has checked it.
        let is_draft =
            made.iter().any(is_marked) || view::is_draft(self.checked, (job.name, job.artefact), Stage::Released);
        if made.is_empty() {
            return None;
        }
        let files = made.into_iter().map(|format| IndexedFile { name: name(format), kind: kind(format) });
        Some(IndexedPaper {
            title: job.artefact.title.clone(),
            purpose: job.artefact.purpose.clone(),
            draft: is_draft.then(|| draft.to_owned()),
            files: files.collect(),
        })
    }
}

/// What a format is for whoever reads an index. None for a page such as the index itself.
fn kind(format: Format) -> Option<&'static str> {
    match format {
        Format::Html => None,
        Format::Pdf => Some("PDF"),
        Format::Docx => Some("Word"),
        Format::Odt => Some("LibreOffice"),
        Format::Md => Some("Markdown"),
        Format::Txt => Some("plain text"),
    }
}
