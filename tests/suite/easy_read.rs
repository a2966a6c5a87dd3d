//! Papers in easy read: the council's own words beside its pictures, and what a check says where there are none.

use crate::run::{Run, page_texts};

/// A council with an invitation in easy read, and a neighbour who reads it.
fn council() -> Run {
    Run::on_the_council("easterlow")
}

const WORDS: &str = "templates/invitation.easy-read.md";

/// The file of the neighbour's letter.
fn file(run: &Run, ending: &str) -> String {
    let all = run.files("out");
    let found = all.iter().find(|file| file.contains("invitation-04") && file.ends_with(ending));
    found.unwrap_or_else(|| panic!("no {ending} in {all:?}")).clone()
}

fn check(run: &Run) -> (u8, String) {
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    (outcome.code, outcome.err)
}

fn in_order(text: &str, parts: &[&str]) {
    let mut from = 0;
    for part in parts {
        let at = text[from..].find(part).unwrap_or_else(|| panic!("`{part}` is not after {from} in {text}"));
        from += at + part.len();
    }
}

#[test]
fn whoever_reads_easy_read_has_the_councils_words_beside_its_pictures_in_every_format() {
    let run = council();
    run.build(&["--only", "invitation", "--to", "pdf,html,docx,odt,txt,md"]);
    // The words of each idea come after its picture, and a picture is said where it cannot be shown.
    let ideas = ["letter", "This letter is for Mr Wren.", "park", "Sheaf Street Park", "calendar", "10 November 2026"];
    let said = ["[A letter]", ideas[1], "[A park]", ideas[3], "[A calendar]", ideas[5]];
    in_order(&run.read(&file(&run, ".txt")).replace('\n', " "), &said);
    let shown = ["![A letter](<letter.svg>)", ideas[1], "![A park](<place.svg>)", ideas[3], "![A calendar]"];
    in_order(&run.read(&file(&run, ".md")), &shown);

    let page = run.read(&file(&run, ".html"));
    assert!(page.contains("class=\"paper letter large-print\"") && !page.contains("Please reply by"), "{page}");
    let rows =
        ["<div class=\"idea\"><img class=\"picture\" src=\"data:image/svg+xml;base64,", "alt=\"A letter\"", ideas[1]];
    in_order(&page, &rows);
    // Where there is no picture its place is empty.
    in_order(&page, &["<div class=\"idea\"><div class=\"blank\"></div>", "Easterlow Borough Council"]);

    let part = |ending: &str, name: &str| {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(run.bytes(&file(&run, ending)))).expect("a package");
        let names: Vec<String> = zip.file_names().map(|name| name.expect("a name").into_owned()).collect();
        (std::io::read_to_string(zip.by_name(name).expect("the part is there")).expect("it is text"), names)
    };
    let (word, names) = part(".docx", "word/document.xml");
    in_order(&word, &["IdeaTable", "descr=\"A letter\"", ideas[1], "descr=\"A park\"", ideas[3]]);
    // A picture that is shown twice is there once.
    assert_eq!(names.iter().filter(|name| name.starts_with("word/media/picture")).count(), 9, "{names:?}");
    assert!(word.matches("descr=\"A telephone\"").count() == 4, "twice, each in both places of Word");
    let (odf, names) = part(".odt", "content.xml");
    in_order(&odf, &["Pictures/picture1.png", "<svg:desc>A letter</svg:desc>", ideas[1]]);
    assert_eq!(names.iter().filter(|name| name.starts_with("Pictures/picture")).count(), 9, "{names:?}");

    let data = run.bytes(&file(&run, ".pdf"));
    let pdf = lopdf::Document::load_mem(&data).expect("the PDF parses");
    let of = |object: &lopdf::Object| object.as_dict().ok()?.get(b"Alt").ok()?.as_str().ok().map(<[u8]>::to_vec);
    let alt = |object: &lopdf::Object| of(object).map(|text| String::from_utf8_lossy(&text).into_owned());
    let said: Vec<String> = pdf.objects.values().filter_map(alt).collect();
    for picture in ["A letter", "A park", "A building with a big door"] {
        assert!(said.iter().any(|it| it.contains(picture)), "{picture}: {said:?}");
    }
    let pages = page_texts(&data, false);
    let words = pages.concat().split_whitespace().collect::<Vec<_>>().join(" ");
    in_order(&words, &["This letter is for Mr Wren.", "Sheaf Street Park", "10 November"]);
    // Whoever reads as everybody has none of it.
    let other = run.files("out").into_iter().find(|file| file.contains("invitation-02") && file.ends_with(".html"));
    let other = run.read(&other.expect("there is one"));
    assert!(!other.contains("idea") && !other.contains("A letter"), "{other}");
}

#[test]
fn a_check_names_each_paper_without_words_in_easy_read_and_asks_who_has_read_those_that_there_are() {
    let run = council();
    let (code, said) = check(&run);
    assert_eq!(code, 0, "{said}");
    insta::assert_snapshot!("easy_read_check", said);
    // What each hint advises removes what it is about.
    let version = said
        .split("easy_read: { by: …, on: …, version: \"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("the hint has it");
    let read =
        format!("languages: {{ easy_read: {{ by: Percival Oakes, on: 2026-10-09, version: \"{version}\" }} }}\nbrand:");
    let run = run.edit("borough.yaml", "brand:", &read);
    assert!(!check(&run).1.contains("language-unchecked"));
    let of = said.split("`reminder`").count();
    assert!(of > 1, "{said}");
    let run =
        run.with("templates/reminder.easy-read.md", "---\ntitle: Reminder\n---\n# Please tell us\n\nCan you come?\n");
    let (_, said) = check(&run);
    assert!(!said.contains("easy read for `reminder`") && said.contains("easy read for `decision-letter`"), "{said}");
    assert!(said.contains("were read in another version"), "the words have changed since: {said}");
    // Words in easy read fall behind the English ones.
    let run =
        run.with("templates/invitation.md", "{% extends \"base/invitation.md\" %}{% block note %}{% endblock %}\n");
    assert!(check(&run).1.contains("`invitation` has changed in English since it was put into easy read"));
    let states = run.convenor(&["templates", "status", "--borough", "@/", "--colour", "never"]).out;
    assert!(states.lines().any(|it| it.contains("invitation.easy-read.md") && it.contains("behind")), "{states}");
}

#[test]
fn what_is_no_easy_read_and_what_cannot_be_shown_is_an_error_at_its_place() {
    let whole = include_str!("../../fixtures/easterlow/templates/pictures/letter.svg");
    let cases: [(&str, &str, &str, &str); 6] = [
        (WORDS, "(letter.svg)", "(leter.svg)", "there is no picture `leter.svg`; did you mean `letter.svg`?"),
        (WORDS, "![A letter]", "![]", "a picture has no words for whoever does not see it"),
        (
            WORDS,
            "We want young people",
            "| a |\n|-|\n| b |\n\nWe want young people",
            "a table has no place in easy read",
        ),
        (
            WORDS,
            "It comes from",
            "{% include \"parts/leads.md\" %} It comes from",
            "`parts/leads.md` is not in easy read",
        ),
        (WORDS, "A letter", "Lorcan Ashdown-Vey", "protected"),
        (
            "templates/pictures/letter.svg",
            whole,
            &whole[..100],
            "error[no-picture]: the picture `letter.svg` is not a whole",
        ),
    ];
    for (name, from, to, told) in cases {
        let run = council().edit(name, from, to);
        let outcome =
            run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--only", "invitation", "--to", "txt"]);
        assert!(outcome.code == 1 && outcome.err.contains(told), "{told}: {}", outcome.err);
        assert!(
            outcome.err.contains(&format!("--> {}", name.replace("templates/inv", "easterlow/inv")))
                || told == "protected",
            "{told}: {}",
            outcome.err
        );
    }
    // A name in a picture is a name in the paper.
    let run =
        council().edit("templates/pictures/clock.svg", "</svg>", "<text x='2' y='9'>Lorcan Ashdown-Vey</text></svg>");
    assert!(check(&run).1.contains("the text of the picture `clock.svg` contains"), "{}", check(&run).1);
    // A template of everybody's has no pictures.
    let plain = council().edit("conference.yaml", "format: easy-read", "format: large-print");
    let plain = plain.with(
        "templates/invitation.md",
        "{% extends \"base/invitation.md\" %}{% block note %}![A clock](clock.svg){% endblock %}\n",
    );
    assert!(check(&plain).1.contains("an image is not allowed in a paper"), "{}", check(&plain).1);
}

#[test]
fn a_copy_of_a_shared_paper_and_a_row_of_a_list_are_in_easy_read_where_there_are_words() {
    let run = council()
        .edit("conference.yaml", "format: easy-read,", "format: easy-read, print_copies: [agenda, terms],")
        .with(
            "templates/terms.easy-read.md",
            "---\ntitle: Our rules\n---\n# Our rules\n\n![A letter](letter.svg)\nBe kind.\n",
        );
    run.build(&["--only", "terms", "--only", "agenda", "--to", "txt"]);
    let all = run.files("out");
    let named = |name: &str| all.iter().find(|file| file.ends_with(name)).cloned();
    let easy = named("community/terms-of-reference-easy-read.txt").or(named("community/terms-easy-read.txt"));
    assert!(run.read(&easy.unwrap_or_else(|| panic!("{all:?}"))).contains("[A letter]\n\nBe kind."));
    assert!(named("community/agenda-large-print.txt").is_some(), "{all:?}");

    let list = "Name,Address,Category,Format\n\
        Ms A Bevan,\"1 Sheaf Street, EASTERLOW, E20 9XE\",residents,Easy read\n\
        Mr C Dee,\"2 Sheaf Street, EASTERLOW, E20 9XE\",residents,\n";
    let run = council().with("people.csv", list);
    let outcome = crate::batch::invite(&run, &["--make", "letters", "--to", "pdf,html,docx"]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    // Each letter is there in the formats that were asked for, and nobody's is another's.
    let letters: Vec<String> = run.files("out").into_iter().filter(|file| file.contains("/letters/")).collect();
    assert_eq!(letters.len(), 6, "{letters:?}");
    let page = letters.iter().find(|file| file.contains("a-bevan") && file.ends_with(".html")).expect("a page");
    assert!(run.read(page).contains("alt=\"A letter\"") && !run.read(page).contains("Dee"));
    assert_eq!(run.convenor(&["verify", "@/out/EAS-2026-001"]).code, 0);
    assert!(!outcome.err.contains("no-easy-read") && !outcome.out.contains("comes in large print"), "{}", outcome.out);
    let text = |name: &str| {
        let all = run.files("out");
        let file = all.iter().find(|file| file.contains("letters/") && file.contains(name) && file.ends_with(".pdf"));
        page_texts(&run.bytes(file.unwrap_or_else(|| panic!("no {name} in {all:?}"))), false).concat()
    };
    assert!(text("a-bevan").contains("This letter is for") && !text("c-dee").contains("This letter is for"));
    let lacking = council().with("people.csv", list);
    std::fs::remove_file(lacking.path(WORDS)).expect("it is there");
    let outcome = crate::batch::invite(&lacking, &["--make", "letters"]);
    assert!((outcome.out + &outcome.err).contains("no words in easy read for this letter"));
}

/// Names of the snapshots.
pub const SNAPSHOTS: &[&str] = &["easy_read_check"];
