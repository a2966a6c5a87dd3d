//! What the reader of a document finds, refuses and leaves out.

use std::collections::BTreeSet;

use super::passages;
use crate::fold::Folded;
use crate::gate::package::tests::{initials, package};
use crate::layers::has_ending;
use crate::model::artefact::Format;

fn with_text(content: &str) -> Vec<u8> {
    let names = ["office", "text", "table", "draw"]
        .map(|name| {
            let kind = if name == "draw" { "drawing" } else { name };
            format!(" xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0\"")
        })
        .concat();
    let names = names + " xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    package(&[("content.xml", format!("<text:p{names}>{content}</text:p>").as_bytes())])
}

fn says(data: &[u8], words: &str) -> bool {
    let wanted = Folded::of(words).text;
    let found = passages(data).expect("it can be read");
    found.iter().map(|it| Folded::of(&it.text)).any(|text| text.find(&wanted).any(|range| text.says(&range)))
}

#[test]
fn a_word_is_found_whatever_splits_it() {
    for content in [
        "Kai Mensah",
        "Kai Men<text:span>sah</text:span>",
        "Kai<text:s text:c=\"3\"/>Mensah",
        "Kai<text:line-break/>Mensah",
        "<text:span><text:a xlink:href=\"#part-1\">Kai </text:a></text:span>Mensah",
        "Kai <office:annotation><text:p>x</text:p></office:annotation>Mensah",
        "Kai<text:note><text:note-body><text:p>x</text:p></text:note-body></text:note> Mensah",
        "Kai Men<draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame>sah",
        "x<draw:frame><draw:text-box><text:p>Kai Mensah</text:p></draw:text-box></draw:frame>x",
    ] {
        assert!(says(&with_text(content), "Kai Mensah"), "{content}");
    }
    assert!(!says(&with_text("Kai<text:tab/>x<text:tab/>Mensah"), "Kai Mensah"));
}

#[test]
fn what_runs_loads_or_cannot_be_read_is_refused() {
    let whole = with_text("x");
    assert!(passages(&whole).is_ok());
    for link in ["https://a.example/", "mailto:x@a.example", "tel:+441234567890", "#part-1"] {
        assert!(passages(&with_text(&format!("<text:a xlink:href=\"{link}\">x</text:a>"))).is_ok(), "{link}");
    }
    assert!(passages(&with_text("<draw:image xlink:href=\"Pictures/logo.png\"/>")).is_ok());
    for (what, data) in [
        ("no package", b"PK\x03\x04".to_vec()),
        ("an object", with_text("<draw:object/>")),
        ("an applet", with_text("<draw:applet/>")),
        ("a script", with_text("<text:script>x</text:script>")),
        ("an event", with_text("<office:event-listeners/>")),
        ("a macro in a field", with_text("<text:execute-macro/>")),
        ("a section from elsewhere", with_text("<text:section-source xlink:href=\"x.odt\"/>")),
        ("a table from elsewhere", with_text("<table:table-source/>")),
        ("data from another program", with_text("<text:dde-connection/>")),
        ("a picture from elsewhere", with_text("<draw:image xlink:href=\"https://a.example/x.png\"/>")),
        ("a picture from the machine", with_text("<draw:image xlink:href=\"/home/x.png\"/>")),
        ("a picture from beside the file", with_text("<draw:image xlink:href=\"../x.png\"/>")),
        ("a picture from a share", with_text("<draw:image xlink:href=\"\\\\server\\x.png\"/>")),
        ("a link that runs", with_text("<text:a xlink:href=\"javascript:x\">x</text:a>")),
        ("a link to a macro", with_text("<text:a xlink:href=\"vnd.sun.star.script:x\">x</text:a>")),
        ("a part that is encrypted", package(&[("META-INF/manifest.xml", b"<m><encryption-data/></m>")])),
        ("XML that is none", package(&[("content.xml", b"<text:p>")])),
        ("a document type", package(&[("content.xml", b"<!DOCTYPE p [<!ENTITY a 'b'>]><p>&a;</p>")])),
        ("another encoding", package(&[("content.xml", b"\xFF\xFE<\0p\0/\0>\0")])),
        ("a library of macros", package(&[("Basic/script-lb.xml", b"<library><libraries/></library>")])),
        ("a picture of another kind", package(&[("Thumbnails/thumbnail.jpeg", b"\xFF\xD8\xFF\xE0")])),
        ("a font that is none", package(&[("Fonts/font1.ttf", b"\0\x01\0\0\0\x09")])),
        ("bytes after the end", [whole.clone(), b"x".to_vec()].concat()),
        ("bytes before the start", [b"x".to_vec(), whole].concat()),
    ] {
        assert!(passages(&data).is_err(), "{what}: {:?}", passages(&data));
    }
}

#[test]
fn no_word_of_the_format_is_a_text_or_anybodys_initials() {
    let checked = crate::check(crate::example().expect("the example is sound")).expect("the example is sound");
    let request = crate::Request { to: vec![Format::Odt, Format::Txt], ..Default::default() };
    let made = crate::build(&checked, &request).expect("the example can be made").files;
    let (papers, texts): (Vec<_>, Vec<_>) = made.iter().partition(|file| has_ending(file.path(), "odt"));
    assert!(papers.len() > 40, "the demo was made");
    let mut said: BTreeSet<String> = checked.places.texts().flat_map(|(_, text)| initials(text)).collect();
    said.extend(texts.iter().flat_map(|file| initials(&String::from_utf8_lossy(file.data()))));
    let (mut wrong, mut places) = (BTreeSet::new(), BTreeSet::new());
    for paper in &papers {
        for passage in passages(paper.data()).expect("it can be read") {
            let unsaid = initials(&passage.text).into_iter().filter(|pair| !said.contains(pair));
            wrong.extend(unsaid.map(|pair| format!("{pair}: {}", passage.place)));
            // Of the rest only running text, names of places to fill in and links are passages.
            let known = [
                "text",
                "a part that is not shown",
                "the attribute `description`",
                "the attribute `alias`",
                "the attribute `href`",
            ];
            if !known.contains(&passage.place.as_str()) {
                places.insert(format!("{}: {}", passage.place, passage.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(places.is_empty(), "{places:#?}");
}
