//! Where conferences stand, as somebody asks who has just sat down in the morning.

use serde_json::Value;

use crate::run::Run;
use crate::stages::{before_the_meeting, on, release, send, stands, with_attendance, with_decision};

fn status(run: &Run, today: &str) -> String {
    let outcome = on(run, "status", &["--today", today]);
    assert!(outcome.out.lines().all(|line| line.chars().count() <= 100), "{}", outcome.out);
    outcome.out
}

fn lacks(run: &Run, today: &str) -> Vec<String> {
    let lacks = stands(run, today)["lacks"].as_array().expect("a list").clone();
    lacks.iter().map(|lack| lack.as_str().expect("a name").to_owned()).collect()
}

#[test]
fn one_screen_says_what_is_late_what_is_next_by_whom_and_what_is_still_needed() {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt"]);
    let said = status(&run, "2026-09-17");
    for part in [
        "SPM-2026-021  Corn Exchange food court\nStage: called, then invited\nMeeting: Tuesday 29 September 2026, in 12 days\n\nLate\n",
        "\n  Tue 15 Sep 2026  Send the invitations (Marek Dudek): not done, 2 working days late; 0 of 6 sent\n",
        "Ask organisations for their reports (Marek Dudek): not done, 2 working days late;",
        "\n  Tue 22 Sep 2026  Send the papers of the review (Marek Dudek): in 5 days; 0 of 6 sent\n",
        "\n  Tue 29 Sep 2026  Hold the conference (Rosalind Achterberg): in 12 days\n",
        "\nStill needed for `invited`\n  6 of 6 invitations are not released: `convenor release`, once a second person has checked them\n",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(said.lines().count() <= 26, "one screen: {said}");
    assert!(status(&run, "2026-09-29").contains("Meeting: Tuesday 29 September 2026, today\n"));
    assert!(status(&run, "2026-09-30").contains("Meeting: Tuesday 29 September 2026, 1 day ago\n"));
}

#[test]
fn what_the_next_stage_lacks_is_named_until_it_is_there() {
    let run = before_the_meeting();
    assert_eq!(lacks(&run, "2026-09-08"), ["invitations-not-made"]);
    on(&run, "build", &["--to", "txt"]);
    assert_eq!(lacks(&run, "2026-09-08"), ["invitations-not-released"]);
    release(&run, "invitation", "2026-09-07");
    assert_eq!(lacks(&run, "2026-09-28"), ["invitations-not-sent"]);
    assert_eq!(lacks(&run, "2026-09-29"), ["invitations-not-sent", "no-attendance"]);
    send(&run, "invitation", "2026-09-08");
    assert_eq!(lacks(&run, "2026-09-11"), ["left-behind"], "envelopes went without what they enclose");
    for kind in ["agreement", "community-agreement", "undertaking"] {
        release(&run, kind, "2026-09-08");
    }
    assert!(lacks(&run, "2026-09-11").is_empty(), "it is only to be held");
    for kind in ["report-request", "agenda"] {
        release(&run, kind, "2026-09-08");
        send(&run, kind, "2026-09-08");
    }
    assert_eq!(lacks(&run, "2026-09-28"), ["no-report"]);
    let report = ", report: { asked: 2026-09-08, received: 2026-09-21 } }";
    let run = run.edit("conference.yaml", "quorum: agency }", &format!("quorum: agency{report}"));
    let signed = "agreement: { signed: 2026-03-02 }";
    let run = run.edit("conference.yaml", &format!("{signed} }}"), &format!("{signed}{report}"));
    assert!(status(&run, "2026-09-28").contains("Nothing is late, and nothing is missing."));
    let run = with_decision(run, "revise");
    assert_eq!(lacks(&run, "2026-09-30"), ["no-attendance", "not-approved", "minutes-not-made"]);
    let run = with_attendance(before_the_meeting());
    assert_eq!(lacks(&run, "2026-09-30"), ["no-decision"]);
    let run = with_decision(run, "revise");
    on(&run, "build", &["--to", "txt", "--only", "minutes"]);
    assert_eq!(lacks(&run, "2026-09-30"), ["not-approved", "minutes-not-released"]);
    let approved = "minutes: { status: approved, approved: 2026-10-14 }";
    let run = run.edit("conference.yaml", "minutes: { status: draft }", approved);
    on(&run, "build", &["--to", "txt", "--only", "minutes"]);
    assert_eq!(lacks(&run, "2026-10-14"), ["minutes-not-released"]);
    let changed = Run::on_nothing().copied(&run).edit("conference.yaml", "The plan goes on.", "The plan stays.");
    assert_eq!(lacks(&changed, "2026-10-14"), ["approval-undone", "minutes-not-released"]);
    release(&run, "minutes", "2026-10-14");
    assert_eq!(lacks(&run, "2026-10-15"), ["minutes-not-sent"]);
    send(&run, "minutes", "2026-10-15");
    assert!(lacks(&run, "2026-10-15").is_empty());
}

#[test]
fn a_review_that_names_no_next_day_lacks_it_once_it_is_recorded() {
    let run = with_decision(with_attendance(before_the_meeting()), "revise");
    let run = run.edit("conference.yaml", "review: { date: 2027-01-19, start: \"14:00\" }", "");
    let run = run.edit(
        "conference.yaml",
        "minutes: { status: draft }",
        "minutes: { status: approved, approved: 2026-10-14 }",
    );
    on(&run, "build", &["--to", "txt", "--only", "minutes"]);
    release(&run, "minutes", "2026-10-14");
    send(&run, "minutes", "2026-10-15");
    assert_eq!(lacks(&run, "2026-10-15"), ["no-next-day"]);
    let closed = run.edit("conference.yaml", "kind: review", "kind: closing");
    assert!(!lacks(&closed, "2026-10-15").contains(&"no-next-day".to_owned()));
}

#[test]
fn a_folder_that_was_just_begun_says_what_is_still_to_be_filled_in() {
    let run = Run::on_nothing();
    assert_eq!(run.convenor(&["new", "@/northgate"]).code, 0);
    let outcome = run.convenor(&["status", "@/northgate", "--today", "2026-11-03"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.out.contains("Stage: called, then invited\n"), "{}", outcome.out);
    assert!(outcome.out.contains("still to be filled in: `convenor check` lists them\n"), "{}", outcome.out);
    // A day that stands there only for the time being makes nothing late.
    assert!(outcome.out.contains("Meeting: its day is still to be filled in") && !outcome.out.contains("Late"));
    let run = run.edit("northgate/conference.yaml", "  - meeting.date\n", "");
    let late = run.convenor(&["status", "@/northgate", "--today", "2026-11-12"]).out;
    assert!(late.contains("\n  Tue 10 Nov 2026  Send the invitations: not done, 2 working days late\n"), "{late}");
}

#[test]
fn the_form_for_machines_has_days_and_names_of_steps_and_nothing_that_somebody_typed() {
    let run = Run::on_the_example();
    let said = on(&run, "status", &["--today", "2026-12-04", "--message-format", "json"]).out;
    let stands: Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!((&stands["conference"], &stands["stage"]), (&"CSC-2026-014".into(), &"decided".into()));
    assert_eq!((&stands["file"], &stands["meeting"]), (&"conference.yaml".into(), &"2026-11-24".into()));
    let late: Vec<&Value> = stands["late"].as_array().expect("a list").iter().map(|row| &row["step"]).collect();
    assert_eq!(
        late,
        [
            "invitations",
            "papers",
            "action-notices",
            "decision-letter",
            "distribution",
            "child-notes",
            "action-1.3",
            "thank-you"
        ]
    );
    assert_eq!(stands["late"][6]["who"], "housing");
    assert_eq!(stands["next"][0]["step"], "action-2.2");
    for typed in ["Hallam", "Okonkwo", "stairwell", "Mill Lane", "Station Parade"] {
        assert!(!said.contains(typed), "{typed}: {said}");
    }
}

/// Three councils with a conference each: one late, one faulty, one in good time.
pub fn boroughs() -> Run {
    let mut run = Run::on_nothing();
    for (council, folder) in [("northmere", "a-north"), ("kestrel-vale", "b-kestrel"), ("marshgate", "c-marsh")] {
        let other = Run::on_the_council(council);
        for file in other.files("") {
            let name = if file.starts_with("regions/") { file.clone() } else { format!("{folder}/{file}") };
            run = run.with(&name, other.bytes(&file));
        }
    }
    run
}

#[test]
fn of_many_conferences_each_has_a_line_and_the_latest_is_first() {
    let run = boroughs();
    let outcome = run.convenor(&["status", "@/a-north", "@/b-kestrel", "@/c-marsh", "--today", "2026-11-20"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let lines: Vec<&str> = outcome.out.lines().collect();
    assert_eq!(lines[0], "3 conferences on 20 November 2026, 3 with something late (in working days)");
    let order: Vec<&str> = lines[2..].iter().map(|line| line.split_whitespace().next().expect("a name")).collect();
    assert_eq!(order, ["Kestrel", "Northmere", "Marshgate"], "{}", outcome.out);
    assert!(lines.len() == 5 && lines.iter().all(|line| line.chars().count() <= 100), "{}", outcome.out);
    assert!(lines[4].contains("decided") && lines[4].contains("late by 8 days"), "{}", outcome.out);
    // A folder above them finds the same, once each, and none of what is not a conference.
    let above = run.convenor(&["status", "@/", "@/c-marsh/conference.yaml", "--today", "2026-11-20"]);
    assert_eq!((above.code, above.out.lines().count()), (0, 5), "{}{}", above.out, above.err);
    // Two of the same name are told apart by their files.
    let text = run.read("a-north/conference.yaml");
    let run = run.with("a-north/again/conference.yaml", text);
    let twice = run.convenor(&["status", "@/a-north", "--today", "2026-11-20"]).out;
    assert!(twice.contains("/a-north/conference.yaml ") && twice.contains("a-north/again/conference.yaml "), "{twice}");
    std::fs::remove_file(run.path("a-north/again/conference.yaml")).expect("it is there");
    let early = run.convenor(&["status", "@/a-north", "@/c-marsh", "--today", "2026-10-19"]);
    assert!(
        early.out.starts_with("2 conferences on 19 October 2026, 0 with something late (in working days)\n"),
        "{}",
        early.out
    );
}

#[test]
fn a_faulty_conference_among_many_is_told_and_hides_no_other() {
    let run = boroughs().edit("c-marsh/conference.yaml", "  chair: p-chair\n", "");
    let args = ["status", "@/a-north", "@/c-marsh", "@/b-kestrel", "--today", "2026-11-20"];
    let outcome = run.convenor(&args);
    assert_eq!(outcome.code, 1);
    assert_eq!(outcome.out.lines().count(), 5, "{}", outcome.out);
    let line = "CSC-2026-014 (c-marsh/conference.yaml): 1 error; no paper is made before that is mended";
    assert_eq!(outcome.out.lines().last(), Some(line));
    assert!(outcome.err.contains("c-marsh/conference.yaml:") && outcome.err.contains("chair"), "{}", outcome.err);
    let json = run.convenor(&[&args[..], &["--message-format", "json"]].concat());
    let lines: Vec<Value> = json.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((lines.len(), &lines[1]["errors"], &lines[1]["stage"]), (3, &1.into(), &Value::Null));
}

#[test]
fn a_conference_without_a_chair_says_so_and_what_that_stops() {
    let run = Run::on_the_example().edit("conference.yaml", "  chair: p-chair\n", "");
    let outcome = run.convenor(&["status", "@/conference.yaml"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.out.contains("no paper is made before that is mended"), "{}", outcome.out);
    assert!(outcome.err.contains("chair"), "{}", outcome.err);
}

#[test]
fn an_empty_folder_a_wrong_file_and_none_at_all_are_told_apart() {
    let run = Run::on_the_example().with("empty/readme.txt", "nothing");
    let told = |path: &str, code: u8, part: &str| {
        let outcome = run.convenor(&["status", path]);
        assert_eq!(outcome.code, code, "{path}: {}", outcome.err);
        assert!(outcome.err.contains(part), "{path}: {}", outcome.err);
    };
    told("@/empty", 1, "there is no `conference.yaml` in this folder or below it");
    // Nobody is told that nothing is late where there is nothing.
    assert_eq!(run.convenor(&["status", "@/empty"]).out, "");
    told("@/none.yaml", 3, "none.yaml");
    told("@/people.csv", 1, "this is a list of people, not a conference file");
    told("@/borough.yaml", 1, "error[");
    told("@/logo.svg", 1, "error[");
    assert_eq!(run.convenor(&["status", "@/conference.yaml", "--today", "soon"]).code, 2);
}

#[test]
fn a_record_that_cannot_be_read_is_an_error_and_not_an_earlier_stage() {
    let run = Run::on_the_example();
    run.build(&["--to", "txt", "--only", "terms"]);
    let record = run.read("out/CSC-2026-014/record.jsonl");
    let run = run.with("out/CSC-2026-014/record.jsonl", record.replacen("terms", "trems", 1));
    let outcome = run.convenor(&["status", "@/conference.yaml", "-o", "@/out"]);
    assert!(outcome.code == 1 && outcome.err.contains("broken-record"), "{}{}", outcome.out, outcome.err);
    assert!(!outcome.out.contains("Stage"), "{}", outcome.out);
}

#[test]
fn without_a_name_it_is_about_this_folder_and_the_papers_are_found_beside_the_file() {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt", "--only", "invitation"]);
    release(&run, "invitation", "2026-09-07");
    let here = run.program(&["status", "--today", "2026-09-10"]).expect("it ends");
    assert!(here.code == 0 && here.out.contains("Stage: invited, then held"), "{}{}", here.out, here.err);
    let elsewhere = run.convenor(&["status", "@/conference.yaml", "--today", "2026-09-10"]);
    assert_eq!(elsewhere.out, here.out, "{}", elsewhere.err);
    let nowhere = run.convenor(&["status", "@/conference.yaml", "--today", "2026-09-10", "-o", "@/other"]);
    assert!(nowhere.out.contains("Stage: called"), "{}", nowhere.out);
}

#[test]
fn a_file_full_of_faults_does_not_bury_the_others_and_says_what_lists_them() {
    let run = Run::on_the_example();
    let faulty = run.read("conference.yaml").replace("kind: fact,", "kind: fcat,");
    let run = run.with("b.yaml", faulty);
    for verb in ["status", "timetable"] {
        let told = run.convenor(&[verb, "@/b.yaml", "--today", "2026-11-10"]);
        assert_eq!(told.code, 1, "{verb}");
        assert_eq!(told.err.matches("error[unknown-word]").count(), 3, "{verb}: {}", told.err);
        assert!(told.err.contains("more errors: `convenor check b.yaml` lists them all"), "{verb}: {}", told.err);
        let all = run.convenor(&["check", "@/b.yaml"]).err.matches("error[unknown-word]").count();
        assert!(all > 10 && told.err.trim_end().ends_with(&format!("{all} errors")), "{verb}: {}", told.err);
        // A program is told of each.
        let json = run.convenor(&[verb, "@/b.yaml", "--today", "2026-11-10", "--message-format", "json"]);
        assert_eq!(json.err.matches("unknown-word").count(), all, "{verb}: {}", json.err);
    }
}
