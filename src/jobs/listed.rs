//! Letters to people of a list, and the papers that go with many of them.
//!
//! Words, theme and checks are the same as for the invitees of a conference: a list only brings more people.

use std::collections::BTreeSet;

use serde::Serialize;

use super::editions::{announces_the_past, is_addressed, suits_the_meeting, unsuited};
use super::job::Job;
use super::languages::marking_in;
use super::press::Press;
use crate::deliver::names;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::doc::{Block, Document, Inline, Layout, Meta, Size};
use crate::gate::{Candidate, FileKind, Hash, Own, Sealed, SealedWhole};
use crate::ledger::Reader;
use crate::model::artefact::{Each, Format};
use crate::model::borough::FileNames;
use crate::model::language::file_in;
use crate::model::listed::Listed;
use crate::model::{Audience, Category, Shared};
use crate::render::pdf::{Begun, LaidOut};
use crate::render::text;
use crate::view::{self, Recipient, Sight, Stage};
use crate::words::Words;

/// A letter to one person of a list, as the gate needs to know it.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'l> {
    /// The kind of paper.
    pub artefact: &'l str,
    /// Its path in the folder of the batch.
    pub path: &'l str,
    /// The person it is for.
    pub listed: &'l Listed,
    /// The id of their organisation, if it is one of the conference's.
    pub organisation: Option<&'l str>,
    /// Their category.
    pub category: Category,
}

/// The content of the cover of a print run.
#[derive(Debug, Serialize)]
pub struct Cover {
    /// The part of the run, from 1.
    pub part: usize,
    /// How many parts there are.
    pub parts: usize,
    /// The share of the list, from 1.
    pub share: u32,
    /// How many shares there are.
    pub shares: u32,
    /// Letters in it.
    pub letters: usize,
    /// Sheets of paper in it, without the cover.
    pub sheets: usize,
    /// The letters, in the order of the pile.
    pub rows: Vec<CoverRow>,
}

/// A letter on the cover of a print run.
#[derive(Debug, Serialize)]
pub struct CoverRow {
    /// The letter's reference, which is on each of its pages.
    pub reference: String,
    /// The name of its recipient.
    pub name: String,
    /// Its first page in the file.
    pub from: usize,
    /// Its last page in the file.
    pub to: usize,
}

/// The words of the cover of a print run, and the title of sheets of labels.
const COVER: &str = "parts/cover.md";
const LABELS: &str = "parts/labels.md";

/// The place of a kind of paper that there is not.
const PAPER: &str = "--paper";

#[derive(Serialize)]
struct WithCover<'v> {
    #[serde(flatten)]
    view: view::View<'v>,
    run: &'v Cover,
}

impl Press<'_> {
    /// Checks that a kind of paper is made for each person of a list.
    ///
    /// # Errors
    /// If there is no such kind, it is not made for people, or it is an invitation dated after the meeting.
    pub fn ensure_for_people(&self, artefact: &str) -> Result<(), Report> {
        match self.words.artefacts().find(|(name, _)| *name == artefact) {
            None => Err(self.unknown(artefact).place(Place::file(PAPER)).into()),
            Some((_, found)) if found.each != Each::Invitee => {
                let error =
                    Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("`{artefact}` is not made for each person"));
                Err(error.place(Place::file(PAPER)).hint("name a paper that is, such as `invitation`").into())
            }
            Some((name, found)) if announces_the_past(self.checked, name, found) => {
                let error =
                    Diagnostic::error(codes::DATE_ORDER, "these letters would invite people to a meeting that is over");
                let error = error.at(self.checked.issued_at(name));
                let hint = "correct this date or the meeting's, or name another paper with `--paper`";
                let mut report = Report::of(self.checked.places.locate(error.hint(hint)));
                report.take_sources(&self.checked.report);
                Err(report)
            }
            Some((name, found)) if !suits_the_meeting(self.checked, name, found) => {
                let (fact, hint) = unsuited(found);
                let error = Diagnostic::error(codes::NOTHING_TO_MAKE, fact).place(Place::file(PAPER));
                Err(error.hint(hint).into())
            }
            Some(_) => Ok(()),
        }
    }

    /// The audiences that may get a kind of paper of this conference at all; empty if there is no such kind.
    pub fn audiences_of(&self, artefact: &str) -> BTreeSet<Audience> {
        let found = self.words.artefacts().find(|(name, _)| *name == artefact);
        found.map(|(name, artefact)| self.checked.audiences_of(name, artefact)).unwrap_or_default()
    }

    /// Whether an invitee gets a paper of this kind in a build. People who no longer take part get none, and people who
    /// came uninvited get no announcement.
    pub fn is_sent_to(&self, artefact: &str, position: usize) -> bool {
        let found = self.words.artefacts().find(|(name, _)| *name == artefact);
        let invitee = &self.checked.conference.invitees[position];
        !self.checked.withdrawn().invitees.contains(&position)
            && found.is_some_and(|(name, artefact)| is_addressed(self.checked, name, artefact, invitee))
    }

    /// The letter to one person of a list. Their name, address and salutation can come only from this one row.
    ///
    /// # Errors
    /// Faults of the template, a protected name, or a paper that this audience does not get.
    pub fn listed(
        &self,
        artefact: &str,
        listed: &Listed,
        organisation: Option<&str>,
        category: Category,
    ) -> Result<Document, Report> {
        if let Some(position) = listed.position {
            return self.tree(&self.job_of(artefact, position)?);
        }
        let invitee = listed.invitee(organisation.map(str::to_owned), category);
        let audience = self.checked.audience(&invitee);
        let job = self.listed_job(artefact, audience, Recipient::Listed(listed.number, &invitee))?;
        self.tree(&job)
    }

    /// An invitee of the conference by their position, as a row like those of a list.
    pub fn invitee(&self, position: usize) -> Listed {
        let invitee = &self.checked.conference.invitees[position];
        let person = self.checked.person(invitee);
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let shared = |shared: &Option<Shared>| shared.as_ref().map(|s| s.text.clone()).unwrap_or_default();
        Listed {
            number: self.checked.numbers().invitee(position),
            reference: text(&invitee.id),
            name: person.name.clone(),
            salutation: text(&person.salutation),
            role: text(&person.role),
            organisation: self.checked.organisation_of(invitee).map(|(_, o)| o.name.clone()).unwrap_or_default(),
            category: Some(self.checked.category(invitee)),
            address: invitee.address.clone(),
            email: text(&person.email),
            phone: text(&person.phone),
            channel: invitee.channel,
            consent: invitee.email_consent == Some(true),
            format: invitee.format,
            reads: invitee.reads,
            language: text(&invitee.language),
            access: shared(&invitee.access),
            bring: shared(&invitee.bring),
            note: invitee.note.as_ref().map(|note| note.text.0.clone()).unwrap_or_default(),
            postage: invitee.postage,
            position: Some(position),
            ..Listed::default()
        }
    }

    /// The paper of one invitee of the conference, as a build makes it.
    fn job_of(&self, artefact: &str, position: usize) -> Result<Job<'_>, Report> {
        let invitee = &self.checked.conference.invitees[position];
        self.listed_job(artefact, self.checked.audience(invitee), Recipient::Invitee(position, invitee))
    }

    /// The reference of a letter, which is on each of its pages.
    pub fn reference(&self, listed: &Listed) -> String {
        let (invitees, reference) = (&self.checked.conference.invitees, &self.checked.conference.reference);
        match listed.position.and_then(|position| Some((position, invitees.get(position)?))) {
            Some((position, invitee)) => view::reference(self.checked, Recipient::Invitee(position, invitee)),
            None => format!("{reference}/L{:05}", listed.number),
        }
    }

    /// The name of a letter's file, without its extension.
    pub fn listed_name(&self, artefact: &str, listed: &Listed) -> String {
        if let Some(job) = listed.position.and_then(|position| self.job_of(artefact, position).ok()) {
            return self.file_name(&job);
        }
        let slug = match self.checked.settings.file_names {
            FileNames::Names => names::slug(&listed.name),
            FileNames::Numbers => String::new(),
        };
        if slug.is_empty() {
            format!("{artefact}-{:05}", listed.number)
        } else {
            format!("{artefact}-{:05}-{slug}", listed.number)
        }
    }

    fn listed_job<'p>(
        &'p self,
        artefact: &str,
        audience: Audience,
        recipient: Recipient<'p>,
    ) -> Result<Job<'p>, Report> {
        let Some((name, artefact)) = self.words.artefacts().find(|(name, _)| *name == artefact) else {
            return Err(self.unknown(artefact).into());
        };
        if !self.checked.audiences_of(name, artefact).contains(&audience) {
            let message = format!("this conference makes no `{name}` for the audience `{}`", audience.id());
            return Err(Diagnostic::error(codes::NOTHING_TO_MAKE, message).into());
        }
        Ok(Job { name, artefact, audience, recipient, copy: None })
    }

    /// The same press for papers that a second person has checked: they bear no draft mark.
    #[must_use]
    pub fn released(self) -> Self {
        Self { stage: Stage::Released, ..self }
    }

    /// Whether its papers bear no draft mark.
    pub fn is_released(&self) -> bool {
        self.stage == Stage::Released
    }

    /// Writes the letter to one person of a list as PDF and reads it back. Returns it with its number of pages.
    ///
    /// # Errors
    /// Faults of the theme, and anything in the letter that its reader may not read.
    pub fn listed_pdf(&self, document: &Document, to: &Letter<'_>) -> Result<(Sealed, usize), Report> {
        let (data, pages) = self.pdf.render_counted(document)?;
        Ok((self.seal_letter(data, to)?, pages))
    }

    /// Reads back the letter to one person of a list, as a PDF, and seals it.
    ///
    /// # Errors
    /// If it contains anything that its reader may not read.
    pub fn seal_letter(&self, pdf: Vec<u8>, to: &Letter<'_>) -> Result<Sealed, Report> {
        self.for_reader(to, FileKind::Pdf, |candidate, own| self.gate.seal(candidate, own, pdf))
    }

    /// Reads everything that the layout was given of a letter, and seals the PDF that it made.
    ///
    /// # Errors
    /// If its words contain anything that its reader may not read.
    pub fn seal_letter_by_words(&self, document: &Document, pdf: Vec<u8>, to: &Letter<'_>) -> Result<Sealed, Report> {
        let words = words_of(document);
        self.for_reader(to, FileKind::Pdf, |candidate, own| self.gate.seal_by_words(candidate, own, &words, pdf))
    }

    /// Writes the letter to one person of a list in another format than PDF, and reads it back.
    ///
    /// # Errors
    /// If it contains anything that its reader may not read.
    pub fn listed_as(&self, document: &Document, format: Format, to: &Letter<'_>) -> Result<Sealed, Report> {
        let (data, ..) = self.written(document, format)?;
        self.for_reader(to, format.into(), |candidate, own| self.gate.seal(candidate, own, data))
    }

    /// Reads back the message to one person of a list, whose attachments are sealed for the same person, and seals it.
    ///
    /// # Errors
    /// If it contains anything that its reader may not read.
    pub fn seal_message(&self, eml: Vec<u8>, attached: &[&Sealed], to: &Letter<'_>) -> Result<Sealed, Report> {
        self.for_reader(to, FileKind::Eml, |candidate, own| self.gate.seal_message(candidate, own, attached, eml))
    }

    /// Reads everything that the layout is given of a letter.
    ///
    /// # Errors
    /// If it contains anything that the letter's reader may not read.
    pub fn read_words(&self, document: &Document, to: &Letter<'_>) -> Result<(), Report> {
        let words = words_of(document);
        let pass = |candidate: &Candidate<'_>, own: &Own| {
            self.gate.pass(&Candidate { data: words.as_bytes(), ..*candidate }, own).map(drop)
        };
        self.for_reader(to, FileKind::Txt, pass)
    }

    /// A letter as plain text, for the message that it is attached to.
    #[expect(clippy::unused_self, reason = "a method of the press, like everything else about a letter")]
    pub fn plain_text(&self, document: &Document) -> String {
        text::render(document)
    }

    /// Whether the papers are laid out by theme code that is not ours.
    pub fn has_own_theme(&self) -> bool {
        !self.checked.layers.own_theme_files().is_empty()
    }

    fn for_reader<T>(
        &self,
        to: &Letter<'_>,
        kind: FileKind,
        then: impl FnOnce(&Candidate<'_>, &Own) -> Result<T, Report>,
    ) -> Result<T, Report> {
        if let Some(position) = to.listed.position {
            let job = self.job_of(to.artefact, position)?;
            let reader = Reader { audience: job.audience, recipient: job.recipient };
            let candidate = Candidate { artefact: to.artefact, path: to.path, kind, data: &[], reader };
            return then(&candidate, &Own::default());
        }
        let invitee = to.listed.invitee(to.organisation.map(str::to_owned), to.category);
        let recipient = Recipient::Listed(to.listed.number, &invitee);
        let reader = Reader { audience: self.checked.audience(&invitee), recipient };
        let candidate = Candidate { artefact: to.artefact, path: to.path, kind, data: &[], reader };
        then(&candidate, &own(std::iter::once(to.listed)))
    }

    /// Reads back a file of many letters of one audience, or one that goes with all of them, and seals it. `whose` are
    /// the rows that it is about.
    ///
    /// # Errors
    /// If it contains anything that this audience may not read.
    pub fn seal_bundle<'l>(
        &self,
        artefact: &str,
        (path, kind, data): (&str, FileKind, Vec<u8>),
        audience: Audience,
        whose: impl Iterator<Item = &'l Listed>,
    ) -> Result<Sealed, Report> {
        let reader = Reader { audience, recipient: Recipient::Everybody };
        self.gate.seal(&Candidate { artefact, path, kind, data: &[], reader }, &own(whose), data)
    }

    /// Seals a file of many letters, whose words have already been read, by the words of its cover.
    ///
    /// # Errors
    /// If the cover contains anything that this audience may not read.
    pub fn seal_bundle_by_words<'l>(
        &self,
        artefact: &str,
        (path, words, data): (&str, &str, Vec<u8>),
        audience: Audience,
        whose: impl Iterator<Item = &'l Listed>,
    ) -> Result<Sealed, Report> {
        let reader = Reader { audience, recipient: Recipient::Everybody };
        let candidate = Candidate { artefact, path, kind: FileKind::Pdf, data: &[], reader };
        self.gate.seal_by_words(&candidate, &own(whose), words, data)
    }

    /// Reads back an archive of sealed files.
    ///
    /// # Errors
    /// If it contains anything else.
    pub fn seal_archive(
        &self,
        path: &str,
        archive: impl std::io::Read + std::io::Seek,
        of: &std::collections::BTreeMap<String, Hash>,
    ) -> Result<SealedWhole, Report> {
        self.gate.seal_archive(path, archive, of)
    }

    /// Reads words that go with letters of one audience, such as those of a cover.
    ///
    /// # Errors
    /// If they contain anything that this audience may not read.
    pub fn read_bundle_words<'l>(
        &self,
        artefact: &str,
        (path, words): (&str, &str),
        audience: Audience,
        whose: impl Iterator<Item = &'l Listed>,
    ) -> Result<(), Report> {
        let reader = Reader { audience, recipient: Recipient::Everybody };
        let candidate = Candidate { artefact, path, kind: FileKind::Txt, data: words.as_bytes(), reader };
        self.gate.pass(&candidate, &own(whose)).map(drop)
    }

    /// The lines on the envelope of one person of a list, from their letter's window.
    #[expect(clippy::unused_self, reason = "a method of the press, like everything else about a letter")]
    pub fn envelope(&self, listed: &Listed) -> Vec<String> {
        let person = listed.person();
        view::window(&person, &listed.address)
    }

    /// Sheets of address labels. They bear no mark and no reference, because anybody may read an envelope.
    ///
    /// # Errors
    /// If there is no such kind of paper.
    pub fn labels(&self, artefact: &str, audience: Audience, addresses: Vec<Vec<String>>) -> Result<Document, Report> {
        let Some((name, artefact)) = self.words.artefacts().find(|(name, _)| *name == artefact) else {
            return Err(self.unknown(artefact).into());
        };
        let (language, artefact) = self.spoken(LABELS, (name, artefact));
        let seen = (audience, Sight::Usual);
        let view = view::view_with(self.checked, (name, artefact), seen, Recipient::Everybody, (self.stage, language));
        let context = Words::context_in(&view, language);
        let [title] = self.words.lines(&file_in(LABELS, language), &context, ["Title"])?;
        // A paragraph for each line: lines joined by a break are read aloud as one run of words.
        let line = |text: String| Block::Paragraph { c: vec![Inline::Text(text)] };
        let label = |lines: Vec<String>| Block::Keep { blocks: lines.into_iter().map(line).collect() };
        Ok(Document {
            meta: Meta {
                layout: Layout::Labels,
                language,
                size: Size::Standard,
                title,
                author: self.checked.borough.name.clone(),
                reference: format!("{}/{}-labels", self.checked.conference.reference, audience.id()),
                issued: self.checked.edition(name).issued,
                marking: String::new(),
                draft: None,
                foot: String::new(),
                page: Default::default(),
                contents: String::new(),
                address: Vec::new(),
                pen: None,
            },
            blocks: addresses.into_iter().map(label).collect(),
        })
    }

    /// Begins a tree as PDF, so that a caller can make several at once.
    ///
    /// # Errors
    /// Faults of the theme.
    pub fn begin(&self, document: &Document) -> Result<Begun, Report> {
        self.pdf.begin(document)
    }

    /// Writes a tree that was begun. Returns the PDF, which must be read back before it is delivered, and its number of
    /// pages.
    ///
    /// # Errors
    /// Faults of the theme.
    pub fn end(&self, begun: Begun) -> Result<(Vec<u8>, usize), Report> {
        self.pdf.end(begun)
    }

    /// Writes a tree as PDF. Returns it, to be read back before it is delivered, with its number of pages.
    ///
    /// # Errors
    /// Faults of the theme.
    pub fn write(&self, document: &Document) -> Result<(Vec<u8>, usize), Report> {
        self.pdf.render_counted(document)
    }

    /// Lays a tree out without writing it.
    ///
    /// # Errors
    /// Faults of the theme.
    pub fn lay_out(&self, document: &Document) -> Result<LaidOut, Report> {
        self.pdf.lay_out(document)
    }

    /// Joins a cover and letters into one file for the printer.
    ///
    /// # Errors
    /// Faults of the theme.
    pub fn joined(&self, cover: &Document, all: Vec<LaidOut>) -> Result<Vec<u8>, Report> {
        self.pdf.joined(cover, all)
    }

    /// The cover of a part of a print run.
    ///
    /// # Errors
    /// Faults of its template, `parts/cover.md`.
    pub fn cover(&self, artefact: &str, audience: Audience, run: &Cover) -> Result<Document, Report> {
        let Some((name, artefact)) = self.words.artefacts().find(|(name, _)| *name == artefact) else {
            return Err(self.unknown(artefact).into());
        };
        let (language, artefact) = self.spoken(COVER, (name, artefact));
        let seen = (audience, Sight::Usual);
        let view = view::view_with(self.checked, (name, artefact), seen, Recipient::Everybody, (self.stage, language));
        let context = Words::context_in(&WithCover { view, run }, language);
        let running = self.words.running(&context)?;
        let conference = &self.checked.conference;
        let mut document = Document {
            meta: Meta {
                layout: Layout::Form,
                language,
                size: Size::Standard,
                title: artefact.title.clone(),
                author: self.checked.borough.name.clone(),
                reference: if run.shares > 1 {
                    format!("{}/{}-{}of{}-{}", conference.reference, audience.id(), run.share, run.shares, run.part)
                } else {
                    format!("{}/{}-{}", conference.reference, audience.id(), run.part)
                },
                issued: self.checked.edition(name).issued,
                marking: marking_in(self.checked, view::marking(self.checked, audience), language),
                draft: (self.stage != Stage::Released).then_some(running.draft),
                foot: self.foot(running.foot),
                page: running.page,
                contents: running.contents,
                address: Vec::new(),
                pen: None,
            },
            blocks: self.words.part(&file_in(COVER, language), &context)?,
        };
        if let Some(title) = document.title() {
            document.meta.title = title;
        }
        Ok(document)
    }

    /// The fingerprint of everything that the letters of a list share: conference, council, words, theme, program, and
    /// whether a second person has checked them.
    pub fn inputs(&self) -> Hash {
        if self.stage == Stage::Released {
            self.released_inputs()
        } else {
            combined(&["draft", &self.draft_inputs().to_string()])
        }
    }

    /// The same fingerprint, once a second person has checked them.
    pub fn released_inputs(&self) -> Hash {
        combined(&["released", &self.draft_inputs().to_string()])
    }

    /// The same fingerprint, whether they have been checked or not.
    pub fn draft_inputs(&self) -> Hash {
        let program = concat!("convenor ", env!("CARGO_PKG_VERSION"));
        let elsewhere = self.checked.taken_from_elsewhere();
        let mut parts = vec![self.checked.fingerprint.as_str(), &self.templates, program];
        parts.extend(Some(elsewhere.as_str()).filter(|e| !e.is_empty()));
        combined(&parts)
    }
}

/// Everything that the layout is given of a document, one text to a line.
pub fn words_of(document: &Document) -> String {
    let mut words = String::new();
    document.each_text(&mut |text| {
        words.push_str(text);
        words.push('\n');
    });
    words
}

fn combined(parts: &[&str]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes()).update(b"\0");
    }
    Hash::from(hasher.finalize())
}

/// The texts in people's own rows, which they may therefore read. An address is added line by line and as a whole, as
/// in the window.
fn own<'l>(whose: impl Iterator<Item = &'l Listed>) -> Own {
    let mut own = Own::default();
    for listed in whose {
        let address = listed.address.join("\n");
        let Listed { name, salutation, role, organisation, language, access, bring, .. } = listed;
        let lines = [name, salutation, role, organisation, &address].into_iter().chain(&listed.address);
        // A row's note is not a text of the conference; an invitee's is.
        let note = listed.position.map(|_| &listed.note);
        own.add(lines.map(String::as_str), [language, access, bring].into_iter().chain(note).map(String::as_str));
    }
    own
}
