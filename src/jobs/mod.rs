//! Makes the papers that are due, in parallel, with all their problems at once.
//!
//! In: [`Checked`] and a [`Request`]. Out: a [`Pack`] of finished files, or everything that went wrong in any of them.
//!
//! Deliberately absent: the disk.

mod approval;
mod back;
mod due;
mod editions;
mod file;
mod listed;
mod named;
pub mod parallel;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub use approval::approved_words;
pub use back::ReadBack;
pub use file::{Entry, File};

use crate::check::Checked;
use crate::deliver::names;
use crate::diag::{Diagnostic, Report, codes, count};
use crate::doc::{Document, Meta, Size};
use crate::fonts;
use crate::gate::{Candidate, Gate, Own};
use crate::layers::Layers;
use crate::ledger::Reader;
use crate::model::Audience;
use crate::model::artefact::{Artefact, Format};
use crate::model::borough::{FileNames, INK, tint_of};
use crate::model::people;
use crate::render::brand::{LogoFile, Look, as_one_object};
use crate::render::pdf::PdfWriter;
pub use crate::render::pdf::{APART, Remembered, serve as lay_out_apart};
use crate::render::{markdown, text};
use crate::view::{self, Recipient, Stage};
use crate::words::Words;

pub use crate::render::pdf::{Begun, LaidOut};
pub use listed::{Cover, CoverRow, Letter, words_of};

/// A choice of papers to make. The default is every paper that is due, in its usual formats.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Only these kinds of paper; all if empty.
    pub only: Vec<String>,
    /// In these formats; each paper's usual ones if empty.
    pub to: Vec<Format>,
    /// Only for these audiences; all if empty.
    pub audiences: Vec<Audience>,
}

/// Finished papers.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Pack {
    /// The reference of the conference, which names its folder.
    pub reference: String,
    /// The files.
    pub files: Vec<File>,
    /// The title of each kind of paper and the number made for each audience, in the order of the pack.
    pub summary: Vec<Made>,
    /// Warnings, for example about a kind of paper that is late.
    pub warnings: Report,
}

/// The number of papers of one kind made for one audience.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Made {
    /// The short title of the kind.
    pub title: String,
    /// Their audience.
    pub audience: Audience,
    /// Their number.
    pub papers: usize,
    /// The day they are due by, if the kind has one.
    pub due: Option<NaiveDate>,
}

/// Everything that the papers of one council share: compiled words, a warm theme.
pub struct Press<'c> {
    checked: &'c Checked,
    words: Words,
    pdf: PdfWriter,
    gate: Gate<'c>,
    stage: Stage,
    templates: String,
    /// Layouts of earlier builds, if builds are repeated.
    remembered: Option<&'c Remembered>,
}

/// One paper to make.
struct Job<'c> {
    name: &'c str,
    artefact: &'c Artefact,
    audience: Audience,
    recipient: Recipient<'c>,
}

/// Makes papers, as drafts. Every file has been read back by the gate.
///
/// # Errors
/// An unknown kind of paper, a request that leaves nothing to make, or the problems of any paper, including anything in
/// it that its readers may not read.
pub fn build(checked: &Checked, request: &Request) -> Result<Pack, Report> {
    pack(&Press::new(checked)?, request)
}

/// Like [`build`], for repeated builds: papers in `remembered` are not laid out again. The gate still reads them back,
/// because the readers of a text can change without the text.
///
/// # Errors
/// As for [`build`].
pub fn build_again(checked: &Checked, request: &Request, remembered: &Remembered) -> Result<Pack, Report> {
    let pack = pack(&Press { remembered: Some(remembered), ..Press::new(checked)? }, request)?;
    remembered.forget_unused();
    Ok(pack)
}

fn pack(press: &Press<'_>, request: &Request) -> Result<Pack, Report> {
    let jobs = press.due(request)?;
    let made = parallel::map(&jobs, |job| press.files(job, request));
    let files = collect(made)?;
    let mut warnings = press.late(&jobs);
    warnings.merge(press.over(request));
    Ok(Pack { reference: press.checked.conference.reference.clone(), files, summary: press.summary(&jobs), warnings })
}

/// Remakes the files at these paths, as they are before or after a second person has checked them. Papers that are no
/// longer due are left out.
pub fn remake(checked: &Checked, paths: &[&str], stage: Stage) -> Result<Vec<File>, Report> {
    let press = Press { stage, ..Press::new(checked)? };
    let jobs = press.due(&Request::default())?;
    collect(parallel::map(&jobs, |job| press.files_at(job, paths)))
}

/// The names of all kinds of paper.
///
/// # Errors
/// Faults of the templates.
pub fn kinds(checked: &Checked) -> Result<Vec<String>, Report> {
    let words = Words::new(&checked.layers)?;
    Ok(words.artefacts().map(|(name, _)| name.to_owned()).collect())
}

/// The first 16 digits of the hash of all templates and of the theme.
pub fn templates_fingerprint(checked: &Checked) -> String {
    fingerprint(&checked.layers)
}

/// A digest of every text of the data, by field path: eight digits that reveal a change but not the text.
pub fn field_digests(checked: &Checked) -> std::collections::BTreeMap<String, String> {
    let key = blake3::derive_key("convenor 2026-11 fields in the record", checked.conference.reference.as_bytes());
    let digest = |text: &str| blake3::keyed_hash(&key, text.as_bytes()).to_hex()[..8].to_owned();
    checked.places.texts().map(|(path, text)| (path, digest(text))).collect()
}

/// All files, or the problems of all papers.
fn collect(made: Vec<Result<Vec<File>, Report>>) -> Result<Vec<File>, Report> {
    let mut report = Report::default();
    let mut files = Vec::new();
    for result in made {
        match result {
            Ok(some) => files.extend(some),
            Err(faults) => report.merge(faults),
        }
    }
    if report.has_errors() { Err(deduplicated(report)) } else { Ok(files) }
}

impl<'c> Press<'c> {
    /// Compiles the words and reads the theme.
    ///
    /// # Errors
    /// Faults of templates and theme.
    pub fn new(checked: &'c Checked) -> Result<Self, Report> {
        let words = Words::new(&checked.layers)?;
        let pdf = PdfWriter::new(&checked.layers, &brand(checked))?;
        named::check(checked, &words)?;
        editions::check(checked, &words)?;
        let gate = Gate::new(checked);
        let templates = fingerprint(&checked.layers);
        Ok(Self { checked, words, pdf, gate, stage: Stage::Unchecked, templates, remembered: None })
    }

    /// The tree of the paper for one invitee, by their position in the conference file, in the version that they may read.
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
        self.tree(&Job { name, artefact, audience, recipient: Recipient::Invitee(position, invitee) })
    }

    /// The views that the template of one kind of paper is given, one for each recipient, with the audience's name.
    pub fn views(&self, artefact: &str) -> Vec<(String, serde_json::Value)> {
        let found = self.words.artefacts().find(|(name, _)| *name == artefact);
        let jobs = found.into_iter().flat_map(|(name, a)| self.jobs(name, a, &Request::default()));
        jobs.map(|job| {
            let view = view::view(self.checked, (job.name, job.artefact), job.audience, job.recipient, self.stage);
            let value = serde_json::to_value(&view).expect("a view is a map with text keys");
            (job.audience.id().to_owned(), value)
        })
        .collect()
    }

    /// Writes a tree as PDF.
    ///
    /// # Errors
    /// Faults of the theme.
    pub fn pdf(&self, document: &Document) -> Result<Vec<u8>, Report> {
        self.pdf.render(document)
    }

    fn tree(&self, job: &Job<'_>) -> Result<Document, Report> {
        let view = view::view(self.checked, (job.name, job.artefact), job.audience, job.recipient, self.stage);
        let context = Words::context(&view);
        let blocks = self.words.render(job.name, &context)?;
        let running = self.words.running(&context)?;
        let mut document = Document {
            meta: Meta {
                layout: job.artefact.layout,
                size: size(job.recipient),
                title: job.artefact.title.clone(),
                author: self.checked.borough.name.clone(),
                reference: view::reference(self.checked, job.recipient),
                issued: view::edition(self.checked, job.name, self.stage).issued,
                marking: view::marking(self.checked, job.audience).to_owned(),
                draft: view::is_draft(self.checked, (job.name, job.artefact), self.stage).then_some(running.draft),
                foot: self.foot(running.foot),
                page: running.page,
                contents: running.contents,
                address: self.address(job.recipient),
            },
            blocks,
        };
        if let Some(title) = document.title() {
            document.meta.title = title;
        }
        Ok(document)
    }

    fn foot(&self, foot: String) -> String {
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

    fn files(&self, job: &Job<'_>, request: &Request) -> Result<Vec<File>, Report> {
        let document = self.tree(job)?;
        let formats: BTreeSet<Format> =
            if request.to.is_empty() { &job.artefact.formats } else { &request.to }.iter().copied().collect();
        formats.into_iter().map(|format| self.file(job, &document, format)).collect()
    }

    fn files_at(&self, job: &Job<'_>, paths: &[&str]) -> Result<Vec<File>, Report> {
        let there = |format: &Format| paths.contains(&self.path(job, *format).as_str());
        let formats: Vec<Format> = Format::ALL.into_iter().filter(there).collect();
        if formats.is_empty() {
            return Ok(Vec::new());
        }
        let document = self.tree(job)?;
        formats.into_iter().map(|format| self.file(job, &document, format)).collect()
    }

    fn path(&self, job: &Job<'_>, format: Format) -> String {
        format!("{}/{}.{}", job.audience.id(), self.file_name(job), format.extension())
    }

    fn file(&self, job: &Job<'_>, document: &Document, format: Format) -> Result<File, Report> {
        let counted = |(data, pages): (Vec<u8>, usize)| (data, Some(pages));
        let (data, pages) = match format {
            Format::Pdf => match self.remembered {
                Some(remembered) => self.pdf.render_or_recall(document, remembered).map(counted)?,
                None => self.pdf.render_counted(document).map(counted)?,
            },
            Format::Md => (markdown::render(document).into_bytes(), None),
            Format::Txt => (text::render(document).into_bytes(), None),
        };
        let path = self.path(job, format);
        let reader = Reader { audience: job.audience, recipient: job.recipient };
        let candidate = Candidate { artefact: job.name, path: &path, kind: format.into(), data: &[], reader };
        let sealed = self.gate.seal(&candidate, &Own::default(), data)?;
        let edition = self.checked.edition(job.name);
        let template = format!("{}.md", job.name);
        let layer = self.checked.layers.get(&template).map_or("base", |(layer, _)| layer.name.as_str());
        let entry = Entry {
            paper: job.name.to_owned(),
            audience: job.audience,
            to: self.readers(job),
            reference: document.meta.reference.clone(),
            version: edition.version,
            issued: edition.issued,
            because: edition.because,
            template: format!("{layer}/{template}"),
        };
        Ok(File::new(sealed, entry, pages))
    }

    fn file_name(&self, job: &Job<'_>) -> String {
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
        let slug = names::slug(&named);
        if slug.is_empty() { job.name.to_owned() } else { slug }
    }
}

fn size(recipient: Recipient<'_>) -> Size {
    match recipient {
        Recipient::Invitee(_, invitee) | Recipient::Part(_, invitee) | Recipient::Listed(_, invitee)
            if invitee.format == people::Format::LargePrint =>
        {
            Size::LargePrint
        }
        Recipient::Invitee(..)
        | Recipient::Part(..)
        | Recipient::Listed(..)
        | Recipient::Everybody
        | Recipient::Organisation(..)
        | Recipient::Owner(..)
        | Recipient::Child(..) => Size::Standard,
    }
}

/// The council's look, from its data.
fn brand(checked: &Checked) -> Look {
    let b = &checked.borough;
    let colour = b.brand.colour.clone().unwrap_or_else(|| "#1f3a4d".to_owned());
    let logo = b.logo.as_ref().zip(checked.logo.as_ref()).map(|(logo, data)| {
        let is_png = logo.file.to_lowercase().ends_with(".png");
        let (kind, data) = if is_png { ("png", data.clone()) } else { ("svg", as_one_object(data.clone())) };
        LogoFile { path: format!("/logo.{kind}"), alt: logo.alt.clone(), clear: logo.clear, data }
    });
    let whose = std::iter::once(b.department.clone()).chain(b.team.clone()).collect();
    let reach = [Some(b.phone.clone()), Some(b.email.clone()), b.website.as_ref().map(|w| bare(w))];
    Look {
        name: b.name.clone(),
        short_name: b.short_name.clone(),
        tint: b.brand.tint.clone().unwrap_or_else(|| tint_of(&colour)),
        accent: b.brand.accent.clone().unwrap_or_else(|| colour.clone()),
        colour,
        ink: b.brand.text.clone().unwrap_or_else(|| INK.to_owned()),
        large_print: b.brand.large_print.unwrap_or(16),
        font_files: checked.fonts.clone(),
        fonts: fonts::FAMILIES.map(str::to_owned).to_vec(),
        logo,
        sender: vec![whose, b.address.clone(), reach.into_iter().flatten().collect()],
    }
}

/// A web address as people write it.
fn bare(link: &str) -> String {
    link.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned()
}

/// The hash of all templates and of the theme, so that the register can say which words a paper was made from.
fn fingerprint(layers: &Layers) -> String {
    let mut hasher = blake3::Hasher::new();
    for layer in layers.iter() {
        for (name, data) in layer.files() {
            hasher.update(layer.name.as_bytes()).update(b"\0").update(name.as_bytes()).update(b"\0");
            hasher.update(&(data.len() as u64).to_le_bytes()).update(data);
        }
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// Merges equal faults, such as one of a template that stops every letter, into one with the number of papers.
fn deduplicated(report: Report) -> Report {
    let mut kept: Vec<(Diagnostic, usize)> = Vec::new();
    for diagnostic in &report.diagnostics {
        match kept
            .iter_mut()
            .find(|(k, _)| k.code == diagnostic.code && k.place == diagnostic.place && k.message == diagnostic.message)
        {
            Some((_, times)) => *times += 1,
            None => kept.push((diagnostic.clone(), 1)),
        }
    }
    let say = |(mut d, times): (Diagnostic, usize)| {
        if times > 1 {
            d.message = format!("{} (in {})", d.message, count(times, "paper"));
        }
        d
    };
    let diagnostics = kept.into_iter().map(say).collect();
    let mut once = report;
    once.diagnostics = diagnostics;
    once
}
