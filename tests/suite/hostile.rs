//! Whatever a person types comes out as the very same text, and as nothing else.

use std::collections::BTreeMap;
use std::sync::Mutex;

use proptest::prelude::*;
use serde_json::Value;

use crate::docx::package::Package;
use crate::html::page::Element;
use crate::run::{Run, pdf_text, squeezed};

/// Texts that other programs have taken for something else.
const HOSTILE: &[&str] = &[
    "Œzgür Yıldız-Ó Briain",
    "Adébáyọ̀",
    "王小明",
    "O'Neill & Sons <Ltd>",
    "#eval(\"1\")",
    "**bold** _it_ `code`",
    "{{ x }} {% y %}",
    "../../etc",
    "=1+1",
    "| a | b |",
    ":::notice",
    "- [ ] item",
    "1. one",
    "> quote",
    "# heading",
    "[a](https://x.example)",
    "<script>alert(1)</script>",
    "$x^2$ @ref <label> //",
    "\\ \\\\ \\n &amp; &#35;",
    "~~~ --- ___ ***",
    "==marked== ++in++",
    "C:\\temp\\con",
    "{\"t\":\"p\"}",
    "100% £5 'single' \"double\"",
];

/// Fields that hold something other than free text: dates, ids, words from a list, and what has a form of its own.
const NOT_TEXT: &[&str] = &[
    "reference",
    "kind",
    "form",
    "issued",
    "version",
    "id",
    "from_date",
    "to",
    "completed",
    "author",
    "date",
    "on",
    "start",
    "end",
    "postcode",
    "online",
    "chair",
    "minute_taker",
    "reply_by",
    "organisation",
    "email",
    "category",
    "part_of",
    "quorum",
    "signed",
    "review",
    "reply",
    "attended",
    "items",
    "format",
    "by",
    "share",
    "agenda",
    "option",
    "domain",
    "owner",
    "due",
    "status",
    "priority",
    "ref",
    "protected_names",
    "period",
    "arrived",
    "left",
    "approved",
    "address",
    "reason",
    // No text may name them.
    "worker",
    // Of the council.
    "phone",
    "out_of_hours",
    "privacy_notice",
    "complaints",
    "recording",
    "decision_options",
    "escalation",
    "timescales",
    // Markdown by type: `**bold**` in them is bold.
    "young_people_and_needs",
    "guardianship",
    "environment",
    "weighting",
    "contingency",
    "note",
];

/// Fields of the council with a form of their own. Terms are words of sentences, whose first letter a template may raise.
const NOT_TEXT_OF_THE_COUNCIL: &[&str] =
    &["id", "address", "phone", "email", "website", "logo", "brand", "terms", "agenda"];

/// The number before that of the first text. With one digit a text and its number could be the reference of a letter, for `A0 ‹3›`
/// reads as A03; with four, texts of digits could be one another's: the gate rightly asks about both.
const BEFORE_THE_FIRST: usize = 99;

/// Texts that take turns: the gate would refuse eight words that stand in a field for everybody and in another for few.
struct Texts<'t>(Vec<&'t str>);

impl Texts<'_> {
    fn at(&self, number: usize) -> &str {
        self.0[number % self.0.len()]
    }
}

/// Puts `text` and a number of its own into every free text of the conference; gives back how many there are.
fn fill(value: &mut Value, key: &str, text: &Texts<'_>, next: &mut usize) {
    match value {
        Value::String(s) if !NOT_TEXT.contains(&key) => {
            *next += 1;
            *s = format!("{} ‹{next}›", text.at(*next));
        }
        Value::Array(list) => list.iter_mut().for_each(|v| fill(v, key, text, next)),
        Value::Object(map) => {
            // Nor those of the youth forum.
            let hidden = map.get("organisation").is_some_and(|of| of == "forum");
            let fields = map.iter_mut().filter(|(k, _)| !(NOT_TEXT.contains(&k.as_str()) || hidden && *k == "person"));
            fields.for_each(|(k, v)| fill(v, k, text, next));
        }
        _ => {}
    }
}

fn example_with(text: &Texts<'_>) -> Run {
    let run = Run::on_the_example();
    let mut data: Value = serde_saphyr::from_str(&run.read("conference.yaml")).expect("the example is sound");
    // Ids of people and organisations are keys: only what stands under them is text.
    let mut next = BEFORE_THE_FIRST;
    for (key, value) in data.as_object_mut().expect("a conference is a map") {
        match value {
            Value::Object(map) if key == "people" || key == "organisations" => {
                map.values_mut().for_each(|v| fill(v, "", text, &mut next))
            }
            Value::Array(list) if key == "items" => list.iter_mut().for_each(|v| fill(v, "item", text, &mut next)),
            other if NOT_TEXT.contains(&key.as_str()) && key != "review" => {
                let _ = other;
            }
            other => fill(other, key, text, &mut next),
        }
    }
    // Initials of a protected name may well stand in a text of chance.
    data["protected_names"] = serde_json::json!(["Zzyzxquentin"]);
    assert!(next > BEFORE_THE_FIRST + 150, "only {next} free texts were found");
    // A line of an address must start with a letter or digit, as the post asks; what follows is free.
    for invitee in data["invitees"].as_array_mut().expect("the example invites people") {
        next += 1;
        invitee["address"][1] = Value::String(format!("A {} ‹{next}›", text.at(next)));
    }
    let mut borough: Value = serde_saphyr::from_str(&run.read("borough.yaml")).expect("the example is sound");
    let before = next;
    for (key, value) in borough.as_object_mut().expect("a council is a map") {
        if !NOT_TEXT_OF_THE_COUNCIL.contains(&key.as_str()) {
            fill(value, key, text, &mut next);
        }
    }
    assert!(next > before + 10, "the council has free texts too");
    let run = run.with("borough.yaml", serde_json::to_string_pretty(&borough).expect("JSON"));
    run.with("conference.yaml", serde_json::to_string_pretty(&data).expect("JSON"))
}

/// For each file, which of the numbered texts it holds; each time the text before the number must be `text`.
fn holds(run: &Run, text: &Texts<'_>) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let is_paper =
        |file: &&String| [".txt", ".pdf", ".html", ".docx", ".odt"].iter().any(|ending| file.ends_with(ending));
    for file in run.files("out").iter().filter(is_paper) {
        let bytes = run.bytes(file);
        let content = match file.rsplit('.').next() {
            Some("pdf") => pdf_text(&bytes),
            Some("html") => Element::read(&String::from_utf8(bytes).expect("text")).first("body").text(),
            Some("docx" | "odt") => Package::read(&bytes).words(),
            _ => String::from_utf8(bytes).expect("text"),
        };
        let content = squeezed(&content);
        let mut marks = Vec::new();
        for (at, _) in content.match_indices('‹') {
            let mark = &content[at..at + content[at..].find('›').expect("a mark ends")];
            let wanted = squeezed(text.at(mark.trim_start_matches('‹').parse().expect("a number")));
            assert!(content[..at].ends_with(&wanted), "{file}: before {mark} stands {:?}", tail(&content[..at], 40));
            marks.push(mark.to_owned());
        }
        // Long names move lines, and so pages: the order on a page may differ, the set may not.
        marks.sort();
        marks.dedup();
        let name = file.rsplit('/').next().unwrap_or_default();
        let kind = name.split(['-', '.']).next().unwrap_or_default();
        found.entry(format!("{kind} {}", &name[name.len() - 3..])).or_insert_with(Vec::new).extend(marks);
    }
    found.values_mut().for_each(|marks| {
        marks.sort();
        marks.dedup();
    });
    found
}

/// The text on one line, up to its third word: eight that stand in every field would be told as a leak, and a letter such as `ŀ`
/// folds to two.
fn few_words(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut words = 0;
    let mut inside = false;
    let kept = text.chars().take_while(|c| {
        words += usize::from(c.is_alphanumeric() && !inside);
        inside = c.is_alphanumeric();
        words <= 3
    });
    kept.collect::<String>().trim().to_owned()
}

/// Whether a text of chance would be told, for it is like one that was read in the wrong encoding, like the name of a field,
/// an address of mail, or a number.
fn is_like_a_misread_one(text: &str) -> bool {
    let twice = |mark: char| text.matches(mark).count() > 1;
    let hex = |rest: &str| rest.get(..2).is_some_and(|two| two.bytes().all(|b| b.is_ascii_hexdigit()));
    text.contains(['{', '}', '@'])
        || text.split('%').skip(1).any(hex)
        || ['%', '$', '#', '_'].into_iter().any(twice)
        || !text.chars().any(char::is_alphabetic)
        || text.contains(['×', '÷', 'Ã', 'Â', 'Õ', 'Š', 'š', 'Œ', 'œ', 'Ž', 'ž', 'Ÿ'])
}

fn tail(text: &str, n: usize) -> String {
    text.chars().rev().take(n).collect::<Vec<_>>().into_iter().rev().collect()
}

fn comes_out_as_itself(text: &str, formats: &str) {
    come_out_as_themselves(&Texts(vec![text]), formats);
}

/// What each paper prints when every text is plain, made once for each choice of formats.
fn plain(formats: &str) -> BTreeMap<String, Vec<String>> {
    static MADE: Mutex<BTreeMap<String, BTreeMap<String, Vec<String>>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().expect("no test fails while it makes them");
    let make = || {
        let usual = Texts(vec!["plain"]);
        let run = example_with(&usual);
        run.build(&["--to", formats]);
        holds(&run, &usual)
    };
    made.entry(formats.to_owned()).or_insert_with(make).clone()
}

fn come_out_as_themselves(text: &Texts<'_>, formats: &str) {
    let hostile = example_with(text);
    hostile.build(&["--to", formats]);
    let (expected, found) = (plain(formats), holds(&hostile, text));
    assert_eq!(expected, found, "the same fields are printed whatever they hold");
    assert!(expected.values().map(Vec::len).sum::<usize>() > 150);
    let escaped = hostile.files("").into_iter().filter(|f| !f.starts_with("out/CSC-2026-014/") && f.starts_with("out"));
    assert_eq!(escaped.count(), 0, "no paper left its folder");
}

#[test]
fn every_hostile_text_comes_out_as_itself_in_plain_text() {
    for text in HOSTILE {
        comes_out_as_itself(text, "txt");
    }
}

#[test]
fn every_hostile_text_comes_out_as_itself_in_html_and_for_office_programs() {
    for turn in 0..2 {
        let turned = HOSTILE.iter().cycle().skip(turn * 7).take(HOSTILE.len());
        come_out_as_themselves(&Texts(turned.copied().collect()), "html,docx,odt,txt");
    }
}

#[test]
fn every_hostile_text_comes_out_as_itself_in_pdf() {
    // All at once: a PDF costs a hundred times the words.
    for turn in 0..3 {
        let turned = HOSTILE.iter().cycle().skip(turn * 7).take(HOSTILE.len());
        come_out_as_themselves(&Texts(turned.copied().collect()), "pdf,txt");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn any_text_that_can_be_set_comes_out_as_itself(text in "[ -~À-ž]{1,40}") {
        let text = few_words(&text);
        prop_assume!(!text.is_empty() && !text.starts_with('=') && !is_like_a_misread_one(&text));
        comes_out_as_itself(&text, "txt");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1, ..ProptestConfig::default() })]
    #[test]
    fn any_text_that_can_be_set_comes_out_as_itself_in_pdf(
        // Several at once: a PDF costs a hundred times the words.
        texts in prop::collection::vec("[ -~À-žΑ-Ωа-я]{1,30}".prop_map(|text| few_words(&text)).prop_filter("it can be set", |text| {
            !(text.is_empty() || text.starts_with('=') || text.contains('\u{03A2}') || is_like_a_misread_one(text))
        }), 5)
    ) {
        come_out_as_themselves(&Texts(texts.iter().map(String::as_str).collect()), "pdf,txt");
    }
}

#[test]
fn right_to_left_names_come_out_whole_in_either_direction() {
    let run = example_with(&Texts(vec!["محمد"]));
    run.build(&["--only", "terms,minutes", "--to", "pdf"]);
    let text = squeezed(&pdf_text(&run.bytes("out/CSC-2026-014/professional/minutes.pdf")));
    // A content stream draws right-to-left text from its end; what matters is that no letter is lost or doubled.
    assert!(text.contains("محمد") || text.contains("دمحم"));
}
