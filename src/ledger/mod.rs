//! Who may read each text of a conference: one decision for every field, in one place.
//!
//! In: [`Checked`]. Out: an [`Entry`] for every text that was typed, with the readers that it may reach. The views copy
//! what a reader may see; the ledger says it a second time, from the paths of the files instead of from the types, so that
//! the gate need not trust them.
//!
//! Deliberately absent: looking for the texts (`gate` does), and any text that a council writes for everybody: addresses
//! of the council, its words and settings are made to be read.

mod decide;
mod reach;

pub use reach::{Heard, Kind, Reach, Reader};

use crate::check::Checked;
use crate::model::Audience;

/// A text and who may read it.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Its field path in the conference file.
    pub path: String,
    /// The text as it was typed.
    pub text: &'a str,
    /// Whether it is Markdown, and reads otherwise than it was typed.
    pub prose: bool,
    /// What sort of text it is.
    pub kind: Kind,
    /// Whom it may reach: anybody whom one of these lets.
    pub reach: Vec<Reach<'a>>,
}

/// Every text of the conference file, and the titles of the agenda's points wherever they come from.
pub fn entries(checked: &Checked) -> Vec<Entry<'_>> {
    let texts = checked.places.conference.texts();
    let typed = texts.filter_map(|(path, text)| {
        let (kind, reach) = decide::decide(checked, path).unwrap_or(Some((Kind::Said, Vec::new())))?;
        Some(Entry { path: path.to_owned(), text, prose: decide::is_prose(path), kind, reach })
    });
    // The titles of a usual agenda are words that templates have as well.
    let own = checked.conference.agenda.is_some();
    let kind = if own { Kind::Said } else { Kind::Particular };
    let titles = checked.agenda.iter().enumerate().map(|(i, point)| Entry {
        path: format!("agenda[{i}].title"),
        text: &point.title,
        prose: false,
        kind,
        reach: vec![decide::heard_at(point.share, i)],
    });
    typed.chain(titles).collect()
}

impl Entry<'_> {
    /// Whether a reader may read it.
    pub fn may_reach(&self, checked: &Checked, reader: Reader<'_>) -> bool {
        self.reach.iter().any(|reach| reach.lets(checked, reader))
    }

    /// Whether it is the name of somebody who takes part.
    pub fn names_a_person(&self) -> bool {
        let of_people = self.path.starts_with("people.") || self.path.starts_with("invitees[");
        let named = self.path.rsplit('.').next().is_some_and(|field| matches!(field, "name" | "delegate"));
        self.kind == Kind::Particular && of_people && named
    }

    /// Whether it is marked for exactly these readers, as part of what was found, said or decided.
    pub fn is_marked_for(&self, audience: Audience) -> bool {
        let record = ["assessment", "items", "decisions", "goals", "contingency", "files"];
        let exactly = |r: &Reach<'_>| matches!(r, Reach::Marked { share, .. } if *share == audience.clearance());
        record.iter().any(|field| self.path.starts_with(field)) && self.reach.iter().any(exactly)
    }
}
