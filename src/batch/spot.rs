//! Where a person of a run stands, for messages.

use crate::model::listed::Listed;

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
