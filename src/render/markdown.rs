//! A document as Markdown, in the dialect that [`crate::markdown`] reads: its output reads back as the same tree.

use crate::doc::{Block, Document, Inline, ListItem};

/// Writes a document as Markdown. Marking, address and foot become paragraphs at its start and end.
pub fn render(document: &Document) -> String {
    let meta = &document.meta;
    let mut out = String::new();
    let draft = meta.draft.as_deref().map(|d| format!(" · {}", escaped(d))).unwrap_or_default();
    out.push_str(&format!("**{}**{draft}\n\n", escaped(&meta.marking)));
    for line in &meta.address {
        out.push_str(&format!("{}\n\n", escaped(line)));
    }
    out.push_str(&blocks(&document.blocks));
    out.push_str(&format!("{}\n", escaped(&meta.foot)));
    out
}

/// Writes blocks, each followed by a blank line.
pub fn blocks(blocks: &[Block]) -> String {
    blocks.iter().fold(String::new(), |text, b| text + &block(b) + "\n\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, c } => format!("{} {}", "#".repeat(usize::from(*level)), inlines(c)),
        Block::Paragraph { c } => inlines(c),
        Block::List { ordered, start, tight, items } => list(*ordered, *start, *tight, items),
        Block::Quote { blocks: inner } => prefixed(&blocks(inner), "> ", "> "),
        Block::Rule => "---".to_owned(),
        Block::Table { cols, caption, head, rows } => {
            let kinds: Vec<&str> =
                cols.iter().filter_map(|c| crate::doc::Column::ALL.iter().find(|a| a.1 == *c).map(|a| a.0)).collect();
            let row = |cells: &Vec<Vec<Inline>>| {
                format!("| {} |\n", cells.iter().map(|c| inlines(c)).collect::<Vec<_>>().join(" | "))
            };
            let rule = format!("|{}\n", "---|".repeat(head.len()));
            let body: String = rows.iter().map(row).collect();
            let caption = if caption.is_empty() { String::new() } else { format!("{}\n\n", inlines(caption)) };
            format!(":::table {}\n{caption}{}{rule}{body}:::", kinds.join(" "), row(head))
        }
        Block::Details { rows } => {
            let row = |d: &crate::doc::Detail| {
                format!("{}\n\n{}", inlines(&d.term), prefixed(&blocks(&d.blocks), ": ", "  "))
            };
            rows.iter().map(row).collect::<Vec<_>>().join("\n\n")
        }
        Block::Notice { blocks: inner } => container("notice", inner),
        Block::Decision { blocks: inner } => container("decision", inner),
        Block::Keep { blocks: inner } => container("keep", inner),
        Block::Card { blocks: inner } => container("card", inner),
        Block::Columns { blocks: inner } => container("columns", inner),
        Block::Idea { picture, blocks: inner } => {
            let shown = picture.as_ref().map(|it| format!("![{}](<{}>)\n", escaped(&it.alt), it.file));
            // The picture begins the paragraph of its words.
            format!("{}{}", shown.unwrap_or_default(), blocks(inner).trim_end())
        }
        Block::Closing { blocks: inner } => container("closing", inner),
        Block::Signature { blocks: inner } => container("signature", inner),
        Block::Field { lines, half, label, help } => {
            let half = if *half { " half" } else { "" };
            let lines = if *lines == 1 { String::new() } else { format!(" lines={lines}") };
            let help = if help.is_empty() { String::new() } else { format!("\n\n{}", inlines(help)) };
            format!(":::field{half}{lines}\n{}{help}\n:::", inlines(label))
        }
        Block::Language { language, blocks: inner } => container(&format!("language {language}"), inner),
        Block::Contents => ":::contents\n:::".to_owned(),
        Block::PageBreak => ":::page\n:::".to_owned(),
    }
}

/// Writes a container. One that holds another gets a longer fence.
fn container(kind: &str, inner: &[Block]) -> String {
    let inner = blocks(inner);
    let fence = inner.lines().filter_map(|l| l.split(|c| c != ':').next()).map(str::len).max().unwrap_or(0).max(2) + 1;
    let fence = ":".repeat(fence);
    format!("{fence}{kind}\n{}\n{fence}", inner.trim_end())
}

fn list(ordered: bool, start: usize, tight: bool, items: &[ListItem]) -> String {
    let item = |(i, item): (usize, &ListItem)| {
        let mark = if ordered { format!("{}. ", start + i) } else { "- ".to_owned() };
        let deeper = " ".repeat(mark.len());
        let tick = item.checked.map_or("", |ticked| if ticked { "[x] " } else { "[ ] " });
        let text = if tight { tight_blocks(&item.blocks) } else { blocks(&item.blocks) };
        prefixed(&format!("{tick}{text}"), &mark, &deeper)
    };
    let gap = if tight { "\n" } else { "\n\n" };
    items.iter().enumerate().map(item).collect::<Vec<_>>().join(gap)
}

/// Writes the blocks of a tight item: a blank line between them would make the list loose.
fn tight_blocks(inner: &[Block]) -> String {
    inner.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let line = |(i, line): (usize, &str)| format!("{}{line}", if i == 0 { first } else { rest }).trim_end().to_owned();
    text.trim_end().lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn inlines(inlines: &[Inline]) -> String {
    inlines.iter().map(inline).collect()
}

fn inline(i: &Inline) -> String {
    match i {
        Inline::Text(text) => escaped(text),
        Inline::Strong(c) => format!("**{}**", inlines(c)),
        Inline::Label(c) => format!("=={}==", inlines(c)),
        Inline::Link { href, c } => format!("[{}](<{href}>)", inlines(c)),
        Inline::Break => "\\\n".to_owned(),
    }
}

/// Escapes text as Markdown that reads back as the same text, with as few escapes as is safe.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (i, c) in text.char_indices() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '=' | '^' | '#' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            // At the start of a line these would begin a list, a value or a container.
            '-' | '+' | ':' | '.' | ')' if text[..i].chars().all(|b| b.is_ascii_digit()) => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}
