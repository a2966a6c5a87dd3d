//! Takes the record of another machine, or a copy of our own, into ours.
//!
//! In: a folder and a log. Out: one record with the lines of both, or every line in which the two clash. Nothing is
//! ever lost: a replaced log is kept beside it, under a name with its head, and a line of the record names it.
//!
//! Deliberately absent: guessing which of two clashing lines is right, and copying papers from elsewhere: their files
//! must already be here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::commit::Stop;
use super::event::{Begin, Dropped, Event, SetAside, TookIn, Verb, Who};
use super::folder::{Papers, conference, lock, make};
use super::fork::{Kinship, kinship};
use super::log::{self, Contents, LOG, Log, Tail};
use super::names::Names;
use super::numbering;
use super::reading::replay;
use super::record::{Own, Record};
use super::report;
use super::run::has_record;
use super::state::State;
use super::upgrade;
use crate::check::Checked;
use crate::deliver::disk::{Access, Disk, Folder};
use crate::diag::{Diagnostic, Place, Report, codes, count};
use crate::gate::Hash;

/// The result of taking in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TakenIn {
    /// It is our log, or an earlier state of it: nothing in it is missing here.
    OldCopy,
    /// It continues our log, and has replaced it.
    Longer {
        /// The number of new lines.
        new: u32,
    },
    /// It continued differently, and its lines now follow ours.
    Joined {
        /// The number of new lines.
        new: u32,
        /// The file that it is kept in.
        kept: String,
    },
    /// Our log was damaged, or gone with or without its folder, and it has taken its place.
    Restored {
        /// The file that the damaged one is kept in; empty if there was none at all.
        kept: String,
        /// The number of lines of the damaged one that can be proved.
        held: u32,
        /// The number of lines that the restored record lacks according to the registers.
        short_of: u32,
        /// The number of its papers that are not in the folder.
        missing: usize,
    },
}

/// Takes a log into the record of a folder.
///
/// # Errors
/// If it belongs to another conference or is itself damaged, if its papers are not here, or if it clashes with ours.
/// Nothing is changed then.
pub fn take_in(folder: &Path, data: Option<&Path>, file: &Path) -> Result<TakenIn, Report> {
    let checked = conference(folder, data)?;
    ensure_another(folder, file)?;
    let is_missing = !has_record(folder) && !is_of_before(folder);
    if !is_missing {
        Papers::at(folder)?;
    }
    let theirs = Theirs::read(folder, file, &checked)?;
    if is_missing {
        // A copy that was refused leaves no folder behind.
        make(folder, &checked)?;
    }
    let (disk, _lock) = lock(folder, &checked)?;
    if is_missing && !has_record(folder) {
        return Taking { folder, checked: &checked, disk: &disk, theirs }.restore_missing();
    }
    settle(folder, &checked, &disk)?;
    let ours = disk.read(LOG).map_err(|e| stopped(folder, LOG, e))?.unwrap_or_default();
    let taking = Taking { folder, checked: &checked, disk: &disk, theirs };
    if matches!(replay(&log::read(&ours), true).tail, Tail::Broken(_)) {
        return taking.restore(&ours);
    }
    if let Some((kept, held)) = taking.left_by_a_stopped_restore(&ours)? {
        taking.note(&kept, held, &[])?;
        let missing = taking.missing()?;
        return Ok(TakenIn::Restored { kept, held: held.0, short_of: 0, missing });
    }
    let was_taken_in = |taken: &TookIn| taken.head == taking.theirs.log.head;
    if replay(&log::read(&ours), true).state.took_in.iter().any(was_taken_in) {
        return taking.nothing_new();
    }
    match kinship(&ours, &taking.theirs.bytes) {
        Kinship::Another => Err(taking.is_another()),
        Kinship::OldCopy => taking.nothing_new(),
        Kinship::Longer => taking.replace(&ours),
        Kinship::ForkedAfter(lines) => taking.join(&ours, lines as usize),
    }
}

/// Checks that a log is not the record itself.
fn ensure_another(folder: &Path, file: &Path) -> Result<(), Report> {
    let ours = folder.join(LOG).canonicalize().ok();
    if ours.is_none() || ours != file.canonicalize().ok() {
        return Ok(());
    }
    let error = Diagnostic::error(codes::FORKED_RECORD, "this is the record of these papers itself");
    let error = error.place(Place::file(file.display().to_string()));
    Err(error.hint("name a copy of it, or the `record.jsonl` of another machine").into())
}

/// Whether a folder has the registers of an earlier version, which had no record.
fn is_of_before(folder: &Path) -> bool {
    folder.is_dir() && matches!(upgrade::as_it_was(&Folder::new(folder, Access::Owner), folder), Ok(Some(_)))
}

/// The length of the longest beginning of these lines after which no change is open.
fn last_end(events: &[Event]) -> usize {
    let (mut state, mut last) = (State::default(), 0);
    for (n, event) in events.iter().enumerate() {
        if state.apply(event).is_err() {
            break;
        }
        if state.open.is_none() && state.open_run.is_none() {
            last = n + 1;
        }
    }
    last
}

/// Settles an unfinished change in our record, if the record is valid.
fn settle(folder: &Path, checked: &Checked, disk: &Folder) -> Result<(), Report> {
    let bytes = disk.read(LOG).map_err(|e| stopped(folder, LOG, e))?.unwrap_or_default();
    if matches!(replay(&log::read(&bytes), true).tail, Tail::Broken(_)) {
        return Ok(());
    }
    let disk = Folder::new(folder, super::folder::access(checked));
    let held = Record::hold_despite_forks(std::sync::Arc::new(disk), None);
    held.map(drop).map_err(|why| report::cannot_hold(folder, why))
}

fn stopped(folder: &Path, file: &str, error: std::io::Error) -> Report {
    report::stopped(folder, Stop::Disk(file.to_owned(), error))
}

/// The log to take in.
struct Theirs {
    path: PathBuf,
    /// Its name, if it is directly in the folder of our record.
    beside: Option<String>,
    bytes: Vec<u8>,
    contents: Contents,
    /// The log up to its last whole change.
    log: Log,
    state: State,
}

impl Theirs {
    fn read(folder: &Path, file: &Path, checked: &Checked) -> Result<Self, Report> {
        let at = |error: Diagnostic| error.place(Place::file(file.display().to_string()));
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let parent = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let bytes = Folder::new(parent, Access::Owner).read(&name).ok().flatten();
        let Some(bytes) = bytes else {
            let error = at(Diagnostic::error(codes::UNREADABLE, "there is no such file, or it cannot be read"));
            return Err(error.hint("name the log of the other folder: its `record.jsonl`").into());
        };
        let contents = log::read(&bytes);
        let reading = replay(&contents, true);
        if contents.events.is_empty() {
            let error = at(Diagnostic::error(codes::BROKEN_RECORD, "this is not the record of a conference"));
            return Err(error.hint("name the log of the other folder: its `record.jsonl`").into());
        }
        if let Tail::Broken(fault) = reading.tail {
            let message = format!("line {} of this record {}", fault.line, fault.kind.in_words());
            let error = at(Diagnostic::error(codes::BROKEN_RECORD, message));
            return Err(error.hint("take in a copy from before it was damaged").into());
        }
        let opened = reading.state.opened.as_ref();
        if opened.is_none_or(|opened| opened.conference != checked.conference.reference) {
            return Err(at(another(&checked.conference.reference)).into());
        }
        let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let beside = (absolute(parent) == absolute(folder)).then_some(name);
        let (log, state) = (reading.log, reading.state);
        Ok(Self { path: file.to_owned(), beside, bytes, contents, log, state })
    }

    /// The bytes of it that count.
    fn whole(&self) -> &[u8] {
        usize::try_from(self.log.length).ok().and_then(|length| self.bytes.get(..length)).unwrap_or(&self.bytes)
    }
}

fn another(reference: &str) -> Diagnostic {
    Diagnostic::error(
        codes::FORKED_RECORD,
        format!("this record did not begin as the record of `{reference}` here did"),
    )
    .hint("a record of other papers cannot be joined to this one: keep it with its own papers")
}

struct Taking<'t> {
    folder: &'t Path,
    checked: &'t Checked,
    disk: &'t Folder,
    theirs: Theirs,
}

/// The name of a log that was set aside, the number of its valid lines, and the hash of the last of them.
type KeptLog = (String, (u32, Hash));

impl Taking<'_> {
    fn at(&self, diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.place(Place::file(self.theirs.path.display().to_string()))
    }

    fn is_another(&self) -> Report {
        self.at(another(&self.checked.conference.reference)).into()
    }

    fn on_disk<T>(&self, file: &str, result: std::io::Result<T>) -> Result<T, Report> {
        result.map_err(|error| stopped(self.folder, file, error))
    }

    /// Writes bytes under a name and syncs them, replacing any earlier file.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Report> {
        let stage = super::commit::staged(name, Hash::of(bytes));
        let all = self.disk.write(&stage, bytes).and_then(|()| self.disk.sync(&[&stage]));
        let all = all.and_then(|()| self.disk.sync_folders(&[super::commit::STAGE]));
        let all = all.and_then(|()| self.disk.rename(&stage, name)).and_then(|()| self.disk.sync_folders(&[""]));
        self.on_disk(name, all)
    }

    /// Replaces our log with theirs. If theirs was beside ours, no copy of it is left there.
    fn put_theirs(&self) -> Result<(), Report> {
        self.put(LOG, self.theirs.whole())?;
        let beside = self.theirs.beside.as_deref().filter(|name| *name != LOG);
        beside.map_or(Ok(()), |name| self.on_disk(name, self.disk.remove(name)))
    }

    /// Checks that every paper of a state is here; only some of them if `only` is not empty.
    fn ensure_papers_are_here(&self, state: &State, only: &BTreeSet<String>) -> Result<(), Report> {
        let (mut others, mut missing) = (Vec::new(), Vec::new());
        let wanted = |file: &String| only.is_empty() || only.contains(file);
        for (file, paper) in state.papers.iter().filter(|(file, paper)| wanted(file) && !paper.may_be_missing()) {
            match self.on_disk(file, self.disk.hash(file))? {
                Some(there) if there == paper.made.hash => {}
                Some(_) => others.push(file.as_str()),
                None => missing.push(file.as_str()),
            }
        }
        let mut report = Report::default();
        for (files, message) in [
            (others, "of the papers of this record are here in a different version"),
            (missing, "of the papers of this record are not here"),
        ] {
            if !files.is_empty() {
                let error = Diagnostic::error(codes::MISSING_PAPER, format!("{} {message}", files.len()));
                let error = some_of(self.at(error), files.into_iter().map(str::to_owned).collect());
                report.push(
                    error.hint("copy the papers from where this record comes from into this folder, then take it in"),
                );
            }
        }
        if report.has_errors() { Err(report) } else { Ok(()) }
    }

    /// Checks that their record has no unfinished change: it can be finished only where it was begun.
    fn ensure_ended(&self) -> Result<(), Report> {
        if self.theirs.state.open.is_none() && self.theirs.state.open_run.is_none() {
            return Ok(());
        }
        let message = "a run in this record has not ended";
        let error = self.at(Diagnostic::error(codes::STOPPED, message));
        Err(error.hint("run the same command again on the machine that it comes from, then take it in").into())
    }

    fn replace(&self, ours: &[u8]) -> Result<TakenIn, Report> {
        self.ensure_ended()?;
        self.ensure_papers_are_here(&self.theirs.state, &BTreeSet::new())?;
        self.put_theirs()?;
        self.finish(|_| Ok(()))?;
        let before = log::read(ours).events.len();
        self.remove_what_was_moved(&self.theirs.contents.events[before..], &self.theirs.state)?;
        let before = u32::try_from(before).unwrap_or(u32::MAX);
        Ok(TakenIn::Longer { new: self.theirs.log.lines.saturating_sub(before) })
    }

    /// Puts a copy in the place of a log that is missing.
    fn restore_missing(&self) -> Result<TakenIn, Report> {
        let written = self.lines_of_registers()?;
        self.put_theirs()?;
        self.finish(|_| Ok(()))?;
        let short_of = written.saturating_sub(self.theirs.log.lines);
        let missing = self.missing()?;
        Ok(TakenIn::Restored { kept: String::new(), held: 0, short_of, missing })
    }

    /// The number of papers of their record that are not here.
    fn missing(&self) -> Result<usize, Report> {
        let mut missing = 0;
        for file in self.theirs.state.papers.iter().filter(|(_, paper)| !paper.may_be_missing()).map(|(file, _)| file) {
            missing += usize::from(!self.on_disk(file, self.disk.exists(file))?);
        }
        Ok(missing)
    }

    /// The number of lines of the log that the registers were made from.
    fn lines_of_registers(&self) -> Result<u32, Report> {
        let registers = Own::RegisterJson.name();
        let written = self.on_disk(&registers, self.disk.read(&registers))?;
        Ok(written.as_deref().and_then(super::register::Written::read).map_or(0, |written| written.record.lines))
    }

    fn restore(&self, ours: &[u8]) -> Result<TakenIn, Report> {
        let held = log::read(ours);
        let good = held.marks.len();
        let is_same = held.marks.iter().zip(&self.theirs.contents.marks).all(|(one, other)| one.0 == other.0);
        if !is_same {
            return Err(self.is_another());
        }
        if self.theirs.contents.marks.len() < good {
            let message = format!(
                "this copy has {}, and {} of the record here can be proved",
                count(self.theirs.contents.marks.len(), "line"),
                count(good, "line")
            );
            let error = self.at(Diagnostic::error(codes::BROKEN_RECORD, message));
            return Err(error.hint("take in a later copy").into());
        }
        let written = self.lines_of_registers()?;
        let kept = format!("record-damaged-{}.jsonl", Hash::of(ours).short(8));
        self.put(&kept, ours)?;
        self.put_theirs()?;
        let held =
            (u32::try_from(good).unwrap_or(u32::MAX), held.marks.last().map_or_else(|| Log::default().head, |m| m.0));
        self.note(&kept, held, &[])?;
        let short_of = written.saturating_sub(self.theirs.log.lines);
        let missing = self.missing()?;
        Ok(TakenIn::Restored { kept, held: held.0, short_of, missing })
    }

    /// The damaged log that was set aside by a run which was stopped before it could note it.
    fn left_by_a_stopped_restore(&self, ours: &[u8]) -> Result<Option<KeptLog>, Report> {
        let reading = replay(&log::read(ours), true);
        for name in self.on_disk("", self.disk.list(""))? {
            let is_damaged =
                name.strip_prefix("record-damaged-").and_then(|rest| rest.strip_suffix(".jsonl")).is_some();
            if !is_damaged || super::fork::was_taken_in(&reading.state.took_in, &name) {
                continue;
            }
            let bytes = self.on_disk(&name, self.disk.read(&name))?.unwrap_or_default();
            let contents = log::read(&bytes);
            let is_named_so = name == format!("record-damaged-{}.jsonl", Hash::of(&bytes).short(8));
            let is_same = matches!(kinship(ours, &bytes), Kinship::OldCopy) || contents.marks.is_empty();
            if is_named_so && is_same && matches!(contents.tail, Tail::Broken(_)) {
                let lines = u32::try_from(contents.marks.len()).unwrap_or(u32::MAX);
                let head = contents.marks.last().map_or_else(|| Log::default().head, |mark| mark.0);
                return Ok(Some((name, (lines, head))));
            }
        }
        Ok(None)
    }

    /// Appends lines, and one that names the log that was taken in or set aside.
    fn note(&self, kept: &str, (lines, head): (u32, Hash), more: &[Event]) -> Result<(), Report> {
        self.finish(|record| {
            record.replay(more)?;
            let took_in = TookIn { file: kept.to_owned(), share: None, lines, head, released: None };
            record.commit(Begin::of(Verb::TakeIn), vec![Event::TookIn(took_in)], &[])
        })
    }

    /// Holds our record as it is now, writes to it, and makes the registers again.
    fn finish(&self, write: impl FnOnce(&mut Record) -> Result<(), Stop>) -> Result<(), Report> {
        let disk = Folder::new(self.folder, super::folder::access(self.checked));
        let held = Record::hold_despite_forks(std::sync::Arc::new(disk), None);
        let mut record = held.map_err(|why| report::cannot_hold(self.folder, why))?;
        write(&mut record).map_err(|stop| report::stopped(self.folder, stop))?;
        let numbered = numbering::numbered(self.checked, record.state());
        let checked = numbered.map_or_else(|_| self.checked.clone(), |(checked, _)| checked);
        Papers::write_registers(&record, self.folder, &Names::of(&checked), &checked.fingerprint)
    }

    /// Makes the registers again, and removes what was moved: a run that took the log in may have been stopped before.
    fn nothing_new(&self) -> Result<TakenIn, Report> {
        self.finish(|_| Ok(()))?;
        let ours = self.on_disk(LOG, self.disk.read(LOG))?.unwrap_or_default();
        self.remove_what_was_moved(&self.theirs.contents.events, &replay(&log::read(&ours), true).state)?;
        Ok(TakenIn::OldCopy)
    }

    fn join(&self, ours: &[u8], common: usize) -> Result<TakenIn, Report> {
        self.ensure_ended()?;
        let held = log::read(ours);
        let common = last_end(&held.events[..common]);
        let heads: Vec<Hash> = held.marks.iter().map(|(head, _)| *head).collect();
        let ours_alone = &held.events[common..];
        let theirs_alone = &self.theirs.contents.events[common..self.theirs.log.lines as usize];
        let new = unknown(theirs_alone, ours_alone, &heads);
        let kept = format!("record-{}.jsonl", self.theirs.log.head.short(8));
        // A run that was stopped after it had appended the lines only had to name the log.
        if new.is_empty() && !self.on_disk(&kept, self.disk.exists(&kept))? {
            return self.nothing_new();
        }
        // What both have happened before the rest of either.
        let their_heads: Vec<Hash> = self.theirs.contents.marks.iter().map(|(head, _)| *head).collect();
        self.ensure_no_clash(common, &unknown(ours_alone, theirs_alone, &their_heads), &new)?;
        let mut both = replay(&held, true).state;
        let is_open = both.open.is_some() || both.open_run.is_some();
        if is_open || new.iter().try_for_each(|(_, line)| both.apply(line)).is_err() {
            let message = format!("what this record says after line {common} cannot follow what the record here says");
            let error = self.at(Diagnostic::error(codes::FORKED_RECORD, message));
            return Err(error
                .hint("finish what was begun on both machines with the same commands, then take it in")
                .into());
        }
        let touched: BTreeSet<String> = new.iter().flat_map(|(_, line)| places(line)).map(str::to_owned).collect();
        if !touched.is_empty() {
            self.ensure_papers_are_here(&self.theirs.state, &touched)?;
        }
        self.put(&kept, self.theirs.whole())?;
        if let Some(beside) = self.theirs.beside.as_deref().filter(|name| *name != kept && *name != LOG) {
            self.on_disk(beside, self.disk.remove(beside))?;
        }
        let lines: Vec<Event> = new.iter().map(|(_, line)| (*line).clone()).collect();
        self.note(&kept, (self.theirs.log.lines, self.theirs.log.head), &lines)?;
        self.remove_what_was_moved(theirs_alone, &both)?;
        Ok(TakenIn::Joined { new: u32::try_from(lines.len()).unwrap_or(u32::MAX), kept })
    }

    /// Removes files that were moved or removed on the other machine, and are still here as they were. Nothing of which
    /// this is the last copy is removed.
    fn remove_what_was_moved(&self, lines: &[Event], state: &State) -> Result<(), Report> {
        for line in lines {
            let (file, hash, kept) = match line {
                Event::SetAside(SetAside { file, hash: Some(hash), kept, .. }) => (file, hash, Some(kept)),
                Event::Dropped(Dropped { file, hash }) => (file, hash, None),
                _ => continue,
            };
            let is_as_it_was = |file: &str| Ok::<_, Report>(self.on_disk(file, self.disk.hash(file))? == Some(*hash));
            if state.papers.contains_key(file) || !is_as_it_was(file)? {
                continue;
            }
            let last = state.paper_of(*hash).map(|paper| paper.made.file.as_str());
            if kept.is_none() || last.is_none_or(|last| is_as_it_was(last).unwrap_or(false)) {
                self.on_disk(file, self.disk.remove(file))?;
            }
        }
        Ok(())
    }

    /// Checks that no line here contradicts one there.
    fn ensure_no_clash(
        &self,
        common: usize,
        here: &[(usize, &Event)],
        there: &[(usize, &Event)],
    ) -> Result<(), Report> {
        let mut clashing = Vec::new();
        let line = |n: usize, event: &Event| format!("line {}: {}", common + n + 1, in_words(event));
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        for (n, one) in there {
            for (m, other) in here {
                if !clashes(one, other) || !seen.insert(*n) {
                    continue;
                }
                clashing.push(format!("{} here, and {} there", line(*m, other), line(*n, one)));
            }
        }
        if clashing.is_empty() {
            return Ok(());
        }
        let lines = count(clashing.len(), "line");
        let message = format!("the record here conflicts with {lines} of this one");
        let error = some_of(self.at(Diagnostic::error(codes::FORKED_RECORD, message)), clashing);
        let hint = "keep one of the two: remove the other machine’s log, and repeat here what was done there";
        Err(error.hint(hint).into())
    }
}

/// The lines of another log that ours does not have, each with its position: whole changes, without those that ours has as
/// well because one of the two was taken in before.
fn unknown<'e>(theirs: &'e [Event], ours: &[Event], our_heads: &[Hash]) -> Vec<(usize, &'e Event)> {
    let is_end = |event: &Event| matches!(event, Event::End(_) | Event::Undone(_));
    let mut known: Vec<&[Event]> = ours.split_inclusive(is_end).collect();
    let (mut new, mut position) = (Vec::new(), 0);
    for change in theirs.split_inclusive(is_end) {
        let names_ours =
            change.iter().any(|line| matches!(line, Event::TookIn(taken) if our_heads.contains(&taken.head)));
        // What was undone changed no paper. Letters of a run that was given up stay.
        let is_undone = matches!(change, [Event::Begin(begin), .., Event::Undone(_)] if begin.run.is_none());
        match known.iter().position(|known| *known == change) {
            Some(same) => drop(known.remove(same)),
            None if names_ours || is_undone => {}
            None => new.extend((position..).zip(change)),
        }
        position += change.len();
    }
    new
}

/// The most items that are named one by one.
const NAMED: usize = 5;

/// An error that names the first of many.
fn some_of(error: Diagnostic, all: Vec<String>) -> Diagnostic {
    let more = all.len().saturating_sub(NAMED);
    let error = all.into_iter().take(NAMED).fold(error, Diagnostic::note);
    if more > 0 { error.note(format!("and {more} more")) } else { error }
}

/// The places that a line puts a file in, or removes one from.
fn places(event: &Event) -> Vec<&str> {
    match event {
        Event::Made(made) | Event::Released(made) => vec![&made.file],
        Event::SetAside(aside) => vec![&aside.file, &aside.kept],
        Event::Dropped(dropped) => vec![&dropped.file],
        Event::Begin(begin) => begin.run.as_ref().map(|run| run.folder.as_str()).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Whether two lines cannot both be true: one place for two files, one number for two people, two numbers for one.
fn clashes(one: &Event, other: &Event) -> bool {
    if let (Event::Numbered(one), Event::Numbered(other)) = (one, other) {
        let is_one_number = one.role == other.role && one.no == other.no;
        let is_one_person = one.role == other.role
            && (one.name == other.name && one.organisation == other.organisation && one.detail == other.detail);
        return is_one_number != is_one_person;
    }
    let (one_places, other_places) = (places(one), places(other));
    let meet = one_places.iter().any(|place| !place.is_empty() && other_places.contains(place));
    meet && one != other
}

fn in_words(event: &Event) -> String {
    match event {
        Event::Made(made) => format!("`{}` was made", made.file),
        Event::Released(made) => format!("`{}` was released", made.file),
        Event::SetAside(aside) => format!("`{}` was put aside", aside.file),
        Event::Dropped(dropped) => format!("`{}` was removed", dropped.file),
        Event::Numbered(numbered) => {
            format!("`{}` was given to somebody", Who { role: numbered.role, no: numbered.no }.as_typed())
        }
        Event::Begin(begin) => format!("{} began", begin.verb.in_words()),
        _ => "something else was noted".to_owned(),
    }
}
