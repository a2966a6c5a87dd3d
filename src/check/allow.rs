//! Answers to false alarms: the texts that a conference allows in spite of a rule or the gate, each with a reason.
//!
//! Deliberately absent: a warning about an allowance that silences nothing, since it may be meant for a paper.

use crate::diag::{Diagnostic, Report, codes};
use crate::input::Loaded;
use crate::model::conference::Allowance;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let fields = &loaded.places.conference;
    let texts: Vec<&str> = fields.texts().map(|(path, _)| path).filter(|p| !p.starts_with("allow[")).collect();
    for (i, unknown) in loaded.conference.allow.iter().enumerate().filter(|(_, a)| !fields.has(&a.path)) {
        let error = Diagnostic::error(codes::UNKNOWN_PATH, format!("the conference has no field `{}`", unknown.path))
            .at(format!("allow[{i}].path"));
        let error = if report.is_short() { error.suggest(&unknown.path, texts.iter().copied()) } else { error };
        let hint = "write the path as errors show it, for example `items[3].text`; positions count from 0";
        report.push(if error.hint.is_some() { error } else { error.hint(hint) });
    }
}

/// The answers to an alarm about a field. `context.summary` also covers `context.summary.text`: it makes no difference
/// whether a text is typed on its own or beside its `share`.
pub fn answers<'a>(loaded: &'a Loaded, path: &str) -> impl Iterator<Item = &'a Allowance> {
    loaded.conference.allow.iter().filter(move |a| a.path == path || path.strip_prefix(&a.path) == Some(".text"))
}

/// The first answer to an alarm about a field, in any paper.
pub fn allowed<'a>(loaded: &'a Loaded, path: &str) -> Option<&'a Allowance> {
    answers(loaded, path).next()
}
