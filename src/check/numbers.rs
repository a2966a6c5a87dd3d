//! The identities by which people with numbers are recognised later. No two share an id or a number.
//!
//! In: the conference. Out: an [`Identity`] for each invitee, organisation and link to a child's record; an error if
//! two have the same id or are given the same number.
//!
//! Deliberately absent: earlier numbers, which only the record of a conference knows.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Report, codes};
use crate::fold::Folded;
use crate::input::Loaded;
use crate::model::numbers::{GivenNumber, Identity, Role, order_of_organisations};

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let all = identities(loaded);
    let typed = |path: &str| loaded.places.conference.has(&format!("{path}.id"));
    for (role, noun) in
        [(Role::Invitee, "invitees"), (Role::Organisation, "organisations"), (Role::Child, "child links")]
    {
        let mut ids = BTreeMap::new();
        let mut numbers = BTreeMap::new();
        for one in all.iter().filter(|one| one.role == role) {
            if let Some(id) = &one.id
                && let Some(other) = ids.insert(id, &one.path)
                // If both are the id of a person, `references` has reported it.
                && let Some(path) = [&one.path, other].into_iter().find(|path| typed(path))
            {
                let error = Diagnostic::error(codes::DUPLICATE_ID, format!("two {noun} have the id `{id}`"));
                report.push(error.at(format!("{path}.id")).hint("give each its own"));
            }
            if let Some(number) = one.given.and_then(GivenNumber::number)
                && numbers.insert(number, &one.path).is_some()
            {
                let error =
                    Diagnostic::error(codes::DUPLICATE_NUMBER, format!("two {noun} are given the number {number}"));
                report.push(error.at(format!("{}.number", one.path)).hint("leave it with the one who had it before"));
            }
        }
    }
}

/// The identity by which everybody with a number is recognised later, in the order of the numbers.
pub fn identities(loaded: &Loaded) -> Vec<Identity> {
    let c = &loaded.conference;
    let invitees = c.invitees.iter().enumerate().map(|(i, invitee)| Identity {
        role: Role::Invitee,
        id: invitee.id.clone().or_else(|| invitee.person.id().map(str::to_owned)),
        name: folded(super::access::person(loaded, invitee).map_or("", |p| &p.name)),
        organisation: folded(super::access::organisation_of(loaded, invitee).map_or("", |(_, o)| &o.name)),
        detail: folded(invitee.address.last().map_or("", String::as_str)),
        given: invitee.number,
        path: format!("invitees[{i}]"),
    });
    let organisations = order_of_organisations(c, &loaded.borough).into_iter().map(|id| Identity {
        role: Role::Organisation,
        id: Some(id.to_owned()),
        name: folded(&c.organisations[id].name),
        organisation: String::new(),
        detail: String::new(),
        given: c.organisations[id].number,
        path: format!("organisations.{id}"),
    });
    let children = c.child_links.iter().enumerate().map(|(i, link)| Identity {
        role: Role::Child,
        id: link.id.clone(),
        name: folded(&link.reference),
        organisation: String::new(),
        detail: folded(&link.worker.name),
        given: link.number,
        path: format!("child_links[{i}]"),
    });
    invitees.chain(organisations).chain(children).collect()
}

/// A name as it is compared: without case, accents and spacing. A name that folds to nothing stays as it was typed.
fn folded(name: &str) -> String {
    let folded = Folded::of(name).text;
    if folded.is_empty() { name.to_owned() } else { folded }
}
