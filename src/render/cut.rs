//! The fonts of a paper, cut to the characters that it has, for the formats that take their fonts along.
//!
//! In: characters. Out: font files. A character is taken from the first family that has it: the council's own fonts, then
//! ours, in the order of the theme. Plain English is always there, since papers are filled in and gone on with; so most
//! papers of a council have the same fonts, and those are cut once.
//!
//! Deliberately absent: compression of a font; fonts from elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex};

use read_fonts::FontRef;
use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use skera::{DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};

use crate::fonts;
use crate::render::brand::Look;

/// What every paper has, whatever it says.
const ALWAYS: &str = "£–—‘’“”…•·é\u{a0}";
/// What joins and parts letters within the words of other scripts.
const JOINERS: [char; 4] = ['\u{200C}', '\u{200D}', '\u{a0}', ' '];

/// A font file that was cut.
#[derive(Debug, Clone)]
pub struct CutFont {
    /// The family of ours. `None` for a font of the council's own.
    pub family: Option<String>,
    /// Whether it is bold.
    pub bold: bool,
    /// The name that the council's own font has for itself.
    pub own_name: Option<String>,
    /// Those of the characters asked for that it is there for.
    pub chars: BTreeSet<char>,
    /// The file. `None` if it cannot be cut: the text is then in the next font that the reader's machine has.
    pub data: Option<Arc<[u8]>>,
}

/// The fonts that some characters need, besides those of plain English.
pub fn fonts_for(chars: impl Iterator<Item = char>, look: &Look) -> Vec<CutFont> {
    let plain = (' '..='~').chain(ALWAYS.chars());
    let mut left: BTreeSet<char> = chars.filter(|c| !c.is_ascii()).chain(plain).collect();
    let mut all = Vec::new();
    let own: Vec<Face<'_>> = look.font_files.iter().map(|data| Face::own(data)).collect();
    take(&own, &mut left, &mut all);
    for family in &look.fonts {
        let ours: Vec<Face<'_>> =
            fonts::of_family(family).map(|(bold, data)| Face { family: Some(family), bold, data }).collect();
        take(&ours, &mut left, &mut all);
    }
    all
}

/// Takes what the faces of a family have from the characters that are left.
fn take(family: &[Face<'_>], left: &mut BTreeSet<char>, cut: &mut Vec<CutFont>) {
    let mut all = BTreeSet::new();
    for face in family {
        let theirs: BTreeSet<char> = fonts::those_in(face.data, left).into_iter().collect();
        if theirs.iter().any(|c| !JOINERS.contains(c)) {
            cut.push(face.cut_to(theirs.clone()));
        }
        all.extend(theirs);
    }
    left.retain(|c| !all.contains(c));
}

/// One font file.
struct Face<'f> {
    family: Option<&'f str>,
    bold: bool,
    data: &'f [u8],
}

impl<'f> Face<'f> {
    fn own(data: &'f [u8]) -> Self {
        Face { family: None, bold: fonts::examine(data).is_some_and(|face| face.bold), data }
    }

    /// The font cut to some characters: cut before, or now.
    fn cut_to(&self, chars: BTreeSet<char>) -> CutFont {
        let whose = self.family.map_or_else(|| blake3::hash(self.data).to_hex().to_string(), str::to_owned);
        let all: String = chars.iter().copied().chain(JOINERS).collect::<BTreeSet<char>>().into_iter().collect();
        let key = (whose, self.bold, all);
        let family = self.family.map(str::to_owned);
        let own_name = if self.family.is_none() { fonts::family_in(self.data) } else { None };
        if let Ok(cut) = CUT.lock()
            && let Some(data) = cut.get(&key)
        {
            return CutFont { family, own_name, bold: self.bold, chars, data: data.clone() };
        }
        let made: Option<Arc<[u8]>> = subset(self.data, &key.2).map(Arc::from);
        if let Ok(mut cut) = CUT.lock() {
            if cut.len() >= MOST {
                cut.clear();
            }
            cut.insert(key, made.clone());
        }
        CutFont { family, own_name, bold: self.bold, chars, data: made }
    }
}

/// A font, whether it is bold, and its characters.
type Cut = (String, bool, String);
/// Fonts that were cut; `None` for one that cannot be.
type AllCut = BTreeMap<Cut, Option<Arc<[u8]>>>;

/// Fonts by family, weight and characters. What is in it can only be what would be made anew.
static CUT: LazyLock<Mutex<AllCut>> = LazyLock::new(Mutex::default);
/// The most fonts to keep: some 20 kB each.
const MOST: usize = 64;

/// A font with these characters and all that they are composed of, and with the rules for setting them. `None` if it is not
/// one, or has anything that cannot be cut.
fn subset(data: &[u8], chars: &str) -> Option<Vec<u8>> {
    let font = FontRef::new(data).ok()?;
    let unicodes: IntSet<u32> = chars.chars().map(u32::from).collect();
    let features: IntSet<Tag> = DEFAULT_LAYOUT_FEATURES.iter().copied().collect();
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    // Copyright, family, style and licence: a licence asks for its own name.
    let names: IntSet<NameId> = [0, 1, 2, 13, 14].into_iter().map(NameId::new).collect();
    let english: IntSet<u16> = [0x0409].into_iter().collect();
    let (none, all) = (IntSet::empty(), IntSet::empty());
    let flags = SubsetFlags::SUBSET_FLAGS_NO_HINTING;
    let plan = Plan::new(&none, &unicodes, &font, flags, &all, &scripts, &features, &names, &english);
    subset_font(&font, &plan).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(data: &[u8], text: &str) -> Vec<u16> {
        let face = rustybuzz::Face::from_slice(data, 0).expect("it is a font");
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(&face, &[], buffer);
        shaped.glyph_infos().iter().map(|glyph| u16::try_from(glyph.glyph_id).expect("it is small")).collect()
    }

    #[test]
    fn a_font_that_was_cut_sets_its_text_as_before() {
        for (family, text) in [
            ("Convenor Sans", "Adébáyọ̀ Œzgür Yıldız-Ó Briain"),
            ("Convenor Arabic", "محمد"),
            ("Convenor Devanagari", "प्रिया"),
            ("Convenor Bengali", "রহিমা"),
            ("Convenor Chinese", "王小明"),
        ] {
            for (_, data) in fonts::of_family(family) {
                let cut = subset(data, text).expect("it can be cut");
                assert_eq!(cut, subset(data, text).expect("it can be cut"), "the same twice");
                assert!(cut.len() < 20_000, "{family}: {}", cut.len());
                let (before, after) = (glyphs(data, text), glyphs(&cut, text));
                assert_eq!(before.len(), after.len(), "{family}");
                assert!(after.iter().all(|glyph| *glyph != 0), "{family}: {after:?}");
            }
        }
    }

    #[test]
    fn what_is_no_font_is_left_out() {
        assert_eq!(subset(b"no font", "a"), None);
    }
}
