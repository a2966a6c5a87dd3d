//! The verbs that read and write the record, on folders of the machine.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use tempfile::TempDir;

use super::{
    Channel, CheckOff, Delivery, Question, Release, Sending, SignOff, TakenIn, TheirFiles, Whom, Withdraw, WrittenDown,
    check_off, deliver, ensure_grew_out_of, overview, release, sent, take_in, verify, withdraw,
};
use crate::diag::Report;
use crate::input;
use crate::jobs::Request;
use crate::layers::OwnThemes;
use crate::model::artefact::Format;

const BAKER: &str = "  - { person: { name: Mrs Gurpreet Kaur Dhillon,";

struct Conference {
    dir: TempDir,
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn today() -> NaiveDate {
    day("2027-01-31")
}

impl Conference {
    /// The example, built as text.
    fn built() -> Self {
        let conference = Self { dir: tempfile::tempdir().expect("the tests may write") };
        write_example(conference.dir.path());
        conference.build();
        conference
    }

    fn released() -> Self {
        let conference = Self::built();
        let sign_off = SignOff { checker: "Ruth Penhaligon".to_owned(), on: day("2026-11-02") };
        let request = Release { sign_off, today: today(), only: Vec::new(), own_themes: OwnThemes::Refused };
        release(&conference.folder(), None, &request).expect("they can be released");
        conference
    }

    fn copy(&self) -> Self {
        let copy = Self { dir: tempfile::tempdir().expect("the tests may write") };
        copy_folder(self.dir.path(), copy.dir.path());
        copy
    }

    fn folder(&self) -> PathBuf {
        self.dir.path().join("out/CSC-2026-014")
    }

    fn build(&self) -> super::Delivered {
        self.try_build().expect("it can be built")
    }

    fn try_build(&self) -> Result<super::Delivered, Report> {
        let checked = crate::check(input::load(self.dir.path().join("conference.yaml"))?)?;
        let delivery = Delivery { out: self.dir.path().join("out"), ..Delivery::default() };
        deliver(&checked, &Request { to: vec![Format::Txt], ..Request::default() }, &delivery, None)
    }

    fn edit(&self, from: &str, to: &str) {
        let file = self.dir.path().join("conference.yaml");
        let text = std::fs::read_to_string(&file).expect("it is there");
        assert!(text.contains(from), "`{from}` is in the file");
        std::fs::write(file, text.replacen(from, to, 1)).expect("the tests may write");
    }

    fn withdraw(&self, name: &str, files: TheirFiles) -> Result<super::Withdrew, Report> {
        let of = Whom { name: Some(name.to_owned()), number: None };
        withdraw(&self.folder(), None, today(), &Withdraw { of, files, ..Withdraw::default() })
    }

    fn send(&self, paper: &str, on: &str) -> Result<super::SentPapers, Report> {
        let request = Sending {
            paper: paper.to_owned(),
            of: Whom::default(),
            letters: None,
            how: Channel::Post,
            on: day(on),
            today: today(),
            by: None,
        };
        sent(&self.folder(), None, &request)
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder().join("record.jsonl")).expect("there is a record")
    }

    fn files_with(&self, part: &str) -> Vec<String> {
        let mut found = Vec::new();
        collect(&self.folder(), &mut found);
        let all = found.iter().map(|path| path.strip_prefix(self.folder()).expect("it is below").display().to_string());
        let mut all: Vec<String> = all.filter(|name| name.contains(part)).collect();
        all.sort();
        all
    }

    fn ensure_sound(&self) {
        let verdict = verify(&self.folder(), None, crate::layers::OwnThemes::Refused).expect("it can be verified");
        assert!(!verdict.report.has_errors(), "{}", verdict.report);
    }
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("it is there").flatten() {
        if entry.path().is_dir() { collect(&entry.path(), found) } else { found.push(entry.path()) }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    let mut found = Vec::new();
    collect(from, &mut found);
    for file in found {
        let place = to.join(file.strip_prefix(from).expect("it is below"));
        std::fs::create_dir_all(place.parent().expect("it has a folder")).expect("the tests may write");
        std::fs::copy(&file, &place).expect("the tests may write");
    }
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.diagnostics.iter().map(|d| d.code.id).collect()
}

#[test]
fn whoever_withdraws_gets_nothing_more_and_their_released_papers_are_kept_apart() {
    let conference = Conference::released();
    let done = conference.withdraw("dhillon", TheirFiles::Kept).expect("she can withdraw");
    assert_eq!(done.number, "15");
    let kept = conference.files_with("dhillon");
    let letters = ["decision", "invitation"]
        .map(|kind| format!("withdrawn/version-1/community/{kind}-15-mrs-gurpreet-kaur-dhillon.txt"));
    assert_eq!(kept, letters);
    let lines = conference.log().lines().count();
    assert!(!conference.withdraw("Mrs Dhillon", TheirFiles::Kept).expect("twice is once").noted.is_new);
    let built = conference.build();
    assert!(built.stale.is_empty() && conference.files_with("dhillon") == kept, "{:?}", built.stale);
    assert_eq!(conference.log().lines().count(), lines, "nothing new was to be said");
    conference.ensure_sound();
}

#[test]
fn a_withdrawal_in_the_data_and_by_verb_are_one_line() {
    let field =
        "  - { withdrawn: { on: 2026-11-19, because: closed the shop }, person: { name: Mrs Gurpreet Kaur Dhillon,";
    let by_data = Conference::released();
    by_data.edit(BAKER, field);
    assert_eq!(by_data.build().withdrawn.len(), 2, "her invitation and her decision letter");
    by_data.build();
    assert!(!by_data.withdraw("dhillon", TheirFiles::Kept).expect("it stands there already").noted.is_new);
    let by_verb = Conference::released();
    by_verb.withdraw("dhillon", TheirFiles::Kept).expect("she can withdraw");
    by_verb.edit(BAKER, field);
    by_verb.build();
    for conference in [&by_data, &by_verb] {
        assert_eq!(conference.log().matches("\"k\":\"withdrawn\"").count(), 1);
        conference.ensure_sound();
    }
    // Removing the field again is reported, and invites nobody again.
    by_data.edit(field, BAKER);
    let built = by_data.build();
    assert!(codes(&built.warnings).contains(&"withdrawn"), "{}", built.warnings);
    assert!(by_data.files_with("community/invitation-15").iter().all(|file| file.starts_with("withdrawn/")));
    // Following the hint ends the warning.
    by_data.edit(BAKER, &BAKER.replace("{ person", "{ number: new, person"));
    let built = by_data.build();
    assert!(!codes(&built.warnings).contains(&"withdrawn"), "{}", built.warnings);
    assert_eq!(by_data.files_with("community/invitation-20").len(), 1);
}

#[test]
fn somebody_who_is_no_longer_in_the_file_withdraws_by_number() {
    let conference = Conference::released();
    let text = std::fs::read_to_string(conference.dir.path().join("conference.yaml")).expect("it is there");
    let entry = text.lines().skip_while(|line| !line.starts_with(BAKER));
    let length = 1 + entry.clone().skip(1).take_while(|line| line.starts_with("    ")).count();
    let entry: Vec<&str> = entry.take(length).collect();
    conference.edit(&format!("{}\n", entry.join("\n")), "");
    assert!(conference.build().stale.iter().any(|stale| stale.file.contains("invitation-15") && stale.released));
    assert_eq!(codes(&conference.withdraw("dhillon", TheirFiles::Kept).expect_err("no such name")), ["no-such-person"]);
    let of = Whom { name: None, number: Some("15".to_owned()) };
    withdraw(&conference.folder(), None, today(), &Withdraw { of, ..Withdraw::default() }).expect("by number");
    // The agreement of her organisation, which has nobody else here, is a paper of its own.
    assert!(!conference.build().stale.iter().any(|stale| stale.file.contains("invitation-15")));
    conference.ensure_sound();
}

#[test]
fn erasing_somebody_destroys_their_files_wherever_they_are_kept() {
    let conference = Conference::released();
    conference.withdraw("dhillon", TheirFiles::Kept).expect("she can withdraw");
    let done = conference.withdraw("dhillon", TheirFiles::Erased).expect("she can be erased");
    assert_eq!(done.gone.len(), 2, "her invitation and her decision letter");
    assert!(conference.files_with("dhillon").is_empty() && conference.files_with(".tmp").is_empty());
    let register = std::fs::read_to_string(conference.folder().join("register.csv")).expect("there is a register");
    assert!(register.contains("number 15, erased") && !register.contains("Dhillon"));
    assert!(!conference.withdraw("dhillon", TheirFiles::Erased).expect("twice is once").noted.is_new);
    conference.build();
    conference.ensure_sound();
}

#[test]
fn a_reason_that_tells_an_identity_leaves_no_line() {
    let conference = Conference::released();
    let before = conference.log();
    for (because, code) in [("she is with Kai Mensah", "protected-name"), ("born 3.4.2011", "looks-like-identity")] {
        let of = Whom { name: Some("dhillon".to_owned()), number: None };
        let request = Withdraw { of, because: Some(because.to_owned()), ..Withdraw::default() };
        let refused = withdraw(&conference.folder(), None, today(), &request).expect_err("it may not stand there");
        assert!(codes(&refused).contains(&code), "{because}: {refused}");
    }
    let several = conference.withdraw("marshgate", TheirFiles::Kept).expect_err("it means several");
    assert_eq!(codes(&several), ["ambiguous-name"]);
    assert_eq!(conference.log(), before);
}

#[test]
fn only_released_papers_can_be_sent_and_a_repeated_note_adds_nothing() {
    let conference = Conference::built();
    assert_eq!(codes(&conference.send("invitation", "2026-11-05").expect_err("they are drafts")), ["still-a-draft"]);
    let conference = Conference::released();
    assert_eq!(codes(&conference.send("invitation", "2026-11-01").expect_err("too early")), ["no-such-day"]);
    assert_eq!(codes(&conference.send("invitation", "2027-02-01").expect_err("too late")), ["no-such-day"]);
    let done = conference.send("invitation", "2026-11-05").expect("they were sent");
    assert_eq!((done.papers, done.before), (19, 0));
    let again = conference.send("invitation", "2026-11-05").expect("they were sent");
    assert_eq!((again.papers, again.before, again.noted.is_new), (0, 19, false));
    let question = Question { on: Some(day("2026-11-05")), ..Question::default() };
    let found = overview(&conference.folder(), None, &question).expect("it can be asked");
    assert!(
        found.papers.len() == 19 && found.papers.iter().all(|row| row.paper == "invitation" && row.sent.len() == 1)
    );
    conference.ensure_sound();
}

#[test]
fn drafts_are_checked_off_by_whoever_may_check_and_by_nobody_else() {
    let conference = Conference::built();
    let check = |name: &str| {
        let sign_off = SignOff { checker: name.to_owned(), on: day("2026-11-02") };
        let request = CheckOff { paper: "guidance".to_owned(), sign_off, today: today() };
        check_off(&conference.folder(), None, &request)
    };
    let before = conference.log();
    assert_eq!(codes(&check("Tom Hallam").expect_err("he made them")), ["same-person"]);
    assert_eq!(conference.log(), before);
    assert_eq!(check("Ruth Penhaligon").expect("she may").papers, 1);
    let again = check("Ruth Penhaligon").expect("she may");
    assert_eq!((again.papers, again.before), (0, 1));
    std::fs::write(conference.folder().join("professional/guidance.txt"), "another").expect("the tests may write");
    assert_eq!(codes(&check("Ruth Penhaligon").expect_err("it was changed")), ["not-as-made"]);
}

#[test]
fn a_record_is_compared_with_a_head_that_was_written_down() {
    let conference = Conference::built();
    let verdict = verify(&conference.folder(), None, crate::layers::OwnThemes::Refused).expect("it can be verified");
    let written = WrittenDown::new(verdict.lines, &verdict.head).expect("it is a head");
    conference.edit("issued: 2026-11-02", "issued: 2026-11-03");
    conference.build();
    ensure_grew_out_of(&conference.folder(), &written).expect("it grew");
    let digit = if verdict.head.starts_with('0') { "1" } else { "0" };
    let other = WrittenDown::new(verdict.lines, &format!("{digit}{}", &verdict.head[1..])).expect("it is a head");
    assert_eq!(codes(&ensure_grew_out_of(&conference.folder(), &other).expect_err("another")), ["head-differs"]);
    let longer = WrittenDown::new(9_999, &verdict.head).expect("it is a head");
    assert_eq!(codes(&ensure_grew_out_of(&conference.folder(), &longer).expect_err("shorter")), ["head-differs"]);
    assert_eq!(codes(&WrittenDown::new(3, "xyz").expect_err("no head")), ["bad-value"]);
}

#[test]
fn records_of_two_machines_are_joined_if_they_do_not_clash() {
    let ours = Conference::released();
    let theirs = ours.copy();
    let first = ours.dir.path().join("first.jsonl");
    std::fs::write(&first, ours.log()).expect("the tests may write");
    theirs.send("invitation", "2026-11-05").expect("they were sent");
    let log = theirs.folder().join("record.jsonl");
    // It continues ours and replaces it. Our earlier one is then an old copy of it.
    let behind = ours.copy();
    assert!(matches!(take_in(&behind.folder(), None, &log), Ok(TakenIn::Longer { new: 21 })));
    assert_eq!(behind.log(), theirs.log());
    assert!(matches!(take_in(&behind.folder(), None, &first), Ok(TakenIn::OldCopy)));
    behind.ensure_sound();
    // Both were continued: theirs follows ours, and is kept.
    ours.send("terms", "2026-11-06").expect("they were sent");
    let before = ours.log();
    let Ok(TakenIn::Joined { new: 21, kept }) = take_in(&ours.folder(), None, &log) else {
        panic!("they can be joined")
    };
    assert!(ours.log().starts_with(&before) && ours.folder().join(kept).is_file());
    assert!(matches!(take_in(&ours.folder(), None, &log), Ok(TakenIn::OldCopy)), "once is enough");
    ours.ensure_sound();
    let question = Question { paper: Some("invitation".to_owned()), ..Question::default() };
    let found = overview(&ours.folder(), None, &question).expect("it can be asked");
    assert!(found.papers.iter().all(|row| row.sent.len() == 1));
}

#[test]
fn machines_that_take_each_other_in_hold_each_line_once() {
    let ours = Conference::released();
    let theirs = ours.copy();
    ours.send("terms", "2026-11-06").expect("they were sent");
    theirs.send("invitation", "2026-11-05").expect("they were sent");
    let log_of = |conference: &Conference| conference.folder().join("record.jsonl");
    assert!(matches!(take_in(&ours.folder(), None, &log_of(&theirs)), Ok(TakenIn::Joined { new: 21, .. })));
    let Ok(TakenIn::Joined { new, .. }) = take_in(&theirs.folder(), None, &log_of(&ours)) else {
        panic!("they can be joined")
    };
    let sent = |conference: &Conference| conference.log().matches("\"k\":\"sent\"").count();
    assert!(new > 2 && sent(&ours) == sent(&theirs), "{new}: {} here, {} there", sent(&ours), sent(&theirs));
    let (here, there) = (ours.log(), theirs.log());
    assert!(matches!(take_in(&ours.folder(), None, &log_of(&theirs)), Ok(TakenIn::OldCopy)));
    assert!(matches!(take_in(&theirs.folder(), None, &log_of(&ours)), Ok(TakenIn::OldCopy)));
    assert_eq!((ours.log(), theirs.log()), (here, there), "nothing is new any more");
    // What is noted later is all that is taken in then.
    let before = sent(&theirs);
    let later = ours.send("guidance", "2026-11-07").expect("it was sent").papers;
    assert!(matches!(take_in(&theirs.folder(), None, &log_of(&ours)), Ok(TakenIn::Joined { .. })));
    assert_eq!(sent(&theirs), before + later);
    for conference in [&ours, &theirs] {
        conference.ensure_sound();
        let found = overview(&conference.folder(), None, &Question::default()).expect("it can be asked");
        assert!(found.papers.iter().all(|row| row.sent.len() < 2), "a posting is told twice");
    }
}

#[test]
fn a_paper_that_was_moved_on_another_machine_is_not_left_where_it_was() {
    let ours = Conference::released();
    let theirs = ours.copy();
    theirs.withdraw("dhillon", TheirFiles::Kept).expect("she can withdraw");
    ours.send("terms", "2026-11-06").expect("they were sent");
    let kept = theirs.files_with("dhillon");
    for file in &kept {
        let place = ours.folder().join(file);
        std::fs::create_dir_all(place.parent().expect("it has a folder")).expect("the tests may write");
        std::fs::copy(theirs.folder().join(file), &place).expect("the tests may write");
    }
    assert_eq!(ours.files_with("dhillon").len(), 4, "each where it was, and where it is kept");
    let log = theirs.folder().join("record.jsonl");
    assert!(matches!(take_in(&ours.folder(), None, &log), Ok(TakenIn::Joined { .. })));
    assert_eq!(ours.files_with("dhillon"), kept);
    ours.ensure_sound();
}

#[test]
fn a_record_that_forked_in_the_middle_of_a_change_is_taken_in_by_whole_changes() {
    let drafts = Conference::built();
    let theirs = drafts.copy();
    let ours = drafts.copy();
    let sign_off = SignOff { checker: "Ruth Penhaligon".to_owned(), on: day("2026-11-02") };
    let request = Release { sign_off, today: today(), only: Vec::new(), own_themes: OwnThemes::Refused };
    release(&ours.folder(), None, &request).expect("they can be released");
    // The power went there before the end of the same release, and it was undone.
    let all = ours.log().lines().count();
    let begun: String = ours.log().split_inclusive('\n').take(all - 1).collect();
    std::fs::write(theirs.folder().join("record.jsonl"), begun).expect("the tests may write");
    let sign_off = SignOff { checker: "Ruth Penhaligon".to_owned(), on: day("2026-11-02") };
    let request = CheckOff { paper: "guidance".to_owned(), sign_off, today: today() };
    check_off(&theirs.folder(), None, &request).expect("she may");
    assert!(theirs.log().contains("\"k\":\"undone\""));
    theirs.ensure_sound();
    let before = ours.log();
    let taken = take_in(&ours.folder(), None, &theirs.folder().join("record.jsonl"));
    assert!(matches!(taken, Ok(TakenIn::Joined { .. })), "{taken:?}");
    assert!(ours.log().starts_with(&before));
    ours.ensure_sound();
}

#[test]
fn records_that_clash_or_lack_their_papers_are_not_joined() {
    let ours = Conference::released();
    let theirs = ours.copy();
    theirs.withdraw("dhillon", TheirFiles::Kept).expect("she can withdraw");
    let log = theirs.folder().join("record.jsonl");
    ours.send("terms", "2026-11-06").expect("they were sent");
    let before = ours.log();
    let missing = take_in(&ours.folder(), None, &log).expect_err("the paper is not here");
    assert_eq!(codes(&missing), ["missing-paper"]);
    ours.withdraw("dhillon", TheirFiles::Erased).expect("she can be erased");
    let clash = take_in(&ours.folder(), None, &log).expect_err("the two clash");
    assert_eq!(codes(&clash), ["forked-record"]);
    assert!(clash.to_string().contains(" here, and line "), "{clash}");
    assert!(ours.log().starts_with(&before));
    ours.ensure_sound();
}

#[test]
fn a_damaged_record_is_restored_from_a_copy_that_holds_and_is_kept() {
    let conference = Conference::released();
    let good = conference.log();
    let copy = conference.dir.path().join("copy.jsonl");
    let short = conference.dir.path().join("short.jsonl");
    std::fs::write(&copy, &good).expect("the tests may write");
    let lines: Vec<&str> = good.lines().collect();
    std::fs::write(&short, format!("{}\n", lines[..50].join("\n"))).expect("the tests may write");
    let damaged = good.replacen("\"ref\":\"CSC-2026-014/C17\"", "\"ref\":\"CSC-2026-014/C18\"", 1);
    let damaged = if damaged == good { good.replacen("\"v\":1,", "\"v\":2,", 1) } else { damaged };
    assert_ne!(damaged, good);
    std::fs::write(conference.folder().join("record.jsonl"), &damaged).expect("the tests may write");
    assert!(codes(&conference.try_build().expect_err("it is damaged")).contains(&"broken-record"));
    let Ok(TakenIn::Restored { kept, short_of: 0, .. }) = take_in(&conference.folder(), None, &copy) else {
        panic!("it can be restored")
    };
    assert!(conference.log().starts_with(&good));
    assert_eq!(std::fs::read_to_string(conference.folder().join(&kept)).expect("it is kept"), damaged);
    conference.ensure_sound();
    // If it was stopped before it named the damaged one, the same command finishes it.
    std::fs::write(conference.folder().join("record.jsonl"), &good).expect("the tests may write");
    std::fs::remove_file(conference.folder().join("register.json")).expect("it is there");
    assert!(matches!(take_in(&conference.folder(), None, &copy), Ok(TakenIn::Restored { .. })));
    conference.ensure_sound();
}

#[test]
fn a_council_may_keep_names_out_of_file_names_and_of_the_record() {
    let conference = Conference { dir: tempfile::tempdir().expect("the tests may write") };
    write_example(conference.dir.path());
    let file = conference.dir.path().join("borough.yaml");
    let text = std::fs::read_to_string(&file).expect("it is there");
    assert!(text.contains("\nsettings:\n"), "the example has settings");
    std::fs::write(&file, text.replacen("\nsettings:\n", "\nsettings:\n  file_names: numbers\n", 1)).expect("it may");
    conference.build();
    assert_eq!(conference.files_with("community/invitation-15").len(), 1);
    for slug in ["dhillon", "nair", "warsame", "krasniqi"] {
        assert!(conference.files_with(slug).is_empty() && !conference.log().contains(slug), "{slug}");
    }
    conference.ensure_sound();
}

fn write_example(folder: &std::path::Path) {
    for (name, data) in input::example_files() {
        std::fs::write(folder.join(name), data).expect("the tests may write");
    }
}
