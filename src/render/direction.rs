//! Words that run from the right among words that run from the left.
//!
//! In: a text. Out: its parts by direction, which a writer keeps apart, so that neither turns the other round.

/// A text in runs, each with whether its letters run from the right. The spaces between two words from the right are theirs
/// too; a comma or a bracket between them is not.
pub fn runs(words: &str) -> Vec<(&str, bool)> {
    let (mut runs, mut rest) = (Vec::new(), words);
    while let Some(first) = rest.find(turns) {
        let within = |c: char| turns(c) || matches!(c, ' ' | '-' | '\u{200C}'..='\u{200F}');
        let end = rest[first..].find(|c| !within(c)).map_or(rest.len(), |at| first + at);
        let end = first + rest[first..end].trim_end_matches(|c| !turns(c)).len();
        runs.extend([(&rest[..first], false), (&rest[first..end], true)]);
        rest = &rest[end..];
    }
    runs.push((rest, false));
    runs.retain(|(part, _)| !part.is_empty());
    runs
}

/// The same in a text that runs from the right as a whole: all of it does but words in letters that run from the left, each row
/// of them with the signs and figures within it.
pub fn runs_from_right(words: &str) -> Vec<(&str, bool)> {
    let is_of_left = |c: char| c.is_alphabetic() && !turns(c);
    let (mut runs, mut rest) = (Vec::new(), words);
    while let Some(first) = rest.find(is_of_left) {
        // Figures that stand at a word of the left, as those of a postcode, are its own.
        let begins = rest[..first].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
        let end = rest[first..].find(turns).map_or(rest.len(), |at| first + at);
        let end = begins + rest[begins..end].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        runs.extend([(&rest[..begins], true), (&rest[begins..end], false)]);
        rest = &rest[end..];
    }
    runs.push((rest, true));
    runs.retain(|(part, _)| !part.is_empty());
    runs
}

/// Letters that run from the right, and signs that steer the direction.
pub fn turns(c: char) -> bool {
    steers(c) || matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// Signs that steer the direction of what follows.
pub fn steers(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_a_text_from_the_right_only_words_in_other_letters_run_from_the_left() {
        for (words, expected) in [
            ("السلام عليكم، كيف؟", vec![("السلام عليكم، كيف؟", true)]),
            ("في 24\u{a0}نوفمبر\u{a0}2026.", vec![("في 24\u{a0}نوفمبر\u{a0}2026.", true)]),
            ("إلى Ms Chan: 020", vec![("إلى ", true), ("Ms Chan: 020", false)]),
            ("(E20 9ZZ) نعم", vec![("(", true), ("E20 9ZZ", false), (") نعم", true)]),
            ("a@b.example", vec![("a@b.example", false)]),
            ("", vec![]),
        ] {
            assert_eq!(runs_from_right(words), expected, "{words}");
        }
        assert_eq!(runs("to محمد علي, 3"), [("to ", false), ("محمد علي", true), (", 3", false)]);
    }
}
