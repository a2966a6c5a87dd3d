//! Words as the standard has them (ODF 1.2 part 1, §6.1.2): a reader drops spaces at the ends of a paragraph and those that follow
//! others, and takes tabs and ends of lines for spaces. So each of those is an element.
//!
//! In: words. Out: characters and elements in the element that is open, from which a reader gets the same words.

use crate::render::xml::Xml;

/// Writes words.
pub fn write(xml: &mut Xml, words: &str) {
    let mut rest = words;
    let mut is_first = true;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            ' ' => rest.find(|c| c != ' ').unwrap_or(rest.len()),
            '\t' | '\n' | '\r' => 1,
            // One space between two words is itself.
            _ => plain_end(rest),
        };
        match first {
            ' ' => spaces(xml, end),
            '\t' => xml.leaf("text:tab", &[]),
            '\n' | '\r' => xml.leaf("text:line-break", &[]),
            _ => xml.words(&rest[..end]),
        }
        rest = &rest[end..];
        is_first = false;
    }
    // An element with no words is no less an element.
    if is_first {
        xml.words("");
    }
}

/// Where the words end that stand as they are.
fn plain_end(words: &str) -> usize {
    let bytes = words.as_bytes();
    let is_plain = |i: usize| match bytes[i] {
        b' ' => bytes.get(i + 1).is_some_and(|next| !matches!(next, b' ' | b'\t' | b'\n' | b'\r')),
        b'\t' | b'\n' | b'\r' => false,
        _ => true,
    };
    (0..bytes.len()).find(|i| !is_plain(*i)).unwrap_or(bytes.len())
}

fn spaces(xml: &mut Xml, count: usize) {
    if count == 1 {
        xml.leaf("text:s", &[]);
    } else {
        xml.leaf("text:s", &[("text:c", &count.to_string())]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_that_a_reader_would_drop_are_elements() {
        for (words, written) in [
            ("one two", "one two"),
            (" a  b ", "<text:s/>a<text:s text:c=\"2\"/>b<text:s/>"),
            ("a\tb\nc", "a<text:tab/>b<text:line-break/>c"),
            ("a \tb", "a<text:s/><text:tab/>b"),
            ("   ", "<text:s text:c=\"3\"/>"),
            ("", ""),
            ("王小明 é", "王小明 é"),
        ] {
            let mut xml = Xml::fragment();
            write(&mut xml, words);
            assert_eq!(String::from_utf8(xml.finish()).expect("it is UTF-8"), written, "{words:?}");
        }
    }
}
