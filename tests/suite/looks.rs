//! Rules of the theme, each by a paper that shows it.

use crate::letters::pages_at;
use crate::pdf::{keeps_the_standards, tags};
use crate::run::{Run, page_texts, pdf_text};

const FOLDER: &str = "out/CSC-2026-014/professional";

/// A paper of the example's council with some words, as PDF.
fn made(layout: &str, words: &str) -> Vec<u8> {
    let front = format!(
        "---\ntitle: Own\npurpose: a test\neach: conference\nlayout: {layout}\naudiences: [professional]\nformats: [pdf]\nfile: own\n---\n"
    );
    let run = Run::on_the_example().with("templates/own.md", format!("{front}# Own\n\n{words}\n"));
    run.build(&["--only", "own"]);
    run.bytes(&format!("{FOLDER}/own.pdf"))
}

#[test]
fn no_address_marking_reference_postcode_or_number_breaks_wherever_its_line_ends() {
    let pieces = [
        "csc-lower-marsh@marsh-gate.example",
        "CAREFUL-RESTRICTED",
        "CSC-2026-014/A11",
        "E20 9AB",
        "020 7946 0958",
        "marsh-gate.example/how-we-use",
    ];
    let mut words = String::new();
    // One letter more at a time, so that each piece comes to stand at the end of a line.
    for n in 0..70 {
        let piece = pieces[n % pieces.len()];
        words.push_str(&format!("{}{} {piece} and so on.\n\n", "oooo ".repeat(n / 5), "o".repeat(1 + n % 5)));
        words.push_str(&format!("Label\n\n: {} {piece} and so on.\n\n", "on ".repeat(n / 3)));
    }
    let text = pdf_text(&made("report", &words));
    for (i, piece) in pieces.iter().enumerate() {
        let times = 2 * (0..70).filter(|n| n % pieces.len() == i).count();
        let found = text.matches(piece).count();
        assert!(found >= times, "{piece} is whole {found} times of {times}");
    }
}

#[test]
fn an_address_in_large_print_is_whole_where_its_line_holds_it() {
    // In print half as large again as ours a value has the whole line, under its label.
    let address = "cs@context-safeguarding.marsh.example";
    let run = Run::on_the_example().edit("borough.yaml", "csc@marshgate.example", address).edit(
        "conference.yaml",
        "format: large-print",
        "format: 18",
    );
    let run = run.edit("conference.yaml", "tom.hallam@marshgate.example", address);
    run.build(&["--only", "invitation"]);
    let file = run.files("out").into_iter().find(|file| file.contains("yetunde")).expect("she has a letter");
    let data = run.bytes(&file);
    let text = page_texts(&data, false).concat();
    assert!(text.contains("Reply to") && text.matches(address).count() >= 1, "{text}");
}

#[test]
fn bold_words_that_begin_paragraphs_in_a_row_set_them_closer() {
    let ends = |words: &str| {
        pages_at(4.0, 200, made("report", &format!("## One\n\nAs it was said.\n\n{words}")))[0].last_ink(270.0)
    };
    let four = |before: &str| (0..4).map(|_| format!("{before} saw this.\n\n")).collect::<String>();
    let closer = ends(&four("Police")) - ends(&four("**Police.** It"));
    // Three points at each of three gaps.
    assert!((closer - 9.0 * 25.4 / 72.0).abs() < 0.6, "{closer}");
}

#[test]
fn addresses_in_a_text_are_links_and_a_heading_has_none() {
    let words = "## Write to a-b@c.example\n\nSee https://www.c.example/how or write to a-b@c.example.";
    let data = made("report", words);
    keeps_the_standards("own.pdf", &data);
    let pdf = lopdf::Document::load_mem(&data).expect("the PDF parses");
    let links = pdf.get_pages().into_values().flat_map(|page| pdf.get_page_annotations(page).unwrap_or_default());
    let target = |link: &lopdf::Dictionary| -> Option<String> {
        let action = link.get_deref(b"A", &pdf).ok()?.as_dict().ok()?;
        Some(String::from_utf8_lossy(action.get(b"URI").ok()?.as_str().ok()?).into_owned())
    };
    let uris: Vec<String> = links.filter_map(target).collect();
    assert_eq!(uris, ["https://www.c.example/how", "mailto:a-b@c.example"]);
}

#[test]
fn every_layout_says_once_in_its_text_that_it_is_a_draft() {
    for layout in ["report", "form", "letter"] {
        let words = "text\n\n:::page\n:::\n\nmore text\n\n:::page\n:::\n\nmore text";
        let data = made(layout, words);
        let texts = page_texts(&data, false);
        assert!(texts.len() >= 3, "{layout}: {}", texts.len());
        assert!(texts[0].contains("DRAFT") && texts[0].contains("OFFICIAL-SENSITIVE"), "{layout}: {}", texts[0]);
        assert_eq!(texts.concat().matches("DRAFT").count(), 1, "{layout}");
        // On the others it stands in the head.
        let heads = page_texts(&data, true);
        assert!(heads[1..].iter().all(|head| head.contains("DRAFT")) && !heads[0].contains("DRAFT"), "{layout}");
    }
}

#[test]
fn a_table_has_its_caption_and_heads_of_columns_and_rows() {
    let words = ":::table number text\nWhat will be done\n\n| No. | What |\n|---|---|\n| 1.1 | Lock the door |\n:::";
    let data = made("report", words);
    keeps_the_standards("own.pdf", &data);
    let tags = tags(&data);
    let table = &tags[tags.find("Table").expect("it has a table")..];
    let names: Vec<&str> = table.lines().map(str::trim).collect();
    let expected = ["Table", "Caption", "Span", "TR", "TH (Column)", "TH (Column)", "TR", "TH (Row)", "TD"];
    assert_eq!(names, expected, "{tags}");
    let bare = "## The plan\n\n:::table number text\n| No. | What |\n|---|---|\n| 1.1 | Lock the door |\n:::";
    assert!(self::tags(&made("report", bare)).contains("Table “The plan”"), "it is known by its heading");
}

#[test]
fn what_is_filled_in_by_hand_has_a_name_and_no_empty_cell_is_read() {
    let words = ":::table time text text\n| Date | What, and why | Who |\n|---|---|---|\n| | | |\n| | | |\n| | | |\n:::\n\n- [ ] I will come\n- [x] I have read it\n\n:::field\nYour name\n:::\n\n:::signature\nFor us\n\nName\n:::";
    let data = made("form", words);
    keeps_the_standards("own.pdf", &data);
    let tags = tags(&data);
    for name in [
        "Figure “Rows to fill in by hand: 3. Columns: Date; What, and why; Who”",
        "Figure “Empty box to tick: I will come”",
        "Figure “Ticked box: I have read it”",
        "Figure “Field to fill in: Your name”",
        "Figure “Field to fill in: Signature, For us”",
        "Figure “Field to fill in: Name, For us”",
    ] {
        assert!(tags.contains(name), "{name} is not in\n{tags}");
    }
    assert!(!tags.contains("TD"), "{tags}");
    let text = page_texts(&data, false).concat();
    assert!(text.contains("Signature") && text.contains("Name"), "{text}");
}

#[test]
fn a_log_has_upright_lines_that_a_printer_of_one_bit_prints() {
    let words = format!(":::table time text text\n| Date | What | Who |\n|---|---|---|\n{}:::", "| | | |\n".repeat(10));
    // 203 dots an inch, and only what is nearly black.
    let pages = pages_at(8.0, 110, made("report", &words));
    // Three columns have four lines.
    assert_eq!(pages[0].uprights(100.0, 150.0), 4);
}

#[test]
fn a_log_longer_than_a_page_goes_on_under_its_head() {
    let data =
        made("report", &format!(":::table time text\n| Date | Whoever |\n|---|---|\n{}:::", "| | |\n".repeat(40)));
    keeps_the_standards("own.pdf", &data);
    let heads = page_texts(&data, true);
    assert!(heads.len() == 3 && heads.iter().all(|head| head.contains("Whoever")), "{heads:?}");
}

#[test]
fn a_clause_hangs_in_the_left_margin_and_prose_that_begins_with_a_number_does_not() {
    let page = |words: &str| pages_at(4.0, 200, made("report", words)).remove(0);
    let margin = [14.0, 45.0, 24.5, 270.0];
    assert!(page("## One\n\n1.1 We agree.").inked(margin));
    for prose in ["1.5 million people", "We agree on 1.1 and more.", "- 1.1 We agree.", "2026 was a year."] {
        assert!(!page(&format!("## One\n\n{prose}")).inked(margin), "{prose}");
    }
}

#[test]
fn a_name_with_vowel_marks_is_named_as_it_is_written() {
    let data = made("report", "Ms דָּנִיאֵל and Mr مُحَمَّد came with محمد.");
    keeps_the_standards("own.pdf", &data);
    let tags = tags(&data);
    assert!(tags.contains("Figure “דָּנִיאֵל”") && tags.contains("Figure “مُحَمَّد”") && !tags.contains("“محمد”"), "{tags}");
}

#[test]
fn items_stand_alike_in_every_list() {
    let long =
        "an item that is long enough to go on in a second line of its list, as many of them do in a paper that is long";
    let words = |item: &str| format!("## One\n\nLead-in:\n\n- a\n- b\n- c\n- {item}\n");
    let ends = |item: &str| pages_at(4.0, 200, made("report", &words(item)))[0].last_ink(270.0);
    let line = ends(long) - ends("g");
    // A second line is 18 points, and nothing else moves.
    assert!((line - 18.0 * 25.4 / 72.0).abs() < 0.6, "{line}");
}

#[test]
fn items_and_what_follows_in_them_stand_apart_alike_in_every_kind_of_list() {
    let ends = |words: &str| {
        let data = made("report", &format!("## One\n\nLead-in:\n\n{words}"));
        pages_at(4.0, 200, data)[0].last_ink(270.0)
    };
    // A line of 12 points and a gap of 8.
    let gap = 20.0 * 25.4 / 72.0;
    for mark in ["- ", "1. ", "- [ ] "] {
        let item = format!("{mark}a\n");
        let more = ends(&item.repeat(3)) - ends(&item.repeat(2));
        assert!((more - gap).abs() < 0.4, "`{mark}`: {more}");
    }
    let more = ends("- a\n\n  a\n") - ends("- a\n");
    assert!((more - gap).abs() < 0.4, "a second paragraph: {more}");
}
