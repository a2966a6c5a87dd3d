//! Markdown → the blocks of a [`Document`](crate::doc::Document).
//!
//! In: Markdown as the templates produce it. Out: blocks, or every piece of it that papers cannot show.
//!
//! The dialect is `CommonMark` with tables, task lists, description lists (label and value), `==labels==` and the
//! containers `:::notice` and the like. Deliberately absent: raw HTML, code, footnotes and emphasis, and images but in easy read
//! ([`read_easy`]), since papers have no use for them and some formats cannot show them.

mod easy;

use std::collections::BTreeSet;

use comrak::nodes::{AstNode, ListType, NodeList, NodeValue};
use comrak::{Arena, Options, parse_document};

use crate::doc::{Block, Column, Detail, Inline, Language, ListItem, Picture, plain};

/// A piece of Markdown that papers cannot show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkdownFault {
    /// The line of the Markdown, from 1.
    pub line: usize,
    /// The fault, in lower case and without a full stop.
    pub message: String,
}

/// Reads Markdown.
///
/// # Errors
/// Every fault, in order.
pub fn read(text: &str) -> Result<Vec<Block>, Vec<MarkdownFault>> {
    read_with(text, None)
}

/// Reads Markdown in easy read. `pictures` are the names of the council's pictures.
///
/// # Errors
/// As for [`read`]; a picture that is not there or is not at the beginning of a paragraph; anything in columns or boxes.
pub fn read_easy(text: &str, pictures: &BTreeSet<String>) -> Result<Vec<Block>, Vec<MarkdownFault>> {
    read_with(text, Some(pictures))
}

fn read_with(text: &str, pictures: Option<&BTreeSet<String>>) -> Result<Vec<Block>, Vec<MarkdownFault>> {
    let (blocks, mut reader) = parse(text, pictures);
    reader.faults.sort_by_key(|f| f.line);
    if reader.faults.is_empty() { Ok(blocks) } else { Err(reader.faults) }
}

fn parse<'p>(text: &str, pictures: Option<&'p BTreeSet<String>>) -> (Vec<Block>, Reader<'p>) {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options());
    let mut reader = Reader { faults: Vec::new(), level: 0, depth: 0, ideas: 0, pictures };
    let blocks = reader.blocks(root);
    (blocks, reader)
}

/// Every fault of Markdown that a person typed into a field, which may contain paragraphs, lists, bold and links.
pub fn faults_of_prose(text: &str) -> Vec<String> {
    let (blocks, mut reader) = parse(text, None);
    // Any heading at all is reported below; its place in an outline is beside the point.
    reader.faults.retain(|f| !f.message.contains("heading"));
    let structure = blocks.iter().filter_map(not_prose).map(|what| format!("{what} is not allowed in a field"));
    let mut faults: Vec<String> = reader.faults.into_iter().map(|f| f.message).chain(structure).collect();
    // Between two paragraphs of a template it must leave both unchanged: `: text` would turn the first into a label.
    let (around, _) = parse(&format!("before\n\n{}\n\nafter", text.trim()), None);
    let word = |block: Option<&Block>, word: &str| matches!(block, Some(Block::Paragraph { c }) if plain(c) == word);
    if faults.is_empty()
        && !(word(around.first(), "before") && word(around.last(), "after") && around.len() == blocks.len() + 2)
    {
        faults.push("this reads as part of the text before or after it".to_owned());
    }
    faults
}

/// The bare text of Markdown, without any of its markup, however much of it is at fault.
pub fn plain_text(text: &str) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options());
    let mut out = String::new();
    for node in root.descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Code(code) => out.push_str(&code.literal),
            NodeValue::Strong | NodeValue::Emph | NodeValue::Highlight | NodeValue::Link(_) => {}
            _ => out.push(' '),
        }
    }
    out
}

fn not_prose(block: &Block) -> Option<&'static str> {
    match block {
        Block::Paragraph { .. } => None,
        Block::List { items, .. } => items.iter().flat_map(|i| &i.blocks).find_map(not_prose),
        Block::Heading { .. } => Some("a heading"),
        Block::Table { .. } => Some("a table"),
        Block::Quote { .. } => Some("a quotation"),
        Block::Rule => Some("a divider"),
        Block::Details { .. }
        | Block::Notice { .. }
        | Block::Decision { .. }
        | Block::Keep { .. }
        | Block::Columns { .. }
        | Block::Card { .. }
        | Block::Idea { .. }
        | Block::Closing { .. }
        | Block::Signature { .. }
        | Block::Field { .. }
        | Block::Language { .. }
        | Block::Contents
        | Block::PageBreak => Some("a container"),
    }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.description_lists = true;
    options.extension.highlight = true;
    options.extension.block_directive = true;
    options
}

/// The containers, by the word after `:::`.
const CONTAINERS: &[&str] = &[
    "notice",
    "decision",
    "table",
    "columns",
    "card",
    "contents",
    "keep",
    "closing",
    "signature",
    "field",
    "language",
    "page",
];

/// A wider table does not fit a portrait page at 12 point.
const MAX_COLUMNS: usize = 5;

/// Deeper than any text goes, and far from where walking the tree would overflow the stack.
const MAX_DEPTH: usize = 12;

/// The theme has four sizes of headings.
const MAX_LEVEL: u8 = 4;

struct Reader<'p> {
    faults: Vec<MarkdownFault>,
    /// The level of the last heading, 0 before the first.
    level: u8,
    /// How many blocks contain this one.
    depth: usize,
    /// How many ideas there are so far.
    ideas: usize,
    /// The names of the council's pictures, if the text is in easy read.
    pictures: Option<&'p BTreeSet<String>>,
}

type Node<'a> = &'a AstNode<'a>;

impl Reader<'_> {
    fn fault(&mut self, node: Node<'_>, message: impl Into<String>) {
        let line = node.data.borrow().sourcepos.start.line;
        self.faults.push(MarkdownFault { line, message: message.into() });
    }

    fn blocks(&mut self, parent: Node<'_>) -> Vec<Block> {
        if self.depth == MAX_DEPTH {
            self.fault(parent, format!("blocks are nested more than {MAX_DEPTH} deep"));
            return Vec::new();
        }
        self.depth += 1;
        let blocks = self.blocks_inside(parent);
        self.depth -= 1;
        blocks
    }

    fn blocks_inside(&mut self, parent: Node<'_>) -> Vec<Block> {
        let is_easy = self.pictures.is_some() && self.depth == 1;
        let block = |node| {
            let block = self.block(node)?;
            if is_easy { self.idea_of(node, block) } else { Some(block) }
        };
        parent.children().filter_map(block).collect()
    }

    fn block(&mut self, node: Node<'_>) -> Option<Block> {
        let value = node.data.borrow().value.clone();
        match value {
            NodeValue::Paragraph => {
                let idea = self.pictured(node);
                Some(idea.unwrap_or_else(|| Block::Paragraph { c: self.inlines(node) }))
            }
            NodeValue::Heading(h) => Some(self.heading(node, h.level)),
            NodeValue::List(list) => Some(self.list(node, &list)),
            NodeValue::BlockQuote => Some(Block::Quote { blocks: self.blocks(node) }),
            NodeValue::ThematicBreak => Some(Block::Rule),
            NodeValue::DescriptionList => Some(self.details(node)),
            NodeValue::Table(_) => {
                let columns = node.first_child().map_or(0, |row| row.children().count());
                self.table(node, vec![Column::Text; columns], Vec::new())
            }
            NodeValue::BlockDirective(directive) => self.container(node, &directive.info),
            NodeValue::CodeBlock(_) => {
                self.refuse(node, "a code block", "text indented by four spaces or fenced is code to Markdown")
            }
            NodeValue::HtmlBlock(_) => self.refuse(node, "HTML", "write Markdown"),
            other => self.refuse(node, &format!("{other:?}"), "write paragraphs, lists and tables"),
        }
    }

    /// A block of a text in easy read that stands in no other.
    fn idea_of(&mut self, node: Node<'_>, block: Block) -> Option<Block> {
        match easy::idea_of(block) {
            Ok(block) => {
                self.ideas += usize::from(matches!(block, Block::Idea { .. }));
                if self.ideas == easy::MOST + 1 {
                    let most = easy::MOST;
                    self.fault(node, format!("this is more than {most} ideas, which nobody reads in easy read"));
                }
                Some(block)
            }
            Err(fault) => {
                self.fault(node, fault);
                None
            }
        }
    }

    /// A paragraph of a text in easy read that begins with a picture. `None` if it begins with words, or in any other text.
    fn pictured(&mut self, node: Node<'_>) -> Option<Block> {
        let pictures = self.pictures.filter(|_| self.depth == 1)?;
        let first = node.first_child()?;
        let NodeValue::Image(image) = first.data.borrow().value.clone() else { return None };
        let alt = plain(&self.inlines(first)).trim().to_owned();
        let c = self.inlines_of(node.children().skip(1));
        let (block, faults) = easy::with_picture(Picture { file: image.url, alt }, c, pictures);
        for fault in faults {
            self.fault(first, fault);
        }
        Some(block)
    }

    /// PDF/UA-1 §7.4: headings start at level 1, skip none and say something; a paper has one title.
    fn heading(&mut self, node: Node<'_>, level: u8) -> Block {
        let c = self.inlines(node);
        match (self.level, level) {
            (0, 1) => {}
            (0, _) => self.fault(node, format!("the first heading has level {level}")),
            (_, 1) => self.fault(node, "a second heading has level 1, but a paper has one title"),
            (last, _) if level > last + 1 => {
                self.fault(node, format!("a heading of level {level} follows one of level {last}"));
            }
            _ if level > MAX_LEVEL => {
                self.fault(node, format!("a heading has level {level}, but papers have only {MAX_LEVEL} levels"));
            }
            _ => {}
        }
        if plain(&c).trim().is_empty() {
            self.fault(node, "a heading is empty");
        }
        self.level = level;
        Block::Heading { level, c }
    }

    fn refuse(&mut self, node: Node<'_>, what: &str, why: &str) -> Option<Block> {
        self.fault(node, format!("{what} is not allowed in a paper: {why}"));
        None
    }

    fn list(&mut self, node: Node<'_>, list: &NodeList) -> Block {
        let items = node.children().map(|item| {
            let checked = match &item.data.borrow().value {
                NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
                _ => None,
            };
            ListItem { checked, blocks: self.blocks(item) }
        });
        let items = items.collect();
        Block::List { ordered: list.list_type == ListType::Ordered, start: list.start, tight: list.tight, items }
    }

    fn details(&mut self, node: Node<'_>) -> Block {
        let mut rows = Vec::new();
        for item in node.children() {
            let mut row = Detail { term: Vec::new(), blocks: Vec::new() };
            for part in item.children() {
                match part.data.borrow().value {
                    // comrak wraps the term in a paragraph of its own.
                    NodeValue::DescriptionTerm => {
                        row.term = part.children().flat_map(|p| self.inlines(p)).collect();
                    }
                    _ => row.blocks.extend(self.blocks(part)),
                }
            }
            if row.blocks.is_empty() {
                self.fault(item, "a label has no value");
            }
            rows.push(row);
        }
        Block::Details { rows }
    }

    fn table(&mut self, node: Node<'_>, cols: Vec<Column>, caption: Vec<Inline>) -> Option<Block> {
        let mut rows: Vec<Vec<Vec<Inline>>> =
            node.children().map(|row| row.children().map(|cell| self.inlines(cell)).collect()).collect();
        let width = rows.first().map_or(0, Vec::len);
        if width != cols.len() {
            self.fault(node, format!("the table has {width} columns, but `:::table` names {}", cols.len()));
            return None;
        }
        if width > MAX_COLUMNS {
            self.fault(node, format!("the table has {width} columns, but a page has room for {MAX_COLUMNS}"));
            return None;
        }
        let head = rows.remove(0);
        if head.iter().any(|cell| plain(cell).trim().is_empty()) {
            self.fault(node, "a column has no heading, which a screen reader needs");
        }
        Some(Block::Table { cols, caption, head, rows })
    }

    fn container(&mut self, node: Node<'_>, info: &str) -> Option<Block> {
        let mut words = info.split_whitespace();
        let kind = words.next().unwrap_or_default();
        let rest: Vec<&str> = words.collect();
        match kind {
            "table" => return self.typed_table(node, &rest),
            "field" => return self.field(node, &rest),
            "contents" => return Some(Block::Contents),
            "page" => return Some(Block::PageBreak),
            "language" => return self.language(node, &rest),
            _ => {}
        }
        let blocks = self.blocks(node);
        if blocks.is_empty() {
            self.fault(node, format!("`:::{kind}` is empty"));
            return None;
        }
        match kind {
            "notice" => Some(Block::Notice { blocks }),
            "decision" => Some(Block::Decision { blocks }),
            "keep" => Some(Block::Keep { blocks }),
            "card" => Some(Block::Card { blocks }),
            "columns" => self.columns(node, blocks),
            "closing" => Some(Block::Closing { blocks }),
            "signature" => Some(Block::Signature { blocks }),
            _ => {
                let near = crate::diag::closest(kind, CONTAINERS.iter().copied());
                let hint = near.map_or(format!("the containers are {}", CONTAINERS.join(", ")), |n| {
                    format!("did you mean `:::{n}`?")
                });
                self.fault(node, format!("there is no container `:::{kind}`; {hint}"));
                None
            }
        }
    }

    /// Blocks in another language, with a title of their own if they are a paper for themselves.
    fn language(&mut self, node: Node<'_>, tags: &[&str]) -> Option<Block> {
        let Some(language) = tags.first().and_then(|tag| Language::of_tag(tag)) else {
            self.fault(node, "`:::language` needs the tag of a language that we know, such as `cy` for Welsh");
            return None;
        };
        let around = std::mem::replace(&mut self.level, 0);
        let has_title =
            node.children().any(|it| matches!(&it.data.borrow().value, NodeValue::Heading(h) if h.level == 1));
        if !has_title {
            self.level = around;
        }
        let blocks = self.blocks(node);
        if has_title {
            self.level = around;
        }
        if blocks.is_empty() {
            self.fault(node, "`:::language` is empty");
            return None;
        }
        Some(Block::Language { language, blocks })
    }

    fn columns(&mut self, node: Node<'_>, blocks: Vec<Block>) -> Option<Block> {
        if blocks.len() != 2 {
            self.fault(node, "`:::columns` must contain exactly two paragraphs");
            return None;
        }
        Some(Block::Columns { blocks })
    }

    fn typed_table(&mut self, node: Node<'_>, kinds: &[&str]) -> Option<Block> {
        let mut cols = Vec::new();
        for kind in kinds {
            match Column::ALL.iter().find(|(name, _)| name == kind) {
                Some((_, column)) => cols.push(*column),
                None => self.fault(
                    node,
                    format!("there is no column kind `{kind}`; the kinds are {}", Column::ALL.map(|c| c.0).join(", ")),
                ),
            }
        }
        let is_table = |n: &Node<'_>| matches!(n.data.borrow().value, NodeValue::Table(_));
        let is_text = |n: &Node<'_>| matches!(n.data.borrow().value, NodeValue::Paragraph);
        let inside: Vec<Node<'_>> = node.children().collect();
        match inside[..] {
            [table] if is_table(&table) => self.table(table, cols, Vec::new()),
            [caption, table] if is_text(&caption) && is_table(&table) => {
                let caption = self.inlines(caption);
                self.table(table, cols, caption)
            }
            _ => {
                self.fault(node, "`:::table` must contain one table, after one paragraph at most: its caption");
                None
            }
        }
    }

    fn field(&mut self, node: Node<'_>, options: &[&str]) -> Option<Block> {
        let mut texts =
            node.children().filter(|n| matches!(n.data.borrow().value, NodeValue::Paragraph)).map(|n| self.inlines(n));
        let (label, help) = (texts.next(), texts.next().unwrap_or_default());
        drop(texts);
        let Some(label) = label else {
            self.fault(node, "`:::field` needs a paragraph: its label");
            return None;
        };
        let lines = options.iter().find_map(|o| o.strip_prefix("lines=")).and_then(|n| n.parse().ok()).unwrap_or(1);
        Some(Block::Field { lines, half: options.contains(&"half"), label, help })
    }

    fn inlines(&mut self, parent: Node<'_>) -> Vec<Inline> {
        self.inlines_of(parent.children())
    }

    fn inlines_of<'a>(&mut self, nodes: impl Iterator<Item = Node<'a>>) -> Vec<Inline> {
        let mut out = Vec::new();
        for node in nodes {
            match self.inline(node) {
                // comrak splits text at every escape; one run of text is one string.
                Some(Inline::Text(text)) => match out.last_mut() {
                    Some(Inline::Text(before)) => before.push_str(&text),
                    _ => out.push(Inline::Text(text)),
                },
                Some(inline) => out.push(inline),
                None => {}
            }
        }
        out
    }

    fn inline(&mut self, node: Node<'_>) -> Option<Inline> {
        let value = node.data.borrow().value.clone();
        match value {
            NodeValue::Text(text) => Some(Inline::Text(text.into_owned())),
            NodeValue::SoftBreak => Some(Inline::Text(" ".to_owned())),
            NodeValue::LineBreak => Some(Inline::Break),
            NodeValue::Strong => Some(Inline::Strong(self.inlines(node))),
            NodeValue::Highlight => Some(Inline::Label(self.inlines(node))),
            NodeValue::Link(link) => self.link(node, link.url),
            NodeValue::Emph => {
                self.fault(node, "emphasis with a single star or underscore is not allowed in a paper: write **bold**");
                None
            }
            NodeValue::Code(_) => self.refuse_inline(node, "code"),
            NodeValue::HtmlInline(_) => self.refuse_inline(node, "HTML"),
            NodeValue::Image(_) if self.pictures.is_some() => {
                self.fault(node, "a picture begins a paragraph of easy read, and stands nowhere else");
                None
            }
            NodeValue::Image(_) => self.refuse_inline(node, "an image"),
            other => self.refuse_inline(node, &format!("{other:?}")),
        }
    }

    fn link(&mut self, node: Node<'_>, url: String) -> Option<Inline> {
        let c = self.inlines(node);
        if !["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| url.starts_with(scheme)) {
            self.fault(node, "a link must go to `https://`, `http://`, `mailto:` or `tel:`");
            return None;
        }
        if plain(&c).trim().is_empty() {
            self.fault(node, "a link has no text, which a screen reader needs");
            return None;
        }
        Some(Inline::Link { href: url, c })
    }

    fn refuse_inline(&mut self, node: Node<'_>, what: &str) -> Option<Inline> {
        self.fault(node, format!("{what} is not allowed in a paper"));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_tables_and_details_become_blocks() {
        let text = "# T\n\n:::table number text\n| No. | What |\n|-|-|\n| 1 | a \\| b |\n:::\n\nWhen\n\n: Now\n\n:::notice\n**Careful.** ==Opinion==\n:::\n";
        let blocks = read(text).expect("the dialect allows all of this");
        assert!(matches!(&blocks[1], Block::Table { rows, .. } if plain(&rows[0][1]) == "a | b"));
        assert!(matches!(&blocks[2], Block::Details { rows } if plain(&rows[0].term) == "When"));
        assert!(matches!(&blocks[3], Block::Notice { .. }));
    }

    #[test]
    fn what_papers_cannot_show_is_a_fault_with_its_line() {
        let faults = read("# T\n\n<b>x</b>\n\n### Three\n\n:::notcie\nx\n:::\n").expect_err("three faults");
        assert!(faults.iter().any(|f| f.line == 3 && f.message.contains("HTML")));
        assert!(faults.iter().any(|f| f.message.contains("did you mean `:::notice`?")));
        assert!(faults.iter().any(|f| f.line == 5 && f.message.contains("level 3")));
    }

    #[test]
    fn a_paragraph_before_a_table_is_its_caption_and_two_are_none() {
        let table = "| No. | What |\n|-|-|\n| 1 | a |\n";
        let blocks = read(&format!(":::table number text\nWhat **we** do\n\n{table}:::\n")).expect("it is a table");
        assert!(matches!(&blocks[0], Block::Table { caption, .. } if plain(caption) == "What we do"));
        let faults = read(&format!(":::table number text\nOne\n\nTwo\n\n{table}:::\n")).expect_err("two captions");
        assert!(faults[0].message.contains("its caption"), "{}", faults[0].message);
    }

    #[test]
    fn a_field_holds_prose_and_no_structure() {
        assert!(faults_of_prose("One.\n\n- two\n- **three**\n").is_empty());
        assert_eq!(faults_of_prose("# Title"), ["a heading is not allowed in a field"]);
        assert_eq!(faults_of_prose(": We need the key.").len(), 1);
        assert!(!faults_of_prose(&"> ".repeat(20_000)).is_empty());
    }
}
