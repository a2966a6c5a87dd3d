//! Every byte of a package: its parts, and whatever else is in the archive; and what a part of it says, if it is text.
//!
//! In: bytes. Out: parts, and remarks of the archive. Each byte of the file is accounted for: as the head of an entry, as a
//! part that unpacks to its end, or as the list of entries. Anything else is an error, so that nothing lies where no reader
//! looks.

mod xml;

#[cfg(test)]
pub mod tests;

use std::collections::BTreeSet;
use std::io::Cursor;

use flate2::{Decompress, FlushDecompress, Status};
use zip::{CompressionMethod, ZipArchive};

pub use xml::{Vocabulary, add, read as read_part};

use super::html::data;
use super::pdf::Passage;

/// The most bytes of a part, unpacked, and of all parts.
const MOST_OF_A_PART: usize = 64 << 20;
const MOST_OF_ALL: usize = 256 << 20;

/// A part of a package.
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub data: Vec<u8>,
}

/// The parts of a package, and what the archive says besides them.
///
/// # Errors
/// If it is no archive, a part cannot be unpacked to its end, or there is anything in it besides its parts.
pub fn read(data: &[u8]) -> Result<(Vec<Part>, Vec<String>), String> {
    let besides = || "it holds something besides its parts".to_owned();
    let mut zip = ZipArchive::new(Cursor::new(data)).map_err(|_| "it is no package".to_owned())?;
    let mut remarks = vec![text(zip.comment())];
    let (mut parts, mut names, mut ranges, mut listed, mut all) = (Vec::new(), BTreeSet::new(), Vec::new(), 0, 0);
    for i in 0..zip.len() {
        let file = zip.by_index_raw(i).map_err(|_| unread())?;
        let name = file.name().map_err(|_| unread())?.into_owned();
        remarks.push(text(file.comment_raw()));
        listed += 46 + file.name_raw().len() + file.comment_raw().len();
        let head = place(file.header_start())?;
        let start = place(file.data_start().ok_or_else(unread)?)?;
        let packed = place(file.compressed_size())?;
        let end = start.checked_add(packed).filter(|end| *end <= data.len()).ok_or_else(unread)?;
        let is_bare = file.extra_data().is_none_or(|extra| extra.is_empty());
        // A head is thirty bytes and the name, the same as in the list (APPNOTE §4.3.7).
        if !is_bare || data.get(head + 30..start) != Some(file.name_raw()) || file.encrypted() {
            return Err(besides());
        }
        let size = place(file.size())?;
        all += size;
        if size > MOST_OF_A_PART || all > MOST_OF_ALL {
            return Err("it is too large when it is unpacked".to_owned());
        }
        let content = unpacked(file.compression(), &data[start..end], size)?;
        if !names.insert(name.to_ascii_lowercase()) {
            return Err("it has two parts of one name".to_owned());
        }
        ranges.push((head, end));
        parts.push(Part { name, data: content });
    }
    ranges.sort_unstable();
    let directory = place(zip.central_directory_start())?;
    ranges.push((directory, directory + listed + 22 + zip.comment().len()));
    let mut end = 0;
    for (from, to) in ranges {
        if from != end {
            return Err(besides());
        }
        end = to;
    }
    if end != data.len() {
        return Err(besides());
    }
    remarks.retain(|remark| !remark.is_empty());
    Ok((parts, remarks))
}

impl Part {
    /// Its text, if it is one. A picture or a font is not UTF-8, or has a zero in it.
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.data).ok().filter(|text| !text.contains('\0'))
    }
}

/// Whether some bytes are a font.
pub fn is_font(data: &[u8]) -> bool {
    [&b"\0\x01\0\0"[..], b"OTTO", b"true"].iter().any(|start| data.starts_with(start))
}

/// Adds what a picture says of itself.
///
/// # Errors
/// If it cannot be read.
pub fn add_picture(found: &mut Vec<Passage>, png: &[u8]) -> Result<(), String> {
    data::texts_of_png(png)?.into_iter().for_each(|said| add(found, "a picture", said));
    Ok(())
}

/// Adds what a font says of itself, without what our own say.
///
/// # Errors
/// If it cannot be read.
pub fn add_font(found: &mut Vec<Passage>, font: &[u8]) -> Result<(), String> {
    add(found, "the names of a font", data::names_of_font(font)?);
    Ok(())
}

/// What is no text, picture or font is not read.
pub fn not_read() -> String {
    "it has a part that is not read".to_owned()
}

fn unread() -> String {
    "a part of it cannot be read".to_owned()
}

fn place(at: u64) -> Result<usize, String> {
    usize::try_from(at).map_err(|_| unread())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A part unpacked to its last byte, and no further.
fn unpacked(method: CompressionMethod, packed: &[u8], size: usize) -> Result<Vec<u8>, String> {
    match method {
        CompressionMethod::Stored if packed.len() == size => Ok(packed.to_vec()),
        CompressionMethod::Deflated => {
            let mut out = Vec::with_capacity(size + 1);
            let mut stream = Decompress::new(false);
            let status = stream.decompress_vec(packed, &mut out, FlushDecompress::Finish).map_err(|_| unread())?;
            let is_whole = status == Status::StreamEnd && stream.total_in() == packed.len() as u64 && out.len() == size;
            if is_whole { Ok(out) } else { Err(unread()) }
        }
        _ => Err(unread()),
    }
}
