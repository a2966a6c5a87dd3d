//! Kinds of paper that data names: each must be one that there is.

use std::collections::BTreeSet;

use crate::check::Checked;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::input::{BOROUGH, REGION};
use crate::model::Audience;
use crate::model::by::{By, Steps};
use crate::words::Words;

/// Answers to the gate, signatories and the papers of the community name kinds of paper that there are; and what the community
/// gets is made for it. Timescales of front matter are ones that there are.
pub fn rule(checked: &Checked, words: &Words) -> Result<(), Report> {
    let mut report = Report::default();
    report.take_sources(&checked.report);
    for (i, allowance) in checked.conference.allow.iter().enumerate() {
        report
            .diagnostics
            .extend(allowance.paper.iter().filter_map(|n| unknown(words, n, format!("allow[{i}].paper"))));
    }
    for name in checked.borough.signatories.keys() {
        report.diagnostics.extend(unknown(words, name, format!("{BOROUGH}signatories.{name}")));
    }
    community(checked, words, &mut report);
    timescales(checked, words, &mut report);
    report.diagnostics = report.diagnostics.into_iter().map(|d| checked.places.locate(d)).collect();
    if report.has_errors() { Err(report) } else { Ok(()) }
}

/// A day that is set by a timescale needs one that the council's settings have.
fn timescales(checked: &Checked, words: &Words, report: &mut Report) {
    let known = &checked.settings.timescales;
    for (name, artefact) in words.artefacts() {
        let Some(By { days: Steps::Timescale(timescale), .. }) = &artefact.by else { continue };
        if !known.contains_key(timescale) {
            let file = format!("{name}.md");
            let file = checked.layers.named(&file).map_or(file.clone(), |found| found.full());
            let error = Diagnostic::error(codes::BAD_FRONT_MATTER, format!("there is no timescale `{timescale}`"));
            report.push(error.place(Place::file(file)).suggest(timescale, known.keys().map(String::as_str)));
        }
    }
}

pub(super) fn unknown(words: &Words, name: &str, path: String) -> Option<Diagnostic> {
    let names: BTreeSet<&str> = words.artefacts().map(|(name, _)| name).collect();
    let error = Diagnostic::error(codes::UNKNOWN_PAPER, format!("there is no paper called `{name}`"));
    (!names.contains(name)).then(|| error.at(path).suggest(name, names))
}

/// The list of the community's papers can leave one out; it cannot give one that is not made for the community.
fn community(checked: &Checked, words: &Words, report: &mut Report) {
    let own = checked.borough.settings.community_papers.is_some();
    let mark = if own { BOROUGH } else { REGION };
    for (i, name) in checked.settings.community_papers.iter().flatten().enumerate() {
        let path = format!("{mark}settings.community_papers[{i}]");
        match words.artefacts().find(|(n, _)| n == name) {
            None => report.diagnostics.extend(unknown(words, name, path)),
            Some((_, artefact)) if !artefact.audiences.contains(&Audience::Community) => {
                let message = format!("`{name}` is not made for the community");
                let hint =
                    "this list can leave papers out and add none; what a paper is made for stands in its front matter";
                report.push(Diagnostic::error(codes::NOT_FOR_COMMUNITY, message).at(path).hint(hint));
            }
            Some(_) => {}
        }
    }
}
