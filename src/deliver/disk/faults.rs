//! Lets the steps of one folder's disk fail, to test a kill at every step.
//!
//! Keyed by the folder, so that parallel tests do not disturb each other. After a kill every later step fails too, so
//! that no destructor tidies up what a crash would leave.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Whether a step needs room on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grows {
    /// The step needs room.
    Yes,
    /// The step needs none.
    No,
}

/// The kind of failure at the step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The program is killed.
    Kill,
    /// The disk is full from here on.
    Full,
    /// This one step is refused, as when the file is open elsewhere.
    Refused,
}

#[derive(Debug, Clone, Copy)]
struct Armed {
    at: usize,
    fault: Fault,
    taken: usize,
    dead: bool,
}

static ARMED: Mutex<BTreeMap<PathBuf, Armed>> = Mutex::new(BTreeMap::new());

/// Makes step number `at` (from 1) below `root` fail.
pub fn arm(root: &Path, at: usize, fault: Fault) {
    let armed = Armed { at, fault, taken: 0, dead: false };
    ARMED.lock().expect("nobody panics with it").insert(root.to_owned(), armed);
}

/// Disarms, and returns how many steps were taken and whether the fault occurred.
pub fn disarm(root: &Path) -> (usize, bool) {
    let armed = ARMED.lock().expect("nobody panics with it").remove(root);
    armed.map_or((0, false), |armed| (armed.taken, armed.dead || armed.taken >= armed.at))
}

/// One step below a folder.
pub fn step(root: &Path, grows: Grows) -> io::Result<()> {
    let mut all = ARMED.lock().expect("nobody panics with it");
    let Some((_, armed)) = all.iter_mut().find(|(above, _)| root.starts_with(above)) else { return Ok(()) };
    let gone = || io::Error::other("killed");
    if armed.dead && armed.fault == Fault::Kill {
        return Err(gone());
    }
    armed.taken += 1;
    let full = || io::Error::from(io::ErrorKind::StorageFull);
    if armed.dead && armed.fault == Fault::Full && grows == Grows::Yes {
        return Err(full());
    }
    if armed.taken != armed.at {
        return Ok(());
    }
    match armed.fault {
        Fault::Kill => {
            armed.dead = true;
            Err(gone())
        }
        Fault::Full if grows == Grows::Yes => {
            armed.dead = true;
            Err(full())
        }
        Fault::Full => {
            armed.at += 1;
            Ok(())
        }
        Fault::Refused => Err(io::Error::from(io::ErrorKind::PermissionDenied)),
    }
}
