//! The rules of a conference: what must be so before any paper is made.
//!
//! In: [`Loaded`]. Out: [`Checked`], which nothing else can make, or every problem at once.
//!
//! Deliberately absent: rendering, and reading files.

mod agenda;
mod allow;
mod audiences;
mod calendar;
mod colours;
mod contact;
mod counts;
mod dates;
mod freetext;
mod glyphs;
mod identity;
pub mod list;
pub mod names;
pub mod person;
mod plan;
mod post;
mod prose;
mod quorum;
mod references;
mod texts;
mod vocabulary;

use std::collections::BTreeSet;
use std::ops::Deref;

use chrono::{Months, NaiveDate};

pub use quorum::Tally;

use crate::diag::{Code, Report, codes};
use crate::input::Loaded;
use crate::layers::OwnThemes;
use crate::model::conference::Allowance;
use crate::model::people::{Agreement, Invitee, Organisation, Person};
use crate::model::{Audience, Category, Reads};

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

    /// Says how theme code of the council's own runs from now on.
    pub(crate) fn run_own_themes(&mut self, themes: OwnThemes) {
        self.loaded.layers = self.loaded.layers.clone().with_own_themes(themes);
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

    /// The positions of the agenda points that an invitee takes part in, from 1, where these are not all that their
    /// audience may hear.
    pub fn part_of(&self, invitee: &Invitee) -> Option<BTreeSet<u32>> {
        part_of(&self.loaded, invitee)
    }

    /// Whether an invitee takes part in the agenda point at a position, from 1.
    pub fn hears(&self, invitee: &Invitee, position: u32) -> bool {
        hears(&self.loaded, invitee, position)
    }

    /// Whether an invitee may be sent papers of the meeting itself: a professional may, and whoever in the community has
    /// signed an undertaking.
    pub fn may_have_the_record(&self, invitee: &Invitee) -> bool {
        self.audience(invitee) == Audience::Professional || invitee.undertaking.is_some()
    }

    /// Whether an invitee is sent the version of the record that is made for everybody of an audience.
    pub fn is_sent_everything(&self, invitee: &Invitee, audience: Audience) -> bool {
        self.audience(invitee) == audience && self.may_have_the_record(invitee) && self.part_of(invitee).is_none()
    }

    /// Who chairs the meeting: their name.
    pub fn chair(&self) -> &str {
        let c = &self.loaded.conference;
        let chair = c.meeting.chair.as_ref().and_then(|id| c.people.get(id));
        chair.map(|p| p.name.as_str()).expect("`contact` and `references` found the chair")
    }

    /// Who makes the papers: the name of whoever prepares them, by default of the minute taker.
    pub fn maker(&self) -> &str {
        let c = &self.loaded.conference;
        let id = c.prepared_by.as_ref().or(c.meeting.minute_taker.as_ref());
        id.and_then(|id| c.people.get(id))
            .map(|p| p.name.as_str())
            .expect("`references` found whoever makes the papers")
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
        let reads = reads(&self.loaded, organisation.category);
        let (with, without) = (reads.audience(true), reads.audience(false));
        let now = reads.audience(self.agreement_in_force(organisation));
        !self.is_council(id) && (audience == with || audience == now && now == without)
    }

    /// The organisations that have taken on an action which an audience may read, by id.
    pub fn owners(&self, audience: Audience) -> BTreeSet<&str> {
        let goals = self.loaded.conference.goals.iter();
        let actions = goals.flat_map(|g| g.actions.iter().map(move |a| (a.share.max(g.share), a)));
        actions.filter(|(share, _)| audience.may_read(*share)).filter_map(|(_, a)| a.owner.as_deref()).collect()
    }

    /// Whether an organisation is told of its actions in the version of an audience: it reads that version, and in the
    /// community somebody from it has signed an undertaking, as for every paper of the meeting.
    pub fn may_have_actions(&self, id: &str, audience: Audience) -> bool {
        let Some(organisation) = self.loaded.conference.organisations.get(id) else { return false };
        let reads = reads(&self.loaded, organisation.category).audience(self.agreement_in_force(organisation));
        let theirs = |i: &&Invitee| self.organisation_of(i).is_some_and(|(o, _)| o == id);
        let signed = || self.loaded.conference.invitees.iter().filter(theirs).any(|i| i.undertaking.is_some());
        reads == audience && (audience == Audience::Professional || audience == Audience::Community && signed())
    }

    /// Whether an organisation's agreement is in force on the day of the meeting.
    pub fn agreement_in_force(&self, organisation: &Organisation) -> bool {
        agreement_in_force(&self.loaded, organisation)
    }

    /// The day until which an agreement signed on `signed` is in force, unless it says otherwise itself.
    pub fn agreement_end(&self, signed: NaiveDate) -> NaiveDate {
        agreement_end(&self.loaded, signed)
    }

    /// Why a text may stand in a kind of paper that the gate raised an alarm about, if somebody has answered for that
    /// kind. An answer to a rule of the check, which names no paper, is none to the gate.
    pub fn allowance(&self, path: &str, paper: &str) -> Option<&Allowance> {
        allow::answers(&self.loaded, path).find(|a| a.paper.as_deref() == Some(paper))
    }

    /// Who attended, as far as the quorum counts it.
    pub(crate) fn tally(&self) -> Tally<'_> {
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
    codes::DOWNGRADED,
    codes::NO_UNDERTAKING,
    codes::OWNER_HEARS_ALL,
    codes::LOOKS_LIKE_IDENTITY,
    codes::SMALL_COUNT,
];

/// Rules that compare dates or times.
const BETWEEN_DATES: &[Code] = &[codes::DATE_ORDER, codes::TIME_ORDER, codes::AGENDA_TOO_LONG, codes::CALENDAR_ENDS];

type Rule = fn(&Loaded, &mut Report);

const RULES: &[Rule] = &[
    texts::rule,
    colours::rule,
    references::rule,
    agenda::rule,
    dates::rule,
    contact::rule,
    audiences::rule,
    plan::rule,
    quorum::rule,
    names::rule,
    prose::rule,
    glyphs::rule,
    calendar::rule,
    allow::rule,
    identity::rule,
    counts::rule,
    vocabulary::rule,
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
    category(loaded, invitee).map(|category| reads(loaded, category).audience(agreed))
}

/// What a category reads, as the council has set it. The base sets it for every category.
fn reads(loaded: &Loaded, category: Category) -> Reads {
    loaded.settings.audiences.get(&category).copied().unwrap_or(Reads::Community)
}

fn part_of(loaded: &Loaded, invitee: &Invitee) -> Option<BTreeSet<u32>> {
    let audience = audience(loaded, invitee)?;
    let all: BTreeSet<u32> =
        (1..).zip(&loaded.agenda).filter(|(_, p)| audience.may_read(p.share)).map(|(n, _)| n).collect();
    let part: BTreeSet<u32> = all.iter().copied().filter(|n| hears(loaded, invitee, *n)).collect();
    (part != all).then_some(part)
}

fn hears(loaded: &Loaded, invitee: &Invitee, position: u32) -> bool {
    let point = usize::try_from(position).ok().and_then(|n| loaded.agenda.get(n.checked_sub(1)?));
    let may = point.zip(audience(loaded, invitee)).is_some_and(|(point, audience)| audience.may_read(point.share));
    let asked = invitee.items.as_ref().is_none_or(|items| items.contains(&position));
    let kept_out = invitee.excluded.as_ref().is_some_and(|excluded| excluded.contains(&position));
    may && asked && !kept_out
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
