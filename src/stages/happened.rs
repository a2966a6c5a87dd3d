//! What a record says happened to the papers of a conference, by kind.
//!
//! In: from `records`, how many readers each kind has, and who was sent theirs. Out: [`Sendings`] of a kind.
//!
//! Deliberately absent: the record itself, single papers and their readers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

/// What was released and sent of one kind of paper. A reader counts once, whatever versions and formats they have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sendings {
    /// The number of readers who have a draft or a released paper.
    pub readers: usize,
    /// The number of them for whom one was released, in whatever version.
    pub released: usize,
    /// The number of them to whom one was noted as sent, in whatever version.
    pub sent: usize,
    /// The number of them who have a draft that is not released yet.
    pub drafts: usize,
    /// The day on which the last of them was first sent theirs.
    pub last: Option<NaiveDate>,
}

/// Why somebody is to have a kind of paper later than others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Late {
    /// They were invited once others had their letters.
    #[default]
    Invited,
    /// They took an action on after the meeting.
    TookOn,
}

/// Somebody who is to have a kind of paper later than others, since they were invited or took an action on later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Latecomer {
    /// The day that their first paper of the kind bears.
    pub issued: NaiveDate,
    /// The day by which they are to reply, or to have been told what they took on.
    pub reply_by: NaiveDate,
    /// The day on which they were first sent one.
    pub sent: Option<NaiveDate>,
}

/// What was sent of a kind of paper that some readers are to have later than the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InTurn {
    /// What the others have.
    pub others: Sendings,
    /// Those who are to have it later.
    pub latecomers: Vec<Latecomer>,
    /// Why they are.
    pub why: Late,
}

/// Released papers whose readers are neither in the conference file nor withdrawn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread {
    /// How many there are.
    pub papers: usize,
    /// The numbers of their readers, as `convenor withdraw --number` takes them.
    pub numbers: Vec<String>,
}

impl Sendings {
    /// The day on which everybody had theirs. `None` if somebody has not, or nothing was made.
    pub fn sent_on(&self) -> Option<NaiveDate> {
        self.last.filter(|_| self.readers > 0 && self.sent == self.readers)
    }
}

/// What was released and sent, by kind of paper. The default is a conference without a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Happened {
    all: BTreeMap<String, Sendings>,
    /// The same of papers in words that the chair has approved.
    approved: BTreeMap<String, Sendings>,
    /// The kinds of which released papers tell of the meeting as it was before it changed.
    overtaken: Vec<String>,
    /// The kinds that some readers are to have later than the others.
    in_turn: BTreeMap<String, InTurn>,
    unread: Unread,
    /// The drafts that letters which were sent name as enclosed: how many of each kind.
    left_behind: BTreeMap<String, usize>,
    /// The organisations, by their ids, that were sent a request for a report.
    asked: BTreeSet<String>,
    disposed: Option<NaiveDate>,
    /// What no change of the meeting tells those who have letters.
    untold: Option<String>,
}

impl Happened {
    /// What was released and sent of a kind of paper, by its name.
    pub fn of(&self, kind: &str) -> Sendings {
        self.all.get(kind).copied().unwrap_or_default()
    }

    /// The same of a kind that the chair approves: only what was released and sent in approved words counts.
    pub fn of_approved(&self, kind: &str) -> Sendings {
        self.approved.get(kind).copied().unwrap_or_default()
    }

    /// The same, with what was released and sent in approved words.
    #[must_use]
    pub fn with_approved(self, approved: impl IntoIterator<Item = (String, Sendings)>) -> Self {
        Self { approved: approved.into_iter().collect(), ..self }
    }

    /// The same, with the kinds of which released papers tell of the meeting as it was before it changed.
    #[must_use]
    pub fn with_overtaken(self, kinds: Vec<String>) -> Self {
        Self { overtaken: kinds, ..self }
    }

    /// The kinds of which released papers tell of the meeting as it was before it changed.
    pub fn overtaken(&self) -> &[String] {
        &self.overtaken
    }

    /// The same, with those kinds that some readers are to have later than the others.
    #[must_use]
    pub fn with_in_turn(self, in_turn: BTreeMap<String, InTurn>) -> Self {
        Self { in_turn, ..self }
    }

    /// What was sent of a kind in turn. `None` if all its readers are to have it together.
    pub fn in_turn(&self, kind: &str) -> Option<&InTurn> {
        self.in_turn.get(kind)
    }

    /// The same, with released papers that have no reader any more.
    #[must_use]
    pub fn with_unread(self, unread: Unread) -> Self {
        Self { unread, ..self }
    }

    /// The released papers whose readers are neither in the conference file nor withdrawn.
    pub fn unread(&self) -> &Unread {
        &self.unread
    }

    /// The same, with the drafts that letters which were sent name as enclosed: how many of each kind.
    #[must_use]
    pub fn with_left_behind(self, left_behind: BTreeMap<String, usize>) -> Self {
        Self { left_behind, ..self }
    }

    /// The drafts that letters which were sent name as enclosed: how many of each kind.
    pub fn left_behind(&self) -> &BTreeMap<String, usize> {
        &self.left_behind
    }

    /// The same, with the ids of the organisations that were sent a request for a report.
    #[must_use]
    pub fn with_asked(self, asked: BTreeSet<String>) -> Self {
        Self { asked, ..self }
    }

    /// The ids of the organisations that were sent a request for a report.
    pub fn asked(&self) -> &BTreeSet<String> {
        &self.asked
    }

    /// The same, with the day on which all papers were destroyed, if they were.
    #[must_use]
    pub fn with_disposed(self, disposed: Option<NaiveDate>) -> Self {
        Self { disposed, ..self }
    }

    /// The day on which all papers were destroyed, since nobody needs them any more. `None` if they were not.
    pub fn disposed(&self) -> Option<NaiveDate> {
        self.disposed
    }

    /// The same, with what no change of the meeting tells those who have letters.
    #[must_use]
    pub fn with_untold(self, untold: Option<String>) -> Self {
        Self { untold, ..self }
    }

    /// What no change of the meeting tells those who have letters.
    pub fn untold(&self) -> Option<&str> {
        self.untold.as_deref()
    }

    /// The kinds of which there are papers.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }
}

impl FromIterator<(String, Sendings)> for Happened {
    fn from_iter<I: IntoIterator<Item = (String, Sendings)>>(all: I) -> Self {
        Self { all: all.into_iter().collect(), ..Self::default() }
    }
}
