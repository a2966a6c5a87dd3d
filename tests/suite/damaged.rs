//! Papers that somebody took away or changed after they were released, and records that are gone.

use std::fs;

use crate::run::{Outcome, Run};

const OUT: &str = "out/CSC-2026-014";
const FOLDER: &str = "@/out/CSC-2026-014";
const TERMS: &str = "out/CSC-2026-014/professional/terms.txt";

fn built() -> Run {
    let run = Run::on_the_example();
    run.build(&["--to", "txt", "--only", "terms,invitation"]);
    run
}

fn released() -> Run {
    let run = built();
    let outcome = run.convenor(&["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    run
}

fn build(run: &Run, more: &[&str]) -> Outcome {
    let always = ["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "terms,invitation"];
    run.convenor(&[&always, more].concat())
}

fn sent(run: &Run, paper: &str) -> Outcome {
    run.convenor(&["sent", FOLDER, "--paper", paper, "--how", "post", "--on", "2026-11-21"])
}

fn is_sound(run: &Run) -> Outcome {
    let outcome = run.convenor(&["verify", FOLDER]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    outcome
}

fn remove(run: &Run, file: &str) {
    fs::remove_file(run.path(file)).expect("it was there");
}

/// The example about another place, which changes every invitation and the terms of reference.
fn renamed(run: Run) -> Run {
    run.edit("conference.yaml", "  label: Station Parade and Mill Lane", "  label: Station Parade and Dace Park")
}

#[test]
fn a_released_paper_that_is_gone_is_put_back_the_very_same() {
    let run = released();
    let (paper, log) = (run.bytes(TERMS), run.bytes(&format!("{OUT}/record.jsonl")));
    remove(&run, TERMS);
    let outcome = run.convenor(&["verify", FOLDER]);
    assert!(outcome.code == 1 && outcome.err.contains("build again"), "{}", outcome.err);
    let outcome = build(&run, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.out.contains("and put back: professional/terms.txt"), "{}", outcome.out);
    assert_eq!(run.bytes(TERMS), paper);
    assert_eq!(run.bytes(&format!("{OUT}/record.jsonl")), log, "the record has said so all the time");
    is_sound(&run);
}

#[test]
fn a_released_paper_that_was_changed_is_put_back_only_with_force() {
    let run = released();
    let paper = run.bytes(TERMS);
    let run = run.with(TERMS, "something else");
    let outcome = build(&run, &[]);
    assert!(outcome.code == 1 && outcome.err.contains("error[released]"), "{}", outcome.err);
    assert!(outcome.err.contains("`--force`"), "{}", outcome.err);
    assert_eq!(run.read(TERMS), "something else");
    let outcome = sent(&run, "terms");
    assert!(outcome.code == 1 && outcome.err.contains("changed after it was released"), "{}", outcome.err);
    let outcome = run.convenor(&["verify", FOLDER]);
    assert!(outcome.code == 1 && outcome.err.contains("`--force`"), "{}", outcome.err);
    assert_eq!(build(&run, &["--force"]).code, 0);
    assert_eq!(run.bytes(TERMS), paper);
    is_sound(&run);
    assert_eq!(sent(&run, "terms").code, 0);
}

#[test]
fn what_was_sent_and_is_gone_is_noted_with_a_warning() {
    let run = released();
    remove(&run, TERMS);
    let outcome = sent(&run, "terms");
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.err.contains("warning[missing-paper]"), "{}", outcome.err);
}

#[test]
fn a_version_that_is_gone_keeps_its_place_in_the_record_when_another_is_made() {
    for (damage, force) in [(None, false), (Some("something else"), true)] {
        for has_changed in [false, true] {
            let run = released();
            assert_eq!(sent(&run, "terms").code, 0);
            let paper = run.bytes(TERMS);
            let run = if has_changed { renamed(run) } else { run };
            match damage {
                None => remove(&run, TERMS),
                Some(text) => fs::write(run.path(TERMS), text).expect("it can be written"),
            }
            let reissue = ["--reissue", "terms", "--because", "the room has changed"];
            if force {
                let outcome = build(&run, &reissue);
                assert!(outcome.code == 1 && outcome.err.contains("--force"), "{}", outcome.err);
            } else if has_changed {
                let outcome = build(&run, &[]);
                assert!(outcome.code == 1 && outcome.err.contains("`--reissue terms`"), "{}", outcome.err);
            }
            let forced: &[&str] = if force { &["--force"] } else { &[] };
            let outcome = build(&run, &[&reissue, forced].concat());
            assert_eq!(outcome.code, 0, "{}", outcome.err);
            let asked = ["record", FOLDER, "--paper", "terms", "--format", "csv"];
            let rows = run.convenor(&asked).out;
            let first = rows.lines().find(|row| row.contains("post, 2026-11-21")).expect("it was posted");
            let kept = run.path(&format!("{OUT}/superseded/version-1/professional/terms.txt"));
            if has_changed {
                // The data gives another now, and so nothing is left to be kept.
                assert!(first.contains("superseded") && rows.contains(",draft,"), "{rows}");
                assert!(!kept.exists());
                let outcome = is_sound(&run);
                assert!(outcome.err.contains("warning[missing-paper]"), "{}", outcome.err);
                fs::create_dir_all(kept.parent().expect("a folder")).expect("it can be made");
                fs::write(&kept, &paper).expect("it can be written");
                assert!(!is_sound(&run).err.contains("missing-paper"), "a copy may be put there");
            } else {
                assert!(first.contains("released"), "nothing was new: {rows}");
                assert_eq!(run.bytes(TERMS), paper);
            }
        }
    }
}

#[test]
fn nothing_that_was_released_is_written_over_once_the_record_is_gone() {
    for registers in [true, false] {
        let run = released();
        remove(&run, &format!("{OUT}/record.jsonl"));
        if !registers {
            remove(&run, &format!("{OUT}/register.csv"));
            remove(&run, &format!("{OUT}/register.json"));
        }
        let before: Vec<(String, Vec<u8>)> =
            run.files("out").into_iter().map(|file| (file.clone(), run.bytes(&file))).collect();
        let verbs: [&[&str]; 5] = [
            &["build", "@/conference.yaml", "-o", "@/out"],
            &["build", "@/conference.yaml", "-o", "@/out", "--force"],
            &["verify", FOLDER],
            &["sent", FOLDER, "--paper", "terms", "--how", "post"],
            &["withdraw", FOLDER, "--number", "02"],
        ];
        for verb in verbs {
            let outcome = run.convenor(verb);
            assert_eq!(outcome.code, 1, "{verb:?}: {}{}", outcome.out, outcome.err);
            assert!(outcome.err.contains("put `record.jsonl` back from a copy"), "{verb:?}: {}", outcome.err);
        }
        let after: Vec<(String, Vec<u8>)> =
            run.files("out").into_iter().map(|file| (file.clone(), run.bytes(&file))).collect();
        assert!(before == after, "nothing is written");
    }
}

#[test]
fn released_letters_are_not_written_over_once_their_record_is_gone() {
    let run = Run::on_the_example();
    let invite = ["invite", "@/conference.yaml", "-o", "@/out", "--make", "letters"];
    assert_eq!(run.convenor(&[&invite[..], &["--preview"]].concat()).code, 0);
    let checked = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-10", "--yes"];
    let outcome = run.convenor(&[&invite[..], &checked].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    for file in ["record.jsonl", "register.csv", "register.json"] {
        remove(&run, &format!("{OUT}/{file}"));
    }
    for force in [&["--yes"][..], &["--yes", "--force"]] {
        let outcome = run.convenor(&[&invite[..], force].concat());
        assert_eq!(outcome.code, 1, "{}{}", outcome.out, outcome.err);
        assert!(outcome.err.contains("no mark of a draft, and there is no record"), "{}", outcome.err);
    }
    assert!(!run.path(&format!("{OUT}/record.jsonl")).exists());
}

#[test]
fn drafts_are_built_again_where_the_record_is_gone() {
    let run = built();
    for file in ["record.jsonl", "register.csv", "register.json"] {
        remove(&run, &format!("{OUT}/{file}"));
    }
    let outcome = build(&run, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    is_sound(&run);
}

#[test]
fn of_a_broken_record_its_own_error_is_all_that_verify_says() {
    let run = released();
    let log = format!("{OUT}/record.jsonl");
    let broken = run.read(&log).replacen("\"k\":\"made\"", "\"k\":\"mode\"", 1);
    let run = run.with(&log, broken);
    let outcome = run.convenor(&["verify", FOLDER]);
    assert_eq!(outcome.code, 1);
    assert_eq!(outcome.err.matches("error[").count(), 1, "{}", outcome.err);
    assert!(outcome.err.contains("error[broken-record]"), "{}", outcome.err);
}

#[test]
#[cfg(unix)]
fn a_folder_in_which_nothing_can_be_named_takes_no_line_either() {
    use std::os::unix::fs::PermissionsExt;
    let run = released();
    let folder = run.path(OUT);
    let closed = fs::Permissions::from_mode(0o500);
    fs::set_permissions(&folder, closed).expect("it is ours");
    if fs::write(folder.join("probe"), "").is_ok() {
        fs::remove_file(folder.join("probe")).expect("it was just made");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("it is ours");
        // Whoever runs the tests may write everywhere, and nothing can be seen.
        return;
    }
    let log = run.bytes(&format!("{OUT}/record.jsonl"));
    let outcome = sent(&run, "terms");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("it is ours");
    assert_eq!(outcome.code, 3, "{}", outcome.err);
    assert!(log == run.bytes(&format!("{OUT}/record.jsonl")), "nothing is noted");
}

#[test]
fn a_version_that_would_say_nothing_new_is_told() {
    let run = released();
    let run = run.edit(
        "conference.yaml",
        "meeting:\n",
        "papers: { terms: { version: 2, because: the room has changed } }\nmeeting:\n",
    );
    let outcome = build(&run, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(
        outcome.out.contains("Version 2 of `terms` would say nothing new: 2 released papers stay as they are."),
        "{}",
        outcome.out
    );
}

#[test]
fn of_an_invitee_who_was_taken_out_the_list_is_named_and_not_every_field() {
    let run = released();
    let text = run.read("conference.yaml");
    let from = text.find("  - { person: { name: \"Sgt Priya Nair\"").expect("she is there");
    let to = from + 4 + text[from + 4..].find("  - { person: {").expect("others follow");
    let run = renamed(run.with("conference.yaml", format!("{}{}", &text[..from], &text[to..])));
    let outcome = build(&run, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.out.contains("(because of context.label, invitees)"), "{}", outcome.out);
    // Whoever is no longer in the file is known by the whole name, and by number.
    let outcome = run.convenor(&["withdraw", FOLDER, "--of", "sgt priya nair"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.out.contains("Number 02 no longer takes part"), "{}", outcome.out);
}
