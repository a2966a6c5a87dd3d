//! What the files are that people name, by their content.
//!
//! In: a path. Out: the kind of file. Only packages are read to their end, since their table of contents stands there.

use std::io::{Read, Result};
use std::path::Path;

use super::disk;
use crate::sheets::{HEAD, Kind, kind_of};

/// The first bytes of a file.
///
/// # Errors
/// If it cannot be read, or is not a file.
pub fn head(path: &Path) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    disk::open(path)?.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Whether a file may go on after its first bytes.
pub fn is_longer(head: &[u8]) -> bool {
    head.len() >= HEAD
}

/// Whether a file is packed from parts: a zip archive, or the container of older Office files.
pub fn is_packed(head: &[u8]) -> bool {
    head.starts_with(b"PK") || head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// What a file is; `None` if it is packed and has more than `most` bytes.
///
/// # Errors
/// If it cannot be read, or is not a file.
pub fn of_file(path: &Path, most: u64) -> Result<Option<Kind>> {
    let (name, head) = (path.display().to_string(), head(path)?);
    if !is_packed(&head) {
        return Ok(Some(kind_of(&name, &head)));
    }
    Ok(disk::bytes(path, most)?.map(|data| kind_of(&name, &data)))
}
