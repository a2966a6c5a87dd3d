//! Files into a folder: looked at first, written aside, then renamed. And the same folder read again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::register::{Entry, Register, Status};
use super::{Delivered, Edited, File};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::hash;

pub fn write(files: &[File], reference: &str, out: &Path, edited: Edited) -> Result<Delivered, Report> {
    let folder = out.join(reference);
    all_sealed(files)?;
    no_clash(files)?;
    no_folder_in_the_way(files, &folder)?;
    let mut made = Folders::default();
    if let Err(error) = made.ensure(&folder) {
        made.remove_empty();
        return Err(cannot_write(&folder, &error));
    }
    // Two runs at once would each forget what the other has entered in the register. The lock goes with the handle.
    let lock = std::fs::File::open(&folder).ok();
    let _held = lock.as_ref().map(std::fs::File::lock);
    let delivered = write_locked(files, folder, edited);
    if delivered.is_err() {
        made.remove_empty();
    }
    delivered
}

fn write_locked(files: &[File], folder: PathBuf, edited: Edited) -> Result<Delivered, Report> {
    let before = Register::parse(&there(&folder.join("register.json"))?.unwrap_or_default());
    if edited == Edited::Refuse {
        nothing_edited(files, &folder, &before)?;
    }
    let kept = Kept::of(files, &folder, &before)?;
    clear_leftovers(files, &folder);
    let due: Vec<&File> = files.iter().filter(|f| !kept.released.contains(f.path.as_str())).collect();
    let new: Vec<&File> = due.iter().copied().filter(|f| !is_same(&folder.join(&f.path), &f.data)).collect();
    let register = kept.register(before, &due, files, &folder);
    let registers = [("register.csv", register.csv()), ("register.json", register.json())];
    let all = new
        .iter()
        .map(|f| (f.path.as_str(), f.data.as_slice()))
        .chain(kept.moved.iter().map(|(path, data, _)| (path.as_str(), data.as_slice())))
        .chain(registers.iter().map(|(n, d)| (*n, d.as_slice())));
    replace(stage(all, &folder)?)?;
    let stale = stale(&register, files);
    let changed = new.iter().map(|f| f.path.clone()).collect();
    Ok(Delivered { folder, written: new.len(), changed, unchanged: files.len() - new.len(), stale })
}

/// What was released before and does not change.
struct Kept<'f> {
    /// Papers that were checked just as they are made now.
    released: BTreeSet<&'f str>,
    /// Released papers whose place a later version takes: where they go, their bytes, and what the register said.
    moved: Vec<(String, Vec<u8>, Entry)>,
}

impl<'f> Kept<'f> {
    fn of(files: &'f [File], folder: &Path, before: &Register) -> Result<Self, Report> {
        let (mut kept, mut report) = (Self { released: BTreeSet::new(), moved: Vec::new() }, Report::default());
        for file in files {
            let Some(old) = before.entries.get(&file.path).filter(|e| e.status == Status::Released) else { continue };
            let there = there(&folder.join(&file.path))?;
            let sound = there.as_ref().is_some_and(|data| hash(data) == old.hash);
            if sound && (old.draft.as_deref() == Some(file.seal.hash()) || old.hash == file.seal.hash()) {
                kept.released.insert(file.path.as_str());
            } else if file.entry.version > old.version {
                let place = format!("superseded/version-{}/{}", old.version, file.path);
                let entry = Entry { file: place.clone(), status: Status::Superseded, ..old.clone() };
                kept.moved.extend(there.filter(|_| sound).map(|data| (place, data, entry)));
            } else {
                report.push(was_released(&folder.join(&file.path), there.is_some() && !sound));
            }
        }
        if report.has_errors() { Err(report) } else { Ok(kept) }
    }

    fn register(&self, before: Register, due: &[&File], files: &[File], folder: &Path) -> Register {
        let mut register = before;
        register.entries.extend(
            due.iter()
                .map(|f| {
                    let replaced = self.moved.iter().find(|(place, _, _)| place.ends_with(&format!("/{}", f.path)));
                    let mut entry = f.entry.clone();
                    entry.supersedes = replaced.map(|(_, _, old)| old.hash.clone()).or_else(|| {
                        register
                            .entries
                            .get(&f.path)
                            .filter(|old| old.version == entry.version)
                            .and_then(|old| old.supersedes.clone())
                    });
                    (f.path.clone(), entry)
                })
                .collect::<Vec<_>>(),
        );
        register.entries.extend(self.moved.iter().map(|(place, _, old)| (place.clone(), old.clone())));
        // A file that somebody has taken away is no longer there to be vouched for.
        let moved = self.moved.iter().map(|(place, _, _)| place.as_str());
        let coming: BTreeSet<&str> = files.iter().map(|f| f.path.as_str()).chain(moved).collect();
        register.entries.retain(|file, _| coming.contains(file.as_str()) || folder.join(file).is_file());
        register
    }
}

fn was_released(path: &Path, changed: bool) -> Diagnostic {
    let (message, hint) = if changed {
        (
            "this paper was changed after it was released",
            "put the released file back from a copy, or raise `version:` in the conference file",
        )
    } else {
        (
            "this paper is released, and would change",
            "raise `version:` in the conference file: the released one is kept under `superseded/`",
        )
    };
    Diagnostic::error(codes::RELEASED, message).place(Place::file(path.display().to_string())).hint(hint)
}

/// Only what the gate has read is written, and nothing that was changed after it.
fn all_sealed(files: &[File]) -> Result<(), Report> {
    let mut report = Report::default();
    for file in files.iter().filter(|f| !f.seal.is_of(&f.path, &f.data)) {
        let message = format!("`{}` is not as the gate read it", file.path);
        report.push(Diagnostic::error(codes::LEAK, message).hint("deliver the files that `build` gave, unchanged"));
    }
    if report.has_errors() { Err(report) } else { Ok(()) }
}

/// A folder of papers as it stands on the disk.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// What the register says.
    pub register: Register,
    /// Whether `register.csv` says the same as `register.json`.
    pub registers_agree: bool,
    /// Every other file below the folder, by its place.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// Reads a folder of papers.
///
/// # Errors
/// If there is no register, or a file cannot be read.
pub fn shelf(folder: &Path) -> Result<Shelf, Report> {
    let Some(json) = there(&folder.join("register.json"))? else {
        let error = Diagnostic::error(codes::UNREADABLE, "there is no `register.json` in this folder");
        let error = error.place(Place::file(folder.display().to_string()));
        return Err(error.hint("name the folder that `convenor build` wrote, for example `out/CSC-2026-014`; letters to a list are released with `convenor invite --checked-by`").into());
    };
    let register = Register::parse(&json);
    let csv = there(&folder.join("register.csv"))?.unwrap_or_default();
    let mut files = BTreeMap::new();
    below(folder, "", &mut files)?;
    files.retain(|name, _| name != "register.json" && name != "register.csv");
    Ok(Shelf { registers_agree: register.csv() == csv && register.json() == json, register, files })
}

fn below(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<(), Report> {
    for entry in std::fs::read_dir(folder).map_err(|e| cannot_read(folder, &e))? {
        let entry = entry.map_err(|e| cannot_read(folder, &e))?;
        let (path, name) = (entry.path(), format!("{prefix}{}", entry.file_name().to_string_lossy()));
        if path.is_dir() && (path.join("register.json").is_file() || super::batch::is_unfinished(&path)) {
            // A run of letters to a list has a register of its own.
        } else if path.is_dir() {
            below(&path, &format!("{name}/"), files)?;
        } else {
            files.insert(name, std::fs::read(&path).map_err(|e| cannot_read(&path, &e))?);
        }
    }
    Ok(())
}

pub(super) fn cannot_read(path: &Path, error: &std::io::Error) -> Report {
    let diagnostic = Diagnostic::error(codes::UNREADABLE, format!("it cannot be read: {error}"));
    diagnostic.place(Place::file(path.display().to_string())).into()
}

/// What a run that was killed left half written. Nobody else writes here: the folder is locked.
fn clear_leftovers(files: &[File], folder: &Path) {
    let folders: BTreeSet<PathBuf> = files
        .iter()
        .filter_map(|f| folder.join(&f.path).parent().map(Path::to_path_buf))
        .chain([folder.to_owned()])
        .collect();
    for entry in folders.iter().filter_map(|f| std::fs::read_dir(f).ok()).flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            // If it cannot be taken away now, the next run tries again.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// How the name of a file begins that is not finished.
pub(super) const TEMPORARY: &str = ".convenor-";

/// The bytes of a file, or nothing if there is none.
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

/// Papers of the kinds that this run made, for audiences that it made them for, that it did not make again: somebody was
/// taken off the list, or renamed.
fn stale(register: &Register, files: &[File]) -> Vec<String> {
    let kinds: BTreeSet<(&str, &str, &str)> = files.iter().map(|f| kind(&f.entry)).collect();
    let made: BTreeSet<&str> = files.iter().map(|f| f.path.as_str()).collect();
    let standing = register.entries.values().filter(|e| e.status != Status::Superseded);
    let old = standing.filter(|e| kinds.contains(&kind(e)) && !made.contains(e.file.as_str()));
    old.map(|e| e.file.clone()).collect()
}

fn kind(entry: &Entry) -> (&str, &str, &str) {
    (&entry.artefact, &entry.audience, entry.file.rsplit('.').next().unwrap_or_default())
}

fn no_clash(files: &[File]) -> Result<(), Report> {
    let mut seen = BTreeSet::new();
    let mut report = Report::default();
    for file in files {
        // Windows and macOS do not tell capitals apart.
        if !seen.insert(file.path.to_lowercase()) {
            report.push(
                Diagnostic::error(codes::NAME_CLASH, format!("two papers would be called `{}`", file.path))
                    .hint("give the template's `file:` a part that differs, such as `{reference}`"),
            );
        }
    }
    if report.has_errors() { Err(report) } else { Ok(()) }
}

fn no_folder_in_the_way(files: &[File], folder: &Path) -> Result<(), Report> {
    let names = files.iter().map(|f| f.path.as_str()).chain(["register.csv", "register.json"]);
    let mut report = Report::default();
    for path in names.map(|n| folder.join(n)).filter(|p| p.is_dir()) {
        report.push(
            Diagnostic::error(codes::CANNOT_WRITE, "a folder stands where a paper belongs")
                .place(Place::file(path.display().to_string()))
                .hint("move it away, or choose another folder with `-o`"),
        );
    }
    if report.has_errors() { Err(report) } else { Ok(()) }
}

fn nothing_edited(files: &[File], folder: &Path, before: &Register) -> Result<(), Report> {
    let mut report = Report::default();
    for file in files {
        let path = folder.join(&file.path);
        let Some(there) = there(&path)? else { continue };
        let ours = before.entries.get(&file.path).is_some_and(|e| e.hash == hash(&there));
        if !ours && there != file.data {
            report.push(
                Diagnostic::error(codes::EDITED_SINCE, "this file is not as it was made")
                    .place(Place::file(path.display().to_string()))
                    .hint("keep your changes under another name, or write over them with `--force`"),
            );
        }
    }
    if report.has_errors() { Err(report) } else { Ok(()) }
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

pub(super) fn cannot_write(path: &Path, error: &std::io::Error) -> Report {
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
