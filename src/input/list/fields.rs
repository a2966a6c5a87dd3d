//! The fields that columns of a list may have, and their names.

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
    /// A post office box. This and the following fields are the parts of an address that Royal Mail's file names.
    PoBox,
    /// A flat or a part of a building.
    SubBuilding,
    /// The name or the number of a house.
    House,
    /// The number of a house.
    HouseNumber,
    /// A street off a street.
    DependentStreet,
    /// A street, with or without the number.
    Street,
    /// A place within a locality.
    SubLocality,
    /// A village or another place that is no post town.
    Locality,
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
    /// The language that they read.
    Reads,
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
pub(super) const KNOWN: &[(Field, &str, &[&str])] = &[
    (Field::Reference, "reference", &["ref", "id", "personid", "caseid", "uniqueid", "urn", "recordid"]),
    (Field::Title, "title", &["prefix", "honorific", "mrms", "courtesytitle", "nameprefix"]),
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
            "contactperson",
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
    (
        Field::Role,
        "role",
        &["jobtitle", "job", "position", "post", "designation", "jobrole", "organizationtitle", "organisationtitle"],
    ),
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
            "nameoforganisation",
            "nameofyourorganisation",
            "service",
            "firm",
        ],
    ),
    (Field::Category, "category", &["type", "kind", "inviteetype", "group", "sector", "categoryofinvitee"]),
    (
        Field::Address,
        "address",
        &["addr", "postaladdress", "fulladdress", "homeaddress", "mailingaddress", "correspondenceaddress"],
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
            "firstlineofyouraddress",
            "houseandstreet",
            "streetaddress",
            "add1",
        ],
    ),
    (Field::Line(2), "address_line_2", &["addressline2", "address2", "addr2", "line2", "add2", "street2"]),
    (Field::Line(3), "address_line_3", &["addressline3", "address3", "addr3", "line3", "add3", "street3"]),
    (Field::Line(4), "address_line_4", &["addressline4", "address4", "addr4", "line4", "add4"]),
    (Field::Line(5), "address_line_5", &["addressline5", "address5", "addr5", "line5", "add5"]),
    (Field::Line(6), "address_line_6", &["addressline6", "address6", "addr6", "line6", "add6"]),
    (Field::Line(7), "address_line_7", &["addressline7", "address7", "addr7", "line7", "add7"]),
    (Field::PoBox, "po_box", &["pobox", "poboxnumber", "postofficebox"]),
    (
        Field::SubBuilding,
        "sub_building",
        &["subbuilding", "subbuildingname", "flat", "flatnumber", "flatno", "apartment"],
    ),
    (
        Field::House,
        "house",
        &[
            "housename",
            "housenameornumber",
            "housenumberorname",
            "housenamenumber",
            "housenumbername",
            "building",
            "buildingname",
            "property",
            "propertyname",
            "premises",
        ],
    ),
    (
        Field::HouseNumber,
        "house_number",
        &[
            "houseno",
            "buildingnumber",
            "buildingno",
            "streetnumber",
            "streetno",
            "propertynumber",
            "doornumber",
            "doorno",
        ],
    ),
    (Field::DependentStreet, "dependent_street", &["dependentthoroughfare", "dependentthoroughfarename"]),
    (
        Field::Street,
        "street",
        &["streetname", "streetdescription", "road", "roadname", "thoroughfare", "thoroughfarename"],
    ),
    (Field::SubLocality, "double_dependent_locality", &["sublocality"]),
    (Field::Locality, "locality", &["dependentlocality", "village", "hamlet", "suburb"]),
    (Field::Town, "town", &["posttown", "townname", "city", "townorcity", "towncity", "citytown"]),
    (Field::County, "county", &["region", "state", "stateprovince", "stateorprovince", "province"]),
    (Field::Postcode, "postcode", &["postalcode", "postcodelocator", "pcode", "zip", "zipcode", "pc", "zippostalcode"]),
    (Field::Country, "country", &["nation", "countryregion", "countryorregion"]),
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
        Field::Reads,
        "reads",
        &["readslanguage", "readinglanguage", "writtenlanguage", "languageofletters", "letterlanguage", "languageread"],
    ),
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
pub(super) const KNOWN_OF_INVITEES: &[(Field, &str, &[&str])] = &[
    (Field::Reply, "reply", &["response", "rsvp", "answer", "replied"]),
    (Field::Attended, "attended", &["attendance", "came", "present", "waspresent"]),
    (Field::Undertaking, "undertaking_signed", &["undertaking", "signed", "undertakingsignedon"]),
    (Field::LetterNumber, "letter_number", &["letterno", "numberofletter", "papernumber"]),
];

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

    /// Whether it is a part of a postal address.
    pub fn is_of_address(self) -> bool {
        self.begins_address()
            || matches!(
                self,
                Field::Line(_)
                    | Field::SubBuilding
                    | Field::HouseNumber
                    | Field::DependentStreet
                    | Field::SubLocality
                    | Field::Locality
                    | Field::Town
                    | Field::County
                    | Field::Postcode
                    | Field::Country
            )
    }

    /// Whether an address can be made of a column of this kind, with the postcode and the town.
    pub fn begins_address(self) -> bool {
        matches!(self, Field::Address | Field::Line(1) | Field::Street | Field::House | Field::PoBox)
    }

    /// Whether it is an answer of an invitee.
    pub(super) fn is_answer(self) -> bool {
        Self::all_of_invitees().any(|field| field == self)
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
            | Field::PoBox
            | Field::SubBuilding
            | Field::House
            | Field::HouseNumber
            | Field::DependentStreet
            | Field::Street
            | Field::SubLocality
            | Field::Locality
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
            | Field::Reads
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

/// Folds a text to lower case, without accents, punctuation and spaces, to compare headings and words of a list.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c) && c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Folds a text like [`folded`], but keeps numbers apart: `1/2` is not `12`, nor is `Flat 1, 11 Mill Lane` the same as
/// `Flat 11, 1 Mill Lane`.
pub fn folded_apart(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut last, mut separated) = (None::<char>, false);
    if text.is_ascii() {
        for c in text.chars() {
            if !c.is_ascii_alphanumeric() {
                separated = true;
                continue;
            }
            if separated && last.is_some_and(|last| last.is_ascii_digit() || c.is_ascii_digit()) {
                out.push(' ');
            }
            out.push(c.to_ascii_lowercase());
            (last, separated) = (Some(c), false);
        }
        return out;
    }
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
}
