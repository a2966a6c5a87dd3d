//! Files of the council's own: written aside, then renamed; all of them or none.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::diag::{Diagnostic, Place, Report, codes};

/// How the name of a file begins that is not finished.
const TEMPORARY: &str = ".convenor-";

/// The bytes of a file; `None` if there is none.
pub(super) fn there(path: &Path) -> Result<Option<Vec<u8>>, Report> {
    match std::fs::read(path) {
        Ok(data) => Ok(Some(data)),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(e) => Err(cannot_write(path, &e)),
    }
}

/// Puts every staged file in its place. If one cannot be, those that were are put back as they stood.
fn replace(staged: Vec<(NamedTempFile, PathBuf)>) -> Result<(), Report> {
    let mut done: Vec<(PathBuf, Option<NamedTempFile>)> = Vec::new();
    for (temporary, target) in staged {
        let old = aside(&target).and_then(|old| temporary.persist(&target).map_err(|e| e.error).map(|_| old));
        match old {
            Ok(old) => done.push((target, old)),
            Err(error) => {
                for (target, old) in done.into_iter().rev() {
                    let back = match old {
                        Some(old) => old.persist(&target).map(drop).map_err(|e| e.error),
                        None => std::fs::remove_file(&target),
                    };
                    // Where even that fails, the register that was not replaced still tells what was made before.
                    drop(back);
                }
                return Err(cannot_write(&target, &error));
            }
        }
    }
    Ok(())
}

/// A second name for a file that is about to be replaced; nothing if there is none. It goes when it is dropped.
fn aside(target: &Path) -> std::io::Result<Option<NamedTempFile>> {
    if !target.exists() {
        return Ok(None);
    }
    let parent = target.parent().expect("every target lies in the folder");
    let copy = tempfile::Builder::new().prefix(TEMPORARY).permissions_of_a_new_file().tempfile_in(parent)?;
    std::fs::copy(target, copy.path())?;
    Ok(Some(copy))
}

pub fn write_new(files: &[(String, Vec<u8>)], folder: &Path) -> Result<(), Report> {
    let missing = files.iter().filter(|(name, _)| !folder.join(name).exists());
    replace(stage(missing.map(|(name, data)| (name.as_str(), data.as_slice())), folder)?)
}

pub fn write_over(files: &[(String, Vec<u8>)], folder: &Path) -> Result<(), Report> {
    let changed = files.iter().filter(|(name, data)| !is_same(&folder.join(name), data));
    replace(stage(changed.map(|(name, data)| (name.as_str(), data.as_slice())), folder)?)
}

pub fn take_away(files: &[&str], folder: &Path) -> Result<(), Report> {
    for path in files.iter().map(|name| folder.join(name)) {
        match std::fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(cannot_write(&path, &e)),
            _ => {}
        }
    }
    Ok(())
}

pub fn write_one(path: &Path, data: &[u8]) -> Result<(), Report> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    replace(stage(std::iter::once((name.as_str(), data)), folder)?)
}

fn is_same(path: &Path, data: &[u8]) -> bool {
    std::fs::metadata(path).is_ok_and(|m| m.len() == data.len() as u64)
        && std::fs::read(path).is_ok_and(|there| there == data)
}

/// Writes everything under temporary names. If one cannot be written, all are taken away again.
fn stage<'a>(
    files: impl Iterator<Item = (&'a str, &'a [u8])>,
    folder: &Path,
) -> Result<Vec<(NamedTempFile, PathBuf)>, Report> {
    let mut made = Folders::default();
    let mut staged = Vec::new();
    for (path, data) in files {
        let target = folder.join(path);
        let parent = target.parent().expect("every path has a name below the folder");
        let result = made.ensure(parent).and_then(|()| one(parent, data)).map_err(|e| cannot_write(&target, &e));
        match result {
            Ok(temporary) => staged.push((temporary, target)),
            Err(report) => {
                drop(staged);
                made.remove_empty();
                return Err(report);
            }
        }
    }
    Ok(staged)
}

fn one(parent: &Path, data: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut temporary = tempfile::Builder::new().prefix(TEMPORARY).permissions_of_a_new_file().tempfile_in(parent)?;
    temporary.write_all(data)?;
    temporary.flush()?;
    Ok(temporary)
}

/// `tempfile` makes files that only their owner may read; a paper is an ordinary file.
trait OrdinaryPermissions {
    fn permissions_of_a_new_file(&mut self) -> &mut Self;
}

impl OrdinaryPermissions for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_of_a_new_file(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt;
        // The system takes the user's mask off this, as for any new file.
        self.permissions(std::fs::Permissions::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_of_a_new_file(&mut self) -> &mut Self {
        self
    }
}

/// The folders that this run has made, so that a failed run leaves none behind.
#[derive(Default)]
struct Folders {
    made: Vec<PathBuf>,
}

impl Folders {
    fn ensure(&mut self, folder: &Path) -> std::io::Result<()> {
        let missing: Vec<PathBuf> = folder
            .ancestors()
            .take_while(|f| !f.as_os_str().is_empty() && !f.exists())
            .map(Path::to_path_buf)
            .collect();
        self.made.extend(missing.into_iter().rev());
        std::fs::create_dir_all(folder)
    }

    fn remove_empty(&self) {
        for folder in self.made.iter().rev() {
            // It is not empty if somebody else has put something in meanwhile, and then it stays.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

pub fn cannot_write(path: &Path, error: &std::io::Error) -> Report {
    let (message, hint) = match error.kind() {
        std::io::ErrorKind::PermissionDenied => {
            ("you may not write here".to_owned(), "choose another folder with `-o`")
        }
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => (
            "the disk is full".to_owned(),
            "the papers that were there are as they were; make room or choose another folder with `-o`",
        ),
        std::io::ErrorKind::NotADirectory | std::io::ErrorKind::AlreadyExists => {
            ("a file stands where a folder is needed".to_owned(), "move it away, or choose another folder with `-o`")
        }
        std::io::ErrorKind::ReadOnlyFilesystem => {
            ("this disk is read-only".to_owned(), "choose another folder with `-o`")
        }
        _ => (format!("the file cannot be written: {error}"), "choose another folder with `-o`"),
    };
    Report::of(
        Diagnostic::error(codes::CANNOT_WRITE, message).place(Place::file(path.display().to_string())).hint(hint),
    )
}
