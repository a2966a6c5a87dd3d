//! The text of a paper as it is written: the space between what follows one another, and which words are of one look.
//!
//! In: paragraphs and words, by style. Out: elements. Deliberately absent: which block becomes which paragraph.

use std::collections::BTreeSet;

use super::elements::{Elements, List, Paragraph, Run, TableOf};
use super::fonts::Fonts;
use super::measure::Scale;
use super::place::place;
use super::style::{Mark, Style, Within};
use crate::doc::{Document, Language, Pen};
use crate::render::Lost;
use crate::render::brand::Look;
use crate::render::direction::{runs, runs_from_right};
use crate::render::picture::Picture;

/// What is said of some words.
#[derive(Debug, Clone, Copy, Default)]
pub struct Said {
    /// Bold.
    pub strong: bool,
    /// Another style of words.
    pub mark: Option<Mark>,
}

/// What was written last, as far as the space after it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Last {
    Table,
    List,
    Other,
}

/// The text that is being written.
pub struct Body<'d, E> {
    pub document: &'d Document,
    pub look: &'d Look,
    pub scale: Scale,
    pub fonts: &'d Fonts,
    /// The elements of a format.
    pub to: E,
    pub lost: BTreeSet<Lost>,
    /// The pictures of easy read that were named, by their files. Their numbers count from 1.
    pub pictures: Vec<(String, Picture)>,
    /// Whether the paragraphs that are written stay on the page of what follows them.
    pub keep: bool,
    /// The language of what is written.
    pub language: Language,
    /// What was written last.
    last: Last,
    headings: usize,
}

impl<'d, E: Elements> Body<'d, E> {
    /// A text at its beginning.
    pub fn new(document: &'d Document, look: &'d Look, scale: Scale, fonts: &'d Fonts, to: E) -> Self {
        Self {
            document,
            look,
            scale,
            fonts,
            to,
            lost: BTreeSet::new(),
            pictures: Vec::new(),
            keep: false,
            language: document.meta.language,
            last: Last::Other,
            headings: 0,
        }
    }

    /// What is said of places for a pen.
    pub fn pen(&self) -> Option<&'d Pen> {
        self.document.meta.pen.as_ref()
    }

    /// The number of the next heading, from 1.
    pub fn next_heading(&mut self) -> usize {
        self.headings += 1;
        self.headings
    }

    /// Opens a paragraph.
    pub fn open(&mut self, style: Style) {
        let style = self.settled(style);
        self.to.open_paragraph(Paragraph { style, keep: self.keep, is_item: false, is_from_right: self.turns(style) });
    }

    /// Opens the first paragraph of an item of a list.
    pub fn open_item(&mut self, list: List) {
        let style = match list.start {
            Some(_) => Style::Number(list.within, list.level),
            None => Style::Bullet(list.within, list.level),
        };
        let style = self.settled(style);
        self.to.open_item();
        self.to.open_paragraph(Paragraph { style, keep: self.keep, is_item: true, is_from_right: self.turns(style) });
    }

    /// Whether a paragraph runs from the right. What has a place of its own on the sheet is for the envelope and the post.
    fn turns(&self, style: Style) -> bool {
        self.language.is_from_right() && place(style, &self.scale).is_none()
    }

    /// A table has no space of its own below it, and a list little: what follows makes up for it.
    fn settled(&mut self, style: Style) -> Style {
        let is_item = matches!(
            style,
            Style::Bullet(..) | Style::Number(..) | Style::Continue(..) | Style::Tick(_) | Style::TickContinue(_)
        );
        let last = std::mem::replace(&mut self.last, if is_item { Last::List } else { Last::Other });
        match (last, style) {
            (Last::Table, Style::Body(Within::Text)) => Style::AfterTable,
            (Last::List, Style::Body(Within::Text)) => Style::AfterList,
            (Last::Other | Last::List, _)
            | (Last::Table, Style::Gap | Style::Turn | Style::Signed | Style::Divider | Style::Closing) => style,
            (Last::Table, _) => {
                if E::TABLES_MERGE {
                    self.empty(Style::Gap);
                    self.last = if is_item { Last::List } else { Last::Other };
                }
                style
            }
        }
    }

    /// Closes a paragraph.
    pub fn close(&mut self) {
        self.to.close_paragraph();
    }

    /// Ends a sheet of paper within the text.
    pub fn new_sheet(&mut self) {
        self.last = Last::Other;
        self.to.new_sheet();
    }

    /// Writes a paragraph without words.
    pub fn empty(&mut self, style: Style) {
        self.open(style);
        self.close();
    }

    /// Writes a paragraph of plain words.
    pub fn plain(&mut self, style: Style, words: &str) {
        self.open(style);
        self.words(words, Said::default());
        self.close();
    }

    /// Opens a table.
    pub fn open_table(&mut self, table: TableOf<'_>) {
        if self.last == Last::Table && E::TABLES_MERGE {
            self.empty(Style::Gap);
        }
        self.last = Last::Other;
        self.to.open_table(table, self.language.is_from_right());
    }

    /// Closes a table.
    pub fn close_table(&mut self) {
        self.to.close_table();
        self.last = Last::Table;
    }

    /// Opens a cell of a width in millimetres.
    pub fn open_cell(&mut self, width: f32) {
        self.last = Last::Other;
        self.to.open_cell(width);
    }

    /// Closes a cell. Its last element is a paragraph.
    pub fn close_cell(&mut self) {
        self.end_on_a_paragraph();
        self.to.close_cell();
    }

    /// Ends the text, or a cell: the last element of either is a paragraph.
    pub fn end_on_a_paragraph(&mut self) {
        if self.last == Last::Table {
            self.empty(Style::Gap);
        }
        self.last = Last::Other;
    }

    /// Writes words: a run for each direction and family of letters.
    pub fn words(&mut self, words: &str, said: Said) {
        let fonts = self.fonts;
        let turns = self.language.is_from_right();
        let runs = if turns { runs_from_right(words) } else { runs(words) };
        for (part, is_from_right) in runs {
            // A name among words from the left is one run. Of a whole text from the right, figures and signs have our own letters:
            // the others' file has none.
            if is_from_right && !turns {
                let family = part.chars().find_map(|c| fonts.other(c));
                self.run(part, said, family, true);
                continue;
            }
            let mut rest = part;
            while let Some(first) = rest.chars().next() {
                let family = fonts.other(first);
                let end = rest.find(|c| fonts.other(c) != family).unwrap_or(rest.len());
                self.run(&rest[..end], said, family, is_from_right);
                rest = &rest[end..];
            }
        }
    }

    fn run(&mut self, words: &str, said: Said, family: Option<&str>, is_from_right: bool) {
        let mark = said.mark.or(said.strong.then_some(Mark::Strong));
        let strong = said.strong && mark != Some(Mark::Strong);
        let other = self.language != self.document.meta.language;
        self.to.run(Run { words, mark, strong, family, is_from_right, language: other.then_some(self.language) });
    }
}
