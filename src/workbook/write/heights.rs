//! How high a row is with what stands in it.
//!
//! Excel works it out when a workbook is opened, `LibreOffice` only when a cell is changed. So it is written; but not as set by
//! hand, or the row would not grow any more with its text.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Worksheet, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The height of a line of 11 point, in points, and what is around the lines.
const LINE: f64 = 14.5;
const AROUND: f64 = 3.0;

/// Gives a row room for its texts, each with the width of its column.
///
/// # Errors
/// If there is no such row.
pub fn fit<'t>(
    sheet: &mut Worksheet,
    row: u32,
    texts: impl IntoIterator<Item = (&'t str, u16)>,
) -> Result<(), XlsxError> {
    let lines = texts.into_iter().map(|(text, width)| lines(text, width)).max().unwrap_or(1);
    if lines > 1 {
        // Excel shows no row higher than this (ECMA-376 has no limit).
        sheet.set_row_height(row, (f64::from(lines) * LINE + AROUND).min(409.0))?;
    }
    Ok(())
}

/// How many lines a text takes in a column of a width, in characters. Small letters are narrower than the figures by which
/// columns are measured.
fn lines(text: &str, width: u16) -> u32 {
    let width = usize::from(width) * 11 / 10;
    text.split('\n').map(|line| of_line(line, width.max(1))).sum()
}

fn of_line(line: &str, width: usize) -> u32 {
    let (mut lines, mut at) = (1, 0);
    for word in line.split(' ') {
        let wide = |c: char| if ('\u{1100}'..'\u{fb00}').contains(&c) { 2 } else { 1 };
        let long: usize = word.chars().map(wide).sum();
        if at > 0 && at + 1 + long > width {
            lines += 1;
            at = 0;
        }
        at += long + usize::from(at > 0);
        while at > width {
            lines += 1;
            at -= width;
        }
    }
    lines
}

/// What the writer puts at a height that was set.
const BY_HAND: &str = " customHeight=\"1\"";

/// Takes the mark off that heights were set by hand. Nothing else in a sheet has these words: texts are in a part of their own,
/// and a quotation mark inside an attribute is escaped.
pub fn free(book: Vec<u8>) -> Vec<u8> {
    freed(&book).unwrap_or(book)
}

fn freed(book: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let mut from = ZipArchive::new(Cursor::new(book))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::with_capacity(book.len())));
    for at in 0..from.len() {
        let mut part = from.by_index(at)?;
        let name = part.name()?.into_owned();
        if !name.starts_with("xl/worksheets/sheet") {
            to.raw_copy_file(part)?;
            continue;
        }
        let mut text = String::new();
        part.read_to_string(&mut text)?;
        to.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))?;
        to.write_all(text.replace(BY_HAND, "").as_bytes())?;
    }
    Ok(to.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_the_lines_that_it_is_broken_into() {
        assert_eq!((lines("", 10), lines("one", 10), lines("one two three", 10)), (1, 1, 2));
        assert_eq!(lines("a\nb\nc", 10), 3);
        assert_eq!(lines(&"x".repeat(100), 10), 10);
        assert_eq!(lines("王小明王小明王小明", 10), 2);
    }

    #[test]
    fn no_height_is_marked_as_set_by_hand_and_the_bytes_are_the_same_twice() {
        let made = || {
            let mut book = rust_xlsxwriter::Workbook::new();
            let made = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 1, 1).expect("a day");
            book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&made));
            let sheet = book.add_worksheet();
            sheet.write_string(0, 0, "one two three customHeight=\"1\"").expect("a cell");
            fit(sheet, 0, [("one two three", 5)]).expect("a row");
            free(book.save_to_buffer().expect("it can be saved"))
        };
        let (one, other) = (made(), made());
        assert_eq!(one, other);
        let mut archive = ZipArchive::new(Cursor::new(one)).expect("a package");
        let mut text = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").expect("a sheet").read_to_string(&mut text).expect("text");
        assert!(text.contains("ht=\"") && !text.contains("customHeight"), "{text}");
        text.clear();
        archive.by_name("xl/sharedStrings.xml").expect("texts").read_to_string(&mut text).expect("text");
        assert!(text.contains("customHeight"), "{text}");
    }
}
