//! Whose the numbers are that papers of before bear.
//!
//! In: the register of a conference's own papers, which names people, and today's data, if it is at hand. Out: a line for
//! each number, and whom each paper is for by number.
//!
//! The earlier program numbered by the order of the file each time. So a number may have meant one person on a paper that
//! still lies there and another since: then it is theirs who have the paper that counts most, and somebody without a number
//! is asked for or gets a new one, as ever.

use std::collections::{BTreeMap, BTreeSet};

use super::super::event::{Role, Who};

use super::super::numbers::{Numbered, digest};
use super::old::Entry;
use crate::check::Checked;
use crate::fold::Folded;
use crate::model::numbers::Identity;

/// The numbers of before.
#[derive(Debug, Default)]
pub struct People {
    /// A line for each, by role and number.
    pub lines: Vec<Numbered>,
    /// Names to everybody who was ever called so.
    called: BTreeMap<(Role, String), BTreeSet<u32>>,
    /// Whether released papers give one number to two.
    pub doubtful: bool,
}

/// How much a paper counts as a witness: made from today's data, then released, then of a higher version.
type Weight = (bool, bool, u32);

/// Who bears a number, as papers say.
type Claims = BTreeMap<u32, BTreeMap<String, Weight>>;

/// Everybody of one role in today's file, in order, by name.
struct Today {
    role: Role,
    people: Vec<(String, Identity)>,
}

const ROLES: [Role; 3] = [Role::Invitee, Role::Organisation, Role::Child];

/// Reads whose the numbers are. `reference` is that of the conference.
pub fn people(entries: &[Entry], reference: &str, checked: Option<&Checked>) -> People {
    let mut people = People::default();
    let same_data = |entry: &Entry| checked.is_some_and(|checked| checked.fingerprint == entry.data);
    for today in ROLES.map(|role| Today::of(role, checked)) {
        let mut claims = Claims::new();
        let mut released: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
        for entry in entries {
            let (Some((role, no)), [name]) = (numbered(entry, reference), &entry.recipients[..]) else { continue };
            if role != today.role {
                continue;
            }
            let weight = (same_data(entry), entry.status == "released", entry.version);
            let names = claims.entry(no).or_default();
            let heaviest = names.entry(name.clone()).or_insert(weight);
            *heaviest = weight.max(*heaviest);
            if entry.status == "released" {
                released.entry(no).or_default().insert(name);
            }
            people.called.entry((role, folded(name))).or_default().insert(no);
        }
        people.doubtful |= released.values().any(|names| names.len() > 1);
        let whole = entries.iter().any(same_data);
        people.lines.extend(today.lines(&claims, reference, whole));
    }
    if let Some(checked) = checked {
        people.name_everybody(checked);
    }
    people
}

/// A name as it is compared.
fn folded(name: &str) -> String {
    let folded = Folded::of(name).text;
    if folded.is_empty() { name.to_owned() } else { folded }
}

/// Whose number a paper bears: `/03` and `/P03` an invitee's, `/A02` an organisation's, `/N01` that of a child's record. A
/// notice of actions (`/O01`) was counted apart, and gives nobody the number that they have elsewhere.
fn numbered(entry: &Entry, reference: &str) -> Option<(Role, u32)> {
    let own = entry.reference.strip_prefix(reference)?.strip_prefix('/')?;
    let digits = own.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let role = match &own[..own.len() - digits.len()] {
        "" | "P" => Role::Invitee,
        "A" => Role::Organisation,
        "N" => Role::Child,
        _ => return None,
    };
    digits.parse().ok().filter(|no| *no > 0).map(|no| (role, no))
}

impl Today {
    fn of(role: Role, checked: Option<&Checked>) -> Self {
        let Some(checked) = checked else { return Self { role, people: Vec::new() } };
        let conference = &checked.conference;
        let names: Vec<String> = match role {
            Role::Invitee => conference.invitees.iter().map(|i| checked.person(i).name.clone()).collect(),
            Role::Child => conference.child_links.iter().map(|link| link.worker.name.clone()).collect(),
            _ => Vec::new(),
        };
        let identities = checked.identities().into_iter().filter(|one| one.role == role);
        let name = |(n, one): (usize, &Identity)| match &one.id {
            Some(id) if role == Role::Organisation => conference.organisations[id].name.clone(),
            _ => names.get(n).cloned().unwrap_or_default(),
        };
        let people = identities.enumerate().map(|(n, one)| (name((n, &one)), one)).collect();
        Self { role, people }
    }

    /// A line for each number. `whole` says that papers were made from today's very data: then whoever has no paper of their
    /// own had their place in it for a number.
    fn lines(&self, claims: &Claims, reference: &str, whole: bool) -> Vec<Numbered> {
        let owners = self.owners(claims);
        let owned: BTreeMap<usize, u32> = owners.iter().map(|(no, n)| (*n, *no)).collect();
        let mut lines: BTreeMap<u32, Numbered> = BTreeMap::new();
        for (no, names) in claims {
            let line = match owners.get(no) {
                Some(n) => Numbered::of(reference, &self.people[*n].1, *no),
                None => self.gone(names, reference, *no),
            };
            lines.insert(*no, line);
        }
        for (n, (_, one)) in self.people.iter().enumerate().filter(|_| whole) {
            let no = u32::try_from(n + 1).unwrap_or(u32::MAX);
            if !owned.contains_key(&n) && one.given.is_none() {
                lines.entry(no).or_insert_with(|| Numbered::of(reference, one, no));
            }
        }
        lines.into_values().collect()
    }

    /// Who of today's file has which number: the heaviest word first, and of namesakes the one in the number's own place.
    fn owners(&self, claims: &Claims) -> BTreeMap<u32, usize> {
        let all = claims.iter().flat_map(|(no, names)| names.iter().map(move |(name, weight)| (weight, *no, name)));
        let mut all: Vec<(&Weight, u32, &String)> = all.collect();
        all.sort_by_key(|(weight, no, _)| (std::cmp::Reverse(**weight), *no));
        let (mut owners, mut taken) = (BTreeMap::new(), BTreeSet::new());
        for in_place in [true, false] {
            for (_, no, name) in &all {
                let is_it = |n: &usize| {
                    let is_called = folded(&self.people[*n].0) == folded(name);
                    is_called && !taken.contains(n) && (!in_place || *n + 1 == *no as usize)
                };
                // The first word on a number is the heaviest; if it means nobody of today, no lighter one gives it away.
                let heaviest = all.iter().find(|(_, other, _)| other == no).map(|(.., name)| *name);
                if owners.contains_key(no) || heaviest != Some(*name) {
                    continue;
                }
                if let Some(n) = (0..self.people.len()).find(is_it) {
                    taken.insert(n);
                    owners.insert(*no, n);
                }
            }
        }
        owners
    }

    /// Somebody who is in the file no more, by the name that the register has.
    fn gone(&self, names: &BTreeMap<String, Weight>, reference: &str, no: u32) -> Numbered {
        let name = names.iter().max_by_key(|(_, weight)| **weight).map(|(name, _)| folded(name)).unwrap_or_default();
        let name = digest(reference, &name);
        // The register names the worker of a child's record; the record itself it does not name.
        let detail = Some(name.clone()).filter(|_| self.role == Role::Child);
        Numbered { role: self.role, no, id: None, name, organisation: None, detail, asked: false }
    }
}

impl People {
    /// Everybody's name of today, for papers that went to many.
    fn name_everybody(&mut self, checked: &Checked) {
        let reference = &checked.conference.reference;
        for today in ROLES.map(|role| Today::of(role, Some(checked))) {
            for (name, one) in today.people {
                let line = Numbered::of(reference, &one, 0);
                let own = self.lines.iter().filter(|known| Numbered { no: 0, ..(*known).clone() } == line);
                let numbers: Vec<u32> = own.map(|known| known.no).collect();
                self.called.entry((today.role, folded(&name))).or_default().extend(numbers);
            }
        }
    }

    /// For whom a paper is, by number, as far as anybody knows.
    pub fn to(&self, entry: &Entry, reference: &str) -> String {
        if let Some((role, no)) = numbered(entry, reference) {
            return token(Who { role, no });
        }
        let is_own = entry.reference != reference;
        match entry.recipients.as_slice() {
            [one] if one == "anybody" => "anybody".to_owned(),
            _ if entry.audience == "restricted" && !is_own => "chair".to_owned(),
            names => {
                let role = if is_own { Role::Organisation } else { Role::Invitee };
                let numbers = names.iter().filter_map(|name| self.called.get(&(role, folded(name)))).flatten();
                let numbers: BTreeSet<u32> = numbers.copied().collect();
                numbers.into_iter().map(|no| token(Who { role, no })).collect::<Vec<_>>().join(" ")
            }
        }
    }
}

fn token(one: Who) -> String {
    let letter = match one.role {
        Role::Invitee => 'i',
        Role::Organisation => 'o',
        Role::Child => 'c',
        Role::Listed => 'l',
    };
    let token = format!("{letter}{}", one.no);
    debug_assert_eq!(Who::of(&token), Some(one), "whoever reads a line knows what it means");
    token
}
