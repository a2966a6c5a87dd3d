//! What a run comes to: what was made, what was not and why; and what its lines say of each file before it is made.

use std::collections::BTreeSet;

use super::{Batch, Product, Shard, Survey};
use crate::diag::{Diagnostic, Place, Report, codes};
use crate::gate::Hash;
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
    /// People whose papers are there.
    pub people: u32,
    /// Letters and messages that were made.
    pub made: usize,
    /// Letters and messages that an earlier run had made and that are still as it made them.
    pub kept: usize,
    /// Files of all kinds that are there.
    pub files: usize,
    /// Pages of the letters.
    pub pages: usize,
    /// Letters that could not be made, with what stood in the way.
    pub failed: Vec<(Listed, Report)>,
    /// Letters that GOV.UK Notify would not take, by reference, with the reason.
    pub left_out: Vec<(String, &'static str)>,
    /// Letters that are in the files for the printer and have no label: their place on the sheet is left free.
    pub unlabelled: Vec<(Listed, Report)>,
    /// Files of earlier runs that are no longer due, and were released or changed. Drafts that nobody changed were taken away.
    pub stale: Vec<String>,
    /// What an earlier run had left half done, and what became of it.
    pub settled: Vec<String>,
    /// Released files of many letters that would come out otherwise now, such as without somebody who was taken off the list,
    /// and what belongs to them: labels to letters. None of them was made.
    pub outdated: Vec<String>,
}

impl Ended {
    /// Notes letters that could not be made. One that is in no bundle for the same reason is told once.
    pub(super) fn fail(&mut self, failed: Vec<(Listed, Report)>) {
        let known: BTreeSet<u32> = self.failed.iter().map(|(listed, _)| listed.number).collect();
        self.failed.extend(failed.into_iter().filter(|(listed, _)| !known.contains(&listed.number)));
    }
}

/// Why something was not made.
#[derive(Debug)]
pub(super) enum RunError {
    /// Nothing goes on: a disk that is full, a file that a person changed.
    Fatal(Report),
    /// The list is another than it was, or cannot be read any more.
    List(Report),
    /// One letter, and none of the others.
    Letter(Report),
}

impl RunError {
    pub(super) fn report(self) -> Report {
        match self {
            RunError::Fatal(report) | RunError::List(report) | RunError::Letter(report) => report,
        }
    }
}

/// What a run is a run of.
pub(super) fn run_of(batch: &Batch<'_>, survey: &Survey, inputs: Hash) -> Run {
    let (options, edition) = (&batch.options, batch.checked.edition(&batch.options.artefact));
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
        due: match (batch.makes(Product::Letters), batch.makes(Product::Emails)) {
            (true, _) => survey.letters,
            (false, true) => survey.emailed,
            (false, false) => 0,
        },
        print_part: u32::try_from(options.part).unwrap_or(u32::MAX),
    }
}

/// The files of one person, without what is only known once they are made.
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
        due.push(line("letters", "pdf"));
    }
    if batch.makes(Product::Emails) && listed.is_emailed() {
        due.push(line("emails", "eml"));
    }
    due
}

/// Every letter that cannot be made, as one report, each with its row.
pub(super) fn all_of(batch: &Batch<'_>, failed: &[(Listed, Report)]) -> Report {
    let mut report = Report::default();
    for (listed, faults) in failed {
        for fault in &faults.diagnostics {
            report.push(fault.clone().note(format!("in the letter to {} of the list", batch.place(listed))));
        }
    }
    let number = crate::diag::count(failed.len(), "letter");
    report.push(
        Diagnostic::error(codes::BAD_ROWS, format!("{number} cannot be made, so nothing was made"))
            .hint("mend their rows, or leave `--all-or-nothing` out"),
    );
    report
}

pub(super) fn stopped(letters: &Letters) -> Report {
    let error = Diagnostic::error(codes::STOPPED, "the run was stopped; every letter that was made is whole");
    let error = error.place(Place::file(letters.path().display().to_string()));
    error.hint("run the same command again: it goes on where it was").into()
}

/// Claims the place of a file that is made: whether it is to be written, for it may be there already.
///
/// # Errors
/// Something else is there, which a person made or changed, or which was released; a disk that cannot be read.
pub(super) fn claim(batch: &Batch<'_>, letters: &Letters, file: &str, new: Hash) -> Result<bool, Report> {
    let place = || Place::file(letters.root().join(file).display().to_string());
    match letters.claim(file, new)? {
        Claim::AlreadyThere => Ok(false),
        Claim::Foreign if !batch.options.force => {
            let error = Diagnostic::error(codes::EDITED_SINCE, "this file is not as it was made").place(place());
            Err(error.hint("keep your changes under another name, or write over them with `--force`").into())
        }
        Claim::Released if batch.is_settled() => {
            let error = Diagnostic::error(codes::RELEASED, "this file was released and would now change");
            let hint = "raise `version:` in the conference file: what was released is then kept aside";
            Err(error.place(place()).hint(hint).into())
        }
        Claim::Write | Claim::Foreign | Claim::Released => Ok(true),
    }
}

/// Letters that a worker has in hand: enough that the code of a stage is worth fetching, few enough that stopping is quick.
/// (Measured: 16 and 32 are no faster.)
pub(super) const HANDFUL: usize = 8;
