//! What a text in easy read may hold: one idea after the other, each beside a picture or room for one.
//!
//! In: a block of such a text, or a paragraph that begins with a picture: `![A bus](bus.svg)`, then the words under it. Out: an idea,
//! or whatever makes it hard to read.
//!
//! Deliberately absent: any judgement of the words, which only their readers can give; columns, tables and boxes.

use std::collections::BTreeSet;

use crate::doc::{Block, Inline, Picture, plain};

/// The most ideas of one paper. Twenty pages of five: nobody reads more in easy read.
pub const MOST: usize = 100;

/// A block that stands in no other, as an idea if it has words.
///
/// # Errors
/// If easy read has no place for it, what is wrong.
pub fn idea_of(block: Block) -> Result<Block, String> {
    let what = match &block {
        Block::Paragraph { .. } | Block::List { .. } => {
            return Ok(Block::Idea { picture: None, blocks: vec![block] });
        }
        Block::Idea { .. }
        | Block::Heading { .. }
        | Block::Rule
        | Block::Closing { .. }
        | Block::Signature { .. }
        | Block::Field { .. }
        | Block::PageBreak => return Ok(block),
        Block::Table { .. } => "a table",
        Block::Details { .. } => "a list of labels and values",
        Block::Quote { .. } => "a quotation",
        Block::Notice { .. } | Block::Decision { .. } | Block::Card { .. } | Block::Keep { .. } => "a box",
        Block::Columns { .. } => "a line in two parts",
        Block::Contents => "a list of contents",
        Block::Language { .. } => "another language",
    };
    Err(format!("{what} has no place in easy read: say each thing in a sentence of its own"))
}

/// A picture with the words that begin on the line under it, and what is wrong with the two.
pub fn with_picture(picture: Picture, mut c: Vec<Inline>, pictures: &BTreeSet<String>) -> (Block, Vec<String>) {
    while matches!(c.first(), Some(Inline::Break)) {
        c.remove(0);
    }
    if let Some(Inline::Text(text)) = c.first_mut() {
        *text = text.trim_start().to_owned();
    }
    let mut faults = Vec::new();
    if !pictures.contains(&picture.file) {
        let near = crate::diag::closest(&picture.file, pictures.iter().map(String::as_str));
        let hint = near.map_or_else(
            || "put it into `templates/pictures`, as SVG or PNG".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        faults.push(format!("there is no picture `{}`; {hint}", picture.file));
    }
    if picture.alt.is_empty() {
        faults.push("a picture has no words for whoever does not see it: write them between `[` and `]`".to_owned());
    }
    if plain(&c).trim().is_empty() {
        faults.push("a picture has no words beside it: write them on the line under it".to_owned());
    }
    (Block::Idea { picture: Some(picture), blocks: vec![Block::Paragraph { c }] }, faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{read, read_easy};

    fn pictures() -> BTreeSet<String> {
        ["bus.svg", "letter.png"].map(str::to_owned).into()
    }

    #[test]
    fn each_paragraph_is_an_idea_with_its_picture_or_without() {
        let text = "# Come\n\n![A **bus**](bus.svg)\nWe meet *not*.\n\nCome.\n\n- Tea\n- Cake\n\n:::closing\nBye\n\nAda\n:::\n";
        let blocks = read_easy(&text.replace(" *not*", ""), &pictures()).expect("it is easy");
        let Block::Idea { picture: Some(picture), blocks: words } = &blocks[1] else { panic!("{blocks:?}") };
        assert_eq!((picture.file.as_str(), picture.alt.as_str()), ("bus.svg", "A bus"));
        assert!(matches!(&words[..], [Block::Paragraph { c }] if plain(c) == "We meet."), "{words:?}");
        assert!(matches!(&blocks[2], Block::Idea { picture: None, .. }));
        assert!(
            matches!(&blocks[3], Block::Idea { picture: None, blocks } if matches!(blocks[..], [Block::List { .. }]))
        );
        let Block::Closing { blocks: closing } = &blocks[4] else { panic!("{blocks:?}") };
        assert!(closing.iter().all(|block| matches!(block, Block::Paragraph { .. })));
        assert!(read(text).is_err(), "other papers have no pictures");
    }

    #[test]
    fn what_is_no_easy_read_is_a_fault_with_its_line() {
        let faults = |text: &str| -> Vec<(usize, String)> {
            let all = read_easy(text, &pictures()).expect_err("it is at fault");
            all.into_iter().map(|fault| (fault.line, fault.message)).collect()
        };
        for (text, line, told) in [
            ("# T\n\n![A bus](buss.svg)\nWe meet.\n", 3, "there is no picture `buss.svg`; did you mean `bus.svg`?"),
            ("![x](../../etc)\nWe meet.\n", 1, "there is no picture `../../etc`; put it into `templates/pictures`"),
            ("![x](https://a.example/bus.svg)\nWe meet.\n", 1, "there is no picture `https://a.example/bus.svg`"),
            ("![](bus.svg)\nWe meet.\n", 1, "a picture has no words for whoever does not see it"),
            ("![A bus](bus.svg)\n", 1, "a picture has no words beside it"),
            ("We meet ![A bus](bus.svg).\n", 1, "a picture begins a paragraph of easy read"),
            ("When\n\n: Now\n", 1, "a list of labels and values has no place in easy read"),
            (":::columns\nOne\n\nTwo\n:::\n", 1, "a line in two parts has no place in easy read"),
            ("| No. | What |\n|-|-|\n| 1 | a |\n", 1, "a table has no place in easy read"),
        ] {
            let said = faults(text);
            assert!(said.iter().any(|(at, message)| *at == line && message.contains(told)), "{text}: {said:?}");
        }
        assert!(read_easy(&"Come.\n\n".repeat(MOST), &pictures()).is_ok());
        assert!(faults(&"Come.\n\n".repeat(MOST + 1))[0].1.contains("more than 100 ideas"));
    }
}
