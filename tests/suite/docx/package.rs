//! A document for an office program as its parts, read by the tools of the tests alone.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use roxmltree::{Document, Node};

/// The parts of a package by name, and their names in the order of the archive.
pub struct Package {
    pub parts: BTreeMap<String, Vec<u8>>,
    pub order: Vec<String>,
}

impl Package {
    pub fn read(data: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(data)).expect("it is a package");
        let mut parts = BTreeMap::new();
        let mut order = Vec::new();
        for i in 0..zip.len() {
            let mut file = zip.by_index(i).expect("a part can be read");
            let name = file.name().expect("a name is text").into_owned();
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("a part can be unpacked");
            order.push(name.clone());
            parts.insert(name, content);
        }
        Self { parts, order }
    }

    /// The text of a part.
    pub fn text(&self, name: &str) -> &str {
        let part = self.parts.get(name).unwrap_or_else(|| panic!("there is no {name}"));
        std::str::from_utf8(part).expect("a part is UTF-8")
    }

    /// Every text of every part, and every value of an attribute, a line each; and the words of each paragraph in one piece.
    pub fn everything(&self) -> String {
        let mut said = self.order.join("\n");
        for (_, tree) in self.trees() {
            for node in tree.descendants() {
                node.attributes().for_each(|it| said.push_str(&format!("\n|{}", it.value())));
                said.push_str(&format!("\n|{}", node.text().filter(|_| node.is_text()).unwrap_or_default()));
                if matches!(node.tag_name().name(), "p" | "h") {
                    said.push_str(&format!("\n|{}", words_of(node)));
                }
            }
        }
        said
    }

    /// The words of the text, a paragraph to a line.
    pub fn words(&self) -> String {
        let main = ["word/document.xml", "content.xml"].into_iter().find(|name| self.parts.contains_key(*name));
        let tree = self.tree(main.expect("a document has a text"));
        let lines = tree.descendants().filter(|it| matches!(it.tag_name().name(), "p" | "h"));
        lines.map(words_of).collect::<Vec<_>>().join("\n")
    }

    /// The parts of XML, each with its tree.
    pub fn trees(&self) -> Vec<(&str, Document<'_>)> {
        let is_xml = |name: &&String| name.ends_with(".xml") || name.ends_with(".rels");
        let tree = |name: &'_ String| Document::parse(self.text(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
        self.order.iter().filter(is_xml).map(|name| (name.as_str(), tree(name))).collect()
    }

    pub fn tree(&self, name: &str) -> Document<'_> {
        Document::parse(self.text(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
    }

    /// The relations of a part: id, kind and target.
    pub fn relations(&self, of: &str) -> Vec<(String, String, String)> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let name = format!("{folder}/_rels/{file}.rels").trim_start_matches('/').to_owned();
        if !self.parts.contains_key(&name) {
            return Vec::new();
        }
        let tree = self.tree(&name);
        let all = tree.descendants().filter(|node| node.tag_name().name() == "Relationship");
        let of = |node: Node<'_, '_>, name: &str| node.attribute(name).expect("a relation has it").to_owned();
        all.map(|node| {
            let kind = of(node, "Type").rsplit('/').next().unwrap_or_default().to_owned();
            (of(node, "Id"), kind, of(node, "Target"))
        })
        .collect()
    }
}

/// The words of a paragraph: in runs for Word, and as they are in the other format, with the spaces that are elements there.
fn words_of(paragraph: Node<'_, '_>) -> String {
    let word = |it: Node<'_, '_>| match it.tag_name().name() {
        "s" => " ".repeat(get(it, "c").and_then(|count| count.parse().ok()).unwrap_or(1)),
        _ if it.is_text() => it.text().unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    paragraph.descendants().map(word).collect()
}

/// An attribute, whatever its prefix.
pub fn get<'n>(node: Node<'n, '_>, name: &str) -> Option<&'n str> {
    node.attributes().find(|it| it.name() == name).map(|it| it.value())
}

/// The child of a name.
pub fn child<'n, 'i>(node: Node<'n, 'i>, name: &str) -> Option<Node<'n, 'i>> {
    node.children().find(|it| it.tag_name().name() == name)
}

/// The value of a child below a path of names.
pub fn value<'n>(node: Node<'n, '_>, path: &[&str]) -> Option<&'n str> {
    get(path.iter().try_fold(node, |node, name| child(node, name))?, "val")
}

/// Every element of a name below a node.
pub fn all<'n, 'i>(node: Node<'n, 'i>, name: &'static str) -> impl Iterator<Item = Node<'n, 'i>> {
    node.descendants().filter(move |it| it.tag_name().name() == name)
}
