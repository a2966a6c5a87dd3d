//! What a record can say: one event a line.
//!
//! Lines hold numbers, references, places, hashes, the staff who made and checked, and reasons. They hold no address, no
//! text of a paper, no protected name, and neither machine, user nor time of day.
//!
//! Deliberately absent: what follows from an event (`state` knows).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

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
    /// A folder of an earlier version of the program was taken over.
    Adopted(Adopted),
    /// Somebody has a number, for ever.
    Numbered(Numbered),
    /// A change begins.
    Begin(Box<Begin>),
    /// A paper was made, as a draft.
    Made(Box<Made>),
    /// A paper was released.
    Released(Box<Made>),
    /// A second person has looked at a draft.
    Checked(CheckedOff),
    /// Somebody says that a paper was sent.
    Sent(Sent),
    /// A released paper was put aside.
    SetAside(SetAside),
    /// A file went that nobody needs any more.
    Dropped(Dropped),
    /// Somebody takes no part any more.
    Withdrawn(Withdrawn),
    /// Somebody's files were destroyed, as they asked.
    Erased(Who),
    /// The record of a share, or of another machine, was taken in.
    TookIn(TookIn),
    /// A change is complete.
    End(End),
    /// A change that had begun was undone, or a run was given up.
    Undone(End),
}

/// Begins a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Raised when the form of the record changes.
    pub format: u32,
    /// The reference of the conference.
    pub conference: String,
    /// Which share of a list this is the record of, as `2/3`; absent for a conference's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
}

/// Takes over a folder without a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adopted {
    /// The hash of its registers.
    pub registers: Hash,
    /// Whether they disagreed, or files were not as they say.
    #[serde(default, skip_serializing_if = "is_false")]
    pub doubtful: bool,
}

/// Somebody by their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Who {
    /// What they are.
    pub role: Role,
    /// Their number.
    pub no: u32,
}

impl Who {
    /// Somebody as a line writes them: `i3`, `o2`, `c1`, `l1042`.
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

    /// The same the other way round.
    pub fn token(self) -> String {
        let role = match self.role {
            Role::Invitee => 'i',
            Role::Organisation => 'o',
            Role::Child => 'c',
            Role::Listed => 'l',
        };
        format!("{role}{}", self.no)
    }

    /// As somebody would say it, where there is no name.
    pub fn in_words(self) -> String {
        match self.role {
            Role::Invitee => format!("number {}", self.no),
            Role::Organisation => format!("organisation {}", self.no),
            Role::Child => format!("child's note {}", self.no),
            Role::Listed => format!("letter {}", self.no),
        }
    }

    /// As the command line takes it.
    pub fn as_typed(self) -> String {
        if self.role == Role::Invitee { format!("{:02}", self.no) } else { self.token() }
    }
}

/// What a change does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// Makes papers.
    Build,
    /// Takes the mark off papers that were checked.
    Release,
    /// Makes letters by the thousand.
    Invite,
    /// Makes letters to look at first.
    Proofs,
    /// Notes that somebody looked at drafts.
    Check,
    /// Notes that papers were sent.
    Send,
    /// Takes somebody out.
    Withdraw,
    /// Destroys somebody's files.
    Erase,
    /// Joins shares.
    Merge,
    /// Takes in the record of another machine.
    TakeIn,
    /// Takes over a folder of an earlier version.
    Upgrade,
}

impl Verb {
    /// As somebody would say it: “a release has begun”.
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
            Verb::Merge => "the joining of shares",
            Verb::TakeIn => "the taking in of a record",
            Verb::Upgrade => "an upgrade",
        }
    }
}

/// Begins a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begin {
    /// What it does.
    pub verb: Verb,
    /// How many lines it has besides this one and its end, if it counts as a whole only. Without it each line counts by
    /// itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// From what papers are made.
    #[serde(flatten)]
    pub source: Source,
    /// On whose word papers are released.
    #[serde(flatten)]
    pub sign_off: Option<SignedOff>,
    /// Why, where somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Which papers were asked for.
    #[serde(default, skip_serializing_if = "Scope::is_all")]
    pub scope: Scope,
    /// Of which letters it is a run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Run>,
    /// Digests of what the data said, by field path: so that a later build can say which field changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

impl Begin {
    /// The beginning of a change of a kind.
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
        }
    }
}

/// From what papers are made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Who made them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub maker: String,
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

/// A second person's word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SignedOff {
    /// Who has checked.
    pub checker: String,
    /// On which day.
    pub on: NaiveDate,
}

/// Which papers a build was asked for. Empty is all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// Kinds of paper.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub papers: Vec<String>,
    /// Audiences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub audiences: Vec<String>,
    /// Endings of files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
}

impl Scope {
    /// Whether all papers were asked for.
    pub fn is_all(&self) -> bool {
        self.papers.is_empty() && self.audiences.is_empty() && self.formats.is_empty()
    }

    /// Whether a paper was asked for.
    pub fn holds(&self, paper: &str, audience: &str, file: &str) -> bool {
        let has = |all: &[String], one: &str| all.is_empty() || all.iter().any(|name| name == one);
        let ending = file.rsplit('.').next().unwrap_or_default();
        has(&self.papers, paper) && has(&self.audiences, audience) && has(&self.formats, ending)
    }
}

/// A run of letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Where its files lie below the record, as `invitations`; empty if the record is its own.
    pub folder: String,
    /// The kind of paper.
    pub paper: String,
    /// The version of its letters.
    pub v: u32,
    /// Their day of issue.
    pub issued: NaiveDate,
    /// The fingerprint of what all letters share.
    pub inputs: Hash,
    /// The fingerprint of the list.
    pub list: Hash,
    /// The fingerprint of the list's name and sheets.
    pub list_name: Hash,
    /// The fingerprint of what decides who gets what.
    pub choices: Hash,
    /// What is made.
    pub make: Vec<String>,
    /// Which share of the list.
    pub part: u32,
    /// Of how many.
    pub parts: u32,
    /// People in the list.
    pub people: u32,
    /// Letters of this run.
    pub letters: u32,
    /// People who are due a file of their own.
    pub due: u32,
    /// Letters in one file for the printer.
    pub print_part: u32,
}

impl Run {
    /// The fingerprint that stands for the name of a list where the letters go to the conference's own invitees.
    pub fn invitees() -> Hash {
        Hash::of(b"invitees")
    }

    /// Whether its letters go to the invitees of the conference, and so bear their numbers.
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
    /// For which audience.
    #[serde(rename = "for")]
    pub audience: String,
    /// To whom, by number: `i3 i4`, `o2`, `c1`, `anybody`, `chair`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// Its version.
    pub v: u32,
    /// Its day of issue.
    pub issued: NaiveDate,
    /// Pages, where it has any and somebody counted them.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pages: u32,
    /// The template, with its layer, where it is one paper of one template.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub template: String,
    /// The council's own reference of the person, as a list has it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub person: String,
    /// Answers to false alarms without which it would not have been made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<String>,
    /// Why it takes the place of another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The words that the chair has approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Approved>,
    /// Of a file of many letters: which.
    #[serde(default, skip_serializing_if = "Ranges::is_empty")]
    pub letters: Ranges,
    /// Of a file of many letters: who was taken out of it when it was made again. Their numbers stay theirs.
    #[serde(default, skip_serializing_if = "Ranges::is_empty")]
    pub gone: Ranges,
    /// Of a file of many letters: how many such files there were when it was made.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub set: u32,
    /// Of a file of many letters: the first signs of what each was made from, one after the other.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub inputs: String,
    /// The fingerprint of what it is made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Hash>,
    /// Of a released paper: the hash of the draft that was checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<Hash>,
    /// Of a paper that was taken over: on whose word it had been released.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<SignedOff>,
    /// Of a paper that was taken over: from what it had been made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The hash of the file whose place it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Hash>,
    /// Its hash.
    pub hash: Hash,
}

impl Made {
    /// A file of a run, with nothing said of whose it is and what it holds.
    pub fn of_run(run: &Run, file: String, hash: Hash) -> Self {
        Self {
            no: None,
            reference: String::new(),
            file,
            paper: run.paper.clone(),
            audience: String::new(),
            to: String::new(),
            v: run.v,
            issued: run.issued,
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
    /// On which day.
    pub on: NaiveDate,
    /// Their digest.
    pub words: String,
}

/// A draft that a second person has looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedOff {
    /// Its place below the folder.
    pub file: String,
    /// The hash of the draft.
    pub hash: Hash,
    /// Who, and on which day.
    #[serde(flatten)]
    pub sign_off: SignedOff,
}

/// How a paper was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// By post.
    Post,
    /// By email.
    Email,
    /// By hand.
    Hand,
}

/// What somebody says was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The file, or the folder of a run of letters.
    pub file: String,
    /// Of a run: which letters.
    #[serde(default, skip_serializing_if = "Ranges::is_empty")]
    pub letters: Ranges,
    /// Of a paper for several: to whom of them, as `i3`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// How.
    pub how: Channel,
    /// On which day.
    pub on: NaiveDate,
    /// Who says so, where somebody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A file or folder that has another place now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Its place before.
    pub file: String,
    /// The hash of the file; absent for a folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<Hash>,
    /// Its place from now on. It is given to nothing else.
    pub kept: String,
    /// Whether there was nothing left to put there: the file was gone, or was another, and could not be made again.
    #[serde(default, skip_serializing_if = "is_false")]
    pub lost: bool,
}

/// A file that went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// Its place.
    pub file: String,
    /// Its hash.
    pub hash: Hash,
}

/// Somebody who takes no part any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Who.
    #[serde(flatten)]
    pub who: Who,
    /// Since which day, where somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// Why, where somebody said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Whether the conference file says so.
    #[serde(default, rename = "data", skip_serializing_if = "is_false")]
    pub by_data: bool,
}

/// Another record that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TookIn {
    /// Its folder or file below this record's folder.
    pub file: String,
    /// Which share it is of, as `2/3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// How many lines it had.
    pub lines: u32,
    /// The hash in the last of them.
    pub head: Hash,
}

/// The end of a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Of a run: the numbers of those whose letter could not be made.
    #[serde(default, skip_serializing_if = "Ranges::is_empty")]
    pub failed: Ranges,
    /// Of a run: released files that hold somebody who is no longer due, or go with one that does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outdated: Vec<String>,
    /// Of a run: released files of somebody who is no longer due.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stale: Vec<String>,
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
