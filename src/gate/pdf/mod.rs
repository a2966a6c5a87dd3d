//! Extracts every text of a PDF, wherever it hides.
//!
//! In: bytes. Out: passages. Deliberately absent: judging them.
//!
//! The file is read in three ways. The bytes outside streams are scanned from first to last, for strings, names,
//! comments and anything between objects ([`sweep`]). Every stream is decoded, whether or not anything refers to it,
//! and read as what it is: content ([`content`]), metadata, an attachment, a script. And each earlier revision is the
//! file up to its `%%EOF`, read as a file of its own.
//!
//! Not read: keywords of the format ([`boilerplate`]), font programs, colour profiles and pictures. A file that cannot be read to the end is an error, so that
//! nothing passes just because nobody could read it.

mod boilerplate;
mod content;
mod file;
mod font;
mod glyphs;
mod strings;
mod sweep;
mod text;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Mutex;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use content::{Source, StreamText};
use file::{Budget, PdfFile, dict_of, is_deflated, is_pdf, is_picture};
use font::Fonts;
use strings::{file_text, markup, unveiled};
use sweep::{Role, Sweep};
use text::Piece;

/// The deepest nesting of attachments.
const DEEPEST: usize = 4;
/// The most revisions of one file, each of which is read anew.
const REVISIONS: usize = 16;
/// The most resources to try on a content stream that nothing refers to.
const TRIED: usize = 16;
/// How far up the page tree a page's resources may be.
const TALLEST: usize = 32;

/// A text of a file and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The place to look for it: `page 2`, `tag tree`, `metadata`.
    pub place: String,
    /// The text. A line feed separates text at different positions, with or without a space between the two.
    pub text: String,
}

/// Drawings that were read to the end and contain no text, by the hash of their data: a logo is the same in every
/// letter.
#[derive(Default)]
pub struct Drawings(Mutex<BTreeSet<[u8; 32]>>);

impl Drawings {
    /// A council has a few. Any beyond this number are read every time.
    const MOST: usize = 64;

    fn holds(&self, drawing: &[u8; 32]) -> bool {
        self.0.lock().is_ok_and(|known| known.contains(drawing))
    }

    fn add(&self, drawing: [u8; 32]) {
        if let Ok(mut known) = self.0.lock()
            && known.len() < Self::MOST
        {
            known.insert(drawing);
        }
    }
}

/// Reads a file.
///
/// # Errors
/// If it cannot be read to the end: it is encrypted or damaged, uses an unknown filter, or has a font that does not map
/// its codes to text.
pub fn passages(data: &[u8], drawings: &Drawings) -> Result<Vec<Passage>, String> {
    let mut found = Vec::new();
    revisions(data, &ReadLimits { budget: &Budget::new(), drawings, depth: 0 }, &mut found)?;
    Ok(found)
}

/// The limits that a file shares with everything attached to it.
#[derive(Clone, Copy)]
struct ReadLimits<'o> {
    /// The bytes that may still be decompressed.
    budget: &'o Budget,
    /// The drawings that need not be read again.
    drawings: &'o Drawings,
    /// How many files contain this one as an attachment.
    depth: usize,
}

fn revisions(data: &[u8], limits: &ReadLimits<'_>, found: &mut Vec<Passage>) -> Result<(), String> {
    let ends = one(data, limits, found)?;
    let earlier: Vec<usize> = ends.iter().rev().skip(1).copied().collect();
    if earlier.len() > REVISIONS {
        return Err("it has too many revisions".to_owned());
    }
    for end in earlier {
        let mut old = Vec::new();
        one(&data[..end], limits, &mut old)?;
        let known: BTreeSet<&str> = found.iter().map(|p| p.text.as_str()).collect();
        old.retain(|passage| !known.contains(passage.text.as_str()));
        found.extend(old.into_iter().map(|p| Passage { place: format!("{} of an earlier revision", p.place), ..p }));
    }
    Ok(())
}

/// A part of a page, in millimetres from its left and upper edge.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// From the left edge to the left and right side.
    pub across: (f64, f64),
    /// From the upper edge to the upper and lower side.
    pub down: (f64, f64),
}

/// The lines of text in a part of the first page of an A4 file, from above.
///
/// # Errors
/// As for [`passages`].
pub fn lines_in(data: &[u8], window: &Window) -> Result<Vec<String>, String> {
    let (mut found, drawings, budget) = (Vec::new(), Drawings::default(), Budget::new());
    let limits = ReadLimits { budget: &budget, drawings: &drawings, depth: 0 };
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone has one lifetime, not any")]
    let (mut pieces, _) = reading(data, &limits, &mut found, |reader| reader.first_page())?;
    // 210 by 297 mm; a point is a 72nd of an inch.
    let mm = |points: f64| points * 25.4 / 72.0;
    let within = |(from, to): (f64, f64), at: f64| (from..=to).contains(&at);
    pieces.retain(|piece| within(window.across, mm(piece.x)) && within(window.down, 297.0 - mm(piece.y)));
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    // Letters of one line stand at one height, raised ones a little above.
    let lines = pieces.chunk_by(|a, b| (a.y - b.y).abs() < 2.0);
    let lines = lines.map(|line| line.iter().map(|piece| piece.text.as_str()).collect::<String>());
    Ok(lines.filter(|line| !line.trim().is_empty()).collect())
}

/// Reads the latest revision of a file. Returns where its revisions end.
#[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone has one lifetime, not any")]
fn one(data: &[u8], limits: &ReadLimits<'_>, found: &mut Vec<Passage>) -> Result<Vec<usize>, String> {
    reading(data, limits, found, |reader| reader.all()).map(|((), ends)| ends)
}

/// Opens a file, and reads it with `read`. Returns also where its revisions end.
fn reading<T>(
    data: &[u8],
    limits: &ReadLimits<'_>,
    found: &mut Vec<Passage>,
    read: impl FnOnce(&mut Reader<'_, '_>) -> Result<T, String>,
) -> Result<(T, Vec<usize>), String> {
    if !is_pdf(data) {
        return Err("it does not start as a PDF".to_owned());
    }
    let mut sweep = sweep::file(data)?;
    // Encryption is refused even without a password: no file of this program uses it.
    if sweep.names.contains(&b"Encrypt"[..]) {
        return Err("it is encrypted".to_owned());
    }
    let packed = unpack(&sweep, limits.budget)?;
    let ends = std::mem::take(&mut sweep.ends);
    let mut inner = Vec::new();
    for packed in &packed {
        inner.push(sweep::object_stream(&packed.data, packed.at, packed.count, packed.first)?);
    }
    for more in inner {
        join(&mut sweep, more);
    }
    let file = PdfFile::new(std::mem::take(&mut sweep.objects));
    let mut reader = Reader { file, fonts: Fonts::default(), sweep, limits: *limits, found };
    Ok((read(&mut reader)?, ends))
}

/// The content of an object stream.
struct Packed {
    data: Vec<u8>,
    at: usize,
    count: usize,
    first: usize,
}

fn unpack(sweep: &Sweep<'_>, budget: &Budget) -> Result<Vec<Packed>, String> {
    let mut packed = Vec::new();
    for (_, at, stream) in sweep.streams.iter().filter(|(_, _, s)| *type_of(s.dict()) == *b"ObjStm") {
        let (mut data, rest) = budget.decode(stream)?;
        data.extend(rest);
        let number = |key: &str| stream.dict().get::<usize>(key).ok_or("an object stream has no table");
        packed.push(Packed { data, at: *at, count: number("N")?, first: number("First")? });
    }
    Ok(packed)
}

fn join<'a>(sweep: &mut Sweep<'a>, more: Sweep<'a>) {
    sweep.objects.extend(more.objects);
    sweep.names.extend(more.names);
    sweep.roles.extend(more.roles);
    sweep.pages.extend(more.pages);
    sweep.stray.push('\n');
    sweep.stray.push_str(&more.stray);
    for (key, text) in more.texts {
        let texts = sweep.texts.entry(key).or_default();
        texts.push('\n');
        texts.push_str(&text);
    }
}

struct Reader<'a, 'o> {
    file: PdfFile<'a>,
    fonts: Fonts,
    sweep: Sweep<'a>,
    limits: ReadLimits<'o>,
    found: &'o mut Vec<Passage>,
}

impl<'a> Reader<'a, '_> {
    fn all(&mut self) -> Result<(), String> {
        for (key, text) in std::mem::take(&mut self.sweep.texts) {
            self.veiled(&place_of(&key), text);
        }
        let names = self.sweep.names.iter().filter(|name| !boilerplate::is_keyword(name));
        let names: Vec<_> = names.map(|name| strings::text_string(name)).collect();
        // Names have no order, so two of them are no initials of anybody.
        self.veiled("a name", names.iter().map(|name| boilerplate::without_tag(name)).collect::<Vec<_>>().join("!\n"));
        let stray = boilerplate::without_comments(&std::mem::take(&mut self.sweep.stray));
        self.veiled("a comment, or between the objects", stray);
        let drawn = self.pages()?;
        for (number, at, stream) in std::mem::take(&mut self.sweep.streams) {
            let current = self.file.start(number).is_none_or(|start| start <= at);
            if !drawn.contains(&at) {
                self.stream(number, &stream, current)?;
            }
        }
        Ok(())
    }

    fn source(&self) -> Source<'a, '_> {
        Source { file: &self.file, fonts: &self.fonts, budget: self.limits.budget }
    }

    fn add(&mut self, place: &str, text: String) {
        if !text.trim().is_empty() {
            self.found.push(Passage { place: place.to_owned(), text });
        }
    }

    fn markup(&mut self, place: &str, text: &str) {
        for text in markup(text) {
            self.add(place, text);
        }
    }

    /// Adds a text, and its decoded forms if it has percent escapes or entities.
    fn veiled(&mut self, place: &str, text: String) {
        for unveiled in unveiled(&text) {
            self.add(place, unveiled);
        }
        self.add(place, text);
    }

    /// Reads every page. Returns where the data of each stream that was read with them starts.
    fn pages(&mut self) -> Result<BTreeSet<usize>, String> {
        let mut drawn = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let numbers = self.sweep.pages.clone();
        for number in numbers {
            if !seen.insert(number) {
                continue;
            }
            let Some(page) = self.file.object(number).and_then(dict_of) else { continue };
            let place = format!("page {}", seen.len());
            let mut data = Vec::new();
            for (stream, number) in self.contents(&page) {
                let (part, rest) = self.limits.budget.decode(&stream)?;
                data.extend(part);
                data.push(b'\n');
                self.add(&place, file_text(&rest));
                let starts = self.sweep.streams.iter().filter(|(n, _, s)| *n == number && *s == stream);
                drawn.extend(starts.map(|(_, at, _)| *at));
            }
            let resources = self.resources(&page);
            self.content(&place, data, resources.as_ref()).map_err(|why| format!("{place}: {why}"))?;
        }
        Ok(drawn)
    }

    /// What the first page draws, with its places.
    fn first_page(&mut self) -> Result<Vec<Piece>, String> {
        let number = *self.sweep.pages.first().ok_or("it has no page")?;
        let page = self.file.object(number).and_then(dict_of).ok_or("its first page is missing")?;
        let mut data = Vec::new();
        for (stream, _) in self.contents(&page) {
            data.extend(self.limits.budget.decode(&stream)?.0);
            data.push(b'\n');
        }
        content::pieces(data, self.resources(&page).as_ref(), &self.source())
    }

    fn contents(&self, page: &Dict<'a>) -> Vec<(Stream<'a>, i32)> {
        let numbered = |object: Object<'a>, number| Some((object.into_stream()?, number));
        match self.file.entry(page, "Contents") {
            Some((Object::Array(array), _)) => {
                self.parts(&array).into_iter().filter_map(|(o, n)| numbered(o, n)).collect()
            }
            Some((object, Some(number))) => numbered(object, number).into_iter().collect(),
            _ => vec![],
        }
    }

    fn parts(&self, array: &Array<'a>) -> Vec<(Object<'a>, i32)> {
        let number = |value: hayro_syntax::object::MaybeRef<Object<'a>>| value.as_obj_ref().map(|r| r.obj_number);
        array.raw_iter().filter_map(number).filter_map(|n| Some((self.file.object(n)?, n))).collect()
    }

    /// The resources of a page, or of the nearest ancestor that has some (ISO 32000-1 §7.7.3.4).
    fn resources(&self, page: &Dict<'a>) -> Option<Dict<'a>> {
        let mut node = page.clone();
        for _ in 0..TALLEST {
            match self.file.dict(&node, "Resources") {
                Some(resources) => return Some(resources),
                None => node = self.file.dict(&node, "Parent")?,
            }
        }
        None
    }

    fn content(&mut self, place: &str, data: Vec<u8>, resources: Option<&Dict<'a>>) -> Result<(), String> {
        let comments = sweep::comments(&data)?;
        let found = content::read(data, resources, &self.source())?;
        if found.unmapped {
            return Err("it shows characters that their font does not map to text".to_owned());
        }
        self.veiled(place, comments);
        self.shown(place, found);
        Ok(())
    }

    fn shown(&mut self, place: &str, found: StreamText) {
        for text in found.shown {
            self.add(place, text);
        }
        self.veiled(place, found.others);
    }

    fn stream(&mut self, number: i32, stream: &Stream<'a>, current: bool) -> Result<(), String> {
        let dict = stream.dict();
        let role = self.sweep.roles.get(&number).copied();
        let subtype = self.file.name(dict, "Subtype");
        let subtype = subtype.as_deref().unwrap_or_default();
        let kind = type_of(dict);
        // Offsets and pictures contain no text, and object streams have been read already, object by object.
        if role == Some(Role::Binary) || subtype == b"Image" || matches!(&*kind, b"ObjStm" | b"XRef") {
            return Ok(());
        }
        if is_picture(stream) {
            return Err("a stream has the filter of a picture but is not one".to_owned());
        }
        let is_form = current && subtype == b"Form" && role.is_none() && kind[..] == *b"XObject";
        let drawing = if is_form { self.drawing(stream) } else { None };
        if drawing.is_some_and(|drawing| self.limits.drawings.holds(&drawing)) {
            return Ok(());
        }
        let before = self.found.len();
        let (data, rest) = self.limits.budget.decode(stream)?;
        self.add("after the end of a stream", file_text(&rest));
        self.decoded(dict, (&*kind, subtype, role), data, current)?;
        if let Some(drawing) = drawing.filter(|_| self.found.len() == before) {
            self.limits.drawings.add(drawing);
        }
        Ok(())
    }

    fn decoded(
        &mut self,
        dict: &Dict<'a>,
        what: (&[u8], &[u8], Option<Role>),
        data: Vec<u8>,
        current: bool,
    ) -> Result<(), String> {
        match what {
            (b"EmbeddedFile", _, _) | (_, _, Some(Role::Attachment)) => self.attachment(&data),
            (_, b"XML", _) | (b"Metadata", _, _) => {
                self.markup("metadata", &boilerplate::without_packet(&file_text(&data)));
                Ok(())
            }
            (_, _, Some(Role::Map)) => self.map(&data),
            (_, b"Form", _) if current => self.form(dict, data),
            _ => self.anything(dict, &data),
        }
    }

    /// Any text in a character map besides the map itself.
    fn map(&mut self, data: &[u8]) -> Result<(), String> {
        let text = boilerplate::without_comments(&sweep::comments(data)?);
        self.add("the map of a font", text);
        Ok(())
    }

    fn attachment(&mut self, data: &[u8]) -> Result<(), String> {
        if is_pdf(data) {
            if self.limits.depth >= DEEPEST {
                return Err("its attachments are nested too deeply".to_owned());
            }
            let mut inner = Vec::new();
            revisions(data, &ReadLimits { depth: self.limits.depth + 1, ..self.limits }, &mut inner)?;
            self.found.extend(inner.into_iter().map(|p| Passage { place: format!("attachment, {}", p.place), ..p }));
            return Ok(());
        }
        if data.starts_with(b"PK\x03\x04") || data.starts_with(b"\x1F\x8B") {
            return Err("an attachment is compressed in an archive".to_owned());
        }
        let text = file_text(data);
        if text.contains("</") {
            self.markup("attachment", &text);
        }
        self.veiled("attachment", text);
        Ok(())
    }

    fn form(&mut self, dict: &Dict<'a>, data: Vec<u8>) -> Result<(), String> {
        match self.file.dict(dict, "Resources") {
            Some(own) => self.content("a form or an appearance", data, Some(&own)),
            None => self.anything(dict, &data),
        }
    }

    /// The hash of a form's data. `None` if a font or a property from elsewhere could change its text.
    fn drawing(&self, stream: &Stream<'a>) -> Option<[u8; 32]> {
        let own = self.file.dict(stream.dict(), "Resources")?;
        let alone = !["Font", "ExtGState", "Properties"].iter().any(|key| own.contains_key(*key));
        (alone && is_deflated(stream)).then(|| *blake3::hash(&stream.raw_data()).as_bytes())
    }

    /// A stream of unknown kind: taken as plain text (scripts, forms in XML), and as content that is read with every
    /// page's fonts.
    fn anything(&mut self, dict: &Dict<'a>, data: &[u8]) -> Result<(), String> {
        const PLACE: &str = "a stream beside the pages";
        let mut tried = Err("it shows text without a font".to_owned());
        for resources in self.candidates(dict) {
            let found = content::read(data.to_vec(), resources.as_ref(), &self.source());
            tried = match (found, tried) {
                (Ok(found), tried) if found.unmapped => tried,
                (Ok(found), _) => {
                    self.shown(PLACE, found);
                    Ok(())
                }
                (Err(_), tried) => tried,
            };
        }
        let text = file_text(data);
        self.markup(PLACE, &text);
        for text in unveiled(&text) {
            self.add(PLACE, text);
        }
        if shows_text(data) { tried.map_err(|why| format!("{PLACE}: {why}")) } else { Ok(()) }
    }

    fn candidates(&self, dict: &Dict<'a>) -> Vec<Option<Dict<'a>>> {
        let pages = self.sweep.pages.iter().filter_map(|n| dict_of(self.file.object(*n)?));
        let all = self.file.dict(dict, "Resources").into_iter().chain(pages.filter_map(|page| self.resources(&page)));
        let mut distinct: Vec<Option<Dict<'a>>> = Vec::new();
        for resources in all {
            if distinct.len() < TRIED && !distinct.iter().flatten().any(|known| *known == resources) {
                distinct.push(Some(resources));
            }
        }
        if distinct.is_empty() {
            distinct.push(None);
        }
        distinct
    }
}

/// Whether data looks like content that shows text.
fn shows_text(data: &[u8]) -> bool {
    let has = |needle: &[u8]| sweep::find(data, needle).is_some();
    has(b"BT") && has(b"ET") && (has(b"Tj") || has(b"TJ"))
}

fn type_of<'a>(dict: &Dict<'a>) -> Name<'a> {
    dict.get::<Name<'a>>("Type").unwrap_or_else(|| Name::new_unescaped(b""))
}

/// The place of a text, as people would call it, by the entry that holds it.
fn place_of(key: &[u8]) -> String {
    let known = match key {
        b"Alt" | b"ActualText" | b"E" => "tag tree",
        b"Title" => "a title or a bookmark",
        b"Author" | b"Subject" | b"Keywords" | b"Creator" | b"Producer" => "metadata",
        b"Contents" | b"RC" => "annotation",
        b"URI" => "link",
        b"JS" => "script",
        b"V" | b"DV" | b"TU" | b"T" => "form",
        b"Names" | b"Limits" => "a list of names",
        b"P" => "page label",
        b"UF" | b"F" | b"Desc" => "attachment",
        _ => return format!("the entry `{}`", String::from_utf8_lossy(key)),
    };
    known.to_owned()
}
