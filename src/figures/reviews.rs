//! Whether the next conference about a context was held by the day on which it was due.
//!
//! In: the facts of a council's conferences. Out: a [`ReviewState`] for each conference that is to be followed by another in the
//! period.
//!
//! Deliberately absent: conferences that are not among these facts, so that none found means no more than that.

use super::facts::{ConferenceFacts, MeetingState};
use super::period::Period;
use crate::model::conference::Kind;

/// What became of the conference that was to follow another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewState {
    /// It was held by its day.
    OnTime,
    /// It was held later.
    Late,
    /// Its day is past, and none is recorded.
    NotRecorded,
    /// Its day is still to come.
    NotDue,
}

impl ReviewState {
    /// What became of the conference that was to follow this one. `None` if none was to follow in the period, or this one was not
    /// held.
    pub fn of(one: &ConferenceFacts, all: &[&ConferenceFacts], period: &Period) -> Option<Self> {
        let due = one.review_due.filter(|due| one.meeting == MeetingState::Held && period.has(*due))?;
        // A meeting that is held again is the same one, and of the same kind.
        let is_held_again =
            |other: &ConferenceFacts| other.is_held_again && other.previous.as_ref() == Some(&one.reference);
        let follows = |other: &&&ConferenceFacts| {
            other.context == one.context
                && (other.kind != Kind::Initial || is_held_again(other))
                && other.meeting == MeetingState::Held
                && other.date > one.date
        };
        Some(match all.iter().filter(follows).filter_map(|other| other.date).min() {
            Some(day) if day <= due => ReviewState::OnTime,
            Some(_) => ReviewState::Late,
            None if due < period.today => ReviewState::NotRecorded,
            None => ReviewState::NotDue,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: &str) -> chrono::NaiveDate {
        day.parse().expect("a day")
    }

    fn facts(kind: Kind, date: &str, due: Option<&str>) -> ConferenceFacts {
        ConferenceFacts {
            council: "c".into(),
            council_name: "C".into(),
            reference: date.into(),
            previous: None,
            is_held_again: false,
            context: "CTX-1".into(),
            kind,
            date: Some(day(date)),
            meeting: MeetingState::Held,
            quorum: true,
            has_community: false,
            people: Vec::new(),
            steps: Vec::new(),
            actions: Vec::new(),
            review_due: due.map(day),
            small_count: 5,
        }
    }

    #[test]
    fn the_next_conference_about_a_context_is_on_time_late_not_recorded_or_not_due() {
        let first = facts(Kind::Initial, "2026-01-10", Some("2026-04-10"));
        let of = |others: &[ConferenceFacts], today: &str| {
            let all: Vec<&ConferenceFacts> = std::iter::once(&first).chain(others).collect();
            let (from, to) = (Some(day("2026-04-10")), Some(day("2026-04-10")));
            ReviewState::of(&first, &all, &Period { from, to, today: day(today) })
        };
        let review = |date: &str| facts(Kind::Review, date, None);
        assert_eq!(of(&[review("2026-04-10")], "2026-05-01"), Some(ReviewState::OnTime));
        assert_eq!(of(&[review("2026-04-11")], "2026-05-01"), Some(ReviewState::Late));
        assert_eq!(of(&[review("2026-06-01"), review("2026-04-09")], "2026-07-01"), Some(ReviewState::OnTime));
        assert_eq!(of(&[], "2026-04-11"), Some(ReviewState::NotRecorded));
        assert_eq!(of(&[], "2026-04-10"), Some(ReviewState::NotDue));
        // Another context, an earlier one, a first conference and one that was not held are no answer.
        let other = ConferenceFacts { context: "CTX-2".into(), ..review("2026-04-01") };
        let open = ConferenceFacts { meeting: MeetingState::Open, ..review("2026-04-01") };
        let none = [other, open, review("2026-01-10"), facts(Kind::Initial, "2026-04-01", None)];
        assert_eq!(of(&none, "2026-05-01"), Some(ReviewState::NotRecorded));
        // The same meeting held again is of the same kind, and an answer to the first alone.
        let again = |of: &str| ConferenceFacts {
            previous: Some(of.into()),
            is_held_again: true,
            ..facts(Kind::Initial, "2026-04-09", None)
        };
        assert_eq!(of(&[again("2026-01-10")], "2026-05-01"), Some(ReviewState::OnTime));
        assert_eq!(of(&[again("2025-01-10")], "2026-05-01"), Some(ReviewState::NotRecorded));
        // Outside the period, or after a meeting that was not held, none is asked about.
        let period = Period { from: Some(day("2026-04-11")), to: None, today: day("2026-05-01") };
        assert_eq!(ReviewState::of(&first, &[&first], &period), None);
        let cancelled = ConferenceFacts { meeting: MeetingState::Cancelled, ..first.clone() };
        let period = Period { from: None, to: None, today: day("2026-05-01") };
        assert_eq!(ReviewState::of(&cancelled, &[&cancelled], &period), None);
    }
}
