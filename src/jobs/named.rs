//! Checks that the kinds of paper named in the data exist.

use std::collections::BTreeSet;

use crate::check::Checked;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::input::{BOROUGH, REGION};
use crate::model::Audience;
use crate::model::artefact::Each;
use crate::model::by::{By, Steps};
use crate::model::language::Rendition;
use crate::model::people::Format;
use crate::words::Words;

/// Checks that answers to the gate, signatories and the papers of the community name existing kinds of paper, that the
/// community's papers are made for it, and that the timescales in front matter exist.
pub fn check(checked: &Checked, words: &Words) -> Result<(), Report> {
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
    copies(checked, words, &mut report);
    community(checked, words, &mut report);
    timescales(checked, words, &mut report);
    enclosures(checked, words, &mut report);
    report.diagnostics = report.diagnostics.into_iter().map(|d| checked.places.locate(d)).collect();
    if report.has_errors() { Err(report) } else { Ok(()) }
}

/// Checks that every timescale in front matter is in the council's settings.
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

/// Checks that what front matter says a paper encloses is a kind of paper.
fn enclosures(checked: &Checked, words: &Words, report: &mut Report) {
    for (name, artefact) in words.artefacts() {
        for kind in &artefact.encloses {
            let file = format!("{name}.md");
            let file = checked.layers.named(&file).map_or(file.clone(), |found| found.full());
            let unknown = unknown(words, kind, String::new());
            report.diagnostics.extend(unknown.map(|error| Diagnostic { place: Place::file(file), ..error }));
        }
    }
}

pub(super) fn unknown(words: &Words, name: &str, path: String) -> Option<Diagnostic> {
    let names: BTreeSet<&str> = words.artefacts().map(|(name, _)| name).collect();
    let error = Diagnostic::error(codes::UNKNOWN_PAPER, format!("there is no paper called `{name}`"));
    (!names.contains(name)).then(|| error.at(path).suggest(name, names))
}

/// Checks that the papers that somebody wants in their print size or language exist, and are ones that everybody has.
fn copies(checked: &Checked, words: &Words, report: &mut Report) {
    for (i, invitee) in checked.conference.invitees.iter().enumerate() {
        for (n, name) in invitee.print_copies.iter().enumerate() {
            let path = format!("invitees[{i}].print_copies[{n}]");
            let found = words.artefacts().find(|(kind, _)| kind == name);
            let (message, hint) = match found {
                None => {
                    report.diagnostics.extend(unknown(words, name, path));
                    continue;
                }
                Some((_, artefact)) if artefact.each != Each::Conference => (
                    format!("`{name}` is no paper that everybody has"),
                    "take it out: a letter or a copy of somebody's own is always in their print size",
                ),
                Some(_) if invitee.format != Format::Standard => continue,
                Some(_) => match invitee.reads {
                    None => (
                        format!("`{name}` is wanted in a print size, and none is given"),
                        "say which: `format: large-print`, or the size in points",
                    ),
                    Some(language) if words.translated(name, Rendition::plain(language)).is_none() => (
                        format!("`{name}` is wanted in {}, and there are no words for it", language.name()),
                        "take it out, or write its template in that language",
                    ),
                    Some(_) => continue,
                },
            };
            report.push(Diagnostic::error(codes::BAD_VALUE, message).at(path).hint(hint));
        }
    }
}

/// Checks that the community's papers are made for the community: their list can only leave papers out.
fn community(checked: &Checked, words: &Words, report: &mut Report) {
    let own = checked.borough.settings.community_papers.is_some();
    let mark = if own { BOROUGH } else { REGION };
    for (i, name) in checked.settings.community_papers.iter().flatten().enumerate() {
        let path = format!("{mark}settings.community_papers[{i}]");
        match words.artefacts().find(|(n, _)| n == name) {
            None => report.diagnostics.extend(unknown(words, name, path)),
            Some((_, artefact)) if !artefact.audiences.contains(&Audience::Community) => {
                let message = format!("`{name}` is not made for the community");
                let hint = "this list can only leave papers out; the audiences of a paper are in its front matter";
                report.push(Diagnostic::error(codes::NOT_FOR_COMMUNITY, message).at(path).hint(hint));
            }
            Some(_) => {}
        }
    }
}
