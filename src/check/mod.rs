//! The rules of a conference: what must be so before any paper is made.
//!
//! In: [`Loaded`]. Out: [`Checked`], which nothing else can make, or every problem at once.
//!
//! Deliberately absent: rendering, and reading files.

mod agenda;
mod calendar;
mod contact;
mod dates;
mod glyphs;
pub mod list;
mod names;
mod plan;
mod post;
mod prose;
mod quorum;
mod references;
mod texts;

use std::ops::Deref;

use chrono::{Months, NaiveDate};

pub use quorum::Tally;

use crate::diag::{Code, Report, codes};
use crate::input::Loaded;
use crate::model::people::{Agreement, Invitee, Organisation, Person};
use crate::model::{Audience, Category};

/// A conference that passed every rule. Only [`check`] makes one, so whoever holds one need not look again.
#[derive(Debug, Clone)]
pub struct Checked {
    loaded: Loaded,
    warnings: Report,
}

impl Checked {
    /// What is not wrong, but should be looked at.
    pub fn warnings(&self) -> &Report {
        &self.warnings
    }

    /// The particulars of an invitee.
    pub fn person<'a>(&'a self, invitee: &'a Invitee) -> &'a Person {
        person(&self.loaded, invitee).expect("`references` found every person")
    }

    /// The organisation that an invitee comes from, with its id.
    pub fn organisation_of<'a>(&'a self, invitee: &'a Invitee) -> Option<(&'a str, &'a Organisation)> {
        organisation_of(&self.loaded, invitee)
    }

    /// What an invitee is to the conference.
    pub fn category(&self, invitee: &Invitee) -> Category {
        category(&self.loaded, invitee).expect("`contact` found a category for every invitee")
    }

    /// What an invitee may read.
    pub fn audience(&self, invitee: &Invitee) -> Audience {
        audience(&self.loaded, invitee).expect("`contact` found a category for every invitee")
    }

    /// Whether an organisation is the council itself, which makes no agreement with itself: it has the council's id or name.
    pub fn is_council(&self, id: &str) -> bool {
        let named = self.loaded.conference.organisations.get(id).is_some_and(|o| o.name == self.loaded.borough.name);
        id == self.loaded.borough.id || named
    }

    /// Whether a paper for organisations is made for this one in the version of an audience. An agreement is what lets a
    /// voluntary organisation read professional papers, so without one it gets both versions.
    pub fn is_offered(&self, id: &str, audience: Audience) -> bool {
        let Some(organisation) = self.loaded.conference.organisations.get(id) else { return false };
        let (with, without) = (organisation.category.audience(true), organisation.category.audience(false));
        let now = organisation.category.audience(self.agreement_in_force(organisation));
        !self.is_council(id) && (audience == with || audience == now && now == without)
    }

    /// Whether an organisation's agreement is in force on the day of the meeting.
    pub fn agreement_in_force(&self, organisation: &Organisation) -> bool {
        agreement_in_force(&self.loaded, organisation)
    }

    /// The day until which an agreement signed on `signed` is in force, unless it says otherwise itself.
    pub fn agreement_end(&self, signed: NaiveDate) -> NaiveDate {
        agreement_end(&self.loaded, signed)
    }

    /// What stands in any of some texts and may stand in no paper, in words for a message.
    pub fn guarded_in(&self, texts: &[&str]) -> Option<String> {
        names::first_in(&self.loaded, texts)
    }

    /// Who attended, as far as the quorum counts it.
    pub fn tally(&self) -> Tally<'_> {
        Tally::of(&self.loaded)
    }
}

impl Deref for Checked {
    type Target = Loaded;

    fn deref(&self) -> &Loaded {
        &self.loaded
    }
}

/// Applies every rule.
///
/// # Errors
/// The report of all problems of the files, if any of them is an error.
pub fn check(loaded: Loaded) -> Result<Checked, Report> {
    let mut found = Report::default();
    for rule in RULES {
        rule(&loaded, &mut found);
    }
    let mut report = loaded.report.clone();
    let places = &loaded.places;
    let sound = places.conference.is_sound() && places.borough.is_sound();
    let sound_dates = places.conference.has_sound_dates();
    let told = found.diagnostics.into_iter().filter(|d| loaded.places.speaks_of_what_was_read(d));
    let told = told.filter(|d| sound || !ACROSS.contains(&d.code));
    let told = told.filter(|d| sound_dates || !BETWEEN_DATES.contains(&d.code));
    report.diagnostics.extend(told.map(|d| loaded.places.locate(d)));
    report.sort();
    if report.has_errors() { Err(report) } else { Ok(Checked { loaded, warnings: report }) }
}

/// Rules that compare one field with others. Where a field could not be read, what they say may be untrue.
const ACROSS: &[Code] = &[
    codes::NO_QUORUM,
    codes::UNKNOWN_AGENDA_POINT,
    codes::DUPLICATE_INVITEE,
    codes::DUPLICATE_ID,
    codes::COMMUNITY_AT_PEER_GROUP,
];

/// Rules that compare dates or times.
const BETWEEN_DATES: &[Code] = &[codes::DATE_ORDER, codes::TIME_ORDER, codes::AGENDA_TOO_LONG, codes::CALENDAR_ENDS];

type Rule = fn(&Loaded, &mut Report);

const RULES: &[Rule] = &[
    texts::rule,
    references::rule,
    agenda::rule,
    dates::rule,
    contact::rule,
    plan::rule,
    quorum::rule,
    names::rule,
    prose::rule,
    glyphs::rule,
    calendar::rule,
];

fn person<'a>(loaded: &'a Loaded, invitee: &'a Invitee) -> Option<&'a Person> {
    use crate::model::reference::PersonRef;
    match &invitee.person {
        PersonRef::Inline(person) => Some(person),
        PersonRef::Id(id) => loaded.conference.people.get(id),
    }
}

fn organisation_of<'a>(loaded: &'a Loaded, invitee: &'a Invitee) -> Option<(&'a str, &'a Organisation)> {
    let id = invitee.organisation.as_ref().or_else(|| person(loaded, invitee)?.organisation.as_ref())?;
    let (id, organisation) = loaded.conference.organisations.get_key_value(id)?;
    Some((id, organisation))
}

/// Whether an invitee names a person or an organisation that there is not.
fn is_unplaced(loaded: &Loaded, invitee: &Invitee) -> bool {
    let Some(person) = person(loaded, invitee) else { return true };
    let named = invitee.organisation.as_ref().or(person.organisation.as_ref());
    named.is_some_and(|id| !loaded.conference.organisations.contains_key(id))
}

fn category(loaded: &Loaded, invitee: &Invitee) -> Option<Category> {
    invitee.category.or_else(|| organisation_of(loaded, invitee).map(|(_, o)| o.category))
}

fn audience(loaded: &Loaded, invitee: &Invitee) -> Option<Audience> {
    let agreed = organisation_of(loaded, invitee).is_some_and(|(_, o)| agreement_in_force(loaded, o));
    category(loaded, invitee).map(|category| category.audience(agreed))
}

fn agreement_in_force(loaded: &Loaded, organisation: &Organisation) -> bool {
    let day = loaded.conference.meeting.date;
    let end = |a: Agreement| a.review.unwrap_or_else(|| agreement_end(loaded, a.signed));
    organisation.agreement.is_some_and(|a| a.signed <= day && end(a) >= day)
}

fn agreement_end(loaded: &Loaded, signed: NaiveDate) -> NaiveDate {
    let months = loaded.settings.timescales.get("agreement_review_months").copied().unwrap_or_default();
    signed.checked_add_months(Months::new(months)).unwrap_or(signed)
}
