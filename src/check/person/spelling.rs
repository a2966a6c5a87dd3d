//! Splits a typed name into its words, and says why a text is not the full name of one person.
//!
//! Given names come before surnames in only half of the world, and `王小明` is a whole name in one word. So it does not
//! matter here which word is which; a name has two words, or one in a script that puts no spaces between them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::lists::{LETTERS, LETTERS_IN_CAPITALS, LINKS, PARTICLES, ROLES, TITLES, TITLES_IN_CAPITALS};
use crate::fold::is_invisible;

/// Why a text is not the full name of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoName {
    /// It contains no letter.
    Nothing,
    /// It is an email address.
    Email,
    /// It names two people, or one on behalf of another.
    Several,
    /// It contains characters that no name has.
    Odd,
    /// It is a role or an id.
    Role,
    /// It is only initials.
    Initials,
    /// It is one word.
    OneWord,
    /// It is a surname with initials before it.
    Initialled,
}

impl NoName {
    /// The problem, as the end of a sentence that begins with the text.
    pub fn says(self) -> &'static str {
        match self {
            NoName::Nothing => "is not a name",
            NoName::Email => "is an email address, not a name",
            NoName::Several => "names more than one person",
            NoName::Odd => "contains characters that no name has",
            NoName::Role => "is a role or an id, not a name",
            NoName::Initials => "is initials, not a name",
            NoName::OneWord => "is one word, not a full name",
            NoName::Initialled => "has initials for a first name",
        }
    }
}

/// The words of a name, without titles and letters after it. Words before a comma come last. `Ph.D.` is one word, and
/// so is `Smith-Jones`.
pub fn words(name: &str) -> Vec<String> {
    Spelling::of(name).words
}

/// Checks that a text is the full name of one person.
///
/// # Errors
/// Why it is not.
pub fn ensure_full_name(text: &str) -> Result<(), NoName> {
    let spelling = Spelling::of(text);
    match spelling.fault {
        Some(fault) => Err(fault),
        None => spelling.ensure_full(),
    }
}

/// A name, split into its words.
struct Spelling {
    words: Vec<String>,
    /// Whether it is all in capitals, so that capitals mean nothing.
    shouted: bool,
    fault: Option<NoName>,
}

impl Spelling {
    fn of(text: &str) -> Self {
        let plain: String = text.nfkc().filter(|c| !is_invisible(*c)).collect();
        let shouted = !plain.chars().any(char::is_lowercase);
        let fault = fault(text, &plain);
        let mut segments: Vec<Vec<String>> = Vec::new();
        for segment in plain.split(',') {
            let words = stripped(tokens(segment), shouted);
            if !words.is_empty() {
                segments.push(words);
            }
        }
        let fault = fault.or_else(|| several(&segments));
        // `Hallam, Tom`.
        let reversed = segments.len() == 2;
        segments.rotate_left(usize::from(reversed));
        Self { words: segments.concat(), shouted, fault }
    }

    fn ensure_full(&self) -> Result<(), NoName> {
        let first_is_initials = |(i, word): (usize, &String)| i == 0 && !self.shouted && is_block(word);
        let words = &self.words;
        // `TH TH` is no name, although `NG LI` is one: some families are called by two capitals.
        if words.len() > 1 && words.iter().all(|word| is_block(word) && !has_vowel(word)) {
            return Err(NoName::Initials);
        }
        let whole = words.iter().enumerate().filter(|(i, w)| !is_initial(w) && !first_is_initials((*i, w)));
        match (whole.count(), words.len()) {
            (_, 0) => Err(NoName::Nothing),
            (0, _) => Err(NoName::Initials),
            (1, 1) if has_no_spaces(&words[0]) => Ok(()),
            (1, 1) if self.shouted && words[0].chars().count() < 4 => Err(NoName::Initials),
            (1, 1) => Err(NoName::OneWord),
            (1, _) => Err(NoName::Initialled),
            _ => Ok(()),
        }
    }
}

/// Why a text cannot be a name, judging by its characters and by words between names.
fn fault(text: &str, plain: &str) -> Option<NoName> {
    if !plain.chars().any(char::is_alphabetic) {
        return Some(NoName::Nothing);
    }
    if plain.contains('@') {
        return Some(NoName::Email);
    }
    let words: Vec<String> = plain.split_whitespace().map(bare).collect();
    let inner = words.iter().skip(1).take(words.len().saturating_sub(2));
    let linked = inner.into_iter().any(|word| LINKS.contains(&word.as_str()));
    if linked || plain.contains(['&', '+', '/', ';', '|', '\\', '、']) {
        return Some(NoName::Several);
    }
    let strange = |c: char| !(c.is_alphabetic() || is_combining_mark(c) || c == ' ' || is_of_names(c));
    // A dash between spaces joins two things, and no name has two hyphens.
    let dashes = words.iter().any(String::is_empty) || plain.contains("--");
    if text.trim().chars().any(char::is_control) || plain.chars().any(strange) || dashes {
        return Some(NoName::Odd);
    }
    words.iter().any(|word| ROLES.contains(&word.as_str())).then_some(NoName::Role)
}

/// Whether the segments between commas name several people: `Hallam, Tom` is one, `Tom Hallam, Ruth Penhaligon` are
/// two.
fn several(segments: &[Vec<String>]) -> Option<NoName> {
    let whole = |segment: &Vec<String>| {
        // `de la Cruz` is one surname.
        let words = segment.iter().filter(|w| !is_initial(w) && !PARTICLES.contains(&bare(w).as_str())).count();
        words > 1 || segment.iter().any(|w| has_no_spaces(w) && w.chars().count() > 1)
    };
    let two = matches!(segments, [one, other] if whole(one) && whole(other));
    (two || segments.len() > 2).then_some(NoName::Several)
}

/// The letters of a word in lower case.
fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// Whether a character can be in a name: `O'Neill`, `Smith-Jones`, `J. R.`, `Ms Chan (陳美玲)`, `Thomas "Tom" Hallam`,
/// `卡尔·马克思`.
fn is_of_names(c: char) -> bool {
    is_dash(c) || is_apostrophe(c) || is_quote(c) || is_dot(c) || matches!(c, '(' | ')' | ',')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{05BE}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | '′' | '\u{02B9}'..='\u{02BF}' | '\u{05F3}' | '\u{05F4}')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

fn is_dot(c: char) -> bool {
    matches!(c, '.' | '·' | '・' | '‧' | '•')
}

/// The words of a text, split at spaces, brackets, quotation marks, and full stops that do not end an abbreviation.
fn tokens(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || is_quote(c) || "()&+/;|\\、@".contains(c));
    let mut tokens = Vec::new();
    for part in parts {
        let pieces: Vec<&str> = part.split(is_dot).filter(|piece| !piece.is_empty()).collect();
        let joined = pieces.concat();
        let letters = pieces.iter().all(|piece| piece.chars().count() == 1);
        let abbreviated = letters || LETTERS.contains(&bare(&joined).as_str());
        if abbreviated && pieces.len() > 1 {
            // Initials stay apart, so that each can stand for a name; `M.B.E.` is one thing.
            let one = LETTERS.contains(&bare(&joined).as_str());
            tokens.extend(if one { vec![joined] } else { pieces.into_iter().map(str::to_owned).collect() });
        } else {
            tokens.extend(pieces.into_iter().map(str::to_owned));
        }
    }
    tokens.retain(|token| token.chars().any(char::is_alphabetic));
    tokens
}

/// Removes titles before a name and letters after it. A word that may also be a name (`Di`, `Ma`) is removed only if it
/// is in capitals, and the whole text is not.
fn stripped(mut words: Vec<String>, shouted: bool) -> Vec<String> {
    let is = |word: &String, always: &[&str], in_capitals: &[&str]| {
        let capitals = !shouted && !word.chars().any(char::is_lowercase);
        always.contains(&bare(word).as_str()) || capitals && in_capitals.contains(&bare(word).as_str())
    };
    while words.first().is_some_and(|word| is(word, TITLES, TITLES_IN_CAPITALS)) {
        words.remove(0);
    }
    let ends = |word: &String| is(word, LETTERS, LETTERS_IN_CAPITALS) || super::TITLES.contains(&bare(word).as_str());
    while words.last().is_some_and(ends) {
        words.pop();
    }
    words
}

/// Whether a word is one letter, in a script in which one letter is an initial.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    // Latin, Greek and Cyrillic with all their accents.
    let in_one = |c: char| matches!(c, 'A'..='Z' | 'a'..='z' | '\u{00C0}'..='\u{052F}' | '\u{1E00}'..='\u{1FFF}');
    letters.next().is_some_and(in_one) && letters.next().is_none()
}

/// Whether a word is a block of initials, such as `TJ` or `JRR` in a name that is not all in capitals.
fn is_block(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=3).contains(&letters) && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()) && !has_no_spaces(word)
}

/// Whether a word has a vowel, in the letters of English. Another script has them all.
fn has_vowel(word: &str) -> bool {
    word.chars().any(|c| !c.is_ascii() || "AEIOUY".contains(c.to_ascii_uppercase()))
}

/// Whether a word has more than one character, in a script that puts no spaces between words.
pub fn has_no_spaces(word: &str) -> bool {
    word.chars().count() > 1 && is_unspaced(word)
}

/// Whether a word is in a script that puts no spaces between words: Thai, Lao, Tibetan, Burmese, Khmer, Japanese,
/// Chinese, Korean.
pub fn is_unspaced(word: &str) -> bool {
    let of_such = |c: char| {
        matches!(c,
            '\u{0E00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
    };
    word.chars().all(|c| of_such(c) || is_combining_mark(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_full_name_of_one_person_is_told_apart() {
        let cases: &[(NoName, &[&str])] = &[
            (NoName::Nothing, &["", "  ", "--", "...", "123", "?"]),
            (NoName::Email, &["tom.hallam@marshgate.example", "Tom Hallam <t@x.example>", "tom＠x.example"]),
            (
                NoName::Several,
                &[
                    "Tom Hallam & Ruth Penhaligon",
                    "Tom and Ruth",
                    "Tom Hallam and Ruth Penhaligon",
                    "Tom Hallam; Ruth Penhaligon",
                    "Tom Hallam / Ruth Penhaligon",
                    "Tom/Ruth",
                    "Tom Hallam, Ruth Penhaligon",
                    "tom hallam, ruth penhaligon",
                    "Tom Hallam + Ruth Penhaligon",
                    "Ruth Penhaligon for Tom Hallam",
                    "Ruth Penhaligon on behalf of Tom Hallam",
                    "Tom Hallam, Ruth Penhaligon, Ines Albright",
                    "王小明，李四",
                    "王小明、李四",
                    "Tom Hallam＆Ruth Penhaligon",
                    "n/a",
                ],
            ),
            (
                NoName::Odd,
                &["Ruth Penhaligon 2", "Ruth\tPenhaligon", "Ruth - Penhaligon", "Ruth_Penhaligon", "Ruth #P"],
            ),
            (
                NoName::Role,
                &["the Chair", "Team Manager", "Context Safeguarding Lead", "Minute Taker", "somebody else"],
            ),
            (NoName::Initials, &["x", "X", "TH", "T.H.", "T H", "t. h.", "TJH", "TH TH", "TH RP", "Ó B", "Т. Х."]),
            (
                NoName::OneWord,
                &[
                    "Tom",
                    "me",
                    "dp",
                    "Hallam",
                    "Mr Hallam",
                    "Mrs. Hallam MBE",
                    "HALLAM",
                    "O'Neill",
                    "Anne-Marie",
                    "admins",
                ],
            ),
            (NoName::Initialled, &["R. Penhaligon", "R Penhaligon", "RP Penhaligon", "Ruth P.", "Penhaligon, R."]),
        ];
        for (fault, texts) in cases {
            for text in *texts {
                assert_eq!(ensure_full_name(text), Err(*fault), "{text}");
            }
        }
    }

    #[test]
    fn names_of_any_tradition_are_names() {
        for name in [
            "Ruth Penhaligon",
            "ruth penhaligon",
            "RUTH PENHALIGON",
            "Penhaligon, Ruth",
            "Ruth Jane Penhaligon",
            "Ruth J. Penhaligon",
            "J. Ruth Penhaligon",
            "Ms Ruth Penhaligon MBE, PhD",
            "Prof. Dame Ruth Penhaligon",
            "王小明",
            "王 小明",
            "홍길동",
            "山田太郎",
            "สมชาย",
            "卡尔·马克思",
            "Ms Chan (陳美玲)",
            "Wang Xiǎomíng 王小明",
            "Adébáyọ̀ Œzgür",
            "Siobhán O'Neill",
            "Siobhán O’Neill",
            "María de la Cruz",
            "de la Cruz, María José",
            "Nguyễn Thị Lan Hương",
            "Yıldız-Ó Briain",
            "Œzgür Yıldız-Ó Briain",
            "Tomás Ó Briain",
            "Saoirse Ní Dhomhnaill",
            "Ng Siew Ling",
            "Jack Ma",
            "JACK MA",
            "Di Hart",
            "Anh Lê",
            "José Ortega y Gasset",
            "Ludwig van der Meer",
            "Thomas \"Tom\" Hallam",
            "محمد رحمانی",
            "Σοφία Παπαδοπούλου",
            "Юлия Петрова",
            "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
            "Per Andersson",
            "Or Cohen",
            "Martin Luther King III",
        ] {
            assert_eq!(ensure_full_name(name), Ok(()), "{name}");
        }
    }
}
