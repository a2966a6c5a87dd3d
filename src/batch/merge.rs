//! Joins the shares of a list: takes in their records, and proves that none is missing and none overlaps.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::diag::{Diagnostic, Place, Report, codes};
use crate::records::merge::{Share, joined, share};

/// The result of a merge.
#[derive(Debug)]
#[non_exhaustive]
pub struct Merged {
    /// Parts that were joined.
    pub parts: u32,
    /// People with papers.
    pub people: usize,
    /// Files that the parts list.
    pub files: usize,
    /// The checkers and the days of their checks, if the letters are released.
    pub checked: BTreeSet<(String, NaiveDate)>,
    /// The joined register.
    pub file: PathBuf,
    /// Whether the conference's record is beside the shares and now includes them.
    pub in_record: bool,
}

/// Joins shares. `folders` are those of the parts. The joined register goes to `out`; the record of the conference, in
/// the folder around the shares, takes theirs in.
///
/// # Errors
/// A record that is missing or has changed; parts of different runs; a part that is missing or given twice; a person in
/// two parts or in the wrong one; a missing letter. All of them are reported at once. Also a different file under the
/// name of the joined register.
pub fn merge(folders: &[PathBuf], out: &Path) -> Result<Merged, Report> {
    let mut report = Report::default();
    let mut parts: BTreeMap<u32, Share> = BTreeMap::new();
    for folder in folders {
        match share(folder) {
            Err(faults) => report.merge(faults),
            Ok(share) => {
                let (part, of) = (share.run.run.part, share.run.run.parts);
                if let Some(other) = parts.get(&part) {
                    let message = format!("this is part {part} of {of}, and so is `{}`", other.folder.display());
                    report.push(disagree(folder, message));
                } else {
                    parts.insert(part, share);
                }
            }
        }
    }
    let at_out = || Place::file(out.display().to_string());
    let Some(model) = parts.values().next().cloned() else {
        report.push(Diagnostic::error(codes::PARTS_DISAGREE, "none of these parts can be read").place(at_out()));
        return Err(report);
    };
    let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
    for share in parts.values() {
        check_same_run(share, &model, &mut report);
        check_people(share, &mut seen, &mut report);
    }
    for missing in (1..=model.run.run.parts).filter(|n| !parts.contains_key(n)) {
        let message = format!("part {missing} of {} is missing", model.run.run.parts);
        let error = Diagnostic::error(codes::PARTS_DISAGREE, message).place(at_out());
        report.push(error.hint("name the folder of every part"));
    }
    if report.has_errors() {
        return Err(report);
    }
    let shares: Vec<Share> = parts.into_values().collect();
    let in_record = joined(&shares, out)?;
    let signed = shares.iter().flat_map(|share| &share.run.sign_offs);
    Ok(Merged {
        parts: model.run.run.parts,
        people: seen.len(),
        files: shares.iter().map(|share| share.lines().count()).sum(),
        checked: signed.map(|signed| (signed.checker.clone(), signed.on)).collect(),
        file: out.to_owned(),
        in_record,
    })
}

fn disagree(folder: &Path, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(codes::PARTS_DISAGREE, message).place(Place::file(folder.display().to_string()))
}

/// Checks that two parts belong together, made from the same data and the same list.
fn check_same_run(share: &Share, model: &Share, report: &mut Report) {
    let is_released = |share: &Share| share.run.releases;
    if is_released(share) != is_released(model) {
        let which = |share| if is_released(share) { "released" } else { "drafts" };
        let message = format!("the letters of this part are {}, those of the first {}", which(share), which(model));
        report.push(disagree(&share.folder, message).hint("release the letters of every part, or of none"));
        return;
    }
    let run = |share: &Share| {
        let run = &share.run.run;
        (
            run.v,
            run.paper.clone(),
            run.inputs,
            run.list,
            run.parts,
            run.choices,
            run.make.clone(),
            share.conference.clone(),
        )
    };
    if run(share) != run(model) {
        let error = disagree(&share.folder, "this part and the first were made from different data");
        report.push(error.hint("make all parts with the same conference, council, list and program"));
    }
}

/// Checks that everybody in a part is there once, belongs to it, and is in no other.
fn check_people(share: &Share, seen: &mut BTreeMap<u32, u32>, report: &mut Report) {
    let (folder, run, end) = (&share.folder, &share.run.run, &share.run.end);
    let people: BTreeSet<u32> = share.lines().filter_map(|made| made.no).collect();
    let part = super::Shard { part: run.part, of: run.parts };
    if let Some(stray) = people.iter().find(|n| !part.holds(**n) || **n > run.people) {
        report.push(disagree(folder, format!("person {stray} of the list does not belong to this part")));
    }
    for number in &people {
        if let Some(other) = seen.insert(*number, run.part) {
            report.push(disagree(folder, format!("person {number} of the list is in part {other} as well")));
        }
    }
    let (due, failed) = (run.due as usize, end.failed.all(run.parts).count());
    if due > 0 && people.len() + failed != due {
        let message = format!("{due} people of this part should have papers, and {} have them", people.len());
        report.push(disagree(folder, message));
    }
    let is_there = |file: &&String| share.lines().any(|made| made.file == **file);
    let outdated = end.outdated.iter().filter(is_there).count();
    if outdated > 0 {
        let message =
            format!("this part has {} with a person who is no longer due", crate::diag::count(outdated, "file"));
        report.push(disagree(folder, message).hint("see what `convenor verify` says about its folder"));
    }
    if failed > 0 {
        let failed = crate::diag::count(failed, "letter");
        report
            .push(disagree(folder, format!("{failed} of this part could not be made")).hint("see its `problems.csv`"));
    }
}
