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

use crate::fold::{Folded, Script, script};

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

/// A name as people might use it: without titles, and in each of its scripts (`Ms Chan (陳美玲)`). A single word of Latin
/// letters is left out, since it may not be a name.
pub fn spoken(name: &str) -> impl Iterator<Item = Vec<String>> {
    in_scripts(name)
        .into_iter()
        .filter(|words| words.len() > 1 || words.iter().any(|w| !w.is_ascii() && w.chars().count() > 1))
}

/// The words of a name in each of its scripts, folded, without titles, the given name first. What stands in brackets is a
/// name of its own.
pub fn in_scripts(name: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    for part in name.split(['(', ')', '[', ']']) {
        let mut of_scripts: Vec<(Option<Script>, String)> = Vec::new();
        for word in by_script(part) {
            let script = word.chars().find_map(script);
            match of_scripts.iter_mut().find(|(known, _)| *known == script || script.is_none()) {
                Some((_, text)) => text.extend([" ", &word]),
                None => of_scripts.push((script, word)),
            }
        }
        all.extend(
            of_scripts.into_iter().map(|(_, text)| words(&given_first(&text))).filter(|words| !words.is_empty()),
        );
    }
    all
}

/// The words of a text, broken where the script changes.
fn by_script(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let mut last = None;
        parts.push(String::new());
        for c in word.chars() {
            let own = script(c);
            if last.is_some() && own.is_some() && own != last {
                parts.push(String::new());
            }
            last = own.or(last);
            parts.last_mut().expect("one has been pushed").push(c);
        }
    }
    parts
}

/// `Mensah, Kai` as `Kai Mensah`.
fn given_first(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given)) if !given.trim().is_empty() && !given.contains(',') => format!("{given} {family}"),
        _ => name.to_owned(),
    }
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
