//! What somebody fills in: fields, boxes to tick, lines to sign on. Each has a control with the name of its label.
//!
//! A field is a table with its label for a head, so that the label is said with the field wherever a reader comes to it, and
//! two short fields stand side by side.

use super::body::Body;
use super::control;
use super::inline::{inlines, name_of};
use super::measure::{COLUMN, many};
use super::style::{Style, TableStyle};
use super::table::{self, Heads, RowKind};
use crate::doc::Inline;

/// The height of a field of one line, of each further line, and of a line to sign on, in millimetres.
const FIELD: f32 = 10.0;
const MORE: f32 = 8.0;
const LINE: f32 = 10.0;

/// A field.
#[derive(Clone, Copy)]
pub struct Field<'f> {
    /// How many lines it has.
    pub lines: u8,
    /// Its label.
    pub label: &'f [Inline],
    /// What is said under it.
    pub help: &'f [Inline],
}

/// Writes fields side by side.
pub fn fields(body: &mut Body<'_>, all: &[Field<'_>], width: f32) {
    let widths = vec![width; all.len()];
    table::open(body, TableStyle::Field, &widths, Heads { row: true, column: false }, "");
    table::open_row(body, RowKind::HEAD);
    for field in all {
        table::open_cell(body, width);
        body.open(Style::FieldLabel);
        inlines(body, field.label);
        body.close();
        if !field.help.is_empty() {
            body.open(Style::FieldHelp);
            inlines(body, field.help);
            body.close();
        }
        table::close_cell(body);
    }
    body.xml.close();
    let lines = all.iter().map(|field| field.lines).max().unwrap_or(1).max(1);
    table::open_row(body, RowKind::high(body.scale.k * (FIELD + MORE * f32::from(lines - 1))));
    for field in all {
        table::open_cell(body, width);
        body.open(Style::Entry);
        control::entry(body, &name_of(field.label), field.lines > 1);
        body.close();
        table::close_cell(body);
    }
    body.xml.close();
    table::close(body);
}

/// Writes an item with a box to tick.
pub fn tick(body: &mut Body<'_>, style: Style, is_ticked: bool, label: &[Inline]) {
    body.open(style);
    control::tick(body, &name_of(label), is_ticked);
    body.sign("w:tab");
    inlines(body, label);
    body.close();
}

/// Writes whose signature it is, and a line for each label.
pub fn signature(body: &mut Body<'_>, whose: Option<&[Inline]>, labels: &[&[Inline]]) {
    if let Some(whose) = whose {
        body.open(Style::Signed);
        inlines(body, whose);
        body.close();
    }
    if labels.is_empty() {
        return;
    }
    let longest = labels.iter().map(|label| name_of(label).chars().count()).max().unwrap_or(0);
    // Half an em for each letter, as the theme reckons.
    let room = (many(longest) * 0.56 * body.scale.body * 25.4 / 72.0 + 2.0).max(28.0 * body.scale.k).min(60.0);
    table::open(body, TableStyle::Signature, &[room, COLUMN - room], Heads { row: false, column: true }, "");
    for label in labels {
        table::open_row(body, RowKind::high(LINE * body.scale.k));
        table::open_cell(body, room);
        body.open(Style::SignLabel);
        inlines(body, label);
        body.close();
        table::close_cell(body);
        table::open_cell(body, COLUMN - room);
        body.open(Style::Entry);
        let whose = whose.map(name_of).unwrap_or_default();
        let name = if whose.is_empty() { name_of(label) } else { format!("{}, {whose}", name_of(label)) };
        control::entry(body, &name, false);
        body.close();
        table::close_cell(body);
        body.xml.close();
    }
    table::close(body);
}
