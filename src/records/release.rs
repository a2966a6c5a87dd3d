//! Releases papers: a second person has checked them, and they are no longer drafts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::build::source;
use super::commit::Stop;
use super::event::{Begin, CheckedOff, Event, Made, SignedOff, Source, Verb};
use super::folder::{Papers, conference, hold};
use super::index::write_indexes;
use super::names::Names;
use super::picked::by_files;
use super::remade::{Drafts, made, remade};
use super::run::has_record;
use super::signoff::{Days, SignOff, as_known, ensure_second_person};
use super::state::{Paper, PaperStatus, State, is_of_run};
use super::{numbering, report};
use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Place, Report, codes, count};
use crate::jobs::{self, File, Outlook, Request};
use crate::layers::OwnThemes;
use crate::model::artefact::JOINED;
use crate::view::Stage;

/// A request to release papers that a second person has checked.
#[derive(Debug, Clone)]
pub struct Release {
    /// The checker and the day.
    pub sign_off: SignOff,
    /// Today, since nothing can have been checked later.
    pub today: NaiveDate,
    /// Only these kinds of paper; all if empty.
    pub only: Vec<String>,
    /// The policy for theme code of the council's own when the papers are made again.
    pub own_themes: OwnThemes,
}

/// The result of a release.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Released {
    /// The folder.
    pub folder: PathBuf,
    /// The number of papers released now.
    pub released: usize,
    /// The number of those that keep the mark on every page, since the chair has not approved them.
    pub unapproved: usize,
    /// The number of lines of the record now.
    pub lines: u32,
    /// The first digits of the hash in the last of them, for writing down elsewhere.
    pub head: String,
    /// Descriptions of what a stopped run left behind, and how it was settled.
    pub settled: Vec<String>,
    /// Problems that should be looked at, but do not stop the papers.
    pub warnings: Report,
}

/// Releases the drafts of a folder.
///
/// Every draft is made again from the data and must come out with the same bytes, so that the released papers are the
/// checked ones. Then it is made once more without its mark, and the record says who checked it, when, and which draft.
///
/// # Errors
/// If the folder is not sound, data or templates have changed since, a paper is no longer due, or the checker may not
/// check. Nothing is released then.
pub fn release(folder: &Path, data: Option<&Path>, release: &Release) -> Result<Released, Report> {
    let above = std::path::absolute(folder).ok().and_then(|folder| folder.parent().map(Path::to_path_buf));
    if above.is_some_and(|above| !has_record(folder) && has_record(&above)) {
        let error = Diagnostic::error(codes::NOT_PROVED, "these are letters to a list");
        let error = error.place(Place::file(folder.display().to_string()));
        let hint = "ask a colleague to check the proofs, and run `convenor invite` again with `--checked-by`";
        return Err(error.hint(hint).into());
    }
    let papers = Papers::at(folder)?;
    let mut checked = conference(folder, data)?;
    checked.run_own_themes(release.own_themes.clone());
    // A refused name must leave no line and settle nothing.
    let warnings = check_second_person(&checked, &papers.reading.state, release)?;
    drop(papers);
    let mut record = hold(folder, &checked)?;
    let (checked, numbered) = numbering::numbered(&checked, record.state())?;
    let (checked, undone) = numbering::with_standing_approvals(checked, record.state())?;
    let verdict = super::verify::of_held(&record, folder, &checked)?;
    if verdict.has_errors() {
        return Err(verdict);
    }
    let mut drafts = drafts(record.state(), release, folder)?;
    let again = remade(&checked, &drafts, Stage::Unchecked)?;
    let mut warnings = warnings;
    if release.only.is_empty() {
        warnings.diagnostics.extend(leave_what_is_over(&checked, &mut drafts, &again, folder)?);
    }
    warnings.diagnostics.extend(dated_ahead(&checked, &drafts, release.sign_off.on));
    let mut done = Released {
        folder: folder.to_owned(),
        released: drafts.len(),
        unapproved: 0,
        lines: record.log().lines,
        head: record.log().spoken_head(),
        settled: std::mem::take(&mut record.settled),
        warnings,
    };
    done.warnings.merge(undone);
    if drafts.is_empty() {
        // A change that was only finished now needs its registers, too.
        Papers::write_registers(&record, folder, &Names::of(&checked), &checked.fingerprint)?;
        write_indexes(&record, folder, &checked)?;
        return Ok(done);
    }
    ensure_unchanged(&drafts, &again, folder)?;
    let files = remade(&checked, &drafts, Stage::Released)?;
    let signed = SignedOff { checker: release.sign_off.checker.trim().to_owned(), on: release.sign_off.on };
    let mut lines = numbered;
    for file in &files {
        let draft = drafts.get(file.path()).expect("only drafts were made again");
        let hash = draft.made.hash;
        let is_checked = draft.checked.contains(&signed);
        let check = CheckedOff { file: file.path().to_owned(), hash, sign_off: signed.clone() };
        lines.extend(Some(Event::Checked(check)).filter(|_| !is_checked));
        let over = Some(hash).filter(|hash| *hash != file.sealed().hash());
        let approved = draft.made.approved.clone();
        let line = Made { draft: Some(hash), approved, ..made(file, over) };
        lines.push(Event::Released(Box::new(line)));
        done.unapproved += usize::from(over.is_none());
    }
    let sealed: Vec<_> = files.iter().map(|file| file.sealed().clone()).collect();
    let source = Source { ..source(&checked) };
    let fields = jobs::field_digests(&checked);
    let begin = Begin { source, sign_off: Some(signed), fields, ..Begin::of(Verb::Release) };
    record.commit(begin, lines, &sealed).map_err(|stop: Stop| report::stopped(folder, stop))?;
    Papers::write_registers(&record, folder, &Names::of(&checked), &checked.fingerprint)?;
    write_indexes(&record, folder, &checked)?;
    done.lines = record.log().lines;
    done.head = record.log().spoken_head();
    Ok(done)
}

/// Takes out drafts of what was due once and is not now, as a reminder of somebody who has answered, and says so. A release of all that
/// was made is not about them.
fn leave_what_is_over(
    checked: &Checked,
    drafts: &mut Drafts,
    again: &[File],
    folder: &Path,
) -> Result<Option<Diagnostic>, Report> {
    let due: BTreeSet<&str> = again.iter().map(File::path).collect();
    if drafts.keys().all(|file| due.contains(file.as_str())) {
        return Ok(None);
    }
    let outlook = Outlook::of(checked, &Request::default())?;
    let is_over = |file: &String| !due.contains(file.as_str()) && outlook.was_due(file);
    let over: Vec<String> = drafts.keys().filter(|file| is_over(file)).cloned().collect();
    let kinds: BTreeSet<String> = over.iter().filter_map(|file| Some(drafts.remove(file)?.made.paper)).collect();
    let Some(first) = over.first() else { return Ok(None) };
    let names: Vec<String> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
    let left = if over.len() == 1 { "is no longer due, and is left" } else { "are no longer due, and are left" };
    let message = format!("{} of {} {left} out", count(over.len(), "draft"), names.join(", "));
    let place = Place::file(folder.join(first).display().to_string());
    let warning = Diagnostic::warning(codes::NO_LONGER_DUE, message).place(place);
    Ok(Some(warning.hint("send it to nobody: `convenor build` removes what its readers have no more use for")))
}

/// The most days that papers are checked before the day that they bear, without a word about it.
const AHEAD: chrono::Days = chrono::Days::new(7);

/// A warning about papers that were checked long before the day that they bear: sent now, they are letters from the future.
fn dated_ahead(checked: &Checked, drafts: &Drafts, on: NaiveDate) -> Option<Diagnostic> {
    let soon = on.checked_add_days(AHEAD)?;
    let ahead = drafts.values().map(|draft| &draft.made).filter(|made| made.issued > soon);
    let last = ahead.clone().map(|made| made.issued).max()?;
    let kinds: BTreeSet<&str> = ahead.map(|made| made.paper.as_str()).collect();
    let names: Vec<String> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
    let first = kinds.first()?;
    let message = format!("{} will bear a day that is still to come, up to {last}", names.join(", "));
    let warning = Diagnostic::warning(codes::DATED_AHEAD, message).at(checked.issued_at(first));
    let hint =
        "send them on that day; or give them another, `papers: { {}: { issued: … } }`, and have the new drafts checked";
    Some(checked.places.locate(warning.hint(Hint::naming(hint, [(*first).to_owned()]))))
}

fn check_second_person(checked: &Checked, state: &State, release: &Release) -> Result<Report, Report> {
    let drafts = state.papers.values().filter(|paper| paper.status == PaperStatus::Draft);
    let makers: BTreeSet<&str> = drafts.flat_map(|paper| paper.source.makers()).chain([checked.maker()]).collect();
    let theirs = state.papers.values().filter(|paper| is_meant(paper, release));
    let days = Days { today: release.today, last: state.last_day, issued: theirs.map(|paper| paper.made.issued).max() };
    // A mistyped approval is told at its place, and not as a check that came long before the papers that follow it.
    let kinds = state.papers.values().filter(|paper| is_meant(paper, release));
    let kinds = kinds.map(|paper| paper.made.paper.as_str()).collect();
    jobs::ensure_approved_by(checked, &kinds, release.today)?;
    let warnings = ensure_second_person(checked, &release.sign_off, makers.into_iter(), days)?;
    let earlier = state.papers.values().filter_map(|paper| paper.sign_off.as_deref());
    let warnings = as_known(warnings, &release.sign_off, earlier.map(|signed| signed.checker.as_str()));
    let theirs = state.papers.values().filter(|paper| is_meant(paper, release));
    let kinds = theirs.flat_map(|paper| jobs::kinds_in(&paper.made.paper, &paper.made.template)).collect();
    jobs::ensure_filled_in(checked, &kinds)?;
    jobs::ensure_law_confirmed(checked, &kinds, release.today)?;
    Ok(warnings)
}

fn drafts(state: &State, release: &Release, folder: &Path) -> Result<Drafts, Report> {
    let mut report = Report::default();
    let ours = || state.papers.values().filter(|paper| !is_of_run(&paper.made));
    for name in &release.only {
        let kinds = ours().map(|paper| paper.made.paper.as_str());
        if !kinds.clone().any(|kind| kind == name) {
            let error =
                Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("there is no paper called `{name}` in this folder"));
            let error = error.place(Place::file(folder.display().to_string()));
            report.push(match by_files(ours(), name) {
                Some(hint) => error.hint(hint),
                None => error.suggest(name, kinds),
            });
        }
    }
    if report.has_errors() {
        return Err(report);
    }
    let drafts = ours().filter(|paper| is_meant(paper, release));
    Ok(drafts.map(|paper| (paper.made.file.clone(), paper.clone())).collect())
}

/// Whether a paper is a draft that a release is about.
fn is_meant(paper: &Paper, release: &Release) -> bool {
    let is_wanted = release.only.is_empty() || release.only.contains(&paper.made.paper);
    paper.status == PaperStatus::Draft && !is_of_run(&paper.made) && is_wanted
}

/// Checks that the checked drafts are those that the data gives.
fn ensure_unchanged(drafts: &Drafts, again: &[File], folder: &Path) -> Result<(), Report> {
    let made: BTreeMap<&str, &File> = again.iter().map(|f| (f.path(), f)).collect();
    let mut report = Report::default();
    for (path, draft) in drafts {
        let place = Place::file(folder.join(path).display().to_string());
        match made.get(path.as_str()) {
            None => report.push(
                Diagnostic::error(codes::NOT_AS_MADE, "this paper is no longer due")
                    .place(place)
                    .hint("build again with `--all`, which removes it"),
            ),
            Some(file) if file.sealed().hash() != draft.made.hash => {
                let hint = if draft.made.paper == JOINED {
                    "build again with `--join`, and have the new draft checked"
                } else {
                    "build again with `--all`, and have the new draft checked"
                };
                report.push(
                    Diagnostic::error(codes::NOT_AS_MADE, "this draft is not what the data and the templates give now")
                        .place(place)
                        .hint(hint),
                );
            }
            Some(_) => {}
        }
    }
    if report.has_errors() { Err(report) } else { Ok(()) }
}
