//! The agenda fits the meeting, and every number of a point is one of its points.

use crate::diag::{Diagnostic, Report, codes, count};
use crate::input::Loaded;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let c = &loaded.conference;
    for (i, item) in c.items.iter().enumerate() {
        point(loaded, item.agenda, format!("items[{i}].agenda"), report);
    }
    for (i, invitee) in c.invitees.iter().enumerate() {
        for (n, number) in invitee.items.iter().flatten().enumerate() {
            point(loaded, *number, format!("invitees[{i}].items[{n}]"), report);
        }
    }
    let planned: u64 = loaded.agenda.iter().map(|p| u64::from(p.minutes)).sum();
    let meeting = (c.meeting.end - c.meeting.start).num_minutes();
    if meeting > 0 && i64::try_from(planned).is_ok_and(|planned| planned > meeting) {
        report.push(
            Diagnostic::warning(
                codes::AGENDA_TOO_LONG,
                format!("the agenda takes {planned} minutes and the meeting {meeting}"),
            )
            .at("meeting.end")
            .hint("end later, or give the conference its own `agenda` with fewer minutes"),
        );
    }
}

fn point(loaded: &Loaded, number: u32, path: String, report: &mut Report) {
    let points = loaded.agenda.len();
    if number == 0 || number as usize > points {
        report.push(
            Diagnostic::error(codes::UNKNOWN_AGENDA_POINT, format!("the agenda has no point {number}"))
                .at(path)
                .hint(format!("it has {}, numbered from 1", count(points, "point"))),
        );
    }
}
