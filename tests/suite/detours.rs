//! What happens between the papers of a conference: days that move, actions that change hands, conferences that follow one another.

use crate::life::to_come;
use crate::run::Run;

const OUT: &str = "out/CSC-2026-014";
/// An action that is still to be agreed when the minutes are written.
const LOCK: &str = "owner: housing, due: 2026-12-01, status: started";

fn built(run: &Run, only: &str) -> String {
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", only]);
    assert_eq!(outcome.code, 0, "{only}: {}", outcome.err);
    let files = run.files(OUT);
    let read = |file: &String| run.read(file).split_whitespace().collect::<Vec<_>>().join(" ");
    files.iter().filter(|file| file.ends_with(".txt")).map(read).collect::<Vec<_>>().join("\n")
}

fn moved(run: Run, on: &str) -> Run {
    let changes =
        format!("  changes: [{{ on: {on}, because: the hall has no heating, was: {{ date: 2026-11-24 }} }}]\n");
    run.edit("conference.yaml", "date: 2026-11-24", "date: 2026-11-26").edit(
        "conference.yaml",
        "  reply_by: 2026-11-17\n",
        &format!("  reply_by: 2026-11-17\n{changes}"),
    )
}

#[test]
fn what_was_released_for_the_old_day_is_named_until_it_is_made_again() {
    let run = to_come();
    built(&run, "agenda,name-cards,invitation");
    let papers = format!("@/{OUT}");
    let signed = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-03"];
    let released = run.convenor(&[&["release", papers.as_str()], signed.as_slice()].concat());
    assert_eq!(released.code, 0, "{}", released.err);
    let status = |run: &Run| run.convenor(&["status", "@/conference.yaml", "-o", "@/out", "--today", "2026-11-13"]).out;
    assert!(!status(&run).contains("as it was before it changed"), "{}", status(&run));
    let run = moved(run, "2026-11-12");
    let said = status(&run).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("as it was before it changed: `agenda`, `name-cards`: make them again"), "{said}");
    let sent = |on: &str| run.convenor(&["sent", &papers, "--paper", "agenda", "--how", "post", "--on", on]).err;
    assert!(!sent("2026-11-11").contains("released-differs"), "they went out before it changed");
    let late = run.convenor(&["sent", &papers, "--paper", "name-cards", "--how", "hand", "--on", "2026-11-13"]);
    assert!(late.err.contains("`name-cards` was made before the meeting changed"), "{}{}", late.out, late.err);
    // Made again, they are of the new day.
    let again = [
        "build",
        "@/conference.yaml",
        "-o",
        "@/out",
        "--to",
        "txt",
        "--reissue",
        "agenda,name-cards",
        "--because",
        "The day has changed.",
    ];
    let again = run.convenor(&again);
    assert_eq!(again.code, 0, "{}", again.err);
    let signed = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-13", "--only", "agenda,name-cards"];
    let released = run.convenor(&[&["release", papers.as_str()], signed.as_slice()].concat());
    assert_eq!(released.code, 0, "{}", released.err);
    assert!(!status(&run).contains("as it was before it changed"), "{}", status(&run));
}

#[test]
fn what_is_agreed_after_the_meeting_leaves_the_minutes_as_they_were() {
    let open = Run::on_the_example().edit("conference.yaml", LOCK, "owner: to be agreed, due: to be agreed");
    let minutes = built(&open, "minutes");
    let agreed = "owner: housing, due: 2027-01-08, history: [{ on: 2026-12-02, was_due: to be agreed, was_owner: to be agreed }]";
    let run = Run::on_the_example().edit("conference.yaml", LOCK, agreed);
    assert_eq!(built(&run, "minutes"), minutes, "they tell of the meeting");
    let plan = built(&run, "plan");
    assert!(plan.contains("8 Jan 2027") && plan.contains("somebody took it on, and a day was agreed"), "{plan}");
    let check = open.convenor(&["check", "@/conference.yaml"]).err;
    assert!(check.contains("`history: [{ on: …, was_owner: to be agreed }]`"), "{check}");
    let nobody = run.edit("conference.yaml", "was_owner: to be agreed", "was_owner: housing-association");
    let check = nobody.convenor(&["check", "@/conference.yaml"]);
    assert!(
        check.code == 1 && check.err.contains("`housing-association` is not among the organisations"),
        "{}",
        check.err
    );
}

#[test]
fn an_action_that_changed_hands_is_in_the_minutes_under_whoever_had_it_then() {
    let before = built(&Run::on_the_example(), "minutes");
    let handed = "owner: police, due: 2026-12-01, status: started, history: [{ on: 2026-12-02, was_owner: housing }]";
    let run = Run::on_the_example().edit("conference.yaml", LOCK, handed);
    assert_eq!(built(&run, "minutes"), before);
    let plan = built(&run, "plan");
    assert!(plan.contains("taken over from Mill Lane Homes"), "{plan}");
    let notices = built(&run, "action-notice");
    assert!(!notices.contains("For Mill Lane Homes"), "it is no longer theirs: {notices}");
}

#[test]
fn the_plan_of_a_conference_that_another_took_on_is_owed_there() {
    let run = Run::on_the_example();
    let review = run.convenor(&["new", "@/review", "--review-of", "@/conference.yaml"]);
    assert_eq!(review.code, 0, "{}", review.err);
    // Who comes for which points is for the coordinator to say.
    let file = run.read("review/conference.yaml").replace("    items: []\n", "");
    let run = run.with("review/conference.yaml", file);
    let line = |files: &[&str]| {
        let args = [&["status"], files, &["--today", "2027-02-25", "--message-format", "json"]].concat();
        let out = run.convenor(&args).out;
        let first =
            out.lines().find(|line| line.contains("\"conference\":\"CSC-2026-014\"")).expect("it is among them");
        first.to_owned()
    };
    let alone = line(&["@/conference.yaml"]);
    assert!(alone.contains("\"action-1") && !alone.contains("carried_on_by"), "{alone}");
    let both = line(&["@/conference.yaml", "@/review/conference.yaml"]);
    assert!(!both.contains("\"action-1") && both.contains("\"carried_on_by\":\""), "{both}");
}

#[test]
fn nobody_waits_for_a_community_member_at_a_conference_about_a_peer_group() {
    let run = to_come().edit("conference.yaml", "kind: place", "kind: peer-group");
    let papers = built(&run, "chair-brief,name-cards,attendance-sheet");
    assert!(!papers.contains("Dhillon") && papers.contains("Nair"), "{papers}");
    let asked = |run: &Run| {
        let said = run.convenor(&["timetable", "@/conference.yaml", "--today", "2026-11-10"]).out;
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let all = said.split(" have ").next().and_then(|before| before.rsplit(' ').next()?.parse::<usize>().ok());
        all.unwrap_or_else(|| panic!("{said}"))
    };
    assert!(asked(&run) < asked(&to_come()), "fewer are asked to reply");
}

#[test]
fn a_lead_practitioner_who_gets_no_letter_counts_for_the_quorum_in_the_brief() {
    let run = to_come();
    let with = built(&run, "chair-brief");
    assert!(with.contains("Said yes so far"), "{with}");
    let lead = run.edit("conference.yaml", "author: p-lead", "author: p-chair");
    assert!(
        built(&lead, "chair-brief").contains("Said yes so far, with the lead practitioner"),
        "the chair is no invitee"
    );
}

#[test]
fn what_others_have_together_is_not_sent_to_somebody_who_is_kept_out_since() {
    let run = to_come();
    built(&run, "agenda");
    let papers = format!("@/{OUT}");
    let signed = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-03"];
    let released = run.convenor(&[&["release", papers.as_str()], signed.as_slice()].concat());
    assert_eq!(released.code, 0, "{}", released.err);
    let kept_out = "items: [1, 2, 4, 5, 7, 8, 15], exclusion: { on: 2026-11-12, because: a young person asked for it }, excluded: [1, 2, 4, 5, 7, 8, 15] }";
    let run = run.edit("conference.yaml", "items: [1, 2, 4, 5, 7, 8, 15] }", kept_out);
    let sent = |on: &str| {
        let sent = run.convenor(&["sent", &papers, "--paper", "agenda", "--how", "email", "--on", on]);
        assert_eq!(sent.code, 0, "{}", sent.err);
        run.convenor(&["record", &papers, "--of", "Dhillon"]).out
    };
    assert!(!sent("2026-11-13").contains("13 Nov"), "{}", sent("2026-11-13"));
    let status = run.convenor(&["status", "@/conference.yaml", "-o", "@/out", "--today", "2026-11-13"]).out;
    assert!(!status.contains("Send the papers"), "everybody else has them: {status}");
    // On a day before she was kept out she may have had it.
    assert!(sent("2026-11-11").contains("11 Nov"), "{}", sent("2026-11-11"));
}

#[test]
fn only_what_misleads_its_readers_is_proposed_to_be_sent_again() {
    let run = to_come();
    built(&run, "agenda,invitation,terms");
    let papers = format!("@/{OUT}");
    let signed = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-03"];
    let released = run.convenor(&[&["release", papers.as_str()], signed.as_slice()].concat());
    assert_eq!(released.code, 0, "{}", released.err);
    let run = moved(run, "2026-11-12").edit("conference.yaml", "protected_names: [Kai Mensah]", "protected_names: []");
    let said = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt"]).out;
    assert!(said.contains("no letter corrects them: `--reissue agenda --because"), "{said}");
    let others = said.lines().find(|line| line.starts_with("A new version goes to everybody")).unwrap_or_default();
    assert!(others.ends_with("`--reissue KIND --because \"…\"`: invitation, terms"), "{said}");
    let because: Vec<&str> = said.lines().filter(|line| line.contains("left as it is")).collect();
    assert!(because.iter().all(|line| line.contains("because of meeting.") && !line.contains("protected")), "{said}");
}

#[test]
fn a_version_that_nobody_is_sent_is_not_made() {
    let all_in_part = |run: Run| {
        let text =
            run.read("conference.yaml").replace("signed: 2026-11-12 } }", "signed: 2026-11-12 }, items: [1, 2] }");
        let text = text.replace("signed: 2026-11-19 } }", "signed: 2026-11-19 }, items: [1, 2] }");
        let text = text.replace("items: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],", "items: [1, 2],");
        let text = text.replace(
            "the room, undertaking: { signed: 2026-11-24 } }",
            "the room, undertaking: { signed: 2026-11-24 }, items: [1, 2] }",
        );
        run.with("conference.yaml", text)
    };
    let made = |run: &Run| {
        built(run, "minutes,plan");
        run.files(&format!("{OUT}/community"))
    };
    let is_whole = |files: &[String]| files.iter().any(|file| file.ends_with("/minutes.txt"));
    assert!(is_whole(&made(&Run::on_the_example())), "some are sent all of it");
    let run = all_in_part(Run::on_the_example());
    let files = made(&run);
    assert!(!is_whole(&files) && files.iter().any(|file| file.contains("minutes-for-")), "{files:?}");
    // A folder of before keeps what was released, and nobody is asked to withdraw anybody for it.
    let run = Run::on_the_example();
    built(&run, "minutes,plan");
    let signed = ["--checked-by", "Ruth Penhaligon", "--on", "2026-11-28"];
    let released = run.convenor(&[&["release", &format!("@/{OUT}")], signed.as_slice()].concat());
    assert_eq!(released.code, 0, "{}", released.err);
    let run = all_in_part(run);
    let again = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "minutes,plan"]);
    assert!(
        again.code == 0 && again.out.contains("no longer due to anybody: community/minutes.txt. `"),
        "{}{}",
        again.out,
        again.err
    );
}

#[test]
fn a_checker_whom_the_data_does_not_know_is_doubted_once() {
    let run = to_come();
    built(&run, "agenda,terms");
    let release = |only: &str| {
        let signed = ["--checked-by", "Olga Marsh", "--on", "2026-11-03", "--only", only];
        let outcome = run.convenor(&[&["release", &format!("@/{OUT}")], signed.as_slice()].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome.err.contains("unknown-checker")
    };
    assert!(release("agenda") && !release("terms"));
}

#[test]
fn an_action_has_one_number_for_everybody() {
    let run = Run::on_the_example();
    built(&run, "minutes,plan,decision-letter,action-notice,progress-report");
    let bench = "Turn the benches to face the ticket hall";
    let mut told = 0;
    for file in run.files(OUT).into_iter().filter(|file| file.ends_with(".txt")) {
        let text = run.read(&file).split_whitespace().collect::<Vec<_>>().join(" ");
        for (before, _) in text.match_indices(bench).map(|(at, _)| text.split_at(at)) {
            let is_number =
                |word: &&str| word.len() == 3 && word.as_bytes()[1] == b'.' && word.starts_with(char::is_numeric);
            let number = before.split_whitespace().rev().take(20).find(is_number);
            assert!(number.is_none_or(|number| number == "1.2"), "{file}: {number:?}");
            told += usize::from(number.is_some());
        }
    }
    assert!(told > 3, "{told}");
    // Of the two actions of the policies' goal the buses have the second: so it is called in their own papers.
    let files = run.files(&format!("{OUT}/community"));
    let notice = files.iter().find(|file| file.contains("actions-") && file.contains("lower-marsh-buses"));
    let notice = run.read(notice.expect("they have one"));
    assert!(notice.contains("Action 4.2: Tell every driver") && !notice.contains("1.1"), "{notice}");
}

#[test]
fn no_paper_tells_that_there_is_a_letter_to_whoever_is_asked_to_stay_away() {
    let steps = "---\ntitle: Steps\npurpose: All steps of the timetable\neach: conference\nlayout: report\naudiences: [professional]\nformats: [pdf]\nfile: steps-{reference}\n---\n{# block steps: each of them #}\n{%- block steps %}\n# Steps\n\n{% for step in conference.timetable %}- {{ step.title }}\n{% endfor %}\n{%- endblock steps %}\n";
    let kept_out = "items: [1, 2, 4, 5, 7, 8, 15], exclusion: { on: 2026-11-12, because: a young person asked for it }, excluded: [7] }";
    let run = to_come().edit("conference.yaml", "items: [1, 2, 4, 5, 7, 8, 15] }", kept_out);
    let run = run.with("templates/steps.md", steps);
    let all = built(&run, "steps");
    assert!(all.contains("Send the invitations") && !all.contains("stay away"), "{all}");
    let hers = run.convenor(&["timetable", "@/conference.yaml", "--format", "json", "--today", "2026-11-10"]).out;
    assert!(hers.contains("\"exclusions\""), "the coordinator has it: {hers}");
}
