//! Reads shares of a list for merging, and takes them into the record of the conference.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::event::{Begin, Event, Made, TookIn, Verb};
use super::folder::{Papers, access, conference, hold_of};
use super::log::Tail;
use super::names::Names;
use super::ranges::Ranges;
use super::register::registers;
use super::state::{PaperStatus, RunState, is_of_run};
use super::{numbering, report, share, upgrade};
use crate::deliver::disk::{Access, Disk, Folder};
use crate::deliver::{self};
use crate::diag::{Diagnostic, Place, Report, codes};

/// The record of a share.
#[derive(Debug, Clone)]
pub struct Share {
    /// Its folder.
    pub folder: PathBuf,
    /// The reference of the conference.
    pub conference: String,
    /// Its run.
    pub run: RunState,
    state: std::sync::Arc<super::state::State>,
    log: super::log::Log,
}

impl Share {
    /// The name of its folder.
    fn name(&self) -> String {
        self.folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The numbers of its released letters, wherever they are now.
    fn released(&self) -> Ranges {
        let papers = self.state.papers.values();
        let papers = papers.filter(|paper| paper.status != PaperStatus::Draft && is_of_run(&paper.made));
        let step = self.run.run.parts;
        let numbers: BTreeSet<u32> =
            papers.flat_map(|paper| paper.made.no.into_iter().chain(paper.made.letters.all(step))).collect();
        Ranges::of(numbers.into_iter(), step)
    }

    /// The lines of its files, without proofs.
    pub fn lines(&self) -> impl Iterator<Item = &Made> {
        let stands = |status| matches!(status, PaperStatus::Draft | PaperStatus::Released);
        let papers = self.state.papers.values().filter(move |paper| stands(paper.status));
        let gone = &self.run.end.stale;
        let made = papers.map(|paper| &paper.made);
        made.filter(move |made| made.paper != super::run::PROOFS && !gone.contains(&made.file))
    }
}

/// Reads and verifies the record of a share.
///
/// # Errors
/// If there is no finished one, or it or its registers were changed.
pub fn share(folder: &Path) -> Result<Share, Report> {
    let disagree = |message: &str, hint: &'static str| Report::of(disagree(folder, message, hint));
    let unread = || disagree("there is no finished record in this folder", "let the run of this part end first");
    let papers = Papers::at(folder).map_err(|_| unread())?;
    if let Tail::Broken(fault) = papers.reading.tail {
        return Err(report::broken(folder, fault).into());
    }
    let state = papers.reading.state;
    let run = state.runs.get("").filter(|run| run.ended && state.open_run.is_none() && state.open.is_none());
    let (Some(run), Some(opened)) = (run.cloned(), state.opened.clone()) else { return Err(unread()) };
    if papers.reading.is_there {
        let csv = papers
            .disk
            .read("register.csv")
            .map_err(|e| report::stopped(folder, super::commit::Stop::Disk("register.csv".to_owned(), e)))?;
        let made = registers(&state, &papers.reading.log, &Names::default(), "");
        if csv.as_deref() != Some(&made.csv[..]) && csv.is_some() && !same_but_names(csv.as_deref(), &made.csv) {
            return Err(disagree(
                "`register.csv` does not say what the record says",
                "run `convenor invite` again for this part: it makes the register again",
            ));
        }
    }
    let log = papers.reading.log;
    Ok(Share { folder: folder.to_owned(), conference: opened.conference, run, state: std::sync::Arc::new(state), log })
}

fn disagree(folder: &Path, message: &str, hint: &'static str) -> Diagnostic {
    let error = Diagnostic::error(codes::PARTS_DISAGREE, message);
    error.place(Place::file(folder.display().to_string())).hint(hint)
}

fn same_but_names(there: Option<&[u8]>, made: &[u8]) -> bool {
    super::verify::without_names(there) == super::verify::without_names(Some(made))
}

/// Writes the merged register, and takes the shares into the record of the conference that they are in. Returns whether
/// there is one.
///
/// # Errors
/// If another file has the name of the register, the record cannot be written, or it knows of released letters that are
/// missing from the record of a share.
pub fn joined(shares: &[Share], out: &Path) -> Result<bool, Report> {
    let home = home(shares);
    if let Some(root) = &home {
        ensure_nothing_is_lost(shares, root)?;
    }
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(HEAD).expect("a vector takes every byte");
    let head = HEAD.join(",");
    let mut all: Vec<(u32, String, &Made)> = Vec::new();
    for share in shares {
        let below = share.name();
        all.extend(share.lines().map(|made| (made.no.unwrap_or_default(), format!("{below}/{}", made.file), made)));
    }
    all.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    for (number, file, made) in &all {
        let from = made.from.map(String::from).unwrap_or_default();
        let cells = [
            number.to_string(),
            made.reference.clone(),
            super::register::harmless(&made.person),
            file.clone(),
            made.audience.clone(),
            made.pages.to_string(),
            from,
            made.hash.to_string(),
        ];
        table.write_record(cells).expect("a vector takes every byte");
    }
    // With a word too few after `-o`, the register would overwrite the list.
    let there = deliver::text_there(out)?;
    if there.is_some_and(|there| !there.starts_with(&head)) {
        let error = Diagnostic::error(codes::CANNOT_WRITE, "a file of this name already exists and is not a register");
        let error = error.place(Place::file(out.display().to_string()));
        return Err(error.hint("choose another name with `-o`").into());
    }
    deliver::remember(out, &table.into_inner().expect("a vector takes every byte"))?;
    home.map_or(Ok(false), |root| take_in(shares, &root))
}

const HEAD: [&str; 8] = ["number", "reference", "person", "file", "audience", "pages", "inputs", "hash"];

/// The folder of the conference's papers, if all shares are in it.
fn home(shares: &[Share]) -> Option<PathBuf> {
    let absolute = |folder: &Path| std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let above = |share: &Share| absolute(&share.folder).parent().map(Path::to_path_buf);
    let first = shares.first()?;
    let root = above(first)?;
    let is_home = root.file_name().is_some_and(|name| name.to_string_lossy() == first.conference);
    (is_home && shares.iter().all(|share| above(share).as_ref() == Some(&root))).then_some(root)
}

/// Checks that each share still has the lines with the released letters that an earlier merge took in. One that was
/// made anew would hide that they are gone.
fn ensure_nothing_is_lost(shares: &[Share], root: &Path) -> Result<(), Report> {
    let disk = Folder::new(root, Access::Owner);
    let stopped = |stop| report::stopped(root, stop);
    let before = share::merged(&super::reading::read(&disk).map_err(stopped)?.state);
    let mut report = Report::default();
    for share in shares {
        let Some(taken) = before.get(&share.name()).filter(|taken| taken.released.is_some() && !taken.is_of_drafts())
        else {
            continue;
        };
        if !share::goes_on_from(&disk, taken).map_err(stopped)? {
            report.push(disagree(
                &share.folder,
                "this part was merged before with released letters that its record no longer has",
                "put the folder of this part back from a copy",
            ));
        }
    }
    if report.has_errors() { Err(report) } else { Ok(()) }
}

/// Appends a line for each share, in the order of the shares.
fn take_in(shares: &[Share], root: &Path) -> Result<bool, Report> {
    let Some(first) = shares.first() else { return Ok(false) };
    // Names for the register come from the data, if it is at hand.
    let checked = conference(root, None).ok();
    let access = checked.as_ref().map_or(Access::Owner, access);
    let mut record = hold_of(root, access)?;
    record.open(&first.conference, None).map_err(|why| report::cannot_hold(root, why))?;
    upgrade::adopt(&mut record, root, checked.as_ref())?;
    let mut lines = Vec::new();
    for share in shares {
        let file = share.name();
        let part = format!("{}/{}", share.run.run.part, share.run.run.parts);
        let released = Some(share.released());
        let took_in = TookIn { file, share: Some(part), lines: share.log.lines, head: share.log.head, released };
        if !record.state().took_in.contains(&took_in) {
            lines.push(Event::TookIn(took_in));
        }
    }
    if !lines.is_empty() {
        let begin = Begin::of(Verb::Merge);
        record.commit(begin, lines, &[]).map_err(|stop| report::stopped(root, stop))?;
    }
    if let Some(checked) = checked {
        let with_numbers = numbering::numbered(&checked, record.state()).map(|(checked, _)| checked);
        let names = Names::of(with_numbers.as_ref().unwrap_or(&checked));
        Papers::write_registers(&record, root, &names, &checked.fingerprint)?;
    }
    Ok(true)
}
