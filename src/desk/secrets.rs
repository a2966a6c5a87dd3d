//! Chance and the clock, which come in here and nowhere below.
//!
//! In: the machine, or what a test gives. Out: bytes that nobody can guess, and the time.
//!
//! Deliberately absent: what they are for.

use std::time::Duration;

use chrono::{Days, NaiveDate};

use crate::diag::{Diagnostic, Place, Report, codes};

/// Fills bytes by chance. Whether it could.
type Chance = Box<dyn Fn(&mut [u8]) -> bool + Send + Sync>;

/// Chance and the clock.
pub struct Secrets {
    chance: Chance,
    clock: Box<dyn Fn() -> Duration + Send + Sync>,
}

impl Secrets {
    /// Those of this machine.
    #[expect(
        clippy::disallowed_methods,
        reason = "the desk is a face of the program: what it is told of the day comes in here"
    )]
    pub fn of_this_machine() -> Self {
        Self {
            chance: Box::new(|bytes| getrandom::fill(bytes).is_ok()),
            clock: Box::new(|| std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default()),
        }
    }

    /// Others: `chance` fills bytes, and says whether it could; `clock` gives the time since 1970.
    pub fn of(
        chance: impl Fn(&mut [u8]) -> bool + Send + Sync + 'static,
        clock: impl Fn() -> Duration + Send + Sync + 'static,
    ) -> Self {
        Self { chance: Box::new(chance), clock: Box::new(clock) }
    }

    /// Fills bytes by chance.
    ///
    /// # Errors
    /// If the machine gives none.
    pub(super) fn fill(&self, bytes: &mut [u8]) -> Result<(), Report> {
        if (self.chance)(bytes) {
            return Ok(());
        }
        let error =
            Diagnostic::error(codes::CANNOT_SERVE, "this machine gives no random numbers for the keys of the desk");
        let error = error.place(Place::file("127.0.0.1"));
        Err(error.hint("restart the machine; the verbs of the command line do the same work without a desk").into())
    }

    /// The time since 1970.
    pub(super) fn now(&self) -> Duration {
        (self.clock)()
    }

    /// Today.
    pub(super) fn today(&self) -> NaiveDate {
        let days = self.now().as_secs() / 86_400;
        NaiveDate::from_ymd_opt(1970, 1, 1)
            .and_then(|first| first.checked_add_days(Days::new(days)))
            .unwrap_or_default()
    }
}
