//! A letter as somebody would write it for Typst alone: `letter.typ` beside this file, the same fonts and standards.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub struct World {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: Source,
    logo: Bytes,
}

struct Letter<'w> {
    world: &'w World,
    data: Bytes,
}

fn id(path: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).expect("a plain path")).intern()
}

static DATA: LazyLock<FileId> = LazyLock::new(|| id("data.json"));
static LOGO: LazyLock<FileId> = LazyLock::new(|| id("bare.svg"));

impl World {
    pub fn new() -> Self {
        let files: [&'static [u8]; 2] = [
            include_bytes!("../../fonts/ConvenorSans-Regular.ttf"),
            include_bytes!("../../fonts/ConvenorSans-Bold.ttf"),
        ];
        let fonts: Vec<Font> = files.into_iter().flat_map(|f| Font::iter(Bytes::new(f))).collect();
        Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            main: Source::new(id("bare.typ"), include_str!("letter.typ").to_owned()),
            logo: Bytes::new(include_bytes!("../../fixtures/marshgate/logo.svg").as_slice()),
        }
    }
}

impl typst::World for Letter<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.world.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.world.book
    }

    fn main(&self) -> FileId {
        self.world.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.world.main.id() { Ok(self.world.main.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id {
            id if id == *DATA => Ok(self.data.clone()),
            id if id == *LOGO => Ok(self.world.logo.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.world.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Compiles and exports the letter to somebody.
pub fn letter(world: &World, n: usize) -> Vec<u8> {
    static STANDARDS: LazyLock<PdfStandards> =
        LazyLock::new(|| PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a]).expect("they go together"));
    let name = format!("Ms Reader {n}");
    let data = serde_json::json!({ "name": name, "reference": format!("CSC-2026-014/{n}") });
    let letter = Letter { world, data: Bytes::new(serde_json::to_vec(&data).expect("plain data")) };
    let mut document = typst::compile::<PagedDocument>(&letter).output.expect("the letter compiles");
    let issued = Datetime::from_ymd_hms(2026, 11, 2, 0, 0, 0).expect("a date");
    document.info_mut().title = Some("Invitation".into());
    document.info_mut().date = Smart::Custom(Some(issued));
    let options = PdfOptions {
        ident: Smart::Custom(name),
        timestamp: Some(Timestamp::new_utc(issued)),
        standards: STANDARDS.clone(),
        ..PdfOptions::default()
    };
    if n % 20 == 19 {
        typst::comemo::evict(1);
    }
    typst_pdf::pdf(&document, &options).expect("the letter exports")
}
