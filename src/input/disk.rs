//! Opens and reads files that people name: checked before they are opened, and read only up to a limit.
//!
//! In: a path. Out: bytes, or why there are none. A pipe, a socket or a device is refused: opening one may wait for
//! ever, and reading one may never end.
//!
//! Deliberately absent: refusing links (`beside` and `layers` check for themselves), and the meaning of the bytes.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// The path leads to a folder, a pipe, a socket or a device, not a file.
#[derive(Debug)]
struct NotAFile;

impl std::fmt::Display for NotAFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this is not a file")
    }
}

impl std::error::Error for NotAFile {}

/// Opens a file, or what a link leads to if that is a file.
///
/// # Errors
/// If there is none, it may not be read, or it is not a file.
pub fn open(path: &Path) -> Result<File> {
    let not_a_file = || Error::new(ErrorKind::InvalidInput, NotAFile);
    // Checked before it is opened, since opening alone may wait for ever, and again after, since it may have been
    // replaced.
    if !std::fs::metadata(path)?.is_file() {
        return Err(not_a_file());
    }
    let file = File::open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_a_file()) }
}

/// At most `most` bytes of a file; `None` if it has more.
///
/// # Errors
/// As for [`open`], or if it cannot be read to the end.
pub fn bytes(path: &Path, most: u64) -> Result<Option<Vec<u8>>> {
    bounded(open(path)?, most)
}

/// At most `most` bytes of a reader; `None` if it has more.
///
/// # Errors
/// If it cannot be read to the end.
pub fn bounded(from: impl Read, most: u64) -> Result<Option<Vec<u8>>> {
    let mut data = Vec::new();
    // It may grow while it is read, so never take more than was asked for.
    from.take(most.saturating_add(1)).read_to_end(&mut data)?;
    Ok((data.len() as u64 <= most).then_some(data))
}

/// Whether anything has this name, even a broken link.
pub fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Whether an error means that a path leads to something other than a file.
pub fn is_not_a_file(error: &Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<NotAFile>)
}

/// The message for an error.
pub fn words(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "you may not read this file".to_owned(),
        _ if is_not_a_file(error) => NotAFile.to_string(),
        _ => format!("the file cannot be read: {error}"),
    }
}
