//! The press: the words and the theme of a council, compiled once for all of its papers.
//!
//! In: [`Checked`], and a [`Job`]. Out: its tree, and its files, each read back by the gate.
//!
//! Deliberately absent: which papers are due.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::file::{Entry, File};
use super::job::{Job, Request};
use super::languages::{Languages, Section};
use super::look::look;
use super::marked::{Marked, Spoken};
use super::readers::readers;
use super::tried::Tried;
use super::{editions, languages, named};
use crate::check::Checked;
use crate::deliver::names;
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::doc::{self, Document, Meta, Size};
use crate::gate::{Candidate, Gate, Own};
use crate::input::BOROUGH;
use crate::layers::Layers;
use crate::ledger::Reader;
use crate::model::artefact::{Artefact, Format};
use crate::model::borough::FileNames;
use crate::model::language::{Rendition, Tongues};
use crate::model::people;
use crate::model::text::TO_FILL_IN;
use crate::render::brand::Look;
use crate::render::pdf::{PdfWriter, Remembered, ensure_every_character_has_a_glyph};
use crate::render::{Lost, Written, docx, html, markdown, odt, text};
use crate::view::{self, Recipient, Sight, Stage};
use crate::words::{self, Words};

/// Everything that the papers of one council share: compiled words, a warm theme.
pub struct Press<'c> {
    pub(super) checked: &'c Checked,
    pub(super) words: Arc<Words>,
    pub(super) pdf: Arc<PdfWriter>,
    pub(super) look: Arc<Look>,
    pub(super) gate: Gate<'c>,
    pub(super) stage: Stage,
    pub(super) templates: String,
    /// Layouts of earlier builds, if builds are repeated.
    pub(super) remembered: Option<&'c Remembered>,
}

impl<'c> Press<'c> {
    /// Compiles the words and reads the theme.
    ///
    /// # Errors
    /// Faults of templates and theme.
    pub fn new(checked: &'c Checked) -> Result<Self, Report> {
        let parts = Parts::new(&checked.layers, &checked.tongues, look(checked));
        Self::with_parts(checked, parts)
    }

    /// The same, of parts that were made before.
    ///
    /// # Errors
    /// As for [`Press::new`].
    pub(super) fn with_parts(checked: &'c Checked, parts: Parts) -> Result<Self, Report> {
        let Parts { words, pdf, look, tried, templates } = parts;
        let pdf = pdf.and_then(|pdf| tried.ensure_all_can_be_drawn(checked).map(|()| pdf));
        Self::with(checked, Arc::new(words?), (Arc::new(pdf?), Arc::new(look)), templates)
    }

    /// The same words and theme for another conference of the same council, or for another state of it.
    ///
    /// # Errors
    /// Papers that the conference names and that there are not.
    pub fn of<'d>(&self, checked: &'d Checked) -> Result<Press<'d>, Report> {
        let looks = (Arc::clone(&self.pdf), Arc::clone(&self.look));
        Press::with(checked, Arc::clone(&self.words), looks, self.templates.clone())
    }

    fn with(
        checked: &'c Checked,
        words: Arc<Words>,
        (pdf, look): (Arc<PdfWriter>, Arc<Look>),
        templates: String,
    ) -> Result<Self, Report> {
        named::check(checked, &words)?;
        editions::check(checked, &words)?;
        let gate = Gate::new(checked);
        Ok(Self { checked, words, pdf, look, gate, stage: Stage::Unchecked, templates, remembered: None })
    }

    /// The tree of the paper for one invitee, by position in the conference file, in the version that they may read.
    ///
    /// # Errors
    /// Faults of the template, an unknown kind of paper, or a position that no invitee has.
    pub fn letter(&self, artefact: &str, position: usize) -> Result<Document, Report> {
        let Some((name, artefact)) = self.words.artefacts().find(|(name, _)| *name == artefact) else {
            return Err(self.unknown(artefact).into());
        };
        let Some(invitee) = self.checked.conference.invitees.get(position) else {
            return Err(Diagnostic::error(codes::NOTHING_TO_MAKE, "there is no such invitee").into());
        };
        let audience = self.checked.audience(invitee);
        self.tree(&Job { name, artefact, audience, recipient: Recipient::Invitee(position, invitee), copy: None })
    }

    /// Writes a tree as PDF.
    ///
    /// # Errors
    /// Faults of the theme.
    pub fn pdf(&self, document: &Document) -> Result<Vec<u8>, Report> {
        self.pdf.render(document)
    }

    /// The error for a kind of paper that there is not.
    pub(super) fn unknown(&self, name: &str) -> Diagnostic {
        let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("there is no paper called `{name}`"));
        let error = error.place(Place::file(PAPER));
        let is_file_of = |file: &str| file.strip_prefix(name).is_some_and(|rest| rest.starts_with("-{"));
        if let Some((kind, _)) = self.words.artefacts().find(|(_, artefact)| is_file_of(&artefact.file)) {
            return error.hint(Hint::naming(KIND_OF_FILES, [name, kind]));
        }
        let error = error.suggest(name, self.words.artefacts().map(|(n, _)| n));
        if error.hint.is_some() {
            return error;
        }
        let all: Vec<String> = self.words.artefacts().map(|(n, _)| format!("`{n}`")).collect();
        error.hint(Hint::naming("the papers are {}", [all.join(", ")]))
    }

    /// One paper as a tree.
    pub(super) fn tree(&self, job: &Job<'_>) -> Result<Document, Report> {
        words::allow_for(self.checked.conference.invitees.len());
        let Languages { sections, lacking } = languages::of(&self.words, self.checked, job);
        let mut parts = Vec::new();
        for Section { rendition, artefact } in &sections {
            parts.push((rendition.language, self.marked(job, artefact, *rendition)?));
        }
        let Spoken { language, blocks, running, pen, marking } = languages::joined(self.checked, &lacking, parts);
        let mut document = Document {
            meta: Meta {
                layout: job.artefact.layout,
                language,
                size: job.copy.map_or_else(|| size(job.recipient), |copy| size_of(copy.format)),
                title: job.artefact.title.clone(),
                author: self.checked.borough.name.clone(),
                reference: view::reference(self.checked, job.recipient),
                issued: view::edition(self.checked, job.name, job.recipient, self.stage).issued,
                marking,
                draft: view::is_draft(self.checked, (job.name, job.artefact), self.stage).then_some(running.draft),
                foot: self.foot(running.foot),
                page: running.page,
                contents: running.contents,
                address: self.address(job.recipient),
                pen,
            },
            blocks,
        };
        if let Some(title) = document.title() {
            document.meta.title = title;
        }
        Ok(document)
    }

    /// The words of one paper in a language with their marking, which depends on the words if the paper is generic.
    fn marked(&self, job: &Job<'_>, artefact: &Artefact, rendition: Rendition) -> Result<Marked<'c>, Report> {
        let language = rendition.language;
        let seen = |sight: Sight| -> Result<Marked<'c>, Report> {
            let named = (job.name, artefact);
            let view =
                view::view_with(self.checked, named, (job.audience, sight), job.recipient, (self.stage, language));
            let context = Words::context_in(&view, language);
            let blocks = self.words.render(job.name, rendition, &context)?;
            let marking = view::marking_at(self.checked, job.audience, sight);
            let pen = doc::are_written_on(&blocks).then(|| self.words.pen(&context)).transpose()?;
            Ok(Marked { blocks, running: self.words.running(&context)?, marking, pen })
        };
        if job.artefact.generic && matches!(job.recipient, Recipient::Everybody) {
            let open = seen(Sight::Open)?;
            if seen(Sight::Common).is_ok_and(|common| common.blocks == open.blocks) {
                return Ok(open);
            }
        }
        seen(Sight::Usual)
    }

    /// The foot of every page, with what the council adds to it.
    pub(super) fn foot(&self, foot: String) -> String {
        match &self.checked.borough.brand.footer {
            Some(own) => format!("{foot} · {own}"),
            None => foot,
        }
    }

    fn address(&self, recipient: Recipient<'_>) -> Vec<String> {
        match recipient {
            Recipient::Invitee(_, invitee) | Recipient::Listed(_, invitee) => {
                view::window(self.checked.person(invitee), &invitee.address)
            }
            Recipient::Everybody
            | Recipient::Part(..)
            | Recipient::Organisation(..)
            | Recipient::Owner(..)
            | Recipient::Child(..) => Vec::new(),
        }
    }

    /// One paper in the formats that somebody asked for, or in its usual ones.
    pub(super) fn files(&self, job: &Job<'_>, request: &Request) -> Result<Vec<File>, Report> {
        let document = self.tree(job)?;
        let formats: BTreeSet<Format> =
            if request.to.is_empty() { &job.artefact.formats } else { &request.to }.iter().copied().collect();
        formats.into_iter().map(|format| self.file(job, &document, format)).collect()
    }

    /// Makes the words of one paper, and checks that they could be typeset.
    pub(super) fn try_words(&self, job: &Job<'_>) -> Result<(), Report> {
        let document = self.tree(job)?;
        if job.artefact.formats.contains(&Format::Pdf) {
            ensure_every_character_has_a_glyph(&document, &self.checked.fonts)
                .map_err(|report| self.with_places(report, job.name))?;
        }
        Ok(())
    }

    /// Lays one paper out, so that what a build would refuse in the theme is found.
    pub(super) fn try_layout(&self, job: &Job<'_>) -> Result<(), Report> {
        let document = self.tree(job)?;
        self.pdf.render_counted(&document).map(drop).map_err(|report| self.with_places(report, job.name))
    }

    /// Those files of one paper that lie at these places.
    pub(super) fn files_at(&self, job: &Job<'_>, paths: &[&str]) -> Result<Vec<File>, Report> {
        let there = |format: &Format| paths.contains(&self.path(job, *format).as_str());
        let formats: Vec<Format> = Format::ALL.into_iter().filter(there).collect();
        if formats.is_empty() {
            return Ok(Vec::new());
        }
        let document = self.tree(job)?;
        formats.into_iter().map(|format| self.file(job, &document, format)).collect()
    }

    /// The place of a paper in a format.
    pub(super) fn path(&self, job: &Job<'_>, format: Format) -> String {
        format!("{}/{}.{}", job.folder(), self.file_name(job), format.extension())
    }

    /// Writes a document in a format.
    pub(super) fn written(&self, document: &Document, format: Format) -> Result<InFormat, Report> {
        let whole = |text: String| (text.into_bytes(), None, Vec::new());
        let lossy = |written: Written| (written.data, None, written.lost);
        Ok(match format {
            Format::Pdf => {
                let (data, pages) = match self.remembered {
                    Some(remembered) => self.pdf.render_or_recall(document, remembered)?,
                    None => self.pdf.render_counted(document)?,
                };
                (data, Some(pages), Vec::new())
            }
            Format::Md => whole(markdown::render(document)),
            Format::Txt => whole(text::render(document)),
            Format::Html => whole(html::render(document, &self.look)),
            Format::Docx => lossy(docx::render(document, &self.look)),
            Format::Odt => lossy(odt::render(document, &self.look)),
        })
    }

    fn file(&self, job: &Job<'_>, document: &Document, format: Format) -> Result<File, Report> {
        let (data, pages, lost) =
            self.written(document, format).map_err(|report| self.with_places(report, job.name))?;
        if self.stage == Stage::Released {
            self.ensure_filled_in(job, document)?;
        }
        let path = self.path(job, format);
        let reader = Reader { audience: job.audience, recipient: job.recipient };
        let candidate = Candidate { artefact: job.name, path: &path, kind: format.into(), data: &[], reader };
        let sealed = self.gate.seal(&candidate, &Own::default(), data)?;
        let edition = view::edition(self.checked, job.name, job.recipient, Stage::Released);
        let entry = Entry {
            paper: job.name.to_owned(),
            audience: job.audience,
            to: readers(self.checked, &self.words, job),
            reference: document.meta.reference.clone(),
            version: edition.version,
            issued: edition.issued,
            because: edition.because,
            template: self.template_of(job.name),
        };
        Ok(File::new(sealed, entry, pages).with_lost(lost))
    }

    /// The template of a kind of paper, with its layer: `base/minutes.md`.
    pub(super) fn template_of(&self, kind: &str) -> String {
        let template = format!("{kind}.md");
        let layer = self.checked.layers.get(&template).map_or("base", |(layer, _)| layer.name.as_str());
        format!("{layer}/{template}")
    }

    /// Checks that no released paper says that something is still to be filled in.
    pub(super) fn ensure_filled_in(&self, job: &Job<'_>, document: &Document) -> Result<(), Report> {
        let mut is_open = false;
        document.each_word(&mut |text| is_open |= text.contains(TO_FILL_IN));
        if !is_open {
            return Ok(());
        }
        let error = Diagnostic::error(
            codes::TO_FILL_IN,
            format!("`{}` says that something is still to be filled in", job.name),
        );
        let error = error.hint("write what is missing, build again, and have the papers checked");
        Err(self.with_places(error.into(), job.name))
    }

    /// The same report, in which whatever the layout engine says of no file in particular stands at the council's fonts, if it is
    /// about a font of theirs, or else at the paper's template.
    pub(super) fn with_places(&self, mut report: Report, paper: &str) -> Report {
        let template = format!("{paper}.md");
        let layer = self.checked.layers.get(&template).map(|(layer, _)| layer.origin.clone()).unwrap_or_default();
        for diagnostic in report.diagnostics.iter_mut().filter(|d| d.place.file.is_none() && d.place.path.is_none()) {
            let is_font = diagnostic.message.contains("font") && diagnostic.code == codes::BAD_THEME;
            if is_font && !self.checked.borough.brand.fonts.is_empty() {
                let located = self.checked.places.locate(diagnostic.clone().at(format!("{BOROUGH}brand.fonts")));
                diagnostic.place = located.place;
            } else {
                diagnostic.place = Place::file(format!("{layer}/{template}"));
            }
        }
        report.take_sources(&self.checked.report);
        report
    }

    /// The name of the files of a paper, without the ending.
    pub(super) fn file_name(&self, job: &Job<'_>) -> String {
        let number = match (job.recipient, view::number(self.checked, job.recipient)) {
            (_, None) => String::new(),
            (Recipient::Listed(..), Some(number)) => format!("{number:05}"),
            (_, Some(number)) => format!("{number:02}"),
        };
        let (name, organisation) = match job.recipient {
            Recipient::Everybody => (String::new(), String::new()),
            Recipient::Child(_, link) => (link.worker.name.clone(), String::new()),
            Recipient::Invitee(_, invitee) | Recipient::Part(_, invitee) => {
                let organisation = self.checked.organisation_of(invitee).map(|(_, o)| o.name.clone());
                (self.checked.person(invitee).name.clone(), organisation.unwrap_or_default())
            }
            Recipient::Listed(_, invitee) => (self.checked.person(invitee).name.clone(), String::new()),
            Recipient::Organisation(id) | Recipient::Owner(id) => {
                (String::new(), self.checked.conference.organisations[id].name.clone())
            }
        };
        let file = &job.artefact.file;
        let name = match self.checked.settings.file_names {
            FileNames::Names => name,
            // A template whose file names differ only by the person's name gets the number instead.
            FileNames::Numbers if file.contains("{name}") && !file.contains("{reference}") => number.clone(),
            FileNames::Numbers => String::new(),
        };
        let named = match job.recipient {
            // A copy for one person of a shared paper is named after that paper and the person.
            Recipient::Part(..) if !file.contains("{name}") => {
                format!("{}-for-{number}-{name}", file.replace("{reference}", ""))
            }
            _ => file.replace("{reference}", &number).replace("{name}", &name).replace("{organisation}", &organisation),
        };
        let named = job.copy.map_or_else(|| named.clone(), |copy| format!("{named}-{}", copy.suffix()));
        let slug = names::slug(&named);
        if slug.is_empty() { job.name.to_owned() } else { slug }
    }
}

/// The bytes of a document in a format, its number of pages if it has any, and what the format could not show.
pub(super) type InFormat = (Vec<u8>, Option<usize>, Vec<Lost>);

/// What a press is made of, before it is known whether the conference is sound.
pub(super) struct Parts {
    words: Result<Words, Report>,
    pdf: Result<PdfWriter, Report>,
    look: Look,
    tried: Tried,
    /// What stands for all templates in the register.
    templates: String,
}

impl Parts {
    /// Reads the words and the theme, and tries the pictures.
    pub fn new(layers: &Layers, tongues: &Arc<Tongues>, look: Look) -> Self {
        let tried = Tried::of(&look);
        let (words, pdf, templates) = (Words::new(layers, tongues), PdfWriter::new(layers, &look), fingerprint(layers));
        Self { words, pdf, look, tried, templates }
    }
}

fn size(recipient: Recipient<'_>) -> Size {
    match recipient {
        Recipient::Invitee(_, invitee) | Recipient::Part(_, invitee) | Recipient::Listed(_, invitee) => {
            size_of(invitee.format)
        }
        Recipient::Everybody | Recipient::Organisation(..) | Recipient::Owner(..) | Recipient::Child(..) => {
            Size::Standard
        }
    }
}

fn size_of(format: people::Format) -> Size {
    match format {
        people::Format::Standard => Size::Standard,
        // Words in easy read are large too, and without any there is large print.
        people::Format::LargePrint | people::Format::EasyRead => Size::LargePrint,
        people::Format::Points(points) => Size::Points(points),
    }
}

/// The place of the name of a paper in a request.
const PAPER: &str = "--paper";

/// What is said to whoever calls a kind of paper as its files begin.
pub(crate) const KIND_OF_FILES: &str = "files called `{}-…` are papers of the kind `{}`";

/// The hash of all templates and of the theme, so that the register can say which words a paper was made from.
pub(super) fn fingerprint(layers: &Layers) -> String {
    let mut hasher = blake3::Hasher::new();
    for layer in layers.iter() {
        for (name, data) in layer.files() {
            hasher.update(layer.name.as_bytes()).update(b"\0").update(name.as_bytes()).update(b"\0");
            hasher.update(&(data.len() as u64).to_le_bytes()).update(data);
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
