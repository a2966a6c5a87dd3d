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

use super::budget::{CELL_ELEMENTS, COUNTED, DEPTH, EVENT_BYTES, EVENTS, OTHERS, Over, REMARKS};
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
        let size = file.size();
        let text = Bounded { text: BufReader::new(file), left: most, size, of_event: 0, is_over: false };
        let mut reader = Reader::from_reader(text);
        reader.config_mut().check_end_names = false;
        reader.config_mut().expand_empty_elements = true;
        Ok(Some(Part {
            reader,
            buffer: Vec::new(),
            what,
            most,
            events: EVENTS,
            cells: CELL_ELEMENTS,
            others: OTHERS,
            remarks: REMARKS,
            depth: 0,
        }))
    }

    /// Checks that parts, each as often as it is named, have no more tags in all and of some names than this, before any
    /// of them is read. Of the names a few may be missed, and are counted when they are read.
    ///
    /// # Errors
    /// If there are more, or a part cannot be read.
    pub fn ensure_few_tags(&mut self, parts: &[&str], most: &MostTags) -> Result<(), Unfit> {
        let names: Vec<String> = parts.iter().filter_map(|part| self.name(part)).collect();
        let mut bytes = 0_u64;
        for name in &names {
            bytes = bytes.saturating_add(self.0.by_name(name).map_err(Unfit::broken)?.size());
        }
        if bytes <= COUNTED {
            return Ok(());
        }
        let mut counts = vec![0; most.of.len() + 2];
        for name in &names {
            let file = self.0.by_name(name).map_err(Unfit::broken)?;
            let size = file.size();
            let mut text = BufReader::with_capacity(1 << 16, file.take(size));
            loop {
                let filled = text.fill_buf().map_err(Unfit::broken)?;
                if filled.is_empty() {
                    break;
                }
                most.count(filled, &mut counts)?;
                let read = filled.len();
                text.consume(read);
            }
        }
        Ok(())
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

/// How many tags parts may have.
pub struct MostTags {
    /// Of any name: starts, ends and remarks.
    pub all: (u64, Over),
    /// Starts of these names, with whatever prefix.
    pub of: &'static [(&'static str, u64, Over)],
}

impl MostTags {
    fn count(&self, text: &[u8], counts: &mut [u64]) -> Result<(), Over> {
        let (all, named) = counts.split_first_mut().expect("there is one for all");
        let (remarks, named) = named.split_first_mut().expect("there is one for remarks");
        for at in memchr::memchr_iter(b'<', text) {
            *all += 1;
            let name = &text[at + 1..text.len().min(at + 32)];
            if let [b'!' | b'?', ..] = name {
                *remarks += 1;
                continue;
            }
            let end = name.iter().position(|b| matches!(b, b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t'));
            let name = &name[..end.unwrap_or(0)];
            let name = name.iter().position(|b| *b == b':').map_or(name, |colon| &name[colon + 1..]);
            for ((of, most, over), count) in self.of.iter().zip(&mut *named) {
                *count += u64::from(of.as_bytes() == name);
                if *count > *most {
                    return Err(over.clone());
                }
            }
        }
        if *all > self.all.0 || *remarks > REMARKS { Err(self.all.1.clone()) } else { Ok(()) }
    }
}

/// What several parts may yet have together.
#[derive(Debug, Clone, Copy)]
pub struct Left {
    bytes: u64,
    events: u64,
    cells: u64,
}

/// The bytes of a part, as far as they may go.
type Unpacked<'p, 'd> = Bounded<BufReader<ZipFile<'p, Cursor<&'d [u8]>>>>;

/// An open part.
pub struct Part<'p, 'd> {
    reader: Reader<Unpacked<'p, 'd>>,
    buffer: Vec<u8>,
    /// What it is, for people.
    what: &'static str,
    /// The most bytes of it.
    most: u64,
    /// How many events may yet come.
    events: u64,
    /// How many elements for cells may yet come.
    cells: u64,
    /// How many elements may yet come that are of no use.
    others: u64,
    /// How many remarks may yet come.
    remarks: u64,
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
        self.events = self.events.checked_sub(1).ok_or(Over::Elements)?;
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => {
                match event {
                    Event::Start(_) => self.depth += 1,
                    Event::End(_) => self.depth = self.depth.saturating_sub(1),
                    Event::Comment(_) | Event::PI(_) | Event::CData(_) | Event::DocType(_) | Event::Decl(_) => {
                        self.remarks = self.remarks.checked_sub(1).ok_or(Over::Elements)?;
                    }
                    Event::Text(_) | Event::GeneralRef(_) | Event::Empty(_) | Event::Eof => {}
                }
                if self.depth > DEPTH { Err(Over::Depth.into()) } else { Ok(event) }
            }
            Err(_) if self.reader.get_ref().is_over => Err(self.reader.get_ref().why(self.what, self.most)),
            Err(error) => Err(Unfit::broken(error)),
        }
    }

    /// Counts an element for a cell.
    ///
    /// # Errors
    /// If there are too many.
    pub fn take_cell(&mut self) -> Result<(), Over> {
        self.cells = self.cells.checked_sub(1).ok_or(Over::Elements)?;
        Ok(())
    }

    /// Counts an element that is of no use.
    ///
    /// # Errors
    /// If there are too many.
    pub fn take_other(&mut self) -> Result<(), Over> {
        self.others = self.others.checked_sub(1).ok_or(Over::Elements)?;
        Ok(())
    }

    /// The same with what is left of what several parts may have together.
    pub fn within(mut self, left: Left) -> Self {
        self.reader.get_mut().left = left.bytes;
        (self.events, self.cells) = (left.events, left.cells);
        self
    }

    /// What may yet come.
    pub fn left(&self) -> Left {
        Left { bytes: self.reader.get_ref().left, events: self.events, cells: self.cells }
    }

    /// Leaves out everything up to the end of the element that was just begun.
    ///
    /// # Errors
    /// As for [`Part::next`].
    pub fn skip(&mut self) -> Result<(), Unfit> {
        let mut depth = 1_u64;
        while depth > 0 {
            self.take_other()?;
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
    /// How many bytes may yet come by the word of the archive, by which tags are counted or not.
    size: u64,
    of_event: usize,
    is_over: bool,
}

impl<R> Bounded<R> {
    /// Why it failed.
    fn why(&self, what: &'static str, most: u64) -> Unfit {
        if self.of_event == 0 {
            Over::Event(what).into()
        } else if self.left == 0 {
            Over::Unpacked(what, most).into()
        } else {
            Unfit::Broken("a part is larger than the archive says".to_owned())
        }
    }
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
        let spent = self.left == 0 || self.of_event == 0 || self.size == 0;
        let filled = self.text.fill_buf()?;
        if spent && !filled.is_empty() {
            self.is_over = true;
            return Err(std::io::Error::other("too long"));
        }
        Ok(filled)
    }

    fn consume(&mut self, read: usize) {
        self.left = self.left.saturating_sub(read as u64);
        self.size = self.size.saturating_sub(read as u64);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_counted_by_their_names_whatever_their_prefix() {
        let most = MostTags { all: (10, Over::Elements), of: &[("c", 2, Over::Cells)] };
        let of = |text: &str| most.count(text.as_bytes(), &mut [0, 0, 0]);
        assert_eq!(of("<row><c/><x:c r=\"A1\"></x:c><col/></row>"), Ok(()));
        assert_eq!(of("<c/><x:c/><c\n>"), Err(Over::Cells));
        assert_eq!(of(&"<a>".repeat(11)), Err(Over::Elements));
    }
}
