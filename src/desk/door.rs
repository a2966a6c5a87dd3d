//! The door before what only few may read: links to children's records, protected names, the annex.
//!
//! In: somebody who says again who they are. Out: some minutes in which the door is open, and a line in the record.
//!
//! Deliberately absent: what is behind it (`pages::door`).

use std::time::Duration;

use super::conference::Opened;
use super::held::Desk;
use crate::diag::Report;
use crate::records::{self, FileRow, LookBehind};

/// For how long the door stays open.
const OPEN: Duration = Duration::from_mins(10);

/// The word of the record for what is behind it.
const BEHIND: &str = "for few eyes";

impl Desk {
    /// The seconds for which the door of a conference is still open. `None` if it is closed.
    pub(super) fn door(&self, key: &str) -> Option<u64> {
        let now = self.secrets.now();
        let mut seat = self.seat();
        seat.doors.retain(|_, until| *until > now);
        seat.doors.get(key).map(|until| until.saturating_sub(now).as_secs())
    }

    /// Opens it, once the record says who did.
    ///
    /// # Errors
    /// If the name is not first name and surname, or the record cannot be written.
    pub(super) fn open_door(&self, opened: &Opened, by: &str) -> Result<(), Report> {
        let request = LookBehind { by: by.to_owned(), at: BEHIND, on: self.secrets.today() };
        records::look_behind(&opened.folder, &opened.checked, &request)?;
        let until = self.secrets.now() + OPEN;
        self.seat().doors.insert(opened.key.clone(), until);
        Ok(())
    }

    /// Closes it.
    pub(super) fn close_door(&self, key: &str) {
        self.seat().doors.remove(key);
    }
}

/// Whether a file is for so few that it is behind the door: the chair alone, or the worker of one child.
pub fn is_behind(row: &FileRow) -> bool {
    let is_of_few = |to: &String| to == "chair" || to.starts_with('c');
    row.audience == "restricted" || row.to.iter().any(is_of_few)
}
