//! Reads one row's cells into a [`Listed`] person.
//!
//! Cells with only one possible meaning are read that way: a postcode in small letters, `Y` for yes, an address in one
//! cell. Anything else is a fault of its cell.

use chrono::NaiveDate;

use super::columns::Columns;
use super::fields::{Field, folded};
use crate::diag::{Code, codes};
use crate::model::Category;
use crate::model::listed::{Channel, Listed, Postage};
use crate::model::numbers::GivenNumber;
use crate::model::people::{Format, Reply};
use crate::model::text::one_line;

/// A fault of one cell, without its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellFault {
    /// The kind of problem.
    pub code: Code,
    /// The cell of the row; `None` if it is the row as a whole.
    pub field: Option<Field>,
    /// The message, without the value.
    pub message: &'static str,
    /// The hint.
    pub hint: &'static str,
}

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
    let mut faults = Vec::new();
    let raw = |field: Field| columns.of(field).and_then(|c| cells.get(c)).map_or("", String::as_str);
    let cell = |field: Field| one_line(raw(field));
    let (name, salutation) = name_and_salutation(&cell);
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
    let format = word(&cell(Field::Format), FORMATS).unwrap_or_else(|()| {
        pick(Field::Format, "this is not a format", "write standard or large print");
        None
    });
    let postage = word(&cell(Field::Postage), POSTAGE).unwrap_or_else(|()| {
        pick(Field::Postage, "this is not a class of postage", "write first, second or economy");
        None
    });
    let organisation = cell(Field::Organisation);
    let listed = Listed {
        number: at.number,
        sheet: at.sheet,
        row: at.row,
        reference: cell(Field::Reference),
        address: address(&raw, &name, &organisation),
        name,
        salutation,
        role: cell(Field::Role),
        organisation,
        category,
        email: cell(Field::Email),
        phone: cell(Field::Phone),
        channel: channel.unwrap_or_default(),
        consent: consent.unwrap_or_default(),
        format: format.unwrap_or_default(),
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

/// The name from one cell or from several, and the words after "Dear", if the list has enough for them.
fn name_and_salutation(cell: &impl Fn(Field) -> String) -> (String, String) {
    let (title, first, last) = (cell(Field::Title), cell(Field::FirstName), cell(Field::LastName));
    let whole = cell(Field::Name);
    let name = match (whole.is_empty(), first.is_empty() && last.is_empty()) {
        (false, _) => with_title(&title, whole),
        (true, false) => joined(&[&title, &first, &last]),
        // A title alone is not a name.
        (true, true) => String::new(),
    };
    let salutation = match cell(Field::Salutation) {
        said if !said.is_empty() => bare_salutation(&said),
        _ if !title.is_empty() && !last.is_empty() => joined(&[&title, &last]),
        _ => String::new(),
    };
    (name, salutation)
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
    let mut faults = Vec::new();
    let cell = |field: Field| columns.of(field).and_then(|c| cells.get(c)).map(|c| one_line(c)).unwrap_or_default();
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

fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|p| !p.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// Adds a title unless the name has it already: "Dr. Smith" starts with `Dr`, and "Drew Smith" does not.
fn with_title(title: &str, name: String) -> String {
    let mut words = name.split(' ').map(folded);
    let has_it = title.split(' ').all(|word| words.next() == Some(folded(word)));
    if title.is_empty() || has_it { name } else { format!("{title} {name}") }
}

/// Removes "Dear" and the comma, which the letter adds itself.
fn bare_salutation(said: &str) -> String {
    let dear = said.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("dear "));
    let bare = if dear { &said[5..] } else { said };
    bare.trim_end_matches([',', ' ']).trim_start().to_owned()
}

/// What ends a line inside a cell: the ends of lines of every machine, of Word, and of Unicode.
const LINE_ENDS: [char; 7] = ['\n', '\r', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];

/// The lines of the address, from whichever cells the list has, with the town in capitals and the postcode last, as
/// Royal Mail asks. A line that only repeats the name is dropped, since the letter puts it on top; so are `UK` and
/// `England`.
fn address<'c>(raw: &impl Fn(Field) -> &'c str, name: &str, organisation: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let whole = raw(Field::Address);
    // Line breaks in an address are meant as lines; without any, commas separate them.
    let split: Vec<&str> =
        if whole.contains(LINE_ENDS) { whole.split(LINE_ENDS).collect() } else { whole.split(',').collect() };
    lines.extend(split.into_iter().map(one_line));
    for n in 1..=7 {
        lines.extend(raw(Field::Line(n)).split(LINE_ENDS).map(one_line));
    }
    let postcode = one_line(raw(Field::Postcode));
    let town = one_line(raw(Field::Town));
    lines.retain(|line| !line.is_empty() && line != name && !is_country(line));
    if !organisation.is_empty() && !lines.iter().any(|l| folded(l) == folded(organisation)) {
        lines.insert(0, organisation.to_owned());
    }
    if !town.is_empty() {
        lines.retain(|line| folded(line) != folded(&town));
        lines.push(town.to_uppercase());
    }
    if postcode.is_empty() {
        split_postcode(&mut lines);
    } else {
        lines.retain(|l| folded(l) != folded(&postcode));
    }
    if !postcode.is_empty() {
        lines.push(tidy_postcode(&postcode));
    }
    lines
}

fn is_country(line: &str) -> bool {
    matches!(folded(line).as_str(), "uk" | "unitedkingdom" | "england" | "greatbritain" | "gb")
}

/// Splits a last line such as `LONDON E20 9AA`, as addresses in one cell have.
fn split_postcode(lines: &mut Vec<String>) {
    let Some(last) = lines.pop() else { return };
    let words: Vec<&str> = last.split(' ').collect();
    for take in [1, 2] {
        let Some(from) = words.len().checked_sub(take) else { continue };
        let code = tidy_postcode(&words[from..].join(" "));
        // `John’s` and `Gŵyr` are not postcodes, and cannot be cut at just any byte.
        let digit = |c: &u8| c.is_ascii_digit();
        let shaped = code.is_ascii()
            && code.len() >= 5
            && code.starts_with(|c: char| c.is_ascii_alphabetic())
            && code.as_bytes().iter().rev().nth(2).is_some_and(digit);
        if shaped && (take == 2 || words[from].len() >= 5) {
            let before = words[..from].join(" ");
            lines.extend((!before.is_empty()).then_some(before));
            lines.push(code);
            return;
        }
    }
    lines.push(last);
}

/// Writes a postcode in capitals, with one space before the last three: there is only one way to read `e209aa`.
fn tidy_postcode(typed: &str) -> String {
    let bare: String = typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect();
    if bare.is_ascii() && (5..=7).contains(&bare.len()) {
        format!("{} {}", &bare[..bare.len() - 3], &bare[bare.len() - 3..])
    } else {
        typed.to_owned()
    }
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
    ("y", Reply::Accepted),
    ("coming", Reply::Accepted),
    ("willattend", Reply::Accepted),
    ("apologies", Reply::Apologies),
    ("apology", Reply::Apologies),
    ("no", Reply::Apologies),
    ("n", Reply::Apologies),
    ("declined", Reply::Apologies),
    ("notcoming", Reply::Apologies),
    ("none", Reply::None),
];

const FORMATS: Words<Format> = &[
    ("standard", Format::Standard),
    ("normal", Format::Standard),
    ("no", Format::Standard),
    ("12pt", Format::Standard),
    ("largeprint", Format::LargePrint),
    ("large", Format::LargePrint),
    ("yes", Format::LargePrint),
    ("16pt", Format::LargePrint),
];

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
mod tests {
    use super::*;
    use crate::input::list::columns::Mapping;

    fn listed(headings: &[&str], cells: &[&str]) -> (Listed, Vec<CellFault>) {
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
    fn a_title_is_a_word_and_a_salutation_has_no_comma() {
        let of = |title: &str, name: &str| listed(&["Title", "Name", "Postcode"], &[title, name, "E20 9ZZ"]).0.name;
        assert_eq!(of("Dr", "Drew Smith"), "Dr Drew Smith");
        assert_eq!(of("Dr", "Dr. Smith"), "Dr. Smith");
        assert_eq!(of("", "Smith"), "Smith");
        for said in ["Dear Ms Ade,", "dear Ms Ade", "Ms Ade ,", "Ms Ade"] {
            let (listed, _) = listed(&["Name", "Salutation", "Postcode"], &["A", said, "E20 9ZZ"]);
            assert_eq!(listed.salutation, "Ms Ade", "{said}");
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
