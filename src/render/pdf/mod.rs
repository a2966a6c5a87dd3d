//! A document as PDF/UA-1 and PDF/A-2a, by Typst and the theme.
//!
//! In: the tree. Out: the bytes of the file, the same for the same tree, or every fault of the theme.
//!
//! Our own theme is laid out here. Theme code of a council or a region is untrusted: [`OwnThemes`] decides how it runs,
//! and the bytes are the same either way.
//!
//! `ACCESSIBILITY.md` beside this file lists the clauses of the standards, and the code that meets each of them.

mod apart;
mod folder;
mod logo;
mod remembered;
mod sheet;
mod streams;
mod world;

use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::doc::Document;
use crate::fonts;
use crate::layers::{BASE, Layers, OwnThemes};
use crate::render::brand::Look;
use apart::Task;
use apart::{Pool, Stop};
pub use apart::{VERB as APART, serve};
pub use folder::FolderFile;
pub use logo::fault as picture_fault;
pub use remembered::Remembered;
use sheet::{JoinFor, LayoutInput, ThemeFault, Written};
use typst_layout::{Page, PagedDocument};
use world::{CouncilWorld, Materials};

/// Writes the documents of one council as PDF. It may be shared between threads.
pub struct PdfWriter {
    engine: Engine,
    /// Theme files that are not ours, with their layers' names.
    own: Vec<String>,
    /// The council's own fonts.
    own_fonts: Vec<Vec<u8>>,
    /// The hash of everything that all papers of the council share.
    look: [u8; 32],
}

/// The place where papers are laid out.
enum Engine {
    Here(Box<CouncilWorld>, Materials),
    Apart(Pool),
    Nowhere,
}

impl PdfWriter {
    /// Reads the theme from the layers and the look from the brand.
    ///
    /// # Errors
    /// If a theme file is not text, or the theme has no `theme/document.typ`.
    pub fn new(layers: &Layers, brand: &Look) -> Result<Self, Report> {
        let materials = Materials::new(layers, brand)?;
        let own = layers.own_theme_files();
        let look = remembered::look(&materials);
        let engine = match layers.own_themes() {
            OwnThemes::Refused if !own.is_empty() => Engine::Nowhere,
            OwnThemes::Apart(apart) if !own.is_empty() => Engine::Apart(Pool::new(apart, materials)),
            OwnThemes::Refused | OwnThemes::Apart(_) | OwnThemes::Here => {
                Engine::Here(Box::new(CouncilWorld::new(&materials)), materials)
            }
        };
        Ok(Self { engine, own, own_fonts: brand.font_files.clone(), look })
    }

    fn input(&self, document: &Document) -> LayoutInput {
        LayoutInput::of(document, &self.own_fonts)
    }

    /// Writes one document.
    ///
    /// # Errors
    /// If no font has a character; if the theme gives an error or a warning; if the standards forbid something; if
    /// theme code of a council exceeds its limits, or may not run.
    pub fn render(&self, document: &Document) -> Result<Vec<u8>, Report> {
        Ok(self.written(document, self.input(document))?.data)
    }

    /// Like [`PdfWriter::render`], but does not lay out a document again that was written before with the same theme
    /// and brand.
    ///
    /// # Errors
    /// As for [`PdfWriter::render`].
    pub fn render_or_recall(&self, document: &Document, remembered: &Remembered) -> Result<(Vec<u8>, usize), Report> {
        let sheet = self.input(document);
        let key = remembered::key(&self.look, &sheet);
        if let Some(made) = remembered.recall(&key) {
            return Ok(made);
        }
        let Written { data, pages, .. } = self.written(document, sheet)?;
        remembered.keep(key, &data, pages);
        Ok((data, pages))
    }

    /// Like [`PdfWriter::render`], and returns the number of pages too.
    ///
    /// # Errors
    /// As for [`PdfWriter::render`].
    pub fn render_counted(&self, document: &Document) -> Result<(Vec<u8>, usize), Report> {
        let written = self.written(document, self.input(document))?;
        Ok((written.data, written.pages))
    }

    /// Begins a document, so that a caller can make several at once. If layout runs in this process, it is done now.
    ///
    /// # Errors
    /// As for [`PdfWriter::render`].
    pub fn begin(&self, document: &Document) -> Result<Begun, Report> {
        self.begun(document, self.input(document))
    }

    /// Finishes a document that was begun. Returns its bytes and the number of pages.
    ///
    /// # Errors
    /// As for [`PdfWriter::render`].
    pub fn end(&self, begun: Begun) -> Result<(Vec<u8>, usize), Report> {
        let written = self.ended(begun)?;
        Ok((written.data, written.pages))
    }

    /// Lays a document out.
    ///
    /// # Errors
    /// As for [`PdfWriter::render`].
    pub fn lay_out(&self, document: &Document) -> Result<LaidOut, Report> {
        let Begun(sheet, laid_out) = self.begin(document)?;
        match (&self.engine, laid_out) {
            // Only the pages are kept, since a print run waits for hundreds of papers.
            (_, Some(paged)) => Ok(LaidOut(Layout::Here(paged.pages().to_vec()))),
            // Only the count comes back: the paper is laid out once more with the others.
            (Engine::Apart(pool), None) => {
                let task = Task::Count(sheet);
                let pages = self.answered(pool, &task)?.pages;
                let Task::Count(sheet) = task else { unreachable!("a task stays what it is") };
                Ok(LaidOut(Layout::Apart(sheet, pages)))
            }
            (Engine::Here(..) | Engine::Nowhere, None) => unreachable!("a document begun here is laid out"),
        }
    }

    /// Joins laid-out documents into one file for a duplex printer: each starts on a front, and keeps its own page
    /// numbers. `first` gives the file its title, its date and its language. It is tagged as its papers are.
    ///
    /// # Errors
    /// As for [`PdfWriter::render`].
    pub fn joined(&self, first: &Document, all: Vec<LaidOut>) -> Result<Vec<u8>, Report> {
        self.joined_for(JoinFor::Printer, first, all)
    }

    /// Joins laid-out documents into one file for reading on a screen: each begins on the page after the one before, keeps its
    /// own page numbers, and has its headings in the file's list of them.
    ///
    /// # Errors
    /// As for [`PdfWriter::render`].
    pub fn joined_for_a_screen(&self, first: &Document, all: Vec<LaidOut>) -> Result<Vec<u8>, Report> {
        self.joined_for(JoinFor::Screen, first, all)
    }

    fn joined_for(&self, what: JoinFor, first: &Document, all: Vec<LaidOut>) -> Result<Vec<u8>, Report> {
        let first = self.input(first);
        match &self.engine {
            Engine::Here(base, materials) => {
                let here = |laid_out: LaidOut| match laid_out.0 {
                    Layout::Here(pages) => Some(pages),
                    Layout::Apart(..) => None,
                };
                let all = all.into_iter().filter_map(here).collect();
                let written = sheet::join(what, base, &first, all).map_err(|faults| report(materials, &faults))?;
                Ok(written.data)
            }
            Engine::Apart(pool) => {
                let apart = |laid_out: LaidOut| match laid_out.0 {
                    Layout::Apart(sheet, _) => Some(sheet),
                    Layout::Here(_) => None,
                };
                let all = all.into_iter().filter_map(apart);
                Ok(self.answered(pool, &Task::Join(what, std::iter::once(first).chain(all).collect()))?.data)
            }
            Engine::Nowhere => Err(self.nowhere()),
        }
    }

    /// The files of a document for Typst's own tools.
    ///
    /// # Errors
    /// If no font has a character, or the theme may not run.
    pub fn folder(&self, document: &Document) -> Result<Vec<FolderFile>, Report> {
        ensure_every_character_has_a_glyph(document, &self.own_fonts)?;
        let materials = match &self.engine {
            Engine::Here(_, materials) => materials,
            Engine::Apart(pool) => pool.materials(),
            Engine::Nowhere => return Err(self.nowhere()),
        };
        Ok(folder::folder(materials, document, self.input(document)))
    }

    fn written(&self, document: &Document, sheet: LayoutInput) -> Result<Written, Report> {
        self.ended(self.begun(document, sheet)?)
    }

    fn begun(&self, document: &Document, sheet: LayoutInput) -> Result<Begun, Report> {
        #[cfg(test)]
        faults::stumble_over(document);
        ensure_every_character_has_a_glyph(document, &self.own_fonts)?;
        match &self.engine {
            Engine::Here(base, materials) => {
                let paged = sheet::lay_out(base, &sheet).map_err(|faults| report(materials, &faults))?;
                Ok(Begun(sheet, Some(Box::new(paged))))
            }
            Engine::Apart(_) => Ok(Begun(sheet, None)),
            Engine::Nowhere => Err(self.nowhere()),
        }
    }

    fn ended(&self, Begun(sheet, paged): Begun) -> Result<Written, Report> {
        match (&self.engine, paged) {
            (Engine::Here(base, materials), Some(paged)) => {
                sheet::write(base, &sheet, &paged).map_err(|faults| report(materials, &faults))
            }
            (Engine::Apart(pool), _) => self.answered(pool, &Task::Write(sheet)),
            (Engine::Here(..), None) | (Engine::Nowhere, _) => unreachable!("a document begun here is laid out"),
        }
    }

    fn answered(&self, pool: &Pool, task: &Task) -> Result<Written, Report> {
        match pool.perform(task) {
            Ok(result) => result.map_err(|faults| report(pool.materials(), &faults)),
            Err(stop) => Err(Report::from(self.stopped(&stop)).with_paths(&pool.materials().paths)),
        }
    }

    fn nowhere(&self) -> Report {
        let error = Diagnostic::error(codes::BAD_THEME, "theme code of a council's own may not run here");
        let error = error.hint("choose how with `Loaded::with_own_themes`; the program runs it in a separate process");
        self.in_own_theme(error).into()
    }

    fn stopped(&self, stop: &Stop) -> Diagnostic {
        match stop {
            Stop::OverLimit(message) => self.in_own_theme(
                Diagnostic::error(codes::OVER_LIMIT, message)
                    .hint("look for a loop that runs too often, or a text or list that grows without end"),
            ),
            Stop::NotStarted(why) => {
                let message = format!("the program that lays out a council's own theme did not start: {why}");
                Diagnostic::error(codes::CANNOT_WRITE, message).hint("was it replaced while it ran? Run it again")
            }
        }
    }

    /// Adds the theme's files to an error. When an engine does not return, nobody can say where in a theme it is, so
    /// all of them are named, the nearest first.
    fn in_own_theme(&self, error: Diagnostic) -> Diagnostic {
        let (first, others) = self.own.split_first().expect("only a council's own theme is laid out elsewhere");
        let error = error.place(Place::file(first));
        others.iter().fold(error, |error, file| error.note(format!("or in `{file}`")))
    }
}

/// A document that has been laid out but not written.
pub struct LaidOut(Layout);

/// A document that has been begun, with its layout if that was done in this process.
pub struct Begun(LayoutInput, Option<Box<PagedDocument>>);

enum Layout {
    Here(Vec<Page>),
    /// The other process has discarded its pages; only their number is known.
    Apart(LayoutInput, usize),
}

impl LaidOut {
    /// The number of pages.
    pub fn pages(&self) -> usize {
        match &self.0 {
            Layout::Here(pages) => pages.len(),
            Layout::Apart(_, pages) => *pages,
        }
    }
}

/// Checks that the fonts, with the council's `own`, have every character of a document. Characters of the conference were checked before, at their lines.
///
/// # Errors
/// The first character that no font has, or the first letter that none sets in one piece, without its place.
pub fn ensure_every_character_has_a_glyph(document: &Document, own: &[Vec<u8>]) -> Result<(), Report> {
    let (mut missing, mut in_pieces) = (None, None);
    document.each_text(&mut |text| {
        missing = missing.or_else(|| fonts::missing(text));
        in_pieces = in_pieces.take().or_else(|| fonts::in_pieces(text, own));
    });
    let message = match (missing, in_pieces) {
        (Some(c), _) => format!("no font has the character `{c}` (U+{:04X})", u32::from(c)),
        (None, Some(letter)) => format!("no font sets the letter `{letter}` in one piece, so it would be read twice"),
        (None, None) => return Ok(()),
    };
    let error = Diagnostic::error(codes::NO_GLYPH, message);
    Err(error.hint("it is in a template or in a file of the council; use other characters").into())
}

fn report(materials: &Materials, faults: &[ThemeFault]) -> Report {
    let mut report = Report::default();
    let copies = copies(materials);
    for fault in faults {
        let (file, span) = fault.place.clone().map_or((None, None), |(file, span)| (Some(file), span));
        let text = file.as_ref().and_then(|file| materials.sources.get(file));
        let file = file.map(|file| materials.origins.get(&file).cloned().unwrap_or(file));
        if let Some((name, text)) = file.as_ref().zip(text) {
            report.add_source(name, text);
        }
        let place = Place { file, path: None, span: span.map(|(start, end)| start..end), ..Place::default() };
        let diagnostic = Diagnostic::error(codes::BAD_THEME, &fault.message).place(place);
        let diagnostic = fault.chain.iter().fold(diagnostic, |d, step| d.note(in_its_layer(step, materials)));
        report.push(match &fault.hint {
            _ if !copies.is_empty() => diagnostic.hint(Hint::naming(
                "{} takes the place of a whole file of ours, which other versions change: move it out of the folder, and put what differs into `theme/brand.typ`",
                [copies.join(", ")],
            )),
            // The engine's messages about a theme quote the theme.
            Some(hint) => diagnostic.hint(Hint::naming("{}", [hint])),
            None => diagnostic,
        });
    }
    report.with_paths(&materials.paths)
}

/// The only theme file that a council needs for a look of its own.
const LOOK: &str = "theme/brand.typ";

/// Theme files of a council that take the place of ours as a whole: they do not begin with ours, and are not the look.
fn copies(materials: &Materials) -> Vec<String> {
    let is_copy = |(name, full): &(&String, &String)| {
        let ours = format!("{BASE}/{name}");
        let begins_with_ours = materials.sources.get(*name).is_some_and(|text| text.contains(&ours));
        **full != ours && name.as_str() != LOOK && materials.sources.contains_key(&ours) && !begins_with_ours
    };
    let named = materials.origins.iter().filter(is_copy).map(|(_, full)| full);
    named.map(|full| format!("`{}`", materials.paths.get(full).unwrap_or(full))).collect()
}

/// A step of a stack trace, with the layer of its file.
fn in_its_layer(step: &str, materials: &Materials) -> String {
    let named = |(name, full): (&String, &String)| (format!("`{name}`"), format!("`{full}`"));
    materials.origins.iter().map(named).fold(step.to_owned(), |step, (name, full)| step.replace(&name, &full))
}

/// A layout engine that panics, for tests of those who call it.
#[cfg(test)]
pub mod faults {
    use super::Document;

    /// A text that it does not survive.
    pub const STUMBLES: &str = "The layout engine stumbles over this.";

    pub(super) fn stumble_over(document: &Document) {
        document.each_text(&mut |text| assert!(!text.contains(STUMBLES), "the layout engine stumbles"));
    }
}
