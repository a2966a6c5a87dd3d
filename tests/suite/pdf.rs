//! Every PDF keeps the standards, is the same twice, and tells nothing about who made it where.

use page_validation::{ValidationOptions, ValidationProfile, validate_pdf_bytes};

use crate::letters::pages;
use crate::run::Run;

#[test]
fn every_pdf_of_the_example_is_pdf_ua_1_and_pdf_a_2a_and_comes_out_the_same_twice() {
    let (first, second) = (Run::on_the_example(), Run::on_the_example());
    first.build(&[]);
    second.build(&[]);
    let files = first.files("out");
    assert_eq!(files, second.files("out"));
    assert!(files.iter().filter(|f| f.ends_with(".pdf")).count() >= 25, "{}", files.len());
    for file in &files {
        let data = first.bytes(file);
        assert!(data == second.bytes(file), "{file} differs from one run to the next");
        if file.ends_with(".pdf") {
            keeps_the_standards(file, &data);
        }
    }
}

pub fn keeps_the_standards(file: &str, data: &[u8]) {
    for profile in [ValidationProfile::PdfUa1, ValidationProfile::PdfA2a] {
        let report = validate_pdf_bytes(data, &ValidationOptions::default().profile(profile)).expect("the PDF parses");
        assert!(report.is_compliant, "{file} as {profile:?}: {report}");
    }
}

#[test]
fn a_file_tells_its_title_council_and_date_and_nothing_of_the_machine() {
    let run = Run::on_the_example();
    run.build(&["--only", "minutes"]);
    let data = run.bytes("out/CSC-2026-014/professional/minutes.pdf");
    let info = info(&data);
    insta::assert_snapshot!("minutes_metadata", info);
    let raw = String::from_utf8_lossy(&data);
    for secret in [env!("CARGO_MANIFEST_DIR"), "/tmp", "root", "Typst"] {
        assert!(!info.contains(secret) && !raw.contains(secret), "`{secret}` is in the file");
    }
}

#[test]
fn date_and_reference_share_a_line_only_where_they_cannot_run_into_each_other() {
    let beside = |opening: &str| {
        let words = format!(
            "{{% extends \"base/invitation.md\" %}}{{% block opening %}}\n:::columns\n{opening}\n:::\n{{% endblock %}}\n"
        );
        let run = Run::on_the_example().with("templates/invitation.md", words);
        run.build(&["--only", "invitation", "--for", "community"]);
        let letter = run.bytes("out/CSC-2026-014/community/invitation-12-mr-oezgur-yildiz-o-briain.pdf");
        // Where the reference ends if it is on the line of the date, and where it begins if it is on the next.
        let first = &pages(letter)[0];
        let (right, below) = ([125.0, 97.0, 180.0, 101.0], [25.0, 103.5, 60.0, 107.5]);
        assert_ne!(first.inked(right), first.inked(below), "{opening}");
        first.inked(right)
    };
    assert!(beside("30 September 2026\n\nOur reference: CSC-2026-014/I12"));
    assert!(!beside("WEDNESDAY 30 SEPTEMBER 2026\n\nOUR REFERENCE: MARSHGATE/CSC-2026-014/I12"));
}

#[test]
fn a_letter_is_read_out_in_british_english_line_by_line_with_its_logo_named() {
    let run = Run::on_the_example();
    run.build(&["--only", "invitation"]);
    let data = run.bytes("out/CSC-2026-014/community/invitation-12-mr-oezgur-yildiz-o-briain.pdf");
    let pdf = lopdf::Document::load_mem(&data).expect("the PDF parses");
    let lang = pdf.catalog().and_then(|c| c.get(b"Lang")).and_then(lopdf::decode_text_string);
    assert_eq!(lang.expect("the PDF has a language"), "en-GB");
    let tags = tags(&data);
    // The logo, then one paragraph a line: the marking, nine lines of the sender, six of the address.
    assert!(tags.contains("Figure “London Borough of Marshgate”"), "{tags}");
    assert!(tags.split("H1").next().is_some_and(|head| head.matches("P\n").count() >= 16), "{tags}");
    insta::assert_snapshot!("letter_tags", tags);
    let alt = pdf.objects.values().filter_map(|o| o.as_dict().ok()).filter_map(|d| d.get(b"Alt").ok());
    let alt: Vec<String> = alt.filter_map(|a| lopdf::decode_text_string(a).ok()).collect();
    assert!(alt.iter().any(|a| a == "London Borough of Marshgate"), "{alt:?}");
}

/// The entries of the information dictionary that a reader shows, a line each.
pub fn info(data: &[u8]) -> String {
    let pdf = lopdf::Document::load_mem(data).expect("the PDF parses");
    let info = pdf.trailer.get(b"Info").and_then(lopdf::Object::as_reference).and_then(|id| pdf.get_dictionary(id));
    let info = info.expect("the PDF has an information dictionary");
    let value = |object: &lopdf::Object| lopdf::decode_text_string(object).unwrap_or_default();
    let mut lines: Vec<String> =
        info.iter().map(|(key, object)| format!("{}: {}", String::from_utf8_lossy(key), value(object))).collect();
    lines.sort();
    lines.join("\n")
}

/// The tag tree, a tag a line, indented, with the scope of a heading cell, the summary of a table and the
/// alternative text of a figure.
pub fn tags(data: &[u8]) -> String {
    let pdf = lopdf::Document::load_mem(data).expect("the PDF parses");
    let catalog = pdf.catalog().expect("the PDF has a catalogue");
    let root = catalog.get(b"StructTreeRoot").expect("the PDF is tagged");
    let mut out = String::new();
    walk(&pdf, root, 0, &mut out);
    out
}

fn walk(pdf: &lopdf::Document, object: &lopdf::Object, depth: usize, out: &mut String) {
    let Ok((_, object)) = pdf.dereference(object) else { return };
    match object {
        lopdf::Object::Array(list) => list.iter().for_each(|o| walk(pdf, o, depth, out)),
        lopdf::Object::Dictionary(dict) => {
            let name = dict.get(b"S").and_then(lopdf::Object::as_name).map(|n| String::from_utf8_lossy(n).into_owned());
            let deeper = match name {
                Ok(name) => {
                    out.push_str(&format!("{}{name}{}\n", "  ".repeat(depth), said_of(pdf, dict)));
                    depth + 1
                }
                Err(_) => depth,
            };
            if let Ok(children) = dict.get(b"K") {
                walk(pdf, children, deeper, out);
            }
        }
        _ => {}
    }
}

/// The scope, the summary and the alternative text of a tag.
fn said_of(pdf: &lopdf::Document, tag: &lopdf::Dictionary) -> String {
    let attributes = tag.get_deref(b"A", pdf).map(|a| match a {
        lopdf::Object::Array(list) => list.iter().collect(),
        one => vec![one],
    });
    let attribute = |key: &[u8]| {
        let objects = attributes.iter().flatten().filter_map(|object| pdf.dereference(object).ok());
        objects.filter_map(|(_, object)| object.as_dict().ok()).find_map(|dict| dict.get(key).ok())
    };
    let scope = attribute(b"Scope").and_then(|scope| scope.as_name().ok()).map(String::from_utf8_lossy);
    let text = |object: &lopdf::Object| lopdf::decode_text_string(object).ok();
    let scope = scope.map(|scope| format!(" ({scope})")).unwrap_or_default();
    let said = attribute(b"Summary").and_then(text).or(tag.get(b"Alt").ok().and_then(text));
    scope + &said.map(|said| format!(" “{said}”")).unwrap_or_default()
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &["minutes_metadata", "letter_tags"];
