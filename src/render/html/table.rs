//! Tables.
//!
//! A table has a head whose cells are heads of columns, and the first cell of a row heads the row, unless it is a box to
//! tick. Its name is its caption, or else the heading that it stands under. Rows that hold nothing are to be filled in: a
//! field in each cell, named by its column and the number of the row.
//!
//! On a narrow screen each row becomes a card, and each cell says the head of its column (`screen.css`): the words for that
//! stand in `data-head`.

use maud::{Markup, html};

use super::inline::inlines;
use super::words;
use crate::doc::{Column, Inline, Pen, is_blank, plain};

type Row = Vec<Vec<Inline>>;

/// Where a table stands.
pub struct Place<'p> {
    /// The id of the heading that it stands under.
    pub heading: Option<String>,
    /// What is said of places for a pen.
    pub pen: Option<&'p Pen>,
}

/// Writes a table.
pub fn write(place: &Place<'_>, (cols, head): (&[Column], &[Vec<Inline>]), caption: &[Inline], rows: &[Row]) -> Markup {
    let heads: Vec<String> = head.iter().map(|words| plain(words)).collect();
    let kinds: Vec<&str> = (0..head.len()).map(|i| kind(cols.get(i).copied())).collect();
    let most: Vec<f64> = (0..head.len()).map(|i| most(rows, i)).collect();
    let name = place.heading.as_ref().filter(|_| caption.is_empty());
    // A column that holds nothing in any row is there to be filled in. One cell that holds nothing says that there is nothing.
    let open: Vec<bool> = (0..head.len()).map(|i| place.pen.is_some() && is_open(rows, i)).collect();
    let table = Table { cols, pen: place.pen, heads: &heads, kinds: &kinds, most: &most, open: &open };
    let mut blank = 0;
    html! {
        table aria-labelledby=[name] {
            @if !caption.is_empty() { caption { (inlines(caption)) } }
            thead { tr { @for (words, kind) in head.iter().zip(&kinds) { th scope="col" class=(kind) { (inlines(words)) } } } }
            tbody {
                @for row in rows {
                    @if is_blank(row) && !cols.contains(&Column::Tick) {
                        tr.blank { (table.to_fill_in({ blank += 1; blank })) }
                    } @else {
                        tr { @for i in 0..row.len().min(heads.len()) { (table.cell(row, i)) } }
                    }
                }
            }
        }
    }
}

/// What the cells of a table share.
struct Table<'t> {
    cols: &'t [Column],
    pen: Option<&'t Pen>,
    heads: &'t [String],
    kinds: &'t [&'t str],
    /// The largest number of each column.
    most: &'t [f64],
    /// Whether each column is filled in by hand.
    open: &'t [bool],
}

impl Table<'_> {
    fn cell(&self, row: &Row, i: usize) -> Markup {
        let (words, head, class) = (&row[i], &self.heads[i], self.kinds[i]);
        let is_empty = plain(words).trim().is_empty();
        let content = match self.cols.get(i) {
            Some(Column::Tick) if is_empty => self.box_of_row(row, head),
            _ if self.open[i] => self.entry(i, &format!("{head}, {}", plain(&row[0]))),
            Some(Column::Line) => html! { (step(words)) (inlines(words)) },
            Some(Column::Bar) => html! { (bar(words, self.most[i])) (inlines(words)) },
            _ => inlines(words),
        };
        if i == 0 && self.cols.first() != Some(&Column::Tick) && !is_empty {
            return html! { th scope="row" class=(class) data-head=(head) { (content) } };
        }
        html! { td class=(class) data-head=(head) { (content) } }
    }

    /// A box to tick, named by the words of its row.
    fn box_of_row(&self, row: &Row, head: &str) -> Markup {
        let words: Vec<String> = row.iter().map(|cell| plain(cell)).filter(|words| !words.is_empty()).collect();
        let words = if words.is_empty() { head.to_owned() } else { words.join(", ") };
        let name = self.pen.map_or(words.clone(), |pen| pen.empty.replace("{label}", &words));
        html! { input type="checkbox" aria-label=(name); }
    }

    /// A cell that somebody fills in.
    fn entry(&self, column: usize, name: &str) -> Markup {
        let short = [Column::Date, Column::Time, Column::Number, Column::Status, Column::Line, Column::Bar];
        if self.cols.get(column).is_some_and(|column| short.contains(column)) {
            html! { input type="text" aria-label=(name); }
        } else {
            html! { textarea rows="1" aria-label=(name) {} }
        }
    }

    /// The cells of a row that somebody fills in.
    fn to_fill_in(&self, number: usize) -> Markup {
        html! {
            @for (i, (head, class)) in self.heads.iter().zip(self.kinds).enumerate() {
                @let name = format!("{head}, {} {number}", words::ROW);
                td class=(class) data-head=(head) {
                    (self.entry(i, &name))
                }
            }
        }
    }
}

/// Whether a column holds nothing in any row, although the rows hold something.
fn is_open(rows: &[Row], column: usize) -> bool {
    let is_empty = |row: &Row| row.get(column).is_none_or(|words| plain(words).trim().is_empty());
    column > 0 && rows.iter().all(is_empty)
}

/// The class of a column.
fn kind(column: Option<Column>) -> &'static str {
    match column {
        Some(Column::Number) => "number",
        Some(Column::Wide) => "wide",
        Some(Column::Label) => "label",
        Some(Column::Owner) => "owner",
        Some(Column::Date) => "date",
        Some(Column::Status) => "status",
        Some(Column::Time) => "time",
        Some(Column::Tick) => "tick",
        Some(Column::Line) => "stage",
        Some(Column::Bar) => "bar",
        Some(Column::Text) | None => "text",
    }
}

/// How a step stands, as a drawing before its word: a disc is done, a ring is to come, a diamond is late, a bar is past and
/// not known. The word says it all.
fn step(words: &[Inline]) -> Markup {
    let shape = match plain(words).trim().to_lowercase().as_str() {
        "done" => html! { circle cx="5" cy="5" r="4" {} },
        "due" => html! { circle.ring cx="5" cy="5" r="4" {} },
        "late" => html! { polygon points="5 0 10 5 5 10 0 5" {} },
        "past" => html! { rect y="4" width="10" height="2" {} },
        _ => return html! {},
    };
    html! { svg.step viewBox="0 0 10 10" aria-hidden="true" { (shape) } }
}

/// The number that a cell holds, if it holds nothing else.
fn amount(words: &[Inline]) -> Option<f64> {
    plain(words).trim().trim_end_matches('%').trim_end().parse().ok().filter(|it: &f64| it.is_finite() && *it >= 0.0)
}

fn most(rows: &[Row], column: usize) -> f64 {
    rows.iter().filter_map(|row| amount(row.get(column)?)).fold(0.0, f64::max)
}

/// A number as a drawing, as long as it is of the largest in its column. The number itself says it all.
fn bar(words: &[Inline], most: f64) -> Markup {
    let Some(amount) = amount(words).filter(|_| most > 0.0) else { return html! {} };
    let length = format!("{:.1}", 100.0 * amount / most);
    html! {
        svg.drawn viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" { rect width=(length) height="10" {} }
    }
}
