//! The kinds of file that the gate can read.

use crate::model::artefact::Format;
use crate::model::language::Language;

/// A kind of file that the gate can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// Markdown.
    Md,
    /// Plain text, or a table of it.
    Txt,
    /// HTML.
    Html,
    /// A document for Word (ECMA-376).
    Docx,
    /// An Open Document text (ODF 1.2).
    Odt,
    /// A calendar file (RFC 5545).
    Ics,
    /// A message (RFC 5322).
    Eml,
    /// A source of a theme, or a note beside it.
    Source,
    /// Data (RFC 8259).
    Json,
    /// A font (OpenType).
    Font,
    /// A drawing.
    Svg,
    /// A picture of pixels.
    Png,
}

impl From<Format> for FileKind {
    fn from(format: Format) -> Self {
        match format {
            Format::Pdf => Self::Pdf,
            Format::Md => Self::Md,
            Format::Txt => Self::Txt,
            Format::Html => Self::Html,
            Format::Docx => Self::Docx,
            Format::Odt => Self::Odt,
        }
    }
}

impl FileKind {
    /// The kind of a paper, by its extension. `None` if the gate reads no such papers.
    pub fn of(path: &str) -> Option<Self> {
        match path.rsplit_once('.')?.1 {
            "pdf" => Some(Self::Pdf),
            "md" => Some(Self::Md),
            "txt" | "csv" => Some(Self::Txt),
            "html" | "htm" => Some(Self::Html),
            "docx" => Some(Self::Docx),
            "odt" => Some(Self::Odt),
            "ics" => Some(Self::Ics),
            "eml" => Some(Self::Eml),
            _ => None,
        }
    }
}

/// Whether a value is the tag of a language that we know, as papers have it: with the country whose spelling they take, if
/// there is one.
pub fn is_tag_of_language(value: &str) -> bool {
    Language::all().any(|language| language.with_country() == value)
}
