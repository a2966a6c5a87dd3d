//! Letters to a list of people, by the thousand: surveyed first, then made on all cores, then bundled for the printer
//! and the post.
//!
//! In: a checked conference, a [`List`] and [`Options`]. Out: a folder with a file for each letter and message, a
//! register of all of them, and what went wrong with which row. A run that was stopped resumes where it was, and ends
//! with the same bytes as one that was not.
//!
//! ```no_run
//! use std::{collections::BTreeSet, path::Path, sync::atomic::AtomicBool};
//! use convenor::batch::{Batch, List, Mapping, Options, Product, run, survey};
//!
//! # fn main() -> Result<(), convenor::diag::Report> {
//! let checked = convenor::check(convenor::load(Path::new("conference.yaml"))?)?;
//! let list = List::open(Path::new("people.xlsx"), &Mapping::default(), None)?;
//! let options = Options { make: BTreeSet::from([Product::Letters]), ..Options::default() };
//! let batch = Batch::new(&checked, &list, None, options)?;
//! let survey = survey(&batch, &mut |problem| eprintln!("{}", problem.code.id))?;
//! let ended = run(&batch, &survey, Path::new("out"), &AtomicBool::new(false), &mut |_| {})?;
//! println!("{} letters", ended.people);
//! # Ok(())
//! # }
//! ```
//!
//! Deliberately absent: the clock, the terminal, and letters in memory: no more than eight for each worker.

mod bundle;
mod bundler;
mod committer;
mod group;
mod merge;
mod outcome;
mod print;
mod product;
mod proof;
mod release;
mod run;
mod settled;
mod spot;
mod survey;
#[cfg(test)]
mod tests;
mod workshop;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use group::Group;
pub use merge::{Merged, merge};
pub use outcome::{Ended, LeftOut, Progress};
pub use product::Product;
pub use proof::Proved;
pub use release::{Forecast, forecast};
pub use run::run;
pub use spot::Spot;
pub use survey::{Proof, Survey, survey};

use chrono::NaiveDate;

use crate::check::Checked;
pub use crate::check::list::{Known, Problem};
use crate::diag::{Cell, Diagnostic, Place, Report, codes};
use crate::gate::Hash;
pub use crate::input::list::{Field, List, Mapping};
use crate::jobs::{self, Letter, Press};
use crate::model::listed::{Listed, Postage};
use crate::model::people::Invitee;
use crate::model::{Audience, Category};
use crate::records::event::Run;
use crate::records::run::{Letters, RunState, Which};
use crate::records::{Days, SignOff, ensure_second_person};

/// Which finished files the gate reads back. It checks the words of every letter either way: the layout is given
/// nothing else of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadBack {
    /// Every file.
    Every,
    /// The longest letter of each kind, every sixteenth, and the first file of many letters; every file, if the council
    /// has a theme of its own. A file that contains something its words do not stops the run.
    Sample,
}

/// How a batch is made.
#[derive(Debug, Clone)]
pub struct Options {
    /// The kind of paper.
    pub artefact: String,
    /// The products to make.
    pub make: BTreeSet<Product>,
    /// How many letters are made at once; 0 for as many as there are cores.
    pub jobs: usize,
    /// The share of the list to make.
    pub shard: Shard,
    /// The class of postage for rows that name none.
    pub postage: Postage,
    /// Which rows share a letter.
    pub group: Option<Group>,
    /// Whether one bad row stops all of them.
    pub all_or_nothing: bool,
    /// Letters in one file for the printer.
    pub part: usize,
    /// Which finished files are read back. The words of every letter are read either way.
    pub read_back: ReadBack,
    /// The second person who checked the proofs, and the day. If `None`, every letter is a draft and says so.
    pub checker: Option<(String, NaiveDate)>,
    /// The day of the run, if there is a checker: proofs cannot have been checked on a later day.
    pub today: NaiveDate,
    /// Whether files that have changed since they were made are overwritten.
    pub force: bool,
}

/// One of several equal shares of a list: people whose number leaves the same remainder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Its position, from 1.
    pub part: u32,
    /// How many shares there are.
    pub of: u32,
}

impl Shard {
    /// The whole list.
    pub const WHOLE: Shard = Shard { part: 1, of: 1 };

    /// Whether a person belongs to it. It depends on their number alone, so on neither cores nor machine.
    pub fn holds(self, number: u32) -> bool {
        number % self.of == self.part % self.of
    }

    /// The share as the record writes it; `None` for the whole list.
    fn in_words(self) -> Option<String> {
        (self != Self::WHOLE).then(|| format!("{}/{}", self.part, self.of))
    }

    /// Calls `then` with this share of the letters of a conference.
    fn which<T>(
        self,
        people: People<'_>,
        out: &Path,
        checked: &Checked,
        artefact: &str,
        then: impl FnOnce(&Which<'_>) -> T,
    ) -> T {
        let (conference, folder, share) =
            (out.join(&checked.conference.reference), self.folder(people, artefact), self.in_words());
        then(&Which { conference: &conference, folder: &folder, share: share.as_deref() })
    }

    /// The name of the folder of its letters.
    fn folder(self, people: People<'_>, artefact: &str) -> String {
        // Invitations are what lists are for; other papers have a folder of their own name. The conference's own
        // invitees have a separate one, so that a list beside them does not collide.
        let kind = match (people, artefact) {
            (People::List(_), "invitation") => "invitations".to_owned(),
            (People::List(_), other) => other.to_owned(),
            (People::Invitees, "invitation") => "invitees".to_owned(),
            (People::Invitees, other) => format!("invitees-{other}"),
        };
        if self == Self::WHOLE { kind } else { format!("{kind}-{}-of-{}", self.part, self.of) }
    }
}

/// Whose letters a batch makes.
#[derive(Debug, Clone, Copy)]
enum People<'b> {
    /// Those of a list.
    List(&'b List),
    /// The invitees of the conference, those of its own lists among them.
    Invitees,
}

/// A batch: everything that its letters share.
pub struct Batch<'b> {
    press: Arc<Press<'b>>,
    checked: &'b Checked,
    people: People<'b>,
    /// The organisations of the list's people that the conference knows.
    known: Known,
    options: Options,
    /// The fingerprint of all that the letters share.
    inputs: Hash,
    /// The results of earlier runs in its folder that must stay.
    settled: settled::Settled,
    /// Doubts about the sign-off.
    warnings: Report,
    /// Numbers of people to whom such letters were released, as far as they are known.
    given: BTreeSet<u32>,
}

impl Default for Options {
    /// Invitations as drafts: letters, messages and the meeting as a calendar file, second class, on all cores.
    fn default() -> Self {
        Self {
            artefact: "invitation".to_owned(),
            make: BTreeSet::from([Product::Letters, Product::Emails, Product::Calendar]),
            jobs: 0,
            shard: Shard::WHOLE,
            postage: Postage::Second,
            group: None,
            all_or_nothing: false,
            part: 250,
            read_back: ReadBack::Every,
            checker: None,
            today: NaiveDate::default(),
            force: false,
        }
    }
}

impl<'b> Batch<'b> {
    /// A batch for a list. `usual` is the category of people for whom neither their row nor their organisation names
    /// one. With a checker in the options, its letters are no longer drafts.
    ///
    /// # Errors
    /// Faults of templates and theme; a checker who made the papers, has no full name or may not check, or a day on which they
    /// cannot have checked.
    pub fn new(
        checked: &'b Checked,
        list: &'b List,
        usual: Option<Category>,
        options: Options,
    ) -> Result<Self, Report> {
        Self::of(checked, People::List(list), usual, options)
    }

    /// A batch for the invitees of the conference. Each gets the letter that a build makes, with the same reference.
    ///
    /// # Errors
    /// As for [`Batch::new`].
    pub fn of_invitees(checked: &'b Checked, options: Options) -> Result<Self, Report> {
        Self::of(checked, People::Invitees, None, options)
    }

    fn of(checked: &'b Checked, people: People<'b>, usual: Option<Category>, options: Options) -> Result<Self, Report> {
        let warnings = match &options.checker {
            Some((by, on)) => {
                let sign_off = SignOff { checker: by.clone(), on: *on };
                let issued = Some(checked.edition(&options.artefact).issued);
                let days = Days { today: options.today, last: None, issued };
                jobs::ensure_filled_in(checked, &BTreeSet::from([options.artefact.as_str()]))?;
                ensure_second_person(checked, &sign_off, std::iter::empty(), days)?
            }
            None => Report::default(),
        };
        let press = Press::new(checked)?;
        let press = if options.checker.is_some() { press.released() } else { press };
        let inputs = press.inputs();
        let (press, known) = (Arc::new(press), Known::from(checked, usual));
        let settled = settled::Settled::default();
        Ok(Self { press, checked, people, known, options, inputs, settled, warnings, given: BTreeSet::new() })
    }

    /// The same batch with other options.
    fn with(&self, options: Options, settled: settled::Settled) -> Self {
        let Self { checked, people, inputs, .. } = *self;
        let (press, known) = (Arc::clone(&self.press), self.known.clone());
        let (warnings, given) = (self.warnings.clone(), self.given.clone());
        Self { press, checked, people, known, options, inputs, settled, warnings, given }
    }

    /// The same batch, which knows to whom letters below `out` were released: a row whose name was cleared after that is
    /// no fault of the list, but takes its person off.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn after_earlier_runs(mut self, out: &Path) -> Result<Self, Report> {
        if let People::List(_) = self.people {
            let conference = out.join(&self.checked.conference.reference);
            self.given = crate::records::released_numbers(&conference, &self.options.artefact, self.list_name())?;
        }
        Ok(self)
    }

    /// Whether the name of a row was cleared after its letter was released.
    fn is_taken_off(&self, listed: &Listed) -> bool {
        crate::check::list::is_nameless(listed) && self.given.contains(&listed.number)
    }

    /// The same batch, once a second person has checked its proofs.
    fn as_released(&self) -> Self {
        Self { inputs: self.press.released_inputs(), ..self.with(self.options.clone(), settled::Settled::default()) }
    }
}

impl Batch<'_> {
    /// Warnings about the checker and the day of the check.
    pub fn warnings(&self) -> &Report {
        &self.warnings
    }

    /// A person's place in the list, by sheet and row and without their name, or their entry in the conference file.
    pub fn place(&self, spot: Spot) -> String {
        match self.people {
            People::List(list) => list.cell(spot.sheet, spot.row, None),
            People::Invitees => format!("invitees[{}]", spot.position.unwrap_or_default()),
        }
    }

    /// The name of the file that lists the people.
    pub fn file_name(&self) -> String {
        match self.people {
            People::List(list) => list.path().display().to_string(),
            People::Invitees => self.checked.places.conference.file.clone(),
        }
    }

    /// The same as the place of a diagnostic.
    fn place_of(&self, listed: &Listed) -> Place {
        let sheet = listed.sheet;
        let cell = Cell { sheet, row: listed.row, column: None, shown: self.place(Spot::of(listed)), heading: None };
        match listed.position {
            Some(_) => Place { path: Some(self.place(Spot::of(listed))), ..self.file() },
            None => Place { cell: Some(cell), ..self.file() },
        }
    }

    /// The file that lists the people.
    fn file(&self) -> Place {
        Place::file(self.file_name())
    }

    /// Visits everybody in order, with the problems of their row, until `visit` says to stop.
    fn everybody(&self, visit: &mut dyn FnMut(Listed, Vec<Problem>) -> bool) -> Result<(), Report> {
        match self.people {
            People::List(list) => list.each(&mut |listed, faults, cells| {
                let columns = list.sheets[listed.sheet].columns.as_ref().expect("only a sheet with columns has rows");
                let problems = crate::check::list::row(&listed, &faults, cells, columns, &self.known);
                visit(listed, problems)
            }),
            People::Invitees => {
                // As in a build, invitees who get no such paper are left out.
                let given = self.press.audiences_of(&self.options.artefact);
                let invitees = self.checked.conference.invitees.iter().enumerate();
                let due = invitees.filter(|(position, invitee)| {
                    given.contains(&self.checked.audience(invitee))
                        && self.press.is_sent_to(&self.options.artefact, *position)
                });
                let mut all: Vec<Listed> = due.map(|(position, _)| self.press.invitee(position)).collect();
                // Registers and files of many letters are in the order of numbers, whatever the order of the file.
                all.sort_by_key(|listed| listed.number);
                let _ = all.into_iter().all(|listed| visit(listed, Vec::new()));
                Ok(())
            }
        }
    }

    /// The folder of the batch below `out`.
    pub fn folder(&self, out: &Path) -> PathBuf {
        out.join(&self.checked.conference.reference)
            .join(self.options.shard.folder(self.people, &self.options.artefact))
    }

    /// A path in the folder of the batch, relative to the folder of its record.
    fn at(&self, file: &str) -> String {
        let shard = self.options.shard;
        if shard == Shard::WHOLE {
            format!("{}/{file}", shard.folder(self.people, &self.options.artefact))
        } else {
            file.to_owned()
        }
    }

    /// The last run of these letters in the record, if any.
    fn run_before(&self, out: &Path) -> Result<Option<RunState>, Report> {
        let (options, read) =
            (&self.options, |which: &Which<'_>| which.read().map(|state| (state, which.below().to_owned())));
        let (state, below) = options.shard.which(self.people, out, self.checked, &options.artefact, read)?;
        Ok(state.and_then(|state| state.runs.get(&below).cloned()))
    }

    /// The letters of this batch in its record.
    fn letters(&self, out: &Path) -> Result<Letters, Report> {
        self.options
            .shard
            .which(self.people, out, self.checked, &self.options.artefact, |which| Letters::hold(which, self.checked))
    }

    /// A letter's reader and place, as the gate needs them.
    fn to<'l>(&'l self, listed: &'l Listed, path: &'l str) -> Letter<'l> {
        let (organisation, category) = (self.organisation(listed), self.category(listed));
        Letter { artefact: &self.options.artefact, path, listed, organisation, category }
    }

    /// Whether earlier runs in its folder released letters.
    fn is_settled(&self) -> bool {
        self.settled.files.is_some()
    }

    /// Whether a product was asked for.
    fn makes(&self, product: Product) -> bool {
        self.options.make.contains(&product)
    }

    /// The reference of a letter.
    fn reference(&self, listed: &Listed) -> String {
        self.press.reference(listed)
    }

    /// The fingerprint of one letter: what all share, the kind of paper, and the row.
    fn inputs_of(&self, listed: &Listed) -> Hash {
        // The position of the row does not matter to the letter; its number does, since it is in the reference.
        let row = Listed { sheet: 0, row: 0, position: listed.position.map(|_| 0), ..listed.clone() };
        let what = format!("{:?}", (row, self.organisation(listed), self.category(listed)));
        let mut hasher = blake3::Hasher::new();
        hasher.update(String::from(self.inputs).as_bytes()).update(self.options.artefact.as_bytes());
        Hash::from(hasher.update(what.as_bytes()).finalize())
    }

    /// The invitee whom a letter addresses, if any.
    fn invitee(&self, listed: &Listed) -> Option<&Invitee> {
        listed.position.and_then(|position| self.checked.conference.invitees.get(position))
    }

    /// The id of a person's organisation, if it is one of the conference's.
    fn organisation(&self, listed: &Listed) -> Option<&str> {
        match self.invitee(listed) {
            Some(invitee) => self.checked.organisation_of(invitee).map(|(id, _)| id),
            None => self.known.organisation(listed),
        }
    }

    /// The audience of a sound row's person.
    fn audience(&self, listed: &Listed) -> Audience {
        if let Some(invitee) = self.invitee(listed) {
            return self.checked.audience(invitee);
        }
        self.known.audience(listed).expect("a row without a category is not sound")
    }

    /// The category of a sound row's person.
    fn category(&self, listed: &Listed) -> Category {
        if let Some(invitee) = self.invitee(listed) {
            return self.checked.category(invitee);
        }
        self.known.category(listed).expect("a row without a category is not sound")
    }

    /// The fingerprint of the list's name, which tells its letters from another list's in the same folder.
    fn list_name(&self) -> Hash {
        let People::List(list) = self.people else { return Run::invitees() };
        let file = list.path().file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let sheets = list.sheets.iter().filter(|s| s.columns.is_some()).map(|s| s.name.as_str());
        Hash::of(sheets.fold(file, |all, sheet| all + "\0" + sheet).as_bytes())
    }

    /// The fingerprint of what decides who gets what, besides the data and the list.
    fn choices(&self) -> Hash {
        let o = &self.options;
        Hash::of(format!("{:?}", (&o.artefact, o.postage, o.group, &self.known)).as_bytes())
    }

    /// Visits every person of the shard who gets a letter, in order, and reports the problems of every row first.
    ///
    /// The list is read from the disk each time. It is an error if it has changed since it was surveyed, because
    /// numbers, duplicates and groups would then belong to other rows.
    fn each(
        &self,
        rows: &Rows,
        bad: &mut dyn FnMut(&Listed, Vec<Problem>, bool),
        visit: &mut dyn FnMut(Listed) -> bool,
    ) -> Result<(), Report> {
        let mut fingerprint = Fingerprint::default();
        let mut whole = true;
        self.everybody(&mut |listed, problems| {
            fingerprint.add(&listed);
            if rows.off.contains(&listed.number) {
                return true;
            }
            let sound = crate::check::list::is_sound(&problems) && !rows.skip.contains(&listed.number);
            bad(&listed, problems, sound);
            let go_on = match if sound { rows.groups.joined(listed) } else { None } {
                Some(listed) if self.options.shard.holds(listed.number) => visit(listed),
                _ => true,
            };
            whole &= go_on;
            go_on
        })?;
        match &rows.list {
            Some(list) if whole && *list != fingerprint.end() => Err(self.list_changed()),
            _ => Ok(()),
        }
    }

    fn list_changed(&self) -> Report {
        let error = Diagnostic::error(codes::LIST_CHANGED, "the list has changed since it was checked");
        let error = error.place(self.file());
        error.hint("save it, close it, and run the same command again").into()
    }
}

/// Turns a panic of the layout engine into an error of this letter, so that the others still get made.
fn guarded<T>(make: impl FnOnce() -> Result<T, Report>) -> Result<T, Report> {
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| {
        let error = Diagnostic::error(codes::LAYOUT_FAILED, "the layout engine failed on this letter");
        Err(error.hint("look for something unusual in its row, such as a very long text").into())
    })
}

/// Sound rows that get no letter of their own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows {
    /// Rows of people who appear in the list before.
    pub skip: BTreeSet<u32>,
    /// Rows whose name was cleared after their letters were released.
    pub off: BTreeSet<u32>,
    /// Rows that share a letter.
    pub groups: group::Groups,
    /// The fingerprint of the list, once it has been read in full.
    pub list: Option<Hash>,
}

/// The fingerprint of a list's rows.
#[derive(Default)]
struct Fingerprint(blake3::Hasher);

impl Fingerprint {
    fn add(&mut self, listed: &Listed) {
        self.0.update(format!("{listed:?}\0").as_bytes());
    }

    fn end(&self) -> Hash {
        Hash::from(self.0.finalize())
    }
}

/// How many letters are made at once.
fn workers(asked: usize) -> usize {
    if asked > 0 { asked } else { std::thread::available_parallelism().map_or(1, std::num::NonZero::get) }
}
