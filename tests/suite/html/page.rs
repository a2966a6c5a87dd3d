//! A page as a tree, read by the HTML standard's own tokens. Every element that is opened is closed, in its order.

use std::collections::BTreeMap;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// An element with what is in it.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Node>,
}

/// A part of an element.
#[derive(Debug)]
pub enum Node {
    Element(Element),
    Text(String),
}

/// Elements that hold nothing.
const VOID: [&str; 8] = ["br", "col", "hr", "img", "input", "link", "meta", "wbr"];

impl Element {
    /// Reads a page.
    pub fn read(page: &str) -> Self {
        let mut open = vec![Element::default()];
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(page, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
                    let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(&value.value)));
                    let element =
                        Element { name: text(&tag.name), attributes: attributes.collect(), children: Vec::new() };
                    if VOID.contains(&element.name.as_str()) {
                        open.last_mut().expect("a root").children.push(Node::Element(element));
                    } else {
                        open.push(element);
                    }
                }
                Token::EndTag(tag) => {
                    let element = open.pop().expect("it was opened");
                    assert_eq!(element.name.as_bytes(), &**tag.name, "elements end in their order");
                    open.last_mut().expect("a root").children.push(Node::Element(element));
                }
                Token::String(text) => {
                    let text = String::from_utf8(text.value.to_vec()).expect("text");
                    open.last_mut().expect("a root").children.push(Node::Text(text));
                }
                Token::Doctype(doctype) => assert_eq!(&**doctype.name, b"html"),
                Token::Comment(_) => panic!("a page has no comment"),
                Token::Error(error) => panic!("{}", error.value),
            }
        }
        assert_eq!(open.len(), 1, "every element ends");
        open.pop().expect("a root")
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Every element below it, in order.
    pub fn all(&self) -> Vec<&Element> {
        self.elements().flat_map(|element| std::iter::once(element).chain(element.all())).collect()
    }

    /// The first element of a name.
    pub fn first(&self, name: &str) -> &Element {
        self.all().into_iter().find(|element| element.name == name).unwrap_or_else(|| panic!("there is no `{name}`"))
    }

    /// An attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Whether it is of a class.
    pub fn is(&self, class: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split(' ').any(|it| it == class))
    }

    /// Its text, as it stands.
    pub fn text(&self) -> String {
        let of = |node: &Node| match node {
            Node::Text(text) => text.clone(),
            Node::Element(element) => element.text(),
        };
        self.children.iter().map(of).collect()
    }
}
