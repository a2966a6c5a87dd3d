//! How the cells of each style of tables stand: their lines and their padding.
//!
//! In: a style, the scale of the paper and the look of its council. Out: [`Cells`], in points and the council's colours.

use super::looks::HAIR;
use super::measure::Scale;
use super::style::TableStyle;
use crate::render::brand::Look;

/// An edge of a table, or between two of its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    Top,
    Left,
    Bottom,
    Right,
    /// Between two rows.
    InsideRows,
    /// Between two columns.
    InsideColumns,
}

/// A line at an edge. One without thickness is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line<'c> {
    pub edge: Edge,
    pub thick: f32,
    pub colour: &'c str,
    pub dashed: bool,
}

/// The cells that differ from the others of their table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    FirstRow,
    LastColumn,
}

/// Where the words of a cell stand that is higher than they are; at its top, unless it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    Centre,
    Bottom,
}

/// How the cells of a style of tables stand.
pub struct Cells<'c> {
    /// The lines of the table.
    pub lines: Vec<Line<'c>>,
    /// The padding above, left, below and right.
    pub pad: [f32; 4],
    /// Where the words of all cells stand.
    pub stand: Option<Stand>,
    /// A part with lines of its own, and where its words stand.
    pub but: Option<(Part, Vec<Line<'c>>, Option<Stand>)>,
}

/// Every edge, in the order in which the standards have them.
const ALL: [Edge; 6] = [Edge::Top, Edge::Left, Edge::Bottom, Edge::Right, Edge::InsideRows, Edge::InsideColumns];

/// How the cells of a style stand.
pub fn cells<'c>(table: TableStyle, s: &Scale, brand: &'c Look) -> Cells<'c> {
    let (pad, colour, ink) = (s.step / 2.0, brand.colour.as_str(), brand.ink.as_str());
    let line = |edge, thick, colour| Line { edge, thick, colour, dashed: false };
    let drawn = |edges: &[Edge]| edges.iter().map(|edge| line(*edge, 0.75, ink)).collect::<Vec<_>>();
    let plain = |lines, pad| Cells { lines, pad, stand: None, but: None };
    match table {
        TableStyle::Default => plain(Vec::new(), [0.0, 5.4, 0.0, 5.4]),
        // The line under the head, in the council's colour.
        TableStyle::Rows => Cells {
            but: Some((Part::FirstRow, vec![line(Edge::Bottom, 1.0, colour)], Some(Stand::Bottom))),
            ..plain(vec![line(Edge::Bottom, 0.5, HAIR), line(Edge::InsideRows, 0.5, HAIR)], [pad, 0.0, pad, 8.0])
        },
        TableStyle::Log => plain(drawn(&ALL), [pad, 6.0, pad, 4.0]),
        TableStyle::Details => plain(
            vec![line(Edge::Top, 1.0, colour), line(Edge::Bottom, 1.0, colour), line(Edge::InsideRows, 0.5, HAIR)],
            [pad, 0.0, pad, 8.0],
        ),
        // A field is drawn round what is written, and not round its label.
        TableStyle::Field => {
            let none = |edge| line(edge, 0.0, ink);
            let label = vec![
                none(Edge::Top),
                none(Edge::Left),
                line(Edge::Bottom, 0.75, ink),
                none(Edge::Right),
                none(Edge::InsideColumns),
            ];
            let lines = drawn(&[Edge::Top, Edge::Left, Edge::Bottom, Edge::Right, Edge::InsideColumns]);
            Cells { but: Some((Part::FirstRow, label, Some(Stand::Bottom))), ..plain(lines, [2.0, 4.0, 2.0, 4.0]) }
        }
        TableStyle::Signature => Cells {
            stand: Some(Stand::Bottom),
            but: Some((Part::LastColumn, drawn(&[Edge::Bottom, Edge::InsideRows]), None)),
            ..plain(Vec::new(), [2.0, 0.0, 2.0, 0.0])
        },
        TableStyle::Card => {
            let mut lines: Vec<Line<'c>> = ALL[..4].iter().map(|edge| line(*edge, 0.5, HAIR)).collect();
            lines.push(Line { dashed: true, ..line(Edge::InsideRows, 0.5, HAIR) });
            Cells { stand: Some(Stand::Centre), ..plain(lines, [8.0, 22.0, 8.0, 22.0]) }
        }
        // Space is all that parts one idea from the next.
        TableStyle::Idea => Cells { stand: Some(Stand::Centre), ..plain(Vec::new(), [2.0 * pad, 0.0, 2.0 * pad, 8.0]) },
        TableStyle::Foot => plain(vec![line(Edge::Top, 0.5, colour)], [5.0, 0.0, 0.0, 0.0]),
    }
}
