//! A workbook in the hands of a coordinator: its cells are changed, and it is saved again.
//!
//! The cells are read by one library and written by another, so that what comes out is a plain workbook: no drop-downs, no
//! notes, only what somebody typed.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Nothing,
    Text(String),
    Number(f64),
    /// A number that is shown by a format: `dd/mm/yyyy`.
    Shown(f64, &'static str),
    /// A formula and its result.
    Formula(&'static str, &'static str),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

/// One sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub name: String,
    pub rows: Vec<Vec<Cell>>,
    pub hidden_rows: BTreeSet<usize>,
    pub hidden_columns: BTreeSet<usize>,
    pub is_hidden: bool,
}

/// A workbook.
#[derive(Debug, Clone)]
pub struct Book {
    pub sheets: Vec<Sheet>,
}

impl Book {
    /// Reads all cells.
    pub fn of(data: &[u8]) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(data)).expect("it is a workbook");
        let names = book.sheet_names().clone();
        let sheets = names.into_iter().map(|name| {
            let range = book.worksheet_range(&name).expect("the sheet is there");
            let (height, width) = range.end().map_or((0, 0), |(row, column)| (row + 1, column + 1));
            let cell = |row, column| match range.get_value((row, column)) {
                None | Some(Data::Empty) => Cell::Nothing,
                Some(Data::String(text)) => Cell::Text(text.clone()),
                Some(Data::Float(number)) => Cell::Number(*number),
                Some(Data::DateTime(date)) => {
                    Cell::Shown(date.as_f64(), if date.as_f64() < 1.0 { "hh:mm" } else { "ddd d mmm yyyy" })
                }
                Some(other) => panic!("{other:?}"),
            };
            let rows = (0..height).map(|row| (0..width).map(|column| cell(row, column)).collect()).collect();
            Sheet { name, rows, hidden_rows: BTreeSet::new(), hidden_columns: BTreeSet::new(), is_hidden: false }
        });
        Self { sheets: sheets.collect() }
    }

    /// A sheet by its name.
    pub fn sheet(&mut self, name: &str) -> &mut Sheet {
        self.sheets.iter_mut().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("there is a sheet {name}"))
    }

    /// Changes the value of a row on the sheet of the meeting.
    pub fn meeting(&mut self, label: &str, value: impl Into<Cell>) {
        let sheet = self.sheet("Meeting");
        let row = sheet.rows.iter().position(|row| row[1] == Cell::from(label)).expect("there is such a label");
        sheet.rows[row][2] = value.into();
    }

    /// The workbook.
    pub fn data(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        for sheet in &self.sheets {
            let out = book.add_worksheet();
            out.set_name(&sheet.name).expect("it is a name");
            out.set_hidden(sheet.is_hidden);
            for (r, row) in (0..).zip(&sheet.rows) {
                for (c, cell) in (0..).zip(row) {
                    let done = match cell {
                        Cell::Nothing => continue,
                        Cell::Text(text) => out.write_string(r, c, text),
                        Cell::Number(number) => out.write_number(r, c, *number),
                        Cell::Shown(number, format) => {
                            out.write_number_with_format(r, c, *number, &Format::new().set_num_format(*format))
                        }
                        Cell::Formula(formula, result) => {
                            out.write_formula(r, c, rust_xlsxwriter::Formula::new(*formula).set_result(*result))
                        }
                    };
                    done.expect("a cell can be written");
                }
            }
            for row in &sheet.hidden_rows {
                out.set_row_hidden(u32::try_from(*row).expect("a row")).expect("it can be hidden");
            }
            for column in &sheet.hidden_columns {
                out.set_column_hidden(u16::try_from(*column).expect("a column")).expect("it can be hidden");
            }
        }
        book.save_to_buffer().expect("it can be saved")
    }
}

impl Sheet {
    /// The column under a heading.
    pub fn column(&self, heading: &str) -> usize {
        let is_it = |cell: &Cell| matches!(cell, Cell::Text(text) if text.trim_end_matches(" *") == heading);
        self.rows[0].iter().position(is_it).unwrap_or_else(|| panic!("there is a column {heading}"))
    }

    /// Changes a cell, by the row as a spreadsheet counts and the heading.
    pub fn set(&mut self, row: usize, heading: &str, value: impl Into<Cell>) {
        let column = self.column(heading);
        while self.rows.len() < row {
            self.rows.push(vec![Cell::Nothing; self.rows[0].len()]);
        }
        self.rows[row - 1][column] = value.into();
    }

    /// The text under a heading.
    pub fn get(&self, row: usize, heading: &str) -> String {
        match &self.rows[row - 1][self.column(heading)] {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) | Cell::Shown(number, _) => number.to_string(),
            Cell::Nothing | Cell::Formula(..) => String::new(),
        }
    }

    /// Sorts the rows below the headings by a column, from the last to the first.
    pub fn sort(&mut self, heading: &str) {
        let column = self.column(heading);
        let key = |row: &Vec<Cell>| match row.get(column) {
            Some(Cell::Text(text)) => text.clone(),
            _ => String::new(),
        };
        self.rows[1..].sort_by_key(|row| std::cmp::Reverse(key(row)));
    }

    /// Adds a column of somebody's own.
    pub fn insert_column(&mut self, at: usize, heading: &str, value: &str) {
        for (n, row) in self.rows.iter_mut().enumerate() {
            let cell = match n {
                0 => Cell::from(heading),
                4 => Cell::from(value),
                _ => Cell::Nothing,
            };
            row.insert(at.min(row.len()), cell);
        }
    }

    /// Moves a column to the end.
    pub fn move_to_end(&mut self, heading: &str) {
        let column = self.column(heading);
        for row in &mut self.rows {
            let cell = row.remove(column);
            row.push(cell);
        }
    }

    /// Deletes a column.
    pub fn delete_column(&mut self, heading: &str) {
        let column = self.column(heading);
        for row in &mut self.rows {
            row.remove(column);
        }
    }
}
