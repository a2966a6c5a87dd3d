//! A list of people as coordinators keep it: CSV, XLSX or ODS.
//!
//! In: a file, and the mapping of its headings. Out: [`List`], whose rows are visited one by one as [`Listed`] people
//! with the faults of their cells; a CSV is never held in memory as a whole.
//!
//! Deliberately absent: rules about people and addresses (`check`), and hidden sheets: nobody meant to invite those.
//! Rows that a filter hides are faults, since nobody can see whether their people are meant.

mod address;
mod bytes;
mod cell;
mod cells;
mod columns;
mod delimited;
mod fields;
mod headings;
mod length;
mod mojibake;
mod naming;
mod recipients;
mod record;
mod stand_in;
mod unfilled;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use crate::sheets::{Spoiled, letters};
pub(crate) use cell::without_strays;
pub use cell::{holds_line, lines, stray, text};
pub use cells::{CellFault, is_unticked};
pub use columns::{Columns, Doubt, Mapping, Why};
pub use fields::{Field, folded, folded_address, folded_apart};
pub use mojibake::is_in as is_mojibake;
pub use naming::{Greeting, greeting, without_greeting};
pub(crate) use naming::{NOBODY, is_nobody};
pub use recipients::as_table;
pub use record::{Answers, answers};
pub use stand_in::{StandIn, begins_with_date, inside, is_nothing, is_nothing_in_name, is_truth};
pub use unfilled::is_all_of as is_name_of_field;

use crate::diag::{Cell, Diagnostic, Place, Report, codes};
use crate::model::listed::Listed;
use crate::sheets::{self, Kind};
use crate::workbook;
use bytes::Bytes;
use delimited::{Dialect, Unread};
use record::RowPlace;

/// An open list: its sheets and their headings.
#[derive(Debug)]
pub struct List {
    path: PathBuf,
    source: Source,
    /// Every sheet, in the order of the file.
    pub(crate) sheets: Vec<Sheet>,
    /// The kind of file, in words for people.
    pub kind: String,
}

/// A sheet of a list. A CSV is one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; for a CSV, the name of the file.
    pub name: String,
    /// Its columns; `None` if no row of headings was recognised, in which case the sheet is not read.
    pub columns: Option<Columns>,
    /// The columns that are read and that nobody sees, from 0.
    pub(crate) hidden_columns: Vec<usize>,
    /// Whether it was asked for by its name.
    pub(crate) is_asked_for: bool,
}

#[derive(Debug)]
enum Source {
    Delimited(Bytes, Dialect),
    /// The rows of a CSV, each with its number, in memory.
    Held(Vec<(u32, Vec<String>)>),
    Book(Vec<sheets::Sheet>),
}

/// Headings are within this many first rows.
const HEADINGS_WITHIN: u32 = 20;

/// The most bytes of a list: 100,000 rows have some 10 MB.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The most bytes of the file that remembers the headings of a list, one to a line.
const MAX_MAPPING: u64 = 1024 * 1024;

/// Whether a file is a list: a workbook, whatever its name is, a text with the name of a list, or a text with a row of
/// headings: what other programs call `export.xls` is often one.
pub fn is_list(path: &Path) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    matches!(ending.as_str(), "csv" | "tsv" | "txt" | "xlsx" | "xlsm" | "ods")
        || match super::kinds::of_file(path, MAX_BYTES) {
            Ok(Some(Kind::Xlsx | Kind::Ods)) => true,
            Ok(Some(Kind::Text)) => super::kinds::head(path).is_ok_and(|head| is_table(&sheets::head_text(&head))),
            Ok(Some(Kind::Unknown | Kind::Stranger(_)) | None) | Err(_) => false,
        }
}

/// The most lines of a text in which a row of headings is looked for.
const TRIED: usize = 20;

/// Whether one of the first lines of a text is a row of headings: cells with commas, semicolons or tabs between them, at
/// least two of which are headings that lists have.
pub fn is_table(text: &str) -> bool {
    let mapping = Mapping::default();
    let is_heading = |cell: &&str| {
        let cell = cell.trim().trim_matches('"');
        // A field of a conference file has its value after a colon.
        !cell.is_empty() && !cell.contains([':', '{', '[']) && Columns::understands(cell, &mapping)
    };
    let is_row = |line: &str, separator: char| {
        line.contains(separator) && line.split(separator).filter(is_heading).nth(1).is_some()
    };
    text.lines()
        .take(TRIED)
        .any(|line| !line.trim_start().starts_with('#') && [',', ';', '\t'].into_iter().any(|c| is_row(line, c)))
}

/// Takes a person, the faults of their row and its cells, and returns whether to go on.
pub type Visit<'v> = dyn FnMut(Listed, Vec<CellFault>, &[String]) -> bool + 'v;

impl List {
    /// Opens a list and finds its headings.
    ///
    /// # Errors
    /// If the file cannot be read, is none of the three kinds, has no sheet of that name, or no row of headings in any
    /// sheet.
    pub fn open(path: &Path, mapping: &Mapping, only: Option<&str>) -> Result<Self, Report> {
        Self::read(path, Bytes::File(path.to_owned()), mapping, only)
    }

    /// The same of bytes in memory, which messages call by a name.
    ///
    /// # Errors
    /// As for [`List::open`].
    pub fn of(name: &str, data: Arc<[u8]>, mapping: &Mapping, only: Option<&str>) -> Result<Self, Report> {
        Self::read(Path::new(name), Bytes::Held(data), mapping, only)
    }

    fn read(path: &Path, bytes: Bytes, mapping: &Mapping, only: Option<&str>) -> Result<Self, Report> {
        let located = |error: Diagnostic| Report::of(error.place(Place::file(path.display().to_string())));
        let (source, kind, names) = Source::open(path, bytes, mapping)?;
        if let Some(only) = only
            && !names.iter().any(|n| n == only)
        {
            let error = Diagnostic::error(codes::NO_SHEET, format!("there is no sheet called `{only}`"));
            return Err(located(error.suggest(only, names.iter().map(String::as_str))));
        }
        let mut list = Self { path: path.to_owned(), source, sheets: Vec::new(), kind };
        for (n, name) in names.into_iter().enumerate() {
            let wanted = only.is_none_or(|only| only == name);
            let columns = if wanted { list.find_columns(n, mapping)? } else { None };
            let hidden_columns = columns.as_ref().map(|columns| list.hidden_columns(n, columns)).unwrap_or_default();
            let name = cell::beginning(&name);
            list.sheets.push(Sheet { name, columns, hidden_columns, is_asked_for: only.is_some() });
        }
        if list.sheets.iter().all(|s| s.columns.is_none()) {
            let error = Diagnostic::error(codes::NO_COLUMNS, "no row of headings is recognised in this list");
            return Err(located(error.hint(
                "the first row says what each column holds, for example Name, Address, Postcode; `--map \"Heading=field\"` names a column's field",
            )));
        }
        Ok(list)
    }

    /// The same with all rows in memory, so that it is not read from the disk again.
    ///
    /// # Errors
    /// If the file cannot be read to the end, or has more rows than this.
    pub fn held(mut self, most: usize) -> Result<Self, Report> {
        if let Source::Delimited(..) = self.source {
            let mut rows = Vec::new();
            self.each_raw(0, &mut |row, cells| {
                rows.push((row, cells.to_vec()));
                rows.len() <= most
            })?;
            self.source = Source::Held(rows);
        }
        Ok(self)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The columns of a sheet that hold a field and that nobody sees, unless somebody said what they are.
    fn hidden_columns(&self, sheet: usize, columns: &Columns) -> Vec<usize> {
        let Source::Book(sheets) = &self.source else { return Vec::new() };
        let read = columns.all.iter().enumerate().filter(|(_, (_, field))| field.is_some()).map(|(column, _)| column);
        read.filter(|column| sheets[sheet].hides_column(*column) && !columns.is_said(*column)).collect()
    }

    fn find_columns(&self, sheet: usize, mapping: &Mapping) -> Result<Option<Columns>, Report> {
        let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
        self.each_raw(sheet, &mut |row, cells| {
            if row <= HEADINGS_WITHIN {
                rows.push((row, cells.to_vec()));
            }
            row < HEADINGS_WITHIN
        })?;
        Ok(Columns::find(rows.iter().map(|(row, cells)| (*row, cells.as_slice())), mapping))
    }

    fn each_raw(&self, sheet: usize, visit: &mut dyn FnMut(u32, &[String]) -> bool) -> Result<(), Report> {
        match &self.source {
            Source::Book(sheets) => {
                sheets[sheet].each(visit);
                Ok(())
            }
            Source::Held(rows) => {
                let _ = rows.iter().all(|(row, cells)| visit(*row, cells));
                Ok(())
            }
            Source::Delimited(bytes, dialect) => {
                delimited::each(bytes, *dialect, visit).map_err(|why| unread(&self.path, &why))
            }
        }
    }

    /// Visits every person of every sheet in order, with the faults and the cells of their row, until `visit` returns
    /// `false`. Blank rows are not people and have no number.
    ///
    /// # Errors
    /// If the file cannot be read to the end.
    pub(crate) fn each(&self, visit: &mut Visit<'_>) -> Result<(), Report> {
        let mut number = 0;
        let mut go_on = true;
        for (sheet, columns) in self.sheets.iter().enumerate().filter_map(|(n, s)| Some((n, s.columns.as_ref()?))) {
            if !go_on {
                break;
            }
            let mut short = Vec::new();
            self.each_raw(sheet, &mut |row, cells| {
                // A cell that only has the text of a row above shown over it makes no person.
                let blank = cells.iter().all(|c| c.trim().is_empty() || Spoiled::of(c) == Some(Spoiled::Merged));
                if row > columns.row && !blank {
                    number += 1;
                    let long = length::faults(columns, cells);
                    let cells = if long.is_empty() { cells } else { length::shortened(cells, &mut short) };
                    let (listed, mut faults) = record::read(columns, cells, RowPlace { number, sheet, row });
                    // In a workbook a remark may be beside the list; in a CSV a comma has split a cell in two.
                    let beyond = cells.get(columns.width()..).unwrap_or_default();
                    if !matches!(self.source, Source::Book(_)) && beyond.iter().any(|c| !c.trim().is_empty()) {
                        faults.push(SHIFTED);
                    }
                    if matches!(&self.source, Source::Book(sheets) if sheets[sheet].hides(row)) {
                        faults.push(HIDDEN);
                    }
                    faults.extend(long);
                    go_on = visit(listed, faults, cells);
                }
                go_on
            })?;
        }
        Ok(())
    }

    /// Checks that some column has this heading, compared as headings are.
    ///
    /// # Errors
    /// If no column of any sheet that is read has it.
    pub fn ensure_heading(&self, heading: &str) -> Result<(), Report> {
        let columns = self.sheets.iter().filter_map(|sheet| sheet.columns.as_ref());
        let headings = columns.flat_map(|columns| &columns.all).map(|(heading, _)| heading.as_str());
        if headings.clone().any(|other| folded(other) == folded(heading)) {
            return Ok(());
        }
        let error = Diagnostic::error(codes::BAD_MAPPING, format!("no column of this list is headed `{heading}`"));
        let error = error.suggest(heading, headings);
        let error = error.place(Place::file(self.path.display().to_string()));
        Err(if error.hint.is_some() { error } else { error.hint("`convenor check LIST` shows every heading") }.into())
    }

    /// A cell as a spreadsheet names it: `Sheet1!F14`, or `F14` if there is only one sheet.
    pub fn cell(&self, sheet: usize, row: u32, column: Option<usize>) -> String {
        let cell = column.map_or_else(|| format!("row {row}"), |column| format!("{}{row}", letters(column)));
        if self.sheets.len() == 1 {
            return cell;
        }
        // Anything that people typed, except characters that would move the cursor of a terminal.
        let name = self.sheets[sheet].name.replace(char::is_control, "\u{fffd}");
        format!("{name}!{cell}")
    }
}

impl Source {
    /// Opens a file by its content. Returns also the kind of file, in words for people, and the names of its sheets.
    fn open(path: &Path, bytes: Bytes, mapping: &Mapping) -> Result<(Self, String, Vec<String>), Report> {
        let located = |error: Diagnostic| Report::of(error.place(Place::file(path.display().to_string())));
        if bytes.is_folder() {
            let error = Diagnostic::error(codes::UNREADABLE, "this is a folder, not a list");
            return Err(located(error.hint("give the CSV, XLSX or ODS file inside it")));
        }
        let name = path.display().to_string();
        let head = bytes.head().map_err(|e| located(unreadable(&e)))?;
        if sheets::head_text(&head).trim().is_empty() && !super::kinds::is_longer(&head) {
            let error = Diagnostic::error(codes::EMPTY_FILE, "the file is empty");
            return Err(located(
                error.hint("check that it is the right file; a list has a row of headings, and people below"),
            ));
        }
        // The name of a file proves nothing.
        if super::kinds::is_packed(&head) {
            return Self::open_workbook(&bytes, &name).map_err(located);
        }
        match sheets::kind_of(&name, &head) {
            Kind::Stranger(stranger) => Err(located(stranger.diagnostic())),
            Kind::Unknown => Err(unread(path, &Unread::NotText)),
            Kind::Text | Kind::Xlsx | Kind::Ods => Self::open_delimited(path, bytes, mapping),
        }
    }

    fn open_workbook(bytes: &Bytes, name: &str) -> Result<(Self, String, Vec<String>), Diagnostic> {
        let Some(data) = bytes.all(MAX_BYTES).map_err(|e| unreadable(&e))? else {
            let error = Diagnostic::error(codes::OVER_BUDGET, "the workbook is larger than 256 MB");
            return Err(error.hint("save it as CSV"));
        };
        let sheets = sheets::open(name, &data).map_err(|why| why.diagnostic())?;
        if workbook::is_conference(&sheets) {
            let error = Diagnostic::error(codes::WRONG_KIND, "this is a conference, not a list of people");
            return Err(error.hint("`convenor invite` makes letters to the people of a conference without `--list`"));
        }
        let names = sheets.iter().map(|s| s.name.clone()).collect();
        Ok((Self::Book(sheets), "workbook".to_owned(), names))
    }

    fn open_delimited(path: &Path, bytes: Bytes, mapping: &Mapping) -> Result<(Self, String, Vec<String>), Report> {
        let understood = |cell: &str| Columns::understands(cell, mapping);
        if bytes.len() > MAX_BYTES {
            return Err(unread(path, &Unread::Large));
        }
        let dialect = Dialect::of(&bytes, &understood).map_err(|why| unread(path, &why))?;
        let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        Ok((Self::Delimited(bytes, dialect), format!("CSV, {}", dialect.name()), vec![name]))
    }
}

fn unreadable(error: &std::io::Error) -> Diagnostic {
    Diagnostic::error(codes::UNREADABLE, super::disk::words(error))
        .hint("check the name, and that you may read the file")
}

const SHIFTED: CellFault = CellFault {
    code: codes::SHIFTED_ROW,
    field: None,
    message: "this row has more cells than there are headings, so some cells may be under the wrong ones",
    hint: "put a cell that contains the separator into quotation marks, or give the last column a heading",
};

const HIDDEN: CellFault = CellFault {
    code: codes::HIDDEN_ROW,
    field: None,
    message: "this row is hidden, by a filter or by hand, so nobody can see that its person would get a letter",
    hint: "remove the filter if they are to get a letter, or the row if they are not",
};

fn unread(path: &Path, why: &Unread) -> Report {
    let error = match why {
        Unread::File(e) => unreadable(e),
        Unread::NotText => sheets::no_text(),
        Unread::Rows(e) => Diagnostic::error(codes::UNREADABLE, format!("the list cannot be read: {e}")),
        Unread::Mixed(row) => {
            let message = format!("row {row} has a character that is not UTF-8, unlike the others");
            Diagnostic::error(codes::NOT_TEXT, message).hint("correct that character, and save the list as CSV UTF-8")
        }
        Unread::Mac(row) => {
            let message = format!(
                "row {row} has letters in the encoding of an old Mac (Mac Roman), which would be read as others"
            );
            Diagnostic::error(codes::NOT_TEXT, message).hint("save the list as CSV UTF-8, or as XLSX")
        }
        Unread::LongCell(row) => sheets::Over::Cell(*row).diagnostic(),
        Unread::Wide(column) => sheets::Over::Column(*column).diagnostic(),
        Unread::Long(row) => sheets::Over::Row(u64::from(*row)).diagnostic(),
        Unread::Large => Diagnostic::error(codes::OVER_BUDGET, "the list is larger than 256 MB").hint("split the list"),
        Unread::OpenQuote(row) => {
            let message = format!("in row {row} a quotation mark opens a cell that takes in the rows after it");
            let hint = "remove the quotation mark, or close the cell with another; inside a cell write it twice";
            Diagnostic::error(codes::OPEN_QUOTE, message).hint(hint)
        }
    };
    let row = match why {
        Unread::Mixed(row) | Unread::Mac(row) | Unread::OpenQuote(row) | Unread::LongCell(row) => Some(*row),
        Unread::File(_) | Unread::NotText | Unread::Rows(_) | Unread::Wide(_) | Unread::Long(_) | Unread::Large => None,
    };
    // The CSV is one sheet.
    let cell = row.map(|row| Cell { sheet: 0, row, column: None, shown: format!("row {row}"), heading: None });
    error.place(Place { cell, ..Place::file(path.display().to_string()) }).into()
}

/// The mapping that an earlier `--map` left in the file beside the list; empty if there is none.
///
/// # Errors
/// If the file exists but cannot be parsed.
pub fn remembered(path: &Path) -> Result<Mapping, Report> {
    let beside = mapping_file(path);
    let mut mapping = Mapping::default();
    let place = || Place::file(beside.display().to_string());
    let data = match super::disk::bytes(&beside, MAX_MAPPING) {
        Ok(data) => data,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && !super::disk::is_there(&beside) => return Ok(mapping),
        // The mapping of the headings would be ignored, and nobody would know.
        Err(e) => {
            let error = Diagnostic::error(codes::UNREADABLE, super::disk::words(&e)).place(place());
            return Err(error.hint("make sure that you may read the file, or delete it and give `--map` again").into());
        }
    };
    let Some(data) = data else {
        let error = Diagnostic::error(codes::OVER_BUDGET, "the file is larger than 1 MB").place(place());
        return Err(error.hint("delete the file, and give `--map` again").into());
    };
    for record in csv::ReaderBuilder::new().flexible(true).from_reader(data.as_slice()).records() {
        let fault = |message: String| {
            let error = Diagnostic::error(codes::BAD_MAPPING, message).place(place());
            Report::of(error.hint("delete the file, and give `--map` again"))
        };
        let record = record.map_err(|e| fault(e.to_string()))?;
        mapping.set(record.get(0).unwrap_or_default(), record.get(1).unwrap_or_default(), &place())?;
    }
    Ok(mapping)
}

/// The file beside a list that remembers its mapping: `people.columns.csv` for `people.xlsx`.
pub fn mapping_file(path: &Path) -> PathBuf {
    path.with_extension("columns.csv")
}
