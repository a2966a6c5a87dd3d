//! The days that are dates of issue: those on which kinds of paper are due, where their front matter says `dated: due`, and of a
//! change of the meeting for what tells of it.
//!
//! In: the templates of every layer, the meeting, working days. Out: a day for each of those kinds.
//!
//! Deliberately absent: faults of front matter, which `words` reports.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::layers::{Layers, front_matter, has_ending};
use crate::model::Conference;
use crate::model::artefact::{Dated, When};
use crate::model::by::{By, Side};
use crate::model::calendar::Calendar;
use crate::model::step::{self, Step};
use crate::yaml;

/// The part of front matter that gives a paper its date.
#[derive(Deserialize)]
struct Front {
    #[serde(default)]
    dated: Dated,
    by: Option<By>,
    when: Option<When>,
}

/// What the kinds of paper say of their dates: those that say anything.
pub struct Fronts(BTreeMap<String, Front>);

impl Fronts {
    /// Reads the front matter of every paper. A nearer layer's paper replaces that of the same name.
    pub fn read(layers: &Layers) -> Self {
        let mut fronts = BTreeMap::new();
        for layer in layers.iter() {
            for (name, _) in layer.files().filter(|(name, _)| has_ending(name, "md") && !name.contains('/')) {
                let Some(front) = layer.text(name).and_then(front_matter) else { continue };
                let kind = name.trim_end_matches(".md");
                fronts.remove(kind);
                // Most say nothing of it, and are not read twice.
                let says_so = front.contains("dated:") || front.contains("when:");
                if let Some(front) = says_so.then(|| yaml::read::<Front>(name, front).value).flatten() {
                    fronts.insert(kind.to_owned(), front);
                }
            }
        }
        Self(fronts)
    }

    /// The side of the meeting and the day that dates each of those kinds.
    pub fn due(
        &self,
        conference: &Conference,
        calendar: &Calendar,
        timescales: &BTreeMap<String, u32>,
        steps: &BTreeMap<String, Step>,
    ) -> BTreeMap<String, (Side, NaiveDate)> {
        let meeting = &conference.meeting;
        let day = |kind: &str, front: &Front| match (front.when, front.dated, &front.by) {
            // What tells of a change is no older than the change.
            (Some(When::Changed), ..) => meeting.changes.last().map(|change| (Side::Before, change.on)),
            (Some(When::Cancelled), ..) => meeting.cancelled.as_ref().map(|one| (Side::Before, one.on)),
            // The council's timetable comes before what a template says by itself.
            (_, Dated::Due, by) => match (step::due_of_paper(steps, kind, conference, calendar), by) {
                (Some(due), _) => Some((due.side, due.day)),
                (None, Some(by)) => {
                    let day = by.day(meeting, calendar, timescales);
                    day.map(|day| (by.side, step::no_sooner(day, conference, calendar)))
                }
                (None, None) => None,
            },
            _ => None,
        };
        self.0.iter().filter_map(|(kind, front)| Some((kind.clone(), day(kind, front)?))).collect()
    }
}
