//! Whoever is recorded as having said something was there when it was said.
//!
//! In: the attendance, the agenda, what was said and views that differed. Out: warnings, since a report can be read out for somebody
//! who is not there, and a meeting seldom keeps to the minute.

use super::access;
use crate::diag::{Diagnostic, Report, codes};
use crate::input::Loaded;
use crate::model::people::Invitee;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let c = &loaded.conference;
    let mut attended = c.invitees.iter().filter(|invitee| invitee.attended == Some(true)).peekable();
    // Whoever attended for an organisation that is not known is reported elsewhere.
    if attended.peek().is_none() || attended.any(|invitee| access::is_unplaced(loaded, invitee)) {
        return;
    }
    for (i, item) in c.items.iter().enumerate().filter(|(_, item)| item.is_filled_in()) {
        said(loaded, &item.by, Some(item.agenda), format!("items[{i}].by"), report);
    }
    for (i, decision) in c.decisions.iter().enumerate() {
        for (n, view) in decision.dissent.iter().enumerate() {
            said(loaded, &view.by, decision.agenda, format!("decisions[{i}].dissent[{n}].by"), report);
        }
    }
}

/// Reports an organisation of which nobody was there, or not at that point.
fn said(loaded: &Loaded, id: &str, point: Option<u32>, path: String, report: &mut Report) {
    let Some(organisation) = loaded.conference.organisations.get(id) else { return };
    let sent_a_report = organisation.report.as_ref().is_some_and(|report| report.received.is_some());
    if sent_a_report || holds_the_meeting(loaded, id) {
        return;
    }
    let is_theirs = |invitee: &&Invitee| access::organisation_of(loaded, invitee).is_some_and(|(of, _)| of == id);
    let there: Vec<&Invitee> =
        loaded.conference.invitees.iter().filter(is_theirs).filter(|invitee| invitee.attended == Some(true)).collect();
    let name = &organisation.name;
    if there.is_empty() {
        let message = format!("{name} is recorded as saying this, and nobody from there as having come");
        let warning = Diagnostic::warning(codes::SPOKE_WHILE_AWAY, message).at(path);
        report.push(warning.hint("mark who came with `attended: true`; if it was read out, say so in the text"));
        return;
    }
    let Some((number, (start, end))) = point.and_then(|number| Some((number, access::times_of(loaded, number)?)))
    else {
        return;
    };
    let was_there = |invitee: &&Invitee| {
        invitee.arrived.is_none_or(|arrived| arrived < end) && invitee.left.is_none_or(|left| left > start)
    };
    if !there.iter().any(was_there) {
        let times = format!("{} to {}", start.format("%H:%M"), end.format("%H:%M"));
        let message = format!(
            "{name} is recorded as saying this at point {number} ({times}), when nobody from there was in the room"
        );
        let warning = Diagnostic::warning(codes::SPOKE_WHILE_AWAY, message).at(path);
        report.push(warning.hint("correct the point, or when they came and left; if the meeting ran late, leave it"));
    }
}

/// Whether an organisation has somebody there in any case: the chair, who takes the minutes, or the lead practitioner.
fn holds_the_meeting(loaded: &Loaded, id: &str) -> bool {
    let c = &loaded.conference;
    let ids = [
        c.meeting.chair.as_ref(),
        c.meeting.co_chair.as_ref(),
        c.meeting.minute_taker.as_ref(),
        c.assessment.author.as_ref(),
    ];
    ids.into_iter()
        .flatten()
        .any(|person| c.people.get(person).is_some_and(|one| one.organisation.as_deref() == Some(id)))
}
