//! The sheet of the meeting: a label and a value a row.

use super::super::terms::{CONTEXT, FORM, KIND, MINUTES, YES_NO};
use super::{Column, Kind, Label, Need, Stage};

const fn column(key: &'static str, heading: &'static str, width: u16, need: Need) -> Column {
    Column { key, heading, kind: Kind::Text, width, stage: Stage::Letters, need, help: "" }
}

/// The columns of the sheet.
pub static MEETING: &[Column] = &[
    column("part", "Part", 17, Need::No),
    column("what", "What", 30, Need::EveryRow),
    column("value", "Value", 52, Need::EveryRow),
    column("share", "Who may read it", 16, Need::Column),
    column("needed", "Needed", 10, Need::No),
    column("stage", "When", 13, Need::No),
    column("open", "Still to check", 12, Need::Column),
    column("reason", "Why marked so", 18, Need::No),
    column("help", "Help", 58, Need::No),
];

const fn row(
    part: &'static str,
    name: &'static str,
    path: &'static str,
    kind: Kind,
    stage: Stage,
    help: &'static str,
) -> Label {
    Label { part, name, path, kind, marked: None, stage, is_needed: false, help }
}

const fn needed(part: &'static str, label: &'static str, path: &'static str, kind: Kind, help: &'static str) -> Label {
    Label { part, name: label, path, kind, marked: None, stage: Stage::Letters, is_needed: true, help }
}

const fn marked(row: Label, unless: &'static str) -> Label {
    Label { marked: Some(unless), ..row }
}

const CONFERENCE: &str = "Conference";
const PLACE: &str = "Place or group";
const ASSESSMENT: &str = "Assessment";
const MEET: &str = "Meeting";
const AFTER: &str = "After the meeting";
const CHANGE: &str = "If it changes";
const BEFORE: &str = "Conference before";

const COMMUNITY: &str = "everybody who is invited";
const EVERYONE: &str = "everyone";
const PROFESSIONALS: &str = "professionals";

use Stage::{Changes, FollowUp, Letters, Meeting};

/// The path of the row that names a workbook with the restricted sheets: no field of the model.
pub const RESTRICTED: &str = "@restricted";

/// The rows of the sheet.
pub static LABELS: &[Label] = &[
    needed(
        CONFERENCE,
        "Reference",
        "reference",
        Kind::Text,
        "The council’s reference. It is on every page, and names the folder of the papers. For example CSC-2026-014.",
    ),
    row(CONFERENCE, "Kind of conference", "kind", Kind::Word(&KIND), Letters, ""),
    row(CONFERENCE, "Run by", "form", Kind::Word(&FORM), Letters, "Who runs it."),
    row(CONFERENCE, "Marking", "marking", Kind::Text, Letters, ""),
    row(
        CONFERENCE,
        "Papers dated",
        "issued",
        Kind::Day,
        Letters,
        "The day that the papers bear: no paper looks at the clock. Empty: the day by which invitations are due.",
    ),
    row(
        CONFERENCE,
        "Papers made by",
        "prepared_by",
        Kind::Person,
        Letters,
        "A name from the sheet People. Empty: the minute taker. Whoever checks the papers must be somebody else.",
    ),
    row(
        CONFERENCE,
        "Restricted sheets are in",
        RESTRICTED,
        Kind::Text,
        Letters,
        "The name of another workbook beside this one, which has the two restricted sheets and which fewer people can open. Empty: they are in this one.",
    ),
    row(
        CONFERENCE,
        "Version",
        "version",
        Kind::Whole,
        Changes,
        "The version of the papers, from 1. Raise it by one when something changes after papers were released.",
    ),
    row(
        PLACE,
        "Context reference",
        "context.id",
        Kind::Text,
        Letters,
        "The council’s reference for the place, school or group, the same in every conference about it. Empty: the reference of this conference.",
    ),
    needed(PLACE, "Kind of context", "context.kind", Kind::Word(&CONTEXT), "A peer group gets no community papers."),
    needed(
        PLACE,
        "Name for every reader",
        "context.label",
        Kind::Text,
        "It is in letters and on the cover of every paper: nothing that only professionals may know.",
    ),
    row(PLACE, "Exact name", "context.internal_label", Kind::Text, Letters, ""),
    marked(row(PLACE, "Where it lies", "context.area", Kind::Text, Letters, "Ward or part of town."), EVERYONE),
    marked(row(PLACE, "What belongs to it", "context.boundary", Kind::Text, Letters, ""), PROFESSIONALS),
    row(
        PLACE,
        "Owned or run by",
        "context.owner",
        Kind::Organisation,
        Letters,
        "A name from the sheet Organisations, if one of them owns or runs the place. The check then asks which points its people are kept out of.",
    ),
    row(
        PLACE,
        "Looked at from",
        "context.period.from",
        Kind::Day,
        Letters,
        "The first day of the time that the assessment looked at.",
    ),
    row(PLACE, "Looked at until", "context.period.to", Kind::Day, Letters, "The last day of it."),
    marked(row(PLACE, "What is happening", "context.summary", Kind::Text, Letters, ""), PROFESSIONALS),
    row(
        ASSESSMENT,
        "Assessment reference",
        "assessment.reference",
        Kind::Text,
        Letters,
        "Needed before minutes are made. What the assessment found goes on the sheet Assessment.",
    ),
    row(
        ASSESSMENT,
        "Assessment completed on",
        "assessment.completed",
        Kind::Day,
        Letters,
        "The day. Needed before minutes are made.",
    ),
    row(
        ASSESSMENT,
        "Assessment written by",
        "assessment.author",
        Kind::Person,
        Letters,
        "A name from the sheet People.",
    ),
    needed(
        MEET,
        "Date",
        "meeting.date",
        Kind::Day,
        "For example 24/11/2026. The day of the week appears by itself: look whether it is right.",
    ),
    needed(MEET, "Starts at", "meeting.start", Kind::Clock, "By the 24-hour clock, as 13:30."),
    needed(MEET, "Ends at", "meeting.end", Kind::Clock, "By the 24-hour clock, as 15:30."),
    needed(MEET, "Venue", "meeting.venue.name", Kind::Text, ""),
    row(
        MEET,
        "Venue address",
        "meeting.venue.address",
        Kind::Lines,
        Letters,
        "Street, town, postcode, a line each or with commas between them. The postcode last. Empty if everybody joins online.",
    ),
    marked(
        row(MEET, "Getting in", "meeting.venue.access", Kind::Text, Letters, "Steps, hearing loop, parking."),
        COMMUNITY,
    ),
    row(MEET, "Link to join online", "meeting.online", Kind::Text, Letters, ""),
    needed(MEET, "Chair", "meeting.chair", Kind::Person, "A name from the sheet People."),
    row(
        MEET,
        "Second chair",
        "meeting.co_chair",
        Kind::Person,
        Letters,
        "A name from the sheet People, if two chair together.",
    ),
    needed(MEET, "Minute taker", "meeting.minute_taker", Kind::Person, "A name from the sheet People."),
    row(
        MEET,
        "Reply by",
        "meeting.reply_by",
        Kind::Day,
        Letters,
        "The day by which people should answer. Empty: by the council’s usual time.",
    ),
    row(
        AFTER,
        "Minutes are",
        "minutes.status",
        Kind::Word(&MINUTES),
        FollowUp,
        "Draft until the chair has agreed them.",
    ),
    row(AFTER, "Minutes approved on", "minutes.approved", Kind::Day, FollowUp, ""),
    marked(
        row(AFTER, "If the plan does not work", "contingency", Kind::Prose, Meeting, "What happens then."),
        PROFESSIONALS,
    ),
    row(
        AFTER,
        "Review on",
        "review.date",
        Kind::Day,
        Meeting,
        "The day of the next conference about this place or group.",
    ),
    row(AFTER, "Review starts at", "review.start", Kind::Clock, Meeting, "By the 24-hour clock, as 13:30."),
    row(
        CHANGE,
        "Cancelled on",
        "meeting.cancelled.on",
        Kind::Day,
        Changes,
        "The day on which the meeting was called off. Letters then say that it does not take place.",
    ),
    row(CHANGE, "Cancelled because", "meeting.cancelled.because", Kind::Text, Changes, ""),
    row(
        BEFORE,
        "Reference of the one before",
        "previous.reference",
        Kind::Text,
        Letters,
        "The conference about this place or group before this one. convenor new --review-of fills it in.",
    ),
    row(BEFORE, "Date of the one before", "previous.date", Kind::Day, Letters, ""),
    row(BEFORE, "File of the one before", "previous.file", Kind::Text, Letters, ""),
    row(
        BEFORE,
        "The one before had no quorum",
        "previous.no_quorum",
        Kind::Word(&YES_NO),
        Letters,
        "Yes if this is the same meeting, held again. Letters then say so.",
    ),
    marked(
        row(
            BEFORE,
            "Decided provisionally",
            "previous.provisional",
            Kind::Text,
            Letters,
            "What the one before decided without a quorum. It has to be decided again; the brief for the chair says so.",
        ),
        PROFESSIONALS,
    ),
];
