//! Workbooks as their owner sees them: XLSX and ODS, sheet by sheet.
//!
//! In: the bytes of a file. Out: its visible [`Sheet`]s with the text of every cell, and which rows and columns nobody
//! sees. What is no text on the screen (a date, an error, a formula that was never worked out, a number that its format
//! hides) is no text here either: such a cell holds a mark ([`Spoiled`]), that of a date with its number ([`days_of`]).
//!
//! Cost comes before content: parts, shared strings, repeats and cells are counted ([`budget`]) before anything is
//! expanded. For XLSX the library that reads the cells goes side by side with a walk over the same elements, which sees
//! what the library does not tell. ODS is read by the walk alone: the file holds the text that is shown, and the library
//! would expand every repeat of it.
//!
//! Deliberately absent: formulas are not calculated, macros do not run, hidden sheets are not read, and nothing here
//! knows what a list or a conference is.

mod budget;
mod cell;
mod format;
mod grid;
mod hidden;
mod kind;
mod ods;
mod outline;
mod package;
mod stranger;
mod unfit;
mod walk;
mod xlsx;

use crate::diag::{Diagnostic, codes};

pub use budget::{COLUMNS, Over, ROWS, letters};
pub use cell::{Spoiled, days_of};
pub use grid::Sheet;
pub use kind::{HEAD, Kind, head_text};
pub use unfit::Unfit;

/// The visible sheets of a workbook, in order. `name` is the file's, for what its bytes do not tell.
///
/// # Errors
/// If the file is damaged, is something else, or would cost too much.
pub fn open(name: &str, data: &[u8]) -> Result<Vec<Sheet>, Unfit> {
    Ok(open_whole(name, data)?.0)
}

/// The same, and the names of the sheets that are hidden, which are not read.
///
/// # Errors
/// As for [`open`].
pub fn open_whole(name: &str, data: &[u8]) -> Result<(Vec<Sheet>, Vec<String>), Unfit> {
    budget::ensure_few_parts(data)?;
    match kind::of(name, data) {
        Kind::Xlsx => xlsx::sheets(data),
        Kind::Ods => ods::sheets(data),
        Kind::Stranger(stranger) => Err(Unfit::Stranger(stranger)),
        Kind::Text | Kind::Unknown => Err(Unfit::Broken("it is not a workbook".to_owned())),
    }
}

/// The error for a file that is neither text nor of any known kind.
pub fn no_text() -> Diagnostic {
    Diagnostic::error(codes::NOT_TEXT, "this is neither text nor a workbook")
        .hint("give the list as XLSX, ODS or CSV, or the conference file as YAML or JSON, in UTF-8")
}

/// The error for a package that is no whole workbook.
pub fn broken() -> Diagnostic {
    Unfit::Broken("it is not a workbook".to_owned()).diagnostic()
}

/// What a file is by its content, and by its name only where the content does not tell.
pub fn kind_of(name: &str, data: &[u8]) -> Kind {
    kind::of(name, data)
}

#[cfg(test)]
mod tests;
