//! Reads files into the model, with the place of everything that was typed.
//!
//! In: the path of a conference file, or the text of one. Out: [`Loaded`], with every fault of the files in its report.
//!
//! Deliberately absent: rules about conferences. A file can be read without a fault and still describe a meeting
//! that ends before it starts; `check` says so.

mod assemble;
mod beside;
mod council;
mod dated;
mod derived;
mod disk;
mod example;
mod found;
mod holidays;
mod kinds;
mod loaded;
mod logo;
mod meant;
mod memory;
mod own_fonts;
mod parsed;
mod people;
mod places;
mod posted;
mod region;
mod specimen;
mod steps;
mod text;
mod tongues;
mod typed;
mod unattended;
mod understood;
mod unused;
mod watched;

pub mod list;

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Place, Report, codes};
use crate::layers::Layers;
use assemble::{Sources, assemble};
use beside::Beside;
use example::example_text;
use text::name_of;

pub use council::{Council, council, has_no_council};
pub use example::example_files;
pub use found::conferences_in;
pub use loaded::Loaded;
pub use memory::{Files, load_from, load_text, load_typed};
pub(crate) use people::{InviteeList, entries};
pub use places::{BOROUGH, REGION};
pub use specimen::{Case, FILE as SPECIMEN, Particulars, specimen};
pub use text::{text_if_there, text_in};
pub use typed::{Typed, is_workbook};
pub use unattended::is_unattended;
pub use watched::{Stamps, Watched, changed};

/// Loads a conference file and the `borough.yaml` beside it or in the nearest folder above it.
///
/// # Errors
/// If a file cannot be read or contains too little to continue. Faults that leave the rest readable are in
/// [`Loaded::report`].
pub fn load(path: impl AsRef<Path>) -> Result<Loaded, Report> {
    let path = path.as_ref();
    let typed = Typed::of(path)?;
    let borough = find_borough(path).ok_or_else(|| no_borough(path))?;
    memory::of_council((name_of(path), typed), &borough, path.parent())
}

/// Loads a conference file of a council that is somewhere else: `council` is its `borough.yaml`, or a folder with one in it or
/// above it.
///
/// # Errors
/// As for [`load`].
pub fn load_of(path: impl AsRef<Path>, council: &Path) -> Result<Loaded, Report> {
    let path = path.as_ref();
    memory::of_council((name_of(path), Typed::of(path)?), council, path.parent())
}

/// Loads a conference file as if it had another text, with the council that [`load`] or [`load_of`] would find.
///
/// # Errors
/// As for [`load`].
pub fn load_with(path: &Path, council: Option<&Path>, text: &str) -> Result<Loaded, Report> {
    let text = text_in(&name_of(path), text.as_bytes())?;
    let borough = match council {
        Some(named) => named.to_owned(),
        None => find_borough(path).ok_or_else(|| no_borough(path))?,
    };
    memory::of_council((name_of(path), Typed::Text(text)), &borough, path.parent())
}

fn no_borough(path: &Path) -> Report {
    Diagnostic::error(codes::NO_BOROUGH, "there is no `borough.yaml` beside this file or in a folder above it")
        .place(Place::file(name_of(path)))
        .hint("it contains the council's name, address and colours; `convenor new NAME` writes one to start from")
        .into()
}

/// The text of a conference file, with the byte-order mark that it may begin with.
///
/// # Errors
/// If it cannot be read, or is something else than a conference file.
pub fn whole_conference_text(path: &Path) -> Result<String, Report> {
    let text = text::whole_text_of(path)?;
    if list::is_table(text.trim_start_matches('\u{FEFF}')) {
        let error = Diagnostic::error(codes::WRONG_KIND, "this is a list of people, not a conference file");
        let hint = "name the conference file; a list is named in it among `invitees`, or with `--list`";
        return Err(error.place(Place::file(name_of(path))).hint(hint).into());
    }
    if typed::is_of_a_council(&text) {
        let error = Diagnostic::error(codes::WRONG_KIND, "this is the file of a council, not a conference file");
        let hint = "name a conference file; the council's is checked with each of its conferences";
        return Err(error.place(Place::file(name_of(path))).hint(hint).into());
    }
    Ok(text)
}

/// Loads the built-in example.
///
/// # Errors
/// Never, unless the built-in example has a fault.
pub fn example() -> Result<Loaded, Report> {
    let file = |name: &str| (name.to_owned(), example_text(name));
    let sources = Sources {
        conference: ("conference.yaml".to_owned(), Typed::Text(example_text("conference.yaml"))),
        borough: file("borough.yaml"),
        beside: Beside::Example,
        people: None,
        base: Layers::base(),
    };
    assemble(sources)
}

fn find_borough(conference: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(conference).ok()?;
    // The nearest, even if it cannot be read: one further up may be another council's.
    let found =
        start.ancestors().skip(1).map(|folder| folder.join("borough.yaml")).find(|file| disk::is_there(file))?;
    // If it is beside the conference, its path is shown as the user would write it.
    let beside = conference.with_file_name("borough.yaml");
    Some(if disk::is_there(&beside) { beside } else { found })
}

/// The conference file in the nearest folder above a folder of papers.
pub fn conference_above(folder: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(folder).ok()?;
    let mut all = start.ancestors().skip(1).flat_map(|above| found::NAMES.iter().map(move |name| above.join(name)));
    all.find(|file| file.is_file())
}

/// Whether there is a file of this name, or a folder that is not empty.
pub fn is_in_use(path: &Path) -> bool {
    match std::fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => path.exists(),
    }
}
