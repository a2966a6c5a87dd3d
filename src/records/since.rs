//! What has changed about released papers since their release, although their words have not: names and approvals.

use std::collections::{BTreeMap, BTreeSet};

use super::event::Made;
use super::remade::{Drafts, made, remade};
use super::state::{PaperStatus, State, is_of_run};
use crate::check::Checked;
use crate::diag::Report;
use crate::jobs::File;
use crate::view::Stage;

/// Released papers that are due under another name, since their reader or its organisation has a new one, by the new
/// name.
pub fn renamed(state: &State, files: &[File]) -> BTreeMap<String, String> {
    let ending = |file: &str| file.rsplit('.').next().unwrap_or_default().to_owned();
    let key = |made: &Made| (made.reference.clone(), made.paper.clone(), made.audience.clone(), ending(&made.file));
    let due: BTreeSet<&str> = files.iter().map(File::path).collect();
    let left = state.papers.values().filter(|paper| {
        let made = &paper.made;
        paper.status == PaperStatus::Released && !is_of_run(made) && !due.contains(made.file.as_str())
    });
    let mut left: BTreeMap<_, _> = left.map(|paper| (key(&paper.made), paper.made.file.clone())).collect();
    let new = files.iter().filter(|file| !state.papers.contains_key(file.path()));
    let pairs = new.filter_map(|file| {
        let old = left.remove(&key(&made(file, None)))?;
        Some((file.path().to_owned(), old))
    });
    pairs.collect()
}

/// Released papers that kept the mark of a draft, and would be released without it now: the chair has approved their
/// words since.
///
/// # Errors
/// Faults of the templates.
pub fn approved_since(checked: &Checked, state: &State, files: &[File]) -> Result<BTreeSet<String>, Report> {
    let papers = files.iter().filter_map(|file| state.papers.get(file.path()));
    let marked = papers.filter(|paper| {
        let made = &paper.made;
        paper.status == PaperStatus::Released && made.draft == Some(made.hash) && checked.is_approved(&made.paper)
    });
    let marked: Drafts = marked.map(|paper| (paper.made.file.clone(), paper.clone())).collect();
    if marked.is_empty() {
        return Ok(BTreeSet::new());
    }
    let now = remade(checked, &marked, Stage::Released)?;
    let differ = now.iter().filter(|file| file.sealed().hash() != marked[file.path()].made.hash);
    Ok(differ.map(|file| file.path().to_owned()).collect())
}
