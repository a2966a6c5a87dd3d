//! The log of a record: one file of lines that only grows, each holding the hash of the one before.
//!
//! In: the bytes of `record.jsonl`. Out: its events in order, or the line from which on it is not what the program wrote.
//! And the other way round: events to the bytes that are appended.
//!
//! A line is one JSON object without spaces: `n`, its number, first; `k`, its kind, second; `h` last. `h` is BLAKE3 of the
//! `h` before and of this line's own bytes up to `,"h":`, so that it both links a line to those before and shows a change
//! in the line itself. Bytes are hashed as they lie; that they are in the writer's one form is checked apart.
//!
//! Deliberately absent: the clock, the machine and its user, and what the events mean (`state` knows).

use serde::{Deserialize, Serialize};

use super::event::Event;
use crate::gate::Hash;

/// The name of the file in the folder of a record.
pub const LOG: &str = "record.jsonl";

/// Says for what the hash is, so that no other use of BLAKE3 gives the same (BLAKE3 §2.3, `derive_key`).
const CONTEXT: &str = "convenor 2026-11 record.jsonl line";

/// A log, or as much of it as holds.
#[derive(Debug, Clone)]
pub struct Log {
    /// How many lines it has.
    pub lines: u32,
    /// The hash in its last line.
    pub head: Hash,
    /// How many bytes its lines take.
    pub length: u64,
}

/// What stands in a log.
#[derive(Debug, Clone)]
pub struct Contents {
    /// Every event that holds, in order.
    pub events: Vec<Event>,
    /// After each line: the hash in it, and how many bytes there are up to its end.
    pub marks: Vec<(Hash, u64)>,
    /// What follows the lines that hold, if anything does.
    pub tail: Tail,
}

/// What follows the last line that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// Nothing.
    Clean,
    /// The rest of a line or of several that a crash has cut short. Nothing else had happened yet.
    Torn,
    /// A line that the program did not write so.
    Broken(LineFault),
}

/// Why a line does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineFault {
    /// Which, from 1.
    pub line: u32,
    /// What is wrong with it.
    pub kind: LineFaultKind,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFaultKind {
    /// Its bytes are not those that its hash was made from, or it does not follow the line before.
    Edited,
    /// One or more lines before it are missing.
    Gap,
    /// It stands there a second time, or comes from elsewhere.
    Stray,
    /// An editor has saved the file and changed the ends of lines or put a mark at its start.
    Resaved,
    /// A newer program wrote it.
    Newer,
    /// It holds, and says something that cannot be so after the lines before it.
    Impossible,
}

impl LineFaultKind {
    /// In words, after “line 7”.
    pub fn in_words(self) -> &'static str {
        match self {
            LineFaultKind::Edited => "was changed, or does not follow the line before it",
            LineFaultKind::Gap => "does not follow: one or more lines before it are missing",
            LineFaultKind::Stray => "stands there a second time, or comes from another record",
            LineFaultKind::Resaved => "was saved by an editor, which changed how lines end",
            LineFaultKind::Newer => "was written by a newer version of this program",
            LineFaultKind::Impossible => "says something that cannot be so after the lines before it",
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
    /// The bytes of further lines; the log then ends with them.
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

    /// The log as it was after so many lines of its contents.
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
            // What a crash leaves: a line without its end, or zeros where sectors had not reached the disk yet.
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

/// Bytes that a disk writes together or not at all.
const SECTOR: u64 = 512;

/// Whether there are zeros in what follows the lines that hold, and all of them as a crash leaves them: whole sectors, of
/// the first that part which was being written, and of the last as far as the file goes. A zero anywhere else is no crash.
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

/// One line after those that were read; `line` is without its end.
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
    // It holds by its hash, so a program wrote it. If this one would write it otherwise, that one knows more.
    let event = serde_json::from_str::<Event>(&format!("{body}}}")).ok();
    let event = event.filter(|event| self::body(log.lines + 1, event) == body).ok_or(LineFaultKind::Newer)?;
    Ok((event, hash))
}

/// `register.json` names where the log stood when it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Lines of the log.
    pub lines: u32,
    /// The hash in the last of them.
    pub head: Hash,
}
