//! A request for papers, and one paper of it.
//!
//! Deliberately absent: which papers are due.

use crate::model::Audience;
use crate::model::artefact::{self, Artefact, OneReader};
use crate::model::language::Language;
use crate::model::people::Format;
use crate::view::Recipient;

/// How many of the papers that are due are made, unless kinds are named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    /// All of them, whether or not anything is recorded of the meeting that they tell of.
    #[default]
    Due,
    /// Those that can be true now: nothing tells of a meeting of which nothing is recorded. Kinds that were made before are
    /// kept up.
    Possible,
    /// Those that the stage of the conference calls for.
    Stage,
}

/// A choice of papers to make. The default is every paper that is due, in its usual formats.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Only these kinds of paper; all if empty.
    pub only: Vec<String>,
    /// In these formats; each paper's usual ones if empty.
    pub to: Vec<artefact::Format>,
    /// Only for these audiences; all if empty.
    pub audiences: Vec<Audience>,
    /// How many of them, if no kinds are named.
    pub reach: Reach,
    /// Whether what everybody in an audience has is made into one file besides.
    pub join: bool,
}

/// The folder of the papers that are for the chair alone.
pub(super) const CHAIR: &str = "chair";

/// One paper to make.
pub(super) struct Job<'c> {
    pub(super) name: &'c str,
    pub(super) artefact: &'c Artefact,
    pub(super) audience: Audience,
    pub(super) recipient: Recipient<'c>,
    /// What a further copy of a paper that everybody has is like, for those who want it so.
    pub(super) copy: Option<PaperCopy>,
}

/// A further copy of a paper that everybody has: in the print size of those who want it, in easy read, in their language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PaperCopy {
    /// The print size, or easy read.
    pub format: Format,
    /// The language, if it is not that of the council's papers.
    pub reads: Option<Language>,
}

impl PaperCopy {
    /// What the name of its file ends with: `large-print`, `cy-20-point`.
    pub fn suffix(self) -> String {
        let format = match self.format {
            Format::Standard => None,
            Format::LargePrint | Format::EasyRead => Some(self.format.id().to_owned()),
            Format::Points(points) => Some(format!("{points}-point")),
        };
        let language = self.reads.map(|language| language.tag().to_owned());
        language.into_iter().chain(format).collect::<Vec<_>>().join("-")
    }
}

impl Job<'_> {
    /// The folder that it lies in: that of its audience, or of its one reader.
    pub(super) fn folder(&self) -> &'static str {
        match self.artefact.reader {
            Some(OneReader::Chair) => CHAIR,
            None => self.audience.id(),
        }
    }
}

/// The audience of whoever reads the papers of a folder. `None` if it is no folder of papers.
pub fn audience_of_folder(folder: &str) -> Option<Audience> {
    // The chair is a professional.
    let chair = (folder == CHAIR).then_some(Audience::Professional);
    chair.or_else(|| Audience::ALL.into_iter().find(|audience| audience.id() == folder))
}
