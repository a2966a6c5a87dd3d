//! What the text of a paper is made of, whatever the format.
//!
//! In: styles, words, widths. Out: elements of one format, in the order of the calls. A format keeps its own registers: whatever
//! is named is entered where it is named.
//!
//! Deliberately absent: looks. A style has them.

use super::place::Frame;
use super::style::{Mark, Style, TableStyle, Within};
use crate::doc::Language;
use crate::render::target::Target;

/// A paragraph.
#[derive(Debug, Clone, Copy)]
pub struct Paragraph {
    /// Its style.
    pub style: Style,
    /// Whether it stays on the page of what follows it.
    pub keep: bool,
    /// Whether it is the first of the item that was opened last.
    pub is_item: bool,
    /// Whether it runs from the right.
    pub is_from_right: bool,
}

/// Words of one look.
#[derive(Debug, Clone, Copy)]
pub struct Run<'w> {
    /// The words.
    pub words: &'w str,
    /// Their style, if it is not that of their paragraph.
    pub mark: Option<Mark>,
    /// Whether they are bold besides.
    pub strong: bool,
    /// The family of their letters, if it is not that of plain English.
    pub family: Option<&'w str>,
    /// Whether they run from the right.
    pub is_from_right: bool,
    /// Their language, if it is another than that of the paper.
    pub language: Option<Language>,
}

/// A list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// What it stands in.
    pub within: Within,
    /// Its first number; `None` for one with bullets.
    pub start: Option<usize>,
    /// How many lists it is in, itself counted.
    pub level: u8,
}

/// Which cells of a table head others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heads {
    /// Whether the first row heads the columns.
    pub row: bool,
    /// Whether the first cell of each row heads it.
    pub column: bool,
}

/// A table that begins.
#[derive(Debug, Clone, Copy)]
pub struct TableOf<'t> {
    /// Its style.
    pub style: TableStyle,
    /// The widths of its columns, in millimetres.
    pub widths: &'t [f32],
    /// Which cells head others.
    pub heads: Heads,
    /// What is read out before it. Empty if its cells say it.
    pub name: &'t str,
    /// Whether it stays on the page of what follows it.
    pub keep: bool,
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
    /// Whether it is the last.
    pub is_last: bool,
}

impl RowKind {
    /// A row that stays on one page.
    pub const WHOLE: RowKind = RowKind { is_head: false, may_break: false, height: None, is_last: false };
    /// A head.
    pub const HEAD: RowKind = RowKind { is_head: true, ..Self::WHOLE };

    /// A row of at least that many millimetres.
    pub fn high(millimetres: f32) -> Self {
        RowKind { height: Some(millimetres), ..Self::WHOLE }
    }

    /// The same as the last of its table, or not.
    pub fn last(self, is_last: bool) -> Self {
        RowKind { is_last, ..self }
    }
}

/// One of the pictures of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The logo.
    Logo,
    /// A picture of easy read, by its number from 1.
    Easy(usize),
}

/// What a format makes of the pieces of a paper. Whatever is opened is closed by whoever opened it.
pub trait Elements {
    /// Whether two tables that touch would become one, so that a paragraph stands between them.
    const TABLES_MERGE: bool;
    /// Whether the head of the first page has the marking, so that the text does not.
    const MARKS_FIRST_HEAD: bool;

    fn open_paragraph(&mut self, it: Paragraph);
    fn close_paragraph(&mut self);
    fn run(&mut self, run: Run<'_>);
    fn tab(&mut self);
    fn line_break(&mut self);
    fn open_link(&mut self, to: Target<'_>);
    fn close_link(&mut self);
    /// The words of the heading with a number, from 1.
    fn open_heading(&mut self, number: usize);
    fn close_heading(&mut self);
    fn open_list(&mut self, list: List);
    fn open_item(&mut self);
    fn close_item(&mut self);
    fn close_list(&mut self);
    /// A table. One that runs from the right has its first column there.
    fn open_table(&mut self, table: TableOf<'_>, is_from_right: bool);
    fn close_table(&mut self);
    fn open_row(&mut self, kind: RowKind);
    fn close_row(&mut self);
    /// A cell of a width in millimetres.
    fn open_cell(&mut self, width: f32);
    fn close_cell(&mut self);
    /// A place for words, by its name, in the paragraph that is open. `lines` says that it may have several.
    fn entry(&mut self, name: &str, lines: bool);
    /// A box to tick, by its name.
    fn tick(&mut self, name: &str, is_ticked: bool);
    /// A picture, in millimetres, with its words.
    fn picture(&mut self, which: Which, size: (f32, f32), words: &str);
    /// Paragraphs with a place of their own on the first page. `name` says what they are.
    fn open_frame(&mut self, at: Frame, name: &'static str);
    fn close_frame(&mut self);
    /// What follows begins on a sheet of its own, as a slip to send back does.
    fn new_sheet(&mut self);
    /// The list of contents under a title: first the paragraph of its heading, then those of its entries.
    fn open_contents(&mut self, title: &str);
    fn open_entries(&mut self);
    /// An entry of the heading with a number, in the paragraph that is open.
    fn open_entry(&mut self, number: usize, is_first: bool);
    fn close_entry(&mut self, is_last: bool);
    fn close_contents(&mut self);
    fn page_number(&mut self);
    fn page_count(&mut self);
}
