//! Dates, times, numbers and lists in a language other than English, by its table.
//!
//! In: a value, and `language.LANG.yaml`. Out: words. A table that is short is refused where it is read.
//!
//! Deliberately absent: rules of grammar, such as mutations. A sentence is written so that it needs none.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use unicode_normalization::UnicodeNormalization;

use crate::model::language::{Joint, Tongue};

/// `24 Tachwedd 2026`. It stays on one line.
pub fn date(date: NaiveDate, tongue: &Tongue) -> String {
    dated(date, &tongue.months, tongue)
}

/// `Dydd Mawrth 24 Tachwedd 2026`.
pub fn day(date: NaiveDate, tongue: &Tongue) -> String {
    let weekday = named(&tongue.weekdays, date.weekday().num_days_from_monday());
    tongue.weekday_date.replace("{weekday}", weekday).replace("{date}", &self::date(date, tongue))
}

/// `24 Tach 2026`.
pub fn short_date(date: NaiveDate, tongue: &Tongue) -> String {
    dated(date, &tongue.short_months, tongue)
}

fn dated(date: NaiveDate, months: &[String], tongue: &Tongue) -> String {
    let pattern = tongue.date.replace(' ', "\u{a0}");
    let pattern = pattern.replace("{day}", &date.day().to_string()).replace("{year}", &date.year().to_string());
    pattern.replace("{month}", named(months, date.month0()))
}

fn named(names: &[String], number: u32) -> &str {
    usize::try_from(number).ok().and_then(|n| names.get(n)).map(String::as_str).unwrap_or_default()
}

/// `1:30yp`, `canol dydd`; `13:30` in a language that counts all hours of a day.
pub fn clock(time: NaiveTime, tongue: &Tongue) -> String {
    let clock = &tongue.clock;
    let own = match (time.hour(), time.minute()) {
        (0, 0) => clock.midnight.as_ref(),
        (12, 0) => clock.noon.as_ref(),
        _ => None,
    };
    if let Some(own) = own {
        return own.clone();
    }
    let Some([morning, evening]) = &clock.halves else {
        return format!("{}:{:02}", time.hour(), time.minute());
    };
    let (afternoon, hour) = time.hour12();
    let half = if afternoon { evening } else { morning };
    if time.minute() == 0 { format!("{hour}{half}") } else { format!("{hour}:{:02}{half}", time.minute()) }
}

/// Numbers up to nine as words.
pub fn number_words(number: u64, tongue: &Tongue) -> String {
    let word = usize::try_from(number).ok().and_then(|n| tongue.numbers.get(n));
    word.cloned().unwrap_or_else(|| number.to_string())
}

/// `a, b ac c`.
pub fn in_words(list: &[String], joint: &Joint, comma: &str) -> String {
    match list {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => {
            let word = joint.before_vowel.as_ref().filter(|_| begins_with_vowel(end)).unwrap_or(&joint.word);
            let gap = if joint.attached { "" } else { " " };
            format!("{} {word}{gap}{end}", first.join(comma))
        }
    }
}

/// Whether a word begins with a vowel, whatever marks it has; `w` and `y` are vowels where it matters.
fn begins_with_vowel(word: &str) -> bool {
    word.nfd().find(|c| c.is_alphabetic()).is_some_and(|c| "aeiouwy".contains(c.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::model::language::Clock;

    fn tongue(halves: Option<[&str; 2]>) -> Tongue {
        let names = |count: usize, of: &str| (1..=count).map(|n| format!("{of}{n}")).collect();
        let joint = |word: &str, attached: bool| Joint {
            word: word.to_owned(),
            before_vowel: (!attached).then(|| format!("{word}c")),
            attached,
        };
        Tongue {
            version: "1".to_owned(),
            untranslated: "-".to_owned(),
            months: names(12, "mis "),
            short_months: names(12, "m"),
            weekdays: names(7, "dydd "),
            date: "{day} {month} {year}".to_owned(),
            weekday_date: "{weekday}, {date}".to_owned(),
            clock: Clock {
                halves: halves.map(|it| it.map(str::to_owned)),
                noon: Some("canol".to_owned()),
                midnight: None,
            },
            and: joint("a", false),
            or: joint("و", true),
            comma: ", ".to_owned(),
            numbers: vec!["dim".to_owned(), "un".to_owned()],
            terms: BTreeMap::default(),
            markings: BTreeMap::default(),
        }
    }

    #[test]
    fn dates_and_times_follow_the_table_of_a_language() {
        let day_of = NaiveDate::from_ymd_opt(2026, 11, 3).expect("a day of the calendar");
        let it = tongue(Some(["yb", "yp"]));
        assert_eq!(day(day_of, &it), "dydd 2, 3\u{a0}mis 11\u{a0}2026");
        assert_eq!(short_date(day_of, &it), "3\u{a0}m11\u{a0}2026");
        let at = |h, m, it: &Tongue| clock(NaiveTime::from_hms_opt(h, m, 0).expect("a time of day"), it);
        assert_eq!([at(13, 30, &it), at(9, 0, &it), at(12, 0, &it), at(0, 0, &it)], ["1:30yp", "9yb", "canol", "12yb"]);
        let other = tongue(None);
        assert_eq!([at(13, 30, &other), at(9, 0, &other), at(12, 0, &other)], ["13:30", "9:00", "canol"]);
    }

    #[test]
    fn lists_and_numbers_follow_the_table_of_a_language() {
        let it = tongue(None);
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(in_words(&list(&["un", "dau", "tri"]), &it.and, &it.comma), "un, dau a tri");
        assert_eq!(in_words(&list(&["un", "Ŵyth"]), &it.and, &it.comma), "un ac Ŵyth");
        assert_eq!(in_words(&list(&["هذا", "ذلك"]), &it.or, &it.comma), "هذا وذلك");
        assert_eq!(in_words(&[], &it.and, &it.comma), "");
        assert_eq!([number_words(1, &it), number_words(2, &it)], ["un", "2"]);
    }
}
