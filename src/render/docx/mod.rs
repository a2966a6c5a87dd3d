//! A document for Word (ECMA-376, Office Open XML, transitional), which `LibreOffice` opens too.
//!
//! In: a document, and the look of its council. Out: a package of parts, the same bytes for the same document:
//!
//! ```text
//! [Content_Types].xml          which part is of which kind
//! _rels/.rels                  ── docProps/core.xml     title, author, dates, language
//!                              ── docProps/app.xml      the program
//!                              ── word/document.xml     the text            (elements, control; what a block becomes is in `office`)
//! word/_rels/document.xml.rels    ── styles.xml         how all of it looks (style, style_names)
//!                                 ── numbering.xml      how its lists count (numbering)
//!                                 ── settings.xml
//!                                 ── fontTable.xml      ── fonts/*.odttf    (fonts)
//!                                 ── header*.xml, footer*.xml               (sheet)
//!                                 ── media/logo.png, media/picture*.png
//!                                 ── links to elsewhere
//! ```
//!
//! Two steps, as in the other writers: a block or inline becomes elements by its meaning, and `render/xml` writes elements.
//! Looks are styles; a style, a numbering or a relation is entered in its part where it is named.
//!
//! Deliberately absent: macros, anything from elsewhere, remarks, changes that are tracked, parts of Word's own that say who
//! wrote when; and what a format for writing on cannot hold ([`Lost`]).

mod control;
mod elements;
mod fonts;
mod measure;
mod names;
mod numbering;
mod properties;
mod relations;
mod sheet;
mod style;
mod style_names;

#[cfg(test)]
mod tests;

use crate::doc::{Document, Layout};
use crate::render::archive::Archive;
use crate::render::brand::Look;
use crate::render::office::{self, Body, Fonts, Style, Which};
use crate::render::xml::Xml;
use crate::render::{Lost, Written};
use elements::Word;
use names::OF_TEXT;
use relations::{Kind, Relations};

/// Writes a document.
pub fn render(document: &Document, look: &Look) -> Written {
    let scale = office::scale(document, look);
    let fonts = Fonts::of(document, look);
    let logo = office::logo(document, look);
    let mut body = Body::new(document, look, scale, &fonts, Word::new(scale));
    office::text(&mut body, logo.as_ref());
    body.to.sheet.end_section(&mut body.to.xml);
    let text = std::mem::replace(&mut body.to.xml, Xml::fragment());
    let running: Vec<(&str, Vec<u8>)> = [
        (sheet::HEAD, head as fn(&mut Body<'_, Word>)),
        (sheet::FIRST_HEAD, first_head),
        (sheet::FOOT, foot),
        (sheet::FIRST_FOOT, foot),
    ]
    .into_iter()
    .map(|(name, write)| {
        write(&mut body);
        (name, std::mem::replace(&mut body.to.xml, Xml::fragment()).finish())
    })
    .collect();

    let Body { to: Word { numberings, mut relations, used, .. }, lost, pictures, .. } = body;
    let chinese = "Convenor Chinese";
    let mut below: Vec<(&str, Vec<u8>)> = Vec::new();
    relations.to(Kind::Styles, "styles.xml");
    below.push(("styles.xml", style::write(used, (&document.meta, look), &scale, (fonts.main(), chinese))));
    if let Some(part) = numberings.write(&scale) {
        relations.to(Kind::Numbering, "numbering.xml");
        below.push(("numbering.xml", part));
    }
    relations.to(Kind::Settings, "settings.xml");
    below.push(("settings.xml", properties::settings()));
    relations.to(Kind::Fonts, "fontTable.xml");
    let (table, of_fonts, files) = fonts::write(&fonts);
    below.push(("fontTable.xml", table));
    below.extend(running);

    let mut archive = Archive::new();
    archive.part("[Content_Types].xml", &properties::content_types(&below));
    let mut package = Relations::default();
    for (kind, target) in
        [(Kind::Document, "word/document.xml"), (Kind::Properties, properties::CORE), (Kind::Program, properties::APP)]
    {
        package.to(kind, target);
    }
    archive.part("_rels/.rels", &package.write().expect("a package has parts"));
    archive.part(properties::CORE, &properties::core(&document.meta));
    archive.part(properties::APP, &properties::app(&document.meta));
    archive.part("word/document.xml", &whole(text));
    archive.part("word/_rels/document.xml.rels", &relations.write().expect("a text has styles"));
    for (name, data) in &below {
        archive.part(&format!("word/{name}"), data);
    }
    if let Some(part) = of_fonts.write() {
        archive.part("word/_rels/fontTable.xml.rels", &part);
    }
    let easy = (1..).zip(pictures).map(|(number, (_, picture))| (Which::Easy(number), picture));
    for (which, picture) in logo.map(|logo| (Which::Logo, logo)).into_iter().chain(easy) {
        archive.stored(&format!("word/{}", elements::file_of(which)), &picture.data);
    }
    for file in files {
        archive.large(&format!("word/{}", file.name), &file.data);
    }
    Written { data: archive.finish(), lost: lost.into_iter().collect::<Vec<Lost>>() }
}

/// The part of the text.
fn whole(text: Xml) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open("w:document", &OF_TEXT);
    xml.open("w:body", &[]);
    xml.put(text);
    xml.close();
    xml.close();
    xml.finish()
}

/// The head of every page but the first.
fn head(body: &mut Body<'_, Word>) {
    part(body, "w:hdr", office::head);
}

/// The head of the first page: nothing, which in a letter keeps the text below the window.
fn first_head(body: &mut Body<'_, Word>) {
    let style = if body.document.meta.layout == Layout::Letter { Style::Letterhead } else { Style::Header };
    part(body, "w:hdr", |body| body.empty(style));
}

fn foot(body: &mut Body<'_, Word>) {
    part(body, "w:ftr", office::foot);
}

/// Writes a part of its own, in place of the text that is being written.
fn part(body: &mut Body<'_, Word>, name: &'static str, write: impl FnOnce(&mut Body<'_, Word>)) {
    body.to.xml = Xml::part();
    body.to.xml.open(name, &OF_TEXT);
    write(body);
    body.to.xml.close();
}
