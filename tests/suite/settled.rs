//! Letters to a list of people once they are released: what may be in the post stays as it is.

use std::collections::BTreeMap;

use crate::batch::{FOLDER, HOME, invite, is_killed_when, noted, people, preview, record, residents, text, tree};
use crate::batch::{whole, with_people};
use crate::run::{Outcome, Run};

/// Who has looked at the proofs, and when.
const CHECKED: [&str; 4] = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-20"];

/// Makes the proofs and releases what they show. That it will be refused, the first says as well.
#[track_caller]
fn release(run: &Run, more: &[&str]) -> Outcome {
    let shown: Vec<&str> = more.chunks(2).filter(|pair| pair[0] != "--make").flatten().copied().collect();
    let shown = preview(run, &shown);
    let outcome = checked(run, more);
    let refused = |o: &Outcome| ["released", "not-as-made"].map(|code| o.err.contains(&format!("error[{code}]")));
    assert_eq!(refused(&shown), refused(&outcome), "{}\n{}: {}{}", shown.err, outcome.code, outcome.out, outcome.err);
    outcome
}

/// Releases what was proved before.
fn checked(run: &Run, more: &[&str]) -> Outcome {
    invite(run, &[&CHECKED, more].concat())
}

/// Every file that is not as it was.
fn changed(before: &BTreeMap<String, Vec<u8>>, run: &Run) -> Vec<String> {
    let registers = ["register.csv", "register.json", "problems.csv", "withdrawn.csv"];
    let papers = |file: &&String| registers.iter().all(|name| !file.ends_with(name));
    let now = tree(run);
    before.keys().filter(papers).filter(|file| now.get(*file) != before.get(*file)).cloned().collect()
}

#[test]
fn released_letters_stay_and_a_later_version_leaves_them_beside() {
    let run = with_people(people(4));
    let release = |run: &Run, more: &[&str]| checked(run, &[&["--make", "letters"], more].concat());
    assert_eq!(preview(&run, &[]).code, 0);
    // What the proofs did not show is not released with them.
    let other = release(&run, &["--category", "statutory"]);
    assert!(other.err.contains("error[not-proved]"), "{}", other.err);
    assert_eq!(release(&run, &[]).code, 0);
    let released = tree(&run);
    // Somebody is added at the end: theirs is made, and the others are as they were.
    let run = run.with("people.csv", people(5));
    assert!(preview(&run, &[]).out.contains("Released    4 already, 1 to be added"));
    let outcome = release(&run, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    for (file, data) in released.iter().filter(|(f, _)| f.ends_with(".pdf")) {
        assert_eq!(&run.bytes(file), data, "{file}");
    }
    // Somebody is put in before them: every reference would be another's.
    let rows = people(6);
    let last = rows.lines().last().expect("a row").to_owned();
    let moved =
        rows.lines().take(1).chain([last.as_str()]).chain(rows.lines().skip(1).take(5)).collect::<Vec<_>>().join("\n");
    let run = run.with("people.csv", moved);
    assert!(preview(&run, &[]).err.contains("error[released]"), "what is to be refused is foreseen");
    let outcome = release(&run, &[]);
    assert!(outcome.code == 1 && outcome.err.contains("error[released]"), "{}", outcome.err);
    for (file, data) in released.iter().filter(|(f, _)| f.ends_with(".pdf")) {
        assert_eq!(&run.bytes(file), data, "{file}");
    }
    // A later version has the folder; the released letters are kept.
    let conference = run.read("conference.yaml").replacen("version: 1", "version: 2", 1);
    let run = run.with("people.csv", people(5)).with("conference.yaml", conference);
    assert_eq!(preview(&run, &[]).code, 0);
    assert_eq!(release(&run, &[]).code, 0);
    for (file, data) in released.iter().filter(|(f, _)| f.ends_with(".pdf")) {
        assert_eq!(&run.bytes(&file.replace("/invitations/", "/invitations-version-1/")), data, "{file}");
    }
    let outcome = run.convenor(&["verify", "@/out/CSC-2026-014"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
}

/// A release that is killed among its letters, at the first, and among its files of many.
#[test]
fn a_release_that_was_killed_ends_as_one_that_was_not() {
    let make = ["--make", "letters,emails,print", "--part", "3"];
    // Drafts of two more people, whom the release is to take away.
    let drafts = || {
        let run = with_people(people(92));
        assert_eq!(invite(&run, &["--make", "letters"]).code, 0);
        let run = run.with("people.csv", people(90));
        assert_eq!(preview(&run, &[]).code, 0);
        run
    };
    let undisturbed = drafts();
    assert_eq!(release(&undisturbed, &make).code, 0);
    let sound = undisturbed.convenor(&["verify", "@/out/CSC-2026-014"]);
    assert_eq!(sound.code, 0, "{}{}", sound.out, sound.err);
    // There are 90 letters, 45 messages and 31 files for the printer, each group of 32 noted at once.
    // The last group leaves no time for a kill.
    for lines in [0, 33, 70, 100] {
        let run = drafts();
        let more = [&make[..], &CHECKED].concat();
        assert!(is_killed_when(&run, &more, &|| noted(&run, "released") > lines), "{lines}");
        // Nobody can say which letters of it were sent: with another list it does not go on.
        let list = run.read("people.csv");
        let run = run.with("people.csv", people(90).replace("Dama3x", "Dama3y"));
        let outcome = release(&run, &make);
        assert!(outcome.code == 1 && outcome.err.contains("error[released]"), "{lines}: {}", outcome.err);
        let run = run.with("people.csv", list);
        let outcome = release(&run, &make);
        assert_eq!(outcome.code, 0, "{lines}: {}{}", outcome.out, outcome.err);
        let log = format!("{HOME}/record.jsonl");
        assert_eq!(run.read(&log), undisturbed.read(&log), "{lines}: the record says nothing of the kill");
        assert!(whole(&run) == whole(&undisturbed), "{lines}");
    }
}

#[test]
fn a_later_run_that_was_killed_changes_no_released_letter_either() {
    let run = with_people(people(6));
    assert_eq!(release(&run, &["--make", "letters"]).code, 0);
    let released = tree(&run);
    // More people; the run is killed; a row of theirs changes, or one of a letter that was released before.
    let run = run.with("people.csv", people(120));
    assert_eq!(preview(&run, &[]).code, 0);
    let more = [&["--make", "letters"], &CHECKED[..]].concat();
    let is_noted = || record(&run, HOME).iter().any(|line| line.contains("L00007"));
    assert!(is_killed_when(&run, &more, &is_noted));
    for (from, to) in [("Dama7x", "Dama7y"), ("Dama2x", "Dama2y")] {
        let run = Run::on_nothing().copied(&run).with("people.csv", people(120).replace(from, to));
        let outcome = release(&run, &["--make", "letters"]);
        assert!(outcome.code == 1 && outcome.err.contains("error[released]"), "{}", outcome.err);
        assert_eq!(changed(&released, &run), Vec::<String>::new());
    }
}

/// A run that adds people after a release is killed among its files for the printer.
#[test]
fn a_later_run_that_was_killed_has_everybody_in_one_file_and_nobody_in_two() {
    let make = ["--make", "print,labels,zip", "--part", "2"];
    let undisturbed = with_people(residents(3));
    assert_eq!(release(&undisturbed, &make).code, 0);
    let run = Run::on_nothing().copied(&undisturbed).with("people.csv", residents(150));
    let undisturbed = undisturbed.with("people.csv", residents(150));
    assert_eq!(release(&undisturbed, &make).code, 0);
    assert_eq!(preview(&run, &[]).code, 0);
    let part = run.path(FOLDER).join("community/print/part-003.pdf");
    assert!(is_killed_when(&run, &[&make[..], &CHECKED].concat(), &|| part.is_file()));
    // With more people it would not be known who is in the file that was begun.
    let run = run.with("people.csv", residents(151));
    let outcome = release(&run, &make);
    assert!(outcome.code == 1 && outcome.err.contains("error[released]"), "{}", outcome.err);
    // Whatever size is said now, the parts are those that were begun.
    let run = run.with("people.csv", residents(150));
    let outcome = release(&run, &["--make", "print,labels,zip", "--part", "50"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    assert!(whole(&run) == whole(&undisturbed), "the record too");
}

#[test]
fn a_release_without_letters_of_their_own_protects_them_as_well() {
    let run = with_people(residents(4));
    assert_eq!(release(&run, &["--make", "print", "--part", "2"]).code, 0);
    let released = tree(&run);
    // Somebody else in a row, with the number of a letter in the post; and somebody put in before.
    let other = residents(4).replace("Nama2x", "Namax").replace("Lama2x", "Lamax");
    let rows = residents(5);
    let last = rows.lines().last().expect("a row");
    let before = residents(4).replacen('\n', &format!("\n{last}\n"), 1);
    for list in [other, before] {
        let run = Run::on_nothing().copied(&run).with("people.csv", list);
        for make in ["print", "print,labels", "letters"] {
            let outcome = release(&run, &["--make", make]);
            assert!(outcome.code == 1 && outcome.err.contains("error[released]: row "), "{make}: {}", outcome.err);
            assert_eq!(changed(&released, &run), Vec::<String>::new());
        }
    }
}

#[test]
fn labels_of_today_are_not_made_for_letters_of_the_day_of_the_release() {
    let run = with_people(residents(4));
    assert_eq!(release(&run, &["--make", "print"]).code, 0);
    let bad = residents(4).replace(",2 Lama2x House", ",@2 Lama2x House");
    let run = run.with("people.csv", bad);
    assert_eq!(preview(&run, &[]).code, 1);
    let make = || checked(&run, &["--make", "print,labels"]);
    let print = |kind: &str| run.path(FOLDER).join(format!("community/print/{kind}-001.pdf"));
    assert!(
        make().out.contains("Not made, since the released file would now be different: community/print/labels-001.pdf")
    );
    assert!(!print("labels").exists());
    // The letters were not sent: both are made without that row. Then one of the two alone is not made again.
    std::fs::remove_file(print("part")).expect("it is there");
    assert_eq!(make().code, 1);
    let held = |kind: &str| text(&std::fs::read(print(kind)).expect("it is there"));
    assert!(["part", "labels"].iter().all(|kind| held(kind).contains("Nama1x") && !held(kind).contains("Nama2x")));
    let worse =
        residents(4).replace(",2 Lama2x House", ",@2 Lama2x House").replace(",3 Lama3x House", ",@3 Lama3x House");
    let run = Run::on_nothing().copied(&run).with("people.csv", worse);
    std::fs::remove_file(run.path(FOLDER).join("community/print/part-001.pdf")).expect("it is there");
    assert_eq!(preview(&run, &[]).code, 1);
    let outcome = checked(&run, &["--make", "print,labels"]);
    assert!(outcome.out.contains("would now be different: community/print/labels-001.pdf"), "{}", outcome.out);
    assert!(!run.path(FOLDER).join("community/print/part-001.pdf").exists());
}

#[test]
fn a_released_label_that_could_not_be_made_is_told_each_time() {
    let list = residents(4).replace("2 Lama2x House", &"Lama2x House of the Very Long Name ".repeat(9));
    let run = with_people(list);
    for _ in 0..2 {
        let outcome = release(&run, &["--make", "print,labels"]);
        assert_eq!(outcome.code, 1);
        assert!(
            outcome.err.contains("error[no-label]: row 3") && !outcome.out.contains("would now be different"),
            "{}",
            outcome.err
        );
    }
}

#[test]
fn a_version_that_was_put_aside_is_not_released_again_nor_in_other_shares() {
    let run = with_people(people(3));
    assert_eq!(release(&run, &["--make", "letters"]).code, 0);
    // In shares everybody would get a second letter.
    let outcome = release(&run, &["--make", "letters", "--shard", "1/2"]);
    assert!(outcome.code == 1 && outcome.err.contains("released with the list split differently"), "{}", outcome.err);
    // The version is raised for a look, and put back.
    let conference = run.read("conference.yaml");
    let run = run.edit("conference.yaml", "version: 1", "version: 2");
    assert_eq!(preview(&run, &[]).code, 0);
    let run = run.with("conference.yaml", conference).with("people.csv", people(3).replace("Nama1x", "Namax"));
    let outcome = preview(&run, &[]);
    assert!(outcome.code == 1 && outcome.err.contains("letters of version 1 were released already"), "{}", outcome.err);
    assert!(outcome.err.contains("write `version: 2`"), "{}", outcome.err);
    let run = run.edit("conference.yaml", "version: 1", "version: 2");
    assert_eq!(release(&run, &["--make", "letters"]).code, 0);
    let outcome = run.convenor(&["verify", "@/out/CSC-2026-014"]);
    assert!(outcome.code == 0 && outcome.out.contains("invitations: 3 files"), "{}{}", outcome.out, outcome.err);
    assert!(outcome.out.contains("invitations-version-1: 3 files"), "{}", outcome.out);
}

/// What was stopped before it was put aside keeps nobody from verifying what followed.
#[test]
fn a_release_that_was_stopped_is_put_aside_whole_when_the_version_is_raised() {
    let run = with_people(people(80));
    assert_eq!(preview(&run, &[]).code, 0);
    let more = [&["--make", "letters"], &CHECKED[..]].concat();
    assert!(is_killed_when(&run, &more, &|| noted(&run, "released") > 0));
    let released = noted(&run, "released");
    let run = run.edit("conference.yaml", "version: 1", "version: 2").with("people.csv", people(2));
    assert_eq!(release(&run, &["--make", "letters"]).code, 0);
    // A line is there before its file: each that was noted is there now, and nothing else.
    let aside = run.files(&format!("{HOME}/invitations-version-1"));
    let letters = aside.iter().filter(|file| file.contains("/letters/")).count();
    assert!(released > 0 && letters == released, "{letters} of {released}");
    let outcome = run.convenor(&["verify", "@/out/CSC-2026-014"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
}

#[test]
fn messages_follow_letters_and_letters_the_set_for_notify() {
    let run = with_people(people(4));
    assert_eq!(release(&run, &["--make", "notify"]).code, 0);
    let released = tree(&run);
    let outcome = release(&run, &["--make", "emails"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(tree(&run).keys().filter(|f| f.ends_with(".eml")).count(), 2);
    assert_eq!(changed(&released, &run), Vec::<String>::new());
    // What somebody changed in the set is not written over.
    let file = format!("{FOLDER}/community/notify/CSC-2026-014-L00001.pdf");
    std::fs::remove_file(run.path(&file)).expect("it is there");
    let run = run.with(&file, "another");
    let outcome = checked(&run, &["--make", "notify"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[edited-since]"), "{}", outcome.err);
    assert_eq!(run.bytes(&file), b"another");
    let outcome = checked(&run, &["--make", "notify", "--force"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(changed(&released, &run), Vec::<String>::new());
}

#[test]
fn whoever_is_added_after_a_release_is_in_a_further_file_and_nobody_in_two() {
    let make = ["--make", "print,labels,notify,zip", "--part", "2"];
    let run = with_people(residents(3));
    assert_eq!(release(&run, &make).code, 0);
    let released = tree(&run);
    // Another size of parts changes none that is released; one row more is bad, and mended later.
    let bad = residents(6).replace("5 Lama5x House", "@5 Lama5x House");
    let run = run.with("people.csv", bad);
    let outcome = preview(&run, &[]);
    assert!(outcome.code == 1 && outcome.out.contains("Released    3 already, 2 to be added"), "{}", outcome.out);
    // The first of those that are added is looked at too.
    let added = format!("{FOLDER}/proof/added-first.pdf");
    assert!(text(&run.bytes(&added)).contains("Nama4x"));
    let outcome = checked(&run, &["--make", "print,labels,notify,zip", "--part", "50"]);
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    let run = run.with("people.csv", residents(6));
    assert_eq!(release(&run, &make).code, 0);
    assert_eq!(changed(&released, &run), Vec::<String>::new());
    let of = |file: String| {
        let text = text(&run.bytes(&format!("{FOLDER}/community/{file}")));
        (1..=6).filter(|n| text.contains(&format!("Nama{n}x"))).collect::<Vec<usize>>()
    };
    for kind in ["part", "labels"] {
        let held: Vec<Vec<usize>> = (1..=4).map(|n| of(format!("print/{kind}-{n:03}.pdf"))).collect();
        assert_eq!(held, [vec![1, 2], vec![3], vec![4, 6], vec![5]], "{kind}");
    }
    let cover = text(&run.bytes(&format!("{FOLDER}/community/print/part-004.pdf")));
    assert!(cover.contains("4of4"), "{cover}");
    let sets = ["notify.csv", "notify-002.csv", "notify-003.csv"];
    let held = sets.map(|name| run.read(&format!("{FOLDER}/community/notify/{name}")).lines().count() - 1);
    assert_eq!(held, [3, 2, 1]);
    let archives = ["letters.zip", "letters-002.zip", "letters-003.zip"];
    let held = archives.map(|name| {
        let archive = std::io::Cursor::new(run.bytes(&format!("{FOLDER}/community/{name}")));
        zip::ZipArchive::new(archive).expect("it is an archive").len()
    });
    assert_eq!(held, [3, 2, 1]);
    // A file that was taken away is made again as it was.
    let all = tree(&run);
    for file in ["print/part-001.pdf", "print/labels-003.pdf", "notify/notify-002.csv", "letters.zip"] {
        std::fs::remove_file(run.path(FOLDER).join("community").join(file)).expect("it was there");
    }
    assert_eq!(release(&run, &make).code, 0);
    assert!(tree(&run) == all);
    assert!(!run.path(&added).exists(), "nobody is added any more");
    assert_eq!(run.convenor(&["verify", "@/out/CSC-2026-014"]).code, 0);
}

#[test]
fn the_number_of_somebody_who_was_taken_off_is_given_to_nobody_else() {
    let run = with_people(residents(3));
    assert_eq!(release(&run, &["--make", "letters,print", "--part", "2"]).code, 0);
    let released = tree(&run);
    let run = run.with("people.csv", residents(2));
    // It is told for as long as the letter lies there, and so is the file for the printer that holds nothing else.
    for _ in 0..2 {
        let outcome = release(&run, &["--make", "letters,print"]);
        assert_eq!(outcome.code, 1, "{}", outcome.err);
        assert!(outcome.out.contains("No longer due: community/letters/invitation-00003-"), "{}", outcome.out);
        assert_eq!(changed(&released, &run), Vec::<String>::new());
    }
    let letter = released.keys().find(|f| f.contains("/letters/invitation-00003")).expect("it was made");
    std::fs::remove_file(run.path(letter)).expect("it is there");
    // Somebody else in that row would have the reference of a letter that is in the post.
    let other = residents(3).replace("Nama3x", "Namax");
    let run = run.with("people.csv", other);
    let outcome = release(&run, &["--make", "letters,print"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[released]: row 4"), "{}", outcome.err);
    // With a shorter record it would look as if nobody had had that number: one that an old copy has taken the place of.
    let log = format!("{HOME}/record.jsonl");
    let lines = run.read(&log);
    let shorter = record(&run, HOME).into_iter().take_while(|line| !line.contains("\"k\":\"released\""));
    let run = run.with(&log, shorter.collect::<String>());
    let kept = whole(&run);
    for outcome in [preview(&run, &[]), invite(&run, &["--make", "letters,print"])] {
        assert!(outcome.code == 1 && outcome.err.contains("lines are missing at its end"), "{}", outcome.err);
        assert!(whole(&run) == kept, "nothing is written over what shows it");
    }
    let outcome = run.convenor(&["verify", "@/out/CSC-2026-014"]);
    assert!(outcome.code != 0 && outcome.err.contains("lines are missing at its end"), "{}", outcome.err);
    let run = run.with(&log, lines);
    // Registers are made from the record: without them, or with shorter ones, everybody keeps their number.
    for name in ["register.csv", "register.json"] {
        let register = format!("{HOME}/{name}");
        let whole = run.bytes(&register);
        std::fs::remove_file(run.path(&register)).expect("it is there");
        let outcome = release(&run, &["--make", "letters,print"]);
        assert!(outcome.code == 1 && outcome.err.contains("error[released]: row 4"), "{}", outcome.err);
        std::fs::write(run.path(&register), whole).expect("the tests may write");
    }
    // The same person again has the same letter.
    let run = run.with("people.csv", residents(3));
    let outcome = release(&run, &["--make", "letters,print"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    assert_eq!(changed(&released, &run), Vec::<String>::new());
    let outcome = run.convenor(&["verify", "@/out/CSC-2026-014"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
}

#[test]
fn a_released_file_for_the_printer_that_holds_somebody_who_was_taken_off_is_told() {
    let run = with_people(residents(3));
    assert_eq!(release(&run, &["--make", "print"]).code, 0);
    let released = tree(&run);
    let part = "community/print/part-001.pdf";
    // The second row gets no letter any more: it has no postcode that there is.
    let list = residents(3);
    let row = list.lines().nth(2).expect("a row").replace("Mill Lane,Marshgate,E20", "Mill Lane,Marshgate,QQ20");
    let list: Vec<&str> = list.lines().enumerate().map(|(n, line)| if n == 2 { row.as_str() } else { line }).collect();
    let run = run.with("people.csv", list.join("\n"));
    assert_eq!(preview(&run, &[]).code, 1);
    let outcome = checked(&run, &["--make", "print"]);
    assert!(
        outcome.out.contains(&format!("Not made, since the released file would now be different: {part}")),
        "{}{}",
        outcome.out,
        outcome.err
    );
    assert_eq!(changed(&released, &run), Vec::<String>::new());
    // It was not sent: taken away, it is made without that letter.
    std::fs::remove_file(run.path(FOLDER).join(part)).expect("it is there");
    let outcome = checked(&run, &["--make", "print"]);
    assert!(!outcome.out.contains("would now be different"), "{}", outcome.out);
    let text = text(&run.bytes(&format!("{FOLDER}/{part}")));
    assert!(text.contains("Nama1x") && !text.contains("Nama2x") && text.contains("Nama3x"));
}

#[test]
fn whoever_comes_back_after_a_released_file_was_made_again_is_in_a_further_one() {
    let make = ["--make", "print,labels,notify,zip"];
    let run = with_people(residents(4));
    assert_eq!(release(&run, &make).code, 0);
    // Somebody is taken off. No file of many letters is fit to be sent, and whoever asks is told.
    let off = residents(4).replace("Ms Nama2x Person,", ",");
    let run = run.with("people.csv", off);
    assert_eq!(preview(&run, &[]).code, 0);
    assert_eq!(checked(&run, &make).code, 1);
    let files = ["print/part-001.pdf", "print/labels-001.pdf", "notify/notify.csv", "letters.zip"];
    let verify = || run.convenor(&["verify", "@/out/CSC-2026-014"]);
    let outcome = verify();
    assert_eq!(outcome.code, 1, "{}", outcome.out);
    // Their own letter and the one for Notify stay, and are told.
    assert_eq!(outcome.err.matches("error[no-longer-due]").count(), files.len(), "{}", outcome.err);
    assert_eq!(outcome.err.matches("warning[no-longer-due]").count(), 2, "{}", outcome.err);
    // None was sent: the files of many letters are made again without that person, and the folder is sound.
    for file in files.map(|file| format!("{FOLDER}/community/{file}")) {
        std::fs::remove_file(run.path(&file)).expect("it was there");
    }
    assert_eq!(checked(&run, &make).code, 0);
    assert_eq!(verify().code, 0, "{}", verify().err);
    let made_again = tree(&run);
    // Somebody else would have their number.
    let other = Run::on_nothing().copied(&run).with("people.csv", residents(4).replace("Nama2x", "Namax"));
    let outcome = release(&other, &make);
    assert!(outcome.code == 1 && outcome.err.contains("error[released]: row 3"), "{}", outcome.err);
    // They themselves have theirs in further files.
    let run = run.with("people.csv", residents(4));
    assert!(preview(&run, &[]).out.contains("Released    4 already, 0 to be added"));
    for _ in 0..2 {
        let outcome = release(&run, &make);
        assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
        assert_eq!(changed(&made_again, &run), Vec::<String>::new());
    }
    for (file, held) in [("part-001", false), ("part-002", true), ("labels-001", false), ("labels-002", true)] {
        let text = text(&run.bytes(&format!("{FOLDER}/community/print/{file}.pdf")));
        assert_eq!(text.contains("Nama2x"), held, "{file}");
    }
    let held = ["notify.csv", "notify-002.csv"]
        .map(|name| run.read(&format!("{FOLDER}/community/notify/{name}")).contains("L00002"));
    assert_eq!(held, [false, true]);
    assert!(run.path(FOLDER).join("community/letters-002.zip").is_file());
    assert_eq!(run.convenor(&["verify", "@/out/CSC-2026-014"]).code, 0);
}

#[test]
fn everybody_who_checked_letters_of_a_folder_stays_named() {
    let run = with_people(people(4));
    assert_eq!(release(&run, &["--make", "letters"]).code, 0);
    let run = run.with("people.csv", people(5));
    assert_eq!(preview(&run, &[]).code, 0);
    let second = ["--make", "letters", "--checked-by", "Joan Ferreira", "--on", "2026-11-21"];
    // Made twice, as after a kill: it is one word.
    assert_eq!(invite(&run, &second).code, 0);
    let once = tree(&run);
    assert_eq!(invite(&run, &second).code, 0);
    assert!(tree(&run) == once);
    let outcome = run.convenor(&["verify", "@/out/CSC-2026-014"]);
    let checked = "Checked by Ruth Penhaligon, 20 November 2026\nChecked by Joan Ferreira, 21 November 2026\n";
    assert!(outcome.code == 0 && outcome.out.contains(checked), "{}{}", outcome.out, outcome.err);
    // Further kinds of files are on the word of whoever adds them.
    let third = ["--make", "print", "--checked-by", "Ada Lindqvist", "--on", "2026-11-22"];
    assert_eq!(invite(&run, &third).code, 0);
    let outcome = run.convenor(&["verify", "@/out/CSC-2026-014"]);
    assert!(outcome.out.contains("Checked by Ada Lindqvist, 22 November 2026\n"), "{}", outcome.out);
    // Shares that two people checked: both are named; drafts beside released ones are told.
    let run = with_people(people(4));
    let merge = |run: &Run| {
        let parts = ["1", "2"].map(|k| format!("@/{FOLDER}-{k}-of-2"));
        run.convenor(&["register", "merge", &parts[0], &parts[1], "-o", "@/register.csv"])
    };
    assert_eq!(preview(&run, &[]).code, 0);
    assert_eq!(self::checked(&run, &["--make", "letters", "--shard", "1/2"]).code, 0);
    assert_eq!(invite(&run, &["--make", "letters", "--shard", "2/2"]).code, 0);
    let outcome = merge(&run);
    assert!(outcome.code == 1 && outcome.err.contains("drafts, those of the first released"), "{}", outcome.err);
    assert_eq!(invite(&run, &[&second[..], &["--shard", "2/2"]].concat()).code, 0);
    let outcome = merge(&run);
    let checked = "Checked by Joan Ferreira, 21 November 2026\nChecked by Ruth Penhaligon, 20 November 2026\n";
    assert!(outcome.code == 0 && outcome.out.contains(checked), "{}{}", outcome.out, outcome.err);
}

#[test]
fn a_number_of_an_earlier_version_is_given_to_nobody_else_either() {
    let run = with_people(residents(3));
    assert_eq!(release(&run, &["--make", "letters"]).code, 0);
    let run = run.edit("conference.yaml", "version: 1", "version: 2");
    // A name may be corrected, and a title may change.
    let run = run.with("people.csv", residents(3).replace("Ms Nama2x Person", "Mrs Namah2x Person"));
    assert_eq!(release(&run, &["--make", "letters"]).code, 0);
    let run = run.edit("conference.yaml", "version: 2", "version: 3");
    let kept = whole(&run);
    let run = run.with("people.csv", residents(3).replace("Ms Nama2x Person", "Ms Wilhelmina Otterbein"));
    for outcome in [preview(&run, &[]), checked(&run, &["--make", "letters"])] {
        assert!(outcome.code == 1, "{}{}", outcome.out, outcome.err);
        let said = "row 3 is somebody else than letter 2 was released to in an earlier version";
        assert!(outcome.err.contains(said) || outcome.err.contains("error[not-proved]"), "{}", outcome.err);
    }
    let run = run.with("people.csv", residents(3));
    assert!(whole(&run) == kept, "nothing is written");
}
