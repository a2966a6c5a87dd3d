//! The papers that everybody in an audience has, as one file: for a tablet in the meeting.
//!
//! In: papers to make, or the line of a file that was made. Out: one PDF for each audience, with its papers in the order of the
//! meeting and an entry for each in its list of headings, read back by the gate. It is a paper like any other: a draft until
//! somebody has checked it, and recorded with the papers that it was made of, so that it can be made again for a release and
//! proved.
//!
//! Deliberately absent: letters, copies for one person, and what only the chair has.

use std::collections::BTreeSet;

use super::editions::side;
use super::file::{Entry, File};
use super::job::{Job, Request};
use super::pack::Made;
use super::press::Press;
use super::readers::readers;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::doc::{Document, Layout};
use crate::gate::{Candidate, FileKind};
use crate::ledger::Reader;
use crate::model::Audience;
use crate::model::artefact::{Artefact, JOINED};
use crate::model::by::Side;
use crate::view::{Recipient, Stage};

/// The title of such a file, before the conference's reference.
const TITLE: &str = "Papers of";
/// What stands between two templates in the record.
const BETWEEN: &str = ", ";

/// The kinds of paper in a file, by its kind and its templates in the record.
pub fn kinds_in<'m>(paper: &'m str, template: &'m str) -> Vec<&'m str> {
    if paper != JOINED {
        return vec![paper];
    }
    template.split(BETWEEN).filter_map(kind_of_template).collect()
}

/// `minutes`, of `base/minutes.md`.
fn kind_of_template(template: &str) -> Option<&str> {
    template.rsplit('/').next()?.strip_suffix(".md")
}

/// Where the joined papers of an audience lie.
pub(super) fn joined_stem(audience: Audience) -> String {
    format!("{0}/{JOINED}-{0}", audience.id())
}

impl Press<'_> {
    /// One file for each audience, of those of its papers that everybody has.
    ///
    /// # Errors
    /// If a paper of the council's own has the name of such a file, faults of the theme, or what its readers may not read.
    pub(super) fn join_papers(&self, jobs: &[Job<'_>]) -> Result<(Vec<File>, Vec<Made>), Report> {
        if self.words.artefacts().any(|(name, _)| name == JOINED) {
            let error =
                Diagnostic::error(codes::NAME_CLASH, format!("a paper of the council's own is called `{JOINED}`"));
            return Err(error.place(Place::file("--join")).hint("give its template another name").into());
        }
        let (mut files, mut made) = (Vec::new(), Vec::new());
        for audience in Audience::ALL {
            let mut theirs: Vec<&Job<'_>> = jobs.iter().filter(|job| is_for_everybody(job, audience)).collect();
            theirs.sort_by_key(|job| order(job.name, job.artefact));
            if !theirs.is_empty() {
                files.push(self.joined_paper(audience, &theirs)?);
                made.push(Made {
                    title: format!("All papers in one file (`{JOINED}`)"),
                    audience,
                    papers: 1,
                    due: None,
                });
            }
        }
        Ok((files, made))
    }

    /// Those of some recorded papers that are joined ones, made again of the same kinds. Left out is one of whose papers any is
    /// no longer due.
    pub(super) fn joined_again(&self, papers: &[(&str, &str)]) -> Result<Vec<File>, Report> {
        let mut files = Vec::new();
        for audience in Audience::ALL {
            let path = joined_stem(audience) + ".pdf";
            let Some((_, template)) = papers.iter().find(|(file, _)| *file == path) else { continue };
            let mut jobs = self.due(&Request::default())?;
            jobs.extend(self.past());
            let find = |kind| jobs.iter().find(|job| job.name == kind && is_for_everybody(job, audience));
            let theirs: Option<Vec<&Job<'_>>> = kinds_in(JOINED, template).into_iter().map(find).collect();
            if let Some(theirs) = theirs.filter(|theirs| !theirs.is_empty()) {
                files.push(self.joined_paper(audience, &theirs)?);
            }
        }
        Ok(files)
    }

    fn joined_paper(&self, audience: Audience, jobs: &[&Job<'_>]) -> Result<File, Report> {
        let (mut documents, mut pages) = (Vec::new(), Vec::new());
        for job in jobs {
            let document = self.tree(job)?;
            if self.stage == Stage::Released {
                self.ensure_filled_in(job, &document)?;
            }
            pages.push(self.pdf.lay_out(&document).map_err(|report| self.with_places(report, job.name))?);
            documents.push(document);
        }
        let count = pages.iter().map(crate::jobs::LaidOut::pages).sum();
        let data = self.pdf.joined_for_a_screen(&self.named(&documents[0]), pages)?;
        let path = joined_stem(audience) + ".pdf";
        let reader = Reader { audience, recipient: Recipient::Everybody };
        let candidate = Candidate { artefact: JOINED, path: &path, kind: FileKind::Pdf, data: &[], reader };
        let kinds: Vec<&str> = jobs.iter().map(|job| job.name).collect();
        let sealed = self.gate.seal_joined(&candidate, &kinds, data)?;
        let edition = self.checked.edition(JOINED);
        let templates: Vec<String> = kinds.iter().map(|kind| self.template_of(kind)).collect();
        let entry = Entry {
            paper: JOINED.to_owned(),
            audience,
            to: readers_of_all(jobs.iter().map(|job| readers(self.checked, &self.words, job))),
            reference: self.checked.conference.reference.clone(),
            version: edition.version,
            issued: edition.issued,
            because: edition.because,
            template: templates.join(BETWEEN),
        };
        Ok(File::new(sealed, entry, Some(count)))
    }

    /// The first paper with the title of all of them. Of it only the file's own properties are taken.
    fn named(&self, first: &Document) -> Document {
        let mut named = first.clone();
        let reference = &self.checked.conference.reference;
        named.meta.title = format!("{TITLE} {reference}");
        named.meta.reference.clone_from(reference);
        named
    }
}

/// Whether a paper is one that everybody in an audience has: not a letter, a copy of somebody's own, or cards and labels to cut.
fn is_for_everybody(job: &Job<'_>, audience: Audience) -> bool {
    let is_shared =
        matches!(job.recipient, Recipient::Everybody) && job.copy.is_none() && job.folder() == audience.id();
    job.audience == audience && is_shared && job.artefact.layout != Layout::Labels
}

/// The order of the meeting: what announces it, first of all the agenda; what it needs; what tells of it.
fn order<'j>(name: &'j str, artefact: &Artefact) -> (u8, &'j str) {
    let turn = match side(name, artefact) {
        Some(Side::Before) => 0,
        None => 1,
        Some(Side::After) => 2,
    };
    (turn, name)
}

/// The readers of all of some papers, by number. A paper with none named is for anybody in its audience.
fn readers_of_all(all: impl Iterator<Item = String>) -> String {
    let mut common: Option<Vec<String>> = None;
    for readers in all {
        let these: BTreeSet<&str> = readers.split_whitespace().collect();
        common = Some(match common {
            None => readers.split_whitespace().map(str::to_owned).collect(),
            Some(before) => before.into_iter().filter(|reader| these.contains(reader.as_str())).collect(),
        });
    }
    common.unwrap_or_default().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_in_a_file_are_those_of_its_templates() {
        assert_eq!(kinds_in("minutes", "base/minutes.md"), ["minutes"]);
        assert_eq!(kinds_in(JOINED, "base/agenda.md, northmere/guidance.md"), ["agenda", "guidance"]);
        assert_eq!(kinds_in(JOINED, ""), Vec::<&str>::new());
    }

    #[test]
    fn whoever_may_have_all_papers_may_have_them_joined() {
        let readers = |all: &[&str]| readers_of_all(all.iter().map(|one| (*one).to_owned()));
        assert_eq!(readers(&["i3 i1 i4", "i1 i3", "i4 i3 i1"]), "i3 i1");
        assert_eq!(readers(&["anybody", "anybody"]), "anybody");
        assert_eq!(readers(&[]), "");
    }
}
