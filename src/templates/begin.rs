//! A conference begun from what somebody typed: of a council that is there, or of one that is begun with it.
//!
//! In: a folder that is to be made, and edits of the files that [`start`](super::start()) writes. Out: the folder, once its
//! conference is proved to be one.
//!
//! Deliberately absent: anything that nobody typed. What is left out says that it is to be filled in, and nothing is released
//! before.

use std::path::Path;

use super::start::{conference_text, council_text, ensure_free, mark};
use crate::check::check;
use crate::deliver::{self, Authored, names};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::input::{self, Files};
use crate::layers::Layers;
use crate::yaml::{Edit, splice};

/// The name of a council or the reference of a conference as that of a folder: `CSC-2026-014` as `csc-2026-014`. `None` if no
/// letter of it survives, or folders of this name hold something else.
pub fn folder_name(text: &str) -> Option<String> {
    let name = names::slug(text);
    let is_other = ["templates", "regions", "out", crate::layers::BASE].contains(&name.as_str());
    (!name.is_empty() && !is_other).then_some(name)
}

/// Writes a folder with a conference in it, of the council whose `borough.yaml` is in `council` or above it.
///
/// # Errors
/// If there is something of this name already, an edit is wrong, or the folder cannot be written. Nothing is written then.
pub fn begin(folder: &Path, council: &Path, fields: &[Edit]) -> Result<(), Report> {
    ensure_free(folder)?;
    let borough = input::council(council, Layers::base())?.borough;
    let conference = conference(&borough.id, &borough.name, fields)?;
    check(input::load_text(CONFERENCE, &conference, council)?)?;
    deliver::put_folder(&[Authored::new(CONFERENCE.to_owned(), conference)], folder)
}

/// Writes a folder with a council in it, and one below, named `below`, with its first conference.
///
/// # Errors
/// As for [`begin`].
pub fn begin_council(
    folder: &Path,
    name: &str,
    of_council: &[Edit],
    below: &str,
    fields: &[Edit],
) -> Result<(), Report> {
    ensure_free(folder)?;
    let id = council_id(folder);
    let named = ["name", "short_name", "logo.alt"].map(|path| Edit::set(path, name));
    let borough = spliced(BOROUGH, &council_text(&id, "A"), &[&named, of_council].concat())?;
    let conference = conference(&id, name, fields)?;
    let logo = mark(&escaped(name)).into_bytes();
    let mut files = Files::new(&*conference, &*borough);
    files.others.insert(LOGO.to_owned(), logo.clone());
    check(input::load_from(files)?)?;
    let files = [
        Authored::new(BOROUGH.to_owned(), borough),
        Authored::new(LOGO.to_owned(), logo),
        Authored::new(format!("{below}/{CONFERENCE}"), conference),
    ];
    deliver::put_folder(&files, folder)
}

const CONFERENCE: &str = "conference.yaml";
const BOROUGH: &str = "borough.yaml";
const LOGO: &str = "logo.svg";

/// The conference to start from with these fields, and without whoever is only there as an example of somebody.
fn conference(id: &str, council: &str, fields: &[Edit]) -> Result<String, Report> {
    let text = conference_text(id, "A");
    // What stands above the first field is about what is to be filled in.
    let text = text.find("\nreference:").map_or(&*text, |at| &text[at + 1..]);
    let own = [
        Edit::remove("to_fill_in"),
        Edit::remove("invitees[0]"),
        Edit::set(format!("organisations.{id}.name"), council),
    ];
    spliced(CONFERENCE, text, &[&own, fields].concat())
}

/// A text with edits. Each is tried alone if all together cannot be made, so that the fault has the path of one.
pub(super) fn spliced(file: &str, text: &str, edits: &[Edit]) -> Result<String, Report> {
    splice(file, text, edits).map(|spliced| spliced.text).map_err(|fault| {
        let error = Diagnostic::error(codes::CANNOT_EDIT, "this cannot be written into the file");
        let error = error.place(Place { path: Some(fault.path), ..Place::file(file) });
        error.hint("leave out what is no letter, digit or punctuation mark; nothing was written").into()
    })
}

/// The id of a council after the name of its folder, which may begin with a digit as no id does.
fn council_id(folder: &Path) -> String {
    let name = folder.file_name().map(|name| names::slug(&name.to_string_lossy())).unwrap_or_default();
    let name = name.get(..40).unwrap_or(&name).trim_end_matches('-');
    if name.starts_with(|c: char| c.is_ascii_lowercase()) { name.to_owned() } else { format!("council-{name}") }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_conference() -> Vec<Edit> {
        [
            ("reference", "CSC-2027-001"),
            ("context.label", "Mill Lane"),
            ("meeting.venue.name", "Room 2"),
            ("meeting.venue.postcode", "E20 9AA"),
            ("people.p-chair.name", "Ada Quill"),
            ("people.p-minutes.name", "Tom Hallam"),
        ]
        .into_iter()
        .map(|(path, value)| Edit::set(path, value))
        .collect()
    }

    #[test]
    fn a_council_of_any_name_is_begun_and_a_second_conference_of_it() {
        for name in ["O'Neill & Sons <Ltd>", "3 Rivers: Council", "#eval Council", "王小明 Council", "yes"] {
            let folder = tempfile::tempdir().expect("the tests may write");
            let council = folder.path().join(folder_name(name).expect("a letter survives"));
            begin_council(&council, name, &[], "csc-2027-001", &of_conference())
                .unwrap_or_else(|report| panic!("{name}: {}", report.draw(false)));
            let loaded = input::load(council.join("csc-2027-001").join(CONFERENCE)).expect("it is a conference");
            assert_eq!((&*loaded.borough.name, loaded.conference.invitees.len()), (name, 0));
            assert!(loaded.conference.to_fill_in.is_empty());
            let second = council.join("csc-2027-002");
            begin(&second, &council, &of_conference()).unwrap_or_else(|report| panic!("{}", report.draw(false)));
            let again = begin(&second, &council, &of_conference()).expect_err("there is one");
            assert_eq!(again.diagnostics[0].code, codes::EDITED_SINCE);
        }
    }

    #[test]
    fn what_is_no_conference_is_not_written() {
        let folder = tempfile::tempdir().expect("the tests may write");
        let council = folder.path().join("northmere");
        let wrong = [of_conference(), vec![Edit::set("meeting.end", "12:00")]].concat();
        let report = begin_council(&council, "Northmere", &[], "csc", &wrong).expect_err("it ends before it begins");
        assert!(report.diagnostics.iter().any(|one| one.place.path.as_deref() == Some("meeting.end")), "{report:?}");
        let wrong = [of_conference(), vec![Edit::set("context.label", "a\u{202E}b")]].concat();
        assert!(begin_council(&council, "Northmere", &[], "csc", &wrong).is_err());
        assert!(!council.exists());
    }

    #[test]
    fn a_folder_is_named_after_what_was_typed_and_never_after_one_that_is_not_searched() {
        assert_eq!(folder_name("CSC/2027 001").as_deref(), Some("csc-2027-001"));
        assert_eq!(folder_name("../../etc").as_deref(), Some("etc"));
        for none in ["", "…", "王小明", "Templates", "regions", "out"] {
            assert_eq!(folder_name(none), None, "{none}");
        }
    }
}
