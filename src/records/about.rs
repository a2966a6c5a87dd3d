//! What tells one conference from another, as digests in its record.
//!
//! In: the digests of all fields of the data. Out: those of a few.
//!
//! Deliberately absent: what follows from a difference (`another`).

use std::collections::BTreeMap;

use crate::check::Checked;
use crate::input::BOROUGH;
use crate::jobs;

/// What a conference is about, and where it stands in its series.
pub const ABOUT: [&str; 5] = ["context.id", "context.label", "id", "kind", "assessment.reference"];

/// The digests of what tells one conference from another.
pub fn about(checked: &Checked) -> BTreeMap<String, String> {
    of(&jobs::field_digests(checked))
}

/// The same, of the digests of all fields.
pub fn of(fields: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let path = |field: &str| if field == "id" { format!("{BOROUGH}id") } else { field.to_owned() };
    ABOUT.into_iter().filter_map(|field| Some((field.to_owned(), fields.get(&path(field))?.clone()))).collect()
}
