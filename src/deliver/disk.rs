//! The folder of a record as a disk: the few steps that may change it, and nothing else.
//!
//! In: paths below one folder, with `/` between the parts. Out: bytes, hashes, and errors of the system.
//!
//! Folders are made 0700 and files 0600 whatever the mask is, or opened to their group where the council says so. Every
//! step is a method of [`Disk`], so that a test can count the steps, fail any one of them and carry on from there.
//!
//! Deliberately absent: the purpose of a file, and tidying up in `Drop`, which a crash skips and a test does not.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::gate::Hash;

/// The steps that read or change the folder of a record.
pub trait Disk: Send + Sync {
    /// The path of the folder, for messages.
    fn root(&self) -> &Path;
    /// The bytes of a file; `None` if there is none.
    fn read(&self, at: &str) -> io::Result<Option<Vec<u8>>>;
    /// The hash of a file, read in chunks; `None` if there is none.
    fn hash(&self, at: &str) -> io::Result<Option<Hash>>;
    /// Everything below the folder, sorted by path.
    fn walk(&self) -> io::Result<Vec<Found>>;
    /// The paths of all files directly in a folder, sorted; empty if there is no such folder.
    fn list(&self, folder: &str) -> io::Result<Vec<String>>;
    /// Whether something has this name, whatever it is.
    fn exists(&self, at: &str) -> io::Result<bool>;
    /// Writes a file that does not exist yet, or that an earlier attempt left under the same name.
    fn write(&self, at: &str, bytes: &[u8]) -> io::Result<()>;
    /// A file to be written in chunks.
    fn create(&self, at: &str) -> io::Result<Box<dyn Sink>>;
    /// Gives a file a second name: a link if the disk can, otherwise a copy.
    fn link(&self, from: &str, to: &str) -> io::Result<()>;
    /// Opens a file for reading in chunks.
    fn open(&self, at: &str) -> io::Result<Box<dyn Source>>;
    /// Syncs the bytes of files to the disk.
    fn sync(&self, all: &[&str]) -> io::Result<()>;
    /// Syncs the names in folders to the disk, if the system can.
    fn sync_folders(&self, all: &[&str]) -> io::Result<()>;
    /// Appends to a file, and creates it if it does not exist.
    fn append(&self, at: &str, bytes: &[u8]) -> io::Result<()>;
    /// Shortens a file.
    fn cut(&self, at: &str, to: u64) -> io::Result<()>;
    /// The length of a file in bytes; `None` if there is none.
    fn length(&self, at: &str) -> io::Result<Option<u64>>;
    /// Renames a file or folder, and makes the folder that it goes to.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    /// Removes a file. A missing one is not an error.
    fn remove(&self, at: &str) -> io::Result<()>;
}

/// A file that is written in chunks.
pub trait Sink: Write + Seek + Send {}

impl<T: Write + Seek + Send> Sink for T {}

/// A file that is read in chunks.
pub trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// Something found in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its path in the folder.
    pub at: String,
    /// Its kind.
    pub kind: FoundKind,
}

/// The kind of something in a folder, as the system reports it without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundKind {
    /// A file that can be read.
    File,
    /// A folder. Only empty ones are reported.
    EmptyFolder,
    /// A link, pipe, socket or device, or a file that is stored elsewhere and would have to be fetched: never opened.
    Special,
}

/// The users who may open written files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Access {
    /// Its owner only: folders 0700, files 0600.
    #[default]
    Owner,
    /// Its owner and their group: folders 0770, files 0660.
    Group,
}

/// A folder on this machine.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    access: Access,
}

impl Folder {
    /// A folder that may not exist yet.
    pub fn new(root: impl Into<PathBuf>, access: Access) -> Self {
        Self { root: root.into(), access }
    }

    /// Makes the folder itself and any missing parents.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn make(&self) -> io::Result<()> {
        make_folder(&self.root, self.access)
    }

    /// The names of all folders directly in it, sorted.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn folders(&self) -> io::Result<Vec<String>> {
        let Some(entries) = there(std::fs::read_dir(&self.root))? else { return Ok(Vec::new()) };
        let mut all = Vec::new();
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                all.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        all.sort_unstable();
        Ok(all)
    }

    /// The links below it that lead to folders, sorted. They are not followed.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn linked_folders(&self) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        linked(&self.root, "", &mut found)?;
        found.sort_unstable();
        Ok(found)
    }

    /// The folder itself and everything below it that users may open who may not according to its access, sorted. What lies in a
    /// folder that is closed to them is closed as well. Empty on systems without such modes.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn open_to_others(&self) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        opened(&self.root, "", self.access, &mut found)?;
        found.sort_unstable();
        Ok(found)
    }

    fn path(&self, at: &str) -> PathBuf {
        at.split('/').fold(self.root.clone(), |path, part| path.join(part))
    }

    fn open_for_writing(&self, at: &str, options: &mut OpenOptions) -> io::Result<File> {
        let path = self.path(at);
        if let Some(parent) = path.parent() {
            make_folder(parent, self.access)?;
        }
        let file = permissions(options, self.access).open(&path)?;
        set_group_rights(&file, self.access)?;
        Ok(file)
    }
}

impl Disk for Folder {
    fn root(&self) -> &Path {
        &self.root
    }

    fn read(&self, at: &str) -> io::Result<Option<Vec<u8>>> {
        there(regular(&self.path(at)).and_then(|mut file| {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(bytes)
        }))
    }

    fn hash(&self, at: &str) -> io::Result<Option<Hash>> {
        there(no_link(&self.path(at)).and_then(regular).and_then(Hash::of_reader))
    }

    fn walk(&self) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        below(&self.root, "", &mut found)?;
        found.sort_unstable();
        Ok(found)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let Some(entries) = there(std::fs::read_dir(self.path(folder)))? else { return Ok(Vec::new()) };
        let mut all = Vec::new();
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                let name = entry.file_name().to_string_lossy().into_owned();
                all.push(if folder.is_empty() { name } else { format!("{folder}/{name}") });
            }
        }
        all.sort_unstable();
        Ok(all)
    }

    fn exists(&self, at: &str) -> io::Result<bool> {
        Ok(there(std::fs::symlink_metadata(self.path(at)))?.is_some())
    }

    fn write(&self, at: &str, bytes: &[u8]) -> io::Result<()> {
        faults::step(&self.root, faults::Grows::Yes)?;
        self.open_for_writing(at, OpenOptions::new().write(true).create(true).truncate(true))?.write_all(bytes)
    }

    fn create(&self, at: &str) -> io::Result<Box<dyn Sink>> {
        faults::step(&self.root, faults::Grows::Yes)?;
        let file = self.open_for_writing(at, OpenOptions::new().write(true).read(true).create(true).truncate(true))?;
        Ok(Box::new(io::BufWriter::new(file)))
    }

    fn link(&self, from: &str, to: &str) -> io::Result<()> {
        faults::step(&self.root, faults::Grows::Yes)?;
        let (from, to) = (self.path(from), self.path(to));
        if let Some(parent) = to.parent() {
            make_folder(parent, self.access)?;
        }
        there(std::fs::remove_file(&to))?;
        std::fs::hard_link(&from, &to).or_else(|_| std::fs::copy(&from, &to).map(drop))
    }

    fn open(&self, at: &str) -> io::Result<Box<dyn Source>> {
        Ok(Box::new(io::BufReader::new(regular(&self.path(at))?)))
    }

    fn sync(&self, all: &[&str]) -> io::Result<()> {
        faults::step(&self.root, faults::Grows::No)?;
        // Some network drives cannot sync, and nothing else can be done about it there.
        let one = |at: &&str| tolerated(File::options().read(true).write(true).open(self.path(at))?.sync_data());
        if all.len() < SYNCED_AT_ONCE {
            return all.iter().try_for_each(one);
        }
        // A disk syncs many at once in little more time than one: most of that time is waiting.
        std::thread::scope(|scope| {
            let parts = all.chunks(all.len().div_ceil(SYNCED_AT_ONCE));
            let threads: Vec<_> = parts.map(|part| scope.spawn(move || part.iter().try_for_each(one))).collect();
            threads
                .into_iter()
                .try_for_each(|thread| thread.join().expect("a thread that panics takes the program with it"))
        })
    }

    fn sync_folders(&self, all: &[&str]) -> io::Result<()> {
        faults::step(&self.root, faults::Grows::No)?;
        // Windows cannot open a folder as a file; its file system keeps names in order itself.
        if cfg!(windows) {
            return Ok(());
        }
        let one = |at: &&str| match File::open(self.path(at)) {
            Ok(folder) => tolerated(folder.sync_all()),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(()),
            Err(e) => Err(e),
        };
        all.iter().try_for_each(one)
    }

    fn append(&self, at: &str, bytes: &[u8]) -> io::Result<()> {
        faults::step(&self.root, faults::Grows::Yes)?;
        self.open_for_writing(at, OpenOptions::new().append(true).create(true))?.write_all(bytes)
    }

    fn cut(&self, at: &str, to: u64) -> io::Result<()> {
        faults::step(&self.root, faults::Grows::No)?;
        File::options().write(true).open(self.path(at))?.set_len(to)
    }

    fn length(&self, at: &str) -> io::Result<Option<u64>> {
        Ok(there(std::fs::metadata(self.path(at)))?.map(|metadata| metadata.len()))
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        faults::step(&self.root, faults::Grows::No)?;
        let to = self.path(to);
        if let Some(parent) = to.parent() {
            make_folder(parent, self.access)?;
        }
        again_if_open(|| std::fs::rename(self.path(from), &to))
    }

    fn remove(&self, at: &str) -> io::Result<()> {
        faults::step(&self.root, faults::Grows::No)?;
        there(again_if_open(|| std::fs::remove_file(self.path(at)))).map(drop)
    }
}

/// Files that are synced in parallel.
const SYNCED_AT_ONCE: usize = 8;

/// Refuses a link: a paper behind it would be changed, or sent, where nobody looks for it.
fn no_link(path: &Path) -> io::Result<&Path> {
    if std::fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "this is a link and not a file"));
    }
    Ok(path)
}

/// Opens a regular file: reading a pipe or a device could wait for ever.
fn regular(path: &Path) -> io::Result<File> {
    if std::fs::metadata(path)?.is_file() {
        return File::open(path);
    }
    Err(io::Error::new(ErrorKind::InvalidInput, "this is not a file"))
}

fn there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(e) if matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(e) => Err(e),
    }
}

fn tolerated(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(e) if matches!(e.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput) => Ok(()),
        other => other,
    }
}

/// A virus scanner or a preview may hold a file for a moment; Windows then refuses to rename it.
fn again_if_open(mut step: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    let mut pause = std::time::Duration::from_millis(10);
    loop {
        match step() {
            Err(e) if cfg!(windows) && e.kind() == ErrorKind::PermissionDenied && pause.as_secs() < 5 => {
                #[expect(clippy::disallowed_methods, reason = "only time makes another program let go of the file")]
                std::thread::sleep(pause);
                pause *= 2;
            }
            other => return other,
        }
    }
}

/// Collects everything below a folder, without following links or opening anything.
fn below(folder: &Path, prefix: &str, found: &mut Vec<Found>) -> io::Result<()> {
    let mut is_empty = true;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        is_empty = false;
        let at = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let metadata = std::fs::symlink_metadata(entry.path())?;
        if metadata.is_dir() {
            below(&entry.path(), &format!("{at}/"), found)?;
        } else {
            let kind =
                if metadata.is_file() && !is_elsewhere(&metadata) { FoundKind::File } else { FoundKind::Special };
            found.push(Found { at, kind });
        }
    }
    if is_empty && !prefix.is_empty() {
        found.push(Found { at: prefix.trim_end_matches('/').to_owned(), kind: FoundKind::EmptyFolder });
    }
    Ok(())
}

/// Collects links to folders below a folder.
fn linked(folder: &Path, prefix: &str, found: &mut Vec<String>) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let at = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            linked(&entry.path(), &format!("{at}/"), found)?;
        } else if kind.is_symlink() && entry.path().is_dir() {
            found.push(at);
        }
    }
    Ok(())
}

/// Collects a folder and what is in it, as far as others may open them.
#[cfg(unix)]
fn opened(path: &Path, at: &str, access: Access, found: &mut Vec<String>) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = std::fs::symlink_metadata(path)?;
    let others = metadata.permissions().mode() & if access == Access::Owner { 0o077 } else { 0o007 };
    if metadata.is_symlink() || others == 0 {
        return Ok(());
    }
    found.push(at.to_owned());
    // Nobody gets to what is in a folder that they may not enter.
    if metadata.is_dir() && others & 0o011 != 0 {
        for entry in std::fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let below = if at.is_empty() { name } else { format!("{at}/{name}") };
            opened(&entry.path(), &below, access, found)?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn opened(_: &Path, _: &str, _: Access, _: &mut Vec<String>) -> io::Result<()> {
    Ok(())
}

/// Whether a sync program keeps the file elsewhere, so that reading it would fetch it.
#[cfg(windows)]
fn is_elsewhere(metadata: &std::fs::Metadata) -> bool {
    use std::os::windows::fs::MetadataExt;
    // FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS.
    metadata.file_attributes() & 0x0040_0000 != 0
}

#[cfg(not(windows))]
fn is_elsewhere(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(unix)]
fn make_folder(folder: &Path, access: Access) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_folder(parent, access)?;
    }
    let mode = if access == Access::Owner { 0o700 } else { 0o770 };
    match std::fs::DirBuilder::new().mode(mode).create(folder) {
        // The system's umask must not take away rights that the owner asked for.
        Ok(()) => std::fs::set_permissions(folder, std::fs::Permissions::from_mode(mode)),
        Err(e) if e.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(e) => Err(e),
    }
}

#[cfg(not(unix))]
fn make_folder(folder: &Path, _: Access) -> io::Result<()> {
    if folder.as_os_str().is_empty() { Ok(()) } else { std::fs::create_dir_all(folder) }
}

#[cfg(unix)]
fn permissions(options: &mut OpenOptions, access: Access) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(if access == Access::Owner { 0o600 } else { 0o660 })
}

#[cfg(not(unix))]
fn permissions(options: &mut OpenOptions, _: Access) -> &mut OpenOptions {
    options
}

/// Gives the group the rights that the system's umask may have taken away.
#[cfg(unix)]
fn set_group_rights(file: &File, access: Access) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    match access {
        Access::Owner => Ok(()),
        Access::Group => tolerated(file.set_permissions(std::fs::Permissions::from_mode(0o660))),
    }
}

#[cfg(not(unix))]
fn set_group_rights(_: &File, _: Access) -> io::Result<()> {
    Ok(())
}

/// Lets a test fail a step of the disk. Outside tests it does nothing.
#[cfg(not(test))]
mod faults {
    pub enum Grows {
        Yes,
        No,
    }

    #[expect(clippy::unnecessary_wraps, reason = "the tests' version fails")]
    #[inline]
    pub fn step(_: &std::path::Path, _: Grows) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
pub mod faults;
