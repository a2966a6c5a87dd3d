//! The log of a record: one file that only grows, each of its lines linked to the one before by a hash.
//!
//! In: the bytes of `record.jsonl`. Out: its events in order, up to the first line that the program did not write.
//! And the reverse: events to the bytes that are appended.
//!
//! A line is one JSON object without spaces: `n`, its number, first; `k`, its kind, second; `h` last. `h` is BLAKE3 of the
//! `h` before and of this line's own bytes up to `,"h":`, so that it both links a line to those before and shows a change
//! in the line itself. Bytes are hashed as they are; that they have the writer's one form is checked separately.
//!
//! Deliberately absent: the clock, the machine and its user, and the meaning of the events (see `state`).

use serde::{Deserialize, Serialize};

use super::event::Event;
use crate::gate::Hash;

/// The name of the file in the folder of a record.
pub const LOG: &str = "record.jsonl";

/// The purpose of the hash, so that no other use of BLAKE3 gives the same one (BLAKE3 §2.3, `derive_key`).
const CONTEXT: &str = "convenor 2026-11 record.jsonl line";

/// A log, or its valid part.
#[derive(Debug, Clone)]
pub struct Log {
    /// The number of its lines.
    pub lines: u32,
    /// The hash in its last line.
    pub head: Hash,
    /// The number of their bytes.
    pub length: u64,
}

/// The contents of a log.
#[derive(Debug, Clone)]
pub struct Contents {
    /// Every valid event, in order.
    pub events: Vec<Event>,
    /// For each line, its hash and the number of bytes up to its end.
    pub marks: Vec<(Hash, u64)>,
    /// The rest after the valid lines.
    pub tail: Tail,
}

/// The rest after the last valid line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// Nothing.
    Clean,
    /// One or more lines that a crash has cut short, before anything else happened.
    Torn,
    /// A line that is not as the program writes it.
    Broken(LineFault),
}

/// A line that is not valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineFault {
    /// Its number, from 1.
    pub line: u32,
    /// The kind of fault.
    pub kind: LineFaultKind,
}

/// The kind of fault of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFaultKind {
    /// Its bytes do not match its hash, or it does not follow the line before.
    Edited,
    /// One or more lines before it are missing.
    Gap,
    /// It is there a second time, or comes from elsewhere.
    Stray,
    /// An editor has saved the file and changed the line endings or added a byte order mark.
    Resaved,
    /// A newer program wrote it.
    Newer,
    /// It is intact, but contradicts the lines before it.
    Impossible,
}

impl LineFaultKind {
    /// A predicate for messages, after “line 7”.
    pub fn in_words(self) -> &'static str {
        match self {
            LineFaultKind::Edited => "was changed, or does not follow the line before it",
            LineFaultKind::Gap => "does not follow: one or more lines before it are missing",
            LineFaultKind::Stray => "is there a second time, or comes from another record",
            LineFaultKind::Resaved => "was saved by an editor, which changed the line endings",
            LineFaultKind::Newer => "was written by a newer version of this program",
            LineFaultKind::Impossible => "contradicts the lines before it",
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { lines: 0, head: genesis(), length: 0 }
    }
}

/// The hash that the first line follows.
fn genesis() -> Hash {
    Hash::from(blake3::Hasher::new_derive_key(CONTEXT).finalize())
}

fn link(before: Hash, body: &[u8]) -> Hash {
    let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
    hasher.update(String::from(before).as_bytes()).update(body);
    Hash::from(hasher.finalize())
}

impl Log {
    /// Adds lines to the log, and returns their bytes.
    pub fn write<'e>(&mut self, events: impl IntoIterator<Item = &'e Event>) -> Vec<u8> {
        let mut bytes = Vec::new();
        for event in events {
            self.lines += 1;
            let body = body(self.lines, event);
            self.head = link(self.head, body.as_bytes());
            bytes.extend_from_slice(body.as_bytes());
            bytes.extend_from_slice(format!(",\"h\":\"{}\"}}\n", self.head).as_bytes());
        }
        self.length += bytes.len() as u64;
        bytes
    }

    /// The log as it was after this number of lines.
    pub fn after(contents: &Contents, lines: usize) -> Self {
        let Some((head, length)) = lines.checked_sub(1).and_then(|last| contents.marks.get(last)) else {
            return Self::default();
        };
        Self { lines: u32::try_from(lines).unwrap_or(u32::MAX), head: *head, length: *length }
    }

    /// Twenty digits of the head in groups of four, for reading out and writing down.
    pub fn spoken_head(&self) -> String {
        spoken(self.head)
    }
}

/// Twenty digits of a head in groups of four.
pub fn spoken(head: Hash) -> String {
    let digits = head.short(20);
    digits.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect::<Vec<_>>().join(" ")
}

/// A line up to its hash.
fn body(number: u32, event: &Event) -> String {
    let json = serde_json::to_string(event).expect("an event is plain text and numbers");
    format!("{{\"n\":{number},{}", &json[1..json.len() - 1])
}

/// Reads a log.
pub fn read(bytes: &[u8]) -> Contents {
    let (mut log, mut contents) =
        (Log::default(), Contents { events: Vec::new(), marks: Vec::new(), tail: Tail::Clean });
    let mut rest = bytes;
    while !rest.is_empty() {
        let end = rest.iter().position(|b| *b == b'\n');
        let line = &rest[..end.unwrap_or(rest.len())];
        match (end, one(&log, line)) {
            (Some(end), Ok((event, head))) => {
                rest = &rest[end + 1..];
                log = Log { lines: log.lines + 1, head, length: log.length + end as u64 + 1 };
                contents.events.push(event);
                contents.marks.push((head, log.length));
            }
            // A crash leaves a line without its end, or zeros for sectors that had not reached the disk yet.
            (None, _) => {
                contents.tail = Tail::Torn;
                break;
            }
            (Some(_), Err(_)) if has_lost_sectors(rest, log.length) => {
                contents.tail = Tail::Torn;
                break;
            }
            (Some(_), Err(kind)) => {
                contents.tail = Tail::Broken(LineFault { line: log.lines + 1, kind });
                break;
            }
        }
    }
    contents
}

/// The number of bytes that a disk writes together or not at all.
const SECTOR: u64 = 512;

/// Whether the rest after the valid lines has zeros, and only where a crash leaves them: in whole sectors, in the part
/// of the first that was being written, and in the last up to the end of the file. A zero anywhere else is not from a
/// crash.
fn has_lost_sectors(rest: &[u8], offset: u64) -> bool {
    let is_edge = |at: usize| at == 0 || at == rest.len() || (offset + at as u64).is_multiple_of(SECTOR);
    let mut edges = (0..=rest.len()).filter(|at| {
        let is_zero = |at: Option<usize>| at.and_then(|at| rest.get(at)) == Some(&0);
        is_zero(Some(*at)) != is_zero(at.checked_sub(1))
    });
    rest.contains(&0) && edges.all(is_edge)
}

#[derive(Deserialize)]
struct Number {
    n: u32,
}

/// Parses the next line, which is given without its end.
fn one(log: &Log, line: &[u8]) -> Result<(Event, Hash), LineFaultKind> {
    if line.starts_with(b"\xEF\xBB\xBF") || line.ends_with(b"\r") {
        return Err(LineFaultKind::Resaved);
    }
    let text = std::str::from_utf8(line).map_err(|_| LineFaultKind::Edited)?;
    let (body, hash) = text.rsplit_once(",\"h\":\"").ok_or(LineFaultKind::Edited)?;
    let hash: Hash = hash.strip_suffix("\"}").and_then(|h| h.parse().ok()).ok_or(LineFaultKind::Edited)?;
    if link(log.head, body.as_bytes()) != hash {
        let number = serde_json::from_str::<Number>(text).ok();
        return Err(match number {
            Some(Number { n }) if n > log.lines + 1 => LineFaultKind::Gap,
            Some(Number { n }) if n <= log.lines => LineFaultKind::Stray,
            _ => LineFaultKind::Edited,
        });
    }
    // Its hash is right, so a program wrote it. If this version would write it differently, that one is newer.
    let event = serde_json::from_str::<Event>(&format!("{body}}}")).ok();
    let event = event.filter(|event| self::body(log.lines + 1, event) == body).ok_or(LineFaultKind::Newer)?;
    Ok((event, hash))
}

/// The state of the log when `register.json` was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Lines of the log.
    pub lines: u32,
    /// The hash in the last of them.
    pub head: Hash,
}
