//! Released files that somebody has deleted: they are missed, noted as lost, and then in no verb's way.

use std::fs;

use crate::batch::{invite, people, preview, with_people};
use crate::run::{Outcome, Run};

const OUT: &str = "out/CSC-2026-014";
const FOLDER: &str = "@/out/CSC-2026-014";
const KEPT: &str = "out/CSC-2026-014/superseded/version-1/community/terms.txt";
const CHECKED: [&str; 4] = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"];

fn build(run: &Run, only: &str, more: &[&str]) -> Outcome {
    let always = ["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", only];
    run.convenor(&[&always, more].concat())
}

fn release(run: &Run) -> Outcome {
    run.convenor(&[&["release", FOLDER][..], &CHECKED].concat())
}

fn verify(run: &Run) -> Outcome {
    run.convenor(&["verify", FOLDER])
}

fn lost(run: &Run, place: &str) -> Outcome {
    run.convenor(&["lost", FOLDER, place, "--because", "deleted to save space", "--on", "2026-11-28"])
}

#[track_caller]
fn fine(outcome: &Outcome) {
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
}

fn relabelled(run: Run) -> Run {
    run.edit("conference.yaml", "  label: Station Parade and Mill Lane", "  label: Station Parade").edit(
        "conference.yaml",
        "  area: Lower Marshgate ward",
        "  area: Upper Marshgate ward",
    )
}

/// Papers that were released, and a second version of them.
fn reissued(only: &str) -> Run {
    let run = Run::on_the_example();
    fine(&build(&run, only, &[]));
    fine(&release(&run));
    let run = relabelled(run);
    fine(&build(&run, only, &["--reissue", only, "--because", "the place has changed"]));
    fine(&release(&run));
    run
}

/// Does what a hint says: the command in it, with a reason.
fn as_hinted(run: &Run, err: &str) -> Outcome {
    let from = err.find("`convenor lost ").expect("there is such a hint") + "`convenor ".len();
    let command = &err[from..from + err[from..].find('`').expect("it ends")];
    let words = command.split_whitespace().map(|word| match word {
        "\"…\"" => "the disk failed".to_owned(),
        word if word.starts_with("out/") => format!("@/{word}"),
        word => word.to_owned(),
    });
    let words: Vec<String> = words.collect();
    run.convenor(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_kept_version_that_was_deleted_stops_a_release_only_until_it_is_noted_as_lost() {
    let run = reissued("terms");
    let copy = run.bytes(KEPT);
    let before = run.read(&format!("{OUT}/record.jsonl"));
    fs::remove_dir_all(run.path(&format!("{OUT}/superseded"))).expect("it is there");
    let outcome = build(&run, "terms,agreement", &[]);
    assert!(outcome.code == 0 && outcome.err.contains("warning[missing-paper]: all 2 files that were kept here"));
    for outcome in [release(&run), verify(&run)] {
        assert!(outcome.code == 1 && outcome.err.contains("help: restore them from a backup; if"), "{}", outcome.err);
        assert_eq!(outcome.err.matches("error[").count(), 1, "one folder is one error: {}", outcome.err);
    }
    let noted = as_hinted(&run, &release(&run).err);
    fine(&noted);
    assert!(noted.out.contains("2 files noted as lost"), "{}", noted.out);
    let log = run.read(&format!("{OUT}/record.jsonl"));
    assert!(log.starts_with(&before), "the record goes on from what it was");
    assert!(log[before.len()..].contains("\"k\":\"lost\",\"file\":\"superseded/version-1/community/terms.txt\""));
    // Everything goes on, and the loss is said.
    fine(&release(&run));
    let outcome = verify(&run);
    fine(&outcome);
    assert!(outcome.err.contains("2 released files are lost, as was noted on"), "{}", outcome.err);
    assert!(outcome.err.contains(": the disk failed") && outcome.out.contains("Sound, with"), "{}", outcome.err);
    fine(&run.convenor(&["sent", FOLDER, "--paper", "terms", "--how", "post", "--on", "2026-11-21"]));
    let outcome = run.convenor(&["record", FOLDER, "--paper", "terms"]);
    assert!(outcome.out.contains("(lost)") && outcome.out.contains("2 of these papers are lost"), "{}", outcome.out);
    let csv = run.convenor(&["record", FOLDER, "--paper", "terms", "--format", "csv"]).out;
    assert_eq!(csv.matches(": the disk failed").count(), 2, "{csv}");
    // Said twice is said once, and a better reason is kept.
    let log = run.bytes(&format!("{OUT}/record.jsonl"));
    assert!(as_hinted(&run, "`convenor lost out/CSC-2026-014 superseded --because \"…\"`").out.contains("Nothing new"));
    assert_eq!(run.bytes(&format!("{OUT}/record.jsonl")), log);
    assert!(lost(&run, "superseded/").out.contains("2 files noted as lost"));
    // What comes back from a backup is whole again.
    let run = run.with(KEPT, &copy);
    assert!(verify(&run).err.contains("this released file is lost, as was noted on 28 November 2026: deleted to save"));
    assert!(!run.convenor(&["record", FOLDER, "--paper", "terms"]).out.contains("2 of these papers"));
    // And whatever else comes is an error.
    let run = run.with(KEPT, [&copy[..], b"forged\n"].concat());
    let outcome = verify(&run);
    assert!(
        outcome.code == 1 && outcome.err.contains("error[released]: this paper was changed after"),
        "{}",
        outcome.err
    );
    assert_eq!(release(&run).code, 1);
}

#[test]
fn only_what_is_missing_can_be_lost() {
    let run = reissued("terms");
    let fault = |place: &str, says: &str| {
        let log = run.bytes(&format!("{OUT}/record.jsonl"));
        let outcome = lost(&run, place);
        assert!(outcome.code == 1 || outcome.code == 2, "{place}: {}", outcome.out);
        assert!(outcome.err.contains(says), "{place}: {}", outcome.err);
        assert_eq!(run.bytes(&format!("{OUT}/record.jsonl")), log, "{place}");
    };
    fault(&format!("@/{KEPT}"), "error[not-lost]: this file is in the folder, as the record says");
    fault("superseded", "error[not-lost]: nothing is missing that was released and is kept in this folder");
    fault("superceded", "did you mean `superseded`?");
    let run = run.with(KEPT, "changed");
    let outcome = lost(&run, "superseded/version-1/community/terms.txt");
    assert!(outcome.code == 1 && outcome.err.contains("error[not-lost]: something else is here"), "{}", outcome.err);
    // A draft is made again.
    fine(&build(&run, "agreement", &[]));
    let draft = run.files(OUT).into_iter().find(|file| file.contains("agreement")).expect("it was made");
    fs::remove_file(run.path(&draft)).expect("it is there");
    let outcome = lost(&run, &format!("@/{draft}"));
    assert!(outcome.code == 1 && outcome.err.contains("this is a draft, and is made again"), "{}", outcome.err);
    // The reason is said to everybody who opens the record, and no day is in the future.
    fs::remove_file(run.path(KEPT)).expect("it is there");
    let place = "superseded/version-1/community/terms.txt";
    let outcome = run.convenor(&["lost", FOLDER, place, "--because", "it named NHS number 943 476 5919"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[looks-like-identity]"), "{}", outcome.err);
    let outcome = run.convenor(&["lost", FOLDER, place, "--because", "lost", "--on", "2999-01-01"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[no-such-day]"), "{}", outcome.err);
    let outcome = run.convenor(&["lost", FOLDER, place, "--because", "lost", "--by", "Ruth"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[not-a-name]"), "{}", outcome.err);
}

#[test]
fn letters_of_an_earlier_version_that_were_deleted_with_their_folder_are_lost_together() {
    let run = with_people(people(2));
    fine(&preview(&run, &[]));
    fine(&invite(&run, &CHECKED));
    let run = run.edit("conference.yaml", "\nversion: 1", "\nversion: 2");
    fine(&preview(&run, &[]));
    fine(&invite(&run, &[]));
    fine(&build(&run, "terms", &[]));
    let aside = format!("{OUT}/invitations-version-1");
    assert!(run.path(&aside).is_dir());
    fs::remove_dir_all(run.path(&aside)).expect("it is there");
    let outcome = release(&run);
    assert!(outcome.code == 1 && outcome.err.contains("files that were kept here are missing"), "{}", outcome.err);
    fine(&as_hinted(&run, &outcome.err));
    fine(&release(&run));
    let outcome = verify(&run);
    assert!(outcome.out.contains("Sound, with") && outcome.err.contains("released files are lost"), "{}", outcome.err);
    fine(&invite(&run, &[]));
    let outcome = run.convenor(&["record", FOLDER, "--paper", "invitations"]);
    let to: Vec<&str> = outcome.out.lines().map(|line| line.get(..23).unwrap_or(line).trim()).collect();
    assert!(to.join(" ").contains("files lost"), "{}", outcome.out);
}

#[test]
fn whoever_is_erased_after_their_files_were_deleted_is_told_that_they_were_gone_already() {
    let run = reissued("invitation");
    let of = ["withdraw", FOLDER, "--number", "02"];
    let nair = |file: &String| file.contains("invitation-02-");
    let theirs: Vec<String> = run.files(OUT).into_iter().filter(nair).collect();
    assert_eq!(theirs.len(), 2);
    fs::remove_file(run.path(&theirs[0])).expect("it is there");
    let outcome = run.convenor(&[&of[..], &["--erase", "--yes"]].concat());
    fine(&outcome);
    assert!(outcome.out.contains("1 file was destroyed; 1 file was gone already."), "{}", outcome.out);
    assert!(outcome.out.contains("Gone already, and not destroyed now: "), "{}", outcome.out);
    // Nothing at all was left of the next.
    let of = ["withdraw", FOLDER, "--number", "03"];
    for file in run.files(OUT).into_iter().filter(|file| file.contains("invitation-03-")) {
        fs::remove_file(run.path(&file)).expect("it is there");
    }
    let outcome = run.convenor(&[&of[..], &["--erase", "--yes"]].concat());
    assert!(outcome.out.contains("2 files were gone already: none was destroyed."), "{}", outcome.out);
    fine(&verify(&run));
}

#[test]
fn a_withdrawal_is_undone_although_the_papers_that_were_kept_are_lost() {
    let run = Run::on_the_example();
    fine(&build(&run, "invitation", &[]));
    fine(&release(&run));
    let outcome = run.convenor(&["withdraw", FOLDER, "--number", "02", "--on", "2026-11-20"]);
    fine(&outcome);
    assert!(outcome.out.contains("still lists them among those who are sent the minutes"), "{}", outcome.out);
    fs::remove_dir_all(run.path(&format!("{OUT}/withdrawn"))).expect("it is there");
    let undo = ["withdraw", FOLDER, "--number", "02", "--undo"];
    let outcome = run.convenor(&undo);
    assert!(outcome.code == 1 && outcome.err.contains("error[missing-paper]"), "{}", outcome.err);
    fine(&as_hinted(&run, &outcome.err));
    fine(&run.convenor(&undo));
    fine(&build(&run, "invitation", &[]));
    assert!(run.path(&format!("{OUT}/professional/invitation-02-sgt-priya-nair.txt")).exists(), "it is made again");
    fine(&release(&run));
    fine(&verify(&run));
}

#[test]
fn a_copy_of_the_record_is_enough_to_go_on_when_the_folder_is_gone() {
    let run = reissued("terms");
    let (log, paper) = (run.bytes(&format!("{OUT}/record.jsonl")), run.bytes(&format!("{OUT}/community/terms.txt")));
    let run = run.with("kept/record.jsonl", &log);
    let take_in = |run: &Run| run.convenor(&["take-in", "@/conference.yaml", "@/kept/record.jsonl", "-o", "@/out"]);
    fs::remove_dir_all(run.path("out")).expect("it is there");
    // A copy that is refused leaves nothing behind.
    let refused = run.convenor(&["take-in", "@/conference.yaml", "@/borough.yaml", "-o", "@/out"]);
    assert!(refused.code == 1 && !run.path("out").exists(), "{}", refused.err);
    let outcome = take_in(&run);
    fine(&outcome);
    assert!(outcome.out.contains("4 of its papers are not in this folder"), "{}", outcome.out);
    assert_eq!(run.bytes(&format!("{OUT}/record.jsonl")), log);
    let outcome = build(&run, "terms", &[]);
    fine(&outcome);
    assert!(outcome.err.contains("all 2 files that were kept here are missing"), "{}", outcome.err);
    assert_eq!(run.bytes(&format!("{OUT}/community/terms.txt")), paper, "the very paper that was released");
    fine(&as_hinted(&run, &outcome.err));
    fine(&verify(&run));
    // The data of the release is gone as well.
    let log = run.bytes(&format!("{OUT}/record.jsonl"));
    let run =
        run.with("kept/record.jsonl", &log).edit("conference.yaml", "  label: Station Parade", "  label: Mill Lane");
    let run = run.edit("conference.yaml", "area: Upper Marshgate ward", "area: Lane ward");
    fs::remove_dir_all(run.path(OUT)).expect("it is there");
    fs::create_dir(run.path(OUT)).expect("the tests may write");
    fine(&take_in(&run));
    let outcome = build(&run, "terms", &[]);
    assert!(outcome.code == 1 && outcome.err.contains("`--reissue terms`"), "{}", outcome.err);
    fine(&lost(&run, FOLDER));
    let outcome = build(&run, "terms", &[]);
    fine(&outcome);
    assert!(outcome.out.contains("Released and lost, and no longer given by the data: community/terms.txt"));
    fine(&build(&run, "terms", &["--reissue", "terms", "--because", "the old ones are lost"]));
    fine(&release(&run));
    fine(&verify(&run));
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_folder_of_papers_is_an_error_of_every_verb() {
    let run = reissued("terms");
    let (folder, away) = (run.path(&format!("{OUT}/community")), run.path("away"));
    fs::rename(&folder, &away).expect("the tests may write");
    std::os::unix::fs::symlink(&away, &folder).expect("the tests may write");
    for outcome in [build(&run, "terms", &[]), release(&run), verify(&run), lost(&run, "community")] {
        assert!(outcome.code == 1 && outcome.err.contains("a link in the place of a folder of papers"), "{outcome:?}");
        assert_eq!(outcome.err.matches("error[").count(), 1, "{}", outcome.err);
    }
    fs::remove_file(&folder).expect("it is a link");
    fs::rename(&away, &folder).expect("the tests may write");
    fine(&verify(&run));
    // The same for one paper.
    let (paper, away) = (folder.join("terms.txt"), run.path("terms.txt"));
    fs::rename(&paper, &away).expect("the tests may write");
    std::os::unix::fs::symlink(&away, &paper).expect("the tests may write");
    let outcome = build(&run, "terms", &[]);
    assert!(outcome.code == 3 && outcome.err.contains("this is a link and not a file"), "{}", outcome.err);
    assert!(verify(&run).err.contains("this is not a file but a link"));
}

#[cfg(unix)]
#[test]
fn papers_that_others_may_open_are_a_warning_and_the_hint_closes_them() {
    use std::os::unix::fs::PermissionsExt;
    let run = reissued("terms");
    let open = |at: &str, mode: u32| {
        fs::set_permissions(run.path(at), fs::Permissions::from_mode(mode)).expect("the tests may do so");
    };
    let paper = format!("{OUT}/community/terms.txt");
    open(&paper, 0o644);
    assert!(!verify(&run).err.contains("open-to-others"), "nobody gets into the folder");
    open(OUT, 0o711);
    open(&format!("{OUT}/community"), 0o755);
    let outcome = verify(&run);
    fine(&outcome);
    assert!(outcome.err.contains("warning[open-to-others]: other users of this machine may open 3 files and folders"));
    assert!(outcome.err.contains(&format!("`chmod -R go= {OUT}`")), "{}", outcome.err);
    let chmod = std::process::Command::new("chmod").args(["-R", "go="]).arg(run.path(OUT)).status();
    assert!(chmod.expect("there is such a program").success());
    assert!(verify(&run).out.contains("Sound: every file"), "{}", verify(&run).err);
    // The council may open them to a group, and to nobody else.
    open(OUT, 0o770);
    assert!(verify(&run).err.contains("other users of this machine may open this"));
    let run = run.edit("borough.yaml", "settings:\n", "settings:\n  papers_open_to: group\n");
    assert!(!verify(&run).err.contains("open-to-others"), "{}", verify(&run).err);
}

#[test]
fn a_folder_with_another_name_says_which_name_it_had() {
    let run = reissued("terms");
    fs::rename(run.path(OUT), run.path("out/archive")).expect("the tests may write");
    let outcome = run.convenor(&["verify", "@/out/archive"]);
    assert!(outcome.code == 1 && outcome.err.contains("rename it to `CSC-2026-014`"), "{}", outcome.err);
    let run = run.edit("conference.yaml", "reference: CSC-2026-014", "reference: CSC-2026-015");
    let outcome = run.convenor(&["verify", "@/out/archive"]);
    assert!(outcome.err.contains("has the papers of `CSC-2026-014`, and `conference.yaml` is `CSC-2026-015`"));
}

#[test]
fn a_paper_that_was_released_with_its_draft_mark_is_shown_so() {
    let run = Run::on_the_example();
    fine(&run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "minutes,terms"]));
    fine(&release(&run));
    let outcome = run.convenor(&["record", FOLDER]);
    let rows = |what: &str| outcome.out.matches(what).count();
    assert!(rows(" minutes ") > 1 && rows("(DRAFT") == rows(" minutes "), "{}", outcome.out);
    let json = run.convenor(&["record", FOLDER, "--format", "json"]).out;
    let record: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let papers = record["papers"].as_array().expect("there are papers");
    assert!(papers.iter().all(|row| (row["has_draft_mark"] == true) == (row["paper"] == "minutes")), "{json}");
}

#[test]
fn data_with_errors_is_in_the_way_of_no_answer_but_nothing_is_called_sound() {
    let run = reissued("terms,invitation");
    let sound = run.convenor(&["record", FOLDER, "--of", "nair"]);
    fine(&sound);
    let run = run.edit("conference.yaml", "chair: p-chair", "chair: p-chiar");
    for papers in ["@/conference.yaml", FOLDER] {
        let outcome = run.convenor(&["record", papers, "-o", "@/out", "--of", "nair"]);
        fine(&outcome);
        assert!(outcome.err.contains("warning[data-has-errors]: the data has 1 error: names may"), "{}", outcome.err);
        assert_eq!(outcome.out, sound.out);
        let outcome = run.convenor(&["verify", papers, "-o", "@/out"]);
        assert!(outcome.code == 1 && outcome.err.contains("error[data-has-errors]"), "{}", outcome.err);
        assert!(outcome.err.contains("not looked at: what is in the papers"), "{}", outcome.err);
        assert!(outcome.out.contains("Not verified: every file is as the record says"), "{}", outcome.out);
        assert!(outcome.out.contains(", 0 read back"), "{}", outcome.out);
    }
    // What can be seen without the data is seen.
    let run = run.with(KEPT, "changed");
    let outcome = verify(&run);
    assert!(outcome.err.contains("error[released]: this paper was changed after"), "{}", outcome.err);
    assert!(outcome.out.contains("Not sound: 2 problems"), "{}", outcome.out);
    // No verb that writes goes on, and a file that cannot be read says nothing.
    assert_eq!(release(&run).code, 1);
    assert_eq!(lost(&run, "superseded").code, 1);
    let run = run.with("conference.yaml", "reference: [");
    assert_eq!(run.convenor(&["record", "@/conference.yaml", "-o", "@/out"]).code, 1);
}

#[test]
fn what_is_counted_of_a_shortened_record_is_what_can_be_proved() {
    let run = reissued("terms");
    let log = run.read(&format!("{OUT}/record.jsonl"));
    let run = run.with(&format!("{OUT}/record.jsonl"), log.replacen("Ruth", "Rosa", 1));
    let outcome = verify(&run);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.out.contains("in the lines of the record that can be proved; no file was looked at"),
        "{}",
        outcome.out
    );
    assert!(outcome.out.contains(" lines that can be proved, head "), "{}", outcome.out);
}
