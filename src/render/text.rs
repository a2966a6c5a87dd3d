//! A document as plain text, wrapped at 72 columns, for email and for screen readers.
//!
//! A table becomes one short card per row, since columns of characters cannot be read aloud.

use textwrap::{Options, WordSeparator, WordSplitter};

use crate::doc::{Block, Document, Inline, ListItem, Pen, is_blank, plain};

const WIDTH: usize = 72;

/// Writes a document as plain text.
pub fn render(document: &Document) -> String {
    let meta = &document.meta;
    let mut out = Writer { text: String::new(), pen: meta.pen.as_ref() };
    let head: Vec<&str> = std::iter::once(meta.marking.as_str()).chain(meta.draft.as_deref()).collect();
    out.paragraph(&head.join(" · "), "", "");
    if !meta.address.is_empty() {
        out.lines(&meta.address, "");
    }
    out.blocks(&document.blocks, "");
    out.paragraph(&meta.foot, "", "");
    out.text
}

struct Writer<'p> {
    text: String,
    pen: Option<&'p Pen>,
}

impl Writer<'_> {
    /// Writes wrapped text and a blank line. `first` starts the first line, `indent` the others.
    fn paragraph(&mut self, text: &str, first: &str, indent: &str) {
        // A token that a person may copy, such as an address or a link, is never broken.
        let options = Options::new(WIDTH)
            .initial_indent(first)
            .subsequent_indent(indent)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        // A non-breaking space keeps a date or a postcode together on a page; here it would only get in the way of a
        // search.
        for line in textwrap::wrap(&text.replace('\u{a0}', " "), options) {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
        self.text.push('\n');
    }

    fn lines(&mut self, lines: &[String], indent: &str) {
        for line in lines {
            self.text.push_str(&format!("{indent}{line}\n"));
        }
        self.text.push('\n');
    }

    fn blocks(&mut self, blocks: &[Block], indent: &str) {
        for block in blocks {
            self.block(block, indent);
        }
    }

    fn block(&mut self, block: &Block, indent: &str) {
        match block {
            Block::Heading { level, c } => self.heading(*level, &inline(c)),
            Block::Paragraph { c } => self.paragraph(&inline(c), indent, indent),
            Block::List { ordered, start, tight, items } => self.list(*ordered, *start, *tight, items, indent),
            Block::Quote { blocks } => self.blocks(blocks, &format!("{indent}    ")),
            Block::Rule => self.paragraph("* * *", indent, indent),
            Block::Table { caption, head, rows, .. } => {
                if !caption.is_empty() {
                    self.paragraph(&inline(caption), indent, indent);
                }
                self.table(head, rows, indent);
            }
            Block::Details { rows } => {
                for row in rows {
                    let (label, value) = (inline(&row.term), self.inside(&row.blocks));
                    self.paragraph(&format!("{label}: {value}"), indent, &format!("{indent}  "));
                }
            }
            Block::Notice { blocks } | Block::Decision { blocks } => self.blocks(blocks, &format!("{indent}  ")),
            Block::Keep { blocks }
            | Block::Columns { blocks }
            | Block::Card { blocks }
            | Block::Language { blocks, .. }
            | Block::Closing { blocks } => self.blocks(blocks, indent),
            Block::Idea { picture, blocks } => {
                if let Some(picture) = picture {
                    self.paragraph(&format!("[{}]", picture.alt), indent, indent);
                }
                self.blocks(blocks, indent);
            }
            Block::Signature { blocks } => self.signature(blocks, indent),
            Block::Field { lines, label, help, .. } => {
                let help = if help.is_empty() { String::new() } else { format!(" ({})", inline(help)) };
                self.paragraph(&format!("{}{help}:", inline(label)), indent, indent);
                let blank = vec!["_".repeat(40); usize::from(*lines)];
                self.lines(&blank, indent);
            }
            // Plain text has no pages: a contents list would point nowhere.
            Block::Contents | Block::PageBreak => {}
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        let mark = match level {
            1 => "=",
            2 => "-",
            _ => "",
        };
        let start = self.text.len();
        self.paragraph(text, "", "");
        if !mark.is_empty() {
            let width = self.text[start..].lines().map(textwrap::core::display_width).max().unwrap_or(0);
            self.text.truncate(self.text.trim_end().len());
            self.text.push_str(&format!("\n{}\n\n", mark.repeat(width)));
        }
    }

    fn list(&mut self, ordered: bool, start: usize, tight: bool, items: &[ListItem], indent: &str) {
        for (i, item) in items.iter().enumerate() {
            let mark = match (item.checked, ordered) {
                (Some(true), _) => "[x] ".to_owned(),
                (Some(false), _) => "[ ] ".to_owned(),
                (None, true) => format!("{}. ", start + i),
                (None, false) => "- ".to_owned(),
            };
            let deeper = format!("{indent}{}", " ".repeat(mark.len()));
            for (n, block) in item.blocks.iter().enumerate() {
                match (n, block) {
                    (0, Block::Paragraph { c }) => self.paragraph(&inline(c), &format!("{indent}{mark}"), &deeper),
                    _ => self.block(block, &deeper),
                }
            }
            if tight && i + 1 < items.len() {
                self.text.truncate(self.text.trim_end().len());
                self.text.push('\n');
            }
        }
    }

    fn table(&mut self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], indent: &str) {
        for row in rows.iter().filter(|row| !is_blank(row)) {
            for (label, cell) in head.iter().zip(row) {
                self.paragraph(&format!("{}: {}", inline(label), inline(cell)), indent, &format!("{indent}  "));
                self.text.truncate(self.text.trim_end().len());
                self.text.push('\n');
            }
            self.text.push('\n');
        }
        let blank = rows.iter().filter(|row| is_blank(row)).count();
        if blank > 0 {
            // Rows to fill in by hand are said once: nobody wants to hear of seventy-five empty cells.
            let cells: Vec<String> =
                head.iter().map(|label| format!("{}: {}", inline(label), "_".repeat(12))).collect();
            self.paragraph(&format!("{} (× {blank})", cells.join("; ")), indent, indent);
        }
    }

    fn signature(&mut self, blocks: &[Block], indent: &str) {
        let line = |label: &str| format!("{label}: {}", "_".repeat(30));
        for (i, block) in blocks.iter().enumerate() {
            match block {
                Block::Paragraph { c } if i == 0 => {
                    self.paragraph(&inline(c), indent, indent);
                    if let Some(pen) = self.pen {
                        self.paragraph(&line(&pen.signature), indent, indent);
                    }
                }
                Block::Paragraph { c } => self.paragraph(&line(&inline(c)), indent, indent),
                other => self.block(other, indent),
            }
        }
    }

    /// Blocks as one running text, for the value beside a label.
    fn inside(&self, blocks: &[Block]) -> String {
        let mut inner = Writer { text: String::new(), pen: self.pen };
        inner.blocks(blocks, "");
        inner.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn inline(inlines: &[Inline]) -> String {
    inlines.iter().fold(String::new(), |mut text, i| {
        match i {
            Inline::Text(t) => text.push_str(t),
            Inline::Strong(c) => text.push_str(&inline(c)),
            Inline::Label(c) => text.push_str(&format!("[{}]", inline(c))),
            Inline::Link { href, c } => text.push_str(&with_target(href, c)),
            Inline::Break => text.push(' '),
        }
        text
    })
}

/// A link's text, followed by its target unless the text says so already.
fn with_target(href: &str, c: &[Inline]) -> String {
    let (words, target) = (inline(c), href.trim_start_matches("mailto:").trim_start_matches("tel:"));
    let bare = |t: &str| {
        t.trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .replace([' ', '\u{a0}'], "")
    };
    if bare(&words) == bare(target) || href.starts_with("tel:") { words } else { format!("{} ({target})", plain(c)) }
}
