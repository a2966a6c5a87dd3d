//! The record of a conference: statements, decisions and the plan, as far as the audience may read them.

use serde::Serialize;

use super::attendance::{Attendance, Attendee, Counted, Expected, attendance, attendee, expected, lead};
use super::brief::{Review, agenda, review};
use super::decided::{closes, told_decisions};
use super::eye::Eye;
use super::plan::{ActionRecord, GoalRecord, goals, organisation};
use super::value::Markdown;
use crate::check::Tally;
use crate::model::borough::Withheld;
use crate::model::conference::{Correction, Disclosure, Item, ItemKind, Part};
use crate::model::people::Organisation;
use crate::model::plan::Decision;
use crate::model::{Audience, Clearance};

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
    /// Whether the work ends with this conference, as far as the reader may know.
    closes: bool,
    goals: Vec<GoalRecord<'a>>,
    actions: Vec<ActionRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contingency: Option<Markdown<'a>>,
    distribution: Vec<Attendee<'a>>,
    /// Those who are invited and take part, by organisation.
    expected: Vec<Expected<'a>>,
    /// Those who came without an invitation. Professionals only.
    uninvited: Vec<Attendee<'a>>,
    /// The organisation of the lead practitioner, who is not invited by a letter and counts for the quorum all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<Counted<'a>>,
    /// Those who are kept out of the whole meeting. Professionals only.
    kept_out: Vec<Attendee<'a>>,
    /// The reports that organisations were asked for or sent. Professionals only.
    reports: Vec<ReportRecord<'a>>,
    /// The corrections of the minutes that were asked for.
    corrections: Vec<CorrectionRecord<'a>>,
    /// What was shared outside the papers. Professionals only.
    sharing: Vec<SharingRecord<'a>>,
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

/// What one organisation told another.
#[derive(Debug, Serialize)]
struct SharingRecord<'a> {
    on: String,
    by: &'a str,
    to: &'a str,
    what: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Quorum<'a> {
    met: bool,
    social_care: bool,
    agencies: Vec<&'a str>,
    required: u32,
    /// Those who were counted and had left, or were not there yet, when something was decided, by the times of the agenda.
    away: Vec<&'a str>,
    /// Whether those who were there for every decision formed a quorum.
    held: bool,
}

#[derive(Debug, Serialize)]
struct Assessment<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completed: Option<String>,
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
    /// Whether it holds only until a meeting with a quorum has taken it again.
    provisional: bool,
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
        closes: closes(eye),
        actions: goals.iter().flat_map(|g| g.actions.iter().cloned()).collect(),
        goals,
        contingency: eye.prose(c.contingency.as_ref().filter(|_| plan)),
        distribution: c
            .invitees
            .iter()
            .filter(|i| i.withdrawn.is_none() && eye.checked.is_sent_everything(i, eye.audience))
            .map(|i| attendee(eye, i))
            .collect(),
        expected: expected(eye),
        uninvited: c
            .invitees
            .iter()
            .filter(|_| eye.audience.may_read(Clearance::Professional) && !eye.annex)
            .filter(|i| !i.invited && i.takes_part() && i.withdrawn.is_none())
            .map(|i| attendee(eye, i))
            .collect(),
        lead: lead(eye),
        kept_out: c
            .invitees
            .iter()
            .filter(|_| eye.audience.may_read(Clearance::Professional) && !eye.annex)
            .filter(|i| i.withdrawn.is_none() && eye.checked.is_kept_out_of_all(i))
            .map(|i| attendee(eye, i))
            .collect(),
        reports: reports(eye),
        corrections: corrections(eye),
        sharing: sharing(eye),
        next,
    }
}

fn reports(eye: Eye<'_>) -> Vec<ReportRecord<'_>> {
    let by = eye.checked.papers_by();
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

/// What was shared outside the papers, by day. It is no part of a meeting, so a copy for some of its points holds none.
fn sharing(eye: Eye<'_>) -> Vec<SharingRecord<'_>> {
    let is_whole = eye.part.is_none() && eye.audience.may_read(Clearance::Professional);
    let shared = eye.checked.conference.sharing.iter().filter(|one| is_whole && eye.shows(one.share));
    let mut shared: Vec<_> = shared.collect();
    shared.sort_by_key(|one| one.on);
    shared
        .into_iter()
        .map(|one: &Disclosure| SharingRecord {
            on: one.on.to_string(),
            by: organisation(eye, &one.by),
            to: organisation(eye, &one.to),
            what: &one.what,
            purpose: one.purpose.as_deref(),
            basis: one.basis.as_deref(),
        })
        .collect()
}

fn quorum(eye: Eye<'_>) -> Quorum<'_> {
    let (tally, deciding) = (eye.checked.tally(), eye.checked.tally_when_deciding());
    let (met, held) = (tally.met(), deciding.as_ref().is_none_or(Tally::met));
    let (social_care, required) = (tally.social_care, tally.required);
    let is_away = |name: &&str| deciding.as_ref().is_some_and(|deciding| !deciding.agencies.contains(name));
    let away = tally.agencies.iter().copied().filter(is_away).collect();
    Quorum { met, social_care, agencies: tally.agencies, required, away, held }
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
        reference: a.reference.as_deref(),
        completed: a.completed.map(|day| day.to_string()),
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

/// The decisions that the reader may be told of, whether or not they were there for them.
fn decisions(eye: Eye<'_>) -> Vec<DecisionRecord<'_>> {
    told_decisions(eye).map(|d| decision(eye, d)).collect()
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
        provisional: d.provisional,
        point: point.map(|p| p.number),
        rationale: told(d.rationale.share()).then_some(d.rationale.text.as_str()),
        dissent: dissent.map(|x| DissentRecord { by: organisation(eye, &x.by), text: &x.text }).collect(),
    }
}

fn next(eye: Eye<'_>) -> Next {
    let checked = eye.checked;
    let meeting = checked.conference.meeting.date;
    let days = |name: &str| checked.settings.timescales.get(name).copied().unwrap_or_default();
    let due = |name: &str| checked.calendar.after(meeting, days(name));
    let minutes_due = due("minutes");
    // They are counted from the day that the minutes bear, as soon as that can be.
    let minutes = Some(eye.minutes_issued).filter(|day| *day >= meeting).unwrap_or(minutes_due);
    Next {
        review: review(eye),
        minutes_due: minutes_due.to_string(),
        corrections_by: checked.calendar.after(minutes, days("corrections")).to_string(),
        implementation_group_by: due("implementation_group").to_string(),
        child_notes_by: due("child_notes").to_string(),
    }
}
