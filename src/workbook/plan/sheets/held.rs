//! Sheets that are filled in at and after the meeting.

use super::columns::{REASON, SHARED, column, guard, needed, reason, share};
use crate::workbook::plan::{Kind, Sheet, SheetPlan, Stage};
use crate::workbook::terms::{AREA, PRIORITY, REMARK, SHARE, STATUS, YES_NO};
use Kind::{Organisation, Point, Text, Word};
use Stage::{FollowUp, Meeting};

/// A row for each remark.
pub static SAID: SheetPlan = SheetPlan {
    sheet: Sheet::Said,
    name: "Said",
    about: "A row for each remark",
    below: &["items[]", "files[]"],
    columns: &[
        column(
            "agenda",
            "Point",
            Point,
            27,
            Meeting,
            "From the sheet Agenda; its number counts. Needed, but for a paper.",
        ),
        column(
            "kind",
            "Kind",
            Word(&REMARK),
            11,
            Meeting,
            "Fact, Opinion, Analysis or View. Paper for a report that was put before the meeting. Empty: Fact.",
        ),
        needed("by", "Who said it", Organisation, 26, Meeting, "The organisation, never a person."),
        needed("text", "What was said", Text, 66, Meeting, "A remark a row. No names, no initials."),
        share("share", SHARED, Meeting),
        reason("reason", REASON, Meeting),
    ],
};

/// A row for each decision or differing view.
pub static DECISIONS: SheetPlan = SheetPlan {
    sheet: Sheet::Decisions,
    name: "Decisions",
    about: "A row for each decision or differing view",
    below: &["decisions[]", "decisions[].dissent[]"],
    columns: &[
        needed(
            "no",
            "No.",
            Text,
            6,
            Meeting,
            "The number of the decision. A differing view has the number of the decision that it is about.",
        ),
        needed("option", "Decision", Kind::Decision, 24, Meeting, "What was decided, or Different view."),
        needed("text", "In words", Text, 42, Meeting, ""),
        column(
            "agenda",
            "Point",
            Point,
            18,
            Meeting,
            "The point of the agenda at which it was taken. Empty: the point for decisions.",
        ),
        share("share", SHARED, Meeting),
        column("rationale", "Why", Text, 42, Meeting, "Needed for a decision, empty for a differing view."),
        share("rationale.share", "Who may read why", Meeting),
        column("by", "Whose view", Organisation, 22, Meeting, "For a differing view: the organisation that held it."),
        reason("reason", REASON, Meeting),
        column(
            "provisional",
            "For the time being",
            Word(&YES_NO),
            12,
            Meeting,
            "Yes if it holds only until a meeting with a quorum takes it again.",
        ),
        reason("rationale.reason", "Why the why is marked so", Meeting),
    ],
};

/// A row for each goal.
pub static GOALS: SheetPlan = SheetPlan {
    sheet: Sheet::Goals,
    name: "Goals",
    about: "A row for each goal",
    below: &["goals[]"],
    columns: &[
        needed("id", "Goal no.", Text, 8, Meeting, "Actions name it. Do not number again once minutes have gone out."),
        needed("goal", "Goal", Text, 40, Meeting, "What will be so when it is reached."),
        needed("domain", "Area", Word(&AREA), 18, Meeting, "Which of the four areas it changes."),
        share("share", SHARED, Meeting),
        column("baseline", "How things are now", Text, 30, Meeting, ""),
        share("baseline.share", "Who may read how things are", Meeting),
        column(
            "measure",
            "How we will know",
            Text,
            30,
            Meeting,
            "How to tell that it is reached, for whoever may read the goal. Needed before minutes are made.",
        ),
        guard(
            "measure.share",
            "Who may read how we will know",
            Word(&SHARE),
            15,
            Meeting,
            "Empty: whoever may read the goal.",
        ),
        reason("reason", REASON, Meeting),
        reason("baseline.reason", "Why how things are is marked so", Meeting),
        reason("measure.reason", "Why how we will know is marked so", Meeting),
    ],
};

/// A row for each action.
pub static ACTIONS: SheetPlan = SheetPlan {
    sheet: Sheet::Actions,
    name: "Actions",
    about: "A row for each action",
    below: &["goals[].actions[]"],
    columns: &[
        needed(
            "id",
            "Action no.",
            Text,
            9,
            Meeting,
            "Do not number again once minutes have gone out: the review speaks of actions by their numbers.",
        ),
        needed("goal", "Goal no.", Text, 8, Meeting, "The goal that it serves."),
        needed("text", "Action", Text, 40, Meeting, "What will be done."),
        column(
            "owner",
            "Who does it",
            Organisation,
            25,
            Meeting,
            "A name from the sheet Organisations, or to be agreed. Needed before minutes are made.",
        ),
        column(
            "with",
            "Together with",
            Kind::Organisations,
            22,
            Meeting,
            "Other organisations that do it too, with semicolons between them.",
        ),
        column(
            "person",
            "Who sees to it there",
            Text,
            20,
            Meeting,
            "The name of the person at the organisation. Only professionals read it.",
        ),
        column(
            "due",
            "By when",
            Kind::Due,
            17,
            Meeting,
            "A day, ongoing, or to be agreed. Needed before minutes are made.",
        ),
        column("status", "Status", Word(&STATUS), 12, FollowUp, ""),
        column("priority", "Priority", Word(&PRIORITY), 10, Meeting, ""),
        share("share", SHARED, Meeting),
        column("evidence", "What shows that it is done", Text, 28, Meeting, ""),
        share("evidence.share", "Who may read what shows it", Meeting),
        column("domain", "Area (if not the goal’s)", Word(&AREA), 16, Meeting, "The area that it changes."),
        reason("reason", REASON, Meeting),
        reason("evidence.reason", "Why what shows it is marked so", Meeting),
    ],
};
