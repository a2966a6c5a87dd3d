//! The tree that every paper is before it has a format.
//!
//! `words` makes it and the writers in `render` write it. The Typst theme reads its `Serialize` form as
//! `/document.json`.
//!
//! Deliberately absent: formats, and any knowledge of conferences.

mod inline;
mod language;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

pub use inline::{Inline, Piece, pieces};
pub use language::Language;

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Everything around the text: running head and foot, address, layout.
    pub meta: Meta,
    /// The text.
    pub blocks: Vec<Block>,
}

/// Everything around the text of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// How the pages are laid out.
    pub layout: Layout,
    /// The language of its words, and of what runs from page to page.
    #[serde(skip_serializing_if = "is_english", serialize_with = "for_theme")]
    pub language: Language,
    /// `standard` (12 point), `large-print` (16 point unless the council has it larger), or a size in points.
    pub size: Size,
    /// The title of the paper, for the file's metadata and a reader's window.
    #[serde(skip)]
    pub title: String,
    /// The council, as the author in the file's metadata.
    #[serde(skip)]
    pub author: String,
    /// The paper's own reference; it makes the file's identifier.
    #[serde(skip)]
    pub reference: String,
    /// The day of issue, which is the file's date.
    #[serde(skip)]
    pub issued: NaiveDate,
    /// The protective marking, at the head of every page.
    pub marking: String,
    /// The word beside the marking on a paper that has not been released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
    /// The short title, reference and version, at the foot of every page.
    pub foot: String,
    /// The words before, between and after the page number and the number of pages.
    pub page: [String; 3],
    /// The heading of the contents list.
    pub contents: String,
    /// The lines of the address window, in a letter.
    pub address: Vec<String>,
    /// What is said of places to write in, in a paper that has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pen: Option<Pen>,
}

fn is_english(language: &Language) -> bool {
    language.is_english()
}

/// A language as the theme sets it. English has none: it is the theme's own.
fn for_theme<S: Serializer>(language: &Language, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Spoken {
        lang: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        region: Option<&'static str>,
        dir: &'static str,
    }
    let dir = if language.is_from_right() { "rtl" } else { "ltr" };
    Spoken { lang: language.tag(), region: language.country(), dir }.serialize(serializer)
}

/// What is said of fields, boxes and lines for a pen, which are drawn and have no words of their own. `{label}` stands for
/// the words beside the place, `{rows}` and `{heads}` for the number of a log's rows and the heads of its columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pen {
    /// The label of the line for a signature.
    pub signature: String,
    /// A field to write in, or a line.
    pub field: String,
    /// A box that is not ticked.
    pub empty: String,
    /// A box that is ticked.
    pub ticked: String,
    /// The rows of a table that hold nothing.
    pub log: String,
}

/// How the pages are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// A letter for a window envelope.
    Letter,
    /// A titled document of several pages.
    Report,
    /// A short document with fields to fill in.
    Form,
    /// Sheets of address labels: each block holds the lines of one label. No template can ask for it.
    #[serde(skip_deserializing)]
    Labels,
}

/// The size of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 12 point.
    Standard,
    /// The council's large print.
    LargePrint,
    /// Its reader's own size, in points.
    Points(u8),
}

impl Serialize for Size {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Size::Standard => serializer.serialize_str("standard"),
            Size::LargePrint => serializer.serialize_str("large-print"),
            Size::Points(points) => serializer.collect_str(points),
        }
    }
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "t", rename_all = "lowercase")]
#[expect(missing_docs, reason = "each variant is documented; its fields only name the parts")]
pub enum Block {
    /// A heading. Level 1 is the title, and there is only one.
    #[serde(rename = "h")]
    Heading {
        level: u8,
        #[serde(serialize_with = "inline::without_links")]
        c: Vec<Inline>,
    },
    /// A paragraph.
    #[serde(rename = "p")]
    Paragraph { c: Vec<Inline> },
    /// A bulleted or numbered list.
    List { ordered: bool, start: usize, tight: bool, items: Vec<ListItem> },
    /// Somebody's own words.
    Quote { blocks: Vec<Block> },
    /// A divider.
    Rule,
    /// A table. It has a head, no more than five columns, and perhaps a caption.
    Table {
        cols: Vec<Column>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        caption: Vec<Inline>,
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// Labels with their values.
    Details { rows: Vec<Detail> },
    /// Something that the reader must not miss.
    Notice { blocks: Vec<Block> },
    /// A decision or an action where it was taken.
    Decision { blocks: Vec<Block> },
    /// Blocks that stay on one page.
    Keep { blocks: Vec<Block> },
    /// Two paragraphs on one line, left and right.
    Columns { blocks: Vec<Block> },
    /// A card to stand on a table, in print that is read from afar.
    Card { blocks: Vec<Block> },
    /// The end of a letter, with room for a signature after the first paragraph.
    Closing { blocks: Vec<Block> },
    /// A line to sign on: whose signature it is, then the lines under it.
    Signature { blocks: Vec<Block> },
    /// A field to fill in.
    Field {
        lines: u8,
        half: bool,
        label: Vec<Inline>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        help: Vec<Inline>,
    },
    /// One idea of a paper in easy read: its words, and the picture beside them. Without one, its place stays white.
    Idea {
        #[serde(skip_serializing_if = "Option::is_none")]
        picture: Option<Picture>,
        blocks: Vec<Block>,
    },
    /// Blocks in another language than what stands around them. If the first is a page break, they begin on the next page, even
    /// if that is the back of a sheet.
    Language {
        #[serde(serialize_with = "for_theme")]
        language: Language,
        blocks: Vec<Block>,
    },
    /// The contents list of a long paper.
    Contents,
    /// A new page.
    #[serde(rename = "page")]
    PageBreak,
}

/// A picture of the council's, beside words in easy read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// Its file among the council's pictures: `bus.svg`.
    pub file: String,
    /// What it shows, in words for whoever does not see it.
    pub alt: String,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListItem {
    /// Whether its box is ticked; `None` for an item without a box.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Detail {
    /// The label.
    pub term: Vec<Inline>,
    /// The value.
    pub blocks: Vec<Block>,
}

/// The kind of content in a column; the theme gives each kind its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Column {
    /// A short number.
    Number,
    /// Running text.
    Text,
    /// Running text that needs twice as much room.
    Wide,
    /// A label.
    Label,
    /// A person or organisation.
    Owner,
    /// A date.
    Date,
    /// A word such as "Open".
    Status,
    /// A time of day.
    Time,
    /// A box to tick.
    Tick,
    /// A word for how a step stands (done, due, late or past), which is also drawn as a mark on a line from row to row.
    Line,
    /// A number that is also drawn as a bar, in proportion to the others of its column.
    Bar,
}

impl Column {
    /// Every kind, by its name after `:::table`.
    pub const ALL: [(&'static str, Column); 11] = [
        ("number", Column::Number),
        ("text", Column::Text),
        ("wide", Column::Wide),
        ("label", Column::Label),
        ("owner", Column::Owner),
        ("date", Column::Date),
        ("status", Column::Status),
        ("time", Column::Time),
        ("tick", Column::Tick),
        ("line", Column::Line),
        ("bar", Column::Bar),
    ];
}

/// The bare text of inlines, without any formatting.
pub fn plain(inlines: &[Inline]) -> String {
    inlines.iter().fold(String::new(), |mut text, inline| {
        match inline {
            Inline::Text(t) => text.push_str(t),
            Inline::Strong(c) | Inline::Label(c) | Inline::Link { c, .. } => text.push_str(&plain(c)),
            Inline::Break => text.push(' '),
        }
        text
    })
}

impl Document {
    /// The text of the level 1 heading.
    pub fn title(&self) -> Option<String> {
        self.blocks.iter().find_map(|b| match b {
            Block::Heading { level: 1, c } => Some(plain(c)),
            _ => None,
        })
    }

    /// Calls `f` with every text of the document, running head, foot and address included.
    pub fn each_text<'a>(&'a self, f: &mut dyn FnMut(&'a str)) {
        let meta = &self.meta;
        let running = [&meta.title, &meta.author, &meta.reference, &meta.marking, &meta.foot, &meta.contents];
        running.into_iter().chain(&meta.draft).chain(&meta.page).chain(&meta.address).for_each(|t| f(t));
        self.each_word(f);
    }

    /// Calls `f` with every text of the document proper, without running head, foot and address.
    pub fn each_word<'a>(&'a self, f: &mut dyn FnMut(&'a str)) {
        walk(&self.blocks, f);
    }
}

/// Whether every cell of a row is empty: it is there to be filled in by hand.
pub fn is_blank(row: &[Vec<Inline>]) -> bool {
    row.iter().all(|cell| plain(cell).trim().is_empty())
}

/// Whether a paper, or some blocks of it, are in easy read.
pub fn are_easy(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Idea { .. } => true,
        Block::Language { blocks, .. } => are_easy(blocks),
        _ => false,
    })
}

/// Whether there are fields, boxes or lines for a pen among blocks.
pub fn are_written_on(blocks: &[Block]) -> bool {
    blocks.iter().any(is_written_on)
}

fn is_written_on(block: &Block) -> bool {
    match block {
        Block::Field { .. } | Block::Signature { .. } => true,
        Block::Table { cols, rows, .. } => cols.contains(&Column::Tick) || rows.iter().any(|row| is_blank(row)),
        Block::List { items, .. } => {
            items.iter().any(|item| item.checked.is_some() || item.blocks.iter().any(is_written_on))
        }
        Block::Details { rows } => rows.iter().flat_map(|row| &row.blocks).any(is_written_on),
        Block::Quote { blocks }
        | Block::Notice { blocks }
        | Block::Decision { blocks }
        | Block::Keep { blocks }
        | Block::Columns { blocks }
        | Block::Card { blocks }
        | Block::Idea { blocks, .. }
        | Block::Language { blocks, .. }
        | Block::Closing { blocks } => blocks.iter().any(is_written_on),
        Block::Heading { .. } | Block::Paragraph { .. } | Block::Rule | Block::Contents | Block::PageBreak => false,
    }
}

fn walk<'a>(blocks: &'a [Block], f: &mut dyn FnMut(&'a str)) {
    for block in blocks {
        match block {
            Block::Heading { c, .. } | Block::Paragraph { c } => walk_inlines(c, f),
            Block::List { items, .. } => items.iter().for_each(|i| walk(&i.blocks, f)),
            Block::Table { caption, head, rows, .. } => {
                walk_inlines(caption, f);
                head.iter().chain(rows.iter().flatten()).for_each(|cell| walk_inlines(cell, f));
            }
            Block::Details { rows } => rows.iter().for_each(|row| {
                walk_inlines(&row.term, f);
                walk(&row.blocks, f);
            }),
            Block::Field { label, help, .. } => {
                walk_inlines(label, f);
                walk_inlines(help, f);
            }
            Block::Idea { picture, blocks } => {
                if let Some(picture) = picture {
                    f(&picture.alt);
                }
                walk(blocks, f);
            }
            Block::Quote { blocks }
            | Block::Notice { blocks }
            | Block::Decision { blocks }
            | Block::Keep { blocks }
            | Block::Columns { blocks }
            | Block::Card { blocks }
            | Block::Closing { blocks }
            | Block::Language { blocks, .. }
            | Block::Signature { blocks } => walk(blocks, f),
            Block::Rule | Block::Contents | Block::PageBreak => {}
        }
    }
}

fn walk_inlines<'a>(inlines: &'a [Inline], f: &mut dyn FnMut(&'a str)) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => f(text),
            Inline::Strong(c) | Inline::Label(c) => walk_inlines(c, f),
            Inline::Link { href, c } => {
                f(href);
                walk_inlines(c, f);
            }
            Inline::Break => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_for_a_pen_is_found_by_itself_wherever_it_stands() {
        let text = || vec![Inline::Text("Name".to_owned())];
        let item = |checked, blocks| Block::List {
            ordered: false,
            start: 1,
            tight: true,
            items: vec![ListItem { checked, blocks }],
        };
        let table =
            |col, cell| Block::Table { cols: vec![col], caption: vec![], head: vec![text()], rows: vec![vec![cell]] };
        let field = || Block::Field { lines: 1, half: false, label: text(), help: vec![] };
        let places = [
            field(),
            Block::Signature { blocks: vec![] },
            item(Some(false), vec![]),
            item(Some(true), vec![]),
            table(Column::Tick, text()),
            table(Column::Text, vec![]),
            item(None, vec![field()]),
            Block::Details { rows: vec![Detail { term: text(), blocks: vec![field()] }] },
            Block::Keep { blocks: vec![Block::Notice { blocks: vec![field()] }] },
        ];
        for place in places {
            assert!(are_written_on(std::slice::from_ref(&place)), "{place:?}");
        }
        for other in [Block::Paragraph { c: text() }, item(None, vec![]), table(Column::Text, text()), Block::Rule] {
            assert!(!are_written_on(std::slice::from_ref(&other)), "{other:?}");
        }
    }
}
