//! How each style of paragraphs looks, in points and the council's colours.
//!
//! In: a style, the scale of the paper and the look of its council. Out: a [`ParagraphLook`]. The measures are those of our
//! theme, less what office programs add of themselves: a line of the theme begins at its letters, one of theirs at the leading
//! above them.

use super::measure::{COLUMN, MARGINS, Scale, UNDER_WINDOW, points};
use super::style::{Style, Within};
use crate::doc::{Layout, Meta};
use crate::render::brand::Look;

/// The grey of hairlines, and of the running foot.
pub const HAIR: &str = "#a9b3b0";
pub const QUIET: &str = "#4a4f4e";

/// How the lines of a paragraph stand.
#[derive(Debug, Clone, Copy)]
pub enum Line {
    /// As its font has it.
    Single,
    /// That many points from one to the next, or more where something higher is in it.
    AtLeast(f32),
    /// That many points.
    Exactly(f32),
}

/// An edge of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Top,
    Left,
    Bottom,
}

/// Where the lines of a paragraph begin or end; at the left, unless it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Centre,
    Right,
}

/// A line at an edge of a paragraph: its thickness, its distance from the text, its colour, whether it is dashed.
#[derive(Debug, Clone)]
pub struct Border {
    pub edge: Side,
    pub thick: f32,
    pub space: f32,
    pub colour: String,
    pub dashed: bool,
}

/// How a paragraph looks. Lengths are in points.
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own in the standard")]
#[derive(Debug, Clone)]
pub struct ParagraphLook {
    pub based_on: Option<Style>,
    pub next: Option<Style>,
    pub keep_next: bool,
    pub keep_lines: bool,
    pub on_new_page: bool,
    pub borders: Vec<Border>,
    pub shade: Option<String>,
    /// Stops of tabs, each with whether it is at the right.
    pub tabs: Vec<(f32, bool)>,
    pub before: f32,
    pub after: f32,
    pub line: Line,
    pub left: f32,
    pub hanging: f32,
    pub right: f32,
    pub align: Option<Align>,
    /// The level in the list of headings, from 0.
    pub outline: Option<u8>,
    pub bold: bool,
    pub colour: Option<String>,
    pub size: Option<f32>,
}

impl ParagraphLook {
    fn plain(line: Line) -> Self {
        Self {
            based_on: Some(Style::Normal),
            next: None,
            keep_next: false,
            keep_lines: false,
            on_new_page: false,
            borders: Vec::new(),
            shade: None,
            tabs: Vec::new(),
            before: 0.0,
            after: 0.0,
            line,
            left: 0.0,
            hanging: 0.0,
            right: 0.0,
            align: None,
            outline: None,
            bold: false,
            colour: None,
            size: None,
        }
    }
}

/// The sizes of an address: letters, and from one line to the next. The largest has five lines in the window, the last nine.
pub const ADDRESS: [(f32, f32); 5] = [(11.0, 14.0), (10.5, 12.4), (9.5, 10.5), (8.5, 9.3), (8.0, 8.3)];
/// From one line of the sender to the next, at 10 points; and the millimetres from the top of the page.
pub const SENDER: [(f32, f32); 6] =
    [(14.0, 40.8), (12.5, 40.8), (14.0, 30.0), (12.5, 30.0), (11.0, 40.8), (11.0, 30.0)];
/// The sizes of a name on a card.
pub const CARD: [f32; 5] = [48.0, 36.0, 28.0, 22.0, 16.0];
/// The indent of a list, from one level to the next, before it grows with the paper.
pub const HANG: f32 = 18.0;
/// The same for a numbered list, and for one of boxes.
pub const NUMBER_HANG: f32 = 24.0;

/// The indent of what stands in something, before it grows with the paper.
pub fn indent(within: Within) -> f32 {
    match within {
        Within::Text => 0.0,
        Within::Quote => 18.0,
        Within::Notice | Within::Decision => 13.5,
    }
}

/// The look of a style.
pub fn look(style: Style, s: &Scale, brand: &Look, meta: &Meta) -> ParagraphLook {
    let plain = || ParagraphLook::plain(Line::AtLeast(s.line));
    let single = || ParagraphLook::plain(Line::Single);
    match style {
        Style::Normal => ParagraphLook { based_on: None, after: s.step, ..plain() },
        Style::Body(within) => in_a(within, ParagraphLook { after: s.step, ..plain() }, s, brand),
        Style::AfterTable => {
            ParagraphLook { based_on: Some(Style::Body(Within::Text)), before: 2.0 * s.step, after: s.step, ..plain() }
        }
        Style::AfterList => {
            let list = if meta.layout == Layout::Letter { s.step } else { 4.0 * s.k };
            ParagraphLook { based_on: Some(Style::Body(Within::Text)), before: list, after: s.step, ..plain() }
        }
        Style::Clause => ParagraphLook { hanging: points(10.0), after: s.step, ..plain() },
        Style::CardTitle => {
            ParagraphLook { bold: true, colour: Some(QUIET.to_owned()), size: Some(s.small), after: s.step, ..single() }
        }
        Style::Title | Style::Heading(_) => heading(style, s, brand, meta.layout),
        Style::Subtitle => ParagraphLook {
            after: 2.0 * s.step,
            size: Some(14.4 * s.k),
            next: Some(Style::Body(Within::Text)),
            ..single()
        },
        Style::Bullet(within, level) | Style::Number(within, level) | Style::Continue(within, level) => {
            let hang = if matches!(style, Style::Number(..)) { NUMBER_HANG } else { HANG } * s.k;
            let left = HANG * s.k * f32::from(level - 1) + hang;
            let hanging = if matches!(style, Style::Continue(..)) { 0.0 } else { hang };
            in_a(within, ParagraphLook { after: list_gap(s, meta), left, hanging, ..plain() }, s, brand)
        }
        Style::Tick(within) | Style::TickContinue(within) => {
            let left = NUMBER_HANG * s.k;
            let hanging = if matches!(style, Style::Tick(_)) { left } else { 0.0 };
            in_a(within, ParagraphLook { after: list_gap(s, meta), left, hanging, ..plain() }, s, brand)
        }
        Style::Divider => {
            let cut = meta.layout == Layout::Letter;
            let (thick, colour) = if cut { (0.75, brand.ink.clone()) } else { (0.5, HAIR.to_owned()) };
            let border = Border { edge: Side::Bottom, thick, space: 1.0, colour, dashed: cut };
            let (before, after) = if cut { (s.step, 2.0 * s.step) } else { (2.0 * s.step, 4.0 * s.step) };
            ParagraphLook { borders: vec![border], before, after, size: Some(4.0), ..single() }
        }
        Style::Caption => ParagraphLook { bold: true, keep_next: true, before: s.step, after: 0.0, ..plain() },
        Style::TableText | Style::Value | Style::ClosingLine | Style::AddressLine => plain(),
        Style::TableHead | Style::FieldLabel => ParagraphLook { bold: true, keep_next: true, ..plain() },
        Style::Term => ParagraphLook { bold: true, keep_next: s.k >= 1.5, ..plain() },
        Style::FieldHelp | Style::SignLabel => ParagraphLook { keep_next: true, ..plain() },
        Style::Entry => ParagraphLook { keep_lines: true, ..plain() },
        Style::Signed => ParagraphLook { bold: true, keep_next: true, before: 2.0 * s.step, ..plain() },
        Style::Sides => ParagraphLook { tabs: vec![(points(COLUMN), true)], after: 2.0 * s.step, ..plain() },
        Style::Closing => {
            ParagraphLook { keep_next: true, before: 2.0 * s.step, next: Some(Style::ClosingName), ..plain() }
        }
        Style::ClosingName => {
            ParagraphLook { bold: true, before: 8.0 * s.step, next: Some(Style::ClosingLine), ..plain() }
        }
        Style::TocHeading => ParagraphLook {
            keep_next: true,
            bold: true,
            colour: Some(brand.colour.clone()),
            size: Some(20.7 * s.k),
            before: 3.0 * s.step,
            after: s.step,
            ..single()
        },
        Style::Toc => ParagraphLook { after: 0.0, next: Some(Style::Body(Within::Text)), ..plain() },
        Style::Header => ParagraphLook { align: Some(Align::Centre), bold: true, size: Some(s.small), ..single() },
        Style::Footer => ParagraphLook { size: Some(s.small), colour: Some(QUIET.to_owned()), ..single() },
        Style::PageNumber => ParagraphLook { based_on: Some(Style::Footer), align: Some(Align::Right), ..single() },
        Style::Letterhead => {
            ParagraphLook { size: Some(1.0), line: Line::Exactly(points(UNDER_WINDOW - MARGINS[4])), ..single() }
        }
        Style::Turn => ParagraphLook { size: Some(1.0), line: Line::Exactly(1.0), on_new_page: true, ..single() },
        Style::Anchor => ParagraphLook { size: Some(1.0), line: Line::Exactly(1.0), ..single() },
        Style::Gap => ParagraphLook { size: Some(1.0), line: Line::Exactly(s.step), ..single() },
        Style::CardName(fit) => ParagraphLook {
            align: Some(Align::Centre),
            bold: true,
            keep_next: true,
            size: Some(CARD[usize::from(fit)]),
            ..single()
        },
        Style::CardLine => {
            ParagraphLook { align: Some(Align::Centre), before: 4.0, size: Some(16.0_f32.min(20.0 * s.k)), ..single() }
        }
        Style::Logo
        | Style::LogoOfLetter
        | Style::Marking
        | Style::MarkingOfLetter
        | Style::SenderName(_)
        | Style::SenderFirst(_)
        | Style::Sender(_)
        | Style::Address(_) => placed(style, s, brand),
    }
}

/// The space between two items of a list. A letter is fitted to its pages: what is asked stands close.
fn list_gap(s: &Scale, meta: &Meta) -> f32 {
    if meta.layout == Layout::Letter { 0.0 } else { 2.0 * s.k }
}

/// What has a place of its own on the first page.
fn placed(style: Style, s: &Scale, brand: &Look) -> ParagraphLook {
    let single = || ParagraphLook::plain(Line::Single);
    let word_mark = |look: ParagraphLook| ParagraphLook {
        bold: true,
        colour: Some(brand.colour.clone()),
        size: Some(17.3),
        ..look
    };
    let small = |look: ParagraphLook| ParagraphLook { bold: true, size: Some(s.small), ..look };
    match style {
        Style::LogoOfLetter => word_mark(single()),
        Style::MarkingOfLetter => small(single()),
        Style::Marking => small(ParagraphLook { align: Some(Align::Centre), ..single() }),
        Style::SenderName(fit) | Style::SenderFirst(fit) | Style::Sender(fit) => {
            let (line, _) = SENDER[usize::from(fit)];
            ParagraphLook {
                bold: matches!(style, Style::SenderName(_)),
                before: if matches!(style, Style::SenderFirst(_)) { 19.0 - line } else { 0.0 },
                size: Some(10.0),
                line: Line::Exactly(line),
                ..single()
            }
        }
        Style::Address(fit) => {
            let (size, line) = ADDRESS[usize::from(fit)];
            ParagraphLook { size: Some(size), line: Line::Exactly(line), ..single() }
        }
        // The mark over a report or a form, in the text.
        _ => word_mark(ParagraphLook { after: 4.0 * s.step, keep_next: true, ..single() }),
    }
}

fn heading(style: Style, s: &Scale, brand: &Look, layout: Layout) -> ParagraphLook {
    let place = match style {
        Style::Heading(level) => usize::from(level),
        _ => 0,
    };
    // Size, then space above and below in steps, as in the theme. Levels below the fourth look like it.
    let sizes: [(f32, f32, f32); 4] = match layout {
        Layout::Letter | Layout::Labels => [(14.4, 2.5, 0.5), (12.0, 1.5, 0.0), (12.0, 1.5, 0.0), (12.0, 1.5, 0.0)],
        Layout::Report => [(30.0, 0.0, 1.5), (20.7, 3.5, 1.0), (14.4, 1.5, 0.0), (12.0, 1.5, 0.0)],
        Layout::Form => [(20.7, 0.0, 1.5), (14.4, 2.0, 0.5), (12.0, 2.0, 0.5), (12.0, 2.0, 0.0)],
    };
    let (size, above, below) = sizes[place.min(3)];
    ParagraphLook {
        next: Some(Style::Body(Within::Text)),
        keep_next: true,
        keep_lines: true,
        before: above * s.step,
        after: below * s.step,
        outline: place.checked_sub(1).and_then(|level| u8::try_from(level).ok()),
        bold: true,
        colour: Some(brand.colour.clone()),
        size: Some(size * s.k),
        ..ParagraphLook::plain(Line::Single)
    }
}

/// A paragraph that stands in something: with its indent, its bar and its ground.
fn in_a(within: Within, mut look: ParagraphLook, s: &Scale, brand: &Look) -> ParagraphLook {
    let bar = |thick: f32, colour: &str| {
        let space = indent(within) - thick;
        Border { edge: Side::Left, thick, space, colour: colour.to_owned(), dashed: false }
    };
    look.left += indent(within);
    match within {
        Within::Text => {}
        Within::Quote => look.borders.push(bar(2.0, HAIR)),
        Within::Notice => {
            look.borders.push(bar(3.0, &brand.accent));
            look.before = s.step;
        }
        Within::Decision => {
            let edge = |edge| Border { edge, thick: 0.5, space: 5.0, colour: brand.tint.clone(), dashed: false };
            look.borders.extend([edge(Side::Top), bar(3.0, &brand.accent), edge(Side::Bottom)]);
            look.shade = Some(brand.tint.clone());
        }
    }
    look
}
