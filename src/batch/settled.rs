//! What an earlier release has settled for the runs that follow it.

use crate::records::run::ReleasedFiles;

/// What earlier runs in a folder have settled.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// The released letters of each bundle. `None` if no letters are released.
    pub files: Option<ReleasedFiles>,
}
