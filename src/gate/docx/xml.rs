//! A part of a package that is text: XML, or anything else that can be read as it stands.
//!
//! In: a part. Out: passages, and the keys of fonts that it names.

use roxmltree::{Document, Node};

use super::vocabulary;
use crate::gate::pdf::Passage;

/// Reads a part.
///
/// # Errors
/// If it holds anything that runs, or that is loaded from elsewhere; or if its name says XML, and it is none.
pub fn read(name: &str, text: &str, found: &mut Vec<Passage>, keys: &mut Vec<String>) -> Result<(), String> {
    let is_named_so = [".xml", ".rels"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
    let tree = match Document::parse(text) {
        Ok(tree) => tree,
        Err(_) if is_named_so => return Err("a part of it is no sound XML".to_owned()),
        Err(_) => {
            add(found, "a part that is plain text", text.to_owned());
            return Ok(());
        }
    };
    let mut reader = Reader { found, keys, shown: String::new(), codes: String::new(), apart: String::new() };
    let root = tree.root_element().range();
    // What stands before the root and after it, as a declaration of another kind.
    let around = format!("{}\n{}", &text[..root.start], &text[root.end..]);
    reader.add("around a part", around.replacen(vocabulary::DECLARATION, "", 1));
    reader.node(tree.root())?;
    let Reader { shown, codes, apart, .. } = reader;
    vocabulary::ensure_fields_load_nothing(&codes)?;
    let place = if vocabulary::is_shown(name) { "text" } else { "a part that is not shown" };
    for (place, text) in [(place, shown), ("the code of a field", codes), (place, apart)] {
        if !vocabulary::is_known_code(&text) {
            add(found, place, text);
        }
    }
    Ok(())
}

/// Adds a passage, unless it says nothing.
pub fn add(found: &mut Vec<Passage>, place: &str, text: String) {
    if !text.trim().is_empty() {
        found.push(Passage { place: place.to_owned(), text });
    }
}

struct Reader<'f> {
    found: &'f mut Vec<Passage>,
    keys: &'f mut Vec<String>,
    /// The text as it is shown.
    shown: String,
    /// The codes of fields.
    codes: String,
    /// All of it with every element apart.
    apart: String,
}

impl Reader<'_> {
    fn add(&mut self, place: &str, text: String) {
        add(self.found, place, text);
    }

    fn node(&mut self, node: Node<'_, '_>) -> Result<(), String> {
        if node.is_element() {
            self.begin(node)?;
        } else if node.is_text() {
            let words = node.text().unwrap_or_default();
            let whose = node.parent().map(|parent| parent.tag_name().name()).unwrap_or_default();
            if vocabulary::is_known_text(whose, words) {
                return Ok(());
            }
            let is_code = whose.contains("nstrText");
            if is_code { &mut self.codes } else { &mut self.shown }.push_str(words);
            self.apart.push_str(words);
        } else if node.is_comment() {
            self.add("comment", node.text().unwrap_or_default().to_owned());
        } else if let Some(instruction) = node.pi() {
            self.add("comment", format!("{}\n{}", instruction.target, instruction.value.unwrap_or_default()));
        }
        for child in node.children() {
            self.node(child)?;
        }
        if node.is_element() {
            self.between(node.tag_name().name());
        }
        Ok(())
    }

    /// An element begins or ends.
    fn between(&mut self, name: &str) {
        self.apart.push('\n');
        if vocabulary::parts_words(name) {
            self.shown.push('\n');
        }
        if name == "fldChar" {
            self.codes.push('\n');
        }
    }

    fn begin(&mut self, node: Node<'_, '_>) -> Result<(), String> {
        let name = node.tag_name().name();
        if vocabulary::runs_or_loads(name) {
            return Err("it has an element that runs, or that loads something".to_owned());
        }
        self.between(name);
        if !vocabulary::is_element(name) {
            self.add("the name of an element", name.to_owned());
        }
        for namespace in node.namespaces() {
            if !vocabulary::is_namespace(namespace.name().unwrap_or_default(), namespace.uri()) {
                self.add("a namespace", format!("{}\n{}", namespace.name().unwrap_or_default(), namespace.uri()));
            }
        }
        match name {
            "noBreakHyphen" => self.shown.push('-'),
            "softHyphen" => self.shown.push('\u{AD}'),
            "sym" => self.symbol(node),
            "Relationship" => ensure_loads_nothing(node)?,
            "fldSimple" => {
                let code: String = node.attributes().map(|it| it.value()).collect();
                vocabulary::ensure_fields_load_nothing(&code)?;
            }
            _ => {}
        }
        for attribute in node.attributes() {
            let (its, value) = (attribute.name(), attribute.value());
            if its == "fontKey" {
                self.keys.push(value.to_owned());
            }
            if !vocabulary::is_attribute(its) {
                self.add("the name of an attribute", its.to_owned());
            }
            if !vocabulary::is_machine_made(name, its, value) {
                self.add(&format!("the attribute `{}`", vocabulary::shown(its)), value.to_owned());
            }
        }
        Ok(())
    }

    /// A letter by its number (ECMA-376 part 1, §17.3.3.30). Those of symbol fonts are moved up by F000.
    fn symbol(&mut self, node: Node<'_, '_>) {
        let number =
            node.attributes().find(|it| it.name() == "char").and_then(|it| u32::from_str_radix(it.value(), 16).ok());
        let number = number.map(|number| if (0xF000..=0xF0FF).contains(&number) { number - 0xF000 } else { number });
        self.shown.extend(number.and_then(char::from_u32));
    }
}

/// Checks that a relation leads to a part, or is a link that somebody may follow.
fn ensure_loads_nothing(node: Node<'_, '_>) -> Result<(), String> {
    let of = |name: &str| node.attribute(name).unwrap_or_default();
    let target = of("Target").trim().to_ascii_lowercase();
    let is_link = of("Type").ends_with("/hyperlink")
        && ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| target.starts_with(scheme));
    let is_within =
        !of("TargetMode").eq_ignore_ascii_case("external") && !target.contains(':') && !target.contains("//");
    if is_link || is_within { Ok(()) } else { Err("it loads something from elsewhere".to_owned()) }
}
