//! The units of Word.
//!
//! In: points and millimetres. Out: whole numbers.

use crate::render::office::{points, whole};

/// Twentieths of a point, from points.
pub fn twips(points: f32) -> i32 {
    whole(points * 20.0)
}

/// Twentieths of a point, from millimetres.
pub fn twips_of(millimetres: f32) -> i32 {
    twips(points(millimetres))
}

/// The unit of drawings, 36,000 to the millimetre (ECMA-376 part 1, §20.1.2.1), from millimetres.
pub fn emu(millimetres: f32) -> i32 {
    whole(millimetres * 36_000.0)
}
