//! The numberings of a paper, as its lists are met (ECMA-376 part 1, §17.9).
//!
//! In: lists. Out: ids, and the part that says how each counts. Lists with bullets that stand in the same share one numbering;
//! a list that counts has its own, or it would go on where the one before it ended.

use super::measure::twips;
use super::names::W;
use crate::render::office::{DEEPEST, HANG, NUMBER_HANG, Scale, Within, indent};
use crate::render::xml::Xml;

/// The id of a numbering.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberingId(usize);

impl NumberingId {
    /// The id as an attribute has it.
    pub fn value(self) -> String {
        self.0.to_string()
    }
}

/// How the lists of one numbering look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    within: Within,
    ordered: bool,
}

/// The numberings that were met.
#[derive(Debug, Default)]
pub struct Numberings {
    shapes: Vec<Shape>,
    /// Each with its shape, and for one that counts its level and its first number.
    all: Vec<(usize, Option<(u8, usize)>)>,
}

impl Numberings {
    /// The numbering of lists with bullets.
    pub fn bulleted(&mut self, within: Within) -> NumberingId {
        let shape = self.shape(Shape { within, ordered: false });
        let known = self.all.iter().position(|(its, counts)| *its == shape && counts.is_none());
        NumberingId(known.unwrap_or_else(|| self.add(shape, None)) + 1)
    }

    /// The numbering of one list that counts from `start`, at a level from 1.
    pub fn numbered(&mut self, within: Within, level: u8, start: usize) -> NumberingId {
        let shape = self.shape(Shape { within, ordered: true });
        NumberingId(self.add(shape, Some((level, start))) + 1)
    }

    fn add(&mut self, shape: usize, counts: Option<(u8, usize)>) -> usize {
        self.all.push((shape, counts));
        self.all.len() - 1
    }

    fn shape(&mut self, shape: Shape) -> usize {
        self.shapes.iter().position(|known| *known == shape).unwrap_or_else(|| {
            self.shapes.push(shape);
            self.shapes.len() - 1
        })
    }

    /// The part; `None` if the paper has no list.
    pub fn write(&self, scale: &Scale) -> Option<Vec<u8>> {
        if self.all.is_empty() {
            return None;
        }
        let mut xml = Xml::part();
        xml.open("w:numbering", &[("xmlns:w", W)]);
        // Every w:abstractNum comes before the first w:num (§17.9.17).
        for (id, shape) in self.shapes.iter().enumerate() {
            xml.open("w:abstractNum", &[("w:abstractNumId", &id.to_string())]);
            xml.leaf("w:multiLevelType", &[("w:val", "hybridMultilevel")]);
            (1..=DEEPEST).for_each(|level| write_level(&mut xml, *shape, level, scale));
            xml.close();
        }
        for (id, (shape, counts)) in self.all.iter().enumerate() {
            xml.open("w:num", &[("w:numId", &(id + 1).to_string())]);
            xml.leaf("w:abstractNumId", &[("w:val", &shape.to_string())]);
            if let Some((level, start)) = counts {
                xml.open("w:lvlOverride", &[("w:ilvl", &(level - 1).to_string())]);
                xml.leaf("w:startOverride", &[("w:val", &start.to_string())]);
                xml.close();
            }
            xml.close();
        }
        xml.close();
        Some(xml.finish())
    }
}

/// `CT_Lvl`: start, numFmt, suff, lvlText, lvlJc, pPr, rPr, in this order (§17.9.6).
fn write_level(xml: &mut Xml, shape: Shape, level: u8, scale: &Scale) {
    let hang = if shape.ordered { NUMBER_HANG } else { HANG } * scale.k;
    let left = indent(shape.within) + HANG * scale.k * f32::from(level - 1) + hang;
    let (format, text) = if shape.ordered { ("decimal", format!("%{level}.")) } else { ("bullet", "•".to_owned()) };
    xml.open("w:lvl", &[("w:ilvl", &(level - 1).to_string())]);
    xml.leaf("w:start", &[("w:val", "1")]);
    xml.leaf("w:numFmt", &[("w:val", format)]);
    xml.leaf("w:lvlText", &[("w:val", &text)]);
    xml.leaf("w:lvlJc", &[("w:val", "left")]);
    xml.open("w:pPr", &[]);
    xml.open("w:tabs", &[]);
    xml.leaf("w:tab", &[("w:val", "num"), ("w:pos", &twips(left).to_string())]);
    xml.close();
    xml.leaf("w:ind", &[("w:left", &twips(left).to_string()), ("w:hanging", &twips(hang).to_string())]);
    xml.close();
    xml.close();
}
