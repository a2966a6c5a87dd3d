//! What a page is asked: by whom, about what.
//!
//! In: the parts of an address. Out: an [`Ask`], from which a page reaches the folder, the clock and its own links.
//!
//! Deliberately absent: the form, which a page gets beside it once its token was checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::held::Desk;
use super::link::{Link, Part, Target};

/// The parts of an address by name.
pub type Params = BTreeMap<String, String>;

/// A question to a page.
pub struct Ask<'d> {
    /// The desk.
    pub desk: &'d Arc<Desk>,
    /// Who sits here.
    pub who: Option<String>,
    /// Today.
    pub today: NaiveDate,
    params: Params,
    query: Vec<(String, String)>,
}

impl<'d> Ask<'d> {
    /// A question, with who sits here now.
    pub fn new(desk: &'d Arc<Desk>, params: Params, query: &str) -> Self {
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Self { desk, who: desk.seat().name.clone(), today: desk.secrets.today(), params, query }
    }

    /// A part of the address; empty if it has none of that name.
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map(String::as_str).unwrap_or_default()
    }

    /// A number in the address.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.param(name).parse().ok()
    }

    /// A word after the `?`; empty if there is none of that name.
    pub fn word(&self, name: &str) -> &str {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The address of a target.
    pub fn link(&self, target: &Target<'_>) -> Link {
        self.desk.link(target)
    }

    /// The address of a page of the conference that this is about.
    pub fn part(&self, part: Part<'_>) -> Link {
        self.link(&Target::Conference(self.param("c"), part))
    }

    /// The name of whoever sits here.
    pub fn name(&self) -> &str {
        self.who.as_deref().unwrap_or_default()
    }
}
