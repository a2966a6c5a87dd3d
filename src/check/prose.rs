//! Markdown fields contain only what a paper can show in place of a paragraph: paragraphs, lists, bold and links.

use crate::diag::{Diagnostic, Report, codes};
use crate::input::{BOROUGH, Loaded};
use crate::markdown;
use crate::model::Prose;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    for (path, prose) in fields(loaded) {
        for fault in markdown::faults_of_prose(&prose.0) {
            report.push(
                Diagnostic::error(codes::BAD_PROSE, fault)
                    .at(path.clone())
                    .hint("use paragraphs, lists, **bold** and [links](https://example.org)"),
            );
        }
    }
}

fn fields(loaded: &Loaded) -> impl Iterator<Item = (String, &Prose)> {
    let c = &loaded.conference;
    let a = &c.assessment;
    let shared = [
        ("assessment.young_people_and_needs", &a.young_people_and_needs),
        ("assessment.guardianship", &a.guardianship),
        ("assessment.environment", &a.environment),
        ("assessment.weighting", &a.weighting),
        ("contingency", &c.contingency),
    ];
    let shared = shared.into_iter().filter_map(|(path, s)| s.as_ref().map(|s| (path.to_owned(), &s.text)));
    let notes = c
        .invitees
        .iter()
        .enumerate()
        .filter_map(|(i, v)| v.note.as_ref().map(|n| (format!("invitees[{i}].note"), &n.text)));
    let own = loaded.borough.settings.escalation.iter().map(|e| (format!("{BOROUGH}settings.escalation"), e));
    shared.chain(notes).chain(own)
}
