//! No text that reaches a paper looks like a child's identity.
//!
//! In: every free text below `restricted`; the sentences of a list's rows (`check::list`). Out: an error for each sort of
//! thing that it seems to hold: a date of birth, an NHS number, initials with an age, a telephone number. What it is, is said
//! in words; the value stays out of the message.
//!
//! Deliberately absent: names. Protected names are found everywhere by `names`, and a name that nobody listed cannot be
//! told from the name of a street or a shop. So is a first name with an age: "Friday (14)" looks the same.

mod birth;
mod initials;
mod numbers;

use chrono::NaiveDate;

use crate::diag::{Diagnostic, Report, codes};
use crate::input::Loaded;
use crate::model::Clearance;

pub use numbers::given_out;

use super::freetext;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let given_out = given_out(&loaded.borough, &loaded.conference);
    let issued = Some(loaded.conference.issued);
    for field in freetext::of_conference(loaded).iter().filter(|f| f.clearance < Clearance::Restricted) {
        for what in seems(&field.readings(), issued, &given_out) {
            report.push(
                Diagnostic::error(codes::LOOKS_LIKE_IDENTITY, format!("this looks like {what}"))
                    .at(field.path.clone())
                    .hint("say it without, or mark it `restricted`; if it tells nobody's identity, list this field under `allow` with a reason"),
            );
        }
    }
}

/// A telephone number, as [`seems`] says it: the only one of its answers that may be anybody's.
pub const TELEPHONE: &str = "a telephone number";

/// What a text seems to hold of somebody's identity. `readings` are folded. Without the day on which it is issued, no date is
/// one of birth.
pub fn seems(
    readings: &[String],
    issued: Option<NaiveDate>,
    given_out: &[String],
) -> impl Iterator<Item = &'static str> {
    let any = |looks: &dyn Fn(&str) -> bool| readings.iter().any(|text| looks(text));
    let found = [
        any(&|text| issued.is_some_and(|issued| birth::is_in(text, issued))).then_some("a date of birth"),
        any(&numbers::holds_an_nhs_number).then_some("an NHS number"),
        any(&initials::with_an_age).then_some("initials with an age"),
        any(&|text| numbers::holds_a_telephone_number(text, given_out)).then_some(TELEPHONE),
    ];
    found.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::check::freetext::folded;

    proptest! {
        #[test]
        fn no_text_makes_a_rule_panic(text in "\\PC{0,60}", digits in "[0-9 +().,/'’a-zÀ-ÿKM-]{0,60}") {
            let issued = chrono::NaiveDate::from_ymd_opt(2026, 11, 2).expect("a date");
            for text in [&text, &digits, &folded(&text), &folded(&digits), &format!("born {digits}")] {
                birth::is_in(text, issued);
                numbers::holds_an_nhs_number(text);
                numbers::holds_a_telephone_number(text, &[]);
                initials::with_an_age(text);
            }
        }
    }
}
