//! Weeks in which things change twice: what was answered since, a further change, people who come without being asked.

use crate::life::to_come;
use crate::run::{Outcome, Run};

const OUT: &str = "out/CSC-2026-014";
const FILE: &str = "conference.yaml";

fn build(run: &Run, more: &[&str]) -> Outcome {
    run.convenor(&[&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt"], more].concat())
}

fn release(run: &Run, on: &str, more: &[&str]) -> Outcome {
    run.convenor(&[&["release", "@/out/CSC-2026-014", "--checked-by", "Ruth Penhaligon", "--on", on], more].concat())
}

fn status(run: &Run, today: &str) -> String {
    let said = run.convenor(&["status", "@/conference.yaml", "-o", "@/out", "--today", today]);
    said.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn files(run: &Run, part: &str) -> Vec<String> {
    run.files(OUT).into_iter().filter(|file| file.contains(part) && !file.contains("superseded")).collect()
}

/// Built and released, kind by kind.
fn gone_out(run: &Run, only: &str, on: &str) {
    let built = build(run, &["--only", only]);
    assert_eq!(built.code, 0, "{only}: {}", built.err);
    let released = release(run, on, &["--only", only]);
    assert_eq!(released.code, 0, "{only}: {}", released.err);
}

/// The meeting moved by a change.
fn moved(run: Run, (from, to): (&str, &str), entry: &str) -> Run {
    let run = run.edit(FILE, from, to);
    run.edit(FILE, "  reply_by: 2026-11-17\n", &format!("  reply_by: 2026-11-17\n  changes:\n{entry}"))
}

#[test]
fn a_reminder_of_somebody_who_has_answered_is_taken_away_and_holds_up_no_release() {
    let all = to_come().read(FILE).replace("MARSHGATE, E20 9AE] }", "MARSHGATE, E20 9AE], reply: accepted }");
    let silent = all.replace("reply: accepted", "reply: none");
    let run = to_come().with(FILE, &silent);
    gone_out(&run, "invitation", "2026-11-03");
    assert_eq!(build(&run, &["--only", "reminder"]).code, 0);
    let before = files(&run, "/reminder-");
    assert!(before.len() > 5, "{before:?}");
    // Everybody answers. A build of what the stage calls for makes no reminder, and leaves none.
    let run = run.with(FILE, silent.replace("reply: none", "reply: accepted"));
    let built = build(&run, &["--for", "community,professional"]);
    assert_eq!(built.code, 0, "{}", built.err);
    assert_eq!(files(&run, "/reminder-"), Vec::<String>::new());
    let released = release(&run, "2026-11-10", &[]);
    assert_eq!(released.code, 0, "{}", released.err);
}

#[test]
fn a_released_reminder_is_not_called_undue_because_its_reader_answered() {
    let silent = to_come().read(FILE).replace("reply: accepted", "reply: none");
    let run = to_come().with(FILE, &silent);
    gone_out(&run, "invitation,reminder", "2026-11-13");
    let one = silent.replacen("reply: none", "reply: accepted", 3);
    let run = run.with(FILE, one);
    let built = build(&run, &[]);
    assert!(!built.out.contains("no longer due"), "{}", built.out);
}

#[test]
fn letters_of_a_cancellation_that_is_taken_back_are_taken_away() {
    let run = to_come();
    gone_out(&run, "invitation", "2026-11-03");
    let cancelled = "  reply_by: 2026-11-17\n  cancelled: { on: 2026-11-12 }\n";
    let run = run.edit(FILE, "  reply_by: 2026-11-17\n", cancelled);
    assert_eq!(build(&run, &["--only", "cancelled"]).code, 0);
    assert!(!files(&run, "/cancelled-").is_empty());
    let run = run.edit(FILE, cancelled, "  reply_by: 2026-11-17\n");
    assert_eq!(build(&run, &["--all"]).code, 0);
    assert_eq!(files(&run, "/cancelled-"), Vec::<String>::new());
    assert_eq!(release(&run, "2026-11-13", &[]).code, 0);
}

#[test]
fn a_draft_that_is_no_longer_due_is_left_out_of_a_release() {
    let silent = to_come().read(FILE).replace("reply: accepted", "reply: none");
    let run = to_come().with(FILE, &silent);
    gone_out(&run, "invitation", "2026-11-03");
    assert_eq!(build(&run, &["--only", "reminder"]).code, 0);
    let reminders = files(&run, "/reminder-");
    let run = run.with(FILE, silent.replace("reply: none", "reply: accepted"));
    assert_eq!(build(&run, &["--only", "agenda"]).code, 0);
    let released = release(&run, "2026-11-13", &[]);
    assert_eq!(released.code, 0, "{}", released.err);
    assert!(released.err.contains("drafts of `reminder` are no longer due, and are left out"), "{}", released.err);
    assert!(released.out.contains("papers released"), "{}", released.out);
    assert_eq!(files(&run, "/reminder-"), reminders);
    // Whoever asks for them by name is told that there is nothing to release.
    assert_eq!(release(&run, "2026-11-13", &["--only", "reminder"]).code, 1);
}

#[test]
fn a_further_change_is_told_in_letters_of_its_own() {
    let run = to_come();
    gone_out(&run, "invitation", "2026-11-03");
    let run =
        moved(run, ("date: 2026-11-24", "date: 2026-11-26"), "    - { on: 2026-11-10, was: { date: 2026-11-24 } }\n");
    gone_out(&run, "rearranged", "2026-11-10");
    assert!(!status(&run, "2026-11-11").contains("letters about the change are not released"));
    let place = "    - { on: 2026-11-12, because: the room floods, was: { venue: { name: \"Committee Room 2, Marshgate Town Hall\", postcode: E20 9AA } } }\n";
    let first = "    - { on: 2026-11-10, was: { date: 2026-11-24 } }\n";
    let run = run.edit(FILE, "name: Committee Room 2, Marshgate Town Hall", "name: The Boathouse");
    // Nobody has written the further change down.
    let built = build(&run, &[]);
    assert!(
        built.err.contains("[change-not-told]") && built.err.contains("no change of the meeting says so"),
        "{}",
        built.err
    );
    assert!(status(&run, "2026-11-12").contains("no change of the meeting says so"), "{}", status(&run, "2026-11-12"));
    // Now it is written: new letters are made by themselves, and owed until they are out.
    let run = run.edit(FILE, first, &format!("{first}{place}"));
    assert!(
        status(&run, "2026-11-12").contains("nobody is told that the meeting has changed"),
        "{}",
        status(&run, "2026-11-12")
    );
    let built = build(&run, &[]);
    assert!(built.code == 0 && !built.err.contains("change-not-told"), "{}", built.err);
    assert!(status(&run, "2026-11-12").contains("letters about the change are not released"));
    let letters = files(&run, "/change-");
    assert!(letters.len() > 10);
    let words = run.read(&letters[0]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("12 November 2026") && words.contains("The Boathouse"), "{words}");
    assert!(words.contains("this one takes its place"), "{words}");
    assert!(words.contains("If you have answered for") || words.contains("no answer from you"), "{words}");
    assert_eq!(release(&run, "2026-11-13", &["--only", "rearranged"]).code, 0);
    assert!(!status(&run, "2026-11-13").contains("letters about the change are not released"));
    // Nothing more is made of it.
    assert!(!build(&run, &["--only", "rearranged"]).err.contains("change-not-told"));
    assert_eq!(files(&run, "/change-"), letters);
}

#[test]
fn a_change_that_says_half_or_something_else_than_the_letters_is_told() {
    let run = to_come();
    gone_out(&run, "invitation", "2026-11-03");
    let entry = |was: &str| format!("    - {{ on: 2026-11-10, was: {{ {was} }} }}\n");
    let half = moved(run, ("date: 2026-11-24", "date: 2026-11-26"), &entry("date: 2026-11-24"));
    let half =
        half.edit(FILE, "  start: \"13:30\"", "  start: \"14:00\"").edit(FILE, "  end: \"15:30\"", "  end: \"16:00\"");
    let said = build(&half, &["--only", "rearranged"]).err;
    assert!(said.contains("`meeting.start`, `meeting.end` changed too, and this change does not say so"), "{said}");
    let whole = entry("date: 2026-11-24, start: \"13:30\", end: \"15:30\"");
    let run = half.edit(FILE, &entry("date: 2026-11-24"), &whole);
    assert!(!build(&run, &["--only", "rearranged"]).err.contains("change-not-told"));
    let run = run.edit(FILE, "date: 2026-11-24, start", "date: 2026-11-23, start");
    let said = build(&run, &["--only", "rearranged"]).err;
    assert!(said.contains("the letters that went out do not have this for `meeting.date`"), "{said}");
}

#[test]
fn whoever_was_not_asked_and_did_not_come_gets_nothing_and_whoever_came_is_on_the_list() {
    let penrose = |attended: &str| {
        format!(
            "  - {{ person: {{ name: Mr Hugh Penrose, salutation: Mr Penrose }}, organisation: police, invited: false, {attended}address: [1 High Street, MARSHGATE, E20 9AA] }}\n"
        )
    };
    let at = "\nitems:    ";
    let with = |attended: &str| Run::on_the_example().edit(FILE, at, &format!("{}{at}", penrose(attended)));
    let texts = |run: &Run| {
        let built = build(run, &["--only", "minutes,decision-letter,distribution"]);
        assert_eq!(built.code, 0, "{}", built.err);
        let all = run.files(OUT).into_iter().filter(|file| file.ends_with(".txt"));
        all.map(|file| (run.read(&file), file)).collect::<Vec<_>>()
    };
    let away = texts(&with("reply: apologies, "));
    assert!(
        !away
            .iter()
            .any(|(text, file)| file.contains("penrose") || file.contains("distribution") && text.contains("Penrose"))
    );
    let there = texts(&with("attended: true, "));
    let list = &there.iter().find(|(_, file)| file.contains("distribution")).expect("a list").0;
    assert!(list.contains("Penrose"), "{list}");
    // Of the community, who gets another version: the chair ticks them too.
    let guest = penrose("attended: true, undertaking: { signed: 2026-11-24 }, ").replace("police", "bakery");
    let run = Run::on_the_example().edit(FILE, at, &format!("{guest}{at}"));
    let there = texts(&run);
    let list = &there.iter().find(|(_, file)| file.contains("distribution")).expect("a list").0;
    assert!(list.contains("came without an invitation"), "{list}");
}

#[test]
fn what_is_noted_as_sent_by_its_kind_is_noted_once() {
    let run = to_come();
    gone_out(&run, "invitation", "2026-11-03");
    let sent = |run: &Run, on: &str, more: &[&str]| {
        let args = ["sent", "@/out/CSC-2026-014", "--paper", "invitation", "--how", "post", "--on", on];
        run.convenor(&[&args, more].concat())
    };
    assert_eq!(sent(&run, "2026-11-03", &[]).code, 0);
    let guest = "  - { person: { name: Ms Una Rae, salutation: Ms Rae }, organisation: police, address: [1 High Street, MARSHGATE, E20 9AA] }\n";
    let text = run.read(FILE);
    let at = text.find("protected_names:").expect("they are there");
    let run = run.with(FILE, format!("{}{guest}{}", text[..at].trim_end().to_owned() + "\n", &text[at..]));
    gone_out(&run, "invitation", "2026-11-09");
    let noted = sent(&run, "2026-11-09", &[]);
    assert!(noted.out.contains("1 paper"), "{}{}", noted.out, noted.err);
    // A letter that went out again is named.
    let again = sent(&run, "2026-11-10", &["--of", "Nair"]);
    assert!(again.out.contains("1 paper"), "{}{}", again.out, again.err);
}

#[test]
fn helpers_do_not_hide_that_nobody_owns_an_action_yet() {
    let lock = "owner: housing, due: 2026-12-01, status: started";
    let run = Run::on_the_example().edit(
        FILE,
        lock,
        "owner: to be agreed, with: [police, school], due: 2026-12-01, status: started",
    );
    let built = build(&run, &["--only", "minutes,plan,decision-letter,action-notice"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let words = |file: &str| run.read(file).split_whitespace().collect::<Vec<_>>().join(" ");
    let minutes = words("out/CSC-2026-014/professional/minutes.txt");
    assert!(minutes.contains("Owner to be agreed, with Metropolitan Police and Dace Park Academy"), "{minutes}");
    let letter = files(&run, "professional/decision-02");
    assert!(words(&letter[0]).contains("owner to be agreed, with"), "{}", words(&letter[0]));
}

#[test]
fn a_meeting_online_has_a_name_and_a_link_and_no_postcode() {
    let text = to_come().read(FILE);
    let (head, rest) = text.split_once("  venue:\n").expect("there is a venue");
    let after: String =
        rest.lines().skip_while(|line| line.starts_with("    ")).map(|line| format!("{line}\n")).collect();
    let run = to_come().with(FILE, format!("{head}  venue: {{ name: By video call }}\n{after}"));
    let change = "  changes: [{ on: 2026-11-12, was: { venue: { name: Committee Room 2, postcode: E20 9AA } } }]\n";
    let run = run.edit(FILE, "  reply_by: 2026-11-17\n", &format!("  reply_by: 2026-11-17\n{change}"));
    let built = build(&run, &["--only", "invitation,rearranged,agenda,minutes"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let words = |part: &str| run.read(&files(&run, part)[0]).split_whitespace().collect::<Vec<_>>().join(" ");
    let letter = words("professional/invitation-02");
    assert!(letter.contains("Where: By video call ") && letter.contains("Join online: Video meeting at"), "{letter}");
    let letter = words("professional/change-02");
    assert!(letter.contains("Join online: Video meeting at") && !letter.contains("help to get there"), "{letter}");
    assert!(words("professional/agenda").contains("(By video call)"));
    // Without a link nobody knows where it is.
    let link = text.lines().find(|line| line.starts_with("  online:")).expect("there is a link").to_owned() + "\n";
    let said = run.edit(FILE, &link, "").convenor(&["check", "@/conference.yaml"]);
    assert!(said.code == 1 && said.err.contains("the field `postcode` is missing"), "{}", said.err);
}

/// One more person of the police, in the last place.
fn with_guest(run: Run, more: &str) -> Run {
    let guest = format!(
        "  - {{ person: {{ name: Ms Una Rae, salutation: Ms Rae }}, organisation: police, address: [1 High Street, MARSHGATE, E20 9AA]{more} }}\n"
    );
    let text = run.read(FILE);
    let (head, tail) = text.split_once("protected_names:").expect("they are there");
    run.with(FILE, format!("{}\n{guest}protected_names:{tail}", head.trim_end()))
}

#[test]
fn a_letter_to_somebody_invited_late_bears_a_day_of_its_own_and_nobody_elses_changes() {
    let run = to_come();
    gone_out(&run, "invitation", "2026-11-03");
    let first = run.read(&files(&run, "professional/invitation-02")[0]);
    let run =
        moved(run, ("date: 2026-11-24", "date: 2026-11-26"), "    - { on: 2026-11-10, was: { date: 2026-11-24 } }\n");
    gone_out(&run, "rearranged", "2026-11-10");
    let run = with_guest(run, ", invited_on: 2026-11-12, reply_by: 2026-11-19");
    let checked = run.convenor(&["check", "@/conference.yaml"]);
    assert!(checked.code == 0 && !checked.err.contains("was due on"), "{}", checked.err);
    let built = build(&run, &["--only", "invitation,rearranged,report-request"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let words = |file: &str| run.read(file).split_whitespace().collect::<Vec<_>>().join(" ");
    let theirs = files(&run, "/invitation-").into_iter().find(|file| run.read(file).contains("Ms Rae"));
    let theirs = words(&theirs.expect("they are invited"));
    assert!(theirs.contains("12 November 2026") && theirs.contains("19 November 2026"), "{theirs}");
    // They never heard of another day, and nobody else has another letter.
    assert!(files(&run, "/change-").iter().all(|file| !run.read(file).contains("Rae")));
    assert_eq!(run.read(&files(&run, "professional/invitation-02")[0]), first);
    assert!(!built.out.contains("papers.invitation") && !built.out.contains("no longer due"), "{}", built.out);
    let register = run.read("out/CSC-2026-014/register.csv");
    let line = register.lines().find(|line| line.contains("invitation-") && line.contains("draft")).expect("a draft");
    assert!(line.contains("2026-11-12"), "{line}");
    // The letter is owed on its own day.
    gone_out(&run, "invitation", "2026-11-12");
    let sent = ["sent", "@/out/CSC-2026-014", "--paper", "invitation", "--how", "post", "--on", "2026-11-12"];
    assert_eq!(run.convenor(&sent).code, 0);
    // A letter cannot be answered before the day that it bears, nor be written after the meeting.
    for (more, says) in [
        (", invited_on: 2026-11-19, reply_by: 2026-11-18", "their invitation (2026-11-19)"),
        (", invited_on: 2026-12-19", "their invitation (2026-12-19)"),
        (", reply: accepted, replied_on: 2026-12-01", "their answer (2026-12-01)"),
    ] {
        let said = with_guest(to_come(), more).convenor(&["check", "@/conference.yaml"]);
        assert!(said.code == 1 && said.err.contains(says), "{}", said.err);
    }
}

#[test]
fn an_answer_from_before_the_meeting_moved_no_longer_counts() {
    let all = to_come().read(FILE);
    // Three sent apologies, and nobody noted when.
    let run = to_come().with(FILE, all.replace("reply: accepted", "reply: accepted, replied_on: 2026-11-06"));
    let before = timetable(&run, "2026-11-09");
    let run =
        moved(run, ("date: 2026-11-24", "date: 2026-11-26"), "    - { on: 2026-11-10, was: { date: 2026-11-24 } }\n");
    let after = timetable(&run, "2026-11-11");
    assert!(
        before.contains("18 of 19 have replied\"") && after.contains("\"3 of 19 have replied"),
        "{before}\n{after}"
    );
    // Whoever gave it is reminded, and the letter about a further change does not tell them that they need not answer again.
    let built = build(&run, &["--only", "reminder,rearranged,chair-brief"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let words = |part: &str| run.read(&files(&run, part)[0]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words("/reminder-02").contains("Sgt Nair"));
    assert!(words("professional/change-02").contains("even if you have answered already"));
    let place = "    - { on: 2026-11-10, was: { date: 2026-11-24 } }\n    - { on: 2026-11-12, was: { venue: { name: The Boathouse, postcode: E20 9AA } } }\n";
    let run = run.edit(FILE, "    - { on: 2026-11-10, was: { date: 2026-11-24 } }\n", place);
    assert_eq!(build(&run, &["--only", "rearranged"]).code, 0);
    let words = |part: &str| run.read(&files(&run, part)[0]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words("professional/change-02").contains("We have no answer from you yet"));
    // They answer again.
    let text = run.read(FILE);
    let run = run.with(FILE, text.replace("replied_on: 2026-11-06", "replied_on: 2026-11-11"));
    assert!(timetable(&run, "2026-11-12").contains("18 of 19 have replied"));
    // Nobody noted when: they count, and it is said that this may be wrong.
    let run = run.with(FILE, text.replace(", replied_on: 2026-11-06", ""));
    let said = timetable(&run, "2026-11-12");
    assert!(said.contains("of the answers are to the new day") && said.contains("`replied_on`"), "{said}");
}

fn timetable(run: &Run, today: &str) -> String {
    let args = ["timetable", "@/conference.yaml", "-o", "@/out", "--today", today, "--format", "json"];
    let said = run.convenor(&args);
    assert_eq!(said.code, 0, "{}", said.err);
    said.out
}

#[test]
fn an_envelope_that_went_without_what_it_encloses_is_told() {
    let run = to_come();
    assert_eq!(build(&run, &["--only", "invitation,agreement,undertaking"]).code, 0);
    assert_eq!(release(&run, "2026-11-03", &["--only", "invitation"]).code, 0);
    assert!(!status(&run, "2026-11-03").contains("envelopes"), "{}", status(&run, "2026-11-03"));
    let sent = ["sent", "@/out/CSC-2026-014", "--paper", "invitation", "--how", "post", "--on", "2026-11-03"];
    assert_eq!(run.convenor(&sent).code, 0);
    let said = status(&run, "2026-11-04");
    assert!(said.contains("envelopes is not released: ") && said.contains("of `undertaking`"), "{said}");
    let released = release(&run, "2026-11-04", &["--only", "agreement,undertaking"]);
    assert_eq!(released.code, 0, "{}", released.err);
    assert!(!status(&run, "2026-11-04").contains("envelopes"), "{}", status(&run, "2026-11-04"));
}

#[test]
fn a_report_that_was_asked_for_is_asked_about_until_something_is_noted_of_it() {
    let run = to_come();
    gone_out(&run, "invitation,report-request", "2026-11-03");
    let sent = ["sent", "@/out/CSC-2026-014", "--paper", "report-request", "--how", "post", "--on", "2026-11-03"];
    assert_eq!(run.convenor(&sent).code, 0);
    assert!(!status(&run, "2026-11-04").contains("asked for a report"), "it is not due yet");
    let said = status(&run, "2026-11-23");
    assert!(said.contains("asked for a report, and nothing says") && said.contains("Dace Park Academy"), "{said}");
    let text = run.read(FILE);
    let school = text.lines().find(|line| line.contains("name: Dace Park Academy")).expect("the school");
    let entry = school.strip_suffix(" }").expect("it is on a line");
    let run = run.edit(FILE, school, &format!("{entry}, report: {{ asked: 2026-11-03, received: 2026-11-18 }} }}"));
    let said = status(&run, "2026-11-23");
    assert!(!said.contains("Dace Park Academy") && said.contains("asked for a report"), "{said}");
}

#[test]
fn the_chair_reads_beside_each_point_who_is_not_there_for_it() {
    let run = to_come().edit(
        FILE,
        "organisation: police,\n      address",
        "organisation: police, excluded: [3],\n      address",
    );
    let built = build(&run, &["--only", "chair-brief"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let brief = run.read(&files(&run, "chair-brief")[0]);
    let order = brief.split("The running order").nth(1).expect("it is there");
    let order = order.split("Words for the opening").next().expect("it ends");
    assert!(
        order.matches("(leaving: Sgt Priya Nair").count() == 1 && order.matches("(coming: Sgt Priya Nair").count() == 1,
        "{order}"
    );
}
