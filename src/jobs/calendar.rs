//! The meeting for the calendars of those who are invited.
//!
//! In: the words of `parts/calendar.md` for an audience. Out: [`Calendar`]: the loose files, read back and sealed, and what a
//! request to one of them is made from.

use super::editions::side;
use super::press::Press;
use crate::deliver::calendar::{Appointment, meeting, reply, request};
use crate::diag::Report;
use crate::gate::{FileKind, Sealed};
use crate::model::Audience;
use crate::model::by::Side;
use crate::view;
use crate::words::Words;

/// The meeting for the calendars of an audience.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The meeting as a file.
    pub meeting: Sealed,
    /// The last day to reply as a file. `None` if the meeting is cancelled.
    pub reply: Option<Sealed>,
    appointment: Appointment,
}

impl Calendar {
    /// The files.
    pub fn files(&self) -> impl Iterator<Item = &Sealed> {
        [&self.meeting].into_iter().chain(&self.reply)
    }

    /// The method of a request to one person.
    pub fn method(&self) -> &'static str {
        self.appointment.method()
    }

    /// The meeting as a request to one person, by name and email address, or its cancellation. It is read back with the
    /// message that holds it.
    pub fn request(&self, to: (&str, &str)) -> Vec<u8> {
        request(&self.appointment, to)
    }
}

impl Press<'_> {
    /// The meeting for the calendars of everybody in an audience, read back for them and sealed in a folder. `None` for a kind
    /// of paper that tells of the meeting: it is over.
    ///
    /// # Errors
    /// Faults of its template, `parts/calendar.md`, and what this audience may not read.
    pub fn calendar(&self, artefact: &str, audience: Audience, folder: &str) -> Result<Option<Calendar>, Report> {
        let Some((name, artefact)) = self.words.artefacts().find(|(name, _)| *name == artefact) else {
            return Err(self.unknown(artefact).into());
        };
        if side(name, artefact) == Some(Side::After) {
            return Ok(None);
        }
        let view = view::enclosure(self.checked, (name, artefact), audience, self.stage);
        let labels = ["Summary", "Place", "Description", "Reply"];
        let words = self.words.lines("parts/calendar.md", &Words::context(&view), labels)?;
        let [summary, place, description, answer] = words.map(|w| w.replace('\u{a0}', " "));
        let (conference, borough) = (&self.checked.conference, &self.checked.borough);
        let edition = self.checked.edition(name);
        let appointment = Appointment {
            reference: conference.reference.clone(),
            organiser: (borough.name.clone(), borough.email.clone()),
            issued: edition.issued,
            version: edition.version
                + u32::try_from(conference.meeting.changes.len()).unwrap_or_default()
                + u32::from(conference.meeting.cancelled.is_some()),
            is_cancelled: conference.meeting.cancelled.is_some(),
            date: conference.meeting.date,
            start: conference.meeting.start,
            end: conference.meeting.end,
            place,
            summary,
            description,
            reply_by: conference.meeting.reply_by,
            reply: answer,
        };
        let sealed = |file: &str, data: Vec<u8>| {
            let path = format!("{folder}/{file}");
            self.seal_bundle(name, (&path, FileKind::Ics, data), audience, std::iter::empty())
        };
        let meeting = sealed("meeting.ics", meeting(&appointment))?;
        let asks = !appointment.is_cancelled;
        let reply = asks.then(|| sealed("reply.ics", reply(&appointment))).transpose()?;
        Ok(Some(Calendar { meeting, reply, appointment }))
    }
}
