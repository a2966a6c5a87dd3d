//! Lines of a record that note what the program cannot see: that something was sent or lost, and what another record says.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ranges::Ranges;
use crate::gate::Hash;

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

/// Something that was noted as sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The file, or the folder of a run of letters.
    pub file: String,
    /// Of a run: the letters.
    #[serde(default, skip_serializing_if = "Ranges::is_empty")]
    pub letters: Ranges,
    /// Of a run: the version of the letters. Absent in records of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub v: Option<u32>,
    /// Of a paper: the hash of the file, which may have been moved since on another machine. Absent in records of earlier
    /// versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<Hash>,
    /// Of a paper for several people: the one it was sent to, as `i3`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// The channel.
    pub how: Channel,
    /// The day.
    pub on: NaiveDate,
    /// The name of the person who says so, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A missing file without a copy, or a merged share. If it comes back with the same bytes, nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// Its place.
    pub file: String,
    /// Its hash, by which it is known again; of a share, that in the last line of its record.
    pub hash: Hash,
    /// The reason why nobody has it.
    pub because: String,
    /// The day on which it was missed.
    pub on: NaiveDate,
    /// The name of the person who says so, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// Somebody opened what only few may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Looked {
    /// Their name.
    pub by: String,
    /// What they opened, in a word of the program.
    pub at: String,
    /// The day.
    pub on: NaiveDate,
}

/// Another record that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TookIn {
    /// Its folder or file below this record's folder.
    pub file: String,
    /// The share that it is of, as `2/3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// The number of its lines.
    pub lines: u32,
    /// The hash in the last line.
    pub head: Hash,
    /// Of a share: the numbers of its released letters; none if they are drafts. Absent in records of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<Ranges>,
}

impl TookIn {
    /// Whether it is a share of which nothing was released when it was merged.
    pub fn is_of_drafts(&self) -> bool {
        self.released.as_ref().is_some_and(Ranges::is_empty)
    }
}
