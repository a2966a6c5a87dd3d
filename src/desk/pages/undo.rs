//! Undoing the last change of the file.
//!
//! Deliberately absent: undoing what is in the record, which only grows.

use maud::html;

use super::with::with;
use crate::desk::ask::Ask;
use crate::desk::edits;
use crate::desk::layout::{Frame, Tab, page};
use crate::desk::link::Part;
use crate::desk::parts::{Tone, back, button_form, note};
use crate::desk::post::Form;
use crate::desk::problems::notices;
use crate::desk::reply::Reply;

/// The question.
pub fn get(ask: &Ask<'_>) -> Reply {
    with(ask, |opened| {
        let main = html! {
            (back(&ask.part(Part::Overview), "Overview"))
            div.measure.stack {
                h1 { "Undo the last change" }
                p.lead { "The file becomes what it was before the last thing that was saved here. What was made, checked or sent stays as it is." }
                (button_form(ask, &ask.part(Part::Undo), "btn", "Undo it"))
            }
        };
        Ok(Reply::Page(page(ask, &Frame::of(opened, Tab::Overview, "Undo the last change"), &main)))
    })
}

/// It is undone.
pub fn post(ask: &Ask<'_>, _: &Form) -> Reply {
    with(ask, |opened| {
        let (tone, says, report) = match edits::undo(opened) {
            Ok(()) => (Tone::Well, "It is undone", None),
            Err(report) => (Tone::Look, "Nothing was undone", Some(report)),
        };
        let main = html! {
            (back(&ask.part(Part::Overview), "Overview"))
            div.measure.stack {
                h1 { "Undo the last change" }
                (note(tone, says, &html! {}))
                @if let Some(report) = &report { (notices(ask, report, &|_| None)) }
                @else { (button_form(ask, &ask.part(Part::Undo), "btn second", "Undo the one before as well")) }
            }
        };
        let frame = Frame::of(opened, Tab::Overview, "Undo the last change");
        let drawn = page(ask, &frame, &main);
        Ok(if report.is_some() { Reply::Again(drawn) } else { Reply::Page(drawn) })
    })
}
