//! The keys of a desk: a ticket for one use, a session, a token for forms, and a part of every address.
//!
//! In: chance, and the time. Out: whether what a browser shows is right, compared in constant time.
//!
//! Deliberately absent: cookies and forms as HTTP has them (`guard`, `post`).

use std::sync::Mutex;
use std::time::Duration;

use super::secrets::Secrets;
use crate::diag::Report;

/// The time for which a ticket is good.
const MINUTE: Duration = Duration::from_mins(1);

/// A secret that is compared in constant time and shown by no `Debug`.
pub struct Token(String);

impl Token {
    fn new(secrets: &Secrets) -> Result<Self, Report> {
        let mut bytes = [0; 16];
        secrets.fill(&mut bytes)?;
        Ok(Self(format!("{:032x}", u128::from_be_bytes(bytes))))
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether a text is this token. Hashes are compared, which takes the same time wherever they differ.
    pub fn is(&self, typed: &str) -> bool {
        blake3::hash(self.0.as_bytes()) == blake3::hash(typed.as_bytes())
    }
}

/// The keys of one desk.
pub struct Keys {
    /// The first part of every path: cookies are shared by all ports of a machine, but not by all paths.
    pub prefix: Token,
    /// What the cookie holds.
    pub session: Token,
    /// What every form holds. It is not the cookie, so that neither gives the other away.
    pub form: Token,
    ticket: Mutex<Option<(Token, Duration)>>,
}

impl Keys {
    /// New keys. The ticket is good from now on.
    ///
    /// # Errors
    /// If the machine gives no chance.
    pub fn new(secrets: &Secrets) -> Result<Self, Report> {
        let ticket = (Token::new(secrets)?, secrets.now() + MINUTE);
        Ok(Self {
            prefix: Token::new(secrets)?,
            session: Token::new(secrets)?,
            form: Token::new(secrets)?,
            ticket: Mutex::new(Some(ticket)),
        })
    }

    /// The ticket, as long as nobody has used it.
    pub fn ticket(&self) -> Option<String> {
        self.held().as_ref().map(|(ticket, _)| ticket.text().to_owned())
    }

    /// Whether this is the ticket and its minute is not over. It is spent by that.
    pub fn spend(&self, typed: &str, now: Duration) -> bool {
        let mut held = self.held();
        let is_good = held.as_ref().is_some_and(|(ticket, until)| ticket.is(typed) && now < *until);
        if is_good {
            *held = None;
        }
        is_good
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<(Token, Duration)>> {
        self.ticket.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
