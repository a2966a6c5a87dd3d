//! One sweep over the bytes outside streams: every string, name, comment and stray byte, and where the objects are.
//!
//! In: a file, or the content of an object stream. Out: texts by the entry that holds them, objects, streams. It
//! follows the bytes and not the table of offsets, so that an object counts whether or not anything refers to it.
//! Deliberately absent: the purpose of an object.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::object::{FromBytes, Name, Object, Stream};
use hayro_syntax::reader::{Reader, ReaderExt};

use super::boilerplate;
use super::strings::text_string;

/// The deepest nesting of arrays and dictionaries, since the object parser recurses into each.
const DEEPEST: usize = 64;

/// The result of a sweep.
#[derive(Default)]
pub struct Sweep<'a> {
    /// Object numbers, where the object starts, and its bytes from there on.
    pub objects: Vec<(i32, usize, &'a [u8])>,
    /// Streams with the number of their object and where their data starts.
    pub streams: Vec<(i32, usize, Stream<'a>)>,
    /// Texts by the name before them: `Title`, `Alt`, `URI`.
    pub texts: BTreeMap<Vec<u8>, String>,
    /// Every name, once.
    pub names: BTreeSet<Vec<u8>>,
    /// Comments, and bytes between objects.
    pub stray: String,
    /// The roles of objects, by number, as told by the entries that refer to them.
    pub roles: BTreeMap<i32, Role>,
    /// The numbers of the objects that say they are pages.
    pub pages: Vec<i32>,
    /// Where each revision of the file ends.
    pub ends: Vec<usize>,
}

/// The role of an object, according to the entry that refers to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// A font program, a colour profile, a table of glyphs: no text.
    Binary,
    /// The map from codes to characters.
    Map,
    /// An embedded file.
    Attachment,
}

/// Sweeps a file.
///
/// # Errors
/// If a string or a stream does not end, or objects are nested too deeply.
pub fn file(data: &[u8]) -> Result<Sweep<'_>, String> {
    let mut walk = Walk::new(data);
    walk.run()?;
    walk.stray_until(data.len());
    Ok(walk.found)
}

/// Sweeps the content of an object stream (ISO 32000-1 §7.5.7): the numbers and offsets of `count` objects, then, from
/// `first`, the objects.
///
/// # Errors
/// As for [`file`], and if an offset lies outside the stream.
pub fn object_stream(data: &[u8], at: usize, count: usize, first: usize) -> Result<Sweep<'_>, String> {
    let head = data.get(..first).ok_or("an object stream ends before its objects")?;
    let mut walk = Walk::new(data);
    walk.outside = None;
    walk.run()?;
    let mut numbers = std::str::from_utf8(head).unwrap_or_default().split_ascii_whitespace();
    for _ in 0..count {
        let mut next = || numbers.next().and_then(|n| n.parse::<usize>().ok()).ok_or("an object stream has no table");
        let (number, offset) = (next()?, next()?);
        let body = first.checked_add(offset).and_then(|from| data.get(from..));
        let body = body.ok_or("an object stream ends before its objects")?;
        let number = i32::try_from(number).map_err(|_| "an object number is too large")?;
        walk.found.objects.push((number, at, body.trim_ascii_start()));
    }
    // Many numbers may stand for one object, which is parsed once.
    let mut is_page = BTreeMap::new();
    for (number, _, body) in walk.found.objects.iter().filter(|(_, _, body)| body.starts_with(b"<<")) {
        let page = *is_page.entry(body.len()).or_insert_with(|| is_a_page(body));
        if page {
            walk.found.pages.push(*number);
        }
    }
    Ok(walk.found)
}

fn is_a_page(object: &[u8]) -> bool {
    let kind = Object::from_bytes(object).and_then(Object::into_dict).and_then(|d| d.get::<Name<'_>>(b"Type"));
    kind.is_some_and(|name| &*name == b"Page")
}

/// The comments in a content stream, and whether its arrays and dictionaries are nested too deeply to be parsed.
///
/// # Errors
/// If they are nested too deeply.
pub fn comments(data: &[u8]) -> Result<String, String> {
    let mut found = String::new();
    let (mut depth, mut inside, mut at) = (0_usize, 0_usize, 0);
    // Only one in twenty of a stream's bytes matters here.
    while let Some(step) = data.get(at..).and_then(|rest| rest.iter().position(|b| MEANS[usize::from(*b)])) {
        at += step;
        match (data[at], inside) {
            (b'\\', 1..) => at += 1,
            (b'(', _) => inside += 1,
            (b')', _) => inside = inside.saturating_sub(1),
            (b'%', 0) => {
                let line = data[at..].split(|b| matches!(b, b'\r' | b'\n')).next().unwrap_or_default();
                add(&mut found, &String::from_utf8_lossy(line));
                at += line.len();
            }
            (b'[' | b'<', 0) => depth += 1,
            (b']' | b'>', 0) => depth = depth.saturating_sub(1),
            _ => {}
        }
        // Two for each `<<`.
        nested(depth / 2)?;
        at += 1;
    }
    Ok(found)
}

/// The bytes that start or end a string, an array or a dictionary, and those that change the meaning of one of them.
const MEANS: [bool; 256] = {
    let (mut table, mut at) = ([false; 256], 0);
    let bytes = b"\\()%[]<>";
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
};

fn nested(depth: usize) -> Result<(), String> {
    if depth > DEEPEST { Err("its objects are nested too deeply".to_owned()) } else { Ok(()) }
}

struct Walk<'a> {
    data: &'a [u8],
    reader: Reader<'a>,
    found: Sweep<'a>,
    /// Where the bytes between objects start; `None` inside an object.
    outside: Option<usize>,
    /// The open object: its number and where it starts.
    object: Option<(i32, usize)>,
    /// The last two integers and where they start.
    numbers: [(i32, usize); 2],
    /// The most recent name.
    name: Vec<u8>,
    depth: usize,
    /// Names that were found recently.
    lately: [&'a [u8]; KINDS],
}

const KINDS: usize = 512;

impl<'a> Walk<'a> {
    fn new(data: &'a [u8]) -> Self {
        let reader = Reader::new(data);
        let (found, outside, object, numbers) = (Sweep::default(), Some(0), None, [(-1, 0); 2]);
        Self { data, reader, found, outside, object, numbers, name: vec![], depth: 0, lately: [b""; KINDS] }
    }

    fn run(&mut self) -> Result<(), String> {
        while let Some(byte) = self.reader.peek_byte() {
            match byte {
                b'%' => self.comment(),
                b'/' => self.named(),
                b'(' => self.string()?,
                b'<' if self.reader.peek_bytes(2) != Some(b"<<") => self.string()?,
                b'<' => self.deeper(2)?,
                b'[' => self.deeper(1)?,
                b']' | b'>' => self.close(byte),
                _ if is_regular(byte) => self.word()?,
                _ => self.reader.forward(),
            }
        }
        Ok(())
    }

    fn deeper(&mut self, bytes: usize) -> Result<(), String> {
        self.depth += 1;
        self.reader.read_bytes(bytes);
        nested(self.depth)
    }

    fn close(&mut self, byte: u8) {
        self.depth = self.depth.saturating_sub(1);
        let double = byte == b'>' && self.reader.peek_bytes(2) == Some(b">>");
        self.reader.read_bytes(if double { 2 } else { 1 });
    }

    fn comment(&mut self) {
        let from = self.reader.offset();
        while self.reader.peek_byte().is_some_and(|b| !matches!(b, b'\r' | b'\n')) {
            self.reader.forward();
        }
        let comment = &self.data[from..self.reader.offset()];
        if comment.starts_with(b"%%EOF") {
            self.found.ends.push(from + 5);
        }
        if self.outside.is_none() {
            add(&mut self.found.stray, &String::from_utf8_lossy(comment));
        }
    }

    fn named(&mut self) {
        self.reader.forward();
        let from = self.reader.offset();
        self.regular();
        let raw = &self.data[from..self.reader.offset()];
        // Most readers take a `#` without two digits after it as a plain character.
        let name = Name::new(raw).unwrap_or_else(|| Name::new_unescaped(raw));
        if &*name == b"Page" && self.name == b"Type" {
            self.found.pages.extend(self.object.map(|(number, _)| number));
        }
        self.name.clear();
        self.name.extend_from_slice(&name);
        // A paper has thousands of names but only a hundred different ones: most repeat the last of their kind.
        let kind = raw.iter().fold(raw.len(), |sum, b| sum.wrapping_mul(31) ^ usize::from(*b)) % KINDS;
        if self.lately[kind] != raw {
            self.lately[kind] = raw;
            self.found.names.insert(name.to_vec());
        }
    }

    fn string(&mut self) -> Result<(), String> {
        let read = self.reader.read_without_context::<hayro_syntax::object::String<'_>>();
        match read {
            Some(bytes) => {
                let text = text_string(&bytes);
                if boilerplate::is_machine_made(&self.name, &text) {
                    return Ok(());
                }
                match self.found.texts.get_mut(&self.name) {
                    Some(texts) => add(texts, &text),
                    None => drop(self.found.texts.insert(self.name.clone(), text)),
                }
            }
            // Anything may come between objects; inside one, a reader would be lost here.
            None if self.outside.is_some() => self.reader.forward(),
            None => return Err("a string does not end".to_owned()),
        }
        Ok(())
    }

    fn regular(&mut self) {
        while self.reader.peek_byte().is_some_and(is_regular) {
            self.reader.forward();
        }
    }

    fn word(&mut self) -> Result<(), String> {
        let from = self.reader.offset();
        self.regular();
        let word = &self.data[from..self.reader.offset()];
        match word {
            b"obj" => self.open(),
            b"endobj" => (self.object, self.outside) = (None, self.outside.or(Some(self.reader.offset()))),
            b"R" => self.refers(),
            b"stream" => return self.stream(),
            b"true" | b"false" | b"null" => {}
            _ if word.iter().all(u8::is_ascii_digit) && word.len() < 10 => {
                let number = word.iter().fold(0, |n, digit| n * 10 + i32::from(digit - b'0'));
                self.numbers = [self.numbers[1], (number, from)];
            }
            _ if self.outside.is_some() || word.iter().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'-' | b'+')) => {}
            _ => add(&mut self.found.stray, &String::from_utf8_lossy(word)),
        }
        Ok(())
    }

    fn open(&mut self) {
        let (number, starts) = self.numbers[0];
        self.stray_until(starts);
        while self.reader.peek_byte().is_some_and(|b| matches!(b, b' ' | b'\n' | b'\r' | b'\t' | 0 | 12)) {
            self.reader.forward();
        }
        self.object = Some((number, self.reader.offset()));
        self.found.objects.push((number, self.reader.offset(), &self.data[self.reader.offset()..]));
        (self.outside, self.depth) = (None, 0);
        self.name.clear();
    }

    fn refers(&mut self) {
        let role = match self.name.as_slice() {
            b"FontFile" | b"FontFile2" | b"FontFile3" | b"CIDSet" | b"CIDToGIDMap" | b"ICCBased"
            | b"DestOutputProfile" => Role::Binary,
            b"ToUnicode" => Role::Map,
            b"F" | b"UF" => Role::Attachment,
            _ => return,
        };
        self.found.roles.insert(self.numbers[0].0, role);
    }

    fn stream(&mut self) -> Result<(), String> {
        let Some((number, starts)) = self.object.take() else { return Ok(()) };
        let parsed = Object::from_bytes(&self.data[starts..]).and_then(Object::into_stream);
        let stream = parsed.ok_or("a stream does not end, or lies in another file")?;
        let raw = stream.raw_data();
        // Without encryption the raw data is a part of the file.
        let from = raw.as_ptr().addr() - self.data.as_ptr().addr();
        let end = find(&self.data[from + raw.len()..], b"endstream").ok_or("a stream does not end")?;
        self.found.streams.push((number, from, stream));
        self.reader.jump(from + raw.len() + end + b"endstream".len());
        self.outside = Some(self.reader.offset());
        Ok(())
    }

    /// Collects the bytes between objects, except the entries of a table of offsets.
    fn stray_until(&mut self, end: usize) {
        let Some(bytes) = self.outside.take().and_then(|from| self.data.get(from..end)) else { return };
        let lines = bytes.split_inclusive(|b| matches!(b, b'\n' | b'\r')).filter(|line| !is_table(line));
        for line in lines {
            self.found.stray.push_str(&String::from_utf8_lossy(line));
        }
    }
}

/// Whether a line is empty, a structural word, or part of a table of offsets, and so contains no text.
fn is_table(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let known = matches!(line, b"" | b"endobj" | b"xref" | b"trailer" | b"startxref");
    known || line.iter().all(|b| b.is_ascii_digit() || *b == b' ') && line.len() > 20 || entry(line)
}

fn entry(line: &[u8]) -> bool {
    line.len() == 18 && matches!(line[17], b'n' | b'f') && line[..17].iter().all(|b| b.is_ascii_digit() || *b == b' ')
}

fn add(texts: &mut String, text: &str) {
    if !texts.is_empty() {
        texts.push('\n');
    }
    texts.push_str(text);
}

/// Whether a byte is neither white space nor a delimiter (ISO 32000-1 §7.2.2).
fn is_regular(byte: u8) -> bool {
    !matches!(byte, 0 | 9 | 10 | 12 | 13 | b' ' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// The position of `needle` in `haystack`.
pub fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    let mut from = 0;
    while let Some(at) = haystack.get(from..)?.iter().position(|b| *b == first) {
        if haystack[from + at..].starts_with(needle) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_none_inside_a_string_and_one_after_it() {
        let said = |data: &str| comments(data.as_bytes());
        assert_eq!(said("(100% of (all) 20%) Tj % Kai\n[(a \\) % b) 3] TJ"), Ok("% Kai".to_owned()));
        assert_eq!(said("(a) Tj %K\r%M"), Ok("%K\n%M".to_owned()));
        // Brackets in a string nest nothing.
        assert_eq!(said(&format!("({}) Tj", "[".repeat(1000))), Ok(String::new()));
        assert!(said(&"[".repeat(1000)).is_err());
    }
}
