//! Initials with an age: `K.M. (14)`, `KM, 14`, `K, aged 15`, `a 14-year-old, J.B.`
//!
//! People who know the place know the child. A single capital letter, or two that are a common abbreviation, need more
//! context to count as initials: `Unit B, 14 shops` and `the GP (14 miles away)` are nobody.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// `K.M.`, `K. M.`, `K M` or `KM`.
const INITIALS: &str = r"(?P<who>(?:\p{Lu}\. ?){1,3}\p{Lu}\b\.?|\p{Lu}{2}\b|\p{Lu} \p{Lu}\b)";
/// The same, or one letter.
const LETTERS: &str = r"(?P<who>(?:\p{Lu}\. ?){1,3}\p{Lu}\b\.?|\p{Lu}{2}\b|\p{Lu} \p{Lu}\b|\p{Lu}\.|\p{Lu}\b)";
const LETTER: &str = r"(?P<who>\p{Lu}\.?)";
const AGE: &str = r"(?i:1?[0-9]|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b";
/// The digits or the word, without a boundary after it, for `14yo`.
const COUNT: &str = r"(?i:1?[0-9]|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)";
const OLD: &str = r"(?i:[ -]?(?:years?|yrs?)[ -]?olds?\b|[ -]?y/?o\b|[ -]?yrs?\b)";
/// Text that confirms an age before it: a stop, or the rest of a sentence about somebody.
const THEN: &str = r"(?: ?(?:[,;)!?\]]|[.:](?:[^0-9]|$)|$)| -? ?(?i:was|is|has|had|who|and|from|says?|said|told|lives?|goes|went|at|in|with)\b)";
const CHILD: &str = r"(?i: (?:boy|girl|child|pupil|student|male|female|young (?:person|man|woman)))?";

static FORMS: LazyLock<[Regex; 9]> = LazyLock::new(|| {
    [
        format!(r"\b{LETTERS} ?[(\[](?i:(?:who is |is )?aged? )?{COUNT}(?:{OLD})? ?[)\],;/]"),
        format!(r"\b{LETTERS},? (?i:(?:who )?(?:is |was )?aged? (?:about |just )?){AGE}"),
        format!(r"\b{LETTERS}, (?i:who is |now |just )?{AGE}{THEN}"),
        format!(r"\b{INITIALS},? (?i:is |was |who is )?(?i:an? |the )?{COUNT}{OLD}"),
        format!(r"\b{LETTER}, (?i:who is )?(?i:an? |the )?{COUNT}{OLD}"),
        format!(r"\b{COUNT}{OLD}{CHILD}(?:, | \(| )(?i:called |known as |named )?{INITIALS}"),
        format!(r"\b{COUNT}{OLD}{CHILD}(?:, | \(){LETTER}[,.)]"),
        format!(r"\b(?i:aged? ){AGE}(?:, | \(){INITIALS}"),
        format!(r"\b{INITIALS} (?i:is|was|turns|turned|just turned) {AGE}{THEN}"),
    ]
    .map(|pattern| Regex::new(&pattern).expect("the pattern is well-formed"))
});

/// Two capitals that are not a child's initials.
const NOBODY: &str = " AI AM BT CD CP CS CT DC DI DJ DS DX ED EH EU FC FE GP HE HR ID IT KS MP NE NW OK PA PC PE PM PO PS QR RE SE SW TV UK UN US VR WC ";

/// Things that are numbered by letter: `Unit B, 14 and 15 May`.
static LETTERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:annexe?|appendix|areas?|bands?|bays?|blocks?|bus(?:es)?|buildings?|categor(?:y|ies)|class(?:es)?|exits?|figures?|flats?|forms?|gates?|goals?|grades?|groups?|houses?|levels?|lines?|options?|parts?|plans?|platforms?|roads?|rooms?|routes?|schedules?|sections?|sites?|stands?|stops?|tables?|tiers?|units?|vitamins?|years?|zones?) (?:\w{1,3} ?(?:,|and|or|to|&) ?)*$")
        .expect("the pattern is well-formed")
});

/// `aged 11 to 17` and `3:10pm` are nobody's age.
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?: ?(?:to|-|and over|or over|\+|%)|[:.,/][0-9])").expect("the pattern is well-formed")
});

/// Whether a text contains initials with an age.
pub fn are_in(text: &str) -> bool {
    may_be_in(text) && are_written_in(text)
}

/// Ages in words, or what is in them (`fourteen`).
const AGES: [&str; 9] = ["five", "six", "seven", "eight", "nine", "teen", "ten", "eleven", "twelve"];

/// Whether a text has an age in words.
pub fn names_an_age(text: &str) -> bool {
    may_name_an_age(text) && {
        let lower = text.to_ascii_lowercase();
        AGES.iter().any(|age| lower.contains(age))
    }
}

/// Whether the first letters of an age in words are in a text.
fn may_name_an_age(text: &str) -> bool {
    let starts = |at: &[u8]| {
        let first = [at[0], at[1], at[2]].map(|b| b.to_ascii_lowercase());
        matches!(&first, b"fiv" | b"six" | b"sev" | b"eig" | b"nin" | b"tee" | b"ten" | b"ele" | b"twe")
    };
    text.as_bytes().windows(3).any(starts)
}

/// The most bytes between initials and an age that belong together.
const NEAR: usize = 64;

/// Whether a text can contain initials with an age at all: one or two capitals by themselves near a digit or an age in
/// words. Most texts cannot, and the patterns take long to compile.
fn may_be_in(text: &str) -> bool {
    let letters = letters(text);
    if letters.is_empty() {
        return false;
    }
    let bytes = text.as_bytes();
    // An age after them follows a space, a comma or a bracket; one before them needs none: `NA-0091` is no age.
    let is_beside = |who: &Range<usize>, age: usize| {
        if age < who.start {
            who.start - age <= NEAR
        } else {
            age - who.end <= NEAR && b" ,.([".contains(&bytes[who.end])
        }
    };
    let lower = text.to_ascii_lowercase();
    let digits = lower.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()).map(|(at, _)| at);
    let words = AGES.iter().flat_map(|age| lower.match_indices(age)).map(|(at, _)| at);
    digits.chain(words).any(|age| letters.iter().any(|who| is_beside(who, age)))
}

/// Where one or two capitals stand by themselves that may be somebody.
fn letters(text: &str) -> Vec<Range<usize>> {
    let is_word = |c: char| c.is_alphabetic() || c.is_ascii_digit() || c == '_';
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is_word).map(|n| at + n) {
        let end = text[start..].find(|c| !is_word(c)).map_or(text.len(), |n| start + n);
        let (word, after) = (&text[start..end], &text[end..]);
        let mut capitals = word.chars();
        let is_initials = capitals.by_ref().take(2).all(char::is_uppercase) && capitals.next().is_none();
        // `A` is an article; but `A.` and `A I` are initials.
        let is_somebodys = || match word {
            "A" | "I" => after.starts_with('.') || after.starts_with(' ') && after[1..].starts_with(char::is_uppercase),
            _ => !NOBODY.contains(&format!(" {word} ")),
        };
        if is_initials && is_somebodys() {
            found.push(start..end);
        }
        at = end;
    }
    found
}

fn are_written_in(text: &str) -> bool {
    FORMS.iter().flat_map(|form| form.captures_iter(text)).any(|found| is_somebody(text, &found))
}

fn is_somebody(text: &str, found: &Captures<'_>) -> bool {
    let (Some(whole), Some(who)) = (found.get(0), found.name("who")) else { return false };
    let before = &text[..who.start()];
    let letters = who.as_str();
    // `A` is an article at the start of a sentence, and `I` is the writer.
    let is_word = matches!(letters, "A" | "I") || NOBODY.contains(&format!(" {letters} "));
    let is_part = before.ends_with(['&', '/', '\'']) || LETTERED.is_match(before);
    !is_word && !is_part && !RANGE.is_match(&text[whole.end()..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn initials_with_an_age_are_found_in_the_usual_shapes() {
        for text in [
            "K.M. (14)",
            "K. M. (14)",
            "seen with KM, 14, and others",
            "KM, 14",
            "K M, 14.",
            "K, aged 15",
            "K (15)",
            "K. is aged 9",
            "KM (14 years old)",
            "KM(14)",
            "K.M.[15]",
            "K.M. (14, male)",
            "K.M. is 14.",
            "J.B., a 14-year-old",
            "a 14-year-old, J.B.",
            "14 year old boy JB was seen",
            "a 14yo (J.B.)",
            "aged 14, K.M.",
            "É.Ł. (fourteen)",
            "KM 14 yrs",
            "K, a 12-year-old",
        ] {
            assert!(are_in(text), "{text}");
        }
    }

    #[test]
    fn letters_and_numbers_that_are_nobody_pass() {
        for text in [
            "aged 11 to 17",
            "Young people aged 11 to 17",
            "under 18s",
            "a 14-year-old may travel alone",
            "A 14-year-old may travel alone",
            "Unit B, 14 and 15 May",
            "Unit B (14)",
            "Stop K, 14:10",
            "routes W, 15, 48",
            "E20 9AA",
            "CSC-2026-014",
            "the GP (14 miles away)",
            "CCTV, 14 cameras",
            "the UK, 14 councils",
            "A&E, 14 visits",
            "PC Nair, 14 reports",
            "between 3:10pm and 5:30pm",
            "Lamps fail on 9 of the 14 columns",
            "K M Stores, 14 Mill Lane",
            "Year 9",
        ] {
            assert!(!are_in(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_text_that_is_passed_over_has_no_initials(parts in proptest::collection::vec(proptest::sample::select(PARTS), 1..9)) {
            let text = crate::check::freetext::folded(&parts.concat());
            prop_assert_eq!(are_in(&text), are_written_in(&text), "{}", text);
        }
    }

    const PARTS: &[&str] = &[
        "K",
        "M",
        "A",
        "I",
        "É",
        "KM",
        "PC",
        "UK",
        "Kai",
        "A",
        ".",
        ". ",
        " ",
        " ",
        ", ",
        " (",
        "(",
        "[",
        ")",
        "14",
        "9",
        "15",
        "fourteen",
        "six",
        " aged ",
        " who is aged about ",
        " is ",
        " turned ",
        "-year-old",
        " years old",
        "yo",
        " y/o",
        " young woman",
        " known as ",
        " called ",
        " the ",
        " a ",
        " and ",
        "_",
        "ß",
        "x",
    ];
}
