//! Whoever signs as the chair is the chair.

use crate::diag::{Diagnostic, Report, codes};
use crate::fold::Folded;
use crate::input::{BOROUGH, Loaded, SPECIMEN};

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let c = &loaded.conference;
    let Some(chair) = c.meeting.chair.as_ref().and_then(|id| c.people.get(id)) else { return };
    // Templates are tried on a conference with a chair of its own.
    if loaded.places.conference.file == SPECIMEN {
        return;
    }
    let b = &loaded.borough;
    let usual = b.signatory.iter().map(|signatory| ("signatory".to_owned(), signatory));
    let of_papers = b.signatories.iter().map(|(paper, signatory)| (format!("signatories.{paper}"), signatory));
    for (path, signatory) in usual.chain(of_papers) {
        let as_chair = is_chair(&signatory.role) || chair.role.as_ref().is_some_and(|role| same(role, &signatory.role));
        if as_chair && !same(&signatory.name, &chair.name) {
            let message =
                format!("`{}` signs as `{}`, and `{}` chairs the meeting", signatory.name, signatory.role, chair.name);
            let warning = Diagnostic::warning(codes::OTHER_SIGNATORY, message).at(format!("{BOROUGH}{path}.name"));
            report.push(warning.hint("name the one who signs, or take the signatory out: then the chair signs"));
        }
    }
}

fn same(one: &str, other: &str) -> bool {
    Folded::of(one).text == Folded::of(other).text
}

fn is_chair(role: &str) -> bool {
    ["Chair", "Independent Chair", "Conference Chair"].iter().any(|chair| same(role, chair))
}
