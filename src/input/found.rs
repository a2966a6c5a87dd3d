//! Finds the conference files below a folder.
//!
//! In: a folder. Out: the paths of the conference files in it, in the order of their names.
//!
//! Deliberately absent: reading them; folders of papers, of templates and of regions, hidden ones, and any that lie very deep.

use std::path::{Path, PathBuf};

use super::disk;
use crate::diag::{Diagnostic, Place, Report, codes};

/// The names of a conference file.
pub(super) const NAMES: [&str; 5] =
    ["conference.yaml", "conference.yml", "conference.json", "conference.xlsx", "conference.ods"];

/// How many folders deep a conference may lie: a council in a region, a year, the conference.
const DEEPEST: usize = 4;

/// The conference files in a folder and those below it, and an error for each folder that cannot be read.
///
/// # Errors
/// If there are none.
pub fn conferences_in(folder: &Path) -> Result<(Vec<PathBuf>, Report), Report> {
    let (mut found, mut report) = (Vec::new(), Report::default());
    collect(folder, DEEPEST, &mut found, &mut report);
    if found.is_empty() && !report.has_errors() {
        let error = Diagnostic::error(codes::NO_CONFERENCE, "there is no `conference.yaml` in this folder or below it");
        let hint =
            "name the conference file itself if it has another name; `convenor new NAME` makes one to start from";
        report.push(error.place(place(folder)).hint(hint));
    }
    if found.is_empty() { Err(report) } else { Ok((found, report)) }
}

fn place(folder: &Path) -> Place {
    Place::file(folder.display().to_string())
}

fn collect(folder: &Path, deepest: usize, found: &mut Vec<PathBuf>, report: &mut Report) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(fault) => {
            let error = Diagnostic::error(codes::UNREADABLE, disk::words(&fault)).place(place(folder));
            report.push(error.hint("check the name, and that you may read the folder"));
            return;
        }
    };
    found.extend(NAMES.iter().map(|name| folder.join(name)).find(|file| file.is_file()));
    let mut folders: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| is_searched(path)).collect();
    folders.sort();
    if let Some(deepest) = deepest.checked_sub(1) {
        for below in &folders {
            collect(below, deepest, found, report);
        }
    }
}

/// Whether a folder may hold conferences. A folder of papers has a record in it.
fn is_searched(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_other = name.starts_with('.') || ["templates", "regions"].contains(&name.as_str());
    !is_other && path.is_dir() && !path.join("record.jsonl").exists()
}
