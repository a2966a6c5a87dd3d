//! What is behind the data addresses of a page: fonts and pictures.
//!
//! In: an address, or its data. Out: what it says. Not read: the shapes of a font and the pixels of a picture.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::ZlibDecoder;

use crate::fonts;
use crate::gate::escapes::percent_decoded;

/// The most bytes that a text of a picture may have when it is unpacked.
const MOST: u64 = 1 << 20;

/// The kind and the data of an address (RFC 2397). `None` if it is an address of anything else.
pub fn of_address(address: &str) -> Option<(String, Vec<u8>)> {
    let scheme = address.get(..5).filter(|scheme| scheme.eq_ignore_ascii_case("data:"))?;
    let (kind, data) = address[scheme.len()..].split_once(',')?;
    let (kind, data) = match kind.strip_suffix(";base64") {
        Some(kind) => (kind, STANDARD.decode(data).ok()?),
        None => (kind, percent_decoded(data).into_bytes()),
    };
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    Some((kind, data))
}

/// The tables of a font that hold shapes, measures and rules, and no words (OpenType 1.9).
const TABLES: &str =
    " BASE CFF GDEF GPOS GSUB OS/2 cmap cvt fpgm gasp glyf head hhea hmtx kern loca maxp name post prep vhea vmtx ";

/// What a font says of itself, without what our own fonts say.
///
/// # Errors
/// If it is no font, or holds anything besides the tables of a font.
pub fn names_of_font(data: &[u8]) -> Result<String, String> {
    let unread = || "a font in it cannot be read".to_owned();
    let number = |at: usize| -> Option<usize> {
        data.get(at..at + 4).and_then(|four| four.try_into().ok()).map(|four| u32::from_be_bytes(four) as usize)
    };
    let count = data.get(4..6).map(|two| usize::from(u16::from_be_bytes([two[0], two[1]]))).ok_or_else(unread)?;
    let mut held = Vec::from([(0, 12 + 16 * count)]);
    for at in (0..count).map(|n| 12 + 16 * n) {
        let tag = data.get(at..at + 4).and_then(|tag| std::str::from_utf8(tag).ok()).ok_or_else(unread)?;
        if !TABLES.split_ascii_whitespace().any(|known| known == tag.trim_end()) {
            return Err("a font in it has a table that is not read".to_owned());
        }
        let (from, length) = (number(at + 8).ok_or_else(unread)?, number(at + 12).ok_or_else(unread)?);
        held.push((from, from.checked_add(length).filter(|end| *end <= data.len()).ok_or_else(unread)?));
    }
    // Nothing stands between the tables but zeros that fill up four bytes.
    held.sort_unstable();
    held.push((data.len(), data.len()));
    let mut end = 0;
    for (from, to) in held {
        let gap = data.get(end..from).unwrap_or_default();
        if gap.len() > 3 || gap.iter().any(|byte| *byte != 0) {
            return Err("a font in it holds something besides its tables".to_owned());
        }
        end = end.max(to);
    }
    let words = fonts::words_in(data).ok_or_else(unread)?;
    Ok(words.into_iter().filter(|words| !fonts::own_words().contains(words)).collect::<Vec<_>>().join("!\n"))
}

/// The chunks of a picture that hold measures and colours, and no words (PNG, third edition, §11).
const MEASURES: &str =
    " IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB pHYs sBIT bKGD hIST tIME sPLT acTL fcTL fdAT cICP mDCV cLLI ";

/// Every text of a picture: its chunks of text, unpacked where they are packed, any other that is not of pixels, and
/// whatever stands after its end.
///
/// # Errors
/// If it is no PNG, or a text in it cannot be unpacked.
pub fn texts_of_png(data: &[u8]) -> Result<Vec<String>, String> {
    let unread = || "a picture in it cannot be read".to_owned();
    let mut rest = data.strip_prefix(b"\x89PNG\r\n\x1a\n").ok_or_else(unread)?;
    let mut found = Vec::new();
    loop {
        let length = rest.get(..4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes).ok_or_else(unread)?;
        let kind = rest.get(4..8).ok_or_else(unread)?;
        let end = 8 + length as usize;
        let content = rest.get(8..end).ok_or_else(unread)?;
        match kind {
            b"tEXt" | b"eXIf" => found.push(plain(content)),
            b"zTXt" | b"iCCP" => {
                let (key, packed) = split(content).ok_or_else(unread)?;
                found.push(plain(key));
                if kind == b"zTXt" {
                    found.push(plain(&unpacked(packed.get(1..).ok_or_else(unread)?)?));
                }
            }
            b"iTXt" => {
                let (key, text) = split(content).ok_or_else(unread)?;
                let is_packed = text.first() == Some(&1);
                let (language, text) = split(text.get(2..).ok_or_else(unread)?).ok_or_else(unread)?;
                let (title, text) = split(text).ok_or_else(unread)?;
                let text = if is_packed { unpacked(text)? } else { text.to_vec() };
                found.extend([key, language, title, &text].map(plain));
            }
            _ if std::str::from_utf8(kind).is_ok_and(|kind| MEASURES.split_whitespace().any(|it| it == kind)) => {}
            _ => found.push(plain(content)),
        }
        // Four bytes of a check sum end a chunk.
        rest = rest.get(end + 4..).ok_or_else(unread)?;
        if kind == b"IEND" {
            found.push(plain(rest));
            return Ok(found);
        }
    }
}

/// What stands before and after the first zero.
fn split(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = data.iter().position(|byte| *byte == 0)?;
    Some((&data[..at], &data[at + 1..]))
}

fn unpacked(data: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let read = ZlibDecoder::new(data).take(MOST).read_to_end(&mut out);
    if read.is_err() || out.len() as u64 == MOST {
        return Err("a text of a picture in it cannot be read".to_owned());
    }
    Ok(out)
}

/// A text in UTF-8, or in Latin-1.
fn plain(data: &[u8]) -> String {
    match std::str::from_utf8(data) {
        Ok(text) => text.replace('\0', "\n"),
        Err(_) => data.iter().map(|byte| char::from(*byte)).collect::<String>().replace('\0', "\n"),
    }
}
