//! Who took part: those present with what they did, apologies, and those who were missing.
//!
//! In: the invitees, and the officers of the meeting. Out: lists in which nobody is both present and away.
//!
//! Deliberately absent: the names of youth representatives, which no paper holds, and every name in the community's papers.

use serde::Serialize;

use super::brief::numbered;
use super::eye::Eye;
use super::value::time;
use crate::model::conference::AgendaPoint;
use crate::model::people::{Invitee, Person, Reply};
use crate::model::{Category, Clearance};

#[derive(Debug, Serialize)]
pub(super) struct Attendance<'a> {
    present: Vec<Attendee<'a>>,
    /// Those present once more, each organisation with its people.
    organisations: Vec<Organisation<'a>>,
    apologies: Vec<Attendee<'a>>,
    absent: Vec<Attendee<'a>>,
    /// Those present without their names: each organisation once for each part of the meeting that its people were there for.
    groups: Vec<Group<'a>>,
    /// Those who sent apologies without their names, if nobody of their organisation was present.
    groups_away: Vec<Group<'a>>,
}

/// A person in a list of attendance. The community's papers name nobody, and no paper names a youth representative.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Attendee<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    /// The reason why there is no name: `young` for whoever speaks for young people, `version` if this version names nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    unnamed: Option<&'static str>,
    /// What they did in the meeting: `chair`, `minute_taker` or `lead_practitioner`, which are also the ids of terms.
    duties: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrived: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delegate: Option<&'a str>,
    /// The name of whoever was invited first and has withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_place_of: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    online: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    observer: bool,
}

/// An organisation with those of its people who were present, or one person without an organisation.
#[derive(Debug, Serialize)]
struct Organisation<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    people: Vec<Attendee<'a>>,
}

/// People of one organisation, or with one role if they have none.
#[derive(Debug, Serialize)]
struct Group<'a> {
    /// `None` if neither is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    duties: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrived: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    online: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    observer: bool,
}

/// Someone with a part in running the meeting, with all that they did.
struct InCharge<'a> {
    id: &'a str,
    person: &'a Person,
    duties: Vec<&'static str>,
}

impl InCharge<'_> {
    fn is(&self, eye: Eye<'_>, invitee: &Invitee) -> bool {
        invitee.person.id() == Some(self.id) || eye.checked.person(invitee).name == self.person.name
    }
}

/// The chair, the minute taker and the lead practitioner, who wrote the assessment.
fn officers(eye: Eye<'_>) -> Vec<InCharge<'_>> {
    let c = &eye.checked.conference;
    let all = [
        ("chair", &c.meeting.chair),
        ("chair", &c.meeting.co_chair),
        ("minute_taker", &c.meeting.minute_taker),
        ("lead_practitioner", &c.assessment.author),
    ];
    let mut officers: Vec<InCharge<'_>> = Vec::new();
    for (duty, id) in all {
        let Some((id, person)) = id.as_ref().and_then(|id| c.people.get_key_value(id)) else { continue };
        match officers.iter_mut().find(|o| o.id == id || o.person.name == person.name) {
            Some(known) => known.duties.push(duty),
            None => officers.push(InCharge { id, person, duties: vec![duty] }),
        }
    }
    officers
}

/// The lists of attendance. Whoever ran the meeting was there, unless their own entry among the invitees says otherwise; no
/// list of those present begins before somebody's attendance is recorded.
pub(super) fn attendance(eye: Eye<'_>) -> Attendance<'_> {
    let invitees = &eye.checked.conference.invitees;
    let recorded = eye.checked.tally().recorded;
    let officers = officers(eye);
    let duties = |i: &Invitee| officers.iter().find(|o| o.is(eye, i)).map(|o| o.duties.clone()).unwrap_or_default();
    let ran_it = |i: &Invitee| recorded && i.attended.is_none() && i.reply != Reply::Apologies && !duties(i).is_empty();
    let is_present = |i: &Invitee| i.attended == Some(true) || ran_it(i);
    let of = |i| Attendee { duties: duties(i), ..attendee(eye, i) };
    let uninvited = officers.iter().filter(|o| recorded && !invitees.iter().any(|i| o.is(eye, i)));
    let mut present: Vec<_> = uninvited.map(|o| officer(eye, o)).collect();
    present.extend(invitees.iter().filter(|i| is_present(i)).map(of));
    let order = |duty: &&str| ["chair", "minute_taker", "lead_practitioner"].iter().position(|d| d == duty);
    present.sort_by_key(|a| a.duties.first().and_then(order).unwrap_or(usize::MAX));
    // Whoever had withdrawn was not expected, and is neither missing nor excused.
    let was_expected = |i: &Invitee| i.withdrawn.is_none() && !is_present(i) && !eye.checked.is_left_out(i);
    let away = |keep: fn(&Invitee) -> bool| invitees.iter().filter(move |i| was_expected(i) && keep(i)).map(of);
    let apologies: Vec<_> = away(|i| i.reply == Reply::Apologies).collect();
    let absent = if recorded { away(|i| i.reply != Reply::Apologies).collect() } else { Vec::new() };
    let organisations = organisations(&present);
    let groups = groups(&present);
    let mut groups_away = self::groups(&apologies);
    groups_away.retain(|away| away.name.is_none() || !groups.iter().any(|there| there.name == away.name));
    Attendance { present, organisations, apologies, absent, groups, groups_away }
}

/// An organisation with those of its people who are invited, or one person without an organisation.
#[derive(Debug, Serialize)]
pub(super) struct Expected<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    /// What it counts for in the quorum: `social-care`, `agency` or `none`.
    quorum: &'static str,
    people: Vec<Invited<'a>>,
}

/// Somebody who is invited, with what they have answered.
#[derive(Debug, Serialize)]
struct Invited<'a> {
    #[serde(flatten)]
    person: Attendee<'a>,
    /// The numbers of the points that they could hear and are not there for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    away: Vec<u32>,
    reply: &'static str,
    audience: &'static str,
}

/// An organisation that counts for the quorum.
#[derive(Debug, Serialize)]
pub(super) struct Counted<'a> {
    name: &'a str,
    quorum: &'static str,
}

/// The organisation of a lead practitioner who is not among the invitees.
pub(super) fn lead(eye: Eye<'_>) -> Option<Counted<'_>> {
    let c = &eye.checked.conference;
    let author = c.assessment.author.as_ref().filter(|id| c.invitees.iter().all(|i| i.person.id() != Some(id)))?;
    let of = c.organisations.get(c.people.get(author)?.organisation.as_ref()?)?;
    Some(Counted { name: &of.name, quorum: of.quorum.id() })
}

/// Everybody who is invited and takes part, as the file has it, by organisation. Nobody's arrival belongs to it.
pub(super) fn expected(eye: Eye<'_>) -> Vec<Expected<'_>> {
    let officers = officers(eye);
    let duties = |i: &Invitee| officers.iter().find(|o| o.is(eye, i)).map(|o| o.duties.clone()).unwrap_or_default();
    let mut expected: Vec<Expected<'_>> = Vec::new();
    let is_expected = |i: &&Invitee| i.invited && i.withdrawn.is_none() && !eye.checked.is_left_out(i);
    for invitee in eye.checked.conference.invitees.iter().filter(is_expected) {
        let person = Attendee { duties: duties(invitee), arrived: None, left: None, ..attendee(eye, invitee) };
        let name = person.organisation;
        let audience = eye.checked.audience(invitee).id();
        let invited = Invited { person, away: away(eye, invitee), reply: invitee.answer(eye.moved).id(), audience };
        let quorum = eye.checked.organisation_of(invitee).map(|(_, o)| o.quorum).unwrap_or_default().id();
        match expected.iter_mut().find(|o| name.is_some() && o.name == name) {
            Some(known) => known.people.push(invited),
            None => expected.push(Expected { name, quorum, people: vec![invited] }),
        }
    }
    expected
}

fn organisations<'a>(people: &[Attendee<'a>]) -> Vec<Organisation<'a>> {
    let mut organisations: Vec<Organisation<'a>> = Vec::new();
    for one in people {
        let name = one.organisation;
        match organisations.iter_mut().find(|o| name.is_some() && o.name == name) {
            Some(known) => known.people.push(one.clone()),
            None => organisations.push(Organisation { name, people: vec![one.clone()] }),
        }
    }
    organisations
}

fn groups<'a>(people: &[Attendee<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for one in people {
        let name = one.organisation.or(one.role);
        let same = |g: &&mut Group<'_>| {
            let there = (&g.points, &g.arrived, &g.left, g.online, g.observer);
            name.is_some()
                && g.name == name
                && there == (&one.points, &one.arrived, &one.left, one.online, one.observer)
        };
        match groups.iter_mut().find(same) {
            Some(known) => known.duties.extend(&one.duties),
            None => groups.push(Group {
                name,
                duties: one.duties.clone(),
                points: one.points.clone(),
                arrived: one.arrived.clone(),
                left: one.left.clone(),
                online: one.online,
                observer: one.observer,
            }),
        }
    }
    groups
}

/// An officer who is not among the invitees.
fn officer<'a>(eye: Eye<'a>, officer: &InCharge<'a>) -> Attendee<'a> {
    let InCharge { person, duties, .. } = officer;
    let organisation = person.organisation.as_ref().and_then(|id| eye.checked.conference.organisations.get(id));
    let is_named = eye.audience.may_read(Clearance::Professional);
    Attendee {
        name: Some(person.name.as_str()).filter(|_| is_named),
        unnamed: (!is_named).then_some("version"),
        duties: duties.clone(),
        role: person.role.as_deref(),
        organisation: organisation.map(|o| o.name.as_str()),
        points: None,
        arrived: None,
        left: None,
        delegate: None,
        in_place_of: None,
        online: false,
        observer: false,
    }
}

pub(super) fn attendee<'a>(eye: Eye<'a>, invitee: &'a Invitee) -> Attendee<'a> {
    let person = eye.checked.person(invitee);
    let organisation = eye.checked.organisation_of(invitee).map(|(_, o)| o.name.as_str());
    let speaks_for_the_young = eye.checked.category(invitee) == Category::YouthRepresentative;
    let unnamed = if speaks_for_the_young {
        Some("young")
    } else {
        (!eye.audience.may_read(Clearance::Professional)).then_some("version")
    };
    Attendee {
        name: Some(person.name.as_str()).filter(|_| unnamed.is_none()),
        unnamed,
        duties: Vec::new(),
        role: person.role.as_deref(),
        organisation,
        points: part(eye, invitee),
        arrived: invitee.arrived.map(time),
        left: invitee.left.map(time),
        delegate: invitee.delegate.as_deref().filter(|_| unnamed.is_none()),
        in_place_of: eye
            .checked
            .predecessor(invitee)
            .filter(|one| unnamed.is_none() && eye.checked.category(one) != Category::YouthRepresentative)
            .map(|one| eye.checked.person(one).name.as_str()),
        online: invitee.online,
        observer: invitee.observer,
    }
}

/// The points that somebody could hear and is not asked for, or kept out of.
fn away(eye: Eye<'_>, invitee: &Invitee) -> Vec<u32> {
    let Some(part) = eye.checked.part_of(invitee) else { return Vec::new() };
    let audience = eye.checked.audience(invitee);
    let theirs =
        numbered(eye).filter(|(_, position, point)| audience.may_read(point.share) && !part.contains(position));
    theirs.map(|(number, ..)| number).collect()
}

/// `points 1 to 4 and 8`, for a person who was asked for only some points; `None` for all of them. The numbers are
/// those of this version, and points that this version does not have are left out.
fn part(eye: Eye<'_>, invitee: &Invitee) -> Option<String> {
    let audience = eye.checked.audience(invitee);
    let part = eye.checked.part_of(invitee);
    let is_theirs = |position: u32, point: &AgendaPoint| {
        part.as_ref().map_or_else(|| audience.may_read(point.share), |part| part.contains(&position))
    };
    let theirs = numbered(eye).filter(|(_, position, point)| is_theirs(*position, point));
    let numbers: Vec<u32> = theirs.map(|(number, ..)| number).collect();
    if numbers.len() == numbered(eye).count() {
        return None;
    }
    // Three or more in a row are a range; two are two numbers.
    let runs = numbers.chunk_by(|a, b| a + 1 == *b).flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first}\u{a0}to\u{a0}{last}")],
        few => few.iter().map(u32::to_string).collect(),
    });
    let runs: Vec<String> = runs.collect();
    let words = match runs.as_slice() {
        [] => return None,
        [one] => one.clone(),
        [head @ .., tail] => format!("{} and {tail}", head.join(", ")),
    };
    Some(format!("{} {words}", if numbers.len() == 1 { "point" } else { "points" }))
}
