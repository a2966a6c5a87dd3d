//! Every character can be typeset: a name with a character that no font has would stop its letter, or vanish from it.

use crate::diag::{Diagnostic, Report, codes};
use crate::fonts;
use crate::input::Loaded;

pub fn rule(loaded: &Loaded, report: &mut Report) {
    for (path, text) in loaded.places.texts() {
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
