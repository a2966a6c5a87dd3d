//! Every text of a message: its headers, its body and its attachments.

use std::collections::BTreeSet;

use mail_parser::{MessageParser, MimeHeaders};

use super::Hash;
use super::kind::FileKind;
use super::pdf::Passage;

/// Reads the texts of a file.
pub type OfFile<'r> = &'r dyn Fn(FileKind, &[u8]) -> Result<Vec<Passage>, String>;

/// The texts of a message. Attachments whose hash is in `known` are not read again; `of_file` reads the others.
///
/// # Errors
/// If it is not a message, or an attachment is of a kind that cannot be read.
pub fn passages(data: &[u8], known: &BTreeSet<Hash>, of_file: OfFile<'_>) -> Result<Vec<Passage>, String> {
    let message = MessageParser::default().parse(data).ok_or_else(|| "it is not a message".to_owned())?;
    let mut found = Vec::new();
    let mut add = |place: &str, text: &str| found.push(Passage { place: place.to_owned(), text: text.to_owned() });
    // Both raw and decoded: a header may contain more than it shows.
    for (name, value) in message.headers_raw() {
        add("header", &format!("{name}: {value}"));
    }
    add("subject", message.subject().unwrap_or_default());
    for addresses in [message.from(), message.to(), message.cc(), message.bcc(), message.reply_to()] {
        for address in addresses.into_iter().flat_map(mail_parser::Address::iter) {
            add("address", address.name().unwrap_or_default());
            add("address", address.address().unwrap_or_default());
        }
    }
    for part in message.text_bodies() {
        add("text", part.text_contents().unwrap_or_default());
    }
    for part in message.attachments() {
        let name = part.attachment_name().ok_or_else(|| "an attachment has no name".to_owned())?;
        found.push(Passage { place: "attachment's name".to_owned(), text: name.to_owned() });
        if known.contains(&Hash::of(part.contents())) {
            continue;
        }
        let kind = FileKind::of(name).ok_or_else(|| "an attachment is of a kind that cannot be read".to_owned())?;
        let within = of_file(kind, part.contents())?;
        found.extend(within.into_iter().map(|p| Passage { place: format!("attachment, {}", p.place), text: p.text }));
    }
    Ok(found)
}
