//! The fonts of a paper: which family sets which letters, and the files that the paper takes along.
//!
//! In: every text of a paper. Out: the family of each letter, and the files.
//!
//! Deliberately absent: fonts whose licence does not let an edited document take them along. The program then takes the
//! reader's own, or another.

use std::collections::{BTreeMap, BTreeSet};

use crate::doc::Document;
use crate::fonts;
use crate::render::brand::Look;
use crate::render::cut::{CutFont, fonts_for};

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

/// A family by its name, with its files, each with whether it is bold.
pub type Family<'f> = (String, Vec<(bool, &'f [u8])>);

/// The fonts of one paper.
pub struct Fonts {
    all: Vec<CutFont>,
    /// The family of plain English.
    main: String,
    /// The family of every letter that the main one does not have.
    others: BTreeMap<char, String>,
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

    /// Every family with its files, each with whether it is bold.
    pub fn families(&self) -> Vec<Family<'_>> {
        let mut families: Vec<Family<'_>> = Vec::new();
        for font in &self.all {
            let family = name(font);
            let at = families.iter().position(|(known, _)| *known == family).unwrap_or_else(|| {
                families.push((family, Vec::new()));
                families.len() - 1
            });
            let files = &mut families[at].1;
            if let Some(data) = &font.data
                && files.iter().all(|(bold, _)| *bold != font.bold)
            {
                files.push((font.bold, data));
            }
        }
        for (_, files) in &mut families {
            files.sort_by_key(|(bold, _)| *bold);
        }
        families
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
