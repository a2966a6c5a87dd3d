//! The text of a paper as it is written: its elements, and the registers that it fills.
//!
//! In: paragraphs and words, by style. Out: elements. Each style, numbering and relation that is named is entered where it is
//! named, so that the other parts hold those and no others.
//!
//! Deliberately absent: which block becomes which paragraph.

use std::collections::BTreeSet;

use super::fonts::Fonts;
use super::measure::{Scale, twips_of};
use super::numbering::{NumberingId, Numberings};
use super::relations::Relations;
use super::sheet::Sheet;
use super::style::{DEEPEST, Frame, Mark, Style, Used, Within, place};
use crate::doc::{Document, Pen};
use crate::render::Lost;
use crate::render::brand::Look;
use crate::render::direction::runs;
use crate::render::xml::Xml;

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
pub struct Body<'d> {
    pub document: &'d Document,
    pub look: &'d Look,
    pub scale: Scale,
    pub fonts: &'d Fonts,
    pub xml: Xml,
    pub numberings: Numberings,
    pub relations: Relations,
    pub sheet: Sheet,
    pub used: Used,
    pub lost: BTreeSet<Lost>,
    /// Whether the paragraphs that are written stay on the page of what follows them.
    pub keep: bool,
    /// What was written last.
    last: Last,
    controls: u32,
    headings: usize,
}

impl<'d> Body<'d> {
    /// A text at its beginning.
    pub fn new(document: &'d Document, look: &'d Look, scale: Scale, fonts: &'d Fonts) -> Self {
        let mut relations = Relations::default();
        let sheet = Sheet::new(&mut relations);
        Self {
            document,
            look,
            scale,
            fonts,
            xml: Xml::fragment(),
            numberings: Numberings::default(),
            relations,
            sheet,
            used: Used::default(),
            lost: BTreeSet::new(),
            keep: false,
            last: Last::Other,
            controls: 0,
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

    /// A number that no other content control or picture has.
    pub fn next_control(&mut self) -> u32 {
        self.controls += 1;
        self.controls
    }

    /// Opens a paragraph.
    pub fn open(&mut self, style: Style) {
        self.open_with(style, None);
    }

    /// Opens a paragraph of a list, at a level from 1.
    pub fn open_item(&mut self, style: Style, numbering: NumberingId, level: u8) {
        self.open_with(style, Some((numbering, level.min(DEEPEST))));
    }

    /// `CT_PPr`: pStyle, keepNext, framePr, numPr, in this order (ECMA-376 part 1, §17.3.1.26).
    fn open_with(&mut self, style: Style, list: Option<(NumberingId, u8)>) {
        let style = self.settled(style);
        self.used.paragraphs.insert(style);
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        self.xml.leaf("w:pStyle", &[("w:val", &style.id())]);
        if self.keep {
            self.xml.leaf("w:keepNext", &[]);
        }
        if let Some(at) = place(style, &self.scale) {
            frame(&mut self.xml, at);
        }
        if let Some((id, level)) = list {
            self.xml.open("w:numPr", &[]);
            self.xml.leaf("w:ilvl", &[("w:val", &(level - 1).to_string())]);
            self.xml.leaf("w:numId", &[("w:val", &id.value())]);
            self.xml.close();
        }
        self.xml.close();
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
                self.empty(Style::Gap);
                self.last = if is_item { Last::List } else { Last::Other };
                style
            }
        }
    }

    /// Closes a paragraph.
    pub fn close(&mut self) {
        self.xml.close();
    }

    /// Ends a section within the text, in a paragraph without words: its last.
    pub fn end_section(&mut self) {
        self.last = Last::Other;
        self.used.paragraphs.insert(Style::Gap);
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        self.xml.leaf("w:pStyle", &[("w:val", &Style::Gap.id())]);
        self.sheet.end_section(&mut self.xml);
        self.xml.close();
        self.xml.close();
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

    /// Says that a table begins; two that touch would become one.
    pub fn begin_table(&mut self) {
        if self.last == Last::Table {
            self.empty(Style::Gap);
        }
        self.last = Last::Other;
    }

    /// Says that a table was written, or that a cell begins.
    pub fn set_after_table(&mut self, is_after: bool) {
        self.last = if is_after { Last::Table } else { Last::Other };
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
        for (part, is_from_right) in runs(words) {
            if is_from_right {
                let family = part.chars().find_map(|c| self.fonts.other(c));
                self.run(part, said, family, true);
                continue;
            }
            let mut rest = part;
            while let Some(first) = rest.chars().next() {
                let family = self.fonts.other(first);
                let end = rest.find(|c| self.fonts.other(c) != family).unwrap_or(rest.len());
                self.run(&rest[..end], said, family, false);
                rest = &rest[end..];
            }
        }
    }

    fn run(&mut self, words: &str, said: Said, family: Option<&str>, is_from_right: bool) {
        self.xml.open("w:r", &[]);
        self.properties(said, family, is_from_right);
        self.xml.text("w:t", &[("xml:space", "preserve")], words);
        self.xml.close();
    }

    /// `CT_RPr`: rStyle, rFonts, b, bCs, rtl, cs, in this order (§17.3.2.28).
    fn properties(&mut self, said: Said, family: Option<&str>, is_from_right: bool) {
        let mark = said.mark.or(said.strong.then_some(Mark::Strong));
        if mark.is_none() && family.is_none() && !is_from_right {
            return;
        }
        self.xml.open("w:rPr", &[]);
        if let Some(mark) = mark {
            self.used.marks.insert(mark);
            self.xml.leaf("w:rStyle", &[("w:val", &mark.id())]);
        }
        if let Some(family) = family {
            let fonts = [("w:ascii", family), ("w:hAnsi", family), ("w:eastAsia", family), ("w:cs", family)];
            self.xml.leaf("w:rFonts", &fonts);
        }
        if said.strong && mark != Some(Mark::Strong) {
            self.xml.leaf("w:b", &[]);
            self.xml.leaf("w:bCs", &[]);
        }
        if is_from_right {
            self.xml.leaf("w:rtl", &[]);
        }
        self.xml.close();
    }

    /// Writes a run that holds one element: a tab or a break.
    pub fn sign(&mut self, name: &'static str) {
        self.xml.open("w:r", &[]);
        self.xml.leaf(name, &[]);
        self.xml.close();
    }

    /// Writes a field: its code, and what it shows until a reader counts for itself.
    pub fn field(&mut self, code: &str, shown: &str) {
        self.xml.open("w:fldSimple", &[("w:instr", &format!(" {code} "))]);
        self.run(shown, Said::default(), None, false);
        self.xml.close();
    }
}

/// A place on the sheet (§17.3.1.11). Paragraphs of one place that follow one another are one frame.
fn frame(xml: &mut Xml, at: Frame) {
    let [x, y, width] = [at.x, at.y, at.width].map(|length| twips_of(length).to_string());
    let height = at.height.map(|height| twips_of(height).to_string());
    let mut attributes = vec![("w:w", width.as_str())];
    if let Some(height) = &height {
        attributes.extend([("w:h", height.as_str()), ("w:hRule", "exact")]);
    }
    attributes.extend([("w:wrap", "around"), ("w:vAnchor", "page"), ("w:hAnchor", "page"), ("w:x", &x), ("w:y", &y)]);
    xml.leaf("w:framePr", &attributes);
}
