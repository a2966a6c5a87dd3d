//! Lists whose rows are invitees: problems that would keep a letter from being made, posted or emailed, each with its
//! cell.
//!
//! The rules are those for a list that is given with `--list`, and some for answers to invitations. The rules of the
//! conference need not report the same problem of a row again.

use std::collections::BTreeSet;

use super::list::{self, Known, Problem};
use crate::diag::{Code, Diagnostic, Hint, Place, Severity, codes};
use crate::input::list::answers;
use crate::input::{InviteeList, Loaded};

/// Every problem of the lists of a conference.
pub fn of_lists(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for held in &loaded.lists {
        let known = Known::of_invitees(loaded, held);
        let mut report = |problem: Problem| problems.push(diagnostic(held, problem));
        // It is in memory, and has been read to the end before.
        let _ = list::list(&held.list, &known, &mut report);
        let _ = held.list.each(&mut |listed, _, cells| {
            let columns = held.list.sheets[listed.sheet].columns.as_ref().expect("only a sheet with columns has rows");
            let (_, faults) = answers(columns, cells);
            list::faults(&listed, &faults, cells, columns).into_iter().for_each(&mut report);
            true
        });
    }
    problems
}

fn diagnostic(held: &InviteeList, problem: Problem) -> Diagnostic {
    let place = match problem.row {
        Some(row) => held.place(problem.sheet, row, problem.column),
        None => Place::file(held.list.path().display().to_string()),
    };
    let invitee = problem.number.map(|number| format!("invitees[{}]", held.first + number as usize - 1));
    // Options of a list are given beside its name in the conference file. The hints are our own words, without any
    // value of a list.
    let hint = problem.hint.replace("--map \"Heading=", "map: { Heading: ").replace("\"`", " }`");
    let hint = hint.replace("`--sheet NAME`", "`sheet: NAME` beside `list:`");
    let hint = hint.replace("with `--category`", "with `category:` beside `list:`");
    let error = match problem.severity {
        Severity::Error => Diagnostic::error(problem.code, problem.message),
        Severity::Warning => Diagnostic::warning(problem.code, problem.message),
    };
    error.place(Place { path: invitee, ..place }).hint(Hint::listing("{}", [hint]))
}

/// Problems that have been reported: file, sheet, row and kind.
type Reported = BTreeSet<(Option<String>, usize, u32, Code)>;

/// Leaves out problems of rows that the rules of their list have already reported.
pub fn without_reported(of_lists: &[Diagnostic], others: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let key = |d: &Diagnostic, code: Code| {
        d.place.cell.as_ref().map(|cell| (d.place.file.clone(), cell.sheet, cell.row, code))
    };
    let reported: Reported = of_lists.iter().filter_map(|d| key(d, d.code)).collect();
    let is_reported = |d: &Diagnostic| {
        // A person who is in a list twice is also invited twice.
        let code = if d.code == codes::DUPLICATE_INVITEE { codes::LISTED_TWICE } else { d.code };
        // Without a name, the address lacks its top line, and the letter cannot be made anyway; nor where a cell is no
        // text, of which every other rule would find something else to say.
        [code, codes::MISSING_NAME, codes::NOT_A_TEXT_CELL]
            .into_iter()
            .filter_map(|code| key(d, code))
            .any(|key| reported.contains(&key))
    };
    // Where a list has no column for an address, no row of it has one, and that has been reported.
    let lacks = |d: &&Diagnostic| d.code == codes::MISSING_COLUMN && d.severity == Severity::Error;
    let lacking: BTreeSet<Option<&String>> = of_lists.iter().filter(lacks).map(|d| d.place.file.as_ref()).collect();
    let follows = |d: &Diagnostic| {
        let of_address = [codes::BAD_ADDRESS, codes::BAD_POSTCODE].contains(&d.code);
        of_address && d.place.cell.is_some() && lacking.contains(&d.place.file.as_ref())
    };
    others.into_iter().filter(|d| !is_reported(d) && !follows(d)).collect()
}
