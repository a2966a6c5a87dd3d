//! What is said of cells, and which fields it leaves unread.

use std::collections::BTreeSet;

use super::scalar::Unread;
use crate::diag::{Code, Diagnostic, Hint, codes};
use crate::yaml::{At, Cells};

/// The faults of a workbook so far, and the cells of what was read.
#[derive(Debug, Default)]
pub struct Telling {
    /// All faults.
    pub faults: Vec<Diagnostic>,
    /// The cell of every field.
    pub cells: Cells,
    /// Fields that could not be read, and were reported.
    pub told: BTreeSet<String>,
}

impl Telling {
    /// An error in a cell.
    pub fn error(&mut self, at: &At, code: Code, message: impl Into<String>, hint: impl Into<Hint>) {
        self.faults.push(Diagnostic::error(code, message).place(self.cells.shown(at)).hint(hint));
    }

    /// A warning in a cell.
    pub fn warning(&mut self, at: &At, code: Code, message: impl Into<String>, hint: impl Into<Hint>) {
        self.faults.push(Diagnostic::warning(code, message).place(self.cells.shown(at)).hint(hint));
    }

    /// Why a cell cannot be read.
    pub fn unread(&mut self, at: &At, unread: Unread) {
        let place = self.cells.shown(at);
        let new = if unread.is_warning { Diagnostic::warning } else { Diagnostic::error };
        let said = new(unread.code, unread.message).place(place);
        self.faults.push(match unread.hint {
            Some(hint) => said.hint(hint),
            None => said,
        });
    }

    /// A cell that has to be filled in.
    pub fn missing(&mut self, at: &At) {
        let heading = at.heading.clone().unwrap_or_default();
        let heading = heading.trim_end_matches([' ', '*']);
        self.error(at, codes::MISSING_FIELD, format!("`{heading}` is needed"), "fill in this cell");
    }
}
