//! The readers of each text of a conference: one decision for every field, in one place.
//!
//! In: [`Checked`]. Out: an [`Entry`] for every text that was typed, with the readers that it may reach. The views
//! decide by type what a reader sees; the ledger decides it a second time, by the paths of the files, so that the gate
//! need not trust the views.
//!
//! Deliberately absent: searching for the texts, which is the gate's work, and any text that a council writes for
//! everybody: its addresses, words and settings are meant to be read.

mod decide;
mod reach;

pub use reach::{Kind, Reach, Reader};

use crate::check::Checked;
use crate::fields;
use crate::model::Audience;

/// A text and its readers.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Its field path in the conference file.
    pub path: String,
    /// The text as it was typed.
    pub text: &'a str,
    /// Whether it is Markdown, and so reads differently from how it was typed.
    pub prose: bool,
    /// The kind of text.
    pub kind: Kind,
    /// The readers that it may reach, as a union.
    pub reach: Vec<Reach<'a>>,
}

/// Every text of the conference file, and the titles of the agenda's points, even where these are the council's.
pub fn entries(checked: &Checked) -> Vec<Entry<'_>> {
    let texts = checked.places.conference.texts();
    let clearances = checked.clearances();
    let typed = texts.filter_map(|(path, text)| {
        let (kind, reach) = decide::decide(checked, &clearances, path).unwrap_or(Some((Kind::Said, Vec::new())))?;
        Some(Entry { path: path.to_owned(), text, prose: decide::is_prose(path), kind, reach })
    });
    // Templates use the same words as the titles of a council's usual agenda.
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
        self.reach.iter().any(|reach| reach.includes(checked, reader))
    }

    /// Whether it is the name of a participant.
    pub fn names_a_person(&self) -> bool {
        let of_people = self.path.starts_with("people.") || self.path.starts_with("invitees[");
        let named = self.path.rsplit('.').next().is_some_and(|field| matches!(field, "name" | "delegate"));
        self.kind == Kind::Particular && of_people && named
    }

    /// Whether it is part of the record and marked for exactly this audience.
    pub fn is_marked_for(&self, audience: Audience) -> bool {
        let exactly = |r: &Reach<'_>| matches!(r, Reach::Marked { share, .. } if *share == audience.clearance());
        fields::is_of_record(&self.path) && self.reach.iter().any(exactly)
    }
}
