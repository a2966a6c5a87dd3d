//! A tree that is being put together from rows, with the cell of everything that is put in.

use super::find::Table;
use super::ids::Ids;
use super::meeting::Meeting;
use super::rows::{Row, Rows};
use super::telling::Telling;
use crate::diag::{Code, codes};
use crate::sheets;
use crate::workbook::nodes;
use crate::workbook::plan::{Kind, Need, Sheet, SheetPlan, sheet};
use crate::workbook::record::Record;
use crate::yaml::Node;

/// The sheets that were found.
pub struct Found<'f> {
    /// All sheets that are seen.
    pub all: &'f [sheets::Sheet],
    /// The sheet of the meeting, read.
    pub meeting: Meeting,
    /// The others.
    pub tables: Vec<FoundSheet<'f>>,
}

/// A sheet of rows that was found.
pub struct FoundSheet<'f> {
    /// What it is.
    pub plan: &'static SheetPlan,
    /// Where its headings are.
    pub table: &'f Table,
    /// Its cells.
    pub sheet: &'f sheets::Sheet,
    /// The name of its file.
    pub file: &'f str,
}

/// A tree that is being put together.
pub struct Whole<'w> {
    /// The tree so far.
    pub root: Node,
    /// Faults and cells.
    pub telling: &'w mut Telling,
    /// Ids of organisations.
    pub organisations: Ids,
}

impl Whole<'_> {
    /// Marks the fields of a row that could not be read. `field` gives the field of a key.
    pub fn told<'k>(&mut self, row: &Row, at: &str, field: impl Fn(&'k str) -> &'k str) {
        self.telling.told.extend(row.faulty.iter().map(|key| format!("{at}.{}", field(key))));
    }

    /// Reports cells of a row that have to be filled in.
    pub fn needed(&mut self, of: Sheet, rows: &Rows, row: &Row, at: &str) {
        for column in sheet(of).columns.iter().filter(|column| column.need == Need::EveryRow) {
            self.need(rows, row, column.key, at);
        }
    }

    /// Reports a cell that has to be filled in.
    pub fn need(&mut self, rows: &Rows, row: &Row, key: &str, at: &str) {
        if row.get(key).is_none() && !row.faulty.contains(key) {
            self.telling.missing(&rows.at(row, key));
            self.telling.told.insert(format!("{at}.{key}"));
        }
    }

    /// A row as a node, with the names of organisations as ids.
    pub fn node(&self, of: Sheet, row: &Row, except: &[&str]) -> Node {
        let plan = sheet(of);
        let mut record = Record { texts: row.texts.clone(), at: Vec::new() };
        for column in plan.columns {
            if !matches!(column.kind, Kind::Organisation | Kind::Organisations) {
                continue;
            }
            if let Some(text) = record.texts.get_mut(column.key) {
                *text = text.split('\n').map(|name| self.organisations.of(name)).collect::<Vec<_>>().join("\n");
            }
        }
        record.node(plan, except)
    }

    /// The rows of a sheet as a list of the model.
    pub fn list(&mut self, of: Sheet, rows: &Rows) {
        let path = sheet(of).below[0].trim_end_matches("[]");
        for row in &rows.all {
            let at = format!("{path}[{}]", self.count(path));
            self.telling.cells.row(at.clone(), rows.sheet, row.number);
            self.needed(of, rows, row, &at);
            self.told(row, &at, |key| key);
            let node = self.node(of, row, &[]);
            nodes::push(&mut self.root, path, node);
        }
    }

    /// How many entries a list has so far.
    pub fn count(&mut self, path: &str) -> usize {
        nodes::entries(nodes::field_mut(&mut self.root, path)).len()
    }

    /// An error for a number that two rows have.
    pub fn same(&mut self, rows: &Rows, row: &Row, key: &str) {
        let hint = "give each a number of its own";
        self.telling.error(&rows.at(row, key), codes::DUPLICATE_ID, "a row before this one has the same", hint);
    }

    /// An error for a number that nothing has.
    pub fn unknown(&mut self, rows: &Rows, row: &Row, key: &str, message: &str) {
        const CODE: Code = codes::BAD_VALUE;
        if row.get(key).is_none() {
            self.telling.missing(&rows.at(row, key));
        } else {
            self.telling.error(&rows.at(row, key), CODE, message, "write a number as it is on the other sheet");
        }
    }
}
