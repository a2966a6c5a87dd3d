//! People and addresses that are in a list twice.
//!
//! Each is reduced to a fingerprint of 128 bits. While the list is read for the first time, a table of fixed size notes
//! which of its slots were hit once and which repeatedly. Only rows that share a slot can be duplicates: if there are
//! any, the list is read once more, and their fingerprints are sorted, so that equal ones are adjacent. So a list of
//! any length needs the same memory, and one without duplicates is read once.
//!
//! The same name at the same postcode is the same person only if something else matches too: the address, the email
//! address or the list's own reference. A father and son of one name may live in one street, and both are to be
//! invited.

use std::collections::BTreeMap;

use super::{Known, Problem};
use crate::diag::{Report, Severity, codes};
use crate::input::list::{Field, List, folded, folded_address, folded_apart};
use crate::model::listed::Listed;

/// Fingerprints that are compared at once: 400,000 of them take 38 MB. Only a list that is mostly duplicates has more.
const SHARE: u64 = 400_000;

/// Slots of the table, one bit each: 16 MB. With a million rows, three in a hundred share a slot by coincidence.
const SLOTS: usize = 1 << 27;

/// Two rows that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Twice {
    /// The number of the later row.
    pub number: u32,
    /// Sheet and row of the later one.
    at: (u32, u32),
    /// Sheet and row of the first one.
    first: (u32, u32),
    /// Whether it is certainly the same person, who gets one letter. Otherwise both get one.
    pub same_person: bool,
    alike: Alike,
}

/// The fields that two rows have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Alike {
    /// Name and postcode, and another identifier.
    Person,
    /// Name and postcode only.
    NameAndPostcode,
    /// The address, under another name.
    Address,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Print {
    key: u128,
    /// Whether no letter can be made for it. Sound rows sort first, so that somebody is invited.
    unsound: bool,
    number: u32,
    sheet: u32,
    row: u32,
    /// A fingerprint of the person, which distinguishes one person at an address from two.
    person: u32,
    /// Fingerprints of address, email address and reference, which distinguish one person from two of the same name.
    identifiers: [Option<u32>; 3],
}

/// The slots that were hit while a list was read.
pub struct Seen {
    once: Vec<u64>,
    again: Vec<u64>,
    /// How often a slot was hit again.
    times: u64,
}

impl Default for Seen {
    /// The system hands out such tables zeroed, and only uses memory for the parts that are written.
    fn default() -> Self {
        Self { once: vec![0; SLOTS / 64], again: vec![0; SLOTS / 64], times: 0 }
    }
}

impl Seen {
    /// Adds a row.
    pub fn add(&mut self, listed: &Listed) {
        let (person, address) = keys(listed);
        for key in [person, address].into_iter().flatten() {
            let (word, bit) = slot(key);
            if self.once[word] & bit != 0 {
                self.again[word] |= bit;
                self.times += 1;
            }
            self.once[word] |= bit;
        }
    }

    fn was_hit_again(&self, key: u128) -> bool {
        let (word, bit) = slot(key);
        self.again[word] & bit != 0
    }

    /// The rows that match, in order, once every row has been added. Of one person's rows the first sound one counts:
    /// if it were one that gets no letter, nobody would be invited.
    ///
    /// # Errors
    /// If the file cannot be read to its end.
    pub fn twice(&self, list: &List, known: &Known) -> Result<Vec<Twice>, Report> {
        // Each repeated hit comes with an earlier one.
        let passes = u128::from((self.times * 2).div_ceil(SHARE));
        let mut found = Vec::new();
        for pass in 0..passes {
            let (mut same_people, mut same_addresses) = (Vec::new(), Vec::new());
            list.each(&mut |listed, faults, cells| {
                let (person, address) = keys(&listed);
                let ours = |key: &u128| self.was_hit_again(*key) && key % passes == pass;
                let (same, address) = (person.filter(ours), address.filter(ours));
                if same.is_none() && address.is_none() {
                    return true;
                }
                let columns = list.sheets[listed.sheet].columns.as_ref().expect("only a sheet with columns has rows");
                let unsound = !super::is_sound(&super::row(&listed, &faults, cells, columns, known));
                let print = |key: u128| Print {
                    key,
                    unsound,
                    number: listed.number,
                    sheet: u32::try_from(listed.sheet).unwrap_or(u32::MAX),
                    row: listed.row,
                    person: short(person.unwrap_or_default()),
                    identifiers: identifiers(&listed),
                };
                same_people.extend(same.map(print));
                same_addresses.extend(address.map(print));
                true
            })?;
            groups(same_people, &mut |group| people(group, &mut found));
            groups(same_addresses, &mut |group| addresses(group, &mut found));
        }
        found.sort_unstable();
        Ok(found)
    }
}

/// The slot of a fingerprint: the word of the table and the bit in it.
fn slot(key: u128) -> (usize, u64) {
    let slot = usize::try_from(key % SLOTS as u128).unwrap_or_default();
    (slot / 64, 1 << (slot % 64))
}

fn groups(mut prints: Vec<Print>, visit: &mut dyn FnMut(&[Print])) {
    prints.sort_unstable();
    prints.chunk_by(|a, b| a.key == b.key).filter(|group| group.len() > 1).for_each(visit);
}

/// Compares rows of the same name and postcode. One that shares nothing else with an earlier one may be another person.
fn people(group: &[Print], found: &mut Vec<Twice>) {
    let mut firsts: BTreeMap<(usize, u32), Print> = BTreeMap::new();
    for (n, print) in group.iter().enumerate() {
        let known: Vec<(usize, u32)> = (0..).zip(print.identifiers).filter_map(|(n, id)| Some((n, id?))).collect();
        let same = known.iter().find_map(|id| firsts.get(id).copied());
        for id in known {
            firsts.entry(id).or_insert(same.unwrap_or(*print));
        }
        match same {
            Some(first) => found.push(Twice::of(print, &first, Alike::Person)),
            None if n > 0 => found.push(Twice::of(print, &group[0], Alike::NameAndPostcode)),
            None => {}
        }
    }
}

/// Compares rows of the same address. The same person is reported as such, and not again as a second name at an
/// address.
fn addresses(group: &[Print], found: &mut Vec<Twice>) {
    let others = group[1..].iter().filter(|p| p.person != group[0].person);
    found.extend(others.map(|p| Twice::of(p, &group[0], Alike::Address)));
}

/// Fingerprints of a person (name with postcode, or with email where there is none) and of an address.
fn keys(listed: &Listed) -> (Option<u128>, Option<u128>) {
    let name = folded(&listed.name);
    let postcode = listed.address.last().map(|l| folded(l)).unwrap_or_default();
    let where_to = if postcode.is_empty() { folded(&listed.email) } else { postcode };
    let person = (!name.is_empty() && !where_to.is_empty()).then(|| print(&["person", &name, &where_to]));
    // Colleagues of one organisation have one address and are meant to.
    let private = listed.organisation.is_empty() && listed.address.len() > 1;
    let address = private.then(|| print(&["address", &folded_address(&listed.address)]));
    (person, address)
}

/// Fingerprints that distinguish people of the same name.
fn identifiers(listed: &Listed) -> [Option<u32>; 3] {
    // A postcode alone already matches.
    let address = if listed.address.len() > 1 { folded_address(&listed.address) } else { String::new() };
    // Punctuation matters in an email address: `a.b@` and `ab@` may be two people.
    let all =
        [("lines", address), ("email", listed.email.to_lowercase()), ("reference", folded_apart(&listed.reference))];
    all.map(|(what, text)| (!text.is_empty()).then(|| short(print(&[what, &text]))))
}

fn short(print: u128) -> u32 {
    u32::try_from(print >> 96).unwrap_or_default()
}

fn print(parts: &[&str]) -> u128 {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes()).update(b"\0");
    }
    let bytes = hasher.finalize();
    u128::from_le_bytes(std::array::from_fn(|i| bytes.as_bytes()[i]))
}

impl Twice {
    fn of(print: &Print, first: &Print, alike: Alike) -> Self {
        Self {
            number: print.number,
            at: (print.sheet, print.row),
            first: (first.sheet, first.row),
            same_person: alike == Alike::Person,
            alike,
        }
    }

    /// Whether it is two names at one address and nothing else.
    pub fn is_one_address(&self) -> bool {
        self.alike == Alike::Address
    }

    /// As a problem of the later row.
    pub fn problem(&self, list: &List) -> Problem {
        let sheet = self.at.0 as usize;
        let first = list.cell(self.first.0 as usize, self.first.1, None);
        let columns = list.sheets[sheet].columns.as_ref();
        let wanted = match self.alike {
            Alike::Person | Alike::NameAndPostcode => [Field::Name, Field::LastName],
            Alike::Address => [Field::Line(1), Field::Address],
        };
        let field = wanted.into_iter().find(|f| columns.is_some_and(|c| c.of(*f).is_some()));
        let (severity, code, message, hint) = match self.alike {
            Alike::Person => (
                Severity::Error,
                codes::LISTED_TWICE,
                format!("this person is already in {first}"),
                "remove one of the rows: nobody wants two letters",
            ),
            Alike::NameAndPostcode => (
                Severity::Warning,
                codes::LISTED_TWICE,
                format!(
                    "perhaps this person is already in {first}: name and postcode are the same, but the address is not"
                ),
                "each gets a letter; if it is one person, remove one of the rows",
            ),
            Alike::Address => (
                Severity::Warning,
                codes::SAME_ADDRESS,
                format!("this address is already in {first} under another name"),
                "each gets a letter; `--group address` makes one for all",
            ),
        };
        let column = field.and_then(|f| columns.and_then(|c| c.of(f)));
        Problem {
            severity,
            code,
            sheet,
            row: Some(self.at.1),
            number: Some(self.number),
            column,
            field,
            message,
            hint,
            value: None,
        }
    }
}
