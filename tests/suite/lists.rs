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
    assert!(outcome.err.contains("C4 (Surname): the same person stands in row 2"), "{}", outcome.err);
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
}

#[test]
fn a_file_that_is_no_list_is_refused_with_a_reason() {
    let run = Run::on_nothing()
        .with("empty.csv", "")
        .with("headless.csv", "Ms A,1 Mill Lane,E20 9ZZ\nMr B,2 Mill Lane,E20 9ZZ\n")
        .with("lame.csv", "Name,Favourite colour,Email\nMs A,green,a@b.example\n")
        .with("binary.xlsx", b"PK\x03\x04 and nothing more")
        .with("old.xlsx", [0xD0, 0xCF, 0x11, 0xE0, 1, 2, 3])
        .with("people.xlsx", XLSX)
        .with("folder.csv/inside.txt", "x");
    let mut said = String::new();
    for args in [
        vec!["missing.csv"],
        vec!["folder.csv"],
        vec!["empty.csv"],
        vec!["headless.csv"],
        vec!["lame.csv"],
        vec!["binary.xlsx"],
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
        outcome.err.contains("error[control-character]: a text holds an invisible character (4 times)"),
        "{}",
        outcome.err
    );
    assert!(outcome.err.contains("A6 (Name): no font has the character U+1F642"), "{}", outcome.err);
}

/// Names of the snapshots made here.
pub const SNAPSHOTS: &[&str] = &["workbook", "no_list"];
