//! How cells look: fonts, borders, colours, formats of numbers.
//!
//! Nothing is said by colour alone: what is needed has a star, what comes later stands in italics, what is restricted says so
//! in words at its head and on every printed page.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern};

use super::super::plan::Kind;

/// The formats of a workbook.
pub struct Look {
    /// The heading of a column that every row needs.
    pub needed: Format,
    /// The heading of another.
    pub heading: Format,
    /// The heading of one that is filled in later.
    pub later: Format,
    /// The heading of one that only few may see.
    pub restricted: Format,
    /// A label.
    pub label: Format,
    /// A remark of ours.
    pub help: Format,
    /// A cell that takes nothing.
    pub nothing: Format,
    /// A link to a sheet.
    pub link: Format,
    /// A sentence beside a table.
    pub aside: Format,
    text: Format,
    day: Format,
    clock: Format,
    number: Format,
    /// What is needed and not there yet.
    pub missing: Format,
    /// What few may read.
    pub few: Format,
    /// Somebody who no longer takes part.
    pub gone: Format,
}

/// Arial is on every machine; `LibreOffice` has one of the same widths.
const FONT: &str = "Arial";
const GRID: Color = Color::RGB(0x009A_A5B1);

impl Look {
    /// All of them.
    pub fn new() -> Self {
        let plain = || Format::new().set_font_name(FONT).set_font_size(11).set_text_wrap().set_align(FormatAlign::Top);
        let cell = || plain().set_border(FormatBorder::Thin).set_border_color(GRID);
        let left = |format: Format| format.set_align(FormatAlign::Left).set_align(FormatAlign::Top);
        let on = |format: Format, colour: u32| format.set_background_color(Color::RGB(colour));
        let white = |format: Format| format.set_font_color(Color::White);
        Self {
            needed: white(on(cell().set_bold(), 0x001F_3A4D)),
            heading: on(cell().set_bold(), 0x00DC_E6EC),
            later: on(cell().set_bold().set_italic(), 0x00F3_EDD9),
            restricted: white(on(cell().set_bold(), 0x008C_1A1A)),
            label: cell().set_bold(),
            help: cell().set_font_size(10).set_italic().set_font_color(Color::RGB(0x0040_4040)),
            nothing: cell().set_pattern(FormatPattern::Gray0625).set_font_color(Color::RGB(0x005A_6470)),
            link: cell()
                .set_underline(rust_xlsxwriter::FormatUnderline::Single)
                .set_font_color(Color::RGB(0x000B_4F8A)),
            aside: plain().set_bold(),
            text: cell().set_num_format("@"),
            day: left(cell()).set_num_format("ddd d mmm yyyy"),
            clock: left(cell()).set_num_format("hh:mm"),
            number: left(cell()).set_num_format("0"),
            missing: Format::new()
                .set_pattern(FormatPattern::LightUp)
                .set_foreground_color(Color::RGB(0x00B3_5C00))
                .set_background_color(Color::RGB(0x00FF_F3DC)),
            few: Format::new().set_bold().set_italic().set_font_color(Color::RGB(0x008C_1A1A)),
            gone: Format::new().set_font_strikethrough(),
        }
    }

    /// The format of a cell of a kind.
    pub fn of(&self, kind: Kind) -> &Format {
        match kind {
            Kind::Day | Kind::Due => &self.day,
            Kind::Clock => &self.clock,
            Kind::Whole => &self.number,
            _ => &self.text,
        }
    }
}
