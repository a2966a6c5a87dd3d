//! Rows that share a letter: a household, or the people of one organisation.
//!
//! Off by default: who lives with whom is for the coordinator to say, so a letter to two people must be asked for. Even
//! then, people share one only if they have the same address, may read the same, and have nothing of their own in it: a
//! note, a need, a language, an email address.

use std::collections::{BTreeMap, BTreeSet};

use crate::input::list::{folded_address, folded_apart};
use crate::model::listed::Listed;

/// The property that rows must share to share a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The list's own column `household`.
    Household,
    /// The postal address.
    Address,
    /// The organisation and its address.
    Organisation,
}

/// The rows that share letters. Held in memory: some 100 bytes for each such row.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    /// The number of the first row with each key, while rows are being read.
    first: BTreeMap<u128, u32>,
    /// The other rows of a group, by the number of its first row.
    others: BTreeMap<u32, Vec<Other>>,
    /// Rows that have no letter of their own.
    later: BTreeSet<u32>,
}

/// A person whose row is not the first of its group, as the shared letter and its line of the register name them.
#[derive(Debug, Clone)]
struct Other {
    name: String,
    /// The words after "Dear".
    dear: String,
    /// The council's own reference, if the list has one.
    reference: String,
}

impl Groups {
    /// Adds a sound row. `reads` is what its person may read, and as whom.
    pub fn add(&mut self, group: Group, listed: &Listed, reads: &str) {
        let Some(key) = key(group, listed, reads) else { return };
        match self.first.get(&key) {
            None => drop(self.first.insert(key, listed.number)),
            // Names that do not fit on the envelope begin another letter.
            Some(first) if self.others.get(first).is_some_and(|others| others.len() + 1 >= MAX_NAMES) => {
                self.first.insert(key, listed.number);
            }
            Some(first) => {
                let (name, dear) = (listed.name.clone(), salutation(listed).to_owned());
                self.others.entry(*first).or_default().push(Other { name, dear, reference: listed.reference.clone() });
                self.later.insert(listed.number);
            }
        }
    }

    /// Drops what is only needed while rows are being read.
    pub fn close(&mut self) {
        self.first.clear();
    }

    /// The row that its letter is made from, with the names and references of all who share it. `None` if the letter
    /// belongs to another row.
    pub fn joined(&self, mut listed: Listed) -> Option<Listed> {
        if self.later.contains(&listed.number) {
            return None;
        }
        if let Some(others) = self.others.get(&listed.number) {
            let names = std::iter::once(listed.name.as_str()).chain(others.iter().map(|other| other.name.as_str()));
            let dear = std::iter::once(salutation(&listed)).chain(others.iter().map(|other| other.dear.as_str()));
            let (name, dear) = (in_words(&names.collect::<Vec<_>>()), in_words(&dear.collect::<Vec<_>>()));
            (listed.name, listed.salutation) = (name, dear);
            for other in others.iter().filter(|other| !other.reference.is_empty()) {
                let separator = if listed.reference.is_empty() { "" } else { "; " };
                listed.reference = format!("{}{separator}{}", listed.reference, other.reference);
            }
        }
        Some(listed)
    }

    /// How many rows have no letter of their own.
    pub fn shared(&self) -> usize {
        self.later.len()
    }
}

fn salutation(listed: &Listed) -> &str {
    if listed.salutation.is_empty() { &listed.name } else { &listed.salutation }
}

/// The most names on one envelope.
const MAX_NAMES: usize = 4;

fn key(group: Group, listed: &Listed, reads: &str) -> Option<u128> {
    let what = match group {
        Group::Household => folded_apart(&listed.household),
        Group::Address => "address".to_owned(),
        Group::Organisation => folded_apart(&listed.organisation),
    };
    // A message goes to one person, so people who are emailed share nothing. Nor does anybody whose letter says
    // something about them alone, because the others would read it.
    let own = [&listed.note, &listed.access, &listed.bring, &listed.language, &listed.role];
    let alone = listed.is_emailed() || own.iter().any(|text| !text.is_empty());
    if what.is_empty() || alone || !listed.is_posted() {
        return None;
    }
    let address = folded_address(&listed.address);
    let same = format!("{what}\0{address}\0{reads}\0{:?}\0{:?}", listed.format, listed.postage);
    let bytes = blake3::hash(same.as_bytes());
    Some(u128::from_le_bytes(std::array::from_fn(|i| bytes.as_bytes()[i])))
}

/// `a, b and c`.
fn in_words(all: &[&str]) -> String {
    match all {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
