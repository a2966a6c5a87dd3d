//! The fonts of a paper, as files in its package (ODF 1.2 part 1, §16.23).
//!
//! In: the families of a paper. Out: the elements that name them with their files, and the files.

use crate::render::office::Fonts;
use crate::render::xml::Xml;

/// The family of Chinese letters.
pub const CHINESE: &str = "Convenor Chinese";
/// A font of `LibreOffice` that has boxes to tick. Another program takes its own.
pub const BOXES: &str = "OpenSymbol";

/// A font file as it stands in the package.
pub struct FontFile<'f> {
    /// Its place in the package.
    pub name: String,
    /// Its bytes.
    pub data: &'f [u8],
}

/// The files of all families.
pub fn files(fonts: &Fonts) -> Vec<FontFile<'_>> {
    let all = fonts.families().into_iter().flat_map(|(_, files)| files);
    all.zip(1..).map(|((_, data), number)| FontFile { name: place(number), data }).collect()
}

fn place(number: usize) -> String {
    format!("Fonts/font{number}.ttf")
}

/// Writes the families into the element that is open, which is that of the fonts of a part.
pub fn write(xml: &mut Xml, fonts: &Fonts) {
    let mut number = 0;
    for (family, files) in fonts.families() {
        let quoted = format!("'{family}'");
        let attributes = [
            ("style:name", family.as_str()),
            ("svg:font-family", &quoted),
            ("style:font-family-generic", "swiss"),
            ("style:font-pitch", "variable"),
        ];
        if files.is_empty() {
            xml.leaf("style:font-face", &attributes);
            continue;
        }
        xml.open("style:font-face", &attributes);
        xml.open("svg:font-face-src", &[]);
        for _ in files {
            number += 1;
            xml.open("svg:font-face-uri", &[("xlink:href", &place(number)), ("xlink:type", "simple")]);
            xml.leaf("svg:font-face-format", &[("svg:string", "truetype")]);
            xml.close();
        }
        xml.close();
        xml.close();
    }
    // What is named and not taken along: the family of Chinese letters, where the text has none, and that of boxes to tick.
    let there = fonts.families();
    for family in [CHINESE, BOXES].into_iter().filter(|family| there.iter().all(|(name, _)| name != family)) {
        xml.leaf("style:font-face", &[("style:name", family), ("svg:font-family", &format!("'{family}'"))]);
    }
}
