//! XLSX: the library reads what a cell stores, and beside it goes a walk over the same elements that sees what the library
//! does not tell: a string index that is none, a formula without a result, rows and columns that are hidden, merged cells.
//!
//! In: the bytes of a package whose kind is known. Out: its visible sheets.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};
use quick_xml::events::{BytesStart, Event};

use super::Unfit;
use super::budget::{
    CELL_BYTES, Over, PART_BYTES, ROWS, SHEETS, SHEETS_BYTES, STRINGS, STRINGS_BYTES, STYLE_BYTES, STYLES,
};
use super::cell::Spoiled;
use super::format::Format;
use super::grid::{Area, Kept, Sheet, Spent};
use super::hidden::{Hidden, Shown};
use super::package::{Left, Package, Part, attribute, is, says_yes};

/// The most areas of merged cells in a sheet.
const AREAS: usize = 10_000;

/// The visible sheets, in order.
///
/// # Errors
/// If the workbook is damaged, or would cost too much.
pub fn sheets(data: &[u8]) -> Result<Vec<Sheet>, Unfit> {
    let mut package = Package::open(data)?;
    let outline = Outline::of(&mut package)?;
    let strings = outline.ensure_affordable(&mut package)?;
    let mut book: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(data)).map_err(Unfit::broken)?;
    // A hidden sheet was not meant to be used: people who look at the file do not see whom it would invite.
    let all = book.sheets_metadata().to_vec();
    if all.len() != outline.sheets.len() {
        return Err(Unfit::Broken("its list of sheets is damaged".to_owned()));
    }
    let mut sheets = Vec::new();
    let mut left: Option<Left> = None;
    let mut reading = Reading {
        formats: None,
        general: format_of(None),
        kept: vec![None; strings],
        sheet: Sheet::default(),
        number: 0,
        spent: Spent::default(),
    };
    for (metadata, part) in all.into_iter().zip(&outline.sheets) {
        if metadata.visible != SheetVisible::Visible {
            continue;
        }
        let Some(elements) = package.part(part, "a sheet", SHEETS_BYTES)? else {
            return Err(Unfit::Broken("a sheet is missing".to_owned()));
        };
        let elements = if let Some(left) = left { elements.within(left) } else { elements };
        let Some(walk) = Walk::begin(elements, strings, outline.is_stale)? else { continue };
        let cells = match book.worksheet_cells_reader(&metadata.name) {
            Ok(cells) => cells,
            // A chart sheet has no rows.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(e) => return Err(Unfit::broken(e)),
        };
        reading.sheet = Sheet::named(metadata.name);
        reading.number += 1;
        left = Some(reading.read(walk, cells)?);
        sheets.push(std::mem::take(&mut reading.sheet));
    }
    Ok(sheets)
}

fn format_of(format: Option<&calamine::NumberFormat>) -> Format {
    Format::of(format.map_or("General", |format| format.format_code.as_str()))
}

/// What the package says of its sheets.
struct Outline {
    /// The folder of the workbook, with a slash at its end.
    folder: String,
    /// The part of every sheet, in order.
    sheets: Vec<String>,
    /// Whether the results of all formulas are to be worked out anew when the workbook is opened (ECMA-376 part 1
    /// §18.2.2, `fullCalcOnLoad`): what is stored is a placeholder.
    is_stale: bool,
}

impl Outline {
    fn of(package: &mut Package<'_>) -> Result<Self, Unfit> {
        let mut workbook = String::new();
        package.each("_rels/.rels", "a part", PART_BYTES, &mut |element| {
            let is_workbook = |kind: String| kind.ends_with("/relationships/officeDocument");
            if is(element, "Relationship") && attribute(element, "Type")?.is_some_and(is_workbook) {
                workbook = attribute(element, "Target")?.unwrap_or_default();
            }
            Ok(())
        })?;
        let workbook = workbook.trim_start_matches('/');
        let (folder, file) = workbook.rfind('/').map_or(("", workbook), |at| workbook.split_at(at + 1));
        let below = |target: String| match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{folder}{target}"),
        };
        let mut parts: Vec<(String, String)> = Vec::new();
        package.each(&format!("{folder}_rels/{file}.rels"), "a part", PART_BYTES, &mut |element| {
            if is(element, "Relationship") {
                let target = attribute(element, "Target")?.unwrap_or_default();
                parts.push((attribute(element, "Id")?.unwrap_or_default(), below(target)));
            }
            Ok(())
        })?;
        let (mut sheets, mut is_stale) = (Vec::new(), false);
        package.each(workbook, "a part", PART_BYTES, &mut |element| {
            if is(element, "sheet") {
                let id = attribute(element, "id")?.unwrap_or_default();
                if sheets.len() == SHEETS {
                    return Err(Over::Sheets.into());
                }
                sheets
                    .push(parts.iter().find(|(part, _)| *part == id).map(|(_, part)| part.clone()).unwrap_or_default());
            }
            if is(element, "calcPr") {
                is_stale = says_yes(attribute(element, "fullCalcOnLoad")?.as_deref());
            }
            Ok(())
        })?;
        Ok(Self { folder: folder.to_owned(), sheets, is_stale })
    }

    /// Counts what the library takes into memory as soon as it opens the workbook. Returns the number of shared strings.
    fn ensure_affordable(&self, package: &mut Package<'_>) -> Result<usize, Unfit> {
        let mut strings = 0;
        let part = format!("{}sharedStrings.xml", self.folder);
        package.each(&part, "the table of texts", STRINGS_BYTES, &mut |element| {
            // The library makes room for as many as the table says that it has.
            if is(element, "sst") && attribute(element, "uniqueCount")?.is_some_and(|count| is_too_many(&count)) {
                return Err(Over::Strings.into());
            }
            strings += usize::from(is(element, "si"));
            if strings > STRINGS { Err(Over::Strings.into()) } else { Ok(()) }
        })?;
        let mut styles = 0;
        package.each(&format!("{}styles.xml", self.folder), "the formats", PART_BYTES, &mut |element| {
            let counted = ["xf", "font", "fill", "border", "numFmt"].iter().any(|name| is(element, name));
            styles += usize::from(counted);
            // The library copies the format and the font of a style for each that uses it.
            if styles > 2 * STYLES || element.attributes_raw().len() > STYLE_BYTES {
                Err(Over::Styles.into())
            } else {
                Ok(())
            }
        })?;
        package.each(&format!("{}theme/theme1.xml", self.folder), "the theme", PART_BYTES, &mut |_| Ok(()))?;
        Ok(strings)
    }
}

fn is_too_many(count: &str) -> bool {
    let digits = count.trim().bytes().all(|b| b.is_ascii_digit());
    digits && count.trim().parse::<usize>().map_or(true, |count| count > STRINGS)
}

/// A sheet that is being read.
struct Reading {
    /// The formats of all sheets, once one was opened.
    formats: Option<Vec<Format>>,
    /// The format of a cell that has none.
    general: Format,
    /// Where each shared string is, once it was met, and in which sheet.
    kept: Vec<Option<(u32, Kept)>>,
    sheet: Sheet,
    /// The number of the sheet.
    number: u32,
    spent: Spent,
}

impl Reading {
    /// Reads all cells, side by side. Returns how many bytes the sheets after it may have.
    fn read(
        &mut self,
        mut walk: Walk<'_, '_>,
        mut cells: calamine::XlsxCellReader<'_, Cursor<&[u8]>>,
    ) -> Result<Left, Unfit> {
        let apart = || Unfit::Broken("its cells are out of order".to_owned());
        if self.formats.is_none() {
            let formats = cells.styles().iter().map(|style| format_of(style.number_format.as_ref()));
            self.formats = Some(formats.collect());
        }
        while let Some(seen) = walk.next_cell()? {
            let stored = match cells.next_cell_with_style_id() {
                Ok(Some((cell, style))) if !seen.is_placed || cell.get_position() == seen.at => {
                    Some((cell.get_value().clone(), style))
                }
                Ok(_) => return Err(apart()),
                // It is known to be no text, and the library goes on behind it.
                Err(_) if seen.spoiled.is_some() => None,
                Err(e) => return Err(Unfit::broken(e)),
            };
            self.add(&seen, stored)?;
        }
        let (hidden, columns, areas) = walk.end()?;
        self.sheet.settle(hidden.rows, columns);
        let covered = self.sheet.keep(Spoiled::Covered.mark(), 0, &mut self.spent)?;
        let mut looked_at = 0;
        for area in areas {
            looked_at += self.sheet.cells_in(area.first.0, area.last.0);
            if looked_at > super::budget::CELLS {
                return Err(Over::Cells.into());
            }
            self.sheet.cover(area, covered);
        }
        Ok(hidden.left)
    }

    fn add(&mut self, seen: &Seen, stored: Option<(DataRef<'_>, usize)>) -> Result<(), Unfit> {
        if let Some(spoiled) = seen.spoiled {
            return self.put(seen, spoiled.mark());
        }
        let (value, style) = stored.unwrap_or((DataRef::Empty, 0));
        let format = self.formats.as_ref().and_then(|formats| formats.get(style)).unwrap_or(&self.general);
        let number = |number: f64| format.number(number).map_or_else(|spoiled| spoiled.mark().into(), |text| text);
        let text = match &value {
            DataRef::Empty if seen.is_full => Spoiled::Broken.mark().into(),
            DataRef::Empty => return Ok(()),
            DataRef::SharedString(text) => match format.text(text) {
                Ok(std::borrow::Cow::Borrowed(text)) => return self.put_shared(seen, text),
                Ok(shown) => shown,
                Err(spoiled) => spoiled.mark().into(),
            },
            DataRef::String(text) => match format.text(text) {
                Ok(shown) => shown.into_owned().into(),
                Err(spoiled) => spoiled.mark().into(),
            },
            DataRef::Float(value) => number(*value),
            #[expect(clippy::cast_precision_loss, reason = "a number of that many digits is refused")]
            DataRef::Int(value) => number(*value as f64),
            DataRef::Bool(value) => if *value { "yes" } else { "no" }.into(),
            DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Spoiled::Date.mark().into(),
            DataRef::Error(_) => Spoiled::Error.mark().into(),
        };
        let text = text.into_owned();
        self.put(seen, &text)
    }

    fn put(&mut self, seen: &Seen, text: &str) -> Result<(), Unfit> {
        if !text.is_empty() {
            let kept = self.sheet.keep(text, seen.at.0, &mut self.spent)?;
            self.sheet.put(seen.at, kept, &mut self.spent)?;
        }
        Ok(())
    }

    /// Keeps a text only once, however many cells have it.
    fn put_shared(&mut self, seen: &Seen, text: &str) -> Result<(), Unfit> {
        let Some(kept) = seen.string.and_then(|string| self.kept.get(string).copied()) else {
            return self.put(seen, text);
        };
        if text.is_empty() {
            return Ok(());
        }
        let kept = match kept {
            Some((sheet, kept)) if sheet == self.number => kept,
            _ => self.sheet.keep(text, seen.at.0, &mut self.spent)?,
        };
        if let Some(string) = seen.string {
            self.kept[string] = Some((self.number, kept));
        }
        Ok(self.sheet.put(seen.at, kept, &mut self.spent)?)
    }
}

/// A cell as the walk sees it.
struct Seen {
    /// Row and column, from 0.
    at: (u32, u32),
    /// Whether the cell says where it is.
    is_placed: bool,
    /// Whether something is stored in it.
    is_full: bool,
    /// Which shared string it is.
    string: Option<usize>,
    spoiled: Option<Spoiled>,
}

/// The walk over the elements of a sheet.
struct Walk<'p, 'd> {
    elements: Part<'p, 'd>,
    strings: usize,
    is_stale: bool,
    hidden_by_default: bool,
    rows: Hidden,
    columns: Hidden,
    row: u32,
    column: u32,
    /// What a cell stores, as it is written.
    stored: String,
}

/// What was seen of the rows, and how many bytes are left.
struct Walked {
    rows: Hidden,
    left: Left,
}

impl<'p, 'd> Walk<'p, 'd> {
    /// Reads what stands before the rows; `None` if it is no sheet of cells.
    fn begin(elements: Part<'p, 'd>, strings: usize, is_stale: bool) -> Result<Option<Self>, Unfit> {
        let (rows, columns, stored) = (Hidden::default(), Hidden::default(), String::new());
        let mut walk =
            Self { elements, strings, is_stale, hidden_by_default: false, rows, columns, row: 0, column: 0, stored };
        loop {
            match walk.elements.next()? {
                Event::Start(element) if is(&element, "sheetData") => return Ok(Some(walk)),
                // ECMA-376 part 1 §18.3.1.81: rows that say nothing else have this height, or none.
                Event::Start(element) if is(&element, "sheetFormatPr") => {
                    let height = number(attribute(&element, "defaultRowHeight")?);
                    walk.hidden_by_default = says_yes(attribute(&element, "zeroHeight")?.as_deref())
                        || !Shown { extent: height, ..Shown::default() }.is_seen();
                }
                Event::Start(element) if is(&element, "col") => {
                    let hidden = says_yes(attribute(&element, "hidden")?.as_deref());
                    // The width is in characters, so only none at all is known to be too narrow.
                    let width = number(attribute(&element, "width")?).filter(|width| *width <= 0.0);
                    if !(Shown { hidden, extent: width, hidden_by_default: false }.is_seen()) {
                        let at = |text: Option<String>| text.and_then(|text| text.trim().parse::<u32>().ok());
                        let first = at(attribute(&element, "min")?).unwrap_or(1).max(1);
                        let last = at(attribute(&element, "max")?).unwrap_or(first).max(first);
                        walk.columns.add(first - 1, last - first + 1);
                    }
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    fn next_cell(&mut self) -> Result<Option<Seen>, Unfit> {
        loop {
            match self.elements.next()? {
                Event::Start(element) if is(&element, "c") => {
                    let cell = CellTag::of(&element)?;
                    return self.cell(&cell).map(Some);
                }
                Event::Start(element) if is(&element, "row") => {
                    let (number_of, row) = (attribute(&element, "r")?, RowTag::of(&element)?);
                    if let Some(written) = number_of {
                        let written = written.parse::<u32>().ok().and_then(|row| row.checked_sub(1));
                        self.row = written.ok_or_else(|| Unfit::Broken("a row has no number".to_owned()))?;
                    }
                    let shown = Shown { hidden_by_default: self.hidden_by_default, ..row.0 };
                    if !shown.is_seen() && self.row < ROWS {
                        self.rows.add(self.row, 1);
                    }
                }
                Event::End(element) if element.local_name().as_ref() == "row" => {
                    self.row = self.row.saturating_add(1);
                    self.column = 0;
                }
                Event::End(element) if element.local_name().as_ref() == "sheetData" => return Ok(None),
                Event::Eof => return Err(Unfit::Broken("a sheet ends in the middle".to_owned())),
                _ => {}
            }
        }
    }

    /// ECMA-376 part 1 §18.3.1.4: a cell holds a formula, a value and a text of its own, in this order.
    fn cell(&mut self, tag: &CellTag) -> Result<Seen, Unfit> {
        let at = match tag.at {
            Some(at) => at,
            None => (self.row, self.column),
        };
        self.column = at.1.saturating_add(1);
        let mut found = Content::default();
        self.stored.clear();
        let mut inside: Option<Inside> = None;
        let mut depth = 0_u32;
        loop {
            match self.elements.next()? {
                Event::Start(element) => {
                    if depth == 0 {
                        inside = Some(found.enter(element.local_name().as_ref()));
                    }
                    depth += 1;
                }
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::Text(text) if depth == 1 && inside == Some(Inside::Value) => {
                    found.pieces += 1;
                    self.stored.push_str(&text);
                }
                // The library reads only one piece of a number.
                Event::CData(_) | Event::GeneralRef(_) if depth == 1 && inside == Some(Inside::Value) => {
                    found.pieces += 2;
                }
                Event::Eof => return Err(Unfit::Broken("a cell does not end".to_owned())),
                _ => {}
            }
            if self.stored.len() > CELL_BYTES {
                return Err(Over::Cell(at.0.saturating_add(1)).into());
            }
        }
        let string = self.string(tag);
        let spoiled = self.spoiled(tag, &found, string);
        let is_full = !self.stored.is_empty();
        Ok(Seen { at, is_placed: tag.at.is_some(), is_full, string, spoiled })
    }

    /// The shared string that is meant: a whole number in digits, and nothing else.
    fn string(&self, tag: &CellTag) -> Option<usize> {
        let digits = !self.stored.is_empty() && self.stored.bytes().all(|b| b.is_ascii_digit());
        (tag.kind == Kind::Shared && digits).then(|| self.stored.parse().ok()).flatten()
    }

    fn spoiled(&self, tag: &CellTag, found: &Content, string: Option<usize>) -> Option<Spoiled> {
        let stored = self.stored.as_str();
        if found.formulas > 0 && (self.is_stale || found.values == 0 || (stored.is_empty() && tag.kind != Kind::Text)) {
            return Some(Spoiled::Formula);
        }
        if found.values > 1 || found.texts > 1 || found.others > 0 || found.is_unordered {
            return Some(Spoiled::Broken);
        }
        let in_pieces = found.pieces > 1;
        match tag.kind {
            Kind::Shared if found.values == 0 || (stored.is_empty() && !in_pieces) => None,
            Kind::Shared => {
                let is_one = string.is_some_and(|string| string < self.strings) && !in_pieces;
                (!is_one).then_some(Spoiled::Broken)
            }
            Kind::Number => {
                let is_number = stored.parse::<f64>().is_ok_and(f64::is_finite);
                ((!stored.is_empty() && !is_number) || in_pieces).then_some(Spoiled::Broken)
            }
            Kind::Bool => {
                let known = ["", "0", "1", "true", "false"].contains(&stored.to_ascii_lowercase().as_str());
                (!known || in_pieces).then_some(Spoiled::Broken)
            }
            Kind::Text => None,
            Kind::Date => Some(Spoiled::Date),
            Kind::Error => Some(Spoiled::Error),
            Kind::Unknown => Some(Spoiled::Broken),
        }
    }

    /// Reads what stands behind the rows: cells that were merged (ECMA-376 part 1 §18.3.1.55).
    fn end(mut self) -> Result<(Walked, Hidden, Vec<Area>), Unfit> {
        let mut areas = Vec::new();
        loop {
            match self.elements.next()? {
                Event::Start(element) if is(&element, "mergeCell") => {
                    if let Some(area) = attribute(&element, "ref")?.as_deref().and_then(area) {
                        areas.push(area);
                    }
                    if areas.len() > AREAS {
                        return Err(Over::Cells.into());
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let left = self.elements.left();
        Ok((Walked { rows: self.rows, left }, self.columns, areas))
    }
}

/// The type of a cell (ECMA-376 part 1 §18.18.11).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    Text,
    Bool,
    Error,
    Date,
    Unknown,
}

struct CellTag {
    at: Option<(u32, u32)>,
    kind: Kind,
}

impl CellTag {
    fn of(element: &BytesStart<'_>) -> Result<Self, Unfit> {
        let (mut at, mut kind) = (None, Kind::Number);
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(Unfit::broken)?;
            match attribute.key.local_name().as_ref() {
                "r" => {
                    let place = place(&attribute.value);
                    at = Some(place.ok_or_else(|| Unfit::Broken("a cell has no place".to_owned()))?);
                }
                "t" => {
                    kind = match attribute.value.as_ref() {
                        "n" => Kind::Number,
                        "s" => Kind::Shared,
                        "str" | "inlineStr" | "is" => Kind::Text,
                        "b" => Kind::Bool,
                        "e" => Kind::Error,
                        "d" => Kind::Date,
                        _ => Kind::Unknown,
                    }
                }
                _ => {}
            }
        }
        Ok(Self { at, kind })
    }
}

struct RowTag(Shown);

impl RowTag {
    fn of(element: &BytesStart<'_>) -> Result<Self, Unfit> {
        let hidden = says_yes(attribute(element, "hidden")?.as_deref());
        let extent = number(attribute(element, "ht")?);
        Ok(Self(Shown { hidden, extent, hidden_by_default: false }))
    }
}

/// The element inside a cell.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Formula,
    Value,
    Text,
    Other,
}

/// What a cell was found to hold.
#[derive(Default)]
struct Content {
    formulas: u32,
    values: u32,
    texts: u32,
    others: u32,
    pieces: u32,
    /// Whether something stands behind the value, which the library takes for the value.
    is_unordered: bool,
}

impl Content {
    fn enter(&mut self, name: &str) -> Inside {
        match name {
            "f" => {
                self.formulas += 1;
                self.is_unordered |= self.values > 0;
                Inside::Formula
            }
            "v" => {
                self.values += 1;
                Inside::Value
            }
            // A value beside it says the same again.
            "is" => {
                self.texts += 1;
                Inside::Text
            }
            _ => {
                self.others += 1;
                Inside::Other
            }
        }
    }
}

fn number(text: Option<String>) -> Option<f64> {
    text.and_then(|text| text.trim().parse().ok())
}

/// A cell reference such as `AB12`, as row and column from 0.
fn place(reference: &str) -> Option<(u32, u32)> {
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = reference.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.to_ascii_uppercase();
        let of_letter = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(of_letter)
    })?;
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}

fn area(reference: &str) -> Option<Area> {
    let (first, last) = reference.split_once(':')?;
    Some(Area { first: place(first)?, last: place(last)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_a_row_and_a_column() {
        for (reference, expected) in [
            ("A1", Some((0, 0))),
            ("AA12", Some((11, 26))),
            ("XFD1048576", Some((1_048_575, 16_383))),
            ("A0", None),
            ("12", None),
            ("A", None),
            ("$A$1", None),
            ("ZZZZZZZZZZ1", None),
        ] {
            assert_eq!(place(reference), expected, "{reference}");
        }
        assert_eq!(area("B2:C3"), Some(Area { first: (1, 1), last: (2, 2) }));
    }

    #[test]
    fn a_table_that_says_it_has_too_many_texts_is_not_believed() {
        assert!(is_too_many("99999999999999999999999") && is_too_many("4000000"));
        assert!(!is_too_many("4000") && !is_too_many("many"));
    }
}
