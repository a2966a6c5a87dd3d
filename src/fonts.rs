//! The embedded fonts, which are the only ones used, and their coverage character by character.
//!
//! In: nothing. Out: the files, the families in fallback order, whether any font has a character, and whether a letter
//! with its marks is set in one piece.
//!
//! Deliberately absent: the machine's own fonts. The same text must look the same everywhere.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rust_embed::Embed;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

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

/// The files of a family of ours, each with whether it is bold. None if it is no family of ours.
pub fn of_family(family: &str) -> impl Iterator<Item = (bool, &'static [u8])> + use<> {
    let stem = family.replace(' ', "");
    let is_ours = FAMILIES.contains(&family);
    let file = move |(style, bold)| {
        let name = format!("{stem}-{style}.ttf");
        (is_ours && Files::get(&name).is_some()).then(|| (bold, bytes(&name)))
    };
    [("Regular", false), ("Bold", true)].into_iter().filter_map(file)
}

/// The licence of a family of ours. `None` if it is no family of ours.
pub fn licence(family: &str) -> Option<&'static [u8]> {
    let name = format!("OFL-{}.txt", family.replace(' ', ""));
    (FAMILIES.contains(&family) && Files::get(&name).is_some()).then(|| bytes(&name))
}

/// What the embedded fonts say of themselves: their makers, families and licences.
pub fn own_words() -> &'static BTreeSet<String> {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| files().filter_map(words_in).flatten().collect());
    &WORDS
}

/// What a font says of itself. `None` if the data is not a font.
pub fn words_in(data: &[u8]) -> Option<Vec<String>> {
    let face = ttf_parser::Face::parse(data, 0).ok()?;
    let names = face.names().into_iter();
    // A name that is not in Unicode is in a code of one byte for each letter.
    let words = |name: ttf_parser::name::Name<'_>| {
        name.to_string().unwrap_or_else(|| name.name.iter().map(|byte| char::from(*byte)).collect())
    };
    Some(names.map(words).collect())
}

/// The family that a font says it is of. `None` if the data is not a font, or says none.
pub fn family_in(data: &[u8]) -> Option<String> {
    let face = ttf_parser::Face::parse(data, 0).ok()?;
    let named = |id| face.names().into_iter().filter(|name| name.name_id == id).find_map(|name| name.to_string());
    named(ttf_parser::name_id::FAMILY).filter(|family| !family.trim().is_empty())
}

/// Whether a font's licence bits let a document that people edit take it along (OpenType, OS/2 `fsType`).
pub fn may_be_edited_with(data: &[u8]) -> bool {
    let permissions = ttf_parser::Face::parse(data, 0).ok().and_then(|face| face.permissions());
    matches!(permissions, Some(ttf_parser::Permissions::Installable | ttf_parser::Permissions::Editable))
}

/// Those of some characters that a font has.
pub fn those_in(data: &[u8], chars: &BTreeSet<char>) -> Vec<char> {
    let Ok(face) = ttf_parser::Face::parse(data, 0) else { return Vec::new() };
    chars.iter().copied().filter(|c| face.glyph_index(*c).is_some()).collect()
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
    // Every font of English has these; the test makes sure of it.
    text.chars().find(|c| !(' '..='~').contains(c) && !covers(*c))
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

/// The first letter of a text that no font sets in one piece with its marks: neither the council's own, which come first,
/// nor ours. Such a letter looks right, but it is two glyphs of one text: a screen reader says it twice, and a search does
/// not find it (`fonts/README.md`).
pub fn in_pieces(text: &str, own: &[Vec<u8>]) -> Option<String> {
    with_marks(text).find(|letter| best(letter, own) == Best::None)
}

/// The letters of a text that the council's own fonts set in pieces and ours in one.
pub fn better_in_ours(text: &str, own: &[Vec<u8>]) -> impl Iterator<Item = String> {
    with_marks(text).filter(|letter| best(letter, own) == Best::Ours)
}

/// The letters of European scripts that have no character of their own together with their marks.
fn with_marks(text: &str) -> impl Iterator<Item = String> + use<> {
    let mut letters: Vec<String> = Vec::new();
    if !text.is_ascii() && text.nfd().any(is_latin_mark) {
        for c in text.nfc() {
            match letters.last_mut() {
                Some(letter) if is_latin_mark(c) => letter.push(c),
                _ => letters.push(c.to_string()),
            }
        }
    }
    letters.into_iter().filter(|letter| letter.chars().nth(1).is_some())
}

/// A mark on a letter of a European script.
fn is_latin_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
        && is_combining_mark(c)
        && c != '\u{034F}'
}

/// The fonts that set a letter with its marks in one piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Best {
    /// Those that the layout would take anyway.
    Usual,
    /// Ours, and not the council's, which have the letter and come first.
    Ours,
    /// None.
    None,
}

fn best(letter: &str, own: &[Vec<u8>]) -> Best {
    let own: Vec<usize> =
        own.iter().filter_map(|data| glyphs(&rustybuzz::Face::from_slice(data, 0)?, letter)).collect();
    if !own.is_empty() && own.iter().all(|glyphs| *glyphs == 1) {
        return Best::Usual;
    }
    match is_in_one_piece(letter) {
        true if own.is_empty() => Best::Usual,
        true => Best::Ours,
        false => Best::None,
    }
}

/// Whether each weight of the first family of ours sets a letter with its marks as one glyph. No other of ours has any of
/// these marks.
fn is_in_one_piece(letter: &str) -> bool {
    static SANS: LazyLock<Vec<rustybuzz::Face<'static>>> = LazyLock::new(|| {
        let names = ["ConvenorSans-Regular.ttf", "ConvenorSans-Bold.ttf"];
        names.iter().filter_map(|name| rustybuzz::Face::from_slice(bytes(name), 0)).collect()
    });
    SANS.iter().all(|face| glyphs(face, letter) == Some(1))
}

/// The number of glyphs that a font sets a letter with. `None` if it has not all of it, so that another font is taken.
fn glyphs(face: &rustybuzz::Face<'_>, letter: &str) -> Option<usize> {
    let mut text = rustybuzz::UnicodeBuffer::new();
    text.push_str(letter);
    text.guess_segment_properties();
    let glyphs = rustybuzz::shape(face, &[], text);
    glyphs.glyph_infos().iter().all(|glyph| glyph.glyph_id != 0).then(|| glyphs.len())
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
        assert!((' '..='~').all(covers));
        assert_eq!(missing("thumbs 👍 up"), Some('👍'));
    }

    #[test]
    fn only_one_family_has_marks_on_letters_so_no_other_could_set_them() {
        let with_marks = files().filter(|data| {
            let face = ttf_parser::Face::parse(data, 0).expect("the fonts are our own");
            let has = |c| face.glyph_index(c).is_some();
            has('a') && ('\u{0300}'..='\u{036F}').any(has)
        });
        assert_eq!(with_marks.count(), 2, "Convenor Sans, in two weights");
    }

    #[test]
    fn a_letter_whose_marks_are_glyphs_of_their_own_is_found() {
        for text in ["Žydrė\u{303}", "f\u{335}", "ą\u{301}\u{335}", "a\u{300}\u{301}\u{302}\u{303}"] {
            assert!(in_pieces(text, &[]).is_some(), "{text}");
        }
        for text in [
            "Adébáyọ̀",
            "Ọ̀ṣun",
            "Siân Ní Dhomhnaill",
            "Łódź",
            "Nguyễn Thị",
            "Žydrė",
            "e\u{301}",
            "مُحَمَّد",
            "प्रिया",
            "王小明",
            "O\u{2019}Neill",
        ] {
            assert_eq!(in_pieces(text, &[]), None, "{text}");
        }
    }
}
