//! YAML and JSON → any type, with the place of every value and all faults at once.
//!
//! In: a text and the file's name. Out: a value, an [`Index`] with the place of every field, and diagnostics.
//!
//! Deliberately absent: files, and any knowledge of what the type means.

mod alike;
mod block;
mod de;
mod flow;
mod foreign;
mod read;
mod remark;
mod slip;
mod tree;

pub use read::{Index, Reading, read, read_shaped};
pub use tree::{Key, Node, Value};
