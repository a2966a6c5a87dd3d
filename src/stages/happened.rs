//! What a record says happened to the papers of a conference, by kind.
//!
//! In: from `records`, how many readers each kind has, and who was sent theirs. Out: [`Sendings`] of a kind.
//!
//! Deliberately absent: the record itself, single papers and their readers.

use std::collections::BTreeMap;

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
    /// The day on which the last of them was first sent theirs.
    pub last: Option<NaiveDate>,
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
