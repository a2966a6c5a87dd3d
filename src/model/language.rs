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

/// The name of a file without its language, and the language: `invitation.cy.md` is `invitation.md` in Welsh. `None` for a
/// file that names none.
pub fn of_file(name: &str) -> Option<(String, Language)> {
    let (stem, ending) = name.rsplit_once('.')?;
    let (stem, tag) = stem.rsplit_once('.')?;
    let language = Language::of_tag(tag).filter(|language| !language.is_english())?;
    (!stem.is_empty() && !stem.ends_with('/')).then(|| (format!("{stem}.{ending}"), language))
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

/// That somebody who speaks a language has read its words.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadBySpeaker {
    /// The name or title of the speaker.
    pub by: String,
    /// The day.
    #[schemars(example = &"2026-10-02")]
    pub on: NaiveDate,
    /// The version of the words that they read, from `language.LANG.yaml`. It holds for that version only, and without one
    /// for none.
    #[schemars(example = &"2026.1")]
    pub version: Option<String>,
}

/// The front matter of a template in another language. All else is that of the English one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TranslationFront {
    /// Its short title, which is at the foot of every page.
    pub title: String,
    /// The English words that it was made from, as `convenor check` and `convenor templates status` name them. Without it,
    /// nobody is told when they move.
    pub of: Option<String>,
}

/// The kinds of paper that there are in other languages, each with its front matter.
pub type Translations = BTreeMap<(String, Language), TranslationFront>;

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
    fn the_language_of_a_file_stands_before_its_ending() {
        let welsh = Language::of_tag("cy").expect("it is known");
        assert_eq!(of_file("parts/why/school.cy.md"), Some(("parts/why/school.md".to_owned(), welsh)));
        assert_eq!(of_file("base/language.cy.yaml"), Some(("base/language.yaml".to_owned(), welsh)));
        for name in
            ["invitation.md", "invitation.xx.md", "invitation.en.md", ".cy.md", "parts/.cy.md", "cy.md", "a.CY.md"]
        {
            assert_eq!(of_file(name), None, "{name}");
        }
        assert_eq!(file_in("invitation.md", welsh), "invitation.cy.md");
        assert_eq!(file_in("invitation.md", Language::ENGLISH), "invitation.md");
    }
}
