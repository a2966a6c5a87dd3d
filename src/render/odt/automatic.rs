//! The automatic styles of a part: what a paragraph, some words, a table, a column, a row or a cell have besides their style
//! (ODF 1.2 part 1, §3.15.3).
//!
//! In: looks, as they are met. Out: names, each made with its look, and the elements that say what they are.

use super::cell_look::CellLook;
use super::measure::{mm, pt};
use super::style::{begins_at, of_words, writing_mode};
use super::style_names::Named as _;
use crate::doc::Language;
use crate::render::office::{Mark, Paragraph, Run, Style};
use crate::render::xml::Xml;

/// The style of the page that something begins on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The first page.
    First,
    /// A sheet of its own.
    Sheet,
}

impl Start {
    /// The name of the style of the page.
    pub fn page(self) -> &'static str {
        match self {
            Start::First => "First_20_Page",
            Start::Sheet => "Own_20_Sheet",
        }
    }
}

/// A paragraph that has more than its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OfParagraph {
    style: Style,
    keep: bool,
    start: Option<Start>,
    /// Its direction, if it is not that of the paper.
    turned: Option<bool>,
}

/// Words: their style, whether they are bold besides, the family of their letters, and their language.
type OfWords = (Option<Mark>, bool, Option<String>, Option<Language>);

/// A table: its width, in hundredths of a millimetre, and how it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfTable {
    pub width: i32,
    pub keep: bool,
    /// Whether it may break between two rows.
    pub breaks: bool,
    /// Whether there is space above and below it.
    pub spaced: bool,
    /// The direction of its columns.
    pub mode: &'static str,
    pub start: Option<Start>,
}

/// A row: its least height, in hundredths of a millimetre, and whether it breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OfRow {
    height: Option<i32>,
    breaks: bool,
}

/// The automatic styles of a part.
pub struct Automatic {
    /// What every name begins with: those of the text and those of heads and feet are two sets.
    prefix: &'static str,
    paragraphs: Vec<OfParagraph>,
    words: Vec<OfWords>,
    tables: Vec<OfTable>,
    columns: Vec<i32>,
    rows: Vec<OfRow>,
    cells: Vec<CellLook>,
    /// The unit of vertical space, in points.
    step: f32,
    /// Whether the paper runs from the right.
    is_from_right: bool,
}

/// The place of something among those that are known, where it is put if it is new.
fn place<T: PartialEq>(known: &mut Vec<T>, one: T) -> usize {
    known.iter().position(|it| *it == one).unwrap_or_else(|| {
        known.push(one);
        known.len() - 1
    }) + 1
}

impl Automatic {
    /// None yet.
    pub fn new(prefix: &'static str, step: f32, is_from_right: bool) -> Self {
        Self {
            prefix,
            paragraphs: Vec::new(),
            words: Vec::new(),
            tables: Vec::new(),
            columns: Vec::new(),
            rows: Vec::new(),
            cells: Vec::new(),
            step,
            is_from_right,
        }
    }

    fn name(&self, kind: &str, number: usize) -> String {
        format!("{}{kind}{number}", self.prefix)
    }

    /// The name for a paragraph.
    pub fn paragraph(&mut self, it: Paragraph, start: Option<Start>) -> String {
        let Paragraph { style, keep, .. } = it;
        let turned = (it.is_from_right != self.is_from_right).then_some(it.is_from_right);
        if !keep && start.is_none() && turned.is_none() {
            return style.id();
        }
        let number = place(&mut self.paragraphs, OfParagraph { style, keep, start, turned });
        self.name("P", number)
    }

    /// The name for some words; `None` if they look like their paragraph.
    pub fn words(&mut self, run: &Run<'_>) -> Option<String> {
        if !run.strong && run.family.is_none() && run.language.is_none() {
            return run.mark.map(Mark::id);
        }
        let number = place(&mut self.words, (run.mark, run.strong, run.family.map(str::to_owned), run.language));
        Some(self.name("T", number))
    }

    /// The name for a table.
    pub fn table(&mut self, table: OfTable) -> String {
        let number = place(&mut self.tables, table);
        self.name("Ta", number)
    }

    /// The name for a column of a width in millimetres.
    pub fn column(&mut self, width: f32) -> String {
        let number = place(&mut self.columns, hundredths(width));
        self.name("Co", number)
    }

    /// The name for a row.
    pub fn row(&mut self, height: Option<f32>, breaks: bool) -> String {
        let number = place(&mut self.rows, OfRow { height: height.map(hundredths), breaks });
        self.name("Ro", number)
    }

    /// The name for a cell.
    pub fn cell(&mut self, look: CellLook) -> String {
        let number = place(&mut self.cells, look);
        self.name("Ce", number)
    }

    /// Writes all of them into the element that is open.
    pub fn write(&self, xml: &mut Xml) {
        let numbered = |kind: &'static str, count: usize| (1..=count).map(move |number| self.name(kind, number));
        for (name, it) in numbered("P", self.paragraphs.len()).zip(&self.paragraphs) {
            let parent = it.style.id();
            let mut attributes = vec![("style:name", name.as_str()), ("style:family", "paragraph")];
            attributes.push(("style:parent-style-name", &parent));
            attributes.extend(it.start.map(|start| ("style:master-page-name", start.page())));
            xml.open("style:style", &attributes);
            let mut properties: Vec<(&'static str, &str)> = Vec::new();
            if it.keep {
                properties.push(("fo:keep-with-next", "always"));
            }
            if let Some(turned) = it.turned {
                properties.extend([("style:writing-mode", writing_mode(turned)), begins_at(turned)]);
            }
            if !properties.is_empty() {
                xml.leaf("style:paragraph-properties", &properties);
            }
            xml.close();
        }
        for (name, (mark, strong, family, language)) in numbered("T", self.words.len()).zip(&self.words) {
            let parent = mark.map(Mark::id);
            let mut attributes = vec![("style:name", name.as_str()), ("style:family", "text")];
            attributes.extend(parent.as_deref().map(|parent| ("style:parent-style-name", parent)));
            xml.open("style:style", &attributes);
            of_words(xml, *strong, family.as_deref(), *language);
            xml.close();
        }
        self.write_tables(xml);
    }

    fn write_tables(&self, xml: &mut Xml) {
        let numbered = |kind: &'static str, count: usize| (1..=count).map(move |number| self.name(kind, number));
        let open = |xml: &mut Xml, name: &str, family: &str| {
            xml.open("style:style", &[("style:name", name), ("style:family", family)]);
        };
        for (name, it) in numbered("Ta", self.tables.len()).zip(&self.tables) {
            let mut attributes = vec![("style:name", name.as_str()), ("style:family", "table")];
            attributes.extend(it.start.map(|start| ("style:master-page-name", start.page())));
            xml.open("style:style", &attributes);
            let [above, below] = if it.spaced { [0.75, 1.0] } else { [0.0, 0.0] }.map(|steps| pt(steps * self.step));
            let width = of_hundredths(it.width);
            let mut attributes = vec![("style:width", width.as_str()), ("table:align", "left")];
            attributes.extend([("fo:margin-top", above.as_str()), ("fo:margin-bottom", below.as_str())]);
            attributes.extend([("fo:margin-left", "0mm"), ("table:border-model", "collapsing")]);
            attributes.push(("style:may-break-between-rows", if it.breaks { "true" } else { "false" }));
            if it.keep {
                attributes.push(("fo:keep-with-next", "always"));
            }
            attributes.push(("style:writing-mode", it.mode));
            xml.leaf("style:table-properties", &attributes);
            xml.close();
        }
        for (name, width) in numbered("Co", self.columns.len()).zip(&self.columns) {
            open(xml, &name, "table-column");
            xml.leaf("style:table-column-properties", &[("style:column-width", &of_hundredths(*width))]);
            xml.close();
        }
        for (name, it) in numbered("Ro", self.rows.len()).zip(&self.rows) {
            open(xml, &name, "table-row");
            let height = it.height.map(of_hundredths);
            let mut attributes: Vec<(&'static str, &str)> = Vec::new();
            attributes.extend(height.as_deref().map(|height| ("style:min-row-height", height)));
            attributes.push(("fo:keep-together", if it.breaks { "auto" } else { "always" }));
            xml.leaf("style:table-row-properties", &attributes);
            xml.close();
        }
        for (name, it) in numbered("Ce", self.cells.len()).zip(&self.cells) {
            open(xml, &name, "table-cell");
            it.write(xml);
            xml.close();
        }
    }
}

fn hundredths(millimetres: f32) -> i32 {
    crate::render::office::whole(millimetres * 100.0)
}

#[expect(clippy::cast_precision_loss, reason = "no measure of a page is near the largest number")]
fn of_hundredths(length: i32) -> String {
    mm(length as f32 / 100.0)
}
