//! Files that people keep lists in: what their owner does not see gets no letter, what is no list is known for what it is,
//! and what would cost too much is refused at once.

use std::io::Write;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::run::Run;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory takes every byte");
        zip.write_all(text.as_bytes()).expect("memory takes every byte");
    }
    zip.finish().expect("memory takes every byte").into_inner()
}

/// An XLSX with these sheets: name and elements.
pub fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let numbered = || (1..).zip(sheets);
    let relations: String = numbered()
        .map(|(n, _)| {
            format!("<Relationship Id=\"r{n}\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>")
        })
        .collect();
    let names: String =
        numbered().map(|(n, (name, _))| format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"r{n}\"/>")).collect();
    let parts: Vec<(String, String)> = numbered()
        .map(|(n, (_, sheet))| (format!("xl/worksheets/sheet{n}.xml"), format!("<worksheet>{sheet}</worksheet>")))
        .collect();
    let mut all = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships><Relationship Id=\"r1\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{relations}</Relationships>")),
        ("xl/workbook.xml".to_owned(), format!("<workbook><sheets>{names}</sheets></workbook>")),
    ];
    all.extend(parts);
    let all: Vec<_> = all.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    zipped(&all)
}

/// A row of texts; one that begins with `<c` is the cell itself.
pub fn row(attributes: &str, cells: &[&str]) -> String {
    let cell = |cell: &&str| {
        if cell.starts_with("<c") {
            return (*cell).to_owned();
        }
        format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>")
    };
    format!("<row {attributes}>{}</row>", cells.iter().map(cell).collect::<String>())
}

const HEADINGS: &[&str] = &["Name", "Address line 1", "Town", "Postcode", "Note"];

fn people(rows: &[&str]) -> String {
    format!("<sheetData>{}{}</sheetData>", row("", HEADINGS), rows.concat())
}

fn person(name: &str) -> String {
    row("", &[name, "1 Mill Lane", "Marshgate", "E20 9ZZ"])
}

#[test]
fn a_cell_that_is_no_text_stops_its_row_and_says_why() {
    let cell = |cell: &str| {
        let sheet = people(&[&row("", &["Ms A", cell, "Marshgate", "E20 9ZZ"]), &person("Ms B")]);
        let run = Run::on_nothing().with("people.xlsx", xlsx(&[("People", &sheet)]));
        let outcome = run.convenor(&["check", "@/people.xlsx"]);
        assert!(outcome.err.contains("error[not-a-text-cell]") && outcome.code == 1, "{cell}: {}", outcome.err);
        let place = outcome.err.lines().find(|line| line.starts_with("  B2 ")).expect("the cell is named");
        place.to_owned()
    };
    let at = |why: &str| format!("  B2 (Address line 1): {why}");
    for (xml, why) in [
        ("<c t=\"s\"><v>-1</v></c>", "the content of this cell is damaged"),
        ("<c t=\"e\"><v>#N/A</v></c>", "the spreadsheet holds an error here"),
        ("<c><f>A1</f></c>", "the formula in this cell has not been worked out"),
        ("<c t=\"d\"><v>2026-04-03</v></c>", "the spreadsheet holds a date or a time here"),
        ("<c><v>1234567890123456</v></c>", "the number in this cell is shown otherwise than it is stored"),
    ] {
        assert_eq!(cell(xml), at(why));
    }
    // It is told once, also of a list among the invitees.
    let sheet = people(&[&row("", &["Ms A", "<c t=\"e\"><v>#N/A</v></c>", "Marshgate", "E20 9ZZ"])]);
    let run = Run::on_the_example().with("people.xlsx", xlsx(&[("People", &sheet)])).edit(
        "conference.yaml",
        "invitees:\n",
        "invitees:\n  - { list: people.xlsx, category: residents }\n",
    );
    let outcome = run.convenor(&["check", "@/conference.yaml"]);
    let faults: Vec<_> = outcome.err.lines().filter(|line| line.starts_with("error[")).collect();
    assert_eq!(faults, ["error[not-a-text-cell]: the spreadsheet holds an error here"], "{}", outcome.err);
    // A spreadsheet writes into a CSV what it shows.
    for (text, why) in [
        ("#REF!", "the spreadsheet holds an error here"),
        ("########", "the spreadsheet holds an error here"),
        ("4.47700E+11", "the number in this cell is shown otherwise than it is stored"),
    ] {
        let list = format!("Name,Address line 1,Town,Postcode\nMs A,{text},Marshgate,E20 9ZZ\n");
        let outcome = Run::on_nothing().with("people.csv", list).convenor(&["check", "@/people.csv"]);
        assert!(outcome.err.contains(&at(why)), "{}", outcome.err);
    }
}

#[test]
fn a_yes_or_no_is_what_the_sheet_shows() {
    let truth = "<c t=\"b\"><v>1</v></c>";
    let of = |cells: &[&str]| {
        let sheet = people(&[&row("", cells)]);
        let run = Run::on_nothing().with("people.xlsx", xlsx(&[("People", &sheet)]));
        let outcome = run.convenor(&["check", "@/people.xlsx", "--category", "residents"]);
        let told: Vec<&str> = outcome.err.lines().filter(|line| line.contains("[") || line.starts_with("  ")).collect();
        told.iter().take(2).map(|line| line.split(": ").next().unwrap_or_default()).collect::<Vec<_>>().join("")
    };
    assert_eq!(of(&[truth, "1 Mill Lane", "Marshgate", "E20 9ZZ"]), "error[no-value]  A2 (Name)");
    assert_eq!(of(&["Ann Ada", truth, "Marshgate", "E20 9ZZ"]), "error[not-a-text-cell]  B2 (Address line 1)");
    assert_eq!(of(&["Ann Ada", "1 Mill Lane", "Marshgate", "E20 9ZZ", truth]), "error[not-a-text-cell]  E2 (Note)");
    let no = "<c t=\"b\"><v>0</v></c>";
    assert_eq!(of(&["Ann Ada", "1 Mill Lane", "Marshgate", "E20 9ZZ", no]), "warning[read-as-empty]  E2 (Note)");
}

#[test]
fn a_text_that_is_merged_over_rows_is_missing_in_those_below() {
    let below = |name: &str, n: u32| {
        let cell = |c: &str, text: &str| format!("<c r=\"{c}{n}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
        let cells = [cell("A", name), cell("C", "Marshgate"), cell("D", "E20 9ZZ")];
        row(&format!("r=\"{n}\""), &cells.each_ref().map(String::as_str))
    };
    let rows = people(&[&person("Ann Ada"), &below("Bob Bea", 3), &below("Cyd Cee", 4)]);
    let merged = |area: &str| {
        let sheet = format!("{rows}<mergeCells><mergeCell ref=\"{area}\"/></mergeCells>");
        let run = Run::on_nothing().with("people.xlsx", xlsx(&[("People", &sheet)]));
        run.convenor(&["check", "@/people.xlsx", "--category", "residents"])
    };
    let outcome = merged("B2:B4");
    assert_eq!(outcome.code, 1);
    for told in [
        "error[not-a-text-cell]",
        "  B3 (Address line 1): this cell is merged with one above it",
        "  B4 (Address line 1)",
    ] {
        assert!(outcome.err.contains(told), "no `{told}`: {}", outcome.err);
    }
    // Below the list it makes no person.
    assert!(merged("A4:A9").out.contains("3 people"), "{}", merged("A4:A9").out);
}

#[test]
fn a_long_name_of_a_sheet_is_not_echoed() {
    let name = "x".repeat(1_000_000);
    let sheet = people(&[&person("Ann Ada")]);
    let run = Run::on_nothing().with("people.xlsx", xlsx(&[(&name, &sheet), ("More", &sheet)]));
    for more in [&[][..], &["--message-format", "json"]] {
        let outcome = run.convenor(&[&["check", "@/people.xlsx", "--category", "residents"], more].concat());
        assert!(outcome.out.len() + outcome.err.len() < 4_000, "{} {}", outcome.out.len(), outcome.err.len());
    }
}

#[test]
fn a_line_break_in_a_line_of_an_address_begins_a_line() {
    // The second line of the cell is the second of the address, and is told by this cell.
    let sheet = people(&[&row("", &["Ms A", "Flat 2_x000D_\n~ Mill Lane", "Marshgate", "E20 9ZZ"])]);
    let outcome =
        Run::on_nothing().with("people.xlsx", xlsx(&[("People", &sheet)])).convenor(&["check", "@/people.xlsx"]);
    assert!(outcome.err.contains("  B2 (Address line 1): line 2 starts with a symbol"), "{}", outcome.err);
}

#[test]
fn a_column_that_nobody_sees_is_an_error_until_somebody_says_what_it_is() {
    let sheet = format!("<cols><col min=\"5\" max=\"5\" hidden=\"1\"/></cols>{}", people(&[&person("Ms A")]));
    let run = Run::on_nothing().with("people.xlsx", xlsx(&[("People", &sheet)]));
    let outcome = run.convenor(&["check", "@/people.xlsx"]);
    let told = "E1 (Note): this column is hidden, so nobody can see what it would put into the letters";
    assert!(outcome.code == 1 && outcome.err.contains("error[hidden-row]"), "{}", outcome.err);
    assert!(outcome.err.contains(told), "{}", outcome.err);
    for answer in ["Note=-", "Note=note"] {
        let run = Run::on_nothing().with("people.xlsx", xlsx(&[("People", &sheet)]));
        let outcome = run.convenor(&["check", "@/people.xlsx", "--map", answer]);
        assert!(outcome.code == 0 && !outcome.err.contains("hidden"), "{}", outcome.err);
    }
    // One that is not read may be hidden.
    let sheet = format!("<cols><col min=\"6\" max=\"9\" hidden=\"1\"/></cols>{}", people(&[&person("Ms A")]));
    let run = Run::on_nothing().with("people.xlsx", xlsx(&[("People", &sheet)]));
    assert_eq!(run.convenor(&["check", "@/people.xlsx"]).code, 0);
}

#[test]
fn how_many_people_each_sheet_has_is_said_before_letters_are_made() {
    let this_year = people(&[&person("Ms A"), &person("Ms B")]);
    let archive = people(&[&row("", &["Mr C", "9 Mill Lane", "Marshgate", "E20 9ZA"])]);
    let run = Run::on_the_example()
        .with("people.xlsx", xlsx(&[("2026", &this_year), ("Notes", "<sheetData/>"), ("2025 archive", &archive)]));
    let invite = ["invite", "@/conference.yaml", "--list", "@/people.xlsx", "--category", "residents", "--preview"];
    for args in [&["check", "@/people.xlsx"][..], &[&invite[..], &["-o", "@/out"]].concat()] {
        let outcome = run.convenor(args);
        assert!(outcome.out.contains("\n2026, headings in row 1: 2 people\n"), "{}{}", outcome.out, outcome.err);
        assert!(outcome.out.contains("\n2025 archive, headings in row 1: 1 person\n"), "{}", outcome.out);
        assert!(outcome.err.contains("warning[several-sheets]"), "{}", outcome.err);
        assert!(outcome.err.contains("  2025 archive: this sheet has headings too"), "{}", outcome.err);
        // What the hint says removes it.
        let outcome = run.convenor(&[args, &["--sheet", "2026"]].concat());
        assert!(!outcome.err.contains("several-sheets") && outcome.out.contains("2 people"), "{}", outcome.err);
    }
    // The same of a list among the invitees.
    let name = |list: &str| {
        let run = Run::on_the_example().with("people.xlsx", run.bytes("people.xlsx"));
        let run = run.edit(
            "conference.yaml",
            "invitees:\n",
            &format!("invitees:\n  - {{ list: people.xlsx, category: residents{list} }}\n"),
        );
        run.convenor(&["check", "@/conference.yaml"]).err
    };
    let told = name("");
    assert!(told.contains("warning[several-sheets]") && told.contains("`sheet: NAME` beside `list:`"), "{told}");
    assert!(!name(", sheet: \"2026\"").contains("several-sheets"));
}

/// Files that are no list and no conference file, and what is said of them.
fn strangers() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let ole = |stream: &str| {
        let wide = stream.encode_utf16().flat_map(u16::to_le_bytes);
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].into_iter().chain(wide).collect::<Vec<u8>>()
    };
    let office = |part: &str| {
        let relation = format!(
            "<Relationships><Relationship Type=\"x/relationships/officeDocument\" Target=\"{part}\"/></Relationships>"
        );
        zipped(&[("[Content_Types].xml", "<Types/>"), ("_rels/.rels", &relation), (part, "")])
    };
    let fods =
        "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"/>";
    vec![
        ("old.xls", ole("Workbook"), "this workbook is in the format of before 2007 (XLS)"),
        ("secret.xlsx", ole("EncryptedPackage"), "this workbook has a password"),
        ("binary.xlsb", office("xl/workbook.bin"), "this is a binary workbook (XLSB)"),
        ("list.numbers", zipped(&[("Index/Document.iwa", "")]), "this is a document of Numbers, Pages or Keynote"),
        ("cut.numbers", b"PK\x03\x04\0\0".to_vec(), "this is a document of Numbers, Pages or Keynote"),
        ("flat.fods", fods.into(), "this is a flat OpenDocument workbook (FODS)"),
        (
            "web.xls",
            b"<html><table><tr><td>Name</td></tr></table></html>".to_vec(),
            "this is a web page (HTML), whatever its name says",
        ),
        (
            "sheet.xls",
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>".to_vec(),
            "this is an XML spreadsheet of Excel 2003",
        ),
        ("people.pdf", b"%PDF-1.7\n\xFF\xFF".to_vec(), "this is a PDF"),
        ("people.docx", office("word/document.xml"), "this is a text document"),
        (
            "~$people.xlsx",
            [b"\x0EDawn Pickering".as_slice(), &[b' '; 150]].concat(),
            "this is the lock file of a workbook that is open in a spreadsheet",
        ),
        ("people.zip", zipped(&[("people.csv", "Name")]), "this is an archive (ZIP) of other files"),
        ("people.vcf", b"BEGIN:VCARD\nFN:Ms A\n".to_vec(), "these are contact cards (vCard)"),
        // Under the name of a list, too.
        ("renamed.csv", ole("Workbook"), "this workbook is in the format of before 2007 (XLS)"),
        ("renamed.xlsx", b"%PDF-1.7\n\xFF\xFF".to_vec(), "this is a PDF"),
    ]
}

#[test]
fn a_file_of_another_kind_is_known_by_its_content_wherever_it_is_named() {
    for (name, data, told) in strangers() {
        let run = Run::on_the_example().with(name, data);
        let file = format!("@/{name}");
        let invite = ["invite", "@/conference.yaml", "--list", &file, "--yes", "-o", "@/out"];
        let among = Run::on_the_example().copied(&run).edit(
            "conference.yaml",
            "invitees:\n",
            &format!("invitees:\n  - {{ list: \"{name}\", category: residents }}\n"),
        );
        let outcomes = [
            run.convenor(&["check", &file]),
            run.convenor(&["build", &file, "-o", "@/out"]),
            run.convenor(&invite),
            among.convenor(&["build", "@/conference.yaml", "-o", "@/out"]),
            among.convenor(&["check", "@/conference.yaml"]),
        ];
        for outcome in outcomes {
            assert!(outcome.code == 1 && outcome.err.contains("error[wrong-kind]"), "{name}: {}", outcome.err);
            assert!(outcome.err.contains(told), "{name}: {}", outcome.err);
            assert!(outcome.err.contains("help: "), "{name}: {}", outcome.err);
        }
    }
}

#[test]
fn a_workbook_is_a_list_by_its_content_and_no_conference_file() {
    let sheet = people(&[&person("Ms A")]);
    let run = Run::on_the_example().with("people.dat", xlsx(&[("People", &sheet)]));
    let outcome = run.convenor(&["check", "@/people.dat"]);
    assert!(outcome.code == 0 && outcome.out.contains("people.dat: workbook, 1 person"), "{}", outcome.err);
    let outcome = run.convenor(&["build", "@/people.dat", "-o", "@/out"]);
    assert!(outcome.code == 1 && outcome.err.contains("this is a workbook, not a conference file"), "{}", outcome.err);
}

#[test]
fn an_empty_file_is_told_as_one() {
    let run = Run::on_the_example().with("empty.csv", "").with("empty.xlsx", "").with("empty.yaml", "");
    for args in [
        &["check", "@/empty.csv"][..],
        &["check", "@/empty.xlsx"],
        &["check", "@/empty.yaml"],
        &["invite", "@/conference.yaml", "--list", "@/empty.xlsx", "-o", "@/out"],
    ] {
        let outcome = run.convenor(args);
        assert!(outcome.code == 1 && outcome.err.contains("error[empty-file]"), "{args:?}: {}", outcome.err);
        assert!(outcome.err.contains("help: "), "{args:?}: {}", outcome.err);
    }
}

#[test]
fn a_list_that_would_cost_too_much_is_refused_at_once() {
    let many = |what: &str, n: usize| vec![what; n].join(",");
    let blank = format!("Name,Address line 1,Town,Postcode{}\nMs A,1 Mill Lane,Marshgate,E20 9ZZ\n", ",".repeat(5000));
    let run = Run::on_nothing()
        .with("wide.csv", format!("{}\n{}\n", many("Heading", 100_000), many("x", 100_000)))
        .with("rows.csv", format!("Name,Postcode\n{}", "a,b\n".repeat(1_048_576)))
        .with("blank.csv", blank);
    for (file, told) in [
        ("wide.csv", "column ALM is not empty, far to the right of any list"),
        ("rows.csv", "row 1048577 is not empty, and no spreadsheet has that many"),
    ] {
        let outcome = run.convenor(&["check", &format!("@/{file}")]);
        assert!(
            outcome.code == 1 && outcome.err.contains("error[over-budget]"),
            "{}",
            &outcome.err[..outcome.err.len().min(500)]
        );
        assert!(outcome.err.contains(told), "{}", &outcome.err[outcome.err.len().saturating_sub(500)..]);
    }
    // Separators behind the last heading are no columns.
    assert_eq!(run.convenor(&["check", "@/blank.csv"]).code, 0);
}

#[test]
fn a_cell_that_is_longer_than_any_name_stops_its_row() {
    let list = |name: &str, note: &str| {
        format!("Name,Address line 1,Town,Postcode,Note\n{name},1 Mill Lane,Marshgate,E20 9ZZ,{note}\n")
    };
    for (name, note, cell) in [
        ("a".repeat(501), String::new(), "A2 (Name): the text is longer than 500 characters"),
        (format!("a{}", "\u{301}".repeat(1000)), String::new(), "A2 (Name): the text is longer than 500 characters"),
        ("Ms A".to_owned(), "word ".repeat(2001), "E2 (Note): the text is longer than 10,000 characters"),
    ] {
        let run = Run::on_nothing().with("people.csv", list(&name, &note));
        let outcome = run.convenor(&["check", "@/people.csv", "--show-values"]);
        assert!(outcome.code == 1 && outcome.err.contains("error[long-cell]"), "{}", outcome.err);
        assert!(outcome.err.contains(cell) && outcome.err.len() < 2000, "{}", outcome.err);
    }
    let run = Run::on_nothing().with("people.csv", list(&"a".repeat(500), &"word ".repeat(1900)));
    assert!(!run.convenor(&["check", "@/people.csv"]).err.contains("long-cell"));
}

#[test]
fn a_csv_of_an_old_mac_is_refused_and_not_spelt_wrong() {
    let list = [b"Name,Address line 1,Town,Postcode\nMs A,1 Mill Lane,Marshgate,E20 9ZZ\nJos\x8E B,2 Mill Lane,Marshgate,E20 9ZA\n".as_slice()].concat();
    let outcome = Run::on_nothing().with("people.csv", list).convenor(&["check", "@/people.csv"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[not-text]"), "{}", outcome.err);
    assert!(outcome.err.contains("row 3 has letters in the encoding of an old Mac"), "{}", outcome.err);
}

#[test]
fn a_damaged_workbook_is_the_fault_of_the_workbook_and_not_of_the_machine() {
    let sheet = people(&[&person("Ms A")]);
    let whole = xlsx(&[("People", &sheet)]);
    let doctype = format!("<!DOCTYPE a [<!ENTITY b \"&c;&c;\">]>{}", people(&[&person("Ms &b;")]));
    for (name, data) in [
        ("cut.xlsx", whole[..whole.len() - 30].to_vec()),
        ("open.xlsx", xlsx(&[("People", &sheet[..sheet.len() - 40])])),
        ("entity.xlsx", xlsx(&[("People", &people(&[&person("Ms &b;")]))])),
        ("doctype.xlsx", xlsx(&[("People", &doctype)])),
        ("no-text.csv", b"Name\0\0\0\x01,Postcode\n".to_vec()),
    ] {
        let outcome = Run::on_nothing().with(name, data).convenor(&["check", &format!("@/{name}")]);
        let codes = [
            "error[damaged]: this workbook cannot be read\n",
            "error[not-text]: this is neither text nor a workbook\n",
        ];
        assert!(outcome.code == 1 && codes.iter().any(|code| outcome.err.starts_with(code)), "{name}: {}", outcome.err);
        assert!(outcome.err.contains(&format!("--> {name}\n")), "{name}: {}", outcome.err);
    }
}
