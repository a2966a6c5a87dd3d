//! Which sheet is which, and under which heading each column stands.
//!
//! In: the visible sheets. Out: a [`Table`] for every sheet of the plan that is there. A sheet is known by its name, or else by
//! its headings; the row of headings by having most of them, so that a title above does no harm.

use std::collections::BTreeMap;

use super::super::plan::Column;
use super::super::terms::folded;
use super::super::{HOW_TO, WORDS};
use crate::sheets::Sheet;

/// A sheet in which headings were found.
#[derive(Debug)]
pub struct Table {
    /// The sheet, from 0, among those that are seen.
    pub sheet: usize,
    /// The row of headings, from 1; 0 if none was found.
    pub row: u32,
    /// The column of each key.
    pub columns: BTreeMap<&'static str, usize>,
    /// The headings of all columns.
    pub headings: Vec<String>,
    /// Columns whose headings are not known.
    pub unread: Vec<usize>,
    /// Columns whose heading stands over an earlier one too.
    pub twice: Vec<usize>,
}

/// Headings are among the first so many rows.
const WITHIN: u32 = 30;

/// A name for a heading that is known elsewhere, as in a list of people.
pub type Elsewhere<'e> = &'e dyn Fn(&str) -> Option<&'static str>;

/// A heading for looking it up: without star, brackets and what stands in them.
pub fn plain(heading: &str) -> String {
    let end = heading.find(['(', '[', '*']).filter(|at| *at > 0).unwrap_or(heading.len());
    folded(&heading[..end])
}

/// Finds the headings of a sheet.
pub fn table(number: usize, sheet: &Sheet, columns: &'static [Column], elsewhere: Elsewhere<'_>) -> Table {
    let known: Vec<(String, &'static str)> = columns.iter().map(|column| (plain(column.heading), column.key)).collect();
    let mut best = Table {
        sheet: number,
        row: 0,
        columns: BTreeMap::new(),
        headings: Vec::new(),
        unread: Vec::new(),
        twice: Vec::new(),
    };
    sheet.each(&mut |row, cells| {
        let found = of_row(number, row, cells, &known, elsewhere);
        if found.columns.len() > best.columns.len() {
            best = found;
        }
        row < WITHIN
    });
    best
}

fn of_row(
    number: usize,
    row: u32,
    cells: &[String],
    known: &[(String, &'static str)],
    elsewhere: Elsewhere<'_>,
) -> Table {
    let mut table = Table {
        sheet: number,
        row,
        columns: BTreeMap::new(),
        headings: Vec::new(),
        unread: Vec::new(),
        twice: Vec::new(),
    };
    let heading = |cell: &String| cell.split_whitespace().collect::<Vec<_>>().join(" ");
    table.headings = cells.iter().map(heading).map(|heading| heading.chars().take(120).collect()).collect();
    let mut doubtful = Vec::new();
    for (column, heading) in table.headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty()) {
        let typed = plain(heading);
        match known.iter().find(|(of, _)| *of == typed) {
            Some((_, key)) if table.columns.contains_key(key) => table.twice.push(column),
            Some((_, key)) => drop(table.columns.insert(key, column)),
            None => doubtful.push((column, typed, heading.clone())),
        }
    }
    // A slip, or a name that lists know, takes only what no other column has outright.
    for (column, typed, heading) in doubtful {
        let near = |(of, key): &&(String, &'static str)| {
            of.chars().count() >= 6 && !table.columns.contains_key(key) && strsim::damerau_levenshtein(of, &typed) == 1
        };
        let key = known.iter().find(near).map(|(_, key)| *key).or_else(|| elsewhere(&heading));
        match key.filter(|key| !table.columns.contains_key(key)) {
            Some(key) => drop(table.columns.insert(key, column)),
            None => table.unread.push(column),
        }
    }
    table
}

/// What the sheets of a workbook are: a table for each that was asked for, in order, and the sheets that are none of them.
pub struct Sorted {
    /// By the position in what was asked.
    pub tables: BTreeMap<usize, Table>,
    /// Sheets that nothing is read from.
    pub unread: Vec<usize>,
}

/// Finds every sheet that was asked for by its name, and those that were renamed by their headings.
pub fn sort(
    sheets: &[Sheet],
    wanted: &[(&str, &'static [Column])],
    elsewhere: &dyn Fn(usize, &str) -> Option<&'static str>,
) -> Sorted {
    let mut tables = BTreeMap::new();
    let mut free: Vec<usize> = (0..sheets.len()).collect();
    let aside = |name: &str| [HOW_TO, WORDS].iter().any(|known| folded(known) == folded(name));
    free.retain(|sheet| !aside(&sheets[*sheet].name));
    for (at, (name, columns)) in wanted.iter().enumerate() {
        if let Some(found) = free.iter().position(|sheet| folded(&sheets[*sheet].name) == folded(name)) {
            let sheet = free.remove(found);
            tables.insert(at, table(sheet, &sheets[sheet], columns, &|heading| elsewhere(at, heading)));
        }
    }
    for (at, (_, columns)) in wanted.iter().enumerate() {
        if tables.contains_key(&at) {
            continue;
        }
        let all = free.iter().map(|sheet| table(*sheet, &sheets[*sheet], columns, &|_| None));
        let best = all.max_by_key(|table| (table.columns.len(), usize::MAX - table.sheet));
        // Three in five of its headings, and at least two.
        if let Some(best) = best.filter(|best| best.columns.len() >= 2.min(columns.len()).max(columns.len() * 3 / 5)) {
            free.retain(|sheet| *sheet != best.sheet);
            tables.insert(at, best);
        }
    }
    Sorted { tables, unread: free }
}
