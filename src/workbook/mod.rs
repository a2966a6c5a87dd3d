//! A conference as a workbook: what a coordinator fills in instead of a file with keys and braces.
//!
//! In: the bytes of an XLSX or ODS. Out: the same tree that a YAML file gives, and the cell of every field in it. And back: a
//! tree as a workbook with drop-downs, notes and print set-up.
//!
//! ```text
//!            plan (sheets, headings, kinds of cells)  ·  terms (her words and the model's)
//!                    │                                             │
//!   tree ─ flat ─▶ rows of texts ─ write ─▶ XLSX        XLSX, ODS ─ sheets ─ read ─▶ rows of texts ─ whole ─▶ tree
//! ```
//!
//! People and organisations stand in it by name, points by number and title, actions by the number of their row. A word that
//! is not known is an error in its cell, above all in the columns that say who may read something.
//!
//! Deliberately absent: rules about conferences, which `check` has; formulas and macros; files.

mod advice;
mod flat;
mod help;
mod nodes;
mod plan;
mod read;
mod reasons;
mod record;
mod terms;
mod write;

pub use advice::of as advice;
pub use flat::flat;
pub use read::{Opened, is_conference, open, read};
pub use reasons::reason;
pub use write::{Council, set_apart, written};

/// The format that is written: which sheets and headings a reader may expect. A later one is refused, an earlier one is read.
pub const FORMAT: u32 = 1;

/// The label of the cell that says which format it is, on the first sheet.
const FORMAT_LABEL: &str = "Workbook format";

/// The first sheet, which is for people.
const HOW_TO: &str = "How to use";

/// The sheet that explains the words of every list.
const WORDS: &str = "Words";
