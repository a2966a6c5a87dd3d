//! ODS: what stands in each cell on the screen, which the file holds as text beside the value (ODF 1.3 part 3 §9).
//!
//! In: the bytes of a package whose kind is known. Out: its visible sheets. Repeats are counted before they are
//! expanded, and what is empty is not expanded at all.

use std::collections::BTreeMap;

use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::budget::{
    CELL_BYTES, CELL_ELEMENTS, COLUMN_ELEMENTS, COLUMNS, COVERED, OUTSIDE, Over, REPEATS, ROWS, SHEETS, SHEETS_BYTES,
    STYLES, TAGS,
};
use super::cell::{Spoiled, dated, truth};
use super::format;
use super::grid::{Area, Kept, Sheet, Spent};
use super::hidden::{Hidden, Shown, points};
use super::package::{MostTags, Package, Part, attribute, character, is, typed};
use super::unfit::Unfit;

/// The part that holds the sheets.
const CONTENT: &str = "content.xml";

/// How many tags it may have.
const MOST_TAGS: MostTags = MostTags {
    all: (TAGS, Over::Elements),
    of: &[
        ("table-cell", CELL_ELEMENTS, Over::Elements),
        ("table-row", 2 * ROWS as u64, Over::Elements),
        ("covered-table-cell", COVERED, Over::Elements),
    ],
};

/// The visible sheets, in order, and the names of the others.
///
/// # Errors
/// If the workbook is damaged, or would cost too much.
pub fn sheets(data: &[u8]) -> Result<(Vec<Sheet>, Vec<String>), Unfit> {
    let mut package = Package::open(data)?;
    package.ensure_few_tags(&[CONTENT], &MOST_TAGS)?;
    let Some(elements) = package.part(CONTENT, "the content", SHEETS_BYTES)? else {
        return Err(Unfit::Broken("its content is missing".to_owned()));
    };
    let mut walk = Walk {
        elements,
        styles: BTreeMap::new(),
        spent: Spent::default(),
        rows: 0,
        columns: 0,
        repeats: 0,
        covered: 0,
        visited: 0,
    };
    let (mut sheets, mut unseen, mut count, mut outside) = (Vec::new(), Vec::new(), 0, 0_u64);
    let mut style = None;
    loop {
        match walk.elements.next()? {
            Event::Start(element) if is(&element, "style") => style = typed(&element, "name")?,
            Event::Start(element) => {
                outside += 1;
                if outside > OUTSIDE {
                    return Err(Over::Elements.into());
                }
                if let Some(style) = &style {
                    walk.styles.entry(style.clone()).or_default().learn(&element)?;
                }
                let is_table = is(&element, "table");
                // A change that was recorded, or a copy of somebody else's sheet, is not on the screen.
                let is_aside = ["tracked-changes", "dde-links", "shapes"].iter().any(|name| is(&element, name));
                let named = typed(&element, "name")?.filter(|_| is_table);
                let of = typed(&element, "style-name")?.and_then(|style| walk.styles.get(&style).copied());
                if is_aside {
                    walk.elements.skip()?;
                } else if let Some(name) = named {
                    let seen = !of.unwrap_or_default().is_hidden;
                    let sheet = walk.sheet(name, seen)?;
                    count += 1;
                    if count > SHEETS {
                        return Err(Over::Sheets.into());
                    }
                    match sheet {
                        Some(sheet) if seen => sheets.push(sheet),
                        sheet => unseen.extend(sheet.map(|sheet| sheet.name)),
                    }
                }
            }
            Event::End(element) if element.local_name().as_ref() == "style" => style = None,
            Event::Eof => return Ok((sheets, unseen)),
            _ => {}
        }
        if walk.styles.len() > STYLES {
            return Err(Over::Styles.into());
        }
    }
}

/// What styles of one name say about a sheet, a row or a column: each family has names of its own.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    /// `table:display="false"` of a sheet.
    is_hidden: bool,
    /// The height of a row, in points.
    height: Option<f64>,
    /// The width of a column, in points.
    width: Option<f64>,
}

impl Style {
    fn learn(&mut self, element: &BytesStart<'_>) -> Result<(), Unfit> {
        let length = |name: &str| Ok::<_, Unfit>(attribute(element, name)?.as_deref().and_then(points));
        match element.local_name().as_ref() {
            "table-properties" => self.is_hidden = attribute(element, "display")?.as_deref() == Some("false"),
            "table-row-properties" => self.height = length("row-height")?,
            "table-column-properties" => self.width = length("column-width")?,
            _ => {}
        }
        Ok(())
    }
}

/// The walk over the elements of the content.
struct Walk<'p, 'd> {
    elements: Part<'p, 'd>,
    styles: BTreeMap<String, Style>,
    spent: Spent,
    /// How many elements for rows there were.
    rows: u32,
    /// How many elements for columns there were.
    columns: u32,
    /// How many rows with something in them only repeat others.
    repeats: u64,
    /// How many elements for covered cells there were.
    covered: u64,
    /// How many cells were looked at below others.
    visited: usize,
}

/// A sheet that is being read.
struct Reading {
    sheet: Sheet,
    rows: Hidden,
    columns: Hidden,
    next_row: u64,
    next_column: u32,
    /// How many groups of rows, and of columns, are closed around what comes.
    closed: (u32, u32),
    /// All groups around what comes, whether they are closed.
    groups: Vec<bool>,
    /// Cells with a text that go down over others (§19.678).
    areas: Vec<Area>,
    is_seen: bool,
}

impl Walk<'_, '_> {
    fn sheet(&mut self, name: String, is_seen: bool) -> Result<Option<Sheet>, Unfit> {
        let mut reading = Reading {
            sheet: Sheet::named(name),
            rows: Hidden::default(),
            columns: Hidden::default(),
            next_row: 0,
            next_column: 0,
            closed: (0, 0),
            groups: Vec::new(),
            areas: Vec::new(),
            is_seen,
        };
        loop {
            match self.elements.next()? {
                Event::Start(element) => {
                    let tag = Tag::of(&element, &self.styles)?;
                    match element.local_name().as_ref() {
                        "table-row" => self.row(&tag, &mut reading)?,
                        "table-column" => {
                            self.columns += 1;
                            if self.columns > COLUMN_ELEMENTS {
                                return Err(Over::Elements.into());
                            }
                            let count = u32::try_from(tag.rows.max(tag.columns)).unwrap_or(u32::MAX);
                            if reading.closed.1 > 0 || !tag.shown.is_seen() {
                                reading.columns.add(reading.next_column, count);
                            }
                            reading.next_column = reading.next_column.saturating_add(count);
                        }
                        "table-row-group" => {
                            reading.closed.0 += u32::from(tag.is_closed);
                            reading.groups.push(tag.is_closed);
                        }
                        "table-column-group" => {
                            reading.closed.1 += u32::from(tag.is_closed);
                            reading.groups.push(tag.is_closed);
                        }
                        "table-rows" | "table-header-rows" | "table-columns" | "table-header-columns" => {}
                        // Pictures, forms, names and whatever else belongs to a sheet.
                        _ => self.elements.skip()?,
                    }
                }
                Event::End(element) => match element.local_name().as_ref() {
                    "table" => break,
                    "table-row-group" => reading.closed.0 -= u32::from(reading.groups.pop().unwrap_or_default()),
                    "table-column-group" => reading.closed.1 -= u32::from(reading.groups.pop().unwrap_or_default()),
                    _ => {}
                },
                Event::Eof => return Err(Unfit::Broken("a sheet does not end".to_owned())),
                _ => {}
            }
        }
        reading.sheet.settle(reading.rows, reading.columns);
        let merged = reading.sheet.keep(Spoiled::Merged.mark(), 0, &mut self.spent)?;
        reading.sheet.merge_down(&reading.areas, merged, &mut self.visited)?;
        Ok(Some(reading.sheet))
    }

    /// §9.1.3: a row may stand for several.
    fn row(&mut self, tag: &Tag, reading: &mut Reading) -> Result<(), Unfit> {
        self.rows += 1;
        if self.rows > 2 * ROWS {
            return Err(Over::Elements.into());
        }
        let first = reading.next_row;
        reading.next_row = first.saturating_add(tag.rows);
        let number = u32::try_from(first).unwrap_or(u32::MAX);
        if reading.closed.0 > 0 || !tag.shown.is_seen() {
            reading.rows.add(number, u32::try_from(tag.rows).unwrap_or(u32::MAX));
        }
        let mut cells: Vec<(u32, Kept)> = Vec::new();
        let mut column = 0_u64;
        loop {
            match self.elements.next()? {
                Event::Start(element) if is(&element, "table-cell") || is(&element, "covered-table-cell") => {
                    let covered = is(&element, "covered-table-cell");
                    let cell = CellTag::of(&element)?;
                    self.elements.take_cell()?;
                    self.covered += u64::from(covered);
                    if self.covered > COVERED {
                        return Err(Over::Elements.into());
                    }
                    let from = column;
                    column = column.saturating_add(cell.columns);
                    let text = self.cell(&cell, number, covered)?;
                    if text.is_empty() || !reading.is_seen {
                        continue;
                    }
                    let last = column.saturating_sub(1);
                    if last >= u64::from(COLUMNS) {
                        return Err(Over::Column(u32::try_from(last).unwrap_or(u32::MAX)).into());
                    }
                    if cell.rows > 1 {
                        let at = u32::try_from(from).unwrap_or(u32::MAX);
                        let last = first.saturating_add(cell.rows - 1);
                        let last = (u32::try_from(last).unwrap_or(u32::MAX), at);
                        reading.areas.push(Area { first: (number, at), last });
                    }
                    let kept = reading.sheet.keep(&text, number, &mut self.spent)?;
                    for column in from..column {
                        cells.push((u32::try_from(column).unwrap_or(u32::MAX), kept));
                    }
                }
                Event::Start(_) => self.elements.skip()?,
                Event::End(_) => break,
                Event::Eof => return Err(Unfit::Broken("a row does not end".to_owned())),
                _ => {}
            }
        }
        if cells.is_empty() {
            return Ok(());
        }
        self.repeats = self.repeats.saturating_add(tag.rows - 1);
        if self.repeats > REPEATS {
            return Err(Over::Repeats(first.saturating_add(1), tag.rows).into());
        }
        if reading.next_row > u64::from(ROWS) {
            return Err(Over::Row(reading.next_row).into());
        }
        for row in 0..u32::try_from(tag.rows).unwrap_or(u32::MAX) {
            for (column, kept) in &cells {
                reading.sheet.put((number.saturating_add(row), *column), *kept, &mut self.spent)?;
            }
        }
        Ok(())
    }

    /// What is seen in a cell: its paragraphs, without remarks and pictures.
    fn cell(&mut self, tag: &CellTag, row: u32, covered: bool) -> Result<String, Unfit> {
        let (mut text, mut paragraphs, mut inside) = (String::new(), 0_u32, 0_u32);
        loop {
            match self.elements.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "p" | "h" if inside == 0 => {
                        text.extend((paragraphs > 0).then_some('\n'));
                        paragraphs += 1;
                        inside = 1;
                    }
                    // §6.1.3: so many spaces.
                    "s" if inside > 0 => {
                        let spaces =
                            attribute(&element, "c")?.and_then(|c| c.trim().parse::<usize>().ok()).unwrap_or(1);
                        if spaces > CELL_BYTES {
                            return Err(Over::Cell(row.saturating_add(1)).into());
                        }
                        text.extend(std::iter::repeat_n(' ', spaces));
                        inside += 1;
                    }
                    "tab" if inside > 0 => {
                        text.push('\t');
                        inside += 1;
                    }
                    "line-break" if inside > 0 => {
                        text.push('\n');
                        inside += 1;
                    }
                    "span" | "a" | "ruby" | "ruby-base" | "meta" if inside > 0 => {
                        self.elements.take_other()?;
                        inside += 1;
                    }
                    // Fields show a text of their own: a date, a sheet's name, a page.
                    "date" | "time" | "sheet-name" | "title" | "author-name" | "page-number" if inside > 0 => {
                        inside += 1;
                    }
                    _ => self.elements.skip()?,
                },
                Event::End(_) if inside == 0 => break,
                Event::End(_) => inside -= 1,
                // §6.1.2: a line feed among the characters is a space.
                Event::Text(piece) if inside > 0 => {
                    text.push_str(&piece.xml10_content().replace(['\n', '\r', '\t'], " "));
                }
                Event::CData(piece) if inside > 0 => text.push_str(&piece.xml10_content()),
                Event::GeneralRef(reference) if inside > 0 => text.push(character(&reference)?),
                Event::Eof => return Err(Unfit::Broken("a cell does not end".to_owned())),
                _ => {}
            }
            if text.len() > CELL_BYTES {
                return Err(Over::Cell(row.saturating_add(1)).into());
            }
        }
        let shown = tag.shown(text, paragraphs > 0);
        let hidden = covered && shown.as_ref().is_ok_and(|shown| !shown.trim().is_empty());
        Ok(match shown {
            _ if hidden => Spoiled::Covered.mark().to_owned(),
            Ok(shown) => shown,
            Err(spoiled) => spoiled.mark().to_owned(),
        })
    }
}

/// What an element says of rows and columns.
struct Tag {
    rows: u64,
    columns: u64,
    shown: Shown,
    /// `table:display="false"` of a group.
    is_closed: bool,
}

impl Tag {
    fn of(element: &BytesStart<'_>, styles: &BTreeMap<String, Style>) -> Result<Self, Unfit> {
        let style = typed(element, "style-name")?.and_then(|style| styles.get(&style).copied()).unwrap_or_default();
        let extent = if is(element, "table-row") { style.height } else { style.width };
        let hidden = matches!(attribute(element, "visibility")?.as_deref(), Some("filter" | "collapse"));
        Ok(Self {
            rows: count(attribute(element, "number-rows-repeated")?),
            columns: count(attribute(element, "number-columns-repeated")?),
            shown: Shown { hidden, extent, hidden_by_default: false },
            is_closed: attribute(element, "display")?.as_deref() == Some("false"),
        })
    }
}

/// A repetition; one that is not a number is none.
fn count(text: Option<String>) -> u64 {
    let Some(text) = text else { return 1 };
    let digits = text.trim();
    match digits.parse() {
        Ok(count) => std::cmp::max(count, 1),
        // Too many digits for a number are too many for anything.
        Err(_) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => u64::MAX,
        Err(_) => 1,
    }
}

/// A day as `2026-11-24` or `2026-11-24T13:30:00` (§19.376), from 30 December 1899 on.
fn day_value(text: &str) -> Option<f64> {
    let (day, clock) = text.split_once('T').unwrap_or((text, "00:00:00"));
    let start = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let days = i32::try_from((day.parse::<chrono::NaiveDate>().ok()? - start).num_days()).ok()?;
    let clock = chrono::NaiveTime::parse_from_str(clock.split('.').next()?, "%H:%M:%S").ok()?;
    let seconds = u32::try_from((clock - chrono::NaiveTime::MIN).num_seconds()).ok()?;
    Some(f64::from(days) + f64::from(seconds) / 86_400.0)
}

/// A length of time as `PT13H30M00S` (§19.387), in days.
fn time_value(text: &str) -> Option<f64> {
    let (mut seconds, mut digits) = (0.0, String::new());
    for c in text.strip_prefix("PT")?.chars() {
        let of = match c {
            '0'..='9' | '.' | ',' => {
                digits.push(if c == ',' { '.' } else { c });
                continue;
            }
            'H' => 3600.0,
            'M' => 60.0,
            'S' => 1.0,
            _ => return None,
        };
        seconds += std::mem::take(&mut digits).parse::<f64>().ok()? * of;
    }
    (digits.is_empty() && seconds.is_finite()).then_some(seconds / 86_400.0)
}

/// What a cell's tag says of its value (§19.385 and after).
#[derive(Default)]
struct CellTag {
    columns: u64,
    /// How many rows it goes down over.
    rows: u64,
    kind: String,
    /// `calcext:value-type="error"`, as `LibreOffice` writes it.
    is_error: bool,
    has_formula: bool,
    number: Option<String>,
    text: Option<String>,
    truth: Option<bool>,
    /// The day, or the time of day, in days.
    days: Option<f64>,
}

impl CellTag {
    fn of(element: &BytesStart<'_>) -> Result<Self, Unfit> {
        let mut tag = Self { columns: 1, rows: 1, ..Self::default() };
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(Unfit::broken)?;
            let value = &attribute.value;
            match (attribute.key.prefix().as_ref().map(AsRef::as_ref), attribute.key.local_name().as_ref()) {
                (_, "number-columns-repeated") => tag.columns = count(Some(value.to_string())),
                (_, "number-rows-spanned") => tag.rows = count(Some(value.to_string())),
                (Some("calcext"), "value-type") => tag.is_error = value == "error",
                (_, "value-type") => tag.kind = value.to_string(),
                (_, "formula") => tag.has_formula = !value.is_empty(),
                (_, "value") => tag.number = Some(value.to_string()),
                (_, "date-value") => tag.days = day_value(value),
                (_, "time-value") => tag.days = time_value(value),
                (_, "boolean-value") => tag.truth = Some(value.eq_ignore_ascii_case("true")),
                (_, "string-value") => {
                    tag.text = Some(unescape(value).map_err(Unfit::broken)?.into_owned());
                }
                _ => {}
            }
        }
        Ok(tag)
    }

    /// The text of a cell of this type, whose paragraphs hold `shown`.
    fn shown(&self, shown: String, has_paragraphs: bool) -> Result<String, Spoiled> {
        if self.is_error {
            return Err(Spoiled::Error);
        }
        let has_value = self.number.is_some() || self.truth.is_some() || self.text.is_some();
        if self.has_formula && !has_paragraphs && !has_value && self.kind != "string" {
            return Err(Spoiled::Formula);
        }
        match self.kind.as_str() {
            "date" | "time" => self.days.map(dated).ok_or(Spoiled::Date),
            "boolean" => Ok(truth(self.truth.unwrap_or_default()).to_owned()),
            "float" | "percentage" | "currency" => {
                let number = self.number.as_deref().and_then(|number| number.trim().parse::<f64>().ok());
                let number = number.filter(|number| number.is_finite()).ok_or(Spoiled::Broken)?;
                if !has_paragraphs {
                    return format::general(number);
                }
                let is_it = format::shows(&shown, number) && number.abs() < 1e15;
                if is_it { Ok(shown) } else { Err(Spoiled::Format) }
            }
            _ if !has_paragraphs => Ok(self.text.clone().unwrap_or_default()),
            _ => Ok(shown),
        }
    }
}
