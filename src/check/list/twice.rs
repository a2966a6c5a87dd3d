//! People and addresses that stand in a list twice.
//!
//! Each is reduced to a fingerprint of 128 bits; fingerprints of one pass are sorted, and equal ones stand together. A
//! pass takes one share of all fingerprints, so that a list of any length needs the memory of one share, and the file is
//! read once for each.

use super::Problem;
use crate::diag::{Report, Severity, codes};
use crate::input::list::{Field, List, folded};
use crate::model::listed::Listed;

/// Fingerprints of one pass: 400,000 of them take 13 MB.
const SHARE: u64 = 400_000;

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

/// Finds them, in the order of their rows. `people` is how many the list has.
///
/// # Errors
/// If the file cannot be read to its end.
pub fn twice(list: &List, people: u32) -> Result<Vec<Twice>, Report> {
    // Two fingerprints a row.
    let passes = (u64::from(people) * 2).div_ceil(SHARE).max(1);
    let mut found = Vec::new();
    for pass in 0..u128::from(passes) {
        let (mut same_people, mut same_addresses) = (Vec::new(), Vec::new());
        list.each(&mut |listed, _, _| {
            let (person, address) = keys(&listed);
            let ours = |key: u128| key % u128::from(passes) == pass;
            let print = |key: u128| Print {
                key,
                number: listed.number,
                sheet: u32::try_from(listed.sheet).unwrap_or(u32::MAX),
                row: listed.row,
                person: u32::try_from(person.unwrap_or_default() >> 96).unwrap_or_default(),
            };
            same_people.extend(person.filter(|k| ours(*k)).map(print));
            same_addresses.extend(address.filter(|k| ours(*k)).map(print));
            true
        })?;
        alike(same_people, true, &mut found);
        alike(same_addresses, false, &mut found);
    }
    found.sort_unstable();
    Ok(found)
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
