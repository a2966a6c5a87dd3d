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

#[derive(Debug, Clone, Copy)]
struct Entry {
    row: u32,
    text: Kept,
    column: u16,
}

/// A sheet's name and cells.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    rows: Hidden,
    columns: Hidden,
    text: String,
    cells: Vec<Entry>,
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
            self.text.push_str(&text.replace(END, "\u{FFFD}"))
        } else {
            self.text.push_str(text)
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
        if self.cells.len() == self.cells.capacity() {
            self.cells.reserve_exact(64 + self.cells.len() / 4);
        }
        self.cells.push(Entry { row, text, column });
        Ok(())
    }

    /// Marks every kept cell of an area but its first as covered.
    pub(super) fn cover(&mut self, area: Area, mark: Kept) {
        let from = self.cells.partition_point(|cell| cell.row < area.first.0);
        for cell in self.cells[from..].iter_mut().take_while(|cell| cell.row <= area.last.0) {
            let within = (area.first.1..=area.last.1).contains(&u32::from(cell.column));
            if within && (cell.row, u32::from(cell.column)) != area.first {
                cell.text = mark;
            }
        }
    }

    /// Puts the rows in order, once all cells are there, and says which are not seen.
    pub(super) fn settle(&mut self, mut rows: Hidden, mut columns: Hidden) {
        rows.settle();
        columns.settle();
        if !self.cells.is_sorted_by_key(|cell| cell.row) {
            self.cells.sort_by_key(|cell| cell.row);
        }
        (self.rows, self.columns) = (rows, columns);
    }

    /// The number of kept cells in these rows, from 0.
    pub(super) fn cells_in(&self, first: u32, last: u32) -> usize {
        let below = |row: u32| self.cells.partition_point(|cell| cell.row < row);
        below(last.saturating_add(1)).saturating_sub(below(first))
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
        for cells in self.cells.chunk_by(|one, next| one.row == next.row) {
            let width = cells.iter().map(|cell| usize::from(cell.column) + 1).max().unwrap_or_default();
            texts.resize_with(width, String::new);
            texts.iter_mut().for_each(String::clear);
            for Entry { column, text, .. } in cells {
                let own = &self.text[text.0 as usize..];
                let own = memchr::memchr(END as u8, own.as_bytes()).map_or(own, |end| &own[..end]);
                let cell = &mut texts[usize::from(*column)];
                let twice = !cell.is_empty() && cell != own;
                cell.clear();
                cell.push_str(if twice { Spoiled::Broken.mark() } else { own });
            }
            if !visit(cells[0].row + 1, &texts) {
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
