//! The lines of a text, and how they end.
//!
//! In: a text and bytes of it. Out: other bytes of it.

use std::ops::Range;

/// The start of the line of a byte.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The end of the line of a byte, before what ends it.
pub fn content_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    if text[at..end].ends_with('\r') && end < text.len() { end - 1 } else { end }
}

/// The end of the line whose content ends at a byte, after what ends it.
pub fn line_end(text: &str, content_end: usize) -> usize {
    content_end + ending(&text[content_end..]).map_or(0, str::len)
}

/// What ends a line, if a text begins with it.
fn ending(text: &str) -> Option<&'static str> {
    ["\r\n", "\n"].into_iter().find(|end| text.starts_with(end))
}

/// How lines end near a byte: as its own line does, or else the one before.
pub fn ending_near(text: &str, at: usize) -> &'static str {
    let before = |text: &str| if text.ends_with('\r') { "\r\n" } else { "\n" };
    let own = ending(&text[content_end(text, at)..]);
    own.unwrap_or_else(|| text[..at].rfind('\n').map_or("\n", |end| before(&text[..end])))
}

/// What stands before a byte on its line, if that is only space.
pub fn indent(text: &str, at: usize) -> Option<&str> {
    let before = &text[line_start(text, at)..at];
    before.bytes().all(|byte| byte == b' ' || byte == b'\t').then_some(before)
}

/// The column of a byte.
pub fn column(text: &str, at: usize) -> usize {
    at - line_start(text, at)
}

/// The bytes of whole lines, from that of one byte to that of another, with what ends the last of them. At the end of a text
/// whose last line does not end, what ends the line before goes too.
pub fn whole_lines(text: &str, from: usize, to: usize) -> Range<usize> {
    let (start, content) = (line_start(text, from), content_end(text, to));
    let end = line_end(text, content);
    if end > content || start == 0 {
        return start..end;
    }
    let before = text[..start].strip_suffix('\n').map_or(start, |rest| rest.strip_suffix('\r').unwrap_or(rest).len());
    before..end
}

/// The place of further lines after that of a byte, and their text.
pub fn lines_after(text: &str, at: usize, lines: &[String]) -> (usize, String) {
    let content = content_end(text, at);
    let end = line_end(text, content);
    let ending = ending_near(text, at);
    let written = |line: &String| if end > content { format!("{line}{ending}") } else { format!("{ending}{line}") };
    (end, lines.iter().map(written).collect())
}

/// The length of a text without the empty lines at its end, and without what ends its last line.
pub fn without_blank_lines(text: &str) -> usize {
    content_end(text, text.trim_end_matches(['\n', '\r', ' ', '\t']).len())
}
