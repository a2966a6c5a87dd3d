//! The sheet of paper: size, margins, running head and foot of each section (ECMA-376 part 1, §17.6).
//!
//! In: the relations of the text. Out: the properties of its sections, in order. The measures are those of our theme.

use super::measure::twips_of;
use super::relations::{Kind, RelationId, Relations};
use crate::render::office::{MARGINS, SHEET};
use crate::render::xml::Xml;

/// The parts of running heads and feet, below the part of the text: every page, and the first.
pub const HEAD: &str = "header1.xml";
/// The head of the first page.
pub const FIRST_HEAD: &str = "header2.xml";
/// The foot of every page.
pub const FOOT: &str = "footer1.xml";
/// The foot of the first page, which says the same.
pub const FIRST_FOOT: &str = "footer2.xml";

/// The sheets of a paper.
pub struct Sheet {
    /// Kind and place of each running head and foot.
    running: [(&'static str, &'static str, RelationId); 4],
    sections: usize,
}

impl Sheet {
    /// Enters the running heads and feet into the relations of the text.
    pub fn new(relations: &mut Relations) -> Self {
        let running = [
            ("w:headerReference", "default", relations.to(Kind::Head, HEAD)),
            ("w:headerReference", "first", relations.to(Kind::Head, FIRST_HEAD)),
            ("w:footerReference", "default", relations.to(Kind::Foot, FOOT)),
            ("w:footerReference", "first", relations.to(Kind::Foot, FIRST_FOOT)),
        ];
        Self { running, sections: 0 }
    }

    /// Writes the properties of the next section. Only the first has a first page of its own kind; each further one begins on
    /// a sheet of its own, as a slip to send back does.
    ///
    /// `CT_SectPr`: references, type, pgSz, pgMar, titlePg, in this order (§17.6.17).
    pub fn end_section(&mut self, xml: &mut Xml) {
        let is_first = self.sections == 0;
        self.sections += 1;
        xml.open("w:sectPr", &[]);
        for (name, place, id) in self.running.iter().filter(|(_, place, _)| is_first || *place == "default") {
            xml.leaf(name, &[("w:type", place), ("r:id", id.as_str())]);
        }
        xml.leaf("w:type", &[("w:val", if is_first { "nextPage" } else { "oddPage" })]);
        let [wide, high] = SHEET.map(|length| twips_of(length).to_string());
        xml.leaf("w:pgSz", &[("w:w", &wide), ("w:h", &high)]);
        let [top, right, bottom, left, head, foot] = MARGINS.map(|length| twips_of(length).to_string());
        let margins = [
            ("w:top", top.as_str()),
            ("w:right", &right),
            ("w:bottom", &bottom),
            ("w:left", &left),
            ("w:header", &head),
            ("w:footer", &foot),
            ("w:gutter", "0"),
        ];
        xml.leaf("w:pgMar", &margins);
        if is_first {
            xml.leaf("w:titlePg", &[]);
        }
        xml.close();
    }
}
