//! What need not be typed, since it follows from the rest: the date of issue, the day to reply by, an id for the context.
//!
//! In: the tree of a conference file; later the conference itself, working days and timescales. Out: the same, with the missing
//! values in their places.
//!
//! Deliberately absent: days of single kinds of paper (`dated`), and rules.

use std::collections::BTreeMap;

use chrono::NaiveDate;

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
/// the conference's reference in the place of that of its context. Where the file lacks these too, or has no day there, it
/// cannot be read, and that is said once: what would follow from them is given what any file may have.
pub fn stand_in(reading: &mut Reading<'_>) -> Missing {
    let root = &mut *reading.root;
    let day = field_mut(root, "meeting").and_then(|meeting| field_mut(meeting, "date")).map(|day| day.clone());
    let day = day.filter(is_day).unwrap_or_else(|| scalar(ANY_DAY));
    let reference = field_mut(root, "reference").map(|reference| reference.clone());
    let issued = add(root, "issued", &day);
    let reply_by = field_mut(root, "meeting").is_some_and(|meeting| add(meeting, "reply_by", &day));
    if let Some(context) = field_mut(root, "context") {
        add(context, "id", &reference.unwrap_or_else(|| scalar(ANY_REFERENCE)));
    }
    Missing { issued, reply_by }
}

/// A day, and a reference, of a file that has none and is refused for that.
const ANY_DAY: &str = "2000-01-01";
const ANY_REFERENCE: &str = "X";

fn is_day(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar { text, .. } if text.parse::<NaiveDate>().is_ok())
}

fn scalar(text: &str) -> Node {
    Node { span: 0..0, value: Value::Scalar { text: text.to_owned(), quoted: true } }
}

/// Adds a field to a map if it has none, at the place of the value that stands for it, where a fault of it is found. Whether it
/// did.
fn add(map: &mut Node, name: &str, value: &Node) -> bool {
    let Value::Map(fields) = &mut map.value else { return false };
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
