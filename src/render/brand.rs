//! The look of a council, which the theme reads as `/brand.json`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::layers::has_ending;

/// Colours, logo and letterhead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    /// The council's full name.
    pub name: String,
    /// The council's short name.
    pub short_name: String,
    /// The brand colour as `#rrggbb`.
    pub colour: String,
    /// A light tint of it as `#rrggbb`.
    pub tint: String,
    /// A second colour as `#rrggbb`, for drawings.
    pub accent: String,
    /// The colour of text as `#rrggbb`.
    pub ink: String,
    /// The text size of large print, in points.
    pub large_print: u32,
    /// Font families, the default first and then fallbacks by script.
    pub fonts: Vec<String>,
    /// The logo, if the council has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<LogoFile>,
    /// The pictures of easy read, by the names that words give them.
    #[serde(skip)]
    pub pictures: BTreeMap<String, PictureFile>,
    /// The council's own font files. They come before `fonts`.
    #[serde(skip)]
    pub font_files: Vec<Vec<u8>>,
    /// The lines of the letterhead in groups, the first group bold.
    pub sender: Vec<Vec<String>>,
}

/// The logo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogoFile {
    /// Its path for the theme: `/logo.svg` or `/logo.png`.
    pub path: String,
    /// Its alternative text, for screen readers.
    pub alt: String,
    /// The clear space around it, in millimetres.
    pub clear: u32,
    /// The file.
    #[serde(skip)]
    pub data: Vec<u8>,
}

/// A picture of easy read. Whoever shows it says what it is, in words of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    /// Its path for the theme: `/pictures/bus.svg`.
    pub path: String,
    /// The file.
    pub data: Vec<u8>,
}

/// A picture in a file, whatever it is for.
#[derive(Debug, Clone, Copy)]
pub struct AnyPicture<'p> {
    /// Its path for the theme.
    pub path: &'p str,
    /// The file.
    pub data: &'p [u8],
}

impl LogoFile {
    /// The picture.
    pub fn picture(&self) -> AnyPicture<'_> {
        AnyPicture { path: &self.path, data: &self.data }
    }
}

impl PictureFile {
    /// The picture.
    pub fn picture(&self) -> AnyPicture<'_> {
        AnyPicture { path: &self.path, data: &self.data }
    }
}

impl AnyPicture<'_> {
    /// The media type of its file.
    pub fn kind(self) -> &'static str {
        if has_ending(self.path, "png") { "image/png" } else { "image/svg+xml" }
    }

    /// What is written in it: the texts of a drawing, each on a line. A picture of pixels has none that can be read.
    pub fn text(self) -> String {
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
        let drawing = std::str::from_utf8(self.data).ok();
        let drawing = drawing.and_then(|text| roxmltree::Document::parse_with_options(text, options).ok());
        let Some(drawing) = drawing else { return String::new() };
        let texts = drawing.descendants().filter(|node| node.has_tag_name((SVG, "text")));
        let written = |node: roxmltree::Node<'_, '_>| {
            node.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect::<String>()
        };
        texts.map(written).collect::<Vec<_>>().join("\n")
    }
}

/// The namespace of SVG.
const SVG: &str = "http://www.w3.org/2000/svg";

/// Makes a drawing become one object of a PDF, by a property of its root that does not change its look.
///
/// Typst draws an SVG path by path into the content of every page that shows it. An isolated group (CSS Compositing 1
/// §2.1) becomes an object of its own: a file holds it once, on however many pages it is shown, and those who write or
/// read thousands of files meet the same bytes again. Data that is not XML is returned unchanged; the engine reports
/// it.
pub fn as_one_object(svg: Vec<u8>) -> Vec<u8> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let text = std::str::from_utf8(&svg).ok();
    let place = text.and_then(|text| Some((roxmltree::Document::parse_with_options(text, options).ok()?, text)));
    let place = place.map(|(document, text)| {
        let root = document.root_element();
        match root.attribute_node("style") {
            Some(style) => (style.range_value().start, "isolation:isolate;"),
            None => (root.range().start + name_end(&text[root.range().start..]), " style=\"isolation:isolate\""),
        }
    });
    match place {
        Some((at, property)) => [&svg[..at], property.as_bytes(), &svg[at..]].concat(),
        None => svg,
    }
}

/// The end of the name at the start of an element.
fn name_end(element: &str) -> usize {
    element.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(element.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_isolated_whatever_its_root_says_already() {
        let one = |svg: &str| String::from_utf8(as_one_object(svg.as_bytes().to_vec())).expect("it was text");
        assert_eq!(one("<!-- <svg> --><svg width='1'/>"), "<!-- <svg> --><svg style=\"isolation:isolate\" width='1'/>");
        assert_eq!(one("<s:svg xmlns:s='s'/>"), "<s:svg style=\"isolation:isolate\" xmlns:s='s'/>");
        assert_eq!(one("<svg><g/></svg>"), "<svg style=\"isolation:isolate\"><g/></svg>");
        assert_eq!(one("<svg style='color:red;'/>"), "<svg style='isolation:isolate;color:red;'/>");
        assert_eq!(
            one("<!DOCTYPE svg [<!ENTITY a 'b'>]>\n<svg/>"),
            "<!DOCTYPE svg [<!ENTITY a 'b'>]>\n<svg style=\"isolation:isolate\"/>"
        );
        assert_eq!(one("no drawing: <svg"), "no drawing: <svg");
    }
}
