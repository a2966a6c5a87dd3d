//! The date and version of one kind of paper, in the conference file and on the paper.
//!
//! In: `papers:` and the top-level `issued:` and `version:`. Out: an [`Edition`] for each kind.
//!
//! Deliberately absent: the kinds of paper, and which of them announce the meeting; only templates know that.

use chrono::NaiveDate;

use super::Conference;
use super::by::Side;

pub use super::conference::OwnEdition;

/// The date and version of one kind of paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The day on which it is issued.
    pub issued: NaiveDate,
    /// Its version, counted from 1.
    pub version: u32,
    /// The reason why it replaces an earlier version, if one was given.
    pub because: Option<String>,
}

impl Edition {
    /// The edition of a kind of paper in the conference file.
    ///
    /// A reason belongs to the version that it was given for: once the conference's own `version` is higher, there is
    /// none.
    pub fn of(conference: &Conference, kind: &str) -> Self {
        let all = conference.version;
        let own = conference.papers.get(kind);
        let version = own.and_then(|own| own.version).map_or(all, |version| version.max(all));
        let given_for = own.map(|own| own.version.unwrap_or(version));
        Self {
            issued: own.and_then(|own| own.issued).unwrap_or(conference.issued),
            version,
            because: own.and_then(|own| own.because.clone()).filter(|_| given_for == Some(version)),
        }
    }

    /// The reason as it follows "because" in a sentence; `None` if this is the first version.
    pub fn reason(&self) -> Option<String> {
        reason(self.because.as_deref().filter(|_| self.version > 1))
    }

    /// Whether it is dated on the wrong side of the meeting: an announcement after it, a report before it.
    pub fn is_out_of_time(&self, tells: Side, meeting: NaiveDate) -> bool {
        match tells {
            Side::Before => self.issued > meeting,
            Side::After => self.issued < meeting,
        }
    }
}

/// The most characters of a reason, which has one line on the paper.
pub const MAX_REASON: usize = 200;

/// A reason as it follows "because" in a sentence.
pub fn reason(because: Option<&str>) -> Option<String> {
    let text = because?.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches('.');
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    if first.eq_ignore_ascii_case("because") && !rest.is_empty() {
        return Some(rest.to_owned());
    }
    // A name keeps its capital; a word that begins a sentence does not.
    let first = if BEGINNINGS.contains(&first) { first.to_lowercase() } else { first.to_owned() };
    Some(if rest.is_empty() { first } else { format!("{first} {rest}") })
}

/// Words with which people begin a reason as if it were a sentence.
const BEGINNINGS: [&str; 14] =
    ["The", "A", "An", "We", "It", "This", "These", "There", "Our", "Its", "One", "Some", "Two", "Your"];

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> Option<String> {
        let issued = NaiveDate::from_ymd_opt(2026, 11, 2).expect("a date");
        Edition { issued, version: 2, because: Some(text.to_owned()) }.reason()
    }

    #[test]
    fn a_reason_reads_on_after_because_however_it_is_written() {
        for text in [
            "the date has changed",
            "The date has changed.",
            "Because the date has changed.",
            " because the\n  date has changed ",
        ] {
            assert_eq!(reason(text).as_deref(), Some("the date has changed"), "{text}");
        }
        assert_eq!(reason("Ms Chan cannot come").as_deref(), Some("Ms Chan cannot come"));
    }
}
