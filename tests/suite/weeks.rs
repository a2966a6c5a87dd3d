//! Weeks in which steps are over before they are done, plans go on elsewhere, and messages are taken at their word.

use serde_json::Value;

use crate::life::to_come;
use crate::run::{Outcome, Run};
use crate::stages::{before_the_meeting, on, release, send, stands};
use crate::steps::{approved, decided, step, without_quorum};

const FILE: &str = "conference.yaml";

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn build(run: &Run, only: &str) -> Outcome {
    let built = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", only]);
    assert_eq!(built.code, 0, "{only}: {}", built.err);
    built
}

/// The texts of the papers whose paths have something in them.
fn texts(run: &Run, below: &str, part: &str) -> Vec<String> {
    let files = run.files(below).into_iter().filter(|file| file.ends_with(".txt") && file.contains(part));
    files.map(|file| plain(&run.read(&file))).collect()
}

/// The conference after the first, with what the check asks for said.
fn followed(run: Run, below: &str) -> Run {
    let begun = run.convenor(&["new", &format!("@/{below}"), "--review-of", "@/conference.yaml"]);
    assert_eq!(begun.code, 0, "{}", begun.err);
    let file = format!("{below}/conference.yaml");
    let text = run.read(&file).replace("items: []", "items: [1]").replace("excluded: [0]", "excluded: [2]");
    run.with(&file, text)
}

#[test]
fn what_can_be_of_no_use_any_more_is_owed_by_nobody_and_still_counts_as_not_done() {
    let run = approved(decided("close"), "2026-11-05");
    for id in ["correction-form", "report-requests"] {
        assert_eq!(step(&run, "2027-03-01", id), Value::Null, "{id}");
    }
    let said = on(&run, "figures", &["--today", "2027-03-01", "--format", "json"]).out;
    let all: Value = serde_json::from_str(&said).expect("JSON");
    let tables = all["councils"].as_array().expect("councils").iter().flat_map(|one| one["tables"].as_array());
    let steps = tables.flatten().find(|table| table["table"] == "steps").expect("steps");
    let rows = steps["rows"].as_array().expect("rows");
    assert!(rows.iter().any(|row| row["row"] == "report-requests"), "{steps}");
    // Before that they are owed.
    assert_eq!(step(&before_the_meeting(), "2026-09-20", "report-requests")["state"], "late");
    assert_eq!(step(&decided("close"), "2026-11-20", "correction-form")["state"], "late");
}

#[test]
fn at_the_desk_a_plan_is_counted_where_it_is_carried_on_and_its_review_is_not_begun_twice() {
    let mut alone = crate::visit::Visit::at(Run::on_the_example()).seated("Tom Hallam");
    let late = alone.open("/").says().matches("Late: ").count();
    assert!(late > 0 && alone.conference("").says().contains("Begin the review"));
    let mut visit = crate::visit::Visit::at(followed(Run::on_the_example(), "review")).seated("Tom Hallam");
    let home = visit.open("/").says();
    assert!(!home.contains("Action 1.1: ") || home.matches("Action 1.1: ").count() == 1, "{home}");
    let pages: Vec<String> = visit.open("/").links().into_iter().filter(|link| link.contains("/c/")).collect();
    let says: Vec<String> = pages.iter().map(|page| visit.open(page).says()).collect();
    let first: Vec<&String> = says.iter().filter(|says| says.contains("carried on by CSC-2026-014-R1")).collect();
    assert!(!first.is_empty() && first.iter().all(|says| !says.contains("Begin the review")), "{says:?}");
}

#[test]
fn the_summary_is_due_once_the_corrections_are_in() {
    // Minutes by 20 October, corrections ten working days later.
    assert_eq!(step(&before_the_meeting(), "2026-09-20", "summary")["due"], "2026-11-10");
}

#[test]
fn whoever_takes_an_action_on_later_is_told_later() {
    let first = "owner: owner, due: 2026-10-30, status: started";
    let with = |owner: &str| decided("revise").edit(FILE, first, &format!("{owner}, due: 2026-10-30, status: started"));
    let run = with("owner: to be agreed");
    build(&run, "action-notice");
    release(&run, "action-notice", "2026-09-30");
    send(&run, "action-notice", "2026-09-30");
    assert_eq!(step(&run, "2026-10-08", "action-notices")["state"], "done");
    let news = "owner: stalls, history: [{ on: 2026-10-07, was_owner: to be agreed }]";
    let run = run.edit(FILE, "owner: to be agreed", news);
    build(&run, "action-notice");
    let row = step(&run, "2026-10-08", "action-notices");
    assert_eq!((&row["state"], &row["due"]), (&"due".into(), &"2026-10-08".into()), "a day after the news: {row}");
    assert!(row["rule"].as_str().expect("a rule").contains("took it on later"), "{row}");
    assert_eq!(step(&run, "2026-10-12", "action-notices")["working_days_late"], 2);
    on(&run, "release", &["--only", "action-notice", "--checked-by", "Imani Oduya", "--on", "2026-10-08"]);
    send(&run, "action-notice", "2026-10-08");
    let row = step(&run, "2026-10-20", "action-notices");
    assert_eq!((&row["state"], row["working_days_late"].as_u64()), (&"done".into(), None), "{row}");
}

#[test]
fn minutes_that_went_out_before_they_were_approved_are_to_be_made_again_and_then_released() {
    let run = decided("revise");
    build(&run, "minutes");
    release(&run, "minutes", "2026-10-14");
    let run = approved(run, "2026-10-20");
    build(&run, "minutes");
    let lacks = |run: &Run| stands(run, "2026-10-21")["lacks"].to_string();
    assert!(lacks(&run).contains("minutes-not-reissued"), "{}", lacks(&run));
    // What it advises, done, leads on.
    let said = on(&run, "status", &["--today", "2026-10-21"]).out;
    assert!(plain(&said).contains("convenor build --reissue minutes --because approved"), "{said}");
    on(&run, "build", &["--reissue", "minutes", "--because", "approved"]);
    assert!(lacks(&run).contains("minutes-not-released"), "{}", lacks(&run));
}

#[test]
fn a_proof_that_is_lost_is_made_again_with_its_letters() {
    let run = to_come();
    let made = run.convenor(&["invite", "@/conference.yaml", "-o", "@/out", "--preview", "--make", "labels"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let proofs: Vec<String> = run.files("out").into_iter().filter(|file| file.contains("/proof/")).collect();
    let proof = proofs.iter().find(|file| file.ends_with(".pdf")).expect("a proof");
    std::fs::remove_file(run.path(proof)).expect("the tests may");
    let said = run.convenor(&["verify", "@/out/CSC-2026-014"]).err;
    assert!(said.contains("`convenor invite` again, with the options it had"), "{said}");
}

#[test]
fn that_something_is_changed_is_said_once_it_is() {
    // Something else is where former texts are kept.
    let run = Run::on_the_example().with(".convenor-undo", "not ours");
    let before = run.read(FILE);
    let said = run.convenor(&["set", "@/conference.yaml", "contingency=We meet again."]);
    assert!(said.code != 0 && !said.out.contains("changed"), "{} {}", said.out, said.err);
    assert_eq!(run.read(FILE), before);
}

#[test]
fn a_file_with_a_slip_in_it_is_not_called_unreadable() {
    let run = Run::on_the_example().with("other/conference.yaml", "reference: [\n");
    let said = run.convenor(&["status", "@/", "--today", "2026-12-01"]).out;
    assert!(said.contains("conference.yaml: 1 error; nothing is known of it before that is mended"), "{said}");
    // The desk is another face, and the program hands over to it.
    let nowhere = run.program(&["desk", "nowhere", "--no-open"]).expect("it ends");
    assert!(nowhere.code == 1 && nowhere.err.contains("there is no folder of this name"), "{}", nowhere.err);
}

#[test]
fn arguments_that_are_missing_or_do_not_go_together_are_told_as_other_errors_are() {
    let run = Run::on_nothing();
    for (args, says) in [
        (
            &["withdraw", "x", "--number", "1", "--erase"][..],
            "error: `--yes` is missing\n = help: add it; `convenor withdraw --help` has examples\n",
        ),
        (
            &["invite", "x", "--preview", "--yes"],
            "error: `--preview` does not go together with `--yes`\n = help: leave one of them out; `convenor invite --help` has examples\n",
        ),
        (
            &["withdraw", "x"],
            "error: `--of <NAME>` or `--number <NUMBER>` is missing\n = help: add it; `convenor withdraw --help` has examples\n",
        ),
    ] {
        let said = run.convenor(args);
        assert_eq!((said.code, said.err.as_str()), (2, says), "{args:?}");
    }
}

#[test]
fn an_empty_workbook_is_not_told_of_what_its_other_cells_give() {
    let run = Run::on_nothing();
    assert_eq!(run.convenor(&["new", "@/wb", "--workbook"]).code, 0);
    let said = run.convenor(&["check", "@/wb/conference.xlsx"]).err;
    assert!(said.contains("`Date` is needed") && !said.contains("the field `"), "{said}");
    // Nor is one day that is none told twice.
    let run = to_come().edit(FILE, "date: 2026-11-24", "date: 2026-11-31").edit(FILE, "  reply_by: 2026-11-17\n", "");
    let said = run.convenor(&["check", "@/conference.yaml"]).err;
    assert_eq!(said.matches("2026-11-31` is").count(), 1, "{said}");
}

#[test]
fn nobody_is_carried_over_with_the_days_of_the_last_invitation() {
    let text = to_come().read(FILE).replace("reply: accepted", "reply: accepted, replied_on: 2026-11-06");
    let text = text.replacen("reply: accepted", "invited_on: 2026-11-05, reply_by: 2026-11-10, reply: accepted", 1);
    let run = followed(to_come().with(FILE, text), "review");
    let review = run.read("review/conference.yaml");
    let invitees = review.split_once("invitees:").expect("they are there").1;
    for field in ["replied_on", "invited_on", "reply_by", "reply:", "arrived", "left:", "attended"] {
        assert!(!invitees.contains(field), "{field}: {invitees}");
    }
}

#[test]
fn nobody_is_asked_for_a_report_that_is_there() {
    let run = to_come();
    let line = run.read(FILE).lines().find(|line| line.contains("name: Dace Park Academy")).expect("it is").to_owned();
    let entry = line.strip_suffix(" }").expect("it is on a line");
    build(&run, "report-request,invitation");
    let asked = texts(&run, "out", "/report-request").len();
    let theirs = |run: &Run| {
        let letters = texts(run, "out", "professional/invitation");
        letters.into_iter().find(|letter| letter.contains("Dace Park Academy")).expect("a letter")
    };
    assert!(theirs(&run).contains("send your short report by"), "{}", theirs(&run));
    let run = run.edit(FILE, &line, &format!("{entry}, report: {{ received: 2026-10-30 }} }}"));
    build(&run, "report-request,invitation");
    assert_eq!(texts(&run, "out", "/report-request").len(), asked - 1, "the draft is taken away");
    assert!(!theirs(&run).contains("short report"), "{}", theirs(&run));
    let place = "  changes: [{ on: 2026-11-12, was: { venue: { name: The Boathouse, postcode: E20 9AA } } }]\n";
    let run = run.edit(FILE, "  reply_by: 2026-11-17\n", &format!("  reply_by: 2026-11-17\n{place}"));
    build(&run, "rearranged");
    let letters = texts(&run, "out", "professional/change");
    assert_eq!(letters.iter().filter(|letter| letter.contains("we have your report: thank you.")).count(), 1);
}

#[test]
fn a_meeting_held_again_brings_what_it_has_to_decide_and_is_not_late_by_construction() {
    let run = followed(without_quorum(), "again");
    let file = "again/conference.yaml";
    assert!(run.read(file).contains("provisional: \"The plan goes on."), "{}", run.read(file));
    let more = ["-o", "@/next", "--to", "txt", "--only", "chair-brief,invitation"];
    let built = run.convenor(&[&["build", "@/again/conference.yaml"], &more[..]].concat());
    assert!(built.code == 0 && !built.err.contains("[late]"), "{}", built.err);
    let brief = texts(&run, "next", "chair-brief").concat();
    assert!(brief.contains("To be decided again. The meeting on 29 September 2026 had too few agencies"), "{brief}");
    assert!(brief.contains("decided it again: “The plan goes on.”"), "{brief}");
    // Ten working days before 13 October is the day of the meeting without a quorum.
    let table = run.convenor(&["timetable", "@/again/conference.yaml", "--today", "2026-09-30", "--format", "json"]);
    let table: Value = serde_json::from_str(&table.out).expect("JSON");
    let steps = table["steps"].as_array().expect("steps");
    let row = steps.iter().find(|row| row["id"] == "invitations").expect("a row");
    assert_eq!((&row["due"], &row["state"]), (&"2026-09-30".into(), &"due".into()), "{row}");
    assert_eq!(row["rule"], "1 working day after the meeting without a quorum");
}

#[test]
fn nobody_is_asked_how_actions_stand_by_a_day_before_they_are_asked() {
    let asks = |day: &str| {
        let run = decided("revise");
        let run = run.edit(FILE, "review: { date: 2027-01-19,", &format!("review: {{ date: {day},"));
        build(&run, "progress-report");
        texts(&run, "out", "/progress").concat()
    };
    assert!(asks("2027-01-19").contains("Please send this by"));
    // The form is dated 13 October.
    let soon = asks("2026-10-16");
    assert!(!soon.contains("Please send this by") && soon.contains("Please send this, before"), "{soon}");
}
