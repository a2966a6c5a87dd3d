//! Extracts every text of an Open Document text, wherever it hides.
//!
//! In: bytes. Out: passages. It shares no line with the writer: the archive is accounted for byte by byte ([`package`]), and
//! every part is read as what it is by its content: XML, a font, a picture, or plain text. Names of parts, remarks of the
//! archive, values of attributes, names of fields, targets of links, remarks in the text, changes that are tracked, properties,
//! variables, and names that the standard does not define are passages too.
//!
//! Not read: words that the format defines ([`vocabulary`]); shapes of letters, and pictures of pixels. A package that is not
//! sound, that is encrypted, that runs or that loads something is an error, so that nothing passes because nobody could read it.

mod vocabulary;

#[cfg(test)]
mod tests;

use super::package::{self, add};
use super::pdf::Passage;
use vocabulary::OpenText;

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
    for part in &parts {
        if !vocabulary::is_name_of_part(&part.name) {
            add(&mut found, "the name of a part", part.name.clone());
        }
        if part.name == "mimetype" && part.data == vocabulary::TEXT.as_bytes() {
            continue;
        }
        match part.text() {
            Some(text) => package::read_part(&mut OpenText, &part.name, text, &mut found)?,
            None if part.data.starts_with(b"\x89PNG") => package::add_picture(&mut found, &part.data)?,
            None if package::is_font(&part.data) => package::add_font(&mut found, &part.data)?,
            None => return Err(package::not_read()),
        }
    }
    Ok(found)
}
