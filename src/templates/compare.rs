//! Compares two texts, line by line and within a line word by word.

use similar::{ChangeTag, TextDiff};

/// The text that a line comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiffSide {
    /// Both, as context.
    Both,
    /// Only the old one.
    Old,
    /// Only the new one.
    New,
    /// Neither: it marks lines of both that are left out.
    Gap,
}

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    /// The text that it comes from.
    pub side: DiffSide,
    /// Its parts, each with whether it has changed.
    pub parts: Vec<(bool, String)>,
}

impl DiffLine {
    /// The words of the line.
    pub fn text(&self) -> String {
        self.parts.iter().map(|(_, text)| text.as_str()).collect()
    }
}

/// The differences, each with a line of context. Empty if the texts are the same.
pub fn lines(old: &str, new: &str) -> Vec<DiffLine> {
    let diff = TextDiff::from_lines(old, new);
    let mut found = Vec::new();
    for (i, group) in diff.grouped_ops(1).iter().enumerate() {
        if i > 0 {
            found.push(DiffLine { side: DiffSide::Gap, parts: Vec::new() });
        }
        for change in group.iter().flat_map(|op| diff.iter_inline_changes(op)) {
            let side = match change.tag() {
                ChangeTag::Equal => DiffSide::Both,
                ChangeTag::Delete => DiffSide::Old,
                ChangeTag::Insert => DiffSide::New,
            };
            let parts = change.iter_strings_lossy();
            let parts = parts.map(|(moved, text)| (moved, text.trim_end_matches('\n').to_owned()));
            found.push(DiffLine { side, parts: parts.filter(|(_, text)| !text.is_empty()).collect() });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_moved_is_marked_within_its_line() {
        let found = lines("same\nwe meet on Monday\n", "same\nwe meet on Friday\n");
        assert_eq!(found.iter().map(|l| l.side).collect::<Vec<_>>(), [DiffSide::Both, DiffSide::Old, DiffSide::New]);
        assert!(found[2].parts.contains(&(true, "Friday".to_owned())), "{found:?}");
        assert!(lines("same\n", "same\n").is_empty());
    }
}
