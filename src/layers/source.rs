//! What a kind of paper says in English, as one hash: whoever put it into another language learns when it has moved.
//!
//! In: the layers and a template. Out: the hash of its text, of the files that it extends, and of the parts that these include.
//!
//! Deliberately absent: what has changed in it.

use std::collections::BTreeSet;

use super::blocks::{TagKind, tags};
use super::{Found, Layers};

impl Layers {
    /// The hash of all that a template is made of, in sixteen digits; `None` if there is no such template.
    pub fn source_of(&self, name: &str) -> Option<String> {
        let mut seen = BTreeSet::new();
        let mut open = vec![self.named(name)?];
        let mut texts = std::collections::BTreeMap::new();
        while let Some(file) = open.pop() {
            if !seen.insert(file.full()) {
                continue;
            }
            texts.insert(file.full(), file.text);
            open.extend(self.ancestors(file.layer, file.name));
            open.extend(included(file).iter().filter_map(|name| self.named(name)));
        }
        let mut hasher = blake3::Hasher::new();
        for (full, text) in texts {
            hasher.update(&(full.len() as u64).to_le_bytes()).update(full.as_bytes());
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
        Some(hasher.finalize().to_hex()[..16].to_owned())
    }
}

/// The names of the parts that a template includes.
fn included(file: Found<'_>) -> Vec<&str> {
    let text = file.text;
    let is_include = |tag: &super::blocks::Tag| tag.kind == TagKind::Statement && tag.word(text) == "include";
    let name = |tag: &super::blocks::Tag| text[tag.inside.clone()].split(['"', '\'', '`']).nth(1);
    tags(text).iter().filter(|tag| is_include(tag)).filter_map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::Layer;

    #[test]
    fn the_hash_moves_with_the_template_its_parts_and_what_is_laid_over_it() {
        let with = |files: &[(&str, &str)]| {
            let files = files.iter().map(|(name, text)| (*name, text.as_bytes()));
            let layer = Layer::of_files("own", "own".to_owned(), files).expect("the names are allowed");
            Layers::base().with_layer(layer).source_of("reminder.md").expect("it is ours")
        };
        let ours = Layers::base().source_of("reminder.md").expect("it is ours");
        assert_eq!(with(&[]), ours);
        assert_eq!(with(&[("minutes.md", "other")]), ours, "another paper is none of its words");
        let over = with(&[("reminder.md", "{% extends \"base/reminder.md\" %}")]);
        let part = with(&[("parts/worry.md", "Ring us.")]);
        assert!(over != ours && part != ours && over != part);
        assert_eq!(Layers::base().source_of("no-such.md"), None);
    }
}
