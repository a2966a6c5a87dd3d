//! What a file of the council's own was before it was changed, kept beside it so that a change can be undone.
//!
//! In: a file, its bytes, and those that it is to have. Out: the file with these, and the former ones in a folder beside it; or the
//! file as it was.
//!
//! The former bytes are kept before the file is replaced, for its owner alone, under the hash of what replaced them. So whatever
//! stops a change, hashes say whether it came about. Only the last are kept: they are as confidential as the file, and whoever
//! is taken out of it is still in them.
//!
//! Deliberately absent: what changed, and whether it may.

use std::path::{Path, PathBuf};

use super::authored::{Authored, Over, cannot_write, put_over, take_away};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::Hash;

/// The name of the folder.
pub const UNDO: &str = ".convenor-undo";

/// How many former texts of a file are kept.
pub const KEPT: usize = 20;

/// How many digits of a hash stand in a name.
const DIGITS: usize = 32;

/// The former bytes of a file.
#[derive(Debug, Clone)]
pub struct Former {
    /// Its place in the folder of the file.
    at: String,
    /// The bytes.
    pub data: Vec<u8>,
}

/// A name in the folder of former texts.
struct Name {
    number: u32,
    /// The first digits of the hash of what replaced it.
    replaced_by: String,
    at: String,
}

/// Replaces a file, and keeps what it was.
///
/// # Errors
/// If it is not what it was any more, or cannot be written. Then it stays as it is.
pub fn replace(file: &Path, before: &[u8], after: &[u8]) -> Result<(), Report> {
    let (folder, name) = place(file);
    let all = names(&folder, &name)?;
    let number = all.last().map_or(0, |last| last.number) + 1;
    let at = format!("{UNDO}/{number:04}-{}-{name}", Hash::of(after).short(DIGITS));
    let kept = Authored::new(at.clone(), before).private();
    let new = Authored::new(name, after).over(Over::Exactly(before.to_owned()));
    put_over(&[kept, new], &folder)?;
    let old = all.iter().rev().skip(KEPT - 1).map(|old| old.at.as_str());
    // One more than is kept does no harm, and the next change takes it away.
    drop(take_away(&old.collect::<Vec<_>>(), &folder));
    Ok(())
}

/// What a file was before its last change. `None` if nothing is kept.
///
/// # Errors
/// If the file has changed since, or something cannot be read.
pub fn of(file: &Path, now: &[u8]) -> Result<Option<Former>, Report> {
    let (folder, name) = place(file);
    let hash = Hash::of(now).short(DIGITS);
    for kept in names(&folder, &name)?.into_iter().rev() {
        let path = folder.join(&kept.at);
        let data = std::fs::read(&path).map_err(|error| cannot_write(&path, &error))?;
        if kept.replaced_by == hash {
            return Ok(Some(Former { at: kept.at, data }));
        }
        // A change that was stopped before it came about, or an undoing before it was noted.
        if data != now {
            let error = Diagnostic::error(codes::EDITED_SINCE, "this file has changed since the change to be undone");
            let error = error.place(Place::file(file.display().to_string()));
            return Err(error
                .hint("nothing was changed: undo it by hand, so that what was typed since is not lost")
                .into());
        }
    }
    Ok(None)
}

/// Gives a file back what it was, which is kept no longer.
///
/// # Errors
/// If it is not what it was any more, or cannot be written. Then it stays as it is.
pub fn put_back(file: &Path, now: &[u8], former: &Former) -> Result<(), Report> {
    let (folder, name) = place(file);
    put_over(&[Authored::new(name, former.data.clone()).over(Over::Exactly(now.to_owned()))], &folder)?;
    // If it stays, its hash says that it was undone.
    drop(take_away(&[&former.at], &folder));
    remove_if_empty(&folder);
    Ok(())
}

/// How many former texts of a file are kept.
///
/// # Errors
/// If their folder cannot be read.
pub fn kept(file: &Path) -> Result<usize, Report> {
    let (folder, name) = place(file);
    Ok(names(&folder, &name)?.len())
}

/// Takes away all that is kept of a file. How much it was.
///
/// # Errors
/// If something of it cannot be taken away.
pub fn forget(file: &Path) -> Result<usize, Report> {
    let (folder, name) = place(file);
    let all = names(&folder, &name)?;
    take_away(&all.iter().map(|kept| kept.at.as_str()).collect::<Vec<_>>(), &folder)?;
    remove_if_empty(&folder);
    Ok(all.len())
}

/// Removes the folder of former texts if nothing is kept any more, of any file.
fn remove_if_empty(folder: &Path) {
    drop(std::fs::remove_dir(folder.join(UNDO)));
}

/// The folder of a file, and its name in it.
fn place(file: &Path) -> (PathBuf, String) {
    let folder = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    (folder.to_owned(), file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default())
}

/// The names of what is kept of a file, the oldest first.
fn names(folder: &Path, name: &str) -> Result<Vec<Name>, Report> {
    let undo = folder.join(UNDO);
    let Ok(metadata) = std::fs::symlink_metadata(&undo) else { return Ok(Vec::new()) };
    if !metadata.is_dir() {
        let error = Diagnostic::error(codes::CANNOT_WRITE, "something else has the name of the folder of former texts");
        return Err(error.place(Place::file(undo.display().to_string())).hint("move it away").into());
    }
    let entries = std::fs::read_dir(&undo).map_err(|error| cannot_write(&undo, &error))?;
    let of_file = |entry: std::fs::DirEntry| {
        let found = entry.file_name().to_string_lossy().into_owned();
        let (number, rest) = found.split_once('-')?;
        let (replaced_by, of) = rest.split_once('-')?;
        let is_ours = of == name && replaced_by.len() == DIGITS && entry.file_type().is_ok_and(|kind| kind.is_file());
        let number = number.parse().ok().filter(|_| is_ours)?;
        Some(Name { number, replaced_by: replaced_by.to_owned(), at: format!("{UNDO}/{found}") })
    };
    let mut all: Vec<Name> = entries.flatten().filter_map(of_file).collect();
    all.sort_by_key(|kept| kept.number);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_that_was_stopped_before_it_came_about_is_none_to_be_undone() {
        let folder = tempfile::tempdir().expect("the tests may write");
        let file = folder.path().join("conference.yaml");
        let write = |text: &str| std::fs::write(&file, text).expect("the tests may write");
        let former = |now: &str| of(&file, now.as_bytes()).map(|former| former.map(|former| former.data));
        write("a");
        replace(&file, b"a", b"b").expect("it is replaced");
        replace(&file, b"b", b"c").expect("it is replaced");
        // As if the second had been killed between what it keeps and what it replaces.
        write("b");
        assert_eq!(former("b").expect("it can be read"), Some(b"a".to_vec()));
        replace(&file, b"b", b"d").expect("it goes on");
        let undone = of(&file, b"d").expect("it can be read").expect("it is kept");
        put_back(&file, b"d", &undone).expect("it is put back");
        assert_eq!(former("b").expect("it can be read"), Some(b"a".to_vec()));
        assert_eq!(former("x").expect_err("it has changed").diagnostics[0].code, codes::EDITED_SINCE);
        assert_eq!(forget(&file).expect("it is taken away"), 2);
        assert_eq!(former("x").expect("it can be read"), None);
    }
}
