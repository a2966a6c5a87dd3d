//! Reads one row's cells into a [`Listed`] person.
//!
//! Cells with only one possible meaning are read that way: a postcode in small letters, `Y` for yes, an address in one
//! cell. Anything else is a fault of its cell.

use chrono::NaiveDate;

use super::address;
use super::cells::{CellFault, Cells};
use super::columns::Columns;
use super::fields::{Field, folded};
use super::naming::Naming;
use crate::diag::{Code, codes};
use crate::model::Category;
use crate::model::language::Language;
use crate::model::listed::{Channel, Listed, Postage};
use crate::model::numbers::GivenNumber;
use crate::model::people::{Format, Reply};

/// The place of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowPlace {
    /// Its number among the people of the list, from 1.
    pub number: u32,
    /// The sheet, from 0.
    pub sheet: usize,
    /// The row as the spreadsheet counts it, from 1.
    pub row: u32,
}

/// Reads a row.
pub fn read(columns: &Columns, cells: &[String], at: RowPlace) -> (Listed, Vec<CellFault>) {
    let cells = Cells::new(columns, cells, &is_reply);
    let mut faults: Vec<CellFault> =
        cells.emptied().filter(|fault| !fault.field.is_some_and(Field::is_answer)).collect();
    let cell = |field: Field| cells.text(field);
    let Naming { name, salutation } = Naming::of(&cells, &mut faults);
    let mut pick = |field: Field, wrong: &'static str, hint: &'static str| {
        faults.push(CellFault { code: codes::UNKNOWN_WORD, field: Some(field), message: wrong, hint });
    };
    let category = word(&cell(Field::Category), CATEGORIES).unwrap_or_else(|()| {
        pick(
            Field::Category,
            "this is not a category",
            "write statutory, professional, school, voluntary, business, residents, guardian, youth-representative or other",
        );
        None
    });
    let channel = word(&cell(Field::Channel), CHANNELS).unwrap_or_else(|()| {
        pick(Field::Channel, "this is not a way to reach somebody", "write post, email or both");
        None
    });
    let consent = word(&cell(Field::Consent), YES_OR_NO).unwrap_or_else(|()| {
        pick(Field::Consent, "this is neither yes nor no", "write yes or no");
        None
    });
    let format = format(&cell(Field::Format)).unwrap_or_else(|()| {
        pick(
            Field::Format,
            "this is not a format",
            "write standard, large print, easy read or a size from 12pt to 24pt",
        );
        None
    });
    let reads = reads(&cell(Field::Reads)).unwrap_or_else(|()| {
        pick(Field::Reads, "this is no language that we know", "write its English name or its tag: Welsh, or cy");
        None
    });
    let postage = word(&cell(Field::Postage), POSTAGE).unwrap_or_else(|()| {
        pick(Field::Postage, "this is not a class of postage", "write first, second or economy");
        None
    });
    let organisation = cell(Field::Organisation);
    let address = address::of(&cells, &name, &organisation);
    if address.has_two_postcodes {
        faults.push(CellFault {
            code: codes::BAD_POSTCODE,
            field: Some(if columns.of(Field::Postcode).is_some() { Field::Postcode } else { Field::Address }),
            message: "the address has two different postcodes",
            hint: "take out the wrong one",
        });
    }
    let listed = Listed {
        number: at.number,
        sheet: at.sheet,
        row: at.row,
        reference: cell(Field::Reference),
        address: address.lines,
        name,
        salutation,
        role: cell(Field::Role),
        organisation,
        category,
        email: email(cell(Field::Email)),
        phone: cell(Field::Phone),
        channel: channel.unwrap_or_default(),
        consent: consent.unwrap_or_default(),
        format: format.unwrap_or_default(),
        reads,
        language: cell(Field::Language),
        access: cell(Field::Access),
        bring: cell(Field::Bring),
        note: cell(Field::Note),
        household: cell(Field::Household),
        postage,
        position: None,
    };
    (listed, faults)
}

/// Whether a text is a word for a reply: `none` is one.
fn is_reply(text: &str) -> bool {
    word(text, REPLIES).is_ok()
}

/// An email address without what a web page puts before it.
fn email(typed: String) -> String {
    match typed.get(..7) {
        Some(start) if start.eq_ignore_ascii_case("mailto:") => typed[7..].trim_start().to_owned(),
        _ => typed,
    }
}

/// The answer of an invitee, as their row of a list records it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    /// Their answer.
    pub reply: Option<Reply>,
    /// Whether they came.
    pub attended: Option<bool>,
    /// The day on which they signed an undertaking.
    pub undertaking: Option<NaiveDate>,
    /// The number on their papers.
    pub number: Option<GivenNumber>,
}

/// Reads an invitee's answer, with the faults of these cells.
pub fn answers(columns: &Columns, cells: &[String]) -> (Answers, Vec<CellFault>) {
    let cells = Cells::new(columns, cells, &is_reply);
    let mut faults: Vec<CellFault> =
        cells.emptied().filter(|fault| fault.field.is_some_and(Field::is_answer)).collect();
    let cell = |field: Field| cells.text(field);
    let mut fault = |code: Code, field: Field, message: &'static str, hint: &'static str| {
        faults.push(CellFault { code, field: Some(field), message, hint });
    };
    let reply = word(&cell(Field::Reply), REPLIES).unwrap_or_else(|()| {
        fault(
            codes::UNKNOWN_WORD,
            Field::Reply,
            "this is not a reply",
            "write accepted or apologies, or leave it empty",
        );
        None
    });
    let attended = word(&cell(Field::Attended), YES_OR_NO).unwrap_or_else(|()| {
        fault(codes::UNKNOWN_WORD, Field::Attended, "this is neither yes nor no", "write yes or no, or leave it empty");
        None
    });
    let signed = cell(Field::Undertaking);
    // A year of four digits, as in the conference file.
    let undertaking = (signed.len() == 10).then(|| signed.parse().ok()).flatten();
    if !signed.is_empty() && undertaking.is_none() {
        let hint = "format the cell as text, and write year, month and day with hyphens";
        fault(codes::BAD_VALUE, Field::Undertaking, "this is not a date such as `2026-11-24`", hint);
    }
    let typed = cell(Field::LetterNumber);
    let number = GivenNumber::typed(&typed);
    if !typed.is_empty() && number.is_none() {
        let hint = "leave it empty: a number once given is kept";
        fault(codes::BAD_VALUE, Field::LetterNumber, "this is neither a number from 1 to 99999 nor `new`", hint);
    }
    (Answers { reply, attended, undertaking, number }, faults)
}

type Words<T> = &'static [(&'static str, T)];

const CATEGORIES: Words<Category> = &[
    ("statutory", Category::Statutory),
    ("professional", Category::Professional),
    ("school", Category::School),
    ("college", Category::School),
    ("voluntary", Category::Voluntary),
    ("charity", Category::Voluntary),
    ("vcs", Category::Voluntary),
    ("business", Category::Business),
    ("shop", Category::Business),
    ("residents", Category::Residents),
    ("resident", Category::Residents),
    ("guardian", Category::Guardian),
    ("communityguardian", Category::Guardian),
    ("youthrepresentative", Category::YouthRepresentative),
    ("youth", Category::YouthRepresentative),
    ("other", Category::Other),
];

const CHANNELS: Words<Channel> = &[
    ("post", Channel::Post),
    ("letter", Channel::Post),
    ("mail", Channel::Post),
    ("email", Channel::Email),
    ("both", Channel::Both),
    ("postandemail", Channel::Both),
    ("emailandpost", Channel::Both),
];

const YES_OR_NO: Words<bool> = &[
    ("yes", true),
    ("y", true),
    ("true", true),
    ("1", true),
    ("agreed", true),
    ("x", true),
    ("no", false),
    ("n", false),
    ("false", false),
    ("0", false),
    ("refused", false),
];

const REPLIES: Words<Reply> = &[
    ("accepted", Reply::Accepted),
    ("accepts", Reply::Accepted),
    ("yes", Reply::Accepted),
    ("true", Reply::Accepted),
    ("y", Reply::Accepted),
    ("coming", Reply::Accepted),
    ("willattend", Reply::Accepted),
    ("apologies", Reply::Apologies),
    ("apology", Reply::Apologies),
    ("no", Reply::Apologies),
    ("false", Reply::Apologies),
    ("n", Reply::Apologies),
    ("declined", Reply::Apologies),
    ("notcoming", Reply::Apologies),
    ("none", Reply::None),
];

const FORMATS: Words<Format> = &[
    ("standard", Format::Standard),
    ("normal", Format::Standard),
    ("no", Format::Standard),
    ("false", Format::Standard),
    ("largeprint", Format::LargePrint),
    ("large", Format::LargePrint),
    ("yes", Format::LargePrint),
    ("true", Format::LargePrint),
    ("16pt", Format::LargePrint),
    ("easyread", Format::EasyRead),
    ("easy", Format::EasyRead),
];

/// A format by its name, or a size in points.
fn format(typed: &str) -> Result<Option<Format>, ()> {
    word(typed, FORMATS).or_else(|()| Format::typed(&folded(typed)).map(Some).ok_or(()))
}

fn reads(typed: &str) -> Result<Option<Language>, ()> {
    if typed.trim().is_empty() { Ok(None) } else { Language::typed(typed).map(Some).ok_or(()) }
}

const POSTAGE: Words<Postage> = &[
    ("first", Postage::First),
    ("1st", Postage::First),
    ("firstclass", Postage::First),
    ("1stclass", Postage::First),
    ("second", Postage::Second),
    ("2nd", Postage::Second),
    ("secondclass", Postage::Second),
    ("2ndclass", Postage::Second),
    ("economy", Postage::Economy),
];

fn word<T: Copy>(typed: &str, words: Words<T>) -> Result<Option<T>, ()> {
    let key = folded(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    words.iter().find(|(word, _)| *word == key).map(|(_, value)| Some(*value)).ok_or(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::input::list::columns::Mapping;

    pub fn listed(headings: &[&str], cells: &[&str]) -> (Listed, Vec<CellFault>) {
        let own = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        let headings = own(headings);
        let columns = Columns::find(std::iter::once((1, headings.as_slice())), &Mapping::default()).expect("headings");
        read(&columns, &own(cells), RowPlace { number: 1, sheet: 0, row: 2 })
    }

    #[test]
    fn an_address_is_read_from_one_cell_or_from_many() {
        let lines = ["14 Dace Court", "Mill Lane", "MARSHGATE", "E20 9ZZ"];
        for (headings, cells) in [
            (vec!["Name", "Address"], vec!["Ms A", "14 Dace Court, Mill Lane, MARSHGATE, E20 9ZZ"]),
            (vec!["Name", "Address"], vec!["Ms A", "14 Dace Court\nMill Lane\nMARSHGATE e209zz"]),
            (
                vec!["Name", "Address 1", "Address 2", "Town", "Post code"],
                vec!["Ms A", "14 Dace Court", "Mill Lane", "Marshgate", "e20 9zz"],
            ),
            (
                vec!["Name", "Address line 1", "Town", "Postcode"],
                vec!["Ms A", "14 Dace Court\r\nMill Lane", "Marshgate", "e20 9zz"],
            ),
            (
                vec!["Name", "Address line 1", "Town", "Postcode"],
                vec!["Ms A", "14 Dace Court\u{2028}\n\nMill Lane\n", "Marshgate", "e20 9zz"],
            ),
            (
                vec!["Name", "Address", "Postcode", "Country"],
                vec!["Ms A", "Ms A, 14 Dace Court, Mill Lane, MARSHGATE, UK", "E209ZZ", "England"],
            ),
        ] {
            assert_eq!(listed(&headings, &cells).0.address, lines, "{cells:?}");
        }
    }

    #[test]
    fn an_address_may_end_in_a_word_that_is_not_ascii() {
        for last in ["St John’s", "Bro Gŵyr", "Montréal", "Bâle", "Gŵ", "E20 9Zé"] {
            let (listed, _) = listed(&["Name", "Address", "Postcode"], &["Ms A", &format!("1 Mill Lane, {last}"), ""]);
            assert_eq!(listed.address, ["1 Mill Lane", last]);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_of_an_address_stops_the_reading(address in ".{0,60}", postcode in ".{0,9}", word in "[A-Zé’ŵ0-9 ]{0,9}") {
            listed(&["Name", "Address", "Postcode"], &["Ms A", &address, &postcode]);
            listed(&["Name", "Address", "Postcode"], &["Ms A", &format!("{address}, {word}"), ""]);
        }
    }

    #[test]
    fn name_and_salutation_come_from_their_parts() {
        let (listed, faults) = listed(
            &["Title", "First name", "Surname", "Postcode", "Large print", "Consent to email", "Type"],
            &["Ms", "Yetunde", "Ade\u{301}ba\u{301}yo\u{323}\u{300}", "E20 9ZZ", "Yes", "Y", "landlord"],
        );
        assert_eq!((listed.name.as_str(), listed.salutation.as_str()), ("Ms Yetunde Adébáyọ̀", "Ms Adébáyọ̀"));
        assert!(listed.consent && listed.format == Format::LargePrint);
        assert_eq!(faults.iter().map(|f| f.field).collect::<Vec<_>>(), [Some(Field::Category)]);
    }
}
