//! Files of the council's own: templates that it changes, their originals, a folder to start from.
//!
//! In: [`Authored`] files and a folder. Out: all of them in their places, or the folder as it was.
//!
//! Every file is first written and synced in a folder beside its target, and then renamed. A run that is killed leaves
//! each file whole, old or new; the next one clears the rest, and carries on. Edits made in the meantime are left
//! alone. Permissions are ordinary, since the council shares these files; a file that replaces another keeps its permissions.
//!
//! Deliberately absent: papers, which are for their readers alone, and anything that decides what a file holds.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Result as IoResult, Write};
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Hint, Place, Report, codes};

/// A file of the council's own.
#[derive(Debug, Clone)]
pub struct Authored {
    /// Its path in the folder, with `/` between the parts.
    pub path: String,
    /// Its bytes.
    pub data: Vec<u8>,
    /// The content that it may overwrite.
    pub over: Over,
    /// Whether its owner alone may open it, and the folder that is made for it: 0600 and 0700.
    pub is_private: bool,
}

/// The content that a file may overwrite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Over {
    /// Nothing: an existing file stays.
    Nothing,
    /// Only this text, whatever its line endings: the new one was made from it.
    Text(String),
    /// Only these bytes.
    Exactly(Vec<u8>),
    /// Anything this program wrote there before.
    Ours,
}

impl Authored {
    /// A file that does not exist yet.
    pub fn new(path: impl Into<String>, data: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), data: data.into(), over: Over::Nothing, is_private: false }
    }

    /// The same file, for its owner alone.
    #[must_use]
    pub fn private(self) -> Self {
        Self { is_private: true, ..self }
    }

    /// The same file, allowed to overwrite something.
    #[must_use]
    pub fn over(self, over: Over) -> Self {
        Self { over, ..self }
    }
}

/// One change to the disk, which happens completely or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Make a folder and any missing parents.
    MakeFolder(PathBuf),
    /// Make a folder that its owner alone may open.
    MakePrivateFolder(PathBuf),
    /// Write and sync a file that does not exist yet.
    Write(PathBuf, Vec<u8>),
    /// The same; until it is given other permissions, its owner alone may open it.
    WritePrivate(PathBuf, Vec<u8>),
    /// Give a file that was written the group and the permissions of the file that it replaces.
    KeepPermissions(PathBuf, PathBuf),
    /// Give a file a second name, under which it can be put back.
    PutAside(PathBuf, PathBuf),
    /// Rename a file or a folder.
    Rename(PathBuf, PathBuf),
    /// Sync the names in a folder to the disk.
    SyncFolder(PathBuf),
    /// Remove a file.
    Remove(PathBuf),
    /// Remove an empty folder.
    RemoveEmpty(PathBuf),
    /// Remove a folder with only our own files in it.
    RemoveFolder(PathBuf),
}

/// The name of the staging folder, beside the files to be replaced.
pub const STAGE: &str = ".convenor-stage";

/// Writes those of the files that do not exist yet: all of them or none.
///
/// # Errors
/// If the folder cannot be written.
pub fn put_new(files: &[Authored], folder: &Path) -> Result<(), Report> {
    let missing = files.iter().filter(|file| !is_there(&folder.join(&file.path))).cloned();
    put_over(&missing.collect::<Vec<_>>(), folder)
}

/// Writes files in their places, in their order: all of them or none.
///
/// # Errors
/// If the folder cannot be written, another run is writing into it, or a file would overwrite something that it may
/// not.
pub fn put_over(files: &[Authored], folder: &Path) -> Result<(), Report> {
    if files.iter().all(|file| is_same(&folder.join(&file.path), &file.data)) {
        return Ok(());
    }
    let held = hold(folder)?;
    let result = ensure_as_expected(files, folder)
        .and_then(|()| run(&steps(files, folder), &mut perform).map_err(|(path, error)| refused(&path, &error)));
    // Removed while it is held, so that it contains nothing of another run. If that is refused, the next run clears it.
    drop(perform(&Step::RemoveFolder(folder.join(STAGE))));
    drop(held);
    if result.is_err() {
        // If it is empty now, it was made for the staging folder.
        drop(std::fs::remove_dir(folder));
    }
    result
}

/// Makes a folder with these files in it. Nothing may have its name, except an empty folder.
///
/// # Errors
/// If it cannot be made. Nothing is left behind then.
pub fn put_folder(files: &[Authored], folder: &Path) -> Result<(), Report> {
    run(&folder_steps(files, folder), &mut perform).map_err(|(path, error)| refused(&path, &error))
}

/// Writes one file over what this program wrote under its name before.
///
/// # Errors
/// If it cannot be written. The old file is left as it was then.
pub fn remember(path: &Path, data: &[u8]) -> Result<(), Report> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    put_over(&[Authored::new(name, data).over(Over::Ours)], folder)
}

/// Writes a file over the text that it was made from, in the place that a link leads to.
///
/// # Errors
/// If it cannot be written, or was changed in the meantime. The old file is left as it is then.
pub fn rewrite(path: &Path, before: &str, after: &str) -> Result<(), Report> {
    let real = std::fs::canonicalize(path).map_err(|error| refused(path, &error))?;
    let folder = real.parent().unwrap_or(Path::new("."));
    let name = real.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    put_over(&[Authored::new(name, after).over(Over::Text(before.to_owned()))], folder)
}

/// Checks that a file may be replaced: it is a file, no link to one, and nobody has made it read-only.
///
/// # Errors
/// If it may not, with its place.
pub fn ensure_replaceable(path: &Path) -> Result<(), Report> {
    let fault = |message: &str, hint: Hint| {
        let error = Diagnostic::error(codes::CANNOT_WRITE, message).place(Place::file(path.display().to_string()));
        Err(error.hint(hint).into())
    };
    let Ok(metadata) = std::fs::symlink_metadata(path) else { return Ok(()) };
    if metadata.is_symlink() {
        return match std::fs::canonicalize(path) {
            Ok(real) => {
                let hint = Hint::naming("name the file itself: `{}`", [real.display().to_string()]);
                fault("this is a link to a file", hint)
            }
            Err(_) => fault("this is a link that leads nowhere", "name the file itself".into()),
        };
    }
    if metadata.permissions().readonly() {
        return fault("this file is read-only", "somebody made it so: make it writable if it may be changed".into());
    }
    Ok(())
}

/// Whether a file can be replaced, as far as it and its folder say so themselves.
pub fn may_be_replaced(path: &Path) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_locked = std::fs::metadata(folder).is_ok_and(|metadata| metadata.permissions().readonly());
    !is_locked && ensure_replaceable(path).is_ok()
}

/// Removes files that were written earlier. A missing one is not an error.
///
/// # Errors
/// If one of them cannot be removed.
pub fn take_away(files: &[&str], folder: &Path) -> Result<(), Report> {
    for path in files.iter().map(|name| folder.join(name)) {
        match perform(&Step::Remove(path.clone())) {
            Err(e) if e.kind() != ErrorKind::NotFound => return Err(refused(&path, &e)),
            _ => {}
        }
    }
    Ok(())
}

/// The text of a file; empty if it is not UTF-8, `None` if there is no file.
///
/// # Errors
/// If it cannot be read.
pub fn text_there(path: &Path) -> Result<Option<String>, Report> {
    match std::fs::read(path) {
        Ok(data) => Ok(Some(String::from_utf8(data).unwrap_or_default())),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(e) => Err(cannot_write(path, &e)),
    }
}

/// The steps that put files in their places below a folder.
pub fn steps(files: &[Authored], folder: &Path) -> Vec<Step> {
    let stage = folder.join(STAGE);
    let mut steps = Vec::new();
    let changed: Vec<(usize, &Authored, PathBuf)> = files
        .iter()
        .enumerate()
        .map(|(n, file)| (n, file, folder.join(&file.path)))
        .filter(|(_, file, target)| !is_same(target, &file.data))
        .collect();
    for (_, file, target) in &changed {
        let Some(parent) = target.parent().filter(|parent| !parent.is_dir()) else { continue };
        let make = if file.is_private { Step::MakePrivateFolder } else { Step::MakeFolder };
        steps.push(make(parent.to_owned()));
    }
    steps.extend(changed.iter().map(|(n, file, target)| {
        // What replaces a file is open to nobody else before it has the permissions of that.
        let write = if file.is_private || is_there(target) { Step::WritePrivate } else { Step::Write };
        write(stage.join(n.to_string()), file.data.clone())
    }));
    for (n, _, target) in changed.iter().filter(|(.., target)| is_there(target)) {
        steps.push(Step::KeepPermissions(target.clone(), stage.join(n.to_string())));
        steps.push(Step::PutAside(target.clone(), stage.join(format!("{n}.old"))));
    }
    for (i, (n, _, target)) in changed.iter().enumerate() {
        steps.push(Step::Rename(stage.join(n.to_string()), target.clone()));
        // The names of one folder are on the disk before those of the next come: what comes first is there if what follows is.
        let next = changed.get(i + 1).and_then(|(.., target)| target.parent());
        steps.extend(target.parent().filter(|parent| next != Some(*parent)).map(|p| Step::SyncFolder(p.to_owned())));
    }
    steps
}

/// The steps that make a folder of files, which is moved into place as one.
pub fn folder_steps(files: &[Authored], folder: &Path) -> Vec<Step> {
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let stage = parent.join(format!("{STAGE}-{name}"));
    let mut steps = Vec::new();
    if is_there(&stage) {
        steps.push(Step::RemoveFolder(stage.clone()));
    }
    let mut folders: Vec<PathBuf> =
        files.iter().filter_map(|f| stage.join(&f.path).parent().map(Path::to_owned)).collect();
    folders.insert(0, stage.clone());
    folders.dedup();
    steps.extend(folders.iter().cloned().map(Step::MakeFolder));
    steps.extend(files.iter().map(|file| Step::Write(stage.join(&file.path), file.data.clone())));
    steps.extend(folders.into_iter().rev().map(Step::SyncFolder));
    if is_there(folder) {
        // It is empty. Not every system can rename a folder over another.
        steps.push(Step::RemoveEmpty(folder.to_owned()));
    }
    steps.push(Step::Rename(stage, folder.to_owned()));
    steps.push(Step::SyncFolder(parent.to_owned()));
    steps
}

/// Takes the steps in order. If one fails, files that were renamed are put back and files that were made are removed.
///
/// # Errors
/// The path of the failed step, and the error.
pub fn run(steps: &[Step], perform: &mut dyn FnMut(&Step) -> IoResult<()>) -> Result<(), (PathBuf, std::io::Error)> {
    for (n, step) in steps.iter().enumerate() {
        if let Err(error) = perform(step) {
            undo(&steps[..n]);
            let (Step::MakeFolder(path)
            | Step::MakePrivateFolder(path)
            | Step::Write(path, _)
            | Step::WritePrivate(path, _)
            | Step::KeepPermissions(path, _)
            | Step::PutAside(path, _)
            | Step::Rename(_, path)
            | Step::SyncFolder(path)
            | Step::Remove(path)
            | Step::RemoveEmpty(path)
            | Step::RemoveFolder(path)) = step;
            return Err((path.clone(), error));
        }
    }
    Ok(())
}

/// Reverts these steps. If even that fails, each file is still whole.
fn undo(done: &[Step]) {
    for step in done.iter().rev() {
        let back = match step {
            Step::Rename(from, to) => {
                let aside = done.iter().find_map(|s| match s {
                    Step::PutAside(target, aside) if target == to => Some(aside),
                    _ => None,
                });
                match aside {
                    Some(old) => std::fs::rename(old, to),
                    None => std::fs::rename(to, from),
                }
            }
            Step::Write(path, _) | Step::WritePrivate(path, _) | Step::PutAside(_, path) => std::fs::remove_file(path),
            // Only if it is empty: something may have been put there in the meantime.
            Step::MakeFolder(path) | Step::MakePrivateFolder(path) => std::fs::remove_dir(path),
            Step::RemoveEmpty(path) => std::fs::create_dir(path),
            Step::KeepPermissions(..) | Step::SyncFolder(_) | Step::Remove(_) | Step::RemoveFolder(_) => Ok(()),
        };
        drop(back);
    }
}

/// Takes one step.
fn perform(step: &Step) -> IoResult<()> {
    match step {
        Step::MakeFolder(folder) => std::fs::create_dir_all(folder),
        Step::MakePrivateFolder(folder) => private_folder(folder),
        Step::Write(path, data) => write(path, data, OpenOptions::new().write(true).create_new(true)),
        Step::WritePrivate(path, data) => write(path, data, private(OpenOptions::new().write(true).create_new(true))),
        Step::KeepPermissions(of, path) => keep_permissions(of, path),
        // A copy, if the disk has no hard links.
        Step::PutAside(from, to) => std::fs::hard_link(from, to).or_else(|_| std::fs::copy(from, to).map(drop)),
        Step::Rename(from, to) => std::fs::rename(from, to),
        Step::SyncFolder(folder) => sync(folder),
        Step::Remove(path) => std::fs::remove_file(path),
        Step::RemoveEmpty(folder) => std::fs::remove_dir(folder),
        Step::RemoveFolder(folder) => std::fs::remove_dir_all(folder),
    }
}

/// Writes and syncs a file.
fn write(path: &Path, data: &[u8], options: &OpenOptions) -> IoResult<()> {
    let mut file = options.open(path)?;
    let written = file.write_all(data).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a file would be in the way of the next run.
        drop(std::fs::remove_file(path));
    }
    written
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &OpenOptions {
    options
}

#[cfg(unix)]
fn private_folder(folder: &Path) -> IoResult<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn private_folder(folder: &Path) -> IoResult<()> {
    std::fs::create_dir_all(folder)
}

/// Gives a file the permissions of another. They are for that one's group, so it is given this group first.
#[cfg(unix)]
fn keep_permissions(of: &Path, path: &Path) -> IoResult<()> {
    use std::os::unix::fs::MetadataExt;
    let (old, new) = (std::fs::metadata(of)?, std::fs::metadata(path)?);
    if old.gid() != new.gid() {
        std::os::unix::fs::chown(path, None, Some(old.gid()))?;
    }
    std::fs::set_permissions(path, old.permissions())
}

#[cfg(not(unix))]
fn keep_permissions(of: &Path, path: &Path) -> IoResult<()> {
    std::fs::set_permissions(path, std::fs::metadata(of)?.permissions())
}

#[cfg(unix)]
fn sync(folder: &Path) -> IoResult<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder)?.sync_all()
}

/// Other systems cannot sync a folder; its names reach the disk with its files.
#[cfg(not(unix))]
fn sync(_folder: &Path) -> IoResult<()> {
    Ok(())
}

/// Locks a folder's staging folder for as long as the returned file lives, and clears what an earlier run left there.
fn hold(folder: &Path) -> Result<File, Report> {
    let stage = folder.join(STAGE);
    let held = stage.join("held");
    let failed = |e: std::io::Error| refused(folder, &e);
    std::fs::create_dir_all(&stage).map_err(failed)?;
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(&held).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let error = Diagnostic::error(codes::LOCKED, "another run is writing into this folder");
            let error = error.place(Place::file(folder.display().to_string()));
            return Err(error.hint("wait for it to end, and run the same command again").into());
        }
        Err(TryLockError::Error(e)) => return Err(failed(e)),
    }
    for entry in std::fs::read_dir(&stage).map_err(failed)?.flatten().filter(|entry| entry.path() != held) {
        std::fs::remove_file(entry.path()).map_err(failed)?;
    }
    Ok(file)
}

/// Checks that no file was edited in the meantime, so that no edit is overwritten.
fn ensure_as_expected(files: &[Authored], folder: &Path) -> Result<(), Report> {
    let mut report = Report::default();
    for file in files {
        let path = folder.join(&file.path);
        let expected = match (&file.over, text(&path)) {
            (Over::Nothing, _) => !is_there(&path) || is_same(&path, &file.data),
            (Over::Text(before), Some(now)) => *now == *unix_lines(before) || now.as_bytes() == file.data,
            // It was removed in the meantime.
            (Over::Text(_), None) => false,
            (Over::Exactly(before), _) => std::fs::read(&path).is_ok_and(|now| now == *before || now == file.data),
            (Over::Ours, _) => !path.is_dir(),
        };
        if !expected {
            report.push(
                Diagnostic::error(codes::EDITED_SINCE, "this file has changed while the command was running")
                    .place(Place::file(path.display().to_string()))
                    .hint("nothing was changed: look at it, and run the same command again"),
            );
        }
    }
    if report.has_errors() { Err(report) } else { Ok(()) }
}

fn text(path: &Path) -> Option<String> {
    if !std::fs::metadata(path).is_ok_and(|m| m.is_file()) {
        return None;
    }
    String::from_utf8(std::fs::read(path).ok()?).ok().map(|text| unix_lines(&text))
}

fn unix_lines(text: &str) -> String {
    text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n")
}

fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

fn is_same(path: &Path, data: &[u8]) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file() && m.len() == data.len() as u64)
        && std::fs::read(path).is_ok_and(|there| there == data)
}

/// As [`cannot_write`], but without another folder to choose: these files belong beside their originals.
fn refused(path: &Path, error: &std::io::Error) -> Report {
    let mut report = cannot_write(path, error);
    let hint = "nothing was changed; make sure that you may write to this folder, and try again";
    report.diagnostics.iter_mut().for_each(|d| d.hint = Some(hint.into()));
    report
}

/// Reports a path that cannot be written, with advice.
pub fn cannot_write(path: &Path, error: &std::io::Error) -> Report {
    let (message, hint) = match error.kind() {
        ErrorKind::PermissionDenied => (
            "you may not write here".to_owned(),
            "ask for the right to write to this folder; or, if nothing was made in it before, choose another with `-o`",
        ),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => (
            "the disk is full".to_owned(),
            "the existing papers are unchanged; make room or choose another folder with `-o`",
        ),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            ("there is a file where a folder is needed".to_owned(), "move it away, or choose another folder with `-o`")
        }
        ErrorKind::ReadOnlyFilesystem => ("this disk is read-only".to_owned(), "choose another folder with `-o`"),
        _ => (format!("the file cannot be written: {error}"), "choose another folder with `-o`"),
    };
    Report::of(
        Diagnostic::error(codes::CANNOT_WRITE, message).place(Place::file(path.display().to_string())).hint(hint),
    )
}

#[cfg(test)]
mod tests;
