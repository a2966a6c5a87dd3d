//! Days on which the council works, near enough to be meant, and within the table of bank holidays.
//!
//! In: the dates of the conference, and the table of the council's nation. Out: a warning for each that falls on a day off, or
//! more than a year away; an error for each that the table does not reach; and a warning where it ends so near the meeting
//! that deadlines cannot be counted.
//!
//! Deliberately absent: their order; `dates` has it.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use crate::diag::{Diagnostic, Report, Severity, codes};
use crate::input::Loaded;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let days = days(loaded);
    for day in &days {
        off(loaded, day, report);
        far(loaded, day, report);
    }
    table(loaded, &days, report);
}

/// Findings without the warnings about dates that are in the wrong order: those have to be typed again anyway.
pub fn without_mistyped(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let errors = found
        .iter()
        .filter(|d| d.code == codes::DATE_ORDER || d.severity == Severity::Error && d.code == codes::CALENDAR_ENDS);
    let mistyped: BTreeSet<String> = errors.filter_map(|d| d.place.path.clone()).collect();
    let of_days = [codes::DAY_OFF, codes::FAR_AWAY];
    let is_mistyped = |d: &Diagnostic| d.place.path.as_ref().is_some_and(|path| mistyped.contains(path));
    found.into_iter().filter(|d| !(of_days.contains(&d.code) && is_mistyped(d))).collect()
}

/// A date of the conference.
struct Day {
    /// What falls on it, as a message calls it.
    what: &'static str,
    date: NaiveDate,
    path: String,
    weight: Weight,
}

/// What hangs on a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weight {
    /// Working days are counted from it, or around it.
    Counted,
    /// It lies after the meeting, and nothing is counted from it.
    Later,
    /// It is the date of one kind of paper, before or after the meeting by years if need be.
    Own,
}

fn days(loaded: &Loaded) -> Vec<Day> {
    let c = &loaded.conference;
    let day = |what, date, path: &str, weight| Day { what, date, path: path.to_owned(), weight };
    let mut days = vec![
        day("the issue date", c.issued, "issued", Weight::Counted),
        day("the meeting", c.meeting.date, "meeting.date", Weight::Counted),
        day("the reply-by date", c.meeting.reply_by, "meeting.reply_by", Weight::Counted),
    ];
    for (kind, own) in &c.papers {
        let path = format!("papers.{kind}.issued");
        days.extend(own.issued.map(|date| day("this issue date", date, &path, Weight::Own)));
    }
    days.extend(c.review.map(|review| day("the review", review.date, "review.date", Weight::Later)));
    for (i, invitee) in c.invitees.iter().enumerate() {
        let own = [
            ("their invitation", invitee.invited_on, "invited_on"),
            ("their answer", invitee.replied_on, "replied_on"),
        ];
        let path = |field| format!("invitees[{i}].{field}");
        days.extend(
            own.into_iter().filter_map(|(what, date, field)| Some(day(what, date?, &path(field), Weight::Own))),
        );
    }
    for (g, goal) in c.goals.iter().enumerate() {
        for (a, action) in goal.actions.iter().enumerate() {
            let path = format!("goals[{g}].actions[{a}].due");
            days.extend(action.due_on().map(|date| day("this due date", date, &path, Weight::Later)));
        }
    }
    days
}

fn off(loaded: &Loaded, day: &Day, report: &mut Report) {
    if !loaded.calendar.reaches(day.date) {
        return;
    }
    let named = day.date.format("%A %-d %B %Y");
    let why = match loaded.calendar.holidays.get(&day.date.to_string()) {
        Some(holiday) => format!("{} ({named}) is a bank holiday, {holiday}", day.what),
        None if !loaded.calendar.is_working_day(day.date) => format!("{} is on a weekend, {named}", day.what),
        None => return,
    };
    let warning = Diagnostic::warning(codes::DAY_OFF, why).at(day.path.clone());
    report.push(warning.hint("choose a working day, or leave it if it is meant"));
}

fn far(loaded: &Loaded, day: &Day, report: &mut Report) {
    let c = &loaded.conference;
    let (from, called) = match day.weight {
        Weight::Later if c.meeting.date > c.issued => (c.meeting.date, "the meeting"),
        Weight::Counted | Weight::Later => (c.issued, "the issue date"),
        Weight::Own => return,
    };
    if from.checked_add_months(Months::new(12)).is_some_and(|year| day.date > year) {
        let message = format!("{} ({}) is more than a year after {called} ({from})", day.what, day.date);
        let warning = Diagnostic::warning(codes::FAR_AWAY, message).at(day.path.clone());
        report.push(warning.hint("check the year; leave it if it is meant"));
    }
}

/// Working days are counted only as far as the table of bank holidays reaches, and no date of the conference is known to be
/// one beyond it.
fn table(loaded: &Loaded, days: &[Day], report: &mut Report) {
    let calendar = &loaded.calendar;
    let mut is_told = false;
    for day in days.iter().filter(|day| day.weight != Weight::Own && !calendar.reaches(day.date)) {
        is_told |= day.weight == Weight::Counted;
        let message = format!("{} ({}) is outside the table of bank holidays, {}", day.what, day.date, span(loaded));
        let error = Diagnostic::error(codes::CALENDAR_ENDS, message).at(day.path.clone());
        report.push(error.hint("check the year; where it is right, put a `holidays.yaml` with it among the templates"));
    }
    let meeting = loaded.conference.meeting.date;
    if is_told || calendar.covers(meeting) {
        return;
    }
    let message = if calendar.reaches_after(meeting) {
        format!("the table of bank holidays begins on {}", calendar.first_day())
    } else {
        format!("the table of bank holidays ends on {}", calendar.until)
    };
    let hint = "working days beyond it are counted without bank holidays; update `holidays.yaml`";
    report.push(Diagnostic::warning(codes::CALENDAR_ENDS, message).at("meeting.date").hint(hint));
}

fn span(loaded: &Loaded) -> String {
    format!("{} to {}", loaded.calendar.first_day(), loaded.calendar.until)
}
