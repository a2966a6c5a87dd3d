//! A slip of the hand that makes a text something other than YAML, in plain words.
//!
//! In: what a scanner of the text has found. Out: [`Slip`], with the place of the slip itself and what to do about it.
//!
//! Deliberately absent: scanning.

use std::ops::Range;

/// A slip of the hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// The message, without any value of the file.
    pub message: String,
    /// The hint.
    pub hint: &'static str,
}

/// How a text with something in it that YAML takes for its own is written.
pub const QUOTE_IT: &str = "put quotes around the whole text";

impl Slip {
    fn new(at: Range<usize>, message: impl Into<String>, hint: &'static str) -> Self {
        Self { at, message: message.into(), hint }
    }

    /// A bracket without its other half.
    pub fn unclosed(at: usize, bracket: char) -> Self {
        let hint = if bracket == '{' {
            "write `}` after its last field; on a line with several, each needs its own"
        } else {
            "write `]` after its last entry"
        };
        Self::new(at..at + 1, format!("this `{bracket}` is not closed"), hint)
    }

    /// A closing bracket without its other half.
    pub fn closes_nothing(at: usize, bracket: char) -> Self {
        let hint = "take it out, or put quotes around a text with a bracket in it";
        Self::new(at..at + 1, format!("this `{bracket}` closes nothing"), hint)
    }

    /// A text that starts with a bracket, as `[sic] gate`.
    pub fn starts_with_bracket(at: usize, bracket: char) -> Self {
        Self::new(at..at + 1, format!("a text that starts with `{bracket}` needs quotes"), QUOTE_IT)
    }

    /// A bracket inside a text inside braces.
    pub fn bracket_in_text(at: usize, bracket: char) -> Self {
        Self::new(at..at + 1, format!("inside `{{ }}` and `[ ]` a text with `{bracket}` needs quotes"), QUOTE_IT)
    }

    /// An entry that another follows without a comma.
    pub fn no_comma(at: usize) -> Self {
        let hint =
            "write a comma between two fields or entries; a text with quotation marks inside needs others around it";
        Self::new(at..at + 1, "there is no comma before this", hint)
    }

    /// Another colon in a text without quotes.
    pub fn second_colon(at: usize) -> Self {
        Self::new(at..at + 1, "this line has a second `: `", "put quotes around a text that contains `: `")
    }

    /// A colon in a text that goes on from the line above.
    pub fn colon_further_down(at: usize) -> Self {
        let hint = "put quotes around the whole text, from its first line to its last";
        Self::new(at..at + 1, "a text that contains `: ` needs quotes", hint)
    }

    /// A line that starts at a column where nothing of its group does.
    pub fn indented(at: usize) -> Self {
        let hint = "give the fields of one group the same indentation";
        Self::new(at..at + 1, "this line is not indented like its neighbours", hint)
    }

    /// A line that is indented with a tab.
    pub fn tab(at: usize) -> Self {
        Self::new(at..at + 1, "this line is indented with a tab", "indent with spaces")
    }

    /// A quotation mark without its other half.
    pub fn open_quote(at: usize, mark: char) -> Self {
        let hint = if mark == '\'' {
            "write `'` at the end of the text; a text that starts with an apostrophe needs `\"` around it"
        } else {
            "write `\"` at the end of the text"
        };
        Self::new(at..at + 1, "this quotation mark is not closed", hint)
    }

    /// Text after a closing quotation mark.
    pub fn after_quote(at: usize, mark: char) -> Self {
        let hint = if mark == '\'' {
            "put `\"` around the whole text instead of `'`, which ends it where it has an apostrophe"
        } else {
            "put quotes around the whole text: `'…'` where `\"` is in it"
        };
        Self::new(at..at + 1, "text follows a closing quotation mark", hint)
    }

    /// A remark that keeps a bracket from being closed.
    pub fn remark_in_brackets(at: usize, bracket: char) -> Self {
        let hint = "put quotes around a text that contains ` #`; a remark belongs after the closing bracket";
        Self::new(at..at + 1, format!("what follows ` #` is not read, so the `{bracket}` is not closed"), hint)
    }

    /// A remark in the middle of a text of several lines.
    pub fn remark_in_text(at: usize) -> Self {
        let hint = "put quotes around the whole text, or write the remark on a line above it";
        Self::new(at..at + 1, "what follows ` #` is not read, and the text goes on below", hint)
    }

    /// A remark as other languages write it.
    pub fn foreign_remark(at: usize) -> Self {
        Self::new(at..at + 1, "this line is no field", "a remark starts with `# `")
    }

    /// A line without a colon among fields.
    pub fn no_colon(at: usize) -> Self {
        let hint = "write `name: value`; a text of several lines is indented below its field";
        Self::new(at..at + 1, "there is no `: ` in this line", hint)
    }

    /// A colon that a value follows at once.
    pub fn no_space(at: usize) -> Self {
        Self::new(at..at + 1, "there is no space after this colon", "write `name: value`, with a space")
    }

    /// A dash that an entry follows at once.
    pub fn no_space_after_dash(at: usize) -> Self {
        Self::new(at..at + 1, "there is no space after this `-`", "write `- ` before each entry of a list")
    }

    /// A text that starts with the mark of a text of several lines.
    pub fn starts_with_mark(at: usize, mark: char) -> Self {
        Self::new(at..at + 1, format!("a text that starts with `{mark}` needs quotes"), QUOTE_IT)
    }
}
