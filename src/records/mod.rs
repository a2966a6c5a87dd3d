//! What went to whom: one record for each conference, and every verb that writes into its folder.
//!
//! In: checked data and a folder. Out: papers and the lines that say so, whole or not at all, whatever ends the program.
//!
//! The log (`record.jsonl`) is the only truth: a folder's state is what its lines add up to, and registers are made from it.
//! Deliberately absent: making a paper in any other way than `jobs` does, the clock, and names of readers in the log.

mod build;
mod commit;
pub mod event;
mod folder;
mod fork;
mod log;
pub mod merge;
mod names;
mod numbering;
mod numbers;
pub mod ranges;
mod record;
mod register;
mod release;
mod report;
pub mod run;
mod share;
mod signoff;
mod state;
mod upgrade;
mod verify;

pub use build::{Delivered, Delivery, Edited, Left, Stale, Untouched, deliver, source};
pub use release::{Release, Released, release};
pub use share::shares;
pub use signoff::{SignOff, ensure_second_person, last_day};
pub use state::PaperStatus;
pub use verify::{RunVerdict, Verdict, verify};
