//! Released files that are missing: the command that notes them as lost, and those that are known to be.
//!
//! In: the state of a record, and a folder. Out: errors, warnings and hints for every verb that misses a file.
//!
//! Deliberately absent: noting a loss (see `lost`).

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;

use super::event::Lost;
use super::log::LOG;
use super::run::PROOFS;
use super::state::{Paper, PaperStatus, State, is_of_run};
use crate::diag::{Diagnostic, Hint, Place, codes, count};
use crate::input;

/// The most files that are named one by one.
pub const NAMED: usize = 5;

/// A hint with the command that notes a file or folder as lost, after all that may bring it back.
pub fn or_lost(first: impl Into<Hint>, folder: &Path, place: &str) -> Hint {
    let all = [word(&folder.display().to_string()), word(place)];
    let hint = first
        .into()
        .and(Hint::naming("; if nothing brings it back, note that: `convenor lost {} {} --because \"…\"`", all));
    match input::conference_above(folder) {
        Some(_) => hint,
        None => hint.and(" with `--data` and the conference file"),
    }
}

/// A word as a shell reads it.
pub fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:,@".contains(c);
    if text.chars().all(is_plain) { text.to_owned() } else { format!("\"{text}\"") }
}

/// A diagnostic that names the first of many files.
pub fn naming_some<'f>(diagnostic: Diagnostic, files: impl ExactSizeIterator<Item = &'f str>) -> Diagnostic {
    let more = files.len().saturating_sub(NAMED);
    let diagnostic = files.take(NAMED).fold(diagnostic, Diagnostic::note);
    if more > 0 { diagnostic.note(format!("and {more} more")) } else { diagnostic }
}

/// A note of a loss, in words: “lost, as was noted on …”.
pub fn as_noted(Lost { on, because, by, .. }: &Lost) -> String {
    let by = by.as_ref().map(|by| format!(", by {by}")).unwrap_or_default();
    format!("lost, as was noted on {}{by}: {because}", on.format("%-d %B %Y"))
}

/// Warnings about files that are missing and were noted as lost, one for each note.
pub fn known_losses(folder: &Path, missing: &[&Paper]) -> Vec<Diagnostic> {
    let mut notes: BTreeMap<(NaiveDate, String), Vec<&str>> = BTreeMap::new();
    for paper in missing {
        if let Some(loss) = paper.loss.as_deref() {
            notes.entry((loss.on, as_noted(loss))).or_default().push(&paper.made.file);
        }
    }
    let warning = |((_, noted), files): ((NaiveDate, String), Vec<&str>)| {
        let (files_are, at) = match files[..] {
            [one] => ("this released file".to_owned(), one),
            _ => (count(files.len(), "released file"), LOG),
        };
        let are = if files.len() == 1 { "is" } else { "are" };
        let message = format!("{files_are} {are} {noted}");
        let place = Place::file(folder.join(at).display().to_string());
        let warning = Diagnostic::warning(codes::MISSING_PAPER, message).place(place);
        let warning = if files.len() > 1 { naming_some(warning, files.into_iter()) } else { warning };
        warning.hint("if a copy turns up, put it back in its place: the record knows it by its hash")
    };
    notes.into_iter().map(warning).collect()
}

/// The papers of a record that are missing from its folder.
pub struct Missing<'s> {
    /// The state of the record.
    pub state: &'s State,
    /// The folder.
    pub folder: &'s Path,
}

impl Missing<'_> {
    /// An error for each paper that is missing. Many files that were kept in one folder are one error.
    pub fn errors(&self, papers: &[&Paper]) -> Vec<Diagnostic> {
        let mut kept: BTreeMap<&str, Vec<&Paper>> = BTreeMap::new();
        let mut errors = Vec::new();
        for paper in papers {
            match self.state.kept_in(&paper.made.file).filter(|_| !self.is_share()) {
                Some(folder) => kept.entry(folder).or_default().push(paper),
                None => errors.push(self.alone(paper)),
            }
        }
        errors.extend(kept.iter().flat_map(|(folder, papers)| self.together(folder, papers)));
        errors
    }

    fn at(&self, file: &str) -> Place {
        Place::file(self.folder.join(file).display().to_string())
    }

    /// Whether the record is that of a share, into which only `invite` writes.
    fn is_share(&self) -> bool {
        self.state.opened.as_ref().is_some_and(|opened| opened.share.is_some())
    }

    /// The kind of the letters with which a file was made: proofs are no kind of paper that anybody can ask for. `None` if no
    /// letter was made yet.
    fn letters_of<'p>(&'p self, paper: &'p Paper) -> Option<&'p str> {
        let runs = self.state.runs.values().map(|run| &run.run);
        let is_in = |folder: &str| paper.made.file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let theirs = runs.filter(|run| run.folder.is_empty() || is_in(&run.folder));
        let of_run = theirs.max_by_key(|run| run.folder.len()).map(|run| run.paper.as_str());
        of_run.or_else(|| Some(paper.made.paper.as_str()).filter(|kind| *kind != PROOFS))
    }

    fn together(&self, folder: &str, papers: &[&Paper]) -> Vec<Diagnostic> {
        let below = format!("{folder}/");
        let all = self.state.papers.keys().filter(|file| file.starts_with(&below)).count();
        let is_all = papers.len() == all;
        if papers.len() == 1 || !is_all && papers.len() <= NAMED {
            return papers.iter().map(|paper| self.alone(paper)).collect();
        }
        let message = if is_all {
            format!("all {all} files that were kept here are missing")
        } else {
            format!("{} of the {all} files that were kept here are missing", papers.len())
        };
        let error = Diagnostic::error(codes::MISSING_PAPER, message).place(self.at(folder));
        let files = papers.iter().map(|paper| paper.made.file.as_str());
        let error = if is_all { error } else { naming_some(error, files) };
        vec![error.hint(or_lost("restore them from a backup", self.folder, folder))]
    }

    fn alone(&self, paper: &Paper) -> Diagnostic {
        let file = &paper.made.file;
        let is_off = self.state.runs.values().any(|run| run.end.stale.contains(file));
        let is_kept = self.state.kept_in(file).is_some();
        let is_standing_draft = paper.status == PaperStatus::Draft && !is_kept;
        let (of_run, recorded) = (is_of_run(&paper.made), "this file is in the record but not in the folder");
        let released = "this paper was released, and is no longer in the folder";
        let (message, first) = match paper.status {
            _ if is_standing_draft && !of_run => {
                ("this paper is in the record but not in the folder", "build again with `--all`, or put it back")
            }
            _ if is_off && !is_standing_draft => (
                "this file was released to somebody who was taken off the list, and is no longer in the folder",
                "restore it from a backup",
            ),
            _ if of_run => (recorded, "restore it from a backup"),
            PaperStatus::Released => (
                released,
                "restore it from a backup, or build again with `--all`: it is put back if the data still gives it",
            ),
            _ => (released, "restore it from a backup"),
        };
        let is_made_again = is_standing_draft || self.is_share();
        let first = if of_run && !is_kept && (is_standing_draft || !is_off) {
            match self.letters_of(paper) {
                Some(letters) => Hint::naming(
                    "run `convenor invite --paper {}` again, with the options it had: it makes only what is missing",
                    [letters],
                ),
                None => "run `convenor invite` again, with the options it had: it makes only what is missing".into(),
            }
        } else {
            Hint::from(first)
        };
        let hint = if is_made_again { first } else { or_lost(first, self.folder, file) };
        Diagnostic::error(codes::MISSING_PAPER, message).place(self.at(file)).hint(hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_a_space_is_one_word_of_the_command_that_is_hinted() {
        let hint = or_lost("restore it", Path::new("out/My papers"), "superseded");
        assert!(hint.to_string().contains("`convenor lost \"out/My papers\" superseded --because \"…\"`"), "{hint}");
        assert!(!hint.without_values().is_some_and(|words| words.contains("superseded")));
    }
}
