//! The plan: goals with what was measured, and actions with who does them, by when, and what became of them.
//!
//! In: the eye of a reader. Out: what they may read of it, numbered as their audience sees it.
//!
//! Deliberately absent: what was said and decided (`record`).

use std::borrow::Cow;

use serde::Serialize;

use super::decided::closes;
use super::eye::Eye;
use crate::model::conference::{Domain, Part};
use crate::model::plan::{Action, ActionNews, ActionStatus, Due, Goal, NOBODY, TO_BE_AGREED};
use crate::model::{Clearance, Shared};

#[derive(Debug, Serialize)]
pub(super) struct GoalRecord<'a> {
    number: usize,
    domain: &'static str,
    domain_title: &'a str,
    goal: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<&'a str>,
    /// What was measured since, in the order of the days.
    readings: Vec<ReadingRecord<'a>>,
    pub(super) actions: Vec<ActionRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct ReadingRecord<'a> {
    on: String,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<u32>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct ActionRecord<'a> {
    number: String,
    goal_number: usize,
    domain_title: &'a str,
    text: &'a str,
    /// The organisations that have taken it on, in words. `to be agreed` if nobody has.
    owner: Cow<'a, str>,
    /// The name of the person who sees to it. Professionals only.
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<&'a str>,
    /// The day, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    /// `day`, `ongoing` or `to be agreed`.
    due_kind: &'static str,
    /// For templates to compare: `Dropped` for what papers call given up.
    status: &'static str,
    /// The same as it is printed.
    stands: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'a str>,
    history: Vec<NewsRecord<'a>>,
}

/// Something that became of an action.
#[derive(Debug, Clone, Serialize)]
struct NewsRecord<'a> {
    on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    was_due: Option<String>,
    /// What was still to be agreed until then: `owner`, `day`, or `both`.
    #[serde(skip_serializing_if = "Option::is_none")]
    was_open: Option<&'static str>,
    /// The organisation that did it until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    was_owner: Option<&'a str>,
    /// The organisations that helped until then, if others do now. Empty if nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    was_with: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

/// The name of an organisation. An id that is still to be filled in is shown as it is.
pub(super) fn organisation<'a>(eye: Eye<'a>, id: &'a str) -> &'a str {
    eye.checked.conference.organisations.get(id).map_or(id, |organisation| organisation.name.as_str())
}

/// The goals that the reader is told of. A person who was kept out of the plan still reads what is public, the actions of their
/// own organisation, and the goals that they serve.
pub(super) fn goals(eye: Eye<'_>) -> Vec<GoalRecord<'_>> {
    let told = numbered_goals(eye).filter(|(_, goal)| is_told_of_goal(eye, goal, goal.share));
    told.map(|(number, goal)| goal_record(eye, number, goal)).collect()
}

/// Goals and actions are numbered as the audience of the reader sees them, so that no gap betrays what an audience may not know,
/// and whoever was there for a part, or has a notice of their own actions, speaks of 2.1 as everybody else does.
fn numbered_goals(eye: Eye<'_>) -> impl Iterator<Item = (usize, &Goal)> {
    let inner = |g: &Goal| {
        let parts = g.baseline.iter().map(Shared::share).chain(g.measure.iter().map(|m| m.share_within(g.share)));
        let actions = g.actions.iter().flat_map(|a| [a.share].into_iter().chain(parts_of(a)));
        let readings = g.readings.iter().map(|reading| reading.share);
        parts.chain(readings).chain(actions).collect::<Vec<_>>().into_iter()
    };
    (1..).zip(eye.checked.conference.goals.iter().filter(move |g| eye.opens(g.share, inner(g))))
}

/// The actions of a goal, numbered in the same way.
fn numbered_actions<'a>(eye: Eye<'a>, goal: &'a Goal) -> impl Iterator<Item = (usize, &'a Action)> {
    (1..).zip(goal.actions.iter().filter(move |action| is_open(eye, goal, action)))
}

/// Whether a text of a goal with this mark is told to the reader, who may read it: because of the points that they were
/// there for, or because of an action of their own.
fn is_told_of_goal(eye: Eye<'_>, goal: &Goal, share: Clearance) -> bool {
    let told = |part: Part| eye.is_told(share, &eye.checked.points_for(&[part]));
    told(Part::Goals) || told(Part::Plan) || goal.actions.iter().any(|a| is_own(eye, a) && is_shown(eye, goal, a))
}

/// Whether an action is one of the organisation of a reader who takes part in some points only.
fn is_own(eye: Eye<'_>, action: &Action) -> bool {
    let whose = eye.part.and_then(|invitee| eye.checked.organisation_of(invitee)).map(|(id, _)| id);
    whose.is_some_and(|whose| action.owners().any(|id| id == whose))
}

/// The marks of the parts of an action.
fn parts_of(action: &Action) -> impl Iterator<Item = Clearance> + '_ {
    let news = action.history.iter().filter_map(|news| news.text.as_ref());
    news.map(|text| text.share_within(action.share)).chain(action.evidence.iter().map(Shared::share))
}

/// An organisation that has taken on actions, with its own and nobody else's.
#[derive(Debug, Serialize)]
pub(super) struct Owner<'a> {
    name: &'a str,
    reference: String,
    /// Whether the work ends with this conference, as far as the reader may know.
    closes: bool,
    /// The day by which those who have taken something on first meet.
    first_meet_by: String,
    /// The day by which they say how it stands, before the plan is looked at again.
    #[serde(skip_serializing_if = "Option::is_none")]
    report_by: Option<String>,
    goals: Vec<GoalRecord<'a>>,
}

/// The view of an owner of actions: the goals that its own actions serve, as far as its audience may read them, and
/// nothing else of the record.
pub(super) fn owner<'a>(eye: Eye<'a>, id: &'a str, reference: String) -> Owner<'a> {
    let own = |(_, a): &(usize, &Action)| a.owners().any(|owner| owner == id);
    let theirs = |(number, goal): (usize, &'a Goal)| {
        let actions = numbered_actions(eye, goal).filter(own).filter(|(_, a)| eye.shows(a.share.max(goal.share)));
        let actions = actions.map(|(n, action)| action_record(eye, number, n, goal, action)).collect();
        GoalRecord { actions, ..goal_record(eye, number, goal) }
    };
    let goals = numbered_goals(eye).map(theirs).filter(|goal| !goal.actions.is_empty()).collect();
    let name = &eye.checked.conference.organisations[id].name;
    let (calendar, conference) = (&eye.checked.calendar, &eye.checked.conference);
    let days = |name: &str| eye.checked.settings.timescales.get(name).copied().unwrap_or_default();
    let first = calendar.after(conference.meeting.date, days("implementation_group"));
    let report_by = conference.review.map(|review| calendar.before(review.date, days("papers_review")));
    // Nobody is asked for an answer by a day before the question.
    let report_by = report_by.filter(|day| *day > eye.issued).map(|day| day.to_string());
    Owner { name, reference, closes: closes(eye), first_meet_by: first.to_string(), report_by, goals }
}

/// Whether the audience of the reader may know of an action.
fn is_open(eye: Eye<'_>, goal: &Goal, action: &Action) -> bool {
    eye.opens(action.share.max(goal.share), parts_of(action))
}

fn is_shown(eye: Eye<'_>, goal: &Goal, action: &Action) -> bool {
    let share = action.share.max(goal.share);
    (is_own(eye, action) || eye.is_told(share, &eye.checked.points_for(&[Part::Plan]))) && is_open(eye, goal, action)
}

fn goal_record<'a>(eye: Eye<'a>, number: usize, goal: &'a Goal) -> GoalRecord<'a> {
    let actions = numbered_actions(eye, goal).filter(|(_, action)| is_shown(eye, goal, action));
    let measure = goal.measure.as_ref().expect("`check` found a measure");
    let told = |share: Clearance| eye.shows(share) && is_told_of_goal(eye, goal, share);
    GoalRecord {
        number,
        domain: goal.domain.id(),
        domain_title: domain_title(eye, goal.domain),
        goal: &goal.goal,
        baseline: goal.baseline.as_ref().filter(|b| told(b.share().max(goal.share))).map(|b| b.text.as_str()),
        measure: told(measure.share_within(goal.share)).then_some(measure.text.as_str()),
        readings: goal
            .readings
            .iter()
            .filter(|reading| told(reading.share.max(goal.share)))
            .map(|reading| ReadingRecord { on: reading.on.to_string(), text: &reading.text, value: reading.value })
            .collect(),
        actions: actions.map(|(n, action)| action_record(eye, number, n, goal, action)).collect(),
    }
}

fn action_record<'a>(
    eye: Eye<'a>,
    goal_number: usize,
    number: usize,
    goal: &'a Goal,
    action: &'a Action,
) -> ActionRecord<'a> {
    let share = action.share.max(goal.share);
    let plan = eye.checked.points_for(&[Part::Plan]);
    let told = |share: Clearance| eye.shows(share) && (is_own(eye, action) || eye.is_told(share, &plan));
    let is_later = |news: &&ActionNews| eye.as_of.is_some_and(|day| news.on > day);
    let AsItStood { status, due, owner, with } = as_it_stood(action, is_later);
    ActionRecord {
        number: format!("{goal_number}.{number}"),
        goal_number,
        domain_title: domain_title(eye, action.domain.unwrap_or(goal.domain)),
        text: &action.text,
        owner: owners(eye, owner, with),
        // Who sees to it is somebody of the owner of today.
        person: action
            .person
            .as_deref()
            .filter(|_| owner == action.owner())
            .filter(|_| told(share.max(Clearance::Professional))),
        due: if let Due::On(day) = due { Some(day.to_string()) } else { None },
        due_kind: match due {
            Due::On(_) => "day",
            Due::Ongoing => "ongoing",
            Due::ToBeAgreed => TO_BE_AGREED,
        },
        status: status.word(),
        stands: status.printed(),
        evidence: action.evidence.as_ref().filter(|e| told(e.share().max(share))).map(|e| e.text.as_str()),
        history: action.history.iter().filter(|one| !is_later(one)).map(|one| news(eye, one, share, &told)).collect(),
    }
}

/// An action before what became of it later, as far as its history says so.
struct AsItStood<'a> {
    status: ActionStatus,
    due: Due,
    owner: Option<&'a str>,
    with: &'a [String],
}

fn as_it_stood(action: &Action, is_later: impl Fn(&&ActionNews) -> bool) -> AsItStood<'_> {
    let due = action.due.expect("`check` found a due date");
    let put_off = action.history.iter().filter(&is_later).find_map(|news| news.was_due);
    let has_moved = action.history.iter().filter(&is_later).any(|news| news.status.is_some());
    let before = || action.history.iter().filter(|news| !is_later(news)).filter_map(|news| news.status).last();
    let status = if has_moved { before().unwrap_or_default() } else { action.status };
    let handed_on = action.history.iter().filter(&is_later).find_map(|news| news.was_owner.as_deref());
    let owner = handed_on.map_or(action.owner(), |id| Some(id).filter(|id| *id != TO_BE_AGREED));
    let helped = action.history.iter().filter(&is_later).map(|news| news.was_with.as_slice());
    let with = helped.into_iter().find(|with| !with.is_empty()).unwrap_or(&action.with);
    AsItStood { status, due: put_off.unwrap_or(due), owner, with }
}

fn news<'a>(
    eye: Eye<'a>,
    news: &'a ActionNews,
    around: Clearance,
    told: &impl Fn(Clearance) -> bool,
) -> NewsRecord<'a> {
    let text = news.text.as_ref().filter(|text| told(text.share_within(around)));
    NewsRecord {
        on: news.on.to_string(),
        status: news.status.map(ActionStatus::printed),
        was_due: if let Some(Due::On(day)) = news.was_due { Some(day.to_string()) } else { None },
        was_open: match (news.was_owner.as_deref() == Some(TO_BE_AGREED), news.was_due == Some(Due::ToBeAgreed)) {
            (true, true) => Some("both"),
            (true, false) => Some("owner"),
            (false, true) => Some("day"),
            (false, false) => None,
        },
        was_owner: news.was_owner.as_deref().filter(|id| *id != TO_BE_AGREED).map(|id| organisation(eye, id)),
        was_with: (!news.was_with.is_empty()).then(|| helpers(eye, &news.was_with)),
        text: text.map(|text| text.text.as_str()),
    }
}

fn helpers(eye: Eye<'_>, with: &[String]) -> String {
    let names: Vec<&str> = with.iter().filter(|id| *id != NOBODY).map(|id| organisation(eye, id)).collect();
    and(&names)
}

/// What stands for an owner who is still to be agreed, where others are to help.
const OPEN_OWNER: &str = "owner to be agreed,";

/// The organisations that have taken an action on, in words: its owner of then, and those who do it too.
fn owners<'a>(eye: Eye<'a>, owner: Option<&'a str>, with: &'a [String]) -> Cow<'a, str> {
    let with = with.iter().map(String::as_str).filter(|id| Some(*id) != owner && *id != NOBODY);
    let names: Vec<&str> = owner.into_iter().chain(with).map(|id| organisation(eye, id)).collect();
    match names.as_slice() {
        [] => Cow::Borrowed(TO_BE_AGREED),
        [one] if owner.is_some() => Cow::Borrowed(one),
        [first, rest @ ..] if owner.is_some() => Cow::Owned(format!("{first} with {}", and(rest))),
        all => Cow::Owned(format!("{OPEN_OWNER} with {}", and(all))),
    }
}

fn and(names: &[&str]) -> String {
    match names {
        [head @ .., last] if !head.is_empty() => format!("{} and {last}", head.join(", ")),
        all => all.concat(),
    }
}

fn domain_title(eye: Eye<'_>, domain: Domain) -> &str {
    eye.checked.settings.domains.get(&domain).map_or(domain.id(), String::as_str)
}
