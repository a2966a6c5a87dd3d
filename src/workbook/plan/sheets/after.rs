//! Sheets that are filled in until the review, or if something changes.

use super::columns::{REASON, SHARED, column, guard, needed, reason, share};
use crate::workbook::plan::{Kind, Sheet, SheetPlan, Stage};
use crate::workbook::terms::{ANSWER, SHARE, STATUS};
use Kind::{Clock, Day, Lines, Organisation, Point, Text, Whole, Word};
use Stage::{Changes, FollowUp};

/// A row each time that something became of an action.
pub static NEWS: SheetPlan = SheetPlan {
    sheet: Sheet::News,
    name: "What became of actions",
    about: "A row each time that something became of an action",
    below: &["goals[].actions[].history[]"],
    columns: &[
        needed("action", "Action no.", Text, 10, FollowUp, "The action that it is about."),
        needed("on", "On", Day, 17, FollowUp, ""),
        column("status", "Status from then on", Word(&STATUS), 14, FollowUp, ""),
        column(
            "was_due",
            "Was due until then",
            Kind::Due,
            17,
            FollowUp,
            "If it was put off: the day before. If its day was found: to be agreed.",
        ),
        column(
            "was_owner",
            "Who did it until then",
            Organisation,
            25,
            FollowUp,
            "If somebody else took it on: who had it before. If nobody had: to be agreed.",
        ),
        column(
            "was_with",
            "Who helped until then",
            Kind::Organisations,
            25,
            FollowUp,
            "If others help now: who did before. If nobody did: nobody.",
        ),
        column("text", "What happened", Text, 50, FollowUp, ""),
        guard("text.share", SHARED, Word(&SHARE), 15, FollowUp, "Empty: whoever may read the action."),
        reason("text.reason", REASON, FollowUp),
    ],
};

/// A row each time that a goal was measured.
pub static READINGS: SheetPlan = SheetPlan {
    sheet: Sheet::Readings,
    name: "What was measured",
    about: "A row each time that a goal was measured",
    below: &["goals[].readings[]"],
    columns: &[
        needed("goal", "Goal no.", Text, 10, FollowUp, "The goal that it is about."),
        needed("on", "Measured on", Day, 17, FollowUp, ""),
        needed("text", "What was found", Text, 50, FollowUp, ""),
        column("value", "As a number", Whole, 10, FollowUp, ""),
        share("share", SHARED, FollowUp),
        reason("reason", REASON, FollowUp),
    ],
};

/// A row for each correction of the minutes that was asked for.
pub static CORRECTIONS: SheetPlan = SheetPlan {
    sheet: Sheet::Corrections,
    name: "Corrections",
    about: "A row for each correction of the minutes that was asked for",
    below: &["minutes.corrections[]"],
    columns: &[
        needed("on", "Asked for on", Day, 17, FollowUp, ""),
        needed("by", "Asked for by", Organisation, 26, FollowUp, "The organisation, never a person."),
        column("agenda", "Point", Point, 27, FollowUp, ""),
        needed("text", "What was asked for", Text, 56, FollowUp, ""),
        column("answer", "What became of it", Word(&ANSWER), 18, FollowUp, ""),
        share("share", SHARED, FollowUp),
        reason("reason", REASON, FollowUp),
    ],
};

/// A row each time that something was shared outside the papers.
pub static SHARED_OUTSIDE: SheetPlan = SheetPlan {
    sheet: Sheet::Shared,
    name: "Shared outside",
    about: "A row each time that something was shared outside the papers",
    below: &["sharing[]"],
    columns: &[
        needed("on", "Shared on", Day, 17, FollowUp, "The day on which it was shared."),
        needed("by", "Shared by", Organisation, 26, FollowUp, "The organisation, never a person."),
        needed("to", "Shared with", Organisation, 26, FollowUp, "The organisation that it was shared with."),
        needed("what", "What was shared", Text, 46, FollowUp, "In general words, without names."),
        column("purpose", "What for", Text, 34, FollowUp, "The purpose for which it was shared."),
        column("basis", "On what it rests", Text, 34, FollowUp, "The agreement, law or consent that it rests on."),
        share("share", SHARED, FollowUp),
        reason("reason", REASON, FollowUp),
    ],
};

/// A row each time that day, time or place were changed after people were invited.
pub static CHANGES: SheetPlan = SheetPlan {
    sheet: Sheet::Changes,
    name: "Changes",
    about: "A row each time that day, time or place were changed after people were invited",
    below: &["meeting.changes[]"],
    columns: &[
        needed(
            "on",
            "Changed on",
            Day,
            17,
            Changes,
            "The day on which it was changed. Put the new day, time or place on the sheet Meeting, and what it was before here.",
        ),
        column("because", "Because", Text, 34, Changes, ""),
        column("was.date", "Date before", Day, 17, Changes, "Only what has changed."),
        column("was.start", "Start before", Clock, 10, Changes, ""),
        column("was.end", "End before", Clock, 10, Changes, ""),
        column("was.venue.name", "Venue before", Text, 28, Changes, ""),
        column(
            "was.venue.address",
            "Venue address before",
            Lines,
            34,
            Changes,
            "Street, town, postcode. The postcode last.",
        ),
        column("was.venue.access", "Getting in before", Text, 24, Changes, ""),
        guard(
            "was.venue.access.share",
            "Who may read how to get in",
            Word(&SHARE),
            15,
            Changes,
            "Empty: everybody who was invited.",
        ),
        reason("was.venue.access.reason", "Why it is marked so", Changes),
    ],
};

/// A row for each kind of paper with a date or a version of its own.
pub static PAPERS: SheetPlan = SheetPlan {
    sheet: Sheet::Papers,
    name: "Papers",
    about: "A row for each kind of paper with a date or a version of its own",
    below: &["papers.*"],
    columns: &[
        needed("paper", "Paper", Text, 22, Changes, "The kind of paper as the program calls it: invitation, minutes."),
        column("issued", "Dated", Day, 17, Changes, ""),
        column("version", "Version", Whole, 10, Changes, ""),
        column("because", "Because", Text, 44, Changes, ""),
    ],
};

/// A row for each step of the timetable that nothing else shows as done.
pub static STEPS: SheetPlan = SheetPlan {
    sheet: Sheet::Steps,
    name: "Steps",
    about: "A row for each step of the timetable that nothing else shows as done",
    below: &["done.*"],
    columns: &[
        needed(
            "step",
            "Step",
            Text,
            44,
            FollowUp,
            "The step as the timetable calls it: Ask agencies for their checks.",
        ),
        needed("done", "Done on", Day, 17, FollowUp, "The day on which it was done."),
    ],
};

/// Only if the check stopped at something harmless.
pub static ALARMS: SheetPlan = SheetPlan {
    sheet: Sheet::Alarms,
    name: "False alarms",
    about: "Only if the check stopped at something harmless",
    below: &["allow[]"],
    columns: &[
        needed("where", "Where", Kind::Place, 24, Changes, "The cell as the check names it, for example Said!D7."),
        needed(
            "words",
            "What stands there",
            Text,
            56,
            Changes,
            "Copy the cell. So the answer is found again when rows move, and lapses when the words change.",
        ),
        column("paper", "Paper", Text, 16, Changes, "If the alarm was about a finished paper: which kind."),
        needed("reason", "Why it is all right", Text, 46, Changes, "It is recorded in the register."),
    ],
};
