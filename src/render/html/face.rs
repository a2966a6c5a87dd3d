//! The fonts of a page, cut to the characters that it has.
//!
//! In: the page. Out: `@font-face` rules that hold the fonts as data. A character is taken from the first family that has it:
//! the council's own fonts, then ours, in the order of the theme. Plain English is always there, since forms are filled in;
//! so most pages of a council have the same fonts, and those are cut once.
//!
//! Deliberately absent: compression of a font, which would take as long as the rest of a paper and save a third of it; fonts
//! from elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

use read_fonts::FontRef;
use read_fonts::collections::IntSet;
use read_fonts::types::{NameId, Tag};
use skera::{DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};

use super::address::data_url;
use crate::fonts;
use crate::render::brand::Look;

/// The family that the council's own fonts go by.
const OWN: &str = "Own";

/// What every page has, whatever it says.
const ALWAYS: &str = "£–—‘’“”…•·é\u{a0}";
/// What joins and parts letters within the words of other scripts.
const JOINERS: [char; 4] = ['\u{200C}', '\u{200D}', '\u{a0}', ' '];

/// The families of a council, as CSS has them: the machine's own come last.
pub fn families(look: &Look) -> String {
    let own = (!look.font_files.is_empty()).then_some(OWN);
    let all = own.into_iter().chain(look.fonts.iter().map(String::as_str));
    all.map(|family| format!("\"{family}\"")).chain(["system-ui,sans-serif".to_owned()]).collect::<Vec<_>>().join(",")
}

/// The rules of all fonts that a page needs.
pub fn faces(page: &str, look: &Look) -> String {
    let plain = (' '..='~').chain(ALWAYS.chars());
    let mut left: BTreeSet<char> = page.chars().filter(|c| !c.is_ascii()).chain(plain).collect();
    let mut rules = String::new();
    let own: Vec<Face<'_>> = look.font_files.iter().map(|data| Face::own(data)).collect();
    take(&own, &mut left, &mut rules);
    for family in &look.fonts {
        let ours: Vec<Face<'_>> =
            fonts::of_family(family).map(|(bold, data)| Face { family, bold, data, is_own: false }).collect();
        take(&ours, &mut left, &mut rules);
    }
    rules
}

/// Takes what the faces of a family have from the characters that are left.
fn take(family: &[Face<'_>], left: &mut BTreeSet<char>, rules: &mut String) {
    let mut all = BTreeSet::new();
    for face in family {
        let theirs = fonts::those_in(face.data, left);
        if theirs.iter().any(|c| !JOINERS.contains(c)) {
            let chars: String = theirs.iter().copied().chain(JOINERS).collect::<BTreeSet<char>>().into_iter().collect();
            rules.push_str(&face.rule(chars));
        }
        all.extend(theirs);
    }
    left.retain(|c| !all.contains(c));
}

/// One font file.
struct Face<'f> {
    family: &'f str,
    bold: bool,
    data: &'f [u8],
    is_own: bool,
}

impl<'f> Face<'f> {
    fn own(data: &'f [u8]) -> Self {
        Face { family: OWN, bold: fonts::examine(data).is_some_and(|face| face.bold), data, is_own: true }
    }

    /// Its rule, with the font cut to some characters: cut before, or now.
    fn rule(&self, chars: String) -> String {
        let whose = if self.is_own { blake3::hash(self.data).to_hex().to_string() } else { self.family.to_owned() };
        let key = (whose, self.bold, chars);
        if let Ok(cut) = CUT.lock()
            && let Some(rule) = cut.get(&key)
        {
            return rule.clone();
        }
        let rule = self.cut(&key.2);
        if let Ok(mut cut) = CUT.lock() {
            if cut.len() >= MOST {
                cut.clear();
            }
            cut.insert(key, rule.clone());
        }
        rule
    }

    /// A font that cannot be cut is left out: the page is then in the next family that the reader's machine has.
    fn cut(&self, chars: &str) -> String {
        let Some(data) = subset(self.data, chars) else { return String::new() };
        let weight = if self.bold { 700 } else { 400 };
        format!(
            "@font-face{{font-family:\"{}\";font-weight:{weight};src:url(\"{}\")}}\n",
            self.family,
            data_url("font/ttf", &data)
        )
    }
}

/// A font, whether it is bold, and its characters.
type Cut = (String, bool, String);

/// Rules by font, weight and characters. What is in it can only be what would be made anew.
static CUT: LazyLock<Mutex<BTreeMap<Cut, String>>> = LazyLock::new(Mutex::default);
/// The most rules to keep: some 30 kB each.
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
