//! Checks that an archive contains exactly the files that it should, byte for byte.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom};

use zip::ZipArchive;

use super::Hash;

/// Checks that an archive contains only these files, and returns its hash.
///
/// # Errors
/// If a file in it is missing, differs or is not one of these, or if it contains anything else or cannot be read.
pub fn check_contents(mut archive: impl Read + Seek, of: &BTreeMap<String, Hash>) -> Result<Hash, String> {
    let unread = |_| "it cannot be read to the end".to_owned();
    let hash = Hash::of_reader(&mut archive).map_err(unread)?;
    archive.seek(SeekFrom::Start(0)).map_err(unread)?;
    let mut zip = ZipArchive::new(archive).map_err(|_| "it is not an archive".to_owned())?;
    if zip.len() != of.len() || !zip.comment().is_empty() {
        return Err("it does not contain exactly the files that it was made from".to_owned());
    }
    for n in 0..zip.len() {
        let unread = |_| "it cannot be read to the end".to_owned();
        let file = zip.by_index(n).map_err(unread)?;
        let name = file.name().map_err(unread)?.into_owned();
        let said = file.comment().to_owned();
        let expected = of.get(&name).copied().filter(|_| said.is_empty());
        if expected.is_none() || expected != Hash::of_reader(file).ok() {
            return Err("it does not contain exactly the files that it was made from".to_owned());
        }
    }
    Ok(hash)
}
