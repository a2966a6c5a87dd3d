//! The places of what does not stand in the text, as a window envelope and the running head have them.
//!
//! In: a style. Out: its place on the first page.

use super::looks::SENDER;
use super::measure::{COLUMN, Scale};
use super::style::Style;

/// A place on the page, in millimetres from its corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    /// The height, if it is fixed.
    pub height: Option<f32>,
}

/// The place of a paragraph of a style; `None` for what stands in the text.
pub fn place(style: Style, s: &Scale) -> Option<Frame> {
    let frame = |x, y, width, height| Some(Frame { x, y, width, height });
    match style {
        Style::LogoOfLetter => frame(25.0, 8.0, 95.0, Some(22.0)),
        // In large print the word for a draft turns over under the marking, so both begin higher.
        Style::MarkingOfLetter => frame(125.0, if s.k > 1.0 { 8.0 } else { 12.5 }, 65.0, None),
        Style::Marking => frame(25.0, 12.0, COLUMN, None),
        Style::SenderName(fit) | Style::SenderFirst(fit) | Style::Sender(fit) => {
            frame(125.0, SENDER[usize::from(fit)].1, 60.0, None)
        }
        Style::Address(_) => frame(25.0, 40.6, 94.5, Some(25.7)),
        _ => None,
    }
}
