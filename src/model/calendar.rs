//! Working days: neither a weekend nor a bank holiday.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::Deserialize;

/// A part of the United Kingdom with bank holidays of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Nation {
    /// England and Wales.
    #[default]
    EnglandAndWales,
    /// Wales, which has the bank holidays of England and a law of its own.
    Wales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    NorthernIreland,
}

/// The dated table of bank holidays: `holidays.yaml` of the nearest layer, or ours of the nation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// The part of the United Kingdom that it is for.
    pub region: String,
    /// Its source.
    pub source: String,
    /// The first day that it knows about. Default: the first of January of the year of its first holiday.
    pub from: Option<NaiveDate>,
    /// The last day that it knows about.
    pub until: NaiveDate,
    /// Bank holidays and their names.
    pub holidays: BTreeMap<String, String>,
}

impl Calendar {
    /// Whether councils work on this day.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !self.holidays.contains_key(&day.to_string())
    }

    /// The day that is this number of working days after `day`; `day` itself does not count.
    #[must_use]
    pub fn after(&self, day: NaiveDate, working_days: u32) -> NaiveDate {
        if working_days == 0 {
            return day;
        }
        day.iter_days()
            .skip(1)
            .filter(|d| self.is_working_day(*d))
            .nth(working_days.saturating_sub(1) as usize)
            .unwrap_or(day)
    }

    /// The day that is this number of working days before `day`; `day` itself does not count.
    #[must_use]
    pub fn before(&self, day: NaiveDate, working_days: u32) -> NaiveDate {
        if working_days == 0 {
            return day;
        }
        let earlier = std::iter::successors(day.pred_opt(), NaiveDate::pred_opt).filter(|d| self.is_working_day(*d));
        (1..).zip(earlier).find(|(n, _)| *n == working_days).map_or(day, |(_, d)| d)
    }

    /// The number of working days after `from` up to and including `to`.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        from.iter_days().skip(1).take_while(|d| *d <= to).filter(|d| self.is_working_day(*d)).count()
    }

    /// The first day that the table knows about.
    pub fn first_day(&self) -> NaiveDate {
        let first = self.holidays.keys().next().and_then(|day| day.parse::<NaiveDate>().ok());
        let of_year = first.and_then(|day| NaiveDate::from_ymd_opt(day.year(), 1, 1));
        self.from.or(of_year).unwrap_or(NaiveDate::MIN)
    }

    /// Whether the table knows about a day.
    pub fn reaches(&self, day: NaiveDate) -> bool {
        self.first_day() <= day && day <= self.until
    }

    /// Whether the table knows about a day and the month before and after it, in which deadlines lie.
    pub fn covers(&self, day: NaiveDate) -> bool {
        let before = day.checked_sub_days(MONTH).is_some_and(|earlier| self.first_day() <= earlier);
        before && self.reaches_after(day)
    }

    /// Whether the table knows about the month after a day.
    pub fn reaches_after(&self, day: NaiveDate) -> bool {
        day.checked_add_days(MONTH).is_some_and(|later| later <= self.until)
    }
}

/// As far before and after a meeting as any deadline lies.
const MONTH: Days = Days::new(31);
