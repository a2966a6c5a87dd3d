//! What a stranger stumbled over in twelve weeks: each was silent or false, and cost a letter.

use crate::life::to_come;
use crate::run::{Outcome, Run};
use crate::stages::{before_the_meeting, on, release, send, stands, with_attendance, with_decision};

const FILE: &str = "conference.yaml";
const ACTION: &str = "owner: owner, due: 2026-10-16, status: open, priority: high, share: community";

/// The text of all papers of some kinds, in one line.
fn papers(run: &Run, kinds: &str) -> String {
    let built = run.convenor(&["build", "@/conference.yaml", "-o", "@/made", "--only", kinds, "--to", "txt"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let files = run.files("made").into_iter().filter(|file| file.ends_with(".txt"));
    files.map(|file| run.read(&file)).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(run: &Run) -> Outcome {
    run.convenor(&["check", "@/conference.yaml"])
}

fn held() -> Run {
    with_decision(with_attendance(before_the_meeting()), "revise")
}

#[test]
fn another_conference_with_the_same_reference_takes_no_papers_away() {
    let run = Run::on_the_example();
    assert_eq!(run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "terms"]).code, 0);
    let before = run.files("out");
    let other = run.read(FILE).replace("CTX-0091", "CTX-0102").replace("label: Station Parade", "label: Canal Street");
    let run = run.with("other.yaml", other);
    // Nothing of theirs is released yet, and so nothing is there to be sent.
    for verb in ["build", "release", "withdraw"] {
        let more: &[&str] = match verb {
            "release" => &["--checked-by", "Ruth Penhaligon"],
            "withdraw" => &["--of", "Dhillon"],
            _ => &[],
        };
        let said = run.convenor(&[&[verb, "@/other.yaml", "-o", "@/out"], more].concat());
        assert!(said.code == 1 && said.err.contains("error[other-conference]"), "{verb}: {}", said.err);
        assert!(said.err.contains("`context.id` and `context.label`"), "{verb}: {}", said.err);
    }
    assert_eq!(run.files("out"), before);
    // What is put right one by one is the same conference.
    let run = run.edit(FILE, "CTX-0091", "CTX-0092");
    assert_eq!(run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "terms"]).code, 0);
    let run = run.edit(FILE, "label: Station Parade", "label: Canal Street");
    assert_eq!(run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "terms"]).code, 0);
}

#[test]
fn a_council_begun_beside_the_example_does_not_take_its_papers_away() {
    let run = Run::on_nothing();
    assert_eq!(run.convenor(&["demo", "-o", "@/out", "--to", "txt"]).code, 0);
    let before = run.files("out");
    assert_eq!(run.convenor(&["new", "@/northmere"]).code, 0);
    let text = run.read("northmere/conference.yaml");
    let reference = text.lines().find_map(|line| line.strip_prefix("reference: ")).expect("it has one").to_owned();
    let run = run.edit("northmere/conference.yaml", &format!("reference: {reference}"), "reference: CSC-2026-014");
    let built = run.convenor(&["build", "@/northmere/conference.yaml", "-o", "@/out", "--to", "txt"]);
    assert!(built.code == 1 && built.err.contains("error[other-conference]"), "{}", built.err);
    assert_eq!(run.files("out"), before);
}

#[test]
fn minutes_name_who_helped_at_the_meeting_and_the_plan_who_helps_now() {
    let run = held().edit(FILE, ACTION, &format!("with: [stalls], {ACTION}"));
    let minutes = papers(&run, "minutes");
    assert!(minutes.contains("with Corn Exchange Stall Holders"), "{minutes}");
    let changed = format!("with: [police], history: [{{ on: 2026-10-10, was_with: [stalls] }}], {ACTION}");
    let run = held().edit(FILE, ACTION, &changed);
    assert_eq!(papers(&run, "minutes"), minutes, "they tell of the meeting");
    let plan = papers(&run, "plan");
    assert!(plan.contains("with Mere Valley Police") && plan.contains("until then with Corn Exchange Stall"), "{plan}");
    // By name as well, and nobody.
    let named = changed.replace("was_with: [stalls]", "was_with: [Corn Exchange Stall Holders]");
    assert_eq!(papers(&held().edit(FILE, ACTION, &named), "minutes"), minutes);
    let nobody = held().edit(FILE, ACTION, &changed.replace("[stalls]", "[nobody]"));
    assert!(!papers(&nobody, "minutes").contains("with Mere Valley Police"));
    assert!(papers(&nobody, "plan").contains("until then without help"));
    let wrong = check(&held().edit(FILE, ACTION, &changed.replace("was_with: [stalls]", "was_with: [stals]")));
    assert!(wrong.code == 1 && wrong.err.contains("`stalls`"), "{}", wrong.err);
}

#[test]
fn an_owner_who_gets_no_notice_is_told_of_before_everybody_else_is_told() {
    let silent = |run: &Run| !check(run).err.contains("hidden-from-owner");
    assert!(silent(&held()));
    let unsigned = held().read(FILE).replacen(", undertaking: { signed: 2026-09-29 }", "", 1);
    let run = held().with(FILE, unsigned);
    let said = check(&run).err;
    assert!(said.contains("`owner` gets no notice of the action `a1`") && said.contains("undertaking"), "{said}");
    // Nobody has to hear of what is over.
    let over = run.read(FILE).replace("status: started", "status: done").replace("status: open", "status: done");
    assert!(silent(&run.with(FILE, over)));
}

#[test]
fn labels_made_after_the_letters_are_no_second_set_of_invitations() {
    let run = before_the_meeting();
    on(&run, "invite", &["--make", "labels", "--yes"]);
    let without = stands(&run, "2026-09-07")["lacks"].to_string();
    assert!(without.contains("invitations-not-made"), "labels invite nobody: {without}");
    on(&run, "build", &["--to", "txt"]);
    release(&run, "invitation", "2026-09-07");
    send(&run, "invitation", "2026-09-08");
    assert_eq!(stands(&run, "2026-09-10")["stage"], "invited");
    let before = stands(&run, "2026-09-20");
    for make in ["labels", "calendar"] {
        on(&run, "invite", &["--make", make, "--yes"]);
    }
    assert_eq!(stands(&run, "2026-09-20"), before);
}

#[test]
fn reminders_are_released_together_with_letters_to_whoever_was_invited_late() {
    let run = before_the_meeting();
    let silent = run.read(FILE).replace("reply: accepted", "reply: none");
    let run = run.with(FILE, silent);
    on(&run, "build", &["--to", "txt"]);
    release(&run, "invitation", "2026-09-07");
    send(&run, "invitation", "2026-09-08");
    let late = "invitees:\n  - { person: { name: Ms Una Late, salutation: Ms Late }, organisation: stalls, invited_on: 2026-09-21, reply_by: 2026-09-25, address: [Stall 15, Corn Exchange, KESTREL VALE, SY91 0AE] }\n";
    let run = run.edit(FILE, "invitees:\n", late);
    on(&run, "build", &["--to", "txt", "--only", "invitation,reminder"]);
    release(&run, "invitation,reminder", "2026-09-21");
    let record = on(&run, "record", &["--paper", "reminder", "--format", "json"]).out;
    assert!(record.contains("released"), "{record}");
}

#[test]
fn a_notice_of_what_was_settled_later_bears_that_day_and_claims_no_meeting_for_it() {
    let notice = |run: Run| papers(&run, "action-notice");
    let action = "owner: housing, due: 2026-12-01, status: started";
    let (then, later) =
        (notice(Run::on_the_example()), format!("history: [{{ on: 2026-12-02, was_owner: to be agreed }}], {action}"));
    assert!(
        then.contains("25 November 2026 Our reference") && !then.contains("2 December 2026 Our reference"),
        "{then}"
    );
    assert!(then.contains("It is agreed that you do") && !then.contains("Our meeting agreed"), "{then}");
    let now = notice(Run::on_the_example().edit(FILE, action, &later));
    assert!(now.contains("2 December 2026 Our reference"), "{now}");
}

#[test]
fn whoever_came_for_some_points_gets_those_that_were_held_while_they_were_there() {
    let run = held();
    let text = run.read(FILE).replace(
        "reply: accepted, attended: true, undertaking: { signed: 2026-09-25 } }",
        "reply: accepted, attended: true, left: \"14:15\", items: [1, 3, 4], undertaking: { signed: 2026-09-25 } }",
    );
    let items = "items:\n  - { agenda: 1, kind: fact, by: kestrel-vale, text: Welcome to everybody., share: community }\n  - { agenda: 4, kind: fact, by: owner, text: The gate is ordered., share: community }\n";
    let run = run.with(FILE, text.replace("decisions:\n", &format!("{items}decisions:\n")));
    papers(&run, "minutes");
    let own = run.files("made").into_iter().find(|file| file.contains("minutes-for-")).expect("a copy of her own");
    let own = run.read(&own);
    assert!(own.contains("Welcome to everybody.") && !own.contains("The gate is ordered."), "{own}");
}

#[test]
fn no_review_follows_a_meeting_that_was_cancelled() {
    let run =
        to_come().edit(FILE, "  reply_by: 2026-11-17\n", "  reply_by: 2026-11-17\n  cancelled: { on: 2026-11-12 }\n");
    let said = run.convenor(&["new", "@/again", "--review-of", "@/conference.yaml"]);
    assert!(said.code != 0 && said.err.contains("this meeting was cancelled on 2026-11-12"), "{}", said.err);
    assert!(!run.path("again").exists());
}

#[test]
fn without_a_quorum_one_letter_gives_one_day_for_the_next_meeting() {
    let few = held()
        .read(FILE)
        .replace("quorum: agency", "quorum: none")
        .replace("{ option: revise,", "{ provisional: true, option: revise,");
    let run = held().with(FILE, few);
    let said = check(&run);
    assert!(said.code == 0 && said.err.contains("a meeting without a quorum is held again by"), "{}", said.err);
    let letters = papers(&run, "decision-letter,minutes");
    assert!(letters.contains("Too few agencies were there") && letters.contains("19 January 2027"), "{letters}");
    assert!(!letters.contains("within ten working days"), "{letters}");
    let undated = run.read(FILE).replace("review: { date: 2027-01-19, start: \"14:00\" }\n", "");
    let run = run.with(FILE, undated);
    assert!(papers(&run, "decision-letter,minutes").contains("working days"));
    assert!(!check(&run).err.contains("is held again by"));
}

#[test]
fn papers_of_one_kind_that_would_now_be_different_are_told_in_one_line() {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt"]);
    release(&run, "invitation,terms", "2026-09-07");
    let run = run.edit(FILE, "access: Lift to the second floor", "access: Stairs only");
    let said = on(&run, "build", &["--to", "txt"]).out;
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("would now be different")).collect();
    let invitations = lines.iter().filter(|line| line.contains("invitation")).count();
    assert_eq!(invitations, 1, "{said}");
    assert!(lines.iter().any(|line| line.contains("6 papers `invitation` (because of meeting.venue.access")), "{said}");
}
