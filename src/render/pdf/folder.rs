//! A paper as a folder for Typst's own tools, which give the same pages of it: for whoever works on the look of papers.
//!
//! In: a document, and all that its council's theme reads. Out: files: the theme, the tree and the facts of the paper as the
//! layout gets them, the brand, the logo, the fonts that its words need with their licences, and a note that says how to open it.
//!
//! Deliberately absent: the council's own fonts whose licence does not let them go along.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::sheet::LayoutInput;
use super::world::{MAIN, Materials};
use crate::doc::Document;
use crate::fonts;

/// One file of a folder.
#[derive(Debug, Clone)]
pub struct FolderFile {
    /// Its place in the folder.
    pub name: String,
    /// Its bytes.
    pub data: Vec<u8>,
}

/// The file that Typst opens.
pub const ENTRY: &str = "main.typ";

/// The files of a paper.
pub fn folder(materials: &Materials, document: &Document, input: LayoutInput) -> Vec<FolderFile> {
    let mut files: BTreeMap<String, Vec<u8>> = materials.files.clone();
    files.extend(materials.sources.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes())));
    let fonts = fonts_of(document, materials);
    let families: BTreeSet<String> = fonts.iter().filter_map(|(_, data)| fonts::family_in(data)).collect();
    if let Some(brand) = files.get_mut("brand.json") {
        *brand = with_fonts(brand, &families);
    }
    files.extend(fonts);
    files.insert("document.json".to_owned(), input.tree);
    files.insert("facts.json".to_owned(), facts(document));
    files.insert(ENTRY.to_owned(), entry().into_bytes());
    files.insert("README.md".to_owned(), note(document).into_bytes());
    files.into_iter().map(|(name, data)| FolderFile { name, data }).collect()
}

/// The fonts that have the letters of a paper, by their places: those of the council that may go along, then ours in their order.
fn fonts_of(document: &Document, materials: &Materials) -> Vec<(String, Vec<u8>)> {
    let mut letters: BTreeSet<char> = (' '..='~').collect();
    document.each_text(&mut |text| letters.extend(text.chars()));
    let brand = materials.files.get("brand.json").map(|data| String::from_utf8_lossy(data).into_owned());
    letters.extend(brand.unwrap_or_default().chars());
    let own = materials.fonts.iter().filter(|font| fonts::may_be_edited_with(font));
    let mut files: Vec<(String, Vec<u8>)> =
        (1..).zip(own).map(|(number, font)| (format!("fonts/own-{number}.ttf"), font.clone())).collect();
    for family in fonts::FAMILIES {
        let theirs: Vec<(bool, &[u8])> = fonts::of_family(family).collect();
        let has: BTreeSet<char> = theirs.iter().flat_map(|(_, data)| fonts::those_in(data, &letters)).collect();
        if has.iter().all(|c| c.is_whitespace()) {
            continue;
        }
        letters.retain(|c| !has.contains(c));
        let stem = family.replace(' ', "");
        for (bold, data) in theirs {
            let style = if bold { "Bold" } else { "Regular" };
            files.push((format!("fonts/{stem}-{style}.ttf"), data.to_vec()));
        }
        files.extend(fonts::licence(family).map(|text| (format!("fonts/OFL-{stem}.txt"), text.to_vec())));
    }
    files
}

/// The brand with those families only that are there: another would be a warning.
fn with_fonts(brand: &[u8], families: &BTreeSet<String>) -> Vec<u8> {
    let mut brand: Value = serde_json::from_slice(brand).expect("it was written as JSON");
    if let Some(fonts) = brand.get_mut("fonts").and_then(Value::as_array_mut) {
        fonts.retain(|family| family.as_str().is_some_and(|family| families.contains(family)));
    }
    serde_json::to_vec(&brand).expect("it was read as JSON")
}

/// What a file says of itself.
fn facts(document: &Document) -> Vec<u8> {
    let meta = &document.meta;
    let day = meta.issued.format("%Y-%m-%d").to_string();
    let facts = json!({ "title": meta.title, "author": meta.author, "issued": day });
    serde_json::to_vec(&facts).expect("facts are plain text")
}

fn entry() -> String {
    format!(
        "#let facts = json(\"facts.json\")\n\
         #let (year, month, day) = facts.issued.split(\"-\").map(int)\n\
         #set document(title: facts.title, author: facts.author, date: datetime(year: year, month: month, day: day))\n\
         #include \"{MAIN}\"\n"
    )
}

fn note(document: &Document) -> String {
    format!(
        "This is “{}” for Typst: open the folder in its web app, or run `typst compile --font-path fonts \
         --features a11y-extras {ENTRY}` in it, which sets the same pages. The words are in `document.json` and the look in \
         `theme/brand.typ` and `brand.json`; the papers that are sent are made, read back and checked by `convenor`, and not \
         from here.\n",
        document.meta.title
    )
}
