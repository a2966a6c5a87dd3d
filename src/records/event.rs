//! The events of a record, one a line.
//!
//! Lines contain numbers, references, places, hashes, the staff who made and checked, and reasons. They contain no
//! address, no text of a paper, no protected name, and neither machine, user nor time of day.
//!
//! Deliberately absent: the effect of an event (see `state`).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use super::notes::{Channel, Looked, Lost, Sent, TookIn};
use super::numbers::Numbered;
use super::ranges::Ranges;
use crate::gate::Hash;
pub use crate::model::numbers::Role;

/// One line of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "k", rename_all = "kebab-case")]
pub enum Event {
    /// The record begins.
    Opened(Opened),
    /// A folder of an earlier version of the program was adopted.
    Adopted(Adopted),
    /// A person or organisation was given a number, for ever.
    Numbered(Numbered),
    /// A change begins.
    Begin(Box<Begin>),
    /// A paper was made, as a draft.
    Made(Box<Made>),
    /// A paper was released.
    Released(Box<Made>),
    /// A second person has checked a draft.
    Checked(CheckedOff),
    /// A paper was noted as sent.
    Sent(Sent),
    /// A released paper was set aside.
    SetAside(SetAside),
    /// A file that is no longer needed was removed.
    Dropped(Dropped),
    /// A person or organisation no longer takes part.
    Withdrawn(Withdrawn),
    /// A withdrawal was a mistake, and is undone.
    Rejoined(Who),
    /// A person's files were destroyed, as they asked.
    Erased(Who),
    /// All papers were destroyed, since the time for keeping them is over.
    Disposed(Box<Disposed>),
    /// A released file is lost, and there is no copy of it.
    Lost(Lost),
    /// Somebody opened what only few may read.
    Looked(Looked),
    /// The record of a share or of another machine was taken in.
    TookIn(TookIn),
    /// A change is complete.
    End(End),
    /// A change that had begun was undone, or a run was abandoned.
    Undone(End),
}

/// Begins a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Raised when the form of the record changes.
    pub format: u32,
    /// The reference of the conference.
    pub conference: String,
    /// The share of a list that the record is of, as `2/3`; absent for a conference's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
}

/// Adopts a folder without a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adopted {
    /// The hash of its registers.
    pub registers: Hash,
    /// Whether they disagreed with each other or with the files.
    #[serde(default, skip_serializing_if = "is_false")]
    pub doubtful: bool,
}

/// A person or organisation, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Who {
    /// Their role.
    pub role: Role,
    /// Their number.
    pub no: u32,
}

impl Who {
    /// Parses the form used in lines: `i3`, `o2`, `c1`, `l1042`. `None` if it is not one.
    pub fn of(token: &str) -> Option<Self> {
        let role = match token.get(..1)? {
            "i" => Role::Invitee,
            "o" => Role::Organisation,
            "c" => Role::Child,
            "l" => Role::Listed,
            _ => return None,
        };
        token.get(1..)?.parse().ok().map(|no| Self { role, no })
    }

    /// The form used in lines.
    pub fn token(self) -> String {
        let role = match self.role {
            Role::Invitee => 'i',
            Role::Organisation => 'o',
            Role::Child => 'c',
            Role::Listed => 'l',
        };
        format!("{role}{}", self.no)
    }

    /// In words, for want of a name.
    pub fn in_words(self) -> String {
        match self.role {
            Role::Invitee => format!("number {}", self.no),
            Role::Organisation => format!("organisation {}", self.no),
            Role::Child => format!("child's note {}", self.no),
            Role::Listed => format!("letter {}", self.no),
        }
    }

    /// The form used on the command line.
    pub fn as_typed(self) -> String {
        if self.role == Role::Invitee { format!("{:02}", self.no) } else { self.token() }
    }
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// Makes papers.
    Build,
    /// Takes the mark off papers that were checked.
    Release,
    /// Makes letters by the thousand.
    Invite,
    /// Makes letters for checking first.
    Proofs,
    /// Notes that drafts were checked.
    Check,
    /// Notes that papers were sent.
    Send,
    /// Withdraws a person or organisation.
    Withdraw,
    /// Destroys a person's files.
    Erase,
    /// Destroys all papers.
    Dispose,
    /// Undoes a withdrawal.
    Rejoin,
    /// Notes that released files are lost.
    Lose,
    /// Notes that somebody opened what only few may read.
    Look,
    /// Joins shares.
    Merge,
    /// Takes in the record of another machine.
    TakeIn,
    /// Adopts a folder of an earlier version.
    Upgrade,
}

impl Verb {
    /// A noun phrase for messages, as in “a release has begun”.
    pub fn in_words(self) -> &'static str {
        match self {
            Verb::Build => "a build",
            Verb::Release => "a release",
            Verb::Invite => "a run of letters",
            Verb::Proofs => "the making of proofs",
            Verb::Check => "the note of a check",
            Verb::Send => "the note of what was sent",
            Verb::Withdraw => "a withdrawal",
            Verb::Erase => "an erasure",
            Verb::Dispose => "the destruction of the papers",
            Verb::Rejoin => "the undoing of a withdrawal",
            Verb::Lose => "the note of what is lost",
            Verb::Look => "the note of who opened what few may read",
            Verb::Merge => "the joining of shares",
            Verb::TakeIn => "the taking in of a record",
            Verb::Upgrade => "an upgrade",
        }
    }
}

/// Begins a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begin {
    /// Its kind.
    pub verb: Verb,
    /// The number of its lines besides this one and its end, if it counts only as a whole. `None` if each line counts
    /// by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// The source of the papers.
    #[serde(flatten)]
    pub source: Source,
    /// The sign-off with which papers are released.
    #[serde(flatten)]
    pub sign_off: Option<SignedOff>,
    /// The reason, if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The papers that were requested.
    #[serde(default, skip_serializing_if = "Scope::is_all")]
    pub scope: Scope,
    /// The run of letters, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Run>,
    /// Digests of the data, by field path, so that a later build can say which field changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
    /// Digests of what tells this conference from another, if they are not those of before.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub about: BTreeMap<String, String>,
}

impl Begin {
    /// The beginning of a change of this kind.
    pub fn of(verb: Verb) -> Self {
        Self {
            verb,
            of: None,
            source: Source::default(),
            sign_off: None,
            because: None,
            scope: Scope::default(),
            run: None,
            fields: BTreeMap::new(),
            about: BTreeMap::new(),
        }
    }
}

/// The source that papers are made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The maker of the papers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub maker: String,
    /// Those besides who had a hand in them: whoever sat at the desk.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hands: Vec<String>,
    /// The hash of the data.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub data: String,
    /// The hash of templates and theme, the first 16 digits.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub templates: String,
    /// The program and its version.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub program: String,
}

impl Source {
    /// Everybody who made the papers, each once.
    pub fn makers(&self) -> impl Iterator<Item = &str> {
        let hands = self.hands.iter().filter(|hand| **hand != self.maker);
        Some(&self.maker).filter(|maker| !maker.is_empty()).into_iter().chain(hands).map(String::as_str)
    }

    /// The same with everybody who had a hand in another.
    #[must_use]
    pub fn with_hands_of(mut self, other: &Source) -> Self {
        self.hands.extend(other.hands.iter().cloned());
        self.hands.sort();
        self.hands.dedup();
        self
    }
}

/// A second person's sign-off, as a line has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SignedOff {
    /// The checker.
    pub checker: String,
    /// The day.
    pub on: NaiveDate,
}

/// The destruction of all papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposed {
    /// The second person, and the day.
    #[serde(flatten)]
    pub sign_off: SignedOff,
    /// The person who asked, if it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The reason.
    pub because: String,
}

/// The papers that a build was asked for. Empty means all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Kinds of paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<String>,
    /// Audiences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<String>,
    /// File extensions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
}

impl Scope {
    /// Whether all papers were requested.
    pub fn is_all(&self) -> bool {
        self.papers.is_empty() && self.audiences.is_empty() && self.formats.is_empty()
    }

    /// Whether a paper was requested.
    pub fn holds(&self, paper: &str, audience: &str, file: &str) -> bool {
        let has = |all: &[String], one: &str| all.is_empty() || all.iter().any(|name| name == one);
        let ending = file.rsplit('.').next().unwrap_or_default();
        has(&self.papers, paper) && has(&self.audiences, audience) && has(&self.formats, ending)
    }
}

/// A run of letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The folder of its files below the record, as `invitations`; empty if the record is its own.
    pub folder: String,
    /// The kind of paper.
    pub paper: String,
    /// The version of its letters.
    pub v: u32,
    /// Their day of issue.
    pub issued: NaiveDate,
    /// The fingerprint of everything that all letters share.
    pub inputs: Hash,
    /// The fingerprint of the list.
    pub list: Hash,
    /// The fingerprint of the list's name and sheets.
    pub list_name: Hash,
    /// The fingerprint of the options that decide who gets which letter.
    pub choices: Hash,
    /// The products.
    pub make: Vec<String>,
    /// The number of the share, from 1.
    pub part: u32,
    /// The number of shares.
    pub parts: u32,
    /// People in the list.
    pub people: u32,
    /// Letters of this run.
    pub letters: u32,
    /// People who should have a file of their own.
    pub due: u32,
    /// Letters in one bundle for the printer.
    pub print_part: u32,
}

impl Run {
    /// The fingerprint in place of a list's name if the letters go to the conference's own invitees.
    pub fn invitees() -> Hash {
        Hash::of(b"invitees")
    }

    /// Whether its letters go to the invitees of the conference, and so have their numbers.
    pub fn is_of_invitees(&self) -> bool {
        self.list_name == Self::invitees()
    }
}

/// A paper, made or released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The number of the person of a list; absent for other papers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no: Option<u32>,
    /// Its own reference.
    #[serde(rename = "ref")]
    pub reference: String,
    /// Its place below the folder.
    pub file: String,
    /// The kind of paper.
    pub paper: String,
    /// Its audience.
    #[serde(rename = "for")]
    pub audience: String,
    /// Its readers, by number: `i3 i4`, `o2`, `c1`, `anybody`, `chair`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// Its version.
    pub v: u32,
    /// Its day of issue.
    pub issued: NaiveDate,
    /// Its pages; 0 if it has none or they were not counted.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pages: u32,
    /// The template, with its layer, if it is one paper of one template.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub template: String,
    /// The council's own reference of the person, as a list has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub person: String,
    /// The answers to false alarms that it needed to be made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// The reason why it replaces another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The words that the chair has approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Approved>,
    /// Of a bundle: its letters.
    #[serde(default, skip_serializing_if = "Ranges::is_empty")]
    pub letters: Ranges,
    /// Of a bundle: the people who were removed from it when it was made again. They keep their numbers.
    #[serde(default, skip_serializing_if = "Ranges::is_empty")]
    pub gone: Ranges,
    /// Of a bundle: the number of such bundles when it was made.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub set: u32,
    /// Of a bundle: the first characters of each letter's fingerprint, one after the other.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub inputs: String,
    /// The fingerprint of its inputs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Hash>,
    /// Of a released paper: the hash of the draft that was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Hash>,
    /// Of an adopted paper: the sign-off with which it was released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<SignedOff>,
    /// Of an adopted paper: the source that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The hash of the file that it replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Hash>,
    /// Its hash.
    pub hash: Hash,
}

impl Made {
    /// A file of a run, without its readers and contents.
    pub fn of_run(run: &Run, file: String, hash: Hash) -> Self {
        Self::bare(run.paper.clone(), (run.v, run.issued), file, hash)
    }

    /// A file of a kind of paper, in a version of a day, and nothing else about it.
    pub fn bare(paper: String, (v, issued): (u32, NaiveDate), file: String, hash: Hash) -> Self {
        Self {
            no: None,
            reference: String::new(),
            file,
            paper,
            audience: String::new(),
            to: String::new(),
            v,
            issued,
            pages: 0,
            template: String::new(),
            person: String::new(),
            allowed: Vec::new(),
            because: None,
            approved: None,
            letters: Ranges::default(),
            gone: Ranges::default(),
            set: 0,
            inputs: String::new(),
            from: None,
            draft: None,
            signed: None,
            source: None,
            over: None,
            hash,
        }
    }
}

/// The words of a paper as the chair approved them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// The day.
    pub on: NaiveDate,
    /// Their digest.
    pub words: String,
}

/// A draft that a second person has checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedOff {
    /// Its place below the folder.
    pub file: String,
    /// The hash of the draft.
    pub hash: Hash,
    /// The checker and the day.
    #[serde(flatten)]
    pub sign_off: SignedOff,
}

/// A file or folder that was moved to another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Its earlier place.
    pub file: String,
    /// The hash of the file; absent for a folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<Hash>,
    /// Its place from now on. Nothing else is ever put there.
    pub kept: String,
    /// Whether there was nothing left to put there: the file was missing or changed, and could not be made again.
    #[serde(default, skip_serializing_if = "is_false")]
    pub lost: bool,
}

/// A file that was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// Its place.
    pub file: String,
    /// Its hash.
    pub hash: Hash,
}

/// A person or organisation that no longer takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Their number.
    #[serde(flatten)]
    pub who: Who,
    /// The first day, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// The reason, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Whether it comes from the conference file.
    #[serde(default, rename = "data", skip_serializing_if = "is_false")]
    pub by_data: bool,
}

/// The end of a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Of a run: the numbers of letters that could not be made.
    #[serde(default, skip_serializing_if = "Ranges::is_empty")]
    pub failed: Ranges,
    /// Of a run: released files that contain somebody who is no longer due, or belong to one that does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outdated: Vec<String>,
    /// Of a run: released files of somebody who is no longer due.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stale: Vec<String>,
    /// Of a run: the numbers of people whose name was cleared in the list after their letters were released.
    #[serde(default, skip_serializing_if = "Ranges::is_empty")]
    pub off: Ranges,
    /// The hash of `problems.csv`, if the run wrote one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problems: Option<Hash>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}
