//! XLSX: the library reads what a cell stores, and beside it goes a walk over the same elements that sees what the library
//! does not tell: a string index that is none, a formula without a result, rows and columns that are hidden, merged cells.
//!
//! In: the bytes of a package whose kind is known. Out: its visible sheets.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxError};

use super::budget::{CELL_ELEMENTS, CELLS, COLUMNS, Over, SHEETS_BYTES, TAGS};
use super::cell::{Spoiled, dated, truth};
use super::format::Format;
use super::grid::{Kept, Sheet, Spent};
use super::outline::Outline;
use super::package::{Left, MostTags, Package};
use super::unfit::Unfit;
use super::walk::{Seen, Walk};

/// How many tags all sheets may have.
const MOST_TAGS: MostTags = MostTags {
    all: (TAGS, Over::Elements),
    of: &[("c", CELL_ELEMENTS, Over::Elements), ("v", CELLS as u64, Over::Cells)],
};

/// The visible sheets, in order, and the names of the others.
///
/// # Errors
/// If the workbook is damaged, or would cost too much.
pub fn sheets(data: &[u8]) -> Result<(Vec<Sheet>, Vec<String>), Unfit> {
    let mut package = Package::open(data)?;
    let outline = Outline::of(&mut package)?;
    let strings = outline.ensure_affordable(&mut package)?;
    let mut book: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(data)).map_err(Unfit::broken)?;
    // A hidden sheet was not meant to be used: people who look at the file do not see whom it would invite.
    let all = book.sheets_metadata().to_vec();
    if all.len() != outline.sheets.len() {
        return Err(Unfit::Broken("its list of sheets is damaged".to_owned()));
    }
    let is_seen = |sheet: &calamine::Sheet| sheet.visible == SheetVisible::Visible;
    let parts: Vec<&str> =
        all.iter().zip(&outline.sheets).filter(|(sheet, _)| is_seen(sheet)).map(|(_, part)| part.as_str()).collect();
    package.ensure_few_tags(&parts, &MOST_TAGS)?;
    let (mut sheets, mut unseen) = (Vec::new(), Vec::new());
    let mut left: Option<Left> = None;
    let mut reading = Reading {
        formats: None,
        general: format_of(None),
        kept: vec![Met::default(); strings],
        sheet: Sheet::default(),
        number: 0,
        spent: Spent::default(),
    };
    for (metadata, part) in all.into_iter().zip(&outline.sheets) {
        if !is_seen(&metadata) {
            unseen.push(metadata.name);
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
    Ok((sheets, unseen))
}

/// The days of a date from 30 December 1899 on. A workbook may count from 1 January 1904 (ECMA-376 part 1 §18.17.4.1),
/// which the library knows and does not tell; a time of day alone is the same in both.
fn days_in(date: &calamine::ExcelDateTime) -> f64 {
    let stored = date.as_f64();
    if date.is_duration() || stored.abs() < 1.0 {
        return stored;
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    let start = chrono::NaiveDate::from_ymd_opt(1899, 12, 30);
    let day = chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    let days = start.zip(day).and_then(|(start, day)| i32::try_from((day - start).num_days()).ok());
    days.map_or(stored, |days| f64::from(days) + stored.rem_euclid(1.0))
}

fn format_of(format: Option<&calamine::NumberFormat>) -> Format {
    Format::of(format.map_or("General", |format| format.format_code.as_str()))
}

/// In which sheet a shared string was met, from 1, and where it is kept there.
#[derive(Debug, Clone, Copy, Default)]
struct Met {
    sheet: u16,
    kept: Kept,
}

/// A sheet that is being read.
struct Reading {
    /// The formats of all sheets, once one was opened.
    formats: Option<Vec<Format>>,
    /// The format of a cell that has none.
    general: Format,
    /// Where each shared string is, once it was met, and in which sheet.
    kept: Vec<Met>,
    sheet: Sheet,
    /// The number of the sheet, from 1.
    number: u16,
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
        let walked = walk.end()?;
        self.sheet.settle(walked.rows, walked.columns);
        let covered = self.sheet.keep(Spoiled::Covered.mark(), 0, &mut self.spent)?;
        let mut visited = 0;
        for area in &walked.areas {
            self.sheet.cover(*area, covered, &mut visited)?;
        }
        let merged = self.sheet.keep(Spoiled::Merged.mark(), 0, &mut self.spent)?;
        self.sheet.merge_down(&walked.areas, merged, &mut visited)?;
        Ok(walked.left)
    }

    fn add(&mut self, seen: &Seen, stored: Option<(DataRef<'_>, usize)>) -> Result<(), Unfit> {
        if let Some(spoiled) = seen.spoiled {
            return self.put(seen, spoiled.mark());
        }
        let (value, style) = stored.unwrap_or((DataRef::Empty, 0));
        if value != DataRef::Empty && seen.at.1 >= COLUMNS {
            return Err(Over::Column(seen.at.1).into());
        }
        let format = self.formats.as_ref().and_then(|formats| formats.get(style)).unwrap_or(&self.general);
        let number = |number: f64| format.number(number).unwrap_or_else(|spoiled| spoiled.mark().into());
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
            DataRef::Bool(value) => truth(*value).into(),
            DataRef::DateTime(date) => dated(days_in(date)).into(),
            DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Spoiled::Date.mark().into(),
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
        let Some(met) = seen.string.and_then(|string| self.kept.get_mut(string)) else {
            return self.put(seen, text);
        };
        if text.is_empty() {
            return Ok(());
        }
        if met.sheet != self.number {
            *met = Met { sheet: self.number, kept: self.sheet.keep(text, seen.at.0, &mut self.spent)? };
        }
        Ok(self.sheet.put(seen.at, met.kept, &mut self.spent)?)
    }
}
