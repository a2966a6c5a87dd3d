//! The fictional councils, each with words and a look of its own.

use crate::run::{Run, pdf_text};

/// Papers of each council as they were read: the council, the name of the snapshot, the file.
const PAPERS: &[(&str, &str, &str)] = &[
    ("northmere", "northmere_terms", "CGC-2026-007/professional/terms.txt"),
    ("northmere", "northmere_invitation", "CGC-2026-007/community/invitation-07-mrs-ottoline-frayne.txt"),
    ("northmere", "northmere_minutes", "CGC-2026-007/community/minutes.txt"),
    ("kestrel-vale", "kestrel_vale_terms", "SPM-2026-021/professional/terms.txt"),
    ("kestrel-vale", "kestrel_vale_invitation", "SPM-2026-021/professional/invitation-02-pc-harriet-ngata.txt"),
    ("kestrel-vale", "kestrel_vale_minutes", "SPM-2026-021/community/minutes.txt"),
    ("kestrel-vale", "kestrel_vale_your_time", "SPM-2026-021/community/your-time-05-mr-yusuf-demirci.txt"),
];

#[test]
fn the_words_of_every_council_are_as_they_were_read() {
    for council in ["northmere", "kestrel-vale"] {
        let run = Run::on_the_council(council);
        let outcome = run.build(&["--to", "txt"]);
        assert!(crate::templates::is_quiet(&outcome.err), "{council}: {}", outcome.err);
        for (_, name, file) in PAPERS.iter().filter(|(of, ..)| *of == council) {
            insta::assert_snapshot!(*name, run.read(&format!("out/{file}")));
        }
    }
}

#[test]
fn every_council_passes_its_own_trial() {
    for council in ["marshgate", "northmere", "kestrel-vale"] {
        let run = Run::on_the_council(council);
        let outcome = run.convenor(&["templates", "check", "@/"]);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{council}: {}", outcome.out);
    }
}

#[test]
fn each_council_speaks_its_own_words_and_no_other_s() {
    let county = Run::on_the_council("northmere");
    county.build(&["--to", "txt"]);
    let unitary = Run::on_the_council("kestrel-vale");
    unitary.build(&["--to", "txt"]);
    let all = |run: &Run| -> String {
        run.files("out")
            .iter()
            .filter(|f| f.ends_with(".txt"))
            .map(|f| run.read(f))
            .collect::<String>()
            .replace('\n', " ")
    };
    let (county, unitary) = (all(&county), all(&unitary));
    for (own, theirs, word) in [
        (&county, &unitary, "community group conference"),
        (&county, &unitary, "private time"),
        (&unitary, &county, "safer places meeting"),
        (&unitary, &county, "regional chair"),
        (&unitary, &county, "keep to the same terms"),
        (&unitary, &county, "we change places, not children"),
    ] {
        assert!(own.contains(word) && !theirs.contains(word), "{word}");
    }
    // The guidance names a page of the toolkit that is called so.
    let ours = |text: &str| text.replace("its page on context conferences", "").contains("context conference");
    assert!(!ours(&county) && !ours(&unitary));
    assert!(!unitary.contains("context plan") && !county.contains("context plan"));
}

#[test]
fn a_letterhead_of_a_council_leaves_the_address_where_the_window_is() {
    for (council, letter) in [
        ("northmere", "CGC-2026-007/community/invitation-07-mrs-ottoline-frayne.pdf"),
        ("kestrel-vale", "SPM-2026-021/professional/invitation-02-pc-harriet-ngata.pdf"),
    ] {
        let run = Run::on_the_council(council);
        run.build(&["--only", "invitation"]);
        let pdf = run.bytes(&format!("out/{letter}"));
        assert!(pdf_text(&pdf).contains("Dear "), "{council}");
        crate::letters::keeps_its_zones(letter, pdf);
    }
}

#[test]
fn a_council_whose_every_file_is_wrong_is_told_all_of_it_at_once() {
    let run = Run::on_the_council("faulty");
    let outcome = run.convenor(&["templates", "check", "@/"]);
    assert_eq!(outcome.code, 1);
    let files: Vec<String> = run.files("templates").into_iter().filter(|f| !f.contains("/.")).collect();
    for file in files.iter().map(|f| f.trim_start_matches("templates/")).chain(["borough.yaml"]) {
        assert!(outcome.err.contains(file), "nothing is said of {file}");
    }
    insta::assert_snapshot!("faulty", outcome.err);
    // The conference is no template: its fault is told where it is checked.
    assert!(run.convenor(&["check", "@/conference.yaml"]).err.contains("did you mean `p-coordinator`?"));
}

#[test]
fn a_fault_that_many_councils_share_is_one_error_that_names_them() {
    let run = Run::on_nothing();
    for council in ["ash", "beech", "cedar"] {
        assert_eq!(run.convenor(&["new", &format!("@/boroughs/{council}")]).code, 0);
    }
    let run = crate::templates::with_our_templates(run)
        .edit("newer/base/terms.md", "{% block scope -%}", "{% block scope -%}\n{% include \"parts/scope.md\" %}\n")
        .with("newer/base/parts/scope.md", "All of {{ borough.county }}.\n");
    let args = ["templates", "check", "@/boroughs/ash", "@/boroughs/beech", "@/boroughs/cedar", "--base", "@/newer"];
    let outcome = run.convenor(&args);
    assert_eq!(outcome.code, 1);
    insta::assert_snapshot!("shared_fault", outcome.err);
    assert_eq!(outcome.out.matches("1 error").count(), 3, "{}", outcome.out);
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &[
    "faulty",
    "shared_fault",
    "northmere_terms",
    "northmere_invitation",
    "northmere_minutes",
    "kestrel_vale_terms",
    "kestrel_vale_invitation",
    "kestrel_vale_minutes",
    "kestrel_vale_your_time",
];
