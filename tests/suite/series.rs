//! A review is begun from the file of the conference before it.

use crate::run::Run;

fn begun(run: &Run) -> String {
    let outcome = run.convenor(&["new", "@/review", "--review-of", "@/conference.yaml"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    run.read("review/conference.yaml")
}

/// The first conference, after which one person has left, one came uninvited and one was kept out of a point.
fn first() -> Run {
    Run::on_the_example()
        .edit("conference.yaml", "organisation: justice,\n", "organisation: justice, withdrawn: { on: 2026-11-20 },\n")
        .edit(
            "conference.yaml",
            "invitees:\n",
            "invitees:\n  - { person: { name: Mr Ambrose Fry }, organisation: kitchen, invited: false, attended: true }\n",
        )
        .edit("conference.yaml", "items: [1, 2, 3, 4, 5, 7, 8, 13, 14], bring: What your staff", "excluded: [13], bring: What your staff")
        .edit("conference.yaml", "owner: housing, due: 2026-12-01, status: started", "owner: housing, due: 2026-12-01, status: done, history: [{ on: 2026-12-01, status: done }]")
}

#[test]
fn people_and_plan_are_carried_over_and_what_was_only_of_the_last_meeting_is_not() {
    let run = first();
    let text = begun(&run);
    for kept in [
        "reference: \"CSC-2026-014-R1\"",
        "kind: review",
        "file: \"../conference.yaml\"",
        "date: 2027-02-23",
        "Sgt Priya Nair",
        "Lock the rear stairwell",
        "status: done",
        "Kai Mensah",
        "MOS-448120",
    ] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    for left in [
        "attended",
        "reply: ",
        "arrived",
        "delegate",
        "Campbell-Hughes",
        "Ambrose Fry",
        "decisions",
        "\nitems:",
        "bring:",
    ] {
        assert!(!text.contains(left), "{left}: {text}");
    }
    // Nothing is let through that somebody has to look at again.
    let outcome = run.convenor(&["check", "@/review/conference.yaml"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("this list is empty") && outcome.err.contains("the agenda has no point 0"));
    let mended: String = text
        .lines()
        .filter(|line| !["items: []", "excluded: [0]"].contains(&line.trim()))
        .map(|line| format!("{}\n", line.replace(", items: []", "").replace(", excluded: [0]", "")))
        .collect();
    let run = run.with("review/conference.yaml", mended);
    let outcome = run.convenor(&["check", "@/review/conference.yaml"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.err.contains("[to-fill-in]") && outcome.err.contains("meeting.reply_by"), "{}", outcome.err);
    let outcome =
        run.convenor(&["build", "@/review/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "minutes,agenda"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let minutes = run.read("out/CSC-2026-014-R1/professional/minutes.txt");
    let words = minutes.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("What became of the context plan") && words.contains("Done: action 1.3"), "{words}");
    assert!(run.read("out/CSC-2026-014-R1/professional/agenda.txt").contains("24 November 2026"), "the meeting before");
}

#[test]
fn the_review_of_a_review_is_the_next_and_what_is_carried_is_what_was_typed() {
    let run = first();
    let text = begun(&run).replace("items: []", "items: [1]").replace("excluded: [0]", "excluded: [2]");
    let run = run.with("second/conference.yaml", text.clone());
    let outcome = run.convenor(&["new", "@/third", "--review-of", "@/second/conference.yaml"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let third = run.read("third/conference.yaml");
    assert!(third.contains("CSC-2026-014-R2") && third.contains("file: \"../second/conference.yaml\""), "{third}");
    let part = |text: &str| text.split_once("\ngoals:\n").expect("it has goals").1.to_owned();
    assert_eq!(part(&third), part(&text), "nothing is lost or changed on the way");
}

#[test]
fn a_review_is_begun_below_the_council_in_a_new_folder_and_of_a_sound_file() {
    let run = Run::on_the_example().with("taken/x.txt", "mine");
    let refused = |args: &[&str], code: u8, told: &str| {
        let outcome = run.convenor(&[&["new"], args].concat());
        assert!(outcome.code == code && outcome.err.contains(told), "{args:?}: {} {}", outcome.code, outcome.err);
    };
    refused(&["@/taken", "--review-of", "@/conference.yaml"], 1, "there is something of this name already");
    refused(&["@/review", "--review-of", "@/nothing.yaml"], 3, "nothing.yaml");
    refused(&["@/review", "--review-of", "@/borough.yaml"], 1, "borough.yaml");
    refused(&["@/review", "--review-of", "-"], 2, "standard input cannot be carried over");
    let elsewhere = Run::on_nothing().with("away/x.txt", "");
    let away = elsewhere.path("away/review").display().to_string();
    let file = run.path("conference.yaml").display().to_string();
    let outcome = run.convenor(&["new", &away, "--review-of", &file]);
    assert!(outcome.code == 1 && outcome.err.contains("[no-borough]"), "{}", outcome.err);
    assert!(!run.files("").iter().any(|name| name.starts_with("review/")));
}
