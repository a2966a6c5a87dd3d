//! Extracts every text of a page of HTML, wherever it hides.
//!
//! In: bytes. Out: passages. It shares no line with the writer: the page is read token by token as the HTML standard has it
//! (`html5gum`), and style sheets and data by readers of their own ([`css`], [`data`]).
//!
//! Text is read twice: as a browser shows it, so that no element splits a word; and with every element apart from the next,
//! so that nothing hides behind what stands before it. Whatever else could say something is a passage too: comments, values
//! of attributes and fields, names that HTML does not define, strings and comments of a style sheet, what is behind a data
//! address.
//!
//! Not read: words that the format defines, in the place that they are defined for ([`vocabulary`]); shapes of letters, and
//! pictures of pixels. A page that is not sound, that runs or that loads something is an error, so that nothing passes
//! because nobody could read it.

mod css;
pub mod data;
mod vocabulary;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{HtmlString, Spanned, Token, Tokenizer};

use super::pdf::Passage;

/// The deepest nesting of data within data: a drawing in a page, a picture in a drawing.
const DEEPEST: usize = 3;

/// Reads a page.
///
/// # Errors
/// If it is no sound HTML in UTF-8, holds anything that runs or that is loaded from elsewhere, or data that cannot be read.
pub fn passages(data: &[u8]) -> Result<Vec<Passage>, String> {
    let page = std::str::from_utf8(data).map_err(|_| "it is not UTF-8 text".to_owned())?;
    let mut reader = Reader { found: Vec::new(), shown: String::new(), apart: String::new(), sheet: None, depth: 0 };
    reader.read(page)?;
    Ok(reader.found)
}

type Attributes = BTreeMap<HtmlString, Spanned<HtmlString, ()>>;

struct Reader {
    found: Vec<Passage>,
    /// The text as it is shown.
    shown: String,
    /// The text with every element apart.
    apart: String,
    /// The style sheet that is being read.
    sheet: Option<String>,
    /// How many pages or drawings this one is in.
    depth: usize,
}

impl Reader {
    fn read(&mut self, page: &str) -> Result<(), String> {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(page, emitter) {
            let Ok(token) = token;
            self.token(token)?;
        }
        if self.sheet.is_some() {
            return Err("it ends within a style sheet".to_owned());
        }
        let (shown, apart) = (std::mem::take(&mut self.shown), std::mem::take(&mut self.apart));
        self.add("text", shown);
        self.add("text", apart);
        Ok(())
    }

    fn token(&mut self, token: Token) -> Result<(), String> {
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                self.between(&name);
                self.attributes(&name, &tag.attributes)?;
                if vocabulary::runs_or_loads(&name) {
                    return Err("it has an element that runs, or that loads something".to_owned());
                }
                if name == "style" {
                    self.sheet = Some(String::new());
                }
                if !vocabulary::is_element(&name) {
                    self.add("the name of an element", name);
                }
            }
            Token::EndTag(tag) => {
                let name = text(&tag.name);
                self.between(&name);
                match self.sheet.take() {
                    Some(sheet) if name == "style" => self.sheet(&sheet)?,
                    sheet => self.sheet = sheet,
                }
                if !vocabulary::is_element(&name) {
                    self.add("the name of an element", name);
                }
            }
            Token::String(words) => {
                let words = text(&words.value);
                if let Some(sheet) = &mut self.sheet {
                    sheet.push_str(&words);
                } else {
                    self.shown.push_str(&words);
                    self.apart.push_str(&words);
                }
            }
            Token::Comment(comment) => self.add("comment", text(&comment.value)),
            Token::Doctype(doctype) => {
                let ids = [doctype.public_identifier, doctype.system_identifier];
                let all = ids.iter().flatten().map(|id| text(id)).chain([text(&doctype.name)]);
                let all: Vec<String> = all.filter(|name| name != "html").collect();
                self.add("document type", all.join("\n"));
            }
            Token::Error(error) => return Err(format!("it is no sound HTML: {}", error.value)),
        }
        Ok(())
    }

    /// An element begins or ends.
    fn between(&mut self, name: &str) {
        self.apart.push('\n');
        if !vocabulary::is_within_a_line(name) {
            self.shown.push('\n');
        }
    }

    /// Values have no order, so two of them are no initials of anybody: a full stop parts them.
    fn attributes(&mut self, element: &str, attributes: &Attributes) -> Result<(), String> {
        for (name, value) in attributes {
            let (name, value) = (text(name), text(&value.value));
            if name.starts_with("on") && !vocabulary::is_attribute(&name) || name == "srcdoc" {
                return Err("it has an attribute that runs".to_owned());
            }
            if !vocabulary::is_attribute(&name) {
                self.add("the name of an attribute", name.clone());
            }
            let address = value.trim().to_ascii_lowercase();
            if ["javascript:", "vbscript:"].iter().any(|scheme| address.starts_with(scheme)) {
                return Err("it has an address that runs".to_owned());
            }
            match name.as_str() {
                "style" => self.sheet(&value)?,
                _ if address.starts_with("data:") => self.load(value.trim())?,
                _ if vocabulary::loads(element, &name) => self.load(&value)?,
                _ if vocabulary::is_machine_made(element, &name, &value) => {}
                _ => {
                    let words: Vec<&str> = match name.as_str() {
                        "class" => value.split_ascii_whitespace().filter(|word| !vocabulary::is_class(word)).collect(),
                        _ => vec![value.as_str()],
                    };
                    self.add(&format!("the attribute `{}`", vocabulary::shown(&name)), words.join(" "));
                }
            }
            if name == "http-equiv" && value.eq_ignore_ascii_case("refresh") {
                return Err("it goes to another page by itself".to_owned());
            }
        }
        Ok(())
    }

    /// Reads what an element is made of. It must be in the page itself.
    fn load(&mut self, address: &str) -> Result<(), String> {
        if address.starts_with('#') {
            self.add("an address", address.to_owned());
            return Ok(());
        }
        let (kind, bytes) = data::of_address(address).ok_or_else(|| "it loads something from elsewhere".to_owned())?;
        self.data(&kind, &bytes)
    }

    fn sheet(&mut self, sheet: &str) -> Result<(), String> {
        let read = css::read(sheet)?;
        self.add("style sheet", read.words);
        read.addresses.iter().try_for_each(|address| self.load(address))
    }

    fn data(&mut self, kind: &str, bytes: &[u8]) -> Result<(), String> {
        match kind {
            "font/ttf" | "font/otf" => {
                let names = data::names_of_font(bytes)?;
                self.add("the names of a font", names);
            }
            "image/png" => {
                for said in data::texts_of_png(bytes)? {
                    self.add("a picture", said);
                }
            }
            "image/svg+xml" => self.drawing(bytes)?,
            _ => return Err("it holds data of a kind that is not read".to_owned()),
        }
        Ok(())
    }

    fn drawing(&mut self, bytes: &[u8]) -> Result<(), String> {
        if self.depth >= DEEPEST {
            return Err("its drawings are nested too deeply".to_owned());
        }
        let drawing = std::str::from_utf8(bytes).map_err(|_| "a drawing in it is not UTF-8 text".to_owned())?;
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
        let tree = roxmltree::Document::parse_with_options(drawing, options)
            .map_err(|_| "a drawing in it cannot be read".to_owned())?;
        let mut within = Reader {
            found: Vec::new(),
            shown: String::new(),
            apart: String::new(),
            sheet: None,
            depth: self.depth + 1,
        };
        for node in tree.descendants() {
            within.node(&node)?;
        }
        // What stands before the root, as a document type.
        let root = tree.root_element().range();
        let around = drawing[..root.start].to_owned() + "\n" + &drawing[root.end..];
        within.add("around a drawing", vocabulary::without_declaration(&around));
        let shown = std::mem::take(&mut within.shown);
        within.add("text", shown);
        self.found
            .extend(within.found.into_iter().map(|it| Passage { place: format!("a drawing, {}", it.place), ..it }));
        Ok(())
    }

    fn node(&mut self, node: &roxmltree::Node<'_, '_>) -> Result<(), String> {
        if node.is_element() {
            let name = node.tag_name().name();
            if matches!(name, "script" | "foreignObject" | "handler" | "iframe") {
                return Err("a drawing in it runs, or loads something".to_owned());
            }
            if !vocabulary::is_drawn(name) {
                self.add("the name of an element", name.to_owned());
            }
            if name == "style" {
                let sheet: String = node.descendants().filter_map(|it| it.text().filter(|_| it.is_text())).collect();
                self.sheet(&sheet)?;
            }
            for attribute in node.attributes() {
                self.drawn(attribute.name(), attribute.value())?;
            }
            self.shown.push('\n');
        } else if node.is_text() && node.parent().is_none_or(|parent| parent.tag_name().name() != "style") {
            self.shown.push_str(node.text().unwrap_or_default());
        } else if node.is_comment() || node.is_pi() {
            let pi = node.pi().and_then(|pi| pi.value).unwrap_or_default();
            let words = if node.is_pi() { pi } else { node.text().unwrap_or_default() };
            self.add("comment", words.to_owned());
        }
        Ok(())
    }

    fn drawn(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "style" => self.sheet(value),
            "href" | "src" => self.load(value),
            _ if name.starts_with("on") => Err("a drawing in it runs".to_owned()),
            _ if vocabulary::is_drawing(name, value) => Ok(()),
            _ => {
                self.add(&format!("the attribute `{}`", vocabulary::shown(name)), value.to_owned());
                Ok(())
            }
        }
    }

    fn add(&mut self, place: &str, words: String) {
        if !words.trim().is_empty() {
            self.found.push(Passage { place: place.to_owned(), text: words });
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
