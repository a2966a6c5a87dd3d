//! The files of the built-in example.
//!
//! In: a name. Out: bytes or text.
//!
//! Deliberately absent: loading it as a conference.

use rust_embed::Embed;

/// The built-in example: a complete conference of a fictional council.
#[derive(Embed)]
#[folder = "fixtures/marshgate/"]
pub struct Example;

/// The files of the built-in example, by name, as a starting point.
pub fn example_files() -> Vec<(String, Vec<u8>)> {
    Example::iter().filter_map(|n| Example::get(&n).map(|f| (n.into_owned(), f.data.into_owned()))).collect()
}

/// The text of one of them.
pub fn example_text(name: &str) -> String {
    let file = Example::get(name).map(|f| f.data.into_owned());
    String::from_utf8(file.unwrap_or_default()).unwrap_or_default()
}
