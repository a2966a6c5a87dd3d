//! The state that the lines of a record add up to.
//!
//! In: events, one after the other. Out: the papers and their status, everybody's numbers, and any unfinished change.
//! [`State::apply`] is the only place that gives a line its meaning: replay, writing and verifying share it.
//!
//! Deliberately absent: the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::about;
use super::event::{
    Adopted, Approved, Begin, CheckedOff, Disposed, End, Event, Looked, Lost, Made, Opened, Run, Sent, SetAside,
    SignedOff, Source,
};
use super::event::{TookIn, Verb, Who, Withdrawn};
use super::numbers::Numbered;
pub use super::paper_status::PaperStatus;
use crate::gate::Hash;

/// One paper of a record.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Its line, with its present place.
    pub made: Made,
    /// The source that it was made from.
    pub source: Arc<Source>,
    /// Its status.
    pub status: PaperStatus,
    /// The sign-off with which it was released.
    pub sign_off: Option<Arc<SignedOff>>,
    /// The hash of the released paper that it replaced.
    pub supersedes: Option<Hash>,
    /// The people who checked this very draft.
    pub checked: Vec<SignedOff>,
    /// Notes that it was sent.
    pub sent: Vec<Sent>,
    /// Whether its file was already missing when another replaced it.
    pub lost: bool,
    /// How many entries [`State::numbers`] had when it was made or released: they have the names of its readers then.
    pub numbered: usize,
    /// The note that its file is lost, wherever it was then. It says nothing if the file is there.
    pub loss: Option<Arc<Lost>>,
}

impl Paper {
    /// Whether the record says why its file may be missing.
    pub fn may_be_missing(&self) -> bool {
        self.lost || self.loss.is_some()
    }
}

/// The progress of a run of letters.
#[derive(Debug, Clone)]
pub struct RunState {
    /// The run.
    pub run: Run,
    /// The source of its letters.
    pub source: Arc<Source>,
    /// The sign-offs with which its letters were released, in order.
    pub sign_offs: Vec<SignedOff>,
    /// The reason of its version, as its letters give it. `None` for a first version and in records of earlier versions.
    pub because: Option<String>,
    /// Whether this run releases.
    pub releases: bool,
    /// Whether letters of this version were released by a run that has ended.
    pub was_released: bool,
    /// Whether it has ended.
    pub ended: bool,
    /// Its end.
    pub end: End,
}

/// A change that counts only as a whole, with the lines that it has so far.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Its beginning.
    pub begin: Arc<Begin>,
    /// Its lines.
    pub lines: Vec<Event>,
}

impl Unit {
    /// Whether all its lines are there.
    pub fn is_whole(&self) -> bool {
        self.begin.of.is_some_and(|of| of as usize == self.lines.len())
    }
}

/// The state that a record adds up to.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Its first line.
    pub opened: Option<Opened>,
    /// A folder of an earlier version that was adopted.
    pub adopted: Option<Adopted>,
    /// Every paper, by its place.
    pub papers: BTreeMap<String, Paper>,
    /// Every hash that the log ever gave a place. A file with one of them there is the program's own.
    given: BTreeMap<String, Vec<Hash>>,
    /// Places of kept files, none of which is used a second time, each with the file's earlier place.
    pub kept: BTreeMap<String, String>,
    /// Everybody's numbers; the last line of each counts.
    pub numbers: Vec<Numbered>,
    /// The people and organisations who no longer take part.
    pub withdrawn: BTreeMap<Who, Withdrawn>,
    /// The people whose files were destroyed.
    pub erased: BTreeSet<Who>,
    /// The destruction of all papers, after which nothing is made here.
    pub disposed: Option<Box<Disposed>>,
    /// People whose withdrawal was undone.
    pub rejoined: BTreeSet<Who>,
    /// Released papers that were destroyed with them, with the place that each had last.
    pub destroyed: Vec<Paper>,
    /// Runs of letters, by their folder.
    pub runs: BTreeMap<String, RunState>,
    /// Proofs of a run, by its folder, with the run that they were made for and their files.
    pub proofs: BTreeMap<String, (Run, BTreeMap<String, Hash>)>,
    /// Papers that the chair approved, by the place where each was made, with the day and the digest of the words.
    pub approved: BTreeMap<String, (chrono::NaiveDate, String)>,
    /// Letters of runs that were noted as sent.
    pub sent: Vec<Sent>,
    /// Records that were taken in.
    pub took_in: Vec<TookIn>,
    /// Who opened what only few may read.
    pub looked: Vec<Looked>,
    /// Notes that the folder of a merged share is lost, by its place.
    pub lost_shares: BTreeMap<String, Arc<Lost>>,
    /// Digests of the data at each release, by field path; the releases by the fingerprint of their data.
    pub fields: BTreeMap<String, Arc<BTreeMap<String, String>>>,
    /// Digests of what tells this conference from another, as they were last.
    pub about: BTreeMap<String, String>,
    /// The unfinished change.
    pub open: Option<Unit>,
    /// The beginning of the unfinished run, whose lines count one by one.
    pub open_run: Option<Arc<Begin>>,
    /// The last day on which anything was checked or sent, or somebody withdrew. A loss that is noticed says nothing about
    /// what was checked before it.
    pub last_day: Option<chrono::NaiveDate>,
}

/// A source with everybody who had a hand in an earlier one.
fn joined(source: &Arc<Source>, before: &Source) -> Arc<Source> {
    if before.hands.iter().all(|hand| source.hands.contains(hand)) {
        return Arc::clone(source);
    }
    Arc::new(Source::clone(source).with_hands_of(before))
}

/// A line that contradicts the lines before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Impossible;

impl State {
    /// Applies a line.
    ///
    /// # Errors
    /// If it cannot follow the lines before it.
    pub fn apply(&mut self, event: &Event) -> Result<(), Impossible> {
        if let Some(unit) = &mut self.open {
            return match event {
                Event::End(end) if unit.is_whole() => {
                    let unit = self.open.take().expect("it was there");
                    self.apply_unit(&unit)?;
                    self.end(&unit.begin, end);
                    Ok(())
                }
                Event::Undone(_) => {
                    self.open = None;
                    Ok(())
                }
                Event::Begin(_) | Event::Opened(_) | Event::End(_) => Err(Impossible),
                _ if unit.is_whole() => Err(Impossible),
                line => {
                    unit.lines.push(line.clone());
                    Ok(())
                }
            };
        }
        match event {
            Event::Opened(opened) if self.opened.is_none() => self.opened = Some(opened.clone()),
            _ if self.opened.is_none() => return Err(Impossible),
            Event::Begin(begin) if self.open_run.is_none() => self.begin(begin),
            Event::End(end) => {
                let begin = self.open_run.take().ok_or(Impossible)?;
                self.end(&begin, end);
            }
            Event::Undone(end) => {
                let begin = self.open_run.take().ok_or(Impossible)?;
                if let Some(run) = &begin.run {
                    self.abandon_run(&run.folder, end);
                }
            }
            line => {
                let begin = self.open_run.clone().ok_or(Impossible)?;
                self.apply_line(&begin, line)?;
            }
        }
        Ok(())
    }

    fn begin(&mut self, begin: &Begin) {
        let begin = Arc::new(begin.clone());
        if let Some(signed) = &begin.sign_off {
            self.last_day = self.last_day.max(Some(signed.on));
        }
        if begin.of.is_some() {
            self.open = Some(Unit { begin, lines: Vec::new() });
            return;
        }
        if let Some(run) = &begin.run {
            let before = self.runs.remove(&run.folder);
            let (before, older) = if before.as_ref().is_some_and(|before| before.run.v == run.v) {
                (before, None)
            } else {
                (None, before.filter(|older| run.folder.is_empty() && (older.was_released || older.releases)))
            };
            // The letters of a share were put aside one folder after the other.
            if let Some(mut older) = older {
                older.run.folder = version_folder(older.run.v);
                self.kept.insert(older.run.folder.clone(), String::new());
                self.runs.insert(older.run.folder.clone(), older);
            }
            let was_released = before.as_ref().is_some_and(|b| b.was_released || b.releases && b.ended);
            let source = Arc::new(begin.source.clone());
            let source = before.as_ref().map_or_else(|| Arc::clone(&source), |before| joined(&source, &before.source));
            let mut sign_offs = before.map(|before| before.sign_offs).unwrap_or_default();
            sign_offs.extend(begin.sign_off.clone().filter(|signed| sign_offs.last() != Some(signed)));
            let state = RunState {
                run: run.clone(),
                source,
                because: begin.because.clone(),
                sign_offs,
                releases: begin.sign_off.is_some(),
                was_released,
                ended: false,
                end: End::default(),
            };
            self.runs.insert(run.folder.clone(), state);
        }
        self.open_run = Some(begin);
    }

    fn apply_unit(&mut self, unit: &Unit) -> Result<(), Impossible> {
        if unit.begin.verb == Verb::Proofs
            && let Some(run) = &unit.begin.run
        {
            let files = unit.lines.iter().filter_map(|line| match line {
                Event::Made(made) => Some((made.file.clone(), made.hash)),
                _ => None,
            });
            self.proofs.insert(run.folder.clone(), (run.clone(), files.collect()));
        }
        unit.lines.iter().try_for_each(|line| self.apply_line(&unit.begin, line))
    }

    fn end(&mut self, begin: &Begin, end: &End) {
        if !begin.fields.is_empty() {
            self.fields.insert(begin.source.data.clone(), Arc::new(begin.fields.clone()));
            self.about = about::of(&begin.fields);
        }
        if !begin.about.is_empty() {
            self.about.clone_from(&begin.about);
        }
        if begin.verb == Verb::Build {
            // This build's data confirms the drafts that it left unchanged.
            let source = Arc::new(begin.source.clone());
            for paper in self.papers.values_mut().filter(|paper| paper.status == PaperStatus::Draft) {
                let made = &paper.made;
                if made.no.is_none() && begin.scope.holds(&made.paper, &made.audience, &made.file) && !is_of_run(made) {
                    paper.source = joined(&source, &paper.source);
                    paper.numbered = self.numbers.len();
                }
            }
        }
        if let Some(state) =
            begin.run.as_ref().filter(|_| begin.of.is_none()).and_then(|run| self.runs.get_mut(&run.folder))
        {
            state.ended = true;
            state.end = end.clone();
        }
    }

    /// Abandons a run. If none of its released files stands, it has released nothing.
    fn abandon_run(&mut self, folder: &str, end: &End) {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let is_released = |paper: &Paper| paper.status == PaperStatus::Released;
        let stands = self.papers.iter().any(|(file, paper)| file.starts_with(&prefix) && is_released(paper));
        let Some(state) = self.runs.get_mut(folder) else { return };
        state.ended = true;
        state.end = end.clone();
        if !stands {
            (state.releases, state.was_released) = (false, false);
            state.sign_offs.clear();
        }
    }

    /// Applies one line of a change.
    fn apply_line(&mut self, begin: &Begin, line: &Event) -> Result<(), Impossible> {
        match line {
            Event::Made(made) => self.made(begin, made, false),
            Event::Released(made) => self.made(begin, made, true),
            Event::SetAside(aside) => self.set_aside(begin.verb, aside),
            Event::Dropped(dropped) => {
                let paper = self.papers.remove(&dropped.file).filter(|paper| paper.status != PaperStatus::Draft);
                if let Some(mut paper) = paper.filter(|_| matches!(begin.verb, Verb::Erase | Verb::Dispose)) {
                    paper.status = PaperStatus::Erased;
                    self.destroyed.push(paper);
                }
                self.give(&dropped.file, dropped.hash);
                // Proofs can no longer be checked if one of them is gone.
                self.proofs.retain(|_, (_, files)| !files.contains_key(&dropped.file));
            }
            Event::Numbered(numbered) => self.numbers.push(numbered.clone()),
            Event::Checked(checked) => self.checked(checked),
            Event::Sent(sent) => self.note_sent(sent),
            Event::Withdrawn(withdrawn) => {
                self.last_day = self.last_day.max(withdrawn.on);
                self.withdrawn.insert(withdrawn.who, withdrawn.clone());
            }
            Event::Disposed(disposed) => {
                self.last_day = self.last_day.max(Some(disposed.sign_off.on));
                self.disposed = Some(disposed.clone());
            }
            Event::Erased(who) => drop(self.erased.insert(*who)),
            Event::Rejoined(who) => {
                self.withdrawn.remove(who);
                self.rejoined.insert(*who);
            }
            Event::Lost(lost) => {
                if let Some(paper) = self.papers.get_mut(&lost.file).filter(|paper| paper.made.hash == lost.hash) {
                    paper.loss = Some(Arc::new(lost.clone()));
                } else if self.took_in.iter().any(|taken| taken.file == lost.file && taken.head == lost.hash) {
                    self.lost_shares.insert(lost.file.clone(), Arc::new(lost.clone()));
                }
            }
            Event::Looked(looked) => self.looked.push(looked.clone()),
            Event::TookIn(took_in) => self.took_in.push(took_in.clone()),
            Event::Adopted(adopted) => self.adopted = Some(adopted.clone()),
            Event::Opened(_) | Event::Begin(_) | Event::End(_) | Event::Undone(_) => return Err(Impossible),
        }
        Ok(())
    }

    fn made(&mut self, begin: &Begin, made: &Made, released: bool) {
        self.give(&made.file, made.hash);
        if let Some(Approved { on, words }) = &made.approved {
            let is_known = self.approved.get(&made.file).is_some_and(|(then, _)| then == on);
            if !is_known {
                self.approved.insert(made.file.clone(), (*on, words.clone()));
            }
        }
        let before = self.papers.get(&made.file);
        let same_version = before.filter(|before| before.made.v == made.v);
        let supersedes = same_version.and_then(|before| before.supersedes);
        let supersedes = supersedes.or_else(|| self.replaced_by(&made.file, made.v));
        let checked = if released { before.map(|before| before.checked.clone()) } else { None };
        let signed = made.signed.clone().or_else(|| begin.sign_off.clone()).filter(|_| released).map(Arc::new);
        let source = match before {
            _ if made.source.is_some() => Arc::new(made.source.clone().unwrap_or_default()),
            // A release says who checked; the line of the draft has the source.
            Some(before) if begin.source.maker.is_empty() => Arc::clone(&before.source),
            // Whoever had a hand in a draft had one in what it became.
            Some(before) => joined(&Arc::new(begin.source.clone()), &before.source),
            None => Arc::new(begin.source.clone()),
        };
        // Only its readers are others.
        let is_same =
            |before: &&Paper| released && before.status == PaperStatus::Released && before.made.hash == made.hash;
        let numbered = same_version.filter(is_same).map_or(self.numbers.len(), |before| before.numbered);
        let sent = same_version.filter(is_same).map(|before| {
            // What went to everybody went to those who were its readers then.
            let to = |sent: &Sent| if sent.to.is_empty() { before.made.to.clone() } else { sent.to.clone() };
            before.sent.iter().map(|sent| Sent { to: to(sent), ..sent.clone() }).collect()
        });
        let sent = sent.unwrap_or_default();
        let loss = same_version.filter(is_same).and_then(|before| before.loss.clone());
        let status = if released { PaperStatus::Released } else { PaperStatus::Draft };
        let paper = Paper {
            made: made.clone(),
            source,
            status,
            sign_off: signed,
            supersedes,
            checked: checked.unwrap_or_default(),
            sent,
            lost: false,
            numbered,
            loss,
        };
        self.papers.insert(made.file.clone(), paper);
    }

    /// The hash of the last kept paper that was at a place before this version.
    fn replaced_by(&self, file: &str, version: u32) -> Option<Hash> {
        // A run has ten thousand papers, each of which asks: there is nothing before the first version, and few are kept.
        if version <= 1 {
            return None;
        }
        let kept = self.kept.iter().filter(|(_, before)| *before == file);
        let kept = kept.filter_map(|(kept, _)| self.papers.get(kept));
        let kept = kept.filter(|paper| paper.status == PaperStatus::Superseded && paper.made.v < version);
        kept.max_by_key(|paper| paper.made.v).map(|paper| paper.made.hash)
    }

    fn set_aside(&mut self, verb: Verb, aside: &SetAside) {
        if verb == Verb::Rejoin {
            self.kept.remove(&aside.file);
        } else {
            self.kept.insert(aside.kept.clone(), aside.file.clone());
        }
        let below = format!("{}/", aside.file);
        let all: Vec<String> = match aside.hash {
            Some(_) => vec![aside.file.clone()],
            None => self.papers.keys().filter(|file| file.starts_with(&below)).cloned().collect(),
        };
        for file in all {
            let Some(mut paper) = self.papers.remove(&file) else { continue };
            let place = format!("{}{}", aside.kept, &file[aside.file.len()..]);
            if verb == Verb::Rejoin {
                paper.status = PaperStatus::Released;
            } else if paper.status == PaperStatus::Released {
                // A record that was taken in has withdrawals under a verb of its own.
                let is_withdrawn = verb == Verb::Withdraw || self.has_lost_its_readers(&paper.made.to);
                paper.status = if is_withdrawn { PaperStatus::Withdrawn } else { PaperStatus::Superseded };
            }
            self.give(&place, paper.made.hash);
            if aside.hash.is_none() {
                // An abandoned run may have left an older draft there, and the folder moves as it is.
                let ours = self.given.get(&file).cloned().unwrap_or_default();
                for hash in ours {
                    self.give(&place, hash);
                }
            }
            paper.made.file.clone_from(&place);
            paper.lost = aside.lost;
            self.papers.insert(place, paper);
        }
        if aside.hash.is_none()
            && let Some(mut run) = self.runs.remove(&aside.file)
        {
            run.run.folder.clone_from(&aside.kept);
            self.runs.insert(aside.kept.clone(), run);
            for sent in self.sent.iter_mut().filter(|sent| sent.file == aside.file) {
                sent.file.clone_from(&aside.kept);
            }
            self.proofs.remove(&aside.file);
        }
    }

    /// Whether all readers of a paper no longer take part.
    fn has_lost_its_readers(&self, to: &str) -> bool {
        let mut all = to.split_whitespace().map(Who::of).peekable();
        all.peek().is_some() && all.all(|who| who.is_some_and(|who| self.withdrawn.contains_key(&who)))
    }

    fn checked(&mut self, checked: &CheckedOff) {
        self.last_day = self.last_day.max(Some(checked.sign_off.on));
        if let Some(paper) = self.papers.get_mut(&checked.file).filter(|paper| paper.made.hash == checked.hash) {
            paper.checked.push(checked.sign_off.clone());
        }
    }

    /// Attaches the note to the very paper that was sent, or the run in the version that was sent, wherever it is now: on
    /// another machine it may have been replaced before the note arrived.
    pub fn note_sent(&mut self, sent: &Sent) {
        self.last_day = self.last_day.max(Some(sent.on));
        let mut sent = sent.clone();
        if let Some(version) = sent.v {
            sent.file = self.folder_at(&sent.file, version).unwrap_or(sent.file);
        }
        match self.sent_paper(&sent) {
            Some(paper) => paper.sent.push(sent),
            None => self.sent.push(sent),
        }
    }

    fn sent_paper(&mut self, sent: &Sent) -> Option<&mut Paper> {
        if sent.hash.is_none_or(|hash| self.papers.get(&sent.file).is_some_and(|paper| paper.made.hash == hash)) {
            return self.papers.get_mut(&sent.file);
        }
        let moved = self.papers.values().find(|paper| self.is_sent(paper, sent)).map(|paper| paper.made.file.clone());
        if let Some(file) = moved {
            return self.papers.get_mut(&file);
        }
        let destroyed = self.destroyed.iter().position(|paper| self.is_sent(paper, sent))?;
        self.destroyed.get_mut(destroyed)
    }

    /// Whether a note says of this paper that it was sent.
    pub fn is_sent(&self, paper: &Paper, sent: &Sent) -> bool {
        let file = &paper.made.file;
        match sent.hash {
            Some(hash) => hash == paper.made.hash && self.origin(file) == self.origin(&sent.file),
            None => *file == sent.file,
        }
    }

    /// The first place of a file or folder that may have been moved.
    fn origin<'s>(&'s self, file: &'s str) -> &'s str {
        let mut first = file;
        while let Some(before) = self.kept.get(first).filter(|before| before.as_str() != first) {
            first = before;
        }
        first
    }

    /// The folder of a run in this version, of which the first folder is known.
    fn folder_at(&self, folder: &str, version: u32) -> Option<String> {
        let is_it = |run: &&RunState| run.run.v == version && self.origin(&run.run.folder) == self.origin(folder);
        self.runs.values().find(is_it).map(|run| run.run.folder.clone())
    }

    /// The folder of the run that a file belongs to.
    pub fn folder_of(&self, file: &str) -> Option<&str> {
        let is_below = |folder: &&String| file.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        self.runs.keys().filter(is_below).max_by_key(|folder| folder.len()).map(String::as_str)
    }

    fn give(&mut self, file: &str, hash: Hash) {
        let all = self.given.entry(file.to_owned()).or_default();
        if !all.contains(&hash) {
            all.push(hash);
        }
    }

    /// The folder in which a file is kept that was set aside, by itself or with its folder. `None` if it was not.
    pub fn kept_in<'s>(&'s self, file: &'s str) -> Option<&'s str> {
        let is_below = |kept: &&String| file.strip_prefix(kept.as_str()).is_some_and(|rest| rest.starts_with('/'));
        let folder = self.kept.keys().find(is_below).map(String::as_str);
        folder.or_else(|| self.kept.contains_key(file).then(|| file.split_once('/').map_or(file, |(top, _)| top)))
    }

    /// Whether the program itself ever put a file with this hash at this place.
    pub fn is_ours(&self, file: &str, hash: Hash) -> bool {
        self.given.get(file).is_some_and(|all| all.contains(&hash))
    }

    /// Places below a folder where the program once put a file but no paper belongs now.
    pub fn left_over<'s>(&'s self, below: &'s str) -> impl Iterator<Item = &'s str> {
        let all = self.given.keys().filter(move |file| file.starts_with(below) && !self.papers.contains_key(*file));
        all.map(String::as_str)
    }

    /// Every hash that the log ever gave a place below a folder.
    pub fn given_below<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = (&'s str, &'s [Hash])> {
        let all = self.given.range(prefix.to_owned()..).take_while(move |(file, _)| file.starts_with(prefix));
        all.map(|(file, hashes)| (file.as_str(), hashes.as_slice()))
    }

    /// Whether nothing was ever made.
    pub fn is_empty(&self) -> bool {
        self.papers.is_empty() && self.numbers.is_empty()
    }

    /// The paper with this hash, wherever it is: a file with it elsewhere is a copy.
    pub fn paper_of(&self, hash: Hash) -> Option<&Paper> {
        self.papers.values().find(|paper| paper.made.hash == hash)
    }

    /// Notes that a paper was sent, those of its run included.
    pub fn sent_of<'s>(&'s self, paper: &'s Paper, folder: &'s str) -> impl Iterator<Item = &'s Sent> {
        let number = paper.made.no;
        let of_run =
            self.sent.iter().filter(move |sent| sent.file == folder && number.is_some_and(|n| sent.letters.holds(n)));
        paper.sent.iter().chain(of_run)
    }
}

/// The folder in which the letters of an earlier version of a share are kept.
pub fn version_folder(version: u32) -> String {
    format!("version-{version}")
}

/// Whether a file of a share's own record is a letter in its place, not in a folder that was set aside.
pub fn is_below(file: &str, prefix: &str) -> bool {
    !prefix.is_empty() || !file.starts_with("version-")
}

/// Whether all letters in a file of a run are to people of whom this holds. Labels are for the letters of the bundle
/// with the same number. `step` is the number of shares.
pub fn is_only_for(state: &State, file: &str, step: u32, holds: impl Fn(u32) -> bool) -> bool {
    let bundle = file.replace("/labels-", "/part-");
    let Some(paper) = state.papers.get(&bundle) else { return false };
    let bundled = paper.made.letters.all(step).filter(|number| !paper.made.gone.holds(*number));
    let mut numbers = paper.made.no.into_iter().chain(bundled).peekable();
    numbers.peek().is_some() && numbers.all(holds)
}

/// Whether it is a paper of a run of letters, whose source is in the run's own beginning.
pub fn is_of_run(made: &Made) -> bool {
    made.no.is_some() || made.from.is_some()
}
