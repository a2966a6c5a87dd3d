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
    run.edit("conference.yaml", "  label: Station Parade and Mill Lane", "  label: Station Parade and Dace Park").edit(
        "conference.yaml",
        "  area: Lower Marshgate ward",
        "  area: Upper Marshgate ward",
    )
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
    assert!(outcome.code == 1 && outcome.err.contains("`--all --force`"), "{}", outcome.err);
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
            &["build", "@/conference.yaml", "-o", "@/out", "--all"],
            &["build", "@/conference.yaml", "-o", "@/out", "--all", "--force"],
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
        assert!(outcome.err.contains("no draft mark, and there is no record"), "{}", outcome.err);
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
        outcome.out.contains("Nothing would change in version 2 of `terms`: 2 released papers stay as they are."),
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
    assert!(outcome.out.contains("(because of context.area, context.label, invitees)"), "{}", outcome.out);
    // Whoever is no longer in the file is known by the whole name, and by number.
    let outcome = run.convenor(&["withdraw", FOLDER, "--of", "sgt priya nair"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.out.contains("Number 02 no longer takes part"), "{}", outcome.out);
}

#[test]
fn a_new_version_stays_one_whatever_is_built_before_its_release() {
    let run = renamed(released());
    assert_eq!(build(&run, &["--reissue", "invitation"]).code, 0);
    // Neither a plain build nor a reason given later makes it the first version again.
    for more in [&[][..], &["--reissue", "invitation", "--because", "a name has changed"]] {
        assert_eq!(build(&run, more).code, 0);
        let rows = run.convenor(&["record", FOLDER, "--paper", "invitation", "--format", "csv"]).out;
        assert!(rows.contains(",2,") && rows.matches(",draft,").count() == 19, "{rows}");
    }
    let letter = run.read(&format!("{OUT}/professional/invitation-02-sgt-priya-nair.txt"));
    assert!(letter.contains("because a name has changed"), "{letter}");
    let outcome = build(&run, &["--reissue", "terms", "--because", " "]);
    assert!(outcome.code == 1 && outcome.err.contains("error[empty-text]"), "{}", outcome.err);
}

#[test]
fn neither_force_nor_another_verb_opens_the_way_to_what_was_released_without_a_record() {
    let run = renamed(released());
    for file in ["record.jsonl", "register.csv", "register.json"] {
        remove(&run, &format!("{OUT}/{file}"));
    }
    let outcome = run.convenor(&["invite", "@/conference.yaml", "-o", "@/out", "--preview"]);
    assert!(outcome.code == 1 && outcome.err.contains("no draft mark"), "{}", outcome.err);
    // A record of before the release, without registers, knows no release either.
    let run = built();
    let log = run.bytes(&format!("{OUT}/record.jsonl"));
    let outcome = run.convenor(&["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let run = renamed(run.with(&format!("{OUT}/record.jsonl"), log));
    remove(&run, &format!("{OUT}/register.csv"));
    remove(&run, &format!("{OUT}/register.json"));
    let paper = run.bytes(TERMS);
    for more in [&[][..], &["--force"]] {
        let outcome = build(&run, more);
        assert!(outcome.code == 1 && outcome.err.contains("does not say that it was released"), "{}", outcome.err);
        assert_eq!(run.bytes(TERMS), paper);
    }
}

#[test]
fn a_shortened_record_is_missed_by_every_verb() {
    let run = released();
    let log = run.read(&format!("{OUT}/record.jsonl"));
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    let run = run.with(&format!("{OUT}/record.jsonl"), lines[..lines.len() - 1].concat());
    for verb in [&["record", FOLDER][..], &["verify", FOLDER], &["sent", FOLDER, "--paper", "terms", "--how", "post"]] {
        let outcome = run.convenor(verb);
        assert_eq!(outcome.code, 1, "{verb:?}: {}{}", outcome.out, outcome.err);
        assert_eq!(outcome.err.matches("error[").count(), 1, "{verb:?}: {}", outcome.err);
        assert!(outcome.err.contains("error[broken-record]"), "{verb:?}: {}", outcome.err);
    }
}

#[test]
fn a_copy_takes_the_place_of_a_record_that_is_gone_and_the_record_is_no_copy_of_itself() {
    let run = released();
    let log = format!("{OUT}/record.jsonl");
    let copy = run.bytes(&log);
    let outcome = run.convenor(&["take-in", FOLDER, "@/out/CSC-2026-014/record.jsonl"]);
    assert!(outcome.code == 1 && outcome.err.contains("the record of these papers itself"), "{}", outcome.err);
    let run = run.with("copy.jsonl", &copy);
    remove(&run, &log);
    let outcome = run.convenor(&["take-in", FOLDER, "@/copy.jsonl"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    assert_eq!(run.bytes(&log), copy);
    is_sound(&run);
}

#[test]
fn a_half_written_file_of_a_stopped_run_is_in_no_release_s_way() {
    let run = built();
    let run = run.with(&format!("{OUT}/.convenor-stage/3f92a8f1-3a6a140e4d356c1b8e3f10a22771d862.tmp"), "half");
    let outcome = run.convenor(&["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    is_sound(&run);
}

#[test]
fn a_withdrawal_by_mistake_is_undone_and_one_that_was_erased_still_shows_what_was_sent() {
    let run = released();
    let letter = format!("{OUT}/professional/invitation-02-sgt-priya-nair.txt");
    let before = run.bytes(&letter);
    assert_eq!(sent(&run, "invitation").code, 0);
    let verb = |more: &[&str]| run.convenor(&[&["withdraw", FOLDER, "--number", "02"], more].concat());
    assert_eq!(verb(&[]).code, 0);
    assert!(!run.path(&letter).exists());
    let outcome = verb(&["--because", "has left the force"]);
    assert!(outcome.code == 0 && !outcome.out.contains("Nothing new"), "{}", outcome.out);
    let outcome = verb(&["--undo"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(run.bytes(&letter), before);
    let asked = ["record", FOLDER, "--number", "02", "--format", "csv"];
    assert!(run.convenor(&asked).out.contains("released,Tom Hallam"), "{}", run.convenor(&asked).out);
    is_sound(&run);
    let log = run.bytes(&format!("{OUT}/record.jsonl"));
    assert_eq!(verb(&["--undo"]).code, 0, "twice is once, as after a run that was stopped");
    assert!(run.bytes(&format!("{OUT}/record.jsonl")) == log);
    let never = run.convenor(&["withdraw", FOLDER, "--number", "03", "--undo"]);
    assert!(never.code == 1 && never.err.contains("have not withdrawn"), "{}", never.err);
    assert_eq!(verb(&["--erase", "--yes"]).code, 0);
    let rows = run.convenor(&asked).out;
    assert!(rows.contains(",erased,") && rows.contains("post, 2026-11-21"), "{rows}");
    assert!(!rows.contains("nair"), "{rows}");
    assert_eq!(verb(&["--undo"]).code, 1, "what is destroyed does not come back");
    is_sound(&run);
}

#[test]
fn whoever_is_invited_later_is_a_reader_of_what_was_released_before() {
    let run = released();
    assert_eq!(sent(&run, "terms").code, 0);
    let paper = run.bytes(TERMS);
    let run = run.edit(
        "conference.yaml",
        "invitees:\n",
        "invitees:\n  - { person: { name: \"Ms Zora Novak\", role: Clerk }, organisation: health, address: [1 Kiln Road, MARSHGATE, E20 9AB] }\n",
    );
    let outcome = build(&run, &[]);
    assert!(outcome.out.contains("now due to more readers: professional/terms.txt"), "{}{}", outcome.out, outcome.err);
    assert_eq!(run.bytes(TERMS), paper);
    let to_her = ["sent", FOLDER, "--paper", "terms", "--of", "Novak", "--how", "email", "--on", "2026-11-22"];
    assert_eq!(run.convenor(&to_her).code, 0);
    let rows = run.convenor(&["record", FOLDER, "--of", "Novak", "--format", "csv"]).out;
    assert!(!rows.contains("post, 2026-11-21") && rows.contains("email, 2026-11-22 to Ms Zora Novak"), "{rows}");
    assert!(rows.contains("released,Tom Hallam,Ruth Penhaligon"), "{rows}");
    is_sound(&run);
}

#[test]
fn a_released_letter_of_a_run_that_was_changed_is_made_again_with_force() {
    let run = Run::on_the_example();
    let invite = ["invite", "@/conference.yaml", "-o", "@/out", "--make", "letters"];
    assert_eq!(run.convenor(&[&invite[..], &["--preview"]].concat()).code, 0);
    let checked = [&invite[..], &["--checked-by", "Ruth Penhaligon", "--on", "2026-11-10", "--yes"]].concat();
    assert_eq!(run.convenor(&checked).code, 0);
    let letter = format!("{OUT}/invitees/professional/letters/invitation-02-sgt-priya-nair.pdf");
    let before = run.bytes(&letter);
    // A PDF with something after its end is still read as the released letter that it was.
    let run = run.with(&letter, [&before[..], b"\n% changed\n"].concat());
    let outcome = run.convenor(&checked);
    assert!(outcome.code == 1 && outcome.err.contains("`--force`"), "{}", outcome.err);
    let outcome = run.convenor(&[&checked[..], &["--force"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(run.bytes(&letter), before);
}
