//! What the next stage of a conference still lacks, and what to do about it.
//!
//! In: the data, what was released and sent, the stage. Out: a [`Lack`] for each.
//!
//! Deliberately absent: dates that are late (`timetable`), and errors of the data (`check`).

use chrono::NaiveDate;

use crate::check::Checked;
use crate::diag::codes;
use crate::model::conference::MinutesStatus;
use crate::model::stage::ConferenceStage;
use crate::stages::{CANCELLED, Happened, INVITATION, MINUTES, REARRANGED, Sendings};

/// Something that the next stage lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lack {
    /// Its name, which does not change, for programs: `no-attendance`.
    pub id: &'static str,
    /// The fact.
    pub says: String,
    /// What to do.
    pub advice: String,
}

/// The lack of a day for the next conference.
pub(super) const NO_NEXT_DAY: &str = "no-next-day";
/// The lack of a day on which a meeting is held again.
pub(super) const NO_DAY_AGAIN: &str = "no-day-again";

/// A lack, with a fact that is always the same.
fn lack(id: &'static str, says: impl Into<String>, advice: impl Into<String>) -> Lack {
    Lack { id, says: says.into(), advice: advice.into() }
}

/// Everything that the stage after this one lacks, in the order in which it is done.
pub(super) fn lacking(checked: &Checked, happened: &Happened, stage: ConferenceStage, today: NaiveDate) -> Vec<Lack> {
    // Nothing can be made any more, and nobody asks.
    if happened.disposed().is_some() {
        return Vec::new();
    }
    let stage_lacks = of_stage(checked, happened, stage, today);
    let before = unread(happened).into_iter().chain(left_behind(checked, happened));
    before.chain(stage_lacks).chain(no_day_again(checked, stage)).collect()
}

/// What letters name as enclosed, and is not out. Once the meeting was held, nobody waits for it.
fn left_behind(checked: &Checked, happened: &Happened) -> Option<Lack> {
    let drafts = happened.left_behind();
    let several = drafts.values().sum::<usize>() > 1;
    if drafts.is_empty() || checked.has_met() || checked.conference.meeting.cancelled.is_some() {
        return None;
    }
    let kinds: Vec<String> = drafts.iter().map(|(kind, papers)| format!("{papers} of `{kind}`")).collect();
    let them = if several { "them" } else { "it" };
    let says = format!("letters were sent, and what goes into their envelopes is not released: {}", kinds.join(", "));
    let names: Vec<&str> = drafts.keys().map(String::as_str).collect();
    let advice = format!(
        "release {them} with `convenor release … --only {}`, and send {them} after the letters",
        names.join(",")
    );
    Some(lack("left-behind", says, advice))
}

/// The letters that nobody in the file is the reader of: it may have lost them.
fn unread(happened: &Happened) -> Option<Lack> {
    let unread = happened.unread();
    let (papers, numbers) = (unread.papers, &unread.numbers);
    let first = numbers.first()?;
    let (have, whose) = match papers {
        1 => ("1 released paper has", "its reader is"),
        _ => ("released papers have", "their readers are"),
    };
    let all = if papers == 1 { have.to_owned() } else { format!("{papers} {have}") };
    let says = format!("{all} no reader in the file any more; {whose} {}", listed(numbers));
    let advice = format!(
        "if the file was cut short, put back what it has lost; whoever no longer takes part is withdrawn with `convenor withdraw --number {first}`"
    );
    Some(lack("no-reader", says, advice))
}

/// Numbers in a sentence: as many as can be taken in.
fn listed(numbers: &[String]) -> String {
    const NAMED: usize = 5;
    let named: Vec<&str> = numbers.iter().take(NAMED).map(String::as_str).collect();
    let noun = if numbers.len() == 1 { "number" } else { "numbers" };
    let more = numbers.len().saturating_sub(NAMED);
    match (more, named.as_slice()) {
        (0, [head @ .., last]) if !head.is_empty() => format!("{noun} {} and {last}", head.join(", ")),
        (0, _) => format!("{noun} {}", named.concat()),
        _ => format!("{noun} {} and {more} more", named.join(", ")),
    }
}

/// The day of the second meeting, once the first had no quorum.
fn no_day_again(checked: &Checked, stage: ConferenceStage) -> Option<Lack> {
    let is_owed = stage != ConferenceStage::Cancelled && checked.meets_again() && checked.conference.review.is_none();
    let says = "the meeting had no quorum, and there is no day on which it is held again";
    let advice = "write it under `review:`, and begin the file of that meeting with `convenor new FOLDER --review-of`";
    is_owed.then(|| lack(NO_DAY_AGAIN, says, advice))
}

fn of_stage(checked: &Checked, happened: &Happened, stage: ConferenceStage, today: NaiveDate) -> Vec<Lack> {
    let conference = &checked.conference;
    let attendance = lack("no-attendance", "it is not recorded who came", "write `attended:` beside each invitee");
    let attendance = (!checked.has_met()).then_some(attendance);
    match stage {
        ConferenceStage::Called => {
            let nobody = !conference.invitees.iter().any(|invitee| invitee.invited);
            let nobody = nobody.then(|| lack("nobody-invited", "nobody is invited", "list them under `invitees:`"));
            to_fill_in(checked)
                .into_iter()
                .chain(nobody)
                .chain(released(&happened.of(INVITATION), &INVITATIONS))
                .collect()
        }
        ConferenceStage::Invited => {
            let invitations = happened.of(INVITATION);
            let came = attendance.filter(|_| conference.meeting.date <= today);
            let more = released(&invitations, &INVITATIONS).or_else(|| sent(&invitations, &INVITATIONS));
            more.into_iter()
                .chain(untold(checked, happened, today))
                .chain(not_told(happened))
                .chain(of_an_earlier_day(happened))
                .chain(no_report(checked, happened, today))
                .chain(came)
                .collect()
        }
        ConferenceStage::Held => {
            let none = lack("no-decision", "no decision is recorded", "write what was decided under `decisions:`");
            to_fill_in(checked).into_iter().chain(no_report(checked, happened, today)).chain([none]).collect()
        }
        ConferenceStage::Decided => {
            // Drafts that went out before the approval are not what is owed.
            let approved = checked.is_approved(MINUTES);
            let minutes = if approved { happened.of_approved(MINUTES) } else { happened.of(MINUTES) };
            let reissue = not_reissued(&minutes).filter(|_| approved);
            let last = reissue.or_else(|| released(&minutes, &OF_MINUTES)).or_else(|| sent(&minutes, &OF_MINUTES));
            attendance.into_iter().chain(to_fill_in(checked)).chain(unapproved(checked)).chain(last).collect()
        }
        ConferenceStage::Recorded | ConferenceStage::Reviewed => {
            let no_day = lack(NO_NEXT_DAY, "there is no day for the next conference", "write it under `review:`");
            (conference.review.is_none() && !checked.meets_again()).then_some(no_day).into_iter().collect()
        }
        ConferenceStage::Cancelled => {
            let letters = happened.of(CANCELLED);
            let was_announced = happened.of(INVITATION).released > 0 || happened.of(INVITATION).sent > 0;
            let more = released(&letters, &CANCELLATIONS).or_else(|| sent(&letters, &CANCELLATIONS));
            more.filter(|_| was_announced).into_iter().collect()
        }
        ConferenceStage::Closed => Vec::new(),
    }
}

/// The letters of a change that are not out yet, as long as the meeting is to come.
fn untold(checked: &Checked, happened: &Happened, today: NaiveDate) -> Option<Lack> {
    let meeting = &checked.conference.meeting;
    let letters = happened.of(REARRANGED);
    let more = || released(&letters, &CHANGES).or_else(|| sent(&letters, &CHANGES));
    (!meeting.changes.is_empty() && meeting.date >= today).then(more).flatten()
}

/// What was released before the meeting changed, and still says when and where it was to be.
fn of_an_earlier_day(happened: &Happened) -> Option<Lack> {
    let kinds: Vec<String> = happened.overtaken().iter().map(|kind| format!("`{kind}`")).collect();
    let says = || format!("released papers tell of the meeting as it was before it changed: {}", kinds.join(", "));
    let advice = "make them again with `convenor build --reissue` and their names, and send the new versions";
    (!kinds.is_empty()).then(|| lack("papers-of-an-earlier-day", says(), advice))
}

/// The organisations that were asked for a report, and of whose report the file says nothing once it is due.
fn no_report(checked: &Checked, happened: &Happened, today: NaiveDate) -> Option<Lack> {
    let organisations = &checked.conference.organisations;
    let asked = happened.asked().iter().filter_map(|id| organisations.get(id));
    let silent: Vec<&str> = asked.filter(|o| o.report.is_none()).map(|o| o.name.as_str()).collect();
    let is_due = checked.papers_by().is_some_and(|day| day < today);
    let (was, its) = if silent.len() == 1 { ("was", "its") } else { ("were", "their") };
    let says =
        || format!("{} {was} asked for a report, and nothing says what became of {its} report", silent.join(", "));
    let advice = "write it at the organisation: `report: { asked: DAY, received: DAY }`, or `report: { asked: DAY }` if none came";
    (is_due && !silent.is_empty()).then(|| lack("no-report", says(), advice))
}

/// A change of the meeting that letters do not tell of, or tell by half.
fn not_told(happened: &Happened) -> Option<Lack> {
    let advice = "write what it was under `meeting.changes`, and build: that makes letters which say so";
    happened.untold().map(|says| lack("change-not-told", says.to_owned(), advice))
}

/// The warning of the check about what is still to be filled in.
fn to_fill_in(checked: &Checked) -> Option<Lack> {
    let mut warnings = checked.warnings().diagnostics.iter();
    let open = warnings.find(|warning| warning.code == codes::TO_FILL_IN)?;
    Some(lack("to-fill-in", open.message.clone(), "`convenor check` lists them"))
}

fn unapproved(checked: &Checked) -> Option<Lack> {
    if checked.is_approved(MINUTES) {
        return None;
    }
    let advice = "once the chair has approved them, write `status: approved` and the day under `minutes:`";
    Some(match checked.conference.minutes.status {
        MinutesStatus::Draft => lack("not-approved", "the minutes are not approved", advice),
        MinutesStatus::Approved => {
            let says = "the minutes have changed since the chair approved them";
            lack("approval-undone", says, "have the chair approve them again, and write the new day under `minutes:`")
        }
    })
}

/// What is said of one kind of paper.
struct Words {
    not_made: (&'static str, &'static str),
    not_released: &'static str,
    not_sent: &'static str,
    /// For many readers: `19 invitations`.
    noun: &'static str,
    to_send: &'static str,
}

const INVITATIONS: Words = Words {
    not_made: ("invitations-not-made", "no invitation is made"),
    not_released: "invitations-not-released",
    not_sent: "invitations-not-sent",
    noun: "invitations",
    to_send: "send them, and note it with `convenor sent --paper invitation`",
};

const CHANGES: Words = Words {
    not_made: ("changes-not-made", "nobody is told that the meeting has changed"),
    not_released: "changes-not-released",
    not_sent: "changes-not-sent",
    noun: "letters about the change",
    to_send: "send them, and note it with `convenor sent --paper rearranged`",
};

const CANCELLATIONS: Words = Words {
    not_made: ("cancellations-not-made", "nobody is told that the meeting is cancelled"),
    not_released: "cancellations-not-released",
    not_sent: "cancellations-not-sent",
    noun: "letters that cancel the meeting",
    to_send: "send them, and note it with `convenor sent --paper cancelled`",
};

const OF_MINUTES: Words = Words {
    not_made: ("minutes-not-made", "no minutes are made"),
    not_released: "minutes-not-released",
    not_sent: "minutes-not-sent",
    noun: "copies of the minutes",
    to_send: "send them, and note it with `convenor sent --paper minutes`",
};

/// Minutes that went out as drafts and are approved since: the words that the chair approved are in no paper yet.
fn not_reissued(approved: &Sendings) -> Option<Lack> {
    let Sendings { readers, released, drafts, .. } = *approved;
    let says =
        || format!("{} of {readers} copies of the minutes are not made in the approved words", readers - released);
    let advice =
        "make them with `convenor build --reissue minutes --because approved`, have them checked, and release them";
    (released < readers && drafts == 0).then(|| lack("minutes-not-reissued", says(), advice))
}

fn released(sendings: &Sendings, words: &Words) -> Option<Lack> {
    let Sendings { readers, released, .. } = *sendings;
    if readers == 0 {
        return Some(lack(words.not_made.0, words.not_made.1, "`convenor build` makes them"));
    }
    let says = || format!("{} of {readers} {} are not released", readers - released, words.noun);
    let advice = "`convenor release`, once a second person has checked them";
    (released < readers).then(|| lack(words.not_released, says(), advice))
}

fn sent(sendings: &Sendings, words: &Words) -> Option<Lack> {
    let Sendings { readers, sent, .. } = *sendings;
    let says = || format!("{} of {readers} {} are not noted as sent", readers - sent, words.noun);
    (sent < readers).then(|| lack(words.not_sent, says(), words.to_send))
}
