//! Typst's view of the world: the theme, the fonts, the brand and one document. Nothing else exists in it.
//!
//! There is one [`CouncilWorld`] for a council. A [`LetterWorld`] borrows it and adds one file, `/document.json`, whose
//! id never changes, so that everything the engine has cached about fonts, theme and brand stays cached from letter to
//! letter.

use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, OnceLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::diag::{Diagnostic, Place, Report, codes};
use crate::fonts;
use crate::layers::{Layers, has_ending};
use crate::render::brand::Look;

/// The theme file that lays a document out.
pub const MAIN: &str = "theme/document.typ";

struct Fonts {
    fonts: Vec<Font>,
    book: LazyHash<FontBook>,
}

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = fonts::files().flat_map(|data| Font::iter(Bytes::new(data))).collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    Fonts { fonts, book }
});

/// The extras are `pdf.header-cell` and the like, by which a table says which of its cells head a row.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let extras = std::iter::once(Feature::A11yExtras).collect();
    LazyHash::new(Library::builder().with_features(extras).build())
});

/// The parts of a council's world, as plain names and bytes that can be sent to another process.
#[derive(Debug, Clone, Default)]
pub struct Materials {
    /// The texts of the theme files, by name.
    pub sources: BTreeMap<String, String>,
    /// Everything else that the theme may read, by name: the brand, the logo, the pictures of easy read.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The council's own fonts.
    pub fonts: Vec<Vec<u8>>,
    /// The layer of each theme file that is the nearest of its name.
    pub origins: BTreeMap<String, String>,
    /// The path of each file of a layer that is not built in, by its name with that of the layer.
    pub paths: BTreeMap<String, String>,
}

impl Materials {
    /// Collects the theme of the nearest layers, the brand, the logo and the pictures of easy read.
    pub fn new(layers: &Layers, brand: &Look) -> Result<Self, Report> {
        let (mut sources, mut origins) = (BTreeMap::new(), BTreeMap::new());
        for name in layers.iter().flat_map(crate::layers::Layer::files).map(|f| f.0).filter(|n| has_ending(n, "typ")) {
            let Some((layer, text)) = layers.text(name) else {
                return Err(Diagnostic::error(codes::NOT_TEXT, "the theme file is not UTF-8 text")
                    .place(Place::file(name))
                    .into());
            };
            sources.insert(name.to_owned(), text.to_owned());
            origins.insert(name.to_owned(), format!("{}/{name}", layer.name));
        }
        sources.extend(by_layer(layers));
        if !sources.contains_key(MAIN) {
            return Err(Diagnostic::error(codes::BAD_THEME, format!("there is no `{MAIN}`")).into());
        }
        let mut families: Vec<String> = faces(&brand.font_files).map(|font| font.info().family.clone()).collect();
        families.dedup();
        families.extend(brand.fonts.iter().cloned());
        let look = Look { fonts: families, ..brand.clone() };
        let json = serde_json::to_vec(&look).expect("a brand is plain text");
        let mut files = BTreeMap::from([("brand.json".to_owned(), json)]);
        if let Some(logo) = &brand.logo {
            files.insert(logo.path.trim_start_matches('/').to_owned(), logo.data.clone());
        }
        let pictures = brand.pictures.values();
        files.extend(pictures.map(|it| (it.path.trim_start_matches('/').to_owned(), it.data.clone())));
        Ok(Self { sources, files, fonts: brand.font_files.clone(), origins, paths: layers.paths() })
    }
}

/// The world that every document of a council shares.
pub struct CouncilWorld {
    main: FileId,
    document: FileId,
    sources: HashMap<FileId, ThemeFile>,
    files: HashMap<FileId, Bytes>,
    /// The council's own fonts followed by ours, if it has any.
    fonts: Option<Fonts>,
}

/// A file of the theme, parsed when it is first asked for: a check lays nothing out.
struct ThemeFile {
    text: String,
    parsed: OnceLock<Source>,
}

impl CouncilWorld {
    /// Reads the fonts.
    pub fn new(materials: &Materials) -> Self {
        let file = |text: &String| ThemeFile { text: text.clone(), parsed: OnceLock::new() };
        let sources = materials.sources.iter().map(|(name, text)| (id(name), file(text)));
        let files = materials.files.iter().map(|(name, data)| (id(name), Bytes::new(data.clone())));
        Self {
            main: id(MAIN),
            document: id("document.json"),
            sources: sources.collect(),
            files: files.collect(),
            fonts: own_fonts(&materials.fonts),
        }
    }

    /// A world without any font, for what has no text.
    pub fn without_fonts(materials: &Materials) -> Self {
        let none = Fonts { fonts: Vec::new(), book: LazyHash::new(FontBook::new()) };
        Self { fonts: Some(none), ..Self::new(materials) }
    }

    /// The fonts of its documents. Ours are read when they are first asked for, and not by a world that has others.
    fn fonts(&self) -> &Fonts {
        self.fonts.as_ref().unwrap_or_else(|| &FONTS)
    }

    /// The world of one document, from its tree as JSON.
    pub fn with(&self, tree: &[u8]) -> LetterWorld<'_> {
        LetterWorld { base: self, document: Bytes::new(tree.to_vec()) }
    }
}

fn faces(files: &[Vec<u8>]) -> impl Iterator<Item = Font> {
    files.iter().flat_map(|data| Font::iter(Bytes::new(data.clone())))
}

/// The council's own fonts, followed by ours. `None` if it has none.
fn own_fonts(files: &[Vec<u8>]) -> Option<Fonts> {
    let own: Vec<Font> = faces(files).collect();
    if own.is_empty() {
        return None;
    }
    let fonts: Vec<Font> = own.into_iter().chain(FONTS.fonts.iter().cloned()).collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    Some(Fonts { fonts, book })
}

/// The theme files of each layer under the layer's name, so that a higher one can import all of `/base/theme/brand.typ`
/// and change a part. Imports between them still resolve to the nearest: `brand.typ` there means `/theme/brand.typ`.
fn by_layer(layers: &Layers) -> BTreeMap<String, String> {
    let own = |layer: &crate::layers::Layer| layer.files().any(|(name, _)| has_ending(name, "typ"));
    if !layers.iter().skip(1).any(own) {
        return BTreeMap::new();
    }
    let mut sources = BTreeMap::new();
    for layer in layers.iter() {
        for (name, _) in layer.files().filter(|(name, _)| name.starts_with("theme/") && has_ending(name, "typ")) {
            if let Some(text) = layer.text(name) {
                let nearest = text.replace("#import \"", "#import \"/theme/").replace("\"/theme//", "\"/");
                sources.insert(format!("{}/{name}", layer.name), nearest);
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
pub struct LetterWorld<'b> {
    base: &'b CouncilWorld,
    document: Bytes,
}

impl World for LetterWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.base.fonts().book
    }

    fn main(&self) -> FileId {
        self.base.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let file = self.base.sources.get(&id).ok_or_else(|| not_found(id))?;
        Ok(file.parsed.get_or_init(|| Source::new(id, file.text.clone())).clone())
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.base.document {
            return Ok(self.document.clone());
        }
        self.base.files.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.base.fonts().fonts.get(index).cloned()
    }

    /// Nobody reads the clock: the issue date is data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}
