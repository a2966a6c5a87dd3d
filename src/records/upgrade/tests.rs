//! Folders of earlier versions are adopted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::super::folder::{Papers, access, adopt_share, conference, hold_of};
use super::super::names::Names;
use super::super::numbering::numbered;
use super::super::state::PaperStatus;
use super::super::verify::verify;
use super::*;
use crate::deliver::disk::faults::{Fault, arm, disarm};
use crate::deliver::disk::{Access, Folder, FoundKind};

const REFERENCE: &str = "SPM-2026-021";
const LETTERS: &str = "invitations/community/letters";

/// A copy of the folder that an earlier version made.
struct Old {
    dir: TempDir,
}

impl Old {
    fn new() -> Self {
        let old = Self { dir: tempfile::tempdir().expect("the tests may write") };
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/before-the-record");
        let fixture = Folder::new(fixture, Access::Owner);
        let found = fixture.walk().expect("the fixture is there");
        for file in found.iter().filter(|file| file.kind == FoundKind::File) {
            let data = fixture.read(&file.at).expect("it can be read").unwrap_or_default();
            old.above().write(&file.at, &data).expect("the tests may write");
        }
        old
    }

    fn above(&self) -> Folder {
        Folder::new(self.dir.path(), Access::Owner)
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("out").join(REFERENCE)
    }

    fn disk(&self) -> Folder {
        Folder::new(self.root(), Access::Owner)
    }

    fn read(&self, file: &str) -> String {
        let data = self.disk().read(file).expect("it can be read").unwrap_or_else(|| panic!("{file} is there"));
        String::from_utf8(data).expect("it is text")
    }

    fn with(self, file: &str, text: &str) -> Self {
        self.disk().write(file, text.as_bytes()).expect("the tests may write");
        self
    }

    fn without(self, file: &str) -> Self {
        self.disk().remove(file).expect("the tests may write");
        self
    }

    fn edit(self, file: &str, from: &str, to: &str) -> Self {
        let text = self.read(file);
        assert!(text.contains(from), "`{from}` is not in {file}");
        self.with(file, &text.replacen(from, to, 1))
    }

    fn moved(self, from: &str, to: &str) -> Self {
        self.disk().rename(from, to).expect("the tests may write");
        self
    }

    fn checked(&self) -> Checked {
        conference(&self.root(), None).expect("the conference is sound")
    }

    /// Every file with its hash.
    fn files(&self) -> BTreeMap<String, Hash> {
        let disk = self.disk();
        let all = disk.walk().expect("it can be read").into_iter();
        all.filter_map(|file| Some((file.at.clone(), disk.hash(&file.at).ok().flatten()?))).collect()
    }

    /// Every file except those that the record itself writes.
    fn others(&self) -> BTreeMap<String, Hash> {
        let own = [LOG, ".convenor-lock", "register.csv", "register.json"];
        self.files().into_iter().filter(|(file, _)| !own.contains(&file.as_str())).collect()
    }

    fn take_over(&self, checked: &Checked) -> Result<Adoption, Report> {
        let root = self.root();
        let mut record = hold_of(&root, access(checked))?;
        record.open(REFERENCE, None).map_err(|why| super::super::report::cannot_hold(&root, why))?;
        let adoption = adopt(&mut record, &root, Some(checked))?;
        let with_numbers = numbered(checked, record.state()).map(|(checked, _)| checked);
        let names = Names::of(with_numbers.as_ref().unwrap_or(checked));
        Papers::write_registers(&record, &root, &names, &checked.fingerprint)?;
        Ok(adoption)
    }

    fn taken_over(&self) -> Adoption {
        self.take_over(&self.checked()).expect("it can be taken over")
    }

    fn state(&self) -> State {
        Papers::at(&self.root()).expect("it can be read").reading.state
    }

    fn errors(&self) -> Vec<String> {
        let verdict = verify(&self.root(), None, crate::layers::OwnThemes::default()).expect("it can be verified");
        let all = verdict.report.diagnostics.iter().filter(|d| d.severity == crate::diag::Severity::Error);
        all.map(|d| format!("{}: {}", d.code.id, d.message)).collect()
    }

    fn warnings(&self) -> Vec<String> {
        let verdict = verify(&self.root(), None, crate::layers::OwnThemes::default()).expect("it can be verified");
        verdict.report.diagnostics.iter().map(|d| d.message.clone()).collect()
    }

    /// The run of letters as if it had been killed with this number of register lines in the journal.
    fn killed(self, lines: usize) -> Self {
        let register = self.read("invitations/register.csv");
        let (journal, rest): (Vec<&str>, Vec<&str>) = {
            let all: Vec<&str> = register.lines().collect();
            (all[..=lines].to_vec(), all[lines + 1..].to_vec())
        };
        let cells = rest.iter().map(|line| line.split(',').collect::<Vec<_>>());
        let begun: Vec<String> = cells.map(|cells| format!("\n{} {}\n", cells[7], cells[3])).collect();
        let begun = begun.concat();
        let journal = format!("{}\n2,SPM-2026-021/L000", journal.join("\n"));
        self.with("invitations/.convenor-journal.csv", &journal)
            .with("invitations/.convenor-begun", &begun)
            .without("invitations/register.csv")
    }
}

fn counts(state: &State) -> BTreeMap<(&'static str, bool), usize> {
    let mut counts = BTreeMap::new();
    for paper in state.papers.values() {
        *counts.entry((paper.status.id(), paper.made.no.is_some())).or_default() += 1;
    }
    counts
}

#[test]
fn an_old_folder_reads_as_its_record_would_and_is_not_touched() {
    let old = Old::new();
    let before = old.files();
    let as_it_was = old.state();
    assert_eq!(old.errors(), Vec::<String>::new());
    assert_eq!(old.files(), before);
    old.taken_over();
    let after = old.state();
    let expected = BTreeMap::from([
        (("draft", false), 2),
        (("released", false), 7),
        (("released", true), 3),
        (("superseded", false), 2),
    ]);
    assert_eq!(counts(&as_it_was), expected);
    assert_eq!(counts(&after), expected);
    for (file, paper) in &as_it_was.papers {
        let now = &after.papers[file];
        assert_eq!((&now.made.hash, &now.sign_off, &now.source), (&paper.made.hash, &paper.sign_off, &paper.source));
        assert_eq!(now.supersedes, paper.supersedes, "{file}");
    }
    let terms = &after.papers["community/terms.txt"];
    assert_eq!(terms.supersedes, Some(after.papers["superseded/version-1/community/terms.txt"].made.hash));
    assert_eq!(old.errors(), Vec::<String>::new());
}

#[test]
fn it_is_taken_over_once_and_only_own_files_go() {
    let old = Old::new();
    let before = old.others();
    let adoption = old.taken_over();
    assert_eq!((adoption.papers, adoption.doubtful), (11, false));
    assert_eq!(adoption.runs, [("invitations".to_owned(), 3)]);
    assert_eq!(
        adoption.taken_away,
        [
            "register.csv",
            "register.json",
            "invitations/.convenor-lock",
            "invitations/proof/proofs.json",
            "invitations/register.csv",
            "invitations/register.json"
        ]
    );
    let mut expected = before;
    expected.retain(|file, _| !adoption.taken_away.contains(file));
    assert_eq!(old.others(), expected);
    let after = old.files();
    assert!(old.taken_over().is_empty());
    assert_eq!(old.files(), after);
}

#[test]
fn everybody_keeps_the_number_that_their_papers_bear() {
    // The first three in the file are now its last, and one whom the register names is no longer in it.
    let reader = |name| format!("\"{name}\"\n      ],\n      \"reference\": \"SPM-2026-021/06\"");
    let old = Old::new().edit("register.json", &reader("Tallulah Brice"), &reader("Somebody Gone"));
    let conference = old.above().read("conference.yaml").expect("it can be read").expect("it is there");
    let conference = String::from_utf8(conference).expect("it is text");
    let (head, rest) = conference.split_once("\ninvitees:\n").expect("there are some");
    let (list, tail) = rest.split_once("\n\n").expect("it ends");
    let mut entries: Vec<&str> = list.trim_start_matches("  - ").split("\n  - ").collect();
    assert_eq!(entries.len(), 6, "{list}");
    entries.rotate_left(3);
    let changed = format!("{head}\ninvitees:\n  - {}\n\n{tail}", entries.join("\n  - "));
    old.above().write("conference.yaml", changed.as_bytes()).expect("the tests may write");
    old.taken_over();
    let (checked, lines) = numbered(&old.checked(), &old.state()).expect("nobody is in doubt");
    assert_eq!(checked.numbers().invitees, [4, 5, 7, 1, 2, 3]);
    // The lines of the others agree with the data.
    let new = lines.iter().filter_map(|line| match line {
        Event::Numbered(new) if new.role == super::super::event::Role::Invitee => Some(new.no),
        _ => None,
    });
    assert_eq!(new.collect::<Vec<_>>(), [7]);
    assert_eq!(old.state().papers["professional/invitation-01-imani-oduya.txt"].made.to, "i1");
    assert_eq!(old.state().papers["professional/terms.txt"].made.to, "i1 i2 i3");
}

#[test]
fn an_adoption_that_is_stopped_anywhere_resumes_where_it_stopped() {
    type Case = (&'static str, fn() -> Old, &'static [Fault]);
    let cases: [Case; 3] = [
        ("ended", Old::new, &[Fault::Kill, Fault::Refused]),
        ("killed", || Old::new().killed(2).without("invitations/register.json"), &[Fault::Kill, Fault::Full]),
        ("aside", || Old::new().moved("invitations", "invitations-version-1"), &[Fault::Kill]),
    ];
    for (case, make, faults) in cases {
        let undisturbed = make();
        let checked = undisturbed.checked();
        let root = undisturbed.root();
        arm(&root, usize::MAX, Fault::Kill);
        undisturbed.take_over(&checked).expect("it can be taken over");
        let (steps, _) = disarm(&root);
        assert!(steps > 15, "{case}: {steps} steps");
        let expected = undisturbed.files();
        for fault in faults.iter().copied() {
            for step in 1..=steps {
                let old = make();
                let papers = old.files().into_iter().filter(|(file, _)| file.contains("/community/"));
                let papers: BTreeMap<String, Hash> = papers.collect();
                arm(&old.root(), step, fault);
                let stopped = old.take_over(&checked);
                disarm(&old.root());
                if case == "ended" {
                    let strangers = old.errors().into_iter().filter(|error| !error.starts_with("stopped"));
                    assert_eq!(strangers.collect::<Vec<_>>(), Vec::<String>::new(), "{fault:?} at {step}");
                }
                let again = old.take_over(&checked);
                assert!(again.is_ok(), "{case}, {fault:?} at {step}: {again:?}");
                let now = old.files();
                assert!(papers.iter().all(|(file, hash)| now.get(file) == Some(hash)), "{case}, {fault:?} at {step}");
                if fault == Fault::Refused && stopped.is_err() {
                    // The log says what was undone.
                    assert_eq!(counts(&old.state()), counts(&undisturbed.state()), "{case}, {fault:?} at {step}");
                    let there: Vec<_> = now.keys().collect();
                    assert_eq!(there, expected.keys().collect::<Vec<_>>(), "{case}, {fault:?} at {step}");
                } else {
                    assert_eq!(now, expected, "{case}, {fault:?} at {step}");
                }
            }
        }
    }
}

#[test]
fn a_run_that_was_killed_goes_on_with_what_it_had_made() {
    let old = Old::new().killed(2).without("invitations/register.json");
    assert_eq!(old.errors(), ["stopped: a run of 0 letters has begun, and 2 files of it are noted"]);
    old.taken_over();
    let state = old.state();
    let run = state.open_run.as_ref().and_then(|begin| begin.run.clone()).expect("it has not ended");
    assert_eq!((run.folder.as_str(), run.paper.as_str(), run.v), ("invitations", "invitation", 2));
    let made = state.papers.values().filter(|paper| paper.made.no.is_some());
    assert!(made.clone().all(|paper| paper.status == PaperStatus::Draft) && made.count() == 2);
    // The third letter was written, but the run was killed before it was noted.
    let third = format!("{LETTERS}/invitation-00003-mrs-winifred-cholmondeley-hughes.pdf");
    let hash = old.disk().hash(&third).expect("it can be read").expect("it is there");
    assert!(!state.papers.contains_key(&third) && state.is_ours(&third, hash));
    assert_eq!(old.errors(), ["stopped: a run of 0 letters has begun, and 2 files of it are noted"]);
    assert!(old.taken_over().is_empty());
}

#[test]
fn of_a_release_that_was_killed_only_letters_without_the_mark_are_released() {
    let draft = Old::new().read("community/terms.txt");
    let hash = Hash::of(draft.as_bytes());
    let old = Old::new()
        .with(&format!("{LETTERS}/before.txt"), &draft)
        .killed(2)
        .edit("invitations/register.json", "\"ended\": true", "\"ended\": false")
        .edit(
            "invitations/.convenor-journal.csv",
            "\n1,",
            &format!("\n9,SPM-2026-021/L00009,,community/letters/before.txt,community,2,{hash},{hash}\n1,"),
        );
    old.taken_over();
    let state = old.state();
    let begin = state.open_run.as_ref().expect("it has not ended");
    assert_eq!(begin.sign_off.as_ref().map(|signed| signed.checker.as_str()), Some("Dorothea Lindqvist"));
    let status = |number| {
        let paper = state.papers.values().find(|paper| paper.made.no == Some(number));
        paper.map(|paper| paper.status)
    };
    assert_eq!(
        [status(9), status(1), status(2), status(3)],
        [Some(PaperStatus::Draft), Some(PaperStatus::Released), Some(PaperStatus::Released), None]
    );
}

#[test]
fn letters_that_were_put_aside_are_kept_and_their_place_is_known() {
    let old = Old::new().moved("invitations", "invitations-version-1");
    old.taken_over();
    let state = old.state();
    assert_eq!(state.kept.get("invitations-version-1").map(String::as_str), Some("invitations"));
    assert_eq!(state.runs.keys().collect::<Vec<_>>(), ["invitations-version-1"]);
    let letters = state.papers.values().filter(|paper| paper.made.no.is_some());
    assert!(letters.clone().all(|paper| paper.status == PaperStatus::Superseded) && letters.count() == 3);
    assert_eq!(old.errors(), Vec::<String>::new());
}

#[test]
fn who_was_taken_off_the_list_stays_noted() {
    let third = "community/letters/invitation-00003-mrs-winifred-cholmondeley-hughes.pdf";
    let old = Old::new();
    let register = old.read("invitations/register.csv");
    let (kept, gone): (Vec<&str>, Vec<&str>) = register.lines().partition(|line| !line.contains(third));
    let withdrawn = format!("{}\n{}\n", kept[0], gone[0]);
    let kept = format!("{}\n", kept.join("\n"));
    let (was, is) = (Hash::of(register.as_bytes()).to_string(), Hash::of(kept.as_bytes()).to_string());
    let old = old.with("invitations/register.csv", &kept).with("invitations/withdrawn.csv", &withdrawn).edit(
        "invitations/register.json",
        &was,
        &is,
    );
    assert!(!old.taken_over().doubtful);
    let state = old.state();
    assert_eq!(state.papers[&format!("invitations/{third}")].status, PaperStatus::Released);
    assert_eq!(state.runs["invitations"].end.stale, [third]);
    // A letter that was removed, as advised, is not reported as missing.
    let old = Old::new()
        .with("invitations/register.csv", &kept)
        .with("invitations/withdrawn.csv", &withdrawn)
        .edit("invitations/register.json", &was, &is)
        .without(&format!("invitations/{third}"));
    assert!(!old.taken_over().doubtful);
    assert_eq!(old.errors(), Vec::<String>::new());
}

#[test]
fn registers_that_disagree_are_doubtful_for_good() {
    const DOUBT: &str =
        "registers of an earlier version of this program did not agree with each other or with released papers here";
    let sound = Old::new();
    let cases = [
        ("a row of the table", Old::new().edit("register.csv", "Dorothea Lindqvist", "Somebody Else")),
        ("a run's table", Old::new().edit("invitations/register.csv", "community,2,", "community,3,")),
        ("a released paper", Old::new().edit("professional/guidance.txt", "the", "THE")),
        ("a kept paper", Old::new().without("superseded/version-1/community/terms.txt")),
        ("a released letter", Old::new().without(&format!("{LETTERS}/invitation-00001-ms-folake-adewale.pdf"))),
        (
            "one number of two",
            Old::new().edit("register.json", "SPM-2026-021/02", "SPM-2026-021/01").edit(
                "register.csv",
                "SPM-2026-021/02",
                "SPM-2026-021/01",
            ),
        ),
    ];
    sound.taken_over();
    assert!(!sound.warnings().iter().any(|message| message == DOUBT));
    for (case, old) in cases {
        assert!(old.taken_over().doubtful, "{case}");
        assert!(old.warnings().iter().any(|message| message == DOUBT), "{case}");
    }
    // A draft is reported separately, and the next build makes it again.
    let draft = Old::new().edit("community/terms.txt", "the", "THE");
    assert!(!draft.taken_over().doubtful);
}

#[test]
fn a_register_of_the_first_form_is_read() {
    let text = "Terms.\n";
    let hash = Hash::of(text.as_bytes());
    let json = format!(
        r#"{{ "format": 1, "files": [ {{ "file": "community/terms.txt", "artefact": "terms", "audience": "community",
        "reference": "SPM-2026-021", "version": 1, "issued": "2026-09-07", "made_by": "convenor 0.0.1",
        "templates": "28eee2c559bfdac6", "hash": "{hash}" }} ] }}"#
    );
    let csv = format!(
        "file,artefact,audience,reference,version,issued,made_by,templates,hash\ncommunity/terms.txt,terms,community,SPM-2026-021,1,2026-09-07,convenor 0.0.1,28eee2c559bfdac6,{hash}\n"
    );
    let mut old = Old::new();
    for file in old.files().into_keys() {
        old = old.without(&file);
    }
    let old = old.with("register.json", &json).with("register.csv", &csv).with("community/terms.txt", text);
    let adoption = old.taken_over();
    assert_eq!((adoption.papers, adoption.doubtful), (1, false));
    let paper = old.state().papers["community/terms.txt"].clone();
    assert_eq!((paper.status, paper.source.program.as_str()), (PaperStatus::Draft, "convenor 0.0.1"));
}

#[test]
fn a_share_gets_a_record_of_its_own() {
    let old = Old::new()
        .edit("invitations/register.json", "\"of\": 1", "\"of\": 2")
        .moved("invitations", "invitations-1-of-2");
    assert_eq!(old.errors(), Vec::<String>::new());
    let adoption = old.taken_over();
    assert_eq!((adoption.shares.as_slice(), adoption.runs.len()), (&["invitations-1-of-2".to_owned()][..], 0));
    let share = old.root().join("invitations-1-of-2");
    let adoption = adopt_share(&share, &old.checked()).expect("it can be taken over");
    assert_eq!(adoption.runs, [(String::new(), 3)]);
    let state = Papers::at(&share).expect("it has a record").reading.state;
    assert_eq!(state.opened.and_then(|opened| opened.share).as_deref(), Some("1/2"));
    assert_eq!(state.runs[""].run.parts, 2);
    assert_eq!(old.errors(), Vec::<String>::new());
    assert!(old.taken_over().shares.is_empty());
}

#[test]
fn a_record_that_was_lost_is_not_begun_anew() {
    let old = Old::new();
    old.taken_over();
    let lines = super::super::reading::read(&old.disk()).expect("it can be read").log.lines;
    let old = old.without(LOG);
    let message = format!("the register names a record of {lines} lines, which is missing");
    let said = |report: Report| report.diagnostics[0].message.clone();
    assert_eq!(Papers::at(&old.root()).map(drop).map_err(said), Err(message.clone()));
    assert_eq!(old.take_over(&old.checked()).map(drop).map_err(said), Err(message));
}

#[test]
fn a_register_that_cannot_be_read_stops_everything() {
    for file in ["register.json", "invitations/register.json"] {
        let old = Old::new().with(file, "{");
        let before = old.others();
        let said = |report: Report| report.diagnostics[0].message.clone();
        let expected = Err("`register.json` cannot be read".to_owned());
        assert_eq!(Papers::at(&old.root()).map(drop).map_err(said), expected);
        assert_eq!(old.take_over(&old.checked()).map(drop).map_err(said), expected);
        assert_eq!(old.others(), before);
    }
}
