//! Rows as a workbook.
//!
//! In: [`Flat`], and what of the council stands in it. Out: the bytes of an XLSX: the same for the same rows, since it is told
//! when it was made.
//!
//! Deliberately absent: reading it back, and formulas. A text that begins with `=` is a text.

mod council;
mod grid;
mod heights;
mod how;
mod lists;
mod look;
mod shown;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::FORMAT;
use super::flat::Flat;
use super::plan::{RESTRICTED, SHEETS, Sheet};
use super::record::Record;
use crate::model::conference::AgendaPoint;
pub use council::Council;
use grid::Writing;
#[cfg(test)]
pub use grid::{column_help, help_of as label_help};
use look::Look;
use shown::{Showing, of_mark};

/// Writes a workbook.
///
/// # Errors
/// If a text is longer than a cell can hold, with the reason in words.
pub fn written(flat: &Flat, council: &Council) -> Result<Vec<u8>, String> {
    book(flat, council).map_err(|error| match error {
        XlsxError::MaxStringLengthExceeded => {
            "a text has more than 32,767 characters, which no cell can hold".to_owned()
        }
        XlsxError::ParameterError(why) => why,
        error => error.to_string(),
    })
}

/// Moves the restricted sheets into a workbook of their own, which the other then names. Returns its bytes.
///
/// # Errors
/// As for [`written`].
pub fn set_apart(flat: &mut Flat, council: &Council, name: &str) -> Result<Vec<u8>, String> {
    let apart = restricted(flat, council).map_err(|error| error.to_string())?;
    for sheet in SHEETS.iter().map(|plan| plan.sheet).filter(|sheet| sheet.is_restricted()) {
        flat.rows.remove(&sheet);
    }
    flat.meeting.insert(RESTRICTED.to_owned(), name.to_owned());
    Ok(apart)
}

fn restricted(flat: &Flat, council: &Council) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let look = Look::new();
    let of = |path: &str| flat.meeting.get(path).map(String::as_str);
    book.set_properties(&properties(of("reference"), of("issued"))?);
    let showing = Showing { names: &flat.names, council, points: &[] };
    let mut writing = Writing::new(&mut book, &look, showing, "RESTRICTED");
    for plan in SHEETS.iter().filter(|plan| plan.sheet.is_restricted()) {
        let rows = flat.rows.get(&plan.sheet).map(Vec::as_slice).unwrap_or_default();
        writing.rows(plan, rows, council.spare)?;
    }
    book.save_to_buffer().map(heights::free)
}

fn book(flat: &Flat, council: &Council) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let look = Look::new();
    let of = |path: &str| flat.meeting.get(path).map(String::as_str);
    let marking = of("marking").unwrap_or("OFFICIAL-SENSITIVE");
    book.set_properties(&properties(of("reference"), of("issued"))?);
    let elsewhere = flat.meeting.contains_key(RESTRICTED);
    how::how_to(&mut book, &look, marking, elsewhere)?;
    let agenda = agenda(flat, council);
    let points: Vec<String> = (1..).zip(&agenda).map(|(n, row)| title(n, row)).collect();
    let showing = Showing { names: &flat.names, council, points: &points };
    let mut writing = Writing::new(&mut book, &look, showing, marking);
    writing.meeting(flat)?;
    for plan in SHEETS.iter().filter(|plan| !(elsewhere && plan.sheet.is_restricted())) {
        let rows = flat.rows.get(&plan.sheet).map(Vec::as_slice).unwrap_or_default();
        match plan.sheet {
            Sheet::Agenda => writing.rows(plan, &titled(&agenda), council.spare.min(4))?,
            Sheet::Alarms => {
                let answered: Vec<Record> = rows.iter().map(|row| writing.with_cell(row)).collect::<Result<_, _>>()?;
                writing.rows(plan, &answered, council.spare.min(4))?;
            }
            _ => writing.rows(plan, rows, council.spare)?,
        }
    }
    how::words(&mut book, council, &look, marking)?;
    for (name, sheet) in lists::NAMED {
        let column = format!("{sheet}!$A$2:$A$9999");
        book.define_name(name, &format!("={sheet}!$A$2:INDEX({column},MAX(1,COUNTA({column})))"))?;
    }
    book.save_to_buffer().map(heights::free)
}

fn properties(reference: Option<&str>, issued: Option<&str>) -> Result<DocProperties, XlsxError> {
    let title = reference.map_or_else(|| "Workbook for one conference".to_owned(), |r| format!("{r}: workbook"));
    // Whoever makes it says on which day; a workbook of nobody has the day of its format.
    let made = issued.and_then(|day| ExcelDateTime::parse_from_str(day).ok());
    let made = made.map_or_else(|| ExcelDateTime::from_ymd(2026, 1, 1), Ok)?;
    Ok(DocProperties::new()
        .set_title(title)
        .set_author("convenor")
        .set_creation_datetime(&made)
        .set_custom_property("convenor workbook", FORMAT.to_string()))
}

/// The points of the agenda: its own, or the council's usual ones.
fn agenda(flat: &Flat, council: &Council) -> Vec<Record> {
    if let Some(own) = flat.rows.get(&Sheet::Agenda) {
        return own.clone();
    }
    let point = |point: &AgendaPoint| {
        let mut record = Record::default();
        record.set("title", Some(point.title.clone()));
        record.set("minutes", Some(point.minutes.to_string()));
        record.set("share", of_mark(point.share).map(str::to_owned));
        record.set("area", point.area.map(|area| area.id().to_owned()));
        record.set("part", point.part.map(|part| part.id().to_owned()));
        record.set("reason", point.reason.clone());
        record
    };
    council.agenda.iter().map(point).collect()
}

fn titled(agenda: &[Record]) -> Vec<Record> {
    let titled = |(n, row): (u32, &Record)| {
        let mut row = row.clone();
        row.set("title", Some(title(n, &row)));
        row
    };
    (1..).zip(agenda).map(titled).collect()
}

fn title(number: u32, row: &Record) -> String {
    format!("{number}. {}", row.get("title").unwrap_or_default())
}
