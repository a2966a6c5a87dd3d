//! The folder that papers go to if none is named, and a record of them in another.
//!
//! In: the conference file, and the folder that was named, if one was. Out: the folder; where another record is, as an option takes
//! it, and what is said of it.
//!
//! Deliberately absent: searching below a folder. Only folders above are looked in, where somebody may have built before.

use std::path::{Path, PathBuf};

use super::run::has_record;
use crate::diag::{Diagnostic, Hint, Place, Report, Severity, codes};

/// The folder that contains the folders of papers, if none is named: `out` beside the conference file if these papers have a
/// record there, or else `out` in the folder in which the program was called.
pub fn out_for(file: &Path, out: Option<&Path>, reference: &str) -> PathBuf {
    let usual = Path::new(OUT);
    let beside = || file.with_file_name(OUT);
    match out {
        Some(out) => out.to_owned(),
        None if !has_record(&usual.join(reference)) && has_record(&beside().join(reference)) => beside(),
        None => usual.to_owned(),
    }
}

/// The folder of the folders of papers, if none is named.
const OUT: &str = "out";

/// Checks that no record is begun, or looked for in vain, while these papers have one in a folder above.
///
/// # Errors
/// If they have.
pub fn ensure_no_other_record(file: &Path, out: Option<&Path>, reference: &str) -> Result<(), Report> {
    match elsewhere(file, out, reference).and_then(|elsewhere| elsewhere.error()) {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

/// A record in another folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The folder that contains the folder of the papers, as `-o` takes it.
    pub out: PathBuf,
    /// Whether there is a record in the usual folder too.
    pub is_second: bool,
    /// The folder of the papers.
    folder: PathBuf,
}

/// A record of the papers of a conference above the folder in which the program was called, or above the conference file, if no
/// folder was named. `None` if there is none but the one that is used.
pub fn elsewhere(file: &Path, out: Option<&Path>, reference: &str) -> Option<Elsewhere> {
    if out.is_some() {
        return None;
    }
    let whole = |path: &Path| std::path::absolute(path).ok();
    let used = out_for(file, None, reference).join(reference);
    let here = whole(Path::new("."))?;
    let beside = file.parent().filter(|parent| !parent.as_os_str().is_empty()).and_then(whole);
    let is_used = |folder: &Path| whole(&used).is_some_and(|used| same(&used, folder));
    let above = here.ancestors().chain(beside.iter().flat_map(|beside| beside.ancestors()));
    let found = above.map(|folder| folder.join(OUT)).find(|out| {
        let folder = out.join(reference);
        has_record(&folder) && !is_used(&folder)
    })?;
    let folder = found.join(reference);
    Some(Elsewhere { out: from(&here, &found), is_second: has_record(&used), folder: from(&here, &folder) })
}

/// Whether two paths are the same folder, by whichever way.
fn same(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().ok().zip(other.canonicalize().ok()).is_some_and(|(one, other)| one == other)
}

/// A path as one types it in a folder: by way of the folders above, if that is not far.
fn from(here: &Path, path: &Path) -> PathBuf {
    for (up, above) in here.ancestors().enumerate() {
        // From the root, everything is somewhere below.
        if let Ok(below) = path.strip_prefix(above)
            && above.parent().is_some()
        {
            return std::iter::repeat_n(Path::new(".."), up).chain([below]).collect();
        }
    }
    path.to_owned()
}

impl Elsewhere {
    /// What somebody is told who asks how a conference stands.
    pub fn warning(&self) -> Diagnostic {
        let message = if self.is_second {
            "there are two records of these papers, and this is the other"
        } else {
            "the record of these papers is in another folder"
        };
        self.told(Severity::Warning, message)
    }

    /// What somebody is told who would begin a second record. `None` if there are two already.
    pub fn error(&self) -> Option<Diagnostic> {
        (!self.is_second).then(|| self.told(Severity::Error, "the record of these papers is in another folder"))
    }

    fn told(&self, severity: Severity, message: &str) -> Diagnostic {
        let new = match severity {
            Severity::Error => Diagnostic::error,
            Severity::Warning => Diagnostic::warning,
        };
        let hint = Hint::naming(
            "go on with it: `-o {}`; or say that you mean another: `-o out`",
            [self.out.display().to_string()],
        );
        new(codes::OTHER_RECORD, message).place(Place::file(self.folder.display().to_string())).hint(hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_above_is_named_as_one_types_it() {
        let here = Path::new("/work/pool/bus");
        for (path, typed) in [
            ("/work/out", "../../out"),
            ("/work/pool/out", "../out"),
            ("/work/pool/bus/out", "out"),
            ("/work/other/out", "../../other/out"),
            ("/home/out", "/home/out"),
        ] {
            assert_eq!(from(here, Path::new(path)), Path::new(typed), "{path}");
        }
    }
}
