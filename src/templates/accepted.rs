//! The accepted wording of a council's papers, kept beside its templates.
//!
//! It is Markdown with a paragraph per line, so that a comparison shows sentences and not line breaks. Each file holds
//! the papers of one kind for one audience.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::compare::{DiffLine, DiffSide, lines};
use crate::deliver::{self, Authored, Over};
use crate::diag::Report;
use crate::layers::Layer;

/// The folder, below `templates/`. Its name starts with a full stop, so that its files are not taken as templates.
const FOLDER: &str = "templates/.accepted";

/// A change, and every paper that has the same change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The papers.
    pub papers: Vec<String>,
    /// The change.
    pub change: Change,
}

/// A change to a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These lines have changed.
    Lines(Vec<DiffLine>),
    /// The paper is new.
    New,
    /// The paper is no longer made.
    Gone,
}

pub fn keep(council: &Path, words: &BTreeMap<String, String>) -> Result<usize, Report> {
    let folder = council.join(FOLDER);
    let before = Layer::read("accepted", &folder)?;
    let gone: Vec<&str> = before.files().map(|(name, _)| name).filter(|name| !words.contains_key(*name)).collect();
    let ours = |(name, text): (&String, &String)| Authored::new(name, text.clone()).over(Over::Ours);
    let files: Vec<Authored> = words.iter().map(ours).collect();
    deliver::put_over(&files, &folder)?;
    deliver::take_away(&gone, &folder)?;
    Ok(files.len())
}

pub fn moved(council: &Path, words: &BTreeMap<String, String>) -> Result<Option<Vec<Moved>>, Report> {
    let before = Layer::read("accepted", &council.join(FOLDER))?;
    let names: BTreeSet<&str> = before.files().map(|(name, _)| name).collect();
    if names.is_empty() {
        return Ok(None);
    }
    let mut moved: Vec<Moved> = Vec::new();
    let mut add = |paper: &str, change: Change| match moved.iter_mut().find(|m| m.change == change) {
        Some(known) => known.papers.push(paper.to_owned()),
        None => moved.push(Moved { papers: vec![paper.to_owned()], change }),
    };
    for (name, now) in words {
        match before.text(name) {
            None => add(name, Change::New),
            Some(then) => hunks(lines(then, now)).into_iter().for_each(|hunk| add(name, Change::Lines(hunk))),
        }
    }
    names.iter().filter(|name| !words.contains_key(**name)).for_each(|name| add(name, Change::Gone));
    Ok(Some(moved))
}

/// The changes of a comparison, each on its own and without context, since the same change may have different context
/// in two letters.
fn hunks(lines: Vec<DiffLine>) -> Vec<Vec<DiffLine>> {
    let mut hunks: Vec<Vec<DiffLine>> = vec![Vec::new()];
    for line in lines {
        match line.side {
            DiffSide::Old | DiffSide::New => hunks.last_mut().expect("there is always one").push(line),
            DiffSide::Both if line.text().trim().is_empty() => {}
            DiffSide::Both | DiffSide::Gap => hunks.push(Vec::new()),
        }
    }
    hunks
        .into_iter()
        .map(|hunk| hunk.into_iter().filter(|l| !l.text().trim().is_empty()).collect::<Vec<_>>())
        .filter(|hunk| !hunk.is_empty())
        .collect()
}
