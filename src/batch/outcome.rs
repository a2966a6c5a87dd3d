//! The outcome of a run: what was made, what was not and why; and the lines of files that are still to be made.

use std::collections::BTreeSet;

use super::spot::Spot;
use super::{Batch, Product, Shard, Survey};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::Hash;
use crate::model::artefact::Format;
use crate::model::listed::Listed;
use crate::records::event::Run;
use crate::records::run::{Claim, Letters, Line};

/// How far a run is.
#[derive(Debug, Clone, Copy, Default)]
pub struct Progress {
    /// Letters done.
    pub done: u32,
}

/// How a run ended.
#[derive(Debug, Default)]
pub struct Ended {
    /// People whose papers are in the folder.
    pub people: u32,
    /// Letters and messages that were made.
    pub made: usize,
    /// Letters and messages of an earlier run that are unchanged.
    pub kept: usize,
    /// Files of all kinds in the folder.
    pub files: usize,
    /// Pages of the letters.
    pub pages: usize,
    /// Letters that could not be made, with the reason.
    pub failed: Vec<(Listed, Report)>,
    /// Letters that GOV.UK Notify would reject.
    pub left_out: Vec<LeftOut>,
    /// Letters that are in the files for the printer and have no label: their place on the sheet is left free.
    pub unlabelled: Vec<(Listed, Report)>,
    /// Drafts of earlier runs that are no longer due, and were changed. Unchanged ones were removed.
    pub stale: Vec<String>,
    /// Released files of people who are no longer in the list, or whose rows now have faults.
    pub unlisted: Vec<String>,
    /// Released files of people whose names were cleared in the list.
    pub off: Vec<String>,
    /// Work that an earlier run left half done, and what became of it.
    pub settled: Vec<String>,
    /// Released bundles that would now be different, for example without somebody who was taken off the list, and the
    /// files that go with them, as labels do with letters. None of them was remade.
    pub outdated: Vec<String>,
}

/// A letter that GOV.UK Notify would reject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The letter's reference.
    pub reference: String,
    /// The reason.
    pub why: &'static str,
    /// The person's row, or their position among the invitees.
    pub spot: Spot,
}

impl Ended {
    /// Adds letters that could not be made. One that is missing from several bundles is reported once.
    pub(super) fn fail(&mut self, failed: Vec<(Listed, Report)>) {
        let known: BTreeSet<u32> = self.failed.iter().map(|(listed, _)| listed.number).collect();
        self.failed.extend(failed.into_iter().filter(|(listed, _)| !known.contains(&listed.number)));
    }
}

/// Why something was not made.
#[derive(Debug)]
pub(super) enum RunError {
    /// The whole run fails: the disk is full, or a file was changed by hand.
    Fatal(Report),
    /// The list has changed, or can no longer be read.
    List(Report),
    /// One letter fails, and none of the others.
    Letter(Report),
}

impl RunError {
    pub(super) fn report(self) -> Report {
        match self {
            RunError::Fatal(report) | RunError::List(report) | RunError::Letter(report) => report,
        }
    }
}

/// The description of a run that its record keeps.
pub(super) fn run_of(batch: &Batch<'_>, survey: &Survey, inputs: Hash) -> Run {
    let (options, edition) = (&batch.options, batch.checked.edition(&batch.options.artefact));
    let makes_letters = options.make.iter().any(|product| *product == Product::Letters || product.format().is_some());
    Run {
        folder: if options.shard == Shard::WHOLE {
            options.shard.folder(batch.people, &options.artefact)
        } else {
            String::new()
        },
        paper: options.artefact.clone(),
        v: edition.version,
        issued: edition.issued,
        inputs,
        list: survey.list,
        list_name: batch.list_name(),
        choices: batch.choices(),
        make: options.make.iter().map(|product| product.id().to_owned()).collect(),
        part: options.shard.part,
        parts: options.shard.of,
        people: survey.people,
        letters: survey.letters,
        due: match (makes_letters, batch.makes(Product::Emails)) {
            (true, _) => survey.letters,
            (false, true) => survey.emailed,
            (false, false) => 0,
        },
        print_part: u32::try_from(options.part).unwrap_or(u32::MAX),
    }
}

/// The folder of an audience for the letters themselves.
const LETTERS: &str = "letters";

/// What the name of a file ends with.
pub(super) fn ending(file: &str) -> &str {
    file.rsplit('.').next().unwrap_or_default()
}

/// Whether a file of a run is a letter as a PDF, which bundles are made of.
pub(super) fn is_pdf_letter(file: &str) -> bool {
    file.contains("/letters/") && ending(file) == Format::Pdf.extension()
}

/// The lines of one person's files, without what is only known once they are made.
pub(super) fn due(batch: &Batch<'_>, listed: &Listed) -> Vec<Line> {
    let audience = batch.audience(listed);
    let name = batch.press.listed_name(&batch.options.artefact, listed);
    let inputs = batch.inputs_of(listed);
    let line = |folder: &str, ending: &str| Line {
        number: listed.number,
        reference: batch.reference(listed),
        person: listed.reference.clone(),
        file: batch.at(&format!("{}/{folder}/{name}.{ending}", audience.id())),
        audience: audience.id().to_owned(),
        pages: 0,
        inputs,
        hash: None,
        held: None,
    };
    let mut due = Vec::with_capacity(2);
    if batch.makes(Product::Letters) {
        due.push(line(LETTERS, "pdf"));
    }
    let formats = batch.options.make.iter().filter_map(|product| product.format());
    due.extend(formats.map(|format| line(LETTERS, format.extension())));
    if batch.makes(Product::Emails) && listed.is_emailed() {
        due.push(line("emails", "eml"));
    }
    due
}

/// One report of every letter that cannot be made, each with its row.
pub(super) fn report_failures(batch: &Batch<'_>, failed: &[(Listed, Report)]) -> Report {
    let mut report = Report::default();
    for (listed, faults) in failed {
        for fault in &faults.diagnostics {
            let mut fault = fault.clone();
            if fault.place.file.is_none() && fault.place.path.is_none() {
                fault.place = batch.place_of(listed);
            }
            report.push(fault.note(format!("in the letter to {} of the list", batch.place(Spot::of(listed)))));
        }
    }
    let number = crate::diag::count(failed.len(), "letter");
    report.push(
        Diagnostic::error(codes::BAD_ROWS, format!("{number} cannot be made, so nothing was made"))
            .place(batch.file())
            .hint("correct their rows, or leave out `--all-or-nothing`"),
    );
    report
}

pub(super) fn stopped(letters: &Letters) -> Report {
    let error = Diagnostic::error(codes::STOPPED, "the run was stopped; every letter that was made is whole");
    let error = error.place(Place::file(letters.path().display().to_string()));
    error.hint("run the same command again: it resumes where it stopped").into()
}

/// Claims the place of a file, and returns whether it has to be written: it may already be there.
///
/// # Errors
/// If something else is there that was made or changed by hand, or was released, or if the disk cannot be read.
pub(super) fn claim(batch: &Batch<'_>, letters: &Letters, file: &str, new: Hash) -> Result<bool, Report> {
    let place = || Place::file(letters.root().join(file).display().to_string());
    match letters.claim(file, new)? {
        Claim::AlreadyThere => Ok(false),
        Claim::Foreign if !letters.is_released(file) && batch.press.seems_released(file, &letters.read(file)?) => {
            Err(letters.released_without_a_line(file))
        }
        Claim::Foreign if !batch.options.force => {
            let error =
                Diagnostic::error(codes::EDITED_SINCE, "this file has changed since it was made").place(place());
            Err(error.hint("keep your changes under another name, or overwrite them with `--force`").into())
        }
        Claim::Released if batch.is_settled() => {
            let error = Diagnostic::error(codes::RELEASED, "this file was released and would now change");
            let hint = "raise `version:` in the conference file: the released file is then kept aside";
            Err(error.place(place()).hint(hint).into())
        }
        Claim::Write | Claim::Foreign | Claim::Released => Ok(true),
    }
}

/// Letters that a worker has in hand: enough to make it worth fetching the code of a stage, few enough to stop quickly.
/// (Measured: 16 and 32 are no faster.)
pub(super) const HANDFUL: usize = 8;
