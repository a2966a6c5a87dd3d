//! A change of a conference file: what is asked for, what it comes to, and why it was not made.
//!
//! In: edits. Out: the types that say so, and a report of the same.
//!
//! Deliberately absent: making the change.

use std::path::{Path, PathBuf};

use crate::deliver::former::Former;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::Hash;
use crate::yaml::{Change, Edit, Unspliced, Written, value_at};

/// Edits of a conference file, and what they were made from.
///
/// ```
/// use convenor::{Amendment, Edit};
///
/// # fn main() -> Result<(), convenor::diag::Report> {
/// # let folder = tempfile::tempdir().expect("the tests may write");
/// # for (name, data) in convenor::example_files() {
/// #     std::fs::write(folder.path().join(name), data).expect("the tests may write");
/// # }
/// let file = folder.path().join("conference.yaml");
/// let edits = vec![Edit::set("meeting.venue.name", "The Boathouse"), Edit::remove("meeting.online")];
/// let proposed = convenor::propose(&file, &Amendment { edits, ..Amendment::default() })?;
/// assert!(!proposed.worse.has_errors());
/// let saved = proposed.save()?;
/// assert_eq!(convenor::undo(&file)?.file, saved.file);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Amendment {
    /// The edits, all of which are made or none. Their paths are those of the file before any of them.
    pub edits: Vec<Edit>,
    /// The hash of the file's bytes when its editor saw them; `None` if nobody has seen it before.
    pub seen: Option<Hash>,
    /// The council's `borough.yaml` or its folder, if it is not beside the file or above it.
    pub borough: Option<PathBuf>,
}

/// A change of a conference file that is not written yet.
#[derive(Debug, Clone)]
#[must_use = "nothing is written before it is saved"]
pub struct Proposed {
    /// The file.
    pub file: PathBuf,
    /// Its text, as it is.
    pub before: String,
    /// Its text, as it would be.
    pub after: String,
    /// Every problem that it would have.
    pub problems: Report,
    /// The errors that it does not have now.
    pub worse: Report,
    /// The edits.
    pub(super) edits: Vec<Edit>,
    /// What it was before its last change, if that is to be undone.
    pub(super) former: Option<Former>,
}

/// A conference file that was written.
#[derive(Debug, Clone)]
pub struct Saved {
    /// The file.
    pub file: PathBuf,
    /// The hash of its bytes now.
    pub hash: Hash,
    /// Whether anything in it is different.
    pub is_changed: bool,
    /// Every problem that it has.
    pub problems: Report,
}

impl Proposed {
    /// Whether anything would be different.
    pub fn is_change(&self) -> bool {
        self.before != self.after
    }
}

/// Why a conference file was not changed.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Unamended {
    /// Somebody else changed it.
    Conflict(Box<Conflict>),
    /// An edit cannot be made; and the report of it.
    Unspliced(Box<Unspliced>, Report),
    /// It would have more errors than before. It can be saved all the same.
    Worse(Box<Proposed>),
    /// It cannot be read or written.
    Refused(Report),
}

/// A file that has changed since its editor saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The file.
    pub file: PathBuf,
    /// The hash of the bytes that its editor saw. `None` if it changed while it was being written.
    pub seen: Option<Hash>,
    /// The hash of its bytes now: an edit of these needs to have seen it.
    pub now: Hash,
    /// The fields that its editor asked to change.
    pub fields: Vec<Differing>,
}

/// A field that somebody asked to change in a file that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differing {
    /// Its path.
    pub path: String,
    /// What was asked for. `None` if it was to be taken out.
    pub asked: Option<Written>,
    /// What is there now. `None` if nothing is.
    pub now: Option<Written>,
}

impl Conflict {
    pub(super) fn of(file: &Path, seen: Option<Hash>, now: &str, edits: &[Edit]) -> Self {
        let name = file.display().to_string();
        let field = |edit: &Edit| Differing {
            path: edit.path.clone(),
            asked: match &edit.change {
                Change::Set(written) | Change::Append(written) | Change::Insert(written) => Some(written.clone()),
                Change::Remove => None,
            },
            now: value_at(&name, now, &edit.path),
        };
        let fields = edits.iter().map(field).collect();
        Self { file: file.to_owned(), seen, now: Hash::of(now.as_bytes()), fields }
    }

    fn report(&self) -> Report {
        let error = Diagnostic::error(codes::EDITED_SINCE, "this file has changed since it was read");
        let error = error.place(Place::file(self.file.display().to_string()));
        error.hint("nothing was changed: look at it, and make your change again").into()
    }
}

impl From<Report> for Unamended {
    fn from(report: Report) -> Self {
        Self::Refused(report)
    }
}

impl From<Conflict> for Unamended {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(Box::new(conflict))
    }
}

impl From<Unamended> for Report {
    fn from(unamended: Unamended) -> Self {
        match unamended {
            Unamended::Conflict(conflict) => conflict.report(),
            Unamended::Worse(proposed) => proposed.worse,
            Unamended::Unspliced(_, report) | Unamended::Refused(report) => report,
        }
    }
}
