//! Dates and versions of single kinds of paper: whether they are possible, and which papers they leave out.
//!
//! In: [`Checked`] and the front matter of every kind, which says on which side of the meeting it belongs. Out: errors
//! with their lines, and warnings for a build.
//!
//! Deliberately absent: released versions. A record knows them, and passes them in with the conference.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::job::{Job, Request};
use super::named::unknown;
use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::model::artefact::{Artefact, Each, When};
use crate::model::by::Side;
use crate::model::edition::{Edition, MAX_REASON, OwnEdition};
use crate::model::people::Invitee;
use crate::stages::{self, INVITATION};
use crate::words::Words;

/// Checks that `papers:` names existing kinds, with possible dates and reasons.
pub fn check(checked: &Checked, words: &Words) -> Result<(), Report> {
    let mut report = Report::default();
    report.take_sources(&checked.report);
    for (kind, own) in &checked.conference.papers {
        let path = |field: &str| format!("papers.{kind}.{field}");
        let Some((_, artefact)) = words.artefacts().find(|(name, _)| name == kind) else {
            report.diagnostics.extend(unknown(words, kind, format!("papers.{kind}")));
            continue;
        };
        if let Some(issued) = own.issued {
            report.diagnostics.extend(out_of_order(checked, (kind, artefact), issued).map(|d| d.at(path("issued"))));
        }
        report.diagnostics.extend(groundless(checked, kind, own).map(|d| d.at(path("because"))));
    }
    report.diagnostics = report.diagnostics.into_iter().map(|d| checked.places.locate(d)).collect();
    if report.has_errors() { Err(report) } else { Ok(()) }
}

/// The side of the meeting that a kind of paper belongs on. An invitation comes before it, even if its front matter
/// does not say so.
pub(super) fn side(name: &str, artefact: &Artefact) -> Option<Side> {
    artefact.side().or_else(|| (name == "invitation").then_some(Side::Before))
}

/// Reports the date of a kind of paper if it is on the wrong side of the meeting, or before there was anything to
/// announce.
fn out_of_order(checked: &Checked, (kind, artefact): (&str, &Artefact), issued: NaiveDate) -> Option<Diagnostic> {
    let c = &checked.conference;
    let meeting = c.meeting.date;
    let fact = match side(kind, artefact)? {
        Side::After if issued < meeting => format!("`{kind}` tells of the meeting ({meeting}) and is dated before it"),
        Side::Before if issued > meeting => format!("`{kind}` announces the meeting ({meeting}) and is dated after it"),
        Side::Before if c.assessment.completed.is_some_and(|completed| issued < completed) => {
            let completed = c.assessment.completed.unwrap_or_default();
            format!("`{kind}` is dated before the assessment ({completed}) was completed")
        }
        // A replacement, for example because the room has changed, asks for no reply.
        Side::Before
            if artefact.each == Each::Invitee
                && artefact.reply.is_none()
                && artefact.when.is_none()
                && issued > c.meeting.reply_by
                // Somebody who is invited late may have a day of their own.
                && c.invitees.iter().filter_map(|invitee| invitee.reply_by).max().is_none_or(|day| day < issued)
                && !checked.has_met()
                && checked.edition(kind).version == 1 =>
        {
            format!("`{kind}` is dated after the reply-by date ({})", c.meeting.reply_by)
        }
        Side::Before | Side::After => return None,
    };
    Some(Diagnostic::error(codes::DATE_ORDER, format!("{fact}: {issued}")).hint("one of the two dates is mistyped"))
}

/// Reports a reason that is too long, or that has no earlier version to replace.
fn groundless(checked: &Checked, kind: &str, own: &OwnEdition) -> Option<Diagnostic> {
    let because = own.because.as_ref()?;
    if because.chars().count() > MAX_REASON {
        let message = format!("a reason of {} characters is too long for a line on the paper", because.chars().count());
        let hint = "say in at most {} what has changed, for example `the date has changed`";
        return Some(Diagnostic::error(codes::BAD_VALUE, message).hint(Hint::listing(hint, [MAX_REASON.to_string()])));
    }
    // The reason may be for a version that comes from elsewhere.
    let first = Edition::of(&checked.conference, kind).version == 1 && checked.edition(kind).version == 1;
    let message = format!("this is the first version of `{kind}`, so it replaces none");
    let hint = "raise its version, `version: 2`, or remove the reason";
    first.then(|| Diagnostic::error(codes::FIRST_VERSION, message).hint(hint))
}

/// Whether a kind of paper announces a meeting that is over by the day of issue.
pub(super) fn announces_the_past(checked: &Checked, name: &str, artefact: &Artefact) -> bool {
    let meeting = checked.conference.meeting.date;
    side(name, artefact) == Some(Side::Before) && checked.edition(name).is_out_of_time(Side::Before, meeting)
}

/// Whether what became of the meeting leaves a kind of paper to make: what is only made for a meeting that was changed or
/// cancelled, for one that was cancelled nothing else that belongs to it, and nothing for people kept out if there are none.
pub(super) fn suits_the_meeting(checked: &Checked, name: &str, artefact: &Artefact) -> bool {
    let meeting = &checked.conference.meeting;
    if artefact.excluded && checked.conference.invitees.iter().all(|invitee| invitee.exclusion.is_none()) {
        return false;
    }
    match artefact.when {
        Some(When::Cancelled) => meeting.cancelled.is_some(),
        Some(When::Changed) => meeting.cancelled.is_none() && !meeting.changes.is_empty(),
        Some(When::Closed) => meeting.cancelled.is_none() && stages::closes(checked),
        Some(When::Open) => meeting.cancelled.is_none() && !stages::closes(checked),
        None => meeting.cancelled.is_none() || side(name, artefact).is_none(),
    }
}

/// Why what became of the meeting leaves no paper of a kind to make, and what to do.
pub(super) fn unsuited(artefact: &Artefact) -> (&'static str, &'static str) {
    if artefact.excluded {
        return (
            "nobody is kept out of anything",
            "if somebody is, write the day and the reason: `exclusion: { on: … }`",
        );
    }
    match artefact.when {
        Some(When::Cancelled) => {
            ("the meeting is not cancelled", "if it is, write the day and the reason in the file: `meeting.cancelled`")
        }
        Some(When::Changed) => (
            "nothing of the meeting has changed since the invitations, or it is cancelled",
            "if its day, time or place has, write what it was in the file: `meeting.changes`",
        ),
        Some(When::Closed) => (
            "no decision ends the plan, and this is not the last conference",
            "once one does, write the decision in the file: `decisions`",
        ),
        Some(When::Open) => ("the plan ends", "the paper for that is `closing-record`: `--only closing-record`"),
        None => ("the meeting is cancelled", "the paper for that is `cancelled`: `--only cancelled`"),
    }
}

/// Whether an invitee may be sent a kind of paper. Some kinds are only for those who answered in one way, or who came.
pub(super) fn is_addressed(checked: &Checked, name: &str, artefact: &Artefact, invitee: &Invitee) -> bool {
    artefact.is_for(invitee, checked.reply(invitee))
        && can_be_addressed(checked, name, artefact, invitee)
        && !is_before_their_invitation(checked, name, artefact, invitee)
}

/// Whether a paper would speak of an invitation that came no sooner: a reminder of one, or a change that was known when somebody
/// was invited late.
pub(super) fn is_before_their_invitation(
    checked: &Checked,
    name: &str,
    artefact: &Artefact,
    invitee: &Invitee,
) -> bool {
    // As the data has it: a release makes the letters of latecomers again with the day that they bear.
    let of_all = Edition::of(&checked.conference, INVITATION).issued;
    let of_invitation = invitee.invited_on.map_or(of_all, |own| own.max(of_all));
    let last_change = checked.conference.meeting.changes.last().filter(|_| artefact.when == Some(When::Changed));
    let is_late = invitee.reply_by.is_some() || invitee.invited_on.is_some();
    let knew = is_late && last_change.is_some_and(|change| change.on <= of_invitation);
    let reminds = artefact.reply.is_some() && side(name, artefact) == Some(Side::Before);
    knew || reminds && checked.edition(name).issued <= of_invitation
}

/// Whether an invitee may be sent a kind of paper, whatever they answered. People who came uninvited, or are kept out of the
/// whole meeting, get no announcement; those who came uninvited no letter without an address; and whoever neither was asked
/// nor came is sent nothing.
pub(super) fn can_be_addressed(checked: &Checked, name: &str, artefact: &Artefact, invitee: &Invitee) -> bool {
    let announced = side(name, artefact) == Some(Side::Before) && !artefact.excluded;
    let posted = artefact.each == Each::Invitee && artefact.is_letter();
    let is_expected = invitee.invited && !checked.is_left_out(invitee);
    is_expected || invitee.takes_part() && !(announced || posted && invitee.address.is_empty())
}

/// Warnings about requested kinds of paper that are not made, because the meeting they announce is over.
pub(super) fn over(checked: &Checked, words: &Words, request: &Request) -> Report {
    let mut report = Report::default();
    report.take_sources(&checked.report);
    let wanted = |name: &str| request.only.is_empty() || request.only.iter().any(|only| only == name);
    // What is made only of a meeting that was changed or cancelled is asked for nowhere else.
    let is_asked = |name: &str, kind: &Artefact| wanted(name) && suits_the_meeting(checked, name, kind);
    let mut kinds: BTreeMap<(NaiveDate, String), Vec<&str>> = BTreeMap::new();
    for (name, artefact) in words.artefacts().filter(|(name, kind)| is_asked(name, kind)) {
        if announces_the_past(checked, name, artefact) {
            kinds.entry((checked.edition(name).issued, checked.issued_at(name))).or_default().push(name);
        }
    }
    for ((issued, at), names) in kinds {
        let (all, [are, announce]) = these(&names, [["is", "it announces"], ["are", "they announce"]]);
        let meeting = day(checked.conference.meeting.date);
        let message =
            format!("{all} {are} not made: {announce} the meeting of {meeting} and would be dated {}", day(issued));
        let over = Diagnostic::warning(codes::MEETING_OVER, message).at(at);
        let hint =
            "if the letters went out before the meeting, give them their own date: `papers: { {}: { issued: DAY } }`";
        // Most people mean the letters.
        let name = names.iter().find(|name| **name == INVITATION).unwrap_or(&names[0]);
        report.push(checked.places.locate(over.hint(Hint::naming(hint, [*name]))));
    }
    report
}

/// A single warning, once it is recorded who came or what was decided, about kinds of paper that tell of the meeting but
/// are dated before it because they have no date of their own.
pub(super) fn undated(checked: &Checked, jobs: &[Job<'_>]) -> Option<Diagnostic> {
    let meeting = checked.conference.meeting.date;
    let early = |job: &&Job<'_>| {
        side(job.name, job.artefact) == Some(Side::After)
            && checked.edition(job.name).is_out_of_time(Side::After, meeting)
    };
    let kinds: BTreeSet<&str> = jobs.iter().filter(early).map(|job| job.name).collect();
    let is_recorded = checked.has_met() || !checked.conference.decisions.is_empty();
    let first = kinds.first().filter(|_| is_recorded)?;
    let names: Vec<&str> = kinds.iter().copied().collect();
    let (all, [verbs]) = these(&names, [["tells of the meeting and is"], ["tell of the meeting and are"]]);
    let message = format!("{all} {verbs} dated before it, {}", day(checked.edition(first).issued));
    let hint = Hint::naming(
        "give each the day on which it is issued, for example `papers: { {}: { issued: {} } }`",
        [(*first).to_owned(), meeting.to_string()],
    );
    let undated = Diagnostic::warning(codes::NOT_DATED, message).at("issued").hint(hint);
    Some(checked.places.locate(undated))
}

/// Names of kinds in a sentence, with the words that follow one of them or several.
pub(super) fn these<'w, const N: usize>(names: &[&str], [one, several]: [[&'w str; N]; 2]) -> (String, [&'w str; N]) {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [head @ .., last] if !head.is_empty() => (format!("{} and {last}", head.join(", ")), several),
        all => (all.concat(), one),
    }
}

fn day(date: NaiveDate) -> String {
    date.format("%-d %B %Y").to_string()
}
