//! Texts that stand in a cell where a value should: what programs write for nothing, for an error, for a field that was
//! never filled, or for a letter that they escaped.
//!
//! In: the text of a cell, as `cell` reads it. Out: what it is, if it is no value. The same rule holds for CSV, XLSX and
//! ODS: a workbook marks the cells whose type makes them no text, and a CSV has what a spreadsheet shows for them.
//!
//! Deliberately absent: what becomes of it, which depends on the field.

use crate::sheets::Spoiled;

/// What a text that is no value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandIn {
    /// What a spreadsheet or a program has in place of a text: an error, a formula, a number that was cut short.
    NoText(Spoiled),
    /// A field of a mail merge (`{{name}}`, `«First»`).
    Unfilled,
    /// A letter that was escaped for a web page (`&#39;`).
    Escaped,
}

/// Words for nothing, in small letters.
const NOTHING: &[&str] = &[
    "null",
    "nan",
    "n/a",
    "n.a.",
    "n\\a",
    "tbc",
    "tba",
    "tbd",
    "t.b.c.",
    "none",
    "nil",
    "undefined",
    "unknown",
    "not known",
    "not applicable",
    "not provided",
    "not available",
    "not given",
    "to be confirmed",
    "no data",
    "(null)",
    "<null>",
    "[null]",
    "(none)",
    "<none>",
    "(blank)",
    "blank",
    "(empty)",
    "?",
    "-",
    "--",
    "---",
    "–",
    "—",
];

/// Whether a text, as it is typed, may be a word for nothing. Most begin otherwise.
pub(super) fn may_be_nothing(raw: &str) -> bool {
    let first = raw.trim_ascii_start().as_bytes().first();
    first.is_some_and(|first| !first.is_ascii() || b"nNtTuUbB(<[?-".contains(first))
}

/// Whether a text as a whole is a word for nothing. `NA` is one only in capitals: it is also a name, and a road's number.
pub fn is_nothing(text: &str) -> bool {
    // The longest has 15 letters, and most cells are longer or begin otherwise.
    text.len() <= 16 && (NOTHING.iter().any(|word| word.eq_ignore_ascii_case(text)) || text == "NA")
}

/// Whether a word of a name can only be a word for nothing. People are called Null, Nan, Na and Nil; the parts of a name
/// are also written all in capitals or all in small letters.
pub fn is_nothing_in_name(word: &str, others: &[&str]) -> bool {
    let bare = word.trim_matches([',', ';', '.']);
    if matches!(bare, "-" | "–" | "—") {
        return false;
    }
    if !is_nothing(bare) || bare == "NA" || bare.eq_ignore_ascii_case("nil") || bare.eq_ignore_ascii_case("blank") {
        return false;
    }
    let is_name = bare.eq_ignore_ascii_case("null") || bare.eq_ignore_ascii_case("nan");
    let title_case = bare.starts_with(char::is_uppercase) && bare[1..].chars().all(char::is_lowercase);
    let all = |is: fn(char) -> bool| {
        bare.chars().all(is) && others.iter().any(|o| o.len() > 1 && o.chars().filter(|c| c.is_alphabetic()).all(is))
    };
    !(is_name && (title_case || all(char::is_uppercase) || all(char::is_lowercase)))
}

/// What a text has in it that makes it no value: an error, a field that was not filled, or an escaped letter. `is_plain`
/// says that it is a name or a part of an address, where brackets mean nothing else.
pub fn inside(text: &str, is_plain: bool) -> Option<StandIn> {
    // Every form has one of these characters; most cells have none.
    if !text.bytes().any(|b| b"#=&{}[](<%$*_:+\x1A\\\xC2".contains(&b)) {
        return None;
    }
    if let Some(spoiled) = no_text(text) {
        Some(StandIn::NoText(spoiled))
    } else if is_unfilled(text, is_plain) {
        Some(StandIn::Unfilled)
    } else if is_escaped(text, is_plain) {
        Some(StandIn::Escaped)
    } else {
        None
    }
}

/// Why a text is what a spreadsheet or a program has in place of one.
fn no_text(text: &str) -> Option<Spoiled> {
    if let Some(spoiled) = Spoiled::of(text) {
        Some(spoiled)
    } else if is_error(text) {
        Some(Spoiled::Error)
    } else if is_formula(text) {
        Some(Spoiled::Formula)
    } else {
        is_cut_short(text).then_some(Spoiled::Format)
    }
}

/// Whether a text is a formula. (`=1+1` is somebody's joke or attack, and no spreadsheet's: it computes what it opens.)
fn is_formula(text: &str) -> bool {
    text.strip_prefix('=').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '"'))
}

/// Whether a text is a long number with most of its digits gone: `4.47700E+11` was a telephone number, and `3E+2` might
/// be the number of a door.
fn is_cut_short(text: &str) -> bool {
    let Some((digits, power)) = text.split_once("E+") else { return false };
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let bare = digits.replacen(['.', ','], "", 1);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && number(&bare)
        && bare.len() >= 2
        && number(power)
        && power.len() >= 2
}

fn is_error(text: &str) -> bool {
    let word = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_uppercase() || b"/0_".contains(&b));
    // `#REF!`, `#NAME?`, `#DIV/0!` and whatever comes; `#N/A` and its kin have no mark at the end; `####` is too narrow.
    let hash = text.strip_prefix('#').is_some_and(|rest| {
        rest.strip_suffix(['!', '?']).is_some_and(word)
            || ["N/A", "NV", "N/D", "N/B", "NA", "GETTING_DATA"].contains(&rest)
            || rest.len() > 1 && rest.bytes().all(|b| b == b'#')
    });
    let object = text.starts_with("[object ") && text.ends_with(']');
    let office = text.strip_prefix("Err:").is_some_and(|n| n.len() == 3 && n.bytes().all(|b| b.is_ascii_digit()));
    hash || object || office
}

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

fn is_unfilled(text: &str, is_plain: bool) -> bool {
    let named = |name: &str| name.chars().any(char::is_alphabetic);
    let marked = |(open, close): &(&str, &str)| within(text, open, close).any(named);
    let percent = || {
        within(text, "%", "%").any(|name| name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_'))
    };
    // In French and other languages « these » are quotation marks.
    let quoted = || within(text, "«", "»").any(|name| is_plain || name.contains('_') || is_heading(name));
    let bracketed = || {
        let whole = |open: char, close: char| text.starts_with(open) && text.ends_with(close);
        let alone = [('[', ']'), ('{', '}'), ('<', '>'), ('‹', '›')].iter().any(|(open, close)| whole(*open, *close));
        alone && named(text) || within(text, "[", "]").any(is_heading) || within(text, "{", "}").any(named)
    };
    MARKS.iter().any(marked) || percent() || quoted() || is_plain && bracketed()
}

/// Whether a text is the name of a field of a person.
fn is_heading(name: &str) -> bool {
    use super::headings::Sureness;
    let name = name.trim();
    super::Field::of_heading(name).is_some_and(|(_, sure)| sure <= Sureness::Usual)
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

/// Names of characters on web pages (HTML §13.5), as far as names and addresses have them.
const ENTITIES: &[&str] = &[
    "amp", "lt", "gt", "quot", "apos", "nbsp", "ndash", "mdash", "lsquo", "rsquo", "ldquo", "rdquo", "hellip", "szlig",
    "aelig", "oelig", "eth", "thorn", "shy", "pound", "euro",
];

/// The ends of the others: `eacute`, `Uuml`.
const ACCENTS: &[&str] = &["acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "slash", "caron"];

fn is_escaped(text: &str, is_plain: bool) -> bool {
    let entity = |name: &str| {
        if let Some(number) = name.strip_prefix('#') {
            let hex = number.strip_prefix(['x', 'X']);
            let digits = hex.unwrap_or(number);
            return !digits.is_empty() && digits.chars().all(|c| c.is_digit(if hex.is_some() { 16 } else { 10 }));
        }
        let accented =
            |end: &&str| name.len() == end.len() + 1 && name.is_char_boundary(1) && name[1..].eq_ignore_ascii_case(end);
        ENTITIES.iter().any(|known| known.eq_ignore_ascii_case(name)) || ACCENTS.iter().any(accented)
    };
    let percent = || {
        let hex = |rest: &str| rest.get(..2).is_some_and(|two| two.bytes().all(|b| b.is_ascii_hexdigit()));
        text.match_indices('%')
            .any(|(at, _)| hex(&text[at + 1..]) && !text[..at].ends_with(|c: char| c.is_ascii_digit()))
    };
    let unicode = || {
        let hex = |rest: &str| rest.get(..4).is_some_and(|four| four.bytes().all(|b| b.is_ascii_hexdigit()));
        text.match_indices("\\u").any(|(at, _)| hex(&text[at + 2..]))
    };
    let tag = || ["<br", "</", "<p>", "<div", "<span"].iter().any(|tag| text.contains(tag));
    text.match_indices('&').any(|(at, _)| {
        let rest = &text[at + 1..];
        rest.find(';').is_some_and(|end| end <= 9 && entity(&rest[..end]))
    }) || unicode()
        || is_plain && (percent() || tag())
}

/// Whether a line of an address begins with a date, which a spreadsheet made of a house number: `03-Apr`, `Apr-26`,
/// `03/04/2026`, `2026-04-03`. (`3/4 High Street` is a flat, and `12 May Street` a street.)
pub fn begins_with_date(line: &str) -> bool {
    if !line.as_bytes().first().is_some_and(|b| b.is_ascii_digit() || b"JFMASONDjfmasond".contains(b)) {
        return false;
    }
    let word = line.split([' ', ',']).next().unwrap_or_default();
    for separator in ['-', '/', '.'] {
        let parts: Vec<&str> = word.split(separator).collect();
        let number = |text: &str, lengths: &[usize], most: u32| {
            lengths.contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_digit())
                && text.parse().is_ok_and(|n: u32| n >= 1 && n <= most)
        };
        let year = |text: &str| text.len() == 4 && text.parse().is_ok_and(|n: u32| (1900..2200).contains(&n));
        let short_year = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        let is_date = match parts.as_slice() {
            [day, month] if separator != '.' => {
                is_month(month) && number(day, &[1, 2], 31) || is_month(day) && (short_year(month) || year(month))
            }
            [day, month, last] if is_month(month) => number(day, &[1, 2], 31) && (year(last) || short_year(last)),
            [day, month, last] if year(last) => number(day, &[1, 2], 31) && number(month, &[1, 2], 31),
            [day, month, last] if short_year(last) && separator == '/' => {
                number(day, &[2], 31) && number(month, &[2], 12)
            }
            [first, month, day] if year(first) => {
                number(month, &[1, 2], 12) && number(day.split('T').next().unwrap_or_default(), &[1, 2], 31)
            }
            _ => false,
        };
        if is_date {
            return true;
        }
    }
    false
}

/// Whether a text is a month as a spreadsheet writes it.
fn is_month(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    MONTHS.iter().any(|month| month.eq_ignore_ascii_case(text)) || text.eq_ignore_ascii_case("sept")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_unfilled_fields_and_escaped_letters_are_no_values() {
        for (text, what) in [
            ("#N/A", StandIn::NoText(Spoiled::Error)),
            ("#REF!", StandIn::NoText(Spoiled::Error)),
            ("#VALUE!", StandIn::NoText(Spoiled::Error)),
            ("#DIV/0!", StandIn::NoText(Spoiled::Error)),
            ("#NAME?", StandIn::NoText(Spoiled::Error)),
            ("#NULL!", StandIn::NoText(Spoiled::Error)),
            ("#SPILL!", StandIn::NoText(Spoiled::Error)),
            ("#####", StandIn::NoText(Spoiled::Error)),
            ("#NV", StandIn::NoText(Spoiled::Error)),
            ("Err:502", StandIn::NoText(Spoiled::Error)),
            ("[object Object]", StandIn::NoText(Spoiled::Error)),
            ("=VLOOKUP(A2,B:C,2)", StandIn::NoText(Spoiled::Formula)),
            ("=A1&\" \"&B1", StandIn::NoText(Spoiled::Formula)),
            ("4.47700E+11", StandIn::NoText(Spoiled::Format)),
            ("2,08E+10", StandIn::NoText(Spoiled::Format)),
            ("12E+12", StandIn::NoText(Spoiled::Format)),
            (Spoiled::Date.mark(), StandIn::NoText(Spoiled::Date)),
            ("{{name}}", StandIn::Unfilled),
            ("Dear {{ first_name }}", StandIn::Unfilled),
            ("«First» «Last»", StandIn::Unfilled),
            ("((name))", StandIn::Unfilled),
            ("<<name>>", StandIn::Unfilled),
            ("[Name]", StandIn::Unfilled),
            ("Ms [Surname]", StandIn::Unfilled),
            ("%NAME%", StandIn::Unfilled),
            ("${name}", StandIn::Unfilled),
            ("*|FNAME|*", StandIn::Unfilled),
            ("<%= name %>", StandIn::Unfilled),
            ("__NAME__", StandIn::Unfilled),
            ("{Name}", StandIn::Unfilled),
            ("<Name>", StandIn::Unfilled),
            ("[[name]]", StandIn::Unfilled),
            ("Ann O&#39;Neill", StandIn::Escaped),
            ("Tom &amp; Ann", StandIn::Escaped),
            ("O&#x27;Neill", StandIn::Escaped),
            ("Jos&eacute;", StandIn::Escaped),
            ("M&uuml;ller", StandIn::Escaped),
            ("Ann&nbsp;Ada", StandIn::Escaped),
            ("O%27Neill", StandIn::Escaped),
            ("Jos\\u00e9", StandIn::Escaped),
            ("1 Mill Lane<br>Marshgate", StandIn::Escaped),
        ] {
            assert_eq!(inside(text, true), Some(what), "{text}");
        }
        for value in [
            "Ann (Annie) Ada",
            "Ann [née Lee] Ada",
            "Tom & Ann",
            "R&B; Sons",
            "Flat #3",
            "#3 Mill Lane",
            "The * Hotel",
            "100% Wool Shop",
            "50%25 off",
            "c/o (Ada)",
            "AT&T",
            "Unit_3",
            "Ann-Marie",
            "Smith = Jones",
            "Marks & Spencer; Foods",
            "«Élan»?",
            "Block C: Flat 2",
            "#1",
            "# 12",
            "#4 Mill Lane",
            "Errol",
            "Err:",
            "3E+2",
            "12 E+ House",
            "Flat 2E",
        ] {
            assert!(inside(value, !value.contains('«')).is_none(), "{value}");
        }
        assert_eq!(inside("Please bring [ID] and «bonjour»", false), None);
    }

    #[test]
    fn words_for_nothing_are_known_and_names_like_them_are_names() {
        for word in NOTHING {
            assert!(may_be_nothing(word) && may_be_nothing(&word.to_uppercase()), "{word}");
        }
        for word in [
            "NULL",
            "null",
            "NaN",
            "nan",
            "N/A",
            "n/a",
            "NA",
            "TBC",
            "None",
            "undefined",
            "?",
            "-",
            "—",
            "Not known",
            "(blank)",
        ] {
            assert!(is_nothing(word), "{word}");
        }
        for value in ["Na", "Nina", "0", "???", "No", "x", "Nil by Mouth", "N", "Unknown Road"] {
            assert!(!is_nothing(value), "{value}");
        }
        for (word, others) in [
            ("NULL", &["Ann"][..]),
            ("null", &["Ann"]),
            ("N/A", &["Lee"]),
            ("TBC", &["Bob"]),
            ("None", &["Ann"]),
            ("nan", &["Ann"]),
            ("undefined", &["ann"]),
            ("NULL", &[]),
            ("(blank),", &["Ann"]),
        ] {
            assert!(is_nothing_in_name(word, others), "{word} {others:?}");
        }
        for (word, others) in [
            ("Null", &["Ann"][..]),
            ("NULL", &["ANN"]),
            ("null", &["ann"]),
            ("Nan", &["Goldin"]),
            ("NA", &["LI"]),
            ("Na", &["Li"]),
            ("Nil", &["Yalter"]),
            ("-", &["Smith", "Jones"]),
        ] {
            assert!(!is_nothing_in_name(word, others), "{word} {others:?}");
        }
    }

    #[test]
    fn a_date_for_a_house_number_is_known_and_a_flat_is_none() {
        for line in [
            "03-Apr",
            "3-Apr",
            "Apr-26",
            "Apr-2026",
            "03/04/2026",
            "3/4/2026",
            "03/04/26",
            "2026-04-03",
            "2026-04-03 00:00:00",
            "03-Apr-26",
            "03-Apr-2026",
            "03.04.2026",
            "03-Apr Mill Lane",
            "1-Sept",
            "03/04/2026, Mill Lane",
            "jan-05",
            "2026-04-03T00:00:00",
        ] {
            assert!(begins_with_date(line), "{line}");
        }
        for line in [
            "3/4 High Street",
            "12 May Street",
            "1 March Road",
            "3-4 Mill Lane",
            "12-14 High Street",
            "1/2/34 Block",
            "May House",
            "April Cottage",
            "2026 Mill Lane",
            "Mar-Vista",
            "Dec Hall",
            "3A-May",
            "Flat 03-Apr",
            "31/12",
            "10.5 Mill Lane",
            "Sept-Isles",
        ] {
            assert!(!begins_with_date(line), "{line}");
        }
    }
}
