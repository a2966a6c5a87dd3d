//! What a workbook has of its council.

use crate::model::borough::DecisionOption;
use crate::model::conference::AgendaPoint;

/// What a workbook has of its council.
#[derive(Debug, Clone, Default)]
pub struct Council {
    /// The council's usual agenda, for a conference without one of its own.
    pub agenda: Vec<AgendaPoint>,
    /// The decisions that a conference may take.
    pub options: Vec<DecisionOption>,
    /// How many empty rows a sheet has for more.
    pub spare: u32,
}
