//! The text of a named file.
//!
//! In: a path, or bytes with a name for messages. Out: text, or the reason why there is none.
//!
//! Deliberately absent: YAML, and whether the text is a conference.

use std::path::Path;

use super::{disk, kinds};
use crate::diag::{Code, Diagnostic, Place, Report, codes};
use crate::sheets::{Kind, broken, kind_of};

/// The most bytes of a conference file. (A large one has some 60 kB.)
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// So much of a package is read to see what it is.
const MAX_PACKED: u64 = 256 * 1024 * 1024;

/// The name by which messages call a file.
pub fn name_of(path: &Path) -> String {
    path.display().to_string()
}

/// The text of a file that a person named.
///
/// # Errors
/// If it cannot be read, is too large, is no text, or is empty.
pub fn text_of(path: &Path) -> Result<String, Report> {
    whole_text_of(path).map(without_mark)
}

/// The same, with the byte-order mark that it may begin with: for whoever writes it again.
///
/// # Errors
/// As for [`text_of`].
pub fn whole_text_of(path: &Path) -> Result<String, Report> {
    let fault = |code: Code, message: &str, hint: &'static str| {
        Report::of(Diagnostic::error(code, message).place(Place::file(name_of(path))).hint(hint))
    };
    if path.is_dir() {
        return Err(fault(codes::UNREADABLE, "this is a folder, not a file", "name the conference file inside it"));
    }
    let hint = |e: &std::io::Error| {
        if disk::is_not_a_file(e) {
            "name a file; `convenor check -` reads what another program writes"
        } else {
            "check the name, and that you may read the file"
        }
    };
    let data = disk::bytes(path, MAX_BYTES).map_err(|e| fault(codes::UNREADABLE, &disk::words(&e), hint(&e)))?;
    // What is too large for a conference file may still be known for what it is.
    if data.is_none()
        && let Some(error) = kinds::of_file(path, MAX_PACKED).ok().flatten().and_then(stranger)
    {
        return Err(error.place(Place::file(name_of(path))).into());
    }
    decode(&name_of(path), data)
}

/// The text of a file that is not on the disk. `name` stands for it in messages.
///
/// # Errors
/// As for a file.
pub fn text_in(name: &str, from: impl std::io::Read) -> Result<String, Report> {
    match disk::bounded(from, MAX_BYTES) {
        Ok(data) => decode(name, data).map(without_mark),
        Err(e) => Err(Diagnostic::error(codes::UNREADABLE, disk::words(&e)).place(Place::file(name)).into()),
    }
}

/// The error for a file that is not there.
pub fn no_such_file(name: &str) -> Report {
    Diagnostic::error(codes::UNREADABLE, "there is no such file").place(Place::file(name)).into()
}

/// The error for a file that is something else than text.
fn stranger(kind: Kind) -> Option<Diagnostic> {
    match kind {
        Kind::Stranger(stranger) => Some(stranger.diagnostic()),
        Kind::Xlsx | Kind::Ods => {
            let error = Diagnostic::error(codes::WRONG_KIND, "this is a workbook, not a conference file");
            Some(error.hint("name the conference file; a list is named in it among `invitees`, or with `--list`"))
        }
        Kind::Text | Kind::Unknown => None,
    }
}

/// The same of a file that is not empty, and whose bytes may tell nothing: then the reader of lists says the same of it.
fn stranger_of(name: &str, data: &[u8]) -> Option<Diagnostic> {
    match kind_of(name, data) {
        Kind::Unknown if kinds::is_packed(data) => Some(broken()),
        kind => stranger(kind),
    }
}

/// Decodes the text of a file. Without data, it was too large.
fn decode(name: &str, data: Option<Vec<u8>>) -> Result<String, Report> {
    let fault = |code: Code, message: &str, hint: &'static str| {
        Report::of(Diagnostic::error(code, message).place(Place::file(name)).hint(hint))
    };
    if let Some(error) = data.as_deref().and_then(|data| stranger_of(name, data)) {
        return Err(error.place(Place::file(name)).into());
    }
    let Some(data) = data else {
        return Err(fault(
            codes::OVER_BUDGET,
            "the file is larger than 4 MB",
            "check that it is the right file; a conference has some 60 kB",
        ));
    };
    let text = String::from_utf8(data).map_err(|_| {
        fault(
            codes::NOT_TEXT,
            "the file is not UTF-8 text",
            "save it as UTF-8 text; a spreadsheet or Word file cannot be read here",
        )
    })?;
    if text.contains('\0') {
        return Err(fault(codes::NOT_TEXT, "the file is not text", "name a YAML or JSON file"));
    }
    if text.trim_start_matches('\u{FEFF}').trim().is_empty() {
        return Err(fault(codes::EMPTY_FILE, "the file is empty", "`convenor new NAME` writes one to start from"));
    }
    Ok(text)
}

/// A text without a byte-order mark.
pub fn without_mark(text: String) -> String {
    match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// The text of a file; `None` if there is no file.
///
/// # Errors
/// If it exists but cannot be read.
pub fn text_if_there(path: &Path) -> Result<Option<String>, Report> {
    if disk::is_there(path) { text_of(path).map(Some) } else { Ok(None) }
}
