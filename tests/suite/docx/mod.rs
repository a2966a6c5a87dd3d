//! Documents for Word: what the oracle of the standard sees, forms, and what the format cannot show. That they say what the other
//! formats say is in `formats`.

pub mod oracle;
pub mod package;
pub mod read_out;

use crate::formats::say_the_same;
use crate::run::Run;
use package::{Package, all, get, value};
use read_out::read_out;

/// The papers of a council for Word.
fn built(council: &str) -> Run {
    let run = Run::on_the_council(council);
    run.build(&["--to", "docx"]);
    run
}

fn documents(run: &Run) -> Vec<(String, Vec<u8>)> {
    let files = run.files("out").into_iter().filter(|file| file.ends_with(".docx"));
    files.map(|file| (file.clone(), run.bytes(&file))).collect()
}

#[test]
fn large_print_says_the_same_and_is_larger() {
    let data = Run::on_the_example().read("conference.yaml");
    let one = "category: statutory";
    assert!(data.contains(one), "somebody is invited");
    for format in ["large-print", "24"] {
        let run = Run::on_the_example();
        let set = run.convenor(&["set", "@/conference.yaml", &format!("invitees[0].format={format}")]);
        assert_eq!(set.code, 0, "{}", set.err);
        run.build(&["--to", "docx,odt,txt", "--only", "invitation"]);
        assert!(say_the_same(&run, &["docx", "odt"]) > 0);
        let sizes: Vec<u32> = documents(&run)
            .iter()
            .map(|(_, data)| {
                let package = Package::read(data);
                let styles = package.tree("word/styles.xml");
                let size = value(styles.root_element(), &["docDefaults", "rPrDefault", "rPr", "sz"]);
                size.and_then(|size| size.parse().ok()).expect("a size")
            })
            .collect();
        let larger = if format == "24" { 48 } else { 32 };
        assert!(sizes.contains(&larger) && sizes.contains(&24), "{sizes:?}");
    }
}

/// The specimen: every block and inline.
pub fn specimen() -> Run {
    let specimen =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/specimen.md")).expect("the fixture is there");
    let run = Run::on_the_example().with("templates/specimen.md", specimen);
    run.build(&["--only", "specimen", "--to", "docx,odt,txt"]);
    run
}

#[test]
fn every_block_and_inline_has_its_form_for_word() {
    let run = specimen();
    let package = Package::read(&run.bytes("out/CSC-2026-014/professional/specimen.docx"));
    assert_eq!(oracle::faults(&package), Vec::<String>::new());
    insta::assert_snapshot!("specimen_docx", told(&package));
}

/// The parts of a package that are of this paper, an element to a line.
fn told(package: &Package) -> String {
    let mut said = package.order.join("\n") + "\n";
    for name in ["word/document.xml", "word/numbering.xml", "word/header1.xml", "word/footer1.xml", "docProps/core.xml"]
    {
        said.push_str(&format!("\n{name}\n"));
        outline(package.tree(name).root_element(), 0, &mut said);
    }
    said
}

pub fn outline(node: roxmltree::Node<'_, '_>, depth: usize, said: &mut String) {
    let attributes = node.attributes().map(|it| format!(" {}={:?}", it.name(), it.value())).collect::<String>();
    let words = node.children().filter(roxmltree::Node::is_text).filter_map(|it| it.text()).collect::<String>();
    let words = if words.is_empty() { words } else { format!(" {words:?}") };
    said.push_str(&format!("{}{}{attributes}{words}\n", " ".repeat(depth), node.tag_name().name()));
    node.children().filter(roxmltree::Node::is_element).for_each(|child| outline(child, depth + 1, said));
}

#[test]
fn the_oracle_sees_what_is_wrong() {
    let run = specimen();
    let data = run.bytes("out/CSC-2026-014/professional/specimen.docx");
    let with = |part: &str, from: &str, to: &str| {
        let mut package = Package::read(&data);
        let text = package.text(part).to_owned();
        assert!(text.contains(from), "`{from}` is not in {part}");
        package.parts.insert(part.to_owned(), text.replacen(from, to, 1).into_bytes());
        oracle::faults(&package)
    };
    let document = "word/document.xml";
    for (part, from, to) in [
        (document, "w:val=\"Title\"", "w:val=\"Titel\""),
        (document, "<w:tblHeader/>", ""),
        (document, "descr=\"London Borough of Marshgate\"", ""),
        (document, "<w:tblLayout w:type=\"fixed\"/>", "<w:tblLayout w:type=\"fixed\"/><w:tblW/>"),
        (document, "<w:titlePg/>", "<w:titlePg/><w:pgSz/>"),
        (document, "w:numId w:val=\"1\"", "w:numId w:val=\"9\""),
        (document, "r:embed=\"rId", "r:embed=\"rIdX"),
        (document, "w:anchor=\"_Toc", "w:anchor=\"_Tac"),
        (
            document,
            "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr>",
            "<w:p><w:pPr><w:jc/><w:pStyle w:val=\"Title\"/></w:pPr>",
        ),
        ("word/styles.xml", "w:styleId=\"Strong\"", "w:styleId=\"Title\""),
        ("word/styles.xml", "<w:basedOn w:val=\"Normal\"/>", "<w:basedOn w:val=\"None\"/>"),
        ("word/numbering.xml", "w:numId=\"1\"", "w:numId=\"77\""),
        ("[Content_Types].xml", "/word/styles.xml", "/word/other.xml"),
        ("word/_rels/document.xml.rels", "styles.xml", "stiles.xml"),
    ] {
        assert!(!with(part, from, to).is_empty(), "{part}: {from}");
    }
}

#[test]
fn a_document_has_title_language_author_and_the_day_of_issue() {
    let run = built("marshgate");
    for (file, data) in documents(&run) {
        let package = Package::read(&data);
        let core = package.tree("docProps/core.xml");
        let said =
            |name: &'static str| all(core.root_element(), name).next().and_then(|it| it.text()).unwrap_or_default();
        assert!(!said("title").is_empty() && !said("identifier").is_empty(), "{file}");
        assert_eq!((said("creator"), said("language")), ("London Borough of Marshgate", "en-GB"), "{file}");
        assert!(said("created") == said("modified") && said("created").ends_with("T00:00:00Z"), "{file}");
        let styles = package.tree("word/styles.xml");
        let language = value(styles.root_element(), &["docDefaults", "rPrDefault", "rPr", "lang"]);
        assert_eq!(language, Some("en-GB"), "{file}");
        let foot = package.tree("word/footer1.xml");
        let fields: Vec<&str> = all(foot.root_element(), "fldSimple").filter_map(|it| get(it, "instr")).collect();
        assert_eq!(fields, [" PAGE ", " NUMPAGES "], "{file}");
    }
}

#[test]
fn a_form_can_be_filled_in_and_each_place_has_a_name() {
    let run = specimen();
    let package = Package::read(&run.bytes("out/CSC-2026-014/professional/specimen.docx"));
    let tree = package.tree("word/document.xml");
    let names = |kind: &'static str| -> Vec<&str> {
        let of_kind = |it: &roxmltree::Node<'_, '_>| all(*it, kind).next().is_some();
        all(tree.root_element(), "sdtPr").filter(of_kind).filter_map(|it| value(it, &["alias"])).collect()
    };
    assert_eq!(names("checkbox"), ["to tick", "ticked", "1:30pm, Welcome, A wider column"]);
    let texts = names("text");
    for name in
        ["First half", "Second half", "What you saw", "Signature, For Marshgate", "Date, For Marshgate", "Date, row 1"]
    {
        assert!(texts.contains(&name), "{name}: {texts:?}");
    }
}

#[test]
fn what_word_cannot_show_is_a_warning_with_the_paper_for_its_place() {
    let run = Run::on_the_example();
    let outcome =
        run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "docx", "--only", "name-cards", "--all"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.err.contains("warning[not-shown]"), "{}", outcome.err);
    assert!(outcome.err.contains("name-cards.docx"), "{}", outcome.err);
    let outcome = run.convenor(&["build", "@/conference.yaml", "-o", "@/out", "--to", "docx", "--only", "invitation"]);
    assert!(!outcome.err.contains("not-shown"), "{}", outcome.err);
}

#[test]
fn a_released_document_is_recorded_loses_its_mark_and_is_verified() {
    let run = Run::on_the_example();
    run.build(&["--to", "docx", "--only", "terms"]);
    let file = "out/CSC-2026-014/community/terms.docx";
    let mark = |run: &Run| read_out(&Package::read(&run.bytes(file))).lines().next().unwrap_or_default().to_owned();
    assert!(mark(&run).ends_with("· DRAFT"), "{}", mark(&run));
    let released =
        run.convenor(&["release", "@/out/CSC-2026-014", "--checked-by", "Priya Raman", "--on", "2026-10-07"]);
    assert_eq!(released.code, 0, "{}", released.err);
    assert!(!mark(&run).contains("DRAFT"), "{}", mark(&run));
    let verified = run.convenor(&["verify", "@/out/CSC-2026-014"]);
    assert_eq!(verified.code, 0, "{}", verified.err);
    assert!(run.read("out/CSC-2026-014/register.csv").contains("community/terms.docx"));
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &["specimen_docx"];
