//! Typesets one paper: the input and output of the layout engine.
//!
//! Both are plain text and bytes, so that the engine may just as well run in another process.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use typst::diag::{SourceDiagnostic, Tracepoint, Warned};
use typst::foundations::{Datetime, Smart};
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, Document as _};
use typst::syntax::{FileId, Spanned};
use typst::{World, WorldExt};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::streams;
use super::world::{CouncilWorld, LetterWorld};
use crate::doc::Document;
use crate::fonts;

/// The engine's input for one document.
pub struct LayoutInput {
    /// The file's metadata.
    pub facts: Facts,
    /// The tree as JSON, which is all of the document that the theme sees.
    pub tree: Vec<u8>,
}

/// What papers are joined for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinFor {
    /// A duplex printer.
    Printer,
    /// Reading on a screen.
    Screen,
}

/// The metadata of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Facts {
    title: String,
    author: String,
    issued: NaiveDate,
    /// The file's unique identifier.
    ident: String,
}

/// One fault of a theme, as the engine reports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeFault {
    /// The file at fault, and the range of bytes in it.
    pub place: Option<(String, Option<(usize, usize)>)>,
    /// The engine's message.
    pub message: String,
    /// The engine's hint.
    pub hint: Option<String>,
    /// The stack trace, the innermost step first.
    pub chain: Vec<String>,
}

impl LayoutInput {
    /// The input for a document of a council that may have fonts of its own.
    pub fn of(document: &Document, own: &[Vec<u8>]) -> Self {
        let meta = &document.meta;
        let facts = Facts {
            title: meta.title.clone(),
            author: meta.author.clone(),
            issued: meta.issued,
            ident: meta.reference.clone() + &meta.foot,
        };
        let mut ours = BTreeSet::new();
        if !own.is_empty() {
            document.each_text(&mut |text| ours.extend(fonts::better_in_ours(text, own)));
        }
        let tree =
            if ours.is_empty() { serde_json::to_vec(document) } else { serde_json::to_vec(&Mended { document, ours }) };
        Self { facts, tree: tree.expect("a document is plain text") }
    }

    /// The input for a theme that reads none.
    pub fn of_nothing() -> Self {
        let issued = NaiveDate::from_ymd_opt(2026, 1, 1).expect("it is a day of the calendar");
        let facts = Facts { title: "-".to_owned(), author: "-".to_owned(), issued, ident: String::new() };
        Self { facts, tree: Vec::new() }
    }
}

/// A document with letters that the council's fonts would set in pieces.
#[derive(Serialize)]
struct Mended<'d> {
    #[serde(flatten)]
    document: &'d Document,
    /// The letters, which the theme sets in our font.
    ours: BTreeSet<String>,
}

/// A finished file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its bytes.
    pub data: Vec<u8>,
    /// The number of pages.
    pub pages: usize,
}

/// Lays a paper out and writes it as PDF.
pub fn typeset(base: &CouncilWorld, sheet: &LayoutInput) -> Result<Written, Vec<ThemeFault>> {
    write(base, sheet, &lay_out(base, sheet)?)
}

/// Whether a paper can be laid out and written. What is against it does not depend on compression, which takes longer than
/// all the rest of a small paper.
pub fn try_out(base: &CouncilWorld, sheet: &LayoutInput) -> Result<(), Vec<ThemeFault>> {
    let paged = lay_out(base, sheet)?;
    let options = PdfOptions { pretty: true, ..options(&sheet.facts) };
    export(&base.with(&sheet.tree), &paged, &options).map(drop)
}

/// Lays a paper out without writing it.
pub fn lay_out(base: &CouncilWorld, sheet: &LayoutInput) -> Result<PagedDocument, Vec<ThemeFault>> {
    let result = compile(&base.with(&sheet.tree), &sheet.facts);
    evict_now_and_then();
    result
}

/// Writes a laid-out paper as PDF.
pub fn write(base: &CouncilWorld, sheet: &LayoutInput, paged: &PagedDocument) -> Result<Written, Vec<ThemeFault>> {
    let data = export(&base.with(&sheet.tree), paged, &options(&sheet.facts))?;
    Ok(Written { data, pages: paged.pages().len() })
}

/// Joins papers into one file. Each keeps its own page numbers; for a duplex printer it starts on a front, after a blank back
/// where necessary. `first` gives the file its title and its date.
///
/// It keeps the standards that its papers keep: the tags of each follow those of the one before, in the order of the pages.
pub fn join(
    what: JoinFor,
    base: &CouncilWorld,
    first: &LayoutInput,
    all: Vec<Vec<Page>>,
) -> Result<Written, Vec<ThemeFault>> {
    let mut pages: Vec<Page> = Vec::new();
    for (number, mut paper) in all.into_iter().enumerate() {
        if what == JoinFor::Screen {
            for page in &mut paper {
                set_apart(&mut page.frame, number);
            }
        }
        pages.extend(paper);
        if what == JoinFor::Printer
            && pages.len() % 2 == 1
            && let Some(last) = pages.last()
        {
            let blank = Frame::hard(last.frame.size());
            let blank = Page { frame: blank, ..last.clone() };
            pages.push(blank);
        }
    }
    let facts = &first.facts;
    // The language is the theme's. The cover has been laid out before, so the engine only recalls it.
    let locale = lay_out(base, first)?.info().locale;
    let info = typst::model::DocumentInfo {
        title: Some(facts.title.as_str().into()),
        author: vec![facts.author.as_str().into()],
        date: Smart::Custom(Some(issued(facts))),
        locale,
        ..typst::model::DocumentInfo::default()
    };
    let count = pages.len();
    let together = PagedDocument::new(pages.into_iter().collect(), info);
    let data = export(&base.with(&first.tree), &together, &options(facts))?;
    Ok(Written { data, pages: count })
}

/// Gives whatever stands in a frame of one paper of several places of its own. A layout counts places from the start of its
/// paper, so headings of two papers would be at one place, and links would lead to the first.
fn set_apart(frame: &mut Frame, number: usize) {
    frame.retain(|item| {
        match item {
            FrameItem::Tag(Tag::Start(element, _)) => {
                if let Some(place) = element.location() {
                    element.set_location(place.variant(number));
                }
            }
            FrameItem::Tag(Tag::End(place, ..)) | FrameItem::Link(Destination::Location(place), _) => {
                *place = place.variant(number);
            }
            FrameItem::Group(group) => {
                if let Some(parent) = &mut group.parent {
                    parent.location = parent.location.variant(number);
                }
                set_apart(&mut group.frame, number);
            }
            FrameItem::Link(..) | FrameItem::Text(_) | FrameItem::Shape(..) | FrameItem::Image(..) => {}
        }
        true
    });
}

fn compile(world: &LetterWorld<'_>, facts: &Facts) -> Result<PagedDocument, Vec<ThemeFault>> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    // A warning is an error: an unknown font family, for example, is only a warning and would change every page.
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

fn export(world: &LetterWorld<'_>, paged: &PagedDocument, options: &PdfOptions) -> Result<Vec<u8>, Vec<ThemeFault>> {
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

fn faults(world: &LetterWorld<'_>, errors: &[SourceDiagnostic]) -> Vec<ThemeFault> {
    errors.iter().map(|error| fault(world, error)).collect()
}

fn fault(world: &LetterWorld<'_>, error: &SourceDiagnostic) -> ThemeFault {
    let span = world.range(error.span).map(|range| (range.start, range.end));
    let mut chain: Vec<String> = error.trace.iter().filter_map(|step| trace_step(world, step)).collect();
    chain.dedup();
    ThemeFault {
        place: error.span.id().map(|id| (name(id), span)),
        message: error.message.to_string(),
        hint: error.hints.first().map(|hint| hint.v.to_string()),
        chain,
    }
}

/// A step of a stack trace, in the words that template errors use for theirs.
fn trace_step(world: &LetterWorld<'_>, step: &Spanned<Tracepoint>) -> Option<String> {
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

/// The number of papers between evictions from the layout engine's cache. A larger number fills the memory, and
/// evicting after every letter makes each start cold (measured: 161 to 165 MB for 1,000 to 10,000 letters at 6, 180 MB
/// at 20, in the same time).
const EVICT_EVERY: usize = 6;

fn evict_now_and_then() {
    static WRITTEN: AtomicUsize = AtomicUsize::new(0);
    if WRITTEN.fetch_add(1, Ordering::Relaxed) % EVICT_EVERY == EVICT_EVERY - 1 {
        typst::comemo::evict(1);
    }
}
