//! How long a cell of a list may be.
//!
//! In: the cells of a row. Out: a fault for each that is longer than any name, address or paragraph, and the row with
//! such cells cut, so that no rule and no message has to handle a megabyte.

use super::cells::CellFault;
use super::columns::Columns;
use super::fields::Field;
use crate::diag::codes;

/// The most characters of a name, a line of an address and any other text of one line.
const LINE: usize = 500;

/// The most characters of a whole address in one cell.
const ADDRESS: usize = 2_000;

/// The most characters of a paragraph in a letter.
const PARAGRAPH: usize = 10_000;

/// What is kept of a cell that is too long.
const CUT: usize = 100;

fn most(field: Field) -> usize {
    match field {
        Field::Address => ADDRESS,
        Field::Access | Field::Bring | Field::Note => PARAGRAPH,
        _ => LINE,
    }
}

/// The faults of cells that are too long. Columns that are not read may hold anything.
pub fn faults(columns: &Columns, cells: &[String]) -> Vec<CellFault> {
    let read = cells.iter().zip(&columns.all).filter_map(|(cell, (_, field))| Some((cell, (*field)?)));
    // A text of few bytes has few characters.
    let long = read.filter(|(cell, field)| cell.len() > most(*field) && cell.chars().count() > most(*field));
    long.map(|(_, field)| CellFault {
        code: codes::LONG_CELL,
        field: Some(field),
        message: match most(field) {
            ADDRESS => "the text is longer than 2,000 characters",
            PARAGRAPH => "the text is longer than 10,000 characters",
            _ => "the text is longer than 500 characters",
        },
        hint: "shorten it; the row may have taken in others",
    })
    .collect()
}

/// The same row, with the beginning of every cell that is too long for its row.
pub fn shortened<'s>(cells: &[String], short: &'s mut Vec<String>) -> &'s [String] {
    short.clear();
    short.extend(cells.iter().map(|cell| {
        let end = cell.char_indices().nth(CUT).map_or(cell.len(), |(at, _)| at);
        if cell.len() > LINE { cell[..end].to_owned() } else { cell.clone() }
    }));
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::list::columns::Mapping;

    #[test]
    fn a_cell_may_be_as_long_as_what_it_is_for() {
        let own = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let headings = own(&["Name", "Address", "Note", "Shoe size"]);
        let columns = Columns::find(std::iter::once((1, headings.as_slice())), &Mapping::default()).expect("headings");
        let long = |n: usize| "é".repeat(n);
        let row = [long(LINE), long(ADDRESS), long(PARAGRAPH), long(100_000)];
        assert_eq!(faults(&columns, &row), []);
        let row = [long(LINE + 1), long(ADDRESS + 1), long(PARAGRAPH + 1), String::new()];
        let found: Vec<_> = faults(&columns, &row).into_iter().map(|fault| fault.field).collect();
        assert_eq!(found, [Field::Name, Field::Address, Field::Note].map(Some));
        let mut short = Vec::new();
        assert!(shortened(&row, &mut short).iter().all(|cell| cell.chars().count() <= CUT));
    }
}
