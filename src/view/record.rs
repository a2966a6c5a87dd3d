//! The record of a conference: attendance, statements and decisions, as far as the audience may read them.

use serde::Serialize;

use super::brief::{Review, agenda, review};
use super::eye::Eye;
use super::value::{Markdown, time};
use crate::model::borough::Withheld;
use crate::model::conference::{Domain, Item, Part};
use crate::model::people::{Invitee, Reply};
use crate::model::plan::{Action, Decision, Goal};
use crate::model::{Audience, Category, Clearance, Shared};

#[derive(Debug, Serialize)]
pub(super) struct Record<'a> {
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved: Option<String>,
    corrections_by: String,
    attendance: Attendance<'a>,
    quorum: Quorum<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assessment: Option<Assessment<'a>>,
    files: Vec<FileRecord<'a>>,
    points: Vec<PointRecord<'a>>,
    /// The number of statements that are not in this version, if the council counts them and there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<usize>,
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

/// A person in a list of attendance. The community's papers name nobody, and no paper names a youth representative.
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
struct FileRecord<'a> {
    title: &'a str,
    by: &'a str,
}

/// A point and the statements under it. Only professionals read the time at which it started: times would betray a
/// point between two others that is not theirs.
#[derive(Debug, Serialize)]
struct PointRecord<'a> {
    number: u32,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    measure: Option<&'a str>,
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
    let plan = eye.was_there_for(&[Part::Plan]);
    Record {
        status: if eye.approved { "approved" } else { "draft" },
        approved: eye.approved_on.map(|d| d.to_string()),
        corrections_by: next.corrections_by.clone(),
        attendance: attendance(eye),
        quorum: quorum(eye),
        assessment: assessment(eye),
        files: files(eye),
        points: points(eye),
        withheld: withheld(eye),
        decisions: decisions(eye),
        actions: goals.iter().flat_map(|g| g.actions.iter().cloned()).collect(),
        goals,
        contingency: eye.prose(c.contingency.as_ref().filter(|_| plan)),
        distribution: c
            .invitees
            .iter()
            .filter(|i| eye.checked.is_sent_everything(i, eye.audience))
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
    let named = eye.audience.may_read(Clearance::Professional)
        && eye.checked.category(invitee) != Category::YouthRepresentative;
    Attendee {
        name: Some(person.name.as_str()).filter(|_| named),
        role: person.role.as_deref(),
        organisation,
        points: part(eye, invitee),
        arrived: invitee.arrived.map(time),
        left: invitee.left.map(time),
        delegate: invitee.delegate.as_deref().filter(|_| named),
    }
}

/// `points 1 to 4 and 8`, for a person who was asked for only some points; `None` for all of them. The numbers are
/// those of this version, and points that this version does not have are left out.
fn part(eye: Eye<'_>, invitee: &Invitee) -> Option<String> {
    let audience = eye.checked.audience(invitee);
    let part = eye.checked.part_of(invitee);
    let theirs = |position: u32| {
        let point = usize::try_from(position).ok().and_then(|n| eye.checked.agenda.get(n - 1));
        point.is_some_and(|p| audience.may_read(p.share)) && part.as_ref().is_none_or(|part| part.contains(&position))
    };
    let points = agenda(eye);
    let numbers: Vec<u32> = points.iter().filter(|p| theirs(p.position)).map(|p| p.number).collect();
    if numbers.len() == points.len() {
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

/// The findings of the assessment that the reader was there to hear. `None` if there are none.
fn assessment(eye: Eye<'_>) -> Option<Assessment<'_>> {
    let c = &eye.checked.conference;
    let a = &c.assessment;
    let author =
        a.author.as_ref().and_then(|id| c.people.get(id)).filter(|_| eye.audience.may_read(Clearance::Professional));
    let of = |part: Part| eye.was_there_for(&[part]);
    let found = |text| eye.prose(Option::filter(text, |_| of(Part::Assessment)));
    let texts = |part, list| if of(part) { eye.texts(list) } else { Vec::new() };
    let voices = a.voices.iter().filter(|v| of(Part::Voices) && eye.shows(v.share));
    let assessment = Assessment {
        reference: &a.reference,
        completed: a.completed.to_string(),
        author: author.map(|p| Author { name: &p.name, role: p.role.as_deref() }),
        young_people_and_needs: found(a.young_people_and_needs.as_ref()),
        guardianship: found(a.guardianship.as_ref()),
        environment: found(a.environment.as_ref()),
        weighting: eye.prose(a.weighting.as_ref().filter(|_| of(Part::Weighting))),
        strengths: texts(Part::Strengths, &a.strengths),
        concerns: texts(Part::Concerns, &a.concerns),
        gaps: texts(Part::Concerns, &a.gaps),
        voices: voices.map(|v| VoiceRecord { from: &v.from, text: &v.text }).collect(),
    };
    let whole = eye.part.is_none() && !eye.annex && eye.audience != Audience::Public;
    (whole || !assessment.is_empty()).then_some(assessment)
}

impl Assessment<'_> {
    fn is_empty(&self) -> bool {
        let findings = [&self.young_people_and_needs, &self.guardianship, &self.environment, &self.weighting];
        let lists = [&self.strengths, &self.concerns, &self.gaps];
        findings.iter().all(|f| f.is_none()) && lists.iter().all(|l| l.is_empty()) && self.voices.is_empty()
    }
}

fn files(eye: Eye<'_>) -> Vec<FileRecord<'_>> {
    let files = eye.checked.conference.files.iter().filter(|f| eye.shows(f.share));
    let files = files.filter(|_| eye.was_there_for(&[Part::Assessment]));
    files.map(|f| FileRecord { title: &f.title, by: organisation(eye, &f.by) }).collect()
}

/// The clearance of a statement, which is never wider than that of its point.
fn share_of_item(eye: Eye<'_>, item: &Item) -> Clearance {
    let point = usize::try_from(item.agenda).ok().and_then(|n| eye.checked.agenda.get(n - 1));
    point.map_or(item.share, |p| p.share.max(item.share))
}

fn points(eye: Eye<'_>) -> Vec<PointRecord<'_>> {
    let items = |position: u32| {
        let items = eye.checked.conference.items.iter();
        let of_point = items.filter(move |i| i.agenda == position && eye.shows(share_of_item(eye, i)));
        of_point.map(|i| item(eye, i)).collect()
    };
    let points = agenda(eye).into_iter().filter(|p| eye.heard(p.position));
    let times = eye.audience.may_read(Clearance::Professional);
    points
        .map(|p| PointRecord {
            number: p.number,
            title: p.title,
            start: times.then_some(p.start),
            area: p.area,
            items: items(p.position),
        })
        .collect()
}

/// The number of withheld statements. The annex is what is withheld, so it counts nothing; the public learns nothing
/// about a meeting's points; and under points that a reader was not there for, nothing is counted.
fn withheld(eye: Eye<'_>) -> Option<usize> {
    let items = eye.checked.conference.items.iter().filter(|i| eye.heard(i.agenda));
    let count = items.filter(|i| !eye.shows(share_of_item(eye, i))).count();
    let said = eye.checked.settings.withheld == Withheld::Counted && !eye.annex && eye.audience != Audience::Public;
    (said && count > 0).then_some(count)
}

fn item<'a>(eye: Eye<'a>, item: &'a Item) -> ItemRecord<'a> {
    ItemRecord { kind: item.kind.id(), by: organisation(eye, &item.by), text: &item.text }
}

fn organisation<'a>(eye: Eye<'a>, id: &str) -> &'a str {
    &eye.checked.conference.organisations[id].name
}

fn decisions(eye: Eye<'_>) -> Vec<DecisionRecord<'_>> {
    let decisions = eye.checked.conference.decisions.iter().filter(|_| eye.was_there_for(&[Part::Decision]));
    let inner = |d: &Decision| {
        let dissent = d.dissent.iter().map(|x| x.share);
        dissent.chain([d.rationale.share()]).collect::<Vec<_>>().into_iter()
    };
    decisions.filter(|d| eye.opens(d.share, inner(d))).map(|d| decision(eye, d)).collect()
}

fn decision<'a>(eye: Eye<'a>, d: &'a Decision) -> DecisionRecord<'a> {
    let option = eye.checked.settings.decision_options.iter().find(|o| o.id == d.option);
    let dissent = d.dissent.iter().filter(|x| eye.shows(x.share.max(d.share)));
    DecisionRecord {
        option: option.map(|o| o.title.as_str()).expect("`check` found the option"),
        text: &d.text,
        rationale: eye.text_within(&d.rationale, d.share),
        dissent: dissent.map(|x| DissentRecord { by: organisation(eye, &x.by), text: &x.text }).collect(),
    }
}

/// Goals and actions are numbered as the reader sees them, so that a gap cannot betray an omission. A person who was
/// not there for the plan still reads the actions of their own organisation, and the goals that they serve.
fn goals(eye: Eye<'_>) -> Vec<GoalRecord<'_>> {
    let there = eye.was_there_for(&[Part::Goals, Part::Plan]);
    let inner = |g: &Goal| {
        let parts = g.baseline.iter().map(Shared::share).chain(g.measure.iter().map(|m| m.share_within(g.share)));
        let actions = g.actions.iter().flat_map(|a| [a.share].into_iter().chain(a.evidence.iter().map(Shared::share)));
        parts.chain(actions).collect::<Vec<_>>().into_iter()
    };
    let goals = eye.checked.conference.goals.iter().filter(|g| eye.opens(g.share, inner(g)));
    let goals = goals.filter(|g| there || g.actions.iter().any(|a| is_shown(eye, g, a)));
    goals.enumerate().map(|(i, goal)| goal_record(eye, i + 1, goal)).collect()
}

/// An organisation that has taken on actions, with its own and nobody else's.
#[derive(Debug, Serialize)]
pub(super) struct Owner<'a> {
    name: &'a str,
    reference: String,
    goals: Vec<GoalRecord<'a>>,
}

/// The view of an owner of actions: the goals that its own actions serve, as far as its audience may read them, and
/// nothing else of the record.
pub(super) fn owner<'a>(eye: Eye<'a>, id: &'a str, reference: String) -> Owner<'a> {
    let own = |a: &&Action| a.owner.as_deref() == Some(id);
    let theirs = |g: &'a Goal| {
        let actions = g.actions.iter().filter(own);
        actions.filter(move |a| eye.shows(a.share.max(g.share))).collect::<Vec<_>>()
    };
    let goals = eye.checked.conference.goals.iter().map(|g| (g, theirs(g))).filter(|(_, actions)| !actions.is_empty());
    let record = |(i, (goal, actions)): (usize, (&'a Goal, Vec<&'a Action>))| GoalRecord {
        actions: actions.into_iter().enumerate().map(|(n, a)| action_record(eye, i + 1, n + 1, goal, a)).collect(),
        ..goal_record(eye, i + 1, goal)
    };
    let name = &eye.checked.conference.organisations[id].name;
    Owner { name, reference, goals: goals.enumerate().map(record).collect() }
}

fn is_shown(eye: Eye<'_>, goal: &Goal, action: &Action) -> bool {
    let share = action.share.max(goal.share);
    let whose = eye.part.and_then(|invitee| eye.checked.organisation_of(invitee)).map(|(id, _)| id);
    let own = whose.is_some() && whose == action.owner.as_deref();
    (own || eye.was_there_for(&[Part::Plan])) && eye.opens(share, action.evidence.iter().map(Shared::share))
}

fn goal_record<'a>(eye: Eye<'a>, number: usize, goal: &'a Goal) -> GoalRecord<'a> {
    let actions = goal.actions.iter().filter(|a| is_shown(eye, goal, a));
    let measure = goal.measure.as_ref().expect("`check` found a measure");
    GoalRecord {
        number,
        domain: goal.domain.id(),
        domain_title: domain_title(eye, goal.domain),
        goal: &goal.goal,
        baseline: goal.baseline.as_ref().and_then(|b| eye.text_within(b, goal.share)),
        measure: eye.shows(measure.share_within(goal.share)).then_some(measure.text.as_str()),
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
    let share = action.share.max(goal.share);
    ActionRecord {
        number: format!("{goal_number}.{number}"),
        goal_number,
        domain_title: domain_title(eye, action.domain.unwrap_or(goal.domain)),
        text: &action.text,
        owner: organisation(eye, action.owner.as_deref().expect("`check` found an owner")),
        due: action.due.expect("`check` found a due date").to_string(),
        status: action.status.word(),
        evidence: action.evidence.as_ref().and_then(|e| eye.text_within(e, share)),
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
