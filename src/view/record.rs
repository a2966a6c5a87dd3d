//! The record of a conference: statements, decisions and the plan, as far as the audience may read them.

use std::borrow::Cow;

use serde::Serialize;

use super::attendance::{Attendance, Attendee, Expected, attendance, attendee, expected};
use super::brief::{Review, agenda, papers_by, review};
use super::eye::Eye;
use super::value::Markdown;
use crate::model::borough::Withheld;
use crate::model::conference::{Correction, Domain, Item, ItemKind, Part};
use crate::model::people::Organisation;
use crate::model::plan::{Action, ActionNews, ActionStatus, Decision, Due, Goal, TO_BE_AGREED};
use crate::model::{Audience, Clearance, Shared};

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
    /// The parts of the assessment that stand with a point, by the words of [`Part`].
    placed: Vec<&'static str>,
    /// Those that no point of this version holds.
    loose: Vec<&'static str>,
    /// The number of statements that are not in this version, if the council counts them and there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<usize>,
    decisions: Vec<DecisionRecord<'a>>,
    goals: Vec<GoalRecord<'a>>,
    actions: Vec<ActionRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contingency: Option<Markdown<'a>>,
    distribution: Vec<Attendee<'a>>,
    /// Those who are invited and take part, by organisation.
    expected: Vec<Expected<'a>>,
    /// The reports that organisations were asked for or sent. Professionals only.
    reports: Vec<ReportRecord<'a>>,
    /// The corrections of the minutes that were asked for.
    corrections: Vec<CorrectionRecord<'a>>,
    next: Next,
}

/// The report of one organisation.
#[derive(Debug, Serialize)]
struct ReportRecord<'a> {
    by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<String>,
    /// Whether it came after the day by which it was due.
    late: bool,
    #[serde(rename = "use")]
    put: &'static str,
}

#[derive(Debug, Serialize)]
struct CorrectionRecord<'a> {
    on: String,
    by: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<u32>,
    text: &'a str,
    answer: &'static str,
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
    /// The part of the assessment that stands with it, if it has anything for the reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'static str>,
    items: Vec<ItemRecord<'a>>,
    /// The same statements, under the name of each speaker once.
    speakers: Vec<Speaker<'a>>,
}

/// A speaker under one point with all that they said there: what is known first, since a label holds for what follows it.
#[derive(Debug, Serialize)]
struct Speaker<'a> {
    by: &'a str,
    items: Vec<ItemRecord<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct ItemRecord<'a> {
    kind: &'static str,
    by: &'a str,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct DecisionRecord<'a> {
    option: &'a str,
    text: &'a str,
    /// The number of the point at which it was taken, if this version has that point.
    #[serde(skip_serializing_if = "Option::is_none")]
    point: Option<u32>,
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
    /// What was measured since, in the order of the days.
    readings: Vec<ReadingRecord<'a>>,
    actions: Vec<ActionRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct ReadingRecord<'a> {
    on: String,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<u32>,
}

#[derive(Debug, Clone, Serialize)]
struct ActionRecord<'a> {
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
    status: &'static str,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
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
    let assessment = assessment(eye);
    let found = assessment.as_ref().map(Assessment::parts).unwrap_or_default();
    let points = points(eye, &found);
    let placed: Vec<_> = points.iter().filter_map(|p| p.part).collect();
    Record {
        status: if eye.approved { "approved" } else { "draft" },
        approved: eye.approved_on.map(|d| d.to_string()),
        corrections_by: next.corrections_by.clone(),
        attendance: attendance(eye),
        quorum: quorum(eye),
        loose: found.iter().map(|part| part.id()).filter(|id| !placed.contains(id)).collect(),
        placed,
        assessment,
        files: files(eye),
        points,
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
        expected: expected(eye),
        reports: reports(eye),
        corrections: corrections(eye),
        next,
    }
}

fn reports(eye: Eye<'_>) -> Vec<ReportRecord<'_>> {
    let by = papers_by(eye);
    let organisations = eye.checked.conference.organisations.values();
    let organisations = organisations.filter(|_| eye.audience.may_read(Clearance::Professional) && !eye.annex);
    let report = |o: &'_ Organisation| o.report;
    organisations
        .filter_map(|o| Some((o, report(o)?)))
        .map(|(o, report)| ReportRecord {
            by: &o.name,
            asked: report.asked.map(|day| day.to_string()),
            received: report.received.map(|day| day.to_string()),
            late: report.received.zip(by).is_some_and(|(received, by)| received > by),
            put: report.put.id(),
        })
        .collect()
}

/// The corrections that the reader may read: of the points that they were there for, and of no point in particular.
fn corrections(eye: Eye<'_>) -> Vec<CorrectionRecord<'_>> {
    let points = agenda(eye);
    let share = |one: &Correction| {
        let point = one.agenda.and_then(|n| eye.checked.agenda.get((n as usize).checked_sub(1)?));
        point.map_or(one.share, |point| point.share.max(one.share))
    };
    let corrections = eye.checked.conference.minutes.corrections.iter();
    corrections
        .filter(|one| eye.shows(share(one)) && one.agenda.is_none_or(|n| eye.heard(n)))
        .map(|one| CorrectionRecord {
            on: one.on.to_string(),
            by: organisation(eye, &one.by),
            point: points.iter().find(|p| Some(p.position) == one.agenda).map(|p| p.number),
            text: &one.text,
            answer: one.answer.id(),
        })
        .collect()
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
        self.parts().is_empty()
    }

    /// The parts of the agenda for which it has anything.
    fn parts(&self) -> Vec<Part> {
        let findings = [&self.young_people_and_needs, &self.guardianship, &self.environment];
        let all = [
            (Part::Assessment, findings.iter().any(|f| f.is_some())),
            (Part::Strengths, !self.strengths.is_empty()),
            (Part::Concerns, !self.concerns.is_empty() || !self.gaps.is_empty()),
            (Part::Voices, !self.voices.is_empty()),
            (Part::Weighting, self.weighting.is_some()),
        ];
        all.into_iter().filter(|(_, has)| *has).map(|(part, _)| part).collect()
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

/// The points that the reader was there for, each with the part of the assessment that it is the first to be about.
fn points<'a>(eye: Eye<'a>, found: &[Part]) -> Vec<PointRecord<'a>> {
    let items = |position: u32| -> Vec<ItemRecord<'a>> {
        let items = eye.checked.conference.items.iter();
        let of_point = items.filter(|i| i.agenda == position && eye.shows(share_of_item(eye, i)));
        of_point.map(|i| item(eye, i)).collect()
    };
    let mut left: Vec<Part> = found.to_vec();
    let mut first = |part: &Part| left.iter().position(|p| p == part).map(|i| left.remove(i).id());
    let points = agenda(eye).into_iter().filter(|p| eye.heard(p.position));
    let times = eye.audience.may_read(Clearance::Professional);
    let record = |p: super::brief::Point<'a>| {
        let items = items(p.position);
        PointRecord {
            number: p.number,
            title: p.title,
            start: times.then_some(p.start),
            area: p.area,
            part: p.part.as_ref().and_then(&mut first),
            speakers: speakers(&items),
            items,
        }
    };
    points.map(record).collect()
}

fn speakers<'a>(items: &[ItemRecord<'a>]) -> Vec<Speaker<'a>> {
    let mut speakers: Vec<Speaker<'a>> = Vec::new();
    for item in items {
        match speakers.iter_mut().find(|s| s.by == item.by) {
            Some(known) => known.items.push(item.clone()),
            None => speakers.push(Speaker { by: item.by, items: vec![item.clone()] }),
        }
    }
    for speaker in &mut speakers {
        speaker.items.sort_by_key(|item| item.kind != ItemKind::Fact.id());
    }
    speakers
}

/// The number of withheld statements. The annex is what is withheld, so it counts nothing; the public learns nothing
/// about a meeting's points; and under points that a reader was not there for, nothing is counted.
fn withheld(eye: Eye<'_>) -> Option<usize> {
    // What is still to be filled in was not said.
    let items = eye.checked.conference.items.iter().filter(|i| i.is_filled_in() && eye.heard(i.agenda));
    let count = items.filter(|i| !eye.shows(share_of_item(eye, i))).count();
    let said = eye.checked.settings.withheld == Withheld::Counted && !eye.annex && eye.audience != Audience::Public;
    (said && count > 0).then_some(count)
}

fn item<'a>(eye: Eye<'a>, item: &'a Item) -> ItemRecord<'a> {
    ItemRecord { kind: item.kind.id(), by: organisation(eye, &item.by), text: &item.text }
}

/// The name of an organisation. An id that is still to be filled in is shown as it is.
fn organisation<'a>(eye: Eye<'a>, id: &'a str) -> &'a str {
    eye.checked.conference.organisations.get(id).map_or(id, |organisation| organisation.name.as_str())
}

/// The decisions that the reader may be told of, whether or not they were there for them.
fn decisions(eye: Eye<'_>) -> Vec<DecisionRecord<'_>> {
    let inner = |d: &Decision| {
        let dissent = d.dissent.iter().map(|x| x.share);
        dissent.chain([d.rationale.share()]).collect::<Vec<_>>().into_iter()
    };
    let told = |d: &Decision| eye.is_told(d.share, &eye.checked.points_of_decision(d));
    let decisions = eye.checked.conference.decisions.iter().filter(|d| eye.opens(d.share, inner(d)) && told(d));
    decisions.map(|d| decision(eye, d)).collect()
}

fn decision<'a>(eye: Eye<'a>, d: &'a Decision) -> DecisionRecord<'a> {
    let option = eye.checked.settings.decision_options.iter().find(|o| o.id == d.option);
    let taken_at = eye.checked.points_of_decision(d);
    let told = |share: Clearance| eye.shows(share.max(d.share)) && eye.is_told(share.max(d.share), &taken_at);
    let point = agenda(eye).into_iter().find(|p| taken_at.contains(&p.position) && eye.heard(p.position));
    let dissent = d.dissent.iter().filter(|x| told(x.share));
    DecisionRecord {
        option: option.map(|o| o.title.as_str()).expect("`check` found the option"),
        text: &d.text,
        point: point.map(|p| p.number),
        rationale: told(d.rationale.share()).then_some(d.rationale.text.as_str()),
        dissent: dissent.map(|x| DissentRecord { by: organisation(eye, &x.by), text: &x.text }).collect(),
    }
}

/// Goals and actions are numbered as the reader sees them, so that a gap cannot betray an omission. A person who was
/// kept out of the plan still reads what is public, the actions of their own organisation, and the goals that they serve.
fn goals(eye: Eye<'_>) -> Vec<GoalRecord<'_>> {
    let inner = |g: &Goal| {
        let parts = g.baseline.iter().map(Shared::share).chain(g.measure.iter().map(|m| m.share_within(g.share)));
        let actions = g.actions.iter().flat_map(|a| [a.share].into_iter().chain(parts_of(a)));
        let readings = g.readings.iter().map(|reading| reading.share);
        parts.chain(readings).chain(actions).collect::<Vec<_>>().into_iter()
    };
    let goals = eye.checked.conference.goals.iter().filter(|g| eye.opens(g.share, inner(g)));
    let goals = goals.filter(|g| is_told_of_goal(eye, g, g.share));
    goals.enumerate().map(|(i, goal)| goal_record(eye, i + 1, goal)).collect()
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
    goals: Vec<GoalRecord<'a>>,
}

/// The view of an owner of actions: the goals that its own actions serve, as far as its audience may read them, and
/// nothing else of the record.
pub(super) fn owner<'a>(eye: Eye<'a>, id: &'a str, reference: String) -> Owner<'a> {
    let own = |a: &&Action| a.owners().any(|owner| owner == id);
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
    let told = is_own(eye, action) || eye.is_told(share, &eye.checked.points_for(&[Part::Plan]));
    told && eye.opens(share, parts_of(action))
}

fn goal_record<'a>(eye: Eye<'a>, number: usize, goal: &'a Goal) -> GoalRecord<'a> {
    let actions = goal.actions.iter().filter(|a| is_shown(eye, goal, a));
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
    let plan = eye.checked.points_for(&[Part::Plan]);
    let told = |share: Clearance| eye.shows(share) && (is_own(eye, action) || eye.is_told(share, &plan));
    ActionRecord {
        number: format!("{goal_number}.{number}"),
        goal_number,
        domain_title: domain_title(eye, action.domain.unwrap_or(goal.domain)),
        text: &action.text,
        owner: owners(eye, action),
        person: action.person.as_deref().filter(|_| eye.audience.may_read(Clearance::Professional)),
        due: action.due_on().map(|day| day.to_string()),
        due_kind: match action.due.expect("`check` found a due date") {
            Due::On(_) => "day",
            Due::Ongoing => "ongoing",
            Due::ToBeAgreed => TO_BE_AGREED,
        },
        status: action.status.word(),
        evidence: action.evidence.as_ref().filter(|e| told(e.share().max(share))).map(|e| e.text.as_str()),
        history: action.history.iter().map(|one| news(one, share, &told)).collect(),
    }
}

fn news<'a>(news: &'a ActionNews, around: Clearance, told: &impl Fn(Clearance) -> bool) -> NewsRecord<'a> {
    let text = news.text.as_ref().filter(|text| told(text.share_within(around)));
    NewsRecord {
        on: news.on.to_string(),
        status: news.status.map(ActionStatus::word),
        was_due: news.was_due.map(|day| day.to_string()),
        text: text.map(|text| text.text.as_str()),
    }
}

/// The organisations that have taken an action on, in words.
fn owners<'a>(eye: Eye<'a>, action: &'a Action) -> Cow<'a, str> {
    let names: Vec<&str> = action.owners().map(|id| organisation(eye, id)).collect();
    match names.as_slice() {
        [] => Cow::Borrowed(TO_BE_AGREED),
        [one] => Cow::Borrowed(one),
        [first, rest @ ..] if action.owner().is_some() => Cow::Owned(format!("{first} with {}", and(rest))),
        all => Cow::Owned(and(all)),
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
