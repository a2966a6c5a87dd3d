//! The record of a conference: who was there, what was said and what was decided, as far as the audience may read it.

use serde::Serialize;

use super::brief::{Review, agenda, review};
use super::{Eye, Markdown, time};
use crate::check::Checked;
use crate::model::conference::{Domain, Item, MinutesStatus};
use crate::model::people::{Invitee, Reply};
use crate::model::plan::{Action, Goal};
use crate::model::{Audience, Category};

#[derive(Debug, Serialize)]
pub(super) struct Record<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved: Option<String>,
    corrections_by: String,
    attendance: Attendance<'a>,
    quorum: Quorum<'a>,
    assessment: Assessment<'a>,
    points: Vec<PointRecord<'a>>,
    decisions: Vec<DecisionRecord<'a>>,
    goals: Vec<GoalRecord<'a>>,
    actions: Vec<ActionRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contingency: Option<Markdown<'a>>,
    distribution: Vec<Attendee<'a>>,
    next: Next,
}

#[derive(Debug, Serialize)]
struct Attendance<'a> {
    present: Vec<Attendee<'a>>,
    apologies: Vec<Attendee<'a>>,
    absent: Vec<Attendee<'a>>,
}

/// Somebody on a list. In the community's papers nobody is named, and a youth representative is named in none.
#[derive(Debug, Serialize)]
struct Attendee<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrived: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delegate: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Quorum<'a> {
    met: bool,
    social_care: bool,
    agencies: Vec<&'a str>,
    required: u32,
}

#[derive(Debug, Serialize)]
struct Assessment<'a> {
    reference: &'a str,
    completed: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    young_people_and_needs: Option<Markdown<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    guardianship: Option<Markdown<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<Markdown<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weighting: Option<Markdown<'a>>,
    strengths: Vec<&'a str>,
    concerns: Vec<&'a str>,
    gaps: Vec<&'a str>,
    voices: Vec<VoiceRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct Author<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct VoiceRecord<'a> {
    from: &'a str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct PointRecord<'a> {
    number: u32,
    title: &'a str,
    start: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<&'static str>,
    items: Vec<ItemRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct ItemRecord<'a> {
    kind: &'static str,
    by: &'a str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct DecisionRecord<'a> {
    option: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rationale: Option<&'a str>,
    dissent: Vec<DissentRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct DissentRecord<'a> {
    by: &'a str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct GoalRecord<'a> {
    number: usize,
    domain: &'static str,
    domain_title: &'a str,
    goal: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<&'a str>,
    measure: &'a str,
    actions: Vec<ActionRecord<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct ActionRecord<'a> {
    number: String,
    goal_number: usize,
    domain_title: &'a str,
    text: &'a str,
    owner: &'a str,
    due: String,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Next {
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<Review>,
    minutes_due: String,
    corrections_by: String,
    implementation_group_by: String,
    child_notes_by: String,
}

pub(super) fn record(eye: Eye<'_>) -> Record<'_> {
    let c = &eye.checked.conference;
    let goals = goals(eye);
    let next = next(eye);
    Record {
        status: match c.minutes.status {
            MinutesStatus::Draft => "draft",
            MinutesStatus::Approved => "approved",
        },
        approved: c.minutes.approved.map(|d| d.to_string()),
        corrections_by: next.corrections_by.clone(),
        attendance: attendance(eye),
        quorum: quorum(eye),
        assessment: assessment(eye),
        points: points(eye),
        decisions: decisions(eye),
        actions: goals.iter().flat_map(|g| g.actions.iter().cloned()).collect(),
        goals,
        contingency: eye.prose(c.contingency.as_ref()),
        distribution: c
            .invitees
            .iter()
            .filter(|i| eye.checked.audience(i) == eye.audience)
            .map(|i| attendee(eye, i))
            .collect(),
        next,
    }
}

fn attendance(eye: Eye<'_>) -> Attendance<'_> {
    let invitees = &eye.checked.conference.invitees;
    let recorded = eye.checked.tally().recorded;
    let those =
        |keep: &dyn Fn(&Invitee) -> bool| invitees.iter().filter(|i| keep(i)).map(|i| attendee(eye, i)).collect();
    Attendance {
        present: those(&|i| i.attended == Some(true)),
        apologies: those(&|i| i.attended != Some(true) && i.reply == Reply::Apologies),
        absent: those(&|i| recorded && i.attended != Some(true) && i.reply != Reply::Apologies),
    }
}

fn attendee<'a>(eye: Eye<'a>, invitee: &'a Invitee) -> Attendee<'a> {
    let person = eye.checked.person(invitee);
    let organisation = eye.checked.organisation_of(invitee).map(|(_, o)| o.name.as_str());
    let named =
        eye.audience == Audience::Professional && eye.checked.category(invitee) != Category::YouthRepresentative;
    Attendee {
        name: Some(person.name.as_str()).filter(|_| named),
        role: person.role.as_deref(),
        organisation,
        points: part(eye.checked, invitee),
        arrived: invitee.arrived.map(time),
        left: invitee.left.map(time),
        delegate: invitee.delegate.as_deref().filter(|_| named),
    }
}

/// `points 1 to 4 and 8`, for somebody who was asked for some of the points that there are; nothing for all of them.
fn part(checked: &Checked, invitee: &Invitee) -> Option<String> {
    let audience = checked.audience(invitee);
    let asked = |number: &u32| invitee.items.as_ref().is_none_or(|items| items.contains(number));
    let points = (1..).zip(&checked.agenda).filter(|(_, point)| audience.may_read(point.share));
    let numbers: Vec<u32> = points.map(|(number, _)| number).filter(asked).collect();
    if numbers.len() == checked.agenda.len() {
        return None;
    }
    // Three or more in a row are a range; two are two numbers.
    let runs = numbers.chunk_by(|a, b| a + 1 == *b).flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first} to {last}")],
        few => few.iter().map(u32::to_string).collect(),
    });
    let runs: Vec<String> = runs.collect();
    let words = match runs.as_slice() {
        [] => return None,
        [one] => one.clone(),
        [head @ .., tail] => format!("{} and {tail}", head.join(", ")),
    };
    Some(format!("{} {words}", if numbers.len() == 1 { "point" } else { "points" }))
}

fn quorum(eye: Eye<'_>) -> Quorum<'_> {
    let tally = eye.checked.tally();
    Quorum { met: tally.met(), social_care: tally.social_care, required: tally.required, agencies: tally.agencies }
}

fn assessment(eye: Eye<'_>) -> Assessment<'_> {
    let c = &eye.checked.conference;
    let a = &c.assessment;
    let author = a.author.as_ref().and_then(|id| c.people.get(id)).filter(|_| eye.audience == Audience::Professional);
    Assessment {
        reference: &a.reference,
        completed: a.completed.to_string(),
        author: author.map(|p| Author { name: &p.name, role: p.role.as_deref() }),
        young_people_and_needs: eye.prose(a.young_people_and_needs.as_ref()),
        guardianship: eye.prose(a.guardianship.as_ref()),
        environment: eye.prose(a.environment.as_ref()),
        weighting: eye.prose(a.weighting.as_ref()),
        strengths: eye.texts(&a.strengths),
        concerns: eye.texts(&a.concerns),
        gaps: eye.texts(&a.gaps),
        voices: a
            .voices
            .iter()
            .filter(|v| eye.audience.may_read(v.share))
            .map(|v| VoiceRecord { from: &v.from, text: &v.text })
            .collect(),
    }
}

fn points(eye: Eye<'_>) -> Vec<PointRecord<'_>> {
    let items = |number: u32| {
        let of_point =
            eye.checked.conference.items.iter().filter(move |i| i.agenda == number && eye.audience.may_read(i.share));
        of_point.map(|i| item(eye, i)).collect()
    };
    let points = agenda(eye).into_iter();
    points
        .map(|p| PointRecord { number: p.number, title: p.title, start: p.start, area: p.area, items: items(p.number) })
        .collect()
}

fn item<'a>(eye: Eye<'a>, item: &'a Item) -> ItemRecord<'a> {
    ItemRecord { kind: item.kind.id(), by: organisation(eye, &item.by), text: &item.text }
}

fn organisation<'a>(eye: Eye<'a>, id: &str) -> &'a str {
    &eye.checked.conference.organisations[id].name
}

fn decisions(eye: Eye<'_>) -> Vec<DecisionRecord<'_>> {
    let c = &eye.checked.conference;
    let options = &eye.checked.settings.decision_options;
    let may_read = c.decisions.iter().filter(|d| eye.audience.may_read(d.share));
    may_read
        .map(|d| DecisionRecord {
            option: options
                .iter()
                .find(|o| o.id == d.option)
                .map(|o| o.title.as_str())
                .expect("`check` found the option"),
            text: &d.text,
            rationale: eye.text(&d.rationale),
            dissent: d
                .dissent
                .iter()
                .filter(|x| eye.audience.may_read(x.share))
                .map(|x| DissentRecord { by: organisation(eye, &x.by), text: &x.text })
                .collect(),
        })
        .collect()
}

/// Goals and actions are numbered as the audience sees them, so that a gap cannot betray what was left out.
fn goals(eye: Eye<'_>) -> Vec<GoalRecord<'_>> {
    let goals = eye.checked.conference.goals.iter().filter(|g| eye.audience.may_read(g.share));
    goals.enumerate().map(|(i, goal)| goal_record(eye, i + 1, goal)).collect()
}

fn goal_record<'a>(eye: Eye<'a>, number: usize, goal: &'a Goal) -> GoalRecord<'a> {
    let actions = goal.actions.iter().filter(|a| eye.audience.may_read(a.share));
    GoalRecord {
        number,
        domain: goal.domain.id(),
        domain_title: domain_title(eye, goal.domain),
        goal: &goal.goal,
        baseline: goal.baseline.as_ref().and_then(|b| eye.text(b)),
        measure: goal.measure.as_deref().expect("`check` found a measure"),
        actions: actions.enumerate().map(|(i, a)| action_record(eye, number, i + 1, goal, a)).collect(),
    }
}

fn action_record<'a>(
    eye: Eye<'a>,
    goal_number: usize,
    number: usize,
    goal: &'a Goal,
    action: &'a Action,
) -> ActionRecord<'a> {
    ActionRecord {
        number: format!("{goal_number}.{number}"),
        goal_number,
        domain_title: domain_title(eye, action.domain.unwrap_or(goal.domain)),
        text: &action.text,
        owner: organisation(eye, action.owner.as_deref().expect("`check` found an owner")),
        due: action.due.expect("`check` found a due date").to_string(),
        status: action.status.word(),
        evidence: action.evidence.as_ref().and_then(|e| eye.text(e)),
    }
}

fn domain_title(eye: Eye<'_>, domain: Domain) -> &str {
    eye.checked.settings.domains.get(&domain).map_or(domain.id(), String::as_str)
}

fn next(eye: Eye<'_>) -> Next {
    let checked = eye.checked;
    let meeting = checked.conference.meeting.date;
    let days = |name: &str| checked.settings.timescales.get(name).copied().unwrap_or_default();
    let due = |name: &str| checked.calendar.after(meeting, days(name));
    let minutes_due = due("minutes");
    Next {
        review: review(eye),
        minutes_due: minutes_due.to_string(),
        corrections_by: checked.calendar.after(minutes_due, days("corrections")).to_string(),
        implementation_group_by: due("implementation_group").to_string(),
        child_notes_by: due("child_notes").to_string(),
    }
}
