//! Dates of birth.
//!
//! A date counts as one if a word beside it says so, or if somebody born on it would be a child or a care leaver now and
//! its sentence is about somebody, or says nothing else. A day on which something was opened or signed is no birth.

use std::sync::LazyLock;

use chrono::{Datelike, Months, NaiveDate};
use regex::{Captures, Regex};

const MONTHS: &str = "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\b";

/// The patterns of a date, each with the groups `day`, `month` and, if it has one, `year`.
static DATES: LazyLock<[Regex; 5]> = LazyLock::new(|| {
    [
        // 3/5/2011, 03-05-11, 3. 5. 2011; and 03 05 2011, since so many digits have no other reading.
        r"\b(?P<day>[0-9]{1,2}) ?[/.-] ?(?P<month>[0-9]{1,2}) ?[/.-] ?(?P<year>[0-9]{4}|[0-9]{2})\b".to_owned(),
        r"\b(?P<day>[0-9]{1,2}) (?P<month>[0-9]{1,2}) (?P<year>[0-9]{4})\b".to_owned(),
        // 2011-05-03
        r"\b(?P<year>[0-9]{4})[/.-](?P<month>[0-9]{1,2})[/.-](?P<day>[0-9]{1,2})\b".to_owned(),
        // 3rd of May, 2011; 3-May-11
        format!(r"(?i)\b(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[ -]?(?:of )?{MONTHS}(?:\.?,?[ -]?(?P<year>[0-9]{{4}}|'[0-9]{{2}}))?"),
        // May 3rd, 2011
        format!(r"(?i)\b{MONTHS}\.? (?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<year>[0-9]{{4}}))?"),
    ]
    .map(|pattern| Regex::new(&pattern).expect("the pattern is well-formed"))
});

const LABEL: &str = r"\b(?:d\. ?o\. ?b\b\.?|dob|date of birth|born|birth ?dates?|birth ?days?)\b";

static LABEL_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)(?:{LABEL}[^;!?0-9]{{0,25}}|\bb\. ?)$")).expect("the pattern is well-formed")
});

static LABEL_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)^[ ,)(-]{{0,3}}(?:(?:is|was|as) )?(?:(?:his|her|their|the|a) )?{LABEL}"))
        .expect("the pattern is well-formed")
});

/// `DOB 030511`, which is only a date if it is called one.
static RUN_TOGETHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i){LABEL}[ :.=-]{{0,3}}(?:(?:is|was|on) )?[0-9]{{6}}(?:[0-9]{{2}})?\b"))
        .expect("the pattern is well-formed")
});

/// A person in a sentence. Of several children, no date is the birth.
static SOMEBODY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:he|she|him|his|her|hers|boy|girl|child|kid|pupil|student|son|daughter|brother|sister|sibling|twin|baby|toddler|infant|teenager|teen|youth|lad|lass|victim|cousin|niece|nephew|friend|male|female|young (?:person|man|woman|adult)|care leaver)\b|\b(?-i:\p{Lu}\. ?){2}")
        .expect("the pattern is well-formed")
});

/// A name or initials directly before a date: `Kai, 3/5/2011`, `Kai Mensah 3/5/2011`, `KM (3/5/2011)`.
static NAME_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:\b\p{Lu}[\p{Ll}'-]+ (?P<last>\p{Lu}[\p{L}'-]+)[ ,(:-]{1,4}|\b(?P<only>\p{Lu}\p{Ll}+|\p{Lu}{2})(?:,|:| \()[ (]?)$")
        .expect("the pattern is well-formed")
});

/// A name directly after it: `3/5/2011, Kai Mensah`.
static NAME_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[ ,):-]{1,4}\p{Lu}[\p{Ll}'-]+ (?P<last>\p{Lu}[\p{Ll}'-]+)\b").expect("the pattern is well-formed")
});

/// Words with a capital that are no name of a person: places, bodies, papers, days.
static NOBODY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i:.*(?:day|school|academy|college|primary|park|road|street|lane|court|house|hall|centre|station|parade|square|hospital|church|mosque|library|council|board|act|regulations?|order|report|review|policy|plan|version|appendix|minutes|agreement|notice|trust|service|team|forum|committee|panel|estate|bridge|club|room|unit|term|on|in|since|from|by|until|dated?|the|opened|issued|signed|agreed|approved))$")
        .expect("the pattern is well-formed")
});

/// Something that happened on the day after it, to no person.
static EVENT_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:(?:re-?)?opened|(?:re)?built|(?:re)?launched|installed|founded|established|closed|demolished|unveiled|signed|agreed|adopted|published|dated|approved|commissioned|planted|(?:re)?painted|refurbished|extended|renamed|started|began|begun|introduced|registered|updated|amended|issued|inspected|in force|act|regulations|policy|report|review|inspection|order|version|agreement|licen[cs]e|lease|minutes) (?:\w+ )?(?:on |in |of |from |since |\()?$")
        .expect("the pattern is well-formed")
});

/// Any verb in the past, or a word of origin, before a date.
static HAPPENED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:\w+(?:ed|ought|uilt)|been|seen|written|taken|given|chosen|broken|begun|run|met|held|put up|set up|paid|sold|lit|left|came|went|from|of|dated?|by|until|before|after) (?:up |out |off |again |back )?(?:on |in |from |of )?(?:the )?\(?$")
        .expect("the pattern is well-formed")
});

/// Whether a text that is issued on a day contains a date of birth.
pub fn is_in(text: &str, issued: NaiveDate) -> bool {
    let called = may_call_a_birth(text);
    (called || may_name_a_childs_year(text, issued)) && is_written_in(text, issued, called)
}

/// Whether a word for a birth may be in a text ([`LABEL_BEFORE`]). Most texts have neither that nor a year in which a child
/// was born, and the patterns take long to compile.
fn may_call_a_birth(text: &str) -> bool {
    const LABELS: [&str; 7] = ["born", "birth", "dob", "d.o.b", "d. o. b", "d.o. b", "d. o.b"];
    let lower = text.to_ascii_lowercase();
    let starts_word = |at: usize| at == 0 || !lower.as_bytes()[at - 1].is_ascii_alphanumeric();
    LABELS.iter().any(|label| lower.contains(label)) || lower.match_indices("b.").any(|(at, _)| starts_word(at))
}

/// Whether digits of a text may be the year of a birth that [`is_of_a_child`]: four, or two that end a date.
fn may_name_a_childs_year(text: &str, issued: NaiveDate) -> bool {
    let is_year = |digits: &[u8]| {
        let year = Some(digits).filter(|d| d.iter().all(u8::is_ascii_digit)).and_then(|d| std::str::from_utf8(d).ok());
        year.and_then(|d| year_of(d, issued))
            .is_some_and(|year| (issued.year() - 19..=issued.year() - 2).contains(&year))
    };
    let bytes = text.as_bytes();
    let before = |at: usize| bytes[..at].strip_suffix(b" ").unwrap_or(&bytes[..at]);
    let ends_date = |at: usize| match before(at).split_last() {
        Some((b'\'', _)) => true,
        Some((b'/' | b'.' | b'-', rest)) => before(rest.len()).last().is_some_and(u8::is_ascii_digit),
        _ => false,
    };
    bytes.windows(4).any(is_year)
        || (1..bytes.len()).any(|at| bytes.get(at..at + 2).is_some_and(is_year) && ends_date(at))
}

fn is_written_in(text: &str, issued: NaiveDate, called: bool) -> bool {
    let mut found = DATES.iter().flat_map(|shape| shape.captures_iter(text));
    called && RUN_TOGETHER.is_match(text) || found.any(|date| is_birth(text, &date, issued, called))
}

fn is_birth(text: &str, date: &Captures<'_>, issued: NaiveDate, called: bool) -> bool {
    let Some(whole) = date.get(0) else { return false };
    let (before, after) = (&text[..whole.start()], &text[whole.end()..]);
    let year = date.name("year").map(|y| y.as_str().trim_start_matches('\''));
    let Some(day) = day_of(date, year, issued) else { return false };
    let called_so = called && (LABEL_BEFORE.is_match(before) || LABEL_AFTER.is_match(after));
    // A section of a document is numbered 4.6.12.
    let is_number = year.is_some_and(|y| y.len() == 2) && whole.as_str().contains('.');
    called_so
        || (year.is_some()
            && !is_number
            && is_of_a_child(day, issued)
            && is_somebodys((before, after), date.name("month")))
}

/// Whether the words around a date are about somebody, or are none at all. Records write births in digits, so a date in
/// digits is one unless something happened on it.
fn is_somebodys((before, after): (&str, &str), month: Option<regex::Match<'_>>) -> bool {
    if EVENT_BEFORE.is_match(before) {
        return false;
    }
    let ends = |text: &str| {
        text.rfind(['.', ';', '!', '?']).filter(|at| text[*at..].starts_with(". ") || !text[*at..].starts_with('.'))
    };
    let start = ends(before).filter(|at| !is_initial(&before[..*at])).map_or(0, |at| at + 1);
    let end = after.find([';', '!', '?']).or_else(|| after.find(". ")).unwrap_or(after.len());
    let (before, after) = (&before[start..], &after[..end]);
    let named = |found: Option<Captures<'_>>| {
        let word = found.and_then(|f| f.name("last").or_else(|| f.name("only")));
        word.is_some_and(|w| !NOBODY.is_match(w.as_str()))
    };
    let words = |text: &str| text.split(|c: char| !c.is_alphabetic()).filter(|w| w.chars().count() > 1).count();
    SOMEBODY.is_match(before)
        || SOMEBODY.is_match(after)
        || named(NAME_BEFORE.captures(before))
        || named(NAME_AFTER.captures(after))
        || words(before) + words(after) < 2
        || month.is_some_and(|m| m.as_str().starts_with(|c: char| c.is_ascii_digit())) && !HAPPENED.is_match(before)
}

/// Whether a text ends with a single letter, whose full stop ends no sentence.
fn is_initial(text: &str) -> bool {
    let mut back = text.chars().rev();
    back.next().is_some_and(char::is_alphabetic) && back.next().is_none_or(|c| !c.is_alphanumeric())
}

/// Whether somebody born on `day` would be under 19 on the day of issue; recent dates are earlier steps of the same
/// work.
fn is_of_a_child(day: NaiveDate, issued: NaiveDate) -> bool {
    let back = |years: u32| issued.checked_sub_months(Months::new(12 * years)).unwrap_or(issued);
    back(19) < day && day < back(2)
}

/// The day of a date; without a year, in the year of issue. In British order, unless only the other order is a date.
fn day_of(date: &Captures<'_>, year: Option<&str>, issued: NaiveDate) -> Option<NaiveDate> {
    let number = |name: &str| date.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
    let day = number("day")?;
    let month = number("month").or_else(|| month_named(date.name("month")?.as_str()))?;
    let year = year.map_or(Some(issued.year()), |digits| year_of(digits, issued))?;
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, day, month))
}

/// The year that two or four digits mean.
fn year_of(digits: &str, issued: NaiveDate) -> Option<i32> {
    let year: i32 = digits.parse().ok()?;
    Some(match digits.len() {
        2 if year + 2000 > issued.year() => year + 1900,
        2 => year + 2000,
        _ => year,
    })
}

fn month_named(name: &str) -> Option<u32> {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = name.get(..3)?.to_lowercase();
    (1..).zip(months).find(|(_, month)| *month == start).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> bool {
        is_in(text, NaiveDate::from_ymd_opt(2026, 11, 2).expect("a date"))
    }

    #[test]
    fn a_date_that_is_called_a_date_of_birth_is_one() {
        for text in [
            "born 3 May",
            "born on the 3rd of May 2011",
            "DOB: 3/5/11",
            "D.O.B. 03.05.2011",
            "d.o.b 3-May-11",
            "date of birth is 2011-05-03",
            "DOB 03052011",
            "(b. 3.5.11)",
            "3 March is her birthday",
            "3/5/09 (DOB)",
            "born in London on May 3, 1998",
        ] {
            assert!(found(text), "{text}");
        }
    }

    #[test]
    fn a_day_on_which_somebody_under_19_was_born_looks_like_a_birth() {
        for text in [
            "3/5/2011",
            "the boy (03/05/11)",
            "2010-02-28",
            "3 May 2011",
            "May 3rd, 2011",
            "03 05 2011",
            "05/23/2011",
            "3 May '11",
            "Kai, 3 May 2011",
            "Kai Mensah 03/05/2011",
            "KM (03/05/2011) was there",
            "K.M. came on 3 May 2011",
            "Her file says 2011-05-03.",
            "03/05/2011, Kai Mensah",
            "The pupil of 3 May 2011 was moved",
            "We met. He is of 3.5.2011",
            "Columns working since 03/05/2011",
        ] {
            assert!(found(text), "{text}");
        }
    }

    #[test]
    fn a_day_of_the_work_itself_or_long_ago_is_no_birth() {
        for text in [
            "on 24 November 2026 at 3:10pm",
            "from 1 June 2026 to 16/10/2026",
            "the Act of 14 November 1989",
            "signed on 2025-03-01",
            "CSC-2026-014",
            "in 2011 and 2012",
            "section 4.6.12",
            "open 24/7, 365 days",
            "from 7 December; newborn babies",
            "99/99/2011",
            "ages 11-17",
            "born in 2011",
            "The MUGA reopened on 3 May 2019 after repairs.",
            "The park opened on 12/06/2014 and was relit in 2021.",
            "The playground was built on 1 September 2011.",
            "Pupils moved to the new building on 3 September 2012.",
            "The agreement of 4 March 2019 still holds.",
            "Dace Park Academy, 1 September 2011",
            "The lamps date from 12/06/2014.",
            "The two bins were put up on 12/06/2014.",
            "They have worked since 12 June 2014.",
            "She spoke first. The lamps were put up on 3 May 2019.",
        ] {
            assert!(!found(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_text_that_is_passed_over_has_no_birth(parts in proptest::collection::vec(proptest::sample::select(PARTS), 1..9)) {
            let text = crate::check::freetext::folded(&parts.concat());
            let issued = NaiveDate::from_ymd_opt(2026, 11, 2).expect("a date");
            prop_assert_eq!(is_in(&text, issued), is_written_in(&text, issued, true), "{}", text);
        }
    }

    const PARTS: &[&str] = &[
        "3",
        "03",
        "5",
        "11",
        "2011",
        "2026",
        "09",
        "'11",
        "/",
        ".",
        "-",
        " ",
        " ",
        " ",
        ", ",
        " of ",
        "May",
        "march ",
        "rd",
        "born",
        "DOB",
        "d.o.b.",
        "D. o. b",
        "b. ",
        "club.",
        "birthday",
        "he",
        "Kai ",
        "Kai Mensah ",
        "030511",
        ": ",
        "(",
        ")",
        "opened on ",
        "was",
    ];
}
