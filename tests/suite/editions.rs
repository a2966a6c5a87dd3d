//! Each kind of paper has its own date, version and reason; what announces a meeting is not made once it is over.

use crate::messages::attached;
use crate::run::{Outcome, Run, pdf_text, squeezed};

const OUT: &str = "out/CSC-2026-014";
const DATED: &str = "issued: 2026-11-02                # the only \"today\" that any document knows";
/// Somebody who came uninvited, and whose address nobody has.
const UNINVITED: &str = "invitees:\n  - { person: { name: Mr Ambrose Fry, role: Caretaker }, organisation: housing, invited: false, attended: true }\n";

/// The built-in example, with more at its end.
fn example(more: &str) -> Run {
    let run = Run::on_the_example();
    let text = run.read("conference.yaml");
    run.with("conference.yaml", format!("{text}\n{more}\n"))
}

/// The same, and everything dated so.
fn dated(day: &str, more: &str) -> Run {
    example(more).edit("conference.yaml", DATED, &format!("issued: {day}"))
}

fn of(run: &Run, kind: &str) -> Vec<String> {
    let name = format!("/{kind}");
    run.files(OUT).into_iter().filter(|f| f.contains(&name) && !f.ends_with(".json")).collect()
}

fn text(run: &Run, kind: &str) -> String {
    run.read(of(run, kind).first().unwrap_or_else(|| panic!("no {kind} was made")))
}

fn entry(run: &Run, file: &str) -> serde_json::Value {
    let register: serde_json::Value =
        serde_json::from_str(&run.read(&format!("{OUT}/register.json"))).expect("the register is JSON");
    let files = register["files"].as_array().expect("it lists files");
    files.iter().find(|f| f["file"].as_str().is_some_and(|f| f.contains(file))).expect("it was made").clone()
}

fn invite(run: &Run, more: &[&str]) -> Outcome {
    let args = ["invite", "@/conference.yaml", "--list", "@/people.csv", "-o", "@/out", "--yes"];
    run.convenor(&[&args, more].concat())
}

// The fault: everything dated 18 December, after the meeting of 24 November at which Mr Fry appeared uninvited.

#[test]
fn nobody_is_invited_to_a_meeting_that_is_over_and_whoever_came_is_in_the_minutes() {
    let run = dated("2026-12-18", "").edit("conference.yaml", "invitees:\n", UNINVITED);
    let outcome = run.build(&["--to", "txt"]);
    assert!(of(&run, "invitation").is_empty(), "{:?}", of(&run, "invitation"));
    let told = "warning[meeting-over]: `agenda`, `attendance-sheet`, `chair-brief`, `invitation`, `name-cards`, `reminder` and `report-request` are not made: they announce the meeting of 24 November 2026 and would be dated 18 December 2026\n --> conference.yaml:8:9\n";
    assert!(outcome.err.contains(told), "{}", outcome.err);
    assert_eq!(outcome.err.matches("[meeting-over]").count(), 1);
    assert!(!outcome.out.contains("Invitation"), "{}", outcome.out);
    assert!(text(&run, "professional/minutes").contains("Mr Ambrose Fry"), "{}", text(&run, "professional/minutes"));
    assert!(!outcome.err.contains("[not-dated]"), "the minutes are dated after the meeting");
}

#[test]
fn what_the_warning_advises_brings_the_invitations_back() {
    let own = "papers: { invitation: { issued: 2026-11-02 } }";
    let run = dated("2026-12-18", own);
    let outcome = run.build(&["--to", "txt"]);
    let over = outcome.err.lines().find(|line| line.contains("[meeting-over]")).expect("others are over");
    assert!(!over.contains("`invitation`"), "{over}");
    assert_eq!(of(&run, "invitation").len(), 19);
    assert!(text(&run, "invitation").contains("2 November 2026"));
    assert!(text(&run, "terms").contains("18 December 2026"));
    // They are the letters that the example has.
    let before = Run::on_the_example();
    before.build(&["--to", "txt", "--only", "invitation"]);
    for file in of(&before, "invitation") {
        assert_eq!(run.read(&file), before.read(&file), "{file}");
    }
}

#[test]
fn a_meeting_that_is_over_is_told_whichever_date_is_the_wrong_one() {
    let run = example("").edit("conference.yaml", "date: 2026-11-24", "date: 2026-10-30");
    let run = run.edit("conference.yaml", "reply_by: 2026-11-17", "reply_by: 2026-10-28");
    let outcome = run.build(&["--to", "txt"]);
    assert!(outcome.err.contains("[meeting-over]") && of(&run, "invitation").is_empty(), "{}", outcome.err);
}

#[test]
fn on_the_day_of_the_meeting_somebody_may_still_be_invited() {
    let run = dated("2026-11-24", "");
    let outcome = run.build(&["--to", "txt"]);
    assert!(!outcome.err.contains("[meeting-over]") && !outcome.err.contains("[not-dated]"), "{}", outcome.err);
    assert_eq!(of(&run, "invitation").len(), 19);
}

#[test]
fn asked_for_alone_they_are_an_error_and_nothing_is_written() {
    let run = dated("2026-12-18", "");
    let args = ["build", "@/conference.yaml", "-o", "@/out", "--only", "invitation"];
    let outcome = run.convenor(&args);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.starts_with("error[date-order]: `invitation` is not made"), "{}", outcome.err);
    assert!(outcome.err.contains("--> conference.yaml:8:9"), "{}", outcome.err);
    assert!(run.files("out").is_empty());
    // With others they are left out.
    let outcome = run.convenor(&[&args[..], &["--only", "minutes", "--to", "txt"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.err.contains("[meeting-over]") && !of(&run, "minutes").is_empty());
}

#[test]
fn a_list_is_not_invited_either_unless_the_letters_have_their_own_date() {
    let run = dated("2026-12-18", "");
    let outcome = invite(&run, &[]);
    assert_eq!(outcome.code, 1);
    let told =
        "error[date-order]: these letters would invite people to a meeting that is over\n --> conference.yaml:8:9\n";
    assert!(outcome.err.contains(told), "{}", outcome.err);
    let run = dated("2026-12-18", "papers: { invitation: { issued: 2026-11-02 } }");
    let outcome = invite(&run, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
}

#[test]
fn a_councils_own_announcement_is_no_other_whether_it_says_so_or_is_called_invitation() {
    let front = "---\ntitle: Agenda\npurpose: What we talk about\neach: conference\nlayout: report\naudiences: [professional]\nformats: [txt]\nfile: agenda\n";
    let words = "# Agenda\n\nWe meet on {{ conference.meeting.date | day }}.\n";
    let agenda = |more: &str| format!("{front}{more}---\n{words}");
    let is_made = |agenda: String, day: &str| {
        let run = dated(day, "").with("templates/agenda.md", agenda);
        let outcome = run.build(&["--to", "txt"]);
        assert_eq!(outcome.err.contains("[meeting-over]: `agenda`"), of(&run, "agenda").is_empty(), "{}", outcome.err);
        !of(&run, "agenda").is_empty()
    };
    assert!(!is_made(agenda("tells: before\n"), "2026-12-18"));
    assert!(is_made(agenda("tells: before\n"), "2026-11-24"));
    assert!(!is_made(agenda("by: 5 working days before the meeting\n"), "2026-12-18"));
    assert!(is_made(agenda("by: 5 working days before the meeting\ntells: after\n"), "2026-12-18"));
    assert!(is_made(agenda(""), "2026-12-18"));
    // An invitation of the council's own, from before front matter knew of days.
    let own = front.replace("title: Agenda", "title: Invitation").replace("each: conference", "each: invitee");
    let own = format!("{}---\n# Please come\n", own.replace("file: agenda", "file: invitation-{name}"));
    let run = dated("2026-12-18", "").with("templates/invitation.md", own);
    let outcome = run.build(&["--to", "txt"]);
    let over = outcome.err.lines().find(|line| line.contains("[meeting-over]")).expect("it is told");
    assert!(over.contains("`invitation`"), "{over}");
    assert!(of(&run, "invitation").is_empty());
}

#[test]
fn whoever_came_uninvited_gets_no_letter_and_needs_no_address() {
    // In time, and one of them is named by an id.
    let second = "  - { person: p-lead, invited: false, attended: true }\n";
    let run = example("").edit("conference.yaml", "invitees:\n", &format!("{UNINVITED}{second}"));
    run.build(&["--to", "txt"]);
    let letters = of(&run, "invitation");
    assert_eq!(letters.len(), 19);
    assert!(!letters.iter().any(|f| f.contains("fry") || f.contains("penhaligon")), "{letters:?}");
    let minutes = text(&run, "professional/minutes");
    assert!(minutes.contains("Mr Ambrose Fry") && minutes.contains("Ruth Penhaligon"), "{minutes}");
    let readers = entry(&run, "professional/minutes")["recipients"].to_string();
    assert!(readers.contains("Mr Ambrose Fry"), "{readers}");
    let told = run.convenor(&["check", "@/conference.yaml"]);
    assert_eq!(told.code, 0, "{}", told.err);
}

#[test]
fn a_letter_that_tells_of_the_meeting_reaches_whoever_came_uninvited_and_has_an_address() {
    let thanks = "---\ntitle: Thanks\npurpose: Thanks for coming\neach: invitee\nlayout: letter\naudiences: [professional]\nformats: [txt]\nfile: thanks-{name}\ntells: after\n---\n# Thank you\n";
    let letters = |address: &str| {
        let uninvited = UNINVITED.replace("invited: false", &format!("invited: false{address}"));
        let run = dated("2026-12-18", "").edit("conference.yaml", "invitees:\n", &uninvited);
        let run = run.with("templates/thanks.md", thanks);
        run.build(&["--to", "txt", "--only", "thanks"]);
        of(&run, "thanks").iter().filter(|f| f.contains("fry")).count()
    };
    assert_eq!([letters(""), letters(", address: [1 Mill Lane, MARSHGATE, E20 9BD]")], [0, 1]);
}

// Dates and versions.

#[test]
fn minutes_of_december_leave_the_invitations_of_november_alone() {
    let (run, before) = (example("papers: { minutes: { issued: 2026-12-01, version: 2 } }"), Run::on_the_example());
    let only = ["--only", "minutes", "--only", "invitation"];
    let (outcome, _) = (run.build(&only), before.build(&only));
    assert!(!outcome.err.contains("`minutes`"), "{}", outcome.err);
    for file in of(&before, "invitation") {
        assert_eq!(run.bytes(&file), before.bytes(&file), "{file}");
    }
    let (minutes, letter) = (entry(&run, "professional/minutes"), entry(&run, "invitation-01"));
    assert_eq!([&minutes["issued"], &letter["issued"]], ["2026-12-01", "2026-11-02"]);
    assert_eq!([minutes["version"].as_u64(), letter["version"].as_u64()], [Some(2), Some(1)]);
    let pdf = run.bytes(&format!("{OUT}/professional/minutes.pdf"));
    assert!(pdf.windows(10).any(|w| w == b"D:20261201"), "the file's own date is that of the minutes");
    assert!(squeezed(&pdf_text(&pdf)).contains("Minutes·CSC-2026-014·version2"));
}

#[test]
fn released_invitations_stay_as_they_are_when_the_minutes_get_a_date() {
    let run = example("");
    run.build(&["--to", "txt", "--only", "invitation"]);
    let release = ["release", "@/out/CSC-2026-014", "--checked-by", "Ruth Penhaligon", "--on", "2026-11-03"];
    assert_eq!(run.convenor(&release).code, 0);
    let released = text(&run, "invitation");
    let data = format!("{}\npapers: {{ minutes: {{ issued: 2026-12-01 }} }}\n", run.read("conference.yaml"));
    let run = run.with("conference.yaml", data);
    run.build(&["--to", "txt"]);
    assert_eq!(text(&run, "invitation"), released);
    assert!(!released.contains("DRAFT"));
}

/// The example with two kinds of paper of the council's own that tell of the meeting, and that nothing dates.
pub fn undated(more: &str) -> Run {
    let paper = "---\ntitle: News\npurpose: What came of it\neach: conference\nlayout: report\naudiences: [professional]\nformats: [pdf]\nfile: NAME-{reference}\ntells: after\n---\n{# block all: all of it #}{% block all %}\n# News\n\nAll of it.\n{% endblock %}\n";
    let run = example(more).with("templates/news.md", paper.replace("NAME", "news"));
    run.with("templates/echo.md", paper.replace("NAME", "echo"))
}

#[test]
fn papers_that_tell_of_the_meeting_and_have_no_date_are_told_once_and_the_advice_helps() {
    let err = undated("").convenor(&["check", "@/conference.yaml"]).err;
    let told = "warning[not-dated]: `echo` and `news` tell of the meeting and are dated before it, 2 November 2026\n --> conference.yaml:8:9\n";
    assert!(err.contains(told), "{err}");
    assert_eq!(err.matches("[not-dated]").count(), 1);
    assert!(err.contains("`papers: { echo: { issued: 2026-11-24 } }`"), "{err}");
    let dated = |kinds: &[&str]| {
        let kinds: Vec<String> = kinds.iter().map(|kind| format!("{kind}: {{ issued: 2026-11-24 }}")).collect();
        undated(&format!("papers: {{ {} }}", kinds.join(", "))).convenor(&["check", "@/conference.yaml"]).err
    };
    let one = "warning[not-dated]: `news` tells of the meeting and is dated before it, 2 November 2026";
    assert!(dated(&["echo"]).contains(one));
    assert!(!dated(&["echo", "news"]).contains("[not-dated]"));
    // Ours are dated by the day they are due.
    let ours = example("").convenor(&["check", "@/conference.yaml"]);
    assert!(!ours.err.contains("[not-dated]"), "{}", ours.err);
}

#[test]
fn the_higher_of_two_versions_counts_and_a_reason_is_for_its_own() {
    let made = |version: u32, own: &str| {
        let run = example(&format!("papers: {{ terms: {{ {own} }} }}"));
        let run = run.edit("conference.yaml", "version: 1\n", &format!("version: {version}\n"));
        run.build(&["--to", "txt", "--only", "terms", "--only", "guidance"]);
        let versions = ["professional/terms", "guidance"].map(|kind| entry(&run, kind)["version"].as_u64());
        (versions.map(Option::unwrap_or_default), squeezed(&text(&run, "terms")).contains("becausearulewasmissing"))
    };
    assert_eq!(made(1, "version: 2, because: a rule was missing"), ([2, 1], true));
    assert_eq!(made(2, "version: 2, because: a rule was missing"), ([2, 2], true));
    assert_eq!(made(3, "version: 2, because: a rule was missing"), ([3, 3], false));
    assert_eq!(made(3, "because: a rule was missing"), ([3, 3], true));
    assert_eq!(made(3, "version: 5"), ([5, 3], false));
}

#[test]
fn the_reason_stands_on_every_kind_of_paper_and_on_no_other() {
    let kinds = [
        ("agreement", ""),
        ("annex", "issued: 2026-12-01, "),
        ("child-note", "issued: 2026-12-01, "),
        ("community-agreement", ""),
        ("community-forms", ""),
        ("guidance", ""),
        ("invitation", ""),
        ("minutes", "issued: 2026-12-01, "),
        ("sharing-forms", ""),
        ("summary", "issued: 2026-12-01, "),
        ("terms", ""),
        ("undertaking", ""),
    ];
    for (kind, issued) in kinds {
        let run =
            example(&format!("papers: {{ {kind}: {{ {issued}version: 2, because: The river-bank was left out. }} }}"));
        run.build(&["--to", "txt"]);
        for file in run.files(OUT).iter().filter(|f| f.ends_with(".txt")) {
            let artefact = entry(&run, file.trim_start_matches(OUT).trim_start_matches('/'))["artefact"].clone();
            let flat = run.read(file).split_whitespace().collect::<Vec<_>>().join(" ");
            let (letter, paper) =
                ("This letter replaces any earlier one", "This is version 2. It replaces any earlier version");
            let opens = if kind == "invitation" { letter } else { paper };
            let told = flat.contains(&format!("{opens}, because the river-bank was left out."));
            assert_eq!(told, artefact == kind, "{file}: {flat}");
            assert!(told || !flat.contains("river-bank"), "{file}");
        }
    }
}

#[test]
fn a_councils_own_words_need_not_say_why() {
    let again = "papers: { terms: { version: 2, because: a rule was missing } }";
    let run = example(again).with("templates/parts/earlier.md", "");
    run.build(&["--to", "txt", "--only", "terms"]);
    assert!(!text(&run, "terms").contains("because a rule"));
    assert!(text(&run, "terms").contains("CSC-2026-014, version 2"));
}

#[test]
fn letters_to_a_list_and_what_goes_with_them_bear_the_version_of_their_kind() {
    let run = example("papers: { invitation: { issued: 2026-11-05, version: 3, because: the room has changed } }");
    let outcome = invite(&run, &["--make", "letters,emails"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let register: serde_json::Value =
        serde_json::from_str(&run.read(&format!("{OUT}/register.json"))).expect("it is JSON");
    let letters = register["files"].as_array().expect("it lists files");
    assert!(letters.len() > 2);
    for letter in letters {
        assert_eq!([letter["version"].to_string(), letter["issued"].to_string()], ["3", "\"2026-11-05\""]);
    }
    let letter = of(&run, "invitations/").into_iter().find(|f| f.ends_with(".pdf")).expect("a letter was made");
    let words = squeezed(&pdf_text(&run.bytes(&letter)));
    assert!(words.contains("5November2026") && words.contains("becausetheroomhaschanged"), "{words}");
    let mail = of(&run, "invitations/").into_iter().find(|f| f.ends_with(".eml")).expect("a message was made");
    let request = attached(&run.bytes(&mail), "meeting.ics");
    assert!(
        request.contains("\r\nSEQUENCE:2\r\n") && request.contains("\r\nDTSTAMP:20261105T090000Z\r\n"),
        "{request}"
    );
}

#[test]
fn explain_tells_from_which_side_a_paper_speaks_and_that_it_may_say_why() {
    let run = Run::on_nothing();
    let told = |kind: &str| run.convenor(&["explain", kind]).out;
    assert!(told("invitation").contains("\nAnnounces the meeting: is not dated after it\n"), "{}", told("invitation"));
    assert!(told("annex").contains("\nTells of the meeting: is not dated before it\n"));
    assert!(!told("terms").contains("is not dated"));
    let field = told("terms").lines().find(|l| l.trim_start().starts_with("paper.because?")).map(str::to_owned);
    assert!(field.is_some_and(|l| l.contains("the date has changed")), "{}", told("terms"));
}
