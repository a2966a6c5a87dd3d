//! Rows that share a letter: a household, or the people of one organisation.
//!
//! Deliberately absent by default: who lives with whom is for the coordinator to say, and a letter to two people must be
//! asked for.

use std::collections::{BTreeMap, BTreeSet};

use crate::input::list::folded;
use crate::model::listed::Listed;

/// What rows that share a letter have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The list's own column `household`.
    Household,
    /// The postal address.
    Address,
    /// The organisation and its address.
    Organisation,
}

/// Who shares a letter with whom. It is held in memory: some 100 bytes for each row that shares one.
#[derive(Debug, Clone, Default)]
pub struct Groups {
    /// Keys to the number of the first row that has them, while rows are being read.
    first: BTreeMap<u128, u32>,
    /// The others of a group by the number of its first row: name, and what follows "Dear".
    others: BTreeMap<u32, Vec<(String, String)>>,
    /// Rows that have no letter of their own.
    later: BTreeSet<u32>,
}

impl Groups {
    /// Takes in a sound row.
    pub fn add(&mut self, group: Group, listed: &Listed) {
        let Some(key) = key(group, listed) else { return };
        match self.first.get(&key) {
            None => drop(self.first.insert(key, listed.number)),
            Some(first) => {
                let said = (listed.name.clone(), salutation(listed).to_owned());
                self.others.entry(*first).or_default().push(said);
                self.later.insert(listed.number);
            }
        }
    }

    /// Forgets what was only needed while rows were read.
    pub fn close(&mut self) {
        self.first.clear();
    }

    /// The row as the one its letter is made from: with the names of all who share it; nothing if another row has the letter.
    pub fn joined(&self, mut listed: Listed) -> Option<Listed> {
        if self.later.contains(&listed.number) {
            return None;
        }
        if let Some(others) = self.others.get(&listed.number) {
            let names = std::iter::once(listed.name.as_str()).chain(others.iter().map(|(name, _)| name.as_str()));
            let dear = std::iter::once(salutation(&listed)).chain(others.iter().map(|(_, dear)| dear.as_str()));
            let (name, dear) = (in_words(&names.collect::<Vec<_>>()), in_words(&dear.collect::<Vec<_>>()));
            (listed.name, listed.salutation) = (name, dear);
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

fn key(group: Group, listed: &Listed) -> Option<u128> {
    let address = || folded(&listed.address.concat());
    let what = match group {
        Group::Household => folded(&listed.household),
        Group::Address => address(),
        Group::Organisation if listed.organisation.is_empty() => String::new(),
        Group::Organisation => folded(&listed.organisation) + &address(),
    };
    // A message goes to one person: who is only emailed shares nothing.
    let shares = !what.is_empty() && listed.is_posted();
    // What a letter says depends on these: only rows that agree in them can share one.
    let same = format!("{what}\0{:?}\0{:?}", listed.category, listed.format);
    let bytes = blake3::hash(same.as_bytes());
    shares.then(|| u128::from_le_bytes(std::array::from_fn(|i| bytes.as_bytes()[i])))
}

/// `a, b and c`.
fn in_words(all: &[&str]) -> String {
    match all {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
