//! Makes every paper of a council, for every audience and in every language of its own, from the specimen conference in all its
//! states, so that a faulty template shows here before it does at a real conference.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::accepted::{self, Moved};
use crate::diag::{Diagnostic, Report, Severity, codes};
use crate::input::{self, Case, Particulars, SPECIMEN};
use crate::jobs::{self, Request};
use crate::layers::{BASE, Layer, Layers, has_ending};
use crate::model::artefact::{Each, Format};
use crate::model::language::{self, Rendition};
use crate::model::people;
use crate::words;

/// The result of trying the templates of one council.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The council's folder.
    pub folder: PathBuf,
    /// Its id, or its folder if the id could not be read.
    pub council: String,
    /// Every problem.
    pub report: Report,
    /// How many papers were made.
    pub papers: usize,
    /// The wording of every paper of a conference that has met, by its name below the folder of papers.
    words: BTreeMap<String, String>,
}

/// Tries the templates of a council on top of `base`.
pub fn trial(folder: &Path, base: &Layers) -> Trial {
    let council = folder.display().to_string();
    let mut trial =
        Trial { folder: folder.to_path_buf(), council, report: Report::default(), papers: 0, words: BTreeMap::new() };
    match input::specimen(folder, base, Particulars::Own) {
        Ok(cases) => {
            for (case, loaded) in cases {
                trial.add(case, loaded);
            }
        }
        Err(report) => trial.report = report,
    }
    if trial.particulars_are_at_fault() {
        trial.retry_with_example_particulars(base);
    }
    trial.report.sort();
    deduplicate(&mut trial.report);
    trial
}

/// How often a trial is repeated without the files that were at fault. Each round shows problems that the last one hid.
const ROUNDS: usize = 8;

impl Trial {
    /// Makes the papers of one state. A file at fault is reported, and the papers are tried again without it, so that
    /// problems of the others show as well.
    fn add(&mut self, case: Case, mut loaded: input::Loaded) {
        self.council.clone_from(&loaded.borough.id);
        for round in 0..ROUNDS {
            match self.papers_of(case, &loaded, round == 0) {
                Ok(()) => return,
                Err(mut report) => {
                    report.diagnostics.retain(is_for_council);
                    let taken = take_out(&mut loaded, &report);
                    self.report.merge(report);
                    if !taken {
                        return;
                    }
                }
            }
        }
    }

    fn papers_of(&mut self, case: Case, loaded: &input::Loaded, is_whole: bool) -> Result<(), Report> {
        let checked = crate::check::check(loaded.clone())?;
        let mut warnings = checked.warnings().clone();
        warnings.diagnostics.retain(is_for_council);
        self.report.merge(warnings);
        // Layout is tried in the state with the most to lay out; in the others only the wording differs.
        let to = if case == Case::Held { vec![Format::Md, Format::Pdf] } else { vec![Format::Md] };
        let pack = jobs::build(&checked, &Request { to: to.clone(), ..Request::default() })?;
        for file in pack.files.into_iter().filter(|f| is_whole && has_ending(f.path(), "md")) {
            self.papers += 1;
            if case == Case::Held {
                self.words.insert(file.path().to_owned(), String::from_utf8_lossy(file.data()).into_owned());
            }
        }
        for rendition in renditions(loaded) {
            let made = in_rendition(loaded, rendition, &to)?;
            self.papers += if is_whole { made } else { 0 };
        }
        Ok(())
    }

    fn particulars_are_at_fault(&self) -> bool {
        let of_the_council = |d: &&Diagnostic| {
            d.place.file.as_ref().is_some_and(|f| f.ends_with("borough.yaml") || f.ends_with("region.yaml"))
        };
        self.report.diagnostics.iter().filter(of_the_council).any(|d| d.severity == Severity::Error)
    }

    /// Tries the templates with the example's `borough.yaml`, if the council's own is at fault.
    fn retry_with_example_particulars(&mut self, base: &Layers) {
        if let Ok(cases) = input::specimen(&self.folder, base, Particulars::Example) {
            let council = self.council.clone();
            for (case, loaded) in cases {
                self.add(case, loaded);
            }
            self.council = council;
            // They are not papers of this council.
            (self.papers, self.words) = (0, BTreeMap::new());
        }
    }

    /// Whether every paper could be made.
    pub fn is_sound(&self) -> bool {
        !self.report.has_errors()
    }

    /// The changes since the wording of the papers was accepted. `None` if it never was.
    ///
    /// # Errors
    /// If the accepted wording cannot be read.
    pub fn moved(&self) -> Result<Option<Vec<Moved>>, Report> {
        accepted::moved(&self.folder, &self.words)
    }

    /// Accepts the wording of the papers: keeps it beside the templates. Returns the number of files.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn accept(&self) -> Result<usize, Report> {
        accepted::keep(&self.folder, &self.words)
    }
}

/// The languages besides English, and easy read, that a council has words of its own in, or has its papers in.
fn renditions(loaded: &input::Loaded) -> BTreeSet<Rendition> {
    let own = loaded.layers.iter().filter(|layer| layer.name != BASE);
    let own = own.flat_map(Layer::files).filter_map(|(name, _)| language::of_file(name)).map(|(_, of)| of);
    let papers = loaded.borough.languages.papers.iter().copied().map(Rendition::plain);
    own.chain(papers).filter(|rendition| !rendition.is_plain_english()).collect()
}

/// Makes the papers of every kind that there are words for in a language or in easy read, in it alone. Returns how many.
fn in_rendition(loaded: &input::Loaded, rendition: Rendition, to: &[Format]) -> Result<usize, Report> {
    let kinds = loaded.translations.keys().filter(|(_, of)| *of == rendition).map(|(kind, _)| kind.clone());
    let only: Vec<String> = kinds.collect();
    // Letters are their reader's in any case, and what everybody has is so as a copy.
    let is_shared = |kind: &&String| {
        let file = format!("{kind}.md");
        let front = loaded.layers.named(&file).and_then(|found| words::front_matter(&file, found.text));
        front.is_some_and(|artefact| artefact.each == Each::Conference)
    };
    let shared: Vec<String> = only.iter().filter(is_shared).cloned().collect();
    let mut loaded = loaded.clone();
    loaded.borough.languages.papers = vec![rendition.language];
    for invitee in &mut loaded.conference.invitees {
        invitee.reads = None;
        if rendition.easy {
            (invitee.format, invitee.print_copies) = (people::Format::EasyRead, shared.clone());
        }
    }
    let checked = crate::check::check(loaded)?;
    if only.is_empty() {
        return Ok(0);
    }
    match jobs::build(&checked, &Request { only, to: to.to_vec(), ..Request::default() }) {
        Ok(pack) => Ok(pack.files.iter().filter(|file| has_ending(file.path(), "md")).count()),
        // None of them is due in this state.
        Err(report) if report.diagnostics.iter().all(|d| d.code == codes::NOTHING_TO_MAKE) => Ok(0),
        Err(report) => Err(report),
    }
}

/// The problems of many councils, each reported once: a fault in a template that several share names them all.
pub fn together(trials: &[Trial]) -> Report {
    let mut together = Report::default();
    let mut reported: Vec<(Diagnostic, Vec<&str>)> = Vec::new();
    for trial in trials {
        together.take_sources(&trial.report);
        for diagnostic in &trial.report.diagnostics {
            match reported.iter_mut().find(|(known, _)| is_same(known, diagnostic)) {
                Some((_, councils)) if councils.last() == Some(&trial.council.as_str()) => {}
                Some((_, councils)) => councils.push(&trial.council),
                None => reported.push((diagnostic.clone(), vec![&trial.council])),
            }
        }
    }
    for (diagnostic, councils) in reported {
        together.push(if councils.len() > 1 {
            diagnostic.note(format!("in {}", in_words(&councils)))
        } else {
            diagnostic
        });
    }
    together
}

/// Whether a problem is the council's to fix, which a warning about the specimen itself is not.
fn is_for_council(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error || diagnostic.place.file.as_deref() != Some(SPECIMEN)
}

/// Removes the files that a report names from the layers. Returns whether there were any.
fn take_out(loaded: &mut input::Loaded, report: &Report) -> bool {
    let errors = report.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let mut taken = BTreeSet::new();
    for file in errors.filter_map(|d| d.place.file.as_ref()) {
        let names: Vec<String> = loaded
            .layers
            .iter()
            .rev()
            .flat_map(|layer| {
                // A file is named with its layer, by its own name if only the nearest counts, or by its path on the
                // disk.
                let on_disk = file.strip_prefix(&layer.origin).map(|name| format!("{}{name}", layer.name));
                [Some(file.clone()), Some(format!("{}/{file}", layer.name)), on_disk]
            })
            .flatten()
            .collect();
        if names.iter().any(|name| loaded.layers.take_out(name)) {
            taken.insert(file.clone());
        }
    }
    loaded.report.diagnostics.retain(|d| d.place.file.as_ref().is_none_or(|file| !taken.contains(file)));
    !taken.is_empty()
}

/// Removes duplicates: one fault occurs in several states of the specimen, each with its own number of papers.
fn deduplicate(report: &mut Report) {
    let mut kept: Vec<Diagnostic> = Vec::new();
    for diagnostic in report.diagnostics.drain(..) {
        if !kept.iter().any(|k| is_same(k, &diagnostic)) {
            kept.push(diagnostic);
        }
    }
    report.diagnostics = kept;
}

/// Whether two problems are the same fault: they are if the place is the same, however many papers each one stops.
fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    let message = |d: &Diagnostic| d.message.split(" (in ").next().unwrap_or_default().to_owned();
    (a.code, &a.place, a.severity) == (b.code, &b.place, b.severity) && message(a) == message(b)
}

fn in_words(councils: &[&str]) -> String {
    match councils {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}: {} councils", first.join(", "), councils.len()),
    }
}

impl Trial {
    /// The number of errors.
    pub fn errors(&self) -> usize {
        self.report.diagnostics.iter().filter(|d| d.severity == Severity::Error).count()
    }
}
