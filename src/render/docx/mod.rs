//! A document for Word (ECMA-376, Office Open XML, transitional), which `LibreOffice` opens too.
//!
//! In: a document, and the look of its council. Out: a package of parts, the same bytes for the same document:
//!
//! ```text
//! [Content_Types].xml          which part is of which kind
//! _rels/.rels                  ── docProps/core.xml     title, author, dates, language
//!                              ── docProps/app.xml      the program
//!                              ── word/document.xml     the text            (body, block, inline, table, form, frame)
//! word/_rels/document.xml.rels    ── styles.xml         how all of it looks (style)
//!                                 ── numbering.xml      how its lists count (numbering)
//!                                 ── settings.xml
//!                                 ── fontTable.xml      ── fonts/*.odttf    (fonts)
//!                                 ── header*.xml, footer*.xml               (frame)
//!                                 ── media/logo.png
//!                                 ── links to elsewhere
//! ```
//!
//! Two steps, as in the other writers: a block or inline becomes elements by its meaning, and `render/xml` writes elements.
//! Looks are styles; a style, a numbering or a relation is entered in its part where it is named.
//!
//! Deliberately absent: macros, anything from elsewhere, remarks, changes that are tracked, parts of Word's own that say who
//! wrote when; and what a format for writing on cannot hold ([`Lost`]).

mod block;
mod body;
mod control;
mod fonts;
mod form;
mod frame;
mod inline;
mod measure;
mod names;
mod numbering;
mod properties;
mod relations;
mod sheet;
mod style;
mod table;

#[cfg(test)]
mod tests;

use crate::doc::Document;
use crate::render::archive::Archive;
use crate::render::brand::Look;
use crate::render::picture;
use crate::render::xml::Xml;
use crate::render::{Lost, Written};
use block::At;
use body::Body;
use fonts::Fonts;
use measure::Scale;
use names::OF_TEXT;
use relations::{Kind, Relations};

/// Writes a document.
pub fn render(document: &Document, look: &Look) -> Written {
    let scale = Scale::of(&document.meta, look);
    let fonts = Fonts::of(document, look);
    let logo = look
        .logo
        .as_ref()
        .filter(|_| frame::has_mark(document))
        .and_then(|logo| picture::of_logo(logo, &look.font_files));
    let mut body = Body::new(document, look, scale, &fonts);
    frame::opening(&mut body, logo.as_ref());
    block::blocks(&mut body, &document.blocks, At::TEXT);
    body.end_on_a_paragraph();
    body.sheet.end_section(&mut body.xml);
    let text = std::mem::replace(&mut body.xml, Xml::fragment());
    let running: Vec<(&str, Vec<u8>)> = [
        (sheet::HEAD, frame::head as fn(&mut Body<'_>)),
        (sheet::FIRST_HEAD, frame::first_head),
        (sheet::FOOT, frame::foot),
        (sheet::FIRST_FOOT, frame::foot),
    ]
    .into_iter()
    .map(|(name, write)| {
        write(&mut body);
        (name, std::mem::replace(&mut body.xml, Xml::fragment()).finish())
    })
    .collect();

    let Body { numberings, mut relations, used, lost, .. } = body;
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
    let (table, of_fonts, files) = fonts.write();
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
    if let Some(picture) = logo {
        archive.stored(&format!("word/{}", frame::LOGO), &picture.data);
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
