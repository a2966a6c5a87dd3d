//! Papers in other languages than English: who wants them, and the tables of words and rules that each of them needs.
//!
//! In: `languages:` of a council, `language.LANG.yaml` of a layer, front matter. Out: [`LocalLanguages`], [`Tongue`],
//! [`TranslationFront`].
//!
//! Deliberately absent: the words of papers, which are templates, and any other rule of grammar.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::vocabulary::Vocabulary;

pub use crate::doc::Language;

/// Which words of a kind of paper are meant: those in a language, and the ones in easy read of it if there are any. Plain English
/// is `invitation.md`; the others have it in their name: `invitation.cy.md`, `invitation.easy-read.md`, `invitation.easy-read.cy.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rendition {
    /// The language.
    pub language: Language,
    /// Whether they are in easy read: short sentences, each beside a picture.
    pub easy: bool,
}

/// What the name of a file in easy read has in it.
pub const EASY_READ: &str = "easy-read";

impl Rendition {
    /// The words in a language that are not in easy read.
    pub fn plain(language: Language) -> Self {
        Self { language, easy: false }
    }

    /// The words in easy read of a language.
    pub fn easy(language: Language) -> Self {
        Self { language, easy: true }
    }

    /// Whether they are the words that every other rendition is made from.
    pub fn is_plain_english(self) -> bool {
        !self.easy && self.language.is_english()
    }

    /// What it is called after "in": `Welsh`, `easy read`, `easy read in Welsh`.
    pub fn name(self) -> String {
        match (self.easy, self.language.is_english()) {
            (false, _) => self.language.name().to_owned(),
            (true, true) => "easy read".to_owned(),
            (true, false) => format!("easy read in {}", self.language.name()),
        }
    }
}

/// The name of a file without its rendition, and the rendition: `invitation.cy.md` is `invitation.md` in Welsh. `None` for a
/// file that names none.
pub fn of_file(name: &str) -> Option<(String, Rendition)> {
    let (stem, ending) = name.rsplit_once('.')?;
    let tagged = stem.rsplit_once('.').and_then(|(stem, tag)| Some((stem, Language::of_tag(tag)?)));
    let tagged = tagged.filter(|(_, language)| !language.is_english());
    let (stem, language) = tagged.unwrap_or((stem, Language::ENGLISH));
    let easy = stem.strip_suffix(EASY_READ).and_then(|stem| stem.strip_suffix('.'));
    let (stem, rendition) = (easy.unwrap_or(stem), Rendition { language, easy: easy.is_some() });
    let is_named = !stem.is_empty() && !stem.ends_with('/') && !rendition.is_plain_english();
    is_named.then(|| (format!("{stem}.{ending}"), rendition))
}

/// The name of a file in a rendition: `invitation.md` in Welsh is `invitation.cy.md`.
pub fn file_of(name: &str, rendition: Rendition) -> String {
    match name.rsplit_once('.').filter(|_| rendition.easy) {
        Some((stem, ending)) => file_in(&format!("{stem}.{EASY_READ}.{ending}"), rendition.language),
        None => file_in(name, rendition.language),
    }
}

/// The name of a file in a language: `invitation.md` in Welsh is `invitation.cy.md`.
pub fn file_in(name: &str, language: Language) -> String {
    match name.rsplit_once('.').filter(|_| !language.is_english()) {
        Some((stem, ending)) => format!("{stem}.{language}.{ending}"),
        None => name.to_owned(),
    }
}

/// The tables of every language that the layers have one for.
pub type Tongues = BTreeMap<Language, Tongue>;

/// The languages of a council's papers: `languages:` of `borough.yaml`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalLanguages {
    /// The languages of papers for whoever names none of their own, in their order: `[cy, en]` makes each paper in both,
    /// in one file, Welsh first. Default: English.
    #[serde(default)]
    pub papers: Vec<Language>,
    /// The people who have read the words of a language and found them right, by the language. Until then a check says that
    /// nobody has.
    #[serde(default)]
    pub checked: BTreeMap<Language, ReadBySpeaker>,
    /// Whoever has a learning disability and has read the words in easy read, and found that they can be understood. Until then a
    /// check says that nobody has.
    pub easy_read: Option<ReadBySpeaker>,
}

impl LocalLanguages {
    /// The languages of papers for whoever names none.
    pub fn of_papers(&self) -> Vec<Language> {
        let mut all: Vec<Language> = Vec::new();
        for language in &self.papers {
            if !all.contains(language) {
                all.push(*language);
            }
        }
        if all.is_empty() { vec![Language::ENGLISH] } else { all }
    }
}

/// That somebody who speaks a language, or reads easy read, has read its words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadBySpeaker {
    /// The name or title of the speaker.
    pub by: String,
    /// The day.
    #[schemars(example = &"2026-10-02")]
    pub on: NaiveDate,
    /// The version of the words that they read, from `language.LANG.yaml` or, of easy read, as `convenor check` names it. It holds
    /// for that version only, and without one for none.
    #[schemars(example = &"2026.1")]
    pub version: Option<String>,
}

/// The front matter of a template in another language or in easy read. All else is that of the English one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranslationFront {
    /// Its short title, which is at the foot of every page.
    pub title: String,
    /// The English words that it was made from, as `convenor check` and `convenor templates status` name them. Without it,
    /// nobody is told when they move.
    pub of: Option<String>,
}

/// The kinds of paper that there are in other languages or in easy read, each with its front matter.
pub type Translations = BTreeMap<(String, Rendition), TranslationFront>;

/// What papers in a language need besides their templates: `language.LANG.yaml` of the base or of a layer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tongue {
    /// The version of the words of this language, templates included.
    pub version: String,
    /// The sentence, in this language, over a paper that there is only in English.
    pub untranslated: String,
    /// The months, January first.
    pub months: Vec<String>,
    /// The months as they are shortened.
    pub short_months: Vec<String>,
    /// The days of the week, Monday first.
    pub weekdays: Vec<String>,
    /// A date: `{day} {month} {year}`.
    pub date: String,
    /// A date with its day of the week: `{weekday} {date}`.
    pub weekday_date: String,
    /// Times of day.
    pub clock: Clock,
    /// The word before the last of several, as "and" is.
    pub and: Joint,
    /// The word before the last of several alternatives, as "or" is.
    pub or: Joint,
    /// What stands between the others. Default: a comma.
    #[serde(default = "comma")]
    pub comma: String,
    /// The numbers from none to nine as words.
    pub numbers: Vec<String>,
    /// The words of `terms` in this language, from `vocabulary.LANG.yaml`.
    #[serde(skip)]
    pub terms: Vocabulary,
    /// Protective markings in this language, by what a conference file has. One that is not here stands as it was typed.
    #[serde(default)]
    pub markings: BTreeMap<String, String>,
}

fn comma() -> String {
    ", ".to_owned()
}

/// How times of day are written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// The words after the hours before and after noon; without them a day has 24 hours.
    #[serde(default)]
    pub halves: Option<[String; 2]>,
    /// Noon and midnight. Default: as any other time.
    pub noon: Option<String>,
    /// Midnight.
    pub midnight: Option<String>,
}

/// A word between two others.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joint {
    /// The word.
    pub word: String,
    /// The same before a vowel, where that differs.
    pub before_vowel: Option<String>,
    /// Whether it is written together with what follows it, as the Arabic one is.
    #[serde(default)]
    pub attached: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rendition_of_a_file_stands_before_its_ending() {
        let welsh = Language::of_tag("cy").expect("it is known");
        let plain = |name: &str| Some((name.to_owned(), Rendition::plain(welsh)));
        assert_eq!(of_file("parts/why/school.cy.md"), plain("parts/why/school.md"));
        assert_eq!(of_file("base/language.cy.yaml"), plain("base/language.yaml"));
        for (easy, language) in [("a/b.easy-read.md", Language::ENGLISH), ("a/b.easy-read.cy.md", welsh)] {
            assert_eq!(of_file(easy), Some(("a/b.md".to_owned(), Rendition::easy(language))), "{easy}");
            assert_eq!(file_of("a/b.md", Rendition::easy(language)), easy);
        }
        for name in [
            "invitation.md",
            "invitation.xx.md",
            "invitation.en.md",
            ".cy.md",
            "parts/.cy.md",
            "cy.md",
            "a.CY.md",
            "easy-read.md",
            ".easy-read.md",
            "a.cy.easy-read.en.md",
            "a.Easy-read.md",
        ] {
            assert_eq!(of_file(name), None, "{name}");
        }
        assert_eq!(file_in("invitation.md", welsh), "invitation.cy.md");
        assert_eq!(file_of("invitation.md", Rendition::plain(Language::ENGLISH)), "invitation.md");
        assert_eq!(Rendition::easy(welsh).name(), "easy read in Welsh");
    }
}
