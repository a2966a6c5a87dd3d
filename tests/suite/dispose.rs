//! Papers are destroyed when the time for keeping them is over: on a second person's word, and on the record.

use crate::run::{Outcome, Run};

const FOLDER: &str = "out/CSC-2026-014";

/// Everything is released and sent, and the chair has approved the minutes.
fn over() -> Run {
    let run = Run::on_the_example().edit(
        "conference.yaml",
        "minutes: { status: draft }",
        "minutes: { status: approved, approved: 2026-11-25 }",
    );
    let made = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--all"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let folder = format!("@/{FOLDER}");
    let released = run.convenor(&["release", &folder, "--checked-by", "Ruth Penhaligon", "--on", "2026-11-25"]);
    assert_eq!(released.code, 0, "{}", released.err);
    let sent = run.convenor(&["sent", &folder, "--paper", "minutes", "--how", "post", "--on", "2026-11-26"]);
    assert_eq!(sent.code, 0, "{}", sent.err);
    run
}

/// The same, destroyed.
pub fn disposed() -> Run {
    let run = over();
    let done = dispose(&run, AGREED);
    assert_eq!(done.code, 0, "{}", done.err);
    run
}

fn dispose(run: &Run, more: &[&str]) -> Outcome {
    let folder = format!("@/{FOLDER}");
    run.convenor(&[&["dispose", &folder], more].concat())
}

const AGREED: &[&str] = &[
    "--because",
    "kept for 6 years, until 2032",
    "--by",
    "Tom Hallam",
    "--checked-by",
    "Ruth Penhaligon",
    "--on",
    "2026-11-27",
    "--recent",
];

fn papers(run: &Run) -> Vec<String> {
    let mut files = run.files(FOLDER);
    files.retain(|file| file.ends_with(".txt"));
    files
}

#[test]
fn without_a_second_person_it_only_lists() {
    let run = over();
    let (before, record) = (papers(&run), run.bytes(&format!("{FOLDER}/record.jsonl")));
    let listed = dispose(&run, &[]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    assert!(listed.out.contains(&format!("{} files would be destroyed", before.len())), "{}", listed.out);
    assert!(listed.out.contains("  invitation (19 released)") && listed.out.contains("Nothing has been changed."));
    assert!(papers(&run) == before && run.bytes(&format!("{FOLDER}/record.jsonl")) == record);
}

#[test]
fn former_texts_of_the_conference_file_are_destroyed_with_its_papers() {
    let run = over();
    let changed = run.convenor(&["set", "@/conference.yaml", "contingency=We meet again."]);
    assert_eq!(changed.code, 0, "{}", changed.err);
    let former = || run.files("").into_iter().filter(|file| file.contains(".convenor-undo")).count();
    let listed = dispose(&run, &[]);
    assert!(listed.out.contains("    1  former text of the conference file") && former() == 1, "{}", listed.out);
    let done = dispose(&run, AGREED);
    assert_eq!((done.code, former()), (0, 0), "{}", done.err);
}

#[test]
fn nothing_is_destroyed_before_the_end_without_a_reason_or_by_one_person_alone() {
    let early = Run::on_the_example();
    assert_eq!(early.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt"]).code, 0);
    let refused = dispose(&early, AGREED);
    assert!(refused.code == 1 && refused.err.contains("error[not-over]"), "{}", refused.err);
    let run = over();
    let before = papers(&run);
    let usage = dispose(&run, &["--checked-by", "Ruth Penhaligon"]);
    assert_eq!(usage.code, 2, "{}", usage.err);
    for alone in [
        &["--recent", "--because", "it is time", "--checked-by", "Tom Hallam"][..],
        &["--recent", "--because", "it is time", "--by", "Ruth Penhaligon", "--checked-by", "ruth  penhaligon"][..],
        &["--recent", "--because", "it is time", "--checked-by", "R"][..],
    ] {
        let refused = dispose(&run, alone);
        assert_eq!(refused.code, 1, "{alone:?}: {}", refused.err);
    }
    assert_eq!(papers(&run), before);
}

#[test]
fn nothing_is_left_but_the_record_which_says_who_said_so_and_why() {
    let run = over().with(&format!("{FOLDER}/my notes.txt"), "mine");
    let done = dispose(&run, AGREED);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.out.contains("Not ours, and left: my notes.txt"), "{}", done.out);
    assert!(done.out.contains("nothing can bring them back"), "{}", done.out);
    let left = run.files(FOLDER);
    let own = [".convenor-lock", "my notes.txt", "record.jsonl", "register.csv", "register.json"];
    assert!(left.iter().all(|file| own.iter().any(|own| file == &format!("{FOLDER}/{own}"))), "{left:?}");
    for register in ["register.csv", "register.json"] {
        let text = run.read(&format!("{FOLDER}/{register}"));
        assert!(!text.contains("Nair") && !text.contains("Dhillon"), "{register} names people: {text}");
    }
    let record = run.convenor(&["record", &format!("@/{FOLDER}")]);
    let said = "kept for 6 years, until 2032. Tom Hallam asked for it, and Ruth Penhaligon agreed.";
    assert!(record.out.contains("All papers were destroyed on") && record.out.contains(said), "{}", record.out);
    std::fs::remove_file(run.path(&format!("{FOLDER}/my notes.txt"))).expect("it is there");
    let sound = run.convenor(&["verify", &format!("@/{FOLDER}")]);
    assert_eq!(sound.code, 0, "{}", sound.err);
    // Twice is once, and nothing is made here again.
    let again = dispose(&run, AGREED);
    assert!(again.code == 0 && again.out.contains("Nothing new"), "{}{}", again.out, again.err);
    let refused = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt"]);
    assert!(refused.code == 1 && refused.err.contains("error[disposed]"), "{}", refused.err);
}
