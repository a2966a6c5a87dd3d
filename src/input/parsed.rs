//! Texts as types of the model.
//!
//! In: the text of a file, or the layers. Out: a value, and every fault of the text in the report.
//!
//! Deliberately absent: reading files, and rules.

use serde::de::DeserializeOwned;

use crate::diag::{Diagnostic, Report, codes};
use crate::layers::Layers;
use crate::yaml::{Index, Reading, read_shaped};

/// A text as a type of the model. Its faults go to the report.
pub fn take<T: DeserializeOwned>(name: &str, text: &str, report: &mut Report) -> (Option<T>, Index) {
    take_shaped(name, text, report, |_| {})
}

/// The same; `shape` may change what was read before it becomes the type.
pub fn take_shaped<T: DeserializeOwned>(
    name: &str,
    text: &str,
    report: &mut Report,
    shape: impl FnOnce(&mut Reading<'_>),
) -> (Option<T>, Index) {
    report.add_source(name, text);
    let read = read_shaped::<T>(name, text, shape);
    report.diagnostics.extend(read.faults);
    (read.value, read.index)
}

/// A data file of the nearest layer. If that has a fault, it is reported and the next layer's file is used, so that
/// faults elsewhere are found too.
///
/// # Errors
/// If no layer has one that can be read.
pub fn from_layer<T: DeserializeOwned>(layers: &Layers, name: &str, report: &mut Report) -> Result<T, Report> {
    for layer in layers.iter().rev() {
        let Some(text) = layer.text(name) else { continue };
        let mut faults = Report::default();
        let (value, _) = take(&format!("{}/{name}", layer.origin), text, &mut faults);
        match value.filter(|_| !faults.has_errors()) {
            Some(value) => return Ok(value),
            None => report.merge(faults),
        }
    }
    let error = Diagnostic::error(codes::UNREADABLE, format!("no layer has a `{name}` that can be read"));
    report.push(error);
    Err(std::mem::take(report))
}
