//! The figures as a page with charts, for a yearly report: the blocks of a document.
//!
//! In: figures and remarks about them. Out: headings, notes, a chart of what matters most of each table, and the numbers in tables narrow enough for a
//! page.
//!
//! Deliberately absent: the look of a page, and any number that the tables hold back.

use super::tables::{FigureRow, Table};
use super::{CouncilFigures, Figures};
use crate::doc::{self, Block, Inline};

/// The most measures in one table, besides the column of titles.
const MEASURES: usize = 4;

/// The measure that is drawn of each table, by their names.
const DRAWN: [(&str, &str); 5] =
    [("conferences", "held"), ("people", "came"), ("steps", "on-time"), ("reviews", "on-time"), ("actions", "done")];

/// The blocks of the page. `remarks` are what has to be known to read it.
pub fn page(figures: &Figures, heading: &str, remarks: &[String]) -> Vec<Block> {
    let mut blocks = vec![Block::Heading { level: 1, c: text(heading) }];
    for council in &figures.councils {
        blocks.push(Block::Heading { level: 2, c: text(&council.name) });
        blocks.extend(council_blocks(council));
    }
    blocks.extend(remarks.iter().map(|remark| Block::Paragraph { c: text(remark) }));
    blocks
}

fn council_blocks(council: &CouncilFigures) -> Vec<Block> {
    council.tables.iter().flat_map(table).collect()
}

fn table(table: &Table) -> Vec<Block> {
    let mut blocks = vec![Block::Heading { level: 3, c: text(table.title) }, Block::Paragraph { c: text(table.note) }];
    blocks.extend(chart(table));
    let measures: Vec<usize> = (0..table.columns.len()).collect();
    blocks.extend(measures.chunks(MEASURES).map(|some| numbers(table, some)));
    blocks
}

/// What matters most of a table, as bars. `None` if it would be a single bar, which compares nothing.
fn chart(table: &Table) -> Option<Block> {
    let (_, id) = DRAWN.iter().find(|(known, _)| *known == table.id)?;
    let at = table.columns.iter().position(|column| column.id == *id)?;
    if table.rows.len() < 2 {
        return None;
    }
    let rows = table.rows.iter().map(|row| vec![text(&row.title), text(&count(row, at))]).collect();
    Some(Block::Table {
        cols: vec![doc::Column::Text, doc::Column::Bar],
        caption: text(&format!("{}: {}", table.title, table.columns[at].title.to_lowercase())),
        head: vec![text(table.title), text(table.columns[at].title)],
        rows,
    })
}

fn numbers(table: &Table, measures: &[usize]) -> Block {
    let titles = measures.iter().map(|at| text(table.columns[*at].title));
    let cells = |row: &FigureRow| measures.iter().map(|at| text(&count(row, *at))).collect::<Vec<_>>();
    Block::Table {
        cols: std::iter::once(doc::Column::Wide).chain(measures.iter().map(|_| doc::Column::Text)).collect(),
        caption: Vec::new(),
        head: std::iter::once(text(table.title)).chain(titles).collect(),
        rows: table.rows.iter().map(|row| std::iter::once(text(&row.title)).chain(cells(row)).collect()).collect(),
    }
}

/// Stands for a count that is held back.
pub const HELD_BACK: &str = "*";

fn count(row: &FigureRow, at: usize) -> String {
    row.counts[at].map_or_else(|| HELD_BACK.to_owned(), |count| count.to_string())
}

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned())]
}
