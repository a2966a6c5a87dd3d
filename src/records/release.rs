//! A second person has checked the papers: they are drafts no longer.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Release, Released, SignOff, conference, ensure_second_person, verify};
use crate::check::Checked;
use crate::deliver::{Edited, Entry, File, Register, Status, deliver, shelf};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::jobs;
use crate::view::Stage;

/// Releases the drafts of a folder.
///
/// Every draft is made again from the data and must come out as it lies there, byte by byte: so what is released is what was
/// checked. Then it is made once more without its mark, and the register says who checked it, when, and which draft.
///
/// # Errors
/// If the folder is not sound, if data or templates have changed since, if a paper is no longer due, or if the checker is the
/// maker. Nothing is released then.
pub fn release(folder: &Path, data: Option<&Path>, release: &Release) -> Result<Released, Report> {
    let register = shelf(folder)?.register;
    let mut checked = conference(folder, data)?;
    checked.run_own_themes(release.own_themes.clone());
    let warnings = second_person(&checked, &register, release)?;
    let verdict = verify(folder, data)?;
    if verdict.report.has_errors() {
        return Err(verdict.report);
    }
    let drafts = drafts(&register, release, folder)?;
    if drafts.is_empty() {
        return Ok(Released { folder: folder.to_owned(), released: 0, unapproved: 0, warnings });
    }
    let paths: Vec<&str> = drafts.keys().copied().collect();
    let again = jobs::remake(&checked, &paths, Stage::Unchecked)?;
    unchanged(&drafts, &again, folder)?;
    let mut files = jobs::remake(&checked, &paths, Stage::Released)?;
    let unapproved =
        files.iter().filter(|f| drafts.get(f.path.as_str()).is_some_and(|d| d.hash == f.entry.hash)).count();
    for file in &mut files {
        let draft = drafts.get(file.path.as_str()).map(|d| d.hash.clone());
        file.entry = Entry {
            status: Status::Released,
            checker: Some(release.checker.trim().to_owned()),
            checked: Some(release.on.to_string()),
            draft,
            ..file.entry.clone()
        };
    }
    let out = folder.parent().unwrap_or(Path::new(""));
    deliver(&files, &checked.conference.reference, out, Edited::Refuse)?;
    Ok(Released { folder: folder.to_owned(), released: files.len(), unapproved, warnings })
}

fn second_person(checked: &Checked, register: &Register, release: &Release) -> Result<Report, Report> {
    let makers = register.entries.values().filter(|e| !e.maker.is_empty()).map(|e| e.maker.as_str());
    let last = register.entries.values().filter_map(|e| e.checked.as_ref()?.parse().ok()).max();
    let sign_off = SignOff { checker: release.checker.clone(), on: release.on };
    ensure_second_person(checked, &sign_off, makers, release.today, last)
}

fn drafts<'r>(
    register: &'r Register,
    release: &Release,
    folder: &Path,
) -> Result<BTreeMap<&'r str, &'r Entry>, Report> {
    let mut report = Report::default();
    for name in &release.only {
        let kinds = register.entries.values().map(|e| e.artefact.as_str());
        if !kinds.clone().any(|k| k == name) {
            let error =
                Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("there is no paper called `{name}` in this folder"));
            report.push(error.place(Place::file(folder.display().to_string())).suggest(name, kinds));
        }
    }
    if report.has_errors() {
        return Err(report);
    }
    let wanted = |e: &&Entry| release.only.is_empty() || release.only.contains(&e.artefact);
    let drafts = register.entries.values().filter(|e| e.status == Status::Draft).filter(wanted);
    Ok(drafts.map(|e| (e.file.as_str(), e)).collect())
}

/// What was checked is what the data gives.
fn unchanged(drafts: &BTreeMap<&str, &Entry>, again: &[File], folder: &Path) -> Result<(), Report> {
    let made: BTreeMap<&str, &File> = again.iter().map(|f| (f.path.as_str(), f)).collect();
    let mut report = Report::default();
    for (path, draft) in drafts {
        let place = Place::file(folder.join(path).display().to_string());
        match made.get(path) {
            None => report.push(
                Diagnostic::error(codes::NOT_AS_MADE, "this paper is no longer due")
                    .place(place)
                    .hint("take it away, and build again"),
            ),
            Some(file) if file.entry.hash != draft.hash => report.push(
                Diagnostic::error(codes::NOT_AS_MADE, "this draft is not what the data and the templates give now")
                    .place(place)
                    .hint("build again, and have the new draft checked"),
            ),
            Some(_) => {}
        }
    }
    if report.has_errors() { Err(report) } else { Ok(()) }
}
