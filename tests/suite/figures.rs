//! Figures for a yearly report, counted by hand from the fixtures.

use serde_json::{Value, json};

use crate::run::{Outcome, Run};
use crate::stages::{before_the_meeting, on, release, send, with_attendance};
use crate::status::boroughs;

const TODAY: &str = "2026-12-05";

fn asked(run: &Run, more: &[&str]) -> Outcome {
    run.convenor(&[&["figures", "@/", "--today", TODAY], more].concat())
}

fn figures(run: &Run, more: &[&str]) -> Value {
    let outcome = asked(run, &[&["--format", "json"], more].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    serde_json::from_str(&outcome.out).expect("JSON")
}

/// The counts of a row, in the order of the columns; a count that is held back is `null`.
fn row(figures: &Value, council: &str, table: &str, row: &str) -> Value {
    let council = if council == "all" { Value::Null } else { json!(council) };
    let find = |list: &Value, key: &str, is: &Value| {
        list.as_array().expect("a list").iter().find(|one| one[key] == *is).cloned().unwrap_or(Value::Null)
    };
    let tables = find(&figures["councils"], "council", &council);
    if tables.is_null() {
        return Value::Null;
    }
    let rows = find(&tables["tables"], "table", &json!(table));
    if rows.is_null() { Value::Null } else { find(&rows["rows"], "row", &json!(row))["counts"].clone() }
}

/// The three councils, whose small counts are shown.
fn shown() -> Run {
    ["a-north", "b-kestrel", "c-marsh"].iter().fold(boroughs(), |run, folder| {
        let file = format!("{folder}/borough.yaml");
        let text = run.read(&file);
        let own = if text.contains("\nsettings:\n") {
            text.replacen("\nsettings:\n", "\nsettings:\n  small_count: 0\n", 1)
        } else {
            format!("{text}\nsettings: {{ small_count: 0 }}\n")
        };
        run.with(&file, own)
    })
}

#[test]
fn the_figures_of_three_councils_are_those_that_a_person_counts() {
    let figures = figures(&shown(), &[]);
    let held = |held: usize, quorum: usize, community: usize| json!({ "held": held, "quorum": quorum, "community": community, "cancelled": 0, "not-recorded": 0, "to-come": 0 });
    assert_eq!(row(&figures, "marshgate", "conferences", "initial"), held(1, 1, 1));
    assert_eq!(row(&figures, "kestrel-vale", "conferences", "review"), held(1, 1, 1));
    assert_eq!(row(&figures, "all", "conferences", "initial"), held(2, 2, 2));
    let people = |came: usize, apologies: usize, none: usize| {
        let invited = came + apologies + none;
        json!({ "invited": invited, "came": came, "apologies": apologies, "no-answer": none, "absent": 0, "uninvited": 0 })
    };
    for (council, category, came, apologies, none) in [
        ("marshgate", "statutory", 3, 0, 1),
        ("marshgate", "professional", 4, 0, 0),
        ("marshgate", "business", 3, 1, 0),
        ("marshgate", "guardian", 1, 1, 0),
        ("marshgate", "all", 16, 2, 1),
        ("northmere", "statutory", 3, 0, 0),
        ("northmere", "all", 9, 0, 0),
        ("kestrel-vale", "all", 6, 0, 0),
        ("all", "statutory", 8, 0, 1),
        ("all", "business", 7, 1, 0),
        ("all", "youth-representative", 3, 0, 0),
        ("all", "all", 31, 2, 1),
    ] {
        assert_eq!(row(&figures, council, "people", category), people(came, apologies, none), "{council} {category}");
    }
    let step = |on_time: usize, late: usize, not_done: usize, not_due: usize| json!({ "on-time": on_time, "late": late, "not-done": not_done, "not-due": not_due });
    assert_eq!(row(&figures, "marshgate", "steps", "meeting"), step(1, 0, 0, 0));
    assert_eq!(row(&figures, "marshgate", "steps", "invitations"), step(0, 0, 1, 0));
    assert_eq!(row(&figures, "marshgate", "steps", "minutes"), step(0, 0, 0, 1));
    // Fifteen working days after 28 September had gone on 10 November.
    assert_eq!(row(&figures, "all", "steps", "meeting"), step(1, 1, 0, 0));
    assert_eq!(row(&figures, "all", "steps", "invitations"), step(0, 0, 3, 0));
    for unknown in ["agency-checks", "implementation-group", "corrections", "meeting-of-review"] {
        assert_eq!(row(&figures, "all", "steps", unknown), Value::Null, "nobody says whether it was done");
    }
    let action = |done: usize, late: usize, open: usize, dropped: usize| json!({ "done": done, "late": late, "open": open, "dropped": dropped });
    assert_eq!(row(&figures, "marshgate", "actions", "actions"), action(0, 1, 8, 0));
    assert_eq!(row(&figures, "kestrel-vale", "actions", "actions"), action(0, 2, 0, 0));
    assert_eq!(row(&figures, "all", "actions", "actions"), action(0, 5, 9, 0));
    let reviews = json!({ "on-time": 0, "late": 0, "not-recorded": 0, "not-due": 3 });
    assert_eq!(row(&figures, "all", "reviews", "reviews"), reviews);
    assert_eq!((&figures["small_count"], &figures["left_out"]), (&json!(0), &json!(0)));
}

#[test]
fn a_period_has_both_its_ends_and_may_have_one_or_none() {
    let run = shown();
    let held = |more: &[&str]| {
        let figures = figures(&run, more);
        let councils = ["northmere", "kestrel-vale", "marshgate"];
        councils.map(|council| !row(&figures, council, "people", "all").is_null())
    };
    // 29 September, 10 November and 24 November.
    assert_eq!(held(&["--from", "2026-11-10", "--to", "2026-11-24"]), [true, false, true]);
    assert_eq!(held(&["--from", "2026-11-11", "--to", "2026-11-24"]), [false, false, true]);
    assert_eq!(held(&["--from", "2026-11-10", "--to", "2026-11-23"]), [true, false, false]);
    assert_eq!(held(&["--to", "2026-09-29"]), [false, true, false]);
    assert_eq!(held(&["--from", "2026-11-24"]), [false, false, true]);
    let none = asked(&run, &["--from", "2025-04-01", "--to", "2026-03-31"]);
    assert!(none.code == 0 && none.out.contains("No conference of these folders has its meeting"), "{}", none.out);
    let turned = asked(&run, &["--from", "2026-11-24", "--to", "2026-11-10"]);
    assert!(turned.code == 1 && turned.out.is_empty(), "{}", turned.out);
    assert!(turned.err.contains("the period ends on 2026-11-10, before it begins"), "{}", turned.err);
    // A next conference counts by its own day.
    let next = figures(&run, &["--from", "2027-02-24", "--to", "2027-02-24"]);
    assert_eq!(row(&next, "marshgate", "reviews", "reviews")["not-due"], 1);
    assert_eq!(row(&next, "marshgate", "conferences", "initial"), Value::Null);
}

#[test]
fn small_counts_of_people_and_what_would_give_them_away_are_held_back_and_the_text_says_so() {
    let run = Run::on_the_example();
    let counts = figures(&run, &[]);
    let all = json!({ "invited": 19, "came": null, "apologies": null, "no-answer": null, "absent": 0, "uninvited": 0 });
    assert_eq!(row(&counts, "marshgate", "people", "all"), all);
    // Two of three that come to three would be told by their sum, so the largest is held back as well.
    let business =
        json!({ "invited": null, "came": null, "apologies": null, "no-answer": 0, "absent": 0, "uninvited": 0 });
    assert_eq!(row(&counts, "marshgate", "people", "business"), business);
    let table = asked(&run, &[]).out;
    assert!(
        table.contains("* is a number of people from 1 to 4, or one that would give such a number away.\n"),
        "{table}"
    );
    assert!(
        table.contains(
            "\nAll                                        19          *          *          *          0          0\n"
        ),
        "{table}"
    );
    // What is about conferences, steps and actions is shown, however small.
    assert!(table.contains(
        "\nFirst conferences                           1          1          1          0          0          0\n"
    ));
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    let csv = asked(&run, &["--format", "csv"]).out;
    assert!(csv.starts_with("council,table,row,title,measure,count,held_back\n"), "{csv}");
    assert!(csv.contains("\nmarshgate,people,guardian,Community guardians,came,,yes\n"), "{csv}");
    assert!(csv.contains("\nmarshgate,actions,actions,Actions,late,1,\n"), "{csv}");
    let loose = asked(&shown(), &[]).out;
    assert!(loose.contains("The council’s `small_count` holds no number of people back."), "{loose}");
}

#[test]
fn over_several_councils_no_difference_of_totals_gives_a_small_count_away() {
    let figures = figures(&boroughs(), &[]);
    let came = |council: &str, category: &str| row(&figures, council, "people", category)["came"].clone();
    // Of 8 statutory partners who came, 3, 3 and 2 are each council's.
    let of_each = ["marshgate", "northmere", "kestrel-vale"].map(|council| came(council, "statutory"));
    assert_eq!(of_each, [Value::Null, Value::Null, Value::Null]);
    let invited = |council: &str| row(&figures, council, "people", "all")["invited"].clone();
    // Six people in four categories are three at the most in each, so the six is held back, and the nine with it.
    assert_eq!(["marshgate", "northmere", "kestrel-vale"].map(invited), [json!(19), Value::Null, Value::Null]);
    assert_eq!(row(&figures, "all", "people", "all")["invited"], 34);
}

#[test]
fn what_the_record_says_was_sent_is_on_time_or_late() {
    for (day, is) in [("2026-09-15", "on-time"), ("2026-09-17", "late")] {
        let run = before_the_meeting();
        on(&run, "build", &["--to", "txt", "--only", "invitation"]);
        release(&run, "invitation", "2026-09-07");
        send(&run, "invitation", day);
        let counts = figures(&with_attendance(run), &[]);
        assert_eq!(row(&counts, "kestrel-vale", "steps", "invitations")[is], 1, "{day}");
    }
    // Before anybody's attendance is recorded, nothing is counted of it but that.
    let open = figures(&before_the_meeting(), &[]);
    assert_eq!(row(&open, "kestrel-vale", "conferences", "review")["not-recorded"], 1);
    assert_eq!(row(&open, "kestrel-vale", "people", "all"), Value::Null);
    let early = before_the_meeting().convenor(&["figures", "@/", "--today", "2026-09-29", "--format", "json"]).out;
    let early: Value = serde_json::from_str(&early).expect("JSON");
    assert_eq!(row(&early, "kestrel-vale", "conferences", "review")["to-come"], 1);
}

#[test]
fn a_faulty_conference_is_told_and_left_out_and_one_that_lies_there_twice_counts_once() {
    let run = boroughs().edit("c-marsh/conference.yaml", "  chair: p-chair\n", "");
    let outcome = asked(&run, &[]);
    assert!(outcome.code == 1 && outcome.err.contains("c-marsh/conference.yaml:"), "{}", outcome.err);
    assert!(outcome.out.contains("\nOne conference is not counted, since its file has errors.\n"), "{}", outcome.out);
    assert!(outcome.out.contains("\nNorthmere\n") && !outcome.out.contains("\nMarshgate\n"), "{}", outcome.out);
    let run = boroughs();
    let text = run.read("c-marsh/conference.yaml");
    let run = run.with("c-marsh/copy/conference.yaml", text);
    let twice = asked(&run, &["--format", "json"]);
    assert!(twice.code == 0 && twice.err.contains("warning[duplicate-id]"), "{}", twice.err);
    let counts: Value = serde_json::from_str(&twice.out).expect("JSON");
    assert_eq!(row(&counts, "marshgate", "conferences", "initial")["held"], 1);
    let empty = Run::on_nothing().with("empty/readme.txt", "nothing").convenor(&["figures", "@/empty"]);
    assert!(empty.code == 1 && empty.out.is_empty() && empty.err.contains("there is no `conference.yaml`"));
}

#[test]
fn a_cancelled_meeting_is_one_and_nobody_is_counted_as_invited_to_it() {
    let text = "  reply_by: 2026-11-17\n  cancelled: { on: 2026-11-20 }\n";
    let run = crate::life::to_come().edit("conference.yaml", "  reply_by: 2026-11-17\n", text);
    let outcome = asked(&run, &["--format", "json"]);
    let counts: Value = serde_json::from_str(&outcome.out).expect("JSON");
    let initial = row(&counts, "marshgate", "conferences", "initial");
    assert_eq!((&initial["cancelled"], &initial["held"]), (&json!(1), &json!(0)), "{}", outcome.err);
    assert_eq!(row(&counts, "marshgate", "people", "all"), Value::Null);
}

#[test]
fn a_page_for_a_report_is_markdown_and_nothing_names_anybody() {
    let run = boroughs().edit("a-north/borough.yaml", "settings:\n", "settings:\n  timetable: { extra: { title: \"A | <b>b</b>\", by: 2 working days after the meeting, paper: minutes } }\n");
    let page = asked(&run, &["--format", "md", "--from", "2026-04-01", "--to", "2027-03-31"]).out;
    let heading =
        "# Conferences from 1 April 2026 to 31 March 2027, as their files were on 5 December 2026\n\n## Kestrel Vale\n";
    assert!(page.starts_with(heading), "{page}");
    assert!(page.contains("\n## All councils\n\n### Conferences\n"), "{page}");
    assert!(page.contains("\n| A \\| \\<b\\>b\\<\\/b\\> |") || page.contains("\n| A \\| \\<b\\>b\\</b\\> |"), "{page}");
    assert!(page.contains("\n| All | 34 | "), "{page}");
    for format in ["table", "csv", "json", "md"] {
        let said = asked(&run, &["--format", format]).out;
        for name in ["Nair", "Okonkwo", "Penhaligon", "Ngata", "Achebe", "Station Parade", "Parade Pharmacy"] {
            assert!(!said.contains(name), "{format}: {name}");
        }
    }
    let log = asked(&run, &["--message-format", "json"]).out;
    assert!(log.lines().count() == 1 && !log.contains("Kestrel Vale") && !log.contains("<b>"), "{log}");
}
