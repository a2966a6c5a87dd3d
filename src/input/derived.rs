//! What need not be typed, since it follows from the rest: the date of issue, the day to reply by, an id for the context.
//!
//! In: the tree of a conference file; later the conference itself, working days and timescales. Out: the same, with the missing
//! values in their places.
//!
//! Deliberately absent: days of single kinds of paper (`dated`), and rules.

use std::collections::BTreeMap;

use super::meant::field_mut;
use crate::model::Conference;
use crate::model::calendar::Calendar;
use crate::yaml::{Key, Node, Reading, Value};

/// The values that are missing in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Missing {
    issued: bool,
    reply_by: bool,
}

/// Puts the meeting's own day, which is a day, in the place of those that are missing, until [`Missing::put`] knows better; and
/// the conference's reference in the place of that of its context.
pub fn stand_in(reading: &mut Reading<'_>) -> Missing {
    let root = &mut *reading.root;
    let day = field_mut(root, "meeting").and_then(|meeting| field_mut(meeting, "date")).map(|day| day.clone());
    let reference = field_mut(root, "reference").map(|reference| reference.clone());
    let issued = add(root, "issued", day.as_ref());
    let reply_by = field_mut(root, "meeting").is_some_and(|meeting| add(meeting, "reply_by", day.as_ref()));
    if let Some(context) = field_mut(root, "context") {
        add(context, "id", reference.as_ref());
    }
    Missing { issued, reply_by }
}

/// Adds a field to a map if it has none, at the place of the value that stands for it, where a fault of it is found. Whether it
/// did.
fn add(map: &mut Node, name: &str, value: Option<&Node>) -> bool {
    let (Value::Map(fields), Some(value)) = (&mut map.value, value) else { return false };
    let is_missing = !fields.iter().any(|(key, _)| key.text == name);
    if is_missing {
        fields.push((Key { text: name.to_owned(), span: value.span.clone() }, value.clone()));
    }
    is_missing
}

impl Missing {
    /// Puts the days in: papers are issued when invitations are due, and replies are wanted as long before the meeting as the
    /// council has it. Neither lies outside the time from the assessment to the meeting.
    pub fn put(self, conference: &mut Conference, calendar: &Calendar, timescales: &BTreeMap<String, u32>) {
        let meeting = conference.meeting.date;
        let before = |name: &str| calendar.before(meeting, timescales.get(name).copied().unwrap_or_default());
        if self.issued {
            let issued = before("invitations").max(conference.assessment.completed.unwrap_or_default());
            let latest = if self.reply_by { meeting } else { conference.meeting.reply_by };
            conference.issued = issued.min(latest);
        }
        if self.reply_by {
            conference.meeting.reply_by = before("replies").max(conference.issued).min(meeting);
        }
    }
}
