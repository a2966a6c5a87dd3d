//! Measures of a paper: what grows with its reader's size, and the units of Word.
//!
//! In: the size of a paper. Out: its scale, in points. The measures are those of our theme (`theme/brand.typ`), so that a
//! paper has one look in both formats.

use crate::doc::{Meta, Size};
use crate::render::brand::Look;

/// The width of the text, in millimetres.
pub const COLUMN: f32 = 155.0;

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
}

/// Twentieths of a point, from points.
pub fn twips(points: f32) -> i32 {
    whole(points * 20.0)
}

/// Points, from millimetres.
pub fn points(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// Twentieths of a point, from millimetres.
pub fn twips_of(millimetres: f32) -> i32 {
    twips(points(millimetres))
}

/// The unit of drawings, 36,000 to the millimetre (ECMA-376 part 1, §20.1.2.1), from millimetres.
pub fn emu(millimetres: f32) -> i32 {
    whole(millimetres * 36_000.0)
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
