//! The name of a row's person: words for nothing, texts that are no name, and names as registers write them.

use super::problem::Row;
use crate::check::called::{Told, has_nothing, is_surname_first, of_name, of_salutation, untitled};
use crate::check::person;
use crate::diag::{Severity, codes};
use crate::input::list::{Field, is_nothing, is_nothing_in_name, is_truth, text, without_greeting};

/// Every problem of a name that its characters do not show.
pub(super) fn rules(found: &mut Row<'_>) {
    let name = found.listed.name.as_str();
    if name.is_empty() {
        return;
    }
    // Problems of characters have been reported, and are why a name is odd.
    let fields = [Field::Name, Field::FirstName, Field::LastName, Field::Title];
    if found.problems.iter().any(|p| p.severity == Severity::Error && p.field.is_some_and(|f| fields.contains(&f))) {
        return;
    }
    let words = untitled(name);
    let (field, told) = (found.name_field(), of_name(name));
    if let Some(field) = nothing(found, &words) {
        let message = "this is a word for nothing, and would be in the name".to_owned();
        let hint = "write the name, or take the row out; of somebody with such a name, write the whole name";
        found.add(Severity::Error, codes::NO_VALUE, Some(field), message, hint);
    } else if let Some((severity, code, message, hint)) = told.clone().filter(|told| told.0 == Severity::Error) {
        found.add(severity, code, Some(field), message, hint);
    } else if found.columns.names_are_lines && name.starts_with(|c: char| c.is_ascii_digit()) {
        let message = "the first line of the address is taken for the name here, and begins with a number".to_owned();
        let hint = "add a column with the names; a list made for GOV.UK Notify has them in the first line";
        found.add(Severity::Error, codes::NO_NAME_CELL, Some(field), message, hint);
    } else if let Some((severity, code, message, hint)) = told.or_else(|| of_order(found, &words)) {
        found.add(severity, code, Some(field), message, hint);
    }
}

/// The problem of the cell for the words after "Dear".
pub(super) fn salutation(found: &mut Row<'_>) {
    let Some(column) = found.columns.of(Field::Salutation) else { return };
    let said = found.cells.get(column).map(|cell| without_greeting(&text(cell)).0).unwrap_or_default();
    if said.is_empty() || is_nothing(&said) || found.is_wrong(Some(column)) {
        return;
    }
    if let Some((severity, code, message, hint)) = of_salutation(&said) {
        found.add(severity, code, Some(Field::Salutation), message, hint);
    }
}

/// The problem of the order of a name in one cell: the surname first, or a title without the first name that it needs.
fn of_order(found: &Row<'_>, words: &[&str]) -> Option<Told> {
    let has = |field: Field| {
        found.columns.of(field).and_then(|c| found.cells.get(c)).is_some_and(|cell| !cell.trim().is_empty())
    };
    if !has(Field::Name) {
        return None;
    }
    let doubt = |message: &str, hint| Some((Severity::Warning, codes::DOUBTFUL_NAME, message.to_owned(), hint));
    if is_surname_first(words) && found.listed.organisation.is_empty() {
        let message = "the first word is in capitals, and the letter will say it so: the surname seems to be first";
        return doubt(message, "write the first name first, or give first name and surname columns of their own");
    }
    let title = found.listed.name.split(' ').take_while(|word| person::is_title(word)).last().unwrap_or_default();
    let is_knight = ["sir", "dame"].iter().any(|knight| knight.eq_ignore_ascii_case(title));
    if is_knight && words.len() == 1 && found.listed.salutation.is_empty() {
        let message = "this title goes with a first name, and there seems to be none";
        return doubt(message, "write first name and surname, or a salutation of your own");
    }
    None
}

/// The field of a word for nothing that is the name, or a part of it.
fn nothing(found: &Row<'_>, words: &[&str]) -> Option<Field> {
    let whole = words.join(" ");
    // Of a title and a family name nothing more is known, and `Ms Null` is one.
    let titled = found.listed.name.len() > whole.len();
    if (is_nothing(&whole) || is_truth(&whole)) && !(titled && matches!(whole.as_str(), "Null" | "True")) {
        return Some(found.name_field());
    }
    let cell = |field: Field| {
        let column = found.columns.of(field)?;
        found.cells.get(column).map(|cell| (field, cell.trim()))
    };
    // In a column of its own even a hyphen is a part of the name; Null is a family name.
    let alone = [Field::FirstName, Field::LastName].into_iter().filter_map(cell);
    let part = alone.filter(|(_, text)| is_nothing(text) || is_truth(text)).find(|(field, text)| {
        let others: Vec<&str> = words.iter().copied().filter(|word| word != text).collect();
        matches!(*text, "-" | "--" | "–" | "—")
            || is_nothing_in_name(text, &others)
            || *field == Field::FirstName && text.eq_ignore_ascii_case("null")
    });
    if let Some((field, _)) = part {
        return Some(field);
    }
    has_nothing(words).then(|| found.name_field())
}
