//! Papers as they would look, for a page that shows them.
//!
//! In: a request. Out: the content of each paper as HTML without a shell, and the style sheet that it goes by. The gate
//! reads what is shown, as it reads what is delivered; and pages of files that were made, as pictures.
//!
//! Deliberately absent: fonts and logo, which the page has from its own address; a file of any sort.

use super::collect;
use super::job::{Job, Request};
use super::look::look;
use super::parallel;
use super::press::Press;
use crate::check::Checked;
use crate::diag::Report;
use crate::gate::{Candidate, FileKind, Own};
use crate::ledger::Reader;
use crate::model::Audience;
use crate::model::artefact::Format;
use crate::render::html;
#[cfg(feature = "desk")]
use crate::render::picture;
use crate::view::Recipient;

/// A paper as it would look.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Preview {
    /// The path that its page would have in the folder.
    pub path: String,
    /// The kind of paper.
    pub paper: String,
    /// Its audience.
    pub audience: Audience,
    /// Its title.
    pub title: String,
    /// Its content: one element of HTML, of the class `paper`, without landmarks, styles, scripts or anything to be loaded; pictures of easy read are in it.
    /// It has the one level 1 heading of the paper. Ids in it are unique within it.
    pub body: String,
}

/// Shows papers as drafts. Every one has been read back by the gate.
///
/// # Errors
/// As for [`build`](super::build), but for the theme, which has no part in it.
pub fn preview(checked: &Checked, request: &Request) -> Result<Vec<Preview>, Report> {
    let press = Press::new(checked)?;
    let jobs = press.due(request)?;
    collect(parallel::map(&jobs, |job| Ok(vec![show(&press, job)?])))
}

/// Shows a letter of a kind to one invitee, by their position, as a draft. `None` if they get none.
///
/// # Errors
/// As for [`preview`].
pub fn preview_letter(checked: &Checked, kind: &str, position: usize) -> Result<Option<Preview>, Report> {
    let press = Press::new(checked)?;
    let jobs = press.due(&Request { only: vec![kind.to_owned()], ..Request::default() })?;
    let is_theirs = |job: &&Job<'_>| matches!(job.recipient, Recipient::Invitee(own, _) if own == position);
    jobs.iter().find(is_theirs).map(|job| show(&press, job)).transpose()
}

fn show(press: &Press<'_>, job: &Job<'_>) -> Result<Preview, Report> {
    let document = press.tree(job)?;
    let body = html::body(&document, &press.look).into_string();
    let path = press.path(job, Format::Html);
    let reader = Reader { audience: job.audience, recipient: job.recipient };
    let data = body.as_bytes();
    let candidate = Candidate { artefact: job.name, path: &path, kind: FileKind::Html, data, reader };
    press.gate.pass(&candidate, &Own::default())?;
    Ok(Preview { path, paper: job.name.to_owned(), audience: job.audience, title: document.meta.title, body })
}

/// A page of a finished PDF, from 1, as a PNG. `None` if the file is no PDF or has no such page.
#[cfg(feature = "desk")]
pub fn page_picture(pdf: &[u8], number: u32) -> Option<Vec<u8>> {
    picture::of_page(pdf, number)
}

/// The style sheet of all papers of a council. It is about elements of the class `paper`, and loads nothing.
pub fn preview_style(checked: &Checked) -> String {
    html::style_sheet(&look(checked)) + &html::of_easy_read()
}
