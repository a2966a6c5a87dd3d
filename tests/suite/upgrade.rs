//! A folder that a version of before there was a record made is taken over, and goes on.

use std::collections::BTreeMap;

use crate::run::{Outcome, Run};

const FOLDER: &str = "@/out/SPM-2026-021";
const BELOW: &str = "out/SPM-2026-021";
const GUIDANCE: &str = "out/SPM-2026-021/professional/guidance.txt";
const INVITATION: &str = "out/SPM-2026-021/professional/invitation-02-pc-harriet-ngata.txt";
const TERMS: &str = "out/SPM-2026-021/professional/terms.txt";

fn old() -> Run {
    Run::on_the_council("before-the-record")
}

fn build(run: &Run, more: &[&str]) -> Outcome {
    run.build(&[&["--only", "terms,guidance,invitation", "--to", "txt"], more].concat())
}

fn folder(run: &Run) -> BTreeMap<String, Vec<u8>> {
    run.files(BELOW).into_iter().map(|file| (file.clone(), run.bytes(&file))).collect()
}

fn verified(run: &Run) -> Outcome {
    let outcome = run.convenor(&["verify", FOLDER]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    outcome
}

#[test]
fn an_old_folder_is_sound_and_looking_at_it_changes_nothing() {
    let run = old();
    let before = folder(&run);
    let outcome = verified(&run);
    assert!(outcome.out.contains("3 files to people of a list, released"), "{}", outcome.out);
    assert!(!outcome.out.contains("Record:"), "{}", outcome.out);
    assert_eq!(folder(&run), before);
}

#[test]
fn a_build_takes_it_over_and_leaves_what_was_released_in_peace() {
    let run = old();
    let before = folder(&run);
    let outcome = build(&run, &[]);
    let said = "a folder of an earlier version was taken over, with 11 papers and 1 run of letters";
    assert!(outcome.out.contains(said) || outcome.err.contains(said), "{}{}", outcome.out, outcome.err);
    let after = folder(&run);
    for (file, data) in before.iter().filter(|(file, _)| !file.ends_with("terms.txt") || file.contains("superseded")) {
        let is_theirs = file.contains("register.") || file.contains("/.convenor-") || file.contains("/proof/");
        // Where its words have changed since, a paper is made anew beside the one that was released.
        let kept = file.replacen(BELOW, &format!("{BELOW}/superseded/version-1"), 1);
        assert!(is_theirs || [file, &kept].iter().any(|file| after.get(*file) == Some(data)), "{file}");
    }
    assert!(!after.keys().any(|file| file.contains("invitations/register") || file.contains("/proof/")));
    verified(&run);
    let again = build(&run, &[]);
    assert!(!again.out.contains("taken over") && !again.err.contains("taken over"), "{}{}", again.out, again.err);
}

#[test]
fn everybody_keeps_their_number_when_somebody_is_put_before_them() {
    let run = old();
    let first = "invitees:\n";
    let new = "invitees:\n  - { person: { name: Ada Newcombe, salutation: Ms Newcombe, role: Youth worker, email: ada@youth.example }, organisation: college, address: [Vale Sixth Form College, KESTREL VALE, SY91 0AD], number: new }\n";
    let run = run.edit("conference.yaml", first, new);
    build(&run, &[]);
    let files = run.files(BELOW);
    assert!(files.iter().any(|file| file.ends_with("invitation-07-ada-newcombe.txt")), "{files:?}");
    assert!(files.iter().any(|file| file == INVITATION), "{files:?}");
    assert_eq!(files.iter().filter(|file| file.contains("/invitation-0") && file.ends_with(".txt")).count(), 7);
}

#[test]
fn the_drafts_that_are_left_can_be_released() {
    let run = old();
    build(&run, &[]);
    assert!(run.read(TERMS).contains("· DRAFT"));
    let before = run.bytes(INVITATION);
    let outcome = run.convenor(&["release", FOLDER, "--checked-by", "Dorothea Lindqvist", "--on", "2026-09-10"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.out.contains("3 papers released"), "{}", outcome.out);
    assert!(!run.read(TERMS).contains("· DRAFT"));
    assert_eq!(run.bytes(INVITATION), before);
    verified(&run);
}

#[test]
fn a_new_version_keeps_the_one_that_was_released_before_there_was_a_record() {
    let run = old();
    let before = run.bytes(GUIDANCE);
    let run = run.edit("borough.yaml", "team: Safer Places Team", "team: Safer Places and Streets Team");
    build(&run, &["--reissue", "guidance", "--because", "the team has another name"]);
    assert_ne!(run.bytes(GUIDANCE), before);
    let kept = "out/SPM-2026-021/superseded/version-1/professional/guidance.txt";
    assert_eq!(run.bytes(kept), before);
    verified(&run);
}

#[test]
fn upgrade_does_it_at_once_and_says_what_it_changed() {
    let run = old();
    let outcome = run.convenor(&["upgrade", FOLDER]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let (said, record) = outcome.out.rsplit_once("Record SPM-2026-021: ").expect("it names the record");
    assert_eq!(
        said,
        "11 papers and 12 numbers taken over\n\
         3 letters taken over in invitations\n\
         Removed, since the record has their contents:\n  \
         register.csv\n  register.json\n  invitations/.convenor-lock\n  invitations/proof/proofs.json\n  \
         invitations/register.csv\n  invitations/register.json\n"
    );
    let after = folder(&run);
    let again = run.convenor(&["upgrade", FOLDER]);
    let lines = record.split_once(',').expect("lines, then the head").0;
    assert_eq!((again.code, again.out), (0, format!("Nothing to do: SPM-2026-021 has its record, {lines}.\n")));
    assert_eq!(folder(&run), after);
    verified(&run);
}

#[test]
fn a_folder_without_papers_is_not_upgraded() {
    let run = old();
    std::fs::create_dir_all(run.path("other/SPM-2026-021")).expect("the tests may write");
    let outcome = run.convenor(&["upgrade", "@/other/SPM-2026-021", "--data", "@/conference.yaml"]);
    assert_eq!(outcome.code, 3, "it is not there to be read");
    assert!(outcome.err.contains("there is no record of papers in this folder"), "{}", outcome.err);
    assert_eq!(run.files("other"), Vec::<String>::new());
}

#[test]
fn a_log_takes_no_place_in_a_folder_that_has_registers_of_before() {
    let run = old();
    run.convenor(&["build", "@/conference.yaml", "-o", "@/elsewhere", "--only", "terms", "--to", "txt"]);
    let before = folder(&run);
    let outcome = run.convenor(&["take-in", FOLDER, "@/elsewhere/SPM-2026-021/record.jsonl"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[forked-record]"), "{}{}", outcome.out, outcome.err);
    let after = folder(&run);
    assert!(before.iter().all(|(file, data)| after.get(file) == Some(data)), "what was there is there");
    verified(&run);
}
