//! The people of a conference and what they may read, as several rules and [`Checked`](super::Checked) need it.
//!
//! In: a conference that has not been checked yet. Out: `None` wherever the files do not say.
//!
//! Deliberately absent: complaints. The rules report anything that is missing or contradictory.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use crate::input::Loaded;
use crate::model::people::{Agreement, Invitee, Organisation, Person};
use crate::model::reference::PersonRef;
use crate::model::{Audience, Category, Reads};

/// The particulars of an invitee. `None` if the file has no such person.
pub fn person<'a>(loaded: &'a Loaded, invitee: &'a Invitee) -> Option<&'a Person> {
    match &invitee.person {
        PersonRef::Inline(person) => Some(person),
        PersonRef::Id(id) => loaded.conference.people.get(id),
    }
}

/// The organisation that an invitee comes from, with its id.
pub fn organisation_of<'a>(loaded: &'a Loaded, invitee: &'a Invitee) -> Option<(&'a str, &'a Organisation)> {
    let id = invitee.organisation.as_ref().or_else(|| person(loaded, invitee)?.organisation.as_ref())?;
    let (id, organisation) = loaded.conference.organisations.get_key_value(id)?;
    Some((id, organisation))
}

/// Whether an invitee refers to a person or an organisation that does not exist.
pub fn is_unplaced(loaded: &Loaded, invitee: &Invitee) -> bool {
    let Some(person) = person(loaded, invitee) else { return true };
    let named = invitee.organisation.as_ref().or(person.organisation.as_ref());
    named.is_some_and(|id| !loaded.conference.organisations.contains_key(id))
}

/// The category of an invitee: their own, or that of their organisation.
pub fn category(loaded: &Loaded, invitee: &Invitee) -> Option<Category> {
    invitee.category.or_else(|| organisation_of(loaded, invitee).map(|(_, o)| o.category))
}

/// The audience that an invitee belongs to.
pub fn audience(loaded: &Loaded, invitee: &Invitee) -> Option<Audience> {
    let agreed = organisation_of(loaded, invitee).is_some_and(|(_, o)| agreement_in_force(loaded, o));
    category(loaded, invitee).map(|category| reads(loaded, category).audience(agreed))
}

/// The papers that a category reads, by the council's settings. The base has a setting for every category.
pub fn reads(loaded: &Loaded, category: Category) -> Reads {
    loaded.settings.audiences.get(&category).copied().unwrap_or(Reads::Community)
}

/// The positions, from 1, of the agenda points that an invitee takes part in. `None` if these are all that their
/// audience may hear.
pub fn part_of(loaded: &Loaded, invitee: &Invitee) -> Option<BTreeSet<u32>> {
    let audience = audience(loaded, invitee)?;
    let all: BTreeSet<u32> =
        (1..).zip(&loaded.agenda).filter(|(_, p)| audience.may_read(p.share)).map(|(n, _)| n).collect();
    let part: BTreeSet<u32> = all.iter().copied().filter(|n| hears(loaded, invitee, *n)).collect();
    (part != all).then_some(part)
}

/// Whether an invitee takes part in the agenda point at a position, from 1.
pub fn hears(loaded: &Loaded, invitee: &Invitee, position: u32) -> bool {
    let point = usize::try_from(position).ok().and_then(|n| loaded.agenda.get(n.checked_sub(1)?));
    let may = point.zip(audience(loaded, invitee)).is_some_and(|(point, audience)| audience.may_read(point.share));
    let asked = invitee.items.as_ref().is_none_or(|items| items.contains(&position));
    let kept_out = invitee.excluded.as_ref().is_some_and(|excluded| excluded.contains(&position));
    may && asked && !kept_out
}

/// Whether an organisation's agreement is in force on the day of the meeting.
pub fn agreement_in_force(loaded: &Loaded, organisation: &Organisation) -> bool {
    let day = loaded.conference.meeting.date;
    let end = |a: Agreement| a.review.unwrap_or_else(|| agreement_end(loaded, a.signed));
    organisation.agreement.is_some_and(|a| a.signed <= day && end(a) >= day)
}

/// The last day of an agreement that was signed on `signed`, unless it has an end of its own.
pub fn agreement_end(loaded: &Loaded, signed: NaiveDate) -> NaiveDate {
    let months = loaded.settings.timescales.get("agreement_review_months").copied().unwrap_or_default();
    signed.checked_add_months(Months::new(months)).unwrap_or(signed)
}
