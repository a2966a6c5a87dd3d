//! A document as PDF/UA-1 and PDF/A-2a, by Typst and the theme.
//!
//! In: the tree. Out: the bytes of the file, the same for the same tree, or every fault of the theme.
//!
//! What the standards ask and who sees to it is in `ACCESSIBILITY.md` beside this file.

mod streams;
mod world;

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::Datelike;
use typst::WorldExt;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::diag::{Diagnostic, Place, Report, codes};
use crate::doc::Document;
use crate::fonts;
use crate::layers::Layers;
use crate::render::brand::Brand;
use world::{Base, Letter};

/// Writes documents of one council as PDF. It may be shared between threads.
pub struct PdfWriter {
    base: Base,
}

/// How often the layout engine forgets what it has not used of late. Less often fills the memory, more often makes
/// every letter start cold (measured: 74 MB over 10,000 letters at 20).
const EVICT_EVERY: usize = 20;

impl PdfWriter {
    /// Reads the theme from the layers and the look from the brand.
    ///
    /// # Errors
    /// If a theme file is not text, or the theme has no `theme/document.typ`.
    pub fn new(layers: &Layers, brand: &Brand) -> Result<Self, Report> {
        Base::new(layers, brand).map(|base| Self { base })
    }

    /// Writes one document.
    ///
    /// # Errors
    /// A character that no font has; an error or a warning of the theme; what the standards refuse.
    pub fn render(&self, document: &Document) -> Result<Vec<u8>, Report> {
        every_character_has_a_glyph(document)?;
        let world = self.base.with(document);
        let result = compile(&world, document).and_then(|paged| export(&world, &paged, document));
        evict_now_and_then();
        result
    }
}

/// A document that is laid out and not yet a file.
pub struct LaidOut {
    paged: PagedDocument,
}

impl LaidOut {
    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.paged.pages().len()
    }
}

impl PdfWriter {
    /// Lays a document out.
    ///
    /// # Errors
    /// As for [`PdfWriter::render`].
    pub fn lay_out(&self, document: &Document) -> Result<LaidOut, Report> {
        every_character_has_a_glyph(document)?;
        let world = self.base.with(document);
        let result = compile(&world, document).map(|paged| LaidOut { paged });
        evict_now_and_then();
        result
    }

    /// Writes one document, and says how many pages it has.
    ///
    /// # Errors
    /// As for [`PdfWriter::render`].
    pub fn render_counted(&self, document: &Document) -> Result<(Vec<u8>, usize), Report> {
        every_character_has_a_glyph(document)?;
        let world = self.base.with(document);
        let result =
            compile(&world, document).and_then(|paged| Ok((export(&world, &paged, document)?, paged.pages().len())));
        evict_now_and_then();
        result
    }

    /// Joins documents to one file for a printer that prints on both sides: each begins on a front, with a blank back
    /// before it where need be, and keeps its own page numbers. `first` gives the file its title and its date.
    ///
    /// The file has no tags and claims no standard: it is for a machine, and the letters of a print run are not one
    /// document to a reader.
    ///
    /// # Errors
    /// What the exporter refuses.
    pub fn joined(&self, first: &Document, all: Vec<LaidOut>) -> Result<Vec<u8>, Report> {
        let mut pages: Vec<typst_layout::Page> = Vec::new();
        for laid_out in all {
            pages.extend(laid_out.paged.pages().iter().cloned());
            if pages.len() % 2 == 1
                && let Some(last) = pages.last()
            {
                let blank = typst::layout::Frame::hard(last.frame.size());
                let blank = typst_layout::Page { frame: blank, ..last.clone() };
                pages.push(blank);
            }
        }
        let info = typst::model::DocumentInfo {
            title: Some(first.meta.title.as_str().into()),
            author: vec![first.meta.author.as_str().into()],
            date: Smart::Custom(Some(issued(first))),
            ..typst::model::DocumentInfo::default()
        };
        let paged = PagedDocument::new(pages.into_iter().collect(), info);
        let options = PdfOptions { standards: PdfStandards::default(), tagged: false, ..options(first) };
        let world = self.base.with(first);
        typst_pdf::pdf(&paged, &options).map(streams::plain_ends).map_err(|errors| report(&world, &errors))
    }
}

fn compile(world: &Letter<'_>, document: &Document) -> Result<PagedDocument, Report> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    // A warning is an error: an unknown font family, for one, is only a warning and would change the look of every page.
    let mut paged = output.map_err(|errors| report(world, &errors))?;
    if !warnings.is_empty() {
        return Err(report(world, &warnings));
    }
    let info = paged.info_mut();
    info.title = Some(document.meta.title.as_str().into());
    info.author = vec![document.meta.author.as_str().into()];
    info.date = Smart::Custom(Some(issued(document)));
    Ok(paged)
}

fn export(world: &Letter<'_>, paged: &PagedDocument, document: &Document) -> Result<Vec<u8>, Report> {
    typst_pdf::pdf(paged, &options(document)).map(streams::plain_ends).map_err(|errors| report(world, &errors))
}

fn options(document: &Document) -> PdfOptions {
    static STANDARDS: LazyLock<PdfStandards> = LazyLock::new(|| {
        PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).expect("the two standards go together")
    });
    PdfOptions {
        ident: Smart::Custom(document.meta.reference.clone() + &document.meta.foot),
        // The producer's name and version would change the bytes with every release and tell a reader nothing.
        creator: Smart::Custom(Some("convenor".to_owned())),
        timestamp: Some(Timestamp::new_utc(issued(document))),
        standards: STANDARDS.clone(),
        ..PdfOptions::default()
    }
}

fn issued(document: &Document) -> Datetime {
    let d = document.meta.issued;
    let (month, day) = (u8::try_from(d.month()).unwrap_or(1), u8::try_from(d.day()).unwrap_or(1));
    Datetime::from_ymd_hms(d.year(), month, day, 0, 0, 0).expect("a date of the calendar is a date here")
}

fn every_character_has_a_glyph(document: &Document) -> Result<(), Report> {
    let mut found = None;
    document.each_text(&mut |text| found = found.or_else(|| fonts::missing(text)));
    match found {
        None => Ok(()),
        Some(c) => {
            Err(Diagnostic::error(codes::NO_GLYPH, format!("no font has the character `{c}` (U+{:04X})", u32::from(c)))
                .hint("it stands in a template or in a file of the council; spell it with other letters")
                .into())
        }
    }
}

fn report(world: &Letter<'_>, errors: &[SourceDiagnostic]) -> Report {
    let mut report = Report::default();
    for error in errors {
        let file = error.span.id().map(|id| id.vpath().get_without_slash().to_owned());
        if let Some((name, source)) =
            file.as_ref().zip(error.span.id().and_then(|id| typst::World::source(world, id).ok()))
        {
            report.add_source(name, source.text());
        }
        let place = Place { file, path: None, span: world.range(error.span) };
        let diagnostic = Diagnostic::error(codes::BAD_THEME, error.message.to_string()).place(place);
        report.push(match error.hints.first() {
            Some(hint) => diagnostic.hint(hint.v.to_string()),
            None => diagnostic,
        });
    }
    report
}

fn evict_now_and_then() {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    if WRITTEN.fetch_add(1, Ordering::Relaxed) % EVICT_EVERY == EVICT_EVERY - 1 {
        typst::comemo::evict(1);
    }
}
