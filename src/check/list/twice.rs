//! People and addresses that stand in a list twice.
//!
//! Each is reduced to a fingerprint of 128 bits. While the list is read for the first time, a table of a fixed size notes
//! which places of it were met once and which again. Only rows that meet a place again can be alike: if there are any, the
//! list is read once more, their fingerprints are sorted, and equal ones stand together. So a list of any length needs the
//! same memory, and one in which nobody stands twice is read once.

use super::Problem;
use crate::diag::{Report, Severity, codes};
use crate::input::list::{Field, List, folded};
use crate::model::listed::Listed;

/// Fingerprints that are compared at once: 400,000 of them take 26 MB. Only a list that is mostly doubles has more.
const SHARE: u64 = 400_000;

/// Places of the table, each a bit: 16 MB. With a million rows, three in a hundred meet another's place by chance.
const PLACES: usize = 1 << 27;

/// Two rows that are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Twice {
    /// The number of the later person.
    pub number: u32,
    /// Sheet and row of the later one.
    at: (u32, u32),
    /// Sheet and row of the first one.
    first: (u32, u32),
    /// Whether it is the same person, or only the same address.
    pub same_person: bool,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Print {
    key: u128,
    number: u32,
    sheet: u32,
    row: u32,
    /// A fingerprint of the person, by which one person at one address is told from two.
    person: u32,
}

/// What was met while a list was read.
pub struct Seen {
    once: Vec<u64>,
    again: Vec<u64>,
    /// How often a place was met again.
    times: u64,
}

impl Default for Seen {
    /// The system gives such tables filled with zeros, and takes memory only for what is written in them.
    fn default() -> Self {
        Self { once: vec![0; PLACES / 64], again: vec![0; PLACES / 64], times: 0 }
    }
}

impl Seen {
    /// Takes a row in.
    pub fn add(&mut self, listed: &Listed) {
        let (person, address) = keys(listed);
        for key in [person, address].into_iter().flatten() {
            let (word, bit) = place(key);
            if self.once[word] & bit != 0 {
                self.again[word] |= bit;
                self.times += 1;
            }
            self.once[word] |= bit;
        }
    }

    fn was_met_again(&self, key: u128) -> bool {
        let (word, bit) = place(key);
        self.again[word] & bit != 0
    }

    /// The rows that are alike, in order, once every row has been taken in.
    ///
    /// # Errors
    /// If the file cannot be read to its end.
    pub fn twice(&self, list: &List) -> Result<Vec<Twice>, Report> {
        // With each that was met again goes the one that was met before.
        let passes = u128::from((self.times * 2).div_ceil(SHARE));
        let mut found = Vec::new();
        for pass in 0..passes {
            let (mut same_people, mut same_addresses) = (Vec::new(), Vec::new());
            list.each(&mut |listed, _, _| {
                let (person, address) = keys(&listed);
                let ours = |key: &u128| self.was_met_again(*key) && key % passes == pass;
                let print = |key: u128| Print {
                    key,
                    number: listed.number,
                    sheet: u32::try_from(listed.sheet).unwrap_or(u32::MAX),
                    row: listed.row,
                    person: u32::try_from(person.unwrap_or_default() >> 96).unwrap_or_default(),
                };
                same_people.extend(person.filter(ours).map(print));
                same_addresses.extend(address.filter(ours).map(print));
                true
            })?;
            alike(same_people, true, &mut found);
            alike(same_addresses, false, &mut found);
        }
        found.sort_unstable();
        Ok(found)
    }
}

/// The bit of the table that stands for a fingerprint.
fn place(key: u128) -> (usize, u64) {
    let place = usize::try_from(key % PLACES as u128).unwrap_or_default();
    (place / 64, 1 << (place % 64))
}

fn alike(mut prints: Vec<Print>, same_person: bool, found: &mut Vec<Twice>) {
    prints.sort_unstable();
    for group in prints.chunk_by(|a, b| a.key == b.key).filter(|group| group.len() > 1) {
        let first = &group[0];
        // The same person again is told as such, and not once more as a second name at their address.
        let others = group[1..].iter().filter(|p| same_person || p.person != first.person);
        found.extend(others.map(|p| Twice {
            number: p.number,
            at: (p.sheet, p.row),
            first: (first.sheet, first.row),
            same_person,
        }));
    }
}

/// Fingerprints of a person (name with postcode, or with email where there is none) and of an address.
fn keys(listed: &Listed) -> (Option<u128>, Option<u128>) {
    let name = folded(&listed.name);
    let postcode = listed.address.last().map(|l| folded(l)).unwrap_or_default();
    let where_to = if postcode.is_empty() { folded(&listed.email) } else { postcode };
    let person = (!name.is_empty() && !where_to.is_empty()).then(|| print(&["person", &name, &where_to]));
    let lines: Vec<String> = listed.address.iter().map(|l| folded(l)).collect();
    // Colleagues of one organisation have one address and are meant to.
    let private = listed.organisation.is_empty() && lines.len() > 1;
    let address = private.then(|| print(&["address", &lines.concat()]));
    (person, address)
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
    /// As a problem of the later row.
    pub fn problem(&self, list: &List) -> Problem {
        let sheet = self.at.0 as usize;
        let first = list.cell(self.first.0 as usize, self.first.1, None);
        let columns = list.sheets[sheet].columns.as_ref();
        let wanted = if self.same_person { [Field::Name, Field::LastName] } else { [Field::Line(1), Field::Address] };
        let field = wanted.into_iter().find(|f| columns.is_some_and(|c| c.of(*f).is_some()));
        let (severity, code, message, hint) = if self.same_person {
            let message = format!("the same person stands in {first}");
            (Severity::Error, codes::LISTED_TWICE, message, "take one of the rows out: nobody wants two letters")
        } else {
            let message = format!("the same address stands in {first} under another name");
            (
                Severity::Warning,
                codes::SAME_ADDRESS,
                message,
                "each gets a letter; `--group address` makes it one for all",
            )
        };
        let column = field.and_then(|f| columns.and_then(|c| c.of(f)));
        Problem { severity, code, sheet, row: Some(self.at.1), column, field, message, hint, value: None }
    }
}
