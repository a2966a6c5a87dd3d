//! What a format could not show of a paper. Every word is there in any format; what is lost is how it stood.

/// Something that a format could not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lost {
    /// The page of each section, in the list of contents.
    ContentsPages,
    /// Two parts that stand beside one another and are more than a line.
    SideBySide,
    /// The other side of a card to fold.
    BackOfCard,
    /// Bars and marks that are drawn beside the words of a table.
    DrawnColumns,
}

impl Lost {
    /// What it is, for people.
    pub fn says(self) -> &'static str {
        match self {
            Lost::ContentsPages => "the pages of its list of contents",
            Lost::SideBySide => "what stands side by side",
            Lost::BackOfCard => "the other side of its cards",
            Lost::DrawnColumns => "the drawings in its tables",
        }
    }
}

/// A file, and what could not be shown in it.
#[derive(Debug, Clone)]
pub struct Written {
    /// The bytes of the file.
    pub data: Vec<u8>,
    /// What could not be shown, each once.
    pub lost: Vec<Lost>,
}
