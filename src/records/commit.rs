//! Many files as one change: its moves, and how a stopped change is finished or undone.
//!
//! In: the lines of a change, whose beginning is already in the log. Out: the files where the lines say, or as before.
//!
//! First the replaced files are set aside, a released one in its kept place and a draft in the stage; then the new
//! files are renamed into the free places. Between the two the folders are synced, so that no new file can be there
//! while the one that it replaces is lost. Each file is checked by its hash right before it is renamed, so a change
//! that was stopped anywhere is resumed by doing the same again.
//!
//! Deliberately absent: the log itself (`record`), and deciding on the change.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::event::{Event, Verb};
use crate::deliver::disk::{Disk, FoundKind};
use crate::gate::Hash;

/// The folder of files that are not in their places: new ones, and those that they replace. Sync programs skip its
/// files.
pub const STAGE: &str = ".convenor-stage";

/// The reason why a change stopped.
#[derive(Debug)]
pub enum Stop {
    /// Something else is where a file was or should go.
    Edited(Vec<String>),
    /// A file is open in another program, or the system refuses for another reason: the place and the error.
    Disk(String, io::Error),
    /// The log has changed since this run read it.
    Changed,
    /// A run that releases letters has begun in this folder, and only it may continue.
    Running(String),
}

/// The moves of a change.
#[derive(Debug, Default)]
pub struct Moves {
    /// Files to set aside: from, their hash, and to.
    pub aside: Vec<(String, Hash, String)>,
    /// Folders to rename: from and to.
    pub folders: Vec<(String, String)>,
    /// New files: to, and their hash.
    pub bring: Vec<(String, Hash)>,
    /// Files whose status changes and that stay as they are.
    pub stay: Vec<(String, Hash)>,
}

impl Moves {
    /// The moves of a change's lines. Adopting files that are already there brings nothing, and an upgrade finds files
    /// that were set aside in their kept places.
    pub fn of(verb: Verb, lines: &[Event]) -> Self {
        let mut moves = Self::default();
        let brings = !matches!(verb, Verb::Upgrade | Verb::Merge | Verb::TakeIn);
        let kept: BTreeSet<&str> = lines
            .iter()
            .filter_map(|line| match line {
                Event::SetAside(aside) if !aside.lost => Some(aside.file.as_str()),
                _ => None,
            })
            .collect();
        for line in lines {
            match line {
                Event::SetAside(aside) if verb == Verb::Upgrade || aside.lost => {}
                Event::SetAside(aside) => match aside.hash {
                    Some(hash) => moves.aside.push((aside.file.clone(), hash, aside.kept.clone())),
                    None => moves.folders.push((aside.file.clone(), aside.kept.clone())),
                },
                Event::Dropped(dropped) => {
                    moves.aside.push((dropped.file.clone(), dropped.hash, old(&dropped.file, dropped.hash)));
                }
                Event::Made(made) | Event::Released(made) if brings => {
                    if let Some(over) =
                        made.over.filter(|over| *over != made.hash && !kept.contains(made.file.as_str()))
                    {
                        moves.aside.push((made.file.clone(), over, old(&made.file, over)));
                    }
                    // Minutes that the chair has not approved keep their mark, so the draft itself is released. And a
                    // paper with a different line may have the same bytes.
                    let stays = made.draft == Some(made.hash) || made.over == Some(made.hash);
                    let all = if stays { &mut moves.stay } else { &mut moves.bring };
                    all.push((made.file.clone(), made.hash));
                }
                _ => {}
            }
        }
        moves
    }

    /// Every folder in which a name changes, and those above it, since a new folder is a name as well.
    fn touched(&self) -> Vec<String> {
        let files = self.aside.iter().flat_map(|(from, _, to)| [from, to]).chain(self.bring.iter().map(|(to, _)| to));
        let folders = files.chain(self.folders.iter().flat_map(|(from, to)| [from, to])).map(|file| parent(file));
        with_above(folders.chain([STAGE.to_owned()]))
    }
}

/// Folders and all those above them, the upper ones first.
pub fn with_above(folders: impl Iterator<Item = String>) -> Vec<String> {
    let mut all = BTreeSet::from([String::new()]);
    for folder in folders {
        let mut above = folder;
        while all.insert(above.clone()) {
            above = parent(&above);
        }
    }
    all.into_iter().collect()
}

/// The folder of a file.
pub fn parent(file: &str) -> String {
    file.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
}

/// The name of a file in the stage. Two files with the same bytes have two.
pub fn staged(file: &str, hash: Hash) -> String {
    format!("{STAGE}/{}-{}.tmp", Hash::of(file.as_bytes()).short(8), hash.short(32))
}

/// The name in the stage of a file that was replaced.
pub fn old(file: &str, hash: Hash) -> String {
    format!("{STAGE}/old-{}-{}.tmp", Hash::of(file.as_bytes()).short(8), hash.short(32))
}

fn at<T>(file: &str, result: io::Result<T>) -> Result<T, Stop> {
    result.map_err(|error| Stop::Disk(file.to_owned(), error))
}

/// Moves every file to its place, from wherever it is now.
///
/// # Errors
/// If a file cannot be renamed, or something else is in the way.
pub fn move_all(disk: &dyn Disk, moves: &Moves) -> Result<(), Stop> {
    let touched = moves.touched();
    let touched: Vec<&str> = touched.iter().map(String::as_str).collect();
    let taken = taken(disk, moves)?;
    if !taken.is_empty() {
        return Err(Stop::Edited(taken));
    }
    for (from, to) in &moves.folders {
        if at(from, disk.exists(from))? && !at(to, disk.exists(to))? {
            at(from, disk.rename(from, to))?;
        }
    }
    for (from, hash, to) in &moves.aside {
        if at(from, disk.hash(from))? == Some(*hash) {
            at(from, disk.rename(from, to))?;
        }
    }
    at("", disk.sync_folders(&touched))?;
    for (to, hash) in &moves.bring {
        match at(to, disk.hash(to))? {
            Some(there) if there == *hash => {}
            // Somebody was quicker: that file is theirs.
            Some(_) => return Err(Stop::Edited(vec![to.clone()])),
            None => at(to, disk.rename(&staged(to, *hash), to))?,
        }
    }
    at("", disk.sync_folders(&touched))
}

/// Places that are needed for kept files but have been taken in the meantime. Files in the stage are ours.
fn taken(disk: &dyn Disk, moves: &Moves) -> Result<Vec<String>, Stop> {
    let mut taken = Vec::new();
    for (from, hash, to) in &moves.aside {
        let is_kept = parent(to) != STAGE;
        if is_kept && at(from, disk.hash(from))? == Some(*hash) && at(to, disk.exists(to))? {
            taken.push(to.clone());
        }
    }
    for (from, to) in &moves.folders {
        if at(from, disk.exists(from))? && at(to, disk.exists(to))? && holds_files(disk, from)? {
            taken.extend([from.clone(), to.clone()]);
        }
    }
    Ok(taken)
}

fn holds_files(disk: &dyn Disk, folder: &str) -> Result<bool, Stop> {
    let below = format!("{folder}/");
    let found = at(folder, disk.walk())?;
    Ok(found.iter().any(|found| found.kind != FoundKind::EmptyFolder && found.at.starts_with(&below)))
}

/// Checks whether an unfinished change can be finished: every new file is in its place or waits in the stage.
///
/// # Errors
/// If something else is in the way or cannot be read.
pub fn check_finishable(disk: &dyn Disk, moves: &Moves) -> Result<bool, Stop> {
    let mut known: BTreeMap<&str, Vec<Hash>> = BTreeMap::new();
    for (file, hash) in moves
        .aside
        .iter()
        .map(|(from, hash, _)| (from, hash))
        .chain(moves.bring.iter().chain(&moves.stay).map(|(f, h)| (f, h)))
    {
        known.entry(file).or_default().push(*hash);
    }
    let mut edited = taken(disk, moves)?;
    for (file, hashes) in &known {
        if at(file, disk.hash(file))?.is_some_and(|there| !hashes.contains(&there)) {
            edited.push((*file).to_owned());
        }
    }
    if !edited.is_empty() {
        return Err(Stop::Edited(edited));
    }
    for (file, hash) in &moves.stay {
        if at(file, disk.hash(file))? != Some(*hash) {
            return Ok(false);
        }
    }
    for (to, hash) in &moves.bring {
        let stage = staged(to, *hash);
        if at(to, disk.hash(to))? != Some(*hash) && at(to, disk.hash(&stage))? != Some(*hash) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Moves every file of a change back.
///
/// # Errors
/// If a file cannot be renamed.
pub fn move_back(disk: &dyn Disk, moves: &Moves) -> Result<(), Stop> {
    let old: BTreeMap<&str, Hash> = moves.aside.iter().map(|(from, hash, _)| (from.as_str(), *hash)).collect();
    for (to, hash) in moves.bring.iter().rev() {
        // A file that was there before with the same bytes stays.
        if old.get(to.as_str()) != Some(hash) && at(to, disk.hash(to))? == Some(*hash) && check_new(disk, moves, to)? {
            at(to, disk.remove(to))?;
        }
    }
    for (from, hash, to) in moves.aside.iter().rev() {
        if at(to, disk.hash(to))? == Some(*hash) && !at(from, disk.exists(from))? {
            at(from, disk.rename(to, from))?;
        }
    }
    for (from, to) in moves.folders.iter().rev() {
        if at(to, disk.exists(to))? && !at(from, disk.exists(from))? {
            at(from, disk.rename(to, from))?;
        }
    }
    let touched = moves.touched();
    at("", disk.sync_folders(&touched.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// Checks whether this change brought a file to its place: the file that it replaced is set aside, or there was none.
fn check_new(disk: &dyn Disk, moves: &Moves, file: &str) -> Result<bool, Stop> {
    match moves.aside.iter().find(|(from, ..)| from == file) {
        Some((_, hash, to)) => Ok(at(to, disk.hash(to))? == Some(*hash)),
        None => Ok(true),
    }
}

/// Empties the stage.
///
/// # Errors
/// If a file cannot be removed.
pub fn clear_stage(disk: &dyn Disk) -> Result<(), Stop> {
    let all = at(STAGE, disk.list(STAGE))?;
    all.iter().try_for_each(|file| at(file, disk.remove(file)))
}
