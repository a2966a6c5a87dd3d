//! The part of the conference that every paper may state: the context, the time and place, and the agenda.

use std::borrow::Cow;

use chrono::Duration;
use serde::Serialize;

use super::eye::Eye;
use super::value::time;
use crate::model::conference::{self as model, AgendaPoint, MeetingChange, Part};
use crate::model::edition::reason;
use crate::model::people::Person;
use crate::model::{Audience, Clearance};
use crate::stages::{EXCLUSION, Happened};
use crate::timetable::{StepRow, StepState, timetable};

#[derive(Debug, Serialize)]
pub(super) struct Brief<'a> {
    reference: &'a str,
    kind: &'static str,
    form: &'static str,
    context: Context<'a>,
    meeting: Meeting<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<Previous<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<Review>,
    agenda: Vec<Point<'a>>,
    /// The steps of the conference, by day. Professionals only.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    timetable: Vec<TimetableRow>,
}

/// A step of the timetable, as the data and the day of issue have it.
#[derive(Debug, Serialize)]
struct TimetableRow {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<String>,
    due: String,
    state: &'static str,
}

#[derive(Debug, Serialize)]
struct Context<'a> {
    id: &'a str,
    kind: &'static str,
    label: &'a str,
    /// Professionals only, whatever the data says.
    #[serde(skip_serializing_if = "Option::is_none")]
    internal_label: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    area: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    boundary: Option<&'a str>,
    harms: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<Period>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Period {
    from: String,
    to: String,
}

/// The meeting. Its place and people are only for invited readers; the public reads the time.
#[derive(Debug, Serialize)]
struct Meeting<'a> {
    date: String,
    start: String,
    end: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    venue: Option<Venue<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    online: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chair: Option<Officer<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    co_chair: Option<Officer<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minute_taker: Option<Officer<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reply_by: Option<String>,
    /// The day by which reports and other papers are due.
    #[serde(skip_serializing_if = "Option::is_none")]
    papers_by: Option<String>,
    /// The latest change of its day, time or place, and those before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<Change<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Change<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cancelled: Option<Cancelled>,
}

/// A change of the meeting: why, and what it was before.
#[derive(Debug, Clone, Serialize)]
struct Change<'a> {
    on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    venue: Option<Venue<'a>>,
}

#[derive(Debug, Serialize)]
struct Cancelled {
    on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Venue<'a> {
    name: &'a str,
    lines: &'a [String],
    /// Absent where everybody joins online.
    #[serde(skip_serializing_if = "str::is_empty")]
    postcode: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<&'a str>,
}

/// A person responsible for the conference: name, role and contact at work.
#[derive(Debug, Serialize)]
struct Officer<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a str>,
}

/// The conference before this one.
#[derive(Debug, Serialize)]
struct Previous<'a> {
    reference: &'a str,
    date: String,
    /// Whether it had no quorum, so that this one is the same meeting, held again.
    no_quorum: bool,
    /// What it decided provisionally. Professionals only, unless its mark says otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    provisional: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub(super) struct Review {
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
}

/// A point of the agenda with its planned times.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Point<'a> {
    /// Its position in the agenda of the data, from 1.
    #[serde(skip)]
    pub(super) position: u32,
    /// Its number for the audience.
    pub(super) number: u32,
    pub(super) title: &'a str,
    pub(super) start: String,
    /// When the next point starts.
    pub(super) end: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) area: Option<&'static str>,
    /// The part of the record that belongs to it.
    #[serde(skip)]
    pub(super) part: Option<Part>,
    /// Whether nobody from the community hears it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) professionals_only: bool,
}

/// Minutes of a day: more than any point takes.
const DAY: u32 = 24 * 60;

pub(super) fn brief(eye: Eye<'_>) -> Brief<'_> {
    let c = &eye.checked.conference;
    Brief {
        reference: &c.reference,
        kind: c.kind.id(),
        form: c.form.id(),
        context: context(eye),
        meeting: meeting(eye),
        previous: c.previous.as_ref().map(|p| Previous {
            reference: &p.reference,
            date: p.date.to_string(),
            no_quorum: p.no_quorum,
            provisional: p.provisional.as_ref().and_then(|s| eye.known(s, Clearance::Professional)),
        }),
        review: review(eye),
        agenda: agenda(eye),
        timetable: steps(eye),
    }
}

/// The steps of the conference. What was sent is in its record, which no paper depends on: so only what the data says is done
/// is done here. Papers of which most readers are not to know have no step here.
fn steps(eye: Eye<'_>) -> Vec<TimetableRow> {
    if !eye.audience.may_read(Clearance::Professional) || eye.annex {
        return Vec::new();
    }
    let rows = timetable(eye.checked, &Happened::default(), eye.issued).steps.into_iter();
    // Who makes the papers is named only where readers know them for something else.
    let c = &eye.checked.conference;
    let known = [&c.meeting.chair, &c.meeting.minute_taker, &c.assessment.author];
    let known: Vec<&str> =
        known.into_iter().flatten().filter_map(|id| c.people.get(id)).map(|person| person.name.as_str()).collect();
    let borough = &eye.checked.borough;
    let team = borough.team.as_ref().unwrap_or(&borough.department);
    let row = |row: StepRow| TimetableRow {
        due: row.when().to_string(),
        title: row.title,
        who: row.name.map(|name| if known.contains(&name.as_str()) { name } else { team.clone() }),
        state: state(eye, &row.id, row.state),
    };
    let paper = |id: &str| eye.checked.steps.get(id).and_then(|step| step.paper.as_deref());
    rows.filter(|row| !row.is_action() && paper(&row.id) != Some(EXCLUSION)).map(row).collect()
}

/// How a step stands on the day of issue. Of what only the record of sendings could say, no paper says that it is late.
fn state(eye: Eye<'_>, id: &str, state: StepState) -> &'static str {
    match state {
        StepState::Late if eye.checked.steps.get(id).is_some_and(|step| step.paper.is_some()) => StepState::Past.id(),
        other => other.id(),
    }
}

fn context(eye: Eye<'_>) -> Context<'_> {
    let c = &eye.checked.conference.context;
    let area = c.area.as_ref().and_then(|s| eye.known(s, Clearance::Public));
    if eye.gentle {
        // A template that asks for the context gets the area, so that no council's own words can say more.
        let label = area.unwrap_or(&c.label);
        return Context {
            id: &c.id,
            kind: c.kind.id(),
            label,
            internal_label: None,
            area,
            boundary: None,
            harms: Vec::new(),
            period: None,
            summary: None,
        };
    }
    Context {
        id: &c.id,
        kind: c.kind.id(),
        label: &c.label,
        internal_label: c.internal_label.as_deref().filter(|_| eye.audience.may_read(Clearance::Professional)),
        area,
        boundary: c.boundary.as_ref().and_then(|s| eye.known(s, Clearance::Professional)),
        harms: c.harms.iter().filter_map(|s| eye.known(s, Clearance::Community)).map(|s| harm(eye, s)).collect(),
        period: c.period.map(|p| Period { from: p.from.to_string(), to: p.to.to_string() }),
        summary: c.summary.as_ref().and_then(|s| eye.known(s, Clearance::Professional)),
    }
}

/// A kind of harm as its reader would say it: the community is told in plain words what a term of the trade means, and
/// gets the term too, since it will be heard in the meeting.
fn harm<'a>(eye: Eye<'a>, harm: &'a str) -> Cow<'a, str> {
    let plain = eye.checked.harms.get(&harm.to_lowercase()).filter(|_| eye.audience <= Audience::Community);
    plain.map_or(Cow::Borrowed(harm), |plain| Cow::Owned(format!("{plain} ({harm})")))
}

fn meeting(eye: Eye<'_>) -> Meeting<'_> {
    let c = &eye.checked.conference;
    let m = &c.meeting;
    let invited = eye.audience != Audience::Public;
    let person = |id: &Option<String>| {
        id.as_ref().and_then(|id| c.people.get(id)).expect("`check` found the chair and the minute taker")
    };
    let co_chair = m.co_chair.as_ref().and_then(|id| c.people.get(id));
    let changes: Vec<_> = m.changes.iter().filter(|_| invited).map(|one| change(eye, one)).collect();
    Meeting {
        date: m.date.to_string(),
        start: time(m.start),
        end: time(m.end),
        venue: invited.then(|| venue(eye, &m.venue)),
        online: m.online.as_deref().filter(|_| invited),
        chair: invited.then(|| officer(eye, person(&m.chair))),
        co_chair: co_chair.filter(|_| invited).map(|person| officer(eye, person)),
        minute_taker: invited.then(|| contact(eye, person(&m.minute_taker))),
        reply_by: invited.then(|| eye.reply_by.to_string()),
        papers_by: eye.checked.papers_by().filter(|_| invited).map(|day| day.to_string()),
        change: changes.last().cloned(),
        changes,
        cancelled: m
            .cancelled
            .as_ref()
            .filter(|_| invited)
            .map(|c| Cancelled { on: c.on.to_string(), because: reason(c.because.as_deref()) }),
    }
}

fn venue<'a>(eye: Eye<'a>, venue: &'a model::Venue) -> Venue<'a> {
    Venue {
        name: &venue.name,
        lines: &venue.lines,
        postcode: &venue.postcode,
        access: venue.access.as_ref().and_then(|s| eye.known(s, Clearance::Community)),
    }
}

fn change<'a>(eye: Eye<'a>, change: &'a MeetingChange) -> Change<'a> {
    let was = &change.was;
    Change {
        on: change.on.to_string(),
        because: reason(change.because.as_deref()),
        date: was.date.map(|day| day.to_string()),
        start: was.start.map(time),
        end: was.end.map(time),
        venue: was.venue.as_ref().map(|was| venue(eye, was)),
    }
}

/// A person with a part in the meeting, without contact details.
fn officer<'a>(eye: Eye<'a>, person: &'a Person) -> Officer<'a> {
    let organisation = person.organisation.as_ref().and_then(|id| eye.checked.conference.organisations.get(id));
    Officer {
        name: &person.name,
        role: person.role.as_deref(),
        organisation: organisation.map(|o| o.name.as_str()),
        email: None,
        phone: None,
    }
}

/// The contact for the papers: the one person whose work address and number are in them.
fn contact<'a>(eye: Eye<'a>, person: &'a Person) -> Officer<'a> {
    Officer { email: person.email.as_deref(), phone: person.phone.as_deref(), ..officer(eye, person) }
}

pub(super) fn review(eye: Eye<'_>) -> Option<Review> {
    eye.checked.conference.review.map(|r| Review { date: r.date.to_string(), start: r.start.map(time) })
}

/// The points that the audience may hear, each with its number and its position. They are numbered as the audience sees them, so
/// that a gap cannot betray a point that was left out.
pub(super) fn numbered(eye: Eye<'_>) -> impl Iterator<Item = (u32, u32, &AgendaPoint)> {
    let all = (1..).zip(&eye.checked.agenda);
    let heard = all.filter(move |(_, point)| eye.running.may_read(point.share));
    (1..).zip(heard).map(|(number, (position, point))| (number, position, point))
}

/// The points that the audience may hear, with their times. A point that is left out still takes its time.
pub(super) fn agenda(eye: Eye<'_>) -> Vec<Point<'_>> {
    let mut start = eye.checked.conference.meeting.start;
    let mut points = Vec::new();
    let mut numbered = numbered(eye).peekable();
    for (at, point) in (1..).zip(&eye.checked.agenda) {
        let length = Duration::minutes(i64::from(point.minutes.min(DAY)));
        if let Some((number, position, point)) = numbered.next_if(|(_, position, _)| *position == at) {
            let area = point.area.map(crate::model::conference::Domain::id);
            let (title, end) = (point.title.as_str(), time(start + length));
            let professionals_only = point.share > Clearance::Community;
            points.push(Point {
                position,
                number,
                title,
                start: time(start),
                end,
                area,
                part: point.part,
                professionals_only,
            });
        }
        start += length;
    }
    points
}
