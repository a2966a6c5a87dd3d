//! The part of styles, `word/styles.xml` (ECMA-376 part 1, §17.7).
//!
//! In: the styles that the other parts name. Out: those and the ones that every paper has, so that whoever goes on writing
//! finds what they expect.

use super::measure::twips;
use super::names::W;
pub use super::style_names::Named;
use crate::doc::{Language, Meta};
use crate::render::brand::Look;
use crate::render::office::{
    Align, Border, CellLine, Cells, Edge, Line, Mark, ParagraphLook, Part, Scale, Side, Stand, Style, TableStyle, Used,
    cells, look,
};
use crate::render::xml::Xml;

/// Writes the part. `fonts` are the families of the text: of the council's own letters, and of Chinese.
pub fn write(mut used: Used, (meta, brand): (&Meta, &Look), scale: &Scale, fonts: (&str, &str)) -> Vec<u8> {
    used.add_usual();
    let mut xml = Xml::part();
    xml.open("w:styles", &[("xmlns:w", W)]);
    defaults(&mut xml, scale, (meta.language, brand), fonts);
    for style in &used.paragraphs {
        paragraph(&mut xml, *style, (&look(*style, scale, brand, meta), meta.language));
    }
    for mark in &used.marks {
        words(&mut xml, *mark, brand, scale);
    }
    for table in &used.tables {
        self::table(&mut xml, *table, scale, brand);
    }
    xml.open("w:style", &[("w:type", "numbering"), ("w:default", "1"), ("w:styleId", "NoList")]);
    xml.leaf("w:name", &[("w:val", "No List")]);
    xml.close();
    xml.close();
    xml.finish()
}

fn defaults(xml: &mut Xml, scale: &Scale, (language, brand): (Language, &Look), (family, chinese): (&str, &str)) {
    xml.open("w:docDefaults", &[]);
    xml.open("w:rPrDefault", &[]);
    xml.open("w:rPr", &[]);
    let fonts = [("w:ascii", family), ("w:hAnsi", family), ("w:eastAsia", chinese), ("w:cs", family)];
    xml.leaf("w:rFonts", &fonts);
    xml.leaf("w:color", &[("w:val", hex(&brand.ink))]);
    size(xml, scale.body);
    // Names in Arabic letters are in every paper's reach: what is not English has the tongue of the paper.
    let tag = language.with_country();
    let (left, right) = if language.is_from_right() { ("en-GB", tag.as_ref()) } else { (tag.as_ref(), "ar-SA") };
    xml.leaf("w:lang", &[("w:val", left), ("w:eastAsia", "zh-CN"), ("w:bidi", right)]);
    xml.close();
    xml.close();
    xml.open("w:pPrDefault", &[]);
    xml.close();
    xml.close();
}

/// Half points, of letters of all scripts.
fn size(xml: &mut Xml, points: f32) {
    let half = (points * 2.0).round().to_string();
    xml.leaf("w:sz", &[("w:val", &half)]);
    xml.leaf("w:szCs", &[("w:val", &half)]);
}

/// A colour as Word has it. One that is no `#rrggbb` is the machine's own.
fn hex(colour: &str) -> &str {
    let digits = colour.trim_start_matches('#');
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) { digits } else { "auto" }
}

/// `CT_Style`: name, basedOn, next, uiPriority, qFormat, pPr, rPr, in this order (§17.7.4.17).
fn paragraph(xml: &mut Xml, style: Style, (look, language): (&ParagraphLook, Language)) {
    let id = style.id();
    let mut attributes = vec![("w:type", "paragraph")];
    if style == Style::Normal {
        attributes.push(("w:default", "1"));
    }
    attributes.push(("w:styleId", id.as_str()));
    xml.open("w:style", &attributes);
    xml.leaf("w:name", &[("w:val", &style.name())]);
    if let Some(base) = look.based_on {
        xml.leaf("w:basedOn", &[("w:val", &base.id())]);
    }
    if let Some(next) = look.next {
        xml.leaf("w:next", &[("w:val", &next.id())]);
    }
    xml.leaf("w:qFormat", &[]);
    xml.open("w:pPr", &[]);
    properties(xml, look, language);
    xml.close();
    if look.bold || look.colour.is_some() || look.size.is_some() {
        xml.open("w:rPr", &[]);
        if look.bold {
            xml.leaf("w:b", &[]);
            xml.leaf("w:bCs", &[]);
        }
        if let Some(colour) = &look.colour {
            xml.leaf("w:color", &[("w:val", hex(colour))]);
        }
        if let Some(points) = look.size {
            size(xml, points);
        }
        xml.close();
    }
    xml.close();
}

/// `CT_PPrBase`: keepNext, keepLines, pageBreakBefore, pBdr, shd, tabs, spacing, ind,
/// jc, outlineLvl, in this order (§17.3.1.26).
fn properties(xml: &mut Xml, look: &ParagraphLook, language: Language) {
    for (is_set, name) in
        [(look.keep_next, "w:keepNext"), (look.keep_lines, "w:keepLines"), (look.on_new_page, "w:pageBreakBefore")]
    {
        if is_set {
            xml.leaf(name, &[]);
        }
    }
    if !look.borders.is_empty() {
        xml.open("w:pBdr", &[]);
        look.borders.iter().for_each(|it| border(xml, name_of_edge(it.edge, language), it));
        xml.close();
    }
    if let Some(ground) = &look.shade {
        xml.leaf("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", hex(ground))]);
    }
    if !look.tabs.is_empty() {
        xml.open("w:tabs", &[]);
        for (at, is_right) in &look.tabs {
            let kind = if *is_right { "right" } else { "left" };
            xml.leaf("w:tab", &[("w:val", kind), ("w:pos", &twips(*at).to_string())]);
        }
        xml.close();
    }
    let (line, rule) = match look.line {
        Line::Single => (240, "auto"),
        Line::AtLeast(points) => (twips(points), "atLeast"),
        Line::Exactly(points) => (twips(points), "exact"),
    };
    let (before, after) = (twips(look.before).to_string(), twips(look.after).to_string());
    xml.leaf(
        "w:spacing",
        &[("w:before", &before), ("w:after", &after), ("w:line", &line.to_string()), ("w:lineRule", rule)],
    );
    if look.left > 0.0 || look.right > 0.0 || look.hanging > 0.0 {
        let lengths = [look.left, look.right, look.hanging].map(|points| twips(points).to_string());
        xml.leaf("w:ind", &[("w:left", &lengths[0]), ("w:right", &lengths[1]), ("w:hanging", &lengths[2])]);
    }
    if let Some(align) = look.align {
        let align = match align {
            Align::Centre => "center",
            Align::Right => "right",
        };
        xml.leaf("w:jc", &[("w:val", align)]);
    }
    if let Some(level) = look.outline {
        xml.leaf("w:outlineLvl", &[("w:val", &level.to_string())]);
    }
}

/// A line at the left stands where lines of text begin.
fn name_of_edge(edge: Side, language: Language) -> &'static str {
    match edge {
        Side::Top => "w:top",
        Side::Left if language.is_from_right() => "w:right",
        Side::Left => "w:left",
        Side::Bottom => "w:bottom",
    }
}

/// Eighths of a point, from 2 to 96; the distance is in points, up to 31 (§17.3.4).
fn border(xml: &mut Xml, name: &'static str, it: &Border) {
    line(xml, name, (it.thick, it.space, it.dashed), &it.colour);
}

fn line(xml: &mut Xml, name: &'static str, (thick, space, dashed): (f32, f32, bool), colour: &str) {
    let (thick, space) = ((thick * 8.0).round().to_string(), space.round().clamp(0.0, 31.0).to_string());
    let kind = if dashed { "dashed" } else { "single" };
    xml.leaf(name, &[("w:val", kind), ("w:sz", &thick), ("w:space", &space), ("w:color", hex(colour))]);
}

fn words(xml: &mut Xml, mark: Mark, brand: &Look, scale: &Scale) {
    let id = mark.id();
    let mut attributes = vec![("w:type", "character")];
    if mark == Mark::Default {
        attributes.push(("w:default", "1"));
    }
    attributes.push(("w:styleId", id.as_str()));
    xml.open("w:style", &attributes);
    xml.leaf("w:name", &[("w:val", &mark.name())]);
    if mark != Mark::Default {
        xml.leaf("w:basedOn", &[("w:val", &Mark::Default.id())]);
        xml.leaf("w:qFormat", &[]);
        xml.open("w:rPr", &[]);
        looks_of_words(xml, mark, brand, scale);
        xml.close();
    }
    xml.close();
}

/// `CT_RPr`: rFonts, b, bCs, color, sz, szCs, u, bdr, shd, in this order (§17.3.2.28).
fn looks_of_words(xml: &mut Xml, mark: Mark, brand: &Look, scale: &Scale) {
    let edge = |xml: &mut Xml, thick: &str, colour: &str| {
        xml.leaf("w:bdr", &[("w:val", "single"), ("w:sz", thick), ("w:space", "0"), ("w:color", hex(colour))]);
    };
    match mark {
        Mark::Default => {}
        Mark::Strong => {
            xml.leaf("w:b", &[]);
            xml.leaf("w:bCs", &[]);
        }
        Mark::Link => {
            xml.leaf("w:color", &[("w:val", hex(&brand.colour))]);
            xml.leaf("w:u", &[("w:val", "single")]);
        }
        Mark::Tag => {
            edge(xml, "4", &brand.colour);
            xml.leaf("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", hex(&brand.tint))]);
        }
        Mark::Draft => {
            let space = [("w:val", "single"), ("w:sz", "6"), ("w:space", "2"), ("w:color", hex(&brand.ink))];
            xml.leaf("w:bdr", &space);
        }
        // Dark enough to be read: whoever clicks on it writes over it.
        Mark::Placeholder => xml.leaf("w:color", &[("w:val", "595959")]),
        // The font that Word itself gives to a box, as large as a pen wants it.
        Mark::Tick => {
            let font = "MS Gothic";
            xml.leaf("w:rFonts", &[("w:ascii", font), ("w:hAnsi", font), ("w:eastAsia", font), ("w:cs", font)]);
            size(xml, scale.body * 1.3);
        }
    }
}

/// `CT_TblPrBase` in a style: tblInd, tblBorders, tblCellMar (§17.4.60); borders are top, left, bottom, right, insideH,
/// insideV (§17.4.39), and margins top, left, bottom, right (§17.4.43).
fn table(xml: &mut Xml, table: TableStyle, scale: &Scale, brand: &Look) {
    let id = table.id();
    let mut attributes = vec![("w:type", "table")];
    if table == TableStyle::Default {
        attributes.push(("w:default", "1"));
    }
    attributes.push(("w:styleId", id.as_str()));
    xml.open("w:style", &attributes);
    xml.leaf("w:name", &[("w:val", &table.name())]);
    if table != TableStyle::Default {
        xml.leaf("w:basedOn", &[("w:val", &TableStyle::Default.id())]);
    }
    let Cells { lines, pad, stand, but } = cells(table, scale, brand);
    xml.open("w:tblPr", &[]);
    xml.leaf("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
    if !lines.is_empty() {
        xml.open("w:tblBorders", &[]);
        for line in &lines {
            edge(xml, line);
        }
        xml.close();
    }
    xml.open("w:tblCellMar", &[]);
    for (name, points) in ["w:top", "w:left", "w:bottom", "w:right"].into_iter().zip(pad) {
        xml.leaf(name, &[("w:w", &twips(points).to_string()), ("w:type", "dxa")]);
    }
    xml.close();
    xml.close();
    // What differs for some cells of a table: `tcPr` of all, then `tblStylePr` by part (§17.7.6.6).
    if stand.is_some() {
        xml.open("w:tcPr", &[]);
        stands(xml, stand);
        xml.close();
    }
    if let Some((part, lines, stand)) = but {
        let kind = match part {
            Part::FirstRow => "firstRow",
            Part::LastColumn => "lastCol",
        };
        xml.open("w:tblStylePr", &[("w:type", kind)]);
        xml.open("w:tcPr", &[]);
        xml.open("w:tcBorders", &[]);
        for line in &lines {
            if line.thick > 0.0 { edge(xml, line) } else { xml.leaf(name_of(line.edge), &[("w:val", "nil")]) }
        }
        xml.close();
        stands(xml, stand);
        xml.close();
        xml.close();
    }
    xml.close();
}

fn stands(xml: &mut Xml, stand: Option<Stand>) {
    match stand {
        None => {}
        Some(Stand::Centre) => xml.leaf("w:vAlign", &[("w:val", "center")]),
        Some(Stand::Bottom) => xml.leaf("w:vAlign", &[("w:val", "bottom")]),
    }
}

fn name_of(edge: Edge) -> &'static str {
    match edge {
        Edge::Top => "w:top",
        Edge::Left => "w:left",
        Edge::Bottom => "w:bottom",
        Edge::Right => "w:right",
        Edge::InsideRows => "w:insideH",
        Edge::InsideColumns => "w:insideV",
    }
}

fn edge(xml: &mut Xml, it: &CellLine<'_>) {
    line(xml, name_of(it.edge), (it.thick, 0.0, it.dashed), it.colour);
}
