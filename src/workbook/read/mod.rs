//! A workbook as a tree.
//!
//! In: the bytes of an XLSX or ODS. Out: [`Parsed`]: the tree that a YAML file would give, the cell of every field, and every
//! fault of the cells at once.
//!
//! Deliberately absent: what the council knows, such as its decisions; rules.

mod alarms;
mod find;
mod ids;
mod known;
mod meeting;
mod people;
mod plan_of_action;
mod putting;
mod rows;
mod scalar;
mod telling;
mod whole;

use std::collections::BTreeSet;

use super::plan::{MEETING, SHEETS, Sheet};
use super::terms::folded;
use super::{FORMAT, FORMAT_LABEL};
use crate::diag::{Diagnostic, Hint, Place, codes};
use crate::sheets::{self, Kind};
use crate::yaml::{At, Node, Tree};
use find::{Sorted, Table};
use telling::Telling;

#[cfg(test)]
pub use find::plain;
pub use ids::in_order;

/// What was read of a workbook.
pub type Parsed = Tree;

/// The field that a heading of a list of people means, by the id that lists have for it.
pub type Headings<'h> = &'h dyn Fn(&str) -> Option<&'static str>;

/// A workbook that holds a conference, opened.
#[derive(Debug)]
pub struct Opened {
    all: Vec<sheets::Sheet>,
    hidden: Vec<String>,
}

/// Opens a workbook that holds a conference: it says which format it is, or has the sheet of a meeting. `None` if it is no
/// workbook, or another, such as a list of people.
///
/// # Errors
/// If it is a workbook that cannot be opened.
pub fn open(name: &str, data: &[u8]) -> Result<Option<Opened>, Diagnostic> {
    if !matches!(sheets::kind_of(name, data), Kind::Xlsx | Kind::Ods) {
        return Ok(None);
    }
    let (all, hidden) = sheets::open_whole(name, data).map_err(|unfit| unfit.diagnostic())?;
    Ok(is_conference(&all).then_some(Opened { all, hidden }))
}

/// Whether the sheets are those of a conference, and not of a list of people.
pub fn is_conference(all: &[sheets::Sheet]) -> bool {
    let mut tables = all.iter().enumerate().map(|(n, sheet)| find::table(n, sheet, MEETING, &|_| None));
    format_of(all).is_some() || tables.any(|table| is_meeting(&table))
}

fn is_meeting(table: &Table) -> bool {
    ["what", "value"].iter().all(|key| table.columns.contains_key(key))
}

/// The format that a workbook says it has: the number behind its label, on the first sheet or any other.
fn format_of(all: &[sheets::Sheet]) -> Option<(usize, u32, String)> {
    let mut found = None;
    for (number, sheet) in all.iter().enumerate() {
        sheet.each(&mut |row, cells| {
            let at = cells.iter().position(|cell| cell.trim().eq_ignore_ascii_case(FORMAT_LABEL));
            let format = at.and_then(|at| cells[at + 1..].iter().find(|cell| cell.trim().parse::<u32>().is_ok()));
            found = format.map(|format| (number, row, format.trim().to_owned()));
            // It is on a short sheet; a list may have a million rows.
            found.is_none() && row < 200
        });
        if found.is_some() {
            break;
        }
    }
    found
}

/// Gives the name and the bytes of another workbook beside the one that is read.
pub type Beside<'b> = &'b dyn Fn(&str) -> Option<(String, Vec<u8>)>;

/// Reads a workbook. `headings` knows the headings of lists of people, `beside` the workbook with the restricted sheets.
pub fn read(file: &str, opened: &Opened, headings: Headings<'_>, beside: Beside<'_>) -> Parsed {
    let whole = |fault: Diagnostic| Parsed { faults: vec![fault.place(Place::file(file))], ..Parsed::default() };
    let Opened { all, hidden } = opened;
    if let Some((_, _, format)) = format_of(all).filter(|(.., format)| format.parse::<u32>().is_ok_and(|f| f > FORMAT))
    {
        let message = format!("this workbook has format {format}, which is later than this program knows");
        let hint = Hint::listing("use a later version of the program; this one knows format {}", [FORMAT.to_string()]);
        return whole(Diagnostic::error(codes::WRONG_KIND, message).hint(hint));
    }
    let mut telling = Telling::default();
    let root = tree(file, all, hidden, (headings, beside), &mut telling);
    let Telling { faults, cells, told } = telling;
    Parsed { root, faults, cells, told }
}

fn tree(
    file: &str,
    all: &[sheets::Sheet],
    hidden: &[String],
    (headings, beside): (Headings<'_>, Beside<'_>),
    telling: &mut Telling,
) -> Option<Node> {
    let mut wanted = vec![("Meeting", MEETING)];
    wanted.extend(SHEETS.iter().map(|plan| (plan.name, plan.columns)));
    let people = 1 + SHEETS.iter().position(|plan| plan.sheet == Sheet::People).unwrap_or_default();
    let elsewhere = |at: usize, heading: &str| if at == people { headings(heading).map(people::key) } else { None };
    let Sorted { tables, unread } = find::sort(all, &wanted, &elsewhere);
    let Some(meeting) = tables.get(&0).filter(|table| is_meeting(table)) else {
        let place = Place::file(file);
        let error = Diagnostic::error(codes::NO_COLUMNS, "this workbook has no sheet with the columns What and Value");
        telling.faults.push(error.place(place).hint("`convenor new NAME --workbook` writes a workbook to start from"));
        return None;
    };
    for number in unread.into_iter().filter(|number| has_cells(&all[*number])) {
        let sheet = telling.cells.sheet(file, &all[number].name, number);
        let at = At { sheet, row: None, column: None, heading: Some(String::new()) };
        telling.warning(
            &at,
            codes::NOT_READ,
            "this sheet is not read: neither its name nor its headings are known",
            "leave it, if it is for yourself",
        );
    }
    let meeting = meeting::read(meeting, &all[meeting.sheet], file, telling);
    let other = meeting.restricted().map(|name| restricted(name, beside, telling));
    unseen(file, &wanted, &tables, hidden, other.is_some(), telling);
    let own = |n: usize| tables.get(&(n + 1)).map(|table| (table, &all[table.sheet], file));
    let mut found = Vec::new();
    for (n, plan) in SHEETS.iter().enumerate() {
        let theirs = other.as_ref().and_then(|other| other.of(plan.sheet));
        if theirs.is_some() && own(n).is_some_and(|(table, sheet, _)| has_rows(table, sheet)) {
            let message = format!("the sheet `{}` is in two workbooks, and both have rows", plan.name);
            let error = Diagnostic::error(codes::DUPLICATE_KEY, message).place(Place::file(file));
            telling.faults.push(error.hint("keep the rows in one of them"));
        }
        let one = theirs.or_else(|| own(n));
        found.extend(one.map(|(table, sheet, file)| putting::FoundSheet { plan, table, sheet, file }));
    }
    Some(whole::tree(putting::Found { all, meeting, tables: found }, telling))
}

/// The workbook with the restricted sheets.
#[derive(Default)]
struct Restricted {
    file: String,
    all: Vec<sheets::Sheet>,
    tables: std::collections::BTreeMap<usize, Table>,
}

/// The sheets that it may have.
const OF_RESTRICTED: [Sheet; 2] = [Sheet::Children, Sheet::Names];

impl Restricted {
    fn of(&self, sheet: Sheet) -> Option<(&Table, &sheets::Sheet, &str)> {
        let at = OF_RESTRICTED.iter().position(|known| *known == sheet)?;
        let table = self.tables.get(&at)?;
        Some((table, &self.all[table.sheet], &self.file))
    }
}

/// Opens the workbook with the restricted sheets. Without it nothing may be made: a name in it might be in a paper.
fn restricted(name: &str, beside: Beside<'_>, telling: &mut Telling) -> Restricted {
    let place = telling.cells.place(super::plan::RESTRICTED).unwrap_or_default();
    let mut say = |error: Diagnostic| telling.faults.push(Diagnostic { place: place.clone(), ..error });
    let Some((file, data)) = beside(name) else {
        let error =
            Diagnostic::error(codes::UNREADABLE_BESIDE, format!("there is no workbook `{name}` beside this one"));
        say(error.hint("put it there, or empty this cell and fill in the restricted sheets of this workbook"));
        return Restricted::default();
    };
    let (all, hidden) = match sheets::open_whole(&file, &data) {
        Ok(found) => found,
        Err(unfit) => {
            say(unfit.diagnostic());
            return Restricted::default();
        }
    };
    let wanted = OF_RESTRICTED.map(super::plan::sheet).map(|plan| (plan.name, plan.columns));
    let tables = find::sort(&all, &wanted, &|_, _| None).tables;
    for (at, (name, _)) in wanted.iter().enumerate() {
        if !tables.contains_key(&at) || hidden.iter().any(|other| folded(other) == folded(name)) {
            let error =
                Diagnostic::error(codes::NO_SHEET_FOUND, format!("that workbook has no sheet `{name}` that is seen"));
            say(error.hint("add it there, even if it has only its headings"));
        }
    }
    Restricted { file, all, tables }
}

fn has_rows(table: &Table, sheet: &sheets::Sheet) -> bool {
    let mut has = false;
    sheet.each(&mut |row, cells| {
        let is_full = |at: &usize| cells.get(*at).is_some_and(|cell| !cell.trim().is_empty());
        has |= row > table.row && table.columns.values().any(is_full);
        !has
    });
    has
}

fn has_cells(sheet: &sheets::Sheet) -> bool {
    let mut has = false;
    sheet.each(&mut |_, _| {
        has = true;
        false
    });
    has
}

/// Reports sheets that are hidden or missing, if more people would read more, or nobody anything.
fn unseen(
    file: &str,
    wanted: &[(&str, &'static [super::plan::Column])],
    tables: &std::collections::BTreeMap<usize, Table>,
    hidden: &[String],
    is_elsewhere: bool,
    telling: &mut Telling,
) {
    let names: BTreeSet<String> = hidden.iter().map(|name| folded(name)).collect();
    for (at, (name, _)) in wanted.iter().enumerate() {
        if names.contains(&folded(name)) {
            let error = Diagnostic::error(codes::HIDDEN_ROW, format!("the sheet `{name}` is hidden, and not read"));
            telling.faults.push(error.place(Place::file(file)).hint("show the sheet, or delete it if it is not meant"));
        } else if !tables.contains_key(&at)
            && (["Organisations", "People"].contains(name) || *name == "Restricted - names" && !is_elsewhere)
        {
            let error = Diagnostic::error(
                codes::NO_SHEET_FOUND,
                format!("there is no sheet `{name}`, nor one with its headings"),
            );
            let hint = "add the sheet, even if it has only its headings: nothing is taken for not meant";
            telling.faults.push(error.place(Place::file(file)).hint(hint));
        }
    }
}
