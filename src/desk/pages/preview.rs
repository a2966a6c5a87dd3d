//! A paper on the page, as its readers have it, before anybody opens the PDF.
//!
//! Deliberately absent: a frame, which no page of the desk allows, not even its own; and letters of a run, of which the PDF is
//! shown.

use maud::{Markup, PreEscaped, html};

use crate::desk::conference::Opened;
use crate::diag::Report;
use crate::jobs::{self, Request};
use crate::records::{FileRow, PaperStatus};

/// The first of some copies that the data still gives, as a draft.
///
/// # Errors
/// Faults of the templates.
pub fn of(opened: &Opened, files: &[FileRow]) -> Result<Markup, Report> {
    let Some(row) = files.first().filter(|row| row.part.is_none()) else { return Ok(html! {}) };
    let request = Request { only: vec![row.paper.clone()], ..Request::default() };
    let stem = |path: &str| path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned();
    let wanted = stem(&row.file);
    let found = jobs::preview(&opened.checked, &request)?.into_iter().find(|one| stem(&one.path) == wanted);
    let is_released = row.status == PaperStatus::Released;
    Ok(html! {
        @if let Some(paper) = found {
            section aria-labelledby="as-read" {
                h2 id="as-read" { "As they read it" }
                @if is_released { p.quiet { "This is what the file gives now. What was released is in the PDF." } }
                div.desk-top.below { div.preview { (PreEscaped(lowered(&paper.body))) } }
            }
        }
    })
}

/// The headings of a paper one level lower, since the page has a first heading of its own.
pub fn lowered(body: &str) -> String {
    (1..=5).rev().fold(body.to_owned(), |body, level| {
        let (from, to) = (format!("h{level}"), format!("h{}", level + 1));
        body.replace(&format!("<{from}>"), &format!("<{to}>"))
            .replace(&format!("<{from} "), &format!("<{to} "))
            .replace(&format!("</{from}>"), &format!("</{to}>"))
    })
}
