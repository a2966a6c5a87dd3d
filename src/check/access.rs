//! The people of a conference and what they may read, as several rules and [`Checked`](super::Checked) need it.
//!
//! In: a conference that has not been checked yet. Out: `None` wherever the files do not say.
//!
//! Deliberately absent: complaints. The rules report anything that is missing or contradictory.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate, NaiveTime, TimeDelta};

use crate::fields::{self, Field, Readers};
use crate::input::Loaded;
use crate::model::conference::Part;
use crate::model::people::{Agreement, Invitee, Organisation, PartOf, Person};
use crate::model::plan::Decision;
use crate::model::reference::PersonRef;
use crate::model::{Audience, Category, Clearance, Reads};

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
    let agreed = organisation_of(loaded, invitee).is_some_and(|(id, o)| is_bound(loaded, id, o));
    category(loaded, invitee).map(|category| reads(loaded, category).audience(agreed))
}

/// The papers that a category reads, by the council's settings. The base has a setting for every category.
pub fn reads(loaded: &Loaded, category: Category) -> Reads {
    loaded.settings.audiences.get(&category).copied().unwrap_or(Reads::Community)
}

/// The positions, from 1, of the agenda points that an invitee takes part in. `None` if these are all that their
/// audience may hear.
pub fn part_of(loaded: &Loaded, invitee: &Invitee) -> Option<BTreeSet<u32>> {
    if invitee.items.is_none() && invitee.excluded.is_none() {
        return None;
    }
    let audience = audience(loaded, invitee)?;
    let all: BTreeSet<u32> =
        (1..).zip(&loaded.agenda).filter(|(_, p)| audience.may_read(p.share)).map(|(n, _)| n).collect();
    let part: BTreeSet<u32> = all.iter().copied().filter(|n| is_asked(invitee, *n)).collect();
    (part != all).then_some(part)
}

/// Whether an invitee takes part in the agenda point at a position, from 1.
pub fn hears(loaded: &Loaded, invitee: &Invitee, position: u32) -> bool {
    let point = usize::try_from(position).ok().and_then(|n| loaded.agenda.get(n.checked_sub(1)?));
    let may = point.zip(audience(loaded, invitee)).is_some_and(|(point, audience)| audience.may_read(point.share));
    may && is_asked(invitee, position)
}

/// Whether an invitee was there for the agenda point at a position, as far as its record goes. Of whoever was asked for some points,
/// it counts when they came and left; all others get the record as a whole, if they were a little late or not.
pub fn heard(loaded: &Loaded, invitee: &Invitee, position: u32) -> bool {
    let was_away = |(start, end): (NaiveTime, NaiveTime)| {
        invitee.arrived.is_some_and(|arrived| arrived >= end) || invitee.left.is_some_and(|left| left <= start)
    };
    let came_for_some = invitee.items.is_some() && (invitee.arrived.is_some() || invitee.left.is_some());
    hears(loaded, invitee, position) && !(came_for_some && times_of(loaded, position).is_some_and(was_away))
}

/// When a point begins and ends by the agenda. `None` if there is no such point, or its minutes are beyond all counting.
pub fn times_of(loaded: &Loaded, position: u32) -> Option<(NaiveTime, NaiveTime)> {
    let at = usize::try_from(position).ok()?.checked_sub(1)?;
    let own = loaded.agenda.get(at)?;
    let before: i64 = loaded.agenda[..at].iter().map(|point| i64::from(point.minutes)).sum();
    let start = loaded.conference.meeting.start + TimeDelta::try_minutes(before)?;
    Some((start, start + TimeDelta::try_minutes(own.minutes.into())?))
}

/// Whether an invitee is asked to come for the agenda point at a position, and not kept out of it.
fn is_asked(invitee: &Invitee, position: u32) -> bool {
    let asked = invitee.items.as_ref().is_none_or(|items| items.contains(&position));
    asked && !invitee.excluded.as_ref().is_some_and(|excluded| excluded.contains(&position))
}

/// The positions, from 1, of the agenda points that one of these parts of the record belongs to.
pub fn points_for(loaded: &Loaded, parts: &[Part]) -> BTreeSet<u32> {
    let points = (1..).zip(&loaded.agenda);
    points.filter(|(_, p)| p.part.is_some_and(|part| parts.contains(&part))).map(|(n, _)| n).collect()
}

/// The positions, from 1, of the agenda points at which a decision was taken: its own, or those for decisions.
pub fn points_of_decision(loaded: &Loaded, decision: &Decision) -> BTreeSet<u32> {
    decision.agenda.map_or_else(|| points_for(loaded, &[Part::Decision]), |own| BTreeSet::from([own]))
}

/// Whether an invitee is excluded from one of these points, or, if there are none, from any point at all. Somebody who was
/// merely not asked to come for a point is not.
pub fn is_kept_out(invitee: &Invitee, points: &BTreeSet<u32>) -> bool {
    let excluded = invitee.excluded.as_deref().unwrap_or_default();
    !excluded.is_empty() && (points.is_empty() || excluded.iter().any(|n| points.contains(n)))
}

/// Whether a decision keeps an invitee out of the whole meeting.
pub fn is_kept_out_of_all(loaded: &Loaded, invitee: &Invitee) -> bool {
    invitee.exclusion.is_some()
        && invitee.excluded.is_some()
        && part_of(loaded, invitee).is_some_and(|part| part.is_empty())
}

/// Whether an id is that of an invitee's entry or of their person.
pub fn is_known_as(invitee: &Invitee, id: &str) -> bool {
    invitee.id.as_deref() == Some(id) || invitee.person.id() == Some(id)
}

/// Whether an invitee has signed an undertaking: by the day on which the minutes are issued, if they have a day of their own.
pub fn has_signed(loaded: &Loaded, invitee: &Invitee) -> bool {
    let issued = loaded.conference.papers.get("minutes").and_then(|own| own.issued);
    issued.map_or(invitee.undertaking.is_some(), |day| invitee.has_signed_by(day))
}

/// Whether an organisation's agreement is in force on the day of the meeting.
pub fn agreement_in_force(loaded: &Loaded, organisation: &Organisation) -> bool {
    let day = loaded.conference.meeting.date;
    let end = |a: Agreement| a.review.unwrap_or_else(|| agreement_end(loaded, a.signed));
    organisation.agreement.is_some_and(|a| a.signed <= day && end(a) >= day)
}

/// Whether an organisation belongs to the council. The council makes no agreement with itself.
pub fn is_of_the_council(loaded: &Loaded, id: &str, organisation: &Organisation) -> bool {
    organisation.part_of == Some(PartOf::Council) || loaded.borough.is(id, &organisation.name)
}

/// Whether an organisation is bound as an agreement binds: by one that is in force, or by the council's own rules.
pub fn is_bound(loaded: &Loaded, id: &str, organisation: &Organisation) -> bool {
    is_of_the_council(loaded, id, organisation) || agreement_in_force(loaded, organisation)
}

/// The last day of an agreement that was signed on `signed`, unless it has an end of its own.
pub fn agreement_end(loaded: &Loaded, signed: NaiveDate) -> NaiveDate {
    let months = loaded.settings.timescales.get("agreement_review_months").copied().unwrap_or_default();
    signed.checked_add_months(Months::new(months)).unwrap_or(signed)
}

/// The marks of a conference, by the path of what they are on.
pub struct Clearances<'a> {
    loaded: &'a Loaded,
    marks: BTreeMap<&'a str, Clearance>,
}

/// Maps with a mark of their own, and the mark of those without one.
const MARKED: &[(&str, Clearance)] = &[
    ("agenda[]", Clearance::Community),
    ("items[]", Clearance::Professional),
    ("files[]", Clearance::Professional),
    ("decisions[]", Clearance::Professional),
    ("decisions[].dissent[]", Clearance::Professional),
    ("goals[]", Clearance::Professional),
    ("goals[].readings[]", Clearance::Professional),
    ("goals[].actions[]", Clearance::Professional),
    ("assessment.voices[]", Clearance::Professional),
    ("minutes.corrections[]", Clearance::Professional),
    ("sharing[]", Clearance::Professional),
];

impl<'a> Clearances<'a> {
    /// Reads the marks.
    pub fn of(loaded: &'a Loaded) -> Self {
        let marks = loaded.places.conference.texts().filter_map(|(path, text)| {
            let mark = match text {
                "public" => Clearance::Public,
                "community" => Clearance::Community,
                "professional" => Clearance::Professional,
                "restricted" => Clearance::Restricted,
                _ => return None,
            };
            Some((path.strip_suffix(".share")?, mark))
        });
        Self { loaded, marks: marks.collect() }
    }

    /// The mark that somebody put on a text or on the map that it is in, if any.
    pub fn typed(&self, path: &str) -> Option<Clearance> {
        let own = path.strip_suffix(".text").unwrap_or(path);
        let map = path.rsplit_once('.').map(|(map, _)| map);
        self.marks.get(own).or_else(|| self.marks.get(map?)).copied()
    }

    /// The narrowest clearance of a text and of everything around it. Where a text is for one invitee, their audience's;
    /// if that is not known, the widest is the safe guess.
    pub fn clearance(&self, path: &str, field: &Field) -> Clearance {
        let own = || path.strip_suffix(".text").and_then(|map| self.marks.get(map)).copied();
        match field.readers {
            Readers::Everybody => Clearance::Public,
            Readers::Nobody | Readers::Worker => Clearance::Restricted,
            Readers::Record => Clearance::Professional,
            Readers::Fixed(clearance) => clearance,
            Readers::Marked(usual) => own().unwrap_or(usual).max(self.around(path)),
            Readers::Within => own().unwrap_or(Clearance::Public).max(self.around(path)),
            Readers::Invitee => own().unwrap_or_else(|| self.invitees(path)),
            Readers::Needs => own().unwrap_or(Clearance::Professional),
            Readers::Participant | Readers::Officer | Readers::OfficersContact => Clearance::Community,
        }
    }

    /// The narrowest mark of the maps that a text is in; of what was said at a point, that of the point too.
    fn around(&self, path: &str) -> Clearance {
        let mut narrowest = Clearance::Public;
        for (end, _) in path.match_indices(']') {
            let map = &path[..=end];
            let (pattern, positions) = fields::pattern(map);
            let Some((_, usual)) = MARKED.iter().find(|(marked, _)| *marked == pattern) else { continue };
            narrowest = narrowest.max(self.marks.get(map).copied().unwrap_or(*usual));
            let first = positions.first().copied().unwrap_or(usize::MAX);
            let conference = &self.loaded.conference;
            let point = match pattern.as_str() {
                "items[]" => conference.items.get(first).map(|item| item.agenda),
                "minutes.corrections[]" => conference.minutes.corrections.get(first).and_then(|one| one.agenda),
                _ => None,
            };
            let point = point.and_then(|number| self.loaded.agenda.get((number as usize).checked_sub(1)?));
            narrowest = narrowest.max(point.map_or(Clearance::Public, |point| point.share));
        }
        narrowest
    }

    fn invitees(&self, path: &str) -> Clearance {
        let (_, positions) = fields::pattern(path);
        let invitee = positions.first().and_then(|n| self.loaded.conference.invitees.get(*n));
        invitee.and_then(|i| audience(self.loaded, i)).map_or(Clearance::Community, Audience::clearance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_is_heard_by_whoever_may_read_it_was_asked_for_it_and_was_not_kept_out() {
        let loaded = crate::input::example().expect("the example is sound");
        let of = |wanted: Audience| {
            let mut invitees = loaded.conference.invitees.iter();
            invitees.find(|i| audience(&loaded, i) == Some(wanted)).expect("the example has both").clone()
        };
        let points = loaded.agenda.iter().map(|point| point.share);
        let (closed, open): (Vec<_>, Vec<_>) =
            (1..).zip(points).partition(|(_, share)| *share == Clearance::Professional);
        let (closed, open) = (closed[0].0, open[0].0);
        for (reader, items, excluded, point, expected) in [
            (Audience::Professional, None, None, closed, true),
            (Audience::Community, None, None, open, true),
            (Audience::Community, None, None, closed, false),
            (Audience::Community, Some(vec![closed]), None, closed, false),
            (Audience::Professional, Some(vec![open]), None, closed, false),
            (Audience::Professional, Some(vec![closed]), None, closed, true),
            (Audience::Professional, None, Some(vec![closed]), closed, false),
            (Audience::Professional, None, Some(vec![closed]), open, true),
            (Audience::Professional, None, None, 99, false),
        ] {
            let named = format!("{reader:?} {items:?} {excluded:?} {point}");
            let invitee = Invitee { items, excluded, ..of(reader) };
            assert_eq!(hears(&loaded, &invitee, point), expected, "{named}");
        }
    }
}
