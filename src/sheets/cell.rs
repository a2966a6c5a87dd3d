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
}

impl Spoiled {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Date, "\u{1A}\u{1}"),
        (Self::Error, "\u{1A}\u{2}"),
        (Self::Formula, "\u{1A}\u{3}"),
        (Self::Format, "\u{1A}\u{4}"),
        (Self::Broken, "\u{1A}\u{5}"),
        (Self::Covered, "\u{1A}\u{6}"),
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
        }
    }

    /// What to do.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Date | Self::Format | Self::Broken => "format the cell as text and type it again",
            Self::Error => "correct the formula, or format the cell as text and type it again",
            Self::Formula => "open the file in a spreadsheet, save it, and give it again",
            Self::Covered => "unmerge the cells, and delete what does not belong there",
        }
    }
}

/// Whether a text is what a spreadsheet shows where it can show no value, as it writes it into a CSV: an error, a row of
/// `#` where the column was too narrow, or a long number with most of its digits gone.
pub fn is_not_text_anyway(text: &str) -> Option<Spoiled> {
    let text = text.trim();
    match text.as_bytes() {
        [b'#', rest @ ..] => {
            let narrow = rest.len() >= 2 && rest.iter().all(|b| *b == b'#');
            (narrow || ERRORS.contains(&text)).then_some(Spoiled::Error)
        }
        [b'E', b'r', b'r', b':', digits @ ..] => {
            (digits.len() == 3 && digits.iter().all(u8::is_ascii_digit)).then_some(Spoiled::Error)
        }
        [b'0'..=b'9', ..] if text.contains("E+") => {
            let (digits, power) = text.split_once("E+")?;
            let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            let digits = digits.replacen(['.', ','], "", 1);
            // `3E+2` might be the number of a door; `4.47700E+11` was a telephone number.
            (number(&digits) && number(power) && power.len() >= 2 && digits.len() >= 2).then_some(Spoiled::Format)
        }
        _ => None,
    }
}

/// The errors of spreadsheets (ECMA-376 part 1 §18.18.11 and later ones), and of `LibreOffice`.
const ERRORS: &[&str] = &[
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#BUSY!",
    "#UNKNOWN!",
    "#EXTERNAL!",
    "#PYTHON!",
    "#ERROR!",
];

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
    }

    #[test]
    fn what_a_spreadsheet_shows_instead_of_a_value_is_no_text() {
        for error in ["#N/A", " #REF! ", "#SPILL!", "Err:502", "########", "###"] {
            assert_eq!(is_not_text_anyway(error), Some(Spoiled::Error), "{error}");
        }
        for lost in ["4.47700E+11", "1E+12".replace('1', "12").as_str(), "2,08E+10"] {
            assert_eq!(is_not_text_anyway(lost), Some(Spoiled::Format), "{lost}");
        }
        for text in
            ["", "#1", "#4 Mill Lane", "# 12", "Errol", "Err:", "3E+2", "12 E+ House", "Flat 2E", "1.5", "E20 9ZZ"]
        {
            assert_eq!(is_not_text_anyway(text), None, "{text}");
        }
    }
}
