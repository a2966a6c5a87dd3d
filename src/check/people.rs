//! Lists whose rows are invitees: what would keep a letter from being made, posted or mailed, each with its cell.
//!
//! The same rules as for a list that is named with `--list`, and what a row says of its person's answer. What these tell of a
//! row, the rules of the conference need not tell again.

use std::collections::BTreeSet;

use super::list::{self, Known, Problem};
use crate::diag::{Code, Diagnostic, Hint, Place, Severity, codes};
use crate::input::list::answers;
use crate::input::{InviteeList, Loaded};

/// Everything that is wrong with the lists of a conference.
pub fn of_lists(loaded: &Loaded) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for held in &loaded.lists {
        let known = Known::of_invitees(loaded, held);
        let mut tell = |problem: Problem| told.push(diagnostic(held, problem));
        // It is in memory, and was read to its end before.
        let _ = list::list(&held.list, &known, &mut tell);
        let _ = held.list.each(&mut |listed, _, cells| {
            let columns = held.list.sheets[listed.sheet].columns.as_ref().expect("only a sheet with columns has rows");
            let (_, faults) = answers(columns, cells);
            list::faults(&listed, &faults, cells, columns).into_iter().for_each(&mut tell);
            true
        });
    }
    told
}

fn diagnostic(held: &InviteeList, problem: Problem) -> Diagnostic {
    let place = match problem.row {
        Some(row) => held.place(problem.sheet, row, problem.column),
        None => Place::file(held.list.path().display().to_string()),
    };
    let invitee = problem.number.map(|number| format!("invitees[{}]", held.first + number as usize - 1));
    // What is said of a list with options stands beside its name in the conference file.
    // They are our own words: no value of a list is in them.
    let hint = problem.hint.replace("--map \"Heading=", "map: { Heading: ").replace("\"`", " }`");
    let hint = hint.replace("with `--category`", "with `category:` beside `list:`");
    let error = match problem.severity {
        Severity::Error => Diagnostic::error(problem.code, problem.message),
        Severity::Warning => Diagnostic::warning(problem.code, problem.message),
    };
    error.place(Place { path: invitee, ..place }).hint(Hint::listing("{}", [hint]))
}

/// What is told of a row: file, sheet, row and kind.
type Told = BTreeSet<(Option<String>, usize, u32, Code)>;

/// Leaves out what was told of a row already, by the rules of its list.
pub fn without_told(of_lists: &[Diagnostic], others: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let key = |d: &Diagnostic, code: Code| {
        d.place.cell.as_ref().map(|cell| (d.place.file.clone(), cell.sheet, cell.row, code))
    };
    let told: Told = of_lists.iter().filter_map(|d| key(d, d.code)).collect();
    let is_told = |d: &Diagnostic| {
        // Whoever stands in a list twice is invited twice.
        let code = if d.code == codes::DUPLICATE_INVITEE { codes::LISTED_TWICE } else { d.code };
        // Without a name there is no line on top of the address, nor a letter that could be at fault.
        [code, codes::MISSING_NAME].into_iter().filter_map(|code| key(d, code)).any(|key| told.contains(&key))
    };
    others.into_iter().filter(|d| !is_told(d)).collect()
}
