//! The stage of a conference follows from its data and its record, and a build makes what the stage calls for.

use crate::run::{Outcome, Run};

const OUT: &str = "out/SPM-2026-021";

/// A review before its meeting: nobody's attendance, no decision, minutes that nobody has approved.
pub fn before_the_meeting() -> Run {
    let run = Run::on_the_council("kestrel-vale");
    let text = run.read("conference.yaml").replace(", attended: true", "");
    let (head, rest) = text.split_once("items:\n").expect("it has items");
    let (_, tail) = rest.split_once("goals:\n").expect("it has goals");
    let text = format!("{head}goals:\n{tail}").replace(APPROVED, "minutes: { status: draft }");
    run.with("conference.yaml", text)
}

const APPROVED: &str = "minutes: { status: approved, approved: 2026-10-14 }";
/// Reports are dated when they are made, after the meeting of 29 September.
const DATED: &str = "papers: { minutes: { issued: 2026-10-14 }, action-notice: { issued: 2026-09-30 } }\n";
const DECISION: &str =
    "decisions:\n  - { option: OPTION, text: The plan goes on., rationale: Young people say so. }\n\ngoals:\n";

pub fn with_attendance(run: Run) -> Run {
    let text = run.read("conference.yaml").replace("reply: accepted", "reply: accepted, attended: true");
    run.with("conference.yaml", text + DATED)
}

pub fn with_decision(run: Run, option: &str) -> Run {
    run.edit("conference.yaml", "goals:\n", &DECISION.replace("OPTION", option))
}

pub fn on(run: &Run, verb: &str, more: &[&str]) -> Outcome {
    let outcome = run.convenor(&[&[verb, "@/conference.yaml", "-o", "@/out"], more].concat());
    assert_eq!(outcome.code, 0, "{verb} {more:?}: {}", outcome.err);
    outcome
}

pub fn release(run: &Run, kind: &str, day: &str) {
    on(run, "release", &["--only", kind, "--checked-by", "Imani Oduya", "--on", day]);
}

pub fn send(run: &Run, kind: &str, day: &str) {
    on(run, "sent", &["--paper", kind, "--how", "post", "--on", day]);
}

/// Where the conference stands, as a program reads it.
pub fn stands(run: &Run, today: &str) -> serde_json::Value {
    let said = on(run, "status", &["--today", today, "--message-format", "json"]).out;
    serde_json::from_str(&said).expect("JSON")
}

fn stage(run: &Run) -> String {
    stands(run, "2026-11-29")["stage"].as_str().expect("a stage").to_owned()
}

fn kinds(run: &Run) -> Vec<String> {
    let below = |file: String| Some(file.strip_prefix(OUT)?.split('/').nth(2)?.split(['-', '.']).next()?.to_owned());
    let mut kinds: Vec<String> = run.files(OUT).into_iter().filter_map(below).collect();
    kinds.dedup();
    kinds.sort();
    kinds.dedup();
    kinds
}

#[test]
fn a_conference_goes_from_stage_to_stage_by_what_is_recorded_of_it_and_by_nothing_else() {
    let run = before_the_meeting();
    assert_eq!(stage(&run), "called");
    on(&run, "build", &["--to", "txt"]);
    assert_eq!(stage(&run), "called", "a draft invites nobody");
    release(&run, "invitation", "2026-09-07");
    assert_eq!(stage(&run), "invited");
    send(&run, "invitation", "2026-09-08");
    // The day of the meeting has come and gone, which is not to say that it was held.
    assert_eq!(stage(&run), "invited");
    let run = with_attendance(run);
    assert_eq!(stage(&run), "held");
    let run = with_decision(run, "revise");
    assert_eq!(stage(&run), "decided");
    let run = run.edit("conference.yaml", "minutes: { status: draft }", APPROVED);
    on(&run, "build", &["--to", "txt"]);
    assert_eq!(stage(&run), "decided", "nobody has the minutes");
    release(&run, "minutes", "2026-10-14");
    let everybody = on(&run, "record", &["--paper", "minutes", "--format", "json"]).out;
    assert!(everybody.contains("professional"), "{everybody}");
    on(&run, "sent", &["--paper", "professional/minutes.txt", "--how", "email", "--on", "2026-10-15"]);
    assert_eq!(stage(&run), "decided", "the community does not have them yet");
    send(&run, "minutes", "2026-10-16");
    assert_eq!(stage(&run), "reviewed");
}

#[test]
fn the_kind_of_conference_and_a_decision_that_closes_say_which_stage_is_the_last() {
    for (kind, option, last) in [
        ("initial", "plan-agreed", "recorded"),
        ("review", "continue", "reviewed"),
        ("review", "close", "closed"),
        ("initial", "no-plan", "closed"),
        ("closing", "step-down", "closed"),
    ] {
        let run = with_decision(with_attendance(before_the_meeting()), option);
        let run = run.edit("conference.yaml", "kind: review", &format!("kind: {kind}"));
        let run = run.edit("conference.yaml", "minutes: { status: draft }", APPROVED);
        on(&run, "build", &["--to", "txt", "--only", "minutes"]);
        let stands = stands(&run, "2026-10-15");
        assert_eq!((&stands["stage"], &stands["next_stage"]), (&"decided".into(), &last.into()), "{kind} {option}");
        release(&run, "minutes", "2026-10-14");
        send(&run, "minutes", "2026-10-15");
        assert_eq!(stage(&run), last, "{kind} {option}");
    }
}

#[test]
fn a_council_says_itself_which_of_its_decisions_closes() {
    let run = with_decision(with_attendance(before_the_meeting()), "enough");
    let options =
        "settings:\n  decision_options: [{ id: enough, title: Enough, meaning: It is enough., closes: true }]\n";
    let run = run.edit("borough.yaml", "settings:\n", options);
    assert_eq!(stands(&run, "2026-10-15")["next_stage"], "closed");
    let run = run.edit("borough.yaml", ", closes: true", "");
    assert_eq!(stands(&run, "2026-10-15")["next_stage"], "reviewed");
}

#[test]
fn before_the_meeting_a_build_makes_what_comes_before_it_and_never_tells_of_it() {
    for more in [&[][..], &["--all"]] {
        let run = before_the_meeting();
        let outcome = on(&run, "build", &[&["--to", "txt"], more].concat());
        let made = kinds(&run);
        assert!(made.contains(&"invitation".to_owned()) && made.contains(&"guidance".to_owned()), "{made:?}");
        assert!(!made.iter().any(|kind| ["minutes", "actions", "summary"].contains(&kind.as_str())), "{made:?}");
        let told = "Nothing is recorded of the meeting yet, so these wait: action-notice, annex, child-note, corrections, decision-letter, dissent, distribution, minutes, plan, progress-report, retention-note, summary, thank-you. `--only minutes` makes one all the same.\n";
        assert!(outcome.out.contains(told), "{}", outcome.out);
    }
}

#[test]
fn after_the_meeting_a_build_makes_what_tells_of_it_and_leaves_the_rest_alone() {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt"]);
    release(&run, "invitation,terms", "2026-09-07");
    let before = run.files(OUT);
    // Whoever is new gets no invitation to a meeting that was held; somebody who has gone changes nothing either.
    let run = with_attendance(run).edit("conference.yaml", "Corn Exchange food court\n", "The food court\n");
    let outcome = on(&run, "build", &["--to", "txt"]);
    for word in
        ["Invitation", "Guidance", "Agenda", "no longer due", "would now be different", "--reissue", "[meeting-over]"]
    {
        assert!(!(outcome.out.clone() + &outcome.err).contains(word), "{word}: {}{}", outcome.out, outcome.err);
    }
    let told = "The stage is `held`, which does not call for: agenda, attendance-sheet, chair-brief, decision-letter, guidance, invitation, name-cards, plan, progress-report, reminder, report-request, retention-note, sharing-log, terms. `--all` makes these too.\n";
    assert!(outcome.out.contains(told), "{}", outcome.out);
    let after = run.files(OUT);
    assert!(before.iter().all(|file| after.contains(file)), "papers of the stage before stay");
    assert!(after.iter().any(|file| file.contains("/minutes.")), "{after:?}");
    assert!(on(&run, "verify", &[]).out.contains("papers"), "the folder is sound");
    let json = on(&run, "build", &["--to", "txt", "--message-format", "json"]).out;
    let folder: serde_json::Value = serde_json::from_str(json.lines().last().expect("a line")).expect("JSON");
    assert_eq!((&folder["stage"], &folder["untold"]), (&"held".into(), &serde_json::Value::Null));
    // All that can be made: the released letters would be different now, and that is said.
    let all = on(&run, "build", &["--to", "txt", "--all"]);
    assert!(all.out.contains("would now be different") && !all.out.contains("The stage is"), "{}", all.out);
}

#[test]
fn letters_of_before_the_meeting_are_still_in_order_when_everything_is_dated_after_it() {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt", "--only", "invitation"]);
    release(&run, "invitation", "2026-09-07");
    let run = with_attendance(run).edit("conference.yaml", "issued: 2026-09-07", "issued: 2026-10-05");
    on(&run, "build", &["--to", "txt"]);
    let verdict = on(&run, "verify", &[]);
    assert!(!verdict.err.contains("no longer due"), "{}", verdict.err);
}

#[test]
fn what_is_asked_for_by_name_is_made_at_any_stage() {
    let run = before_the_meeting();
    let outcome = on(&run, "build", &["--to", "txt", "--only", "minutes"]);
    assert!(kinds(&run) == ["minutes"] && !outcome.out.contains("wait"), "{:?} {}", kinds(&run), outcome.out);
    let run = with_attendance(before_the_meeting());
    on(&run, "build", &["--to", "txt", "--only", "invitation"]);
    assert_eq!(kinds(&run), ["invitation"]);
}

#[test]
fn a_new_version_that_is_asked_for_is_made_at_any_stage() {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt", "--only", "terms"]);
    release(&run, "terms", "2026-09-07");
    let run = with_attendance(run).edit("conference.yaml", "reference: SPM", "# The reference stays.\nreference: SPM");
    let run = run.edit("borough.yaml", "  retention: Five years", "  retention: Six years");
    let again = ["--to", "txt", "--reissue", "terms", "--because", "records are kept for longer"];
    on(&run, "build", &again);
    let terms: Vec<String> = run.files(OUT).into_iter().filter(|file| file.contains("/terms.")).collect();
    assert!(terms.iter().any(|file| file.contains("superseded/")), "{terms:?}");
}

#[test]
fn what_was_made_too_early_by_name_is_kept_up_by_a_build_of_everything() {
    let run = before_the_meeting();
    on(&run, "build", &["--to", "txt", "--only", "minutes"]);
    let run = run.edit("conference.yaml", "name: The Exchange,", "name: The Guildhall,");
    let outcome = on(&run, "build", &["--to", "txt", "--all"]);
    let minutes =
        run.files(OUT).into_iter().find(|file| file.contains("professional/minutes.")).expect("they are there");
    assert!(run.read(&minutes).contains("The Guildhall"), "{}", outcome.out);
    assert!(!outcome.out.contains("child-note, minutes"), "{}", outcome.out);
}

#[test]
fn a_paper_may_name_the_stages_that_call_for_it() {
    let named = |stages: &str| {
        let run = with_attendance(before_the_meeting());
        run.edit("templates/your-afternoon.md", "layout: form\n", &format!("layout: form\n{stages}"))
    };
    for (stages, is_made) in [("", true), ("stages: [called, invited]\n", false), ("stages: [held]\n", true)] {
        let run = named(stages);
        on(&run, "build", &["--to", "txt"]);
        assert_eq!(kinds(&run).contains(&"your".to_owned()), is_made, "{stages}");
    }
    let wrong = named("stages: [begun]\n").convenor(&["check", "@/conference.yaml"]);
    assert!(wrong.code == 1 && wrong.err.contains("bad-front-matter"), "{}", wrong.err);
}

#[test]
fn the_library_makes_everything_that_is_due_unless_it_is_told_otherwise() {
    let run = before_the_meeting();
    let checked = convenor::check(convenor::load(run.path("conference.yaml")).expect("it loads")).expect("it is sound");
    let made = |reach| {
        let request =
            convenor::Request { to: vec![convenor::model::artefact::Format::Txt], reach, ..Default::default() };
        let pack = convenor::build(&checked, &request).expect("it builds");
        pack.files.iter().any(|file| file.path().contains("/minutes."))
    };
    assert!(made(convenor::Reach::Due));
    assert!(!made(convenor::Reach::Possible) && !made(convenor::Reach::Stage));
}
