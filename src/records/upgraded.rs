//! `convenor upgrade`: adopts a folder of an earlier version at once, instead of in the next verb that writes.

use std::path::{Path, PathBuf};

use super::folder::{Papers, access, adopt_share, conference, hold_of};
use super::names::Names;
use super::upgrade::{Adoption, adopt};
use super::{numbering, report};
use crate::diag::Report;

/// The result of upgrading a folder of an earlier version.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Upgraded {
    /// The folder.
    pub folder: PathBuf,
    /// The number of the conference's own papers that were adopted.
    pub papers: usize,
    /// Runs of letters, by their folders, with the number of letters.
    pub runs: Vec<(String, usize)>,
    /// The number of people and organisations whose numbers were adopted.
    pub people: usize,
    /// Files of the earlier version that were removed, since the record has their contents.
    pub taken_away: Vec<String>,
    /// Whether the registers disagreed with each other or with released papers.
    pub doubtful: bool,
    /// The number of lines of the record now.
    pub lines: u32,
    /// The first digits of the hash in the last of them, for writing down elsewhere.
    pub head: String,
    /// Descriptions of what a stopped run left behind, and how it was settled.
    pub settled: Vec<String>,
}

impl Upgraded {
    /// Whether there was nothing to do.
    pub fn is_nothing(&self) -> bool {
        self.papers == 0 && self.runs.is_empty() && self.people == 0 && self.taken_away.is_empty()
    }
}

/// Adopts a folder of an earlier version. Repeating it changes nothing.
///
/// # Errors
/// If the folder, the conference or a register cannot be read, or another run holds the folder.
pub fn upgrade(folder: &Path, data: Option<&Path>) -> Result<Upgraded, Report> {
    // A folder without papers is reported as such, and stays without a record.
    drop(Papers::at(folder)?);
    let checked = conference(folder, data)?;
    let mut record = hold_of(folder, access(&checked))?;
    let opened = record.open(&checked.conference.reference, None);
    opened.map_err(|why| report::cannot_hold(folder, why))?;
    let settled = std::mem::take(&mut record.settled);
    let mut adoption = adopt(&mut record, folder, Some(&checked))?;
    for share in std::mem::take(&mut adoption.shares) {
        let Adoption { runs, taken_away, doubtful, .. } = adopt_share(&folder.join(&share), &checked)?;
        adoption.runs.extend(runs.into_iter().map(|(_, letters)| (share.clone(), letters)));
        adoption.taken_away.extend(taken_away.into_iter().map(|file| format!("{share}/{file}")));
        adoption.doubtful |= doubtful;
    }
    let with_numbers = numbering::numbered(&checked, record.state()).map(|(checked, _)| checked);
    let names = Names::of(with_numbers.as_ref().unwrap_or(&checked));
    Papers::write_registers(&record, folder, &names, &checked.fingerprint)?;
    Ok(Upgraded {
        folder: folder.to_owned(),
        papers: adoption.papers,
        runs: adoption.runs,
        people: adoption.people,
        taken_away: adoption.taken_away,
        doubtful: adoption.doubtful,
        lines: record.log().lines,
        head: record.log().spoken_head(),
        settled,
    })
}
