//! The views of a conference for one audience and one recipient.
//!
//! In: [`Checked`], an audience, a recipient. Out: structs that serialise, which are all that a template ever sees.
//!
//! Each struct is an allow-list: a field is in it only because it was written here. Text with a marking of its own is
//! copied only if the audience may read it; an optional field that is absent, or that the audience may not read, is
//! left out altogether, so that a template which needs it fails instead of printing a blank.
//!
//! Deliberately absent: any `model` type with texts that people typed. Those cannot be serialised, so a view that
//! embeds one does not compile ([`allow_list`] proves it type by type). Words from a list, such as a category, can.

#[cfg(test)]
mod allow_list;
mod attendance;
mod brief;
mod council;
mod decided;
mod eye;
mod plan;
mod recipient;
mod record;
mod value;

use chrono::NaiveDate;
use serde::Serialize;

use crate::check::Checked;
use crate::model::Audience;
use crate::model::artefact::{Artefact, AsOf, When};
use crate::model::borough::BeforeUndertaking;
use crate::model::by::Side;
use crate::model::conference::{ChildLink, moved_on};
use crate::model::edition::Edition;
use crate::model::language::Language;
use crate::model::people::Invitee;
use crate::model::plan::ActionNews;
use crate::stages::MINUTES;
use eye::Eye;

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
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<plan::Owner<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    child: Option<recipient::ChildNote<'a>>,
}

#[derive(Debug, Serialize)]
struct Paper<'a> {
    title: &'a str,
    reference: String,
    version: u32,
    marking: &'a str,
    audience: &'static str,
    /// Every audience that gets this kind of paper of this conference.
    audiences: Vec<&'static str>,
    /// Whether its readers are the public or the community, for whom it is worded without jargon.
    plain: bool,
    issued: String,
    /// Whether it is laid out as a letter, and calls itself one.
    letter: bool,
    /// The reason why it replaces an earlier version, as the words after "because", if one was given and this is not
    /// the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    because: Option<String>,
    draft: bool,
    /// The council's signatory of this kind of paper, if it has one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    signatory: Option<council::Signatory<'a>>,
}

/// The recipient that one paper is made for.
#[derive(Debug, Clone, Copy)]
pub enum Recipient<'a> {
    /// Everybody in the audience.
    Everybody,
    /// One invitee, with their position among the invitees, from 0.
    Invitee(usize, &'a Invitee),
    /// One person on a list, with the number of their row, from 1.
    Listed(u32, &'a Invitee),
    /// One invitee who takes part in only some points, with their position, from 0: everybody's paper, narrowed to
    /// them.
    Part(usize, &'a Invitee),
    /// One organisation that gets an agreement, by id.
    Organisation(&'a str),
    /// One organisation that has taken on actions, by id.
    Owner(&'a str),
    /// The worker of one child, with the position of the link, from 0.
    Child(usize, &'a ChildLink),
}

/// Whether a second person has checked the papers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// No: every paper is a draft.
    #[default]
    Unchecked,
    /// Yes.
    Released,
    /// It does not matter: only the words that the chair approves are wanted, which are the same in every version and
    /// on every day of issue, approved or not.
    WordsAlone,
}

/// How much of the conference a view shows, and how its paper is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// All that its readers may read, marked as the conference is.
    Usual,
    /// All that its readers may read, marked as papers for the public are, unless the council has words for its readers.
    Open,
    /// Only what the public may know, with the council's own running order, marked in the same way. A paper that says no
    /// less here has no need of the conference's marking.
    Common,
}

/// The view of `audience` and `recipient`, for one kind of paper with its name.
pub fn view<'a>(
    checked: &'a Checked,
    named: (&str, &'a Artefact),
    audience: Audience,
    recipient: Recipient<'a>,
    stage: Stage,
) -> View<'a> {
    view_with(checked, named, (audience, Sight::Usual), recipient, (stage, Language::ENGLISH))
}

/// The same view, with more or less of the conference in it, and with the terms of a language.
pub fn view_with<'a>(
    checked: &'a Checked,
    (name, artefact): (&str, &'a Artefact),
    (audience, sight): (Audience, Sight),
    recipient: Recipient<'a>,
    (stage, language): (Stage, Language),
) -> View<'a> {
    let gentle = is_gentle(checked, audience, recipient, edition(checked, name, recipient, stage).issued);
    seen(checked, (name, artefact), (audience, sight), recipient, (stage, gentle, language))
}

/// The view of what goes along with the letters to a whole audience, such as a calendar file. It says as little as the
/// letter that says least.
pub fn enclosure<'a>(
    checked: &'a Checked,
    named: (&str, &'a Artefact),
    audience: Audience,
    (stage, language): (Stage, Language),
) -> View<'a> {
    let gentle = audience == Audience::Community && wants_gentle(checked);
    seen(checked, named, (audience, Sight::Usual), Recipient::Everybody, (stage, gentle, language))
}

fn seen<'a>(
    checked: &'a Checked,
    (name, artefact): (&str, &'a Artefact),
    (audience, sight): (Audience, Sight),
    recipient: Recipient<'a>,
    (stage, gentle, language): (Stage, bool, Language),
) -> View<'a> {
    let part = if let Recipient::Part(_, invitee) = recipient { Some(invitee) } else { None };
    let minutes_issued = edition(checked, MINUTES, Recipient::Everybody, stage).issued;
    let edition = edition(checked, name, recipient, stage);
    let changes = checked.conference.meeting.changes.as_slice();
    let reader = read_as(audience, recipient);
    let common = sight == Sight::Common;
    let eye = Eye {
        checked,
        audience: if common { Audience::Public } else { reader },
        // The council's own running order is the same for every conference, and betrays none.
        running: if common && checked.conference.agenda.is_some() { Audience::Public } else { reader },
        annex: is_annex(audience, recipient),
        part,
        gentle,
        approved: stage != Stage::WordsAlone && checked.is_approved(name),
        minutes_issued,
        approved_on: checked.approved_on(name).filter(|_| stage != Stage::WordsAlone),
        issued: edition.issued,
        reply_by: reply_by(checked, recipient),
        moved: moved_on(match artefact.when {
            // Whoever reads of the last change answered before it.
            Some(When::Changed) => changes.split_last().map_or(&[], |(_, earlier)| earlier),
            _ => changes,
        }),
        as_of: artefact.as_of.map(|AsOf::Meeting| checked.conference.meeting.date),
    };
    let reference = reference_at(checked, recipient, stage);
    let told = artefact.side() == Some(Side::After);
    View {
        paper: Paper {
            title: &artefact.title,
            reference: reference.clone(),
            version: edition.version,
            marking: marking_at(checked, audience, sight),
            audience: audience.id(),
            audiences: checked.audiences_of(name, artefact).into_iter().map(Audience::id).collect(),
            plain: audience <= Audience::Community,
            issued: edition.issued.to_string(),
            letter: artefact.is_letter(),
            because: edition.reason(),
            draft: is_draft(checked, (name, artefact), stage),
            signatory: checked.borough.signatories.get(name).map(council::signatory),
        },
        borough: council::borough(checked, name),
        terms: council::terms(checked, language),
        glossary: council::glossary(checked, language),
        settings: council::settings(checked),
        legal: council::legal(checked),
        conference: brief::brief(eye),
        record: match recipient {
            Recipient::Everybody | Recipient::Part(..) | Recipient::Child(..) => Some(record::record(eye)),
            Recipient::Invitee(_, invitee) | Recipient::Listed(_, invitee) if told => {
                Some(record::record(told_eye(eye, invitee)))
            }
            Recipient::Invitee(..) | Recipient::Listed(..) | Recipient::Organisation(..) | Recipient::Owner(..) => None,
        },
        owner: match recipient {
            Recipient::Owner(id) => Some(plan::owner(eye, id, reference.clone())),
            Recipient::Everybody
            | Recipient::Part(..)
            | Recipient::Child(..)
            | Recipient::Invitee(..)
            | Recipient::Listed(..)
            | Recipient::Organisation(..) => None,
        },
        invitee: match recipient {
            Recipient::Invitee(_, invitee) | Recipient::Part(_, invitee) | Recipient::Listed(_, invitee) => {
                Some(recipient::addressee(eye, invitee, reference))
            }
            Recipient::Everybody | Recipient::Organisation(..) | Recipient::Owner(..) | Recipient::Child(..) => None,
        },
        organisation: match recipient {
            Recipient::Organisation(id) => Some(recipient::partner(eye, id, reference_at(checked, recipient, stage))),
            Recipient::Everybody
            | Recipient::Invitee(..)
            | Recipient::Part(..)
            | Recipient::Listed(..)
            | Recipient::Owner(..)
            | Recipient::Child(..) => None,
        },
        child: match recipient {
            Recipient::Child(_, link) => Some(recipient::child_note(link)),
            Recipient::Everybody
            | Recipient::Invitee(..)
            | Recipient::Part(..)
            | Recipient::Listed(..)
            | Recipient::Organisation(..)
            | Recipient::Owner(..) => None,
        },
    }
}

/// A child's worker is a professional: besides the note, they read everything that professionals read, and nothing of
/// the annex.
fn read_as(audience: Audience, recipient: Recipient<'_>) -> Audience {
    match recipient {
        Recipient::Child(..) => Audience::Professional,
        Recipient::Everybody
        | Recipient::Invitee(..)
        | Recipient::Part(..)
        | Recipient::Listed(..)
        | Recipient::Organisation(..)
        | Recipient::Owner(..) => audience,
    }
}

/// The eye of somebody who is told of the meeting in a letter of their own: they read what a copy of the minutes for them
/// would hold and, without an undertaking, only what is public.
fn told_eye<'a>(eye: Eye<'a>, invitee: &'a Invitee) -> Eye<'a> {
    let audience = if eye.checked.may_have_the_record(invitee) { eye.audience } else { Audience::Public };
    Eye { audience, running: audience, part: Some(invitee), ..eye }
}

/// The day by which the reader of a paper is to reply: their own, if they were invited late.
fn reply_by(checked: &Checked, recipient: Recipient<'_>) -> NaiveDate {
    let own = match recipient {
        Recipient::Invitee(_, invitee) | Recipient::Listed(_, invitee) | Recipient::Part(_, invitee) => {
            invitee.reply_by
        }
        Recipient::Everybody | Recipient::Organisation(_) | Recipient::Owner(_) | Recipient::Child(..) => None,
    };
    own.unwrap_or(checked.conference.meeting.reply_by)
}

fn wants_gentle(checked: &Checked) -> bool {
    checked.settings.letters.before_undertaking == BeforeUndertaking::Gentle
}

/// Whether a letter says less: the council wants it so for readers from the community who have not signed an undertaking by
/// the day on which it is issued.
fn is_gentle(checked: &Checked, audience: Audience, recipient: Recipient<'_>, issued: NaiveDate) -> bool {
    match recipient {
        Recipient::Invitee(_, invitee) | Recipient::Listed(_, invitee) => {
            audience == Audience::Community && wants_gentle(checked) && !invitee.has_signed_by(issued)
        }
        Recipient::Everybody
        | Recipient::Part(..)
        | Recipient::Organisation(..)
        | Recipient::Owner(..)
        | Recipient::Child(..) => false,
    }
}

/// Whether it is the annex, which contains only what the minutes leave out.
fn is_annex(audience: Audience, recipient: Recipient<'_>) -> bool {
    audience == Audience::Restricted && matches!(recipient, Recipient::Everybody)
}

/// The protective marking of a paper for an audience.
pub fn marking(checked: &Checked, audience: Audience) -> &str {
    let usual =
        if audience == Audience::Public { &checked.settings.public_marking } else { &checked.conference.marking };
    checked.settings.markings.get(&audience).unwrap_or(usual)
}

/// The same of a paper that is seen as `sight` says. What the council's scheme has for its audience stands in any case.
pub fn marking_at(checked: &Checked, audience: Audience, sight: Sight) -> &str {
    let is_open = sight != Sight::Usual && !checked.settings.markings.contains_key(&audience);
    marking(checked, if is_open { Audience::Public } else { audience })
}

/// The reference of one paper: the conference's own, with a number if there are many.
pub fn reference(checked: &Checked, recipient: Recipient<'_>) -> String {
    let conference = &checked.conference.reference;
    match (letter(recipient), number(checked, recipient)) {
        (_, None) => conference.clone(),
        ("L", Some(number)) => format!("{conference}/L{number:05}"),
        (letter, Some(number)) => format!("{conference}/{letter}{number:02}"),
    }
}

/// The letter before the number of a reference, which distinguishes recipients of different kinds with the same number.
fn letter(recipient: Recipient<'_>) -> &'static str {
    match recipient {
        Recipient::Everybody | Recipient::Invitee(..) => "",
        Recipient::Listed(..) => "L",
        Recipient::Part(..) => "P",
        Recipient::Organisation(_) => "A",
        Recipient::Owner(_) => "O",
        Recipient::Child(..) => "N",
    }
}

/// The number of a paper's recipient; `None` if it is for everybody.
pub fn number(checked: &Checked, recipient: Recipient<'_>) -> Option<u32> {
    match recipient {
        Recipient::Everybody => None,
        Recipient::Invitee(position, _) | Recipient::Part(position, _) => Some(checked.numbers().invitee(position)),
        Recipient::Listed(number, _) => Some(number),
        Recipient::Organisation(id) | Recipient::Owner(id) => Some(checked.numbers().organisation(id)),
        Recipient::Child(position, _) => Some(checked.numbers().child(position)),
    }
}

/// The reference of one paper; a fixed one if only the words count.
fn reference_at(checked: &Checked, recipient: Recipient<'_>, stage: Stage) -> String {
    if stage == Stage::WordsAlone { "reference".to_owned() } else { reference(checked, recipient) }
}

/// The day on which whoever gets a paper was invited, if it was later than everybody else. An organisation was with the first of
/// its people.
fn invited_on(checked: &Checked, recipient: Recipient<'_>) -> Option<NaiveDate> {
    match recipient {
        Recipient::Invitee(_, invitee) | Recipient::Listed(_, invitee) => invitee.invited_on,
        Recipient::Organisation(id) => {
            let invitees = checked.conference.invitees.iter().filter(|one| one.invited);
            let theirs = invitees.filter(|one| checked.organisation_of(one).is_some_and(|(of, _)| of == id));
            // `None` is the day of everybody else, and before any other.
            theirs.map(|one| one.invited_on).min().flatten()
        }
        Recipient::Everybody | Recipient::Part(..) | Recipient::Owner(_) | Recipient::Child(..) => None,
    }
}

/// The date and version of a kind of paper, by its name, for one recipient; fixed ones if only the words count.
pub fn edition(checked: &Checked, name: &str, recipient: Recipient<'_>, stage: Stage) -> Edition {
    match stage {
        Stage::Unchecked | Stage::Released => {
            let of_all = checked.edition(name);
            let own = [invited_on(checked, recipient), settled_on(checked, recipient)].into_iter().flatten().max();
            let issued = own.map_or(of_all.issued, |own| own.max(of_all.issued));
            Edition { issued, ..of_all }
        }
        Stage::WordsAlone => Edition { issued: checked.conference.meeting.date, version: 1, because: None },
    }
}

/// The day on which it was last settled what the owner of actions is to do, if that was after the meeting.
fn settled_on(checked: &Checked, recipient: Recipient<'_>) -> Option<NaiveDate> {
    let Recipient::Owner(id) = recipient else { return None };
    let theirs = checked.conference.goals.iter().flat_map(|goal| &goal.actions);
    let theirs = theirs.filter(|action| action.owners().any(|owner| owner == id));
    let settles = |news: &&ActionNews| news.was_owner.is_some() || news.was_due.is_some() || !news.was_with.is_empty();
    theirs.flat_map(|action| &action.history).filter(settles).map(|news| news.on).max()
}

/// Whether a paper is a draft: nobody has checked it, or it needs the chair's approval and does not have it.
pub fn is_draft(checked: &Checked, (name, artefact): (&str, &Artefact), stage: Stage) -> bool {
    match stage {
        Stage::Unchecked => true,
        Stage::Released => artefact.draft && !checked.is_approved(name),
        Stage::WordsAlone => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::numbers::Numbers;

    #[test]
    fn every_reference_bears_the_number_that_was_given_and_an_organisation_has_one() {
        let checked = crate::check::check(crate::input::example().expect("it is sound")).expect("it is sound");
        let numbers = checked.numbers();
        let tenfold = Numbers {
            invitees: numbers.invitees.iter().map(|n| n * 10).collect(),
            organisations: numbers.organisations.iter().map(|(id, n)| (id.clone(), n * 10)).collect(),
            children: numbers.children.iter().map(|n| n * 10).collect(),
        };
        let first = numbers.organisations.iter().find(|(_, n)| **n == 1).map(|(id, _)| id.clone());
        let first = first.expect("somebody takes part");
        let checked = checked.with_numbers(tenfold);
        let (invitee, child) = (&checked.conference.invitees[1], &checked.conference.child_links[0]);
        let all = [
            Recipient::Everybody,
            Recipient::Invitee(1, invitee),
            Recipient::Part(1, invitee),
            Recipient::Listed(7, invitee),
            Recipient::Organisation(&first),
            Recipient::Owner(&first),
            Recipient::Child(0, child),
        ];
        let said = all.map(|recipient| reference(&checked, recipient));
        let tails = ["", "/20", "/P20", "/L00007", "/A10", "/O10", "/N10"];
        assert_eq!(said, tails.map(|tail| format!("{}{tail}", checked.conference.reference)));
    }
}
