//! The words of a paper with what stands around them: in one language, and in all of its languages.
//!
//! Deliberately absent: making them.

use crate::doc::{Block, Pen};
use crate::model::language::Language;
use crate::words::Running;

/// The words of a paper, and what stands at the head of its pages.
pub(super) struct Marked<'p> {
    pub blocks: Vec<Block>,
    pub running: Running,
    pub marking: &'p str,
    pub pen: Option<Pen>,
}

/// A paper with what runs from page to page, in all its languages.
pub(super) struct Spoken {
    /// The language that it begins with.
    pub language: Language,
    /// Its blocks; those in another language stand in a block that says so.
    pub blocks: Vec<Block>,
    /// The words around them.
    pub running: Running,
    /// What is said of places to write in.
    pub pen: Option<Pen>,
    /// The marking.
    pub marking: String,
}
