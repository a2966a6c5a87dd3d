//! The folder of a conference's papers: taken over for writing, or only looked at.
//!
//! In: where it is. Out: its [`Record`], held by this run; or what it says. A folder that an earlier version of the program
//! made is taken over on the way (`upgrade`).

use std::path::Path;
use std::sync::Arc;

use super::event::{End, Event, Verb};
use super::names::Names;
use super::reading::{Reading, read};
use super::record::{Own, Record};
use super::register::registers;
use super::report;
use super::upgrade::{self, Adoption};
use crate::check::{Checked, check};
use crate::deliver::disk::{Access, Folder};
use crate::deliver::held::Lock;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::input;
use crate::model::borough::OpenTo;

/// The program and its version, as lines name them.
pub const PROGRAM: &str = concat!("convenor ", env!("CARGO_PKG_VERSION"));

/// Who may open papers of a council.
pub fn access(checked: &Checked) -> Access {
    match checked.settings.papers_open_to {
        OpenTo::Owner => Access::Owner,
        OpenTo::Group => Access::Group,
    }
}

/// Holds the record of a conference's papers, and makes the folder if it is not there.
///
/// # Errors
/// Another run in it; a record that does not hold; what was begun and can be neither finished nor undone.
pub fn hold(root: &Path, checked: &Checked) -> Result<Record, Report> {
    let mut record = hold_of(root, access(checked))?;
    let opened = record.open(&checked.conference.reference, None);
    opened.map_err(|why| report::cannot_hold(root, why))?;
    let adoption = upgrade::adopt(&mut record, root, Some(checked))?;
    adoption.shares.iter().try_for_each(|share| adopt_share(&root.join(share), checked).map(drop))?;
    Ok(record)
}

/// Takes a share of a list that an earlier version made over into a record of its own, if that was not done.
///
/// # Errors
/// As for [`hold`].
pub fn adopt_share(root: &Path, checked: &Checked) -> Result<Adoption, Report> {
    let share = upgrade::share_in(&Folder::new(root, Access::Owner), root)?;
    let mut record = hold_of(root, access(checked))?;
    let opened = record.open(&checked.conference.reference, share);
    opened.map_err(|why| report::cannot_hold(root, why))?;
    let adoption = upgrade::adopt(&mut record, root, Some(checked))?;
    Papers::write_registers(&record, root, &Names::of(checked), &checked.fingerprint)?;
    Ok(adoption)
}

/// The same without opening a record that is not there yet.
///
/// # Errors
/// As for [`hold`].
pub fn hold_of(root: &Path, access: Access) -> Result<Record, Report> {
    let folder = Folder::new(root, access);
    folder.make().map_err(|e| crate::deliver::cannot_write(root, &e))?;
    let lock = Lock::take(root, access).map_err(|why| report::not_held(root, why))?;
    Record::hold(Arc::new(folder), Some(lock)).map_err(|why| report::cannot_hold(root, why))
}

/// Locks a folder that is there without reading its record.
///
/// # Errors
/// If another run writes in it, or the system refuses.
pub fn lock(root: &Path, checked: &Checked) -> Result<(Folder, Lock), Report> {
    let access = access(checked);
    let lock = Lock::take(root, access).map_err(|why| report::not_held(root, why))?;
    Ok((Folder::new(root, access), lock))
}

/// A folder of papers that somebody looks at.
pub struct Papers {
    /// What it is as a disk.
    pub disk: Folder,
    /// Its record.
    pub reading: Reading,
    /// Whether that is what the registers of an earlier version say.
    pub is_of_before: bool,
}

impl Papers {
    /// Reads the record of a folder, and changes nothing. A folder of an earlier version reads as what its registers say.
    ///
    /// # Errors
    /// If there is neither a record nor a register, or the log cannot be read.
    pub fn at(root: &Path) -> Result<Self, Report> {
        let disk = Folder::new(root, Access::Owner);
        let reading = read(&disk).map_err(|stop| report::stopped(root, stop))?;
        let mut papers = Self { disk, reading, is_of_before: false };
        // A record that was begun, and whose folder is not taken over yet, says less than its registers.
        let is_begun = papers.reading.is_there && papers.reading.state.adopted.is_none();
        let is_under_way = papers.reading.state.open.as_ref().is_some_and(|unit| unit.begin.verb == Verb::Upgrade);
        if is_under_way {
            // All its lines are there, and no paper moves: only what the earlier version wrote beside them.
            let taken_over = papers.reading.state.apply(&Event::End(End::default()));
            papers.reading.is_there = taken_over.is_err();
        } else if is_begun && papers.reading.state.open.is_none() && upgrade::may_be_of_before(&papers.disk, root)? {
            if let Some(state) = upgrade::as_it_was(&papers.disk, root)? {
                (papers.reading.state, papers.reading.is_there) = (state, false);
                papers.is_of_before = true;
            }
        } else if !papers.reading.is_there {
            let Some(state) = upgrade::as_it_was(&papers.disk, root)? else {
                let error = Diagnostic::error(codes::UNREADABLE, "there is no record of papers in this folder");
                let error = error.place(Place::file(root.display().to_string()));
                return Err(error
                    .hint("name the folder that `convenor build` wrote, for example `out/CSC-2026-014`")
                    .into());
            };
            (papers.reading.state, papers.is_of_before) = (state, true);
        }
        Ok(papers)
    }

    /// Writes the registers, if they are not as they are to be.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn write_registers(record: &Record, root: &Path, names: &Names, data: &str) -> Result<(), Report> {
        let made = registers(record.state(), record.log(), names, data);
        let written = record
            .write_own(&Own::RegisterCsv, &made.csv)
            .and_then(|()| record.write_own(&Own::RegisterJson, &made.json))
            .and_then(|()| record.clear_stage());
        written.map_err(|stop| report::stopped(root, stop))
    }
}

/// The conference that a folder of papers was made from: the file that is named, or `conference.yaml` in a folder above.
///
/// # Errors
/// If it cannot be found, has faults, or is another's.
pub fn conference(folder: &Path, data: Option<&Path>) -> Result<Checked, Report> {
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
