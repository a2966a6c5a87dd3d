//! Lists as coordinators keep them: read whatever they are, and every problem told by its cell.

use crate::run::Run;

const XLSX: &[u8] = include_bytes!("../../fixtures/lists/people.xlsx");
const ODS: &[u8] = include_bytes!("../../fixtures/lists/people.ods");

const PLAIN: &str = "Title,Forename,Surname,Address line 1,Town,Post code,E-mail\n\
    Ms,Siân,Ní Dhomhnaill,14 Dace Court,Marshgate,E20 9ZZ,sian@residents.example\n\
    Mr,José,O’Neill,\"Flat 2, 3 Dace Court\",Marshgate,XX20 9ZZ,jose at home\n";

#[test]
fn a_workbook_is_checked_cell_by_cell_without_showing_a_value() {
    let run = Run::on_nothing().with("people.xlsx", XLSX);
    let outcome = run.convenor(&["check", "@/people.xlsx"]);
    assert_eq!(outcome.code, 1);
    for value in ["Adébáyọ̀", "ZZ1 9ZZ", "tom at home", "landlord", "rear", "Hidden"] {
        assert!(!outcome.err.contains(value) && !outcome.out.contains(value), "`{value}` is shown");
    }
    insta::assert_snapshot!("workbook", outcome.out + &outcome.err);
    let shown = run.convenor(&["check", "@/people.xlsx", "--show-values"]).err;
    assert!(shown.contains("Residents!G8 (Post code): this is not a UK postcode: `ZZ1 9ZZ`"), "{shown}");
}

#[test]
fn a_workbook_says_the_same_in_both_formats() {
    let run = Run::on_nothing().with("people.xlsx", XLSX).with("people.ods", ODS);
    let said = |file: &str| {
        let outcome = run.convenor(&["check", &format!("@/{file}"), "--message-format", "json"]);
        outcome.err.replace(".xlsx", ".ods")
    };
    assert_eq!(said("people.xlsx"), said("people.ods"));
    assert!(said("people.ods").lines().count() >= 6);
}

#[test]
fn what_is_told_to_machines_holds_no_value_and_no_name() {
    let run = Run::on_nothing().with("people.xlsx", XLSX);
    let outcome = run.convenor(&["check", "@/people.xlsx", "--message-format", "json", "--show-values"]);
    assert_eq!(outcome.out, "");
    for line in outcome.err.lines() {
        let told: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        assert!(told["code"].is_string() && told["file"].is_string());
    }
    for value in ["Residents", "Post code", "Adébáyọ̀", "ZZ1", "tom at", "landlord"] {
        assert!(!outcome.err.contains(value), "`{value}` is told");
    }
    assert!(outcome.err.contains("\"row\":8,\"column\":\"G\",\"field\":\"postcode\""), "{}", outcome.err);
}

#[test]
fn a_csv_is_read_in_any_usual_encoding_and_with_any_usual_separator() {
    let windows: Vec<u8> =
        PLAIN.chars().map(|c| if c == '’' { 0x92 } else { u8::try_from(u32::from(c)).expect("Latin") }).collect();
    let wide = |mark: bool| -> Vec<u16> { mark.then_some(0xFEFF).into_iter().chain(PLAIN.encode_utf16()).collect() };
    let semicolons = PLAIN.replace(',', ";").replace("Flat 2;", "Flat 2,");
    let tabs = PLAIN.replace(',', "\t").replace("Flat 2\t", "Flat 2,");
    let forms: Vec<(&str, Vec<u8>)> = vec![
        ("UTF-8", PLAIN.into()),
        ("UTF-8 with a mark", format!("\u{FEFF}{PLAIN}").into()),
        ("Windows line ends", PLAIN.replace('\n', "\r\n").into()),
        ("Windows-1252", windows),
        ("UTF-16, little end first", wide(true).into_iter().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16, big end first", wide(true).into_iter().flat_map(u16::to_be_bytes).collect()),
        ("UTF-16 without a mark", wide(false).into_iter().flat_map(u16::to_le_bytes).collect()),
        ("line ends of an old Mac", PLAIN.replace('\n', "\r").into()),
        ("no line end at the end", PLAIN.trim_end().into()),
        ("semicolons", semicolons.into()),
        ("tabs", tabs.into()),
    ];
    let expected = {
        let outcome = Run::on_nothing().with("people.csv", PLAIN).convenor(&["check", "@/people.csv", "--show-values"]);
        assert!(outcome.err.contains("F3 (Post code): this is not a UK postcode: `XX20 9ZZ`"), "{}", outcome.err);
        outcome.err
    };
    for (form, data) in forms {
        let outcome = Run::on_nothing().with("people.csv", data).convenor(&["check", "@/people.csv", "--show-values"]);
        assert_eq!(outcome.err, expected, "{form}");
    }
}

#[test]
fn names_survive_every_encoding() {
    // A letter that was read in the wrong encoding has a name with `Ã` in it: the duplicate is found only if both agree.
    let twice = format!("{PLAIN}Ms,Siân,Ní Dhomhnaill,14 Dace Court,Marshgate,e209zz,\n");
    let windows: Vec<u8> =
        twice.chars().map(|c| if c == '’' { 0x92 } else { u8::try_from(u32::from(c)).expect("Latin") }).collect();
    let outcome = Run::on_nothing().with("people.csv", windows).convenor(&["check", "@/people.csv"]);
    assert!(outcome.err.contains("C4 (Surname): this person is already in row 2"), "{}", outcome.err);
}

#[test]
fn a_row_is_counted_as_a_spreadsheet_counts_it() {
    let list = "Name,Address,Postcode\n\"Ms\nA\",\"1 Mill Lane\nMarshgate\",E20 9ZZ\n\n\nMr B,\"2 Mill Lane, Marshgate\",nowhere\n";
    let outcome = Run::on_nothing().with("people.csv", list).convenor(&["check", "@/people.csv"]);
    // The headings, a row with line breaks inside, two blank rows.
    assert!(outcome.err.contains("  C5 (Postcode): this is not a UK postcode"), "{}", outcome.err);
}

#[test]
fn what_is_said_about_a_heading_is_remembered() {
    let run = Run::on_nothing().with("people.csv", "Wer,Wo,Plz\nMs A,\"1 Mill Lane, Marshgate\",E20 9ZZ\n");
    assert_eq!(run.convenor(&["check", "@/people.csv"]).code, 1);
    let args = ["--map", "Wer=name", "--map", "Wo=address", "--map", "Plz=postcode"];
    let outcome = run.convenor(&[&["check", "@/people.csv"], args.as_slice()].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert_eq!(run.read("people.columns.csv"), "heading,field\nPlz,postcode\nWer,name\nWo,address\n");
    assert_eq!(run.convenor(&["check", "@/people.csv"]).code, 0, "it is remembered");
    let outcome = run.convenor(&["check", "@/people.csv", "--map", "Plz=postcod"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("did you mean `postcode`?"), "{}", outcome.err);
    let outcome = run.convenor(&["check", "@/people.csv", "--map", "Plzz=postcode"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("no column of this list is headed `Plzz`"), "{}", outcome.err);
    assert!(outcome.err.contains("did you mean `Plz`?"), "{}", outcome.err);
    assert!(!run.read("people.columns.csv").contains("Plzz"));
    // What cannot be read may say which column decides who is written to.
    std::fs::remove_file(run.path("people.columns.csv")).expect("it is there");
    std::fs::create_dir(run.path("people.columns.csv")).expect("the tests may write");
    let outcome = run.convenor(&["check", "@/people.csv"]);
    assert!(outcome.code != 0 && outcome.err.contains("people.columns.csv"), "{}", outcome.err);
}

#[test]
fn a_file_that_is_no_list_is_refused_with_a_reason() {
    let run = Run::on_nothing()
        .with("empty.csv", "")
        .with("nobody.csv", "Name,Address line 1,Town,Postcode,Consent to email\n\n")
        .with("headless.csv", "Ms A,1 Mill Lane,E20 9ZZ\nMr B,2 Mill Lane,E20 9ZZ\n")
        .with("lame.csv", "Name,Favourite colour,Email\nMs A,green,a@b.example\n")
        .with("binary.xlsx", b"PK\x03\x04 and nothing more")
        .with("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR,Name,Postcode\n")
        .with("old.xlsx", [0xD0, 0xCF, 0x11, 0xE0, 1, 2, 3])
        .with("people.xlsx", XLSX)
        .with("folder.csv/inside.txt", "x");
    let mut said = String::new();
    for args in [
        vec!["missing.csv"],
        vec!["folder.csv"],
        vec!["empty.csv"],
        vec!["nobody.csv"],
        vec!["headless.csv"],
        vec!["lame.csv"],
        vec!["binary.xlsx"],
        vec!["picture.csv"],
        vec!["old.xlsx"],
        vec!["people.xlsx", "--sheet", "Residnts"],
    ] {
        let outcome = run.convenor(&[&["check", &format!("@/{}", args[0])], &args[1..]].concat());
        said.push_str(&format!("exit {}\n{}\n", outcome.code, outcome.err));
    }
    assert!(!said.contains("Mill Lane"), "a row was taken for headings and shown");
    insta::assert_snapshot!("no_list", said);
}

#[test]
fn a_cell_that_is_no_text_is_told_and_not_guessed() {
    let rows: String =
        (0..4).map(|n| format!("Name {n}\u{1},1 Mill Lane,Marshgate,E20 9Z{}\n", ["Z", "A", "B", "D"][n])).collect();
    let list = format!("Name,Address 1,Town,Postcode\n{rows}Smile 🙂,1 Mill Lane,Marshgate,E20 9BB\n");
    let outcome = Run::on_nothing().with("people.csv", list).convenor(&["check", "@/people.csv"]);
    assert!(
        outcome.err.contains("error[control-character]: a text contains an invisible character (4 times)"),
        "{}",
        outcome.err
    );
    assert!(outcome.err.contains("A6 (Name): no font has the character U+1F642"), "{}", outcome.err);
}

const HEADINGS: &str = "Reference,Name,Address line 1,Town,Postcode,Email,Category";

fn checked(list: impl Into<Vec<u8>>) -> crate::run::Outcome {
    Run::on_nothing().with("people.csv", list.into()).convenor(&["check", "@/people.csv"])
}

#[test]
fn an_address_that_ends_in_a_word_with_an_accent_is_told_and_does_not_stop_the_program() {
    let outcome = checked("Name,Address,Postcode\nMs A,\"1 Mill Lane, St John’s\",\nMr B,\"2 Mill Lane, Bro Gŵyr\",\n");
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("bad-postcode") && !outcome.err.contains("John"), "{}", outcome.err);
}

#[test]
fn what_may_be_somebody_elses_address_is_asked_about_and_not_taken() {
    let row = "Ms A,1 Mill Lane,Marshgate,E20 9ZZ";
    let outcome = checked(format!(
        "Name,Address line 1,Town,Postcode,Social worker email,Consent to email\n{row},sw@council.example,yes\n"
    ));
    assert_eq!(outcome.code, 1);
    let told = "E1 (Social worker email): only the last words of this heading say `email`: it may be somebody else’s";
    assert!(outcome.err.contains(told) && outcome.err.contains("--map"), "{}", outcome.err);
    // The same column beside one that says it outright is no question.
    let outcome = checked(
        "Name,Previous address line 1,Previous postcode,Address line 1,Town,Postcode,Category\n\
         Ms A,9 Old Street,XX9 9XX,1 Mill Lane,Marshgate,E20 9ZZ,residents\n",
    );
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{}", outcome.out);
    // Nor are two of one kind taken in silence.
    let outcome = checked(format!("Name,Address line 1,Town,Postcode,Phone,Mobile\n{row},1,2\n"));
    assert!(outcome.err.contains("F1 (Mobile): column E is already taken as `phone`"), "{}", outcome.err);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
}

#[test]
fn one_person_needs_more_than_one_name_and_postcode() {
    let other = |row: &str| {
        checked(format!("{HEADINGS}\n7,Ms A,1 Mill Lane,Marshgate,E20 9ZZ,a@b.example,residents\n{row},residents\n"))
    };
    for same in [
        ",Ms A,\"1, MILL LANE\",Marshgate,e209zz,",
        ",Ms A,2 Mill Lane,Marshgate,E20 9ZZ,A@B.example",
        "7,Ms A,2 Mill Lane,Marshgate,E20 9ZZ,",
    ] {
        let outcome = other(same);
        assert_eq!(outcome.code, 1, "{same}");
        assert!(outcome.err.contains("error[listed-twice]"), "{}", outcome.err);
        assert!(outcome.err.contains("B3 (Name): this person is already in row 2"), "{}", outcome.err);
    }
    let outcome = other("8,Ms A,2 Mill Lane,Marshgate,E20 9ZZ,c@d.example");
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    assert!(outcome.err.contains("warning[listed-twice]"), "{}", outcome.err);
    assert!(outcome.err.contains("B3 (Name): perhaps this person is already in row 2"), "{}", outcome.err);
}

#[test]
fn a_sound_row_stands_for_a_person_who_is_listed_twice() {
    let row = "Ms A,1 Mill Lane,Marshgate,E20 9ZZ";
    let outcome = checked(format!("{HEADINGS}\n,{row},,landlord\n,{row},,residents\n,{row},,residents\n"));
    for place in ["B2 (Name): this person is already in row 3", "B4 (Name): this person is already in row 3"] {
        assert!(outcome.err.contains(place), "{}", outcome.err);
    }
    assert!(!outcome.err.contains("B3 (Name)"), "{}", outcome.err);
}

#[test]
fn a_title_is_no_name_and_a_question_mark_none_of_its_letters() {
    let list = "Title,First name,Last name,Address,Postcode\nMr,,,\"1 Mill Lane, Marshgate\",E20 9ZZ\n\
                Ms,Mei,W?ng,\"2 Mill Lane, Marshgate\",E20 9ZZ\n";
    let outcome = Run::on_nothing().with("people.csv", list).convenor(&["check", "@/people.csv"]);
    assert!(outcome.code == 1 && outcome.err.contains("error[missing-name]"), "{}", outcome.err);
    assert!(outcome.err.contains("C3 (Last name): the name contains a question mark"), "{}", outcome.err);
    // What a whole sheet lacks is told before what is wrong with its rows.
    let list = "Name,Address line 1,Type\nMs A,\"1 Mill Lane, Marshgate\",landlord\n";
    let outcome = Run::on_nothing().with("people.csv", list).convenor(&["check", "@/people.csv"]);
    let at = |what: &str| outcome.err.find(what).unwrap_or_else(|| panic!("no {what}: {}", outcome.err));
    assert!(at("no column has a postcode") < at("error[unknown-word"), "{}", outcome.err);
}

#[test]
fn a_letter_that_was_lost_or_turns_the_others_round_is_told() {
    for (c, says) in [('\u{FFFD}', "a letter was lost"), ('\u{202E}', "U+202E"), ('\u{2066}', "U+2066")] {
        let outcome = checked(format!("{HEADINGS}\n,Ms {c}A,1 Mill Lane,Marshgate,E20 9ZZ,,residents\n"));
        assert!(outcome.code == 1 && outcome.err.contains("error[control-character]"), "{}", outcome.err);
        assert!(outcome.err.contains(says), "{}", outcome.err);
    }
}

/// A workbook of one sheet, of the parts that a reader asks for.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        zip.start_file(*name, stored).expect("the name is new");
        zip.write_all(text.as_bytes()).expect("a vector takes every byte");
    }
    zip.finish().expect("a vector takes every byte").into_inner()
}

fn ods(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| match text.strip_prefix("date:") {
        Some(date) => format!(
            "<table:table-cell office:value-type=\"date\" office:date-value=\"{date}\"><text:p>{date}</text:p></table:table-cell>"
        ),
        None => format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"),
    };
    let row =
        |cells: &&[&str]| format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>());
    ods_of(&rows.iter().map(row).collect::<String>())
}

/// The same of rows as they stand in the file.
fn ods_of(rows: &str) -> Vec<u8> {
    let space = |name: &str| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\"");
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content {} {} {} office:version=\"1.2\"><office:body>\
         <office:spreadsheet><table:table table:name=\"People\">{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>",
        space("office"),
        space("table"),
        space("text"),
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest {} manifest:version=\"1.2\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/></manifest:manifest>",
        space("manifest")
    );
    archive(&[("mimetype", kind), ("content.xml", &content), ("META-INF/manifest.xml", &manifest)])
}

#[test]
fn a_house_number_that_became_a_date_is_told_in_every_kind_of_workbook() {
    let headings = ["Name", "Address line 1", "Address line 2", "Town", "Postcode", "Category"];
    let row = ["Ms A", "date:2026-02-01", "Mill Lane", "Marshgate", "E20 9ZZ", "residents"];
    let run = Run::on_nothing().with("people.ods", ods(&[&headings, &row]));
    let outcome = run.convenor(&["check", "@/people.ods"]);
    assert_eq!(outcome.code, 1, "{}", outcome.out);
    assert!(outcome.err.contains("B2 (Address line 1): the spreadsheet holds a date"), "{}", outcome.err);
}

/// A workbook of one sheet with these rows, as they stand in the file.
fn xlsx(rows: &str) -> Vec<u8> {
    let kinds = "http://schemas.openxmlformats.org/package/2006";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let related = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{kinds}/relationships\"><Relationship Id=\"{id}\" Type=\"{office}/{kind}\" \
             Target=\"{target}\"/></Relationships>"
        )
    };
    archive(&[
        (
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{kinds}/content-types\"><Override PartName=\"/xl/workbook.xml\" \
                 ContentType=\"{types}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" \
                 ContentType=\"{types}.worksheet+xml\"/></Types>"
            ),
        ),
        ("_rels/.rels", &related("r", "officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", &related("r1", "worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>\
                 <sheet name=\"People\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
    ])
}

/// A cell of such a row.
fn cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

#[test]
fn a_cell_far_from_the_list_is_told_and_takes_no_memory() {
    let with_stray = |stray: &str| {
        let rows = [
            format!("<row r=\"1\">{}{}</row>", cell("A1", "Name"), cell("B1", "Address")),
            format!("<row r=\"2\">{}{}</row>", cell("A2", "Ms A"), cell("B2", "1 Mill Lane, Marshgate, E20 9ZZ")),
            format!("<row r=\"1048576\">{}</row>", cell(stray, " ")),
        ];
        xlsx(&rows.concat())
    };
    let run = Run::on_nothing().with("far.xlsx", with_stray("XFD1048576")).with("low.xlsx", with_stray("C1048576"));
    let outcome = run.convenor(&["check", "@/far.xlsx"]);
    assert!(outcome.code != 0 && outcome.err.contains("column XFD is not empty"), "{}", outcome.err);
    assert!(outcome.err.contains("help: delete the columns"), "{}", outcome.err);
    let outcome = run.convenor(&["check", "@/low.xlsx"]);
    assert!(outcome.code == 0 && outcome.out.contains("1 person"), "{}{}", outcome.out, outcome.err);
}

#[test]
fn a_row_that_nobody_sees_is_told_and_gets_no_letter() {
    let row = |n: usize, attributes: &str| {
        let (a, b, c) =
            (cell(&format!("A{n}"), &format!("Ms P{n}")), cell(&format!("B{n}"), "1 Mill Lane, Marshgate"), n);
        format!("<row {attributes}>{a}{b}{}</row>", cell(&format!("C{c}"), &format!("E20 {}ZZ", n % 10)))
    };
    let head = [cell("A1", "Name"), cell("B1", "Address"), cell("C1", "Postcode")].concat();
    // Rows 3 and 5; a row without a number follows the one before, and rows without cells are hidden, too.
    let rows = [
        format!("<row r=\"1\">{head}</row>"),
        row(2, "r=\"2\" hidden=\"0\""),
        row(3, "r=\"3\" hidden=\"1\""),
        row(4, "hidden=\"false\""),
        row(5, "hidden=\"true\""),
        "<row r=\"7\" hidden=\"1\"/>".to_owned(),
        row(8, "spans=\"1:3\""),
    ];
    let lines = |sheet: &[(&str, &[&str])]| {
        let row = |(attributes, cells): &(&str, &[&str])| {
            let cells: String = cells
                .iter()
                .map(|c| {
                    format!("<table:table-cell office:value-type=\"string\"><text:p>{c}</text:p></table:table-cell>")
                })
                .collect();
            format!("<table:table-row{attributes}>{cells}</table:table-row>")
        };
        sheet.iter().map(row).collect::<String>()
    };
    let person = ["Ms P", "1 Mill Lane, Marshgate", "E20 9ZZ"];
    let (hidden, by_hand) = (" table:visibility=\"filter\"", " table:visibility=\"collapse\"");
    let sheet = lines(&[
        ("", &["Name", "Address", "Postcode"]),
        (" table:number-rows-repeated=\"1\" table:visibility=\"visible\"", &person),
        (hidden, &["Ms Q", "2 Mill Lane, Marshgate", "E20 9ZZ"]),
        (" table:number-rows-repeated=\"2\"", &[]),
        (by_hand, &["Ms R", "3 Mill Lane, Marshgate", "E20 9ZZ"]),
        (" table:visibility=\"collapse\" table:number-rows-repeated=\"1048000\"", &[]),
    ]);
    let run = Run::on_the_example().with("a.xlsx", xlsx(&rows.concat())).with("b.ods", ods_of(&sheet));
    for (list, hidden, people) in [("a.xlsx", ["row 3", "row 5"], 5), ("b.ods", ["row 3", "row 6"], 3)] {
        let outcome = run.convenor(&["check", &format!("@/{list}")]);
        assert!(
            outcome.code == 1 && outcome.out.contains(&format!("{people} people")),
            "{}{}",
            outcome.out,
            outcome.err
        );
        assert!(outcome.err.contains("error[hidden-row]") && outcome.err.contains("(2 times)"), "{}", outcome.err);
        assert!(hidden.iter().all(|row| outcome.err.contains(&format!("  {row}: "))), "{}", outcome.err);
        let list = format!("@/{list}");
        let args = ["invite", "@/conference.yaml", "--list", &list, "--category", "residents", "-o", "@/out"];
        let outcome = run.convenor(&[&args[..], &["--make", "letters", "--preview"]].concat());
        assert!(outcome.out.contains(&format!("Letters     {}", people - 2)), "{}{}", outcome.out, outcome.err);
    }
}

#[test]
fn a_list_that_is_utf_8_but_for_one_letter_is_refused_and_not_spelt_wrong() {
    let good = format!("{HEADINGS}\n,Siân,\"1 Mill Lane\n\",Marshgate,E20 9ZZ,,residents\n,");
    for mark in ["", "\u{FEFF}"] {
        let list = [mark.as_bytes(), good.as_bytes(), b"Jos\xE9,2 Mill Lane,Marshgate,E20 9ZA,,residents\n"].concat();
        let outcome = checked(list);
        assert!(
            outcome.code != 0 && outcome.err.contains("row 3 has a character that is not UTF-8"),
            "{}",
            outcome.err
        );
        assert!(outcome.err.contains("UTF-8") && !outcome.err.contains("Jos"), "{}", outcome.err);
    }
}

#[test]
fn a_comma_too_many_is_told_before_it_moves_a_postcode() {
    let sound = ",Ms A,1 Mill Lane,Marshgate,E20 9ZZ,,residents";
    let outcome = checked(format!("{HEADINGS}\n{sound},,\n,Ms B,1, Mill Lane,Marshgate,E20 9ZZ,,residents\n"));
    assert!(outcome.err.contains("error[shifted-row]") && outcome.err.contains("  row 3: "), "{}", outcome.err);
    assert!(!outcome.err.contains("row 2"), "blank cells do no harm: {}", outcome.err);
}

#[test]
fn a_quotation_mark_that_nobody_closed_is_found_where_it_opens() {
    let row = |n: usize| format!(",Ms {n},{n} Mill Lane,Marshgate,E20 9ZZ,,residents\n");
    for rows in [4, 30_000] {
        let after: String = (0..rows).map(row).collect();
        let outcome = checked(format!("{HEADINGS}\n{}{},\"Ms B,{after}", row(1), row(2)));
        assert!(outcome.code != 0 && outcome.err.contains("error[open-quote]"), "{}", outcome.err);
        assert!(outcome.err.contains("in row 4 a quotation mark opens"), "{}", outcome.err);
    }
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &["workbook", "no_list"];
