//! Withdraws somebody who no longer takes part: nothing is made for them, and their released papers are kept apart.
//!
//! In: a person or organisation, from the command line or the conference file. Out: one line of the record, and their
//! papers under `withdrawn/` or, if they asked for it, destroyed.
//!
//! Undoing is for mistakes. They keep their number; to be invited again they get a new one (`number: new`).

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;

use super::commit::Stop;
use super::event::{Begin, Dropped, Event, Made, Role, SetAside, Verb, Who, Withdrawn};
use super::folder::Papers;
use super::kept::free_place;
use super::missing::or_lost;
use super::names::Names;
use super::numbers::Digest;
use super::record::Record;
use super::report;
use super::run::{addressed, proofs};
use super::state::{Paper, PaperStatus, State, is_of_run};
use super::whom::{Whom, asked, find};
use super::writing::{Looking, Noted, Writing};
use crate::check::Checked;
use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::gate::Hash;
use crate::model::borough::FileNames;

/// A request to withdraw somebody.
#[derive(Debug, Clone, Default)]
pub struct Withdraw {
    /// An invitee, an organisation, or a child's note.
    pub of: Whom,
    /// The first day. Default: today, or the day that is already noted.
    pub on: Option<NaiveDate>,
    /// The reason, if given. It is kept in the record.
    pub because: Option<String>,
    /// The policy for their files.
    pub files: TheirFiles,
}

/// A policy for the files of somebody who no longer takes part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TheirFiles {
    /// Released papers are kept under `withdrawn/`, since they may have been sent; drafts are removed.
    #[default]
    Kept,
    /// All are destroyed, including those that were set aside earlier. The lines of the record stay.
    Erased,
}

/// The result of a withdrawal.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Withdrew {
    /// The lines that were written.
    pub noted: Noted,
    /// Their name, if the data has it.
    pub name: Option<String>,
    /// Their number, as the command line takes it.
    pub number: String,
    /// Released papers, each with its new place.
    pub kept: Vec<(String, String)>,
    /// Drafts that were removed, or all files that were destroyed.
    pub gone: Vec<String>,
    /// Files that were to be removed or destroyed, and were gone already.
    pub absent: Vec<String>,
    /// Drafts that somebody has changed and that were left where they are.
    pub left: Vec<String>,
    /// Released files that also contain letters to others and that were left where they are.
    pub shared: Vec<String>,
    /// Kinds of paper to make again, since drafts were removed that also contain letters to others.
    pub remake: Vec<String>,
    /// Whether the conference file still lists them among those who are sent the minutes.
    pub is_sent_minutes: bool,
    /// Whether file names in earlier lines of the record contain their name.
    pub is_named_in_record: bool,
}

/// Notes that somebody no longer takes part. Repeating it changes nothing.
///
/// # Errors
/// If no person or several have this name, the reason may not be in the record, or a released paper was changed.
/// Nothing is written then.
pub fn withdraw(folder: &Path, data: Option<&Path>, today: NaiveDate, request: &Withdraw) -> Result<Withdrew, Report> {
    let looking = Looking::at(folder, data)?;
    ensure_not_in_the_future(request.on, today)?;
    let because = request.because.as_deref().map(|text| looking.checked.ensure_sayable(text, "--because"));
    let because = because.transpose()?;
    let who = named(&request.of, &looking.names, looking.state())?;
    let mut writing = looking.hold()?;
    let state = writing.record.state();
    let mut plan = Plan::default();
    let before = state.withdrawn.get(&who);
    let on = request.on.or(Some(today).filter(|_| before.is_none()));
    // The day or the reason may be given later, or corrected.
    let says_more =
        |before: &Withdrawn| on.is_some() && on != before.on || because.is_some() && because != before.because;
    if before.is_none_or(says_more) {
        let (on, because) = match before {
            Some(before) => (on.or(before.on), because.or_else(|| before.because.clone())),
            None => (on, because),
        };
        plan.lines.push(Event::Withdrawn(Withdrawn { who, on, because, by_data: false }));
    }
    let verb = match request.files {
        TheirFiles::Kept => {
            plan.keep(&writing.record, who)?;
            Verb::Withdraw
        }
        TheirFiles::Erased => {
            plan.erase(&writing.record, who)?;
            Verb::Erase
        }
    };
    let is_named_in_record =
        writing.checked.settings.file_names != FileNames::Numbers && !(plan.gone.is_empty() && plan.absent.is_empty());
    let is_sent_minutes = is_sent_minutes(&writing.checked, who);
    let noted = writing.commit(Begin::of(verb), plan.lines)?;
    let name = writing.names.get(who);
    Ok(Withdrew {
        noted,
        name: name.map(str::to_owned),
        number: who.as_typed(),
        kept: plan.kept,
        gone: plan.gone,
        absent: plan.absent,
        left: plan.left,
        shared: plan.shared,
        is_sent_minutes,
        is_named_in_record,
        remake: plan.remake.into_iter().collect(),
    })
}

/// Whether minutes that are made from now on name somebody in their list of distribution.
fn is_sent_minutes(checked: &Checked, who: Who) -> bool {
    let mut all = checked.conference.invitees.iter().enumerate();
    all.any(|(position, invitee)| {
        who == Who { role: Role::Invitee, no: checked.numbers().invitee(position) }
            && checked.is_sent_everything(invitee, checked.audience(invitee))
    })
}

/// The result of undoing a withdrawal.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rejoined {
    /// The lines written.
    pub noted: Noted,
    /// Their name, if the data has it.
    pub name: Option<String>,
    /// Their number, as the command line takes it.
    pub number: String,
    /// Released papers that are in their places again.
    pub back: Vec<String>,
}

/// Undoes a withdrawal that was a mistake: the released papers go back to their places, and the next build makes the others.
///
/// # Errors
/// If nobody, or more than one person, has the name; if the person has not withdrawn, the data says that they have, or their
/// files were destroyed; if a paper was changed. Nothing is written then.
pub fn rejoin(folder: &Path, data: Option<&Path>, of: &Whom) -> Result<Rejoined, Report> {
    let looking = Looking::at(folder, data)?;
    let who = named(of, &looking.names, looking.state())?;
    let mut writing = looking.hold()?;
    ensure_can_rejoin(&writing, who)?;
    let (state, root) = (writing.record.state(), writing.record.disk().root());
    // Twice is once.
    let is_new = state.withdrawn.contains_key(&who);
    let (mut lines, mut back) = (Vec::from_iter(is_new.then_some(Event::Rejoined(who))), Vec::new());
    let (alone, _) = theirs(state, who);
    for paper in alone.into_iter().filter(|paper| paper.status == PaperStatus::Withdrawn && !paper.lost) {
        let made = &paper.made;
        let Some(place) = state.kept.get(&made.file) else { continue };
        let there = there(&writing.record, &made.file)?;
        if there.is_none() && paper.loss.is_some() {
            // The next build makes a draft in its place.
            continue;
        }
        if there != Some(made.hash) {
            let place = Place::file(root.join(&made.file).display().to_string());
            return Err(match there {
                Some(_) => Diagnostic::error(codes::RELEASED, "this paper was changed after it was released")
                    .place(place)
                    .hint("put the released paper back from a copy"),
                None => {
                    Diagnostic::error(codes::MISSING_PAPER, "this paper was released, and is no longer in the folder")
                        .place(place)
                        .hint(or_lost("restore it from a backup", root, &made.file))
                }
            }
            .into());
        }
        back.push(place.clone());
        let aside = SetAside { file: made.file.clone(), hash: Some(made.hash), kept: place.clone(), lost: false };
        lines.push(Event::SetAside(aside));
    }
    let noted = writing.commit(Begin::of(Verb::Rejoin), lines)?;
    let name = writing.names.get(who).map(str::to_owned);
    Ok(Rejoined { noted, name, number: who.as_typed(), back })
}

fn ensure_can_rejoin(writing: &Writing, who: Who) -> Result<(), Report> {
    let state = writing.record.state();
    let by_the_file = || {
        let conference = &writing.checked.conference;
        let numbers = writing.checked.numbers();
        let mut all = conference.invitees.iter().enumerate();
        all.any(|(n, i)| i.withdrawn.is_some() && who == Who { role: Role::Invitee, no: numbers.invitee(n) })
    };
    let (message, hint) = if state.erased.contains(&who) {
        ("their files were destroyed, and cannot come back", "to invite them again, write `number: new` on their entry")
    } else if by_the_file() {
        ("the conference file says that they no longer take part", "remove `withdrawn:` from their entry first")
    } else if !state.withdrawn.contains_key(&who) && !state.rejoined.contains(&who) {
        ("they have not withdrawn", "`convenor record` lists who no longer takes part")
    } else {
        return Ok(());
    };
    Err(Diagnostic::error(codes::WITHDRAWN, message).place(Place::file("--undo")).hint(hint).into())
}

fn named(of: &Whom, names: &Names, state: &State) -> Result<Who, Report> {
    let Some(who) = find(of, names, state)? else {
        let error = Diagnostic::error(codes::NO_SUCH_PERSON, "nobody is named").place(Place::file("--of"));
        return Err(error.hint("say with `--of` or `--number` who no longer takes part").into());
    };
    let is_anothers =
        |now: &Digest| of.number.is_none() && asked(of, who, names, state).is_some_and(|name| name != *now);
    if names.digest(who).is_some_and(is_anothers) {
        let message = "nobody in the file has this name now";
        let error = Diagnostic::error(codes::NO_SUCH_PERSON, message).place(Place::file("--of"));
        let hint = Hint::naming(
            "whoever had it is under another name now; if they are meant, say `--number {}`",
            [who.as_typed()],
        );
        return Err(error.hint(hint).into());
    }
    Ok(who)
}

/// Checks that a day has come.
///
/// # Errors
/// If it is in the future.
pub fn ensure_not_in_the_future(on: Option<NaiveDate>, today: NaiveDate) -> Result<(), Report> {
    if on.is_none_or(|on| on <= today) {
        return Ok(());
    }
    let error = Diagnostic::error(codes::NO_SUCH_DAY, "this day is in the future").place(Place::file("--on"));
    Err(error.hint("leave `--on` out, or give the day on which it happened").into())
}

/// Writes withdrawals that are in the data but not yet in the record. Returns the places of papers that were set aside;
/// `None` if there was nothing to write.
///
/// # Errors
/// If a released paper of theirs was changed, or the disk refuses.
pub fn by_the_data(
    record: &mut Record,
    root: &Path,
    checked: &Checked,
    numbered: &[Event],
) -> Result<Option<Vec<(String, String)>>, Report> {
    let mut plan = Plan::default();
    for (position, invitee) in checked.conference.invitees.iter().enumerate() {
        let Some(withdrawal) = &invitee.withdrawn else { continue };
        let who = Who { role: Role::Invitee, no: checked.numbers().invitee(position) };
        if !record.state().withdrawn.contains_key(&who) {
            let because = withdrawal.because.clone();
            let line = Withdrawn { who, on: Some(withdrawal.on), because, by_data: true };
            plan.lines.push(Event::Withdrawn(line));
            plan.keep(record, who)?;
        }
    }
    if plan.lines.is_empty() {
        return Ok(None);
    }
    let lines = numbered.iter().cloned().chain(plan.lines).collect();
    record.commit(Begin::of(Verb::Withdraw), lines, &[]).map_err(|stop| report::stopped(root, stop))?;
    Papers::write_registers(record, root, &Names::of(checked), &checked.fingerprint)?;
    Ok(Some(plan.kept))
}

/// Warnings about people whose withdrawal has been removed from the data.
pub fn taken_back(checked: &Checked, state: &State) -> Report {
    let mut report = Report::default();
    report.take_sources(checked.warnings());
    for (position, invitee) in checked.conference.invitees.iter().enumerate() {
        let who = Who { role: Role::Invitee, no: checked.numbers().invitee(position) };
        let is_taken_back =
            invitee.withdrawn.is_none() && state.withdrawn.get(&who).is_some_and(|withdrawn| withdrawn.by_data);
        if is_taken_back {
            let message = format!(
                "the record says that number {} no longer takes part, but `withdrawn` is no longer in the file",
                who.as_typed()
            );
            let warning = Diagnostic::warning(codes::WITHDRAWN, message).at(format!("invitees[{position}]"));
            report.push(checked.places.locate(warning.hint(
                "nothing is made for them; if they take part again, undo it with `convenor withdraw --undo`; if not, put `withdrawn` back",
            )));
        }
    }
    report
}

/// The lines of a withdrawal, and their effect.
#[derive(Default)]
struct Plan {
    lines: Vec<Event>,
    kept: Vec<(String, String)>,
    gone: Vec<String>,
    absent: Vec<String>,
    left: Vec<String>,
    shared: Vec<String>,
    remake: BTreeSet<String>,
}

impl Plan {
    /// Sets released papers aside, and removes drafts.
    fn keep(&mut self, record: &Record, who: Who) -> Result<(), Report> {
        let root = record.disk().root();
        let (alone, mut shared) = theirs(record.state(), who);
        shared.retain(|paper| matches!(paper.status, PaperStatus::Draft | PaperStatus::Released));
        self.with_others(record, &shared)?;
        for paper in alone {
            let made = &paper.made;
            let there = there(record, &made.file)?;
            match paper.status {
                PaperStatus::Released if there.is_none_or(|there| there == made.hash) => {
                    let place = format!("withdrawn/version-{}/{}", made.v, made.file);
                    let kept = free_place(record.state(), record.disk(), &place, made.hash)?;
                    self.kept.push((made.file.clone(), kept.clone()));
                    let lost = there.is_none();
                    let aside = SetAside { file: made.file.clone(), hash: Some(made.hash), kept, lost };
                    self.lines.push(Event::SetAside(aside));
                }
                PaperStatus::Released => {
                    let error = Diagnostic::error(codes::RELEASED, "this paper was changed after it was released");
                    let error = error.place(Place::file(root.join(&made.file).display().to_string()));
                    let hint = if is_of_run(made) { "put the released letter back from a copy" } else { PUT_BACK };
                    return Err(error.hint(hint).into());
                }
                PaperStatus::Draft if there.is_some_and(|there| !record.state().is_ours(&made.file, there)) => {
                    self.left.push(made.file.clone());
                }
                PaperStatus::Draft => self.drop(made, there),
                PaperStatus::Superseded | PaperStatus::Withdrawn | PaperStatus::Erased => {}
            }
        }
        Ok(())
    }

    /// Removes every file that is theirs alone, changed or not.
    fn erase(&mut self, record: &Record, who: Who) -> Result<(), Report> {
        let state = record.state();
        let (alone, shared) = theirs(state, who);
        self.with_others(record, &shared)?;
        // A proof may be a letter to anybody. Proofs are only for checking, and are made again.
        let proofs = if who.role == Role::Invitee { proofs(state) } else { Vec::new() };
        for paper in alone.into_iter().chain(proofs) {
            self.drop(&paper.made, there(record, &paper.made.file)?);
        }
        if !record.state().erased.contains(&who) {
            self.lines.push(Event::Erased(who));
        }
        Ok(())
    }

    /// Removes draft bundles, which are made again without their letter. Released ones stay: they went to the others.
    fn with_others(&mut self, record: &Record, shared: &[&Paper]) -> Result<(), Report> {
        for paper in shared {
            let made = &paper.made;
            match (paper.status, there(record, &made.file)?) {
                (PaperStatus::Draft, Some(there)) if !record.state().is_ours(&made.file, there) => {
                    self.left.push(made.file.clone());
                }
                (PaperStatus::Draft, there) => {
                    self.remake.insert(made.paper.clone());
                    self.drop(made, there);
                }
                (_, Some(_)) => self.shared.push(made.file.clone()),
                (_, None) => {}
            }
        }
        Ok(())
    }

    /// Removes a file, whatever there is of it now.
    fn drop(&mut self, made: &Made, there: Option<Hash>) {
        let all = if there.is_some() { &mut self.gone } else { &mut self.absent };
        all.push(made.file.clone());
        let hash = there.unwrap_or(made.hash);
        self.lines.push(Event::Dropped(Dropped { file: made.file.clone(), hash }));
    }
}

fn there(record: &Record, file: &str) -> Result<Option<Hash>, Report> {
    let disk = record.disk();
    disk.hash(file).map_err(|e| report::stopped(disk.root(), Stop::Disk(file.to_owned(), e)))
}

/// The hint for a released paper that was changed.
const PUT_BACK: &str = "build again with `--all --force`, which puts the released paper back if the data still gives it; or put it back from a copy";

/// Papers that are for nobody else, and bundles with a letter to them.
fn theirs(state: &State, who: Who) -> (Vec<&Paper>, Vec<&Paper>) {
    let token = who.token();
    let papers = state.papers.values().filter(|paper| paper.made.to == token && !is_of_run(&paper.made));
    let (shared, alone): (Vec<_>, Vec<_>) = addressed(state, who).into_iter().partition(|file| file.is_shared);
    let alone = papers.chain(alone.into_iter().map(|file| file.paper)).collect();
    (alone, shared.into_iter().map(|file| file.paper).collect())
}
