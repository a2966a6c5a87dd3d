//! Who is who, and who may read what: the answers that several rules need, and [`Checked`](super::Checked) after them.
//!
//! In: a conference as it was read. Out: `None` wherever the files do not say, since no rule has looked at them yet.
//!
//! Deliberately absent: complaints. What is missing or contradictory is reported by the rules.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use crate::input::Loaded;
use crate::model::people::{Agreement, Invitee, Organisation, Person};
use crate::model::reference::PersonRef;
use crate::model::{Audience, Category, Reads};

pub fn person<'a>(loaded: &'a Loaded, invitee: &'a Invitee) -> Option<&'a Person> {
    match &invitee.person {
        PersonRef::Inline(person) => Some(person),
        PersonRef::Id(id) => loaded.conference.people.get(id),
    }
}

pub fn organisation_of<'a>(loaded: &'a Loaded, invitee: &'a Invitee) -> Option<(&'a str, &'a Organisation)> {
    let id = invitee.organisation.as_ref().or_else(|| person(loaded, invitee)?.organisation.as_ref())?;
    let (id, organisation) = loaded.conference.organisations.get_key_value(id)?;
    Some((id, organisation))
}

/// Whether an invitee names a person or an organisation that there is not.
pub fn is_unplaced(loaded: &Loaded, invitee: &Invitee) -> bool {
    let Some(person) = person(loaded, invitee) else { return true };
    let named = invitee.organisation.as_ref().or(person.organisation.as_ref());
    named.is_some_and(|id| !loaded.conference.organisations.contains_key(id))
}

pub fn category(loaded: &Loaded, invitee: &Invitee) -> Option<Category> {
    invitee.category.or_else(|| organisation_of(loaded, invitee).map(|(_, o)| o.category))
}

pub fn audience(loaded: &Loaded, invitee: &Invitee) -> Option<Audience> {
    let agreed = organisation_of(loaded, invitee).is_some_and(|(_, o)| agreement_in_force(loaded, o));
    category(loaded, invitee).map(|category| reads(loaded, category).audience(agreed))
}

/// What a category reads, as the council has set it. The base sets it for every category.
pub fn reads(loaded: &Loaded, category: Category) -> Reads {
    loaded.settings.audiences.get(&category).copied().unwrap_or(Reads::Community)
}

pub fn part_of(loaded: &Loaded, invitee: &Invitee) -> Option<BTreeSet<u32>> {
    let audience = audience(loaded, invitee)?;
    let all: BTreeSet<u32> =
        (1..).zip(&loaded.agenda).filter(|(_, p)| audience.may_read(p.share)).map(|(n, _)| n).collect();
    let part: BTreeSet<u32> = all.iter().copied().filter(|n| hears(loaded, invitee, *n)).collect();
    (part != all).then_some(part)
}

pub fn hears(loaded: &Loaded, invitee: &Invitee, position: u32) -> bool {
    let point = usize::try_from(position).ok().and_then(|n| loaded.agenda.get(n.checked_sub(1)?));
    let may = point.zip(audience(loaded, invitee)).is_some_and(|(point, audience)| audience.may_read(point.share));
    let asked = invitee.items.as_ref().is_none_or(|items| items.contains(&position));
    let kept_out = invitee.excluded.as_ref().is_some_and(|excluded| excluded.contains(&position));
    may && asked && !kept_out
}

pub fn agreement_in_force(loaded: &Loaded, organisation: &Organisation) -> bool {
    let day = loaded.conference.meeting.date;
    let end = |a: Agreement| a.review.unwrap_or_else(|| agreement_end(loaded, a.signed));
    organisation.agreement.is_some_and(|a| a.signed <= day && end(a) >= day)
}

pub fn agreement_end(loaded: &Loaded, signed: NaiveDate) -> NaiveDate {
    let months = loaded.settings.timescales.get("agreement_review_months").copied().unwrap_or_default();
    signed.checked_add_months(Months::new(months)).unwrap_or(signed)
}
