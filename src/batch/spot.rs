//! Where the person of a letter stands, for messages about it.
//!
//! In: somebody of a list, or an invitee. Out: [`Spot`], which is small enough to be kept for everybody.

use crate::model::listed::Listed;

/// A letter that GOV.UK Notify would reject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The letter's reference.
    pub reference: String,
    /// The reason.
    pub why: &'static str,
    /// The person's row, or their position among the invitees.
    pub spot: Spot,
}

/// Where a person stands: in a row of a list, or among the invitees of the conference file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The sheet, from 0.
    pub sheet: usize,
    /// The row as the spreadsheet counts it.
    pub row: u32,
    /// The position among the invitees, from 0, if they are one of them.
    pub position: Option<usize>,
}

impl Spot {
    /// Where a person stands.
    pub fn of(listed: &Listed) -> Self {
        Self { sheet: listed.sheet, row: listed.row, position: listed.position }
    }
}
