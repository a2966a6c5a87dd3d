//! What a format could not show, as warnings.
//!
//! In: finished files. Out: one warning for each thing that was lost in a program, with the first paper that it was lost in and how many
//! there are. Deliberately absent: what the writers do about it.

use std::collections::BTreeMap;

use super::file::File;
use crate::diag::{Diagnostic, Hint, Place, codes, count};
use crate::layers::has_ending;
use crate::model::artefact::Format;
use crate::render::Lost;

/// The warnings about some files.
pub fn warnings(files: &[File]) -> Vec<Diagnostic> {
    let mut lost: BTreeMap<(&str, Lost), Vec<&str>> = BTreeMap::new();
    for file in files {
        for what in file.lost() {
            lost.entry((program(file.path()), *what)).or_default().push(file.path());
        }
    }
    let warning = |((program, what), papers): ((&str, Lost), Vec<&str>)| {
        let others = match papers.len() - 1 {
            0 => String::new(),
            others => format!(" and {}", count(others, "other paper")),
        };
        let message = format!("`{}`{others}: {program} does not show {}", papers[0], what.says());
        let place = Place::file(papers[0]);
        let hint: Hint = "nothing of the text is lost; where it matters how it stands, use the PDF".into();
        Diagnostic::warning(codes::NOT_SHOWN, message).place(place).hint(hint)
    };
    lost.into_iter().map(warning).collect()
}

/// The program that people open a file with.
fn program(path: &str) -> &'static str {
    if has_ending(path, Format::Odt.extension()) { "LibreOffice" } else { "Word" }
}
