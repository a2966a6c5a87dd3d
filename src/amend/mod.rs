//! The conference file changed at field paths, and changed back.
//!
//! In: a conference file, the hash of the bytes that its editor has seen, and edits. Out: the file with these edits and every
//! other byte as it was, read and checked; or the reason why nothing was written.
//!
//! What was seen is compared once more when the file is held, right before it is replaced. What it was is kept beside it, so that
//! the change can be undone.
//!
//! Deliberately absent: what makes a conference right. A change that leaves more errors than there were is written only if the
//! caller says so.

mod amendment;
mod enlist;
mod fault;
mod places;
mod propose;
mod standing;
mod undo;
mod worse;

use std::path::Path;

use crate::gate::Hash;

pub use crate::yaml::{Change, Edit, Unspliced, Why, Written};
pub use amendment::{Amendment, Conflict, Differing, Proposed, Saved, Unamended};
pub use enlist::{Enlisted, Row, enlist};
pub use propose::propose;
pub use standing::standing;
pub use undo::{forget_former, propose_undo, undo};

/// Changes a conference file that its editor has seen.
///
/// # Errors
/// If it has changed since, an edit cannot be made, the file would have more errors than before, or it cannot be written. Nothing
/// is written then.
pub fn amend(file: impl AsRef<Path>, seen: &Hash, edits: &[Edit]) -> Result<Saved, Unamended> {
    let amendment = Amendment { edits: edits.to_vec(), seen: Some(*seen), borough: None };
    let proposed = propose(file, &amendment)?;
    if proposed.worse.has_errors() { Err(Unamended::Worse(Box::new(proposed))) } else { proposed.save() }
}
