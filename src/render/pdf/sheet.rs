//! One paper on its way through the layout engine: what goes in, and what comes out.
//!
//! Both are plain text and bytes, so that the engine may as well stand in another process.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use typst::diag::{SourceDiagnostic, Tracepoint, Warned};
use typst::foundations::{Datetime, Smart};
use typst::syntax::{FileId, Spanned};
use typst::{World, WorldExt};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::streams;
use super::world::{Base, Letter};
use crate::doc::Document;

/// What the engine needs of one document.
pub struct Sheet {
    /// What stands in the file's metadata.
    pub facts: Facts,
    /// The tree as JSON, which is all that the theme sees.
    pub tree: Vec<u8>,
}

/// What stands in a file's metadata.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Facts {
    title: String,
    author: String,
    issued: NaiveDate,
    /// What tells this file from all others.
    ident: String,
}

/// One thing that is wrong with a theme, as the engine says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The file at fault, and the bytes of it.
    pub place: Option<(String, Option<(usize, usize)>)>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// How the engine came there, the nearest step first.
    pub chain: Vec<String>,
}

impl Sheet {
    /// What the engine needs of a document.
    pub fn of(document: &Document) -> Self {
        let meta = &document.meta;
        let facts = Facts {
            title: meta.title.clone(),
            author: meta.author.clone(),
            issued: meta.issued,
            ident: meta.reference.clone() + &meta.foot,
        };
        Self { facts, tree: serde_json::to_vec(document).expect("a document is plain text") }
    }
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its bytes.
    pub data: Vec<u8>,
    /// Its pages.
    pub pages: usize,
}

/// Lays a paper out and writes it as PDF.
pub fn typeset(base: &Base, sheet: &Sheet) -> Result<Written, Vec<Fault>> {
    write(base, sheet, &lay_out(base, sheet)?)
}

/// Lays a paper out without writing it.
pub fn lay_out(base: &Base, sheet: &Sheet) -> Result<PagedDocument, Vec<Fault>> {
    let result = compile(&base.with(&sheet.tree), &sheet.facts);
    evict_now_and_then();
    result
}

/// Writes a paper that was laid out as PDF.
pub fn write(base: &Base, sheet: &Sheet, paged: &PagedDocument) -> Result<Written, Vec<Fault>> {
    let data = export(&base.with(&sheet.tree), paged, &options(&sheet.facts))?;
    Ok(Written { data, pages: paged.pages().len() })
}

/// Joins papers to one file for a printer that prints on both sides: each begins on a front, with a blank back before it
/// where need be, and keeps its own page numbers. `first` gives the file its title and its date.
///
/// The file has no tags and claims no standard: it is for a machine, and the letters of a print run are not one document
/// to a reader.
pub fn join(base: &Base, first: &Sheet, all: Vec<Vec<Page>>) -> Result<Written, Vec<Fault>> {
    let mut pages: Vec<Page> = Vec::new();
    for paper in all {
        pages.extend(paper);
        if pages.len() % 2 == 1
            && let Some(last) = pages.last()
        {
            let blank = typst::layout::Frame::hard(last.frame.size());
            let blank = Page { frame: blank, ..last.clone() };
            pages.push(blank);
        }
    }
    let facts = &first.facts;
    let info = typst::model::DocumentInfo {
        title: Some(facts.title.as_str().into()),
        author: vec![facts.author.as_str().into()],
        date: Smart::Custom(Some(issued(facts))),
        ..typst::model::DocumentInfo::default()
    };
    let count = pages.len();
    let together = PagedDocument::new(pages.into_iter().collect(), info);
    let options = PdfOptions { standards: PdfStandards::default(), tagged: false, ..options(facts) };
    let data = export(&base.with(&first.tree), &together, &options)?;
    Ok(Written { data, pages: count })
}

fn compile(world: &Letter<'_>, facts: &Facts) -> Result<PagedDocument, Vec<Fault>> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    // A warning is an error: an unknown font family, for one, is only a warning and would change the look of every page.
    let mut paged = output.map_err(|errors| faults(world, &errors))?;
    if !warnings.is_empty() {
        return Err(faults(world, &warnings));
    }
    let info = paged.info_mut();
    info.title = Some(facts.title.as_str().into());
    info.author = vec![facts.author.as_str().into()];
    info.date = Smart::Custom(Some(issued(facts)));
    Ok(paged)
}

fn export(world: &Letter<'_>, paged: &PagedDocument, options: &PdfOptions) -> Result<Vec<u8>, Vec<Fault>> {
    typst_pdf::pdf(paged, options).map(streams::plain_ends).map_err(|errors| faults(world, &errors))
}

fn options(facts: &Facts) -> PdfOptions {
    static STANDARDS: LazyLock<PdfStandards> = LazyLock::new(|| {
        PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).expect("the two standards go together")
    });
    PdfOptions {
        ident: Smart::Custom(facts.ident.clone()),
        // The producer's name and version would change the bytes with every release and tell a reader nothing.
        creator: Smart::Custom(Some("convenor".to_owned())),
        timestamp: Some(Timestamp::new_utc(issued(facts))),
        standards: STANDARDS.clone(),
        ..PdfOptions::default()
    }
}

fn issued(facts: &Facts) -> Datetime {
    let d = facts.issued;
    let (month, day) = (u8::try_from(d.month()).unwrap_or(1), u8::try_from(d.day()).unwrap_or(1));
    Datetime::from_ymd_hms(d.year(), month, day, 0, 0, 0).expect("a date of the calendar is a date here")
}

fn faults(world: &Letter<'_>, errors: &[SourceDiagnostic]) -> Vec<Fault> {
    errors.iter().map(|error| fault(world, error)).collect()
}

fn fault(world: &Letter<'_>, error: &SourceDiagnostic) -> Fault {
    let span = world.range(error.span).map(|range| (range.start, range.end));
    let mut chain: Vec<String> = error.trace.iter().filter_map(|step| told(world, step)).collect();
    chain.dedup();
    Fault {
        place: error.span.id().map(|id| (name(id), span)),
        message: error.message.to_string(),
        hint: error.hints.first().map(|hint| hint.v.to_string()),
        chain,
    }
}

/// A step of the way to a fault, in the words that the errors of templates have for theirs.
fn told(world: &Letter<'_>, step: &Spanned<Tracepoint>) -> Option<String> {
    let id = step.span.id()?;
    let source = world.source(id).ok()?;
    let line = source.lines().byte_to_line(world.range(step.span)?.start)? + 1;
    let from = format!("from `{}`, line {line}", name(id));
    Some(match &step.v {
        Tracepoint::Import(_) => format!("imported {from}"),
        Tracepoint::Include(_) => format!("included {from}"),
        Tracepoint::Call(Some(function)) => format!("`{function}` called {from}"),
        Tracepoint::Call(None) => format!("called {from}"),
        Tracepoint::Show(element) => format!("shown as `{element}` {from}"),
    })
}

fn name(id: FileId) -> String {
    id.vpath().get_without_slash().to_owned()
}

/// How often the layout engine forgets what it has not used of late. Less often fills the memory, after every letter makes
/// each start cold (measured: 161 to 165 MB for 1,000 to 10,000 letters at 6, 180 MB at 20, in the same time).
const EVICT_EVERY: usize = 6;

fn evict_now_and_then() {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    if WRITTEN.fetch_add(1, Ordering::Relaxed) % EVICT_EVERY == EVICT_EVERY - 1 {
        typst::comemo::evict(1);
    }
}
