//! The cells of one sheet, held close together: a list of a hundred thousand people with a hundred columns fits.
//!
//! In: cells in the order of the file. Out: rows in order. Only cells with content are kept, since the edges of a sheet
//! do not tell how full it is.

use super::budget::{CELL_BYTES, CELLS, COLUMNS, Over, ROWS, TEXT_BYTES};
use super::cell::Spoiled;
use super::hidden::Hidden;

/// What all sheets of a workbook have cost so far.
#[derive(Debug, Default)]
pub struct Spent {
    cells: usize,
    text: usize,
}

/// Where a text begins among those of its sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept(u32);

/// Stands behind every text.
const END: char = '\0';

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
    text: String,
    stretches: Vec<Stretch>,
    /// The column of every cell, and its text: apart, since together they would take up a third more.
    at: Vec<u16>,
    texts: Vec<Kept>,
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
        let start = u32::try_from(self.text.len()).map_err(|_| Over::Text)?;
        // It grows by a quarter, since twice a large sheet would be too much.
        if self.text.capacity() - self.text.len() <= text.len() {
            self.text.reserve_exact(text.len() + 1 + self.text.len() / 4);
        }
        // No text of a workbook can hold the character that ends it, unless by an escape of its own.
        if text.contains(END) {
            self.text.push_str(&text.replace(END, "\u{FFFD}"));
        } else {
            self.text.push_str(text);
        }
        self.text.push(END);
        Ok(Kept(start))
    }

    /// Puts a text into a cell; rows and columns from 0.
    pub(super) fn put(&mut self, (row, column): (u32, u32), text: Kept, spent: &mut Spent) -> Result<(), Over> {
        spent.cells += 1;
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
        self.texts.push(text);
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
                    self.texts[cell] = mark;
                }
            }
        }
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
                let own = &self.text[text.0 as usize..];
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
