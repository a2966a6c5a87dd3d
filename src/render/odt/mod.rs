//! A text of the Open Document Format (ODF 1.2, ISO/IEC 26300), which `LibreOffice` writes and Word opens.
//!
//! In: a document, and the look of its council. Out: a package of parts, the same bytes for the same document:
//!
//! ```text
//! mimetype                     which kind of package it is: first, and not packed
//! content.xml                  the text and the automatic styles that it names   (elements, lists, words, automatic)
//! styles.xml                   how all of it looks, and the pages                (style, page)
//! meta.xml                     title, author, dates, language                    (properties)
//! settings.xml                                                                   (properties)
//! Fonts/font*.ttf                                                                (fonts)
//! Pictures/logo.png, Pictures/picture*.png
//! META-INF/manifest.xml        which part is of which kind                       (properties)
//! ```
//!
//! What a block becomes is in `render/office`, which this stands on as the writer for Word does. Looks are styles; a style is
//! entered where it is named.
//!
//! Deliberately absent: macros, anything from elsewhere, remarks, changes that are tracked, a picture of the first page; and what
//! a format for writing on cannot hold ([`Lost`](crate::render::Lost)). The standard has no box to tick in a line of text: that is an element of
//! `LibreOffice`, which other programs pass over and show as the box that it is.

mod automatic;
mod cell_look;
mod elements;
mod fonts;
mod lists;
mod measure;
mod names;
mod page;
mod properties;
mod style;
mod style_names;
mod words;

#[cfg(test)]
mod tests;

use crate::doc::Document;
use crate::render::Written;
use crate::render::archive::Archive;
use crate::render::brand::Look;
use crate::render::office::{self, Body, Fonts, Which};
use crate::render::picture::Picture;
use crate::render::xml::Xml;
use elements::Text;
use names::{OF_TEXT, TEXT, VERSION};

/// Writes a document.
pub fn render(document: &Document, look: &Look) -> Written {
    let scale = office::scale(document, look);
    let fonts = Fonts::of(document, look);
    let logo = office::logo(document, look);
    let mut body =
        Body::new(document, look, scale, &fonts, Text::new(scale, look, document.meta.language.is_from_right()));
    office::text(&mut body, logo.as_ref());
    let (text, automatic) = body.to.take_text();
    let content = part("office:document-content", |xml| {
        font_faces(xml, &fonts);
        xml.open("office:automatic-styles", &[]);
        style::frames(xml);
        automatic.write(xml);
        xml.close();
        xml.open("office:body", &[]);
        xml.open("office:text", &[]);
        xml.put(text);
        xml.close();
        xml.close();
    });
    page::masters(&mut body);
    let masters = std::mem::replace(&mut body.to.xml, Xml::fragment());
    let styles = part("office:document-styles", |xml| {
        font_faces(xml, &fonts);
        xml.open("office:styles", &[]);
        style::write(xml, (body.to.used.clone(), &body.to.lists), (&document.meta, look), &scale, fonts.main());
        xml.close();
        xml.open("office:automatic-styles", &[]);
        page::layouts(xml, &body);
        body.to.automatic.write(xml);
        xml.close();
        xml.open("office:master-styles", &[]);
        xml.put(masters);
        xml.close();
    });
    let parts = [
        ("content.xml", content),
        ("styles.xml", styles),
        ("meta.xml", properties::meta(&document.meta)),
        ("settings.xml", properties::settings()),
    ];
    let files = fonts::files(&fonts);
    let mut kinds: Vec<(&str, &str)> = parts.iter().map(|(name, _)| (*name, "text/xml")).collect();
    kinds.extend(files.iter().map(|file| (file.name.as_str(), "application/x-font-ttf")));
    let easy =
        (1..).zip(std::mem::take(&mut body.pictures)).map(|(number, (_, picture))| (Which::Easy(number), picture));
    let pictures: Vec<(String, Picture)> = logo
        .map(|logo| (Which::Logo, logo))
        .into_iter()
        .chain(easy)
        .map(|(which, picture)| (elements::file_of(which), picture))
        .collect();
    kinds.extend(pictures.iter().map(|(file, _)| (file.as_str(), "image/png")));

    let mut archive = Archive::new();
    archive.stored("mimetype", TEXT.as_bytes());
    for (name, data) in &parts {
        archive.part(name, data);
    }
    for file in &files {
        archive.large(&file.name, file.data);
    }
    for (file, picture) in &pictures {
        archive.stored(file, &picture.data);
    }
    archive.part("META-INF/manifest.xml", &properties::manifest(&kinds));
    Written { data: archive.finish(), lost: body.lost.into_iter().collect() }
}

/// A part with its declaration, its namespaces and its version.
fn part(name: &'static str, write: impl FnOnce(&mut Xml)) -> Vec<u8> {
    let mut xml = Xml::part();
    xml.open(name, &[&OF_TEXT[..], &[("office:version", VERSION)]].concat());
    write(&mut xml);
    xml.close();
    xml.finish()
}

fn font_faces(xml: &mut Xml, fonts: &Fonts) {
    xml.open("office:font-face-decls", &[]);
    fonts::write(xml, fonts);
    xml.close();
}
