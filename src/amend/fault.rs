//! An edit that cannot be made, in words: what is the matter, the line that it is about, what to do instead.
//!
//! In: [`Unspliced`], and the text. Out: a report.

use super::amendment::Unamended;
use crate::diag::{Diagnostic, Hint, Place, Report, closest, codes};
use crate::yaml::{Edit, Unspliced, Why, parse};

/// The fault of an edit, with its path as the caller gave it.
pub fn unspliced(name: &str, text: &str, fault: Unspliced, asked: &[Edit]) -> Unamended {
    let report = report(name, text, &fault, asked);
    Unamended::Unspliced(Box::new(fault), report)
}

/// The report of an edit that cannot be made.
fn report(name: &str, text: &str, fault: &Unspliced, asked: &[Edit]) -> Report {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut report = Report::default();
    report.add_source(name, text);
    if fault.why == Why::Unread {
        // Its own faults say more.
        report.diagnostics = parse(name, text).1;
        if report.has_errors() {
            return report;
        }
    }
    // A path in a message would be taken for that of a field, and anything may have been typed.
    let known = asked.iter().find(|edit| edit.path == fault.path).map(|edit| edit.path.clone());
    let line = fault.at.map(|at| line_of(text, at));
    let place = Place { path: known.filter(|path| !path.is_empty()), span: line, ..Place::file(name) };
    report.push(words(fault).place(place));
    report
}

/// The bytes of a line from a place on, without the space before and behind.
fn line_of(text: &str, at: usize) -> std::ops::Range<usize> {
    let at = text.floor_char_boundary(at.min(text.len()));
    let rest = &text[at..];
    let start = at + rest.len() - rest.trim_start().len();
    let line = text[start..].lines().next().unwrap_or_default();
    start..start + line.trim_end().len().max(1)
}

const BY_HAND: &str = "nothing was changed: change this line by hand";

fn words(fault: &Unspliced) -> Diagnostic {
    let unknown = |message: String| Diagnostic::error(codes::UNKNOWN_PATH, message);
    let cannot = |message: &str| Diagnostic::error(codes::CANNOT_EDIT, message);
    match &fault.why {
        Why::BadPath => unknown(format!("`{}` is not the path of a field", fault.path))
            .hint("write it as messages do: `meeting.date`, or `invitees[3].email`; positions count from 0"),
        Why::NoField { name, there } => {
            let error = unknown(format!("there is no field `{name}` here"));
            match closest(name, there.iter().map(String::as_str)) {
                Some(near) => error.hint(Hint::naming("did you mean `{}`?", [near])),
                None => error.hint("nothing was changed: there is nothing to take out"),
            }
        }
        Why::NoEntry { has: 0 } => {
            unknown("there is no entry here yet".to_owned()).hint("add the first one to the list, without a position")
        }
        Why::NoEntry { has: 1 } => {
            unknown("this list has 1 entry".to_owned()).hint("positions count from 0: it is `[0]`")
        }
        Why::NoEntry { has } => unknown(format!("this list has {has} entries"))
            .hint(Hint::listing("positions count from 0: the last is `[{}]`", [(has - 1).to_string()])),
        Why::NotAGroup => unknown("what stands here has no fields of its own".to_owned())
            .hint("name the field itself, or an entry of the list with its position, as `invitees[3]`"),
        Why::NotAList => {
            unknown("what stands here is no list".to_owned()).hint("name a list, or leave the position out")
        }
        Why::Twice => cannot("two changes are about the same field").hint("make one of them, and then the other"),
        Why::WholeFile => cannot("nothing would be left of this file").hint("a conference file needs its fields"),
        Why::Comment => cannot("a comment stands in what would be replaced")
            .hint("move the comment above the field, or change this line by hand; nothing was changed"),
        Why::LastOfList => cannot("without this entry the list would be gone, and that means all of them")
            .hint("take the list itself out if all are meant; write `[]` in its place if none is"),
        Why::InAList { list, .. } => cannot("this stands in a list of people, and not in this file")
            .hint(Hint::naming("change it in `{}`", [list.as_str()])),
        Why::Unread | Why::Unusual => cannot("this is written in a way that it cannot be changed safely").hint(BY_HAND),
    }
}
