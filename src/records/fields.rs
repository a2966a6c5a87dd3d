//! The fields of the data that have changed between two builds.
//!
//! In: digests by field path, then and now. Out: the paths that differ, few enough to be read.

use std::collections::{BTreeMap, BTreeSet};

use crate::fields::{FIELDS, Field, Readers, Sort, pattern};
use crate::model::Audience;

/// The most entries of a list that are named before the list is named as a whole.
const ENTRIES: usize = 3;

/// The paths that differ. If an entry is removed from a list, every later one differs, so a list whose length has
/// changed is named as a whole, and so is one with many entries that differ.
pub fn changed(then: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<String> {
    let (before, after) = (lengths(then), lengths(now));
    let paths: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let differ: Vec<&String> = paths.into_iter().filter(|path| then.get(*path) != now.get(*path)).collect();
    let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (list, entry) in differ.iter().flat_map(|path| lists(path)) {
        entries.entry(list).or_default().insert(entry);
    }
    let is_whole = |list: &str| before.get(list) != after.get(list) || entries[list].len() > ENTRIES;
    let named =
        |path: &&String| lists(path).map(|(list, _)| list).find(|list| is_whole(list)).unwrap_or(path).to_owned();
    let named: BTreeSet<String> = differ.iter().map(named).collect();
    named.into_iter().collect()
}

/// The same fields without those that reach no paper of an audience, for a paper about one child or for others. What the meeting
/// itself is comes first, for it is what readers have to know.
pub fn of_a_paper(fields: Vec<String>, audience: Audience, is_about_a_child: bool) -> Vec<String> {
    let reaches = |readers: Readers| match readers {
        Readers::Worker => is_about_a_child,
        Readers::Record | Readers::Nobody => false,
        Readers::Fixed(clearance) => audience.may_read(clearance) || is_about_a_child,
        _ => true,
    };
    let may_reach = |path: &String| {
        let pattern = pattern(path).0;
        let rest = |field: &Field| field.pattern.strip_prefix(pattern.as_str());
        let is_within =
            |field: &&Field| rest(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        let mut texts = FIELDS.iter().filter(is_within).filter(|field| field.sort != Sort::Key).peekable();
        texts.peek().is_none() || texts.any(|field| reaches(field.readers))
    };
    let mut fields: Vec<String> = fields.into_iter().filter(may_reach).collect();
    fields.sort_by_key(|path| !path.starts_with("meeting."));
    fields
}

/// How many entries each list has.
fn lengths(digests: &BTreeMap<String, String>) -> BTreeMap<&str, usize> {
    let mut entries: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (list, entry) in digests.keys().flat_map(|path| lists(path)) {
        entries.entry(list).or_default().insert(entry);
    }
    entries.into_iter().map(|(list, entries)| (list, entries.len())).collect()
}

/// The lists that a path leads through, the outermost first, each with its entry: of `a[2].b[0]` these are `a` with `2` and
/// `a[2].b` with `0`.
fn lists(path: &str) -> impl Iterator<Item = (&str, &str)> {
    path.match_indices('[').map(move |(at, _)| {
        let entry = &path[at + 1..];
        (&path[..at], entry.split(']').next().unwrap_or(entry))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_changes_because_of_what_can_reach_it_and_of_the_meeting_first() {
        let changed =
            ["child_links", "contingency[0]", "items[0].share", "meeting.date", "protected_names", "review.date"];
        let of =
            |audience, is_about_a_child| of_a_paper(changed.map(str::to_owned).to_vec(), audience, is_about_a_child);
        let all = ["meeting.date", "contingency[0]", "items[0].share", "review.date"];
        assert_eq!(of(Audience::Community, false), all);
        let child = of(Audience::Professional, true);
        assert_eq!(child[..2], ["meeting.date", "child_links"], "{child:?}");
    }

    fn digests(all: &[(&str, &str)]) -> BTreeMap<String, String> {
        all.iter().map(|(path, digest)| ((*path).to_owned(), (*digest).to_owned())).collect()
    }

    #[test]
    fn a_list_that_lost_an_entry_is_named_once_beside_the_field_that_matters() {
        let then =
            [("meeting.date", "1"), ("invitees[0].name", "a"), ("invitees[1].name", "b"), ("invitees[1].role", "r")];
        let now = [("meeting.date", "2"), ("invitees[0].name", "b"), ("invitees[0].role", "r")];
        assert_eq!(changed(&digests(&then), &digests(&now)), ["invitees", "meeting.date"]);
    }

    #[test]
    fn of_a_list_of_the_same_length_the_entry_is_named() {
        let then = [("a[0].b[0]", "1"), ("a[0].b[1]", "2"), ("a[1].c", "3")];
        let now = [("a[0].b[0]", "1"), ("a[0].b[1]", "2"), ("a[1].c", "4")];
        assert_eq!(changed(&digests(&then), &digests(&now)), ["a[1].c"]);
        let shorter = [("a[0].b[0]", "2"), ("a[1].c", "3")];
        assert_eq!(changed(&digests(&then), &digests(&shorter)), ["a[0].b"]);
    }

    #[test]
    fn a_list_that_was_sorted_is_named_once() {
        let then: BTreeMap<String, String> = (0..9).map(|n| (format!("a[{n}].name"), n.to_string())).collect();
        let now = (0..9).map(|n| (format!("a[{n}].name"), (8 - n).to_string())).collect();
        assert_eq!(changed(&then, &now), ["a"]);
    }
}
