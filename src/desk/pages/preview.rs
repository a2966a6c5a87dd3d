//! A paper on the page, as its readers have it, before anybody opens the PDF.
//!
//! Deliberately absent: a frame. The page allows none, not even its own.

use maud::{Markup, html};

use crate::desk::conference::Opened;
use crate::diag::Report;
use crate::records::FileRow;

/// The first of some copies.
///
/// # Errors
/// Faults of the templates.
pub fn of(_: &Opened, _: &[FileRow]) -> Result<Markup, Report> {
    Ok(html! {})
}
