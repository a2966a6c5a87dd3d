//! A conference that passed every rule, and what follows from its data: the readers, numbers and dates of its papers.
//!
//! In: [`Loaded`], from `check` alone, and what a record adds. Out: [`Checked`].
//!
//! Deliberately absent: the rules.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use chrono::NaiveDate;

use super::quorum::{self, Tally};
use super::{access, allow, numbers};
use crate::diag::Report;
use crate::fields;
use crate::input::Loaded;
use crate::layers::OwnThemes;
use crate::model::artefact::Artefact;
use crate::model::by::Side;
use crate::model::conference::{Allowance, Conference, ContextKind, Kind, MinutesStatus, Part, moved_on};
use crate::model::edition::Edition;
use crate::model::numbers::{Identity, Numbers};
use crate::model::people::{Invitee, Organisation, Person, Reply};
use crate::model::plan::Decision;
use crate::model::step::no_sooner;
use crate::model::{Audience, Category, Reads};

/// A conference that passed every rule. Only [`check`](super::check) makes one, so nothing that takes one checks again.
#[derive(Debug, Clone)]
pub struct Checked {
    loaded: Loaded,
    warnings: Report,
    /// Dates and versions from elsewhere than the conference file, by kind of paper.
    editions: BTreeMap<String, Edition>,
    /// Kinds of paper that the chair approved, but whose words have changed since.
    undone_approvals: BTreeSet<String>,
    /// The number of every person and organisation.
    numbers: Numbers,
    /// The people and organisations who no longer take part.
    withdrawn: Withdrawn,
    /// The positions of invitees in whose place somebody else comes.
    replaced: Vec<usize>,
    /// Those besides its maker who have a hand in its papers.
    hands: Vec<String>,
}

/// People and organisations who no longer take part, and for whom nothing is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Withdrawn {
    /// Positions of invitees.
    pub invitees: BTreeSet<usize>,
    /// Ids of organisations.
    pub organisations: BTreeSet<String>,
    /// Positions of links to children's records.
    pub children: BTreeSet<usize>,
}

impl Withdrawn {
    /// Those that the file itself marks as withdrawn.
    fn by_the_file(conference: &Conference) -> Self {
        let invitees = conference.invitees.iter().enumerate().filter(|(_, i)| i.withdrawn.is_some());
        Self { invitees: invitees.map(|(position, _)| position).collect(), ..Self::default() }
    }
}

impl Checked {
    /// A conference in whose files no rule found an error, with the warnings about it.
    pub(super) fn new(loaded: Loaded, warnings: Report) -> Self {
        let numbers = Numbers::by_order(&loaded.conference, &loaded.borough);
        let withdrawn = Withdrawn::by_the_file(&loaded.conference);
        let (editions, undone_approvals) = (BTreeMap::new(), BTreeSet::new());
        let is_replaced =
            |one: &Invitee| one.withdrawn.as_ref().is_some_and(|withdrawn| withdrawn.replaced_by.is_some());
        let invitees = loaded.conference.invitees.iter().enumerate();
        let replaced = invitees.filter(|(_, one)| is_replaced(one)).map(|(position, _)| position).collect();
        Self { loaded, warnings, editions, undone_approvals, numbers, withdrawn, replaced, hands: Vec::new() }
    }

    /// Problems that should be looked at, but do not stop the papers.
    pub fn warnings(&self) -> &Report {
        &self.warnings
    }

    /// The number of every person and organisation, in the order of the file unless a record gave others.
    pub fn numbers(&self) -> &Numbers {
        &self.numbers
    }

    /// The identity by which everybody with a number is recognised later, in the order of the numbers.
    pub fn identities(&self) -> Vec<Identity> {
        numbers::identities(&self.loaded)
    }

    /// The same conference with the numbers that its record has given.
    ///
    /// # Panics
    /// If these are the numbers of another conference: every invitee, organisation and child's record needs one.
    #[must_use]
    pub(crate) fn with_numbers(self, numbers: Numbers) -> Self {
        let (invitees, children) = (self.conference.invitees.len(), self.conference.child_links.len());
        assert_eq!((numbers.invitees.len(), numbers.children.len()), (invitees, children), "a number for each");
        assert!(
            self.conference.organisations.keys().eq(numbers.organisations.keys()),
            "a number for each organisation"
        );
        Self { numbers, ..self }
    }

    /// The people and organisations who no longer take part, by the file and by the record if
    /// [`Checked::with_withdrawn`] was given it.
    pub(crate) fn withdrawn(&self) -> &Withdrawn {
        &self.withdrawn
    }

    /// The same conference, with those withdrawn that its record says are.
    #[must_use]
    pub(crate) fn with_withdrawn(mut self, by_the_record: Withdrawn) -> Self {
        self.withdrawn.invitees.extend(by_the_record.invitees);
        self.withdrawn.organisations.extend(by_the_record.organisations);
        self.withdrawn.children.extend(by_the_record.children);
        self
    }

    /// Those besides its maker who have a hand in its papers, as whoever sits at the desk.
    pub(crate) fn hands(&self) -> &[String] {
        &self.hands
    }

    /// The same conference, with those who have a hand in its papers. None of them may check what they made.
    #[must_use]
    pub(crate) fn with_hands(self, hands: Vec<String>) -> Self {
        Self { hands, ..self }
    }

    /// Sets how theme code of the council's own is run.
    pub(crate) fn run_own_themes(&mut self, themes: OwnThemes) {
        self.loaded.layers = self.loaded.layers.clone().with_own_themes(themes);
    }

    /// The same conference, with dates and versions from elsewhere than the conference file, by kind of paper. Of the
    /// two, the higher version counts; of equal ones, the one from elsewhere.
    #[must_use]
    pub(crate) fn with_editions(self, editions: BTreeMap<String, Edition>) -> Self {
        Self { editions, ..self }
    }

    /// The same conference, with kinds of paper, by name, that are drafts again although the minutes are approved:
    /// their words are no longer those that the chair approved.
    #[must_use]
    pub(crate) fn with_undone_approvals(self, undone_approvals: BTreeSet<String>) -> Self {
        Self { undone_approvals, ..self }
    }

    /// The date and version of a kind of paper, by its name, and the reason why it replaces an earlier one.
    pub fn edition(&self, kind: &str) -> Edition {
        self.editions.get(kind).cloned().unwrap_or_else(|| self.own_edition(kind))
    }

    /// The day by which a kind of paper is due: the one that the conference file gives it, else that of its front matter where it
    /// is dated by it.
    pub fn due_day(&self, kind: &str) -> Option<NaiveDate> {
        let given = self.loaded.conference.papers.get(kind).and_then(|own| own.issued);
        given.or_else(|| self.loaded.due.get(kind).map(|(_, day)| *day))
    }

    /// The edition of a kind of paper in the conference file. One that is dated by the day it is due has that day, as long as
    /// nothing says otherwise and the conference's own date is too early: before that day or, for what tells of the meeting,
    /// before the meeting.
    fn own_edition(&self, kind: &str) -> Edition {
        let conference = &self.loaded.conference;
        let own = Edition::of(conference, kind);
        let is_given = conference.papers.get(kind).is_some_and(|own| own.issued.is_some());
        let due = self.loaded.due.get(kind).filter(|_| !is_given);
        match due {
            Some((Side::After, day)) if own.issued < conference.meeting.date => Edition { issued: *day, ..own },
            Some((Side::Before, day)) if own.issued < *day => Edition { issued: *day, ..own },
            _ => own,
        }
    }

    /// The field that gives a kind of paper its date of issue.
    pub(crate) fn issued_at(&self, kind: &str) -> String {
        let own = self.loaded.conference.papers.get(kind).and_then(|own| own.issued);
        own.map_or_else(|| "issued".to_owned(), |_| format!("papers.{kind}.issued"))
    }

    /// Whether the chair has approved the words of a kind of paper, if it is one that the chair approves.
    pub fn is_approved(&self, kind: &str) -> bool {
        self.loaded.conference.minutes.status == MinutesStatus::Approved && !self.undone_approvals.contains(kind)
    }

    /// The day on which the chair approved a kind of paper. `None` if the approval was undone.
    pub fn approved_on(&self, kind: &str) -> Option<NaiveDate> {
        self.loaded.conference.minutes.approved.filter(|_| !self.undone_approvals.contains(kind))
    }

    /// Whether the conference has met: its data records attendance.
    pub fn has_met(&self) -> bool {
        self.loaded.conference.invitees.iter().any(|i| i.attended.is_some())
    }

    /// A description, for fingerprints, of all that changes the papers besides the data; empty if nothing does.
    pub(crate) fn taken_from_elsewhere(&self) -> String {
        if self.editions.is_empty() && self.undone_approvals.is_empty() {
            return String::new();
        }
        format!("{:?} {:?}", self.editions, self.undone_approvals)
    }

    /// The particulars of an invitee.
    pub fn person<'a>(&'a self, invitee: &'a Invitee) -> &'a Person {
        access::person(&self.loaded, invitee).expect("`references` found every person")
    }

    /// The organisation that an invitee comes from, with its id.
    pub fn organisation_of<'a>(&'a self, invitee: &'a Invitee) -> Option<(&'a str, &'a Organisation)> {
        access::organisation_of(&self.loaded, invitee)
    }

    /// The category of an invitee.
    pub fn category(&self, invitee: &Invitee) -> Category {
        access::category(&self.loaded, invitee).expect("`contact` found a category for every invitee")
    }

    /// The papers that a category reads, by the council's settings.
    pub fn reads(&self, category: Category) -> Reads {
        access::reads(self, category)
    }

    /// The audience that an invitee belongs to.
    pub fn audience(&self, invitee: &Invitee) -> Audience {
        access::audience(&self.loaded, invitee).expect("`contact` found a category for every invitee")
    }

    /// The positions, from 1, of the agenda points that an invitee takes part in. `None` if these are all that their
    /// audience may hear.
    pub fn part_of(&self, invitee: &Invitee) -> Option<BTreeSet<u32>> {
        access::part_of(&self.loaded, invitee)
    }

    /// The day by which reports and other papers for the meeting are due. `None` if the council's settings give none.
    pub fn papers_by(&self) -> Option<NaiveDate> {
        let timescale = match self.loaded.conference.kind {
            Kind::Initial => "papers_initial",
            Kind::Review | Kind::Closing => "papers_review",
        };
        let days = self.loaded.settings.timescales.get(timescale)?;
        let (conference, calendar) = (&self.loaded.conference, &self.loaded.calendar);
        Some(no_sooner(calendar.before(conference.meeting.date, *days), conference, calendar))
    }

    /// An invitee's answer to the meeting as it is now.
    pub fn reply(&self, invitee: &Invitee) -> Reply {
        invitee.answer(moved_on(&self.loaded.conference.meeting.changes))
    }

    /// Whether an invitee takes part in the agenda point at a position, from 1.
    pub fn hears(&self, invitee: &Invitee, position: u32) -> bool {
        access::hears(&self.loaded, invitee, position)
    }

    /// Whether an invitee was there for the agenda point at a position, from 1, and may read its record.
    pub fn heard(&self, invitee: &Invitee, position: u32) -> bool {
        access::heard(&self.loaded, invitee, position)
    }

    /// Whether a decision keeps an invitee out of the whole meeting.
    pub fn is_kept_out_of_all(&self, invitee: &Invitee) -> bool {
        access::is_kept_out_of_all(&self.loaded, invitee)
    }

    /// The person in whose place an invitee comes. `None` if they were invited for themselves.
    pub fn predecessor<'a>(&'a self, invitee: &Invitee) -> Option<&'a Invitee> {
        let is_theirs = |id: &String| access::is_known_as(invitee, id);
        let gone = self.replaced.iter().map(|position| &self.loaded.conference.invitees[*position]);
        let mut gone = gone.filter_map(|one| Some((one, one.withdrawn.as_ref()?)));
        gone.find(|(_, withdrawn)| withdrawn.replaced_by.as_ref().is_some_and(is_theirs)).map(|(one, _)| one)
    }

    /// Whether an invitee is excluded from one of these points, or, if there are none, from any point at all.
    pub fn is_kept_out(invitee: &Invitee, points: &BTreeSet<u32>) -> bool {
        access::is_kept_out(invitee, points)
    }

    /// The positions, from 1, of the agenda points that one of these parts of the record belongs to.
    pub fn points_for(&self, parts: &[Part]) -> BTreeSet<u32> {
        access::points_for(&self.loaded, parts)
    }

    /// The positions, from 1, of the agenda points at which a decision was taken: its own, or those for decisions.
    pub fn points_of_decision(&self, decision: &Decision) -> BTreeSet<u32> {
        access::points_of_decision(&self.loaded, decision)
    }

    /// The audiences that may get a kind of paper, by its name, of this conference at all.
    pub fn audiences_of(&self, name: &str, artefact: &Artefact) -> BTreeSet<Audience> {
        // Any paper about a peer group could reveal who is in it, so the community and the public get none.
        let peers = self.conference.context.kind == ContextKind::PeerGroup;
        let safe = |a: &Audience| !peers || *a >= Audience::Professional;
        let kept = || std::iter::once(name).chain(artefact.with.as_deref()).any(|name| self.is_for_the_community(name));
        let given = |a: &Audience| *a != Audience::Community || kept();
        artefact.audiences.iter().copied().filter(|a| safe(a) && given(a)).collect()
    }

    /// Whether the council gives this kind of paper to community members, provided it is made for them at all.
    fn is_for_the_community(&self, name: &str) -> bool {
        let given = self.settings.community_papers.as_ref();
        given.is_none_or(|names| names.iter().any(|n| n == name))
    }

    /// Whether an invitee may be sent papers of the meeting itself: professionals may, and members of the community who
    /// have signed an undertaking; whoever is kept out of the whole meeting may not, nor who was not asked and did not come.
    pub fn may_have_the_record(&self, invitee: &Invitee) -> bool {
        let may_read = self.audience(invitee) == Audience::Professional || access::has_signed(&self.loaded, invitee);
        may_read && invitee.takes_part() && !self.is_kept_out_of_all(invitee)
    }

    /// Whether nobody waits for an invitee, since no letter asks them to come: they are kept out of the whole meeting, or belong to
    /// the community, and the conference is about a peer group.
    pub fn is_left_out(&self, invitee: &Invitee) -> bool {
        let peers = self.conference.context.kind == ContextKind::PeerGroup;
        self.is_kept_out_of_all(invitee) || peers && self.audience(invitee) == Audience::Community
    }

    /// Whether an invitee is sent the version of the record that is made for everybody in an audience.
    pub fn is_sent_everything(&self, invitee: &Invitee, audience: Audience) -> bool {
        self.audience(invitee) == audience && self.may_have_the_record(invitee) && self.part_of(invitee).is_none()
    }

    /// Whether anything in the record of the conference is marked for an audience, and for no narrower one.
    pub(crate) fn is_record_marked_for(&self, audience: Audience) -> bool {
        let clearances = self.clearances();
        let is_marked = |path: &str| {
            fields::of_path(path).is_some_and(|field| clearances.clearance(path, field) == audience.clearance())
        };
        let record = self.loaded.places.conference.texts().filter(|(path, _)| fields::is_of_record(path));
        record.into_iter().any(|(path, _)| is_marked(path))
    }

    /// The clearance of every text of the conference.
    pub(crate) fn clearances(&self) -> access::Clearances<'_> {
        access::Clearances::of(&self.loaded)
    }

    /// The name of the chair.
    pub fn chair(&self) -> &str {
        let c = &self.loaded.conference;
        let chair = c.meeting.chair.as_ref().and_then(|id| c.people.get(id));
        chair.map(|p| p.name.as_str()).expect("`contact` and `references` found the chair")
    }

    /// The name of the maker of the papers: the person in `prepared_by`, by default the minute taker.
    pub fn maker(&self) -> &str {
        let c = &self.loaded.conference;
        let id = c.prepared_by.as_ref().or(c.meeting.minute_taker.as_ref());
        id.and_then(|id| c.people.get(id)).map(|p| p.name.as_str()).expect("`references` found the maker of the papers")
    }

    /// Whether an organisation is the council itself, by its id or name.
    pub fn is_council(&self, id: &str) -> bool {
        let name = self.loaded.conference.organisations.get(id).map_or("", |o| &o.name);
        self.loaded.borough.is(id, name)
    }

    /// Whether an organisation is the council itself, or a part of it.
    pub fn is_of_the_council(&self, id: &str) -> bool {
        let organisation = self.loaded.conference.organisations.get(id);
        organisation.is_some_and(|o| access::is_of_the_council(&self.loaded, id, o))
    }

    /// Whether an organisation is bound as an agreement binds: by one in force, or by the council's own rules.
    pub fn is_bound(&self, id: &str) -> bool {
        self.loaded.conference.organisations.get(id).is_some_and(|o| access::is_bound(&self.loaded, id, o))
    }

    /// Whether a paper for organisations is made for this one in the version of an audience. An organisation that reads
    /// professional papers once it has an agreement, as a voluntary one does, or one of the kind `other`, is offered both
    /// versions while it has none: it signs the one, or goes by the other meanwhile. No part of the council is.
    pub fn is_offered(&self, id: &str, audience: Audience) -> bool {
        let Some(organisation) = self.loaded.conference.organisations.get(id) else { return false };
        let reads = access::reads(&self.loaded, organisation.category);
        let (with, without) = (reads.audience(true), reads.audience(false));
        let now = reads.audience(self.agreement_in_force(organisation));
        !self.is_of_the_council(id) && (audience == with || audience == now && now == without)
    }

    /// The ids of the organisations that own an action which an audience may read.
    pub fn owners(&self, audience: Audience) -> BTreeSet<&str> {
        let goals = self.loaded.conference.goals.iter();
        let actions = goals.flat_map(|g| g.actions.iter().map(move |a| (a.share.max(g.share), a)));
        actions.filter(|(share, _)| audience.may_read(*share)).flat_map(|(_, a)| a.owners()).collect()
    }

    /// The audience whose papers an organisation reads. `None` if there is no such organisation.
    pub fn reads_as(&self, id: &str) -> Option<Audience> {
        let organisation = self.loaded.conference.organisations.get(id)?;
        let reads = access::reads(&self.loaded, organisation.category);
        Some(reads.audience(access::is_bound(&self.loaded, id, organisation)))
    }

    /// Whether an organisation is sent its actions in the version of an audience: it reads that version and, in the
    /// community, somebody from it has signed an undertaking, as for every paper of the meeting.
    pub fn may_have_actions(&self, id: &str, audience: Audience) -> bool {
        let Some(reads) = self.reads_as(id) else { return false };
        let theirs = |i: &&Invitee| self.organisation_of(i).is_some_and(|(o, _)| o == id);
        let signed =
            || self.loaded.conference.invitees.iter().filter(theirs).any(|i| access::has_signed(&self.loaded, i));
        reads == audience && (audience == Audience::Professional || audience == Audience::Community && signed())
    }

    /// Whether an organisation has sent its report, so that nobody asks it for one.
    pub fn has_reported(&self, organisation: &Organisation) -> bool {
        organisation.report.is_some_and(|report| report.received.is_some())
    }

    /// The organisations that are sent their actions in the version of an audience. In a review, whoever had nothing left to do
    /// by the meeting is asked for nothing; nor is anybody who no longer takes part.
    pub fn told_their_actions(&self, audience: Audience) -> impl Iterator<Item = &str> {
        let conference = &self.loaded.conference;
        let has_more = move |id: &&str| {
            let mut actions = conference.goals.iter().flat_map(|goal| &goal.actions);
            conference.kind == Kind::Initial
                || actions.any(|a| a.owners().any(|owner| owner == *id) && !a.was_over_on(conference.meeting.date))
        };
        let owners = self.owners(audience).into_iter().filter(has_more);
        owners.filter(move |id| self.may_have_actions(id, audience) && !self.withdrawn.organisations.contains(*id))
    }

    /// Whether an organisation's agreement is in force on the day of the meeting.
    pub fn agreement_in_force(&self, organisation: &Organisation) -> bool {
        access::agreement_in_force(&self.loaded, organisation)
    }

    /// The last day of an agreement that was signed on `signed`, unless it has an end of its own.
    pub fn agreement_end(&self, signed: NaiveDate) -> NaiveDate {
        access::agreement_end(&self.loaded, signed)
    }

    /// The allowance for a text in a kind of paper, if somebody has answered the gate's alarm about that kind. An
    /// allowance that names no paper answers a rule of the check, and not the gate.
    pub fn allowance(&self, path: &str, paper: &str) -> Option<&Allowance> {
        allow::answers(&self.loaded, path).find(|a| a.paper.as_deref() == Some(paper))
    }

    /// The attendance, as the quorum counts it.
    pub(crate) fn tally(&self) -> Tally<'_> {
        Tally::of(&self.loaded)
    }

    /// Whether the meeting is to be held again: too few agencies came, or something was decided only until enough of them decide
    /// it.
    pub fn meets_again(&self) -> bool {
        let is_provisional = || self.loaded.conference.decisions.iter().any(|decision| decision.provisional);
        self.has_met() && (!self.tally().met() || is_provisional())
    }

    /// The attendance when something was decided, if it is another than the meeting had in all. Of several decisions, the one
    /// with the fewest agencies.
    pub(crate) fn tally_when_deciding(&self) -> Option<Tally<'_>> {
        quorum::when_deciding(&self.loaded).map(|(_, tally)| tally)
    }
}

impl Deref for Checked {
    type Target = Loaded;

    fn deref(&self) -> &Loaded {
        &self.loaded
    }
}
