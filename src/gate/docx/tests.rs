//! What the reader of a document finds, refuses and leaves out.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use zip::{ZipArchive, ZipWriter};

use super::passages;
use crate::fold::Folded;
use crate::gate::package::tests::{initials, package};
use crate::model::artefact::Format;

fn with_text(content: &str) -> Vec<u8> {
    let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    package(&[("word/document.xml", format!("<w:p xmlns:w=\"{namespace}\">{content}</w:p>").as_bytes())])
}

fn says(data: &[u8], words: &str) -> bool {
    let wanted = Folded::of(words).text;
    let found = passages(data).expect("it can be read");
    found.iter().map(|it| Folded::of(&it.text)).any(|text| text.find(&wanted).any(|range| text.says(&range)))
}

#[test]
fn a_word_is_found_whatever_splits_it() {
    for content in [
        "<w:r><w:t>Kai Mensah</w:t></w:r>",
        "<w:r><w:t>Kai Men</w:t></w:r><w:r><w:t>sah</w:t></w:r>",
        "<w:r><w:t>x</w:t></w:r><w:sdt><w:t>Kai Mensah</w:t></w:sdt>",
        "<w:r><w:instrText>Kai Men</w:instrText></w:r><w:r><w:instrText>sah</w:instrText></w:r>",
        "<w:r><w:t>Kai</w:t><w:br/><w:t>Mensah</w:t></w:r>",
        "<w:r><w:t>Kai </w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:t>Mensah</w:t></w:r>",
        "<w:r><w:t>Kai Men</w:t><w:pict><w:txbxContent><w:t>x</w:t></w:txbxContent></w:pict><w:t>sah</w:t></w:r>",
    ] {
        assert!(says(&with_text(content), "Kai Mensah"), "{content}");
    }
}

#[test]
fn what_runs_loads_or_cannot_be_read_is_refused() {
    let relation = |attributes: &str| {
        let namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
        let text =
            format!("<Relationships xmlns=\"{namespace}\"><Relationship Id=\"rId1\" {attributes}/></Relationships>");
        package(&[("word/_rels/document.xml.rels", text.as_bytes())])
    };
    let whole = with_text("<w:r><w:t>x</w:t></w:r>");
    assert!(passages(&whole).is_ok());
    assert!(passages(&relation("Type=\"x/image\" Target=\"media/logo.png\"")).is_ok());
    assert!(passages(&relation("Type=\"x/hyperlink\" TargetMode=\"External\" Target=\"https://a.example/\"")).is_ok());
    let mut remarked = ZipWriter::new_append(Cursor::new(whole.clone())).expect("a package");
    remarked.set_comment("x").expect("it is short");
    assert!(passages(&remarked.finish().expect("memory takes it").into_inner()).is_ok());
    let mut bad_sum = whole.clone();
    let at = memchr::memmem::find(&bad_sum, b"document.xml").expect("it names the part") + 14;
    bad_sum[at] ^= 0xFF;
    for (what, data) in [
        ("no package", b"PK\x03\x04".to_vec()),
        ("an object", with_text("<w:r><w:object/></w:r>")),
        ("a chunk of another format", with_text("<w:altChunk/>")),
        ("a field that loads", with_text("<w:fldSimple w:instr=\" INCLUDETEXT x \"/>")),
        (
            "a field in runs that loads",
            with_text("<w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO x</w:instrText></w:r>"),
        ),
        (
            "a picture from elsewhere",
            relation("Type=\"x/image\" TargetMode=\"External\" Target=\"https://a.example/\""),
        ),
        (
            "a template from elsewhere",
            relation("Type=\"x/attachedTemplate\" TargetMode=\"External\" Target=\"file:///x\""),
        ),
        ("a link that runs", relation("Type=\"x/hyperlink\" TargetMode=\"External\" Target=\"javascript:x\"")),
        ("XML that is none", package(&[("word/document.xml", b"<w:p>")])),
        ("a document type", package(&[("word/document.xml", b"<!DOCTYPE p [<!ENTITY a 'b'>]><p>&a;</p>")])),
        ("another encoding", package(&[("word/document.xml", b"\xFF\xFE<\0p\0/\0>\0")])),
        ("macros", package(&[("word/vbaProject.bin", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")])),
        ("a picture of another kind", package(&[("word/media/a.jpeg", b"\xFF\xD8\xFF\xE0")])),
        ("a font without its key", package(&[("word/fonts/font1.odttf", b"\xFF\x01\0\0")])),
        ("bytes after the end", [whole.clone(), b"x".to_vec()].concat()),
        ("bytes before the start", [b"x".to_vec(), whole.clone()].concat()),
        ("bytes between two parts", between(&whole)),
        ("a part that does not unpack", bad_sum),
    ] {
        assert!(passages(&data).is_err(), "{what}: {:?}", passages(&data));
    }
}

/// A package with something before its list of parts, which still finds them.
fn between(whole: &[u8]) -> Vec<u8> {
    let at = memchr::memmem::find(whole, b"PK\x01\x02").expect("it has a list");
    let mut longer = [&whole[..at], b"Kai Mensah", &whole[at..]].concat();
    let end = longer.len() - 22 + 16;
    let place = u32::try_from(at + 10).expect("it is short").to_le_bytes();
    longer[end..end + 4].copy_from_slice(&place);
    longer
}

#[test]
fn no_word_of_the_format_is_a_text_or_anybodys_initials() {
    let checked = crate::check(crate::example().expect("the example is sound")).expect("the example is sound");
    let made = |format| {
        let request = crate::Request { to: vec![format], ..Default::default() };
        crate::build(&checked, &request).expect("the example can be made").files
    };
    let (papers, texts) = (made(Format::Docx), made(Format::Txt));
    assert!(papers.len() > 40, "the demo was made");
    let mut said: BTreeSet<String> = checked.places.texts().flat_map(|(_, text)| initials(text)).collect();
    said.extend(texts.iter().flat_map(|file| initials(&String::from_utf8_lossy(file.data()))));
    let (mut wrong, mut places) = (BTreeSet::new(), BTreeSet::new());
    for paper in &papers {
        for passage in passages(paper.data()).expect("it can be read") {
            let unsaid = initials(&passage.text).into_iter().filter(|pair| !said.contains(pair));
            wrong.extend(unsaid.map(|pair| format!("{pair}: {}", passage.place)));
            // Of the rest only running text, names of fields and tables, words of the logo and links are passages.
            let known = [
                "text",
                "a part that is not shown",
                "the attribute `descr`",
                "the attribute `val`",
                "the attribute `Target`",
            ];
            if !known.contains(&passage.place.as_str()) {
                places.insert(format!("{}: {}", passage.place, passage.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn every_value_of_the_format_is_known_so_that_what_is_not_is_seen() {
    let checked = crate::check(crate::example().expect("the example is sound")).expect("the example is sound");
    let request = crate::Request { to: vec![Format::Docx], ..Default::default() };
    let papers = crate::build(&checked, &request).expect("the example can be made").files;
    let mut values = BTreeSet::new();
    for paper in &papers {
        let found = passages(paper.data()).expect("it can be read");
        values.extend(found.into_iter().filter(|it| it.place == "the attribute `val`").map(|it| it.text));
    }
    // Names of controls and tables: words of the papers, each with a letter and none of them a word of the standard.
    let texts: String = {
        let mut all = String::new();
        for paper in &papers {
            let mut zip = ZipArchive::new(Cursor::new(paper.data())).expect("a package");
            let mut text = String::new();
            zip.by_name("word/document.xml").expect("it has a text").read_to_string(&mut text).expect("it is text");
            all.push_str(&text);
        }
        all
    };
    for value in values {
        let escaped = value.replace('&', "&amp;").replace('\'', "&apos;").replace('"', "&quot;");
        let named = [format!("<w:alias w:val=\"{escaped}\"/>"), format!("<w:tblCaption w:val=\"{escaped}\"/>")];
        assert!(named.iter().any(|named| texts.contains(named)), "`{value}` is no name");
    }
}
