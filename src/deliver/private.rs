//! A page that only its owner can read, for a secret that must be in no list of processes.
//!
//! In: a text. Out: a file in a folder of its own, which is gone once it is dropped.
//!
//! Deliberately absent: what the page says.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::cannot_write;
use crate::diag::Report;

/// A page that only its owner can read. It is removed with its folder when this is dropped.
#[derive(Debug)]
pub struct PrivatePage {
    path: PathBuf,
    // Dropped last: it takes the folder away.
    _folder: tempfile::TempDir,
}

impl PrivatePage {
    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Writes a page into a folder that nobody else may enter.
///
/// # Errors
/// If the machine has no room for it.
pub fn private_page(text: &str) -> Result<PrivatePage, Report> {
    let written = || {
        let mut folder = tempfile::Builder::new();
        // A file is made for its owner alone, whatever the umask; a folder is only if that is asked for.
        #[cfg(unix)]
        folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = folder.prefix("convenor-").tempdir()?;
        let mut file = tempfile::Builder::new().prefix("desk-").suffix(".html").tempfile_in(folder.path())?;
        file.write_all(text.as_bytes())?;
        let (_, path) = file.keep().map_err(|error| error.error)?;
        Ok(PrivatePage { path, _folder: folder })
    };
    written().map_err(|error: std::io::Error| cannot_write(Path::new("a private page for the browser"), &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_page_is_for_its_owner_and_goes_away() {
        let page = private_page("<p>secret</p>").expect("the tests may write");
        let path = page.path().to_owned();
        assert_eq!(crate::input::text_if_there(&path).ok().flatten().as_deref(), Some("<p>secret</p>"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| path.metadata().expect("it is there").permissions().mode() & 0o777;
            assert_eq!((mode(&path), mode(path.parent().expect("it has a folder"))), (0o600, 0o700));
        }
        drop(page);
        assert!(!path.exists() && !path.parent().expect("it had a folder").exists());
    }
}
