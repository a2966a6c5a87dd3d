//! Papers as a page of somebody else's shows them.

use convenor::Request;

use super::page::Element;

#[test]
fn a_preview_is_the_text_of_the_page_and_needs_nothing_but_its_style_sheet() {
    let checked = convenor::check(convenor::example().expect("it is sound")).expect("it is sound");
    let request = Request { only: vec!["minutes".to_owned(), "invitation".to_owned()], ..Request::default() };
    let shown = convenor::preview(&checked, &request).expect("it can be shown");
    assert!(shown.len() > 10, "{}", shown.len());
    for preview in &shown {
        let tree = Element::read(&preview.body);
        let root = tree.elements().next().expect("one element");
        assert!(root.is("paper") && tree.elements().count() == 1, "{}", preview.path);
        assert!(root.text().contains(&preview.title), "{}: {}", preview.path, preview.title);
        for it in tree.all() {
            assert!(it.get("style").is_none() && it.get("src").is_none(), "{}: {it:?}", preview.path);
            assert!(!["script", "style", "main", "header", "footer", "img"].contains(&it.name.as_str()), "{}", it.name);
        }
    }
    let style = convenor::preview_style(&checked);
    assert!(style.contains(".paper") && !style.contains("url(") && !style.contains("@import") && !style.contains('<'));
}
