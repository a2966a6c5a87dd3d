//! A document for Word read out in the way of plain text: what the other writer would say of the same paper.
//!
//! What differs by design is here and nowhere else: the list of contents, logo and letterhead, page numbers, and drawings
//! beside words are not read out.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::package::{Package, all, child, get, value};

/// The text of a document.
pub fn read_out(package: &Package) -> String {
    let tree = package.tree("word/document.xml");
    let mut reader = Reader {
        links: package.relations("word/document.xml").into_iter().map(|(id, _, target)| (id, target)).collect(),
        starts: starts(package),
        counts: BTreeMap::new(),
    };
    let body = child(tree.root_element(), "body").expect("a document has a body");
    let said = reader.blocks(body);
    let foot = package.tree("word/footer1.xml");
    let foot: String =
        all(foot.root_element(), "p").filter(|p| style(*p) == "Footer").map(|p| reader.words(p)).collect();
    format!("{said}\n{foot}\n")
}

/// The first number of each numbering; none for bullets.
fn starts(package: &Package) -> BTreeMap<String, Option<usize>> {
    if !package.parts.contains_key("word/numbering.xml") {
        return BTreeMap::new();
    }
    let tree = package.tree("word/numbering.xml");
    let start = |num: Node<'_, '_>| {
        let id = get(num, "numId").expect("a numbering has an id").to_owned();
        (id, value(num, &["lvlOverride", "startOverride"]).map(|start| start.parse().expect("a number")))
    };
    tree.root_element().children().filter(|it| it.tag_name().name() == "num").map(start).collect()
}

struct Reader {
    links: BTreeMap<String, String>,
    starts: BTreeMap<String, Option<usize>>,
    counts: BTreeMap<String, usize>,
}

fn style<'n>(paragraph: Node<'n, '_>) -> &'n str {
    value(paragraph, &["pPr", "pStyle"]).unwrap_or("Normal")
}

impl Reader {
    fn blocks(&mut self, within: Node<'_, '_>) -> String {
        let mut said = String::new();
        for node in within.children() {
            match node.tag_name().name() {
                "p" => said.push_str(&self.paragraph(node)),
                "tbl" => said.push_str(&self.table(node)),
                _ => {}
            }
        }
        said
    }

    fn paragraph(&mut self, node: Node<'_, '_>) -> String {
        let style = style(node);
        let silent = ["Logo", "Sender", "TOCHeading", "Toc1", "Gap", "PageTurn"];
        if silent.iter().any(|silent| style.starts_with(silent)) {
            return String::new();
        }
        if style == "Divider" {
            return "* * *\n".to_owned();
        }
        if style.ends_with("ListTick") {
            let ticked = all(node, "checked").next().and_then(|it| get(it, "val")) == Some("1");
            return format!("[{}] {}\n", if ticked { "x" } else { " " }, self.words(node));
        }
        let mark = match value(node, &["pPr", "numPr", "numId"]) {
            None => String::new(),
            Some(id) => match self.starts[id] {
                None => "- ".to_owned(),
                Some(start) => {
                    let count = self.counts.entry(id.to_owned()).or_insert(start);
                    *count += 1;
                    format!("{}. ", *count - 1)
                }
            },
        };
        format!("{mark}{}\n", self.words(node))
    }

    /// The words of a paragraph. A label of several runs is one.
    fn words(&self, paragraph: Node<'_, '_>) -> String {
        let mut said = String::new();
        let mut in_tag = false;
        for node in paragraph.children() {
            let is_tag = node.tag_name().name() == "r" && value(node, &["rPr", "rStyle"]) == Some("Tag");
            if is_tag != in_tag {
                said.push(if is_tag { '[' } else { ']' });
                in_tag = is_tag;
            }
            said.push_str(&self.inline(node));
        }
        if in_tag { said + "]" } else { said }
    }

    fn inline(&self, node: Node<'_, '_>) -> String {
        match node.tag_name().name() {
            "hyperlink" => {
                let words: String = node.children().map(|it| self.inline(it)).collect();
                get(node, "id").map_or(words.clone(), |id| crate::html::read_out::with_target(&words, &self.links[id]))
            }
            "sdt" => {
                let is_box = all(node, "checkbox").next().is_some();
                let is_empty = all(node, "showingPlcHdr").next().is_some();
                assert!(is_box || is_empty, "a control holds something");
                String::new()
            }
            "r" => node
                .children()
                .map(|it| match it.tag_name().name() {
                    "t" => it.text().unwrap_or_default().to_owned(),
                    "br" | "tab" => " ".to_owned(),
                    _ => String::new(),
                })
                .collect(),
            _ => String::new(),
        }
    }

    fn table(&mut self, table: Node<'_, '_>) -> String {
        let rows: Vec<Vec<Node<'_, '_>>> = table
            .children()
            .filter(|it| it.tag_name().name() == "tr")
            .map(|row| row.children().filter(|it| it.tag_name().name() == "tc").collect())
            .collect();
        match value(table, &["tblPr", "tblStyle"]).expect("a table has a style") {
            "PaperTable" | "LogTable" => self.rows(&rows),
            "Details" => rows.iter().map(|row| self.detail(row)).collect(),
            "Field" => {
                let field = |cell: &Node<'_, '_>| {
                    let paragraphs: Vec<String> = all(*cell, "p").map(|p| self.words(p)).collect();
                    let help = paragraphs.get(1).map(|help| format!(" ({help})")).unwrap_or_default();
                    format!("{}{help}:\n", paragraphs[0])
                };
                rows[0].iter().map(field).collect()
            }
            "SignatureLinesTable" => rows.iter().map(|row| self.blocks(row[0]).trim().to_owned() + ":\n").collect(),
            "Card" => rows.iter().flatten().map(|cell| self.blocks(*cell)).collect(),
            other => panic!("a table of the style {other}"),
        }
    }

    fn detail(&mut self, row: &[Node<'_, '_>]) -> String {
        let words = self.blocks(row[0]);
        if row.len() == 2 {
            return format!("{}: {}\n", words.trim(), self.blocks(row[1]));
        }
        let (label, value) = words.split_once('\n').expect("a value stands under its label");
        format!("{label}: {value}\n")
    }

    /// A card for each row; rows to fill in are said once, after the others.
    fn rows(&mut self, rows: &[Vec<Node<'_, '_>>]) -> String {
        let (heads, rows) = rows.split_first().expect("a table has a head");
        let heads: Vec<String> = heads.iter().map(|cell| self.blocks(*cell).trim().to_owned()).collect();
        let has_box = |row: &[Node<'_, '_>]| row.iter().any(|cell| all(*cell, "checkbox").next().is_some());
        let mut said = String::new();
        let mut blank = 0;
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| self.blocks(*cell)).collect();
            if cells.iter().all(|cell| cell.trim().is_empty()) && !has_box(row) {
                blank += 1;
                continue;
            }
            heads.iter().zip(&cells).for_each(|(head, cell)| said.push_str(&format!("{head}: {cell}\n")));
        }
        if blank > 0 {
            let cells: Vec<String> = heads.iter().map(|head| format!("{head}:")).collect();
            said.push_str(&format!("{} (× {blank})\n", cells.join("; ")));
        }
        said
    }
}
