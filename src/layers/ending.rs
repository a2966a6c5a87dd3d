//! The kind of a file, by the ending of its name.

use std::path::Path;

/// Whether a file's name ends so. Endings are lower case: a template is found under one name on every system.
pub fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|e| e == ending)
}
