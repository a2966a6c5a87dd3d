//! What the standard asks of a text (ODF 1.2), typed from it a second time: which elements stand in which, and that whatever is
//! named is there, once, and nothing besides.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use crate::docx::package::{Package, all, child, get};

/// The children of an element, in the order of its schema; those with `*` may be repeated, and those after `|` stand in any
/// order. The lines of a text are apart (`LINE`).
const CHILDREN: &[(&str, &str)] = &[
    ("document-content", "scripts font-face-decls automatic-styles body"),
    ("document-styles", "font-face-decls styles automatic-styles master-styles"),
    ("body", "text"),
    ("text", "| p* h* list* table* table-of-content*"),
    ("list", "list-header list-item*"),
    ("list-item", "| p* h* list*"),
    ("table", "title desc table-header-columns table-column* table-header-rows table-row*"),
    ("table-header-columns", "table-column*"),
    ("table-header-rows", "table-row*"),
    ("table-row", "table-cell*"),
    ("table-cell", "| p* h* list* table* table-of-content*"),
    ("frame", "text-box image title desc"),
    ("text-box", "| p* h* list* table*"),
    ("table-of-content", "table-of-content-source index-body"),
    ("table-of-content-source", "index-title-template table-of-content-entry-template*"),
    ("index-body", "| index-title* p*"),
    ("index-title", "p*"),
    ("master-page", "header footer"),
    ("header", "| p* h* list* table*"),
    ("footer", "| p* h* list* table*"),
    ("page-layout", "page-layout-properties header-style footer-style"),
    ("font-face", "font-face-src"),
    ("font-face-src", "font-face-uri*"),
    ("font-face-uri", "font-face-format*"),
    ("list-style", "| list-level-style-number* list-level-style-bullet*"),
    ("list-level-style-number", "list-level-properties text-properties"),
    ("list-level-style-bullet", "list-level-properties text-properties"),
    (
        "style",
        "paragraph-properties table-properties table-column-properties table-row-properties table-cell-properties \
        graphic-properties text-properties",
    ),
    ("master-styles", "master-page*"),
    ("meta", "generator title initial-creator creator creation-date date language user-defined*"),
    ("text-input", ""),
    ("table-column", ""),
    ("s", ""),
];

/// What may stand in a line.
const LINE: &str =
    "a span s tab line-break bookmark-start bookmark-end text-input page-number page-count frame content-control";

/// What is wrong with a document.
pub fn faults(package: &Package) -> Vec<String> {
    let mut faults = Vec::new();
    let (content, styles) = (package.tree("content.xml"), package.tree("styles.xml"));
    for (name, tree) in package.trees() {
        for node in tree.descendants().filter(Node::is_element) {
            faults.extend(children(node).map(|why| format!("{name}: {why}")));
        }
    }
    for tree in [&content, &styles] {
        faults.extend(spaces(tree));
        faults.extend(content_of(tree));
        faults.extend(fonts(tree));
    }
    faults.extend(names(&content, &styles));
    faults.extend(parts(package));
    faults.extend(says_of_itself(package, &styles));
    faults
}

/// Children that may not stand where they stand.
fn children(node: Node<'_, '_>) -> Option<String> {
    let name = node.tag_name().name();
    let there: Vec<&str> = node.children().filter(Node::is_element).map(|it| it.tag_name().name()).collect();
    if matches!(name, "p" | "h" | "span" | "a") {
        let wrong = there.iter().find(|it| !LINE.split(' ').any(|known| known == **it))?;
        return Some(format!("`{wrong}` in a line"));
    }
    let (_, allowed) = CHILDREN.iter().find(|(its, _)| *its == name)?;
    if let Some(any) = allowed.strip_prefix("| ") {
        let wrong = there.iter().find(|it| !any.split_ascii_whitespace().any(|known| known == format!("{it}*")))?;
        return Some(format!("`{wrong}` in `{name}`"));
    }
    let allowed: Vec<&str> = allowed.split_ascii_whitespace().collect();
    let mut at = 0;
    for it in &there {
        let Some(place) = allowed[at..].iter().position(|known| known.trim_end_matches('*') == *it) else {
            return Some(format!("`{it}` in `{name}` after {there:?}"));
        };
        at += place;
        at += usize::from(!allowed[at].ends_with('*'));
    }
    None
}

/// Spaces that a reader would drop (part 1, §6.1.2).
fn spaces(tree: &Document<'_>) -> Vec<String> {
    let paragraphs = tree.descendants().filter(|it| matches!(it.tag_name().name(), "p" | "h"));
    let mut faults = Vec::new();
    for paragraph in paragraphs {
        let words: String = paragraph
            .descendants()
            .filter(|it| it.is_text() || matches!(it.tag_name().name(), "s" | "tab" | "line-break" | "frame"))
            .map(|it| if it.is_text() { it.text().unwrap_or_default() } else { "\u{1}" })
            .collect();
        let has_break = words.contains(['\n', '\t', '\r']);
        if has_break || words.starts_with(' ') || words.ends_with(' ') || words.contains("  ") {
            faults.push(format!("spaces that are dropped: {words:?}"));
        }
    }
    faults
}

fn content_of(tree: &Document<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut check = |holds: bool, what: String| {
        if !holds {
            faults.push(what);
        }
    };
    let root = tree.root_element();
    for table in all(root, "table") {
        let columns =
            table.children().flat_map(|it| all(it, "table-column").filter(move |one| is_of(*one, table))).count();
        let rows: Vec<Node<'_, '_>> = all(table, "table-row").filter(|row| is_of(*row, table)).collect();
        check(!rows.is_empty() && rows.iter().all(|row| row.children().count() == columns), "a short row".to_owned());
        let headed = child(table, "table-header-rows").map_or(0, |head| head.children().count());
        let is_named = child(table, "title").is_some();
        let first_column = child(table, "table-header-columns").is_some();
        let in_foot = table.ancestors().any(|it| it.tag_name().name() == "footer");
        check(headed <= 1 && (!is_named || headed == 1), "a table with a name and without a head".to_owned());
        check(headed == 1 || first_column || columns == 1 || in_foot, "a table without heads".to_owned());
        let ends = |cell: Node<'_, '_>| cell.children().next_back().is_some_and(|it| it.tag_name().name() != "table");
        check(rows.iter().flat_map(Node::children).all(ends), "a cell does not end on a paragraph".to_owned());
    }
    for picture in all(root, "image") {
        let frame = picture.parent().expect("it is in a frame");
        let words = child(frame, "desc").and_then(|it| it.text()).unwrap_or_default();
        check(!words.trim().is_empty(), "a picture without words".to_owned());
    }
    for heading in all(root, "h") {
        check(get(heading, "outline-level").is_some(), "a heading without a level".to_owned());
    }
    let named = |of: &'static str, name: &str| -> Vec<&str> { all(root, of).filter_map(|it| get(it, name)).collect() };
    for (of, name) in [("table", "name"), ("frame", "name"), ("bookmark-start", "name"), ("table-of-content", "name")] {
        let all = named(of, name);
        check(all.iter().collect::<BTreeSet<_>>().len() == all.len(), format!("two of one name: {all:?}"));
    }
    let (starts, ends) = (named("bookmark-start", "name"), named("bookmark-end", "name"));
    check(starts == ends, "a bookmark that does not end".to_owned());
    for href in named("a", "href") {
        let known = ["https://", "http://", "mailto:", "tel:"];
        let is_known =
            href.strip_prefix('#').map_or(known.iter().any(|it| href.starts_with(it)), |it| starts.contains(&it));
        check(is_known, format!("a link to `{href}`"));
    }
    for field in all(root, "text-input").filter_map(|it| get(it, "description")) {
        check(!field.trim().is_empty(), "a field without a name".to_owned());
    }
    for tick in all(root, "content-control") {
        check(get(tick, "alias").is_some_and(|it| !it.trim().is_empty()), "a box without a name".to_owned());
    }
    for length in tree.descendants().flat_map(|it| it.attributes()).filter(|it| is_length(it.name())) {
        let value = length.value();
        let bare = value.trim_end_matches("pt").trim_end_matches("mm").trim_end_matches('%');
        check(bare != value && bare.parse::<f32>().is_ok(), format!("{}=`{value}`", length.name()));
    }
    faults
}

fn is_length(name: &str) -> bool {
    ["fo:margin", "margin-", "padding-", "font-size", "line-height", "width", "min-height", "text-indent"]
        .iter()
        .any(|it| name.starts_with(it))
        && name != "width" // of a line drawn under words, which is a word
}

/// Whether a table is the nearest around one of its parts.
fn is_of(node: Node<'_, '_>, table: Node<'_, '_>) -> bool {
    node.ancestors().skip(1).find(|it| it.tag_name().name() == "table") == Some(table)
}

/// Families that are named, and their declarations in the same part (part 1, §16.23).
fn fonts(tree: &Document<'_>) -> Vec<String> {
    let there: BTreeSet<&str> = all(tree.root_element(), "font-face").filter_map(|it| get(it, "name")).collect();
    let named = tree.descendants().flat_map(|it| it.attributes()).filter(|it| it.name().starts_with("font-name"));
    let missing = named.filter(|it| !there.contains(it.value()));
    missing.map(|it| format!("the font `{}` is named, and there is none", it.value())).collect()
}

/// The family of the style that an element names.
fn family(element: &str) -> Option<&'static str> {
    Some(match element {
        "p" | "h" | "index-title-template" | "table-of-content-entry-template" => "paragraph",
        "span" | "a" => "text",
        "table" => "table",
        "table-column" => "table-column",
        "table-row" => "table-row",
        "table-cell" => "table-cell",
        "frame" => "graphic",
        "list" => "list",
        _ => return None,
    })
}

type Styles = BTreeMap<(String, String), bool>;

/// The styles of a part below one of its elements, each with whether it was named.
fn styles_of(tree: &Document<'_>, within: &str) -> (Styles, Vec<String>) {
    let (mut found, mut twice) = (Styles::new(), Vec::new());
    let Some(within) = child(tree.root_element(), within) else { return (found, twice) };
    for style in within.children() {
        let family = match style.tag_name().name() {
            "style" => get(style, "family").expect("a style has a family"),
            "list-style" => "list",
            "page-layout" => "page-layout",
            _ => continue,
        };
        let key = (family.to_owned(), get(style, "name").expect("a style has a name").to_owned());
        if found.insert(key.clone(), false).is_some() {
            twice.push(format!("two styles {key:?}"));
        }
    }
    (found, twice)
}

/// Styles that are named, and those that there are (part 1, §16.1).
fn names(content: &Document<'_>, styles: &Document<'_>) -> Vec<String> {
    let (mut common, mut faults) = styles_of(styles, "styles");
    let pages: BTreeSet<&str> = all(styles.root_element(), "master-page").filter_map(|it| get(it, "name")).collect();
    for tree in [content, styles] {
        let (mut automatic, twice) = styles_of(tree, "automatic-styles");
        faults.extend(twice);
        for node in tree.descendants().filter(Node::is_element) {
            let own = family(node.tag_name().name());
            let of_style = get(node, "family").filter(|_| node.tag_name().name() == "style");
            for attribute in node.attributes() {
                let family = match attribute.name() {
                    "style-name" | "visited-style-name" => own.unwrap_or("paragraph"),
                    "parent-style-name" | "next-style-name" if of_style.is_some() => of_style.unwrap_or_default(),
                    "page-layout-name" => "page-layout",
                    "next-style-name" | "master-page-name" => {
                        if !pages.contains(attribute.value()) {
                            faults.push(format!("no page `{}`", attribute.value()));
                        }
                        continue;
                    }
                    _ => continue,
                };
                let key = (family.to_owned(), attribute.value().to_owned());
                // What a style is based on has a name of its own (part 1, §19.510).
                let is_based = attribute.name() == "parent-style-name";
                match automatic.get_mut(&key).filter(|_| !is_based).or_else(|| common.get_mut(&key)) {
                    Some(is_named) => *is_named = true,
                    None => faults.push(format!("no style {key:?}")),
                }
            }
        }
        let unused = automatic.into_iter().filter(|((family, _), is_named)| !is_named && family != "graphic");
        faults.extend(unused.map(|(key, _)| format!("nothing has the style {key:?}")));
    }
    faults
}

/// Parts that are listed, and those that there are (part 3, §3.2, §4).
fn parts(package: &Package) -> Vec<String> {
    let mut faults = Vec::new();
    let tree = package.tree("META-INF/manifest.xml");
    let listed: BTreeMap<&str, &str> = all(tree.root_element(), "file-entry")
        .map(|it| (get(it, "full-path").expect("a path"), get(it, "media-type").expect("a type")))
        .collect();
    let kind = |name: &str| match name.rsplit('.').next().unwrap_or_default() {
        "xml" => "text/xml",
        "ttf" => "application/x-font-ttf",
        "png" => "image/png",
        _ => "application/vnd.oasis.opendocument.text",
    };
    if package.order.first().map(String::as_str) != Some("mimetype") || package.text("mimetype") != kind("/") {
        faults.push("the first part does not say what the package is".to_owned());
    }
    let of_package = ["mimetype", "META-INF/manifest.xml"];
    let there: BTreeSet<&str> =
        package.order.iter().map(String::as_str).filter(|it| !of_package.contains(it)).collect();
    let said: BTreeSet<&str> = listed.keys().copied().filter(|name| *name != "/").collect();
    if there != said {
        faults.push(format!("the manifest has {said:?}, and there are {there:?}"));
    }
    faults
        .extend(listed.iter().filter(|(name, its)| kind(name) != **its).map(|(name, its)| format!("{name} is {its}")));
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let trees = package.trees();
    for (_, tree) in &trees {
        let hrefs = tree.descendants().filter(|it| matches!(it.tag_name().name(), "image" | "font-face-uri"));
        reached.extend(hrefs.filter_map(|it| get(it, "href")));
    }
    let files: BTreeSet<&str> = there.iter().copied().filter(|name| name.contains('/')).collect();
    if reached != files {
        faults.push(format!("the text leads to {reached:?}, and there are {files:?}"));
    }
    faults
}

/// Title, author, language and the day of issue; the fields of the foot.
fn says_of_itself(package: &Package, styles: &Document<'_>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut check = |holds: bool, what: &str| {
        if !holds {
            faults.push(what.to_owned());
        }
    };
    let tree = package.tree("meta.xml");
    let said = |name: &'static str| all(tree.root_element(), name).next().and_then(|it| it.text()).unwrap_or_default();
    check(!said("title").trim().is_empty() && !said("creator").trim().is_empty(), "no title or author");
    check(said("language") == "en-GB", "no language");
    check(said("creation-date") == said("date") && said("date").ends_with("T00:00:00"), "a clock was read");
    let default = all(styles.root_element(), "default-style").find(|it| get(*it, "family") == Some("paragraph"));
    let language = default.and_then(|it| child(it, "text-properties"));
    let language = language.map(|it| (get(it, "language"), get(it, "country")));
    check(language == Some((Some("en"), Some("GB"))), "no default language");
    for page in all(styles.root_element(), "master-page") {
        let count = |name: &'static str| all(page, name).count();
        check(count("page-number") == 1 && count("page-count") == 1, "a foot without its page");
    }
    faults
}
