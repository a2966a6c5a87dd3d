//! YAML and JSON → any type, with the place of every value and all faults at once.
//!
//! In: a text and the file's name. Out: a value, an [`Index`] with the place of every field, and diagnostics; or the same text
//! with further entries of a list or with edits at field paths, every other byte as it was.
//!
//! Deliberately absent: files, and any knowledge of what the type means.

mod alike;
mod block;
mod cells;
mod de;
mod entries;
mod flow;
mod foreign;
mod index;
mod read;
mod remark;
mod room;
mod slip;
mod splice;
mod tree;
mod write;

pub use cells::{At, Cells};
pub use entries::{Added, Entry, Typed, with_entries};
pub use index::Index;
pub use read::{Reading, Tree, read, read_shaped, read_tree};
pub use room::NoRoom;
pub use splice::{Change, Edit, Unspliced, Why, Written, splice, value_at, written};
pub use tree::{Key, Node, Value, parse};
pub use write::write;
