//! Makes the end of every stream of a finished PDF unambiguous.
//!
//! The exporter writes a line feed between a stream's data and `endstream`. Compressed data ends in a carriage return
//! about once in 256 streams; then a reader may take both bytes as the end of the line and find the stream one byte
//! shorter than its `/Length` says (ISO 19005-2 §6.1.7.1 requires that they agree). Such a stream gets a full CR LF.

const DOUBTFUL: &[u8] = b"\r\nendstream\nendobj\n";
const XREF: &[u8] = b"\nxref\n";
const START: &[u8] = b"\nstartxref\n";

/// Makes the end of every stream unambiguous. The bytes are returned unchanged if they already are so, or if the file
/// has no plain table of offsets to correct.
pub fn plain_ends(pdf: Vec<u8>) -> Vec<u8> {
    let doubtful = positions(&pdf, DOUBTFUL);
    if doubtful.is_empty() {
        return pdf;
    }
    let tables = positions(&pdf, XREF);
    let (Some(table), Some(start)) = (tables.last(), positions(&pdf, START).last().copied()) else { return pdf };
    let mut out = Vec::with_capacity(pdf.len() + doubtful.len());
    let mut from = 0;
    for at in &doubtful {
        out.extend_from_slice(&pdf[from..=*at]);
        out.push(b'\r');
        from = at + 1;
    }
    let moved = |offset: usize| offset + doubtful.iter().filter(|at| **at < offset).count();
    out.extend_from_slice(&pdf[from..=*table]);
    for line in pdf[table + 1..=start].split_inclusive(|b| *b == b'\n') {
        out.extend_from_slice(&entry(line, &moved));
    }
    out.extend_from_slice(format!("startxref\n{}\n%%EOF", moved(table + 1)).as_bytes());
    out
}

/// A line of the table of offsets (ISO 32000-1 §7.5.4): ten digits, a space, five digits, a space, `n`.
fn entry(line: &[u8], moved: &impl Fn(usize) -> usize) -> Vec<u8> {
    let used = line.len() == 20 && line[17] == b'n';
    let offset = std::str::from_utf8(&line[..line.len().min(10)]).ok().and_then(|digits| digits.parse().ok());
    match offset.filter(|_| used) {
        Some(offset) => [format!("{:010}", moved(offset)).as_bytes(), &line[10..]].concat(),
        None => line.to_vec(),
    }
}

fn positions(haystack: &[u8], needle: &[u8]) -> Vec<usize> {
    memchr::memmem::find_iter(haystack, needle).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_ends_in_a_carriage_return_gets_a_full_line_end_and_every_offset_still_points() {
        let body = "%PDF-1.7\n1 0 obj\n<</Length 2>>\nstream\nx\r\nendstream\nendobj\n\n2 0 obj\n<<>>\nendobj\n\n";
        let (first, second, table) = (9, body.find("2 0 obj").expect("it is there"), body.len());
        let tail = format!(
            "xref\n0 3\n0000000000 65535 f\r\n{first:010} 00000 n\r\n{second:010} 00000 n\r\ntrailer\n<</Size 3>>\nstartxref\n{table}\n%%EOF"
        );
        let out = String::from_utf8(plain_ends(format!("{body}{tail}").into_bytes())).expect("ASCII");
        assert!(out.contains("x\r\r\nendstream"));
        assert!(out[second + 1..].starts_with("2 0 obj") && out.contains(&format!("{:010} 00000 n", second + 1)));
        let start: usize = out.lines().rev().nth(1).and_then(|l| l.parse().ok()).expect("a number");
        assert!(out[start..].starts_with("xref\n"));
    }
}
