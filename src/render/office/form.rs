//! What somebody fills in: fields, boxes to tick, lines to sign on. Each has a control with the name of its label.
//!
//! A field is a table with its label for a head, so that the label is said with the field wherever a reader comes to it, and
//! two short fields stand side by side.

use super::body::Body;
use super::elements::{Elements, Heads, RowKind, TableOf};
use super::inline::{inlines, name_of};
use super::measure::{COLUMN, many};
use super::style::{Style, TableStyle};
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
pub fn fields<E: Elements>(body: &mut Body<'_, E>, all: &[Field<'_>], width: f32) {
    let widths = vec![width; all.len()];
    let heads = Heads { row: true, column: false };
    body.open_table(TableOf { style: TableStyle::Field, widths: &widths, heads, name: "", keep: body.keep });
    body.to.open_row(RowKind::HEAD);
    for field in all {
        body.open_cell(width);
        body.open(Style::FieldLabel);
        inlines(body, field.label);
        body.close();
        if !field.help.is_empty() {
            body.open(Style::FieldHelp);
            inlines(body, field.help);
            body.close();
        }
        body.close_cell();
    }
    body.to.close_row();
    let lines = all.iter().map(|field| field.lines).max().unwrap_or(1).max(1);
    body.to.open_row(RowKind::high(body.scale.k * (FIELD + MORE * f32::from(lines - 1))).last(true));
    for field in all {
        body.open_cell(width);
        body.open(Style::Entry);
        body.to.entry(&name_of(field.label), field.lines > 1);
        body.close();
        body.close_cell();
    }
    body.to.close_row();
    body.close_table();
}

/// Writes an item with a box to tick.
pub fn tick<E: Elements>(body: &mut Body<'_, E>, style: Style, is_ticked: bool, label: &[Inline]) {
    body.open(style);
    body.to.tick(&name_of(label), is_ticked);
    body.to.tab();
    inlines(body, label);
    body.close();
}

/// Writes whose signature it is, and a line for each label.
pub fn signature<E: Elements>(body: &mut Body<'_, E>, whose: Option<&[Inline]>, labels: &[&[Inline]]) {
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
    let heads = Heads { row: false, column: true };
    let widths = [room, COLUMN - room];
    body.open_table(TableOf { style: TableStyle::Signature, widths: &widths, heads, name: "", keep: body.keep });
    for (i, label) in labels.iter().enumerate() {
        body.to.open_row(RowKind::high(LINE * body.scale.k).last(i + 1 == labels.len()));
        body.open_cell(room);
        body.open(Style::SignLabel);
        inlines(body, label);
        body.close();
        body.close_cell();
        body.open_cell(COLUMN - room);
        body.open(Style::Entry);
        let whose = whose.map(name_of).unwrap_or_default();
        let name = if whose.is_empty() { name_of(label) } else { format!("{}, {whose}", name_of(label)) };
        body.to.entry(&name, false);
        body.close();
        body.close_cell();
        body.to.close_row();
    }
    body.close_table();
}
