//! Checks a list from its first row to its last.

use super::twice::Seen;
use super::{Known, Problem, row, sheets};
use crate::diag::Report;
use crate::input::list::List;

/// Reports every problem of a list: those of its sheets, of its rows in order, and then the duplicates. Returns the
/// number of people.
///
/// # Errors
/// If the file cannot be read to its end.
pub fn list(list: &List, known: &Known, report: &mut dyn FnMut(Problem)) -> Result<u32, Report> {
    sheets(list, known).into_iter().for_each(&mut *report);
    let (mut people, mut seen) = (0, Seen::default());
    list.each(&mut |listed, faults, cells| {
        people = listed.number;
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
