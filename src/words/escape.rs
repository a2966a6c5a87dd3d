//! Escapes data as Markdown that reads back as exactly the same text.

use std::io::{Result, Write};

use crate::model::text::one_line;

/// Writes a value so that Markdown reads it back as the same text and nothing else.
///
/// `CommonMark` allows every ASCII punctuation character to be escaped (§2.4). Three are written as entities (§2.5)
/// instead, since a table's row is split at `|` before escapes are read, and escapes do not work inside a code span.
/// Line breaks become spaces, so that no value can begin a block.
pub fn markdown(text: &str, out: &mut dyn Write) -> Result<()> {
    let mut rest = one_line(text);
    // Spaces at either end belong to the value: the template puts its own words right beside it.
    if text.starts_with(' ') && !rest.is_empty() {
        rest.insert(0, ' ');
    }
    if text.ends_with(' ') && !rest.is_empty() {
        rest.push(' ');
    }
    let mut start = 0;
    for (i, byte) in rest.bytes().enumerate().filter(|(_, b)| b.is_ascii_punctuation()) {
        out.write_all(&rest.as_bytes()[start..i])?;
        match byte {
            b'|' | b'\\' | b'`' => write!(out, "&#{byte};")?,
            _ => out.write_all(&[b'\\', byte])?,
        }
        start = i + 1;
    }
    out.write_all(&rest.as_bytes()[start..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::doc::{Block, plain};
    use crate::markdown::read;

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        markdown(text, &mut out).expect("a vector takes every byte");
        String::from_utf8(out).expect("escaping keeps UTF-8")
    }

    proptest! {
        #[test]
        fn any_text_reads_back_as_itself_in_a_paragraph_and_in_a_cell(text in "\\PC{1,60}") {
            let text = one_line(&text);
            prop_assume!(!text.is_empty());
            let paragraph = read(&escaped(&text)).expect("escaped text is never a fault");
            prop_assert!(matches!(&paragraph[..], [Block::Paragraph { c }] if plain(c) == text), "{paragraph:?}");
            let table = format!("| H | I |\n|---|---|\n| {0} | {0} |\n", escaped(&text));
            let table = read(&table).expect("escaped text is never a fault");
            prop_assert!(matches!(&table[..], [Block::Table { rows, .. }] if rows.len() == 1 && plain(&rows[0][1]) == text), "{table:?}");
        }
    }
}
