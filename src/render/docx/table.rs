//! Tables: their frame, and those that hold rows of words under a head.
//!
//! In: columns by kind, heads, rows. Out: a table whose head repeats on every page, with widths by what its columns hold.
//! Rows that hold nothing are to be filled in: a control in each cell, named by its column and the number of the row.

use super::body::{Body, Said};
use super::control;
use super::inline::{inlines, name_of};
use super::measure::{COLUMN, twips_of};
use super::style::{Style, TableStyle};
use crate::doc::{Column, Inline, is_blank, plain};
use crate::render::Lost;

type Row = Vec<Vec<Inline>>;

/// The word for a row to fill in, in the name of each of its fields.
const ROW: &str = "row";
/// The height of a row to fill in, in millimetres, before it grows with the paper.
const BLANK: f32 = 12.0;
/// A row with more letters than these may break over two pages.
const LONG: usize = 900;

/// Which cells of a table head others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heads {
    /// Whether the first row heads the columns.
    pub row: bool,
    /// Whether the first cell of each row heads it.
    pub column: bool,
}

/// How a row stands.
#[derive(Debug, Clone, Copy)]
pub struct RowKind {
    /// Whether it is a head, which repeats on every page.
    pub is_head: bool,
    /// Whether it may break over two pages.
    pub may_break: bool,
    /// Its least height, in millimetres.
    pub height: Option<f32>,
}

impl RowKind {
    /// A row that stays on one page.
    pub const WHOLE: RowKind = RowKind { is_head: false, may_break: false, height: None };
    /// A head.
    pub const HEAD: RowKind = RowKind { is_head: true, may_break: false, height: None };

    /// A row of at least that many millimetres.
    pub fn high(millimetres: f32) -> Self {
        RowKind { height: Some(millimetres), ..Self::WHOLE }
    }
}

/// Opens a table with columns of these widths in millimetres. `name` is read out before it.
///
/// `CT_TblPr`: tblStyle, tblW, tblLayout, tblLook, tblCaption, in this order (ECMA-376 part 1, §17.4.60).
pub fn open(body: &mut Body<'_>, style: TableStyle, widths: &[f32], heads: Heads, name: &str) {
    body.begin_table();
    body.used.tables.insert(style);
    let widths: Vec<i32> = widths.iter().map(|width| twips_of(*width)).collect();
    let xml = &mut body.xml;
    xml.open("w:tbl", &[]);
    xml.open("w:tblPr", &[]);
    xml.leaf("w:tblStyle", &[("w:val", &style.id())]);
    xml.leaf("w:tblW", &[("w:w", &widths.iter().sum::<i32>().to_string()), ("w:type", "dxa")]);
    xml.leaf("w:tblLayout", &[("w:type", "fixed")]);
    let flag = |is_set: bool| if is_set { "1" } else { "0" };
    let last = style == TableStyle::Signature;
    // The bits of §17.4.55: first row, first column, last column, and no bands.
    let bits = 0x0600
        | if heads.row { 0x0020 } else { 0 }
        | if heads.column { 0x0080 } else { 0 }
        | if last { 0x0100 } else { 0 };
    let bits = format!("{bits:04X}");
    xml.leaf(
        "w:tblLook",
        &[
            ("w:val", bits.as_str()),
            ("w:firstRow", flag(heads.row)),
            ("w:lastRow", "0"),
            ("w:firstColumn", flag(heads.column)),
            ("w:lastColumn", flag(last)),
            ("w:noHBand", "1"),
            ("w:noVBand", "1"),
        ],
    );
    if !name.is_empty() {
        xml.leaf("w:tblCaption", &[("w:val", name)]);
    }
    xml.close();
    xml.open("w:tblGrid", &[]);
    for width in &widths {
        xml.leaf("w:gridCol", &[("w:w", &width.to_string())]);
    }
    xml.close();
}

/// Opens a row (§17.4.78: `tblHeader` repeats it, from the first row on without a gap).
pub fn open_row(body: &mut Body<'_>, kind: RowKind) {
    let xml = &mut body.xml;
    xml.open("w:tr", &[]);
    if kind.is_head || !kind.may_break || kind.height.is_some() {
        xml.open("w:trPr", &[]);
        if !kind.may_break {
            xml.leaf("w:cantSplit", &[]);
        }
        if let Some(height) = kind.height {
            xml.leaf("w:trHeight", &[("w:val", &twips_of(height).to_string()), ("w:hRule", "atLeast")]);
        }
        if kind.is_head {
            xml.leaf("w:tblHeader", &[]);
        }
        xml.close();
    }
}

/// Opens a cell of a width in millimetres.
pub fn open_cell(body: &mut Body<'_>, width: f32) {
    body.set_after_table(false);
    body.xml.open("w:tc", &[]);
    body.xml.open("w:tcPr", &[]);
    body.xml.leaf("w:tcW", &[("w:w", &twips_of(width).to_string()), ("w:type", "dxa")]);
    body.xml.close();
}

/// Closes a cell. Its last element is a paragraph.
pub fn close_cell(body: &mut Body<'_>) {
    body.end_on_a_paragraph();
    body.xml.close();
}

/// Closes a table.
pub fn close(body: &mut Body<'_>) {
    body.xml.close();
    body.set_after_table(true);
}

/// Writes a table of rows under a head. `under` is the heading that it stands under, which names a table without a caption.
pub fn rows(
    body: &mut Body<'_>,
    (cols, head): (&[Column], &[Vec<Inline>]),
    caption: &[Inline],
    all: &[Row],
    under: &str,
) {
    if cols.iter().any(|column| matches!(column, Column::Bar | Column::Line)) {
        body.lost.insert(Lost::DrawnColumns);
    }
    self::caption(body, caption);
    let by_hand = all.iter().any(|row| is_empty(row, cols));
    let widths = widths(cols, head.len(), all, body.scale.k);
    let heads = Heads { row: true, column: cols.first() != Some(&Column::Tick) };
    let name = if caption.is_empty() { under.to_owned() } else { name_of(caption) };
    let keep = std::mem::take(&mut body.keep);
    open(body, if by_hand { TableStyle::Log } else { TableStyle::Rows }, &widths, heads, &name);
    open_row(body, RowKind::HEAD);
    for (words, width) in head.iter().zip(&widths) {
        open_cell(body, *width);
        body.open(Style::TableHead);
        inlines(body, words);
        body.close();
        close_cell(body);
    }
    body.xml.close();
    let names: Vec<String> = head.iter().map(|words| name_of(words)).collect();
    let open_columns: Vec<bool> = (0..head.len()).map(|i| body.pen().is_some() && is_open(all, i)).collect();
    let mut blank = 0;
    for row in all {
        body.keep = keep;
        if is_empty(row, cols) {
            blank += 1;
            to_fill_in(body, &names, &widths, blank);
            continue;
        }
        let letters: usize = row.iter().map(|cell| plain(cell).chars().count()).sum();
        open_row(body, RowKind { may_break: letters > LONG, ..RowKind::WHOLE });
        for (i, width) in widths.iter().enumerate() {
            open_cell(body, *width);
            body.open(Style::TableText);
            cell(body, cols.get(i).copied(), row, (i, &names[i]), open_columns[i]);
            body.close();
            close_cell(body);
        }
        body.xml.close();
    }
    body.keep = keep;
    close(body);
}

/// Writes the caption over a table.
pub fn caption(body: &mut Body<'_>, caption: &[Inline]) {
    if !caption.is_empty() {
        body.open(Style::Caption);
        inlines(body, caption);
        body.close();
    }
}

fn cell(body: &mut Body<'_>, kind: Option<Column>, row: &Row, (i, head): (usize, &str), is_open: bool) {
    let Some(words) = row.get(i) else { return };
    let is_empty = plain(words).trim().is_empty();
    if is_empty && kind == Some(Column::Tick) {
        let all: Vec<String> = row.iter().map(|cell| name_of(cell)).filter(|words| !words.is_empty()).collect();
        let label = if all.is_empty() { head.to_owned() } else { all.join(", ") };
        control::tick(body, &label, false);
    } else if is_open {
        let first = row.first().map(|words| name_of(words)).unwrap_or_default();
        control::entry(body, &format!("{head}, {first}"), true);
    } else {
        inlines(body, words);
    }
}

/// The cells of a row that somebody fills in.
fn to_fill_in(body: &mut Body<'_>, names: &[String], widths: &[f32], number: usize) {
    open_row(body, RowKind::high(BLANK * body.scale.k));
    for (head, width) in names.iter().zip(widths) {
        open_cell(body, *width);
        body.open(Style::TableText);
        if body.pen().is_some() {
            control::entry(body, &format!("{head}, {ROW} {number}"), true);
        } else {
            body.words("", Said::default());
        }
        body.close();
        close_cell(body);
    }
    body.xml.close();
}

/// Whether a row holds nothing, not even a box to tick.
pub fn is_empty(row: &Row, cols: &[Column]) -> bool {
    is_blank(row) && !cols.contains(&Column::Tick)
}

/// Whether a column holds nothing in any row, although the rows hold something.
fn is_open(rows: &[Row], column: usize) -> bool {
    let is_empty = |row: &Row| row.get(column).is_none_or(|words| plain(words).trim().is_empty());
    column > 0 && rows.iter().all(is_empty)
}

/// The widths of the columns, in millimetres, as the theme has them: by what they hold, and the rest shared.
fn widths(cols: &[Column], count: usize, rows: &[Row], k: f32) -> Vec<f32> {
    let mut asked: Vec<Asked> =
        (0..count).map(|i| asked(cols.get(i).copied().unwrap_or(Column::Text), rows, i, k)).collect();
    let fixed =
        |asked: &[Asked]| asked.iter().map(|it| if let Asked::Fixed(width) = it { *width } else { 0.0 }).sum::<f32>();
    if asked.iter().all(|it| matches!(it, Asked::Fixed(_)))
        && let Some(last) = asked.last_mut()
    {
        *last = Asked::Share(1.0);
    }
    let shares: f32 = asked.iter().map(|it| if let Asked::Share(parts) = it { *parts } else { 0.0 }).sum();
    // A share is never so narrow that a word would not fit: fixed columns give way.
    let least = 18.0 * shares;
    let squeeze = ((COLUMN - least) / fixed(&asked)).min(1.0);
    for it in &mut asked {
        if let Asked::Fixed(width) = it {
            *width *= squeeze;
        }
    }
    let room = COLUMN - fixed(&asked);
    asked
        .iter()
        .map(|it| match it {
            Asked::Fixed(width) => *width,
            Asked::Share(parts) => room * parts / shares,
        })
        .collect()
}

/// The width that a column asks for.
enum Asked {
    /// Millimetres.
    Fixed(f32),
    /// Parts of what is left.
    Share(f32),
}

fn asked(kind: Column, rows: &[Row], column: usize, k: f32) -> Asked {
    let longest = || {
        let letters = |row: &Row| row.get(column).map_or(0, |words| plain(words).chars().count());
        rows.iter().map(letters).max().unwrap_or(0)
    };
    Asked::Fixed(
        k * match kind {
            Column::Text | Column::Bar => return Asked::Share(1.0),
            Column::Wide => return Asked::Share(2.0),
            Column::Number => 12.0,
            Column::Label => 38.0,
            Column::Owner => 42.0,
            Column::Status | Column::Line => 22.0,
            Column::Time => 21.0,
            Column::Tick => 14.0,
            Column::Date => match longest() {
                0..=12 => 30.0,
                13..=15 => 38.0,
                _ => 42.0,
            },
        },
    )
}

/// Whether a table is too narrow to be read as rows, in large print or with many columns: then each row is a card.
pub fn is_too_narrow(cols: &[Column], k: f32) -> bool {
    let most = if k > 1.8 && cols.contains(&Column::Bar) {
        2
    } else if k > 1.0 {
        3
    } else {
        5
    };
    cols.len() > most
}
