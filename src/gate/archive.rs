//! An archive holds the files that it is said to hold, with their bytes, and nothing else.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::Hash;

/// Looks through an archive, and gives its hash.
///
/// # Errors
/// If a file in it is not one of these or has other bytes, if one is missing, if it says anything besides, or cannot be read.
pub fn holds_only(mut archive: impl Read + Seek, of: &BTreeMap<String, Hash>) -> Result<Hash, String> {
    let unread = |_| "it cannot be read to its end".to_owned();
    let hash = Hash::of_reader(&mut archive).map_err(unread)?;
    archive.seek(SeekFrom::Start(0)).map_err(unread)?;
    let mut zip = ZipArchive::new(archive).map_err(|_| "it is no archive".to_owned())?;
    if zip.len() != of.len() || !zip.comment().is_empty() {
        return Err("it does not hold the files that it is made of".to_owned());
    }
    for n in 0..zip.len() {
        let unread = |_| "it cannot be read to its end".to_owned();
        let file = zip.by_index(n).map_err(unread)?;
        let name = file.name().map_err(unread)?.into_owned();
        let said = file.comment().to_owned();
        let expected = of.get(&name).copied().filter(|_| said.is_empty());
        if expected.is_none() || expected != Hash::of_reader(file).ok() {
            return Err("it does not hold the files that it is made of".to_owned());
        }
    }
    Ok(hash)
}
