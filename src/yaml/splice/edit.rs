//! An edit of a text at a field path, and the reason why one cannot be made.
//!
//! In: what a caller wants. Out: the types that say so.
//!
//! Deliberately absent: how any of it is written.

/// One change of a file, at the path of a field as every message names it: `meeting.date`, `invitees[3].email`,
/// `people.p-lead.name`. Positions count from 0, and are those of the file before any edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The path of the field or of the entry.
    pub path: String,
    /// What happens there.
    pub change: Change,
}

impl Edit {
    /// An edit after which a field has this value, whatever it had before.
    pub fn set(path: impl Into<String>, value: impl Into<Written>) -> Self {
        Self { path: path.into(), change: Change::Set(value.into()) }
    }

    /// An edit that takes a field or an entry of a list out.
    pub fn remove(path: impl Into<String>) -> Self {
        Self { path: path.into(), change: Change::Remove }
    }

    /// An edit that adds an entry at the end of a list.
    pub fn append(path: impl Into<String>, entry: impl Into<Written>) -> Self {
        Self { path: path.into(), change: Change::Append(entry.into()) }
    }

    /// An edit that adds an entry before the one at this path.
    pub fn insert(path: impl Into<String>, entry: impl Into<Written>) -> Self {
        Self { path: path.into(), change: Change::Insert(entry.into()) }
    }
}

/// What happens at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The field has this value from now on. It is added to its group if it is not there yet, and so is the group. Of a list or
    /// a group that is there, only what differs is touched.
    Set(Written),
    /// The field, or the entry of a list, is taken out. A list or a group that loses all that it holds goes with its name.
    Remove,
    /// The list has one more entry, after its last. It is begun if it is not there.
    Append(Written),
    /// The list has one more entry, before the one at the path.
    Insert(Written),
}

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// A text, a number, a date, a yes or no: as it is typed, without quotation marks.
    Text(String),
    /// A list.
    List(Vec<Written>),
    /// A group of fields, in their order.
    Fields(Vec<(String, Written)>),
}

impl Written {
    /// A list of texts.
    pub fn list<T: Into<Written>>(entries: impl IntoIterator<Item = T>) -> Self {
        Self::List(entries.into_iter().map(Into::into).collect())
    }

    /// A group of fields.
    pub fn fields<K: Into<String>, V: Into<Written>>(fields: impl IntoIterator<Item = (K, V)>) -> Self {
        Self::Fields(fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl From<&str> for Written {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Written {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// An edit that cannot be made. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unspliced {
    /// The path of the edit.
    pub path: String,
    /// The reason.
    pub why: Why,
    /// The byte of the text, without a byte-order mark, nearest to what was meant.
    pub at: Option<usize>,
}

/// Why an edit cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// The text cannot be read without a fault as it is.
    Unread,
    /// The path is none: it has a bracket that does not close, or a part without a name.
    BadPath,
    /// There is no such field to take out; these are there.
    NoField {
        /// The name that was asked for.
        name: String,
        /// The fields of the group.
        there: Vec<String>,
    },
    /// The list has no entry at this position.
    NoEntry {
        /// How many entries it has.
        has: usize,
    },
    /// The path goes on into a value that has no fields.
    NotAGroup,
    /// The path names a position in what is no list.
    NotAList,
    /// Another edit is about the same value, or about one around it.
    Twice,
    /// It would leave nothing of the file.
    WholeFile,
    /// A comment stands in what would be replaced.
    Comment,
    /// It would leave nothing of a list that means something else when it is not there: all points, not none.
    LastOfList,
    /// It stands in a list of people that the file names, and not in the file.
    InAList {
        /// The file of the list.
        list: String,
        /// The cell of it.
        cell: Option<String>,
    },
    /// It is written in a way that nobody thought of: the text that would be written does not read as it should.
    Unusual,
}
