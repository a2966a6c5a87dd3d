//! Any tree becomes a sound package with all of its texts in order, the same twice.

use proptest::prelude::*;

use super::render;
use crate::doc::{Layout, Size};
use crate::render::brand::Look;
use crate::render::office::any;

/// The words of the text, without those that stand around it.
fn words(data: &[u8]) -> String {
    let (_, text) = any::parts(data).into_iter().find(|(name, _)| name == "word/document.xml").expect("it has a text");
    let tree = roxmltree::Document::parse(&text).expect("it is sound");
    // A tab stands where a space was, after the number of a clause.
    let word = |node: roxmltree::Node<'_, '_>| match node.tag_name().name() {
        "t" => node.text().unwrap_or_default().to_owned(),
        "tab" => " ".to_owned(),
        // A picture has its words in an attribute.
        "docPr" => node.attribute("descr").unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    tree.descendants().map(word).collect()
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
        any::ensure_all_is_said(&document, &words(&written.data)).map_err(TestCaseError::fail)?;
    }
}

#[test]
fn control_characters_never_make_a_part_unsound() {
    assert!(words(&render(&any::with_control_characters(), &any::look()).data).contains("a\u{FFFD}b"));
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
