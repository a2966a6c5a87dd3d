//! Whether the folder of a run is sound: every file as the register says, none missing, none that it does not know.
//!
//! The gate read every letter when it was made; a letter whose hash is still the register's is the one that it read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;

use super::Product;
use super::release::{Sets, Word, version_of};
use crate::deliver::batch::{Line, WITHDRAWN, below, bytes, is_unfinished, lines, with_registers};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::hash;

/// `register.json`, as far as it is read again.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Summary {
    /// The reference of the conference.
    pub conference: String,
    /// The version of its papers.
    pub version: u32,
    /// The kind of paper.
    pub artefact: String,
    /// The fingerprint of what all letters share.
    pub inputs: String,
    /// What was made, this time and before.
    #[serde(default)]
    pub make: BTreeSet<Product>,
    /// The fingerprint of what decides who gets what.
    #[serde(default)]
    pub choices: String,
    /// The fingerprint of the list's name.
    #[serde(default)]
    pub list_name: String,
    /// The fingerprint of the list.
    pub list: String,
    /// Who prepared the papers.
    pub maker: String,
    /// Who has checked them.
    pub checker: Option<String>,
    /// The day on which they did.
    pub checked: Option<NaiveDate>,
    /// Whether the run that was released has ended. From its first letter on the folder says who released it.
    #[serde(default = "yes")]
    pub ended: bool,
    /// Whether a run had been released before the one that has not ended.
    #[serde(default)]
    pub again: bool,
    /// Letters in one file for the printer.
    #[serde(default)]
    pub print_part: usize,
    /// On whose word letters were released, in order.
    #[serde(default)]
    words: Vec<Word>,
    /// Which released letters went into which file of many.
    #[serde(default)]
    pub held: Sets,
    /// Released files of many letters that hold somebody who is no longer due, or go with one that does.
    #[serde(default)]
    pub outdated: BTreeSet<String>,
    /// Which share of the list.
    pub part: u32,
    /// Of how many.
    pub of: u32,
    /// People in the list.
    pub people: u32,
    /// People who are due a file of their own: a letter, or a message where only messages are made.
    #[serde(default)]
    pub due: u32,
    /// Numbers of the people whose letter could not be made.
    pub failed: Vec<u32>,
    /// The hash of `register.csv`.
    pub register: String,
}

impl Summary {
    /// Who has checked them and when, in order.
    pub fn checked_by(&self) -> Vec<(String, NaiveDate)> {
        self.words().into_iter().map(|word| (word.checker, word.checked)).collect()
    }

    /// On whose word letters were released, in order. Earlier programs noted the last one only.
    pub fn words(&self) -> Vec<Word> {
        let last = || self.checker.clone().zip(self.checked).map(|(checker, checked)| Word { checker, checked });
        if self.words.is_empty() { last().into_iter().collect() } else { self.words.clone() }
    }
}

fn yes() -> bool {
    true
}

/// What the folder of a run holds, and what is wrong with it.
#[derive(Debug)]
pub struct Sound {
    /// The folder.
    pub folder: PathBuf,
    /// Files by audience.
    pub counts: BTreeMap<String, usize>,
    /// Who has checked them and when, if they are released: first of all, then of those that were added.
    pub checked: Vec<(String, NaiveDate)>,
    /// What is wrong.
    pub report: Report,
}

fn at(path: &Path) -> Place {
    Place::file(path.display().to_string())
}

/// The summary of a run; nothing if the folder has none of ours.
pub(super) fn summary(folder: &Path) -> Result<Option<Summary>, Report> {
    let Some(json) = bytes(&folder.join("register.json"))? else { return Ok(None) };
    let unread = || {
        let error = Diagnostic::error(codes::NOT_AS_MADE, "`register.json` cannot be read").place(at(folder));
        Report::of(error.hint("put it back from a copy; without it nobody can say what was released"))
    };
    let value: serde_json::Value = serde_json::from_slice(&json).map_err(|_| unread())?;
    // The register of a conference's papers is another.
    if value.get("part").is_none() {
        return Ok(None);
    }
    serde_json::from_value(value).map(Some).map_err(|_| unread())
}

/// Whether a folder holds letters to a list.
///
/// # Errors
/// If its register cannot be read.
pub fn is_run(folder: &Path) -> Result<bool, Report> {
    Ok(summary(folder)?.is_some() || is_unfinished(folder))
}

/// Summary and lines of a run; nothing if it has not ended.
pub(super) fn register(folder: &Path) -> Result<Option<(Summary, Vec<Line>)>, Report> {
    if is_unfinished(folder) {
        return Ok(None);
    }
    let Some(summary) = summary(folder)? else { return Ok(None) };
    let csv = bytes(&folder.join("register.csv"))?.unwrap_or_default();
    if hash(&csv) != summary.register || summary.part == 0 || summary.part > summary.of {
        let error = Diagnostic::error(codes::NOT_AS_MADE, "`register.csv` and `register.json` do not belong together");
        let hint = match summary.checker {
            Some(_) => "put them back from a copy: without them nobody can say what was released",
            None => "run `convenor invite` again: it makes only what is missing",
        };
        return Err(error.place(at(folder)).hint(hint).into());
    }
    Ok(Some((summary, lines(&folder.join("register.csv"))?)))
}

/// Every run of letters in a folder, or the folder itself if it is one; and whether there are other papers in it.
///
/// # Errors
/// If a register cannot be read, or was edited. What is wrong with the files is in the answer.
pub fn verify(folder: &Path) -> Result<(Vec<Sound>, bool), Report> {
    let (itself, below) = with_registers(folder)?;
    let mut all = std::iter::once(folder).chain(below.iter().map(PathBuf::as_path));
    // A release that was stopped and then put aside does not go on any more.
    if let Some(folder) = all.find(|f| is_unfinished(f) && (*f == folder || version_of(f).is_none())) {
        let error =
            Diagnostic::error(codes::STOPPED, "a run of letters in this folder has not ended").place(at(folder));
        return Err(error.hint("run the same `convenor invite` again: it goes on where it was").into());
    }
    if let Some(sound) = if itself { one(folder)? } else { None } {
        return Ok((vec![sound], false));
    }
    let mut runs = Vec::new();
    for folder in &below {
        runs.extend(one(folder)?);
        if is_unfinished(folder) {
            let warning = Diagnostic::warning(codes::STOPPED, "this release was stopped, and a later version followed");
            let hint = "ask which of its letters were sent; the others are no longer due";
            runs.push(Sound {
                folder: folder.clone(),
                counts: BTreeMap::new(),
                checked: summary(folder)?.map(|summary| summary.checked_by()).unwrap_or_default(),
                report: warning.place(at(folder)).hint(hint).into(),
            });
        }
    }
    let papers = itself || runs.is_empty();
    Ok((runs, papers))
}

/// Compares the folder of a run with its register; nothing if it is none.
fn one(folder: &Path) -> Result<Option<Sound>, Report> {
    let Some((summary, lines)) = register(folder)? else { return Ok(None) };
    let mut sound = Sound {
        folder: folder.to_owned(),
        counts: BTreeMap::new(),
        checked: summary.checked_by(),
        report: Report::default(),
    };
    let mut known: BTreeSet<String> = BTreeSet::new();
    for line in lines {
        let path = folder.join(&line.file);
        match bytes(&path)? {
            None => sound.report.push(
                Diagnostic::error(codes::MISSING_PAPER, "the register has this file, and the folder has not")
                    .place(at(&path))
                    .hint("run `convenor invite` again: it makes only what is missing"),
            ),
            Some(data) if hash(&data) != line.hash => sound.report.push(
                Diagnostic::error(codes::NOT_AS_MADE, "this file is not as it was made")
                    .place(at(&path))
                    .hint("take it away, and run `convenor invite` again"),
            ),
            Some(_) => *sound.counts.entry(line.audience).or_default() += 1,
        }
        known.insert(line.file);
    }
    for file in summary.outdated.iter().filter(|file| known.contains(*file)) {
        sound.report.push(
            Diagnostic::error(codes::NO_LONGER_DUE, "this file was released before somebody in it was taken off the list")
                .place(at(&folder.join(file)))
                .hint("if it was not sent, take it away with the letters or labels of its number, and run `convenor invite` again: it is then made without them"),
        );
    }
    let withdrawn: BTreeSet<String> =
        crate::deliver::batch::lines(&folder.join(WITHDRAWN))?.into_iter().map(|line| line.file).collect();
    for file in below(folder)?.into_iter().filter(|file| !known.contains(file) && !is_ours(file)) {
        let error = if withdrawn.contains(&file) {
            Diagnostic::error(codes::NO_LONGER_DUE, "this file was released to somebody who was taken off the list")
        } else {
            Diagnostic::error(codes::NOT_IN_REGISTER, "this file is not in the register")
        };
        let error = error.place(at(&folder.join(file)));
        sound.report.push(error.hint("take it out of this folder, so that nobody sends it"));
    }
    if !summary.failed.is_empty() {
        let message = format!("{} could not be made", crate::diag::count(summary.failed.len(), "letter"));
        sound.report.push(
            Diagnostic::warning(codes::MISSING_PAPER, message)
                .place(at(&folder.join("register.json")))
                .hint("mend their rows, and run `convenor invite` again"),
        );
    }
    sound.report.sort();
    Ok(Some(sound))
}

/// What a run writes besides its papers.
fn is_ours(file: &str) -> bool {
    matches!(file, "register.csv" | "register.json" | "problems.csv" | WITHDRAWN) || file.starts_with("proof/")
}

impl Sound {
    /// The verdict in a few lines.
    pub fn lines(&self) -> Vec<String> {
        let files = crate::diag::count(self.counts.values().sum(), "file");
        let state = if self.checked.is_empty() { "drafts" } else { "released" };
        let mut lines = vec![format!("{}: {files} to people of a list, {state}", self.folder.display())];
        lines.extend(self.counts.iter().map(|(audience, number)| format!("{number:>5}  {audience}, {state}")));
        lines.extend(self.checked.iter().map(|(who, day)| format!("Checked by {who}, {}", day.format("%-d %B %Y"))));
        lines.push(match self.report.counts() {
            (0, 0) => "Sound: every file is as it was when it was made and read back.".to_owned(),
            (0, warnings) => format!("Sound, with {}.", crate::diag::count(warnings, "warning")),
            (errors, _) => {
                format!("Not sound: {}. Send nothing from this folder.", crate::diag::count(errors, "problem"))
            }
        });
        lines
    }
}
