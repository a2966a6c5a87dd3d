//! Names of fields that a program was to fill when it made a list or a letter, and did not: `{{name}}`, `«First»`,
//! `Firstname Lastname`.
//!
//! In: the text of a cell. Out: whether such a name is in it, or is all of it.

use super::fields::Field;
use super::headings::Sureness;

/// The word with which Word begins a field.
pub const MERGE_FIELD: &str = "MERGEFIELD";

/// Pairs of marks around the name of a field in programs that fill letters.
const MARKS: &[(&str, &str)] = &[
    ("{{", "}}"),
    ("((", "))"),
    ("<<", ">>"),
    ("${", "}"),
    ("{%", "%}"),
    ("<%", "%>"),
    ("*|", "|*"),
    ("[[", "]]"),
    ("#{", "}"),
    ("{!", "}"),
    ("__", "__"),
    ("##", "##"),
];

/// Marks that open the name of a field, and those that close it, if anything does.
const OPENING: &[(char, char)] = &[('{', '}'), ('[', ']'), ('<', '>'), ('«', '»'), ('‹', '›'), ('(', ')')];

/// Words that are the name of a field of a person.
const NAMES: &[&str] = &[
    "name",
    "names",
    "firstname",
    "lastname",
    "fname",
    "lname",
    "mname",
    "fullname",
    "surname",
    "forename",
    "forenames",
    "givenname",
    "familyname",
    "middlename",
    "mergefield",
];

/// Words that are one only beside others.
const PARTS: &[&str] = &["first", "last", "middle", "initial", "title"];

/// Words around the name of a field.
const AROUND: &[&str] = &[
    "your",
    "insert",
    "enter",
    "type",
    "here",
    "given",
    "family",
    "full",
    "preferred",
    "initials",
    "salutation",
    "the",
    "and",
    "of",
    "s",
    "recipient",
    "recipients",
    "contact",
    "customer",
    "client",
    "resident",
    "residents",
    "applicant",
    "invitee",
    "addressee",
    "person",
    "prefix",
    "suffix",
    "placeholder",
];

/// Whether a text has such a name in it. `is_plain` says that it is a name or a part of an address, where brackets mean
/// nothing else.
pub fn is_in(text: &str, is_plain: bool) -> bool {
    let named = |name: &str| name.chars().any(char::is_alphabetic);
    let marked = |(open, close): &(&str, &str)| within(text, open, close).any(named);
    let percent = || {
        within(text, "%", "%").any(|name| name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_'))
    };
    // In French and other languages « these » are quotation marks.
    let quoted = || within(text, "«", "»").any(|name| is_plain || name.contains('_') || is_heading(name));
    let alone = || {
        let whole = |open: char, close: char| text.starts_with(open) && text.ends_with(close);
        named(text) && [('[', ']'), ('<', '>'), ('‹', '›')].iter().any(|(open, close)| whole(*open, *close))
    };
    MARKS.iter().any(marked)
        || percent()
        || quoted()
        || text.contains(MERGE_FIELD)
        || is_plain && (is_braced(text) || alone() || is_opened(text) || text.split(' ').any(is_variable))
}

/// Whether braces stand around a word or two, or close the name of a field that nothing opens.
fn is_braced(text: &str) -> bool {
    let is_word = |inner: &str| {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.');
        !inner.trim().is_empty() && inner.chars().count() <= 40 && inner.chars().all(plain)
    };
    let closed = text.split_once('}').map(|(before, _)| before.rsplit(['{', ' ']).next().unwrap_or_default());
    let is_apart = text.split(' ').any(|word| word.starts_with('{') || word.ends_with('}'));
    is_apart && within(text, "{", "}").any(is_word) || closed.is_some_and(|name| is_heading(name) || is_all_of(name))
}

/// Whether a mark opens the name of a field, even if nothing closes it.
fn is_opened(text: &str) -> bool {
    OPENING.iter().any(|(open, close)| {
        let inside = |(at, _): (usize, &str)| text[at + open.len_utf8()..].split(*close).next().unwrap_or_default();
        text.match_indices(*open).map(inside).any(|name| *open != '(' && is_heading(name) || is_all_of(name))
    })
}

/// Whether a word is a place for a value in the text of a program: `$name`, `#name#`, `%s`, `%(name)s`.
fn is_variable(word: &str) -> bool {
    let bare = word.trim_end_matches([',', '.', '!', ';', ':']);
    let hashed = bare.strip_prefix('#').and_then(|rest| rest.strip_suffix('#'));
    let is_word = |name: &str| name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_');
    bare.strip_prefix('$').is_some_and(|name| is_heading(name) || is_all_of(name))
        || hashed.is_some_and(is_word)
        || matches!(bare, "%s" | "%d" | "%1$s" | "%2$s")
        || bare.starts_with("%(")
}

/// Whether a text is the name of a field of a person.
fn is_heading(name: &str) -> bool {
    Field::of_heading(name.trim()).is_some_and(|(_, sure)| sure <= Sureness::Usual)
}

/// Whether a text is nothing but the names of fields of a person: `FNAME`, `First Name`, `Firstname Lastname`. Somebody
/// may be called First or Last.
pub fn is_all_of(text: &str) -> bool {
    // The longest of them are short, and most names have none of these letters side by side.
    if text.len() > 60 {
        return false;
    }
    let (mut names, mut parts, mut others) = (0, 0, 0);
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let is = |known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(word));
        match () {
            () if is(NAMES) => names += 1,
            () if is(PARTS) => parts += 1,
            () if is(AROUND) => others += 1,
            () => return false,
        }
    }
    names > 0 || parts > 1 && others == 0
}

/// The texts between each pair of marks.
fn within<'t>(text: &'t str, open: &'t str, close: &'t str) -> impl Iterator<Item = &'t str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let from = rest.find(open)? + open.len();
        let length = rest[from..].find(close)?;
        let found = &rest[from..from + length];
        rest = &rest[from + length + close.len()..];
        Some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_was_not_filled_is_known_by_its_marks() {
        for text in [
            "$name",
            "$first_name $last_name",
            "#name#",
            "#FIRST_NAME# #LAST_NAME#",
            "{Name",
            "Name}",
            "{0}",
            "%s",
            "%s, %s",
            "%(name)s",
            "MERGEFIELD Name",
            "{ MERGEFIELD Name }",
            "[Name",
            "Ms <Surname>",
            "Ms <Surname",
            "«Name",
            "(first name)",
            "{{#if}}",
            "{% name %}",
        ] {
            assert!(is_in(text, true), "{text}");
        }
        for text in [
            "Ann Ada",
            "Flat #3 Block #2",
            "A$AP",
            "$mart Shop",
            "100% Wool",
            "Ann (Annie) Ada",
            "Ann (née Last)",
            "Ann [née Lee] Ada",
            "Tom <tom> Ada",
            "(Rear) 1 Mill Lane",
            "O'Neill & Sons <Ltd>",
        ] {
            assert!(!is_in(text, true), "{text}");
        }
        assert!(is_in("{ MERGEFIELD Note }", false) && !is_in("bring {two} copies [ID]", false));
    }

    #[test]
    fn names_of_fields_are_no_names_and_people_called_so_are_people() {
        for text in [
            "FNAME",
            "LNAME",
            "Firstname Lastname",
            "First Name",
            "FIRST NAME",
            "Surname",
            "Full name",
            "Your Name",
            "Insert name here",
            "Title First Last",
            "First Last",
            "Recipient's Name",
            "First_Name",
            "Contact name",
            "[Name]",
        ] {
            assert!(is_all_of(text), "{text}");
        }
        for text in [
            "Ann Last",
            "First",
            "James Last",
            "Shay Given",
            "The Resident",
            "The Recipient",
            "Ann Name",
            "Title",
            "Ann Surname-Lee",
            "Middle Earth",
            "",
            "王小明",
        ] {
            assert!(!is_all_of(text), "{text}");
        }
    }
}
