//! The days that are dates of issue: those on which kinds of paper are due, where their front matter says `dated: due`.
//!
//! In: the templates of every layer, the day of the meeting, working days. Out: a day for each of those kinds.
//!
//! Deliberately absent: faults of front matter, which `words` reports.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::layers::{Layers, front_matter, has_ending};
use crate::model::artefact::Dated;
use crate::model::by::{By, Side};
use crate::model::calendar::Calendar;
use crate::yaml;

/// The part of front matter that gives a paper its date.
#[derive(Deserialize)]
struct Front {
    #[serde(default)]
    dated: Dated,
    by: Option<By>,
}

/// The side of the meeting and the day on which each of those kinds is due.
pub fn due(
    layers: &Layers,
    meeting: NaiveDate,
    calendar: &Calendar,
    timescales: &BTreeMap<String, u32>,
) -> BTreeMap<String, (Side, NaiveDate)> {
    let mut days = BTreeMap::new();
    // A nearer layer's paper replaces that of the same name.
    for layer in layers.iter() {
        for (name, _) in layer.files().filter(|(name, _)| has_ending(name, "md") && !name.contains('/')) {
            let Some(front) = layer.text(name).and_then(front_matter) else { continue };
            let kind = name.trim_end_matches(".md");
            days.remove(kind);
            // Most say nothing of it, and are not read twice.
            let Some(front) = Some(front).filter(|front| front.contains("dated:")) else { continue };
            let Some(Front { dated: Dated::Due, by: Some(by) }) = yaml::read::<Front>(name, front).value else {
                continue;
            };
            if let Some(day) = by.day(meeting, calendar, timescales) {
                days.insert(kind.to_owned(), (by.side, day));
            }
        }
    }
    days
}
