//! Which cell of which workbook a field stands in.
//!
//! In: rows by the field path of what they hold, columns by the field below it. Out: the place of any field, or of the nearest
//! thing around it. A row of six thousand people takes one entry, and not one for every cell.
//!
//! Deliberately absent: what the cells hold.

use std::collections::BTreeMap;

use crate::diag::{Cell, Place};

/// Where the fields of a tree stand that was read from a workbook.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    /// The file of every sheet, its name, and its number there.
    sheets: Vec<(String, String, usize)>,
    rows: BTreeMap<String, (usize, u32)>,
    columns: BTreeMap<(usize, String), (usize, String)>,
    single: BTreeMap<String, At>,
}

/// One cell with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// The sheet, from 0.
    pub sheet: usize,
    /// The row, from 1; `None` if the sheet as a whole is meant.
    pub row: Option<u32>,
    /// The column, from 0; `None` if the row as a whole is meant.
    pub column: Option<usize>,
    /// The heading of the column, or the label of the row.
    pub heading: Option<String>,
}

impl Cells {
    /// Whether any is known, so that the tree is of a workbook.
    pub fn are_known(&self) -> bool {
        !self.sheets.is_empty()
    }

    /// A sheet: its file, its name, and its number there, from 0. Returns what it is called by here.
    pub fn sheet(&mut self, file: &str, name: &str, number: usize) -> usize {
        self.sheets.push((file.to_owned(), name.to_owned(), number));
        self.sheets.len() - 1
    }

    /// A column of a sheet, by the field below the rows.
    pub fn column(&mut self, sheet: usize, field: &str, column: usize, heading: &str) {
        self.columns.insert((sheet, field.to_owned()), (column, heading.to_owned()));
    }

    /// The row of whatever is at a path.
    pub fn row(&mut self, path: String, sheet: usize, row: u32) {
        self.rows.insert(path, (sheet, row));
    }

    /// The cell of one field.
    pub fn one(&mut self, path: String, at: At) {
        self.single.insert(path, at);
    }

    /// The cell of a field, of whatever is around it, or of the first thing in it.
    pub fn at(&self, path: &str) -> Option<At> {
        let mut near = path;
        loop {
            if let Some(at) = self.single.get(near) {
                return Some(at.clone());
            }
            if let Some((sheet, row)) = self.rows.get(near) {
                return Some(self.in_row(*sheet, *row, path[near.len()..].trim_start_matches('.')));
            }
            match near.rfind(['.', '[']) {
                Some(end) => near = &near[..end],
                None => break,
            }
        }
        // A group of fields is where its first field is.
        let inside = |other: &str| other.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '[']));
        let single = self.single.iter().find(|(other, _)| inside(other)).map(|(_, at)| at.clone());
        let row = || {
            let (_, (sheet, row)) = self.rows.iter().find(|(other, _)| inside(other))?;
            Some(At { sheet: *sheet, row: Some(*row), column: None, heading: None })
        };
        single.or_else(row)
    }

    fn in_row(&self, sheet: usize, row: u32, field: &str) -> At {
        let mut near = field;
        let found = loop {
            if let Some(found) = self.columns.get(&(sheet, near.to_owned())) {
                break Some(found);
            }
            match near.rfind(['.', '[']) {
                Some(end) => near = &near[..end],
                None => break None,
            }
        };
        let (column, heading) = found.map(|(column, heading)| (*column, heading.clone())).unzip();
        At { sheet, row: Some(row), column, heading }
    }

    /// The place of a field.
    pub fn place(&self, path: &str) -> Option<Place> {
        Some(Place { path: Some(path.to_owned()), ..self.shown(&self.at(path)?) })
    }

    /// The place of a cell.
    pub fn shown(&self, at: &At) -> Place {
        let (file, name, number) = self
            .sheets
            .get(at.sheet)
            .map_or(("", "", 0), |(file, name, number)| (file.as_str(), name.as_str(), *number));
        let name = name.replace(char::is_control, "\u{fffd}");
        let cell = match (at.row, at.column) {
            (Some(row), Some(column)) => format!("{name}!{}{row}", letters(column)),
            (Some(row), None) => format!("{name}, row {row}"),
            (None, _) => format!("sheet {name}"),
        };
        let cell = Cell {
            sheet: number,
            row: at.row.unwrap_or_default(),
            column: at.column,
            shown: cell,
            heading: Some(at.heading.as_deref().unwrap_or_default().replace(char::is_control, "\u{fffd}")),
        };
        Place { file: Some(file.to_owned()), cell: Some(cell), ..Place::default() }
    }

    /// The path of the field in a cell: the first that is there.
    pub fn field(&self, sheet: usize, row: u32, column: usize) -> Option<String> {
        let is_it = |at: &At| at.sheet == sheet && at.row == Some(row) && at.column == Some(column);
        if let Some((path, _)) = self.single.iter().find(|(_, at)| is_it(at)) {
            return Some(path.clone());
        }
        let (field, _) = self.columns.iter().find(|((of, _), (at, _))| *of == sheet && *at == column)?;
        let below = |path: &String| if field.1.is_empty() { path.clone() } else { format!("{path}.{}", field.1) };
        self.rows.iter().find(|(_, at)| **at == (sheet, row)).map(|(path, _)| below(path))
    }

    /// The number of a sheet by its name, whatever its case.
    pub fn sheet_named(&self, name: &str) -> Option<usize> {
        self.sheets.iter().position(|(_, known, _)| known.to_lowercase() == name.to_lowercase())
    }
}

/// The letters of a column, from 0.
fn letters(column: usize) -> String {
    let (mut column, mut letters) = (column + 1, Vec::new());
    while column > 0 {
        let digit = u8::try_from((column - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + digit));
        column = (column - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_in_its_cell_or_in_the_row_of_what_is_around_it() {
        let mut cells = Cells::default();
        let sheet = cells.sheet("c.xlsx", "People", 0);
        cells.column(sheet, "person.email", 4, "Email");
        cells.column(sheet, "address", 26, "Address");
        cells.row("invitees[3]".to_owned(), sheet, 7);
        cells.row("organisations.St. Anne".to_owned(), sheet, 9);
        let shown = |path: &str| cells.place(path).and_then(|place| place.cell).map(|cell| cell.shown);
        for (path, cell) in [
            ("invitees[3].person.email", "People!E7"),
            ("invitees[3].address[2]", "People!AA7"),
            ("invitees[3].reply", "People, row 7"),
            ("invitees", "People, row 7"),
            ("organisations.St. Anne.address", "People!AA9"),
        ] {
            assert_eq!(shown(path).as_deref(), Some(cell), "{path}");
        }
        assert_eq!(shown("meeting.date"), None);
        assert_eq!(cells.field(sheet, 7, 4).as_deref(), Some("invitees[3].person.email"));
    }
}
