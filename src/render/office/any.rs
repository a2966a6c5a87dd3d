//! Any tree of a paper, for the tests of the writers that stand on this room; and what each of their packages must hold of it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use chrono::NaiveDate;
use proptest::prelude::*;

use crate::doc::{Block, Column, Detail, Document, Inline, Language, Layout, ListItem, Meta, Pen, Picture, Size};
use crate::layers::has_ending;
use crate::render::brand::{LogoFile, Look, PictureFile};

pub fn look() -> Look {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='240' height='72'><rect width='90' height='50'/></svg>";
    Look {
        name: "London Borough of Marshgate".to_owned(),
        short_name: "Marshgate".to_owned(),
        colour: "#0b5d4e".to_owned(),
        tint: "#e8f0ee".to_owned(),
        accent: "#0b5d4e".to_owned(),
        ink: "#1d1d1b".to_owned(),
        large_print: 16,
        fonts: crate::fonts::FAMILIES.map(str::to_owned).to_vec(),
        pictures: BTreeMap::from([(
            "bus.svg".to_owned(),
            PictureFile { path: "/pictures/bus.svg".to_owned(), data: svg.into() },
        )]),
        logo: Some(LogoFile { path: "/logo.svg".to_owned(), alt: "Marshgate".to_owned(), clear: 0, data: svg.into() }),
        font_files: Vec::new(),
        sender: vec![vec!["Team".to_owned()], vec!["Town Hall".to_owned()], vec!["x@marshgate.example".to_owned()]],
    }
}

pub fn document(layout: Layout, size: Size, blocks: Vec<Block>) -> Document {
    let text = str::to_owned;
    let pen = Pen {
        signature: text("Signature"),
        field: text("{label}"),
        empty: text("{label}"),
        ticked: text("{label}"),
        log: text("{rows}"),
    };
    let meta = Meta {
        layout,
        language: Language::ENGLISH,
        size,
        title: text("Title"),
        author: text("Council"),
        reference: text("CSC-2026-014"),
        issued: NaiveDate::from_ymd_opt(2026, 10, 5).expect("a day"),
        marking: text("OFFICIAL"),
        draft: Some(text("DRAFT")),
        foot: text("Foot"),
        page: [text("Page "), text(" of "), String::new()],
        contents: text("Contents"),
        address: vec![text("Name"), text("Street")],
        pen: Some(pen),
    };
    Document { meta, blocks }
}

/// The parts of a package that are XML, each well-formed.
pub fn parts(data: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(data)).expect("a package");
    let mut parts = Vec::new();
    for i in 0..zip.len() {
        let mut file = zip.by_index(i).expect("a part");
        let name = file.name().expect("a name").into_owned();
        if has_ending(&name, "xml") || has_ending(&name, "rels") {
            let mut text = String::new();
            file.read_to_string(&mut text).expect("a part is text");
            roxmltree::Document::parse(&text).unwrap_or_else(|why| panic!("{name}: {why}\n{text}"));
            parts.push((name, text));
        }
    }
    parts
}

/// Texts that have been trouble somewhere.
const NASTY: &[&str] = &[
    "O'Neill & Sons <Ltd>",
    "]]>",
    "{{ x }} #eval =1+1 ../../etc",
    "Œzgür Yıldız-Ó Briain, Adébáyọ̀",
    "王小明 and প্রিয়া",
    "محمد علي",
    "\u{202E}evil",
    "ten          spaces",
    "\u{FFFD}",
    "_x000D_",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(NASTY).prop_map(str::to_owned), "[ -~À-ž]{0,12}", Just("x".repeat(3_000)),]
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let leaf = prop_oneof![3 => text().prop_map(Inline::Text), 1 => Just(Inline::Break)];
    let inline = leaf.prop_recursive(2, 6, 3, |inner| {
        let some = prop::collection::vec(inner, 0..3);
        let href = prop::sample::select(vec!["https://a.example/?a=1&b=<2>", "mailto:x@a.example", "javascript:x", ""]);
        prop_oneof![
            some.clone().prop_map(Inline::Strong),
            some.clone().prop_map(Inline::Label),
            (href, some).prop_map(|(href, c)| Inline::Link { href: href.to_owned(), c }),
        ]
    });
    prop::collection::vec(inline, 0..4)
}

fn leaf() -> impl Strategy<Value = Block> {
    let table = (1..7_usize, 0..4_usize).prop_flat_map(|(columns, rows)| {
        let column = prop::sample::select(Column::ALL.to_vec()).prop_map(|(_, column)| column);
        let row = || prop::collection::vec(inlines(), columns);
        (prop::collection::vec(column, columns), inlines(), row(), prop::collection::vec(row(), rows))
            .prop_map(|(cols, caption, head, rows)| Block::Table { cols, caption, head, rows })
    });
    prop_oneof![
        (1..7_u8, inlines()).prop_map(|(level, c)| Block::Heading { level, c }),
        inlines().prop_map(|c| Block::Paragraph { c }),
        Just(Block::Rule),
        table,
        (0..5_u8, any::<bool>(), inlines(), inlines()).prop_map(|(lines, half, label, help)| Block::Field {
            lines,
            half,
            label,
            help
        }),
        Just(Block::PageBreak),
    ]
}

pub fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let block = leaf().prop_recursive(3, 24, 4, |inner| {
        let some = || prop::collection::vec(inner.clone(), 0..4);
        let item = (prop::option::of(any::<bool>()), some()).prop_map(|(checked, blocks)| ListItem { checked, blocks });
        let detail = (inlines(), some()).prop_map(|(term, blocks)| Detail { term, blocks });
        prop_oneof![
            (any::<bool>(), 0..900_usize, any::<bool>(), prop::collection::vec(item, 0..4))
                .prop_map(|(ordered, start, tight, items)| Block::List { ordered, start, tight, items }),
            prop::collection::vec(detail, 1..4).prop_map(|rows| Block::Details { rows }),
            some().prop_map(|blocks| Block::Quote { blocks }),
            some().prop_map(|blocks| Block::Notice { blocks }),
            some().prop_map(|blocks| Block::Decision { blocks }),
            some().prop_map(|blocks| Block::Keep { blocks }),
            some().prop_map(|blocks| Block::Columns { blocks }),
            some().prop_map(|blocks| Block::Card { blocks }),
            some().prop_map(|blocks| Block::Closing { blocks }),
            some().prop_map(|blocks| Block::Signature { blocks }),
            (prop::sample::select(vec!["", "bus.svg", "none.svg"]), text(), some()).prop_map(|(file, alt, blocks)| {
                let picture = (!file.is_empty()).then(|| Picture { file: file.to_owned(), alt });
                Block::Idea { picture, blocks }
            }),
            (language(), some()).prop_map(|(language, blocks)| Block::Language { language, blocks }),
        ]
    });
    prop::collection::vec(block, 0..5)
}

fn language() -> impl Strategy<Value = Language> {
    prop::sample::select(Language::all().filter(|it| ["ar", "cy", "en", "zu"].contains(&it.tag())).collect::<Vec<_>>())
}

pub fn size() -> impl Strategy<Value = Size> {
    prop_oneof![Just(Size::Standard), Just(Size::LargePrint), (13..29_u8).prop_map(Size::Points)]
}

pub fn layout() -> impl Strategy<Value = Layout> {
    prop::sample::select(vec![Layout::Letter, Layout::Report, Layout::Form, Layout::Labels])
}

/// The texts of some blocks, in order. A signature's labels come before whatever else stands in it, and too many columns of a
/// table repeat their heads: so neither is compared in order.
fn each_text(document: &Document) -> Vec<String> {
    let mut all = Vec::new();
    document.each_word(&mut |text| all.push(text.to_owned()));
    all
}

fn has_other_order(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        // Labels of signatures and of fields side by side stand together, and the rows of a wide table each with their heads.
        Block::Signature { .. } | Block::Field { .. } => true,
        Block::Table { cols, .. } => cols.len() > 2,
        Block::List { items, .. } => items.iter().any(|item| has_other_order(&item.blocks)),
        Block::Details { rows } => rows.iter().any(|row| has_other_order(&row.blocks)),
        Block::Quote { blocks }
        | Block::Notice { blocks }
        | Block::Decision { blocks }
        | Block::Keep { blocks }
        | Block::Columns { blocks }
        | Block::Card { blocks }
        | Block::Idea { blocks, .. }
        | Block::Language { blocks, .. }
        | Block::Closing { blocks } => has_other_order(blocks),
        Block::Heading { .. } | Block::Paragraph { .. } | Block::Rule | Block::Contents | Block::PageBreak => false,
    })
}

/// Whether a package says all texts of a document, in their order where they have one. `said` are the words of its text.
pub fn ensure_all_is_said(document: &Document, said: &str) -> Result<(), String> {
    let in_order = !has_other_order(&document.blocks);
    let mut from = 0;
    // A cell of spaces is one to fill in.
    for text in each_text(document).into_iter().filter(|text| !text.trim().is_empty()) {
        // An address of a link stands elsewhere, or nowhere if its scheme is not known or the link has no words. Where links lead
        // is compared with the plain text, of papers as they are.
        if text == "javascript:x" || text.contains(".example") && !said.contains(&text) {
            continue;
        }
        let Some(found) = said[if in_order { from } else { 0 }..].find(&text) else {
            return Err(format!("{text:?} is not in {said:?}"));
        };
        from += if in_order { found + text.len() } else { 0 };
    }
    Ok(())
}

/// A form with a control character in each of its labels.
pub fn with_control_characters() -> Document {
    let field = |c: u8| Block::Field {
        lines: 1,
        half: false,
        label: vec![Inline::Text(format!("a{}b\u{FFFE}", char::from(c)))],
        help: Vec::new(),
    };
    document(Layout::Form, Size::Standard, (0..0x20).map(field).collect())
}
