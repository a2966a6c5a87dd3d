//! The last change of a conference file, undone.
//!
//! In: a file. Out: the same as it was before the last change that [`amend`](super::amend) made, byte for byte, unless it has
//! changed since.

use std::path::Path;

use super::amendment::{Proposed, Saved};
use super::worse::{problems, worse};
use crate::deliver::{ensure_replaceable, former};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::input;

/// Works out what a conference file was before its last change. Nothing is written.
///
/// # Errors
/// If nothing is kept of it, it has changed since, or it may not be written.
pub fn propose_undo(file: impl AsRef<Path>) -> Result<Proposed, Report> {
    let file = file.as_ref();
    let place = || Place::file(file.display().to_string());
    ensure_replaceable(file)?;
    let before = input::whole_conference_text(file)?;
    let Some(former) = former::of(file, before.as_bytes())? else {
        let error = Diagnostic::error(codes::NOTHING_TO_UNDO, "no change of this file is kept").place(place());
        return Err(error
            .hint("only what `convenor set` or the desk changed can be undone, and only where it was")
            .into());
    };
    let Ok(after) = String::from_utf8(former.data.clone()) else {
        let error = Diagnostic::error(codes::NOT_TEXT, "what is kept of this file is not text").place(place());
        return Err(error.hint("`convenor undo --forget` takes it away").into());
    };
    let ((_, known), (_, found)) = (problems(file, None, &before), problems(file, None, &after));
    let worse = worse(&known, &found);
    let file = file.to_owned();
    Ok(Proposed { file, before, after, problems: found, worse, edits: Vec::new(), former: Some(former) })
}

/// Undoes the last change of a conference file that was not undone yet. One after another, the last twenty can be.
///
/// # Errors
/// If nothing is kept of it, it has changed since, or it cannot be written. It stays as it is then.
pub fn undo(file: impl AsRef<Path>) -> Result<Saved, Report> {
    Ok(propose_undo(file)?.save()?)
}

/// Takes away the former texts that are kept of a conference file, for whoever must no longer be in them. How many it were.
///
/// # Errors
/// If one of them cannot be taken away.
pub fn forget_former(file: impl AsRef<Path>) -> Result<usize, Report> {
    former::forget(file.as_ref())
}
