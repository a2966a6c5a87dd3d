//! The kinds of paper: the front matter of their templates.

use serde::Deserialize;

use super::Audience;
use super::by::{By, Side};
use super::people::{Invitee, Reply};
use super::stage::ConferenceStage;
use crate::doc::Layout;

/// One kind of paper.
#[expect(clippy::struct_excessive_bools, reason = "each is a line of its own in front matter")]
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Artefact {
    /// Its short title, which is at the foot of every page.
    pub title: String,
    /// Its purpose, in a line.
    pub purpose: String,
    /// The unit that one paper is made for.
    pub each: Each,
    /// The layout of its pages.
    pub layout: Layout,
    /// Its audiences.
    pub audiences: Vec<Audience>,
    /// The formats that it is made in unless others are requested.
    pub formats: Vec<Format>,
    /// The file's name, without its ending. `{reference}`, `{name}` and `{organisation}` are filled in.
    pub file: String,
    /// Whether it stays a draft until the chair approves it, as minutes do. Default: no. (Every paper is a draft until a
    /// second person has checked it.)
    #[serde(default)]
    pub draft: bool,
    /// Whether it is due at all. Default: always.
    #[serde(default)]
    pub due: Due,
    /// The day it is due by, if one is set: `10 working days before the meeting`, or with a timescale of the settings
    /// `invitations before the meeting`. Default: no day.
    pub by: Option<By>,
    /// The side of the meeting that it belongs on: `before` if it announces the meeting, `after` if it tells of it. A
    /// paper is not dated on the other side. Default: the side of `by`; without it, `after` for a paper that the chair
    /// approves, and otherwise neither.
    pub tells: Option<Side>,
    /// The one reader that it is for, if it is not for everybody in its audience. Default: everybody.
    #[serde(rename = "for")]
    pub reader: Option<OneReader>,
    /// The answers to the invitation of the people whom it is for, as `[none]` for those who have not answered. Default: all.
    pub reply: Option<Vec<Reply>>,
    /// Whether it is only for people who came. Default: no.
    #[serde(default)]
    pub came: bool,
    /// Whether it is only for people whom a decision keeps out of some or all of the meeting. Default: no.
    #[serde(default)]
    pub excluded: bool,
    /// What must have become of the conference for it to be made. Default: nothing.
    pub when: Option<When>,
    /// The day as which it shows the actions of the plan: `meeting` leaves out what their `history` says of later days. Default:
    /// as they are now.
    pub as_of: Option<AsOf>,
    /// What gives it its date if the conference file has none for its kind. Default: the conference's `issued`.
    #[serde(default)]
    pub dated: Dated,
    /// The stages of a conference that call for it: `[called, invited]`. Default: by the side of the meeting that it belongs
    /// on, those before the meeting or those after it; those before it if it is generic; otherwise all.
    pub stages: Option<Vec<ConferenceStage>>,
    /// Whether it prints the law from `legal.yaml`. It is then released only once the council's officer has confirmed what
    /// is unsure of it. Default: no.
    #[serde(default)]
    pub law: bool,
    /// The kind of paper that it goes with, by its name: a council that narrows `community_papers` and keeps that one gets
    /// this one too. Default: none.
    pub with: Option<String>,
    /// The kinds of paper that may go into its envelope, by their names: its reader's are to be out when it is. Default: none.
    #[serde(default)]
    pub encloses: Vec<String>,
    /// Whether people who take part in only some points get a copy of their own, with those points and no others.
    /// Default: no.
    #[serde(default)]
    pub by_part: bool,
    /// Whether it is about conferences in general, as guidance is. Its copy for everybody bears the marking of papers for
    /// the public, and not the conference's, as long as it says nothing of this one that the public may not know. Default:
    /// no.
    #[serde(default)]
    pub generic: bool,
}

impl Artefact {
    /// Whether it is laid out as a letter.
    pub fn is_letter(&self) -> bool {
        self.layout == Layout::Letter
    }

    /// Whether it is for an invitee with an answer, by this answer, whether they came, and whether they are kept out.
    pub fn is_for(&self, invitee: &Invitee, reply: Reply) -> bool {
        let answered = self.reply.as_ref().is_none_or(|replies| replies.contains(&reply));
        let came = !self.came || invitee.attended == Some(true);
        answered && came && (!self.excluded || invitee.exclusion.is_some())
    }

    /// The side of the meeting that it belongs on; `None` if either.
    pub fn side(&self) -> Option<Side> {
        let due = || self.by.as_ref().map(|by| by.side);
        self.tells.or_else(due).or_else(|| self.draft.then_some(Side::After))
    }
}

/// The condition for a paper to be due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Due {
    /// Always.
    #[default]
    Always,
    /// If something that was found, said or decided is marked for exactly its audience.
    Marked,
}

/// The one reader of a kind of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OneReader {
    /// The chair. Its papers lie in a folder of their own.
    Chair,
}

/// What must have become of the conference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Its day, time or place has changed, and it was not cancelled.
    Changed,
    /// It was cancelled.
    Cancelled,
    /// It ends the plan: it is the last conference, or took a decision that closes.
    Closed,
    /// It does not end the plan.
    Open,
}

/// The day as which a kind of paper shows the actions of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AsOf {
    /// The day of the meeting: what became of an action later is not in it.
    Meeting,
}

/// What gives a kind of paper its date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dated {
    /// The conference's `issued`.
    #[default]
    Issued,
    /// The day of its `by:`, as long as `issued` is earlier than that day or, for a paper that tells of the meeting, than the
    /// meeting.
    Due,
}

/// The unit that one paper of a kind is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Each {
    /// One for the conference and audience.
    Conference,
    /// One for each invitee.
    Invitee,
    /// One for each organisation that takes part, other than the council.
    Organisation,
    /// One for each organisation, other than the council, from which somebody is invited.
    InvitedOrganisation,
    /// One for each organisation that has taken on an action, the council too, with its own actions and nobody else's.
    ActionOwner,
    /// One for each link to a child's record, for the worker who holds it. Its only audience is `restricted`.
    ChildLink,
}

/// The kind of the file that holds what everybody in an audience has: no template may have its name.
pub const JOINED: &str = "pack";

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// PDF/UA-1 and PDF/A-2a.
    Pdf,
    /// Markdown.
    Md,
    /// Plain text.
    Txt,
    /// One page of HTML, with all that it needs in it.
    Html,
    /// A document for Word.
    Docx,
    /// An Open Document text.
    Odt,
}

impl Format {
    /// Every format, by the ending of its files.
    pub const ALL: [Format; 6] = [Format::Pdf, Format::Md, Format::Txt, Format::Html, Format::Docx, Format::Odt];

    /// The ending of its files, which is also its name on the command line.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Md => "md",
            Format::Txt => "txt",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Odt => "odt",
        }
    }

    /// The media type of its files.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Pdf => "application/pdf",
            Format::Md => "text/markdown",
            Format::Txt => "text/plain",
            Format::Html => "text/html",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Odt => "application/vnd.oasis.opendocument.text",
        }
    }
}
