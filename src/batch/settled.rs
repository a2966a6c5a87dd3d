//! The results of an earlier release, which later runs must keep.

use crate::records::run::ReleasedFiles;

/// The results of earlier runs in a folder that must stay.
#[derive(Debug, Clone, Default)]
pub struct Settled {
    /// The released letters of each bundle. `None` if no letters are released.
    pub files: Option<ReleasedFiles>,
}
