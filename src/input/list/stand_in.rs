//! Texts that stand in a cell where a value should: what programs write for nothing, for an error, for a field that was
//! never filled, or for a letter that they escaped.
//!
//! In: the text of a cell, as `cell` reads it. Out: what it is, if it is no value. The same rule holds for CSV, XLSX and
//! ODS: a workbook marks the cells whose type makes them no text, and a CSV has what a spreadsheet shows for them.
//!
//! Deliberately absent: what becomes of it, which depends on the field.

use super::unfilled;
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
    "not stated",
    "not recorded",
    "n/k",
    "<na>",
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
/// So is `NaT`, of a program that reads dates, only as it writes it: Nat is a name.
pub fn is_nothing(text: &str) -> bool {
    // The longest has 15 letters, and most cells are longer or begin otherwise.
    text.len() <= 16 && (NOTHING.iter().any(|word| word.eq_ignore_ascii_case(text)) || matches!(text, "NA" | "NaT"))
}

/// Whether a text as a whole is the yes or no that a spreadsheet shows where a comparison or a tick box is.
pub fn is_truth(text: &str) -> bool {
    ["true", "false"].iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether a word of a name can only be a word for nothing, or a yes or no. People are called Null, Nan, Na, Nil and True;
/// the parts of a name are also written all in capitals or all in small letters.
pub fn is_nothing_in_name(word: &str, others: &[&str]) -> bool {
    let bare = word.trim_matches([',', ';', '.']);
    if matches!(bare, "-" | "–" | "—") {
        return false;
    }
    if !(is_nothing(bare) || is_truth(bare))
        || bare == "NA"
        || bare.eq_ignore_ascii_case("nil")
        || bare.eq_ignore_ascii_case("blank")
    {
        return false;
    }
    let is_name = bare.eq_ignore_ascii_case("null") || bare.eq_ignore_ascii_case("nan") || is_truth(bare);
    let title_case = bare.starts_with(char::is_uppercase) && bare[1..].chars().all(char::is_lowercase);
    let all = |is: fn(char) -> bool| {
        bare.chars().all(is) && others.iter().any(|o| o.len() > 1 && o.chars().filter(|c| c.is_alphabetic()).all(is))
    };
    !(is_name && (title_case || all(char::is_uppercase) || all(char::is_lowercase)))
}

/// What a text has in it that makes it no value: an error, a field that was not filled, or an escaped letter. `is_plain`
/// says that it is a name or a part of an address, where brackets mean nothing else.
pub fn inside(text: &str, is_plain: bool) -> Option<StandIn> {
    // Every form has one of these characters, or the word of Word; most cells have neither.
    let marks = b"#=&{}[](<%$*_:+\x1A\\\xC2\xE2";
    if !text.bytes().any(|b| marks.contains(&b)) && !text.contains(unfilled::MERGE_FIELD) {
        return None;
    }
    if let Some(spoiled) = no_text(text) {
        Some(StandIn::NoText(spoiled))
    } else if unfilled::is_in(text, is_plain) {
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
    let quoted = || text.contains("=?") && text.contains("?=") || is_quoted_printable(text);
    let tag = || ["<br", "</", "<p>", "<div", "<span"].iter().any(|tag| text.contains(tag));
    text.match_indices('&').any(|(at, _)| {
        let rest = &text[at + 1..];
        rest.find(';').is_some_and(|end| end <= 9 && entity(&rest[..end]))
    }) || unicode()
        || quoted()
        || is_plain && (percent() || tag() || is_utf_7(text))
}

/// Whether a text has the bytes of a letter as messages write them: `J=C3=B3`, or `J\xc3\xb3`.
fn is_quoted_printable(text: &str) -> bool {
    ["=", "\\x"].iter().any(|mark| {
        let byte = |at: usize| {
            let hex = text.get(at..)?.strip_prefix(mark)?.get(..2)?;
            u8::from_str_radix(hex, 16).ok().filter(|_| !hex.starts_with('+'))
        };
        text.match_indices(mark).any(|(at, _)| {
            let next = byte(at + mark.len() + 2);
            byte(at).is_some_and(|b| b >= 0xC2) && next.is_some_and(|b| (0x80..0xC0).contains(&b))
        })
    })
}

/// Whether a text has a letter as UTF-7 writes it (RFC 2152): `Si+AOI-n`.
fn is_utf_7(text: &str) -> bool {
    text.match_indices('+').any(|(at, _)| {
        let run: Vec<u32> = text[at + 1..].bytes().map_while(base_64).collect();
        if run.len() < 3 || !text[at + 1 + run.len()..].starts_with('-') {
            return false;
        }
        let bits: Vec<bool> = run.iter().flat_map(|six| (0..6).rev().map(move |bit| six >> bit & 1 == 1)).collect();
        let units = bits.chunks_exact(16);
        // What is left of the last digit is less than one, and zero.
        let is_whole = units.remainder().len() < 6 && !units.remainder().contains(&true);
        let letter = |unit: &[bool]| {
            let code = unit.iter().fold(0, |code, bit| code << 1 | u32::from(*bit));
            char::from_u32(code).is_some_and(|c| !c.is_ascii() && (c.is_alphanumeric() || c == '’' || c == '\u{a0}'))
        };
        is_whole && units.into_iter().all(letter)
    })
}

/// The value of a digit of base 64 (RFC 4648 §4).
fn base_64(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Whether a line of an address begins with a date, which a spreadsheet made of a house number: `03-Apr`, `Apr-26`,
/// `03/04/2026`, `2026-04-03`, and `3/4/26` if that is all. (`3/4 High Street` is a flat, and `12 May Street` a street.)
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
                // `1/2/34 High Street` is a flat on a stair.
                let lengths: &[usize] = if word.len() == line.trim_end().len() { &[1, 2] } else { &[2] };
                number(day, lengths, 31) && number(month, lengths, 31)
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
            ("Si+AOI-n N+AO0- Bhriain", StandIn::Escaped),
            ("Jos+AOk-", StandIn::Escaped),
            ("+BBgEMgQwBD0-", StandIn::Escaped),
            ("=?utf-8?q?J=C3=B3?=", StandIn::Escaped),
            ("J=C3=B3n", StandIn::Escaped),
            ("J\\xc3\\xb3n", StandIn::Escaped),
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
            "Ann+Ada-Lee",
            "+44-20 7946 0111",
            "Flat 1+2-3",
            "C+ABC-Unit",
            "A=B",
            "#1 Mill Lane #2",
            "$5 Shop",
            "5% Club",
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
        for value in ["Na", "Nina", "0", "???", "No", "x", "Nil by Mouth", "N", "Unknown Road", "Nat", "nat", "NAT"] {
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
            ("NaT", &["Ann"]),
            ("TRUE", &["Ann"]),
            ("false", &["Ann"]),
            ("TRUE", &[]),
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
            ("Nat", &["Ada"]),
            ("True", &["Ann"]),
            ("TRUE", &["ANN"]),
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
            "3/4/26",
            "3/12/26",
            "12/31/26",
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
            "3/4/26 Mill Lane",
            "1/2/34 High Street",
            "40/4/26",
            "10.5 Mill Lane",
            "Sept-Isles",
        ] {
            assert!(!begins_with_date(line), "{line}");
        }
    }
}
