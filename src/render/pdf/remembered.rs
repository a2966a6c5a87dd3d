//! PDFs of earlier builds, so that building again lays out only the papers that changed.
//!
//! The key is a hash of everything that a PDF is made from: tree, metadata, theme, brand, fonts. Kept in memory only.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::sheet::LayoutInput;
use super::world::Materials;

/// The PDFs of earlier builds.
#[derive(Debug, Default)]
pub struct Remembered {
    files: Mutex<BTreeMap<Key, RememberedPdf>>,
}

type Key = [u8; 32];

#[derive(Debug)]
struct RememberedPdf {
    data: Vec<u8>,
    pages: usize,
    /// Whether it has been used since unused ones were last forgotten.
    used: bool,
}

const LOCK: &str = "nobody panics with this lock in hand";

impl Remembered {
    /// Forgets the PDFs that the last build did not use, so that no more than a pack or two is kept.
    pub fn forget_unused(&self) {
        let mut files = self.files.lock().expect(LOCK);
        files.retain(|_, kept| std::mem::take(&mut kept.used));
    }

    pub(super) fn recall(&self, key: &Key) -> Option<(Vec<u8>, usize)> {
        let mut files = self.files.lock().expect(LOCK);
        let kept = files.get_mut(key)?;
        kept.used = true;
        Some((kept.data.clone(), kept.pages))
    }

    pub(super) fn keep(&self, key: Key, data: &[u8], pages: usize) {
        self.files.lock().expect(LOCK).insert(key, RememberedPdf { data: data.to_vec(), pages, used: true });
    }
}

/// The hash of everything that a paper is made from. Each part is preceded by its length, so that parts cannot run
/// together.
pub(super) fn key(look: &Key, sheet: &LayoutInput) -> Key {
    let facts = serde_json::to_vec(&sheet.facts).expect("facts are plain text");
    hash([look.as_slice(), &facts, &sheet.tree])
}

/// The hash of everything that the papers of a council share.
pub(super) fn look(materials: &Materials) -> Key {
    let Materials { sources, files, fonts, origins: _, paths: _ } = materials;
    let sources = sources.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
    let files = files.iter().flat_map(|(name, data)| [name.as_bytes(), data.as_slice()]);
    // An empty part separates parts with a name from those without.
    hash(sources.chain([[].as_slice()]).chain(files).chain([[].as_slice()]).chain(fonts.iter().map(Vec::as_slice)))
}

fn hash<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Key {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_last_build_did_not_use_is_forgotten() {
        let remembered = Remembered::default();
        remembered.keep([1; 32], b"one", 1);
        remembered.keep([2; 32], b"two", 2);
        remembered.forget_unused();
        assert_eq!(remembered.recall(&[1; 32]), Some((b"one".to_vec(), 1)));
        remembered.forget_unused();
        assert!(remembered.recall(&[2; 32]).is_none() && remembered.recall(&[1; 32]).is_some());
    }
}
