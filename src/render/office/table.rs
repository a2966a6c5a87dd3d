//! Tables: their frame, and those that hold rows of words under a head.
//!
//! In: columns by kind, heads, rows. Out: a table whose head repeats on every page, with widths by what its columns hold.
//! Rows that hold nothing are to be filled in: a control in each cell, named by its column and the number of the row.

use super::body::{Body, Said};
use super::elements::{Elements, Heads, RowKind, TableOf};
use super::inline::{inlines, name_of};
use super::measure::COLUMN;
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

/// Writes a table of rows under a head. `under` is the heading that it stands under, which names a table without a caption.
pub fn rows<E: Elements>(
    body: &mut Body<'_, E>,
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
    let style = if by_hand { TableStyle::Log } else { TableStyle::Rows };
    body.open_table(TableOf { style, widths: &widths, heads, name: &name, keep });
    body.to.open_row(RowKind::HEAD.last(all.is_empty()));
    for (words, width) in head.iter().zip(&widths) {
        body.open_cell(*width);
        body.open(Style::TableHead);
        inlines(body, words);
        body.close();
        body.close_cell();
    }
    body.to.close_row();
    let names: Vec<String> = head.iter().map(|words| name_of(words)).collect();
    let open_columns: Vec<bool> = (0..head.len()).map(|i| body.pen().is_some() && is_open(all, i)).collect();
    let mut blank = 0;
    for (n, row) in all.iter().enumerate() {
        body.keep = keep;
        let is_last = n + 1 == all.len();
        if is_empty(row, cols) {
            blank += 1;
            to_fill_in(body, &names, &widths, (blank, is_last));
            continue;
        }
        let letters: usize = row.iter().map(|cell| plain(cell).chars().count()).sum();
        body.to.open_row(RowKind { may_break: letters > LONG, ..RowKind::WHOLE }.last(is_last));
        for (i, width) in widths.iter().enumerate() {
            body.open_cell(*width);
            body.open(Style::TableText);
            cell(body, cols.get(i).copied(), row, (i, &names[i]), open_columns[i]);
            body.close();
            body.close_cell();
        }
        body.to.close_row();
    }
    body.keep = keep;
    body.close_table();
}

/// Writes the caption over a table.
pub fn caption<E: Elements>(body: &mut Body<'_, E>, caption: &[Inline]) {
    if !caption.is_empty() {
        body.open(Style::Caption);
        inlines(body, caption);
        body.close();
    }
}

fn cell<E: Elements>(body: &mut Body<'_, E>, kind: Option<Column>, row: &Row, (i, head): (usize, &str), is_open: bool) {
    let Some(words) = row.get(i) else { return };
    let is_empty = plain(words).trim().is_empty();
    if is_empty && kind == Some(Column::Tick) {
        let all: Vec<String> = row.iter().map(|cell| name_of(cell)).filter(|words| !words.is_empty()).collect();
        let label = if all.is_empty() { head.to_owned() } else { all.join(", ") };
        body.to.tick(&label, false);
    } else if is_open {
        let first = row.first().map(|words| name_of(words)).unwrap_or_default();
        body.to.entry(&format!("{head}, {first}"), true);
    } else {
        inlines(body, words);
    }
}

/// The cells of a row that somebody fills in.
fn to_fill_in<E: Elements>(body: &mut Body<'_, E>, names: &[String], widths: &[f32], (number, is_last): (usize, bool)) {
    body.to.open_row(RowKind::high(BLANK * body.scale.k).last(is_last));
    for (head, width) in names.iter().zip(widths) {
        body.open_cell(*width);
        body.open(Style::TableText);
        if body.pen().is_some() {
            body.to.entry(&format!("{head}, {ROW} {number}"), true);
        } else {
            body.words("", Said::default());
        }
        body.close();
        body.close_cell();
    }
    body.to.close_row();
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
