//! Tells the kind of a file by the extension of its name.

use std::path::Path;

/// Whether a file's name has this extension, in lower case, so that a template has the same name on every system.
pub fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e == ending)
}
