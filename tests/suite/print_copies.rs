//! Papers that everybody has, in the print size and the language of those who want them so.

use serde_json::Value;

use crate::run::Run;

const READER: &str = "category: guardian, format: large-print,";

fn council() -> Run {
    Run::on_the_council("northmere")
}

#[test]
fn whoever_wants_a_paper_in_their_print_size_has_it_and_is_its_only_reader() {
    let run =
        council().edit("conference.yaml", READER, "category: guardian, format: 20, print_copies: [minutes, agenda],");
    run.build(&["--only", "minutes", "--only", "plan", "--to", "pdf,html"]);
    let files = run.files("out");
    let named = |name: &str| files.iter().filter(|file| file.ends_with(name)).count();
    assert_eq!(named("community/minutes-20-point.pdf"), 1, "{files:?}");
    assert_eq!((named("professional/minutes-20-point.pdf"), named("plan-20-point.pdf")), (0, 0), "{files:?}");
    let page = run.read("out/CGC-2026-007/community/minutes-20-point.html");
    assert!(page.contains("class=\"paper report points-20\""), "{page}");
    let register: Value = serde_json::from_str(&run.read("out/CGC-2026-007/register.json")).expect("JSON");
    let readers = |file: &str| {
        let entry = register["files"].as_array().expect("a list").iter().find(|entry| entry["file"] == file);
        entry.unwrap_or_else(|| panic!("{file}: {register}"))["recipients"].to_string()
    };
    assert!(readers("community/minutes-20-point.pdf").contains("Mr Winston Achebe"));
    assert!(!readers("community/minutes-20-point.pdf").contains("Mrs Ottoline Frayne"));
    assert!(!readers("community/minutes.pdf").contains("Mr Winston Achebe"));
    assert!(readers("community/minutes.pdf").contains("Mrs Ottoline Frayne"));
}

#[test]
fn whoever_reads_another_language_has_a_copy_in_it_of_a_paper_that_there_are_words_for() {
    let words = "---\ntitle: Cylch gorchwyl\n---\n# Cylch gorchwyl\n\nByddwch yn garedig.\n";
    let reader = "reads: cy, print_copies: [terms], format: large-print";
    let run = council().edit("conference.yaml", "format: large-print", reader).with("templates/terms.cy.md", words);
    run.build(&["--only", "terms", "--to", "html"]);
    let files = run.files("out");
    let copies: Vec<&String> = files.iter().filter(|file| file.contains("-cy-large-print.html")).collect();
    assert!(matches!(copies[..], [file] if file.contains("community/")), "{files:?}");
    let page = run.read(copies[0]);
    assert!(page.contains("<html lang=\"cy-GB\">") && page.contains("Byddwch yn garedig."), "{page}");
    assert!(page.contains("large-print"), "{page}");
}

#[test]
fn a_copy_is_of_a_paper_that_everybody_has_and_in_a_size_that_is_given() {
    for (typed, told) in [
        ("format: large-print, print_copies: [minuets],", "error[unknown-paper]: there is no paper called `minuets`"),
        (
            "format: large-print, print_copies: [invitation],",
            "error[bad-value]: `invitation` is no paper that everybody has",
        ),
        ("print_copies: [minutes],", "error[bad-value]: `minutes` is wanted in a print size, and none is given"),
        (
            "reads: cy, print_copies: [minutes],",
            "error[bad-value]: `minutes` is wanted in Welsh, and there are no words",
        ),
    ] {
        let run = council().edit("conference.yaml", READER, &format!("category: guardian, {typed}"));
        let outcome = run.convenor(&["check", "@/conference.yaml"]);
        assert!(outcome.code == 1 && outcome.err.contains(told), "{typed}: {}", outcome.err);
    }
}
