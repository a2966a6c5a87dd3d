//! What the reader of a page finds, refuses and leaves out.

use std::collections::BTreeSet;

use base64::Engine as _;

use super::passages;
use crate::check::names::Name;
use crate::fold::Folded;
use crate::model::artefact::Format;

fn read(page: &str) -> Vec<String> {
    passages(page.as_bytes()).expect("it can be read").into_iter().map(|passage| passage.text).collect()
}

fn says(page: &str, words: &str) -> bool {
    let wanted = Folded::of(words).text;
    read(page).iter().any(|text| Folded::of(text).find(&wanted).any(|range| Folded::of(text).says(&range)))
}

#[test]
fn a_word_is_found_whatever_splits_it() {
    for page in [
        "<p>Kai Mensah</p>",
        "<p>K<b>ai</b> Men<span>sah</span></p>",
        "<p>&#75;ai M&eacute;nsah</p>",
        "<p>Kai<br>Mensah</p>",
        "<i>x</i><span>Kai Mensah</span>",
        "<p title='Kai Mensah'></p>",
        "<p class='kai mensah'></p>",
        "<kai-mensah></kai-mensah>",
        "<p kai-mensah='1'></p>",
        "<!-- Kai Mensah -->",
        "<!DOCTYPE html PUBLIC \"Kai Mensah\">",
        "<style>/* Kai Mensah */</style>",
        "<style>p::after{content:\"\\4b ai Mensah\"}</style>",
        "<style>.kai-mensah{}</style>",
        "<p style='--x:\"Kai Mensah\"'></p>",
        "<input value='Kai Mensah'>",
        "<textarea>Kai Mensah</textarea>",
        "<select><option label='Kai Mensah'></select>",
        "<title>Kai Mensah</title>",
        "<meta name='author' content='Kai Mensah'>",
        "<template></template><p>Kai Mensah</p>".trim_start_matches("<template></template>"),
        "<a href='#kai-mensah'>x</a>",
        "<svg><title>Kai Mensah</title></svg>",
        "<img src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"><text>Kai Mensah</text></svg>'>",
        "<style>p{background:url(data:image/svg+xml,%3Csvg xmlns=\"http://www.w3.org/2000/svg\"%3E%3Cdesc%3EKai%20Mensah%3C/desc%3E%3C/svg%3E)}</style>",
    ] {
        assert!(says(page, "Kai Mensah"), "{page}: {:?}", read(page));
    }
}

#[test]
fn what_runs_loads_or_cannot_be_read_is_refused() {
    let png = base64::engine::general_purpose::STANDARD.encode(b"\x89PNG\r\n\x1a\n\0\0\0\x05tEXt");
    let png = format!("<img src='data:image/png;base64,{png}'>");
    for page in [
        "<script>x</script>",
        "<p onclick='x'></p>",
        "<a href='javascript:x'>x</a>",
        "<iframe srcdoc='x'></iframe>",
        "<img src='https://a.example/x.png'>",
        "<link rel='stylesheet' href='x.css'>",
        "<style>@import 'x.css';</style>",
        "<style>p{background:url(x.png)}</style>",
        "<style>p{content:'x</style>",
        "<style>/* x</style>",
        "<style>p{}",
        "<meta http-equiv='refresh' content='0;url=x'>",
        "<img src='data:image/gif;base64,AAAA'>",
        "<a href='data:text/html,x'>x</a>",
        "<style>@font-face{src:url(data:font/ttf;base64,AAAA)}</style>",
        "<img src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"><script>x</script></svg>'>",
        "<img src='data:image/svg+xml,<svg'>",
        "<p",
        "<p a='1' a='2'>",
        png.as_str(),
    ] {
        assert!(passages(page.as_bytes()).is_err(), "{page}: {:?}", passages(page.as_bytes()));
    }
    assert!(passages(b"\xff").is_err());
}

#[test]
fn a_font_says_its_names_and_hides_nothing() {
    let ours = crate::fonts::of_family("Convenor Hebrew").next().expect("it is ours").1;
    let page = |data: &[u8]| {
        let data = base64::engine::general_purpose::STANDARD.encode(data);
        format!("<style>@font-face{{font-family:\"Own\";src:url(\"data:font/ttf;base64,{data}\")}}</style>")
    };
    assert_eq!(read(&page(ours)), Vec::<String>::new(), "our own fonts say nothing new");
    // A family in UTF-16, as its name table has it.
    let family: Vec<u8> = "Convenor Hebrew".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let at = memchr::memmem::find(ours, &family).expect("it says its family");
    let mut renamed = ours.to_vec();
    let secret: Vec<u8> = "Kai Mensah     ".encode_utf16().flat_map(u16::to_be_bytes).collect();
    renamed[at..at + family.len()].copy_from_slice(&secret);
    assert!(says(&page(&renamed), "Kai Mensah"));
    let longer = [ours, b"Kai Mensah"].concat();
    assert!(passages(page(&longer).as_bytes()).is_err(), "what stands after its tables");
}

/// Every two capitals that would be somebody's initials.
fn initials(text: &str) -> BTreeSet<String> {
    let text = Folded::of(text);
    let bytes = text.text.as_bytes();
    let pairs = (1..bytes.len()).map(|i| i - 1..i + 1).filter(|r| bytes[r.clone()].iter().all(u8::is_ascii_lowercase));
    pairs.filter(|r| Name::is_initials(&text, r, true)).map(|r| text.text[r].to_uppercase()).collect()
}

#[test]
fn no_word_of_the_format_is_a_text_or_anybodys_initials() {
    let checked = crate::check(crate::example().expect("the example is sound")).expect("the example is sound");
    let made = |format| {
        let request = crate::Request { to: vec![format], ..Default::default() };
        crate::build(&checked, &request).expect("the example can be made").files
    };
    let (papers, texts) = (made(Format::Html), made(Format::Txt));
    assert!(papers.len() > 40, "the demo was made");
    let mut said: BTreeSet<String> = checked.places.texts().flat_map(|(_, text)| initials(text)).collect();
    said.extend(texts.iter().flat_map(|file| initials(&String::from_utf8_lossy(file.data()))));
    let mut wrong = BTreeSet::new();
    for paper in &papers {
        for passage in passages(paper.data()).expect("it can be read") {
            let unsaid = initials(&passage.text).into_iter().filter(|pair| !said.contains(pair));
            wrong.extend(unsaid.map(|pair| format!("{pair}: {}", passage.place)));
            // Of the rest only running text, names of fields and what a drawing says are passages.
            let known = ["text", "style sheet", "link", "a drawing, text", "a drawing, comment"];
            let is_value = passage.place.trim_start_matches("a drawing, ").starts_with("the attribute ");
            assert!(known.contains(&passage.place.as_str()) || is_value, "{}: {}", passage.place, passage.text);
            if passage.place == "style sheet" {
                // What stands at the head and the foot of every sheet of paper.
                assert!(passage.text.lines().count() <= 5, "{}", passage.text);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
