//! A run of letters by the thousand on a record: each line counts by itself, so that a stopped run can be resumed.
//!
//! In: sealed files from many workers, and their lines in the order of the rows. Out: groups of lines in the log, each
//! synced before its files get their names.
//!
//! Workers write their files into the stage side by side; one committer takes them in order, a group at a time. A small
//! copy of the earlier record is kept separately, so that no worker waits for another to read it.
//!
//! Deliberately absent: rows, words and layout (`batch`).

mod addressed;
mod held;
mod letters;
mod line;
mod places;
mod room;
mod write;

pub use super::state::RunState;
pub use addressed::{Addressed, addressed, proofs};
pub use held::{Held, ReleasedFiles};
pub use letters::{Letters, Which};
pub use line::{Claim, Line};
pub use places::{PROOFS, has_record, is_as_made, prefix};
pub use room::{Proof, release_stopped};
