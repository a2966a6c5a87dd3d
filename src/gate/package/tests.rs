//! Packages for the tests of their readers, and whose initials a text would hold.

use std::collections::BTreeSet;
use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::check::names::Name;
use crate::fold::Folded;

/// A package of these parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("it takes a part");
        zip.write_all(data).expect("memory takes it");
    }
    zip.finish().expect("memory takes it").into_inner()
}

/// Every two capitals that would be somebody's initials.
pub fn initials(text: &str) -> BTreeSet<String> {
    let text = Folded::of(text);
    let bytes = text.text.as_bytes();
    let pairs = (1..bytes.len()).map(|i| i - 1..i + 1).filter(|r| bytes[r.clone()].iter().all(u8::is_ascii_lowercase));
    pairs.filter(|r| Name::is_initials(&text, r, true)).map(|r| text.text[r].to_uppercase()).collect()
}

#[test]
fn a_package_that_unpacks_to_more_than_a_paper_has_is_refused() {
    let large = vec![b' '; (64 << 20) + 1];
    assert_eq!(
        super::read(&package(&[("x.txt", &large)])).map(|(parts, _)| parts.len()).expect_err("it is large"),
        "it is too large when it is unpacked"
    );
}
