//! The one person or organisation that a paper is for.

use serde::Serialize;

use super::brief::{Point, agenda};
use super::council::{Basis, printed};
use super::eye::Eye;
use super::value::{Markdown, markdown};
use crate::model::borough::BeforeUndertaking;
use crate::model::conference::ChildLink;
use crate::model::edition::reason;
use crate::model::people::{Invitee, Person};
use crate::model::{Category, Clearance};

/// An invitee, to themselves. Their postal address is not here: it goes to the envelope and to nothing else.
#[derive(Debug, Serialize)]
pub(super) struct Addressee<'a> {
    reference: String,
    name: &'a str,
    salutation: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<OrganisationName<'a>>,
    category: Category,
    audience: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    bring: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<Vec<Point<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stays: Option<Vec<Stay<'a>>>,
    /// Their answer to the invitation.
    reply: &'static str,
    /// Whether they came, once that is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    attended: Option<bool>,
    /// The person who came in their place.
    #[serde(skip_serializing_if = "Option::is_none")]
    delegate: Option<&'a str>,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    undertaking_signed: bool,
    agreement_signed: bool,
    /// Whether an agreement with their organisation is in force. The council has none with itself.
    agreement_in_force: bool,
    /// The day on which the report of their organisation came, if it was there by that of the letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    report_received: Option<String>,
    told: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<Markdown<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exclusion: Option<KeptOut<'a>>,
}

/// The decision that keeps somebody out of points, to themselves.
#[derive(Debug, Serialize)]
struct KeptOut<'a> {
    on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    heard: Option<&'a str>,
    /// Whether they come for no point at all.
    whole: bool,
    /// The points that they are kept out of, as far as their audience knows them.
    points: Vec<Point<'a>>,
}

fn kept_out<'a>(eye: Eye<'a>, invitee: &'a Invitee) -> Option<KeptOut<'a>> {
    let exclusion = invitee.exclusion.as_ref()?;
    let excluded = invitee.excluded.as_deref().unwrap_or_default();
    Some(KeptOut {
        on: exclusion.on.to_string(),
        because: reason(exclusion.because.as_deref()),
        heard: exclusion.heard.as_deref(),
        whole: eye.checked.is_kept_out_of_all(invitee),
        points: agenda(eye).into_iter().filter(|point| excluded.contains(&point.position)).collect(),
    })
}

/// A time for which somebody is in the room who comes for part of the meeting: points that follow one another.
#[derive(Debug, Serialize)]
struct Stay<'a> {
    start: String,
    end: String,
    points: Vec<Point<'a>>,
}

/// The times in the room for some points of the agenda.
fn stays<'a>(points: &[Point<'a>]) -> Vec<Stay<'a>> {
    let rows = points.chunk_by(|one, next| one.position + 1 == next.position);
    let stay = |row: &[Point<'a>]| {
        let (first, last) = (row.first()?, row.last()?);
        Some(Stay { start: first.start.clone(), end: last.end.clone(), points: row.to_vec() })
    };
    rows.filter_map(stay).collect()
}

#[derive(Debug, Serialize)]
struct OrganisationName<'a> {
    id: &'a str,
    name: &'a str,
}

pub(super) fn addressee<'a>(eye: Eye<'a>, invitee: &'a Invitee, reference: String) -> Addressee<'a> {
    let person = eye.checked.person(invitee);
    let organisation = eye.checked.organisation_of(invitee);
    // Invitees who may not hear every point, or are asked for only some, are told which are theirs.
    let part = eye.checked.part_of(invitee);
    let asked = |point: &Point<'_>| part.as_ref().is_none_or(|part| part.contains(&point.position));
    let theirs: Vec<_> = agenda(eye).into_iter().filter(asked).collect();
    let points = (theirs.len() < eye.checked.agenda.len()).then_some(theirs);
    Addressee {
        reference,
        name: &person.name,
        salutation: person.salutation.as_deref().unwrap_or(&person.name),
        role: person.role.as_deref(),
        organisation: organisation.map(|(id, o)| OrganisationName { id, name: &o.name }),
        category: eye.checked.category(invitee),
        audience: eye.audience.id(),
        bring: invitee.bring.as_ref().and_then(|s| eye.known(s, Clearance::Community)),
        stays: points.as_deref().map(stays),
        points,
        reply: invitee.answer(eye.moved).id(),
        attended: invitee.attended,
        delegate: invitee.delegate.as_deref(),
        format: invitee.format.id(),
        access: invitee.access.as_ref().and_then(|s| eye.known(s, Clearance::Community)),
        language: invitee.language.as_deref(),
        undertaking_signed: invitee.has_signed_by(eye.issued),
        // The council needs no agreement with itself.
        agreement_signed: organisation
            .is_none_or(|(id, o)| eye.checked.is_of_the_council(id) || eye.checked.agreement_in_force(o)),
        agreement_in_force: organisation.is_some_and(|(_, o)| eye.checked.agreement_in_force(o)),
        report_received: organisation
            .and_then(|(_, o)| o.report?.received)
            .filter(|received| *received <= eye.issued)
            .map(|received| received.to_string()),
        told: if eye.gentle { BeforeUndertaking::Gentle } else { BeforeUndertaking::Full }.id(),
        note: invitee.note.as_ref().filter(|n| eye.may_know(n, Clearance::Community)).map(|n| markdown(&n.text)),
        exclusion: kept_out(eye, invitee),
    }
}

/// An organisation that takes part, to itself.
#[derive(Debug, Serialize)]
pub(super) struct Partner<'a> {
    id: &'a str,
    name: &'a str,
    reference: String,
    category: Category,
    bases: Vec<Basis<'a>>,
    duties: Vec<Basis<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agreement: Option<Signed>,
    representatives: Vec<Representative<'a>>,
    review_due: String,
}

#[derive(Debug, Serialize)]
struct Signed {
    signed: String,
    review: String,
}

#[derive(Debug, Serialize)]
struct Representative<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
}

pub(super) fn partner<'a>(eye: Eye<'a>, id: &'a str, reference: String) -> Partner<'a> {
    let checked = eye.checked;
    let organisation = &checked.conference.organisations[id];
    let ours = checked.conference.invitees.iter().filter(|i| checked.organisation_of(i).is_some_and(|(o, _)| o == id));
    let review = |signed| checked.agreement_end(signed).to_string();
    Partner {
        id,
        name: &organisation.name,
        reference,
        category: organisation.category,
        bases: printed(checked, &checked.legal.bases, Some(organisation.category)),
        duties: printed(checked, &checked.legal.duties, Some(organisation.category)),
        // One that is dated later than the paper has not been signed yet.
        agreement: organisation.agreement.filter(|a| a.signed <= eye.issued).map(|a| Signed {
            signed: a.signed.to_string(),
            review: a.review.map_or_else(|| review(a.signed), |r| r.to_string()),
        }),
        representatives: ours
            .map(|i| checked.person(i))
            .map(|p| Representative { name: &p.name, role: p.role.as_deref() })
            .collect(),
        review_due: review(eye.issued),
    }
}

/// A child's own record, and facts from the conference for its worker and nobody else.
#[derive(Debug, Serialize)]
pub(super) struct ChildNote<'a> {
    reference: &'a str,
    worker: &'a str,
    relevance: &'a str,
    feedback: &'a str,
}

pub(super) fn child_note(link: &ChildLink) -> ChildNote<'_> {
    ChildNote {
        reference: &link.reference,
        worker: &link.worker.name,
        relevance: &link.relevance,
        feedback: &link.feedback,
    }
}

/// The lines of the address window: name, role if there is room, and the postal address.
///
/// An address that was exported from elsewhere may already begin with the name.
pub fn window(person: &Person, address: &[String]) -> Vec<String> {
    let named = address.first() == Some(&person.name);
    let mut lines: Vec<String> = if named { Vec::new() } else { vec![person.name.clone()] };
    // Seven lines fit the window; a role is worth a line only while the type stays at its size.
    if let Some(role) = person.role.as_ref().filter(|r| !named && address.len() <= 4 && !address.contains(r)) {
        lines.push(role.clone());
    }
    lines.extend_from_slice(address);
    lines
}
