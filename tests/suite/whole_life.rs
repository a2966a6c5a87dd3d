//! A conference from its first letter to the destruction of its papers, by commands alone: what each step makes.

use crate::run::Run;

/// Names of the snapshots: the listing, and the words of each paper.
pub const SNAPSHOTS: &[&str] = &[
    "from_the_first_letter_to_the_last",
    "agenda_professional",
    "agenda_community",
    "chair_brief",
    "attendance_sheet",
    "name_cards",
    "report_request",
    "reminder",
    "rearranged",
    "exclusion",
    "cancelled",
    "decision_letter_statutory",
    "decision_letter_community",
    "action_notice",
    "plan_professional",
    "plan_community",
    "corrections",
    "dissent",
    "distribution",
    "progress_report",
    "thank_you",
    "retention_note",
    "sharing_log",
    "child_note",
    "annex",
    "summary",
    "closing_record",
];

/// The words of the first file of a folder whose name begins so.
fn words(run: &Run, folder: &str, start: &str) -> String {
    let files = run.files(&format!("out/CSC-2026-014/{folder}"));
    let is_it = |file: &&String| file.rsplit('/').next().is_some_and(|name| name.starts_with(start));
    let file = files.iter().find(is_it).unwrap_or_else(|| panic!("there is no {folder}/{start}: {files:?}"));
    run.read(file)
}

fn all(run: &Run) {
    let made = run.convenor(&["build", FILE, "-o", "@/out", "--to", "txt", "--all"]);
    assert_eq!(made.code, 0, "{}", made.err);
}

#[test]
fn the_words_of_the_papers_of_a_life_are_as_they_were_read() {
    let kept_out = "exclusion: { on: 2026-11-16, because: the shop is part of what is discussed }, excluded: [7, 10] }";
    let before = crate::life::to_come().edit("conference.yaml", "items: [1, 2, 4, 5, 7, 8, 15] }", kept_out).edit(
        "conference.yaml",
        "  reply_by",
        &format!("{MOVED}\n  reply_by"),
    );
    all(&before);
    for (name, folder, start) in [
        ("agenda_professional", "professional", "agenda"),
        ("agenda_community", "community", "agenda"),
        ("chair_brief", "chair", "chair-brief"),
        ("attendance_sheet", "chair", "attendance-sheet"),
        ("name_cards", "chair", "name-cards"),
        ("report_request", "professional", "report-request"),
        ("reminder", "professional", "reminder"),
        ("rearranged", "community", "change"),
        ("exclusion", "community", "exclusion"),
    ] {
        insta::assert_snapshot!(name, words(&before, folder, start));
    }
    let cancelled = "  cancelled: { on: 2026-11-13, because: the assessment is being done again }\n  reply_by";
    let cancelled = crate::life::to_come().edit("conference.yaml", "  reply_by", cancelled);
    all(&cancelled);
    insta::assert_snapshot!("cancelled", words(&cancelled, "community", "cancelled"));
    let shared = "sharing: [{ on: 2026-12-01, by: housing, to: police, what: when the gate is locked, purpose: to plan patrols }]\ninvitees:\n";
    let after = Run::on_the_example().edit("conference.yaml", "invitees:\n", shared);
    all(&after);
    for (name, folder, start) in [
        ("decision_letter_statutory", "professional", "decision-02"),
        ("decision_letter_community", "community", "decision-16"),
        ("action_notice", "community", "action"),
        ("plan_professional", "professional", "plan"),
        ("plan_community", "community", "plan"),
        ("corrections", "professional", "corrections"),
        ("dissent", "professional", "different-view"),
        ("distribution", "chair", "distribution"),
        ("progress_report", "professional", "progress"),
        ("thank_you", "community", "thank"),
        ("retention_note", "community", "keeping"),
        ("sharing_log", "chair", "sharing-log"),
        ("child_note", "restricted", "note"),
        ("annex", "restricted", "confidential-annex"),
        ("summary", "public", "summary"),
    ] {
        insta::assert_snapshot!(name, words(&after, folder, start));
    }
    let closed = Run::on_the_example().edit("conference.yaml", "option: plan-agreed", "option: close");
    all(&closed);
    insta::assert_snapshot!("closing_record", words(&closed, "community", "closing"));
}

const MOVED: &str = "  changes: [{ on: 2026-11-12, because: the hall has no heating, was: { start: \"10:00\" } }]";

/// The commands of a life with what they say of the papers, one after the other.
struct Life {
    run: Run,
    told: String,
}

impl Life {
    fn does(&mut self, what: &str, command: &[&str]) {
        let outcome = self.run.convenor(command);
        assert_eq!(outcome.code, 0, "{what}: {}", outcome.err);
        let said = outcome.out.lines().filter(|line| !line.starts_with("Record ")).collect::<Vec<_>>().join("\n");
        self.told += &format!("## {what}\n{said}\n\n");
    }

    fn papers(&mut self, what: &str, file: &str) {
        self.does(what, &["build", file, "-o", "@/out", "--to", "txt"]);
    }

    fn goes_out(&mut self, file: &str, kinds: &str, day: &str) {
        let (out, by) = (["-o", "@/out"], ["--checked-by", "Ruth Penhaligon", "--on", day]);
        self.does(
            &format!("{day}: {kinds} checked"),
            &[&["release", file, "--only", kinds], &by[..], &out[..]].concat(),
        );
        for kind in kinds.split(',') {
            let sent = ["sent", file, "--paper", kind, "--how", "post", "--on", day];
            self.does(&format!("{day}: {kind} sent"), &[&sent[..], &out[..]].concat());
        }
    }

    fn stands(&mut self, file: &str, day: &str) {
        self.does(&format!("{day}: where it stands"), &["status", file, "-o", "@/out", "--today", day]);
    }

    fn edit(mut self, from: &str, to: &str) -> Self {
        self.run = self.run.edit("conference.yaml", from, to);
        self
    }
}

const FILE: &str = "@/conference.yaml";
const REVIEW: &str = "@/review/conference.yaml";

#[test]
fn from_the_first_letter_to_the_last_a_life_needs_nothing_but_commands() {
    let example = Run::on_the_example().read("conference.yaml");
    let mut life = Life { run: crate::life::to_come(), told: String::new() };
    life.papers("The conference is called", FILE);
    life.goes_out(FILE, "invitation,report-request", "2026-11-09");
    life.papers("Everybody is invited", FILE);
    life.stands(FILE, "2026-11-12");
    // The hall has no heating.
    let moved = format!("{MOVED}\n  reply_by");
    let mut life = life.edit("  reply_by", &moved);
    life.papers("The time has changed", FILE);
    life.goes_out(FILE, "rearranged,agenda", "2026-11-13");
    life.stands(FILE, "2026-11-13");
    // What was said and decided; somebody came uninvited.
    let came =
        "invitees:\n  - { person: { name: Mr Ambrose Fry }, organisation: kitchen, invited: false, attended: true }\n";
    life.run =
        life.run.with("conference.yaml", example.replacen("  reply_by", &moved, 1).replacen("invitees:\n", came, 1));
    life.papers("The meeting was held", FILE);
    life.goes_out(FILE, "distribution,decision-letter,action-notice", "2026-11-25");
    life.goes_out(FILE, "plan,thank-you,child-note", "2026-11-26");
    life.stands(FILE, "2026-11-26");
    let approved = "minutes: { status: approved, approved: 2026-11-27 }";
    let mut life = life.edit("minutes: { status: draft }", approved);
    life.papers("The chair has approved the minutes", FILE);
    life.goes_out(FILE, "minutes,corrections,summary", "2026-11-28");
    life.papers("Everybody has the minutes", FILE);
    life.goes_out(FILE, "retention-note", "2026-11-28");
    life.stands(FILE, "2026-11-29");
    let asked = "minutes: { status: approved, approved: 2026-11-27, corrections: [{ on: 2026-11-29, by: police, text: The gate is locked at nine., answer: made }] }";
    let mut life = life.edit(approved, asked);
    life.does(
        "A correction was asked for",
        &[
            "build",
            FILE,
            "-o",
            "@/out",
            "--to",
            "txt",
            "--only",
            "minutes",
            "--reissue",
            "minutes",
            "--because",
            "a time was wrong",
        ],
    );
    life.does("The review is begun", &["new", "@/review", "--review-of", FILE]);
    let text = life.run.read("review/conference.yaml").replace(", items: []", "").replace(", excluded: [0]", "");
    let text: String = text
        .lines()
        .filter(|line| !["items: []", "excluded: [0]"].contains(&line.trim()))
        .map(|line| format!("{line}\n"))
        .collect();
    let text = text.replacen("kind: review", "kind: closing", 1);
    let (head, tail) = text.split_once("to_fill_in:").expect("something is to be filled in");
    let (_, tail) = tail.split_once("previous:").expect("the conference before");
    life.run = life.run.with("review/conference.yaml", format!("{head}previous:{tail}"));
    life.papers("The last conference is called", REVIEW);
    let held = life.run.read("review/conference.yaml").replacen(
        "goals:\n",
        "decisions:\n  - { option: close, text: The station has what it needs., rationale: Young people say so. }\ngoals:\n",
        1,
    );
    life.run = life.run.with("review/conference.yaml", held);
    life.papers("The plan ends", REVIEW);
    life.stands(REVIEW, "2027-02-24");
    life.does("Six years later", &["dispose", FILE, "-o", "@/out"]);
    insta::assert_snapshot!("from_the_first_letter_to_the_last", life.told);
}
