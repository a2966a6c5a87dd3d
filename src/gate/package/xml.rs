//! A part of a package that is text: XML, or anything else that can be read as it stands.
//!
//! In: a part, and the words that its format defines. Out: passages. Text is read three times: as a reader shows it, so that no
//! element and no remark splits a word; the codes of fields, which nobody is shown; and with every element apart from the next.

use roxmltree::{Document, Node};

use crate::gate::pdf::Passage;

/// What a format defines: words that say nothing, since a reader shows none of them. A word that is not among them is read like
/// any other text.
pub trait Vocabulary {
    /// What each part of ours begins with.
    const DECLARATION: &'static str;

    /// Whether a reader of the document sees the text of a part.
    fn is_shown(part: &str) -> bool;
    fn is_element(name: &str) -> bool;
    fn is_attribute(name: &str) -> bool;
    fn is_namespace(prefix: &str, uri: &str) -> bool;
    /// Whether the value of an attribute is one that the format defines, or that counts.
    fn is_machine_made(element: &str, name: &str, value: &str) -> bool;
    /// A value as it is told: a format may spell some letters of a name by number.
    fn spelt_out(value: &str) -> String;
    /// Whether an element ends a word: it begins a line, a cell or another text.
    fn parts_words(element: &str) -> bool;
    /// Whether an element holds a text of its own in the midst of another, such as a remark: the words around it are read as if
    /// it were not there.
    fn is_aside(element: &str) -> bool;
    /// Whether the text of an element is one that every paper of ours has there.
    fn is_known_text(element: &str, words: &str) -> bool;
    /// Whether the words of an element are a code, which nobody is shown.
    fn is_code(element: &str) -> bool;
    /// Whether all that a text says is a code of ours.
    fn is_known_code(text: &str) -> bool;
    /// Meets an element, whose own words, such as a space by its number, are added to `shown`.
    ///
    /// # Errors
    /// If it runs, or brings in anything from elsewhere.
    fn meet(&mut self, node: Node<'_, '_>, shown: &mut String) -> Result<(), String>;
    /// Checks that codes of fields run nothing and bring in nothing.
    ///
    /// # Errors
    /// If one does.
    fn check_codes(codes: &str) -> Result<(), String>;
}

/// Reads a part.
///
/// # Errors
/// If it holds anything that runs, or that is loaded from elsewhere; or if its name says XML, and it is none.
pub fn read<V: Vocabulary>(vocabulary: &mut V, name: &str, text: &str, found: &mut Vec<Passage>) -> Result<(), String> {
    let is_named_so = [".xml", ".rels"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
    let tree = match Document::parse(text) {
        Ok(tree) => tree,
        Err(_) if is_named_so => return Err("a part of it is no sound XML".to_owned()),
        Err(_) => {
            add(found, "a part that is plain text", text.to_owned());
            return Ok(());
        }
    };
    let mut reader = Reader {
        vocabulary,
        found,
        shown: String::new(),
        codes: String::new(),
        aside: String::new(),
        apart: String::new(),
    };
    let root = tree.root_element().range();
    // What stands before the root and after it, as a declaration of another kind.
    let around = format!("{}\n{}", &text[..root.start], &text[root.end..]);
    reader.add("around a part", around.replacen(V::DECLARATION, "", 1));
    reader.node(tree.root())?;
    let Reader { shown, codes, aside, apart, .. } = reader;
    V::check_codes(&codes)?;
    let place = if V::is_shown(name) { "text" } else { "a part that is not shown" };
    for (place, text) in [(place, shown), (place, aside), ("the code of a field", codes), (place, apart)] {
        if !V::is_known_code(&text) {
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

struct Reader<'f, V> {
    vocabulary: &'f mut V,
    found: &'f mut Vec<Passage>,
    /// The text as it is shown.
    shown: String,
    /// The codes of fields.
    codes: String,
    /// What is shown beside the text.
    aside: String,
    /// All of it with every element apart.
    apart: String,
}

impl<V: Vocabulary> Reader<'_, V> {
    fn add(&mut self, place: &str, text: String) {
        add(self.found, place, text);
    }

    fn node(&mut self, node: Node<'_, '_>) -> Result<(), String> {
        if node.is_element() {
            self.begin(node)?;
        } else if node.is_text() {
            let words = node.text().unwrap_or_default();
            let whose = node.parent().map(|parent| parent.tag_name().name()).unwrap_or_default();
            if V::is_known_text(whose, words) {
                return Ok(());
            }
            if V::is_code(whose) { &mut self.codes } else { &mut self.shown }.push_str(words);
            self.apart.push_str(words);
        } else if node.is_comment() {
            self.add("comment", node.text().unwrap_or_default().to_owned());
        } else if let Some(instruction) = node.pi() {
            self.add("comment", format!("{}\n{}", instruction.target, instruction.value.unwrap_or_default()));
        }
        if node.is_element() && V::is_aside(node.tag_name().name()) {
            let around = std::mem::take(&mut self.shown);
            self.children(node)?;
            self.aside.push_str(&std::mem::replace(&mut self.shown, around));
            self.aside.push('\n');
        } else {
            self.children(node)?;
        }
        if node.is_element() {
            self.between(node.tag_name().name());
        }
        Ok(())
    }

    fn children(&mut self, node: Node<'_, '_>) -> Result<(), String> {
        node.children().try_for_each(|child| self.node(child))
    }

    /// An element begins or ends.
    fn between(&mut self, name: &str) {
        self.apart.push('\n');
        if V::parts_words(name) && !V::is_aside(name) {
            self.shown.push('\n');
        }
        if name == "fldChar" {
            self.codes.push('\n');
        }
    }

    fn begin(&mut self, node: Node<'_, '_>) -> Result<(), String> {
        let name = node.tag_name().name();
        self.between(name);
        if !V::is_element(name) {
            self.add("the name of an element", name.to_owned());
        }
        for namespace in node.namespaces() {
            if !V::is_namespace(namespace.name().unwrap_or_default(), namespace.uri()) {
                self.add("a namespace", format!("{}\n{}", namespace.name().unwrap_or_default(), namespace.uri()));
            }
        }
        self.vocabulary.meet(node, &mut self.shown)?;
        for attribute in node.attributes() {
            let (its, value) = (attribute.name(), attribute.value());
            if !V::is_attribute(its) {
                self.add("the name of an attribute", its.to_owned());
            }
            if !V::is_machine_made(name, its, value) {
                // An attribute that is not defined may be called anything.
                let shown = if V::is_attribute(its) { its } else { "of another name" };
                self.add(&format!("the attribute `{shown}`"), V::spelt_out(value));
            }
        }
        Ok(())
    }
}
