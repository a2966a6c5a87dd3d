//! What the formats say of a paper, side by side: all of them the same; and that each is as its standard has it.

use std::collections::BTreeMap;

use crate::docx::package::Package;
use crate::html::page::Element;
use crate::run::{Run, pdf_text, squeezed};
use crate::{docx, html, odt};

const COUNCILS: [&str; 3] = ["marshgate", "kestrel-vale", "northmere"];

/// Text without white space, lines under headings and lines to write on.
fn bare(text: &str) -> String {
    let is_rule = |line: &str| line.len() > 1 && (line.chars().all(|c| c == '=') || line.chars().all(|c| c == '-'));
    let lines: String = text.lines().filter(|line| !is_rule(line.trim())).collect();
    squeezed(&lines).replace('_', "")
}

/// What a file says, and what is wrong with it.
fn read(ending: &str, data: &[u8]) -> (String, Vec<String>) {
    match ending {
        "html" => {
            let page = Element::read(std::str::from_utf8(data).expect("a page is UTF-8"));
            (html::read_out::read_out(&page), html::faults(&page))
        }
        "docx" => {
            let package = Package::read(data);
            (docx::read_out::read_out(&package), docx::oracle::faults(&package))
        }
        "odt" => {
            let package = Package::read(data);
            (odt::read_out::read_out(&package), odt::oracle::faults(&package))
        }
        other => panic!("nobody reads .{other}"),
    }
}

/// Compares every paper of a run with its plain text. Returns how many there are.
pub fn say_the_same(run: &Run, endings: &[&str]) -> usize {
    let texts = run.files("out").into_iter().filter(|file| file.ends_with(".txt"));
    let mut compared = 0;
    for file in texts {
        let text = bare(&run.read(&file));
        for ending in endings {
            let name = file.replace(".txt", &format!(".{ending}"));
            let (said, faults) = read(ending, &run.bytes(&name));
            assert!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
            let said = bare(&said);
            if said != text {
                let differs = said.chars().zip(text.chars()).position(|(a, b)| a != b);
                let at = differs.unwrap_or(said.chars().count().min(text.chars().count())).saturating_sub(60);
                let from = |text: &str| text.chars().skip(at).take(160).collect::<String>();
                panic!("{name}\n {ending}: …{}\n text: …{}", from(&said), from(&text));
            }
        }
        compared += 1;
    }
    compared
}

#[test]
fn every_format_says_what_the_plain_text_says_and_is_as_its_standard_has_it() {
    let specimen =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/specimen.md")).expect("the fixture is there");
    for council in COUNCILS {
        let run = Run::on_the_council(council).with("templates/specimen.md", &specimen);
        run.build(&["--to", "txt,html,docx,odt"]);
        let compared = say_the_same(&run, &["html", "docx", "odt"]);
        assert!(compared > 20, "{council}: {compared}");
        // Pages that list the others are pages too.
        for index in run.files("out").iter().filter(|file| file.ends_with("/index.html")) {
            let faults = html::faults(&Element::read(&run.read(index)));
            assert!(faults.is_empty(), "{index}:\n{}", faults.join("\n"));
        }
    }
}

#[test]
fn the_words_of_a_pdf_are_those_of_the_other_formats() {
    // A PDF has its words where they stand on a page. So every word of the text is looked for, and none is there besides.
    let run = docx::specimen();
    run.build(&["--only", "specimen", "--to", "pdf,txt"]);
    let counted = |text: &str| {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        text.chars().filter(|c| c.is_alphanumeric()).for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let pdf = squeezed(&pdf_text(&run.bytes("out/CSC-2026-014/professional/specimen.pdf")));
    let text = run.read("out/CSC-2026-014/professional/specimen.txt");
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    // Words from the right are drawn from their end.
    let is_there = |word: &&str| pdf.contains(word) || pdf.contains(&word.chars().rev().collect::<String>());
    let missing: Vec<&str> = words.filter(|word| !is_there(word)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert!(counted(&pdf).len() >= counted(&text).len());
}

#[test]
fn every_format_is_the_same_twice() {
    let built = || {
        let run = Run::on_the_council("northmere");
        run.build(&["--to", "txt,html,docx,odt"]);
        let files = run.files("out").into_iter().filter(|file| !file.contains("/.") && !file.contains("record"));
        let papers = files.filter(|file| file.contains('.'));
        papers.map(|file| (run.bytes(&file), file)).collect::<Vec<_>>()
    };
    let (one, other) = (built(), built());
    assert!(one.len() > 80, "{}", one.len());
    one.iter().zip(&other).for_each(|(one, other)| assert!(one == other, "{} and {}", one.1, other.1));
}

#[test]
fn a_format_that_is_asked_for_is_made_and_changes_no_other_file() {
    let (without, with) = (Run::on_the_example(), Run::on_the_example());
    without.build(&["--to", "txt", "--only", "minutes"]);
    with.build(&["--to", "txt,html,docx,odt", "--only", "minutes"]);
    let ends = |file: &String| [".html", ".docx", ".odt"].iter().any(|ending| file.ends_with(ending));
    assert!(!without.files("out").iter().any(ends) && with.files("out").iter().filter(|file| ends(file)).count() >= 6);
    for file in without.files("out").iter().filter(|file| file.ends_with(".txt")) {
        assert_eq!(without.bytes(file), with.bytes(file), "{file}");
    }
}
