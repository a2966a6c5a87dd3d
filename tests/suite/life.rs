//! The papers of a conference's life: who gets which, when, and what each reader may read in them.

use crate::run::Run;

const OUT: &str = "out/CSC-2026-014";

fn built(run: &Run, only: &str) -> Vec<String> {
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", only]);
    assert_eq!(outcome.code, 0, "{only}: {}", outcome.err);
    let mut files = run.files(OUT);
    files.retain(|file| file.ends_with(".txt"));
    files
}

fn letter(run: &Run, files: &[String], part: &str) -> String {
    let mut found = files.iter().filter(|file| file.contains(part));
    let file = found.next().unwrap_or_else(|| panic!("there is no {part}: {files:?}"));
    assert!(found.next().is_none(), "{part} is one file: {files:?}");
    run.read(file).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Twelve days before the meeting, nobody's attendance, nothing said.
pub fn to_come() -> Run {
    let run = Run::on_the_example();
    let text = run.read("conference.yaml").replace(", attended: true", "");
    let (head, _) = text.split_once("items:   ").expect("it has items");
    let head = head.to_owned() + "protected_names: [Kai Mensah]\nreview: { date: 2027-02-23 }\n";
    run.with("conference.yaml", head)
}

fn changed(run: Run, change: &str) -> Run {
    run.edit("conference.yaml", "  reply_by: 2026-11-17\n", &format!("  reply_by: 2026-11-17\n{change}"))
}

const MOVED: &str =
    "  changes: [{ on: 2026-11-12, because: the hall has no heating, was: { date: 2026-11-20, start: \"10:00\" } }]\n";
const CANCELLED: &str = "  cancelled: { on: 2026-11-13, because: the assessment is being done again }\n";

#[test]
fn a_decision_letter_says_what_its_reader_may_know_and_no_more() {
    let run = Run::on_the_example();
    let files = built(&run, "decision-letter");
    assert_eq!(files.len(), 19, "everybody who was invited: {files:?}");
    // Professionals read the other view and what only they may know of an action.
    let professional = letter(&run, &files, "decision-06");
    assert!(professional.contains("shorter first review") && professional.contains("photograph of the lock"));
    let signed = letter(&run, &files, "decision-14");
    assert!(signed.contains("goes to the oversight panel") && !signed.contains("stairwell"), "{signed}");
    // Somebody who has signed nothing reads what is public, in a letter that does not name the place.
    let unsigned = letter(&run, &files, "decision-15");
    assert!(unsigned.contains("The threshold is met") && !unsigned.contains("lighting cable"), "{unsigned}");
    assert!(!unsigned.contains("Mill Lane interchange") && !unsigned.contains("Harm keeps happening"), "{unsigned}");
    for file in &files {
        assert!(run.read(file).contains("25 November 2026"), "{file} is dated on the day it is due");
    }
}

#[test]
fn whoever_is_kept_out_of_the_decision_is_told_what_is_public_of_it() {
    let run = Run::on_the_example().edit(
        "conference.yaml",
        "items: [1, 2, 3, 4, 5, 7, 8, 13, 14], bring: What your staff",
        "excluded: [13, 14], bring: What your staff",
    );
    let kept_out = letter(&run, &built(&run, "decision-letter"), "decision-12");
    assert!(kept_out.contains("The threshold is met") && !kept_out.contains("lighting cable"), "{kept_out}");
    assert!(kept_out.contains("Turn the benches"), "its own action: {kept_out}");
    assert!(!kept_out.contains("Train and support"), "not what others do: {kept_out}");
}

#[test]
fn what_is_for_the_chair_lies_apart_and_is_sent_to_nobody_else() {
    let run = Run::on_the_example();
    let files = built(&run, "chair-brief,attendance-sheet,distribution");
    assert!(files.len() == 3 && files.iter().all(|file| file.contains("/chair/")), "{files:?}");
    let register: serde_json::Value =
        serde_json::from_str(&run.read(&format!("{OUT}/register.json"))).expect("the register is JSON");
    for file in register["files"].as_array().expect("it lists files") {
        assert_eq!(file["recipients"], serde_json::json!(["Adaeze Okonkwo"]), "{file}");
    }
    let sheet = letter(&run, &files, "attendance-sheet");
    assert!(sheet.contains("Sgt Priya Nair") && !sheet.contains("Saoirse"), "no youth representative: {sheet}");
    let verified = run.convenor(&["verify", &format!("@/{OUT}")]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    // Moved among the papers of others, it is found.
    let bytes = run.bytes(&files[0]);
    let run = run.with(&files[0].replace("/chair/", "/community/"), bytes);
    assert_eq!(run.convenor(&["verify", &format!("@/{OUT}")]).code, 1);
}

#[test]
fn agencies_are_asked_for_reports_and_only_those_who_have_not_answered_are_reminded() {
    let run = to_come();
    let requests = built(&run, "report-request");
    assert_eq!(requests.len(), 9, "every agency but the council, no shop: {requests:?}");
    assert!(letter(&run, &requests, "metropolitan-police").contains("Thursday 19 November 2026"));
    let reminders: Vec<_> = built(&run, "reminder").into_iter().filter(|file| file.contains("reminder")).collect();
    assert_eq!(reminders.len(), 1, "{reminders:?}");
    assert!(reminders[0].contains("campbell-hughes"), "{reminders:?}");
    assert!(run.read(&reminders[0]).contains("13 November 2026"), "it is dated on the day it is due");
}

#[test]
fn only_those_who_came_are_thanked() {
    let run = Run::on_the_example();
    let thanks = built(&run, "thank-you");
    assert_eq!(thanks.len(), 16, "{thanks:?}");
    assert!(!thanks.iter().any(|file| file.contains("dhillon")), "she sent apologies: {thanks:?}");
}

#[test]
fn a_changed_meeting_is_told_to_everybody_and_leaves_released_invitations_alone() {
    let run = to_come();
    let before = built(&run, "invitation");
    let release =
        ["release", "@/conference.yaml", "-o", "@/out", "--checked-by", "Ruth Penhaligon", "--on", "2026-11-06"];
    let outcome = run.convenor(&release);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let invitation = run.bytes(&before[0]);
    let run = changed(run, MOVED);
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    // The invitations name the same day: only the change says what it was.
    assert_eq!(run.bytes(&before[0]), invitation, "what was released stays");
    let files = run.files(OUT);
    let letters: Vec<_> = files.iter().filter(|file| file.contains("/change-")).cloned().collect();
    assert_eq!(letters.len(), 19, "{files:?}");
    let told = letter(&run, &letters, "change-02");
    for said in ["moved to Tuesday 24 November 2026", "the hall has no heating", "Friday 20 November 2026", "10am"] {
        assert!(told.contains(said), "{said}: {told}");
    }
}

#[test]
fn the_calendar_follows_the_meeting() {
    let entry = |run: &Run, paper: &str| {
        let args = ["invite", "@/conference.yaml", "-o", "@/out", "--make", "calendar", "--paper", paper, "--yes"];
        let outcome = run.convenor(&args);
        assert_eq!(outcome.code, 0, "{paper}: {}{}", outcome.out, outcome.err);
        let files: Vec<_> = run.files(OUT).into_iter().filter(|file| file.ends_with(".ics")).collect();
        let meeting = files.iter().find(|file| file.ends_with("community/meeting.ics")).expect("a calendar entry");
        (run.read(meeting), files.iter().any(|file| file.ends_with("reply.ics")))
    };
    let (first, asks) = entry(&to_come(), "invitation");
    assert!(first.contains("SEQUENCE:0") && first.contains("STATUS:CONFIRMED") && asks, "{first}");
    let (moved, asks) = entry(&changed(to_come(), MOVED), "rearranged");
    assert!(moved.contains("SEQUENCE:1") && moved.contains("STATUS:CONFIRMED") && asks, "{moved}");
    let (gone, asks) = entry(&changed(to_come(), &(MOVED.to_owned() + CANCELLED)), "cancelled");
    assert!(
        gone.contains("SEQUENCE:2") && !gone.contains("reply by") && gone.contains("STATUS:CANCELLED") && !asks,
        "{gone}"
    );
    let id = |entry: &str| entry.lines().find(|line| line.starts_with("UID:")).map(str::to_owned);
    assert!(id(&first) == id(&moved) && id(&moved) == id(&gone), "it is one entry");
    // Nobody's calendar needs a meeting that is over.
    let run = Run::on_the_example();
    let args =
        ["invite", "@/conference.yaml", "-o", "@/out", "--make", "calendar", "--paper", "decision-letter", "--yes"];
    assert_eq!(run.convenor(&args).code, 0);
    assert!(!run.files(OUT).iter().any(|file| file.ends_with(".ics")), "{:?}", run.files(OUT));
}

#[test]
fn a_message_of_a_cancelled_meeting_takes_it_out_of_the_calendar() {
    let run = changed(to_come(), CANCELLED);
    let run = run.edit(
        "conference.yaml",
        "email: priya.nair@police.example, phone: 020 7946 0102 }",
        "email: priya.nair@police.example, phone: 020 7946 0102 }, email_consent: true",
    );
    let args = ["invite", "@/conference.yaml", "-o", "@/out", "--make", "emails", "--paper", "cancelled", "--yes"];
    let outcome = run.convenor(&args);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    let files = run.files(OUT);
    let message = files.iter().find(|file| file.ends_with(".eml")).expect("a message");
    let message = mail_parser::MessageParser::default().parse(&run.bytes(message)).expect("a message").into_owned();
    let entry = message.attachments().find(|part| part.is_text() && !part.is_message()).expect("a calendar entry");
    let entry = String::from_utf8_lossy(entry.contents()).replace("\r\n ", "");
    assert!(entry.contains("METHOD:CANCEL") && entry.contains("STATUS:CANCELLED"), "{entry}");
    assert!(entry.contains("priya.nair@police.example") && !entry.contains("RSVP"), "{entry}");
}

#[test]
fn of_a_cancelled_meeting_nothing_else_is_made_and_nothing_is_late() {
    let run = changed(to_come(), CANCELLED);
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let papers: Vec<_> = run.files(OUT).into_iter().filter(|file| file.ends_with(".txt")).collect();
    assert!(papers.len() == 19 && papers.iter().all(|file| file.contains("/cancelled-")), "{papers:?}");
    let outcome = run.convenor(&["status", "@/conference.yaml", "-o", "@/out", "--today", "2026-12-24"]);
    assert!(outcome.out.contains("Stage: cancelled") && !outcome.out.contains("Late"), "{}", outcome.out);
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "invitation"]);
    assert!(outcome.code == 2 && outcome.err.contains("`invitation` is not made: the meeting is cancelled"));
    let outcome = to_come().convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "cancelled"]);
    assert!(outcome.code == 2 && outcome.err.contains("the meeting is not cancelled"), "{}", outcome.err);
}

#[test]
fn a_closing_record_is_made_where_the_plan_ends() {
    let run = Run::on_the_example();
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "closing-record"]);
    assert!(outcome.code == 2 && outcome.err.contains("no decision ends the plan"), "{}", outcome.err);
    let run = run.edit(
        "conference.yaml",
        "option: plan-agreed, text: \"The threshold is met",
        "option: close, text: \"The threshold is met",
    );
    assert_eq!(built(&run, "closing-record").len(), 2, "for professionals and for the community");
}

#[test]
fn an_action_may_have_several_owners_or_none_yet_and_no_day() {
    const OWNER: &str = "owner: housing, due: 2026-12-01, status: started";
    let of = |to: &str| Run::on_the_example().edit("conference.yaml", OWNER, to);
    let run = of("owner: housing, with: [youth], person: Ms Uma Frost, due: ongoing, status: partly-done");
    let files = built(&run, "action-notice");
    let (housing, youth) = (letter(&run, &files, "mill-lane-homes"), letter(&run, &files, "youth-service"));
    for notice in [&housing, &youth] {
        assert!(notice.contains("Lock the rear stairwell") && notice.contains("partly done"), "{notice}");
        assert!(notice.contains("goes on as long as"), "{notice}");
    }
    let run = of("owner: to be agreed, due: to be agreed, status: open");
    let files = built(&run, "action-notice,minutes");
    assert!(!files.iter().any(|file| file.contains("actions-06")), "nobody has taken it on: {files:?}");
    let minutes = letter(&run, &files, "professional/minutes");
    assert!(minutes.to_lowercase().contains("to be agreed"), "{minutes}");
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(outcome.err.matches("[to-be-agreed]").count(), 2, "{}", outcome.err);
}

/// The example as a review, with the agenda that its points are numbered by.
fn as_review(run: Run) -> Run {
    let all = include_str!("../../templates/base/agenda.yaml");
    let rest = all.lines().skip_while(|line| !line.starts_with("initial:")).skip(1);
    let points: String = rest.take_while(|line| line.starts_with(' ')).map(|line| format!("{line}\n")).collect();
    let text = run.read("conference.yaml").replace("kind: initial ", "kind: review ");
    run.with("conference.yaml", format!("{text}\nagenda:\n{points}"))
}

#[test]
fn a_review_carries_what_was_due_before_it() {
    let early =
        |run: Run| run.edit("conference.yaml", "owner: housing, due: 2026-12-01", "owner: housing, due: 2026-11-02");
    let outcome = early(as_review(Run::on_the_example())).convenor(&["check", "@/conference.yaml"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let outcome = early(Run::on_the_example()).convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 1 && outcome.err.contains("[date-order]"), "{}", outcome.err);
}

#[test]
fn reports_corrections_and_readings_are_in_the_minutes_of_those_who_may_read_them() {
    let run = Run::on_the_example()
        .edit(
            "conference.yaml",
            "category: statutory, quorum: agency, agreement: { signed: 2026-04-14, review: 2027-04-14 } }",
            "category: statutory, quorum: agency, report: { asked: 2026-11-03, received: 2026-11-23, use: read-out }, agreement: { signed: 2026-04-14, review: 2027-04-14 } }",
        )
        .edit(
            "conference.yaml",
            "minutes: { status: draft }",
            "minutes: { status: draft, corrections: [{ on: 2026-12-16, by: kitchen, agenda: 5, text: The queue ends at half past four., answer: made, share: community }, { on: 2026-12-16, by: police, agenda: 5, text: Two officers and not three were there., answer: noted }] }",
        )
        .edit(
            "conference.yaml",
            "    measure: Evening survey in February; columns working\n",
            "    measure: Evening survey in February; columns working\n    readings: [{ on: 2027-01-20, text: Lamps fail on 4 of 14 columns, value: 4, share: community }, { on: 2027-02-10, text: Lamps fail on 2 of 14 columns, value: 2 }]\n",
        )
        ;
    let run = as_review(run);
    let files = built(&run, "minutes");
    let (professional, community) =
        (letter(&run, &files, "professional/minutes"), letter(&run, &files, "community/minutes.txt"));
    assert!(professional.contains("Metropolitan Police") && professional.contains("read out"), "{professional}");
    for said in ["The queue ends at half past four", "Two officers and not three", "Lamps fail on 2 of 14"] {
        assert!(professional.contains(said), "{said}: {professional}");
    }
    assert!(community.contains("The queue ends at half past four") && community.contains("Lamps fail on 4 of 14"));
    assert!(!community.contains("Two officers") && !community.contains("Lamps fail on 2 of 14"), "{community}");
}

#[test]
fn an_address_may_stand_once_with_the_organisation_and_need_not_stand_for_whoever_is_only_emailed() {
    const OWN: &str = "\n      address: [Marshgate Police Station, 2 Kiln Road, MARSHGATE, E20 9AB],";
    const POLICE: &str = "police:       { name: Metropolitan Police,";
    let letter = |run: &Run| letter(run, &built(run, "invitation"), "invitation-02");
    let before = letter(&Run::on_the_example());
    let without = || Run::on_the_example().edit("conference.yaml", OWN, "");
    let check = |run: &Run| run.convenor(&["check", "@/conference.yaml"]);
    let outcome = check(&without());
    assert!(outcome.code == 1 && outcome.err.contains("the field `address` is missing"), "{}", outcome.err);
    let address = "address: [Marshgate Police Station, 2 Kiln Road, MARSHGATE, E20 9AB],";
    let run = without().edit("conference.yaml", POLICE, &format!("{POLICE} {address}"));
    assert_eq!(letter(&run), before, "it is the same letter");
    // A fault in it is told where it stands.
    let run = without().edit("conference.yaml", POLICE, &format!("{POLICE} {}", address.replace("E20 9AB", "E2O")));
    let outcome = check(&run);
    let told = "error[bad-postcode]: `E2O` is not a UK postcode\n  --> conference.yaml:89:";
    assert!(outcome.err.contains(told), "where the organisation stands: {}", outcome.err);
    // Nobody else's papers hold it.
    let run = without().edit("conference.yaml", POLICE, &format!("{POLICE} {address}"));
    let others = built(&run, "invitation,terms,minutes,decision-letter");
    let holds =
        |file: &&String| run.read(file).contains("Kiln Road, MARSHGATE") || run.read(file).contains("2 Kiln Road");
    assert!(others.iter().filter(holds).all(|file| file.contains("-02-")), "{others:?}");
    let emailed = without().edit(
        "conference.yaml",
        "email: priya.nair@police.example, phone: 020 7946 0102 }, organisation: police,",
        "email: priya.nair@police.example, phone: 020 7946 0102 }, organisation: police, channel: email, email_consent: true,",
    );
    let outcome = check(&emailed);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(letter(&emailed).contains("Dear Sgt Nair"));
}

#[test]
fn what_became_of_an_action_later_is_in_the_plan_and_not_in_what_tells_of_the_meeting() {
    let later = "owner: housing, due: 2027-01-08, status: done, history: [{ on: 2026-12-02, was_due: 2026-12-01 }, { on: 2027-01-05, status: done, text: { text: The lock is fitted., share: community } }]";
    let run = Run::on_the_example().edit("conference.yaml", "owner: housing, due: 2026-12-01, status: started", later);
    let files = built(&run, "minutes,plan,decision-letter");
    let minutes = letter(&run, &files, "professional/minutes");
    assert!(minutes.contains("by 1 December 2026") && !minutes.contains("The lock is fitted"), "{minutes}");
    assert!(!minutes.to_lowercase().contains("status: done"), "{minutes}");
    let told = letter(&run, &files, "decision-06");
    assert!(told.contains("1 December 2026") && !told.to_lowercase().contains("status: done"), "{told}");
    let plan = letter(&run, &files, "professional/plan");
    assert!(plan.contains("The lock is fitted") && plan.to_lowercase().contains("done"), "{plan}");
}

#[test]
fn a_letter_about_a_change_is_no_older_than_the_change_and_a_day_to_reply_that_is_past_is_told() {
    let run = changed(to_come(), MOVED);
    let letters = built(&run, "rearranged");
    assert!(letter(&run, &letters, "change-02").contains("12 November 2026"), "the day of the change");
    assert!(!run.convenor(&["check", "@/conference.yaml"]).err.contains("before the last change"));
    let late = changed(to_come(), &MOVED.replace("2026-11-12", "2026-11-18"));
    let outcome = late.convenor(&["check", "@/conference.yaml"]);
    assert!(outcome.code == 0 && outcome.err.contains("is before the last change (2026-11-18)"), "{}", outcome.err);
    let run = changed(to_come(), CANCELLED);
    let letters = built(&run, "cancelled");
    assert!(letter(&run, &letters, "cancelled-02").contains("13 November 2026"));
}

#[test]
fn a_reminder_that_was_answered_is_no_stray_paper_and_whoever_withdrew_was_not_missing() {
    let run = to_come();
    built(&run, "reminder");
    let release =
        ["release", "@/conference.yaml", "-o", "@/out", "--checked-by", "Ruth Penhaligon", "--on", "2026-11-16"];
    assert_eq!(run.convenor(&release).code, 0);
    let run = run.edit("conference.yaml", "organisation: justice,", "organisation: justice, reply: accepted,");
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--all"]);
    assert!(outcome.code == 0 && !outcome.out.contains("no longer due"), "{}{}", outcome.out, outcome.err);
    let outcome = run.convenor(&["verify", &format!("@/{OUT}")]);
    assert!(outcome.code == 0 && !outcome.err.contains("no longer due"), "{}", outcome.err);
    let gone = "organisation: justice, withdrawn: { on: 2026-11-20 },";
    let run = Run::on_the_example().edit("conference.yaml", "organisation: justice,", gone);
    let minutes = letter(&run, &built(&run, "minutes"), "professional/minutes");
    assert!(!minutes.contains("Campbell-Hughes"), "{minutes}");
}

#[test]
fn a_new_version_of_one_notice_is_no_request_for_one_of_another() {
    let run = Run::on_the_example();
    let release = ["release", "@/conference.yaml", "-o", "@/out", "--checked-by", "Ruth Penhaligon"];
    let build = |run: &Run, more: &[&str]| {
        let kind = ["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "action-notice"];
        let outcome = run.convenor(&[&kind, more].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome.out
    };
    build(&run, &[]);
    assert_eq!(run.convenor(&release).code, 0);
    let run = run.edit("conference.yaml", "owner: housing, due: 2026-12-01", "owner: housing, due: 2026-12-08");
    build(&run, &["--reissue", "action-notice", "--because", "the day has changed"]);
    assert_eq!(run.convenor(&release).code, 0);
    let buses = run.files(OUT).into_iter().find(|file| file.contains("actions-02")).expect("theirs");
    let before = run.bytes(&buses);
    let run = run.edit("conference.yaml", "owner: buses, due: 2027-01-11", "owner: buses, due: 2027-01-18");
    let said = build(&run, &[]);
    assert_eq!(run.bytes(&buses), before, "what was released stays: {said}");
    assert!(said.contains("would now be different"), "{said}");
}
