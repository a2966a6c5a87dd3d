//! Which conference took on the plan of which, among those that are looked at together.
//!
//! In: conferences, one after another, so that each can be let go of. Out: the reference of the one that carries another on.
//!
//! Deliberately absent: conferences that nobody read, so that none found means no more than that.

use std::collections::BTreeMap;

use crate::model::conference::Conference;

/// The conferences that took on the plan of another, by the council and the reference of that other.
#[derive(Debug, Default)]
pub struct CarriedOn(BTreeMap<(String, String), String>);

impl CarriedOn {
    /// Notes the conference of the same council that one takes on, if it does.
    pub fn note(&mut self, council: &str, conference: &Conference) {
        let reference = &conference.reference;
        let previous = conference.previous.as_ref().filter(|previous| previous.reference != *reference);
        let taken_on = previous.map(|previous| (council.to_owned(), previous.reference.clone()));
        self.0.extend(taken_on.map(|taken_on| (taken_on, reference.clone())));
    }

    /// The reference of the conference that takes this one on.
    pub fn of(&self, council: &str, reference: &str) -> Option<&str> {
        self.0.get(&(council.to_owned(), reference.to_owned())).map(String::as_str)
    }
}
