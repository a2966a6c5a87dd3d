//! Extracts every text of a document for Word, wherever it hides.
//!
//! In: bytes. Out: passages. It shares no line with the writer: the archive is accounted for byte by byte ([`package`]), and
//! every part is read as what it is by its content: XML, a font, a picture, or plain text.
//!
//! Whatever else could say something is a passage too: names of parts,
//! remarks of the archive, values of attributes, titles of controls, targets of links, comments, properties, names that the
//! standards do not define.
//!
//! Not read: words that the format defines ([`vocabulary`]); shapes of letters, and pictures of pixels. A package that is not
//! sound, that runs or that loads something is an error, so that nothing passes because nobody could read it.

mod vocabulary;

#[cfg(test)]
mod tests;

use super::package::{self, add};
use super::pdf::Passage;
use vocabulary::Word;

/// Reads a document.
///
/// # Errors
/// If it is no sound package, holds anything that runs or that is loaded from elsewhere, or a part that cannot be read.
pub fn passages(data: &[u8]) -> Result<Vec<Passage>, String> {
    let (parts, remarks) = package::read(data)?;
    let mut found = Vec::new();
    for remark in remarks {
        add(&mut found, "a remark of the archive", remark);
    }
    let mut word = Word::default();
    for part in &parts {
        if !vocabulary::is_name_of_part(&part.name) {
            add(&mut found, "the name of a part", part.name.clone());
        }
        if let Some(text) = part.text() {
            package::read_part(&mut word, &part.name, text, &mut found)?;
        }
    }
    for part in parts.iter().filter(|part| part.text().is_none()) {
        if part.data.starts_with(b"\x89PNG") {
            package::add_picture(&mut found, &part.data)?;
        } else {
            let font = word.keys.iter().find_map(|key| opened(&part.data, key)).ok_or_else(package::not_read)?;
            package::add_font(&mut found, &font)?;
        }
    }
    Ok(found)
}

/// A font that its key opens (ECMA-376 part 1, §17.8.1). `None` if this is not its key.
fn opened(data: &[u8], key: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = key.bytes().filter(u8::is_ascii_hexdigit).collect();
    let digits = std::str::from_utf8(&digits).ok().filter(|digits| digits.len() == 32)?;
    let mut font = data.to_vec();
    for (i, byte) in font.iter_mut().take(32).enumerate() {
        let at = 30 - 2 * (i % 16);
        *byte ^= u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?;
    }
    package::is_font(&font).then_some(font)
}
