//! The filters that templates can apply: dates and times in GOV.UK style, lists in words, Markdown fields.
//!
//! In a template of another language they follow `language.LANG.yaml`.

mod in_tongue;

use std::sync::Arc;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use tera::{Error, Filter, Kwargs, Map, State, Tera, TeraResult};

use crate::model::language::{Joint, Language, Tongue, Tongues};

/// The name in a context of the language that templates are rendered in. English needs none.
pub const LANGUAGE: &str = "lang";

type Text<'a> = &'a str;

/// Adds every filter to the engine. Those of dates, times, numbers and lists follow the language that a template is rendered in.
pub fn register(tera: &mut Tera, tongues: &Arc<Tongues>) {
    for (name, show, other) in DATES {
        let all = Arc::clone(tongues);
        tera.register_filter(name, move |value: Text<'_>, _: Kwargs, state: &State| {
            let date = value.parse().map_err(|_| Error::message("this is not a date"))?;
            TeraResult::Ok(tongue(&all, state)?.map_or_else(|| show(date), |tongue| other(date, tongue)))
        });
    }
    let all = Arc::clone(tongues);
    tera.register_filter("time", move |value: Text<'_>, _: Kwargs, state: &State| {
        let time =
            NaiveTime::parse_from_str(value, "%H:%M").map_err(|_| Error::message("this is not a time of day"))?;
        TeraResult::Ok(tongue(&all, state)?.map_or_else(|| clock(time), |tongue| in_tongue::clock(time, tongue)))
    });
    tera.register_filter("upfirst", |v: Text<'_>, _: Kwargs, _: &State| upfirst(v));
    let all = Arc::clone(tongues);
    tera.register_filter("in_sentence", move |v: Text<'_>, _: Kwargs, state: &State| {
        TeraResult::Ok(tongue(&all, state)?.map_or_else(|| in_sentence(v), |_| v.to_owned()))
    });
    let all = Arc::clone(tongues);
    tera.register_filter("number_words", move |v: u64, _: Kwargs, state: &State| {
        TeraResult::Ok(
            tongue(&all, state)?.map_or_else(|| number_words(v), |tongue| in_tongue::number_words(v, tongue)),
        )
    });
    for (name, of) in [("and", (|tongue| &tongue.and) as fn(&Tongue) -> &Joint), ("or", |tongue| &tongue.or)] {
        let all = Arc::clone(tongues);
        tera.register_filter(name, move |v: Vec<String>, _: Kwargs, state: &State| {
            let tongue = tongue(&all, state)?;
            TeraResult::Ok(match tongue {
                Some(tongue) => in_tongue::in_words(&v, of(tongue), &tongue.comma),
                None => in_words(&v, name),
            })
        });
    }
    tera.register_filter("nowrap", |v: Text<'_>, _: Kwargs, _: &State| v.replace(' ', "\u{a0}"));
    tera.register_filter("prose", ProseFilter);
    // The engine's own `safe` would let data pass as markup.
    tera.register_filter("safe", |_: Text<'_>, _: Kwargs, _: &State| -> TeraResult<String> {
        Err(Error::message("`safe` is not allowed: data is never markup; type the field as Markdown and use `prose`"))
    });
}

/// The rules of the language that a template is rendered in; `None` for English.
fn tongue<'t>(tongues: &'t Tongues, state: &State) -> TeraResult<Option<&'t Tongue>> {
    let Some(tag) = state.get::<String>(LANGUAGE)? else { return Ok(None) };
    let found = Language::of_tag(&tag).and_then(|language| tongues.get(&language));
    found
        .map(Some)
        .ok_or_else(|| Error::message(format!("there is no `language.{tag}.yaml`, which says how this is written")))
}

/// A date in English, and in another language.
type ShownDate = (&'static str, fn(NaiveDate) -> String, fn(NaiveDate, &Tongue) -> String);

/// The filters of dates.
const DATES: [ShownDate; 3] =
    [("date", date, in_tongue::date), ("day", day, in_tongue::day), ("short_date", short_date, in_tongue::short_date)];

/// `24 November 2026`. It stays on one line.
fn date(d: NaiveDate) -> String {
    format!("{}\u{a0}{}\u{a0}{}", d.day(), d.format("%B"), d.year())
}

/// `Tuesday 24 November 2026`.
fn day(d: NaiveDate) -> String {
    format!("{} {}", d.format("%A"), date(d))
}

/// `24 Nov 2026`.
fn short_date(d: NaiveDate) -> String {
    format!("{}\u{a0}{}\u{a0}{}", d.day(), d.format("%b"), d.year())
}

/// `1:30pm`, `10am`, `midday`.
fn clock(t: NaiveTime) -> String {
    let (afternoon, hour) = t.hour12();
    match (t.hour(), t.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "midday".to_owned(),
        (_, 0) => format!("{hour}{}", if afternoon { "pm" } else { "am" }),
        (_, minute) => format!("{hour}:{minute:02}{}", if afternoon { "pm" } else { "am" }),
    }
}

fn upfirst(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A name as it stands in the middle of a sentence: the article at its start loses its capital, as in “about the food court”.
/// Other words keep theirs, since nobody can tell a name from a description.
fn in_sentence(text: &str) -> String {
    let article = ["The ", "A ", "An "].iter().find(|article| text.starts_with(**article));
    article.map_or_else(|| text.to_owned(), |article| article.to_lowercase() + &text[article.len()..])
}

/// Numbers up to nine as words, as GOV.UK style asks.
fn number_words(number: u64) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    usize::try_from(number).ok().and_then(|n| WORDS.get(n)).map_or(number.to_string(), |w| (*w).to_owned())
}

/// `a, b and c`.
fn in_words(list: &[String], joint: &str) -> String {
    match list {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] => format!("{} {joint} {end}", first.join(", ")),
    }
}

/// Passes a field that is typed as Markdown through as Markdown, and nothing else: plain text has no `prose` key.
struct ProseFilter;

impl Filter<&Map, TeraResult<String>> for ProseFilter {
    fn call(&self, value: &Map, _: Kwargs, _: &State) -> TeraResult<String> {
        let prose = value.get(&"prose".into()).and_then(|v| v.as_str());
        prose.map(str::to_owned).ok_or_else(|| Error::message("only a field typed as Markdown passes through `prose`"))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_in_gov_uk_style() {
        let d = NaiveDate::from_ymd_opt(2026, 11, 3).expect("a day of the calendar");
        assert_eq!(
            (date(d).as_str(), day(d).as_str()),
            ("3\u{a0}November\u{a0}2026", "Tuesday 3\u{a0}November\u{a0}2026")
        );
        let at = |h, m| clock(NaiveTime::from_hms_opt(h, m, 0).expect("a time of day"));
        assert_eq!([at(13, 30), at(9, 0), at(12, 0), at(0, 5)], ["1:30pm", "9am", "midday", "12:05am"]);
    }

    #[test]
    fn only_an_article_loses_its_capital_in_a_sentence() {
        let texts = ["The food court", "An alley", "Station Parade", "Theatre Walk", "A12 underpass", ""];
        let expected = ["the food court", "an alley", "Station Parade", "Theatre Walk", "A12 underpass", ""];
        assert_eq!(texts.map(in_sentence), expected);
    }

    #[test]
    fn lists_read_as_a_sentence() {
        assert_eq!(in_words(&["a".into(), "b".into(), "c".into()], "and"), "a, b and c");
    }
}
