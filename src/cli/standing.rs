//! A conference as its file and its record have it, for the verbs that say how it stands.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::FINE;
use super::day::day;
use super::records::today;
use super::report::Output;
use super::source::{self, Council, STANDARD_INPUT};
use crate::check::{self, Checked};
use crate::diag::{Diagnostic, Report, Severity, count};
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

/// How many errors of a conference file a command shows that only asks where it stands.
const SHOWN: usize = 3;

impl Unsound {
    /// The first errors, with what lists them all.
    pub fn first(&self, file: &Path) -> Report {
        let mut shown = self.report.clone();
        if self.report.counts().0 > SHOWN {
            shown.diagnostics.retain(|diagnostic| diagnostic.severity == Severity::Error);
            let rest = count(shown.diagnostics.len() - SHOWN, "more error");
            shown.diagnostics.truncate(SHOWN);
            let last = shown.diagnostics.pop().into_iter();
            let lists = format!("the file has {rest}: `convenor check {}` lists them all", file.display());
            shown.diagnostics.extend(last.map(|diagnostic| diagnostic.note(lists.clone())));
        }
        shown
    }
}

/// What is wrong with several conferences, and what of it is shown.
#[derive(Default)]
pub struct Problems {
    whole: Report,
    shown: Report,
}

impl Problems {
    /// Adds what is wrong, shown whole.
    pub fn add(&mut self, report: &Report) {
        self.whole.merge(report.clone());
        self.shown.merge(report.clone());
    }

    /// Adds what is wrong with a conference file, of which the first is shown.
    pub fn add_of(&mut self, file: &Path, unsound: &Unsound) {
        self.whole.merge(unsound.report.clone());
        self.shown.merge(unsound.first(file));
    }

    /// Reports them. Returns the exit code.
    pub fn report(&self, output: &mut Output<'_>) -> u8 {
        if self.whole.diagnostics.is_empty() { FINE } else { output.report_part(&self.shown, &self.whole) }
    }
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

    /// A warning if the record of its papers is in another folder than the one that is looked in.
    pub fn elsewhere(&self, file: &Path, reference: &str) -> Option<Diagnostic> {
        let file = if file == Path::new(STANDARD_INPUT) { Path::new("") } else { file };
        records::elsewhere(file, self.out.as_deref(), reference).map(|elsewhere| elsewhere.warning())
    }

    /// The folder of its papers.
    fn folder(&self, file: &Path, reference: &str) -> PathBuf {
        let file = if file == Path::new(STANDARD_INPUT) { Path::new("") } else { file };
        records::out_for(file, self.out.as_deref(), reference).join(reference)
    }
}

/// The conference files that are meant: those that are named, and those in folders; this folder, if nothing is named.
/// With them, what is wrong with the others.
pub fn conferences(asked: &[PathBuf]) -> (Vec<PathBuf>, Problems) {
    let here = [PathBuf::from(".")];
    let (mut files, mut problems) = (Vec::new(), Problems::default());
    for path in if asked.is_empty() { here.as_slice() } else { asked } {
        if path == Path::new(STANDARD_INPUT) || !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        match input::conferences_in(path) {
            Ok((found, unreadable)) => {
                files.extend(found);
                problems.add(&unreadable);
            }
            Err(none) => problems.add(&none),
        }
    }
    let mut seen = BTreeSet::new();
    files.retain(|file| seen.insert(file.clone()));
    (files, problems)
}
