//! Measures of a paper: its sheet, and what grows with its reader's size.
//!
//! In: a paper. Out: its scale, in points. The measures are those of our theme (`theme/brand.typ`), so that a paper has one look
//! in all formats.

use crate::doc::{Meta, Size};
use crate::render::brand::Look;

/// The width of the text, in millimetres.
pub const COLUMN: f32 = 155.0;
/// The sheet, A4: its width and height, in millimetres.
pub const SHEET: [f32; 2] = [210.0, 297.0];
/// The millimetres from the edges of the sheet to the text, at the top, right, bottom and left; then to the running head from
/// the top, and to the running foot from the bottom.
pub const MARGINS: [f32; 6] = [25.0, 30.0, 24.0, 25.0, 12.5, 10.0];
/// The millimetres from the top of a letter to its text, under the window.
pub const UNDER_WINDOW: f32 = 97.0;

/// What grows with the reader's size, in points.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// How much larger than standard it is.
    pub k: f32,
    /// Running text.
    pub body: f32,
    /// From one line to the next.
    pub line: f32,
    /// The unit of vertical space.
    pub step: f32,
    /// Running head and foot.
    pub small: f32,
}

impl Scale {
    /// The scale of a paper.
    pub fn of(meta: &Meta, look: &Look) -> Self {
        let points = match meta.size {
            Size::Standard => 12.0,
            Size::LargePrint => many(look.large_print as usize),
            Size::Points(points) => f32::from(points),
        };
        let k = points / 12.0;
        Self { k, body: points, line: 18.0 * k, step: 6.0 * k, small: (10.0 * k).min(13.5) }
    }

    /// The same with less air between lines and between paragraphs.
    pub fn close(self) -> Self {
        Self { line: self.line - self.k, step: self.step * 0.75, ..self }
    }
}

/// Points, from millimetres.
pub fn points(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// The nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "no measure of a page is near the largest number")]
pub fn whole(measure: f32) -> i32 {
    measure.round() as i32
}

/// A count as a measure.
#[expect(clippy::cast_precision_loss, reason = "letters, lines and pixels are few")]
pub fn many(count: usize) -> f32 {
    count as f32
}
