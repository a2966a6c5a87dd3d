//! What a release before has settled for the runs that follow it.

use crate::records::run::ReleasedFiles;

/// What earlier runs in a folder settled.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// If letters are released: which of them went into which file of many.
    pub files: Option<ReleasedFiles>,
}
