//! A problem of a list, and the row in which one is looked for.

use crate::diag::{Code, Severity};
use crate::input::list::{Columns, Field, Spoiled, holds_line};
use crate::model::listed::Listed;

/// A problem of a list, a row or a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// An error keeps the letter from being made; a warning does not.
    pub severity: Severity,
    /// The kind of problem.
    pub code: Code,
    /// The sheet, from 0.
    pub sheet: usize,
    /// The row as the spreadsheet counts it; `None` if it is the sheet as a whole.
    pub row: Option<u32>,
    /// The number of the row's person among the people of the list, from 1, if it is a row.
    pub number: Option<u32>,
    /// The column, from 0, if it is one cell.
    pub column: Option<usize>,
    /// The field of the column.
    pub field: Option<Field>,
    /// The message, without any value.
    pub message: String,
    /// The hint.
    pub hint: &'static str,
    /// The value of the cell, for callers that may show it.
    pub value: Option<String>,
}

/// A row, and the problems that were found in it.
pub(super) struct Row<'r> {
    /// The person.
    pub(super) listed: &'r Listed,
    /// The cells as they stand in the list.
    pub(super) cells: &'r [String],
    /// The columns of the sheet.
    pub(super) columns: &'r Columns,
    /// The problems.
    pub(super) problems: Vec<Problem>,
}

impl Row<'_> {
    /// Adds a problem of a field.
    pub(super) fn add(
        &mut self,
        severity: Severity,
        code: Code,
        field: Option<Field>,
        message: String,
        hint: &'static str,
    ) {
        let column = field.and_then(|f| self.columns.of(f));
        self.add_at(severity, code, (field, column), message, hint);
    }

    /// The same of a column.
    pub(super) fn add_at(
        &mut self,
        severity: Severity,
        code: Code,
        (field, column): (Option<Field>, Option<usize>),
        message: String,
        hint: &'static str,
    ) {
        self.problems.push(Problem {
            severity,
            code,
            sheet: self.listed.sheet,
            row: Some(self.listed.row),
            number: Some(self.listed.number),
            column,
            field,
            message,
            hint,
            value: column.and_then(|c| self.cells.get(c)).filter(|cell| Spoiled::of(cell).is_none()).cloned(),
        });
    }

    /// The field that a line of the address came from.
    pub(super) fn origin(&self, line: &str) -> Option<Field> {
        let of_address = |f: &Field| f.is_of_address() || *f == Field::Organisation;
        let holds = |c: usize| self.cells.get(c).is_some_and(|cell| holds_line(cell, line));
        let mut all = self.columns.all.iter().enumerate();
        let found = all.find_map(|(c, (_, f))| f.filter(|f| of_address(f) && holds(c)));
        let first = [Field::Address, Field::Line(1), Field::Street, Field::House, Field::PoBox, Field::Line(2)];
        found.or_else(|| first.into_iter().find(|f| self.columns.of(*f).is_some()))
    }

    /// The field that the name comes from.
    pub(super) fn name_field(&self) -> Field {
        let first = [Field::Name, Field::LastName, Field::FirstName, Field::Title];
        first.into_iter().find(|f| self.columns.of(*f).is_some()).unwrap_or(Field::Name)
    }

    /// Whether a column has an error already, of which others only follow.
    pub(super) fn is_wrong(&self, column: Option<usize>) -> bool {
        let in_column = |p: &Problem| p.severity == Severity::Error && p.column == column;
        column.is_some() && self.problems.iter().any(in_column)
    }
}
