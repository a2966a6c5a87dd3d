//! A run of letters of an earlier version, as lines of a record.
//!
//! In: its registers. Out: the events that say the same, identical each time they are made.
//!
//! Deliberately absent: the disk.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::super::event::{Begin, Dropped, End, Event, Made, Run, SetAside, SignedOff, Source, Verb};
use super::super::ranges::Ranges;
use super::old::{Held, Line, OldRun, Summary};
use crate::gate::Hash;

/// Defaults for a run that was killed before its register was written.
#[derive(Debug, Clone)]
pub struct Otherwise {
    pub version: u32,
    pub issued: NaiveDate,
    pub maker: String,
}

/// A run, ready to be adopted.
#[derive(Debug)]
pub struct RunPlan {
    /// The folder in which its letters were made.
    pub place: String,
    /// Its lines, from its beginning to any end.
    pub events: Vec<Event>,
    /// The place of its folder, if it was set aside.
    pub aside: Option<SetAside>,
    /// Whether it was killed and can be resumed.
    pub stays_open: bool,
    /// The program's own files, the one that identifies the run last.
    pub own: Vec<(String, Hash)>,
    /// The number of its letters.
    pub letters: usize,
}

/// Plans the lines of a run. `stays_open` says whether it can be resumed if it was killed; `bears_mark`, whether a file
/// of it has the mark of a draft.
pub fn plan(run: &OldRun, otherwise: &Otherwise, stays_open: bool, bears_mark: &dyn Fn(&str) -> bool) -> RunPlan {
    let summary = run.summary.as_ref();
    let header = header(run, otherwise);
    let source = Source {
        maker: summary.map_or(&otherwise.maker, |s| &s.maker).clone(),
        program: summary.map(|s| s.made_by.clone()).unwrap_or_default(),
        ..Source::default()
    };
    let lines = Lines { run: &header, sets: sets(run) };
    let begin = |sign_off: Option<SignedOff>| {
        let begin = Begin { source: source.clone(), sign_off, run: Some(header.clone()), ..Begin::of(Verb::Invite) };
        Event::Begin(Box::new(begin))
    };
    let (mut signed, this) = summary.map(|s| (s.sign_offs(), s.sign_off())).unwrap_or_default();
    if signed.last() == this.as_ref() {
        signed.pop();
    }
    let mut events = Vec::new();
    let again = summary.is_some_and(|s| s.again);
    if run.journal.is_some() && again && signed.is_empty() {
        // The only sign-off was given for the run before, and repeated for the one that was killed.
        signed.extend(this.clone());
    }
    for (n, earlier) in signed.iter().enumerate() {
        events.push(begin(Some(earlier.clone())));
        if run.journal.is_some() && again && n + 1 == signed.len() {
            events.extend(withdrawn(run, &lines));
            events.extend(run.register.iter().map(|line| lines.event(line, true)));
        }
        events.push(Event::End(End::default()));
    }
    events.push(begin(this.clone()));
    let is_released = this.is_some();
    let mut last = Last { events: &mut events, lines: &lines, run, is_released, again };
    match &run.journal {
        None => last.ended(),
        Some(journal) => last.killed(journal, bears_mark),
    }
    events.extend(run.own.iter().map(|(file, hash)| Event::Dropped(Dropped { file: file.clone(), hash: *hash })));
    let is_aside = run.place != run.at;
    let stays_open = run.journal.is_some() && stays_open && !is_aside;
    if run.journal.is_none() {
        events.push(Event::End(end(run, summary, header.parts)));
    } else if !stays_open {
        events.push(Event::Undone(End::default()));
    }
    let numbers = run.register.iter().chain(run.journal.iter().flatten()).map(|line| line.number);
    let letters = numbers.filter(|number| *number > 0).collect::<BTreeSet<u32>>().len();
    let aside = SetAside { file: run.place.clone(), hash: None, kept: run.at.clone(), lost: false };
    let aside = Some(aside).filter(|_| is_aside);
    RunPlan { place: run.place.clone(), events, aside, stays_open, own: run.own.clone(), letters }
}

/// The lines after the last beginning.
struct Last<'l> {
    events: &'l mut Vec<Event>,
    lines: &'l Lines<'l>,
    run: &'l OldRun,
    is_released: bool,
    again: bool,
}

impl Last<'_> {
    fn ended(&mut self) {
        self.events.extend(withdrawn(self.run, self.lines));
        self.events.extend(self.run.register.iter().map(|line| self.lines.event(line, self.is_released)));
    }

    fn killed(&mut self, journal: &[Line], bears_mark: &dyn Fn(&str) -> bool) {
        // A file's line has the last word on it, so notes come first.
        for (file, hash) in &self.run.begun {
            let file = self.lines.place(file);
            self.events.push(Event::Dropped(Dropped { file, hash: *hash }));
        }
        // The last line of a file counts, in its own position.
        let noted: BTreeMap<&str, usize> = (0..).zip(journal).map(|(n, line)| (line.file.as_str(), n)).collect();
        if !self.again {
            self.events.extend(withdrawn(self.run, self.lines));
            let before = self.run.register.iter().filter(|line| !noted.contains_key(line.file.as_str()));
            self.events.extend(before.map(|line| self.lines.event(line, false)));
        }
        let entered: BTreeSet<(&str, Hash)> = self.run.register.iter().map(|l| (l.file.as_str(), l.hash)).collect();
        for (n, line) in journal.iter().enumerate() {
            let is_last = noted.get(line.file.as_str()) == Some(&n);
            if !is_last || self.again && entered.contains(&(line.file.as_str(), line.hash)) {
                continue;
            }
            // A killed run of drafts may have come before: its lines are in the same journal.
            let is_released = self.is_released && (self.again || !bears_mark(&line.file));
            self.events.push(self.lines.event(line, is_released));
        }
    }
}

/// The lines of released files that are no longer due. A file that was removed, as the user was advised, is not
/// missing.
fn withdrawn(run: &OldRun, lines: &Lines<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for (line, lies) in &run.withdrawn {
        events.push(lines.event(line, true));
        if !lies {
            events.push(Event::Dropped(Dropped { file: lines.place(&line.file), hash: line.hash }));
        }
    }
    events
}

fn end(run: &OldRun, summary: Option<&Summary>, parts: u32) -> End {
    let failed: BTreeSet<u32> = summary.into_iter().flat_map(|s| s.failed.iter().copied()).collect();
    let known: BTreeSet<&String> = run.register.iter().map(|line| &line.file).collect();
    let outdated = summary.into_iter().flat_map(|s| &s.outdated).filter(|file| known.contains(file));
    let stale = run.withdrawn.iter().filter(|(_, lies)| *lies).map(|(line, _)| &line.file);
    End {
        failed: Ranges::of(failed.into_iter(), parts),
        outdated: outdated.cloned().collect(),
        stale: stale.cloned().collect(),
        off: Ranges::default(),
        problems: run.problems,
    }
}

fn header(run: &OldRun, otherwise: &Otherwise) -> Run {
    // A missing value is the hash of nothing: it equals no fingerprint, so it decides nothing.
    let hash = |text: &str| text.parse().unwrap_or_else(|_| Hash::of(b""));
    let Some(s) = &run.summary else {
        let paper = if run.place == "invitations" { "invitation" } else { &run.place };
        let (part, parts) = super::old::share_of(&run.at).unwrap_or((1, 1));
        return Run {
            folder: run.place.clone(),
            paper: paper.to_owned(),
            v: otherwise.version,
            issued: otherwise.issued,
            inputs: hash(""),
            list: hash(""),
            list_name: hash(""),
            choices: hash(""),
            make: Vec::new(),
            part,
            parts,
            people: 0,
            letters: 0,
            due: 0,
            print_part: 0,
        };
    };
    Run {
        folder: run.place.clone(),
        paper: s.artefact.clone(),
        v: s.version,
        issued: s.issued.unwrap_or(otherwise.issued),
        inputs: hash(&s.inputs),
        list: hash(&s.list),
        list_name: hash(&s.list_name),
        choices: hash(&s.choices),
        make: s.make.clone(),
        part: s.part,
        parts: s.of,
        people: s.people,
        letters: s.letters,
        due: s.due,
        print_part: s.print_part,
    }
}

/// The letters of each bundle. Labels belong to the bundle for the printer, and only one of the two lists them.
fn sets(run: &OldRun) -> BTreeMap<String, Held> {
    let mut sets = BTreeMap::new();
    let known: BTreeSet<&str> =
        run.register.iter().chain(run.journal.iter().flatten()).map(|line| line.file.as_str()).collect();
    for (kind, all) in run.summary.iter().flat_map(|summary| &summary.held) {
        let Some((audience, kind)) = kind.rsplit_once('/') else { continue };
        for (n, held) in all.iter().enumerate() {
            let nth = if n == 0 { String::new() } else { format!("-{:03}", n + 1) };
            let file = match kind {
                "zip" => format!("{audience}/letters{nth}.zip"),
                "notify" => format!("{audience}/notify/notify{nth}.csv"),
                _ => {
                    let part = format!("{audience}/print/part-{:03}.pdf", n + 1);
                    let labels = format!("{audience}/print/labels-{:03}.pdf", n + 1);
                    if known.contains(part.as_str()) { part } else { labels }
                }
            };
            sets.insert(file, held.clone());
        }
    }
    sets
}

struct Lines<'l> {
    run: &'l Run,
    sets: BTreeMap<String, Held>,
}

impl Lines<'_> {
    fn place(&self, file: &str) -> String {
        if self.run.folder.is_empty() { file.to_owned() } else { format!("{}/{file}", self.run.folder) }
    }

    fn event(&self, line: &Line, released: bool) -> Event {
        let held = self.sets.get(&line.file).filter(|_| line.number == 0).cloned().unwrap_or_default();
        let made = Made {
            no: (line.number > 0).then_some(line.number),
            reference: line.reference.clone(),
            audience: line.audience.clone(),
            pages: line.pages,
            person: line.person.clone(),
            letters: held.letters,
            gone: held.gone,
            set: held.of,
            inputs: held.inputs,
            from: Some(line.inputs),
            ..Made::of_run(self.run, self.place(&line.file), line.hash)
        };
        if released { Event::Released(Box::new(made)) } else { Event::Made(Box::new(made)) }
    }
}
