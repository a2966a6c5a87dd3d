//! Where a paper stands between its making and its end.

/// The status of a paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PaperStatus {
    /// No second person has checked it.
    #[default]
    Draft,
    /// A second person has checked it. It no longer changes.
    Released,
    /// A released paper that a later version has replaced.
    Superseded,
    /// A released paper of somebody who no longer takes part.
    Withdrawn,
    /// It was destroyed at the request of its reader. Only the lines of the record are left.
    Erased,
}

impl PaperStatus {
    /// The word in registers and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            PaperStatus::Draft => "draft",
            PaperStatus::Released => "released",
            PaperStatus::Superseded => "superseded",
            PaperStatus::Withdrawn => "withdrawn",
            PaperStatus::Erased => "erased",
        }
    }
}
