//! Assembles the text of a page from the strings that are drawn.
//!
//! In: shown strings and their positions. Out: one text as drawn, one as read aloud where the two differ, and one with
//! right-to-left runs in logical order where there are any. Deliberately absent: whether anybody can see it.
//!
//! A line feed means that the text continues elsewhere, with or without a space between the two parts.
//!
//! Typst draws Arabic and Hebrew from left to right in visual order, in `/ReversedChars` (ISO 32000-1 §14.8.2.3.3): the
//! last letter of a line comes first. Such runs are reversed here, whole runs at a time, because the words of a run are
//! in that order too.

/// A place on the page and a direction: the matrix of ISO 32000-1 §8.3.3.
pub type Matrix = [f64; 6];

/// The matrix that applies `first` and then `second`.
pub fn times(first: &Matrix, second: &Matrix) -> Matrix {
    let row = |at: usize, column: usize| first[at] * second[column] + first[at + 1] * second[column + 2];
    [row(0, 0), row(0, 1), row(2, 0), row(2, 1), row(4, 0) + second[4], row(4, 1) + second[5]]
}

/// The texts of one page.
#[derive(Default)]
pub struct PageText {
    drawn: String,
    /// The text for a screen reader: `/ActualText` in place of the text that it replaces.
    read: String,
    /// Whether the two differ.
    replaced: bool,
    at: Option<Matrix>,
    /// Whether the next string starts at another position.
    moved: bool,
    /// The strings with their places, if they are asked for.
    pieces: Option<Vec<Piece>>,
}

/// A text that is drawn in one go, and the place of its first letter on the page, in points from below.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// From the left edge.
    pub x: f64,
    /// Of the line that it stands on, from the lower edge.
    pub y: f64,
    /// The text.
    pub text: String,
}

impl PageText {
    /// A text that keeps the place of each string.
    pub fn with_places() -> Self {
        Self { pieces: Some(Vec::new()), ..Self::default() }
    }

    /// The strings with their places; empty unless they were asked for.
    pub fn pieces(self) -> Vec<Piece> {
        self.pieces.unwrap_or_default()
    }

    /// Notes that the next string starts at another position.
    pub fn moved(&mut self) {
        self.moved = true;
    }

    /// Notes the position of the next string. `size` is in the units of the matrix.
    pub fn place(&mut self, at: Matrix, size: f64) {
        if !std::mem::take(&mut self.moved) {
            return;
        }
        let same = self.at.is_some_and(|last| one_line(&last, &at, size));
        self.at = Some(at);
        if let Some(pieces) = &mut self.pieces {
            pieces.push(Piece { x: at[4], y: at[5], text: String::new() });
        }
        if !self.drawn.is_empty() {
            self.both(if same { "\n" } else { LINE });
        }
    }

    /// Notes that there may be a space here.
    pub fn gap(&mut self) {
        self.both("\n");
    }

    /// Adds a part of the shown string.
    pub fn show(&mut self, text: &str, replaced: bool) {
        push(&mut self.drawn, text);
        if let Some(piece) = self.pieces.as_mut().and_then(|pieces| pieces.last_mut()) {
            push(&mut piece.text, text);
        }
        if !replaced {
            push(&mut self.read, text);
        }
    }

    /// Adds a text that replaces the one shown next.
    pub fn replace(&mut self, text: &str) {
        self.replaced = true;
        push(&mut self.read, text);
    }

    fn both(&mut self, text: &str) {
        self.drawn.push_str(text);
        self.read.push_str(text);
    }

    /// The distinct texts.
    pub fn finish(self) -> Vec<String> {
        let mut texts = vec![self.drawn];
        if self.replaced {
            texts.push(self.read);
        }
        let logical: Vec<String> =
            texts.iter().filter(|t| t.chars().any(is_rtl)).map(|t| in_logical_order(t)).collect();
        texts.extend(logical);
        texts.retain(|text| !text.trim().is_empty());
        texts.iter().map(|text| text.replace(LINE, "\n")).collect()
    }
}

/// Separates the lines of a text; a line feed alone separates the strings of one line.
const LINE: &str = "\n\u{B}\n";

/// Whether two positions are on one line: the second is off the first one's baseline by less than half the size.
fn one_line(last: &Matrix, next: &Matrix, size: f64) -> bool {
    let [a, b, ..] = *last;
    let length = a.hypot(b);
    let off = ((next[4] - last[4]) * b - (next[5] - last[5]) * a) / length;
    off.abs() < size.abs() * length / 2.0
}

/// Right-to-left glyphs come in the order in which they are drawn. A glyph of several letters has them in logical
/// order, so they are reversed here, and reversing the whole run puts them right again.
fn push(out: &mut String, text: &str) {
    if text.len() > 2 && text.chars().any(is_rtl) {
        out.extend(text.chars().rev());
    } else {
        out.push_str(text);
    }
}

/// Whether a character is Hebrew, Arabic or a neighbour of theirs, including presentation forms.
fn is_rtl(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}')
}

fn in_logical_order(text: &str) -> String {
    text.split(LINE).map(reversed).collect::<Vec<_>>().join(LINE)
}

/// Reverses the runs of a line that start and end with a right-to-left letter, but not the numbers in them.
fn reversed(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut run: Vec<char> = Vec::new();
    for c in line.chars() {
        if is_rtl(c) || !run.is_empty() && !c.is_alphabetic() {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut out);
    out
}

fn flush(run: &mut Vec<char>, out: &mut String) {
    let end = run.iter().rposition(|c| is_rtl(*c)).map_or(0, |last| last + 1);
    let after = run.split_off(end);
    run.reverse();
    for digits in run.chunk_by(|a, b| a.is_numeric() && b.is_numeric()) {
        let number = digits[0].is_numeric();
        if number { out.extend(digits.iter().rev()) } else { out.extend(digits) }
    }
    out.extend(after);
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hebrew_that_was_drawn_from_the_left_is_read_from_the_right() {
        assert_eq!(reversed("Dr (דוד-ןב םירמ 12) and"), "Dr (מרים בן-דוד 12) and");
        assert_eq!(reversed("ב 21 א"), "א 21 ב");
    }

    #[test]
    fn a_glyph_of_two_letters_keeps_their_order_when_its_run_is_turned() {
        let mut text = PageText::default();
        text.show("م", false);
        text.show("لا", false);
        text.show("س", false);
        assert_eq!(text.finish()[1], "سلام");
    }

    #[test]
    fn a_replacement_is_read_in_the_flow_and_what_is_drawn_stays_too() {
        let mut text = PageText::default();
        text.show("Ka", false);
        text.replace("i");
        text.show("l", true);
        text.show(" M", false);
        assert_eq!(text.finish(), ["Kal M", "Kai M"]);
    }

    #[test]
    fn a_step_off_the_line_starts_a_new_one_and_a_raised_letter_does_not() {
        let at = |x, y| [1.0, 0.0, 0.0, -1.0, x, y];
        assert!(one_line(&at(0.0, 100.0), &at(50.0, 103.0), 10.0));
        assert!(!one_line(&at(0.0, 100.0), &at(0.0, 112.0), 10.0));
    }
}
