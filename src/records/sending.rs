//! Notes that released papers were sent: how, and on which day.
//!
//! In: papers, or letters of a run. Out: a line for each. This program sends nothing.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;

use super::commit::Stop;
use super::event::{Begin, Channel, Event, Role, Sent, Verb, Who};
use super::names::Names;
use super::picked::{Picked, one_of_each};
use super::ranges::Ranges;
use super::run::has_record;
use super::share::NOT_MERGED;
use super::state::{Paper, PaperStatus, State};
use super::whom::{Whom, asked, find, kept_out};
use super::withdraw::ensure_not_in_the_future;
use super::writing::{Looking, Noted};
use super::{happened, report, share};
use crate::check::Checked;
use crate::check::person::ensure_full_name;
use crate::deliver::disk::Disk;
use crate::diag::{Diagnostic, Hint, Place, Report, codes, count};
use crate::model::numbers::LARGEST;

/// Papers that were sent.
#[derive(Debug, Clone)]
pub struct Sending {
    /// A kind of paper, a file, or the folder of a run of letters.
    pub paper: String,
    /// The only recipient, if it did not go to all of its readers.
    pub of: Whom,
    /// Of a run: the letters, as `1-250` or `1-40, 42`.
    pub letters: Option<String>,
    /// The channel.
    pub how: Channel,
    /// The day.
    pub on: NaiveDate,
    /// Today, since nothing can have been sent later.
    pub today: NaiveDate,
    /// The name of the person who says so.
    pub by: Option<String>,
}

/// Papers that were noted as sent.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SentPapers {
    /// The lines that were written.
    pub noted: Noted,
    /// The number of papers or letters noted now.
    pub papers: usize,
    /// The number that had been noted before.
    pub before: usize,
    /// Problems that should be looked at, but do not stop the papers.
    pub warnings: Report,
}

/// Notes that papers were sent. Repeating it changes nothing.
///
/// # Errors
/// If a paper is still a draft or was changed after it was released, or the day or the name is impossible. Nothing is
/// written then.
pub fn sent(folder: &Path, data: Option<&Path>, request: &Sending) -> Result<SentPapers, Report> {
    let looking = Looking::at(folder, data)?;
    ensure_not_in_the_future(Some(request.on), request.today)?;
    let by = request.by.as_deref().map(|name| full_name(&looking.checked, name)).transpose()?;
    let state = share::with_merged(folder, looking.state())?;
    plan((&state, &looking.checked), &looking.names, folder, request, by.as_deref())?;
    let mut writing = looking.hold()?;
    let state = share::with_merged(folder, writing.record.state())?;
    let plan = plan((&state, &writing.checked), &writing.names, folder, request, by.as_deref())?;
    let mut warnings = ensure_as_released(writing.record.disk(), &state, folder, &plan)?;
    warnings.diagnostics.extend(before_its_day(&state, request, &plan));
    warnings.diagnostics.extend(of_an_earlier_day(&writing.checked, &state, request, &plan)?);
    let noted = writing.commit(Begin::of(Verb::Send), plan.lines)?;
    Ok(SentPapers { noted, papers: plan.papers, before: plan.before, warnings })
}

/// A warning about papers that were sent before the day that they bear.
fn before_its_day(state: &State, request: &Sending, plan: &Plan) -> Option<Diagnostic> {
    let files = plan.lines.iter().flat_map(|line| files_of(state, line));
    let day = files.map(|paper| paper.made.issued).filter(|issued| *issued > request.on).max()?;
    let message = format!("these papers bear a day that is later than that on which they were sent, up to {day}");
    let warning = Diagnostic::warning(codes::DATED_AHEAD, message).place(Place::file("--on"));
    Some(warning.hint("give the day on which they went out; if that is right, tell their readers"))
}

/// A warning about papers that tell of the meeting as it was, sent after it changed.
fn of_an_earlier_day(
    checked: &Checked,
    state: &State,
    request: &Sending,
    plan: &Plan,
) -> Result<Option<Diagnostic>, Report> {
    let Some(changed) = checked.conference.meeting.changes.iter().map(|change| change.on).max() else {
        return Ok(None);
    };
    if request.on < changed {
        return Ok(None);
    }
    let overtaken: BTreeSet<&str> =
        happened::overtaken(checked, state)?.into_iter().map(|paper| paper.made.file.as_str()).collect();
    let files = plan.lines.iter().flat_map(|line| files_of(state, line)).map(|paper| &paper.made);
    let old: BTreeSet<&str> =
        files.filter(|made| overtaken.contains(made.file.as_str())).map(|made| made.paper.as_str()).collect();
    if old.is_empty() {
        return Ok(None);
    }
    let names: Vec<String> = old.iter().map(|kind| format!("`{kind}`")).collect();
    let message =
        format!("{} was made before the meeting changed, and tells of the meeting as it was", names.join(", "));
    let warning = Diagnostic::warning(codes::RELEASED_DIFFERS, message).at("meeting.changes");
    let hint = "make the papers again with `convenor build --reissue {}`, and send their readers the new version";
    let kinds = old.into_iter().collect::<Vec<_>>().join(",");
    Ok(Some(checked.places.locate(warning.hint(Hint::naming(hint, [kinds])))))
}

/// Checks that the files are as they were released. A missing one may have been sent earlier.
///
/// # Errors
/// If a file was changed after it was released, or cannot be read.
fn ensure_as_released(disk: &dyn Disk, state: &State, folder: &Path, plan: &Plan) -> Result<Report, Report> {
    let (mut errors, mut warnings) = (Report::default(), Report::default());
    for file in plan.lines.iter().flat_map(|line| files_of(state, line)) {
        let there = disk.hash(&file.made.file);
        let there = there.map_err(|e| report::stopped(folder, Stop::Disk(file.made.file.clone(), e)))?;
        let place = Place::file(folder.join(&file.made.file).display().to_string());
        match there {
            Some(there) if there == file.made.hash && file.made.draft == Some(there) => {
                let message = "this paper still has the draft mark: the chair has not approved it";
                let warning = Diagnostic::warning(codes::STILL_A_DRAFT, message).place(place);
                warnings.push(
                    warning.hint("once it is approved, say so under `minutes:`, and send the approved version too"),
                );
            }
            Some(there) if there == file.made.hash => {}
            Some(_) => {
                let error = Diagnostic::error(codes::RELEASED, "this paper was changed after it was released");
                errors.push(error.place(place).hint(
                    "put the released file back, for only a file as it was released can be noted as sent; `convenor verify` says how",
                ));
            }
            None => {
                let warning = Diagnostic::warning(codes::MISSING_PAPER, "this paper is no longer in the folder");
                warnings.push(warning.place(place).hint("put it back: `convenor verify` says how"));
            }
        }
    }
    if errors.has_errors() { Err(errors) } else { Ok(warnings) }
}

/// The files that a line notes as sent.
fn files_of<'s>(state: &'s State, line: &Event) -> Vec<&'s Paper> {
    let Event::Sent(sent) = line else { return Vec::new() };
    let Some(run) = state.runs.get(&sent.file) else { return state.papers.get(&sent.file).into_iter().collect() };
    let is_of = |paper: &&Paper| {
        state.folder_of(&paper.made.file) == Some(run.run.folder.as_str()) && paper.status != PaperStatus::Draft
    };
    let holds = |paper: &&Paper| {
        let mut letters = paper.made.no.into_iter().chain(paper.made.letters.all(run.run.parts));
        letters.any(|letter| sent.letters.holds(letter))
    };
    state.papers.values().filter(is_of).filter(holds).collect()
}

/// The name of the person who says something, as it may be in the record.
///
/// # Errors
/// If it is not first name and surname, or may not be in the record.
pub fn full_name(checked: &Checked, name: &str) -> Result<String, Report> {
    let name = checked.ensure_sayable(name, "--by")?;
    ensure_full_name(&name).map_err(|fault| {
        let error = Diagnostic::error(codes::NOT_A_NAME, format!("`{name}` {}", fault.says()));
        let hint = "give the first name and surname of the person who says so, as in `--by \"Ruth Penhaligon\"`";
        Report::of(error.place(Place::file("--by")).hint(hint))
    })?;
    Ok(name)
}

#[derive(Default)]
struct Plan {
    lines: Vec<Event>,
    papers: usize,
    before: usize,
}

/// A record, and the conference of today.
type Standing<'s> = (&'s State, &'s Checked);

fn plan(
    standing: Standing<'_>,
    names: &Names,
    folder: &Path,
    request: &Sending,
    by: Option<&str>,
) -> Result<Plan, Report> {
    match &request.letters {
        Some(letters) => of_run(standing.0, folder, request, letters, by),
        None => of_papers(standing, names, folder, request, by),
    }
}

fn of_papers(
    (state, checked): Standing<'_>,
    names: &Names,
    folder: &Path,
    request: &Sending,
    by: Option<&str>,
) -> Result<Plan, Report> {
    if state.runs.contains_key(&request.paper) {
        let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, format!("`{}` is a run of letters", request.paper));
        let error = error.place(Place::file("--paper"));
        return Err(error.hint("say which letters were sent, as in `--letters 1-250`").into());
    }
    let whom = find(&request.of, names, state)?;
    let picked = Picked::of(state, folder, &request.paper)?;
    let is_one_file = matches!(picked, Picked::File(_));
    let stands = |paper: &&Paper| is_one_file || matches!(paper.status, PaperStatus::Released | PaperStatus::Draft);
    let is_theirs = |paper: &&Paper| whom.is_none_or(|who| is_for(&paper.made.to, who));
    let papers: Vec<&Paper> = picked.all().into_iter().filter(stands).filter(is_theirs).collect();
    let papers = under_that_name(papers, whom, request, names, state)?;
    if papers.is_empty() {
        let whose = whom.map(|who| format!(" for {}", who.in_words())).unwrap_or_default();
        let message = format!("the record has no `{}`{whose} that could have been sent", request.paper);
        let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, message).place(Place::file("--paper"));
        return Err(error.hint("`convenor record` lists every paper, and to whom it goes").into());
    }
    let papers = one_of_each(papers);
    ensure_released(&papers, folder, request)?;
    let mut plan = Plan::default();
    let kept_out = kept_out(checked, Some(request.on));
    for paper in papers {
        let is_shared = paper.made.to.contains(' ');
        let to = match whom.filter(|_| is_shared) {
            Some(who) => who.token(),
            None => still_taking_part(&paper.made.to, state, &kept_out),
        };
        let line = Sent {
            file: paper.made.file.clone(),
            letters: Ranges::default(),
            v: None,
            hash: Some(paper.made.hash),
            to,
            how: request.how,
            on: request.on,
            by: by.map(str::to_owned),
        };
        let is_same = |other: &Sent| other.how == line.how && other.on == line.on && other.to == line.to;
        // Whoever names a kind means those that are not noted yet; a paper that went out twice is named itself.
        let is_noted = || !is_one_file && whom.is_none() && has_reached_all(paper, &line.to);
        if paper.sent.iter().any(is_same) || is_noted() {
            plan.before += 1;
        } else {
            plan.papers += 1;
            plan.lines.push(Event::Sent(line));
        }
    }
    Ok(plan)
}

/// Whether it is noted that a paper was sent to all of these readers, or to all that it has if none are named.
fn has_reached_all(paper: &Paper, to: &str) -> bool {
    let all = if to.is_empty() { paper.made.to.as_str() } else { to };
    let had =
        |one: &str| paper.sent.iter().any(|sent| sent.to.is_empty() || sent.to.split_whitespace().any(|to| to == one));
    !paper.sent.is_empty() && all.split_whitespace().all(had)
}

/// Of a child's notes, those whose worker had the name that was typed.
///
/// # Errors
/// If all of them were for another worker.
fn under_that_name<'s>(
    papers: Vec<&'s Paper>,
    whom: Option<Who>,
    request: &Sending,
    names: &Names,
    state: &State,
) -> Result<Vec<&'s Paper>, Report> {
    let child = whom.filter(|who| who.role == Role::Child);
    let Some((who, name)) = child.and_then(|who| Some((who, asked(&request.of, who, names, state)?))) else {
        return Ok(papers);
    };
    let was_theirs = |paper: &&Paper| state.name_then(who, paper.numbered).is_none_or(|then| *then == name);
    let (theirs, others): (Vec<&Paper>, Vec<&Paper>) = papers.into_iter().partition(was_theirs);
    if !theirs.is_empty() || others.is_empty() {
        return Ok(theirs);
    }
    let error = Diagnostic::error(codes::NO_SUCH_PERSON, "this note was made for another worker");
    let hint = Hint::naming(
        "if that worker was sent it, say so with `--number {}` in place of `--of`; for the worker of today, make it anew with `convenor build --reissue` and release it",
        [who.as_typed()],
    );
    Err(error.place(Place::file("--of")).hint(hint).into())
}

/// The readers of a paper if some of them have withdrawn, or of a shared one are kept out; empty if all of them take part.
fn still_taking_part(to: &str, state: &State, kept_out: &BTreeSet<Who>) -> String {
    let all = || to.split_whitespace();
    let is_shared = to.contains(' ');
    let is_out = |who: Who| state.withdrawn.contains_key(&who) || is_shared && kept_out.contains(&who);
    let takes_part = |token: &&str| Who::of(token).is_none_or(|who| !is_out(who));
    if all().all(|token| takes_part(&token)) {
        String::new()
    } else {
        all().filter(takes_part).collect::<Vec<_>>().join(" ")
    }
}

fn ensure_released(papers: &[&Paper], folder: &Path, request: &Sending) -> Result<(), Report> {
    let drafts: Vec<&&Paper> = papers.iter().filter(|paper| paper.status == PaperStatus::Draft).collect();
    let mut report = Report::default();
    if let [first, ..] = drafts[..] {
        let (message, place) = match drafts.len() {
            1 => ("this paper is still a draft".to_owned(), folder.join(&first.made.file)),
            some => (format!("{some} of these papers are still drafts"), folder.to_owned()),
        };
        let error = Diagnostic::error(codes::STILL_A_DRAFT, message).place(Place::file(place.display().to_string()));
        report.push(error.hint(
            "have a second person check it and release it with `convenor release`; only what is released is sent",
        ));
    }
    let checked = papers.iter().filter_map(|paper| paper.sign_off.as_deref()).map(|signed| signed.on).max();
    if let Some(checked) = checked.filter(|checked| *checked > request.on) {
        let what = if papers.len() == 1 { "this paper was" } else { "some of these papers were" };
        let message = format!("{what} checked only on {}", checked.format("%-d %B %Y"));
        let error = Diagnostic::error(codes::NO_SUCH_DAY, message).place(Place::file("--on"));
        report.push(error.hint("give that day or a later one"));
    }
    if report.has_errors() { Err(report) } else { Ok(()) }
}

/// Whether a person or organisation is among the readers of a paper.
fn is_for(to: &str, wanted: Who) -> bool {
    to.split_whitespace().filter_map(Who::of).any(|one| one == wanted)
}

fn of_run(state: &State, folder: &Path, request: &Sending, letters: &str, by: Option<&str>) -> Result<Plan, Report> {
    let name = request.paper.trim_end_matches('/');
    let Some(run) = state.runs.get(name) else {
        let message = format!("the record has no run of letters in `{name}`");
        let error = Diagnostic::error(codes::UNKNOWN_ARTEFACT, message).place(Place::file("--paper"));
        if !name.is_empty() && has_record(&folder.join(name)) {
            return Err(error.hint(NOT_MERGED).into());
        }
        let error = error.suggest(name, state.runs.keys().map(String::as_str));
        if error.hint.is_some() {
            return Err(error.into());
        }
        let all: Vec<String> = state.runs.keys().map(|folder| format!("`{folder}`")).collect();
        let hint = if all.is_empty() {
            Hint::from("`convenor invite` makes runs of letters; leave `--letters` out for other papers")
        } else {
            Hint::naming("the runs are {}", [all.join(", ")])
        };
        return Err(error.hint(hint).into());
    };
    let wanted = numbers(letters)?;
    let mut released: BTreeSet<u32> = BTreeSet::new();
    let is_of = |paper: &&Paper| state.folder_of(&paper.made.file) == Some(run.run.folder.as_str());
    for paper in state.papers.values().filter(is_of) {
        if matches!(paper.status, PaperStatus::Released | PaperStatus::Superseded) {
            released.extend(paper.made.no);
            released.extend(paper.made.letters.all(run.run.parts));
        }
    }
    let missing: Vec<u32> = wanted.iter().copied().filter(|number| !released.contains(number)).collect();
    let place = || Place::file("--letters");
    if let [first, ..] = missing[..] {
        let message = match missing.len() {
            1 => format!("letter {first} of this run is not released"),
            some => format!("{some} of these letters are not released, the first of them letter {first}"),
        };
        let error = Diagnostic::error(codes::STILL_A_DRAFT, message).place(place());
        let released = String::from(Ranges::of(released.into_iter(), 1));
        let hint = if released.is_empty() {
            Hint::from(
                "no letter of this run is released: have the proofs checked, and run `convenor invite` with `--checked-by`",
            )
        } else {
            Hint::naming("the released letters are {}", [released])
        };
        return Err(error.hint(hint).into());
    }
    if let Some(signed) = run.sign_offs.first().filter(|signed| signed.on > request.on) {
        let message = format!("this run was checked only on {}", signed.on.format("%-d %B %Y"));
        let error = Diagnostic::error(codes::NO_SUCH_DAY, message).place(Place::file("--on"));
        return Err(error.hint("give that day or a later one with `--on`").into());
    }
    let is_same = |sent: &&Sent| sent.file == name && sent.how == request.how && sent.on == request.on;
    let before: Vec<&Sent> = state.sent.iter().filter(is_same).collect();
    let new: Vec<u32> =
        wanted.iter().copied().filter(|number| !before.iter().any(|sent| sent.letters.holds(*number))).collect();
    let mut plan = Plan { papers: new.len(), before: wanted.len() - new.len(), lines: Vec::new() };
    if !new.is_empty() {
        plan.lines.push(Event::Sent(Sent {
            file: name.to_owned(),
            letters: Ranges::of(new.into_iter(), 1),
            v: Some(run.run.v),
            hash: None,
            to: String::new(),
            how: request.how,
            on: request.on,
            by: by.map(str::to_owned),
        }));
    }
    Ok(plan)
}

/// Parses the numbers of letters as typed on the command line.
fn numbers(typed: &str) -> Result<BTreeSet<u32>, Report> {
    let wrong = || {
        let message = format!("`{typed}` is not a list of letter numbers");
        let error = Diagnostic::error(codes::BAD_VALUE, message).place(Place::file("--letters"));
        Report::of(error.hint("write them as `1-250`, or as `1-40, 42`"))
    };
    let mut all = BTreeSet::new();
    for range in typed.split(',').map(str::trim).filter(|range| !range.is_empty()) {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let one = |text: &str| text.trim().parse::<u32>().ok().filter(|n| (1..=LARGEST).contains(n));
        let (first, last) = one(first).zip(one(last)).filter(|(first, last)| first <= last).ok_or_else(wrong)?;
        all.extend(first..=last);
    }
    if all.is_empty() { Err(wrong()) } else { Ok(all) }
}

impl SentPapers {
    /// A sentence about the result.
    pub fn line(&self) -> String {
        match (self.papers, self.before) {
            (0, before) => format!("Nothing new: {} already noted as sent.", count(before, "paper")),
            (new, 0) => format!("{} noted as sent.", count(new, "paper")),
            (new, before) => format!("{} noted as sent; {before} already noted.", count(new, "paper")),
        }
    }
}
