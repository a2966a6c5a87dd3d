//! Every id that is referred to exists, and no two things have the same id.

use std::collections::HashMap;

use super::access;
use crate::diag::{Diagnostic, Hint, Report, closest, codes};
use crate::fold::Folded;
use crate::input::Loaded;
use crate::model::plan::{NOBODY, TO_BE_AGREED};
use crate::model::reference::PersonRef;
use crate::model::text::TO_FILL_IN;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let known = Known { loaded };
    let c = &loaded.conference;
    if let Some(id) = &c.meeting.chair {
        known.person("the chair", id, "meeting.chair".into(), report);
    }
    if let Some(id) = &c.meeting.co_chair {
        known.person("the second chair", id, "meeting.co_chair".into(), report);
    }
    if let Some(id) = &c.meeting.minute_taker {
        known.person("the minute taker", id, "meeting.minute_taker".into(), report);
    }
    if let Some(id) = &c.assessment.author {
        known.person("the author", id, "assessment.author".into(), report);
    }
    if let Some(id) = &c.prepared_by {
        known.person("the maker of the papers", id, "prepared_by".into(), report);
    }
    known.organisation(c.context.owner.as_ref(), "context.owner".into(), report);
    for (i, file) in c.files.iter().enumerate() {
        known.organisation(Some(&file.by), format!("files[{i}].by"), report);
    }
    for (id, person) in &c.people {
        known.organisation(person.organisation.as_ref(), format!("people.{id}.organisation"), report);
    }
    for (i, invitee) in c.invitees.iter().enumerate() {
        match &invitee.person {
            PersonRef::Id(id) => known.person("the invitee", id, format!("invitees[{i}].person"), report),
            PersonRef::Inline(p) => {
                known.organisation(p.organisation.as_ref(), format!("invitees[{i}].person.organisation"), report);
            }
        }
        known.organisation(invitee.organisation.as_ref(), format!("invitees[{i}].organisation"), report);
        let replaced = invitee.withdrawn.as_ref().and_then(|withdrawn| withdrawn.replaced_by.as_ref());
        if let Some(id) = replaced.filter(|id| !c.invitees.iter().any(|other| access::is_known_as(other, id))) {
            let error =
                Diagnostic::error(codes::UNKNOWN_PERSON, format!("nobody among the invitees has the id `{id}`"));
            let error = error.at(format!("invitees[{i}].withdrawn.replaced_by"));
            report.push(error.hint("write the `id` of the entry of whoever comes instead, or of their person"));
        }
    }
    for (i, one) in c.sharing.iter().enumerate() {
        known.organisation(Some(&one.by), format!("sharing[{i}].by"), report);
        known.organisation(Some(&one.to), format!("sharing[{i}].to"), report);
    }
    // Who said what is still to be filled in is reported as that.
    for (i, item) in c.items.iter().enumerate().filter(|(_, item)| !item.by.contains(TO_FILL_IN)) {
        known.organisation(Some(&item.by), format!("items[{i}].by"), report);
    }
    for (i, correction) in c.minutes.corrections.iter().enumerate() {
        known.organisation(Some(&correction.by), format!("minutes.corrections[{i}].by"), report);
    }
    steps_done(loaded, report);
    decisions(&known, report);
    for (g, goal) in c.goals.iter().enumerate() {
        for (a, action) in goal.actions.iter().enumerate() {
            let owner = action.owner.as_ref().filter(|_| action.owner().is_some());
            known.organisation(owner, format!("goals[{g}].actions[{a}].owner"), report);
            for (n, news) in action.history.iter().enumerate() {
                let was_owner = news.was_owner.as_ref().filter(|id| *id != TO_BE_AGREED);
                known.organisation(was_owner, format!("goals[{g}].actions[{a}].history[{n}].was_owner"), report);
                for (w, id) in news.was_with.iter().enumerate().filter(|(_, id)| *id != NOBODY) {
                    let path = format!("goals[{g}].actions[{a}].history[{n}].was_with[{w}]");
                    known.organisation(Some(id), path, report);
                }
            }
            for (n, id) in action.with.iter().enumerate() {
                known.organisation(Some(id), format!("goals[{g}].actions[{a}].with[{n}]"), report);
            }
        }
    }
    duplicates(loaded, report);
}

struct Known<'a> {
    loaded: &'a Loaded,
}

impl Known<'_> {
    fn person(&self, part: &str, id: &str, path: String, report: &mut Report) {
        let people = &self.loaded.conference.people;
        // An entry that exists but could not be read is reported at its own place.
        if people.contains_key(id) || self.loaded.places.conference.has_key("people", id) {
            return;
        }
        let error = Diagnostic::error(codes::UNKNOWN_PERSON, format!("{part} `{id}` is not among the people")).at(path);
        let hint = if report.is_short() { self.instead_of_person(id) } else { add(id, "people") };
        report.push(error.hint(hint));
    }

    fn organisation(&self, id: Option<&String>, path: String, report: &mut Report) {
        let Some(id) = id else { return };
        let organisations = &self.loaded.conference.organisations;
        if organisations.contains_key(id) || self.loaded.places.conference.has_key("organisations", id) {
            return;
        }
        let error =
            Diagnostic::error(codes::UNKNOWN_ORGANISATION, format!("`{id}` is not among the organisations")).at(path);
        let hint = if report.is_short() { self.instead_of_organisation(id) } else { add(id, "organisations") };
        report.push(error.hint(hint));
    }

    fn instead_of_person(&self, typed: &str) -> Hint {
        let c = &self.loaded.conference;
        let people = || c.people.iter().map(|(id, person)| (id.as_str(), person.name.as_str()));
        let organisations = || c.organisations.iter().map(|(id, o)| (id.as_str(), o.name.as_str()));
        let invited = || c.invitees.iter().filter_map(|invitee| access::person(self.loaded, invitee));
        if let Some(hint) = one_of_several(typed, people()) {
            hint
        } else if organisations().any(|(id, name)| is_called(typed, id) || is_called(typed, name)) {
            "a person is wanted here, and this is an organisation: write the id of somebody under `people`".into()
        } else if invited().any(|person| is_called(typed, &person.name)) {
            "enter them under `people` with an id, and write that id here and as `person:` in their invitation".into()
        } else {
            close_to(typed, people()).unwrap_or_else(|| add(typed, "people"))
        }
    }

    fn instead_of_organisation(&self, typed: &str) -> Hint {
        let c = &self.loaded.conference;
        let organisations = || c.organisations.iter().map(|(id, o)| (id.as_str(), o.name.as_str()));
        if let Some(hint) = one_of_several(typed, organisations()) {
            return hint;
        }
        let of_invitees = c.invitees.iter().filter_map(|invitee| {
            let organisation = access::organisation_of(self.loaded, invitee).map(|(id, _)| id);
            Some((access::person(self.loaded, invitee)?, organisation))
        });
        let people = c.people.values().map(|person| (person, person.organisation.as_deref()));
        let mut theirs = people.chain(of_invitees).filter(|(person, _)| is_called(typed, &person.name));
        let by_id = c.people.get(typed).map(|person| (person, person.organisation.as_deref()));
        match by_id.or_else(|| theirs.find(|(_, id)| id.is_some()).or_else(|| theirs.next())) {
            Some((_, Some(id))) => {
                Hint::naming("an organisation is wanted here, and this is a person: theirs is `{}`", [id])
            }
            Some((_, None)) => {
                "an organisation is wanted here, and this is a person: write the id of the one they act for".into()
            }
            None => close_to(typed, organisations()).unwrap_or_else(|| add(typed, "organisations")),
        }
    }
}

fn is_called(typed: &str, name: &str) -> bool {
    let typed = Folded::of(typed).text;
    !typed.is_empty() && typed == Folded::of(name).text
}

/// Where several have the name that was typed, or end with it, their ids. (One alone is understood without an id.)
fn one_of_several<'a>(typed: &str, all: impl Iterator<Item = (&'a str, &'a str)>) -> Option<Hint> {
    let end = format!(" {}", typed.to_lowercase());
    let fits = |name: &str| is_called(typed, name) || name.to_lowercase().ends_with(&end);
    let ids: Vec<String> = all.filter(|(_, name)| fits(name)).map(|(id, _)| format!("`{id}`")).collect();
    (ids.len() > 1).then(|| Hint::naming("this may be one of several: write one of the ids {}", [ids.join(", ")]))
}

/// The id, or the id of the name, that is close to what was typed.
fn close_to<'a>(typed: &str, all: impl Iterator<Item = (&'a str, &'a str)> + Clone) -> Option<Hint> {
    if let Some(id) = closest(typed, all.clone().map(|(id, _)| id)) {
        return Some(Hint::naming("did you mean `{}`?", [id]));
    }
    let name = closest(typed, all.clone().map(|(_, name)| name))?;
    let id = all.into_iter().find(|(_, other)| *other == name)?.0;
    Some(Hint::naming("did you mean `{}` ({})?", [id, name]))
}

fn add(id: &str, map: &'static str) -> Hint {
    Hint::naming("add `{}` under `", [id]).and(Hint::listing("{}`", [map]))
}

fn decisions(known: &Known<'_>, report: &mut Report) {
    let options = &known.loaded.settings.decision_options;
    for (i, decision) in known.loaded.conference.decisions.iter().enumerate() {
        if !options.iter().any(|o| o.id == decision.option) {
            let list = options.iter().map(|o| format!("`{}`", o.id)).collect::<Vec<_>>().join(", ");
            let error = Diagnostic::error(
                codes::UNKNOWN_OPTION,
                format!("`{}` is not one of the council's decision options", decision.option),
            )
            .at(format!("decisions[{i}].option"))
            .suggest(&decision.option, options.iter().map(|o| o.id.as_str()));
            report.push(if error.hint.is_some() {
                error
            } else {
                error.hint(Hint::naming("the options are {}", [list]))
            });
        }
        for (d, dissent) in decision.dissent.iter().enumerate() {
            known.organisation(Some(&dissent.by), format!("decisions[{i}].dissent[{d}].by"), report);
        }
    }
}

/// A step that is noted as done is one that nothing else shows.
fn steps_done(loaded: &Loaded, report: &mut Report) {
    for id in loaded.conference.done.keys() {
        let Some(step) = loaded.steps.get(id) else {
            let error = Diagnostic::error(codes::BAD_TIMETABLE, format!("the timetable has no step `{id}`"));
            let known = loaded.steps.iter().filter(|(_, step)| step.paper.is_none() && step.fact.is_none());
            let near = closest(id, known.clone().map(|(known, _)| known.as_str())).is_some();
            let error = error.at(format!("done.{id}"));
            let known: Vec<&str> = known.map(|(known, _)| known.as_str()).collect();
            report.push(if near {
                error.suggest(id, known.iter().copied())
            } else {
                let all = known.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                error.hint(Hint::naming("the steps that can be noted are {}", [all]))
            });
            continue;
        };
        let shown_by = match (&step.paper, step.fact) {
            (Some(paper), _) => {
                Hint::naming("note that `{}` was sent, with `convenor sent`, and leave this out", [paper])
            }
            (None, Some(fact)) => Hint::naming("enter it as {}, and leave this out", [fact.field()]),
            (None, None) => continue,
        };
        let error =
            Diagnostic::error(codes::BAD_TIMETABLE, format!("something else says when the step `{id}` was done"));
        report.push(error.at(format!("done.{id}")).hint(shown_by));
    }
}

fn duplicates(loaded: &Loaded, report: &mut Report) {
    let goals = &loaded.conference.goals;
    let goal_ids = goals.iter().enumerate().map(|(g, goal)| (goal.id.as_str(), format!("goals[{g}].id")));
    let action_ids = goals.iter().enumerate().flat_map(|(g, goal)| {
        goal.actions
            .iter()
            .enumerate()
            .map(move |(a, action)| (action.id.as_str(), format!("goals[{g}].actions[{a}].id")))
    });
    twice(goal_ids, "goal", report);
    twice(action_ids, "action", report);
    let mut seen = HashMap::new();
    for (i, invitee) in loaded.conference.invitees.iter().enumerate() {
        let Some(person) = access::person(loaded, invitee) else { continue };
        // The same id means the same person. The same name does so only with the same postcode.
        // A father and son of one name may live in one house, so two different ids mean two people.
        let own = invitee.id.as_deref();
        let id = invitee.person.id();
        let postcode = if id.is_some() { None } else { invitee.address.last().cloned() };
        if seen.insert((id, own, person.name.to_lowercase(), postcode), i).is_some() {
            report.push(
                Diagnostic::error(codes::DUPLICATE_INVITEE, format!("`{}` is invited twice", person.name))
                    .at(format!("invitees[{i}].person"))
                    .hint("remove one of the two entries, or they get two letters"),
            );
        }
    }
}

fn twice<'a>(ids: impl Iterator<Item = (&'a str, String)>, noun: &str, report: &mut Report) {
    let mut seen = std::collections::HashSet::new();
    for (id, path) in ids {
        if !seen.insert(id) {
            report.push(
                Diagnostic::error(codes::DUPLICATE_ID, format!("two {noun}s have the id `{id}`"))
                    .at(path)
                    .hint("give each its own"),
            );
        }
    }
}
