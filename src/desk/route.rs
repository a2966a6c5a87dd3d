//! One page of the table: its path, and what answers there.
//!
//! Deliberately absent: the table (`router`).

use super::ask::Ask;
use super::post::Form;
use super::reply::Reply;

/// A page that is read.
pub(super) type Get = fn(&Ask<'_>) -> Reply;
/// A form that is sent.
pub(super) type Post = fn(&Ask<'_>, &Form) -> Reply;

/// One page: its path, its title, and what it answers.
pub struct Route {
    /// Its path below the secret part. `{…}` is a key or a number.
    pub path: &'static str,
    /// Its title, for people who read the table.
    pub title: &'static str,
    /// What it shows, if it is read.
    pub(super) get: Option<Get>,
    /// What it does, if it takes a form.
    pub(super) post: Option<Post>,
    /// What a browser must have to ask for it.
    pub(super) needs: Needs,
    /// Whether its form may have files.
    pub(super) takes_files: bool,
}

impl Route {
    /// Whether it is a page that is read.
    pub fn is_read(&self) -> bool {
        self.get.is_some()
    }

    /// Whether it takes a form.
    pub fn is_sent(&self) -> bool {
        self.post.is_some()
    }

    /// Whether its form may have files.
    pub fn takes_files(&self) -> bool {
        self.takes_files
    }

    /// Whether it takes the ticket and so is for everybody.
    pub fn takes_the_ticket(&self) -> bool {
        self.needs == Needs::Ticket
    }
}

/// What a browser must have to ask for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    /// The ticket.
    Ticket,
    /// The cookie.
    Cookie,
    /// The cookie, and somebody who said that they sit here.
    Somebody,
}
