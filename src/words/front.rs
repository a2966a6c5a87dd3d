//! The front matter of a template, which declares the kind of paper: its title, its readers, its formats.

use crate::diag::{Report, codes};
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
    let parts = text.strip_prefix("---\n").and_then(|rest| {
        let end = rest.find("\n---\n")?;
        Some((&rest[..=end], 4 + end + 5))
    });
    match parts {
        None => Parts { front: None, body: text.to_owned() },
        Some((front, body_start)) => {
            let blank: String = text[..body_start].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
            Parts { front: Some(front), body: blank + &text[body_start..] }
        }
    }
}

/// Reads front matter.
///
/// # Errors
/// Every fault, with its line in the template file.
pub fn read(file: &str, text: &str, front: &str) -> Result<Artefact, Report> {
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
