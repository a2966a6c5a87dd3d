//! The lines of a text, found once for all the diagnostics that point into it.
//!
//! In: a text, and a byte of it. Out: the line there.
//!
//! Deliberately absent: drawing.

use std::collections::BTreeMap;

/// A text, and where its lines start.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

/// One of the lines.
pub struct Line<'t> {
    /// Its number, from 1.
    pub number: usize,
    /// Its first byte in the text.
    pub start: usize,
    /// Its text, without what ends it.
    pub text: &'t str,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    pub fn of(text: &'t str) -> Self {
        let feeds = memchr::memchr_iter(b'\n', text.as_bytes()).map(|feed| feed + 1);
        Self { text, starts: std::iter::once(0).chain(feeds).collect() }
    }

    /// Finds those of every text, by the name of its file.
    pub fn of_all(texts: &'t BTreeMap<String, String>) -> BTreeMap<&'t str, Self> {
        texts.iter().map(|(file, text)| (file.as_str(), Self::of(text))).collect()
    }

    /// The whole text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// The line that a byte is in; the last for one behind the end.
    pub fn at(&self, offset: usize) -> Line<'t> {
        let number = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[number - 1];
        let end = self.starts.get(number).map_or(self.text.len(), |next| next - 1);
        let text = &self.text[start..end];
        Line { number, start, text: text.strip_suffix('\r').unwrap_or(text) }
    }

    /// Line and column of a byte, both from 1; the column counts characters.
    pub fn place(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.at(offset);
        (line.number, self.text[line.start..offset].chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn a_byte_is_in_the_line_that_starts_before_it() {
        let lines = Lines::of("a\n\nbc\n");
        let at = |offset: usize| (lines.at(offset).number, lines.at(offset).text);
        assert_eq!(
            [0, 1, 2, 3, 5, 6, 99].map(at),
            [(1, "a"), (1, "a"), (2, ""), (3, "bc"), (3, "bc"), (4, ""), (4, "")]
        );
        assert_eq!(Lines::of("").at(0).number, 1);
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(Lines::of("a\nŒz: b").place(5), (2, 3));
        assert_eq!(Lines::of("a\nŒz: b").place(3), (2, 1), "in the middle of a character");
    }
}
