//! How one cell looks: its edges, its padding, and where its words stand. The standard has no style for all cells of a table that
//! programs read, so each cell has its own (ODF 1.2 part 1, §17.18).
//!
//! In: the style of a table, and the place of a cell in it. Out: its properties.

use super::measure::{line, pt};
use crate::render::brand::Look;
use crate::render::office::{CellLine, Cells, Edge, Part, Scale, Stand, TableStyle, cells};
use crate::render::xml::Xml;

/// Whether something is the first or the last of its kind.
#[derive(Debug, Clone, Copy)]
pub struct Ends {
    pub is_first: bool,
    pub is_last: bool,
}

/// The place of a cell in its table.
#[derive(Debug, Clone, Copy)]
pub struct CellPlace {
    pub row: Ends,
    pub column: Ends,
}

/// How a cell looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellLook {
    /// The lines above, left, below and right.
    lines: [String; 4],
    /// The padding in the same order.
    pad: [String; 4],
    stand: &'static str,
}

impl CellLook {
    /// The look of a cell. Lines between two cells belong to the upper and to the left one.
    pub fn of(table: TableStyle, at: CellPlace, scale: &Scale, brand: &Look) -> Self {
        let Cells { lines, pad, stand, but } = cells(table, scale, brand);
        let (own, own_stand) = match &but {
            Some((Part::FirstRow, own, stand)) if at.row.is_first => (own.as_slice(), *stand),
            Some((Part::LastColumn, own, stand)) if at.column.is_last => (own.as_slice(), *stand),
            _ => (&[][..], None),
        };
        let find = |edge: Edge| {
            let of = |all: &[CellLine<'_>]| all.iter().find(|line| line.edge == edge).map(drawn);
            of(own).or_else(|| of(&lines)).unwrap_or_else(|| "none".to_owned())
        };
        let none = || "none".to_owned();
        let has_own = |edge: Edge| own.iter().any(|line| line.edge == edge);
        Self {
            lines: [
                if at.row.is_first { find(Edge::Top) } else { none() },
                if at.column.is_first { find(Edge::Left) } else { none() },
                // The part of a table that has a line of its own below has it in every row.
                find(if at.row.is_last || has_own(Edge::Bottom) { Edge::Bottom } else { Edge::InsideRows }),
                find(if at.column.is_last { Edge::Right } else { Edge::InsideColumns }),
            ],
            pad: pad.map(pt),
            stand: match own_stand.or(stand) {
                None => "top",
                Some(Stand::Centre) => "middle",
                Some(Stand::Bottom) => "bottom",
            },
        }
    }

    /// Writes its properties.
    pub fn write(&self, xml: &mut Xml) {
        let mut attributes = vec![("style:vertical-align", self.stand)];
        let lines = ["fo:border-top", "fo:border-left", "fo:border-bottom", "fo:border-right"];
        attributes.extend(lines.into_iter().zip(self.lines.iter().map(String::as_str)));
        let pads = ["fo:padding-top", "fo:padding-left", "fo:padding-bottom", "fo:padding-right"];
        attributes.extend(pads.into_iter().zip(self.pad.iter().map(String::as_str)));
        xml.leaf("style:table-cell-properties", &attributes);
    }
}

fn drawn(it: &CellLine<'_>) -> String {
    if it.thick > 0.0 { line(it.thick, it.dashed, it.colour) } else { "none".to_owned() }
}
