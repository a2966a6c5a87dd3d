//! A workbook to start from: the council as an organisation, its usual agenda, and empty cells; or the built-in example.
//!
//! Deliberately absent: facts. What only the coordinator can know is an empty cell, which the check asks for.

use std::path::Path;

use super::council;
use crate::diag::{Diagnostic, Report, codes};
use crate::input::{self, Files, Loaded, Typed};
use crate::model::text::TO_FILL_IN;
use crate::workbook;
use crate::yaml::{Key, Node, Value};

/// Empty rows of every sheet.
const SPARE: u32 = 30;

/// An empty workbook for a council that is there.
///
/// # Errors
/// If the council cannot be read.
pub fn blank(folder: &Path) -> Result<Vec<u8>, Report> {
    let typed = Typed::Text(example_text());
    of(&input::load_typed("conference.yaml", typed, folder)?)
}

/// An empty workbook for a council that is about to be written: its `borough.yaml`.
///
/// # Errors
/// If that cannot be read.
pub fn blank_for(borough: &str) -> Result<Vec<u8>, Report> {
    of(&input::load_from(Files::new(example_text(), borough))?)
}

/// The built-in example as a workbook.
///
/// # Errors
/// If a cell cannot hold a text of it.
pub fn example() -> Result<Vec<u8>, Report> {
    let loaded = input::example()?;
    let (root, _) = Typed::Text(example_text()).tree("conference.yaml");
    written(&root.expect("the example is sound"), &loaded, 10)
}

fn example_text() -> String {
    let files = input::example_files();
    let data = files.into_iter().find(|(name, _)| name == "conference.yaml").map(|(_, data)| data);
    String::from_utf8(data.unwrap_or_default()).expect("the example is text")
}

/// What of a council is known before there is a conference.
fn of(loaded: &Loaded) -> Result<Vec<u8>, Report> {
    let text = |text: &str| Node { span: 0..0, value: Value::Scalar { text: text.to_owned(), quoted: true } };
    let entry = |name: &str, node: Node| (Key { text: name.to_owned(), span: 0..0 }, node);
    let map = |fields: Vec<(Key, Node)>| Node { span: 0..0, value: Value::Map(fields) };
    let borough = &loaded.borough;
    let mut own = vec![
        entry("name", text(&borough.name)),
        entry("category", text("statutory")),
        entry("quorum", text("social-care")),
    ];
    if !borough.address.iter().any(|line| line.contains(TO_FILL_IN)) {
        let lines = borough.address.iter().map(|line| text(line)).collect();
        own.push(entry("address", Node { span: 0..0, value: Value::List(lines) }));
    }
    let root = map(vec![
        entry("kind", text("initial")),
        entry("form", text("social-care-chaired")),
        entry("marking", text("OFFICIAL-SENSITIVE")),
        entry("version", text("1")),
        entry("minutes", map(vec![entry("status", text("draft"))])),
        entry("organisations", map(vec![entry(&borough.id, map(own))])),
    ]);
    written(&root, loaded, SPARE)
}

fn written(root: &Node, loaded: &Loaded, spare: u32) -> Result<Vec<u8>, Report> {
    workbook::written(&workbook::flat(root), &council(loaded, spare))
        .map_err(|why| Diagnostic::error(codes::NO_COLUMN, why).hint("shorten the text").into())
}
