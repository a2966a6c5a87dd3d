//! What stands in a cell for a text of the model.
//!
//! In: a text of the model, and the kind of its cell. Out: [`Shown`].

use chrono::{NaiveDate, NaiveTime};

use super::super::flat::Names;
use super::super::plan::Kind;
use super::super::terms::{SHARE, SIZE};
use super::council::Council;
use crate::model::Clearance;
use crate::model::people::Format;
use crate::model::plan::TO_BE_AGREED;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// A text.
    Text(String),
    /// A day.
    Day(NaiveDate),
    /// A time of day.
    Clock(NaiveTime),
    /// A whole number.
    Whole(u32),
}

impl Shown {
    /// It as a text, to be compared with what a cell holds when it is read.
    pub fn words(&self) -> String {
        match self {
            Shown::Text(text) => text.clone(),
            Shown::Day(day) => day.to_string(),
            Shown::Clock(clock) => clock.format("%H:%M").to_string(),
            Shown::Whole(number) => number.to_string(),
        }
    }
}

/// What shows the texts of the model.
pub struct Showing<'s> {
    /// Names by id.
    pub names: &'s Names,
    /// Decisions of the council.
    pub council: &'s Council,
    /// The points of the agenda, each with its number.
    pub points: &'s [String],
}

impl Showing<'_> {
    /// What stands in a cell of a kind.
    pub fn shown(&self, kind: Kind, text: &str) -> Shown {
        let number = |text: &str| text.parse::<u32>().ok().filter(|n| n.to_string() == text);
        let shown = match kind {
            Kind::Text | Kind::Prose | Kind::Lines | Kind::Headings | Kind::Place => None,
            Kind::Word(words) => words.shown(text).map(str::to_owned),
            Kind::Decision => {
                self.council.options.iter().find(|option| option.id == text).map(|option| option.title.clone())
            }
            Kind::Organisation => Some(self.names.organisation(text).to_owned()),
            Kind::Organisations => Some(self.organisations(text)),
            Kind::Person => Some(self.names.person(text).to_owned()),
            Kind::Point => number(text).and_then(|n| self.points.get(n.checked_sub(1)? as usize).cloned()),
            Kind::Points => Some(ranges(text)),
            // 12 is the standard size, and read as such.
            Kind::Size => Format::typed(text).and_then(|size| match size {
                Format::Standard => SIZE.shown("standard").map(str::to_owned),
                named @ (Format::LargePrint | Format::EasyRead) => SIZE.shown(named.id()).map(str::to_owned),
                Format::Points(points) => Some(format!("{points} point")),
            }),
            Kind::Day => return day(text),
            Kind::Due => match text {
                "ongoing" => Some("Ongoing".to_owned()),
                TO_BE_AGREED => Some("To be agreed".to_owned()),
                text => return day(text),
            },
            Kind::Clock => return clock(text),
            Kind::Whole => return number(text).map_or_else(|| Shown::Text(text.to_owned()), Shown::Whole),
        };
        Shown::Text(shown.unwrap_or_else(|| text.to_owned()))
    }

    /// Semicolons part the names, unless one of them has any.
    fn organisations(&self, text: &str) -> String {
        let names: Vec<&str> = text.split('\n').map(|id| self.names.organisation(id)).collect();
        names.join(if names.iter().any(|name| name.contains(';')) { "\n" } else { "; " })
    }
}

fn day(text: &str) -> Shown {
    text.parse().ok().filter(|_| text.len() == 10).map_or_else(|| Shown::Text(text.to_owned()), Shown::Day)
}

fn clock(text: &str) -> Shown {
    NaiveTime::parse_from_str(text, "%H:%M").map_or_else(|_| Shown::Text(text.to_owned()), Shown::Clock)
}

/// Numbers of points, a line each, as `1, 2, 4 to 8`.
fn ranges(text: &str) -> String {
    let numbers: Vec<u32> = text.split('\n').filter_map(|line| line.parse().ok()).collect();
    if numbers.is_empty() {
        return "none".to_owned();
    }
    let runs = numbers.chunk_by(|one, next| one.checked_add(1) == Some(*next));
    let run = |run: &[u32]| match run {
        [first, .., last] if run.len() > 2 => format!("{first} to {last}"),
        run => run.iter().map(u32::to_string).collect::<Vec<_>>().join(", "),
    };
    runs.map(run).collect::<Vec<_>>().join(", ")
}

/// The word that is shown for a mark.
pub fn of_mark(mark: Clearance) -> Option<&'static str> {
    SHARE
        .all
        .iter()
        .zip([Clearance::Public, Clearance::Community, Clearance::Professional, Clearance::Restricted])
        .find(|(_, clearance)| *clearance == mark)
        .map(|(term, _)| term.model)
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn numbers_of_points_are_shown_as_people_write_them() {
        for (numbers, shown) in [
            ("", "none"),
            ("3", "3"),
            ("1\n2", "1, 2"),
            ("1\n2\n4\n5\n6\n7\n8\n14", "1, 2, 4 to 8, 14"),
            ("5\n4", "5, 4"),
        ] {
            assert_eq!(ranges(numbers), shown);
        }
    }
}
