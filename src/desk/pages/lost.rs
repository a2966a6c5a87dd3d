//! Files of the record that are gone, and the note that nobody has a copy of them.
//!
//! Deliberately absent: drafts, which are made again.

use maud::{Markup, html};

use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::door::is_behind;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, back, form as draw_form, text_input, tick};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::diag::{Report, codes};
use crate::records::{self, FileRow, Listing, Losing, PaperStatus, recorded_file};

/// Released files that are missing.
fn missing<'l>(opened: &Opened, listing: &'l Listing) -> Vec<&'l FileRow> {
    let is_gone = |row: &&FileRow| {
        let read = recorded_file(&opened.folder, row);
        read.is_err_and(|report| report.diagnostics.iter().any(|one| one.code == codes::MISSING_PAPER))
    };
    let released =
        listing.files.iter().filter(|row| row.status != PaperStatus::Draft && row.status != PaperStatus::Erased);
    released.filter(is_gone).collect()
}

/// The form for what is missing; nothing if all is there.
///
/// # Errors
/// If the record cannot be read.
pub fn draw(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Result<Markup, Report> {
    let listing = opened.listing()?;
    let missing = missing(opened, &listing);
    let of = Filled { form: filled, faults };
    Ok(html! {
        @if !missing.is_empty() {
            section.panel aria-labelledby="lost" {
                h2 id="lost" { "Gone for good?" }
                p { "Look for a copy first, and put it back. If nobody has one, say so: the record then knows that it is lost." }
                (draw_form(ask, &ask.part(Part::Lost), &html! {
                    fieldset.field {
                        legend.s { "Of which is there no copy any more?" }
                        @for (n, row) in missing.iter().enumerate() {
                            (tick(&format!("lost-{n}"), "lost", &row.key(), name(opened, row), filled.all("lost").any(|one| one == row.key())))
                        }
                    }
                    (text_input(&Input::new("because", "What happened, in a few words?"), &of))
                    div.actions { button.btn.second type="submit" { "Note them as lost" } }
                }))
            }
        }
    })
}

fn name(opened: &Opened, row: &FileRow) -> String {
    let to = if is_behind(row) { "for few eyes".to_owned() } else { opened.readers(&row.to) };
    format!("{}, version {}, {} ({})", row.paper, row.version, to, row.ending())
}

/// It is noted.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let listing = opened.listing()?;
        let lost: Vec<String> = missing(opened, &listing)
            .into_iter()
            .filter(|row| form.all("lost").any(|key| key == row.key()))
            .map(|row| row.file.clone())
            .collect();
        let mut faults = Faults::default();
        if lost.is_empty() {
            faults.add("lost-0", "Tick those of which there is no copy");
        }
        if !form.has("because") {
            faults.add("because", "Enter what happened");
        }
        if faults.is_empty() {
            let (because, today) = (form.get("because").to_owned(), ask.today);
            let request = Losing { places: lost, because, on: None, today, by: Some(ask.name().to_owned()) };
            match records::lose(&opened.folder, Some(&opened.file), &request) {
                Ok(_) => return Ok(Reply::SeeOther(ask.part(Part::Record))),
                Err(report) => faults.add_report(&report, |_| Some("because")),
            }
        }
        let main = html! {
            (back(&ask.part(Part::Record), "Record"))
            (faults.summary())
            div.measure.stack { h1 { "What is lost" } (draw(ask, opened, form, &faults)?) }
        };
        Ok(Reply::Again(page(ask, &Frame::of(opened, Tab::Record, "What is lost").wrong(true), &main)))
    })
}
