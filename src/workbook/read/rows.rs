//! The rows of a sheet as texts of the model.
//!
//! In: a sheet, and where its headings are. Out: a [`Row`] for each that has something, and the faults of the others.

use std::collections::{BTreeMap, BTreeSet};

use super::find::Table;
use super::scalar;
use super::telling::Telling;
use crate::diag::codes;
use crate::sheets::{Sheet, Spoiled};
use crate::workbook::plan::{Column, Kind, Need, SheetPlan};
use crate::yaml::At;

/// A row that has something.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Its number, from 1.
    pub number: u32,
    /// What was read, by the key of the column.
    pub texts: BTreeMap<&'static str, String>,
    /// What could not be read, and was reported.
    pub faulty: BTreeSet<&'static str>,
}

/// A sheet whose rows were read.
#[derive(Debug, Default)]
pub struct Rows {
    /// The number of the sheet among those whose cells are known.
    pub sheet: usize,
    /// The column and the heading of each key.
    pub columns: BTreeMap<&'static str, (usize, String)>,
    /// The rows.
    pub all: Vec<Row>,
}

impl Row {
    /// A text.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }
}

impl Rows {
    /// A cell of a row; the row as a whole if there is no such column.
    pub fn at(&self, row: &Row, key: &str) -> At {
        let found = self.columns.get(key);
        At {
            sheet: self.sheet,
            row: Some(row.number),
            column: found.map(|(column, _)| *column),
            heading: found.map(|(_, heading)| heading.clone()),
        }
    }
}

/// Reads the rows of a sheet.
pub fn read(
    plan: &'static SheetPlan,
    table: &Table,
    sheet: &Sheet,
    file: &str,
    points: &[String],
    telling: &mut Telling,
) -> Rows {
    let mut rows = Rows { sheet: telling.cells.sheet(file, &sheet.name, table.sheet), ..Rows::default() };
    for (key, column) in &table.columns {
        let heading = table.headings.get(*column).cloned().unwrap_or_default();
        telling.cells.column(rows.sheet, key, *column, &heading);
        rows.columns.insert(key, (*column, heading));
    }
    columns(plan, table, sheet, &rows, telling);
    let mut seen = BTreeSet::new();
    sheet.each(&mut |number, cells| {
        if number <= table.row {
            return true;
        }
        let full = |column: &usize| cells.get(*column).is_some_and(|cell| !is_blank(cell));
        seen.extend(table.columns.values().filter(|column| full(column)).copied());
        if !table.columns.values().any(full_of(&full)) {
            return true;
        }
        if sheet.hides(number) {
            let at = At { sheet: rows.sheet, row: Some(number), column: None, heading: None };
            telling.error(
                &at,
                codes::HIDDEN_ROW,
                "this row is hidden, by a filter or by hand, so nobody can see whether it is meant",
                "clear the filter or show the row, or delete it if it is not meant",
            );
        }
        let mut row = Row { number, ..Row::default() };
        for column in plan.columns {
            let raw = table.columns.get(column.key).and_then(|at| cells.get(*at));
            if let Some(raw) = raw.filter(|raw| !raw.is_empty()) {
                one(column, raw, &mut row, &rows, points, telling);
            }
        }
        // What a list has in columns of its own.
        for (key, at) in table.columns.iter().filter(|(key, _)| plan.column(key).is_none()) {
            if let Some(raw) = cells.get(*at).filter(|raw| !is_blank(raw)) {
                let column = Column { key, ..TEXT };
                one(&column, raw, &mut row, &rows, points, telling);
            }
        }
        rows.all.push(row);
        true
    });
    for column in seen.iter().filter(|column| sheet.hides_column(**column)) {
        let at = At {
            sheet: rows.sheet,
            row: Some(table.row),
            column: Some(*column),
            heading: table.headings.get(*column).cloned(),
        };
        telling.warning(
            &at,
            codes::HIDDEN_ROW,
            "this column is hidden, and read all the same",
            "show it, so that you see what is read",
        );
    }
    rows
}

/// A column that lists have and a workbook has not.
const TEXT: Column = Column {
    key: "",
    heading: "",
    kind: Kind::Text,
    width: 0,
    stage: crate::workbook::plan::Stage::Letters,
    need: Need::No,
    help: "",
};

fn full_of(full: &impl Fn(&usize) -> bool) -> impl Fn(&usize) -> bool {
    move |column| full(column)
}

/// Whether a cell has nothing; one that only has the text of a row above shown over it makes no row.
fn is_blank(cell: &str) -> bool {
    cell.trim().is_empty() || Spoiled::of(cell) == Some(Spoiled::Merged)
}

fn one(column: &Column, raw: &str, row: &mut Row, rows: &Rows, points: &[String], telling: &mut Telling) {
    let guards = column.need == Need::Column;
    match scalar::read(column.kind, raw, guards, points) {
        Ok(Some(text)) => drop(row.texts.insert(column.key, text)),
        Ok(None) => {}
        Err(unread) => {
            if !unread.is_warning {
                row.faulty.insert(column.key);
            }
            let at = rows.at(row, column.key);
            telling.unread(&at, unread);
        }
    }
}

/// Reports columns that are missing, double, or not read.
fn columns(plan: &'static SheetPlan, table: &Table, sheet: &Sheet, rows: &Rows, telling: &mut Telling) {
    let head = |column: Option<usize>| At {
        sheet: rows.sheet,
        row: Some(table.row.max(1)),
        column,
        heading: column.and_then(|at| table.headings.get(at).cloned()),
    };
    for column in &table.twice {
        telling.error(
            &head(Some(*column)),
            codes::DUPLICATE_KEY,
            "a column before this one has the same heading",
            "keep one of them, or give this one another heading",
        );
    }
    let is_there = |column: &Column| table.columns.contains_key(column.key) || stands_in(column.key, table);
    for column in plan.columns.iter().filter(|column| column.need != Need::No && !is_there(column)) {
        let message = format!("there is no column `{}`", column.heading);
        let hint = if column.need == Need::Column {
            "add it, even if it stays empty: without it more people would read more"
        } else {
            "add it, with this heading"
        };
        telling.error(&head(None), codes::MISSING_COLUMN, message, hint);
    }
    // A remark beside the table is nobody's column.
    let width = table.columns.values().max().copied().unwrap_or_default();
    let mut full: BTreeSet<usize> = BTreeSet::new();
    if !table.unread.is_empty() {
        sheet.each(&mut |number, cells| {
            full.extend(
                table
                    .unread
                    .iter()
                    .filter(|c| number > table.row && cells.get(**c).is_some_and(|cell| !is_blank(cell))),
            );
            true
        });
    }
    for column in full.iter().filter(|column| **column < width) {
        telling.warning(
            &head(Some(*column)),
            codes::NOT_READ,
            "this column is not read: its heading is not known",
            "leave it, if it is for yourself; the notes at the other headings say what is read",
        );
    }
}

/// Whether columns of a list stand for a column of ours: parts of a name, or of an address.
fn stands_in(key: &str, table: &Table) -> bool {
    key == "person.name" && ["first_name", "last_name"].iter().any(|part| table.columns.contains_key(part))
}
