//! Where pages end: no page with a third of it empty, no heading at a foot, no contents list that ends alone.
//!
//! Measured on the finished files of every fixture, for every audience: ink as it is drawn, headings by the bookmarks,
//! lines of the contents list by their links. What must begin on a new page, a form that is copied or the law that is
//! read apart, says so with `:::page`, and the page before it may end where it ends.

use std::collections::BTreeSet;

use crate::letters::pages_at;
use crate::run::Run;

/// The text of a page ends at 273 mm; a third of its height is 82.7 mm.
const END: f32 = 273.5;
const THIRD: f32 = 248.0 / 3.0;

/// Where a heading and the labels and the first row under it follow on another, they are one piece of up to 95 mm.
const LONGEST_PIECE: f32 = 97.0;

/// Under a heading there are two lines at least, or the one line of its section.
const UNDER_HEADING: f32 = 10.0;

/// A heading: its page from 0, millimetres from the top, words.
type Heading = (usize, f32, String);

#[test]
fn no_page_is_a_third_empty_no_heading_stands_at_a_foot_and_no_contents_end_alone() {
    let (mut faults, mut papers, mut count, mut sheets) = (Vec::new(), 0, 0, 0);
    for council in ["marshgate", "kestrel-vale", "northmere"] {
        let run = Run::on_the_council(council);
        run.build(&["--to", "pdf,md"]);
        for file in run.files("out").iter().filter(|file| file.ends_with(".pdf")) {
            let data = run.bytes(file);
            let words = run.read(&file.replace(".pdf", ".md"));
            let (headings, lines) = marks(&data);
            let pages = pages_at(1.5, 235, data);
            papers += 1;
            count += pages.len();
            for (n, page) in pages.iter().enumerate() {
                let end = page.last_ink(END);
                let is_last = n + 1 == pages.len();
                let next = headings.iter().find(|h| h.0 == n + 1).map(|h| h.2.as_str());
                let empty = END - end;
                let may = match next {
                    Some(next) if begins_a_sheet(&words).contains(&squeezed(next)) => f32::MAX,
                    Some(next) if follows_at_once(&words, next) => LONGEST_PIECE,
                    _ => THIRD,
                };
                if !is_last && empty > THIRD {
                    if empty <= may {
                        sheets += 1
                    } else {
                        faults.push(format!("{council} {file}, page {}: {empty:.0} mm are empty", n + 1))
                    }
                }
                if let Some(last) =
                    headings.iter().rfind(|h| h.0 == n).filter(|h| !is_last && end - h.1 < UNDER_HEADING)
                {
                    faults.push(format!("{council} {file}, page {}: `{}` stands at the foot", n + 1, last.2));
                }
            }
            if lines.len() > 1 && lines.last().is_some_and(|last| *last < 3) {
                faults.push(format!("{council} {file}: the contents end alone: {lines:?}"));
            }
        }
    }
    assert!(papers > 80 && count > 300, "{papers} papers of {count} pages");
    assert!(faults.is_empty(), "{count} pages, {sheets} before a sheet of their own\n{}", faults.join("\n"));
}

/// Headings that stand first on a page of their own, because the words say so.
fn begins_a_sheet(words: &str) -> BTreeSet<String> {
    words.split(":::page\n:::").skip(1).filter_map(first_heading).collect()
}

fn first_heading(words: &str) -> Option<String> {
    words.lines().find(|line| line.starts_with('#')).map(squeezed)
}

/// Whether a heading is followed by another at once.
fn follows_at_once(words: &str, heading: &str) -> bool {
    let mut lines = words.lines().filter(|line| !line.trim().is_empty());
    lines.any(|line| line.starts_with('#') && squeezed(line) == squeezed(heading));
    lines.next().is_some_and(|line| line.starts_with('#'))
}

/// The letters of a heading, whatever is escaped in it.
fn squeezed(heading: &str) -> String {
    heading.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The headings of a file, and how many lines of its contents list stand on each page that has any.
fn marks(data: &[u8]) -> (Vec<Heading>, Vec<usize>) {
    let pdf = lopdf::Document::load_mem(data).expect("the PDF parses");
    let pages: Vec<lopdf::ObjectId> = pdf.get_pages().into_values().collect();
    let mut headings = Vec::new();
    let outlines = pdf.catalog().and_then(|c| c.get_deref(b"Outlines", &pdf)).and_then(lopdf::Object::as_dict);
    if let Ok(outlines) = outlines {
        bookmarks(&pdf, &pages, outlines, &mut headings);
    }
    let inner = |page: &lopdf::ObjectId| {
        let links = pdf.get_page_annotations(*page).unwrap_or_default();
        let is_inner = |link: &&lopdf::Dictionary| {
            let action = link.get_deref(b"A", &pdf).and_then(lopdf::Object::as_dict);
            link.has(b"Dest")
                || action.is_ok_and(|a| a.get(b"S").and_then(lopdf::Object::as_name).is_ok_and(|s| s == b"GoTo"))
        };
        links.into_iter().filter(is_inner).count()
    };
    let lines = pages.iter().map(inner).filter(|count| *count > 0).collect();
    (headings, lines)
}

fn bookmarks(pdf: &lopdf::Document, pages: &[lopdf::ObjectId], parent: &lopdf::Dictionary, out: &mut Vec<Heading>) {
    let mut next = parent.get_deref(b"First", pdf).and_then(lopdf::Object::as_dict).ok();
    while let Some(item) = next {
        out.extend(heading(pdf, pages, item));
        bookmarks(pdf, pages, item, out);
        next = item.get_deref(b"Next", pdf).and_then(lopdf::Object::as_dict).ok();
    }
}

fn heading(pdf: &lopdf::Document, pages: &[lopdf::ObjectId], item: &lopdf::Dictionary) -> Option<Heading> {
    let words = lopdf::decode_text_string(item.get(b"Title").ok()?).ok()?;
    let dest = match item.get_deref(b"Dest", pdf) {
        Ok(dest) => dest,
        Err(_) => item.get_deref(b"A", pdf).ok()?.as_dict().ok()?.get_deref(b"D", pdf).ok()?,
    };
    let dest = dest.as_array().ok()?;
    let page = pages.iter().position(|id| dest.first().and_then(|o| o.as_reference().ok()) == Some(*id))?;
    let y = dest.get(3)?.as_float().ok()?;
    Some((page, 297.0 - y * 25.4 / 72.0, words))
}

fn paper(title: &str, words: &str) -> String {
    format!(
        "---\ntitle: {title}\npurpose: a test\neach: conference\nlayout: report\naudiences: [professional]\nformats: [pdf]\nfile: {title}\n---\n# {title}\n\n{words}"
    )
}

#[test]
fn a_goal_stands_on_the_page_of_its_first_action_wherever_it_falls() {
    let mut words = String::new();
    for n in 1..=40 {
        words.push_str(&format!("### Goal {n}: young people can see and be seen from the forecourt to the park\n\n"));
        words.push_str(
            "Where we start\n\n: Nine of fourteen columns fail\n\nMeasured by\n\n: A survey in the evening\n\n",
        );
        words.push_str(":::table number text owner date\n| No. | Action | Who | By when |\n|---|---|---|---|\n");
        words.push_str(&format!("| first{n}x | Repair the lighting of the path | A council | 15 Jan 2027 |\n"));
        words.push_str("| 2 | Turn the benches | A station | 5 Feb 2027 |\n:::\n\n");
        words.push_str(&"One line of text.\n\n".repeat(n * 5 % 11));
    }
    let run = Run::on_the_example().with("templates/goals.md", paper("goals", &format!("## Goals\n\n{words}")));
    run.build(&["--only", "goals"]);
    let data = run.bytes("out/CSC-2026-014/professional/goals.pdf");
    let texts = crate::run::page_texts(&data, false);
    let (headings, _) = marks(&data);
    for n in 1..=40 {
        let goal = headings.iter().find(|h| h.2.starts_with(&format!("Goal {n}:"))).expect("it is a bookmark");
        assert!(texts[goal.0].contains(&format!("first{n}x")), "goal {n} is on page {}", goal.0 + 1);
    }
}

#[test]
fn fields_that_are_filled_in_together_stand_on_one_page() {
    for council in ["marshgate", "kestrel-vale", "northmere"] {
        let run = Run::on_the_council(council);
        run.build(&["--only", "agreement"]);
        for file in run.files("out").iter().filter(|file| file.ends_with(".pdf")) {
            let texts = crate::run::page_texts(&run.bytes(file), false);
            let first = texts.iter().position(|text| text.contains("Fill in these four first.")).expect("it has them");
            assert!(texts[first].contains("Your data protection contact"), "{file}");
            assert!(texts[first].contains("our officer’s view"), "{file}: the four fields are on two pages");
        }
    }
}

#[test]
fn contents_of_any_length_end_with_three_lines_or_more_on_a_page() {
    let long =
        "A paragraph that fills some lines of a page, so that there are five pages and a contents list. ".repeat(60);
    let run = (8..50).fold(Run::on_the_example(), |run, n| {
        let sections: String = (1..=n).map(|i| format!("## Section {i}\n\nShort.\n\n")).collect();
        let words = format!("Purpose.\n\n:::contents\n:::\n\n{sections}{}", [long.as_str(); 3].join("\n\n"));
        run.with(&format!("templates/contents{n}.md"), paper(&format!("contents{n}"), &words))
    });
    let names: Vec<String> = (8..50).map(|n| format!("contents{n}")).collect();
    run.build(&["--only", &names.join(",")]);
    let mut over = 0;
    for (n, name) in (8..50).zip(&names) {
        let (_, lines) = marks(&run.bytes(&format!("out/CSC-2026-014/professional/{name}.pdf")));
        assert_eq!(lines.iter().sum::<usize>(), n, "{name}");
        assert!(lines.last().is_some_and(|last| *last >= 3), "{name}: {lines:?}");
        over += usize::from(lines.len() > 1);
    }
    assert!(over > 5, "{over} of them go over a page");
}

#[test]
fn the_last_signature_stands_with_the_one_before_it() {
    let sign = |whose: &str| format!(":::signature\n{whose}\n\nName\n\nRole\n\nDate\n:::\n\n");
    let run = (8..40).fold(Run::on_the_example(), |run, n| {
        let words = format!("{}{}{}", "One line of text.\n\n".repeat(n), sign("For us"), sign("For you"));
        run.with(&format!("templates/signed{n}.md"), paper(&format!("signed{n}"), &words))
    });
    let names: Vec<String> = (8..40).map(|n| format!("signed{n}")).collect();
    run.build(&["--only", &names.join(",")]);
    for name in &names {
        let data = run.bytes(&format!("out/CSC-2026-014/professional/{name}.pdf"));
        let last = crate::run::page_texts(&data, false).pop().expect("it has pages");
        assert!(last.contains("For us") && last.contains("For you"), "{name}: {last}");
    }
}

#[test]
fn a_lead_in_stands_with_its_list_and_one_line_under_a_heading_with_what_follows_it() {
    let mut words = String::new();
    for n in 1..=60 {
        words.push_str(&format!("We ask for this lead{n}x:\n\n- item{n}x\n- another\n- a third\n\n"));
        words.push_str(&"One line of text.\n\n".repeat(n * 5 % 11));
        let long = "Further words that go on for some lines. ".repeat(6);
        words.push_str(&format!("### Section\n\nIn short: line{n}x.\n\nLonger{n}x. {long}\n\n"));
        words.push_str(&"One line of text.\n\n".repeat(n * 3 % 7));
    }
    let run = Run::on_the_example().with("templates/leads.md", paper("leads", &format!("## Leads\n\n{words}")));
    run.build(&["--only", "leads"]);
    let texts = crate::run::page_texts(&run.bytes("out/CSC-2026-014/professional/leads.pdf"), false);
    let page = |word: &str| texts.iter().position(|text| text.contains(word)).unwrap_or_else(|| panic!("no {word}"));
    for n in 1..=60 {
        assert_eq!(page(&format!("lead{n}x")), page(&format!("item{n}x")), "list {n}");
        assert_eq!(page(&format!("line{n}x")), page(&format!("Longer{n}x")), "section {n}");
    }
}
