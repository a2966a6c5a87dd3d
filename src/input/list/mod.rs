//! A list of people as coordinators keep it: CSV, XLSX or ODS.
//!
//! In: a file, and what the person said about its headings. Out: [`List`], whose rows are visited one by one as
//! [`Listed`] people with the faults of their cells; a CSV of any length is never held in memory.
//!
//! Deliberately absent: rules about people and addresses (`check`), and hidden sheets: nobody meant to invite those. Rows that
//! a filter hides are at fault, for nobody can tell by looking whether their people are meant.

mod columns;
mod delimited;
mod fields;
mod hidden;
mod record;
mod workbook;

use std::io::Read;
use std::path::{Path, PathBuf};

pub use columns::{Columns, Doubt, Mapping, letters};
pub use fields::{Field, folded, folded_address, folded_apart};
pub use record::Fault;
pub use workbook::NOT_TEXT;

use crate::diag::{Diagnostic, Place, Report, codes};
use crate::model::listed::Listed;
use delimited::{Dialect, Unread};
use record::At;

/// A list that was opened: its sheets and their headings.
pub struct List {
    path: PathBuf,
    source: Source,
    /// Every sheet, in the order of the file.
    pub(crate) sheets: Vec<Sheet>,
    /// What sort of file it is, for people.
    pub kind: String,
}

/// A sheet of a list. A CSV is one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; that of the file for a CSV.
    pub name: String,
    /// What its columns hold; nothing where no row of headings was understood, and then it is not read.
    pub columns: Option<Columns>,
}

enum Source {
    Delimited(Dialect),
    Book(Vec<workbook::Sheet>),
}

/// Headings stand in one of the first rows.
const HEADINGS_WITHIN: u32 = 20;

/// A workbook larger than this is no list of people: 100,000 rows have some 10 MB.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// What remembers the headings of a list has a line for each.
const MAX_MAPPING: u64 = 1024 * 1024;

/// Whether a file is a list, by its name.
pub fn is_list(path: &Path) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_lowercase();
    matches!(ending.as_str(), "csv" | "tsv" | "txt" | "xlsx" | "xlsm" | "ods")
}

/// Takes a person, the faults of their row and its cells, and says whether to go on.
pub type Visit<'v> = dyn FnMut(Listed, Vec<Fault>, &[String]) -> bool + 'v;

impl List {
    /// Opens a list and finds its headings.
    ///
    /// # Errors
    /// If the file cannot be read, is none of the three kinds, has no sheet of that name, or no row of headings in any sheet.
    pub fn open(path: &Path, mapping: &Mapping, only: Option<&str>) -> Result<Self, Report> {
        let fault = |error: Diagnostic| Report::of(error.place(Place::file(path.display().to_string())));
        let unreadable = |e: &std::io::Error| {
            fault(
                Diagnostic::error(codes::UNREADABLE, super::disk::words(e))
                    .hint("check the name, and that you may read the file"),
            )
        };
        if path.is_dir() {
            let error = Diagnostic::error(codes::UNREADABLE, "this is a folder, not a list");
            return Err(fault(error.hint("name the CSV, XLSX or ODS file inside it")));
        }
        let mut head = [0; 4];
        let read = super::disk::open(path).and_then(|mut f| f.read(&mut head)).map_err(|e| unreadable(&e))?;
        if read == 0 {
            return Err(fault(Diagnostic::error(codes::EMPTY_FILE, "the list is empty")));
        }
        // XLSX and ODS are zip archives (`PK`); the old XLS is an OLE file. What a file is called proves nothing.
        let (source, kind, mut names) = if head == *b"PK\x03\x04" {
            let Some(data) = super::disk::bytes(path, MAX_BYTES).map_err(|e| unreadable(&e))? else {
                return Err(fault(
                    Diagnostic::error(codes::OVER_BUDGET, "the workbook is larger than 256 MB").hint("save it as CSV"),
                ));
            };
            let sheets = workbook::sheets(data).map_err(|why| fault(why.diagnostic()))?;
            let names = sheets.iter().map(|s| s.name.clone()).collect();
            (Source::Book(sheets), "workbook".to_owned(), names)
        } else if head == [0xD0, 0xCF, 0x11, 0xE0] {
            let error = Diagnostic::error(
                codes::UNREADABLE,
                "this workbook is in the format of before 2007, or has a password",
            );
            return Err(fault(error.hint("save it as XLSX, ODS or CSV, without a password")));
        } else {
            let understood = |cell: &str| Columns::understands(cell, mapping);
            let dialect = Dialect::of(path, &understood).map_err(|why| unread(path, &why))?;
            let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            (Source::Delimited(dialect), format!("CSV, {}", dialect.name()), vec![name])
        };
        if let Some(only) = only
            && !names.iter().any(|n| n == only)
        {
            let error = Diagnostic::error(codes::NO_SHEET, format!("there is no sheet called `{only}`"));
            return Err(fault(error.suggest(only, names.iter().map(String::as_str))));
        }
        let mut list = Self { path: path.to_owned(), source, sheets: Vec::new(), kind };
        for (n, name) in names.drain(..).enumerate() {
            let wanted = only.is_none_or(|only| only == name);
            let columns = if wanted { list.find_columns(n, mapping)? } else { None };
            list.sheets.push(Sheet { name, columns });
        }
        if list.sheets.iter().all(|s| s.columns.is_none()) {
            let error = Diagnostic::error(codes::NO_COLUMNS, "no row of headings is understood in this list");
            return Err(fault(error.hint(
                "the first row says what each column holds, for example Name, Address, Postcode; `--map \"Heading=field\"` names a column's field",
            )));
        }
        Ok(list)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
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
            Source::Delimited(dialect) => {
                delimited::each(&self.path, *dialect, visit).map_err(|why| unread(&self.path, &why))
            }
        }
    }

    /// Visits every person of every sheet in order, with the faults and the cells of their row, until `visit` says to stop.
    /// Blank rows are no people and have no number.
    ///
    /// # Errors
    /// If the file cannot be read to its end.
    pub(crate) fn each(&self, visit: &mut Visit<'_>) -> Result<(), Report> {
        let mut number = 0;
        let mut go_on = true;
        for (sheet, columns) in self.sheets.iter().enumerate().filter_map(|(n, s)| Some((n, s.columns.as_ref()?))) {
            if !go_on {
                break;
            }
            self.each_raw(sheet, &mut |row, cells| {
                let blank = cells.iter().all(|c| c.trim().is_empty());
                if row > columns.row && !blank {
                    number += 1;
                    let (listed, mut faults) = record::read(columns, cells, At { number, sheet, row });
                    // In a workbook a remark may stand beside the list; in a CSV a comma has parted a cell in two.
                    let beyond = cells.get(columns.width()..).unwrap_or_default();
                    if matches!(self.source, Source::Delimited(_)) && beyond.iter().any(|c| !c.trim().is_empty()) {
                        faults.push(SHIFTED);
                    }
                    if matches!(&self.source, Source::Book(sheets) if sheets[sheet].hides(row)) {
                        faults.push(HIDDEN);
                    }
                    go_on = visit(listed, faults, cells);
                }
                go_on
            })?;
        }
        Ok(())
    }

    /// Whether a column is headed so, as far as headings are told apart.
    ///
    /// # Errors
    /// If none of any sheet that is read is.
    pub fn has_heading(&self, heading: &str) -> Result<(), Report> {
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

    /// A cell as a spreadsheet names it: `Sheet1!F14`, or `F14` where there is one sheet only.
    pub fn cell(&self, sheet: usize, row: u32, column: Option<usize>) -> String {
        let cell = column.map_or_else(|| format!("row {row}"), |column| format!("{}{row}", letters(column)));
        if self.sheets.len() == 1 {
            return cell;
        }
        // What people typed, without what would move the cursor of a terminal.
        let name = self.sheets[sheet].name.replace(char::is_control, "\u{fffd}");
        format!("{name}!{cell}")
    }
}

const SHIFTED: Fault = Fault {
    code: codes::SHIFTED_ROW,
    field: None,
    message: "this row has more cells than there are headings, so its cells may stand under the wrong ones",
    hint: "put a cell that holds the separator into quotation marks, or give the last column a heading",
};

const HIDDEN: Fault = Fault {
    code: codes::HIDDEN_ROW,
    field: None,
    message: "this row is hidden, by a filter or by hand, so nobody can see that its person would be written to",
    hint: "take the filter off if they are to get a letter; take the row out if they are not",
};

fn unread(path: &Path, why: &Unread) -> Report {
    let error = match why {
        Unread::File(e) => Diagnostic::error(codes::UNREADABLE, super::disk::words(e))
            .hint("check the name, and that you may read the file"),
        Unread::NotText => Diagnostic::error(codes::UNREADABLE, "this is neither text nor a workbook")
            .hint("name the CSV, XLSX or ODS file that holds the list"),
        Unread::Rows(e) => Diagnostic::error(codes::UNREADABLE, format!("the list cannot be read: {e}")),
        Unread::Mixed(row) => {
            let message = format!("row {row} holds a letter that is not UTF-8, as the others are");
            Diagnostic::error(codes::NOT_TEXT, message).hint("mend that letter, and save the list as CSV UTF-8")
        }
        Unread::OpenQuote(row) => {
            let message = format!("in row {row} a quotation mark opens a cell that takes in the rows after it");
            let hint = "take the quotation mark out, or close the cell with another; inside a cell write it twice";
            Diagnostic::error(codes::OPEN_QUOTE, message).hint(hint)
        }
    };
    error.place(Place::file(path.display().to_string())).into()
}

/// What was said with `--map` before, from the file beside the list; nothing if there is none.
///
/// # Errors
/// If the file is there and cannot be understood.
pub fn remembered(path: &Path) -> Result<Mapping, Report> {
    let beside = mapping_file(path);
    let mut mapping = Mapping::default();
    let place = || Place::file(beside.display().to_string());
    let data = match super::disk::bytes(&beside, MAX_MAPPING) {
        Ok(data) => data,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && !super::disk::is_there(&beside) => return Ok(mapping),
        // What was said of the headings would not hold, and nobody would know.
        Err(e) => {
            let error = Diagnostic::error(codes::UNREADABLE, super::disk::words(&e)).place(place());
            return Err(error
                .hint("see to it that you may read the file, or take it away and say `--map` again")
                .into());
        }
    };
    let Some(data) = data else {
        let error = Diagnostic::error(codes::OVER_BUDGET, "the file is larger than 1 MB").place(place());
        return Err(error.hint("take the file away, and say `--map` again").into());
    };
    for record in csv::ReaderBuilder::new().flexible(true).from_reader(data.as_slice()).records() {
        let fault = |message: String| {
            let error = Diagnostic::error(codes::BAD_MAPPING, message).place(place());
            Report::of(error.hint("take the file away, and say `--map` again"))
        };
        let record = record.map_err(|e| fault(e.to_string()))?;
        mapping.set(record.get(0).unwrap_or_default(), record.get(1).unwrap_or_default())?;
    }
    Ok(mapping)
}

/// The file beside a list that remembers its mapping: `people.columns.csv` for `people.xlsx`.
pub fn mapping_file(path: &Path) -> PathBuf {
    path.with_extension("columns.csv")
}
