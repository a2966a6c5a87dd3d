//! Reads every text of a finished file, by its format.

use crate::markdown;

pub use super::kind::FileKind;
pub use super::pdf::{Drawings, Passage};
use super::{message, pdf};

/// The texts of a file.
///
/// # Errors
/// If the file cannot be read to the end.
pub fn passages(kind: FileKind, data: &[u8], drawings: &Drawings) -> Result<Vec<Passage>, String> {
    match kind {
        FileKind::Pdf => pdf::passages(data, drawings),
        FileKind::Md => plain(data).map(|text| {
            let shown = Passage { place: "text".to_owned(), text: markdown::plain_text(&text) };
            decoded(text).chain([shown]).collect()
        }),
        FileKind::Txt => plain(data).map(|text| decoded(text).collect()),
        // RFC 5545 §3.1 and §3.3.11: long lines are folded, and commas are escaped.
        FileKind::Ics => plain(data).map(|text| {
            let unfolded = text.replace("\r\n ", "").replace("\\n", "\n").replace('\\', "");
            decoded(text).chain(decoded(unfolded)).collect()
        }),
        FileKind::Eml => {
            message::passages(data, &std::collections::BTreeSet::new(), &|kind, data| passages(kind, data, drawings))
        }
    }
}

fn plain(data: &[u8]) -> Result<String, String> {
    String::from_utf8(data.to_vec()).map_err(|_| "it is not UTF-8 text".to_owned())
}

/// A text as it is, and as a browser would read its `%4B` and `&#75;`.
fn decoded(text: String) -> impl Iterator<Item = Passage> {
    let percent = text.contains('%').then(|| percent_decoded(&text));
    let entities = text.contains("&#").then(|| entities_decoded(&text));
    let passage = |text| Passage { place: "text".to_owned(), text };
    [Some(text), percent, entities].into_iter().flatten().map(passage)
}

/// Decodes percent escapes (RFC 3986 §2.1).
fn percent_decoded(text: &str) -> String {
    let (mut out, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|h| std::str::from_utf8(h).ok()).and_then(|h| u8::from_str_radix(h, 16).ok());
        if let Some(byte) = hex.filter(|_| *first == b'%') {
            out.push(byte);
            rest = &tail[2..];
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Decodes the numeric character references of HTML and Markdown.
fn entities_decoded(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap_or((part, ""));
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        };
        match code.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_the_web_are_read_as_a_browser_reads_them() {
        assert_eq!(percent_decoded("Kai%20M%C3%A9nsah 100%"), "Kai Ménsah 100%");
        assert_eq!(entities_decoded("&#75;ai &#x4D;ensah &#; x"), "Kai Mensah ; x");
    }
}
