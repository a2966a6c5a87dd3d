//! Two machines go on with one conference, and each takes in the record of the other.

use crate::batch::{invite, people, preview, with_people};
use crate::run::{Outcome, Run};

const FOLDER: &str = "@/out/CSC-2026-014";
const THEIRS: &str = "@/theirs.jsonl";
const NAIR: &str = "professional/invitation-02-sgt-priya-nair";

fn build(run: &Run, more: &[&str]) {
    let always = ["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "invitation"];
    let outcome = run.convenor(&[&always, more].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
}

fn release(run: &Run) {
    let outcome = run.convenor(&["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
}

fn sent(run: &Run, more: &[&str]) -> Outcome {
    run.convenor(&[&["sent", FOLDER, "--how", "post", "--on", "2026-11-21", "--paper"], more].concat())
}

/// Papers that both machines have, released.
fn both() -> (Run, Run) {
    let one = Run::on_the_example();
    build(&one, &[]);
    release(&one);
    let other = Run::on_nothing().copied(&one);
    (one, other)
}

/// The room changes, and new versions are made.
fn reissued(run: Run) -> Run {
    let run = run.edit("conference.yaml", "  label: Station Parade and Mill Lane", "  label: Station Parade");
    let run = run.edit("conference.yaml", "  area: Lower Marshgate ward", "  area: Upper Marshgate ward");
    build(&run, &["--reissue", "invitation", "--because", "the place has changed"]);
    run
}

fn take_in(run: Run, other: &Run) -> Run {
    let run = run.with("theirs.jsonl", other.bytes("out/CSC-2026-014/record.jsonl"));
    let outcome = run.convenor(&["take-in", FOLDER, THEIRS]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    run
}

/// Version, status and channels of what went to somebody.
fn rows(run: &Run, question: &[&str]) -> Vec<(u64, String, Vec<String>)> {
    let outcome = run.convenor(&[&["record", FOLDER, "--format", "json"], question].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let rows: serde_json::Value = serde_json::from_str(&outcome.out).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let row = |row: &serde_json::Value| {
        let sent = row["sent"].as_array().into_iter().flatten().map(|sent| text(&sent["how"])).collect();
        (row["version"].as_u64().unwrap_or_default(), text(&row["status"]), sent)
    };
    rows["papers"].as_array().into_iter().flatten().map(row).collect()
}

fn row(version: u64, status: &str, sent: &[&str]) -> (u64, String, Vec<String>) {
    (version, status.to_owned(), sent.iter().map(|how| (*how).to_owned()).collect())
}

#[test]
fn a_posting_is_that_of_the_version_which_was_posted() {
    let (here, there) = both();
    assert_eq!(sent(&there, &["invitation"]).code, 0);
    let here = reissued(here);
    release(&here);
    let here = take_in(here, &there);
    let nair = ["--of", "Sgt Priya Nair"];
    assert_eq!(rows(&here, &nair), [row(1, "superseded", &["post"]), row(2, "released", &[])]);
    // The second version is posted as well.
    assert!(sent(&here, &["invitation"]).out.contains("noted as sent."), "{}", sent(&here, &["invitation"]).out);
    assert_eq!(rows(&here, &nair), [row(1, "superseded", &["post"]), row(2, "released", &["post"])]);
    assert_eq!(here.convenor(&["verify", FOLDER]).code, 0, "{}", here.convenor(&["verify", FOLDER]).err);
}

#[test]
fn a_draft_that_was_made_meanwhile_was_not_posted() {
    let (here, there) = both();
    assert_eq!(sent(&there, &["invitation"]).code, 0);
    let here = take_in(reissued(here), &there);
    assert_eq!(rows(&here, &["--of", "Sgt Priya Nair"]), [row(1, "superseded", &["post"]), row(2, "draft", &[])]);
    let (here, there) = both();
    assert_eq!(sent(&there, &[&format!("{NAIR}.txt")]).code, 0);
    let here = take_in(reissued(here), &there);
    assert_eq!(rows(&here, &["--of", "Sgt Priya Nair"]), [row(1, "superseded", &["post"]), row(2, "draft", &[])]);
}

#[test]
fn what_was_posted_to_somebody_who_has_withdrawn_meanwhile_is_still_told() {
    for more in [&["--because", "moved away"][..], &["--erase", "--yes"]] {
        let (here, there) = both();
        assert_eq!(sent(&there, &["invitation"]).code, 0);
        let outcome =
            here.convenor(&[&["withdraw", FOLDER, "--of", "Sgt Priya Nair", "--on", "2026-11-22"], more].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        let here = take_in(here, &there);
        let status = if more.len() == 2 && more[0] == "--erase" { "erased" } else { "withdrawn" };
        assert_eq!(rows(&here, &["--of", "Sgt Priya Nair"]), [row(1, status, &["post"])]);
    }
}

#[test]
fn letters_to_a_list_that_were_posted_keep_their_version_too() {
    let here = with_people(people(4));
    let released = |run: &Run| {
        assert_eq!(preview(run, &[]).code, 0);
        assert_eq!(
            invite(run, &["--make", "letters", "--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]).code,
            0
        );
    };
    released(&here);
    let there = Run::on_nothing().copied(&here);
    assert_eq!(sent(&there, &["invitations", "--letters", "1-4"]).code, 0);
    let here = here.edit("conference.yaml", "version: 1", "version: 2");
    released(&here);
    let here = take_in(here, &there);
    assert_eq!(rows(&here, &[]), [row(1, "superseded", &["post"]), row(2, "released", &[])]);
}

#[test]
fn a_withdrawal_that_was_taken_back_goes_back_to_where_it_came_from() {
    let withdraw = |run: &Run, more: &[&str]| {
        let outcome = run.convenor(&[&["withdraw", FOLDER, "--of", "Sgt Priya Nair"], more].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
    };
    for is_forked in [false, true] {
        let (here, there) = both();
        withdraw(&there, &["--because", "moved away", "--on", "2026-11-22"]);
        if is_forked {
            assert_eq!(sent(&here, &["invitation", "--of", "Mr Delroy Campbell-Hughes"]).code, 0);
        }
        let kept = format!("out/CSC-2026-014/withdrawn/version-1/{NAIR}.txt");
        let here = here.with(&kept, there.bytes(&kept));
        let here = take_in(here, &there);
        // The letter lies in one place only.
        assert!(!here.path(&format!("out/CSC-2026-014/{NAIR}.txt")).exists());
        assert_eq!(here.convenor(&["verify", FOLDER]).code, 0, "{}", here.convenor(&["verify", FOLDER]).err);
        withdraw(&here, &["--undo"]);
        let place = format!("out/CSC-2026-014/{NAIR}.txt");
        let there = take_in(there.with(&place, here.bytes(&place)), &here);
        assert!(!there.path(&kept).exists());
        assert_eq!(rows(&there, &["--of", "Sgt Priya Nair"]), [row(1, "released", &[])]);
        assert_eq!(there.convenor(&["verify", FOLDER]).code, 0, "{}", there.convenor(&["verify", FOLDER]).err);
    }
}

#[test]
fn a_record_in_the_middle_of_a_run_is_not_taken_in() {
    let here = with_people(people(4));
    assert_eq!(invite(&here, &["--make", "letters"]).code, 0);
    let log = "out/CSC-2026-014/record.jsonl";
    let before = here.read(log);
    let there = Run::on_nothing().copied(&here).with("people.csv", people(8));
    assert_eq!(invite(&there, &["--make", "letters"]).code, 0);
    // The line that ends the run is still to come.
    let lines = there.read(log);
    let cut: String = lines.split_inclusive('\n').take(lines.lines().count() - 1).collect();
    let here = here.with("theirs.jsonl", cut);
    let outcome = here.convenor(&["take-in", FOLDER, THEIRS]);
    assert!(outcome.code != 0 && outcome.err.contains("a run in this record has not ended"), "{}", outcome.err);
    assert_eq!(here.read(log), before);
}
