//! The walk over the elements of a sheet of an XLSX, beside the library that reads what its cells store.
//!
//! In: the part of a sheet. Out: its cells one by one ([`Seen`]), then what is hidden and merged ([`Walked`]).
//!
//! Deliberately absent: the texts of the cells.

use quick_xml::events::{BytesStart, Event};

use super::budget::{CELL_BYTES, Over, ROWS};
use super::cell::Spoiled;
use super::grid::Area;
use super::hidden::{Hidden, Shown};
use super::package::{Left, Part, attribute, is, says_yes};
use super::unfit::Unfit;

/// The most areas of merged cells in a sheet.
const AREAS: usize = 10_000;

/// A cell as the walk sees it.
pub struct Seen {
    /// Row and column, from 0.
    pub at: (u32, u32),
    /// Whether the cell says where it is.
    pub is_placed: bool,
    /// Whether something is stored in it.
    pub is_full: bool,
    /// Which shared string it is.
    pub string: Option<usize>,
    /// Why it is no text, if it is none.
    pub spoiled: Option<Spoiled>,
}

/// The walk over the elements of a sheet.
pub struct Walk<'p, 'd> {
    elements: Part<'p, 'd>,
    strings: usize,
    is_stale: bool,
    hidden_by_default: bool,
    rows: Hidden,
    columns: Hidden,
    row: u32,
    /// How many rows there were.
    count: u32,
    column: u32,
    /// What a cell stores, as it is written.
    stored: String,
}

/// What was seen of a sheet as a whole.
pub struct Walked {
    /// Hidden rows.
    pub rows: Hidden,
    /// Hidden columns.
    pub columns: Hidden,
    /// Cells that are merged.
    pub areas: Vec<Area>,
    /// What the sheets behind it may have.
    pub left: Left,
}

impl<'p, 'd> Walk<'p, 'd> {
    /// Reads what stands before the rows; `None` if it is no sheet of cells.
    ///
    /// # Errors
    /// If it is not well-formed, or too much.
    pub fn begin(elements: Part<'p, 'd>, strings: usize, is_stale: bool) -> Result<Option<Self>, Unfit> {
        let (rows, columns, stored) = (Hidden::default(), Hidden::default(), String::new());
        let mut walk = Self {
            elements,
            strings,
            is_stale,
            hidden_by_default: false,
            rows,
            columns,
            row: 0,
            count: 0,
            column: 0,
            stored,
        };
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

    /// The next cell; `None` behind the last.
    ///
    /// # Errors
    /// If it is not well-formed, or too much.
    pub fn next_cell(&mut self) -> Result<Option<Seen>, Unfit> {
        loop {
            match self.elements.next()? {
                Event::Start(element) if is(&element, "c") => {
                    let cell = CellTag::of(&element)?;
                    return self.cell(&cell).map(Some);
                }
                Event::Start(element) if is(&element, "row") => {
                    let (number_of, row) = (attribute(&element, "r")?, RowTag::of(&element)?);
                    self.count += 1;
                    if self.count > ROWS {
                        return Err(Over::Elements.into());
                    }
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
    ///
    /// # Errors
    /// If it is not well-formed, or too much.
    pub fn end(mut self) -> Result<Walked, Unfit> {
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
        Ok(Walked { rows: self.rows, columns: self.columns, areas, left })
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
}
