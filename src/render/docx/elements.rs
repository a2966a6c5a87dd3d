//! The elements of the text, as Word has them.
//!
//! In: calls in the order of the text. Out: elements. Each style, numbering and relation that is named is entered where it is
//! named, so that the other parts hold those and no others.

use super::control;
use super::measure::{emu, twips_of};
use super::names::PIC;
use super::numbering::{NumberingId, Numberings};
use super::relations::{Kind, Relations};
use super::sheet::Sheet;
use super::style::Named as _;
use crate::render::office::{
    DEEPEST, Elements, Frame, List, Paragraph, RowKind, Run, Scale, Style, TableOf, TableStyle, Used, Which, place,
};
use crate::render::target::Target;
use crate::render::xml::Xml;

/// The place of a picture, below the part of the text.
pub fn file_of(which: Which) -> String {
    match which {
        Which::Logo => "media/logo.png".to_owned(),
        Which::Easy(number) => format!("media/picture{number}.png"),
    }
}

/// The text of a document for Word.
pub struct Word {
    pub xml: Xml,
    pub numberings: Numberings,
    pub relations: Relations,
    pub sheet: Sheet,
    pub used: Used,
    scale: Scale,
    lists: Vec<(NumberingId, u8)>,
    /// The number of the heading whose words are written.
    heading: String,
    controls: u32,
}

impl Word {
    /// A text at its beginning.
    pub fn new(scale: Scale) -> Self {
        let mut relations = Relations::default();
        let sheet = Sheet::new(&mut relations);
        Self {
            xml: Xml::fragment(),
            numberings: Numberings::default(),
            relations,
            sheet,
            used: Used::default(),
            scale,
            lists: Vec::new(),
            heading: String::new(),
            controls: 0,
        }
    }

    /// A number that no other content control or picture has.
    fn next_control(&mut self) -> u32 {
        self.controls += 1;
        self.controls
    }

    /// `CT_RPr`: rStyle, rFonts, b, bCs, rtl, lang, in this order (ECMA-376 part 1, §17.3.2.28).
    fn properties(&mut self, run: &Run<'_>) {
        if run.mark.is_none() && run.family.is_none() && !run.is_from_right && run.language.is_none() {
            return;
        }
        self.xml.open("w:rPr", &[]);
        if let Some(mark) = run.mark {
            self.used.marks.insert(mark);
            self.xml.leaf("w:rStyle", &[("w:val", &mark.id())]);
        }
        if let Some(family) = run.family {
            let fonts = [("w:ascii", family), ("w:hAnsi", family), ("w:eastAsia", family), ("w:cs", family)];
            self.xml.leaf("w:rFonts", &fonts);
        }
        if run.strong {
            self.xml.leaf("w:b", &[]);
            self.xml.leaf("w:bCs", &[]);
        }
        if run.is_from_right {
            self.xml.leaf("w:rtl", &[]);
        }
        if let Some(language) = run.language {
            let name = if language.is_from_right() { "w:bidi" } else { "w:val" };
            self.xml.leaf("w:lang", &[(name, &language.with_country())]);
        }
        self.xml.close();
    }

    /// Writes a run that holds one element: a tab or a break.
    fn sign(&mut self, name: &'static str) {
        self.xml.open("w:r", &[]);
        self.xml.leaf(name, &[]);
        self.xml.close();
    }

    /// Writes a field: its code, and what it shows until a reader counts for itself.
    fn field(&mut self, code: &str, shown: &str) {
        self.xml.open("w:fldSimple", &[("w:instr", &format!(" {code} "))]);
        self.run(Run { words: shown, mark: None, strong: false, family: None, is_from_right: false, language: None });
        self.xml.close();
    }

    fn field_mark(&mut self, kind: &str) {
        self.xml.open("w:r", &[]);
        self.xml.leaf("w:fldChar", &[("w:fldCharType", kind)]);
        self.xml.close();
    }
}

impl Elements for Word {
    const TABLES_MERGE: bool = true;
    const MARKS_FIRST_HEAD: bool = false;

    /// `CT_PPr`: pStyle, keepNext, framePr, numPr, bidi, in this order (§17.3.1.26).
    fn open_paragraph(&mut self, it: Paragraph) {
        self.used.paragraphs.insert(it.style);
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        self.xml.leaf("w:pStyle", &[("w:val", &it.style.id())]);
        if it.keep {
            self.xml.leaf("w:keepNext", &[]);
        }
        // LibreOffice reads a place from a paragraph and not from its style, so each paragraph has it.
        if let Some(at) = place(it.style, &self.scale) {
            frame(&mut self.xml, at);
        }
        if let Some((id, level)) = self.lists.last().filter(|_| it.is_item) {
            self.xml.open("w:numPr", &[]);
            self.xml.leaf("w:ilvl", &[("w:val", &(level - 1).to_string())]);
            self.xml.leaf("w:numId", &[("w:val", &id.value())]);
            self.xml.close();
        }
        // Each says it of itself: a default of the whole paper would turn round what has a place on the sheet, too.
        if it.is_from_right {
            self.xml.leaf("w:bidi", &[]);
        }
        self.xml.close();
    }

    fn close_paragraph(&mut self) {
        self.xml.close();
    }

    fn run(&mut self, run: Run<'_>) {
        self.xml.open("w:r", &[]);
        self.properties(&run);
        self.xml.text("w:t", &[("xml:space", "preserve")], run.words);
        self.xml.close();
    }

    fn tab(&mut self) {
        self.sign("w:tab");
    }

    fn line_break(&mut self) {
        self.sign("w:br");
    }

    fn open_link(&mut self, to: Target<'_>) {
        let id = self.relations.to(Kind::Link, to.address());
        self.xml.open("w:hyperlink", &[("r:id", id.as_str()), ("w:history", "1")]);
    }

    fn close_link(&mut self) {
        self.xml.close();
    }

    fn open_heading(&mut self, number: usize) {
        self.heading = number.to_string();
        self.xml.leaf("w:bookmarkStart", &[("w:id", &self.heading), ("w:name", &bookmark(number))]);
    }

    fn close_heading(&mut self) {
        self.xml.leaf("w:bookmarkEnd", &[("w:id", &self.heading)]);
    }

    fn open_list(&mut self, list: List) {
        let level = list.level.min(DEEPEST);
        let id = match list.start {
            Some(start) => self.numberings.numbered(list.within, level, start),
            None => self.numberings.bulleted(list.within),
        };
        self.lists.push((id, level));
    }

    /// A paragraph is in a list by what it says of itself.
    fn open_item(&mut self) {}

    fn close_item(&mut self) {}

    fn close_list(&mut self) {
        self.lists.pop();
    }

    /// `CT_TblPr`: tblStyle, bidiVisual, tblW, tblLayout, tblLook, tblCaption, in this order (§17.4.60).
    fn open_table(&mut self, table: TableOf<'_>, is_from_right: bool) {
        self.used.tables.insert(table.style);
        let widths: Vec<i32> = table.widths.iter().map(|width| twips_of(*width)).collect();
        let xml = &mut self.xml;
        xml.open("w:tbl", &[]);
        xml.open("w:tblPr", &[]);
        xml.leaf("w:tblStyle", &[("w:val", &table.style.id())]);
        if is_from_right {
            xml.leaf("w:bidiVisual", &[]);
        }
        xml.leaf("w:tblW", &[("w:w", &widths.iter().sum::<i32>().to_string()), ("w:type", "dxa")]);
        xml.leaf("w:tblLayout", &[("w:type", "fixed")]);
        look(xml, &table);
        if !table.name.is_empty() {
            xml.leaf("w:tblCaption", &[("w:val", table.name)]);
        }
        xml.close();
        xml.open("w:tblGrid", &[]);
        for width in &widths {
            xml.leaf("w:gridCol", &[("w:w", &width.to_string())]);
        }
        xml.close();
    }

    fn close_table(&mut self) {
        self.xml.close();
    }

    /// §17.4.78: `tblHeader` repeats a row, from the first row on without a gap.
    fn open_row(&mut self, kind: RowKind) {
        let xml = &mut self.xml;
        xml.open("w:tr", &[]);
        if kind.is_head || !kind.may_break || kind.height.is_some() {
            xml.open("w:trPr", &[]);
            if !kind.may_break {
                xml.leaf("w:cantSplit", &[]);
            }
            if let Some(height) = kind.height {
                xml.leaf("w:trHeight", &[("w:val", &twips_of(height).to_string()), ("w:hRule", "atLeast")]);
            }
            if kind.is_head {
                xml.leaf("w:tblHeader", &[]);
            }
            xml.close();
        }
    }

    fn close_row(&mut self) {
        self.xml.close();
    }

    fn open_cell(&mut self, width: f32) {
        self.xml.open("w:tc", &[]);
        self.xml.open("w:tcPr", &[]);
        self.xml.leaf("w:tcW", &[("w:w", &twips_of(width).to_string()), ("w:type", "dxa")]);
        self.xml.close();
    }

    fn close_cell(&mut self) {
        self.xml.close();
    }

    fn entry(&mut self, name: &str, lines: bool) {
        let id = self.next_control();
        control::entry(&mut self.xml, &mut self.used, (name, id), lines);
    }

    fn tick(&mut self, name: &str, is_ticked: bool) {
        let id = self.next_control();
        control::tick(&mut self.xml, &mut self.used, (name, id), is_ticked);
    }

    fn picture(&mut self, which: Which, (wide, high): (f32, f32), words: &str) {
        drawing(self, which, &(emu(wide).to_string(), emu(high).to_string()), words);
    }

    /// Paragraphs of one place that follow one another are one frame (§17.3.1.11).
    fn open_frame(&mut self, _at: Frame, _name: &'static str) {}

    fn close_frame(&mut self) {}

    /// Ends a section in a paragraph without words: its last.
    fn new_sheet(&mut self) {
        self.used.paragraphs.insert(Style::Gap);
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        self.xml.leaf("w:pStyle", &[("w:val", &Style::Gap.id())]);
        self.sheet.end_section(&mut self.xml);
        self.xml.close();
        self.xml.close();
    }

    fn open_contents(&mut self, _title: &str) {}

    fn open_entries(&mut self) {}

    /// The list is a field, so that Word can make it anew.
    fn open_entry(&mut self, number: usize, is_first: bool) {
        if is_first {
            self.field_mark("begin");
            self.xml.open("w:r", &[]);
            // §17.16.5.68: headings of the first level, without pages, as links.
            self.xml.text("w:instrText", &[("xml:space", "preserve")], " TOC \\o \"1-1\" \\n \\h \\z ");
            self.xml.close();
            self.field_mark("separate");
        }
        self.xml.open("w:hyperlink", &[("w:anchor", &bookmark(number)), ("w:history", "1")]);
    }

    fn close_entry(&mut self, is_last: bool) {
        self.xml.close();
        if is_last {
            self.field_mark("end");
        }
    }

    fn close_contents(&mut self) {}

    fn page_number(&mut self) {
        self.field("PAGE", "1");
    }

    fn page_count(&mut self) {
        self.field("NUMPAGES", "1");
    }
}

/// The name of a heading's bookmark: of the kind that Word itself gives, and hides.
fn bookmark(number: usize) -> String {
    format!("_Toc{number:06}")
}

/// A place on the sheet (§17.3.1.11).
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

/// The bits of §17.4.55: first row, first column, last column, and no bands.
fn look(xml: &mut Xml, table: &TableOf<'_>) {
    let (heads, last) = (table.heads, table.style == TableStyle::Signature);
    let flag = |is_set: bool| if is_set { "1" } else { "0" };
    let bits = 0x0600
        | if heads.row { 0x0020 } else { 0 }
        | if heads.column { 0x0080 } else { 0 }
        | if last { 0x0100 } else { 0 };
    let bits = format!("{bits:04X}");
    xml.leaf(
        "w:tblLook",
        &[
            ("w:val", bits.as_str()),
            ("w:firstRow", flag(heads.row)),
            ("w:lastRow", "0"),
            ("w:firstColumn", flag(heads.column)),
            ("w:lastColumn", flag(last)),
            ("w:noHBand", "1"),
            ("w:noVBand", "1"),
        ],
    );
}

/// ECMA-376 part 1, §20.4.2.8: a picture in a line, with its words.
fn drawing(word: &mut Word, which: Which, (wide, high): &(String, String), words: &str) {
    let picture = word.relations.to(Kind::Picture, &file_of(which));
    let name = if which == Which::Logo { "Logo" } else { "Picture" };
    let id = word.next_control().to_string();
    let xml = &mut word.xml;
    let extent = [("cx", wide.as_str()), ("cy", high.as_str())];
    xml.open("w:r", &[]);
    xml.open("w:drawing", &[]);
    xml.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")]);
    xml.leaf("wp:extent", &extent);
    xml.leaf("wp:docPr", &[("id", &id), ("name", name), ("descr", words)]);
    xml.open("wp:cNvGraphicFramePr", &[]);
    xml.leaf("a:graphicFrameLocks", &[("noChangeAspect", "1")]);
    xml.close();
    xml.open("a:graphic", &[]);
    xml.open("a:graphicData", &[("uri", PIC)]);
    xml.open("pic:pic", &[]);
    xml.open("pic:nvPicPr", &[]);
    xml.leaf("pic:cNvPr", &[("id", &id), ("name", name), ("descr", words)]);
    xml.leaf("pic:cNvPicPr", &[]);
    xml.close();
    xml.open("pic:blipFill", &[]);
    xml.leaf("a:blip", &[("r:embed", picture.as_str())]);
    xml.open("a:stretch", &[]);
    xml.leaf("a:fillRect", &[]);
    xml.close();
    xml.close();
    xml.open("pic:spPr", &[]);
    xml.open("a:xfrm", &[]);
    xml.leaf("a:off", &[("x", "0"), ("y", "0")]);
    xml.leaf("a:ext", &extent);
    xml.close();
    xml.open("a:prstGeom", &[("prst", "rect")]);
    xml.leaf("a:avLst", &[]);
    xml.close();
    xml.close();
    // pic, graphicData, graphic, inline, drawing, run.
    (0..6).for_each(|_| xml.close());
}
