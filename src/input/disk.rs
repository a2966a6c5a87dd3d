//! Files as somebody names them: looked at before they are opened, and read no further than they are of use.
//!
//! In: a path. Out: bytes, or why there are none. A pipe, a socket or a device is refused: to open one may wait for ever, and
//! to read one may never end.
//!
//! Deliberately absent: following a link where links are refused (`beside` and `layers` look for themselves), and what the
//! bytes mean.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// What a path leads to that is no file: a folder, a pipe, a socket, a device.
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
/// If there is none, it may not be read, or it is something else than a file.
pub fn open(path: &Path) -> Result<File> {
    let not_a_file = || Error::new(ErrorKind::InvalidInput, NotAFile);
    // Before it is opened, for that alone may wait for ever; and after, for it may have become something else.
    if !std::fs::metadata(path)?.is_file() {
        return Err(not_a_file());
    }
    let file = File::open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_a_file()) }
}

/// At most `most` bytes of a file; `None` if it has more.
///
/// # Errors
/// As those of [`open`], or if it cannot be read to its end.
pub fn bytes(path: &Path, most: u64) -> Result<Option<Vec<u8>>> {
    bounded(open(path)?, most)
}

/// At most `most` bytes of what can be read; `None` if there are more.
///
/// # Errors
/// If it cannot be read to its end.
pub fn bounded(from: impl Read, most: u64) -> Result<Option<Vec<u8>>> {
    let mut data = Vec::new();
    // It may grow while it is read: never take more than was asked for.
    from.take(most.saturating_add(1)).read_to_end(&mut data)?;
    Ok((data.len() as u64 <= most).then_some(data))
}

/// Whether anything of this name is there, a link that leads nowhere among it.
pub fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Whether a path leads to something else than a file.
pub fn is_no_file(error: &Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<NotAFile>)
}

/// What went wrong, for people.
pub fn words(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "you may not read this file".to_owned(),
        _ if is_no_file(error) => NotAFile.to_string(),
        _ => format!("the file cannot be read: {error}"),
    }
}
