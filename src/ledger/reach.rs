//! The reader of a file, and the readers that a text may reach.

use std::collections::BTreeSet;

use crate::check::Checked;
use crate::model::people::Invitee;
use crate::model::{Audience, Clearance};
use crate::view::Recipient;

/// The reader of a file.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The audience that it is made for.
    pub audience: Audience,
    /// The recipient among that audience, if there is one.
    pub recipient: Recipient<'a>,
}

/// The kind of a text, which decides when finding it again is a leak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Something written about the context, the people or the plan. Its words are its own.
    Said,
    /// A name, an address, a role. The same words may be public elsewhere.
    Particular,
    /// A name that may appear nowhere.
    Protected,
    /// The reference of a child's record.
    Reference,
}

/// A set of readers that a text may reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach<'a> {
    /// The audiences that this mark admits; of those who take part in some points only, the ones who heard it.
    Marked { share: Clearance, heard: Heard<'a> },
    /// The letter to one invitee, by their position.
    Invitee(usize),
    /// The papers of one organisation, by its id.
    Organisation(&'a str),
    /// The note to the worker of one child, by the position of the link.
    Child(usize),
}

/// The readers who heard a part of the record, among those who take part in some points only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard<'a> {
    /// Those who take part in one of these points. `None` if it belongs to no point in particular, and so to everybody.
    pub points: Option<BTreeSet<u32>>,
    /// Sets of points at any of which it may have been agreed. Also those read it who were merely not asked to come for the
    /// points of one of them; and, if it is public, those who are kept out of them all.
    pub agreed: Vec<BTreeSet<u32>>,
    /// Also the organisations that have taken it on, each with the mark of its own action.
    pub owners: Vec<(Clearance, &'a str)>,
    /// Whether it is part of the record: a letter tells its reader no more of it than a copy of the minutes for them would.
    pub is_record: bool,
}

impl Reach<'_> {
    /// Whether a reader is one of these.
    pub fn includes(&self, checked: &Checked, reader: Reader<'_>) -> bool {
        match (self, reader.recipient) {
            (Reach::Marked { share, heard }, Recipient::Part(_, invitee)) => {
                heard.is_told(*share, checked, invitee, reader.audience)
            }
            // Without an undertaking, of the record only what is public.
            (Reach::Marked { share, heard }, Recipient::Invitee(_, invitee) | Recipient::Listed(_, invitee))
                if heard.is_record =>
            {
                let may = checked.may_have_the_record(invitee);
                heard.is_told(*share, checked, invitee, if may { reader.audience } else { Audience::Public })
            }
            // An organisation with actions reads whatever every reader of its audience may that is no part of the
            // record, and of the record its own actions with the goals that they serve.
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

impl Heard<'_> {
    /// Whether somebody who takes part in some points, or in all, is told a part of the record with this mark.
    fn is_told(&self, share: Clearance, checked: &Checked, invitee: &Invitee, audience: Audience) -> bool {
        let there = self.points.as_ref().is_none_or(|p| p.iter().any(|n| checked.heard(invitee, *n)));
        let whose = checked.organisation_of(invitee).map(|(id, _)| id);
        let own = self.owners.iter().any(|(s, id)| audience.may_read(*s) && whose == Some(id));
        let is_told = |p: &BTreeSet<u32>| share == Clearance::Public || !Checked::is_kept_out(invitee, p);
        audience.may_read(share) && (there || own || self.agreed.iter().any(is_told))
    }
}
