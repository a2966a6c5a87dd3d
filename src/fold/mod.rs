//! Text as a reader hears it: without case, accents, spacing, hyphens, ligatures and invisible characters.
//!
//! In: any text. Out: [`Folded`], its letters and digits in a row, with a note of where words began and which letters
//! were capitals. The gate searches it for texts that somebody may not read, however they were written.
//!
//! Deliberately absent: the texts to search for, and why.

mod letters;

pub use letters::{Script, script};

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of a text in a row.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The text in lower case, with nothing between words.
    pub text: String,
    /// For each byte of `text`, whether a word starts there, what stands before it, and whether it was a capital.
    marks: Vec<u8>,
    /// The marks of the next letter, by what stands before it.
    gap: u8,
    /// How many letters the last word has so far.
    word: usize,
    /// Which pairs of bytes follow each other in `text`: a bit for several pairs each.
    pairs: Pairs,
}

/// The pairs of bytes of a text. Most texts lack some pair of what is looked for in them, which is cheaper to see than that
/// they lack the whole.
#[derive(Debug, Clone, Copy, Default)]
struct Pairs([u64; 8]);

impl Pairs {
    fn slot(first: u8, second: u8) -> (usize, u64) {
        let slot = usize::from(first).wrapping_mul(37) ^ usize::from(second);
        (slot / 64 % 8, 1 << (slot % 64))
    }

    fn add(&mut self, first: u8, second: u8) {
        let (word, bit) = Self::slot(first, second);
        self.0[word] |= bit;
    }

    fn has(&self, first: u8, second: u8) -> bool {
        let (word, bit) = Self::slot(first, second);
        self.0[word] & bit != 0
    }
}

const START: u8 = 1;
const CAPITAL: u8 = 2;
/// Something that keeps two words apart stands before it: a comma, a stroke, a bracket.
const APART: u8 = 4;
/// A sentence ends before it.
const SENTENCE: u8 = 8;

impl Folded {
    /// Folds a text.
    pub fn of(text: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(text.len()),
            marks: Vec::with_capacity(text.len()),
            gap: START,
            word: 0,
            pairs: Pairs::default(),
        };
        for c in text.chars() {
            if c.is_ascii() {
                folded.push(c);
            } else if !letters::plain(c).is_empty() {
                folded.push_base(c);
            } else if !is_invisible(c) {
                std::iter::once(c).nfkd().filter(|d| !is_combining_mark(*d)).for_each(|d| folded.push_base(d));
            }
        }
        folded.text.as_bytes().windows(2).for_each(|pair| folded.pairs.add(pair[0], pair[1]));
        folded
    }

    /// Where a folded form stands in `text`.
    pub fn find<'t>(&'t self, form: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        // To begin a search costs as much as to search a short text.
        let matches = self.may_have(form).then(|| self.text.match_indices(form));
        matches.into_iter().flatten().map(|(at, _)| at..at + form.len())
    }

    /// Whether a folded form stands in `text`.
    pub fn has(&self, form: &str) -> bool {
        self.may_have(form) && self.text.contains(form)
    }

    /// Whether every pair of a form may be in `text`.
    fn may_have(&self, form: &str) -> bool {
        form.len() <= self.text.len() && form.as_bytes().windows(2).all(|pair| self.pairs.has(pair[0], pair[1]))
    }

    fn push_base(&mut self, c: char) {
        match letters::plain(c) {
            "" => self.push(c),
            several => several.chars().for_each(|c| self.push(c)),
        }
    }

    fn push(&mut self, c: char) {
        if !c.is_alphanumeric() {
            self.gap |= START | self.parts(c);
            return;
        }
        let mark = self.gap | if c.is_uppercase() { CAPITAL } else { 0 };
        let from = self.text.len();
        if c.is_ascii() {
            self.text.push(c.to_ascii_lowercase());
        } else {
            self.text.extend(c.to_lowercase());
        }
        self.marks.resize(self.text.len(), 0);
        self.marks[from] = mark;
        self.word = if self.gap == 0 { self.word + 1 } else { 1 };
        self.gap = 0;
    }

    /// How far a character that is no letter keeps the words beside it apart. A full stop after a single letter is
    /// that of an initial.
    fn parts(&self, c: char) -> u8 {
        match c {
            '!' | '?' | ';' | '。' | '！' | '？' => SENTENCE | APART,
            '.' if self.word > 1 => SENTENCE | APART,
            ',' | ':' | '/' | '|' | '+' | '&' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '，' | '、' => APART,
            _ => 0,
        }
    }

    /// Whether a word starts at a byte of `text`, or the text ends there.
    pub fn is_edge(&self, at: usize) -> bool {
        self.marks.get(at).is_none_or(|m| m & START != 0)
    }

    /// Whether a sentence ends before a byte of `text`.
    pub fn starts_sentence(&self, at: usize) -> bool {
        at == 0 || self.marks.get(at).is_none_or(|m| m & SENTENCE != 0)
    }

    /// Whether a comma, a bracket or the like stands before a byte of `text`.
    pub fn is_apart(&self, at: usize) -> bool {
        self.marks.get(at).is_none_or(|m| m & APART != 0)
    }

    /// Whether the character at a byte of `text` was a capital.
    pub fn is_capital(&self, at: usize) -> bool {
        self.marks.get(at).is_some_and(|m| m & CAPITAL != 0)
    }

    /// The word that starts at a byte of `text`. `None` at its end.
    pub fn word_at(&self, at: usize) -> Option<Range<usize>> {
        let length =
            self.marks.get(at..)?.iter().skip(1).position(|m| m & START != 0).map_or(self.text.len() - at, |n| n + 1);
        (length > 0).then_some(at..at + length)
    }

    /// The word that ends before a byte of `text`. `None` at its start.
    pub fn word_before(&self, at: usize) -> Option<Range<usize>> {
        let start = self.marks.get(..at)?.iter().rposition(|m| m & START != 0)?;
        Some(start..at)
    }

    /// Whether a word starts inside a range.
    pub fn is_split(&self, range: &Range<usize>) -> bool {
        self.marks[range.clone()].iter().skip(1).any(|m| m & START != 0)
    }

    /// Whether every letter of a range was a capital.
    pub fn is_capitals(&self, range: &Range<usize>) -> bool {
        self.text[range.clone()].char_indices().all(|(i, _)| self.marks[range.start + i] & CAPITAL != 0)
    }

    /// Whether a range that matches a pattern really says it: as whole words, however they are split inside; or, if it
    /// is too long to be a coincidence, run together with its neighbours.
    pub fn says(&self, range: &Range<usize>) -> bool {
        let whole = self.is_edge(range.start) && self.is_edge(range.end);
        let together = range.len() >= 20 || range.len() > 6 && !self.is_split(range);
        (whole || together && !self.cuts_a_number(range)) && !self.joins_numbers(range)
    }

    /// Whether a range joins two numbers into one: a 2 and a 3 do not say 23. Six digits or more are one number that
    /// people write in groups.
    fn joins_numbers(&self, range: &Range<usize>) -> bool {
        let bytes = self.text.as_bytes();
        let mut inner = range.start + 1..range.end;
        inner.any(|i| {
            let run = |i: usize| bytes[i].is_ascii_digit();
            let before = (range.start..i).rev().take_while(|i| run(*i)).count();
            let after = (i..range.end).take_while(|i| run(*i)).count();
            self.is_edge(i) && before > 0 && after > 0 && before + after < 6
        })
    }

    /// Whether a range starts or ends inside a number: 191 does not say 19.
    fn cuts_a_number(&self, range: &Range<usize>) -> bool {
        let digit = |i: usize| self.text.as_bytes().get(i).is_some_and(u8::is_ascii_digit);
        let cut = |i: usize| i > 0 && digit(i - 1) && digit(i) && !self.is_edge(i);
        cut(range.start) || cut(range.end)
    }

    /// The words, folded.
    pub fn words(&self) -> Vec<&str> {
        let starts: Vec<usize> = (0..self.text.len()).filter(|i| self.marks[*i] & START != 0).collect();
        let ends = starts.iter().skip(1).copied().chain([self.text.len()]);
        starts.iter().zip(ends).map(|(start, end)| &self.text[*start..end]).collect()
    }
}

/// Whether a character prints nothing (Unicode's default ignorables, as far as they can be typed).
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Folded::of(text).text
    }

    #[test]
    fn case_accents_ligatures_hyphens_and_look_alikes_fold_away() {
        let plain = folded("Kai Mensah");
        for written in [
            "KAI MENSAH",
            "kai-mensah",
            "Kái Men\u{ad}sah",
            "Ka\u{200b}i Men-\nsah",
            "Ｋａｉ Ｍｅｎｓａｈ",
            "Каi Мensаh",
            "Kai Mensa\u{4BB}",
            "ᴋᴀɪ ᴍᴇɴꜱᴀʜ",
            "Ƙɑı Ɱɛŋʂɐһ".replace('ɐ', "a").as_str(),
            "Ⓚⓐⓘ 𝐌𝐞𝐧𝐬𝐚𝐡",
        ] {
            assert_eq!(folded(written), plain, "{written}");
        }
        assert_eq!(folded("ﬁnd Œzgür"), "findoezgur");
    }

    #[test]
    fn words_keep_their_edges() {
        let text = Folded::of("O’Neill & Sons, no. 2");
        assert_eq!(text.words(), ["o", "neill", "sons", "no", "2"]);
        assert!(text.is_edge(1) && !text.is_edge(2) && text.is_edge(text.text.len()));
        assert!(text.is_capitals(&(0..2)) && !text.is_capitals(&(0..3)));
    }

    #[test]
    fn a_short_word_inside_another_says_nothing() {
        let text = Folded::of("planning annual");
        assert!(!text.says(&(2..5)), "`ann` in `planning`");
        assert!(Folded::of("he said Ann").says(&(6..9)));
        assert!(Folded::of("mykaimensahmail").says(&(2..11)));
        assert!(!Folded::of("flat at the corner of the lane 191").says(&(0..26)), "19 in 191");
        assert!(!Folded::of("room 2 3 steps").says(&(0..6)), "23 in 2 3");
        assert!(Folded::of("0207 946 0958").says(&(0..11)), "however a number is grouped");
    }
}
