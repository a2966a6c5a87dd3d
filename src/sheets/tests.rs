//! What is read of small workbooks, cell by cell: made here from their elements, as the standards and other programs
//! write them.

use std::io::Write;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::stranger::Stranger;
use super::*;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("memory takes every byte");
        zip.write_all(text.as_bytes()).expect("memory takes every byte");
    }
    zip.finish().expect("memory takes every byte").into_inner()
}

fn joined(elements: impl Iterator<Item = String>) -> String {
    elements.collect::<Vec<_>>().concat()
}

/// An XLSX with one sheet, whose elements are given.
struct Book<'b> {
    sheet: &'b str,
    strings: &'b str,
    formats: &'b [&'b str],
    calculation: &'b str,
}

impl Default for Book<'_> {
    fn default() -> Self {
        Self { sheet: "", strings: "<si><t>Name</t></si><si><t>Mill Lane</t></si>", formats: &[], calculation: "" }
    }
}

impl Book<'_> {
    fn data(&self) -> Vec<u8> {
        let codes = (164..).zip(self.formats);
        let formats: String =
            joined(codes.clone().map(|(id, code)| format!("<numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>")));
        let styles: String = joined(codes.map(|(id, _)| format!("<xf numFmtId=\"{id}\"/>")));
        let relation = |id: &str, kind: &str, target: &str| {
            let kind = format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}");
            format!("<Relationships><Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/></Relationships>")
        };
        zipped(&[
            ("[Content_Types].xml", "<Types/>"),
            ("_rels/.rels", &relation("rId1", "officeDocument", "xl/workbook.xml")),
            ("xl/_rels/workbook.xml.rels", &relation("rId1", "worksheet", "worksheets/sheet1.xml")),
            (
                "xl/workbook.xml",
                &format!(
                    "<workbook><sheets><sheet name=\"People\" r:id=\"rId1\"/></sheets>{}</workbook>",
                    self.calculation
                ),
            ),
            ("xl/sharedStrings.xml", &format!("<sst>{}</sst>", self.strings)),
            (
                "xl/styles.xml",
                &format!(
                    "<styleSheet><numFmts>{formats}</numFmts><cellXfs><xf numFmtId=\"0\"/>{styles}</cellXfs></styleSheet>"
                ),
            ),
            ("xl/worksheets/sheet1.xml", &format!("<worksheet>{}</worksheet>", self.sheet)),
        ])
    }

    fn open(&self) -> Result<Vec<Sheet>, Unfit> {
        open("a.xlsx", &self.data())
    }
}

/// An ODS whose body is given.
fn ods(styles: &str, sheets: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        (
            "content.xml",
            &format!(
                "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body>\
                 <office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}

fn in_table(rows: &str) -> String {
    format!("<table:table table:name=\"People\">{rows}</table:table>")
}

/// Every row with its number; what is no text is called by its name.
fn rows(sheet: &Sheet) -> Vec<(u32, Vec<String>)> {
    let mut rows = Vec::new();
    sheet.each(&mut |row, cells| {
        let named = |cell: &String| Spoiled::of(cell).map_or_else(|| cell.clone(), |spoiled| format!("{spoiled:?}!"));
        rows.push((row, cells.iter().map(named).collect()));
        true
    });
    rows
}

fn only_cell(sheets: Result<Vec<Sheet>, Unfit>) -> String {
    match sheets {
        Ok(sheets) => {
            rows(&sheets[0]).first().map_or_else(String::new, |(_, cells)| cells.first().cloned().unwrap_or_default())
        }
        Err(unfit) => format!("{unfit:?}"),
    }
}

#[test]
fn a_cell_of_an_xlsx_is_what_its_owner_sees() {
    let cell = |cell: &str, calculation: &str| {
        let sheet = format!("<sheetData><row r=\"1\">{cell}</row></sheetData>");
        let formats = ["&quot;Flat &quot;0", "000000", "0%", "#,##0", "dd/mm/yyyy", ";;;", "0"];
        only_cell(Book { sheet: &sheet, formats: &formats, calculation, ..Book::default() }.open())
    };
    for (xml, expected) in [
        ("<c r=\"A1\" t=\"s\"><v>1</v></c>", "Mill Lane"),
        ("<c t=\"s\"><v>1</v></c>", "Mill Lane"),
        ("<c t=\"s\"><v>-1</v></c>", "Broken!"),
        ("<c t=\"s\"><v>abc</v></c>", "Broken!"),
        ("<c t=\"s\"><v>99</v></c>", "Broken!"),
        ("<c t=\"s\"><v>1.0</v></c>", "Broken!"),
        ("<c t=\"s\"><v> 1</v></c>", "Broken!"),
        ("<c t=\"s\"><v>99999999999999999999999</v></c>", "Broken!"),
        ("<c t=\"s\"><v>0&#49;</v></c>", "Broken!"),
        ("<c t=\"s\"><v><![CDATA[1]]></v></c>", "Broken!"),
        ("<c t=\"s\"><v>1</v><v>0</v></c>", "Broken!"),
        ("<c t=\"s\"><v></v></c>", ""),
        ("<c t=\"s\"/>", ""),
        ("<c t=\"inlineStr\"><is><t>Mill Lane</t></is></c>", "Mill Lane"),
        ("<c t=\"inlineStr\"><is><r><t>Mill</t></r><r><t xml:space=\"preserve\"> Lane</t></r></is></c>", "Mill Lane"),
        ("<c t=\"inlineStr\"><v>0</v><is><t>Mill &amp; Lane&#233;</t></is></c>", "Mill & Laneé"),
        ("<c t=\"inlineStr\"><is><t>Mill Lane</t></is><v>0</v></c>", "Broken!"),
        ("<c t=\"inlineStr\"><is><t>Flat 1_x000D_\n2 Mill Lane</t></is></c>", "Flat 1\r\n2 Mill Lane"),
        ("<c><v>12</v></c>", "12"),
        ("<c t=\"n\"><v>12.5</v></c>", "12.5"),
        ("<c><v>abc</v></c>", "Broken!"),
        ("<c><v>NaN</v></c>", "Broken!"),
        ("<c><v>1</v><v>2</v></c>", "Broken!"),
        ("<c t=\"x\"><v>1</v></c>", "Broken!"),
        ("<c><v>1</v><extLst/></c>", "Broken!"),
        ("<c><v>1234567890123456</v></c>", "Format!"),
        ("<c t=\"b\"><v>1</v></c>", "TRUE"),
        ("<c t=\"b\"><v>0</v></c>", "FALSE"),
        ("<c t=\"b\"><f>1=1</f><v>1</v></c>", "TRUE"),
        ("<c t=\"b\"><v>perhaps</v></c>", "Broken!"),
        ("<c t=\"e\"><v>#N/A</v></c>", "Error!"),
        ("<c t=\"e\"><v>#SPILL!</v></c>", "Error!"),
        ("<c t=\"d\"><v>2026-11-24</v></c>", "Date!"),
        ("<c><f>A2</f><v>5</v></c>", "5"),
        ("<c t=\"str\"><f>A2</f><v>Mill Lane</v></c>", "Mill Lane"),
        ("<c t=\"str\"><f>A2</f><v></v></c>", ""),
        ("<c><f>A2</f></c>", "Formula!"),
        ("<c><f>A2</f><v></v></c>", "Formula!"),
        ("<c><f>A2</f><v/></c>", "Formula!"),
        ("<c t=\"str\"><f t=\"shared\" si=\"0\"/></c>", "Formula!"),
        ("<c><v>5</v><f>A2</f></c>", "Broken!"),
        ("<c s=\"1\"><v>1</v></c>", "Flat 1"),
        ("<c s=\"2\"><v>123</v></c>", "000123"),
        ("<c s=\"3\"><v>0.12</v></c>", "12%"),
        ("<c s=\"4\"><v>1234</v></c>", "1,234"),
        ("<c s=\"5\"><v>45000</v></c>", "Date!"),
        ("<c s=\"6\"><v>12</v></c>", "Format!"),
        ("<c s=\"6\" t=\"s\"><v>1</v></c>", "Format!"),
        ("<c s=\"7\"><v>12.7</v></c>", "Format!"),
        ("<c s=\"7\" t=\"s\"><v>1</v></c>", "Mill Lane"),
        ("<c s=\"99\"><v>12</v></c>", "12"),
        ("<x:c><x:v>12</x:v></x:c>", "12"),
    ] {
        assert_eq!(cell(xml, ""), expected, "{xml}");
    }
    let stale = "<calcPr calcId=\"124519\" fullCalcOnLoad=\"1\"/>";
    for (xml, expected) in [
        ("<c><f>A2</f><v>0</v></c>", "Formula!"),
        ("<c t=\"str\"><f>A2</f><v>Mill Lane</v></c>", "Formula!"),
        ("<c><v>0</v></c>", "0"),
    ] {
        assert_eq!(cell(xml, stale), expected, "{xml}");
    }
    assert_eq!(cell("<c><f>A2</f><v>0</v></c>", "<calcPr fullCalcOnLoad=\"0\"/>"), "0");
}

#[test]
fn a_cell_that_is_no_text_moves_none_of_the_others() {
    let sheet = "<sheetData><row><c t=\"s\"><v>0</v></c><c t=\"e\"><v>#WHAT?</v></c><c t=\"s\"><v>1</v></c>\
                 <c t=\"b\"><v>2</v></c><c><v>7</v></c></row><row/><row><c r=\"B3\" t=\"s\"><v>77</v></c><c><v>8</v></c></row></sheetData>";
    let sheets = Book { sheet, ..Book::default() }.open().expect("it can be read");
    let own = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let expected = [(1, own(&["Name", "Error!", "Mill Lane", "Broken!", "7"])), (3, own(&["", "Broken!", "8"]))];
    assert_eq!(rows(&sheets[0]), expected);
}

#[test]
fn a_cell_of_an_ods_is_what_its_owner_sees() {
    for (xml, expected) in [
        ("<table:table-cell office:value-type=\"string\"><text:p>Mill Lane</text:p></table:table-cell>", "Mill Lane"),
        ("<table:table-cell office:value-type=\"string\" office:string-value=\"Mill Lane\"/>", "Mill Lane"),
        (
            "<table:table-cell office:value-type=\"string\"><text:p>Flat 1</text:p><text:p>2 Mill</text:p></table:table-cell>",
            "Flat 1\n2 Mill",
        ),
        (
            "<table:table-cell office:value-type=\"string\"><text:p>A<text:line-break/>B<text:tab/>C<text:s text:c=\"2\"/>D</text:p></table:table-cell>",
            "A\nB\tC  D",
        ),
        (
            "<table:table-cell office:value-type=\"string\"><text:p>Mill <text:span>&amp;\nLane</text:span></text:p></table:table-cell>",
            "Mill & Lane",
        ),
        (
            "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>a remark</text:p></office:annotation><text:p>Mill</text:p></table:table-cell>",
            "Mill",
        ),
        (
            "<table:table-cell office:value-type=\"string\"><text:p>Mill</text:p><draw:frame><draw:text-box><text:p>drawn</text:p></draw:text-box></draw:frame></table:table-cell>",
            "Mill",
        ),
        (
            "<table:table-cell office:value-type=\"float\" office:value=\"12\"><text:p>12</text:p></table:table-cell>",
            "12",
        ),
        ("<table:table-cell office:value-type=\"float\" office:value=\"12\"/>", "12"),
        (
            "<table:table-cell office:value-type=\"float\" office:value=\"1\"><text:p>Flat 1</text:p></table:table-cell>",
            "Flat 1",
        ),
        (
            "<table:table-cell office:value-type=\"float\" office:value=\"123\"><text:p>000123</text:p></table:table-cell>",
            "000123",
        ),
        (
            "<table:table-cell office:value-type=\"percentage\" office:value=\"0.12\"><text:p>12%</text:p></table:table-cell>",
            "12%",
        ),
        (
            "<table:table-cell office:value-type=\"currency\" office:value=\"1234.5\"><text:p>£1,234.50</text:p></table:table-cell>",
            "£1,234.50",
        ),
        (
            "<table:table-cell office:value-type=\"float\" office:value=\"12.7\"><text:p>13</text:p></table:table-cell>",
            "Format!",
        ),
        ("<table:table-cell office:value-type=\"float\" office:value=\"12\"><text:p/></table:table-cell>", "Format!"),
        (
            "<table:table-cell office:value-type=\"float\" office:value=\"many\"><text:p>12</text:p></table:table-cell>",
            "Broken!",
        ),
        (
            "<table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>TRUE</text:p></table:table-cell>",
            "TRUE",
        ),
        (
            "<table:table-cell office:value-type=\"date\" office:date-value=\"2026-04-03\"><text:p>3/4</text:p></table:table-cell>",
            "Date!",
        ),
        (
            "<table:table-cell office:value-type=\"time\" office:time-value=\"PT1H\"><text:p>01:00</text:p></table:table-cell>",
            "Date!",
        ),
        (
            "<table:table-cell table:formula=\"of:=A1\" office:value-type=\"string\" office:string-value=\"\" calcext:value-type=\"error\"><text:p>#N/A</text:p></table:table-cell>",
            "Error!",
        ),
        (
            "<table:table-cell table:formula=\"of:=A1\" office:value-type=\"float\" office:value=\"0\"><text:p>Err:502</text:p></table:table-cell>",
            "Format!",
        ),
        (
            "<table:table-cell table:formula=\"of:=A1\" office:value-type=\"string\"><text:p>Mill Lane</text:p></table:table-cell>",
            "Mill Lane",
        ),
        ("<table:table-cell table:formula=\"of:=A1\" office:value-type=\"string\" office:string-value=\"\"/>", ""),
        ("<table:table-cell table:formula=\"of:=A1\"/>", "Formula!"),
        (
            "<table:covered-table-cell office:value-type=\"string\"><text:p>Mill Lane</text:p></table:covered-table-cell>",
            "Covered!",
        ),
        ("<table:covered-table-cell/>", ""),
    ] {
        let sheet = in_table(&format!("<table:table-row>{xml}</table:table-row>"));
        assert_eq!(only_cell(open("a.ods", &ods("", &sheet))), expected, "{xml}");
    }
}

#[test]
fn cells_that_others_are_merged_over_are_not_seen() {
    let row = |n: u32| {
        let cells: String = joined(["A", "B", "C"].iter().map(|c| format!("<c r=\"{c}{n}\"><v>{n}</v></c>")));
        format!("<row r=\"{n}\">{cells}</row>")
    };
    let sheet = format!(
        "<sheetData>{}{}</sheetData><mergeCells><mergeCell ref=\"A1:B2\"/><mergeCell ref=\"nonsense\"/></mergeCells>",
        row(1),
        row(2)
    );
    let sheets = Book { sheet: &sheet, ..Book::default() }.open().expect("it can be read");
    let cells: Vec<_> = rows(&sheets[0]).into_iter().map(|(_, cells)| cells.join(" ")).collect();
    assert_eq!(cells, ["1 Covered! 1", "Covered! Covered! 2"]);
}

#[test]
fn a_text_that_is_shown_over_rows_below_is_missing_in_them() {
    let cell = |at: &str| format!("<c r=\"{at}\"><v>7</v></c>");
    let row = |n: u32, cells: &[&str]| format!("<row r=\"{n}\">{}</row>", joined(cells.iter().map(|at| cell(at))));
    // B2 goes down to row 4 and E2 to row 9; C2 is empty, and D2 goes to the right only. Rows 5 to 8 have nothing else.
    let sheet = format!(
        "<sheetData>{}{}{}{}</sheetData><mergeCells><mergeCell ref=\"B2:B4\"/><mergeCell ref=\"C2:C4\"/>\
         <mergeCell ref=\"D2:D2\"/><mergeCell ref=\"E2:F9\"/></mergeCells>",
        row(2, &["A2", "B2", "D2", "E2"]),
        row(3, &["A3", "C3"]),
        row(4, &["A4"]),
        row(9, &["A9"])
    );
    let sheets = Book { sheet: &sheet, ..Book::default() }.open().expect("it can be read");
    let cells: Vec<_> =
        rows(&sheets[0]).into_iter().map(|(row, cells)| format!("{row}: {}", cells.join(","))).collect();
    let expected = ["2: 7,7,,7,7", "3: 7,Merged!,Covered!,,Merged!", "4: 7,Merged!,,,Merged!", "9: 7,,,,Merged!"];
    assert_eq!(cells, expected);
    let text = "<table:table-cell office:value-type=\"string\"><text:p>7</text:p></table:table-cell>";
    let over = text.replacen("table-cell", "table-cell table:number-rows-spanned=\"3\"", 1);
    let below = "<table:covered-table-cell/>";
    let rows_of = |rows: &[String]| joined(rows.iter().map(|row| format!("<table:table-row>{row}</table:table-row>")));
    let table = in_table(&rows_of(&[
        format!("{text}{over}"),
        format!("{text}{below}"),
        format!("<table:table-cell/>{below}"),
        format!("{text}{text}"),
    ]));
    let sheets = open("a.ods", &ods("", &table)).expect("it can be read");
    let cells: Vec<_> =
        rows(&sheets[0]).into_iter().map(|(row, cells)| format!("{row}: {}", cells.join(","))).collect();
    assert_eq!(cells, ["1: 7,7", "2: 7,Merged!", "4: 7,7"]);
}

/// The hidden ones of the first rows and columns, as a spreadsheet names them.
fn hidden(sheets: Result<Vec<Sheet>, Unfit>) -> (Vec<u32>, Vec<String>) {
    let sheets = sheets.expect("it can be read");
    let rows = (1..=10).filter(|row| sheets[0].hides(*row)).collect();
    (rows, (0..6).filter(|column| sheets[0].hides_column(*column)).map(letters).collect())
}

#[test]
fn rows_and_columns_that_nobody_sees_are_known_in_an_xlsx() {
    let of = |before: &str, rows: &str| {
        let sheet = format!("{before}<sheetData>{rows}</sheetData>");
        hidden(Book { sheet: &sheet, ..Book::default() }.open())
    };
    let cell = "<c><v>1</v></c>";
    for (row, is_hidden) in [
        ("hidden=\"1\"", true),
        ("hidden=\"true\"", true),
        ("hidden=\"0\"", false),
        ("ht=\"0\" customHeight=\"1\"", true),
        ("ht=\"0.2\"", true),
        ("ht=\"15\"", false),
        ("outlineLevel=\"1\" hidden=\"1\"", true),
        ("outlineLevel=\"1\"", false),
        ("collapsed=\"1\"", false),
    ] {
        let (rows, _) = of("", &format!("<row r=\"2\" {row}>{cell}</row><row>{cell}</row>"));
        assert_eq!(rows, if is_hidden { vec![2] } else { vec![] }, "{row}");
    }
    for default in ["zeroHeight=\"1\"", "defaultRowHeight=\"0\"", "defaultRowHeight=\"15\" zeroHeight=\"true\""] {
        let rows = format!("<row r=\"1\" ht=\"15\">{cell}</row><row r=\"2\">{cell}</row>");
        assert_eq!(of(&format!("<sheetFormatPr {default}/>"), &rows).0, [2], "{default}");
    }
    let columns = "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"5\" width=\"0\"/><col min=\"6\" max=\"6\" width=\"9\"/></cols>";
    assert_eq!(of(columns, "").1, ["B", "C", "E"]);
}

#[test]
fn rows_and_columns_that_nobody_sees_are_known_in_an_ods() {
    let row = |attributes: &str| {
        format!(
            "<table:table-row {attributes}><table:table-cell office:value-type=\"float\" office:value=\"1\"/></table:table-row>"
        )
    };
    let group = |attributes: &str, inside: &str| {
        format!("<table:table-row-group {attributes}>{inside}</table:table-row-group>")
    };
    let styles = "<style:style style:name=\"flat\"><style:table-row-properties style:row-height=\"0cm\"/></style:style>\
                  <style:style style:name=\"high\"><style:table-row-properties style:row-height=\"0.45cm\"/></style:style>\
                  <style:style style:name=\"flat\"><style:table-column-properties style:column-width=\"0mm\"/></style:style>";
    let closed = "table:display=\"false\"";
    for (rows, expected) in [
        ([row(""), row("table:visibility=\"filter\"")].concat(), vec![2]),
        ([row("table:visibility=\"collapse\" table:number-rows-repeated=\"2\""), row("")].concat(), vec![1, 2]),
        ([row("table:style-name=\"high\""), row("table:style-name=\"flat\"")].concat(), vec![2]),
        ([row(""), group(closed, &row("")), row("")].concat(), vec![2]),
        ([row(""), group("", &[row(""), group(closed, &row("")), row("")].concat())].concat(), vec![3]),
        ([group(closed, &group("table:display=\"true\"", &row(""))), row("")].concat(), vec![1]),
        (format!("<table:table-header-rows>{}</table:table-header-rows>{}", row(""), row("")), vec![]),
    ] {
        assert_eq!(hidden(open("a.ods", &ods(styles, &in_table(&rows)))).0, expected, "{rows}");
    }
    let columns = "<table:table-column/><table:table-column table:visibility=\"collapse\" table:number-columns-repeated=\"2\"/>\
                   <table:table-column table:style-name=\"flat\"/>\
                   <table:table-column-group table:display=\"false\"><table:table-column/></table:table-column-group><table:table-column/>";
    assert_eq!(
        hidden(open("a.ods", &ods(styles, &in_table(&(columns.to_owned() + &row("")))))).1,
        ["B", "C", "D", "E"]
    );
}

#[test]
fn sheets_that_nobody_sees_and_tables_that_are_none_are_not_read() {
    let cell = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell></table:table-row>";
    let styles = "<style:style style:name=\"out\"><style:table-properties table:display=\"false\"/></style:style>";
    let sheets = format!(
        "<table:tracked-changes><table:table table:name=\"Old\">{cell}</table:table></table:tracked-changes>\
         <table:table table:name=\"Hidden\" table:style-name=\"out\">{cell}</table:table>\
         <table:table table:name=\"A &amp; B\"><table:shapes><draw:frame><table:table table:name=\"Inner\">{cell}</table:table></draw:frame></table:shapes>{cell}</table:table>"
    );
    let read = open("a.ods", &ods(styles, &sheets)).expect("it can be read");
    let found: Vec<_> = read.iter().map(|sheet| (sheet.name.as_str(), rows(sheet).len())).collect();
    assert_eq!(found, [("A & B", 1)]);
}

fn over(sheets: Result<Vec<Sheet>, Unfit>) -> Over {
    match sheets {
        Err(Unfit::Over(over)) => over,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_would_cost_too_much_is_refused_before_it_is_expanded() {
    let of_strings = |strings: &str| over(Book { strings, sheet: "<sheetData/>", ..Book::default() }.open());
    assert_eq!(of_strings(&"<si/>".repeat(budget::STRINGS + 1)), Over::Strings);
    let of_sheet = |sheet: &str| over(Book { sheet, ..Book::default() }.open());
    assert_eq!(of_sheet("<sheetData><row r=\"1\"><c r=\"ALM1\"><v>1</v></c></row></sheetData>"), Over::Column(1000));
    assert_eq!(of_sheet("<sheetData><row r=\"1048577\"><c><v>1</v></c></row></sheetData>"), Over::Row(1_048_577));
    let long = "a".repeat(budget::CELL_BYTES + 1);
    let inline = format!("<sheetData><row><c t=\"inlineStr\"><is><t>{long}</t></is></c></row></sheetData>");
    assert_eq!(of_sheet(&inline), Over::Cell(1));
    let blank = format!("<sheetData>{}</sheetData>", " ".repeat(2 * budget::EVENT_BYTES));
    assert_eq!(of_sheet(&blank), Over::Event("a sheet"));
    let columns = "<col min=\"1\" max=\"1\"/>".repeat(budget::COLUMN_ELEMENTS as usize + 1);
    assert_eq!(of_sheet(&format!("<cols>{columns}</cols><sheetData/>")), Over::Elements);
    let merged = format!("<sheetData/>{}", "<mergeCell ref=\"A1:B2\"/>".repeat(10_001));
    assert_eq!(of_sheet(&merged), Over::Cells);

    let text = "<table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell>";
    let of_rows = |rows: &str| over(open("a.ods", &ods("", &in_table(rows))));
    let repeated = |attributes: &str, cell: &str| format!("<table:table-row {attributes}>{cell}</table:table-row>");
    assert_eq!(of_rows(&repeated("table:number-rows-repeated=\"1000000\"", text)), Over::Repeats(1, 1_000_000));
    let endless = "table:number-rows-repeated=\"99999999999999999999\"";
    assert_eq!(of_rows(&repeated(endless, text)), Over::Repeats(1, u64::MAX));
    // Repeats of several rows add up.
    let some = repeated("table:number-rows-repeated=\"9999\"", text);
    assert_eq!(of_rows(&some.repeat(2)), Over::Repeats(10_000, 9_999));
    let below = repeated("table:number-rows-repeated=\"1048576\"", "<table:table-cell/>") + &repeated("", text);
    assert_eq!(of_rows(&below), Over::Row(1_048_577));
    let wide = text.replace(" office:", " table:number-columns-repeated=\"2000000000\" office:");
    assert_eq!(of_rows(&repeated("", &wide)), Over::Column(1_999_999_999));
    let spaces = text.replace(">a<", "><text:s text:c=\"2000000000\"/><");
    assert_eq!(of_rows(&repeated("", &spaces)), Over::Cell(1));
    let many = repeated("", &text.replace(" office:", " table:number-columns-repeated=\"999\" office:"));
    assert_eq!(of_rows(&many.repeat(10_011)), Over::Cells);
    // Empty ones cost nothing, however many a spreadsheet writes behind a list.
    let empty = repeated(
        "table:number-rows-repeated=\"1048575\"",
        "<table:table-cell table:number-columns-repeated=\"16384\"/>",
    );
    assert_eq!(only_cell(open("a.ods", &ods("", &in_table(&(repeated("", text) + &empty))))), "a");

    // A text counts as often as cells have it.
    let strings = format!("<si><t>{}</t></si>", "a".repeat(100_000));
    let row = format!("<row>{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(999));
    let sheet = format!("<sheetData>{}</sheetData>", row.repeat(6));
    assert_eq!(over(Book { strings: &strings, sheet: &sheet, ..Book::default() }.open()), Over::Shown);

    let parts: Vec<u8> = b"PK\x03\x04".iter().copied().chain(b"PK\x01\x02".repeat(20_001)).collect();
    assert_eq!(over(open("a.xlsx", &parts)), Over::Parts);
}

#[test]
fn a_part_that_is_larger_than_the_archive_says_is_damaged() {
    let mut data = ods("", &in_table("<table:table-row><table:table-cell/></table:table-row>"));
    // APPNOTE.TXT §4.3.12: the size stands 24 bytes behind the beginning of the entry, which names the part 22 bytes later.
    let name = memchr::memmem::rfind(&data, b"content.xml").expect("it is the last");
    data[name - 22..name - 18].copy_from_slice(&100_u32.to_le_bytes());
    assert!(matches!(open("a.ods", &data), Err(Unfit::Broken(_))));
}

#[test]
fn a_package_is_known_by_its_parts() {
    let office = |part: &str| {
        let relation = format!(
            "<Relationships><Relationship Type=\"x/relationships/officeDocument\" Target=\"{part}\"/></Relationships>"
        );
        zipped(&[("[Content_Types].xml", "<Types/>"), ("_rels/.rels", &relation), (part, "")])
    };
    let odf = |kind: &str, manifest: &str| {
        zipped(&[("mimetype", kind), ("META-INF/manifest.xml", manifest), ("content.xml", "")])
    };
    let of = |data: &[u8]| kind_of("a.xlsx", data);
    for (data, expected) in [
        (office("xl/workbook.xml"), Kind::Xlsx),
        (office("/xl/workbook2.xml"), Kind::Xlsx),
        (office("xl/workbook.bin"), Kind::Stranger(Stranger::Xlsb)),
        (office("word/document.xml"), Kind::Stranger(Stranger::Document)),
        (office("ppt/presentation.xml"), Kind::Stranger(Stranger::Slides)),
        (odf("application/vnd.oasis.opendocument.spreadsheet", ""), Kind::Ods),
        (odf("application/vnd.oasis.opendocument.spreadsheet-template", ""), Kind::Ods),
        (odf("application/vnd.oasis.opendocument.text", ""), Kind::Stranger(Stranger::Document)),
        (
            odf("application/vnd.oasis.opendocument.spreadsheet", "<manifest:encryption-data/>"),
            Kind::Stranger(Stranger::Protected),
        ),
        (zipped(&[("Index/Document.iwa", "")]), Kind::Stranger(Stranger::Iwork)),
        (zipped(&[("people.csv", "Name")]), Kind::Stranger(Stranger::Archive)),
        (zipped(&[]), Kind::Stranger(Stranger::Archive)),
        (b"PK\x03\x04 and no more".to_vec(), Kind::Unknown),
    ] {
        assert_eq!(of(&data), expected);
    }
}

#[test]
fn what_no_spreadsheet_writes_by_the_million_is_refused() {
    let many = |element: &str| element.repeat(1_000_001);
    let inside = |inside: &str| ods("", &in_table(&format!("<table:table-row>{inside}</table:table-row>")));
    for data in [
        inside(&many("<table:covered-table-cell/>")),
        inside(&format!("<table:table-cell><text:p>{}</text:p></table:table-cell>", many("<!---->"))),
        inside(&many("<?a?>")),
        ods("", &many("<table:table/>")),
        ods(&many("<a/>"), ""),
    ] {
        assert_eq!(over(open("a.ods", &data)), Over::Elements);
    }
    for sheet in [format!("<sheetData><row><c><v>{}1</v></c></row></sheetData>", many("<![CDATA[]]>")), many("<!---->")]
    {
        assert_eq!(over(Book { sheet: &sheet, ..Book::default() }.open()), Over::Elements);
    }
}

proptest::proptest! {
    #[test]
    fn no_elements_of_a_sheet_stop_the_reading(xml in "(<(row|c|v|f|is|t|cols|col|/row|/c|/v|mergeCell)( (r|t|s|ht|min|ref)=\"[A-Z0-9s:]{0,4}\")?/?>|[0-9a]){0,40}") {
        let _ = Book { sheet: &format!("<sheetData>{xml}</sheetData>"), ..Book::default() }.open();
        let _ = open("a.ods", &ods("", &in_table(&xml)));
    }
}

#[test]
fn cells_that_are_merged_again_and_again_cost_no_more_than_they_may() {
    let told = |rows: &[(u32, usize)], area: &str, areas: usize| {
        let cell = "<c t=\"inlineStr\"><is><t>x</t></is></c>";
        let rows = joined(rows.iter().map(|(n, cells)| format!("<row r=\"{n}\">{}</row>", cell.repeat(*cells))));
        let areas = format!("<mergeCell ref=\"{area}\"/>").repeat(areas);
        let sheet = format!("<sheetData>{rows}</sheetData><mergeCells>{areas}</mergeCells>");
        match (Book { sheet: &sheet, ..Book::default() }).open() {
            Ok(_) => None,
            Err(Unfit::Over(over)) => Some(over),
            Err(other) => panic!("{other:?}"),
        }
    };
    let over = Some(Over::Cells);
    assert_eq!((told(&[(1, 1)], "A1:B2", 10_000), told(&[(1, 1)], "A1:B2", 10_001)), (None, over.clone()));
    // One row of a thousand cells is looked at for each area in it.
    assert_eq!((told(&[(1, 1_000)], "A1:B1", 900), told(&[(1, 1_000)], "A1:B1", 10_000)), (None, over.clone()));
    // Rows below one another are looked at twice: for what is covered, and for what is missing.
    let rows: Vec<(u32, usize)> = (1..=2_001).map(|n| (n, 1)).collect();
    assert_eq!((told(&rows, "A1:A2001", 900), told(&rows, "A1:A2001", 1_500)), (None, over));
}
