//! What becomes of released papers when the conference goes on: approvals, dates, new names, and folders put back.

use std::collections::BTreeSet;
use std::fs;

use crate::run::{Outcome, Run};

const OUT: &str = "out/CSC-2026-014";
const FOLDER: &str = "@/out/CSC-2026-014";
const NAIR: &str = "professional/invitation-02-sgt-priya-nair.txt";

fn build(run: &Run, only: &str, more: &[&str]) -> Outcome {
    let always = ["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", only];
    let outcome = run.convenor(&[&always, more].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    outcome
}

fn release(run: &Run) -> Outcome {
    let outcome = run.convenor(&["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    outcome
}

fn released(only: &str) -> Run {
    let run = Run::on_the_example();
    build(&run, only, &[]);
    release(&run);
    run
}

fn is_sound(run: &Run) -> Outcome {
    let outcome = run.convenor(&["verify", FOLDER]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    outcome
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).expect("the tests may write");
    for entry in fs::read_dir(from).expect("it is there").flatten() {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &place) } else { drop(fs::copy(entry.path(), place)) }
    }
}

#[test]
fn papers_put_back_from_before_their_record_go_where_they_are_kept() {
    let run = released("invitation");
    let monday = run.path("monday");
    copy(&run.path(OUT), &monday);
    let first = run.bytes(&format!("{OUT}/{NAIR}"));
    let run = run.edit("conference.yaml", "  label: Station Parade and Mill Lane", "  label: Station Parade");
    build(&run, "invitation", &["--reissue", "invitation", "--because", "the place has changed"]);
    release(&run);
    let second = run.bytes(&format!("{OUT}/{NAIR}"));
    let record = run.bytes(&format!("{OUT}/record.jsonl"));
    assert!(first != second);
    fs::remove_dir_all(run.path(OUT)).expect("it is there");
    copy(&monday, &run.path(OUT));
    fs::write(run.path(&format!("{OUT}/record.jsonl")), &record).expect("the tests may write");
    assert_eq!(run.convenor(&["verify", FOLDER]).code, 1);
    let outcome = build(&run, "invitation", &[]);
    assert!(outcome.out.contains(&format!("put back: superseded/version-1/{NAIR}")), "{}", outcome.out);
    assert!(run.bytes(&format!("{OUT}/superseded/version-1/{NAIR}")) == first);
    assert!(run.bytes(&format!("{OUT}/{NAIR}")) == second);
    assert!(run.bytes(&format!("{OUT}/record.jsonl")) == record, "the record has said so all the time");
    is_sound(&run);
}

#[test]
fn what_the_chair_approves_later_loses_the_mark_of_a_draft_in_the_next_version() {
    let papers = ["summary", "minutes", "annex"];
    let build = |run: &Run| {
        let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", &papers.join(",")]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome.out
    };
    let is_marked = |run: &Run, paper: &str| {
        let outcome = run.convenor(&["sent", FOLDER, "--paper", paper, "--how", "hand", "--on", "2026-11-21"]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome.err.contains("still has the draft mark")
    };
    let run = Run::on_the_example();
    build(&run);
    release(&run);
    assert!(papers.iter().all(|paper| is_marked(&run, paper)));
    let run = run.edit("conference.yaml", "status: draft", "status: approved, approved: 2026-11-25");
    let out = build(&run);
    let left = ["public/summary.pdf", "professional/minutes.pdf", "restricted/confidential-annex.pdf"];
    assert!(left.iter().all(|file| out.contains(&format!("left as it is: {file}"))), "{out}");
    let run = run.edit("conference.yaml", "\nversion: 1", "\nversion: 2");
    let out = build(&run);
    assert!(!out.contains("Nothing would change") && !out.contains("left as it is"), "{out}");
    let outcome = run.convenor(&["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--on", "2026-11-21"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(papers.iter().all(|paper| !is_marked(&run, paper)), "{papers:?}");
    is_sound(&run);
    let out = build(&run);
    assert!(!out.contains("left as it is"), "{out}");
}

#[test]
fn a_date_that_is_corrected_after_the_release_asks_for_a_new_version() {
    let run = released("minutes");
    let with = |run: Run, day: &str, before: &str| {
        run.edit("conference.yaml", before, &format!("papers: {{ minutes: {{ issued: {day} }} }}\nmeeting:\n"))
    };
    let run = with(run, "2026-12-05", "meeting:\n");
    let outcome = build(&run, "minutes", &[]);
    assert!(outcome.out.contains("professional/minutes.txt (because of papers.minutes.issued)"), "{}", outcome.out);
    build(&run, "minutes", &["--reissue", "minutes", "--because", "the date was wrong"]);
    release(&run);
    assert_eq!(days_of_the_minutes(&run), BTreeSet::from(["2026-12-05".to_owned()]));
    let outcome = build(&run, "minutes", &[]);
    assert!(!outcome.out.contains("left as it is"), "{}", outcome.out);
    // An earlier day is taken as well: the data says which it is.
    let run = with(run, "2026-12-02", "papers: { minutes: { issued: 2026-12-05 } }\nmeeting:\n");
    build(&run, "minutes", &["--reissue", "minutes", "--because", "the date was wrong"]);
    release(&run);
    assert_eq!(days_of_the_minutes(&run), BTreeSet::from(["2026-12-02".to_owned()]));
    is_sound(&run);
}

/// The days of the minutes that are released, by the record.
fn days_of_the_minutes(run: &Run) -> BTreeSet<String> {
    let said = run.convenor(&["record", FOLDER, "--paper", "minutes", "--format", "json"]).out;
    let overview: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    let papers = overview["papers"].as_array().expect("papers").iter().filter(|row| row["status"] == "released");
    papers.map(|row| row["issued"].as_str().expect("a day").to_owned()).collect()
}

#[test]
fn a_letter_to_somebody_with_a_new_name_replaces_the_one_under_the_old_name() {
    let run = released("invitation");
    let run = run.edit(
        "conference.yaml",
        "  - { person: { name: \"Sgt Priya Nair\"",
        "  - { number: 02, person: { name: \"Sgt Priya Noor\"",
    );
    let outcome = build(&run, "invitation", &[]);
    assert!(outcome.out.contains(&format!("left as it is: {NAIR}")), "{}", outcome.out);
    assert!(!outcome.out.contains("no longer due"), "{}", outcome.out);
    let noor = format!("{OUT}/professional/invitation-02-sgt-priya-noor.txt");
    assert!(!run.path(&noor).exists(), "no draft stands beside a released letter to the same person");
    let outcome = run.convenor(&["verify", FOLDER]);
    assert!(outcome.code == 0 && outcome.err.contains("if its reader has a new name"), "{}", outcome.err);
    build(&run, "invitation", &["--reissue", "invitation", "--because", "your name was wrong"]);
    release(&run);
    assert!(run.path(&noor).exists() && !run.path(&format!("{OUT}/{NAIR}")).exists());
    assert!(run.path(&format!("{OUT}/superseded/version-1/{NAIR}")).exists());
    is_sound(&run);
    let outcome = run.convenor(&["record", FOLDER, "--of", "noor", "--format", "csv"]);
    assert!(outcome.out.contains("superseded") && outcome.out.contains("released"), "{}", outcome.out);
}

#[test]
fn a_number_that_was_given_to_somebody_else_is_refused() {
    let run = released("invitation");
    let text = run.read("conference.yaml");
    let nair = "  - { person: { name: \"Sgt Priya Nair\"";
    for number in ["03", "55"] {
        let wrong = text.replacen(nair, &nair.replace("{ person", &format!("{{ number: {number}, person")), 1);
        // Whoever had number 03 is taken out.
        let from =
            wrong.match_indices("\n  - { ").map(|(at, _)| at + 1).filter(|at| wrong[*at..].find("person: {").is_some());
        let from: Vec<usize> = from.skip_while(|at| !wrong[*at..].starts_with("  - { number:")).collect();
        let without = format!("{}{}", &wrong[..from[1]], &wrong[from[2]..]);
        let run = released("invitation").with("conference.yaml", without);
        let outcome =
            run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "invitation"]);
        assert_eq!(outcome.code, 1, "{number}: {}", outcome.out);
        assert!(outcome.err.contains("has had the number 02"), "{number}: {}", outcome.err);
    }
    let kept = run.edit("conference.yaml", nair, &nair.replace("{ person", "{ number: 02, person"));
    build(&kept, "invitation", &[]);
}

#[test]
fn the_fields_that_are_named_are_those_that_changed_since_the_release_of_that_paper() {
    let run = released("invitation,terms");
    let run = run.edit("conference.yaml", "  label: Station Parade and Mill Lane", "  label: Station Parade");
    build(&run, "invitation,terms", &["--reissue", "invitation", "--because", "the place has changed"]);
    release(&run);
    let outcome = build(&run, "invitation,terms", &[]);
    assert!(
        outcome.out.contains("left as it is: professional/terms.txt (because of context.label)"),
        "{}",
        outcome.out
    );
}

#[test]
fn an_organisation_with_a_new_name_makes_no_leak_of_what_was_released() {
    let run = released("invitation,minutes,agreement");
    let run = run.edit("conference.yaml", "name: Mill Lane Homes", "name: Sanctuary Homes");
    let outcome = build(&run, "invitation,minutes,agreement", &[]);
    assert!(!outcome.out.contains("no longer due"), "{}", outcome.out);
    let outcome = is_sound(&run);
    assert!(outcome.err.contains("the data of its release let them read it"), "{}", outcome.err);
    let paper = format!("{OUT}/community/minutes.txt");
    let text = run.read(&paper);
    // A copy that the record does not know is still a leak.
    let run = run.with("out/CSC-2026-014/community/copy.txt", text);
    let outcome = run.convenor(&["verify", FOLDER]);
    assert!(outcome.code == 1 && outcome.err.contains("error[leak]"), "{}", outcome.err);
}

#[test]
fn what_became_a_protected_name_after_the_release_is_still_a_leak() {
    let label = "  label: Station Parade and Mill Lane";
    let run = Run::on_the_example().edit("conference.yaml", label, "  label: Tobias Merriden Parade");
    build(&run, "terms", &[]);
    release(&run);
    is_sound(&run);
    let run = run.edit("conference.yaml", "  label: Tobias Merriden Parade", label);
    let run = run.edit("conference.yaml", "protected_names: [", "protected_names: [Tobias Merriden, ");
    let outcome = run.convenor(&["verify", FOLDER]);
    assert!(outcome.code == 1 && outcome.err.contains("error[leak]"), "{}", outcome.err);
}

/// The lines of the register, by file.
fn register(run: &Run) -> serde_json::Value {
    let register: serde_json::Value =
        serde_json::from_str(&run.read(&format!("{OUT}/register.json"))).expect("it is JSON");
    let files = register["files"].as_array().expect("a list").iter();
    files.map(|entry| (entry["file"].as_str().expect("a place").to_owned(), entry.clone())).collect()
}

/// One more invitee, at the end of the file.
fn with_one_more(run: Run) -> Run {
    let more = "  - { person: { name: Ms Zoe Quill, salutation: Ms Quill }, organisation: housing, address: [22 Mill Lane, MARSHGATE, E20 9BD] }";
    run.edit("conference.yaml", "\nitems:", &format!("\n{more}\nitems:"))
}

#[test]
fn a_version_that_was_asked_for_stays_for_drafts_and_for_whoever_comes_later() {
    let run = released("invitation");
    let run = run.edit("conference.yaml", "  label: Station Parade and Mill Lane", "  label: Station Parade");
    build(&run, "invitation", &["--reissue", "invitation", "--because", "the place has changed"]);
    // Once more, and nobody asks again.
    let outcome = build(&run, "invitation", &[]);
    assert!(!outcome.out.contains("left as it is"), "{}", outcome.out);
    let entry = &register(&run)[NAIR];
    assert_eq!((&entry["version"], &entry["status"]), (&2.into(), &"draft".into()), "{entry}");
    assert_eq!(entry["because"], "the place has changed");
    release(&run);
    let run = with_one_more(run);
    build(&run, "invitation", &[]);
    let register = register(&run);
    let all = register.as_object().expect("by file");
    let new = all.iter().find(|(file, _)| file.ends_with("zoe-quill.txt")).expect("a letter was made").1;
    assert_eq!(new["version"], 2, "two versions of a letter in one post: {new}");
    assert_eq!(register[NAIR]["version"], 2);
    is_sound(&run);
}

#[test]
fn whoever_is_invited_later_reads_what_was_released_before_and_is_not_said_to_have_got_it() {
    let run = released("terms");
    let sent = run.convenor(&["sent", FOLDER, "--paper", "terms", "--how", "post", "--on", "2026-11-21"]);
    assert_eq!(sent.code, 0, "{}", sent.err);
    let run = with_one_more(run);
    build(&run, "terms", &[]);
    let of = |run: &Run, name: &str| {
        let outcome = run.convenor(&["record", FOLDER, "--of", name, "--format", "json"]);
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        let answer: serde_json::Value = serde_json::from_str(&outcome.out).expect("JSON");
        answer["papers"].clone()
    };
    let (later, before) = (of(&run, "Ms Zoe Quill"), of(&run, "Sgt Priya Nair"));
    assert_eq!(later.as_array().map(Vec::len), Some(1), "{later}");
    assert_eq!(later[0]["sent"].as_array().map(Vec::len), Some(0), "{later}");
    assert_eq!(before[0]["sent"].as_array().map(Vec::len), Some(1), "{before}");
    is_sound(&run);
}

#[test]
fn drafts_that_other_data_gives_just_so_are_confirmed_by_a_build() {
    let run = Run::on_the_example();
    build(&run, "terms", &[]);
    // A telephone number is not in the terms.
    let run = run.edit("conference.yaml", "phone: 020 7946 0102", "phone: 020 7946 0103");
    let changed = "changed since";
    assert!(is_sound(&run).err.contains(changed), "the drafts are of other data");
    build(&run, "terms", &[]);
    assert!(!is_sound(&run).err.contains(changed), "{}", is_sound(&run).err);
}

#[test]
fn a_paper_that_was_checked_off_is_not_checked_twice_by_its_release() {
    let run = Run::on_the_example();
    build(&run, "invitation", &[]);
    let by = ["--by", "Ruth Penhaligon", "--on", "2026-11-20"];
    let outcome = run.convenor(&[&["check-off", FOLDER, "--paper", NAIR], &by[..]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    release(&run);
    let log = run.read(&format!("{OUT}/record.jsonl"));
    let of = |file: &str| log.lines().filter(|line| line.contains("\"k\":\"checked\"") && line.contains(file)).count();
    assert_eq!((of(NAIR), of("01-")), (1, 1));
}
