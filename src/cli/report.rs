//! The output of the program, and the exit code that goes with it.

use std::io::{ErrorKind, Write};

use super::{FAILED, FINE, USAGE, WRONG};
use crate::diag::{AtFault, Diagnostic, Place, Report, Severity, count};
use crate::layers::OwnThemes;
use crate::model::field_names;

/// The output of the program and its form.
pub struct Output<'w> {
    pub out: &'w mut dyn Write,
    pub err: &'w mut dyn Write,
    pub json: bool,
    pub colour: bool,
    /// The file or folder that the command is about: the place of an error that has none of its own.
    pub asked: Option<String>,
    /// Whether something could not be written.
    pub failed: bool,
    /// The policy for theme code of a council's own: it runs in a separate process if the program knows its own path.
    pub own_themes: OwnThemes,
}

impl Output<'_> {
    /// Writes a line to standard output.
    pub fn say(&mut self, line: &str) {
        self.print(format!("{line}\n").as_bytes());
    }

    /// Writes to standard output. A closed pipe is fine, since its reader wants no more; a full disk is a failure.
    pub fn print(&mut self, data: &[u8]) {
        let written = self.out.write_all(data).and_then(|()| self.out.flush());
        self.failed |= written.is_err_and(|e| e.kind() != ErrorKind::BrokenPipe);
    }

    /// Writes a report to standard error, and returns its exit code.
    pub fn report(&mut self, report: &Report) -> u8 {
        self.report_part(report, report)
    }

    /// Writes what a command shows of a report, with the totals of the whole, and returns the exit code of the whole. For
    /// programs, the whole.
    pub fn report_part(&mut self, shown: &Report, report: &Report) -> u8 {
        let (shown_placed, placed) = (self.with_places(shown), self.with_places(report));
        let (shown, report) = (shown_placed.as_ref().unwrap_or(shown), placed.as_ref().unwrap_or(report));
        let said = if self.json {
            let fields = field_names();
            report.json(&|name| fields.contains(name))
        } else if report.diagnostics.is_empty() {
            String::new()
        } else {
            format!("{}\n{}\n", shown.draw(self.colour), totals(report))
        };
        let written = self.err.write_all(said.as_bytes()).and_then(|()| self.err.flush());
        self.failed |= written.is_err_and(|e| e.kind() != ErrorKind::BrokenPipe);
        exit_code(report)
    }

    /// The same report with a place for every diagnostic. `None` if each has one.
    fn with_places(&self, report: &Report) -> Option<Report> {
        let has_none = |d: &Diagnostic| d.place.file.is_none() && d.place.path.is_none();
        let asked = self.asked.as_ref().filter(|_| report.diagnostics.iter().any(has_none))?;
        let mut placed = report.clone();
        for diagnostic in placed.diagnostics.iter_mut().filter(|d| has_none(d)) {
            diagnostic.place = Place::file(asked);
        }
        Some(placed)
    }
}

fn totals(report: &Report) -> String {
    match report.counts() {
        (0, warnings) => format!("{}, no error", count(warnings, "warning")),
        (errors, 0) => count(errors, "error"),
        (errors, warnings) => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
    }
}

fn exit_code(report: &Report) -> u8 {
    if !report.has_errors() {
        return FINE;
    }
    let errors = report.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let mut at_fault = errors.map(|d| d.code.at_fault);
    if at_fault.clone().all(|at_fault| at_fault == AtFault::Request) {
        return USAGE;
    }
    if at_fault.any(|at_fault| at_fault == AtFault::Machine) { FAILED } else { WRONG }
}
