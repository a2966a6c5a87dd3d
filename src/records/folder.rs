//! The folder of a conference's papers, held for writing or only read.
//!
//! In: its path. Out: its [`Record`], held by this run, or a reading of it. A folder that an earlier version of the
//! program made is adopted on the way (`upgrade`).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::commit::Stop;
use super::event::{End, Event, Verb};
use super::names::Names;
use super::reading::{Reading, read};
use super::record::{Own, Record};
use super::register::registers;
use super::upgrade::{self, Adoption};
use super::{another, report, share};
use crate::check::{Checked, Faulty, check_or_faulty};
use crate::deliver::disk::{Access, Disk as _, Folder, FoundKind};
use crate::deliver::held::Lock;
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::gate::FileKind;
use crate::input;
use crate::jobs::{self, Press};
use crate::model::borough::OpenTo;

/// The program and its version, for lines.
pub const PROGRAM: &str = concat!("convenor ", env!("CARGO_PKG_VERSION"));

/// The access to a council's papers.
pub fn access(checked: &Checked) -> Access {
    match checked.settings.papers_open_to {
        OpenTo::Owner => Access::Owner,
        OpenTo::Group => Access::Group,
    }
}

/// Holds the record of a conference's papers, and creates the folder if there is none.
///
/// # Errors
/// If another run holds it, the record is broken, or an unfinished change can be neither finished nor undone.
pub fn hold(root: &Path, checked: &Checked) -> Result<Record, Report> {
    let mut record = hold_of(root, access(checked))?;
    let opened = record.open(&checked.conference.reference, None);
    opened.map_err(|why| report::cannot_hold(root, why))?;
    let adoption = upgrade::adopt(&mut record, root, Some(checked))?;
    adoption.shares.iter().try_for_each(|share| adopt_share(&root.join(share), checked).map(drop))?;
    another::ensure_the_same(record.state(), checked)?;
    ensure_nothing_released_is_unrecorded(&record, root, checked)?;
    Ok(record)
}

/// Adopts a share of a list that an earlier version made, with a record of its own, unless that was done already.
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

/// Holds the record of a folder without opening one that does not exist yet.
///
/// # Errors
/// As for [`hold`].
pub fn hold_of(root: &Path, access: Access) -> Result<Record, Report> {
    let folder = Folder::new(root, access);
    folder.make().map_err(|e| crate::deliver::cannot_write(root, &e))?;
    let lock = Lock::take(root, access).map_err(|why| report::not_held(root, why))?;
    let linked = folder.linked_folders().map_err(|e| report::stopped(root, Stop::Disk(String::new(), e)))?;
    let record = Record::hold(Arc::new(folder), Some(lock)).map_err(|why| report::cannot_hold(root, why))?;
    ensure_not_linked(&record, root, &linked)?;
    Ok(record)
}

/// Checks that no folder of papers is a link: they would be written to, and read from, where nobody looks for them.
fn ensure_not_linked(record: &Record, root: &Path, linked: &[String]) -> Result<(), Report> {
    let mut report = Report::default();
    for link in linked {
        let below = format!("{link}/");
        let is_audience = jobs::audience_of_folder(link).is_some();
        let state = record.state();
        let holds = || state.papers.keys().chain(state.kept.keys()).any(|file| file.starts_with(&below));
        if is_audience || link == super::commit::STAGE || holds() {
            report.push(report::linked(root, link));
        }
    }
    if report.has_errors() { Err(report) } else { Ok(()) }
}

/// Makes the folder of a conference's papers if there is none.
///
/// # Errors
/// If it cannot be made.
pub fn make(root: &Path, checked: &Checked) -> Result<(), Report> {
    Folder::new(root, access(checked)).make().map_err(|e| crate::deliver::cannot_write(root, &e))
}

/// Locks an existing folder without reading its record.
///
/// # Errors
/// If another run is writing to it, or the system refuses.
pub fn lock(root: &Path, checked: &Checked) -> Result<(Folder, Lock), Report> {
    let access = access(checked);
    let lock = Lock::take(root, access).map_err(|why| report::not_held(root, why))?;
    Ok((Folder::new(root, access), lock))
}

/// A folder of papers, only read.
pub struct Papers {
    /// The folder as a disk.
    pub disk: Folder,
    /// Its record.
    pub reading: Reading,
    /// Whether the record was read from the registers of an earlier version.
    pub is_of_before: bool,
}

impl Papers {
    /// Reads the record of a folder, and changes nothing. A folder of an earlier version is read from its registers.
    ///
    /// # Errors
    /// If there is neither a record nor a register, or the log cannot be read.
    pub fn at(root: &Path) -> Result<Self, Report> {
        let disk = Folder::new(root, Access::Owner);
        let reading = read(&disk).map_err(|stop| report::stopped(root, stop))?;
        let mut papers = Self { disk, reading, is_of_before: false };
        // A record that was begun before its folder is adopted says less than the registers.
        let is_begun = papers.reading.is_there && papers.reading.state.adopted.is_none();
        let is_under_way = papers.reading.state.open.as_ref().is_some_and(|unit| unit.begin.verb == Verb::Upgrade);
        if is_under_way {
            // All its lines are there, and no paper moves, only files that the earlier version wrote beside them.
            let taken_over = papers.reading.state.apply(&Event::End(End::default()));
            papers.reading.is_there = taken_over.is_err();
        } else if is_begun && papers.reading.state.open.is_none() && upgrade::may_be_of_before(&papers.disk, root)? {
            if let Some(state) = upgrade::as_it_was(&papers.disk, root)? {
                (papers.reading.state, papers.reading.is_there) = (state, false);
                papers.is_of_before = true;
            }
        } else if !papers.reading.is_there {
            let Some(state) = upgrade::as_it_was(&papers.disk, root)? else {
                return Err(papers.unrecorded(root));
            };
            (papers.reading.state, papers.is_of_before) = (state, true);
        }
        Ok(papers)
    }

    fn unrecorded(&self, root: &Path) -> Report {
        let found = self.disk.walk().unwrap_or_default();
        let conference = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let has_shares = !share::folders(&self.disk, &found, &conference).is_empty();
        let (code, hint) = if has_shares {
            (codes::UNREADABLE, share::NOT_MERGED)
        } else if found.iter().any(|found| is_marked_while_a_draft(&found.at)) {
            (codes::BROKEN_RECORD, "put `record.jsonl` back from a copy: without it nobody can say what was released")
        } else {
            (codes::UNREADABLE, "name the folder that `convenor build` wrote, for example `out/CSC-2026-014`")
        };
        let error = Diagnostic::error(code, "there is no record of papers in this folder");
        error.place(Place::file(root.display().to_string())).hint(hint).into()
    }

    /// Writes the registers if they are out of date. A record without a line has none.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn write_registers(record: &Record, root: &Path, names: &Names, data: &str) -> Result<(), Report> {
        if record.log().lines == 0 {
            return Ok(());
        }
        let made = registers(record.state(), record.log(), names, data);
        let written = record
            .write_own(&Own::RegisterCsv, &made.csv)
            .and_then(|()| record.write_own(&Own::RegisterJson, &made.json))
            .and_then(|()| record.clear_stage());
        written.map_err(|stop| report::stopped(root, stop))
    }
}

/// Whether a file has the mark of a draft as long as it is one.
fn is_marked_while_a_draft(file: &str) -> bool {
    !file.to_lowercase().ends_with(".csv")
        && matches!(
            FileKind::of(file),
            Some(FileKind::Pdf | FileKind::Md | FileKind::Txt | FileKind::Html | FileKind::Docx | FileKind::Odt)
        )
}

/// Checks that a folder without a record has no released paper, since nothing would keep it from being overwritten.
///
/// # Errors
/// If a file in one of its folders is a paper of this conference without the mark of a draft, or was set aside.
pub fn ensure_nothing_released_is_unrecorded(record: &Record, root: &Path, checked: &Checked) -> Result<(), Report> {
    if record.log().lines > 0 {
        return Ok(());
    }
    let disk = record.disk();
    let stopped = |file: &str, error| report::stopped(root, Stop::Disk(file.to_owned(), error));
    let found = disk.walk().map_err(|error| stopped("", error))?;
    let shares = share::folders(disk, &found, &checked.conference.reference);
    let has_own_record = |file: &str| shares.iter().any(|share| file.starts_with(&format!("{share}/")));
    let is_paper = |file: &str| file.contains('/') && is_marked_while_a_draft(file) && !has_own_record(file);
    let papers = found.iter().filter(|found| found.kind == FoundKind::File).map(|found| found.at.as_str());
    let mut press: Option<Press<'_>> = None;
    let mut released = Vec::new();
    for file in papers.filter(|file| is_paper(file)) {
        let data = disk.read(file).map_err(|error| stopped(file, error))?.unwrap_or_default();
        let press = match &mut press {
            Some(press) => press,
            None => press.insert(Press::new(checked)?),
        };
        if is_kept(file) || press.seems_released(file, &data) {
            released.push(file);
        }
    }
    let [first, ..] = released[..] else { return Ok(()) };
    let message = match released.len() {
        1 => "this paper has no draft mark, and there is no record of it".to_owned(),
        some => format!("{some} papers here have no draft mark, and there is no record of them"),
    };
    let place = Place::file(if released.len() == 1 { root.join(first) } else { root.to_owned() }.display().to_string());
    let hint = "put `record.jsonl` back from a copy; if there never was one, move these papers away, and run the same command again";
    Err(Diagnostic::error(codes::BROKEN_RECORD, message).place(place).hint(hint).into())
}

/// Whether a file is a released paper that was set aside.
fn is_kept(file: &str) -> bool {
    file.starts_with("superseded/") || file.starts_with("withdrawn/")
}

/// The error for a folder that is not called as its conference is: it was renamed, or its conference is another.
fn of_another(folder: &Path, found: &Path, reference: &str) -> Diagnostic {
    let opened = read(&Folder::new(folder, Access::Owner)).ok().and_then(|reading| reading.state.opened);
    let place = Place::file(folder.display().to_string());
    let error = |message| Diagnostic::error(codes::NO_CONFERENCE, message).place(place);
    match opened.map(|opened| opened.conference) {
        Some(own) if own == reference => {
            error(format!("this folder has the papers of `{reference}`, and has another name"))
                .hint(Hint::naming("rename it to `{}`, as its conference is called", [reference]))
        }
        Some(own) => error(format!("this folder has the papers of `{own}`, and `{}` is `{reference}`", found.display()))
            .hint(Hint::naming(
                "name the conference file of `{}` with `--data`; if it is this one, and its `reference:` was changed, change it back",
                [own],
            )),
        None => error(format!("`{}` is the conference `{reference}`, and this folder has another name", found.display()))
            .hint("name the conference file of this folder with `--data`: without it nobody can say who may read what"),
    }
}

/// The conference of a folder of papers, from the named file or `conference.yaml` in a folder above.
///
/// # Errors
/// If it cannot be found, has faults, or does not belong to the folder.
pub fn conference(folder: &Path, data: Option<&Path>) -> Result<Checked, Report> {
    readable_conference(folder, data)?.map_err(|faulty| faulty.report().clone())
}

/// The same, whatever errors the rules find in it.
///
/// # Errors
/// If it cannot be found or read, or does not belong to the folder.
pub fn readable_conference(folder: &Path, data: Option<&Path>) -> Result<Result<Checked, Box<Faulty>>, Report> {
    let reference =
        std::path::absolute(folder).ok().and_then(|f| f.file_name().map(|n| n.to_string_lossy().into_owned()));
    let found = conference_file(folder, data);
    let lost = |message: String| {
        let error = Diagnostic::error(codes::NO_CONFERENCE, message).place(Place::file(folder.display().to_string()));
        Report::of(error.hint("name the conference file with `--data`: without it nobody can say who may read what"))
    };
    let Some(found) = found else {
        return Err(lost("there is no `conference.yaml` in a folder above these papers".to_owned()));
    };
    let data = check_or_faulty(input::load(&found)?);
    let own = data.as_ref().map_or_else(|faulty| faulty.reference(), |checked| &checked.conference.reference);
    if reference.as_deref() != Some(own) {
        return Err(of_another(folder, &found, own).into());
    }
    Ok(data)
}

/// The conference file of a folder of papers: the one that is named, or the one above them.
pub fn conference_file(folder: &Path, data: Option<&Path>) -> Option<PathBuf> {
    data.map(Path::to_path_buf).or_else(|| input::conference_above(folder))
}
