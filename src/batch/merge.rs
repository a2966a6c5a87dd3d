//! Registers of shards joined to one, and proved to be all of them and to overlap nowhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::verify::{Summary, register};
use crate::deliver::batch::{Line, Lines, bytes, write_merged};
use crate::diag::{Diagnostic, Place, Report, codes};

/// What joining came to.
#[derive(Debug)]
pub struct Merged {
    /// Parts that were joined.
    pub parts: u32,
    /// People who have papers.
    pub people: usize,
    /// Files that the parts list.
    pub files: usize,
    /// Who has checked them and when, if they are released.
    pub checked: BTreeSet<(String, NaiveDate)>,
    /// Where the joined register is.
    pub file: PathBuf,
}

/// Joins the registers of shards. `folders` are those of the parts; the joined register goes to `out`.
///
/// # Errors
/// A register that is missing or was changed; parts of different runs, a part that is missing or there twice; a person in
/// two parts or in the wrong one; a letter that is missing. All of them are told at once. Another file under the name of the
/// joined register.
pub fn merge(folders: &[PathBuf], out: &Path) -> Result<Merged, Report> {
    let mut report = Report::default();
    let mut parts: BTreeMap<u32, (PathBuf, Summary, Vec<Line>)> = BTreeMap::new();
    for folder in folders {
        match part(folder) {
            Err(faults) => report.merge(faults),
            Ok((summary, lines)) => {
                if let Some((other, ..)) = parts.get(&summary.part) {
                    let message =
                        format!("this is part {} of {}, and so is `{}`", summary.part, summary.of, other.display());
                    report.push(disagree(folder, message));
                } else {
                    parts.insert(summary.part, (folder.clone(), summary, lines));
                }
            }
        }
    }
    let Some((_, model, _)) = parts.values().next() else {
        report.push(Diagnostic::error(codes::PARTS_DISAGREE, "no part was named that can be read"));
        return Err(report);
    };
    let model = model.clone();
    let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
    for (folder, summary, lines) in parts.values() {
        of_one_run(folder, summary, &model, &mut report);
        whole(folder, summary, lines, &mut seen, &mut report);
    }
    for missing in (1..=model.of).filter(|n| !parts.contains_key(n)) {
        let message = format!("part {missing} of {} is missing", model.of);
        report.push(Diagnostic::error(codes::PARTS_DISAGREE, message).hint("name the folder of every part"));
    }
    if report.has_errors() {
        return Err(report);
    }
    let mut all: Vec<Line> = parts
        .values()
        .flat_map(|(folder, _, lines)| {
            let below = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            lines.iter().map(move |line| Line { file: format!("{below}/{}", line.file), ..line.clone() })
        })
        .collect();
    all.sort_by(|a, b| (a.number, &a.file).cmp(&(b.number, &b.file)));
    // A word too few after `-o`, and the register would lie where the list was.
    if bytes(out)?.is_some_and(|there| !there.starts_with(Lines::default().csv())) {
        let error = Diagnostic::error(codes::CANNOT_WRITE, "a file of this name is there, and it is no register");
        let error = error.place(Place::file(out.display().to_string()));
        return Err(error.hint("choose another name with `-o`").into());
    }
    let mut joined = Lines::default();
    for line in &all {
        joined.push(line);
    }
    write_merged(out, joined.csv())?;
    let checked = parts.values().flat_map(|(_, summary, _)| summary.checked_by()).collect();
    Ok(Merged { parts: model.of, people: seen.len(), files: joined.count, checked, file: out.to_owned() })
}

fn disagree(folder: &Path, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(codes::PARTS_DISAGREE, message).place(Place::file(folder.display().to_string()))
}

fn part(folder: &Path) -> Result<(Summary, Vec<Line>), Report> {
    let unread =
        || disagree(folder, "there is no finished register in this folder").hint("let the run of this part end first");
    register(folder)?.ok_or_else(|| unread().into())
}

/// Parts belong together if they were made from the same data and the same list.
fn of_one_run(folder: &Path, summary: &Summary, model: &Summary, report: &mut Report) {
    if summary.checker.is_some() != model.checker.is_some() {
        let which = |s: &Summary| if s.checker.is_some() { "released" } else { "drafts" };
        let message = format!("the letters of this part are {}, those of the first {}", which(summary), which(model));
        report.push(disagree(folder, message).hint("release the letters of every part, or of none"));
        return;
    }
    let run = |s: &Summary| {
        (
            s.conference.clone(),
            s.version,
            s.artefact.clone(),
            s.inputs.clone(),
            s.list.clone(),
            s.of,
            s.choices.clone(),
            s.make.clone(),
        )
    };
    if run(summary) != run(model) {
        let error = disagree(folder, "this part was made from other data than the first");
        report.push(error.hint("make all parts with the same conference, council, list and program"));
    }
}

/// Everybody of a part is there once, belongs to it, and is in no other.
fn whole(folder: &Path, summary: &Summary, lines: &[Line], seen: &mut BTreeMap<u32, u32>, report: &mut Report) {
    let people: BTreeSet<u32> = lines.iter().map(|l| l.number).filter(|n| *n > 0).collect();
    let files: BTreeSet<&str> = lines.iter().map(|l| l.file.as_str()).collect();
    if files.len() != lines.len() {
        report.push(disagree(folder, "a file stands in this register twice"));
    }
    let shard = super::Shard { part: summary.part, of: summary.of };
    if let Some(stray) = people.iter().find(|n| !shard.holds(**n) || **n > summary.people) {
        report.push(disagree(folder, format!("person {stray} of the list does not belong to this part")));
    }
    for number in &people {
        if let Some(other) = seen.insert(*number, summary.part) {
            report.push(disagree(folder, format!("person {number} of the list is in part {other} as well")));
        }
    }
    let due = summary.due as usize;
    if due > 0 && people.len() + summary.failed.len() != due {
        let message = format!("{due} people are due papers in this part, and {} have them", people.len());
        report.push(disagree(folder, message));
    }
    if !summary.outdated.is_empty() {
        let files = crate::diag::count(summary.outdated.len(), "file");
        let message = format!("{files} of this part hold somebody who is no longer due");
        report.push(disagree(folder, message).hint("see what `convenor verify` says of its folder"));
    }
    if !summary.failed.is_empty() {
        let failed = crate::diag::count(summary.failed.len(), "letter");
        report
            .push(disagree(folder, format!("{failed} of this part could not be made")).hint("see its `problems.csv`"));
    }
}
