//! The people who may check papers have names that a name typed later can be compared with.

use super::person::{NoName, ensure_full_name};
use super::post::is_email;
use crate::diag::{Diagnostic, Report, codes};
use crate::input::{BOROUGH, Loaded, REGION};

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let mark = if loaded.borough.checkers.is_some() { BOROUGH } else { REGION };
    let Some(checkers) = &loaded.checkers else { return };
    if checkers.is_empty() {
        report.push(
            Diagnostic::error(codes::EMPTY_FIELD, "`checkers` names nobody, so nothing could ever be released")
                .at(format!("{mark}checkers"))
                .hint("name at least one person, or remove the field"),
        );
    }
    for (i, checker) in checkers.iter().enumerate() {
        // In the short form the entry is the name.
        let entry = format!("{mark}checkers[{i}]");
        let long = format!("{entry}.name");
        let path = if loaded.places.texts().any(|(path, _)| path == long) { long } else { entry.clone() };
        name(&checker.name, path, report);
        if let Some(typed) = checker.email.as_deref().filter(|typed| !is_email(typed)) {
            report.push(
                Diagnostic::error(codes::BAD_EMAIL, format!("`{typed}` is not an email address"))
                    .at(format!("{entry}.email"))
                    .hint("write it as `name@council.gov.uk`"),
            );
        }
    }
}

fn name(typed: &str, path: String, report: &mut Report) {
    let hint = "give first name and surname, as the person will sign: `Ruth Penhaligon`";
    match ensure_full_name(typed) {
        // An empty text is already reported. Some people have a name of one word, or initials that stand for their
        // father's.
        Ok(()) | Err(NoName::Initialled) => {}
        Err(NoName::Nothing) if typed.trim().is_empty() => {}
        Err(NoName::OneWord) => report.push(
            Diagnostic::warning(codes::NOT_A_NAME, format!("`{typed}` is one word"))
                .at(path)
                .hint("give first name and surname, unless this is all of the person’s name"),
        ),
        Err(fault) => {
            report
                .push(Diagnostic::error(codes::NOT_A_NAME, format!("`{typed}` {}", fault.says())).at(path).hint(hint));
        }
    }
}
