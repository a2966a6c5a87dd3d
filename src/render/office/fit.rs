//! Fits a letter to its pages: where its text would run a little over, it has less air, so that no last page holds three lines
//! and a signature. A letter that is longer in any case keeps its air.
//!
//! In: a paper. Out: its scale. The height is reckoned by rules of thumb, from counts of letters:
//! no program that opens a paper says how high it sets it. They are those of our theme (`theme/fit.typ`);
//! but office programs take somewhat more room for a page, so some letters have less air here that have not in our PDF.

use super::measure::{COLUMN, MARGINS, SHEET, Scale, UNDER_WINDOW, many, points};
use crate::doc::{Block, Detail, Document, Layout, ListItem, are_easy, plain};
use crate::render::brand::Look;

/// How far a letter may run over one page, or over more, and still fit with less air. Of a single page the rules of thumb make
/// somewhat too much.
const MOST: (f32, f32) = (1.21, 1.15);

/// The scale of a paper: with less air if it is a letter whose text would run a little over its pages.
pub fn scale(document: &Document, look: &Look) -> Scale {
    let airy = Scale::of(&document.meta, look);
    if runs_a_little_over(document, &airy) { airy.close() } else { airy }
}

/// Whether the text of a letter runs over its pages by no more than less air makes up for.
fn runs_a_little_over(document: &Document, scale: &Scale) -> bool {
    // Words in easy read keep their air.
    if document.meta.layout != Layout::Letter || are_easy(&document.blocks) {
        return false;
    }
    // What begins on a page of its own is no part of it.
    let turns = |block: &Block| matches!(block, Block::PageBreak | Block::Language { .. });
    let text = document.blocks.split(turns).next().unwrap_or_default();
    let all = heights(text, scale, points(COLUMN));
    let first = points(SHEET[1] - MARGINS[2] - UNDER_WINDOW);
    let other = points(SHEET[1] - MARGINS[0] - MARGINS[2]);
    let others = ((all - first) / other).floor().max(0.0);
    let (room, most) = if others > 0.0 { (first + others * other, MOST.1) } else { (first, MOST.0) };
    all > room && all <= room * most
}

fn heights(blocks: &[Block], s: &Scale, wide: f32) -> f32 {
    blocks.iter().map(|block| height(block, s, wide)).sum()
}

/// About how high a block is, with the space under it.
fn height(block: &Block, s: &Scale, wide: f32) -> f32 {
    let leading = s.line - s.body;
    // The space between two paragraphs, and what is round a row.
    let (gap, pad, label, field) = (2.0 * s.step, s.step, points(38.0) * s.k, points(10.0) * s.k);
    // Lines are somewhat longer than half an em a letter has them.
    let of = |letters: usize, room: f32| (many(letters) * 0.95 * 0.52 * s.body / room).ceil().max(1.0) * s.line;
    match block {
        Block::Heading { level, c } => {
            let (size, above, below) = if *level <= 1 { (14.4, 4.0, 2.0) } else { (12.0, 3.0, 1.0) };
            let size = size * s.k;
            (many(plain(c).chars().count()) * 0.56 * size / wide).ceil() * 1.2 * size + (above + below) * s.step
                - leading
        }
        Block::Paragraph { c } => of(plain(c).chars().count(), wide) + gap - leading,
        Block::List { items, .. } => {
            let item = |item: &ListItem| of(letters(&item.blocks), wide - 24.0 * s.k);
            items.iter().map(item).sum::<f32>() + gap - leading
        }
        Block::Details { rows } => {
            let row = |row: &Detail| of(letters(&row.blocks), wide - label) + pad;
            rows.iter().map(row).sum::<f32>() + 5.0 * s.step
        }
        Block::Notice { blocks } => of(letters(blocks), wide - 12.0) + 6.0 * s.step,
        Block::Columns { .. } => s.line + 2.0 * s.step,
        Block::Closing { blocks } => many(blocks.len()) * s.line + 11.0 * s.step,
        Block::Rule => 4.0 * s.step,
        Block::Field { half, .. } => (s.line + s.step + field + gap) / if *half { 2.0 } else { 1.0 },
        Block::Signature { .. } => s.line + s.step + field + 5.0 * s.step,
        Block::Quote { blocks }
        | Block::Decision { blocks }
        | Block::Keep { blocks }
        | Block::Language { blocks, .. }
        | Block::Card { blocks }
        | Block::Idea { blocks, .. } => heights(blocks, s, wide),
        Block::Table { .. } | Block::Contents | Block::PageBreak => 3.0 * s.line,
    }
}

/// About how many letters some blocks have.
pub fn letters(blocks: &[Block]) -> usize {
    let of = |block: &Block| match block {
        Block::Paragraph { c } | Block::Heading { c, .. } => plain(c).chars().count(),
        Block::List { items, .. } => items.iter().map(|item| letters(&item.blocks)).sum(),
        _ => 200,
    };
    blocks.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Inline, Size};
    use crate::render::office::any;

    fn has_less_air(layout: Layout, paragraphs: usize) -> bool {
        let words =
            vec![Inline::Text("A line of a letter that takes about one line of it and then some more.".to_owned())];
        let blocks = vec![Block::Paragraph { c: words }; paragraphs];
        let document = any::document(layout, Size::Standard, blocks);
        scale(&document, &any::look()).line < 18.0
    }

    #[test]
    fn a_letter_has_less_air_only_where_it_runs_a_little_over_its_pages() {
        let close: Vec<usize> = (1..60).filter(|paragraphs| has_less_air(Layout::Letter, *paragraphs)).collect();
        let first = close[0];
        assert!(first > 6 && !has_less_air(Layout::Letter, first - 1), "{close:?}");
        // Some more, and it has a second page with air; then the same at the end of that one.
        let again = (first..first + 20)
            .find(|paragraphs| !has_less_air(Layout::Letter, *paragraphs))
            .expect("it keeps its air");
        assert!(again - first <= 6 && close.iter().any(|paragraphs| *paragraphs > again + 6), "{close:?}");
        assert!((1..60).all(|paragraphs| !has_less_air(Layout::Report, paragraphs)));
    }
}
