//! A conference in whose files the rules found errors: good for reading what its record says, and for no paper.
//!
//! In: [`Loaded`] and its errors. Out: the names and identities that the files have all the same.
//!
//! Deliberately absent: anything that a paper needs.

use super::{access, numbers};
use crate::diag::Report;
use crate::input::Loaded;
use crate::model::numbers::Identity;

/// A conference in whose files the rules found errors.
#[derive(Debug, Clone)]
pub struct Faulty {
    loaded: Loaded,
    report: Report,
}

impl Faulty {
    pub(super) fn new(loaded: Loaded, report: Report) -> Self {
        Self { loaded, report }
    }

    /// Every problem of the files.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The reference of the conference, right or wrong.
    pub fn reference(&self) -> &str {
        &self.loaded.conference.reference
    }

    /// The identity by which everybody with a number is recognised, in the order of the numbers.
    pub fn identities(&self) -> Vec<Identity> {
        numbers::identities(&self.loaded)
    }

    /// The names of all with a number, as they are typed, in the same order. `None` if the file does not say who it is.
    pub fn names(&self) -> Vec<Option<&str>> {
        let c = &self.loaded.conference;
        let invitees = c.invitees.iter().map(|i| access::person(&self.loaded, i).map(|person| person.name.as_str()));
        let ids = self.identities().into_iter().filter(|one| one.role == crate::model::numbers::Role::Organisation);
        let organisations = ids.map(|one| Some(c.organisations.get(one.id.as_deref()?)?.name.as_str()));
        let children = c.child_links.iter().map(|link| Some(link.worker.name.as_str()));
        invitees.chain(organisations).chain(children).collect()
    }

    /// The name of the chair. `None` if the file does not say who it is.
    pub fn chair(&self) -> Option<&str> {
        let c = &self.loaded.conference;
        c.meeting.chair.as_ref().and_then(|id| c.people.get(id)).map(|person| person.name.as_str())
    }
}
