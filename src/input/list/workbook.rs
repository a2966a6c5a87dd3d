//! XLSX and ODS, sheet by sheet.
//!
//! Formulas count as what they last came to; nothing is worked out here, and no macro runs.
//!
//! Deliberately absent: which rows a filter hides. The reader does not tell them from others, so they are people like all
//! the rest; whoever filters a list copies what is left to a sheet of its own.

use std::io::Cursor;

use calamine::{Data, Range, Reader, SheetVisible, Sheets};

/// Stands in for a cell that the spreadsheet holds as a date or an error (ASCII SUB, which no cell can hold itself).
pub const NOT_TEXT: char = '\u{1A}';

/// A sheet's name and cells.
pub struct Sheet {
    /// Its name.
    pub name: String,
    cells: Range<Data>,
}

/// The sheets that a person sees, in their order.
///
/// # Errors
/// What is wrong with the file, in words.
pub fn sheets(data: Vec<u8>) -> Result<Vec<Sheet>, String> {
    let mut book: Sheets<Cursor<Vec<u8>>> =
        calamine::open_workbook_auto_from_rs(Cursor::new(data)).map_err(|e| e.to_string())?;
    // What is hidden was not meant to be sent: somebody who looks at the file does not see whom it would invite.
    let seen = book.sheets_metadata().iter().filter(|s| s.visible == SheetVisible::Visible);
    let names: Vec<String> = seen.map(|s| s.name.clone()).collect();
    let mut sheets = Vec::new();
    for name in names {
        let cells = book.worksheet_range(&name).map_err(|e| e.to_string())?;
        sheets.push(Sheet { name, cells });
    }
    Ok(sheets)
}

impl Sheet {
    /// Calls `visit` with the number and cells of every row until it says to stop.
    pub fn each(&self, visit: &mut dyn FnMut(u32, &[String]) -> bool) {
        let Some((first_row, first_column)) = self.cells.start() else { return };
        let mut texts: Vec<String> = Vec::new();
        for (row, cells) in (first_row + 1..).zip(self.cells.rows()) {
            texts.resize_with(first_column as usize + cells.len(), String::new);
            for (text, cell) in texts[first_column as usize..].iter_mut().zip(cells) {
                write(cell, text);
            }
            if !visit(row, &texts) {
                return;
            }
        }
    }
}

/// A cell as a person sees it.
fn write(cell: &Data, text: &mut String) {
    use std::fmt::Write;
    text.clear();
    // Writing to a `String` cannot fail.
    let _ = match cell {
        Data::String(s) => text.write_str(s),
        Data::Int(i) => write!(text, "{i}"),
        // A reference or house number that the spreadsheet holds as a number has no decimal point.
        Data::Float(f) => write!(text, "{f}"),
        Data::Bool(b) => text.write_str(if *b { "yes" } else { "no" }),
        Data::Empty => Ok(()),
        // `3/4` that the spreadsheet took for a date, or `#N/A`: what was meant is lost, and `check` says so.
        // XLSX holds a date as a number, ODS as text in the form of ISO 8601.
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) | Data::Error(_) => text.write_char(NOT_TEXT),
    };
}
