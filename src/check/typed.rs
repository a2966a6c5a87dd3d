//! Texts that stand in a field of the files where a value should: what programs write for nothing, for an error, for a field
//! that was never filled, for a letter that they escaped or lost; and names that are none, or that a letter would say as a
//! register does.
//!
//! In: every text of the conference, the council and the region, by the table of fields. Out: an error or a warning for
//! each, as for the cell of a list. A sentence may say `N/A` or `TBC`.
//!
//! Deliberately absent: rows of lists (`check::list`); what can be read in one way only (`input::meant`); and a value that
//! stands there for the time being, which `filled` reports.

use std::collections::BTreeSet;

use super::allow::allowed;
use super::called::{has_nothing, is_turned, other_than_name};
use super::person;
use crate::diag::{Code, Diagnostic, Severity, codes};
use crate::fields::{self, Sort};
use crate::input::list::{self, Spoiled, StandIn};
use crate::input::{BOROUGH, Loaded, REGION};
use crate::markdown;
use crate::model::text::TO_FILL_IN;

pub fn rule(loaded: &Loaded, report: &mut crate::diag::Report) {
    let places = &loaded.places;
    for (mark, file) in [("", &places.conference), (BOROUGH, &places.borough), (REGION, &places.region)] {
        for (path, text) in file.texts() {
            if file.is_in_a_cell(path) || text.contains(TO_FILL_IN) {
                continue;
            }
            let sort = if mark.is_empty() {
                fields::of_path(path).map_or(Sort::Key, |field| field.sort)
            } else {
                fields::of_council(path)
            };
            let Some(fault) = of(Field { path, sort, is_council: !mark.is_empty() }, text) else { continue };
            let is_answered = mark.is_empty() && answered(loaded, path, sort);
            if !is_answered {
                let found = Diagnostic { severity: fault.severity, ..Diagnostic::error(fault.code, fault.message) };
                report.push(found.at(format!("{mark}{path}")).hint(fault.hint));
            }
        }
    }
}

/// Whether somebody has said that a value stands there for the time being, or that a sentence is meant so.
fn answered(loaded: &Loaded, path: &str, sort: Sort) -> bool {
    let is_said = matches!(sort, Sort::Text | Sort::Prose | Sort::Word);
    loaded.conference.to_fill_in.iter().any(|open| open == path) || is_said && allowed(loaded, path).is_some()
}

/// Whether a text is a person's name, as far as it shows.
pub fn is_name(text: &str) -> bool {
    if text.contains(TO_FILL_IN) {
        return false;
    }
    let fault = of(Field { path: "", sort: Sort::Person, is_council: false }, text);
    fault.is_none_or(|fault| fault.severity == Severity::Warning)
}

/// Whether a text is the name of a field that was never filled.
pub fn is_unfilled(text: &str) -> bool {
    list::inside(text, true) == Some(StandIn::Unfilled)
}

/// Findings without what follows from a text that is no value.
pub fn without_what_follows(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    const NO_VALUE: [Code; 5] =
        [codes::NO_VALUE, codes::UNFILLED_FIELD, codes::LOST_LETTER, codes::NOT_A_TEXT_CELL, codes::NO_NAME_CELL];
    const OF_FORM: [Code; 6] = [
        codes::BAD_POSTCODE,
        codes::BAD_ADDRESS,
        codes::NO_GLYPH,
        codes::NOT_A_NAME,
        codes::DUPLICATE_INVITEE,
        codes::OTHER_SIGNATORY,
    ];
    let is_no_value = |d: &&Diagnostic| d.severity == Severity::Error && NO_VALUE.contains(&d.code);
    let wrong: BTreeSet<String> = found.iter().filter(is_no_value).filter_map(|d| d.place.path.clone()).collect();
    let follows = |d: &Diagnostic| {
        let path = d.place.path.as_deref().unwrap_or_default();
        OF_FORM.contains(&d.code) && (wrong.contains(path) || wrong.contains(&format!("{path}.name")))
    };
    if wrong.is_empty() { found } else { found.into_iter().filter(|d| !follows(d)).collect() }
}

/// A field of a file.
#[derive(Clone, Copy)]
struct Field<'p> {
    path: &'p str,
    sort: Sort,
    is_council: bool,
}

impl Field<'_> {
    /// Whether brackets mean nothing else in it.
    fn is_plain(self) -> bool {
        let is_label = self.path.starts_with("context.");
        matches!(self.sort, Sort::Person | Sort::Name | Sort::Address | Sort::Protected | Sort::Telephone) && !is_label
    }
}

/// A fault of a text, as a message without its value.
struct Fault {
    severity: Severity,
    code: Code,
    message: String,
    hint: &'static str,
}

fn error(code: Code, message: impl Into<String>, hint: &'static str) -> Fault {
    Fault { severity: Severity::Error, code, message: message.into(), hint }
}

fn warning(code: Code, message: impl Into<String>, hint: &'static str) -> Fault {
    Fault { severity: Severity::Warning, code, message: message.into(), hint }
}

/// The first fault of a text.
fn of(field: Field<'_>, raw: &str) -> Option<Fault> {
    // Ids and dates have a form of their own; addresses of mail and web pages are looked at as such.
    if matches!(field.sort, Sort::Key | Sort::Contact | Sort::ChildReference) {
        return None;
    }
    // Markdown shows `&amp;` as what it stands for, and `__` as nothing.
    let shown = if field.sort == Sort::Prose { markdown::plain_text(raw) } else { String::new() };
    let typed = list::text(if field.sort == Sort::Prose { &shown } else { raw });
    let found = stand_in(field, &typed).or_else(|| letters(field, &typed)).or_else(|| nothing(field, &typed));
    if found.is_none() && field.sort == Sort::Person { name(&typed) } else { found }
}

fn stand_in(field: Field<'_>, typed: &str) -> Option<Fault> {
    let fault = match list::inside(typed, field.is_plain())? {
        StandIn::NoText(Spoiled::Formula) if !field.is_plain() => return None,
        StandIn::NoText(spoiled) => {
            let message = match spoiled {
                Spoiled::Formula => "this is a formula of a spreadsheet, and not what it comes to",
                Spoiled::Format => "this is a number that a spreadsheet cut short",
                _ => "this is what a spreadsheet or a program shows for an error",
            };
            error(codes::NOT_A_TEXT_CELL, message, "write what is meant")
        }
        StandIn::Unfilled | StandIn::Escaped if is_code(typed) => return None,
        StandIn::Unfilled if field.is_plain() => {
            error(codes::UNFILLED_FIELD, "this is the name of a field, which was not filled", "write what is meant")
        }
        // In a sentence it may be meant.
        StandIn::Unfilled => {
            let message = "this text holds the name of a field, which was not filled";
            let hint = "fill it in; if it is meant so, list this field under `allow` with a reason";
            warning(codes::UNFILLED_FIELD, message, if field.is_council { "fill it in" } else { hint })
        }
        StandIn::Escaped => {
            error(codes::LOST_LETTER, "a letter is written here as web pages write it", "type it again")
        }
    };
    Some(fault)
}

/// Whether a text is a piece of a program or a page: no mail merge and no export leaves so much of one.
fn is_code(typed: &str) -> bool {
    ["{%", "</", "{\"", "\\ ", "\\\\"].iter().any(|mark| typed.contains(mark))
}

fn letters(field: Field<'_>, typed: &str) -> Option<Fault> {
    // `‹` and `›` around a word are quotation marks.
    let is_name = field.sort == Sort::Person && !(typed.contains('‹') && typed.contains('›'));
    if list::is_mojibake(typed, is_name) {
        let message = "this was read in the wrong encoding before it came into the file";
        return Some(error(codes::LOST_LETTER, message, "type it again"));
    }
    None
}

fn nothing(field: Field<'_>, typed: &str) -> Option<Fault> {
    let is_nothing = list::is_nothing(typed) || field.sort == Sort::Address && typed == "0";
    let hint = "write what is meant, or `TO BE FILLED IN` until it is known";
    let fault = match field.sort {
        Sort::Name | Sort::Telephone if is_nothing => {
            error(codes::NO_VALUE, "this is a word for nothing, and papers would print it", hint)
        }
        Sort::Reference if is_nothing && field.is_council => {
            error(codes::NO_VALUE, "this is a word for nothing, and papers would print it", hint)
        }
        Sort::Word if is_nothing && field.is_council => {
            warning(codes::NO_VALUE, "this is a word for nothing, and papers would print it", hint)
        }
        // A first line of signs alone is told as the post's rule for it.
        Sort::Address if is_nothing && (!field.path.ends_with("[0]") || typed.contains(char::is_alphanumeric)) => {
            let message = "this is a word for nothing, and would be a line of the address";
            error(codes::NO_VALUE, message, "take the line out, or write what is meant")
        }
        Sort::Address if !field.path.ends_with("postcode") && list::begins_with_date(typed) => {
            let message = "this is a date, as a spreadsheet makes it of the number of a house";
            error(codes::NOT_A_TEXT_CELL, message, "type the number again")
        }
        _ => return None,
    };
    Some(fault)
}

/// What is wrong with the name of a person, or with the words after "Dear".
fn name(typed: &str) -> Option<Fault> {
    let words: Vec<&str> = typed.split(' ').filter(|word| !person::is_title(word)).collect();
    let whole = words.join(" ");
    let titled = typed.len() > whole.len();
    // Between many words a dash is a dash.
    let is_dash = |word: &&str| matches!(*word, "-" | "–" | "—");
    let parts: Vec<&str> =
        if words.len() > 3 { words.iter().copied().filter(|w| !is_dash(w)).collect() } else { words.clone() };
    // Of a title and a family name nothing more is known, and `Ms Null` is one.
    if list::is_nothing(&whole) && !(titled && whole == "Null") || has_nothing(&parts) {
        let message = "this is a word for nothing, and would be in the name";
        let hint =
            "write the name, or `TO BE FILLED IN` until it is known; of somebody with such a name, the whole name";
        return Some(error(codes::NO_VALUE, message, hint));
    }
    let is_sum = typed.contains(['=', '‹', '›']);
    if let Some(what) = other_than_name(&words).filter(|_| !is_sum) {
        return Some(error(codes::NO_NAME_CELL, format!("this is {what}, and not a name"), "write the name"));
    }
    if words.is_empty() && !typed.is_empty() {
        return Some(warning(codes::DOUBTFUL_NAME, "this is a title without a name", "write the name after it"));
    }
    if typed.contains('?') {
        let message = "the name contains a question mark, as if a program could not save a letter";
        return Some(warning(codes::LOST_LETTER, message, "type the name again"));
    }
    if is_turned(typed) {
        let message = "the name has a comma, and papers will say it so: the surname seems to be first";
        return Some(warning(codes::DOUBTFUL_NAME, message, "write the first name first"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sort: Sort, text: &str) -> Option<String> {
        let fault = of(Field { path: "", sort, is_council: false }, text)?;
        let severity = if fault.severity == Severity::Error { "error" } else { "warning" };
        Some(format!("{severity} {}", fault.code.id))
    }

    #[test]
    fn what_is_no_value_is_told_as_in_a_list() {
        use Sort::{Address, Name, Person, Prose, Protected, Telephone, Text, Word};
        for (sort, text, expected) in [
            (Person, "TBC", "error no-value"),
            (Person, "N/A", "error no-value"),
            (Person, "nan", "error no-value"),
            (Person, "unknown", "error no-value"),
            (Person, "Ms TBC", "error no-value"),
            (Person, "Ann NULL", "error no-value"),
            (Person, "?", "error no-value"),
            (Person, "{{name}}", "error unfilled-field"),
            (Person, "«First» «Last»", "error unfilled-field"),
            (Person, "Ms [Surname]", "error unfilled-field"),
            (Person, "SiÃ¢n NÃ\u{ad}", "error lost-letter"),
            (Person, "O&#39;Neill", "error lost-letter"),
            (Person, "Jos? Ada", "warning lost-letter"),
            (Person, "priya.nair@police.example", "error no-name-cell"),
            (Person, "020 7946 0111", "error no-name-cell"),
            (Person, "#REF!", "error not-a-text-cell"),
            (Person, "NAIR, Priya", "warning doubtful-name"),
            (Person, "Ms", "warning doubtful-name"),
            (Name, "TBC", "error no-value"),
            (Name, "{{venue}}", "error unfilled-field"),
            (Name, "CafÃ© Room", "error lost-letter"),
            (Name, "#NAME?", "error not-a-text-cell"),
            (Address, "#REF!", "error not-a-text-cell"),
            (Address, "NULL", "error no-value"),
            (Address, "0", "error no-value"),
            (Address, "03-Apr", "error not-a-text-cell"),
            (Address, "2026-04-03", "error not-a-text-cell"),
            (Address, "{{address}}", "error unfilled-field"),
            (Telephone, "N/A", "error no-value"),
            (Telephone, "4.47700E+11", "error not-a-text-cell"),
            (Name, "Tom &amp; Ann", "error lost-letter"),
            (Word, "{{role}}", "warning unfilled-field"),
            (Word, "Caf&eacute; owner", "error lost-letter"),
            (Text, "We meet {{name}} there.", "warning unfilled-field"),
            (Text, "We ask «First_name» to come.", "warning unfilled-field"),
            (Text, "We don&#39;t go home.", "error lost-letter"),
            (Text, "We donâ€™t go home.", "error lost-letter"),
            (Prose, "Dear **{{name}}**", "warning unfilled-field"),
            (Prose, "Tom &amp;amp; Ann", "error lost-letter"),
            (Protected, "{{name}}", "error unfilled-field"),
        ] {
            assert_eq!(told(sort, text).as_deref(), Some(expected), "{text}");
        }
        for (sort, text) in [
            (Person, "Ms Null"),
            (Person, "Ann Null"),
            (Person, "Mr Na Li"),
            (Person, "Ms Yetunde Adébáyọ̀"),
            (Person, "Mr Mohammed Rahmani (محمد رحمانی)"),
            (Person, "Dr A. Ada, OBE"),
            (Person, "K.M."),
            (Person, "PRIYA NAIR"),
            (Person, "Ann Ada ‹Annie›"),
            (Person, "=1+1"),
            (Person, "{\"t\":\"p\"}"),
            (Name, "{{ x }} {% y %}"),
            (Name, "<script>alert(1)</script>"),
            (Text, "\\ \\\\ \\n &amp; &#35;"),
            (Text, "=cmd|'/c calc'!A1"),
            (Word, "unknown"),
            (Name, "Station [B] office"),
            (Name, "NIL Fitness Ltd"),
            (Address, "3/4 High Street"),
            (Address, "12 May Street"),
            (Telephone, "(020) 7946 0958"),
            (Text, "The date is TBC"),
            (Text, "TBC"),
            (Text, "N/A"),
            (Text, "They said «bonjour» to [the owner]."),
            (Prose, "N/A"),
            (Prose, "__TBC__ and __more__ &amp; [a link](https://a.example)"),
            (Protected, "N.A."),
            (Sort::Key, "TBC"),
            (Sort::Contact, "https://a.example/__x__/%20"),
        ] {
            assert_eq!(told(sort, text), None, "{text}");
        }
        assert!(is_name("NAIR, Priya") && !is_name("{{first name}}") && !is_name(TO_FILL_IN));
    }
}
