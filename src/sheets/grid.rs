//! The cells of one sheet, held close together: a list of a hundred thousand people with a hundred columns fits.
//!
//! In: cells in the order of the file. Out: rows in order. Only cells with content are kept, since the edges of a sheet
//! do not tell how full it is.

use super::budget::{CELL_BYTES, CELLS, COLUMNS, Over, ROWS, SHOWN_BYTES, TEXT_BYTES};
use super::cell::Spoiled;
use super::hidden::Hidden;

/// What all sheets of a workbook have cost so far.
#[derive(Debug, Default)]
pub struct Spent {
    cells: usize,
    text: usize,
    /// The text of all cells, of which several may have the same.
    shown: usize,
}

/// Where a text begins among those of its sheet, and its bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    start: u32,
    length: u32,
}

/// Stands behind every text.
const END: char = '\0';

/// A layer begins at a multiple of so many bytes, and has no more, with room for a character that takes the place of
/// [`END`].
const LAYER: usize = 4 * 1024 * 1024;

/// Cells of one row that came one after another.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    row: u32,
    first: u32,
    end: u32,
}

impl Stretch {
    fn cells(self) -> std::ops::Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// A sheet's name and cells.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    rows: Hidden,
    columns: Hidden,
    /// The texts, each with its end: in layers, since a large text is copied as it grows.
    text: Vec<String>,
    stretches: Vec<Stretch>,
    /// The column of every cell, and its text: apart, since together they would take up a third more.
    at: Vec<u16>,
    texts: Vec<u32>,
}

impl Sheet {
    pub(super) fn named(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    /// Keeps a text, to be put into cells.
    pub(super) fn keep(&mut self, text: &str, row: u32, spent: &mut Spent) -> Result<Kept, Over> {
        if text.len() > CELL_BYTES {
            return Err(Over::Cell(row.saturating_add(1)));
        }
        spent.text += text.len();
        if spent.text > TEXT_BYTES {
            return Err(Over::Text);
        }
        if self.text.last().is_none_or(|last| last.len() + text.len() >= LAYER) {
            self.text.push(String::new());
        }
        let layers = self.text.len() - 1;
        let layer = &mut self.text[layers];
        let start = u32::try_from(layers * LAYER + layer.len()).map_err(|_| Over::Text)?;
        // No text of a workbook can hold the character that ends it, unless by an escape of its own.
        if text.contains(END) {
            layer.push_str(&text.replace(END, "\u{FFFD}"));
        } else {
            layer.push_str(text);
        }
        layer.push(END);
        Ok(Kept { start, length: u32::try_from(text.len()).map_err(|_| Over::Text)? })
    }

    /// Puts a text into a cell; rows and columns from 0.
    pub(super) fn put(&mut self, (row, column): (u32, u32), text: Kept, spent: &mut Spent) -> Result<(), Over> {
        spent.cells += 1;
        spent.shown += text.length as usize;
        if spent.shown > SHOWN_BYTES {
            return Err(Over::Shown);
        }
        let narrow = u16::try_from(column).ok().filter(|_| column < COLUMNS);
        let column = narrow.ok_or(Over::Column(column))?;
        if row >= ROWS {
            return Err(Over::Row(u64::from(row) + 1));
        }
        if spent.cells > CELLS {
            return Err(Over::Cells);
        }
        let end = u32::try_from(self.at.len()).map_err(|_| Over::Cells)? + 1;
        match self.stretches.last_mut() {
            Some(stretch) if stretch.row == row => stretch.end = end,
            _ => self.stretches.push(Stretch { row, first: end - 1, end }),
        }
        self.at.push(column);
        self.texts.push(text.start);
        Ok(())
    }

    /// Marks every kept cell of an area but its first as covered, once the rows are in order. `visited` counts the cells
    /// that were looked at, of all areas.
    pub(super) fn cover(&mut self, area: Area, mark: Kept, visited: &mut usize) -> Result<(), Over> {
        let from = self.stretches.partition_point(|stretch| stretch.row < area.first.0);
        for stretch in self.stretches[from..].iter().take_while(|stretch| stretch.row <= area.last.0) {
            *visited += 1 + stretch.cells().len();
            if *visited > CELLS {
                return Err(Over::Cells);
            }
            for cell in stretch.cells() {
                let column = u32::from(self.at[cell]);
                if (area.first.1..=area.last.1).contains(&column) && (stretch.row, column) != area.first {
                    self.texts[cell] = mark.start;
                }
            }
        }
        Ok(())
    }

    /// Marks the empty cells that the text of a row above is shown over, in rows that have something: cells that were
    /// merged downwards belong to all their rows for whoever looks at them. `visited` counts as in [`Sheet::cover`].
    pub(super) fn merge_down(&mut self, areas: &[Area], mark: Kept, visited: &mut usize) -> Result<(), Over> {
        let rows = self.stretches.len();
        for area in areas.iter().filter(|area| area.first.0 < area.last.0) {
            let column = area.first.1;
            let from = self.stretches[..rows].partition_point(|stretch| stretch.row < area.first.0);
            let to = self.stretches[..rows].partition_point(|stretch| stretch.row <= area.last.0);
            let mut has_text = false;
            for at in from..to {
                let stretch = self.stretches[at];
                *visited += 1 + stretch.cells().len();
                if *visited > CELLS {
                    return Err(Over::Cells);
                }
                let is_full = stretch.cells().any(|cell| u32::from(self.at[cell]) == column);
                if stretch.row == area.first.0 {
                    has_text |= is_full;
                } else if has_text && !is_full {
                    self.add(stretch.row, column, mark)?;
                }
            }
        }
        self.stretches.sort_by_key(|stretch| stretch.row);
        Ok(())
    }

    /// Adds a cell behind all others.
    fn add(&mut self, row: u32, column: u32, text: Kept) -> Result<(), Over> {
        let first = u32::try_from(self.at.len()).map_err(|_| Over::Cells)?;
        if self.at.len() >= CELLS {
            return Err(Over::Cells);
        }
        self.at.push(u16::try_from(column).ok().filter(|_| column < COLUMNS).ok_or(Over::Column(column))?);
        self.texts.push(text.start);
        self.stretches.push(Stretch { row, first, end: first + 1 });
        Ok(())
    }

    /// Puts the rows in order, once all cells are there, and says which are not seen.
    pub(super) fn settle(&mut self, mut rows: Hidden, mut columns: Hidden) {
        rows.settle();
        columns.settle();
        self.stretches.sort_by_key(|stretch| stretch.row);
        (self.rows, self.columns) = (rows, columns);
    }

    /// Whether a row is hidden, by its number from 1.
    pub fn hides(&self, row: u32) -> bool {
        row.checked_sub(1).is_some_and(|row| self.rows.holds(row))
    }

    /// Whether a column is hidden, from 0.
    pub fn hides_column(&self, column: usize) -> bool {
        u32::try_from(column).is_ok_and(|column| self.columns.holds(column))
    }

    /// Calls `visit` with the number, from 1, and the cells of every row that has any until it returns `false`. A cell
    /// without a text of its own holds the mark of a [`Spoiled`] one.
    pub fn each(&self, visit: &mut dyn FnMut(u32, &[String]) -> bool) {
        let mut texts: Vec<String> = Vec::new();
        for row in self.stretches.chunk_by(|one, next| one.row == next.row) {
            let cells = || row.iter().flat_map(|stretch| stretch.cells());
            let width = cells().map(|cell| usize::from(self.at[cell]) + 1).max().unwrap_or_default();
            texts.resize_with(width, String::new);
            texts.iter_mut().for_each(String::clear);
            for (column, text) in cells().map(|cell| (self.at[cell], self.texts[cell])) {
                let own = &self.text[text as usize / LAYER][text as usize % LAYER..];
                let own = memchr::memchr(END as u8, own.as_bytes()).map_or(own, |end| &own[..end]);
                let cell = &mut texts[usize::from(column)];
                let twice = !cell.is_empty() && cell != own;
                cell.clear();
                cell.push_str(if twice { Spoiled::Broken.mark() } else { own });
            }
            if !visit(row[0].row + 1, &texts) {
                return;
            }
        }
    }
}

/// Cells that are merged into their first; rows and columns from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Row and column of the first.
    pub first: (u32, u32),
    /// Row and column of the last.
    pub last: (u32, u32),
}
