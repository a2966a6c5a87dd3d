//! CSV in the encodings and with the separators that spreadsheets write, row by row.
//!
//! UTF-8 with or without a byte order mark, UTF-16 with one, and otherwise Windows-1252, which is what Excel writes in
//! Britain under the name of CSV. A file that is UTF-8 except for one character is refused: read as Windows-1252 it
//! would spell every other name wrong. The separator is the one with which most headings are recognised, and otherwise
//! the one that splits the first rows most evenly.
//!
//! A file is read twice: once to see whether it is UTF-8 throughout, once for its rows. Neither holds more than a row,
//! and no row is longer than [`LONGEST`]: an unclosed quotation mark takes in the rest of the file.

use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;

use crate::input::disk;

/// The encoding and separator of a file.
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    encoding: &'static Encoding,
    separator: u8,
}

/// The most bytes of one row.
const LONGEST: usize = 1024 * 1024;

/// The most lines of one cell.
const LINES: usize = 60;

/// The reason why a list cannot be read.
#[derive(Debug)]
pub enum Unread {
    /// The file cannot be read.
    File(std::io::Error),
    /// It is neither text nor a workbook.
    NotText,
    /// It cannot be split into rows.
    Rows(csv::Error),
    /// It is UTF-8, except for a character in this row.
    Mixed(u32),
    /// A cell in this row takes in the rows after it.
    OpenQuote(u32),
}

impl From<std::io::Error> for Unread {
    fn from(error: std::io::Error) -> Self {
        Unread::File(error)
    }
}

impl Dialect {
    /// Detects the dialect of a file. `understood` tells whether a cell might be a heading.
    ///
    /// # Errors
    /// If it cannot be read, or is UTF-8 in part.
    pub fn of(path: &Path, understood: &dyn Fn(&str) -> bool) -> Result<Self, Unread> {
        let (encoding, mixed) = encoding(path)?;
        let mut head = String::new();
        // Enough for the headings and some rows, whatever their length.
        decoded(path, encoding)?.take(64 * 1024).read_to_string_lossy(&mut head);
        // Text has no zeros, except in UTF-16, which has been detected by now.
        if head.contains('\0') {
            return Err(Unread::NotText);
        }
        let dialect = Self { encoding, separator: separator(&head, understood) };
        if mixed {
            let mut first = 1;
            each(path, dialect, &mut |row, cells| {
                first = row;
                !cells.iter().any(|cell| cell.contains(char::REPLACEMENT_CHARACTER))
            })?;
            return Err(Unread::Mixed(first));
        }
        Ok(dialect)
    }

    /// Its name, for people.
    pub fn name(self) -> String {
        let separator = match self.separator {
            b'\t' => "tabs",
            b';' => "semicolons",
            b'|' => "bars",
            _ => "commas",
        };
        format!("{} with {separator}", self.encoding.name())
    }
}

/// Calls `visit` with the number and cells of every row until it returns `false`. Rows are counted as a spreadsheet
/// counts them: blank lines count, and lines inside a quoted cell do not.
///
/// # Errors
/// If the file cannot be read to the end, or a cell takes in the rows after it.
pub fn each(path: &Path, dialect: Dialect, visit: &mut dyn FnMut(u32, &[String]) -> bool) -> Result<(), Unread> {
    let left = Rc::new(Cell::new(LONGEST));
    let text = BoundedReader { text: decoded(path, dialect.encoding)?, left: Rc::clone(&left) };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(dialect.separator).from_reader(text);
    let mut record = csv::StringRecord::new();
    let mut cells: Vec<String> = Vec::new();
    let (mut inside, mut widest) = (0, 0);
    let number = |line: u64, inside: u64| u32::try_from(line.saturating_sub(inside)).unwrap_or(u32::MAX);
    loop {
        let start = number(reader.position().line(), inside);
        match reader.read_record(&mut record) {
            Ok(true) => left.set(LONGEST),
            Ok(false) => return Ok(()),
            Err(_) if left.get() == 0 => return Err(Unread::OpenQuote(start)),
            Err(error) => return Err(Unread::Rows(error)),
        }
        cells.resize_with(record.len(), String::new);
        for (cell, text) in cells.iter_mut().zip(&record) {
            cell.clear();
            cell.push_str(text);
        }
        inside += record.iter().map(|text| text.matches('\n').count() as u64).sum::<u64>();
        // The reader is past the line feed that ends the row.
        let row = number(reader.position().line(), 1 + inside);
        if cells.iter().any(|cell| takes_in_rows(cell, char::from(dialect.separator), widest)) {
            // If the file ends inside the cell, the line feed at its end belongs to the cell, and the count is one
            // short.
            return Err(Unread::OpenQuote(row.max(start)));
        }
        widest = widest.max(cells.len());
        if !visit(row, &cells) {
            return Ok(());
        }
    }
}

/// Whether a cell seems to contain rows of the list: more lines than anybody writes, or lines with as many cells as the
/// rows before it. In a narrow list one such line may be an address, but three are not.
fn takes_in_rows(cell: &str, separator: char, width: usize) -> bool {
    let like_rows = || {
        let alike = cell.lines().skip(1).filter(|line| line.matches(separator).count() + 1 >= width).count();
        width >= 3 && alike >= if width >= 5 { 1 } else { 3 }
    };
    cell.contains('\n') && (cell.lines().count() > LINES || like_rows())
}

/// A reader that fails if one row is too long.
struct BoundedReader<R> {
    text: R,
    left: Rc<Cell<usize>>,
}

impl<R: Read> Read for BoundedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left.get() == 0 {
            return Err(std::io::Error::other("a row is too long"));
        }
        let read = self.text.read(buffer)?;
        self.left.set(self.left.get().saturating_sub(read));
        Ok(read)
    }
}

fn decoded(path: &Path, encoding: &'static Encoding) -> std::io::Result<impl Read> {
    let file = disk::open(path)?;
    let text = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).build(file);
    Ok(LineFeeds { text, after_return: false, last: b'\n' })
}

/// A reader that ends every line, including the last, with one line feed, so that rows can be counted by line feeds.
struct LineFeeds<R> {
    text: R,
    after_return: bool,
    last: u8,
}

impl<R: Read> Read for LineFeeds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        loop {
            let read = self.text.read(buffer)?;
            if read == 0 {
                let end = self.last != b'\n' && !buffer.is_empty();
                if end {
                    (buffer[0], self.last) = (b'\n', b'\n');
                }
                return Ok(usize::from(end));
            }
            let mut kept = 0;
            for i in 0..read {
                let byte = buffer[i];
                if byte != b'\n' || !self.after_return {
                    buffer[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
                self.after_return = byte == b'\r';
            }
            if kept > 0 {
                self.last = buffer[kept - 1];
                return Ok(kept);
            }
        }
    }
}

/// The encoding, and whether some character is invalid in it.
fn encoding(path: &Path) -> std::io::Result<(&'static Encoding, bool)> {
    let mut reader = BufReader::with_capacity(1 << 16, disk::open(path)?);
    let head = reader.fill_buf()?;
    let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    if let Some(encoding) = marked.filter(|encoding| *encoding != UTF_8) {
        return Ok((encoding, false));
    }
    // Latin text in UTF-16 without a byte-order mark has a zero at every second byte.
    let zeros = |from: usize| head.iter().skip(from).step_by(2).take(64).filter(|b| **b == 0).count();
    if zeros(1) > 16 && zeros(0) == 0 {
        return Ok((UTF_16LE, false));
    }
    if zeros(0) > 16 && zeros(1) == 0 {
        return Ok((UTF_16BE, false));
    }
    let (letters, wrong) = utf8(&mut reader)?;
    let is_utf8 = marked.is_some() || letters || !wrong;
    Ok(if is_utf8 { (UTF_8, wrong) } else { (WINDOWS_1252, false) })
}

/// Whether there are multi-byte characters of UTF-8, and whether there are bytes that are invalid in it. Text in
/// Windows-1252 does not contain the former by coincidence: no name has `©` after `Ã`.
fn utf8(reader: &mut impl BufRead) -> std::io::Result<(bool, bool)> {
    let (mut letters, mut wrong) = (false, false);
    let mut line = Vec::new();
    loop {
        // A line feed is never part of another character in UTF-8, so each chunk is independent. A chunk without one
        // may end inside a character, whose bytes are carried into the next chunk.
        let carried = line.len();
        reader.by_ref().take(1 << 20).read_until(b'\n', &mut line)?;
        if line.len() == carried {
            return Ok((letters, wrong || carried > 0));
        }
        let mut rest = 0;
        for chunk in line.utf8_chunks() {
            letters |= !chunk.valid().is_ascii();
            let at_end = chunk.invalid().as_ptr_range().end == line.as_ptr_range().end;
            if at_end
                && !line.ends_with(b"\n")
                && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none())
            {
                rest = chunk.invalid().len();
            } else {
                wrong |= !chunk.invalid().is_empty();
            }
        }
        line.drain(..line.len() - rest);
    }
}

/// The usual separator with which most headings are recognised; if several do equally well, the one that splits the
/// first rows into the same number of cells.
fn separator(head: &str, understood: &dyn Fn(&str) -> bool) -> u8 {
    let score = |separator: &u8| {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(*separator)
            .from_reader(head.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().take(20).map_while(Result::ok).collect();
        let headings = rows.iter().map(|row| row.iter().filter(|cell| understood(cell)).count()).max();
        let most = rows.iter().map(csv::StringRecord::len).max().unwrap_or_default();
        let even = rows.iter().filter(|row| row.len() == most).count();
        (headings.unwrap_or_default(), if most < 2 { 0 } else { even * 1000 + most })
    };
    // Of several with the same score the last one wins: commas.
    b"|\t;,".iter().copied().max_by_key(score).unwrap_or(b',')
}

trait ReadLossy {
    fn read_to_string_lossy(&mut self, out: &mut String);
}

impl<R: Read> ReadLossy for R {
    /// Reads everything that is text; the end of the chunk may cut a character in two.
    fn read_to_string_lossy(&mut self, out: &mut String) {
        let mut data = Vec::new();
        // An error here will come again, and be reported, when the rows are read.
        let _ = self.read_to_end(&mut data);
        out.push_str(&String::from_utf8_lossy(&data));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn separator(head: &str) -> u8 {
        let understood = |cell: &str| matches!(cell.trim(), "name" | "address" | "postcode");
        super::separator(head, &understood)
    }

    #[test]
    fn the_separator_is_the_one_under_which_the_headings_are_understood() {
        // An address over several lines, each with commas, and two separators of the list only.
        let head = "name;address;postcode\nA;\"1, Mill Lane, Marshgate, London,\n;\nUK\";E20 9AA\nB;2, Mill Lane, Marshgate, London;E20\n";
        assert_eq!(separator(head), b';');
        assert_eq!(separator("Liste, Stand, heute, neu\nname;postcode\nA, B, C, D;E20\nA, B, C, D;E20\n"), b';');
    }

    #[test]
    fn a_letter_cut_by_the_end_of_a_stretch_is_no_fault() {
        let long = format!("{}é", "a".repeat((1 << 20) - 1)).repeat(2);
        assert_eq!(utf8(&mut long.as_bytes()).expect("it is in memory"), (true, false));
        assert_eq!(utf8(&mut b"\xE9t\xE9".as_slice()).expect("it is in memory"), (false, true));
        assert_eq!(utf8(&mut b"\xC3\xA9\n\xE9\n".as_slice()).expect("it is in memory"), (true, true));
        assert_eq!(utf8(&mut b"abc\xC3".as_slice()).expect("it is in memory"), (false, true));
    }

    #[test]
    fn the_separator_is_the_one_that_parts_every_line_alike() {
        assert_eq!(separator("name;address;postcode\n\"Neill; Sons\";1, Mill Lane, London;E20 9AA\n"), b';');
        assert_eq!(separator("name,postcode\nA,E20 9AA\n"), b',');
        assert_eq!(separator("name\tpostcode\nA, B\tE20 9AA\n"), b'\t');
        assert_eq!(separator("name|postcode\nA|E20 9AA\n"), b'|');
        assert_eq!(separator("name\n"), b',');
    }
}
