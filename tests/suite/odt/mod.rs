//! Open Document texts: what the oracle of the standard sees, forms, and what the format cannot show. That they say what the
//! other formats say is in `formats`.

pub mod oracle;
pub mod read_out;

use crate::docx::package::{Package, all, get};
use crate::run::Run;
use read_out::read_out;

const SPECIMEN: &str = "out/CSC-2026-014/professional/specimen.odt";

fn specimen() -> Package {
    Package::read(&crate::docx::specimen().bytes(SPECIMEN))
}

#[test]
fn every_block_and_inline_has_its_form_for_libreoffice() {
    let package = specimen();
    assert_eq!(oracle::faults(&package), Vec::<String>::new());
    insta::assert_snapshot!("specimen_odt", told(&package));
}

/// The parts of a package that are of this paper, an element to a line.
fn told(package: &Package) -> String {
    let mut said = package.order.join("\n") + "\n";
    for (part, within) in [
        ("content.xml", "automatic-styles"),
        ("content.xml", "text"),
        ("styles.xml", "master-styles"),
        ("meta.xml", "meta"),
        ("settings.xml", "settings"),
    ] {
        said.push_str(&format!("\n{part}\n"));
        let tree = package.tree(part);
        let root = all(tree.root_element(), within).next().expect("the part has it");
        crate::docx::outline(root, 0, &mut said);
    }
    said
}

#[test]
fn the_oracle_sees_what_is_wrong() {
    let data = crate::docx::specimen().bytes(SPECIMEN);
    let with = |part: &str, from: &str, to: &str| {
        let mut package = Package::read(&data);
        let text = package.text(part).to_owned();
        assert!(text.contains(from), "`{from}` is not in {part}");
        package.parts.insert(part.to_owned(), text.replacen(from, to, 1).into_bytes());
        oracle::faults(&package)
    };
    let (text, styles) = ("content.xml", "styles.xml");
    for (part, from, to) in [
        (text, "text:style-name=\"Title\"", "text:style-name=\"Titel\""),
        (text, "text:style-name=\"Bullet\"", "text:style-name=\"Bulet\""),
        (text, "<svg:desc>London Borough of Marshgate</svg:desc>", ""),
        (text, "\"Heading_20_1\" text:outline-level=\"1\"", "\"Heading_20_1\""),
        (text, "table:name=\"Table1\"", "table:name=\"Table2\""),
        (text, "<table:table-header-rows>", "<table:table-header-rows><text:p/>"),
        (text, "<text:list-item>", "<text:list-item><table:table/>"),
        (text, "xlink:href=\"#part-", "xlink:href=\"#port-"),
        (text, "xlink:href=\"Pictures/logo.png\"", "xlink:href=\"Pictures/other.png\""),
        (text, "<text:line-break/>", "\n"),
        (text, "<text:bookmark-end text:name=\"part-1\"/>", ""),
        (text, "style:master-page-name=\"First_20_Page\"", "style:master-page-name=\"None\""),
        (text, "text:description=\"", "text:description=\"\" x=\""),
        (styles, "style:name=\"Strong_20_Emphasis\"", "style:name=\"Tag\""),
        (styles, "style:parent-style-name=\"Standard\"", "style:parent-style-name=\"None\""),
        (styles, "style:page-layout-name=\"pm1\"", "style:page-layout-name=\"pm9\""),
        (styles, "fo:country=\"GB\"", "fo:country=\"US\""),
        (styles, "style:font-name=\"OpenSymbol\"", "style:font-name=\"Wingdings\""),
        (styles, "fo:margin-left=\"0pt\"", "fo:margin-left=\"0\""),
        ("meta.xml", "<dc:title>", "<dc:subject/><dc:title>"),
        ("META-INF/manifest.xml", "meta.xml", "mata.xml"),
        ("META-INF/manifest.xml", "image/png", "image/gif"),
    ] {
        assert!(!with(part, from, to).is_empty(), "{part}: {from}");
    }
}

#[test]
fn a_form_can_be_filled_in_and_each_place_has_a_name() {
    let package = specimen();
    let tree = package.tree("content.xml");
    let names = |of: &'static str, name: &str| -> Vec<String> {
        all(tree.root_element(), of).filter_map(|it| get(it, name)).map(str::to_owned).collect()
    };
    assert_eq!(names("content-control", "alias"), ["to tick", "ticked", "1:30pm, Welcome, A wider column"]);
    let texts = names("text-input", "description");
    for name in
        ["First half", "Second half", "What you saw", "Signature, For Marshgate", "Date, For Marshgate", "Date, row 1"]
    {
        assert!(texts.iter().any(|it| it == name), "{name}: {texts:?}");
    }
}

#[test]
fn a_released_document_is_recorded_loses_its_mark_and_is_verified() {
    let run = Run::on_the_example();
    let made = run.build(&["--to", "odt", "--only", "terms,name-cards"]);
    assert!(
        made.err.contains("name-cards.odt`: LibreOffice does not show the other side of its cards"),
        "{}",
        made.err
    );
    let file = "out/CSC-2026-014/community/terms.odt";
    let mark = |run: &Run| read_out(&Package::read(&run.bytes(file))).lines().next().unwrap_or_default().to_owned();
    assert!(mark(&run).ends_with("· DRAFT"), "{}", mark(&run));
    let released =
        run.convenor(&["release", "@/out/CSC-2026-014", "--checked-by", "Priya Raman", "--on", "2026-10-07"]);
    assert_eq!(released.code, 0, "{}", released.err);
    assert!(!mark(&run).contains("DRAFT"), "{}", mark(&run));
    let verified = run.convenor(&["verify", "@/out/CSC-2026-014"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    assert!(run.read("out/CSC-2026-014/register.csv").contains("community/terms.odt"));
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &["specimen_odt"];
