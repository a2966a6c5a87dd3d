//! The words of the page itself. All others are the paper's.

/// The first link of a page.
pub const SKIP: &str = "Skip to the text";
/// A row to fill in, in the name of each of its fields.
pub const ROW: &str = "row";
