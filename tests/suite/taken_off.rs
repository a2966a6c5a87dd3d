//! People of a list who are taken off it once their letters are released: nothing of what may be in the post is lost.

use crate::batch::{FOLDER, invite, people, preview, residents, with_people};
use crate::run::{Outcome, Run};

const CHECKED: [&str; 4] = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"];

/// Makes proofs and releases what they show, and expects both to go well.
#[track_caller]
fn release(run: &Run, more: &[&str]) -> Outcome {
    let shown: Vec<&str> = more.chunks(2).filter(|pair| pair[0] != "--make").flatten().copied().collect();
    let shown = preview(run, &shown);
    assert_eq!(shown.code, 0, "{}{}", shown.out, shown.err);
    let outcome = invite(run, &[&CHECKED, more].concat());
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    outcome
}

fn verify(run: &Run) -> Outcome {
    run.convenor(&["verify", "@/out/CSC-2026-014"])
}

fn sent(run: &Run, letters: &str) -> Outcome {
    let args = ["sent", "@/out/CSC-2026-014", "--paper", "invitations", "--how", "post", "--on", "2026-11-21"];
    run.convenor(&[&args[..], &["--letters", letters]].concat())
}

/// The list with the name of its second person cleared.
fn without_the_second(list: &str) -> String {
    let cleared = list.replace("Ms Nama2x Person,", ",");
    assert_ne!(cleared, list);
    cleared
}

#[test]
fn a_row_whose_name_is_cleared_after_the_release_takes_its_person_off() {
    let run = with_people(people(4));
    release(&run, &[]);
    assert_eq!(sent(&run, "1-4").code, 0);
    let run = run.with("people.csv", without_the_second(&people(4)));
    for _ in 0..2 {
        let outcome = release(&run, &[]);
        assert!(!outcome.err.contains("missing-name"), "{}", outcome.err);
        assert!(outcome.out.contains("Taken off   1 row whose name was cleared"), "{}", outcome.out);
        assert!(outcome.out.contains("Taken off after the release: "), "{}", outcome.out);
        assert!(!outcome.out.contains("Remove it"), "{}", outcome.out);
    }
    let outcome = verify(&run);
    assert!(outcome.code == 0 && outcome.err.contains("warning[no-longer-due]"), "{}{}", outcome.out, outcome.err);
    assert!(!outcome.err.contains("error[") && !outcome.err.contains("take it out"), "{}", outcome.err);
    let outcome = run.convenor(&["record", "@/out/CSC-2026-014", "--paper", "invitations", "--format", "json"]);
    let record: serde_json::Value = serde_json::from_str(&outcome.out).expect("it is JSON");
    let row = &record["papers"][0];
    assert_eq!((row["letters_sent"].as_u64(), row["taken_off"].as_u64()), (Some(4), Some(1)), "{row}");
    let outcome = run.convenor(&["record", "@/out/CSC-2026-014", "--paper", "invitations"]);
    // The cell is wrapped.
    let to: Vec<&str> = outcome.out.lines().map(|line| line.get(..23).unwrap_or(line).trim()).collect();
    assert!(to.join(" ").contains("1 taken off after the release; 4 sent"), "{}", outcome.out);
    // Somebody removes the letter: it is missed, and not counted.
    let letter = run.files(FOLDER).into_iter().find(|f| f.contains("/letters/") && f.contains("00002")).expect("made");
    let counted = |n: usize| format!("invitations: {n} files to people of a list, released");
    let all = run.files(FOLDER).into_iter().filter(|f| !f.contains("/proof/") && !f.ends_with("problems.csv")).count();
    assert!(verify(&run).out.contains(&counted(all)), "{}", verify(&run).out);
    std::fs::remove_file(run.path(&letter)).expect("it is there");
    let outcome = verify(&run);
    assert!(outcome.code == 1 && outcome.err.contains("error[missing-paper]: this file was released to somebody"));
    assert!(!outcome.out.contains("Sound") && outcome.out.contains(&counted(all - 1)), "{}", outcome.out);
    release(&run, &[]);
    assert_eq!(verify(&run).code, 1, "another run does not hide it");
    // They come back: their letter is the one that was released.
    let run = run.with("people.csv", people(4));
    release(&run, &[]);
    assert!(verify(&run).out.contains("Sound: every file"), "{}", verify(&run).err);
}

#[test]
fn only_a_number_that_was_given_is_taken_off() {
    // Nobody has the number yet, or only a draft.
    let run = with_people(without_the_second(&people(4)));
    let outcome = preview(&run, &[]);
    assert!(outcome.code == 1 && outcome.err.contains("error[missing-name]"), "{}", outcome.err);
    let run = with_people(people(4));
    assert_eq!(invite(&run, &[]).code, 0);
    let run = run.with("people.csv", without_the_second(&people(4)));
    assert!(preview(&run, &[]).err.contains("error[missing-name]"));
    // A row that is added without a name is a fault beside one that is taken off.
    let run = with_people(people(4));
    release(&run, &[]);
    let list = without_the_second(&people(5)).replace("Ms Nama5x Person,", ",");
    let outcome = preview(&run.with("people.csv", list), &[]);
    assert!(outcome.code == 1 && outcome.err.matches("error[missing-name]").count() == 1, "{}", outcome.err);
    assert!(outcome.out.contains("Taken off   1 row"), "{}", outcome.out);
}

#[test]
fn a_cleared_name_stays_taken_off_in_a_later_version_and_in_every_share() {
    let run = with_people(people(4));
    release(&run, &[]);
    let run = run.with("people.csv", without_the_second(&people(4)));
    release(&run, &[]);
    let run = run.edit("conference.yaml", "version: 1", "version: 2");
    release(&run, &[]);
    assert_eq!(verify(&run).code, 0, "{}", verify(&run).err);
    let run = with_people(people(4));
    let shares = |run: &Run| {
        let outcome = preview(run, &[]);
        assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
        for share in ["1/2", "2/2"] {
            let outcome = invite(run, &[&CHECKED[..], &["--make", "letters", "--shard", share]].concat());
            assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
        }
    };
    shares(&run);
    let run = run.with("people.csv", without_the_second(&people(4)));
    shares(&run);
    let parts = ["1", "2"].map(|part| format!("@/{FOLDER}-{part}-of-2"));
    let outcome = run.convenor(&["register", "merge", &parts[0], &parts[1], "-o", "@/register.csv"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(verify(&run).code, 0, "{}", verify(&run).err);
}

#[test]
fn a_file_for_the_printer_that_was_sent_stays_whoever_is_taken_off() {
    let run = with_people(residents(3));
    let make = ["--make", "print,labels"];
    release(&run, &make);
    assert_eq!(sent(&run, "1-3").code, 0);
    let run = run.with("people.csv", without_the_second(&residents(3)));
    let outcome = release(&run, &make);
    assert!(!outcome.out.contains("would now be different"), "{}", outcome.out);
    assert_eq!(verify(&run).code, 0, "{}{}", verify(&run).out, verify(&run).err);
}

#[test]
fn a_list_of_which_everybody_is_taken_off_is_no_empty_list() {
    let run = with_people(residents(1));
    release(&run, &["--make", "letters"]);
    let run = run.with("people.csv", residents(1).replace("Ms Nama1x Person,", ","));
    release(&run, &["--make", "letters"]);
    let outcome = verify(&run);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
}
