//! XLSX and ODS, sheet by sheet.
//!
//! A formula is its last result: nothing is calculated here, and no macro runs.
//!
use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Reader, SheetVisible, Sheets, XlsxError};

use super::columns::letters;
use super::hidden::Hidden;
use crate::diag::{Diagnostic, codes};

/// Stands in for a cell that the spreadsheet stores as a date or an error (ASCII SUB, which no cell can contain
/// itself).
pub const NOT_TEXT: char = '\u{1A}';

/// The most columns of a list. A cell further to the right was filled by accident.
const COLUMNS: u32 = 1000;

/// The most cells of all sheets: a hundred thousand people with a hundred columns each.
const CELLS: usize = 10_000_000;

/// A sheet's name and cells. Only cells with content are kept, since the edges of a sheet do not tell how full it is.
#[derive(Debug)]
pub struct WorkbookSheet {
    /// Its name.
    pub name: String,
    /// Rows that its owner does not see.
    hidden: Hidden,
    rows: BTreeMap<u32, Vec<(u32, Data)>>,
}

/// The reason why a workbook cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is damaged; the text is the library's.
    Broken(String),
    /// There is a cell in this column, from 0.
    Wide(u32),
    /// There are too many cells.
    Full,
}

impl Unfit {
    /// The error, with a hint.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Unfit::Broken(why) => Diagnostic::error(codes::UNREADABLE, "this workbook cannot be read")
                .hint("save it again as XLSX, ODS or CSV, without a password")
                .note(why.clone()),
            Unfit::Wide(column) => {
                let message =
                    format!("column {} is not empty, far to the right of any list", letters(*column as usize));
                Diagnostic::error(codes::OVER_BUDGET, message).hint("delete the columns to the right of the list")
            }
            Unfit::Full => Diagnostic::error(codes::OVER_BUDGET, "the workbook has more than ten million cells")
                .hint("split the list, or save it as CSV"),
        }
    }
}

/// The visible sheets, in order.
///
/// # Errors
/// If the file is damaged, or too large.
pub fn sheets(data: Vec<u8>) -> Result<Vec<WorkbookSheet>, Unfit> {
    let broken = |e: &dyn std::error::Error| Unfit::Broken(e.to_string());
    let mut hidden = super::hidden::rows(&data).map_err(Unfit::Broken)?;
    let mut book: Sheets<Cursor<Vec<u8>>> =
        calamine::open_workbook_auto_from_rs(Cursor::new(data)).map_err(|e| broken(&e))?;
    // A hidden sheet was not meant to be used: people who look at the file do not see whom it would invite.
    let all = book.sheets_metadata().to_vec();
    hidden.resize_with(all.len(), Hidden::default);
    let seen = all.into_iter().zip(hidden).filter(|(sheet, _)| sheet.visible == SheetVisible::Visible);
    let mut sheets = Vec::new();
    let mut cells = 0;
    for (sheet, hidden) in seen {
        let mut sheet = WorkbookSheet { name: sheet.name, hidden, rows: BTreeMap::new() };
        // For XLSX the library would allocate the whole rectangle of cells up to the furthest, and abort the program if
        // that is the last cell of the sheet, so its cells are read one by one. Its reader of ODS has a limit.
        if let Sheets::Xlsx(book) = &mut book {
            let mut reader = match book.worksheet_cells_reader(&sheet.name) {
                Ok(reader) => reader,
                // A chart sheet has no rows.
                Err(XlsxError::NotAWorksheet(_)) => continue,
                Err(e) => return Err(broken(&e)),
            };
            while let Some(cell) = reader.next_cell().map_err(|e| broken(&e))? {
                if *cell.get_value() != DataRef::Empty {
                    sheet.add(cell.get_position(), Data::from(cell.get_value().clone()), &mut cells)?;
                }
            }
        } else {
            let range = book.worksheet_range(&sheet.name).map_err(|e| broken(&e))?;
            let (row, column) = range.start().unwrap_or_default();
            for (r, c, cell) in range.used_cells() {
                let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                let at = (row.saturating_add(offset(r)), column.saturating_add(offset(c)));
                sheet.add(at, cell.clone(), &mut cells)?;
            }
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

impl WorkbookSheet {
    fn add(&mut self, (row, column): (u32, u32), cell: Data, cells: &mut usize) -> Result<(), Unfit> {
        *cells += 1;
        if column >= COLUMNS {
            return Err(Unfit::Wide(column));
        }
        if *cells > CELLS {
            return Err(Unfit::Full);
        }
        self.rows.entry(row).or_default().push((column, cell));
        Ok(())
    }

    /// Whether a row is hidden, by its number from 1.
    pub fn hides(&self, row: u32) -> bool {
        row.checked_sub(1).is_some_and(|row| self.hidden.holds(row))
    }

    /// Calls `visit` with the number and cells of every row that has any until it returns `false`.
    pub fn each(&self, visit: &mut dyn FnMut(u32, &[String]) -> bool) {
        let mut texts: Vec<String> = Vec::new();
        for (row, cells) in &self.rows {
            let width = cells.iter().map(|(column, _)| *column as usize + 1).max().unwrap_or_default();
            texts.resize_with(width, String::new);
            texts.iter_mut().for_each(String::clear);
            for (column, cell) in cells {
                write(cell, &mut texts[*column as usize]);
            }
            if !visit(row + 1, &texts) {
                return;
            }
        }
    }
}

/// Writes a cell as a person sees it.
fn write(cell: &Data, text: &mut String) {
    use std::fmt::Write;
    text.clear();
    // Writing to a `String` cannot fail.
    let _ = match cell {
        Data::String(s) => text.write_str(s),
        Data::Int(i) => write!(text, "{i}"),
        // A reference or house number that the spreadsheet stores as a number has no decimal point.
        Data::Float(f) => write!(text, "{f}"),
        Data::Bool(b) => text.write_str(if *b { "yes" } else { "no" }),
        Data::Empty => Ok(()),
        // `3/4` that the spreadsheet turned into a date, or `#N/A`: the original is lost, and `check` reports it.
        // XLSX stores a date as a number, ODS as text in the form of ISO 8601.
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) | Data::Error(_) => text.write_char(NOT_TEXT),
    };
}
