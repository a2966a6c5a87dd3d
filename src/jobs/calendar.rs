//! The meeting for the calendars of those who are invited.
//!
//! In: the words of `parts/calendar.md` for an audience. Out: [`Calendar`]: the loose files, read back and sealed, and what a
//! request to one of them is made from.

use std::collections::BTreeMap;

use super::editions::side;
use super::languages::both;
use super::press::Press;
use crate::deliver::calendar::{Appointment, meeting, reply, request};
use crate::diag::Report;
use crate::gate::{FileKind, Sealed};
use crate::model::Audience;
use crate::model::artefact::Artefact;
use crate::model::by::Side;
use crate::model::language::{Language, Rendition, file_in};
use crate::view;
use crate::words::Words;

/// The words of a calendar file.
const CALENDAR: &str = "parts/calendar.md";

/// The meeting for the calendars of an audience.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// The meeting as a file.
    pub meeting: Sealed,
    /// The last day to reply as a file. `None` if the meeting is cancelled.
    pub reply: Option<Sealed>,
    /// In the languages of the council's papers.
    appointment: Appointment,
    /// In each language that there are words in.
    in_languages: BTreeMap<Language, Appointment>,
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

    /// The meeting as a request to one person, by name and email address, or its cancellation; in the language that they read or,
    /// where it has no words, in English. It is read back with the message that holds it.
    pub fn request(&self, to: (&str, &str), reads: Option<Language>) -> Vec<u8> {
        let all = &self.in_languages;
        let own = reads.and_then(|language| all.get(&language).or_else(|| all.get(&Language::ENGLISH)));
        request(own.unwrap_or(&self.appointment), to)
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
        let appointment = self.appointment((name, artefact), audience, &self.checked.borough.languages.of_papers())?;
        let all = Language::all().filter(|language| self.has_part(CALENDAR, *language));
        let in_languages =
            all.map(|language| Ok((language, self.appointment((name, artefact), audience, &[language])?)));
        let in_languages = in_languages.collect::<Result<_, Report>>()?;
        let sealed = |file: &str, data: Vec<u8>| {
            let path = format!("{folder}/{file}");
            self.seal_bundle(name, (&path, FileKind::Ics, data), audience, std::iter::empty())
        };
        let meeting = sealed("meeting.ics", meeting(&appointment))?;
        let asks = !appointment.is_cancelled;
        let reply = asks.then(|| sealed("reply.ics", reply(&appointment))).transpose()?;
        Ok(Some(Calendar { meeting, reply, appointment, in_languages }))
    }

    /// The meeting in languages, those without words in English.
    fn appointment(
        &self,
        (name, artefact): (&str, &Artefact),
        audience: Audience,
        languages: &[Language],
    ) -> Result<Appointment, Report> {
        let mut said: Vec<[String; 4]> = Vec::new();
        for language in languages {
            let language = if self.has_part(CALENDAR, *language) { *language } else { Language::ENGLISH };
            let view = view::enclosure(self.checked, (name, artefact), audience, (self.stage, language));
            let context = Words::context_in(&view, language);
            let labels = ["Summary", "Place", "Description", "Reply"];
            let words = self.words.lines(&file_in(CALENDAR, language), &context, labels)?;
            let words = words.map(|w| w.replace('\u{a0}', " "));
            if !said.contains(&words) {
                said.push(words);
            }
        }
        let both_of = |one: [String; 4], other: [String; 4]| std::array::from_fn(|i| both(&one[i], &other[i]));
        let words = said.into_iter().reduce(both_of).expect("a paper is in one language at least");
        let [summary, place, description, answer] = words;
        let (conference, borough) = (&self.checked.conference, &self.checked.borough);
        let edition = self.checked.edition(name);
        Ok(Appointment {
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
        })
    }

    /// Whether there are words for a part in a language.
    pub(super) fn has_part(&self, part: &str, language: Language) -> bool {
        self.checked.layers.get(&file_in(part, language)).is_some()
    }

    /// The language of what goes with the letters to many people: the first of the council's that a part has words in. And the
    /// kind of paper with its title there.
    pub(super) fn spoken<'w>(&'w self, part: &str, (name, artefact): (&str, &'w Artefact)) -> (Language, &'w Artefact) {
        let all = self.checked.borough.languages.of_papers();
        let language = all.into_iter().find(|language| self.has_part(part, *language)).unwrap_or_default();
        (language, self.words.translated(name, Rendition::plain(language)).unwrap_or(artefact))
    }
}
