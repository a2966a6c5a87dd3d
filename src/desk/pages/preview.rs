//! A paper on the page, as its readers have it: the pages of the finished file as pictures, and its words.
//!
//! The pictures are of what was made, checked and sent; the words are what the conference gives now, for whoever cannot see a picture.
//!
//! Deliberately absent: a frame, which no page of the desk allows, not even its own; and the words of letters of a run and of joined
//! papers, whose PDF is read aloud as well.

use maud::{Markup, PreEscaped, html};

use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::link::Part;
use crate::diag::Report;
use crate::jobs::{self, Request};
use crate::model::artefact::JOINED;
use crate::records::{FileRow, PaperStatus};

/// The most pages of a file that are shown as pictures. The file itself has the others.
const MOST: usize = 40;

/// The first of some copies: its pages, and its words.
///
/// # Errors
/// Faults of the templates.
pub fn of(ask: &Ask<'_>, opened: &Opened, files: &[FileRow]) -> Result<Markup, Report> {
    let (pages, words) = (pages(ask, opened, files), words(opened, files)?);
    let has_pages = pages.is_some();
    Ok(html! {
        @if pages.is_some() || words.is_some() {
            section aria-labelledby="as-read" {
                h2 id="as-read" { "As they read it" }
                @if let Some(pages) = pages { (pages) }
                @if let Some(words) = words {
                    details.panel.below open[!has_pages] {
                        summary { @if has_pages { "Read these pages as text" } @else { "Its words" } }
                        (words)
                    }
                }
            }
        }
    })
}

/// The pages of the first PDF among some copies, as pictures.
fn pages(ask: &Ask<'_>, opened: &Opened, files: &[FileRow]) -> Option<Markup> {
    let row = files.iter().find(|row| row.ending() == "pdf")?;
    let all = row.pages.map_or(0, |pages| pages as usize);
    let readers = opened.readers(&row.to);
    let key = row.key();
    (all > 0).then(|| {
        html! {
            p.quiet {
                "The pages of the file itself" @if !readers.is_empty() && files.len() > 1 { ", in the copy for " (readers) } ". "
                a href=(ask.part(Part::File(&key))) target="_blank" rel="noopener" { "Open the PDF" span.vh { " in a new tab" } }
                @if all > MOST { ", which has the other " (all - MOST) " pages too" } "."
            }
            div.desk-top.below { ol.sheets {
                @for n in (1_u32..).take(all.min(MOST)) {
                    li { img src=(ask.part(Part::Page(&key, n))) alt=(format!("Page {n} of {all}")) width="794" height="1123" loading="lazy"; }
                }
            } }
        }
    })
}

/// The words of the first of some copies that the conference still gives.
fn words(opened: &Opened, files: &[FileRow]) -> Result<Option<Markup>, Report> {
    let is_shown = |row: &&FileRow| row.part.is_none() && row.paper != JOINED;
    let Some(row) = files.first().filter(is_shown) else { return Ok(None) };
    let request = Request { only: vec![row.paper.clone()], ..Request::default() };
    let stem = |path: &str| path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned();
    let wanted = stem(&row.file);
    let found = jobs::preview(&opened.checked, &request)?.into_iter().find(|one| stem(&one.path) == wanted);
    let is_released = row.status == PaperStatus::Released;
    Ok(found.map(|paper| {
        html! {
            p.quiet { "What the conference gives now." @if is_released { " What was released is in the pages." } }
            div.desk-top.below { div.preview { (PreEscaped(lowered(&paper.body))) } }
        }
    }))
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
