//! The record of what went to whom, one for each conference, and every verb that writes into its folder.
//!
//! In: checked data and a folder. Out: papers with their lines, whole or not at all, however the program ends.
//!
//! The log (`record.jsonl`) is the only truth: its lines add up to a folder's state, and registers are made from it.
//! Deliberately absent: making a paper in any other way than `jobs` does, the clock, and names of readers in the log.

mod about;
mod another;
mod build;
mod checkoff;
mod commit;
mod delivered;
mod dispose;
mod elsewhere;
mod enclosed;
pub mod event;
mod fields;
mod folder;
mod fork;
mod happened;
mod index;
mod kept;
mod listing;
mod log;
mod looked;
mod lost;
pub mod merge;
mod missing;
mod moved;
mod names;
mod notes;
mod numbering;
mod numbers;
mod overview;
mod paper_status;
mod picked;
pub mod ranges;
mod reading;
mod record;
mod register;
mod release;
mod remade;
mod report;
mod rows;
pub mod run;
mod sending;
mod share;
mod signoff;
mod since;
mod state;
mod table;
mod take_in;
#[cfg(test)]
mod tests;
mod upgrade;
mod upgraded;
#[cfg(test)]
mod verbs_tests;
mod verify;
mod versions;
mod whom;
mod withdraw;
mod writing;

pub use build::{deliver, source};
pub use checkoff::{CheckOff, CheckedOffPapers, check_off};
pub use delivered::{Delivered, Delivery, Edited, Left, Stale, Untouched};
pub use dispose::{Disposal, Disposing, dispose};
pub use elsewhere::{elsewhere, ensure_no_other_record, out_for};
pub use event::Channel;
pub use happened::standing;
pub use listing::{FileRow, Listing, RunFile, listing, recorded_file};
pub use looked::{LookBehind, look_behind};
pub use lost::{Losing, LostFiles, lose};
pub use numbering::with_recorded_numbers;
pub use overview::{Overview, Question, overview};
pub use register::harmless;
pub use release::{Release, Released, release};
pub use rows::{DisposedRow, LostRow, PaperRow, SentRow, SignedRow, WithdrawnRow};
pub use sending::{Sending, SentPapers, full_name, sent};
pub use share::{released_numbers, shares};
pub use signoff::{Days, SignOff, ensure_second_person, last_day};
pub use state::PaperStatus;
pub use table::{as_table, sendings_in_words};
pub use take_in::{TakenIn, take_in};
pub use upgraded::{Upgraded, upgrade};
pub use verify::{RunVerdict, Verdict, WrittenDown, ensure_grew_out_of, verify};
pub use whom::Whom;
pub use withdraw::{Rejoined, TheirFiles, Withdraw, Withdrew, rejoin, withdraw};
pub use writing::{Noted, PapersOf, papers_of, papers_to_read};
