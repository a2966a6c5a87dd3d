//! Papers of a record by name: a file, or all of a kind.

use std::collections::BTreeSet;
use std::path::Path;

use super::state::{Paper, State, is_of_run};
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::jobs::KIND_OF_FILES;

/// The argument that has the name.
const PAPER: &str = "--paper";

/// The papers that a name stands for.
pub enum Picked<'s> {
    /// One file.
    File(&'s Paper),
    /// Every paper of a kind, whatever its status.
    Kind(Vec<&'s Paper>),
}

impl<'s> Picked<'s> {
    /// Finds papers: by the place of a file, as the register or the disk has it, or by their kind.
    ///
    /// # Errors
    /// If the record has neither.
    pub fn of(state: &'s State, folder: &Path, name: &str) -> Result<Self, Report> {
        let below = Path::new(name).strip_prefix(folder).ok();
        let below = below.map(|path| path.to_string_lossy().replace('\\', "/"));
        let file = state.papers.get(name).or_else(|| state.papers.get(below.as_deref()?));
        if let Some(paper) = file {
            return Ok(Self::File(paper));
        }
        let ours = || state.papers.values().filter(|paper| !is_of_run(&paper.made));
        let all: Vec<&Paper> = ours().filter(|paper| paper.made.paper == name).collect();
        if !all.is_empty() {
            return Ok(Self::Kind(all));
        }
        let message = format!("the record has no paper `{name}`");
        let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, message).place(Place::file(PAPER));
        if let Some(hint) = by_files(ours(), name) {
            return Err(error.hint(hint).into());
        }
        let mut kinds: Vec<&str> = ours().map(|paper| paper.made.paper.as_str()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let error = error.suggest(name, kinds.iter().copied().chain(ours().map(|paper| paper.made.file.as_str())));
        if error.hint.is_some() {
            return Err(error.into());
        }
        let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let runs: Vec<&str> = state.runs.keys().map(String::as_str).filter(|run| !run.is_empty()).collect();
        let of_run = state.runs.values().any(|run| run.run.paper == name);
        if !runs.is_empty() && (of_run || kinds.is_empty()) {
            let hint = "there are letters in {}: a second person checks their proofs, and `convenor sent` takes that name with `--letters`";
            return Err(error.hint(Hint::naming(hint, [quoted(&runs)])).into());
        }
        if kinds.is_empty() {
            return Err(error.hint("`convenor build` makes papers").into());
        }
        let kinds = quoted(&kinds);
        Err(error.hint(Hint::naming("name a file as the register has it, or one of {}", [kinds])).into())
    }

    /// The papers.
    pub fn all(self) -> Vec<&'s Paper> {
        match self {
            Picked::File(paper) => vec![paper],
            Picked::Kind(papers) => papers,
        }
    }
}

/// The kind of paper whose files begin with a name, for whoever calls it as its files are called.
pub fn by_files<'s>(mut papers: impl Iterator<Item = &'s Paper>, name: &str) -> Option<Hint> {
    let begins = |file: &str| {
        file.rsplit('/').next().and_then(|file| file.strip_prefix(name)).is_some_and(|rest| rest.starts_with('-'))
    };
    let paper = papers.find(|paper| begins(&paper.made.file))?;
    Some(Hint::naming(KIND_OF_FILES, [name, &paper.made.paper]))
}

/// Of a paper in several formats, only the PDF, since that is sent.
pub fn one_of_each(papers: Vec<&Paper>) -> Vec<&Paper> {
    let stem = |paper: &Paper| paper.made.file.rsplit_once('.').map_or("", |(stem, _)| stem).to_owned();
    let is_pdf = |paper: &Paper| Path::new(&paper.made.file).extension().is_some_and(|kind| kind == "pdf");
    // A run of letters has thousands of each.
    let pdfs: BTreeSet<String> = papers.iter().filter(|paper| is_pdf(paper)).map(|paper| stem(paper)).collect();
    papers.into_iter().filter(|paper| is_pdf(paper) || !pdfs.contains(&stem(paper))).collect()
}
