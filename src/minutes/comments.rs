//! The comments around remarks that are to be filled in: how to do it, who is expected, and each point with its time.
//!
//! In: [`Checked`]. Out: lines.
//!
//! Deliberately absent: how comments are written in a file.

use chrono::Duration;

use crate::check::Checked;
use crate::diag::count;
use crate::model::Clearance;
use crate::model::conference::AgendaPoint;
use crate::model::people::{Invitee, Reply};

/// A point of the agenda.
pub struct Point {
    /// Its number, from 1.
    pub number: u32,
    /// Its title, its planned time, and who may hear it.
    pub comment: String,
}

/// Every point of the agenda.
pub fn points(checked: &Checked) -> Vec<Point> {
    let mut start = checked.conference.meeting.start;
    let mut points = Vec::new();
    for (number, point) in (1..).zip(&checked.agenda) {
        let end = start + Duration::minutes(i64::from(point.minutes.min(DAY)));
        let times = format!("{} to {}", start.format("%H:%M"), end.format("%H:%M"));
        let comment = format!("{number}. {}, {times}, {}", point.title, heard_by(checked, number, point));
        points.push(Point { number, comment });
        start = end;
    }
    points
}

/// Minutes of a day: more than any point takes.
const DAY: u32 = 24 * 60;

/// Who may hear a point, and who is to leave the room.
fn heard_by(checked: &Checked, number: u32, point: &AgendaPoint) -> String {
    let heard_by = match point.share {
        Clearance::Public | Clearance::Community => "for everybody",
        Clearance::Professional => "for professionals only",
        Clearance::Restricted => "restricted",
    };
    let is_excluded = |one: &&Invitee| one.excluded.as_ref().is_some_and(|points| points.contains(&number));
    let excluded: Vec<&str> =
        checked.conference.invitees.iter().filter(is_excluded).map(|one| checked.person(one).name.as_str()).collect();
    let without = if excluded.is_empty() { String::new() } else { format!(", without {}", excluded.join(", ")) };
    format!("{heard_by}{without}")
}

/// The first line of the comments, by which they are known.
const FIRST: &str =
    "For the minute taker: write what was said in the place of TO BE FILLED IN, and after `by:` the id of the";

const HOW: [&str; 7] = [
    "organisation that said it. Copy an entry for every further remark, and take out what is not needed. A remark is a",
    "fact unless `kind: opinion`, `kind: analysis` or `kind: view` stands under it, and for professionals unless",
    "`share: community` or `share: public` does. Until all of it is filled in, the minutes cannot be released, nor any other",
    "paper that prints it; letters can.",
    "",
    "Who is expected: nobody is said to have come before you do. Write `attended: true` or `attended: false` beside",
    "each of them, with `arrived: \"13:50\"` or `left: \"15:10\"` where that matters.",
];

/// The most people, and the most organisations, that are named.
const NAMED: usize = 100;

/// How to fill in remarks, and who is expected; nothing if the text of the file says so already.
pub fn opening(checked: &Checked, text: &str) -> Vec<String> {
    if text.contains(FIRST) {
        return Vec::new();
    }
    let organisations = checked.conference.organisations.iter().map(|(id, one)| format!("  {id}: {}", one.name));
    let expected = expected(checked);
    let how = if expected.is_empty() { &HOW[..4] } else { &HOW[..] };
    let mut lines = vec![FIRST.to_owned()];
    lines.extend(how.iter().map(|line| (*line).to_owned()));
    lines.extend(named(expected, "person", "`invitees:`"));
    lines.push(String::new());
    lines.push("The ids of the organisations:".to_owned());
    lines.extend(named(organisations.collect(), "organisation", "`organisations:`"));
    lines.push(String::new());
    lines
}

/// The first lines, and how many more there are.
fn named(mut lines: Vec<String>, noun: &str, place: &str) -> Vec<String> {
    let more = lines.len().saturating_sub(NAMED);
    lines.truncate(NAMED);
    if more > 0 {
        lines.push(format!("  and {} more under {place}", count(more, noun)));
    }
    lines
}

/// Those who are invited and of whom it is not noted whether they came.
fn expected(checked: &Checked) -> Vec<String> {
    let invitees = checked.conference.invitees.iter().enumerate();
    let is_open = |(i, one): &(usize, &Invitee)| {
        one.invited && one.attended.is_none() && !checked.withdrawn().invitees.contains(i)
    };
    invitees.filter(is_open).map(|(_, one)| line_of(checked, one)).collect()
}

fn line_of(checked: &Checked, invitee: &Invitee) -> String {
    let organisation = checked.organisation_of(invitee).map(|(_, one)| format!(", {}", one.name)).unwrap_or_default();
    let reply = match invitee.reply {
        Reply::Accepted => "accepted",
        Reply::Apologies => "apologies",
        Reply::None => "no answer",
    };
    let delegate = invitee.delegate.as_ref().map(|name| format!(", in their place {name}")).unwrap_or_default();
    format!("  [ ] {}{organisation}: {reply}{delegate}", checked.person(invitee).name)
}
