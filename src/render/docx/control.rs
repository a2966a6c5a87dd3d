//! Content controls: what somebody fills in, on the screen or, printed, with a pen (ECMA-376 part 1, §17.5.2).
//!
//! In: the name of a place, and a number that no other has. Out: a control in the paragraph that is open.

use super::style::Named as _;
use crate::render::office::{Mark, Used};
use crate::render::xml::Xml;

/// What an empty field shows: the blank that Word's own form fields have, wide enough to be found with a pointer.
const BLANK: &str = "\u{2002}\u{2002}\u{2002}\u{2002}\u{2002}";

/// The most characters of a name or of a tag that Word opens without repair.
const LONGEST: usize = 64;

/// A field of text. `lines` says that it may have several.
pub fn entry(xml: &mut Xml, used: &mut Used, (name, id): (&str, u32), lines: bool) {
    open(xml, (name, id), "field");
    xml.leaf("w:showingPlcHdr", &[]);
    xml.leaf("w:text", if lines { &[("w:multiLine", "1")] } else { &[] });
    xml.close();
    content(xml, used, BLANK, Mark::Placeholder);
    xml.close();
}

/// A box to tick (MS-DOCX §2.6.1, `w14:checkbox`).
pub fn tick(xml: &mut Xml, used: &mut Used, (name, id): (&str, u32), is_ticked: bool) {
    open(xml, (name, id), "tick");
    xml.open("w14:checkbox", &[]);
    xml.leaf("w14:checked", &[("w14:val", if is_ticked { "1" } else { "0" })]);
    xml.leaf("w14:checkedState", &[("w14:val", "2612"), ("w14:font", "MS Gothic")]);
    xml.leaf("w14:uncheckedState", &[("w14:val", "2610"), ("w14:font", "MS Gothic")]);
    xml.close();
    xml.close();
    content(xml, used, if is_ticked { "\u{2612}" } else { "\u{2610}" }, Mark::Tick);
    xml.close();
}

/// `CT_SdtPr`: alias, tag, id, showingPlcHdr, then the kind (§17.5.2.38).
fn open(xml: &mut Xml, (name, id): (&str, u32), kind: &str) {
    let id = id.to_string();
    xml.open("w:sdt", &[]);
    xml.open("w:sdtPr", &[]);
    xml.leaf("w:alias", &[("w:val", &shortened(name))]);
    xml.leaf("w:tag", &[("w:val", &format!("{kind}-{id}"))]);
    xml.leaf("w:id", &[("w:val", &id)]);
}

fn content(xml: &mut Xml, used: &mut Used, shown: &str, mark: Mark) {
    used.marks.insert(mark);
    xml.open("w:sdtContent", &[]);
    xml.open("w:r", &[]);
    xml.open("w:rPr", &[]);
    xml.leaf("w:rStyle", &[("w:val", &mark.id())]);
    xml.close();
    xml.text("w:t", &[("xml:space", "preserve")], shown);
    xml.close();
    xml.close();
}

/// A name as long as Word allows, cut at a word. A character may count for two (UTF-16).
fn shortened(name: &str) -> String {
    let fits = |text: &str| text.encode_utf16().count() <= LONGEST;
    if fits(name) {
        return name.to_owned();
    }
    let mut short = String::new();
    for word in name.split(' ') {
        let longer = if short.is_empty() { word.to_owned() } else { format!("{short} {word}") };
        if longer.encode_utf16().count() >= LONGEST {
            break;
        }
        short = longer;
    }
    if short.is_empty() {
        short = name.chars().take(LONGEST / 2 - 1).collect();
    }
    short + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_longer_than_word_allows() {
        assert_eq!(shortened("Name"), "Name");
        for name in ["a ".repeat(90), "x".repeat(90), "😀".repeat(90), "word ".repeat(40)] {
            let short = shortened(&name);
            assert!(short.encode_utf16().count() <= LONGEST && short.ends_with('…'), "{short}");
        }
    }
}
