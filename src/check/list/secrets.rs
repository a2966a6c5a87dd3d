//! What a list must not say: identifiers of children, protected names, and people whom nobody names to others.
//!
//! In: the cells of a row, by the table of fields, and the name of the file. Out: an error at each cell.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::known::Known;
use super::problem::{Problem, Row};
use crate::check::{freetext, identity};
use crate::diag::{Severity, codes};
use crate::fields::{self, Sort};
use crate::fold::Folded;
use crate::input::list::{Field, List, text};

/// The sort of each column, looked up once and not for every cell.
pub(super) static SORTS: LazyLock<BTreeMap<Field, Sort>> = LazyLock::new(|| {
    let fields = Field::all().chain(Field::all_of_invitees());
    fields.filter_map(|field| Some((field, fields::of_column(field.id())?.sort))).collect()
});

/// The answers of [`identity::seems`] that are never a person's own reference or telephone number.
const BIRTH: &str = "a date of birth";
const NHS_NUMBER: &str = "an NHS number";

/// A row's text is printed in a letter or names its file, so it must not contain the identifiers that a conference file
/// may only contain under `restricted`, nor a protected name.
pub(super) fn rules(found: &mut Row<'_>, known: &Known) {
    let (cells, columns) = (found.cells, found.columns);
    for (column, (cell, (_, field))) in cells.iter().zip(&columns.all).enumerate() {
        let Some(field) = field.filter(|_| !cell.is_empty()) else { continue };
        let Some(sort) = SORTS.get(&field).copied() else { continue };
        let is_own = matches!(field, Field::Reference | Field::Phone);
        if is_own {
            numbers(found, cell, (field, column), known);
        }
        if sort == Sort::Key {
            continue;
        }
        let at = (Some(field), Some(column));
        let typed = text(cell);
        for what in identifiers(sort, &typed, known).into_iter().filter(|_| !is_own) {
            // A telephone number may be the person's own.
            let is_telephone = what == identity::TELEPHONE;
            if is_telephone && found.is_wrong(Some(column)) {
                continue;
            }
            let severity = if is_telephone { Severity::Warning } else { Severity::Error };
            let hint = if sort == Sort::Address {
                "say it without: this text is printed on the envelope"
            } else {
                "say it without: this text is printed in the letter"
            };
            found.add_at(severity, codes::LOOKS_LIKE_IDENTITY, at, format!("this looks like {what}"), hint);
        }
        if !known.looks_for_names() {
            continue;
        }
        let heard = Folded::of(&typed);
        for label in known.guarded(&heard) {
            let hint = "rewrite it without: this text would be in a letter";
            found.add_at(Severity::Error, codes::PROTECTED_NAME, at, format!("this text contains {label}"), hint);
        }
        let is_said = matches!(sort, Sort::Text | Sort::Prose | Sort::Word);
        for what in is_said.then(|| known.named.names(&heard)).into_iter().flatten() {
            let hint = "say it without the name: others read this text";
            found.add_at(Severity::Error, codes::NAMED_IN_TEXT, at, format!("this text gives {what}"), hint);
        }
    }
    across_cells(found, known);
}

/// A reference and a telephone number are the person's own; the number of a child's record and a date of birth are
/// neither, and would stand in registers and records.
fn numbers(found: &mut Row<'_>, cell: &str, (field, column): (Field, usize), known: &Known) {
    let typed = text(cell);
    let is_number = |what: &&str| {
        let is_dialled = field == Field::Phone && *what == NHS_NUMBER && may_be_dialled(&typed);
        [BIRTH, NHS_NUMBER].contains(what) && !is_dialled
    };
    for what in identifiers(Sort::Reference, &typed, known).into_iter().filter(is_number) {
        let hint = "take it out: it would be in the list's record, and in the names of files";
        let at = (Some(field), Some(column));
        found.add_at(Severity::Error, codes::LOOKS_LIKE_IDENTITY, at, format!("this looks like {what}"), hint);
    }
}

/// Whether ten digits may be a telephone number whose zero a spreadsheet took away, and which has the check digit of an
/// NHS number by chance: those begin with 4, 6 or 9, are called so, or are written in groups of three, three and four.
fn may_be_dialled(typed: &str) -> bool {
    let groups: Vec<usize> = typed.split([' ', '-', '.']).map(str::len).collect();
    let first = typed.chars().find(char::is_ascii_digit);
    let is_called = typed.chars().any(char::is_alphabetic);
    !is_called && groups != [3, 3, 4] && !matches!(first, Some('4' | '6' | '9'))
}

/// A name and an address are put together from several cells, and may say together what none of these does.
fn across_cells(found: &mut Row<'_>, known: &Known) {
    if !known.guards() || found.problems.iter().any(|p| p.code == codes::PROTECTED_NAME) {
        return;
    }
    let name = found.listed.name.as_str();
    let window: Vec<&str> = std::iter::once(name).chain(found.listed.address.iter().map(String::as_str)).collect();
    for label in known.guarded(&Folded::of(&window.join("\n"))) {
        let is_name = known.guarded(&Folded::of(name)).any(|other| other == label);
        let field = if is_name { Some(found.name_field()) } else { found.origin("") };
        let message = format!("together with the cells beside it, this text contains {label}");
        let hint = "rewrite it without: it would be in the window of a letter";
        found.add(Severity::Error, codes::PROTECTED_NAME, field, message, hint);
    }
}

/// The kinds of identifier that a text of a list seems to contain.
fn identifiers(sort: Sort, typed: &str, known: &Known) -> Vec<&'static str> {
    if !identity::looks_at(sort) || !identity::may_hold_any(typed) {
        return Vec::new();
    }
    identity::in_field(sort, vec![freetext::folded(typed)], known.issued, &known.given_out)
}

/// The identifiers and protected names in the name of the file, which lies in folders and messages for others to see.
pub(super) fn in_file_name(list: &List, known: &Known) -> Vec<Problem> {
    let name = list.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let seems = identifiers(Sort::Reference, &name, known).into_iter();
    let seems = seems.map(|what| (codes::LOOKS_LIKE_IDENTITY, format!("the name of this file looks like {what}")));
    let heard = Folded::of(&name);
    let protected =
        known.guarded(&heard).map(|label| (codes::PROTECTED_NAME, format!("the name of this file contains {label}")));
    let problem = |(code, message)| Problem {
        severity: Severity::Error,
        code,
        sheet: 0,
        row: None,
        number: None,
        column: None,
        field: None,
        message,
        hint: "rename the file: everybody who sees the folder reads its name",
        value: None,
    };
    seems.chain(protected).map(problem).collect()
}
