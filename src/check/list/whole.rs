//! Checks a list from its first row to its last.

use super::twice::Seen;
use super::{Known, Problem, row, sheets};
use crate::diag::Report;
use crate::input::list::List;

/// How many people a list has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// In all.
    pub all: u32,
    /// In each of its sheets, in order; 0 for a sheet that is not read.
    pub by_sheet: Vec<u32>,
}

impl People {
    /// Nobody yet, in as many sheets as the list has.
    pub fn of(list: &List) -> Self {
        Self { all: 0, by_sheet: vec![0; list.sheets.len()] }
    }

    /// Counts somebody of a sheet.
    pub fn add(&mut self, sheet: usize) {
        self.all += 1;
        if let Some(people) = self.by_sheet.get_mut(sheet) {
            *people += 1;
        }
    }
}

/// Reports every problem of a list: those of its sheets, of its rows in order, and then the duplicates. Returns the
/// number of people.
///
/// # Errors
/// If the file cannot be read to its end.
pub fn list(list: &List, known: &Known, report: &mut dyn FnMut(Problem)) -> Result<People, Report> {
    sheets(list, known).into_iter().for_each(&mut *report);
    let (mut people, mut seen) = (People::of(list), Seen::default());
    list.each(&mut |listed, faults, cells| {
        people.add(listed.sheet);
        seen.add(&listed);
        let columns = list.sheets[listed.sheet].columns.as_ref().expect("only a sheet with columns has rows");
        row(&listed, &faults, cells, columns, known).into_iter().for_each(&mut *report);
        true
    })?;
    for found in seen.twice(list, known)? {
        report(found.problem(list));
    }
    Ok(people)
}
