//! Matches headings with fields: by a name, by a slip of one letter, by the last words, or as an address book or a form
//! writes them.
//!
//! In: the text of a heading. Out: the field, how certainly it is meant, and which of a person's addresses it belongs to.

use std::sync::LazyLock;

use super::fields::{Field, KNOWN, KNOWN_OF_INVITEES, folded};

/// Fields whose headings may have words before them that change nothing. (`Notes on the family` is no household.)
const ENDS: &[Field] = &[
    Field::Postcode,
    Field::Email,
    Field::Phone,
    Field::FirstName,
    Field::LastName,
    Field::Town,
    Field::County,
    Field::Country,
    Field::Address,
    Field::Street,
    Field::PoBox,
    Field::Line(1),
    Field::Line(2),
    Field::Line(3),
];

/// Those of them that are taken only if the words before them are known to change nothing.
const ONLY_THEIRS: &[Field] =
    &[Field::Town, Field::County, Field::Country, Field::Address, Field::Street, Field::PoBox, Field::Line(3)];

/// Names for a person that may just as well be the heading of a telephone number or of somebody else.
const WEAK: &[&str] = &["contact", "person"];

/// Words with which a form asks for something: `What is your postcode?`
const ASKING: &[&str] = &[
    "what", "whats", "is", "s", "please", "enter", "give", "provide", "tell", "us", "type", "state", "write",
    "confirm", "your", "the",
];

/// Words before a heading that only say that it is the person's own.
const THEIRS: &[&str] = &[
    "home",
    "postal",
    "post",
    "contact",
    "correspondence",
    "mailing",
    "delivery",
    "current",
    "main",
    "primary",
    "personal",
    "resident",
    "residents",
    "invitee",
    "person",
    "their",
    "the",
    "your",
    "full",
    "property",
    "work",
    "business",
    "office",
    "company",
    "private",
    "residential",
    "billing",
    "shipping",
    "other",
];

/// Words in brackets that say that it is somebody else's, or was theirs once.
const OTHERS: &[&str] = &[
    "previous",
    "former",
    "old",
    "past",
    "social",
    "worker",
    "emergency",
    "kin",
    "carer",
    "parent",
    "mother",
    "father",
    "agent",
    "solicitor",
    "gp",
    "doctor",
    "landlord",
    "school",
    "representative",
    "officer",
    "other",
];

/// How certainly a heading matches a field, the most certain first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// Somebody said so with `--map`.
    Said,
    /// It is the field's own name.
    Own,
    /// It is one of the field's usual names.
    Usual,
    /// It is a name with a slip of one letter, or with words before it that change nothing (`Home postcode`).
    Slip,
    /// It is a name that often means something else (`Contact`).
    Weak,
    /// Only its last words are a name, and it may be somebody else's (`Social worker email`).
    Ending,
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).map(folded).filter(|w| !w.is_empty()).collect()
}

impl Field {
    /// The same as [`Field::of_heading`] in a list of invitees.
    pub(super) fn of_heading_of_invitees(heading: &str) -> Option<(Field, Sureness)> {
        let key = folded(heading.split(['(', '[', '*', ':']).next().unwrap_or_default());
        let known = KNOWN_OF_INVITEES.iter().find_map(|(field, id, names)| {
            let usual = names.contains(&key.as_str()).then_some((*field, Sureness::Usual));
            if folded(id) == key { Some((*field, Sureness::Own)) } else { usual }
        });
        known.or_else(|| Self::of_heading(heading))
    }

    /// The field that a heading matches, and how certainly.
    pub(super) fn of_heading(heading: &str) -> Option<(Field, Sureness)> {
        let (bare, rest) = heading.split_at(heading.find(['(', '[', '*', ':']).unwrap_or(heading.len()));
        let key = folded(bare);
        if key.is_empty() {
            return None;
        }
        let own = Self::named(bare).map(|field| (field, Sureness::Own));
        let weak = |name: &str| if WEAK.contains(&name) { Sureness::Weak } else { Sureness::Usual };
        let usual = || named().find(|(_, name)| *name == key).map(|(field, name)| (field, weak(name)));
        let slip = || {
            let long = key.chars().count();
            // One slip changes the length by one at most, and the names are ASCII: most need no more than that.
            let near = |name: &str| {
                name.len() >= 6
                    && name.len().abs_diff(long) <= 1
                    && same_digits(name, &key)
                    && strsim::damerau_levenshtein(name, &key) == 1
            };
            named().find(|(_, name)| near(name)).map(|(field, _)| (field, Sureness::Slip))
        };
        let words = words(bare);
        let found = own.or_else(usual).or_else(|| of_contacts(&words)).or_else(slip);
        let (field, sure) = found.or_else(|| asked(&words)).or_else(|| ending(&words))?;
        // `Email (social worker)` says only at the end whose it is.
        let of_others = self::words(rest).iter().any(|word| OTHERS.contains(&word.as_str()));
        Some((field, if of_others { Sureness::Ending } else { sure }))
    }
}

/// Every name of a field, folded.
fn named() -> impl Iterator<Item = (Field, &'static str)> {
    static NAMES: LazyLock<Vec<(Field, String)>> = LazyLock::new(|| {
        let names = |(field, id, names): &(Field, &str, &[&str])| {
            let all = std::iter::once(*id).chain(names.iter().copied());
            all.map(|name| (*field, folded(name))).collect::<Vec<_>>()
        };
        KNOWN.iter().flat_map(names).collect()
    });
    NAMES.iter().map(|(field, name)| (*field, name.as_str()))
}

/// A heading as address books of Google write it: `Address 1 - Postal Code`, `E-mail 1 - Value`.
fn of_contacts(words: &[String]) -> Option<(Field, Sureness)> {
    let number = words.iter().position(|word| word.bytes().all(|b| b.is_ascii_digit()))?;
    let (of, what) = (words[..number].concat(), words[number + 1..].concat());
    let is_first = words[number] == "1";
    let field = match (of.as_str(), what.as_str()) {
        ("address", "street") => Field::Street,
        ("address", "extendedaddress") => Field::Line(2),
        ("address", "city") => Field::Town,
        ("address", "region") => Field::County,
        ("address", "postalcode") => Field::Postcode,
        ("address", "pobox") => Field::PoBox,
        ("address", "country") => Field::Country,
        ("email", "value") if is_first => Field::Email,
        ("phone", "value") if is_first => Field::Phone,
        ("organization" | "organisation", "name") if is_first => Field::Organisation,
        ("organization" | "organisation", "title") if is_first => Field::Role,
        _ => return None,
    };
    Some((field, Sureness::Usual))
}

/// A heading that is a question of a form.
fn asked(words: &[String]) -> Option<(Field, Sureness)> {
    let from = words.iter().position(|word| !ASKING.contains(&word.as_str())).filter(|from| *from > 0)?;
    let key = words[from..].concat();
    named().find(|(_, name)| *name == key).map(|(field, _)| (field, Sureness::Usual))
}

/// A heading of which only the last words are a name.
fn ending(words: &[String]) -> Option<(Field, Sureness)> {
    (1..words.len()).find_map(|from| {
        let tail = words[from..].concat();
        let of_tail = |(field, name): &(Field, &str)| ENDS.contains(field) && *name == tail;
        let (field, _) = named().filter(|_| tail.len() >= 4).find(of_tail)?;
        // A short word such as `mail` has other uses.
        if tail.len() == 4 && !ONLY_THEIRS.contains(&field) {
            return None;
        }
        // `Contact address` may be an address beside the one in parts; `Home address` is one of several.
        let named = || words[..from].iter().any(|word| AddressGroup::named(word).is_some());
        let theirs = words[..from].iter().all(|word| THEIRS.contains(&word.as_str()));
        let theirs = theirs && (field != Field::Address || named());
        Some((field, if theirs { Sureness::Slip } else { Sureness::Ending }))
    })
}

/// Whether a field is taken only if nothing in its heading says that it may be another's.
pub(super) fn is_only_theirs(field: Field) -> bool {
    ONLY_THEIRS.contains(&field)
}

/// The address that a heading belongs to: that of a home, of work, the second of an address book. Headings that do not
/// say so belong to one without a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AddressGroup {
    /// The heading does not say.
    Unnamed,
    /// Where the person lives.
    Home,
    /// Where the person works.
    Work,
    /// Where post goes.
    Postal,
    /// Where bills go.
    Billing,
    /// Where goods go.
    Delivery,
    /// Another one.
    Other,
    /// So many an address of an address book.
    Numbered(u8),
}

impl AddressGroup {
    /// The group of a heading.
    pub fn of(heading: &str) -> Self {
        let words = words(heading);
        if let [of, number, _, ..] = words.as_slice()
            && of == "address"
            && heading.contains(" - ")
            && let Ok(number) = number.parse()
        {
            return Self::Numbered(number);
        }
        // A post office box is no office.
        let words =
            words.iter().enumerate().filter(|(at, word)| *word != "office" || *at == 0 || words[at - 1] != "post");
        words.into_iter().find_map(|(_, word)| Self::named(word)).unwrap_or(Self::Unnamed)
    }

    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "home" | "private" | "residential" | "personal" => Self::Home,
            "work" | "business" | "office" | "company" | "employer" => Self::Work,
            "postal" | "mailing" | "correspondence" => Self::Postal,
            "billing" | "invoice" => Self::Billing,
            "shipping" | "delivery" => Self::Delivery,
            "other" | "alternative" | "second" | "secondary" => Self::Other,
            _ => return None,
        })
    }
}

/// The field that a column of a gazetteer would be, which has the number and the name of a house (PAO, `primary
/// addressable object`) and of a part of it (SAO) in several columns (BS 7666).
pub fn of_gazetteer(heading: &str) -> Option<Field> {
    let words = words(heading);
    let rest = words.get(1).map(String::as_str);
    let is_part = matches!(rest, Some("text" | "start" | "end" | "no" | "number" | "name" | "suffix" | "description"));
    match words.first()?.as_str() {
        "pao" if is_part => {
            Some(if matches!(rest, Some("text" | "name" | "description")) { Field::House } else { Field::HouseNumber })
        }
        "sao" if is_part => Some(Field::SubBuilding),
        "paotext" | "paodescription" | "paoname" => Some(Field::House),
        "paostartnumber" | "paostartsuffix" | "paoendnumber" | "paoendsuffix" | "paono" | "paonumber" | "pao" => {
            Some(Field::HouseNumber)
        }
        "saotext" | "saostartnumber" | "saostartsuffix" | "saoendnumber" | "saoendsuffix" | "saonumber" | "sao" => {
            Some(Field::SubBuilding)
        }
        _ => None,
    }
}

/// Whether two headings have the same digits: `address1` is not a misspelt `address2`.
fn same_digits(a: &str, b: &str) -> bool {
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(a) == digits(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_many_names_and_with_a_slip() {
        for (heading, field) in [
            ("Post code", Field::Postcode),
            ("POSTCODE*", Field::Postcode),
            ("Home Postcode", Field::Postcode),
            ("Adress Line 1", Field::Line(1)),
            ("Address 2", Field::Line(2)),
            ("E-mail address (work)", Field::Email),
            ("Surname", Field::LastName),
            ("Fore-names", Field::FirstName),
            ("Job Title", Field::Role),
            ("Title", Field::Title),
            ("Consent to email?", Field::Consent),
            ("Town / City", Field::Town),
        ] {
            let (found, sure) = Field::of_heading(heading).expect(heading);
            assert_eq!(found, field, "{heading}");
            assert!(sure < Sureness::Ending, "{heading} is taken without complaint");
        }
        for unknown in ["", "Shoe size", "Last invoice", "Notes on the family"] {
            assert_eq!(Field::of_heading(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn what_may_be_somebody_elses_is_known_by_its_ending_only() {
        for (heading, field) in [
            ("Social worker email", Field::Email),
            ("Previous postcode", Field::Postcode),
            ("Previous address line 1", Field::Line(1)),
            ("Email (social worker)", Field::Email),
            ("Agrees to be reached by email", Field::Email),
        ] {
            assert_eq!(Field::of_heading(heading), Some((field, Sureness::Ending)), "{heading}");
        }
    }

    #[test]
    fn every_field_is_found_by_its_own_name() {
        for field in Field::all() {
            assert_eq!(Field::named(field.id()), Some(field));
            assert_eq!(Field::of_heading(field.id()), Some((field, Sureness::Own)));
        }
    }
}
