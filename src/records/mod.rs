//! A folder of papers after they were made: whether it is sound, and its release by a second person.
//!
//! In: the folder, and the data that it was made from. Out: what is not as it should be; or the released papers.
//!
//! Deliberately absent: making a paper in any other way than `jobs` does. What is released is made again from the same
//! data and compared with the draft that was checked, byte by byte, before its mark goes.

pub mod numbers;
mod release;
mod verify;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

pub use release::{is_a_second_person, release};
pub use verify::verify;

use crate::check::{Checked, check};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::input;
use crate::layers::OwnThemes;

/// What a folder holds, and what is wrong with it.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The folder.
    pub folder: PathBuf,
    /// How many papers there are, for each audience and status, as their words in the register.
    pub counts: Vec<(String, &'static str, usize)>,
    /// How many files were read back by the gate.
    pub read_back: usize,
    /// Errors, if the folder is not sound; and warnings, such as data that has changed since.
    pub report: Report,
}

/// Which papers to release, and who has checked them.
#[derive(Debug, Clone)]
pub struct Release {
    /// Who has checked them. It must not be who made them.
    pub checker: String,
    /// The day on which they did.
    pub on: NaiveDate,
    /// Only these kinds of paper; all if empty.
    pub only: Vec<String>,
    /// How theme code of the council's own runs when the papers are made again.
    pub own_themes: OwnThemes,
}

/// What was released.
#[derive(Debug, Clone)]
pub struct Released {
    /// The folder.
    pub folder: PathBuf,
    /// How many papers were released now.
    pub released: usize,
    /// How many bear a mark on every page all the same, since the chair has not approved them.
    pub unapproved: usize,
}

/// The conference that a folder of papers was made from: the file that is named, or `conference.yaml` in a folder above.
fn conference(folder: &Path, data: Option<&Path>) -> Result<Checked, Report> {
    let reference =
        std::path::absolute(folder).ok().and_then(|f| f.file_name().map(|n| n.to_string_lossy().into_owned()));
    let found = data.map(Path::to_path_buf).or_else(|| input::conference_above(folder));
    let lost = |message: String| {
        let error = Diagnostic::error(codes::NO_CONFERENCE, message).place(Place::file(folder.display().to_string()));
        Report::of(error.hint("name the conference file with `--data`: without it nobody can say who may read what"))
    };
    let Some(found) = found else {
        return Err(lost("there is no `conference.yaml` in a folder above these papers".to_owned()));
    };
    let checked = check(input::load(&found)?)?;
    if reference.as_deref() != Some(checked.conference.reference.as_str()) {
        let of = &checked.conference.reference;
        return Err(lost(format!("`{}` is the conference `{of}`, and the folder is another's", found.display())));
    }
    Ok(checked)
}
