//! What a picture may cost to lay out: the council's logo, and those of easy read.
//!
//! In: the file that `borough.yaml` names, or the pictures of the layers. Out: bytes, or an error at the line that names the logo
//! or at the picture.
//!
//! A picture of a few bytes may ask for more memory and time than a machine has: pixels, filters over a large area, pictures
//! in pictures, elements that repeat elements. So what it would cost is counted before anything decodes it.
//!
//! Deliberately absent: decoding. Whether the layout engine can draw the picture is known only to it (`jobs`).

use std::path::Path;

use super::beside::Beside;
use super::places::{BOROUGH, Places};
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::fonts;
use crate::layers::Layers;
use crate::model::Borough;

/// The most bytes of a picture.
const BYTES: usize = 4_000_000;
/// The most pixels of a PNG: 4,000 by 2,000, far more than a printer shows on a letterhead.
const PIXELS: u64 = 8_000_000;
/// The most elements of an SVG.
const ELEMENTS: usize = 10_000;
/// The most characters of text in an SVG. Names should be outlines anyway, or they depend on fonts.
const TEXT: usize = 2_000;
/// The most rules of its style sheets. Each is compared with each element.
const RULES: usize = 200;
/// The most elements that repeat another, and how many of them may repeat one that repeats.
const USES: usize = 64;
/// The most pictures inside an SVG. To know the size of one, all of it may have to be read.
const PICTURES: usize = 16;
/// The most bytes of a text that an SVG declares, and how often such texts may be named.
const ENTITY: usize = 200;
const NAMED: usize = 2_000;
/// The most places of an SVG with a filter, each of which is drawn as pixels.
const FILTERED: usize = 8;
/// The largest number in an SVG with filters, so that the area of each is bounded.
const EXTENT: f64 = 2_000.0;

/// Reads the logo. Its faults go to the report.
pub fn read(borough: &Borough, beside: Beside<'_>, places: &Places, report: &mut Report) -> Option<Vec<u8>> {
    let logo = borough.logo.as_ref()?;
    let fault = |why: &str, hint: Hint| {
        let error = Diagnostic::error(codes::NO_LOGO, format!("the logo `{}` {why}", logo.file));
        places.locate(error.at(format!("{BOROUGH}logo.file")).hint(hint))
    };
    let data = match beside.file(&logo.file) {
        Ok(data) => data,
        Err(why) => {
            report.push(fault(why, "name an SVG or PNG file in the folder of `borough.yaml`".into()));
            return None;
        }
    };
    match unsuited(&logo.file, &data) {
        None => Some(data),
        Some(unsuited) => {
            let (why, hint) = unsuited.says("a logo may have at most {}: save it smaller or simpler");
            report.push(fault(&why, hint));
            None
        }
    }
}

/// The most pictures of easy read that the layers may have, and how many bytes in all: each is tried by the layout engine.
const MANY: usize = 200;
const ALL_BYTES: usize = 16_000_000;

/// Checks the pictures of easy read. Their faults go to the report.
pub fn check_pictures(layers: &Layers, report: &mut Report) {
    let pictures = layers.pictures();
    let bytes: usize = pictures.values().map(|picture| picture.data.len()).sum();
    let over = if pictures.len() > MANY {
        Some(Over::of("pictures", pictures.len(), MANY))
    } else {
        (bytes > ALL_BYTES).then(|| Over::of("bytes of pictures", bytes, ALL_BYTES))
    };
    for (name, picture) in &pictures {
        let place = Place::file(picture.path(name));
        if let Some(over) = &over {
            let error = Diagnostic::error(codes::NO_PICTURE, format!("the folder of this picture {}", over.has));
            report.push(error.place(place).hint(Hint::listing("it may have at most {}", [over.most.clone()])));
            return;
        }
        if let Some(unsuited) = unsuited(name, picture.data) {
            let (why, hint) = unsuited.says("a picture may have at most {}: save it smaller or simpler");
            report.push(
                Diagnostic::error(codes::NO_PICTURE, format!("the picture `{name}` {why}")).place(place).hint(hint),
            );
        }
    }
}

/// Why a picture is not laid out.
enum Unsuited {
    /// It is of another kind.
    Kind,
    /// It cannot be drawn as it is, with the advice.
    Drawing(String, &'static str),
    /// It has too much of something.
    Over(Over),
}

impl Unsuited {
    /// The fact, and the advice: `most` says what it may have.
    fn says(self, most: &'static str) -> (String, Hint) {
        match self {
            Unsuited::Kind => ("is not an SVG or PNG picture".to_owned(), "save it again as SVG or PNG".into()),
            Unsuited::Drawing(why, hint) => (why, hint.into()),
            Unsuited::Over(over) => (over.has, Hint::listing(most, [over.most])),
        }
    }
}

/// What keeps a picture from being laid out, as far as its file shows. `None` if nothing does.
fn unsuited(name: &str, data: &[u8]) -> Option<Unsuited> {
    let kind = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    let text = std::str::from_utf8(data).ok();
    let over = match (kind.as_str(), text) {
        ("svg", Some(text)) if text.contains("<svg") => svg(text),
        ("png", _) if data.starts_with(PNG) => png(data),
        _ => return Some(Unsuited::Kind),
    };
    if over.is_none()
        && kind == "svg"
        && let Some((why, hint)) = text.and_then(unfit)
    {
        return Some(Unsuited::Drawing(why, hint));
    }
    let over = if data.len() > BYTES { Some(Over::of("bytes", data.len(), BYTES)) } else { over };
    over.map(Unsuited::Over)
}

/// What a picture has too much of.
struct Over {
    has: String,
    most: String,
}

impl Over {
    fn of(what: &str, has: impl std::fmt::Display, most: impl std::fmt::Display) -> Self {
        Self { has: format!("has {has} {what}"), most: format!("{most} {what}") }
    }

    fn some(has: &str, most: &str) -> Self {
        Self { has: has.to_owned(), most: most.to_owned() }
    }
}

/// The first bytes of every PNG (ISO/IEC 15948 §5.2).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What a PNG has too much of, by its header (ISO/IEC 15948 §11.2.2), which may lie: then decoding it fails later.
fn png(data: &[u8]) -> Option<Over> {
    let (width, height) = png_size(data);
    (width * height > PIXELS).then(|| Over::of("pixels", width * height, PIXELS))
}

fn png_size(data: &[u8]) -> (u64, u64) {
    let number =
        |at: usize| data.get(at..at + 4).map_or(0, |b| u64::from(u32::from_be_bytes([b[0], b[1], b[2], b[3]])));
    (number(16), number(20))
}

/// What an SVG has too much of.
fn svg(text: &str) -> Option<Over> {
    let counts = Counts::of(text);
    let over = |what: &str, has: usize, most: usize| (has > most).then(|| Over::of(what, has, most));
    over("elements", counts.elements, ELEMENTS)
        .or_else(|| over("characters of text", counts.text, TEXT))
        .or_else(|| over("style rules", counts.rules, RULES))
        .or_else(|| over("elements that repeat others", counts.uses + counts.nested * (USES / 16), USES))
        .or_else(|| entities(text))
        .or_else(|| pictures(text))
        .or_else(|| filters(text))
}

/// What an SVG declares stands in full wherever it is named (XML 1.0 §4.4), so that a few of them are as much as a book. Some
/// programs declare the addresses of their vocabularies.
fn entities(text: &str) -> Option<Over> {
    let mut declared = text.split("<!ENTITY").skip(1).peekable();
    declared.peek()?;
    let is_short = |rest: &str| {
        let value = rest.find(['"', '\'', '>']).and_then(|at| {
            let (mark, value) = (&rest[at..=at], &rest[at + 1..]);
            value.split(mark).next().filter(|_| mark != ">")
        });
        value.is_some_and(|value| value.len() <= ENTITY && !value.contains(['<', '&', '%']))
    };
    if !declared.all(is_short) {
        return Some(Over::some("declares parts of itself", "declarations of short texts"));
    }
    let named = text.matches('&').count();
    (named > NAMED).then(|| Over::of("names of characters and declared texts", named, NAMED))
}

/// What keeps an SVG from being drawn, and the advice. The engine draws no picture of another file, and writes no text
/// that no font has.
fn unfit(text: &str) -> Option<(String, &'static str)> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    let document = match roxmltree::Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => {
            let why = format!("is not a whole SVG picture: {error}");
            return Some((why, "open it in a drawing program, and save it again as SVG or PNG"));
        }
    };
    if !document.root_element().has_tag_name((SVG, "svg")) {
        return Some((
            "does not begin as an SVG picture".to_owned(),
            "save it again as SVG: its first element is `<svg xmlns=\"http://www.w3.org/2000/svg\">`",
        ));
    }
    let elements = || document.descendants().filter(roxmltree::Node::is_element);
    let target = |node: &roxmltree::Node<'_, '_>| {
        let target = node.attribute((XLINK, "href")).or_else(|| node.attribute("href"));
        target.map(|target| target.trim_start().to_owned())
    };
    let mut pictures = elements().filter(|node| node.tag_name().name() == "image").filter_map(|node| target(&node));
    if let Some(other) = pictures.find(|target| !target.starts_with("data:")) {
        let why = format!("shows a picture of another file, `{other}`");
        return Some((why, "put that picture into this one itself (in a drawing program: embed)"));
    }
    let texts = elements().filter(|node| node.tag_name().name() == "text").flat_map(|node| node.descendants());
    let c = texts.filter_map(|node| node.text()).find_map(fonts::missing)?;
    let why = format!("has the character `{c}` (U+{:04X}), which no font has", u32::from(c));
    Some((why, "turn its text into outlines (in a drawing program: convert to path), and save it again"))
}

/// The namespaces of SVG, and of links in it.
const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";

/// What stands in an SVG, counted without building anything.
#[derive(Default)]
struct Counts {
    elements: usize,
    text: usize,
    rules: usize,
    uses: usize,
    /// Elements that repeat others, inside of something that may be repeated itself.
    nested: usize,
}

impl Counts {
    fn of(text: &str) -> Self {
        let (mut counts, mut rest) = (Self::default(), text);
        // Whether each element that is open has an id, after the root.
        let mut open: Vec<(bool, &str)> = Vec::new();
        while let Some(at) = rest.find('<') {
            let within = open.last().map_or("", |(_, name)| *name);
            let between = rest[..at].trim();
            match within {
                "style" => counts.rules += between.matches('{').count(),
                _ => counts.text += between.chars().count(),
            }
            rest = &rest[at..];
            if let Some((start, end)) = SECTIONS.iter().find(|(start, _)| rest.starts_with(start)) {
                let length = rest[start.len()..].find(end).map_or(rest.len(), |n| start.len() + n + end.len());
                if *start == "<![CDATA[" {
                    counts.rules += rest[..length].matches('{').count();
                    counts.text += if within == "style" { 0 } else { length };
                }
                rest = &rest[length..];
                continue;
            }
            let inner = tag(&rest[1..]);
            rest = rest.get(inner.len() + 2..).unwrap_or_default();
            if inner.starts_with('/') {
                open.pop();
                continue;
            }
            counts.elements += 1;
            if counts.elements > ELEMENTS {
                return counts;
            }
            let name = inner.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
            let name = name.rsplit(':').next().unwrap_or_default();
            if name == "use" {
                counts.uses += 1;
                counts.nested += usize::from(open.iter().skip(1).any(|(has_id, _)| *has_id));
            }
            if !inner.ends_with('/') {
                let has_id =
                    inner.split_whitespace().any(|part| part.starts_with("id=") || part.starts_with("xml:id="));
                open.push((has_id, name));
            }
        }
        counts
    }
}

/// What is no element: where it starts and ends.
const SECTIONS: [(&str, &str); 4] = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")];

/// What stands between the angle brackets of a tag; a `>` in an attribute ends none.
fn tag(rest: &str) -> &str {
    let mut quote = None;
    for (i, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return &rest[..i],
            (None, '"' | '\'') => quote = Some(c),
            (Some(mark), c) if c == mark => quote = None,
            _ => {}
        }
    }
    rest
}

/// A picture inside of a picture is bounded as one of its own. PNG and JPEG say their size before anything is decoded.
fn pictures(text: &str) -> Option<Over> {
    let mut pixels = 0_u64;
    for (n, (at, start)) in text.match_indices("data:image/").enumerate() {
        if n == PICTURES {
            return Some(Over::of("pictures inside it", format!("more than {PICTURES}"), PICTURES));
        }
        let (kind, coded) = text[at + start.len()..].split_once(',').unwrap_or_default();
        let coded = coded.split(['"', '\'']).next().unwrap_or_default().chars().filter(|c| !c.is_whitespace());
        let (width, height) = match kind.split_once(';') {
            Some(("png", "base64")) => png_size(&base64(&coded.take(32).collect::<String>())),
            Some(("jpeg" | "jpg", "base64")) => jpeg_size(&base64(&coded.collect::<String>())),
            _ => {
                let most = "pictures inside it that are PNG or JPEG";
                return Some(Over::some("holds a picture that is neither PNG nor JPEG", most));
            }
        };
        pixels = pixels.saturating_add(width * height);
    }
    (pixels > PIXELS).then(|| Over::of("pixels in pictures inside it", pixels, PIXELS))
}

/// Width and height of a JPEG, by the header of its frame (ISO/IEC 10918-1 §B.2.2).
fn jpeg_size(data: &[u8]) -> (u64, u64) {
    let number = |at: usize| data.get(at..at + 2).map_or(0, |b| usize::from(u16::from_be_bytes([b[0], b[1]])));
    let mut at = 2;
    while at + 4 <= data.len() {
        match (data[at], data[at + 1]) {
            // Tables and arithmetic coding share the numbers of frames.
            (0xff, 0xc4 | 0xc8 | 0xcc) => at += 2 + number(at + 2),
            (0xff, 0xc0..=0xcf) => return (number(at + 7) as u64, number(at + 5) as u64),
            // Marks without content, and bytes that fill the space before a mark.
            (0xff, 0x01 | 0xd0..=0xd9 | 0xff) => at += 1,
            (0xff, 0x02..=0xfe) => at += 2 + number(at + 2),
            _ => at += 1,
        }
    }
    (0, 0)
}

/// The bytes of a text in base64 (RFC 4648 §4), as far as it is one.
fn base64(text: &str) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for sign in text.bytes().map_while(|c| SIGNS.iter().position(|s| *s == c)) {
        bits = bits << 6 | u32::try_from(sign).expect("there are 64");
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xff).expect("it is one byte"));
        }
    }
    bytes
}

/// The primitives of filters that cost the same wherever they are (without `fe`).
const KNOWN: [&str; 10] = [
    "GaussianBlur",
    "Offset",
    "MergeNode",
    "Merge",
    "Flood",
    "Composite",
    "Blend",
    "ColorMatrix",
    "DropShadow",
    "FuncA",
];

/// Filters are drawn as pixels: few, of known kinds, over an area that numbers bound.
fn filters(text: &str) -> Option<Over> {
    let of = |part: &str| text.matches(part).count();
    let places = of("filter=") + of("filter:");
    if places == 0 && of("<filter") == 0 {
        return None;
    }
    if places > FILTERED {
        return Some(Over::of("filters", places, FILTERED));
    }
    let strange = text.match_indices("<fe").any(|(at, _)| !KNOWN.iter().any(|name| text[at + 3..].starts_with(name)));
    let grows = ["scale(", "matrix(", "filterRes", "filterUnits", "primitiveUnits", "<use", "<pattern"];
    if strange || grows.iter().any(|part| of(part) > 0) || largest(text) > EXTENT {
        return Some(Over::some("has a filter over a large area", "small filters, such as the shadow of a line"));
    }
    None
}

/// The largest number in the attributes. The digits of a colour are none.
fn largest(text: &str) -> f64 {
    let mut parts = text.split('#');
    let first = parts.next().unwrap_or_default();
    let colourless = parts.map(|part| part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    let numbers = std::iter::once(first)
        .chain(colourless)
        .flat_map(|part| part.split(|c: char| !(c.is_ascii_digit() || ".eE+".contains(c))))
        .filter(|number| number.starts_with(|c: char| c.is_ascii_digit() || c == '.'));
    numbers.filter_map(|number| number.parse().ok()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(svg_text: &str) -> String {
        svg(svg_text).map(|over| over.has).unwrap_or_default()
    }

    fn wrapped(inside: &str) -> String {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"56\" height=\"72\">{inside}</svg>")
    }

    #[test]
    fn what_a_picture_would_cost_is_counted_before_it_is_drawn() {
        let filter =
            |more: &str| wrapped(&format!("<filter id=\"f\">{more}</filter><rect width=\"50\" filter=\"url(#f)\"/>"));
        let blur = "<feGaussianBlur stdDeviation=\"2\"/>";
        let group = |n: u32| format!("<g id=\"a{}\"><use href=\"#a{n}\"/><use href=\"#a{n}\"/></g>", n + 1);
        let nested = (0..23).map(group).collect::<Vec<_>>().concat();
        let png = |size: &str| {
            wrapped(&format!("<image href=\"data:image/png;base64,iVBORw0KGgoAAAANSUhEUg{size}CAYAAAA\"/>"))
        };
        // An empty comment, and a table, stand before the frame.
        let jpeg =
            |size: &str| wrapped(&format!("<image href='data:image/jpeg;base64,/9j//gAC/8QAAv/AABEI{size}MB'/>"));
        let cases = [
            (wrapped("<path d=\"M0 0>1\"/><!-- <g> --><text>Marsh &amp; gate</text>"), ""),
            (format!("<!DOCTYPE svg [<!ENTITY ns \"http://www.w3.org/2000/svg\">]>{}", wrapped("<g a=\"&ns;\"/>")), ""),
            (
                format!("<!DOCTYPE svg [<!ENTITY a \"<g/>\"><!ENTITY b '&a;&a;'>]>{}", wrapped("&b;")),
                "declares parts of itself",
            ),
            (
                format!("<!DOCTYPE svg [<!ENTITY a '{}'>]>{}", "x".repeat(201), wrapped("&a;")),
                "declares parts of itself",
            ),
            (format!("<!DOCTYPE svg [<!ENTITY % a>]>{}", wrapped("&a;")), "declares parts of itself"),
            (
                format!("<!DOCTYPE svg [<!ENTITY a 'b'>]>{}", wrapped(&"<g a=\"&a;\"/>".repeat(2_001))),
                "has 2001 names of characters and declared texts",
            ),
            (wrapped("<style>.a{fill:red}</style><defs><g id=\"x\"/></defs><use href=\"#x\"/>"), ""),
            (filter(blur), ""),
            (png("AAAA4AAAAS"), ""),
            (wrapped(&"<g/>".repeat(ELEMENTS)), "has 10001 elements"),
            (wrapped(&format!("<text>{}</text>", "x".repeat(2001))), "has 2001 characters of text"),
            (wrapped(&format!("<style>{}</style>", ".a{b:c}".repeat(201))), "has 201 style rules"),
            (wrapped(&format!("<style><![CDATA[{}]]></style>", ".a{b:c}".repeat(201))), "has 201 style rules"),
            (wrapped(&"<use href=\"#x\"/>".repeat(65)), "has 65 elements that repeat others"),
            (wrapped(&nested), "has 230 elements that repeat others"),
            (filter("<feFlood flood-color=\"#1e9999\"/>"), ""),
            (filter("<feTurbulence numOctaves=\"9\"/>"), "has a filter over a large area"),
            (filter(blur).replace("width=\"50\"", "width=\"20000\""), "has a filter over a large area"),
            (filter(blur).replace("width=\"50\"", "transform=\"scale(99)\""), "has a filter over a large area"),
            (wrapped(&"<g filter=\"url(#f)\"/>".repeat(9)), "has 9 filters"),
            (
                wrapped("<image href=\"data:image/svg+xml;base64,PHN2Zz4=\"/>"),
                "holds a picture that is neither PNG nor JPEG",
            ),
            (jpeg("AAgAEA"), ""),
            (jpeg("f/9//w"), "has 1073676289 pixels in pictures inside it"),
            (png("AAdTAAAHUw"), "has 900000000 pixels in pictures inside it"),
            (wrapped(&"<image href=\"data:image/png;base64,\"/>".repeat(17)), "has more than 16 pictures inside it"),
            // What is cut off is no picture, and no panic either.
            ("<svg></svg><".to_owned(), ""),
            ("<svg></svg><é".to_owned(), ""),
            ("<svg a=\"é>".to_owned(), ""),
            ("<svg><![CDATA[é".to_owned(), ""),
        ];
        for (text, has) in cases {
            assert_eq!(told(&text), has, "{}", &text[..text.len().min(300)]);
        }
    }

    #[test]
    fn a_png_is_measured_by_its_header() {
        let of = |width: u32, height: u32| {
            let data = [PNG, b"\0\0\0\rIHDR", &width.to_be_bytes(), &height.to_be_bytes()].concat();
            png(&data).map(|over| over.has)
        };
        assert_eq!([of(4_000, 2_000), of(0, 0)], [None, None]);
        assert_eq!(of(16_000, 16_000).as_deref(), Some("has 256000000 pixels"));
        assert_eq!(of(1_000_000, 1_000_000).as_deref(), Some("has 1000000000000 pixels"));
        assert!(png(PNG).is_none());
    }
}
