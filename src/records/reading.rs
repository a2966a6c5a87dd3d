//! A record that is only read: the valid part of its log, and the state that it adds up to.

use super::commit::Stop;
use super::log::{self, Contents, LOG, LineFault, LineFaultKind, Log, Tail};
use super::state::State;
use crate::deliver::disk::Disk;

/// A record that is only read.
#[derive(Debug)]
pub struct Reading {
    /// The valid part of the log.
    pub log: Log,
    /// The state that it adds up to.
    pub state: State,
    /// The rest of the log.
    pub tail: Tail,
    /// Whether there is a log at all.
    pub is_there: bool,
}

/// Reads a record without holding it.
///
/// # Errors
/// If the log cannot be read.
pub fn read(disk: &dyn Disk) -> Result<Reading, Stop> {
    let bytes = disk.read(LOG).map_err(|e| Stop::Disk(LOG.to_owned(), e))?;
    // A full disk leaves an empty file instead of the first line.
    let is_there = bytes.as_ref().is_some_and(|bytes| !bytes.is_empty());
    let contents = log::read(&bytes.unwrap_or_default());
    Ok(replay(&contents, is_there))
}

/// Adds up the contents of a log, up to its last whole change.
pub fn replay(contents: &Contents, is_there: bool) -> Reading {
    let (mut state, mut whole, mut tail) = (State::default(), 0, contents.tail);
    for (n, event) in contents.events.iter().enumerate() {
        if state.apply(event).is_err() {
            let line = u32::try_from(n + 1).unwrap_or(u32::MAX);
            tail = Tail::Broken(LineFault { line, kind: LineFaultKind::Impossible });
            break;
        }
        if state.open.as_ref().is_none_or(crate::records::state::Unit::is_whole) {
            whole = n + 1;
        }
    }
    // A change whose lines are not all there has moved nothing yet.
    if state.open.as_ref().is_some_and(|unit| !unit.is_whole()) {
        state = State::default();
        let settled = contents.events[..whole].iter().try_for_each(|event| state.apply(event));
        settled.expect("they were applied once");
        if tail == Tail::Clean {
            tail = Tail::Torn;
        }
    }
    Reading { log: Log::after(contents, whole), state, tail, is_there }
}
