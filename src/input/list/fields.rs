//! The fields that columns of a list may have, and their headings.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The council's reference of the person.
    Reference,
    /// Mr, Ms, Dr and the like.
    Title,
    /// First name.
    FirstName,
    /// Family name.
    LastName,
    /// The full name in one cell.
    Name,
    /// The words after "Dear".
    Salutation,
    /// Job or role.
    Role,
    /// The name of an organisation.
    Organisation,
    /// Their category in the conference.
    Category,
    /// The whole postal address in one cell.
    Address,
    /// One line of it, from 1.
    Line(u8),
    /// The post town.
    Town,
    /// The county, which the post does not need: it is read, but not printed.
    County,
    /// The postcode.
    Postcode,
    /// The country: read, but not printed.
    Country,
    /// Email address.
    Email,
    /// Telephone number.
    Phone,
    /// Post, email or both.
    Channel,
    /// Whether they agreed to be emailed.
    Consent,
    /// Standard or large print.
    Format,
    /// The language of an interpreter.
    Language,
    /// Their needs for taking part.
    Access,
    /// Things they are asked to bring.
    Bring,
    /// A paragraph for their letter.
    Note,
    /// A value shared by the rows of one household.
    Household,
    /// First, second or economy.
    Postage,
    /// Their answer to the invitation. This and the following fields are read for invitees only.
    Reply,
    /// Whether they came.
    Attended,
    /// The day on which they signed an undertaking.
    Undertaking,
    /// The number on their papers, or `new`.
    LetterNumber,
}

/// Names of fields for `--map` and for machines, and the headings of each. Headings are compared in lower case, without
/// accents, punctuation and spaces.
const KNOWN: &[(Field, &str, &[&str])] = &[
    (Field::Reference, "reference", &["ref", "id", "personid", "caseid", "uniqueid", "urn", "recordid"]),
    (Field::Title, "title", &["prefix", "honorific", "mrms", "courtesytitle"]),
    (
        Field::FirstName,
        "first_name",
        &["firstname", "forename", "forenames", "givenname", "givennames", "first", "firstnames"],
    ),
    (Field::LastName, "last_name", &["lastname", "surname", "familyname", "last", "secondname"]),
    (
        Field::Name,
        "name",
        &[
            "fullname",
            "contactname",
            "contact",
            "person",
            "recipient",
            "recipientname",
            "addressee",
            "invitee",
            "attendee",
            "residentname",
            "resident",
            "nameofperson",
        ],
    ),
    (Field::Salutation, "salutation", &["dear", "greeting", "addressas"]),
    (Field::Role, "role", &["jobtitle", "job", "position", "post", "designation", "jobrole"]),
    (
        Field::Organisation,
        "organisation",
        &[
            "organization",
            "org",
            "company",
            "companyname",
            "employer",
            "agency",
            "business",
            "businessname",
            "organisationname",
            "organizationname",
            "service",
            "firm",
        ],
    ),
    (Field::Category, "category", &["type", "kind", "inviteetype", "group", "sector", "categoryofinvitee"]),
    (
        Field::Address,
        "address",
        &["postaladdress", "fulladdress", "homeaddress", "mailingaddress", "correspondenceaddress"],
    ),
    (
        Field::Line(1),
        "address_line_1",
        &[
            "addressline1",
            "address1",
            "addr1",
            "line1",
            "addressfirstline",
            "firstlineofaddress",
            "houseandstreet",
            "house",
            "property",
            "street",
            "add1",
        ],
    ),
    (Field::Line(2), "address_line_2", &["addressline2", "address2", "addr2", "line2", "add2"]),
    (Field::Line(3), "address_line_3", &["addressline3", "address3", "addr3", "line3", "locality", "add3"]),
    (Field::Line(4), "address_line_4", &["addressline4", "address4", "addr4", "line4", "add4"]),
    (Field::Line(5), "address_line_5", &["addressline5", "address5", "addr5", "line5", "add5"]),
    (Field::Line(6), "address_line_6", &["addressline6", "address6", "addr6", "line6", "add6"]),
    (Field::Line(7), "address_line_7", &["addressline7", "address7", "addr7", "line7", "add7"]),
    (Field::Town, "town", &["posttown", "city", "townorcity", "towncity", "citytown"]),
    (Field::County, "county", &["region", "state"]),
    (Field::Postcode, "postcode", &["postalcode", "pcode", "zip", "zipcode", "pc"]),
    (Field::Country, "country", &["nation"]),
    (Field::Email, "email", &["emailaddress", "mail", "emails", "emailaddr"]),
    (
        Field::Phone,
        "phone",
        &["telephone", "tel", "mobile", "phonenumber", "telephonenumber", "mobilenumber", "telno", "contactnumber"],
    ),
    (
        Field::Channel,
        "channel",
        &[
            "contactby",
            "sendby",
            "preferredcontact",
            "contactpreference",
            "preferredchannel",
            "contactmethod",
            "deliverymethod",
            "preferredcontactmethod",
        ],
    ),
    (
        Field::Consent,
        "email_consent",
        &[
            "consent",
            "emailconsent",
            "consenttoemail",
            "agreedtoemail",
            "agreestoemail",
            "emailok",
            "emailagreed",
            "emailoptin",
            "optin",
            "mayemail",
            "consentemail",
        ],
    ),
    (Field::Format, "format", &["printsize", "textsize", "print", "largeprint", "accessibleformat", "letterformat"]),
    (
        Field::Language,
        "language",
        &["interpreter", "spokenlanguage", "firstlanguage", "preferredlanguage", "interpreterlanguage"],
    ),
    (
        Field::Access,
        "access",
        &["accessneeds", "accessibility", "adjustments", "reasonableadjustments", "requirements", "supportneeds"],
    ),
    (Field::Bring, "bring", &["pleasebring", "askedtobring", "prepare", "pleaseprepare"]),
    (Field::Note, "note", &["personalnote", "message", "lettertext", "paragraph"]),
    (Field::Household, "household", &["householdid", "uprn", "family", "familyid"]),
    (Field::Postage, "postage", &["postageclass", "class", "mailclass", "postclass"]),
];

/// The same for fields that only a list of invitees has. In any other list such a heading means nothing.
const KNOWN_OF_INVITEES: &[(Field, &str, &[&str])] = &[
    (Field::Reply, "reply", &["response", "rsvp", "answer", "replied"]),
    (Field::Attended, "attended", &["attendance", "came", "present", "waspresent"]),
    (Field::Undertaking, "undertaking_signed", &["undertaking", "signed", "undertakingsignedon"]),
    (Field::LetterNumber, "letter_number", &["letterno", "numberofletter", "papernumber"]),
];

/// Fields whose headings may have words before them that change nothing. (`Notes on the family` is no household.)
const ENDS: &[Field] = &[
    Field::Postcode,
    Field::Email,
    Field::Phone,
    Field::FirstName,
    Field::LastName,
    Field::Town,
    Field::Line(1),
    Field::Line(2),
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
    /// Only its last words are a name, and it may be somebody else's (`Social worker email`).
    Ending,
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).map(folded).filter(|w| !w.is_empty()).collect()
}

impl Field {
    /// Every field.
    pub fn all() -> impl Iterator<Item = Field> {
        KNOWN.iter().map(|(field, ..)| *field)
    }

    /// Its name for `--map` and for machines.
    pub fn id(self) -> &'static str {
        KNOWN.iter().chain(KNOWN_OF_INVITEES).find(|(field, ..)| *field == self).map_or("", |(_, id, _)| id)
    }

    /// The field of that name.
    pub fn named(id: &str) -> Option<Field> {
        let folded = folded(id);
        KNOWN.iter().find(|(_, name, _)| self::folded(name) == folded).map(|(field, ..)| *field)
    }

    /// Every field that only a list of invitees has.
    pub fn all_of_invitees() -> impl Iterator<Item = Field> {
        KNOWN_OF_INVITEES.iter().map(|(field, ..)| *field)
    }

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
        let names = || {
            KNOWN.iter().flat_map(|(f, id, names)| std::iter::once(*id).chain(names.iter().copied()).map(|n| (*f, n)))
        };
        let own = Self::named(bare).map(|field| (field, Sureness::Own));
        let usual = || names().find(|(_, name)| folded(name) == key).map(|(field, _)| (field, Sureness::Usual));
        let slip = || {
            let near =
                |name: &str| name.len() >= 6 && same_digits(name, &key) && strsim::damerau_levenshtein(name, &key) == 1;
            names().find(|(_, name)| near(&folded(name))).map(|(field, _)| (field, Sureness::Slip))
        };
        let ending = || {
            let words = words(bare);
            (1..words.len()).find_map(|from| {
                let tail = words[from..].concat();
                let of_tail = |(field, name): &(Field, &str)| ENDS.contains(field) && folded(name) == tail;
                let (field, _) = names().filter(|_| tail.len() >= 5).find(of_tail)?;
                let theirs = words[..from].iter().all(|word| THEIRS.contains(&word.as_str()));
                Some((field, if theirs { Sureness::Slip } else { Sureness::Ending }))
            })
        };
        let (field, sure) = own.or_else(usual).or_else(slip).or_else(ending)?;
        // `Email (social worker)` says only at the end whose it is.
        let of_others = words(rest).iter().any(|word| OTHERS.contains(&word.as_str()));
        Some((field, if of_others { Sureness::Ending } else { sure }))
    }

    /// Whether it decides who gets a letter, where, and whether by email, so that no column may be taken for it by
    /// mistake.
    pub fn decides(self) -> bool {
        match self {
            Field::FirstName
            | Field::LastName
            | Field::Name
            | Field::Address
            | Field::Line(_)
            | Field::Town
            | Field::Postcode
            | Field::Email
            | Field::Consent => true,
            Field::Reference
            | Field::Title
            | Field::Salutation
            | Field::Role
            | Field::Organisation
            | Field::Category
            | Field::County
            | Field::Country
            | Field::Phone
            | Field::Channel
            | Field::Format
            | Field::Language
            | Field::Access
            | Field::Bring
            | Field::Note
            | Field::Household
            | Field::Postage
            | Field::Reply
            | Field::Attended
            | Field::Undertaking
            | Field::LetterNumber => false,
        }
    }
}

/// Whether two headings have the same digits: `address1` is not a misspelt `address2`.
fn same_digits(a: &str, b: &str) -> bool {
    let digits = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(a) == digits(b)
}

/// Folds a text to lower case, without accents, punctuation and spaces, to compare headings and words of a list.
pub fn folded(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Folds a text like [`folded`], but keeps numbers apart: `1/2` is not `12`, nor is `Flat 1, 11 Mill Lane` the same as
/// `Flat 11, 1 Mill Lane`.
pub fn folded_apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut last, mut separated) = (None::<char>, false);
    // Decomposed first: characters such as `½` contain a slash between two numbers.
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        if !c.is_alphanumeric() {
            separated = true;
            continue;
        }
        if separated && last.is_some_and(|last| last.is_numeric() || c.is_numeric()) {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
        (last, separated) = (Some(c), false);
    }
    out
}

/// Folds an address to compare it, line by line. The last line is the postcode, which people write with or without a
/// space.
pub fn folded_address(lines: &[String]) -> String {
    let Some((postcode, lines)) = lines.split_last() else { return String::new() };
    let lines = lines.iter().map(|line| folded_apart(line));
    lines.chain([folded(postcode)]).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_apart_by_what_stands_between_them() {
        let same = |a: &[&str], b: &[&str]| {
            let owned = |lines: &[&str]| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();
            folded_address(&owned(a)) == folded_address(&owned(b))
        };
        assert!(same(&["Flat 1,", "12 St Mary\u{2019}s  Lane", "E20 9ZZ"], &["FLAT 1", "12 St Marys Lane", "e209zz"]));
        assert!(!same(&["Flat 1", "11 Mill Lane", "E20 9ZZ"], &["Flat 11", "1 Mill Lane", "E20 9ZZ"]));
        assert!(!same(&["1/2 Mill Lane", "E20 9ZZ"], &["12 Mill Lane", "E20 9ZZ"]));
        assert!(!same(&["Flat 1A", "2 Mill Lane", "E20 9ZZ"], &["Flat 1", "A2 Mill Lane", "E20 9ZZ"]));
        assert_ne!(folded_apart("12-3"), folded_apart("1-23"));
        assert_ne!(folded_apart("1\u{bd} Mill Lane"), folded_apart("112 Mill Lane"));
        assert_eq!(folded_apart("Ad\u{e9}ba\u{301}y\u{f2}-Hale & Sons"), folded_apart("adebayo hale sons"));
    }

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
