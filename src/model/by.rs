//! The day a paper is due by, counted in working days from the meeting.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

use super::calendar::Calendar;

/// A number of working days before or after the meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// The number of days.
    pub days: Steps,
    /// The side of the meeting.
    pub side: Side,
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
    pub fn day(
        &self,
        meeting: NaiveDate,
        calendar: &Calendar,
        timescales: &BTreeMap<String, u32>,
    ) -> Option<NaiveDate> {
        let days = match &self.days {
            Steps::Number(days) => *days,
            Steps::Timescale(name) => *timescales.get(name)?,
        };
        Some(match self.side {
            Side::Before => calendar.before(meeting, days),
            Side::After => calendar.after(meeting, days),
        })
    }
}

impl By {
    /// In words, with the number of days that the council's settings have for a timescale.
    pub fn in_words(&self, timescales: &BTreeMap<String, u32>) -> String {
        let side = if self.side == Side::Before { "before" } else { "after" };
        let days = |days: u32| format!("{days} working {} {side} the meeting", if days == 1 { "day" } else { "days" });
        match &self.days {
            Steps::Number(number) => days(*number),
            Steps::Timescale(name) => match timescales.get(name) {
                Some(number) => format!("{} (timescale `{name}`)", days(*number)),
                None => format!("the timescale `{name}` {side} the meeting"),
            },
        }
    }
}

impl<'de> Deserialize<'de> for By {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        parse(&text).ok_or_else(|| {
            D::Error::custom(format!("`{text}` is not a day; write `10 working days before the meeting`, or a timescale: `invitations before the meeting`"))
        })
    }
}

fn parse(text: &str) -> Option<By> {
    let text = text.trim().strip_suffix("meeting")?.trim_end();
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
    Some(By { days, side })
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
        for wrong in
            ["", "soon", "10 days before the meeting", "before the meeting", "9999 working days after the meeting"]
        {
            assert_eq!(by(wrong), None, "{wrong}");
        }
    }
}
