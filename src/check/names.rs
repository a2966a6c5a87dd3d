//! A protected name stands in no text at all.
//!
//! Names are compared word by word, without regard to case, accents, punctuation and invisible characters; initials such
//! as `K.M.` are also found written together in capitals. Each text is looked at as it was typed and as Markdown would
//! show it, since `Kai Men**sah**` reads as a name on paper.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::diag::{Diagnostic, Report, codes};
use crate::input::Loaded;
use crate::markdown;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    let protected = guarded(loaded);
    for (path, text) in
        loaded.places.texts().filter(|(path, _)| !path.starts_with("protected_names") && !is_reference(path))
    {
        let (typed, shown) = (words(text), words(&markdown::plain_text(text)));
        for (label, _) in protected.iter().filter(|(_, n)| n.is_in(&typed) || n.is_in(&shown)) {
            // Which name it is, is said by its place in the list: the name itself stays out of every message.
            report.push(
                Diagnostic::error(codes::PROTECTED_NAME, format!("this text holds {label}"))
                    .at(path.clone())
                    .hint("say what happened without it; `protected_names` and `child_links` list what may appear in no paper"),
            );
        }
    }
}

/// `child_links[0].ref`, where the reference itself stands.
fn is_reference(path: &str) -> bool {
    path.starts_with("child_links[") && path.ends_with("].ref")
}

/// What may stand in no text, with the words for it in a message: protected names, and references of children's records.
fn guarded(loaded: &Loaded) -> Vec<(String, Name)> {
    let c = &loaded.conference;
    let names =
        (1..).zip(&c.protected_names).map(|(i, name)| (format!("the protected name number {i}"), Name::new(name)));
    let references = (1..).zip(&c.child_links);
    let references =
        references.map(|(i, l)| (format!("the reference of child link number {i}"), Name::new(&l.reference)));
    names.chain(references).filter(|(_, n)| !n.words.is_empty()).collect()
}

/// What stands in any of some texts and may stand in none, in words for a message.
pub fn first_in(loaded: &Loaded, texts: &[&str]) -> Option<String> {
    let guarded = guarded(loaded);
    if guarded.is_empty() {
        return None;
    }
    let mut all = texts.iter().map(|text| words(text));
    all.find_map(|words| guarded.iter().find(|(_, n)| n.is_in(&words)).map(|(label, _)| label.clone()))
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
        let mut windows = text.windows(self.words.len());
        let spelled = windows.any(|w| {
            let said = || w.iter().map(|w| &w.folded);
            // `Mensah, Kai` is the same person.
            said().eq(&self.words) || said().rev().eq(&self.words)
        });
        let joined = self.words.concat();
        let run_together =
            self.words.len() > 1 && joined.chars().count() > 6 && text.iter().any(|w| w.folded.contains(&joined));
        let together = self.initials.as_ref().is_some_and(|i| text.iter().any(|w| w.capitals && w.folded == *i));
        spelled || run_together || together
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
pub fn is_invisible(c: char) -> bool {
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
        assert!(found("Kai Mensah", "Mensah, Kai") && found("Kai Mensah", "kaimensah@school.example"));
        assert!(!found("K.M.", "2 km away"));
        assert!(!found("Kai Mensah", "Kai Mensahson"));
    }
}
