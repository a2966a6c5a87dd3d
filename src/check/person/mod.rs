//! Whether a text is a person's name, and whether two names mean one person.
//!
//! In: names as they are typed. Out: an answer.
//!
//! Deliberately absent: who may do what under a name, and lists of existing names.

mod likeness;
mod lists;
mod spelling;

pub use likeness::{Likeness, folded_words, is_written_alike, likeness};
pub use spelling::{NoName, ensure_full_name};

use crate::fold::Folded;

/// Words before a name that are not part of it.
const TITLES: [&str; 14] =
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "sgt", "pc", "cllr", "rev"];

/// Whether two names mean one person: the same words in any order, without titles, case and accents; or the same family
/// name with an initial where the other has a given name.
pub fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort();
        words
    };
    let initial = |a: &str, b: &str| a.chars().next() == b.chars().next() && (a.len() == 1 || b.len() == 1);
    let ends = |words: &[String]| words.first().cloned().zip(words.last().cloned());
    let abbreviated = ends(&one).zip(ends(&other)).is_some_and(|((a, b), (c, d))| b == d && initial(&a, &c));
    sorted(&one) == sorted(&other) || one.concat() == other.concat() || abbreviated
}

/// Whether a word is a title that goes before a name.
pub fn is_title(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ',']);
    TITLES.iter().chain(lists::TITLES).any(|title| title.eq_ignore_ascii_case(bare))
}

/// A name as people might use it: without titles, and in each of two scripts (`Ms Chan (陳美玲)`). A single word is left
/// out, since it may not be a name.
pub fn spoken(name: &str) -> impl Iterator<Item = Vec<String>> {
    name.split(['(', ')']).map(words).filter(|words| words.len() > 1)
}

fn words(name: &str) -> Vec<String> {
    let folded = Folded::of(name);
    folded.words().into_iter().filter(|w| !TITLES.contains(w)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_is_known_however_the_name_is_written() {
        for name in
            ["Tom Hallam", "tom  hallam", "Mr Tom Hallam", "Hallam, Tom", "T. Hallam", "Tóm HALLAM", "TomHallam"]
        {
            assert!(is_same("Tom Hallam", name), "{name}");
        }
        for name in ["Ruth Penhaligon", "Tim Hallam", "Tom Hall"] {
            assert!(!is_same("Tom Hallam", name), "{name}");
        }
    }
}
