//! Writers of a [`Document`](crate::doc::Document), one per format. Siblings know nothing of one another.
//!
//! A writer sees the tree, the brand and the metadata, and never a conference.

pub mod brand;
pub mod html;
pub mod markdown;
pub mod pdf;
pub mod text;
