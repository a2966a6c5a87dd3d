//! The number of every person and organisation of a conference, which is on their letters and files.
//!
//! In: the conference, or its record. Out: [`Numbers`], one for every position of the conference file.
//!
//! Deliberately absent: the record itself, and recognising people after a change of the file. A build without a record
//! numbers by the order of the file ([`Numbers::by_order`]).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Borough;
use super::conference::{ChildLink, Conference};
use super::people::Invitee;
use super::reference::PersonRef;

pub use super::given::{GivenNumber, LARGEST};

/// A role in the numbering. Each role is numbered separately.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A person who is invited, typed into the conference file or read from a list that it names.
    Invitee,
    /// An organisation that takes part.
    Organisation,
    /// One child's own record.
    Child,
    /// A person on a list that the conference file does not name.
    Listed,
}

/// The features by which somebody is recognised after a change of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Their role.
    pub role: Role,
    /// The id that the coordinator chose for them, if there is one.
    pub id: Option<String>,
    /// Their name, folded; for a child's record its reference.
    pub name: String,
    /// The name of their organisation, folded, or empty.
    pub organisation: String,
    /// The postcode, folded, or empty, which tells namesakes apart; for a child's record the name of its worker.
    pub detail: String,
    /// The number that the file gives them.
    pub given: Option<GivenNumber>,
    /// The field path of their entry, for diagnostics.
    pub path: String,
}

/// The number of every person and organisation of a conference.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    /// The numbers of invitees, in the order of the file.
    pub invitees: Vec<u32>,
    /// The numbers of organisations, by id: the same in agreements and in notices of actions, for every audience.
    pub organisations: BTreeMap<String, u32>,
    /// The numbers of links to children's records, in the order of the file.
    pub children: Vec<u32>,
}

impl Numbers {
    /// The numbers of a conference without a record: by the order of the file, from 1. Numbers that the file gives are
    /// kept, and the others are above the highest of them.
    pub fn by_order(conference: &Conference, borough: &Borough) -> Self {
        let given = |i: &Invitee| i.number.and_then(GivenNumber::number);
        let of_child = |link: &ChildLink| link.number.and_then(GivenNumber::number);
        let ids = order_of_organisations(conference, borough);
        let of_id = |id: &&str| conference.organisations[*id].number.and_then(GivenNumber::number);
        let organisations = in_turn(ids.iter().map(of_id));
        Self {
            invitees: in_turn(conference.invitees.iter().map(given)),
            organisations: ids.iter().map(|id| (*id).to_owned()).zip(organisations).collect(),
            children: in_turn(conference.child_links.iter().map(of_child)),
        }
    }

    /// The number of an invitee by their position.
    ///
    /// # Panics
    /// If there is no such invitee in the conference that the numbers were made for.
    pub fn invitee(&self, position: usize) -> u32 {
        self.invitees[position]
    }

    /// The number of an organisation by its id.
    ///
    /// # Panics
    /// If there is no such organisation in the conference that the numbers were made for.
    pub fn organisation(&self, id: &str) -> u32 {
        self.organisations[id]
    }

    /// The number of a link to a child's record by its position.
    ///
    /// # Panics
    /// If there is no such link in the conference that the numbers were made for.
    pub fn child(&self, position: usize) -> u32 {
        self.children[position]
    }
}

/// The ids of all organisations in the order in which they are numbered: first those that get an agreement, because somebody
/// from them is invited and they are not the council itself; then the others.
pub fn order_of_organisations<'c>(conference: &'c Conference, borough: &Borough) -> Vec<&'c str> {
    let organisations = &conference.organisations;
    let of = |invitee: &'c Invitee| {
        let person = match &invitee.person {
            PersonRef::Inline(person) => Some(person),
            PersonRef::Id(id) => conference.people.get(id),
        };
        invitee.organisation.as_deref().or_else(|| person?.organisation.as_deref())
    };
    let invited: BTreeSet<&str> = conference.invitees.iter().filter_map(of).collect();
    let partner = |id: &str| invited.contains(id) && !borough.is(id, &organisations[id].name);
    let (partners, others): (Vec<&str>, Vec<&str>) =
        organisations.keys().map(String::as_str).partition(|id| partner(id));
    partners.into_iter().chain(others).collect()
}

/// Keeps given numbers, and numbers the others in turn, above the highest given one.
fn in_turn(given: impl Iterator<Item = Option<u32>> + Clone) -> Vec<u32> {
    let mut last = given.clone().flatten().max().unwrap_or_default();
    let mut next = || {
        last += 1;
        last
    };
    given.map(|given| given.unwrap_or_else(&mut next)).collect()
}

#[cfg(test)]
mod tests {
    use super::in_turn;

    #[test]
    fn whoever_has_no_number_gets_one_that_nobody_else_has() {
        assert_eq!(in_turn([None, None, None].into_iter()), [1, 2, 3]);
        assert_eq!(in_turn([None, Some(7), None, Some(2)].into_iter()), [8, 7, 9, 2]);
        assert_eq!(in_turn([].into_iter()), [] as [u32; 0]);
    }
}
