//! The day a paper is due by, counted in working days from the meeting or from the day to reply by.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::calendar::Calendar;
use super::conference::Meeting;

/// A number of working days before or after the meeting, or before the day to reply by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// The number of days.
    pub days: Steps,
    /// The side of the meeting.
    pub side: Side,
    /// The day that is counted from.
    pub from: Start,
}

/// A day of a meeting that others are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The day on which it is.
    Meeting,
    /// The day by which those who are invited are asked to reply.
    Replies,
}

/// A number of working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Steps {
    /// The number itself.
    Number(u32),
    /// A timescale of the council's settings, by its name.
    Timescale(String),
}

/// A side of the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Before it.
    Before,
    /// After it.
    After,
}

impl By {
    /// The day; `None` if the settings have no timescale of that name.
    pub fn day(&self, meeting: &Meeting, calendar: &Calendar, timescales: &BTreeMap<String, u32>) -> Option<NaiveDate> {
        let days = match &self.days {
            Steps::Number(days) => *days,
            Steps::Timescale(name) => *timescales.get(name)?,
        };
        let from = match self.from {
            Start::Meeting => meeting.date,
            Start::Replies => meeting.reply_by,
        };
        Some(match self.side {
            Side::Before => calendar.before(from, days),
            Side::After => calendar.after(from, days),
        })
    }
}

impl By {
    /// In words, with the number of days that the council's settings have for a timescale.
    pub fn in_words(&self, timescales: &BTreeMap<String, u32>) -> String {
        let side = if self.side == Side::Before { "before" } else { "after" };
        let from = match self.from {
            Start::Meeting => "the meeting",
            Start::Replies => "the day to reply by",
        };
        let days = |days: u32| format!("{days} working {} {side} {from}", if days == 1 { "day" } else { "days" });
        match &self.days {
            Steps::Number(number) => days(*number),
            Steps::Timescale(name) => match timescales.get(name) {
                Some(number) => format!("{} (timescale `{name}`)", days(*number)),
                None => format!("the timescale `{name}` {side} {from}"),
            },
        }
    }
}

impl<'de> Deserialize<'de> for By {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        parse(&text).ok_or_else(|| {
            D::Error::custom(format!("`{text}` is not a day; write `10 working days before the meeting`, `2 working days before the reply day`, or a timescale: `invitations before the meeting`"))
        })
    }
}

fn parse(text: &str) -> Option<By> {
    let text = text.trim();
    let (text, from) = match text.strip_suffix("reply day") {
        Some(text) => (text.trim_end(), Start::Replies),
        None => (text.strip_suffix("meeting")?.trim_end(), Start::Meeting),
    };
    let text = text.strip_suffix("the").unwrap_or(text).trim_end();
    let (rest, side) = match (text.strip_suffix("before"), text.strip_suffix("after")) {
        (Some(rest), _) => (rest.trim_end(), Side::Before),
        (_, Some(rest)) => (rest.trim_end(), Side::After),
        (None, None) => return None,
    };
    let number = rest.strip_suffix(" working days").or(rest.strip_suffix(" working day"));
    let days = match number {
        // More than two years of working days is a typing error.
        Some(number) => Steps::Number(number.trim().parse().ok().filter(|days| *days <= 520)?),
        None if !rest.is_empty() && rest.chars().all(|c| c.is_ascii_lowercase() || c == '_') => {
            Steps::Timescale(rest.to_owned())
        }
        None => return None,
    };
    // What comes after the last day to reply may come after the meeting: nobody could say on which side it belongs.
    (from == Start::Meeting || side == Side::Before).then_some(By { days, side, from })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_people_say_it() {
        let timescales = BTreeMap::from([("minutes".to_owned(), 15)]);
        let by = |text| parse(text).map(|by| by.in_words(&timescales));
        let ten = Some("10 working days before the meeting".to_owned());
        assert_eq!(by("10 working days before the meeting"), ten);
        assert_eq!(by("10 working days before meeting"), ten);
        assert_eq!(by("1 working day after the meeting"), Some("1 working day after the meeting".to_owned()));
        assert_eq!(
            by("minutes after the meeting"),
            Some("15 working days after the meeting (timescale `minutes`)".to_owned())
        );
        assert_eq!(
            by("2 working days before the reply day"),
            Some("2 working days before the day to reply by".to_owned())
        );
        assert_eq!(
            by("minutes before reply day"),
            Some("15 working days before the day to reply by (timescale `minutes`)".to_owned())
        );
        for wrong in [
            "",
            "soon",
            "10 days before the meeting",
            "before the meeting",
            "9999 working days after the meeting",
            "2 working days after the reply day",
            "2 days before the reply day",
            "reply day",
        ] {
            assert_eq!(by(wrong), None, "{wrong}");
        }
    }
}
