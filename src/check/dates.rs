//! Dates are in their proper order.

use chrono::NaiveDate;

use super::quorum::Tally;
use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::Loaded;
use crate::model::conference::{Kind, MinutesStatus};

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let c = &loaded.conference;
    let mut order = Order { report };
    let meeting = ("the meeting", c.meeting.date);
    if let Some(completed) = c.assessment.completed {
        order.before(("the assessment", completed), ("the issue date", c.issued), "issued");
    }
    // Once the conference has met, the papers may be reissued with the minutes. An invitation with a date of its own is
    // checked with the other kinds of paper.
    let own = c.papers.get("invitation").is_some_and(|own| own.issued.is_some());
    if !own && c.invitees.iter().all(|i| i.attended.is_none()) {
        order.before(("the issue date", c.issued), ("the reply-by date", c.meeting.reply_by), "meeting.reply_by");
    }
    order.before(("the reply-by date", c.meeting.reply_by), meeting, "meeting.reply_by");
    of_invitees(loaded, &mut order);
    if let Some(review) = &c.review {
        order.strictly_before(meeting, ("the review", review.date), "review.date");
    }
    order.report.diagnostics.extend(next_too_soon(loaded));
    if let Some(period) = &c.context.period {
        order.before(("the first day", period.from), ("the last day", period.to), "context.period.to");
    }
    if let Some(approved) = c.minutes.approved {
        order.before(meeting, ("the approval of the minutes", approved), "minutes.approved");
        let issued = c.papers.get("minutes").and_then(|own| own.issued);
        if let Some(issued) = issued.filter(|issued| *issued < approved && meeting.1 <= approved) {
            let message =
                format!("the approval of the minutes ({approved}) is after the day that they bear ({issued})");
            let warning = Diagnostic::warning(codes::DATE_ORDER, message).at("minutes.approved");
            order
                .report
                .push(warning.hint("correct the day, or date the minutes anew: `papers: { minutes: { issued: … } }`"));
        }
    }
    for (id, organisation) in &c.organisations {
        if let Some(agreement) = organisation.agreement
            && let Some(review) = agreement.review
        {
            order.before(
                ("the signature", agreement.signed),
                ("its review", review),
                &format!("organisations.{id}.agreement.review"),
            );
        }
    }
    if let Some(previous) = &c.previous {
        order.strictly_before(("the conference before", previous.date), meeting, "previous.date");
    }
    for (n, correction) in c.minutes.corrections.iter().enumerate() {
        order.before(meeting, ("the correction", correction.on), &format!("minutes.corrections[{n}].on"));
    }
    for (id, organisation) in &c.organisations {
        if let Some((asked, received)) = organisation.report.and_then(|report| report.asked.zip(report.received)) {
            let path = format!("organisations.{id}.report.received");
            order.before(("the request for a report", asked), ("the report", received), &path);
        }
    }
    for (g, goal) in c.goals.iter().enumerate() {
        order.in_a_row(goal.readings.iter().map(|reading| reading.on), |n| format!("goals[{g}].readings[{n}].on"));
        for (a, action) in goal.actions.iter().enumerate() {
            // A review reports on what was due before it.
            let is_held_again = c.previous.as_ref().is_some_and(|previous| previous.no_quorum);
            let is_new = c.kind == Kind::Initial && action.history.is_empty() && !is_held_again;
            if let Some(due) = action.due_on().filter(|_| is_new) {
                order.before(meeting, ("the due date", due), &format!("goals[{g}].actions[{a}].due"));
            }
            let days = action.history.iter().map(|news| news.on);
            order.in_a_row(days, |n| format!("goals[{g}].actions[{a}].history[{n}].on"));
        }
    }
    if c.minutes.status == MinutesStatus::Approved && c.minutes.approved.is_none() {
        order.report.push(
            Diagnostic::error(codes::MISSING_FIELD, "the minutes are approved, but no day is given")
                .at("minutes.status")
                .hint("add `approved:` with the day, or write `status: draft`"),
        );
    }
    needed_for_minutes(loaded, order.report);
    for (i, invitee) in c.invitees.iter().enumerate() {
        if invitee.arrived.zip(invitee.left).is_some_and(|(arrived, left)| left <= arrived) {
            order.report.push(
                Diagnostic::error(codes::TIME_ORDER, "this invitee left before they arrived")
                    .at(format!("invitees[{i}].left"))
                    .hint("one of the two times is mistyped"),
            );
        }
    }
    if c.meeting.end > c.meeting.start {
        outside(loaded, order.report);
    }
    if c.meeting.end <= c.meeting.start {
        let same = c.meeting.end == c.meeting.start;
        let message = if same { "the meeting ends when it starts" } else { "the meeting ends before it starts" };
        order.report.push(
            Diagnostic::error(codes::TIME_ORDER, message)
                .at("meeting.end")
                .hint("write times as on a 24-hour clock, for example `15:30`"),
        );
    }
}

/// The kind of paper that asks owners, before the next meeting, how their actions stand.
const PROGRESS_REPORT: &str = "progress-report";

/// Warns of a next meeting that comes so soon that the forms for it would be dated after the day by which they are wanted. A
/// meeting that had no quorum is held again as soon as may be, and asks for none.
fn next_too_soon(loaded: &Loaded) -> Option<Diagnostic> {
    let c = &loaded.conference;
    let tally = Tally::of(loaded);
    let review = c.review.filter(|_| !c.goals.is_empty() && (!tally.recorded || tally.met()))?;
    let own = c.papers.get(PROGRESS_REPORT).and_then(|own| own.issued);
    let dated = own.or_else(|| loaded.due.get(PROGRESS_REPORT).map(|(_, day)| *day))?;
    let wanted = loaded.calendar.before(review.date, *loaded.settings.timescales.get("papers_review")?);
    if review.date <= c.meeting.date || wanted > dated {
        return None;
    }
    let day = review.date;
    let message = format!(
        "the next meeting ({day}) is too soon: what owners report to it is wanted by {wanted}, and the form that asks for it is dated {dated}"
    );
    let warning = Diagnostic::warning(codes::NEXT_TOO_SOON, message).at("review.date");
    Some(warning.hint("hold it later, or date the form sooner: `papers: { progress-report: { issued: DAY } }`"))
}

/// Days of single invitees: when they are to reply, and when they were kept out.
fn of_invitees(loaded: &Loaded, order: &mut Order<'_>) {
    let c = &loaded.conference;
    let meeting = ("the meeting", c.meeting.date);
    for (i, invitee) in c.invitees.iter().enumerate() {
        if let Some(own) = invitee.invited_on {
            let path = format!("invitees[{i}].invited_on");
            order.before(("their invitation", own), meeting, &path);
            let reply_by = invitee.reply_by.unwrap_or(c.meeting.reply_by);
            if invitee.invited && invitee.attended.is_none() {
                let path = if invitee.reply_by.is_some() { format!("invitees[{i}].reply_by") } else { path };
                order.before(("their invitation", own), ("their reply-by date", reply_by), &path);
            }
        }
        if let Some(replied) = invitee.replied_on {
            let path = format!("invitees[{i}].replied_on");
            order.before(("their answer", replied), meeting, &path);
        }
        if let Some(reply_by) = invitee.reply_by {
            let path = format!("invitees[{i}].reply_by");
            order.before(("their reply-by date", reply_by), meeting, &path);
            // Nobody can answer a letter before the day that it bears. Once they came or did not, nobody asks.
            if invitee.invited && invitee.attended.is_none() {
                order.before(("the issue date", c.issued), ("their reply-by date", reply_by), &path);
            }
        }
        if let Some(exclusion) = &invitee.exclusion {
            order.before(("this decision", exclusion.on), meeting, &format!("invitees[{i}].exclusion.on"));
        }
    }
}

/// Once anything is recorded of the meeting, minutes name the assessment that it discussed.
fn needed_for_minutes(loaded: &Loaded, report: &mut Report) {
    let c = &loaded.conference;
    let is_recorded = c.invitees.iter().any(|invitee| invitee.attended.is_some()) || !c.decisions.is_empty();
    let missing = [("reference", c.assessment.reference.is_none()), ("completed", c.assessment.completed.is_none())];
    for (field, _) in missing.into_iter().filter(|(_, is_missing)| is_recorded && *is_missing) {
        let message = format!("the minutes name the assessment, and its `{field}` is missing");
        let error = Diagnostic::error(codes::MISSING_FIELD, message).at("assessment");
        report.push(error.hint(Hint::listing("add `{}:` under `assessment`", [field])));
    }
}

/// Times of attendance that lie before the meeting or after it: minutes would print them as they are.
fn outside(loaded: &Loaded, report: &mut Report) {
    let meeting = &loaded.conference.meeting;
    for (i, invitee) in loaded.conference.invitees.iter().enumerate() {
        for (field, did, time) in [("arrived", "arrived", invitee.arrived), ("left", "left", invitee.left)] {
            let Some(time) = time.filter(|time| *time < meeting.start || *time > meeting.end) else { continue };
            let when = if time < meeting.start { "before the meeting began" } else { "after the meeting ended" };
            let message = format!("this invitee {did} at {}, {when}", time.format("%H:%M"));
            let warning = Diagnostic::warning(codes::OUTSIDE_MEETING, message).at(format!("invitees[{i}].{field}"));
            report.push(warning.hint("correct the time, or take it out: only who came late or left early has one"));
        }
    }
}

struct Order<'r> {
    report: &'r mut Report,
}

impl Order<'_> {
    /// Reports days that stand after later ones.
    fn in_a_row(&mut self, days: impl Iterator<Item = NaiveDate>, path: impl Fn(usize) -> String) {
        let mut last: Option<NaiveDate> = None;
        for (n, day) in days.enumerate() {
            if let Some(last) = last.filter(|last| *last > day) {
                let message = format!("this day ({day}) stands after a later one ({last})");
                let error = Diagnostic::error(codes::DATE_ORDER, message).at(path(n));
                self.report.push(error.hint("list them in the order of their days, or correct the day"));
            }
            last = Some(day);
        }
    }

    fn before(&mut self, first: (&str, NaiveDate), second: (&str, NaiveDate), path: &str) {
        if first.1 > second.1 {
            self.fault(first, second, path);
        }
    }

    fn strictly_before(&mut self, first: (&str, NaiveDate), second: (&str, NaiveDate), path: &str) {
        if first.1 == second.1 {
            let message = format!("{} ({}) is on the day of {}", second.0, second.1, first.0);
            self.report
                .push(Diagnostic::error(codes::DATE_ORDER, message).at(path).hint("one of the two dates is mistyped"));
        } else if first.1 > second.1 {
            self.fault(first, second, path);
        }
    }

    fn fault(&mut self, first: (&str, NaiveDate), second: (&str, NaiveDate), path: &str) {
        let message = format!("{} ({}) is before {} ({})", second.0, second.1, first.0, first.1);
        self.report
            .push(Diagnostic::error(codes::DATE_ORDER, message).at(path).hint("one of the two dates is mistyped"));
    }
}
