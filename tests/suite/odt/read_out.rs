//! An Open Document text read out in the way of plain text: what the other writer would say of the same paper.
//!
//! What differs by design is here and nowhere else: the list of contents, logo and letterhead, page numbers, and drawings
//! beside words are not read out.

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::docx::package::{Package, all, child, get};

/// The text of a document.
pub fn read_out(package: &Package) -> String {
    let (content, styles) = (package.tree("content.xml"), package.tree("styles.xml"));
    let mut reader = Reader { parents: BTreeMap::new(), numbered: BTreeMap::new() };
    for tree in [&content, &styles] {
        for style in all(tree.root_element(), "style") {
            let name = get(style, "name").expect("a style has a name").to_owned();
            if let Some(parent) = get(style, "parent-style-name").filter(|_| is_automatic(&name)) {
                reader.parents.insert(name, parent.to_owned());
            }
        }
        for list in all(tree.root_element(), "list-style") {
            let counts = all(list, "list-level-style-number").next().is_some();
            reader.numbered.insert(get(list, "name").expect("it has a name").to_owned(), counts);
        }
    }
    let text = all(content.root_element(), "text").next().expect("a document has a text");
    let said = reader.blocks(text, None);
    let masters = child(styles.root_element(), "master-styles").expect("it has pages");
    let first = all(masters, "master-page").find(|page| get(*page, "name") == Some("First_20_Page"));
    let first = first.expect("it has a first page");
    let head = child(first, "header").map(|head| reader.blocks(head, None)).unwrap_or_default();
    let foot = child(first, "footer").expect("it has a foot");
    let foot = all(foot, "p").find(|p| reader.style(*p) == "Footer").map(|p| reader.words(p)).unwrap_or_default();
    format!("{head}{said}\n{foot}\n")
}

fn is_automatic(name: &str) -> bool {
    let bare = name.trim_start_matches('M');
    bare.starts_with(['P', 'T']) && bare[1..].bytes().all(|b| b.is_ascii_digit())
}

struct Reader {
    /// What automatic styles are based on.
    parents: BTreeMap<String, String>,
    /// Whether the lists of a style count.
    numbered: BTreeMap<String, bool>,
}

impl Reader {
    /// The style that has a name.
    fn style<'s>(&'s self, node: Node<'s, '_>) -> &'s str {
        let name = get(node, "style-name").unwrap_or_default();
        self.parents.get(name).map_or(name, String::as_str)
    }

    fn blocks(&self, within: Node<'_, '_>, label: Option<String>) -> String {
        let (mut said, mut label) = (String::new(), label);
        for node in within.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" | "h" => said.push_str(&(label.take().unwrap_or_default() + &self.paragraph(node))),
                "list" => said.push_str(&self.list(node)),
                "table" => said.push_str(&self.table(node)),
                "table-of-content" => {}
                other => panic!("`{other}` stands in the text"),
            }
        }
        said
    }

    fn list(&self, list: Node<'_, '_>) -> String {
        let counts = self.numbered[get(list, "style-name").expect("a list has a style")];
        let mut number = 1;
        let mut said = String::new();
        for item in list.children() {
            if let Some(start) = get(item, "start-value") {
                number = start.parse().expect("a number");
            }
            // An item without a paragraph of its own has no number.
            let has_label = item.children().any(|it| it.tag_name().name() == "p");
            let label = has_label.then(|| if counts { format!("{number}. ") } else { "- ".to_owned() });
            number += usize::from(has_label);
            said.push_str(&self.blocks(item, label));
        }
        said
    }

    fn paragraph(&self, node: Node<'_, '_>) -> String {
        let style = self.style(node);
        if style == "Anchor" {
            // Frames of the first page: mark, marking, sender, address.
            let frames = node.children().filter(|it| it.tag_name().name() == "frame");
            let boxes = frames.filter_map(|frame| child(frame, "text-box"));
            return boxes.map(|it| self.blocks(it, None)).collect();
        }
        let silent = ["Logo", "Sender", "Contents", "Gap", "Page_20_Turn"];
        if silent.iter().any(|silent| style.starts_with(silent)) {
            return String::new();
        }
        if style == "Horizontal_20_Line" {
            return "* * *\n".to_owned();
        }
        if style.ends_with("Tick_20_List") {
            let ticked = all(node, "content-control").next().and_then(|it| get(it, "checked")) == Some("true");
            return format!("[{}] {}\n", if ticked { "x" } else { " " }, self.words(node));
        }
        self.words(node) + "\n"
    }

    /// The words of a paragraph. A label of several pieces is one.
    fn words(&self, paragraph: Node<'_, '_>) -> String {
        let mut said = String::new();
        let mut in_tag = false;
        for node in paragraph.children() {
            let is_tag = node.tag_name().name() == "span" && self.style(node) == "Tag";
            if is_tag != in_tag {
                said.push(if is_tag { '[' } else { ']' });
                in_tag = is_tag;
            }
            said.push_str(&self.inline(node));
        }
        if in_tag { said + "]" } else { said }
    }

    fn inline(&self, node: Node<'_, '_>) -> String {
        if node.is_text() {
            return node.text().unwrap_or_default().to_owned();
        }
        let inside = || node.children().map(|it| self.inline(it)).collect::<String>();
        match node.tag_name().name() {
            "span" => inside(),
            "a" => {
                let (words, to) = (inside(), get(node, "href").expect("a link leads somewhere"));
                crate::html::read_out::with_target(&words, to)
            }
            "s" | "tab" | "line-break" => " ".to_owned(),
            "text-input" => {
                assert!(node.text().is_some_and(|text| text.trim().is_empty()), "a field holds something");
                String::new()
            }
            "content-control" | "bookmark-start" | "bookmark-end" | "page-number" | "page-count" | "frame" => {
                String::new()
            }
            other => panic!("`{other}` stands in a line"),
        }
    }

    fn table(&self, table: Node<'_, '_>) -> String {
        let head = child(table, "table-header-rows").and_then(|rows| child(rows, "table-row"));
        let cells = |row: Node<'_, '_>| -> Vec<_> {
            row.children()
                .filter(|it| it.tag_name().name() == "table-cell")
                .map(|cell| self.blocks(cell, None))
                .collect()
        };
        let rows: Vec<Node<'_, '_>> = table.children().filter(|it| it.tag_name().name() == "table-row").collect();
        let style = |row: Node<'_, '_>| all(row, "p").next().map(|p| self.style(p).to_owned()).unwrap_or_default();
        let first = head.or(rows.first().copied()).expect("a table has a row");
        match style(first).as_str() {
            "Table_20_Heading" => self.rows(&cells(first), &rows),
            "Field_20_Label" => {
                let cells = first.children().filter(|it| it.tag_name().name() == "table-cell");
                cells.map(|cell| self.field(cell)).collect()
            }
            "Term" => rows.iter().map(|row| detail(&cells(*row))).collect(),
            "Signature_20_Label" => rows.iter().map(|row| cells(*row)[0].trim().to_owned() + ":\n").collect(),
            "Card_20_Line" | "Card_20_Name_20_0" => rows.iter().flat_map(|row| cells(*row)).collect(),
            other => panic!("a table that begins with `{other}`"),
        }
    }

    fn field(&self, cell: Node<'_, '_>) -> String {
        let paragraphs: Vec<String> = all(cell, "p").map(|p| self.words(p)).collect();
        let help = paragraphs.get(1).map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{}{help}:\n", paragraphs[0])
    }

    /// A card for each row; rows to fill in are said once, after the others.
    fn rows(&self, heads: &[String], rows: &[Node<'_, '_>]) -> String {
        let mut said = String::new();
        let mut blank = 0;
        for row in rows {
            let cells: Vec<String> = row.children().map(|cell| self.blocks(cell, None)).collect();
            let has_box = all(*row, "content-control").next().is_some();
            if cells.iter().all(|cell| cell.trim().is_empty()) && !has_box {
                blank += 1;
                continue;
            }
            heads.iter().zip(&cells).for_each(|(head, cell)| said.push_str(&format!("{}: {cell}\n", head.trim())));
        }
        if blank > 0 {
            let heads: Vec<String> = heads.iter().map(|head| format!("{}:", head.trim())).collect();
            said.push_str(&format!("{} (× {blank})\n", heads.join("; ")));
        }
        said
    }
}

fn detail(cells: &[String]) -> String {
    if let [label, value] = cells {
        return format!("{}: {value}\n", label.trim());
    }
    let (label, value) = cells[0].split_once('\n').expect("a value stands under its label");
    format!("{label}: {value}\n")
}
