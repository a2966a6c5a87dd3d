//! Decodes bytes to text, in every way that a reader might.
//!
//! In: the bytes of a string, of metadata, of an attachment. Out: text, and its decoded forms if it has percent escapes
//! or entities. Deliberately absent: choosing one reading where two are possible; the gate compares both.

use super::glyphs::{BaseEncoding, char_of};

/// Decodes a text string (ISO 32000-1 §7.9.2.2): UTF-16 or UTF-8 by its byte-order mark, `PDFDocEncoding` without one.
/// Bytes without a mark that are valid UTF-8 are given in both readings, because writers forget the mark.
pub fn text_string(bytes: &[u8]) -> String {
    if let Some(text) = marked(bytes) {
        return text;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => text.to_owned(),
        Ok(text) => format!("{text}\n{}", in_doc_encoding(bytes)),
        Err(_) => in_doc_encoding(bytes),
    }
}

/// Decodes a whole file: UTF-16 or UTF-8 by its byte-order mark, UTF-16 by its many zeros, otherwise UTF-8.
pub fn file_text(bytes: &[u8]) -> String {
    let zeros = bytes.split(|b| *b == 0).count() - 1;
    match marked(bytes) {
        Some(text) => text,
        None if zeros * 4 > bytes.len() => format!("{}\n{}", utf16(bytes, false), utf16(bytes, true)),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The other readings of a text: with percent escapes (RFC 3986 §2.1) decoded, with entities decoded and tags removed,
/// where it has any.
pub fn unveiled(text: &str) -> Vec<String> {
    let percent = text.contains('%').then(|| from_percent(text)).filter(|t| t != text);
    let entities = text.contains('&').then(|| from_entities(text)).filter(|t| t != text);
    let tags = text.contains("</").then(|| from_entities(&without_tags(text)));
    percent.into_iter().chain(entities).chain(tags).collect()
}

/// The texts of XML or HTML: with its tags, for the sake of attributes; and without, so that no tag splits a word.
pub fn markup(text: &str) -> Vec<String> {
    vec![from_entities(text), from_entities(&without_tags(text))]
}

fn marked(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => Some(utf16(rest, true)),
        [0xFF, 0xFE, rest @ ..] => Some(utf16(rest, false)),
        [0xEF, 0xBB, 0xBF, rest @ ..] => Some(String::from_utf8_lossy(rest).into_owned()),
        _ => None,
    }
}

fn utf16(bytes: &[u8], big: bool) -> String {
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair.get(1).copied().unwrap_or_default()];
        if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
    };
    String::from_utf16_lossy(&bytes.chunks(2).map(unit).collect::<Vec<_>>())
}

fn in_doc_encoding(bytes: &[u8]) -> String {
    bytes.iter().map(|b| char_of(BaseEncoding::Doc, *b)).collect()
}

fn from_percent(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let coded = tail.get(..2).filter(|_| *first == b'%').and_then(|d| std::str::from_utf8(d).ok());
        if let Some(byte) = coded.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            out.push(byte);
            rest = &tail[2..];
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn from_entities(text: &str) -> String {
    let mut parts = text.split('&');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest))) {
            Some((c, rest)) => out.extend([c.to_string().as_str(), rest]),
            None => out.extend(["&", part]),
        }
    }
    out
}

/// XML 1.0 §4.1 and §4.6.
fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        "nbsp" => return Some(' '),
        "shy" => return Some('\u{AD}'),
        _ => {}
    }
    let digits = name.strip_prefix('#')?;
    let hex = digits.strip_prefix(['x', 'X']).map(|d| u32::from_str_radix(d, 16));
    char::from_u32(hex.unwrap_or_else(|| digits.parse()).ok()?)
}

fn without_tags(text: &str) -> String {
    let mut parts = text.split('<');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |mut out, part| {
        out.push('\n');
        out.push_str(part.split_once('>').map_or(part, |(_, after)| after));
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_says_by_its_first_bytes_how_it_is_written() {
        assert_eq!(text_string(b"\xFE\xFF\0K\xD8\x3D\xDE\0"), "K😀");
        assert_eq!(text_string(b"\xFF\xFEK\0a\0"), "Ka");
        assert_eq!(text_string(b"\xEF\xBB\xBF\xC3\xA9"), "é");
        assert_eq!(text_string(b"caf\xE9 \x84"), "café —");
        assert_eq!(text_string("café".as_bytes()), "café\ncafÃ©", "writers forget the mark");
        assert_eq!(text_string(b"cafe"), "cafe");
    }

    #[test]
    fn what_is_behind_percent_signs_and_entities_is_read_too() {
        assert_eq!(unveiled("mailto:kai%20m%C3%A9nsah"), ["mailto:kai ménsah"]);
        assert_eq!(unveiled("100 % sure"), Vec::<String>::new());
        assert_eq!(unveiled("K&#97;i &amp; M&#x65;nsah &co"), ["Kai & Mensah &co"]);
        assert_eq!(markup("<b a='x'>Kai</b>Mensah"), ["<b a='x'>Kai</b>Mensah", "\nKai\nMensah"]);
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_zeros() {
        assert!(file_text(b"K\0a\0i\0").starts_with("Kai\n"));
        assert!(file_text(b"\0K\0a\0i").ends_with("\nKai"));
    }
}
