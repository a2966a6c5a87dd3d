//! The steps of a conference's timetable: those of the nearest layer, with what the council says of them.
//!
//! In: `timetable.yaml` and `settings: timetable:`. Out: steps by id, each with a rule that can be counted, and the faults of
//! the others.
//!
//! Deliberately absent: the days of one conference.

use std::collections::{BTreeMap, BTreeSet};

use super::places::Places;
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::layers::Layers;
use crate::model::borough::LocalSettings;
use crate::model::step::{ASSESSMENT, LocalStep, MEETING, Step};

/// The file of the steps.
pub const FILE: &str = "timetable.yaml";

/// The steps of a council, from those of the layers. `local` are the settings of its region and its own, with the mark of their
/// file.
pub fn steps(
    mut steps: BTreeMap<String, Step>,
    layers: &Layers,
    timescales: &BTreeMap<String, u32>,
    local: &[(&LocalSettings, &str)],
    places: &Places,
    report: &mut Report,
) -> BTreeMap<String, Step> {
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for (settings, mark) in local {
        for (id, own) in &settings.timetable {
            let path = format!("{mark}settings.timetable.{id}");
            if let Err(fault) = put(&mut steps, id, own) {
                report.push(places.locate(fault.at(path.clone())));
            }
            said.insert(id.clone(), path);
        }
    }
    let place = |error: Diagnostic, id: &str, field: &str| match said.get(id) {
        Some(path) => places.locate(error.at(format!("{path}.{field}"))),
        None => error.place(Place { path: Some(format!("{id}.{field}")), ..Place::file(FILE) }),
    };
    let files = layers.iter().flat_map(|layer| layer.files().map(|(name, _)| name));
    let papers: BTreeSet<&str> =
        files.filter(|name| !name.contains('/')).filter_map(|n| n.strip_suffix(".md")).collect();
    for (id, paper) in steps.iter().filter_map(|(id, step)| Some((id, step.paper.as_deref()?))) {
        if !papers.contains(&paper) {
            let error = Diagnostic::error(codes::BAD_TIMETABLE, format!("there is no paper called `{paper}`"));
            report.push(place(error.suggest(paper, papers.iter().copied()), id, "paper"));
        }
    }
    let at = |error: Diagnostic, id: &str| place(error, id, "by");
    let known: BTreeSet<String> = steps.keys().cloned().chain([MEETING, ASSESSMENT].map(str::to_owned)).collect();
    let mut wrong = BTreeSet::new();
    for (id, step) in &mut steps {
        let Some(rule) = &step.by else { continue };
        let from = rule.from.clone();
        if let Some(counted) = rule.with_number(timescales) {
            step.by = Some(counted);
        } else {
            let error = Diagnostic::error(codes::UNKNOWN_TIMESCALE, "this rule names a timescale that there is not");
            let hint = Hint::naming("the timescales are {}", [quoted(timescales.keys())]);
            report.push(at(error.hint(hint), id));
            wrong.insert(id.clone());
        }
        if !known.contains(&from) {
            let error = Diagnostic::error(codes::BAD_TIMETABLE, format!("there is no step `{from}` to count from"));
            report.push(at(error.suggest(&from, known.iter().map(String::as_str)), id));
            wrong.insert(id.clone());
        }
    }
    steps.retain(|id, _| !wrong.contains(id));
    for id in in_a_circle(&steps) {
        let error = Diagnostic::error(codes::BAD_TIMETABLE, format!("the step `{id}` is counted from itself"));
        report.push(at(error.hint("count it from the meeting, or from a step that does not wait for it"), &id));
        steps.remove(&id);
    }
    steps
}

fn quoted<'n>(names: impl Iterator<Item = &'n String>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Puts what a council says of a step over the step.
fn put(steps: &mut BTreeMap<String, Step>, id: &str, own: &LocalStep) -> Result<(), Diagnostic> {
    if own.left_out {
        if steps.remove(id).is_none() {
            let error = Diagnostic::error(codes::BAD_TIMETABLE, format!("there is no step `{id}` to leave out"));
            return Err(error.suggest(id, steps.keys().map(String::as_str)));
        }
        return Ok(());
    }
    if let Some(step) = steps.get_mut(id) {
        step.title = own.title.clone().unwrap_or_else(|| step.title.clone());
        step.by = own.by.clone().or_else(|| step.by.clone());
        step.paper = own.paper.clone().or_else(|| step.paper.clone());
        step.who = own.who.or(step.who);
        return Ok(());
    }
    let (Some(title), Some(by)) = (own.title.clone(), own.by.clone()) else {
        let error =
            Diagnostic::error(codes::BAD_TIMETABLE, format!("the new step `{id}` needs a `title:` and a `by:`"));
        return Err(error.suggest(id, steps.keys().map(String::as_str)));
    };
    let step =
        Step { title, by: Some(by), fact: None, paper: own.paper.clone(), who: own.who, kinds: None, when: None };
    steps.insert(id.to_owned(), step);
    Ok(())
}

/// Steps that wait for themselves, by way of others or not.
fn in_a_circle(steps: &BTreeMap<String, Step>) -> BTreeSet<String> {
    let next = |id: &str| steps.get(id).and_then(|step| step.by.as_ref()).map(|rule| rule.from.clone());
    let waits_for_itself = |id: &&String| {
        let chain = std::iter::successors(next(id), |from| next(from).filter(|_| from != *id));
        chain.take(steps.len()).any(|from| from == **id)
    };
    steps.keys().filter(waits_for_itself).cloned().collect()
}
