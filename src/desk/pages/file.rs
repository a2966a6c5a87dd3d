//! A file of the record, as long as it is what the record has; and the pages of a PDF as pictures.
//!
//! Deliberately absent: any file besides, and names in addresses.

use maud::html;

use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::door::is_behind;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::back;
use crate::desk::refusal::Refusal;
use crate::desk::reply::{Download, Reply};
use crate::diag::Report;
use crate::jobs;
use crate::model::artefact::Format;
use crate::records::{FileRow, PaperStatus, recorded_file};

/// The file.
pub fn get(ask: &Ask<'_>) -> Reply {
    shown(ask, download)
}

/// One of its pages, as a picture. Whoever may not have the file has no picture of it either.
pub fn page_of(ask: &Ask<'_>) -> Reply {
    shown(ask, |opened, row| {
        let Some(number) = ask.number("n").filter(|_| row.ending() == "pdf") else {
            return Ok(Reply::Refused(Refusal::Nowhere));
        };
        let picture = jobs::page_picture(&recorded_file(&opened.folder, row)?, number);
        Ok(picture.map_or(Reply::Refused(Refusal::Nowhere), |picture| Reply::Look("image/png", picture)))
    })
}

/// A file of the record, if it is there and whoever sits here may see it now.
fn shown(ask: &Ask<'_>, show: impl FnOnce(&Opened, &FileRow) -> Result<Reply, Report>) -> Reply {
    with(ask, |opened| {
        let listing = opened.listing()?;
        let Some(row) = listing.files.iter().find(|row| row.key() == ask.param("key")) else {
            return Ok(gone(ask, opened, "This draft has been made again since. Go back, and open the new one."));
        };
        if is_behind(row) && ask.desk.door(&opened.key).is_none() {
            return Ok(Reply::SeeOther(ask.part(Part::Door)));
        }
        if row.ending() == "eml" && row.status != PaperStatus::Released {
            return Ok(gone(ask, opened, "This message is not the newest that was checked, so it is not sent."));
        }
        show(opened, row)
    })
}

fn download(opened: &Opened, row: &FileRow) -> Result<Reply, Report> {
    let data = recorded_file(&opened.folder, row)?;
    let ending = row.ending();
    let format = Format::ALL.into_iter().find(|format| format.extension() == ending);
    let (kind, is_shown) = match ending.as_str() {
        "pdf" => ("application/pdf", true),
        "txt" | "md" => ("text/plain; charset=utf-8", true),
        "csv" => ("text/csv; charset=utf-8", false),
        "ics" => ("text/calendar; charset=utf-8", false),
        "eml" => ("message/rfc822", false),
        "zip" => ("application/zip", false),
        "html" => ("text/html; charset=utf-8", false),
        _ => match format {
            Some(format) => (format.media_type(), false),
            None => return Ok(Reply::Refused(Refusal::Nowhere)),
        },
    };
    Ok(Reply::Download(Download { name: name(row), kind, data, is_shown }))
}

/// The name under which the browser keeps it: that of the file, which is for whoever owns the papers.
fn name(row: &FileRow) -> String {
    let name = row.file.rsplit('/').next().unwrap_or_default();
    name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '-' }).collect()
}

fn gone(ask: &Ask<'_>, opened: &Opened, says: &str) -> Reply {
    let main = html! {
        (back(&ask.part(Part::Papers), "Papers"))
        div.measure.stack { h1 { "This paper is not here any more" } p.lead { (says) } }
    };
    Reply::Gone(page(ask, &Frame::of(opened, Tab::Papers, "Not here any more"), &main))
}
