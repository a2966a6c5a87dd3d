//! Steps of a timetable: who was invited late, what cannot be done, what a meeting without a quorum owes, and what nothing can say.

use serde_json::Value;

use crate::run::{Outcome, Run};
use crate::stages::{before_the_meeting, on, release, send, stands, with_attendance, with_decision};

/// A step of the timetable on a day. `Null` if there is none of this id.
pub fn step(run: &Run, today: &str, id: &str) -> Value {
    let table = on(run, "timetable", &["--format", "json", "--today", today]).out;
    let table: Value = serde_json::from_str(&table).expect("JSON");
    let steps = table["steps"].as_array().expect("steps").iter();
    steps.clone().find(|row| row["id"] == id).cloned().unwrap_or_default()
}

/// How it stands, the day on which it is due, and the working days by which it is late.
fn standing(run: &Run, today: &str, id: &str) -> (String, String, u64) {
    let row = step(run, today, id);
    let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
    (text("state"), text("due"), row["working_days_late"].as_u64().unwrap_or_default())
}

/// A text with single spaces.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is(state: &str, due: &str, late: u64) -> (String, String, u64) {
    (state.to_owned(), due.to_owned(), late)
}

fn number(run: &Run, paper: &str, number: &str, day: &str) {
    on(run, "sent", &["--paper", paper, "--number", number, "--how", "post", "--on", day]);
}

/// Everybody has an invitation in good time, by 15 September.
fn invited() -> Run {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt"]);
    release(&run, "invitation", "2026-09-07");
    send(&run, "invitation", "2026-09-14");
    run
}

/// One more of the stall holders.
fn with_latecomer(run: Run, name: &str, more: &str) -> Run {
    let one = format!(
        "invitees:\n  - {{ person: {{ name: \"{name}\", salutation: \"{name}\" }}, id: late, organisation: stalls, address: [Stall 15, Corn Exchange, KESTREL VALE, SY91 0AE]{more} }}\n"
    );
    run.edit("conference.yaml", "invitees:\n", &one)
}

/// What figures say of the invitations, with small counts.
fn of_invitations(run: &Run, today: &str) -> Value {
    let run = Run::on_nothing().copied(run).edit("borough.yaml", "settings:\n", "settings:\n  small_count: 0\n");
    let run = with_attendance(run);
    let figures = run.convenor(&["figures", "@/conference.yaml", "-o", "@/out", "--today", today, "--format", "json"]);
    assert_eq!(figures.code, 0, "{}", figures.err);
    let all: Value = serde_json::from_str(&figures.out).expect("JSON");
    let tables = all["councils"].as_array().expect("councils").iter().flat_map(|one| one["tables"].as_array());
    let steps = tables.flatten().find(|table| table["table"] == "steps").expect("steps");
    let rows = steps["rows"].as_array().expect("rows");
    rows.iter().find(|row| row["row"] == "invitations").expect("a row")["counts"].clone()
}

#[test]
fn whoever_is_invited_late_makes_nobody_elses_letter_late() {
    for name in ["Ms Una Late", "Œzgür Yıldız-Ó Briain", "王小明", "O'Neill & Sons <Ltd>"] {
        let run = with_latecomer(invited(), name, ", reply_by: 2026-09-25");
        on(&run, "build", &["--to", "txt", "--only", "invitation"]);
        assert_eq!(standing(&run, "2026-09-17", "invitations"), is("due", "2026-09-25", 0), "{name}");
        let row = step(&run, "2026-09-17", "invitations");
        assert_eq!(row["progress"], "6 of 7 sent; one person was invited later");
        // Whoever has longer to reply has no letter after that either.
        assert_eq!(standing(&run, "2026-09-28", "invitations"), is("late", "2026-09-25", 1));
        on(&run, "release", &["--only", "invitation", "--checked-by", "Imani Oduya", "--on", "2026-09-17"]);
        number(&run, "invitation", "7", "2026-09-18");
        assert_eq!(standing(&run, "2026-09-21", "invitations"), is("done", "2026-09-15", 0));
        assert_eq!(step(&run, "2026-09-21", "invitations")["done"], "2026-09-18");
        assert_eq!(
            of_invitations(&run, "2026-10-01"),
            serde_json::json!({ "on-time": 1, "late": 0, "not-done": 0, "not-due": 0 })
        );
    }
}

#[test]
fn whoever_has_no_number_when_the_first_letters_go_out_was_invited_late_without_a_day_of_their_own() {
    let run = with_latecomer(invited(), "Ms Una Late", "");
    on(&run, "build", &["--to", "txt", "--only", "invitation,agenda"]);
    // By the day by which everybody replies.
    assert_eq!(standing(&run, "2026-09-17", "invitations"), is("due", "2026-09-22", 0));
    assert_eq!(standing(&run, "2026-09-23", "invitations"), is("late", "2026-09-22", 1));
    release(&run, "invitation", "2026-09-17");
    number(&run, "invitation", "7", "2026-09-24");
    assert_eq!(standing(&run, "2026-09-25", "invitations"), is("done", "2026-09-15", 2), "two days after their own");
}

#[test]
fn somebody_who_was_forgotten_is_late_even_if_another_is_invited_late() {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt", "--only", "invitation"]);
    release(&run, "invitation", "2026-09-07");
    for one in ["1", "2", "3", "4", "5"] {
        number(&run, "invitation", one, "2026-09-14");
    }
    let run = with_latecomer(run, "Ms Una Late", ", reply_by: 2026-09-25");
    on(&run, "build", &["--to", "txt", "--only", "invitation"]);
    assert_eq!(standing(&run, "2026-09-17", "invitations"), is("late", "2026-09-15", 2));
    assert_eq!(step(&run, "2026-09-17", "invitations")["progress"], "5 of 7 sent");
    number(&run, "invitation", "6", "2026-09-16");
    assert_eq!(standing(&run, "2026-09-17", "invitations"), is("due", "2026-09-25", 0), "only the latecomer waits");
}

#[test]
fn an_organisation_that_came_late_is_asked_for_its_report_late() {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt"]);
    release(&run, "invitation,report-request", "2026-09-07");
    send(&run, "invitation", "2026-09-14");
    send(&run, "report-request", "2026-09-14");
    let run = run.edit(
        "conference.yaml",
        "  owner: { name: Corn",
        "  health: { name: Vale Health, category: statutory, quorum: agency }\n  owner: { name: Corn",
    );
    let run = with_latecomer(run, "Dr Ash", ", reply_by: 2026-09-25").edit(
        "conference.yaml",
        "id: late, organisation: stalls",
        "id: late, organisation: health",
    );
    on(&run, "build", &["--to", "txt", "--only", "report-request"]);
    assert_eq!(standing(&run, "2026-09-17", "report-requests"), is("due", "2026-09-25", 0));
}

/// The review was held, and it decided that the plan goes on or ends.
pub fn decided(option: &str) -> Run {
    with_decision(with_attendance(before_the_meeting()), option)
}

const DRAFT: &str = "minutes: { status: draft }";

pub fn approved(run: Run, day: &str) -> Run {
    run.edit("conference.yaml", DRAFT, &format!("minutes: {{ status: approved, approved: {day} }}"))
}

fn done_with_everything(run: &Run) -> Run {
    let text = run.read("conference.yaml");
    let text = text.replace("status: started", "status: done").replace("status: open", "status: dropped");
    Run::on_nothing().copied(run).with("conference.yaml", text)
}

#[test]
fn nobody_is_owed_a_notice_of_actions_that_nobody_has_to_do() {
    let run = decided("revise");
    assert_eq!(step(&run, "2026-10-20", "action-notices")["state"], "late");
    let over = done_with_everything(&run);
    assert_eq!(step(&over, "2026-10-20", "action-notices"), Value::Null, "every action is done or given up");
    let nobody = run.read("conference.yaml").replace("owner: owner,", "owner: to be agreed,");
    let nobody = run.with("conference.yaml", nobody);
    assert_eq!(step(&nobody, "2026-10-20", "action-notices"), Value::Null, "nobody has taken one on yet");
}

#[test]
fn an_owner_who_may_have_no_papers_of_the_meeting_is_owed_no_notice() {
    let run = decided("revise");
    let text = run.read("conference.yaml").replace(", undertaking: { signed: 2026-09-29 }, bring", ", bring");
    let unsigned = run.with("conference.yaml", text);
    assert_eq!(step(&unsigned, "2026-10-20", "action-notices"), Value::Null);
    let made =
        unsigned.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "action-notice"]);
    assert!(made.code != 0 && made.err.contains("nothing-to-make"), "no notice can be made: {}", made.err);
}

#[test]
fn what_waits_for_the_minutes_is_due_once_the_chair_has_approved_them() {
    let run = decided("close");
    // Minutes by 20 October, corrections ten working days later, these papers five after that.
    for id in ["closing-record", "keeping-papers"] {
        assert_eq!(standing(&run, "2026-10-26", id), is("due", "2026-11-10", 0), "{id}");
    }
    assert_eq!(step(&run, "2026-10-26", "corrections")["state"], "due");
    let run = approved(run, "2026-11-05");
    assert_eq!(standing(&run, "2026-11-06", "corrections"), is("done", "2026-11-03", 0));
    assert_eq!(standing(&run, "2026-11-06", "closing-record"), is("due", "2026-11-12", 0));
    assert_eq!(standing(&run, "2026-11-13", "closing-record"), is("late", "2026-11-12", 1));
    // The paper bears that day.
    on(&run, "build", &["--to", "txt", "--all", "--only", "closing-record,retention-note"]);
    let record = run.read("out/SPM-2026-021/record.jsonl");
    let made = record.lines().filter(|line| line.contains("\"k\":\"made\""));
    let dated: Vec<bool> = made.map(|line| line.contains("\"issued\":\"2026-11-12\"")).collect();
    assert!(!dated.is_empty() && dated.iter().all(|is_dated| *is_dated), "{record}");
}

#[test]
fn after_the_papers_were_destroyed_nothing_is_late() {
    let run = crate::dispose::disposed();
    let said = on(&run, "status", &["--today", "2027-06-01"]).out;
    assert!(said.contains("Its papers were destroyed on 27 November 2026.\n"), "{said}");
    assert!(!said.contains("Late\n") && !said.contains("Still needed") && !said.contains("Nothing is late"), "{said}");
    let stands = stands(&run, "2027-06-01");
    assert_eq!((&stands["late"], &stands["lacks"]), (&Value::Array(Vec::new()), &Value::Array(Vec::new())));
    assert_eq!(step(&run, "2027-06-01", "minutes")["state"], "done");
}

#[test]
fn steps_for_nobody_are_no_steps() {
    let run = with_attendance(before_the_meeting());
    let nobody = run.read("conference.yaml").replace(", attended: true", ", attended: false");
    let nobody = Run::on_nothing().copied(&run).with("conference.yaml", nobody);
    assert_eq!(step(&run, "2026-10-20", "thank-you")["state"], "late");
    assert_eq!(step(&nobody, "2026-10-20", "thank-you"), Value::Null, "nobody came");
    let run = before_the_meeting();
    let alone = run.read("conference.yaml");
    let alone = alone
        .replace("category: statutory, quorum: agency", "category: business")
        .replace("category: school, quorum: agency", "category: business");
    assert_eq!(step(&run, "2026-09-20", "report-requests")["state"], "late");
    let alone = run.with("conference.yaml", alone);
    assert_eq!(step(&alone, "2026-09-20", "report-requests"), Value::Null, "nobody is asked for a report");
}

#[test]
fn an_action_that_was_given_up_is_called_that_everywhere() {
    let run = done_with_everything(&decided("close"));
    let table = on(&run, "timetable", &["--today", "2026-10-20"]).out;
    assert!(table.contains("given up") && !table.contains("dropped") && !table.contains("done; done"), "{table}");
    on(&run, "build", &["--to", "txt", "--all"]);
    for file in run.files("out").iter().filter(|file| file.ends_with(".txt")) {
        let text = run.read(file);
        assert!(!text.contains("Dropped") && !text.contains("dropped"), "{file}: {text}");
    }
    let record = run.read("out/SPM-2026-021/professional/closing.txt");
    assert!(record.contains("Given up:"), "{record}");
}

/// Too few agencies came.
pub fn without_quorum() -> Run {
    let run = decided("revise");
    let text = run.read("conference.yaml").replace("quorum: agency", "quorum: none");
    let text = text.replace("- { option: ", "- { provisional: true, option: ");
    run.with("conference.yaml", text.replace("review: { date: 2027-01-19, start: \"14:00\" }\n", ""))
}

#[test]
fn a_meeting_without_a_quorum_is_owed_again_and_nothing_that_waits_for_it() {
    let run = without_quorum();
    assert_eq!(standing(&run, "2026-09-30", "meeting-again"), is("due", "2026-10-13", 0));
    assert_eq!(standing(&run, "2026-10-15", "meeting-again"), is("late", "2026-10-13", 2));
    for id in ["first-review", "later-review", "implementation-group"] {
        assert_eq!(step(&run, "2026-09-30", id), Value::Null, "{id}");
    }
    let lacks = stands(&run, "2026-09-30")["lacks"].to_string();
    assert!(lacks.contains("no-day-again") && !lacks.contains("no-next-day"), "{lacks}");
    let text = run.read("conference.yaml") + "review: { date: 2026-10-12 }\n";
    let dated = run.with("conference.yaml", text);
    assert_eq!(step(&dated, "2026-09-30", "meeting-again")["set"], "2026-10-12");
    assert!(!stands(&dated, "2026-09-30")["lacks"].to_string().contains("no-day-again"));
    // With a quorum there is no such step.
    assert_eq!(step(&decided("revise"), "2026-09-30", "meeting-again"), Value::Null);
    assert_eq!(step(&before_the_meeting(), "2026-09-30", "meeting-again"), Value::Null, "nobody came yet");
}

#[test]
fn minutes_say_at_their_head_and_in_their_box_that_a_decision_is_provisional() {
    let run = without_quorum();
    on(&run, "build", &["--to", "txt", "--only", "minutes,decision-letter,plan"]);
    for version in ["professional", "community"] {
        let minutes = run.read(&format!("out/SPM-2026-021/{version}/minutes.txt"));
        let minutes = minutes.split_whitespace().collect::<Vec<_>>().join(" ");
        let (head, _) = minutes.split_once("Readers:").expect("the head");
        assert!(head.contains("Provisional, because too few agencies were there."), "{version}: {head}");
        assert!(head.contains("We meet again within 10 working days"), "{version}: {head}");
    }
    let minutes = run.read("out/SPM-2026-021/professional/minutes.txt");
    assert!(minutes.contains("Provisional decision:") && minutes.contains("(provisional)."), "{minutes}");
    let run = decided("revise");
    on(&run, "build", &["--to", "txt", "--only", "minutes"]);
    let minutes = run.read("out/SPM-2026-021/professional/minutes.txt");
    assert!(!minutes.to_lowercase().contains("provisional"), "{minutes}");
}

#[test]
fn the_conference_after_one_without_a_quorum_is_the_same_one_again() {
    let run = without_quorum();
    let text = run.read("conference.yaml").replace("kind: review", "kind: initial");
    let run = run.with("conference.yaml", text);
    let begun = run.convenor(&["new", "@/again", "--review-of", "@/conference.yaml"]);
    assert_eq!(begun.code, 0, "{}", begun.err);
    assert!(begun.out.contains("the same meeting again, since it had no quorum"), "{}", begun.out);
    let next = run.read("again/conference.yaml");
    assert!(next.contains("kind: initial\n") && next.contains("no_quorum: true"), "{next}");
    assert!(next.contains("date: 2026-10-13"), "ten working days later: {next}");
    let (fill, rest) = next.split_once("previous:").expect("the one before");
    let fill = fill.split_once("to_fill_in:").map_or(fill, |(head, _)| head);
    let run = run.with("again/conference.yaml", format!("{fill}previous:{rest}"));
    let built =
        run.convenor(&["build", "@/again/conference.yaml", "-o", "@/next", "--to", "txt", "--only", "invitation"]);
    assert_eq!(built.code, 0, "{}", built.err);
    for file in run.files("next").iter().filter(|file| file.ends_with(".txt")) {
        let letter = run.read(file).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(letter.contains("We met for this on 29 September 2026"), "{file}: {letter}");
        assert!(letter.contains("but too few agencies came to decide. So we are meeting again."), "{file}: {letter}");
    }
    // Where both are seen, the second meeting is asked about in its own file.
    let both = run.convenor(&["status", "@/", "-o", "@/out", "--today", "2026-10-15", "--message-format", "json"]).out;
    let first = both.lines().find(|line| line.contains("\"SPM-2026-021\"")).expect("the first");
    assert!(!first.contains("meeting-again") && !first.contains("no-day-again"), "{first}");
    let own = run.convenor(&["timetable", "@/again/conference.yaml", "--today", "2026-10-01"]).out;
    assert!(own.contains("10 working days after") && own.contains("meeting without a"), "{own}");
}

#[test]
fn a_reminder_is_dated_so_long_before_the_day_to_reply_by() {
    for (settings, day_of_reply, dated) in [
        ("reminder: 2", "2026-11-17", "13 November 2026"),
        ("reminder: 3", "2026-11-17", "12 November 2026"),
        ("reminder: 2", "2026-11-13", "11 November 2026"),
    ] {
        let run = crate::life::to_come();
        let run = run.edit("conference.yaml", "reply_by: 2026-11-17", &format!("reply_by: {day_of_reply}"));
        let run = run.edit("borough.yaml", "  timescales: ", &format!("  timescales:\n    {settings}\n  # "));
        let built = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "reminder"]);
        assert_eq!(built.code, 0, "{}", built.err);
        let letters: Vec<String> = run.files("out").into_iter().filter(|file| file.contains("reminder")).collect();
        assert!(!letters.is_empty());
        for letter in letters {
            assert!(run.read(&letter).contains(dated), "{settings} {day_of_reply}: {}", run.read(&letter));
        }
    }
}

#[test]
fn what_went_out_with_the_mark_of_a_draft_is_not_published() {
    let run = decided("revise").edit(
        "conference.yaml",
        "text: The plan goes on.,",
        "text: The plan goes on., share: public,",
    );
    on(&run, "build", &["--to", "pdf", "--only", "summary"]);
    release(&run, "summary", "2026-10-05");
    send(&run, "summary", "2026-10-06");
    assert_eq!(step(&run, "2026-10-07", "summary")["state"], "due", "a draft is not what the public was promised");
    let run = approved(run, "2026-10-08");
    on(&run, "build", &["--to", "pdf", "--only", "summary", "--reissue", "summary", "--because", "it is approved"]);
    release(&run, "summary", "2026-10-09");
    assert_eq!(step(&run, "2026-10-20", "summary")["state"], "late", "nobody published it");
    send(&run, "summary", "2026-10-12");
    assert_eq!(step(&run, "2026-10-20", "summary")["state"], "done");
    assert_eq!(step(&run, "2026-10-20", "summary")["done"], "2026-10-12");
}

#[test]
fn a_step_of_which_nothing_says_whether_it_was_done_stays_in_the_status() {
    let run = before_the_meeting();
    let said = on(&run, "status", &["--today", "2026-09-25"]).out;
    assert!(
        said.contains("Past its day, and nothing says whether it was done: Ask agencies for their checks (18 Sep)"),
        "{said}"
    );
    assert_eq!(stands(&run, "2026-09-25")["past"][0]["step"], "agency-checks");
    // Once the meeting was held, nobody asks any more.
    let held = with_attendance(run);
    assert!(!on(&held, "status", &["--today", "2026-10-02"]).out.contains("Ask agencies"), "it was before the meeting");
    // A first conference is asked about the first meeting of those who carry out the plan.
    let first = with_decision(held, "revise").edit("conference.yaml", "kind: review", "kind: initial");
    let said = plain(&on(&first, "status", &["--today", "2026-10-20"]).out);
    assert!(said.contains("Hold the first meeting of those who carry out the plan (13 Oct)"), "{said}");
}

#[test]
fn a_cancelled_meeting_is_not_so_many_days_away() {
    let run = before_the_meeting();
    let run = run.edit(
        "conference.yaml",
        "  reply_by: 2026-09-22\n",
        "  reply_by: 2026-09-22\n  cancelled: { on: 2026-09-10 }\n",
    );
    let said = on(&run, "status", &["--today", "2026-09-12"]).out;
    assert!(said.contains("Meeting: cancelled; it was to be on Tuesday 29 September 2026\n"), "{said}");
    assert!(!said.contains("in 17 days"), "{said}");
}

#[test]
fn a_calendar_of_steps_moves_with_the_meeting_and_goes_with_it() {
    let entry = |ics: &str, id: &str| {
        let all = ics.split("BEGIN:VEVENT").find(|one| one.contains(&format!("step-{id}@"))).map(str::to_owned);
        all.unwrap_or_default()
    };
    let run = before_the_meeting();
    let ics = |run: &Run| on(run, "timetable", &["--ics", "--today", "2026-09-09"]).out;
    let before = ics(&run);
    let minutes = entry(&before, "minutes");
    assert!(minutes.contains("SEQUENCE:0\r\n") && minutes.contains("DTSTAMP:20260907T"), "{minutes}");
    let run = run.edit("conference.yaml", "  date: 2026-09-29\n", "  date: 2026-10-01\n").edit(
        "conference.yaml",
        "  reply_by: 2026-09-22\n",
        "  reply_by: 2026-09-22\n  changes: [{ on: 2026-09-09, was: { date: 2026-09-29 } }]\n",
    );
    let moved = entry(&ics(&run), "minutes");
    assert!(moved.contains("SEQUENCE:1\r\n") && moved.contains("DTSTAMP:20260909T"), "{moved}");
    let run = run.edit("conference.yaml", "  changes:", "  cancelled: { on: 2026-09-10 }\n  changes:");
    let cancelled = ics(&run);
    let minutes = entry(&cancelled, "minutes");
    assert!(minutes.contains("STATUS:CANCELLED\r\n") && minutes.contains("SEQUENCE:2\r\n"), "{minutes}");
    assert!(minutes.contains("DTSTAMP:20260910T") && !minutes.contains("BEGIN:VALARM"), "{minutes}");
    assert_eq!(before.matches("BEGIN:VEVENT").count(), cancelled.matches("STATUS:CANCELLED").count(), "each goes");
}

#[test]
fn nobody_can_reply_before_the_day_of_their_letter() {
    for (day, code) in [("2026-09-04", 1), ("2026-09-07", 0), ("2026-09-25", 0), ("2026-09-30", 1)] {
        let run = with_latecomer(before_the_meeting(), "Ms Una Late", &format!(", reply_by: {day}"));
        let told = run.convenor(&["check", "@/conference.yaml"]);
        assert_eq!(told.code, code, "{day}: {}", told.err);
        assert!(code == 0 || told.err.contains("invitees[0].reply_by"), "{}", told.err);
    }
    // Once it is recorded who came, nobody asks for replies.
    let run = with_latecomer(before_the_meeting(), "Ms Una Late", ", reply_by: 2026-09-04, attended: true");
    assert!(!run.convenor(&["check", "@/conference.yaml"]).err.contains("invitees[0].reply_by"));
}

#[test]
fn letters_whose_readers_the_file_has_lost_are_named_by_number_only_to_people() {
    let run = invited();
    let text = run.read("conference.yaml");
    let (head, rest) = text.split_once("  - { person: { name: Mr Yusuf Demirci").expect("he is there");
    let (_, tail) = rest.split_once("  - { person: { name: Tallulah").expect("she comes next");
    let cut =
        Run::on_nothing().copied(&run).with("conference.yaml", format!("{head}  - {{ person: {{ name: Tallulah{tail}"));
    let said = plain(&on(&cut, "status", &["--today", "2026-09-15"]).out);
    assert!(said.contains("1 released paper has no reader in the file any more; its reader is number 05"), "{said}");
    assert!(said.contains("withdraw --number 05"), "{said}");
    let machine = on(&cut, "status", &["--today", "2026-09-15", "--message-format", "json"]).out;
    assert!(machine.contains("no-reader") && !machine.contains("Demirci"), "{machine}");
    on(&cut, "withdraw", &["--number", "05", "--on", "2026-09-15"]);
    assert!(!on(&cut, "status", &["--today", "2026-09-15"]).out.contains("no reader"), "it is said that he has gone");
    assert!(!on(&run, "status", &["--today", "2026-09-15"]).out.contains("no reader"));
}

#[test]
fn whoever_left_before_the_decision_does_not_decide() {
    let run = decided("revise");
    let minutes = |run: &Run| {
        on(run, "build", &["--to", "txt", "--only", "minutes"]);
        run.read("out/SPM-2026-021/professional/minutes.txt").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let police = "reply: accepted, attended: true }\n  - { person: { name: Mr Lorcan";
    let told = |run: &Run| run.convenor(&["check", "@/conference.yaml"]);
    assert!(!told(&run).err.contains("no-quorum") && !minutes(&run).contains("By the times of the agenda,"));
    for (times, is_away) in [
        ("left: \"14:10\"", true),
        ("left: \"15:59\"", false),
        ("arrived: \"15:59\"", true),
        ("arrived: \"14:05\"", false),
    ] {
        let to = police.replace("attended: true", &format!("attended: true, {times}"));
        let run = Run::on_nothing().copied(&run).edit("conference.yaml", police, &to);
        let outcome: Outcome = told(&run);
        assert_eq!(outcome.err.contains("warning[no-quorum]"), is_away, "{times}: {}", outcome.err);
        assert_eq!(outcome.code, 0, "papers are made all the same: {}", outcome.err);
        let minutes = minutes(&run);
        assert_eq!(
            minutes.contains("By the times of the agenda, Mere Valley Police was not there when it was decided, and those who were are too few."),
            is_away,
            "{times}: {minutes}"
        );
    }
    // One who stays is enough for their organisation.
    let two = "reply: accepted, attended: true, left: \"14:10\" }\n  - { person: { name: PC Two, salutation: PC Two }, organisation: police, address: [Vale Police Station, Bridge Street, KESTREL VALE, SY91 0AB], reply: accepted, attended: true }\n  - { person: { name: Mr Lorcan";
    let run = Run::on_nothing().copied(&run).edit("conference.yaml", police, two);
    assert!(!told(&run).err.contains("no-quorum"), "{}", told(&run).err);
}

#[test]
fn a_record_in_a_folder_above_is_found_before_a_second_one_is_begun() {
    let council = Run::on_the_council("kestrel-vale");
    let mut run = Run::on_nothing();
    for file in council.files("") {
        let name = if file == "conference.yaml" { "deep/er/conference.yaml".to_owned() } else { file.clone() };
        run = run.with(&name, council.bytes(&file));
    }
    let at = |folder: &str, args: &[&str]| {
        let moved = run.program_in(folder, args);
        (moved.code, format!("{}{}", moved.out, moved.err))
    };
    let built = at("", &["build", "deep/er/conference.yaml", "--to", "txt", "--only", "terms"]);
    assert_eq!(built.0, 0, "{}", built.1);
    for verb in [["status", "conference.yaml"], ["timetable", "conference.yaml"]] {
        let (code, said) = at("deep/er", &verb);
        assert!(
            code == 0
                && said.contains("warning[other-record]")
                && said.contains("-o ../../out")
                && !said.contains("nothing is missing"),
            "{verb:?}: {said}"
        );
        let (_, named) = at("deep/er", &[&verb[..], &["-o", "../../out"]].concat());
        assert!(!named.contains("other-record"), "{named}");
    }
    for verb in [
        &["build", "conference.yaml", "--to", "txt"][..],
        &["record", "conference.yaml"],
        &["verify", "conference.yaml"],
    ] {
        let (code, said) = at("deep/er", verb);
        assert!(code == 1 && said.contains("error[other-record]") && said.contains("-o ../../out"), "{verb:?}: {said}");
        assert!(!run.path("deep/er/out").exists(), "nothing is begun");
    }
    // Whoever means a second one says so, and is told from then on that there are two.
    let second = at("deep/er", &["build", "conference.yaml", "--to", "txt", "--only", "terms", "-o", "out"]);
    assert_eq!(second.0, 0, "{}", second.1);
    let (code, said) = at("deep/er", &["status", "conference.yaml"]);
    assert!(code == 0 && said.contains("there are two records of these papers"), "{said}");
}

#[test]
fn a_copy_of_our_settings_from_before_a_timescale_was_there_stays_valid() {
    let ours = include_str!("../../templates/base/settings.yaml");
    let earlier: String =
        ours.lines().filter(|line| !line.starts_with("  reminder:")).map(|line| format!("{line}\n")).collect();
    assert_ne!(earlier.lines().count(), ours.lines().count());
    let run = crate::life::to_come().with("templates/settings.yaml", earlier);
    let checked = run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(checked.code, 0, "{}", checked.err);
}

/// A step of the council's own, and one of ours, that no paper shows.
fn with_own_step() -> Run {
    let own = "settings:\n  timetable:\n    premises: { title: Ring whoever runs the place, by: 12 working days before the meeting }\n";
    before_the_meeting().edit("borough.yaml", "settings:\n", own)
}

fn with_done(run: Run, done: &str) -> Run {
    run.edit("conference.yaml", "version: 1\n", &format!("version: 1\ndone: {{ {done} }}\n"))
}

#[test]
fn a_step_that_nothing_else_shows_is_done_on_the_day_that_is_noted() {
    let run = with_own_step();
    assert_eq!(standing(&run, "2026-09-21", "premises"), is("past", "2026-09-11", 0));
    let said = plain(&on(&run, "status", &["--today", "2026-09-21"]).out);
    assert!(said.contains("nothing says whether it was done: Ring whoever runs the place (11 Sep)"), "{said}");
    assert!(said.contains(" in the conference file"), "how to note it: {said}");
    for done in
        ["premises: 2026-09-14", "Ring whoever runs the place: 2026-09-14", "ring WHOEVER runs the place: 2026-09-14"]
    {
        let run = with_done(with_own_step(), done);
        assert_eq!(standing(&run, "2026-09-13", "premises").0, "past", "what is noted for a later day is not done yet");
        assert_eq!(standing(&run, "2026-09-21", "premises"), is("done", "2026-09-11", 1), "{done}");
        let said = on(&run, "status", &["--today", "2026-09-21"]).out;
        assert!(!said.contains("Ring whoever"), "{said}");
    }
}

#[test]
fn what_is_counted_from_a_noted_step_is_counted_from_the_day_on_which_it_was_done() {
    let more = "settings:\n  timetable:\n    lights: { title: Have the lights tried, by: 2 working days after premises }\n    premises: { title: Ring, by: 12 working days before the meeting }\n";
    let run = before_the_meeting().edit("borough.yaml", "settings:\n", more);
    assert_eq!(step(&run, "2026-09-21", "lights")["due"], "2026-09-15");
    let run = with_done(run, "premises: 2026-09-14");
    assert_eq!(step(&run, "2026-09-21", "lights")["due"], "2026-09-16");
}

#[test]
fn a_noted_step_survives_a_workbook_and_stands_in_a_sheet_of_its_own() {
    let run = with_done(with_own_step(), "premises: 2026-09-14, agency-checks: 2026-09-10");
    assert_eq!(run.convenor(&["convert", "@/conference.yaml", "@/conference.xlsx"]).code, 0);
    std::fs::rename(run.path("conference.yaml"), run.path("kept.yaml")).expect("written");
    let book = run.convenor(&["timetable", "@/conference.xlsx", "--format", "json", "--today", "2026-09-21"]);
    let table: Value = serde_json::from_str(&book.out).expect("JSON");
    let done = |id: &str| {
        table["steps"].as_array().expect("steps").iter().find(|row| row["id"] == id).expect("it")["done"].clone()
    };
    assert_eq!((done("premises"), done("agency-checks")), ("2026-09-14".into(), "2026-09-10".into()));
    assert_eq!(run.convenor(&["convert", "@/conference.xlsx", "@/back.yaml"]).code, 0);
    let back = std::fs::read_to_string(run.path("back.yaml")).expect("written");
    assert!(back.contains("premises: 2026-09-14"), "{back}");
}
