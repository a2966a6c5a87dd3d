//! Why a workbook cannot be read.
//!
//! In: what a reader ran into. Out: the error for its owner, without its place.

use super::budget::Over;
use super::stranger::Stranger;
use crate::diag::{Diagnostic, codes};

/// The reason why a workbook cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is damaged; the text is the library's.
    Broken(String),
    /// It would cost more than any list does.
    Over(Over),
    /// It is something else.
    Stranger(Stranger),
}

impl Unfit {
    /// Damaged, in the words of a library.
    pub fn broken(error: impl std::fmt::Display) -> Self {
        Self::Broken(error.to_string())
    }

    /// The error, with a hint.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            Unfit::Broken(why) => Diagnostic::error(codes::DAMAGED, "this workbook cannot be read")
                .hint("save it again as XLSX, ODS or CSV, without a password")
                .note(why.clone()),
            Unfit::Over(over) => over.diagnostic(),
            Unfit::Stranger(stranger) => stranger.diagnostic(),
        }
    }
}

impl From<Over> for Unfit {
    fn from(over: Over) -> Self {
        Unfit::Over(over)
    }
}
