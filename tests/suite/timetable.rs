//! The timetable of a conference: every kind of rule, how steps stand, and what a council does otherwise.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::run::{Outcome, Run};
use crate::stages::{before_the_meeting, on, release, send, with_attendance};

fn asked(run: &Run, more: &[&str]) -> Outcome {
    run.convenor(&[&["timetable", "@/conference.yaml", "-o", "@/out"], more].concat())
}

/// The steps of a conference on a day, by id.
fn steps(run: &Run, today: &str) -> BTreeMap<String, Value> {
    let outcome = asked(run, &["--format", "json", "--today", today]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let table: Value = serde_json::from_str(&outcome.out).expect("JSON");
    let rows = table["steps"].as_array().expect("steps").clone();
    rows.into_iter().map(|row| (row["id"].as_str().expect("an id").to_owned(), row)).collect()
}

fn of<'v>(steps: &'v BTreeMap<String, Value>, id: &str, fields: &[&str]) -> Vec<&'v Value> {
    fields.iter().map(|field| &steps.get(id).unwrap_or_else(|| panic!("no {id}: {steps:?}"))[*field]).collect()
}

#[test]
fn each_step_of_the_example_is_due_on_the_day_that_its_rule_gives() {
    let run = Run::on_the_example();
    let steps = steps(&run, "2026-11-02");
    // Counted by hand on a wall calendar: Christmas Day and the day for Boxing Day do not count.
    for (id, due, rule) in [
        ("assessment", "2026-10-16", ""),
        ("meeting", "2026-11-27", "30 working days after the assessment"),
        ("invitations", "2026-11-10", "10 working days before the meeting"),
        ("agency-checks", "2026-11-13", "7 working days before the meeting"),
        ("papers", "2026-11-19", "3 working days before the meeting"),
        ("replies", "2026-11-17", ""),
        ("decision-letter", "2026-11-25", "1 working day after the meeting"),
        ("action-notices", "2026-11-25", ""),
        ("summary", "2027-01-08", "5 working days after “Have all corrections to the minutes”"),
        ("correction-form", "2026-12-15", ""),
        ("keeping-papers", "2027-01-08", "5 working days after “Have all corrections to the minutes”"),
        ("child-notes", "2026-11-26", "2 working days after the meeting"),
        ("implementation-group", "2026-12-08", "10 working days after the meeting"),
        ("minutes", "2026-12-15", "15 working days after the meeting"),
        ("corrections", "2026-12-31", "10 working days after “Send the minutes”"),
        ("first-review", "2027-02-24", "3 months after the meeting"),
        ("action-1.3", "2026-12-01", ""),
    ] {
        assert_eq!(of(&steps, id, &["due", "rule"]), [due, rule], "{id}");
    }
    assert_eq!(of(&steps, "first-review", &["set", "state"]), ["2027-02-23", "due"]);
    assert_eq!(of(&steps, "minutes", &["who", "name"]), ["minute-taker", "Tom Hallam"]);
    assert_eq!(of(&steps, "decision-letter", &["who", "name"]), ["chair", "Adaeze Okonkwo"]);
    assert_eq!(of(&steps, "assessment", &["who", "name"]), ["author", "Ruth Penhaligon"]);
    assert_eq!(of(&steps, "action-1.3", &["who", "name"]), ["housing", "Mill Lane Homes"]);
    assert!(!steps.contains_key("exclusions") && !steps.contains_key("closing-record"));
    assert!(!steps.contains_key("papers-of-review") && !steps.contains_key("later-review"));
}

#[test]
fn a_step_is_due_late_past_or_done_and_the_days_it_is_late_are_working_days() {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt"]);
    release(&run, "invitation", "2026-09-07");
    // Due on 15 September, ten working days before 29 September.
    let state = |run: &Run, today: &str, id: &str| {
        let steps = steps(run, today);
        let row = &steps[id];
        (row["state"].as_str().expect("a state").to_owned(), row["working_days_late"].as_u64().unwrap_or_default())
    };
    let is = |state: &str, late: u64| (state.to_owned(), late);
    assert_eq!(state(&run, "2026-09-15", "invitations"), is("due", 0));
    assert_eq!(state(&run, "2026-09-16", "invitations"), is("late", 1));
    assert_eq!(state(&run, "2026-09-21", "invitations"), is("late", 4), "a weekend does not count");
    on(&run, "sent", &["--paper", "invitation", "--number", "2", "--how", "post", "--on", "2026-09-14"]);
    let some = steps(&run, "2026-09-21");
    assert_eq!(of(&some, "invitations", &["state", "progress"]), ["late", "1 of 6 sent"]);
    send(&run, "invitation", "2026-09-17");
    assert_eq!(state(&run, "2026-09-21", "invitations"), is("done", 2));
    assert_eq!(
        of(&steps(&run, "2026-09-21"), "invitations", &["done", "progress"]),
        [&Value::from("2026-09-17"), &Value::Null]
    );
    // Nothing could say whether agencies were asked; the meeting is not recorded as held until somebody's attendance is.
    assert_eq!(state(&run, "2026-09-30", "agency-checks"), is("past", 0));
    // Fifteen working days after the assessment of 14 August, less the bank holiday, is 7 September; a review has no such rule.
    assert_eq!(state(&run, "2026-10-01", "meeting-of-review"), is("late", 2));
    let run = with_attendance(run);
    assert_eq!(state(&run, "2026-10-01", "meeting-of-review"), is("done", 0));
    assert_eq!(of(&steps(&run, "2026-10-01"), "replies", &["state", "done"]), [&Value::from("done"), &Value::Null]);
}

#[test]
fn a_step_that_waits_for_a_paper_is_counted_from_the_day_on_which_that_was_sent() {
    let run = with_attendance(before_the_meeting());
    on(&run, "build", &["--to", "txt", "--only", "minutes"]);
    // Fifteen working days after 29 September is 20 October.
    assert_eq!(of(&steps(&run, "2026-10-01"), "corrections", &["due"]), ["2026-11-03"]);
    release(&run, "minutes", "2026-10-14");
    send(&run, "minutes", "2026-10-15");
    assert_eq!(of(&steps(&run, "2026-10-16"), "corrections", &["due"]), ["2026-10-29"]);
}

#[test]
fn a_new_version_that_is_not_sent_yet_does_not_undo_what_was_sent() {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt", "--only", "invitation"]);
    release(&run, "invitation", "2026-09-07");
    send(&run, "invitation", "2026-09-08");
    let run = run.edit("conference.yaml", "name: The Exchange,", "name: The Guildhall,");
    let again = ["--to", "txt", "--only", "invitation", "--reissue", "invitation", "--because", "the room has changed"];
    on(&run, "build", &again);
    assert_eq!(of(&steps(&run, "2026-09-21"), "invitations", &["state", "done"]), ["done", "2026-09-08"]);
}

#[test]
fn a_review_that_the_council_sets_late_is_said_to_be_so_and_is_not_asked_about_for_ever() {
    let run = Run::on_the_example().edit("conference.yaml", "date: 2027-02-23", "date: 2027-03-01");
    let late = steps(&run, "2026-12-01");
    assert_eq!(of(&late, "first-review", &["due", "set", "state"]), ["2027-02-24", "2027-03-01", "due"]);
    assert_eq!(late["first-review"]["working_days_late"], 3);
    assert_eq!(of(&steps(&run, "2027-04-01"), "first-review", &["state"]), ["past"]);
    let closed = run.edit("conference.yaml", "option: plan-agreed", "option: no-plan");
    assert!(!steps(&closed, "2026-12-01").contains_key("first-review"), "no conference follows");
}

#[test]
fn an_action_is_late_until_it_is_done_and_given_up_ones_are_not() {
    let run = Run::on_the_example();
    assert_eq!(of(&steps(&run, "2026-12-04"), "action-1.3", &["state", "progress"]), ["late", "started"]);
    assert_eq!(steps(&run, "2026-12-04")["action-1.3"]["working_days_late"], 3);
    let run = run.edit("conference.yaml", "due: 2026-12-01, status: started", "due: 2026-12-01, status: dropped");
    assert_eq!(of(&steps(&run, "2026-12-04"), "action-1.3", &["state", "progress"]), ["done", "given up"]);
    assert!(steps(&run, "2026-12-04")["action-1.3"]["working_days_late"].is_null());
}

/// The example with a timetable of its council's own.
fn with(steps: &str) -> Run {
    Run::on_the_example().edit("borough.yaml", "settings:\n", &format!("settings:\n  timetable:\n{steps}"))
}

#[test]
fn a_council_adds_changes_and_leaves_out_steps() {
    let run = with(
        "    invitations: { by: 15 working days before the meeting }\n    premises: { title: Ring the owner, by: 3 working days after the assessment, who: author }\n    ring-again: { title: Ring again, by: 1 month before the premises }\n    terms-out: { title: Send the rules, by: 2 working days before the invitations, paper: terms }\n    agency-checks: { left_out: true }\n",
    );
    let steps = steps(&run, "2026-11-05");
    assert_eq!(of(&steps, "invitations", &["due", "title", "state"]), ["2026-11-03", "Send the invitations", "late"]);
    assert_eq!(of(&steps, "premises", &["due", "name", "state"]), ["2026-10-21", "Ruth Penhaligon", "past"]);
    assert_eq!(of(&steps, "ring-again", &["due", "rule"]), ["2026-09-21", "1 month before “Ring the owner”"]);
    assert_eq!(of(&steps, "terms-out", &["due", "state"]), ["2026-10-30", "late"]);
    assert!(!steps.contains_key("agency-checks"));
}

#[test]
fn two_councils_and_three_nations_have_their_own_days() {
    // Northmere has other timescales than Marshgate, and no step of its own.
    let northmere = steps(&Run::on_the_council("northmere"), "2026-10-20");
    let marshgate = steps(&Run::on_the_example(), "2026-10-20");
    assert_eq!(of(&northmere, "meeting", &["rule"]), ["15 working days after the assessment"]);
    assert_eq!(of(&marshgate, "meeting", &["rule"]), ["30 working days after the assessment"]);
    // 30 November is a bank holiday in Scotland, and 28 December in all three.
    for (nation, group, corrections) in [
        ("england-and-wales", "2026-12-08", "2026-12-31"),
        ("wales", "2026-12-08", "2026-12-31"),
        ("scotland", "2026-12-09", "2027-01-05"),
        ("northern-ireland", "2026-12-08", "2026-12-31"),
    ] {
        let run =
            Run::on_the_example().edit("borough.yaml", "settings:\n", &format!("settings:\n  calendar: {nation}\n"));
        let steps = steps(&run, "2026-11-02");
        let due = [&steps["implementation-group"]["due"], &steps["corrections"]["due"]];
        assert_eq!(due, [group, corrections], "{nation}");
    }
}

#[test]
fn what_is_wrong_with_a_rule_is_told_at_its_line_with_what_to_do() {
    for (steps, told) in [
        (
            "    invitatons: { by: 5 working days before the meeting }\n",
            "the new step `invitatons` needs a `title:` and a `by:`",
        ),
        ("    agency-check: { left_out: true }\n", "did you mean `agency-checks`?"),
        ("    minutes: { by: 5 working days after the decison letter }\n", "did you mean `decision-letter`?"),
        ("    minutes: { by: minuts after the meeting }\n", "this rule names a timescale that there is not"),
        ("    minutes: { by: 5 working days after the corrections }\n", "the step `minutes` is counted from itself"),
        ("    minutes: { by: 5 days after the meeting }\n", "is not a rule"),
        ("    minutes: { by: 521 working days after the meeting }\n", "is not a rule"),
        ("    minutes: { paper: minuets }\n", "there is no paper called `minuets`"),
        ("    minutes: { who: clerk }\n", "`clerk`"),
    ] {
        let outcome = with(steps).convenor(&["check", "@/conference.yaml"]);
        assert_eq!(outcome.code, 1, "{steps}");
        assert!(outcome.err.contains(told) && outcome.err.contains("borough.yaml:"), "{steps}: {}", outcome.err);
    }
}

#[test]
fn the_table_fits_a_terminal_and_says_until_when_bank_holidays_are_known() {
    let run = Run::on_the_example();
    let table = asked(&run, &["--today", "2026-11-16"]).out;
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    assert!(table.starts_with("CSC-2026-014, as it stands on 16 November 2026\n"), "{table}");
    for part in ["Tue 10 Nov 2026  Send the invitations (Tom Hallam)  not done, 4 working days", "its day is past"] {
        assert!(table.contains(part), "{part}: {table}");
    }
    assert!(!table.contains("Bank holidays are known"));
    let run = run.edit(
        "borough.yaml",
        "settings:\n",
        "settings:\n  timetable: { far: { title: Look back, by: 40 months after the meeting } }\n",
    );
    let table = asked(&run, &[]).out;
    assert!(table.ends_with("Bank holidays are known until 31 December 2028: days after it may move.\n"), "{table}");
}

#[test]
fn a_spreadsheet_a_program_and_a_log_get_the_same_days() {
    let run = with("    premises: { title: \"=cmd()\", by: 3 working days after the assessment }\n");
    let csv = asked(&run, &["--format", "csv", "--today", "2026-11-12"]).out;
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("day,step,title,who,name,rule,due,set,done,state,working_days_late"));
    assert!(csv.contains("'=cmd()"), "no cell is a formula: {csv}");
    let row = "2026-11-10,invitations,Send the invitations,maker,Tom Hallam,10 working days before the meeting,2026-11-10,,,late,2";
    assert!(lines.any(|line| line == row), "{csv}");
    let log = asked(&run, &["--message-format", "json", "--today", "2026-11-12"]).out;
    let rows: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(rows.len(), csv.lines().count() - 1);
    let invitations = rows.iter().find(|row| row["step"] == "invitations").expect("it is there");
    assert_eq!((&invitations["state"], &invitations["working_days_late"]), (&"late".into(), &2.into()));
    assert!(!log.contains("Hallam") && !log.contains("cmd"), "no name and no text: {log}");
}

#[test]
fn a_calendar_has_a_day_for_each_step_that_is_open_and_the_same_identity_each_time() {
    let run = Run::on_the_example();
    let ics = asked(&run, &["--ics", "--today", "2026-11-12"]).out;
    let entries = ics.matches("BEGIN:VEVENT").count();
    let open =
        steps(&run, "2026-11-12").into_values().filter(|row| row["state"] == "due" || row["state"] == "late").count();
    // What nobody owes any more is taken off the calendar.
    let cancelled = ics.matches("STATUS:CANCELLED").count();
    assert!(entries == open + cancelled && open > 10, "{entries} entries, {open} open steps, {cancelled} cancelled");
    assert!(ics.contains("UID:CSC-2026-014-step-minutes@marshgate.example\r\n"), "{ics}");
    assert!(ics.contains("DTSTART;VALUE=DATE:20261215\r\n") && ics.contains("METHOD:PUBLISH\r\n"), "{ics}");
    assert!(!ics.contains("step-assessment@"), "what is done needs no reminder");
    assert!(ics.lines().all(|line| line.len() <= 75), "RFC 5545 §3.1");
    assert_eq!(asked(&run, &["--format", "ics", "--today", "2026-11-12"]).out, ics);
    let moved = run.edit("conference.yaml", "date: 2026-11-24", "date: 2026-11-25");
    let later = asked(&moved, &["--ics", "--today", "2026-11-12"]).out;
    assert!(
        later.contains("UID:CSC-2026-014-step-minutes@marshgate.example\r\n") && later.contains(":20261216\r\n"),
        "{later}"
    );
}

#[test]
fn a_faulty_conference_has_no_timetable_and_a_day_is_written_as_elsewhere() {
    let run = Run::on_the_example().edit("conference.yaml", "chair: p-chair", "chair: p-chiar");
    let outcome = asked(&run, &[]);
    assert!(outcome.code == 1 && outcome.out.is_empty() && outcome.err.contains("unknown-person"), "{}", outcome.err);
    assert_eq!(asked(&run, &["--today", "12/11/2026"]).code, 2);
    assert_eq!(asked(&run, &["--ics", "--format", "csv"]).code, 2);
    let outcome = Run::on_nothing().convenor(&["timetable", "@/none.yaml"]);
    assert_eq!(outcome.code, 3, "{}", outcome.err);
}
