//! A protected name stands in no text at all.
//!
//! Names are compared word by word, without regard to case, accents, punctuation and invisible characters; initials such
//! as `K.M.` are also found written together in capitals. Each text is looked at as it was typed and as Markdown would
//! show it, since `Kai Men**sah**` reads as a name on paper.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diag::{Diagnostic, Report, codes};
use crate::input::{BOROUGH, Loaded};
use crate::markdown;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let protected: Vec<Name> =
        loaded.conference.protected_names.iter().map(|n| Name::new(n)).filter(|n| !n.words.is_empty()).collect();
    let conference = loaded.places.conference.texts().map(|(path, text)| (path.to_owned(), text));
    let borough = loaded.places.borough.texts().map(|(path, text)| (format!("{BOROUGH}{path}"), text));
    for (path, text) in conference.chain(borough).filter(|(path, _)| !path.starts_with("protected_names")) {
        let (typed, shown) = (words(text), words(&markdown::plain_text(text)));
        for (i, _) in protected.iter().enumerate().filter(|(_, n)| n.is_in(&typed) || n.is_in(&shown)) {
            // Which name it is, is said by its place in the list: the name itself stays out of every message.
            report.push(
                Diagnostic::error(
                    codes::PROTECTED_NAME,
                    format!("this text holds the protected name number {}", i + 1),
                )
                .at(path.clone())
                .hint("say what happened without the name; `protected_names` lists what may appear in no paper"),
            );
        }
    }
}

struct Word {
    folded: String,
    capitals: bool,
}

struct Name {
    words: Vec<String>,
    initials: Option<String>,
}

impl Name {
    fn new(name: &str) -> Self {
        let words: Vec<String> = words(name).into_iter().map(|w| w.folded).collect();
        let initials = (words.len() > 1 && words.iter().all(|w| w.chars().count() == 1)).then(|| words.concat());
        Self { words, initials }
    }

    fn is_in(&self, text: &[Word]) -> bool {
        let spelled = text.windows(self.words.len()).any(|w| w.iter().map(|w| &w.folded).eq(&self.words));
        let together = self.initials.as_ref().is_some_and(|i| text.iter().any(|w| w.capitals && w.folded == *i));
        spelled || together
    }
}

fn words(text: &str) -> Vec<Word> {
    let bare: String = text.nfkd().filter(|c| !is_combining_mark(*c) && !is_invisible(*c)).map(base_letter).collect();
    bare.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| Word { folded: w.to_lowercase(), capitals: w.chars().all(char::is_uppercase) })
        .collect()
}

/// Characters that print nothing (Unicode's default ignorables, as far as they can be typed).
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Letters that carry a stroke instead of an accent, which decomposition leaves as they are.
fn base_letter(c: char) -> char {
    match c {
        'ł' => 'l',
        'Ł' => 'L',
        'ø' => 'o',
        'Ø' => 'O',
        'đ' | 'ð' => 'd',
        'Đ' | 'Ð' => 'D',
        'ħ' => 'h',
        'Ħ' => 'H',
        'ı' => 'i',
        'ŧ' => 't',
        'Ŧ' => 'T',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> bool {
        Name::new(name).is_in(&words(text))
    }

    #[test]
    fn a_name_is_found_however_it_is_written_and_not_inside_another_word() {
        assert!(found("Kai Mensah", "we saw KAI\nMensáh there"));
        assert!(found("K.M.", "K M was seen") && found("K.M.", "seen by KM."));
        assert!(found("Kai Mensah", "Ka\u{ad}i Men\u{200b}sah") && found("Łukasz", "lukasz"));
        assert!(!found("K.M.", "2 km away"));
        assert!(!found("Kai Mensah", "Kai Mensahson"));
    }
}
