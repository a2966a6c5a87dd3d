//! No text that reaches a paper seems to identify a child.
//!
//! In: every text below `restricted`, names and roles and the names of files among them; the cells of a list's rows
//! (`check::list`). Out: an error for each kind of identifier that it seems to contain: a date of birth, an NHS number,
//! initials with an age, a telephone number, and in the name of a person an age. The message names the kind, and never the value.
//!
//! Deliberately absent: names. `names` finds protected names everywhere, and an unlisted name cannot be distinguished
//! from the name of a street or a shop. Neither can a first name with an age: "Friday (14)" looks the same.

mod age;
mod birth;
mod initials;
mod numbers;

use chrono::NaiveDate;

use crate::diag::{Diagnostic, Report, codes};
use crate::fields::Sort;
use crate::input::Loaded;
use crate::model::Clearance;

pub use numbers::{given_out, is_found};

use super::freetext::{self, FieldText};

pub fn rule(loaded: &Loaded, texts: &[FieldText<'_>], report: &mut Report) {
    let given_out = given_out(&loaded.borough, &loaded.conference);
    let issued = Some(loaded.conference.issued);
    for field in texts.iter().filter(|f| f.clearance < Clearance::Restricted && looks_at(f.sort)) {
        for what in in_field(field.sort, field.readings().to_vec(), issued, &given_out) {
            report.push(
                Diagnostic::error(codes::LOOKS_LIKE_IDENTITY, format!("this looks like {what}"))
                    .at(field.path.clone())
                    .hint("say it without, or mark it `restricted`; if it identifies nobody, list this field under `allow` with a reason"),
            );
        }
    }
}

/// Whether identifiers are looked for in a sort of text at all.
pub fn looks_at(sort: Sort) -> bool {
    !matches!(sort, Sort::Key | Sort::Contact | Sort::Protected | Sort::ChildReference)
}

/// The kinds of identifier that a text of a sort seems to contain. `readings` are folded.
pub fn in_field(
    sort: Sort,
    readings: Vec<String>,
    issued: Option<NaiveDate>,
    given_out: &[String],
) -> Vec<&'static str> {
    let readings = self::readings(sort, readings);
    let aged = sort == Sort::Person && readings.iter().any(|text| age::is_in(text));
    let seems: Vec<_> = seems(&readings, issued, given_out).filter(|what| looks_for(sort, what)).collect();
    if seems.is_empty() && aged { vec![AGE] } else { seems }
}

/// Whether a kind of identifier is looked for in a sort of text. Flats, streets and postcodes are numbered like ages, and
/// a telephone number is one.
fn looks_for(sort: Sort, what: &str) -> bool {
    match sort {
        _ if !looks_at(sort) => false,
        Sort::Address | Sort::Telephone => what != TELEPHONE && what != INITIALS,
        Sort::Reference => what != TELEPHONE,
        _ => true,
    }
}

/// A text as it is looked at. The words of references and file names are joined by lines; what is a telephone number is no
/// other number.
fn readings(sort: Sort, mut readings: Vec<String>) -> Vec<String> {
    if sort == Sort::Telephone {
        readings.retain(|text| !numbers::may_be_dialled(text));
    }
    if sort == Sort::Reference {
        readings.extend(readings.clone().iter().map(|text| text.replace('_', " ")));
    }
    readings
}

const AGE: &str = "a name with an age";

const INITIALS: &str = "initials with an age";

/// The answer of [`seems`] for a telephone number, the only one of its answers that may be an adult's.
pub const TELEPHONE: &str = "a telephone number";

/// Whether a text can hold any identifier at all: each has a digit in it, or an age in words. It saves the patterns most
/// cells of a list, and most commands the time to compile them.
pub fn may_hold_any(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit()) || text.chars().any(char::is_numeric) || initials::names_an_age(text)
}

/// The kinds of identifier that a text seems to contain. `readings` are folded. Without a day of issue, no date counts
/// as a date of birth.
pub fn seems(
    readings: &[String],
    issued: Option<NaiveDate>,
    given_out: &[String],
) -> impl Iterator<Item = &'static str> {
    let readings: Vec<&str> = readings.iter().map(String::as_str).filter(|text| may_hold_any(text)).collect();
    let any = |looks: &dyn Fn(&str) -> bool| readings.iter().any(|text| looks(text));
    let found = [
        any(&|text| issued.is_some_and(|issued| birth::is_in(text, issued))).then_some("a date of birth"),
        any(&numbers::holds_an_nhs_number).then_some("an NHS number"),
        any(&initials::are_in).then_some(INITIALS),
        any(&|text| numbers::holds_a_telephone_number(text, given_out)).then_some(TELEPHONE),
    ];
    found.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::check::freetext::folded;

    #[test]
    fn a_reference_may_be_numbered_like_a_telephone_and_an_address_like_an_age() {
        let (birth, number) = ("a date of birth", "an NHS number");
        let looked_for = |sort| [birth, number, INITIALS, TELEPHONE].map(|what| looks_for(sort, what));
        assert_eq!(looked_for(Sort::Reference), [true, true, true, false]);
        assert_eq!(looked_for(Sort::Address), [true, true, false, false]);
        assert_eq!(looked_for(Sort::Text), [true; 4]);
        assert_eq!(looked_for(Sort::Contact), [false; 4]);
    }

    #[test]
    fn an_age_is_looked_for_in_names_alone_and_told_once() {
        let of = |sort, text: &str| in_field(sort, vec![text.to_owned()], None, &[]);
        assert_eq!(of(Sort::Person, "Kai Mensah (15)"), [AGE]);
        assert_eq!(of(Sort::Person, "K.M. (15)"), [INITIALS], "one thing has one name");
        assert_eq!(of(Sort::Person, "Kai Mensah"), [""; 0]);
        for sort in [Sort::Text, Sort::Word, Sort::Name, Sort::Address] {
            assert_eq!(of(sort, "Friday (14)"), [""; 0], "{sort:?}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_a_rule_panic(text in "\\PC{0,60}", digits in "[0-9 +().,/'’a-zÀ-ÿKM-]{0,60}") {
            let issued = chrono::NaiveDate::from_ymd_opt(2026, 11, 2).expect("a date");
            for text in [&text, &digits, &folded(&text), &folded(&digits), &format!("born {digits}")] {
                birth::is_in(text, issued);
                numbers::holds_an_nhs_number(text);
                numbers::holds_a_telephone_number(text, &[]);
                initials::are_in(text);
            }
        }
    }
}
