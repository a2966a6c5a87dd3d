//! Working days can be counted: the table of bank holidays reaches past the meeting.

use crate::diag::{Diagnostic, Report, codes};
use crate::input::Loaded;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let day = loaded.conference.meeting.date;
    if !loaded.calendar.covers(day) {
        report.push(
            Diagnostic::warning(
                codes::CALENDAR_ENDS,
                format!("the table of bank holidays ends on {}", loaded.calendar.until),
            )
            .at("meeting.date")
            .hint("working days after that are counted without bank holidays; update `holidays.yaml`"),
        );
    }
}
