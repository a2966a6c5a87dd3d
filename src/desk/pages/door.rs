//! What is for few eyes, behind a door that asks again who sits there, and closes by itself.
//!
//! Deliberately absent: a link to it that carries anything, and a copy of it anywhere.

use maud::{Markup, html};

use super::person::status;
use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::conference::Opened;
use crate::desk::door::is_behind;
use crate::desk::icons::{Icon, icon};
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Filled, Input, Tone, back, button_form, form, note, text_input};
use crate::desk::post::Form;
use crate::desk::problems::Faults;
use crate::desk::reply::Reply;
use crate::diag::Report;
use crate::records::FileRow;

/// The door, or what is behind it.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        Ok(Reply::Page(match ask.desk.door(&opened.key) {
            Some(seconds) => inside(ask, opened, seconds)?,
            None => closed(ask, opened, &Form::default(), &Faults::default()),
        }))
    })
}

fn closed(ask: &Ask<'_>, opened: &Opened, filled: &Form, faults: &Faults) -> Markup {
    let of = Filled { form: filled, faults };
    let main = html! {
        (back(&ask.part(Part::Papers), "Papers"))
        (faults.summary())
        div.measure.stack {
            h1 { (icon(Icon::Lock)) " For few eyes" }
            p.lead { "Links to children’s records, names that must be in no paper, and the annex for the chair." }
            (note(Tone::Look, "Opening it is recorded", &html! { p { "The record keeps your name and the day. It closes by itself after ten minutes. Look around you first." } }))
            (form(ask, &ask.part(Part::Door), &html! {
                (text_input(&Input::new("name", "Who opens it? First name and surname").width("w16"), &of))
                div.actions { button.btn type="submit" { "Open it" } a href=(ask.part(Part::Papers)) { "Cancel" } }
            }))
        }
    };
    page(ask, &Frame::of(opened, Tab::Papers, "For few eyes").wrong(!faults.is_empty()), &main)
}

/// It opens, once the record says who opened it.
pub fn post(ask: &Ask<'_>, form: &Form) -> Reply {
    with(ask, |opened| {
        let mut faults = Faults::default();
        if !form.has("name") {
            faults.add("name", "Enter your first name and surname");
        } else if let Err(report) = ask.desk.open_door(opened, form.get("name")) {
            faults.add_report(&report, |_| Some("name"));
        }
        if faults.is_empty() {
            return Ok(Reply::SeeOther(ask.part(Part::Door)));
        }
        Ok(Reply::Again(closed(ask, opened, form, &faults)))
    })
}

/// It closes.
pub fn close(ask: &Ask<'_>, _: &Form) -> Reply {
    ask.desk.close_door(ask.param("c"));
    Reply::SeeOther(ask.part(Part::Papers))
}

fn inside(ask: &Ask<'_>, opened: &Opened, seconds: u64) -> Result<Markup, Report> {
    let listing = opened.listing()?;
    let files: Vec<&FileRow> = listing.files.iter().filter(|row| is_behind(row) && row.is_sent).collect();
    let conference = &opened.checked.conference;
    let titles = opened.titles()?;
    let main = html! {
        div.top-line {
            div { h1 { (icon(Icon::Lock)) " For few eyes" } p.lead { "It closes by itself in " (minutes(seconds)) "." } }
            (button_form(ask, &ask.part(Part::CloseDoor), "btn", "Close it now"))
        }
        div.stack-l data-closes=(seconds) {
            section.panel aria-labelledby="children" {
                h2 id="children" { "Links to children’s records" }
                @if conference.child_links.is_empty() { p.quiet { "There are none." } }
                @for link in &conference.child_links {
                    dl.sum {
                        dt { "Reference" } dd { (link.reference) }
                        dt { "Worker" } dd { (link.worker.name) @if let Some(email) = &link.worker.email { ", " (email) } }
                        dt { "What links them" } dd { (link.relevance) }
                        dt { "What to tell them" } dd { (link.feedback) }
                    }
                }
            }
            section.panel aria-labelledby="names" {
                h2 id="names" { "Names that must be in no paper" }
                @if conference.protected_names.is_empty() { p.quiet { "There are none." } }
                ul { @for name in &conference.protected_names { li { (name) } } }
            }
            section.panel aria-labelledby="annex" {
                h2 id="annex" { "The annex and the notes" }
                @if files.is_empty() { p.quiet { "None is made." } }
                ul.plain-list { @for row in &files {
                    li { a href=(ask.part(Part::File(&row.key()))) target="_blank" rel="noopener" { (titles.of(&row.paper)) ", " (opened.readers(&row.to)) span.vh { ", in a new tab" } } " " (status(row)) }
                } }
                @if files.iter().any(|row| row.status == crate::records::PaperStatus::Draft) { p.below { a href=(ask.part(Part::Check)) { "Check the drafts" } } }
            }
        }
    };
    Ok(page(ask, &Frame::of(opened, Tab::Papers, "For few eyes"), &main))
}

fn minutes(seconds: u64) -> String {
    crate::diag::count(usize::try_from(seconds.div_ceil(60)).unwrap_or_default(), "minute")
}
