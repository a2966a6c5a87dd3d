//! What a paper is made for: the front matter of its template.

use serde::Deserialize;

use super::Audience;
use crate::doc::Layout;

/// One kind of paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Artefact {
    /// Its short title, which stands in the foot of every page.
    pub title: String,
    /// What it is for, in a line.
    pub purpose: String,
    /// For what one of them is made.
    pub each: Each,
    /// How its pages are laid out.
    pub layout: Layout,
    /// For whom it is made.
    pub audiences: Vec<Audience>,
    /// In which formats it is made unless somebody asks for others.
    pub formats: Vec<Format>,
    /// The file's name, without its ending. `{reference}`, `{name}` and `{organisation}` are filled in.
    pub file: String,
    /// Whether it is a draft until somebody approves it, as minutes are. Default: no.
    #[serde(default)]
    pub draft: bool,
}

/// For what one paper of a kind is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Each {
    /// One for the conference and audience.
    Conference,
    /// One for each invitee.
    Invitee,
    /// One for each organisation that takes part, other than the council.
    Organisation,
}

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// PDF/UA-1 and PDF/A-2a.
    Pdf,
    /// Markdown.
    Md,
    /// Plain text.
    Txt,
}

impl Format {
    /// Every format, by the ending of its files.
    pub const ALL: [Format; 3] = [Format::Pdf, Format::Md, Format::Txt];

    /// The ending of its files, which is also its name on the command line.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Md => "md",
            Format::Txt => "txt",
        }
    }
}
