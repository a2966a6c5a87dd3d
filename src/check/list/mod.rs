//! The rules of a list of people: every problem that would keep a letter from being made, posted or emailed.
//!
//! In: [`List`] and, where there is one, the conference. Out: [`Problem`]s one by one, each with its cell, and no value
//! in any message. Rows are checked one at a time, and duplicates in a second pass over the file, so that a list of any
//! length needs the same memory.

mod columns;
mod known;
mod names;
mod problem;
mod secrets;
mod texts;
mod twice;
mod whole;

pub use columns::sheets;
pub use known::Known;
pub use problem::Problem;
pub use twice::Seen;
pub use whole::{People, list};

use problem::Row;

use super::post;
use crate::diag::{Severity, codes};
use crate::input::list::{CellFault, Columns, Field, is_nothing, text};
use crate::model::listed::{Channel, Listed};
use crate::model::postal::{is_postcode, is_uk};

/// The faults of a row's cells, as problems.
pub fn faults(listed: &Listed, faults: &[CellFault], cells: &[String], columns: &Columns) -> Vec<Problem> {
    let mut found = Row { listed, cells, columns, problems: Vec::new() };
    for fault in faults {
        found.add(fault.severity(), fault.code, fault.field, fault.message.to_owned(), fault.hint);
    }
    found.problems
}

/// Every problem of one row.
pub fn row(listed: &Listed, faults: &[CellFault], cells: &[String], columns: &Columns, known: &Known) -> Vec<Problem> {
    let mut found = Row { listed, cells, columns, problems: self::faults(listed, faults, cells, columns) };
    // What a column lacks is said once, and not of each row.
    if is_nameless(listed) && columns.have_name() {
        let field = [Field::Name, Field::LastName].into_iter().find(|f| columns.of(*f).is_some());
        found.add(
            Severity::Error,
            codes::MISSING_NAME,
            field,
            "there is no name".to_owned(),
            "every letter needs a name",
        );
    }
    texts::rules(&mut found);
    names::rules(&mut found);
    names::salutation(&mut found);
    columns::differ(&mut found);
    columns::names_differ(&mut found);
    contact(&mut found);
    secrets::rules(&mut found, known);
    if known.is_invited(listed) {
        let field = [Field::Name, Field::LastName].into_iter().find(|f| columns.of(*f).is_some());
        let message = "this person is already an invitee of the conference, and would get two letters".to_owned();
        let hint = "remove the row from the list, or the invitee from the conference file";
        found.add(Severity::Warning, codes::INVITED_ALREADY, field, message, hint);
    }
    if let Some(severity) = known.widening(listed) {
        let organisation = if severity == Severity::Error { "their organisation" } else { "one of nearly this name" };
        let message = format!("this category lets its person read more than the conference lets {organisation}");
        let hint = "correct it; or the organisation's category or agreement in the conference file; or clear the organisation if the person does not come for it";
        found.add(severity, codes::WIDER_CATEGORY, Some(Field::Category), message, hint);
    }
    // An unknown category has been reported already.
    let reported = faults.iter().any(|fault| fault.field == Some(Field::Category));
    if known.conference && !reported && known.category(listed).is_none() {
        let field = [Field::Category, Field::Organisation].into_iter().find(|f| columns.of(*f).is_some());
        let message = "this row has neither a category nor an organisation of the conference".to_owned();
        let hint = "fill in the category, or give one for all such rows with `--category`";
        found.add(Severity::Error, codes::MISSING_CATEGORY, field, message, hint);
    }
    without_what_follows(found.problems)
}

/// What a cell lacks because its content is no text need not be told as well.
fn without_what_follows(mut problems: Vec<Problem>) -> Vec<Problem> {
    let is_no_text = |problem: &Problem| problem.code == codes::NOT_A_TEXT_CELL;
    let spoiled: Vec<_> = problems.iter().filter(|problem| is_no_text(problem)).map(|problem| problem.column).collect();
    problems.retain(|problem| is_no_text(problem) || problem.column.is_none() || !spoiled.contains(&problem.column));
    problems
}

/// Whether a row has no name.
pub fn is_nameless(listed: &Listed) -> bool {
    !listed.name.chars().any(char::is_alphanumeric)
}

/// Whether a letter can be made for a row with these problems.
pub fn is_sound(problems: &[Problem]) -> bool {
    problems.iter().all(|p| p.severity == Severity::Warning)
}

fn contact(found: &mut Row<'_>) {
    let listed = found.listed;
    let by_email = matches!(listed.channel, Channel::Email | Channel::Both);
    let only = if listed.channel == Channel::Email { Severity::Error } else { Severity::Warning };
    if !listed.email.is_empty() && !post::is_email(&listed.email) {
        let severity = if by_email || listed.is_emailed() { Severity::Error } else { Severity::Warning };
        let hint = "write it as `name@place.example`, one address in a cell";
        found.add(severity, codes::BAD_EMAIL, Some(Field::Email), "this is not an email address".to_owned(), hint);
    }
    if by_email && listed.email.is_empty() {
        let message = "they are to be emailed, and there is no address".to_owned();
        found.add(only, codes::BAD_EMAIL, Some(Field::Email), message, "fill it in, or send the letter by post");
    } else if by_email && !listed.consent {
        let field = if found.columns.of(Field::Consent).is_some() { Field::Consent } else { Field::Channel };
        let message = "they are to be emailed, and have not agreed to it".to_owned();
        let hint = "ask them, and write yes under `Consent to email`; or send the letter by post";
        found.add(only, codes::MISSING_CONSENT, Some(field), message, hint);
    }
    // Without a column for it, no row has an address or a postcode, which is said once. So is that there are several.
    let columns = found.columns;
    if listed.is_posted() && columns.have_address() && columns.have_postcode() && !columns.ask_for_address() {
        for fault in post::address(&listed.address, 1) {
            let line = fault.line.and_then(|i| listed.address.get(i));
            let field = match line {
                Some(_) if fault.code == codes::BAD_POSTCODE && found.columns.of(Field::Postcode).is_some() => {
                    Some(Field::Postcode)
                }
                Some(line) => found.origin(line),
                None => found.origin(""),
            };
            if fault.line.is_some() && found.is_wrong(field.and_then(|f| found.columns.of(f))) {
                continue;
            }
            let cell = field.and_then(|f| found.columns.of(f)).and_then(|c| found.cells.get(c));
            let empty = field == Some(Field::Postcode) && cell.is_none_or(|cell| cell.trim().is_empty());
            let message = if empty { "there is no postcode".to_owned() } else { fault.message };
            found.add(Severity::Error, fault.code, field, message, fault.hint);
        }
    }
    country(found);
    if listed.is_posted() {
        // The name is the first line in the address window, so the rules for lines apply to it too.
        if post::starts_with_symbol(&listed.name) && !found.is_wrong(found.columns.of(found.name_field())) {
            let field = [Field::Name, Field::Title, Field::FirstName, Field::LastName];
            let field = field.into_iter().find(|f| found.columns.of(*f).is_some());
            let hint = "the post sorts by the first characters: start with a letter or digit";
            found.add(Severity::Error, codes::BAD_ADDRESS, field, "the name starts with a symbol".to_owned(), hint);
        }
    }
}

/// A country that is not printed must not be another than that of the postcode.
fn country(found: &mut Row<'_>) {
    let column = found.columns.of(Field::Country);
    let Some(typed) = column.and_then(|column| found.cells.get(column)).map(|cell| text(cell)) else { return };
    let is_ours = |typed: &str| {
        let people = ["british", "english", "scottish", "welsh", "northern irish"];
        is_uk(typed) || people.iter().any(|known| known.eq_ignore_ascii_case(typed))
    };
    // `Great Britain (UK)`, `England & Wales`
    let mut parts = typed.split([',', '/', '(', ')', ';', '-', '&']).map(str::trim);
    let is_named = typed.chars().any(char::is_alphabetic) && !is_nothing(&typed) && !found.is_wrong(column);
    let has_postcode = found.listed.is_posted() && found.listed.address.last().is_some_and(|last| is_postcode(last));
    if is_named && has_postcode && !is_ours(&typed) && !parts.any(is_ours) {
        let message = "this is not the United Kingdom, whose postcode the address has; the country is not printed";
        let hint = "correct the country or the postcode; no letter is sent abroad";
        found.add(Severity::Warning, codes::BAD_ADDRESS, Some(Field::Country), message.to_owned(), hint);
    }
}
