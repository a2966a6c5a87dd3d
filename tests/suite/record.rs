//! The record of what went to whom: what it survives, and what it does not let pass.

use std::process::{Command, Stdio};

use crate::run::{Outcome, PROGRAM, Run};

const FOLDER: &str = "@/out/CSC-2026-014";
const OUT: &str = "out/CSC-2026-014";
const PRIYA: &str = "professional/invitation-02-sgt-priya-nair.txt";

fn built(only: &str) -> Run {
    let run = Run::on_the_example();
    run.build(&["--to", "txt", "--only", only]);
    run
}

fn release(run: &Run) -> Outcome {
    let outcome = run.convenor(&["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    outcome
}

fn verify(run: &Run) -> Outcome {
    run.convenor(&["verify", FOLDER])
}

fn is_sound(run: &Run) -> Outcome {
    let outcome = verify(run);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    outcome
}

/// Every file that can be read without waiting for somebody to write it.
fn contents(run: &Run) -> Vec<(String, Vec<u8>)> {
    let files = run.files("out").into_iter().filter(|file| run.path(file).is_file());
    files.map(|file| (file.clone(), run.bytes(&file))).collect()
}

/// Verifies a folder that is not sound, and gives what was said.
fn unsound(run: &Run) -> String {
    let before = contents(run);
    let outcome = verify(run);
    assert_eq!(outcome.code, 1, "{}{}", outcome.out, outcome.err);
    assert!(outcome.out.contains("Not sound"), "{}", outcome.out);
    assert!(before == contents(run), "`verify` writes nothing");
    outcome.err
}

/// The conference file without Sgt Nair, who stands second.
fn without_priya(run: Run) -> Run {
    let text = run.read("conference.yaml");
    let from = text.find("  - { person: { name: \"Sgt Priya Nair\"").expect("she is there");
    let to = from + 4 + text[from + 4..].find("  - { person: {").expect("others follow");
    run.with("conference.yaml", format!("{}{}", &text[..from], &text[to..]))
}

fn letters(run: &Run) -> Vec<(String, String)> {
    let files = run.files(OUT).into_iter().filter(|f| f.contains("/invitation-"));
    files.map(|f| (f.clone(), run.read(&f))).collect()
}

#[test]
fn whoever_is_taken_out_of_the_file_changes_nobody_elses_number_file_or_released_letter() {
    let run = built("invitation");
    release(&run);
    let before = letters(&run);
    let run = without_priya(run);
    let outcome = run.build(&["--to", "txt", "--only", "invitation"]);
    assert!(outcome.out.contains(&format!("Released, and no longer due: {PRIYA}")), "{}", outcome.out);
    assert_eq!(letters(&run), before);
    let outcome = is_sound(&run);
    assert!(outcome.err.contains("warning[no-longer-due]") && !outcome.err.contains("leak"), "{}", outcome.err);
    // She is told apart from whoever comes later: a new person gets a new number, and never hers.
    let run = run.edit(
        "conference.yaml",
        "invitees:\n",
        "invitees:\n  - { person: { name: \"Ms Zora Novak\", role: Clerk }, organisation: health, address: [1 Kiln Road, MARSHGATE, E20 9AB] }\n",
    );
    run.build(&["--to", "txt", "--only", "invitation"]);
    assert!(run.files(OUT).iter().any(|f| f.ends_with("invitation-20-ms-zora-novak.txt")), "{:?}", run.files(OUT));
    assert!(before.iter().all(|(file, text)| run.read(file) == *text));
    // By verb she leaves the folder, and her number stays hers.
    let outcome = run.convenor(&["withdraw", "@/conference.yaml", "-o", "@/out", "--number", "02"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(!run.path(&format!("{OUT}/{PRIYA}")).exists());
    let kept: Vec<String> =
        run.files(OUT).into_iter().filter(|f| f.contains("withdrawn/") && f.contains("priya")).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(run.read(&kept[0]), before.iter().find(|(f, _)| f.contains("priya")).expect("she had one").1);
    is_sound(&run);
}

#[test]
fn sorting_and_renaming_move_no_number() {
    let run = built("invitation");
    release(&run);
    let before = letters(&run);
    let text = run.read("conference.yaml");
    let (head, rest) = text.split_once("invitees:\n").expect("there are invitees");
    let (first, rest) = rest.split_once("  - { person: { name: \"Sgt").expect("she is second");
    let end = rest.find("  - { person: {").expect("others follow");
    let sorted = format!("{head}invitees:\n  - {{ person: {{ name: \"Sgt{}{first}{}", &rest[..end], &rest[end..]);
    let run = run.with("conference.yaml", sorted);
    run.build(&["--to", "txt", "--only", "invitation"]);
    assert_eq!(letters(&run), before, "sorted");
    is_sound(&run);
    // Another name in the same organisation may be she or somebody new: that is asked, and nothing is written.
    let run = run.edit("conference.yaml", "Sgt Priya Nair", "Sgt Priya Nair-Shah");
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "invitation"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[doubtful-number]") && outcome.err.contains("number: 02"), "{}", outcome.err);
    assert_eq!(letters(&run), before);
    let run =
        run.edit("conference.yaml", "- { person: { name: \"Sgt Priya", "- { number: 02, person: { name: \"Sgt Priya");
    run.build(&["--to", "txt", "--only", "invitation"]);
    assert!(before.iter().all(|(file, text)| run.read(file) == *text), "what was posted to her stays");
}

#[test]
fn a_released_paper_that_would_change_is_left_in_peace_until_a_new_version_is_asked_for() {
    let run = built("terms,minutes");
    release(&run);
    let minutes = format!("{OUT}/professional/minutes.txt");
    let (then, terms) = (run.read(&minutes), run.read(&format!("{OUT}/professional/terms.txt")));
    let run = run.edit("conference.yaml", "Most young people in the survey", "Some young people in the survey");
    let outcome = run.build(&["--to", "txt", "--only", "terms,minutes"]);
    assert!(
        outcome.out.contains("left as it is: professional/minutes.txt (because of goals[2].baseline.text)"),
        "{}",
        outcome.out
    );
    assert!(!outcome.out.contains("terms.txt"), "{}", outcome.out);
    assert_eq!(run.read(&minutes), then);
    assert!(is_sound(&run).err.contains("warning[released-differs]"));
    let again = ["--to", "txt", "--only", "terms,minutes", "--reissue", "minutes", "--because", "a figure was wrong"];
    run.build(&again);
    assert!(
        run.read(&minutes).contains("This is version 2. It replaces any earlier version, because a figure was\nwrong.")
    );
    assert_eq!(run.read(&format!("{OUT}/superseded/version-1/professional/minutes.txt")), then);
    assert_eq!(run.read(&format!("{OUT}/professional/terms.txt")), terms, "the others stay at their version");
    // Without the flag the new version stays what it is.
    let now = run.read(&minutes);
    run.build(&["--to", "txt", "--only", "terms,minutes"]);
    assert_eq!(run.read(&minutes), now);
    is_sound(&run);
}

#[test]
fn a_kept_version_is_never_written_over_however_the_version_is_raised_and_lowered() {
    let run = built("terms");
    release(&run);
    let terms = format!("{OUT}/professional/terms.txt");
    let mut seen = vec![run.read(&terms)];
    let mut run = run;
    for (n, version) in [2, 1, 3, 1, 2].into_iter().enumerate() {
        let phone = |n: usize| format!("020 7946 09{:02}", 58 - n);
        let text = run.read("conference.yaml");
        let line = text.lines().find(|l| l.starts_with("version: ")).expect("it has one").to_owned();
        run = run.edit("conference.yaml", &line, &format!("version: {version}"));
        run = run.edit("borough.yaml", &phone(n), &phone(n + 1));
        run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "terms"]);
        run.convenor(&["release", FOLDER, "--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"]);
        seen.push(run.read(&terms));
        let all: Vec<String> =
            run.files(OUT).into_iter().filter(|f| f.ends_with(".txt")).map(|f| run.read(&f)).collect();
        for then in &seen {
            assert!(all.contains(then), "after version {version} a released paper is gone");
        }
        is_sound(&run);
    }
}

#[test]
fn minutes_whose_words_change_after_the_chair_approved_them_are_drafts_again() {
    let run = Run::on_the_example().edit(
        "conference.yaml",
        "minutes: { status: draft }",
        "minutes: { status: approved, approved: 2026-11-26 }",
    );
    run.build(&["--to", "txt", "--only", "minutes"]);
    release(&run);
    let minutes = format!("{OUT}/professional/minutes.txt");
    assert!(!run.read(&minutes).contains("DRAFT"));
    // Another date of issue is no other word.
    let run = run.edit("conference.yaml", "version: 1", "version: 2");
    let outcome = run.build(&["--to", "txt", "--only", "minutes"]);
    assert!(!outcome.err.contains("approval-undone"), "{}", outcome.err);
    let run = run.edit("conference.yaml", "Most young people in the survey", "Some young people in the survey");
    let outcome = run.build(&["--to", "txt", "--only", "minutes"]);
    assert!(outcome.err.contains("warning[approval-undone]"), "{}", outcome.err);
    assert!(run.read(&minutes).contains("DRAFT") && run.read(&minutes).contains("version 2"));
    let outcome = run.build(&["--to", "txt", "--only", "minutes"]);
    assert!(outcome.err.contains("warning[approval-undone]"), "it is not forgotten: {}", outcome.err);
    release(&run);
    assert!(run.read(&minutes).contains("DRAFT"), "a release does not approve");
    // The chair approves the new words.
    let run = run.edit("conference.yaml", "approved: 2026-11-26", "approved: 2026-11-27");
    let outcome =
        run.build(&["--to", "txt", "--only", "minutes", "--reissue", "minutes", "--because", "a word was wrong"]);
    assert!(!outcome.err.contains("approval-undone"), "{}", outcome.err);
    release(&run);
    assert!(!run.read(&minutes).contains("DRAFT"));
    is_sound(&run);
}

#[test]
fn registers_and_record_cannot_be_forged_without_being_found() {
    let run = built("terms");
    release(&run);
    is_sound(&run);
    let forged = |name: &str, from: &str, to: &str| {
        let copy = Run::on_nothing().copied(&run);
        let text = copy.read(&format!("{OUT}/{name}"));
        assert!(text.contains(from), "{from}");
        unsound(&copy.with(&format!("{OUT}/{name}"), text.replace(from, to)))
    };
    for register in ["register.csv", "register.json"] {
        for (from, to) in [("Ruth Penhaligon", "Ann Other"), ("2026-11-20", "2026-11-19"), ("released", "draft")] {
            let said = forged(register, from, to);
            assert!(said.contains("does not say what the record says"), "{register}, {from}: {said}");
        }
    }
    for (from, to) in [("Ruth Penhaligon", "Ann Other"), ("2026-11-20", "2026-11-19"), ("\"v\":1", "\"v\":2")] {
        let said = forged("record.jsonl", from, to);
        assert!(said.contains("error[broken-record]") && said.contains("of the record was changed"), "{said}");
    }
    // A line less, in the middle and at the end; a line twice.
    let log = run.read(&format!("{OUT}/record.jsonl"));
    let lines: Vec<&str> = log.lines().collect();
    let with = |lines: Vec<&str>| {
        let copy = Run::on_nothing().copied(&run);
        unsound(&copy.with(&format!("{OUT}/record.jsonl"), lines.join("\n") + "\n"))
    };
    let said = with([&lines[..3], &lines[4..]].concat());
    assert!(said.contains("line 4 of the record does not follow"), "{said}");
    let said = with([&lines[..4], &lines[3..]].concat());
    assert!(said.contains("line 5 of the record is there a second time"), "{said}");
    let said = with(lines[..lines.len() - 5].to_vec());
    assert!(said.contains("error["), "{said}");
    // Saved by an editor.
    let copy = Run::on_nothing().copied(&run);
    let said = unsound(&copy.with(&format!("{OUT}/record.jsonl"), log.replace('\n', "\r\n")));
    assert!(said.contains("saved by an editor"), "{said}");
    // Nothing is written over a record that does not hold.
    let copy = Run::on_nothing().copied(&run);
    let copy = copy.with(&format!("{OUT}/record.jsonl"), log.replace("Ruth Penhaligon", "Ann Other"));
    let outcome = copy.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "terms"]);
    assert!(outcome.code != 0 && outcome.err.contains("error[broken-record]"), "{}", outcome.err);
    // A head that was written down shows a record that was made anew from its start.
    let head = release(&run).out;
    let outcome = verify(&run);
    let said = outcome.out.lines().find(|l| l.starts_with("Record: ")).expect("it names its head").to_owned();
    let (count, head) = (said.split_whitespace().nth(1).expect("lines"), said.split("head ").nth(1).expect(&head));
    assert_eq!(run.convenor(&["verify", FOLDER, "--lines", count, "--head", head]).code, 0);
    let anew = built("terms");
    release(&anew);
    assert_eq!(
        anew.convenor(&["verify", FOLDER, "--lines", count, "--head", head]).code,
        0,
        "the same verbs, the same bytes"
    );
    let anew = Run::on_the_example().edit("borough.yaml", "020 7946 0958", "020 7946 0957");
    anew.build(&["--to", "txt", "--only", "terms"]);
    release(&anew);
    assert_eq!(anew.convenor(&["verify", FOLDER, "--lines", count, "--head", head]).code, 1);
}

#[test]
fn of_two_releases_at_once_one_tells_that_nothing_was_left() {
    let run = built("terms,guidance");
    let start = |name: &str| {
        Command::new(PROGRAM)
            .args(["release", OUT, "--on", "2026-11-20", "--checked-by", name])
            .current_dir(run.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts")
    };
    let both = [start("Ruth Penhaligon"), start("Siân Llewellyn-Rees")];
    let said: Vec<String> = both
        .map(|child| {
            let done = child.wait_with_output().expect("it ends");
            String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr)
        })
        .to_vec();
    let released = said.iter().filter(|said| said.contains("papers released in")).count();
    let told = said.iter().filter(|said| said.contains("Nothing to release") || said.contains("error[locked]")).count();
    assert_eq!((released, told), (1, 1), "{said:?}");
    is_sound(&run);
}

#[test]
fn no_name_file_or_folder_exempts_anything_from_verify() {
    let run = built("terms,annex");
    is_sound(&run);
    let annex = run.read(&format!("{OUT}/restricted/confidential-annex.txt"));
    for place in [
        "community/copies/confidential-annex.txt",
        "community/.convenor-annex.txt",
        "community/annex.txt",
        "invitations/community/letters/x.txt",
        "invitations/proof/first.txt",
        "superseded/version-1/community/terms.txt",
        "withdrawn/version-1/community/terms.txt",
        ".convenor-stage/0123456789.tmp",
        ".convenor-stage/community/annex.txt",
        ".convenor-lock",
        "community/register.json/annex.txt",
        "invitations-1-of-2/community/letters/x.txt",
    ] {
        let copy = Run::on_nothing().copied(&run);
        let copy = copy.with(&format!("{OUT}/{place}"), &annex);
        // A register, a journal and a lock of the kind that once exempted a folder.
        let folder = place.rsplit_once('/').map_or("x", |(folder, _)| folder).to_owned();
        let copy = if place.contains("register.json") {
            copy
        } else {
            copy.with(&format!("{OUT}/{folder}/register.json"), "{}")
                .with(&format!("{OUT}/{folder}/.convenor-journal.csv"), "")
        };
        let said = unsound(&copy);
        assert!(said.contains("error[not-in-register]") && said.contains(place), "{place}: {said}");
    }
    // A copy of the whole folder within itself.
    let copy = Run::on_nothing().copied(&run);
    let copy = run.files(OUT).into_iter().fold(copy, |copy, file| {
        let below = file.strip_prefix(OUT).expect("it lies below").to_owned();
        copy.with(&format!("{OUT}/community/backup{below}"), run.bytes(&file))
    });
    assert!(unsound(&copy).contains("error[not-in-register]"));
}

#[cfg(unix)]
#[test]
fn a_link_or_a_pipe_among_the_papers_is_reported_and_not_opened() {
    let run = built("terms");
    std::os::unix::fs::symlink("/etc/hostname", run.path(&format!("{OUT}/community/terms-link.txt")))
        .expect("it can be made");
    let pipe = run.path(&format!("{OUT}/community/pipe.txt"));
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("there is mkfifo").success());
    let said = unsound(&run);
    assert_eq!(said.matches("it was not opened").count(), 2, "{said}");
}

#[cfg(unix)]
#[test]
fn papers_are_their_owners_whatever_the_mask_is_and_a_council_can_open_them_to_a_group() {
    use std::os::unix::fs::PermissionsExt;
    let modes = |run: &Run| {
        let mut modes = std::collections::BTreeSet::new();
        let mut folders = vec![run.path(OUT)];
        while let Some(folder) = folders.pop() {
            let mode =
                |path: &std::path::Path| std::fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
            modes.insert(("folder", mode(&folder)));
            for entry in std::fs::read_dir(&folder).expect("it can be read") {
                let path = entry.expect("it can be read").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    modes.insert(("file", mode(&path)));
                }
            }
        }
        modes.into_iter().collect::<Vec<_>>()
    };
    for mask in ["022", "000", "077"] {
        let run = Run::on_the_example();
        let command = format!("umask {mask}; exec '{PROGRAM}' build conference.yaml --to txt --only terms,annex");
        let done = Command::new("sh").args(["-c", &command]).current_dir(run.path("")).output().expect("it starts");
        assert!(done.status.success());
        assert_eq!(modes(&run), [("file", 0o600), ("folder", 0o700)], "umask {mask}");
    }
    let run = Run::on_the_example().edit("borough.yaml", "settings:\n", "settings:\n  papers_open_to: group\n");
    run.build(&["--to", "txt", "--only", "terms,annex"]);
    assert_eq!(modes(&run), [("file", 0o660), ("folder", 0o770)]);
}

#[test]
fn the_same_verbs_on_the_same_data_give_the_same_bytes() {
    let all = || {
        let run = built("terms,invitation");
        release(&run);
        let run = run.edit("borough.yaml", "020 7946 0958", "020 7946 0957");
        run.build(&["--to", "txt", "--only", "terms", "--reissue", "terms", "--because", "the number has changed"]);
        run.files(OUT).into_iter().map(|f| (f.clone(), run.bytes(&f))).collect::<Vec<_>>()
    };
    assert!(all() == all());
}

#[test]
fn whoever_was_withdrawn_gets_no_letter_of_a_batch_either() {
    let run = built("terms");
    let withdrawn = ["withdraw", "@/conference.yaml", "-o", "@/out", "--of", "Mr Mohammed Rahmani"];
    assert_eq!(run.convenor(&withdrawn).code, 0);
    let outcome = run.convenor(&["invite", "@/conference.yaml", "-o", "@/out", "--yes"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let letters: Vec<String> = run.files(OUT).into_iter().filter(|f| f.contains("/invitation-")).collect();
    assert_eq!(letters.len(), 18, "{letters:?}");
    assert!(!letters.iter().any(|file| file.contains("rahmani")), "{letters:?}");
}

#[test]
fn what_went_to_whom_is_not_told_from_a_record_that_was_changed() {
    let run = built("terms");
    release(&run);
    let log = format!("{OUT}/record.jsonl");
    let changed = run.read(&log).replacen("Ruth Penhaligon", "Ruth Penhaligom", 1);
    let run = run.with(&log, changed);
    let outcome = run.convenor(&["record", "@/conference.yaml", "-o", "@/out"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[broken-record]"), "{}{}", outcome.out, outcome.err);
    assert_eq!(outcome.out, "");
}
