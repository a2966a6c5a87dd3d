//! The words of every paper of the example, read before they are accepted.

use crate::run::Run;

/// One letter of each category, one agreement of each kind, and everything else.
pub const SNAPSHOTS: &[(&str, &str)] = &[
    ("guidance", "professional/guidance.txt"),
    ("terms_professional", "professional/terms.txt"),
    ("terms_community", "community/terms.txt"),
    ("minutes_professional", "professional/minutes.txt"),
    ("minutes_community", "community/minutes.txt"),
    ("invitation_statutory", "professional/invitation-02-sgt-priya-nair.txt"),
    ("invitation_school", "professional/invitation-05-mr-malachy-odonnell.txt"),
    ("invitation_professional", "professional/invitation-06-ms-agnieszka-wojcik-luczak.txt"),
    ("invitation_voluntary", "community/invitation-11-mr-ilir-krasniqi.txt"),
    ("invitation_business", "community/invitation-12-mr-oezgur-yildiz-o-briain.txt"),
    ("invitation_guardian", "community/invitation-16-ms-yetunde-adebayo.txt"),
    ("invitation_residents", "community/invitation-17-mrs-beryl-featherstonehaugh.txt"),
    ("invitation_youth_representative", "community/invitation-19-ms-saoirse-ni-dhomhnaill.txt"),
    ("agreement", "professional/agreement-11-metropolitan-police.txt"),
    ("sharing_forms", "professional/sharing-forms.txt"),
    ("community_agreement", "community/community-agreement-01-golden-oven-bakery.txt"),
    ("undertaking", "community/undertaking-01-golden-oven-bakery.txt"),
    ("community_forms", "community/community-forms-01-golden-oven-bakery.txt"),
];

#[test]
fn the_words_of_every_paper_are_as_they_were_read() {
    let run = Run::on_the_example();
    run.build(&["--to", "txt"]);
    for (name, file) in SNAPSHOTS {
        insta::assert_snapshot!(*name, run.read(&format!("out/CSC-2026-014/{file}")));
    }
}

#[test]
fn no_paper_holds_a_blank_an_unfilled_place_or_a_doubled_space() {
    let run = Run::on_the_example();
    run.build(&["--to", "txt"]);
    for file in run.files("out").iter().filter(|f| f.ends_with(".txt")) {
        let text = run.read(file);
        for bad in ["{{", "}}", "{%", "null", "[]", "()", " ,", " .", ": \n", "&#", "TODO"] {
            assert!(!text.contains(bad), "{file} holds `{bad}`");
        }
    }
}

#[test]
fn both_text_formats_say_the_same_words() {
    let run = Run::on_the_example();
    run.build(&["--to", "txt,md"]);
    for file in run.files("out").iter().filter(|f| f.ends_with(".txt")) {
        let markdown = run.read(&file.replace(".txt", ".md"));
        // A word of letters alone is written the same in both.
        for word in run.read(file).split_whitespace().filter(|w| w.len() > 3 && w.chars().all(char::is_alphabetic)) {
            assert!(markdown.contains(word), "{file}: `{word}` is not in the Markdown");
        }
    }
}

#[test]
fn a_conference_that_is_still_to_come_makes_papers_without_a_blank() {
    let text = Run::on_the_example().read("conference.yaml");
    let before: String = text.replace(", attended: true", "").replace(", attended: false", "");
    let run = Run::on_the_example().with("conference.yaml", before_the_meeting(&before));
    run.build(&["--to", "txt"]);
    let minutes = "out/CSC-2026-014/professional/minutes.txt";
    assert!(!run.path(minutes).exists(), "nothing tells of a meeting to come unless it is asked for");
    run.build(&["--to", "txt", "--only", "minutes,child-note"]);
    assert!(run.read(minutes).contains("No decision has been recorded yet"));
}

/// The example without what only the meeting can tell: top-level `items`, `decisions`, `goals` and `contingency`.
fn before_the_meeting(text: &str) -> String {
    let mut keep = true;
    let mut out = String::new();
    for line in text.lines() {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            keep = !["items:", "decisions:", "goals:", "contingency:"].iter().any(|k| line.starts_with(k));
        }
        if keep {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[test]
fn a_term_of_the_council_runs_through_every_paper() {
    let run = Run::on_the_example().edit("borough.yaml", "context safeguarding conference", "community group meeting");
    run.build(&["--to", "txt"]);
    let folder = "out/CSC-2026-014/professional";
    for paper in ["guidance", "terms", "minutes", "invitation-02-sgt-priya-nair", "agreement-11-metropolitan-police"] {
        assert!(run.read(&format!("{folder}/{paper}.txt")).contains("community group meeting"), "{paper}");
    }
}

#[test]
fn a_template_of_the_council_changes_one_block_and_keeps_the_rest() {
    let mine =
        "{% extends \"base/invitation.md\" %}{% block opening %}\nHello from us.\n\n{{ super() }}{% endblock %}\n";
    let run = Run::on_the_example().with("templates/invitation.md", mine);
    run.build(&["--only", "invitation", "--to", "txt"]);
    let letter = run.read("out/CSC-2026-014/professional/invitation-02-sgt-priya-nair.txt");
    assert!(
        letter.contains("Hello from us.") && letter.contains("Dear ") && letter.contains("Yours sincerely"),
        "{letter}"
    );
}

#[test]
fn a_generic_paper_is_marked_no_higher_than_what_it_says() {
    let head = |run: &Run, paper: &str| {
        run.build(&["--only", paper, "--to", "txt"]);
        let text = run.read(&format!("out/CSC-2026-014/professional/{paper}.txt"));
        let head = text.lines().next().expect("a first line").to_owned();
        // What it says of itself is what stands at its head.
        assert!(!text.contains("Marking: ") || text.contains(&format!("Marking: {}\n", head.replace(" · DRAFT", ""))));
        head
    };
    let run = Run::on_the_example();
    assert_eq!(head(&run, "guidance"), "OFFICIAL · DRAFT");
    assert_eq!(head(&run, "terms"), "OFFICIAL · DRAFT");
    assert_eq!(head(&run, "minutes"), "OFFICIAL-SENSITIVE · DRAFT");
    // Our own words are no longer generic if a council adds what only professionals may read.
    let mine = "{% extends \"base/guidance.md\" %}{% block purpose %}\n{{ conference.context.internal_label }}\n{% endblock %}\n";
    let run = Run::on_the_example().with("templates/guidance.md", mine);
    assert_eq!(head(&run, "guidance"), "OFFICIAL-SENSITIVE · DRAFT");
    // Nor if the conference has a running order of its own, which the public does not read.
    let points: String = (1..=16).map(|n| format!("  - {{ title: Point {n}, minutes: 5 }}\n")).collect();
    let run = Run::on_the_example().edit("conference.yaml", "minutes: {", &format!("agenda:\n{points}minutes: {{"));
    assert_eq!(head(&run, "guidance"), "OFFICIAL-SENSITIVE · DRAFT");
}

fn front(title: &str) -> String {
    format!(
        "---\ntitle: {title}\npurpose: a test\neach: invitee\nlayout: letter\naudiences: [professional]\nformats: [pdf]\nfile: letter-{{reference}}\n---\n"
    )
}

#[test]
fn a_template_written_on_windows_counts_as_any_other() {
    let mine =
        "{% extends \"base/invitation.md\" %}\r\n{% block opening %}\r\nHello from us.\r\n\r\n{% endblock %}\r\n";
    let own = format!("{}# A paper of our own\n", front("Own")).replace('\n', "\r\n");
    let run =
        Run::on_the_example().with("templates/invitation.md", format!("\u{FEFF}{mine}")).with("templates/own.md", own);
    run.build(&["--only", "invitation,own", "--to", "txt"]);
    assert!(run.read("out/CSC-2026-014/professional/invitation-02-sgt-priya-nair.txt").contains("Hello from us."));
    assert!(run.read("out/CSC-2026-014/professional/letter-02.txt").contains("A paper of our own"));
}

#[test]
fn a_template_cannot_let_data_through_as_markup() {
    let mine = format!("{}# Hello {{{{ invitee.name | safe }}}}\n", front("Hello"));
    let run = Run::on_the_example().with("templates/hello.md", mine);
    let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "hello", "-o", "@/out"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("data is never markup"), "{}", outcome.err);
}

#[test]
fn minutes_say_who_came_late_left_early_or_came_for_somebody_else() {
    let run = Run::on_the_example();
    run.build(&["--only", "minutes", "--to", "txt"]);
    let minutes =
        run.read("out/CSC-2026-014/professional/minutes.txt").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(minutes.contains("Sgt Priya Nair, Safer Neighbourhoods, from 1:50pm - "), "Sgt Nair came late");
    assert!(minutes.contains("Named Doctor for Safeguarding, until 3:10pm - "), "Dr Ben-David left early");
    assert!(minutes.contains("Ms Fionnuala Mac Giolla Bhríde, for Ms Anwesha Chakraborty"), "she came in her place");
    assert!(minutes.contains(", for points 1 to 15 - "), "the community leaves before the point for professionals");
}

#[test]
fn a_letter_names_its_part_to_whoever_may_not_hear_it_all() {
    let run = Run::on_the_example();
    run.build(&["--only", "invitation", "--to", "txt"]);
    let letter = |name: &str| run.read(&format!("out/CSC-2026-014/{name}.txt")).replace('\n', " ");
    // The residents are asked for no points in particular; the last is for professionals.
    assert!(letter("community/invitation-17-mrs-beryl-featherstonehaugh").contains("Your part: 1:30pm to 3:25pm."));
    assert!(!letter("professional/invitation-02-sgt-priya-nair").contains("Your part:"));
}

#[test]
fn whoever_is_told_of_an_undertaking_gets_one() {
    let run = Run::on_the_example();
    let text = run.read("conference.yaml");
    let start = text.find("Mr Ilir Krasniqi").expect("the example invites him");
    let entry = &text[start..start + text[start..].find("\n  - ").expect("more are invited")];
    let unsigned: Vec<&str> = entry.split(", undertaking: { signed: ").collect();
    let rest = unsigned[1].split_once(" }").expect("a map ends").1;
    let run = Run::on_the_example().edit("conference.yaml", entry, &format!("{}{rest}", unsigned[0]));
    run.build(&["--to", "txt"]);
    let folder = "out/CSC-2026-014/community";
    let letter = run.read(&format!("{folder}/invitation-11-mr-ilir-krasniqi.txt"));
    assert!(letter.contains("ndertaking"), "{letter}");
    for paper in ["community-agreement", "undertaking"] {
        assert!(run.files(folder).iter().any(|f| f.contains(paper) && f.contains("kitchen")), "{paper}");
    }
    let council = run.read("out/CSC-2026-014/professional/invitation-01-ms-sian-llewellyn-rees.txt");
    assert!(!council.contains("sent with this letter"), "the council makes no agreement with itself");
}

#[test]
fn what_a_template_asks_for_and_nobody_gave_is_an_error_with_its_line() {
    let mine = format!("{}# Hello {{{{ invitee.nickname }}}}\n", front("Hello"));
    let run = Run::on_the_example().with("templates/hello.md", mine);
    let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "hello", "-o", "@/out"]);
    assert_eq!(outcome.code, 1);
    insta::assert_snapshot!("missing_in_template", outcome.err);
    assert!(run.files("out").is_empty());
}

#[test]
fn markup_that_papers_cannot_show_is_an_error_with_its_line() {
    let mine = format!("{}# Hello\n\n<b>bold</b>\n\n:::notcie\nx\n:::\n", front("Hello"));
    let run = Run::on_the_example().with("templates/hello.md", mine);
    let outcome = run.convenor(&["build", "@/conference.yaml", "--only", "hello", "-o", "@/out"]);
    assert_eq!(outcome.code, 1);
    insta::assert_snapshot!("bad_markdown", outcome.err);
}

/// Names of the snapshots that are not papers.
pub const OTHER_SNAPSHOTS: &[&str] = &["missing_in_template", "bad_markdown"];
