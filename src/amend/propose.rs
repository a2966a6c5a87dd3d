//! A change of a conference file, worked out and written.
//!
//! In: a file and edits. Out: [`Proposed`], with the text and with what is wrong about it; [`Saved`] once it is written.
//!
//! Deliberately absent: undoing.

use std::path::Path;

use super::amendment::{Amendment, Conflict, Proposed, Saved, Unamended};
use super::fault::unspliced;
use super::places;
use super::worse::{problems, worse};
use crate::deliver::{ensure_replaceable, former};
use crate::diag::codes;
use crate::gate::Hash;
use crate::input;
use crate::yaml::splice;

/// Works out a change of a conference file, and what would be wrong about it. Nothing is written.
///
/// # Errors
/// If the file has changed since its editor saw it, may not be written, or an edit cannot be made.
pub fn propose(file: impl AsRef<Path>, amendment: &Amendment) -> Result<Proposed, Unamended> {
    let file = file.as_ref();
    ensure_replaceable(file)?;
    let before = input::whole_conference_text(file)?;
    if let Some(seen) = amendment.seen.filter(|seen| *seen != Hash::of(before.as_bytes())) {
        return Err(Conflict::of(file, Some(seen), &before, &amendment.edits).into());
    }
    let borough = amendment.borough.as_deref();
    let (loaded, known) = problems(file, borough, &before);
    let edits = places::of_the_file(file, &before, loaded.as_ref(), &amendment.edits)?;
    let name = file.display().to_string();
    let spliced = splice(&name, &before, &edits).map_err(|fault| unspliced(&name, &before, fault, &amendment.edits))?;
    let (_, found) = problems(file, borough, &spliced.text);
    let worse = worse(&known, &found);
    Ok(Proposed {
        file: file.to_owned(),
        before,
        after: spliced.text,
        problems: found,
        worse,
        edits: amendment.edits.clone(),
        former: None,
    })
}

impl Proposed {
    /// Writes it, whatever is wrong about it. Its former text is kept for [`undo`](super::undo()).
    ///
    /// # Errors
    /// If the file has changed since, or cannot be written. It stays as it is then.
    pub fn save(self) -> Result<Saved, Unamended> {
        let (before, after) = (self.before.as_bytes(), self.after.as_bytes());
        let is_changed = before != after;
        let written = match &self.former {
            _ if !is_changed => Ok(()),
            None => former::replace(&self.file, before, after),
            Some(former) => former::put_back(&self.file, before, former),
        };
        if let Err(report) = written {
            let is_other = report.diagnostics.iter().any(|d| d.code == codes::EDITED_SINCE);
            return match input::whole_conference_text(&self.file) {
                Ok(now) if is_other => Err(Conflict::of(&self.file, None, &now, &self.edits).into()),
                _ => Err(report.into()),
            };
        }
        Ok(Saved { hash: Hash::of(after), file: self.file, is_changed, problems: self.problems })
    }
}
