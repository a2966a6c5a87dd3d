//! The pages: their layouts, and the styles of pages with what runs from one to the next (ODF 1.2 part 1, §16.5, §16.9).
//!
//! In: a paper. Out: the layouts and the styles: of the first page, of every other, and of a sheet of its own. The measures are
//! those of our theme.

use super::automatic::Start;
use super::elements::Text;
use super::measure::mm;
use super::style::writing_mode;
use crate::doc::Layout;
use crate::render::office::{self, Body, MARGINS, SHEET, Style, UNDER_WINDOW};
use crate::render::xml::Xml;

/// The millimetres between the text and the running foot.
const OVER_FOOT: f32 = 5.0;

/// What a page has at its top.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Top {
    Head,
    /// Nothing, and the text begins where every other page has it.
    Text,
    /// Nothing, and the text begins under the window of an envelope.
    Window,
}

fn of_first_page(body: &Body<'_, Text<'_>>) -> Top {
    let meta = &body.document.meta;
    if meta.layout == Layout::Letter {
        Top::Window
    } else if office::marks_first_page(meta) {
        Top::Head
    } else {
        Top::Text
    }
}

/// Writes the layouts into the element that is open.
pub fn layouts(xml: &mut Xml, body: &Body<'_, Text<'_>>) {
    let mode = writing_mode(body.document.meta.language.is_from_right());
    layout(xml, ("pm1", mode), Top::Head, "all");
    layout(xml, ("pm2", mode), of_first_page(body), "all");
    layout(xml, ("pm3", mode), Top::Head, "right");
}

/// §16.5: a head and a foot take their room from the text, and grow into it.
fn layout(xml: &mut Xml, (name, mode): (&str, &str), top: Top, usage: &str) {
    let [above, right, below, left, head, foot] = MARGINS;
    let (top_margin, head_room) = match top {
        Top::Head => (head, Some(above - head)),
        Top::Text => (above, None),
        Top::Window => (UNDER_WINDOW, None),
    };
    xml.open("style:page-layout", &[("style:name", name), ("style:page-usage", usage)]);
    let lengths = [SHEET[0], SHEET[1], top_margin, foot, left, right].map(mm);
    let [wide, high, top, bottom, left, right] = &lengths;
    xml.leaf(
        "style:page-layout-properties",
        &[
            ("fo:page-width", wide),
            ("fo:page-height", high),
            ("style:print-orientation", "portrait"),
            ("fo:margin-top", top),
            ("fo:margin-bottom", bottom),
            ("fo:margin-left", left),
            ("fo:margin-right", right),
            ("style:writing-mode", mode),
        ],
    );
    if let Some(room) = head_room {
        xml.open("style:header-style", &[]);
        let sizes = [("fo:min-height", mm(room)), ("fo:margin-bottom", mm(0.0))];
        xml.leaf("style:header-footer-properties", &sizes.each_ref().map(|(name, length)| (*name, length.as_str())));
        xml.close();
    }
    xml.open("style:footer-style", &[]);
    let sizes = [("fo:min-height", mm(below - foot - OVER_FOOT)), ("fo:margin-top", mm(OVER_FOOT))];
    xml.leaf("style:header-footer-properties", &sizes.each_ref().map(|(name, length)| (*name, length.as_str())));
    xml.close();
    xml.close();
}

/// Writes the styles of pages, in place of the text that is being written.
pub fn masters(body: &mut Body<'_, Text<'_>>) {
    let first = of_first_page(body);
    let first_page = [("style:display-name", "First Page"), ("style:next-style-name", "Standard")];
    let sheet = [("style:display-name", "Own Sheet"), ("style:next-style-name", "Standard")];
    master(body, ("Standard", "pm1"), &[], Top::Head);
    master(body, (Start::First.page(), "pm2"), &first_page, first);
    master(body, (Start::Sheet.page(), "pm3"), &sheet, Top::Head);
}

fn master(body: &mut Body<'_, Text<'_>>, (name, layout): (&str, &str), more: &[(&'static str, &str)], top: Top) {
    let attributes = [&[("style:name", name), ("style:page-layout-name", layout)], more].concat();
    body.to.xml.open("style:master-page", &attributes);
    if top == Top::Head {
        body.to.xml.open("style:header", &[]);
        if office::is_marked(&body.document.meta) {
            office::head(body);
        } else {
            body.empty(Style::Header);
        }
        body.to.xml.close();
    }
    body.to.xml.open("style:footer", &[]);
    office::foot(body);
    body.to.xml.close();
    body.to.xml.close();
}
