//! The styles that have names, and the defaults (ODF 1.2 part 1, §16).
//!
//! In: the styles that the text names. Out: those and the ones that every paper has, so that whoever goes on writing finds what
//! they expect.

use super::fonts::{BOXES, CHINESE};
use super::lists::Lists;
use super::measure::{colour, line, pt};
use super::style_names::{Named as _, of_list};
use crate::doc::{Language, Meta};
use crate::render::brand::Look;
use crate::render::office::{
    Align, HANG, Line, Mark, NUMBER_HANG, ParagraphLook, Scale, Side, Style, Used, Within, indent, look,
};
use crate::render::xml::Xml;

/// The deepest level of lists in the standard.
const LEVELS: u8 = 10;

/// Writes the styles into the element that is open. `family` is that of plain English.
pub fn write(
    xml: &mut Xml,
    (mut used, lists): (Used, &Lists),
    (meta, brand): (&Meta, &Look),
    scale: &Scale,
    family: &str,
) {
    used.add_usual();
    defaults(xml, scale, (meta.language, brand), family);
    for style in &used.paragraphs {
        paragraph(xml, *style, (&look(*style, scale, brand, meta), meta.language));
    }
    for mark in used.marks.iter().filter(|mark| **mark != Mark::Default) {
        mark_of(xml, *mark, brand, scale);
    }
    for name in ["Frame", "Graphics"] {
        xml.open("style:style", &[("style:name", name), ("style:family", "graphic")]);
        xml.leaf(
            "style:graphic-properties",
            &[("fo:padding", "0mm"), ("fo:border", "none"), ("fo:margin", "0mm"), ("draw:fill", "none")],
        );
        xml.close();
    }
    for ordered in [false, true] {
        list(xml, (Within::Text, ordered), scale);
    }
    for of in lists.used.iter().filter(|(within, _)| *within != Within::Text) {
        list(xml, *of, scale);
    }
}

fn defaults(xml: &mut Xml, scale: &Scale, (language, brand): (Language, &Look), family: &str) {
    let size = pt(scale.body);
    let usual = ((Language::ENGLISH.tag(), "GB"), ("ar", "SA"));
    let own = (language.tag(), language.country().unwrap_or("none"));
    let (left, right) = if language.is_from_right() { (usual.0, own) } else { (own, usual.1) };
    xml.open("style:default-style", &[("style:family", "paragraph")]);
    let mut attributes = vec![("fo:orphans", "2"), ("fo:widows", "2"), ("style:tab-stop-distance", "12.7mm")];
    attributes.push(("style:writing-mode", writing_mode(language.is_from_right())));
    if language.is_from_right() {
        attributes.push(begins_at(true));
    }
    xml.leaf("style:paragraph-properties", &attributes);
    xml.leaf(
        "style:text-properties",
        &[
            ("style:use-window-font-color", "false"),
            ("fo:color", colour(&brand.ink)),
            ("style:font-name", family),
            ("style:font-name-asian", CHINESE),
            ("style:font-name-complex", family),
            ("fo:font-size", &size),
            ("style:font-size-asian", &size),
            ("style:font-size-complex", &size),
            ("fo:language", left.0),
            ("fo:country", left.1),
            ("style:language-asian", "zh"),
            ("style:country-asian", "CN"),
            ("style:language-complex", right.0),
            ("style:country-complex", right.1),
            ("fo:hyphenate", "false"),
        ],
    );
    xml.close();
    xml.open("style:default-style", &[("style:family", "table")]);
    xml.leaf("style:table-properties", &[("table:border-model", "collapsing")]);
    xml.close();
    xml.open("style:default-style", &[("style:family", "table-row")]);
    xml.leaf("style:table-row-properties", &[("fo:keep-together", "auto")]);
    xml.close();
}

/// The direction of what is written (§20.394).
pub fn writing_mode(is_from_right: bool) -> &'static str {
    if is_from_right { "rl-tb" } else { "lr-tb" }
}

/// The edge at which lines begin. `start` is the left to `LibreOffice`, whatever the direction.
pub fn begins_at(is_from_right: bool) -> (&'static str, &'static str) {
    ("fo:text-align", if is_from_right { "right" } else { "left" })
}

/// §16.2: a style with its parent and the one that follows it.
fn paragraph(xml: &mut Xml, style: Style, (look, language): (&ParagraphLook, Language)) {
    let (id, name) = (style.id(), style.name());
    let (base, next) = (look.based_on.map(Style::id), look.next.map(Style::id));
    let level = look.outline.map(|level| (level + 1).to_string());
    let mut attributes = vec![("style:name", id.as_str())];
    if name != id {
        attributes.push(("style:display-name", &name));
    }
    attributes.push(("style:family", "paragraph"));
    attributes.extend(base.as_deref().map(|base| ("style:parent-style-name", base)));
    attributes.extend(next.as_deref().map(|next| ("style:next-style-name", next)));
    attributes.extend(level.as_deref().map(|level| ("style:default-outline-level", level)));
    xml.open("style:style", &attributes);
    properties(xml, look, language);
    let size = look.size.map(pt);
    let mut attributes: Vec<(&'static str, &str)> = Vec::new();
    if look.bold {
        attributes.extend(BOLD);
    }
    attributes.extend(look.colour.as_deref().map(|it| ("fo:color", colour(it))));
    if let Some(size) = &size {
        attributes.extend(sizes(size));
    }
    if !attributes.is_empty() {
        xml.leaf("style:text-properties", &attributes);
    }
    xml.close();
}

const BOLD: [(&str, &str); 3] =
    [("fo:font-weight", "bold"), ("style:font-weight-asian", "bold"), ("style:font-weight-complex", "bold")];

fn sizes(size: &str) -> [(&'static str, &str); 3] {
    [("fo:font-size", size), ("style:font-size-asian", size), ("style:font-size-complex", size)]
}

/// §17.6. A line at the left stands between the margin and the words, so the margin is smaller by it.
fn properties(xml: &mut Xml, look: &ParagraphLook, language: Language) {
    let bar = look.borders.iter().find(|border| border.edge == Side::Left);
    let lengths =
        [look.left - bar.map_or(0.0, |bar| bar.thick + bar.space), look.right, -look.hanging, look.before, look.after]
            .map(pt);
    let [left, right, indent, before, after] = &lengths;
    let mut attributes = vec![
        ("fo:margin-left", left.as_str()),
        ("fo:margin-right", right),
        ("fo:text-indent", indent),
        ("fo:margin-top", before),
        ("fo:margin-bottom", after),
    ];
    let line_height = match look.line {
        Line::Single => ("fo:line-height", "100%".to_owned()),
        Line::AtLeast(points) => ("style:line-height-at-least", pt(points)),
        Line::Exactly(points) => ("fo:line-height", pt(points)),
    };
    attributes.push((line_height.0, &line_height.1));
    for (is_set, property) in [
        (look.keep_next, ("fo:keep-with-next", "always")),
        (look.keep_lines, ("fo:keep-together", "always")),
        (look.on_new_page, ("fo:break-before", "page")),
    ] {
        attributes.extend(is_set.then_some(property));
    }
    attributes.extend(look.align.map(|align| match align {
        Align::Centre => ("fo:text-align", "center"),
        Align::Right => ("fo:text-align", if language.is_from_right() { "left" } else { "end" }),
    }));
    let drawn: Vec<[(&'static str, String); 2]> = look
        .borders
        .iter()
        .map(|it| {
            let (border, padding) = match it.edge {
                Side::Top => ("fo:border-top", "fo:padding-top"),
                Side::Left if language.is_from_right() => ("fo:border-right", "fo:padding-right"),
                Side::Left => ("fo:border-left", "fo:padding-left"),
                Side::Bottom => ("fo:border-bottom", "fo:padding-bottom"),
            };
            [(border, line(it.thick, it.dashed, &it.colour)), (padding, pt(it.space))]
        })
        .collect();
    attributes.extend(drawn.iter().flatten().map(|(name, value)| (*name, value.as_str())));
    attributes.extend(look.shade.as_deref().map(|ground| ("fo:background-color", colour(ground))));
    if look.tabs.is_empty() {
        return xml.leaf("style:paragraph-properties", &attributes);
    }
    xml.open("style:paragraph-properties", &attributes);
    xml.open("style:tab-stops", &[]);
    for (at, is_right) in &look.tabs {
        let kind = if *is_right { "right" } else { "left" };
        xml.leaf("style:tab-stop", &[("style:position", &pt(*at)), ("style:type", kind)]);
    }
    xml.close();
    xml.close();
}

/// What words have besides their style: bold, a family of letters of another script, another language.
pub fn of_words(xml: &mut Xml, strong: bool, family: Option<&str>, language: Option<Language>) {
    let mut attributes: Vec<(&'static str, &str)> = Vec::new();
    if let Some(family) = family {
        attributes.extend(families(family));
    }
    if strong {
        attributes.extend(BOLD);
    }
    if let Some(language) = language {
        let country = language.country().unwrap_or("none");
        attributes.extend(if language.is_from_right() {
            [("style:language-complex", language.tag()), ("style:country-complex", country)]
        } else {
            [("fo:language", language.tag()), ("fo:country", country)]
        });
    }
    xml.leaf("style:text-properties", &attributes);
}

fn families(family: &str) -> [(&'static str, &str); 3] {
    [("style:font-name", family), ("style:font-name-asian", family), ("style:font-name-complex", family)]
}

fn mark_of(xml: &mut Xml, mark: Mark, brand: &Look, scale: &Scale) {
    let (id, name, large) = (mark.id(), mark.name(), pt(scale.body * 1.3));
    let mut attributes = vec![("style:name", id.as_str())];
    if name != id {
        attributes.push(("style:display-name", &name));
    }
    attributes.push(("style:family", "text"));
    xml.open("style:style", &attributes);
    let looks: Vec<(&'static str, &str)> = match mark {
        Mark::Default => Vec::new(),
        Mark::Strong => BOLD.to_vec(),
        Mark::Link => vec![
            ("fo:color", colour(&brand.colour)),
            ("style:text-underline-style", "solid"),
            ("style:text-underline-width", "auto"),
            ("style:text-underline-color", "font-color"),
        ],
        // The standard has no frame round words: their ground sets them apart.
        Mark::Tag => vec![("fo:color", colour(&brand.colour)), ("fo:background-color", colour(&brand.tint))],
        Mark::Draft => [&BOLD[..], &[("fo:background-color", colour(&brand.tint))]].concat(),
        // Dark enough to be read: whoever clicks on it writes over it.
        Mark::Placeholder => vec![("fo:color", "#595959")],
        // As large as a pen wants it.
        Mark::Tick => families(BOXES).into_iter().chain(sizes(&large)).collect(),
    };
    xml.leaf("style:text-properties", &looks);
    xml.close();
}

/// §16.30: how the lists of a kind count, level by level.
fn list(xml: &mut Xml, (within, ordered): (Within, bool), s: &Scale) {
    let name = of_list(within, ordered);
    let id = name.replace(' ', "_20_");
    let mut attributes = vec![("style:name", id.as_str())];
    if name != id {
        attributes.push(("style:display-name", &name));
    }
    xml.open("text:list-style", &attributes);
    for level in 1..=LEVELS {
        let hang = if ordered { NUMBER_HANG } else { HANG } * s.k;
        let left = pt(indent(within) + HANG * s.k * f32::from(level - 1) + hang);
        let level = level.to_string();
        if ordered {
            let counts = [("text:level", level.as_str()), ("style:num-suffix", "."), ("style:num-format", "1")];
            xml.open("text:list-level-style-number", &counts);
        } else {
            xml.open("text:list-level-style-bullet", &[("text:level", &level), ("text:bullet-char", "•")]);
        }
        xml.open("style:list-level-properties", &[("text:list-level-position-and-space-mode", "label-alignment")]);
        xml.leaf(
            "style:list-level-label-alignment",
            &[
                ("text:label-followed-by", "listtab"),
                ("text:list-tab-stop-position", &left),
                ("fo:text-indent", &pt(-hang)),
                ("fo:margin-left", &left),
            ],
        );
        xml.close();
        xml.close();
    }
    xml.close();
}

/// The styles of frames that a part with text names: one with a place on the sheet, and one in a line.
pub fn frames(xml: &mut Xml) {
    let open = |xml: &mut Xml, name: &str, parent: &str| {
        let attributes = [("style:name", name), ("style:family", "graphic"), ("style:parent-style-name", parent)];
        xml.open("style:style", &attributes);
    };
    open(xml, "fr1", "Frame");
    xml.leaf(
        "style:graphic-properties",
        &[
            ("style:wrap", "run-through"),
            ("style:run-through", "foreground"),
            ("style:flow-with-text", "false"),
            ("style:vertical-pos", "from-top"),
            ("style:vertical-rel", "page"),
            ("style:horizontal-pos", "from-left"),
            ("style:horizontal-rel", "page"),
        ],
    );
    xml.close();
    open(xml, "fr2", "Graphics");
    xml.leaf("style:graphic-properties", &[("style:vertical-pos", "top"), ("style:vertical-rel", "baseline")]);
    xml.close();
}
