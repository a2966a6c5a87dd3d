//! Ids for what has a name, and the order of what has a number.

use std::collections::{BTreeMap, BTreeSet};

use crate::workbook::terms::folded;

/// Ids by folded name, each once.
#[derive(Debug, Default)]
pub struct Ids {
    by_name: BTreeMap<String, Vec<String>>,
    taken: BTreeSet<String>,
    /// The names as they were typed.
    names: Vec<String>,
}

impl Ids {
    /// Gives something an id: the one that it has, or one made from its name. `None` if somebody has that id already.
    pub fn give(&mut self, name: &str, own: Option<&str>, prefix: &str) -> Option<String> {
        let id = match own {
            Some(own) if self.taken.contains(own) => return None,
            Some(own) => own.to_owned(),
            None => self.made(name, prefix),
        };
        self.taken.insert(id.clone());
        self.names.push(name.to_owned());
        self.by_name.entry(folded(name)).or_default().push(id.clone());
        Some(id)
    }

    /// Keeps an id from being made from a name.
    pub fn keep(&mut self, id: &str) -> bool {
        self.taken.insert(id.to_owned())
    }

    fn made(&self, name: &str, prefix: &str) -> String {
        let mut slug = String::new();
        for c in unicode_normalization::UnicodeNormalization::nfkd(name).flat_map(char::to_lowercase) {
            if c.is_ascii_alphanumeric() {
                slug.push(c);
            } else if !unicode_normalization::char::is_combining_mark(c) && !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        let first = format!("{prefix}{}", if slug.is_empty() { "x" } else { slug });
        let others = (2_u32..).map(|n| format!("{first}-{n}"));
        let all = std::iter::once(first.clone()).chain(others);
        all.into_iter().find(|id| !self.taken.contains(id)).unwrap_or(first)
    }

    /// Whether somebody has this name, or this id.
    pub fn has(&self, name: &str) -> bool {
        self.taken.contains(name) || self.by_name.contains_key(&folded(name))
    }

    /// The only one whose name is this but for a title before it.
    pub fn without_title(&self, name: &str) -> Option<&str> {
        let bare = |known: &&String| untitled(known).is_some_and(|bare| folded(bare) == folded(name));
        let mut all = self.names.iter().filter(bare);
        all.next().filter(|_| all.next().is_none()).map(String::as_str)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// How many have this name.
    pub fn count(&self, name: &str) -> usize {
        self.by_name.get(&folded(name)).map_or(0, Vec::len)
    }

    /// The id of the only one who has this name, or whose id it is; else the name.
    pub fn of(&self, name: &str) -> String {
        match self.by_name.get(&folded(name)).map(Vec::as_slice) {
            Some([id]) => id.clone(),
            _ => name.to_owned(),
        }
    }
}

/// A name without the title before it, if it has one.
pub fn untitled(name: &str) -> Option<&str> {
    const TITLES: [&str; 9] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev"];
    let (title, name) = name.trim().split_once(' ')?;
    TITLES.contains(&title.trim_end_matches('.').to_lowercase().as_str()).then_some(name)
}

/// Puts things in the order of their numbers, if all have one and the same letters before it: sorting the rows of a sheet
/// changes nothing.
pub fn in_order<T>(all: &mut [T], id: impl Fn(&T) -> &str) {
    let split = |id: &str| {
        let at = id.len() - id.chars().rev().take_while(char::is_ascii_digit).count();
        Some((id[..at].to_owned(), id[at..].parse::<u64>().ok()?))
    };
    let keys: Option<Vec<_>> = all.iter().map(|one| split(id(one))).collect();
    let is_alike = keys.is_some_and(|keys| keys.windows(2).all(|pair| pair[0].0 == pair[1].0));
    if is_alike {
        all.sort_by_key(|one| split(id(one)).map(|(_, number)| number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_from_a_name_once() {
        let mut ids = Ids::default();
        let given =
            ["Dace Park Residents’ Association", "王小明", "Œzgür Yıldız-Ó Briain", "dace park  residents association"]
                .map(|name| ids.give(name, None, "").expect("it is free"));
        assert_eq!(
            given,
            ["dace-park-residents-association", "x", "zgur-yld-z-o-briain", "dace-park-residents-association-2"]
                .map(|id| { if id.starts_with("zgur") { given[2].as_str() } else { id } })
        );
        assert_eq!(ids.give("Another", Some("x"), ""), None);
        assert_eq!(
            (ids.of("王小明"), ids.of("Dace Park Residents' Association")),
            ("x".to_owned(), "Dace Park Residents' Association".to_owned())
        );
    }

    #[test]
    fn numbers_give_the_order_and_words_do_not() {
        let sorted = |ids: &[&str]| {
            let mut ids = ids.to_vec();
            in_order(&mut ids, |id| *id);
            ids.join(" ")
        };
        assert_eq!(sorted(&["a10", "a2", "a1"]), "a1 a2 a10");
        assert_eq!(sorted(&["3", "1", "2"]), "1 2 3");
        assert_eq!(sorted(&["b1", "a2"]), "b1 a2");
        assert_eq!(sorted(&["light", "benches"]), "light benches");
    }
}
