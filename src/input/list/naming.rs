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

/// Words before such a name, of which there may be several: `The Present Occupier`.
const BEFORE: &[&str] =
    &["to", "the", "current", "all", "legal", "present", "new", "any", "registered", "our", "property", "premises"];

/// Titles after which a first name stands.
const KNIGHTS: [&str; 2] = ["sir", "dame"];

/// Words that are a title by themselves, as some programs call a title a salutation.
const TITLES: &[&str] =
    &["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev", "revd", "cllr"];

/// Words that begin a letter or a message, the longest first.
const GREETINGS: &[&str] = &[
    "for the attention of",
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
    "attn",
    "dear",
    "fao",
    "hey",
    "hi",
];

/// Those of them that are names too, though rare ones.
const NAMES_TOO: &[&str] = &["annwyl", "hey", "hi"];

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
        let (mut said, mut greets) = without_greeting(&said);
        // It is a name, too.
        let is_called_to = name.split(' ').any(|word| word.eq_ignore_ascii_case("to"));
        if let Some(rest) = without_to(&said).filter(|_| !is_called_to).map(str::to_owned) {
            (said, greets) = (rest, true);
        }
        if greets {
            let message = "this is a greeting of its own: the letter says `Dear` and the name in it";
            told(codes::OWN_GREETING, Field::Salutation, message, "write only what is to follow `Dear`");
        }
        let salutation = if said.to_lowercase().starts_with("the ") && is_nobody(&said) {
            let message = "this is nobody's name: the letter says `Dear Sir or Madam`";
            told(codes::NO_PERSON, Field::Salutation, message, "write the name if it is known, or another word");
            NOBODY.to_owned()
        } else if !said.is_empty() {
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
    // The first letters of all of them: many names need no more.
    if !name.starts_with(|c: char| "TtOoRrHhSsCcDdAaLlPpNn".contains(c)) || name.len() > 60 {
        return false;
    }
    let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(folded).filter(|w| !w.is_empty()).collect();
    let before = words.iter().take_while(|word| BEFORE.contains(&word.as_str())).count();
    let (key, bare) = (words.concat(), words[before..].concat());
    OCCUPIERS.contains(&bare.as_str())
        || OCCUPIERS.contains(&key.as_str())
        || key.strip_prefix("the").is_some_and(|key| OCCUPIERS.contains(&key))
        || before > 0 && OFFICES.contains(&bare.as_str())
}

/// A greeting at the beginning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    /// It can only be one.
    Certain,
    /// It may be a name.
    Doubtful,
}

/// The greeting that a name begins with: `Hello Bob!`.
pub fn greeting(name: &str) -> Option<Greeting> {
    if !name.starts_with(|c: char| "GgFfMmHhAaDd".contains(c)) {
        return None;
    }
    let (found, rest) = begins(name)?;
    let rest = rest.trim_matches([',', '!', ':', ';', ' ']);
    let ends = name.ends_with(['!', ',', ':']);
    if rest.is_empty() && !ends {
        // `Dear` is a family name.
        return (found.contains(' ') || found == "hello").then_some(Greeting::Certain);
    }
    let is_titled = rest.split(' ').next().is_some_and(|word| TITLES.contains(&folded(word).as_str()));
    Some(if !NAMES_TOO.contains(&found) || ends || is_titled { Greeting::Certain } else { Greeting::Doubtful })
}

/// The greeting at the beginning of a text, and what comes after it.
fn begins(text: &str) -> Option<(&'static str, &str)> {
    GREETINGS.iter().find_map(|greeting| {
        let (start, rest) = text.split_at_checked(greeting.len())?;
        (start.eq_ignore_ascii_case(greeting) && !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
            .then_some((*greeting, rest))
    })
}

/// A salutation without the `To` of an envelope.
fn without_to(said: &str) -> Option<&str> {
    let (to, rest) = said.split_once([' ', ':'])?;
    to.eq_ignore_ascii_case("to").then_some(rest.trim_start())
}

/// The words after "Dear", which the letter adds itself with the comma, and whether another greeting was taken off.
pub fn without_greeting(said: &str) -> (String, bool) {
    let mut bare = said.trim_matches([',', '!', ':', ';', ' ']);
    let mut greets = false;
    while let Some((greeting, rest)) = begins(bare) {
        greets |= greeting != "dear";
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
            ("To Bob", "Bob"),
            ("to: Bob", "Bob"),
            ("FAO Bob", "Bob"),
            ("For the attention of Bob", "Bob"),
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
    fn somebody_called_to_is_greeted_so() {
        let (listed, faults) = listed(&["Name", "Salutation", "Postcode"], &["To Lam", "To Lam", "E20 9ZZ"]);
        assert_eq!((listed.salutation.as_str(), faults.len()), ("To Lam", 0));
    }

    #[test]
    fn a_greeting_in_a_name_is_known() {
        for name in
            ["Hello Bob!", "Hello Bob", "Dear Bob", "Good morning Bob", "Hi Bob!", "Hi Ms Ade", "Hello!", "Dear Sirs,"]
        {
            assert_eq!(greeting(name), Some(Greeting::Certain), "{name}");
        }
        assert_eq!((greeting("Hi Bob"), greeting("Hey Lee")), (Some(Greeting::Doubtful), Some(Greeting::Doubtful)));
        for name in ["Ann Dear", "Dear", "Hi-Ling Ada", "Hildegard", "Heywood Ada", "Hey", "Dearborn Lee", "Ms Hi"] {
            assert_eq!(greeting(name), None, "{name}");
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
            "The Legal Occupier",
            "The Present Occupier",
            "Legal Owner",
            "All Residents",
            "Property Owner",
            "TheOccupier",
        ] {
            let (listed, faults) = listed(&["Name", "Postcode"], &[name, "E20 9ZZ"]);
            assert_eq!((listed.name.as_str(), listed.salutation.as_str()), (name, "Sir or Madam"));
            assert_eq!(faults.iter().map(|f| f.code).collect::<Vec<_>>(), [codes::NO_PERSON], "{name}");
        }
        for name in [
            "Ann Manager",
            "Theodora Owner",
            "Head",
            "Theo Chair",
            "Tenant Smith",
            "The Rev Ada",
            "Legal Aid",
            "All Saints",
        ] {
            assert_eq!(listed(&["Name", "Postcode"], &[name, "E20 9ZZ"]).0.salutation, "", "{name}");
        }
        let own = listed(&["Name", "Salutation", "Postcode"], &["The Occupier", "Neighbour", "E20 9ZZ"]);
        assert_eq!((own.0.salutation.as_str(), own.1.len()), ("Neighbour", 0));
        let said = listed(&["Name", "Salutation", "Postcode"], &["Bob Bea", "The Occupier", "E20 9ZZ"]);
        assert_eq!((said.0.salutation.as_str(), said.1[0].code), ("Sir or Madam", codes::NO_PERSON));
    }
}
