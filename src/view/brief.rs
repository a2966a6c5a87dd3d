//! What every paper may say of the conference: what it is about, when and where, and the points of the agenda.

use chrono::Duration;
use serde::Serialize;

use super::{Eye, time};
use crate::model::people::Person;

#[derive(Debug, Serialize)]
pub(super) struct Brief<'a> {
    reference: &'a str,
    kind: &'static str,
    form: &'static str,
    context: Context<'a>,
    meeting: Meeting<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<Review>,
    agenda: Vec<Point<'a>>,
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
    harms: &'a [String],
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

#[derive(Debug, Serialize)]
struct Meeting<'a> {
    date: String,
    start: String,
    end: String,
    venue: Venue<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    online: Option<&'a str>,
    chair: Officer<'a>,
    minute_taker: Officer<'a>,
    reply_by: String,
}

#[derive(Debug, Serialize)]
struct Venue<'a> {
    name: &'a str,
    lines: &'a [String],
    postcode: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<&'a str>,
}

/// Somebody who answers for the conference at work: name, role and how to reach them there.
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

#[derive(Debug, Serialize)]
pub(super) struct Review {
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
}

/// A point of the agenda with the time at which it starts.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Point<'a> {
    pub(super) number: u32,
    pub(super) title: &'a str,
    pub(super) start: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) area: Option<&'static str>,
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
        review: review(eye),
        agenda: agenda(eye),
    }
}

fn context(eye: Eye<'_>) -> Context<'_> {
    let c = &eye.checked.conference.context;
    let internal = eye.audience == crate::model::Audience::Professional;
    Context {
        id: &c.id,
        kind: c.kind.id(),
        label: &c.label,
        internal_label: c.internal_label.as_deref().filter(|_| internal),
        area: c.area.as_deref(),
        boundary: c.boundary.as_ref().and_then(|s| eye.text(s)),
        harms: &c.harms,
        period: c.period.map(|p| Period { from: p.from.to_string(), to: p.to.to_string() }),
        summary: c.summary.as_ref().and_then(|s| eye.text(s)),
    }
}

fn meeting(eye: Eye<'_>) -> Meeting<'_> {
    let c = &eye.checked.conference;
    let m = &c.meeting;
    let person = |id: &Option<String>| {
        let person = id.as_ref().and_then(|id| c.people.get(id)).expect("`check` found the chair and the minute taker");
        officer(eye, person)
    };
    Meeting {
        date: m.date.to_string(),
        start: time(m.start),
        end: time(m.end),
        venue: Venue {
            name: &m.venue.name,
            lines: &m.venue.lines,
            postcode: &m.venue.postcode,
            access: m.venue.access.as_deref(),
        },
        online: m.online.as_deref(),
        chair: person(&m.chair),
        minute_taker: person(&m.minute_taker),
        reply_by: m.reply_by.to_string(),
    }
}

fn officer<'a>(eye: Eye<'a>, person: &'a Person) -> Officer<'a> {
    let organisation = person.organisation.as_ref().and_then(|id| eye.checked.conference.organisations.get(id));
    Officer {
        name: &person.name,
        role: person.role.as_deref(),
        organisation: organisation.map(|o| o.name.as_str()),
        email: person.email.as_deref(),
        phone: person.phone.as_deref(),
    }
}

pub(super) fn review(eye: Eye<'_>) -> Option<Review> {
    eye.checked.conference.review.map(|r| Review { date: r.date.to_string(), start: r.start.map(time) })
}

/// The points that the audience may hear. A point that it may not hear still takes its time, and keeps its number:
/// what stands last betrays nothing, and letters, agenda and minutes agree on numbers.
pub(super) fn agenda(eye: Eye<'_>) -> Vec<Point<'_>> {
    let mut start = eye.checked.conference.meeting.start;
    let mut points = Vec::new();
    for (i, point) in eye.checked.agenda.iter().enumerate() {
        if eye.audience.may_read(point.share) {
            let number = u32::try_from(i + 1).unwrap_or(u32::MAX);
            points.push(Point {
                number,
                title: &point.title,
                start: time(start),
                area: point.area.map(crate::model::conference::Domain::id),
            });
        }
        start += Duration::minutes(i64::from(point.minutes.min(DAY)));
    }
    points
}
