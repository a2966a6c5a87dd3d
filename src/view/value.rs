//! Single values of a view: text that is meant as Markdown, and a time of day.
//!
//! In: values of the model. Out: values that serialise.
//!
//! Deliberately absent: whether the reader may have them.

use chrono::{NaiveTime, Timelike as _};
use serde::Serialize;

use crate::model::Prose;

/// A field that its writer meant as Markdown. Only the `prose` filter prints it.
#[derive(Debug, Serialize)]
pub(super) struct Markdown<'a> {
    prose: &'a str,
    /// Whether it begins with a letter, and so may follow other words in their line.
    runs_on: bool,
}

pub(super) fn markdown(prose: &Prose) -> Markdown<'_> {
    let prose = prose.0.trim();
    Markdown { prose, runs_on: prose.starts_with(char::is_alphabetic) }
}

/// A time of day as `13:30`. A view of the minutes has some hundred.
pub(super) fn time(t: NaiveTime) -> String {
    format!("{:02}:{:02}", t.hour(), t.minute())
}
