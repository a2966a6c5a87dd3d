//! What a cell holds that is no text, although a program could make one of it.
//!
//! In: what a reader found out about a cell. Out: a mark that stands in the cell's place, and what to tell its owner.

/// The first character of every mark (ASCII SUB, which no cell can contain itself).
const MARK: char = '\u{1A}';

/// Why the content of a cell is not what its owner sees, or is no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoiled {
    /// A date or a time, which `3/4` and `1-2` become.
    Date,
    /// An error such as `#N/A`.
    Error,
    /// A formula that nothing has worked out yet.
    Formula,
    /// A number that its format shows as another, or not at all.
    Format,
    /// It points to a text that there is not, or is otherwise not well-formed.
    Broken,
    /// It is covered by another cell that was merged over it.
    Covered,
    /// It is empty, and the text of a row above is shown over it.
    Merged,
}

impl Spoiled {
    const ALL: [(Self, &'static str); 7] = [
        (Self::Date, "\u{1A}\u{1}"),
        (Self::Error, "\u{1A}\u{2}"),
        (Self::Formula, "\u{1A}\u{3}"),
        (Self::Format, "\u{1A}\u{4}"),
        (Self::Broken, "\u{1A}\u{5}"),
        (Self::Covered, "\u{1A}\u{6}"),
        (Self::Merged, "\u{1A}\u{7}"),
    ];

    /// What stands in the cell's place.
    pub fn mark(self) -> &'static str {
        Self::ALL.iter().find(|(spoiled, _)| *spoiled == self).map_or("\u{1A}", |(_, mark)| mark)
    }

    /// Why a cell is spoiled, if it is.
    pub fn of(cell: &str) -> Option<Self> {
        let from = cell.find(MARK)?;
        let known = Self::ALL.iter().find(|(_, mark)| cell[from..].starts_with(mark));
        Some(known.map_or(Self::Broken, |(spoiled, _)| *spoiled))
    }

    /// What is wrong, without the value.
    pub fn message(self) -> &'static str {
        match self {
            Self::Date => "the spreadsheet holds a date or a time here",
            Self::Error => "the spreadsheet holds an error here",
            Self::Formula => "the formula in this cell has not been worked out",
            Self::Format => "the number in this cell is shown otherwise than it is stored",
            Self::Broken => "the content of this cell is damaged",
            Self::Covered => "this cell is covered by another that is merged over it, so nobody sees its content",
            Self::Merged => "this cell is merged with one above it, and only the row above has its text",
        }
    }

    /// What to do.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Date | Self::Format | Self::Broken => "format the cell as text and type it again",
            Self::Error => "correct the formula, or format the cell as text and type it again",
            Self::Formula => "open the file in a spreadsheet, save it, and give it again",
            Self::Covered => "unmerge the cells, and delete what does not belong there",
            Self::Merged => "unmerge the cells, and write the text into each of them",
        }
    }
}

/// The mark of a cell that holds a date or a time, followed by its number: days since 30 December 1899, whatever the
/// workbook counts from. Lists see a spoiled cell; whoever asks for days reads the number.
pub fn dated(days: f64) -> String {
    format!("{}{days}", Spoiled::Date.mark())
}

/// The number of days in a cell that holds a date or a time.
pub fn days_of(cell: &str) -> Option<f64> {
    cell.strip_prefix(Spoiled::Date.mark())?.parse().ok().filter(|days: &f64| days.is_finite())
}

/// What a spreadsheet shows for yes and no.
pub fn truth(value: bool) -> &'static str {
    if value { "TRUE" } else { "FALSE" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_is_known_again_wherever_it_stands() {
        for (spoiled, mark) in Spoiled::ALL {
            assert_eq!(Spoiled::of(mark), Some(spoiled));
            assert_eq!(Spoiled::of(&format!("Ms {mark} A")), Some(spoiled));
            assert_eq!(spoiled.mark(), mark);
        }
        assert_eq!((Spoiled::of("Ms A"), Spoiled::of("a\u{1A}b")), (None, Some(Spoiled::Broken)));
        assert_eq!((Spoiled::of(&dated(46_350.5)), days_of(&dated(46_350.5))), (Some(Spoiled::Date), Some(46_350.5)));
        assert_eq!((days_of("46350"), days_of(Spoiled::Date.mark())), (None, None));
    }
}
