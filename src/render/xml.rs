//! XML, element by element, for the writers whose formats are made of it.
//!
//! In: names of elements and attributes, and texts. Out: the bytes of a part. Only this file knows the syntax: a writer names
//! elements, and no text can become one. A character that XML 1.0 cannot hold (§2.2) becomes U+FFFD.
//!
//! Deliberately absent: the meaning of any name; white space between elements, which some readers take for text.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Names of attributes with their values.
pub type Attributes<'a> = &'a [(&'static str, &'a str)];

/// A part that is being written.
pub struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

impl Xml {
    /// A part with its declaration.
    pub fn part() -> Self {
        let mut xml = Self::fragment();
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// Elements that become a piece of a part.
    pub fn fragment() -> Self {
        Self { writer: Writer::new(Vec::with_capacity(16 * 1024)), open: Vec::new() }
    }

    fn event(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("memory takes whatever is written");
    }

    /// Opens an element.
    pub fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.event(Event::Start(start(name, attributes)));
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) {
        let name = self.open.pop().expect("an element is closed once, by whoever opened it");
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// Writes an element without content.
    pub fn leaf(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// Writes an element that holds a text, with the spaces at its ends.
    pub fn text(&mut self, name: &'static str, attributes: Attributes<'_>, words: &str) {
        self.open(name, attributes);
        self.words(words);
        self.close();
    }

    /// Writes words into the element that is open, among others.
    pub fn words(&mut self, words: &str) {
        let words = allowed(words);
        self.event(Event::Text(BytesText::new(&words)));
    }

    /// Puts elements that were written elsewhere here.
    pub fn put(&mut self, fragment: Xml) {
        self.writer.get_mut().extend(fragment.finish());
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        assert!(self.open.is_empty(), "every element was closed by whoever opened it");
        self.writer.into_inner()
    }
}

fn start<'a>(name: &'static str, attributes: Attributes<'a>) -> BytesStart<'a> {
    BytesStart::new(name).with_attributes(attributes.iter().map(|(name, value)| (*name, on_a_line(value))))
}

/// A text without the characters that XML 1.0 does not allow.
fn allowed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_allowed(c) { c } else { '\u{FFFD}' }).collect())
}

/// The same for the value of an attribute: a parser turns the end of a line in it into a space (§3.3.3).
fn on_a_line(text: &str) -> Cow<'_, str> {
    if text.contains(['\n', '\t', '\r']) {
        return Cow::Owned(allowed(text).replace(['\n', '\t', '\r'], " "));
    }
    allowed(text)
}

fn is_allowed(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_an_element_and_every_part_is_well_formed() {
        for text in
            ["O'Neill & Sons <Ltd>", "]]> {{ x }}", "\u{0}\u{B}\u{FFFE}", "\u{202E}x", "  a  ", "\"'", "a\tb\nc"]
        {
            let mut xml = Xml::part();
            xml.open("a", &[("b", text)]);
            xml.text("c", &[], text);
            xml.leaf("d", &[]);
            xml.close();
            let part = String::from_utf8(xml.finish()).expect("it is UTF-8");
            let tree = roxmltree::Document::parse(&part).unwrap_or_else(|why| panic!("{part}: {why}"));
            let root = tree.root_element();
            assert_eq!(root.attribute("b"), Some(on_a_line(text).as_ref()));
            assert_eq!(root.first_element_child().and_then(|c| c.text()), Some(allowed(text).as_ref()));
        }
    }
}
