//! The agenda fits the meeting, and every point number refers to one of its points.

use super::access;
use crate::diag::{Diagnostic, Hint, Report, codes, count};
use crate::input::Loaded;
use crate::model::people::Invitee;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let c = &loaded.conference;
    for (i, item) in c.items.iter().enumerate() {
        point(loaded, item.agenda, format!("items[{i}].agenda"), report);
    }
    for (i, decision) in c.decisions.iter().enumerate() {
        if let Some(number) = decision.agenda {
            point(loaded, number, format!("decisions[{i}].agenda"), report);
        }
    }
    for (i, correction) in c.minutes.corrections.iter().enumerate() {
        if let Some(number) = correction.agenda {
            point(loaded, number, format!("minutes.corrections[{i}].agenda"), report);
        }
    }
    for (i, invitee) in c.invitees.iter().enumerate() {
        for (n, number) in invitee.items.iter().flatten().enumerate() {
            let path = format!("invitees[{i}].items[{n}]");
            point(loaded, *number, path.clone(), report);
            not_theirs(loaded, invitee, *number, path, report);
        }
        for (n, number) in invitee.excluded.iter().flatten().enumerate() {
            point(loaded, *number, format!("invitees[{i}].excluded[{n}]"), report);
        }
        if invitee.exclusion.is_some() && invitee.excluded.as_ref().is_none_or(Vec::is_empty) {
            report.push(
                Diagnostic::error(codes::EMPTY_TEXT, "this decision keeps the invitee out of no point")
                    .at(format!("invitees[{i}].exclusion"))
                    .hint("name the points under `excluded`; for the whole meeting, all that they may hear"),
            );
        }
        let is_empty = access::part_of(loaded, invitee).is_some_and(|part| part.is_empty());
        if is_empty && invitee.excluded.is_some() && invitee.exclusion.is_none() {
            report.push(
                Diagnostic::error(codes::EMPTY_TEXT, "this invitee is excluded from every point")
                    .at(format!("invitees[{i}].excluded"))
                    .hint("leave them a point to come for, or write who is told what of it: `exclusion: { on: DAY }`"),
            );
        }
        if invitee.items.as_ref().is_some_and(Vec::is_empty) {
            report.push(
                Diagnostic::error(codes::EMPTY_TEXT, "this list is empty, so they are not invited for any point")
                    .at(format!("invitees[{i}].items"))
                    .hint("name the points, or remove the field to invite them for all that they may hear"),
            );
        }
    }
    length(loaded, report);
}

/// The minutes that an agenda may leave of a meeting: people come late, and talk longer than they meant to.
const TO_SPARE: u64 = 20;

/// Compares the agenda with the meeting: letters ask people to come until its end.
fn length(loaded: &Loaded, report: &mut Report) {
    let c = &loaded.conference;
    let planned: u64 = loaded.agenda.iter().map(|p| u64::from(p.minutes)).sum();
    let meeting = (c.meeting.end - c.meeting.start).num_minutes();
    if meeting > 0 && i64::try_from(planned).is_ok_and(|planned| planned > meeting) {
        report.push(
            Diagnostic::warning(
                codes::AGENDA_TOO_LONG,
                format!("the agenda takes {planned} minutes, but the meeting lasts only {meeting}"),
            )
            .at("meeting.end")
            .hint("end later, or give the conference its own `agenda` with fewer minutes"),
        );
    }
    // Once it was held, nobody comes for nothing any more; and a time that is still to be looked at is told already.
    let is_to_come = c.invitees.iter().all(|invitee| invitee.attended.is_none()) && c.meeting.cancelled.is_none();
    let is_open = c.to_fill_in.iter().any(|path| path == "meeting.end");
    let is_short = u64::try_from(meeting).is_ok_and(|meeting| planned > 0 && meeting > planned + TO_SPARE);
    if is_short && is_to_come && !is_open {
        let message = format!("the agenda takes {planned} minutes, and the meeting lasts {meeting}");
        let warning = Diagnostic::warning(codes::AGENDA_TOO_SHORT, message).at("meeting.end");
        report.push(warning.hint("end earlier, since letters ask people to come until the end; or give the conference its own `agenda` with more minutes"));
    }
}

/// Reports a point that the invitee may not hear: a letter must not invite them for it.
fn not_theirs(loaded: &Loaded, invitee: &Invitee, number: u32, path: String, report: &mut Report) {
    let index = (number as usize).checked_sub(1);
    let Some(point) = index.and_then(|i| loaded.agenda.get(i)) else { return };
    let Some(audience) = access::audience(loaded, invitee) else { return };
    if !audience.may_read(point.share) {
        report.push(
            Diagnostic::error(codes::POINT_NOT_FOR_THEM, format!("point {number} is not for this invitee"))
                .at(path)
                .hint("it is for professionals; remove it, or share the point more widely"),
        );
    }
}

fn point(loaded: &Loaded, number: u32, path: String, report: &mut Report) {
    let points = loaded.agenda.len();
    if number == 0 || number as usize > points {
        report.push(
            Diagnostic::error(codes::UNKNOWN_AGENDA_POINT, format!("the agenda has no point {number}"))
                .at(path)
                .hint(Hint::naming("it has {}, numbered from 1", [count(points, "point")])),
        );
    }
}
