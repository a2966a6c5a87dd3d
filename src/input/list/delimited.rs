//! CSV in the encodings and with the separators that spreadsheets write, row by row.
//!
//! UTF-8 with or without a byte order mark, UTF-16 with one, and otherwise Windows-1252, which is what Excel writes in
//! Britain under the name of CSV. The separator is the one that parts the first lines most evenly.
//!
//! A file is read twice: once to see whether it is UTF-8 throughout, once for its rows. Neither holds more than a row.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;

/// How a file is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Dialect {
    encoding: &'static Encoding,
    separator: u8,
}

impl Dialect {
    /// Looks at a file.
    pub fn of(path: &Path) -> std::io::Result<Self> {
        let encoding = encoding(path)?;
        let mut head = String::new();
        // Enough for the headings and some rows, whatever their length.
        decoded(path, encoding)?.take(64 * 1024).read_to_string_lossy(&mut head);
        Ok(Self { encoding, separator: separator(&head) })
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

/// Calls `visit` with the number and cells of every row until it says to stop. Rows are counted as a spreadsheet counts
/// them: blank lines count, and lines inside a quoted cell do not.
pub fn each(path: &Path, dialect: Dialect, visit: &mut dyn FnMut(u32, &[String]) -> bool) -> Result<(), csv::Error> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(dialect.separator)
        .from_reader(decoded(path, dialect.encoding)?);
    let mut record = csv::StringRecord::new();
    let mut cells: Vec<String> = Vec::new();
    let mut inside = 0;
    while reader.read_record(&mut record)? {
        cells.resize_with(record.len(), String::new);
        for (cell, text) in cells.iter_mut().zip(&record) {
            cell.clear();
            cell.push_str(text);
        }
        inside += record.iter().map(|text| text.matches('\n').count() as u64).sum::<u64>();
        // The reader stands behind the line feed that ends the row.
        let row = reader.position().line().saturating_sub(1 + inside);
        if !visit(u32::try_from(row).unwrap_or(u32::MAX), &cells) {
            break;
        }
    }
    Ok(())
}

fn decoded(path: &Path, encoding: &'static Encoding) -> std::io::Result<impl Read> {
    let file = File::open(path)?;
    let text = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).build(file);
    Ok(LineFeeds { text, after_return: false, last: b'\n' })
}

/// A text with every line ended by one line feed, the last one too: so rows can be counted by counting those.
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

fn encoding(path: &Path) -> std::io::Result<&'static Encoding> {
    let mut reader = BufReader::with_capacity(1 << 16, File::open(path)?);
    let head = reader.fill_buf()?;
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Ok(encoding);
    }
    // Text in Latin letters as UTF-16 without a mark has a zero at every second byte.
    let zeros = |from: usize| head.iter().skip(from).step_by(2).take(64).filter(|b| **b == 0).count();
    if zeros(1) > 16 && zeros(0) == 0 {
        return Ok(UTF_16LE);
    }
    if zeros(0) > 16 && zeros(1) == 0 {
        return Ok(UTF_16BE);
    }
    Ok(if is_utf8(&mut reader)? { UTF_8 } else { WINDOWS_1252 })
}

fn is_utf8(reader: &mut impl BufRead) -> std::io::Result<bool> {
    let mut line = Vec::new();
    loop {
        line.clear();
        // A line feed is never part of another letter in UTF-8, so each stretch stands for itself. A stretch without one
        // is no list.
        let read = reader.by_ref().take(1 << 24).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(true);
        }
        if std::str::from_utf8(&line).is_err() {
            return Ok(false);
        }
    }
}

/// Of the usual separators the one that stands in the first lines the same number of times, outside quotation marks.
fn separator(head: &str) -> u8 {
    let lines: Vec<&str> = head.lines().filter(|l| !l.trim().is_empty()).take(10).collect();
    let count = |line: &str, separator: char| {
        let mut quoted = false;
        line.chars()
            .filter(|c| {
                quoted ^= *c == '"';
                *c == separator && !quoted
            })
            .count()
    };
    let score = |separator: char| {
        let counts: Vec<usize> = lines.iter().map(|line| count(line, separator)).collect();
        let most = counts.iter().copied().max().unwrap_or_default();
        let even = counts.iter().filter(|n| **n == most).count();
        if most == 0 { 0 } else { even * 1000 + most }
    };
    let best = [',', ';', '\t', '|'].into_iter().rev().max_by_key(|s| score(*s)).unwrap_or(',');
    u8::try_from(best).unwrap_or(b',')
}

trait ReadLossy {
    fn read_to_string_lossy(&mut self, out: &mut String);
}

impl<R: Read> ReadLossy for R {
    /// What can be read as text; the end of the stretch may cut a letter in two.
    fn read_to_string_lossy(&mut self, out: &mut String) {
        let mut data = Vec::new();
        // What cannot be read now will be told when the rows are.
        let _ = self.read_to_end(&mut data);
        out.push_str(&String::from_utf8_lossy(&data));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_one_that_parts_every_line_alike() {
        assert_eq!(separator("name;address;postcode\n\"Neill; Sons\";1, Mill Lane, London;E20 9AA\n"), b';');
        assert_eq!(separator("name,postcode\nA,E20 9AA\n"), b',');
        assert_eq!(separator("name\tpostcode\nA, B\tE20 9AA\n"), b'\t');
        assert_eq!(separator("name|postcode\nA|E20 9AA\n"), b'|');
        assert_eq!(separator("name\n"), b',');
    }
}
