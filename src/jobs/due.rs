//! The papers that are due, and their readers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::editions::{
    announces_the_past, can_be_addressed, is_before_their_invitation, over, suits_the_meeting, these, undated, unsuited,
};
use super::job::{Job, Request};
use super::languages;
use super::pack::Made;
use super::press::Press;
use super::readers::copies;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::layers::BASE;
use crate::model::Audience;
use crate::model::artefact::{Artefact, Dated, Due, Each, Format, When};
use crate::model::by::Side;
use crate::model::conference::Kind;
use crate::model::people::Invitee;
use crate::model::step;
use crate::stages::REPORT_REQUEST;
use crate::view::{self, Recipient};

const DIFFER: &str = "give the template's `file:` a part that differs, such as `{reference}`";

impl<'c> Press<'c> {
    pub(super) fn due<'p>(&'p self, request: &Request) -> Result<Vec<Job<'p>>, Report> {
        let mut report = Report::default();
        for name in &request.only {
            if !self.words.artefacts().any(|(n, _)| n == name) {
                report.push(self.unknown(name).place(Place::file("--only")));
            }
        }
        if report.has_errors() {
            return Err(report);
        }
        let wanted = |name: &str| request.only.is_empty() || request.only.iter().any(|o| o == name);
        let jobs: Vec<Job<'_>> = self
            .words
            .artefacts()
            .filter(|(name, _)| wanted(name))
            .flat_map(|(name, a)| self.jobs(name, a, request))
            .collect();
        if jobs.is_empty() {
            if let Some(over) = over(self.checked, &self.words, request).diagnostics.into_iter().next() {
                let error = Diagnostic::error(codes::DATE_ORDER, over.message).place(over.place);
                report.push(error.hint("correct this date or the meeting's, or ask for other papers"));
                report.take_sources(&self.checked.report);
                return Err(report);
            }
            let mut asked = self.words.artefacts().filter(|(name, _)| request.only.iter().any(|only| only == name));
            if let Some((name, artefact)) = asked.find(|(name, kind)| !suits_the_meeting(self.checked, name, kind)) {
                let (fact, hint) = unsuited(artefact);
                let message = format!("`{name}` is not made: {fact}");
                let error = Diagnostic::error(codes::NOTHING_TO_MAKE, message).place(Place::file("--only"));
                return Err(error.hint(hint).into());
            }
            let error = Diagnostic::error(codes::NOTHING_TO_MAKE, "this request leaves no paper to make");
            return Err(error.hint("ask for other papers with `--only` or another audience with `--for`").into());
        }
        Ok(jobs)
    }

    /// The papers of one kind that are due. Nothing announces a meeting that is over.
    pub(super) fn jobs<'p>(&'p self, name: &'p str, artefact: &'p Artefact, request: &Request) -> Vec<Job<'p>> {
        if self.is_past(name, artefact) { Vec::new() } else { self.jobs_at_any_time(name, artefact, request, false) }
    }

    /// Whether papers of a kind are not due, or no longer: the meeting is over, or it is cancelled, or has not changed.
    fn is_past(&self, name: &str, artefact: &Artefact) -> bool {
        announces_the_past(self.checked, name, artefact) || !suits_the_meeting(self.checked, name, artefact)
    }

    /// The papers that were due before the meeting, or before it was cancelled, and are not since.
    pub(super) fn past(&self) -> Vec<Job<'_>> {
        // A reminder was due to whoever has answered since, a letter about a change to whoever has a later invitation, and a
        // request for a report to whoever has sent it.
        let was_due = |name: &str, artefact: &Artefact| {
            let has_terms =
                artefact.reply.is_some() || artefact.excluded || artefact.by_part || artefact.when.is_some();
            self.is_past(name, artefact) || has_terms || name == REPORT_REQUEST
        };
        let kinds = self.words.artefacts().filter(|(name, artefact)| was_due(name, artefact));
        kinds.flat_map(|(name, artefact)| self.jobs_at_any_time(name, artefact, &Request::default(), true)).collect()
    }

    /// The kinds, audiences and formats that a request is about, whether or not anybody is due such a paper now. What
    /// announces a meeting that is over belongs to another stage.
    pub(super) fn within(&self, request: &Request) -> BTreeSet<(String, Audience, Format)> {
        let kinds = self.words.artefacts().filter(|(name, artefact)| {
            let is_asked_for = request.only.is_empty() || request.only.iter().any(|only| only == name);
            is_asked_for && !announces_the_past(self.checked, name, artefact)
        });
        kinds
            .flat_map(|(name, artefact)| {
                let formats = if request.to.is_empty() { &artefact.formats } else { &request.to };
                let wanted = |a: &Audience| request.audiences.is_empty() || request.audiences.contains(a);
                let audiences = artefact.audiences.iter().copied().filter(wanted);
                audiences
                    .flat_map(move |audience| formats.iter().map(move |format| (name.to_owned(), audience, *format)))
            })
            .collect()
    }

    /// The papers of one kind that are due to those whom it is for or, if `ever`, to those whom it may have been for.
    fn jobs_at_any_time<'p>(
        &'p self,
        name: &'p str,
        artefact: &'p Artefact,
        request: &Request,
        ever: bool,
    ) -> Vec<Job<'p>> {
        let job = |audience, recipient, copy| Job { name, artefact, audience, recipient, copy };
        let wanted = |a: &Audience| request.audiences.is_empty() || request.audiences.contains(a);
        let due = self.checked.audiences_of(name, artefact).into_iter().filter(wanted);
        due.filter(|a| artefact.due == Due::Always || self.gate.is_marked_for(*a))
            .filter(|a| artefact.when != Some(When::Closed) || self.may_know_that_it_closes(*a))
            .flat_map(|audience| {
                let recipients = self.recipients((name, artefact), audience, ever);
                let is_shared = recipients.iter().any(|recipient| matches!(recipient, Recipient::Everybody));
                let sizes = if is_shared {
                    copies(self.checked, &self.words, (name, artefact), audience)
                } else {
                    BTreeSet::new()
                };
                let copies = sizes.into_iter().map(move |size| job(audience, Recipient::Everybody, Some(size)));
                recipients.into_iter().map(move |recipient| job(audience, recipient, None)).chain(copies)
            })
            .collect()
    }

    /// Whether an audience may know that the conference ends the plan.
    fn may_know_that_it_closes(&self, audience: Audience) -> bool {
        let (conference, settings) = (&self.checked.conference, &self.checked.settings);
        let mut told = conference.decisions.iter().filter(|d| audience.may_read(d.share));
        conference.kind == Kind::Closing || told.any(|decision| settings.ends_the_plan(decision))
    }

    fn recipients(&self, (name, artefact): (&str, &Artefact), audience: Audience, ever: bool) -> Vec<Recipient<'c>> {
        let checked = self.checked;
        let invitees = checked.conference.invitees.iter();
        let addressed = |i: &Invitee| {
            can_be_addressed(checked, name, artefact, i)
                && (ever
                    || artefact.is_for(i, checked.reply(i)) && !is_before_their_invitation(checked, name, artefact, i))
        };
        let has_reported = |id: &str| checked.has_reported(&checked.conference.organisations[id]);
        let gone = checked.withdrawn();
        let takes_part = |position: usize| !gone.invitees.contains(&position);
        match artefact.each {
            Each::Conference => {
                let narrowed = |i: &Invitee| checked.part_of(i).is_some() && checked.may_have_the_record(i);
                let parts = invitees.enumerate().filter(|(n, i)| {
                    let is_theirs = artefact.by_part && checked.audience(i) == audience && narrowed(i);
                    is_theirs && addressed(i) && takes_part(*n)
                });
                let parts: Vec<Recipient<'_>> = parts.map(|(n, i)| Recipient::Part(n, i)).collect();
                // The professional version is the record itself. Of the others nobody checks one that nobody is sent.
                let is_sent = |(n, i): (usize, &Invitee)| {
                    takes_part(n) && addressed(i) && checked.is_sent_everything(i, audience)
                };
                let mut invitees = checked.conference.invitees.iter().enumerate();
                let is_for_nobody = audience == Audience::Community && !parts.is_empty() && !invitees.any(is_sent);
                let everybody = (ever || !is_for_nobody).then_some(Recipient::Everybody);
                everybody.into_iter().chain(parts).collect()
            }
            Each::Invitee => invitees
                .enumerate()
                .filter(|(n, i)| checked.audience(i) == audience && addressed(i) && takes_part(*n))
                .map(|(n, i)| Recipient::Invitee(n, i))
                .collect(),
            Each::ChildLink => {
                let links = checked.conference.child_links.iter().enumerate();
                let due = links.filter(|(n, _)| audience == Audience::Restricted && !gone.children.contains(n));
                due.map(|(n, link)| Recipient::Child(n, link)).collect()
            }
            Each::ActionOwner => checked.told_their_actions(audience).map(Recipient::Owner).collect(),
            Each::InvitedOrganisation => {
                let is_invited = |(n, i): &(usize, &Invitee)| i.invited && takes_part(*n);
                let invited: BTreeSet<&str> = invitees
                    .enumerate()
                    .filter(is_invited)
                    .filter_map(|(_, i)| checked.organisation_of(i))
                    .map(|(id, _)| id)
                    .collect();
                invited
                    .into_iter()
                    .filter(|id| !checked.is_council(id) && checked.reads_as(id) == Some(audience))
                    .filter(|id| !gone.organisations.contains(*id))
                    .filter(|id| ever || name != REPORT_REQUEST || !has_reported(id))
                    .map(Recipient::Organisation)
                    .collect()
            }
            Each::Organisation => {
                let partners: BTreeSet<&str> =
                    invitees.filter_map(|i| checked.organisation_of(i)).map(|(id, _)| id).collect();
                // The council makes no agreement with itself.
                partners
                    .into_iter()
                    .filter(|id| checked.is_offered(id, audience) && !gone.organisations.contains(*id))
                    .map(Recipient::Organisation)
                    .collect()
            }
        }
    }

    /// The views that the template of one kind of paper is given, one for each recipient, with the audience's name.
    pub fn views(&self, artefact: &str) -> Vec<(String, serde_json::Value)> {
        let found = self.words.artefacts().find(|(name, _)| *name == artefact);
        let jobs = found.into_iter().flat_map(|(name, a)| self.jobs(name, a, &Request::default()));
        jobs.map(|job| {
            let view = view::view(self.checked, (job.name, job.artefact), job.audience, job.recipient, self.stage);
            let value = serde_json::to_value(&view).expect("a view is a map with text keys");
            (job.audience.id().to_owned(), value)
        })
        .collect()
    }

    /// The title of each kind of paper, the number of papers for each audience, and the day they are due by.
    pub(super) fn summary(&self, jobs: &[Job<'_>]) -> Vec<Made> {
        let mut made: Vec<Made> = Vec::new();
        for job in jobs {
            match made.last_mut() {
                Some(last) if last.title == job.artefact.title && last.audience == job.audience => last.papers += 1,
                _ => {
                    let (title, due) = (job.artefact.title.clone(), self.day(job.name, job.artefact));
                    made.push(Made { title, audience: job.audience, papers: 1, due });
                }
            }
        }
        made
    }

    fn day(&self, name: &str, artefact: &Artefact) -> Option<NaiveDate> {
        let c = self.checked;
        if let Some(due) = step::due_of_paper(&c.steps, name, &c.conference, &c.calendar) {
            return Some(due.day);
        }
        self.own_day(artefact)
    }

    /// The day that the front matter of a paper gives.
    fn own_day(&self, artefact: &Artefact) -> Option<NaiveDate> {
        let c = self.checked;
        let day = artefact.by.as_ref()?.day(&c.conference.meeting, &c.calendar, &c.settings.timescales)?;
        Some(step::no_sooner(day, &c.conference, &c.calendar))
    }

    /// The side of the meeting on which a kind of paper is due, and its rule in words.
    fn rule(&self, name: &str, artefact: &Artefact) -> Option<(Side, String)> {
        let c = self.checked;
        let own = artefact.by.as_ref();
        let own_day = self.own_day(artefact);
        let own = own.map(|by| (by.side, by.in_words(&c.settings.timescales)));
        match step::due_of_paper(&c.steps, name, &c.conference, &c.calendar) {
            Some(due) if Some(due.day) != own_day => Some((due.side, due.rule.in_words(&|_| None))),
            _ => own,
        }
    }

    /// Warnings about kinds of paper that are issued after the day they are due. Once the meeting is over, papers due
    /// before it no longer count as late.
    pub(super) fn late(&self, jobs: &[Job<'_>]) -> Report {
        let meeting = self.checked.conference.meeting.date;
        let mut report = Report::default();
        report.take_sources(&self.checked.report);
        let mut seen = BTreeSet::new();
        let mut kinds: BTreeMap<(NaiveDate, String, String), Vec<&str>> = BTreeMap::new();
        for job in jobs.iter().filter(|job| seen.insert(job.name)) {
            let Some((rule, day)) = self.rule(job.name, job.artefact).zip(self.day(job.name, job.artefact)) else {
                continue;
            };
            let edition = self.checked.edition(job.name);
            let at = self.checked.issued_at(job.name);
            let past = rule.0 == Side::Before && edition.issued > meeting;
            // What is dated by the day it is due has the conference's date only after that day, which says nothing of it.
            let says_nothing = job.artefact.dated == Dated::Due && at == "issued";
            // A replacement is only as late as the version that it replaces.
            if edition.issued > day && !past && !says_nothing && edition.reason().is_none() {
                kinds.entry((day, rule.1, at)).or_default().push(job.name);
            }
        }
        for ((day, by, at), names) in kinds {
            let (all, [was]) = these(&names, [["was"], ["were"]]);
            let message = format!("{all} {was} due on {}, {by}", day.format("%-d %B %Y"));
            let late = Diagnostic::warning(codes::LATE, message).at(at);
            let hint = match names.len() {
                1 => "send it at once and say why it is late; if the day is wrong, change `by:` in its front matter",
                _ => {
                    "send them at once and say why they are late; if the day is wrong, change `by:` in their front matter"
                }
            };
            report.push(self.checked.places.locate(late.hint(hint)));
        }
        report.diagnostics.extend(undated(self.checked, jobs));
        report
    }

    /// Checks that no two papers would have the same name, without regard to capitals and composed letters.
    fn ensure_names_differ(&self, jobs: &[Job<'_>]) -> Result<(), Report> {
        let mut report = Report::default();
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        let layer = |name: &str| self.checked.layers.get(&format!("{name}.md")).map(|(layer, _)| layer);
        for (job, format) in jobs.iter().flat_map(|job| job.artefact.formats.iter().map(move |format| (job, *format))) {
            let path = self.path(job, format);
            if let Some(earlier) = seen.insert(alike(&path), job.name) {
                // Of the two, the council's own is the one to change.
                let own = [job.name, earlier].into_iter().find(|name| layer(name).is_some_and(|l| l.name != BASE));
                let name = own.unwrap_or(job.name);
                let origin = layer(name).map(|layer| layer.origin.as_str()).unwrap_or_default();
                let place = Place::file(format!("{origin}/{name}.md"));
                let error = Diagnostic::error(codes::NAME_CLASH, format!("two papers would be called `{path}`"));
                report.push(error.place(place).hint(DIFFER));
            }
        }
        if report.has_errors() { Err(report) } else { Ok(()) }
    }

    /// Warnings about all papers that are due.
    ///
    /// # Errors
    /// If there is no paper to make at all.
    pub(super) fn warnings(&self) -> Result<Report, Report> {
        let request = Request::default();
        let jobs = self.due(&request)?;
        self.ensure_names_differ(&jobs)?;
        let mut warnings = self.late(&jobs);
        warnings.merge(over(self.checked, &self.words, &request));
        warnings.diagnostics.extend(languages::without_easy_words(&self.words, self.checked, &jobs));
        Ok(warnings)
    }
}

/// A path as a disk may see it that tells no capitals from small letters.
fn alike(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.nfc().collect::<String>().to_lowercase() }
}
