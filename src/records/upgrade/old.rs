//! Reads a folder of an earlier version of the program.
//!
//! In: a folder. Out: the contents of its registers (`register.json` in formats 1 and 2, `register.csv`,
//! `withdrawn.csv`, the journal of a run that was killed), and that program's own files. Nothing is written.
//!
//! Deliberately absent: the lines of a record.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;

use super::super::commit::{STAGE, Stop};
use super::super::event::SignedOff;
use super::super::log::LOG;
use super::super::ranges::Ranges;
use super::super::register::{Written, harmless};
use super::super::report::stopped;
use crate::deliver::disk::{Disk, Found, FoundKind};
use crate::deliver::held::LOCK;
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::Hash;

const REGISTER: &str = "register.json";
const TABLE: &str = "register.csv";
const JOURNAL: &str = ".convenor-journal.csv";
const BEGUN: &str = ".convenor-begun";
const WITHDRAWN: &str = "withdrawn.csv";
const PROBLEMS: &str = "problems.csv";
const PROOFS: &str = "proof/proofs.json";
/// The beginning of the names of unfinished files and of the program's own.
const HIDDEN: &str = ".convenor-";
/// The files in the folder of proofs.
const SHOWN: [&str; 7] = [
    PROOFS,
    "proof/first.pdf",
    "proof/last.pdf",
    "proof/longest.pdf",
    "proof/random.pdf",
    "proof/added-first.pdf",
    "proof/added-longest.pdf",
];

/// A folder of an earlier version.
#[derive(Debug, Default)]
pub struct OldFolder {
    /// The conference's own papers, if it has any.
    pub papers: Option<OldPapers>,
    /// Runs of letters.
    pub runs: Vec<OldRun>,
    /// Folders of shares of a list, which have a record of their own.
    pub shares: Vec<String>,
    /// Other files of that program's own, with their hashes.
    pub own: Vec<(String, Hash)>,
}

impl OldFolder {
    /// Whether no register has any entry.
    pub fn is_empty(&self) -> bool {
        self.papers.is_none() && self.runs.is_empty() && self.shares.is_empty()
    }
}

/// The register of a conference's own papers.
#[derive(Debug)]
pub struct OldPapers {
    /// Its entries.
    pub entries: Vec<Entry>,
    /// Whether both registers agree.
    pub agree: bool,
}

/// One paper in it. Fields that the first format did not have are empty.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Entry {
    pub file: String,
    pub artefact: String,
    pub audience: String,
    pub recipients: Vec<String>,
    pub reference: String,
    pub version: u32,
    pub issued: String,
    pub status: String,
    pub maker: String,
    pub checker: Option<String>,
    pub checked: Option<String>,
    pub template: String,
    pub templates: String,
    pub data: String,
    pub hash: String,
    pub draft: Option<String>,
    pub supersedes: Option<String>,
    pub allowed: Vec<String>,
    pub program: String,
    pub made_by: String,
}

#[derive(Deserialize)]
struct Listing {
    files: Vec<Entry>,
}

/// A run of letters.
#[derive(Debug)]
pub struct OldRun {
    /// Its folder below the root; empty if it is the root.
    pub at: String,
    /// The folder in which its letters were made: not `at` if they have been set aside since.
    pub place: String,
    /// Its `register.json`; `None` if the first run in this folder was killed.
    pub summary: Option<Summary>,
    /// Lines of `register.csv`.
    pub register: Vec<Line>,
    /// Whether both registers belong together, and every line can be read.
    pub agree: bool,
    /// Lines of the journal, if a run was killed.
    pub journal: Option<Vec<Line>>,
    /// Files that a killed run wrote but did not enter, with their hashes.
    pub begun: Vec<(String, Hash)>,
    /// Letters that were released and are no longer due, each with whether it still exists.
    pub withdrawn: Vec<(Line, bool)>,
    /// The hash of `problems.csv`.
    pub problems: Option<Hash>,
    /// The program's own files, the one that identifies the run last.
    pub own: Vec<(String, Hash)>,
}

/// One file of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub number: u32,
    pub reference: String,
    pub person: String,
    pub file: String,
    pub audience: String,
    pub pages: u32,
    pub inputs: Hash,
    pub hash: Hash,
}

/// `register.json` of a run.
#[derive(Debug, Clone, Deserialize)]
pub struct Summary {
    pub conference: String,
    pub version: u32,
    pub issued: Option<NaiveDate>,
    #[serde(default)]
    pub made_by: String,
    pub artefact: String,
    pub inputs: String,
    #[serde(default)]
    pub make: Vec<String>,
    #[serde(default)]
    pub choices: String,
    #[serde(default)]
    pub list_name: String,
    pub list: String,
    pub maker: String,
    pub checker: Option<String>,
    pub checked: Option<NaiveDate>,
    /// Whether a run had been released before the one that has not ended.
    #[serde(default)]
    pub again: bool,
    #[serde(default)]
    pub print_part: u32,
    #[serde(default)]
    words: Vec<SignOffWords>,
    /// The letters of each released bundle, by audience and kind.
    #[serde(default)]
    pub held: BTreeMap<String, Vec<Held>>,
    #[serde(default)]
    pub outdated: BTreeSet<String>,
    pub part: u32,
    pub of: u32,
    pub people: u32,
    #[serde(default)]
    pub letters: u32,
    #[serde(default)]
    pub due: u32,
    #[serde(default)]
    pub failed: Vec<u32>,
    register: String,
}

/// The letters of one bundle.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Held {
    pub letters: Ranges,
    #[serde(default)]
    pub gone: Ranges,
    pub inputs: String,
    pub of: u32,
}

#[derive(Debug, Clone, Deserialize)]
struct SignOffWords {
    checker: String,
    checked: NaiveDate,
}

impl Summary {
    /// The sign-off with which its letters are released; `None` if they are drafts.
    pub fn sign_off(&self) -> Option<SignedOff> {
        self.checker.clone().zip(self.checked).map(|(checker, on)| SignedOff { checker, on })
    }

    /// The sign-offs with which letters were released, in order. Its first versions noted only the last one.
    pub fn sign_offs(&self) -> Vec<SignedOff> {
        if self.words.is_empty() {
            return self.sign_off().into_iter().collect();
        }
        self.words.iter().map(|word| SignedOff { checker: word.checker.clone(), on: word.checked }).collect()
    }
}

/// The kinds of `register.json` in a folder.
enum Register {
    Missing,
    Papers(Vec<Entry>),
    Run(Box<Summary>),
    /// That of a record.
    New,
    Unreadable,
}

fn at<T>(disk: &dyn Disk, file: &str, result: std::io::Result<T>) -> Result<T, Report> {
    result.map_err(|error| stopped(disk.root(), Stop::Disk(file.to_owned(), error)))
}

fn bytes(disk: &dyn Disk, file: &str) -> Result<Option<Vec<u8>>, Report> {
    at(disk, file, disk.read(file))
}

fn place(disk: &dyn Disk, file: &str) -> Place {
    Place::file(disk.root().join(file).display().to_string())
}

fn below(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
}

fn register(disk: &dyn Disk, folder: &str) -> Result<Register, Report> {
    let Some(json) = bytes(disk, &below(folder, REGISTER))? else { return Ok(Register::Missing) };
    if Written::read(&json).is_some() {
        return Ok(Register::New);
    }
    let value = serde_json::from_slice::<serde_json::Value>(&json).unwrap_or_default();
    let read = if value.get("part").is_some() {
        serde_json::from_value(value).map(|summary| Register::Run(Box::new(summary)))
    } else {
        serde_json::from_value(value).map(|listing: Listing| Register::Papers(listing.files))
    };
    Ok(read.unwrap_or(Register::Unreadable))
}

/// Reads a folder. `is_new` says that its record already has papers: an unreadable register in it is then not of an
/// earlier version.
///
/// # Errors
/// If a register cannot be read.
pub fn read(disk: &dyn Disk, is_new: bool) -> Result<OldFolder, Report> {
    let mut old = OldFolder::default();
    if !at(disk, "", disk.exists(""))? {
        return Ok(old);
    }
    let found = at(disk, "", disk.walk())?;
    let is_there = |file: &str| found.iter().any(|f| f.at == file && f.kind == FoundKind::File);
    match register(disk, "")? {
        Register::Unreadable if !is_new => return Err(unreadable(disk, "")),
        Register::Papers(entries) => {
            let table = bytes(disk, TABLE)?;
            let agree = table.is_some_and(|table| says_the_same(&table, &entries));
            old.papers = Some(OldPapers { entries, agree });
        }
        Register::Run(summary) => old.runs.push(run(disk, "", Some(*summary), &found)?),
        Register::Missing if is_there(JOURNAL) => old.runs.push(run(disk, "", None, &found)?),
        Register::Missing | Register::New | Register::Unreadable => {}
    }
    let parts = found.iter().filter_map(|f| f.at.split_once('/'));
    let folders: BTreeSet<&str> =
        parts.filter(|(_, name)| [REGISTER, JOURNAL].contains(name)).map(|(folder, _)| folder).collect();
    for folder in folders {
        let summary = match register(disk, folder)? {
            Register::Run(summary) => Some(*summary),
            Register::Missing => None,
            Register::Unreadable => return Err(unreadable(disk, folder)),
            Register::Papers(_) | Register::New => continue,
        };
        if summary.as_ref().map_or_else(|| is_named_as_share(folder), |summary| summary.of > 1) {
            old.shares.push(folder.to_owned());
        } else if !is_there(&below(folder, LOG)) {
            old.runs.push(run(disk, folder, summary, &found)?);
        }
    }
    old.own = others(disk, &old, &found)?;
    Ok(old)
}

/// Checks whether a folder is that of a share of a list.
///
/// # Errors
/// If its register cannot be read.
pub fn check_share(disk: &dyn Disk, folder: &str) -> Result<bool, Report> {
    Ok(match register(disk, folder)? {
        Register::Run(summary) => summary.of > 1,
        Register::Missing => is_named_as_share(folder) && bytes(disk, &below(folder, JOURNAL))?.is_some(),
        _ => false,
    })
}

/// Whether a folder is named like a share, as `invitations-3-of-8`.
fn is_named_as_share(folder: &str) -> bool {
    share_of(folder).is_some()
}

/// The share that the name of a folder stands for.
pub fn share_of(folder: &str) -> Option<(u32, u32)> {
    let (rest, of) = folder.rsplit_once("-of-")?;
    let (_, part) = rest.rsplit_once('-')?;
    Some((part.parse().ok()?, of.parse().ok()?))
}

fn unreadable(disk: &dyn Disk, folder: &str) -> Report {
    let error = Diagnostic::error(codes::NOT_AS_MADE, "`register.json` cannot be read");
    let error = error.place(place(disk, &below(folder, REGISTER)));
    error.hint("put it back from a copy; without it nobody can say what was released").into()
}

/// Whether `register.csv` agrees with the other register, whatever its columns.
fn says_the_same(table: &[u8], entries: &[Entry]) -> bool {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(table);
    let Ok(head) = reader.headers().cloned() else { return false };
    let rows: Vec<csv::StringRecord> = reader.into_records().map_while(Result::ok).collect();
    let row_of = |entry: &Entry, row: &csv::StringRecord| {
        row.len() == head.len()
            && head.iter().zip(row).all(|(name, cell)| field(entry, name).is_some_and(|text| harmless(&text) == cell))
    };
    // The other register is sorted by file, and this one is made from it.
    rows.len() == entries.len() && entries.iter().zip(&rows).all(|(entry, row)| row_of(entry, row))
}

fn field(entry: &Entry, name: &str) -> Option<String> {
    let e = entry;
    Some(match name {
        "file" => e.file.clone(),
        "artefact" => e.artefact.clone(),
        "audience" => e.audience.clone(),
        "recipients" => e.recipients.join("; "),
        "reference" => e.reference.clone(),
        "version" => e.version.to_string(),
        "issued" => e.issued.clone(),
        "status" => e.status.clone(),
        "maker" => e.maker.clone(),
        "checker" => e.checker.clone().unwrap_or_default(),
        "checked" => e.checked.clone().unwrap_or_default(),
        "template" => e.template.clone(),
        "templates" => e.templates.clone(),
        "data" => e.data.clone(),
        "hash" => e.hash.clone(),
        "draft" => e.draft.clone().unwrap_or_default(),
        "supersedes" => e.supersedes.clone().unwrap_or_default(),
        "allowed" => e.allowed.join("; "),
        "program" => e.program.clone(),
        "made_by" => e.made_by.clone(),
        _ => return None,
    })
}

fn run(disk: &dyn Disk, folder: &str, summary: Option<Summary>, found: &[Found]) -> Result<OldRun, Report> {
    let table = bytes(disk, &below(folder, TABLE))?;
    let (register, mut agree) = lines(table.as_deref().unwrap_or_default());
    let journal = bytes(disk, &below(folder, JOURNAL))?.map(|csv| lines(&csv).0);
    let withdrawn = bytes(disk, &below(folder, WITHDRAWN))?.map_or((Vec::new(), true), |csv| lines(&csv));
    agree &= withdrawn.1;
    if let Some(summary) = summary.as_ref().filter(|_| journal.is_none()) {
        agree &= table.is_some_and(|table| Hash::of(&table).to_string() == summary.register);
    }
    let mut there = Vec::new();
    for line in withdrawn.0 {
        let lies = at(disk, &line.file, disk.exists(&below(folder, &line.file)))?;
        there.push((line, lies));
    }
    let mut begun = Vec::new();
    for (file, hashes) in noted(&bytes(disk, &below(folder, BEGUN))?.unwrap_or_default()) {
        let lies = at(disk, &file, disk.hash(&below(folder, &file)))?;
        let entered = register.iter().chain(journal.iter().flatten());
        let known: BTreeSet<Hash> = entered.filter(|line| line.file == file).map(|line| line.hash).collect();
        begun.extend(lies.filter(|hash| hashes.contains(hash) && !known.contains(hash)).map(|hash| (file, hash)));
    }
    let problems = at(disk, PROBLEMS, disk.hash(&below(folder, PROBLEMS)))?;
    let mut own = own(disk, folder, found)?;
    if journal.is_some() {
        // It is from an earlier run; the resumed one writes it again.
        own.splice(0..0, problems.map(|hash| (below(folder, PROBLEMS), hash)));
    }
    let place = place_of(folder, summary.as_ref());
    Ok(OldRun {
        at: folder.to_owned(),
        place,
        summary,
        register,
        agree,
        journal,
        begun,
        withdrawn: there,
        problems,
        own,
    })
}

/// The folder in which the letters of a run were made.
fn place_of(folder: &str, summary: Option<&Summary>) -> String {
    let Some(summary) = summary else { return folder.to_owned() };
    let kind = if summary.artefact == "invitation" { "invitations" } else { &summary.artefact };
    let is_aside = folder.strip_prefix(kind).and_then(|rest| rest.strip_prefix("-version-"));
    if is_aside.is_some_and(|version| version.parse::<u32>().is_ok()) { kind.to_owned() } else { folder.to_owned() }
}

/// The lines of a register or journal, and whether all could be read. A last line that was cut short is left out.
fn lines(csv: &[u8]) -> (Vec<Line>, bool) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv);
    let read: Vec<Option<Line>> = reader.records().map(|row| row.ok().and_then(|row| line(&row))).collect();
    let all = read.iter().all(Option::is_some);
    (read.into_iter().flatten().collect(), all)
}

fn line(cells: &csv::StringRecord) -> Option<Line> {
    let cell = |i: usize| cells.get(i).map(str::to_owned);
    // A spreadsheet's guard against formulas is not part of the reference.
    let person = cell(2)?;
    let person = person.strip_prefix('\'').filter(|p| harmless(p) != *p).map_or(person.clone(), str::to_owned);
    Some(Line {
        number: cells.get(0)?.parse().ok()?,
        reference: cell(1)?,
        person,
        file: cell(3)?,
        audience: cell(4)?,
        pages: cells.get(5)?.parse().ok()?,
        inputs: cells.get(6)?.parse().ok()?,
        hash: cells.get(7)?.parse().ok()?,
    })
}

/// The files that killed runs were about to write, with their hashes.
fn noted(text: &[u8]) -> BTreeMap<String, Vec<Hash>> {
    let mut all: BTreeMap<String, Vec<Hash>> = BTreeMap::new();
    for line in String::from_utf8_lossy(text).lines() {
        if let Some((hash, file)) = line.split_once(' ')
            && let Ok(hash) = hash.parse()
        {
            all.entry(file.to_owned()).or_default().push(hash);
        }
    }
    all
}

/// The program's own files in the folder of a run. As long as the last one is there, the folder is recognised.
fn own(disk: &dyn Disk, folder: &str, found: &[Found]) -> Result<Vec<(String, Hash)>, Report> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let names = || found.iter().filter(|f| f.kind == FoundKind::File).filter_map(|f| f.at.strip_prefix(&prefix));
    let has_proofs = names().any(|name| name == PROOFS);
    let is_own = |name: &&str| {
        let last = [TABLE, WITHDRAWN].contains(name) || has_proofs && SHOWN.contains(name);
        last || is_hidden(name) && !(folder.is_empty() && *name == LOCK) && *name != JOURNAL
    };
    let (mut own, last) = (names().filter(is_own).collect::<Vec<_>>(), [REGISTER, JOURNAL]);
    own.extend(last.into_iter().filter(|name| names().any(|other| other == *name)));
    hashed(disk, own.into_iter().map(|name| format!("{prefix}{name}")))
}

/// Whether a file is, by its name, one of the program's own.
fn is_hidden(file: &str) -> bool {
    !file.starts_with(STAGE) && file.rsplit('/').next().unwrap_or(file).starts_with(HIDDEN)
}

/// Own files of the conference's papers, and of lists with proofs but no letters.
fn others(disk: &dyn Disk, old: &OldFolder, found: &[Found]) -> Result<Vec<(String, Hash)>, Report> {
    let runs = old.runs.iter().map(|run| run.at.as_str()).chain(old.shares.iter().map(String::as_str));
    let runs: BTreeSet<&str> = runs.collect();
    let all = found.iter().filter(|f| f.kind == FoundKind::File).map(|f| f.at.as_str());
    // A folder with a record is that of a share, which handles its own.
    let with_record: BTreeSet<&str> = found.iter().filter_map(|f| f.at.strip_suffix(&format!("/{LOG}"))).collect();
    let others = all.filter(|file| {
        let folder = file.split('/').next().unwrap_or_default();
        !runs.contains("") && !runs.contains(folder) && !with_record.contains(folder)
    });
    let is_proof = |file: &str| {
        file.split_once('/')
            .is_some_and(|(folder, name)| SHOWN.contains(&name) && found.iter().any(|f| f.at == below(folder, PROOFS)))
    };
    let is_register = |file: &str| old.papers.is_some() && [TABLE, REGISTER].contains(&file);
    let own = others.filter(|file| is_register(file) || is_proof(file) || is_hidden(file) && *file != LOCK);
    hashed(disk, own.map(str::to_owned))
}

fn hashed(disk: &dyn Disk, files: impl Iterator<Item = String>) -> Result<Vec<(String, Hash)>, Report> {
    let mut all = Vec::new();
    for file in files {
        let hash = at(disk, &file, disk.hash(&file))?;
        all.extend(hash.map(|hash| (file, hash)));
    }
    Ok(all)
}

/// Whether the program put files of its own in this place.
pub fn is_own_place(file: &str) -> bool {
    let name = file.split_once('/').map_or(file, |(_, name)| name);
    if name == PROBLEMS {
        return true;
    }
    let is_proof = SHOWN.contains(&name) || SHOWN.contains(&file);
    is_hidden(file) || is_proof || [TABLE, REGISTER, WITHDRAWN].iter().any(|own| name == *own || file == *own)
}
