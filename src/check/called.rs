//! Whether a text can be the name of a person, or the words after "Dear".
//!
//! In: the text. Out: what is wrong with it: it is something else, it has a word for nothing in it, it was never filled, or
//! it is written as registers write names.
//!
//! Deliberately absent: where the text stands: in a file (`typed`) or in a list (`list`).

use super::person;
use crate::diag::{Code, Severity, codes};
use crate::input::list::{Greeting, greeting, is_name_of_field, is_nothing_in_name};

/// A problem of a text: its severity, code, message and hint.
pub type Told = (Severity, Code, String, &'static str);

/// A name's words without titles.
pub fn untitled(name: &str) -> Vec<&str> {
    name.split(' ').filter(|word| !person::is_title(word)).collect()
}

fn error(code: Code, message: String, hint: &'static str) -> Told {
    (Severity::Error, code, message, hint)
}

/// The problem of a whole name that its characters do not show, words for nothing left aside: it is something else, or it
/// is written as in a register.
pub fn of_name(name: &str) -> Option<Told> {
    let words = untitled(name);
    if let Some(what) = other_than_name(&words) {
        let message = format!("this is {what}, and not a name");
        return Some(error(codes::NO_NAME_CELL, message, "write the name in its own column"));
    }
    if let Some(told) = unfilled(&words) {
        return Some(told);
    }
    let doubt = |message: &str, hint| Some((Severity::Warning, codes::DOUBTFUL_NAME, message.to_owned(), hint));
    match greeting(name) {
        Some(Greeting::Certain) => {
            let message = "this is a greeting, and not a name".to_owned();
            return Some(error(codes::NO_NAME_CELL, message, "write only the name; the letter says `Dear` itself"));
        }
        Some(Greeting::Doubtful) => {
            return doubt("this seems to begin with a greeting, and the letter will say it so", "write only the name");
        }
        None => {}
    }
    if is_turned(name) {
        let message = "the name has a comma, and the letter will say it so: the surname seems to be first";
        return doubt(message, "write the first name first, or give first name and surname columns of their own");
    }
    if is_shouted(&words) {
        return doubt("the name is in capitals, and the letter will say it so", "write it as the person does");
    }
    None
}

/// The problem of the words after "Dear", which the letter adds itself.
pub fn of_salutation(said: &str) -> Option<Told> {
    let words = untitled(said);
    if let Some(what) = other_than_name(&words) {
        let message = format!("this is {what}, and would follow `Dear`");
        return Some(error(codes::NO_NAME_CELL, message, "write how the person is to be greeted, or clear the cell"));
    }
    let doubt = |message: &str| {
        let hint = "write how the person is to be greeted, as `Ms Lee`, or clear the cell";
        Some((Severity::Warning, codes::DOUBTFUL_NAME, message.to_owned(), hint))
    };
    match unfilled(&words) {
        Some(told) => Some(told),
        None if is_turned(said) || is_surname_first(&words) => {
            doubt("the surname seems to be first, and the letter will say it so after `Dear`")
        }
        None if is_shouted(&words) => doubt("this is in capitals, and the letter will say it so after `Dear`"),
        None => None,
    }
}

fn unfilled(words: &[&str]) -> Option<Told> {
    is_name_of_field(&words.join(" ")).then(|| {
        let message = "this is the name of a field, which was not filled".to_owned();
        error(codes::UNFILLED_FIELD, message, "fill it in, or take the row out")
    })
}

/// Words of the names of organisations.
const OF_ORGANISATIONS: [&str; 22] = [
    "trust",
    "team",
    "ltd",
    "limited",
    "school",
    "council",
    "union",
    "centre",
    "center",
    "services",
    "service",
    "club",
    "group",
    "charity",
    "church",
    "housing",
    "college",
    "academy",
    "studios",
    "office",
    "manager",
    "foundation",
];

/// Short family names, which are no initials.
const SHORT: [&str; 10] = ["LEE", "KIM", "ALI", "COX", "FOX", "DAY", "RAY", "KAY", "MAY", "ADA"];

/// Whether a name begins with a word in capitals, and goes on with others that are not: `SMITH John`. Acronyms of
/// organisations do too.
pub fn is_surname_first(words: &[&str]) -> bool {
    let [first, rest @ ..] = words else { return false };
    let letters: Vec<char> = first.chars().filter(|c| c.is_alphabetic()).collect();
    let is_capitals = letters.iter().all(|c| c.is_uppercase());
    // `AJE Smith` has initials; `LEE Ann` has none.
    let is_word = letters.len() > 3 || SHORT.contains(first);
    let is_given = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.clone().count() > 0
            && letters.all(|c| !c.is_uppercase())
    };
    let of_organisation = |word: &&str| OF_ORGANISATIONS.iter().any(|known| known.eq_ignore_ascii_case(word));
    is_capitals
        && is_word
        && (1..=3).contains(&rest.len())
        && rest.iter().all(is_given)
        && !rest.iter().any(of_organisation)
}

/// Whether a name of these words has a word for nothing among them.
pub fn has_nothing(words: &[&str]) -> bool {
    let dash = |word: Option<&&str>| word.is_some_and(|word| matches!(*word, "-" | "–" | "—"));
    if dash(words.first()) || dash(words.last()) {
        return true;
    }
    let is_part = |(at, word): (usize, &&str)| {
        let others: Vec<&str> = words.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, word)| *word).collect();
        is_nothing_in_name(word, &others)
    };
    // Every word for nothing has one of these letters or marks at its start.
    let may_be = words.iter().any(|word| word.starts_with(|c: char| "nNtTuUbBfF?([<#eE".contains(c)));
    may_be && words.iter().enumerate().any(is_part)
}

/// What a text is that stands for a name and is none.
pub fn other_than_name(words: &[&str]) -> Option<&'static str> {
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
pub fn is_turned(name: &str) -> bool {
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
