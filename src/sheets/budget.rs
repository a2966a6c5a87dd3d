//! What a workbook may cost. All limits are counts, so that a file is refused on every machine or on none.
//!
//! Deliberately absent: the meaning of what is counted.

use crate::diag::{Diagnostic, codes};

/// The most columns of a list. A cell further to the right was filled by accident.
pub const COLUMNS: u32 = 1000;

/// The most rows of a list: as many as a spreadsheet has.
pub const ROWS: u32 = 1_048_576;

/// The most cells of all sheets: a hundred thousand people with a hundred columns each.
pub const CELLS: usize = 10_000_000;

/// The most bytes of one cell. A spreadsheet lets people type 32,767 characters.
pub const CELL_BYTES: usize = 128 * 1024;

/// The most bytes of the texts of all cells.
pub const TEXT_BYTES: usize = 96 * 1024 * 1024;

/// The most bytes of the texts of all cells, counting a text as often as cells have it.
pub const SHOWN_BYTES: usize = 512 * 1024 * 1024;

/// The most rows with something in them that are only said to repeat others. (ODF 1.3 part 3,
/// `table:number-rows-repeated`.)
pub const REPEATS: u64 = 10_000;

/// The most different texts of an XLSX.
pub const STRINGS: usize = 3_000_000;

/// The most bytes of the part that holds them, unpacked.
pub const STRINGS_BYTES: u64 = 256 * 1024 * 1024;

/// The most bytes of all sheets, unpacked.
pub const SHEETS_BYTES: u64 = 1024 * 1024 * 1024;

/// The most elements for cells, of which many may be empty.
pub const CELL_ELEMENTS: u64 = 16_000_000;

/// The most elements inside of cells and beside them that are neither: remarks, pictures, the looks of a word.
pub const OTHERS: u64 = 10_000_000;

/// The most remarks, instructions and sections of another syntax in a part. No spreadsheet writes any, and the library
/// keeps those of a cell until it ends.
pub const REMARKS: u64 = 1_000_000;

/// The most elements for cells of an ODS that a merged one covers. Each may stand for many.
pub const COVERED: u64 = 1_000_000;

/// The most elements of an ODS outside of its sheets: styles, of which each has a few.
pub const OUTSIDE: u64 = 1_000_000;

/// Parts of fewer bytes than this are not unpacked only to count their tags: they cannot have too many.
pub const COUNTED: u64 = 48 * 1024 * 1024;

/// The most tags of all sheets: a cell has four.
pub const TAGS: u64 = 56_000_000;

/// The most tags of the part that holds the texts of an XLSX: a text has four, and more if it has looks of its own.
pub const STRINGS_TAGS: u64 = 24_000_000;

/// The most events of all sheets: a cell has five.
pub const EVENTS: u64 = 64_000_000;

/// How deep elements may be inside one another.
pub const DEPTH: u32 = 256;

/// The most sheets.
pub const SHEETS: usize = 256;

/// The most bytes of one style's start tag. The code of a format has 255 characters.
pub const STYLE_BYTES: usize = 4096;

/// The most bytes of any other part, unpacked: styles, theme, the list of sheets.
pub const PART_BYTES: u64 = 16 * 1024 * 1024;

/// The most elements that say something of columns. A spreadsheet has 16,384 columns.
pub const COLUMN_ELEMENTS: u32 = 32_768;

/// The most styles of cells. A spreadsheet has some 65,000.
pub const STYLES: usize = 66_000;

/// The most bytes of one element's start tag, or of one text.
pub const EVENT_BYTES: usize = 1024 * 1024;

/// The most parts of a package.
const PARTS: usize = 20_000;

/// What there is too much of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// A cell in this column, from 0.
    Column(u32),
    /// A cell in this row, from 1.
    Row(u64),
    /// More cells than [`CELLS`].
    Cells,
    /// A cell with more bytes than [`CELL_BYTES`], in this row, from 1.
    Cell(u32),
    /// More text than [`TEXT_BYTES`].
    Text,
    /// More text than [`SHOWN_BYTES`].
    Shown,
    /// A row, from 1, that is repeated this often, with which there are more than [`REPEATS`].
    Repeats(u64, u64),
    /// More different texts than [`STRINGS`].
    Strings,
    /// More styles than [`STYLES`].
    Styles,
    /// A part that unpacks to more than its limit.
    Unpacked(&'static str, u64),
    /// Sheets with more elements than cells need.
    Elements,
    /// A table of texts with more elements than texts need.
    StringElements,
    /// A part with a tag or a text of more than [`EVENT_BYTES`].
    Event(&'static str),
    /// Elements inside one another without end.
    Depth,
    /// More sheets than [`SHEETS`].
    Sheets,
    /// More parts than [`PARTS`].
    Parts,
}

impl Over {
    /// The error, with a hint.
    pub fn diagnostic(&self) -> Diagnostic {
        let (message, hint) = match self {
            Over::Column(column) => (
                format!("column {} is not empty, far to the right of any list", letters(*column as usize)),
                "delete the columns to the right of the list",
            ),
            Over::Row(row) => (
                format!("row {row} is not empty, and no spreadsheet has that many"),
                "split the list, or delete the rows below it",
            ),
            Over::Cells => {
                ("the workbook has more than ten million cells".to_owned(), "split the list, or save it as CSV")
            }
            Over::Cell(row) => (
                format!("a cell in row {row} has more text than a spreadsheet can hold"),
                "shorten it; a list has one person to a row",
            ),
            Over::Text => ("the cells have more than 96 MB of text".to_owned(), "split the list"),
            Over::Shown => {
                let message = "the cells have more than 512 MB of text, of which most is repeated";
                (message.to_owned(), "delete what does not belong to the list, and save it again")
            }
            Over::Repeats(row, times) => {
                (format!("row {row} is repeated {times} times"), "delete the rows below the list, and save it again")
            }
            Over::Strings => (
                "the workbook has more than three million different texts".to_owned(),
                "delete what does not belong to the list, or save it as CSV",
            ),
            Over::Styles => {
                ("the workbook has more formats than a spreadsheet can hold".to_owned(), "save the list as CSV")
            }
            Over::Unpacked(what, most) => (
                format!("{what} of the workbook unpacks to more than {} MB", most / (1024 * 1024)),
                "copy the list into a new workbook, or save it as CSV",
            ),
            Over::Elements => (
                "the sheets have more elements than ten million cells need".to_owned(),
                "copy the list into a new workbook, or save it as CSV",
            ),
            Over::StringElements => (
                "the table of texts has more elements than three million texts need".to_owned(),
                "copy the list into a new workbook as plain text, or save it as CSV",
            ),
            Over::Event(what) => (
                format!("{what} of the workbook has an element or a text of more than 1 MB"),
                "copy the list into a new workbook, or save it as CSV",
            ),
            Over::Depth => (
                "the elements of the workbook are inside one another without end".to_owned(),
                "copy the list into a new workbook, or save it as CSV",
            ),
            Over::Sheets => (
                format!("the workbook has more than {SHEETS} sheets"),
                "copy the sheet with the list into a workbook of its own",
            ),
            Over::Parts => (
                format!("the file is packed from more than {PARTS} parts"),
                "copy the list into a new workbook, or save it as CSV",
            ),
        };
        Diagnostic::error(codes::OVER_BUDGET, message).hint(hint)
    }
}

/// The letters of a column as a spreadsheet shows them: 0 is `A`, 26 is `AA`.
pub fn letters(column: usize) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters
}

/// Checks the number of parts before any list of them is made. APPNOTE.TXT §4.3.12: each has a header that begins so.
///
/// # Errors
/// If there are more than any workbook has.
pub fn ensure_few_parts(data: &[u8]) -> Result<(), Over> {
    let parts = memchr::memmem::find_iter(data, b"PK\x01\x02").take(PARTS + 1).count();
    if parts > PARTS { Err(Over::Parts) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
