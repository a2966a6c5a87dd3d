//! The desk: a page in the coordinator's own browser, served to nobody else.
//!
//! In: a folder of conferences, chance and the clock. Out: pages over the public verbs, until it is told to end or nobody
//! has asked for anything for hours.
//!
//! ```text
//!  browser ─▶ guard ─▶ router ─▶ post (a form, once its token is ours) ─▶ pages ─▶ the verbs
//!                                                                          │
//!          reply ◀─ layout, parts, problems (a report in the words of a page) ◀┘
//! ```
//!
//! It listens on 127.0.0.1 alone and opens no connection. Every page lies below a part of the address that only our own
//! pages know; the browser that used the one ticket has the cookie for it, and every form a token besides. No address has
//! a name in it, nothing is kept by the browser, and there is no log of what was asked.
//!
//! Deliberately absent: rules, sums and files. A page asks a verb and draws; there is no state but the folder, save who
//! sits here, what is being made, and what was done last.

mod ask;
mod assets;
mod conference;
mod door;
mod drafts;
mod edits;
mod guard;
mod icons;
mod layout;
mod link;
mod pages;
mod parts;
mod post;
mod problems;
mod reply;
mod router;
mod runs;
mod secrets;
mod serve;
mod ticket;
mod words;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::diag::Report;
use crate::layers::OwnThemes;
use link::{Link, Target};
use ticket::Keys;
use work::Work;

pub use router::{ROUTES, Route, router};
pub use secrets::Secrets;
pub use serve::{Browser, Options, open, run};

/// What a desk needs to know: the folder, its keys, who sits at it, and what it is doing. It holds no conference: each
/// page reads the folder.
pub struct Desk {
    folder: PathBuf,
    port: u16,
    keys: Keys,
    secrets: Secrets,
    own_themes: OwnThemes,
    seat: Mutex<Seat>,
    work: Work,
    seen: AtomicU64,
    ends: AtomicBool,
    patience: Duration,
}

/// The longest that a request may take, its body and its page together. What takes longer is run beside.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who sits here, and what they may see just now.
#[derive(Default)]
struct Seat {
    /// First name and surname, as they gave it.
    name: Option<String>,
    /// Until when the door is open, by conference.
    doors: BTreeMap<String, Duration>,
    /// Who changed which conference since the desk was opened.
    editors: BTreeMap<String, BTreeSet<String>>,
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

    fn link(&self, target: &Target<'_>) -> Link {
        Link::new(self.keys.prefix.text(), target)
    }

    fn end(&self) {
        self.ends.store(true, Ordering::Relaxed);
    }

    fn seat(&self) -> MutexGuard<'_, Seat> {
        self.seat.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note_asked(&self) {
        self.seen.store(self.secrets.now().as_secs(), Ordering::Relaxed);
    }

    /// For how long nobody has asked for anything. While something is being made, somebody is waiting.
    fn idle(&self) -> Duration {
        if self.work.is_running() {
            self.note_asked();
        }
        self.secrets.now().saturating_sub(Duration::from_secs(self.seen.load(Ordering::Relaxed)))
    }
}
