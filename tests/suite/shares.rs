//! Shares of a list once they are merged: the record of the conference knows their letters, and misses them.

use crate::batch::{FOLDER, HOME, invite, people, preview, record, with_people};
use crate::run::{Outcome, Run};

/// The list of the example, in which a neighbour of an invitee lives in a road of the same name.
fn neighbours() -> Run {
    with_people(std::fs::read("fixtures/marshgate/people.csv").expect("the fixture can be read"))
}

fn made(run: &Run, of: usize, more: &[&str]) {
    for part in 1..=of {
        let share = format!("{part}/{of}");
        let outcome = invite(run, &[&["--make", "letters", "--shard", &share], more].concat());
        assert_eq!(outcome.code, 0, "{share}: {}{}", outcome.out, outcome.err);
    }
}

fn released(run: &Run, of: usize) {
    assert_eq!(preview(run, &[]).code, 0);
    made(run, of, &["--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]);
}

fn merge(run: &Run, of: usize) -> Outcome {
    let parts: Vec<String> = (1..=of).map(|part| format!("@/{FOLDER}-{part}-of-{of}")).collect();
    let args = ["register", "merge", "-o", "@/register.csv"];
    run.convenor(&[&args[..], &parts.iter().map(String::as_str).collect::<Vec<_>>()].concat())
}

fn verify(run: &Run) -> Outcome {
    run.convenor(&["verify", "@/out/CSC-2026-014"])
}

fn sent(run: &Run, more: &[&str]) -> Outcome {
    run.convenor(&[&["sent", "@/out/CSC-2026-014", "--how", "post", "--on", "2026-11-21", "--paper"], more].concat())
}

fn remove(run: &Run, folder: &str) {
    std::fs::remove_dir_all(run.path(folder)).expect("it is there");
}

#[test]
fn a_merged_share_whose_released_letters_are_gone_is_missed() {
    let run = with_people(people(5));
    released(&run, 2);
    assert_eq!(merge(&run, 2).code, 0);
    assert_eq!(verify(&run).code, 0, "{}", verify(&run).err);
    let share = format!("{FOLDER}-1-of-2");
    let copy = Run::on_nothing().copied(&run);
    remove(&copy, &share);
    let outcome = verify(&copy);
    assert!(outcome.code == 1 && !outcome.out.contains("Sound"), "{}", outcome.out);
    let said =
        "error[missing-paper]: released letters 1, 3, 5 of share 1/2 were merged, and are no longer in the folder";
    assert!(outcome.err.contains(said), "{}", outcome.err);
    // Once that is noted, it is said and stops nothing; with its folder back, nothing is lost.
    let name = share.strip_prefix("out/CSC-2026-014/").expect("it is below");
    let lost = ["lost", "@/out/CSC-2026-014", name, "--because", "deleted to save space"];
    let there = run.convenor(&lost);
    assert!(
        there.code == 1 && there.err.contains("error[not-lost]: the record of this share is there"),
        "{}",
        there.err
    );
    let noted = Run::on_nothing().copied(&copy);
    assert_eq!(noted.convenor(&lost).code, 0);
    assert!(noted.convenor(&lost).out.contains("Nothing new"));
    let outcome = verify(&noted);
    assert!(outcome.code == 0 && outcome.err.contains("of share 1/2 are lost, as was noted on"), "{}", outcome.err);
    let whole = run.files(&share).into_iter().fold(noted, |noted, file| noted.with(&file, run.bytes(&file)));
    assert!(!verify(&whole).err.contains("lost"), "{}", verify(&whole).err);
    // One letter of it is missed as well.
    let letter = run.files(&share).into_iter().find(|file| file.contains("invitation-00003")).expect("it was made");
    let lacking = Run::on_nothing().copied(&run);
    std::fs::remove_file(lacking.path(&letter)).expect("it is there");
    let outcome = verify(&lacking);
    assert!(outcome.code == 1 && outcome.err.contains("invitation-00003"), "{}", outcome.err);
    // A share that is made anew does not hide that the released letters are gone, whatever is merged.
    let before = record(&copy, HOME);
    assert_eq!(invite(&copy, &["--make", "letters", "--shard", "1/2"]).code, 0);
    let outcome = verify(&copy);
    assert!(outcome.code == 1 && outcome.err.contains("no longer has them as they were then"), "{}", outcome.err);
    assert_eq!(preview(&copy, &[]).code, 0);
    assert_eq!(invite(&copy, &["--make", "letters", "--shard", "1/2", "--checked-by", "Ruth Penhaligon"]).code, 0);
    let outcome = merge(&copy, 2);
    assert!(outcome.code == 1 && outcome.err.contains("that its record no longer has"), "{}", outcome.err);
    let took_in = |lines: Vec<String>| lines.iter().filter(|line| line.contains("\"k\":\"took-in\"")).count();
    assert_eq!(took_in(record(&copy, HOME)), took_in(before));
    // A share with further letters goes on from what was merged.
    let run = run.with("people.csv", people(7));
    released(&run, 2);
    assert_eq!(verify(&run).code, 0, "{}", verify(&run).err);
    assert_eq!(merge(&run, 2).code, 0);
    remove(&run, &share);
    assert!(verify(&run).err.contains("released letters 1, 3, 5, 7 of share 1/2"), "{}", verify(&run).err);
}

#[test]
fn drafts_that_were_merged_may_go() {
    let run = with_people(people(4));
    assert_eq!(preview(&run, &[]).code, 0);
    made(&run, 2, &[]);
    assert_eq!(merge(&run, 2).code, 0);
    assert_eq!(verify(&run).code, 0, "{}", verify(&run).err);
    remove(&run, &format!("{FOLDER}-1-of-2"));
    let outcome = verify(&run);
    assert!(outcome.code == 0 && outcome.err.contains("warning[missing-paper]"), "{}{}", outcome.out, outcome.err);
    // Made anew, they are not merged yet.
    made(&run, 2, &[]);
    assert_eq!(verify(&run).code, 0, "{}", verify(&run).err);
    assert_eq!(merge(&run, 2).code, 0);
    assert!(verify(&run).out.contains("Sound: every file"), "{}", verify(&run).err);
}

#[test]
fn letters_of_a_merged_share_are_noted_as_sent() {
    let run = with_people(people(4));
    released(&run, 2);
    let early = sent(&run, &["invitations-1-of-2", "--letters", "1"]);
    assert!(early.code != 0 && early.err.contains("run `convenor register merge`"), "{}", early.err);
    assert_eq!(merge(&run, 2).code, 0);
    let outcome = sent(&run, &["invitations-1-of-2", "--letters", "1"]);
    assert!(outcome.code == 0 && outcome.out.contains("1 paper"), "{}{}", outcome.out, outcome.err);
    assert!(sent(&run, &["invitations-1-of-2", "--letters", "1"]).out.contains("Nothing new"));
    let other = sent(&run, &["invitations-1-of-2", "--letters", "2"]);
    assert!(other.code == 1 && other.err.contains("letter 2 of this run is not released"), "{}", other.err);
    // A letter by its place.
    let letters = run.files(&format!("{FOLDER}-2-of-2"));
    let letter = letters.iter().find(|file| file.contains("invitation-00002")).expect("it was made");
    let letter = letter.strip_prefix(&format!("{HOME}/")).expect("it is there");
    let outcome = sent(&run, &[letter]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(sent(&run, &[letter]).out.contains("Nothing new"), "{}", sent(&run, &[letter]).out);
    let all = run.convenor(&["record", "@/out/CSC-2026-014", "--format", "json"]);
    assert!(all.out.contains("\"invitations-1-of-2\"") && all.out.contains("\"invitations-2-of-2\""), "{}", all.out);
    let outcome = run.convenor(&["record", "@/out/CSC-2026-014", "--paper", "invitations-1-of-2"]);
    assert!(outcome.code == 0 && outcome.out.contains("letters 1:"), "{}{}", outcome.out, outcome.err);
    assert_eq!(verify(&run).code, 0, "{}", verify(&run).err);
    // One that was changed is not noted.
    let third = run.files(&format!("{FOLDER}-1-of-2")).into_iter().find(|file| file.contains("invitation-00003"));
    let run = run.with(&third.expect("it was made"), "%PDF");
    let outcome = sent(&run, &["invitations-1-of-2", "--letters", "3"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[released]"), "{}", outcome.err);
}

#[test]
fn letters_of_a_share_that_is_not_merged_are_not_taken_for_another_paper() {
    for is_released in [true, false] {
        let run = neighbours();
        // Only a conference with a record of its own can be verified.
        run.build(&[]);
        if is_released {
            released(&run, 3)
        } else {
            made(&run, 3, &[])
        }
        let outcome = verify(&run);
        assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
        assert_eq!(outcome.err.matches("the letters of this share are not merged yet").count(), 3, "{}", outcome.err);
        assert!(outcome.err.contains("run `convenor register merge`"), "{}", outcome.err);
        assert!(!outcome.err.contains("remove") && !outcome.err.contains("take it out"), "{}", outcome.err);
        assert_eq!(merge(&run, 3).code, 0);
        assert!(verify(&run).out.contains("Sound: every file"), "{}", verify(&run).err);
    }
    // A file beside them, or one that was changed, is found all the same.
    let run = neighbours();
    run.build(&[]);
    released(&run, 3);
    let run = run.with(&format!("{FOLDER}-1-of-3/community/letters/x.txt"), "x");
    let outcome = verify(&run);
    assert!(outcome.code == 1 && outcome.err.contains("error[not-in-register]"), "{}", outcome.err);
}

#[test]
fn letters_that_were_sent_in_an_earlier_version_are_not_said_to_be_sent_in_a_later_one() {
    let run = with_people(people(4));
    released(&run, 2);
    assert_eq!(merge(&run, 2).code, 0);
    assert_eq!(sent(&run, &["invitations-1-of-2", "--letters", "1,3"]).code, 0);
    let run = run.edit("conference.yaml", "version: 1", "version: 2");
    released(&run, 2);
    for is_merged in [false, true] {
        if is_merged {
            assert_eq!(merge(&run, 2).code, 0);
        }
        let rows = run.convenor(&["record", "@/out/CSC-2026-014", "--format", "json"]).out;
        let rows: serde_json::Value = serde_json::from_str(&rows).expect("JSON");
        let row = |file: &str| {
            let found = rows["papers"].as_array().expect("a list").iter().find(|row| row["file"] == file);
            found.unwrap_or_else(|| panic!("no {file} in {rows}")).clone()
        };
        let (first, second) = (row("invitations-1-of-2/version-1"), row("invitations-1-of-2"));
        assert_eq!((&first["version"], &second["version"]), (&1.into(), &2.into()));
        assert_eq!(first["status"], "superseded");
        assert!(first["sent"].as_array().is_some_and(|sent| sent.len() == 1), "{first}");
        assert!(second["sent"].as_array().is_some_and(Vec::is_empty), "{second}");
        assert_eq!(verify(&run).code, 0, "{}", verify(&run).err);
    }
    // Each version can be noted by its folder, and a letter that is only in the other is none of this one.
    let outcome = sent(&run, &["invitations-1-of-2", "--letters", "1"]);
    assert!(outcome.out.contains("1 paper noted"), "{}{}", outcome.out, outcome.err);
    assert!(sent(&run, &["invitations-1-of-2/version-1", "--letters", "1"]).out.contains("Nothing new"));
    // A share that is gone is missed in the answer.
    remove(&run, &format!("{FOLDER}-1-of-2"));
    let outcome = run.convenor(&["record", "@/out/CSC-2026-014"]);
    assert!(outcome.err.contains("its letters are not listed"), "{}{}", outcome.out, outcome.err);
}

#[test]
fn shares_that_were_brought_together_and_not_merged_are_told_to_be_merged() {
    let made = with_people(people(4));
    released(&made, 2);
    // Each was made on a machine of its own, and only they are copied.
    let shares = [1, 2].map(|part| made.files(&format!("{FOLDER}-{part}-of-2"))).concat();
    let run = shares.iter().fold(with_people(people(4)), |run, file| run.with(file, made.bytes(file)));
    for outcome in [verify(&run), sent(&run, &["invitations-1-of-2", "--letters", "1"])] {
        assert!(outcome.code != 0 && outcome.err.contains("run `convenor register merge`"), "{}", outcome.err);
        assert!(!outcome.err.contains("back from a copy"), "{}", outcome.err);
    }
    assert_eq!(merge(&run, 2).code, 0);
    assert_eq!(verify(&run).code, 0, "{}", verify(&run).err);
}
