//! The table of fonts (ECMA-376 part 1, §17.8), and the files, each made unreadable to other programs by its own key, as the
//! standard asks (§17.8.1).
//!
//! In: the families of a paper. Out: the part, its relations, and the files.

use super::names::{R, W};
use super::relations::{Kind, Relations};
use crate::render::office::Fonts;
use crate::render::xml::Xml;

/// A font file as it stands in the package.
pub struct FontFile {
    /// Its place below the part of the text.
    pub name: String,
    /// Its bytes.
    pub data: Vec<u8>,
}

/// The table of fonts with its relations, and the files.
pub fn write(fonts: &Fonts) -> (Vec<u8>, Relations, Vec<FontFile>) {
    let (mut relations, mut files) = (Relations::default(), Vec::new());
    let mut xml = Xml::part();
    xml.open("w:fonts", &[("xmlns:w", W), ("xmlns:r", R)]);
    for (family, theirs) in fonts.families() {
        // CT_Font: altName, charset, family, pitch, embedRegular, embedBold, in this order (§17.8.3.10).
        xml.open("w:font", &[("w:name", &family)]);
        xml.leaf("w:altName", &[("w:val", "Arial")]);
        xml.leaf("w:charset", &[("w:val", "00")]);
        xml.leaf("w:family", &[("w:val", "swiss")]);
        xml.leaf("w:pitch", &[("w:val", "variable")]);
        for (bold, data) in theirs {
            let key = key(data);
            let name = format!("fonts/font{}.odttf", files.len() + 1);
            let id = relations.to(Kind::Font, &name);
            let element = if bold { "w:embedBold" } else { "w:embedRegular" };
            xml.leaf(element, &[("r:id", id.as_str()), ("w:fontKey", &guid(&key))]);
            files.push(FontFile { name, data: obfuscated(data, &key) });
        }
        xml.close();
    }
    xml.close();
    (xml.finish(), relations, files)
}

/// The key of a font file: the first half of its hash, so that the same file has the same.
fn key(data: &[u8]) -> [u8; 16] {
    let mut key = [0; 16];
    key.copy_from_slice(&blake3::hash(data).as_bytes()[..16]);
    key
}

/// A key as the standard writes it.
fn guid(key: &[u8; 16]) -> String {
    let digits = format!("{:032X}", u128::from_be_bytes(*key));
    format!("{{{}-{}-{}-{}-{}}}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

/// The first 32 bytes are turned by the key, from its last byte to its first, twice (§17.8.1).
fn obfuscated(data: &[u8], key: &[u8; 16]) -> Vec<u8> {
    let mut data = data.to_vec();
    data.iter_mut().take(32).zip(key.iter().rev().cycle()).for_each(|(byte, key)| *byte ^= key);
    data
}
