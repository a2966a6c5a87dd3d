//! The text of a row's cells: characters that cannot be printed or were lost, and texts that stand where a value should.

use super::problem::Row;
use super::secrets::SORTS;
use crate::check::called::Told;
use crate::check::glyphs::code_points;
use crate::diag::{Code, Severity, codes};
use crate::fields::Sort;
use crate::fonts;
use crate::input::list::{
    Field, StandIn, begins_with_date, folded, inside, is_mojibake, is_nothing, is_truth, is_unticked, lines, stray,
    text,
};

/// Every problem of the text of a row.
pub(super) fn rules(found: &mut Row<'_>) {
    let (cells, columns) = (found.cells, found.columns);
    let says_headings = says_headings(found);
    for (column, (cell, (_, field))) in cells.iter().zip(&columns.all).enumerate() {
        let Some(field) = field.filter(|_| !cell.is_empty()) else { continue };
        let at = (Some(field), Some(column));
        match of_field(cell, field) {
            Some((severity, code, message, hint)) => found.add_at(severity, code, at, message, hint),
            None if says_headings => {}
            None => parts(found, cell, field, at),
        }
    }
    if says_headings {
        let field = found.name_field();
        let message = "this row says the headings again, and is nobody".to_owned();
        found.add(Severity::Error, codes::NO_VALUE, Some(field), message, "take the row out");
    }
}

fn error(code: Code, message: &str, hint: &'static str) -> Told {
    (Severity::Error, code, message.to_owned(), hint)
}

/// The first problem of a cell. Of an address in one cell, every line has ends of its own.
fn of_field(cell: &str, field: Field) -> Option<Told> {
    if cell.bytes().all(is_ordinary) && !(cell.len() <= 7 && is_truth(cell.trim())) {
        return None;
    }
    let sort = SORTS.get(&field).copied().unwrap_or(Sort::Key);
    let is_name = matches!(field, Field::FirstName | Field::LastName | Field::Name);
    if !is_name && !is_unticked(cell.trim(), field) && is_yes_or_no(cell, sort) {
        let hint = "write what is meant, or clear the cell";
        return Some(error(codes::NOT_A_TEXT_CELL, "this is the yes or no of a spreadsheet, and no text", hint));
    }
    if field == Field::Address && !cell.is_ascii() {
        return lines(cell, field).find_map(|line| of_text(line, sort));
    }
    of_text(cell, sort)
}

/// Whether a text that is printed is only what a spreadsheet shows for yes or no. An organisation may be called True.
fn is_yes_or_no(typed: &str, sort: Sort) -> bool {
    let typed = typed.trim();
    match sort {
        Sort::Key | Sort::Contact | Sort::Protected | Sort::ChildReference => false,
        Sort::Name => is_truth(typed) && !matches!(typed, "True" | "False"),
        _ => is_truth(typed),
    }
}

/// The first problem of a text of some sort: of its characters, or that it is none.
pub fn of_text(cell: &str, sort: Sort) -> Option<Told> {
    if cell.bytes().all(is_ordinary) {
        return None;
    }
    let typed = text(cell);
    let is_name = sort == Sort::Person;
    let is_plain = matches!(sort, Sort::Person | Sort::Name | Sort::Address);
    match inside(&typed, is_plain) {
        Some(StandIn::NoText(spoiled)) => {
            return Some(error(codes::NOT_A_TEXT_CELL, spoiled.message(), spoiled.hint()));
        }
        Some(StandIn::Unfilled) => {
            let hint = "fill it in, or clear the cell";
            // In a sentence it may be meant.
            let severity = if is_plain { Severity::Error } else { Severity::Warning };
            let message = "this is the name of a field, which was not filled".to_owned();
            return Some((severity, codes::UNFILLED_FIELD, message, hint));
        }
        Some(StandIn::Escaped) => {
            let message = "a letter is written here as web pages write it";
            return Some(error(codes::LOST_LETTER, message, "type it again"));
        }
        None => {}
    }
    if is_name && typed.contains('?') && typed != "?" {
        let message = "the name contains a question mark, as if a spreadsheet could not save a letter";
        return Some(error(
            codes::LOST_LETTER,
            message,
            "type the name again, and save the list as XLSX or as CSV UTF-8",
        ));
    }
    if cell.is_ascii() && !cell.bytes().any(|b| b.is_ascii_control()) {
        return None;
    }
    if let Some(c) = typed.chars().find(|c| is_lost_or_invisible(*c)) {
        let message = match c {
            char::REPLACEMENT_CHARACTER => "a letter was lost when the list was saved (U+FFFD)".to_owned(),
            _ => format!("the text contains the invisible character U+{:04X}", u32::from(c)),
        };
        return Some(error(codes::CONTROL_CHARACTER, &message, "type it again"));
    }
    if is_mojibake(cell, is_name) {
        let hint = "type it again, and save the list as XLSX or as CSV UTF-8";
        return Some(error(
            codes::LOST_LETTER,
            "this was read in the wrong encoding before it came into the list",
            hint,
        ));
    }
    if let Some(c) = fonts::missing(&typed) {
        let message = format!("no font has the character U+{:04X}", u32::from(c));
        return Some(error(codes::NO_GLYPH, &message, "spell it with other letters, or ask for a font that has it"));
    }
    if let Some(letter) = fonts::in_pieces(&typed, &[]) {
        let message = format!("no font sets a letter with the marks {} in one piece", code_points(&letter));
        let hint = "spell it with fewer marks: set like this, a screen reader would say it twice";
        return Some(error(codes::NO_GLYPH, &message, hint));
    }
    if let Some(c) = typed.chars().find(|c| fonts::is_fragile_mark(*c)) {
        let message =
            format!("the vowel mark U+{:04X} prints well, but a screen reader may read it twice", u32::from(c));
        let hint = "ask the person whether their name may be written without vowel marks";
        return Some((Severity::Warning, codes::FRAGILE_MARK, message, hint));
    }
    let c = stray(cell)?;
    let message =
        format!("the invisible character U+{:04X} is inside this text, which is read without it", u32::from(c));
    Some((Severity::Warning, codes::CONTROL_CHARACTER, message, "type it again"))
}

/// Whether no problem of a text has this character: most cells have no others.
fn is_ordinary(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" ,.-'@/".contains(&byte)
}

/// The problems of a part of an address: words for nothing, and dates in the place of the number of a house.
fn parts(found: &mut Row<'_>, cell: &str, field: Field, at: (Option<Field>, Option<usize>)) {
    if !field.is_of_address() || matches!(field, Field::County | Field::Country) {
        return;
    }
    for line in lines(cell, field) {
        let may_be_dated = !matches!(field, Field::Postcode | Field::Town);
        if let Some((severity, code, message, hint)) = of_line(line, may_be_dated) {
            found.add_at(severity, code, at, message, hint);
        }
    }
}

/// The problem of a line of an address. `may_be_dated` says that it may begin with the number of a house.
pub fn of_line(line: &str, may_be_dated: bool) -> Option<Told> {
    // A spreadsheet writes nothing as `0` where it copies an empty cell.
    let line = line.trim();
    if is_nothing(line) || line == "0" {
        let hint = "clear the cell, or write what is meant";
        return Some(error(codes::NO_VALUE, "this is a word for nothing, and would be a line of the address", hint));
    }
    if is_truth(line) {
        let hint = "write what is meant, or clear the cell";
        return Some(error(codes::NOT_A_TEXT_CELL, "this is the yes or no of a spreadsheet, and no text", hint));
    }
    if is_heading_of_address(line) {
        let message = "this is the name of a field, which was not filled";
        return Some(error(codes::UNFILLED_FIELD, message, "fill it in, or clear the cell"));
    }
    (may_be_dated && begins_with_date(line)).then(|| {
        let message = "this is a date, as a spreadsheet makes it of the number of a house";
        error(codes::NOT_A_TEXT_CELL, message, "format the column as text, and type the number again")
    })
}

/// Whether a line is only a heading: `Address line 1`, `Postcode`. (Street is a town.)
fn is_heading_of_address(line: &str) -> bool {
    if !line.starts_with(['a', 'A', 'p', 'P', 'i', 'I', 'y', 'Y']) || line.len() > 24 {
        return false;
    }
    let key = folded(line);
    let bare = ["insert", "your"].iter().fold(key.as_str(), |key, before| key.strip_prefix(before).unwrap_or(key));
    let bare = bare.strip_suffix("here").unwrap_or(bare);
    matches!(bare.trim_end_matches(|c: char| c.is_ascii_digit()), "address" | "addressline" | "postcode" | "postalcode")
}

/// Whether a row says the headings again, as where two lists were put together, so that it is nobody.
fn says_headings(found: &Row<'_>) -> bool {
    let (cells, columns) = (found.cells, found.columns);
    let says_again = |(cell, (heading, field)): &(&String, &(String, Option<Field>))| {
        field.is_some() && !cell.is_empty() && cell.trim().eq_ignore_ascii_case(heading)
    };
    let column = columns.of(Field::Name).filter(|column| cells.get(*column).is_some_and(|cell| !cell.is_empty()));
    cells.iter().zip(&columns.all).filter(says_again).count() >= 2
        || column.is_some_and(|column| cells[column].trim().eq_ignore_ascii_case(columns.heading(column)))
}

/// Whether a character is a control, a replacement for one that could not be read, or a mark that changes the order of
/// letters (UAX #9 §2), so that a text shows other words than it contains.
fn is_lost_or_invisible(c: char) -> bool {
    c.is_control() || c == char::REPLACEMENT_CHARACTER || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
