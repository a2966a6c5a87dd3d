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
use std::rc::Rc;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::bytes::Bytes;
use super::mojibake;
use crate::sheets::{COLUMNS, ROWS};

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
    /// A cell in this row is longer than a row may be.
    LongCell(u32),
    /// A row has letters of Mac Roman.
    Mac(u32),
    /// There is a cell in this column, from 0.
    Wide(u32),
    /// There are rows from this one on that no list has.
    Long(u32),
    /// The file is too large.
    Large,
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
    pub fn of(from: &Bytes, understood: &dyn Fn(&str) -> bool) -> Result<Self, Unread> {
        let (encoding, mixed, lines) = encoding(from)?;
        let mut head = String::new();
        // Enough for the headings and some rows, whatever their length.
        decoded(from, encoding)?.take(64 * 1024).read_to_string_lossy(&mut head);
        // Text has no zeros, except in UTF-16, which has been detected by now.
        if head.contains('\0') {
            return Err(Unread::NotText);
        }
        let dialect = Self { encoding, separator: separator(&head, understood) };
        // A spreadsheet has fewer rows. Lines may be inside of cells, so they are counted as rows before anybody waits.
        if lines > 16 * u64::from(ROWS) {
            return Err(Unread::Long(ROWS + 1));
        }
        if lines > u64::from(ROWS) {
            each(from, dialect, &mut |_, _| true)?;
        }
        if mixed {
            let mut first = 1;
            each(from, dialect, &mut |row, cells| {
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
pub fn each(from: &Bytes, dialect: Dialect, visit: &mut dyn FnMut(u32, &[String]) -> bool) -> Result<(), Unread> {
    let row = Rc::new(RowSoFar::default());
    let text =
        BoundedReader { text: decoded(from, dialect.encoding)?, separator: dialect.separator, row: Rc::clone(&row) };
    let so_far = row;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(dialect.separator).from_reader(text);
    let mut record = csv::StringRecord::new();
    let mut cells: Vec<String> = Vec::new();
    let (mut inside, mut widest) = (0, 0);
    let number = |line: u64, inside: u64| u32::try_from(line.saturating_sub(inside)).unwrap_or(u32::MAX);
    loop {
        let start = number(reader.position().line(), inside);
        match reader.read_record(&mut record) {
            Ok(true) => so_far.begin(),
            Ok(false) => return Ok(()),
            Err(_) if so_far.is_too_long() => return Err(so_far.why(start)),
            Err(error) => return Err(Unread::Rows(error)),
        }
        // A spreadsheet may write a separator for each of its columns.
        let width = record.len().min(COLUMNS as usize);
        let beyond = record.iter().enumerate().skip(width).find(|(_, text)| !text.trim().is_empty());
        if let Some((column, _)) = beyond {
            return Err(Unread::Wide(u32::try_from(column).unwrap_or(u32::MAX)));
        }
        cells.resize_with(width, String::new);
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
        if row > ROWS {
            return Err(Unread::Long(row));
        }
        if dialect.encoding == WINDOWS_1252 && cells.iter().any(|cell| mojibake::seems_mac(cell)) {
            return Err(Unread::Mac(row));
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

/// What was read of the row in hand.
#[derive(Debug, Default)]
struct RowSoFar {
    bytes: Cell<usize>,
    separators: Cell<usize>,
    line_ends: Cell<usize>,
}

impl RowSoFar {
    fn begin(&self) {
        for count in [&self.bytes, &self.separators, &self.line_ends] {
            count.set(0);
        }
    }

    fn is_too_long(&self) -> bool {
        self.bytes.get() >= LONGEST
    }

    /// Why it is too long: only a quotation mark takes in the ends of lines.
    fn why(&self, row: u32) -> Unread {
        if self.line_ends.get() > 0 {
            return Unread::OpenQuote(row);
        }
        if self.separators.get() >= COLUMNS as usize { Unread::Wide(COLUMNS) } else { Unread::LongCell(row) }
    }
}

/// A reader that fails if one row is too long.
struct BoundedReader<R> {
    text: R,
    separator: u8,
    row: Rc<RowSoFar>,
}

impl<R: Read> Read for BoundedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.row.is_too_long() {
            return Err(std::io::Error::other("a row is too long"));
        }
        let read = self.text.read(buffer)?;
        let read_now = &buffer[..read];
        let line_ends = memchr::memchr_iter(b'\n', read_now).count();
        let separators = memchr::memchr_iter(self.separator, read_now).count();
        let add = |count: &Cell<usize>, more: usize| count.set(count.get() + more);
        // Blank lines are read with the row behind them.
        add(&self.row.bytes, read - line_ends);
        add(&self.row.separators, separators);
        add(&self.row.line_ends, line_ends);
        Ok(read)
    }
}

fn decoded<'b>(from: &'b Bytes, encoding: &'static Encoding) -> std::io::Result<impl Read + use<'b>> {
    let file = from.open()?;
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

/// The encoding, whether some character is invalid in it, and the number of lines if it was counted.
fn encoding(from: &Bytes) -> std::io::Result<(&'static Encoding, bool, u64)> {
    let mut reader = BufReader::with_capacity(1 << 16, from.open()?);
    let head = reader.fill_buf()?;
    let marked = Encoding::for_bom(head).map(|(encoding, _)| encoding);
    if let Some(encoding) = marked.filter(|encoding| *encoding != UTF_8) {
        return Ok((encoding, false, 0));
    }
    // Latin text in UTF-16 without a byte-order mark has a zero at every second byte.
    let zeros = |from: usize| head.iter().skip(from).step_by(2).take(64).filter(|b| **b == 0).count();
    if zeros(1) > 16 && zeros(0) == 0 {
        return Ok((UTF_16LE, false, 0));
    }
    if zeros(0) > 16 && zeros(1) == 0 {
        return Ok((UTF_16BE, false, 0));
    }
    let seen = utf8(&mut reader)?;
    let is_utf8 = marked.is_some() || seen.letters || !seen.wrong;
    Ok(if is_utf8 { (UTF_8, seen.wrong, seen.lines) } else { (WINDOWS_1252, false, seen.lines) })
}

/// What the bytes of a file are as UTF-8.
#[derive(Debug, PartialEq, Eq)]
struct Utf8 {
    /// Whether there are multi-byte characters. Text in Windows-1252 has none by coincidence: no name has `©` after `Ã`.
    letters: bool,
    /// Whether there are bytes that are invalid.
    wrong: bool,
    /// The number of line ends.
    lines: u64,
}

fn utf8(reader: &mut impl BufRead) -> std::io::Result<Utf8> {
    let (mut letters, mut wrong, mut feeds, mut returns) = (false, false, 0_u64, 0_u64);
    let mut bytes = Vec::new();
    loop {
        // A stretch may end inside a character, whose bytes are carried into the next.
        let carried = bytes.len();
        reader.by_ref().take(1 << 20).read_to_end(&mut bytes)?;
        if bytes.len() == carried {
            return Ok(Utf8 { letters, wrong: wrong || carried > 0, lines: feeds.max(returns) });
        }
        feeds += memchr::memchr_iter(b'\n', &bytes[carried..]).count() as u64;
        returns += memchr::memchr_iter(b'\r', &bytes[carried..]).count() as u64;
        let mut rest = 0;
        for chunk in bytes.utf8_chunks() {
            letters |= !chunk.valid().is_ascii();
            let at_end = chunk.invalid().as_ptr_range().end == bytes.as_ptr_range().end;
            if at_end && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none()) {
                rest = chunk.invalid().len();
            } else {
                wrong |= !chunk.invalid().is_empty();
            }
        }
        bytes.drain(..bytes.len() - rest);
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
        // The headings of a list that is too wide are not looked for.
        let is_narrow = |row: &&csv::StringRecord| row.len() <= COLUMNS as usize;
        let headings =
            rows.iter().filter(is_narrow).map(|row| row.iter().filter(|cell| understood(cell)).count()).max();
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
        for (bytes, letters, wrong, lines) in [
            (long.as_bytes(), true, false, 0),
            (b"\xE9t\xE9".as_slice(), false, true, 0),
            (b"\xC3\xA9\n\xE9\n", true, true, 2),
            (b"abc\xC3", false, true, 0),
            (b"a\r\nb\r\n", false, false, 2),
            (b"a\rb\r", false, false, 2),
        ] {
            assert_eq!(utf8(&mut &*bytes).expect("it is in memory"), Utf8 { letters, wrong, lines });
        }
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
