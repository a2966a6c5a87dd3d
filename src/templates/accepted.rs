//! The words of a council's papers as somebody read and accepted them, kept beside its templates.
//!
//! They are Markdown, a paragraph a line, so that a comparison shows sentences and not where lines broke. A file holds the
//! papers of one kind for one audience.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::compare::{Line, Side, lines};
use crate::deliver::{self, Authored, Over};
use crate::diag::Report;
use crate::layers::Layer;

/// The folder, below `templates/`. Its name begins with a full stop: what is in it is no template.
const FOLDER: &str = "templates/.accepted";

/// Some lines that moved, and every paper in which they moved alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The papers.
    pub papers: Vec<String>,
    /// What moved, or what was made anew or is made no longer.
    pub change: Change,
}

/// What moved in a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These lines.
    Lines(Vec<Line>),
    /// The paper is new.
    New,
    /// The paper is made no longer.
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

/// The changes of a comparison, each on its own and without what is around it: two letters differ in what is around.
fn hunks(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let mut hunks: Vec<Vec<Line>> = vec![Vec::new()];
    for line in lines {
        match line.side {
            Side::Old | Side::New => hunks.last_mut().expect("there is always one").push(line),
            Side::Both if line.text().trim().is_empty() => {}
            Side::Both | Side::Gap => hunks.push(Vec::new()),
        }
    }
    hunks
        .into_iter()
        .map(|hunk| hunk.into_iter().filter(|l| !l.text().trim().is_empty()).collect::<Vec<_>>())
        .filter(|hunk| !hunk.is_empty())
        .collect()
}
