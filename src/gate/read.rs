//! Reads every text of a finished file, by its format.

use crate::markdown;

use super::escapes::{entities_decoded, percent_decoded};
pub use super::kind::FileKind;
pub use super::pdf::{Drawings, Passage};
use super::{docx, html, message, odt, package, pdf, source};

/// The texts of a file.
///
/// # Errors
/// If the file cannot be read to the end.
pub fn passages(kind: FileKind, data: &[u8], drawings: &Drawings) -> Result<Vec<Passage>, String> {
    passages_within(kind, data, drawings, 0)
}

/// The most messages that a file may be attached to, one inside the other.
const DEEPEST: usize = 4;

fn passages_within(kind: FileKind, data: &[u8], drawings: &Drawings, depth: usize) -> Result<Vec<Passage>, String> {
    match kind {
        FileKind::Pdf => pdf::passages(data, drawings),
        FileKind::Md => plain(data).map(|text| {
            let shown = Passage { place: "text".to_owned(), text: markdown::plain_text(&text) };
            decoded(text).chain([shown]).collect()
        }),
        FileKind::Txt => plain(data).map(|text| decoded(text).collect()),
        FileKind::Html => html::passages(data).map(all_decoded),
        FileKind::Docx => docx::passages(data).map(all_decoded),
        FileKind::Odt => odt::passages(data).map(all_decoded),
        FileKind::Source => source::of_source(data).map(all_decoded),
        FileKind::Json => source::of_json(data).map(all_decoded),
        FileKind::Svg => source::of_drawing(data).map(all_decoded),
        FileKind::Font | FileKind::Png => {
            let mut found = Vec::new();
            let read = if kind == FileKind::Font { package::add_font } else { package::add_picture };
            read(&mut found, data).map(|()| found)
        }
        // RFC 5545 §3.1 and §3.3.11: long lines are folded, and commas are escaped.
        FileKind::Ics => plain(data).map(|text| {
            let unfolded = text.replace("\r\n ", "").replace("\\n", "\n").replace('\\', "");
            decoded(text).chain(decoded(unfolded)).collect()
        }),
        FileKind::Eml if depth >= DEEPEST => Err("its attachments are nested too deeply".to_owned()),
        FileKind::Eml => message::passages(data, &std::collections::BTreeSet::new(), &|kind, data| {
            passages_within(kind, data, drawings, depth + 1)
        }),
    }
}

fn plain(data: &[u8]) -> Result<String, String> {
    String::from_utf8(data.to_vec()).map_err(|_| "it is not UTF-8 text".to_owned())
}

/// Every passage as it is, and decoded, at its place.
fn all_decoded(found: Vec<Passage>) -> Vec<Passage> {
    let all = |passage: Passage| decoded(passage.text).map(move |it| Passage { place: passage.place.clone(), ..it });
    found.into_iter().flat_map(all).collect()
}

/// A text as it is, and as a browser would read its `%4B` and `&#75;`.
fn decoded(text: String) -> impl Iterator<Item = Passage> {
    let percent = text.contains('%').then(|| percent_decoded(&text));
    let entities = text.contains("&#").then(|| entities_decoded(&text));
    let passage = |text| Passage { place: "text".to_owned(), text };
    [Some(text), percent, entities].into_iter().flatten().map(passage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_in_a_message_is_read_and_a_hundred_of_them_are_not() {
        let message = |inside: &str| {
            let kind = "application/octet-stream; name=\"a.eml\"";
            format!(
                "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: {kind}\r\n\
                 Content-Disposition: attachment; filename=\"a.eml\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--b--\r\n",
                base64(inside.as_bytes())
            )
        };
        let nested =
            |times: usize| (0..times).fold("Subject: Kai Mensah\r\n\r\nx".to_owned(), |text, _| message(&text));
        let read = |text: &str| passages(FileKind::Eml, text.as_bytes(), &Drawings::default());
        let found = read(&nested(3)).expect("it can be read");
        assert!(found.iter().any(|passage| passage.text.contains("Kai Mensah")), "{found:?}");
        assert_eq!(read(&nested(5)).expect_err("it is nested"), "its attachments are nested too deeply");
    }

    /// RFC 4648 §4.
    fn base64(data: &[u8]) -> String {
        const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let coded = data.chunks(3).flat_map(|three| {
            let bits = (0..3).fold(0_usize, |bits, at| bits << 8 | usize::from(three.get(at).copied().unwrap_or(0)));
            (0..4).map(move |at| if at > three.len() { '=' } else { char::from(SIGNS[bits >> (18 - 6 * at) & 63]) })
        });
        coded.collect()
    }
}
