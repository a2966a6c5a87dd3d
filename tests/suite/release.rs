//! A second person releases papers, and a folder is proved sound.

use crate::run::{Outcome, Run};

const FOLDER: &str = "@/out/CSC-2026-014";
const MINUTES: &str = "out/CSC-2026-014/professional/minutes.txt";

fn built() -> Run {
    let run = Run::on_the_example();
    run.build(&["--to", "txt"]);
    run
}

fn release(run: &Run, by: &str, more: &[&str]) -> Outcome {
    run.convenor(&[&["release", FOLDER, "--checked-by", by, "--on", "2026-11-25"], more].concat())
}

fn entries(run: &Run) -> Vec<serde_json::Value> {
    let register: serde_json::Value =
        serde_json::from_str(&run.read("out/CSC-2026-014/register.json")).expect("the register is JSON");
    register["files"].as_array().expect("it lists files").clone()
}

#[test]
fn minutes_that_are_approved_on_a_day_to_come_are_not_released() {
    let run = Run::on_the_example().edit(
        "conference.yaml",
        "minutes: { status: draft }",
        "minutes: { status: approved, approved: 2999-01-02 }",
    );
    run.build(&["--to", "txt"]);
    let refused = release(&run, "Ruth Penhaligon", &[]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(
        refused.err.contains("error[no-such-day]: the minutes are approved on 2999-01-02, which is in the future"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("minutes.approved"), "{}", refused.err);
    assert_eq!(release(&run, "Ruth Penhaligon", &["--only", "terms"]).code, 0, "other papers are");
}

#[test]
fn every_paper_is_a_draft_until_a_second_person_has_checked_it() {
    let run = built();
    let papers: Vec<String> = run.files("out").into_iter().filter(|f| f.ends_with(".txt")).collect();
    assert!(papers.iter().all(|f| run.read(f).lines().next().is_some_and(|l| l.ends_with(" · DRAFT"))));
    assert!(
        run.read("out/CSC-2026-014/public/summary.txt").starts_with("OFFICIAL · DRAFT"),
        "the public has its own marking"
    );
    let outcome = release(&run, "Ruth Penhaligon", &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let marked: Vec<&String> = papers.iter().filter(|f| run.read(f).contains("· DRAFT")).collect();
    assert!(
        !marked.is_empty() && marked.iter().all(|f| ["minutes", "annex", "summary"].iter().any(|k| f.contains(k))),
        "{marked:?}"
    );
    for entry in entries(&run) {
        assert_eq!(
            [&entry["status"], &entry["maker"], &entry["checker"], &entry["checked"]],
            ["released", "Tom Hallam", "Ruth Penhaligon", "2026-11-25"]
        );
        assert_eq!(entry["hash"].as_str().map(str::len), Some(64));
    }
    // The head is another whenever a word of the example is.
    let out = run.convenor(&["verify", FOLDER]).out;
    let (before, rest) = out.split_once(", head ").expect("the record is named");
    let (head, after) = rest.split_once('\n').expect("a line ends");
    assert!(head.len() == 24 && head.chars().all(|c| c == ' ' || c.is_ascii_hexdigit()), "{head}");
    insta::assert_snapshot!("verify_released", format!("{before}, head …\n{after}"));
}

#[test]
fn approved_minutes_lose_their_mark_only_when_a_second_person_releases_them() {
    let run = Run::on_the_example().edit(
        "conference.yaml",
        "minutes: { status: draft }",
        "minutes: { status: approved, approved: 2026-11-25 }",
    );
    run.build(&["--to", "txt"]);
    assert!(run.read(MINUTES).starts_with("OFFICIAL-SENSITIVE · DRAFT"));
    assert_eq!(release(&run, "Ruth Penhaligon", &["--only", "minutes"]).code, 0);
    assert!(!run.read(MINUTES).contains("DRAFT"));
    assert!(
        run.read("out/CSC-2026-014/professional/guidance.txt").contains("DRAFT"),
        "only what was named is released"
    );
    // Building again keeps what was released, and makes the rest as it was.
    let outcome = run.build(&["--to", "txt"]);
    assert!(outcome.out.contains("unchanged"), "{}", outcome.out);
    assert!(!run.read(MINUTES).contains("DRAFT"));
    assert_eq!(run.convenor(&["verify", FOLDER]).code, 0);
}

#[test]
fn whoever_made_the_papers_cannot_check_them() {
    let run = built();
    for name in ["Tom Hallam", "mr tom hallam", "T. Hallam", "Hallam, Tom"] {
        let outcome = release(&run, name, &[]);
        assert_eq!(outcome.code, 1, "{name}");
        assert!(outcome.err.contains("error[same-person]"), "{name}: {}", outcome.err);
    }
    assert!(entries(&run).iter().all(|e| e["status"] == "draft"));
}

#[test]
fn what_is_released_is_what_was_checked() {
    let run = built().edit(
        "conference.yaml",
        "Most young people in the survey did not know",
        "Few young people in the survey knew",
    );
    let outcome = release(&run, "Ruth Penhaligon", &[]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("this draft is not what the data and the templates give now"), "{}", outcome.err);
    let run = built();
    let edited = run.read(MINUTES).replace("trained", "untrained");
    let run = run.with(MINUTES, edited);
    let outcome = release(&run, "Ruth Penhaligon", &[]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("this paper has changed since it was made"), "{}", outcome.err);
}

#[test]
fn a_released_paper_that_would_change_stays_as_it_is_until_the_version_is_raised() {
    let run = built();
    assert_eq!(release(&run, "Ruth Penhaligon", &[]).code, 0);
    let released = run.read(MINUTES);
    let run = run.edit(
        "conference.yaml",
        "Most young people in the survey did not know",
        "Few young people in the survey knew",
    );
    for more in [&["--to", "txt"][..], &["--to", "txt", "--force"]] {
        let outcome = run.build(more);
        let left = "Released, would now be different, and left as it is: professional/minutes.txt (because of ";
        let line = outcome.out.lines().find(|line| line.starts_with(left)).unwrap_or_else(|| panic!("{}", outcome.out));
        assert!(line.ends_with("(because of goals[2].baseline.text)"), "it names the field: {line}");
        assert_eq!(run.read(MINUTES), released);
    }
    assert!(entries(&run).iter().all(|e| e["status"] == "released" && e["version"] == 1));
    let outcome = run.convenor(&["verify", FOLDER]);
    assert!(outcome.code == 0 && outcome.err.contains("warning[released-differs]"), "{}", outcome.err);
    let run = run.edit("conference.yaml", "version: 1", "version: 2");
    run.build(&["--to", "txt", "--only", "minutes"]);
    assert_ne!(run.read(MINUTES), released);
    assert_eq!(run.read("out/CSC-2026-014/superseded/version-1/professional/minutes.txt"), released);
    let now = entries(&run).into_iter().find(|e| e["file"] == "professional/minutes.txt").expect("it is there");
    let then = entries(&run)
        .into_iter()
        .find(|e| e["file"] == "superseded/version-1/professional/minutes.txt")
        .expect("it is kept");
    assert_eq!([&now["status"], &then["status"]], ["draft", "superseded"]);
    assert_eq!(now["supersedes"], then["hash"]);
    assert_eq!(run.convenor(&["verify", FOLDER]).code, 0);
}

#[test]
fn a_folder_that_was_meddled_with_is_not_sound() {
    let sound = built();
    assert_eq!(sound.convenor(&["verify", FOLDER]).code, 0);
    assert_eq!(release(&sound, "Ruth Penhaligon", &[]).code, 0);
    let said = |run: &Run| {
        let outcome = run.convenor(&["verify", FOLDER]);
        assert_eq!(outcome.code, 1, "{}", outcome.out);
        assert!(outcome.out.contains("Not sound"), "{}", outcome.out);
        outcome.err
    };
    let text = sound.read(MINUTES);
    let run = sound.with(MINUTES, format!("{text}one more line\n"));
    assert!(said(&run).contains("changed after it was released"));
    let run = run.with(MINUTES, text).with("out/CSC-2026-014/community/notes.docx", "PK");
    assert!(said(&run).contains("error[not-in-register]"));
    std::fs::remove_file(run.path("out/CSC-2026-014/community/notes.docx")).expect("it is there");
    std::fs::remove_file(run.path("out/CSC-2026-014/community/terms.txt")).expect("it is there");
    assert!(said(&run).contains("error[missing-paper]"));
    let run = built();
    let register = run.read("out/CSC-2026-014/register.csv");
    let run = run.with("out/CSC-2026-014/register.csv", register.replace("Tom Hallam", "Somebody"));
    assert!(said(&run).contains("it was edited"));
}

#[test]
fn a_paper_in_the_wrong_folder_is_found_by_what_it_holds() {
    let run = built();
    let minutes = run.read(MINUTES);
    let run = run.with("out/CSC-2026-014/community/minutes.txt", minutes);
    let outcome = run.convenor(&["verify", FOLDER]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[leak]") && outcome.err.contains("community/minutes.txt"), "{}", outcome.err);
    assert_eq!(outcome.err.matches("error[").count(), 2, "changed, and not for its readers: {}", outcome.err);
}

#[test]
fn without_its_data_a_folder_proves_nothing() {
    let run = built();
    let outcome = run.convenor(&["verify", "@/nowhere"]);
    assert_eq!(outcome.code, 3, "{}", outcome.err);
    std::fs::rename(run.path("conference.yaml"), run.path("moved.yaml")).expect("it is there");
    let outcome = run.convenor(&["verify", FOLDER]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("error[no-conference]"), "{}", outcome.err);
    assert_eq!(run.convenor(&["verify", FOLDER, "--data", "@/moved.yaml"]).code, 0);
    let run = run.edit("moved.yaml", "reference: CSC-2026-014", "reference: CSC-2026-015");
    assert!(run.convenor(&["verify", FOLDER, "--data", "@/moved.yaml"]).err.contains("error[no-conference]"));
}

#[test]
fn the_form_for_machines_names_nobody() {
    let run = built().with("out/CSC-2026-014/community/mr-ilir-krasniqi.txt", "x");
    let outcome = run.convenor(&["verify", FOLDER, "--message-format", "json"]);
    assert!(outcome.err.contains("not-in-register") && !outcome.err.contains("krasniqi"), "{}", outcome.err);
}

/// Names of the snapshots.
pub const SNAPSHOTS: &[&str] = &["verify_released"];
