//! The verbs of the program on a small scale: the same rules, on papers of one line each.
//!
//! A verb is a goal and not a list of steps: it reads the record and does what remains to be done, so that a repeated
//! verb has nothing to do, and a stopped one is resumed.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::deliver::disk::Disk;
use crate::gate::{Hash, Sealed};
use crate::records::commit::Stop;
use crate::records::event::{
    self, Adopted, Begin, Channel, CheckedOff, Dropped, End, Event, Lost, Made, Role, Run, Sent, SetAside, SignedOff,
    Source, TookIn, Who, Withdrawn,
};
use crate::records::kept::free_place;
use crate::records::names::Names;
use crate::records::numbers::{Numbered, digest};
use crate::records::ranges::Ranges;
use crate::records::record::{CannotHold, Own, Record};
use crate::records::register::registers;
use crate::records::state::{Paper, PaperStatus, is_of_run};

pub const REFERENCE: &str = "CSC-2026-014";

/// The number of letters that are moved at once.
const GROUP: usize = 2;

/// The reason why a verb does nothing.
#[derive(Debug)]
pub enum Refusal {
    /// The record cannot be held.
    Held(CannotHold),
    /// It stopped on the way.
    Stopped(Stop),
    /// A file has changed since it was made.
    Edited(Vec<String>),
}

impl From<Stop> for Refusal {
    fn from(stop: Stop) -> Self {
        Refusal::Stopped(stop)
    }
}

impl From<CannotHold> for Refusal {
    fn from(why: CannotHold) -> Self {
        Refusal::Held(why)
    }
}

impl Refusal {
    /// Whether it says that a person changed a file.
    pub fn is_about_an_edit(&self) -> bool {
        match self {
            Refusal::Edited(files)
            | Refusal::Stopped(Stop::Edited(files))
            | Refusal::Held(CannotHold::Stopped(Stop::Edited(files))) => !files.is_empty(),
            _ => false,
        }
    }

    /// Whether it says that a run that releases must be resumed first.
    pub fn is_about_a_run(&self) -> bool {
        matches!(self, Refusal::Stopped(Stop::Running(_)))
    }
}

/// A paper that is due.
#[derive(Debug, Clone)]
pub struct Due {
    pub file: String,
    pub words: String,
    pub to: String,
    pub v: u32,
}

/// One paper with its words, at version 1.
pub fn due(file: &str, words: &str) -> Due {
    Due { file: file.to_owned(), words: words.to_owned(), to: "i1".to_owned(), v: 1 }
}

/// Letters to everybody on a list.
#[derive(Debug, Clone)]
pub struct Letters {
    pub v: u32,
    pub released: bool,
    pub words: String,
    pub people: u32,
}

#[derive(Debug, Clone)]
pub enum Verb {
    Build(Vec<Due>),
    Release,
    /// A person and their papers.
    Withdraw(u32, Vec<String>),
    Letters(Letters),
    /// Letters of a share that are already there.
    Merge(Vec<String>),
    /// Notes that papers were checked and sent.
    Note(String),
    /// Notes that a paper which is missing is lost.
    Lose(String),
    /// Adopts a folder with papers and no record.
    Upgrade,
}

/// The bytes of a draft.
pub fn draft(file: &str, words: &str) -> Vec<u8> {
    format!("DRAFT of {file}: {words}\n").repeat(9).into_bytes()
}

/// The bytes of a paper without its mark. Minutes keep theirs.
pub fn without_mark(file: &str, draft: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(draft);
    if file.contains("minutes") { draft.to_vec() } else { text.replace("DRAFT of ", "").into_bytes() }
}

pub fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, n).expect("a day in November")
}

/// A minimal line of a paper.
pub fn made(file: &str, hash: Hash) -> Made {
    Made {
        reference: format!("{REFERENCE}/{}", file.len()),
        audience: "professional".to_owned(),
        to: "i1".to_owned(),
        ..Made::bare("invitation".to_owned(), (1, day(2)), file.to_owned(), hash)
    }
}

fn source() -> Source {
    Source {
        maker: "p-coord".to_owned(),
        hands: Vec::new(),
        data: "d1".to_owned(),
        templates: "t1".to_owned(),
        program: "convenor".to_owned(),
    }
}

fn signed() -> SignedOff {
    SignedOff { checker: "Ottoline Frayne".to_owned(), on: day(9) }
}

impl Verb {
    /// Runs the verb, with the registers and an empty stage at the end.
    pub fn run(&self, disk: Arc<dyn Disk>) -> Result<Record, Refusal> {
        let mut record = Record::hold(disk, None)?;
        record.open(REFERENCE, None)?;
        let mut doing = Doing { record: &mut record };
        match self {
            Verb::Build(all) => doing.build(all),
            Verb::Release => doing.release(),
            Verb::Withdraw(no, files) => doing.withdraw(*no, files),
            Verb::Letters(letters) => doing.letters(letters),
            Verb::Merge(files) => doing.merge(files),
            Verb::Note(file) => doing.note(file),
            Verb::Lose(file) => doing.lose(file),
            Verb::Upgrade => doing.upgrade(),
        }?;
        let made = registers(record.state(), record.log(), &Names::default(), "d1");
        record.write_own(&Own::RegisterCsv, &made.csv)?;
        record.write_own(&Own::RegisterJson, &made.json)?;
        record.clear_stage()?;
        Ok(record)
    }

    /// Whether it adopts files that somebody else made, whatever they are.
    pub fn takes_over(&self) -> bool {
        matches!(self, Verb::Upgrade | Verb::Merge(_))
    }
}

struct Doing<'r> {
    record: &'r mut Record,
}

impl Doing<'_> {
    fn there(&self, file: &str) -> Result<Option<Hash>, Refusal> {
        Ok(self.record.disk().hash(file).map_err(|e| Stop::Disk(file.to_owned(), e))?)
    }

    fn bytes(&self, file: &str) -> Result<Vec<u8>, Refusal> {
        Ok(self.record.disk().read(file).map_err(|e| Stop::Disk(file.to_owned(), e))?.unwrap_or_default())
    }

    fn place(&self, place: &str, hash: Hash) -> String {
        free_place(self.record.state(), self.record.disk(), place, hash).expect("a simulated disk can be looked at")
    }

    fn papers(&self, status: PaperStatus) -> Vec<Paper> {
        self.record.state().papers.values().filter(|p| p.status == status && !is_of_run(&p.made)).cloned().collect()
    }

    /// Checks that papers are as the record says.
    fn ensure_as_made<'p>(&self, papers: impl Iterator<Item = &'p Paper>) -> Result<(), Refusal> {
        let mut edited = Vec::new();
        for paper in papers {
            if self.there(&paper.made.file)? != Some(paper.made.hash) {
                edited.push(paper.made.file.clone());
            }
        }
        if edited.is_empty() { Ok(()) } else { Err(Refusal::Edited(edited)) }
    }

    fn build(&mut self, all: &[Due]) -> Result<(), Refusal> {
        self.ensure_as_made(self.papers(PaperStatus::Released).iter())?;
        let (mut lines, mut files, mut edited) = (Vec::new(), Vec::new(), Vec::new());
        for due in all {
            let file = Sealed::of_a_test(&due.file, &draft(&due.file, &due.words));
            let state = self.record.state();
            let there = self.there(&due.file)?;
            let before = state.papers.get(&due.file);
            let line = |over| Made { to: due.to.clone(), v: due.v, over, ..made(&due.file, file.hash()) };
            if let Some(released) = before.filter(|paper| paper.status == PaperStatus::Released) {
                if due.v > released.made.v {
                    let hash = released.made.hash;
                    let kept = self.place(&format!("superseded/version-{}/{}", released.made.v, due.file), hash);
                    lines.push(Event::SetAside(SetAside {
                        file: due.file.clone(),
                        hash: Some(hash),
                        kept,
                        lost: false,
                    }));
                    lines.push(Event::Made(Box::new(line(None))));
                    files.push(file.clone());
                }
                continue;
            }
            if there.is_some_and(|there| there != file.hash() && !state.is_ours(&due.file, there)) {
                edited.push(due.file.clone());
                continue;
            }
            let says_the_same = |made: &Made| Made { over: None, ..made.clone() } == line(None);
            if there != Some(file.hash()) || before.is_none_or(|before| !says_the_same(&before.made)) {
                lines.push(Event::Made(Box::new(line(there))));
                files.push(file.clone());
            }
        }
        let due: BTreeSet<&str> = all.iter().map(|due| due.file.as_str()).collect();
        for paper in self.papers(PaperStatus::Draft) {
            let file = paper.made.file;
            let there = self.there(&file)?;
            if !due.contains(file.as_str()) && there.is_none_or(|there| self.record.state().is_ours(&file, there)) {
                let hash = there.unwrap_or(paper.made.hash);
                lines.push(Event::Dropped(Dropped { file, hash }));
            }
        }
        if !edited.is_empty() {
            return Err(Refusal::Edited(edited));
        }
        if lines.is_empty() {
            return Ok(());
        }
        Ok(self.record.commit(Begin { source: source(), ..Begin::of(event::Verb::Build) }, lines, &files)?)
    }

    fn release(&mut self) -> Result<(), Refusal> {
        let drafts = self.papers(PaperStatus::Draft);
        self.ensure_as_made(drafts.iter().chain(&self.papers(PaperStatus::Released)))?;
        let (mut lines, mut files) = (Vec::new(), Vec::new());
        for paper in drafts {
            let (file, hash) = (paper.made.file.clone(), paper.made.hash);
            let released = Sealed::of_a_test(&file, &without_mark(&file, &self.bytes(&file)?));
            lines.push(Event::Checked(CheckedOff { file, hash, sign_off: signed() }));
            let over = Some(hash).filter(|hash| *hash != released.hash());
            let line = Made { draft: Some(hash), over, hash: released.hash(), ..paper.made };
            lines.push(Event::Released(Box::new(line)));
            files.push(released);
        }
        if lines.is_empty() {
            return Ok(());
        }
        let begin = Begin { source: source(), sign_off: Some(signed()), ..Begin::of(event::Verb::Release) };
        Ok(self.record.commit(begin, lines, &files)?)
    }

    fn withdraw(&mut self, no: u32, files: &[String]) -> Result<(), Refusal> {
        let who = Who { role: Role::Invitee, no };
        if self.record.state().withdrawn.contains_key(&who) {
            return self.ensure_as_made(self.papers(PaperStatus::Withdrawn).iter());
        }
        let all: Vec<Paper> = files.iter().filter_map(|file| self.record.state().papers.get(file).cloned()).collect();
        self.ensure_as_made(all.iter())?;
        let mut lines = vec![Event::Withdrawn(Withdrawn { who, on: Some(day(10)), because: None, by_data: false })];
        for paper in all {
            let (file, hash) = (paper.made.file, paper.made.hash);
            if paper.status == PaperStatus::Released {
                let kept = self.place(&format!("withdrawn/{file}"), hash);
                lines.push(Event::SetAside(SetAside { file, hash: Some(hash), kept, lost: false }));
            } else {
                lines.push(Event::Dropped(Dropped { file, hash }));
            }
        }
        Ok(self.record.commit(Begin::of(event::Verb::Withdraw), lines, &[])?)
    }

    fn note(&mut self, file: &str) -> Result<(), Refusal> {
        let Some(paper) = self.record.state().papers.get(file).cloned() else { return Ok(()) };
        if !paper.sent.is_empty() {
            return Ok(());
        }
        let sent = Sent {
            to: String::new(),
            file: file.to_owned(),
            letters: Ranges::default(),
            v: None,
            hash: Some(paper.made.hash),
            how: Channel::Post,
            on: day(11),
            by: Some("p-coord".to_owned()),
        };
        let checked = CheckedOff { file: file.to_owned(), hash: paper.made.hash, sign_off: signed() };
        let lines = vec![Event::Checked(checked), Event::Sent(sent)];
        Ok(self.record.commit(Begin::of(event::Verb::Send), lines, &[])?)
    }

    fn lose(&mut self, file: &str) -> Result<(), Refusal> {
        let Some(paper) = self.record.state().papers.get(file).cloned() else { return Ok(()) };
        if paper.loss.is_some() {
            return Ok(());
        }
        if self.there(file)?.is_some() {
            return Err(Refusal::Edited(vec![file.to_owned()]));
        }
        let (file, hash) = (file.to_owned(), paper.made.hash);
        let lost = Lost { file, hash, because: "the disk failed".to_owned(), on: day(12), by: None };
        Ok(self.record.commit(Begin::of(event::Verb::Lose), vec![Event::Lost(lost)], &[])?)
    }

    fn merge(&mut self, files: &[String]) -> Result<(), Refusal> {
        if !self.record.state().took_in.is_empty() {
            return Ok(());
        }
        let mut lines = vec![Event::TookIn(TookIn {
            file: "share-2".to_owned(),
            share: Some("2/2".to_owned()),
            lines: 40,
            head: Hash::of(b"share"),
            released: None,
        })];
        for (n, file) in (1..).zip(files) {
            if let Some(hash) = self.there(file)? {
                lines.push(Event::Made(Box::new(Made { no: Some(n), ..made(file, hash) })));
            }
        }
        Ok(self.record.commit(Begin { source: source(), ..Begin::of(event::Verb::Merge) }, lines, &[])?)
    }

    fn upgrade(&mut self) -> Result<(), Refusal> {
        if self.record.state().adopted.is_some() {
            return Ok(());
        }
        let registers = Hash::of(&self.bytes("register.csv")?);
        let mut lines = vec![Event::Adopted(Adopted { registers, doubtful: false })];
        lines.push(Event::Numbered(Numbered {
            role: Role::Invitee,
            no: 1,
            id: None,
            name: digest(REFERENCE, "mrs ottoline frayne"),
            organisation: None,
            detail: None,
            asked: false,
        }));
        let found = self.record.disk().walk().map_err(|e| Stop::Disk(String::new(), e))?;
        for file in found.iter().map(|found| &found.at).filter(|file| file.starts_with("professional/")) {
            let hash = self.there(file)?.expect("it was found");
            let line = Made { signed: Some(signed()), source: Some(source()), ..made(file, hash) };
            lines.push(Event::Released(Box::new(line)));
        }
        for file in [".convenor-begun", ".convenor-journal.csv"] {
            if let Some(hash) = self.there(file)? {
                lines.push(Event::Dropped(Dropped { file: file.to_owned(), hash }));
            }
        }
        Ok(self.record.commit(Begin::of(event::Verb::Upgrade), lines, &[])?)
    }

    /// Begins or resumes a run of letters.
    fn letters(&mut self, letters: &Letters) -> Result<(), Refusal> {
        let run = run(letters);
        let begun = self.record.state().open_run.as_ref();
        let goes_on =
            begun.is_some_and(|begin| begin.run.as_ref() == Some(&run) && begin.sign_off.is_some() == letters.released);
        let all = letters.all();
        if !goes_on {
            self.older_letters_aside(letters)?;
            if self.would_replace_released(&all) || self.check_complete(letters, &all)? {
                return Ok(());
            }
        }
        self.ensure_no_letter_edited(&all)?;
        self.record.clear_stage()?;
        if !goes_on {
            let sign_off = letters.released.then(signed);
            let start = Begin { source: source(), sign_off, run: Some(run), ..Begin::of(event::Verb::Invite) };
            self.record.begin_run(start)?;
        }
        for group in all.chunks(GROUP) {
            self.group(letters, group)?;
        }
        Ok(self.record.end_run(&["invitations/letters"], End::default())?)
    }

    /// Sets letters of an older version aside with their folder.
    fn older_letters_aside(&mut self, letters: &Letters) -> Result<(), Refusal> {
        let state = self.record.state();
        let Some(before) = state.runs.get(FOLDER).filter(|before| before.run.v < letters.v) else { return Ok(()) };
        if state.open_run.as_ref().is_some_and(|begin| begin.sign_off.is_some()) {
            return Err(Stop::Running(FOLDER.to_owned()).into());
        }
        let below = format!("{FOLDER}/");
        let all: Vec<Paper> =
            state.papers.iter().filter(|(file, _)| file.starts_with(&below)).map(|(_, p)| p.clone()).collect();
        self.ensure_no_letter_edited(
            &all.iter().map(|p| (0, Sealed::of_a_test(&p.made.file, b""))).collect::<Vec<_>>(),
        )?;
        let kept = format!("superseded/version-{}/{FOLDER}", before.run.v);
        let aside = SetAside { file: FOLDER.to_owned(), hash: None, kept, lost: false };
        Ok(self.record.commit(Begin::of(event::Verb::Invite), vec![Event::SetAside(aside)], &[])?)
    }

    fn check_complete(&self, letters: &Letters, all: &[(u32, Sealed)]) -> Result<bool, Refusal> {
        for (no, file) in all {
            let is_released =
                self.record.state().papers.get(file.path()).is_some_and(|p| p.status == PaperStatus::Released);
            // No draft is made in the place of a released letter.
            let is_done = is_released && !letters.released;
            if !(is_done || self.has_line(letters, *no, file) && self.there(file.path())? == Some(file.hash())) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether one of these would replace a released letter, which keeps its place until its whole version is set
    /// aside.
    fn would_replace_released(&self, all: &[(u32, Sealed)]) -> bool {
        let papers = &self.record.state().papers;
        let stands =
            |paper: &Paper, file: &Sealed| paper.status == PaperStatus::Released && paper.made.hash != file.hash();
        all.iter().any(|(_, file)| papers.get(file.path()).is_some_and(|paper| stands(paper, file)))
    }

    fn ensure_no_letter_edited(&self, all: &[(u32, Sealed)]) -> Result<(), Refusal> {
        let mut edited = Vec::new();
        for (_, file) in all {
            let there = self.there(file.path())?;
            if there.is_some_and(|t| t != file.hash() && !self.record.state().is_ours(file.path(), t)) {
                edited.push(file.path().to_owned());
            }
        }
        if edited.is_empty() { Ok(()) } else { Err(Refusal::Edited(edited)) }
    }

    fn has_line(&self, letters: &Letters, no: u32, file: &Sealed) -> bool {
        let status = if letters.released { PaperStatus::Released } else { PaperStatus::Draft };
        let line = letters.line(no, file);
        self.record.state().papers.get(file.path()).is_some_and(|paper| paper.made == line && paper.status == status)
    }

    /// Writes the lines that are missing, and makes the letters that are missing: mostly both.
    fn group(&mut self, letters: &Letters, group: &[(u32, Sealed)]) -> Result<(), Refusal> {
        let (mut lines, mut staged) = (Vec::new(), Vec::new());
        for (no, file) in group {
            if self.there(file.path())? != Some(file.hash()) {
                staged.push((self.record.stage(file)?, file.path().to_owned()));
            }
            if !self.has_line(letters, *no, file) {
                let line = Box::new(letters.line(*no, file));
                lines.push(if letters.released { Event::Released(line) } else { Event::Made(line) });
            }
        }
        Ok(self.record.put(&lines, &staged)?)
    }
}

/// The folder of the letters.
const FOLDER: &str = "invitations";

impl Letters {
    fn all(&self) -> Vec<(u32, Sealed)> {
        let one = |no: u32| {
            let file = format!("{FOLDER}/letters/{no:05}.pdf");
            let draft = draft(&file, &self.words);
            let bytes = if self.released { without_mark(&file, &draft) } else { draft };
            (no, Sealed::of_a_test(&file, &bytes))
        };
        (1..=self.people).map(one).collect()
    }

    fn line(&self, no: u32, file: &Sealed) -> Made {
        Made {
            no: Some(no),
            v: self.v,
            to: format!("l{no}"),
            from: Some(Hash::of(b"row")),
            ..made(file.path(), file.hash())
        }
    }
}

fn run(letters: &Letters) -> Run {
    Run {
        folder: FOLDER.to_owned(),
        paper: "invitation".to_owned(),
        v: letters.v,
        issued: day(2),
        inputs: Hash::of(letters.words.as_bytes()),
        list: Hash::of(b"list"),
        list_name: Hash::of(b"name"),
        choices: Hash::of(b"choices"),
        make: vec!["letters".to_owned()],
        part: 1,
        parts: 1,
        people: letters.people,
        letters: letters.people,
        due: letters.people,
        print_part: 250,
    }
}
