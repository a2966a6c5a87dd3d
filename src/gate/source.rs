//! What a folder for Typst holds besides papers: data as JSON, the sources of a theme, fonts, drawings.
//!
//! In: bytes. Out: passages. Not read: files of ours that every such folder has, byte for byte.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::hash::Hash;
use super::html;
use super::package::add;
use super::pdf::Passage;
use crate::fonts;
use crate::layers::Layers;

/// The sources of our theme, and the licences of our fonts.
static OURS: LazyLock<BTreeSet<Hash>> = LazyLock::new(|| {
    let base = Layers::base();
    let theme = base.iter().flat_map(crate::layers::Layer::files).filter(|(name, _)| name.starts_with("theme/"));
    let licences = fonts::FAMILIES.iter().filter_map(|family| fonts::licence(family));
    theme.map(|(_, data)| Hash::of(data)).chain(licences.map(Hash::of)).collect()
});

/// The texts of a source, which a reader sees as it stands.
///
/// # Errors
/// If it is no text.
pub fn of_source(data: &[u8]) -> Result<Vec<Passage>, String> {
    let mut found = Vec::new();
    if !OURS.contains(&Hash::of(data)) {
        let text = std::str::from_utf8(data).map_err(|_| "it is not UTF-8 text".to_owned())?;
        add(&mut found, "text", text.to_owned());
    }
    Ok(found)
}

/// The texts of data, names of fields included: each apart from the next, and all in one piece, for a word may be in several.
///
/// # Errors
/// If it is no JSON.
pub fn of_json(data: &[u8]) -> Result<Vec<Passage>, String> {
    let value: Value = serde_json::from_slice(data).map_err(|_| "it is not JSON".to_owned())?;
    let mut all = Words::default();
    collect(&value, &mut all);
    let mut found = Vec::new();
    add(&mut found, "text", all.texts.join("\n"));
    add(&mut found, "text", pieces(&value));
    all.names.into_iter().for_each(|name| add(&mut found, "the name of a field", name));
    all.numbers.into_iter().for_each(|number| add(&mut found, "a number", number));
    Ok(found)
}

/// What data says, by its kind: a name and a number that stand side by side are not one text.
#[derive(Default)]
struct Words {
    texts: Vec<String>,
    names: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

fn collect(value: &Value, to: &mut Words) {
    match value {
        Value::String(text) => to.texts.push(text.clone()),
        Value::Number(number) => drop(to.numbers.insert(number.to_string())),
        Value::Array(all) => all.iter().for_each(|one| collect(one, to)),
        Value::Object(all) => all.iter().for_each(|(name, one)| {
            to.names.insert(name.clone());
            collect(one, to);
        }),
        Value::Null | Value::Bool(_) => {}
    }
}

/// The texts of a tree in its order. What stands in one list of pieces is one text, and lists are apart.
fn pieces(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(pieces).collect(),
        Value::Object(all) => {
            // A piece of a line holds its words in `c` or `s`; whatever else holds anything is a line of its own.
            let is_piece = all.get("t").and_then(Value::as_str).is_some_and(|t| PIECES.contains(&t));
            let inside: String = all.iter().filter(|(name, _)| *name != "t").map(|(_, one)| pieces(one)).collect();
            if is_piece { inside } else { format!("\n{inside}\n") }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => String::new(),
    }
}

/// The kinds of pieces of a line in our trees.
const PIECES: [&str; 7] = ["strong", "link", "care", "whole", "several", "label", "br"];

/// The texts of a drawing, read as a page would show it.
///
/// # Errors
/// If it cannot be read, or anything in it runs or is loaded.
pub fn of_drawing(data: &[u8]) -> Result<Vec<Passage>, String> {
    html::passages(format!("<img alt='' src='data:image/svg+xml;base64,{}'>", STANDARD.encode(data)).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(found: &[Passage], words: &str) -> bool {
        found.iter().any(|passage| passage.text.contains(words))
    }

    #[test]
    fn a_word_in_several_pieces_is_read_in_one() {
        let data = br#"{"blocks":[{"t":"p","c":["Ask Kai ",{"t":"strong","c":["Men"]},{"t":"care","s":"sah"}]},{"t":"p","c":["x"]}]}"#;
        let found = of_json(data).expect("it is JSON");
        assert!(says(&found, "Ask Kai Mensah") && !says(&found, "Mensahx"), "{found:?}");
        assert!(says(&of_json(br#"{"\u004bai Mensah":1}"#).expect("it is JSON"), "Kai Mensah"));
        assert!(of_json(b"{").is_err() && of_source(b"\xFF").is_err() && of_drawing(b"<svg><script/></svg>").is_err());
    }

    #[test]
    fn only_our_own_sources_are_not_read() {
        let base = Layers::base();
        let (_, theme) = base.get("theme/document.typ").expect("the theme has it");
        assert!(of_source(theme).expect("it is text").is_empty());
        let changed = [theme, b"// Kai Mensah"].concat();
        assert!(says(&of_source(&changed).expect("it is text"), "Kai Mensah"));
    }
}
