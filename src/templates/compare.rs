//! What moved between two texts, line by line and within a line word by word.

use similar::{ChangeTag, TextDiff};

/// Which text a line stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In both: shown so that the others are found.
    Both,
    /// Only in the old one.
    Old,
    /// Only in the new one.
    New,
    /// In neither: some lines that are in both are left out.
    Gap,
}

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it stands.
    pub side: Side,
    /// Its parts, each with whether it is what moved.
    pub parts: Vec<(bool, String)>,
}

impl Line {
    /// The words of the line.
    pub fn text(&self) -> String {
        self.parts.iter().map(|(_, text)| text.as_str()).collect()
    }
}

/// What differs, with a line of what is around it. Nothing if the texts are the same.
pub fn lines(old: &str, new: &str) -> Vec<Line> {
    let diff = TextDiff::from_lines(old, new);
    let mut found = Vec::new();
    for (i, group) in diff.grouped_ops(1).iter().enumerate() {
        if i > 0 {
            found.push(Line { side: Side::Gap, parts: Vec::new() });
        }
        for change in group.iter().flat_map(|op| diff.iter_inline_changes(op)) {
            let side = match change.tag() {
                ChangeTag::Equal => Side::Both,
                ChangeTag::Delete => Side::Old,
                ChangeTag::Insert => Side::New,
            };
            let parts = change.iter_strings_lossy();
            let parts = parts.map(|(moved, text)| (moved, text.trim_end_matches('\n').to_owned()));
            found.push(Line { side, parts: parts.filter(|(_, text)| !text.is_empty()).collect() });
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
        assert_eq!(found.iter().map(|l| l.side).collect::<Vec<_>>(), [Side::Both, Side::Old, Side::New]);
        assert!(found[2].parts.contains(&(true, "Friday".to_owned())), "{found:?}");
        assert!(lines("same\n", "same\n").is_empty());
    }
}
