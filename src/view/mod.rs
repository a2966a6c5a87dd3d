//! What one audience, and one recipient, may see.
//!
//! In: [`Checked`], an audience, a recipient. Out: structs that serialise, which are all that a template ever sees.
//!
//! Each struct is an allow-list: a field is in it because somebody wrote it here. Text with a marking of its own is
//! copied only if the audience may read it; an optional field that is absent, or that the audience may not read, is
//! left out altogether, so that a template which needs it fails instead of printing a blank.
//!
//! Deliberately absent: anything `restricted`, and any `model` type that holds what people typed. Those cannot be
//! serialised, so a view that embeds one does not compile. (Words from a list, such as a category, can.)

mod brief;
mod council;
mod recipient;
mod record;

use serde::Serialize;

use crate::check::Checked;
use crate::model::artefact::Artefact;
use crate::model::conference::MinutesStatus;
use crate::model::people::Invitee;
use crate::model::{Audience, Prose, Shared};

pub use recipient::window;

/// Everything that a template of one paper can name.
#[derive(Debug, Serialize)]
pub struct View<'a> {
    paper: Paper<'a>,
    borough: council::Borough<'a>,
    terms: council::Terms<'a>,
    glossary: Vec<council::GlossaryEntry<'a>>,
    settings: council::Settings<'a>,
    legal: council::Legal<'a>,
    conference: brief::Brief<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<record::Record<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invitee: Option<recipient::Addressee<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<recipient::Partner<'a>>,
}

#[derive(Debug, Serialize)]
struct Paper<'a> {
    title: &'a str,
    reference: String,
    version: u32,
    marking: &'a str,
    audience: &'static str,
    issued: String,
    draft: bool,
}

/// For whom one paper is made.
#[derive(Debug, Clone, Copy)]
pub enum Recipient<'a> {
    /// Everybody of the audience.
    Everybody,
    /// One invitee, with their position among the invitees, from 0.
    Invitee(usize, &'a Invitee),
    /// One person of a list, with the number of their row, from 1.
    Listed(u32, &'a Invitee),
    /// One organisation by id, with its position among those that get an agreement, from 0.
    Organisation(usize, &'a str),
}

/// What `audience` and `recipient` may see, for one kind of paper.
pub fn view<'a>(
    checked: &'a Checked,
    artefact: &'a Artefact,
    audience: Audience,
    recipient: Recipient<'a>,
) -> View<'a> {
    let eye = Eye { checked, audience };
    let conference = &checked.conference;
    View {
        paper: Paper {
            title: &artefact.title,
            reference: reference(checked, recipient),
            version: conference.version,
            marking: &conference.marking,
            audience: audience.id(),
            issued: conference.issued.to_string(),
            draft: is_draft(checked, artefact),
        },
        borough: council::borough(checked),
        terms: council::terms(checked),
        glossary: council::glossary(checked),
        settings: council::settings(checked),
        legal: council::legal(checked),
        conference: brief::brief(eye),
        record: matches!(recipient, Recipient::Everybody).then(|| record::record(eye)),
        invitee: match recipient {
            Recipient::Invitee(_, invitee) | Recipient::Listed(_, invitee) => {
                Some(recipient::addressee(eye, invitee, reference(checked, recipient)))
            }
            Recipient::Everybody | Recipient::Organisation(..) => None,
        },
        organisation: match recipient {
            Recipient::Organisation(_, id) => Some(recipient::partner(eye, id, reference(checked, recipient))),
            Recipient::Everybody | Recipient::Invitee(..) | Recipient::Listed(..) => None,
        },
    }
}

/// The reference of one paper: the conference's own, and a number where there are many.
pub fn reference(checked: &Checked, recipient: Recipient<'_>) -> String {
    let conference = &checked.conference.reference;
    match recipient {
        Recipient::Everybody => conference.clone(),
        Recipient::Invitee(n, _) => format!("{conference}/{:02}", n + 1),
        Recipient::Listed(number, _) => format!("{conference}/L{number:05}"),
        Recipient::Organisation(n, _) => format!("{conference}/A{:02}", n + 1),
    }
}

/// Whether a paper is a draft: one of a kind that somebody approves, and nobody has.
pub fn is_draft(checked: &Checked, artefact: &Artefact) -> bool {
    artefact.draft && checked.conference.minutes.status == MinutesStatus::Draft
}

/// A conference seen by an audience.
#[derive(Debug, Clone, Copy)]
struct Eye<'a> {
    checked: &'a Checked,
    audience: Audience,
}

impl<'a> Eye<'a> {
    fn text(self, shared: &'a Shared) -> Option<&'a str> {
        self.audience.may_read(shared.share).then_some(shared.text.as_str())
    }

    fn texts(self, list: &'a [Shared]) -> Vec<&'a str> {
        list.iter().filter_map(|s| self.text(s)).collect()
    }

    fn prose(self, shared: Option<&'a Shared<Prose>>) -> Option<Markdown<'a>> {
        shared.filter(|s| self.audience.may_read(s.share)).map(|s| markdown(&s.text))
    }
}

/// A field that its writer meant as Markdown. Only the `prose` filter prints it.
#[derive(Debug, Serialize)]
struct Markdown<'a> {
    prose: &'a str,
}

fn markdown(prose: &Prose) -> Markdown<'_> {
    Markdown { prose: prose.0.trim() }
}

fn time(t: chrono::NaiveTime) -> String {
    t.format("%H:%M").to_string()
}
