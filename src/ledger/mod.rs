//! Who may read each text of a conference: one decision for every field, in one place.
//!
//! In: [`Checked`]. Out: an [`Entry`] for every text that was typed, with the readers that it may reach. The views copy
//! what a reader may see; the ledger says it a second time, from the paths of the files instead of from the types, so that
//! the gate need not trust them.
//!
//! Deliberately absent: looking for the texts (`gate` does), and any text that a council writes for everybody: addresses
//! of the council, its words and settings are made to be read.

mod decide;

use std::collections::BTreeSet;

use crate::check::Checked;
use crate::model::{Audience, Clearance};
use crate::view::Recipient;

/// Who reads a file.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The audience that it is made for.
    pub audience: Audience,
    /// The one among them, if there is one.
    pub recipient: Recipient<'a>,
}

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

/// What sort of text it is, which decides when finding it again means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What somebody wrote about the context, the people or the plan. Its words are its own.
    Said,
    /// A name, an address, a role. The same words may stand elsewhere for everybody to read.
    Particular,
    /// A name that may stand nowhere.
    Protected,
    /// The reference of a child's record.
    Reference,
}

/// Whom a text may reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach<'a> {
    /// Audiences that may read what is marked so; of those who take part in some points only, the ones who heard it.
    Marked { share: Clearance, heard: Heard<'a> },
    /// The letter to one invitee, by their position.
    Invitee(usize),
    /// The papers of one organisation, by its id.
    Organisation(&'a str),
    /// The note to the worker of one child, by the position of the link.
    Child(usize),
}

/// Who heard a part of the record, among those who take part in some points only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard<'a> {
    /// Whoever takes part in one of these points; everybody, if it belongs to none in particular.
    pub points: Option<BTreeSet<u32>>,
    /// And the organisations that have taken it on, each as far as it may read its own action.
    pub owners: Vec<(Clearance, &'a str)>,
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

impl Reach<'_> {
    fn lets(&self, checked: &Checked, reader: Reader<'_>) -> bool {
        match (self, reader.recipient) {
            (Reach::Marked { share, heard }, Recipient::Part(_, invitee)) => {
                let there = heard.points.as_ref().is_none_or(|p| p.iter().any(|n| checked.hears(invitee, *n)));
                let whose = checked.organisation_of(invitee).map(|(id, _)| id);
                let own = heard.owners.iter().any(|(s, id)| reader.audience.may_read(*s) && whose == Some(id));
                reader.audience.may_read(*share) && (there || own)
            }
            // Whoever has taken on actions reads what every reader of the audience may that belongs to no part of the record,
            // and of the record their own actions with the goals that these serve.
            (Reach::Marked { share, heard }, Recipient::Owner(to)) => {
                let open = heard.points.is_none() && reader.audience.may_read(*share);
                open || reader.audience.may_read(*share)
                    && heard.owners.iter().any(|(s, id)| reader.audience.may_read(*s) && *id == to)
            }
            // A child's worker is a professional, and reads nothing of the annex.
            (Reach::Marked { share, .. }, Recipient::Child(..)) => Audience::Professional.may_read(*share),
            (Reach::Marked { share, .. }, _) => reader.audience.may_read(*share),
            (Reach::Invitee(n), Recipient::Invitee(i, _) | Recipient::Part(i, _))
            | (Reach::Child(n), Recipient::Child(i, _)) => *n == i,
            (Reach::Organisation(id), Recipient::Organisation(to)) => *id == to,
            (Reach::Invitee(_) | Reach::Child(_) | Reach::Organisation(_), _) => false,
        }
    }
}
