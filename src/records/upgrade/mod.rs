//! Folders that an earlier version of the program made, before there was a record.
//!
//! In: such a folder. Out: the state that it adds up to, if nothing is changed ([`as_it_was`]); or its record, whose
//! lines say what the registers said ([`adopt`]), without the files that the lines replace.
//!
//! The order: runs of letters that have ended, each with its lines; one change for numbers and the conference's own
//! papers; a run that was killed and can be resumed; and last the old files are removed. All lines are made from those
//! files, the same each time, so that an adoption that was stopped anywhere resumes where it stopped.
//!
//! Deliberately absent: making any paper, and numbers for people who had none.

mod letters;
mod old;
mod papers;
mod people;

use std::collections::BTreeSet;
use std::path::Path;

use letters::{Otherwise, RunPlan};
use old::{OldFolder, OldRun};

use super::commit::Stop;
use super::event::{Begin, End, Event, Opened, Verb};
use super::log::{self, LOG};
use super::record::{FORMAT, Own, Record};
use super::register::Written;
use super::report::{not_held, stopped};
use super::state::State;
use crate::check::Checked;
use crate::deliver::disk::Disk;
use crate::deliver::held::{Lock, NotHeld};
use crate::diag::{Diagnostic, Place, Report, codes, count};
use crate::gate::Hash;
use crate::jobs::Press;

/// The result of adopting a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Adoption {
    /// The number of the conference's own papers.
    pub papers: usize,
    /// Runs of letters, by their folders, with the number of letters.
    pub runs: Vec<(String, usize)>,
    /// The number of people and organisations with a number.
    pub people: usize,
    /// Files of the earlier program that were removed, since the record has their contents.
    pub taken_away: Vec<String>,
    /// Folders of shares of a list, each of which has a record of its own.
    pub shares: Vec<String>,
    /// Whether registers or released files disagreed.
    pub doubtful: bool,
}

impl Adoption {
    /// Whether there was nothing to do.
    pub fn is_empty(&self) -> bool {
        self.papers == 0 && self.runs.is_empty() && self.people == 0 && self.taken_away.is_empty()
    }
}

/// The state that the registers of such a folder add up to; `None` if there are none.
///
/// # Errors
/// If a register cannot be read.
pub fn as_it_was(disk: &dyn Disk, root: &Path) -> Result<Option<State>, Report> {
    as_it_was_to(disk, root, None)
}

/// The state that the registers of such a folder add up to, with the numbers that people in today's data had.
///
/// # Errors
/// If a register cannot be read.
pub fn as_it_was_to(disk: &dyn Disk, root: &Path, checked: Option<&Checked>) -> Result<Option<State>, Report> {
    let register = read_register(disk, root)?;
    if let Some(written) = register {
        return Err(lost(root, written.record.lines));
    }
    let old = old::read(disk, false)?;
    if old.is_empty() {
        return Ok(None);
    }
    let opened = opened(&old, root, checked);
    let plan = Plan::of(&old, &opened, checked, &|_, _| false, false);
    let mut state = State::default();
    let mut apply = |event: &Event| state.apply(event).expect("the lines of an upgrade follow each other");
    apply(&Event::Opened(opened));
    for run in plan.ended() {
        run.events.iter().for_each(&mut apply);
        if let Some(aside) = &run.aside {
            whole(&[Event::SetAside(aside.clone())]).iter().for_each(&mut apply);
        }
    }
    whole(&plan.lines).iter().for_each(&mut apply);
    plan.killed().flat_map(|run| &run.events).for_each(&mut apply);
    Ok(Some(state))
}

/// One whole change with its beginning and its end.
fn whole(lines: &[Event]) -> Vec<Event> {
    let of = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let begin = Begin { of: Some(of), ..Begin::of(Verb::Upgrade) };
    let begin = std::iter::once(Event::Begin(Box::new(begin)));
    begin.chain(lines.iter().cloned()).chain([Event::End(End::default())]).collect()
}

/// The first line of such a folder's record.
fn opened(old: &OldFolder, root: &Path, checked: Option<&Checked>) -> Opened {
    let itself = old.runs.iter().find(|run| run.at.is_empty());
    let name = || root.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let share = itself.map(|run| {
        let by_name = || old::share_of(&name()).unwrap_or((1, 1));
        let (part, of) = run.summary.as_ref().map_or_else(by_name, |summary| (summary.part, summary.of));
        format!("{part}/{of}")
    });
    let stem = |reference: &str| reference.rsplit_once('/').map_or(reference, |(stem, _)| stem).to_owned();
    let papers = old.papers.iter().flat_map(|papers| &papers.entries).map(|entry| entry.reference.as_str());
    // The shortest is that of a paper for everybody, which is the conference's own.
    let by_papers = papers.min_by_key(|reference| reference.len()).map(stem);
    let by_letters = old.runs.iter().find_map(|run| run.summary.as_ref()).map(|s| s.conference.clone());
    let conference = checked.map(|checked| checked.conference.reference.clone());
    let conference = conference.or(by_letters).or(by_papers).unwrap_or_else(name);
    Opened { format: FORMAT, conference, share }
}

/// Whether the registers of a folder, if there are any, may be of an earlier version.
///
/// # Errors
/// If they cannot be read.
pub fn may_be_of_before(disk: &dyn Disk, root: &Path) -> Result<bool, Report> {
    Ok(read_register(disk, root)?.is_none())
}

/// Checks whether a folder below this one is a share of a list without a record.
///
/// # Errors
/// If a register cannot be read.
pub fn check_share(disk: &dyn Disk, folder: &str) -> Result<bool, Report> {
    old::check_share(disk, folder)
}

/// The share in a folder, as `2/3`; `None` if it is not one.
///
/// # Errors
/// If its register cannot be read.
pub fn share_in(disk: &dyn Disk, root: &Path) -> Result<Option<String>, Report> {
    let old = old::read(disk, false)?;
    Ok(opened(&old, root, None).share)
}

/// Whether the earlier program put files of its own in this place.
pub fn is_own_place(file: &str) -> bool {
    old::is_own_place(file)
}

fn read_register(disk: &dyn Disk, root: &Path) -> Result<Option<Written>, Report> {
    let name = Own::RegisterJson.name();
    let json = disk.read(&name).map_err(|e| stopped(root, Stop::Disk(name, e)))?;
    Ok(json.as_deref().and_then(Written::read))
}

/// The report of a register whose record is missing.
fn lost(root: &Path, lines: u32) -> Report {
    let message = format!("the register names a record of {}, which is missing", count(lines as usize, "line"));
    let error = Diagnostic::error(codes::BROKEN_RECORD, message);
    let error = error.place(Place::file(root.join(LOG).display().to_string()));
    error.hint("put `record.jsonl` back from a copy; without it nobody can say what was released").into()
}

/// Everything that the record of a folder gains.
struct Plan {
    runs: Vec<RunPlan>,
    /// Numbers, papers, and files to remove.
    lines: Vec<Event>,
    papers: usize,
    people: usize,
    doubtful: bool,
}

impl Plan {
    fn of(
        old: &OldFolder,
        opened: &Opened,
        checked: Option<&Checked>,
        bears_mark: &dyn Fn(&OldRun, &str) -> bool,
        doubtful: bool,
    ) -> Self {
        let entries = old.papers.as_ref().map(|papers| papers.entries.as_slice()).unwrap_or_default();
        let people = people::people(entries, &opened.conference, checked);
        let doubtful = doubtful || people.doubtful || old.runs.iter().any(|run| !run.agree);
        let lines = papers::lines(old, &people, registers(old), &opened.conference, doubtful);
        let doubtful = matches!(lines.first(), Some(Event::Adopted(adopted)) if adopted.doubtful);
        let otherwise = Otherwise {
            version: checked.map_or(1, |checked| checked.conference.version),
            issued: checked.map(|checked| checked.conference.issued).unwrap_or_default(),
            maker: checked.map(|checked| checked.maker().to_owned()).unwrap_or_default(),
        };
        // Only one run can be resumed: preferably a released one, since its letters may be in the post.
        let can_go_on = old.runs.iter().filter(|run| run.journal.is_some() && run.place == run.at);
        let released = |run: &&OldRun| run.summary.as_ref().is_some_and(|summary| summary.checker.is_some());
        let open = can_go_on.clone().find(released).or_else(|| can_go_on.clone().next());
        let open = open.map(|run| run.at.as_str());
        let plan =
            |run: &OldRun| letters::plan(run, &otherwise, open == Some(run.at.as_str()), &|file| bears_mark(run, file));
        let version = |run: &OldRun| run.summary.as_ref().map_or(0, |summary| summary.version);
        let mut runs: Vec<&OldRun> = old.runs.iter().collect();
        // Files that were set aside were in the folder before the present ones.
        runs.sort_by_key(|run| (&run.place, run.place == run.at, version(run)));
        Self {
            runs: runs.into_iter().map(plan).collect(),
            papers: entries.len(),
            people: people.lines.len(),
            lines,
            doubtful,
        }
    }

    fn ended(&self) -> impl Iterator<Item = &RunPlan> {
        self.runs.iter().filter(|run| !run.stays_open)
    }

    fn killed(&self) -> impl Iterator<Item = &RunPlan> {
        self.runs.iter().filter(|run| run.stays_open)
    }
}

/// One hash of all registers.
fn registers(old: &OldFolder) -> Hash {
    let own = old.own.iter().chain(old.runs.iter().flat_map(|run| &run.own));
    let all: Vec<String> = own.map(|(file, hash)| format!("{hash} {file}\n")).collect();
    Hash::of(all.concat().as_bytes())
}

/// Adopts such a folder into its record, unless that was already done to its end.
///
/// # Errors
/// If a register cannot be read, an earlier version is writing there, or the record cannot be written.
pub fn adopt(record: &mut Record, root: &Path, checked: Option<&Checked>) -> Result<Adoption, Report> {
    let is_new = record.log().lines > 1;
    let written = read_register(record.disk(), root)?;
    if let Some(written) = written.as_ref().filter(|written| !is_new && written.record.lines > record.log().lines) {
        return Err(lost(root, written.record.lines));
    }
    if written.is_some() && record.state().adopted.is_none() {
        return Ok(Adoption::default());
    }
    let old = old::read(record.disk(), is_new)?;
    let has_own = !old.own.is_empty() && record.state().adopted.is_none();
    if old.papers.is_none() && old.runs.is_empty() && !has_own {
        return Ok(Adoption { shares: old.shares, ..Adoption::default() });
    }
    Adopting { record, root }.adopt(&old, checked)
}

struct Adopting<'a> {
    record: &'a mut Record,
    root: &'a Path,
}

impl Adopting<'_> {
    fn adopt(mut self, old: &OldFolder, checked: Option<&Checked>) -> Result<Adoption, Report> {
        self.ensure_nobody_writes(old)?;
        let mut adoption = Adoption { shares: old.shares.clone(), ..Adoption::default() };
        let plan = self.plan(old, checked)?;
        for run in plan.ended() {
            self.run(run, &mut adoption)?;
        }
        if self.record.state().adopted.is_none() {
            let committed = self.record.commit(Begin::of(Verb::Upgrade), plan.lines.clone(), &[]);
            committed.map_err(|stop| self.stop(stop))?;
            (adoption.papers, adoption.people, adoption.doubtful) = (plan.papers, plan.people, plan.doubtful);
            adoption.taken_away.extend(old.own.iter().map(|(file, _)| file.clone()));
        }
        for run in plan.killed() {
            self.run(run, &mut adoption)?;
        }
        self.remove_old(&plan, &mut adoption)?;
        self.record.clear_stage().map_err(|stop| self.stop(stop))?;
        if !adoption.is_empty() {
            let runs = count(adoption.runs.len(), "run");
            let what = format!("{} and {runs} of letters", count(adoption.papers, "paper"));
            self.record.settled.push(format!("a folder of an earlier version was taken over, with {what}"));
        }
        Ok(adoption)
    }

    fn stop(&self, stop: Stop) -> Report {
        stopped(self.root, stop)
    }

    /// Checks that no earlier version is writing: it locks the folder of its run, and knows no record.
    fn ensure_nobody_writes(&self, old: &OldFolder) -> Result<(), Report> {
        let held = old.runs.iter().filter(|run| !run.at.is_empty()).map(|run| self.root.join(&run.at));
        match held.into_iter().find(|folder| Lock::is_held(folder)) {
            Some(folder) => Err(not_held(&folder, NotHeld::Busy)),
            None => Ok(()),
        }
    }

    fn plan(&self, old: &OldFolder, checked: Option<&Checked>) -> Result<Plan, Report> {
        let opened = self.record.state().opened.clone().unwrap_or_else(|| opened(old, self.root, checked));
        let press = checked.filter(|_| old.runs.iter().any(|run| run.journal.is_some())).map(Press::new).transpose()?;
        let disk = self.record.disk();
        let bears_mark = |run: &OldRun, file: &str| {
            let at = if run.at.is_empty() { file.to_owned() } else { format!("{}/{file}", run.at) };
            let data = disk.read(&at).ok().flatten().unwrap_or_default();
            // Without the words of the papers this is unknown: the file then counts as a draft, and is made again.
            press.as_ref().is_none_or(|press| press.bears_mark(file, &data))
        };
        let plan = Plan::of(old, &opened, checked, &bears_mark, false);
        if self.check_released_differ(&plan)? {
            Ok(Plan::of(old, &opened, checked, &bears_mark, true))
        } else {
            Ok(plan)
        }
    }

    /// Checks whether a released file differs from its register.
    fn check_released_differ(&self, plan: &Plan) -> Result<bool, Report> {
        let mut expected: Vec<(String, Hash)> = Vec::new();
        for run in &plan.runs {
            let dropped: BTreeSet<&str> = run.events.iter().filter_map(dropped).collect();
            let released = run.events.iter().filter_map(released).filter(|(file, _)| !dropped.contains(file));
            expected.extend(released.map(|(file, hash)| match &run.aside {
                Some(aside) => (format!("{}{}", aside.kept, &file[aside.file.len()..]), hash),
                None => (file.to_owned(), hash),
            }));
        }
        for (n, line) in plan.lines.iter().enumerate() {
            let Some((file, hash)) = released(line) else { continue };
            let file = match plan.lines.get(n + 1) {
                Some(Event::SetAside(aside)) => &aside.kept,
                _ => file,
            };
            expected.push((file.to_owned(), hash));
        }
        for (file, hash) in expected {
            let there = self.record.disk().hash(&file).map_err(|e| self.stop(Stop::Disk(file.clone(), e)))?;
            if there != Some(hash) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Writes one run, from where an earlier attempt stopped.
    fn run(&mut self, run: &RunPlan, adoption: &mut Adoption) -> Result<(), Report> {
        if self.is_done(run) {
            return Ok(());
        }
        let log = self.record.disk().read(LOG).map_err(|e| self.stop(Stop::Disk(LOG.to_owned(), e)))?;
        let there = log::read(&log.unwrap_or_default()).events;
        let begun = (0..=run.events.len()).rev().find(|n| there.ends_with(&run.events[..*n])).unwrap_or_default();
        if begun == 0 && self.record.state().open_run.is_some() {
            // Another run is under way: it ends first.
            return Ok(());
        }
        self.write(&run.events[begun..]).map_err(|stop| self.stop(stop))?;
        if let Some(aside) = &run.aside {
            let lines = vec![Event::SetAside(aside.clone())];
            self.record.commit(Begin::of(Verb::Upgrade), lines, &[]).map_err(|stop| self.stop(stop))?;
        }
        let place = run.aside.as_ref().map_or(&run.place, |aside| &aside.kept);
        adoption.runs.push((place.clone(), run.letters));
        Ok(())
    }

    fn is_done(&self, run: &RunPlan) -> bool {
        let state = self.record.state();
        let is_noted = run.own.last().is_some_and(|(file, hash)| state.is_ours(file, *hash));
        let open = state.open_run.as_ref().and_then(|begin| begin.run.as_ref());
        let is_torn = !run.stays_open && open.is_some_and(|open| open.folder == run.place);
        is_noted && !is_torn && run.aside.as_ref().is_none_or(|aside| state.kept.contains_key(&aside.kept))
    }

    fn write(&mut self, events: &[Event]) -> Result<(), Stop> {
        let is_line = |event: &Event| !matches!(event, Event::Begin(_) | Event::End(_) | Event::Undone(_));
        for group in events.chunk_by(|one, other| is_line(one) && is_line(other)) {
            match &group[0] {
                Event::Begin(begin) => self.record.begin_run((**begin).clone())?,
                Event::End(end) => self.record.end_run(&[], end.clone())?,
                Event::Undone(_) => self.record.abandon_run()?,
                _ => self.record.put(group, &[])?,
            }
        }
        Ok(())
    }

    /// Removes the files of the earlier program that are now in the record, the one that identifies a run last.
    fn remove_old(&self, plan: &Plan, adoption: &mut Adoption) -> Result<(), Report> {
        for run in plan.runs.iter().filter(|run| self.is_done(run)) {
            for (file, hash) in &run.own {
                let there = self.record.disk().hash(file).map_err(|e| self.stop(Stop::Disk(file.clone(), e)))?;
                if there == Some(*hash) && self.record.state().is_ours(file, *hash) {
                    self.record.remove(file).map_err(|stop| self.stop(stop))?;
                    adoption.taken_away.push(file.clone());
                }
            }
        }
        Ok(())
    }
}

fn released(event: &Event) -> Option<(&str, Hash)> {
    match event {
        Event::Released(made) => Some((made.file.as_str(), made.hash)),
        _ => None,
    }
}

fn dropped(event: &Event) -> Option<&str> {
    match event {
        Event::Dropped(dropped) => Some(dropped.file.as_str()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
