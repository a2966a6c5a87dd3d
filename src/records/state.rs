//! What the lines of a record add up to.
//!
//! In: events, one after the other. Out: which papers there are, how far each is, who has which number, and what is under
//! way. [`State::apply`] is the only place where a line gets its meaning: replay, writing and verifying share it.
//!
//! Deliberately absent: the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::event::{
    Adopted, Approved, Begin, CheckedOff, End, Event, Made, Opened, Run, Sent, SetAside, SignedOff, Source,
};
use super::event::{TookIn, Verb, Who, Withdrawn};
use super::numbers::Numbered;
use crate::gate::Hash;

/// How far a paper is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PaperStatus {
    /// No second person has checked it.
    #[default]
    Draft,
    /// A second person has checked it. It does not change any more.
    Released,
    /// A released paper whose place a later version has taken.
    Superseded,
    /// A released paper of somebody who takes no part any more.
    Withdrawn,
}

impl PaperStatus {
    /// The word in registers and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            PaperStatus::Draft => "draft",
            PaperStatus::Released => "released",
            PaperStatus::Superseded => "superseded",
            PaperStatus::Withdrawn => "withdrawn",
        }
    }
}

/// What a record says of one paper.
#[derive(Debug, Clone)]
pub struct Paper {
    /// What its line says, with the place where it lies now.
    pub made: Made,
    /// From what it was made.
    pub source: Arc<Source>,
    /// How far it is.
    pub status: PaperStatus,
    /// On whose word it was released.
    pub sign_off: Option<Arc<SignedOff>>,
    /// The hash of the released paper whose place it took.
    pub supersedes: Option<Hash>,
    /// Who has looked at this very draft.
    pub checked: Vec<SignedOff>,
    /// That it was sent.
    pub sent: Vec<Sent>,
    /// Whether its file was gone already when another took its place.
    pub lost: bool,
}

/// A run of letters as far as it has come.
#[derive(Debug, Clone)]
pub struct RunState {
    /// Which.
    pub run: Run,
    /// From what.
    pub source: Arc<Source>,
    /// On whose word its letters were released, in order.
    pub sign_offs: Vec<SignedOff>,
    /// Whether this run releases.
    pub releases: bool,
    /// Whether letters of this version were released by a run that has ended.
    pub was_released: bool,
    /// Whether it has ended.
    pub ended: bool,
    /// How it ended.
    pub end: End,
}

/// A change that counts as a whole, as far as its lines are there.
#[derive(Debug, Clone)]
pub struct Unit {
    /// How it began.
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

/// What a record adds up to.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// How it was opened.
    pub opened: Option<Opened>,
    /// A folder of an earlier version that was taken over.
    pub adopted: Option<Adopted>,
    /// Every paper, by the place where it lies.
    pub papers: BTreeMap<String, Paper>,
    /// Every hash that the log ever gave a place: whatever bears one of them there is the program's own.
    given: BTreeMap<String, Vec<Hash>>,
    /// Places where something is kept, none of which is given a second time, each with the place where it lay before.
    pub kept: BTreeMap<String, String>,
    /// Who has which number, the last line of each counting.
    pub numbers: Vec<Numbered>,
    /// Who takes no part any more.
    pub withdrawn: BTreeMap<Who, Withdrawn>,
    /// Whose files were destroyed.
    pub erased: BTreeSet<Who>,
    /// Runs of letters, by their folder.
    pub runs: BTreeMap<String, RunState>,
    /// Proofs of a run, by its folder: what they were made from, and their files.
    pub proofs: BTreeMap<String, (Run, BTreeMap<String, Hash>)>,
    /// Of papers that the chair approved, by the place where each was made: on which day, and the digest of the words.
    pub approved: BTreeMap<String, (chrono::NaiveDate, String)>,
    /// What was sent of runs of letters, by their folder.
    pub sent: Vec<Sent>,
    /// Records that were taken in.
    pub took_in: Vec<TookIn>,
    /// What the data said, by field path, when papers were last released.
    pub fields: Arc<BTreeMap<String, String>>,
    /// The change that is under way.
    pub open: Option<Unit>,
    /// How the change under way began, if its lines count one by one.
    pub open_run: Option<Arc<Begin>>,
    /// The last day that any line names.
    pub last_day: Option<chrono::NaiveDate>,
}

/// What a line says that cannot be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Impossible;

impl State {
    /// Takes in a line.
    ///
    /// # Errors
    /// If it cannot follow the lines before it.
    pub fn apply(&mut self, event: &Event) -> Result<(), Impossible> {
        if let Some(unit) = &mut self.open {
            return match event {
                Event::End(end) if unit.is_whole() => {
                    let unit = self.open.take().expect("it was there");
                    self.counts(&unit)?;
                    self.has_ended(&unit.begin, end);
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
                self.has_ended(&begin, end);
            }
            Event::Undone(end) => {
                let begin = self.open_run.take().ok_or(Impossible)?;
                if let Some(run) = &begin.run {
                    self.was_given_up(&run.folder, end);
                }
            }
            line => {
                let begin = self.open_run.clone().ok_or(Impossible)?;
                self.line(&begin, line)?;
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
            let before = self.runs.remove(&run.folder).filter(|before| before.run.v == run.v);
            let was_released = before.as_ref().is_some_and(|b| b.was_released || b.releases && b.ended);
            let mut sign_offs = before.map(|before| before.sign_offs).unwrap_or_default();
            sign_offs.extend(begin.sign_off.clone().filter(|signed| sign_offs.last() != Some(signed)));
            let state = RunState {
                run: run.clone(),
                source: Arc::new(begin.source.clone()),
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

    fn counts(&mut self, unit: &Unit) -> Result<(), Impossible> {
        if unit.begin.verb == Verb::Proofs
            && let Some(run) = &unit.begin.run
        {
            let files = unit.lines.iter().filter_map(|line| match line {
                Event::Made(made) => Some((made.file.clone(), made.hash)),
                _ => None,
            });
            self.proofs.insert(run.folder.clone(), (run.clone(), files.collect()));
        }
        unit.lines.iter().try_for_each(|line| self.line(&unit.begin, line))
    }

    fn has_ended(&mut self, begin: &Begin, end: &End) {
        if !begin.fields.is_empty() {
            self.fields = Arc::new(begin.fields.clone());
        }
        if begin.verb == Verb::Build {
            // What came out as it was is confirmed by the data of this build.
            let source = Arc::new(begin.source.clone());
            for paper in self.papers.values_mut().filter(|paper| paper.status == PaperStatus::Draft) {
                let made = &paper.made;
                if made.no.is_none() && begin.scope.holds(&made.paper, &made.audience, &made.file) && !is_of_run(made) {
                    paper.source = Arc::clone(&source);
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

    /// A run was given up. Where nothing that it released stands, it released nothing.
    fn was_given_up(&mut self, folder: &str, end: &End) {
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

    /// One line of a change.
    fn line(&mut self, begin: &Begin, line: &Event) -> Result<(), Impossible> {
        match line {
            Event::Made(made) => self.made(begin, made, false),
            Event::Released(made) => self.made(begin, made, true),
            Event::SetAside(aside) => self.set_aside(begin.verb, aside),
            Event::Dropped(dropped) => {
                self.papers.remove(&dropped.file);
                self.give(&dropped.file, dropped.hash);
                // Nobody can look any more at proofs of which one is gone.
                self.proofs.retain(|_, (_, files)| !files.contains_key(&dropped.file));
            }
            Event::Numbered(numbered) => self.numbers.push(numbered.clone()),
            Event::Checked(checked) => self.checked(checked),
            Event::Sent(sent) => self.was_sent(sent),
            Event::Withdrawn(withdrawn) => {
                self.last_day = self.last_day.max(withdrawn.on);
                self.withdrawn.insert(withdrawn.who, withdrawn.clone());
            }
            Event::Erased(who) => drop(self.erased.insert(*who)),
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
            // A release says who checked; from what a paper was made, its draft's line said.
            Some(before) if begin.source.maker.is_empty() => Arc::clone(&before.source),
            _ => Arc::new(begin.source.clone()),
        };
        let status = if released { PaperStatus::Released } else { PaperStatus::Draft };
        let paper = Paper {
            made: made.clone(),
            source,
            status,
            sign_off: signed,
            supersedes,
            checked: checked.unwrap_or_default(),
            sent: Vec::new(),
            lost: false,
        };
        self.papers.insert(made.file.clone(), paper);
    }

    /// The hash of the last kept paper that lay at a place before this version.
    fn replaced_by(&self, file: &str, version: u32) -> Option<Hash> {
        let kept =
            self.papers.values().filter(|paper| paper.status == PaperStatus::Superseded && paper.made.v < version);
        let kept = kept.filter(|paper| self.kept.get(&paper.made.file).is_some_and(|before| before == file));
        kept.max_by_key(|paper| paper.made.v).map(|paper| paper.made.hash)
    }

    fn set_aside(&mut self, verb: Verb, aside: &SetAside) {
        self.kept.insert(aside.kept.clone(), aside.file.clone());
        let below = format!("{}/", aside.file);
        let all: Vec<String> = match aside.hash {
            Some(_) => vec![aside.file.clone()],
            None => self.papers.keys().filter(|file| file.starts_with(&below)).cloned().collect(),
        };
        for file in all {
            let Some(mut paper) = self.papers.remove(&file) else { continue };
            let place = format!("{}{}", aside.kept, &file[aside.file.len()..]);
            if paper.status == PaperStatus::Released {
                // A record that was taken in tells of withdrawals under a verb of its own.
                let is_withdrawn = verb == Verb::Withdraw || self.has_lost_its_readers(&paper.made.to);
                paper.status = if is_withdrawn { PaperStatus::Withdrawn } else { PaperStatus::Superseded };
            }
            self.give(&place, paper.made.hash);
            if aside.hash.is_none() {
                // A run that was given up may have left an older draft there, and the folder goes as it is.
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

    /// Whether everybody whom a paper is for takes no part any more.
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

    fn was_sent(&mut self, sent: &Sent) {
        self.last_day = self.last_day.max(Some(sent.on));
        match self.papers.get_mut(&sent.file) {
            Some(paper) => paper.sent.push(sent.clone()),
            None => self.sent.push(sent.clone()),
        }
    }

    fn give(&mut self, file: &str, hash: Hash) {
        let all = self.given.entry(file.to_owned()).or_default();
        if !all.contains(&hash) {
            all.push(hash);
        }
    }

    /// Whether the program itself ever put a file of this hash at this place.
    pub fn is_ours(&self, file: &str, hash: Hash) -> bool {
        self.given.get(file).is_some_and(|all| all.contains(&hash))
    }

    /// Places below a folder where the program once put a file and where no paper belongs now.
    pub fn left_over<'s>(&'s self, below: &'s str) -> impl Iterator<Item = &'s str> {
        let all = self.given.keys().filter(move |file| file.starts_with(below) && !self.papers.contains_key(*file));
        all.map(String::as_str)
    }

    /// Every hash that the log ever gave a place below a folder.
    pub fn given_below<'s>(&'s self, prefix: &'s str) -> impl Iterator<Item = (&'s str, &'s [Hash])> {
        let all = self.given.range(prefix.to_owned()..).take_while(move |(file, _)| file.starts_with(prefix));
        all.map(|(file, hashes)| (file.as_str(), hashes.as_slice()))
    }

    /// Whether anything at all was ever made.
    pub fn is_empty(&self) -> bool {
        self.papers.is_empty() && self.numbers.is_empty()
    }

    /// Whether some hash is that of any paper, wherever it lies: a copy of it was made by somebody else.
    pub fn paper_of(&self, hash: Hash) -> Option<&Paper> {
        self.papers.values().find(|paper| paper.made.hash == hash)
    }

    /// That letters of a run were sent: of one letter, by its number.
    pub fn sent_of<'s>(&'s self, paper: &'s Paper, folder: &'s str) -> impl Iterator<Item = &'s Sent> {
        let number = paper.made.no;
        let of_run =
            self.sent.iter().filter(move |sent| sent.file == folder && number.is_some_and(|n| sent.letters.holds(n)));
        paper.sent.iter().chain(of_run)
    }
}

/// Whether a file of a share's own record lies where letters do: not in a folder that was put aside.
pub fn is_below(file: &str, prefix: &str) -> bool {
    !prefix.is_empty() || !file.starts_with("version-")
}

/// Whether it is a paper of a run of letters, whose data the run's own begin tells.
pub fn is_of_run(made: &Made) -> bool {
    made.no.is_some() || made.from.is_some()
}
