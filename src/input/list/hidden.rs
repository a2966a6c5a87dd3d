//! The rows of a workbook that its owner does not see, because a filter or a person has hidden them.
//!
//! In: the bytes of an XLSX or ODS. Out: the hidden rows of every sheet, in the order of the sheets. The library that
//! reads the cells does not distinguish them from others; here nothing else is read.

use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// The hidden rows of one sheet, from 0: first and last of each run, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden(Vec<(u32, u32)>);

impl Hidden {
    /// Whether this row is hidden.
    pub fn holds(&self, row: u32) -> bool {
        let after = self.0.partition_point(|(first, _)| *first <= row);
        after > 0 && row <= self.0[after - 1].1
    }

    fn add(&mut self, first: u32, count: u32) {
        let last = first.saturating_add(count.saturating_sub(1));
        match self.0.last_mut() {
            Some((_, end)) if end.saturating_add(1) == first => *end = last,
            _ => self.0.push((first, last)),
        }
    }
}

type Archive<'d> = ZipArchive<Cursor<&'d [u8]>>;

/// The hidden rows of every sheet, including sheets that are hidden themselves.
///
/// # Errors
/// If the file is damaged, in the words of the library.
pub fn rows(data: &[u8]) -> Result<Vec<Hidden>, String> {
    let mut archive = ZipArchive::new(Cursor::new(data)).map_err(|e| e.to_string())?;
    let found = if name(&archive, "content.xml").is_some() { of_ods(&mut archive) } else { of_xlsx(&mut archive) };
    found.map_err(|e| e.to_string())
}

/// The name of a part in the archive, since Excel may refer to it with other capitals.
fn name(archive: &Archive<'_>, part: &str) -> Option<String> {
    let part = part.trim_start_matches('/');
    archive.file_names().flatten().find(|name| name.replace('\\', "/").eq_ignore_ascii_case(part)).map(Into::into)
}

/// Calls `visit` with every element of a part, and whether it is a start tag. Does nothing if there is no such part.
fn each(
    archive: &mut Archive<'_>,
    part: &str,
    visit: &mut dyn FnMut(&BytesStart<'_>) -> quick_xml::Result<()>,
) -> quick_xml::Result<()> {
    let Some(name) = name(archive, part) else { return Ok(()) };
    let file = archive.by_name(&name).map_err(std::io::Error::from)?;
    elements(BufReader::new(file), visit)
}

/// Whether a part contains a word at all, which takes a fraction of the time that parsing its elements does.
fn mentions(archive: &mut Archive<'_>, part: &str, word: &str) -> quick_xml::Result<bool> {
    let Some(name) = name(archive, part) else { return Ok(false) };
    let mut file = archive.by_name(&name).map_err(std::io::Error::from)?;
    let finder = memchr::memmem::Finder::new(word);
    let mut window = vec![0; 1 << 16];
    // The end of the previous chunk is kept at the front, since the word may start there.
    let mut kept = 0;
    loop {
        let read = file.read(&mut window[kept..])?;
        if read == 0 {
            return Ok(false);
        }
        let filled = kept + read;
        if finder.find(&window[..filled]).is_some() {
            return Ok(true);
        }
        kept = filled.min(word.len() - 1);
        window.copy_within(filled - kept..filled, 0);
    }
}

fn elements(
    text: impl BufRead,
    visit: &mut dyn FnMut(&BytesStart<'_>) -> quick_xml::Result<()>,
) -> quick_xml::Result<()> {
    let mut reader = Reader::from_reader(text);
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer)? {
            Event::Start(element) | Event::Empty(element) => visit(&element)?,
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// An attribute by its name without a prefix, unescaped: numbers, words and cell references need no escapes.
fn attribute(element: &BytesStart<'_>, name: &str) -> quick_xml::Result<Option<String>> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute?;
        if attribute.key.local_name().as_ref() == name {
            return Ok(Some(attribute.value.into_owned()));
        }
    }
    Ok(None)
}

fn is(element: &BytesStart<'_>, name: &str) -> bool {
    element.local_name().as_ref() == name
}

fn count(text: Option<String>) -> Option<u32> {
    text.and_then(|text| text.parse().ok())
}

/// ECMA-376 §18.3.1.73: a `row` of a sheet has its number, from 1, unless it follows the one before, and whether it is
/// hidden.
fn of_xlsx(archive: &mut Archive<'_>) -> quick_xml::Result<Vec<Hidden>> {
    let mut workbook = String::new();
    each(archive, "_rels/.rels", &mut |element| {
        if is(element, "Relationship")
            && attribute(element, "Type")?.is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            workbook = attribute(element, "Target")?.unwrap_or_default();
        }
        Ok(())
    })?;
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let below = |target: String| if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut parts: Vec<(String, String)> = Vec::new();
    each(archive, &format!("{folder}/_rels/{file}.rels"), &mut |element| {
        if is(element, "Relationship") {
            let target = attribute(element, "Target")?.unwrap_or_default();
            parts.push((attribute(element, "Id")?.unwrap_or_default(), below(target)));
        }
        Ok(())
    })?;
    let mut sheets = Vec::new();
    each(archive, &workbook, &mut |element| {
        if is(element, "sheet") {
            let id = attribute(element, "id")?.unwrap_or_default();
            sheets.push(parts.iter().find(|(part, _)| *part == id).map(|(_, part)| part.clone()).unwrap_or_default());
        }
        Ok(())
    })?;
    let read = |part: String| {
        let (mut hidden, mut next) = (Hidden::default(), 0);
        if !mentions(archive, &part, "hidden")? {
            return Ok(hidden);
        }
        each(archive, &part, &mut |element| {
            if is(element, "row") {
                let row = count(attribute(element, "r")?).map_or(next, |number| number.saturating_sub(1));
                if matches!(attribute(element, "hidden")?.as_deref(), Some("1" | "true")) {
                    hidden.add(row, 1);
                }
                next = row.saturating_add(1);
            }
            Ok(())
        })?;
        Ok(hidden)
    };
    sheets.into_iter().map(read).collect()
}

/// ODF 1.3 part 3, `table:table-row` and `table:visibility`: a row may represent several, and is `visible`, `filter`ed
/// or `collapse`d.
fn of_ods(archive: &mut Archive<'_>) -> quick_xml::Result<Vec<Hidden>> {
    let mut sheets: Vec<Hidden> = Vec::new();
    let mut next = 0;
    if !mentions(archive, "content.xml", "visibility")? {
        return Ok(sheets);
    }
    each(archive, "content.xml", &mut |element| {
        if is(element, "table") {
            sheets.push(Hidden::default());
            next = 0;
        }
        if is(element, "table-row")
            && let Some(hidden) = sheets.last_mut()
        {
            let rows = count(attribute(element, "number-rows-repeated")?).unwrap_or(1);
            if matches!(attribute(element, "visibility")?.as_deref(), Some("filter" | "collapse")) {
                hidden.add(next, rows);
            }
            next = next.saturating_add(rows);
        }
        Ok(())
    })?;
    Ok(sheets)
}
