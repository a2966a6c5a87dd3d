//! The headings of a document in order, with the ids that links find them by, the same in all formats.

use crate::doc::{Block, Inline};

/// A heading, and its number among all.
pub struct Headed<'d> {
    /// Its level, 1 for the title.
    pub level: u8,
    /// Its words.
    pub c: &'d [Inline],
    /// Its number, from 1.
    pub number: usize,
}

/// The id of the heading with a number.
pub fn id(number: usize) -> String {
    format!("part-{number}")
}

/// Every heading, in the order in which a writer meets them.
pub fn outline(blocks: &[Block]) -> Vec<Headed<'_>> {
    let mut found = Vec::new();
    collect(blocks, &mut found);
    found
}

fn collect<'d>(blocks: &'d [Block], found: &mut Vec<Headed<'d>>) {
    for block in blocks {
        match block {
            Block::Heading { level, c } => found.push(Headed { level: *level, c, number: found.len() + 1 }),
            Block::List { items, .. } => items.iter().for_each(|item| collect(&item.blocks, found)),
            Block::Details { rows } => rows.iter().for_each(|row| collect(&row.blocks, found)),
            Block::Quote { blocks }
            | Block::Notice { blocks }
            | Block::Decision { blocks }
            | Block::Keep { blocks }
            | Block::Columns { blocks }
            | Block::Card { blocks }
            | Block::Idea { blocks, .. }
            | Block::Closing { blocks }
            | Block::Language { blocks, .. }
            | Block::Signature { blocks } => collect(blocks, found),
            Block::Paragraph { .. }
            | Block::Table { .. }
            | Block::Field { .. }
            | Block::Rule
            | Block::Contents
            | Block::PageBreak => {}
        }
    }
}
