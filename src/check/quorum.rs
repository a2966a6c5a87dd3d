//! The attendance at the meeting, and whether it was enough to decide.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveTime};

use super::access;
use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::Loaded;
use crate::model::people::{Invitee, QuorumPart, Reply};
use crate::model::plan::Decision;

/// The attendance, as the quorum counts it. Community members do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<'a> {
    /// Whether any attendance is recorded at all.
    pub recorded: bool,
    /// Whether children's social care attended.
    pub social_care: bool,
    /// The names of the other agencies that attended, each once, in the order of their ids.
    pub agencies: Vec<&'a str>,
    /// How many other agencies are required.
    pub required: u32,
}

impl<'a> Tally<'a> {
    pub(super) fn of(loaded: &'a Loaded) -> Self {
        Self::while_there(loaded, |_| true)
    }

    /// The same of those who came and were there at the time in question.
    fn while_there(loaded: &'a Loaded, was_there: impl Fn(&Invitee) -> bool) -> Self {
        let c = &loaded.conference;
        let mut there: BTreeSet<&str> = c
            .invitees
            .iter()
            .filter(|i| i.attended == Some(true) && !i.observer && was_there(i))
            .filter_map(|i| access::organisation_of(loaded, i).map(|(id, _)| id))
            .collect();
        // The lead practitioner is there unless their own entry says otherwise, as in the minutes.
        let recorded = c.invitees.iter().any(|i| i.attended.is_some());
        let author = c.assessment.author.as_ref().filter(|_| recorded);
        let own = author.and_then(|id| c.invitees.iter().find(|i| i.person.id() == Some(id)));
        let is_there = own.is_none_or(|i| i.attended.is_none() && i.reply != Reply::Apologies && !i.observer);
        let theirs = author.filter(|_| is_there).and_then(|id| c.people.get(id)?.organisation.as_deref());
        there.extend(theirs);
        let counts = |part: QuorumPart| {
            there.iter().filter_map(move |id| c.organisations.get(*id)).filter(move |o| o.quorum == part)
        };
        Self {
            recorded,
            social_care: counts(QuorumPart::SocialCare).next().is_some(),
            agencies: counts(QuorumPart::Agency).map(|o| o.name.as_str()).collect(),
            required: loaded.settings.quorum.agencies,
        }
    }

    /// Whether those who attended formed a quorum.
    pub fn met(&self) -> bool {
        self.social_care && self.agencies.len() >= self.required as usize
    }
}

/// The attendance when something was decided, with its position among the decisions, if it is another than the meeting had in
/// all. Of several decisions, the one with the fewest.
///
/// The times are those of the agenda: nobody notes when a point really began.
pub(super) fn when_deciding(loaded: &Loaded) -> Option<(usize, Tally<'_>)> {
    let all = Tally::of(loaded);
    let decisions = loaded.conference.decisions.iter().enumerate();
    let tallies = decisions.filter_map(|(n, decision)| {
        let (from, to) = times_of(loaded, decision)?;
        let left = |invitee: &Invitee| invitee.left.is_some_and(|left| left <= from);
        let came_later = |invitee: &Invitee| invitee.arrived.is_some_and(|arrived| arrived >= to);
        Some((n, Tally::while_there(loaded, |invitee| !left(invitee) && !came_later(invitee))))
    });
    let fewest = tallies.min_by_key(|(_, tally)| (tally.social_care, tally.agencies.len()));
    fewest.filter(|(_, tally)| *tally != all)
}

/// From when until when a decision was taken, by the agenda. Where it has several points for decisions, from the beginning of
/// the first to the end of the last. `None` if it has none.
fn times_of(loaded: &Loaded, decision: &Decision) -> Option<(NaiveTime, NaiveTime)> {
    /// An agenda that is longer than a day is reported elsewhere.
    const MOST: u32 = 24 * 60;
    let points = access::points_of_decision(loaded, decision);
    let mut minutes = 0;
    let (mut from, mut to) = (None, None);
    for (position, point) in (1..).zip(&loaded.agenda) {
        let end = minutes + point.minutes.min(MOST);
        if points.contains(&position) {
            from = from.or(Some(minutes));
            to = Some(end);
        }
        minutes = end.min(MOST);
    }
    let at =
        |minutes: u32| loaded.conference.meeting.start.overflowing_add_signed(Duration::minutes(i64::from(minutes)));
    // What would be after midnight is an agenda that is wrong.
    let same_day = |minutes| Some(at(minutes)).filter(|(_, days)| *days == 0).map(|(time, _)| time);
    Some((same_day(from?)?, same_day(to?)?))
}

/// Reports a decision that was taken once too many had left, or before enough had come.
fn when_too_few_were_there(loaded: &Loaded, report: &mut Report) {
    let Some((n, tally)) = when_deciding(loaded).filter(|(_, tally)| !tally.met()) else { return };
    if loaded.conference.decisions[n].provisional {
        return;
    }
    let who = if tally.social_care { "social care" } else { "no social care" };
    let message = format!(
        "by the times of the agenda, those who were there when this was decided do not form a quorum: {who} and {} of {} other agencies",
        tally.agencies.len(),
        tally.required
    );
    let warning = Diagnostic::warning(codes::NO_QUORUM, message).at(format!("decisions[{n}]"));
    report.push(warning.hint(
        "mark it `provisional: true`; or, if they were there, correct when they came or left, or the point of the decision: `agenda:`",
    ));
}

/// A day for the next meeting that is later than the council allows for one that is held again.
fn meets_again_late(loaded: &Loaded) -> Option<Diagnostic> {
    let (again, within) = (loaded.conference.review?.date, *loaded.settings.timescales.get("reconvene")?);
    let last = loaded.calendar.after(loaded.conference.meeting.date, within);
    let message = format!("a meeting without a quorum is held again by {last}, and this day is later");
    let warning = Diagnostic::warning(codes::NO_QUORUM, message).at("review.date");
    let hint = Hint::listing("bring it forward; the council allows {} working days", [within.to_string()]);
    (again > last).then(|| warning.hint(hint))
}

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let tally = Tally::of(loaded);
    if tally.met() {
        when_too_few_were_there(loaded, report);
    }
    // An attendee with an unknown organisation is reported elsewhere; counting without them would be a second error.
    let attended = loaded.conference.invitees.iter().filter(|i| i.attended == Some(true));
    let unplaced = attended.filter(|i| access::is_unplaced(loaded, i)).count();
    if tally.met() || !tally.recorded || unplaced > 0 {
        return;
    }
    let who = if tally.social_care { "social care".to_owned() } else { "no social care".to_owned() };
    let message = format!(
        "those who attended do not form a quorum: {who} and {} of {} other agencies",
        tally.agencies.len(),
        tally.required
    );
    // What cannot wait may be agreed all the same, until a meeting with a quorum has taken it again.
    if !loaded.conference.decisions.is_empty() && loaded.conference.decisions.iter().all(|d| d.provisional) {
        let warning = Diagnostic::warning(codes::NO_QUORUM, message).at("decisions");
        report.push(warning.hint("papers say that what was decided is provisional; hold another meeting soon"));
        report.diagnostics.extend(meets_again_late(loaded));
        return;
    }
    let hint = "mark who attended with `attended: true`, and what an organisation counts for with `quorum:`";
    if loaded.conference.decisions.is_empty() {
        report.push(Diagnostic::warning(codes::NO_QUORUM, message).at("invitees").hint(hint));
    } else {
        report.push(
            Diagnostic::error(codes::NO_QUORUM, message).at("decisions").hint(
                Hint::from(hint).and(
                    "; without a quorum the conference can agree only what cannot wait: mark it `provisional: true`",
                ),
            ),
        );
    }
}
