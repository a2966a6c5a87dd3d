//! What the program says, and the exit code that goes with it.

use std::io::Write;

use super::{FAILED, FINE, USAGE, WRONG};
use crate::diag::{Report, codes, count};

/// Where the program speaks, and how.
pub struct Output<'w> {
    pub out: &'w mut dyn Write,
    pub err: &'w mut dyn Write,
    pub json: bool,
    pub colour: bool,
}

impl Output<'_> {
    /// Says a line of what was done.
    pub fn say(&mut self, line: &str) {
        // Whoever closed the pipe does not want to read it.
        let _ = writeln!(self.out, "{line}");
    }

    /// Tells a report and gives the exit code for it.
    pub fn report(&mut self, report: &Report) -> u8 {
        if self.json {
            let _ = write!(self.err, "{}", report.json());
        } else if !report.diagnostics.is_empty() {
            let _ = write!(self.err, "{}\n{}\n", report.draw(self.colour), totals(report));
        }
        exit_code(report)
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
    let asked =
        report.diagnostics.iter().all(|d| d.code == codes::UNKNOWN_ARTEFACT || d.code == codes::NOTHING_TO_MAKE);
    if asked {
        return USAGE;
    }
    let machine = report.diagnostics.iter().any(|d| d.code == codes::UNREADABLE || d.code == codes::CANNOT_WRITE);
    if machine { FAILED } else { WRONG }
}
