//! Every character can be typeset: a name with a character that no font has would stop its letter, or vanish from it. A
//! letter whose marks are glyphs of their own would be read aloud twice.

use crate::diag::{Diagnostic, Report, codes};
use crate::fields::{self, Field, Readers, Sort};
use crate::fonts;
use crate::input::Loaded;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    for (path, text) in loaded.places.texts().filter(|(path, _)| is_printed(path)) {
        if text.chars().any(|c| c.is_control() && !c.is_ascii_whitespace()) {
            // It has been reported as an invisible character already.
            continue;
        }
        if let Some(c) = fonts::missing(text) {
            report.push(
                Diagnostic::error(codes::NO_GLYPH, format!("no font has the character `{c}` (U+{:04X})", u32::from(c)))
                    .at(path)
                    .hint("spell it with other letters, or ask for a font that has it"),
            );
        } else if let Some(letter) = fonts::in_pieces(text, &loaded.fonts) {
            report.push(
                Diagnostic::error(
                    codes::NO_GLYPH,
                    format!("no font sets the letter `{letter}` ({}) in one piece", code_points(&letter)),
                )
                .at(path)
                .hint("spell it with fewer marks: set like this, a screen reader would say it twice"),
            );
        } else if let Some(c) = text.chars().find(|c| fonts::is_fragile_mark(*c)) {
            report.push(
                Diagnostic::warning(
                    codes::FRAGILE_MARK,
                    format!("the vowel mark U+{:04X} prints well, but a screen reader may read it twice", u32::from(c)),
                )
                .at(path)
                .hint("ask the person whether their name may be written without vowel marks"),
            );
        }
    }
}

/// Whether a text can be printed. The council's own texts can; of the conference's, those can that somebody may read.
fn is_printed(path: &str) -> bool {
    let unread = |f: &Field| f.sort == Sort::Protected || matches!(f.readers, Readers::Nobody | Readers::Record);
    !fields::of_path(path).is_some_and(unread)
}

/// The characters of a letter with its marks, as Unicode writes them.
pub fn code_points(letter: &str) -> String {
    letter.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect::<Vec<_>>().join(" ")
}
