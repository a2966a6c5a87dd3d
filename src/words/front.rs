//! The front matter of a template, which declares the kind of paper: its title, its readers, its formats.

use crate::diag::{Diagnostic, Hint, Place, Report, codes};
use crate::layers::front_matter;
use crate::model::artefact::Artefact;
use crate::yaml;

/// The two parts of a template file.
pub struct Parts<'t> {
    /// The YAML between the `---` lines, if the file starts with one.
    pub front: Option<&'t str>,
    /// The template. Front matter is blanked out rather than cut, so that places in it are places in the file.
    pub body: String,
}

/// Splits a template file.
pub fn split(text: &str) -> Parts<'_> {
    match front_matter(text) {
        None => Parts { front: None, body: text.to_owned() },
        Some(front) => {
            let body_start = 4 + front.len() + 4;
            let blank: String = text[..body_start].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
            Parts { front: Some(front), body: blank + &text[body_start..] }
        }
    }
}

/// The most bytes and lines of front matter. That of our papers has some twenty lines.
const BYTES: usize = 16_000;
const LINES: usize = 400;

/// Reads front matter.
///
/// # Errors
/// Every fault, with its line in the template file.
pub fn read(file: &str, text: &str, front: &str) -> Result<Artefact, Report> {
    if front.len() > BYTES || front.lines().count() > LINES {
        let error = Diagnostic::error(codes::BAD_FRONT_MATTER, "the front matter is longer than any paper needs");
        // The line that opens it.
        let place = Place { span: Some(0..3), ..Place::file(file) };
        let most = [LINES.to_string(), (BYTES / 1000).to_string()];
        let hint = Hint::listing("it may have at most {} lines and {} kB; the text goes after the second `---`", most);
        let mut report = Report::of(error.place(place).hint(hint));
        report.add_source(file, text);
        return Err(report);
    }
    let read = yaml::read::<Artefact>(file, front);
    if read.faults.is_empty()
        && let Some(artefact) = read.value
    {
        return Ok(artefact);
    }
    let mut report = Report::default();
    report.add_source(file, text);
    for mut fault in read.faults {
        // Spans count from the start of the YAML, which is four bytes into the file.
        fault.place.span = fault.place.span.map(|s| s.start + 4..s.end + 4);
        fault.code = codes::BAD_FRONT_MATTER;
        report.push(fault);
    }
    Err(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_measured_before_it_is_read() {
        for (front, told) in [
            ("a: 1\n".repeat(LINES), "there is no field `a` here"),
            ("a: 1\n".repeat(100_000), "the front matter is longer than any paper needs"),
            (format!("title: {}\n", "x".repeat(BYTES)), "the front matter is longer than any paper needs"),
        ] {
            let text = format!("---\n{front}---\nText.\n");
            let report = read("x.md", &text, &front).expect_err("it is no front matter");
            let mut said = report.diagnostics.iter().map(|d| (d.code, d.message.as_str()));
            assert!(said.any(|said| said == (codes::BAD_FRONT_MATTER, told)), "{told}: {}", report.diagnostics.len());
            assert!(report.diagnostics.iter().all(|d| report.line(&d.place).is_some()), "each has a line");
        }
    }
}
