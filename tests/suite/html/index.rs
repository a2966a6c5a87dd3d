//! The index beside the papers of each audience.

use std::collections::BTreeSet;

use super::page::Element;
use crate::run::Run;

const FOLDER: &str = "out/CSC-2026-014";

fn index(run: &Run, audience: &str) -> Element {
    Element::read(&run.read(&format!("{FOLDER}/{audience}/index.html")))
}

fn links(index: &Element) -> Vec<String> {
    let links = index.first("main").all().into_iter().filter(|it| it.name == "a");
    links.map(|it| it.get("href").expect("a link goes somewhere").to_owned()).collect()
}

#[test]
fn an_index_lists_what_everybody_of_its_audience_may_have_and_no_letter() {
    let run = Run::on_the_example();
    run.build(&["--to", "html"]);
    for audience in ["public", "community", "professional"] {
        let listed = links(&index(&run, audience));
        let there: BTreeSet<String> = run.files(&format!("{FOLDER}/{audience}")).into_iter().collect();
        assert!(!listed.is_empty(), "{audience}");
        for link in &listed {
            assert!(there.contains(&format!("{FOLDER}/{audience}/{link}")), "{audience}: {link}");
            assert!(!link.contains("invitation"), "{audience}: {link}");
        }
    }
    assert!(links(&index(&run, "community")).contains(&"minutes.html".to_owned()));
    assert!(!run.files("out").contains(&format!("{FOLDER}/chair/index.html")));
    assert_eq!(run.convenor(&["verify", "@/out/CSC-2026-014"]).code, 0);
}

#[test]
fn an_index_follows_what_lies_in_the_folder() {
    let run = Run::on_the_example();
    run.build(&["--to", "html", "--only", "minutes"]);
    assert_eq!(links(&index(&run, "community")), ["minutes.html"]);
    run.build(&["--to", "html,pdf,odt", "--only", "terms"]);
    run.build(&["--to", "docx,txt", "--only", "agenda"]);
    let all = ["agenda.docx", "agenda.txt", "minutes.html", "terms.html", "terms.pdf", "terms.odt"];
    let listed = links(&index(&run, "community"));
    assert_eq!(listed.iter().map(String::as_str).collect::<BTreeSet<_>>(), BTreeSet::from(all));
    let named = index(&run, "community").first("main").text();
    assert!(named.contains("(LibreOffice)") && named.contains("(Word)") && named.contains("(PDF)"), "{named}");
    let drafts = |run: &Run| index(run, "community").all().iter().filter(|it| it.is("draft")).count();
    assert_eq!(drafts(&run), 3);
    let release = ["release", "@/out/CSC-2026-014", "--checked-by", "Ruth Penhaligon", "--on", "2026-11-27"];
    let outcome = run.convenor(&release);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(drafts(&run), 1, "minutes stay a draft until the chair approves them");
}

#[test]
fn an_index_that_was_changed_is_reported_and_one_that_tells_a_secret_is_an_error() {
    let run = Run::on_the_example();
    run.build(&["--to", "html", "--only", "minutes"]);
    let file = format!("{FOLDER}/community/index.html");
    let clean = run.read(&file);
    let with = |more: &str| {
        std::fs::write(run.path(&file), clean.replace("</main>", &format!("{more}</main>")))
            .expect("the tests may write");
        let outcome = run.convenor(&["verify", "@/out/CSC-2026-014"]);
        (outcome.code, outcome.err + &outcome.out)
    };
    let (code, said) = with("<p>More.</p>");
    assert!(code == 0 && said.contains("warning[not-as-made]"), "{said}");
    let (code, said) = with("<p>Ask Kai Mensah.</p>");
    assert!(code == 1 && said.contains("error[leak]"), "{said}");
    run.build(&["--to", "html", "--only", "minutes"]);
    assert_eq!(run.read(&file), clean, "a build makes it anew");
}

#[test]
fn what_somebody_else_put_in_its_place_is_left_alone() {
    let run = Run::on_the_example().with(&format!("{FOLDER}/community/index.html"), "my own page");
    run.build(&["--to", "html", "--only", "minutes"]);
    assert_eq!(run.read(&format!("{FOLDER}/community/index.html")), "my own page");
}
