//! The embedded fonts, which are the only ones used, and their coverage character by character.
//!
//! In: nothing. Out: the files, the families in fallback order, and whether any font has a character.
//!
//! Deliberately absent: the machine's own fonts. The same text must look the same everywhere.

use std::sync::LazyLock;

use rust_embed::Embed;

#[derive(Embed)]
#[folder = "fonts/"]
struct Files;

/// Family names, in the order in which they are tried.
pub const FAMILIES: [&str; 9] = [
    "Convenor Sans",
    "Convenor Arabic",
    "Convenor Hebrew",
    "Convenor Bengali",
    "Convenor Devanagari",
    "Convenor Gurmukhi",
    "Convenor Gujarati",
    "Convenor Tamil",
    "Convenor Chinese",
];

/// Every font file, in a fixed order.
pub fn files() -> impl Iterator<Item = &'static [u8]> {
    static FONTS: LazyLock<Vec<&'static [u8]>> = LazyLock::new(|| {
        let mut names: Vec<_> = Files::iter().filter(|n| n.ends_with(".ttf") || n.ends_with(".otf")).collect();
        names.sort();
        names.iter().map(|n| bytes(n)).collect()
    });
    FONTS.iter().copied()
}

fn bytes(name: &str) -> &'static [u8] {
    match Files::get(name).expect("rust-embed lists only what it holds").data {
        std::borrow::Cow::Borrowed(data) => data,
        // Only a build without embedding reads from the disk, and it reads each file once.
        std::borrow::Cow::Owned(data) => Box::leak(data.into_boxed_slice()),
    }
}

/// The embedding that a font's licence bits permit (OpenType, OS/2 `fsType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Embedding {
    /// A document may embed the glyphs that it uses.
    Allowed,
    /// It may not, or only as a whole font or as bitmaps, neither of which suits a PDF that can be read aloud.
    Forbidden,
}

/// Facts about a font that is not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Face {
    /// Whether papers may embed it.
    pub embedding: Embedding,
    /// Whether it is bold.
    pub bold: bool,
    /// The first character of plain English that it lacks, if any.
    pub missing: Option<char>,
}

/// Examines a font. `None` if the data is not a font.
pub fn examine(data: &[u8]) -> Option<Face> {
    let face = ttf_parser::Face::parse(data, 0).ok()?;
    let restricted = face.permissions() == Some(ttf_parser::Permissions::Restricted);
    let whole = !face.is_subsetting_allowed() || !face.is_outline_embedding_allowed();
    let english = (' '..='~').chain("£–—‘’“”…•·é".chars());
    Some(Face {
        embedding: if restricted || whole { Embedding::Forbidden } else { Embedding::Allowed },
        bold: face.is_bold() || face.weight().to_number() >= 600,
        missing: english.into_iter().find(|c| face.glyph_index(*c).is_none()),
    })
}

/// The first character of a text that no font has.
pub fn missing(text: &str) -> Option<char> {
    text.chars().find(|c| !covers(*c))
}

/// Whether any font has the character. Joiners and direction marks need no glyph of their own.
pub fn covers(c: char) -> bool {
    static COVERAGE: LazyLock<Vec<u64>> = LazyLock::new(coverage);
    let code = u32::from(c) as usize;
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{00AD}' | '\n' | '\t')
        || COVERAGE.get(code / 64).is_some_and(|word| word & (1 << (code % 64)) != 0)
}

/// One bit for each character that any font maps to a glyph.
fn coverage() -> Vec<u64> {
    let mut bits = vec![0; 0x11_0000 / 64];
    for data in files() {
        let face = ttf_parser::Face::parse(data, 0).expect("the fonts are our own and parse");
        let tables = face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables);
        for table in tables.filter(ttf_parser::cmap::Subtable::is_unicode) {
            table.codepoints(|code| {
                if let Some(word) = bits.get_mut(code as usize / 64) {
                    *word |= 1 << (code % 64);
                }
            });
        }
    }
    bits
}

/// Whether a character is an Arabic or Hebrew vowel mark. These look right on paper, but text extracted from the PDF
/// has them doubled or moved (measured: `fonts/README.md`).
pub fn is_fragile_mark(c: char) -> bool {
    matches!(c, '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}'
        | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}' | '\u{05C7}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_brief_can_be_set() {
        for name in
            ["Œzgür Yıldız-Ó Briain", "Adébáyọ̀", "王小明", "محمد", "O’Neill & Sons <Ltd>", "רות", "রহিমা", "प्रिया"]
        {
            assert_eq!(missing(name), None, "{name}");
        }
        assert_eq!(missing("thumbs 👍 up"), Some('👍'));
    }
}
