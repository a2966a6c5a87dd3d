//! The pictures of words in easy read: `pictures/NAME.svg` and `pictures/NAME.png` of a layer.
//!
//! In: the layers. Out: the nearest file of each name.
//!
//! Deliberately absent: what a picture may cost, and what it shows.

use std::collections::BTreeMap;

use super::{Layer, Layers, has_ending};

/// The folder of a layer that they are in.
pub const PICTURES: &str = "pictures/";

/// A picture in its layer.
#[derive(Debug, Clone, Copy)]
pub struct PictureOf<'l> {
    /// The layer.
    pub layer: &'l Layer,
    /// Its bytes.
    pub data: &'l [u8],
}

impl PictureOf<'_> {
    /// The path of its file, for messages.
    pub fn path(&self, name: &str) -> String {
        format!("{}/{PICTURES}{name}", self.layer.origin)
    }
}

impl Layers {
    /// Every picture by the name that words give it, without the folder.
    pub fn pictures(&self) -> BTreeMap<&str, PictureOf<'_>> {
        let all =
            self.iter().flat_map(|layer| layer.files().map(move |(name, data)| (name, PictureOf { layer, data })));
        let is_picture = |name: &&str| has_ending(name, "svg") || has_ending(name, "png");
        // Higher layers come last, and take the place of lower ones.
        all.filter_map(|(name, of)| Some((name.strip_prefix(PICTURES).filter(is_picture)?, of))).collect()
    }
}
