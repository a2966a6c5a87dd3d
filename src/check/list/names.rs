//! The name of a row's person: words for nothing, texts that are no name, and names as registers write them.

use super::problem::Row;
use crate::check::person;
use crate::diag::{Severity, codes};
use crate::input::list::{Field, is_nothing, is_nothing_in_name};

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
    let words: Vec<&str> = name.split(' ').filter(|word| !person::is_title(word)).collect();
    let field = found.name_field();
    if let Some(field) = nothing(found, &words) {
        let message = "this is a word for nothing, and would be in the name".to_owned();
        let hint = "write the name, or take the row out; of somebody with such a name, write the whole name";
        found.add(Severity::Error, codes::NO_VALUE, Some(field), message, hint);
    } else if let Some(what) = other_than_name(&words) {
        let message = format!("this is {what}, and not a name");
        found.add(Severity::Error, codes::NO_NAME_CELL, Some(field), message, "write the name in its own column");
    } else if found.columns.names_are_lines && name.starts_with(|c: char| c.is_ascii_digit()) {
        let message = "the first line of the address is taken for the name here, and begins with a number".to_owned();
        let hint = "add a column with the names; a list made for GOV.UK Notify has them in the first line";
        found.add(Severity::Error, codes::NO_NAME_CELL, Some(field), message, hint);
    } else if is_turned(name) {
        let message = "the name has a comma, and the letter will say it so: the surname seems to be first".to_owned();
        let hint = "write the first name first, or give first name and surname columns of their own";
        found.add(Severity::Warning, codes::DOUBTFUL_NAME, Some(field), message, hint);
    } else if is_shouted(&words) {
        let message = "the name is in capitals, and the letter will say it so".to_owned();
        found.add(Severity::Warning, codes::DOUBTFUL_NAME, Some(field), message, "write it as the person does");
    }
}

/// The field of a word for nothing that is the name, or a part of it.
fn nothing(found: &Row<'_>, words: &[&str]) -> Option<Field> {
    let whole = words.join(" ");
    // Of a title and a family name nothing more is known, and `Ms Null` is one.
    let titled = found.listed.name.len() > whole.len();
    if is_nothing(&whole) && !(titled && whole == "Null") {
        return Some(found.name_field());
    }
    let cell = |field: Field| {
        let column = found.columns.of(field)?;
        found.cells.get(column).map(|cell| (field, cell.trim()))
    };
    // In a column of its own even a hyphen is a part of the name; Null is a family name.
    let alone = [Field::FirstName, Field::LastName].into_iter().filter_map(cell);
    let part = alone.filter(|(_, text)| is_nothing(text)).find(|(field, text)| {
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

/// Whether a name of these words has a word for nothing among them.
pub(crate) fn has_nothing(words: &[&str]) -> bool {
    let dash = |word: Option<&&str>| word.is_some_and(|word| matches!(*word, "-" | "–" | "—"));
    if dash(words.first()) || dash(words.last()) {
        return true;
    }
    let is_part = |(at, word): (usize, &&str)| {
        let others: Vec<&str> = words.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, word)| *word).collect();
        is_nothing_in_name(word, &others)
    };
    // Every word for nothing has one of these letters or marks at its start.
    let may_be = words.iter().any(|word| word.starts_with(|c: char| "nNtTuUbB?([<#eE".contains(c)));
    may_be && words.iter().enumerate().any(is_part)
}

/// What a text is that stands for a name and is none.
pub(crate) fn other_than_name(words: &[&str]) -> Option<&'static str> {
    if words.iter().any(|word| word.find('@').is_some_and(|at| at > 0 && word[at..].contains('.'))) {
        return Some("an email address");
    }
    let letters = words.iter().flat_map(|word| word.chars()).filter(|c| c.is_alphabetic()).count();
    let digits = words.iter().flat_map(|word| word.chars()).filter(|c| c.is_numeric()).count();
    match (letters, digits) {
        (0, 1..) if digits >= 7 => Some("a telephone number"),
        (0, 1..) => Some("a number"),
        // `Tel 020 7946 0111`, `020 7946 0111 ext 2`
        (1..=4, 9..) => Some("a telephone number"),
        _ => None,
    }
}

/// Whether a name has its family name first: `SMITH, John`. Letters after a name are no first name.
pub(crate) fn is_turned(name: &str) -> bool {
    let Some((_, after)) = name.split_once(',') else { return false };
    let honours = |word: &str| {
        let bare = word.trim_matches(['.', ',', '(', ')']);
        let jr = ["jr", "sr", "esq", "esquire", "phd", "junior", "senior", "bsc", "msc", "ba", "ma"];
        bare.is_empty()
            || jr.iter().any(|known| known.eq_ignore_ascii_case(&bare.replace('.', "")))
            || bare.len() > 1 && bare.chars().all(|c| c.is_uppercase() || c == '.')
    };
    // `and` and `&` join people: `Ann, Bob and Cy Ada`.
    let joins = |word: &str| matches!(word, "and" | "&");
    !after.split_whitespace().all(honours) && !after.split_whitespace().any(joins)
}

/// Whether a name is written in capitals throughout. Initials and the names of organisations are short.
fn is_shouted(words: &[&str]) -> bool {
    let long = |word: &&&str| word.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    words.iter().filter(long).count() >= 1
        && words.len() > 1
        && words
            .iter()
            .flat_map(|word| word.chars())
            .all(|c| !c.is_lowercase() && (!c.is_alphabetic() || c.is_uppercase()))
}
