//! Readers, and whom a text may reach.

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

impl Reach<'_> {
    /// Whether it lets a reader read.
    pub fn lets(&self, checked: &Checked, reader: Reader<'_>) -> bool {
        match (self, reader.recipient) {
            (Reach::Marked { share, heard }, Recipient::Part(_, invitee)) => {
                let there = heard.points.as_ref().is_none_or(|p| p.iter().any(|n| checked.hears(invitee, *n)));
                let whose = checked.organisation_of(invitee).map(|(id, _)| id);
                let own = heard.owners.iter().any(|(s, id)| reader.audience.may_read(*s) && whose == Some(id));
                reader.audience.may_read(*share) && (there || own)
            }
            // Whoever has taken on actions reads what every reader of the audience may that belongs to no part of the record,
            // and of the record their own actions with the goals that these serve.
            (Reach::Marked { share, heard }, Recipient::Owner(_, to)) => {
                let open = heard.points.is_none() && reader.audience.may_read(*share);
                open || reader.audience.may_read(*share)
                    && heard.owners.iter().any(|(s, id)| reader.audience.may_read(*s) && *id == to)
            }
            // A child's worker is a professional, and reads nothing of the annex.
            (Reach::Marked { share, .. }, Recipient::Child(..)) => Audience::Professional.may_read(*share),
            (Reach::Marked { share, .. }, _) => reader.audience.may_read(*share),
            (Reach::Invitee(n), Recipient::Invitee(i, _) | Recipient::Part(i, _))
            | (Reach::Child(n), Recipient::Child(i, _)) => *n == i,
            (Reach::Organisation(id), Recipient::Organisation(_, to)) => *id == to,
            (Reach::Invitee(_) | Reach::Child(_) | Reach::Organisation(_), _) => false,
        }
    }
}
