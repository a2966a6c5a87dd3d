//! Changes of the meeting, and its cancellation, make sense.

use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::Loaded;
use crate::model::conference::{Meeting, MeetingBefore};
use crate::model::edition::MAX_REASON;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let meeting = &loaded.conference.meeting;
    let because = meeting.changes.iter().enumerate().map(|(i, c)| (format!("changes[{i}]"), c.because.as_deref()));
    let cancelled = meeting.cancelled.iter().map(|c| ("cancelled".to_owned(), c.because.as_deref()));
    for (field, because) in because.chain(cancelled) {
        let length = because.map_or(0, |text| text.chars().count());
        if length > MAX_REASON {
            let message = format!("a reason of {length} characters is too long for a line on the paper");
            let error = Diagnostic::error(codes::BAD_VALUE, message).at(format!("meeting.{field}.because"));
            report.push(error.hint(Hint::listing("say in at most {} why", [MAX_REASON.to_string()])));
        }
    }
    let mut earlier = None;
    for (i, change) in meeting.changes.iter().enumerate() {
        let path = format!("meeting.changes[{i}]");
        let later = meeting.changes[i + 1..].iter().map(|change| &change.was);
        report.diagnostics.extend(unchanged(meeting, &change.was, later.clone()).map(|d| d.at(format!("{path}.was"))));
        report.diagnostics.extend(same_twice(&change.was, later).map(|d| d.at(format!("{path}.was"))));
        if let Some(earlier) = earlier.filter(|earlier| *earlier > change.on) {
            let message = format!("this change ({}) stands after a later one ({earlier})", change.on);
            let error = Diagnostic::error(codes::DATE_ORDER, message).at(format!("{path}.on"));
            report.push(error.hint("list the changes in the order of their days, or correct the day"));
        }
        earlier = Some(change.on);
        // What moves the meeting to an earlier day may itself be after the day that it was to be.
        let was = change.was.date.unwrap_or(meeting.date).max(meeting.date);
        if change.on > was {
            let message = format!("the change ({}) is after the meeting ({was})", change.on);
            let error = Diagnostic::error(codes::DATE_ORDER, message).at(format!("{path}.on"));
            report.push(error.hint("`on` is the day on which it was decided; one of the two dates is mistyped"));
        }
    }
    let is_to_come = loaded.conference.invitees.iter().all(|invitee| invitee.attended.is_none());
    if let Some(last) = earlier.filter(|last| *last > meeting.reply_by && is_to_come && meeting.cancelled.is_none()) {
        let message =
            format!("people are asked to reply by {}, which is before the last change ({last})", meeting.reply_by);
        let warning = Diagnostic::warning(codes::DATE_ORDER, message).at("meeting.reply_by");
        report.push(warning.hint("give them a later day: the letter about the change prints it"));
    }
    let Some(cancelled) = &meeting.cancelled else { return };
    if let Some(earlier) = earlier.filter(|earlier| *earlier > cancelled.on) {
        let message = format!("the cancellation ({}) is before the last change ({earlier})", cancelled.on);
        let error = Diagnostic::error(codes::DATE_ORDER, message).at("meeting.cancelled.on");
        report.push(error.hint("one of the two dates is mistyped"));
    }
    if let Some(i) = loaded.conference.invitees.iter().position(|invitee| invitee.attended == Some(true)) {
        let message = "somebody is recorded as present at a meeting that is cancelled";
        let error = Diagnostic::error(codes::CANCELLED_AND_HELD, message).at(format!("invitees[{i}].attended"));
        report.push(
            error.hint("remove `meeting.cancelled` if it was held after all, or remove `attended:` if it was not"),
        );
    }
}

/// Reports a change after which the next of the same part says that it was still as before: one of the two did not happen so.
fn same_twice<'m>(
    was: &'m MeetingBefore,
    mut later: impl Iterator<Item = &'m MeetingBefore> + Clone,
) -> Option<Diagnostic> {
    let place = |was: &'m MeetingBefore| was.venue.as_ref().map(|v| (&v.name, &v.lines, &v.postcode));
    let same = [
        ("day", was.date.is_some() && later.clone().find_map(|next| next.date) == was.date),
        ("start", was.start.is_some() && later.clone().find_map(|next| next.start) == was.start),
        ("end", was.end.is_some() && later.clone().find_map(|next| next.end) == was.end),
        ("place", was.venue.is_some() && later.find_map(place) == place(was)),
    ];
    let (part, _) = same.into_iter().find(|(_, same)| *same)?;
    let message = format!("the {part} was the same before this change and before the one after it");
    let warning = Diagnostic::warning(codes::NO_CHANGE, message);
    Some(
        warning.hint(
            "each `was` says what it was until that change; correct one, or take out the one that did not happen",
        ),
    )
}

/// Reports a change that names nothing, or names what is so still: letters would say that it has changed.
fn unchanged<'m>(
    meeting: &Meeting,
    was: &MeetingBefore,
    mut later: impl Iterator<Item = &'m MeetingBefore> + Clone,
) -> Option<Diagnostic> {
    let nothing = was.date.is_none() && was.start.is_none() && was.end.is_none() && was.venue.is_none();
    if nothing {
        let error = Diagnostic::error(codes::NO_CHANGE, "this change does not say what was different");
        return Some(error.hint("write what it was before: `was: { date: DAY }`, or `start`, `end` or `venue`"));
    }
    // What it was changed to is what a later change says it was, or what it is now.
    let next = |part: fn(&MeetingBefore) -> bool| later.clone().any(part);
    let same = [
        ("day", was.date == Some(meeting.date) && !next(|was| was.date.is_some())),
        ("start", was.start == Some(meeting.start) && !next(|was| was.start.is_some())),
        ("end", was.end == Some(meeting.end) && !next(|was| was.end.is_some())),
        ("place", {
            let now = |place: &crate::model::conference::Venue| {
                (&place.name, &place.lines, &place.postcode)
                    == (&meeting.venue.name, &meeting.venue.lines, &meeting.venue.postcode)
            };
            was.venue.as_ref().is_some_and(now) && !later.any(|was| was.venue.is_some())
        }),
    ];
    let (part, _) = same.into_iter().find(|(_, same)| *same)?;
    let error = Diagnostic::error(codes::NO_CHANGE, format!("the {part} was the same before this change"));
    Some(error.hint("`was` says what it was before; `meeting` above says how it is now"))
}
