//! Exceptions among the invited: kept out of points, invited late, in somebody's place; and what was shared besides.

use crate::life::to_come;
use crate::run::Run;

const OUT: &str = "out";

fn built(run: &Run, only: &str) -> Vec<String> {
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", only]);
    assert_eq!(outcome.code, 0, "{only}: {}", outcome.err);
    let mut files = run.files(OUT);
    files.retain(|file| file.ends_with(".txt"));
    files
}

fn words(run: &Run, file: &str) -> String {
    run.read(file).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letter(run: &Run, files: &[String], part: &str) -> String {
    let file = files.iter().find(|file| file.contains(part)).unwrap_or_else(|| panic!("there is no {part}: {files:?}"));
    words(run, file)
}

/// The owner of the bakery, with more in her entry.
fn owner(run: Run, more: &str) -> Run {
    run.edit("conference.yaml", "items: [1, 2, 4, 5, 7, 8, 15] }", &format!("{more} }}"))
}

const DECIDED: &str = "exclusion: { on: 2026-11-18, because: the shop is part of what is discussed, heard: Ms Chan rings you on Monday. }";
const IN_PART: &str = "excluded: [7, 10]";
/// All points that the community may hear.
const WHOLLY: &str = "excluded: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]";

#[test]
fn whoever_is_kept_out_of_points_gets_a_letter_with_the_reason_that_they_may_be_given() {
    let run = owner(to_come(), &format!("{IN_PART}, {DECIDED}"));
    let files = built(&run, "exclusion");
    assert_eq!(files.len(), 1, "nobody else gets one: {files:?}");
    let told = words(&run, &files[0]);
    for part in [
        "decided this on 18 November 2026, because the shop is part of what is discussed",
        "Ms Chan rings you on Monday.",
        "for part of the time only",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    // The reason is theirs alone.
    let all = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--all"]);
    assert_eq!(all.code, 0, "{}", all.err);
    for file in run.files(OUT).iter().filter(|file| file.ends_with(".txt") && !file.contains("exclusion")) {
        assert!(!words(&run, file).contains("the shop is part of what"), "{file}");
        assert!(!words(&run, file).contains("rings you on Monday"), "{file}");
    }
}

#[test]
fn whoever_is_kept_out_of_the_whole_meeting_is_not_invited_to_it_and_nobody_waits_for_them() {
    let run = owner(to_come(), &format!("{WHOLLY}, {DECIDED}"));
    let files = built(&run, "exclusion");
    assert_eq!(files.len(), 1, "{files:?}");
    assert!(words(&run, &files[0]).contains("We ask you not to come to"), "{}", words(&run, &files[0]));
    let number = files[0].rsplit("exclusion-").next().and_then(|rest| rest.split('-').next()).expect("it has a number");
    for kind in ["invitation", "reminder"] {
        let files = built(&run, kind);
        assert!(!files.iter().any(|file| file.contains(&format!("{kind}-{number}-"))), "{files:?}");
    }
    let sheets = built(&run, "attendance-sheet,chair-brief");
    sheets.iter().filter(|file| file.contains("sheet")).for_each(|file| {
        assert!(!words(&run, file).contains("Dhillon"), "{file}");
    });
    // She is told what was decided, since the meeting was not hers to hear.
    let after = owner(Run::on_the_example(), &format!("{WHOLLY}, {DECIDED}"));
    let files = built(&after, "decision-letter");
    assert!(files.iter().any(|file| file.contains(&format!("decision-{number}-"))), "{files:?}");
    let without = owner(to_come(), WHOLLY);
    let refused = without.convenor(&["check", "@/conference.yaml"]);
    assert!(refused.code == 1 && refused.err.contains("excluded from every point"), "{}", refused.err);
}

#[test]
fn a_decision_that_keeps_nobody_out_is_an_error() {
    let refused = owner(to_come(), DECIDED).convenor(&["check", "@/conference.yaml"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("this decision keeps the invitee out of no point"), "{}", refused.err);
}

#[test]
fn somebody_who_is_invited_late_is_asked_to_reply_by_a_day_of_their_own() {
    let run = owner(to_come(), "items: [1, 2, 4, 5, 7, 8, 15], reply_by: 2026-11-23");
    let run =
        run.edit("conference.yaml", "version: 1\n", "version: 1\npapers: { invitation: { issued: 2026-11-19 } }\n");
    let files = built(&run, "invitation");
    let late = files.iter().filter(|file| words(&run, file).contains("23 November 2026")).count();
    assert_eq!(late, 1, "one of {}", files.len());
    // Without a day of their own, a letter of that day would ask for a reply before it was written.
    let run = run.edit("conference.yaml", ", reply_by: 2026-11-23", "");
    let refused = run.convenor(&["check", "@/conference.yaml"]);
    assert!(refused.err.contains("dated after the reply-by date"), "{}", refused.err);
}

#[test]
fn whoever_comes_in_the_place_of_somebody_is_shown_so_to_professionals_alone() {
    let run = Run::on_the_example();
    let with = "invitees:\n  - { person: { name: Ms Ottilie Brackwater, role: Housing Officer }, organisation: housing, address: [1 High Street, MARSHGATE, E20 9ZZ], withdrawn: { on: 2026-11-10, because: on leave, replaced_by: stand-in } }\n  - { id: stand-in, person: { name: Mr Ambrose Quillfeather, role: Housing Officer }, organisation: housing, address: [1 High Street, MARSHGATE, E20 9ZZ], attended: true }\n";
    let run = run.edit("conference.yaml", "invitees:\n", with);
    let files = built(&run, "minutes");
    let professional = letter(&run, &files, "professional/minutes.txt");
    assert!(professional.contains("in place of Ms Ottilie Brackwater"), "{professional}");
    let community = files.iter().filter(|file| file.contains("community/"));
    community.for_each(|file| assert!(!words(&run, file).contains("Brackwater"), "{file}"));
    let wrong = run.edit("conference.yaml", "replaced_by: stand-in", "replaced_by: nobody-of-ours");
    let refused = wrong.convenor(&["check", "@/conference.yaml"]);
    assert!(refused.code == 1 && refused.err.contains("has the id `nobody-of-ours`"), "{}", refused.err);
}

#[test]
fn what_was_shared_is_in_a_log_for_the_chair_and_in_no_other_paper() {
    let run = Run::on_the_example();
    let sharing = "sharing:
  - { on: 2026-12-01, by: housing, to: Metropolitan Police, what: times at which the gate is locked, purpose: to plan patrols, basis: the agreement }
  - { on: 2026-11-28, by: school, to: police, what: a word for the chair alone, share: restricted }
invitees:\n";
    let run = run.edit("conference.yaml", "invitees:\n", sharing);
    let files = built(&run, "sharing-log");
    assert_eq!(files, ["out/CSC-2026-014/chair/sharing-log.txt"]);
    let log = words(&run, &files[0]);
    assert!(log.contains("times at which the gate is locked") && log.contains("to plan patrols"), "{log}");
    assert!(!log.contains("a word for the chair alone"), "restricted words are in the annex or nowhere: {log}");
    let all = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--all"]);
    assert_eq!(all.code, 0, "{}", all.err);
    for file in run.files(OUT).iter().filter(|file| file.ends_with(".txt") && !file.contains("sharing-log")) {
        assert!(!words(&run, file).contains("the gate is locked"), "{file}");
    }
}

#[test]
fn letters_need_no_date_no_day_to_reply_and_no_assessment_and_minutes_need_the_assessment() {
    let drop = |run: Run, start: &str| {
        let text = run.read("conference.yaml");
        let kept: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with(start)).collect();
        run.with("conference.yaml", kept.join("\n") + "\n")
    };
    let run = drop(drop(drop(to_come(), "issued:"), "reply_by:"), "id: CTX");
    let text = run.read("conference.yaml");
    let (head, rest) = text.split_once("\nassessment:\n").expect("it has one");
    let (_, rest) = rest.split_once("\nmeeting:\n").expect("a meeting follows");
    let run = run.with("conference.yaml", format!("{head}\nmeeting:\n{rest}"));
    let files = built(&run, "invitation");
    let one = words(&run, &files[0]);
    assert!(
        one.contains("10 November 2026") && one.contains("17 November 2026"),
        "both follow from the meeting: {one}"
    );
    // Once anything is recorded of the meeting, minutes are to name the assessment.
    let run = run.edit(
        "conference.yaml",
        "review: {",
        "decisions: [{ option: plan-agreed, text: We agree a plan. }]\nreview: {",
    );
    let refused = run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.matches("the minutes name the assessment").count() == 2, "{}", refused.err);
}

/// Twelve people of seven organisations, and nothing that follows from something else.
const TWELVE: &str = "\
reference: CSC-2027-001
context: { kind: place, label: Station Parade }
meeting: { date: 2027-02-23, start: \"13:30\", end: \"15:30\", chair: Ms Ann Reed, minute_taker: Mr Tom Hallam,
  venue: { name: Town Hall, lines: [High Street], postcode: E20 9AA } }
people: { chair: { name: Ms Ann Reed, role: Independent Chair }, minutes: { name: Mr Tom Hallam } }
organisations:
  council: { name: London Borough of Marshgate, category: statutory, quorum: social-care, address: [Town Hall, MARSHGATE, E20 9AA] }
  police:  { name: Metropolitan Police, category: statutory, quorum: agency, address: [2 Kiln Road, MARSHGATE, E20 9AB] }
  health:  { name: East Marsh NHS, category: statutory, quorum: agency, address: [40 Infirmary Road, MARSHGATE, E20 9AD] }
  school:  { name: Dace Park Academy, category: school, address: [1 Dace Park Road, MARSHGATE, E20 9BA] }
  housing: { name: Mill Lane Homes, category: professional, address: [22 Mill Lane, MARSHGATE, E20 9BD] }
  youth:   { name: Marshgate Youth Service, category: professional, address: [Lock Road, MARSHGATE, E20 9BE] }
invitees:
  - { person: { name: Ms Siân Rees }, organisation: council }
  - { person: { name: Sgt Priya Nair }, organisation: police }
  - { person: { name: Sgt Jo Field }, organisation: police }
  - { person: { name: Dr Miriam Ben-David }, organisation: health }
  - { person: { name: Dr Amir Khan }, organisation: health }
  - { person: { name: Mr Malachy Donnell }, organisation: school }
  - { person: { name: Ms Kit Dunmore }, organisation: school }
  - { person: { name: Ms Agnes Lukas }, organisation: housing }
  - { person: { name: Mr Ivo Brandt }, organisation: housing }
  - { person: { name: Mr Kwabena Asante }, organisation: youth }
  - { person: { name: Ms Tess Overton }, organisation: youth }
  - { person: { name: Mr Sol Barker }, organisation: council }
";

#[test]
fn the_first_twelve_letters_need_no_more_than_half_of_the_values_that_they_did() {
    let run = Run::on_the_example().with("conference.yaml", TWELVE);
    let letters = built(&run, "invitation");
    assert_eq!(letters.len(), 12);
    assert!(words(&run, &letters[0]).contains("9 February 2027"), "dated when invitations are due");
    let tree: serde_json::Value = serde_saphyr::from_str(TWELVE).expect("it is YAML");
    assert!(leaves(&tree) <= 81, "{} values", leaves(&tree));
    // What comes later is said.
    let status = run.convenor(&["status", "@/conference.yaml", "-o", "@/out", "--today", "2027-02-01"]);
    assert!(status.code == 0 && status.out.contains("invitation"), "{}{}", status.out, status.err);
}

fn leaves(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(all) => all.iter().map(leaves).sum(),
        serde_json::Value::Object(map) => map.values().map(leaves).sum(),
        _ => 1,
    }
}

#[test]
fn whoever_may_not_know_that_the_work_ends_gets_no_record_of_its_end() {
    let run = Run::on_the_example().edit("conference.yaml", "option: plan-agreed", "option: close");
    let both = built(&run, "closing-record");
    assert!(both.iter().any(|file| file.contains("community/")), "{both:?}");
    let hidden = Run::on_the_example().edit("conference.yaml", "option: plan-agreed", "option: close").edit(
        "conference.yaml",
        "a context plan is agreed.\", share: public,",
        "a context plan is agreed.\", share: professional,",
    );
    let files = built(&hidden, "closing-record");
    assert!(files.iter().all(|file| file.contains("professional/")) && !files.is_empty(), "{files:?}");
}

/// The example before its meeting, which has moved since, and where somebody was invited after that.
fn late_after_a_move() -> Run {
    let moved =
        "  changes: [{ on: 2026-11-12, because: the hall has no heating, was: { start: \"10:00\" } }]\n  reply_by";
    owner(to_come(), "items: [1, 2, 4], reply_by: 2026-11-23").edit("conference.yaml", "  reply_by", moved).edit(
        "conference.yaml",
        "version: 1\n",
        "version: 1\npapers: { invitation: { issued: 2026-11-16 } }\n",
    )
}

#[test]
fn whoever_was_invited_after_a_change_is_told_of_no_change_and_nobody_is_reminded_of_what_they_do_not_have() {
    let run = late_after_a_move();
    let changes = built(&run, "rearranged");
    assert!(changes.len() == 18 && !changes.iter().any(|file| file.contains("dhillon")), "{changes:?}");
    // Reminders are due on 13 November, and the invitations bear the 16th.
    let refused = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "reminder"]);
    assert!(refused.code == 2 && refused.err.contains("leaves no paper to make"), "{}{}", refused.out, refused.err);
}

#[test]
fn whoever_is_kept_out_of_everything_gets_no_copy_of_what_was_said_and_is_not_asked_to_withdraw() {
    let after = owner(Run::on_the_example(), &format!("{WHOLLY}, {DECIDED}, undertaking: {{ signed: 2026-11-10 }}"));
    let files = built(&after, "minutes,plan,decision-letter");
    let theirs: Vec<&String> = files.iter().filter(|file| file.contains("dhillon")).collect();
    assert!(theirs.len() == 1 && theirs[0].contains("decision-"), "{theirs:?}");
    let letter = words(&after, theirs[0]);
    assert!(!letter.contains("lighting cable"), "only what is public: {letter}");
    // What was released to them before the decision is asked back.
    let before = to_come();
    built(&before, "invitation");
    let release =
        ["release", "@/conference.yaml", "-o", "@/out", "--checked-by", "Ruth Penhaligon", "--on", "2026-11-04"];
    assert_eq!(before.convenor(&release).code, 0);
    let out = owner(before, &format!("{WHOLLY}, {DECIDED}"));
    let said = out.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "txt", "--only", "invitation"]).out;
    assert!(said.contains("kept out of the meeting: ask them to give it back") && !said.contains("withdraw"), "{said}");
}

#[test]
fn a_remark_that_is_still_to_be_written_holds_up_minutes_and_no_letter() {
    let run = Run::on_the_example().edit(
        "conference.yaml",
        "items:                            # what was said; the default share is professional\n",
        "items:\n  - { agenda: 3, by: TO BE FILLED IN, text: TO BE FILLED IN }\n",
    );
    built(&run, "decision-letter,minutes");
    let release = |kind: &str| {
        run.convenor(&[
            "release",
            "@/conference.yaml",
            "-o",
            "@/out",
            "--only",
            kind,
            "--checked-by",
            "Ruth Penhaligon",
            "--on",
            "2026-11-25",
        ])
    };
    let refused = release("minutes");
    assert!(refused.code == 1 && refused.err.contains("[to-fill-in]"), "{}", refused.err);
    let letters = release("decision-letter");
    assert_eq!(letters.code, 0, "{}", letters.err);
}

#[test]
fn without_a_quorum_only_what_is_marked_provisional_can_be_agreed() {
    let few = |text: String| text.replace("quorum: agency", "quorum: none");
    let run = Run::on_the_example();
    let text = few(run.read("conference.yaml"));
    let run = run.with("conference.yaml", &text);
    let refused = run.convenor(&["check", "@/conference.yaml"]);
    assert!(refused.code == 1 && refused.err.contains("error[no-quorum]") && refused.err.contains("provisional: true"));
    let run = run.with("conference.yaml", text.replace("- { option: ", "- { provisional: true, option: "));
    let told = run.convenor(&["check", "@/conference.yaml"]);
    assert!(told.code == 0 && told.err.contains("warning[no-quorum]"), "{}", told.err);
    let letter = words(&run, &built(&run, "decision-letter")[0]);
    assert!(letter.contains("whatever was agreed is provisional"), "{letter}");
}

#[test]
fn whoever_sent_somebody_in_their_place_is_thanked_for_that() {
    let run = Run::on_the_example();
    let files = built(&run, "thank-you");
    let theirs = letter(&run, &files, "chakraborty");
    assert!(theirs.contains("Thank you for sending Ms Fionnuala Mac Giolla Bhríde"), "{theirs}");
    assert!(!theirs.contains("Thank you for coming"), "{theirs}");
}

#[test]
fn the_timetable_of_a_council_dates_its_papers() {
    let run = Run::on_the_example().edit(
        "borough.yaml",
        "settings:\n",
        "settings:\n  timetable: { thank-you: { by: 3 working days after the meeting } }\n",
    );
    let files = built(&run, "thank-you");
    assert!(words(&run, &files[0]).contains("27 November 2026"), "{}", words(&run, &files[0]));
}
