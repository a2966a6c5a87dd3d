//! NHS numbers and telephone numbers.

use std::sync::LazyLock;

use regex::Regex;

use super::freetext::folded;
use crate::model::{Borough, Conference};

static TEN_DIGITS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{4}\b").expect("the pattern is well-formed"));

/// A number that is called an NHS number counts as one, even if a digit is mistyped.
static CALLED_SO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bNHS ?(?:no|num|number)?\.? ?[:#]? ?(?:is )?[0-9]{3}[ .-]?[0-9]{3}[ .-]?[0-9]{4}\b")
        .expect("the pattern is well-formed")
});

/// Whether a text contains ten digits with a valid NHS check digit (NHS Data Dictionary, NHS NUMBER: modulus 11).
pub fn holds_an_nhs_number(text: &str) -> bool {
    has_many_digits(text) && holds_ten_digits(text)
}

/// Whether at least nine digits follow each other with no more between them than a number has.
fn has_many_digits(text: &str) -> bool {
    let (mut digits, mut gap) = (0, 0);
    text.bytes().any(|b| {
        (digits, gap) = match b {
            b'0'..=b'9' => (digits + 1, 0),
            b' ' | b'(' | b')' | b'.' | b'-' if gap < 3 => (digits, gap + 1),
            _ => (0, 0),
        };
        digits == 9
    })
}

fn holds_ten_digits(text: &str) -> bool {
    let may_be_called_so = || !text.is_ascii() || text.as_bytes().windows(3).any(|w| w.eq_ignore_ascii_case(b"nhs"));
    (may_be_called_so() && CALLED_SO.is_match(text))
        || TEN_DIGITS.find_iter(text).any(|found| has_check_digit(found.as_str()))
}

fn has_check_digit(typed: &str) -> bool {
    let digits: Vec<u32> = typed.chars().filter_map(|c| c.to_digit(10)).collect();
    let [first @ .., check] = digits.as_slice() else { return false };
    let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    sum > 0 && (11 - sum % 11) % 11 == *check
}

/// Landlines (01 and 02) and mobiles (07). Numbers that start with 03 or 08 are never a person's own (Ofcom, National
/// Telephone Numbering Plan), so a text may contain helplines.
static NATIONAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b0(?:7[0-9]{3}|1[0-9]{2,4}|2[0-9])\)?[ .-]{0,2}[0-9]").expect("the pattern is well-formed")
});

static INTERNATIONAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\+ ?|\b00 ?)[1-9](?:[ ().-]{0,3}[0-9]){8,13}").expect("the pattern is well-formed")
});

/// Whether a text contains a telephone number that is not one of `given_out`.
pub fn holds_a_telephone_number(text: &str, given_out: &[String]) -> bool {
    has_many_digits(text) && holds_a_number_to_dial(text, given_out)
}

fn holds_a_number_to_dial(text: &str, given_out: &[String]) -> bool {
    // Compiling the pattern takes longer than reading all texts of a conference.
    let may_be_abroad = text.contains('+') || text.contains("00");
    let abroad = may_be_abroad.then(|| INTERNATIONAL.find_iter(text)).into_iter().flatten();
    abroad.map(|found| at_home(found.as_str())).chain(national(text)).any(|number| !given_out.contains(&number))
}

/// Whether a text in the place of a telephone number may be one, even if its first zero is lost: from abroad, or ten digits
/// without a space that begin as British numbers do after the zero.
pub fn may_be_dialled(text: &str) -> bool {
    let text = text.trim_start_matches(['(', ' ']);
    let from_abroad = text.starts_with('+') || text.starts_with("00");
    from_abroad
        || text.len() == 10 && text.starts_with(['1', '2', '3', '7', '8']) && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a telephone number would be found in a text.
pub fn is_found(number: &str) -> bool {
    holds_a_telephone_number(&folded(number), &[])
}

/// The numbers that papers print themselves: those of the council, the chair and the minute taker.
pub fn given_out(borough: &Borough, c: &Conference) -> Vec<String> {
    let council = [
        Some(&borough.phone),
        Some(&borough.concern.phone),
        borough.concern.out_of_hours.as_ref(),
        borough.data_protection.phone.as_ref(),
    ];
    let who = [&c.meeting.chair, &c.meeting.minute_taker].into_iter().flatten();
    let people = who.filter_map(|id| c.people.get(id)?.phone.as_ref());
    council.into_iter().flatten().chain(people).map(|number| at_home(&folded(number))).collect()
}

/// The digits as dialled within the United Kingdom: `+44 (0)20 7946 0958` is `02079460958`.
fn at_home(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let abroad = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44").filter(|_| number.contains('+')));
    abroad.map_or(digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')))
}

fn national(text: &str) -> Vec<String> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some(start) = NATIONAL.find_at(text, from) {
        let (digits, length) = number_at(&text[start.start()..]);
        // Both are positions after an ASCII digit.
        from = start.start() + length.max(1);
        found.extend(digits);
    }
    found
}

/// The eleven digits at the start of a text, or the ten of a few old area codes, and where they end.
fn number_at(text: &str) -> (Option<String>, usize) {
    let (mut digits, mut gap, mut best) = (String::new(), 0, (None, 0));
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        gap = if c.is_ascii_digit() { 0 } else { gap + 1 };
        if digits.len() > 11 || gap > 2 || !(c.is_ascii_digit() || " .-()".contains(c)) {
            break;
        }
        if c.is_ascii_digit() {
            digits.push(c);
        }
        let ends = gap == 0 && chars.peek().is_none_or(|(_, next)| !next.is_ascii_digit());
        if ends && (digits.len() == 11 || (digits.len() == 10 && digits.starts_with("01"))) {
            best = (Some(digits.clone()), at + 1);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_that_is_passed_over_has_no_number(text in "(NHS no[.] )?[+0-9]{0,6}[ ().x-]{0,4}[0-9]{0,6}[ ().-]{0,3}[0-9 .()-]{0,9}") {
            prop_assert_eq!(holds_an_nhs_number(&text), holds_ten_digits(&text), "{}", text);
            prop_assert_eq!(holds_a_telephone_number(&text, &[]), holds_a_number_to_dial(&text, &[]), "{}", text);
        }
    }

    #[test]
    fn an_nhs_number_is_ten_digits_with_the_right_check_digit_or_is_called_one() {
        for text in
            ["943 476 5919", "her number is 9434765919.", "943-476-5919", "NHS no. 943 476 5918", "(401 023 2137)"]
        {
            assert!(holds_an_nhs_number(text), "{text}");
        }
        for text in [
            "943 476 5918",
            "94347659190",
            "020 7946 0958",
            "CSC-2026-014",
            "0000000000",
            "1234 1234567",
            "NHS trust, 3pm",
        ] {
            assert!(!holds_an_nhs_number(text), "{text}");
        }
    }

    #[test]
    fn a_telephone_number_is_found_however_it_is_spaced() {
        for text in [
            "call 07700 900161",
            "07700900161, after school",
            "07700-900-161",
            "(020) 7946 0958",
            "0207 946 0958",
            "01632 960172",
            "+44 7700 900161",
            "+44 (0)20 7946 0958",
            "0044 7700 900161",
            "+353 1 234 5678",
            "2 x 01204 62001 today",
            "020 7946 0958 07700 900161",
        ] {
            assert!(holds_a_telephone_number(text, &[]), "{text}");
        }
    }

    #[test]
    fn a_date_a_time_a_sum_or_a_helpline_is_no_telephone_number() {
        for text in [
            "3:10pm and 5:30pm",
            "01.12.2026 10.30",
            "07 December 2026",
            "2026-11-24",
            "£10,000,000",
            "0800 1111",
            "0300 123 1234",
            "call 101 or 999",
            "CSC-2026-014",
            "E20 9AA",
            "07 12 2026",
        ] {
            assert!(!holds_a_telephone_number(text, &[]), "{text}");
        }
    }

    #[test]
    fn a_number_that_papers_give_out_may_stand_in_a_text_and_hides_no_other() {
        let own = [at_home("020 7946 0958")];
        assert!(!holds_a_telephone_number("ring +44 20 7946 0958 or 020 7946 0958", &own));
        assert!(holds_a_telephone_number("020 7946 0958 07700 900161", &own));
    }
}
