//! The owners of the numbers on papers of an earlier version.
//!
//! In: the register of a conference's own papers, which names people, and today's data, if it is at hand. Out: a line for
//! each number, and the readers of each paper by number.
//!
//! The earlier program numbered by the order of the file each time. So a number may have meant one person on a paper
//! that still exists and another since: it then belongs to the person with the paper that counts most. For a person
//! without a number, the coordinator is asked or a new one is given, as always.

use std::collections::{BTreeMap, BTreeSet};

use super::super::event::{Role, Who};

use super::super::numbers::{Numbered, digest};
use super::old::Entry;
use crate::check::Checked;
use crate::fold::Folded;
use crate::model::numbers::Identity;

/// The numbers of an earlier version.
#[derive(Debug, Default)]
pub struct People {
    /// A line for each number, by role and number.
    pub lines: Vec<Numbered>,
    /// The numbers of everybody who ever had a name, by role and name.
    called: BTreeMap<(Role, String), BTreeSet<u32>>,
    /// Whether released papers give one number to two people.
    pub doubtful: bool,
}

/// How much a paper counts as a witness: made from today's data, then released, then of a higher version.
type Weight = (bool, bool, u32);

/// The names that papers give each number.
type Claims = BTreeMap<u32, BTreeMap<String, Weight>>;

/// Everybody with one role in today's file, in order, with their names.
struct Today {
    role: Role,
    people: Vec<(String, Identity)>,
}

const ROLES: [Role; 3] = [Role::Invitee, Role::Organisation, Role::Child];

/// Finds the owners of the numbers. `reference` is that of the conference.
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

/// A name in the form in which it is compared.
fn folded(name: &str) -> String {
    let folded = Folded::of(name).text;
    if folded.is_empty() { name.to_owned() } else { folded }
}

/// The number on a paper: `/03` and `/P03` for an invitee, `/A02` for an organisation, `/N01` for a child's record.
/// Notices of actions (`/O01`) were counted separately, with numbers other than those on an organisation's other
/// papers.
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

    /// A line for each number. `whole` says that papers were made from exactly today's data: a person without a paper
    /// of their own then had their position in it as a number.
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

    /// The owner of each number in today's file: by the heaviest claim first, and of namesakes the one in that
    /// position.
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
                // The first claim to a number is the heaviest; if it means nobody in the file, no lighter one counts.
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

    /// The line of a person who is no longer in the file, by the name in the register.
    fn gone(&self, names: &BTreeMap<String, Weight>, reference: &str, no: u32) -> Numbered {
        let name = names.iter().max_by_key(|(_, weight)| **weight).map(|(name, _)| folded(name)).unwrap_or_default();
        let name = digest(reference, &name);
        // The register names the worker of a child's record, but not the record itself.
        let detail = Some(name.clone()).filter(|_| self.role == Role::Child);
        Numbered { role: self.role, no, id: None, name, organisation: None, detail, asked: false }
    }
}

impl People {
    /// Adds everybody's names in today's data, for papers that went to many people.
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

    /// The known readers of a paper, by number.
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
    debug_assert_eq!(Who::of(&token), Some(one), "a token is read as it was written");
    token
}
