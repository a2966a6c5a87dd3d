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

/// Letters that run from the right, and signs that steer the direction.
pub fn turns(c: char) -> bool {
    steers(c) || matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// Signs that steer the direction of what follows.
pub fn steers(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
