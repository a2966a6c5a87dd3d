//! The parts of a package, element by element, within what a part may cost.
//!
//! In: the bytes of a zip archive. Out: its parts' events, one at a time, or that there are too many bytes of them. No
//! event is larger than [`EVENT_BYTES`].

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;

use super::budget::{DEPTH, EVENT_BYTES, EVENTS, Over};
use super::unfit::Unfit;

/// An open package.
pub struct Package<'d>(ZipArchive<Cursor<&'d [u8]>>);

impl<'d> Package<'d> {
    /// Opens a package.
    ///
    /// # Errors
    /// If it is no zip archive.
    pub fn open(data: &'d [u8]) -> Result<Self, Unfit> {
        ZipArchive::new(Cursor::new(data)).map(Self).map_err(Unfit::broken)
    }

    /// The names of the parts, with slashes.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.0.file_names().flatten().map(|name| name.replace('\\', "/"))
    }

    /// The name of a part in the archive, since Excel may refer to it with other capitals.
    fn name(&self, part: &str) -> Option<String> {
        let part = part.trim_start_matches('/');
        self.0.file_names().flatten().find(|name| name.replace('\\', "/").eq_ignore_ascii_case(part)).map(Into::into)
    }

    /// Opens a part that may have this many bytes; `what` names it for people. `None` if there is no such part.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn part(&mut self, part: &str, what: &'static str, most: u64) -> Result<Option<Part<'_, 'd>>, Unfit> {
        let Some(name) = self.name(part) else { return Ok(None) };
        let file = self.0.by_name(&name).map_err(Unfit::broken)?;
        let text = Bounded { text: BufReader::new(file), left: most, of_event: 0, is_over: false };
        let mut reader = Reader::from_reader(text);
        reader.config_mut().check_end_names = false;
        reader.config_mut().expand_empty_elements = true;
        Ok(Some(Part { reader, buffer: Vec::new(), over: Over::Unpacked(what, most), events: EVENTS, depth: 0 }))
    }

    /// The first bytes of a part; none if it is not there or cannot be read.
    pub fn head(&mut self, part: &str, most: u64) -> Vec<u8> {
        let mut head = Vec::new();
        if let Some(name) = self.name(part)
            && let Ok(file) = self.0.by_name(&name)
        {
            // What cannot be read is seen again by whoever needs it.
            let _ = file.take(most).read_to_end(&mut head);
        }
        head
    }

    /// Calls `visit` with every start tag of a small part. Does nothing if there is no such part.
    ///
    /// # Errors
    /// If it cannot be read, or is too large.
    pub fn each(
        &mut self,
        part: &str,
        what: &'static str,
        most: u64,
        visit: &mut dyn FnMut(&BytesStart<'_>) -> Result<(), Unfit>,
    ) -> Result<(), Unfit> {
        let Some(mut part) = self.part(part, what, most)? else { return Ok(()) };
        loop {
            match part.next()? {
                Event::Start(element) => visit(&element)?,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

/// What several parts may yet have together.
#[derive(Debug, Clone, Copy)]
pub struct Left {
    bytes: u64,
    events: u64,
}

/// The bytes of a part, as far as they may go.
type Unpacked<'p, 'd> = Bounded<BufReader<ZipFile<'p, Cursor<&'d [u8]>>>>;

/// An open part.
pub struct Part<'p, 'd> {
    reader: Reader<Unpacked<'p, 'd>>,
    buffer: Vec<u8>,
    over: Over,
    /// How many events may yet come.
    events: u64,
    depth: u32,
}

impl Part<'_, '_> {
    /// The next event. An empty element is a start and an end.
    ///
    /// # Errors
    /// If it is not well-formed, or too much.
    pub fn next(&mut self) -> Result<Event<'_>, Unfit> {
        self.buffer.clear();
        self.reader.get_mut().of_event = EVENT_BYTES;
        let is_over = |reader: &Reader<Bounded<_>>| reader.get_ref().is_over;
        self.events = self.events.checked_sub(1).ok_or(Over::Elements)?;
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => {
                match event {
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
                if self.depth > DEPTH { Err(Over::Depth.into()) } else { Ok(event) }
            }
            Err(_) if is_over(&self.reader) => Err(Unfit::Over(self.over.clone())),
            Err(error) => Err(Unfit::broken(error)),
        }
    }

    /// The same with what is left of what several parts may have together.
    pub fn within(mut self, left: Left) -> Self {
        self.reader.get_mut().left = left.bytes;
        self.events = left.events;
        self
    }

    /// What may yet come.
    pub fn left(&self) -> Left {
        Left { bytes: self.reader.get_ref().left, events: self.events }
    }

    /// Leaves out everything up to the end of the element that was just begun.
    ///
    /// # Errors
    /// As for [`Part::next`].
    pub fn skip(&mut self) -> Result<(), Unfit> {
        let mut depth = 1_u64;
        while depth > 0 {
            match self.next()? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(Unfit::Broken("an element does not end".to_owned())),
                _ => {}
            }
        }
        Ok(())
    }
}

/// A reader that fails if a part, or one event of it, is too long.
struct Bounded<R> {
    text: R,
    left: u64,
    of_event: usize,
    is_over: bool,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let filled = self.fill_buf()?;
        let read = filled.len().min(buffer.len());
        buffer[..read].copy_from_slice(&filled[..read]);
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        let spent = self.left == 0 || self.of_event == 0;
        let filled = self.text.fill_buf()?;
        if spent && !filled.is_empty() {
            self.is_over = true;
            return Err(std::io::Error::other("too long"));
        }
        Ok(filled)
    }

    fn consume(&mut self, read: usize) {
        self.left = self.left.saturating_sub(read as u64);
        self.of_event = self.of_event.saturating_sub(read);
        self.text.consume(read);
    }
}

/// An attribute by its name without a prefix, as it is written: numbers, words and cell references need no escapes.
///
/// # Errors
/// If the attributes are not well-formed.
pub fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, Unfit> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(Unfit::broken)?;
        if attribute.key.local_name().as_ref() == name {
            return Ok(Some(attribute.value.into_owned()));
        }
    }
    Ok(None)
}

/// An attribute that may hold anything that people type.
///
/// # Errors
/// If it is not well-formed.
pub fn typed(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, Unfit> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(Unfit::broken)?;
        if attribute.key.local_name().as_ref() == name {
            let text = unescape(&attribute.value).map_err(Unfit::broken)?;
            return Ok(Some(text.into_owned()));
        }
    }
    Ok(None)
}

/// Whether a start tag has this name, with whatever prefix.
pub fn is(element: &BytesStart<'_>, name: &str) -> bool {
    element.local_name().as_ref() == name
}

/// Whether an attribute of a schema's type `boolean` says yes.
pub fn says_yes(text: Option<&str>) -> bool {
    matches!(text.map(str::trim), Some("1" | "true" | "on"))
}

/// The character of a reference such as `&amp;` or `&#233;`. XML 1.0 §4.6.
///
/// # Errors
/// If there is no such character.
pub fn character(reference: &BytesRef<'_>) -> Result<char, Unfit> {
    if let Some(c) = reference.resolve_char_ref().map_err(Unfit::broken)? {
        return Ok(c);
    }
    match reference.xml10_content().as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(Unfit::Broken("a reference to a character that is not defined".to_owned())),
    }
}
