//! Text for a terminal, in colour or not: the lines of a comparison.

use crate::templates::{DiffLine, DiffSide};

/// Colours, or none.
#[derive(Debug, Clone, Copy)]
pub struct Pen {
    colour: bool,
}

impl Pen {
    /// A pen for a terminal that shows colours, or for any other reader.
    pub fn new(colour: bool) -> Self {
        Self { colour }
    }

    /// Text in a style of ECMA-48 §8.3.117, if colours are wanted.
    pub fn styled(self, text: &str, style: &str) -> String {
        if self.colour && !text.is_empty() { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A line of a comparison.
    pub fn line(self, line: &DiffLine) -> String {
        let (mark, plain, moved) = match line.side {
            DiffSide::Both => (' ', "2", "2"),
            DiffSide::Old => ('-', "31", "1;9;31"),
            DiffSide::New => ('+', "32", "1;4;32"),
            DiffSide::Gap => return "    …\n".to_owned(),
        };
        let parts = line.parts.iter().map(|(is_moved, text)| self.styled(text, if *is_moved { moved } else { plain }));
        let line = format!("    {} {}", self.styled(&mark.to_string(), plain), parts.collect::<String>());
        format!("{}\n", line.trim_end())
    }
}
