//! Notes that released files are lost: they are missing, and nobody has a copy of them.
//!
//! In: files or folders of a record, and the reason. Out: a line for each missing file, with its hash. From then on the loss
//! is reported and stops no verb, and a file that comes back with the same bytes is whole again.
//!
//! Deliberately absent: making anything else pass. A file that is there, changed or not, is never lost.

use std::path::Path;

use chrono::NaiveDate;

use super::commit::Stop;
use super::event::{Begin, Event, Lost, TookIn, Verb};
use super::log::LOG;
use super::sending::full_name;
use super::state::{Paper, PaperStatus, State, is_of_run};
use super::withdraw::ensure_not_in_the_future;
use super::writing::{Looking, Noted};
use super::{report, share};
use crate::deliver::disk::Disk;
use crate::diag::{Diagnostic, Place, Report, closest, codes, count};
use crate::gate::Hash;

/// Files that are lost.
#[derive(Debug, Clone)]
pub struct Losing {
    /// Files, or folders of which everything that is missing is lost, as the register or the disk has them.
    pub places: Vec<String>,
    /// The reason. It is kept in the record.
    pub because: String,
    /// The day on which they were missed, if it was not today.
    pub on: Option<NaiveDate>,
    /// Today, since nothing can have been missed later.
    pub today: NaiveDate,
    /// The name of the person who says so.
    pub by: Option<String>,
}

/// Files that were noted as lost.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LostFiles {
    /// The lines that were written.
    pub noted: Noted,
    /// The files that were noted now.
    pub files: Vec<String>,
    /// The number of files that had been noted before.
    pub before: usize,
}

impl LostFiles {
    /// A sentence about the result.
    pub fn line(&self) -> String {
        match (self.files.len(), self.before) {
            (0, before) => format!("Nothing new: {} already noted as lost.", count(before, "file")),
            (new, 0) => format!("{} noted as lost. A file that comes back is whole again.", count(new, "file")),
            (new, before) => format!("{} noted as lost; {before} already noted.", count(new, "file")),
        }
    }
}

/// Notes that released files are lost. Repeating it changes nothing.
///
/// # Errors
/// If a file is there, is a draft that is made again, or is none of the record; if the reason or the name may not be in the
/// record, or the day is in the future. Nothing is written then.
pub fn lose(folder: &Path, data: Option<&Path>, request: &Losing) -> Result<LostFiles, Report> {
    let looking = Looking::at(folder, data)?;
    ensure_not_in_the_future(request.on, request.today)?;
    let because = looking.checked.ensure_sayable(&request.because, "--because")?;
    let by = request.by.as_deref().map(|name| full_name(&looking.checked, name)).transpose()?;
    let mut writing = looking.hold()?;
    let (state, disk) = (writing.record.state(), writing.record.disk());
    let mut done = (Vec::new(), 0);
    let mut lines = Vec::new();
    for Gone { file, hash, loss } in missing(state, disk, folder, &request.places)? {
        let line = Lost {
            file,
            hash,
            because: because.clone(),
            on: request.on.or(loss.map(|loss| loss.on)).unwrap_or(request.today),
            by: by.clone().or_else(|| loss.and_then(|loss| loss.by.clone())),
        };
        if loss == Some(&line) {
            done.1 += 1;
        } else {
            done.0.push(line.file.clone());
            lines.push(Event::Lost(line));
        }
    }
    let noted = writing.commit(Begin::of(Verb::Lose), lines)?;
    Ok(LostFiles { noted, files: done.0, before: done.1 })
}

/// Something that is missing, with what was noted of it before.
struct Gone<'s> {
    file: String,
    hash: Hash,
    loss: Option<&'s Lost>,
}

impl<'s> Gone<'s> {
    fn of(paper: &'s Paper) -> Self {
        Self { file: paper.made.file.clone(), hash: paper.made.hash, loss: paper.loss.as_deref() }
    }
}

/// What is missing of places, each file once and in order.
fn missing<'s>(state: &'s State, disk: &dyn Disk, folder: &Path, places: &[String]) -> Result<Vec<Gone<'s>>, Report> {
    let (mut all, mut faults) = (Vec::new(), Report::default());
    for place in places {
        let below = below(folder, place);
        match Asked::of(state, &below) {
            Asked::File(paper) => match why_not(state, disk, folder, paper)? {
                None => all.push(Gone::of(paper)),
                Some(fault) => faults.push(fault),
            },
            Asked::Folder(papers) => {
                let before = all.len();
                for paper in papers {
                    if why_not(state, disk, folder, paper)?.is_none() {
                        all.push(Gone::of(paper));
                    }
                }
                if all.len() == before {
                    let message = "nothing is missing that was released and is kept in this folder";
                    let error = Diagnostic::error(codes::NOT_LOST, message).place(at(folder, &below));
                    faults.push(error.hint("`convenor verify` says what is missing or was changed"));
                }
            }
            Asked::Share(taken) => {
                let log = format!("{}/{LOG}", taken.file);
                if disk.exists(&log).map_err(|e| report::stopped(folder, Stop::Disk(log, e)))? {
                    let error = Diagnostic::error(codes::NOT_LOST, "the record of this share is there");
                    let hint = "`convenor verify` says what is missing or was changed in it";
                    faults.push(error.place(at(folder, &below)).hint(hint));
                } else {
                    let loss = state.lost_shares.get(&taken.file).map(|loss| &**loss);
                    all.push(Gone { file: taken.file, hash: taken.head, loss });
                }
            }
            Asked::Unknown => faults.push(unknown(state, folder, &below)),
        }
    }
    all.sort_by(|one, other| one.file.cmp(&other.file));
    all.dedup_by(|one, other| one.file == other.file);
    if faults.has_errors() { Err(faults) } else { Ok(all) }
}

/// A place as the record has it.
enum Asked<'s> {
    File(&'s Paper),
    Folder(Vec<&'s Paper>),
    /// A share that was merged.
    Share(TookIn),
    Unknown,
}

impl<'s> Asked<'s> {
    fn of(state: &'s State, place: &str) -> Self {
        if let Some(paper) = state.papers.get(place) {
            return Self::File(paper);
        }
        if let Some(taken) = share::merged(state).remove(place) {
            return Self::Share(taken);
        }
        // The folder of the papers itself stands for all of them.
        let prefix = if place.is_empty() { String::new() } else { format!("{place}/") };
        let below = state.papers.values().filter(|paper| paper.made.file.starts_with(&prefix));
        let below: Vec<&Paper> = below.collect();
        if below.is_empty() { Self::Unknown } else { Self::Folder(below) }
    }
}

/// A place below the folder, whether it was typed as the register or as the disk has it.
fn below(folder: &Path, place: &str) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let on_disk = absolute(Path::new(place)).strip_prefix(absolute(folder)).map(Path::to_path_buf);
    let below = on_disk.unwrap_or_else(|_| Path::new(place).to_owned());
    below.to_string_lossy().replace('\\', "/").trim_start_matches("./").trim_end_matches('/').to_owned()
}

fn at(folder: &Path, file: &str) -> Place {
    Place::file(folder.join(file).display().to_string())
}

/// The reason why a paper is not lost; `None` if it may be.
fn why_not(state: &State, disk: &dyn Disk, folder: &Path, paper: &Paper) -> Result<Option<Diagnostic>, Report> {
    let file = &paper.made.file;
    let on_disk = |file: &str, error| report::stopped(folder, Stop::Disk(file.to_owned(), error));
    let not_lost = |message: &str| Diagnostic::error(codes::NOT_LOST, message).place(at(folder, file));
    let hash = |file: &str| disk.hash(file);
    if disk.exists(file).map_err(|error| on_disk(file, error))? {
        // A link or a pipe is no file as it was released either.
        return Ok(Some(if hash(file).is_ok_and(|there| there == Some(paper.made.hash)) {
            not_lost("this file is in the folder, as the record says").hint("leave it out: it is not lost")
        } else {
            let hint = "move it out of this folder; then restore the released file from a backup, or note it as lost";
            not_lost("something else is here than what was made: it was changed, and is not lost").hint(hint)
        }));
    }
    if paper.status == PaperStatus::Draft && state.kept_in(file).is_none() {
        let hint = if is_of_run(&paper.made) { "run `convenor invite` again" } else { "build again with `--all`" };
        return Ok(Some(not_lost("this is a draft, and is made again").hint(hint)));
    }
    if let Some(before) = state.kept.get(file).filter(|before| !state.papers.contains_key(*before))
        && hash(before).map_err(|error| on_disk(before, error))? == Some(paper.made.hash)
    {
        let hint = "build again with `--all`: it is moved to where it is kept";
        return Ok(Some(not_lost("this file is where it was before it was set aside").hint(hint)));
    }
    Ok(None)
}

fn unknown(state: &State, folder: &Path, place: &str) -> Diagnostic {
    let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("the record has no file or folder `{place}`"));
    let error = error.place(at(folder, place));
    let folders = state.papers.keys().filter_map(|file| file.split_once('/')).map(|(folder, _)| folder);
    let all: std::collections::BTreeSet<&str> = state.papers.keys().map(String::as_str).chain(folders).collect();
    match closest(place, all.iter().copied()) {
        Some(_) => error.suggest(place, all),
        None => error.hint("name it as `convenor verify` does, or as the register has it"),
    }
}
