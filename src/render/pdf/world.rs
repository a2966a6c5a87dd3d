//! Typst's view of the outside: the theme, the fonts, the brand and one document. Nothing else exists in it.
//!
//! There is one [`Base`] for a council. A [`Letter`] borrows it and adds one file, `/document.json`, whose id never
//! changes, so that whatever the engine learnt about fonts, theme and brand stays learnt from one letter to the next.

use std::collections::HashMap;
use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::diag::{Diagnostic, Place, Report, codes};
use crate::doc::Document;
use crate::fonts;
use crate::layers::{Layers, has_ending};
use crate::render::brand::Brand;

const MAIN: &str = "theme/document.typ";

struct Fonts {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = fonts::files().flat_map(|data| Font::iter(Bytes::new(data))).collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    Fonts { fonts, book }
});

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::builder().build()));

/// What every document of a council shares.
pub struct Base {
    main: FileId,
    document: FileId,
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
    /// The council's own fonts with ours behind them, if it has any.
    fonts: Option<Fonts>,
}

impl Base {
    /// The theme of the nearest layers, the brand and the logo.
    pub fn new(layers: &Layers, brand: &Brand) -> Result<Self, Report> {
        let mut sources = HashMap::new();
        for name in layers.iter().flat_map(crate::layers::Layer::files).map(|f| f.0).filter(|n| has_ending(n, "typ")) {
            let Some((_, text)) = layers.text(name) else {
                return Err(Diagnostic::error(codes::NOT_TEXT, "the theme file is not UTF-8 text")
                    .place(Place::file(name))
                    .into());
            };
            let id = id(name);
            sources.insert(id, Source::new(id, text.to_owned()));
        }
        sources.extend(by_layer(layers));
        if !sources.contains_key(&id(MAIN)) {
            return Err(Diagnostic::error(codes::BAD_THEME, format!("there is no `{MAIN}`")).into());
        }
        let (fonts, families) = own_fonts(brand);
        let brand = Brand { fonts: families.into_iter().chain(brand.fonts.iter().cloned()).collect(), ..brand.clone() };
        let json = serde_json::to_vec(&brand).expect("a brand is plain text");
        let mut files = HashMap::from([(id("brand.json"), Bytes::new(json))]);
        if let Some(logo) = &brand.logo {
            files.insert(id(&logo.path), Bytes::new(logo.data.clone()));
        }
        Ok(Self { main: id(MAIN), document: id("document.json"), sources, files, fonts })
    }

    /// The world of one document.
    pub fn with(&self, document: &Document) -> Letter<'_> {
        let json = serde_json::to_vec(document).expect("a document is plain text");
        Letter { base: self, document: Bytes::new(json) }
    }
}

/// The council's own fonts before ours, and the names of their families.
fn own_fonts(brand: &Brand) -> (Option<Fonts>, Vec<String>) {
    let own: Vec<Font> = brand.font_files.iter().flat_map(|data| Font::iter(Bytes::new(data.clone()))).collect();
    if own.is_empty() {
        return (None, Vec::new());
    }
    let mut families: Vec<String> = own.iter().map(|font| font.info().family.clone()).collect();
    families.dedup();
    let fonts: Vec<Font> = own.into_iter().chain(FONTS.fonts.iter().cloned()).collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    (Some(Fonts { fonts, book }), families)
}

/// The theme files of each layer under the layer's name, so that one above can take all from `/base/theme/brand.typ` and
/// change a part. What they import from one another is still the nearest: `brand.typ` there means `/theme/brand.typ`.
fn by_layer(layers: &Layers) -> HashMap<FileId, Source> {
    let own = |layer: &crate::layers::Layer| layer.files().any(|(name, _)| has_ending(name, "typ"));
    if !layers.iter().skip(1).any(own) {
        return HashMap::new();
    }
    let mut sources = HashMap::new();
    for layer in layers.iter() {
        for (name, _) in layer.files().filter(|(name, _)| name.starts_with("theme/") && has_ending(name, "typ")) {
            if let Some(text) = layer.text(name) {
                let id = id(&format!("{}/{name}", layer.name));
                let nearest = text.replace("#import \"", "#import \"/theme/").replace("\"/theme//", "\"/");
                sources.insert(id, Source::new(id, nearest));
            }
        }
    }
    sources
}

fn id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("layers hold only plain relative names");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// The world of one document.
pub struct Letter<'b> {
    base: &'b Base,
    document: Bytes,
}

impl World for Letter<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.base.fonts.as_ref().map_or(&FONTS.book, |fonts| &fonts.book)
    }

    fn main(&self) -> FileId {
        self.base.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.base.sources.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.base.document {
            return Ok(self.document.clone());
        }
        self.base.files.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.base.fonts.as_ref().map_or(&FONTS.fonts, |fonts| &fonts.fonts).get(index).cloned()
    }

    /// Nobody reads the clock: the issue date is data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
