//! What a file is by its content. Names prove nothing: a web page is called `list.xls`, and a lock file `~$list.xlsx`.
//!
//! In: the name of a file and its bytes. Out: [`Kind`]; for a file that is not read here, what to tell its owner. The
//! name is asked only where the content does not tell.

use super::package::{Package, attribute, is};
use super::stranger::Stranger;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A workbook of Excel since 2007, with or without macros, or a template of one.
    Xlsx,
    /// A workbook of `LibreOffice`.
    Ods,
    /// It may be text that is read elsewhere: CSV, YAML, JSON.
    Text,
    /// Its bytes are neither text nor of a known kind.
    Unknown,
    /// Something that is not read here.
    Stranger(Stranger),
}

/// What a file is.
pub fn of(name: &str, data: &[u8]) -> Kind {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let stranger = |stranger| Kind::Stranger(stranger);
    // Excel's holds the name of whoever has the workbook open, LibreOffice's also the machine.
    let is_lock = name.starts_with("~$") || (name.starts_with(".~lock.") && name.ends_with('#'));
    if is_lock && data.len() < 4096 && !data.starts_with(b"PK") {
        return stranger(Stranger::Lock);
    }
    if data.starts_with(b"PK\x03\x04") || data.starts_with(b"PK\x05\x06") || data.starts_with(b"PK\x07\x08") {
        return of_zip(data, &ending);
    }
    if data.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return stranger(of_ole(data, &ending));
    }
    if let Some((_, found)) = BEGINNINGS.iter().find(|(beginning, _)| data.starts_with(beginning)) {
        return stranger(*found);
    }
    if let Some(found) = of_text(data, &ending) {
        return stranger(found);
    }
    // UTF-16 has zeros too, and a mark or a pattern that the reader of CSV knows.
    let is_wide = data.starts_with(&[0xFF, 0xFE]) || data.starts_with(&[0xFE, 0xFF]);
    let head = &data[..data.len().min(4096)];
    let is_text = is_wide || !head.contains(&0) || has_zeros_in_turn(head);
    match of_ending(&ending).filter(|_| !is_text) {
        Some(found) => stranger(found),
        None if is_text => Kind::Text,
        None => Kind::Unknown,
    }
}

/// Latin text in UTF-16 without a mark has a zero at every second byte.
fn has_zeros_in_turn(head: &[u8]) -> bool {
    let zeros = |from: usize| head.iter().skip(from).step_by(2).take(64).filter(|b| **b == 0).count();
    (zeros(1) > 16 && zeros(0) == 0) || (zeros(0) > 16 && zeros(1) == 0)
}

/// How files begin that are no packages.
const BEGINNINGS: &[(&[u8], Stranger)] = &[
    (b"%PDF-", Stranger::Pdf),
    (b"{\\rtf", Stranger::Document),
    (b"\x89PNG\r\n", Stranger::Picture),
    (b"\xFF\xD8\xFF", Stranger::Picture),
    (b"GIF8", Stranger::Picture),
    (b"II*\0", Stranger::Picture),
    (b"MM\0*", Stranger::Picture),
    (b"SQLite format 3\0", Stranger::Database),
    (b"\0\x01\0\0Standard ", Stranger::Database),
    (b"7z\xBC\xAF\x27\x1C", Stranger::Archive),
    (b"Rar!\x1A\x07", Stranger::Archive),
    (b"\x1F\x8B\x08", Stranger::Archive),
    // Workbooks of Excel 2 to 4, which had no container ([MS-XLS] §2.4.21).
    (b"\x09\x00\x04\x00", Stranger::Xls),
    (b"\x09\x02\x06\x00", Stranger::Xls),
    (b"\x09\x04\x06\x00", Stranger::Xls),
];

/// What a file is called that does not tell by its bytes.
fn of_ending(ending: &str) -> Option<Stranger> {
    Some(match ending {
        "xls" | "xlt" => Stranger::Xls,
        "xlsb" => Stranger::Xlsb,
        "numbers" | "pages" | "key" => Stranger::Iwork,
        "doc" | "docx" | "docm" | "odt" | "rtf" => Stranger::Document,
        "ppt" | "pptx" | "odp" => Stranger::Slides,
        "mdb" | "accdb" | "odb" => Stranger::Database,
        "msg" => Stranger::Message,
        _ => return None,
    })
}

/// [MS-CFB] §2.6.1: the names of the streams stand in the file as UTF-16.
fn of_ole(data: &[u8], ending: &str) -> Stranger {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(data, &wide).is_some()
    };
    // [MS-OFFCRYPTO] §2.3: a package with a password is a stream of such a file.
    if holds("EncryptedPackage") {
        return Stranger::Protected;
    }
    if holds("WordDocument") {
        return Stranger::Document;
    }
    if holds("PowerPoint Document") {
        return Stranger::Slides;
    }
    if holds("__properties_version1.0") {
        return Stranger::Message;
    }
    of_ending(ending).filter(|_| !holds("Workbook")).unwrap_or(Stranger::Xls)
}

fn of_zip(data: &[u8], ending: &str) -> Kind {
    let unknown = || of_ending(ending).map_or(Kind::Unknown, Kind::Stranger);
    let Ok(mut package) = Package::open(data) else { return unknown() };
    let names: Vec<String> = package.names().map(|name| name.to_lowercase()).collect();
    let has = |part: &str| names.iter().any(|name| name == part);
    let below = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    let stranger = |stranger| Kind::Stranger(stranger);
    if has("encryptedpackage") || has("encrypted-package") {
        return stranger(Stranger::Protected);
    }
    if has("_rels/.rels") && has("[content_types].xml") {
        return match main_part(&mut package) {
            Some(part) if part.rsplit('.').next() == Some("bin") => stranger(Stranger::Xlsb),
            Some(part) if part.starts_with("word/") => stranger(Stranger::Document),
            Some(part) if part.starts_with("ppt/") => stranger(Stranger::Slides),
            Some(part) if part.starts_with("visio/") => stranger(Stranger::Picture),
            // A workbook may be called anything. What is no workbook has no sheets, which is found soon.
            Some(_) => Kind::Xlsx,
            None => stranger(Stranger::Archive),
        };
    }
    let kind = package.head("mimetype", 256);
    if let Some(kind) = std::str::from_utf8(&kind).ok().and_then(|kind| kind.trim().strip_prefix("application/")) {
        // ODF 1.3 part 2 §3.2: a part that is encrypted says so in the manifest.
        let manifest = package.head("META-INF/manifest.xml", 1024 * 1024);
        let protected = memchr::memmem::find(&manifest, b"encryption-data").is_some();
        return match kind.strip_prefix("vnd.oasis.opendocument.") {
            Some(_) if protected => stranger(Stranger::Protected),
            Some(of) if of.starts_with("spreadsheet") => Kind::Ods,
            Some(of) if of.starts_with("text") => stranger(Stranger::Document),
            Some(of) if of.starts_with("presentation") => stranger(Stranger::Slides),
            Some("base" | "database") => stranger(Stranger::Database),
            Some(_) => stranger(Stranger::Picture),
            None => stranger(Stranger::Archive),
        };
    }
    if has("index/document.iwa") || has("index.zip") || below("index/tables/") {
        return stranger(Stranger::Iwork);
    }
    of_ending(ending).map_or(stranger(Stranger::Archive), Kind::Stranger)
}

/// The part that a package of Office says is its document.
fn main_part(package: &mut Package<'_>) -> Option<String> {
    let mut main = None;
    let read = package.each("_rels/.rels", "a part", super::budget::PART_BYTES, &mut |element| {
        if is(element, "Relationship")
            && attribute(element, "Type")?.is_some_and(|kind| kind.ends_with("/relationships/officeDocument"))
        {
            main = attribute(element, "Target")?.map(|part| part.trim_start_matches('/').to_lowercase());
        }
        Ok(())
    });
    read.ok().and(main)
}

/// So much of a text tells what it is: an `OpenDocument` file names some forty vocabularies first.
pub const HEAD: usize = 16 * 1024;

/// The beginning of a text, as far as its encoding tells: UTF-16 has a mark, or zeros in turn.
pub fn head_text(data: &[u8]) -> String {
    let head = &data[..data.len().min(HEAD)];
    let wide = |number: fn([u8; 2]) -> u16| {
        let numbers: Vec<u16> = head.chunks_exact(2).map(|pair| number([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&numbers)
    };
    let text = match head {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        [0, ..] if has_zeros_in_turn(head) => wide(u16::from_be_bytes),
        _ if has_zeros_in_turn(head) => wide(u16::from_le_bytes),
        _ => String::from_utf8_lossy(head).into_owned(),
    };
    text.trim_start_matches('\u{FEFF}').to_owned()
}

/// Spreadsheets as programs exchanged them before: SYLK has a record a line, DIF a table of vectors and tuples. `ID;P` may
/// also be how the headings of a list begin.
fn is_interchange(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim_end);
    match lines.next().unwrap_or_default() {
        "table" => lines.next() == Some("0,1"),
        first => {
            first.starts_with("id;p")
                && lines.any(|line| {
                    ["c;x", "c;y", "c;k", "f;p", "p;p", "b;y", "b;x"].iter().any(|record| line.starts_with(record))
                })
        }
    }
}

/// What a text is that is neither CSV nor YAML nor JSON.
fn of_text(data: &[u8], ending: &str) -> Option<Stranger> {
    let head = head_text(data);
    let head = head.trim_start().to_ascii_lowercase();
    if head.starts_with('<') {
        let says = |word: &str| head.contains(word);
        return Some(match () {
            () if says("urn:schemas-microsoft-com:office:spreadsheet") && !says("<html") => Stranger::SpreadsheetMl,
            () if says("opendocument.spreadsheet") => Stranger::Fods,
            () if says("opendocument:xmlns") && (ending == "fods" || ending == "xml") => Stranger::Fods,
            () if says("<svg") => Stranger::Picture,
            () if ["<html", "<!doctype html", "<table", "<body", "<head", "<meta", "<div"].into_iter().any(says) => {
                Stranger::Html
            }
            () if says("<?xml") || says("<!doctype") || head.starts_with("<!--") => Stranger::Xml,
            // `<Name>;<Address>` may be a heading.
            () => return None,
        });
    }
    let is_message = head.starts_with("mime-version:") && head.contains("content-type: multipart/related");
    match () {
        () if is_message => Some(Stranger::Mhtml),
        () if is_interchange(&head) => Some(Stranger::Interchange),
        () if head.starts_with("begin:vcard") => Some(Stranger::Cards),
        () if ending == "gsheet" && head.starts_with('{') => Some(Stranger::Link),
        () if head.starts_with("[internetshortcut]") => Some(Stranger::Link),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_content_and_else_by_its_name() {
        let ole = |stream: &str| {
            let wide = stream.encode_utf16().flat_map(u16::to_le_bytes);
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1].into_iter().chain(wide).collect::<Vec<u8>>()
        };
        for (name, data, expected) in [
            ("a.csv", b"Name,Postcode\n".to_vec(), Kind::Text),
            ("a.yaml", b"reference: A-1\n".to_vec(), Kind::Text),
            ("a.csv", b"<Name>;<Postcode>\n".to_vec(), Kind::Text),
            ("a.txt", b"\xFF\xFEN\0a\0".to_vec(), Kind::Text),
            ("a.csv", "Name,Postcode\nMs A,E20 9ZZ\n".encode_utf16().flat_map(u16::to_le_bytes).collect(), Kind::Text),
            ("a.csv", b"\0\0\0\0\0\0".to_vec(), Kind::Unknown),
            ("a.xlsx", b"PK\x03\x04 and no more".to_vec(), Kind::Unknown),
            ("a.numbers", b"PK\x03\x04 and no more".to_vec(), Kind::Stranger(Stranger::Iwork)),
            ("a.numbers", vec![0; 100], Kind::Stranger(Stranger::Iwork)),
            ("a.csv", ole("Workbook"), Kind::Stranger(Stranger::Xls)),
            ("a.xlsx", ole("EncryptedPackage"), Kind::Stranger(Stranger::Protected)),
            ("a.xls", ole("WordDocument"), Kind::Stranger(Stranger::Document)),
            ("a.xls", b"\x09\x04\x06\x00\0\0".to_vec(), Kind::Stranger(Stranger::Xls)),
            ("a.csv", b"%PDF-1.7".to_vec(), Kind::Stranger(Stranger::Pdf)),
            ("a.xls", b"\xEF\xBB\xBF\r\n <html><table>".to_vec(), Kind::Stranger(Stranger::Html)),
            ("a.xls", b"<table border=1>".to_vec(), Kind::Stranger(Stranger::Html)),
            (
                "a.xls",
                b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".to_vec(),
                Kind::Stranger(Stranger::SpreadsheetMl),
            ),
            ("a.xls", b"<?xml version=\"1.0\"?><people/>".to_vec(), Kind::Stranger(Stranger::Xml)),
            ("a.csv", b"BEGIN:VCARD\r\nFN:Ms A\r\n".to_vec(), Kind::Stranger(Stranger::Cards)),
            (
                "a.xls",
                "\u{FEFF}<html><table>".encode_utf16().flat_map(u16::to_le_bytes).collect(),
                Kind::Stranger(Stranger::Html),
            ),
            (
                "a.xls",
                "<html>\n<body>\n<table border=\"1\">".encode_utf16().flat_map(u16::to_be_bytes).collect(),
                Kind::Stranger(Stranger::Html),
            ),
            ("a.slk", b"ID;PWXL;N;E\r\nC;Y1;X1;K\"Name\"\r\n".to_vec(), Kind::Stranger(Stranger::Interchange)),
            ("a.csv", b"ID;Postcode;Name\r\n1;E20 9ZZ;Ms A\r\n".to_vec(), Kind::Text),
            ("a.dif", b"TABLE\r\n0,1\r\n\"EXCEL\"\r\n".to_vec(), Kind::Stranger(Stranger::Interchange)),
            ("a.csv", b"Table\r\n1,2\r\n".to_vec(), Kind::Text),
            ("folder/~$a.xlsx", b"\x05Ms A  ".to_vec(), Kind::Stranger(Stranger::Lock)),
            (".~lock.a.ods#", b",a,machine".to_vec(), Kind::Stranger(Stranger::Lock)),
            ("a.gsheet", b"{\"doc_id\": \"1\"}".to_vec(), Kind::Stranger(Stranger::Link)),
            ("a.csv", b"\x1F\x8B\x08\0".to_vec(), Kind::Stranger(Stranger::Archive)),
        ] {
            assert_eq!(of(name, &data), expected, "{name}: {}", String::from_utf8_lossy(&data));
        }
    }
}
