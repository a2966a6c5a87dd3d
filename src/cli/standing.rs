//! A conference as its file and its record have it, for the verbs that say how it stands.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::day::day;
use super::records::today;
use super::source::{self, Council, STANDARD_INPUT};
use crate::check::{self, Checked};
use crate::diag::Report;
use crate::input;
use crate::layers::OwnThemes;
use crate::records;
use crate::stages::Happened;

/// Where the papers of a conference are looked for, and on which day it stands as it does.
#[derive(Debug, Args)]
pub struct AsOf {
    #[command(flatten)]
    council: Council,
    /// The folder that contains the folder of the papers. Default: `out` here, or beside the conference file.
    #[arg(short, long = "out", value_name = "DIR")]
    out: Option<PathBuf>,
    /// The day that counts as today. Default: today.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<NaiveDate>,
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

impl AsOf {
    /// The day that counts as today.
    pub fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(today)
    }

    /// The conference of a file, or of standard input if that is `-`, with what its record says.
    ///
    /// # Errors
    /// Every problem of its files, or of its record.
    pub fn found(&self, file: &Path, own_themes: &OwnThemes) -> Result<(Checked, Happened), Unsound> {
        let loaded = source::load(file, &self.council)?.with_own_themes(own_themes.clone());
        let checked = check::check_or_faulty(loaded).map_err(|faulty| Unsound {
            conference: Some(faulty.reference().to_owned()),
            report: faulty.report().clone(),
        })?;
        let reference = checked.conference.reference.clone();
        let folder = self.folder(file, &reference);
        records::standing(checked, &folder).map_err(|report| Unsound { conference: Some(reference), report })
    }

    /// The folder of its papers.
    fn folder(&self, file: &Path, reference: &str) -> PathBuf {
        let file = if file == Path::new(STANDARD_INPUT) { Path::new("") } else { file };
        records::out_for(file, self.out.as_deref(), reference).join(reference)
    }
}

/// The conference files that are meant: those that are named, and those in folders; this folder, if nothing is named.
/// With them, what is wrong with the others.
pub fn conferences(asked: &[PathBuf]) -> (Vec<PathBuf>, Report) {
    let here = [PathBuf::from(".")];
    let (mut files, mut report) = (Vec::new(), Report::default());
    for path in if asked.is_empty() { here.as_slice() } else { asked } {
        if path == Path::new(STANDARD_INPUT) || !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        match input::conferences_in(path) {
            Ok((found, unreadable)) => {
                files.extend(found);
                report.merge(unreadable);
            }
            Err(none) => report.merge(none),
        }
    }
    let mut seen = BTreeSet::new();
    files.retain(|file| seen.insert(file.clone()));
    (files, report)
}
