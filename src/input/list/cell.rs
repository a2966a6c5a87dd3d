//! The text of a cell without what nobody sees at its ends, and the lines of an address in one.

use unicode_normalization::UnicodeNormalization;

use super::fields::{Field, folded};

/// What ends a line inside a cell: the ends of lines of every machine, of Word, and of Unicode.
const LINE_ENDS: [char; 6] = ['\n', '\r', '\u{B}', '\u{C}', '\u{2028}', '\u{2029}'];

/// The lines of a part of an address. Line breaks are meant as lines; in a whole address without any, commas separate
/// them.
pub fn lines(raw: &str, field: Field) -> impl Iterator<Item = &str> {
    let (breaks, comma) = match field {
        Field::Address => (true, !raw.contains(LINE_ENDS)),
        Field::Line(_) => (true, false),
        _ => (false, false),
    };
    raw.split(move |c| (comma && c == ',') || (breaks && LINE_ENDS.contains(&c)))
}

/// Whether a cell is this line of an address, or has it among its own.
pub fn holds_line(cell: &str, line: &str) -> bool {
    let key = folded(line);
    folded(cell) == key || (cell.contains(LINE_ENDS) && cell.split(LINE_ENDS).any(|own| folded(own) == key))
}

/// A cell as one line (see [`crate::model::text::one_line`]) without white space of any kind and characters without a
/// width at its ends: they come with what is pasted from web pages and exports, and nobody can see or delete them. Inside
/// it, those that no script needs are taken out, and spaces that do not break become spaces.
pub fn text(raw: &str) -> String {
    // The line ends of Word are no white space of ASCII.
    if raw.is_ascii() && !raw.contains('\u{B}') {
        return crate::model::text::one_line(raw);
    }
    let seen: String = seen(raw).map(|(c, _)| if c.is_whitespace() && c != '\u{85}' { ' ' } else { c }).collect();
    let words: Vec<&str> = seen.split_ascii_whitespace().collect();
    words.join(" ").trim_matches(is_unseen).nfc().collect()
}

/// A text without white space and characters without a width at its ends, and without those inside it that no script
/// needs.
pub(crate) fn without_strays(raw: &str) -> String {
    seen(raw).map(|(c, _)| c).collect::<String>().trim_matches(is_unseen).to_owned()
}

/// The first character inside a cell's text that has no width and no use: one that the text is read without.
pub fn stray(raw: &str) -> Option<char> {
    if raw.is_ascii() {
        return None;
    }
    let trimmed = raw.trim_matches(is_unseen);
    let mut kept = seen(trimmed).map(|(_, at)| at);
    let mut next = kept.next();
    trimmed.char_indices().find_map(|(at, c)| {
        if next == Some(at) {
            next = kept.next();
            return None;
        }
        Some(c)
    })
}

/// The characters of a text that have a width or a use, each with its place.
fn seen(raw: &str) -> impl Iterator<Item = (char, usize)> {
    let mut before = ' ';
    raw.trim_matches(is_unseen).char_indices().filter_map(move |(at, c)| {
        // Joiners shape the letters of Persian and of the scripts of India, all of which are above Hebrew.
        let joins = matches!(c, '\u{200C}' | '\u{200D}') && before >= '\u{600}';
        let is_stray = is_stray(c) || matches!(c, '\u{200C}' | '\u{200D}') && !joins;
        before = c;
        (!is_stray).then_some((c, at))
    })
}

/// Whether a character at the end of a cell cannot be seen. Marks that only say where a text of one direction begins and
/// ends come with what is pasted; those that turn letters round (U+202D and U+202E) stay, to be reported.
fn is_unseen(c: char) -> bool {
    let begins_or_ends = matches!(c, '\u{202A}'..='\u{202C}' | '\u{2066}'..='\u{2069}');
    c.is_whitespace() || is_stray(c) || begins_or_ends || matches!(c, '\u{200C}'..='\u{200F}' | '\u{061C}' | '\u{3164}')
}

/// Whether a character has no width, and no script has a use for it.
fn is_stray(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// The most characters that are shown of a heading or a name that is longer than anybody reads.
const SHOWN: usize = 100;

/// The beginning of such a text, with a mark that more follows.
pub fn beginning(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_at_the_ends_of_a_cell_goes() {
        for end in [
            "\u{200B}",
            "\u{200C}",
            "\u{200D}",
            "\u{2060}",
            "\u{FEFF}",
            "\u{180E}",
            "\u{AD}",
            "\u{202A}",
            "\u{202C}",
            "\u{2068}",
            "\u{A0}",
            "\u{202F}",
            " \u{200B} ",
        ] {
            assert_eq!(text(&format!("{end}Ann  Ada{end}")), "Ann Ada", "{end:?}");
            assert_eq!(stray(&format!("{end}Ann Ada{end}")), None, "{end:?}");
        }
    }

    #[test]
    fn what_turns_letters_round_stays_even_at_the_ends() {
        for c in ['\u{202D}', '\u{202E}'] {
            assert!(text(&format!("{c}Ann Ada")).starts_with(c));
        }
    }

    #[test]
    fn what_a_script_needs_inside_a_name_stays() {
        for name in ["علی‌رضا", "ശ്രീ‍ജ", "Ann\u{200E}Ada"] {
            assert_eq!((text(name).as_str(), stray(name)), (name.nfc().collect::<String>().as_str(), None));
        }
        for c in ['\u{200B}', '\u{2060}', '\u{FEFF}', '\u{AD}', '\u{200D}'] {
            let typed = format!("Mill{c}brook");
            assert_eq!((text(&typed).as_str(), stray(&typed)), ("Millbrook", Some(c)));
        }
    }
}
