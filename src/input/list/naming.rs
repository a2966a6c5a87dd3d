//! A person's name and the words after "Dear", from the cells of a row.
//!
//! In: the cells. Out: both, and warnings where the letter will not greet as somebody may have meant it. Deliberately
//! absent: whether the name is one (`check::list`).

use super::cells::{CellFault, Cells};
use super::fields::{Field, folded};
use crate::diag::{Code, codes};

/// How a letter names and greets a person.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// The full name, with a title if there is one.
    pub name: String,
    /// The words after "Dear"; empty if they are the name.
    pub salutation: String,
}

/// The words for somebody whose name nobody knows.
pub(crate) const NOBODY: &str = "Sir or Madam";

/// Names for whoever lives or works somewhere, folded; after `the` or `current`, the second ones too.
const OCCUPIERS: &[&str] = &[
    "occupier",
    "occupiers",
    "occupant",
    "occupants",
    "resident",
    "residents",
    "householder",
    "householders",
    "homeowner",
    "homeowners",
    "owneroccupier",
    "owneroroccupier",
    "ownerandoccupier",
    "occupierowner",
    "sirormadam",
    "sirmadam",
    "dearsirormadam",
    "towhomitmayconcern",
    "currentoccupier",
    "currentresident",
    "occupieroccupiers",
];
const OFFICES: &[&str] = &[
    "owner",
    "owners",
    "tenant",
    "tenants",
    "leaseholder",
    "leaseholders",
    "freeholder",
    "manager",
    "shopmanager",
    "headteacher",
    "head",
    "director",
    "secretary",
    "companysecretary",
    "chair",
    "chairperson",
    "clerk",
    "licensee",
    "proprietor",
    "landlord",
    "recipient",
    "addressee",
    "neighbour",
    "neighbours",
    "team",
    "householdmembers",
];

/// Titles after which a first name stands.
const KNIGHTS: [&str; 2] = ["sir", "dame"];

/// Words that are a title by themselves, as some programs call a title a salutation.
const TITLES: &[&str] =
    &["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev", "revd", "cllr"];

/// Words that begin a letter or a message, the longest first.
const GREETINGS: &[&str] = &[
    "good morning",
    "good afternoon",
    "good evening",
    "my dear",
    "hi there",
    "hello there",
    "dearest",
    "greetings",
    "annwyl",
    "hello",
    "hiya",
    "dear",
    "hey",
    "hi",
];

impl Naming {
    /// The name from one cell or from several, and the words after "Dear", if the list has enough for them.
    pub(super) fn of(cells: &Cells<'_>, faults: &mut Vec<CellFault>) -> Self {
        let mut told = |code: Code, field: Field, message: &'static str, hint: &'static str| {
            faults.push(CellFault { code, field: Some(field), message, hint });
        };
        let (mut title, first, last) =
            (cells.text(Field::Title), cells.text(Field::FirstName), cells.text(Field::LastName));
        let mut said = cells.text(Field::Salutation);
        if title.is_empty() && TITLES.contains(&folded(&said).as_str()) {
            title = std::mem::take(&mut said);
        }
        let whole = cells.text(Field::Name);
        let name = match (whole.is_empty(), first.is_empty() && last.is_empty()) {
            (false, _) => with_title(&title, whole),
            (true, false) => joined(&[&title, &first, &last]),
            // A title alone is not a name.
            (true, true) => String::new(),
        };
        let (said, greets) = without_greeting(&said);
        if greets {
            let message = "this is a greeting of its own: the letter says `Dear` and the name in it";
            told(codes::OWN_GREETING, Field::Salutation, message, "write only what is to follow `Dear`");
        }
        let salutation = if !said.is_empty() {
            said
        } else if is_nobody(&name) {
            let message = "this is nobody's name: the letter says `Dear Sir or Madam`";
            told(codes::NO_PERSON, Field::Name, message, "write the name if it is known, or a salutation of your own");
            NOBODY.to_owned()
        } else if title.is_empty() || last.is_empty() {
            String::new()
        } else {
            match title.rsplit(' ').next().filter(|word| KNIGHTS.contains(&folded(word).as_str())) {
                None => joined(&[&title, &last]),
                Some(knight) => {
                    let is_whole = |first: &&str| first.chars().filter(|c| c.is_alphabetic()).count() > 1;
                    if let Some(first) = first.split(' ').next().filter(is_whole) {
                        joined(&[knight, first])
                    } else {
                        let message = "this title goes with a first name, and there is none";
                        let hint = "write the first name, or a salutation of your own";
                        told(codes::DOUBTFUL_NAME, Field::Title, message, hint);
                        String::new()
                    }
                }
            }
        };
        Self { name, salutation }
    }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// Adds a title unless the name has it already: "Dr. Smith" starts with `Dr`, and "Drew Smith" does not.
fn with_title(title: &str, name: String) -> String {
    if title.is_empty() {
        return name;
    }
    let mut words = name.split(' ').map(folded);
    let has_it = title.split(' ').all(|word| words.next() == Some(folded(word)));
    if has_it { name } else { format!("{title} {name}") }
}

/// Whether a name is only a word for whoever lives or works at an address.
pub(crate) fn is_nobody(name: &str) -> bool {
    // The first letters of all of them: most names need no more.
    if !name.starts_with(|c: char| "TtOoRrHhSsCcDdAa".contains(c)) || name.len() > 40 {
        return false;
    }
    let key = folded(name);
    let bare =
        ["the", "current", "all"].iter().fold(key.as_str(), |key, before| key.strip_prefix(before).unwrap_or(key));
    OCCUPIERS.contains(&bare) || OCCUPIERS.contains(&key.as_str()) || bare.len() < key.len() && OFFICES.contains(&bare)
}

/// The words after "Dear", which the letter adds itself with the comma, and whether another greeting was taken off.
pub(crate) fn without_greeting(said: &str) -> (String, bool) {
    let mut bare = said.trim_matches([',', '!', ':', ';', ' ']);
    let mut greets = false;
    while let Some((greeting, rest)) = GREETINGS.iter().find_map(|greeting| {
        let (start, rest) = bare.split_at_checked(greeting.len())?;
        (start.eq_ignore_ascii_case(greeting) && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
            .then_some((greeting, rest))
    }) {
        greets |= *greeting != "dear";
        bare = rest.trim_matches([',', '!', ':', ';', ' ']);
    }
    if folded(bare) == "towhomitmayconcern" {
        return (NOBODY.to_owned(), true);
    }
    (bare.to_owned(), greets)
}

#[cfg(test)]
mod tests {
    use super::super::record::tests::listed;
    use super::*;

    fn salutation(title: &str, first: &str, last: &str) -> String {
        listed(&["Title", "First name", "Surname", "Postcode"], &[title, first, last, "E20 9ZZ"]).0.salutation
    }

    #[test]
    fn a_title_is_a_word_and_a_salutation_has_no_comma() {
        let of = |title: &str, name: &str| listed(&["Title", "Name", "Postcode"], &[title, name, "E20 9ZZ"]).0.name;
        assert_eq!(of("Dr", "Drew Smith"), "Dr Drew Smith");
        assert_eq!(of("Dr", "Dr. Smith"), "Dr. Smith");
        assert_eq!(of("", "Smith"), "Smith");
        for said in ["Dear Ms Ade,", "dear Ms Ade", "Ms Ade ,", "Ms Ade", "Ms Ade:"] {
            let (listed, faults) = listed(&["Name", "Salutation", "Postcode"], &["A", said, "E20 9ZZ"]);
            assert_eq!((listed.salutation.as_str(), faults.len()), ("Ms Ade", 0), "{said}");
        }
    }

    #[test]
    fn a_knight_is_greeted_by_the_first_name() {
        assert_eq!(salutation("Sir", "John", "Smith"), "Sir John");
        assert_eq!(salutation("Dame", "Ann Mary", "Smith"), "Dame Ann");
        assert_eq!(salutation("Professor Sir", "John", "Smith"), "Sir John");
        assert_eq!(salutation("Sir", "J", "Smith"), "");
        assert_eq!(salutation("Lady", "Ann", "Smith"), "Lady Smith");
        assert_eq!(salutation("Ms", "Ann", "Smith"), "Ms Smith");
    }

    #[test]
    fn a_greeting_in_the_salutation_is_taken_off_and_told() {
        for (said, salutation) in [
            ("Hello Bob!", "Bob"),
            ("Hi Bob,", "Bob"),
            ("Good morning Bob", "Bob"),
            ("My dear Bob", "Bob"),
            ("Hello!", ""),
            ("Dearest Bob", "Bob"),
            ("Hi there Bob!", "Bob"),
            ("To whom it may concern", "Sir or Madam"),
            ("Annwyl Bob", "Bob"),
        ] {
            let (listed, faults) = listed(&["Name", "Salutation", "Postcode"], &["Bob Bea", said, "E20 9ZZ"]);
            assert_eq!(listed.salutation, salutation, "{said}");
            assert_eq!(faults.iter().map(|f| f.code).collect::<Vec<_>>(), [codes::OWN_GREETING], "{said}");
        }
        for said in ["Hildegard", "Heywood", "Hi-Ling", "Sir/Madam", "Hiyam"] {
            let (listed, faults) = listed(&["Name", "Salutation", "Postcode"], &["Bob Bea", said, "E20 9ZZ"]);
            assert_eq!((listed.salutation.as_str(), faults.len()), (said, 0));
        }
    }

    #[test]
    fn a_title_in_the_column_of_salutations_is_a_title() {
        let (listed, _) =
            listed(&["Salutation", "First name", "Surname", "Postcode"], &["Mrs", "Ann", "Ada", "E20 9ZZ"]);
        assert_eq!((listed.name.as_str(), listed.salutation.as_str()), ("Mrs Ann Ada", "Mrs Ada"));
    }

    #[test]
    fn whoever_lives_there_is_sir_or_madam() {
        for name in [
            "The Occupier",
            "Occupier",
            "THE OCCUPIERS",
            "The Owner/Occupier",
            "Current Resident",
            "The Manager",
            "The Headteacher",
            "Sir or Madam",
        ] {
            let (listed, faults) = listed(&["Name", "Postcode"], &[name, "E20 9ZZ"]);
            assert_eq!((listed.name.as_str(), listed.salutation.as_str()), (name, "Sir or Madam"));
            assert_eq!(faults.iter().map(|f| f.code).collect::<Vec<_>>(), [codes::NO_PERSON], "{name}");
        }
        for name in ["Ann Manager", "Theodora Owner", "Head", "Theo Chair", "Tenant Smith"] {
            assert_eq!(listed(&["Name", "Postcode"], &[name, "E20 9ZZ"]).0.salutation, "", "{name}");
        }
        let own = listed(&["Name", "Salutation", "Postcode"], &["The Occupier", "Neighbour", "E20 9ZZ"]);
        assert_eq!((own.0.salutation.as_str(), own.1.len()), ("Neighbour", 0));
    }
}
