//! What a desk needs to know: the folder, its keys, who sits at it, and what it is doing.
//!
//! In: a folder, a port and [`Secrets`]. Out: a [`Desk`], which requests share.
//!
//! Deliberately absent: conferences. Each page reads the folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::link::{Link, Target};
use super::lists::HeldList;
use super::secrets::Secrets;
use super::ticket::Keys;
use super::work::Work;
use crate::diag::Report;
use crate::layers::OwnThemes;

/// A desk.
pub struct Desk {
    pub(super) folder: PathBuf,
    pub(super) port: u16,
    pub(super) keys: Keys,
    pub(super) secrets: Secrets,
    pub(super) own_themes: OwnThemes,
    seat: Mutex<Seat>,
    pub(super) work: Work,
    seen: AtomicU64,
    ends: AtomicBool,
    pub(super) patience: Duration,
}

/// The longest that a request may take, its body and its page together. What takes longer is run beside.
const PATIENCE: Duration = Duration::from_mins(1);

/// Who sits here, and what they may see just now.
#[derive(Default)]
pub(super) struct Seat {
    /// First name and surname, as they gave it.
    pub(super) name: Option<String>,
    /// Until when the door is open, by conference.
    pub(super) doors: BTreeMap<String, Duration>,
    /// Lists of people that are not added yet, by conference.
    pub(super) lists: BTreeMap<String, HeldList>,
    /// Who changed which conference since the desk was opened.
    pub(super) editors: BTreeMap<String, BTreeSet<String>>,
}

impl Desk {
    /// A desk for a folder, reached at a port of this machine.
    ///
    /// # Errors
    /// If the machine gives no chance for its keys.
    pub fn new(folder: PathBuf, port: u16, secrets: Secrets, own_themes: OwnThemes) -> Result<Self, Report> {
        let keys = Keys::new(&secrets)?;
        let seen = AtomicU64::new(secrets.now().as_secs());
        let (seat, work, ends) = (Mutex::default(), Work::default(), AtomicBool::new(false));
        Ok(Self { folder, port, keys, secrets, own_themes, seat, work, seen, ends, patience: PATIENCE })
    }

    /// The same with another patience for clients that never end what they send.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The address that opens the desk once. `None` if it was opened.
    pub fn address(&self) -> Option<String> {
        let ticket = self.keys.ticket()?;
        Some(format!("http://127.0.0.1:{}{}", self.port, self.link(&Target::Enter(&ticket)).as_str()))
    }

    /// Whether somebody told it to end.
    pub fn ends(&self) -> bool {
        self.ends.load(Ordering::Relaxed)
    }

    pub(super) fn link(&self, target: &Target<'_>) -> Link {
        Link::new(self.keys.prefix.text(), target)
    }

    pub(super) fn end(&self) {
        self.ends.store(true, Ordering::Relaxed);
    }

    pub(super) fn seat(&self) -> MutexGuard<'_, Seat> {
        self.seat.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note_asked(&self) {
        self.seen.store(self.secrets.now().as_secs(), Ordering::Relaxed);
    }

    /// For how long nobody has asked for anything. While something is being made, somebody is waiting.
    pub(super) fn idle(&self) -> Duration {
        if self.work.is_running() {
            self.note_asked();
        }
        self.secrets.now().saturating_sub(Duration::from_secs(self.seen.load(Ordering::Relaxed)))
    }

    /// The list of a conference that is not added yet.
    pub(super) fn list(&self, key: &str) -> Option<HeldList> {
        self.seat().lists.get(key).cloned()
    }

    /// Holds a list in place of any other of the conference.
    pub(super) fn hold_list(&self, key: &str, list: HeldList) {
        self.seat().lists.insert(key.to_owned(), list);
    }

    /// Forgets it.
    pub(super) fn drop_list(&self, key: &str) {
        self.seat().lists.remove(key);
    }
}
