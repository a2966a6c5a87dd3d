//! Words that blame a child, or treat people as targets, have better alternatives.
//!
//! In: every free text of the conference and of the council, and the list of the nearest layer with the council's
//! changes. Out: a warning for each phrase of the list, with its alternative.
//!
//! Deliberately absent: a judgement. A quotation may need the word; `allow` keeps it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::diag::{Diagnostic, Hint, Report, codes};
use crate::input::{BOROUGH, Loaded};

use super::freetext::{self, FieldText, folded};

pub fn rule(loaded: &Loaded, texts: &[FieldText<'_>], report: &mut Report) {
    let avoided = avoided(loaded, report);
    let council = freetext::of_council(loaded);
    let fields = texts.iter().filter(|text| text.is_said()).chain(&council);
    let starts = Starts::of(&avoided);
    for field in fields {
        let readings: Vec<Vec<String>> = field.readings().iter().map(|text| words_of(text)).collect();
        for phrase in starts.said_in(&readings).into_iter().filter_map(|i| avoided.get(i)) {
            let Some(said) = readings.iter().find_map(|words| phrase.pattern.find(words)) else { continue };
            report.push(
                Diagnostic::warning(codes::WORDING, format!("`{said}` {}", phrase.why))
                    .at(field.path.clone())
                    .hint(Hint::naming("say instead: {}", [phrase.say.as_str()])),
            );
        }
    }
}

/// The phrases that start with each word, by their positions.
struct Starts<'a>(BTreeMap<&'a str, Vec<usize>>);

impl<'a> Starts<'a> {
    fn of(avoided: &'a [Avoided]) -> Self {
        let mut starts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, phrase) in avoided.iter().enumerate() {
            for word in phrase.pattern.0.first().into_iter().flatten() {
                starts.entry(word).or_default().push(i);
            }
        }
        Self(starts)
    }

    /// The phrases that may be in a text: those whose first word is one of its own, or of which one is a form.
    fn said_in(&self, readings: &[Vec<String>]) -> BTreeSet<usize> {
        let words = readings.iter().flatten().flat_map(|word| stems(word));
        words.filter_map(|word| self.0.get(word.as_ref())).flatten().copied().collect()
    }
}

struct Avoided {
    pattern: PhrasePattern,
    say: String,
    why: String,
}

/// The list of the nearest layer, without the phrases that the council accepts and with those that it adds.
fn avoided(loaded: &Loaded, report: &mut Report) -> Vec<Avoided> {
    let local = &loaded.borough.settings.wording;
    let own = local.avoid.iter().map(|(phrase, say)| Avoided {
        pattern: PhrasePattern::of(phrase),
        say: say.clone(),
        why: "is on the council's list of words to avoid".to_owned(),
    });
    let mut list: Vec<Avoided> = own.collect();
    for base in &loaded.wording.avoid {
        let (pattern, words) = (PhrasePattern::of(&base.phrase), words(&base.phrase));
        if !list.iter().any(|a| a.pattern.is_typed(&pattern, &words)) {
            list.push(Avoided { pattern, say: base.say.clone(), why: base.why.clone() });
        }
    }
    for (i, accepted) in local.accept.iter().enumerate() {
        let (before, pattern, words) = (list.len(), PhrasePattern::of(accepted), words(accepted));
        list.retain(|a| !a.pattern.is_typed(&pattern, &words));
        if list.len() == before {
            let known = loaded.wording.avoid.iter().map(|p| p.phrase.as_str());
            report.push(
                Diagnostic::warning(
                    codes::UNKNOWN_PHRASE,
                    format!("`{accepted}` is not on the list of words to avoid"),
                )
                .at(format!("{BOROUGH}settings.wording.accept[{i}]"))
                .suggest(accepted, known),
            );
        }
    }
    list
}

/// A phrase as words, each with its alternatives.
#[derive(Debug)]
struct PhrasePattern(Vec<Vec<String>>);

impl PhrasePattern {
    fn of(phrase: &str) -> Self {
        let words = folded(phrase).to_lowercase();
        let words =
            words.split([' ', '-']).map(|w| w.split('/').map(bare).filter(|w| !w.is_empty()).collect::<Vec<_>>());
        Self(words.filter(|alternatives| !alternatives.is_empty()).collect())
    }

    /// Whether a text, as a phrase and as words, is this phrase and nothing else; `choose/chose to` matches itself and
    /// `chose to`.
    fn is_typed(&self, pattern: &Self, words: &[String]) -> bool {
        pattern.0 == self.0 || (words.len() == self.0.len() && self.find(words).is_some())
    }

    /// The first occurrence of the phrase, in the words of the text.
    fn find(&self, text: &[String]) -> Option<String> {
        let last = self.0.len().checked_sub(1)?;
        let fits = |i: usize, word: &str| self.0[i].iter().any(|p| p == word || (i == last && is_form_of(word, p)));
        let named = |at: usize| text.get(at).is_some_and(|next| NAMED.contains(&next.as_str()));
        let mut windows = text.windows(self.0.len()).enumerate();
        let found =
            windows.find(|(at, w)| w.iter().enumerate().all(|(i, word)| fits(i, word)) && !named(at + self.0.len()));
        found.map(|(_, w)| w.join(" "))
    }
}

/// Words after a phrase by which it is in the name of a post, a service or a law, which nobody can reword.
const NAMED: [&str; 20] = [
    "manager",
    "managers",
    "management",
    "programme",
    "programmes",
    "team",
    "teams",
    "unit",
    "units",
    "service",
    "services",
    "scheme",
    "register",
    "act",
    "panel",
    "board",
    "officer",
    "officers",
    "nurse",
    "institute",
];

/// Whether a word is another one, its plural or its possessive.
fn is_form_of(word: &str, phrase: &str) -> bool {
    let word = word.strip_suffix("'s").unwrap_or(word);
    let plural = |ending: &str| word.strip_suffix(ending) == Some(phrase);
    let y_plural = phrase.strip_suffix('y').is_some_and(|stem| word.strip_suffix("ies") == Some(stem));
    word == phrase || plural("s") || plural("es") || y_plural
}

/// The words of which a word may be a form (see [`is_form_of`]), itself among them.
fn stems(word: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let owned = word.strip_suffix("'s").unwrap_or(word);
    let plural = ["s", "es"].into_iter().filter_map(move |ending| owned.strip_suffix(ending)).map(Cow::from);
    let y_plural = owned.strip_suffix("ies").map(|stem| Cow::from(format!("{stem}y")));
    [word, owned].into_iter().map(Cow::from).chain(plural).chain(y_plural)
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The words of a text in lower case. An empty one marks the end of a sentence or a clause, so that no phrase reaches
/// across.
fn words(text: &str) -> Vec<String> {
    words_of(&folded(text))
}

/// The same of a text that is folded already.
fn words_of(folded: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in folded.chars() {
        match c {
            ' ' | '-' | '/' => words.push(String::new()),
            c if c.is_ascii_alphanumeric() || c == '\'' => {
                words.last_mut().expect("there is always one").push(c.to_ascii_lowercase());
            }
            c if c.is_alphanumeric() => {
                let lower = c.to_lowercase().nfc();
                words.last_mut().expect("there is always one").extend(lower);
            }
            _ => words.extend([String::new(), String::new()]),
        }
    }
    words.iter().map(|word| bare(word)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(phrase: &str, text: &str) -> Option<String> {
        PhrasePattern::of(phrase).find(&words(text))
    }

    #[test]
    fn a_phrase_is_found_in_any_case_with_a_hyphen_or_a_space_in_the_plural_and_the_possessive() {
        for text in [
            "Gang members came.",
            "a GANG-MEMBER",
            "the gang member’s brother",
            "gang\u{2011}members’ homes",
            "gang/member",
        ] {
            assert!(found("gang member", text).is_some(), "{text}");
        }
        assert_eq!(found("choose/chose/choosing to", "She chose to stay").as_deref(), Some("chose to"));
        assert_eq!(found("lifestyle choice", "lifestyle choices").as_deref(), Some("lifestyle choices"));
        assert!(found("won’t engage", "He won't engage").is_some());
        assert!(found("runaway", "two runaways").is_some() && found("yob", "‘yobs’").is_some());
    }

    #[test]
    fn a_phrase_is_not_found_inside_a_word_or_across_sentences() {
        assert_eq!(found("offender", "the Youth Offending Service; reoffenders"), None);
        assert_eq!(found("at risk youth", "It is at risk. Youth workers came"), None);
        assert_eq!(found("hot spot", "hot, spot on"), None);
        assert_eq!(found("youths", "the youth service"), None);
        assert_eq!(found("- /", "anything - / at all"), None);
    }

    #[test]
    fn a_council_may_name_a_phrase_by_one_of_its_forms() {
        let is =
            |phrase: &str, typed: &str| PhrasePattern::of(phrase).is_typed(&PhrasePattern::of(typed), &words(typed));
        let phrase = "put/puts/putting himself/themselves at risk";
        assert!(is(phrase, "Putting themselves at-risk") && is(phrase, phrase));
        assert!(!is(phrase, "at risk") && !is("hotspot", ""));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_rule_panic(phrase in "\\PC{0,20}", text in "\\PC{0,60}") {
            found(&phrase, &text);
            PhrasePattern::of(&phrase).is_typed(&PhrasePattern::of(&text), &words(&text));
            found("gang member", &text);
        }

        #[test]
        fn a_phrase_that_is_passed_over_is_not_said(
            parts in proptest::collection::vec(proptest::sample::select(&["gang", "gangs", "party", "parties", "yob's", "box", "boxes", "at", "risk", "- "][..]), 1..6),
        ) {
            let text = words(&parts.join(" "));
            let phrases = ["gang", "gang/party at risk", "party", "box", "yob", "at risk box", "parties"];
            let avoided = phrases.map(|phrase| Avoided { pattern: PhrasePattern::of(phrase), say: String::new(), why: String::new() });
            let starts = Starts::of(&avoided).said_in(std::slice::from_ref(&text));
            for (i, phrase) in avoided.iter().enumerate().filter(|(_, phrase)| phrase.pattern.find(&text).is_some()) {
                prop_assert!(starts.contains(&i), "{:?} in {:?}", phrase.pattern, text);
            }
        }
    }
}
