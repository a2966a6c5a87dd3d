//! One document with every block and inline, through every writer. It is a paper of a council's own, so it also shows
//! that a new kind of paper is one file.

use crate::pdf;
use crate::run::{Run, pdf_text};

fn built() -> Run {
    let specimen =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/specimen.md")).expect("the fixture is there");
    let run = Run::on_the_example().with("templates/specimen.md", specimen);
    run.build(&["--only", "specimen", "--to", "pdf,md,txt,html"]);
    run
}

const FILE: &str = "out/CSC-2026-014/professional/specimen";

#[test]
fn every_block_and_inline_has_its_form_in_every_format() {
    let run = built();
    insta::assert_snapshot!("specimen_txt", run.read(&format!("{FILE}.txt")));
    insta::assert_snapshot!("specimen_md", run.read(&format!("{FILE}.md")));
    insta::assert_snapshot!("specimen_html", without_style(&run.read(&format!("{FILE}.html"))));
    let data = run.bytes(&format!("{FILE}.pdf"));
    pdf::keeps_the_standards("specimen.pdf", &data);
    let pages = lopdf::Document::load_mem(&data).expect("the PDF parses").get_pages().len();
    insta::assert_snapshot!(
        "specimen_pdf",
        format!("{pages} pages\n\n{}\n\n{}\n{}", pdf::info(&data), pdf::tags(&data), pdf_text(&data))
    );
}

/// A page without its fonts, its style sheet and the data of its logo; a line for each block.
fn without_style(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").expect("it has styles");
    let (_, body) = rest.rsplit_once("</style>").expect("it has styles");
    let at = body.find("base64,").expect("it has a logo") + "base64,".len();
    let end = at + body[at..].find('"').expect("an attribute ends");
    let lines = format!("{head}{}…{}", &body[..at], &body[end..]);
    [
        "<p",
        "<h",
        "<div",
        "<li",
        "<tr",
        "<table",
        "<dl",
        "<section",
        "<main",
        "<footer",
        "<meta",
        "<body",
        "<ul",
        "<ol",
        "<nav",
        "<input",
        "<label",
        "<textarea",
    ]
    .iter()
    .fold(lines, |text, tag| text.replace(tag, &format!("\n{tag}")))
}

#[test]
fn the_markdown_that_is_written_reads_back_as_the_same_document() {
    let run = built();
    let first = run.read(&format!("{FILE}.md"));
    // Marking and foot are paragraphs of the written form: take them off, and make a paper of the rest.
    let body: Vec<&str> = first.split("\n\n").collect();
    let body = body[1..body.len() - 1].join("\n\n");
    let specimen = run.read("templates/specimen.md");
    let front = &specimen[..specimen.find("\n---\n").expect("it has front matter") + 5];
    let run = Run::on_the_example().with("templates/specimen.md", format!("{front}{{% raw %}}{body}{{% endraw %}}\n"));
    run.build(&["--only", "specimen", "--to", "md"]);
    assert_eq!(run.read(&format!("{FILE}.md")), first);
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &["specimen_txt", "specimen_md", "specimen_html", "specimen_pdf"];
