//! The table of bank holidays that a council counts its working days by.
//!
//! In: the layers, and the part of the United Kingdom that the council is in. Out: the table of the nearest layer.
//!
//! Deliberately absent: rules for computing the days. They are data, as proclamations move them; a test computes them
//! and compares.

use super::parsed::from_layer;
use crate::diag::Report;
use crate::layers::Layers;
use crate::model::calendar::{Calendar, Nation};

/// The table for a nation. A council's or region's own `holidays.yaml` is nearer than any of ours.
pub fn calendar(layers: &Layers, nation: Nation, report: &mut Report) -> Result<Calendar, Report> {
    let own = layers.iter().skip(1).any(|layer| layer.text(USUAL).is_some());
    let name = match nation {
        _ if own => USUAL,
        Nation::EnglandAndWales | Nation::Wales => USUAL,
        Nation::Scotland => "holidays-scotland.yaml",
        Nation::NorthernIreland => "holidays-northern-ireland.yaml",
    };
    from_layer(layers, name, report)
}

const USUAL: &str = "holidays.yaml";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::{Datelike, Days, NaiveDate, Weekday};

    use super::*;

    fn table(nation: Nation) -> BTreeSet<NaiveDate> {
        let mut report = Report::default();
        let calendar = calendar(&Layers::base(), nation, &mut report).expect("our table can be read");
        assert!(report.diagnostics.is_empty());
        calendar.holidays.keys().map(|day| day.parse().expect("a date")).collect()
    }

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a date")
    }

    /// Easter Sunday by the Gregorian computus (Meeus).
    fn easter(year: i32) -> NaiveDate {
        let (golden, century, rest) = (year % 19, year / 100, year % 100);
        let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
        let late = (golden + 11 * moon + 22 * sunday) / 451;
        let day_of_year = (moon + sunday - 7 * late + 114).unsigned_abs();
        day(year, day_of_year / 31, day_of_year % 31 + 1)
    }

    fn monday(year: i32, month: u32, which: u8) -> NaiveDate {
        NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, which).expect("each month has it")
    }

    /// Moves each day that falls on a weekend, or on one that is taken, to the next working day that is free.
    fn with_substitutes(days: &[NaiveDate], into: &mut BTreeSet<NaiveDate>) {
        for day in days {
            let mut day = *day;
            while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) || into.contains(&day) {
                day = day + Days::new(1);
            }
            into.insert(day);
        }
    }

    fn computed(nation: Nation, years: std::ops::RangeInclusive<i32>) -> BTreeSet<NaiveDate> {
        let mut all = BTreeSet::new();
        for year in years {
            let (easter, may) = (easter(year), monday(year, 5, 1));
            let fifth = |month| NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Mon, 5);
            let last = |month| fifth(month).unwrap_or(monday(year, month, 4));
            all.extend([easter - Days::new(2), may, last(5)]);
            let scotland = nation == Nation::Scotland;
            all.insert(if scotland { monday(year, 8, 1) } else { last(8) });
            if !scotland {
                all.insert(easter + Days::new(1));
            }
            let fixed = match nation {
                Nation::EnglandAndWales | Nation::Wales => vec![(1, 1)],
                Nation::Scotland => vec![(1, 1), (1, 2), (11, 30)],
                Nation::NorthernIreland => vec![(1, 1), (3, 17), (7, 12)],
            };
            let fixed: Vec<NaiveDate> =
                fixed.into_iter().chain([(12, 25), (12, 26)]).map(|(m, d)| day(year, m, d)).collect();
            with_substitutes(&fixed, &mut all);
        }
        all
    }

    #[test]
    fn every_day_of_the_three_tables_is_the_one_that_the_rules_give() {
        for nation in [Nation::EnglandAndWales, Nation::Scotland, Nation::NorthernIreland] {
            let mut expected = computed(nation, 2026..=2028);
            if nation == Nation::Scotland {
                // Proclaimed for one year, so no rule gives it.
                expected.insert(day(2026, 6, 15));
            }
            assert_eq!(table(nation), expected, "{nation:?}");
        }
    }

    #[test]
    fn the_nations_differ_on_the_days_that_are_known_to_differ() {
        let days = [
            day(2026, 1, 2),
            day(2026, 3, 17),
            day(2026, 4, 6),
            day(2026, 7, 13),
            day(2026, 8, 3),
            day(2026, 8, 31),
            day(2026, 11, 30),
            day(2027, 1, 4),
            day(2027, 7, 12),
        ];
        let kept = |nation| days.map(|day| u8::from(table(nation).contains(&day)));
        assert_eq!(kept(Nation::EnglandAndWales), [0, 0, 1, 0, 0, 1, 0, 0, 0]);
        assert_eq!(kept(Nation::Scotland), [1, 0, 0, 0, 1, 0, 1, 1, 0]);
        assert_eq!(kept(Nation::NorthernIreland), [0, 1, 1, 1, 0, 1, 0, 0, 1]);
    }
}
