//! Every text of the council's own files, `borough.yaml` and `region.yaml`, with its sort. A council writes them for everybody.
//!
//! In: a path. Out: a [`Sort`].
//!
//! Deliberately absent: readers.

use super::Sort::{self, Address, Contact, Key, Name, Person, Prose, Reference, Telephone, Text, Word};
use super::without_positions;

/// Every field of `borough.yaml` that is more than a key, with its sort. `region.yaml` has some of them.
pub(super) const OF_COUNCIL: &[(&str, Sort)] = &[
    ("name", Name),
    ("short_name", Name),
    ("department", Name),
    ("team", Name),
    ("address[]", Address),
    ("phone", Telephone),
    ("email", Contact),
    ("website", Contact),
    ("concern.name", Name),
    ("concern.phone", Telephone),
    ("concern.out_of_hours", Telephone),
    ("concern.text", Text),
    // A name or a title.
    ("data_protection.officer", Name),
    ("data_protection.email", Contact),
    ("data_protection.phone", Telephone),
    ("data_protection.ico_registration", Reference),
    ("data_protection.privacy_notice", Contact),
    ("data_protection.complaints", Contact),
    ("logo.alt", Text),
    ("brand.footer", Text),
    ("signatory.name", Person),
    ("signatory.role", Word),
    ("signatories.*.name", Person),
    ("signatories.*.role", Word),
    ("checkers[]", Name),
    ("checkers[].name", Name),
    ("checkers[].email", Contact),
    ("terms.*.singular", Text),
    ("terms.*.plural", Text),
    ("terms.*.abbreviation", Text),
    ("terms.*.meaning", Text),
    ("settings.retention", Text),
    ("settings.timetable.*.title", Text),
    ("settings.decision_options[].title", Text),
    ("settings.decision_options[].meaning", Text),
    ("settings.domains.*", Text),
    ("settings.membership.core[]", Text),
    ("settings.membership.invited[]", Text),
    ("settings.oversight", Text),
    ("settings.escalation", Prose),
    ("settings.approval.by", Name),
    ("settings.wording.avoid.*", Text),
    // A name or a title.
    ("languages.checked.*.by", Name),
    ("languages.easy_read.by", Name),
    ("legal.confirmed.*.by", Name),
    ("legal.confirmed.*.reference", Reference),
    ("legal.left_out.*.by", Name),
    ("legal.left_out.*.reference", Reference),
    ("harms.*", Text),
    ("agenda.*[].title", Text),
];

/// The sort of a field of the council's own files.
pub fn of_council(path: &str) -> Sort {
    let pattern = pattern_of_council(path);
    OF_COUNCIL.iter().find(|(known, _)| *known == pattern).map_or(Key, |(_, sort)| *sort)
}

/// A path of the council's files, with `[]` for a position and `*` for an id. An id may hold a dot.
pub(super) fn pattern_of_council(path: &str) -> String {
    let within = |map: &str| path.strip_prefix(map).filter(|rest| !rest.is_empty());
    for map in ["settings.wording.avoid.", "settings.domains.", "settings.audiences.", "settings.markings.", "harms."] {
        if within(map).is_some() {
            return format!("{map}*");
        }
    }
    let last = path.rsplit('.').next().unwrap_or_default();
    for map in
        ["signatories.", "terms.", "legal.confirmed.", "legal.left_out.", "languages.checked.", "settings.timetable."]
    {
        if within(map).is_some() {
            return format!("{map}*.{last}");
        }
    }
    if within("agenda.").is_some() { format!("agenda.*[].{last}") } else { without_positions(path).0 }
}
