//! The fonts of a paper: which family sets which letters, and the files that the paper takes along.
//!
//! In: every text of a paper. Out: the family of each letter, the table of fonts (ECMA-376 part 1, §17.8), and the files,
//! each made unreadable to other programs by its own key, as the standard asks (§17.8.1).
//!
//! Deliberately absent: fonts whose licence does not let an edited document take them along. Word then takes the reader's
//! own, or another.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{R, W};
use super::relations::{Kind, Relations};
use crate::doc::Document;
use crate::fonts;
use crate::render::brand::Look;
use crate::render::cut::{CutFont, fonts_for};
use crate::render::xml::Xml;

/// Letters that every paper takes along, whatever it says: those of the languages of Europe that are written in Latin letters,
/// of Vietnamese and of Yoruba. Papers are gone on with; and a program that has two of them open may take the fonts of one for
/// both.
const LATIN: [std::ops::RangeInclusive<char>; 8] = [
    '\u{A0}'..='\u{17F}',
    '\u{1A0}'..='\u{1B0}',
    '\u{300}'..='\u{304}',
    '\u{309}'..='\u{309}',
    '\u{323}'..='\u{323}',
    '\u{1E62}'..='\u{1E63}',
    '\u{1EA0}'..='\u{1EF9}',
    '\u{2010}'..='\u{2026}',
];
/// A font with fewer bytes is taken along whole, for the same reasons.
const SMALL: usize = 128 * 1024;

/// The fonts of one paper.
pub struct Fonts {
    all: Vec<CutFont>,
    /// The family of plain English.
    main: String,
    /// The family of every letter that the main one does not have.
    others: BTreeMap<char, String>,
}

/// A font file as it stands in the package.
pub struct FontFile {
    /// Its place below the part of the text.
    pub name: String,
    /// Its bytes.
    pub data: Vec<u8>,
}

impl Fonts {
    /// The fonts that the texts of a paper need, and those of its letterhead.
    pub fn of(document: &Document, look: &Look) -> Self {
        let mut chars = BTreeSet::new();
        document.each_text(&mut |text| chars.extend(text.chars().filter(|c| !c.is_ascii())));
        let pen =
            document.meta.pen.iter().flat_map(|pen| [&pen.signature, &pen.field, &pen.empty, &pen.ticked, &pen.log]);
        let letterhead = look.sender.iter().flatten().chain([&look.name]);
        pen.chain(letterhead).for_each(|text| chars.extend(text.chars().filter(|c| !c.is_ascii())));
        let mut all = fonts_for(chars.into_iter().chain(LATIN.into_iter().flatten()), look);
        all.iter_mut().for_each(whole_if_small);
        let may = |font: &&Vec<u8>| fonts::may_be_edited_with(font);
        if look.font_files.iter().any(|font| !may(&font)) {
            all.iter_mut().filter(|font| font.family.is_none()).for_each(|font| font.data = None);
        }
        let main = all.first().map_or_else(|| fonts::FAMILIES[0].to_owned(), name);
        let mut others = BTreeMap::new();
        let mut taken: BTreeSet<char> = BTreeSet::new();
        for font in &all {
            let family = name(font);
            for c in font.chars.iter().filter(|c| !taken.contains(c)) {
                if family != main {
                    others.insert(*c, family.clone());
                }
            }
            taken.extend(&font.chars);
        }
        Self { all, main, others }
    }

    /// The family of plain English.
    pub fn main(&self) -> &str {
        &self.main
    }

    /// The family of letters that the main one does not have. `None` for a letter that it has, or that no font has.
    pub fn other(&self, c: char) -> Option<&str> {
        self.others.get(&c).map(String::as_str)
    }

    /// The table of fonts with its relations, and the files.
    pub fn write(&self) -> (Vec<u8>, Relations, Vec<FontFile>) {
        let (mut relations, mut files) = (Relations::default(), Vec::new());
        let mut families: Vec<(String, Vec<&CutFont>)> = Vec::new();
        for font in &self.all {
            let family = name(font);
            match families.iter_mut().find(|(known, _)| *known == family) {
                Some((_, theirs)) => theirs.push(font),
                None => families.push((family, vec![font])),
            }
        }
        let mut xml = Xml::part();
        xml.open("w:fonts", &[("xmlns:w", W), ("xmlns:r", R)]);
        for (family, theirs) in families {
            // CT_Font: altName, charset, family, pitch, embedRegular, embedBold, in this order (§17.8.3.10).
            xml.open("w:font", &[("w:name", &family)]);
            xml.leaf("w:altName", &[("w:val", "Arial")]);
            xml.leaf("w:charset", &[("w:val", "00")]);
            xml.leaf("w:family", &[("w:val", "swiss")]);
            xml.leaf("w:pitch", &[("w:val", "variable")]);
            for (bold, element) in [(false, "w:embedRegular"), (true, "w:embedBold")] {
                let Some(data) = theirs.iter().find(|font| font.bold == bold).and_then(|font| font.data.as_ref())
                else {
                    continue;
                };
                let key = key(data);
                let name = format!("fonts/font{}.odttf", files.len() + 1);
                let id = relations.to(Kind::Font, &name);
                xml.leaf(element, &[("r:id", id.as_str()), ("w:fontKey", &guid(&key))]);
                files.push(FontFile { name, data: obfuscated(data, &key) });
            }
            xml.close();
        }
        xml.close();
        (xml.finish(), relations, files)
    }
}

/// Puts a small font of ours in the place of the part that was cut from it.
fn whole_if_small(font: &mut CutFont) {
    let family = font.family.as_deref().unwrap_or_default();
    if let Some((_, whole)) = fonts::of_family(family).find(|(bold, data)| *bold == font.bold && data.len() < SMALL) {
        font.data = Some(whole.into());
    }
}

fn name(font: &CutFont) -> String {
    font.family.clone().or_else(|| font.own_name.clone()).unwrap_or_else(|| fonts::FAMILIES[0].to_owned())
}

/// The key of a font file: the first half of its hash, so that the same file has the same.
fn key(data: &[u8]) -> [u8; 16] {
    let mut key = [0; 16];
    key.copy_from_slice(&blake3::hash(data).as_bytes()[..16]);
    key
}

/// A key as the standard writes it.
fn guid(key: &[u8; 16]) -> String {
    let digits = format!("{:032X}", u128::from_be_bytes(*key));
    format!("{{{}-{}-{}-{}-{}}}", &digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..])
}

/// The first 32 bytes are turned by the key, from its last byte to its first, twice (§17.8.1).
fn obfuscated(data: &[u8], key: &[u8; 16]) -> Vec<u8> {
    let mut data = data.to_vec();
    data.iter_mut().take(32).zip(key.iter().rev().cycle()).for_each(|(byte, key)| *byte ^= key);
    data
}
