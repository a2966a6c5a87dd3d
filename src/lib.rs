//! # convenor
//!
//! Turns what a coordinator knows about a context conference into the papers that the conference needs: guidance,
//! terms of reference, invitations, information-sharing agreements and minutes, as accessible PDF and as text.
//!
//! ```
//! # fn main() -> Result<(), convenor::diag::Report> {
//! let loaded = convenor::example()?;                              // or convenor::load("conference.yaml")?
//! let checked = convenor::check(loaded)?;                         // every problem at once, or none
//! let request = convenor::Request { only: vec!["invitation".into()], ..Default::default() };
//! let pack = convenor::build(&checked, &request)?;                // in memory, in parallel
//! assert!(pack.files.iter().all(|file| file.data().starts_with(b"%PDF-")));
//! # let out = tempfile::tempdir().expect("the tests may write");
//! let delivery = convenor::Delivery { out: out.path().to_owned(), ..Default::default() };
//! let done = convenor::deliver(&checked, &request, &delivery, None)?; // the same into a folder, with a record of them
//! println!("{} letters in {}", done.changed.len(), done.folder.display());
//! # Ok(())
//! # }
//! ```
//!
//! A service that must not write what people typed to a disk gives all files in memory ([`load_from`]). The program, and the
//! crates that only it needs, come with the default feature `cli`.
//!
//! ## The house
//!
//! ```text
//!  disk ─ input ─▶ model ─ check ─▶ Checked ─ view ─▶ View ─ words ─▶ Document ─ render ─▶ bytes ─ gate ─▶ Sealed
//!  disk ─ layers (base ← region ← council) ─────────────────┴───────────┘                       │            │
//!                                    Checked ─ ledger: who may read each text ──────────────────┘            ▼
//!         jobs: one per artefact × audience × recipient, over the pure middle    records: the log, and what lies in the folder
//!         batch: the same by the thousand                                                   │
//!                                                                            deliver ─▶ disk
//! ```
//!
//! The middle is pure: the same data, layers, record and version give the same bytes. Only `input`, `layers` and `deliver`
//! touch the disk. Nobody reads the clock below the program's face: the issue date is data.
//!
//! | module | what it does | deliberately absent |
//! |---|---|---|
//! | [`diag`] | [`diag::Diagnostic`]: severity, code, place, message, hint, with values kept apart from words; many at once; drawn for a terminal, or as JSON without values | process exit, logging |
//! | [`model`] | the conference, the council, the artefact as plain typed nouns | reading, templates, `Serialize` on what people typed |
//! | [`doc`] | the tree that every paper is before it has a format | formats |
//! | `fields` | every field of the conference file and every column of a list: what sort of text, and for whom; of the council's files, what sort | the mark of one text |
//! | `fonts` | the embedded fonts, and which characters they have | the machine's fonts |
//! | `yaml` | YAML and JSON to any type, with the place of everything and all faults at once; further entries of a list in a text, and edits at field paths, every other byte as it was | files, meaning |
//! | `markdown` | Markdown to the tree, pictures in easy read alone | templates, formats |
//! | `layers` | ordered layers of files in memory: the embedded base, the region's folder, the council's | merging by clever rules |
//! | `sheets` | workbooks (XLSX, ODS) as their owner sees them, counted before they are opened; what a file is by its content | formulas, macros, hidden sheets, lists and conferences |
//! | `workbook` | a conference as a workbook, and back: one table of sheets, headings and kinds of cells that both directions walk | formulas, macros, files; a default for what is not understood |
//! | `copies` | a conference in another form; whether a copy of its file may leave | the disk, rewriting a file in place |
//! | `input` | files to the model; knows the line of every field path | rules |
//! | `check` | the rules; the only maker of [`Checked`] | rendering |
//! | `fold` | text without case, accents, spacing and disguises, for looking things up in it | what is looked for |
//! | `view` | what one audience and one recipient may see: an allow-list by type | any field that they may not see |
//! | `words` | Tera engine, escaping, filters, front matter | knowledge of conferences |
//! | `render` | `text`, `markdown`, `pdf` (Typst world and theme), `html` (one page with all in it), `docx` and `odt` (packages for Word and `LibreOffice`, over one walk of the tree in `office`): writers of the tree, which know nothing of one another; `pdf` also joins papers for a tablet, and gives one as a folder for Typst's own tools; `picture`: a logo or a picture of easy read for Word, a page of a finished PDF for the desk | a conference |
//! | `ledger` | who may read each text of the conference file: one decision for every field | looking for them |
//! | `gate` | reads every finished file back, refuses what its readers may not read, and makes [`Sealed`] of the rest: place and bytes in one | trust in the stages before it, a way to switch it off |
//! | `deliver` | the steps of the disk, the lock, safe names; messages and calendar entries; files of the council's own, staged and renamed | deciding who gets what |
//! | `amend` | the conference file changed at field paths and changed back: [`amend()`], [`propose`], [`undo`]; what was typed at a path, what was seen, what got worse, what was before; the people of a list as entries of it | what makes a conference right, how a change is drawn |
//! | `series` | the file of the next conference, begun from the last | facts of the meeting to come, the disk |
//! | `minutes` | a start for the minute taker, in the conference file: a remark to fill in for every point | facts, the disk |
//! | `measured` | the stages of one letter, for the benchmarks | any promise |
//! | `jobs` | which papers are due, in parallel, with all their problems | the disk |
//! | `templates` | what a council may change, a start for it, what moved under it, a trial of it all | making papers |
//! | `records` | what went to whom: the log, what it adds up to, many files as one change, numbers for ever, sign-off; [`deliver()`], [`release`], [`verify`], [`withdraw`], [`rejoin`], [`lose`], [`sent`], [`overview`], [`take_in`], [`upgrade`], [`dispose`] | making papers in a way of its own, the clock, a state in the presence of a file |
//! | `stages` | the stage of a conference, told from its data and what was released and sent | the clock, a field that sets it |
//! | `timetable` | every step of a conference: its rule, its day, whether it is done | the clock, how a row is drawn |
//! | `status` | where a conference stands: its stage, what is late or due next, what the next stage lacks | the clock, how it is drawn |
//! | `figures` | what conferences come to in a period: counts for each council, small ones of people held back | names, the clock, how a table is drawn |
//! | `batch` | letters to a list of people, or to all invitees, by the thousand: surveyed, made, put together | the clock, the terminal, letters held in memory, the folder |
//! | [`cli`] | arguments, verbs, what is said | logic |
//! | [`desk`] | the same verbs as pages in the coordinator's own browser, served to nobody else | rules, sums, files, state but the folder, any way out of this machine |
//!
//! ## Who may know whom
//!
//! `tests/suite/tidy.rs` reads the `use` lines and keeps it.
//!
//! 1. `diag`, `doc`, `model`, `fonts` and `fold` know nothing above them (`model` knows the layouts of `doc`). `fields` →
//!    `model`.
//! 2. `yaml` → `model`, `diag`. `markdown` → `doc`, `diag`. `layers` → `diag`. `sheets` → `diag`. `workbook` → `sheets`,
//!    `yaml`, `model`, `diag`.
//! 3. `input` → `model`, `layers`, `yaml`, `sheets`, `workbook`, `fonts`, `fields`, `diag`. `check` → `input`, `layers`, `fields`, `model`,
//!    `markdown`, `fold`, `fonts`, `diag`.
//!    `view` → `check`, `model`, `timetable`, `stages`. `ledger` → `view` (for whom a paper is), `check`, `fields`, `model`.
//! 4. `words` → `layers`, `yaml`, `markdown`, `model`, `doc`, `diag`. `render` → `doc`, `layers`, `fonts`, `diag`.
//! 5. `gate` → `ledger`, `check`, `fold`, `fonts` (what they say of themselves), `markdown`, `layers`, `model`, `diag`, and no
//!    view. `deliver` → `gate` (hashes),
//!    `diag` and bytes. `jobs` → all but `batch`, `records` and `cli`. `records` → `jobs`, `gate`, `deliver`, `check`, `fields`, `input`,
//!    `layers`, `fold`, `model`, `view` (how far a paper is), `diag`.
//!    `batch` → `records`, `jobs`, `check`, `input` (the list), `gate`, `model`, `doc`, `diag`, and `deliver` for messages.
//!    `stages` → `check`, `model`; `jobs` and `records` know it. `timetable` → `stages`, `check`, `model`. `status` →
//!    `timetable`, `stages`, `check`, `model`, `diag` (codes). `measured` → `jobs`, `check`, `doc`, `diag`.
//!    `amend` → `input`, `check`, `yaml`, `deliver`, `gate` (hashes), `model`, `diag`. `minutes` → `check`, `yaml`, `model`, `diag`.
//!    `copies` → `check`, `input`, `workbook`, `yaml`, `fields`, `model`, `diag`.
//!    `series` → `check`, `yaml`, `model`. `figures` → `timetable`, `stages`, `check`, `model`, `doc`.
//!    `cli` → the verbs (`input`, `check`, `jobs`, `batch`, `deliver`, `records`, `timetable`, `status`, `minutes`, `series`,
//!    `figures`, `amend`, `copies`), `stages`, `yaml` (the tree of a file), `model` for the schema, and `diag`.
//!    `templates` → `jobs`, `check`, `input`, `deliver`, `gate` (hashes), `words`, `layers`, `model`, `series` (a review),
//!    `copies`, `yaml` (edits of what is started), `diag`; `cli` and `desk` know it, and
//!    `layers` for another base.
//!    `desk` → the verbs as `cli` does, `amend`, `series`, `templates` (a conference to start from), `fonts`, `fold`, `gate` (hashes) and `deliver` (a private page), and not `cli`.
//! 6. `tera` only in `words`, `typst` only in `render/pdf`, `maud` only in `render/html` and `desk`, `skera` only in `render/cut`, `resvg` and `hayro` only in `render/picture`,
//!    `html5gum` only in `gate/html`, the YAML crate only in `yaml`, `comrak` only in `markdown`, `clap` only in `cli`, `axum`,
//!    `hyper`, `tokio` and `getrandom` only in `desk`, `regex` only in `check`, `calamine` only in `sheets`, `quick_xml` only in `sheets` and `render/xml`,
//!    `rust_xlsxwriter` only in `workbook/write`, `encoding_rs` only in
//!    `input/list`, `std::fs` only in `input`, `layers` and `deliver`.
//!
//! ## Decisions
//!
//! - **Words in Tera, looks in Typst.** An artefact is one file: front matter and Markdown with Tera in it. The same
//!   words become text and PDF, so that they can never disagree. The theme is Typst and holds no words.
//! - **Data is never markup.** Every printed value is escaped for Markdown; a field meant as Markdown is typed
//!   [`model::Prose`] and passes only through the `prose` filter; raw HTML is an error. The tree reaches Typst as one
//!   virtual `/document.json`: no generated source, nothing that a person types can become code.
//! - **Places.** No spans in the model: a rule names a field path (`invitees[3].email`), and `input` finds its line when
//!   the error is drawn. `yaml` reads into a tree of its own first, because serde stops at the first fault and a
//!   coordinator wants them all; and because `020 7946 0958` must stay text. Anchors and aliases are refused, so that no
//!   file can be a bomb.
//! - **No blank where a fact should be.** An absent optional field is left out of the view, and a template that needs it
//!   fails with the template's line.
//! - **Privacy by type, and proved in the output.** `public < community < professional < restricted`. Whatever is not
//!   marked is `professional`. What people typed sits in `model` types that do not derive `Serialize`; only views do, and a
//!   view is an allow-list (`view/allow_list.rs` asks the compiler, type by type). `ledger/decide.rs` says a second time, by
//!   field path, who may read each text; a field without a decision fails a test and reaches nobody. The gate compares every
//!   finished file with the ledger, and nothing reaches a folder of papers but what the gate made: `Sealed` has no other
//!   maker, `records` takes nothing else for a paper, and its own files are the log and what is made from it.
//! - **Two people.** Every paper is a draft until somebody other than its maker has checked it, under a full name, on a day that
//!   can be; a council may say who (`checkers:`). A name that is nearly the maker's is theirs until the data says whose. A
//!   release makes each paper again, compares it with the draft that was checked, and only then takes the mark off.
//! - **One record.** `record.jsonl` holds a line for whatever was made, checked, released, sent, put aside or withdrawn, each
//!   with the hash of the one before (`records/log`). A folder's state is what its lines add up to (`records/state`, the only
//!   place that gives a line its meaning); registers are made from it and are read by nobody here. A line is on the disk before
//!   its file moves; what is replaced goes aside first; so whatever stops a change, the next command finishes it or undoes it by
//!   looking at hashes (`records/commit`). Letters by the thousand go in groups, each line counting by itself (`records/run`).
//!   Every step of the disk is a method of one trait, so that a test fails each of them in turn, on a disk in memory that
//!   forgets what was not synced, and on the real one.
//! - **What was released stays.** A released paper that would change is left as it is and reported, with the fields that
//!   changed. A new version is made where it was asked for, of those that differ at their own version; the old one is kept in a
//!   place that is never given twice. Numbers are for ever: who is who follows from ids, else from name and organisation, and
//!   where that is doubtful it is asked.
//! - **Somebody else's theme runs elsewhere.** Theme code of a council or a region is a program, and a thread can be neither
//!   stopped nor kept from taking memory. So its papers are laid out by a second process of the program ([`Apart`]), which
//!   is fed through pipes, bounds itself and may die; our own theme runs here. The bytes are the same. A library call
//!   refuses such code unless told how it runs ([`OwnThemes`]): it cannot know where the program is.
//! - **Letters by the thousand hold no more than the letters in hand.** A list is read again for each pass instead of being
//!   kept; what is known of a person is one row, and name, address and salutation can come from nowhere else. Whether a file
//!   is made is decided by the hash of what it is made from, so that a run that was killed goes on; shares of a list depend on
//!   a person's number alone. A second person's word stands on proofs with a fingerprint of data, words and list. What was
//!   released may be in the post: nothing writes over it, its number is given to nobody else, and a file of many letters
//!   keeps the letters that it was made of, so that whoever is added is in a further one.
//! - **A stage is a fact.** What a conference has reached follows from its data and from what its record says was released and sent;
//!   no field sets it, and no clock. A build makes what the stage calls for, and what was made for an earlier one stays.
//! - **Law and dates are data.** `legal.yaml`, `settings.yaml` and `holidays.yaml` are versioned and dated. What is unsure
//!   of the law is in no paper before the council's officer has confirmed it. None of it is in Rust.
//! - **A language is a layer.** `KIND.LANG.md` beside `KIND.md` is a kind of paper in another language, and nothing of it may come
//!   from a file in another one; dates, numbers and lists follow `language.LANG.yaml`, terms `vocabulary.LANG.yaml`. A reader's
//!   language picks the words; where there are none, the paper is in English and says so in theirs. A council whose papers are in
//!   several languages has them in one file, so that none goes out without the others. What nobody who speaks a language has read
//!   is warned of until the council says who has, and so are words that the English ones have left behind.
//! - **Easy read is the council's words.** `KIND.easy-read.md` stands beside `KIND.md` as a language does, and nothing of it may come
//!   from words that are not in easy read. Its paragraphs are ideas of the tree, each beside a picture of the council's layer or a
//!   white place for one; tables, columns and boxes are refused in it, so no format has to leave any out. Without such words its
//!   reader gets large print, and a check names the file to write; and it asks who, with a learning disability, has read them.
//! - **The cache stays warm.** One base (fonts, library, theme) for the process, one data file with one id, nothing
//!   per-letter in a style or a closure of the theme; a benchmark guards it.

#![cfg_attr(
    not(feature = "cli"),
    expect(dead_code, unused_imports, reason = "the program has verbs that the library does not promise yet")
)]

mod amend;
pub mod batch;
mod check;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
mod copies;
mod deliver;
#[cfg(feature = "desk")]
pub mod desk;
pub mod diag;
pub mod doc;
mod fields;
#[cfg(feature = "cli")]
mod figures;
mod fold;
mod fonts;
mod gate;
mod input;
mod jobs;
mod layers;
mod ledger;
mod markdown;
#[doc(hidden)]
pub mod measured;
#[cfg(feature = "cli")]
mod minutes;
pub mod model;
mod records;
mod render;
#[cfg(feature = "cli")]
mod series;
mod sheets;
mod stages;
mod status;
#[cfg(feature = "cli")]
mod templates;
mod timetable;
mod view;
mod words;
mod workbook;
mod yaml;

pub use amend::{
    Amendment, Change, Conflict, Differing, Edit, Proposed, Saved, Unamended, Unspliced, Why, Written, amend,
    forget_former, propose, propose_undo, undo,
};
pub use check::{Checked, check};
pub use gate::{Hash, Sealed};
pub use input::{Files, Loaded, example, example_files, load, load_from, load_of, load_text};
pub use jobs::{
    Entry, File, LeftOut, Made, Pack, PaperFolder, Preview, Reach, Remembered, Request, build, build_again,
    paper_folders, preview, preview_style,
};
pub use layers::{Apart, OwnThemes};
pub use records::{
    Channel, CheckOff, CheckedOffPapers, Delivered, Delivery, Disposal, DisposedRow, Disposing, Edited, Left, Losing,
    LostFiles, LostRow, Noted, Overview, PaperRow, PaperStatus, PapersOf, Question, Rejoined, Release, Released,
    RunVerdict, Sending, SentPapers, SentRow, SignOff, SignedRow, Stale, TakenIn, TheirFiles, Untouched, Upgraded,
    Verdict, Whom, Withdraw, WithdrawnRow, Withdrew, WrittenDown, check_off, deliver, dispose, lose, overview,
    papers_of, rejoin, release, sent, take_in, upgrade, verify, withdraw,
};
