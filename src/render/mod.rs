//! Writers of a [`Document`](crate::doc::Document), one per format. Siblings know nothing of one another.
//!
//! A writer sees the tree, the brand and the metadata, and never a conference. What several of them stand on lies below them
//! and knows none of them: the brand, the outline, where links may go, the direction of words, fonts that are cut, XML,
//! archives, what a paper is in any office program, and what a format could not show.

mod archive;
pub mod brand;
mod cut;
mod direction;
pub mod docx;
pub mod html;
mod lost;
pub mod markdown;
pub mod odt;
mod office;
mod outline;
pub mod pdf;
pub mod picture;
mod target;
pub mod text;
mod xml;

pub use lost::{Lost, Written};
