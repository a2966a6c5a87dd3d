//! The elements of the text, as the standard has them (ODF 1.2 part 1, §5, §6, §9, §10).
//!
//! In: calls in the order of the text. Out: elements. Each style that is named is entered where it is named.

use super::automatic::{Automatic, OfTable, Start};
use super::cell_look::{CellLook, CellPlace, Ends};
use super::lists::Lists;
use super::measure::mm;
use super::style::writing_mode;
use super::style_names::Named as _;
use super::words;
use crate::render::brand::Look;
use crate::render::office::{
    Elements, Frame, List, Mark, Paragraph, RowKind, Run, Scale, Style, TableOf, TableStyle, Used, Which, whole,
};
use crate::render::outline;
use crate::render::target::Target;
use crate::render::xml::Xml;

/// The place of a picture in the package.
pub fn file_of(which: Which) -> String {
    match which {
        Which::Logo => "Pictures/logo.png".to_owned(),
        Which::Easy(number) => format!("Pictures/picture{number}.png"),
    }
}

/// What an empty place to fill in shows: wide enough to be found with a pointer.
const BLANK: &str = "\u{2002}\u{2002}\u{2002}\u{2002}\u{2002}";

/// The text of a document.
pub struct Text<'d> {
    pub xml: Xml,
    pub used: Used,
    pub automatic: Automatic,
    pub lists: Lists,
    scale: Scale,
    look: &'d Look,
    /// Whether the paper runs from the right.
    is_from_right: bool,
    /// The page that the next paragraph or table begins.
    start: Option<Start>,
    /// The tables that are open.
    tables: Vec<Table>,
    /// How many tables and frames there are.
    counts: (usize, usize),
    frame: Framed,
    /// The heading whose words are written.
    heading: String,
    /// Whether the words are those of a link.
    in_link: bool,
}

/// Whether the paragraph that holds what has a place of its own is open, and whether such a thing is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Framed {
    No,
    Anchor,
    Frame,
}

/// A table that is open.
struct Table {
    style: TableStyle,
    columns: usize,
    /// The row that is open, or how many there are; the cell of it that is next; whether the row is the last.
    row: usize,
    cell: usize,
    is_last: bool,
    /// Whether the head is open.
    in_head: bool,
    /// What was around its paragraphs.
    around: Framed,
}

impl<'d> Text<'d> {
    /// A text at its beginning.
    pub fn new(scale: Scale, look: &'d Look, is_from_right: bool) -> Self {
        Self {
            xml: Xml::fragment(),
            used: Used::default(),
            automatic: Automatic::new("", scale.step, is_from_right),
            lists: Lists::default(),
            scale,
            look,
            is_from_right,
            start: Some(Start::First),
            tables: Vec::new(),
            counts: (0, 0),
            frame: Framed::No,
            heading: String::new(),
            in_link: false,
        }
    }

    /// Takes the text, and begins with what runs from page to page, which has automatic styles of its own.
    pub fn take_text(&mut self) -> (Xml, Automatic) {
        self.close_anchor();
        self.start = None;
        let automatic =
            std::mem::replace(&mut self.automatic, Automatic::new("M", self.scale.step, self.is_from_right));
        (std::mem::replace(&mut self.xml, Xml::fragment()), automatic)
    }

    fn close_anchor(&mut self) {
        if self.frame == Framed::Anchor {
            self.xml.close();
            self.frame = Framed::No;
        }
    }
}

impl Elements for Text<'_> {
    const TABLES_MERGE: bool = false;
    const MARKS_FIRST_HEAD: bool = true;

    fn open_paragraph(&mut self, it: Paragraph) {
        self.close_anchor();
        if self.frame == Framed::No {
            self.lists.before_paragraph(&mut self.xml);
        }
        self.used.paragraphs.insert(it.style);
        let style = self.automatic.paragraph(it, self.start.take());
        match it.style {
            Style::Heading(level) => {
                let level = level.to_string();
                self.xml.open("text:h", &[("text:style-name", &style), ("text:outline-level", &level)]);
            }
            _ => self.xml.open("text:p", &[("text:style-name", &style)]),
        }
    }

    fn close_paragraph(&mut self) {
        self.xml.close();
    }

    /// Words that run from the right need no element: the order of letters is the reader's own (UAX #9).
    fn run(&mut self, run: Run<'_>) {
        self.used.marks.extend(run.mark);
        let is_plain_link = self.in_link
            && run.mark == Some(Mark::Link)
            && run.family.is_none()
            && !run.strong
            && run.language.is_none();
        match self.automatic.words(&run).filter(|_| !is_plain_link) {
            Some(style) => {
                self.xml.open("text:span", &[("text:style-name", &style)]);
                words::write(&mut self.xml, run.words);
                self.xml.close();
            }
            None => words::write(&mut self.xml, run.words),
        }
    }

    fn tab(&mut self) {
        self.xml.leaf("text:tab", &[]);
    }

    fn line_break(&mut self) {
        self.xml.leaf("text:line-break", &[]);
    }

    fn open_link(&mut self, to: Target<'_>) {
        self.used.marks.insert(Mark::Link);
        self.in_link = true;
        link(&mut self.xml, to.address());
    }

    fn close_link(&mut self) {
        self.in_link = false;
        self.xml.close();
    }

    fn open_heading(&mut self, number: usize) {
        self.heading = outline::id(number);
        self.xml.leaf("text:bookmark-start", &[("text:name", &self.heading)]);
    }

    fn close_heading(&mut self) {
        self.xml.leaf("text:bookmark-end", &[("text:name", &self.heading)]);
    }

    fn open_list(&mut self, list: List) {
        self.close_anchor();
        self.lists.open_list(list);
    }

    fn open_item(&mut self) {
        self.lists.open_item();
    }

    fn close_item(&mut self) {
        self.lists.close_item(&mut self.xml);
    }

    fn close_list(&mut self) {
        self.lists.close_list(&mut self.xml);
    }

    /// §9.1.2: a title, then the columns, then the rows that head the others on every page.
    fn open_table(&mut self, table: TableOf<'_>, is_from_right: bool) {
        self.close_anchor();
        self.lists.open_table(&mut self.xml);
        self.used.tables.insert(table.style);
        self.counts.0 += 1;
        // What somebody fills in, and a card, stay on one page.
        let breaks = !matches!(table.style, TableStyle::Field | TableStyle::Signature | TableStyle::Card);
        let style = self.automatic.table(OfTable {
            width: whole(table.widths.iter().sum::<f32>() * 100.0),
            keep: table.keep,
            breaks,
            spaced: table.style != TableStyle::Foot,
            mode: writing_mode(is_from_right),
            start: self.start.take(),
        });
        let name = format!("Table{}", self.counts.0);
        self.xml.open("table:table", &[("table:name", &name), ("table:style-name", &style)]);
        if !table.name.is_empty() {
            self.xml.text("table:title", &[], table.name);
        }
        for (i, width) in table.widths.iter().enumerate() {
            let style = self.automatic.column(*width);
            let is_head = i == 0 && table.heads.column;
            if is_head {
                self.xml.open("table:table-header-columns", &[]);
            }
            self.xml.leaf("table:table-column", &[("table:style-name", &style)]);
            if is_head {
                self.xml.close();
            }
        }
        let around = std::mem::replace(&mut self.frame, Framed::No);
        let columns = table.widths.len();
        let style = table.style;
        self.tables.push(Table { style, columns, row: 0, cell: 0, is_last: false, in_head: false, around });
    }

    fn close_table(&mut self) {
        self.xml.close();
        self.lists.close_table();
        if let Some(table) = self.tables.pop() {
            self.frame = table.around;
        }
    }

    fn open_row(&mut self, kind: RowKind) {
        let table = self.tables.last_mut().expect("a row is in a table");
        (table.cell, table.is_last, table.in_head) = (0, kind.is_last, kind.is_head);
        if kind.is_head {
            self.xml.open("table:table-header-rows", &[]);
        }
        let style = self.automatic.row(kind.height, kind.may_break);
        self.xml.open("table:table-row", &[("table:style-name", &style)]);
    }

    fn close_row(&mut self) {
        self.xml.close();
        let table = self.tables.last_mut().expect("a row is in a table");
        table.row += 1;
        if std::mem::take(&mut table.in_head) {
            self.xml.close();
        }
    }

    fn open_cell(&mut self, _width: f32) {
        let table = self.tables.last_mut().expect("a cell is in a table");
        let at = CellPlace {
            row: Ends { is_first: table.row == 0, is_last: table.is_last },
            column: Ends { is_first: table.cell == 0, is_last: table.cell + 1 == table.columns },
        };
        table.cell += 1;
        let style = self.automatic.cell(CellLook::of(table.style, at, &self.scale, self.look));
        self.xml.open("table:table-cell", &[("table:style-name", &style), ("office:value-type", "string")]);
    }

    fn close_cell(&mut self) {
        self.xml.close();
    }

    /// A field of text (§7.4.17): it is as long as what is written into it, and may have several lines.
    fn entry(&mut self, name: &str, _lines: bool) {
        self.xml.text("text:text-input", &[("text:description", name)], BLANK);
    }

    fn tick(&mut self, name: &str, is_ticked: bool) {
        self.used.marks.insert(Mark::Tick);
        let (ticked, empty) = ("\u{2612}", "\u{2610}");
        self.xml.open(
            "loext:content-control",
            &[
                ("loext:checkbox", "true"),
                ("loext:checked", if is_ticked { "true" } else { "false" }),
                ("loext:checked-state", ticked),
                ("loext:unchecked-state", empty),
                ("loext:alias", name),
            ],
        );
        self.xml.text("text:span", &[("text:style-name", &Mark::Tick.id())], if is_ticked { ticked } else { empty });
        self.xml.close();
    }

    /// §10.4.2: a frame in a line, with a picture and its words.
    fn picture(&mut self, which: Which, (wide, high): (f32, f32), words: &str) {
        self.counts.1 += 1;
        let (wide, high, layer) = (mm(wide), mm(high), self.counts.1.to_string());
        // A picture that is shown twice has another name each time.
        let name = if which == Which::Logo { "Logo".to_owned() } else { format!("Picture{layer}") };
        self.xml.open(
            "draw:frame",
            &[
                ("draw:style-name", "fr2"),
                ("draw:name", &name),
                ("text:anchor-type", "as-char"),
                ("svg:width", &wide),
                ("svg:height", &high),
                ("draw:z-index", &layer),
            ],
        );
        let shown = [("xlink:type", "simple"), ("xlink:show", "embed"), ("xlink:actuate", "onLoad")];
        self.xml.leaf("draw:image", &[&[("xlink:href", file_of(which).as_str())], &shown[..]].concat());
        if which == Which::Logo {
            self.xml.text("svg:title", &[], "Logo");
        }
        self.xml.text("svg:desc", &[], words);
        self.xml.close();
    }

    /// Frames of the first page hang on one paragraph without words, in the order in which they are read.
    fn open_frame(&mut self, at: Frame, name: &'static str) {
        if self.frame == Framed::No {
            // Whatever the language is, an envelope has its window at the left.
            let anchor = Paragraph { style: Style::Anchor, keep: false, is_item: false, is_from_right: false };
            self.open_paragraph(anchor);
        }
        self.frame = Framed::Frame;
        self.counts.1 += 1;
        let [x, y, width] = [at.x, at.y, at.width].map(mm);
        let (height, layer, name) = (at.height.map(mm), self.counts.1.to_string(), format!("{name} frame"));
        let mut attributes = vec![
            ("draw:style-name", "fr1"),
            ("draw:name", name.as_str()),
            ("text:anchor-type", "paragraph"),
            ("svg:x", &x),
            ("svg:y", &y),
            ("svg:width", &width),
        ];
        attributes.extend(height.as_deref().map(|height| ("svg:height", height)));
        attributes.push(("draw:z-index", &layer));
        self.xml.open("draw:frame", &attributes);
        self.xml.open("draw:text-box", if height.is_some() { &[] } else { &[("fo:min-height", "5mm")] });
    }

    fn close_frame(&mut self) {
        self.xml.close();
        self.xml.close();
        self.frame = Framed::Anchor;
    }

    fn new_sheet(&mut self) {
        self.close_anchor();
        self.lists.leave(&mut self.xml);
        self.start = Some(Start::Sheet);
    }

    /// §8.3: where the list comes from, then the list. A reader that makes it anew adds the pages.
    fn open_contents(&mut self, title: &str) {
        self.close_anchor();
        self.lists.leave(&mut self.xml);
        self.used.paragraphs.extend([Style::TocHeading, Style::Toc]);
        let xml = &mut self.xml;
        xml.open("text:table-of-content", &[("text:name", "Contents"), ("text:protected", "true")]);
        xml.open("text:table-of-content-source", &[("text:outline-level", "1")]);
        let heading = [("text:style-name", Style::TocHeading.id())];
        xml.text("text:index-title-template", &heading.each_ref().map(|(name, id)| (*name, id.as_str())), title);
        let entry = Style::Toc.id();
        xml.open("text:table-of-content-entry-template", &[("text:outline-level", "1"), ("text:style-name", &entry)]);
        xml.leaf("text:index-entry-link-start", &[]);
        xml.leaf("text:index-entry-text", &[]);
        xml.leaf("text:index-entry-tab-stop", &[("style:type", "right"), ("style:leader-char", ".")]);
        xml.leaf("text:index-entry-page-number", &[]);
        xml.leaf("text:index-entry-link-end", &[]);
        xml.close();
        xml.close();
        xml.open("text:index-body", &[]);
        xml.open("text:index-title", &[("text:name", "Contents_Head")]);
    }

    fn open_entries(&mut self) {
        self.xml.close();
    }

    fn open_entry(&mut self, number: usize, _is_first: bool) {
        self.used.marks.insert(Mark::Link);
        self.in_link = true;
        link(&mut self.xml, &format!("#{}", outline::id(number)));
    }

    fn close_entry(&mut self, _is_last: bool) {
        self.in_link = false;
        self.xml.close();
    }

    fn close_contents(&mut self) {
        self.xml.close();
        self.xml.close();
    }

    fn page_number(&mut self) {
        self.xml.text("text:page-number", &[("text:select-page", "current")], "1");
    }

    fn page_count(&mut self) {
        self.xml.text("text:page-count", &[], "1");
    }
}

/// §6.1.8: a link, followed or not.
fn link(xml: &mut Xml, to: &str) {
    let style = Mark::Link.id();
    let styles = [("text:style-name", style.as_str()), ("text:visited-style-name", &style)];
    xml.open("text:a", &[&[("xlink:type", "simple"), ("xlink:href", to)], &styles[..]].concat());
}
