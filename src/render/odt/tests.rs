//! Any tree becomes a sound package with all of its texts in order, the same twice.

use std::io::Cursor;

use proptest::prelude::*;
use roxmltree::Node;

use super::render;
use crate::doc::{Block, Inline, Layout, ListItem, Size};
use crate::render::brand::Look;
use crate::render::office::any;

fn part(data: &[u8], name: &str) -> String {
    any::parts(data).into_iter().find(|(its, _)| its == name).unwrap_or_else(|| panic!("there is no {name}")).1
}

/// The words of the text as a reader gets them (ODF 1.2 part 1, §6.1.2), and where its links lead.
fn words(data: &[u8]) -> String {
    let text = part(data, "content.xml");
    let tree = roxmltree::Document::parse(&text).expect("it is sound");
    let root = tree.descendants().find(|node| node.tag_name().name() == "text" && node.is_element());
    let mut said = String::new();
    read(root.expect("it has a text"), &mut said);
    said
}

fn read(node: Node<'_, '_>, said: &mut String) {
    let is_of_the_paper = !matches!(node.tag_name().name(), "title" | "table-of-content-source");
    for child in node.children().filter(|_| is_of_the_paper) {
        match child.tag_name().name() {
            _ if child.is_text() => said.push_str(child.text().unwrap_or_default()),
            "s" => {
                let count = child.attributes().find(|it| it.name() == "c").map_or("1", |it| it.value());
                said.push_str(&" ".repeat(count.parse().expect("a count")));
            }
            "tab" => said.push(' '),
            _ => read(child, said),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]
    #[test]
    fn any_tree_becomes_a_sound_package_with_all_of_its_texts_the_same_twice(
        blocks in any::blocks(), size in any::size(), layout in any::layout()
    ) {
        let document = any::document(layout, size, blocks);
        let written = render(&document, &any::look());
        prop_assert_eq!(&written.data, &render(&document, &any::look()).data);
        let content = part(&written.data, "content.xml");
        any::ensure_all_is_said(&document, &words(&written.data)).map_err(TestCaseError::fail)?;
        let tree = roxmltree::Document::parse(&content).expect("it is sound");
        // §5.3.3: an item of a list holds paragraphs and lists, and a list holds items.
        for node in tree.descendants().filter(Node::is_element) {
            let allowed: &[&str] = match node.tag_name().name() {
                "list-item" => &["p", "h", "list"],
                "list" => &["list-item"],
                "table-cell" | "text-box" => &["p", "h", "list", "table", "table-of-content"],
                _ => continue,
            };
            for child in node.children() {
                prop_assert!(allowed.contains(&child.tag_name().name()), "{:?} in {:?}", child, node.tag_name().name());
            }
        }
    }
}

#[test]
fn control_characters_never_make_a_part_unsound() {
    let said = words(&render(&any::with_control_characters(), &any::look()).data);
    assert!(said.contains("a\u{FFFD}b"), "{said}");
}

#[test]
fn a_council_without_a_logo_has_its_name_for_a_mark() {
    let look = Look { logo: None, ..any::look() };
    for layout in [Layout::Letter, Layout::Report, Layout::Form] {
        let written = render(&any::document(layout, Size::Standard, Vec::new()), &look);
        assert!(words(&written.data).contains("London Borough of Marshgate"));
        assert!(any::parts(&written.data).iter().all(|(_, text)| !text.contains("logo.png")));
    }
}

#[test]
fn the_first_part_says_what_the_package_is_and_is_not_packed() {
    let data = render(&any::document(Layout::Form, Size::Standard, Vec::new()), &any::look()).data;
    // ODF 1.2 part 3, §3.3: so that a program sees it at byte 38, without unpacking anything.
    assert_eq!(&data[30..38], b"mimetype");
    assert_eq!(&data[38..77], b"application/vnd.oasis.opendocument.text");
    let mut zip = zip::ZipArchive::new(Cursor::new(&data)).expect("a package");
    let first = zip.by_index(0).expect("a part");
    assert_eq!((first.compression(), first.size()), (zip::CompressionMethod::Stored, 39));
}

#[test]
fn a_list_under_a_box_to_tick_is_closed_with_it_whatever_comes_next() {
    let item = |checked, blocks| ListItem { checked, blocks };
    let list = |items| Block::List { ordered: true, start: 1, tight: true, items };
    let text = |text: &str| Block::Paragraph { c: vec![Inline::Text(text.to_owned())] };
    let inner = || {
        list(vec![
            item(None, vec![text("inner")]),
            item(Some(true), vec![text("box"), list(vec![item(None, vec![text("inmost")])])]),
        ])
    };
    let ticked = item(Some(false), vec![text("tick"), inner(), text("after")]);
    let all = vec![
        list(vec![item(None, vec![text("first")]), ticked.clone()]),
        list(vec![item(None, vec![text("first")]), ticked.clone(), item(None, vec![text("second")]), ticked]),
    ];
    let written = render(&any::document(Layout::Letter, Size::Standard, all), &any::look());
    let content = part(&written.data, "content.xml");
    let tree = roxmltree::Document::parse(&content).expect("it is sound");
    for words in ["tick", "after"] {
        let paragraphs = tree.descendants().filter(|it| it.is_text() && it.text() == Some(words));
        let is_in_a_list = |it: &Node<'_, '_>| it.ancestors().any(|it| it.tag_name().name() == "list");
        assert_eq!(paragraphs.filter(is_in_a_list).count(), 0, "{words}: {content}");
    }
}

#[test]
fn a_list_counts_on_after_what_cannot_stand_in_it() {
    let text = |text: &str| Block::Paragraph { c: vec![Inline::Text(text.to_owned())] };
    let item = |blocks| ListItem { checked: None, blocks };
    let field = Block::Field { lines: 1, half: false, label: vec![Inline::Text("Name".to_owned())], help: Vec::new() };
    let inner = Block::List { ordered: false, start: 1, tight: true, items: vec![item(vec![text("inner")])] };
    let ticked = ListItem { checked: Some(true), blocks: vec![text("ticked")] };
    let list = Block::List {
        ordered: true,
        start: 3,
        tight: true,
        items: vec![
            item(vec![text("third"), text("more of it")]),
            item(vec![text("fourth"), field.clone(), text("after it"), inner.clone()]),
            item(vec![text("fifth"), inner]),
            ticked,
            item(vec![text("sixth")]),
        ],
    };
    let written = render(&any::document(Layout::Form, Size::Standard, vec![list]), &any::look());
    let content = part(&written.data, "content.xml");
    let tree = roxmltree::Document::parse(&content).expect("it is sound");
    let numbers: Vec<(String, String)> = tree
        .descendants()
        .filter(|node| node.tag_name().name() == "list-item")
        .map(|item| {
            let start = item.attributes().find(|it| it.name() == "start-value").map_or("-", |it| it.value());
            let words: String = item.descendants().filter(Node::is_text).filter_map(|it| it.text()).collect();
            (start.to_owned(), words)
        })
        .collect();
    let expected = [
        ("3", "thirdmore of it"),
        ("-", "fourth"),
        ("-", "inner"),
        ("-", "inner"),
        ("5", "fifthinner"),
        ("-", "inner"),
        ("6", "sixth"),
    ];
    assert_eq!(numbers, expected.map(|(start, words)| (start.to_owned(), words.to_owned())));
}
