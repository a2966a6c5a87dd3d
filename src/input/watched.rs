//! Whether anything changed that papers are made from.
//!
//! In: a conference file. Out: the files that its papers depend on, each with when it was last written and how long it is.
//!
//! Deliberately absent: the clock. Times are compared with one another and never with now.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::council::find;
use super::find_borough;

/// What a file was like when it was looked at.
pub type Stamps = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Every file below the folders of the council and of the regions, and the conference file, but none below `except`, where
/// the papers go.
pub fn stamps(conference: &Path, except: &Path) -> Stamps {
    let mut stamps = Stamps::new();
    let except = std::path::absolute(except).unwrap_or_default();
    stamp(conference, &mut stamps);
    let beside = conference.parent().unwrap_or(Path::new(""));
    for list in super::text_of(conference).map(|text| super::people::files(&text, beside)).unwrap_or_default() {
        stamp(&list, &mut stamps);
    }
    let Some(council) = find_borough(conference).and_then(|file| file.parent().map(Path::to_path_buf)) else {
        return stamps;
    };
    let council = if council.as_os_str().is_empty() { PathBuf::from(".") } else { council };
    if let Ok(file) = find(&council) {
        stamp(&file, &mut stamps);
    }
    below(&council, &except, 0, &mut stamps);
    let above = std::path::absolute(&council).unwrap_or_default();
    for regions in above.ancestors().skip(1).map(|folder| folder.join("regions")).filter(|folder| folder.is_dir()) {
        below(&regions, &except, 0, &mut stamps);
    }
    stamps
}

/// Deeper than this lies nothing that papers are made from.
const DEPTH: usize = 8;

fn below(folder: &Path, except: &Path, depth: usize, stamps: &mut Stamps) {
    let is_ours = std::path::absolute(folder).is_ok_and(|folder| folder.starts_with(except));
    if depth > DEPTH || is_ours {
        return;
    }
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !hidden => below(&entry.path(), except, depth + 1, stamps),
            Ok(kind) if kind.is_file() && !hidden => stamp(&entry.path(), stamps),
            _ => {}
        }
    }
}

fn stamp(path: &Path, stamps: &mut Stamps) {
    if let Ok(metadata) = std::fs::metadata(path) {
        stamps.insert(path.to_path_buf(), (metadata.modified().ok(), metadata.len()));
    }
}

/// The files that differ between two looks, by name.
pub fn changed(before: &Stamps, after: &Stamps) -> Vec<PathBuf> {
    let new = after.iter().filter(|(path, stamp)| before.get(*path) != Some(stamp));
    let gone = before.iter().filter(|(path, _)| !after.contains_key(*path));
    let mut changed: Vec<PathBuf> = new.chain(gone).map(|(path, _)| path.clone()).collect();
    changed.sort();
    changed.dedup();
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_the_conference_names_is_watched_wherever_it_lies() {
        let folder = tempfile::tempdir().expect("the tests may write");
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("council")).expect("the tests may write");
        for (name, text) in [
            ("council/borough.yaml", "id: x"),
            ("people.csv", "Name"),
            ("council/conference.yaml", "invitees:\n  - ../people.csv\n  - { list: ../none.csv }\n"),
        ] {
            std::fs::write(at(name), text).expect("the tests may write");
        }
        let look = || stamps(&at("council/conference.yaml"), &at("out"));
        let before = look();
        std::fs::write(at("people.csv"), "Name,Address").expect("the tests may write");
        let changed: Vec<_> =
            changed(&before, &look()).into_iter().map(|p| p.file_name().map(ToOwned::to_owned)).collect();
        assert_eq!(changed, [Some("people.csv".into())]);
    }
}
