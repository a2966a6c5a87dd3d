//! The figures as a page with charts, for a yearly report: the blocks of a document.
//!
//! In: figures and remarks about them. Out: headings, notes, and the numbers in tables narrow enough for a page, with bars beside
//! those that matter most.
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
    let drawn = DRAWN.iter().find(|(known, _)| *known == table.id).map(|(_, measure)| *measure);
    let drawn = table.columns.iter().position(|column| Some(column.id) == drawn);
    // A measure of which there is none says nothing in a report, unless it is what matters most.
    let says = |at: &usize| table.rows.iter().any(|row| row.counts[*at] != Some(0));
    let others = (0..table.columns.len()).filter(|at| Some(*at) != drawn).filter(says);
    let measures: Vec<usize> = drawn.into_iter().chain(others).collect();
    blocks.extend(measures.chunks(MEASURES).map(|some| numbers(table, some, drawn)));
    blocks
}

/// Some measures of a table, one of which may be drawn as bars as well.
fn numbers(table: &Table, measures: &[usize], drawn: Option<usize>) -> Block {
    let titles = measures.iter().map(|at| text(table.columns[*at].title));
    let cells = |row: &FigureRow| measures.iter().map(|at| text(&count(row, *at))).collect::<Vec<_>>();
    // A single bar compares nothing.
    let compares =
        table.rows.iter().filter(|row| drawn.is_some_and(|at| row.counts[at].is_some_and(|n| n > 0))).count() > 1;
    let kind = |at: &usize| if compares && Some(*at) == drawn { doc::Column::Bar } else { doc::Column::Text };
    Block::Table {
        cols: std::iter::once(doc::Column::Wide).chain(measures.iter().map(kind)).collect(),
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
