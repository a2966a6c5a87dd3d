//! One run at a time in a folder: a lock on a file that stays there.
//!
//! The lock goes with the handle, however the program ends. It is on a file of its own, never on the log: on Windows
//! nobody can read a locked file. The file is never removed: if it were deleted and recreated, two runs could hold it.
//! On a drive without locks, it is up to the owner to start one run at a time; the log compares its length before it
//! grows.

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Duration;

use super::disk::Access;

/// The name of the file.
pub const LOCK: &str = ".convenor-lock";

/// The name of a file that is created and removed again, to learn whether files can be created in the folder.
pub const PROBE: &str = ".convenor-probe";

/// How often, and after what pause, a busy lock is tried again: two seconds in all.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(100);

/// A folder held by this run.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Why a folder cannot be held.
#[derive(Debug)]
pub enum NotHeld {
    /// Another run is writing.
    Busy,
    /// The system refused.
    Disk(io::Error),
}

impl Lock {
    /// Locks an existing folder. Waits two seconds if another run holds it.
    ///
    /// # Errors
    /// If another run still holds it, or the system refuses.
    pub fn take(folder: &Path, access: Access) -> Result<Self, NotHeld> {
        let file = open(&folder.join(LOCK), access).map_err(NotHeld::Disk)?;
        for _ in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Self::of(file, folder),
                Err(TryLockError::Error(e)) if e.kind() == ErrorKind::Unsupported => return Self::of(file, folder),
                Err(TryLockError::Error(e)) => return Err(NotHeld::Disk(e)),
                Err(TryLockError::WouldBlock) => {
                    #[expect(clippy::disallowed_methods, reason = "another run ends only in time")]
                    std::thread::sleep(PAUSE);
                }
            }
        }
        Err(NotHeld::Busy)
    }

    /// Checks that files can be created: in a read-only folder of writable files, a line could be written to the log,
    /// but not the files that follow from it.
    fn of(file: File, folder: &Path) -> Result<Self, NotHeld> {
        let probe = folder.join(PROBE);
        let made = File::options().write(true).create(true).truncate(false).open(&probe);
        made.map(drop).and_then(|()| std::fs::remove_file(&probe)).map_err(NotHeld::Disk)?;
        Ok(Self { _file: file })
    }

    /// Whether a run holds a folder at the moment. Nothing is written.
    pub fn is_held(folder: &Path) -> bool {
        let path = folder.join(LOCK);
        let is_file = std::fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file());
        let file = if is_file { File::options().read(true).write(true).open(&path).ok() } else { None };
        file.is_some_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
    }
}

/// Opens the file for writing: a network drive locks nothing else.
fn open(path: &Path, access: Access) -> io::Result<File> {
    if let Ok(metadata) = std::fs::symlink_metadata(path)
        && !metadata.is_file()
    {
        return Err(io::Error::new(ErrorKind::AlreadyExists, "something else already has the name of the lock"));
    }
    let mut options = File::options();
    options.create(true).truncate(false).write(true).read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if access == Access::Owner { 0o600 } else { 0o660 });
    }
    let file = options.open(path)?;
    // The process's umask may have closed it to the group, who could then never lock it. Its owner opens it.
    #[cfg(unix)]
    if access != Access::Owner {
        use std::os::unix::fs::PermissionsExt;
        let _ = file.set_permissions(std::fs::Permissions::from_mode(0o660));
    }
    #[cfg(not(unix))]
    let _ = access;
    Ok(file)
}
