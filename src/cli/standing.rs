//! A conference as its file and its record have it, for the verbs that say how it stands.

use std::path::{Path, PathBuf};

use super::source::{self, Council, STANDARD_INPUT};
use crate::check::{self, Checked};
use crate::diag::Report;
use crate::layers::OwnThemes;
use crate::records::{self, run};
use crate::stages::Happened;

/// Where a conference is looked for, with its papers.
pub struct Sought<'a> {
    /// The conference file, or `-` for standard input.
    pub file: &'a Path,
    /// Its council, if it is named.
    pub council: &'a Council,
    /// The folder with the folder of its papers, if it is named.
    pub out: Option<&'a Path>,
}

/// A conference whose standing cannot be told.
pub struct Unsound {
    /// The reference of the conference, if the file could be read.
    pub conference: Option<String>,
    /// What is wrong.
    pub report: Report,
}

impl From<Report> for Unsound {
    fn from(report: Report) -> Self {
        Self { conference: None, report }
    }
}

impl Sought<'_> {
    /// The conference with what its record says.
    ///
    /// # Errors
    /// Every problem of its files, or of its record.
    pub fn found(&self, own_themes: &OwnThemes) -> Result<(Checked, Happened), Unsound> {
        let loaded = source::load(self.file, self.council)?.with_own_themes(own_themes.clone());
        let checked = check::check_or_faulty(loaded).map_err(|faulty| Unsound {
            conference: Some(faulty.reference().to_owned()),
            report: faulty.report().clone(),
        })?;
        let reference = checked.conference.reference.clone();
        let folder = self.folder(&reference);
        records::standing(checked, &folder).map_err(|report| Unsound { conference: Some(reference), report })
    }

    /// The folder of its papers: in the one that is named; else in `out` beside its file if there is a record, or in that of
    /// the folder in which the program was called.
    fn folder(&self, reference: &str) -> PathBuf {
        let usual = Path::new(OUT).join(reference);
        match self.out {
            Some(out) => out.join(reference),
            None if self.file == Path::new(STANDARD_INPUT) => usual,
            None => {
                let beside = self.file.with_file_name(OUT).join(reference);
                if run::has_record(&beside) { beside } else { usual }
            }
        }
    }
}

const OUT: &str = "out";
